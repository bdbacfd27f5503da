"""Sidecars: what a person writes beside a file, `<name>.source.yml`.

Takes a file; gives a `Sidecar`, or one line that names file, line and key. Does not know what a build makes of it.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from pipeline.model import PipelineError, Sidecar, TableHint
from pipeline.text.edtf import is_edtf

SUFFIX = ".source.yml"
#: kinds of mention whose counts `expect` may name
EXPECTED_KINDS = ("date", "amount", "organisation", "municipality")

_TEXT_KEYS = tuple(field.name for field in fields(Sidecar) if field.type == "str")
_YES_KEYS = ("ocr", "check_digits")
_DATE_KEYS = ("retrieved", "published", "covers")
_HINT_KEYS = tuple(field.name for field in fields(TableHint))
_RANGE = re.compile(r"(\d+)(\.\.(\d+)?)?|\.\.(\d+)", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def read_sidecar(path: Path, name: str = "") -> Sidecar:
    """The sidecar at `path`; PipelineError names it as `name`, its line and its key."""
    where = name or path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PipelineError(where, "is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise PipelineError(where, f"cannot be read ({error.strerror})") from None
    return parse_sidecar(text, where)


def parse_sidecar(text: str, where: str) -> Sidecar:
    """A sidecar from YAML text in which every scalar is a string.

    >>> parse_sidecar('published: 2022-03\\nexpect: {date: 120..}', "plan.source.yml").published
    '2022-03'
    """
    try:
        root = _composed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PipelineError(f"{where}:{line}", f"is not YAML ({error.problem})", "mend the line") from None
    except yaml.YAMLError as error:
        raise PipelineError(where, f"is not YAML ({str(error).splitlines()[0]})", "mend the file") from None
    if root is None:
        return Sidecar()
    nodes = _mapping(root, where, (*_TEXT_KEYS, "expect", "tables", *_YES_KEYS))
    values: dict[str, Any] = {key: _scalar(node, where, key) for key, node in nodes.items() if key in _TEXT_KEYS}
    for key in _DATE_KEYS:
        if values.get(key) and not is_edtf(values[key]):
            raise PipelineError(
                _at(nodes[key], where, key),
                f"{values[key]!r} is no possible date",
                "write EDTF, such as 2022-03, 2022-03-15 or 2020-04/2021-03",
            )
    if "id" in values:
        values["id"] = _identifier(values["id"], _at(nodes["id"], where, "id"))
    if "sha256" in values:
        values["sha256"] = values["sha256"].lower()
        if not re.fullmatch("[0-9a-f]{64}|", values["sha256"]):
            raise PipelineError(
                _at(nodes["sha256"], where, "sha256"), "is not 64 hexadecimal digits", "remove the line"
            )
    expect: dict[str, str] = {}
    if "expect" in nodes:
        counts = _mapping(nodes["expect"], where, EXPECTED_KINDS, "expect")
        expect = {kind: _scalar(node, where, f"expect.{kind}") for kind, node in counts.items()}
        for kind, count in expect.items():
            expected(count, _at(counts[kind], where, f"expect.{kind}"))
    hints = (
        tuple(_hint(node, where) for node in _sequence(nodes["tables"], where, "tables")) if "tables" in nodes else ()
    )
    values |= {key: _yes(nodes[key], where, key) for key in _YES_KEYS if key in nodes}
    return Sidecar(**values, expect=expect, tables=hints)


def _composed(text: str) -> yaml.Node | None:
    """The tree of nodes; by libyaml where it is there, in a twentieth of the time. What is wrong is told by Python's reader, in the same words on every machine."""
    fast = getattr(yaml, "CBaseLoader", None)
    if fast is not None:
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=fast)
    return yaml.compose(text, Loader=yaml.BaseLoader)


def expected(count: str, where: str = "expect") -> tuple[int, int | None]:
    """Least and greatest count that `expect` allows, None for no upper end.

    >>> expected("120.."), expected("300..400"), expected("50"), expected("..10")
    ((120, None), (300, 400), (50, 50), (0, 10))
    """
    match = _RANGE.fullmatch(count)
    if match is None:
        raise PipelineError(where, f"{count!r} is no range", "write 120.., ..400, 300..400 or 50")
    if match[4]:
        return 0, int(match[4])
    low = int(match[1])
    high = (int(match[3]) if match[3] else None) if match[2] else low
    if high is not None and high < low:
        raise PipelineError(where, f"{count!r} ends below its start", f"write {high}..{low}")
    return low, high


def sidecar_text(sidecar: Sidecar) -> str:
    """The YAML of a sidecar, which `parse_sidecar` reads back; text fields without a value stand in it as comments.

    >>> print(sidecar_text(Sidecar(title="環境基本計画", published="2022-03")), end="")
    title: 環境基本計画
    published: 2022-03
    # publisher:
    # url:
    # licence:
    # covers:
    """
    values: dict[str, object] = {key: getattr(sidecar, key) for key in _TEXT_KEYS if getattr(sidecar, key)}
    if sidecar.expect:
        values["expect"] = dict(sidecar.expect)
    values |= {key: True for key in _YES_KEYS if getattr(sidecar, key)}
    if sidecar.tables:
        values["tables"] = [_hint_values(hint) for hint in sidecar.tables]
    written = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=math.inf) if values else ""
    missing = [key for key in ("title", "publisher", "published", "url", "licence", "covers") if key not in values]
    return written + "".join(f"# {key}:\n" for key in missing)


def _hint_values(hint: TableHint) -> dict[str, object]:
    values: dict[str, object] = {"page": hint.page}
    if hint.area is not None:
        values["area"] = [f"{number:g}" for number in hint.area]
    if hint.columns:
        values["columns"] = [f"{number:g}" for number in hint.columns]
    if hint.header_rows is not None:
        values["header_rows"] = hint.header_rows
    return values | ({"unit": hint.unit} if hint.unit else {})


def _hint(node: yaml.Node, where: str) -> TableHint:
    nodes = _mapping(node, where, _HINT_KEYS, "tables")
    if "page" not in nodes:
        raise PipelineError(_at(node, where, "tables"), "a hint without a page", "add page: N, counted from 1")
    page = _whole(nodes["page"], where, "tables.page", 1)
    area = tuple(_numbers(nodes["area"], where, "tables.area")) if "area" in nodes else None
    if area is not None and (len(area) != 4 or area[0] >= area[2] or area[1] >= area[3]):
        raise PipelineError(
            _at(nodes["area"], where, "tables.area"), "is no area", "write [x0, top, x1, bottom] in points"
        )
    columns = tuple(_numbers(nodes["columns"], where, "tables.columns")) if "columns" in nodes else ()
    if list(columns) != sorted(set(columns)):
        raise PipelineError(
            _at(nodes["columns"], where, "tables.columns"), "do not rise", "write them from left to right"
        )
    header_rows = _whole(nodes["header_rows"], where, "tables.header_rows", 0) if "header_rows" in nodes else None
    unit = _scalar(nodes["unit"], where, "tables.unit") if "unit" in nodes else ""
    box = (area[0], area[1], area[2], area[3]) if area else None
    return TableHint(page, box, columns, header_rows, unit)


def _mapping(node: yaml.Node, where: str, known: Iterable[str], inside: str = "") -> Mapping[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise PipelineError(_at(node, where, inside), "is no mapping", "write key: value")
    nodes: dict[str, yaml.Node] = {}
    for key_node, value in node.value:
        key = str(key_node.value)
        place = _at(key_node, where, inside)
        if key in nodes:
            raise PipelineError(place, f"key {key} stands twice", "remove one")
        if key not in known:
            near = difflib.get_close_matches(key, list(known), 1, 0.5)
            raise PipelineError(
                place, f"unknown key {key}", f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            )
        nodes[key] = value
    return nodes


def _sequence(node: yaml.Node, where: str, key: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise PipelineError(_at(node, where, key), "is no list", "write [ … ]")
    return list(node.value)


def _scalar(node: yaml.Node, where: str, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise PipelineError(_at(node, where, key), "is no text", "write one value")
    return str(node.value).strip()


def _yes(node: yaml.Node, where: str, key: str) -> bool:
    text = _scalar(node, where, key).lower()
    if text not in ("true", "false", "yes", "no"):
        raise PipelineError(_at(node, where, key), f"{text!r} is neither true nor false", "write true or false")
    return text in ("true", "yes")


def _numbers(node: yaml.Node, where: str, key: str) -> list[float]:
    texts = [_scalar(item, where, key) for item in _sequence(node, where, key)]
    for text in texts:
        if not _NUMBER.fullmatch(text):
            raise PipelineError(_at(node, where, key), f"{text!r} is no number", "write points")
    return [float(text) for text in texts]


def _whole(node: yaml.Node, where: str, key: str, least: int) -> int:
    text = _scalar(node, where, key)
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or int(text) < least:
        raise PipelineError(_at(node, where, key), f"{text!r} is no whole number from {least}", "write one")
    return int(text)


def _identifier(text: str, where: str) -> str:
    """An id becomes a folder below `extracted/sources/`: it must not lead out of it."""
    name = normalize("NFC", text)
    if any(part in ("", ".", "..") for part in name.split("/")) or re.search(r"[\\:*?\"<>|\x00-\x1f]", name):
        raise PipelineError(where, f"{text!r} cannot be a source id", "write a relative path such as kankyo/2022")
    return name


def _at(node: yaml.Node, where: str, key: str) -> str:
    return f"{where}:{node.start_mark.line + 1}" + (f" {key}" if key else "")
