"""What a rule is, what it may look at, and how all of them are run over a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...files.layout import data_path
from ...model.rows import Row, grouped
from ...model.tables import BY_NAME
from ...problems import catalogue
from ...problems.catalogue import Check
from ...problems.problem import Place, Problem, Problems, bounded
from ...text.articles import Article

#: Findings of one rule that are shown; the others are counted.
SHOWN = 20


@dataclass(frozen=True)
class Finding:
    """A row that breaks a rule."""

    row: Row
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Rule:
    """``is_local``: each row is judged by itself, so that rows which cannot be read hide nothing."""

    number: str
    name: str
    severity: str
    demand: str
    function: Callable[[Record], Iterator[Finding]]
    is_local: bool = False

    @property
    def title(self) -> str:
        return f"{self.number} {self.name}"


@dataclass
class Record:
    """All rows by table, and the articles by document id, as far as they are at hand.

    ``broken`` are the tables of which not all rows could be read. ``touched`` are the tables that have been looked at.
    """

    rows: dict[str, list[Row]]
    articles: dict[str, Article]
    broken: frozenset[str] = frozenset()
    touched: set[str] = field(default_factory=set)
    _groups: dict[tuple[str, str], dict[Any, list[Any]]] = field(default_factory=dict, repr=False)

    def __getitem__(self, table: str) -> list[Any]:
        self.touched.add(table)
        return self.rows[table]

    def grouped(self, table: str, column: str) -> dict[Any, list[Any]]:
        """The rows of a table by the value of a column or property, in their order."""
        rows = self[table]
        if (table, column) not in self._groups:
            self._groups[table, column] = grouped(rows, column)
        return self._groups[table, column]

    def row(self, table: str, identity: str | None) -> Any:
        """The row with this key, or None."""
        found = self.grouped(table, BY_NAME[table].KEY[0]).get(identity)
        return found[0] if found else None

    def evidence(self, owner: str) -> list[Any]:
        """The evidence of one unit."""
        return self.grouped("evidence", "owner").get(owner, [])

    def reports(self, event: str) -> list[Any]:
        """The reports of one event."""
        return self.grouped("event_reports", "event_id").get(event, [])


#: All rules by number, in the order of the numbers.
RULES: list[Rule] = []


def rule(number: str, severity: str = "error", is_local: bool = False) -> Callable:
    """Register a function as a rule; its name and docstring are the rule's. Numbers are permanent and never reused."""

    def register(function: Callable[[Record], Iterator[Finding]]) -> Callable:
        demand = " ".join((function.__doc__ or "").split())
        name = function.__name__.replace("_", "-")
        RULES.append(Rule(number, name, severity, demand, function, is_local))
        RULES.sort(key=lambda item: item.number)
        catalogue.register(Check(f"{number} {name}", "rules", demand, severity))
        return function

    return register


def findings(record: Record) -> Iterator[tuple[Rule, Finding]]:
    """Every finding of every rule. A rule that looks at a table which could not be read whole is withheld: what it
    would find may be a consequence."""
    for item in RULES:
        record.touched.clear()
        found = list(item.function(record))
        if item.is_local or not record.touched & record.broken:
            yield from ((item, finding) for finding in found)


def check(
    rows: dict[str, list[Row]],
    articles: dict[str, Article],
    problems: Problems,
    places: dict[tuple[str, tuple], Place] | None = None,
    broken: frozenset[str] = frozenset(),
) -> None:
    """Run every rule. A finding is placed where the row stands in ``places``, else in its table."""
    found: dict[str, list[Problem]] = {}
    for item, finding in findings(Record(rows, articles, broken)):
        found.setdefault(item.number, []).append(problem(item, finding, places or {}))
    for group in found.values():
        problems.items += bounded(group, SHOWN)


def problem(item: Rule, finding: Finding, places: dict[tuple[str, tuple], Place]) -> Problem:
    table, identity = type(finding.row).TABLE, finding.row.id
    place = places.get((table, identity), Place(data_path(table)))
    row = ", ".join(map(str, identity))
    found = f"{row}: {finding.found}"
    return Problem(place, item.title, found, finding.expected, finding.remedy, item.severity, row)
