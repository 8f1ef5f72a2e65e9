"""Words for a time that is no date: a length, a repetition, a time of day, or a vague time such as now."""

from __future__ import annotations

import re

from .. import numbers
from .words import CLOCK, COUNT, either

#: The letter of a unit in ISO 8601, T before those of a day, and how many of them the unit is.
_UNITS = {
    "second": ("TS", 1),
    "minute": ("TM", 1),
    "hour": ("TH", 1),
    "day": ("D", 1),
    "night": ("D", 1),
    "week": ("W", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "centurie": ("Y", 100),
}
UNITS = either(_UNITS)
_UNIT = rf"(?P<unit>{UNITS})"
_ABOUT = (
    "about|around|nearly|almost|roughly|approximately|some|more than|over|at least|less than|under|up to|just over|"
    "just under|another|as many as"
)
_VAGUE = "several|many|some|few|a few|a couple of|recent|last few|past few|coming|past"
_LENGTHS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(?:(?:{_ABOUT}) )?{COUNT}(?: (?:more|straight|consecutive|full|long))? {_UNIT}s?",
        rf"{COUNT}[- ]{_UNIT}s?(?:-long| long)?",
        rf"(?:the )?(?:past|last|next|coming|previous|first|final) {COUNT} {_UNIT}s?",
        rf"(?:(?:{_ABOUT}) )?(?P<count>\d{{1,3}}) (?P<half>1/2) {_UNIT}s?",
        rf"(?P<half>half) (?:an? )?{_UNIT}",
        rf"(?:(?:for )?(?:the )?(?:{_VAGUE}) )?(?P<many>){_UNIT}s(?:-long)?",
        rf"(?:the )?(?:this )?past {_UNIT}|{_UNIT.replace('unit', 'long')}-long",
    )
)
_SETS = {
    "daily": "P1D",
    "nightly": "P1D",
    "hourly": "PT1H",
    "weekly": "P1W",
    "monthly": "P1M",
    "quarterly": "P3M",
    "yearly": "P1Y",
    "annual": "P1Y",
    "annually": "P1Y",
}
_EVERY = re.compile(rf"(?:every|each) (?:{COUNT} )?{_UNIT}s?", re.ASCII)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY_DAY = re.compile(
    rf"(?:every|each) (?P<one>{either(_WEEKDAYS)})|(?:on )?(?P<many>{either(_WEEKDAYS)})s", re.ASCII
)
_REFERENCES = {
    "now": "PRESENT_REF",
    "right now": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "at present": "PRESENT_REF",
    "future": "FUTURE_REF",
    "the future": "FUTURE_REF",
    "the near future": "FUTURE_REF",
    "the past": "PAST_REF",
}
_CLOCK = re.compile(CLOCK, re.ASCII)
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?:\D*?(?P<half>am|pm|a m|p m|in the (?:m|a|e)))?", re.ASCII
)


def read(words: str) -> tuple[str, str] | None:
    """The kind and the value of plain words for a time that is no date; None for others.

    >>> read("two more weeks"), read("every friday"), read("10:30 am gmt"), read("now")
    (('duration', 'P2W'), ('set', 'XXXX-WXX-5'), ('time', 'T10:30'), ('vague', 'PRESENT_REF'))
    """
    if words in _REFERENCES:
        return "vague", _REFERENCES[words]
    if words in _SETS:
        return "set", _SETS[words]
    if match := _EVERY_DAY.fullmatch(words):
        return "set", f"XXXX-WXX-{_WEEKDAYS.index(match['one'] or match['many']) + 1}"
    if match := _EVERY.fullmatch(words):
        value = _duration(str(numbers.count(match["count"] or "one")), match["unit"])
        return ("set", value) if value else None
    if _CLOCK.fullmatch(words):
        return "time", _time(words)
    value = next((_length(match) for pattern in _LENGTHS if (match := pattern.fullmatch(words))), "")
    return ("duration", value) if value else None


def _length(match: re.Match[str]) -> str:
    """A length in ISO 8601; X stands for a number that is not given. Nothing where the words give half of what ISO 8601
    cannot halve."""
    parts = match.groupdict()
    unit = parts["unit"] or parts["long"]
    if parts.get("many") is not None:
        return _duration("X", unit)
    count = str(numbers.count(parts.get("count") or "one")) if parts.get("half") != "half" else "0"
    return _duration(f"{count}.5" if parts.get("half") else count, unit)


#: Half of a unit, in smaller ones.
_HALVES = {"Y": "6M", "TH": "30M", "D": "12H", "TM": "30S"}


def _duration(count: str, unit: str) -> str:
    letter, times = _UNITS[unit]
    whole, _, half = count.partition(".")
    if half and times == 1 and letter not in _HALVES:
        return ""
    if whole == "X":
        return f"PT{whole}{letter[1]}" if len(letter) > 1 else f"P{whole}{letter}"
    if half and times > 1:
        whole, half = str(int(whole) * times + times // 2), ""
    elif whole.isdigit():
        whole = str(int(whole) * times)
    main = "" if half and whole == "0" else f"{whole}{letter[-1]}"
    if len(letter) > 1:
        return f"PT{main}{_HALVES[letter] if half else ''}"
    if not half:
        return f"P{main}"
    return f"P{main}T{_HALVES[letter]}" if letter == "D" else f"P{main}{_HALVES[letter]}"


def _time(words: str) -> str:
    """A time of day in ISO 8601, without its zone."""
    if re.match(r"\d{4}", words):
        return f"T{words[:2]}:{words[2:4]}"
    match = _HOUR.match(words)
    if match is None:
        return "T12:00"  # noon
    hour, half = int(match["hour"]), (match["half"] or "").removeprefix("in the ")[:1]
    if half:
        hour = hour % 12 + (
            0 if match["half"][:1] == "a" or match["half"].endswith("m") and "in" in match["half"] else 12
        )
    return f"T{hour:02d}:{match['minute'] or '00'}"
