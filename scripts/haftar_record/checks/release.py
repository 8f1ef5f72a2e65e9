"""Check what a release has beside its tables and its descriptor: texts, descriptions, and the hashes of all of it.

What follows from the descriptor is computed again and compared; of the rest, ``SHA256SUMS`` says how it was published.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ..files import folder, json_file, plain
from ..files.layout import (
    CITATION,
    CROISSANT,
    DESCRIPTOR,
    JSON_LD,
    PLAIN_DESCRIPTOR,
    SUMS,
    TEXTS,
    ZENODO,
    Files,
    data_path,
    is_inside,
    is_litter,
)
from ..model.tables import TABLES, Document
from ..package import release_files
from ..problems.problem import Place, Problem, Problems, bounded
from ..problems.wording import show
from . import descriptor

RULE = "release"
#: Files of a release that nobody has beside the tables for another reason.
_SIGNS = (SUMS, ZENODO, JSON_LD, CROISSANT, PLAIN_DESCRIPTOR, "LICENSE-DATA.md")
#: Bytes of a file beside the tables. That of a large package has a line or an entry for each article.
_MAX_BYTES = json_file.MAX_BYTES * 10
#: Problems of one kind that are shown; the others are counted.
SHOWN = 3


def is_whole(root: Path) -> bool:
    """Whether a package with its schemas inside is a whole release, and not its tables alone."""
    return any(os.path.lexists(root / name) for name in _SIGNS)


@dataclass
class Release:
    """A release while it is checked. ``hashes`` has the SHA-256 of each table by path, as far as it was read."""

    root: Path
    problems: Problems
    hashes: dict[str, str]
    remedy: str
    files: Files = field(default_factory=dict)

    def check(self, content: dict[str, Any], documents: list[Document] | None) -> None:
        """Check everything beside the tables against the descriptor.

        Where ``content`` is empty, because the descriptor is not sound, hashes alone are compared; where ``documents``
        is None, what names the articles is left out.
        """
        computed = release_files.computed(content, documents or []) if content else {}
        judged = {DESCRIPTOR, CITATION} | ({JSON_LD} if documents is None else set())  # elsewhere, or not at all
        names = {*release_files.computed_paths(), *TEXTS}
        for path in sorted(names):
            self._read(path)
        tables = [data_path(model.TABLE) for model in TABLES]
        for path, expected in computed.items():
            if path in self.files and path not in judged:
                self._compare(path, expected)
        self._sums({*names, *tables})
        self._strangers({*names, SUMS})

    def _add(self, place: str | Place, found: str, expected: str, remedy: str = "", rule: str = RULE) -> None:
        at = place if isinstance(place, Place) else Place(place)
        self.problems.add(at, rule, found, expected, remedy or self.remedy)

    def _read(self, path: str) -> None:
        try:
            self.files[path] = folder.read(self.root, path, _MAX_BYTES)
        except FileNotFoundError:
            if path != DESCRIPTOR:
                self._add(path, "no such file", "a file that every release has")
        except plain.TooLarge as error:
            self._add(path, f"{error.size:,} bytes", f"at most {_MAX_BYTES:,} bytes", rule="file-size")
        except OSError as error:
            if said := folder.trouble(path, error):
                self.problems.items.append(said)
                return
            self._add(path, f"no readable file ({error.strerror})", "a file that every release has")

    def _compare(self, path: str, expected: bytes) -> None:
        """Compare a file with what the descriptor gives, down to the value in which they differ first."""
        data = self.files[path]
        if data == expected:
            return
        if path.endswith((".json", ".jsonld")):
            found = json_file.read(data, path, self.problems, self.remedy, _MAX_BYTES)
            wanted = json_file.read(expected, path, Problems(), "", _MAX_BYTES)
            if found is None or wanted is None:
                return
            if problem := descriptor.first(found, wanted.content, RULE, f"as {DESCRIPTOR} gives it", self.remedy):
                self.problems.items.append(problem)
                return
        number, line, other = _first_line(data, expected)
        self._add(Place(path, number), line, f"{other}, as {DESCRIPTOR} gives it")

    # -- SHA256SUMS

    def _sums(self, names: set[str]) -> None:
        """Compare the list of hashes with the files: a line for each, and no other."""
        known = {problem.place.file for problem in self.problems.errors}
        self._read(SUMS)
        if SUMS not in self.files:
            return
        lines, wrong = self._lines(names)
        for path in sorted(names - lines.keys()):
            wrong.append(self._wrong(Place(SUMS), f"no line for {path}", f"{path} with its hash"))
        for path, (number, told) in lines.items():
            sha = self.hashes.get(path) or (_sha256(self.files[path]) if path in self.files else told)
            if sha == told or path in known:
                continue
            if path in TEXTS:  # nothing else says what it should be
                wrong.append(self._wrong(Place(path), f"sha256 {sha[:12]}…", f"sha256 {told[:12]}…, as {SUMS} says"))
            else:
                wrong.append(self._wrong(Place(SUMS, number), f"sha256 {told[:12]}… for {path}", f"sha256 {sha[:12]}…"))
        self.problems.items += bounded(wrong, SHOWN)

    def _wrong(self, place: Place, found: str, expected: str) -> Problem:
        return Problem(place, RULE, found, expected, self.remedy)

    def _lines(self, names: set[str]) -> tuple[dict[str, tuple[int, str]], list[Problem]]:
        """Line and hash by path, and the problems of lines that are no such line, or of no file of a release."""
        wrong: list[Problem] = []
        data, found = self.files[SUMS], dict[str, tuple[int, str]]()
        if b"\r\n" in data:
            said = "lines that end with carriage return and line feed"
            self._add(Place(SUMS, 1), said, "line feeds alone: sha256sum takes the other for a part of a name")
        for number, line in enumerate(data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")[:-1], 1):
            add = partial(self._wrong, Place(SUMS, number))
            match = re.fullmatch(r"([0-9a-fA-F]{64}) [ *]([^\r\0]+)", line)
            if not match or not is_inside(match[2]):
                wrong.append(add(show(line, 100), "a SHA-256, two blanks and a path inside the release"))
            elif match[2] in found:
                wrong.append(add(f"a second line for {match[2]}", "one line for each file"))
            elif match[2] not in names:
                wrong.append(add(f"a line for {show(match[2])}", "files of a release only"))
            else:
                found[match[2]] = number, match[1].lower()
        if data and not data.endswith(b"\n"):
            wrong.append(self._wrong(Place(SUMS), "no line feed at the end", "whole lines"))
        return found, wrong

    def _strangers(self, names: set[str]) -> None:
        """Name the files at the top of a release that are none of it. They may be the user's own."""
        with os.scandir(self.root) as entries:
            found = sorted(entry.name for entry in entries if not entry.is_dir(follow_symlinks=False))
        said, expected = "a file that no release has", "files of the release"
        remedy = "nothing, if it is yours; else remove it"
        strange = [
            Problem(Place(name), "unexpected-file", said, expected, remedy, "warning")
            for name in found
            if name not in names and not is_litter(name)
        ]
        self.problems.items += bounded(strange, SHOWN)


def note(problems: Problems) -> None:
    """Say that there is nothing beside tables and descriptor that could be checked."""
    said = f"tables and descriptor of a release, without {SUMS} and its other files"
    problems.add(Place(SUMS), RULE, said, "all files of the release", "nothing, if you took these alone", "note")


def _sha256(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _first_line(one: bytes, two: bytes) -> tuple[int, str, str]:
    """The first line in which two files differ: its number, and what stands there in each of them."""
    lines = [data.decode("utf-8", "replace").split("\n") for data in (one, two)]
    count = max(map(len, lines))
    padded = ([*each, *[""] * (count - len(each))] for each in lines)
    number, found, expected = next(
        (n, a, b) for n, (a, b) in enumerate(zip(*padded, strict=True), 1) if a != b or n == count
    )
    return number, show(found, 80), show(expected, 80)
