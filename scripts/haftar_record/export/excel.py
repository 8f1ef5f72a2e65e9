"""The package as an Excel workbook, for reading, filtering and sorting.

A whole number or a decimal is a number; every other cell is text, exactly as in the CSV file. So nothing can be
taken for a formula, an address or a date, and an EDTF value such as ``2019-11`` stays what it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from ..columns import to_cell
from ..problems import DataErrors, Place, Problem
from ..reader import Package
from ..store import DATA, Files
from . import NAME
from .values import DICTIONARY, READING_ORDER, dictionary, purpose

TITLE = "Excel workbook, one sheet per table, with dictionary and codes"
#: Width of a column in characters, and the most text that a cell may hold (Excel's limit).
NARROWEST, WIDEST, LONGEST = 8, 60, 32_767

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass
class _Book:
    """The workbook that is being written, and its two cell formats."""

    workbook: Any
    header: Any
    body: Any

    def sheet(self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A sheet with a frozen, filtered header."""
        sheet = self.workbook.add_worksheet(name)
        lines = [list(header), *map(list, rows)]
        for number, line in enumerate(lines):
            for position, value in enumerate(line):
                _write(sheet, number, position, value, self.body if number else self.header)
        for position, cells in enumerate(zip(*lines, strict=True)):
            width = max(len(str(cell)) for cell in cells if cell is not None)
            sheet.set_column(position, position, min(max(width + 3, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(lines) - 1, len(header) - 1)


def render(package: Package) -> Files:
    """The workbook."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    facts = package.descriptor
    created = datetime.fromisoformat(facts["created"]).replace(tzinfo=None)
    workbook.set_properties(
        {"title": f"{facts['title']} {facts['version']}", "comments": facts["description"], "created": created}
    )
    top = {"valign": "top"}
    header = workbook.add_format(top | {"bold": True, "bg_color": "#DDEBEA", "border": 1})
    book = _Book(workbook, header, workbook.add_format(top | {"text_wrap": True}))
    book.sheet("about", ("what", "says"), _about(package))
    for model in READING_ORDER:
        rows = ([value for _, value in row] for row in package.rows[model.TABLE])
        book.sheet(model.TABLE, tuple(model.model_fields), rows)
    book.sheet("dictionary", DICTIONARY, (entry.cells() for model in READING_ORDER for entry in dictionary(model)))
    workbook.close()
    return {f"{NAME}.xlsx": buffer.getvalue()}


def _about(package: Package) -> Iterable[tuple[str, str]]:
    facts = package.descriptor
    yield "title", f"{facts['title']} {facts['version']}"
    yield "description", facts["description"]
    yield "licence", f"{facts['licenses'][0]['title']}, {facts['licenses'][0]['path']}"
    yield "rights in the texts", facts["textRights"]
    yield "missing values", "An empty cell has one meaning per column; the sheet “dictionary” says which."
    yield "dates", "Text: EDTF (Extended Date/Time Format), or a day in ISO form."
    for model in READING_ORDER:
        yield f"sheet {model.TABLE}", f"{purpose(model)} {len(package.rows[model.TABLE])} rows."
    yield "sheet dictionary", "Every column of every sheet."


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
        return
    text = to_cell(value)
    if len(text) > LONGEST:  # it would be left out without a word
        place, found = Place(f"{DATA}/{sheet.get_name()}.csv", row + 1), f"a cell of {len(text):,} characters"
        expected, remedy = f"at most {LONGEST:,}, the limit of Excel", "shorten it, or leave the format out"
        raise DataErrors([Problem(place, "excel", found, expected, remedy)])
    sheet.write_string(row, column, text, style)
