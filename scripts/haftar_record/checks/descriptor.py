"""Check datapackage.json and the Table Schemas: every property is the one that models, tables and files give."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..files.json_file import Json
from ..files.layout import is_inside
from ..files.yaml_file import Loc
from ..package.table_file import REBUILD
from ..problems.problem import Problem, Problems, bounded
from ..problems.wording import nearest, show
from . import json_differences
from .json_differences import Difference

#: Properties of a resource that say something about the bytes of its file.
FACTS = {"hash": "hash-count", "bytes": "byte-count", "rows": "row-count"}
#: What JSON calls a value, by its Python type.
_KINDS = {
    dict: "an object",
    list: "an array",
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "a flag",
    type(None): "null",
}
#: Differences of one kind that are shown for one file; the others are counted.
SHOWN = 20


def check(
    found: Json,
    expected: Any,
    problems: Problems,
    is_known: Callable[[Loc], bool] = lambda _: False,
    remedy: str = REBUILD,
) -> bool:
    """Note the differences between a JSON file and what is expected, except those that ``is_known`` knows from
    elsewhere. Returns whether there is no difference at all.

    Size and number of rows of a file are not reported when its hash differs as well.
    """
    every = list(json_differences.differences(found.content, expected))
    unknown = [item for item in every if not is_known(item[0])]
    hashes = {loc[:2] for loc, *_ in unknown if loc[2:] == ("hash",)}
    groups: dict[str, list[Difference]] = {}
    for difference in unknown:
        loc, kind, value, _ = difference
        if loc[2:] not in (("bytes",), ("rows",)) or loc[:2] not in hashes:
            groups.setdefault(_name(loc, kind, value, found), []).append(difference)
    for group in groups.values():
        shown = [_problem(difference, found, remedy) for difference in group[: SHOWN + 1]]
        problems.items += bounded(shown, SHOWN, len(group))
    return not every


def first(found: Json, expected: Any, rule: str, why: str, remedy: str) -> Problem | None:
    """The first difference between a JSON file and what is expected, under the name of one check; ``why`` says where
    that comes from."""
    every = list(json_differences.differences(found.content, expected))
    if not every:
        return None
    problem = _problem(every[0], found, remedy)
    more = f" (and {len(every) - 1:,} more differences)" if len(every) > 1 else ""
    return replace(problem, rule=rule, found=problem.found + more, expected=f"{problem.expected}, {why}")


def _problem(difference: Difference, found: Json, remedy: str) -> Problem:
    loc, kind, value, wanted = difference
    where = pointer(loc[:-1] if kind in ("missing", "unknown") else loc, found.content)
    inside = f" in {where}" if where else ""
    if kind == "missing":
        said, expected = f"no {_named(loc[-1])}{inside}", show(_text(wanted), 80)
    elif kind == "unknown":
        said = f"the unknown {_named(value)}{inside}"
        expected = _named(wanted[0]) if len(wanted) == 1 else nearest(str(value), map(str, wanted))
    elif kind == "order":
        index = next(n for n, (one, two) in enumerate(zip(value, wanted, strict=True)) if one != two)
        said, expected = f"{show(value[index])} at position {index + 1} of {where}", show(wanted[index])
    else:
        kinds = [f", {_KINDS[type(one)]}" if type(value) is not type(wanted) else "" for one in (value, wanted)]
        said = f"{where or 'the file'} {show(_text(value), 80)}{kinds[0]}"
        expected = f"{show(_text(wanted), 80)}{kinds[1]}"
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
    return any(isinstance(part, str) and not is_inside(part) for part in parts)


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
