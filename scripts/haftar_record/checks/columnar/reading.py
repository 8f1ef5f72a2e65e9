"""Read the tables of a package into the base, and note what is wrong with files, rows, cells and keys.

DuckDB finds where something may be wrong, ``table_file`` judges these rows and says what it is. A file that is not in
the canonical form is first put into it by Python, row by row, so that DuckDB never has to guess what a row is.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import hashlib
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ...files.characters import MAX_TEXT
from ...model.columns import Column
from ...model.rows import Row, columns, is_required
from ...package.render import Facts, csv_bytes
from ...package.table_file import Canonical, Reading, Table
from ...text import edtf
from . import cells
from .base import Base, NotEnough
from .sql import items, key, listed, literal, literals, quoted

_BLOCK = 1 << 22
#: Bytes of a file that tell nothing about it: printable ASCII.
_PLAIN = bytes(range(0x20, 0x7F))
_HARMLESS = frozenset(filter(re.compile(cells.in_python(f"[ \\n{cells.LETTERS}]")).fullmatch, map(chr, range(0x10000))))


@dataclass(frozen=True)
class Scan:
    """What the bytes of a file tell. ``is_plain``: its lines may be rows, as it has no byte order mark and no carriage
    return. ``is_harmless``: it has no other characters than ``cells.LETTERS``, blanks and line feeds."""

    facts: Facts
    is_plain: bool
    is_harmless: bool


@dataclass(frozen=True)
class Loaded:
    """A file that has been read, with what is known of it so far. ``is_mended``: it was not in the canonical form, or
    not seen to be."""

    model: type[Row]
    path: Path
    reading: Reading
    facts: Facts
    is_mended: bool
    has_rows: bool


def load(base: Base, model: type[Row], path: Path, reading: Reading) -> Loaded:
    """Read the file of one table into the base, and note what is wrong with it as a file."""
    found = scan(path)
    if found.is_plain and _load(base, model, path, found):
        return Loaded(model, path, reading, found.facts, is_mended=False, has_rows=True)
    has_rows = _load_mended(base, model, path, reading)
    return Loaded(model, path, reading, found.facts, is_mended=True, has_rows=has_rows)


def scan(path: Path) -> Scan:
    """Read a file as bytes. Python only sees those that are not plain: line ends, signs, letters beyond ASCII."""
    hashed, size, lines, last = hashlib.sha256(), 0, 0, b"\n"
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    seen: set[str] = set()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            hashed.update(block)
            size += len(block)
            others = block.translate(None, _PLAIN)
            lines += others.count(b"\n")
            seen.update(decoder.decode(others))
            last = block[-1:]
    seen.update(decoder.decode(b"", final=True))
    is_plain = size > 0 and last == b"\n" and not seen & {"\r", "\ufeff"}
    return Scan(Facts(size, hashed.hexdigest(), max(0, lines - 1)), is_plain, seen <= _HARMLESS)


def _load(base: Base, model: type[Row], path: Path, found: Scan) -> bool:
    """Load a file as it is; whether it turned out to be in the canonical form, row by row and byte by byte."""
    with path.open("rb") as file:
        header = file.readline()
    if header != csv_bytes(model, []):
        return False
    try:
        base.load(model, path, found.is_harmless)
    except (*NotEnough, duckdb.InterruptException):
        raise
    except duckdb.Error:
        return False
    sql = f'SELECT count(*), coalesce(sum("·length"), 0) FROM raw.{quoted(model.TABLE)}'
    ((rows, length),) = base.run(sql).fetchall()
    between = len(header) + rows * len(model.model_fields)
    return bool(rows > 0 and rows == found.facts.rows and between + length == found.facts.size)


# -- files that are not in the canonical form ------------------------------------------------------------------------


def _load_mended(base: Base, model: type[Row], path: Path, reading: Reading) -> bool:
    """Write the rows that have the right number of cells, none too long, to a file of the canonical form, and load
    that; whether there are rows at all."""
    mended = base.folder / f"{model.TABLE}.csv"
    base.drop(model)
    base.empty(model)
    if not _is_text(path, reading):
        return False
    lines = reading.divided(_lines(path))
    header = next(lines, None)
    if header is None or not reading.is_header(header[1]):
        return False
    line = 0
    with mended.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["·line", *model.model_fields])
        for line, found in lines:
            if any(len(cell) > MAX_TEXT for cell in found):
                reading.row(line, found)
            elif reading.is_row(line, found):
                writer.writerow([line, *found])
    base.drop(model)
    base.load(model, mended, has_lines=True)
    mended.unlink()
    if not line:
        reading.without_rows()
    return line > 0


def _is_text(path: Path, reading: Reading) -> bool:
    """Whether the file is text; a byte order mark and other line ends are noted."""
    is_blank, has_return = True, False
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            try:
                text = data.decode()
            except UnicodeDecodeError as error:
                reading.problems.clear()
                reading.count.clear()
                reading.not_utf8(number, data[error.start])
                return False
            if number == 1 and text.startswith("\ufeff"):
                reading.marked()
                text = text[1:]
            if "\r" in text and not has_return:
                reading.with_return(number)
                has_return = True
            is_blank = is_blank and not text.strip()
    if is_blank:
        reading.blank()
    return not is_blank


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file with line feeds only and no byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for text in file:  # with newline="", a line ends in LF, CR or CRLF, and keeps it
            yield text.rstrip("\r\n") + "\n" if text.endswith(("\r", "\n")) else text


# -- rows, cells and keys --------------------------------------------------------------------------------------------


def prepare(base: Base) -> None:
    """The tables that are filled while others are read: date values with first day, last day and precision; cells with
    an id that has no row, or none that is surely sound."""
    base.run("CREATE TABLE main.edtf (text VARCHAR, low DATE, high DATE, precision BIGINT)")
    base.run('CREATE TABLE main.unknown ("table" VARCHAR, "column" VARCHAR, row BIGINT)')


def learn(base: Base, model: type[Row]) -> None:
    """Note the ids that have no row, and the date values that have not been met before, of one table."""
    for name, column in columns(model).items():
        if column.ref:
            _learn_ids(base, model, name, column)
        if column.pattern == edtf.PATTERN:
            _learn_dates(base, model, name)


def _learn_ids(base: Base, model: type[Row], name: str, column: Column) -> None:
    table, target = f"raw.{quoted(model.TABLE)}", f"raw.{quoted(column.ref)}"
    cell = quoted(name)
    value = items(cell) if column.many else cell
    missing = literals(column.missing)  # as a whole cell; among the items of a list it is a fault
    base.run(
        f"INSERT INTO main.unknown SELECT {literal(model.TABLE)}, {literal(name)}, v.row "
        f"FROM (SELECT rowid AS row, {value} AS id FROM {table} "
        f"WHERE {cell} IS NOT NULL AND {cell} NOT IN ({missing})) v "
        f'ANTI JOIN (SELECT {key(column.ref)} AS id FROM {target} WHERE "·cells" IS NULL) k USING (id)'
    )


_learning = threading.Lock()


def _learn_dates(base: Base, model: type[Row], name: str) -> None:
    table, cell = f"raw.{quoted(model.TABLE)}", quoted(name)
    unmet = f"SELECT DISTINCT r.{cell} FROM {table} r ANTI JOIN edtf e ON e.text = r.{cell} WHERE r.{cell} IS NOT NULL"
    with _learning:  # each value once
        with base.writer("learned", "text low high precision") as learned:
            for (value,) in base.each(unmet):
                with contextlib.suppress(ValueError):
                    span = edtf.parse(value)
                    learned.add(value, span.start, span.end, span.precision)
        base.run("INSERT INTO main.edtf SELECT * FROM main.learned")


def check(base: Base, loaded: Loaded) -> None:
    """Judge the rows in which a cell is odd, which are deleted when they have a fault; then the keys."""
    model, reading = loaded.model, loaded.reading
    if not loaded.has_rows:
        return
    for numbers in base.numbers(f"{_odd(model)} ORDER BY 1"):
        odd = base.cells(model, f"row IN ({listed(numbers)})")
        if wrong := [row for row, line, found in odd if reading.row(line, found) is None]:
            base.run(f"DELETE FROM raw.{quoted(model.TABLE)} WHERE rowid IN ({listed(wrong)})")
    _check_keys(base, model, reading)
    if loaded.is_mended and not reading.problems:
        _check_form(loaded.path, reading)


def _odd(model: type[Row]) -> str:
    """Numbers of the rows to be looked at: what the conditions doubt, ids that have no row and are not of their form,
    and dates that the calendar does not know or that are missing where there has to be one."""
    table = f"raw.{quoted(model.TABLE)}"
    found = [f'SELECT rowid FROM {table} WHERE "·cells" IS NOT NULL']
    for name, column in columns(model).items():
        cell = f"r.{quoted(name)}"
        if column.ref:
            found.append(
                f"SELECT r.rowid FROM {table} r JOIN unknown u ON u.row = r.rowid AND u.table = {literal(model.TABLE)} "
                f"AND u.column = {literal(name)} WHERE NOT {cells.is_of_form(column, cell)}"
            )
        if column.pattern == edtf.PATTERN:
            asked = "true" if is_required(model, name) else f"{cell} IS NOT NULL"
            found.append(f"SELECT r.rowid FROM {table} r ANTI JOIN edtf e ON e.text = {cell} WHERE {asked}")
    return " UNION ".join(found)


def _check_keys(base: Base, model: type[Row], reading: Reading) -> None:
    """Judge the rows whose key, or value of a unique column, stands before or is not the greatest so far, each together
    with the rows that it has to be held against."""
    numbers = " UNION ".join(filter(None, (_unsorted(base, model), *_repeated(base, model))))
    if not numbers:
        return
    table = Table()
    for _, line, row in base.rows(model, f"row IN ({numbers})"):
        table.rows.append(row)
        if row.id in table.lines:
            reading.again(row, line, table.lines[row.id])
        table.lines.setdefault(row.id, line)
    reading.keys(table)


def _unsorted(base: Base, model: type[Row]) -> str:
    """Rows whose key is not greater than every one before, and the rows with these keys; empty when all are sorted."""
    table = f"raw.{quoted(model.TABLE)}"
    identity = ", ".join(map(quoted, model.KEY))
    previous = ", ".join(f"lag({quoted(name)}) OVER ()" for name in model.KEY)
    if not base.one(f"SELECT count(*) FROM (SELECT ({identity}) > ({previous}) AS ok FROM {table}) WHERE NOT ok"):
        return ""
    packed = "struct_pack(" + ", ".join(f"k{number} := {quoted(name)}" for number, name in enumerate(model.KEY)) + ")"
    before = "ORDER BY rowid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    base.run(
        f"CREATE OR REPLACE TABLE unsorted AS SELECT {packed} AS id, rowid AS number, "
        f"max({packed}) OVER ({before}) AS greatest FROM {table} QUALIFY {packed} <= greatest"
    )
    return (
        f"SELECT number FROM unsorted UNION SELECT r.rowid FROM {table} r JOIN unsorted u "
        f"ON {packed} = u.id OR {packed} = u.greatest"
    )


def _repeated(base: Base, model: type[Row]) -> Iterable[str]:
    """Rows that share the value of a unique column with another."""
    for name, column in columns(model).items():
        if column.unique and (name,) != model.KEY:
            table, cell = f"raw.{quoted(model.TABLE)}", quoted(name)
            twice = f"SELECT {cell} FROM {table} GROUP BY {cell} HAVING count(*) > 1"
            if base.one(f"SELECT count(*) FROM ({twice})"):
                yield f"SELECT rowid FROM {table} WHERE {cell} IN ({twice})"


def _check_form(path: Path, reading: Reading) -> None:
    """Note where a file without any other problem departs from the canonical form."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for text in _lines(path):
            taken.append(text)
            yield text

    for line, found in reading.divided(lines()):
        canonical = Canonical("".join(taken))
        taken.clear()
        canonical.add(found)
        if fault := canonical.fault():
            reading.add(line - 1 + fault[0], *fault[1:])
            return
