"""Read one table from the bytes of its CSV file, and name everything that is wrong with them.

A check has the name that frictionless gives it (``type-error``, ``missing-cell``, ``primary-key`` …), if it gives one.
Causes are reported, their consequences are not: when the header of a table is wrong, its cells are not checked.
"""

from __future__ import annotations

import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model.cell_faults import faults
from ..model.cells import from_cell, to_cell
from ..model.rows import Row, columns, kind, row_name
from ..model.tables import TABLES
from ..problems.problem import Place, Problem, Problems, bounded
from ..problems.wording import show

#: Larger files are for the columnar engine, which does not hold them in memory.
MAX_BYTES = 100_000_000
#: Problems of one kind that are shown for one file; the others are counted.
SHOWN = 10
#: Faults after which the rest of a file is not read: it is not a table with mistakes in it, but something else.
ENOUGH = 10_000

REBUILD = "run “haftar-record build”, which rewrites the file"

#: What the CSV reader of Python means.
_CSV_ERRORS = {
    "',' expected after '\"'": "a quotation mark inside a quoted cell that is neither doubled nor the end of the cell",
    "unexpected end of data": "a quotation mark that is not closed up to the end of the file",
}


@dataclass
class Table:
    """The rows of a file that can be read, and the line in which each begins; ``is_whole`` when all rows were read."""

    rows: list[Row] = field(default_factory=list)
    lines: dict[tuple[Any, ...], int] = field(default_factory=dict)
    is_whole: bool = True


@contextlib.contextmanager
def cells_of_any_length() -> Iterator[None]:
    """Inside this block ``csv`` divides cells of any length, so that one that is too long is reported at its place.

    Python's limit is 131,072 characters, and it holds for the whole process: every reader of CSV, in other threads as
    well, has the larger limit until the block ends, which restores the old one. Threads that read together share
    one block.
    """
    before = csv.field_size_limit(MAX_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def read(model: type[Row], data: bytes, path: str, problems: Problems, remedy: str = REBUILD) -> Table:
    """The table in ``data``; every problem is noted under the file name ``path``, and none is raised."""
    reading = Reading(model, path, remedy)
    with cells_of_any_length():
        table = reading.read(data)
    table.is_whole = reading.is_whole
    problems.items += reading.shown()
    return table


class Reading:
    """One file while it is read."""

    def __init__(self, model: type[Row], path: str, remedy: str):
        self.model, self.path, self.remedy = model, path, remedy
        self.columns = columns(model)
        self.problems: dict[str, list[Problem]] = {}
        self.count: Counter[str] = Counter()
        #: The values of cells without any problem, by column and text: most cells are repeated.
        self.known: dict[str, dict[str, Any]] = {name: {} for name in self.columns}

    def read(self, data: bytes) -> Table:
        """The table in the bytes of the file."""
        table = Table()
        if (text := self._text(data)) is None:
            return table
        lines = self._lines(text)
        header = next(lines, None)
        if header is None or not self.is_header(header[1]):
            return table
        canonical = Canonical(text)
        canonical.add(header[1])
        line = 0
        for line, cells in lines:
            canonical.add(cells)
            if (row := self.row(line, cells)) is not None:
                table.rows.append(row)
                if row.id in table.lines:
                    self.again(row, line, table.lines[row.id])
                table.lines.setdefault(row.id, line)
            if self.count.total() >= ENOUGH:
                break
        if not line:
            self.without_rows()
        self.keys(table)
        if not self.problems and (fault := canonical.fault()):
            self.add(*fault)
        return table

    @property
    def is_whole(self) -> bool:
        """Whether all rows were read, whatever their order."""
        return set(self.problems) <= {"row-order"}

    def shown(self) -> list[Problem]:
        """The first few problems of each kind, and how many more there are."""
        return [
            problem for check, group in self.problems.items() for problem in bounded(group, SHOWN, self.count[check])
        ]

    def add(self, line: int, check: str, found: str, expected: str, column: int = 0, row_id: str = "") -> None:
        """Note a problem: the first few of its kind, and the number of all."""
        self.count[check] += 1
        if self.count[check] <= SHOWN + 1:  # the others are only counted
            problem = Problem(Place(self.path, line, column), check, found, expected, self.remedy, "error", row_id)
            self.problems.setdefault(check, []).append(problem)

    # -- bytes to cells -----------------------------------------------------------------------------------------------

    def _text(self, data: bytes) -> str | None:
        """The text with line feeds only and no byte order mark, or None when it cannot be read."""
        if len(data) > MAX_BYTES:
            self.add(0, "file-size", f"{len(data):,} bytes", f"at most {MAX_BYTES:,} bytes; or --engine columnar")
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            self.not_utf8(data.count(b"\n", 0, error.start) + 1, data[error.start])
            return None
        if text.startswith("\ufeff"):
            self.marked()
            text = text[1:]
        if "\r" in text:
            self.with_return(text.count("\n", 0, text.index("\r")) + 1)
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def _lines(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """The cells of the header and of each row, with the line in which they begin."""
        if not text.strip():
            self.blank()
            return
        yield from self.divided(io.StringIO(text, newline=""))

    # What can be wrong with a file, whether it is read as a whole, as here, or line by line, as in the columnar engine.

    def not_utf8(self, line: int, byte: int) -> None:
        """Note a byte that is not part of UTF-8 text."""
        self.add(line, "encoding-error", f"byte 0x{byte:02X}", "UTF-8 text")

    def marked(self) -> None:
        """Note a byte order mark."""
        self.add(1, "byte-order-mark", "a byte order mark at the start", "UTF-8 without one")

    def with_return(self, line: int) -> None:
        """Note the first carriage return."""
        self.add(line, "line-ending", "a carriage return", "lines that end in a line feed alone")

    def blank(self) -> None:
        """Note that there is nothing in the file."""
        self.add(0, "source-error", "an empty file", "a header and rows")

    def without_rows(self) -> None:
        """Note that no row follows the header, unless something else is wrong."""
        if not self.problems and not self.model.MAY_BE_EMPTY:
            self.add(0, "empty-table", "a header and no row", f"rows of {self.model.TABLE}")

    def divided(self, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
        """The cells of each row with the line in which they begin, up to a row that cannot be divided, which is noted.

        Cells beyond the limit of Python are divided only inside ``cells_of_any_length``.
        """
        reader, line = csv.reader(lines, strict=True), 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            self.add(line, "quoting", _CSV_ERRORS.get(str(error), str(error)), "quotation marks in pairs")

    def is_header(self, labels: list[str]) -> bool:
        """Whether the header has the columns of the table, in order."""
        expected = list(self.model.model_fields)
        if labels == expected:
            return True
        columns_ = f"the {len(expected)} columns of {self.model.TABLE}"
        known = {*expected}.intersection(labels)
        missing = [name for name in expected if name not in known]
        extra = [label for label in labels if label not in known]
        other = next((model.TABLE for model in TABLES if labels == list(model.model_fields)), None)
        if other or 2 * len(known) < len(expected) or len(extra) > len(expected):  # another table's, or hardly one
            shown = show(",".join(labels[: len(expected)]), 80)
            many = f"{len(labels):,} columns: {shown}" if len(labels) > 3 * len(expected) else f"the header {shown}"
            found = f"the header of {other}" if other else many
            self.add(1, "incorrect-label", found, f"{columns_}, as in {show(','.join(expected), 80)}")
            return False
        if twice := [label for label, count in Counter(labels).items() if count > 1]:
            self.add(1, "duplicate-label", f"the column {show(twice[0])} twice", "each column once")
        elif missing and len(missing) == len(extra):
            for name, label in zip(missing, extra, strict=True):
                self.add(1, "incorrect-label", f"the column {show(label)}", f"the column “{name}”")
        elif missing or extra:
            for name in missing:
                self.add(1, "missing-label", f"no column “{name}”", columns_)
            for label in extra:
                self.add(1, "extra-label", f"the column {show(label)}", f"{columns_} and no others")
        else:
            pair = next((a, b) for a, b in zip(labels, expected, strict=True) if a != b)
            self.add(1, "incorrect-label", f"the column “{pair[0]}”", f"the column “{pair[1]}” in this position")
        return False

    # -- cells to rows ------------------------------------------------------------------------------------------------

    def row(self, line: int, cells: list[str]) -> Row | None:
        """The row, or None when something in it is wrong, which is noted cell by cell."""
        if not self.is_row(line, cells):
            return None
        names = list(self.model.model_fields)
        values: dict[str, Any] = {}
        for name, text in zip(names, cells, strict=True):
            if text in self.known[name]:
                values[name] = self.known[name][text]
            elif self._is_sound(line, cells, name, text):
                values[name] = from_cell(text, kind(self.model, name))
        # Every cell has been checked against its column, which is all that the model would do again.
        return self.model.model_construct(**values) if len(values) == len(names) else None

    def is_row(self, line: int, cells: list[str]) -> bool:
        """Whether a row has a cell for every column, and at least one that is not blank; if not, that is noted."""
        count = len(self.model.model_fields)
        if not any(cell.strip() for cell in cells):
            self.add(line, "blank-row", "a row without a value", "no blank row")
            return False
        if len(cells) != count:
            check = "missing-cell" if len(cells) < count else "extra-cell"
            self.add(line, check, f"{len(cells)} cells", f"{count} cells")
            return False
        return True

    def _is_sound(self, line: int, cells: list[str], name: str, text: str) -> bool:
        """Whether a cell has no error; every error is noted."""
        wrong = list(faults(self.model, name, text))
        if not wrong:
            self.known[name][text] = from_cell(text, kind(self.model, name))
            return True
        names = list(self.model.model_fields)
        row_id = row_name(cells[names.index(key)] for key in self.model.KEY)
        column = _column(cells[: names.index(name)])
        said = f"{show(row_id, 80)[1:-1]}: " if row_id.strip(". ") else ""
        for check, found, expected in wrong:
            self.add(line, check, f"{said}{name} {found}", expected, column, row_id)
        return False

    def keys(self, table: Table) -> None:
        """No value of a unique column twice, and rows in the order of their keys."""
        previous: tuple[Any, ...] = ()
        for identity, line in table.lines.items():
            if identity < previous:
                row_id, after = map(row_name, (identity, previous))
                self.add(line, "row-order", f"{row_id} after {after}", "rows sorted by their key", 0, row_id)
            previous = max(previous, identity)
        for name, definition in self.columns.items():
            if definition.unique and (name,) != self.model.KEY:
                self._unique(name, table)

    def again(self, row: Row, line: int, first: int) -> None:
        """Note a row whose key is also in an earlier line."""
        row_id = row.display_id
        self.add(line, "primary-key", f"{row_id} a second time", f"each key once (first in line {first})", 0, row_id)

    def _unique(self, name: str, table: Table) -> None:
        first: dict[Any, tuple[Any, ...]] = {}
        for row in table.rows:
            value = getattr(row, name)
            if value in first and first[value] != row.id:
                row_id, other = row.display_id, row_name(first[value])
                found = f"{row_id}: {name} {show(to_cell(value), 60)}"
                self.add(table.lines[row.id], "unique-error", found, f"each value once ({other} has it too)", 0, row_id)
            first.setdefault(value, row.id)


class Canonical:
    """A table is written in one way only, so that a changed byte is a changed value."""

    def __init__(self, text: str):
        self.text = text
        self.position = 0
        self.difference: tuple[int, str] | None = None
        self.buffer = io.StringIO(newline="")
        self.writer = csv.writer(self.buffer, lineterminator="\n")

    def add(self, cells: list[str]) -> None:
        """Compare the next row with the text; only the first difference counts."""
        if self.difference is not None:
            return
        self.buffer.seek(0)
        self.buffer.truncate()
        self.writer.writerow(cells)
        written = self.buffer.getvalue()
        if not self.text.startswith(written, self.position):
            self.difference = self.position, written
        self.position += len(written)

    def fault(self) -> tuple[int, str, str, str] | None:
        """Line, check, found and expected, when the text is not written as its rows would be."""
        if self.difference is None:
            return None
        start, written = self.difference
        line = self.text.count("\n", 0, start) + 1
        found = self.text[start : start + len(written) + 10].split("\n")[0]
        if found == written[:-1]:
            return line, "canonical-form", "no line feed at the end", "a line feed after the last row"
        return line, "canonical-form", show(found), show(written[:-1])


def _column(before: list[str]) -> int:
    """The column, from 1, in which the cell after ``before`` begins, in the canonical way of writing."""
    if not before:
        return 1
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="").writerow([*before, ""])
    return len(buffer.getvalue()) + 1
