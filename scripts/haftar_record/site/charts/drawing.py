"""A chart as a page shows it: drawn by Vega while the site is built, and again in the browser where scripts run.

The address of a mark is the column ``url`` of its data, from the root of the site without a leading slash.

The specification of a chart is a Vega specification with fixed positions: nothing in it depends on how wide a text
turns out, so the drawing is the same on every machine. It comes in two sizes, ``WIDE`` and ``NARROW``, of which the
style sheet shows the one that fits. Colours are custom properties of the style sheet; light and dark need no redrawing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

import vl_convert
from markupsafe import Markup

from ..html import ROOT, fragment, script_json

#: A piece of a Vega specification, which is JSON.
Spec = dict[str, Any]
#: A row of the data of a drawing.
Datum = dict[str, object]

#: The base against which the drawing library resolves a relative address.
_BASE = "https://vega.github.io/vega-datasets/"
_SVG = "{http://www.w3.org/2000/svg}"
#: The elements that Vega draws with, each by the beginning of its start tag and its end tag.
_ELEMENTS = {
    _SVG + name: (Markup("<" + name), Markup("</" + name + ">"))
    for name in ("svg", "g", "path", "text", "tspan", "a", "rect", "defs", "clipPath", "line", "circle", "title")
}
_QUOTE, _CLOSE = Markup('"'), Markup(">")
#: Vega writes the role of every group and axis; only marks with a name have something to say.
_SAYS_NOTHING = {
    (name, text)
    for name in ("role", "aria-roledescription")
    for text in ("group mark container", "axis", "graphics-object")
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEMA = "https://vega.github.io/schema/vega/v6.json"
INK, QUIET, LINE, PAPER = "var(--ex-ink)", "var(--hr-quiet)", "var(--hr-line)", "var(--md-default-bg-color)"
#: The width of a character of running text in relation to its size; texts are cut by it, not by measuring.
_CHARACTER = 0.5


@dataclass(frozen=True)
class Size:
    """The two sizes of a chart, in pixels."""

    name: str
    width: int
    font: int

    @property
    def is_narrow(self) -> bool:
        """Whether it is the size for a telephone."""
        return self.name == "narrow"

    def fit(self, text: str, pixels: float) -> str:
        """``text``, cut so that it takes about ``pixels`` at most."""
        most = int(pixels / (self.font * _CHARACTER))
        return text if len(text) <= most else text[: most - 1].rstrip() + "…"


WIDE = Size("wide", 920, 13)
NARROW = Size("narrow", 360, 12)
SIZES = (WIDE, NARROW)


@dataclass(frozen=True)
class Chart:
    """A chart in both sizes. ``description`` stands in for the drawing in screen readers."""

    name: str
    description: str
    specs: dict[str, Spec]


def spec(size: Size, height: float, **rest: Any) -> Spec:
    """A Vega specification with what all charts share."""
    return {
        "$schema": _SCHEMA,
        "width": size.width,
        "height": height,
        "padding": 0,
        "autosize": "none",
        "background": None,
        "config": {
            "text": {"font": "inherit", "fontSize": size.font, "fill": INK},
            "axis": {"labelFont": "inherit", "labelFontSize": size.font - 1, "labelColor": QUIET, "domain": False},
        },
        **rest,
    }


def field(name: str) -> dict[str, str]:
    """The value of a column of the data."""
    return {"field": name}


def value(constant: object) -> dict[str, object]:
    """A value that is always the same."""
    return {"value": constant}


def signal(expression: str) -> dict[str, str]:
    """The value of a Vega expression."""
    return {"signal": expression}


def texts(data: str, **encoding: Any) -> Spec:
    """A mark that writes the column ``text`` of ``data`` at its ``x`` and ``y``, hidden from screen readers."""
    enter = {"x": field("x"), "y": field("y"), "text": field("text"), "baseline": value("middle")} | encoding
    return {"type": "text", "from": {"data": data}, "interactive": False, "aria": False, "encode": {"enter": enter}}


def symbols(data: str, **encoding: Any) -> Spec:
    """A mark that draws a symbol at ``x`` and ``y`` of ``data``, hidden from screen readers."""
    enter = {"x": field("x"), "y": field("y")} | encoding
    return {"type": "symbol", "from": {"data": data}, "interactive": False, "aria": False, "encode": {"enter": enter}}


def linked(tooltip: str) -> Spec:
    """What makes a mark lead to its row: address, name for screen readers, tooltip, pointer."""
    return {
        "href": field("url"),
        "description": field("label"),
        "tooltip": signal(tooltip),
        "cursor": value("pointer"),
    }


def choice(name: str, label: str, options: dict[str, str]) -> Spec:
    """A signal that the reader sets: ``all``, or one of the keys of ``options``, which are shown by their values."""
    shown = {"input": "select", "name": label, "options": ["all", *options], "labels": ["all", *options.values()]}
    return {"name": name, "value": "all", "bind": shown}


def figure(chart: Chart) -> Markup:
    """The chart as HTML: both drawings, and the specifications for the script that redraws them."""
    drawings = [
        (name, _drawing(json.dumps(_drawable(one)), f"{chart.name}-{name}")) for name, one in chart.specs.items()
    ]
    specs = script_json(_packed(chart.specs))
    return fragment("charts.html", "figure", chart=chart, drawings=drawings, specs=specs)


def _packed(specs: dict[str, Spec]) -> Spec:
    """The specifications, with the data that they have in common only once, under ``shared``."""
    first, *others = ({one["name"]: one["values"] for one in each["data"]} for each in specs.values())
    shared = {name: values for name, values in first.items() if all(other.get(name) == values for other in others)}
    packed = {
        size: each | {"data": [{"name": one["name"]} if one["name"] in shared else one for one in each["data"]]}
        for size, each in specs.items()
    }
    return packed | {"shared": shared}


def _drawable(content: Any) -> Any:
    """A specification in which no text has a character that XML, and so SVG, cannot hold (XML 1.0, production 2)."""
    if isinstance(content, str):
        return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", content)
    if isinstance(content, dict):
        return {name: _drawable(one) for name, one in content.items()}
    return [_drawable(one) for one in content] if isinstance(content, list | tuple) else content


@cache
def _drawing(source: str, prefix: str) -> Markup:
    """The drawing of a specification as SVG to stand inside a page. ``prefix`` makes the ids in it unique."""
    return Markup().join(_pieces(ElementTree.fromstring(vl_convert.vega_to_svg(source)), prefix))


def _pieces(element: ElementTree.Element, prefix: str) -> Iterator[str]:
    """An element of a drawing as HTML, piece by piece; texts are ``str`` and so will be escaped.

    Raises KeyError for an element that Vega does not draw with: a mistake in the program, since no text becomes one.
    """
    start, end = _ELEMENTS[element.tag]
    yield start
    for name, text in _attributes(element, prefix):
        yield from (_named(name), text, _QUOTE)
    yield _CLOSE
    yield element.text or ""
    for child in element:
        yield from _pieces(child, prefix)
        yield child.tail or ""
    yield end


@cache
def _named(name: str) -> Markup:
    """The beginning of an attribute."""
    return Markup(' {}="').format(name)


def _attributes(element: ElementTree.Element, prefix: str) -> Iterator[tuple[str, str]]:
    """The attributes of an element, with addresses that hold on this site and ids that hold in its page."""
    for key, text in element.attrib.items():
        name = key.rpartition("}")[2]
        if name == "href":
            if text.startswith(_BASE):
                yield name, ROOT + text.removeprefix(_BASE)
        elif name == "id" or text.startswith("url(#"):
            yield name, re.sub(r"\A(url\(#)?", rf"\g<0>{prefix}-", text)
        elif (name, text) not in _SAYS_NOTHING:
            yield name, text


def script() -> bytes:
    """Vega and Vega-Embed in one file, as the drawing library brings them; only ``vegaEmbed`` is visible outside."""
    return f"(() => {{\n{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}\n}})();\n".encode()
