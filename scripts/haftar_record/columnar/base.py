"""The tables of a package in DuckDB: read from their CSV files, typed by views, fetched back as rows.

Memory is bounded: what does not fit under the limit is moved to a temporary folder, which is removed at the end.
A table ``t`` is kept as its cells in ``raw.t``; the view ``t`` has the values that rules compare, the number ``row``
of each row and its ``line`` in the file.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ..columns import from_cell
from ..derive import LIST_SEPARATOR
from ..tables import BY_NAME, TABLES, Evidence, Row, columns, kind
from . import cells

#: What DuckDB may hold in memory before it moves to disk. The process has about 300 MB more.
MEMORY = "4GB"
#: What DuckDB raises when neither memory nor the disk has room left.
NotEnough = (duckdb.OutOfMemoryException, duckdb.IOException)
_TYPES = {int: "BIGINT", bool: "BOOLEAN", date: "DATE"}
#: Rows that are fetched at a time.
BATCH = 5_000


def quoted(name: str) -> str:
    return f'"{name}"'


class Base:
    """A database of one package. Use it in a ``with``."""

    def __init__(self, memory: str = MEMORY):
        self._folder = tempfile.TemporaryDirectory(prefix="haftar-record-")
        self.folder = Path(self._folder.name)
        settings = {"memory_limit": memory, "temp_directory": self._folder.name, "autoinstall_known_extensions": False}
        self.connection = duckdb.connect(":memory:", config=settings | {"autoload_known_extensions": False})
        self.run("CREATE SCHEMA raw")

    def __enter__(self) -> Base:
        return self

    def __exit__(self, *_: Any) -> None:
        self.connection.close()
        self._folder.cleanup()

    def run(self, sql: str, values: Iterable[Any] = ()) -> duckdb.DuckDBPyConnection:
        return self.connection.execute(sql, list(values))

    def one(self, sql: str) -> Any:
        """The first value of the first row."""
        return self.run(sql).fetchone()[0]

    def each(self, sql: str) -> Iterator[tuple]:
        """All rows of a query, fetched in batches by a cursor of its own, so that other queries may run meanwhile."""
        cursor = self.connection.cursor()
        cursor.execute(sql)
        while batch := cursor.fetchmany(BATCH):
            yield from batch
        cursor.close()

    # -- tables -------------------------------------------------------------------------------------------------------

    def load(self, model: type[Row], path: Path, has_lines: bool = False) -> None:
        """Read a CSV file; ``has_lines`` when its first column is the line in which the row begins.

        Two columns are added: whether a cell of the row has to be looked at, and the length of the row as it is
        written canonically. Raises duckdb.Error when DuckDB cannot divide the file into rows and cells.
        """
        names = ["·line"] * has_lines + list(model.model_fields)
        source = read_csv(self._unglobbed(path), names)
        self.run(
            f"CREATE TABLE raw.{quoted(model.TABLE)} AS "
            f'SELECT *, {cells.is_odd(model)} AS "·odd", {cells.length(model)} AS "·length" FROM {source}'
        )
        self._view(model, '"·line"::BIGINT' if has_lines else "rowid + 2")

    def _unglobbed(self, path: Path) -> Path:
        """The path, or a link to it when it has characters that DuckDB takes for a pattern of several files."""
        if not set(str(path)) & set("*?[]{}"):
            return path
        link = self.folder / f"link-{path.name}"
        link.unlink(missing_ok=True)
        link.symlink_to(path.resolve())
        return link

    def empty(self, model: type[Row]) -> None:
        """A table without rows, in place of one that cannot be read."""
        names = ", ".join(f"{quoted(name)} VARCHAR" for name in model.model_fields)
        self.run(f'CREATE OR REPLACE TABLE raw.{quoted(model.TABLE)} ({names}, "·odd" BOOLEAN, "·length" BIGINT)')
        self._view(model, "rowid + 2")

    def drop(self, model: type[Row]) -> None:
        self.run(f"DROP TABLE IF EXISTS raw.{quoted(model.TABLE)} CASCADE")

    def _view(self, model: type[Row], line: str) -> None:
        values = [
            f"TRY_CAST({quoted(name)} AS {_TYPES[kind(model, name)]}) AS {quoted(name)}"
            if kind(model, name) in _TYPES
            else quoted(name)
            for name in model.model_fields
        ]
        if model is Evidence:
            values.append(f"{_owner()} AS owner")
        self.run(
            f"CREATE OR REPLACE VIEW {quoted(model.TABLE)} AS SELECT rowid AS row, {line} AS line, {', '.join(values)} "
            f"FROM raw.{quoted(model.TABLE)}"
        )

    def writer(self, table: str, names: str) -> Writer:
        """A further table of rows that Python makes."""
        return Writer(self, table, names.split())

    # -- rows ---------------------------------------------------------------------------------------------------------

    def cells(self, model: type[Row], numbers: str) -> Iterator[tuple[int, int, list[str]]]:
        """Number, line and cells of the rows whose numbers a query gives, in the order of the file."""
        names = ", ".join(f"coalesce(r.{quoted(name)}, '')" for name in model.model_fields)
        table = quoted(model.TABLE)
        sql = f"SELECT v.row, v.line, {names} FROM {table} v JOIN raw.{table} r ON r.rowid = v.row "
        for row, line, *found in self.each(f"{sql} WHERE v.row IN ({numbers}) ORDER BY v.row"):
            yield row, line, found

    def rows(self, model: type[Row], numbers: str) -> Iterator[tuple[int, int, Row]]:
        """The same with typed rows; the cells have been found sound."""
        kinds = {name: kind(model, name) for name in model.model_fields}
        for row, line, found in self.cells(model, numbers):
            values = {name: from_cell(text, kinds[name]) for name, text in zip(kinds, found, strict=True)}
            yield row, line, model.model_construct(**values)


class Writer:
    """A table while it is made, by way of a file, since inserting rows is slow. Use it in a ``with``.

    The columns of ``NUMBERS`` and ``DAYS`` have numbers and days, the others texts.
    """

    NUMBERS = frozenset({"number", "start", "end", "length", "words", "paragraphs", "precision"})
    DAYS = frozenset({"low", "high"})

    def __init__(self, base: Base, table: str, names: list[str]):
        self.base, self.table, self.names = base, table, names
        self.path = base.folder / f"{table}.csv"

    def __enter__(self) -> Writer:
        self.file = self.path.open("w", encoding="utf-8", newline="")
        self.rows = csv.writer(self.file, lineterminator="\n")
        self.rows.writerow(self.names)
        return self

    def add(self, *values: Any) -> None:
        self.rows.writerow(values)

    def __exit__(self, *_: Any) -> None:
        self.file.close()
        types = dict.fromkeys(self.NUMBERS, "BIGINT") | dict.fromkeys(self.DAYS, "DATE")
        values = ", ".join(f"{quoted(name)}::{types.get(name, 'VARCHAR')} AS {quoted(name)}" for name in self.names)
        self.base.run(f"CREATE OR REPLACE TABLE {self.table} AS SELECT {values} FROM {read_csv(self.path, self.names)}")
        self.path.unlink()


def read_csv(path: Path, names: list[str]) -> str:
    """The table function for a CSV file of texts; an empty cell is NULL."""
    types = ", ".join(f"{text(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({text(str(path))}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"new_line='\\n', strict_mode=true, columns={{{types}}})"
    )


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


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


def _owner() -> str:
    """``Evidence.owner``, by the same definition of who owns."""
    *owners, fact = Evidence.OWNERS
    return f"CASE WHEN {fact} IS NULL THEN coalesce({', '.join(owners)}) ELSE document_id END"
