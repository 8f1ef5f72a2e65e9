"""Resolve date words ("On Thursday", "three days ago", "in April last year") against a publication date.

``KINDS`` lists the kinds of date words that a rule resolves. It is the code list ``date_rule``, which has one more
code, ``none``, for words without a rule. Each kind has one or more forms: a pattern over the words, and a function from
(match, publication day, whether the words point ahead) to a span of days. Where the publication date is itself a span
of days, the words are resolved against every one of them and the result covers all answers: words never become more
precise than the date they are counted from.
"""

from __future__ import annotations

import calendar
import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from . import edtf, numbers
from .kinds import Kind

#: First and last day.
Days = tuple[date, date]
#: What words mean, from their match, the day of publication, and whether they point ahead.
Span = Callable[[re.Match[str], date, bool], Days]
#: The same as an EDTF value, for words that leave an end open.
OpenSpan = Callable[[re.Match[str], date, bool], str]


@dataclass(frozen=True)
class Resolved:
    """What date words mean: an EDTF value, the rule that gives it, and its basis (codes of ``date_rule``,
    ``date_basis``)."""

    edtf: str
    rule: str
    basis: str


@dataclass(frozen=True)
class Form:
    """One way to put date words. ``pattern`` matches them whole, in small letters and with single blanks."""

    pattern: str
    basis: str
    span: Span | OpenSpan

    def match(self, words: str) -> re.Match[str] | None:
        """The match of words that have this form."""
        return re.fullmatch(self.pattern, words, re.ASCII)


@dataclass(frozen=True, kw_only=True)
class DateWords(Kind):
    """A kind of date words. ``sample`` is a case of it: words, day of publication, and the EDTF value that they
    give."""

    forms: tuple[Form, ...]
    sample: tuple[str, str, str]


def resolve(words: str, published: str, future: bool = False) -> Resolved | None:
    """Resolve ``words`` against the EDTF value ``published``; None when no rule knows them.

    ``future`` says that the words point ahead ("is scheduled for June 23"); otherwise day and month names mean the
    latest such day or month that is not after publication. Raises ValueError when ``published`` is not EDTF.

    >>> resolve("on Thursday", "2019-11-17")
    Resolved(edtf='2019-11-14', rule='weekday', basis='relative')
    """
    text = " ".join(words.lower().replace("’", "'").split()).strip(" .,")
    anchors = edtf.parse(published).each_day()
    for kind in KINDS:
        for form in kind.forms:
            if match := form.match(text):
                value = _value(form, match, anchors, future)
                return Resolved(value, kind.name, form.basis) if value else None
    return None


def _value(form: Form, match: re.Match[str], anchors: list[date], future: bool) -> str | None:
    """The EDTF value of words of this form; None when they name no day, or count from an unknown one."""
    if form.basis != "stated" and not anchors:
        return None
    try:
        answers = [form.span(match, day, future) for day in anchors or [date.max]]
    except (ValueError, OverflowError):
        return None
    values = {answer for answer in answers if isinstance(answer, str)}
    if values:
        return values.pop() if len(values) == 1 else None
    return edtf.hull([answer for answer in answers if not isinstance(answer, str)])


def unlike(words: Iterable[str], published: str) -> tuple[str, str] | None:
    """The words among those that are said to state the EDTF value ``published`` which do not, and what they give; None
    when all of them agree with it, and one of them gives it or is read by no rule.

    >>> unlike(["12 March 2022"], "2022-03-13"), unlike(["Saturday, 12 March 2022"], "2022-03-12")
    (('12 March 2022', '2022-03-12'), None)
    """
    day, is_given, vague = edtf.parse(published), False, None
    for one in words:
        found = resolve(one, published)
        given = printed_days(one) or ([found.edtf] if found and found.basis == "stated" else [])
        if given and not any(day.within(edtf.parse(value)) for value in given):
            return one, ", ".join(given)
        if published in given or (found is None and not given):
            is_given = True
        elif vague is None:
            vague = one, ", ".join(given) or "no date by themselves"
    return None if is_given else vague or ("", "nothing")


def printed_days(words: str) -> list[str]:
    """The days that are printed in full somewhere in the words, in the order of the forms."""
    text, found = " ".join(words.lower().split()), []
    for pattern, _, span in _FULL_DATE:
        for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.ASCII):
            with contextlib.suppress(ValueError):
                found.append(span(match, date.max, False)[0].isoformat())
    return found


#: Bases by which the words themselves give a date.
BY_WORDS = ("stated", "completed", "relative")


# -- what the words mean -----------------------------------------------------------------------------------------------

_MONTHS = {name.lower(): number for number, name in enumerate(edtf.MONTHS, 1)}
_WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _years(first: int, last: int) -> Days:
    return date(first, 1, 1), date(last, 12, 31)


def _count(match: re.Match[str]) -> int:
    return numbers.count(match["count"])


def _full_date(match: re.Match[str], _: date, __: bool) -> Days:
    day = date(int(match["year"]), _MONTHS[match["month"]], int(match["day"]))
    return day, day


def _iso_date(match: re.Match[str], _: date, __: bool) -> Days:
    day = date.fromisoformat(match["iso"])
    return day, day


def _day_month(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest such day not after publication; with ``future``, the first one not before it."""
    month, number = _MONTHS[match["month"]], int(match["day"])
    day = date(anchor.year, month, number)
    if future and day < anchor:
        day = date(anchor.year + 1, month, number)
    if not future and day > anchor:
        day = date(anchor.year - 1, month, number)
    return day, day


def _month_only(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest such month that has begun by publication; with ``future``, the first one that has not ended by
    then."""
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
    return _years(int(match["year"]), int(match["year"]))


def _year_range(match: re.Match[str], _: date, __: bool) -> Days:
    first, last = int(match["first"]), int(match["last"])
    if first >= last:
        raise ValueError(f"{first} is not before {last}")
    return _years(first, last)


def _since_year(match: re.Match[str], _: date, __: bool) -> str:
    return f"{edtf.parse(match['year']).text}/.."


def _weekday(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The latest such weekday not after publication, which may be the day of publication itself."""
    day = anchor - timedelta((anchor.weekday() - _WEEKDAYS[match["weekday"]]) % 7)
    return day, day


def _days_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    day = anchor - timedelta(_count(match))
    return day, day


def _week(anchor: date, back: int) -> Days:
    """The ISO week, Monday to Sunday, that lies ``back`` weeks before that of the anchor."""
    monday = anchor - timedelta(anchor.weekday() + 7 * back)
    return monday, monday + timedelta(6)


def _weeks_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    return _week(anchor, _count(match))


def _this_or_last_week(match: re.Match[str], anchor: date, _: bool) -> Days:
    """ "This week" ends with the day of publication."""
    return _week(anchor, 1) if match["which"] == "last" else (_week(anchor, 0)[0], anchor)


def _years_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    year = anchor.year - (1 if match["last"] else _count(match))
    return _years(year, year)


def _part_of_last_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The end of a year is its last quarter, the beginning its first."""
    year = anchor.year - 1
    return (date(year, 10, 1), date(year, 12, 31)) if match["part"] == "end" else (date(year, 1, 1), date(year, 3, 31))


def _lasting(start: Span) -> Span:
    """A length of time that begins on a day of ``start``. Its end is as exact as its start: a day, a month or a
    year."""

    def span(match: re.Match[str], anchor: date, future: bool) -> Days:
        first, last = start(match, anchor, future)
        end = _later(last, _count(match), match["unit"]) - timedelta(1)
        if end < last:
            raise ValueError("a length of nothing")
        if first == last:
            return first, end
        return first, (_month(end.year, end.month) if (last - first).days < 31 else _years(end.year, end.year))[1]

    return span


def _later(day: date, count: int, unit: str) -> date:
    """The day that lies some days, weeks, months or years later; the last of its month where that month is shorter."""
    if unit in ("day", "week"):
        return day + timedelta(count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# -- the kinds of date words -------------------------------------------------------------------------------------------

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = rf"(?P<month>{'|'.join(_MONTHS)})"
_YEAR = r"(?P<year>\d{4})"
_COUNT = rf"(?P<count>{numbers.COUNT})"
_LENGTH = rf"for {_COUNT} (?P<unit>day|week|month|year)s?"

_FULL_DATE = (
    (r"(?:date )?(?P<iso>\d{4}-\d{2}-\d{2})", "stated", _iso_date),
    (rf"(?:on )?{_NAME} {_DAY},? {_YEAR}", "stated", _full_date),
    (rf"(?:on )?{_DAY} {_NAME},? {_YEAR}", "stated", _full_date),
)
_DAY_MONTH = (
    (rf"(?:on )?{_NAME} {_DAY}", "completed", _day_month),
    (rf"(?:on )?{_DAY} {_NAME}", "completed", _day_month),
)
_MONTH_YEAR = ((rf"(?:in )?{_NAME} {_YEAR}", "stated", _month_year),)
_MONTH = ((rf"(?:in |the )?{_NAME}", "completed", _month_only),)
_PLAIN_YEAR = ((rf"(?:in |the )?{_YEAR}", "stated", _plain_year),)


def _lengths() -> Iterable[Form]:
    """A length from each date that can start one: “for five days from 4 April 2019”, “from April 2019 for 14
    months”."""
    for pattern, basis, start in (*_FULL_DATE, *_DAY_MONTH, *_MONTH_YEAR, *_MONTH, *_PLAIN_YEAR):
        yield Form(rf"{_LENGTH},? (?:from|since|beginning|starting) {pattern}", basis, _lasting(start))
        yield Form(rf"(?:from|since) {pattern},? {_LENGTH}", basis, _lasting(start))


NO_CASE = "no case in the five texts"
#: In the order of the code list. No two forms match the same words.
KINDS = (
    DateWords(
        name="full_date",
        label="Day, month and year",
        definition="The words print day, month and year; the span is that day.",
        example="000: “June 23rd 2021”.",
        near_miss="001: “on June 23” lacks the year, so it is day_month.",
        forms=tuple(Form(*parts) for parts in _FULL_DATE),
        sample=("on June 23rd 2021", "2021-06-28", "2021-06-23"),
    ),
    DateWords(
        name="day_month",
        label="Day and month",
        definition=(
            "The words print day and month without a year; the span is that day in the year that fits the "
            "publication date"
            " and the tense."
        ),
        example="003: “On 7 June”.",
        near_miss="000: “June 23rd 2021” prints the year too, so it is full_date.",
        forms=tuple(Form(*parts) for parts in _DAY_MONTH),
        sample=("On 7 June", "2020-07-02", "2020-06-07"),
    ),
    DateWords(
        name="month_year",
        label="Month and year",
        definition=(
            "The words print a month without a day, and its year in figures or as 'last year'; the span is that "
            "calendar"
            " month."
        ),
        example="001: “In April 2019”.",
        near_miss="004: “in March” has no year, so it is month.",
        forms=(
            *(Form(*parts) for parts in _MONTH_YEAR),
            Form(rf"(?:in )?{_NAME} last year", "relative", _month_last_year),
        ),
        sample=("in April last year", "2021-06-20", "2020-04"),
    ),
    DateWords(
        name="month",
        label="Month alone",
        definition=(
            "The words print a month without day and year; the span is the latest such month that has begun by the"
            " publication date."
        ),
        example="001: “in October”.",
        near_miss="000: “next December” points forward, so it is next_month.",
        forms=tuple(Form(*parts) for parts in _MONTH),
        sample=("in October", "2021-06-20", "2020-10"),
    ),
    DateWords(
        name="year",
        label="Year",
        definition="The words print a year without month and day; the span is that calendar year.",
        example="004: “in 2011”.",
        near_miss=(
            "000: “closed since 2011 by Algeria” opens an interval at that year and does not date anything to it, so "
            "it is"
            " since_year."
        ),
        forms=tuple(Form(*parts) for parts in _PLAIN_YEAR),
        sample=("in 2011", "2020-05-08", "2011"),
    ),
    DateWords(
        name="year_range",
        label="From year to year",
        definition=(
            "The words print a first and a last year; the span runs from the start of the one to the end of the other."
        ),
        example=NO_CASE,
        near_miss="000: “since 2011” names one year as a start and no end, so it is since_year.",
        forms=(
            Form(r"(?:in )?(?P<first>\d{4})[-–](?P<last>\d{4})", "stated", _year_range),
            Form(r"(?:from )?(?P<first>\d{4}) (?:to|until|till|through) (?P<last>\d{4})", "stated", _year_range),
            Form(r"between (?P<first>\d{4}) and (?P<last>\d{4})", "stated", _year_range),
        ),
        sample=("from 2014 to 2020", "2021-06-20", "2014/2020"),
    ),
    DateWords(
        name="weekday",
        label="Weekday",
        definition=(
            "The words print the name of a weekday without a date; the span is the latest such day not after "
            "publication."
        ),
        example="003: “on Thursday”.",
        near_miss=(
            "002: “earlier this week” is counted from the publication date too, but names no weekday, so it is week."
        ),
        forms=(Form(rf"(?:earlier )?(?:on )?(?P<weekday>{'|'.join(_WEEKDAYS)})", "relative", _weekday),),
        sample=("On Thursday", "2019-11-17", "2019-11-14"),
    ),
    DateWords(
        name="days_ago",
        label="Some days ago",
        definition="The words give a number of days before publication; the span is that day.",
        example="002: “Three days ago”.",
        near_miss="002: “On Thursday” comes out at the same day, but is put as a weekday, so it is weekday.",
        forms=(Form(rf"{_COUNT} days? ago", "relative", _days_ago),),
        sample=("Three days ago", "2019-11-17", "2019-11-14"),
    ),
    DateWords(
        name="weeks_ago",
        label="Some weeks ago",
        definition=(
            "The words give a number of weeks before publication; the span is the ISO week that lies that many weeks "
            "before"
            " the week of publication."
        ),
        example=NO_CASE,
        near_miss="003: “last week” names the week before and gives no number of weeks, so it is week.",
        forms=(Form(rf"{_COUNT} weeks? ago", "relative", _weeks_ago),),
        sample=("two weeks ago", "2020-07-02", "2020-06-15/2020-06-21"),
    ),
    DateWords(
        name="week",
        label="Week of or before publication",
        definition="The words name this week or last week; the span is that ISO week, Monday to Sunday.",
        example="003: “last week”.",
        near_miss="002: “On Thursday” lies in the same days, but names a weekday, so it is weekday.",
        forms=(Form(r"(?:earlier )?(?P<which>this|last) week", "relative", _this_or_last_week),),
        sample=("last week", "2020-07-02", "2020-06-22/2020-06-28"),
    ),
    DateWords(
        name="years_ago",
        label="Some years ago",
        definition=(
            "The words give a number of years before publication, or are “last year”, which counts as one; the span is "
            "the calendar year that lies that many years back, unless the coder gives a reason for a narrower one."
        ),
        example="004: “Haftar launched an offensive a year ago”.",
        near_miss=(
            "001: “closed for several years” measures a length up to now and does not point to a year, so it is no "
            "date words but a quantity."
        ),
        forms=(Form(rf"(?:(?P<last>last) year|{_COUNT} years? ago)", "relative", _years_ago),),
        sample=("a year ago", "2020-05-08", "2019"),
    ),
    DateWords(
        name="part_of_year",
        label="Part of a year",
        definition=(
            "The words name a part of a year, such as its end; the span is the matching quarter, for the end the "
            "last one."
        ),
        example="001: “at the end of last year” is resolved to the last quarter of the year before.",
        near_miss="001: “in October” lies in the same quarter, but names the month, so it is month.",
        forms=(Form(r"(?:at )?(?:the )?(?P<part>end|beginning) of last year", "relative", _part_of_last_year),),
        sample=("at the end of last year", "2021-06-20", "2020-10/2020-12"),
    ),
    DateWords(
        name="next_month",
        label="Coming month",
        definition=(
            "The words name a month still to come, as next December; the span is the first such month after "
            "publication."
        ),
        example="000: “slated for next December”.",
        near_miss=(
            "001: “the December 24 presidential and parliamentary elections” names the same vote by its day, so it is"
            " day_month."
        ),
        forms=(Form(rf"next {_NAME}", "relative", _next_month),),
        sample=("next December", "2021-06-28", "2021-12"),
    ),
    DateWords(
        name="since_year",
        label="Since a year",
        definition=(
            "The words say that something has held since a year; the span is open at its end and begins with that year."
        ),
        example="000: “closed since 2011 by Algeria”.",
        near_miss="004: “in 2011” dates one act to that year and leaves nothing open, so it is year.",
        forms=(Form(rf"since {_YEAR}", "stated", _since_year),),
        sample=("Since 2014", "2020-05-08", "2014/.."),
    ),
    DateWords(
        name="duration",
        label="Length of time",
        definition=(
            "The words give how long something lasted; the span is that length, counted from a start that the text "
            "dates."
        ),
        example=NO_CASE,
        near_miss=(
            "001: “14-month campaign” gives a length, but the coder counts it from “In April 2019” and writes down "
            "how, so"
            " the rule is none."
        ),
        forms=tuple(_lengths()),
        sample=("for 14 months from April 2019", "2021-06-20", "2019-04/2020-06"),
    ),
)
