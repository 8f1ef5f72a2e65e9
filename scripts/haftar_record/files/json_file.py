"""Read a JSON file of the package and remember the line and column of every value."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from ..problems.problem import DataErrors, Place, Problem, Problems
from ..problems.wording import describe_character, show
from .lines import Lines
from .yaml_file import Document, Loc

#: The descriptor of the record has 20 kB. A value takes a hundred times the memory of a letter.
MAX_BYTES = 2_000_000
MAX_DEPTH = 30


@dataclass
class Json:
    """The content of a JSON file, and its text, in which a value is looked for when its place is asked for."""

    file: str
    content: Any
    text: str

    @cached_property
    def places(self) -> dict[Loc, tuple[int, int]]:
        """Where each value stands by the path of its keys and indices."""
        return _Places(self.text).found

    def place(self, loc: Loc) -> Place:
        """The place of ``loc``, or of its nearest parent that stands in the file."""
        return Document(self.file, self.content, self.places).place(loc)


def read(data: bytes, file: str, problems: Problems, remedy: str, limit: int = MAX_BYTES) -> Json | None:
    """The file as JSON; None, with the problem added to ``problems``, when it is not JSON of a bounded size."""

    def refusal(found: str, expected: str, line: int = 0, column: int = 0) -> DataErrors:
        return DataErrors([Problem(Place(file, line, column), "json", found, expected, remedy)])

    try:
        text = _text(data, limit, refusal)
        content = _content(text, refusal)
    except DataErrors as error:
        problems.items += error.problems
        return None
    return Json(file, content, text)


def _text(data: bytes, limit: int, refusal: Callable[..., DataErrors]) -> str:
    """The bytes as text. Raises a refusal when they are too many or no plain UTF-8."""
    if len(data) > limit:
        raise refusal(f"{len(data):,} bytes", f"at most {limit:,} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(f"byte 0x{data[error.start]:02X}", "UTF-8 text", line) from None
    if text.startswith("\ufeff"):
        raise refusal("a byte order mark at the start", "UTF-8 without one", 1)
    return text


def _content(text: str, refusal: Callable[..., DataErrors]) -> Any:
    """The value that the text gives. Raises a refusal when it is not JSON, or nested too deeply."""
    twice = False

    def entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        found = dict(pairs)
        twice = twice or len(found) < len(pairs)
        return found

    try:
        content = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=entries)
        depth = _depth(content)
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        found = said if text.strip() else "an empty file"
        raise refusal(found, "well-formed JSON", error.lineno, error.colno) from None
    except ValueError as error:
        raise refusal(str(error)[:1].lower() + str(error)[1:], "well-formed JSON") from None
    except RecursionError:
        depth = MAX_DEPTH + 1
    if depth > MAX_DEPTH:
        raise refusal(f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels of nesting")
    if twice and (second := _Places(text).twice):
        raise refusal(f"the key {show(second[0])} twice", "each key once", second[1])
    if half := _HALF.search(text):
        _refuse_half(text, half, refusal)
    return content


def _finite(digits: str) -> float:
    """A number with a fraction or an exponent; other readers of JSON give no infinity for one that is too large."""
    if math.isinf(value := float(digits)):
        raise ValueError(f"the number {digits[:40]}, which is too large")
    return value


#: The escape of half a surrogate pair: the halves of a whole pair, one after the other, are one character.
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def _refuse_half(text: str, first: re.Match[str], refusal: Callable[..., DataErrors]) -> None:
    """Raise a refusal when a text or key has half a surrogate pair, which is no character and cannot be written."""
    for token in _TOKEN.finditer(text):
        if token.end() > first.start() and token[0].startswith('"'):
            index = next((n for n, c in enumerate(json.loads(token[0])) if "\ud800" <= c <= "\udfff"), None)
            if index is not None:
                character = json.loads(token[0])[index]
                place = Lines(text).place(token.start())
                raise refusal(f"{describe_character(character)}, at character {index + 1}", "whole characters", *place)


def _refuse_constant(name: str) -> NoReturn:
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

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.finditer(text)
        self.lines = Lines(text)
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
        return self.lines.place(token.start())
