"""What is wrong with one cell: the same verdict where a row is made and where it is read.

A check has the name that frictionless gives it, if it gives one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ..problems.wording import nearest, show
from ..text import edtf
from .cells import LIST_SEPARATOR, MAX_DIGITS, from_cell, is_exact, to_cell
from .characters import Fault, text_faults, unfit
from .columns import Column
from .rows import Row, columns, is_required, kind

_TYPE_NAMES = {
    int: "a whole number",
    Decimal: "a number",
    bool: "true or false",
    date: "a day of the calendar, such as 2021-06-19",
}


def faults(model: type[Row], name: str, text: str) -> Iterator[Fault]:
    """What is wrong with one cell."""
    definition = columns(model)[name]
    if (fault := _value_fault(model, name, text, definition)) is not None:
        yield fault
    else:
        yield from text_faults(text, definition.verbatim)


def _value_fault(model: type[Row], name: str, text: str, definition: Column) -> Fault | None:
    """The first thing wrong with a cell as a value of its column: check, found, expected."""
    if text == "":
        return ("constraint-error", "empty", "a value") if is_required(model, name) else None
    if text in definition.missing:
        return None
    is_text = kind(model, name) is str
    if (fault := unfit(text, definition.verbatim)) and (is_text or fault[0] == "cell-size"):
        return fault
    if is_text:
        return _string_fault(text, definition)
    try:
        value = from_cell(text, kind(model, name))
    except ValueError:
        return "type-error", show(text, 60), _TYPE_NAMES[kind(model, name)]
    if kind(model, name) in (int, Decimal) and ("e" in text.lower() or not is_exact(value)):
        return "canonical-cell", show(text, 60), f"plain digits, at most {MAX_DIGITS}"
    if to_cell(value) != text:
        return "canonical-cell", show(text, 60), f"{show(to_cell(value), 60)}, the one way to write it"
    if isinstance(value, (bool, date)):
        return None
    if definition.allowed and text not in definition.allowed:
        return "constraint-error", show(text, 60), _expected(text, definition)
    return None if definition.accepts_number(value) else ("constraint-error", show(text, 60), definition.expected)


def _string_fault(text: str, definition: Column) -> Fault | None:
    """The same for a column of texts."""
    if definition.pattern == edtf.PATTERN:
        try:
            edtf.parse(text)
        except ValueError as error:
            return "edtf", show(text, 60), str(error)
    if not definition.accepts(text):
        return "constraint-error", show(text, 60), _expected(text, definition)
    if definition.many and len(items := text.split(LIST_SEPARATOR)) != len(set(items)):
        twice = Counter(items).most_common(1)[0][0]
        return "list-item", f"{show(twice, 60)} twice", "each value of a list once"
    return None


def _expected(text: str, definition: Column) -> str:
    if not definition.allowed:
        return definition.expected
    part = (
        next((p for p in text.split(LIST_SEPARATOR) if p not in definition.allowed), text) if definition.many else text
    )
    return f"{nearest(part, definition.allowed)} (codes of the list {definition.codes})"
