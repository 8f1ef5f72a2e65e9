"""Which units of two codings are the same: one to one, so that the sum of the likenesses is as large as it can be.

Entries of registers have ids of their own in each coding, and are aligned by the characters that they share, as in CEAF
(Luo 2005). Units are the same by the rule of their kind, see ``RULES``. The assignment is that of scipy
(Crouse 2016, a variant of Jonker and Volgenant).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from .codings import ENTITIES, UNITS, Coding, Position, Reference, Unit, Value

#: The ids of entries in the second coding: those of the entries in the first that they are aligned with.
Alignment = dict[Reference, Reference]


@dataclass(frozen=True)
class Pair:
    """Two units that are the same; ``likeness`` is 0 to 1."""

    first: Unit
    second: Unit
    likeness: float


@dataclass(frozen=True)
class Matched:
    """The units of one kind in two codings: those that are in both, and those that are in one alone."""

    pairs: list[Pair]
    first_only: list[Unit]
    second_only: list[Unit]


@dataclass(frozen=True)
class Compared:
    """Two codings in the articles that both have, and which of their units and entries are the same."""

    first: Coding
    second: Coding
    articles: list[str]
    matched: dict[str, Matched]
    alignment: Alignment


class Own(Reference):
    """An entry of the second coding that is aligned with none of the first."""


def compare(first: Coding, second: Coding) -> Compared:
    """Match two codings in the articles that both have."""
    articles = sorted(first.lengths.keys() & second.lengths.keys())
    first, second = first.within(articles), second.within(articles)
    entities, alignment = align(first, second)
    return Compared(first, second, articles, entities | match(first, second, alignment), alignment)


def translated(value: Value, alignment: Alignment) -> Value:
    """A value of the second coding in the ids of the first: equal to that of the first if it means the same."""
    if isinstance(value, frozenset):
        return frozenset(_translated(one, alignment) for one in value)
    return _translated(value, alignment)


def _translated(value: Reference | str, alignment: Alignment) -> Reference | str:
    if isinstance(value, Reference):
        return alignment.get(value) or Own(value.table, value.identity)
    return value


def align(first: Coding, second: Coding) -> tuple[dict[str, Matched], Alignment]:
    """Entries of registers that are the same, by table. The likeness of two is twice the characters that they share, by
    the sum of the characters that each has."""
    matched = {}
    alignment: Alignment = {}
    for table in ENTITIES:
        found = _matched(first.units[table], second.units[table], _dice)
        matched[table] = found
        alignment |= {
            Reference(table, pair.second.identity): Reference(table, pair.first.identity) for pair in found.pairs
        }
    return matched, alignment


def match(first: Coding, second: Coding, alignment: Alignment) -> dict[str, Matched]:
    """Units that are the same, by kind."""
    found = {}
    for kind in UNITS:
        more = RULES[kind]

        def likeness(one: Unit, other: Unit, shared: int, more: Rule = more) -> float:
            if 2 * shared < min(len(one.positions), len(other.positions)):
                return 0.0
            extra = more(one, other, alignment)
            return 0.0 if extra is None else _jaccard(len(one.positions), len(other.positions), shared) + extra

        found[kind] = _matched(first.units[kind], second.units[kind], likeness)
    return found


#: What a kind demands beyond words that overlap by half of the shorter ones: None where two units cannot be the same,
#: else what makes one of several candidates more likely.
Rule = Callable[[Unit, Unit, Alignment], "float | None"]


def _statement(one: Unit, other: Unit, _: Alignment) -> float | None:
    """The cues overlap, or the words for the speaker. Of several candidates, that with the more similar cue."""
    cue, speaker = (_overlap(one, other, part) for part in ("cue_text", "speaker_text"))
    return cue if cue or speaker else None


def _report(one: Unit, other: Unit, alignment: Alignment) -> float | None:
    """Of several candidates, that of the same event."""
    return float(_is_same(one, other, "event", alignment))


def _relation(one: Unit, other: Unit, alignment: Alignment) -> float | None:
    """Subject or object are the same. Of several candidates, that in which both are."""
    same = sum(_is_same(one, other, name, alignment) for name in ("subject", "object"))
    return float(same) or None


def _words(_: Unit, __: Unit, ___: Alignment) -> float | None:
    """Nothing more."""
    return 0.0


RULES: dict[str, Rule] = {
    "statements": _statement,
    "event_reports": _report,
    "relations": _relation,
    "quantities": _words,
    "discrepancies": _words,
    "mentions": _words,
}


def _is_same(one: Unit, other: Unit, name: str, alignment: Alignment) -> bool:
    value = other.values[name]
    return isinstance(value, Reference) and alignment.get(value) == one.values[name]


def _overlap(one: Unit, other: Unit, part: str) -> float:
    shared = len(one.parts[part] & other.parts[part])
    return _jaccard(len(one.parts[part]), len(other.parts[part]), shared) if shared else 0.0


def _jaccard(one: int, other: int, shared: int) -> float:
    return shared / (one + other - shared)


def _dice(one: Unit, other: Unit, shared: int) -> float:
    return 2 * shared / (len(one.positions) + len(other.positions))


def _matched(first: list[Unit], second: list[Unit], likeness: Callable[[Unit, Unit, int], float]) -> Matched:
    """The best assignment of two lists of units."""
    scores = np.zeros((len(first), len(second)))
    for (row, column), shared in _shared(first, second).items():
        scores[row, column] = likeness(first[row], second[column], shared)
    found = [(row, column) for row, column in zip(*linear_sum_assignment(scores, maximize=True), strict=True)]
    pairs = [
        Pair(first[row], second[column], float(scores[row, column])) for row, column in found if scores[row, column]
    ]
    ones, others = {pair.first.identity for pair in pairs}, {pair.second.identity for pair in pairs}
    return Matched(
        pairs,
        [unit for unit in first if unit.identity not in ones],
        [unit for unit in second if unit.identity not in others],
    )


def _shared(first: list[Unit], second: list[Unit]) -> Counter[tuple[int, int]]:
    """How many characters a unit of the first list shares with one of the second, where they share any."""
    where: dict[Position, list[int]] = {}
    for column, unit in enumerate(second):
        for position in unit.positions:
            where.setdefault(position, []).append(column)
    return Counter(
        (row, column)
        for row, unit in enumerate(first)
        for position in unit.positions
        for column in where.get(position, ())
    )
