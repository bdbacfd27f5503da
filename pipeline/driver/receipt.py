"""The receipt of a build, `extracted/build.json`: digests of all that went in and came out.

Takes digests; writes and reads the receipt. Does not compute tables.

It holds no time and no path of the machine: sources are named by their ids and their files below raw/. Versions are
those of the packages that read and match, as locked; not Python's, nor the system's: they change nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pipeline
from pipeline.driver import behind as left
from pipeline.driver.edition import Counts, Shown
from pipeline.driver.program import code, program
from pipeline.driver.stamps import sha256_of
from pipeline.engine.meaning import Meaning
from pipeline.model import PipelineError
from pipeline.text.shipped import shipped_rules

RECEIPT = left.RECEIPT
_PARTS = {"koubun", "packages", "rules", "gazetteers", "decisions", "sources", "tables"}


def inputs(own: Path | None, meaning: Meaning) -> dict[str, Any]:
    """What a build is made with beside its sources: versions, what each module of a stage, the rules of each kind, each rule and every gazetteer mean
    (a comment or an example changes nothing), and digests of decisions. `meaning` is the digest of all rules and gazetteers, `own` the folder laid
    over the shipped rules."""
    kinds, gazetteers = dict(sorted(meaning.kinds.items())), dict(sorted(meaning.orders.items()))
    each = {rule_id: rule.digest for rule_id, rule in sorted(meaning.rules.items())}
    rules = {"meaning": meaning.digest, "rules": kinds, "each_rule": each, "gazetteers": gazetteers}
    return {**versions(), "code": code(), **rules, "decisions": decisions(own)}


def versions() -> dict[str, Any]:
    packages = {name: number for name, number in program().packages.items() if name != "Python"}
    return {"koubun": pipeline.__version__, "packages": packages}


def decisions(own: Path | None) -> dict[str, str]:
    """sha256 of the files of decisions, by their paths."""
    folder = (own or shipped_rules()) / "decisions"
    found = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*.jsonl"))
    return {name: sha256_of(path) for name, path in found}


def write_receipt(
    path: Path,
    made_with: Mapping[str, Any],
    sources: Mapping[str, Shown],
    tables: Mapping[str, Mapping[str, Any]],
    behind: bool = False,
) -> None:
    """A line for each source and each table, so that git shows what changed."""
    shown = {
        source_id: {"file": told.file, "sha256": told.sha256, "sidecar": told.sidecar, "folder": told.folder}
        | ({"asked": told.asked} if told.asked else {})
        for source_id, told in sorted(sources.items())
    }
    with path.open("w", encoding="utf-8", newline="\n", errors="surrogatepass") as file:
        file.write(left.BEHIND if behind else "{\n")
        for name, value in made_with.items():
            text = json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")
            file.write(f' "{name}": {text},\n')
        file.write(' "sources": {' + ",".join(_lines(shown)) + "\n },\n")
        file.write(' "tables": {' + ",".join(_lines(dict(sorted(tables.items())))) + "\n }\n}\n")


def tables_told(digests: Mapping[str, str], counts: Counts) -> dict[str, dict[str, Any]]:
    """Digests and numbers of rows, as the receipt has them."""
    rows = counts.rows
    return {
        name: {"sha256": digest} | ({"rows": rows[Path(name).stem]} if Path(name).stem in rows else {})
        for name, digest in digests.items()
    }


def read_receipt(out: Path) -> dict[str, Any]:
    """`PipelineError` where there is none, or none of this version's form."""
    path = out / RECEIPT
    try:
        told = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
    except FileNotFoundError:
        raise PipelineError(str(path), "is not there", "run make first") from None
    except (OSError, ValueError) as error:
        raise PipelineError(str(path), f"is no receipt ({error})", "run make") from None
    if not isinstance(told, dict) or not told.keys() >= _PARTS:
        raise PipelineError(str(path), "is no receipt of this version", "run make")
    return told


def _lines(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, entry in entries.items():
        yield f"\n  {json.dumps(name, ensure_ascii=False)}: {json.dumps(entry, ensure_ascii=False)}"
