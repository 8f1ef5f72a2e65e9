"""Check the tables of a package, and run the rules over them: what ``on_disk`` calls for a large package."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...files.layout import data_path
from ...model.tables import BY_NAME, TABLES, Document
from ...package.render import Facts
from ...package.table_file import Reading, cells_of_any_length
from ...problems.problem import Place, Problem, Problems, bounded
from ...text.articles import Article
from ...text.quotation import quotations
from ...text.received import oddity
from ...text.spans import Span
from ..rules.engine import RULES, SHOWN, Rule, problem
from . import judge, reading
from .base import Base
from .suspects import ARTICLES, DOUBTS, PARAGRAPHS, PASSAGES, Made


@contextlib.contextmanager
def checking(
    paths: dict[str, Path],
    problems: Problems,
    remedy: str,
    memory: str,
    tell: Callable[[str], None],
) -> Iterator[Tables]:
    """Check the tables in the files ``paths``, as far as they are at hand, adding to ``problems``; inside the ``with``
    they are there for the rules.

    ``memory`` is what DuckDB may hold in memory, as ``4GB``. Beyond it a temporary folder is used, with up to twice the
    size of the package. ``remedy`` says what to do about a file; ``tell`` is called with each step, in words.
    """
    with Base(memory) as base:
        reading.prepare(base)
        loaded = _load(base, paths, remedy, tell)
        incomplete = {model.TABLE for model in TABLES if model.TABLE not in paths}
        with base.together(partial(reading.learn, base, table.model) for table in loaded) as learnt:
            for table, done in zip(loaded, learnt, strict=True):
                tell(f"looking for ids and dates of {table.model.TABLE}")
                done.result()
        with base.together(partial(reading.check, base, table) for table in loaded) as checked:
            for table, done in zip(loaded, checked, strict=True):
                tell(f"checking {table.model.TABLE}")
                done.result()
                problems.items += table.reading.shown()
                if not table.reading.is_whole:
                    incomplete.add(table.model.TABLE)
        facts = {table.model.TABLE: table.facts for table in loaded}
        names = "document_id", "label", "seed_path", "text_sha256", "title", "language", "published_date"
        values = base.each(f"SELECT {', '.join(names)} FROM documents ORDER BY row")
        documents = [Document.model_construct(**dict(zip(names, found, strict=True))) for found in values]
        yield Tables(base, facts, frozenset(incomplete), documents, tell)


def _load(base: Base, paths: dict[str, Path], remedy: str, tell: Callable[[str], None]) -> list[reading.Loaded]:
    """Read the files, the largest first, so that no worker is left alone with it; in the order of the tables."""
    for model in TABLES:
        if model.TABLE not in paths:
            base.empty(model)
    models = [BY_NAME[name] for name in sorted(paths, key=lambda name: -paths[name].stat().st_size)]
    tasks = (
        partial(reading.load, base, model, paths[model.TABLE], Reading(model, data_path(model.TABLE), remedy))
        for model in models
    )
    found = {}
    with cells_of_any_length(), base.together(tasks) as futures:
        for model, future in zip(models, futures, strict=True):
            tell(f"reading {model.TABLE}")
            found[model] = future.result()
    return [found[model] for model in TABLES if model in found]


@dataclass
class Tables:
    """The tables that were checked: the facts of each file, the names of the incomplete tables, and the rows of
    documents, as far as they lead to the articles and name them."""

    base: Base
    facts: dict[str, Facts]
    incomplete: frozenset[str]
    documents: list[Document]
    tell: Callable[[str], None]


def check_rules(
    tables: Tables,
    root: Path,
    texts: Iterable[tuple[Document, Article]],
    problems: Problems,
    only: Collection[str] = (),
) -> None:
    """Run every rule, or those with the numbers in ``only``; ``texts`` are the articles that are at hand.

    Rules that need no articles run while the articles are read. With ``only``, the articles are read when one of these
    rules needs them.
    """
    base, known = tables.base, judge.Texts(tables.base, root)
    chosen = [rule for rule in RULES if (not only or rule.number in only) and rule.can_judge(tables.incomplete)]
    later = [rule for rule in chosen if rule.needs_articles]
    made = dict.fromkeys(made for rule in chosen for query in rule.queries for made in query.uses)
    first = [rule for rule in chosen if rule not in later]
    found: dict[str, list[Problem]] = {}

    def tasks(rules: list[Rule]) -> list[Callable[[], list[Problem]]]:
        return [partial(_broken, base, rule, known, tables.incomplete) for rule in rules]

    def collect(rules: list[Rule], futures: list[Future[list[Problem]]]) -> None:
        for rule, future in zip(rules, futures, strict=True):
            tables.tell(f"rule {rule.title}")
            found[rule.number] = future.result()

    _make(base, (table for table in made if not table.needs_articles))
    with base.together(tasks(first)) as futures:
        try:
            if later or not only:
                tables.tell("reading the articles")
                _read_articles(base, texts)
                _make(base, (table for table in made if table.needs_articles))
        finally:
            known.are_read.set()
        collect(first, futures)
    with base.together(tasks(later)) as futures:
        collect(later, futures)
    for rule in chosen:
        problems.items += found[rule.number]


def _make(base: Base, made: Iterable[Made]) -> None:
    """Make the further tables that come from a query, or from rows that Python makes."""
    for table in made:
        if table.rows is not None:
            with base.writer(table.name, table.columns) as rows:
                for values in table.rows(base.each):
                    rows.add(*values)
        elif table.sql is not None:
            base.run(f"CREATE TABLE main.{table.name} AS {table.sql()}")


def _read_articles(base: Base, found: Iterable[tuple[Document, Article]]) -> None:
    """The articles as tables: texts with what the rules count in them, paragraphs, and passages in quotation marks."""
    paragraphs = base.writer(PARAGRAPHS.name, "document_id number start end text")
    passages = base.writer(PASSAGES.name, "document_id start end style closed")
    doubts = base.writer(DOUBTS.name, "document_id start end")
    columns = "document_id path text sha256 encoding counted oddity length words paragraphs"
    settled = _settled(base)
    with base.writer(ARTICLES.name, columns) as texts, paragraphs, passages, doubts:
        for row, article in found:
            counts = len(article.text), len(article.text.split()), len(article.paragraphs)
            read = article.encoding, article.counted_sha256, oddity(article.text, article.odd_controls)
            texts.add(row.document_id, row.seed_path, article.text, article.sha256, *read, *counts)
            for number, span in enumerate(article.paragraphs, 1):
                paragraphs.add(row.document_id, number, span.start, span.end, article.of(span))
            marks = quotations(article.text, article.paragraphs, *settled.get(row.document_id, ((), ())))
            for one in (*marks.quotations, *marks.others):
                passages.add(row.document_id, one.start, one.end, one.style, str(one.is_closed).lower())
            for doubt in marks.doubts:
                doubts.add(row.document_id, doubt.start, doubt.end)


def _settled(base: Base) -> dict[str, tuple[list[Span], list[Span]]]:
    """By article, the passages of which coders say that they are quotations, and those whose marks are none."""
    settled: dict[str, tuple[list[Span], list[Span]]] = {}
    rows = base.each(
        """SELECT document_id, start, "end", disposition = 'not_quoted' FROM quotations
        WHERE is_settled ORDER BY document_id, quotation_id"""
    )
    for document, start, end, is_other in rows:
        settled.setdefault(document, ([], []))[is_other].append(Span(start, end))
    return settled


def _broken(base: Base, rule: Rule, texts: judge.Texts, incomplete: frozenset[str]) -> list[Problem]:
    """The first problems that a rule finds, and how many more there are."""
    shown: list[Problem] = []
    total = 0
    for finding, line in judge.findings(base, rule, texts, incomplete):
        total += 1
        if len(shown) <= SHOWN:
            table = type(finding.row).TABLE
            shown.append(problem(rule, finding, {(table, finding.row.id): Place(data_path(table), line)}))
    return bounded(shown, SHOWN, total)
