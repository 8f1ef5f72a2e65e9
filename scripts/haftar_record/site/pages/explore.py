"""The pages under Explore: three charts, who backs whom, and the tables with filters. Each says how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...model import codes
from .. import html
from ..charts import drawing, network, places, timeline
from ..page import Page
from ..record import Record
from . import explore_backers, explore_tables

_HERE = "explore/"
_STYLE = '<link rel="stylesheet" href="@/assets/explore/explore.css">\n'
_CHARTS = (
    '<script src="@/assets/explore/vega.js" defer></script>\n<script src="@/assets/explore/charts.js" defer></script>\n'
)
_TABLES = '<script src="@/assets/explore/tables.js" defer></script>\n'


def pages(record: Record) -> Iterator[Page]:
    made = [
        _timeline(record), _network(record), _map(record), _backers(record), _statements(record), _events(record),
    ]  # fmt: skip
    yield _choice(made)
    yield from (page for page, _ in made)


def assets(record: Record) -> dict[str, bytes]:
    return {"assets/explore/vega.js": drawing.script()}


def _page(name: str, title: str, lead: str, body: str) -> tuple[Page, str]:
    """A page, and the line by which the choice of pages announces it."""
    return Page(f"{_HERE}{name}.md", title, f"{_STYLE}\n{lead}\n\n{body}"), lead


def _choice(made: Iterable[tuple[Page, str]]) -> Page:
    cards = "\n".join(
        f'<li><a href="@/{page.path.removesuffix(".md")}.html"><strong>{html.text(page.title)}</strong></a><br>'
        f"{html.text(lead)}</li>"
        for page, lead in made
    )
    text = (
        f"{_STYLE}\nEvery mark and every line leads to the row that it stands for, and that row to the words it rests"
        " on.\n\n"
        f'<ul class="ex-cards">\n{cards}\n</ul>\n'
    )
    return Page(f"{_HERE}index.md", "Explore", text)


def _read(record: Record, *sentences: str) -> str:
    """How to read what follows, and what it cannot show."""
    limit = f"{len(record.documents)} articles are no sample: what is missing here may well have happened or been said."
    return (
        f'<p class="ex-read"><strong>How to read this.</strong> {" ".join(sentences)}'
        f" <strong>Limits.</strong> {limit}</p>\n\n"
    )


def _chart(chart: drawing.Chart, caption: str, head: list[str], rows: Iterable[list[str]]) -> str:
    """A chart, the way past it for those who do not see it, and the table that it is drawn from."""
    return (
        f'<p><a class="ex-skip" href="#{chart.name}-data">Skip the drawing, go to its table</a></p>\n'
        f"{drawing.figure(chart)}\n"
        f'<details class="ex-data" id="{chart.name}-data" data-search-exclude>'
        f"<summary>The table that this is drawn from</summary>\n"
        f"{html.table(caption, head, rows)}</details>\n\n{_CHARTS}"
    )


# ---- charts -------------------------------------------------------------------------------------------------------


def _timeline(record: Record) -> tuple[Page, str]:
    chart, unknown = timeline.chart(record), timeline.undated(record)
    read = _read(
        record,
        "Each row is an event. A bar spans every day that its date allows, so a long bar is a vague date and not a long"
        " event, unless the event lasted. A day is drawn a little wider than it is, or it could not be seen.",
        "A dotted line with an arrow has no first or no last day: the event lies somewhere along it.",
        "Symbol, outline and colour say how the event is told; “happened” is what the record holds, by its"
        ' <a href="@/codebook.html#realis">rules</a>.',
        f"The shaded strip presses the years before {timeline.DENSE_FROM} together.",
    )
    rows = [
        [record.link("events", row.event_id), html.chip("realis", row.realis), html.text(timeline.span(row)),
         html.text(row.date_edtf), html.chip("date_prec", row.date_prec)]
        for _, group in timeline.groups(record) for row in group
    ]  # fmt: skip
    drawn = _chart(
        chart,
        "Events by date",
        ["Event", "Kind of telling", "Days that the date allows", "EDTF", "Length of the span"],
        rows,
    )
    if unknown:
        items = "".join(f"<li>{record.link('events', row.event_id)}</li>" for row in unknown)
        drawn += f"\n\n## Events of unknown date\n\n<ul>{items}</ul>\n"
    else:
        drawn += "\n\nNo event is wholly without a date: each has a first or a last day.\n"
    return _page(
        "timeline",
        "Timeline of events",
        "When it happened, is said to have happened, or was to happen.",
        f"{read}{drawn}",
    )


def _network(record: Record) -> tuple[Page, str]:
    chart, drawn = network.chart(record), network.strands(record)
    read = _read(
        record,
        "Each strand is a statement about an actor, from who speaks at the left to whom it is about at the right; the"
        " number of strands is the number of statements. A statement about two actors has two strands.",
        "<strong>Colour and dash are the stance to the topic of the statement, not to the actor</strong>: who speaks"
        " for the elections may speak about Haftar.",
        "Names in italics are not named in the articles. Point at a block to see its strands alone.",
    )
    rows = [
        [record.link("statements", one["id"]), *(html.text(one[key]) for key in ("speaker", "about", "topic")),
         html.chip("stance", one["stance"]), html.text(one["article"])]
        for one in drawn
    ]  # fmt: skip
    body = read + _chart(
        chart, "Statements by speaker and actor", ["Statement", "Speaker", "About", "Topic", "Stance", "Article"], rows
    )
    return _page("network", "Who says what about whom", "From each speaker to those spoken of, by stance.", body)


def _map(record: Record) -> tuple[Page, str]:
    chart, nowhere = places.chart(record), places.without_place(record)
    read = _read(
        record,
        "A point stands only where coordinates were verified; its size is the number of events there, and an empty one"
        " is named in an article without an event. A country is shaded as a whole:"
        " an event in Libya has no point there.",
        "Regions without agreed bounds stand in the list alone.",
        f"For {len(nowhere)} of {len(record['events'])} events the articles give no place.",
        "Outlines: Natural Earth (public domain); they show who holds a territory in fact.",
    )
    rows = [_place(record, one) for one in places.places(record)]
    head = ["Place", "How exactly", "Coordinates", "Seen at", "Events", "Mentions"]
    body = f"{read}{_chart(chart, 'Places', head, rows)}\n\n"
    body += f"<details><summary>The {len(nowhere)} events without a place</summary>\n<ul>\n"
    body += "".join(f"<li>{record.link('events', row.event_id)}</li>\n" for row in nowhere) + "</ul>\n</details>\n"
    return _page("map", "Map of places", "Where it happened, as exactly as the articles say.", body)


def _place(record: Record, one: dict[str, Any]) -> list[str]:
    row = record.get("places", one["id"])
    point = f"{row.latitude:f}, {row.longitude:f}" if row.latitude is not None else "none"
    told = "<br>".join(record.link("events", event.event_id) for event in record.by("events", "place_id", row.place_id))
    return [
        record.link("places", row.place_id), html.chip("where_prec", row.where_prec), point,
        html.text(row.coordinate_basis or ""), told or "none", str(row.mention_count),
    ]  # fmt: skip


# ---- tables -------------------------------------------------------------------------------------------------------


def _backers(record: Record) -> tuple[Page, str]:
    sides = " or ".join(record.link("actors", one) for one in explore_backers.sides(record))
    names = codes.lists()["predicate"].codes
    used = ", ".join(f"“{names[one].label.lower()}”" for one in explore_backers.FOR + explore_backers.AGAINST)
    read = _read(
        record,
        f"A cell holds every tie of the actor to {sides} that the article tells, and who asserts it there: {used}.",
        "A tie with “denied” before it is asserted not to hold. “Nothing” means that the article tells no such tie,"
        " which is not a denial.",
    )
    return _page(
        "backers", "Who backs Haftar, according to whom", "Each article's word on who stands for or against him.",
        f"{read}{explore_backers.matrix(record)}\n\nAll ties are in the table"
        f' <a href="@/{record.field_url("relations")}">relations</a>.\n',
    )  # fmt: skip


def _statements(record: Record) -> tuple[Page, str]:
    read = _read(
        record,
        "The first line of a statement is our summary, the second the words of the article; the summary leads to the"
        " passage.",
        "What is chosen stands in the address of the page, which can be passed on.",
    )
    return _page(
        "statements",
        "All statements",
        "Filter by speaker, topic, stance and words.",
        f"{read}{explore_tables.statements(record)}{_TABLES}",
    )


def _events(record: Record) -> tuple[Page, str]:
    read = _read(
        record,
        "The first line of an event is our title, the second the words of its first report; the title leads to all"
        " reports.",
        "“Not over before” and “begun by” keep every event that may lie in between, vague dates included.",
    )
    return _page(
        "events",
        "All events",
        "Filter by type, telling, date, reports and actor.",
        f"{read}{explore_tables.events(record)}{_TABLES}",
    )
