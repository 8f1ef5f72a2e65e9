"""What the record recognises in the sentences of a new article: names, quotations, date words and numbers.

These are remarks for a coder. The build finds them again, and counts what it finds; nothing here is stored.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..coding.sheets import ActorShape, MentionShape, PlaceShape, aliases_of
from ..text import dates, edtf, numbers, proper_names
from ..text.articles import Article
from ..text.mentions import INNER_LAYERS, Found
from ..text.spans import Span, Stretches

AnySpan = TypeVar("AnySpan", bound=Span)


@dataclass(frozen=True)
class Ambiguous:
    """Words that may mean several entries: which, and in which sentences they stand."""

    words: str
    possible: tuple[str, ...]
    places: tuple[str, ...]


class Names:
    """The names in one article, by what the registers know."""

    def __init__(
        self, article: Article, entries: Sequence[ActorShape | PlaceShape], published: str | None, language: str | None
    ) -> None:
        """Look for every alias of the registers, as it is used in an article of this date of publication (EDTF), and
        for proper names as its language writes them."""
        aliases = aliases_of(entries)
        self.article, self._aliases = article, aliases
        found = aliases.find(article, {}, {}, edtf.parse(published) if published else None)
        self.found = [one for one in found if not one.is_outdated]
        self._near = Stretches((one.start, one.end, one) for one in self.found)
        names = proper_names.find(article.text, article.sentences, language)
        unknown = (one for one in names if proper_names.uncovered(one, self._near.near(one)))
        self._unknown = Stretches((one.start, one.end, one) for one in unknown)

    def near(self, span: Span) -> Iterator[str]:
        """What to say of each name in a passage: “words = id”, or the ids that it may mean; no names inside names."""
        for one in self._near.near(span):
            if one.layer not in INNER_LAYERS or not one.means:
                yield self._said(one)

    def unknown(self, span: Span) -> Iterator[str]:
        """The proper names in a passage that no alias covers."""
        return (self.article.of(one) for one in self._unknown.near(span))

    def _said(self, one: Found) -> str:
        means = one.means or " or ".join(sorted(self._aliases.possible(one.alias)))
        return f"{one.words} = {means}"

    def ambiguous(self) -> list[Ambiguous]:
        """The words that may mean several entries, in order of the text."""
        places: dict[str, list[str]] = {}
        for one in self.found:
            if not one.means:
                places.setdefault(one.alias, []).append(numbered(self.article, one.start))
        return [
            Ambiguous(words, tuple(sorted(self._aliases.possible(words))), tuple(dict.fromkeys(where)))
            for words, where in places.items()
        ]


def numbered(article: Article, offset: int) -> str:
    """The number of the sentence at an offset, as the record counts: paragraph.sentence."""
    return f"{article.paragraph_number(offset)}.{article.sentence_number(offset)}"


def meanings(sheets: Iterable[Sequence[MentionShape]], words: str) -> str:
    """What words mean in the sheets that settle them for a whole article: “plc-libya in 5 sheets”, or empty."""
    counts = Counter(entry.means for entries in sheets for entry in entries if entry.words == words and not entry.at)
    return ", ".join(
        f"{means} in {count} sheet{'s' * (count > 1)}"
        for means, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def quoted(article: Article, span: Span) -> Iterator[str]:
    """What to say of each passage in quotation marks that begins in a sentence."""
    for one in _beginning(article.quotations, span):
        open_end = "" if one.is_closed else ", left open"
        yield f"{article.of(one)} ({one.style}{open_end})"


def doubtful(article: Article, span: Span) -> Iterator[str]:
    """What to say of each mark in a sentence that can be read in two ways."""
    for one in _beginning(article.marks.doubts, span):
        yield f"{article.of(one)} {one.why}"


def _beginning(spans: Sequence[AnySpan], span: Span) -> Sequence[AnySpan]:
    """Those of some spans, in order of the text, that begin in another."""
    first, last = (bisect_left(spans, place, key=lambda one: one.start) for place in (span.start, span.end))
    return spans[first:last]


#: A date of publication that is not known: words that count from it mean nothing then.
_ANY_DAY = "0001/9999"
#: A day by which every date can be read that a leap year has, to see where dates stand and not what they mean.
_SOME_DAY = "2000-12-31"


def dated(article: Article, span: Span, published: str | None) -> Iterator[str]:
    """What to say of the date words in a sentence: what they mean by the date of publication that is proposed."""
    text = article.of(span)
    for one in dates.find(text, published or _ANY_DAY):
        if one.kind == "date" and one.rule:
            doubt = "" if one.is_sure else "; mind the tense"
            yield f"{text[one.span.start : one.span.end]} = {one.value} ({one.rule}{doubt})"


#: Where a number may begin: a figure of any script, or a word for a whole number.
_NUMBER = re.compile(rf"(?<![\w.,])(?<!\w[-‑–])\d[\d.,]*|(?<![\w-])(?:{numbers.COUNT})(?![\w-])", re.IGNORECASE)
#: A date in figures alone, also one that can be read in two ways.
_DATE_IN_FIGURES = re.compile(r"(?<![\w/.-])\d{1,4}([/.-])\d{1,2}\1\d{1,4}(?![\w/-])")
#: Words that are a number and, far more often, an article of grammar or a pronoun.
_NO_NUMBER = frozenset({"a", "an", "one"})
#: Words before and after a number that may belong to it: “as many as”, “million dollars”.
_BEFORE, _AFTER = 3, 2
_WORD = re.compile(r"\S+")
#: Letters and figures in one word: the name of a thing, such as “MiG-29”.
_MODEL = re.compile(r"[^\W\d_][-‑–]?\d")


def counted(article: Article, span: Span, code: str | None) -> Iterator[str]:
    """What to say of each number in a sentence: its words, and the bounds that they give.

    ``code`` is the language of the text. Numbers in date words are none of these.
    """
    text = article.of(span)
    taken = [one.span for one in dates.find(text, _SOME_DAY)]
    taken += [Span(*match.span()) for match in _DATE_IN_FIGURES.finditer(text)]
    words = [Span(*match.span()) for match in _WORD.finditer(text)]
    starts = [word.start for word in words]
    end = 0
    for match in _NUMBER.finditer(text):
        here = Span(*match.span())
        if match[0].lower() in _NO_NUMBER or here.start < end or any(here.overlaps(one) for one in taken):
            continue
        at = range(bisect_right(starts, here.start) - 1, bisect_right(starts, here.end - 1))
        passage = _passage(text, words, at, code or "en")
        if passage:
            end = passage.end
            found = numbers.bounds(text[passage.start : passage.end], code or "en")
            yield f"{text[passage.start : passage.end].strip('“”‘’.,;:()')} = {' or '.join(map(str, found))}"


def _passage(text: str, words: list[Span], at: range, code: str) -> Span | None:
    """The fewest words that have the bounds of all words around a number, which stands at these indices; None where
    they have none."""
    first, last = at[0], at[-1]
    while first > max(0, at[0] - _BEFORE) and not _MODEL.search(text, words[first - 1].start, words[first - 1].end):
        first -= 1
    while last < min(len(words) - 1, at[-1] + _AFTER) and not _MODEL.search(
        text, words[last + 1].start, words[last + 1].end
    ):
        last += 1
    ways = [(start, end) for start in range(first, at[0] + 1) for end in range(at[-1], last + 1)]
    read = {way: numbers.bounds(text[words[way[0]].start : words[way[1]].end], code) for way in ways}
    ways.sort(key=lambda way: (way[1] - way[0], way[0]))
    one_way = [way for way in ways if sum(one.unit is None for one in read[way]) == 1]
    whole = read[one_way[-1] if one_way else ways[0]]
    is_bounded = any(one.minimum is not None or one.maximum is not None or one.is_approximate for one in whole)
    if not is_bounded or not any(one.minimum is not None for one in read[ways[0]]):
        return None
    start, end = next(way for way in ways if read[way] == whole)
    return Span(words[start].start, words[end].end)
