"""Which cells have to be looked at one by one: conditions in SQL, made from the definition of each column.

A condition holds for every cell in which ``tablefile`` finds a fault, and for few others: it may doubt a sound cell,
and must never pass an unsound one. What is wrong, ``tablefile`` says.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from .. import edtf
from ..columns import CONTEXT, LINE, LIST_SEPARATOR, Column
from ..tablefile import MAX_CELL, faults
from ..tables import Row, columns, is_required, kind

#: Characters that are no fault anywhere and compose with no other: ASCII, Latin, Cyrillic and Arabic letters, curly
#: quotation marks, dashes and a few signs; not Â, Ã and â, which garbled text has. A test reads them all.
LETTERS = (
    r"!-~\x{a1}-\x{ac}\x{ae}-\x{c1}\x{c4}-\x{e1}\x{e3}-\x{17f}\x{410}-\x{44f}\x{621}-\x{63a}\x{641}-\x{64a}"
    r"\x{2013}-\x{2014}\x{2018}-\x{201e}\x{2022}\x{2026}\x{20ac}"
)
_TEXT = {LINE: f"[{LETTERS}](?:[ {LETTERS}]*[{LETTERS}])?", CONTEXT: f"[ {LETTERS}]+"}
#: Blanks as Python understands them in a pattern; the expressions of DuckDB (RE2) know those of ASCII only.
NOT_BLANK = r"[^\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
#: The longest cell that Python's reader takes; a longer one makes the file unreadable there.
MAX_FIELD = 131_072


def is_odd(model: type[Row]) -> str:
    """The condition that a row has a cell to be looked at."""
    return " OR ".join(f"({_is_odd(model, name)})" for name in model.model_fields)


def length(model: type[Row]) -> str:
    """Bytes of the row in the canonical way of writing, without the commas and the line feed between cells.

    A cell with a comma or a quotation mark stands in quotation marks, and has those inside it doubled. A line feed in a
    cell is found by the number of lines.
    """
    parts = []
    for name, column in columns(model).items():
        cell = f'"{name}"'
        own = f"strlen({cell})"
        if kind(model, name) is str and column.accepts("a, b") or column.many:
            marked = f"""(contains({cell}, ',') OR contains({cell}, '"'))"""
            own = f"""(CASE WHEN {marked} THEN strlen(replace({cell}, '"', '""')) + 2 ELSE {own} END)"""
        parts.append(f"coalesce({own}, 0)")
    return " + ".join(parts)


def _is_odd(model: type[Row], name: str) -> str:
    column, cell, python_type = columns(model)[name], f'"{name}"', kind(model, name)
    sound = _is_sound(model, name, column, cell, python_type)
    missing = [value for value in column.missing if value]
    if missing:
        sound = f"{cell} IN ({_listed(missing)}) OR {sound}"
    return f"{cell} IS NULL OR NOT ({sound})" if is_required(model, name) else f"{cell} IS NOT NULL AND NOT ({sound})"


def _is_sound(model: type[Row], name: str, column: Column, cell: str, python_type: type) -> str:
    if column.allowed and not column.many:
        return f"{cell} IN ({_listed([code for code in column.allowed if not list(faults(model, name, code))])})"
    if python_type is bool:
        return f"{cell} IN ('true', 'false')"
    if python_type is date:
        is_day = f"regexp_full_match({cell}, '[1-9][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}')"
        return f"{is_day} AND TRY_CAST({cell} AS DATE) IS NOT NULL"
    if python_type in (int, Decimal):
        form = "0|[1-9][0-9]{0,14}" if python_type is int else r"-?(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,9})?"
        bounds = ((">=", column.minimum), ("<=", column.maximum))
        kept = [f"TRY_CAST({cell} AS DOUBLE) {sign} {bound}" for sign, bound in bounds if bound is not None]
        return " AND ".join([f"regexp_full_match({cell}, '{form}')", *kept])
    conditions = [f"length({cell}) <= {min(MAX_CELL, column.max_length or MAX_CELL)}", *_text(column, cell)]
    if column.many:
        parts = f"string_split({cell}, '{LIST_SEPARATOR}')"
        conditions.append(f"(NOT contains({cell}, '{LIST_SEPARATOR}') OR len(list_distinct({parts})) = len({parts}))")
    return " AND ".join(conditions)


def _text(column: Column, cell: str) -> list[str]:
    """Conditions that a text is of its pattern and of harmless characters."""
    if column.pattern in _TEXT and not column.many and not column.allowed:
        return [f"regexp_full_match({cell}, '{_TEXT[column.pattern]}')"]
    if column.pattern == edtf.PATTERN:
        return []  # the few distinct values are read by Python
    one = f"(?:{'|'.join(map(re.escape, column.allowed))})" if column.allowed else translated(column.pattern)
    whole = f"{one}(?:{LIST_SEPARATOR}{one})*" if column.many else one
    harmless = [] if _is_plain(column) else [f"regexp_full_match({cell}, '[ {LETTERS}]*')"]
    return [f"regexp_full_match({cell}, '{whole}')", *harmless]


def translated(pattern: str) -> str:
    """A pattern for RE2: what Python means by a blank, and digits of ASCII only, so that others are doubted."""
    return pattern.replace(r"\S", NOT_BLANK).replace(r"\d", "[0-9]")


def _is_plain(column: Column) -> bool:
    """Whether the pattern leaves no room for a character that is not ASCII."""
    return bool(column.allowed) or not column.accepts("é") and not re.search(r"\\S|\[\^", column.pattern)


def _listed(values: list[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)
