"""How well date words are found: ``python -m tests.scores.dates FOLDER [--list]``.

FOLDER holds documents in TimeML (``.tml``), each with a creation time (``DCT``) and its date expressions (``TIMEX3``). The
measure is that of TempEval-3 (UzZaman et al. 2013): F1 of the spans, strict (the same characters) and relaxed (some
character in common, one expression for one), and F1 of the values, for which a relaxed match has to have the value of
the corpus, too. Only values are mapped, from EDTF to the notation of TIMEX3; the corpus is taken as it is. ``--list``
prints every expression that was missed, found in excess, or given another value.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from haftar_record.text import dates, edtf

_SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI", 33: "Q1", 34: "Q2", 35: "Q3", 36: "Q4", 40: "H1", 41: "H2"}


@dataclass(frozen=True)
class Timex:
    """A date expression of a document: first and last character, words, type and value in TIMEX3."""

    start: int
    end: int
    words: str
    type: str
    value: str


@dataclass(frozen=True)
class Document:
    """A document: its name, its text, when it was made, and its date expressions."""

    name: str
    text: str
    created: str
    timexes: list[Timex]


def read(path: Path) -> Document:
    """Read a document. Raises ValueError when it is no TimeML with a creation time and a text."""
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError as problem:
        raise ValueError(f"{path} is not XML: {problem}") from None
    created, body = root.find(".//DCT/TIMEX3"), root.find(".//TEXT")
    if created is None or body is None:
        raise ValueError(f"{path} has no creation time (DCT) or no TEXT")
    text, timexes = "", []
    for piece, timex in _pieces(body):
        if timex is not None:
            words = "".join(timex.itertext())
            kind, value = timex.get("type", ""), timex.get("value", "")
            timexes.append(Timex(len(text), len(text) + len(words), words, kind, value))
        text += piece
    return Document(path.stem, text, created.get("value", "")[:10], timexes)


def _pieces(element: ET.Element) -> Iterator[tuple[str, ET.Element | None]]:
    """The text of an element in order, in pieces; with the expression that begins with the piece."""
    if element.tag == "TIMEX3":
        yield "".join(element.itertext()), element
        return
    yield element.text or "", None
    for child in element:
        yield from _pieces(child)
        yield child.tail or "", None


def found(document: Document) -> list[Timex]:
    """The date expressions that the program finds, in the notation of TIMEX3."""
    expressions = dates.find(document.text, document.created, is_split=True)
    return [
        Timex(one.span.start, one.span.end, document.text[one.span.start : one.span.end], *_timex(one))
        for one in expressions
    ]


def _timex(one: dates.Found) -> tuple[str, str]:
    """Type and value in TIMEX3."""
    if one.kind == "date":
        return "DATE", _value(one.value, one.rule)
    return {"time": "TIME", "duration": "DURATION", "set": "SET", "vague": "DATE"}[one.kind], one.value


def _value(value: str, rule: str | None) -> str:
    """An EDTF value as a value of TIMEX3, which names a week, a season, a quarter, a half year and a weekend, and gives
    the whole for a part of a month, year or decade ("early March")."""
    span = edtf.parse(value)
    start, text = span.start, value.rstrip("~?%")
    if rule in ("week", "weeks_ago", "week_of", "weekend") and start:
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}" + ("-WE" if rule == "weekend" else "")
    if rule in ("part_of_month", "relative_month") and start:
        return start.isoformat()[:7]
    if rule == "decade" and start and "X" not in value:
        return f"{start.year // 10}X"
    if rule in ("part_of_year", "relative_year") and start and "/" in value:
        return f"{start.year}"
    if len(text) == 7 and text[5:].isdigit() and int(text[5:]) in _SEASONS:
        return f"{text[:4]}-{_SEASONS[int(text[5:])]}"
    if rule == "season" and start:
        return f"{start.year}-WI"
    return text


def pairs(gold: Iterable[Timex], system: Iterable[Timex]) -> Iterator[tuple[Timex | None, Timex | None]]:
    """Expressions of the corpus beside those that were found: the same spans first, then those that overlap."""
    rest, left = list(gold), list(system)
    for is_pair in (
        lambda one, other: (one.start, one.end) == (other.start, other.end),
        lambda one, other: one.start < other.end and other.start < one.end,
    ):
        for one in list(rest):
            if other := next((other for other in left if is_pair(one, other)), None):
                rest.remove(one)
                left.remove(other)
                yield one, other
    yield from ((one, None) for one in rest)
    yield from ((None, other) for other in left)


class Score:
    """What is counted of pairs: of the corpus, found, with the same span, overlapping, with the right value."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def add(self, gold: Timex | None, system: Timex | None) -> None:
        """Count a pair."""
        self.counts["gold"] += gold is not None
        self.counts["system"] += system is not None
        if gold and system:
            self.counts["relaxed"] += 1
            self.counts["strict"] += (gold.start, gold.end) == (system.start, system.end)
            self.counts["value"] += gold.value == system.value

    def f1(self, name: str) -> float:
        """F1 of what is counted; 0 where nothing is."""
        total = self.counts["gold"] + self.counts["system"]
        return 2 * self.counts[name] / total if total else 0.0

    def __str__(self) -> str:
        figures = "  ".join(f"{self.f1(name):.3f}" for name in ("strict", "relaxed", "value"))
        return f"{self.counts['gold']:6}{self.counts['system']:7}   {figures}"


def scores(documents: Iterable[Document]) -> tuple[dict[str, Score], list[str]]:
    """The scores over all expressions and by type, and a line for each pair that differs. An expression in excess counts
    for the type that it was given."""
    by_type, lines = {"all": Score()}, []
    for document in documents:
        for gold, system in pairs(document.timexes, found(document)):
            by_type["all"].add(gold, system)
            by_type.setdefault((gold or system or document.timexes[0]).type, Score()).add(gold, system)
            if not (gold and system and gold.value == system.value):
                shown = [
                    f"{' '.join(one.words.split())} {one.type} {one.value}" if one else "-" for one in (gold, system)
                ]
                lines.append(f"{document.name} {document.created}: {' | '.join(shown)}")
    return by_type, lines


def main(arguments: list[str]) -> int:
    """Print the scores on a folder. Returns 2 where there is none to read."""
    folders = [Path(one) for one in arguments if not one.startswith("-")]
    if len(folders) != 1 or not folders[0].is_dir():
        named = f"{folders[0]} is no folder" if folders else "no folder is named"
        print(f"{named}: name one with TimeML documents, as in: make score-dates DATES=folder", file=sys.stderr)
        return 2
    paths = sorted(folders[0].glob("*.tml"))
    if not paths:
        print(f"{folders[0]} holds no .tml file: name a folder with TimeML documents", file=sys.stderr)
        return 2
    try:
        by_type, lines = scores([read(path) for path in paths])
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    if "--list" in arguments:
        print("\n".join(lines))
    print(f"{len(paths)} documents, {date.today().isoformat()}; F1")
    print("type        corpus  found   strict relaxed value")
    for name, score in sorted(by_type.items(), key=lambda item: -item[1].counts["gold"]):
        print(f"{name:10}{score}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
