"""Ruled grids: connected ruling lines, and the boxes they part.

Takes the rules of a page, gives `Grid`s with their cells in rows and columns. Does not know what is written in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

Rule = tuple[float, float, float]

#: points: lines nearer than this are one; ends that miss each other by less meet
SNAP, MEET = 2.0, 3.0
#: points: vertical rules of this length part columns even without a horizontal one
_LONG = 80.0
#: share of a side that a rule along it covers
_WHOLE = 0.9


@dataclass(frozen=True, slots=True)
class GridCell:
    """A box of the grid: rows and columns it covers, its (x0, top, x1, bottom); cells of one `room` have no rule between them."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]
    room: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """`xs` and `ys` are the edges of columns and rows, `owner[row][column]` an index into `cells`."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    owner: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> int:
        """Index of the cell around a point, -1 outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.owner[row][column]
        return -1


def grids(
    horizontal: Sequence[Rule], vertical: Sequence[Rule], frames: Sequence[tuple[float, float, float, float]] = ()
) -> list[Grid]:
    """Grids of at least one box, largest first; each frame is a grid of one box.

    A side that is left open is closed by the outermost line ends: tables ruled only inside keep their outer columns.

    >>> frame = [(0, 0, 100), (50, 0, 100)], [(0, 0, 50), (40, 0, 50), (100, 0, 50)]
    >>> [cell.box for cell in grids(*frame)[0].cells]
    [(0.0, 0.0, 40.0, 50.0), (40.0, 0.0, 100.0, 50.0)]
    """
    across, down = _merged(horizontal), _merged(vertical)
    across += _closing(across, down)
    across.sort()
    found = [grid for rows, columns in _connected(across, down) if (grid := _grid(rows, columns))]
    found += [_framed(box) for box in frames]
    return sorted(found, key=lambda grid: -(grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))


def _framed(box: tuple[float, float, float, float]) -> Grid:
    x0, top, x1, bottom = box
    return Grid((x0, x1), (top, bottom), (GridCell(0, 0, 1, 1, box),), ((0,),))


def _closing(across: list[Rule], down: list[Rule]) -> list[Rule]:
    """Ends of vertical rules that begin and end together and meet no other: a table cut by the page's edges.

    >>> _closing([], [(70.0, 50.0, 500.0), (450.0, 50.0, 501.0)])
    [(50.0, 70.0, 450.0), (500.5, 70.0, 450.0)]
    """
    free = [
        (x, top, bottom)
        for x, top, bottom in down
        if bottom - top >= _LONG
        and not any(a - MEET <= x <= b + MEET and top - MEET <= y <= bottom + MEET for y, a, b in across)
    ]
    ends: list[Rule] = []
    while len(free) > 1:
        alike = [rule for rule in free if abs(rule[1] - free[0][1]) <= MEET and abs(rule[2] - free[0][2]) <= MEET]
        free = [rule for rule in free if rule not in alike]
        if len(alike) > 1:
            xs = [x for x, _, _ in alike]
            for end in (1, 2):
                ends.append((sum(rule[end] for rule in alike) / len(alike), min(xs), max(xs)))
    return ends


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules of one position joined where they touch: dashes, double lines and borders drawn cell by cell."""
    if not rules:
        return []
    ordered = sorted(rules)
    levels: list[list[Rule]] = [[ordered[0]]]
    for rule in ordered[1:]:
        if rule[0] - levels[-1][-1][0] <= SNAP and rule[0] - levels[-1][0][0] <= 2 * SNAP:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    merged: list[Rule] = []
    for level in levels:
        position = sum(rule[0] for rule in level) / len(level)
        level.sort(key=lambda rule: rule[1])
        start, end = level[0][1], level[0][2]
        for _, a, b in level[1:]:
            if a <= end + MEET:
                end = max(end, b)
            else:
                merged.append((position, start, end))
                start, end = a, b
        merged.append((position, start, end))
    return merged


def _connected(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or touch, each with at least two of a kind."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    positions = [y for y, _, _ in across]
    for index, (x, top, bottom) in enumerate(down):
        first, last = bisect_left(positions, top - MEET), bisect_right(positions, bottom + MEET)
        for other in range(first, last):
            if across[other][1] - MEET <= x <= across[other][2] + MEET:
                parent[root(len(across) + index)] = root(other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(across):
        groups.setdefault(root(index), ([], []))[0].append(rule)
    for index, rule in enumerate(down):
        groups.setdefault(root(len(across) + index), ([], []))[1].append(rule)
    return [group for group in groups.values() if len(group[0]) + len(group[1]) >= 3 and group[0] and group[1]]


def _levels(values: list[float]) -> list[float]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > MEET:
            levels.append(value)
    return levels


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    left, right = min(a for _, a, _ in rows), max(b for _, _, b in rows)
    top, bottom = min(a for _, a, _ in columns), max(b for _, _, b in columns)
    xs = _levels([x for x, _, _ in columns] + [left, right])
    ys = _levels([y for y, _, _ in rows] + [top, bottom])
    if len(xs) < 2 or len(ys) < 2 or len(xs) > 200 or len(ys) > 400:
        return None
    wide, high = len(xs) - 1, len(ys) - 1
    walls = [[False] * high for _ in range(wide + 1)]
    floors = [[False] * wide for _ in range(high + 1)]
    for x, a, b in columns:
        edge = _nearest(xs, x)
        for row in range(bisect_left(ys, a - MEET), high):
            if ys[row] >= b:
                break
            walls[edge][row] = walls[edge][row] or _covers(a, b, ys[row], ys[row + 1])
    for y, a, b in rows:
        edge = _nearest(ys, y)
        for column in range(bisect_left(xs, a - MEET), wide):
            if xs[column] >= b:
                break
            floors[edge][column] = floors[edge][column] or _covers(a, b, xs[column], xs[column + 1])
    owner = [[-1] * wide for _ in range(high)]
    cells: list[GridCell] = []
    for row in range(high):
        for column in range(wide):
            if owner[row][column] >= 0:
                continue
            end = column + 1
            while end < wide and not walls[end][row] and owner[row][end] < 0:
                end += 1
            floor = row + 1
            while floor < high and _opens_down(floors, walls, owner, floor, column, end):
                floor += 1
            for r in range(row, floor):
                owner[r][column:end] = [len(cells)] * (end - column)
            cells.append(GridCell(row, column, floor - row, end - column, (xs[column], ys[row], xs[end], ys[floor])))
    rooms = _rooms(owner, walls, floors, len(cells))
    cells = [replace(cell, room=room) for cell, room in zip(cells, rooms, strict=True)]
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(tuple(line) for line in owner))


def _covers(start: float, end: float, low: float, high: float) -> bool:
    """Whether a rule goes along all of a cell's side: one that ends well before a corner is drawn under a text."""
    side = high - low
    return min(end, high) - max(start, low) >= min(_WHOLE * side, side - 2 * MEET)


def _rooms(owner: list[list[int]], walls: list[list[bool]], floors: list[list[bool]], count: int) -> list[int]:
    """The room of each cell: the first cell that can be reached from it without crossing a rule."""
    room = list(range(count))

    def join(one: int, other: int) -> None:
        low, high = sorted((room[one], room[other]))
        if low != high:
            room[:] = [low if number == high else number for number in room]

    for row, line in enumerate(owner):
        for column, cell in enumerate(line):
            if column and line[column - 1] != cell and not walls[column][row]:
                join(line[column - 1], cell)
            if row and owner[row - 1][column] != cell and not floors[row][column]:
                join(owner[row - 1][column], cell)
    return room


def _nearest(levels: list[float], value: float) -> int:
    index = bisect_left(levels, value)
    if index == len(levels) or (index and value - levels[index - 1] < levels[index] - value):
        return index - 1
    return index


def _opens_down(
    floors: list[list[bool]], walls: list[list[bool]], owner: list[list[int]], row: int, column: int, end: int
) -> bool:
    """Whether the box columns `column:end` goes on into `row`: no floor above it, the same walls in it."""
    if any(floors[row][column:end]) or owner[row][column] >= 0:
        return False
    if any(walls[edge][row] for edge in range(column + 1, end)):
        return False
    left = column == 0 or walls[column][row]
    right = end == len(walls) - 1 or walls[end][row]
    return left and right
