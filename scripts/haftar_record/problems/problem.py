"""A problem in the data, said in four parts: where, what was found, what was expected, what to do."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from . import checks

#: Loudnesses: an error stops a release, a warning is to be cleared, a note informs.
SEVERITIES = ("error", "warning", "note")
#: Code points in one part of a message; what is longer is cut.
MAX_PART = 2_000


@dataclass(frozen=True, order=True)
class Place:
    """Where a problem is: a file, and a line and column in it, both 1-based (0 = the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [visible(self.file)]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the data. ``rule`` is a short permanent name, such as ``quotation`` or ``R07``.

    Whatever the data hold, each part of the message is one line of bounded length and of visible characters.
    """

    place: Place
    rule: str
    found: str
    expected: str
    remedy: str
    severity: str = "error"
    #: Id of the row that breaks a rule, by which a waiver names it.
    record: str = ""

    def __post_init__(self) -> None:
        checks.find(self.rule)  # a name that no check has is a mistake in the program
        for name in ("found", "expected", "remedy", "record"):
            text = getattr(self, name)
            if len(text) > MAX_PART or not text.isprintable():
                object.__setattr__(self, name, visible(text, MAX_PART))

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.severity} [{self.rule}]\n"
            f"    found:    {self.found}\n"
            f"    expected: {self.expected}\n"
            f"    do:       {self.remedy}"
        )


class DataErrors(Exception):
    """The data cannot be used as it is. Carries every problem known at that point."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(f"{len(self.problems)} problem(s) in the data")


class WrongUse(Exception):
    """The command cannot be carried out as it was given; the message is one line."""


@dataclass
class Problems:
    """Collects problems so that one run reports all of them."""

    items: list[Problem] = field(default_factory=list)

    def add(
        self,
        place: Place,
        rule: str,
        found: str,
        expected: str,
        remedy: str,
        severity: str = "error",
    ) -> None:
        self.items.append(Problem(place, rule, found, expected, remedy, severity))

    @property
    def sorted(self) -> list[Problem]:
        """All problems, each once, by place."""
        return sorted(set(self.items))

    def of(self, severity: str) -> list[Problem]:
        return [item for item in self.sorted if item.severity == severity]

    @property
    def errors(self) -> list[Problem]:
        return self.of("error")

    def stop_on_errors(self) -> None:
        """Raise DataErrors when there is an error: what follows would only repeat its consequences."""
        if self.errors:
            raise DataErrors(self.items)


def bounded(problems: list[Problem], limit: int, total: int | None = None) -> list[Problem]:
    """The first ``limit`` of several problems of one kind; the next of them says how many more there are.

    With their ``total``, no more than the first ``limit`` and one need be at hand.
    """
    if len(problems) <= limit:
        return problems
    first, more = problems[limit], (total or len(problems)) - limit
    found = f"{more:,} more of this kind, the first: {first.found}"
    return [*problems[:limit], replace(first, found=found, record="")]


def nearest(value: str, allowed: Iterable[str], limit: int = 8) -> str:
    """What was expected instead of ``value``: the nearest allowed values, or the first few of them."""
    allowed = list(allowed)
    close = difflib.get_close_matches(value, allowed, n=1, cutoff=0.6)
    if close:
        return f"“{close[0]}”, the nearest of {len(allowed)} known values"
    shown = ", ".join(allowed[:limit])
    more = f", and {len(allowed) - limit} more" if len(allowed) > limit else ""
    return f"one of: {shown}{more}" if allowed else "nothing: there is no allowed value"


def visible(text: str, limit: int = MAX_PART) -> str:
    """``text`` in one line and bounded, with every character that is not printed said by its number."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text.replace("\n", "⏎"))


def show(text: str, limit: int = 120) -> str:
    """``visible`` text in quotation marks."""
    return f"“{visible(text, limit)}”"


#: What to call characters that have no name of their own, by Unicode category.
_NAMELESS = {"Cc": "a control character", "Co": "a character for private use", "Cs": "half a surrogate pair"}


def describe_character(character: str) -> str:
    """``’ (U+2019 RIGHT SINGLE QUOTATION MARK)`` for one character; one that cannot be seen is not shown as itself."""
    category = unicodedata.category(character)
    name = unicodedata.name(character, _NAMELESS.get(category, "no character"))
    code = f"U+{ord(character):04X} {name}"
    return code if category[0] in "CZM" else f"{character} ({code})"


def apart(one: str, two: str, limit: int = 60) -> tuple[str, str]:
    """Two texts, each shown in part, from shortly before the first character in which they differ."""
    first = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, first - limit // 3) if max(len(one), len(two)) > limit else 0
    lead = "…" if start else ""
    return show(lead + one[start:], limit), show(lead + two[start:], limit)
