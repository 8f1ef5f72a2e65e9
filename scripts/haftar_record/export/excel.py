"""The package as an Excel workbook, for reading, filtering and sorting.

A whole number or a decimal is a number; every other cell is text, exactly as in the CSV file. So nothing is
taken for a formula, an address or a date, and an EDTF value such as ``2019-11`` stays what it is. No text is longer
than Excel holds (``files.characters.MAX_TEXT``), and no number has more digits than it keeps.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..files.layout import Files, data_path
from ..model import table_schema
from ..model.cells import to_cell
from ..model.tables import READING_ORDER
from ..package.reader import Package
from ..problems.problem import DataErrors, Place, Problem
from . import NAME
from .values import DICTIONARY, dictionary

TITLE = "Excel workbook, one sheet per table, with dictionary and codes"
#: Width of a column in characters.
NARROWEST, WIDEST = 8, 60
#: Height of a line in points.
LINE_HEIGHT = 15

#: Lines of a sheet, the header among them.
MAX_LINES = 1_048_576

#: What a row model holds.
Cell = str | int | Decimal | bool | date | None

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass
class _Book:
    """The workbook that is being written, and its two cell formats."""

    workbook: Workbook
    header: Format
    body: Format

    def sheet(self, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet with a frozen, filtered header. Its columns and rows are as large as what they hold."""
        sheet = self.workbook.add_worksheet(name)
        lines: list[list[Cell]] = [[*header], *([*row] for row in rows)]
        if len(lines) > MAX_LINES:
            expected, remedy = f"at most {MAX_LINES - 1:,} rows in a sheet of Excel", "leave the format excel out"
            raise DataErrors(
                [Problem(Place(data_path(name)), "file-size", f"{len(lines) - 1:,} rows", expected, remedy)]
            )
        widths = [_width(cells) for cells in zip(*lines, strict=True)]
        for position, width in enumerate(widths):
            sheet.set_column(position, position, width)
        for number, line in enumerate(lines):
            sheet.set_row(number, LINE_HEIGHT * _line_count(line, widths))
            for position, value in enumerate(line):
                _write(sheet, number, position, value, self.body if number else self.header)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(lines) - 1, len(header) - 1)


def _width(cells: Iterable[Cell]) -> int:
    """The width of a column in characters, with room for the button of the filter."""
    longest = max(len(to_cell(cell)) for cell in cells)
    return min(max(longest + 3, NARROWEST), WIDEST)


def _line_count(cells: Iterable[Cell], widths: Iterable[int]) -> int:
    """How many lines a row needs, which not every reader works out for itself."""
    return max(math.ceil(len(to_cell(cell)) / width) or 1 for cell, width in zip(cells, widths, strict=True))


def render(package: Package) -> Files:
    """The workbook."""
    buffer = io.BytesIO()
    workbook = Workbook(buffer, _OPTIONS)
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
        yield f"sheet {model.TABLE}", f"{table_schema.purpose(model)} {len(package.rows[model.TABLE])} rows."
    yield "sheet dictionary", "Every column of every sheet."


def _write(sheet: Worksheet, row: int, column: int, value: Cell, style: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style)
        return
    if sheet.write_string(row, column, to_cell(value), style):  # a text that Excel cannot hold would be left out
        raise ValueError(f"sheet {sheet.name}, row {row + 1}, column {column + 1}: {len(to_cell(value)):,} characters")
