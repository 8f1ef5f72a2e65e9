"""Values that are still open: where ``haftar-record new`` can tell nothing, it writes “?” into the sheet.

A “?” is no value of any key. A file that has one is read no further, so that its coder is told what is to be filled in
and not what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..files.yaml_file import Loc
from ..model import codes
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
        place = document.place(loc)
        places.add(place)
        expected, remedy = _wanted(holder(shape, loc), key)
        problems.add(place, "open-value", f"{show(OPEN)} for {show(key)}", expected, remedy)
    return places


def _wanted(shape: Any, key: str) -> tuple[str, str]:
    """What the value of a key is for, with the codes that it may be; and what to do."""
    remedy = "write the value in its place"
    if shape is None:
        return "a value", remedy
    info = next((info for name, info in shape.model_fields.items() if key in (name, info.alias)), None)
    if info and not info.is_required():
        remedy += ", or remove the key if there is none"
    lists = [mark.list for mark in (info.metadata if info else ()) if hasattr(mark, "list")]
    said = meanings().get(shape.__name__, {}).get(key, "A value.")
    return " ".join([said, *(f"One of: {', '.join(codes.codes_of(name))}." for name in lists)]), remedy


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
