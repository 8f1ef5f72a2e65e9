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
_TO_CLOCK = rf"(?: to | until | till | and |-){CLOCK}"
#: A part of the day. Midnight belongs to two of them, and what is shortly before or after it to one.
PART_OF_DAY = (
    r"(?:(?:early |late |mid-|pre-)?(?:mornings?|afternoons?|evenings?|dawn)|(?:late )?nights?|lunchtime|dusk|noon|midday"
    r"|(?:early|small|wee|late) hours|before (?:dawn|sunrise|daybreak)|after (?:dark|dusk|sunset|nightfall)"
    r"|sunrise|sunset|nightfall|daybreak|(?:shortly|just|minutes|moments) (?:before|after) midnight)"
)
_ABOUT = r"(?:around |about |approximately )?"
_AT = rf"(?:(?:shortly |just )?(?:at |by |before |after |from |between ))?{_ABOUT}"
_CLOCK_FIRST = re.compile(
    rf"(?:(?:at )?{_ABOUT}{CLOCK}|(?:from |between )?{CLOCK}{_TO_CLOCK}),?(?: on)? (?=\S)", re.ASCII
)
_CLOCK_LAST = re.compile(rf"(?<=\S)(?: {_AT}|t){CLOCK}(?:{_TO_CLOCK})?$", re.ASCII)
#: Of what stands behind a part of the day without “of”, all but what makes another day of it (“the night before Easter”).
_PART_FIRST = re.compile(
    rf"(?:(?:in|during|on|at|over) )?(?:the )?(?:(?:early|late) in the )?{PART_OF_DAY} "
    r"(?:(?:of|on) |(?!before |after |following |since |until |till |by ))(?=\S)|overnight (?=(?:from|between) )",
    re.ASCII,
)
_PART_LAST = re.compile(rf"(?<=\S)(?: in the| at| around)? {PART_OF_DAY}(?: local time)?$", re.ASCII)
_LEADING = re.compile(r"(?:on|in|at|during|of|over|throughout|for|date) (?=\S)", re.ASCII)
#: “The following Friday” is counted from another day; “following Friday” is after it.
_THE = re.compile(r"the (?!following )(?=\S)", re.ASCII)
#: Other ways to write what the patterns know.
_REWRITTEN = tuple(
    (re.compile(pattern, re.ASCII), other)
    for pattern, other in (
        (r"\bearlier in the (week|month|year)\b", r"earlier this \1"),
        (r"\blater in the (week|month|year)\b", r"later this \1"),
        (r"\b(early|late) in the week\b", r"\1 this week"),
        (r"\b(?:the )?current (?=(?:week|month|quarter|year)$)", "this "),
        (r"\b(?:the )?(year|month)(?:'s |-)end\b", r"the end of the \1"),
        (rf"\b(twenty|thirty) (?=(?:{'|'.join(_TENS.split()[:9])})\b)", r"\1-"),
    )
)


def plain(words: str) -> str:
    """Words as the patterns read them: small letters without accents, single blanks, straight marks, ASCII digits, no
    commas, no brackets, no points of abbreviation.

    >>> plain("Saturday,  Sept. 5 – 2021’s")
    'saturday sept 5-2021'
    """
    text = unicodedata.normalize("NFKD", words.lower().replace("´", "'"))
    text = "".join(map(_plain, text))
    text = re.sub(r",(?=\s|$)", " ", text)
    text = re.sub(r"[()\[\]]", " ", text)
    text = re.sub(r"(?<=[a-z])\.|(?<=\d)\.(?= +[a-z])", "", text)
    text = " ".join(text.split()).strip(' .,;:"“”«»')
    text = re.sub(r" ?- ?", "-", text)
    for pattern, other in _REWRITTEN:
        text = pattern.sub(other, text)
    return re.sub(r"(?<!\d0)'s$|'$", "", text)  # “the 1990's” is a decade


def _plain(char: str) -> str:
    if char in "`’‘ʼ′´‛ʿʾʻ":
        return "'"
    if char.isascii():
        return char
    if char in "‐‑‒–—―−":
        return "-"
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "" if unicodedata.category(char) in ("Cf", "Mn") else char


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
    while True:
        if first := _CLOCK_FIRST.match(words) or _PART_FIRST.match(words):
            words = words[first.end() :]
        elif last := _CLOCK_LAST.search(words) or _PART_LAST.search(words):
            words = words[: last.start()]
        else:
            return words


def begins_with_clock(words: str) -> bool:
    """Whether plain words begin with a time of day by the clock, which “about” before it belongs to."""
    return _CLOCK_FIRST.match(words) is not None


def day_of(match: re.Match[str]) -> int:
    """The number of a day, in figures or as a word."""
    return day_number(match["day"])


def day_number(word: str) -> int:
    """The number that a word for a day gives.

    >>> day_number("third"), day_number("23rd")
    (3, 23)
    """
    return ORDINALS.get(word) or int(word.rstrip("stndrh"))


def month_of(match: re.Match[str]) -> int:
    """The number of a month."""
    return MONTHS[match["month"]]


def count_of(match: re.Match[str]) -> int:
    """A number of things."""
    return numbers.count(match["count"])
