"""Whatever a descriptor holds in the place of a text, a list or a number: every reader says what is wrong with it, at
its place, and none of them fails."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest

import haftar_record
from haftar_record import export
from haftar_record.cli import main
from haftar_record.files import json_file
from haftar_record.package import descriptor, reader
from haftar_record.problems.problem import DataErrors, Problem, Problems

from ..conftest import ROOT
from . import packages, releases

PROPERTIES = ["name", "title", "description", "version", "created", "keywords", "licenses", "textRights", "contributors",
              "sources", "retired", "resources"]  # fmt: skip
MISSING = object()
#: What may stand in the place of a value, as JSON.
VALUES = {
    "missing": MISSING,
    "null": "null",
    "number": "5",
    "flag": "true",
    "object": "{}",
    "list": "[]",
    "list of a number": "[1]",
    "list of nulls": "[null]",
    "list of lists": "[[[]]]",
    "list of an object": "[{}]",
    "empty": '""',
    "deep": "[" * 5_000 + "]" * 5_000,
    "half a surrogate": '"x\\ud800y"',
    "half a surrogate in a list": '["x\\udc00y"]',
    "no number": "NaN",
    "infinite": "1e999",
    "endless": "9" * 6_000,
    "huge": "1" + "0" * 400,
    "escape sequence": '"a\\u001b[31mb"',
}
#: What some properties may be.
SOUND = {("retired", "missing"), ("retired", "list")}
ENTRIES = {
    "retired": [
        "5", '{"id": 5}', '{"id": "x", "since": null, "because": "x"}', '{"id": "x", "since": "0.1.0", "because": "x", "successors": null}',
        '{"id": "x", "since": "0.1.0", "because": "x", "successors": [5]}', '{"id": "x", "since": "0.1.0", "because": "x", "successors": "y"}',
        '{"id": ["x"], "since": "0.1.0", "because": "x"}', '{"id": "x", "since": "1", "because": "x"}',
    ],
    "contributors": ['{"title": 5, "roles": ["creator"]}', '{"title": "A"}', '{"title": "A", "roles": "creator"}', '{"title": "A", "roles": []}', '{"title": "\\u200b", "roles": ["creator"]}'],
    "licenses": ['{"name": "A"}', '{"name": "A", "path": "javascript:x", "title": "A"}', '{"name": 5, "path": 5, "title": 5}', '{"name": "A", "path": "https://a b", "title": "A"}'],
    "sources": ['{"path": "a"}', '{"title": 5}', '{"title": "\\u0000"}', '{"title": ""}'],
    "keywords": ["5", '""', '"a\\nb"', '" a"'],
}  # fmt: skip
MOMENTS = ["1970-01-01T00:00:00Z", "1979-12-31T23:59:59Z", "2108-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
           "2021-02-30T00:00:00Z", "2021-06-28T24:00:00Z", "2021-06-28T00:00:60Z", "2021-06-28T00:00:00+02:00", "2021-06-28T00:00:00",
           "2021-06-28", "٢٠٢١-06-28T00:00:00Z", "2021-6-28T00:00:00Z", "2021-06-28t00:00:00z", "2021-06-28T00:00:00Z\n"]  # fmt: skip
VERSIONS = ["1", "1.0", "1.0.0-rc1", "v1.0.0", "01.0.0", "٠.1.0", "1.0.0\n", "9" * 5_000 + ".0.0", "../../x"]


@cache
def content() -> dict[str, Any]:
    return json.loads((ROOT / "datapackage.json").read_bytes())


def written(name: str, value: object) -> bytes:
    """The descriptor with another value, which is given as JSON."""
    changed = copy.deepcopy(content())
    if value is MISSING:
        changed.pop(name, None)
        return json.dumps(changed).encode()
    return json.dumps(changed | {name: "·"}).replace('"\\u00b7"', str(value)).encode()


CASES = [
    *[(name, kind, value) for name in PROPERTIES for kind, value in VALUES.items()],
    *[(name, entry, f"[{entry}]") for name, entries in ENTRIES.items() for entry in entries],
    *[("created", moment, json.dumps(moment)) for moment in MOMENTS],
    *[("version", version[:9], json.dumps(version)) for version in VERSIONS],
]


def told(data: bytes, shape: type = descriptor.DescriptorShape) -> list[Problem]:
    problems = Problems()
    found = json_file.read(data, "datapackage.json", problems, "mend it")
    if found is not None:
        try:
            descriptor.read(found, shape)
        except DataErrors as error:
            return error.problems
    return problems.items


@pytest.mark.parametrize(("name", "kind", "value"), CASES, ids=[f"{name}-{kind}" for name, kind, _ in CASES])
def test_every_value_in_the_place_of_every_property(name, kind, value):
    """Nothing but what may be there passes; what is wrong has a place and advice."""
    found = told(written(name, value))
    assert (not found) == ((name, kind) in SOUND)
    assert all(problem.place.file == "datapackage.json" and problem.remedy for problem in found)
    whole_file = {"deep", "no number", "infinite", "endless"}
    assert kind in whole_file or all(problem.place.line for problem in found)
    told(written(name, value), descriptor.AnyDescriptor)  # whatever its verdict, nothing is raised


def test_the_descriptor_of_the_record_is_sound():
    """The comparison can fail."""
    assert told(json.dumps(content()).encode()) == []


@pytest.mark.parametrize("moment", ["1980-01-01T00:00:00Z", "2107-12-31T23:59:59Z", "2024-02-29T12:00:00Z"])
def test_moments_that_a_zip_can_say(project, moment):
    """The first and the last that a release can be made at are exported."""
    package = reader.read(ROOT)
    package.descriptor["created"] = moment
    assert told(written("created", json.dumps(moment))) == []
    assert export.render(package, export.load(["zip", "excel", "metadata"]))


WRONG = [("version", "missing"), ("title", "number"), ("created", "null"), ("licenses", "list"), ("contributors", "object"),
         ("sources", "missing"), ("retired", "list of nulls"), ("keywords", "deep"), ("title", "half a surrogate"), ("version", "infinite")]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), WRONG)
def test_every_reader_says_so(tmp_path, capsys, name, kind):
    """The interface for programs, validate, show, query and diff end with problems and not in a traceback."""
    package = packages.folder(tmp_path / "package")
    (package / "datapackage.json").write_bytes(written(name, VALUES[kind]))
    with pytest.raises(DataErrors):
        haftar_record.read(package)
    assert [problem for problem in haftar_record.validate(package) if problem.severity == "error"]
    for command in (
        ["validate", str(package)],
        ["--root", str(package), "query", "SELECT 1"],
        ["--root", str(package), "show", "act-haftar"],
    ):
        assert main.main(command) == 1, command
    assert main.main(["--root", str(ROOT), "diff", str(ROOT), str(package)]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err


#: Of a table in the descriptor of a release, what is no such value; a property that is left out is MISSING.
UNFIT = [("hash", 5, False), ("hash", None, False), ("hash", MISSING, False), ("rows", [5], False), ("rows", [{}], True),
         ("hash", [{}], True), ("name", {}, False), ("title", MISSING, True), ("bytes", 1.5, False)]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "is_damaged"), UNFIT)
def test_an_unfit_value_about_a_table_of_a_release(tmp_path, name, value, is_damaged):
    """Catches files that are computed from a descriptor that has not passed its own check, which failed; also where
    the value is not judged because the table is damaged."""
    folder = releases.unpacked(tmp_path)
    changed = json.loads((folder / "datapackage.json").read_bytes())
    entry = changed["resources"][0]
    entry[name] = value
    if value is MISSING:
        del entry[name]
    (folder / "datapackage.json").write_text(json.dumps(changed, indent=2), encoding="utf-8")
    if is_damaged:
        (folder / "datapackage/codes.csv").write_bytes(b"nothing\n")
    found = [problem for problem in haftar_record.validate(folder) if problem.severity == "error"]
    places = {problem.place.file for problem in found}
    assert places <= {"datapackage.json", "datapackage/codes.csv", releases.SUMS}
    assert ("datapackage/codes.csv" in places) == is_damaged
    if not is_damaged:
        (problem,) = found
        assert problem.place.line and problem.place.column
