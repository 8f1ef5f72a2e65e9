"""The CSV files in pandas, polars, DuckDB and R, typed by the schemas, every cell the same; and without the schemas."""

from __future__ import annotations

import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas
import polars
import pytest

from .cells import ROOT, TABLES, field_types, missing_values, rows, values

pytestmark = pytest.mark.parametrize("table", TABLES)


def path_of(table: str) -> str:
    return str(ROOT / "datapackage" / f"{table}.csv")


def same(found, expected) -> bool:
    """Whether two values are one; a double stands for a decimal number."""
    return float(found) == float(expected) if isinstance(expected, Decimal) else found == expected


def compare(table: str, found: list[dict]) -> None:
    """Every row and cell in order, and of the same type."""
    expected = values(table)
    assert [list(row) for row in found] == [list(row) for row in expected]
    for number, (mine, theirs) in enumerate(zip(expected, found, strict=True)):
        for name, value in mine.items():
            assert (theirs[name] is None) == (value is None), (table, number, name, theirs[name])
            assert value is None or same(theirs[name], value), (table, number, name, theirs[name], value)
            assert not isinstance(value, (str, bool)) or type(theirs[name]) is type(value), (table, number, name)


def test_pandas(table):
    types = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "string"}
    columns = field_types(table)
    frame = pandas.read_csv(
        path_of(table),
        dtype={name: types[kind] for name, kind in columns.items()},
        keep_default_na=False,
        na_values=missing_values(table),
    )
    for name in (name for name, kind in columns.items() if kind == "date"):
        frame[name] = pandas.to_datetime(frame[name], format="%Y-%m-%d").dt.date
    frame = frame.astype(object).where(frame.notna(), None)
    compare(table, frame.to_dict("records"))


def test_polars(table):
    types = {
        "string": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
    }
    labelled = {name: [cell for cell in cells if cell] for name, cells in missing_values(table).items()}
    frame = polars.read_csv(path_of(table), schema={name: types[kind] for name, kind in field_types(table).items()})
    for name, cells in labelled.items():
        if cells:
            frame = frame.with_columns(polars.col(name).replace(dict.fromkeys(cells)))
    compare(table, frame.to_dicts())


def test_duckdb(table):
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(18,6)", "boolean": "BOOLEAN", "date": "DATE"}
    columns = {name: types[kind] for name, kind in field_types(table).items()}
    with duckdb.connect() as connection:
        result = connection.execute(
            "SELECT * FROM read_csv(?, header = true, delim = ',', quote = '\"', escape = '\"', columns = ?)",
            [path_of(table), columns],
        )
        names = [column[0] for column in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    missing = missing_values(table)
    compare(table, [{name: None if cell in missing[name] else cell for name, cell in row.items()} for row in found])


@pytest.mark.skipif(
    not shutil.which("Rscript") and "REQUIRE_R" not in os.environ, reason="R is not installed (Debian: r-base-core)"
)
def test_r(table):
    types = {"string": "character", "integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date"}
    classes = ",".join(types[kind] for kind in field_types(table).values())
    result = subprocess.run(
        ["Rscript", "--vanilla", str(Path(__file__).with_name("read.R")), path_of(table), classes],
        capture_output=True,
        check=True,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    header, *lines = result.stdout.decode().removesuffix("\n").split("\n")
    assert header.split("\t") == list(field_types(table))
    assert [line.split("\t") for line in lines] == [list(row.values()) for row in rows(table)]


def test_readers_that_guess(table):
    """Of the cells, only the codes that begin with a zero are damaged by a reader that guesses; none is taken for
    missing. The documentation names the column."""
    guessed = pandas.read_csv(path_of(table))
    damaged = {
        name
        for name, kind in field_types(table).items()
        for row, cell in zip(rows(table), guessed[name], strict=True)
        if kind == "string" and row[name] and str(cell) != row[name]
    }
    assert damaged == ({"cameo_root"} if table == "events" else set())
