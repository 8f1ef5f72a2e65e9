"""The code lists: every code of every list, with what it means.

``codes.yaml`` beside this module is the source, but for the kinds of words and marks that the program has to know: a
list of such kinds is where their codes come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..files import yaml_file
from ..text import dates, quotation
from ..text.kinds import Kind

SOURCE = Path(__file__).with_name("codes.yaml")
#: Lists whose codes are kinds of words or marks that the program knows.
KINDS: dict[str, tuple[Kind, ...]] = {"date_rule": dates.KINDS, "mark_style": quotation.MARKS}


@dataclass(frozen=True)
class Code:
    """One code. ``applies_to`` names the codes of another list that it belongs under (event modes: types).

    ``test_question`` decides between the codes of a list: the words of the article answer it with yes or no.
    """

    list: str
    code: str
    label: str
    definition: str
    example: str
    near_miss: str
    applies_to: tuple[str, ...] = ()
    test_question: str | None = None


@dataclass(frozen=True)
class CodeList:
    """A list of codes. ``scheme`` is the published scheme that the code names come from, or ``own``."""

    name: str
    title: str
    scheme: str
    description: str
    codes: dict[str, Code]


@cache
def lists() -> dict[str, CodeList]:
    """All code lists by name, in the order of the source. Raises DataErrors when the source cannot be read."""
    content = yaml_file.load(SOURCE.parent, SOURCE.name).content
    return {name: _list(name, entry) for name, entry in content.items()}


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of one list, in its order. Raises KeyError for an unknown list: a mistake in the program."""
    return tuple(lists()[name].codes)


def _list(name: str, entry: dict[str, Any]) -> CodeList:
    """One list: the kinds that the program knows, then the codes of the source."""
    codes = {
        kind.name: Code(name, kind.name, kind.label, kind.definition, kind.example, kind.near_miss)
        for kind in KINDS.get(name, ())
    }
    for code, text in entry.get("codes", {}).items():
        applies_to = tuple(text.get("applies_to", ()))
        codes[code] = Code(
            name,
            code,
            text["label"],
            text["definition"],
            text["example"],
            text["near_miss"],
            applies_to,
            text.get("test"),
        )
    return CodeList(name, entry["title"], entry["scheme"], entry.get("description", ""), codes)
