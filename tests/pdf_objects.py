"""PDFs written object by object (ISO 32000-1), for what no canvas draws: broken maps, bombs, links out of the file."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

_HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Sequence[bytes], catalog: bytes = b"", pages: int = 1) -> bytes:
    """A file of objects numbered from 3, which is the page, or the node of so many pages."""
    numbered = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % pages,
        *objects,
    ]
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(numbered, 1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(numbered) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(numbered) + 1, start)


def page(
    content: bytes, font: bytes = _HELVETICA, more: Sequence[bytes] = (), resources: bytes = b"", entries: bytes = b""
) -> bytes:
    """A page (object 3) with its content (4), its font F (5) and further objects (from 6 on)."""
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R" + entries
    own += b"/Resources<</Font<</F 5 0 R>>" + resources + b">>>>"
    return pdf([own, content, font, *more])


def stream(data: bytes, entries: bytes = b"", rounds: int = 0) -> bytes:
    """A stream, deflated so many times over."""
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    filters = b"/Filter[" + b"/FlateDecode" * rounds + b"]" if rounds else b""
    return b"<<" + entries + filters + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def words(text: bytes, x: int = 50, y: int = 500) -> bytes:
    """Content that writes a string (as it stands between < and >) in the font F."""
    return b"BT /F 10 Tf %d %d Td <" % (x, y) + text + b"> Tj ET\n"


def mapped_font(codes: dict[int, int]) -> list[bytes]:
    """Objects 5 to 8: a font of two bytes a glyph that is not embedded, with a ToUnicode map of code to code point."""
    entries = b"".join(b"<%04x> <%04x>\n" % pair for pair in sorted(codes.items()))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n"
        % len(codes)
        + entries
        + b"endbfchar endcmap end end"
    )
    descriptor = b"<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
    descendant = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/DW 1000>>"
    top = b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 8 0 R>>"
    return [top, descendant, descriptor, stream(cmap)]
