"""Read the tables of a package into the base, and note what is wrong with files, rows, cells and keys.

DuckDB finds where something may be wrong, ``tablefile`` judges these rows and says what it is. A file that is not in
the canonical form is first put into it by Python, row by row, so that DuckDB never has to guess what a row is.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from .. import edtf
from ..package import Facts
from ..tablefile import Canonical, Reading, Table
from ..tables import Row, columns
from . import cells
from .base import Base, quoted

_BLOCK = 1 << 22


#: What there is to say of a file, and whether its lines may be rows.
Scan = tuple[Facts, bool]


def read(base: Base, model: type[Row], path: Path, scan: Scan, reading: Reading) -> None:
    """Read one table. Rows with a fault are left out of the base."""
    facts, is_plain = scan
    if is_plain and _load(base, model, path, facts):
        _check_rows(base, model, reading)
    elif _load_mended(base, model, path, reading):
        _check_rows(base, model, reading)
        if not reading.problems:
            _check_form(path, reading)


def scan(path: Path) -> Scan:
    """Read a file as bytes; its lines may be rows if it has no byte order mark and no carriage return."""
    found, size, lines, is_plain, last = hashlib.sha256(), 0, 0, True, b"\n"
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            is_plain = is_plain and b"\r" not in block and (size > 0 or not block.startswith(b"\xef\xbb\xbf"))
            found.update(block)
            size += len(block)
            lines += block.count(b"\n")
            last = block[-1:]
    return Facts(size, found.hexdigest(), max(0, lines - 1)), is_plain and size > 0 and last == b"\n"


def _load(base: Base, model: type[Row], path: Path, facts: Facts) -> bool:
    """Load a file as it is; whether it turned out to be in the canonical form, row by row and byte by byte."""
    with path.open("rb") as file:
        header = file.readline()
    if header != (",".join(model.model_fields) + "\n").encode():
        return False
    try:
        base.load(model, path)
    except duckdb.Error:
        return False
    names = model.model_fields
    longest = "greatest(" + ", ".join(f"max(length({quoted(name)}))" for name in names) + ")"
    sql = f'SELECT count(*), coalesce(sum("·length"), 0) FROM raw.{quoted(model.TABLE)}'
    rows, length = base.run(sql).fetchone()
    if not rows or rows != facts.rows or len(header) + length + rows * len(names) != facts.size:
        return False
    longest = base.run(f'SELECT {longest} FROM raw.{quoted(model.TABLE)} WHERE "·odd"').fetchone()[0]
    return (longest or 0) <= cells.MAX_FIELD


# -- files that are not in the canonical form ------------------------------------------------------------------------


def _load_mended(base: Base, model: type[Row], path: Path, reading: Reading) -> bool:
    """Write the rows that have the right number of cells to a file of the canonical form, and load that; whether there
    are rows at all."""
    mended = base.folder / f"{model.TABLE}.csv"
    base.drop(model)
    base.empty(model)
    if not _is_text(path, reading):
        return False
    records = _divided(path, reading)
    header = next(records, None)
    if header is None or not reading.is_header(header[1]):
        return False
    line = 0
    with mended.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["·line", *model.model_fields])
        for line, found, _ in records:
            if len(found) != len(model.model_fields) or not any(cell.strip() for cell in found):
                reading.row(line, found)
            else:
                writer.writerow([line, *found])
    base.drop(model)
    base.load(model, mended, has_lines=True)
    mended.unlink()
    if not line and not reading.problems:
        reading.add(0, "empty-table", "a header and no row", f"rows of {model.TABLE}")
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
                reading.add(number, "encoding-error", f"byte 0x{data[error.start]:02X}", "UTF-8 text")
                return False
            if number == 1 and text.startswith("\ufeff"):
                reading.add(1, "byte-order-mark", "a byte order mark at the start", "UTF-8 without one")
                text = text[1:]
            if "\r" in text and not has_return:
                reading.add(number, "line-ending", "a carriage return", "lines that end in a line feed alone")
                has_return = True
            is_blank = is_blank and not text.strip()
    if is_blank:
        reading.add(0, "source-error", "an empty file", "a header and rows")
    return not is_blank


def _divided(path: Path, reading: Reading) -> Iterator[tuple[int, list[str], str]]:
    """The records up to one that cannot be divided into cells, which is noted."""
    line = 1
    try:
        for line, found, text in _records(path):
            yield line, found, text
            line += text.count("\n")
    except csv.Error as error:
        reading.undivided(line, error)


def _records(path: Path) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells and text of every record. Raises csv.Error when one cannot be divided."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for text in _lines(path):
            taken.append(text)
            yield text

    reader, line = csv.reader(lines(), strict=True), 1
    for found in reader:
        yield line, found, "".join(taken)
        taken.clear()
        line = reader.line_num + 1


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file with line feeds only and no byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for text in file:  # with newline="", a line ends in LF, CR or CRLF, and keeps it
            yield text.rstrip("\r\n") + "\n" if text.endswith(("\r", "\n")) else text


# -- rows, cells and keys --------------------------------------------------------------------------------------------


def _check_rows(base: Base, model: type[Row], reading: Reading) -> None:
    """Judge the rows in which a cell is odd; those with a fault are deleted."""
    wrong = [row for row, line, found in base.cells(model, _odd(base, model)) if reading.row(line, found) is None]
    for start in range(0, len(wrong), 10_000):
        numbers = ", ".join(map(str, wrong[start : start + 10_000]))
        base.run(f"DELETE FROM raw.{quoted(model.TABLE)} WHERE rowid IN ({numbers})")
    _check_keys(base, model, reading)


def _odd(base: Base, model: type[Row]) -> str:
    """Numbers of the rows to be looked at: what the conditions doubt, and dates that the calendar does not know."""
    found = [f'SELECT rowid FROM raw.{quoted(model.TABLE)} WHERE "·odd"']
    for name in dated(model):
        _learn_dates(base, model, name)
        cell = quoted(name)
        found.append(
            f"SELECT r.rowid FROM raw.{quoted(model.TABLE)} r ANTI JOIN edtf e ON e.text = r.{cell} "
            f"WHERE r.{cell} IS NOT NULL"
        )
    return " UNION ".join(found)


def dated(model: type[Row]) -> list[str]:
    return [name for name, column in columns(model).items() if column.pattern == edtf.PATTERN]


def prepare(base: Base) -> None:
    """The table of date values: as text, first day, last day, precision."""
    base.run("CREATE TABLE edtf (text VARCHAR, low DATE, high DATE, precision BIGINT)")


def _learn_dates(base: Base, model: type[Row], name: str) -> None:
    """Read the date values that have not been met before."""
    table, cell = f"raw.{quoted(model.TABLE)}", quoted(name)
    sql = f"SELECT DISTINCT r.{cell} FROM {table} r ANTI JOIN edtf e ON e.text = r.{cell} WHERE r.{cell} IS NOT NULL"
    with base.writer("learned", "text low high precision") as learned:
        for (text,) in base.each(sql):
            with contextlib.suppress(ValueError):
                span = edtf.parse(text)
                learned.add(text, span.start, span.end, span.precision)
    base.run("INSERT INTO edtf SELECT * FROM learned")


def _check_keys(base: Base, model: type[Row], reading: Reading) -> None:
    """Judge the rows whose key, or value of a unique column, stands before or is not the greatest so far, each together
    with the rows that it has to be held against."""
    numbers = " UNION ".join(filter(None, (_unsorted(base, model), *_repeated(base, model))))
    if not numbers:
        return
    table = Table()
    for _, line, row in base.rows(model, numbers):
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
    for line, found, text in _records(path):
        canonical = Canonical(text)
        canonical.add(found)
        if fault := canonical.fault():
            reading.add(line - 1 + fault[0], *fault[1:])
            return
