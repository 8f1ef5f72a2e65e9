"""Feasts whose day a calendar gives: Christian, Islamic, Jewish and Persian ones, and some of the year."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from .calendars import HEBREW, HIJRI, PERSIAN, Calendar, in_year, latest
from .forms import NO_CASE, DateWords, Form, Unsure
from .spans import Days, one
from .words import either

#: Month and day of feasts that keep them.
_FIXED = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "new year": (1, 1), "epiphany": (1, 6),
    "orthodox christmas": (1, 7), "valentine's day": (2, 14), "may day": (5, 1), "all saints' day": (11, 1),
    "halloween": (10, 31), "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26), "st stephen's day": (12, 26), "fourth of july": (7, 4), "april fools' day": (4, 1),
    "international women's day": (3, 8),
}  # fmt: skip
#: Days after Easter Sunday.
_EASTER = {
    "shrove tuesday": -47, "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2,
    "holy saturday": -1, "easter sunday": 0, "easter": 0, "easter monday": 1, "ascension day": 39,
    "pentecost": 49, "whit sunday": 49, "whit monday": 50, "orthodox easter": 0, "orthodox good friday": -2,
}  # fmt: skip
#: Calendar, month and day with which feasts begin, and how many days they last.
_OTHER: dict[str, tuple[Calendar, int, int, int]] = {
    "eid al-fitr": (HIJRI, 10, 1, 1), "eid ul-fitr": (HIJRI, 10, 1, 1), "eid el-fitr": (HIJRI, 10, 1, 1),
    "eid al fitr": (HIJRI, 10, 1, 1), "eid al-adha": (HIJRI, 12, 10, 1), "eid ul-adha": (HIJRI, 12, 10, 1),
    "eid el-adha": (HIJRI, 12, 10, 1), "eid al adha": (HIJRI, 12, 10, 1), "ashura": (HIJRI, 1, 10, 1),
    "islamic new year": (HIJRI, 1, 1, 1), "mawlid": (HIJRI, 3, 12, 1), "mawlid al-nabi": (HIJRI, 3, 12, 1),
    **dict.fromkeys(("nowruz", "norouz", "nowrouz", "newroz", "novruz", "persian new year"), (PERSIAN, 1, 1, 1)),
    **dict.fromkeys(("hanukkah", "chanukah", "hanukah"), (HEBREW, 3, 25, 8)),
    "rosh hashanah": (HEBREW, 1, 1, 2),
    "rosh hashana": (HEBREW, 1, 1, 2), "yom kippur": (HEBREW, 1, 10, 1), "sukkot": (HEBREW, 1, 15, 7),
    "passover": (HEBREW, 8, 15, 7), "shavuot": (HEBREW, 10, 6, 1),
}  # fmt: skip
NAMES = (*_FIXED, *_EASTER, *_OTHER, "thanksgiving", "thanksgiving day")


@lru_cache(maxsize=1024)
def _easter(year: int, is_orthodox: bool) -> date:
    from convertdate import holidays

    return date(*holidays.easter(year, "orthodox" if is_orthodox else "western"))


def _in(name: str, year: int) -> Days:
    """A feast of a year. Raises Unsure where the year has none, or two."""
    if name in _FIXED:
        return one(date(year, *_FIXED[name]))
    if name in _EASTER:
        return one(_easter(year, name.startswith("orthodox")) + timedelta(_EASTER[name]))
    if name.startswith("thanksgiving"):  # the fourth Thursday of November
        return one(date(year, 11, 22 + (3 - date(year, 11, 22).weekday()) % 7))
    calendar, month, day, length = _OTHER[name]
    return in_year(calendar, year, month, day, length)


def _feast(match: re.Match[str], _: date, __: bool) -> Days:
    return _in(match["feast"], int(match["year"]))


def _feast_alone(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest that has begun by publication; ahead, the first that is not over. “Last” is over, “next” has not
    begun."""
    which, name = match["which"], match["feast"]
    if which == "this":
        return _in(name, anchor.year)
    spans = []
    for year in range(max(anchor.year - 2, 1), min(anchor.year + 3, 9999)):
        try:
            spans.append(_in(name, year))
        except Unsure:
            continue
    if which == "last":
        return [span for span in spans if span[1] < anchor][-1]
    if which == "next":
        return next(span for span in spans if span[0] > anchor)
    return latest(spans, anchor, future)


def _feast_relative(match: re.Match[str], anchor: date, _: bool) -> Days:
    return _in(match["feast"], anchor.year + {"last": -1, "this": 0, "next": 1}[match["which"]])


def _ruled(meaning: Callable[[re.Match[str], date, bool], Days]) -> Callable[[re.Match[str], date, bool], Days]:
    """The same, with Unsure where no feast is found."""

    def ruled(match: re.Match[str], anchor: date, future: bool) -> Days:
        try:
            return meaning(match, anchor, future)
        except (IndexError, StopIteration):
            raise Unsure("no such feast near the publication date") from None

    return ruled


_FEAST = rf"(?P<feast>{either(NAMES)})"
KINDS = (
    DateWords(
        name="feast",
        label="Feast",
        definition=(
            "The words name a feast whose day follows from a calendar; the span is that day, or its days. Easter is "
            "the western one unless it is called orthodox, Thanksgiving the American one; Islamic feasts may fall a "
            "day earlier or later, and the span says so. Without a year it is the latest that has begun by the "
            "publication date, and the first that is not over where the words point ahead."
        ),
        example=NO_CASE,
        near_miss="001: “December 24” is printed by its date, so it is day_month.",
        forms=(
            Form(rf"{_FEAST}(?: of)? (?P<year>\d{{4}})", "stated", _feast),
            Form(rf"{_FEAST} (?:of )?(?P<which>last|this|next) year", "relative", _feast_relative),
            Form(rf"(?:(?P<which>last|this|next) )?{_FEAST}", "completed", _ruled(_feast_alone)),
        ),
        sample=("Christmas Eve", "2022-03-12", "2021-12-24"),
    ),
)
