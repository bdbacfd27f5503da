"""The value readers that a rule's `value:` may name. A reader answers None where the match is none after all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.engine.read_amounts import read_amount, read_unit
from pipeline.engine.read_bodies import read_organisation
from pipeline.engine.read_dates import read_date, read_date_range
from pipeline.engine.read_names import read_label, read_place
from pipeline.engine.reading import Match, Reading

READERS: Mapping[str, Callable[[Match], Reading | None]] = {
    "amount": read_amount,
    "unit": read_unit,
    "date": read_date,
    "date_range": read_date_range,
    "label": read_label,
    "organisation": read_organisation,
    "place": read_place,
}

#: the gazetteers that a reader is given: an edit of one concerns the candidates of the rules that are read so
CONSULTED: Mapping[str, tuple[str, ...]] = {
    "amount": ("noun_words", "qualifiers", "ucum_times", "units"),
    "unit": ("units",),
    "date": ("date_parts", "date_words", "english_months", "era_shorts", "eras", "old_eras"),
    "date_range": ("date_parts", "date_words", "english_months", "era_shorts", "eras", "old_eras"),
    "label": (),
    "organisation": ("body_words", "legal_forms", "municipalities", "organisations"),
    "place": ("countries", "foreign", "municipalities"),
}
