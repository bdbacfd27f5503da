"""PDFs that cannot be read, or only in part: each is named exactly, and no wrong text comes out."""

from __future__ import annotations

from troubles.trouble import Trouble

TROUBLES = (Trouble("no-bytes.pdf", b"", text="", issues=("empty",), status="failed"),)
