"""The differences between two JSON values, each as deep inside as possible."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from ..files.yaml_file import Loc

#: Path to a value, what is wrong with it ("missing", "unknown", "value", "order"), what was found and expected there.
Difference = tuple[Loc, str, Any, Any]


def differences(found: Any, expected: Any, loc: Loc = ()) -> Iterator[Difference]:
    """The differences of ``found`` from ``expected``, as deep as possible. Entries with a name are compared by name."""
    if isinstance(found, dict) and isinstance(expected, dict):
        yield from _in_objects(found, expected, loc)
    elif isinstance(found, list) and isinstance(expected, list):
        yield from _in_arrays(found, expected, loc)
    elif type(found) is not type(expected) or found != expected:
        yield loc, "value", found, expected


def _in_objects(found: dict[str, Any], expected: dict[str, Any], loc: Loc) -> Iterator[Difference]:
    missing, unknown = [key for key in expected if key not in found], [key for key in found if key not in expected]
    pairs = _pairs(unknown, missing)
    for key in expected:
        if key in found:
            yield from differences(found[key], expected[key], (*loc, key))
        elif key not in pairs.values():
            yield (*loc, key), "missing", None, expected[key]
    for key in unknown:
        yield (*loc, key), "unknown", key, [pairs[key]] if key in pairs else list(expected)


def _pairs(unknown: list[str], missing: list[str]) -> dict[str, str]:
    """For each unknown name the missing one that was probably meant, the nearest. One mistake is one problem."""
    pairs: dict[str, str] = {}
    for name in unknown:
        left = [other for other in missing if other not in pairs.values()]
        if close := difflib.get_close_matches(
            name, left, n=1, cutoff=0.3 if len(unknown) == len(missing) == 1 else 0.6
        ):
            pairs[name] = close[0]
    return pairs


def _in_arrays(found: list[Any], expected: list[Any], loc: Loc) -> Iterator[Difference]:
    if not found and expected:
        yield loc, "value", found, expected
        return
    one, two = _by_name(found), _by_name(expected)
    if not one or not two:  # not told apart by name
        if len(found) != len(expected):
            yield loc, "value", found, expected
            return
        for index, pair in enumerate(zip(found, expected, strict=True)):
            yield from differences(*pair, (*loc, index))
        return
    missing, unknown = [name for name in two if name not in one], [name for name in one if name not in two]
    pairs = _pairs(unknown, missing)
    for name, position in two.items():
        if name in one:
            yield from differences(found[one[name]], expected[position], (*loc, one[name]))
        elif name not in pairs.values():
            yield (*loc, name), "missing", None, name
    for name in unknown:
        yield (*loc, one[name]), "unknown", name, [pairs[name]] if name in pairs else missing or list(two)
    if one.keys() == two.keys() and list(one) != list(two):
        yield loc, "order", list(one), list(two)


def _by_name(entries: list[Any]) -> dict[str, int] | None:
    """The index of each entry by its name; None unless every entry has a name of its own."""
    found = (entry.get("name") if isinstance(entry, dict) else None for entry in entries)
    names = [name for name in found if isinstance(name, str)]
    if len(names) < len(entries) or len(set(names)) < len(names):
        return None
    return {name: index for index, name in enumerate(names)}
