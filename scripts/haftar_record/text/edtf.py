"""Read a date value: the part of EDTF (ISO 8601-2:2019, Library of Congress specification) that the record uses.

Level 0 dates (``2021``, ``2021-06``, ``2021-06-19``), level 1 unspecified digits (``201X``, ``20XX``,
``2021-XX``, ``2021-06-XX``, ``2021-XX-XX``), level 1 qualifiers (``?``, ``~``, ``%`` at the end of a date without X),
level 1 seasons (``2021-21`` to ``2021-24``), level 2 quarters and halves of a year (``2021-33`` to ``2021-36``,
``2021-40``, ``2021-41``), and intervals (``a/b``) of plain dates, with an open (``..``) or unknown (empty) end.
Times and negative years are refused: no news report needs them.

A season is read as its three months in the northern half of the earth. EDTF does not say whether the winter of a year
is the one that ends in it or the one that begins: it is read as either.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

#: Names of the months. Those of the module calendar change with the locale of the process.
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WHOLE = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?[?~%]?"
_UNSPECIFIED = r"[0-9]{4}-[0-9]{2}-XX|[0-9]{4}-XX(?:-XX)?|[0-9]{3}X|[0-9]{2}XX"
_DATE = rf"(?:{_WHOLE}|{_UNSPECIFIED})"
#: First and last month of the parts of a year that have a number (ISO 8601-2, 4.8): seasons, quarters, halves.
_PARTS = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    40: (1, 6),
    41: (7, 12),
}
_WINTER = 24
#: What a value looks like, in words.
FORM = "EDTF such as 2021, 2021-06, 2021-06-19, 2019~ or 2019-04/2020-06"
#: Pattern for a Table Schema. It bounds the form; ``parse`` also knows the calendar.
PATTERN = rf"(?:{_DATE}|{_WHOLE}/(?:{_WHOLE}|\.\.)?|(?:\.\.)?/{_WHOLE})"
_SINGLE = re.compile(_DATE, re.ASCII)
_END = re.compile(_WHOLE, re.ASCII)


@dataclass(frozen=True)
class Edtf:
    """A date value: ``start`` and ``end`` are the first and last day that it allows, None where they are open or
    unknown."""

    text: str
    start: date | None
    end: date | None

    def may_overlap(self, other: Edtf) -> bool:
        """Whether a day may belong to both; an end that is open or unknown has no limit.

        >>> parse("2021/..").may_overlap(parse("2020-03-21")), parse("2016/2021").may_overlap(parse("2021-06"))
        (False, True)
        """
        start = max(self.start or date.min, other.start or date.min)
        return start <= min(self.end or date.max, other.end or date.max)

    @property
    def days(self) -> int | None:
        """The number of days that the value allows; None where an end is open or unknown."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    @property
    def precision(self) -> int:
        """UCDP GED date_prec by length: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year.

        6 is ours: longer than a year, or an end that is not known.
        """
        days = self.days
        if days is None:
            return 6
        for limit, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)):
            if days <= limit:
                return code
        return 6

    def within(self, other: Edtf) -> bool:
        """Whether every day of this value is a day of the other."""
        low = other.start is None or (self.start is not None and self.start >= other.start)
        high = other.end is None or (self.end is not None and self.end <= other.end)
        return low and high

    def overlaps(self, other: Edtf) -> bool:
        """Whether some day may be a day of both values; an open or unknown end excludes none."""
        low = self.end is None or other.start is None or self.end >= other.start
        high = self.start is None or other.end is None or self.start <= other.end
        return low and high

    def each_day(self, limit: int = 400) -> list[date]:
        """All days in order; none when an end is open or unknown, or when there are more than ``limit``."""
        if self.start is None or self.days is None or self.days > limit:
            return []
        return [self.start + timedelta(n) for n in range(self.days)]


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Read an EDTF value. Raises ValueError, whose text says what was expected instead.

    >>> parse("2021-06/2021-07").end
    datetime.date(2021, 7, 31)
    """
    if len(text) > 30:
        raise ValueError("an EDTF value of at most 30 characters")
    if "/" not in text:
        return Edtf(text, *_single(text))
    left, right, *rest = text.split("/")
    if rest or (left in ("", "..") and right in ("", "..")):
        raise ValueError("an interval with one “/” and at least one date")
    first = None if left in ("", "..") else _end(left)
    last = None if right in ("", "..") else _end(right)
    if first and last and first[0] > last[0]:
        raise ValueError(f"an interval that does not end ({right}) before it starts ({left})")
    return Edtf(text, first and first[0], last and last[1])


def _single(text: str, form: re.Pattern[str] = _SINGLE) -> tuple[date, date]:
    if not form.fullmatch(text):
        raise ValueError(FORM)
    body = text.rstrip("?~%")
    year, month, day = (body.split("-") + ["", ""])[:3]
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low == 0:
        raise ValueError("a year from 0001 on, not 0000")
    if month in ("", "XX"):
        return date(low, 1, 1), date(high, 12, 31)
    if not day and (span := part_of_year(low, int(month))):
        if body != text and int(month) > _WINTER:
            raise ValueError(f"{body} without {text[-1]}, since only a season may have it")
        return span
    if not 1 <= int(month) <= 12:
        raise ValueError(f"a month from 01 to 12, not {month}")
    last = last_day(low, int(month))
    if day in ("", "XX"):
        return date(low, int(month), 1), date(low, int(month), last)
    if not 1 <= int(day) <= last:
        raise ValueError(f"a day from 01 to {last} in {MONTHS[int(month) - 1]} {low}, not {day}")
    exact = date(low, int(month), int(day))
    return exact, exact


def _end(text: str) -> tuple[date, date]:
    """First and last day of an end of an interval, which is no part of a year that has a number."""
    if (match := re.fullmatch(r"[0-9]{4}-([2-9][0-9])[?~%]?", text)) and match[1] != "20":
        raise ValueError(f"an interval of days, months or years, not of {text}")
    return _single(text, _END)


def is_end(text: str) -> bool:
    """Whether a value may stand at an end of an interval."""
    try:
        return bool(_end(text))
    except ValueError:
        return False


def part_of_year(year: int, number: int) -> tuple[date, date] | None:
    """First and last day of a season, quarter or half of a year by its number; None for a number that has none. Raises
    ValueError for a winter that goes on after the year 9999."""
    if number == _WINTER:
        return date(year, 1, 1), date(year + 1, 2, last_day(year + 1, 2))
    if number not in _PARTS:
        return None
    first, last = _PARTS[number]
    return date(year, first, 1), date(year, last, last_day(year, last))


def last_day(year: int, month: int) -> int:
    """The number of the last day of a month."""
    return calendar.monthrange(year, month)[1]


def hull(values: list[tuple[date, date]]) -> str:
    """The shortest EDTF value that covers all of the given spans of first and last day.

    >>> hull([(date(2021, 6, 1), date(2021, 6, 30))])
    '2021-06'
    """
    start, end = min(low for low, _ in values), max(high for _, high in values)
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year:04d}" if start.year == end.year else f"{start.year:04d}/{end.year:04d}"
    whole_months = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if whole_months and (start.year, start.month) == (end.year, end.month):
        return start.isoformat()[:7]
    if whole_months:
        return f"{start.isoformat()[:7]}/{end.isoformat()[:7]}"
    return f"{start.isoformat()}/{end.isoformat()}"
