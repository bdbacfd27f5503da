"""All kinds in their order: dates first, since an amount's period is a date; places before bodies, since a unit has a place.

Takes a `Context`; gives mentions sorted by span, and issues. Does not know strategies.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from pipeline.model import Issue, Mention
from pipeline.resolve.amounts import resolve_amounts
from pipeline.resolve.context import Context
from pipeline.resolve.dates import resolve_dates
from pipeline.resolve.municipalities import resolve_municipalities
from pipeline.resolve.organisations import resolve_organisations

#: the gazetteers that a `Context` holds; an edit of one of them concerns every source
CONSULTED = (
    "announcements", "body_words", "budget_words", "clause_ends", "clause_verbs", "countries", "date_notices", "date_particles", "date_roles", "date_tenses", "eras", "foreign", "former",
    "header_counters", "header_words", "label_words", "legal_forms", "municipalities", "organisation_redirects", "organisations",
    "note_words", "paper_words", "period_words", "phrase_particles", "place_words", "report_words", "time_words", "total_words", "verb_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolved:
    mentions: tuple[Mention, ...]
    issues: tuple[Issue, ...]


def resolve(context: Context) -> Resolved:
    dates, date_issues = resolve_dates(context)
    amounts, amount_issues = resolve_amounts(context, dates)
    years = {date.span for date in dates}
    amounts = [amount for amount in amounts if amount.span not in years]
    places, place_issues = resolve_municipalities(context, dates)
    bodies, body_issues = resolve_organisations(context, places)
    mentions = sorted([*dates, *amounts, *places, *bodies], key=attrgetter("span", "kind"))
    issues = sorted(
        {*date_issues, *amount_issues, *place_issues, *body_issues},
        key=lambda i: (i.start, i.end, i.code, i.message),
    )
    return Resolved(tuple(mentions), tuple(issues))
