"""A value as written, as one line of text: what examples in rule files name, and the column `as_written`.

Takes a value; gives its notation. Does not know context.
"""

from __future__ import annotations

from pipeline.engine.read_amounts import amount_notation
from pipeline.engine.read_dates import date_notation
from pipeline.model import AmountValue, DateValue, LabelValue, OrganisationValue, PlaceValue, Value


def notation(value: Value) -> str:
    """Dates as EDTF with X for what is left out (`XXXX-07`), amounts as `9300 都市 approx`, names as the name; "" for no value."""
    match value:
        case DateValue():
            return date_notation(value)
        case AmountValue():
            return amount_notation(value)
        case OrganisationValue() | PlaceValue():
            return value.name
        case LabelValue():
            return value.text
        case None:
            return ""
