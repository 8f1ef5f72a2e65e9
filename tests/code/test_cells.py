"""Both engines judge each cell alike: every column of every table, emptied and filled with what it may not have."""

from __future__ import annotations

import csv
import io
import os

import pytest

from haftar_record.model.rows import columns, is_required
from haftar_record.model.tables import TABLES
from haftar_record.package import table_file
from haftar_record.package.table_file import Reading
from haftar_record.problems.problem import Problems

from ..conftest import ROOT
from .test_columnar import assert_alike, cell, write

pytest.importorskip("duckdb", reason="the extra fast is not installed")
from haftar_record.checks.columnar import reading
from haftar_record.checks.columnar.base import Base

#: Neither a number, nor a date, nor an id, nor a code, nor one line of text.
NONSENSE = "%;; "

#: With EVERY_FAULT set every column is tried in a whole package, else one in so many.
STEP = 1 if os.environ.get("EVERY_FAULT") else 8


def spoilt(model, value: str) -> tuple[list[list[str]], list[int]]:
    """The rows of a table, and for each column one row with another key in which its cell is ``value``: with the
    numbers of the rows in which a required cell is empty."""
    text = (ROOT / f"datapackage/{model.TABLE}.csv").read_text(encoding="utf-8")
    lines = list(csv.reader(io.StringIO(text)))
    header, first = lines[0], max(lines[1:], key=lambda row: sum(map(bool, row)))
    lacking = []
    for number, name in enumerate(header):
        row = [*first]
        row[number] = value
        lines.append(row)
        if not value and is_required(model, name):
            lacking.append(len(lines))
    return lines, lacking


@pytest.mark.parametrize("value", ["", NONSENSE], ids=["empty", "nonsense"])
def test_every_column(value, tmp_path):
    """No row with a faulty cell stays where rules would see it, and both engines say the same of it."""
    with Base() as base:
        reading.prepare(base)
        for model in TABLES:
            base.empty(model)
        for model in TABLES:
            lines, lacking = spoilt(model, value)
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows(lines)
            path = tmp_path / f"{model.TABLE}.csv"
            path.write_bytes(text.getvalue().encode())
            noted = Problems()
            by_rows = table_file.read(model, path.read_bytes(), model.TABLE, noted)
            by_columns = Reading(model, model.TABLE, table_file.REBUILD)
            base.drop(model)
            loaded = reading.load(base, model, path, by_columns)
            reading.learn(base, model)
            reading.check(base, loaded)
            kept = {line for (line,) in base.each(f'SELECT line FROM "{model.TABLE}"')}
            assert not kept & set(lacking), model.TABLE
            assert len(kept) == len(by_rows.rows), model.TABLE
            assert sorted(map(str, by_columns.shown())) == sorted(map(str, noted.items)), model.TABLE
            assert by_rows.is_whole == by_columns.is_whole


@pytest.mark.slow
@pytest.mark.parametrize("value", ["", NONSENSE], ids=["empty", "nonsense"])
@pytest.mark.parametrize("number", range(0, max(len(columns(model)) for model in TABLES), STEP))
def test_every_column_of_a_package(value, number, tmp_path):
    """The same with all rules: in each table one column, the first, the second and so on."""
    files = {model.TABLE: (ROOT / f"datapackage/{model.TABLE}.csv").read_bytes() for model in TABLES}
    for model in TABLES:
        if number < len(names := list(model.model_fields)):
            _, spoil = cell(model.TABLE, 2, names[number], value)
            spoil(files)
    assert_alike(write(tmp_path / "package", files))
