"""Run the rules over the rows that may break them: few rows, each with those that the rule needs to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .. import articles
from ..articles import Article
from ..rules import Finding, Record, Rule
from ..tables import BY_NAME, TABLES, columns
from .base import BATCH, Base, items, key, quoted
from .forms import FORMS, Form

#: A finding and the line of its row.
Placed = tuple[Finding, int]


def findings(base: Base, rule: Rule, texts: Texts, broken: frozenset[str]) -> Iterator[Placed]:
    """The findings of one rule, form by form, in the order of the rows."""
    for form in FORMS[rule.number]:
        base.run(f"CREATE OR REPLACE TABLE suspects AS SELECT DISTINCT s.row FROM ({form.suspects}) s(row) ORDER BY s.row")
        if form.by and base.one("SELECT count(*) FROM suspects"):
            _widen(base, rule, form, texts, broken)
        for start in range(0, base.one("SELECT count(*) FROM suspects"), BATCH):
            yield from _judged(base, rule, form, f"SELECT row FROM suspects LIMIT {BATCH} OFFSET {start}", texts, broken)


def _widen(base: Base, rule: Rule, form: Form, texts: Texts, broken: frozenset[str]) -> None:
    """Judge one row of each combination of values; suspect all rows with a combination that breaks the rule."""
    total = base.one("SELECT count(*) FROM suspects")
    wrong: list[int] = []
    for start in range(0, total, BATCH):
        numbers = f"SELECT row FROM suspects LIMIT {BATCH} OFFSET {start}"
        rows = {}
        found = list(_judged(base, rule, form, numbers, texts, broken, rows))
        wrong += [rows[id(finding.row)] for finding, _ in found]
    values = ", ".join(f"{value} AS v{number}" for number, value in enumerate(form.by))
    same = " AND ".join(f"o.v{number} IS NOT DISTINCT FROM w.v{number}" for number in range(len(form.by)))
    listed = ", ".join(map(str, wrong)) or "NULL"
    base.run(
        f"""CREATE OR REPLACE TABLE suspects AS WITH o AS (SELECT t.row, {values} FROM {quoted(form.table)} t)
        SELECT DISTINCT o.row FROM o JOIN (SELECT * FROM o WHERE row IN ({listed})) w ON {same} ORDER BY o.row"""
        if wrong
        else "DELETE FROM suspects"
    )


def _judged(
    base: Base, rule: Rule, form: Form, numbers: str, texts: Texts, broken: frozenset[str], of: dict | None = None
) -> Iterator[Placed]:
    """Run a rule over some rows and their context; its findings about them. ``of`` takes the number of each row."""
    base.run(f"CREATE OR REPLACE TABLE focus AS SELECT * FROM {quoted(form.table)} WHERE row IN ({numbers})")
    wanted = {form.table: ["SELECT row FROM focus"]}
    for table, condition in [*_referred(form.table), *form.context.items()]:
        wanted.setdefault(table, []).append(f"SELECT row FROM {quoted(table)} WHERE {condition}")
    focus = {row for (row,) in base.each("SELECT row FROM focus")}
    lines: dict[int, int] = {}
    rows: dict[str, list[Any]] = {model.TABLE: [] for model in TABLES}
    for table, queries in wanted.items():
        for number, line, row in base.rows(BY_NAME[table], " UNION ".join(queries)):
            rows[table].append(row)
            if table in form.also or (table == form.table and number in focus):
                lines[id(row)] = line
                if of is not None:
                    of[id(row)] = number
    for finding in rule.function(Record(rows, texts, broken)):
        if id(finding.row) in lines:
            yield finding, lines[id(finding.row)]


def _referred(table: str) -> Iterator[tuple[str, str]]:
    """Conditions for the rows that rows in focus refer to."""
    for name, column in columns(BY_NAME[table]).items():
        if column.ref:
            values = items(quoted(name)) if column.many else quoted(name)
            yield column.ref, f"{key(column.ref)} IN (SELECT {values} FROM focus)"


class Texts(dict[str, Article]):
    """The articles by document id, each read when a rule asks for it; a few are kept."""

    KEPT = 64

    def __init__(self, base: Base, root: Any):
        super().__init__()
        self.base, self.root = base, root

    def get(self, document_id: str, default: Article | None = None) -> Article | None:
        if document_id not in self:
            found = self.base.run("SELECT path FROM articles WHERE document_id = ?", [document_id]).fetchone()
            if found is None:
                return default
            if len(self) >= self.KEPT:
                self.clear()
            self[document_id] = articles.read(self.root / found[0], found[0])
        return self[document_id]


def looked_at(rule: Rule) -> set[str]:
    """The tables that the forms of a rule name."""
    said = " ".join(form.suspects for form in FORMS[rule.number])
    return {model.TABLE for model in TABLES if re.search(rf"\b{model.TABLE}\b", said)}
