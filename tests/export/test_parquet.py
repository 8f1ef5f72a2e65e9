"""The Parquet files in polars, DuckDB and pandas."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import duckdb
import pandas
import polars
import pytest

from .cells import TABLES, descriptions, field_types, list_columns, rows, schema, values

POLARS = {
    "string": polars.String,
    "integer": polars.Int64,
    "number": polars.Float64,
    "boolean": polars.Boolean,
    "date": polars.Date,
}


def expected(table: str) -> list[dict]:
    """The rows of the CSV file, numbers with decimals as doubles and lists as lists."""
    lists = list_columns(table)
    return [{name: _value(value, name in lists) for name, value in row.items()} for row in values(table)]


def _value(value, is_list: bool):
    if isinstance(value, Decimal):
        assert Decimal(repr(float(value))) == value, "a double would not hold it exactly"
        return float(value)
    return value.split(";") if is_list and value is not None else value


@pytest.mark.parametrize("table", TABLES)
def test_polars(dist, table):
    frame = polars.read_parquet(dist / "parquet" / f"{table}.parquet")
    lists = list_columns(table)
    assert dict(frame.schema) == {
        name: polars.List(polars.String) if name in lists else POLARS[kind] for name, kind in field_types(table).items()
    }
    assert frame.to_dicts() == expected(table)


@pytest.mark.parametrize("table", TABLES)
def test_duckdb(dist, table):
    path = str(dist / "parquet" / f"{table}.parquet")
    with duckdb.connect() as connection:
        result = connection.execute("SELECT * FROM read_parquet(?)", [path])
        names = [column[0] for column in result.description]
        assert [dict(zip(names, row, strict=True)) for row in result.fetchall()] == expected(table)
        metadata = dict(connection.execute("SELECT key, value FROM parquet_kv_metadata(?)", [path]).fetchall())
    assert json.loads(metadata[b"table_schema"]) == schema(table)
    assert metadata[b"description"].decode() == schema(table)["description"]


def test_pandas(dist):
    """Days are days, numbers numbers, lists arrays, and nothing is an object of a library."""
    events = pandas.read_parquet(dist / "parquet" / "events.parquet")
    assert events["date_start"].map(type).isin([date, type(None)]).all()
    assert [list(modes) for modes in events["modes"].dropna()] == [
        row["modes"].split(";") for row in rows("events") if row["modes"]
    ]
    places = pandas.read_parquet(dist / "parquet" / "places.parquet")
    assert str(places["latitude"].dtype) == "float64"


def test_columns_are_described(dist):
    """The metadata of a column, as pyarrow and polars show them."""
    import pyarrow.parquet

    for table in TABLES:
        fields = pyarrow.parquet.read_schema(dist / "parquet" / f"{table}.parquet")
        found = {field.name: field.metadata[b"description"].decode() for field in fields}
        assert found == descriptions(table)


def test_missing_values_that_say_why(dist):
    found = polars.read_parquet(dist / "parquet" / "missing_values.parquet")
    cells = [
        cell
        for table in TABLES
        for row, typed in zip(rows(table), values(table), strict=True)
        for name, cell in row.items()
        if cell and typed[name] is None
    ]
    assert sorted(found["cell"]) == sorted(cells)
