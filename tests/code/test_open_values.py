"""A “?” in a sheet or register is asked for at its place, and nothing that follows from it is said."""

from __future__ import annotations

import re

import pytest

from haftar_record.coding import sheets
from haftar_record.problems.problem import Problems

SHEET = "seeds/coding/articles/002_6b383f3c232c05d5.yaml"


def loaded(project, path, shape, *edits):
    """What is wrong with a file after some edits, each (text, its replacement)."""
    text = (project / path).read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    (project / path).write_text(text, encoding="utf-8")
    problems = Problems()
    value = sheets.load_shape(project, path, shape, problems)
    lines = (project / path).read_text("utf-8").splitlines()
    return value, problems.sorted, lines


OPEN = [
    ("language: en", 'language: "?"', "language", "Its language."),
    ("basis: external", "basis: '?'", "basis", "What that rests on. One of: stated, inferred, external."),
    ("rights: \"Text of Jan Ellen in the Turkish Journal; kept here as received for verification, not licensed by this record.\"", 'rights: "?"', "rights", "Whose text it is, in a sentence."),
    ("{words: UN, means: act-un}", "{words: UN, means: \"?\"}", "means", "The id of the entry that it means here, or `none`: neither an actor nor a place."),
]  # fmt: skip


@pytest.mark.parametrize("old, new, key, expected", OPEN, ids=[case[2] for case in OPEN])
def test_an_open_value(project, old, new, key, expected):
    """Catches a “?” that passes as a text, or that is told as a wrong code, id or form."""
    value, problems, lines = loaded(project, SHEET, sheets.Sheet, (old, new))
    (problem,) = problems
    assert value is None and problem.rule == "open-value"
    assert (problem.found, problem.expected) == (f"“?” for “{key}”", expected)
    assert new.partition(":")[0] in lines[problem.place.line - 1]


def test_other_mistakes_are_told_as_well(project):
    """Catches a “?” that hides a misspelt key or code beside it."""
    edits = ("language: en", 'language: "?"'), ("text_kind: original", "text_kind: orignal"), ("byline:", "bylne:")
    _, problems, _ = loaded(project, SHEET, sheets.Sheet, *edits)
    assert sorted(problem.rule for problem in problems) == ["code", "key", "open-value"]


def test_a_register(project):
    """Catches a “?” in a register that passes as the value of a free text."""
    path = "seeds/coding/topics.yaml"
    text = (project / path).read_text("utf-8")
    written = re.search('support_means: "[^"]*"', text)
    _, problems, _ = loaded(project, path, list[sheets.TopicShape], (written[0], 'support_means: "?"'))
    assert [(problem.rule, problem.found) for problem in problems] == [("open-value", "“?” for “support_means”")]


def test_a_question_mark_inside_words_is_no_open_value(project):
    """Catches words of an article, or a sentence, that are taken for an open value."""
    edit = ("language: en", 'language: en\n  dateline: "What now?"')
    value, problems, _ = loaded(project, SHEET, sheets.Sheet, ('  dateline: "ISTANBUL"\n', ""), edit)
    assert value is not None and problems == []


def test_other_sheets_are_told_as_well(project, run):
    """Catches a “?” in one sheet that hides the mistakes of another one; what its absence may cause is not said."""
    loaded(project, SHEET, sheets.Sheet, OPEN[0][:2])
    other = "seeds/coding/articles/004_3eb302bd82f84695.yaml"
    loaded(project, other, sheets.Sheet, ("a troubling other element", "a trouble other element"))
    for command in ("build", "check"):
        result = run(project, command)
        told = re.findall(r"^(seeds\S+?):\S* error \[(.*)\]$", result.stdout + result.stderr, re.MULTILINE)
        assert told == [(SHEET, "open-value"), (other, "quotation")]


def test_a_register_alone_is_told(project, run):
    """A register with a “?” makes errors in every sheet, which are not said."""
    loaded(project, "seeds/coding/actors.yaml", list[sheets.ActorShape], ("country: LBY", 'country: "?"'))
    result = run(project, "build")
    assert re.findall(r"error \[(.*)\]", result.stdout + result.stderr) == ["open-value"]
