"""Where two codings differ, as text for a person or JSON for a program: ``haftar-record agreement --differences``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..agreement.codings import NONE, Reference, Unit, Value
from ..agreement.differences import Differences, Differing, passages
from ..agreement.matching import Own
from ..agreement.stale import RECORD
from ..model.tables import BY_NAME
from .terminal import BOLD, CYAN, DIM, GREEN, RED, YELLOW, Terminal, two_values, width, wrapped

#: Lines of the words of one unit that are shown; JSON has all.
_LINES = 3


@dataclass(frozen=True)
class Side:
    """One of the two codings: its name, and by id what its units and entries are called."""

    name: str
    captions: Mapping[str, str]

    @property
    def words(self) -> str:
        """The coding in a sentence."""
        return "the record" if self.name == RECORD else self.name


@dataclass(frozen=True)
class Report:
    """Two codings, the text of each article that both have, and how the codings differ in it."""

    first: Side
    second: Side
    texts: Mapping[str, str]
    tables: list[Differences]


# ---- for a program ---------------------------------------------------------------------------------------------------


def as_json(found: Report) -> dict[str, Any]:
    """One object: both codings, the articles, and the differences by table."""
    first, second, texts = found.first, found.second, found.texts
    tables = [
        {
            "table": one.table,
            "both": one.both,
            "only_in_against": [_unit(unit, first, texts) for unit in one.first_only],
            "only_in_reading": [_unit(unit, second, texts) for unit in one.second_only],
            "different": [
                {"against": _unit(each.first, first, texts), "reading": _unit(each.second, second, texts)}
                | {"values": [_values(name, *values) for name, values in each.values.items()]}
                for each in one.differing
            ],
        }
        for one in found.tables
    ]
    return {"reading": second.name, "against": first.name, "articles": sorted(texts), "tables": tables}


def _unit(unit: Unit, side: Side, texts: Mapping[str, str]) -> dict[str, Any]:
    found = [
        {"article": one.article, "start": one.start, "end": one.end, "text": one.text} for one in passages(unit, texts)
    ]
    return {"id": unit.identity, "name": side.captions.get(unit.identity), "passages": found}


def _values(name: str, one: Value, other: Value) -> dict[str, Any]:
    """Two values: both are lists where one of them is."""
    is_list = isinstance(one, frozenset) or isinstance(other, frozenset)
    told = {"against": _told(one), "reading": _told(other)}
    values = told if is_list else {key: texts[0] if texts else NONE for key, texts in told.items()}
    unaligned = sorted(part.identity for part in _parts(other) if isinstance(part, Own))
    return {"field": name} | values | {"unaligned": unaligned}


def _parts(value: Value) -> list[Reference | str]:
    return sorted(value, key=_name) if isinstance(value, frozenset) else [value]


def _told(value: Value) -> list[str]:
    """The values of a cell; none where nothing is coded."""
    return [] if value == NONE else [_name(part) for part in _parts(value)]


def _name(value: Reference | str) -> str:
    return value.identity if isinstance(value, Reference) else value


# ---- for a person ----------------------------------------------------------------------------------------------------


class Text:
    """The differences as lines of text."""

    def __init__(self, found: Report, terminal: Terminal):
        self.found, self.terminal, self.paint, self.room = found, terminal, terminal.colour, width()

    def lines(self) -> Iterator[str]:
        """The lines one after the other, in colour if the terminal has colours."""
        first, second = self.found.first.words, self.found.second.words
        number = len(self.found.texts)
        counted = f"   {number} article{'s' * (number != 1)}"
        yield self.paint(f"{second} compared with {first}", BOLD) + self.paint(counted, DIM)
        yield f"  {self.paint('-', RED)} only in {first}"
        yield f"  {self.paint('+', GREEN)} only in {second}"
        yield f"  {self.paint('~', YELLOW)} in both, with different values: {first} ≠ {second}"
        for one in self.found.tables:
            yield ""
            yield self.paint(BY_NAME[one.table].TITLE, BOLD) + f"   {self._counts(one)}"
            yield from self._fields(one)
            for unit in one.first_only:
                yield from self._alone(self.paint("-", RED), unit, self.found.first)
            for unit in one.second_only:
                yield from self._alone(self.paint("+", GREEN), unit, self.found.second)
            for each in one.differing:
                yield from self._differing(each)

    def _counts(self, one: Differences) -> str:
        """How many units there are of each kind."""
        first, second = self.found.first.words, self.found.second.words
        if not one.both and not one.first_only and not one.second_only:
            return "none"
        differing = f", {len(one.differing)} of them with different values" if one.differing else ""
        alone = [(first, one.first_only), (second, one.second_only)]
        told = [f"{len(units)} only in {name}" for name, units in alone if units]
        return "; ".join([f"{one.both} in both{differing}", *told])

    def _fields(self, one: Differences) -> Iterator[str]:
        """How often each value differs, the most frequent first."""
        counts = Counter(name for each in one.differing for name in each.values)
        if counts:
            text = ", ".join(f"{name} {count}" for name, count in counts.most_common())
            yield from (self.paint(f"  {line}", DIM) for line in wrapped(text, self.room - 2))

    def _alone(self, sign: str, unit: Unit, side: Side) -> Iterator[str]:
        yield f"  {sign} {self.paint(unit.identity, CYAN)}{self._where(unit)}"
        yield from self._words(unit, side)

    def _differing(self, each: Differing) -> Iterator[str]:
        other = "" if each.second.identity == each.first.identity else f" ~ {each.second.identity}"
        yield f"  {self.paint('~', YELLOW)} {self.paint(each.first.identity + other, CYAN)}{self._where(each.first)}"
        yield from self._words(each.first, self.found.first)
        for name, (one, another) in each.values.items():
            pair = self._said(one), self._said(another)
            yield from two_values(self.terminal, pair, " " * 10, f"        {name}: ", "≠")

    def _where(self, unit: Unit) -> str:
        """The articles of a unit."""
        return self.paint("   " + ", ".join(sorted({article for article, _ in unit.positions})), DIM)

    def _words(self, unit: Unit, side: Side) -> Iterator[str]:
        """What a unit is called, and the words that it rests on, each once."""
        texts = [" ".join(passage.text.split()) for passage in passages(unit, self.found.texts)]
        words = " … ".join(dict.fromkeys(texts))
        caption = side.captions.get(unit.identity, words)
        if caption != words:
            yield from (f"      {part}" for part in wrapped(caption, self.room - 6))
        lines = wrapped(words, self.room - 10)  # less the indent, and “ …” at the end
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
        yield from (self.paint(f"      | {line}", DIM) for line in lines)

    def _said(self, value: Value) -> str:
        """A value; an id that the first coding does not know says whose it is."""
        alone = f" (only in {self.found.second.words})"
        told = [_name(part) + alone * isinstance(part, Own) for part in _parts(value)]
        return ", ".join(told)
