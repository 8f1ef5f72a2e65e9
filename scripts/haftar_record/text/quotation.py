"""Passages in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .spans import Span

_OPENING = {"“": "”", "‘": "’"}


_OPENS = re.compile(f"[{''.join(_OPENING)}]")


_STYLE = {"“": "double_curly", "‘": "single_curly"}


@dataclass(frozen=True)
class Quotation(Span):
    """A passage in quotation marks, marks included; a mark left open ends with its paragraph."""

    style: str
    is_closed: bool


def _closes(text: str, position: int) -> bool:
    """A ’ between two letters is an apostrophe (“Haftar’s”), not the end of a quotation."""
    inner = text[position - 1 : position].isalnum() and text[position + 1 : position + 2].isalnum()
    return not inner


def quotations(text: str, paragraphs: Iterable[Span]) -> Iterable[Quotation]:
    """Passages in curly quotation marks, outermost only.

    A mark that is not closed in its paragraph ends there: a quotation that runs over several paragraphs is
    opened anew in each and closed in the last only (The Chicago Manual of Style, 13.30).
    """
    for paragraph in paragraphs:
        position = paragraph.start
        while mark := _OPENS.search(text, position, paragraph.end):
            end = _closing(text, mark.start(), paragraph.end)
            position = end or paragraph.end
            yield Quotation(mark.start(), position, _STYLE[mark[0]], end is not None)


def _closing(text: str, start: int, limit: int) -> int | None:
    """Offset after the mark that closes the one at ``start``, or None."""
    closing = _OPENING[text[start]]
    for position in range(start + 1, limit):
        if text[position] == closing and (closing == "”" or _closes(text, position)):
            return position + 1
    return None
