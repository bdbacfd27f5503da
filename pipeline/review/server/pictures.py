"""Pictures of PDF pages, drawn when they are asked for.

Takes a file's bytes; gives PNG. Keeps what was drawn lately, within a bound. Does not know which files may be asked for.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from pipeline.parsers.pdf.pdfium import Unopened
from pipeline.parsers.pdf.picture import Picture, page_picture, page_size

#: bytes of pictures that are kept
_KEPT = 64 * 2**20
#: pixels across: sharp on a wide screen, and on a phone's
WIDTH = 1_400


class Pictures:
    """One page is drawn at a time: pdfium knows no threads."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept, self._size = kept, 0
        self._found: OrderedDict[tuple[str, int], Picture | None] = OrderedDict()
        self._sizes: dict[tuple[str, int], tuple[float, float] | None] = {}
        self._lock = threading.Lock()

    def picture(self, data: bytes, page: int) -> Picture | None:
        """A page from 1; None where there is none, or where the file cannot be opened."""
        key = hashlib.sha256(data).hexdigest(), page
        with self._lock:
            if key not in self._found:
                try:
                    found = page_picture(data, page, WIDTH)
                except Unopened:
                    found = None
                self._found[key] = found
                self._size += len(found.png) if found else 0
                while self._size > self._kept and len(self._found) > 1:
                    _, gone = self._found.popitem(last=False)
                    self._size -= len(gone.png) if gone else 0
            self._found.move_to_end(key)
            return self._found[key]

    def size(self, data: bytes, page: int) -> tuple[float, float] | None:
        """Width and height of a page in points, without drawing it."""
        key = hashlib.sha256(data).hexdigest(), page
        with self._lock:
            if key not in self._sizes:
                try:
                    self._sizes[key] = page_size(data, page)
                except Unopened:
                    self._sizes[key] = None
            return self._sizes[key]
