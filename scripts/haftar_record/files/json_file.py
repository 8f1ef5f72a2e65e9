"""Read a JSON file of the package, tell where in it a value stands, and in what two such values differ."""

from __future__ import annotations

import difflib
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .problems import Place, Problems, show
from .yamlfile import Document, Loc

#: The descriptor of the record has 20 kB. A value takes a hundred times the memory of a letter.
MAX_BYTES = 2_000_000
MAX_DEPTH = 30


@dataclass
class Json:
    """The content of a JSON file, and where each value stands by the path of its keys and indices."""

    file: str
    content: Any
    places: dict[Loc, tuple[int, int]]

    def place(self, loc: Loc) -> Place:
        return Document(self.file, self.content, self.places).place(loc)


def read(data: bytes, file: str, problems: Problems, remedy: str, limit: int = MAX_BYTES) -> Json | None:
    """The file as JSON; None, with the problem noted, when it is not."""

    def refuse(line: int, found: str, expected: str, column: int = 0) -> None:
        problems.add(Place(file, line, column), "json", found, expected, remedy)

    if len(data) > limit:
        return refuse(0, f"{len(data):,} bytes", f"at most {limit:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return refuse(line, f"byte 0x{data[error.start]:02X}", "UTF-8 text")
    if text.startswith("\ufeff"):
        return refuse(1, "a byte order mark at the start", "UTF-8 without one")
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
        depth = _depth(content)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        return refuse(error.lineno, said if text.strip() else "an empty file", "well-formed JSON", error.colno)
    except ValueError as error:
        return refuse(0, str(error)[:1].lower() + str(error)[1:], "well-formed JSON")
    except RecursionError:
        depth = MAX_DEPTH + 1
    if depth > MAX_DEPTH:
        return refuse(0, f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels of nesting")
    places = _Places(text)
    if places.twice:
        key, line = places.twice
        return refuse(line, f"the key {show(key)} twice", "each key once")
    return Json(file, content, places.found)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"the number {name}, which JSON does not have")


def _depth(content: Any) -> int:
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return 1 + max(map(_depth, inner), default=0)


#: A text, a mark, or a number or name (RFC 8259).
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


class _Places:
    """Where each value and key of well-formed JSON stands: ``found`` as in a YAML document, by line and column.

    ``twice`` is the first key that is given twice, and its line.
    """

    def __init__(self, text: str):
        self.tokens = _TOKEN.finditer(text)
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.found: dict[Loc, tuple[int, int]] = {}
        self.twice: tuple[str, int] | None = None
        self._value(next(self.tokens), ())

    def _value(self, token: re.Match[str], loc: Loc) -> None:
        self.found[loc] = self._position(token)
        if token[0] == "{":
            self._object(loc)
        elif token[0] == "[":
            self._array(loc)

    def _object(self, loc: Loc) -> None:
        while (token := next(self.tokens))[0] != "}":
            if token[0] == ",":
                continue
            key = json.loads(token[0])
            if (*loc, key) in self.found and self.twice is None:
                self.twice = key, self._position(token)[0]
            self.found[*loc, key, "@key"] = self._position(token)
            next(self.tokens)  # the colon
            self._value(next(self.tokens), (*loc, key))

    def _array(self, loc: Loc) -> None:
        index = 0
        while (token := next(self.tokens))[0] != "]":
            if token[0] != ",":
                self._value(token, (*loc, index))
                index += 1

    def _position(self, token: re.Match[str]) -> tuple[int, int]:
        line = bisect_right(self.line_starts, token.start())
        return line, token.start() - self.line_starts[line - 1] + 1


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
    """The names that were meant by unknown ones: the nearest of those that are missing. One mistake is one problem."""
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
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in entries]
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        return None
    return {name: index for index, name in enumerate(names)}
