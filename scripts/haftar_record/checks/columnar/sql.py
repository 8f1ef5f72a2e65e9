"""Names, texts and lists as they are written in SQL, and conditions that several rules use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.cells import LIST_SEPARATOR
from ...model.rows import Row, columns
from ...model.tables import BY_NAME, TABLES


def quoted(name: str) -> str:
    """The name of a table or column, whatever words SQL keeps for itself."""
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


def parts(column: str) -> str:
    """The items of a list cell, as a list."""
    return f"string_split({column}, {literal(LIST_SEPARATOR)})"


def items(column: str) -> str:
    """The items of a list cell, one row each."""
    return f"unnest({parts(column)})"


def references(table: str) -> Iterator[tuple[type[Row], str, bool]]:
    """Every column that refers to a table, and whether it is a list."""
    for model in TABLES:
        for name, column in columns(model).items():
            if column.ref == table:
                yield model, name, column.many


def key(table: str) -> str:
    """The key of a table with a single key column."""
    return BY_NAME[table].KEY[0]


def in_focus(column: str, value: str = "") -> str:
    """The condition that a column has a value of the suspected rows: that of the same column, unless given."""
    return f"{column} IN (SELECT {value or column} FROM focus)"


def owned_by_focus(model: type[Row]) -> str:
    """The condition for the evidence of the suspected rows of ``model``."""
    return in_focus("owner", model.KEY[0])


def chained(table: str, parent: str, same: str = "true") -> str:
    """Rows with a parent from which the chain of parents does not come to an end, or not all ``same``."""
    name, identity = quoted(table), key(table)
    return f"""WITH RECURSIVE nested AS (SELECT c.{identity} AS id, c.{parent} AS up, {same} AS same, p.{parent} IS NULL
                OR p.{parent} NOT IN (SELECT {identity} FROM {name}) AS is_first
            FROM {name} c JOIN {name} p ON p.{identity} = c.{parent}),
        sound AS (SELECT id FROM nested WHERE is_first AND same
            UNION SELECT n.id FROM nested n JOIN sound s ON s.id = n.up WHERE n.same)
    SELECT t.row FROM {name} t WHERE t.{identity} IN (SELECT id FROM nested ANTI JOIN sound USING (id))"""


def above(table: str, parent: str) -> str:
    """The condition for the rows above the suspected ones."""
    name, identity = quoted(table), key(table)
    return f"""{identity} IN (WITH RECURSIVE up AS (SELECT {parent} AS id FROM focus
        UNION SELECT t.{parent} FROM {name} t JOIN up ON t.{identity} = up.id) SELECT id FROM up)"""
