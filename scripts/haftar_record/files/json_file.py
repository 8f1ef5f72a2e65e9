"""Read a JSON file of the package, tell where in it a value stands, and in what two such values differ."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from ..problems.problem import Place, Problems
from ..problems.wording import show
from .yaml_file import Document, Loc

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
