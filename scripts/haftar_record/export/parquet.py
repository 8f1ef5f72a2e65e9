"""The package as Parquet files, one per table, typed.

Days are ``date32``, columns of several values ``list<string>``, missing values null. Numbers with decimals are
``double``: every one in the record has fewer digits than a double holds exactly, and readers that make objects of
decimals (pandas) then calculate with it at once. The descriptions of tables and columns are in the metadata of the
file, also as the whole Table Schema (JSON) for readers that do not look at columns.
"""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pyarrow
import pyarrow.parquet

from ..files.layout import Files
from ..model import table_schema
from ..model.rows import Row
from ..model.tables import TABLES
from ..package.reader import Package
from .values import MISSING, Entry, dictionary, labelled_missing, typed

TITLE = "Parquet, one typed file per table"
FOLDER = "parquet"

_TYPES = {
    str: pyarrow.string(),
    int: pyarrow.int64(),
    bool: pyarrow.bool_(),
    Decimal: pyarrow.float64(),
    date: pyarrow.date32(),
}


def render(package: Package) -> Files:
    """A file per table, and one that says why single cells are missing."""
    files = {f"{FOLDER}/{model.TABLE}.parquet": _table(package, model) for model in TABLES}
    fields = [pyarrow.field(name, pyarrow.string(), nullable=False) for name in MISSING]
    about = {
        "title": "Labelled missing values",
        "description": "Cells that are null here and give a reason in the CSV files.",
    }
    cells: list[dict[str, object]] = [dict(zip(MISSING, row, strict=True)) for row in labelled_missing(package)]
    return files | {f"{FOLDER}/missing_values.parquet": _bytes(cells, fields, package, about)}


def _table(package: Package, model: type[Row]) -> bytes:
    rows = [{name: _number(value) for name, value in typed(row).items()} for row in package.rows[model.TABLE]]
    about = {
        "title": model.TITLE,
        "description": table_schema.purpose(model),
        "table_schema": json.dumps(table_schema.table_schema(model), ensure_ascii=False),
    }
    return _bytes(rows, [_field(entry) for entry in dictionary(model)], package, about)


def _number(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _field(entry: Entry) -> pyarrow.Field:
    one = _TYPES[entry.python_type]
    # The items are named as the Parquet standard requires; they are never null.
    kind = pyarrow.list_(pyarrow.field("element", one, nullable=False)) if entry.is_list else one
    return pyarrow.field(
        entry.column, kind, nullable=not entry.is_required, metadata={"description": entry.description}
    )


def _bytes(
    rows: list[dict[str, object]], fields: list[pyarrow.Field], package: Package, about: dict[str, str]
) -> bytes:
    facts = {name: package.descriptor[name] for name in ("version", "created", "textRights")}
    licence = package.descriptor["licenses"][0]["path"]
    metadata = {"package": package.descriptor["title"], **facts, "license": licence, **about}
    table = pyarrow.Table.from_pylist(rows, pyarrow.schema(fields, metadata))
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer, compression="snappy")
    return buffer.getvalue()
