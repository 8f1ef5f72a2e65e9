"""What changed between two packages, and the version step that each change asks for."""

from __future__ import annotations

import json

import pytest

from haftar_record.cli.diff import Text, _apart
from haftar_record.cli.terminal import output
from haftar_record.package.snapshot import Snapshot
from haftar_record.releases import difference, steps

from . import packages
from .packages import base, field


def changed(edit) -> difference.Difference:
    """The difference that an edit of the new package makes."""
    new = base()
    edit(new)
    return difference.compare(base(), new)


def the_schema_change(edit) -> tuple:
    (change,) = changed(edit).schema
    return change.shown, change.kind, change.name, change.old, change.new, change.step


def add_column(package: Snapshot) -> None:
    table = package.tables["topics"]
    table.schema["fields"].insert(1, {"name": "weight", "type": "integer"})
    for row in table.rows.values():
        row["weight"] = "1"


def drop_column(package: Snapshot) -> None:
    table = package.tables["topics"]
    table.schema["fields"] = [f for f in table.schema["fields"] if f["name"] != "definition"]
    for row in table.rows.values():
        del row["definition"]


def test_nothing():
    """The same package twice differs in nothing, and asks for no step."""
    found = changed(lambda package: None)
    assert (found.properties, found.schema, found.rows, found.step) == ([], [], [], "none")


@pytest.mark.parametrize(
    ("edit", "shown", "kind", "name", "step"),
    [
        (lambda p: p.tables.pop("topics"), "topics", "removed", "", "major"),
        (lambda p: p.tables.update(other=p.tables["topics"]), "other", "added", "", "major"),
        (add_column, "topics.weight", "added", "", "major"),
        (drop_column, "topics.definition", "removed", "", "major"),
        (lambda p: p.tables["topics"].schema["fields"].reverse(), "topics", "changed", "order of columns", "major"),
        (lambda p: p.tables["topics"].schema.update(primaryKey=["name"]), "topics", "changed", "primaryKey", "major"),
        (lambda p: p.tables["topics"].schema.update(description="x"), "topics", "changed", "description", "patch"),
        (lambda p: field(p, "topics", "name").update(type="any"), "topics.name", "changed", "type", "major"),
        (lambda p: field(p, "topics", "name").update(missingValues=["-"]), "topics.name", "changed", "missingValues", "major"),
        (lambda p: field(p, "topics", "name")["constraints"].pop("required"), "topics.name", "changed", "required", "major"),
        (lambda p: field(p, "evidence", "exact_text")["constraints"].update(maxLength=600), "evidence.exact_text", "changed", "maxLength", "major"),
        (lambda p: field(p, "topics", "name").update(description="x"), "topics.name", "changed", "description", "patch"),
        (lambda p: field(p, "topics", "name").update(example="x"), "topics.name", "changed", "example", "patch"),
    ],
)  # fmt: skip
def test_schema(edit, shown, kind, name, step):
    """Every sort of change of the schema is told once, by its place, with the step it asks for."""
    assert [(c.shown, c.kind, c.name, c.step) for c in changed(edit).schema] == [(shown, kind, name, step)]


def test_codes_are_compared_as_codes():
    """A code more is minor, one less major, another label a patch; in a list cell the codes stand in the pattern."""

    def more(package):
        stance = field(package, "statements", "stance")
        stance["constraints"]["enum"].append("mixed")
        stance["categories"].append({"value": "mixed", "label": "Both"})

    def fewer(package):
        field(package, "statements", "stance")["constraints"]["enum"].remove("neutral")

    def label(package):
        field(package, "statements", "stance")["categories"][0]["label"] = "Pro"

    def more_in_a_list(package):
        constraints = field(package, "events", "modes")["constraints"]
        constraints["pattern"] = constraints["pattern"].replace("(?:visit|", "(?:visit|call|")

    assert the_schema_change(more) == ("statements.stance", "changed", "codes", [], ["mixed"], "minor")
    assert the_schema_change(fewer) == ("statements.stance", "changed", "codes", ["neutral"], [], "major")
    assert the_schema_change(label)[:3] + the_schema_change(label)[-1:] == (
        "statements.stance",
        "changed",
        "labels",
        "patch",
    )
    assert the_schema_change(more_in_a_list) == ("events.modes", "changed", "codes", [], ["call"], "minor")


def test_a_new_column_is_no_change_of_its_rows():
    """Cells are compared in the columns that both have."""
    assert changed(add_column).rows == changed(drop_column).rows == []


def test_cells():
    """A corrected value is told with old and new, and computed values beside it as computed."""

    def edit(package):
        package.tables["events"].rows[("evt-essin-crossing-seizure-2021",)].update(title="x", report_count="9")

    (row,) = changed(edit).rows
    assert (row.table, row.id, row.kind, row.step, row.is_coded) == (
        "events", "evt-essin-crossing-seizure-2021", "changed", "patch", True,
    )  # fmt: skip
    assert [(c.column, c.new, c.is_computed) for c in row.changes] == [
        ("title", "x", False),
        ("report_count", "9", True),
    ]


@pytest.mark.parametrize(
    ("edit", "kind", "step", "is_coded"),
    [
        (lambda p: packages.add(p, "relations", "rel-3eb302bd-25", "rel-3eb302bd-99"), "added", "minor", True),
        (lambda p: packages.remove(p, "relations", "rel-3eb302bd-25"), "removed", "minor", True),
        (lambda p: packages.add(p, "documents", "doc-3eb302bd", "doc-00000000"), "added", "minor", True),
        (lambda p: packages.remove(p, "documents", "doc-3eb302bd"), "removed", "major", True),
        (lambda p: p.tables["evidence"].rows.popitem(), "removed", "patch", False),
        (lambda p: p.tables["statement_targets"].rows.popitem(), "removed", "patch", False),
        (lambda p: p.tables["codes"].rows.popitem(), "removed", "major", True),
        (lambda p: packages.remove(p, "topics", "top-assad-rule"), "removed", "minor", True),
    ],
)
def test_rows(edit, kind, step, is_coded):
    """A unit that comes or goes is minor, an article or code that goes major; a row with a computed id only follows."""
    (row,) = changed(edit).rows
    assert (row.kind, row.step, row.is_coded) == (kind, step, is_coded)


@pytest.mark.parametrize(("name", "value", "step"), [("licenses", [], "major"), ("name", "x", "major"), ("keywords", ["x"], "patch"), ("homepage", "x", "patch")])  # fmt: skip
def test_texts_of_the_release(name, value, step):
    """Another licence or name is major, another text a patch; version and moment are told at the head."""
    found = changed(lambda package: package.descriptor.update({name: value, "version": "9.9.9", "created": "x"}))
    assert [(change.name, change.step) for change in found.properties] == [(name, step)]


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ((1, 2, 3), "none", ["1.2.4", "1.3.0", "2.0.0"]),
        ((1, 2, 3), "patch", ["1.2.4", "1.3.0", "2.0.0"]),
        ((1, 2, 3), "minor", ["1.3.0", "2.0.0"]),
        ((1, 2, 3), "major", ["2.0.0"]),
        ((0, 1, 3), "patch", ["0.1.4", "0.2.0", "1.0.0"]),
        ((0, 1, 3), "minor", ["0.2.0", "1.0.0"]),
        ((0, 1, 3), "major", ["0.2.0", "1.0.0"]),
        ((0, 0, 3), "major", ["0.1.0", "1.0.0"]),
    ],
)
def test_the_version_after(before, step, after):
    """One step resets what is below it; below 1.0.0 a major step may raise the second number."""
    assert steps.following(before, step) == after


@pytest.mark.parametrize("version", ["1.2", "1.2.3.4", "01.2.3", "1.2.3-rc1", "v1.2.3", "", "1.2.x"])
def test_no_version(version):
    """What is not three plain numbers is no version."""
    assert steps.parse(version) is None


def test_long_lists_are_cut():
    """Catches two hundred codes that are printed for each column that has them, and one that --all leaves out."""
    codes = [f"C{number:02d}" for number in range(30)]
    found = changed(lambda package: field(package, "topics", "name")["constraints"].update(enum=codes))
    told, everything = (list(Text(found, output(), is_all).lines()) for is_all in (False, True))
    assert f"+ {', '.join(codes[:12])}, and 18 more (--all lists them)" in " ".join(" ".join(told).split())
    assert not any("C12" in line for line in told)
    assert all(code in " ".join(everything) for code in codes)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (["a", "b"], ["b", "c"], (["a"], ["c"])),
        (["a", "b"], ["b", "a"], (["a", "b"], ["b", "a"])),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}, ({"b": 2}, {"b": 3, "c": 4})),
        ({"a": 1}, {"a": 1, "b": 2}, ("", {"b": 2})),
        ("a", ["a"], ("a", ["a"])),
    ],
)
def test_what_is_alike_is_not_told(old, new, told):
    """Catches a list that is printed twice as a whole for one entry that came."""
    assert _apart(old, new) == told


def test_json_is_complete(project, run):
    """The JSON holds every change of the text, with old and new values, and both agree on the step."""
    packages.describe(project, keywords=["x"])
    path = project / "datapackage/topics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("He should stay.", "He may stay."), encoding="utf-8")
    found = json.loads(run(project, "diff", str(packages.ROOT), "--format", "json").stdout)
    assert (found["step"], found["old"]["package"], found["schema"]) == ("patch", str(packages.ROOT), [])
    assert [(c["property"], c["new"]) for c in found["release"]] == [("keywords", ["x"])]
    (row,) = found["rows"]
    cell = {"column": "support_means", "old": "He should stay.", "new": "He may stay.", "computed": False}
    assert (row["table"], row["id"], row["change"], row["cells"]) == ("topics", "top-assad-rule", "changed", [cell])
    text = run(project, "diff", str(packages.ROOT)).stdout
    assert "support_means: He should stay. → He may stay." in text and "Version step: patch" in text
