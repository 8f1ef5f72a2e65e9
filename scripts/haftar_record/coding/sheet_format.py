"""Describe the format of the sheets in words: every key of every shape, from the shapes themselves.

``keys.yaml`` beside this module has what a key is for; whether it is required and what it may hold is in ``sheets``.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic.fields import FieldInfo

from ..files import yaml_file
from ..model.shape import Shape
from . import sheets
from .sheets import CodeOf

SOURCE = Path(__file__).with_name("keys.yaml")
#: The shapes in the order in which a reader meets them, with the heading of each.
SECTIONS: tuple[tuple[str, type[Shape]], ...] = (
    ("A quotation", sheets.QuoteShape),
    ("A date", sheets.DateShape),
    ("The sheet of an article", sheets.Sheet),
    ("`received`", sheets.ReceivedShape),
    ("`coding`", sheets.CodingShape),
    ("`facts`", sheets.FactsShape),
    ("`facts`: `published`", sheets.PublishedShape),
    ("`facts`: `publisher`", sheets.PublisherShape),
    ("`boundaries`", sheets.BoundariesShape),
    ("`statements`", sheets.StatementShape),
    ("`reports`", sheets.ReportShape),
    ("`relations`", sheets.RelationShape),
    ("`quantities`", sheets.QuantityShape),
    ("`scare_quotes`", sheets.ScareQuoteShape),
    ("`sentences`", sheets.SentenceShape),
    ("`mentions`", sheets.MentionShape),
    ("`decisions`", sheets.DecisionShape),
    ("The register `actors.yaml`", sheets.ActorShape),
    ("The register `sources.yaml`", sheets.SourceShape),
    ("The register `places.yaml`", sheets.PlaceShape),
    ("The register `events.yaml`", sheets.EventShape),
    ("The register `discrepancies.yaml`", sheets.DiscrepancyShape),
    ("`discrepancies.yaml`: `a` and `b`", sheets.ReadingShape),
    ("The register `references.yaml`", sheets.ReferenceShape),
    ("`reader.yaml`", sheets.ReaderShape),
)
#: What a value of a type is called.
_NAMES: dict[Any, str] = {
    str: "text",
    bool: '`"true"` or `"false"`',
    int: "whole number",
    date: "day",
    sheets.QuoteShape: "[quotation](#a-quotation)",
    sheets.DateShape: "[date](#a-date)",
}
#: Keys whose text says more than their type.
_IDS = {
    "actor": "speaker targets subject parent actor",
    "source": "source relayed_by holder origin",
    "topic": "topic",
    "event": "event occasion about part_of distinct_from",
    "reference": "reference verbatim_reference",
}


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What each key is for, by shape."""
    found: dict[str, dict[str, str]] = yaml_file.load(SOURCE.parent, SOURCE.name).content
    return found


def markdown() -> str:
    """All sections, each with a table of its keys."""
    return "\n".join(line for heading, shape in SECTIONS for line in _section(heading, shape))


def keys(shape: type[Shape]) -> dict[str, FieldInfo]:
    """The keys of a shape as a sheet writes them."""
    return {info.alias or name: info for name, info in shape.model_fields.items()}


def _section(heading: str, shape: type[Shape]) -> Iterator[str]:
    summary = " ".join((shape.__doc__ or "").replace("``", "`").split())
    yield from (f"### {heading}", "", summary, "", "| key | needed | value | what it is for |", "|---|---|---|---|")
    for name, info in keys(shape).items():
        needed = "yes" if info.is_required() else _default(info)
        yield f"| `{name}` | {needed} | {_value(shape, name, info)} | {meanings()[shape.__name__][name]} |"
    yield ""


def _default(info: FieldInfo) -> str:
    if info.default in (None, [], {}) or isinstance(info.default, Shape):
        return "no"
    default = (
        {True: "true", False: "false"}.get(info.default, info.default) if info.annotation is bool else info.default
    )
    return f"no: `{default}`"


def _value(shape: type[Shape], name: str, info: FieldInfo) -> str:
    """What may stand behind a key."""
    if name == "who":
        return "mapping"
    if name in ("parent", "statement") and shape in (sheets.StatementShape, sheets.ReportShape, *_TELLING):
        return "id of a statement of the sheet"
    said = _named(info.annotation, info.metadata)
    if kind := _register(shape, name) if said in ("text", "list of texts") else "":
        return f"id of {kind}" if said == "text" else f"list of ids of {kind.split()[-1]}s"
    return said


_TELLING = (sheets.RelationShape, sheets.QuantityShape)


def _register(shape: type[Shape], name: str) -> str:
    """The kind of entry whose id a key has; empty when it is a text."""
    if shape is sheets.DecisionShape or shape is sheets.ReaderShape:
        return ""
    if (shape, name) == (sheets.FactsShape, "origin"):
        return "a source"
    if name == "object":
        return "an actor or a place"
    if name == "place" and shape is sheets.EventShape:
        return "a place"
    if name == "means":
        return "an actor or a place"
    found = next((kind for kind, names in _IDS.items() if name in names.split()), "")
    return f"{'an' if found[:1] in 'aeiou' else 'a'} {found}" if found else ""


def _named(annotation: Any, metadata: list[Any]) -> str:
    """What a value of an annotated type is called."""
    for mark in metadata:
        if isinstance(mark, CodeOf):
            besides = "".join(f", or `{one}`" for one in mark.besides)
            return f"code of [{mark.list}](codebook.md#{mark.list}){besides}"
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _named(inner[0], list(inner[1:]))
    if origin in (typing.Union, types.UnionType):
        return _named(next(one for one in inner if one is not type(None)), [])
    if origin is list:
        one = _named(inner[0], [])
        return f"{one}, or a list of them" if inner[0] is sheets.Quote and metadata else f"list of {_plural(one)}"
    if origin is dict:
        return f"mapping from {_named(inner[0], [])} to {_named(inner[1], [])}"
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in inner)
    if isinstance(annotation, type) and issubclass(annotation, Shape) and annotation not in _NAMES:
        return "mapping"
    return _NAMES[annotation]


def _plural(name: str) -> str:
    """The name of several values."""
    for one in ("quotation", "mapping", "text", "code"):
        if name.strip("[").startswith(one):
            return name.replace(one, f"{one}s", 1)
    return name
