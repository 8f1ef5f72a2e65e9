"""Check datapackage.json and the Table Schemas: every property is the one that models, tables and files give."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from . import jsonfile
from .jsonfile import Difference, Json
from .problems import Problem, Problems, nearest, show
from .yamlfile import Loc

#: Properties of a resource that say something about the bytes of its file.
FACTS = {"hash": "hash-count", "bytes": "byte-count", "rows": "row-count"}
#: An address, an absolute path, a path of Windows or a home folder.
_UNSAFE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\~]|.*\\")
REMEDY = "run “haftar-record build”, which writes the file anew"


def check(
    found: Json,
    expected: Any,
    problems: Problems,
    is_known: Callable[[Loc], bool] = lambda _: False,
    remedy: str = REMEDY,
) -> None:
    """Note in what a JSON file differs from what is expected, but for what is known from elsewhere.

    Of a file that is another one, size and number of rows follow from the hash.
    """
    found_here = [item for item in jsonfile.differences(found.content, expected) if not is_known(item[0])]
    hashes = {loc[:2] for loc, *_ in found_here if loc[2:] == ("hash",)}
    for difference in found_here:
        if difference[0][2:] not in (("bytes",), ("rows",)) or difference[0][:2] not in hashes:
            problems.items.append(_problem(difference, found, remedy))


def _problem(difference: Difference, found: Json, remedy: str) -> Problem:
    loc, kind, value, wanted = difference
    where = pointer(loc[:-1] if kind in ("missing", "unknown") else loc, found.content)
    inside = f" in {where}" if where else ""
    if kind == "missing":
        said, expected = f"no {_named(loc[-1])}{inside}", show(_text(wanted), 80)
    elif kind == "unknown":
        said, expected = f"the unknown {_named(value)}{inside}", nearest(str(value), map(str, wanted))
    elif kind == "order":
        index = next(n for n, (one, two) in enumerate(zip(value, wanted, strict=True)) if one != two)
        said, expected = f"{show(value[index])} at position {index + 1} of {where}", show(wanted[index])
    else:
        said, expected = f"{where or 'the file'} {show(_text(value), 80)}", show(_text(wanted), 80)
    place = found.place((*loc, "@key") if kind == "unknown" and isinstance(loc[-1], str) else loc)
    return Problem(place, _name(loc, kind, value, found), said, expected, remedy)


def _name(loc: Loc, kind: str, value: Any, found: Json) -> str:
    """The check that a difference belongs to."""
    if len(loc) == 3 and loc[0] == "resources" and loc[2] in FACTS:
        return FACTS[loc[2]]
    if kind == "value" and loc[-1:] in (("path",), ("schema",)) and is_unsafe(value):
        return "path"
    is_schema = found.file.startswith("schemas/") or loc[2:3] == ("schema",)
    return "schema" if is_schema else "descriptor"


def is_unsafe(path: Any) -> bool:
    """Whether a path leaves the package (Data Package v2, section on paths)."""
    parts = path if isinstance(path, list) else [path]
    return any(isinstance(part, str) and bool(_UNSAFE.match(part) or ".." in part.split("/")) for part in parts)


def pointer(loc: Loc, content: Any) -> str:
    """A path to a value, with the name of an entry instead of its index where it has one."""
    parts = []
    for part in loc:
        try:
            content = content[part]
        except (LookupError, TypeError):
            content = None
        name = content.get("name") if isinstance(part, int) and isinstance(content, dict) else None
        parts.append(str(name if isinstance(name, str) else part))
    return "/".join(parts)


def _named(part: str | int) -> str:
    return f"“{part}”"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
