"""The code lists: every code of every list, with what it means.

``codes.yaml`` beside this module is the source, but for the kinds of words and marks that the program has to know: a
list of such kinds is where their codes come from. States come from ``states``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..files import yaml_file
from ..problems.wording import near, nearest, show
from ..text import dates, quotation
from ..text.kinds import Kind
from . import states

SOURCE = Path(__file__).with_name("codes.yaml")
#: The list of states.
COUNTRY = "country"
#: Lists whose codes are kinds of words or marks that the program knows.
KINDS: dict[str, tuple[Kind, ...]] = {"date_rule": dates.KINDS, "mark_style": quotation.MARKS}


@dataclass(frozen=True)
class Code:
    """One code. ``applies_to`` names the codes of another list that it belongs under (event modes: types).

    ``test_question`` decides between the codes of a list: the words of the article answer it with yes or no.
    ``is_uniform`` says that the same is said of the code as of many others of its list, but for its label.
    """

    list: str
    code: str
    label: str
    definition: str
    example: str
    near_miss: str
    applies_to: tuple[str, ...] = ()
    test_question: str | None = None
    is_uniform: bool = False


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
    own = entry.get("codes", {})
    known = states.states() if name == COUNTRY else {}
    for code in [*known, *(code for code in own if code not in known)]:
        label = known[code].label if code in known else own[code]["label"]
        text = own.get(code) or {key: said.format(label=label) for key, said in entry["each_state"].items()}
        codes[code] = Code(
            name,
            code,
            label,
            text["definition"],
            text["example"],
            text["near_miss"],
            tuple(text.get("applies_to", ())),
            text.get("test"),
            is_uniform=code not in own,
        )
    return CodeList(name, entry["title"], entry["scheme"], entry.get("description", ""), codes)


def expected(name: str, value: str, besides: tuple[str, ...] = ()) -> str:
    """What was expected instead of a value that is no code of a list: the code that is meant, or the nearest ones.
    ``besides`` are values that may stand in place of a code.

    >>> expected("country", "Tunisia"), expected("stance", "oppse")
    ('“TUN” (Tunisia)', '“oppose”, the nearest of 3 known values')
    """
    if name != COUNTRY:
        return nearest(value, (*codes_of(name), *besides))
    known = lists()[name].codes
    if meant := dict.fromkeys((*states.meant(value), *states.mistyped(value))):
        return " or ".join(f"{show(code)} ({known[code].label})" for code in meant)
    if near(value, besides):
        return nearest(value, (*known, *besides))
    others = [code for code in known if code not in states.states()]
    return f"three letters of ISO 3166-1, such as TUN for Tunisia, or one of: {', '.join((*others, *besides))}"
