"""What can be recomputed is: a computed value that was changed is an error of its row, whichever engine looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from haftar_record.checks import rules
from haftar_record.checks.rules import words as words_rules
from haftar_record.files.layout import data_path
from haftar_record.model.cells import LIST_SEPARATOR
from haftar_record.model.rows import Row, Rows, columns, is_required, kind
from haftar_record.model.tables import BY_NAME, TABLES
from haftar_record.package import reader
from haftar_record.package.render import csv_bytes
from haftar_record.text import articles
from haftar_record.text.articles import Article

from .. import verdicts
from ..conftest import ROOT
from ..faults import mutations

#: Computed columns of which some wrong values cannot be told from the tables and the articles, and why.
BOUNDED = {
    ("event_actors", "report_count"): "two reports that name an actor by the same words share their evidence: the "
    "number is held between that of the articles and that of their reports",
}
COMPUTED = [(model.TABLE, name) for model in TABLES for name, column in columns(model).items() if column.computed]
#: Rows of a column that are tried: the first, one in the middle, the last.
PLACES = (0.0, 0.5, 1.0)


def others(rows: list[Row], row: Row, name: str) -> Iterator[object]:
    """Values that might as well stand in a row: those of other rows, a number more or less, further words."""
    model = type(row)
    column, own, one = columns(model)[name], getattr(row, name), kind(model, name)
    if one is bool:
        yield not own
    elif one is int:
        yield from (value for value in ((own or 0) + 1, (own or 0) - 1) if column.accepts_number(value))
    elif one is date:
        yield own + timedelta(1) if own else date(2020, 1, 1)
    elif column.allowed and not column.many:
        yield from (code for code in column.allowed if code != own)
    elif name == "text_encoding":  # all articles may have one
        yield "utf-16" if own == "utf-8" else "utf-8"
    elif name.endswith("sha256"):  # another one that no row has
        yield own[::-1]
    elif name in model.KEY:
        yield (
            re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit[0]) + 1) % 10), own)
            if re.search(r"\d", own)
            else own + "s"
        )
    else:
        # Of a unique column, a value of another row would be found as such.
        yield from [f"{own}s"] if column.unique else []
        yield from list(dict.fromkeys(value for row in rows if (value := getattr(row, name)) not in (own, None)))[:2]
        yield from [f"{own}s"] if own and column.verbatim else []
        yield from [own.partition(LIST_SEPARATOR)[0]] if own and column.many and LIST_SEPARATOR in own else []
    if own is not None and not is_required(model, name):
        yield None


def places(rows: list[Row], table: str, name: str) -> list[int]:
    """Where a value is changed: in rows that have one, if there are any; in more of them where some may be missed."""
    filled = [number for number, row in enumerate(rows) if getattr(row, name) is not None] or [0]
    if (table, name) in BOUNDED:
        return filled[::5]
    return list(dict.fromkeys(filled[int(part * (len(filled) - 1))] for part in PLACES))


@pytest.fixture(scope="module")
def record() -> tuple[Rows, dict[str, Article]]:
    """The rows of the package, and its articles; in a table that has no rows, one with the examples of the columns."""
    rows = reader.read(ROOT).rows
    for model in TABLES:
        if model.MAY_BE_EMPTY and not rows[model.TABLE]:
            rows[model.TABLE] = [
                model(**{name: (info.examples or [None])[0] for name, info in model.model_fields.items()})
            ]
    texts = {row.document_id: articles.read(ROOT, row.seed_path) for row in rows["documents"]}
    return rows, texts


def wrong_rows(rows: Rows, texts: dict[str, Article], table: str) -> Iterator[Row]:
    """The rows in which a rule that reads a table finds an error, the quicker rules first."""
    found = rules.Record(rows, texts)
    chosen = [rule for rule in rules.RULES if BY_NAME[table] in rule.reads and rule.severity == "error"]
    for rule in sorted(chosen, key=lambda rule: len(rule.reads)):
        yield from (finding.row for finding in rule.findings(found))


@pytest.mark.parametrize("column", COMPUTED, ids=".".join)
def test_computed_column_is_recomputed(record, column) -> None:
    """Of every computed column, whatever stands in its place is an error of its row."""
    (rows, texts), (table, name) = record, column
    missed = []
    for at in places(rows[table], table, name):
        row = rows[table][at]
        for value in others(rows[table], row, name):
            new = row.model_copy(update={name: value})
            spoilt = {**rows, table: [*rows[table][:at], new, *rows[table][at + 1 :]]}
            if not any(one is new for one in wrong_rows(spoilt, texts, table)):
                missed.append((row.display_id, getattr(row, name), value))
    assert not missed or column in BOUNDED, missed
    assert missed or column not in BOUNDED, "the exception is none"


@pytest.mark.slow
@pytest.mark.parametrize("table", [model.TABLE for model in TABLES if any(c.computed for c in columns(model).values())])
def test_both_engines_recompute(record, tmp_path: Path, table: str) -> None:
    """``validate`` says so of a package whose hashes are right, in the same words whichever engine looks: each column in
    a row of its own."""
    pytest.importorskip("duckdb", reason="the extra fast is not installed")
    rows = list(record[0][table])
    for number, name in enumerate(name for one, name in COMPUTED if one == table):
        at = number * max(1, len(rows) // 30) % len(rows)
        values = [value for value in others(rows, rows[at], name) if value is not None]
        rows[at] = rows[at].model_copy(update={name: values[0]})
    root = tmp_path / "record"
    mutations.copy(ROOT, root)
    (root / data_path(table)).write_bytes(csv_bytes(BY_NAME[table], sorted(rows, key=lambda row: row.id)))
    mutations.refresh(root, table)
    one, two = verdicts.of_both_engines(root)
    assert two == one
    wrong = {problem["record"] for problem in one if problem["severity"] == "error"}
    changed = {new.display_id for new, old in zip(rows, record[0][table], strict=True) if new is not old}
    assert changed <= wrong or table in {one for one, _ in BOUNDED}


@pytest.mark.parametrize(
    ("value", "passages", "is_made"),
    [
        ("one […] two", ["one […] two"], True),
        ("one […] two […] three", ["one […] two", "three"], True),
        ("one […] […] two", ["one […]", "two"], True),
        ("three […] one […] two", ["one […] two", "three"], True),  # passages of two paragraphs
        ("one […] two", ["one", "two"], True),
        ("one two", ["one […] two"], False),
        ("one […] two", ["one […] three"], False),
        ("one […] one", ["one", "two"], False),
        ("one […] two", ["one"], False),
    ],
)
def test_an_article_may_print_the_mark_between_passages(record, value, passages, is_made) -> None:
    """A mark that an article prints inside quoted words is told apart from the one that the coder puts between them."""
    model, (start, pieces) = record[0]["evidence"][0], (0, [])
    for words in passages:
        pieces.append(model.model_copy(update={"start": start, "end": start + len(words), "exact_text": words}))
        start += len(words) + 10
    assert words_rules._is_made_of(value, pieces) == is_made
