"""The register of retired ids: an id that is gone never comes back, and what follows it is there."""

from __future__ import annotations

import json

import pytest

from haftar_record.build import retired
from haftar_record.build.assemble import assemble
from haftar_record.cli import main
from haftar_record.coding import inputs
from haftar_record.coding.sheets import load_register
from haftar_record.files import yaml_file
from haftar_record.problems.problem import Problem, Problems

REGISTER = "seeds/coding/retired.yaml"


@pytest.fixture(scope="module")
def made(root):
    """Rows and places of a build."""
    problems = Problems()
    rows, places = assemble(inputs.read(root, problems), problems)
    assert problems.errors == []
    return rows, places


@pytest.fixture
def judged(tmp_path, made):
    """The problems of a register with these entries."""

    def judge(*entries: str) -> list[Problem]:
        path, problems = tmp_path / REGISTER, Problems()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(f"- {entry}" for entry in entries) + "\n", encoding="utf-8")
        if loaded := load_register("retired", tmp_path, REGISTER, problems):
            retired.check(loaded, "0.1.0", *made, problems)
        return problems.sorted

    return judge


def test_a_retired_id_is_told_in_the_descriptor(project, run):
    """Whoever has an old id finds in the package since when it is gone, why, and what follows it."""
    entry = '{id: st-9d1fdcb4-99, since: "0.0.1", because: "Told twice.", successors: [st-9d1fdcb4-07]}'
    (project / REGISTER).write_text(f"- {entry}\n", encoding="utf-8")
    result = run(project, "build")  # any version of the record is later than 0.0.1
    assert result.returncode == main.FINE, result.stderr
    expected = {"id": "st-9d1fdcb4-99", "since": "0.0.1", "successors": ["st-9d1fdcb4-07"], "because": "Told twice."}
    assert json.loads((project / "datapackage.json").read_bytes())["retired"] == [expected]
    shown = run(project, "show", "st-9d1fdcb4-99").stdout
    assert shown.startswith("st-9d1fdcb4-99   retired since 0.0.1\n  Told twice.\n  replaced by: st-9d1fdcb4-07  ")


def test_a_retired_id_never_comes_back(judged):
    """A unit with a retired id is refused where it is coded."""
    (problem,) = judged('{id: st-9d1fdcb4-07, since: "0.1.0", because: "x"}')
    assert problem.place.file == "seeds/coding/articles/000_9d1fdcb4705b4c67.yaml" and problem.place.line
    assert problem.expected == "another id: st-9d1fdcb4-07 was retired in 0.1.0 and never comes back"


@pytest.mark.parametrize(
    ("entries", "found", "expected"),
    [
        (['{id: ev-9d1fdcb4-x, since: "0.1.0", because: x}'], "“ev-9d1fdcb4-x”", "an id that a coder gives"),
        (['{id: nothing, since: "0.1.0", because: x}'], "“nothing”", "an id that a coder gives"),
        (['{id: st-x-1, since: "0.1.0", because: x}'] * 2, "st-x-1 a second time", "each id once"),
        (['{id: st-x-1, since: "9.0.0", because: x}'], "9.0.0", "a version up to 0.1.0"),
        (['{id: st-x-1, since: "0.1", because: x}'], "“0.1”", "a version such as 1.0.0"),
        (['{id: st-x-1, since: "0.1.0"}'], "no key “because”", "the key “because” with a value"),
        (['{id: st-x-1, since: "0.1.0", because: x, successors: [act-hafter]}'], "“act-hafter”", "“act-haftar”, the nearest"),
        (['{id: st-x-1, since: "0.1.0", because: x, successors: [st-x-1]}'], "“st-x-1”", "name a unit that takes its place"),
    ],
)  # fmt: skip
def test_a_bad_entry(judged, entries, found, expected):
    """An id that is computed, unknown, repeated, retired too early or followed by nothing is refused at its line."""
    (problem,) = judged(*entries)
    assert problem.found == found and expected in f"{problem.expected}; {problem.remedy}"
    assert (problem.place.file, problem.place.line) == (REGISTER, len(entries))


def test_a_successor_may_be_retired_in_turn(judged):
    """A chain of successors is kept as it was told, release by release."""
    first = '{id: st-x-1, since: "0.1.0", because: x, successors: [st-x-2]}'
    assert judged(first, '{id: st-x-2, since: "0.1.0", because: x}') == []


def test_the_example_in_the_register_can_be_taken(root, tmp_path):
    """The commented example of the register has the shape of an entry."""
    lines = (root / REGISTER).read_text(encoding="utf-8").splitlines()
    path = tmp_path / "retired.yaml"
    path.write_text(next(line.removeprefix("# ") for line in lines if line.startswith("# - ")), encoding="utf-8")
    problems = Problems()
    (entry,) = load_register("retired", tmp_path, "retired.yaml", problems).value
    assert problems.items == [] and entry.successors
    assert yaml_file.load(tmp_path, "retired.yaml").content[0].keys() == {"id", "since", "because", "successors"}
