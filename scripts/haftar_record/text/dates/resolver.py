"""Resolve date words by the kinds that are known: the first form that matches them gives their meaning."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache, partial

from .. import edtf
from . import calendars, days, ends, feasts, lengths, months, weeks, years
from .forms import DateWords, Form, Resolved, Unsure
from .spans import hull
from .words import begins_with_clock, plain, ways

_PARTS = (days, weeks, months, years, ends, lengths, calendars, feasts)
#: In the order of the code list.
KINDS: tuple[DateWords, ...] = tuple(kind for part in _PARTS for kind in part.KINDS)
#: The forms of the kinds, part by part: a part that is not reached is not compiled.
_FORMS = tuple(tuple((kind, form) for kind in part.KINDS for form in kind.forms) for part in _PARTS)
#: Words within words: “since the day before yesterday” has two.
_DEEPEST = 3
#: Characters of date words; longer ones are not looked at.
_LONGEST = 120
#: What says that a date is only about right, or that it is later or earlier than the real one.
_ABOUT = re.compile(
    r"(?:about|around|roughly|approximately|some|nearly|almost|circa|ca|c|(?:just|a little) (?:over|under)|at about"
    r"|a little (?:more|less) than|on or (?:about|around)|in or (?:about|around)) (?=\S)"
)
_OVER = re.compile(r"(?:(?:well )?(?:more than|over)|at least) (?=\S.* ago$)")


def resolve(words: str, published: str, future: bool = False) -> Resolved | None:
    """Resolve ``words`` against the EDTF value ``published``; None when no rule knows them, or none is sure.

    ``future`` says that the words point ahead ("is scheduled for June 23"); otherwise names of days, months and seasons
    mean the latest that is not after publication. Raises ValueError when ``published`` is not EDTF.

    >>> resolve("on Thursday", "2019-11-17")
    Resolved(edtf='2019-11-14', rule='weekday', basis='relative')
    >>> resolve("on Thursday", "2019-11-17", future=True).edtf
    '2019-11-21'
    """
    found = _resolved(words, published, future)
    return found if isinstance(found, Resolved) else None


def doubt(words: str, published: str, future: bool = False) -> str | None:
    """Why words that have the form of date words give no date; None when they give one, or have no such form.

    >>> doubt("03/04/2021", "2021-06-20")
    'the figures can mean 4 March or 3 April'
    """
    found = _resolved(words, published, future)
    return found if isinstance(found, str) else None


@lru_cache(maxsize=8192)
def _resolved(words: str, published: str, future: bool) -> Resolved | str | None:
    """What words mean, why they mean nothing, or None when no form matches them."""
    text = plain(words)
    if len(text) > _LONGEST:
        return None
    anchors = edtf.parse(published).each_day()
    try:
        return _read(text, tuple(anchors), future, 0)
    except Unsure as problem:
        return str(problem) or None


def _read(text: str, anchors: tuple[date, ...], future: bool, depth: int) -> Resolved:
    """What plain words mean on the days of publication. Raises Unsure, without a text where no form matches them."""
    reason = ""
    for words in ways(text):
        if depth < _DEEPEST and (match := _ABOUT.match(words)) and not begins_with_clock(words):
            return _about(_read(words[match.end() :], anchors, future, depth + 1))
        if depth < _DEEPEST and (match := _OVER.match(words)):
            found = _read(words[match.end() :], anchors, future, depth + 1)
            return Resolved(f"/{found.edtf.split('/')[-1].rstrip('~')}", found.rule, found.basis)
        for kind, form in _candidates(words):
            if depth >= _DEEPEST and not form.basis:
                continue
            try:
                return _value(kind, form, words, anchors, future, depth)
            except Unsure as problem:
                reason = reason or str(problem)
            except (ValueError, OverflowError):
                reason = reason or "no calendar has such a day"
    raise Unsure(reason)


def _about(found: Resolved) -> Resolved:
    """The same, marked as approximate."""
    value = "/".join(part if part in ("", "..") or part.endswith("~") else f"{part}~" for part in found.edtf.split("/"))
    try:
        edtf.parse(value)
    except ValueError:
        raise Unsure(f"{found.edtf} cannot be marked as approximate") from None
    return Resolved(value, found.rule, found.basis)


def _value(kind: DateWords, form: Form, words: str, anchors: tuple[date, ...], future: bool, depth: int) -> Resolved:
    match = form.match(words)
    if match is None:
        raise Unsure("")
    if form.basis not in ("", "stated") and not anchors:
        raise Unsure("the publication date is not known")
    answers, basis = [], form.basis
    for day in anchors or (date.max,):
        # What is counted from the publication date raises, where that is not known.
        read = partial(_inner, anchors and (day,), future, depth)
        answer, basis = form.value(match, day, future, read)
        if basis != "stated" and not anchors:
            raise Unsure("the publication date is not known")
        answers.append(answer)
    return Resolved(hull(answers), kind.name, basis)


def _inner(
    anchors: tuple[date, ...],
    direction: bool,
    depth: int,
    words: str,
    day: date | None = None,
    future: bool | None = None,
) -> Resolved:
    """Resolve words within words."""
    return _read(words, (day,) if day else anchors, direction if future is None else future, depth + 1)


def _candidates(words: str) -> Iterator[tuple[DateWords, Form]]:
    """The forms that may match some plain words, in the order of the list."""
    for part, forms in enumerate(_FORMS):
        first = _first(part, words)
        if first is not None:
            yield forms[first]
            yield from ((kind, form) for kind, form in forms[first + 1 :] if form.match(words))


@lru_cache(maxsize=65536)
def _first(part: int, words: str) -> int | None:
    """The number of the first form of a part that may match some plain words."""
    match = _any(part).fullmatch(words)
    return int((match.lastgroup or "")[1:]) if match else None


@cache
def _any(part: int) -> re.Pattern[str]:
    """A pattern of all forms of a part, which says in a fraction of the time that each of them takes whether one
    matches, and which: its group is the last that closes. Groups of the forms have no names in it, and what they refer
    to is any sign between figures; so it may match a little more."""
    patterns = (re.sub(r"\(\?P=\w+\)", "[-/.]", form.pattern) for _, form in _FORMS[part])
    nameless = (re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns)
    return re.compile("|".join(f"(?P<f{number}>{pattern})" for number, pattern in enumerate(nameless)), re.ASCII)


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
    """The days that are printed in full somewhere in the words, in the order of the forms.

    >>> printed_days("Published on Saturday, March 12th, 2022")
    ['2022-03-12']
    """
    return list(dict.fromkeys(_printed(plain(words))))


def _printed(text: str) -> Iterator[str]:
    for form in days.FULL_DATE:
        for match in re.finditer(rf"(?<![\w-])(?:{form.pattern})(?![\w-])", text, re.ASCII):
            with contextlib.suppress(ValueError):
                answer, _ = form.value(match, date.max, False, _nothing)
                yield hull([answer])


def _nothing(words: str, day: date | None = None, future: bool | None = None) -> Resolved:
    raise Unsure(words)
