"""Finds the sources under a folder and reads them.

Takes a folder; gives `SourceFile`s in order of their ids, and `Source`s with digest and media type. Does not know formats' insides.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from pipeline.model import Issue, PipelineError, Sidecar, Source
from pipeline.sources.sidecar import SUFFIX, read_sidecar

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIXES = (".txt", ".md")
SOURCE_SUFFIXES = (*HTML_SUFFIXES, ".pdf", *TEXT_SUFFIXES)
#: a file above this is not read (the issue `too-large`); the largest budget book seen has some 30 MB
MAX_BYTES = 256 * 2**20

_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that is a source, before its bytes are read: `file` is its path below the folder (POSIX).

    `sidecar_path` is None where there is none. A sidecar that cannot be read is an error issue here, and the source
    is built as failed.
    """

    source_id: str
    file: str
    path: Path
    sidecar: Sidecar
    sidecar_path: Path | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Discovery:
    """Sources sorted by id (code points); `issues` tell of the files that were left alone."""

    sources: tuple[SourceFile, ...]
    issues: tuple[Issue, ...] = ()


def discover(raw: Path) -> Discovery:
    """The sources under `raw`. PipelineError for a missing folder and for two files with one id.

    Hidden files and folders and links to folders are passed over; a link to a file counts if that lies under `raw`.
    """
    if not raw.is_dir():
        raise PipelineError(str(raw), "is no folder", "give the folder that holds the sources (--raw DIR)")
    files, issues = _files(raw)
    sidecars = {file: path for file, path in files.items() if file.endswith(SUFFIX)}
    used: set[str] = set()
    found: dict[str, SourceFile] = {}
    for file, path in sorted(files.items()):
        stem, suffix = os.path.splitext(file)
        if file in sidecars:
            continue
        if suffix.lower() not in SOURCE_SUFFIXES:
            issues.append(Issue("not-a-source", f"{file} has no suffix of a source and is left alone", "info"))
            continue
        beside = next((name for name in (file + SUFFIX, stem + SUFFIX) if name in sidecars), "")
        used.add(beside)
        source = _source_file(file, path, stem, beside, sidecars.get(beside))
        if other := found.get(source.source_id):
            raise PipelineError(
                f"{other.file} and {source.file}",
                f"have one id, {source.source_id}",
                f"give one of them an id of its own in {source.file}{SUFFIX}",
            )
        found[source.source_id] = source
    for file in sorted(set(sidecars) - used):
        issues.append(Issue("sidecar-without-source", f"{file} has no file beside it"))
    ordered = tuple(source for _, source in sorted(found.items()))
    return Discovery(ordered, tuple(sorted(issues, key=lambda issue: issue.message)))


def read_source(found: SourceFile) -> tuple[Source, tuple[Issue, ...]]:
    """The bytes of a source, with digest and media type. An issue of severity error means that it must not be used:
    `sidecar-wrong`, `unreadable-file`, `too-large` (`data` is empty then), `digest-differs`."""
    issues = list(found.issues)
    data = b""
    try:
        if found.path.stat().st_size > MAX_BYTES:
            issues.append(Issue("too-large", f"more than {MAX_BYTES >> 20} MB", "error"))
        else:
            data = found.path.read_bytes()
    except OSError as error:
        issues.append(Issue("unreadable-file", f"cannot be read ({error.strerror})", "error"))
    digest = hashlib.sha256(data).hexdigest()
    if data and found.sidecar.sha256 not in ("", digest):
        message = f"the file's sha256 is {digest[:12]}…, its sidecar says {found.sidecar.sha256[:12]}…"
        issues.append(Issue("digest-differs", message, "error"))
    source = Source(found.source_id, found.file, data, media_type(data, found.file), digest, found.sidecar)
    return source, tuple(issues)


def media_type(data: bytes, file: str) -> str:
    """What the bytes are, as far as the suffix leaves it open.

    A `.pdf` stays `application/pdf` whatever it holds (its parser says `not-a-pdf`), an HTML suffix stays HTML unless
    the bytes are a PDF; a `.txt` that begins as a web page is one.

    >>> media_type(b"%PDF-1.7", "plan.html"), media_type(b"<!DOCTYPE html>", "page.txt"), media_type(b"a < b", "a.txt")
    ('application/pdf', 'text/html', 'text/plain')
    """
    suffix = os.path.splitext(file)[1].lower()
    if suffix == ".pdf" or b"%PDF-" in data[:1024]:
        return "application/pdf"
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return "text/html" if suffix in HTML_SUFFIXES or _HTML.match(head) else "text/plain"


def _files(raw: Path) -> tuple[dict[str, Path], list[Issue]]:
    root = raw.resolve()
    files: dict[str, Path] = {}
    issues: list[Issue] = []
    folders = [(raw, "")]
    while folders:
        folder, above = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                file = above + entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((folder / entry.name, f"{file}/"))
                elif entry.is_file():
                    path = folder / entry.name
                    if entry.is_symlink() and not path.resolve().is_relative_to(root):
                        told = f"{file} links out of the folder and is left alone"
                        issues.append(Issue("link-out-of-folder", told, "info"))
                    else:
                        files[file] = path
    return files, issues


def _source_file(file: str, path: Path, stem: str, sidecar_name: str, sidecar_path: Path | None) -> SourceFile:
    sidecar = Sidecar(present=False)
    issues: tuple[Issue, ...] = ()
    if sidecar_path is not None:
        try:
            sidecar = read_sidecar(sidecar_path, sidecar_name)
        except PipelineError as error:
            issues = (Issue("sidecar-wrong", str(error), "error"),)
            sidecar = Sidecar()
    return SourceFile(sidecar.id or normalize("NFC", stem), file, path, sidecar, sidecar_path, issues)
