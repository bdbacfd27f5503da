"""A comparison on the terminal.

Takes a comparison; prints it, grouped by cause, each row in its line of the source. Does not compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from pipeline.console import console
from pipeline.review.comparison import Comparison
from pipeline.review.diff import Change
from pipeline.review.line import Lines
from pipeline.review.server.marked import visible
from pipeline.review.value import NAMES, counted, difference, value

_SIGNS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow"), "moved": (">", "blue")}


def show_comparison(compared: Comparison, most: int) -> None:
    """`most` rows a cause, 0 for all; of rows that only moved the number."""
    screen = console()
    lines = Lines(compared.then, compared.now)
    if not compared.changes:
        screen.print("no row changed")
    for cause, changes in compared.groups():
        screen.print(Text(visible(cause.told(), 200), style="bold").append(f": {_told(changes)}", style="not bold"))
        _show(changes, lines, most)
    for table in ("issues", "leftovers"):
        found = [effect for effect in compared.effects if effect.table == table]
        if found:
            screen.print(Text(table, style="bold").append(f": {counted(found)}", style="not bold"))
            _show(found, lines, most)
    for note in compared.notes:
        screen.print(Text(note, style="dim"))
    if compared.scores:
        screen.print(Text("scores (F1)", style="bold"))
        for told in compared.scores:
            style = "green" if told.new > told.old else "red" if told.new < told.old else "dim"
            screen.print(Text(f"  {told.kind:13s} {told.measure:5s} {told.old:.3f} → {told.new:.3f}", style=style))


def _show(changes: Sequence[Change], lines: Lines, most: int) -> None:
    screen = console()
    shown = [change for change in changes if change.how != "moved"]
    source = None
    for change in shown[:most] if most else shown:
        if change.source_id != source:
            source = change.source_id
            screen.print(Text(f"  {visible(source, 120)}", style="dim"))
        for text in _change(change, lines):
            screen.print(text)
    if most and len(shown) > most:
        screen.print(Text(f"  … and {len(shown) - most} more (--most 0 shows all)", style="dim"))


def _change(change: Change, lines: Lines) -> Iterator[Text]:
    """What changed, then the line of the source with the span between ⟦⟧."""
    sign, style = _SIGNS[change.how]
    said = difference(change) if change.how == "changed" else value(change.table, change.row)
    head = Text(f"    {sign} ", style=style)
    if change.table in NAMES:
        head.append(f"{visible(change.row['surface'], 60)}  ")
    head.append(visible(said, 300))
    if change.also:
        head.append(f"  also: {visible(', '.join(cause.told() for cause in change.also), 200)}", style="dim")
    yield head.append(f"  [{change.row['rule_id'] if change.table in NAMES else change.cause.told()}]", style="dim")
    line = lines.of(change)
    if line is not None:
        shown = Text(f"        {line.before}", style="dim").append("⟦").append(line.span, style="bold not dim")
        shown.append("⟧").append(line.after)
        header = change.row.get("header", "")
        yield shown.append(f"   ({visible(header, 80)})" if header else "")


def _told(changes: Sequence[Change]) -> str:
    """Counts by kind, and of how many sources."""
    parts = []
    for table, name in NAMES.items():
        found = [change for change in changes if change.table == table]
        if found:
            parts.append(f"{name} {counted(found)}")
    sources = len({change.source_id for change in changes})
    return "; ".join(parts) + (f" (in {sources} sources)" if sources > 1 else "")
