"""No rule takes time that grows as the square of a record: not in chains, not in circles, not in one huge article."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from haftar_record.checks import rules
from haftar_record.checks.rules.engine import Rule
from haftar_record.model.rows import Row, Rows, columns, kind
from haftar_record.model.tables import TABLES, Actor, Event, Source, Statement
from haftar_record.package import reader
from haftar_record.text import articles
from haftar_record.text.articles import Article

from ..conftest import ROOT

#: Columns by which a row belongs to another of its table.
PARENTS: dict[type[Row], str] = {
    Statement: "parent_statement_id",
    Event: "part_of_event_id",
    Actor: "parent_actor_id",
    Source: "origin_source_id",
}
#: Seconds below which nothing is measured.
SHORT = 0.05
Made = tuple[Rows, dict[str, Article]]


@pytest.fixture(scope="module")
def real() -> Rows:
    return reader.read(Path(ROOT)).rows


def of_length(rows: Rows, length: int, parent: Callable[[int, int], int | None]) -> Rows:
    """The record with ``length`` more rows of each table of ``PARENTS``, of which each belongs to another."""
    made = dict(rows)
    for model, column in PARENTS.items():
        first, key = rows[model.TABLE][0], model.KEY[0]

        def name(number: int | None, begins: str = str(first.id[0])) -> str | None:
            return None if number is None else f"{begins}-{number:07d}"

        more = [
            first.model_copy(update={key: name(number), column: name(parent(number, length))})
            for number in range(length)
        ]
        made[model.TABLE] = [*rows[model.TABLE], *more]
    return made


def chain(rows: Rows, length: int) -> Made:
    """Each row belongs to the one before it, in a table in which the last comes first."""
    made = of_length(rows, length, lambda number, _: number - 1 if number else None)
    return {name: found[::-1] for name, found in made.items()}, {}


def circle(rows: Rows, length: int) -> Made:
    """The first row belongs to the last one."""
    return of_length(rows, length, lambda number, length: (number - 1) % length), {}


def into_a_circle(rows: Rows, length: int) -> Made:
    """A long chain that ends in a small circle, which no row of the chain is part of."""
    return of_length(rows, length, lambda number, _: number - 1 if number else 1), {}


def star(rows: Rows, length: int) -> Made:
    """All rows belong to the first one: for events, one large whole whose parts are alike."""
    return of_length(rows, length, lambda number, _: 0 if number else None), {}


def crowd(rows: Rows, length: int) -> Made:
    """All rows are alike and belong to nothing."""
    return of_length(rows, length, lambda *_: None), {}


def huge_article(rows: Rows, length: int) -> Made:
    """All that is coded in an article stands in it many times, one after the other."""
    document = rows["documents"][0]
    article = articles.read(ROOT, document.seed_path)
    times = -(-length // 20)
    size = len(article.text)
    made = dict(rows)
    for model in TABLES:
        if "document_id" in model.model_fields and model.TABLE != "documents":
            own = [row for row in rows[model.TABLE] if row.document_id == document.document_id]
            made[model.TABLE] = [repeated(row, number, size) for number in range(times) for row in own]
    text = article.text * times
    spans = articles._paragraphs(text)
    whole = Article(article.name, text, article.sha256, spans, _starts=(tuple(span.start for span in spans), ()))
    return made, {document.document_id: whole}


def repeated(row: Row, number: int, size: int) -> Row:
    """A row of a further repetition of an article: other ids inside the article, later offsets."""
    values: dict[str, object] = {}
    for name, column in columns(type(row)).items():
        value = getattr(row, name)
        is_inner = name in row.KEY or column.ref in (
            "statements",
            "event_reports",
            "relations",
            "quantities",
            "evidence",
        )
        if value is not None and is_inner and kind(type(row), name) is str:
            values[name] = ";".join(f"{one}-{number}" for one in value.split(";"))
        if name in ("start", "end"):
            values[name] = value + number * size
    return row.model_copy(update=values)


SHAPES = (chain, circle, into_a_circle, star, crowd, huge_article)


def seconds(rule: Rule, made: Made) -> float:
    """The shortest of two runs over a record that is indexed anew."""
    taken = []
    for _ in range(2):
        record = rules.Record(*made)
        start = time.process_time()
        for _ in rule.findings(record):
            pass
        taken.append(time.process_time() - start)
    return min(taken)


def slow(made: Callable[[int], Made], length: int) -> Iterator[tuple[str, float, float]]:
    """The rules that take more than six times as long for a record four times as long."""
    small, large = made(length), made(4 * length)
    for rule in rules.RULES:
        one, four = seconds(rule, small), seconds(rule, large)
        if four > SHORT and four > 6 * max(one, SHORT / 6):
            yield rule.title, one, four


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_rules_are_linear(real: Rows, shape: Callable[[Rows, int], Made]) -> None:
    """What is checked in a second at one size takes four, and not sixteen, at four times the size."""
    assert not list(slow(lambda length: shape(real, length), 600))
