"""What the formats with types share: values kept apart from missing ones, lists as lists, and the data dictionary."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from typing import Any

from ..model import table_schema
from ..model.cells import split
from ..model.rows import Row, columns, is_required, kind
from ..model.tables import BY_NAME, TABLES
from ..package.reader import Package


@dataclass(frozen=True)
class Entry:
    """One column in the data dictionary. ``type`` is the Table Schema type of the cell."""

    table: str
    position: int
    column: str
    type: str
    description: str
    example: str
    is_required: bool
    is_list: bool
    code_list: str
    refers_to: str
    missing: str

    @property
    def python_type(self) -> builtins.type:
        """The Python type of one value."""
        return kind(BY_NAME[self.table], self.column)

    def cells(self) -> tuple[str | int | bool | None, ...]:
        """The entry as a row of ``DICTIONARY``."""
        return tuple(None if value == "" else value for value in astuple(self))


#: The columns of the dictionary.
DICTIONARY = tuple(field.name for field in fields(Entry))


def dictionary(model: type[Row]) -> list[Entry]:
    """The columns of a table, in order."""
    described = table_schema.table_schema(model)["fields"]
    return [_entry(model, position, field) for position, field in enumerate(described, 1)]


def _entry(model: type[Row], position: int, field: dict[str, Any]) -> Entry:
    name = field["name"]
    column, required = columns(model)[name], is_required(model, name)
    return Entry(
        table=model.TABLE,
        position=position,
        column=name,
        type=field["type"],
        description=field["description"],
        example=field.get("example", ""),
        is_required=required,
        is_list=column.many,
        code_list=column.codes,
        refers_to=column.ref,
        missing="" if required else "; ".join(f"{cell or 'empty'}: {label}" for cell, label in column.missing.items()),
    )


def typed(row: Row) -> dict[str, Any]:
    """The values of a row by column: None for every missing value, a list for a column of several values."""
    return {name: _typed(getattr(row, name), column) for name, column in columns(type(row)).items()}


def _typed(value: Any, column: Any) -> Any:
    if value is None or (isinstance(value, str) and value in column.missing):
        return None
    return split(value) if column.many else value


#: The columns of ``labelled_missing``.
MISSING = ("table", "row", "column", "cell", "meaning")


def labelled_missing(package: Package) -> Iterator[tuple[str, ...]]:
    """Every cell that says why it is missing, as a row of ``MISSING``.

    An empty cell has one meaning per column, which the dictionary gives; these cells would be lost in a format that
    knows only one kind of missing.
    """
    for model in TABLES:
        for name, column in columns(model).items():
            for row in package.rows[model.TABLE]:
                cell = getattr(row, name)
                if isinstance(cell, str) and cell in column.missing:
                    yield model.TABLE, row.display_id, name, cell, column.missing[cell]
