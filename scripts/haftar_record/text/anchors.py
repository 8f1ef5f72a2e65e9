"""Find a quotation in an article.

A quotation has to stand in the article word for word. When it does so more than once, the words given by ``in`` decide:
first the sentence they stand in, then their paragraph; or ``occurrence`` counts. A quotation that is not found is
refused with the nearest passage, in what the two differ, and what to write.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..problems.wording import show
from . import nearest
from .articles import Article
from .spans import Span

#: Other articles in which words are looked for.
MAX_BESIDE = 500
#: The longest words that a message gives to be copied.
MAX_COPIED = 1_000
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
    whole = Span(0, len(article.text))
    everywhere = _occurrences(article.text, within or text, whole)
    if within is None and (near is None or occurrence is not None or len(everywhere) < 2):
        return _only(article, text, everywhere, occurrence, "the article", whole)
    anchor = near if within is None and near else _only_near(article, within or "", everywhere, whole)
    sentences = article.sentences_of(anchor)
    sentence = Span(article.sentences[sentences[0]].start, article.sentences[sentences[-1]].end)
    paragraph = Span(
        article.paragraphs[article.paragraph_number(anchor.start) - 1].start,
        article.paragraphs[article.paragraph_number(anchor.end - 1) - 1].end,
    )
    spans = _occurrences(article.text, text, sentence)
    if len(spans) == 1 and occurrence is None:
        return spans[0]
    spans = _occurrences(article.text, text, paragraph)
    where = f"the paragraph of {show(article.of(anchor), 40)}"
    if within is None and not spans:
        found = f"{show(text)} {len(everywhere)} times in the article, but not in {where}"
        raise Lost(found, "words that occur once", MORE_WORDS)
    return _only(article, text, spans, occurrence, where, paragraph)


def _only_near(article: Article, within: str, spans: list[Span], whole: Span) -> Span:
    """The one place of the words of “in:”."""
    try:
        return _only(article, within, spans, None, "the article", whole)
    except Lost as lost:
        raise replace(lost, found=f"“in:” {lost.found}") from None


def _occurrences(haystack: str, needle: str, region: Span) -> list[Span]:
    """Where the words stand as whole words; only if they never do, also where they are parts of words ("byLibya")."""
    spans = []
    position, end = haystack.find(needle, region.start, region.end), region.end
    while position >= 0:
        spans.append(Span(position, position + len(needle)))
        position = haystack.find(needle, position + 1, end)
    whole = [span for span in spans if not (_cuts(haystack, span.start) or _cuts(haystack, span.end))]
    return whole or spans


def _cuts(text: str, position: int) -> bool:
    """Whether the position is inside a word."""
    return text[position - 1 : position].isalnum() and text[position : position + 1].isalnum()


def _only(article: Article, text: str, spans: list[Span], occurrence: int | None, where: str, region: Span) -> Span:
    if not spans:
        raise _nearest(article, text, where, region)
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


def _nearest(article: Article, text: str, where: str, region: Span) -> Lost:
    """Why the text is not found: where it stands instead, or what comes nearest and in what the two differ."""
    elsewhere = article.text.find(text)
    if elsewhere >= 0:
        number = article.paragraph_number(elsewhere)
        return Lost(
            f"{show(text)}, which stands in paragraph {number}", f"words of {where}", "correct “in:” or the quotation"
        )
    span = nearest.passage(article.text, text, region)
    if span is None:
        others = (one for one in article.beside[:MAX_BESIDE] if one.name != article.name and text in one.text)
        other = next(others, None)
        stands = f"which stands in {other.name}, and nowhere here" if other else "which is nowhere in the article"
        return Lost(f"{show(text)}, {stands}", "words of the article", "quote the article exactly")
    if "\n" in article.text[span.start : span.end]:
        first, last = article.paragraph_number(span.start), article.paragraph_number(span.end - 1)
        found = f"{show(text)}, which runs from paragraph {first} to {last}"
        return Lost(found, "words of one paragraph", "quote each paragraph by itself, in a list where one is allowed")
    printed = article.of(span)
    said = f"the nearest passage, in paragraph {article.paragraph_number(span.start)}"
    remedy = "copy the passage from the article"
    if len(written := nearest.in_yaml(printed)) <= MAX_COPIED:
        remedy = f"if that is meant, write: {written}"
    return Lost(show(text), f"{show(printed)}, {said}: {nearest.differences(text, printed)}", remedy)
