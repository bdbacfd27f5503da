"""Why a source's stages ran: what it is made of now against what it was made of before.

Takes both records, what rules meant before and what they mean now; gives sentences. Does not know what the store holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.driver.keys import PARSER_KEYS
from pipeline.driver.made import Made
from pipeline.driver.program import Program, Stage
from pipeline.engine.meaning import Meaning, changed_lines

#: so many rules, lines or modules are named
_MOST = 4
MISSING = "what it gave before is not in the store any more"


@dataclass(frozen=True, slots=True)
class Then:
    """What was before: rules by their digest, the program of the last build as its record keeps it."""

    meaning: Callable[[str], Meaning | None]
    program: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Now:
    """What is now; `consulted` names the gazetteers that resolving consults."""

    meaning: Meaning
    program: Program
    consulted: tuple[str, ...]


def reasons(before: Made | None, made: Made, ran: Iterable[str], then: Then, now: Now) -> dict[str, list[str]]:
    """For each stage that ran, why; kinds that were found for the same reasons stand together (`finding amount, date`)."""
    told: dict[str, list[str]] = {}
    kinds: dict[tuple[str, ...], list[str]] = {}
    for stage in ran:
        name, _, kind = stage.partition(" ")
        if name == "reading":
            told[stage] = _reading(before, made, then, now)
        elif name == "finding":
            kinds.setdefault(tuple(_finding(before, made, kind, then, now)), []).append(kind)
        else:
            told |= {f"finding {', '.join(found)}": list(why) for why, found in kinds.items()}
            kinds = {}
            told[stage] = _resolving(before, made, then, now)
    return told | {f"finding {', '.join(found)}": list(why) for why, found in kinds.items()}


def _reading(before: Made | None, made: Made, then: Then, now: Now) -> list[str]:
    if before is None:
        return ["nothing is known of a build of it"]
    why = ["the file's bytes changed"] if before.sha256 != made.sha256 else []
    why += _sidecar(before, made, lambda key: key in PARSER_KEYS)
    return [*why, *_program(before, made, "reading", then, now)] or [MISSING]


def _finding(before: Made | None, made: Made, kind: str, then: Then, now: Now) -> list[str]:
    if before is None:
        return ["nothing is known of a build of it"]
    why = ["the document is another one"] if before.document != made.document else []
    why += ["its errata changed"] if before.errata != made.errata else []
    why += _program(before, made, "finding", then, now)
    if before.rules != made.rules:
        why += rule_edits(then.meaning(before.rules), now.meaning, kind)
    return why or [MISSING]


def _resolving(before: Made | None, made: Made, then: Then, now: Now) -> list[str]:
    if before is None:
        return ["nothing is known of a build of it"]
    why = ["the document is another one"] if before.document != made.document else []
    others = sorted(
        kind
        for kind in before.candidates.keys() | made.candidates.keys()
        if before.candidates.get(kind) != made.candidates.get(kind)
    )
    why += [f"other candidates were found ({', '.join(others)})"] if others else []
    why += ["the file's bytes changed"] if before.sha256 != made.sha256 and not why else []
    why += [f"the file is called {made.file}, it was {before.file}"] if before.file != made.file else []
    why += _sidecar(before, made, lambda key: True)
    why += ["its decisions changed"] if before.decisions != made.decisions else []
    if before.consulted != made.consulted:
        old = then.meaning(before.rules)
        why += gazetteer_edits(old, now.meaning, now.consulted) if old is not None else ["gazetteers changed"]
    return [*why, *_program(before, made, "resolving", then, now)] or [MISSING]


def rule_edits(old: Meaning | None, new: Meaning, kind: str) -> list[str]:
    """What differs for a kind: rules by id, gazetteers by their lines."""
    if old is None:
        return ["rules changed; what they were is not kept any more"]
    if old.kinds.get(kind) == new.kinds.get(kind):
        return []
    how: dict[str, list[str]] = {}
    for rule_id in sorted(old.rules.keys() | new.rules.keys()):
        one, other = old.rules.get(rule_id), new.rules.get(rule_id)
        if one != other and kind in {rule.kind for rule in (one, other) if rule is not None}:
            how.setdefault("new" if one is None else "gone" if other is None else "edited", []).append(rule_id)
    why = [f"rule{'s' * (len(ids) > 1)} {state}: {_some(ids)}" for state, ids in how.items()]
    return why + gazetteer_edits(old, new, {*old.used.get(kind, ()), *new.used.get(kind, ())})


def gazetteer_edits(old: Meaning, new: Meaning, names: Iterable[str]) -> list[str]:
    why = []
    for name in sorted(names):
        if old.orders.get(name) != new.orders.get(name):
            lines = changed_lines(old, new, name)
            why.append(f"gazetteer {name}: {_some(lines) if lines else 'its lines stand in another order'}")
    return why


def _sidecar(before: Made, made: Made, wanted: Callable[[str], bool]) -> list[str]:
    old, new = dict(before.sidecar), dict(made.sidecar)
    why = []
    if wanted("present") and ("present" in old) != ("present" in new):
        why.append("a sidecar was added" if "present" in new else "its sidecar is gone")
    for key in sorted((old.keys() | new.keys()) - {"present"}):
        if wanted(key) and old.get(key) != new.get(key):
            was = f", it was {old[key]}" if key in old else ""
            why.append(f"sidecar: {key} is {new.get(key, 'not given')}{was}")
    return why


def _program(before: Made, made: Made, stage: Stage, then: Then, now: Now) -> list[str]:
    if before.program.get(stage) == made.program.get(stage):
        return []
    if then.program.get("stages", {}).get(stage) != before.program.get(stage):
        return ["the program changed"]
    known = Program(then.program["modules"], then.program["packages"], str(then.program["words"]))
    old, new = known.parts(stage), now.program.parts(stage)
    changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    versions = [name for name in changed if name in now.program.packages or name in known.packages]
    why = [
        f"{name} is {now.program.packages.get(name, 'gone')}, it was {known.packages.get(name, 'not there')}"
        for name in versions
    ]
    modules = [name for name in changed if name not in versions]
    return why + ([f"code changed: {_some(modules)}"] if modules else [])


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST])
    return shown + (f" and {len(names) - _MOST} more" if len(names) > _MOST else "")
