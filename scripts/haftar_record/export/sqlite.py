"""The package as one SQLite database, and what Datasette shows about it.

Tables have the types, keys and constraints of the models (patterns excepted, which SQLite cannot check). A column
of several values keeps its text and has a table of its own besides, ``TABLE_COLUMN``, one row per value. Missing
values are NULL; those that say why are listed in ``meta_missing``. Numbers with decimals are REAL: every one in the
record has fewer digits than a double holds exactly.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from .. import codes
from ..package import json_bytes
from ..reader import Package
from ..store import Files
from ..tables import BY_NAME, TABLES, Row, columns
from . import NAME
from .values import DICTIONARY, MISSING, Entry, dictionary, labelled_missing, purpose, typed
from .views import VIEWS

TITLE = "SQLite database with keys, views and full-text search, and its description for Datasette"

_TYPES = {str: "TEXT", int: "INTEGER", bool: "INTEGER", Decimal: "REAL", date: "TEXT"}
#: Tables that can be searched, and the columns that are.
SEARCHED = {
    "statements": ("speaker_name", "topic_name", "summary", "cue_text", "content_text"),
    "evidence": ("exact_text",),
}
#: Tables about the tables: their columns, and what a row is.
META = {
    "meta_package": (("key", "value"), "Facts about the release: title, version, licence. Nested ones are JSON."),
    "meta_tables": (("table", "title", "description", "row_count"), "Every table and view."),
    "meta_columns": (DICTIONARY, "Every column: the data dictionary."),
    "meta_code_lists": (("list", "title", "scheme", "description"), "Every code list; its codes are in codes."),
    "meta_missing": (
        MISSING,
        "Cells that are NULL here and say in the CSV files why they are missing.",
    ),
}


def render(package: Package) -> Files:
    """The database and the description of it. The same bytes from the same release of SQLite."""
    with contextlib.closing(connect(package)) as connection:
        database = connection.serialize()
    return {f"{NAME}.sqlite": database, f"{NAME}-datasette.json": json_bytes(description(package))}


def connect(package: Package) -> sqlite3.Connection:
    """The database in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA page_size = 4096")
    _fill(connection, package)
    return connection


def _fill(connection: sqlite3.Connection, package: Package) -> None:
    connection.execute("BEGIN")
    for model in TABLES:
        connection.execute(table_sql(model))
        rows = [_stored(typed(row)) for row in package.rows[model.TABLE]]
        _insert(connection, model.TABLE, len(model.model_fields), rows)
    for model in TABLES:
        for entry in filter(lambda entry: entry.is_list, dictionary(model)):
            _fill_list(connection, model, entry, package.rows[model.TABLE])
        _index_references(connection, model)
    for view in VIEWS:
        connection.execute(f"CREATE VIEW {view.name} AS {_with_labels(view.select)}")
    for name, rows in _meta_rows(package).items():
        connection.execute(f"CREATE TABLE {name} ({_names(META[name][0])})")
        _insert(connection, name, len(META[name][0]), rows)
    for table, searched in SEARCHED.items():
        _fill_search(connection, table, searched)
    connection.execute("COMMIT")


def table_sql(model: type[Row]) -> str:
    """The CREATE TABLE of a table."""
    lines = [_column_sql(model, entry) for entry in dictionary(model)]
    lines.append(f"PRIMARY KEY ({_names(model.KEY)})")
    lines += [f"UNIQUE ({_names(names)})" for names in model.UNIQUE]
    for group in model.EXACTLY_ONE:
        lines.append(f"CHECK ({' + '.join(f'({_quoted(name)} IS NOT NULL)' for name in group)} = 1)")
    return f"CREATE TABLE {_quoted(model.TABLE)} (\n  " + ",\n  ".join(lines) + "\n) STRICT"


def _column_sql(model: type[Row], entry: Entry) -> str:
    column, name = columns(model)[entry.column], _quoted(entry.column)
    parts = [name, _TYPES[entry.python_type]]
    if entry.is_required:
        parts.append("NOT NULL")
    if column.unique and model.KEY != (entry.column,):
        parts.append("UNIQUE")
    parts += [f"CHECK ({check})" for check in _checks(entry, column, name)]
    if entry.refers_to and not entry.is_list:
        parts.append(_references(entry.refers_to))
    return " ".join(parts)


def _checks(entry: Entry, column: Any, name: str) -> Iterator[str]:
    """The constraints of the model on one column."""
    if entry.python_type is bool:
        yield f"{name} IN (0, 1)"
    if entry.python_type is date:
        yield f"{name} IS date({name})"
    if column.allowed and not entry.is_list:
        yield f"{name} IN ({', '.join(_literal(entry.python_type(code)) for code in column.allowed)})"
    if column.minimum is not None:
        yield f"{name} >= {column.minimum}"
    if column.maximum is not None:
        yield f"{name} <= {column.maximum}"
    if column.max_length is not None:
        yield f"length({name}) <= {column.max_length}"


def _fill_list(connection: sqlite3.Connection, model: type[Row], entry: Entry, rows: list[Row]) -> None:
    """A table with one row per value of a column of several values."""
    name, allowed = f"{model.TABLE}_{entry.column}", columns(model)[entry.column].allowed
    own = ", ".join(f"{_quoted(part)} TEXT NOT NULL" for part in model.KEY)
    check = f" CHECK (value IN ({', '.join(map(_literal, allowed))}))" if allowed else ""
    reference = f" {_references(entry.refers_to)}" if entry.refers_to else ""
    connection.execute(
        f"CREATE TABLE {name} (\n  {own},\n  position INTEGER NOT NULL,\n  value TEXT NOT NULL{check}{reference},\n"
        f"  PRIMARY KEY ({_names(model.KEY)}, position),\n"
        f"  FOREIGN KEY ({_names(model.KEY)}) REFERENCES {_quoted(model.TABLE)} ({_names(model.KEY)})\n) STRICT"
    )
    values = [
        (*row.id, position, value)
        for row in rows
        for position, value in enumerate(typed(row)[entry.column] or (), start=1)
    ]
    _insert(connection, name, len(model.KEY) + 2, values)


def _index_references(connection: sqlite3.Connection, model: type[Row]) -> None:
    """An index on every column that points at another table, for joins."""
    for entry in dictionary(model):
        if entry.refers_to and not entry.is_list and model.KEY[0] != entry.column:
            name = f"{model.TABLE}_by_{entry.column}"
            connection.execute(f"CREATE INDEX {name} ON {_quoted(model.TABLE)} ({_quoted(entry.column)})")


def _fill_search(connection: sqlite3.Connection, table: str, searched: tuple[str, ...]) -> None:
    """Full-text search with a copy of its words: it stays right whatever becomes of the table's row numbers."""
    (own,) = BY_NAME[table].KEY
    names = ", ".join(searched)
    connection.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({own} UNINDEXED, {names}, "
        "tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute(
        f"INSERT INTO {table}_fts ({own}, {names}) SELECT {own}, {names} FROM {_quoted(table)} ORDER BY {own}"
    )
    connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize')")


def _meta_rows(package: Package) -> dict[str, list[tuple]]:
    facts = {
        name: value for name, value in package.descriptor.items() if name not in ("$schema", "$comment", "resources")
    }
    views = [(view.name, "", view.description, None) for view in VIEWS]
    return {
        "meta_package": [(name, value if isinstance(value, str) else _json(value)) for name, value in facts.items()],
        "meta_tables": [(model.TABLE, model.TITLE, purpose(model), len(package.rows[model.TABLE])) for model in TABLES]
        + views,
        "meta_columns": [entry.cells() for model in TABLES for entry in dictionary(model)],
        "meta_code_lists": [(item.name, item.title, item.scheme, item.description) for item in codes.lists().values()],
        "meta_missing": list(labelled_missing(package)),
    }


def description(package: Package) -> dict[str, Any]:
    """What Datasette shows (its ``metadata.json``): where the data are from, every table and every column."""
    facts, licence = package.descriptor, package.descriptor["licenses"][0]
    tables: dict[str, Any] = {}
    for model in TABLES:
        tables[model.TABLE] = {
            "title": model.TITLE,
            "description": purpose(model),
            "columns": {entry.column: entry.description for entry in dictionary(model)},
        }
    for table, _ in SEARCHED.items():
        tables[table] |= {"fts_table": f"{table}_fts", "fts_pk": BY_NAME[table].KEY[0]}
    tables |= {view.name: {"description": view.description} for view in VIEWS}
    tables |= {name: {"description": text} for name, (_, text) in META.items()}
    return {
        "title": f"{facts['title']} {facts['version']}",
        "description": facts["description"],
        "license": licence["title"],
        "license_url": licence["path"],
        "databases": {NAME: {"description": facts["textRights"], "tables": tables}},
    }


def _stored(values: dict[str, Any]) -> list[Any]:
    return [_value(value) for value in values.values()]


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return ";".join(value) if isinstance(value, list) else value


def _insert(connection: sqlite3.Connection, table: str, width: int, rows: list) -> None:
    marks = ", ".join("?" * width)
    connection.executemany(f"INSERT INTO {_quoted(table)} VALUES ({marks})", rows)


def _with_labels(select: str) -> str:
    """Put the label of a code in the place of every ``{label:LIST:COLUMN}``."""
    return re.sub(
        r"\{label:(\w+):([\w.]+)\}", r"(SELECT label FROM codes WHERE list = '\1' AND code = \2)", select
    ).strip()


def _references(table: str) -> str:
    return f"REFERENCES {_quoted(table)} ({_names(BY_NAME[table].KEY)})"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
