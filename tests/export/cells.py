"""The cells of the CSV files as values, by the Table Schemas on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from tests.data.reading import OWNERS, ROOT, TABLES, rows, schema

__all__ = [
    "OWNERS",
    "ROOT",
    "TABLES",
    "field_types",
    "key_of",
    "list_columns",
    "missing_values",
    "rows",
    "schema",
    "values",
]

_READ: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


def field_types(table: str) -> dict[str, str]:
    """The Table Schema type of every column, in order."""
    return {field["name"]: field["type"] for field in schema(table)["fields"]}


def descriptions(table: str) -> dict[str, str]:
    return {field["name"]: field["description"] for field in schema(table)["fields"]}


def missing_values(table: str) -> dict[str, list[str]]:
    """The cells that are missing values, by column."""
    of_table = schema(table)["missingValues"]
    return {
        field["name"]: [item["value"] for item in field.get("missingValues", of_table)]
        for field in schema(table)["fields"]
    }


def list_columns(table: str) -> set[str]:
    """Columns of several values: those whose pattern repeats behind a semicolon."""
    return {
        field["name"] for field in schema(table)["fields"] if "(?:;" in field.get("constraints", {}).get("pattern", "")
    }


def key_of(table: str) -> list[str]:
    return schema(table)["primaryKey"]


@cache
def values(table: str) -> list[dict[str, Any]]:
    """The rows of a table with None for a missing value and every other cell read by its type."""
    types, missing = field_types(table), missing_values(table)
    return [
        {name: None if cell in missing[name] else _READ[types[name]](cell) for name, cell in row.items()}
        for row in rows(table)
    ]
