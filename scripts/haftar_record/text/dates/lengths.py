"""Words that give a length of time: from a date, up to publication, from publication on, and how far ahead."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .. import edtf
from .forms import NO_CASE, Compound, DateWords, Form, Read, Unsure
from .spans import Days, away, later, month, one, years
from .words import COUNT, UNIT, count_of


def _lasting(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[str, str]:
    """A length of time that begins on a day of other words. Its end is as exact as its start: a day, a month or a
    year."""
    inside = read(match["inside"])
    span = edtf.parse(inside.edtf)
    first, last = span.start, span.end
    if first is None or last is None or not re.fullmatch(r"\d{4}(-\d\d){0,2}", inside.edtf):
        raise Unsure(f"“{match['inside']}” is no day, month or year")
    end = later(last, count_of(match), match["unit"]) - timedelta(1)
    if end < last:
        raise Unsure("a length of nothing")
    if first != last:
        end = (month(end.year, end.month) if len(inside.edtf) == 7 else years(end.year))[1]
    return edtf.hull([(first, end)]), inside.basis


def _length(match: re.Match[str]) -> tuple[int, str]:
    """A number of days, weeks, months or years: hours as the days that they begin, decades as ten years."""
    count = count_of(match) if match["count"] else 1
    unit = match["unit"]
    if unit == "hour":
        return -(-count // 24), "day"
    return {"fortnight": (2 * count, "week"), "decade": (10 * count, "year")}.get(unit, (count, unit))


def _until_now(match: re.Match[str], anchor: date, _: bool) -> str:
    """Up to the day of publication. The beginning is as exact as the unit: a day, a month or a year."""
    count, unit = _length(match)
    return f"{_exact(later(anchor, -count, unit), unit)}/{anchor.isoformat()}"


def _from_now(match: re.Match[str], anchor: date, _: bool) -> str:
    """From the day of publication on."""
    count, unit = _length(match)
    return f"{anchor.isoformat()}/{_exact(later(anchor, count, unit), unit)}"


def _within(match: re.Match[str], anchor: date, future: bool) -> str:
    if not future:
        raise Unsure("it is a length of time, unless the words point ahead (“future:”)")
    return _from_now(match, anchor, future)


def _exact(day: date, unit: str) -> str:
    return day.isoformat()[: {"month": 7, "year": 4}.get(unit, 10)]


def _from_now_open(_: re.Match[str], anchor: date, __: bool) -> str:
    return f"{anchor.isoformat()}/"


def _ahead(match: re.Match[str], anchor: date, _: bool) -> str:
    """The day, ISO week, calendar month or calendar year that lies so many ahead."""
    count, unit = _length(match)
    return edtf.hull([away(anchor, count, unit)])


def _from_a_day(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The day that lies so many ahead of today or tomorrow."""
    count, unit = _length(match)
    return one(later(anchor, count, unit) + timedelta(match["near"] == "tomorrow"))


def _in(match: re.Match[str], anchor: date, future: bool) -> str:
    if not future:
        raise Unsure("it is how long something took, unless the words point ahead (“future:”)")
    return _ahead(match, anchor, future)


_START = r"(?:(?:on|in) )?(?:the )?(?P<inside>\S.*)"
_UNITS = r"(?P<unit>hour|day|week|fortnight|month|year|decade)s?"
_OVER = r"(?:(?:for|in|over|during|within) )?(?:the )?"
_VAGUE = r"(?:days|weeks|months|years|decades)"
KINDS = (
    DateWords(
        name="duration",
        label="Length of time from a date",
        definition=(
            "The words give how long something lasted; the span is that length, counted from a start that the text "
            "dates."
        ),
        example=NO_CASE,
        near_miss=(
            "001: “14-month campaign” gives a length, but the coder counts it from “In April 2019” and writes down "
            "how, so the rule is none."
        ),
        forms=(
            Compound(
                rf"for {COUNT} {UNIT} (?:from|since|beginning|starting) {_START}",
                compose=_lasting,
            ),
            Compound(rf"(?:from|since) {_START} for {COUNT} {UNIT}", compose=_lasting),
        ),
        sample=("for 14 months from April 2019", "2021-06-20", "2019-04/2020-06"),
    ),
    DateWords(
        name="until_now",
        label="Length of time up to publication",
        definition=(
            "The words give a length of time that ends with publication, as “the past two weeks”; the span begins so "
            "many days or weeks before that day, or in the month or year that lies so many back."
        ),
        example=NO_CASE,
        near_miss="003: “last week” names the week before and not the seven days up to publication, so it is week.",
        forms=(
            Form(rf"{_OVER}(?:this )?past (?:{COUNT} )?{_UNITS}", "relative", _until_now),
            Form(rf"{_OVER}(?:last|previous) {COUNT} {_UNITS}", "relative", _until_now),
        ),
        sample=("over the past two weeks", "2022-03-12", "2022-02-26/2022-03-12"),
    ),
    DateWords(
        name="from_now",
        label="Length of time from publication on",
        definition=(
            "The words give a length of time that begins with publication, as “the next two weeks”; the span ends so "
            "many days or weeks later, or in the month or year that lies so many ahead. Without a number (“the coming "
            "days”) its end is not known."
        ),
        example=NO_CASE,
        near_miss="000: “next December” names the month that comes, so it is next_month.",
        forms=(
            Form(rf"{_OVER}(?:next|coming) {COUNT} {_UNITS}", "relative", _from_now),
            Form(rf"{_OVER}coming (?P<count>)(?P<unit>week|month|year)", "relative", _from_now),
            Form(rf"within (?:the )?{COUNT} {_UNITS}", "relative", _within),
            Form(rf"{_OVER}(?:next|coming) (?:few |couple of |several )?{_VAGUE}", "relative", _from_now_open),
            Form(rf"{_OVER}{_VAGUE} (?:ahead|to come)", "relative", _from_now_open),
        ),
        sample=("in the coming days", "2022-03-12", "2022-03-12/"),
    ),
    DateWords(
        name="ahead",
        label="Some time ahead",
        definition=(
            "The words give a number of days, weeks, months or years after publication; the span is that day, ISO "
            "week, calendar month or year. “A week from today” is a day. “In three days” is read only where the words "
            "point ahead."
        ),
        example=NO_CASE,
        near_miss="000: “next December” names a month and no number of months, so it is next_month.",
        forms=(
            Form(rf"(?:in )?{COUNT} {_UNITS} (?:from now|hence)", "relative", _ahead),
            Form(rf"{COUNT} {_UNITS} from (?P<near>today|tomorrow)", "relative", _from_a_day),
            Form(r"(?P<count>a) (?P<unit>week|fortnight) (?P<near>today|tomorrow)", "relative", _from_a_day),
            Form(rf"in {COUNT} {_UNITS}(?:'s?)? time", "relative", _ahead),
            Form(rf"in {COUNT} {_UNITS}", "relative", _in),
        ),
        sample=("two weeks from now", "2022-03-12", "2022-03-21/2022-03-27"),
    ),
)
