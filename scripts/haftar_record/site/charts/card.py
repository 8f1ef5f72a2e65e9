"""The picture that other sites show beside a link to this one: what the record is, its counts, and its strands.

Its letters are drawn as outlines of the fonts that the site ships, so that the picture does not depend on the fonts of
the machine on which it is made.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import vl_convert
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from ...model.rows import Row, plural
from ...model.tables import Document, Event, Evidence, Statement
from ..html import fragment
from ..record import Record
from . import drawing, network

PATH = "assets/card.png"
WIDTH, HEIGHT = 1200, 630
_INK, _QUIET = "#24272b", "#5f6368"
_SANS, _SERIF = "source-sans-3", "source-serif-4"
#: The tables that the picture counts.
_COUNTED: tuple[type[Row], ...] = (Document, Statement, Event, Evidence)
_STANCES = {"support": "#1f6f5c", "oppose": "#a33b2e", "neutral": "#8a929b"}
#: What is drawn for a letter that a font does not have: its empty box, which every font has under this name.
_NO_GLYPH = ".notdef"


@dataclass(frozen=True)
class Line:
    """A line of text: the outlines of its letters, each with its place along the line in units of the font."""

    glyphs: list[tuple[str, str]]
    y: int
    scale: str
    colour: str


@dataclass(frozen=True)
class Card:
    """The picture: its lines of text, and strands (path and colour) that ``transform`` puts at the right."""

    width: int
    height: int
    transform: str
    strands: list[tuple[str, str]]
    lines: list[Line]


def assets(record: Record) -> dict[str, bytes]:
    """The picture."""
    png: bytes = vl_convert.svg_to_png(picture(record), scale=1)
    return {PATH: png}


def picture(record: Record) -> str:
    """The card as SVG, with the network of who says what about whom as an ornament, without its names."""
    made = network.layout(record, drawing.WIDE)
    start, end = made.ends
    wide, high = (WIDTH - 720) / (end - start), (HEIGHT - 90) / made.height
    card = Card(
        width=WIDTH,
        height=HEIGHT,
        transform=f"translate({WIDTH - 30 - end * wide:.1f} 40) scale({wide:.4f} {high:.4f})",
        strands=[(one.path, _STANCES[one.stance]) for one in made.strands],
        lines=list(_lines(record)),
    )
    return fragment("card.html", "picture", card=card)


def _lines(record: Record) -> Iterator[Line]:
    sans, serif = (_font(record, name) for name in (_SANS, _SERIF))
    yield _line(serif, record.descriptor["title"], 150, 60, 700, _INK)
    sentence = "Political events and statements in news articles on Libya, each traced to the words it rests on"
    for number, part in enumerate(textwrap.wrap(sentence, 36)):
        yield _line(sans, part, 215 + number * 44, 35, 400, _INK)
    for number, model in enumerate(_COUNTED):
        words = f"{len(record[model]):,} {plural(model)}".replace(",", "\N{NO-BREAK SPACE}")
        yield _line(sans, words, 425 + number * 46, 33, 400, _QUIET)


def _font(record: Record, name: str) -> TTFont:
    return TTFont(record.root / "docs" / "assets" / "fonts" / f"{name}-latin-wght-normal.woff2")


def _line(font: TTFont, text: str, y: int, size: int, weight: int, colour: str) -> Line:
    """A line of text, ``size`` pixels high, on the base line ``y``."""
    glyphs, names = font.getGlyphSet(location={"wght": weight}), font.getBestCmap()
    drawn: list[tuple[str, str]] = []
    x = 0.0
    for letter in text:
        glyph = glyphs[names.get(ord(letter), _NO_GLYPH)]
        pen = SVGPathPen(glyphs, lambda number: f"{number:.0f}")
        glyph.draw(pen)
        drawn.append((f"{x:.0f}", pen.getCommands()))
        x += glyph.width
    return Line(drawn, y, f"{size / font['head'].unitsPerEm:.5f}", colour)
