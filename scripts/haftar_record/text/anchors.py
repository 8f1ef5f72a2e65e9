"""Find a quotation in an article.

A quotation has to stand in the article word for word. When it does so more than once, the words given by ``in`` decide:
first the sentence they stand in, then their paragraph; or ``occurrence`` counts. A quotation that is not found is
refused with the nearest passage and the first character at which the two differ.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from ..problems.wording import describe_character, show
from .articles import Article
from .spans import Span

#: Pairs of characters that are compared to find the passage nearest to a quotation.
MAX_COMPARED = 10_000_000
#: What to do about words that occur more than once.
MORE_WORDS = "quote more words, or add “in:” with words from the same sentence, or “occurrence:”"


@dataclass(frozen=True)
class Lost(Exception):
    """A quotation without a single place in the article. The texts are parts of a problem; the asker knows its
    place."""

    found: str
    expected: str
    remedy: str


def find(
    article: Article, text: str, within: str | None = None, occurrence: int | None = None, near: Span | None = None
) -> Span:
    """The span of ``text`` in the article. Raises Lost when there is none, or more than one.

    ``within`` are words in whose sentence or paragraph it stands; ``occurrence`` counts from 1. Without either, a text
    that occurs more than once is the one in the sentence, or else the paragraph, of the passage ``near``.
    """
    everywhere = _occurrences(article.text, within or text, 0, len(article.text))
    if within is None and (near is None or occurrence is not None or len(everywhere) < 2):
        return _only(article, text, everywhere, occurrence, "the article")
    anchor = near if within is None and near else _only(article, within or "", everywhere, None, "the article")
    sentences = article.sentences_of(anchor)
    sentence = Span(article.sentences[sentences[0]].start, article.sentences[sentences[-1]].end)
    paragraph = Span(
        article.paragraphs[article.paragraph_number(anchor.start) - 1].start,
        article.paragraphs[article.paragraph_number(anchor.end - 1) - 1].end,
    )
    spans = _occurrences(article.text, text, sentence.start, sentence.end)
    if len(spans) == 1 and occurrence is None:
        return spans[0]
    spans = _occurrences(article.text, text, paragraph.start, paragraph.end)
    where = f"the paragraph of {show(article.of(anchor), 40)}"
    if within is None and not spans:
        found = f"{show(text)} {len(everywhere)} times in the article, but not in {where}"
        raise Lost(found, "words that occur once", MORE_WORDS)
    return _only(article, text, spans, occurrence, where)


def _occurrences(haystack: str, needle: str, start: int, end: int) -> list[Span]:
    """Where the words stand as whole words; only if they never do, also where they are parts of words ("byLibya")."""
    spans = []
    position = haystack.find(needle, start, end)
    while position >= 0:
        spans.append(Span(position, position + len(needle)))
        position = haystack.find(needle, position + 1, end)
    whole = [span for span in spans if not (_cuts(haystack, span.start) or _cuts(haystack, span.end))]
    return whole or spans


def _cuts(text: str, position: int) -> bool:
    """Whether the position is inside a word."""
    return text[position - 1 : position].isalnum() and text[position : position + 1].isalnum()


def _only(article: Article, text: str, spans: list[Span], occurrence: int | None, where: str) -> Span:
    if not spans:
        raise _nearest(article, text, where)
    if occurrence is not None:
        if occurrence > len(spans):
            raise Lost(
                f"occurrence {occurrence} of {show(text)}", f"at most {len(spans)} in {where}", "correct “occurrence”"
            )
        return spans[occurrence - 1]
    if len(spans) > 1:
        raise Lost(
            f"{show(text)} {len(spans)} times in {where}",
            "words that occur once",
            MORE_WORDS,
        )
    return spans[0]


def _nearest(article: Article, text: str, where: str) -> Lost:
    """Why the text is not found: where it stands instead, or what comes nearest and where the two first differ."""
    elsewhere = article.text.find(text)
    if elsewhere >= 0:
        number = article.paragraph_number(elsewhere)
        return Lost(
            f"{show(text)}, which stands in paragraph {number}", f"words of {where}", "correct “in:” or the quotation"
        )
    passage = _nearest_passage(article.text, text)
    if not passage:
        return Lost(
            f"{show(text)}, which is nowhere in the article", "words of the article", "quote the article exactly"
        )
    index = next(
        (i for i, (a, b) in enumerate(zip(text, passage, strict=False)) if a != b), min(len(text), len(passage))
    )
    wrote = describe_character(text[index]) if index < len(text) else "the end"
    printed = describe_character(passage[index]) if index < len(passage) else "the end"
    return Lost(
        show(text),
        f"{show(passage)}, the nearest passage: at character {index + 1} the sheet has {wrote}, the article {printed}",
        "copy the passage from the article",
    )


def _nearest_passage(haystack: str, needle: str) -> str:
    """The part of the article that is most like the quotation; the empty text when no part is like it.

    Short quotations are compared with every run of as many words; of longer ones, the longest run of characters
    in common decides where they belong.
    """
    count = len(needle.split())
    if count <= 4:
        words = [match.span() for match in re.finditer(r"\w+(?:[’'-]\w+)*", haystack)]
        runs = {haystack[a[0] : b[1]] for a, b in zip(words, words[count - 1 :], strict=False)}
        close = difflib.get_close_matches(needle, sorted(runs), n=1, cutoff=0.7)
        if close:
            return close[0]
    # Time grows with the product of both lengths; of a long article, the first words of the quotation are enough.
    needle = needle[: max(40, min(1000, MAX_COMPARED // len(haystack)))]
    match = difflib.SequenceMatcher(None, haystack, needle, autojunk=False).find_longest_match()
    if match.size < min(8, len(needle)):
        return ""
    start = max(0, match.a - match.b)
    # A letter more or less before the match moves the start: it is where the quotation begins, if that is near.
    near = haystack.find(needle[:8], max(0, start - 5), start + 5 + 8)
    start = near if near >= 0 else start
    end = start + len(needle)
    while _cuts(haystack, start):
        start -= 1
    return haystack[start:end].split("\n")[0]
