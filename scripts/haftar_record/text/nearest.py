"""Explain why some words are not found in an article: the passage that comes nearest, and in what the two differ.

The passage is looked for in three steps: the same words with other marks, blanks or capitals (``view``); the same
letters with other blanks or marks between them; else the place where most words of the quotation stand in their order,
rare words counting for more. Each takes time in proportion to the article and the quotation.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from ..problems.lookalikes import look_alike
from ..problems.wording import describe_character, is_visible, show
from .spans import Span
from .view import View

#: Differences that a message shows; the others are counted.
SHOWN = 3
#: Characters at the start and at the end of a quotation by which the ends of its passage are found.
_EDGE = 300
#: The shortest run of characters that two texts do not have in common by chance.
_RUN = 3
#: Words and signs that are compared, from the first difference on.
_COMPARED = 400
#: Signs of a difference that are told one by one.
_SIGNS = 2
#: Places of one word that are looked at.
_PLACES = 200
#: How far words may have moved by words that are left out or added.
_SHIFT = 2
#: How much of a quotation has to stand in a passage that is said to be near.
_NEAR = 0.5
#: How like a word has to be to be taken for a misspelt one.
_MISSPELT = 0.7
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]", re.DOTALL)
#: Marks of quotation, and what is printed for them or for a dash: one character each.
_MARKS = str.maketrans({**dict.fromkeys("“”„‟«»‹›〝〞＂″", '"'), "—": "-", "―": "-", "\n": " "})


def passage(text: str, quoted: str, region: Span) -> Span | None:
    """The part of a text that comes nearest to a quotation, in the ``region`` rather than elsewhere; None where none
    is near.

    >>> text = "Haftar’s army  took it."
    >>> found = passage(text, "Haftar's army took", Span(0, len(text)))
    >>> text[found.start : found.end]
    'Haftar’s army  took'
    """
    return _same_words(text, quoted, region) or _same_letters(text, quoted, region) or _most_words(text, quoted, region)


@lru_cache(maxsize=4)
def _seen(text: str) -> tuple[View, str]:
    view = View(text)
    return view, view.small.translate(_MARKS)


def _same_words(text: str, quoted: str, region: Span) -> Span | None:
    """Where the same words stand with other marks, blanks or capitals."""
    view, seen = _seen(text)
    wanted = View(quoted).small.translate(_MARKS).strip()
    start, first = seen.find(wanted) if wanted else -1, None
    while start >= 0:
        found = view.span(start, start + len(wanted))
        first = first or found
        if region.contains(found):
            return found
        start = seen.find(wanted, start + 1)
    return first


def _same_letters(text: str, quoted: str, region: Span) -> Span | None:
    """Where the same letters stand, with other blanks or marks between them ("byLibya", "1 200"). Of several places,
    the first one in the ``region`` with the most of the same capitals and marks."""
    view, _ = _seen(text)
    places = [place for place, letter in enumerate(view.small) if letter.isalnum()]
    letters = "".join(view.small[place] for place in places)
    wanted = "".join(filter(str.isalnum, View(quoted).small))
    found: list[Span] = []
    first = letters.find(wanted) if len(wanted) >= _RUN else -1
    while first >= 0 and len(found) < _PLACES:
        span = view.span(places[first], places[first + len(wanted) - 1] + 1)
        if not _cuts(text, span.start) and not _cuts(text, span.end):
            start = span.start - _marks(text[max(0, span.start - len(quoted)) : span.start][::-1], quoted)
            end = span.end + _marks(text[span.end : span.end + len(quoted)], quoted[::-1])
            found.append(Span(start, end))
        first = letters.find(wanted, first + len(wanted))

    def likeness(span: Span) -> tuple[bool, int]:
        printed = text[span.start : span.end]
        return region.contains(span), _common(printed, quoted) + _common(printed[::-1], quoted[::-1])

    return max(found, key=likeness, default=None)


def _marks(beside: str, quoted: str) -> int:
    """How many marks stand beside a passage, of as many as the quotation has at this end."""
    most = next((n for n, sign in enumerate(quoted) if sign.isalnum()), 0)
    return next((n for n, sign in enumerate(beside[:most]) if sign.isalnum() or sign.isspace()), min(most, len(beside)))


def _most_words(text: str, quoted: str, region: Span) -> Span | None:
    """Where most of the words stand."""
    view, _ = _seen(text)
    words = [(match[0], match.span()) for match in _WORD.finditer(view.small)]
    wanted = [match[0] for match in _WORD.finditer(View(quoted).small)]
    places: dict[str, list[int]] = {}
    for number, (word, _) in enumerate(words):
        places.setdefault(word, []).append(number)
    first = _first_word(wanted, places, words, view, region)
    if first is None:
        return None
    begin, end = max(0, first - _SHIFT), min(len(words), first + len(wanted) + _SHIFT)
    start = view.span(*words[begin][1]).start
    stop = view.span(*words[end - 1][1]).end
    # Marks after the last word belong to it.
    return _trimmed(text, quoted, Span(start if begin else 0, min(len(text), stop + _SHIFT)))


def _first_word(
    wanted: list[str], places: dict[str, list[int]], words: list[tuple[str, tuple[int, int]]], view: View, region: Span
) -> int | None:
    """The number of the word at which the words of a quotation would begin, by the places of most of them."""
    votes: defaultdict[int, float] = defaultdict(float)
    for number, word in enumerate(wanted):
        for place in places.get(word, ())[:_PLACES]:
            votes[place - number] += len(word) / len(places[word])
    if not votes:
        for number, word in _misspelt(wanted, places):
            for place in places[word][:_PLACES]:
                votes[place - number] += len(word)
    if not votes:
        return None

    def weight(first: int) -> tuple[float, bool, float, int]:
        around = sum(votes[first + shift] for shift in range(-_SHIFT, _SHIFT + 1) if first + shift in votes)
        span = words[min(max(first, 0), len(words) - 1)][1]
        return around, region.contains(view.span(*span)), votes[first], -first

    return max(votes, key=weight)


def _misspelt(wanted: list[str], places: dict[str, list[int]]) -> Iterator[tuple[int, str]]:
    """Words of the article that are like the longest words of a quotation."""
    longest = sorted(enumerate(wanted), key=lambda item: -len(item[1]))[:SHOWN]
    for number, word in longest:
        near = [other for other in places if abs(len(other) - len(word)) <= 2 and other[0] in word]
        yield from ((number, one) for one in difflib.get_close_matches(word, near, n=1, cutoff=_MISSPELT))


def _trimmed(text: str, quoted: str, around: Span) -> Span | None:
    """The part of a stretch of a text that a quotation fits; None where it does not."""
    stretch = text[around.start : around.end]
    head = _blocks(stretch[: 2 * _EDGE], quoted[:_EDGE])
    tail = _blocks(stretch[-2 * _EDGE :], quoted[-_EDGE:])
    if not head or not tail or sum(block.size for block in head) < _NEAR * len(quoted[:_EDGE]):
        return None
    start = around.start + max(0, head[0].a - head[0].b)
    end = tail[-1].a + len(quoted[-_EDGE:]) - tail[-1].b
    stop = around.start + min(len(stretch), len(stretch) - len(stretch[-2 * _EDGE :]) + end)
    start, stop = _whole(text, start), _whole(text, stop)
    while start < stop and _is_extra(text[start], quoted[0]):
        start += 1
    while start < stop and _is_extra(text[stop - 1], quoted[-1]):
        stop -= 1
    line = text.find("\n", start, stop)
    return Span(start, stop if line < 0 else line) if start < stop and line != start else None


def _whole(text: str, position: int) -> int:
    """The nearest edge of a word to a position in it."""
    back, on = position, position
    while back and _cuts(text, back):
        back -= 1
    while on < len(text) and _cuts(text, on):
        on += 1
    return back if position - back < on - position else on


def _is_extra(printed: str, quoted: str) -> bool:
    """Whether a character at the edge of a passage is a blank, or a mark where the quotation has a letter."""
    return printed.isspace() or (not printed.isalnum() and quoted.isalnum())


def _blocks(stretch: str, part: str) -> list[difflib.Match]:
    """The runs of characters that two texts have in common, in order, but for chance ones."""
    found = difflib.SequenceMatcher(None, stretch, part, autojunk=False).get_matching_blocks()
    least = min(_RUN, max(block.size for block in found))
    return [block for block in found if block.size and block.size >= least]


def _cuts(text: str, position: int) -> bool:
    return text[position - 1 : position].isalnum() and text[position : position + 1].isalnum()


def differences(quoted: str, printed: str) -> str:
    """In what the words of a sheet differ from those of an article, in words.

    >>> differences("Haftars forces", "Haftar’s forces")
    'at character 1 the sheet has “Haftars”, the article “Haftar’s”'
    >>> differences("the new army", "the army")
    'at character 5 the sheet has “new”, which the article has not'
    """
    one, two = _TOKEN.findall(quoted), _TOKEN.findall(printed)
    same = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    position = len("".join(one[:same]))
    one, two, said = one[same : same + _COMPARED], two[same : same + _COMPARED], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        sheet, article = "".join(one[a:b]), "".join(two[c:d])
        if kind != "equal":
            said.append(_difference(sheet, article, position))
        position += len(sheet)
    more = f"; and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    return "; ".join(said[:SHOWN]) + more


def _difference(sheet: str, article: str, position: int) -> str:
    """One difference, at a character of the quotation."""
    is_plain = is_visible(sheet + article) and not look_alike(sheet, article)
    if not (is_plain and sheet[:1].isalnum() and article[:1].isalnum()):
        start = _common(sheet, article)
        end = _common(sheet[start:][::-1], article[start:][::-1])
        sheet, article = sheet[start : len(sheet) - end], article[start : len(article) - end]
        position += start
    at = f"at character {position + 1} the sheet"
    if not sheet:
        return f"{at} leaves out {_named(article)}"
    if not article:
        return f"{at} has {_named(sheet)}, which the article has not"
    by_name = not is_plain
    return f"{at} has {_named(sheet, by_name)}, the article {_named(article, by_name)}"


def _common(one: str, two: str) -> int:
    """How many characters two texts have in common at their start."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _named(words: str, by_name: bool = False) -> str:
    """Words of one side of a difference; signs and blanks by their names, and letters as well with ``by_name``."""
    if not words.strip(" "):
        return "a plain blank" if len(words) == 1 else f"{len(words)} plain blanks"
    if len(words) <= _SIGNS and (by_name or not (words.isascii() and words.isalnum())):
        return " and ".join(describe_character(one) if one != "\n" else "a line end" for one in words)
    odd = [one for one in dict.fromkeys(words) if not is_visible(one) or (one.isspace() and one != " ")]
    return f"{show(words.strip(' '), 60)}{f' with {describe_character(odd[0])}' if odd else ''}"


def in_yaml(words: str) -> str:
    """Words as a sheet has them between double marks; whatever cannot be seen is written by its number.

    So is an accent that an editor would join with its letter.

    >>> print(in_yaml('“a\\u00a0b” "c"'), in_yaml("cafe\\u0301"))
    "“a\\u00A0b” \\"c\\"" "cafe\\u0301"
    """
    is_composed = unicodedata.is_normalized("NFC", words)
    return f'"{"".join(escaped(one, is_composed) for one in words)}"'


def escaped(character: str, is_composed: bool = True) -> str:
    """A character as it stands between double marks of YAML; an accent by its number, if its text is not composed."""
    if character in '"\\':
        return f"\\{character}"
    if character == " " or (is_visible(character) and (is_composed or not unicodedata.combining(character))):
        return character
    number = ord(character)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"
