"""The tables of a package in DuckDB: read from their CSV files, with values of their types, fetched back as rows.

Memory is bounded: what does not fit under the limit is moved to a temporary folder, which is removed at the end.
A table ``t`` is kept in ``raw.t``; the view ``t`` has the values that rules compare, the number ``row`` of each row and
its ``line`` in the file.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from ...model.cells import from_cell, to_cell
from ...model.rows import Row, kind
from ...model.tables import Evidence
from . import cells
from .sql import literal, quoted

#: What DuckDB may hold in memory before it moves to disk. The process has about 300 MB more.
MEMORY = "4GB"
#: What DuckDB raises when neither memory nor the disk has room left.
NotEnough = (duckdb.OutOfMemoryException, duckdb.IOException)
#: The longest row that DuckDB reads, in bytes: some thirty cells of the greatest length, all of signs of four bytes.
MAX_LINE = 8_000_000
#: Rows that are fetched at a time.
BATCH = 5_000
_MARK = '"'
T = TypeVar("T")
#: Pieces of work that go on at the same time. DuckDB divides a large one among all processors by itself; most are
#: small.
WORKERS = 2


class Base:
    """A database of one package. Use it in a ``with``.

    Each thread has a connection of its own, and tables that others do not see under the names that it gives them.
    """

    def __init__(self, memory: str = MEMORY):
        """Open an empty database that holds at most ``memory``, as ``4GB``, in memory."""
        self._folder = tempfile.TemporaryDirectory(prefix="haftar-record-")
        self.folder = Path(self._folder.name)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "temp_directory": self._folder.name,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        self._first = duckdb.connect(":memory:", config=settings)
        self._first.execute("CREATE SCHEMA raw")
        self._local, self._opened, self._numbers = threading.local(), [self._first], itertools.count()

    def __enter__(self) -> Base:
        """The open database."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections and remove the temporary folder."""
        for connection in reversed(self._opened):
            connection.close()
        self._folder.cleanup()

    def _connect(self) -> duckdb.DuckDBPyConnection:
        """A further connection of this thread, whose tables without a schema are the thread's own."""
        if not hasattr(self._local, "schema"):
            self._local.schema = f"own_{next(self._numbers)}"
            self._first.cursor().execute(f"CREATE SCHEMA {self._local.schema}")
        connection = self._first.cursor()
        connection.execute(f"SET search_path = '{self._local.schema},main'")
        self._opened.append(connection)
        return connection

    def run(self, sql: str, values: Iterable[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run a query by the connection of this thread; ``values`` take the places of its question marks."""
        if not hasattr(self._local, "connection"):
            self._local.connection = self._connect()
        connection: duckdb.DuckDBPyConnection = self._local.connection
        return connection.execute(sql, list(values))

    def one(self, sql: str) -> Any:
        """The first value of the only row of a query."""
        (row,) = self.run(sql).fetchall()
        return row[0]

    def each(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """All rows of a query, fetched in batches by a connection of its own, so that other queries may run
        meanwhile."""
        connection = self._connect()
        try:
            connection.execute(sql)
            while batch := connection.fetchmany(BATCH):
                yield from batch
        finally:
            self._opened.remove(connection)
            connection.close()

    @contextlib.contextmanager
    def together(self, tasks: Iterable[Callable[[], T]]) -> Iterator[list[Future[T]]]:
        """Run tasks, ``WORKERS`` at a time; their futures, in the order of the tasks. Queries that are at work when the
        ``with`` is left by an error or by Ctrl-C are stopped."""
        with ThreadPoolExecutor(WORKERS) as pool:
            futures = [pool.submit(task) for task in tasks]
            try:
                yield futures
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                while not all(future.done() for future in futures):
                    for connection in list(self._opened):
                        with contextlib.suppress(duckdb.Error):  # closed in the meantime
                            connection.interrupt()
                    time.sleep(0.05)
                raise

    # -- tables -------------------------------------------------------------------------------------------------------

    def load(self, model: type[Row], path: Path, is_harmless: bool = False, has_lines: bool = False) -> None:
        """Read a CSV file; ``has_lines`` when its first column is the line in which the row begins. What
        ``is_harmless`` means is said at ``cells.is_odd``.

        Two columns are added: the cells as texts, of a row in which one has to be looked at, and the length of the row
        as it is written canonically. Raises duckdb.Error when DuckDB cannot divide the file into rows and cells.
        """
        names = ["·line"] * has_lines + list(model.model_fields)
        texts = ", ".join(map(quoted, model.model_fields))
        added = [
            f'CASE WHEN {cells.is_odd(model, is_harmless)} THEN [{texts}] END AS "·cells"',
            f'{cells.length(model)} AS "·length"',
            *(['"·line"::BIGINT AS "·line"'] if has_lines else []),
            *([f"{_owner()} AS owner"] if model is Evidence else []),
        ]
        values = [f"{cells.value(model, name)} AS {quoted(name)}" for name in model.model_fields]
        source = read_csv(self._unglobbed(path), names)
        self.run(f"CREATE TABLE raw.{quoted(model.TABLE)} AS SELECT {', '.join(values + added)} FROM {source}")
        self._view(model, '"·line"' if has_lines else "rowid + 2")

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
        types = [f"{quoted(name)} {cells.TYPES.get(kind(model, name), 'VARCHAR')}" for name in model.model_fields]
        types += ['"·cells" VARCHAR[]', '"·length" BIGINT', *(["owner VARCHAR"] if model is Evidence else [])]
        self.run(f"CREATE OR REPLACE TABLE raw.{quoted(model.TABLE)} ({', '.join(types)})")
        self._view(model, "rowid + 2")

    def drop(self, model: type[Row]) -> None:
        """Remove a table and its view."""
        self.run(f"DROP TABLE IF EXISTS raw.{quoted(model.TABLE)} CASCADE")

    def _view(self, model: type[Row], line: str) -> None:
        names = ['"·cells"', *map(quoted, model.model_fields), *(["owner"] if model is Evidence else [])]
        self.run(
            f"CREATE OR REPLACE VIEW main.{quoted(model.TABLE)} AS SELECT rowid AS row, {line} AS line, "
            f"{', '.join(names)} FROM raw.{quoted(model.TABLE)}"
        )

    def writer(self, table: str, names: str) -> Writer:
        """A further table of rows that Python makes."""
        return Writer(self, table, names.split())

    # -- rows ---------------------------------------------------------------------------------------------------------

    def numbers(self, query: str) -> Iterator[list[int]]:
        """The numbers of rows that a query gives, some at a time."""
        rows = (number for (number,) in self.each(query))
        while batch := list(itertools.islice(rows, BATCH)):
            yield batch

    def cells(self, model: type[Row], where: str) -> Iterator[tuple[int, int, list[str]]]:
        """Number, line and cells of the rows for which a condition holds, in the order of the file."""
        for row, line, found, *values in self._fetched(model, where):
            yield row, line, [to_cell(value) for value in found or values]

    def rows(self, model: type[Row], where: str) -> Iterator[tuple[int, int, Row]]:
        """The same with typed rows; the cells have been found sound."""
        kinds = {name: kind(model, name) for name in model.model_fields}
        for row, line, found, *values in self._fetched(model, where):
            values = [
                from_cell(value, kinds[name]) if isinstance(value, str) else value
                for name, value in zip(kinds, found or values, strict=True)
            ]
            yield row, line, model.model_construct(**dict(zip(kinds, values, strict=True)))

    def _fetched(self, model: type[Row], where: str) -> Iterator[tuple[Any, ...]]:
        """Number, line, cells if one of them had to be looked at, and values."""
        names = ", ".join(map(quoted, model.model_fields))
        sql = f'SELECT row, line, "·cells", {names} FROM main.{quoted(model.TABLE)} WHERE {where} ORDER BY row'
        return self.each(sql)


class Writer:
    """A table while it is made, through a file, since inserting rows is slow. Use it in a ``with``.

    The columns of ``NUMBERS`` and ``DAYS`` have numbers and days, the others texts.
    """

    NUMBERS = frozenset({"number", "start", "end", "length", "words", "paragraphs", "precision"})
    DAYS = frozenset({"low", "high"})

    def __init__(self, base: Base, table: str, names: list[str]):
        """A table of this name with these columns, still to be written."""
        self.base, self.table, self.names = base, table, names
        self.path = base.folder / f"{table}.csv"

    def __enter__(self) -> Writer:
        """Open the file and write its header."""
        self.file = self.path.open("w", encoding="utf-8", newline="")
        self.add(*self.names)
        return self

    def add(self, *values: object) -> None:
        """Write one row, its values in the order of the columns; None is an empty cell."""
        # Whole texts in quotation marks: the writer of the library looks at each character.
        self.file.write(
            ",".join(["" if value is None else f'"{str(value).replace(_MARK, _MARK * 2)}"' for value in values])
        )
        self.file.write("\n")

    def __exit__(self, *_: object) -> None:
        """Make the table of the file and remove that."""
        self.file.close()
        types = dict.fromkeys(self.NUMBERS, "BIGINT") | dict.fromkeys(self.DAYS, "DATE")
        values = ", ".join(f"{quoted(name)}::{types.get(name, 'VARCHAR')} AS {quoted(name)}" for name in self.names)
        self.base.run(
            f"CREATE OR REPLACE TABLE main.{self.table} AS SELECT {values} FROM {read_csv(self.path, self.names)}"
        )
        self.path.unlink()


def read_csv(path: Path, names: list[str]) -> str:
    """The table function for a CSV file of texts; an empty cell is NULL."""
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(str(path))}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"new_line='\\n', strict_mode=true, max_line_size={MAX_LINE}, buffer_size={MAX_LINE}, columns={{{types}}})"
    )


def _owner() -> str:
    """``Evidence.owner``, by the same definition of who owns."""
    *owners, fact = Evidence.OWNERS
    return f"CASE WHEN {fact} IS NULL THEN coalesce({', '.join(owners)}) ELSE document_id END"
