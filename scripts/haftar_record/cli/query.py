"""``haftar-record query``: query the package with SQL. It has the tables and views of the SQLite export, in memory."""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import math
import os
import re
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..export import sqlite
from ..package import reader
from ..problems.problem import Problem, WrongUse
from ..problems.wording import nearest, show, visible
from .terminal import BOLD, DIM, Terminal, answer, cells, deliver, deliver_json, fit, output, width, wrapped

#: What a query may do: read, and compute with what it has read.
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
#: Pragmas that describe tables; full-text search uses the last one.
_TELLING = ("table_info", "table_xinfo", "table_list", "index_list", "foreign_key_list", "data_version")
#: Steps of SQLite between two looks at the clock, which also let an interrupt through.
_STEPS = 1_000
#: Seconds beyond those allowed after which a query is ended that does not stop by itself.
_GRACE = 5
#: Bytes of the longest question, and of the longest value that a query may make; characters of a pattern of LIKE.
_LONGEST, _LONGEST_PATTERN = 1_000_000, 1_000
#: A narrower column would say nothing.
_NARROWEST = 8
_GAP = "  "
#: How NULL is shown in a table.
_NULL = "·"

#: A row of an answer, in the types that SQLite knows.
Answer = tuple[str | int | float | bytes | None, ...]
Paint = Callable[[str, str], str]


@dataclass(frozen=True)
class Limits:
    """How much a query may take: rows of the answer, seconds, and memory, for SQLite and for the answer."""

    rows: int
    seconds: int
    memory: str

    @property
    def bytes(self) -> int:
        """The memory as a number."""
        return int(self.memory[:-2]) << {"MB": 20, "GB": 30}[self.memory[-2:]]


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Answer one query; as a table on a terminal, as CSV in a pipe, unless ``--format`` says otherwise."""
    question = _from_standard_input() if options.sql == "-" else _typed(options.sql)
    limits = Limits(options.rows, options.seconds, options.memory)
    package = reader.read(options.package, root)
    with contextlib.closing(sqlite.connect(package)) as connection, _at_the_latest(limits, terminal):
        names, rows = ask(connection, question, limits)
    form = options.output or ("table" if sys.stdout and sys.stdout.isatty() else "csv")
    if form == "table":
        answer(_table(names, rows))
    elif form == "csv":
        deliver(_csv(names, rows))
    else:
        deliver_json(_objects(names, rows))
    return []


def _from_standard_input() -> str:
    """The question on standard input, in UTF-8 whatever the locale."""
    if sys.stdin is None:
        raise WrongUse("standard input is closed, so no question can be read from it")
    try:
        data = sys.stdin.buffer.read(_LONGEST + 1)
    except (OSError, ValueError) as error:
        raise WrongUse(f"no question can be read from standard input ({error})") from None
    if len(data) > _LONGEST:
        raise WrongUse(f"standard input has more than {_LONGEST:,} bytes, which is no question")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(f"the question on standard input is not UTF-8: {error}") from None


def _typed(text: str) -> str:
    """What was typed, in UTF-8 where the locale says otherwise and the bytes do not."""
    try:
        return os.fsencode(text).decode()
    except UnicodeError:
        return text


@contextlib.contextmanager
def _at_the_latest(limits: Limits, terminal: Terminal) -> Iterator[None]:
    """End the process when SQLite does not stop by itself, which it cannot in the middle of a single function."""

    def give_up() -> None:
        terminal.line(f"haftar-record: SQL: {_too_slow(limits)}")
        os._exit(2)  # wrong use, as for every other limit

    timer = threading.Timer(limits.seconds + _GRACE, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def ask(connection: sqlite3.Connection, question: str, limits: Limits) -> tuple[list[str], list[Answer]]:
    """The names of the columns and the rows. Raises WrongUse for a query that cannot be answered, within its limits."""
    _bound(connection, limits)
    connection.set_authorizer(_judge)
    until = time.monotonic() + limits.seconds
    # It also lets an interrupt through.
    connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)
    try:
        cursor = connection.execute(question)
        if cursor.description is None:
            raise WrongUse("this SQL has no query: write a SELECT")
        return [column[0] for column in cursor.description], _rows(cursor, limits)
    except MemoryError:
        raise WrongUse(f"SQL: {_too_large(limits)}") from None
    except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
        if str(error) == "interrupted":
            if time.monotonic() > until:
                raise WrongUse(f"SQL: {_too_slow(limits)}") from None
            raise KeyboardInterrupt from None  # SQLite has taken the interrupt for its own
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        raise WrongUse(f"SQL: {_explained(connection, question, str(error))}") from None


def _bound(connection: sqlite3.Connection, limits: Limits) -> None:
    """Bound what SQLite takes; what it sorts and collects stays in memory, where it is counted."""
    connection.set_authorizer(None)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA hard_heap_limit = {limits.bytes}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, _LONGEST_PATTERN)


def _rows(cursor: sqlite3.Cursor, limits: Limits) -> list[Answer]:
    """The rows of the answer. One that is not whole is none."""
    rows: list[Answer] = []
    size = 0
    for row in cursor:
        rows.append(row)
        size += sum(map(sys.getsizeof, row)) + sys.getsizeof(row)
        if len(rows) > limits.rows:
            raise WrongUse(
                f"the answer has more than {limits.rows:,} rows, and none is shown: ask for fewer (LIMIT, count), "
                "or allow more with --rows"
            )
        if size > limits.bytes:
            raise WrongUse(f"SQL: {_too_large(limits)}")
    return rows


def _too_slow(limits: Limits) -> str:
    return f"no answer after {limits.seconds} s: ask for less, or allow more time with --seconds"


def _too_large(limits: Limits) -> str:
    return f"the query takes more than {limits.memory} of memory: ask for less, or allow more with --memory"


def _judge(action: int, first: str | None, *_: object) -> int:
    is_telling = action == sqlite3.SQLITE_PRAGMA and first in _TELLING
    return sqlite3.SQLITE_OK if action in _ALLOWED or is_telling else sqlite3.SQLITE_DENY


def _explained(connection: sqlite3.Connection, question: str, message: str) -> str:
    """An error of SQLite in one line, with the nearest name where one is unknown."""
    if any(word in message for word in ("not authorized", "authorization denied", "prohibited")):
        return "a query may only read, and this SQL would do something else"
    if message == "string or blob too big":
        return f"a value of more than {_LONGEST:,} bytes, which is the most that a query makes: cut it (substr)"
    match = re.fullmatch(r"no such (table|column): (.+)", message)
    if _is_of_search(question, message, match[2] if match else ""):
        return (
            f"{' '.join(message.split())}: in a full-text search, words with other signs than letters and digits stand "
            "in double quotes, inside the single ones: MATCH '\"UN-backed\"'"
        )
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


def _is_of_search(question: str, message: str, name: str) -> bool:
    """Whether a mistake is in the words of a full-text search: SQLite takes ``UN-backed`` there for a column."""
    if not re.search(r"\bMATCH\b|_fts\s*[(=]", question, re.IGNORECASE):
        return False
    if name:
        return name not in re.sub(r"'(?:[^']|'')*'", "", question)
    return message.startswith(("fts5:", "unterminated string", "unknown special query"))


def _csv(names: list[str], rows: list[Answer]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(map(_plain, row) for row in rows)
    return buffer.getvalue()


def _objects(names: list[str], rows: list[Answer]) -> list[dict[str, str | int | float | None]]:
    """A list of objects. A second column of the same name gets a number, since an object has each name once.

    Raises WrongUse for an infinite number, which JSON does not have.
    """
    distinct: list[str] = []
    for name in names:
        count = sum(re.fullmatch(rf"{re.escape(name)}(_[0-9]+)?", other) is not None for other in distinct)
        distinct.append(f"{name}_{count + 1}" if name in distinct else name)
    for number, row in enumerate(rows, 1):
        for name, value in zip(distinct, row, strict=True):
            if isinstance(value, float) and not math.isfinite(value):
                raise WrongUse(
                    f"{show(name)} is {value} in row {number}, and JSON has no such number: "
                    "CAST it to text, or use --format csv"
                )
    return [dict(zip(distinct, map(_plain, row), strict=True)) for row in rows]


def _plain(value: str | int | float | bytes | None) -> str | int | float | None:
    """A value as every format has it: bytes as hexadecimal digits."""
    return value.hex() if isinstance(value, bytes) else value


def _table(names: list[str], rows: list[Answer]) -> Iterator[str]:
    """Columns side by side, narrowed to the width of the terminal; below each other when they do not fit."""
    names = [visible(name, None) for name in names]
    texts = [[_NULL if value is None else visible(str(_plain(value)), None) for value in row] for row in rows]
    wanted = [max([cells(name), *(cells(row[i]) for row in texts)]) for i, name in enumerate(names)]
    rooms = narrowed(wanted, width() - len(_GAP) * (len(names) - 1))
    paint = output().colour
    if any(room < min(want, _NARROWEST) for room, want in zip(rooms, wanted, strict=True)):
        lines = _stacked(names, texts, paint)
    else:
        lines = _columns(names, rows, texts, rooms, paint)
    yield from lines
    yield paint(f"{len(rows):,} row{'s' * (len(rows) != 1)}", DIM)


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
