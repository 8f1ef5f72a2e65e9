"""A problem in the data, said in four parts: where, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from . import catalogue
from .wording import MAX_PART, visible

#: Loudnesses: an error stops a release, a warning is to be cleared, a note informs.
SEVERITIES = ("error", "warning", "note")


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
        catalogue.find(self.rule)  # a name that no check has is a mistake in the program
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
