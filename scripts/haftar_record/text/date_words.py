"""Resolve date words ("On Thursday", "three days ago", "in April last year") against a publication date.

Each rule is a pattern over the words and a function from (match, publication day) to a span of days. Where
the publication date is itself a span of days, the words are resolved against every one of them and the result
covers all answers: words never become more precise than the date they are counted from.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from . import edtf

Days = tuple[date, date]

_MONTHS = {name.lower(): number for number, name in enumerate(edtf.MONTHS, 1)}
_WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_MONTH = "|".join(_MONTHS)
_COUNT = "|".join(_NUMBERS) + r"|\d{1,2}"


@dataclass(frozen=True)
class Resolved:
    """What date words mean: an EDTF value, the name of the rule, and the basis (code lists of the same names)."""

    edtf: str
    rule: str
    basis: str


@dataclass(frozen=True)
class _Rule:
    name: str
    basis: str
    pattern: re.Pattern[str]
    span: Callable[[re.Match[str], date, bool], Days | str]


def resolve(words: str, published: str, future: bool = False) -> Resolved | None:
    """Resolve ``words`` against the EDTF value ``published``; None when no rule knows them.

    ``future`` says that the words point ahead ("is scheduled for June 23"); otherwise day and month names
    mean the latest such day or month that is not after publication.
    """
    text = " ".join(words.lower().replace("’", "'").split()).strip(" .,")
    anchors = edtf.parse(published).each_day()
    for rule in _RULES:
        match = rule.pattern.fullmatch(text)
        if not match:
            continue
        if rule.basis != "stated" and not anchors:
            return None
        try:
            answers = [rule.span(match, day, future) for day in anchors or [date.max]]
        except (ValueError, OverflowError):
            return None
        if isinstance(answers[0], str):
            return Resolved(answers[0], rule.name, rule.basis) if len(set(answers)) == 1 else None
        return Resolved(edtf.hull(answers), rule.name, rule.basis)
    return None


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def _number(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _full_date(match: re.Match[str], _: date, __: bool) -> Days:
    day = date(int(match["year"]), _MONTHS[match["month"]], int(match["day"]))
    return day, day


def _iso_date(match: re.Match[str], _: date, __: bool) -> Days:
    day = date.fromisoformat(match["iso"])
    return day, day


def _day_month(match: re.Match[str], anchor: date, future: bool) -> Days:
    """Latest such day not after publication; with ``future``, the first one not before it."""
    month, number = _MONTHS[match["month"]], int(match["day"])
    day = date(anchor.year, month, number)
    if future and day < anchor:
        day = date(anchor.year + 1, month, number)
    if not future and day > anchor:
        day = date(anchor.year - 1, month, number)
    return day, day


def _month_only(match: re.Match[str], anchor: date, future: bool) -> Days:
    month = _MONTHS[match["month"]]
    year = anchor.year
    if future and month < anchor.month:
        year += 1
    if not future and month > anchor.month:
        year -= 1
    return _month(year, month)


def _month_year(match: re.Match[str], _: date, __: bool) -> Days:
    return _month(int(match["year"]), _MONTHS[match["month"]])


def _month_last_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    return _month(anchor.year - 1, _MONTHS[match["month"]])


def _next_month(match: re.Match[str], anchor: date, _: bool) -> Days:
    month = _MONTHS[match["month"]]
    return _month(anchor.year + (month <= anchor.month), month)


def _plain_year(match: re.Match[str], _: date, __: bool) -> Days:
    return _year(int(match["year"]))


def _weekday(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The latest such weekday not after publication, which may be the day of publication itself."""
    day = anchor - timedelta((anchor.weekday() - _WEEKDAYS[match["weekday"]]) % 7)
    return day, day


def _days_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    day = anchor - timedelta(_number(match["count"]))
    return day, day


def _week(match: re.Match[str], anchor: date, _: bool) -> Days:
    """An ISO week, Monday to Sunday; "this week" ends with the day of publication."""
    monday = anchor - timedelta(anchor.weekday())
    if match["which"] == "last":
        return monday - timedelta(7), monday - timedelta(1)
    return monday, anchor


def _years_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    count = 1 if match["last"] else _number(match["count"])
    return _year(anchor.year - count)


def _end_of_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The end of a year is its last quarter, the beginning its first."""
    year = anchor.year - 1
    return (date(year, 10, 1), date(year, 12, 31)) if match["part"] == "end" else (date(year, 1, 1), date(year, 3, 31))


def _since_year(match: re.Match[str], _: date, __: bool) -> str:
    return f"{edtf.parse(match['year']).text}/.."


def _rule(name: str, basis: str, pattern: str, span: Callable[..., Days | str]) -> _Rule:
    return _Rule(name, basis, re.compile(pattern, re.ASCII), span)


_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = rf"(?P<month>{_MONTH})"
_RULES = (
    _rule("full_date", "stated", r"(?:date )?(?P<iso>\d{4}-\d{2}-\d{2})", _iso_date),
    _rule("full_date", "stated", rf"(?:on )?{_NAME} {_DAY},? (?P<year>\d{{4}})", _full_date),
    _rule("full_date", "stated", rf"(?:on )?{_DAY} {_NAME},? (?P<year>\d{{4}})", _full_date),
    _rule("day_month", "completed", rf"(?:on )?{_NAME} {_DAY}", _day_month),
    _rule("day_month", "completed", rf"(?:on )?{_DAY} {_NAME}", _day_month),
    _rule("month_year", "stated", rf"(?:in )?{_NAME} (?P<year>\d{{4}})", _month_year),
    _rule("month_year", "relative", rf"(?:in )?{_NAME} last year", _month_last_year),
    _rule("next_month", "relative", rf"next {_NAME}", _next_month),
    _rule("month", "completed", rf"(?:in |the )?{_NAME}", _month_only),
    _rule("since_year", "stated", r"since (?P<year>\d{4})", _since_year),
    _rule("year", "stated", r"(?:in |the )?(?P<year>\d{4})", _plain_year),
    _rule("weekday", "relative", rf"(?:earlier )?(?:on )?(?P<weekday>{'|'.join(_WEEKDAYS)})", _weekday),
    _rule("days_ago", "relative", rf"(?P<count>{_COUNT}) days? ago", _days_ago),
    _rule("week", "relative", r"(?:earlier )?(?P<which>this|last) week", _week),
    _rule("part_of_year", "relative", r"(?:at )?(?:the )?(?P<part>end|beginning) of last year", _end_of_year),
    _rule("years_ago", "relative", rf"(?:(?P<last>last) year|(?P<count>{_COUNT}) years? ago)", _years_ago),
)
