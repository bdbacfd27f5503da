"""The ruling lines of a page: strokes, rectangles and thin filled bars, also inside form objects.

Takes a pdfium page and its frame, gives horizontal and vertical rules and counts of what else is drawn. Does not know text.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.parsers.pdf.calls import address, calls, handle
from pipeline.parsers.pdf.pdfium import Frame

#: objects read of one page; a page beyond this is a map or a drawing
MAX_OBJECTS = 30_000
#: forms within forms that are followed
MAX_DEPTH = 12
#: segments read of one path; longer paths are outlines of letters, coast lines
MAX_SEGMENTS = 2_000
#: a filled bar up to this many points thick is a line
THICKEST = 3.0
#: a rule shorter than this many points is a tick or a dash
SHORTEST = 2.0
#: a round corner takes at most this share of the shorter side; its ends lie on the sides up to this many points
_ROUNDEST, _ON_EDGE = 0.3, 0.5
#: points: a smaller shape with curves may be a letter drawn as a path
_SMALLEST = 30.0
#: from here on each of red, green and blue is white
_WHITE = 250

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Ruling:
    """Rules as (position, from, to) in points: `horizontal` at a y from x to x, `vertical` at an x from y to y.

    `frames` are boxes with round corners, which stand alone and part no table.
    `texts`, `paths` and `images` count such objects; `image_share` is the largest image's share of the page.
    """

    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    texts: int = 0
    paths: int = 0
    images: int = 0
    image_share: float = 0.0
    cut_off: bool = False
    too_deep: bool = False


def read_ruling(page: Any, frame: Frame) -> Ruling:
    """Rules of a page; `cut_off` where it holds more objects than are read, `too_deep` where forms lie deeper in each other."""
    ruling = Ruling()
    reader = _Reader(frame, ruling)
    reader.walk(pdfium.FPDFPage_CountObjects(page), partial(calls().page_object, address(page)), _IDENTITY, 0)
    return ruling


class _Reader:
    """Buffers of the C calls, made once a page."""

    def __init__(self, frame: Frame, ruling: Ruling) -> None:
        self.frame, self.ruling = frame, ruling
        self.left, self.bottom, self.right, self.top = (ctypes.c_float() for _ in range(4))
        self.x, self.y = ctypes.c_float(), ctypes.c_float()
        self.matrix = pdfium.FS_MATRIX()
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.colour = tuple(ctypes.c_uint() for _ in range(4))
        self.seen = 0

    def walk(self, count: int, get: Callable[[int], int | None], outer: Matrix, depth: int) -> None:
        kind_of = calls().kind
        left = MAX_OBJECTS - self.seen
        self.seen += count
        if count > left:
            self.ruling.cut_off = True
        for index in range(min(count, left)):
            where = get(index)
            kind = kind_of(where) if where else pdfium.FPDF_PAGEOBJ_UNKNOWN
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self.ruling.texts += 1
                continue
            item = handle(pdfium.FPDF_PAGEOBJECT, where or 0)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.ruling.paths += 1
                self.path(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.image(item, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < MAX_DEPTH:
                    self.form(item, outer, depth)
                else:
                    self.ruling.too_deep = True

    def form(self, item: Any, outer: Matrix, depth: int) -> None:
        inner = _times(self.own_matrix(item), outer)
        self.walk(
            pdfium.FPDFFormObj_CountObjects(item),
            partial(calls().form_object, address(item)),
            inner,
            depth + 1,
        )

    def own_matrix(self, item: Any) -> Matrix:
        pdfium.FPDFPageObj_GetMatrix(item, self.matrix)
        m = self.matrix
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def bounds(self, item: Any, outer: Matrix) -> tuple[float, float, float, float] | None:
        if not pdfium.FPDFPageObj_GetBounds(item, self.left, self.bottom, self.right, self.top):
            return None
        x0, y0 = _apply(outer, self.left.value, self.bottom.value)
        x1, y1 = _apply(outer, self.right.value, self.top.value)
        return self.frame.box(x0, y0, x1, y1)

    def image(self, item: Any, outer: Matrix) -> None:
        self.ruling.images += 1
        box = self.bounds(item, outer)
        if box:
            area = (box[2] - box[0]) * (box[3] - box[1])
            share = area / max(self.frame.width * self.frame.height, 1.0)
            self.ruling.image_share = max(self.ruling.image_share, share)

    def path(self, item: Any, outer: Matrix) -> None:
        box = self.bounds(item, outer)
        if box is None:
            return
        fill, stroke = self.inked(item)
        if not fill and not stroke:
            return
        x0, top, x1, bottom = box
        if bottom - top <= THICKEST or x1 - x0 <= THICKEST:
            self.rule(x0, top, x1, bottom)
            return
        segments = pdfium.FPDFPath_CountSegments(item)
        if not 2 <= segments <= MAX_SEGMENTS:
            return
        self.segments(item, segments, _times(self.own_matrix(item), outer), stroke)

    def inked(self, item: Any) -> tuple[bool, bool]:
        """Whether a path fills and strokes with ink; white paint wipes out and draws no line."""
        pdfium.FPDFPath_GetDrawMode(item, self.fill, self.stroke)
        fill, stroke = self.fill.value != pdfium.FPDF_FILLMODE_NONE, bool(self.stroke.value)
        r, g, b, a = self.colour
        if fill and pdfium.FPDFPageObj_GetFillColor(item, r, g, b, a):
            fill = a.value > 0 and min(r.value, g.value, b.value) < _WHITE
        if stroke and pdfium.FPDFPageObj_GetStrokeColor(item, r, g, b, a):
            stroke = a.value > 0 and min(r.value, g.value, b.value) < _WHITE
        return fill, stroke

    def segments(self, item: Any, count: int, matrix: Matrix, stroked: bool) -> None:
        """Sub-paths: lines of a stroke each for itself; a filled one only where it is a rectangle.

        A rectangle with round corners is a frame.
        """
        points: list[tuple[float, float]] = []
        stretches = [points]
        curve = 0
        call, path, to_x, to_y = calls(), address(item), address(self.x), address(self.y)
        for index in range(count):
            segment = call.path_segment(path, index)
            if not segment:
                return
            kind = call.segment_kind(segment)
            call.segment_point(segment, to_x, to_y)
            point = self.frame.point(*_apply(matrix, self.x.value, self.y.value))
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if not self.sub_path(stretches, stroked):
                    return
                points = []
                stretches = [points]
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                # two control points, then the end of the curve, where the next straight stretch begins
                curve = (curve + 1) % 3
                if curve == 0:
                    points = [point]
                    stretches.append(points)
                continue
            points.append(point)
            if call.segment_closes(segment) and len(points) + len(stretches) > 3:
                points.append(stretches[0][0])
                if not self.sub_path(stretches, stroked):
                    return
                points = []
                stretches = [points]
        self.sub_path(stretches, stroked)

    def sub_path(self, stretches: list[list[tuple[float, float]]], stroked: bool) -> bool:
        """Straight stretches between curves; False where the path fills a curved shape, such as a letter."""
        if len(stretches) == 1:
            self.outline(stretches[0], stroked)
        elif frame := _round_rectangle([point for points in stretches for point in points]):
            self.ruling.frames.append(frame)
        elif not stroked:
            return False
        else:
            for points in stretches:
                self.outline(points, True)
        return True

    def outline(self, points: list[tuple[float, float]], stroked: bool) -> None:
        """A sub-path of straight segments; of filled ones only rectangles are borders, and thin ones a rule."""
        corners = {(round(x, 1), round(y, 1)) for x, y in points}
        if not len(corners) >= 2:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) - min(xs) <= THICKEST or max(ys) - min(ys) <= THICKEST:
            self.rule(min(xs), min(ys), max(xs), max(ys))
            return
        if not stroked and len(corners) != 4:
            return
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if abs(ay - by) <= 0.5 or abs(ax - bx) <= 0.5:
                self.rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        width, height = x1 - x0, bottom - top
        if width >= height:
            if width >= SHORTEST:
                self.ruling.horizontal.append(((top + bottom) / 2, x0, x1))
        elif height >= SHORTEST:
            self.ruling.vertical.append(((x0 + x1) / 2, top, bottom))


def _round_rectangle(points: list[tuple[float, float]]) -> Box | None:
    """The box of a rectangle whose round corners leave most of each side straight."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    side = min(x1 - x0, y1 - y0)
    if side < _SMALLEST or any(min(x - x0, x1 - x) > _ON_EDGE and min(y - y0, y1 - y) > _ON_EDGE for x, y in points):
        return None
    for along, low, high, across in ((xs, x0, x1, ys), (ys, y0, y1, xs)):
        for edge in (min(across), max(across)):
            straight = [a for a, c in zip(along, across, strict=True) if abs(c - edge) <= _ON_EDGE]
            if max(min(straight) - low, high - max(straight)) > _ROUNDEST * side:
                return None
    return x0, y0, x1, y1


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    if outer == _IDENTITY:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
