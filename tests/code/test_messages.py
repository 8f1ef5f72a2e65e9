"""What is said about a mistake, word for word; and one mistake is one problem."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from haftar_record.coding import sheets
from haftar_record.model import codes
from haftar_record.problems.problem import DataErrors

from ..conftest import ROOT
from .test_sheets import ACTORS, SHEET, edit, problems_of

ARTICLE = "seeds/articles/004_3eb302bd82f84695.txt"
RECORD = "seeds/coding/record.yaml"
EVENTS = "seeds/coding/events.yaml"
DISCREPANCIES = "seeds/coding/discrepancies.yaml"
LINE = "one line of text without blanks at its ends"
LIST = "text without “;”, which separates the values of a list"
_RELEASE = json.loads((ROOT / "datapackage.json").read_bytes())
VERSION, CREATED = _RELEASE["version"], _RELEASE["created"]

MISTAKES = [
    # file, text, exchanged for, rule, found, expected, do
    (SHEET, "    stance: oppose", "    stance: [oppose]", "form", "a list “['oppose']”", "a text", "correct “stance”"),
    (SHEET, "    stance: oppose", "    stance:", "form", "nothing", "a text", "correct “stance”"),
    (SHEET, "targets: [act-haftar]", "targets: act-haftar", "form", "the text “act-haftar”", "a list", "correct “targets”"),
    (SHEET, "targets: [act-haftar]", "targets: [~]", "form", "nothing", "a text", "correct “targets”"),
    (SHEET, "targets: [act-haftar]", "targets: [act-haftar, act-haftar]", "form", "“act-haftar”", "each value once; this one is repeated", "correct “targets”"),
    (SHEET, 'cue: "believes"', "cue: [a]", "form", "a list “['a']”", "the words, or a mapping with “text:”", "correct “cue”"),
    (SHEET, 'cue: "believes"', 'cue: ""', "form", "“”", LINE, "correct “text”"),
    (SHEET, 'cue: "believes"', 'cue: "date 2020-05-08\\nThe"', "form", "“date 2020-05-08⏎The”", LINE, "correct “text”"),
    (SHEET, 'cue: "believes"', f"cue: {{text: believes, occurrence: {'9' * 6000}}}", "number", f"“{'9' * 119}…”", "a whole number of at least 1, with at most 15 digits", "correct “occurrence”"),
    (SHEET, 'date: {words: "a year ago"}', "date: 2019", "form", "the text “2019”", "a mapping", "correct “date”"),
    (SHEET, "sha256: 58e2b", "sha256: 58E2B", "form", "“58E2B70b5b42f9b07410b87b24101ac0f709b3097029150c70f79607d6049c1c”", "64 hexadecimal digits, small letters", "correct “sha256”"),
    (SHEET, '    date: "2020-05-08"', '    date: "2020-05-08/.."', "edtf", "“2020-05-08/..”", "a date whose last day is known", "correct “date”"),
    (SHEET, "article: 004_", "article: ../articles/004_", "sheet", "../articles/004_3eb302bd82f84695.txt", "004_3eb302bd82f84695.txt, because a sheet has the name of its article", "rename the sheet, or correct “article”"),
    (SHEET, "    in: \"senior US officials said\"", "    in: \"senior UX officials said\"", "quotation", "“senior UX officials said”", "“senior US officials said”, the nearest passage, in paragraph 1: at character 8 the sheet has “UX”, the article “US”", "if that is meant, write: \"senior US officials said\""),
    (SHEET, "form: indirect", "form: !!str indirect", "yaml", "the tag “tag:yaml.org,2002:str”", "plain values", "remove the tag, or put a text that begins with “!” in quotation marks"),
    (SHEET, 'summary: "', 'summary: "\\0', "yaml", "U+0000 NULL", "printable text", "remove it"),
    (SHEET, 'summary: "', 'summary: "\\e[31m', "yaml", "U+001B ESCAPE", "printable text", "remove it"),
    (SHEET, "origin: src-reuters-story", "origin: src-reuters-stories", "unknown-id", "“src-reuters-stories”", "“src-reuters-story” (Reuters story), the nearest of N known values", "correct it, or add it to seeds/coding/sources/004_3eb302bd82f84695.yaml"),
    (ACTORS, "id: act-haftar,", "id: act-Haftar,", "form", "“act-Haftar”", "an id such as act-some-name: small letters, digits, single hyphens", "correct “id”"),
    (ACTORS, "UAE: name", '"": name', "form", "“”", LINE, "correct “”"),
    (ACTORS, "UAE: name", '" UAE": name', "form", "“ UAE”", LINE, "correct “ UAE”"),
    (ACTORS, "UAE: name", '"UA;E": name', "form", "“UA;E”", LIST, "correct “UA;E”"),
    (ACTORS, 'name: "Algeria"', 'name: "Alg;eria"', "form", "“Alg;eria”", LIST, "correct “name”"),
    (ACTORS, "country: DZA", "country: not_stated", "code", "“not_stated”", "“not-stated”, the nearest of N known values", "correct “country” (codes of the list country)"),
    (ACTORS, "wikidata: Q262", "wikidata: 262", "model", "wikidata_id “262”", "text of the form Q[1-9][0-9]*", "correct the value (table actors)"),
    ("seeds/coding/places.yaml", 'latitude: "32.88743"', 'latitude: "95.1"', "number", "“95.1”", "a number from -90 to 90", "correct “latitude”"),
    ("seeds/coding/places.yaml", "where_prec: 6", "where_prec: 9", "number", "“9”", "a number from 1 to 8", "correct “where_prec”"),
    (EVENTS, "contexts: [political_institutions]", "contexts: [political_institutions, political_institutions]", "form", "“political_institutions”", "each value once; this one is repeated", "correct “contexts”"),
    (RECORD, "name: haftar-record", "name: Haftar Record", "form", "“Haftar Record”", "at most 100 small letters, digits, “.”, “_” and “-”", "correct “name”"),
    (RECORD, 'version: "0', 'version: "٠', "form", f"“٠{VERSION[1:]}”", "a version such as 1.0.0", "correct “version”"),
    (RECORD, CREATED, "2026-11-29T24:00:00Z", "form", "“2026-11-29T24:00:00Z”", "a date and time from 1980 to 2107, such as 2021-06-28T00:00:00Z", "correct “created”"),
    (RECORD, "roles: [creator, curator, maintainer]", "roles: []", "form", "a list “[]”", "at least one entry", "correct “roles”"),
    (DISCREPANCIES, "field: event_actors.actor_id", "field: event_actors.actor", "unknown-id", "“event_actors.actor”", "“event_actors.actor_id”, the nearest of N known values", "correct “field”"),
    (DISCREPANCIES, "allegations of giving", "allegatons of giving", "quotation", "“allegatons of giving Washington any green or even orange light”", "“allegations of giving Washington any green or even orange light”, the nearest passage, in paragraph 3: at character 1 the sheet has “allegatons”, the article “allegations”", "if that is meant, write: \"allegations of giving Washington any green or even orange light\""),
    (DISCREPANCIES, "a: {article: 9d1fdcb4", "a: {article: 9d1fdcb5", "unknown-id", "article 9d1fdcb5", "“9d1fdcb4”, the nearest of N known values", "correct “article”, or, if the article is gone, remove what names it"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "found", "expected", "remedy"),
    MISTAKES,
    ids=[f"{row[3]}-{row[2][:30]}" for row in MISTAKES],
)
def test_mistakes(project, path, old, new, rule, found, expected, remedy):
    """These were let through, ended in a traceback, were said in pydantic's words, or were said many times over."""
    line = edit(project, path, old, new)
    (problem,) = problems_of(project)
    said = re.sub(r"of \d+ known", "of N known", problem.expected)  # the number changes with the data
    assert (problem.rule, problem.found, said, problem.remedy) == (rule, found, expected, remedy)
    assert (problem.place.file, problem.place.line) == (path, line)
    assert problem.place.column > 1


@pytest.mark.parametrize(("register", "prefix"), [("actors", "act"), ("places", "plc"), ("topics", "top")])
def test_an_empty_register(project, register, prefix):
    """A register without entries made every reference to it an error of its own, hundreds of them; names that no alias
    covers any more are no news."""
    path = f"seeds/coding/{register}.yaml"
    (project / path).write_text("[]\n", encoding="utf-8")
    (problem,) = (one for one in problems_of(project) if one.severity != "note")
    assert (str(problem.place), problem.rule) == (f"{path}:1:1", "unknown-id")
    ids = ", ".join([f"“{prefix}-[a-z0-9-]+”"] * 3)
    assert re.fullmatch(f"no entry, though [0-9]+ ids are used: {ids}, …", problem.found)
    assert problem.remedy == "restore the file (git checkout), or add an entry for each of them"


def test_words_mean_an_entry_that_is_not_there(project):
    """An id under “mentions” that no register has is that mistake, told with its other uses; and where the words are an
    alias of one entry only, the message says so."""
    path = "seeds/coding/articles/002_6b383f3c232c05d5.yaml"
    before = (project / path).read_text(encoding="utf-8")
    line = edit(project, path, "means: act-libya", "means: act-lybia")
    (problem,) = problems_of(project)
    assert (problem.rule, problem.found, problem.place.line) == ("unknown-id", "“act-lybia”", line)
    assert problem.expected.startswith("“act-libya” (")
    (project / path).write_text(before, encoding="utf-8")
    edit(project, path, "means: act-libya", "means: act-haftar")
    (problem,) = (one for one in problems_of(project) if one.severity == "error")
    assert (problem.rule, problem.found) == ("mention", "“act-haftar”")
    assert "no other entry has “" in problem.expected


def test_an_event_that_nobody_reports(project):
    """An event without a report was reported a second time for its date."""
    with (project / EVENTS).open("a", encoding="utf-8") as file:
        file.write('\n- {id: evt-new, title: N, type: PROTEST, realis: actual, date: {edtf: "2011"}, because: x}\n')
    assert [problem.found for problem in problems_of(project)] == ["no report of evt-new"]


def test_a_huge_value_is_shown_in_part(project):
    """An unknown id or key of a million characters was printed whole."""
    edit(project, SHEET, "targets: [act-haftar]", f"targets: [act-{'x' * 10_000}]")
    (problem,) = problems_of(project)
    assert problem.found == f"“act-{'x' * 115}…”"
    edit(project, SHEET, "    stance: oppose", f"    ? {'y' * 100_000}\n            : 1\n            stance: oppose")
    (problem,) = problems_of(project)
    assert problem.found == f"the key “{'y' * 59}…”"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("seeds/articles/005_0123456789abcdef.TXT", "articles only, such as 005_0123456789abcdef.txt"),
        ("seeds/coding/articles/005_0123456789abcdef.yml", "coding sheets only, such as 005_0123456789abcdef.yaml"),
        (
            "seeds/coding/actor.yaml",
            f"the folder articles, and {', '.join(f'{name}.yaml' for name in sheets.REGISTERS)}",
        ),
    ],
)
def test_a_file_that_no_build_reads(project, path, expected):
    """An article, sheet or register under another ending or name was left out in silence."""
    (project / path).write_text("x\n", encoding="utf-8")
    for leftover in (".DS_Store", "README.md", "topics.yaml~"):
        (project / path).with_name(leftover).write_text("x\n", encoding="utf-8")
    (problem,) = problems_of(project)
    assert str(problem) == (
        f"{path}: error [unexpected-file]\n    found:    a file that no build reads\n"
        f"    expected: {expected}\n    do:       rename it, or move it elsewhere"
    )


def test_two_articles_with_one_id(project):
    """A second article with the same id made two hundred problems; one with the same number is told in test_growth."""
    name = "005_3eb302bd00000000"
    shutil.copy(project / ARTICLE, project / f"seeds/articles/{name}.txt")
    sheet = (project / SHEET).read_text(encoding="utf-8").replace("004_3eb302bd82f84695", name)
    (project / f"seeds/coding/articles/{name}.yaml").write_text(sheet, encoding="utf-8")
    (problem,) = problems_of(project)
    assert problem.found == f"the file name {name}.txt"
    first = "004_3eb302bd82f84695.txt"
    assert problem.expected == f"first eight digits that differ from those of {first}: ids are made of them"


def test_broken_code_lists(tmp_path, monkeypatch):
    """A slip in codes.yaml made every code of every sheet wrong; now it is said where it is."""
    source = tmp_path / "codes.yaml"
    source.write_text("act:\n  title: [\n", encoding="utf-8")
    monkeypatch.setattr(codes, "SOURCE", source)
    codes.lists.cache_clear()
    try:
        with pytest.raises(DataErrors) as error:
            codes.codes_of("act")
    finally:
        codes.lists.cache_clear()
    (problem,) = error.value.problems
    assert str(problem.place).startswith("codes.yaml:3:")
