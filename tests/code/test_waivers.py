"""Waivers: accepted warnings, and waivers that are expired, idle or unknown."""

from __future__ import annotations

import datetime

import pytest

from haftar_record.checks.waivers import apply
from haftar_record.coding.sheets import load_register
from haftar_record.files import yaml_file
from haftar_record.problems.problem import Place, Problem, Problems

WARNING = Problem(Place("a.csv"), "R14 actor-is-used", "act-x: used nowhere", "a row", "use it", "warning", "act-x")
ERROR = Problem(Place("a.csv"), "R01 span-equals-text", "ev-x: “a”", "“b”", "quote", "error", "ev-x")
TODAY = datetime.date(2026, 11, 22)


def judged(tmp_path, waiver: str, today: datetime.date | None = TODAY) -> list[Problem]:
    """The problems that are left of a warning and an error after one waiver."""
    path = tmp_path / "waivers.yaml"
    path.write_text(waiver, encoding="utf-8")
    problems = Problems([WARNING, ERROR])
    loaded = load_register("waivers", tmp_path, "waivers.yaml", problems)
    apply(loaded, problems, today)
    return problems.sorted


def test_a_waived_warning_is_a_note(tmp_path):
    """A warning that is waived informs, with the reason and the last day; the error beside it stays."""
    left = judged(tmp_path, '- {rule: R14, record: act-x, because: "Article to come.", until: "2026-11-22"}')
    assert [problem.severity for problem in left] == ["error", "note"]
    assert "waived until 2026-11-22: Article to come." in left[1].remedy


def test_a_question_about_a_copy_is_waived(tmp_path):
    """Two articles that only quote the same law at length are no copies, and the warning can be accepted."""
    asked = Problem(Place("b.yaml", 3), "copy", "doc-x: 45 % of it", "an origin", "write one", "warning", "doc-x")
    path = tmp_path / "waivers.yaml"
    path.write_text('- {rule: copy, record: doc-x, because: "One law.", until: "2026-12-01"}', encoding="utf-8")
    problems = Problems([asked])
    apply(load_register("waivers", tmp_path, "waivers.yaml", problems), problems, TODAY)
    assert [problem.severity for problem in problems.items] == ["note"]


def test_a_note_that_is_waived_is_gone(tmp_path):
    """A note about a verb of speech is settled for good, and is not told again; another one stays."""
    notes = [Problem(Place("b.yaml", 3), "cue", "“said”", "one", "add", "note", f"sen-x-p0{n}-s01") for n in (1, 2)]
    path = tmp_path / "waivers.yaml"
    path.write_text('- {rule: cue, record: sen-x-p01-s01, because: "A title.", until: "2026-12-01"}', encoding="utf-8")
    problems = Problems(list(notes))
    apply(load_register("waivers", tmp_path, "waivers.yaml", problems), problems, TODAY)
    assert problems.items == notes[1:]


@pytest.mark.parametrize(
    ("waiver", "severity", "found"),
    [
        ('{rule: R14, record: act-x, because: "x", until: "2026-11-21"}', "error", "R14 for act-x, expired on 2026-11-21"),
        ('{rule: R14, record: act-y, because: "x", until: "2027-01-01"}', "warning", "R14 for act-y, which gives no such warning"),
        ('{rule: R01, record: ev-x, because: "x", until: "2027-01-01"}', "error", "R01"),
        ('{rule: R999, record: act-x, because: "x", until: "2027-01-01"}', "error", "R999"),
        ('{rule: R14, record: act-x, because: "x", until: "2027-02-30"}', "error", "2027-02-30"),
    ],
)  # fmt: skip
def test_a_bad_waiver(tmp_path, waiver, severity, found):
    """An expired, idle, unknown or impossible waiver is reported at its line, and waives nothing."""
    left = judged(tmp_path, f"- {waiver}")
    (problem,) = [problem for problem in left if problem.rule == "waiver"]
    assert (problem.severity, problem.found, problem.place.line) == (severity, found, 1)
    assert WARNING in left and ERROR in left


def test_a_build_does_not_know_the_day(tmp_path):
    """Without a day nothing expires, so that a build is the same on every day."""
    left = judged(tmp_path, '- {rule: R14, record: act-x, because: "x", until: "2020-01-01"}', today=None)
    assert [problem.severity for problem in left] == ["error", "note"]


def test_the_example_in_the_register_is_a_waiver(root, tmp_path):
    """The commented example of the register can be taken as it is."""
    lines = (root / "seeds/coding/waivers.yaml").read_text(encoding="utf-8").splitlines()
    example = next(line.removeprefix("# ") for line in lines if line.startswith("# - "))
    path = tmp_path / "waivers.yaml"
    path.write_text(example, encoding="utf-8")
    problems = Problems()
    assert load_register("waivers", tmp_path, "waivers.yaml", problems).value[0].rule == "R14"
    assert yaml_file.load(tmp_path, "waivers.yaml").content[0].keys() == {"rule", "record", "because", "until"}
