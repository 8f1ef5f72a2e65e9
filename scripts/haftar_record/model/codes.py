"""The code lists: every code of every list, with what it means. ``codes.yaml`` beside this module is the source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..files import yaml_file
from ..problems.problem import DataErrors

SOURCE = Path(__file__).with_name("codes.yaml")


@dataclass(frozen=True)
class Code:
    """One code. ``applies_to`` names the codes of another list that it belongs under (event modes: types)."""

    list: str
    code: str
    label: str
    definition: str
    example: str
    near_miss: str
    applies_to: tuple[str, ...] = ()


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
    """All code lists by name, in the order of the source."""
    try:
        content = yaml_file.load(SOURCE, SOURCE.name).content
    except ValueError as error:  # not as it is: pydantic takes a ValueError for a mistake in the sheet that it reads
        raise DataErrors([error.args[0]]) from None
    return {name: _list(name, entry) for name, entry in content.items()}


def codes_of(name: str) -> tuple[str, ...]:
    """The codes of one list, in its order. Raises KeyError for an unknown list: a mistake in the program."""
    return tuple(lists()[name].codes)


def _list(name: str, entry: dict) -> CodeList:
    codes = {
        code: Code(
            name,
            code,
            **{key: text.get(key, "") for key in ("label", "definition", "example", "near_miss")},
            applies_to=tuple(text.get("applies_to", ())),
        )
        for code, text in entry["codes"].items()
    }
    return CodeList(name, entry["title"], entry["scheme"], entry.get("description", ""), codes)
