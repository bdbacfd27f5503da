"""Whether `extracted/` is what its receipt says, and whether that is of the sources, rules and versions that are here.

Takes folders; gives one line for each difference. Does not build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.driver.receipt import inputs, read_receipt
from pipeline.driver.stamps import sha256_of, sha256_of_all
from pipeline.engine.load import load_rules
from pipeline.engine.meaning import meaning_of
from pipeline.sources.discovery import discover
from pipeline.tables.schema import SOURCE_FILES


def verify(raw: Path, out: Path, own: Path | None) -> Iterator[str]:
    """Differences, each as *where: what*: versions, rules, decisions, sources and their sidecars, then tables and the folders of sources. `PipelineError`
    where there is no receipt."""
    receipt = read_receipt(out)
    now = inputs(own, meaning_of(load_rules(own)))
    if receipt["koubun"] != now["koubun"]:
        yield f"koubun: {now['koubun']} is here, {receipt['koubun']} built the tables"
    for name, old, new in _pairs(receipt["packages"], now["packages"]):
        yield f"{name}: {new or 'none'} is here, the tables were built with {old or 'none'}"
    for part in ("rules", "gazetteers", "decisions"):
        for name, old, new in _pairs(receipt[part], now[part]):
            yield f"{part}/{name}: {_told(old, new)}"
    yield from _sources(raw, receipt["sources"])
    if receipt.get("behind"):
        yield f"{out / 'tables'}: is of an earlier state of the sources; run make tables"
    for name, told in receipt["tables"].items():
        digest = sha256_of(out / name)
        if digest != told["sha256"]:
            yield f"{out / name}: {'is not what was built' if digest else 'is missing'}"
    for source_id, told in receipt["sources"].items():
        folder = out / "sources" / source_id
        digest = sha256_of_all((name, folder / name) for name in SOURCE_FILES)
        if digest != told["folder"]:
            yield f"{folder}: {'is not what was built' if digest else 'lacks a file'}"


def _sources(raw: Path, built: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    found = {source.source_id: source for source in discover(raw).sources}
    for source_id in sorted(built.keys() | found.keys()):
        told, source = built.get(source_id), found.get(source_id)
        if told is None or source is None:
            yield f"{source_id}: {'was not built' if told is None else 'is gone since the build'}"
            continue
        if told["file"] != source.file:
            yield f"{source_id}: is {source.file} now, {told['file']} was built"
        digest = sha256_of(source.path)
        # what cannot be read has the digest of nothing in the tables
        if digest and digest != told["sha256"]:
            yield f"{source.file}: has changed since the build"
        sidecar = sha256_of(source.sidecar_path) if source.sidecar_path else ""
        if sidecar != told["sidecar"]:
            yield f"{source.file}: its sidecar {_told(told['sidecar'], sidecar)}"


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Names whose values differ, with both; "" for none."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield name, old.get(name, ""), new.get(name, "")


def _told(old: str, new: str) -> str:
    return (
        "is new since the build" if not old else "is gone since the build" if not new else "has changed since the build"
    )
