"""What a person sees on the terminal.

Takes reports, changes and explanations; prints them. Does not compute them. Progress goes to standard error, and only to a terminal.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline.driver.build import Report
from pipeline.driver.why import Why
from pipeline.engine.explain import Explanation
from pipeline.engine.notation import notation
from pipeline.model import Document
from pipeline.review.diff import Change
from pipeline.review.trial import Trial
from pipeline.tables.schema import MENTION_TABLES
from pipeline.tables.score import Score
from pipeline.tables.shapes import ShapeGroup

_VALUES = {
    "dates": ("edtf", "start_time", "end_time"),
    "amounts": ("value", "value_max", "unit", "label", "period"),
    "organisation_mentions": ("name", "legal_form", "kind"),
    "municipality_mentions": ("code", "name", "prefecture"),
}


def console() -> Console:
    """Standard output; wide where it is no terminal, so that nothing is cut in a pipe."""
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)


class Watch:
    """Progress for a person: counts, and the time left by the bytes that are left, since the largest sources come first. Nothing at all where
    standard error is no terminal."""

    def __init__(self) -> None:
        self._bar: Progress | None = None

    def __enter__(self) -> Callable[[str, int, int, float], None]:
        if sys.stderr.isatty():
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn("{task.fields[counts]}"),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("reading", total=1.0, counts="")
        return self._advance

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _advance(self, source_id: str, done: int, total: int, share: float) -> None:
        if self._bar is not None:
            self._bar.update(self._task, description=source_id[-30:], completed=share, counts=f"{done}/{total}")


def show_report(report: Report, out: Path) -> None:
    screen = console()
    if report.behind:
        _show_left(report, out)
        return
    mentions = ", ".join(f"{report.rows[table.name]} {kind}s" for kind, table in MENTION_TABLES.items()).replace(
        "ys,", "ies,"
    )
    screen.print(
        f"{report.sources} sources ({len(report.built)} built, {report.reused} unchanged): {_plural(mentions)}"
    )
    _show_unread(report)
    if report.merged:
        screen.print(
            "bodies with another id than in the last build; add to rules/gazetteer/organisation_redirects.csv:"
        )
        for old, new in report.merged:
            screen.print(Text(f"  {old},{new},"))
    issues = ", ".join(f"{report.issues[s]} {s}" for s in ("error", "warning", "info") if s in report.issues)
    screen.print(f"issues: {issues or 'none'}; leftovers: {report.rows['leftovers']}; tables in {out / 'tables'}")


def _show_left(report: Report, out: Path) -> None:
    """A build that left its tables does not know what stands in them."""
    console().print(f"{report.sources} sources ({len(report.built)} built, {report.reused} unchanged)")
    _show_unread(report)
    console().print(f"{out / 'tables'} is of an earlier state of the sources: make tables")


def _show_unread(report: Report) -> None:
    for removed in report.removed:
        console().print(f"  removed: {removed}")
    for name, ids in (("failed", report.failed), ("partly read", report.partial)):
        for source_id in ids:
            console().print(Text(f"  {name}: {source_id}"))


def show_why(why: Why, only: Sequence[str] = ()) -> None:
    """What ran for which sources, and why; sources with the same reasons stand together."""
    screen = console()
    chosen = Why(why.sources, {name: stages for name, stages in why.ran.items() if not only or name in only})
    if not only:
        screen.print(f"of {why.sources} sources {len(why.ran)} had something to do")
    for ids, stages in chosen.groups():
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        screen.print(Text(", ".join(ids[:5]) + more, style="bold"))
        for stage, reasons in stages.items():
            screen.print(Text(f"  {stage}: {'; '.join(reasons)}"))
    for source_id in only:
        if source_id not in chosen.ran:
            screen.print(Text(f"{source_id}: nothing had to run"))


def show_source(extracted: Path, source_id: str, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    """What was found in one source, and what was left over."""
    screen = console()
    for table in MENTION_TABLES.values():
        found = rows[table.name]
        listing = Table(title=f"{table.name}: {len(found)}", title_justify="left", box=None, pad_edge=False)
        for column in ("surface", "value", "quote"):
            listing.add_column(column, overflow="fold")
        for row in found[:20]:
            listing.add_row(Text(row["surface"]), Text(_value(table.name, row)), Text(row["quote"][:60]))
        screen.print(listing)
        if len(found) > 20:
            screen.print(f"  … and {len(found) - 20} more")
    rest = rows["leftovers"]
    screen.print(f"left over: {len(rest)}")
    for row in rest[:20]:
        screen.print(Text(f"  {row['surface']}   {row['context']}"))
    screen.print(f"see {extracted / 'sources' / source_id}")


def show_shapes(groups: Sequence[ShapeGroup], most: int) -> None:
    """Leftovers by shape; `most` 0 shows all shapes."""
    screen = console()
    screen.print(f"{sum(group.count for group in groups)} leftovers of {len(groups)} shapes")
    shown = groups[:most] if most else groups
    for group in shown:
        screen.print(Text(f"{group.count:6}  {group.shape}   in {group.sources} source" + "s" * (group.sources != 1)))
        for place, context in group.examples:
            screen.print(Text(f"            {context}   {place}"))
    if len(groups) > len(shown):
        rest = groups[len(shown) :]
        screen.print(f"{sum(group.count for group in rest):6}  of {len(rest)} other shapes (--most 0 shows all)")


def show_trial(tried: Trial, most: int) -> None:
    """What edited rules would change, rule by rule; `most` 0 shows all rows."""
    screen = console()
    for rule_id, changes in tried.by_rule():
        counts = Counter(change.how for change in changes)
        parts = ", ".join(f"{counts[how]} {how}" for how in ("added", "removed", "changed") if counts[how])
        screen.print(f"[bold]{rule_id}[/bold]: {parts}")
        for change in changes[:most] if most else changes:
            screen.print(_change_text(change))
        if most and len(changes) > most:
            screen.print(f"  … and {len(changes) - most} more")
    if not tried.changes:
        screen.print("no row would change")
    counted = Counter(change.how for change in tried.changes)
    told = ", ".join(f"{counted[how]} {how}" for how in ("added", "removed", "changed")) + "; " if counted else ""
    screen.print(f"{told}{tried.asked} of {tried.sources} sources hold what was edited; nothing was written")
    if tried.stale:
        left = ", ".join(tried.stale[:5]) + (f" and {len(tried.stale) - 5} more" if len(tried.stale) > 5 else "")
        screen.print(Text(f"not looked at, since they changed after the last build (run make): {left}"))


def _change_text(change: Change) -> Text:
    row = change.new or change.old
    assert row is not None
    sign, style = {"added": ("+", "green"), "removed": ("-", "red")}.get(change.how, ("~", "yellow"))
    value = _value(change.table, row)
    if change.old is not None and change.new is not None:
        value = "; ".join(f"{column}: {change.old.get(column, '')} → {change.new[column]}" for column in change.columns)
    text = Text(f"  {sign} {row['surface']!r}  {value}", style=style)
    text.append(f"   {change.source_id} [{row['rule_id']}] {row['quote']}", style="dim")
    return text


def show_scores(scores: Iterable[Score], errors: int) -> None:
    screen = console()
    for score in scores:
        counts = f"({score.right} right, {len(score.missed)} missed, {len(score.extra)} extra)"
        screen.print(
            f"{score.kind:13s} {score.measure:5s} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  {counts if score.measure != 'link' else ''}"
        )
        for name, marked in (("missed", score.missed), ("extra", score.extra)):
            for mention in marked[:errors]:
                screen.print(Text(f"    {name} [{mention.start}:{mention.end}] {mention.surface!r} {mention.value}"))


def show_explanation(explanation: Explanation, document: Document, offset: int) -> None:
    screen = console()
    around = " ".join(document.text[max(0, offset - 20) : offset + 20].split())
    screen.print(Text(f"at {offset}: … {around} …"))
    for candidate in explanation.found:
        screen.print(
            Text(
                f"{candidate.kind} {candidate.span.cut(document.text)!r} by {candidate.rule_id}, as written {notation(candidate.value) or 'without value'}"
            )
        )
        for issue in candidate.issues:
            screen.print(Text(f"  {issue.code}: {issue.message}"))
    if not explanation.found:
        screen.print("no mention stands here")
    for miss in explanation.near[:8]:
        screen.print(Text(f"  {miss.rule_id} ({miss.where}) on {miss.span.cut(document.text)!r}: {miss.lacked}"))
    if not explanation.found and not explanation.near:
        screen.print("  and no rule comes near: none of their anchors is in this block")


def _value(table: str, row: Mapping[str, str]) -> str:
    return " ".join(row[column] for column in _VALUES[table] if row[column])


def _plural(text: str) -> str:
    return text.replace("municipalitys", "municipalities")
