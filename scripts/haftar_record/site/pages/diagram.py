"""The diagram of the data dictionary: how the tables are connected. It is laid out here, without a script."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.rows import LAYERS, Row, columns
from ...model.tables import BY_NAME, TABLES

#: Where each table stands: columns from left to right, from the text to what the text is about.
_COLUMNS: tuple[tuple[str, list[str]], ...] = tuple(
    (title, [model.TABLE for model in TABLES if layer == model.LAYER]) for layer, title in LAYERS.items()
)
_WIDTH, _HEIGHT, _ACROSS, _DOWN, _TOP = 150, 34, 240, 74, 46


@dataclass(frozen=True)
class Label:
    """A text with its place, in pixels."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Box(Label):
    """A table. ``x`` and ``y`` are the upper left corner."""

    width: int = _WIDTH
    height: int = _HEIGHT


@dataclass(frozen=True)
class Edge:
    """A foreign key as an arrow: its title, and its path in SVG."""

    title: str
    path: str


@dataclass(frozen=True)
class Diagram:
    """The entity-relation diagram. Every box leads to its table; an arrow goes from a foreign key to what it names."""

    width: int
    height: int
    heads: list[Label]
    boxes: list[Box]
    edges: list[Edge]


def targets(model: type[Row]) -> list[str]:
    """The tables that a table points at, each once, in the order of its columns; itself left out."""
    found = dict.fromkeys(column.ref for column in columns(model).values() if column.ref)
    return [name for name in found if name != model.TABLE]


def entities() -> Diagram:
    """All tables and their foreign keys, placed."""
    places = {
        name: (20 + across * _ACROSS, _TOP + down * _DOWN + (_DOWN // 3) * (across % 2))
        for across, (_, names) in enumerate(_COLUMNS)
        for down, name in enumerate(names)
    }
    return Diagram(
        width=40 + (len(_COLUMNS) - 1) * _ACROSS + _WIDTH + _DOWN // 2,  # an arrow inside the last layer goes round it
        height=_TOP + max(len(names) for _, names in _COLUMNS) * _DOWN + _DOWN // 3,
        heads=[Label(title, 20 + across * _ACROSS + _WIDTH // 2, 22) for across, (title, _) in enumerate(_COLUMNS)],
        boxes=[Box(name, *places[name]) for name in BY_NAME],
        edges=[
            Edge(f"{model.TABLE} to {name}", _curve(places[model.TABLE], places[name]))
            for model in TABLES
            for name in targets(model)
        ],
    )


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    """A curve from one box to another: from side to side, or round the right side inside one layer."""
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
    if x1 == x2:
        side = x1 + _WIDTH
        bend = side + 20 + abs(y2 - y1) // 8
        return f"M{side} {y1}C{bend} {y1} {bend} {y2} {side + 2} {y2}"
    if x1 < x2:
        return f"M{x1 + _WIDTH} {y1}C{x1 + _WIDTH + 60} {y1} {x2 - 60} {y2} {x2 - 2} {y2}"
    return f"M{x1} {y1}C{x1 - 60} {y1} {x2 + _WIDTH + 60} {y2} {x2 + _WIDTH + 2} {y2}"
