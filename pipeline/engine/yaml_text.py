"""YAML read as strings, with the line that each mapping stands on.

Takes a file a person wrote; gives dicts, lists and strings. Does not know what they mean. YAML's own types are not used: they turn 011002 into
4610 and 13:30 into 810.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import yaml

from pipeline.model import PipelineError

#: the key under which a mapping's line (from 1) is kept
LINE = "__line__"


def _untyped(loader: Any, kind: type[yaml.Node], value: str, implicit: object) -> str:
    """A node's tag where none is written: no type is guessed from how a scalar looks."""
    return ""


#: libyaml's where PyYAML was built with it: ten times as fast
_LOADER: Any = type("Untyped", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"resolve": _untyped})


def read_yaml(path: Path, name: str) -> Any:
    """The file's content; every mapping carries its line under `LINE`. A file that is no YAML raises `PipelineError`."""
    try:
        node = _composed(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise PipelineError(name, f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PipelineError(
            f"{name}:{line}", f"is not YAML: {error.problem}", "mend the line or quote the text"
        ) from None
    return _plain(node, name) if node is not None else {LINE: "1"}


def _composed(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)  # names the place better


def _plain(node: yaml.Node, name: str) -> Any:
    if isinstance(node, yaml.ScalarNode):
        empty = node.value in ("", "~") and not node.style and (not node.tag or node.tag.endswith(":null"))
        return "" if empty else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, name) for child in node.value]
    assert isinstance(node, yaml.MappingNode)
    result: dict[str, Any] = {LINE: str(node.start_mark.line + 1)}
    for key, value in node.value:
        if key.value in result:
            raise PipelineError(f"{name}:{key.start_mark.line + 1}", f"key {key.value} stands twice", "keep one")
        result[key.value] = _plain(value, name)
    return result


def known_keys(raw: Any, keys: set[str], where: str) -> None:
    """`PipelineError` for what is no mapping, and for a key that is not among `keys`."""
    if not isinstance(raw, dict):
        raise PipelineError(where, "is no mapping of keys to values", "see the rule files that are there")
    for key in raw:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, 1)
            raise PipelineError(where, f"key {key} is not known", f"did you mean {near[0]}?" if near else "")
