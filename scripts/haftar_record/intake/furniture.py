"""Find the lines of a page that belong to the page and not to the text: calls, links, credits, notices, menus.

A line counts as a whole or not at all. What only looks like a call (“Share prices fell”) is a sentence that goes on;
so a pattern demands the end of the call, or a short line. The patterns stand in ``furniture.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..files import yaml_file
from ..text.spans import Span
from .dating import says_changed
from .page import Line, Page
from .wording import AGENCIES


@dataclass(frozen=True)
class Kind:
    """A kind of furniture: the reason that a sheet gives, and the lines, matched whole and in any letters."""

    because: str
    pattern: re.Pattern[str]


#: The reason of the kind behind which a list of headlines may follow.
LIST = "The heading of a list of other texts."
#: What the patterns name: the rest of a line, as a call has it behind its verb; agencies; sites.
_PARTS = {
    "{rest}": r"[^\n]{0,160}",
    "{agency}": "|".join(re.escape(name) for name in AGENCIES),
    "{sites}": "(?:facebook|twitter|x|whatsapp|telegram|instagram|linkedin|pinterest|reddit|youtube|tumblr|email|e-mail"
    "|mail|print|viber|messenger|copy link|link|pocket|flipboard|signal|tiktok|threads|bluesky)",
}
SOURCE = Path(__file__).with_name("furniture.yaml")


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are tried."""
    entries = yaml_file.load(SOURCE.parent, SOURCE.name).content
    return tuple(Kind(entry["because"], _compiled(entry["lines"])) for entry in entries)


def _compiled(lines: list[str]) -> re.Pattern[str]:
    pattern = "|".join(lines)
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.IGNORECASE)


#: Words of a page are so few; a longer line is a paragraph of the text, whatever it begins with.
LONGEST = 420


def why(words: str) -> str | None:
    """The reason that some line is furniture, by its words alone; None for any other line.

    >>> why("Subscribe to our newsletter."), why("Share prices fell in Tripoli on Sunday.")
    ('A call to subscribe, to follow or to pay.', None)
    """
    if len(words) > LONGEST:
        return None
    forms = {words.strip(), _core(words)}
    return next((kind.because for kind in kinds() if any(map(kind.pattern.fullmatch, forms))), None)


def _core(words: str) -> str:
    """Words without the signs around them: “[Photo: Ali Salem]”, “» Read more «”."""
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while end > start and not words[end - 1].isalnum():
        end -= 1
    return words[start:end]


def found(page: Page, headline: Span | None) -> Iterator[tuple[Line, str]]:
    """The lines that belong to the page, in order, each with its reason. ``headline`` is a line that does not."""
    last = max((n for n, line in enumerate(page.lines) if _belongs_to_text(line)), default=len(page.lines))
    title = page.article.of(headline).casefold() if headline else None
    in_list = False
    for number, line in enumerate(page.lines):
        because = why(line.words)
        is_below = number > last
        in_list = is_below and (in_list or because == LIST)
        if because:
            yield line, because
        elif says_changed(line.words):
            yield line, "The day on which the page was changed."
        elif title and line.words.casefold() == title and line.span != headline:
            yield line, "The headline again."
        elif in_list and not line.ends_sentence:
            yield line, "A headline in a list of other texts."
        elif headline and line.span.end <= headline.start and _is_label(line):
            yield line, "The label of a section above the headline."
        elif is_below and line.weight <= 6 and not line.ends_sentence and not line.words[:1].islower():
            yield line, "Words without a verb behind the last sentence of the text."


def _is_label(line: Line) -> bool:
    """Whether a line above the headline is the label of a section: “Libya”, “World News”."""
    return line.weight <= 3 and not line.ends_sentence and not any(map(str.isdigit, line.words))


def _belongs_to_text(line: Line) -> bool:
    return line.is_whole_sentence and why(line.words) is None
