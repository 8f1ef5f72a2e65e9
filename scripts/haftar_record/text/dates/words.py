"""The words that date words are made of: their plain writing, and the patterns of months, weekdays, days and clocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .. import edtf, numbers

#: Number of a month by its name, and by what newspapers print for it.
MONTHS = {name.lower(): number for number, name in enumerate(edtf.MONTHS, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Number of a weekday by its name, from 0 for Monday.
WEEKDAYS = {name: number for number, name in enumerate(_DAYS)} | {name[:3]: n for n, name in enumerate(_DAYS)}
WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_TENS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_TEENS = "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
#: Ordinal numbers as words, up to the last day of a month.
ORDINALS = {word: number for number, word in enumerate(f"{_TENS} {_TEENS}".split(), 1)}
ORDINALS |= {f"twenty-{word}": 20 + ORDINALS[word] for word in _TENS.split()[:9]}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31}


def either(words: object) -> str:
    """A pattern that matches one of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


MONTH = rf"(?P<month>{either(MONTHS)})"
WEEKDAY = rf"(?P<weekday>{either(WEEKDAYS)})"
YEAR = r"(?P<year>\d{4})"
DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{either(ORDINALS)})"
NUMBERED = r"(?P<day>\d{1,2}(?:st|nd|rd|th))"
COUNT = rf"(?P<count>{numbers.COUNT})"
UNIT = r"(?P<unit>day|week|month|year)s?"

_HOUR = r"\d{1,2}(?:[:.]\d{2})?(?: ?- ?\d{1,2}(?:[:.]\d{2})?)?"
_ZONE = (
    r"(?: ?(?:\(?(?:gmt|utc|est|edt|cst|cdt|pst|pdt|cet|cest|eet|eest|bst|msk|et|z)\)?(?:[+-]\d{1,2}(?::?\d{2})?)?"
    r"|local time|local))"
)
#: A time by the clock. It says nothing of the day, but at midnight, when it may be either of two.
CLOCK = (
    rf"(?:(?:{_HOUR} ?(?:am|pm|a m|p m|o'clock)|\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?(?: ?(?:hours|hrs))?"
    r"|[0-2]\d[0-5]\d(?= ?(?:gmt|utc|hours|hrs|local))(?: ?(?:hours|hrs))?"
    rf"|\d{{1,2}} in the (?:morning|afternoon|evening)|noon|midday){_ZONE}?)"
)
PART_OF_DAY = r"(?:(?:early |late |mid-)?(?:mornings?|afternoons?|evenings?)|nights?|lunchtime|dawn|dusk|noon|midday)"
_AT = r"(?:at |around |about |by |before |after |shortly after |shortly before |from )?"
_CLOCK_FIRST = re.compile(rf"(?:at |around |about )?{CLOCK},?(?: on)? (?=\S)", re.ASCII)
_CLOCK_LAST = re.compile(rf"(?<=\S)(?: {_AT}|t){CLOCK}$", re.ASCII)
_PART_FIRST = re.compile(rf"(?:(?:in|during|on) )?(?:the )?{PART_OF_DAY} (?:of|on) (?=\S)", re.ASCII)
_PART_LAST = re.compile(rf"(?<=\S)(?: in the| at)? {PART_OF_DAY}$", re.ASCII)
_LEADING = re.compile(r"(?:on|in|at|during|of|over|throughout|for|date) (?=\S)", re.ASCII)
_THE = re.compile(r"the (?=\S)", re.ASCII)


def plain(words: str) -> str:
    """Words as the patterns read them: small letters, single blanks, straight marks, ASCII digits, no commas, no points
    of abbreviation.

    >>> plain("Saturday,  Sept. 5 – 2021’s")
    'saturday sept 5-2021'
    """
    text = unicodedata.normalize("NFKC", words).lower()
    text = "".join(map(_plain, text))
    text = re.sub(r",(?=\s|$)", " ", text)
    text = re.sub(r"(?<=[a-z])\.", "", text)
    text = " ".join(text.split()).strip(' .,;:()[]"“”«»')
    text = re.sub(r" ?- ?", "-", text)
    text = re.sub(r"\bearlier in the (week|month|year)\b", r"earlier this \1", text)
    return re.sub(r"'s?$", "", text)


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if char in "’‘ʼ′´‛":
        return "'"
    if char in "‐‑‒–—−":
        return "-"
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "" if unicodedata.category(char) == "Cf" else char


def ways(words: str) -> Iterator[str]:
    """Plain words, and the same without preposition, article and time of day, from the fullest."""
    for text in (words, without_clock(words)):
        yield text
        if (bare := _LEADING.sub("", text, count=1)) and _LEADING.match(text):
            yield bare
            text = bare
        if _THE.match(text):
            yield _THE.sub("", text, count=1)


def without_clock(words: str) -> str:
    """Plain words without clock and time of day, where others are left.

    >>> without_clock("friday night at 10 pm"), without_clock("the morning of 5 june")
    ('friday', '5 june')
    """
    for pattern in (_CLOCK_FIRST, _CLOCK_LAST, _PART_FIRST, _PART_LAST, _CLOCK_LAST):
        if match := pattern.search(words):
            is_first = pattern in (_CLOCK_FIRST, _PART_FIRST)
            if is_first and match.start():
                continue
            words = words[match.end() :] if is_first else words[: match.start()]
    return words


def day_of(match: re.Match[str]) -> int:
    """The number of a day, in figures or as a word."""
    return ORDINALS.get(match["day"]) or int(match["day"].rstrip("stndrh"))


def month_of(match: re.Match[str]) -> int:
    """The number of a month."""
    return MONTHS[match["month"]]


def count_of(match: re.Match[str]) -> int:
    """A number of things."""
    return numbers.count(match["count"])
