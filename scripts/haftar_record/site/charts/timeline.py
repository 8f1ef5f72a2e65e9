"""The timeline: one row per event, its bar as long as its date is uncertain. See ``chart``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from ...model import codes
from ...model.tables import Event
from ..record import Record
from . import drawing
from .drawing import INK, LINE, Chart, Datum, Size, Spec, field, signal, value

Style = tuple[str, list[float], float]
#: Symbol, stroke of the bar and share of its fill by realis: told apart without colour.
STYLES: dict[str, Style] = {
    "actual": ("circle", [1, 0], 1),
    "asserted_only": ("diamond", [1, 0], 0.25),
    "planned": ("triangle-right", [6, 3], 0),
    "threatened": ("triangle-up", [2, 2], 0),
    "conditional": ("square", [7, 2, 2, 2], 0),
    "denied": ("M-1,-1L1,1M-1,1L1,-1", [1, 3], 0),
}
#: Years before this one share a narrow strip of the axis.
DENSE_FROM = 2019
_COLOURS = {code: f"var(--ex-{code.replace('_', '-')})" for code in STYLES}

#: The headings of the groups, by whether a first and a last day are known.
_GROUPS = {
    (True, True): "Bounded: on a day of the bar, or over it",
    (False, True): "No first day is known",
    (True, False): "No last day is known",
}
_TOOLTIP = (
    "{title: datum.title, 'Kind': datum.kind, 'Date': datum.date, 'Reports': datum.reports, 'Articles': datum.articles}"
)


def groups(record: Record) -> list[tuple[str, list[Event]]]:
    """The events with at least one bound, by which bounds they have, each group in the order of its days."""
    found: dict[tuple[bool, bool], list[Event]] = {}
    for row in sorted(record[Event], key=_days):
        found.setdefault((row.date_start is not None, row.date_end is not None), []).append(row)
    return [(title, found[bounds]) for bounds, title in _GROUPS.items() if bounds in found]


def _days(event: Event) -> tuple[date, date, str]:
    """What events are put in order by."""
    first = event.date_start or event.date_end or date.max
    return first, event.date_end or date.max, event.event_id


def undated(record: Record) -> list[Event]:
    """The events without any bound: they have no place on an axis of time."""
    return [row for row in record[Event] if row.date_start is None and row.date_end is None]


def chart(record: Record) -> Chart:
    """A bar per event from the first to the last day that its date allows; without one of them, a line to the edge.

    Colour, the symbol before the title and the outline of the bar show the realis.
    """
    shown = sum(len(rows) for _, rows in groups(record))
    description = f"Timeline of {shown} events, one row per event; the table below has the same rows."
    return Chart("timeline", description, {size.name: _spec(record, size) for size in drawing.SIZES})


def _spec(record: Record, size: Size) -> Spec:
    row_height, bar = (36, 9) if size.is_narrow else (20, 10)
    left = 6 if size.is_narrow else 420
    legend, top = _legend(record, size)
    rows, heads, y = _placed(record, size, left, row_height)
    years = [day.year for event in record[Event] for day in (event.date_start, event.date_end) if day] or [DENSE_FROM]
    plot = {
        "type": "group",
        "encode": {"enter": {"y": value(top + 28), "width": value(size.width), "height": value(y)}},
        "axes": [_axis("top") | {"grid": True, "gridColor": LINE}, _axis("bottom")],
        "marks": _marks(size, row_height, bar),
    }
    return drawing.spec(
        size,
        top + 28 + y + 24,
        data=[
            {"name": "events", "values": rows},
            {"name": "heads", "values": heads},
            {"name": "legend", "values": legend},
        ],
        signals=_signals(min(years), max(years), left, size),
        scales=[{"name": "x", "type": "utc", "domain": signal("domain"), "range": signal("range")}],
        marks=[*_legend_marks(), plot],
    )


def _placed(record: Record, size: Size, left: int, row_height: int) -> tuple[list[Datum], list[Datum], float]:
    """The events and the headings of their groups, each with its place, and the lower end."""
    rows: list[Datum] = []
    heads: list[Datum] = []
    y = 8.0
    for title, events in groups(record):
        heads.append({"text": size.fit(title, size.width), "x": 0, "y": y + 12})
        y += 26
        for event in events:
            # In the narrow size the title stands above its bar.
            bar_y = y + 25 if size.is_narrow else y + row_height / 2
            rows.append(_row(record, event) | {"y": y, "bar": bar_y, "title_y": y + 10 if size.is_narrow else bar_y})
            rows[-1]["text"] = size.fit(event.title, (size.width if size.is_narrow else left) - 28)
            y += row_height
        y += 8
    return rows, heads, y


def _row(record: Record, event: Event) -> Datum:
    """An event as the drawing needs it. ``a`` and ``b`` are milliseconds; the last day is drawn to its end."""
    kind = codes.lists()["realis"].codes[event.realis].label
    numbers = sorted({record.number(report.document_id) for report in record.reports(event)})
    shape, _, _ = STYLES[event.realis]
    return {
        "id": event.event_id,
        "url": record.url(Event, event.event_id),
        "title": event.title,
        "realis": event.realis,
        "kind": kind,
        "shape": shape,
        "date": span(event),
        "a": _milliseconds(event.date_start) if event.date_start else None,
        "b": _milliseconds(event.date_end + timedelta(days=1)) if event.date_end else None,
        "reports": event.report_count,
        "articles": ", ".join(numbers),
        "label": f"{event.title}. {kind}. {span(event)}.",
    }


def span(event: Event) -> str:
    """The days that the date of an event allows, in words."""
    start, end = event.date_start, event.date_end
    if start is None and end is None:
        return "unknown"
    if start is None:
        return f"up to {end}, first day unknown"
    if end is None:
        return f"not before {start}, last day unknown"
    return str(start) if start == end else f"between {start} and {end}"


def _milliseconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def _legend(record: Record, size: Size) -> tuple[list[Datum], float]:
    """An entry per realis that occurs, and the height that they take."""
    counts = {code: sum(row.realis == code for row in record[Event]) for code in STYLES}
    used = [code for code, count in counts.items() if count]
    columns = 2 if size.is_narrow else 3
    entries: list[Datum] = []
    for number, code in enumerate(used):
        label = codes.lists()["realis"].codes[code].label
        x = number % columns * (size.width / columns)
        entries.append(
            {
                "realis": code,
                "shape": STYLES[code][0],
                "text": f"{label} ({counts[code]})",
                "x": x,
                "y": 10 + number // columns * 22,
            }
        )
    return entries, -(-len(used) // columns) * 22


def _signals(first: int, last: int, left: int, size: Size) -> list[Spec]:
    """The choice of years, and what follows from it for the axis: all years have a narrow strip for the early ones."""
    right = size.width - 8
    options = ["all years", *map(str, range(DENSE_FROM, last + 1))]
    dense = f"[utc({first},0,1), utc({DENSE_FROM},0,1), utc({last + 1},0,1)]"
    ticks = [
        f"utc({year},{month},1)"
        for year in range(DENSE_FROM, last + 1)
        for month in ((0,) if size.is_narrow else (0, 6))
    ]
    kinds = {code: codes.lists()["realis"].codes[code].label for code in STYLES}
    return [
        drawing.choice("kind", "Did it happen?", kinds),
        {"name": "years", "value": "all years", "bind": {"input": "select", "name": "Years", "options": options}},
        {"name": "year", "update": "toNumber(years)"},
        {"name": "whole", "update": "years === 'all years'"},
        {"name": "domain", "update": f"whole ? {dense} : [utc(year,0,1), utc(year + 1,0,1)]"},
        {
            "name": "range",
            "update": f"whole ? [{left}, {left + (right - left) * 0.12:.0f}, {right}] : [{left}, {right}]",
        },
        {
            "name": "ticks",
            "update": f"whole ? [utc({first},0,1), {', '.join(ticks)}] : "
            "[utc(year,0,1), utc(year,3,1), utc(year,6,1), utc(year,9,1)]",
        },
    ]


def _axis(orient: str) -> Spec:
    text = "utcFormat(datum.value, utcmonth(datum.value) == 0 ? '%Y' : '%b')"
    return {
        "orient": orient,
        "scale": "x",
        "values": signal("ticks"),
        "tickColor": LINE,
        "labelFlush": False,
        "aria": False,
        "encode": {"labels": {"update": {"text": signal(text), "align": value("left"), "dx": value(2)}}},
    }


def _by_realis(choose: Callable[[Style, str], Spec]) -> list[Spec]:
    """A production rule: for each realis what ``choose`` makes of its style and colour."""
    return [{"test": f"datum.realis === '{code}'"} | choose(style, _COLOURS[code]) for code, style in STYLES.items()]


def _glyph() -> Spec:
    """The symbol of a realis."""
    return {
        "shape": field("shape"),
        "size": value(70),
        "stroke": _by_realis(lambda style, colour: value(colour)),
        "strokeWidth": value(1.8),
        "fill": _by_realis(lambda style, colour: value(colour if style[2] == 1 else "transparent")),
    }


def _legend_marks() -> list[Spec]:
    return [
        drawing.symbols("legend", x=signal("datum.x + 7"), **_glyph()),
        drawing.texts("legend", x=signal("datum.x + 20")),
    ]


#: Where the span of an event begins and ends: expressions of Vega over its row. Without a first or last day, that is
#: the edge of the time line; ``_X1`` and ``_X2`` are the same within the part that is shown.
_LOW, _HIGH = "range[0]", "peek(range)"
_START = "scale('x', datum.a === null ? domain[0] : datum.a)"
_END = "scale('x', datum.b === null ? peek(domain) : datum.b)"
_X1, _X2 = f"clamp({_START}, {_LOW}, {_HIGH})", f"clamp(max({_END}, {_START} + 4), {_LOW}, {_HIGH})"
_BOUNDED = "datum.a !== null && datum.b !== null"
_VISIBLE = f"{_END} >= {_LOW} && {_START} <= {_HIGH}"


def _span_marks(bar: int) -> list[Spec]:
    """The span of each event: a bar between two known days; else a dotted line with a stop at the known one."""
    colour = _by_realis(lambda style, colour: value(colour))
    solid = _by_realis(lambda style, colour: value(colour if style[0] in ("circle", "diamond") else "transparent"))
    # An outline of a few pixels has no room for dashes.
    dash = [{"test": f"{_X2} - {_X1} < 16"} | value([1, 0]), *_by_realis(lambda style, colour: value(style[1]))]
    bars = {
        "x": signal(_X1), "x2": signal(_X2), "yc": field("bar"), "height": value(bar), "stroke": colour, "fill": solid,
        "fillOpacity": _by_realis(lambda style, colour: value(style[2])), "strokeDash": dash, "strokeWidth": value(1.4),
    }  # fmt: skip
    lines = {
        "x": signal(_X1), "x2": signal(_X2), "y": field("bar"), "stroke": colour, "strokeWidth": value(1.6),
        "strokeDash": value([2, 3]),
    }  # fmt: skip
    # The day that is known: a stop at that end of the line; an arrow at the other.
    stops = {
        "x": signal(f"datum.a === null ? {_X2} : {_X1}"), "y": signal(f"datum.bar - {bar / 2 + 1}"),
        "y2": signal(f"datum.bar + {bar / 2 + 1}"), "stroke": colour, "strokeWidth": value(2.5),
    }  # fmt: skip
    arrows = {
        "x": signal(f"datum.a === null ? {_LOW} + 3 : {_HIGH} - 3"), "y": field("bar"), "size": value(45),
        "fill": colour, "shape": signal("datum.a === null ? 'triangle-left' : 'triangle-right'"),
    }  # fmt: skip

    def drawn(kind: str, test: str, encoding: Spec) -> Spec:
        opacity = {"opacity": signal(f"({test}) ? (kind === 'all' || kind === datum.realis ? 1 : 0.15) : 0")}
        return {
            "type": kind, "from": {"data": "events"}, "interactive": False, "aria": False,
            "encode": {"update": encoding | opacity},
        }  # fmt: skip

    known = f"(datum.a === null ? {_END} <= {_HIGH} : {_START} >= {_LOW})"
    return [
        drawn("rect", f"{_BOUNDED} && {_VISIBLE}", bars),
        drawn("rule", f"!({_BOUNDED}) && {_VISIBLE}", lines),
        drawn("rule", f"!({_BOUNDED}) && {_VISIBLE} && {known}", stops),
        drawn("symbol", f"!({_BOUNDED}) && {_VISIBLE}", arrows),
    ]


def _marks(size: Size, row_height: int, bar: int) -> list[Spec]:
    fade = {"opacity": signal(f"(kind === 'all' || kind === datum.realis) && {_VISIBLE} ? 1 : 0.2")}
    titles = drawing.texts("events", x=value(18), y=field("title_y"))
    titles["encode"]["update"] = fade
    gutter = drawing.symbols("events", x=value(7), y=field("title_y"), **_glyph())
    gutter["encode"]["update"] = fade
    row = {
        "x": value(0), "width": value(size.width), "y": field("y"), "height": value(row_height), "fill": value(INK),
    } | drawing.linked(_TOOLTIP)  # fmt: skip
    strip = {
        "x": signal(_LOW), "x2": signal(f"whole ? range[1] : {_LOW}"), "y": value(0), "y2": signal("height"),
        "fill": value(LINE), "fillOpacity": value(0.35),
    }  # fmt: skip
    return [
        {"type": "rect", "interactive": False, "aria": False, "encode": {"update": strip}},
        drawing.texts("heads", fontWeight=value("bold")),
        *_span_marks(bar),
        titles,
        gutter,
        {
            "type": "rect", "name": "rows", "from": {"data": "events"},
            "encode": {
                "enter": row,
                "update": {"fillOpacity": value(0)},
                "hover": {"fillOpacity": value(0.07)},
            },
        },
    ]  # fmt: skip
