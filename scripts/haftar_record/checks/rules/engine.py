"""What a rule is, what it may look at, and how all of them are run over a package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ...files.layout import data_path
from ...model.index import Index
from ...model.rows import Places, R, Row, Rows
from ...problems import catalogue
from ...problems.catalogue import Check
from ...problems.problem import Place, Problem, Problems, bounded
from ...problems.wording import by_number
from ...text.articles import Article
from ..columnar.suspects import Suspects
from .faults import Fault, Spoilt

#: Findings of one rule that are shown; the others are counted.
SHOWN = 20
#: What to do about a value that the build computes.
REBUILD = "run “haftar-record build” again, which computes the value"


@dataclass(frozen=True)
class Finding:
    """A row that breaks a rule: what was found in it, what was expected, what to do. What takes long to find out is
    given as a function, which is called for the findings that are shown."""

    row: Row
    found: str
    expected: str | Callable[[], str]
    remedy: str

    @property
    def wanted(self) -> str:
        """What was expected, in words."""
        return self.expected if isinstance(self.expected, str) else self.expected()


@dataclass(frozen=True, eq=False)
class Rule:
    """A check across tables. Beside the function that judges stand the queries for its suspects and its faults.

    reads     the tables that it looks at; a rule is withheld when one of them could not be read whole
    is_local  each row is judged by itself: rows that cannot be read change nothing, and the rule is never withheld

    The decorators ``suspects`` and ``fault`` add the rest::

        @rule("R06", reads=(Statement, Document))
        def statement_not_after_publication(record): ...

        @statement_not_after_publication.suspects
        def _(): ...

        @statement_not_after_publication.fault("r06-said-after-publication", "something is said after publication")
        def _(record): ...
    """

    number: str
    name: str
    severity: str
    demand: str
    reads: frozenset[type[Row]]
    function: Callable[[Record], Iterator[Finding]]
    is_local: bool = False
    faults: list[Fault] = field(default_factory=list)
    _suspects: list[Callable[[], Iterable[Suspects]]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Number and name, as a problem has them."""
        return f"{self.number} {self.name}"

    def suspects(self, queries: Callable[[], Iterable[Suspects]]) -> Callable[[], Iterable[Suspects]]:
        """Add the function that gives the queries for the rows that may break the rule. It is called
        when the columnar engine needs them; the check row by row does not."""
        self._suspects.append(queries)
        return queries

    @cached_property
    def queries(self) -> tuple[Suspects, ...]:
        """The queries for the rows that may break the rule."""
        return tuple(query for queries in self._suspects for query in queries())

    @property
    def needs_articles(self) -> bool:
        """Whether a query looks at what stands in the articles."""
        return any(made.needs_articles for query in self.queries for made in query.uses)

    def fault(
        self, name: str, description: str, family: str = "rules"
    ) -> Callable[[Callable[[Index], Spoilt]], Callable[[Index], Spoilt]]:
        """Add a function that breaks the rule in any record, as a fault of this name."""

        def add(spoil: Callable[[Index], Spoilt]) -> Callable[[Index], Spoilt]:
            self.faults.append(Fault(name, family, description, spoil))
            return spoil

        return add

    def can_judge(self, incomplete: frozenset[str]) -> bool:
        """Whether the rule is run beside tables that could not be read whole: what it would find may be a
        consequence."""
        return self.is_local or not any(model.TABLE in incomplete for model in self.reads)

    def findings(self, record: Record) -> Iterator[Finding]:
        """What the rule finds. Raises RuntimeError when it looks at a table that it does not declare."""
        record.reader = self
        record.tables_read.clear()
        return self.function(record)


class Record(Index):
    """What a rule may look at: all rows by table, and the articles by document id, as far as they are at hand.

    ``incomplete`` are the names of the tables that could not be read whole. ``tables_read`` collects the tables
    that ``reader``, the rule at work, has looked at.
    """

    def __init__(self, rows: Rows, articles: Mapping[str, Article], incomplete: frozenset[str] = frozenset()):
        """Index the rows and keep the articles."""
        super().__init__(rows)
        self.articles, self.incomplete = articles, incomplete
        self.tables_read: set[type[Row]] = set()
        self.reader: Rule | None = None

    def __getitem__(self, model: type[R]) -> list[R]:
        """The rows of a table, which counts as looked at."""
        if model not in self.tables_read:
            if self.reader is not None and model not in self.reader.reads:
                raise RuntimeError(f"{self.reader.title} looks at {model.TABLE}: add {model.__name__} to its “reads”")
            self.tables_read.add(model)
        return super().__getitem__(model)


#: All rules by number, in the order of the numbers.
RULES: list[Rule] = []


def rule(
    number: str, severity: str = "error", *, reads: Iterable[type[Row]], is_local: bool = False
) -> Callable[[Callable[[Record], Iterator[Finding]]], Rule]:
    """Register a function as a rule; its name and docstring are the rule's. Numbers are permanent and never reused."""

    def register(function: Callable[[Record], Iterator[Finding]]) -> Rule:
        demand = " ".join((function.__doc__ or "").split())
        name = function.__name__.replace("_", "-")
        made = Rule(number, name, severity, demand, frozenset(reads), function, is_local)
        RULES.append(made)
        RULES.sort(key=lambda item: by_number(item.number))
        catalogue.register(Check(made.title, "rules", demand, severity))
        return made

    return register


def findings(record: Record) -> Iterator[tuple[Rule, Finding]]:
    """Every finding of every rule that can judge the record."""
    for item in RULES:
        if item.can_judge(record.incomplete):
            for finding in item.findings(record):
                yield item, finding


def check(
    rows: Rows,
    articles: Mapping[str, Article],
    problems: Problems,
    places: Places | None = None,
    incomplete: frozenset[str] = frozenset(),
) -> None:
    """Run every rule. A finding is placed where the row stands in ``places``, else in its table."""
    found: dict[str, list[Problem]] = {}
    count: Counter[str] = Counter()
    for item, finding in findings(Record(rows, articles, incomplete)):
        count[item.number] += 1
        if count[item.number] <= SHOWN + 1:
            found.setdefault(item.number, []).append(problem(item, finding, places or {}))
    for number, group in found.items():
        problems.items += bounded(group, SHOWN, count[number])


def problem(item: Rule, finding: Finding, places: Places) -> Problem:
    """A finding as a problem."""
    table, identity = type(finding.row).TABLE, finding.row.id
    place = places.get((table, identity), Place(data_path(table)))
    name = finding.row.display_id
    found = f"{name}: {finding.found}"
    return Problem(place, item.title, found, finding.wanted, finding.remedy, item.severity, name)
