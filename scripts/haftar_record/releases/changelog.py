"""Read CHANGELOG.md: the section of a version, and what it names. A name stands in backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path

from ..files import folder
from ..files.characters import forbidden
from ..problems.problem import DataErrors, Place, Problem, Problems
from ..problems.wording import describe_character

PATH = "CHANGELOG.md"
MAX_BYTES = 10_000_000
#: What contributors write before the next version is known.
UNRELEASED = "Unreleased"
#: A version, and not the beginning of another one, such as that of a candidate; or what has none yet.
_HEADING = re.compile(rf"## +\[?v?([0-9]+[.][0-9]+[.][0-9]+|{UNRELEASED})(?![\w+-]|[.]\w).*")
#: What opens or closes a block of code, in which nothing is a heading.
_LINE_END = re.compile("\r\n|\r|\n")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NAME = re.compile(r"`([^`\s]+)`")


@dataclass(frozen=True)
class Section:
    """What the changelog says about one version, or about what has none yet. ``line`` is that of its heading."""

    version: str
    line: int
    text: str

    @property
    def names(self) -> frozenset[str]:
        """The names in it, as written: ids, tables, ``table.column``, with ``*`` for any characters."""
        return frozenset(_NAME.findall(self.text))

    def explains(self, *candidates: str) -> bool:
        """Whether it names one of these, in full or by a pattern with ``*``."""
        return any(fnmatchcase(name, pattern) for pattern in self.names for name in candidates)


def check_characters(root: Path, problems: Problems) -> None:
    """Note the first character of each line that no text of the record may have: the release takes the file as it
    is."""
    try:
        text = folder.read(root, PATH, MAX_BYTES).decode("utf-8")
    except OSError:  # whoever reads the sections says so
        return
    except UnicodeDecodeError as error:
        place = Place(PATH, error.object.count(b"\n", 0, error.start) + 1)
        found = f"byte 0x{error.object[error.start]:02X}"
        problems.add(place, "changelog", found, "UTF-8 text", "save the file as UTF-8")
        return
    for number, line in enumerate(text.split("\n"), 1):
        if match := forbidden(line.rstrip("\r").replace("\t", " ")):
            place, found = Place(PATH, number, match.start() + 1), describe_character(match[0])
            problems.add(place, "changelog", found, "printable text", "remove it")


def read(root: Path) -> list[Section]:
    """The sections of the changelog in its order, newest first; empty when there is no changelog.

    Raises DataErrors when it cannot be read.
    """
    try:
        text = folder.read(root, PATH, MAX_BYTES).decode("utf-8-sig", "replace")
    except FileNotFoundError:
        return []
    except OSError as error:
        said = Problem(Place(PATH), "changelog", f"no readable file ({error.strerror})", "a text file", "restore it")
        raise DataErrors([folder.trouble(PATH, error) or said]) from None
    lines = _LINE_END.split(text)
    starts = [number for number in _outside_code(lines) if lines[number].startswith("## ")]
    return [
        Section(match[1], start + 1, "\n".join(lines[start + 1 : end]).strip())
        for start, end in pairwise([*starts, len(lines)])
        if (match := _HEADING.fullmatch(lines[start].rstrip()))
    ]


def _outside_code(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines outside blocks of code."""
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
        elif fence and match and match[1].startswith(fence) and not line[match.end() :].strip():
            fence = ""
        elif not fence:
            yield number
