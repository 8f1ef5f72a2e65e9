"""Spans of days: months, years, ISO weeks, and what lies so many of them away."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from .. import edtf

#: First and last day.
Days = tuple[date, date]


def one(day: date) -> Days:
    """A single day."""
    return day, day


def month(year: int, number: int) -> Days:
    """A calendar month."""
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Days:
    """Some calendar months of a year."""
    return month(year, first)[0], month(year, last)[1]


def years(first: int, last: int | None = None) -> Days:
    """A calendar year, or all from a first to a last one."""
    return date(first, 1, 1), date(first if last is None else last, 12, 31)


def week(day: date, away: int = 0) -> Days:
    """The ISO week, Monday to Sunday, that lies so many weeks after that of a day; before it, where negative."""
    monday = day - timedelta(day.weekday() - 7 * away)
    return monday, monday + timedelta(6)


def later(day: date, count: int, unit: str) -> date:
    """The day that lies some days, weeks, months or years later; the last of its month where that month is shorter.

    >>> later(date(2021, 1, 31), 1, "month"), later(date(2020, 2, 29), -1, "year")
    (datetime.date(2021, 2, 28), datetime.date(2019, 2, 28))
    """
    if unit in ("day", "week"):
        return day + timedelta(count * (7 if unit == "week" else 1))
    number = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, index = divmod(number, 12)
    return date(year, index + 1, min(day.day, calendar.monthrange(year, index + 1)[1]))


def away(day: date, count: int, unit: str) -> Days:
    """The day, ISO week, calendar month or calendar year that lies so many of them after that of a day."""
    if unit == "day":
        return one(day + timedelta(count))
    if unit == "week":
        return week(day, count)
    there = later(day, count, unit)
    return month(there.year, there.month) if unit == "month" else years(there.year)


def hull(answers: list[Days | str]) -> str:
    """The shortest EDTF value that covers all answers; one that all of them share is kept as it is written. Raises
    ValueError when they are not open in the same way.

    >>> hull(["2014/..", "2014/.."]), hull(["2021-06-17/..", "2021-06-18/.."])
    ('2014/..', '2021-06-17/..')
    """
    values = [edtf.parse(answer if isinstance(answer, str) else edtf.hull([answer])) for answer in answers]
    if len({value.text for value in values}) == 1:
        return values[0].text
    openings = {(value.text.split("/")[0] if value.start is None else None) for value in values}
    endings = {(value.text.split("/")[-1] if value.end is None else None) for value in values}
    if len(openings) > 1 or len(endings) > 1:
        raise ValueError("dates that are not open in the same way")
    starts = [value.start for value in values if value.start]
    ends = [value.end for value in values if value.end]
    if starts and ends:
        return edtf.hull([(min(starts), max(ends))])
    return f"{min(starts) if starts else openings.pop()}/{max(ends) if ends else endings.pop()}"


def first_of(value: str) -> str:
    """How an interval begins that begins with an EDTF value. Raises ValueError where its beginning is not known.

    >>> first_of("2020-06-22/2020-06-28"), first_of("2020-34"), first_of("2020")
    ('2020-06-22', '2020-04-01', '2020')
    """
    return _end_of(value, 0)


def last_of(value: str) -> str:
    """How an interval ends that ends with an EDTF value. Raises ValueError where its end is not known."""
    return _end_of(value, -1)


def _end_of(value: str, index: int) -> str:
    span, part = edtf.parse(value), value.split("/")[index]
    if span.start is None or span.end is None:
        raise ValueError(f"{value} is open")
    edge = span.end if index else span.start
    if edtf.is_end(part):
        return part
    return edge.isoformat()[: 4 if part.endswith("X") and "-" not in part else 10]  # decades and centuries


def beside(value: str, step: int) -> str:
    """The day, month or year before (-1) or after (1) a value, as exact as the value is.

    >>> beside("2014", -1), beside("2020-12", 1), beside("2020-06-22/2020-06-28", 1)
    ('2013', '2021-01', '2020-06-29')
    """
    text = last_of(value) if step > 0 else first_of(value)
    span = edtf.parse(text)
    edge = span.end if step > 0 else span.start
    assert edge is not None
    return (edge + timedelta(step)).isoformat()[: len(text.rstrip("?~%"))]
