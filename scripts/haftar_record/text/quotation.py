"""Find the passages in quotation marks.

``MARKS`` lists the kinds of quotation marks; it is the code list ``mark_style``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .kinds import Kind
from .spans import Span


@dataclass(frozen=True, kw_only=True)
class Marks(Kind):
    """A kind of quotation marks: the character that opens a passage and the one that closes it."""

    opening: str
    closing: str


MARKS = (
    Marks(
        name="double_curly",
        opening="“",
        closing="”",
        label="Double curly marks",
        definition="The passage stands between U+201C and U+201D.",
        example="000: the words “limited confrontations” stand in such marks.",
        near_miss="003: ‘Link between Haftar’s forces’ opens with a single mark, so single_curly.",
    ),
    Marks(
        name="single_curly",
        opening="‘",
        closing="’",
        label="Single curly marks",
        definition="The passage stands between U+2018 and U+2019, the second being no apostrophe.",
        example="003: the headline ‘Link between Haftar’s forces and Wagner group undermines Libya sovereignty’.",
        near_miss="000: “Haftar’s militias” has U+2019 as an apostrophe, so there is no quoted passage.",
    ),
)
#: The one closing mark that is an apostrophe as well.
_APOSTROPHE = "’"
_BY_OPENING = {marks.opening: marks for marks in MARKS}
_OPENS = re.compile(f"[{''.join(_BY_OPENING)}]")


@dataclass(frozen=True)
class Quotation(Span):
    """A passage in quotation marks, marks included; ``style`` names the kind of its marks.

    A mark left open ends with its paragraph.
    """

    style: str
    is_closed: bool


def quotations(text: str, paragraphs: Iterable[Span]) -> Iterable[Quotation]:
    """The outermost passages in quotation marks, in order of the text.

    A mark that is not closed in its paragraph ends there: a quotation that runs over several paragraphs is
    opened anew in each and closed in the last only (The Chicago Manual of Style, 13.30).
    """
    for paragraph in paragraphs:
        position = paragraph.start
        while mark := _OPENS.search(text, position, paragraph.end):
            marks = _BY_OPENING[mark[0]]
            end = _closing(text, mark.end(), paragraph.end, marks.closing)
            position = end or paragraph.end
            yield Quotation(mark.start(), position, marks.name, end is not None)


def _closing(text: str, start: int, limit: int, closing: str) -> int | None:
    """The offset after the first ``closing`` mark from ``start`` on, or None."""
    for position in range(start, limit):
        if text[position] == closing and not _is_apostrophe(text, position):
            return position + 1
    return None


def _is_apostrophe(text: str, position: int) -> bool:
    """Whether the character is a ’ between two letters or digits (“Haftar’s”), which closes nothing."""
    between = text[position - 1 : position].isalnum() and text[position + 1 : position + 2].isalnum()
    return text[position] == _APOSTROPHE and between
