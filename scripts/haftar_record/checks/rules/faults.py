"""Faults that a rule has to find, each made in any record: it looks for the row that it breaks by itself.

A fault is what a program that writes the package wrongly would leave behind: well-formed rows, one or a few of them
wrong. It stands beside its rule and gives a ``Spoilt``: what is edited, and what the rule says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ...model.index import Index
from ...model.rows import Key, R, Row, Rows


@dataclass(frozen=True)
class Edit:
    """A row that becomes another one; ``old`` is None for a row that is added, ``new`` for one that is dropped."""

    old: Row | None
    new: Row | None

    @property
    def table(self) -> str:
        """The name of the table."""
        return next(type(row).TABLE for row in (self.old, self.new) if row is not None)


@dataclass(frozen=True)
class Spoilt:
    """What is edited, and what the rule finds then, word for word."""

    found: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Fault:
    """One way to break a rule. ``description`` says what was done, as one line without a full stop.

    ``family`` is the part of the catalogue of broken packages that it is shown in.
    """

    name: str
    family: str
    description: str
    spoil: Callable[[Index], Spoilt]


def first(rows: Iterable[R], holds: Callable[[R], object] = lambda row: True, **values: object) -> R:
    """The first row that has the given values and meets a condition. Raises LookupError when no row does."""
    for row in rows:
        if all(getattr(row, name) == value for name, value in values.items()) and holds(row):
            return row
    raise LookupError("the record has no row in which this fault can be made")


def spoilt(row: Row, found: str, *more: Edit, **values: object) -> Spoilt:
    """Values of a row changed without asking its model, with further edits; the rule then says ``found`` of the row."""
    return Spoilt(f"{row.display_id}: {found}", (change(row, **values), *more))


def change(row: Row, **values: object) -> Edit:
    """Values of a row changed without asking its model."""
    return Edit(row, row.model_copy(update=values))


def drop(rows: Iterable[Row]) -> tuple[Edit, ...]:
    """Rows that are gone."""
    return tuple(Edit(row, None) for row in rows)


def like(row: Row, **values: object) -> Edit:
    """A row added, like another one but for some values."""
    return Edit(None, row.model_copy(update=values))


def another(rows: Iterable[R], row: Row, column: str) -> R:
    """The first of some rows that has another value in a column than ``row`` has."""
    return first(rows, lambda one: getattr(one, column) != getattr(row, column))


def day_after(day: date | None) -> date:
    """The next day. Raises LookupError after an open end."""
    if day is None:
        raise LookupError("a span without an end has no day after it")
    return day + timedelta(days=1)


def applied(edits: Iterable[Edit], rows: Rows) -> Rows:
    """The rows of all tables after some edits; tables that gained a row are sorted by their key."""
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        by_table.setdefault(edit.table, []).append(edit)
    return {name: _edited(found, by_table[name]) if name in by_table else found for name, found in rows.items()}


def _edited(rows: list[Row], edits: list[Edit]) -> list[Row]:
    changed: dict[Key, Row | None] = {edit.old.id: edit.new for edit in edits if edit.old is not None}
    kept = [row for one in rows if (row := changed.get(one.id, one)) is not None]
    added = [edit.new for edit in edits if edit.old is None and edit.new is not None]
    return sorted([*kept, *added], key=lambda row: row.id) if added else kept
