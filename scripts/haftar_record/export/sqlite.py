"""The package as one SQLite database, and what Datasette shows about it.

Tables have the types, keys and constraints of the models. A column of several values keeps its text and has a table
of its own besides, ``TABLE_COLUMN``, one row per value. Missing values are NULL; those that say why are listed in
``meta_missing``. Numbers with decimals are REAL: every one in the record has fewer digits than a double holds exactly.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from ..files.layout import Files
from ..model import codes, table_schema
from ..model.cells import LIST_SEPARATOR
from ..model.rows import Row
from ..model.tables import BY_NAME, TABLES
from ..package.reader import Package
from ..package.render import json_bytes
from . import NAME, ddl
from .values import DICTIONARY, MISSING, dictionary, labelled_missing, typed
from .views import VIEWS

TITLE = "SQLite database with keys, views and full-text search, and its description for Datasette"

#: Tables that can be searched, and the columns that are.
SEARCHED = {
    "statements": ("speaker_name", "topic_name", "summary", "cue_text", "content_text"),
    "evidence": ("exact_text",),
    "actors": ("name", "aliases", "search_names"),
}
#: Tables about the tables: their columns, and what they hold.
META = {
    "meta_package": (("key", "value"), "Facts about the release: title, version, licence. Nested ones are JSON."),
    "meta_tables": (("table", "title", "description"), "Every table and view except these."),
    "meta_columns": (DICTIONARY, "Every column: the data dictionary."),
    "meta_code_lists": (("list", "title", "scheme", "description"), "Every code list; its codes are in codes."),
    "meta_missing": (MISSING, "Cells that are NULL here and give a reason in the CSV files."),
}
#: What SQLite keeps in a cell.
Stored = str | int | float | None


def render(package: Package) -> Files:
    """The database and the description of it. The same bytes from the same release of SQLite."""
    with contextlib.closing(connect(package)) as connection:
        database = connection.serialize()
    return {f"{NAME}.sqlite": database, f"{NAME}-datasette.json": json_bytes(description(package))}


def connect(package: Package) -> sqlite3.Connection:
    """The database in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("BEGIN")
    for model in TABLES:
        connection.execute(ddl.table(model))
        _insert(connection, model.TABLE, map(_stored, package.rows[model.TABLE]))
    for name, model, entry in ddl.lists():
        connection.execute(ddl.list_table(name, model, entry))
        _insert(connection, name, _list_rows(package.rows[model.TABLE], entry.column))
    for statement in (index for model in TABLES for index in ddl.indexes(model)):
        connection.execute(statement)
    for view in VIEWS:
        connection.execute(ddl.view(view))
    for name, rows in _meta_rows(package).items():
        connection.execute(f"CREATE TABLE {name} ({ddl.names(META[name][0])})")
        _insert(connection, name, rows)
    for table, searched in SEARCHED.items():
        _add_search(connection, table, searched)
    connection.execute("COMMIT")
    return connection


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Iterable[Stored]]) -> None:
    for row in map(tuple, rows):
        connection.execute(f"INSERT INTO {ddl.quoted(table)} VALUES ({', '.join('?' * len(row))})", row)


def _stored(row: Row) -> list[Stored]:
    return [_value(value) for value in typed(row).values()]


def _value(value: str | int | Decimal | date | list[str] | None) -> Stored:
    """How SQLite keeps a value; it has no type for days, decimals or lists."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return LIST_SEPARATOR.join(value) if isinstance(value, list) else value


def _list_rows(rows: list[Row], column: str) -> Iterator[tuple[Stored, ...]]:
    for row in rows:
        for position, value in enumerate(typed(row)[column] or (), start=1):
            yield *row.id, position, value


def _add_search(connection: sqlite3.Connection, table: str, searched: tuple[str, ...]) -> None:
    """Full-text search over a copy of the words, joined by the key, and by the row number, as Datasette does it."""
    key = BY_NAME[table].KEY[0]
    names = ", ".join((key, *searched))
    options = "tokenize = 'unicode61 remove_diacritics 2'"
    connection.execute(
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({key} UNINDEXED, {', '.join(searched)}, {options})"
    )
    connection.execute(f"INSERT INTO {table}_fts (rowid, {names}) SELECT rowid, {names} FROM {table}")
    connection.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize')")


def _meta_rows(package: Package) -> dict[str, Iterable[tuple[Stored, ...]]]:
    technical = ("$schema", "$comment", "resources")
    facts = {name: value for name, value in package.descriptor.items() if name not in technical}
    return {
        "meta_package": [(name, value if isinstance(value, str) else _json(value)) for name, value in facts.items()],
        "meta_tables": [(name, about.get("title"), about["description"]) for name, about in _described().items()],
        "meta_columns": [entry.cells() for model in TABLES for entry in dictionary(model)],
        "meta_code_lists": [(item.name, item.title, item.scheme, item.description) for item in codes.lists().values()],
        "meta_missing": labelled_missing(package),
    }


def _described() -> dict[str, dict[str, Any]]:
    """Title and description of every table and view."""
    tables: dict[str, dict[str, Any]] = {
        model.TABLE: {"title": model.TITLE, "description": table_schema.purpose(model)} for model in TABLES
    }
    for name, model, entry in ddl.lists():
        tables[name] = {"description": f"The values of {model.TABLE}.{entry.column}, one per row."}
    return tables | {view.name: {"description": view.description} for view in VIEWS}


def description(package: Package) -> dict[str, Any]:
    """What Datasette shows (its ``metadata.json``): where the data are from, every table and every column."""
    facts, licence = package.descriptor, package.descriptor["licenses"][0]
    tables = _described() | {name: {"description": text} for name, (_, text) in META.items()}
    for model in TABLES:
        about = tables[model.TABLE]
        about["columns"] = {entry.column: entry.description for entry in dictionary(model)}
        if (label := model.LABEL.strip("{}")) in model.model_fields:  # a label of Datasette is a single column
            about["label_column"] = label
    for name, _, _ in ddl.lists():
        tables[name]["hidden"] = True
    for name in SEARCHED:
        tables[name]["fts_table"] = f"{name}_fts"
    return {
        "title": f"{facts['title']} {facts['version']}",
        "description": facts["description"],
        "license": licence["title"],
        "license_url": licence["path"],
        "databases": {NAME: {"description": facts["textRights"], "tables": tables}},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
