"""Read the number that a text prints, in figures or as words, and the bounds that its words give.

``bounds`` reads the printed words of a quantity: “up to 1 200”, “between two and three million”, “half a dozen”. Where
words can be read in more ways than one it gives them all, and where they give no number it says so. It reads numbers
of things: no ordinals (“the third”), no dates and years, no labels (“Resolution 1970”, “AK-47”). What the words of a
language are stands in ``words``.

``count`` reads one whole number, and ``COUNT`` is a pattern for it, for words such as “three days ago”.
"""

from __future__ import annotations

from .reading import Bounds, Reading
from .tokens import tokens_of, variants
from .words import ORDINALS, TENS, UNITS, is_read, of_language

__all__ = ["COUNT", "COUNTS", "MAX_LENGTH", "Bounds", "bounds", "count", "is_label", "is_read"]

#: Code points of a text that is read; a longer one is no number but a passage.
MAX_LENGTH = 500

_ONES = {name: value for name, value in UNITS.items() if 0 < value < 10}
_SMALL = UNITS | TENS
#: Whole numbers that a word, or two joined by a hyphen, give: “a”, “seven”, “twenty-one”, “dozen”.
COUNTS = (
    {"a": 1, "an": 1}
    | {name: value for name, value in _SMALL.items() if value}
    | {f"{ten}-{one}": tens + ones for ten, tens in TENS.items() for one, ones in _ONES.items()}
    | {"dozen": 12, "a dozen": 12, "half a dozen": 6, "half-dozen": 6, "hundred": 100, "a hundred": 100}
)
#: A whole number of things in small letters, as a pattern: words, the longest first, or at most three digits.
COUNT = (
    rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(_ONES)}))?|"
    + "|".join(
        sorted((name for name in COUNTS if name.partition("-")[0] not in TENS), key=lambda one: (-len(one), one))
    )
    + r"|\d{1,3}"
).replace("half-dozen", "half[- ]dozen")


def count(text: str) -> int:
    """The whole number that a text matching ``COUNT`` gives. Raises ValueError for any other text.

    >>> count("three"), count("twenty one"), count("14")
    (3, 21, 14)
    """
    word = " ".join(text.lower().split())
    if word.isdecimal():
        return int(word)
    for name in (word, word.replace(" ", "-")):
        if name in COUNTS:
            return COUNTS[name]
    raise ValueError(f"no whole number: {text}")


def bounds(text: str, language: str = "en") -> tuple[Bounds, ...]:
    """All ways to read the number that a text prints; none when it prints several numbers that are no range,
    figures that are no number, or more than ``MAX_LENGTH`` code points.

    ``language`` is the language of the text (BCP 47, two letters); it decides what a point and a comma mean.

    >>> [str(one) for one in bounds("up to 1 200")]
    ['no min and max 1200']
    >>> [str(one) for one in bounds("10–15 million")]
    ['min 10000000 and max 15000000']
    >>> [str(one) for one in bounds("1.200", "de")], [str(one) for one in bounds("1.200", "en")]
    (['min 1200 and max 1200'], ['min 1.2 and max 1.2'])
    >>> [str(one) for one in bounds("dozens")], bounds("four dead, 12 wounded")
    (['neither min nor max'], ())
    """
    if len(text) > MAX_LENGTH:
        return ()
    words = of_language(language)
    found: dict[Bounds, None] = {}
    for are_years in (True, False):
        for tokens in variants(tokens_of(text, language, words, are_years=are_years)):
            found |= dict.fromkeys(Reading(tokens, words, language).bounds())
    return tuple(found)


def is_label(text: str, language: str = "en") -> bool:
    """Whether a text prints figures or an ordinal, and all that it prints are dates, years, ordinals or labels.

    >>> is_label("Resolution 1970"), is_label("F-16"), is_label("in 2019"), is_label("the third round")
    (True, True, True, True)
    >>> is_label("two F-16s"), is_label("dozens"), is_label("two thirds"), is_label("minus 5")
    (False, False, False, False)
    """
    if len(text) > MAX_LENGTH:
        return False
    words = of_language(language)
    tokens = tokens_of(text, language, words)
    if Reading(tokens, words, language).numbers() or any(token.kind in ("beyond", "unread") for token in tokens):
        return False
    return any(token.kind == "gap" or (language == "en" and token.text in ORDINALS) for token in tokens)
