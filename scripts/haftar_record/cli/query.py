"""``haftar-record query``: query the package with SQL. It has the tables and views of the SQLite export, in memory."""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..export import sqlite
from ..package import reader
from ..problems.problem import Problem, WrongUse
from ..problems.wording import nearest
from .terminal import BOLD, DIM, Terminal, cells, deliver, fit, output, width, wrapped

#: What a query may do: read, and compute with what it has read.
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
#: Pragmas that describe tables; full-text search uses the last one.
_TELLING = ("table_info", "table_xinfo", "table_list", "index_list", "foreign_key_list", "data_version")
#: Steps of SQLite between two checks for an interrupt.
_STEPS = 100_000
#: A narrower column would say nothing.
_NARROWEST = 8
_GAP = "  "
#: How NULL is shown in a table.
_NULL = "·"

#: A row of an answer, in the types that SQLite knows.
Answer = tuple[str | int | float | bytes | None, ...]
Paint = Callable[[str, str], str]


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Answer one query; as a table on a terminal, as CSV in a pipe, unless ``--format`` says otherwise."""
    if options.sql == "-" and sys.stdin is None:
        raise WrongUse("standard input is closed, so no question can be read from it")
    question = sys.stdin.read() if options.sql == "-" else options.sql
    with contextlib.closing(sqlite.connect(reader.read(options.package, root))) as connection:
        names, rows = ask(connection, question)
    form = options.output or ("table" if sys.stdout and sys.stdout.isatty() else "csv")
    deliver({"table": _table, "csv": _csv, "json": _json}[form](names, rows))
    return []


def ask(connection: sqlite3.Connection, question: str) -> tuple[list[str], list[Answer]]:
    """The names of the columns and the rows. Raises WrongUse for a query that cannot be answered."""
    connection.set_authorizer(_judge)
    connection.set_progress_handler(lambda: 0, _STEPS)  # lets an interrupt through
    try:
        cursor = connection.execute(question)
        if cursor.description is None:
            raise WrongUse("this SQL has no query: write a SELECT")
        return [column[0] for column in cursor.description], cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
        if str(error) == "interrupted":  # SQLite has taken the interrupt for its own
            raise KeyboardInterrupt from None
        connection.set_authorizer(None)
        raise WrongUse(f"SQL: {_explained(connection, question, str(error))}") from None


def _judge(action: int, first: str | None, *_: object) -> int:
    is_telling = action == sqlite3.SQLITE_PRAGMA and first in _TELLING
    return sqlite3.SQLITE_OK if action in _ALLOWED or is_telling else sqlite3.SQLITE_DENY


def _explained(connection: sqlite3.Connection, question: str, message: str) -> str:
    """An error of SQLite in one line, with the nearest name where one is unknown."""
    if any(word in message for word in ("not authorized", "authorization denied", "prohibited")):
        return "a query may only read, and this SQL would do something else"
    match = re.fullmatch(r"no such (table|column): (.+)", message)
    if not match:
        return " ".join(message.split())
    kind, name = match[1], match[2].rpartition(".")[2]
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    tables = [table for table in tables if not re.search("_fts(_|$)|^sqlite_", table) or table.endswith("_fts")]
    if kind == "table":
        return f"no table “{name}”; expected {nearest(name, sorted(tables))}"
    asked = [table for table in tables if re.search(rf"\b{re.escape(table)}\b", question)] or tables
    columns = {row[1] for table in asked for row in connection.execute(f'PRAGMA table_info("{table}")')}
    return f"no column “{name}” in {', '.join(asked[:4])}; expected {nearest(name, sorted(columns))}"


def _csv(names: list[str], rows: list[Answer]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return buffer.getvalue()


def _json(names: list[str], rows: list[Answer]) -> str:
    """A list of objects. A second column of the same name gets a number, since an object has each name once."""
    distinct: list[str] = []
    for name in names:
        count = sum(re.fullmatch(rf"{re.escape(name)}(_[0-9]+)?", other) is not None for other in distinct)
        distinct.append(f"{name}_{count + 1}" if name in distinct else name)
    content = [dict(zip(distinct, map(_plain, row), strict=True)) for row in rows]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _plain(value: str | int | float | bytes | None) -> str | int | float | None:
    return value.hex() if isinstance(value, bytes) else value


def _table(names: list[str], rows: list[Answer]) -> str:
    """Columns side by side, narrowed to the width of the terminal; below each other when they do not fit."""
    texts = [[_NULL if value is None else str(_plain(value)).replace("\n", "⏎") for value in row] for row in rows]
    wanted = [max([cells(name), *(cells(row[i]) for row in texts)]) for i, name in enumerate(names)]
    rooms = narrowed(wanted, width() - len(_GAP) * (len(names) - 1))
    paint = output().colour
    if any(room < min(want, _NARROWEST) for room, want in zip(rooms, wanted, strict=True)):
        lines = _stacked(names, texts, paint)
    else:
        lines = _columns(names, rows, texts, rooms, paint)
    return "\n".join([*lines, paint(f"{len(rows):,} row{'s' * (len(rows) != 1)}", DIM)]) + "\n"


def _columns(
    names: list[str], rows: list[Answer], texts: list[list[str]], rooms: list[int], paint: Paint
) -> Iterator[str]:
    """One line per row; numbers are aligned to the right."""
    numbers = [all(isinstance(row[i], int | float | None) for row in rows) and bool(rows) for i in range(len(names))]

    def line(parts: Iterable[str]) -> str:
        return _GAP.join(
            f"{fit(part, room).rstrip():>{room}}" if is_number else fit(part, room)
            for part, room, is_number in zip(parts, rooms, numbers, strict=True)
        ).rstrip()

    yield paint(line(names), BOLD)
    yield paint(_GAP.join("─" * room for room in rooms), DIM)
    yield from map(line, texts)


def _stacked(names: list[str], texts: list[list[str]], paint: Paint) -> Iterator[str]:
    """One line per cell, rows apart."""
    margin = max(map(cells, names)) + len(_GAP)
    for number, row in enumerate(texts, 1):
        yield paint(f"── {number} ".ljust(min(width(), 40), "─"), DIM)
        for name, text in zip(names, row, strict=True):
            for part in wrapped(text, width() - margin):
                yield paint(fit(name, margin), DIM) + part
                name = ""


def narrowed(wanted: list[int], room: int) -> list[int]:
    """Widths of columns that together take no more than ``room``: the widest give way first."""
    widths = list(wanted)
    while (excess := sum(widths) - room) > 0 and (widest := max(widths)) > 1:
        next_widest = max((each for each in widths if each < widest), default=1)
        smaller = max(next_widest, widest - -(-excess // widths.count(widest)), 1)
        widths = [smaller if each == widest else each for each in widths]
    return widths
