"""What the last build was made of: a line for each source in `.cache/made.jsonl`, and what its rules meant in `.cache/rules/`.

Takes and gives records. Does not compare them.

A build appends a line as soon as a source is done, so that one that is stopped has lost nothing; of two lines about a source the last counts.
Lines are JSON objects with the fields of `Made`; `rules` names a file `rules/<digest>.json` with the digests of every rule and gazetteer
line (`engine/meaning.py`): {"rules": {id: [kind, digest]}, "gazetteers": {name: {first column: [digest, name, …]}}, "orders": {name: digest},
"used": {kind: [name, …]}, "kinds": {kind: digest}}.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from sys import intern
from typing import IO, Any

from pipeline.driver.store import put_file
from pipeline.engine.meaning import LineMeaning, Meaning, RuleMeaning


@dataclass(frozen=True, slots=True)
class Made:
    """What a source's rows were made of.

    `stat` (size, times, inode) tells whether the file must be read to know its digest. `sidecar` holds the fields that are given,
    `document` and `candidates` (by kind) digests of what reading and finding gave, `program` of each stage's code. `key` is where the
    rows lie in the store; `errata` is a digest of those that candidates were found with.
    """

    source_id: str
    file: str
    stat: tuple[int, ...]
    sha256: str
    sidecar: Mapping[str, str]
    reading: str
    document: str
    candidates: Mapping[str, str]
    rules: str
    consulted: str
    decisions: str
    program: Mapping[str, str]
    key: str
    errata: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of the last builds. `files` is a digest of the rules' files that meant `rules`."""

    sources: Mapping[str, Made] = field(default_factory=dict)
    files: str = ""
    rules: str = ""
    consulted: str = ""
    program: Mapping[str, Any] = field(default_factory=dict)


class _Shared:
    """What many sources have alike is held once: the program, what rules mean, names of kinds."""

    def __init__(self) -> None:
        self.programs: dict[str, Mapping[str, str]] = {}

    def made(self, told: dict[str, Any]) -> Made:
        program = self.programs.setdefault(json.dumps(told["program"]), told["program"])
        candidates = {intern(kind): digest for kind, digest in told["candidates"].items()}
        sidecar = {intern(key): intern(value) for key, value in told["sidecar"].items()}
        same = {name: intern(told[name]) for name in ("rules", "consulted", "decisions")}
        parts = {"program": program, "candidates": candidates, "sidecar": sidecar, "stat": tuple(told["stat"])}
        return Made(**told | same | parts)


_NAMES = tuple(field.name for field in fields(Made))


def load_record(cache: Path) -> Record:
    """An empty one where there is none; a line that is damaged, or another version's, is passed over."""
    head: dict[str, Any] = {}
    sources: dict[str, Made] = {}
    shared = _Shared()
    try:
        lines = (cache / "made.jsonl").read_bytes().splitlines()
    except OSError:
        return Record()
    for line in lines:
        try:
            told = json.loads(line)
            if "source_id" in told:
                made = shared.made(told)
                sources[made.source_id] = made
            else:
                head = {name: told[name] for name in ("files", "rules", "consulted", "program")}
        except (ValueError, TypeError, KeyError):
            continue
    return Record(sources, **head)


def save_record(cache: Path, record: Record) -> None:
    """In order of ids, in one step."""
    head = {name: getattr(record, name) for name in ("files", "rules", "consulted", "program")}
    lines = [_line(head), *(_line(_told(made)) for _, made in sorted(record.sources.items()))]
    put_file(cache / "made.jsonl", b"".join(lines))


def append_made(log: IO[bytes], made: Made) -> None:
    """A line at the end of `made.jsonl`, seen by others at once."""
    log.write(_line(_told(made)))
    log.flush()


def save_meaning(cache: Path, meaning: Meaning) -> None:
    path = meaning_path(cache, meaning.digest)
    if path.is_file():
        os.utime(path)
        return
    told: dict[str, Any] = meaning._asdict() | {
        "gazetteers": {
            name: {key: [line.digest, *line.names] for key, line in lines.items()}
            for name, lines in meaning.gazetteers.items()
        }
    }
    put_file(path, _line(told))


def load_meaning(cache: Path, digest: str) -> Meaning | None:
    """None where it is not kept any more."""
    try:
        told = json.loads(meaning_path(cache, digest).read_bytes())
        gazetteers = {
            name: {key: LineMeaning(first, tuple(names)) for key, (first, *names) in lines.items()}
            for name, lines in told["gazetteers"].items()
        }
        rules = {rule_id: RuleMeaning(*rule) for rule_id, rule in told["rules"].items()}
        used = {kind: tuple(names) for kind, names in told["used"].items()}
        return Meaning(rules, gazetteers, told["orders"], used, told["kinds"], told["digest"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def meaning_path(cache: Path, digest: str) -> Path:
    return cache / "rules" / f"{digest}.json"


def _told(made: Made) -> dict[str, Any]:
    return {name: getattr(made, name) for name in _NAMES}


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
