"""What a rule is, what it may look at, and how all of them are run over a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ...files.layout import data_path
from ...model.index import Index, R
from ...model.rows import Places, Row, Rows
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


class Record(Index):
    """What a rule may look at: all rows by table, and the articles by document id, as far as they are at hand.

    ``incomplete`` are the tables of which not all rows could be read. ``tables_read`` collects the names of the tables
    that have been looked at.
    """

    def __init__(self, rows: Rows, articles: Mapping[str, Article], incomplete: frozenset[str] = frozenset()):
        super().__init__(rows)
        self.articles, self.incomplete = articles, incomplete
        self.tables_read: set[str] = set()

    def __getitem__(self, model: type[R]) -> list[R]:
        """The rows of a table, which counts as looked at."""
        self.tables_read.add(model.TABLE)
        return super().__getitem__(model)


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
        record.tables_read.clear()
        found = list(item.function(record))
        if item.is_local or not record.tables_read & record.incomplete:
            yield from ((item, finding) for finding in found)


def check(
    rows: Rows,
    articles: Mapping[str, Article],
    problems: Problems,
    places: Places | None = None,
    incomplete: frozenset[str] = frozenset(),
) -> None:
    """Run every rule. A finding is placed where the row stands in ``places``, else in its table."""
    found: dict[str, list[Problem]] = {}
    for item, finding in findings(Record(rows, articles, incomplete)):
        found.setdefault(item.number, []).append(problem(item, finding, places or {}))
    for group in found.values():
        problems.items += bounded(group, SHOWN)


def problem(item: Rule, finding: Finding, places: Places) -> Problem:
    table, identity = type(finding.row).TABLE, finding.row.id
    place = places.get((table, identity), Place(data_path(table)))
    name = finding.row.display_id
    found = f"{name}: {finding.found}"
    return Problem(place, item.title, found, finding.expected, finding.remedy, item.severity, name)
