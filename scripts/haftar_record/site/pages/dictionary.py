"""The page ``data-dictionary``: every column with its meaning, its constraints, and the codes or rows it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...model import codes, table_schema
from ...model.columns import LINE, Column
from ...model.rows import Row, columns, is_required
from ...model.tables import TABLES
from ..html import fragment
from ..page import Page
from ..record import Record
from . import diagram

#: The words for the numbers that bound a value.
_BOUNDS = {"minimum": "at least", "maximum": "at most", "maxLength": "length at most"}


@dataclass(frozen=True)
class Described:
    """A column: its definition, and what the Table Schema says about it. ``codes`` are those that it admits."""

    name: str
    definition: Column
    description: str
    example: str | None
    type: str
    is_required: bool
    is_unique: bool
    is_line: bool
    pattern: str
    codes: list[str]
    bounds: list[tuple[str, int]]


@dataclass(frozen=True)
class Table:
    """A table: its columns, and the tables that it points at."""

    model: type[Row]
    description: str
    columns: list[Described]
    targets: list[str]


def pages(record: Record) -> Iterator[Page]:
    """The page."""
    tables = [_table(model) for model in TABLES]
    body = fragment("dictionary.html", "page", record=record, tables=tables, diagram=diagram.entities())
    yield Page("data-dictionary.md", "Data dictionary", body)


def _table(model: type[Row]) -> Table:
    described = table_schema.table_schema(model)
    fields = [_described(model, field) for field in described["fields"]]
    return Table(model, described["description"], fields, diagram.targets(model))


def _described(model: type[Row], field: dict[str, Any]) -> Described:
    name, constraints = field["name"], field.get("constraints", {})
    column = columns(model)[name]
    is_line = field["type"] == "string" and column.pattern == LINE
    return Described(
        name=name,
        definition=column,
        description=field["description"],
        example=field.get("example"),
        type=field["type"],
        is_required=is_required(model, name),
        is_unique=constraints.get("unique", False),
        is_line=is_line,
        pattern="" if column.ref or column.codes or is_line else constraints.get("pattern", ""),
        codes=list(codes.lists()[column.codes].codes) if column.codes else [],
        bounds=[(label, constraints[key]) for key, label in _BOUNDS.items() if key in constraints and not column.codes],
    )
