"""Find every occurrence of the words that name an actor or a place.

The aliases of the registers are looked for at word boundaries, the longest first. Actors and places form two
layers, each without overlaps; names inside a longer name ("Haftar" in "Haftar’s militias") form a third, and names
inside those a fourth. Where words may mean several actors or places, the sheet settles which one they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .articles import Article
from .edtf import Edtf
from .spans import Span


@dataclass(frozen=True)
class Found(Span):
    """An occurrence and the id of what it means; ``means`` is empty where several ids are possible and none is
    settled."""

    words: str
    layer: str
    means: str
    label_kind: str
    #: Whether all that the words may mean is named so at another time than that of the article.
    is_outdated: bool = False


#: Letters of the longest name. A longer one is a text that was put in the wrong place.
LONGEST = 200
#: Words that stand in every article and name nobody.
_COMMON = frozenset(
    {
        "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
        "both", "but", "by", "can", "could", "did", "do", "does", "during", "each", "for", "from", "had", "has",
        "have", "he", "her", "here", "him", "his", "how", "if", "in", "into", "is", "it", "its", "may", "more",
        "most", "new", "no", "not", "now", "of", "off", "on", "one", "only", "or", "other", "our", "out", "over",
        "said", "say", "says", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their", "them",
        "then", "there", "these", "they", "this", "those", "to", "two", "under", "until", "up", "us", "was", "we",
        "were", "what", "when", "where", "which", "while", "who", "will", "with", "would", "you", "your",
    }
)  # fmt: skip


def fault(words: str) -> tuple[str, str] | None:
    """Why words can be no name that is looked for in articles: what is found in them, and what is expected.

    >>> fault("a"), fault("US")
    (('one letter', 'at least two letters or digits'), None)
    """
    count = sum(letter.isalnum() for letter in words)
    if count < 2:
        return "one letter" if count else "no letter", "at least two letters or digits"
    if len(words) > LONGEST:
        return f"{len(words):,} characters", f"at most {LONGEST} characters"
    if words in _COMMON or (words.istitle() and words.lower() in _COMMON):
        return "a word of every article", "words that name somebody, and not a word of every article"
    return None


#: Where a name may begin: at the start of a word, or at a capital after a small letter, where a blank is lost
#: ("byLibya").
_BEGIN = r"(?:(?<!\w)|(?<=[a-z])(?=[A-Z]))"


#: Layers of names inside names: "Haftar’s forces" in "representatives of Haftar’s forces", and "Haftar" in that.
INNER_LAYERS = ("embedded", "embedded_twice")


class Aliases:
    """The aliases of all actors and places, compiled into one pattern."""

    def __init__(self, entries: Iterable[tuple[str, str, str, Edtf | None]]) -> None:
        """Take the aliases as (words, id, label kind, dates of the articles in which they mean it)."""
        self.by_words: dict[str, dict[str, str]] = {}
        self.when: dict[tuple[str, str], Edtf] = {}
        for words, identity, kind, when in entries:
            self.by_words.setdefault(words, {})[identity] = kind
            if when:
                self.when[words, identity] = when

    @cached_property
    def longest_first(self) -> list[str]:
        """The words of all aliases, the longest first."""
        return sorted(self.by_words, key=lambda text: (-len(text), text))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches any alias at a word boundary, the longest that fits."""
        words = "|".join(map(re.escape, self.longest_first))
        return re.compile(rf"{_BEGIN}(?:{words})(?!\w)" if words else r"(?!)")

    def find(
        self, article: Article, senses: dict[str, str], passages: dict[Span, str], published: Edtf | None = None
    ) -> list[Found]:
        """All mentions, in order of the text.

        ``senses`` says which id ambiguous words mean in the whole article, ``passages`` which one they mean at one
        place. The meaning "none" says that the words name nobody there. What neither settles means those entries that
        are named so when the article was ``published``.
        """
        self._published = published
        outer = [self._settle(Span(*m.span()), m[0], senses, passages, "") for m in self.pattern.finditer(article.text)]
        inner = [found for span in outer for found in self._inside(span, senses, passages, INNER_LAYERS)]
        return sorted((m for m in outer + inner if m.means != "none"), key=lambda m: (m.start, m.layer, m.end))

    def _inside(
        self, outer: Found, senses: dict[str, str], passages: dict[Span, str], layers: tuple[str, ...]
    ) -> Iterable[Found]:
        """Names inside a longer name, longest first, without overlaps in a layer; and the names inside those."""
        taken: list[Span] = []
        for words in self.longest_first if layers else ():
            if words not in outer.words or words == outer.words:
                continue
            for match in re.finditer(rf"{_BEGIN}{re.escape(words)}(?!\w)", outer.words):
                span = Span(outer.start + match.start(), outer.start + match.end())
                if any(span.overlaps(other) for other in taken):
                    continue
                taken.append(span)
                found = self._settle(span, words, senses, passages, layers[0])
                yield found
                yield from self._inside(found, senses, passages, layers[1:])

    def _settle(self, span: Span, words: str, senses: dict[str, str], passages: dict[Span, str], layer: str) -> Found:
        meanings = self.by_words[words]
        settled = passages.get(span, senses.get(words, ""))
        timely = [identity for identity in meanings if self._is_timely(words, identity)]
        means = settled or (timely[0] if len(timely) == 1 else "")
        kind = meanings.get(means) or next(iter(meanings.values()))
        layer = layer or ("place" if means.startswith("plc-") else "actor")
        return Found(span.start, span.end, words, layer, means, kind, not settled and not timely)

    def _is_timely(self, words: str, identity: str) -> bool:
        """Whether words mean an entry at the time of the article."""
        when = self.when.get((words, identity))
        return when is None or self._published is None or when.may_overlap(self._published)
