"""Read one table from the bytes of its CSV file, and say by name whatever is wrong with them.

What is wrong has the name that frictionless has for it (``type-error``, ``missing-cell``, ``primary-key`` …) where it
has one. A cause is said and its consequences are not: a table whose header is wrong has no wrong cells.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from . import edtf
from .columns import LIST_SEPARATOR, Column, from_cell, to_cell
from .problems import Place, Problem, Problems, bounded, describe_character, nearest, show
from .tables import Row, columns, is_required, kind

#: Larger files are for the columnar engine, which does not hold them in memory.
MAX_BYTES = 100_000_000
#: Code points in a cell. The longest cell of the record has about two thousand.
MAX_CELL = 20_000
#: Problems of one kind that are shown for one file; the others are counted.
SHOWN = 10

REBUILD = "run “haftar-record build”, which writes the file anew"

_TYPE_NAMES = {int: "a whole number", Decimal: "a number", bool: "true or false", date: "a day such as 2021-06-19"}
#: Letters that two-byte UTF-8 turns into when it is read as Windows-1252.
_MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


@dataclass
class Table:
    """The rows of a file that can be read, and the line in which each begins; ``is_whole`` when nothing is wrong."""

    rows: list[Row] = field(default_factory=list)
    lines: dict[tuple, int] = field(default_factory=dict)
    is_whole: bool = True


def read(model: type[Row], data: bytes, path: str, problems: Problems, remedy: str = REBUILD) -> Table:
    """The table in ``data``; every problem is noted under the file name ``path``, and none is raised."""
    reading = Reading(model, path, remedy)
    table = reading.read(data)
    found = reading.shown()
    table.is_whole = not found
    problems.items += found
    return table


def by_rule(problems: list[Problem]) -> dict[str, list[Problem]]:
    """Problems by the check that found them."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.rule, []).append(problem)
    return found


class Reading:
    """One file while it is read."""

    def __init__(self, model: type[Row], path: str, remedy: str):
        self.model, self.path, self.remedy = model, path, remedy
        self.columns = columns(model)
        self.problems: list[Problem] = []
        #: The values of cells in which nothing at all was found, by column and text: most cells are repeated.
        self.known: dict[str, dict[str, Any]] = {name: {} for name in self.columns}

    def read(self, data: bytes) -> Table:
        table = Table()
        text = self._text(data)
        records = self._records(text) if text is not None else []
        if not records or not self.is_header(records[0][1]):
            return table
        for line, cells in records[1:]:
            row = self.row(line, cells)
            if row is None:
                continue
            table.rows.append(row)
            table.lines.setdefault(row.id, line)
        if not records[1:]:
            self.add(0, "empty-table", "a header and no row", f"rows of {self.model.TABLE}")
        self.keys(table)
        if not self.problems:
            self._canonical(text, [cells for _, cells in records])
        return table

    def shown(self) -> list[Problem]:
        """The first few problems of each kind, and how many more there are."""
        return [problem for group in by_rule(self.problems).values() for problem in bounded(group, SHOWN)]

    def add(self, line: int, rule: str, found: str, expected: str, column: int = 0, record: str = "") -> None:
        place = Place(self.path, line, column)
        self.problems.append(Problem(place, rule, found, expected, self.remedy, "error", record))

    # -- bytes to records ---------------------------------------------------------------------------------------------

    def _text(self, data: bytes) -> str | None:
        """The text with line feeds only and no byte order mark, or None when it cannot be read."""
        if len(data) > MAX_BYTES:
            self.add(0, "file-size", f"{len(data):,} bytes", f"at most {MAX_BYTES:,} bytes; or --engine columnar")
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.add(line, "encoding-error", f"byte 0x{data[error.start]:02X}", "UTF-8 text")
            return None
        if text.startswith("\ufeff"):
            self.add(1, "byte-order-mark", "a byte order mark at the start", "UTF-8 without one")
            text = text[1:]
        if "\r" in text:
            line = text.count("\n", 0, text.index("\r")) + 1
            self.add(line, "line-ending", "a carriage return", "lines that end in a line feed alone")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def _records(self, text: str) -> list[tuple[int, list[str]]]:
        """The records with the line in which each begins; what cannot be divided into cells is a problem."""
        if not text.strip():
            self.add(0, "source-error", "an empty file", "a header and rows")
            return []
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        records, line = [], 1
        try:
            for cells in reader:
                records.append((line, cells))
                line = reader.line_num + 1
        except csv.Error as error:
            self.undivided(line, error)
            return []
        return records

    def undivided(self, line: int, error: csv.Error) -> None:
        """Note why the record that begins in ``line`` cannot be divided into cells."""
        rule = "cell-size" if "field larger" in str(error) else "quoting"
        expected = {"cell-size": f"cells of at most {MAX_CELL:,} characters", "quoting": "quotation marks in pairs"}
        self.add(line, rule, str(error), expected[rule])

    def is_header(self, labels: list[str]) -> bool:
        """Whether the header has the columns of the table, in order."""
        expected = list(self.model.model_fields)
        if labels == expected:
            return True
        missing = [name for name in expected if name not in labels]
        extra = [label for label in labels if label not in expected]
        if twice := [label for label, count in Counter(labels).items() if count > 1]:
            self.add(1, "duplicate-label", f"the column {show(twice[0])} twice", "each column once")
        elif missing and len(missing) == len(extra):
            for name, label in zip(missing, extra, strict=True):
                self.add(1, "incorrect-label", f"the column {show(label)}", f"the column “{name}”")
        elif missing or extra:
            for name in missing:
                self.add(1, "missing-label", f"no column “{name}”", f"{len(expected)} columns")
            for label in extra:
                self.add(1, "extra-label", f"the column {show(label)}", nearest(label, expected))
        else:
            pair = next((a, b) for a, b in zip(labels, expected, strict=True) if a != b)
            self.add(1, "incorrect-label", f"the column “{pair[0]}”", f"the column “{pair[1]}” in this position")
        return False

    def _canonical(self, text: str, records: list[list[str]]) -> None:
        """A table is written in one way only, so that a changed byte is a changed value."""
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(records)
        written = buffer.getvalue()
        if written == text:
            return
        old, new = text.split("\n"), written.split("\n")
        index = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        found = show(old[index]) if index < len(old) else "the end of the file"
        expected = show(new[index]) if index < len(new) else "the end of the file"
        if not text.endswith("\n"):
            found, expected = "no line feed at the end", "a line feed after the last row"
        self.add(index + 1, "canonical-form", found, expected)

    # -- records to rows ----------------------------------------------------------------------------------------------

    def row(self, line: int, cells: list[str]) -> Row | None:
        """The row, or None when something in it is wrong, which is noted cell by cell."""
        names = list(self.model.model_fields)
        if not any(cell.strip() for cell in cells):
            self.add(line, "blank-row", "a row without a value", "no blank row")
            return None
        if len(cells) != len(names):
            rule = "missing-cell" if len(cells) < len(names) else "extra-cell"
            self.add(line, rule, f"{len(cells)} cells", f"{len(names)} cells")
            return None
        values: dict[str, Any] = {}
        for name, text in zip(names, cells, strict=True):
            if text in self.known[name]:
                values[name] = self.known[name][text]
            elif self._is_sound(line, cells, name, text):
                values[name] = from_cell(text, kind(self.model, name))
        # Every cell has been checked against its column, which is all that the model would do again.
        return self.model.model_construct(**values) if len(values) == len(names) else None

    def _is_sound(self, line: int, cells: list[str], name: str, text: str) -> bool:
        """Whether nothing in a cell is an error; what is found is noted."""
        found = list(faults(self.model, name, text))
        if not found:
            self.known[name][text] = from_cell(text, kind(self.model, name))
            return True
        names = list(self.model.model_fields)
        record = ", ".join(cells[names.index(key)] for key in self.model.KEY)
        column = _column(cells[: names.index(name)])
        for rule, said, expected in found:
            self.add(line, rule, f"{show(record, 80)[1:-1]}: {name} {said}", expected, column, record)
        return False

    def keys(self, table: Table) -> None:
        """No key twice, no value of a unique column twice, and rows in the order of their keys."""
        first: dict[tuple, int] = {}
        previous: tuple = ()
        for row in table.rows:
            identity, line = row.id, table.lines[row.id]
            record = ", ".join(map(str, identity))
            if identity in first:
                self.add(0, "primary-key", f"{record} twice", f"each key once (line {first[identity]})", 0, record)
            elif identity < previous:
                after = ", ".join(map(str, previous))
                self.add(line, "row-order", f"{record} after {after}", "rows sorted by their key", 0, record)
            first.setdefault(identity, line)
            previous = max(previous, identity)
        for name, definition in self.columns.items():
            if definition.unique and self.model.KEY != (name,):
                self._unique(name, table)

    def _unique(self, name: str, table: Table) -> None:
        first: dict[Any, tuple] = {}
        for row in table.rows:
            value = getattr(row, name)
            if value in first and first[value] != row.id:
                record, other = ", ".join(map(str, row.id)), ", ".join(map(str, first[value]))
                found = f"{record}: {name} {show(to_cell(value), 60)}"
                self.add(table.lines[row.id], "unique-error", found, f"each value once (it is that of {other})", 0, record)
            first.setdefault(value, row.id)


#: Check, found, expected.
Fault = tuple[str, str, str]


def faults(model: type[Row], name: str, text: str) -> Iterator[Fault]:
    """What is wrong with one cell."""
    definition = columns(model)[name]
    if (fault := _value_fault(model, name, text, definition)) is not None:
        yield fault
    elif not text.isascii():
        yield from _text_faults(text)


def _value_fault(model: type[Row], name: str, text: str, definition: Column) -> Fault | None:
    """The first thing wrong with a cell as a value of its column: check, found, expected."""
    if text == "":
        return ("constraint-error", "empty", "a value") if is_required(model, name) else None
    if text in definition.missing:
        return None
    if len(text) > MAX_CELL:
        return "cell-size", f"of {len(text):,} characters", f"at most {MAX_CELL:,} characters"
    if kind(model, name) is str:
        return _string_fault(text, definition)
    try:
        value = from_cell(text, kind(model, name))
    except ValueError:
        return "type-error", show(text, 60), _TYPE_NAMES[kind(model, name)]
    if to_cell(value) != text:
        return "canonical-cell", show(text, 60), f"“{to_cell(value)}”, the one way to write it"
    if isinstance(value, (bool, date)):
        return None
    if definition.allowed and text not in definition.allowed:
        return "constraint-error", show(text, 60), _expected(text, definition)
    return None if definition.accepts_number(value) else ("constraint-error", show(text, 60), definition.expected)


def _string_fault(text: str, definition: Column) -> Fault | None:
    """The same for a column of texts."""
    if not text.isprintable() and (odd := next((c for c in text if _is_invisible(c)), None)):
        return "invisible-character", describe_character(odd), "printable text"
    if not definition.accepts(text):
        return "constraint-error", show(text, 60), _expected(text, definition)
    if definition.pattern == edtf.PATTERN:
        try:
            edtf.parse(text)
        except ValueError as error:
            return "edtf", show(text, 60), str(error)
    if definition.many and len(items := text.split(LIST_SEPARATOR)) != len(set(items)):
        twice = next(item for item in items if items.count(item) > 1)
        return "list-item", f"{show(twice, 60)} twice", "each value of a list once"
    return None


def _expected(text: str, definition: Column) -> str:
    if not definition.allowed:
        return definition.expected
    part = next((p for p in text.split(LIST_SEPARATOR) if p not in definition.allowed), text) if definition.many else text
    return f"{nearest(part, definition.allowed)} (codes of the list {definition.codes})"


def _is_invisible(character: str) -> bool:
    """Control, zero-width and direction marks, line ends, and code points that are no characters."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn")


def _text_faults(text: str) -> Iterator[Fault]:
    """What is wrong with a cell as text, where its pattern allows it: check, found, expected."""
    if odd := next((c for c in text if unicodedata.category(c) == "Zs" and c != " "), None):
        yield "odd-blank", describe_character(odd), "plain blanks (U+0020)"
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        index = next((n for n, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed) - 1)
        yield "unicode-form", f"{show(text[index : index + 2])} as separate characters", f"{show(composed[index])} (NFC)"
    if (match := _MOJIBAKE.search(text)) and (mended := _mended(text)):
        yield "mojibake", show(text[match.start() : match.start() + 3]), f"{show(mended, 60)}: UTF-8 read as Windows-1252"


def _mended(text: str) -> str | None:
    """The text that was garbled, when it was UTF-8 read as Windows-1252."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None


def _column(before: list[str]) -> int:
    """The column, from 1, in which the cell after ``before`` begins, in the canonical way of writing."""
    if not before:
        return 1
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="").writerow([*before, ""])
    return len(buffer.getvalue()) + 1
