"""A new source: a file or a web page into raw/, byte for byte, with a drafted sidecar.

Takes a path or a URL; writes two files under raw/. Does not build.
"""

from __future__ import annotations

import hashlib
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from pipeline.model import PipelineError, Sidecar, Source
from pipeline.parsers import parse
from pipeline.sources.discovery import SOURCE_SUFFIXES, media_type
from pipeline.sources.sidecar import SUFFIX, sidecar_text

#: a download ends at this size, and after this time without an answer
MAX_DOWNLOAD, TIMEOUT = 64 * 2**20, 60
_SUFFIX_OF = {"application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


def add_file(path: Path, raw: Path) -> str:
    """Copy a file into `raw` and draft its sidecar; gives the source id."""
    if not path.is_file():
        raise PipelineError(str(path), "is no file", "give FILE= the path of one")
    if path.suffix.lower() not in SOURCE_SUFFIXES:
        raise PipelineError(path.name, "has no suffix of a source", f"one of {' '.join(SOURCE_SUFFIXES)}")
    if path.resolve().is_relative_to(raw.resolve()):
        raise PipelineError(str(path), "lies in raw/ already", "run make")
    return _write(raw, normalize("NFC", path.name), path.read_bytes(), Sidecar())


def add_url(url: str, raw: Path) -> str:
    """Download once, within limits, and draft a sidecar that keeps the address; gives the source id."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PipelineError(url, "is no web address", "give URL= one that begins with https://")
    request = urllib.request.Request(url, headers={"User-Agent": "koubun"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            data = answer.read(MAX_DOWNLOAD + 1)
            content_type = answer.headers.get("Content-Type", "")
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise PipelineError(url, f"cannot be downloaded ({reason})", "download it by hand and give FILE=") from None
    if len(data) > MAX_DOWNLOAD:
        raise PipelineError(url, f"is larger than {MAX_DOWNLOAD >> 20} MB", "download it by hand and give FILE=")
    sidecar = Sidecar(url=url, content_type=content_type)
    return _write(raw, _name(parts, content_type), data, sidecar)


def _name(parts: urllib.parse.SplitResult, content_type: str) -> str:
    """A file name from an address: its last step, with the suffix that its content type asks for."""
    last = urllib.parse.unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    stem, dot, suffix = last.rpartition(".")
    wanted = _SUFFIX_OF.get(content_type.split(";", maxsplit=1)[0].strip().lower(), ".html")
    if not dot or f".{suffix.lower()}" not in SOURCE_SUFFIXES:
        stem, suffix = last or parts.hostname or "page", wanted[1:]
    clean = re.sub(r"[^\w.\-]+", "_", normalize("NFC", stem)).strip("._") or "page"
    return f"{clean}.{suffix.lower()}"


def _write(raw: Path, name: str, data: bytes, known: Sidecar) -> str:
    raw.mkdir(parents=True, exist_ok=True)
    target = raw / name
    if target.exists():
        raise PipelineError(str(target), "is there already", "rename the new file, or edit the old one's sidecar")
    stem = Path(name).stem
    if any(other.stem == stem and other.suffix in SOURCE_SUFFIXES for other in raw.iterdir()):
        raise PipelineError(name, f"would share the id {stem} with another file", "rename it")
    digest = hashlib.sha256(data).hexdigest()
    document = parse(Source(stem, name, data, media_type(data, name), digest, known))
    drafted = replace(
        known,
        title=" ".join(document.title.split()),
        publisher=document.publisher,
        published=document.published,
        sha256=digest,
    )
    target.write_bytes(data)
    (raw / f"{stem}{SUFFIX}").write_text(sidecar_text(drafted), encoding="utf-8", newline="\n")
    return stem
