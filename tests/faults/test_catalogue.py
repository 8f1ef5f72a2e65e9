"""Every fault of the catalogue is found, and what is said of it is, word for word, what was reviewed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from haftar_record.checks import stock
from haftar_record.problems import catalogue
from haftar_record.problems.problem import Problems
from haftar_record.site.verdicts import MISSED, Verdict

from ..conftest import ROOT
from . import runs
from .__main__ import is_caught
from .catalogue import BY_NAME, FAULTS, materialise
from .fault import FAMILIES, Fault
from .judge import Judge

pytestmark = pytest.mark.slow
EXPECTED = runs.expected()

#: Faults of which ``check`` tells in more than one error, and why that is right.
SEVERAL = {
    "cells-shifted": "each cell after the first is wrong by itself, and nothing tells that they were moved together",
    "file-twice": "each row stands a second time, and the header as a row",
    "article-renamed": "a name that has no file, and a file whose name is none",
    "article-in-capitals": "a name that has no file, and a file whose name is none",
    "article-number-with-zeros": "a name that has no file, and a file whose name is none",
    "article-of-one-number": "a name that has no file, and a number that two articles have",
    "r10-recipient-missing": "rows of three tables are others",
    "r17-one-side": "rows of two tables are others",
    "r18-report-gone": "rows of two tables are gone",
    "r19-not-held-apart": "two rows are others",
    "r80-open-in-two-ways": "two rows are others",
    "register-alias-misspelt": "a place is another, and its mention is gone",
    "r107-other-speaker": "two statements have another utterance",
    "r109-one-statement-twice": "two rows are more",
    "r110-told-by-two": "two statements are others",
    "sheet-half-a-quotation": "rows of two tables are others",
    "sheet-said-after-publication": "each statement of the occasion has its date",
    "sheet-said-twice": "rows of four tables are others",
    "register-event-realis": "the auxiliary mode tells of a fact, and so does the title",
}
#: Checks that no single fault reaches, and why.
UNREACHED = {
    "access": "said of what the system does not let anybody read; the tests of closed folders have it",
    "copy": "no fault of a package but what two articles have in common; the tests of questions have it",
    "cue": "a note, which is no fault; the tests of cues have it",
    "frictionless": "asked last, and whatever it would find, another check has found before",
    "lock": "said of a package that is replaced at the same time; the tests of crashes have it",
    "disk": "said when files are written; the tests of the replacement have it",
    "overwrite": "said when exports are written; the tests of the replacement have it",
    "memory": "no fault of a package but its size; the tests of the columnar engine have it",
}


@pytest.fixture(scope="session")
def found(request: pytest.FixtureRequest) -> dict[str, Verdict]:
    """The verdicts on the faults that this session asks for."""
    asked = {item.callspec.params["fault"].name for item in request.session.items if _asks_for_fault(item)}
    return {verdict.name: verdict for verdict in runs.verdicts([name for name in BY_NAME if name in asked])}


def _asks_for_fault(item: pytest.Item) -> bool:
    return item.path == Path(__file__) and "fault" in getattr(item, "fixturenames", ())


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_verdict(found: dict[str, Verdict], fault: Fault) -> None:
    """Place, check, severity, found, expected, remedy and row of every problem, and what stock frictionless says."""
    assert found[fault.name] == EXPECTED[fault.name]


def test_the_sound_project_has_no_problem(tmp_path: Path) -> None:
    """A verdict is on the fault and on nothing else."""
    judge = Judge(ROOT)
    root = materialise(Fault("none", "rows", "nothing", lambda _: None), tmp_path / "record")
    assert (judge.check(root), judge.validate(root), judge.stock(root)) == ([], [], MISSED)


def test_the_catalogue_is_in_order() -> None:
    """Names are unique, families known, and each description is one line without a full stop."""
    assert list(EXPECTED) == list(BY_NAME) == [fault.name for fault in FAULTS]
    assert {fault.family for fault in FAULTS} == set(FAMILIES)
    for fault in FAULTS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault.name)
        assert fault.description.isprintable() and not fault.description.endswith(".")
    twice = [
        text for text, count in Counter((fault.family, fault.description) for fault in FAULTS).items() if count > 1
    ]
    assert twice == []


def test_nothing_is_missed() -> None:
    """``check`` finds every fault."""
    assert [name for name, verdict in EXPECTED.items() if not is_caught(verdict.by("check"))] == []


def test_one_fault_is_one_error() -> None:
    """A cause is said and its consequences are notes; where there are more errors, it is known why."""
    several = {
        name for name, verdict in EXPECTED.items() if sum(one.severity == "error" for one in verdict.by("check")) > 1
    }
    assert several == set(SEVERAL)


def test_every_check_and_rule_has_a_fault() -> None:
    """No check is without a fault that it finds. Those between two releases have tests of their own."""
    said = [one for verdict in EXPECTED.values() for one in verdict.said]
    hit = {one.check.split()[0] for one in said if one.severity != "note"}
    assert {check.name.split()[0] for check in catalogue.every() if check.layer != "releases"} - hit == set(UNREACHED)


def test_every_message_can_be_shown() -> None:
    """Nothing that a faulty file holds reaches a terminal as itself, and each part says something."""
    parts = [
        (verdict.name, part, text)
        for verdict in EXPECTED.values()
        for one in verdict.said
        for part, text in asdict(one).items()
    ]
    assert len(parts) > len(EXPECTED)
    assert [part for part in parts if not part[2].isprintable() or not (part[2] or part[1] == "record")] == []


def test_stock_frictionless_is_heard(tmp_path: Path) -> None:
    """What stock frictionless finds is a problem of ours, for the day on which no other check has found it."""
    problems = Problems()
    assert stock.stock(materialise(BY_NAME["reference-unknown"], tmp_path / "record"), problems)
    assert {problem.rule for problem in problems.errors} == {"frictionless foreign-key"}
