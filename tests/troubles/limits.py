"""Hostile files: each costs bounded time and memory, and is told by its limit."""

from __future__ import annotations

from troubles.trouble import Trouble

TROUBLES: tuple[Trouble, ...] = ()
