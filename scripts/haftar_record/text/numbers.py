"""Read the numbers that a text prints, in digits or as words."""

from __future__ import annotations

import re
from decimal import Decimal

#: Words that give a number of things, as in “three days ago”.
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
#: All number words. “Both” gives a number, but nobody says “both days ago”.
WORDS = COUNTS | {"both": 2}
#: A number of things in small letters, as a pattern: a word, or at most two digits.
COUNT = "|".join(COUNTS) + r"|\d{1,2}"

_DIGITS = re.compile(r"\d[\d ,.]*", re.ASCII)


def read(text: str) -> set[Decimal]:
    """The values of all numbers that stand in a text.

    Blanks and commas separate thousands. A point may do so as well, or be a decimal mark: both readings are given.

    >>> sorted(read("Two of 1,200"))
    [Decimal('2'), Decimal('1200')]
    >>> sorted(read("1.5 million"))
    [Decimal('1.5'), Decimal('15')]
    """
    found = {Decimal(WORDS[word]) for word in text.lower().split() if word in WORDS}
    for match in _DIGITS.findall(text):
        digits = re.sub("[ ,]", "", match).strip(".")
        if digits.count(".") == 1:
            found.add(Decimal(digits))
        if not digits.startswith("0."):
            found.add(Decimal(digits.replace(".", "")))
    return found
