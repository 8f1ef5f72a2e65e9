"""Units of a sheet in groups, what they have from them, and where a mistake in a default is told."""

from __future__ import annotations

import re

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.coding import inputs, sheets
from haftar_record.coding.groups import Ungrouped, ungrouped
from haftar_record.coding.readings import read
from haftar_record.files.yaml_file import Document, load
from haftar_record.problems.problem import Problems

from ..conftest import ROOT
from .readings import copy_of_record, exchange
from .test_sheets import SHEET, edit, problems_of

OTHER = "seeds/coding/articles/003_187cdebd821c6a5c.yaml"


def units(tmp_path, text: str) -> tuple[list, list, Document]:
    """The units of a list of a sheet, what is wrong with its groups, and the document."""
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    document, wrong = ungrouped(load(tmp_path, "s.yaml"), ("statements",))
    return document.content["statements"], wrong, document


NESTED = """\
statements:
  - {id: "01", act: deny}
  - defaults: {speaker: act-x, medium: speech, date: {words: on Friday}}
    units:
      - id: "02"
        medium: article
      - id: "03"
        medium: null
      - defaults:
          speaker: act-y
          medium:
          cue: said
        units:
          - {id: "04"}
          - {id: "05", medium: report, cue: added, date: {edtf: 2021}}
      - {id: "06"}
  - {id: "07"}
"""


def test_units_have_the_keys_of_their_groups(tmp_path):
    """A unit's own key wins, as a whole; nothing behind a key takes the default away; an inner group wins."""
    found, wrong, _ = units(tmp_path, NESTED)
    date = {"words": "on Friday"}
    assert wrong == []
    assert found == [
        {"id": "01", "act": "deny"},
        {"id": "02", "medium": "article", "speaker": "act-x", "date": date},
        {"id": "03", "speaker": "act-x", "date": date},
        {"id": "04", "speaker": "act-y", "cue": "said", "date": date},
        {"id": "05", "speaker": "act-y", "cue": "added", "medium": "report", "date": {"edtf": "2021"}},
        {"id": "06", "speaker": "act-x", "medium": "speech", "date": date},
        {"id": "07"},
    ]


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        ((), (1, 1)),
        (("statements", 0, "act"), (2, 21)),
        (("statements", 1), (5, 9)),
        (("statements", 1, "id"), (5, 13)),
        (("statements", 1, "medium"), (6, 17)),
        (("statements", 1, "speaker"), (3, 25)),
        (("statements", 1, "speaker", "@key"), (3, 16)),
        (("statements", 2, "date", "words"), (3, 62)),
        (("statements", 2, "date", "words", "text"), (3, 62)),
        (("statements", 2, "act"), (7, 9)),  # a key that it has not
        (("statements", 3, "speaker"), (10, 20)),
        (("statements", 3, "cue"), (12, 16)),
        (("statements", 4, "cue"), (15, 45)),
        (("statements", 5, "id"), (16, 14)),
        (("statements", 5, "medium"), (3, 40)),
        (("statements", 6, "id"), (17, 10)),
        (("statements", 9), (1, 1)),
    ],
)
def test_each_value_is_where_it_stands(tmp_path, loc, place):
    """The place of a default is that of the default, for each unit that has it."""
    _, _, document = units(tmp_path, NESTED)
    found = document.place(loc)
    assert (found.line, found.column) == (place if loc[:2] != ("statements", 9) else (2, 3))


GROUP = "statements:\n  - {}\n"
WRONG = [
    ("defaults: {act: deny}", (2, 5), "a group without “units”"),
    ("units: [{id: a}]", (2, 5), "a group without “defaults”"),
    ("defaults: {act: deny}\n    units: []", (3, 12), "nothing in “units”"),
    ("defaults: {}\n    units: [{id: a}]", (2, 15), "nothing in “defaults”"),
    ("defaults:\n    units: [{id: a}]", (2, 14), "nothing in “defaults”"),
    ("defaults: [act]\n    units: [{id: a}]", (2, 15), "“defaults” with another value"),
    ("defaults: {act: deny}\n    units: {id: a}", (3, 12), "“units” with another value"),
    ("defaults: {id: a}\n    units: [{id: a}]", (2, 16), "the key “id” for all units of a group"),
    ("default: {act: deny}\n    units: [{id: a}]", (2, 5), "the key “default” of a group"),
    ("Defaults: {act: deny}\n    Units: [{id: a}]", (3, 5), "the key “Units” of a group"),
    ("defaults: {act: deny, cue: }\n    units: [{id: a}]", (2, 27), "nothing in “cue”"),
    ("defaults: {act: deny}\n    units: [{id: a}]\n    act: deny", (4, 5), "the key “act” of a group"),
    ("defaults: {act: deny}\n    units: [{defaults: {cue: x}}]", (3, 13), "a group without “units”"),
]


@pytest.mark.parametrize(("group", "place", "said"), WRONG)
def test_a_group_that_is_none(tmp_path, group, place, said):
    """What is wrong with a group is told where it stands, and nothing of it is taken."""
    found, wrong, _ = units(tmp_path, f"statements:\n  - {group}\n  - id: z\n")
    assert found == [{"id": "z"}]
    assert said in [problem.found for problem in wrong]
    (problem,) = (one for one in wrong if one.found == said)
    assert (problem.place.line, problem.place.column) == place
    assert problem.remedy


@pytest.mark.parametrize(
    ("group", "unused"),
    [
        ("defaults: {act: deny}\n    units: [{id: a, act: assert}]", [(2, 16)]),
        ("defaults: {act: deny}\n    units: [{id: a, act: assert}, {id: b}]", []),
        ("defaults: {act: deny}\n    units: [{id: a, act: }, {id: b, act: ~}]", [(2, 16)]),
        ("defaults: {act: deny}\n    units: [{defaults: {act: assert}, units: [{id: a}]}]", [(2, 16)]),
        (
            "defaults: {act: deny}\n    units: [{defaults: {act: assert}, units: [{id: a, act: call}]}]",
            [(2, 16), (3, 25)],
        ),
        ("defaults: {act: deny}\n    units: [{defaults: {act: assert}, units: [{id: a}]}, {id: b}]", []),
        (
            "defaults: {act: deny, cue: x}\n    units: [{defaults: {act: }, units: [{id: a, cue: y}]}]",
            [(2, 16), (2, 27)],
        ),
    ],
)
def test_a_default_that_no_unit_takes(tmp_path, group, unused):
    """It decides nothing, so what is wrong with it, a code or a quotation, would be told nowhere."""
    _, wrong, _ = units(tmp_path, f"statements:\n  - {group}\n")
    assert sorted((one.place.line, one.place.column) for one in wrong) == unused
    assert all(re.fullmatch("the default “(act|cue)”, which no unit of the group takes", one.found) for one in wrong)


def test_a_misspelt_key_is_one_mistake(tmp_path):
    """The key that it stands for is not said to be missing as well."""
    for key, place in (("default", "defaults"), ("defualts", "defaults"), ("DEFAULTS", "defaults")):
        _, wrong, _ = units(tmp_path, f"statements:\n  - {key}: {{act: deny}}\n    units: [{{id: a}}]\n")
        assert [one.found for one in wrong] == [f"the key “{key}” of a group"]
        assert f"“{place}”" in wrong[0].expected


def test_what_is_no_unit_is_left_to_the_shape(tmp_path):
    """A text among units is no group and is kept as it is."""
    found, wrong, _ = units(tmp_path, 'statements:\n  - x\n  - defaults: {act: deny}\n    units: [y, {id: "1"}]\n')
    assert (found, wrong) == (["x", "y", {"act": "deny", "id": "1"}], [])


def test_a_sheet_without_groups_is_as_it_was(tmp_path):
    """Nothing is copied where no list has a group."""
    _, _, document = units(tmp_path, "statements:\n  - {id: a}\n")
    assert not isinstance(document, Ungrouped)


def test_groups_cannot_grow_without_bound(tmp_path):
    """A default of thousands of values in thousands of units would take memory without end."""
    many = ", ".join(["act-x"] * 5_000)
    text = f"statements:\n  - defaults: {{targets: [{many}]}}\n    units:\n" + '      - {id: "1"}\n' * 5_000
    found, wrong, _ = units(tmp_path, text)
    assert len(found) < 50
    assert [problem.found for problem in wrong] == ["more than 200,000 values, with what units have from their groups"]


# -- in the record ---------------------------------------------------------------------------------------------------

DEFAULTS = 'speaker: act-wooster, speaker_text: "Wooster"'


@pytest.mark.parametrize(
    ("old", "new", "rule", "found"),
    [
        ("speaker: act-wooster", "speaker: act-woster", "unknown-id", "“act-woster”"),
        ('speaker_text: "Wooster"', 'speaker_text: "Woosterr"', "quotation", "“Woosterr”"),
        ("form: direct", "form: dirrect", "code", "“dirrect”"),
        ("form: direct", "fform: direct", "key", "the key “fform”"),
        ("form: direct", "id: direct", "key", "the key “id” for all units of a group"),
    ],
)
def test_a_mistake_in_a_default_is_one_mistake(project, old, new, rule, found):
    """A default that four units have is told once, at its own line."""
    line = edit(
        project,
        SHEET,
        f"defaults: {{{DEFAULTS}, form: direct",
        f"defaults: {{{DEFAULTS}, form: direct".replace(old, new),
    )
    said = [problem for problem in problems_of(project) if problem.rule == rule]
    assert [(one.found.removesuffix(", and in 1 other place"), one.place.line) for one in said] == [(found, line)]


def test_many_units_of_a_wrong_default_hide_no_other_mistake(project):
    """Two hundred units of one wrong default are one mistake, and the next is told as well."""
    text = (project / SHEET).read_text(encoding="utf-8")
    units = "".join(f'      - {{id: "{number}", content: "x", cue: "x", summary: "x"}}\n' for number in range(100, 300))
    group = (
        f"  - defaults: {{act: assrt, form: direct, topic: top-x, stance: oppose, epistemic: x}}\n    units:\n{units}"
    )
    (project / SHEET).write_text(text.replace("statements:\n", f"statements:\n{group}", 1), encoding="utf-8")
    said = problems_of(project)
    assert [one.found for one in said if one.rule == "code"] == ["“assrt”", "“x”"]
    assert sum(one.found.startswith("no key “speaker_text”") for one in said) > 90


def test_a_statement_has_the_date_of_its_occasion(project):
    """The value and the reference of the event, or, where the event has no reference, that it is the occasion's."""
    rows = {row.statement_id: row for row in made(project)["statements"]}
    row = rows["st-3eb302bd-05"]
    assert (row.date_edtf, row.date_basis, row.date_reference_id) == (
        "2020-05-07",
        "external",
        "ref-us-conference-call",
    )
    assert (row.date_text, row.date_rationale, row.date_rule) == (None, None, "none")
    text = (project / OTHER).read_text(encoding="utf-8")
    said = re.sub('date: {edtf: "2020-07-01", because: "Read as said at[^"]*"}', "date: occasion", text)
    assert said != text
    (project / OTHER).write_text(said, encoding="utf-8")
    row = {row.statement_id: row for row in made(project)["statements"]}["st-187cdebd-05"]
    assert (row.date_edtf, row.date_basis, row.date_rationale) == (
        "2020-07-01",
        "inferred",
        "The date of the occasion.",
    )


def made(project) -> dict:
    problems = Problems()
    rows, _ = assemble(inputs.read(project, problems), problems)
    assert not problems.errors
    return rows


def test_an_occasion_that_is_not_there_has_no_date(project):
    """`date: occasion` of a statement without an occasion is told at the date."""
    line = edit(
        project,
        SHEET,
        "\n    units:\n      - defaults: {source: src-senior",
        "\n    units:\n      - defaults: {source: src-senior",
    )
    edit(project, SHEET, "occasion: evt-us-discomfort-2020", "occasion:")
    (problem,) = problems_of(project)
    assert (problem.rule, problem.found, problem.expected) == (
        "date",
        "date: occasion",
        "an “occasion:” whose date it is",
    )
    assert 0 <= line - problem.place.line <= 2  # in the defaults of the group


@pytest.mark.parametrize("value", ["ocasion", "event", '"2020-05-07"', '"yesterday"'])
def test_another_word_is_no_date(project, value):
    """Only one word may stand for a date."""
    line = edit(project, SHEET, "date: occasion", f"date: {value}")
    (problem,) = problems_of(project)
    assert problem.found == f"“{value.strip(chr(34))}”"
    assert problem.expected == "“occasion”, or a mapping such as {words: …} or {edtf: …, because: …}"
    assert abs(problem.place.line - line) <= 1


# -- near which words a quotation is looked for -----------------------------------------------------------------------


def test_equal_words_are_those_near_the_evidence(project):
    """“said” stands in 004 many times: the one in the sentence of the content is meant."""
    rows = made(project)
    found: dict[str, dict[str, list]] = {"cue_text": {}, "content_text": {}}
    for row in rows["evidence"]:
        if row.field in found and (row.statement_id or "").startswith("st-3eb302bd"):
            found[row.field].setdefault(row.statement_id[-2:], []).append(row)
    for number in ("01", "07", "14", "16"):
        ((cue,), said) = (found[field][number] for field in found)
        assert cue.exact_text == "said"
        assert cue.paragraph_number == said[0].paragraph_number


def test_words_that_are_not_near_are_not_guessed(project):
    """Words that stand elsewhere more than once, and not in the paragraph of the content, are refused."""
    line = edit(project, SHEET, 'cue: "expressed discomfort about"', 'cue: "Tripoli"')
    (problem,) = problems_of(project)
    assert problem.place.line == line
    assert re.fullmatch(
        "“Tripoli” [0-9]+ times in the article, but not in the paragraph of “ties between .*", problem.found
    )
    assert problem.remedy.startswith("quote more words, or add “in:”")


def test_words_that_are_near_twice_are_not_guessed(project):
    """Words that stand twice in the paragraph, and not once in the sentence, are refused."""
    line = edit(project, SHEET, 'cue: "expressed discomfort about"', 'cue: "a"')
    (problem,) = problems_of(project)
    assert problem.place.line == line
    assert " times in the paragraph of “ties between Haftar and Assad”" in problem.found


# -- further readings --------------------------------------------------------------------------------------------------


def test_a_reading_may_have_groups(tmp_path):
    """The record as a reading: all units are read, and one that is wrong is left out by itself."""
    folder = copy_of_record(tmp_path / "reader-1")
    problems = Problems()
    whole = read(ROOT, tmp_path, "reader-1", problems)
    assert not problems.items
    counts = {coded.key: len(coded.sheet.value.statements) for coded in whole.inputs.coded}
    assert whole.written["statements"] == sum(counts.values())
    line = exchange(folder / "articles/004_3eb302bd82f84695.yaml", "act: predict", "act: predikt")
    less = read(ROOT, tmp_path, "reader-1", problems)
    (problem,) = problems.items
    assert problem.place.line == line
    (coded,) = (one for one in less.inputs.coded if one.key == "3eb302bd")
    assert len(coded.sheet.value.statements) == counts["3eb302bd"] - 1
    assert less.written == whole.written
    assert coded.sheet.left_out(("statements",)) == {"13"}
    last = len(coded.sheet.value.statements) - 1
    said = coded.sheet.place(("statements", last, "id"))
    lines = (folder / "articles/004_3eb302bd82f84695.yaml").read_text(encoding="utf-8").splitlines()
    assert f'"{coded.sheet.value.statements[last].id}"' in lines[said.line - 1]


def test_a_wrong_group_of_a_reading_costs_that_group(tmp_path):
    """What is no group is left out and told; the other units stay."""
    folder = copy_of_record(tmp_path / "reader-1")
    exchange(
        folder / "articles/004_3eb302bd82f84695.yaml", "defaults: {speaker: act-jeffrey", "defaults: {id: act-jeffrey"
    )
    problems = Problems()
    reading = read(ROOT, tmp_path, "reader-1", problems)
    assert [problem.found for problem in problems.items] == ["the key “id” for all units of a group"]
    (coded,) = (one for one in reading.inputs.coded if one.key == "3eb302bd")
    assert not {"07", "08"} & {unit.id for unit in coded.sheet.value.statements}


def test_all_lists_of_a_sheet_may_have_groups():
    """The lists are those of the shape."""
    assert (
        *("statements", "reports", "relations", "quantities", "scare_quotes", "sentences", "mentions", "decisions"),
    ) == sheets.LISTS
