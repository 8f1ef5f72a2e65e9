"""An article as a page of lines: which of them are prose, which stand above it and which below.

A paragraph of an article is a line of its page. A stray label at the start (“date 2021-06-28 The United States …”) is
a line of its own here, because the words behind it are a headline or a sentence like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..text.articles import Article
from ..text.spans import Span

#: A label that collections of web texts put in front of an article.
_LABEL = re.compile(r"date[ ](?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])[ ]*")
#: Letters of scripts that are written without blanks; two of them count as a word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: What ends a sentence in the scripts of the news, and what may close behind it.
_END, _CLOSERS = ".!?…。！？؟۔।", "\"'’”»›)]』」＂〉》 "
#: An abbreviation of capitals at the end of a headline (“talks in D.C.”) is no end of a sentence.
_INITIALS = re.compile(r"(?:\b\w\.){2,}$")
#: Words that a line of prose has at least, where it ends like a sentence; and characters, where it does not.
PROSE_WORDS, PROSE_LENGTH = 12, 280


@dataclass(frozen=True)
class Line:
    """A line of a page: where it stands, and its words."""

    span: Span
    words: str

    @cached_property
    def weight(self) -> int:
        """The number of its words; where a script has no blanks, of every second letter."""
        return max(len(self.words.split()), len(_UNSPACED.findall(self.words)) // 2)

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as sentences do, with a point, question mark or the like, inside closing marks or not.

        >>> [Line(Span(0, 1), words).ends_sentence for words in ("He said so.”", "Talks in D.C.", "‘We agree’")]
        [True, False, False]
        """
        words = self.words[-80:].rstrip(_CLOSERS)
        return words.endswith(tuple(_END)) and not _INITIALS.search(words)

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence or more, and no headline: by its length and its end."""
        return len(self.words) > PROSE_LENGTH or (self.ends_sentence and self.weight >= PROSE_WORDS)

    @property
    def is_whole_sentence(self) -> bool:
        """Whether it ends like a sentence and has more words than a call such as “Sign up now!”."""
        return self.ends_sentence and self.weight >= 5


@dataclass(frozen=True)
class Label:
    """A stray label at the start of an article, and the day that it prints."""

    span: Span
    day: str


class Page:
    """The lines of an article, and the label before them."""

    def __init__(self, article: Article) -> None:
        """Look at the paragraphs of an article."""
        self.article = article
        spans = list(article.paragraphs)
        self.label = None
        if spans and (match := _LABEL.match(article.text, spans[0].start, spans[0].end)):
            self.label = Label(Span(match.start(), match.end("day")), match["day"])
            spans[0] = Span(match.end(), spans[0].end)
        self.lines = [Line(span, article.of(span)) for span in spans if span.start < span.end]
