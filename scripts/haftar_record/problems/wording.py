"""Word a message: show a text safely in one line, show where two texts differ, name the nearest allowed value."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from .lookalikes import look_alike, told_apart

#: Code points in one part of a message; what is longer is cut.
MAX_PART = 2_000
#: Characters that Python takes for printable, and of which nothing is seen: fillers, joiners, selectors of variants.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


#: How like a value has to be to be proposed (``difflib.SequenceMatcher.ratio``).
_NEAR = 0.75
_DIGITS = re.compile("([0-9]+)")
#: What the ids of a table begin with.
_PREFIX = re.compile("[a-z]{2,3}-")


def nearest(value: str, allowed: Iterable[str], limit: int = 8) -> str:
    """What was expected instead of ``value``: the nearest allowed value if one is really near, or the first ``limit``
    of them. What all ids of a table begin with makes no id near.

    >>> nearest("oppse", ["support", "oppose", "neutral"])
    '“oppose”, the nearest of 3 known values'
    >>> nearest("act-un-support-mission", ["act-un-monitors", "act-usa"])
    'one of: act-un-monitors, act-usa'
    """
    allowed = list(allowed)
    close = near(value, allowed)
    if close:
        return f"“{close}”, the nearest of {len(allowed)} known values"
    shown = ", ".join(allowed[:limit])
    more = f", and {len(allowed) - limit} more" if len(allowed) > limit else ""
    return f"one of: {shown}{more}" if allowed else "nothing: no value is allowed"


def near(value: str, allowed: Iterable[str]) -> str | None:
    """The value that is most like another one, if it is so like that it may be meant."""
    allowed = list(allowed)
    if alike := next((one for one in allowed if look_alike(value, one)), None):
        return alike
    begins = _PREFIX.match(value)
    prefix = begins[0] if begins else ""
    rests = [one.removeprefix(prefix) for one in allowed if one.startswith(prefix)]
    close = difflib.get_close_matches(value.removeprefix(prefix), rests, n=1, cutoff=_NEAR)
    if close:
        return prefix + close[0]
    others = difflib.get_close_matches(value, (one for one in allowed if not one.startswith(prefix)), n=1, cutoff=0.8)
    return others[0] if others else None


def by_number(text: str) -> list[str | int]:
    """A text cut at its numbers, to be sorted by: numbers are compared as numbers. Texts and numbers take turns, a text
    comes first.

    >>> sorted(["R100", "R14", "R99"], key=by_number)
    ['R14', 'R99', 'R100']
    """
    return [int(part) if place % 2 else part for place, part in enumerate(_DIGITS.split(text))]


def counted(number: int, thing: str) -> str:
    """How many things there are.

    >>> counted(1, "warning"), counted(1200, "warning")
    ('1 warning', '1,200 warnings')
    """
    return f"{number:,} {thing}{'s' * (number != 1)}"


def visible(text: str, limit: int | None = MAX_PART) -> str:
    """``text`` in one line, each character that cannot be seen by its number; cut to ``limit`` code points, if any.

    >>> visible("a\\nb\\x1b[31m")
    'a⏎b<U+001B>[31m'
    """
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    if is_visible(text):
        return text
    return "".join(c if is_visible(c) else f"<U+{ord(c):04X}>" for c in text.replace("\n", "⏎"))


def is_visible(text: str) -> bool:
    """Whether every character of a text can be seen, and none does anything else."""
    return text.isprintable() and (text.isascii() or not _UNSEEN.search(text))


def show(text: str, limit: int = 120) -> str:
    """``visible`` text in quotation marks."""
    return f"“{visible(text, limit)}”"


#: What to call characters that have no name of their own, by Unicode category.
_NAMELESS = {"Cc": "a control character", "Co": "a character for private use", "Cs": "half a surrogate pair"}
#: Unicode has aliases for controls, but Python gives none.
_CONTROLS = {"\0": "NULL", "\a": "BELL", "\b": "BACKSPACE", "\t": "TABULATION", "\n": "LINE FEED", "\f": "FORM FEED",
             "\r": "CARRIAGE RETURN", "\x1b": "ESCAPE", "\x7f": "DELETE", "\x85": "NEXT LINE"}  # fmt: skip


def describe_character(character: str) -> str:
    """A character with its number and name; a character that cannot be seen by number and name alone.

    >>> describe_character("’")
    '’ (U+2019 RIGHT SINGLE QUOTATION MARK)'
    """
    category = unicodedata.category(character)
    name = _CONTROLS.get(character) or unicodedata.name(character, _NAMELESS.get(category, "no character"))
    code = f"U+{ord(character):04X} {name}"
    return code if category[0] in "CZM" else f"{character} ({code})"


def apart(one: str, two: str, limit: int = 60) -> tuple[str, str]:
    """Two texts, each from shortly before the first character in which they differ, in at most ``limit`` code points.

    >>> apart("It was calm.", "It was clam.")
    ('“It was calm.”', '“It was clam.”')
    """
    first = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, first - limit // 3) if max(len(one), len(two)) > limit else 0
    lead = "…" if start else ""
    return show(lead + one[start:], limit), show(lead + two[start:], limit)


def differing(found: str, expected: str) -> str:
    """The characters by which words of two parts of a message differ that look alike: what is added to the first part;
    empty where no words do, or where the message names these characters already.

    >>> differing("“act-h\u0430ftar”", "“act-haftar”")
    ', where а (U+0430 CYRILLIC SMALL LETTER A) stands for a (U+0061 LATIN SMALL LETTER A)'
    """
    said = []
    for _, one, two in told_apart(found, expected)[:3]:
        if not any(f"U+{ord(c):04X}" in part for c in (one or two) for part in (found, expected)):
            said.append(" stands for ".join(describe_character(c) if c else "nothing" for c in (one, two)))
    return f", where {' and '.join(dict.fromkeys(said))}" if said else ""
