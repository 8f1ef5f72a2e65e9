"""The interface for programs, ``import haftar_record``: what it names, what it answers, what it refuses."""

from __future__ import annotations

import ast
import csv
import hashlib
import inspect
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import haftar_record
from haftar_record import api, export
from haftar_record.model.rows import kind
from haftar_record.package import reader

from .. import rooms
from . import snippets

PAGE = (snippets.ROOT / "docs" / "python-api.md").read_text(encoding="utf-8")
PUBLIC = [name for name in haftar_record.__all__ if name != "__version__"]
SHEET = "datapackage/statements.csv"


@pytest.fixture(scope="module")
def record() -> haftar_record.Package:
    return haftar_record.read(snippets.ROOT)


def table(root: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table as a plain reader of CSV gives them."""
    with (root / "datapackage" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---- names -----------------------------------------------------------------------------------------------------------


def test_importing_loads_nothing():
    """Catches an import at the top of the package: everything that imports it, --help included, would pay for it."""
    script = "import sys, haftar_record\nprint(*(name for name in sys.modules if name.startswith('haftar_record')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["haftar_record.version", "haftar_record"]


def test_type_checkers_see_the_names_that_programs_see():
    """Catches a name that is missing from one of the three lists."""
    tree = ast.parse(inspect.getsource(haftar_record))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = [alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(seen) == sorted(api.__all__) == sorted(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name(name):
    """Catches a name that nothing is behind, one without a description, and one that the page does not explain."""
    assert name in dir(haftar_record) and getattr(haftar_record, name) is not None
    assert f"`{name}" in PAGE or f"haftar_record.{name}" in PAGE
    found = getattr(haftar_record, name)
    if inspect.isclass(found) or inspect.isfunction(found):
        assert inspect.getdoc(found)


def test_no_room_has_a_public_name():
    """Catches a room called as a public name: once it is imported, Python would give the room instead."""
    assert not set(PUBLIC) & set(rooms.ROOMS)


def test_every_method_is_on_the_page():
    """Catches a method of a package that the page does not explain, or that has no description."""
    for name, member in vars(haftar_record.Package).items():
        if not name.startswith("_"):
            assert f"`{name}" in PAGE, name
            assert inspect.getdoc(member), name


def test_other_names_are_refused():
    """Catches a misspelt name that gives something all the same, and a message that does not help."""
    with pytest.raises(AttributeError, match="no public name 'reed'; it has .*, read,"):
        haftar_record.reed  # noqa: B018


# ---- read ------------------------------------------------------------------------------------------------------------


def test_every_row_has_its_cells(record):
    """Catches rows that are not those of the files, and a table that is left out."""
    for model in haftar_record.tables.TABLES:
        told = [list(row.values()) for row in table(snippets.ROOT, model.TABLE)]
        assert sorted(row.cells() for row in record.rows(model)) == sorted(told), model.TABLE
    assert len(record) == sum(len(record.rows(model)) for model in haftar_record.tables.TABLES)


def test_values_are_typed(record):
    """Catches cells that stay text: numbers, truth values and missing ones are values of Python."""
    for model in haftar_record.tables.TABLES:
        for name in model.model_fields:
            found = {type(getattr(row, name)) for row in record.rows(model)} - {type(None)}
            assert found <= {kind(model, name)}, f"{model.TABLE}.{name}"


def test_a_package_is_read_wherever_it_is(record, project, tmp_path_factory):
    """Catches a place that is read otherwise: folder, descriptor, release zip and revision hold the same rows."""
    folder = tmp_path_factory.mktemp("export")
    for name in ("CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
        (project / name).write_bytes((snippets.ROOT / name).read_bytes())
    haftar_record.read(project).export(folder, ["zip"])
    git = ["git", "-C", str(project), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for line in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v9"]):
        subprocess.run([*git, *line], check=True)
    places = [str(project), project, project / "datapackage.json", folder / "haftar-record.zip"]
    found = [haftar_record.read(place) for place in places] + [haftar_record.read("v9", project=project)]
    for other in found:
        assert dict(other) == dict(record)
        assert other.version == record.version


def test_what_cannot_be_read(project):
    """Catches a torn package that is read, and an error that does not say where it is."""
    path = project / SHEET
    path.write_bytes(path.read_bytes() + b"st-x,torn\n")
    with pytest.raises(haftar_record.DataErrors) as caught:
        haftar_record.read(project)
    assert {problem.place.file.endswith(SHEET) for problem in caught.value.problems} == {True}
    with pytest.raises(haftar_record.WrongUse, match="no-such-thing"):
        haftar_record.read("no-such-thing", project=project)


@pytest.mark.parametrize(
    "name", ["a\0b", "\ud800", "x" * 5_000, "", None, 5, b".", "a\nb", "-v"], ids=lambda n: repr(n)[:20]
)
def test_what_names_no_package(name):
    """Catches a name that no system can have, and one that is no text: each ended in the exception of a library."""
    with pytest.raises(haftar_record.WrongUse):
        haftar_record.read(name)
    if name != "":  # the empty path is the folder that one is in
        with pytest.raises(haftar_record.WrongUse):
            haftar_record.validate(name)


@pytest.mark.parametrize(
    "options",
    [{"engine": "foo"}, {"engine": None}, {"memory": "abc"}, {"memory": "0MB"}, {"memory": ""}, {"memory": 5}],
    ids=str,
)
def test_options_that_do_not_exist(options):
    """Catches an engine that is taken for another, and an amount of memory that only DuckDB would refuse."""
    with pytest.raises(haftar_record.WrongUse):
        haftar_record.validate(snippets.ROOT, **options)


# ---- rows and evidence -----------------------------------------------------------------------------------------------


def test_rows_by_id(record):
    """Catches an id that leads to another row, a key of two columns that cannot be named, and an id of another table."""
    tables = haftar_record.tables
    assert record["act-haftar"] is record.row(tables.Actor, "act-haftar")
    assert (record["act.deny"].list, record["act.deny"].code) == ("act", "deny")
    assert record.get("act-hafter") is None and "act-haftar" in record
    with pytest.raises(KeyError, match="no row with the id “act-hafter”"):
        record["act-hafter"]
    with pytest.raises(KeyError, match="no row of events with the id “act-haftar”: it is a row of actors"):
        record.row(tables.Event, "act-haftar")


def test_a_retired_id_says_what_became_of_it(project):
    """Catches an id that was cited and is told to be unknown."""
    content = reader.read(project)
    entry = {"id": "st-9d1fdcb4-99", "since": "0.2.0", "because": "Told twice.", "successors": ["st-9d1fdcb4-07"]}
    found = haftar_record.Package(replace(content, descriptor=content.descriptor | {"retired": [entry]}))
    with pytest.raises(KeyError, match="it was retired in 0.2.0, and st-9d1fdcb4-07 took its place"):
        found["st-9d1fdcb4-99"]


def test_rows_may_be_sorted_by_whoever_asked_for_them(record):
    """Catches a list that is the package's own."""
    model = haftar_record.tables.Event
    record.rows(model).clear()
    assert record.rows(model)


def test_evidence(record):
    """Catches a passage that is lost or that belongs to another row."""
    told = table(snippets.ROOT, "evidence")
    for statement in record.rows(haftar_record.tables.Statement):
        ids = {row["evidence_id"] for row in told if row["statement_id"] == statement.statement_id}
        assert {passage.evidence_id for passage in record.evidence(statement)} == ids
    assert record.evidence("act-haftar") == record.evidence(record["act-haftar"])
    with pytest.raises(KeyError):
        record.evidence("st-nothing")


def test_an_event_rests_on_its_reports_and_roles(record):
    """Catches an event without words, though the reports of it have some."""
    told = table(snippets.ROOT, "evidence")
    for event in record.rows(haftar_record.tables.Event):
        owners = {
            row[f"{name}_id"]
            for name in ("event_report", "event_actor")
            for row in table(snippets.ROOT, f"{name}s")
            if row["event_id"] == event.event_id
        }
        ids = [row["evidence_id"] for row in told if {row["event_report_id"], row["event_actor_id"]} & owners]
        assert sorted(passage.evidence_id for passage in record.evidence(event)) == sorted(ids)


# ---- validate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["auto", "rows", "columnar"])
def test_validate(project, engine):
    """Catches a sound package with problems, a broken one without, and an engine that says something else."""
    if engine == "columnar":
        pytest.importorskip("duckdb")
    assert haftar_record.validate(project, engine=engine) == []
    path = project / SHEET
    path.write_text(path.read_text(encoding="utf-8").replace(",deny,", ",denied,", 1), encoding="utf-8")
    found = haftar_record.validate(project / "datapackage.json", engine=engine)
    assert [(problem.rule, problem.place.file, problem.severity) for problem in found] == [
        ("constraint-error", SHEET, "error")
    ]


def test_validate_needs_a_package(tmp_path):
    """Catches an empty folder that passes for a sound package."""
    with pytest.raises(haftar_record.WrongUse, match=r"no datapackage\.json"):
        haftar_record.validate(tmp_path)


# ---- export ----------------------------------------------------------------------------------------------------------


def test_export(record, tmp_path):
    """Catches a file that is not written, not listed, or not what the format makes."""
    written = record.export(tmp_path, ["graphml", "sqlite"])
    files = export.render(reader.read(snippets.ROOT), export.load(["graphml", "sqlite"]))
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in written} == files
    for line in (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_export_refuses_what_it_does_not_know(record, tmp_path):
    """Catches a misspelt format that is passed by in silence."""
    with pytest.raises(haftar_record.WrongUse, match="no format “sqlit”: the formats are zip, sqlite"):
        record.export(tmp_path, ["sqlit"])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("formats", ["zip", "", 5, None, [None], [["zip"]]], ids=repr)
def test_formats_that_are_no_list_of_names(record, tmp_path, formats):
    """Catches a text whose letters are taken for formats."""
    with pytest.raises(haftar_record.WrongUse, match="format"):
        record.export(tmp_path, formats)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("folder", ["", "a\0b", "\ud800", None], ids=repr)
def test_folders_that_exports_cannot_go_to(record, folder):
    """Catches a name that is no folder's, and the project itself."""
    with pytest.raises(haftar_record.WrongUse):
        record.export(folder, ["graphml"])


def test_examples_that_write(tmp_path):
    """Catches an example of the page that fails in a folder of the reader's own."""
    titled = [block for block in snippets.blocks(PAGE) if block.title == "In a copy of the project"]
    assert titled
    for number, block in enumerate(titled):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert snippets.run(block, snippets.copy(folder)).strip()


def test_an_export_is_of_the_package_that_was_read(project, tmp_path, monkeypatch):
    """The tables of a zip or a revision were taken from the project beside it, under the descriptor of another."""
    for name in ("LICENSE", "LICENSE-DATA.md", "CHANGELOG.md"):
        (project / name).write_text(name, encoding="utf-8")
    haftar_record.read(project).export(tmp_path / "one", ["zip"])
    release = tmp_path / "one" / "haftar-record.zip"
    (project / "datapackage/topics.csv").unlink()
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    haftar_record.read(release).export(tmp_path / "two", ["zip", "metadata"])
    assert (tmp_path / "two" / "haftar-record.zip").read_bytes() == release.read_bytes()
    assert (tmp_path / "two" / "datapackage/topics.csv").is_file()


def test_an_export_follows_no_link_and_waits_for_no_pipe(project, tmp_path):
    """A licence that is a link packed what it pointed at; one that is a pipe never ended."""
    (project / "CHANGELOG.md").write_text("x", encoding="utf-8")
    (project / "LICENSE-DATA.md").write_text("x", encoding="utf-8")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for make in (lambda path: path.symlink_to(tmp_path / "secret"), os.mkfifo):
        make(project / "LICENSE")
        with pytest.raises(haftar_record.DataErrors) as error:
            haftar_record.read(project).export(tmp_path / "o", ["zip"])
        assert [problem.place.file for problem in error.value.problems] == ["LICENSE"]
        (project / "LICENSE").unlink()
