"""What a row is: the base of every row model, and what can be asked of one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Literal, Self, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ..problems.problem import Place
from .cells import from_cell, to_cell
from .columns import Column

#: The values of the key of a row.
Key = tuple[Any, ...]


def row_name(key: Iterable[object]) -> str:
    """The display id of a row: its key, with dots between the values of a key of several columns.

    Messages print it and ``haftar-record show`` takes it.

    >>> row_name(("st-9d1fdcb4-07",)), row_name(("act", "deny"))
    ('st-9d1fdcb4-07', 'act.deny')
    """
    return ".".join(map(str, key))


class Row(BaseModel):
    """A row of a table. A subclass says everything about its table: what follows is all that others need to know.

    TABLE        name of the table; its file is ``datapackage/TABLE.csv``
    TITLE        what a reader calls the table
    ONE, MANY    what a reader calls one row, and several (default: ``ONE`` and an s)
    KEY          columns of the primary key
    UNIQUE       further sets of columns whose values no two rows share
    EXACTLY_ONE  groups of columns; each row fills exactly one column of a group
    LABEL        what a reader calls a row, as a format string over its columns
    IS_UNIT      whether a row is a coded unit: something that a coder took out of an article, resting on evidence
    EVIDENT      columns of a unit that have to have evidence; the first has the words by which the unit is placed
    PAGE         where the site shows a row: ``table``, the page of its table; ``article``, the page of its article;
                 empty where it is shown with another row
    LAYER        where it stands between the text and the world, which orders diagrams (a key of ``LAYERS``)
    RANK         place in the order in which most readers read the tables; those that share one, as in ``TABLES``
    MAY_BE_EMPTY whether the table may have no rows, whatever the articles: a record of one article may have no events
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    TABLE: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    ONE: ClassVar[str] = ""
    MANY: ClassVar[str] = ""
    KEY: ClassVar[tuple[str, ...]] = ()
    UNIQUE: ClassVar[tuple[tuple[str, ...], ...]] = ()
    EXACTLY_ONE: ClassVar[tuple[tuple[str, ...], ...]] = ()
    LABEL: ClassVar[str] = "{name}"
    IS_UNIT: ClassVar[bool] = False
    EVIDENT: ClassVar[tuple[str, ...]] = ()
    PAGE: ClassVar[Literal["", "table", "article"]] = ""
    LAYER: ClassVar[str] = "coded"
    RANK: ClassVar[int] = 50
    MAY_BE_EMPTY: ClassVar[bool] = True

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
    def id(self) -> Key:
        """The values of the primary key."""
        return tuple(getattr(self, name) for name in self.KEY)

    @property
    def display_id(self) -> str:
        """The key as one text; see ``row_name``."""
        return row_name(self.id)

    @property
    def article_id(self) -> str:
        """The id of the article that the row belongs to; empty in a table whose rows belong to none."""
        return str(getattr(self, "document_id", ""))

    @property
    def caption(self) -> str:
        """What a reader calls the row, in words."""
        return self.LABEL.format_map({name: getattr(self, name) for name in type(self).model_fields})

    def cells(self) -> list[str]:
        """The row as the cells of a CSV line, in the order of the columns."""
        return [to_cell(getattr(self, name)) for name in type(self).model_fields]

    @classmethod
    def from_cells(cls, cells: dict[str, str]) -> Self:
        """Read a row from its cells by column name. Raises ValueError (pydantic's) when one does not conform."""
        return cls(**{name: from_cell(text, kind(cls, name)) for name, text in cells.items()})


R = TypeVar("R", bound=Row)

#: The layers of the tables, from the text to what stands outside it.
LAYERS = {
    "text": "the text",
    "coded": "what is coded in it",
    "about": "what they are about",
    "world": "who, and from outside",
}


@cache
def columns(model: type[Row]) -> dict[str, Column]:
    """The column definitions of a table by name, in order."""
    return {
        name: cast(dict[str, Column], info.json_schema_extra)["column"] for name, info in model.model_fields.items()
    }


def is_required(model: type[Row], name: str) -> bool:
    """Whether a column must be filled in every row."""
    return type(None) not in get_args(model.model_fields[name].annotation)


def has_given_id(model: type[Row]) -> bool:
    """Whether a coder gives the ids of the rows; the others are computed from what a row belongs to."""
    return len(model.KEY) == 1 and not columns(model)[model.KEY[0]].computed


@cache
def kind(model: type[Row], name: str) -> type:
    """The Python type of a column's values, without None."""
    annotation = model.model_fields[name].annotation
    return cast(type, next((arg for arg in get_args(annotation) if arg is not type(None)), annotation))


def grouped(rows: Iterable[R], column: str) -> dict[Any, list[R]]:
    """Rows by the value of one of their columns or properties, in the order they come."""
    found: dict[Any, list[R]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


#: The rows of all tables, by the name of the table.
Rows = dict[str, list[Row]]
#: Where each row was coded, by table and key.
Places = dict[tuple[str, Key], Place]


def id_prefix(model: type[Row]) -> str:
    """What the ids of a table begin with, hyphen included: ``st-`` for statements; empty for a key of several
    columns."""
    if len(model.KEY) != 1:
        return ""
    return columns(model)[model.KEY[0]].pattern.partition("-")[0] + "-"


def plural(model: type[Row]) -> str:
    """What a reader calls several rows of a table: ``event reports``."""
    return model.MANY or f"{model.ONE}s"


def stands_in_article(model: type[Row]) -> bool:
    """Whether each row of a table belongs to one article, whose key its id repeats."""
    return "document_id" in model.model_fields and model.KEY != ("document_id",)
