"""The rows of a package, found by table, by id, and by the value of a column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, cast

from .cells import split
from .rows import R, Row, Rows, columns, grouped
from .tables import BY_NAME, TABLES, Document, Event, EventActor, EventReport, Evidence


class Index:
    """All rows of a package by table. Every answer is typed by the row model that is asked for.

    ``rows`` has every table of ``TABLES``. What is looked up twice is grouped once.
    """

    def __init__(self, rows: Rows):
        """Keep the rows; they are grouped when something is looked up."""
        self.rows = rows
        self._groups: dict[tuple[str, str], dict[Any, list[Any]]] = {}
        self._listed: dict[tuple[str, str], dict[str, list[Any]]] = {}

    def __getitem__(self, model: type[R]) -> list[R]:
        """The rows of a table, in their order."""
        return cast(list[R], self.rows[model.TABLE])

    def grouped(self, model: type[R], column: str) -> dict[Any, list[R]]:
        """The rows of a table by the value of a column or property, in their order."""
        key = (model.TABLE, column)
        rows = self[model]
        if key not in self._groups:
            self._groups[key] = grouped(rows, column)
        return self._groups[key]

    def listed(self, model: type[R], column: str) -> dict[str, list[R]]:
        """The rows of a table by each of the values that a column lists, in their order."""
        key = (model.TABLE, column)
        rows = self[model]
        if key not in self._listed:
            groups: dict[str, list[R]] = {}
            for row in rows:
                for one in split(getattr(row, column)):
                    groups.setdefault(one, []).append(row)
            self._listed[key] = groups
        return self._listed[key]

    def row(self, model: type[R], identity: str | None) -> R | None:
        """The row with this id, in a table whose key is one column; None when there is none."""
        found = self.grouped(model, model.KEY[0]).get(identity)
        return found[0] if found else None

    def of_article(self, model: type[R], document: Document) -> list[R]:
        """The rows of a table that belong to an article, in their order."""
        return self.grouped(model, "document_id").get(document.document_id, [])

    def evidence(self, owner: str, column: str = "") -> list[Evidence]:
        """The evidence of one unit: all of it, or that for one of its columns."""
        found = self.grouped(Evidence, "owner").get(owner, [])
        return [row for row in found if row.field == column] if column else found

    def evidence_of(self, row: Row) -> list[Evidence]:
        """The passages that a row rests on, by article and offset; an event rests on those of its reports and roles."""
        if isinstance(row, Evidence):
            return [row]
        owners = [row.display_id]
        if isinstance(row, Event):
            owners += [report.event_report_id for report in self.reports(row)]
            owners += [role.event_actor_id for role in self.grouped(EventActor, "event_id").get(row.event_id, [])]
        found = [passage for owner in owners for passage in self.evidence(owner)]
        return sorted(found, key=lambda passage: (passage.document_id, passage.start, passage.end))

    def reports(self, event: Event) -> list[EventReport]:
        """The reports of one event."""
        return self.grouped(EventReport, "event_id").get(event.event_id, [])

    def circles(self, model: type[Row], column: str) -> list[list[str]]:
        """The circles in which rows belong to each other by a column: the ids of each, the least first, each followed
        by the one that it belongs to. Every row is passed once."""
        parents = {row.id[0]: getattr(row, column) for row in self[model]}
        passed: set[str] = set()
        found = []
        for start in parents:
            way: dict[str, int] = {}
            identity = start
            while identity in parents and identity not in passed:
                way[identity] = len(way)
                passed.add(identity)
                identity = parents[identity]
            if identity in way:
                circle = list(way)[way[identity] :]
                least = circle.index(min(circle))
                found.append(circle[least:] + circle[:least])
        return found

    @cached_property
    def by_name(self) -> dict[str, Row]:
        """Every row by its display id."""
        return {row.display_id: row for model in TABLES for row in self[model]}

    def pointing_at(self, model: type[Row], identity: str) -> Iterator[tuple[type[Row], str, list[Row]]]:
        """Table, column and rows of all others that refer to a row, in the order of the tables."""
        for other in TABLES:
            for name, column in columns(other).items():
                found = self.listed(other, name).get(identity, []) if column.ref == model.TABLE else []
                if found := [row for row in found if (type(row), row.display_id) != (model, identity)]:
                    yield other, name, found


def label_columns() -> Iterator[tuple[type[Row], str, tuple[str, ...], tuple[type[Row], ...]]]:
    """Every column that repeats names: its table, its name, the columns of the ids, and the tables of these."""
    for model in TABLES:
        definitions = columns(model)
        for name, column in definitions.items():
            if column.names:
                yield model, name, column.names, tuple(BY_NAME[definitions[one].ref] for one in column.names)


def source_columns() -> dict[type[Row], tuple[str, ...]]:
    """The columns by which an article relies on a source, by table."""
    found = {
        model: tuple(name for name, column in columns(model).items() if column.ref == "sources")
        for model in TABLES
        if "document_id" in model.model_fields
    }
    return {model: names for model, names in found.items() if names}
