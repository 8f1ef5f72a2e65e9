"""The pages of tables.

Every row of the table is on its page, with everything that concerns it. A table without a macro of its own in
``registers.html`` is shown column by column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from ...model.cells import split, to_cell
from ...model.rows import Row, columns, grouped, plural
from ...model.table_schema import purpose
from ...model.tables import (
    BY_NAME,
    TABLES,
    Actor,
    Decision,
    Discrepancy,
    Document,
    Event,
    EventActor,
    PlaceRow,
    Reference,
    Source,
    Statement,
    Topic,
)
from ..html import count, fragment
from ..page import Page
from ..record import Record

#: What the page of a table says first; the others say what their rows are.
_LEADS: dict[type[Row], str] = {
    Event: (
        "One entry per distinct occurrence, in the order of the first day that its date allows, with all reports of it"
        " side by side."
    ),
    Actor: "Persons, bodies, groups and states that act, speak or are spoken of.",
    Source: "Everything that an article relies on, named or not, and what it goes back to.",
    Topic: "What a stance is towards, and what support and opposition mean for it.",
    PlaceRow: "Where events are placed, how exactly, and where the coordinates were seen.",
    Reference: "Facts from outside the articles. Every row that rests on one says so.",
    Decision: "How hard cases were settled, and what else was possible.",
}
#: Further tables that have a page of their own.
_OTHERS = [model for model in TABLES if model.PAGE == "table" and model not in (*_LEADS, Discrepancy)]


def pages(record: Record) -> Iterator[Page]:
    """A page for each table."""
    for model in (*_LEADS, *_OTHERS):
        lead = _LEADS.get(model) or purpose(model)
        entries = [
            fragment("registers.html", "entry", record=record, row=row, more=_MORE.get(model, _nothing)(record, row))
            for row in _ordered(record[model])
        ]
        number = count(len(entries), model.ONE, plural(model))
        body = fragment("registers.html", "page", record=record, model=model, number=number, lead=lead, entries=entries)
        yield Page(f"{model.TABLE}.md", model.TITLE, body)


def _ordered(rows: list[Row]) -> list[Row]:
    """Events by their days; actors, places and sources by name; others as they come."""

    def place(row: Row) -> tuple[str, ...]:
        if isinstance(row, Event):
            return str(row.date_start or row.date_end or ""), row.event_id
        return (row.name.casefold(), *row.id) if isinstance(row, Actor | PlaceRow | Source) else ()

    return sorted(rows, key=place)


def _nothing(record: Record, row: Row) -> dict[str, object]:
    return {}


def _cells(record: Record, row: Row) -> dict[str, object]:
    """``cells``: what a row has in each column, ids as links."""
    found = []
    for name, column in columns(type(row)).items():
        text = to_cell(getattr(row, name))
        values = split(text) if column.many else [text]
        shown = [record.link(BY_NAME[column.ref], one) if column.ref and one else Markup.escape(one) for one in values]
        found.append((name, Markup(", ").join(shown)))
    return {"cells": found}


def _event(record: Record, row: Event) -> dict[str, object]:
    """``roles``: the actors of an event by role, each with the words that name the actor in it."""

    def words(actor: EventActor) -> list[str]:
        return list(dict.fromkeys(one.exact_text for one in record.evidence(actor.event_actor_id)))

    by_role = grouped(record.by(EventActor, "event_id", row.event_id), "role")
    return {"roles": [(role, [(one, words(one)) for one in actors]) for role, actors in by_role.items()]}


def _source(record: Record, row: Source) -> dict[str, object]:
    """``articles``: those that it published, and those whose text it is."""
    found: dict[str, Document] = {
        one.document_id: one
        for column in ("publisher_source_id", "origin_source_id")
        for one in record.by(Document, column, row.source_id)
    }
    return {"articles": list(found.values())}


def _topic(record: Record, row: Topic) -> dict[str, object]:
    """``stances``: the statements on a topic by their stance."""
    return {"stances": grouped(record.by(Statement, "topic_id", row.topic_id), "stance")}


def _decision(record: Record, row: Decision) -> dict[str, object]:
    """``units``: the id of every row that the decision is about, with its model, or None when no row has the id."""
    found = {identity: record.by_name.get(identity) for identity in split(row.unit_ids)}
    return {"units": [(identity, unit and type(unit)) for identity, unit in found.items()]}


#: What the entries of a table show that is not in the row itself.
_MORE: dict[type[Row], Callable[[Record, Any], dict[str, object]]] = {
    Event: _event,
    Source: _source,
    Topic: _topic,
    Decision: _decision,
}
_MORE.update(dict.fromkeys(_OTHERS, _cells))
