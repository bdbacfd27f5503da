"""The receipt of a build, `extracted/build.json`: digests of all that went in and came out.

Takes digests; writes and reads the receipt. Does not compute tables.

It holds no time and no path of the machine: sources are named by their ids and their files below raw/, rule files below their folder. Versions are
those of the packages that read and match, as locked; not Python's, nor the system's: they change nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pipeline
from pipeline.driver.edition import Counts, Shown
from pipeline.driver.stamps import sha256_of
from pipeline.model import PipelineError
from pipeline.text.shipped import shipped_rules

RECEIPT = "build.json"
#: packages that a result depends on
PACKAGES = (
    "ahocorasick-rs", "beautifulsoup4", "fugashi", "google-re2", "lxml", "pdfminer.six", "pdfplumber", "pypdfium2", "unidic-lite",
)  # fmt: skip


def inputs(own: Path | None) -> dict[str, Any]:
    """What a build is made with beside its sources: versions, and digests of rules, gazetteers and decisions. `own` is the folder laid over the
    shipped rules."""
    shipped = shipped_rules()
    rules = {name: sha256_of(path) for name, path in _files(shipped, ".yml", ".csv")}
    folder = own if own is not None and own.is_dir() and own.resolve() != shipped.resolve() else None
    if folder is not None:
        rules |= {f"own/{name}": sha256_of(path) for name, path in _files(folder, ".yml", ".csv")}
    decisions = {name: sha256_of(path) for name, path in _files((folder or shipped) / "decisions", ".jsonl")}
    return {"koubun": pipeline.__version__, "packages": _versions(), "rules": rules, "decisions": decisions}


def write_receipt(
    path: Path, made_with: Mapping[str, Any], sources: Mapping[str, Shown], tables: Mapping[str, str], counts: Counts
) -> None:
    """A line for each source and each table, so that git shows what changed."""
    shown = {
        source_id: {"file": told.file, "sha256": told.sha256, "sidecar": told.sidecar, "folder": told.folder}
        for source_id, told in sorted(sources.items())
    }
    rows = counts.rows
    results = {
        name: {"sha256": digest} | ({"rows": rows[Path(name).stem]} if Path(name).stem in rows else {})
        for name, digest in sorted(tables.items())
    }
    with path.open("w", encoding="utf-8", newline="\n", errors="surrogatepass") as file:
        file.write("{\n")
        for name, value in made_with.items():
            text = json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n ")
            file.write(f' "{name}": {text},\n')
        file.write(' "sources": {' + ",".join(_lines(shown)) + "\n },\n")
        file.write(' "tables": {' + ",".join(_lines(results)) + "\n }\n}\n")


def read_receipt(out: Path) -> dict[str, Any]:
    """`PipelineError` where there is none, or none of this version's form."""
    path = out / RECEIPT
    try:
        told = json.loads(path.read_text(encoding="utf-8", errors="surrogatepass"))
    except FileNotFoundError:
        raise PipelineError(str(path), "is not there", "run make first") from None
    except (OSError, ValueError) as error:
        raise PipelineError(str(path), f"is no receipt ({error})", "run make") from None
    if not isinstance(told, dict) or not {"sources", "tables", "rules", "decisions", "packages"} <= told.keys():
        raise PipelineError(str(path), "is no receipt of this version", "run make")
    return told


def _lines(entries: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, entry in entries.items():
        yield f"\n  {json.dumps(name, ensure_ascii=False)}: {json.dumps(entry, ensure_ascii=False)}"


def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _files(folder: Path, *suffixes: str) -> list[tuple[str, Path]]:
    return sorted((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*") if p.suffix in suffixes)
