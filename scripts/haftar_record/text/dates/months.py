"""Words for a month or a part of one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .. import edtf
from .forms import NO_CASE, Compound, DateWords, Form, Read, Unsure
from .spans import Days, away, later, month
from .weeks import cut
from .words import COUNT, MONTH, YEAR, count_of, month_of

STEP = {"last": -1, "this": 0, "next": 1}
_SAME = {
    "end of": "late", "close of": "late", "beginning of": "early", "start of": "early", "middle of": "mid",
    "first days of": "early", "last days of": "late", "final days of": "late",
}  # fmt: skip
#: Words for a part of something, as a pattern.
PART = (
    r"(?:the )?(?P<part>early(?: in)?|late(?: in)?|mid|middle of|end of|close of|beginning of|start of"
    r"|(?:first|last|final) days of)[ -]?(?:the month of )?"
)


def part_of(match: re.Match[str]) -> str:
    """The part that words name: early, mid, or late."""
    return _SAME.get(match["part"], match["part"].removesuffix(" in"))


def _month(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The latest such month that has begun by publication; ahead, the first one that has not ended by then. “Last” is
    never the month of publication, “this” that of the year of publication."""
    number, which = month_of(match), match["which"]
    year = anchor.year
    if which in ("last", "past", "this past"):
        year -= number >= anchor.month
    elif which != "this":
        year += (number < anchor.month) if future else -(number > anchor.month)
    return month(year, number)


def _next_month(match: re.Match[str], anchor: date, _: bool) -> Days:
    number = month_of(match)
    return month(anchor.year + (number <= anchor.month), number)


def _month_year(match: re.Match[str], _: date, __: bool) -> Days:
    return month(int(match["year"]), month_of(match))


def _figures(match: re.Match[str], _: date, __: bool) -> Days:
    number = int(match["number"])
    if not 1 <= number <= 12:
        raise Unsure(f"there is no month {number}")
    return month(int(match["year"]), number)


def _month_of_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    return month(anchor.year + STEP[match["which"]], month_of(match))


def _relative_month(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The calendar month; earlier or later this month ends or begins with the day of publication."""
    part = match["part"]
    span = away(anchor, STEP[match["which"]], "month")
    if part in ("earlier", "later") and match["which"] == "this":
        return cut(span, anchor, part == "later")
    return span


def _second_month(match: re.Match[str], anchor: date, _: bool) -> Days:
    return away(anchor, -2 if match["way"] == "before last" else 2, "month")


def _months_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    return away(anchor, -count_of(match), "month")


def _years_and_a_half_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    return away(anchor, -12 * (count_of(match) if match["count"] else 1) - 6, "month")


def _half_a_year_ago(_: re.Match[str], anchor: date, __: bool) -> Days:
    return away(anchor, -6, "month")


#: First and last day of the parts of a month; 31 stands for its last one.
_DAYS = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "first half of": (1, 15), "second half of": (16, 31),
    "first week of": (1, 7), "second week of": (8, 14), "third week of": (15, 21), "fourth week of": (22, 28),
}  # fmt: skip


def part_of_a_month(name: str, of: date) -> Days:
    """A part of the month of a day."""
    end = edtf.last_day(of.year, of.month)
    first, last = (end - 6, end) if name in ("last week of", "final week of") else _DAYS[name]
    return of.replace(day=first), of.replace(day=min(last, end))


def _part_of_month(match: re.Match[str], anchor: date, future: bool, read: Read) -> tuple[Days, str]:
    """A part of the month that other words name. Where they name it without a year, it is the latest such part that
    has begun by publication, ahead the first that is not over."""
    inside = match["inside"]
    if inside in ("the month", "month"):
        found, basis = away(anchor, 0, "month")[0], "relative"
    else:
        resolved = read(inside)
        if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", resolved.edtf):
            raise Unsure(f"“{inside}” is not a month")
        found, basis = date.fromisoformat(f"{resolved.edtf}-01"), resolved.basis
    name = part_of(match)
    span = part_of_a_month(name, found)
    if inside in ("the month", "month"):
        cut(span, anchor, future)
    if basis == "completed" and " " not in inside:
        if future and span[1] < anchor:
            span = part_of_a_month(name, later(found, 1, "year"))
        elif not future and span[0] > anchor:
            span = part_of_a_month(name, later(found, -1, "year"))
    return span, basis


def _some_days(match: re.Match[str], _: date, future: bool, read: Read) -> tuple[Days, str]:
    """The first or last days or weeks of a month, by their number."""
    inside, count = read(match["inside"]), count_of(match) * (7 if match["unit"] == "week" else 1)
    span = edtf.parse(inside.edtf)
    if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", inside.edtf) or span.start is None or span.end is None:
        raise Unsure(f"“{match['inside']}” is not a month")
    if not 1 <= count <= span.days:
        raise Unsure(f"{inside.edtf} has no {count} days")
    if match["end"] == "first":
        return (span.start, span.start + timedelta(count - 1)), inside.basis
    return (span.end - timedelta(count - 1), span.end), inside.basis


_NAMED = rf"{MONTH.replace('?P<month>', '?:')}(?: (?:of )?(?:\d{{4}}|(?:last|this|next) year))?"
_INSIDE = rf"(?P<inside>(?:last |this |next )?{_NAMED}|(?:last|this|next|the)? ?month)"
KINDS = (
    DateWords(
        name="month_year",
        label="Month and year",
        definition=(
            "The words print a month without a day, and its year in figures or as this, last or next year; the span "
            "is that calendar month."
        ),
        example="001: “In April 2019”.",
        near_miss="004: “in March” has no year, so it is month.",
        forms=(
            Form(rf"(?:month of )?{MONTH}(?: of |[ -]){YEAR}", "stated", _month_year),
            Form(r"(?P<number>\d{1,2})/(?P<year>\d{4})", "stated", _figures),
            Form(rf"{MONTH} (?:of )?(?P<which>last|this|next) year", "relative", _month_of_year),
        ),
        sample=("in April last year", "2021-06-20", "2020-04"),
    ),
    DateWords(
        name="month",
        label="Month alone",
        definition=(
            "The words print a month without day and year; the span is the latest such month that has begun by the "
            "publication date, and where the words point ahead the first one that has not ended by then. “Last” "
            "leaves out the month of publication."
        ),
        example="001: “in October”.",
        near_miss="000: “next December” points forward, so it is next_month.",
        forms=(Form(rf"(?:(?P<which>last|past|this past|this) |month of )?{MONTH}", "completed", _month),),
        sample=("in October", "2021-06-20", "2020-10"),
    ),
    DateWords(
        name="part_of_month",
        label="Part of a month",
        definition=(
            "The words name a part of a month: its beginning is the 1st to 10th, its middle the 11th to 20th, its end "
            "the 21st to the last day; halves are divided after the 15th, and weeks of a month are counted by sevens "
            "from its first day, the last week from its last."
        ),
        example=NO_CASE,
        near_miss="001: “at the end of last year” is a part of a year, so it is part_of_year.",
        forms=(
            Compound(rf"{PART}{_INSIDE}", compose=_part_of_month),
            Compound(
                r"(?:the )?(?P<part>(?:first|second) half of|(?:first|second|third|fourth|last|final) week of) "
                rf"{_INSIDE}",
                compose=_part_of_month,
            ),
            Compound(
                rf"(?:the )?(?P<end>first|last|final) {COUNT} (?P<unit>day|week)s of {_INSIDE}", compose=_some_days
            ),
        ),
        sample=("in mid-July", "2021-10-05", "2021-07-11/2021-07-20"),
    ),
    DateWords(
        name="relative_month",
        label="Month of, before or after publication",
        definition=(
            "The words name this, last or next month; the span is that calendar month. “Earlier this month” ends with "
            "the day of publication, and “later this month” begins with it."
        ),
        example=NO_CASE,
        near_miss="000: “next December” names the month, so it is next_month.",
        forms=(
            Form(r"(?:(?P<part>earlier|later|sometime) )?(?P<which>this|last|next) month", "relative", _relative_month),
            Form(r"(?:the )?month (?P<way>before last|after next)", "relative", _second_month),
        ),
        sample=("last month", "2022-01-12", "2021-12"),
    ),
    DateWords(
        name="months_ago",
        label="Some months ago",
        definition=(
            "The words give a number of months before publication; the span is the calendar month that lies that many "
            "months before the month of publication."
        ),
        example=NO_CASE,
        near_miss="004: “a year ago” counts in years, so it is years_ago.",
        forms=(
            Form(rf"{COUNT} months? ago", "relative", _months_ago),
            Form(r"half a year ago", "relative", _half_a_year_ago),
            Form(rf"(?:{COUNT} and a half years?|(?:a|one) year and a half) ago", "relative", _years_and_a_half_ago),
        ),
        sample=("three months ago", "2022-01-12", "2021-10"),
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
        forms=(Form(rf"(?:next|coming|this coming) {MONTH}", "relative", _next_month),),
        sample=("next December", "2021-06-28", "2021-12"),
    ),
)
