"""The tables as one Excel workbook.

Takes an `extracted/` folder; writes a sheet a table, everything as text, the header frozen. Does not convert or choose.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.model import PipelineError
from pipeline.tables.files import read_table
from pipeline.tables.schema import TABLES

#: Excel's own limits
ROWS, CHARACTERS = 1_048_576, 32_767
_WIDTHS = {"quote": 60, "section": 40, "surface": 24, "message": 60, "text": 40, "name": 30, "context": 40}


def write_workbook(folder: Path, target: Path) -> None:
    """One `.xlsx`. Cells are written as strings, so a leading = + - @ is no formula and 011002 keeps its zero.

    The same tables give the same bytes (the creation time is fixed). A table longer than a sheet raises `PipelineError`.
    """
    import xlsxwriter

    if not (folder / "tables" / "sources.csv").is_file():
        raise PipelineError(str(folder), "holds no tables", "run make (or koubun build) first")
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties({"created": datetime(2000, 1, 1), "title": "koubun"})
        head = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                sheet.set_column(column, column, _WIDTHS.get(name, 14), text)
                sheet.write_string(0, column, name, head)
            last = 0
            for number, row in enumerate(read_table(folder / "tables" / f"{table.name}.csv", table), 1):
                if number >= ROWS:
                    raise PipelineError(
                        f"{table.name}.csv", f"has more than {ROWS - 1:,} rows", "open the CSV in another tool"
                    )
                for column, name in enumerate(table.columns):
                    if row[name]:
                        sheet.write_string(number, column, _clean(row[name]), text)
                last = number
            sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
            sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(len(table.columns))}{last + 1}"})


def _clean(text: str) -> str:
    """What XML 1.0 and Excel can hold: no control characters, no lone surrogates, at most 32,767 characters."""
    kept = "".join(
        c for c in text if (c >= " " or c in "\t\n") and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"
    )
    return kept[:CHARACTERS]


def _letter(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
