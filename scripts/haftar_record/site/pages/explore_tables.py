"""The tables of the pages ``explore/statements`` and ``explore/events``, which a script filters and sorts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Generic, TypeVar

from markupsafe import Markup

from ...model import codes
from ...model.cells import split
from ...model.rows import Row
from ...model.tables import BY_NAME, Actor, Document, Event, EventActor, PlaceRow, Statement, Topic
from ..charts.network import speaker_key
from ..charts.timeline import span
from ..html import chip, fragment
from ..record import Record

_TEMPLATE = "explore_tables.html"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")

_R = TypeVar("_R", bound=Row)


@dataclass(frozen=True)
class Filter(Generic[_R]):
    """A control above a table.

    of          gives the keys that a row has, with their labels: one, several or none
    test        ``is`` a choice of keys; ``text`` words anywhere in the row; ``from``, ``to`` a bound of days
    attribute   what the rows are compared by, if it is not ``name``
    """

    name: str
    label: str
    of: Callable[[_R], dict[str, str]] = lambda row: {}
    test: str = "is"
    attribute: str = ""

    @property
    def key(self) -> str:
        """The name of the data attribute that the rows are compared by."""
        return self.attribute or self.name


@dataclass(frozen=True)
class Control:
    """A filter as the page shows it, with the keys that can be chosen and their labels."""

    name: str
    label: str
    key: str
    test: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Cell:
    """A cell, text or Markup, and what it is sorted by when that is not its text."""

    content: str
    sort: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table: its data attributes, and its cells, each under the heading of its column."""

    keys: list[tuple[str, str]]
    cells: list[tuple[str, Cell]]


def statements(record: Record) -> Markup:
    """The table of all statements with its filters."""
    filters: list[Filter[Statement]] = [
        Filter("speaker", "Speaker", lambda row: {speaker_key(row).split("/")[1]: row.speaker_name}),
        Filter("target", "About", lambda row: _names(record, Actor, row.target_actor_ids)),
        Filter("topic", "Topic", lambda row: {row.topic_id: row.topic_name}),
        Filter("stance", "Stance", lambda row: _code("stance", row.stance)),
        Filter("form", "Form", lambda row: _code("speech_form", row.speech_form)),
        Filter("article", "Article", lambda row: _article(record, row.document_id)),
        Filter("words", "Words", test="text"),
    ]
    head = ("Statement", "Speaker", "About", "Topic", "Stance", "Form", "Article", "Date")
    rows = record[Statement]
    named = {
        row.statement_id: [record.row(Actor, one) for one in (row.speaker_actor_id, *split(row.target_actor_ids))]
        for row in rows
    }
    lines = [(keys(row, filters) + _searched(named[row.statement_id]), _statement(record, row)) for row in rows]
    made = table("statements", "All statements", dict(zip(head, head, strict=True)), lines)
    return _filters("statements", filters, rows) + made


def _statement(record: Record, row: Statement) -> list[Cell]:
    name, identity = speaker_key(row).split("/")
    link = record.link(Statement, row.statement_id)
    return [
        Cell(fragment(_TEMPLATE, "titled", link=link, words=row.content_text), row.summary),
        Cell(
            fragment(_TEMPLATE, "speaker", record=record, link=record.link(BY_NAME[name], identity), row=row),
            row.speaker_name,
        ),
        Cell(record.links(Actor, row.target_actor_ids) or "no actor"),
        Cell(record.link(Topic, row.topic_id)),
        Cell(chip("stance", row.stance)),
        Cell(chip("speech_form", row.speech_form)),
        Cell(record.link(Document, row.document_id)),
        Cell(_days(row.date_edtf), row.date_edtf),
    ]


def events(record: Record) -> Markup:
    """The table of all events with its filters."""
    actors = {
        row.event_id: {one.actor_id: one.actor_name for one in record.by(EventActor, "event_id", row.event_id)}
        for row in record[Event]
    }
    filters: list[Filter[Event]] = [
        Filter("type", "Type", lambda row: _code("event_type", row.event_type)),
        Filter("realis", "Did it happen?", lambda row: _code("realis", row.realis)),
        Filter("corroboration", "Reports", lambda row: _code("corroboration", row.corroboration)),
        Filter("article", "Article", lambda row: _told_by(record, row)),
        Filter("actor", "Actor", lambda row: actors[row.event_id]),
        Filter("from", "Not over before", lambda row: _day(row.date_end), "from", "end"),
        Filter("to", "Begun by", lambda row: _day(row.date_start), "to", "start"),
        Filter("words", "Words", test="text"),
    ]
    head = ("Event", "Type", "Did it happen?", "Date", "Place", "By", "To", "Reports", "Articles")
    rows = record[Event]
    named: dict[str, list[Actor | PlaceRow | None]] = {
        row.event_id: [*(record.row(Actor, one) for one in actors[row.event_id]), record.row(PlaceRow, row.place_id)]
        for row in rows
    }
    lines = [(keys(row, filters) + _searched(named[row.event_id]), _event(record, row)) for row in rows]
    made = table("events", "All events", dict(zip(head, head, strict=True)), lines)
    return _filters("events", filters, rows) + made


def _event(record: Record, row: Event) -> list[Cell]:
    link = record.link(Event, row.event_id)
    dated = fragment(_TEMPLATE, "dated", span=_days(span(row)), value=_days(row.date_edtf))
    reports = Markup("{}: {}").format(row.report_count, chip("corroboration", row.corroboration))
    articles = sorted(_told_by(record, row), key=record.number)
    return [
        Cell(fragment(_TEMPLATE, "titled", link=link, words=row.evidence_text), row.title),
        Cell(chip("event_type", row.event_type)),
        Cell(chip("realis", row.realis)),
        Cell(dated, str(row.date_start or row.date_end or "")),
        Cell(record.links(PlaceRow, row.place_id) or "not stated"),
        Cell(record.links(Actor, row.source_actor_ids) or "nobody named"),
        Cell(record.links(Actor, row.target_actor_ids) or "nobody named"),
        Cell(reports, str(row.report_count)),
        Cell(Markup(", ").join(record.link(Document, one, record.number(one)) for one in articles)),
    ]


def _searched(rows: Iterable[Actor | PlaceRow | None]) -> list[tuple[str, str]]:
    """A data attribute with the search names of actors and places, at which the filter of words looks beside what the
    row shows."""
    names = [name for row in rows if row for name in split(row.search_names)]
    return [("names", " ".join(names))] if names else []


def _told_by(record: Record, event: Event) -> dict[str, str]:
    """The articles that report an event."""
    ids = {report.document_id for report in record.reports(event)}
    return {key: label for one in ids for key, label in _article(record, one).items()}


def _article(record: Record, identity: str) -> dict[str, str]:
    return {identity: record.get(Document, identity).label}


def _names(record: Record, model: type[Row], cell: str | None) -> dict[str, str]:
    return {one: record.get(model, one).caption for one in split(cell)}


def _code(name: str, code: str) -> dict[str, str]:
    return {code: codes.lists()[name].codes[code].label}


def _day(day: Date | None) -> dict[str, str]:
    return {str(day): str(day)} if day else {}


def _days(words: str) -> Markup:
    """A text in which no day is broken over two lines."""
    return fragment(_TEMPLATE, "days", pieces=_DAY.split(words))


def _filters(name: str, filters: Iterable[Filter[_R]], rows: Sequence[_R]) -> Markup:
    """The controls above a table."""
    controls = [Control(one.name, one.label, one.key, one.test, _options(one, rows)) for one in filters]
    return fragment(_TEMPLATE, "filters", name=name, controls=controls, number=len(rows))


def _options(one: Filter[_R], rows: Sequence[_R]) -> list[tuple[str, str]]:
    names = {key: name for row in rows for key, name in one.of(row).items()}
    return sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))


def keys(row: _R, filters: Iterable[Filter[_R]]) -> list[tuple[str, str]]:
    """What the filters compare, by the name of its data attribute."""
    return [(one.key, " ".join(sorted(one.of(row)))) for one in filters if one.test != "text"]


def table(
    name: str,
    caption: str,
    head: dict[str, str],
    rows: Iterable[tuple[Sequence[tuple[str, str]], Sequence[Cell]]],
    classes: str = "",
) -> Markup:
    """A table whose rows become cards on a telephone, where the keys of ``head`` stand before the cells.

    The values of ``head``, texts or Markup, stand above the columns otherwise. A row comes with its data attributes.
    """
    lines = [Line(list(attributes), list(zip(head, cells, strict=True))) for attributes, cells in rows]
    return fragment(_TEMPLATE, "table", name=name, caption=caption, head=head, rows=lines, classes=classes)
