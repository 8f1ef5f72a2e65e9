"""Where two codings differ: the units that one of them alone has, and of those that both have the differing values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .codings import KINDS, PUBLISHED, WRITTEN, Unit, Value
from .matching import Compared, translated

#: What an article stands for where a source rests on the article as a whole.
_WHOLE = {PUBLISHED: "(publisher of the article)", WRITTEN: "(origin of the article)"}


@dataclass(frozen=True)
class Differing:
    """A unit that is in both codings. ``values`` has, by field, the two values that differ; that of the second coding
    is in the ids of the first where the entries are aligned."""

    first: Unit
    second: Unit
    values: dict[str, tuple[Value, Value]]


@dataclass(frozen=True)
class Differences:
    """How two codings differ in the units of one table; ``both`` is the number of units that are in both."""

    table: str
    both: int
    differing: list[Differing]
    first_only: list[Unit]
    second_only: list[Unit]


@dataclass(frozen=True)
class Passage:
    """Words of an article that a unit rests on; without offsets where it rests on the article as a whole."""

    article: str
    start: int | None
    end: int | None
    text: str


def differences(found: Compared) -> Iterator[Differences]:
    """The differences by table, in the order of the figures; units in that of the articles."""
    for table in KINDS:
        matched = found.matched[table]
        differing = []
        for pair in matched.pairs:
            values = {
                name: (value, other)
                for name, value in pair.first.values.items()
                if value != (other := translated(pair.second.values[name], found.alignment))
            }
            if values:
                differing.append(Differing(pair.first, pair.second, values))
        yield Differences(table, len(matched.pairs), differing, matched.first_only, matched.second_only)


def passages(unit: Unit, texts: Mapping[str, str]) -> list[Passage]:
    """The passages of a unit; ``texts`` has the text of each article by its id."""
    found: list[Passage] = []
    for article, offset in sorted(unit.positions):
        last = found[-1] if found else None
        if offset in _WHOLE:
            found.append(Passage(article, None, None, _WHOLE[offset]))
        elif last and last.start is not None and (last.article, last.end) == (article, offset):
            found[-1] = Passage(article, last.start, offset + 1, texts[article][last.start : offset + 1])
        else:
            found.append(Passage(article, offset, offset + 1, texts[article][offset]))
    return found
