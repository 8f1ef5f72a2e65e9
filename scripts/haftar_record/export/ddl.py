"""The SQL that defines the tables of the SQLite database, from the row models. Nothing is executed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from ..model.columns import Column
from ..model.rows import Row, columns
from ..model.tables import BY_NAME, TABLES
from .values import Entry, dictionary
from .views import View

_TYPES = {str: "TEXT", int: "INTEGER", bool: "INTEGER", Decimal: "REAL", date: "TEXT"}


def table(model: type[Row]) -> str:
    """CREATE TABLE with types, keys and the constraints of the model; SQLite cannot check patterns."""
    lines = [_column(model, entry) for entry in dictionary(model)]
    lines.append(f"PRIMARY KEY ({names(model.KEY)})")
    lines += [f"UNIQUE ({names(group)})" for group in model.UNIQUE]
    for group in model.EXACTLY_ONE:
        lines.append(f"CHECK ({' + '.join(f'({quoted(name)} IS NOT NULL)' for name in group)} = 1)")
    return f"CREATE TABLE {quoted(model.TABLE)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _column(model: type[Row], entry: Entry) -> str:
    column = columns(model)[entry.column]
    parts = [quoted(entry.column), _TYPES[entry.python_type]]
    if entry.is_required:
        parts.append("NOT NULL")
    if column.unique and (entry.column,) != model.KEY:
        parts.append("UNIQUE")
    parts += [f"CHECK ({check})" for check in _checks(entry, column)]
    if entry.refers_to and not entry.is_list:
        parts.append(_references(entry.refers_to))
    return " ".join(parts)


def _checks(entry: Entry, column: Column) -> Iterator[str]:
    """The constraints of the model on one column."""
    name = quoted(entry.column)
    if entry.python_type is bool:
        yield f"{name} IN (0, 1)"
    if entry.python_type is date:
        yield f"{name} IS date({name}, '+0 days')"  # with a modifier, a 30 February becomes a day of March
    if column.allowed and not entry.is_list:
        yield _one_of(name, map(int, column.allowed) if entry.python_type is int else column.allowed)
    if column.minimum is not None:
        yield f"{name} >= {column.minimum}"
    if column.maximum is not None:
        yield f"{name} <= {column.maximum}"
    if column.max_length is not None:
        yield f"length({name}) <= {column.max_length}"


def lists() -> Iterator[tuple[str, type[Row], Entry]]:
    """The columns of several values, each with the name of the table of its values."""
    for model in TABLES:
        for entry in dictionary(model):
            if entry.is_list:
                yield f"{model.TABLE}_{entry.column}", model, entry


def list_table(name: str, model: type[Row], entry: Entry) -> str:
    """CREATE TABLE with one row per value of a column of several values."""
    allowed = columns(model)[entry.column].allowed
    value = "value TEXT NOT NULL"
    if allowed:
        value += f" CHECK ({_one_of('value', allowed)})"
    if entry.refers_to:
        value += f" {_references(entry.refers_to)}"
    lines = [f"{quoted(part)} TEXT NOT NULL" for part in model.KEY]
    lines += ["position INTEGER NOT NULL", value, f"PRIMARY KEY ({names(model.KEY)}, position)"]
    lines.append(f"FOREIGN KEY ({names(model.KEY)}) {_references(model.TABLE)}")
    return f"CREATE TABLE {quoted(name)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def indexes(model: type[Row]) -> Iterator[str]:
    """CREATE INDEX for every column that points at another table, for joins."""
    for entry in dictionary(model):
        if entry.refers_to and not entry.is_list and model.KEY[0] != entry.column:
            name = quoted(f"{model.TABLE}_by_{entry.column}")
            yield f"CREATE INDEX {name} ON {quoted(model.TABLE)} ({quoted(entry.column)})"


def view(definition: View) -> str:
    """CREATE VIEW, with the label of a code in place of every ``{label:LIST:COLUMN}``."""
    label = r"(SELECT label FROM codes WHERE list = '\1' AND code = \2)"
    select = re.sub(r"\{label:(\w+):([\w.]+)\}", label, definition.select).strip()
    return f"CREATE VIEW {quoted(definition.name)} AS {select}"


def quoted(name: str) -> str:
    """A name in quotation marks: ``references`` is a keyword of SQL."""
    return '"' + name.replace('"', '""') + '"'


def names(group: tuple[str, ...]) -> str:
    """Several names, separated by commas."""
    return ", ".join(map(quoted, group))


def _one_of(name: str, values: Iterable[str | int]) -> str:
    shown = (str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'" for value in values)
    return f"{name} IN ({', '.join(shown)})"


def _references(other: str) -> str:
    return f"REFERENCES {quoted(other)} ({names(BY_NAME[other].KEY)})"
