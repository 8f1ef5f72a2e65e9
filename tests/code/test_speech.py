"""What a build asks about speech: words in quotation marks and verbs of speech in no statement, and what is said twice.
Each case is one article of the record, of which the sheet is edited, with the words that are then left, by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from haftar_record.build import speech
from haftar_record.build.assemble import assemble
from haftar_record.checks import waivers
from haftar_record.coding import inputs
from haftar_record.model.rows import Rows
from haftar_record.problems.problem import Problem, Problems

from ..conftest import ROOT

DESK, OTHER = (f"seeds/coding/articles/{name}.yaml" for name in ("004_3eb302bd82f84695", "003_187cdebd821c6a5c"))
_TROUBLING = (
    "“There is a troubling other element that is Haftar’s establishment of so-called diplomatic relations with the Assad"
    " regime, very much a part of the question of Syrian mercenaries, at least on his side of the equation,”"
)
_REST = "very much a part of the question of Syrian mercenaries, at least on his side of the equation"


def asked(project: Path, check: str) -> list[Problem]:
    """The questions of one check, after the waivers of the project."""
    problems = Problems()
    read = inputs.read(project, problems)
    assemble(read, problems)
    waivers.apply(read.registers["waivers"], problems, date(2026, 11, 29))
    assert problems.errors == []
    return [problem for problem in problems.items if problem.rule == check]


def edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (project / path).write_text(text.replace(old, new), encoding="utf-8")


def content(project: Path, *passages: str) -> None:
    """Another content for a statement whose content is one passage in quotation marks."""
    new = json.dumps(passages[0] if len(passages) == 1 else passages, ensure_ascii=False)
    edit(project, DESK, json.dumps(_TROUBLING, ensure_ascii=False), new)


def waive(project: Path, rule: str, record: str) -> None:
    line = f'- {{rule: {rule}, record: {record}, because: "It says nothing.", until: "2027-01-31"}}\n'
    (project / "seeds/coding/waivers.yaml").write_text(line, encoding="utf-8")


def test_nothing_is_asked_about_the_articles(project):
    """Catches a question about what is coded in full."""
    assert [asked(project, check) for check in ("quoted-part", "said-twice", "cue")] == [[], [], []]


@pytest.mark.parametrize(
    ("passages", "left"),
    [
        ([_TROUBLING.partition(" very")[0]], f"“{_REST}”"),
        ([_TROUBLING.partition("There is ")[2]], None),
        ([_TROUBLING.removesuffix(" the equation,”")], None),
        (
            [_TROUBLING.partition("other element ")[2].partition(", at least")[0]],
            "“There is a troubling other element” and “at least on his side of the equation”",
        ),
        (
            [_TROUBLING.partition(", very")[0], "mercenaries, at least"],
            "“very much a part of the question of Syrian” and “on his side of the equation”",
        ),
    ],
    ids=["the end is left", "two words", "two words and a mark", "both ends", "between"],
)  # fmt: skip
def test_words_in_quotation_marks_in_no_statement(project, passages, left):
    """Catches a passage that counts as coded when a part of it is; two words, marks and points are no part."""
    content(project, *passages)
    problems = asked(project, "quoted-part")
    if left is None:
        assert problems == []
        return
    (problem,) = problems
    assert problem.severity == "warning"
    assert problem.found == f"{left} in quotation marks in paragraph 12, in no statement"
    assert problem.place.file == DESK
    waive(project, "quoted-part", problem.record)
    assert [one.severity for one in asked(project, "quoted-part")] == ["note"]


def again(project: Path, said: str, **values: str) -> None:
    """A statement more, after the one of the troubling element, in its group or after its keys."""
    lines = (project / DESK).read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines) if _TROUBLING in line)
    start = max(number for number in range(at) if lines[number].lstrip().startswith("- id:"))
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    end = next(n for n in range(at, len(lines)) if n + 1 == len(lines) or not lines[n + 1].startswith(f"{indent} "))
    unit = [line for line in lines[start : end + 1] if "content:" not in line and "- id:" not in line]
    more = "".join(f"{indent}  {key}: {value}\n" for key, value in values.items())
    lines.insert(end + 1, f'{indent}- id: "77"\n{indent}  content: {json.dumps(said)}\n{"".join(unit)}{more}')
    (project / DESK).write_text("".join(lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "is_asked"),
    [
        (_TROUBLING, True),
        (f"{_REST},”", True),
        (_TROUBLING.partition("establishment of ")[2], True),
    ],
    ids=["the same", "its end", "most of it"],
)
def test_said_twice(project, said, is_asked):
    """Catches a statement that is there a second time, as a whole or in part, and tells where the first is."""
    again(project, said)
    problems = asked(project, "said-twice")
    assert len(problems) == is_asked
    assert problems[0].record == "st-3eb302bd-77"
    assert "Wooster says in st-3eb302bd-" in problems[0].found
    assert f"({DESK}:" in problems[0].found
    waive(project, "said-twice", "st-3eb302bd-77")
    assert [one.severity for one in asked(project, "said-twice")] == ["note"]


def test_said_inside_what_is_said(project):
    """A statement inside the other one has its words, and is no second one."""
    text = (project / DESK).read_text(encoding="utf-8")
    before = text[: text.index(_TROUBLING)]
    parent = before.rpartition("- id: ")[2].split("\n")[0]
    again(project, f"{_REST},”", parent=parent)
    assert asked(project, "said-twice") == []


@pytest.fixture(scope="module")
def rows() -> Rows:
    """The rows as the sheets make them."""
    problems = Problems()
    return assemble(inputs.read(ROOT, problems), problems)[0]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("st-3eb302bd-11", "urged"),
        ("st-3eb302bd-17", "called on"),
        ("st-3eb302bd-18", "called for"),
        ("st-3eb302bd-09", "said"),
        ("st-6b383f3c-01", "called for"),
        ("st-6b383f3c-13", "accused"),
        ("st-187cdebd-16", "calls for"),
    ],
)
def test_verb_of_speech_in_no_statement(rows, statement, words):
    """Catches a demand that is left out where a report or another statement makes its sentence coded."""
    coded = next(one for one in inputs.read(ROOT, Problems()).coded if one.key == statement[3:11])
    told = [row for row in rows["evidence"] if row.document_id == coded.document_id and row.statement_id]
    assert list(speech.untold(coded, told)) == []
    (problem,) = speech.untold(coded, [row for row in told if row.statement_id != statement])
    assert problem.found.startswith(f"“{words}” in no statement, in paragraph ")
    assert (problem.severity, problem.record[:12]) == ("note", f"sen-{coded.key}")
    assert f"(rule: cue, record: {problem.record})" in problem.remedy
