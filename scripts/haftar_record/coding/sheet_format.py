"""Describe the format of the sheets in words: every key of every shape, from the shapes themselves.

``keys.yaml`` beside this module has what a key is for, ``key_examples.yaml`` a value of it; whether it is required and
what it may hold is in ``sheets``.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic.fields import FieldInfo

from ..model.shape import ContributorShape, RetiredShape, Shape
from . import sheets
from .groups import DEFAULTS, UNITS
from .key_texts import examples, meanings
from .sheets import CodeOf, OrWord

#: What a group of units is, and what its two keys are for.
GROUP = "Units that share keys. An entry of a list of a sheet is a unit or a group, and in a group one may stand again."
GROUP_KEYS = {
    DEFAULTS: "The keys that every unit of the group has, as if it had them itself: any but `id`. A unit that has one "
    "of them too keeps its own value, as a whole; one that has it with `null`, or nothing, behind it, has no such key.",
    UNITS: "The units of the group, at least one. Each has what it does not get from the group.",
}
#: What stands in the place of a code, and what it means.
BESIDES = {
    sheets.NOT_STATED: "The text does not say.",
    sheets.UNDECIDED: "The coder could not decide.",
}
#: The shapes in the order in which a reader meets them, with the heading of each.
SECTIONS: tuple[tuple[str, type[Shape]], ...] = (
    ("A quotation", sheets.QuoteShape),
    ("A date", sheets.DateShape),
    ("An alias", sheets.AliasShape),
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
    ("The register `topics.yaml`", sheets.TopicShape),
    ("The register `events.yaml`", sheets.EventShape),
    ("The register `discrepancies.yaml`", sheets.DiscrepancyShape),
    ("`discrepancies.yaml`: `a` and `b`", sheets.ReadingShape),
    ("The register `references.yaml`", sheets.ReferenceShape),
    ("The register `waivers.yaml`", sheets.WaiverShape),
    ("The register `retired.yaml`", RetiredShape),
    ("The register `record.yaml`", sheets.RecordShape),
    ("`record.yaml`: `contributors`", ContributorShape),
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
    sheets.AliasShape: "code of [label_kind](codebook.md#label_kind), or [alias](#an-alias)",
}
#: Keys whose text says more than their type.
_IDS = {
    "actor": "speaker targets subject parent actor",
    "source": "source relayed_by holder origin",
    "topic": "topic",
    "event": "event occasion about part_of distinct_from",
    "reference": "reference verbatim_reference",
}


def markdown() -> str:
    """All sections, each with a table of its keys."""
    return "\n".join(line for heading, shape in SECTIONS for line in _section(heading, shape))


def keys(shape: type[Shape]) -> dict[str, FieldInfo]:
    """The keys of a shape as a sheet writes them."""
    return {info.alias or name: info for name, info in shape.model_fields.items()}


def summary(shape: type[Shape]) -> str:
    """What a shape is, in Markdown."""
    return " ".join((shape.__doc__ or "").replace("``", "`").split())


def plain(text: str) -> str:
    """Markdown without its links, for those who show it as it is.

    >>> plain("A code of the list [role](codebook.md#role).")
    'A code of the list role.'
    """
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)


def default(info: FieldInfo) -> str | None:
    """What a key holds where it is left out, as a sheet writes it; None where it then holds nothing."""
    if info.is_required() or info.default in (None, [], {}) or isinstance(info.default, Shape):
        return None
    return str(info.default).lower() if info.annotation is bool else str(info.default)


def _section(heading: str, shape: type[Shape]) -> Iterator[str]:
    yield from (f"### {heading}", "", summary(shape), "")
    yield from ("| key | needed | value | example | what it is for |", "|---|---|---|---|---|")
    for name, info in keys(shape).items():
        left_out = default(info)
        needed = "yes" if info.is_required() else "no" if left_out is None else f"no: `{left_out}`"
        shown = _code(examples()[shape.__name__][name])
        yield f"| `{name}` | {needed} | {_value(shape, name, info)} | {shown} | {meanings()[shape.__name__][name]} |"
    yield ""
    if heading == "`decisions`":
        yield from _group()


def _group() -> Iterator[str]:
    """The section on groups of units."""
    kinds = {DEFAULTS: "mapping", UNITS: "list of units and groups"}
    shown = {DEFAULTS: "{speaker: act-hood, medium: press_briefing}", UNITS: '[{id: "01", …}, {id: "02", …}]'}
    yield from ("### A group of units", "", GROUP, "")
    yield from ("| key | needed | value | example | what it is for |", "|---|---|---|---|---|")
    for key, text in GROUP_KEYS.items():
        yield f"| `{key}` | yes | {kinds[key]} | {_code(shown[key])} | {text} |"
    yield ""


def _code(text: str) -> str:
    """A value in a cell of a table."""
    return f"`{text.replace('|', '&#124;')}`"


def _value(shape: type[Shape], name: str, info: FieldInfo) -> str:
    """What may stand behind a key."""
    if name == "who":
        return "mapping"
    if shape is sheets.Sheet and name in sheets.LISTS:
        return "list of mappings, and of [groups](#a-group-of-units) of them"
    if is_of_statement(shape, name):
        return "id of a statement of the sheet"
    said = _named(info.annotation, info.metadata)
    if kind := register(shape, name) if said in ("text", "list of texts") else "":
        return f"id of {kind}" if said == "text" else f"list of ids of {kind.split()[-1]}s"
    return said


def is_of_statement(shape: type[Shape], name: str) -> bool:
    """Whether a key has the short id of a statement of the sheet."""
    telling = (sheets.StatementShape, sheets.ReportShape, sheets.RelationShape, sheets.QuantityShape)
    return name in ("parent", "statement") and shape in telling


def register(shape: type[Shape], name: str) -> str:
    """The kind of entry whose id a key has; empty when it is a text."""
    if shape in (sheets.DecisionShape, sheets.ReaderShape, sheets.WaiverShape, RetiredShape, sheets.RecordShape):
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
        if isinstance(mark, OrWord):
            return f"{_named(annotation, [])}, or `{mark.word}`"
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
