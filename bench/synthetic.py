"""As many sources as are asked for, made from those under raw/ with other facts.

Takes a folder of sources and a number; writes web pages and texts with sidecars, the same ones each time. Does not read what they mean.

Years, days, amounts and names of places differ from source to source, encodings are the originals'. PDFs are left out: their bytes cannot be
written anew so simply. `python -m bench.synthetic DIR NUMBER` writes them.
"""

from __future__ import annotations

import random
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.sources.discovery import SourceFile, discover
from pipeline.sources.encoding import declared_charset, decode
from pipeline.text.shipped import shipped_table

RAW = Path(__file__).resolve().parent.parent / "raw"
#: sources a folder
_TOGETHER = 100
_UNITS = "円|人|名|件|団体|社|か所|回|本|台|トン|ヘクタール|ha|km|%|％"
_FACTS = (
    r"(?P<year>(?<![0-9])(?:19|20)[0-9]{2}(?=年))|(?P<era>(?<=令和)[0-9](?=年))|(?P<day>(?<=月)[0-9]{1,2}(?=日))"
    rf"|(?P<number>(?<![0-9.,])[0-9]{{2,3}}(?:,[0-9]{{3}})*(?=[億万千百]?(?:{_UNITS})))|(?P<place>{{places}})"
)


@dataclass(frozen=True, slots=True)
class _Template:
    """A source in pieces: (kind, text), where kind "" is what stays."""

    stem: str
    suffix: str
    codec: str
    sidecar: str
    pieces: tuple[tuple[str, str], ...]


def write_sources(folder: Path, number: int, raw: Path = RAW) -> None:
    """Write so many sources, each a function of `raw` and its own number."""
    places = sorted(row["name"] for row in shipped_table("municipalities") if row["level"] == "municipality")
    facts = re.compile(_FACTS.replace("{places}", "|".join(map(re.escape, places))))
    templates = [_template(found, facts) for found in discover(raw).sources if found.path.suffix != ".pdf"]
    for at in range(number):
        template = templates[at % len(templates)]
        chance = random.Random(at)
        text = "".join(_other(kind, piece, chance, places) for kind, piece in template.pieces)
        path = folder / f"{at // _TOGETHER:04}" / f"{template.stem}-{at:05}{template.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        errors = "xmlcharrefreplace" if template.suffix == ".html" else "replace"
        path.write_bytes(text.encode(template.codec, errors))
        path.with_suffix(".source.yml").write_text(template.sidecar, encoding="utf-8", newline="\n")


def _template(found: SourceFile, facts: re.Pattern[str]) -> _Template:
    data = found.path.read_bytes()
    decoded = decode(data, declared_charset(data, found.sidecar.content_type))
    text, pieces, end = decoded.text, [], 0
    for match in facts.finditer(text):
        pieces += [("", text[end : match.start()]), (match.lastgroup or "", match[0])]
        end = match.end()
    sidecar = found.sidecar_path.read_text(encoding="utf-8") if found.sidecar_path else ""
    kept = "".join(line for line in sidecar.splitlines(keepends=True) if not line.startswith(("id:", "sha256:")))
    return _Template(found.path.stem, found.path.suffix, decoded.encoding, kept, (*pieces, ("", text[end:])))


def _other(kind: str, piece: str, chance: random.Random, places: list[str]) -> str:
    """Another fact in the place of one, a number with as many digits."""
    if kind == "year":
        return str(chance.randint(2001, 2024))
    if kind == "era":
        return str(chance.randint(2, 7))
    if kind == "day":
        return str(chance.randint(1, 28))
    if kind == "number":
        first = str(chance.randint(1, 9))
        return first + re.sub("[0-9]", lambda _: str(chance.randint(0, 9)), piece[1:])
    return chance.choice(places) if kind == "place" else piece


if __name__ == "__main__":
    write_sources(Path(sys.argv[1]), int(sys.argv[2]))
