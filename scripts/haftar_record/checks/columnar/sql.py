"""Names, texts and lists as they are written in SQL, and what the tables have of keys and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.cells import LIST_SEPARATOR
from ...model.rows import Row, columns
from ...model.tables import BY_NAME, TABLES


def quoted(name: str) -> str:
    return f'"{name}"'


def literal(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def literals(values: Iterable[str]) -> str:
    """Texts as they stand in a condition."""
    return ", ".join(map(literal, values))


def listed(numbers: list[int]) -> str:
    """Numbers of rows as they stand in a condition."""
    return ", ".join(map(str, numbers))


def items(column: str) -> str:
    """The items of a list cell, one row each."""
    return f"unnest(string_split({column}, '{LIST_SEPARATOR}'))"


def references(table: str) -> Iterator[tuple[type[Row], str, bool]]:
    """Every column that refers to a table, and whether it is a list."""
    for model in TABLES:
        for name, column in columns(model).items():
            if column.ref == table:
                yield model, name, column.many


def key(table: str) -> str:
    """The key of a table with a single key column."""
    return BY_NAME[table].KEY[0]
