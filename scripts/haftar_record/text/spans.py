"""A run of characters of an article.

Offsets are 0-based Unicode code points into the file decoded as UTF-8, end exclusive, over the file as it is
(W3C Web Annotation, Text Position Selector).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Span:
    """Code points ``start`` to ``end`` (exclusive) of an article."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of the other is one of this span."""
        return self.start <= other.start and other.end <= self.end


class Stretches(Generic[T]):
    """Things that stand in stretches of one text, to be found by a stretch that they share a character with.

    >>> found = Stretches([(0, 5, "a"), (3, 9, "b"), (9, 12, "c")])
    >>> found.near(Span(4, 9)), found.near(Span(12, 13))
    (['a', 'b'], [])
    """

    def __init__(self, things: Iterable[tuple[int, int, T]]) -> None:
        """Take things as (start, end, thing)."""
        self._things = sorted(things, key=lambda thing: thing[:2])
        self._starts = [start for start, _, _ in self._things]
        #: How far things reach, up to each of them.
        self._ends = list(accumulate((end for _, end, _ in self._things), max))

    def near(self, span: Span) -> list[T]:
        """All things that overlap a stretch, in order of the text."""
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        return [thing for start, end, thing in self._things[first:last] if Span(start, end).overlaps(span)]
