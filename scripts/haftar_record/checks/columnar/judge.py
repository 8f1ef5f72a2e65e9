"""Run the rules over the rows that may break them: few rows, each with those that the rule needs to see.

The rows are found by the queries that stand beside a rule; see ``suspects``.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...model.rows import Row, columns
from ...model.tables import BY_NAME, TABLES
from ...text import articles
from ...text.articles import Article
from ..rules import Finding, Record, Rule
from .base import Base
from .sql import items, key, listed, quoted
from .suspects import Suspects

#: Rows of a table that are shown to a rule which has to see a table as a whole.
SHOWN_ROWS = 20_000

#: A finding and the line of its row.
Placed = tuple[Finding, int]


def findings(base: Base, rule: Rule, texts: Texts, incomplete: frozenset[str]) -> Iterator[Placed]:
    """The findings of one rule, table by table, in the order of the rows."""
    if any(query.column for query in rule.queries):
        yield from _unknown(base, rule, texts, incomplete)
        return
    by_table: dict[type[Row], list[Suspects]] = {}
    for query in rule.queries:
        by_table.setdefault(query.model, []).append(query)
    for model, queries in by_table.items():
        judge = _Judge(base, rule, model, queries, texts, incomplete)
        for numbers in base.numbers(f"{judge.suspects()} ORDER BY row"):
            yield from ((finding, line) for finding, line, _ in judge.judged(numbers))


def _unknown(base: Base, rule: Rule, texts: Texts, incomplete: frozenset[str]) -> Iterator[Placed]:
    """Ids without a row, wherever they stand: the rule says each once, and which id is nearest. So it is shown the rows
    that have them and the tables that they refer to, of each table ``SHOWN_ROWS`` at most."""
    suspects: dict[str, list[str]] = {}
    wanted: dict[str, list[str]] = {}
    known = set(base.each('SELECT DISTINCT "table", "column" FROM unknown'))
    for query in rule.queries:
        table = query.model.TABLE
        if (table, query.column) in known:
            suspects.setdefault(table, []).append(f"SELECT row FROM ({query.sql}) s(row)")
            target = columns(query.model)[query.column].ref
            wanted[target] = [f"SELECT row FROM (SELECT row FROM {quoted(target)} ORDER BY row LIMIT {SHOWN_ROWS})"]
    focus: dict[str, set[int]] = {}
    for table, queries in suspects.items():
        numbers = f"SELECT row FROM ({' UNION '.join(queries)}) ORDER BY row LIMIT {SHOWN_ROWS}"
        base.run(f"CREATE OR REPLACE TABLE focus_{table} AS SELECT * FROM {quoted(table)} WHERE row IN ({numbers})")
        focus[table] = {row for (row,) in base.each(f"SELECT row FROM focus_{table}")}
        wanted.setdefault(table, []).append(f"SELECT row FROM focus_{table}")
        for other, condition in _referred(BY_NAME[table], f"focus_{table}"):
            wanted.setdefault(other.TABLE, []).append(f"SELECT row FROM {quoted(other.TABLE)} WHERE {condition}")
    rows: dict[str, list[Row]] = {model.TABLE: [] for model in TABLES}
    lines: dict[int, int] = {}
    for table, queries in wanted.items():
        for number, line, row in base.rows(BY_NAME[table], f"row IN ({' UNION '.join(queries)})"):
            rows[table].append(row)
            if number in focus.get(table, ()):
                lines[id(row)] = line
    for finding in rule.findings(Record(rows, texts, incomplete)) if focus else ():
        if id(finding.row) in lines:
            yield finding, lines[id(finding.row)]


@dataclass
class _Judge:
    """One rule over the rows of one table."""

    base: Base
    rule: Rule
    model: type[Row]
    queries: list[Suspects]
    texts: Texts
    incomplete: frozenset[str]

    def suspects(self) -> str:
        """A query for the numbers of the rows that may break the rule."""
        plain = (f"SELECT row FROM ({query.sql}) s(row)" for query in self.queries if not query.by)
        return " UNION ".join([*plain, *(self._widened(query) for query in self.queries if query.by)])

    def _widened(self, query: Suspects) -> str:
        """One row of each combination of values is judged; suspect are all rows with one that breaks the rule."""
        wrong = [row for numbers in self.base.numbers(query.sql) for *_, row in self.judged(numbers)]
        if not wrong:
            return "SELECT NULL::BIGINT AS row WHERE false"
        values = ", ".join(f"{value} AS v{number}" for number, value in enumerate(query.by))
        same = " AND ".join(f"o.v{number} IS NOT DISTINCT FROM w.v{number}" for number in range(len(query.by)))
        return (
            f"(WITH o AS (SELECT t.row, {values} FROM {quoted(self.model.TABLE)} t) SELECT o.row FROM o "
            f"JOIN (SELECT * FROM o WHERE row IN ({listed(wrong)})) w ON {same})"
        )

    def judged(self, numbers: list[int]) -> Iterator[tuple[Finding, int, int]]:
        """What the rule finds about some rows, which it sees among those that they depend on; with line and number."""
        own = f"SELECT * FROM {quoted(self.model.TABLE)} WHERE row IN ({listed(numbers)})"
        self.base.run(f"CREATE OR REPLACE TABLE focus AS {own}")
        focus = set(numbers)
        also = {model for query in self.queries for model in query.also}
        judged: dict[int, tuple[int, int]] = {}
        rows: dict[str, list[Row]] = {model.TABLE: [] for model in TABLES}
        for model, queries in self._wanted().items():
            for number, line, row in self.base.rows(model, f"row IN ({' UNION '.join(queries)})"):
                rows[model.TABLE].append(row)
                if model in also or (model is self.model and number in focus):
                    judged[id(row)] = line, number
        for finding in self.rule.findings(Record(rows, self.texts, self.incomplete)):
            if id(finding.row) in judged:
                yield finding, *judged[id(finding.row)]

    def _wanted(self) -> dict[type[Row], list[str]]:
        """Queries for the numbers of the rows to be seen, by table."""
        wanted: dict[type[Row], list[str]] = {self.model: ["SELECT row FROM focus"]}
        conditions = [(model, condition) for model, condition in _referred(self.model) if model in self.rule.reads]
        conditions += [item for query in self.queries for item in query.context.items()]
        for model, condition in dict.fromkeys(conditions):
            wanted.setdefault(model, []).append(f"SELECT row FROM {quoted(model.TABLE)} WHERE {condition}")
        return wanted


def _referred(model: type[Row], focus: str = "focus") -> Iterator[tuple[type[Row], str]]:
    """Conditions for the rows that rows in focus refer to."""
    for name, column in columns(model).items():
        if column.ref:
            values = items(quoted(name)) if column.many else quoted(name)
            yield BY_NAME[column.ref], f"{key(column.ref)} IN (SELECT {values} FROM {focus})"


class Texts(Mapping[str, Article]):
    """The articles by document id, each read when a rule asks for it; a few are kept. Rules wait until it is known
    which articles there are."""

    KEPT = 64

    def __init__(self, base: Base, root: Path):
        """The articles in the project ``root`` that the base has a row for."""
        self.base, self.root = base, root
        self.are_read, self._lock = threading.Event(), threading.Lock()
        self._kept: dict[str, Article] = {}

    def __getitem__(self, document_id: str) -> Article:
        """The article of a document. Raises KeyError when it is not at hand."""
        self.are_read.wait()
        with self._lock:
            if document_id not in self._kept:
                found = self.base.run("SELECT path FROM articles WHERE document_id = ?", [document_id]).fetchone()
                if found is None:
                    raise KeyError(document_id)
                if len(self._kept) >= self.KEPT:
                    self._kept.clear()
                self._kept[document_id] = articles.read(self.root, found[0])
            return self._kept[document_id]

    def __iter__(self) -> Iterator[str]:
        """The ids of the documents whose articles are at hand."""
        self.are_read.wait()
        return (document_id for (document_id,) in self.base.each("SELECT document_id FROM articles"))

    def __len__(self) -> int:
        """The number of articles at hand."""
        self.are_read.wait()
        return int(self.base.one("SELECT count(*) FROM articles"))
