"""Run the rules over the rows that may break them: few rows, each with those that the rule needs to see."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...model.rows import columns
from ...model.tables import BY_NAME, TABLES
from ...text import articles
from ...text.articles import Article
from ..rules import Finding, Record, Rule
from .base import Base
from .forms import FORMS, Form
from .sql import items, key, listed, quoted

#: Rows of a table that are shown to a rule which has to see a table as a whole.
SHOWN_ROWS = 20_000

#: A finding and the line of its row.
Placed = tuple[Finding, int]


def findings(base: Base, rule: Rule, texts: Texts, incomplete: frozenset[str]) -> Iterator[Placed]:
    """The findings of one rule, table by table, in the order of the rows."""
    if any(form.column for form in FORMS[rule.number]):
        yield from _unknown(base, rule, texts, incomplete)
        return
    by_table: dict[str, list[Form]] = {}
    for form in FORMS[rule.number]:
        by_table.setdefault(form.table, []).append(form)
    for table, forms in by_table.items():
        judge = _Judge(base, rule, table, forms, texts, incomplete)
        for numbers in base.numbers(f"{judge.suspects()} ORDER BY row"):
            yield from ((finding, line) for finding, line, _ in judge.judged(numbers))


def _unknown(base: Base, rule: Rule, texts: Texts, incomplete: frozenset[str]) -> Iterator[Placed]:
    """Ids without a row, wherever they stand: the rule says each once, and which id is nearest. So it is shown the rows
    that have them and the tables that they refer to, of each table ``SHOWN_ROWS`` at most."""
    suspects: dict[str, list[str]] = {}
    wanted: dict[str, list[str]] = {}
    known = set(base.each('SELECT DISTINCT "table", "column" FROM unknown'))
    for form in FORMS[rule.number]:
        if (form.table, form.column) in known:
            suspects.setdefault(form.table, []).append(f"SELECT row FROM ({form.suspects}) s(row)")
            target = columns(BY_NAME[form.table])[form.column].ref
            wanted[target] = [f"SELECT row FROM (SELECT row FROM {quoted(target)} ORDER BY row LIMIT {SHOWN_ROWS})"]
    focus: dict[str, set[int]] = {}
    for table, queries in suspects.items():
        numbers = f"SELECT row FROM ({' UNION '.join(queries)}) ORDER BY row LIMIT {SHOWN_ROWS}"
        base.run(f"CREATE OR REPLACE TABLE focus_{table} AS SELECT * FROM {quoted(table)} WHERE row IN ({numbers})")
        focus[table] = {row for (row,) in base.each(f"SELECT row FROM focus_{table}")}
        wanted.setdefault(table, []).append(f"SELECT row FROM focus_{table}")
        for other, condition in _referred(table, f"focus_{table}"):
            wanted.setdefault(other, []).append(f"SELECT row FROM {quoted(other)} WHERE {condition}")
    rows: dict[str, list[Any]] = {model.TABLE: [] for model in TABLES}
    lines: dict[int, int] = {}
    for table, queries in wanted.items():
        for number, line, row in base.rows(BY_NAME[table], f"row IN ({' UNION '.join(queries)})"):
            rows[table].append(row)
            if number in focus.get(table, ()):
                lines[id(row)] = line
    for finding in rule.function(Record(rows, texts, incomplete)) if focus else ():
        if id(finding.row) in lines:
            yield finding, lines[id(finding.row)]


@dataclass
class _Judge:
    """One rule over the rows of one table."""

    base: Base
    rule: Rule
    table: str
    forms: list[Form]
    texts: Texts
    incomplete: frozenset[str]

    def suspects(self) -> str:
        """A query for the numbers of the rows that may break the rule."""
        plain = (f"SELECT row FROM ({form.suspects}) s(row)" for form in self.forms if not form.by)
        return " UNION ".join([*plain, *(self._widened(form) for form in self.forms if form.by)])

    def _widened(self, form: Form) -> str:
        """One row of each combination of values is judged; suspect are all rows with one that breaks the rule."""
        wrong = [row for numbers in self.base.numbers(form.suspects) for *_, row in self.judged(numbers)]
        if not wrong:
            return "SELECT NULL::BIGINT AS row WHERE false"
        values = ", ".join(f"{value} AS v{number}" for number, value in enumerate(form.by))
        same = " AND ".join(f"o.v{number} IS NOT DISTINCT FROM w.v{number}" for number in range(len(form.by)))
        return (
            f"(WITH o AS (SELECT t.row, {values} FROM {quoted(self.table)} t) SELECT o.row FROM o "
            f"JOIN (SELECT * FROM o WHERE row IN ({listed(wrong)})) w ON {same})"
        )

    def judged(self, numbers: list[int]) -> Iterator[tuple[Finding, int, int]]:
        """What the rule finds about some rows, which it sees among those that they depend on; with line and number."""
        own = f"SELECT * FROM {quoted(self.table)} WHERE row IN ({listed(numbers)})"
        self.base.run(f"CREATE OR REPLACE TABLE focus AS {own}")
        focus = set(numbers)
        also = {table for form in self.forms for table in form.also}
        judged: dict[int, tuple[int, int]] = {}
        rows: dict[str, list[Any]] = {model.TABLE: [] for model in TABLES}
        for table, queries in self._wanted().items():
            for number, line, row in self.base.rows(BY_NAME[table], f"row IN ({' UNION '.join(queries)})"):
                rows[table].append(row)
                if table in also or (table == self.table and number in focus):
                    judged[id(row)] = line, number
        for finding in self.rule.function(Record(rows, self.texts, self.incomplete)):
            if id(finding.row) in judged:
                yield finding, *judged[id(finding.row)]

    def _wanted(self) -> dict[str, list[str]]:
        """Queries for the numbers of the rows to be seen, by table."""
        wanted = {self.table: ["SELECT row FROM focus"]}
        seen = looked_at(self.rule)
        conditions = [(table, condition) for table, condition in _referred(self.table) if table in seen]
        conditions += [item for form in self.forms for item in form.context.items()]
        for table, condition in dict.fromkeys(conditions):
            wanted.setdefault(table, []).append(f"SELECT row FROM {quoted(table)} WHERE {condition}")
        return wanted


def _referred(table: str, focus: str = "focus") -> Iterator[tuple[str, str]]:
    """Conditions for the rows that rows in focus refer to."""
    for name, column in columns(BY_NAME[table]).items():
        if column.ref:
            values = items(quoted(name)) if column.many else quoted(name)
            yield column.ref, f"{key(column.ref)} IN (SELECT {values} FROM {focus})"


class Texts(dict[str, Article]):
    """The articles by document id, each read when a rule asks for it; a few are kept. Rules wait until it is known which
    articles there are."""

    KEPT = 64

    def __init__(self, base: Base, root: Any):
        super().__init__()
        self.base, self.root = base, root
        self.are_read, self._lock = threading.Event(), threading.Lock()

    def get(self, document_id: str, default: Article | None = None) -> Article | None:
        self.are_read.wait()
        with self._lock:
            if document_id not in self:
                found = self.base.run("SELECT path FROM articles WHERE document_id = ?", [document_id]).fetchone()
                if found is None:
                    return default
                if len(self) >= self.KEPT:
                    self.clear()
                self[document_id] = articles.read(self.root / found[0], found[0])
            return self[document_id]


#: Tables that are made of the articles.
_OF_ARTICLES = {"articles", "paragraphs", "passages", "misplaced"}


def needs_articles(rule: Rule) -> bool:
    """Whether a form of the rule looks at the articles."""
    return bool(named(rule, _OF_ARTICLES))


def looked_at(rule: Rule) -> set[str]:
    """The tables that the forms of a rule name."""
    return named(rule, set(BY_NAME))


def named(rule: Rule, tables: set[str]) -> set[str]:
    """Which of the tables the forms of a rule name."""
    said = " ".join(form.suspects for form in FORMS[rule.number])
    return {table for table in tables if re.search(rf"\b{table}\b", said)}
