"""The workbook in openpyxl: text stays text, numbers are numbers, nothing is a formula."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from .cells import ROOT, TABLES, descriptions, field_types, rows


@pytest.fixture(scope="module")
def book(dist):
    return openpyxl.load_workbook(dist / "haftar-record.xlsx")


def test_sheets(book):
    assert book.sheetnames[:2] == ["about", "statements"] and book.sheetnames[-2:] == ["codes", "dictionary"]
    assert set(book.sheetnames) == {"about", "dictionary", *TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_values(book, table):
    header, *lines = book[table].iter_rows()
    assert [cell.value for cell in header] == list(field_types(table))
    assert len(lines) == len(rows(table))
    for cells, row in zip(lines, rows(table), strict=True):
        for cell, (name, text) in zip(cells, row.items(), strict=True):
            if text and field_types(table)[name] in ("integer", "number"):
                assert cell.data_type == "n" and Decimal(repr(cell.value)) == Decimal(text)
            elif text:
                assert (cell.data_type, cell.value) == ("s", text)
            else:
                assert cell.value is None


@pytest.mark.parametrize("table", [*TABLES, "dictionary"])
def test_headers_stay_and_filter(book, table):
    sheet = book[table]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    assert widths and all(8 <= width <= 61 for width in widths)


def test_dictionary(book):
    header, *lines = book["dictionary"].iter_rows(values_only=True)
    found = {(row[0], row[2]): row[header.index("description")] for row in lines}
    assert found == {(table, name): text for table in TABLES for name, text in descriptions(table).items()}


def test_nothing_that_acts(dist):
    """No formula, link, macro or outside reference anywhere in the file."""
    with zipfile.ZipFile(dist / "haftar-record.xlsx") as archive:
        names = archive.namelist()
        sheets = b"".join(archive.read(name) for name in names if name.startswith("xl/worksheets/"))
    assert b"<f>" not in sheets and b"<hyperlink" not in sheets
    assert not [name for name in names if "external" in name.lower() or name.endswith(".bin")]


def test_properties(book):
    descriptor = json.loads((ROOT / "datapackage.json").read_bytes())
    assert book.properties.title == f"{descriptor['title']} {descriptor['version']}"
    assert book.properties.created.isoformat() + "Z" == descriptor["created"]
