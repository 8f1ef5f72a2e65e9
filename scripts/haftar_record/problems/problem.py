"""A problem in the data, in four parts: where it is, what was found, what was expected, what to do.

Code that can go on adds its problems to ``Problems``; code that cannot raises ``DataErrors`` with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from . import catalogue
from .wording import MAX_PART, by_number, differing, is_visible, visible

#: From the most severe: an error stops a release, a warning has to be cleared, a note informs.
SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True, order=True)
class Place:
    """Where a problem is: a file, and a line and column in it, both 1-based (0 = the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """``file:line:column``, without what is not known."""
        parts = [visible(self.file)]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True)
class Problem:
    """One mistake in the data. ``rule`` is the name of a check, such as ``quotation`` or ``R07 date-bounds-agree``.

    Whatever the data hold, each part of the message becomes one line of limited length and of visible characters. A
    name that the check had in the release before becomes its name of today. Where what was found and what was expected
    look alike, the characters by which they differ are named. Raises KeyError for a name that no check
    has: a mistake in the program.
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
        """Make the parts fit to be shown."""
        catalogue.find(self.rule)
        object.__setattr__(self, "rule", catalogue.current_name(self.rule))
        for name in ("found", "expected", "remedy", "record"):
            text = getattr(self, name)
            if len(text) > MAX_PART or not is_visible(text):
                object.__setattr__(self, name, visible(text, MAX_PART))
        if said := differing(self.found, self.expected):
            object.__setattr__(self, "found", f"{visible(self.found, MAX_PART - len(said))}{said}")

    def __lt__(self, other: Problem) -> bool:
        """By place, check and message; paragraph 9 comes before paragraph 10."""
        return _rank(self) < _rank(other)

    def __str__(self) -> str:
        """The message as text for people, in four lines."""
        return (
            f"{self.place}: {self.severity} [{self.rule}]\n"
            f"    found:    {self.found}\n"
            f"    expected: {self.expected}\n"
            f"    do:       {self.remedy}"
        )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, each once, sorted by place, check and message; paragraph 9 comes before paragraph 10, R99 before
    R100."""
    return sorted(set(problems), key=_rank)


def _rank(problem: Problem) -> tuple[object, ...]:
    others = (problem.expected, problem.remedy, problem.severity, problem.record)
    return problem.place, by_number(problem.rule), by_number(problem.found), *others


class DataErrors(Exception):
    """The data cannot be used as they are. ``problems`` are all that are known at that point, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry the problems, each once."""
        self.problems = in_order(problems)
        first = f", the first:\n{self.problems[0]}" if self.problems else ""
        super().__init__(f"problems in the data: {len(self.problems)}{first}")


class WrongUse(Exception):
    """The command cannot be carried out as it was given. The message is one line."""


@dataclass
class Problems:
    """The problems found so far, so that one run reports all of them."""

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
        """Add a problem; the parts are those of ``Problem``."""
        self.items.append(Problem(place, rule, found, expected, remedy, severity))

    @property
    def sorted(self) -> list[Problem]:
        """All problems, each once, sorted by place."""
        return in_order(self.items)

    def of(self, severity: str) -> list[Problem]:
        """The problems of one severity, each once, sorted by place."""
        return [item for item in self.sorted if item.severity == severity]

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a release."""
        return self.of("error")

    def stop_on_errors(self) -> None:
        """Raise DataErrors, with all problems, when one of them is an error: later checks would repeat its
        consequences."""
        if self.errors:
            raise DataErrors(self.items)


def bounded(problems: list[Problem], limit: int, total: int | None = None) -> list[Problem]:
    """At most ``limit`` + 1 of several problems of one kind: the last of them says how many more there are.

    ``total`` is their number where ``problems`` does not hold them all; the first ``limit`` + 1 are enough.
    """
    if len(problems) <= limit:
        return problems
    first, more = problems[limit], (total or len(problems)) - limit
    found = f"{more:,} more of this kind, the first: {first.found}"
    return [*problems[:limit], replace(first, found=found, record="")]
