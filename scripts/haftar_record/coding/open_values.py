"""Values that are still open: where ``haftar-record new`` can tell nothing, it writes “?” into the sheet.

A “?” is no value of any key. A file that has one is read no further, so that its coder is told what is to be filled in
and not what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..files.yaml_file import Loc
from ..model.shape import Located, holder
from ..problems.problem import Place, Problems
from ..problems.wording import show
from .key_texts import meanings

OPEN = "?"


def report(document: Located, shape: Any, problems: Problems) -> set[Place]:
    """Add a problem for each open value of a file that is to have a shape, and return where they stand."""
    places = set()
    for loc in _open(document.content, ()):
        key = next((part for part in reversed(loc) if isinstance(part, str)), "")
        kind = holder(shape, loc)
        expected = meanings().get(kind.__name__, {}).get(key) if kind else None
        place = document.place(loc)
        places.add(place)
        remedy = "write the value in the place of “?”"
        problems.add(place, "open-value", f"{show(OPEN)} for {show(key)}", expected or "a value", remedy)
    return places


def _open(value: Any, loc: Loc) -> Iterator[Loc]:
    """Where a value, or one in it, is open."""
    if value == OPEN and loc:
        yield loc
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _open(inner, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _open(inner, (*loc, index))
