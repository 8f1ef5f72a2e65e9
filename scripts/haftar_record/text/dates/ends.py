"""Words that give the beginning or the end of a span by other date words: since, until, by, before, after, from one to
another, and some days before or after."""

from __future__ import annotations

import re
from datetime import date

from .. import edtf
from .forms import NO_CASE, Compound, DateWords, Form, Read, Resolved, Unsure, weakest
from .spans import away, beside, first_of, last_of
from .words import COUNT, DAY, MONTH, UNIT, WEEKDAY, YEAR, count_of, day_number, without_clock

_INSIDE = r"(?P<inside>\S.*)"
_WHOLE = re.compile(r"(?:the )?(?:very )?(?:end|close) of (?:the month of )?(?P<whole>.+)", re.ASCII)


def _since_year(match: re.Match[str], _: date, __: bool) -> str:
    return f"{edtf.parse(match['year']).text}/.."


def _since(match: re.Match[str], _: date, future: bool, read: Read) -> tuple[str, str]:
    """Open at the end, from the first day of what the words inside mean. “Since” never points ahead."""
    inside = read(match["inside"], future=future and match["way"] != "since")
    if inside.rule in ("range", "year_range"):
        raise Unsure("a range has its own end")
    return f"{first_of(inside.edtf)}/..", inside.basis


def _until(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[str, str]:
    inside = read(_to_the_end(match["inside"]))
    return f"../{last_of(inside.edtf)}", inside.basis


_OF_NOW = {"year": "this year", "the year": "this year", "month": "this month", "the month": "this month"}
_OF_NOW |= {"week": "this week", "the week": "this week"}
_OF_NOW |= {"year's end": "this year", "year-end": "this year", "month's end": "this month", "month-end": "this month"}


def _to_the_end(words: str) -> str:
    """Words without “the end of” before them, which says nothing where only the end counts."""
    match = _WHOLE.fullmatch(words)
    inside = match["whole"] if match else words
    return _OF_NOW.get(inside, inside)


_NOT_AFTER = ("by", "no later than", "not later than", "on or before", "at the latest by", "at the latest")
_NOT_BEFORE = ("on or after", "no earlier than", "not earlier than", "not before")


def _bound(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[str, str]:
    """Not after the last day, where it is by then; before the first day; or after the last. An hour of a day leaves the
    day itself."""
    way, words = match["way"], match["inside"]
    if way in _NOT_BEFORE:
        return f"{first_of(read(words).edtf)}/", read(words).basis
    if way in _NOT_AFTER or (way in ("before", "prior to", "ahead of") and _to_the_end(words) != words):
        inside = read(_to_the_end(words))
        return f"/{last_of(inside.edtf)}", inside.basis
    inside = read(words)
    is_exact = without_clock(words) != words
    if way in ("after", "following"):
        return f"{last_of(inside.edtf) if is_exact else beside(inside.edtf, 1)}/", inside.basis
    return f"/{first_of(inside.edtf) if is_exact else beside(inside.edtf, -1)}", inside.basis


# -- from one to another -----------------------------------------------------------------------------------------------


def _days_of_month(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[str, str]:
    """Two days of one month, printed once: “24-25 June”. Those that “and” or a stroke joins are a span only where they
    follow each other."""
    year = match.groupdict().get("year") or ""
    is_pair = match["join"] in ("/", " and ") and match["way"] != "between "
    if is_pair and day_number(match["last"]) - day_number(match["first"]) != 1:
        raise Unsure("the words name two days that do not follow each other")
    first, last = (read(f"{match['month']} {match[name]} {year}".strip()) for name in ("first", "last"))
    if first.edtf[:4] != last.edtf[:4]:  # the publication date lies between them
        first = read(f"{match['month']} {match['first']}", day=date.fromisoformat(last.edtf), future=False)
    return _joined(first, last)


def _joined(first: Resolved, last: Resolved) -> tuple[str, str]:
    low, high = edtf.parse(first.edtf), edtf.parse(last.edtf)
    if low.start is None or high.end is None or low.end is None or high.start is None:
        raise Unsure("a range of dates that are open")
    if low.start >= high.start or low.end >= high.end:
        raise Unsure(f"{first.edtf} is not before {last.edtf}")
    return edtf.hull([(low.start, high.end)]), weakest(first.basis, last.basis)


def _range(match: re.Match[str], _: date, future: bool, read: Read) -> tuple[str, str]:
    """From the first day of the first words to the last day of the others. The end with a year or month gives it to the
    other; without a year, the last end lies in the direction of the words and the first one next to it."""
    one, two = match["one"], match["two"]
    if one.isdecimal() and two.isdecimal():
        raise Unsure("two years")
    if (year := re.search(r"\b\d{4}$", two)) and not re.search(r"\d{4}", one):
        last = read(two)
        first = read(f"{one} {year[0]}")
        if first.edtf > last.edtf:  # from December to February 2021
            first = read(f"{one} {int(year[0]) - 1:04d}")
        return _joined(first, last)
    first = read(one)
    last = read(two)
    if _FIXED.match(one) and _FIXED.match(two):
        return _joined(first, last)
    if future or first.basis == "stated" or _FIXED.match(one):
        return _joined(first, read(two, day=edtf.parse(first.edtf).start, future=True))
    return _joined(read(one, day=edtf.parse(last.edtf).start, future=False), last)


#: Words that are counted from the day of publication, whatever stands beside them.
_FIXED = re.compile(r"(?:last|this|next|today|yesterday|tomorrow)\b", re.ASCII)

# -- some days before or after -----------------------------------------------------------------------------------------


def _offset(match: re.Match[str], _: date, __: bool, read: Read) -> tuple[str, str]:
    """The day, ISO week, calendar month or year that lies so many of them before or after other words."""
    unit, inside = match["unit"], read(match["inside"])
    unit = "day" if unit == "eve" else unit
    count = count_of(match) if match.groupdict().get("count") else 1
    span = edtf.parse(inside.edtf)
    if span.start is None or span.end is None:
        raise Unsure(f"“{match['inside']}” is no span that other days can be counted from")
    step = count if match["way"] in ("after", "following") else -count
    low, high = (away(day, step, unit) for day in (span.start, span.end))
    if low != high:
        raise Unsure(f"“{match['inside']}” is not one {unit}")
    return edtf.hull([low]), inside.basis


_NAMES = MONTH.replace("?P<month>", "?:")
_FIGURE = DAY.replace("?P<day>", "?:")
_DATES = rf"(?:(?:the )?{_FIGURE}(?: of)? {_NAMES}|{_NAMES} {_FIGURE}|(?:(?:last|this|next) )?{_NAMES})"
_WEEKDAYS = rf"(?:(?:last|this|next) )?{WEEKDAY.replace('?P<weekday>', '?:')}"
_END = (
    rf"(?:early|mid|late)[ -](?:{_NAMES}(?: \d{{4}})?|\d{{4}})|\d{{4}}|"
    rf"(?:{_WEEKDAYS} )?{_DATES}(?: \d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}|{_WEEKDAYS}|today|yesterday|tomorrow"
    r"|(?:last|this|next) (?:week|month|year)"
)
_TO = r"(?: to | until | till | through |-)"
_FIRST, _LAST = DAY.replace("<day>", "<first>"), DAY.replace("<day>", "<last>")
_AND = r"(?P<join>-|/| to | until | till | through | and )"
_WAY = "(?P<way>from |between )?"
KINDS = (
    DateWords(
        name="range",
        label="From day to day, or month to month",
        definition=(
            "The words print a first and a last day or month; the span runs from the first to the last day of them. "
            "What is printed once, as month or year, holds for both. Without a year the last one lies in the direction "
            "of the words, and the first one next to it."
        ),
        example=NO_CASE,
        near_miss="000: “since 2011” names a start and no end, so it is since_year.",
        forms=(
            Compound(
                rf"{_WAY}(?:the )?{_FIRST}{_AND}(?:the )?{_LAST}(?: of)? {MONTH}(?: {YEAR})?",
                compose=_days_of_month,
            ),
            Compound(rf"{_WAY}{MONTH} {_FIRST}{_AND}{_LAST}(?: {YEAR})?", compose=_days_of_month),
            Compound(rf"(?:from )?(?P<one>{_END}){_TO}(?P<two>{_END})", compose=_range),
            Compound(rf"between (?P<one>{_END}) and (?P<two>{_END})", compose=_range),
        ),
        sample=("between May and July", "2022-03-12", "2021-05/2021-07"),
    ),
    DateWords(
        name="since_year",
        label="Since a year",
        definition=(
            "The words say that something has held since a year; the span is open at its end and begins with that year."
        ),
        example="000: “closed since 2011 by Algeria”.",
        near_miss="004: “in 2011” dates one act to that year and leaves nothing open, so it is year.",
        forms=(Form(rf"(?:ever )?since (?:the year )?{YEAR}", "stated", _since_year),),
        sample=("Since 2014", "2020-05-08", "2014/.."),
    ),
    DateWords(
        name="since",
        label="Since a date",
        definition=(
            "The words say that something holds since or from a day, week or month, or a year that other words name; "
            "the span begins with its first day and is open at its end."
        ),
        example=NO_CASE,
        near_miss="000: “since 2011” names a year by its number, so it is since_year.",
        forms=(
            Compound(rf"(?:ever )?(?P<way>since) (?!(?:the year )?\d{{4}}$){_INSIDE}", compose=_since),
            Compound(
                rf"(?P<way>from|as of|as from|starting(?: from)?|beginning|effective(?: from)?)(?: on)? {_INSIDE}"
                r"(?<! on)(?<! onward)(?<! onwards)",
                compose=_since,
            ),
            Compound(rf"(?P<way>from) {_INSIDE} (?:on|onwards?)", compose=_since),
        ),
        sample=("since last month", "2022-03-12", "2022-02/.."),
    ),
    DateWords(
        name="until",
        label="Until a date",
        definition="The words say until when something lasts; the span is open at its beginning and ends then.",
        example=NO_CASE,
        near_miss="000: “since 2011” gives a beginning and no end, so it is since_year.",
        forms=(Compound(rf"(?:up )?(?:until|till|til|through|up to) {_INSIDE}", compose=_until),),
        sample=("until the end of June", "2022-07-12", "../2022-06"),
    ),
    DateWords(
        name="bound",
        label="By, before or after a date",
        definition=(
            "The words say by which date, before which or after which something happens, at a time that is not given; "
            "the span has no other end. “By” includes the date, “before” and “after” leave it out, as exactly as it is "
            "put; the day of an hour stays in."
        ),
        example=NO_CASE,
        near_miss="000: “since 2011” says that something lasts from then on, so it is since_year.",
        forms=(
            Compound(
                rf"(?P<way>{'|'.join((*_NOT_AFTER[:-1], *_NOT_BEFORE))}|before|prior to|ahead of|after|following) "
                r"(?!dawn\b|sunrise\b|daybreak\b|dark\b|dusk\b|sunset\b|nightfall\b)(?P<inside>\S.*?)(?: at the latest)?",
                compose=_bound,
            ),
            Compound(rf"{_INSIDE} (?P<way>at the latest)", compose=_bound),
        ),
        sample=("before the end of the year", "2022-03-12", "/2022"),
    ),
    DateWords(
        name="offset",
        label="Some time before or after a date",
        definition=(
            "The words count days, weeks, months or years from a date that other words give, as “the day before "
            "yesterday”; the span is that day, ISO week, calendar month or year."
        ),
        example=NO_CASE,
        near_miss="002: “Three days ago” is counted from the publication date, so it is days_ago.",
        forms=(
            Compound(rf"{COUNT} {UNIT} (?P<way>before|after|prior to|following) {_INSIDE}", compose=_offset),
            Compound(
                rf"(?:the )?(?P<unit>day|week|month|year) (?P<way>before|after|following) (?!last$|next$){_INSIDE}",
                compose=_offset,
            ),
            Compound(rf"(?:the )?(?P<unit>eve) (?P<way>of) {_INSIDE}", compose=_offset),
        ),
        sample=("the day before yesterday", "2022-03-12", "2022-03-10"),
    ),
)
