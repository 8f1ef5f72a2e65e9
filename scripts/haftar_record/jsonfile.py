"""Read a JSON file of the package, tell where in it a value stands, and in what two such values differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from . import yamlfile
from .problems import Place, Problems
from .yamlfile import Loc

MAX_BYTES = 20_000_000
MAX_DEPTH = 30


@dataclass
class Json:
    """The content of a JSON file, and ``place(loc)`` of a value in it by the path of its keys and indices."""

    file: str
    text: str
    content: Any
    _places: yamlfile.Document | None = None

    def place(self, loc: Loc) -> Place:
        if self._places is None:
            self._places = _places(self.text, self.file)
        return self._places.place(loc)


def read(data: bytes, file: str, problems: Problems, remedy: str) -> Json | None:
    """The file as JSON; None, with the problem noted, when it is not."""

    def refuse(line: int, found: str, expected: str) -> None:
        problems.add(Place(file, line), "json", found, expected, remedy)

    if len(data) > MAX_BYTES:
        return refuse(0, f"{len(data):,} bytes", f"at most {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return refuse(line, f"byte 0x{data[error.start]:02X}", "UTF-8 text")
    if text.startswith("\ufeff"):
        return refuse(1, "a byte order mark at the start", "UTF-8 without one")
    twice: list[str] = []
    try:
        content = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, twice), parse_constant=_refuse_constant)
        depth = _depth(content)
    except json.JSONDecodeError as error:
        return refuse(error.lineno, error.msg[:1].lower() + error.msg[1:], "well-formed JSON")
    except ValueError as error:
        return refuse(0, str(error), "well-formed JSON")
    except RecursionError:
        depth = MAX_DEPTH + 1
    if depth > MAX_DEPTH:
        return refuse(0, f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels of nesting")
    if twice:
        line = text[: text.rindex(f'"{twice[0]}"')].count("\n") + 1 if f'"{twice[0]}"' in text else 0
        return refuse(line, f"the key “{twice[0]}” twice", "each key once")
    return Json(file, text, content)


def _once(pairs: list[tuple[str, Any]], twice: list[str]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        twice.append(next(key for key in keys if keys.count(key) > 1))
    return content


def _refuse_constant(name: str) -> None:
    raise ValueError(f"the number {name}, which JSON does not have")


def _depth(content: Any) -> int:
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _places(text: str, file: str) -> yamlfile.Document:
    """The places of all values. JSON is YAML but for rare exceptions, of which only the first place is known."""
    document = yamlfile.Document(file, None)
    try:
        yamlfile.mark(yaml.compose(text, Loader=yamlfile.LOADER), (), document)
    except (yaml.YAMLError, RecursionError):
        document.places.clear()
    return document


#: Path to a value, what is wrong with it ("missing", "unknown", "value", "order"), what was found and expected there.
Difference = tuple[Loc, str, Any, Any]


def differences(found: Any, expected: Any, loc: Loc = ()) -> Iterator[Difference]:
    """In what ``found`` differs from ``expected``, as deep as possible. Entries with a name are compared by name."""
    if isinstance(found, dict) and isinstance(expected, dict):
        yield from _in_objects(found, expected, loc)
    elif isinstance(found, list) and isinstance(expected, list):
        yield from _in_arrays(found, expected, loc)
    elif type(found) is not type(expected) or found != expected:
        yield loc, "value", found, expected


def _in_objects(found: dict[str, Any], expected: dict[str, Any], loc: Loc) -> Iterator[Difference]:
    for key in expected:
        if key in found:
            yield from differences(found[key], expected[key], (*loc, key))
        else:
            yield (*loc, key), "missing", None, expected[key]
    for key in found:
        if key not in expected:
            yield (*loc, key), "unknown", key, [name for name in expected if name not in found] or list(expected)


def _in_arrays(found: list[Any], expected: list[Any], loc: Loc) -> Iterator[Difference]:
    names = [[entry.get("name") if isinstance(entry, dict) else None for entry in side] for side in (found, expected)]
    if not all(names[1]) or len(set(map(str, names[0]))) < len(names[0]):
        if len(found) != len(expected):
            yield loc, "value", found, expected
            return
        for index, (one, two) in enumerate(zip(found, expected, strict=True)):
            yield from differences(one, two, (*loc, index))
        return
    for name, entry in zip(names[1], expected, strict=True):
        if name in names[0]:
            index = names[0].index(name)
            yield from differences(found[index], entry, (*loc, index))
        else:
            yield (*loc, name), "missing", None, name
    for index, name in enumerate(names[0]):
        if name not in names[1]:
            missing = [other for other in names[1] if other not in names[0]]
            yield (*loc, index), "unknown", name, missing or names[1]
    if sorted(map(str, names[0])) == sorted(map(str, names[1])) and names[0] != names[1]:
        yield loc, "order", names[0], names[1]
