"""What a sheet says of where quotations begin and end: in the build, in the rules, and in a package without its sheets."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.coding import inputs
from haftar_record.problems.problem import Problem, Problems

from ..verdicts import of_both_engines

SHEET = "seeds/coding/articles/003_187cdebd821c6a5c.yaml"
#: A word in quotation marks inside a statement, and the content of one without any.
MARKED, PLAIN = "“threat”", "the government continues to clear the country of the Wagner mercenaries"
WHOLE = (
    "“Militias that try to spoil the political process or engage in actions that threaten the stability of Libya should not be "
    "tolerated.”"
)


def edit(project: Path, *changes: tuple[str, str]) -> None:
    """Write other lines in the sheet."""
    path = project / SHEET
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def settle(project: Path, lines: str) -> None:
    edit(project, ("\nstatements:\n", f"\nboundaries:\n{lines}\nstatements:\n"))


def found(project: Path) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The quoted passages of the article by their words (style, disposition, settled), and what the build and the rules
    find."""
    problems = Problems()
    read = inputs.read(project, problems)
    if problems.items:
        return {}, problems.items
    rows, places = assemble(read, problems)
    if not problems.items:
        articles = {coded.document_id: coded.article for coded in read.coded}
        rules.check(rows, articles, problems, places)
    passages = {
        row.exact_text: (row.mark_style, row.disposition, str(row.is_settled))
        for row in rows["quotations"]
        if row.document_id == "doc-187cdebd"
    }
    return passages, [problem for problem in problems.items if problem.severity == "error"]


def as_indirect(project: Path) -> None:
    """Say of the statement with the marked word that its speech is indirect."""
    path = project / SHEET
    head, mark, rest = path.read_text(encoding="utf-8").partition('content: "the Wagner mercenaries, which')
    assert mark
    before, form, between = head.rpartition("form: mixed")
    judged = re.compile(r"^ *verbatim(_reference|_because)?: .*\n", re.MULTILINE)
    path.write_text(
        f"{before}{form.replace('mixed', 'indirect')}{between}{mark}{judged.sub('', rest, count=3)}", "utf-8"
    )


def test_marks_that_are_none(project):
    """Catches marks that count although the sheet says that they are no quotation marks: the form follows from it."""
    settle(project, f'  not_quoted: ["{MARKED}"]')
    _, problems = found(project)
    assert [(problem.rule, problem.expected) for problem in problems] == [
        ("R13 form-matches-marks", "indirect, by the quotation marks")
    ]
    as_indirect(project)
    passages, problems = found(project)
    assert not problems
    assert passages[MARKED] == ("double_curly", "not_quoted", "True")


def test_a_quotation_without_marks(project):
    """Catches words that count as told although the sheet says that they are quoted."""
    settle(project, f'  quoted: ["{PLAIN}"]')
    passages, problems = found(project)
    assert [(problem.rule, problem.found) for problem in problems] == [
        ("R13 form-matches-marks", "st-187cdebd-14: indirect")
    ]
    assert passages[PLAIN] == ("unmarked", "statement", "True")


@pytest.mark.parametrize(
    ("lines", "said", "expected"),
    [
        ("  not_quoted: [\"the Wagner mercenaries\"]", "“the Wagner mercenaries” without any mark", "a quotation mark"),
        ("  quoted: [\"become a “threat” to\", \"“threat” to regional\"]", "which shares words with", "share no word"),
        ("  quoted: [\"“threat” to\", \"a “threat”\"]", "which shares words with", "share no word"),
        ("  quoted: [\"“threat”\"]\n  not_quoted: [\"“threat” to regional\"]", "which begins where ““threat”” does", "where no other does"),
        ("  not_quoted: [\"“threat” to\", \"“threat” to regional\"]", "which begins where ““threat” to” does", "where no other does"),
        ("  quoted: [\"“menace”\"]", "“menace”", "words of the article"),
    ],
)  # fmt: skip
def test_what_cannot_be_settled(project, lines, said, expected):
    """Catches a correction that cannot hold, and is dropped or obeyed in silence."""
    settle(project, lines)
    _, problems = found(project)
    assert problems
    assert said in problems[0].found
    assert expected in problems[0].expected
    assert problems[0].place.line


@pytest.fixture
def released(project, run) -> Path:
    """A package with two passages that its sheet has settled, and without its sheets."""
    settle(project, f'  not_quoted: ["{MARKED}"]\n  quoted: ["{WHOLE}"]')
    as_indirect(project)
    built = run(project, "build")
    assert built.returncode == 0, built.stderr
    shutil.rmtree(project / "seeds/coding")
    return project


def rewrite(project: Path, words: str, **cells: str) -> None:
    """Write other cells in the row of a passage."""
    path = project / "datapackage/quotations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["exact_text"] == words:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def errors_of_rules(project: Path) -> list[tuple[str, str]]:
    """What the rules find in the package, row by row; the columnar engine finds the same."""
    one, two = of_both_engines(project)
    assert one == two
    return [(problem["rule"], problem["found"]) for problem in one if problem["rule"][0] == "R"]


def test_a_package_without_its_sheets_is_sound(released):
    """Catches a package whose quotations can be checked only where its sheets are at hand."""
    pytest.importorskip("duckdb")
    with (released / "datapackage/quotations.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["exact_text"]: row for row in csv.DictReader(file)}
    assert (rows[MARKED]["disposition"], rows[MARKED]["is_settled"]) == ("not_quoted", "true")
    assert (rows[WHOLE]["disposition"], rows[WHOLE]["is_settled"]) == ("statement", "true")
    assert [row["exact_text"] for row in rows.values() if row["is_settled"] == "true"] == [WHOLE, MARKED]
    assert errors_of_rules(released) == []


@pytest.mark.parametrize(
    ("words", "cells", "found_by"),
    [
        (MARKED, {"is_settled": "false"}, "R33"),
        (MARKED, {"disposition": "scare_quote", "reason": "So it is."}, "R13 R33"),
        (WHOLE, {"mark_style": "single_curly"}, "R60"),
        (WHOLE, {"is_closed": "false"}, "R60"),
        (WHOLE, {"disposition": "not_quoted", "statement_ids": ""}, "R13 R94"),
        ("‘Link between Haftar’s forces and Wagner group undermines Libya sovereignty’", {"is_settled": "true"}, ""),
    ],
)
def test_what_a_row_says_of_it_is_checked(released, words, cells, found_by):
    """Catches a passage that a package settles otherwise than its other tables do."""
    pytest.importorskip("duckdb")
    rewrite(released, words, **cells)
    assert {said[:3] for said, _ in errors_of_rules(released)} == set(found_by.split())
