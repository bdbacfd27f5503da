"""How large a PDF's compressed streams become, told before anything reads them.

Takes a file's bytes, gives whether a stream is larger than a limit. Does not know what is in it; an encrypted file is not looked into.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

#: bytes of one stream after decompression; a font of all kanji takes some 20 MB, a page of text below 1 MB
MAX_STREAM = 64 * 2**20
#: the most that one round of deflate can make of a byte
_DEFLATE = 1032
_CHUNK = 2**16
#: bytes from which a stream is judged, and how much larger they become where the rest is looked at too
_HEAD, _STEEP = 2**12, 40
#: filters on top of each other that are followed
_MOST_ROUNDS = 3
_DEFLATED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
#: bytes before a stream in which its dictionary is looked for
_DICTIONARY = 1_000


def has_larger_stream(data: bytes, limit: int = MAX_STREAM) -> bool:
    """Whether a stream that is read as text, font or structure is larger than `limit` once it is decompressed.

    An image that is deflated once is passed over: reading does not decompress it.
    """
    at = 0
    while (at := data.find(b"stream", at)) >= 0:
        start = at + 6
        if data[start : start + 1] not in (b"\r", b"\n"):
            at = start
            continue
        start += 2 if data[start : start + 2] == b"\r\n" else 1
        end = data.find(b"endstream", start)
        end = end if end >= 0 else len(data)
        if (end - start) * _DEFLATE**_MOST_ROUNDS >= limit:
            before = data[max(0, at - _DICTIONARY) : at]
            if _grows(data, start, end, before[before.rfind(b" obj") + 1 :], limit):
                return True
        at = end + 9
    return False


def _grows(data: bytes, start: int, end: int, dictionary: bytes, limit: int) -> bool:
    rounds = min(len(_DEFLATED.findall(dictionary)), _MOST_ROUNDS)
    if not rounds or (rounds == 1 and _IMAGE.search(dictionary)) or (end - start) * _DEFLATE**rounds < limit:
        return False
    # what is made of the first bytes tells a stream of nothing but repeats from text and fonts
    head = data[start : min(start + _HEAD, end)]
    return _size([head], rounds, limit) > _STEEP * len(head) and _size(_cut(data, start, end), rounds, limit) > limit


def _size(chunks: Iterable[bytes], rounds: int, limit: int) -> int:
    for _ in range(rounds):
        chunks = _inflated(chunks, limit)
    return sum(map(len, chunks))


def _cut(data: bytes, start: int, end: int) -> Iterator[bytes]:
    return (data[at : min(at + _CHUNK, end)] for at in range(start, end, _CHUNK))


def _inflated(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Decompressed bytes up to a little more than `limit`; what is no deflated data ends them."""
    inflate, size = zlib.decompressobj(), 0
    try:
        for chunk in chunks:
            rest = chunk
            while rest and size <= limit and not inflate.eof:
                made = inflate.decompress(rest, 2**20)
                size += len(made)
                yield made
                rest = inflate.unconsumed_tail
            if size > limit or inflate.eof:
                return
    except zlib.error:
        return
