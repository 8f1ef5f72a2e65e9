"""A run of characters of an article.

Offsets are 0-based Unicode code points into the file decoded as UTF-8, end exclusive, over the file as it is
(W3C Web Annotation, Text Position Selector).
"""

from __future__ import annotations

from dataclasses import dataclass


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
