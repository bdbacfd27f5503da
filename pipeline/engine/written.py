"""Rule files as they are written, before anything is made of them.

Takes rules folders, the shipped one first; gives fragments, rules by id and rows of gazetteers, later folders laid over earlier ones. Does not know
what rules mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.engine.gazetteer import GazetteerRows, gazetteer_rows
from pipeline.engine.yaml_text import LINE, known_keys, read_yaml
from pipeline.model import PipelineError

_FILE_KEYS = {"kind", "anchor", "rules", "disable", LINE}
#: what is told of a rule and does not decide what it finds
_TELLING = ("description", "examples", "counterexamples", LINE)


@dataclass(frozen=True)
class WrittenRule:
    """A rule of a file: `where` is file, line and id; `path` the file's path where that must begin its id; `checked` tells that its patterns are to be
    compiled at once."""

    id: str
    where: str
    path: str
    kind: str
    anchor: tuple[str, ...]
    raw: Mapping[str, Any]
    checked: bool

    def same(self, other: WrittenRule) -> bool:
        """Whether both say the same beside descriptions and examples."""
        one, another = ({k: v for k, v in rule.raw.items() if k not in _TELLING} for rule in (self, other))
        return self.kind == other.kind and _bare(one) == _bare(another)


@dataclass(frozen=True)
class Written:
    """`disabled` maps ids of rules, and `gazetteer:first column` of lines, to the file that says so; gazetteers are without such lines."""

    fragments: Mapping[str, str]
    rules: Mapping[str, WrittenRule]
    disabled: Mapping[str, str]
    gazetteers: GazetteerRows


def read_written(folders: Sequence[tuple[Path, str]], shipped: Path) -> Written:
    """What the folders (path, name for messages) hold. `PipelineError` for what is no rule file, and for two rules of one folder with one id. Patterns of all folders but
    `shipped` are to be checked."""
    fragments: dict[str, str] = {}
    rules: dict[str, WrittenRule] = {}
    disabled: dict[str, str] = {}
    for number, (folder, shown) in enumerate(folders):
        if (folder / "fragments.yml").is_file():
            data = read_yaml(folder / "fragments.yml", f"{shown}/fragments.yml")
            fragments |= {key: str(value) for key, value in data.items() if key != LINE}
        here: dict[str, WrittenRule] = {}
        for path in sorted(folder.rglob("*.yml")):
            name = path.relative_to(folder).as_posix()
            if name == "fragments.yml":
                continue
            data = read_yaml(path, f"{shown}/{name}")
            known_keys(data, _FILE_KEYS, f"{shown}/{name}:1")
            disabled |= {str(item): f"{shown}/{name}" for item in data.get("disable", [])}
            for raw in data.get("rules", []):
                rule_id = str(raw.get("id", "?"))
                where = f"{shown}/{name}:{raw.get(LINE, 1)} {rule_id}"
                if rule_id in here:
                    there = here[rule_id].where.split(" ")[0]
                    raise PipelineError(where, f"{rule_id} stands already in {there}", "give it an id of its own")
                below = name if number == 0 else ""
                anchor, kind = tuple(data.get("anchor", [])), str(data.get("kind", ""))
                checked = folder.resolve() != shipped.resolve()
                here[rule_id] = WrittenRule(rule_id, where, below, kind, anchor, raw, checked)
        rules |= here
    return Written(fragments, rules, disabled, gazetteer_rows(folders, disabled))


def _bare(raw: Any) -> Any:
    """Without the lines on which mappings stand."""
    if isinstance(raw, Mapping):
        return {key: _bare(value) for key, value in raw.items() if key != LINE}
    return [_bare(value) for value in raw] if isinstance(raw, list) else raw
