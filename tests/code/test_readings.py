"""Further readings: what can be read of them is read, what cannot is left out, counted and reported at its place."""

from __future__ import annotations

import re
import shutil

import pytest

from haftar_record.build.readings import rows_of_reading
from haftar_record.coding import readings
from haftar_record.problems.problem import DataErrors, Problems

from ..conftest import ROOT
from .readings import copy_of_record, exchange

SHEET = "articles/004_3eb302bd82f84695.yaml"


def read(folder):
    """The reading, its rows, and what is wrong with it."""
    problems = Problems()
    reading = readings.read(ROOT, folder.parent, folder.name, problems)
    rows, _ = rows_of_reading(reading, problems)
    return reading, rows, problems.sorted


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The rows of a copy of the record."""
    reading, rows, problems = read(copy_of_record(tmp_path_factory.mktemp("whole") / "reader"))
    assert not problems
    return reading, rows


@pytest.fixture
def folder(tmp_path):
    """A copy of the record as a reading, to be changed."""
    return copy_of_record(tmp_path / "reader")


def test_a_copy_of_the_record_has_its_rows(whole) -> None:
    """Catches a reading that is read in another way than the record."""
    reading, rows = whole
    for name, table in (
        ("statements", "statements"),
        ("reports", "event_reports"),
        ("events", "events"),
        ("actors", "actors"),
    ):
        assert reading.written[name] == len(rows[table]) > 0
    assert reading.about.value.round == 1


#: file, text, what it is exchanged for, rule, lines down from the edit, rows that are lost by table
BROKEN = [
    (SHEET, 'cue: "believes"', 'cue: "beleives"', "quotation", 0, {"statements": 1}),
    (SHEET, "act: assert", "act: assrt", "code", 0, {"statements": 1}),
    (SHEET, "    stance: oppose", "    stanse: oppose", "key", 0, {"statements": 1}),
    (SHEET, "targets: [act-haftar, act-assad]", "targets: [act-hafter, act-assad]", "unknown-id", 0, {"statements": 1}),
    (SHEET, "    summary:", "    # summary:", "key", None, {}),
    ("events.yaml", "realis: actual", "realis: actul", "code", 0, {"events": 1}),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "down", "lost"), BROKEN, ids=[row[2].strip()[:25] for row in BROKEN]
)
def test_a_mistake_costs_one_unit(whole, folder, file, old, new, rule, down, lost) -> None:
    """Catches a mistake that ends the reading, that takes other units along, or that is reported elsewhere or twice."""
    line = exchange(folder / file, old, new)
    _, rows, problems = read(folder)
    counts = {
        table: len(whole[1][table]) - len(rows[table]) for table in ("statements", "relations", "quantities", "events")
    }
    assert {table: number for table, number in counts.items() if number} == lost
    assert [problem.rule for problem in problems] == [rule], [str(problem) for problem in problems]
    assert problems[0].place.file == f"reader/{file}"
    assert down is None or problems[0].place.line == line + down


def test_places_hold_behind_an_entry_that_is_left_out(folder) -> None:
    """Catches places that are counted in the list without the entries that could not be read."""
    exchange(folder / SHEET, "act: assert", "act: assrt")
    line = exchange(folder / SHEET, "event: evt-arms-embargo-2011", "event: evt-arms-embargo")
    _, _, problems = read(folder)
    assert [problem.place.line for problem in problems if "evt-arms-embargo" in problem.found] == [line]
    assert "reader/events.yaml" in next(problem.remedy for problem in problems if problem.rule == "unknown-id")


def test_an_id_twice_keeps_the_first(folder, whole) -> None:
    """Catches a repeated id that ends the reading."""
    text = (folder / "actors.yaml").read_text(encoding="utf-8")
    entry = next(line for line in text.splitlines() if "id: act-egypt," in line)
    (folder / "actors.yaml").write_text(f"{text}\n{entry}\n", encoding="utf-8")
    reading, rows, problems = read(folder)
    assert [problem.rule for problem in problems] == ["duplicate"]
    assert len(rows["actors"]) == len(whole[1]["actors"]) == reading.written["actors"] - 1


@pytest.mark.parametrize("file", [SHEET, "actors.yaml", "reader.yaml"])
def test_a_file_that_is_no_yaml_ends_it(folder, file) -> None:
    """Catches a reading of which a whole file is missing without a word."""
    (folder / file).write_text("a: [", encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        read(folder)
    assert [problem.place.file for problem in caught.value.problems] == [f"reader/{file}"]


def test_a_missing_sheet_is_said(folder) -> None:
    """Catches a reading of fewer articles that nobody notices, and one that an article that came later makes wrong."""
    (folder / SHEET).unlink()
    (folder / "articles/001_47cb661035da28a3.yaml").unlink()
    reading, _, problems = read(folder)
    assert len(reading.inputs.coded) == len(list((ROOT / "seeds/articles").glob("*.txt"))) - 2
    (said,) = [problem for problem in problems if problem.rule == "sheet"]
    assert (said.severity, said.place.file) == ("note", "reader/articles")
    assert said.found == "no sheet for 2 articles: 001_47cb661035da28a3.txt, 004_3eb302bd82f84695.txt"


def test_a_reading_without_any_sheet_is_none(folder) -> None:
    """Catches a note where nothing was read."""
    for sheet in (folder / "articles").glob("*.yaml"):
        sheet.unlink()
    assert ("error", "sheet") in [(problem.severity, problem.rule) for problem in read(folder)[2]]


def test_a_sheet_under_another_name_is_said(folder) -> None:
    """Catches a sheet that nothing reads since its name is misspelt: else a note alone would tell of it."""
    (folder / SHEET).rename(folder / "articles/004_3eb302bd82f84696.yaml")
    found = [(problem.severity, problem.place.file) for problem in read(folder)[2] if problem.rule == "sheet"]
    assert found == [("note", "reader/articles"), ("warning", "reader/articles/004_3eb302bd82f84696.yaml")]


def test_the_command_needs_articles_and_topics_alone(tmp_path, folder, run) -> None:
    """Catches a check that looks at the record, which a reader has not got."""
    shutil.copytree(ROOT / "seeds/articles", tmp_path / "seeds/articles")
    (tmp_path / "seeds/coding").mkdir()
    shutil.copy(ROOT / "seeds/coding/topics.yaml", tmp_path / "seeds/coding")
    done = run(tmp_path, "reading", str(folder))
    assert done.returncode == 0, done.stderr
    exchange(folder / SHEET, "topic: top-", "topic: topp-")
    done = run(tmp_path, "reading", str(folder))
    assert done.returncode == 1
    assert "1 left out" in done.stderr
    assert "take one of the topics in seeds/coding/topics.yaml" in done.stderr


def test_the_command_says_what_it_cannot_do(tmp_path, run) -> None:
    """Catches a traceback for a folder that is not there, or has nothing in it."""
    assert run(ROOT, "reading", str(tmp_path / "nowhere")).returncode == 2
    done = run(ROOT, "reading", str(tmp_path))
    assert done.returncode == 1
    assert re.search(r"\[sheet\]\n +found: +no folder of this name", done.stderr), done.stderr


def test_unexpected_files_are_named(folder) -> None:
    """Catches a sheet with another ending, which nothing would read."""
    (folder / "actor.yaml").write_text("[]\n", encoding="utf-8")
    (folder / "articles/004_3eb302bd82f84695.yml").write_text("[]\n", encoding="utf-8")
    _, _, problems = read(folder)
    assert [problem.rule for problem in problems] == ["unexpected-file"] * 2
