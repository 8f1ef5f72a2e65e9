"""What a row is: the base of every row model, and what can be asked of one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Self, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ..problems.problem import Place
from .cells import from_cell, to_cell
from .columns import Column


class Row(BaseModel):
    """A row of a table. ``KEY`` names its primary key; ``UNIQUE`` further sets of columns that never repeat."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    TABLE: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    KEY: ClassVar[tuple[str, ...]] = ()
    UNIQUE: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: Groups of columns of which exactly one is filled.
    EXACTLY_ONE: ClassVar[tuple[tuple[str, ...], ...]] = ()

    @model_validator(mode="after")
    def _conforms(self) -> Row:
        for name, definition in columns(type(self)).items():
            value = getattr(self, name)
            is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
            is_bad_text = isinstance(value, str) and not definition.accepts(value)
            if is_bad_text or (is_number and not definition.accepts_number(value)):
                context = {"column": name, "found": to_cell(value), "expected": definition.expected}
                raise PydanticCustomError("column", "{column}: {found} is not {expected}", context)
        return self

    @property
    def id(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.KEY)

    def cells(self) -> list[str]:
        """The row as the cells of a CSV line, in the order of the columns."""
        return [to_cell(getattr(self, name)) for name in type(self).model_fields]

    @classmethod
    def from_cells(cls, cells: dict[str, str]) -> Self:
        """Read a row from its cells by column name. Raises ValueError (pydantic's) when one does not conform."""
        return cls(**{name: from_cell(text, kind(cls, name)) for name, text in cells.items()})


@cache
def columns(model: type[Row]) -> dict[str, Column]:
    """The column definitions of a table by name, in order."""
    return {name: info.json_schema_extra["column"] for name, info in model.model_fields.items()}


def is_required(model: type[Row], name: str) -> bool:
    """Whether a column must be filled in every row."""
    return type(None) not in get_args(model.model_fields[name].annotation)


def has_given_id(model: type[Row]) -> bool:
    """Whether a coder gives the ids of the rows; the others are computed from what a row belongs to."""
    return len(model.KEY) == 1 and not columns(model)[model.KEY[0]].derived


@cache
def kind(model: type[Row], name: str) -> type:
    """The Python type of a column's values, without None."""
    annotation = model.model_fields[name].annotation
    return next((arg for arg in get_args(annotation) if arg is not type(None)), annotation)


#: One of the row models, for what gives back rows of the model that it is given.
AnyRow = TypeVar("AnyRow", bound=Row)


def grouped(rows: Iterable[AnyRow], column: str) -> dict[str, list[AnyRow]]:
    """Rows by the value of one of their columns, in the order they come."""
    found: dict[str, list[AnyRow]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


#: The rows of several tables, by the name of the table.
Rows = dict[str, list[Row]]


def rows_of(rows: Rows, model: type[AnyRow]) -> list[AnyRow]:
    """The rows of one table, as rows of its model."""
    return cast(list[AnyRow], rows[model.TABLE])


#: Where each row was coded, by table and key.
Places = dict[tuple[str, tuple], Place]
