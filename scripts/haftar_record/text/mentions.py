"""Find every occurrence of the words that name an actor or a place.

The aliases of the registers are looked for at word boundaries, the longest first. Actors and places form two
layers, each without overlaps; names inside a longer name ("Haftar" in "Haftar’s militias") form a third, and names
inside those a fourth. Where words may mean several actors or places, the sheet settles which one they mean.

An alias is found however its marks are printed (``view``), in capitals ("KHALIFA HAFTAR", "Khalifa HAFTAR"), and with
a capital at the start of a sentence ("Al-Sarraj said"). A capital of an alias is never found small: "us" is not the US.
Words and offsets of what is found are those of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from .articles import Article
from .edtf import Edtf
from .spans import Span
from .view import TRANSLITERATION, View, form


@dataclass(frozen=True)
class Found(Span):
    """An occurrence and the id of what it means; ``means`` is empty where several ids are possible and none is
    settled, or where it is open whether the words are a name at all.

    words   those of the article, in one line
    alias   the words of the register by which they were found
    """

    words: str
    layer: str
    means: str
    label_kind: str
    alias: str
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


#: Layers of names inside names: "Haftar’s forces" in "representatives of Haftar’s forces", and "Haftar" in that.
INNER_LAYERS = ("embedded", "embedded_twice")
#: Letters of Chinese and Japanese, whose words have no blanks between them: a name may begin and end at each.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
#: A word; a name may also begin at a capital after a small letter, where a blank is lost ("byLibya").
_WORD = re.compile(rf"[{_SINGLE}]|(?:[^\W_{_SINGLE}])+")
_LOST_BLANK = re.compile("(?<=[a-z])(?=[A-Z])")
#: What a sentence begins after, beside the start of a paragraph.
_BEFORE_SENTENCE = ".!?:…“„«\"'‘(["


@dataclass(frozen=True)
class _Alias:
    """An alias as it is looked for: its view (of two, where it has marks of transliteration), and before its first word
    whatever it begins with."""

    words: str
    form: str
    text: str
    small: str
    lead: int
    first: str


@dataclass(frozen=True)
class Match(Span):
    """Where an alias stands.

    alias     as the register has it; ``form`` is its view
    capitals  own: those of the alias; all: some words are in capitals throughout; first: its first letter is a capital,
              at the start of a sentence
    is_open   the words may be a common word in capitals
    """

    alias: str
    form: str
    capitals: str
    is_open: bool


class Aliases:
    """The aliases of all actors and places."""

    def __init__(self, entries: Iterable[tuple[str, str, str] | tuple[str, str, str, Edtf | None]]) -> None:
        """Take the aliases as (words, id, label kind), and the dates of the articles in which they mean it, if not all
        do."""
        self.by_form: dict[str, dict[str, str]] = {}
        self.when: dict[tuple[str, str], Edtf] = {}
        self._words: dict[str, str] = {}
        for words, identity, kind, *dates in entries:
            self.by_form.setdefault(form(words), {})[identity] = kind
            self._words.setdefault(form(words), words)
            if dates and dates[0]:
                self.when[form(words), identity] = dates[0]

    @cached_property
    def _by_first(self) -> dict[str, list[_Alias]]:
        """The aliases by their first word in small letters, the longest first."""
        found: dict[str, list[_Alias]] = {}
        for words in self._words.values():
            for keeps_marks in (True, False) if _has_marks(words) else (True,):
                if alias := _made(words, keeps_marks):
                    found.setdefault(alias.first, []).append(alias)
        return {
            first: sorted(aliases, key=lambda alias: (-len(alias.text), alias.text)) for first, aliases in found.items()
        }

    def matches(self, text: str) -> list[Match]:
        """Every place in a text where an alias stands, those inside and across others as well, in order of the text."""
        found = {match for view in _views(text) for match in self._in(view, text)}
        return sorted(found, key=lambda match: (match.start, -len(match.form), match.capitals != "own", match.form))

    def _in(self, view: View, text: str) -> Iterable[Match]:
        for word in _WORD.finditer(view.text):
            start, end = word.span()
            for begin in (start, *(lost.start() for lost in _LOST_BLANK.finditer(view.text, start + 1, end))):
                for alias in self._by_first.get(view.small[begin:end], ()):
                    if match := _matched(view, alias, begin - alias.lead, text):
                        yield match

    def named(self, words: str) -> list[str]:
        """The aliases that some words are, as the register has them: those of the same capitals, if there are such."""
        whole = [match for match in self.matches(words) if match.end - match.start == len(words)]
        own = [match for match in whole if match.capitals == "own"] or whole
        return list(dict.fromkeys(match.alias for match in own))

    def possible(self, words: str) -> dict[str, str]:
        """What words may mean when they stand alone: the ids, each with the kind of words."""
        return {one: kind for alias in self.named(words) for one, kind in self.by_form[form(alias)].items()}

    def _meanings(self, matches: list[Match]) -> dict[str, str]:
        """What aliases at one place may mean: those with the same capitals, if there are such, else all."""
        exact = [match for match in matches if match.capitals == "own"] or matches
        return {identity: kind for match in exact for identity, kind in self.by_form[match.form].items()}

    def find(
        self, article: Article, senses: dict[str, str], passages: dict[Span, str], published: Edtf | None = None
    ) -> list[Found]:
        """All mentions, in order of the text.

        ``senses`` says which id ambiguous words mean in the whole article, ``passages`` which one they mean at one
        place. The meaning "none" says that the words name nobody there. What neither settles means those entries that
        are named so when the article was ``published``.
        """
        settle = _Settled(self, article, senses, passages, published)
        matches = self.matches(article.text)
        outer, end = [], 0
        for match in matches:
            if match.start >= end:
                outer.append(settle.found(match, matches, ""))
                end = match.end
        inner = [found for span in outer for found in settle.inside(span, matches, INNER_LAYERS)]
        return sorted((m for m in outer + inner if m.means != "none"), key=lambda m: (m.start, m.layer, m.end))


class _Settled:
    """What the aliases that stand in an article mean there."""

    def __init__(
        self,
        aliases: Aliases,
        article: Article,
        senses: dict[str, str],
        passages: dict[Span, str],
        published: Edtf | None,
    ) -> None:
        self.aliases, self.article, self.passages, self.published = aliases, article, passages, published
        self.senses = {form(words): means for words, means in senses.items()}

    def inside(self, outer: Found, matches: list[Match], layers: tuple[str, ...]) -> Iterable[Found]:
        """Names inside a longer name, longest first, without overlaps in a layer; and the names inside those."""
        if not layers:
            return
        first = bisect_left(matches, outer.start, key=lambda match: match.start)
        last = bisect_left(matches, outer.end, key=lambda match: match.start)
        size = outer.end - outer.start
        within = [m for m in matches[first:last] if m.end <= outer.end and m.end - m.start < size]
        within = [m for m in within if m.capitals != "first"]  # it would take in an article: “The U.S.” delegation
        taken: list[Span] = []
        for match in sorted(within, key=lambda m: (-len(m.form), m.form, m.start)):
            if not any(match.overlaps(other) for other in taken):
                taken.append(match)
                found = self.found(match, within, layers[0])
                yield found
                yield from self.inside(found, within, layers[1:])

    def found(self, match: Match, matches: list[Match], layer: str) -> Found:
        """What an alias at its place means."""
        same = [match, *_at(matches, match)]
        meanings = self.aliases._meanings(same)
        senses = (self.senses.get(one.form) for one in same)
        settled = self.passages.get(Span(match.start, match.end)) or next(filter(None, senses), "")
        timely = [identity for identity in meanings if self._is_timely(identity, same)]
        means = settled or (timely[0] if len(timely) == 1 and not match.is_open else "")
        kind = meanings.get(means) or next(iter(meanings.values()))
        layer = layer or ("place" if means.startswith("plc-") else "actor")
        is_outdated = not settled and not timely
        return Found(match.start, match.end, self.article.of(match), layer, means, kind, match.alias, is_outdated)

    def _is_timely(self, identity: str, matches: list[Match]) -> bool:
        """Whether one of the aliases at a place means an entry at the time of the article."""
        forms = [match.form for match in matches if identity in self.aliases.by_form[match.form]]
        dates = [self.aliases.when.get((one, identity)) for one in forms]
        return self.published is None or any(when is None or when.may_overlap(self.published) for when in dates)


def _at(matches: list[Match], match: Match) -> list[Match]:
    """The other matches at the place of one; they stand next to each other."""
    first = bisect_left(matches, match.start, key=lambda one: one.start)
    last = bisect_left(matches, match.start + 1, key=lambda one: one.start)
    return [one for one in matches[first:last] if one.end == match.end and one is not match]


def _has_marks(text: str) -> bool:
    return not text.isascii() and any(mark in text for mark in TRANSLITERATION)


def _views(text: str) -> list[View]:
    """A text as aliases are looked for in it: twice, where it has marks of transliteration."""
    return [View(text, True), View(text, False)] if _has_marks(text) else [View(text)]


def _made(words: str, keeps_marks: bool) -> _Alias | None:
    """An alias as it is looked for; None for words without a letter or digit."""
    view = View(words.strip(), keeps_marks)
    word = _WORD.search(view.text)
    if word is None:
        return None
    return _Alias(words, form(words), view.text, view.small, word.start(), view.small[slice(*word.span())])


def _matched(view: View, alias: _Alias, start: int, text: str) -> Match | None:
    """The alias at a place of a view, if it stands there."""
    end = start + len(alias.text)
    if start < 0 or not view.small.startswith(alias.small, start) or _goes_on(view.text, end):
        return None
    capitals = _capitals(view.text, start, view.text[start:end], alias.text)
    if capitals is None:
        return None
    span = view.span(start, end)
    first = span.start
    while first and text[first - 1] in TRANSLITERATION[:-1] and not text[first - 2 : first - 1].isalnum():
        first -= 1  # a mark that begins the name: “ʿAbd”
    is_open = alias.text.isupper() and alias.text.lower() in _COMMON and _is_among_capitals(text, span)
    return Match(first, span.end, alias.words, alias.form, capitals, is_open)


def _goes_on(text: str, end: int) -> bool:
    """Whether a word goes on at a place."""
    return bool(_WORD.match(text, end)) and not (_is_single(text[end]) or _is_single(text[end - 1]))


def _is_single(letter: str) -> bool:
    return bool(_SINGLE_LETTER.match(letter))


_SINGLE_LETTER = re.compile(f"[{_SINGLE}]")


def _capitals(text: str, start: int, printed: str, alias: str) -> str | None:
    """How the capitals of some words differ from those of an alias: as ``Match.capitals`` has it; None where the words
    are not the alias."""
    if printed == alias:
        return "own"
    words = [(printed[slice(*word.span())], word[0]) for word in _WORD.finditer(alias)]
    others = [(word, own) for word, own in words if word != own]
    if all(word.isupper() for word, _ in others) and any(len(word) > 1 for word, _ in others):
        return "all"
    (word, own), *more = others
    is_first = not more and (word, own) == words[0] and word == own[0].upper() + own[1:]
    return "first" if is_first and _begins_sentence(text, start) else None


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" ")
    return not before.strip() or before[-1] in f"\n{_BEFORE_SENTENCE}"


def _is_among_capitals(text: str, span: Span) -> bool:
    """Whether a word stands in a line of several words in capitals throughout, such as a headline."""
    before = text[max(0, span.start - LONGEST) : span.start].rpartition("\n")[2]
    line = before + text[span.start : span.end + LONGEST].partition("\n")[0]
    return line.isupper() and len(line.split()) > 2


def stands_for(alias: str, words: str) -> bool:
    """Whether some words of an article are an alias, however their marks and capitals are printed.

    >>> stands_for("Haftar’s forces", "HAFTAR'S FORCES"), stands_for("US", "us")
    (True, False)
    """
    return any(match.end - match.start == len(words) for match in Aliases([(alias, "", "")]).matches(words))


def locate(alias: str, words: str) -> Span | None:
    """Where an alias stands first in some words; None where it does not."""
    return next(iter(Aliases([(alias, "", "")]).matches(words)), None)
