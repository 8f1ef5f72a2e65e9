"""What the texts of a release count: how many articles there are, and of which years. So it is always true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: Numbers that are written as words.
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
#: A place in a text that a build fills.
PLACE = re.compile(r"\{([^{}]*)\}")
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def number(value: int) -> str:
    """A number in running text: a word up to twelve, then figures.

    >>> number(5), number(12), number(13), number(1200)
    ('five', 'twelve', '13', '1,200')
    """
    return WORDS[value] if value < len(WORDS) else f"{value:,}"


def places(published: Iterable[str]) -> dict[str, str]:
    """What each place stands for, by its name. ``published`` are the days of publication of all articles, as EDTF.

    >>> places(["2019-11-17", "2020-07-02/2020-07-04", "2021-06"])
    {'articles': 'three articles', 'years': '2019 to 2021'}
    >>> places(["2021-06-28"])
    {'articles': 'one article', 'years': '2021'}
    """
    days = list(published)
    years = sorted({year for day in days for year in _YEAR.findall(day)})
    return {
        "articles": f"{number(len(days))} article{'s' * (len(days) != 1)}",
        "years": " to ".join(dict.fromkeys([*years[:1], *years[-1:]])) or "unknown years",
    }


#: The names of all places.
NAMES = tuple(places([]))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its places filled.

    >>> filled("Events in {articles} of {years}.", places(["2021", "2019"]))
    'Events in two articles of 2019 to 2021.'
    """
    return PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def emptied(text: str, values: Mapping[str, str]) -> str:
    """A text that was filled with these values, with places again: two releases say the same when these agree.

    >>> emptied("Events in two articles of 2019 to 2021.", places(["2021", "2019"]))
    'Events in {articles} of {years}.'
    """
    for name, value in values.items():
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", f"{{{name}}}", text)
    return text


def unknown(text: str) -> str | None:
    """The first place of a text that no build fills, or a brace that opens or closes none; None when there is neither.

    >>> unknown("{articles} of {year}"), unknown("{articles}"), unknown("{{articles}}")
    ('{year}', None, '{')
    """
    rest = PLACE.sub(lambda place: " " if place[1] in NAMES else place[0], text)
    found = re.search(r"\{[^{} ]+\}|[{}]", rest)
    return found[0] if found else None
