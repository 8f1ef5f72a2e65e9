"""The picture that other sites show beside a link to this one: what the record is, its counts, and its strands.

Its letters are drawn as outlines of the fonts that the site ships, so that the picture does not depend on the fonts of
the machine on which it is made.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import vl_convert
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from ..record import Record
from . import drawing, network

PATH = "assets/card.png"
WIDTH, HEIGHT = 1200, 630
_PAPER, _INK, _QUIET = "#fdfcf9", "#24272b", "#5f6368"
_SANS, _SERIF = "source-sans-3", "source-serif-4"
_STANCES = {"support": "#1f6f5c", "oppose": "#a33b2e", "neutral": "#8a929b"}


def assets(record: Record) -> dict[str, bytes]:
    return {PATH: vl_convert.svg_to_png(picture(record), scale=1)}


def picture(record: Record) -> str:
    """The card as SVG."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/><rect width="{WIDTH}" height="14" fill="#2c4a52"/>'
        f"{_strands(record)}{''.join(_words(record))}</svg>"
    )


def _strands(record: Record) -> str:
    """The network of who says what about whom, as an ornament: its strands without its names."""
    made = network.layout(record, drawing.WIDE)
    lines = "".join(
        f'<path d="{one["path"]}" stroke="{_STANCES[one["stance"]]}" stroke-width="3.4" stroke-opacity=".8"/>'
        for one in made.strands
    )
    start, end = made.ends
    wide, high = (WIDTH - 720) / (end - start), (HEIGHT - 90) / made.height
    shift = WIDTH - 30 - end * wide
    return f'<g fill="none" transform="translate({shift:.1f} 40) scale({wide:.4f} {high:.4f})">{lines}</g>'


def _words(record: Record) -> Iterator[str]:
    sans, serif = (_font(record, name) for name in (_SANS, _SERIF))
    yield _line(serif, record.descriptor["title"], 150, 60, 700, _INK)
    sentence = "Political events and statements in news articles on Libya, each traced to the words it rests on"
    for number, part in enumerate(textwrap.wrap(sentence, 36)):
        yield _line(sans, part, 215 + number * 44, 35, 400, _INK)
    counts = {
        "documents": "articles",
        "statements": "statements",
        "events": "events",
        "evidence": "passages of evidence",
    }
    for number, (table, name) in enumerate(counts.items()):
        yield _line(
            sans,
            f"{len(record[table]):,} {name}".replace(",", "\N{NO-BREAK SPACE}"),
            425 + number * 46,
            33,
            400,
            _QUIET,
        )


def _font(record: Record, name: str) -> TTFont:
    return TTFont(record.root / "docs" / "assets" / "fonts" / f"{name}-latin-wght-normal.woff2")


def _line(font: TTFont, text: str, y: int, size: int, weight: int, colour: str) -> str:
    """A line of text as the outlines of its letters, ``size`` pixels high, on the base line ``y``."""
    scale = size / font["head"].unitsPerEm
    glyphs, names = font.getGlyphSet(location={"wght": weight}), font.getBestCmap()
    drawn, x = [], 0.0
    for letter in text:
        glyph = glyphs[names[ord(letter)]]
        pen = SVGPathPen(glyphs, lambda number: f"{number:.0f}")
        glyph.draw(pen)
        drawn.append(f'<path transform="translate({x:.0f} 0)" d="{pen.getCommands()}"/>')
        x += glyph.width
    return f'<g fill="{colour}" transform="translate(70 {y}) scale({scale:.5f} -{scale:.5f})">{"".join(drawn)}</g>'
