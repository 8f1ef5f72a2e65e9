"""Drawings as SVG, made while the site is built: how the tables hang together. No script draws them."""

from __future__ import annotations

from ...model.rows import LAYERS, Row, columns
from ...model.tables import BY_NAME, TABLES
from ..html import attribute, text

#: Where each table stands: columns from left to right, from the text to what the text is about.
_COLUMNS: tuple[tuple[str, list[str]], ...] = tuple(
    (title, [model.TABLE for model in TABLES if model.LAYER == layer]) for layer, title in LAYERS.items()
)
_WIDTH, _HEIGHT, _ACROSS, _DOWN, _TOP = 150, 34, 240, 74, 46


def targets(model: type[Row]) -> list[str]:
    """The tables that a table points at, each once, in the order of its columns; itself left out."""
    found = dict.fromkeys(column.ref for column in columns(model).values() if column.ref)
    return [name for name in found if name != model.TABLE]


def entities() -> str:
    """The entity-relation diagram. Every box leads to its table; an arrow goes from a foreign key to what it names."""
    places = {
        name: (20 + across * _ACROSS, _TOP + down * _DOWN + (_DOWN // 3) * (across % 2))
        for across, (_, names) in enumerate(_COLUMNS)
        for down, name in enumerate(names)
    }
    width = 40 + (len(_COLUMNS) - 1) * _ACROSS + _WIDTH
    height = _TOP + max(len(names) for _, names in _COLUMNS) * _DOWN + _DOWN // 3
    heads = "".join(
        f'<text class="layer" x="{20 + across * _ACROSS + _WIDTH // 2}" y="22">{text(title)}</text>'
        for across, (title, _) in enumerate(_COLUMNS)
    )
    edges = "".join(
        _edge(places[model.TABLE], places[name], f"{model.TABLE} to {name}")
        for model in TABLES
        for name in targets(model)
    )
    boxes = "".join(_box(name, *places[name]) for name in BY_NAME)
    return (
        '<div class="table-scroll diagram" tabindex="0" role="region" aria-label="Diagram of the tables">\n'
        f'<svg viewBox="0 0 {width} {height}" role="group" aria-labelledby="er-title er-desc">\n'
        '<title id="er-title">The tables and their foreign keys</title>\n'
        '<desc id="er-desc">Boxes are tables, arrows foreign keys. The codes stand in every table and have no arrow. The list below says the same in words.</desc>\n'
        '<defs><marker id="er-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z"></path></marker></defs>\n'
        f"{heads}\n{edges}\n{boxes}\n</svg>\n</div>\n"
    )


def _box(name: str, x: int, y: int) -> str:
    return (
        f'<a href="#{attribute(name)}"><g class="entity"><rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="4"></rect>'
        f'<text x="{x + _WIDTH // 2}" y="{y + _HEIGHT // 2 + 5}">{text(name)}</text></g></a>'
    )


def _edge(start: tuple[int, int], end: tuple[int, int], title: str) -> str:
    """A curve from one box to another: from side to side, or round the right side inside one layer."""
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
    if x1 == x2:
        side = x1 + _WIDTH
        bend = side + 20 + abs(y2 - y1) // 8
        path = f"M{side} {y1}C{bend} {y1} {bend} {y2} {side + 2} {y2}"
    elif x1 < x2:
        path = f"M{x1 + _WIDTH} {y1}C{x1 + _WIDTH + 60} {y1} {x2 - 60} {y2} {x2 - 2} {y2}"
    else:
        path = f"M{x1} {y1}C{x1 - 60} {y1} {x2 + _WIDTH + 60} {y2} {x2 + _WIDTH + 2} {y2}"
    return f'<path class="key" d="{path}" marker-end="url(#er-arrow)"><title>{text(title)}</title></path>'
