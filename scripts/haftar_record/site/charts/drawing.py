"""A chart as a page shows it: drawn by Vega while the site is built, and again in the browser where scripts run.

The specification of a chart is a Vega specification with fixed positions: nothing in it depends on how wide a text
turns out, so the drawing is the same on every machine. It comes in two sizes, ``WIDE`` and ``NARROW``, of which the
style sheet shows the one that fits. Colours are custom properties of the style sheet; light and dark need no redrawing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import vl_convert

from .. import html

Spec = dict[str, Any]

#: What a relative address in a drawing is resolved against; taken away again.
_BASE = "https://vega.github.io/vega-datasets/"
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
    """A chart in both sizes. ``description`` is what is said in place of the drawing."""

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
    return {"field": name}


def value(constant: object) -> dict[str, object]:
    return {"value": constant}


def signal(expression: str) -> dict[str, str]:
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


def figure(chart: Chart) -> str:
    """The chart as HTML: both drawings, and the specifications for the script that redraws them."""
    drawings = "".join(
        f'<div class="ex-static ex-{name}">{_drawing(json.dumps(one), f"{chart.name}-{name}")}</div>\n'
        for name, one in chart.specs.items()
    )
    # "</" would end the script element.
    specs = json.dumps(_packed(chart.specs), ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return (
        f'<div class="ex-chart" id="{chart.name}" data-search-exclude>\n'
        f'<div role="group" aria-label="{html.attribute(chart.description)}">\n{drawings}</div>\n'
        f'<script type="application/json" class="ex-spec">{specs}</script>\n</div>\n'
    )


def _packed(specs: dict[str, Spec]) -> Spec:
    """The specifications, with the data that they have in common only once, under ``shared``."""
    first, *others = ({one["name"]: one["values"] for one in each["data"]} for each in specs.values())
    shared = {name: values for name, values in first.items() if all(other.get(name) == values for other in others)}
    packed = {
        size: each | {"data": [{"name": one["name"]} if one["name"] in shared else one for one in each["data"]]}
        for size, each in specs.items()
    }
    return packed | {"shared": shared}


@cache
def _drawing(source: str, prefix: str) -> str:
    """The drawing of a specification as SVG to stand inside a page. ``prefix`` makes the ids in it unique."""
    drawn = vl_convert.vega_to_svg(source)
    drawn = (
        drawn.replace(_BASE, "")
        .replace("xlink:href", "href")
        .replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    )
    drawn = re.sub(r'\b(id="|url\(#)((?:clip|gradient)_?\d+)', rf"\1{prefix}-\2", drawn)
    # Vega writes the role of every group and axis; only marks with a name have something to say.
    return re.sub(r' (?:aria-roledescription|role)="(?:group mark container|axis|graphics-object)"', "", drawn)


def script() -> bytes:
    """Vega and Vega-Embed in one file, as the drawing library brings them; only ``vegaEmbed`` is visible outside."""
    return f"(() => {{\n{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}\n}})();\n".encode()
