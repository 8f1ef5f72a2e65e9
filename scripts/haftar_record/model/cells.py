"""How a value is written to a CSV cell and read from it.

A column's Python type fixes its Table Schema type: ``str`` string, ``int`` integer, ``Decimal`` number, ``bool``
boolean, ``date`` date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

LIST_SEPARATOR = ";"


#: Digits of a number. So many are exact in every format that an export has: Excel, JSON, Parquet, R (IEEE 754 double).
MAX_DIGITS = 15
#: Digits of a number that is written out at all.
_WRITTEN = 1_000


def to_cell(value: object) -> str:
    """The one way a value is written. Numbers are plain decimals, dates ISO 8601, booleans true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        # The plain form of 1E+999999999 would have a thousand million digits.
        return format(value, "f") if abs(value.adjusted()) < _WRITTEN else str(value)
    return str(value)


def is_exact(value: int | Decimal) -> bool:
    """Whether a number has so few digits, before and behind the point, that every format keeps them all."""
    if isinstance(value, int):
        return len(str(abs(value))) <= MAX_DIGITS
    if not value.is_finite():
        return True  # no number: what is wrong with it is another matter
    return len(value.as_tuple().digits) <= MAX_DIGITS and -MAX_DIGITS < value.adjusted() < MAX_DIGITS


def from_cell(text: str, kind: type) -> Any:
    """Read a cell by the Table Schema rules of ``kind``. Raises ValueError when the cell is of another type.

    The grammar of each type is the one that stock Table Schema readers use (``int``, ``Decimal``, ``strptime`` of
    Python), so that a cell has the same verdict here and there; whether it is also written in the one canonical
    way is a separate check.
    """
    if text == "":
        return None
    if kind is str:
        return text
    if kind is bool:
        if text not in ("true", "false"):
            raise ValueError("expected true or false")
        return text == "true"
    if kind is int:
        return int(text.strip())
    if kind is Decimal:
        try:
            return Decimal(text.strip())
        except InvalidOperation:
            raise ValueError("expected a decimal number") from None
    if kind is date:
        return datetime.strptime(text, "%Y-%m-%d").date()
    raise TypeError(kind)


def joined(values: Iterable[str]) -> str | None:
    """A list as one cell; an empty list is missing."""
    return LIST_SEPARATOR.join(values) or None


def split(cell: str | None) -> list[str]:
    """The values of a list cell, as ``joined`` wrote them."""
    return cell.split(LIST_SEPARATOR) if cell else []
