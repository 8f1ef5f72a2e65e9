"""The tables of all statements and all events. They stand whole in the page; a script adds filters and sorting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...model import codes
from ...model.cells import split
from .. import html
from ..charts.network import speaker_key
from ..charts.timeline import span
from ..record import Record

#: A day, which is not broken over two lines.
_DAY, _UNBROKEN = re.compile(r"\d{4}-\d{2}-\d{2}"), r'<span class="ex-day">\g<0></span>'


@dataclass(frozen=True)
class Filter:
    """A control above a table.

    of     gives the keys that a row has, with what a reader calls them: one, several or none
    test   ``is`` a choice of keys; ``text`` words anywhere in the row; ``from``, ``to`` a bound of days
    key    what the rows are compared by, when it is not ``name``
    """

    name: str
    label: str
    of: Callable[[Any], dict[str, str]] = lambda row: {}
    test: str = "is"
    key: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell as HTML, and what it is sorted by when that is not its text."""

    content: str
    sort: str = ""


def statements(record: Record) -> str:
    """The table of all statements with its filters."""
    filters = [
        Filter("speaker", "Speaker", lambda row: {speaker_key(row).split("/")[1]: row.speaker_name}),
        Filter("target", "About", lambda row: _names(record, "actors", row.target_actor_ids)),
        Filter("topic", "Topic", lambda row: {row.topic_id: row.topic_name}),
        Filter("stance", "Stance", lambda row: _code("stance", row.stance)),
        Filter("form", "Form", lambda row: _code("speech_form", row.speech_form)),
        Filter("article", "Article", lambda row: _article(record, row.document_id)),
        Filter("words", "Words", test="text"),
    ]
    head = ("Statement", "Speaker", "About", "Topic", "Stance", "Form", "Article", "Date")
    rows = record["statements"]
    return _filters("statements", filters, rows) + table(
        "statements", "All statements", _plain(head), ((row, _statement(record, row)) for row in rows), filters
    )


def _statement(record: Record, row: Any) -> list[Cell]:
    table, identity = speaker_key(row).split("/")
    relayed = (
        f"<small>through {record.links('sources', row.relayed_by_source_id)}</small>"
        if row.relayed_by_source_id
        else ""
    )
    return [
        Cell(
            f'{record.link("statements", row.statement_id)}<span class="ex-words">{html.text(row.content_text)}</span>',
            row.summary,
        ),
        Cell(record.link(table, identity) + (f"<br>{relayed}" if relayed else ""), row.speaker_name),
        Cell(record.links("actors", row.target_actor_ids) or "no actor"),
        Cell(record.link("topics", row.topic_id)),
        Cell(html.chip("stance", row.stance)),
        Cell(html.chip("speech_form", row.speech_form)),
        Cell(record.link("documents", row.document_id)),
        Cell(_DAY.sub(_UNBROKEN, row.date_edtf), row.date_edtf),
    ]


def events(record: Record) -> str:
    """The table of all events with its filters."""
    actors = {
        row.event_id: {one.actor_id: one.actor_name for one in record.by("event_actors", "event_id", row.event_id)}
        for row in record["events"]
    }
    filters = [
        Filter("type", "Type", lambda row: _code("event_type", row.event_type)),
        Filter("realis", "Kind of telling", lambda row: _code("realis", row.realis)),
        Filter("corroboration", "Reports", lambda row: _code("corroboration", row.corroboration)),
        Filter("article", "Article", lambda row: _told_by(record, row)),
        Filter("actor", "Actor", lambda row: actors[row.event_id]),
        Filter("from", "Not over before", lambda row: _day(row.date_end), "from", "end"),
        Filter("to", "Begun by", lambda row: _day(row.date_start), "to", "start"),
        Filter("words", "Words", test="text"),
    ]
    head = ("Event", "Type", "Kind of telling", "Date", "Place", "By", "To", "Reports", "Articles")
    rows = record["events"]
    return _filters("events", filters, rows) + table(
        "events", "All events", _plain(head), ((row, _event(record, row)) for row in rows), filters
    )


def _event(record: Record, row: Any) -> list[Cell]:
    place = record.link("places", row.place_id) if record.row("places", row.place_id) else "not stated"
    return [
        Cell(
            f'{record.link("events", row.event_id)}<span class="ex-words">{html.text(row.evidence_text)}</span>',
            row.title,
        ),
        Cell(html.chip("event_type", row.event_type)),
        Cell(html.chip("realis", row.realis)),
        Cell(
            f"{_DAY.sub(_UNBROKEN, span(row))}<br><small>{_DAY.sub(_UNBROKEN, row.date_edtf)}</small>",
            str(row.date_start or row.date_end or ""),
        ),
        Cell(place),
        Cell(record.links("actors", row.source_actor_ids) or "nobody named"),
        Cell(record.links("actors", row.target_actor_ids) or "nobody named"),
        Cell(f"{row.report_count}: {html.chip('corroboration', row.corroboration)}", str(row.report_count)),
        Cell(
            ", ".join(
                record.link("documents", one, record.number(one))
                for one in sorted(_told_by(record, row), key=record.number)
            )
        ),
    ]


def _told_by(record: Record, event: Any) -> dict[str, str]:
    """The articles that report an event."""
    ids = {report.document_id for report in record.reports(event.event_id)}
    return {key: label for one in ids for key, label in _article(record, one).items()}


def _article(record: Record, identity: str) -> dict[str, str]:
    return {identity: record.get("documents", identity).label}


def _names(record: Record, table: str, cell: str | None) -> dict[str, str]:
    return {one: record.label(table, one) for one in split(cell)}


def _code(name: str, code: str) -> dict[str, str]:
    return {code: codes.lists()[name].codes[code].label}


def _day(day: Any) -> dict[str, str]:
    return {str(day): str(day)} if day else {}


def _filters(table: str, filters: Iterable[Filter], rows: Sequence[Any]) -> str:
    """The controls. They are hidden until the script that makes them work shows them."""
    controls = "".join(
        f'<div><label for="filter-{one.name}">{html.text(one.label)}</label>{_control(one, rows)}</div>\n'
        for one in filters
    )
    return (
        f'<form class="ex-filter" data-table="table-{table}" data-unit="{table}" hidden'
        f' aria-label="Filter the table">\n{controls}'
        f'<div class="ex-end"><p role="status" aria-live="polite">{len(rows)} of {len(rows)} {table}</p>'
        '<button type="reset">Show all</button></div>\n</form>\n\n'
    )


def _control(one: Filter, rows: Sequence[Any]) -> str:
    shared = f'id="filter-{one.name}" name="{one.name}" data-key="{one.key or one.name}" data-test="{one.test}"'
    if one.test == "text":
        return f'<input type="search" {shared}>'
    if one.test in ("from", "to"):
        return f'<input type="date" {shared}>'
    names = {key: name for row in rows for key, name in one.of(row).items()}
    options = "".join(
        f'<option value="{html.attribute(key)}">{html.text(name)}</option>'
        for key, name in sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))
    )
    return f'<select {shared}><option value="">all</option>{options}</select>'


def _plain(head: Iterable[str]) -> dict[str, str]:
    return {name: html.text(name) for name in head}


def table(
    name: str,
    caption: str,
    head: dict[str, str],
    rows: Iterable[tuple[Any, list[Cell]]],
    filters: Sequence[Filter] = (),
    classes: str = "",
) -> str:
    """A table whose rows become cards on a telephone, where the keys of ``head`` stand before the cells.

    The values of ``head`` are what stands above the columns otherwise, as HTML.

    A row comes with what the filters look at. Roles are spelt out, because a card is no table to a browser.
    """
    columns = "".join(f'<th scope="col" role="columnheader">{one}</th>' for one in head.values())
    body = "\n".join(
        f'<tr role="row"{_keys(row, filters)}>{_head_cell(first)}{"".join(map(_cell, list(head)[1:], rest))}</tr>'
        for row, (first, *rest) in rows
    )
    return (
        # Search finds a row at its home.
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{html.attribute(caption)}"'
        " data-search-exclude>\n"
        f'<table class="record ex-table {classes}" id="table-{name}" role="table">\n'
        f'<caption>{html.text(caption)}</caption>\n<thead role="rowgroup"><tr role="row">{columns}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>\n</div>\n\n'
    )


def _keys(row: Any, filters: Iterable[Filter]) -> str:
    return "".join(
        f' data-{one.key or one.name}="{html.attribute(" ".join(sorted(one.of(row))))}"'
        for one in filters
        if one.test != "text"
    )


def _head_cell(cell: Cell) -> str:
    return f'<th scope="row" role="rowheader"{_sort(cell)}>{cell.content}</th>'


def _cell(name: str, cell: Cell) -> str:
    return f'<td role="cell" data-name="{html.attribute(name)}"{_sort(cell)}>{cell.content}</td>'


def _sort(cell: Cell) -> str:
    return f' data-sort="{html.attribute(cell.sort)}"' if cell.sort else ""
