"""Words for a week, a weekend, or a part of a week."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .. import edtf
from .forms import NO_CASE, Compound, DateWords, Form, Read, Unsure
from .spans import Days, week
from .words import COUNT, DAY, MONTH, count_of

_STEP = {"last": -1, "this": 0, "the": 0, "next": 1}
#: First and last day of the parts of a week, from 0 for Monday.
_PARTS = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}


def _weeks_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    return week(anchor, -count_of(match) * (2 if match["unit"] == "fortnight" else 1))


def cut(span: Days, anchor: date, future: bool) -> Days:
    """What of a span lies before the end of the day of publication, or, ahead, not before it."""
    span = (max(span[0], anchor), span[1]) if future else (span[0], min(span[1], anchor))
    if span[0] > span[1]:
        raise Unsure(f"nothing of it lies {'ahead' if future else 'behind'} on {anchor}")
    return span


def _week(match: re.Match[str], anchor: date, future: bool) -> Days:
    """The ISO week; this week ends with the day of publication, or begins with it where the words point ahead. A part
    of “the week” has to lie in the direction of the words."""
    part, which = match["part"], match["which"]
    if which == "the" and part is None:
        raise Unsure("the words do not say which week")
    span = week(anchor, _STEP[which])
    if part in ("earlier", "later") and which == "this":
        return cut(span, anchor, part == "later")
    if part in ("early", "late", "mid", "middle of", "end of", "beginning of", "start of"):
        name = {"middle of": "mid", "end of": "late", "beginning of": "early", "start of": "early"}.get(part, part)
        first, last = _PARTS[name]
        span = span[0] + timedelta(first), span[0] + timedelta(last)
        if which == "the":
            cut(span, anchor, future)
        return span
    return cut(span, anchor, future) if which == "this" else span


def _second_week(match: re.Match[str], anchor: date, _: bool) -> Days:
    return week(anchor, -2 if match["way"] == "before last" else 2)


def _week_of(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[Days, str]:
    """The ISO week of a day; a week that begins on a day has seven."""
    inside = read(match["part"])
    day = date.fromisoformat(inside.edtf)
    spans = {"of": week(day), "ending": (day - timedelta(6), day)}
    return spans.get(match["way"], (day, day + timedelta(6))), inside.basis


def _weekend(match: re.Match[str], anchor: date, future: bool) -> Days:
    """Saturday and Sunday: without a further word the latest that has begun, ahead the first that is not over."""
    which = match["which"]
    saturday = week(anchor)[0] + timedelta(5)
    if which in ("last", "past", "this past"):
        saturday -= timedelta(0 if saturday + timedelta(1) < anchor else 7)
    elif which in ("next", "coming", "this coming"):
        saturday += timedelta(7 if which == "next" or saturday <= anchor else 0)
    elif which != "this" and not future and saturday > anchor:
        saturday -= timedelta(7)
    return saturday, saturday + timedelta(1)


def _second_weekend(match: re.Match[str], anchor: date, _: bool) -> Days:
    """A week before the weekend that is over, or after the next."""
    is_back = match["way"] == "before last"
    saturday = week(anchor)[0] + timedelta(5)
    if is_back:
        saturday -= timedelta(7 if saturday + timedelta(1) < anchor else 14)
    else:
        saturday += timedelta(14)
    return saturday, saturday + timedelta(1)


def _weekend_of(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[Days, str]:
    """Saturday and Sunday beside the Friday, or around the days, that other words give."""
    inside = read(match["inside"])
    span = edtf.parse(inside.edtf)
    if span.start is None or span.end is None or span.start.weekday() < 4 or span.end - span.start > timedelta(2):
        raise Unsure(f"“{match['inside']}” is no Friday, Saturday or Sunday")
    saturday = week(span.start)[0] + timedelta(5)
    if span.end > saturday + timedelta(1):
        raise Unsure(f"“{match['inside']}” is no weekend")
    return (saturday, saturday + timedelta(1)), inside.basis


def _placed_weekend(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[Days, str]:
    """The first or last weekend of a month. Raises Unsure where a Saturday and its Sunday lie in two months there."""
    inside = read(f"{match['place']} saturday of {match['inside']}")
    saturday = date.fromisoformat(inside.edtf)
    if saturday.day == 7 and match["place"] == "first" or (saturday + timedelta(1)).month != saturday.month:
        raise Unsure("one of its weekends lies in two months")
    return (saturday, saturday + timedelta(1)), inside.basis


KINDS = (
    DateWords(
        name="weeks_ago",
        label="Some weeks ago",
        definition=(
            "The words give a number of weeks before publication; the span is the ISO week that lies that many weeks "
            "before the week of publication."
        ),
        example=NO_CASE,
        near_miss="003: “last week” names the week before and gives no number of weeks, so it is week.",
        forms=(Form(rf"{COUNT} (?P<unit>week|fortnight)s? ago", "relative", _weeks_ago),),
        sample=("two weeks ago", "2020-07-02", "2020-06-15/2020-06-21"),
    ),
    DateWords(
        name="week",
        label="Week of, before or after publication",
        definition=(
            "The words name this, last or next week; the span is that ISO week, Monday to Sunday. This week ends with "
            "the day of publication, and begins with it where the words point ahead. Of a part, early is Monday to "
            "Wednesday, the middle Tuesday to Thursday, late Thursday to Sunday."
        ),
        example="003: “last week”.",
        near_miss="002: “On Thursday” lies in the same days, but names a weekday, so it is weekday.",
        forms=(
            Form(
                r"(?:(?:the )?(?P<part>early|earlier|later|late|mid|middle of|end of|beginning of|start of) )?"
                r"(?P<which>this|last|next|the) week",
                "relative",
                _week,
            ),
            Form(r"(?:the )?week (?P<way>before last|after next)", "relative", _second_week),
        ),
        sample=("last week", "2020-07-02", "2020-06-22/2020-06-28"),
    ),
    DateWords(
        name="week_of",
        label="Week of a day",
        definition=(
            "The words name a week by one of its days; the span is the ISO week of that day, or seven days from it or "
            "up to it where it is the day on which the week begins or ends."
        ),
        example=NO_CASE,
        near_miss="003: “last week” names no day of the week, so it is week.",
        forms=(
            Compound(
                r"(?:the )?week (?P<way>of|beginning|starting|from|ending)(?: on)? "
                rf"(?P<part>(?:{MONTH} {DAY}|\d[^ ]* [a-z]+)(?: \d{{4}})?)",
                compose=_week_of,
            ),
        ),
        sample=("the week of March 7", "2022-03-12", "2022-03-07/2022-03-13"),
    ),
    DateWords(
        name="weekend",
        label="Weekend",
        definition=(
            "The words name a weekend; the span is its Saturday and Sunday. Without last or next it is the latest one "
            "that has begun by the publication date, and where the words point ahead the first one that is not over. "
            "“This” is the one of the ISO week of publication, “last” one that is over, “next” that of the week after."
        ),
        example=NO_CASE,
        near_miss="001: “Earlier on Saturday” names one day, so it is weekday.",
        forms=(
            Form(r"(?:(?P<which>this past|this coming|this|last|past|next|coming|the) )?weekend", "relative", _weekend),
            Form(r"weekend (?P<way>before last|after next)", "relative", _second_weekend),
            Compound(r"weekend of (?P<inside>\S.*)", compose=_weekend_of),
            Compound(r"(?:the )?(?P<place>first|last) weekend (?:of|in) (?P<inside>\S.*)", compose=_placed_weekend),
        ),
        sample=("at the weekend", "2022-03-16", "2022-03-12/2022-03-13"),
    ),
)
