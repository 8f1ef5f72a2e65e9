"""The map of places, as exactly as they are known and no more exactly. See ``chart``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ...model import codes
from ...model.tables import Event, PlaceRow
from ..record import Record
from . import basemap, drawing
from .drawing import INK, LINE, PAPER, QUIET, Chart, Datum, Size, Spec, field, signal, value

AREA, POINT = "var(--ex-area)", "var(--ex-point)"
#: How a place is drawn, by what is known about it, with the words of the legend.
KINDS = {
    "point": "Point with verified coordinates",
    "near": "Point near which it lies, within about 25 km",
    "country": "Country: somewhere in the shaded area",
    "region": "Region without agreed bounds: in the list, not on the map",
}
_SHAPES = {"point": "circle", "near": "circle", "country": "square", "region": "diamond"}
_NEAR = 2
_TOOLTIP = "{title: datum.name, 'Precision': datum.how, 'Events': datum.events, 'Mentions': datum.mentions}"


@dataclass(frozen=True)
class Frame:
    """A map: what it shows, and where and how large it stands in the drawing."""

    region: str
    x: float
    y: float
    width: float

    @property
    def box(self) -> basemap.Box:
        """West, south, east and north of what it shows, in degrees."""
        return basemap.REGIONS[self.region][0]

    @property
    def scale(self) -> float:
        """Pixels per radian of longitude."""
        west, _, east, _ = self.box
        return self.width / math.radians(east - west)

    @property
    def height(self) -> float:
        """Its height in pixels."""
        return round(self.scale * (_mercator(self.box[3]) - _mercator(self.box[1])), 1)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point is drawn, in pixels from the corner of the map."""
        x = self.scale * math.radians(longitude - self.box[0])
        return round(x, 1), round(self.scale * (_mercator(self.box[3]) - _mercator(latitude)), 1)

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies on the map."""
        west, south, east, north = self.box
        return west < longitude < east and south < latitude < north

    @property
    def projection(self) -> Spec:
        """The map as a projection of Vega."""
        return {
            "name": self.region,
            "type": "mercator",
            "scale": self.scale,
            "translate": [-self.scale * math.radians(self.box[0]), self.scale * _mercator(self.box[3])],
            "clipExtent": [[0, 0], [self.width, self.height]],
        }


@dataclass(frozen=True)
class Shown:
    """A place as the drawing shows it: ``kind`` is a key of ``KINDS``, ``how`` says how exactly it is known.

    ``outline`` is the name of a country's outline: what the code list calls its state.
    """

    id: str
    url: str
    name: str
    kind: str
    shape: str
    how: str
    longitude: float | None
    latitude: float | None
    events: int
    mentions: int
    outline: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees, where it has a point."""
        return None if self.longitude is None or self.latitude is None else (self.longitude, self.latitude)

    @property
    def datum(self) -> Datum:
        """The place as a row of the data."""
        return asdict(self) | {"label": f"{self.name}: {self.events} events, {self.mentions} mentions."}


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def kind(place: PlaceRow) -> str:
    """How a place can be drawn: ``point``, ``near`` a point, ``country``, or ``region`` without bounds."""
    if place.latitude is not None:
        return "near" if place.where_prec == _NEAR else "point"
    return "country" if place.place_type == "country" else "region"


def places(record: Record) -> list[Shown]:
    """Every place as the drawing shows it, those with most events first."""
    events = Counter(row.place_id for row in record[Event])
    rows = [_shown(record, row, events[row.place_id]) for row in record[PlaceRow]]
    return sorted(rows, key=lambda row: (-row.events, -row.mentions, row.name))


def _shown(record: Record, row: PlaceRow, events: int) -> Shown:
    return Shown(
        id=row.place_id,
        url=record.url(PlaceRow, row.place_id),
        name=row.name,
        kind=kind(row),
        shape=_SHAPES[kind(row)],
        how=codes.lists()["where_prec"].codes[str(row.where_prec)].label,
        longitude=None if row.longitude is None else float(row.longitude),
        latitude=None if row.latitude is None else float(row.latitude),
        events=events,
        mentions=row.mention_count,
        outline=_outline_of(row),
    )


def _outline_of(row: PlaceRow) -> str:
    """The name of the outline of a country; empty for another place."""
    state = codes.lists()["country"].codes.get(row.country_code or "")
    return state.label if state and row.place_type == "country" else ""


def without_place(record: Record) -> list[Event]:
    """The events for which the articles give no place."""
    return [row for row in record[Event] if not record.row(PlaceRow, row.place_id)]


def chart(record: Record) -> Chart:
    """Points where coordinates are verified, shaded countries where no more is known, and a list with every place."""
    rows = places(record)
    described = (
        f"Map of {sum(row.kind in ('point', 'near') for row in rows)} points and "
        f"{sum(row.kind == 'country' for row in rows)} countries, with a list of all {len(rows)} places by number of"
        " events; the table below has the same rows."
    )
    return Chart("map", described, {size.name: _spec(record, rows, size) for size in drawing.SIZES})


def _spec(record: Record, rows: list[Shown], size: Size) -> Spec:
    top = 96 if size.is_narrow else 52
    overview = Frame("overview", 0, top, size.width)
    below = top + overview.height + 34
    libya = Frame("libya", 0, below, size.width if size.is_narrow else 460)
    list_x, list_y = (0, below + libya.height + 10) if size.is_narrow else (490, below - 24)
    entries = _entries(record, rows, size)
    list_height = 24 * len(entries) + 30
    data, projections, marks = [], [], [*_legend(size)]
    for frame in (overview, libya):
        inner = libya if frame is overview else None
        data += _data(rows, frame, inner, size)
        projections.append(frame.projection)
        marks.append(_map(frame, inner))
    titles = [
        {"text": "Libya and its neighbours", "x": 0, "y": below - 14},
        {"text": "Events by place", "x": list_x, "y": list_y + 10},
    ]
    data += [{"name": "entries", "values": entries}, {"name": "titles", "values": titles}]
    marks += [drawing.texts("titles", fontWeight=value("bold")), _list(size, list_x, list_y + 26, len(entries))]
    return drawing.spec(
        size,
        max(libya.y + libya.height, list_y + list_height) + 6,
        data=data,
        projections=projections,
        scales=[_bar_scale(max(1, len(without_place(record)), *(row.events for row in rows)), size)],
        marks=marks,
    )


#: A place, and where it is drawn on a map.
Placed = tuple[Shown, float, float]


# ---- maps ---------------------------------------------------------------------------------------------------------


def _data(rows: list[Shown], frame: Frame, inner: Frame | None, size: Size) -> list[Spec]:
    """Outlines, areas, points and labels of one map. A point that ``inner`` shows closer is left to it."""
    outlines = basemap.outlines(frame.region)["features"]
    shapes = {feature["properties"]["name"]: feature["geometry"] for feature in outlines}
    areas = [(row, shapes[row.outline]) for row in rows if _is_area(row, shapes, inner)]
    points = [
        (row, *frame.place(*row.point))
        for row in rows
        if row.point and frame.holds(*row.point) and not (inner and inner.holds(*row.point))
    ]
    named = [(row, *frame.place(*_centre(geometry))) for row, geometry in areas]
    return [
        {"name": f"{frame.region}-land", "values": outlines},
        {
            "name": f"{frame.region}-areas",
            "values": [row.datum | {"geometry": geometry, "type": "Feature"} for row, geometry in areas],
        },
        {
            "name": f"{frame.region}-points",
            "values": [row.datum | {"px": x, "py": y, "size": _area(row.events)} for row, x, y in points],
        },
        {"name": f"{frame.region}-labels", "values": list(_labels(points, named, frame, size))},
    ]


def _is_area(row: Shown, shapes: dict[str, Any], inner: Frame | None) -> bool:
    """Whether the country is shaded on this map: on the closer one when it has its outline there."""
    closer = (
        {feature["properties"]["name"] for feature in basemap.outlines(inner.region)["features"]} if inner else set()
    )
    return row.kind == "country" and row.outline in shapes and row.outline not in closer


def _area(events: int) -> float:
    """Size of a symbol in square pixels: proportional to the number of events; small where a place is only named."""
    return 90 * events if events else 40


def _centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """The middle of the largest part of an outline, for its name."""
    ring = max((polygon[0] for polygon in geometry["coordinates"]), key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _labels(points: list[Placed], named: list[Placed], frame: Frame, size: Size) -> Iterator[Datum]:
    """A place for every name: the first of right, left, above, below where it lies on no symbol or other name."""
    radii = [math.sqrt(_area(row.events)) / 2 for row, _, _ in points]
    taken = [(x - r - 1, y - r - 1, x + r + 1, y + r + 1) for (_, x, y), r in zip(points, radii, strict=True)]
    wanted = [(*point, r + 4) for point, r in zip(points, radii, strict=True)]
    for row, x, y, gap in [*wanted, *((*area, 0.0) for area in named)]:
        text = f"{row.name} ({row.events})"
        half, tall = len(text) * size.font * 0.28, size.font * 0.6
        boxes = [(cx - half, cy - tall, cx + half, cy + tall) for cx, cy in _choices(x, y, gap, half, tall)]
        inside = [box for box in boxes if box[0] > 0 and box[2] < frame.width and box[1] > 0 and box[3] < frame.height]
        free = [box for box in inside if not any(_overlap(box, other) for other in taken)]
        box = (free or inside or boxes)[0]
        taken.append(box)
        # The text starts or ends at its symbol, however wide it turns out.
        align, at = (
            ("left", box[0]) if box[0] > x else ("right", box[2]) if box[2] < x else ("center", (box[0] + box[2]) / 2)
        )
        yield {"text": text, "x": at, "y": (box[1] + box[3]) / 2, "align": align, "kind": row.kind}


def _choices(x: float, y: float, gap: float, half: float, tall: float) -> Iterator[tuple[float, float]]:
    """Where the middle of a name may lie: on its area, or at some distance round its symbol, which is ``gap`` wide."""
    if not gap:
        yield x, y
    for far in (0, 12, 24, 36):
        side, over = gap + far + half, gap + far + tall
        yield from ((x + side, y), (x - side, y), (x, y - over), (x, y + over))
        yield from ((x + half, y - over), (x + half, y + over), (x - half, y - over), (x - half, y + over))


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _map(frame: Frame, inner: Frame | None) -> Spec:
    """One map as a group: sea, land, shaded countries, the frame of the closer map, points, names."""
    shape = [{"type": "geoshape", "projection": frame.region}]
    names = {"align": field("align"), "fontStyle": signal("datum.kind === 'country' ? 'italic' : 'normal'")}
    point = {
        "x": field("px"), "y": field("py"), "size": field("size"), "shape": value("circle"),
        "fill": signal(f"datum.kind === 'near' ? 'transparent' : datum.events ? '{POINT}' : '{PAPER}'"),
        "fillOpacity": value(0.85), "stroke": value(POINT), "strokeWidth": value(1.6),
        "strokeDash": signal("datum.kind === 'near' ? [3, 2] : [1, 0]"),
    } | drawing.linked(_TOOLTIP)  # fmt: skip
    land = {"fill": value("var(--ex-land)"), "stroke": value("var(--ex-border)"), "strokeWidth": value(0.7)}
    halo = {"stroke": value("var(--ex-land)"), "strokeWidth": value(3), "opacity": value(0.9)}
    area = {"fill": value(AREA), "stroke": value(POINT), "strokeWidth": value(1), "fillOpacity": value(0.75)}
    marks = [
        {"type": "shape", "from": {"data": f"{frame.region}-land"}, "aria": False, "interactive": False,
         "transform": shape, "encode": {"enter": land}},
        {"type": "shape", "name": f"{frame.region}-countries", "from": {"data": f"{frame.region}-areas"},
         "transform": shape,
         "encode": {"enter": area | drawing.linked(_TOOLTIP), "hover": {"strokeWidth": value(2.5)}, "update": area}},
        {"type": "symbol", "name": f"{frame.region}-places", "from": {"data": f"{frame.region}-points"},
         "encode": {"enter": point, "update": {"strokeWidth": value(1.6)}, "hover": {"strokeWidth": value(3.5)}}},
        drawing.texts(f"{frame.region}-labels", **names, **halo),
        drawing.texts(f"{frame.region}-labels", **names),
    ]  # fmt: skip
    if inner:
        marks.insert(1, _outline(frame, inner))
    enter = {
        "x": value(frame.x), "y": value(frame.y), "width": value(frame.width), "height": value(frame.height),
        "fill": value("var(--ex-water)"), "stroke": value(LINE), "clip": value(True),
    }  # fmt: skip
    return {"type": "group", "encode": {"enter": enter}, "marks": marks}


def _outline(frame: Frame, inner: Frame) -> Spec:
    """Where the closer map lies on this one."""
    west, south, east, north = inner.box
    (x, y), (x2, y2) = frame.place(west, north), frame.place(east, south)
    enter = {
        "x": value(x), "y": value(y), "x2": value(x2), "y2": value(y2), "fill": value("transparent"),
        "stroke": value(INK), "strokeDash": value([4, 2]),
    }  # fmt: skip
    return {"type": "rect", "interactive": False, "aria": False, "encode": {"enter": enter}}


# ---- list ---------------------------------------------------------------------------------------------------------


def _bars_from(size: Size) -> int:
    """Where the bars of the list begin, and the names end."""
    return 200 if size.is_narrow else 275


def _entries(record: Record, rows: list[Shown], size: Size) -> list[Datum]:
    """The lines of the list: every place, and at the end the events without one."""
    nowhere = len(without_place(record))
    name = codes.lists()["where_prec"].codes["8"].label
    last: Datum = {"name": name, "kind": "none", "shape": "circle", "events": nowhere, "url": "explore/events.html"}
    last |= {"how": name, "mentions": 0, "label": f"{name}: {nowhere} events."}
    lines = [*((row.name, row.datum) for row in rows), (name, last)]
    most = _bars_from(size) - 24
    return [line | {"y": 24 * number, "short": size.fit(label, most)} for number, (label, line) in enumerate(lines)]


def _bar_scale(most: int, size: Size) -> Spec:
    """The length of a bar for a number of events, at most ``most``."""
    return {"name": "count", "type": "linear", "domain": [0, most], "range": [0, 110 if size.is_narrow else 120]}


def _glyph(x: float) -> Spec:
    """The symbol of a kind of place, as the maps draw it."""
    return {
        "x": value(x), "shape": field("shape"), "size": value(90), "stroke": value(POINT),
        "strokeDash": signal("datum.kind === 'near' ? [3, 2] : [1, 0]"),
        "fill": [
            {"test": "datum.kind === 'point' && datum.events !== 0"} | value(POINT),
            {"test": "datum.kind === 'country'"} | value(AREA),
            value("transparent"),
        ],
        "opacity": signal("datum.kind === 'none' ? 0 : 1"),
    }  # fmt: skip


def _list(size: Size, x: float, y: float, count: int) -> Spec:
    start = _bars_from(size)
    bar = {
        "x": value(start), "width": signal("scale('count', datum.events)"), "y": signal("datum.y + 5"),
        "height": value(13), "fill": signal(f"datum.kind === 'none' ? '{QUIET}' : '{POINT}'"),
    }  # fmt: skip
    number = {
        "x": signal(f"{start} + scale('count', datum.events) + 5"),
        "text": field("events"),
        "y": signal("datum.y + 12"),
    }
    row = {
        "x": value(0), "width": value(size.width - x), "y": field("y"), "height": value(24), "fill": value(INK),
        "fillOpacity": value(0),
    } | drawing.linked(_TOOLTIP)  # fmt: skip
    enter = {"x": value(x), "y": value(y), "width": value(size.width - x), "height": value(24 * count)}
    return {
        "type": "group", "encode": {"enter": enter}, "marks": [
            drawing.symbols("entries", **_glyph(8) | {"y": signal("datum.y + 12")}),
            drawing.texts("entries", x=value(20), y=signal("datum.y + 12"), text=field("short")),
            {"type": "rect", "from": {"data": "entries"}, "aria": False, "interactive": False,
             "encode": {"enter": bar}},
            drawing.texts("entries", **number),
            {"type": "rect", "name": "rows", "from": {"data": "entries"},
             "encode": {"enter": row, "update": {"fillOpacity": value(0)}, "hover": {"fillOpacity": value(0.07)}}},
        ],
    }  # fmt: skip


def _legend(size: Size) -> list[Spec]:
    columns = 1 if size.is_narrow else 2
    entries = [
        {"kind": name, "shape": _SHAPES[name], "text": text, "x": number % columns * size.width / columns + 20,
         "y": 10 + number // columns * 22}
        for number, (name, text) in enumerate(KINDS.items())
    ]  # fmt: skip
    return [{
        "type": "group", "data": [{"name": "legend", "values": entries}], "marks": [
            drawing.symbols("legend", **_glyph(0) | {"x": signal("datum.x - 12")}),
            drawing.texts("legend"),
        ],
    }]  # fmt: skip
