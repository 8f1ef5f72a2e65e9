"""The pages under ``explore/``: three charts, who backs whom, and the tables with filters. Each says how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...model import codes
from ...model.tables import Event, PlaceRow, Statement
from ..charts import drawing, network, places, timeline
from ..html import chip, fragment
from ..page import Page
from ..record import Record
from . import explore_backers, explore_tables

_TEMPLATE = "explore.html"


@dataclass(frozen=True)
class Explored:
    """A page under Explore, and the line that describes it in the list of pages."""

    name: str
    title: str
    lead: str
    body: Markup

    @property
    def address(self) -> str:
        """The address from the root of the site."""
        return f"explore/{self.name}.html"

    @property
    def page(self) -> Page:
        """The page itself."""
        return Page(f"explore/{self.name}.md", self.title, self.body)


def pages(record: Record) -> Iterator[Page]:
    """The list of the pages, then each of them."""
    made = [
        _timeline(record), _network(record), _map(record), _backers(record), _statements(record), _events(record),
    ]  # fmt: skip
    yield Page("explore/index.md", "Explore", fragment(_TEMPLATE, "choice", pages=made))
    yield from (one.page for one in made)


def assets(record: Record) -> dict[str, bytes]:
    """The script that draws the charts in the browser."""
    return {"assets/explore/vega.js": drawing.script()}


def _chart(chart: drawing.Chart, caption: str, head: list[str], rows: Iterable[list[str]]) -> Markup:
    """A chart, and the table that it is drawn from."""
    figure = drawing.figure(chart)
    return fragment(_TEMPLATE, "chart", name=chart.name, figure=figure, caption=caption, head=head, rows=rows)


# ---- charts -------------------------------------------------------------------------------------------------------


def _timeline(record: Record) -> Explored:
    rows = [
        [record.link(Event, row.event_id), chip("realis", row.realis), timeline.span(row), row.date_edtf,
         chip("date_prec", row.date_prec)]
        for _, group in timeline.groups(record) for row in group
    ]  # fmt: skip
    head = ["Event", "Did it happen?", "Days that the date allows", "EDTF", "Length of the span"]
    lead = "When it happened, is said to have happened, or was to happen."
    body = fragment(
        _TEMPLATE,
        "timeline",
        record=record,
        lead=lead,
        drawn=_chart(timeline.chart(record), "Events by date", head, rows),
        undated=timeline.undated(record),
        dense_from=timeline.DENSE_FROM,
    )
    return Explored("timeline", "Timeline of events", lead, body)


def _network(record: Record) -> Explored:
    rows = [
        [record.link(Statement, one.id), one.speaker, one.about, one.topic, chip("stance", one.stance), one.article]
        for one in network.strands(record)
    ]
    head = ["Statement", "Speaker", "About", "Topic", "Stance", "Article"]
    lead = "From each speaker to the actors spoken of, by stance."
    drawn = _chart(network.chart(record), "Statements by speaker and actor", head, rows)
    body = fragment(_TEMPLATE, "network", record=record, lead=lead, drawn=drawn)
    return Explored("network", "Who says what about whom", lead, body)


def _map(record: Record) -> Explored:
    rows = [_place(record, record.get(PlaceRow, one.id)) for one in places.places(record)]
    head = ["Place", "Precision", "Coordinates", "Seen at", "Events", "Mentions"]
    lead = "Where it happened, as exactly as the articles say."
    body = fragment(
        _TEMPLATE,
        "map",
        record=record,
        lead=lead,
        drawn=_chart(places.chart(record), "Places", head, rows),
        nowhere=places.without_place(record),
        all=len(record[Event]),
    )
    return Explored("map", "Map of places", lead, body)


def _place(record: Record, row: PlaceRow) -> list[str]:
    """The cells of a place."""
    point = f"{row.latitude:f}, {row.longitude:f}" if row.latitude is not None else "none"
    told = fragment(_TEMPLATE, "place_events", record=record, rows=record.by(Event, "place_id", row.place_id))
    exactly = chip("where_prec", row.where_prec)
    return [
        record.link(PlaceRow, row.place_id),
        exactly,
        point,
        row.coordinate_basis or "",
        told,
        str(row.mention_count),
    ]


# ---- tables -------------------------------------------------------------------------------------------------------


def _backers(record: Record) -> Explored:
    names = codes.lists()["predicate"].codes
    lead = "What each article says about who is for or against him."
    body = fragment(
        _TEMPLATE,
        "backers",
        record=record,
        lead=lead,
        sides=explore_backers.sides(record),
        predicates=[names[one].label.lower() for one in explore_backers.FOR + explore_backers.AGAINST],
        matrix=explore_backers.matrix(record),
    )
    return Explored("backers", "Who backs Haftar, according to whom", lead, body)


def _statements(record: Record) -> Explored:
    lead = "Filter by speaker, topic, stance and words."
    body = fragment(_TEMPLATE, "statements", record=record, lead=lead, filtered=explore_tables.statements(record))
    return Explored("statements", "All statements", lead, body)


def _events(record: Record) -> Explored:
    lead = "Filter by type, date, reports, actor and whether it happened."
    body = fragment(_TEMPLATE, "events", record=record, lead=lead, filtered=explore_tables.events(record))
    return Explored("events", "All events", lead, body)
