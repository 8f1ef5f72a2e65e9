"""Which cells have to be looked at one by one: conditions in SQL, made from the definition of each column.

A condition holds for every cell in which ``table_file`` finds a fault, and for few others: it may doubt a sound cell,
and must never pass an unsound one. ``table_file`` says what is wrong.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from ...files.characters import MAX_TEXT
from ...model.cell_faults import faults
from ...model.cells import LIST_SEPARATOR, MAX_DIGITS
from ...model.columns import CONTEXT, LINE, Column
from ...model.rows import Row, columns, is_required, kind
from ...text import edtf
from .sql import literals, quoted

#: Characters that are no fault anywhere and compose with no other: ASCII, Latin, Cyrillic and Arabic letters, curly
#: quotation marks, dashes and a few signs; not Â, Ã and â, which garbled text has. A test reads them all.
LETTERS = (
    r"!-~\x{a1}-\x{ac}\x{ae}-\x{c1}\x{c4}-\x{e1}\x{e3}-\x{17f}\x{410}-\x{44f}\x{621}-\x{63a}\x{641}-\x{64a}"
    r"\x{2013}-\x{2014}\x{2018}-\x{201e}\x{2022}\x{2026}\x{20ac}"
)
_TEXT = {LINE: f"[{LETTERS}](?:[ {LETTERS}]*[{LETTERS}])?", CONTEXT: f"[ {LETTERS}]+"}
#: Blanks as Python understands them in a pattern; the expressions of DuckDB (RE2) know those of ASCII only.
NOT_BLANK = r"[^\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
#: Types of DuckDB for those of Python; decimal numbers stay texts.
TYPES = {int: "BIGINT", bool: "BOOLEAN", date: "DATE"}


def is_odd(model: type[Row], is_harmless: bool = False) -> str:
    """The condition that a row has a cell to be looked at, but for cells with ids of rows and with dates by EDTF: these
    are held against the rows and dates that there are. ``is_harmless``: the file has no other characters than
    ``LETTERS``, blanks and line feeds."""
    doubts = [
        _is_odd(model, name, is_harmless) for name, column in columns(model).items() if column.pattern != edtf.PATTERN
    ]
    return " OR ".join(f"({doubt})" for doubt in doubts)


def value(model: type[Row], name: str) -> str:
    """The cell as a value of its type; NULL when it has another type."""
    cell, python_type = quoted(name), kind(model, name)
    return f"TRY_CAST({cell} AS {TYPES[python_type]})" if python_type in TYPES else cell


def length(model: type[Row]) -> str:
    """Bytes of the row in the canonical way of writing, without the commas and the line feed between cells.

    A cell with a comma or a quotation mark stands in quotation marks, and has those inside it doubled. A line feed in a
    cell is found by the number of lines.
    """
    parts = []
    for name, column in columns(model).items():
        cell = quoted(name)
        own = f"strlen({cell})"
        if kind(model, name) is str and column.accepts("a, b") or column.many:
            marked = f"""(contains({cell}, ',') OR contains({cell}, '"'))"""
            own = f"""(CASE WHEN {marked} THEN strlen(replace({cell}, '"', '""')) + 2 ELSE {own} END)"""
        parts.append(f"coalesce({own}, 0)")
    return " + ".join(parts)


def _is_odd(model: type[Row], name: str, is_harmless: bool) -> str:
    column, cell = columns(model)[name], quoted(name)
    sound = _is_sound(model, name, column, cell, is_harmless)
    missing = [value for value in column.missing if value]
    if missing:
        sound = f"{cell} IN ({literals(missing)}) OR {sound}"
    if is_required(model, name):
        return f"({sound}) IS NOT true"
    return f"{cell} IS NOT NULL AND ({sound}) IS NOT true"


def _is_sound(model: type[Row], name: str, column: Column, cell: str, is_harmless: bool) -> str:
    python_type = kind(model, name)
    if column.allowed and not column.many:
        return f"{cell} IN ({literals([code for code in column.allowed if not list(faults(model, name, code))])})"
    if python_type in TYPES:
        # The one way to write a value is the way in which it is written back.
        own = value(model, name)
        kept = [f"{own} {sign} {bound}" for sign, bound in _bounds(column)]
        form = [f"strlen({cell}) = 10"] if python_type is date else []  # no year beyond 9999
        form += [f"strlen({cell}) <= {MAX_DIGITS}"] if python_type is int else []
        return " AND ".join([*form, f"{own}::VARCHAR = {cell}", *kept])
    if python_type is Decimal:
        digits = r"-?(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,9})?"
        kept = [f"TRY_CAST({cell} AS DOUBLE) {sign} {bound}" for sign, bound in _bounds(column)]
        return " AND ".join([f"regexp_full_match({cell}, '{digits}')", *kept])
    conditions = [f"{cell} IS NOT NULL"] if column.ref else _text(column, cell, is_harmless)
    if column.many or not column.ref:  # a single id of a row is as short as that of the row
        conditions.append(_is_short(column, cell))
    if column.many:
        parts = f"string_split({cell}, '{LIST_SEPARATOR}')"
        several = f"contains({cell}, '{LIST_SEPARATOR}')"
        conditions.append(f"CASE WHEN {several} THEN len(list_distinct({parts})) = len({parts}) ELSE true END")
    return " AND ".join(conditions)


def _bounds(column: Column) -> list[tuple[str, int]]:
    return [(sign, n) for sign, n in ((">=", column.minimum), ("<=", column.maximum)) if n is not None]


def is_of_form(column: Column, cell: str) -> str:
    """The condition that a cell has the form of an id of its column, or of a list of such ids."""
    return f"({_is_short(column, cell)} AND {_is_of_pattern(column, cell)})"


def _is_short(column: Column, cell: str) -> str:
    """A text of few bytes is one of few characters; the others are counted."""
    most = min(MAX_TEXT, column.max_length or MAX_TEXT)
    return f"CASE WHEN strlen({cell}) <= {most} THEN true ELSE length({cell}) <= {most} END"


def _text(column: Column, cell: str, is_harmless: bool) -> list[str]:
    """Conditions that a text is of its pattern and of harmless characters."""
    if column.pattern in _TEXT and not column.many and not column.allowed:
        if not is_harmless:
            return [f"regexp_full_match({cell}, '{_TEXT[column.pattern]}')"]
        return [f"NOT starts_with({cell}, ' ')", f"NOT ends_with({cell}, ' ')"] if column.pattern == LINE else []
    whole = _is_of_pattern(column, cell)
    return [whole] if is_harmless or _is_plain(column) else [whole, f"regexp_full_match({cell}, '[ {LETTERS}]*')"]


def _is_of_pattern(column: Column, cell: str) -> str:
    one = f"(?:{'|'.join(map(re.escape, column.allowed))})" if column.allowed else translated(column.pattern)
    whole = f"{one}(?:{LIST_SEPARATOR}{one})*" if column.many else one
    return f"regexp_full_match({cell}, '{whole}')"


def translated(pattern: str) -> str:
    """A pattern for RE2: what Python means by a blank, and digits of ASCII only, so that others are doubted."""
    return pattern.replace(r"\S", NOT_BLANK).replace(r"\d", "[0-9]")


def in_python(pattern: str) -> str:
    """A pattern for RE2 as Python writes it."""
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda match: f"\\u{int(match[1], 16):04x}", pattern)


def _is_plain(column: Column) -> bool:
    """Whether the pattern leaves no room for a character that is not ASCII."""
    return bool(column.allowed) or not column.accepts("é") and not re.search(r"\\S|\[\^", column.pattern)
