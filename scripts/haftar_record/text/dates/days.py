"""Words for a day: dates in full or in part, weekdays, today and its neighbours, days ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .. import edtf
from . import words
from .forms import NO_CASE, Compound, DateWords, Form, Read, Unsure
from .spans import Days, away, later, one
from .words import COUNT, DAY, MONTH, NUMBERED, UNIT, WEEKDAY, YEAR, count_of, day_of, month_of

_DM = rf"(?:the )?{DAY}(?: of |[ -]){MONTH}"
_MD = rf"{MONTH}[ -](?:the )?{DAY}"
_ON = rf"(?:{WEEKDAY}(?: the)? )?"


def _on_its_weekday(match: re.Match[str], day: date) -> Days:
    """The day, if it is the weekday that is printed beside it."""
    name = match.groupdict().get("weekday")
    if name and words.WEEKDAYS[name] != day.weekday():
        raise Unsure(f"{day} was a {WEEKDAY_NAMES[day.weekday()]}, not a {name.capitalize()}")
    return one(day)


WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unsure(f"there is no day {day} of month {month} in {year}") from None


def _full(match: re.Match[str], _: date, __: bool) -> Days:
    return _on_its_weekday(match, _date(int(match["year"]), month_of(match), day_of(match)))


def _iso(match: re.Match[str], _: date, __: bool) -> Days:
    return _on_its_weekday(match, _date(*(int(match[name]) for name in ("year", "second", "third"))))


def _figures(match: re.Match[str], _: date, __: bool) -> Days:
    """Day and month in figures, in the order that a calendar allows. Raises Unsure where it allows two."""
    year, one_, two = (int(match[name]) for name in ("year", "first", "second"))
    found = set()
    for day, month in ((one_, two), (two, one_)):
        if 1 <= month <= 12 and 1 <= day <= edtf.last_day(year, month):
            found.add(date(year, month, day))
    if len(found) != 1:
        readings = " or ".join(f"{day.day} {edtf.MONTHS[day.month - 1]}" for day in sorted(found))
        raise Unsure(f"the figures can mean {readings}" if found else "the figures are no day of the calendar")
    return _on_its_weekday(match, found.pop())


FULL_DATE = (
    Form(rf"{_ON}(?P<year>\d{{4}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<third>\d{{1,2}})", "stated", _iso),
    Form(
        rf"{_ON}(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark)(?P<year>\d{{4}})", "stated", _figures
    ),
    Form(rf"{_ON}{_MD} {YEAR}", "stated", _full),
    Form(rf"{_ON}{YEAR} {_MD}", "stated", _full),
    Form(rf"{_ON}{_DM}[ -]{YEAR}", "stated", _full),
)


def in_direction(anchor: date, future: bool, candidates: list[date]) -> date:
    """Of days in order, the latest that is not after the anchor, or, ahead, the first that is not before it. Raises
    Unsure where there is none."""
    found = [day for day in candidates if (day >= anchor if future else day <= anchor)]
    if not found:
        raise Unsure("no calendar near the publication date has such a day")
    return found[0] if future else found[-1]


def _day_month(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest such day not after publication; ahead, the first one not before it. 29 February may be years away."""
    month, number, which = month_of(match), day_of(match), match["which"]
    if which == "this":
        return _on_its_weekday(match, _date(anchor.year, month, number))
    if which:  # neither is the day of publication
        future = which == "next"
        anchor += timedelta(1 if future else -1)
    years = range(max(anchor.year - 8, date.min.year), min(anchor.year + 8, date.max.year) + 1)
    days = [date(year, month, number) for year in years if 1 <= number <= edtf.last_day(year, month)]
    return _on_its_weekday(match, in_direction(anchor, future, days))


def _day_of_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    """Day and month of the year before, of or after publication."""
    year = anchor.year + {"last": -1, "this": 0, "next": 1}[match["year"]]
    return _on_its_weekday(match, _date(year, month_of(match), day_of(match)))


def _day_alone(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest day of this number not after publication; ahead, the first one; or that of the month named."""
    number, which = day_of(match), match.groupdict().get("which")
    if which in ("last", "this", "next"):
        month = later(anchor.replace(day=1), {"last": -1, "this": 0, "next": 1}[which], "month")
        return one(_date(month.year, month.month, number))
    months = [later(anchor.replace(day=1), step, "month") for step in range(-3, 4)]
    days = [month.replace(day=number) for month in months if number <= edtf.last_day(month.year, month.month)]
    return _on_its_weekday(match, in_direction(anchor, future, days))


_NEAR = {"yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1}


def _relative_day(match: re.Match[str], anchor: date, _: bool) -> Days:
    return one(anchor + timedelta(_NEAR.get(match["near"], 0)))


def _weekday(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest such weekday not after publication, which may be the day of publication itself; ahead, the first not
    before it. “Last” excludes the day of publication, and so does “next”, which points ahead by itself."""
    which, number = match["which"], words.WEEKDAYS[match["weekday"]]
    if which in ("next", "coming", "this coming"):
        return one(anchor + timedelta((number - anchor.weekday() - 1) % 7 + 1))
    if which in ("last", "past", "this past", "this last"):
        return one(anchor - timedelta((anchor.weekday() - number - 1) % 7 + 1))
    back = (anchor.weekday() - number) % 7
    return one(anchor + timedelta(-back % 7) if future else anchor - timedelta(back))


def _second_weekday(match: re.Match[str], anchor: date, _: bool) -> Days:
    """A week before the last, or after the next, of such weekdays."""
    number = words.WEEKDAYS[match["weekday"]]
    if match["way"] == "before last":
        return one(anchor - timedelta((anchor.weekday() - number - 1) % 7 + 8))
    return one(anchor + timedelta((number - anchor.weekday() - 1) % 7 + 8))


def _weekday_weeks_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    """So many weeks before the latest such weekday, which is that of the ISO week so many back. Raises Unsure where the
    latest lies in the week before that of publication: then these are two days."""
    back = (anchor.weekday() - words.WEEKDAYS[match["weekday"]]) % 7
    day = anchor - timedelta(back + 7 * _weeks(match))
    if back > anchor.weekday():
        raise Unsure(f"the words can mean {day} or {day + timedelta(7)}")
    return one(day)


def _weekday_weeks_ahead(match: re.Match[str], anchor: date, _: bool) -> Days:
    """So many weeks after the next such weekday. Raises Unsure on that very weekday, which may be left out or not."""
    ahead = (words.WEEKDAYS[match["weekday"]] - anchor.weekday()) % 7
    if not ahead:
        raise Unsure("the words were published on that very weekday")
    return one(anchor + timedelta(ahead + 7 * _weeks(match)))


def _weeks(match: re.Match[str]) -> int:
    count = count_of(match) if match.groupdict().get("count") else 1
    return count * (2 if match["unit"] == "fortnight" else 1)


def _weekday_of_week(match: re.Match[str], anchor: date, _: bool) -> Days:
    monday = away(anchor, {"last": -1, "this": 0, "next": 1}[match["week"]], "week")[0]
    return one(monday + timedelta(words.WEEKDAYS[match["weekday"]]))


_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def _in_month(match: re.Match[str], anchor: date, future: bool, read: Read) -> tuple[Days, str]:
    """A day of a month or year by its place: the first, the last, or one of those with the name of a weekday. Of a
    month without a year it is the latest such day that is not after publication; ahead, the first one not before it."""
    inside = read(match["inside"])
    span, name = edtf.parse(inside.edtf), match.groupdict().get("weekday")
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", inside.edtf) or span.start is None:
        raise Unsure(f"“{match['inside']}” is no month or year")
    steps = (-1, 0, 1) if inside.basis == "completed" else (0,)
    days = [_placed(later(span.start, step, "year"), len(inside.edtf) == 7, match["place"], name) for step in steps]
    return one(in_direction(anchor, future, days) if len(days) > 1 else days[0]), inside.basis


def _placed(first: date, is_month: bool, place: str, weekday: str | None) -> date:
    """The day with a place in the month or year that begins with a day, among those with the name of a weekday."""
    days = edtf.parse(first.isoformat()[: 7 if is_month else 4]).each_day()
    if weekday:
        days = [day for day in days if day.weekday() == words.WEEKDAYS[weekday]]
    return days[_PLACES[place]]


def _ago_today(match: re.Match[str], anchor: date, _: bool) -> Days:
    return one(later(anchor, -count_of(match), match["unit"]))


def _days_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    return one(anchor - timedelta(count_of(match)))


def _hours_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The hour of publication is not known: so many whole days back, and one more where hours are left."""
    days, rest = divmod(count_of(match), 24)
    return anchor - timedelta(days + bool(rest)), anchor - timedelta(days)


_WHICH = r"(?:(?P<which>last|past|this past|this last|this|next|coming|this coming) )?"
_WEEKS = r"(?P<unit>week|fortnight)"
KINDS = (
    DateWords(
        name="full_date",
        label="Day, month and year",
        definition=(
            "The words print day, month and year; the span is that day. Of figures alone, day and month are read "
            "only where the calendar allows one order. A weekday beside it has to be that of the day."
        ),
        example="000: “June 23rd 2021”.",
        near_miss="001: “on June 23” lacks the year, so it is day_month.",
        forms=FULL_DATE,
        sample=("on June 23rd 2021", "2021-06-28", "2021-06-23"),
    ),
    DateWords(
        name="day_month",
        label="Day and month",
        definition=(
            "The words print day and month without a year in figures; the span is the latest such day that is not after "
            "the publication date, and the first one that is not before it where the words point ahead, or that of "
            "this, last or next year."
        ),
        example="003: “On 7 June”.",
        near_miss="000: “June 23rd 2021” prints the year too, so it is full_date.",
        forms=(
            *(Form(rf"{_ON}(?:(?P<which>last|this|next) )?{one}", "completed", _day_month) for one in (_MD, _DM)),
            *(
                Form(rf"{_ON}{one} (?:of )?(?P<year>last|this|next) year", "relative", _day_of_year)
                for one in (_MD, _DM)
            ),
        ),
        sample=("On 7 June", "2020-07-02", "2020-06-07"),
    ),
    DateWords(
        name="day_alone",
        label="Day of a month",
        definition=(
            "The words print the number of a day alone (“the 15th”), or with this, last or next month, or call it the "
            "first or last of a month or year; the span is the latest such day that is not after the publication date, "
            "ahead the first one that is not before it, or that of the month or year named."
        ),
        example=NO_CASE,
        near_miss="003: “On 7 June” prints the month, so it is day_month.",
        forms=(
            Form(rf"{_ON}the {NUMBERED}", "completed", _day_alone),
            Form(rf"{WEEKDAY} {NUMBERED}", "completed", _day_alone),
            Form(rf"(?:the )?{NUMBERED} of (?P<which>last|this|next|the) month", "relative", _day_alone),
            Compound(r"(?:the )?(?:very )?(?P<place>first|last) day of (?P<inside>\S.*)", compose=_in_month),
        ),
        sample=("on the 15th", "2020-07-02", "2020-06-15"),
    ),
    DateWords(
        name="weekday",
        label="Weekday",
        definition=(
            "The words print the name of a weekday without a date; the span is the latest such day not after "
            "publication, and where the words point ahead the first one not before it. “Last” and “next” leave out "
            "the day of publication itself; “Friday of last week” is counted by ISO weeks, “the last Friday of March” "
            "within the month, “a week ago Friday” and “Friday week” from the nearest Friday. The time of day is left out."
        ),
        example="003: “on Thursday”.",
        near_miss=(
            "002: “earlier this week” is counted from the publication date too, but names no weekday, so it is week."
        ),
        forms=(
            Form(rf"(?:(?:earlier|later|early|late) (?:on )?)?{_WHICH}{WEEKDAY}", "relative", _weekday),
            Form(rf"{WEEKDAY} (?P<which>last|next)", "relative", _weekday),
            Form(rf"{WEEKDAY} (?P<way>before last|after next)", "relative", _second_weekday),
            Form(rf"{WEEKDAY} (?:of )?(?P<week>last|this|next) week", "relative", _weekday_of_week),
            Form(rf"(?P<week>last|this|next) week(?: on)? {WEEKDAY}", "relative", _weekday_of_week),
            Form(rf"{COUNT} {_WEEKS}s? ago(?: on)? {WEEKDAY}", "relative", _weekday_weeks_ago),
            Form(rf"{WEEKDAY} {COUNT} {_WEEKS}s? ago", "relative", _weekday_weeks_ago),
            Form(rf"{COUNT} {_WEEKS}s? (?:from|on)(?: next)? {WEEKDAY}", "relative", _weekday_weeks_ahead),
            Form(rf"{WEEKDAY} {_WEEKS}", "relative", _weekday_weeks_ahead),
            Compound(
                rf"(?:the )?(?P<place>first|second|third|fourth|last) {WEEKDAY} (?:of|in) (?P<inside>\S.*)",
                compose=_in_month,
            ),
        ),
        sample=("On Thursday", "2019-11-17", "2019-11-14"),
    ),
    DateWords(
        name="relative_day",
        label="Today and the days beside it",
        definition="The words are today, tonight, this morning, yesterday, last night, tomorrow; the span is that day.",
        example=NO_CASE,
        near_miss="002: “On Thursday” may be the day of publication too, but names a weekday, so it is weekday.",
        forms=(
            Form(
                r"(?:(?:earlier|later|early|late) )?(?P<near>today|tonight|yesterday|tomorrow|last (?:night|evening)"
                r"|this (?:morning|lunchtime|afternoon|evening))",
                "relative",
                _relative_day,
            ),
        ),
        sample=("yesterday", "2022-03-12", "2022-03-11"),
    ),
    DateWords(
        name="days_ago",
        label="Some days ago",
        definition=(
            "The words give a number of days before publication; the span is that day. Hours are counted as whole "
            "days, and the day before where some are left. “A year ago today” is that day of the year before."
        ),
        example="002: “Three days ago”.",
        near_miss="002: “On Thursday” comes out at the same day, but is put as a weekday, so it is weekday.",
        forms=(
            Form(rf"{COUNT} days? ago", "relative", _days_ago),
            Form(rf"{COUNT} hours? ago", "relative", _hours_ago),
            Form(rf"{COUNT} {UNIT} ago today", "relative", _ago_today),
        ),
        sample=("Three days ago", "2019-11-17", "2019-11-14"),
    ),
)
