"""A comparison for a pull request.

Takes a comparison; gives Markdown. Does not know why rows changed.

All of it is blocks of HTML, in which nothing that a source says is read as Markdown, and texts of sources stand in `code`, in which no name of a person is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from pipeline.review.cause import Cause
from pipeline.review.comparison import Comparison
from pipeline.review.diff import Change
from pipeline.review.line import Lines
from pipeline.review.server.marked import visible
from pipeline.review.value import COUNTED, NAMES, counted, difference, value
from pipeline.tables.schema import MENTION_TABLES

_SIGNS = {"added": "+", "removed": "−", "changed": "~", "moved": "→"}


def markdown(compared: Comparison, most: int = 10) -> str:
    """Counts by cause and kind, then the rows of each cause, at most so many (0: all), folded; at the end issues, leftovers and scores."""
    return "\n".join(_parts(compared, most)) + "\n"


def _parts(compared: Comparison, most: int) -> Iterator[str]:
    total = counted(compared.changes)
    yield f"### What the build changed: {total or 'no row'}\n"
    groups = compared.groups()
    if groups:
        tables = [table.name for table in MENTION_TABLES.values()]
        yield "<table>"
        yield f"<tr><th>cause</th>{''.join(f'<th>{NAMES[table]}</th>' for table in tables)}<th>sources</th></tr>"
        for cause, changes in groups:
            cells = [_signed([change for change in changes if change.table == table]) for table in tables]
            cells.append(str(len({change.source_id for change in changes})))
            yield f"<tr><td>{_cause(cause)}</td>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        yield "</table>\n"
    lines = Lines(compared.then, compared.now)
    for cause, changes in groups:
        yield from _folded(f"{_cause(cause)}: {counted(changes)}", changes, lines, most)
    for table in ("issues", "leftovers"):
        found = [effect for effect in compared.effects if effect.table == table]
        if found:
            yield from _folded(f"{table}: {counted(found)}", found, lines, most)
    for note in compared.notes:
        yield f"<p>{escape(note)}</p>\n"
    if compared.scores:
        yield "<table>"
        yield "<tr><th>F1</th><th>before</th><th>after</th></tr>"
        for told in compared.scores:
            yield f"<tr><td>{told.kind}, {told.measure}</td><td>{told.old:.3f}</td><td>{told.new:.3f}</td></tr>"
        yield "</table>\n"


def _folded(title: str, changes: Sequence[Change], lines: Lines, most: int) -> Iterator[str]:
    shown = [change for change in changes if change.how != "moved"]
    yield f"<details><summary>{title}</summary>"
    yield "<ul>"
    for change in shown[:most] if most else shown:
        yield f"<li>{_change(change, lines)}</li>"
    if most and len(shown) > most:
        yield f"<li>… and {len(shown) - most} more</li>"
    yield "</ul>"
    yield "</details>\n"


def _change(change: Change, lines: Lines) -> str:
    line = lines.of(change)
    told = difference(change) if change.how == "changed" else value(change.table, change.row)
    where = f"{_code(change.source_id)} {_SIGNS[change.how]} "
    if line is None:
        return where + _code(told)
    shown = f"<code>{escape(line.before)}<b>{escape(line.span)}</b>{escape(line.after)}</code>"
    return f"{where}{shown}: {_code(told)}"


def _cause(cause: Cause) -> str:
    return escape(visible(cause.told(), 200)).replace("@", "<code>@</code>")


def _code(text: str) -> str:
    return f"<code>{escape(visible(text, 200))}</code>"


def _signed(changes: Sequence[Change]) -> str:
    counts = Counter(change.how for change in changes)
    return " ".join(f"{_SIGNS[how]}{counts[how]}" for how in COUNTED if counts[how])
