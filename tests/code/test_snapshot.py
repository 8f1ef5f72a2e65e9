"""Packages from folders, descriptors, zips and revisions; and broken ones of every sort, each said in one message."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from haftar_record.cli import main
from haftar_record.export import archive, metadata
from haftar_record.package import reader, snapshot, source, table_file
from haftar_record.problems.problem import DataErrors, WrongUse

from . import packages


@pytest.fixture
def package(tmp_path):
    (tmp_path / "package").mkdir()
    return packages.folder(tmp_path / "package")


def problem(path) -> tuple[str, str, str]:
    """Place, found and expected of the only problem of a package."""
    with pytest.raises(DataErrors) as caught:
        snapshot.read(str(path), path.parent)
    (only,) = caught.value.problems
    return str(only.place).removeprefix(f"{path.as_posix()}/"), only.found, only.expected


def zipped(folder, path, inside="haftar-record-1.0.0/"):
    """A zip of a package, its files in one folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.*")):
            archive.write(file, inside + file.relative_to(folder).as_posix())
    return path


WAYS = ["folder", "descriptor", "zip", "flat zip", "release zip", "revision"]


def named(package: Path, tmp_path: Path, way: str) -> tuple[str, Path]:
    """The name of a package as a user gives it, and the folder of the project."""
    if way == "descriptor":
        return str(package / "datapackage.json"), tmp_path
    if way == "release zip":
        (data,) = archive.render(reader.read(packages.ROOT)).values()
        (tmp_path / "a.zip").write_bytes(data)
        return str(tmp_path / "a.zip"), tmp_path
    if "zip" in way:
        return str(zipped(package, tmp_path / "a.zip", "" if way == "flat zip" else "haftar-record-1.0.0/")), tmp_path
    if way == "revision":
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(package)]
        for line in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1"]):
            subprocess.run([*git, *line], check=True, capture_output=True)
        (package / "datapackage.json").unlink()  # the revision is read, not the folder
        return "v1", package
    return str(package), tmp_path


@pytest.mark.parametrize("way", WAYS)
def test_every_way_reads_the_same(package, tmp_path, way):
    """A folder, its descriptor, a zip with or without a folder, and a revision of git hold the same rows, as plain cells
    and typed."""
    name, root = named(package, tmp_path, way)
    found = snapshot.read(name, root)
    assert {table: list(t.rows.values()) for table, t in found.tables.items()} == {
        table: list(t.rows.values()) for table, t in packages.base().tables.items()
    }
    assert found.version == json.loads((packages.ROOT / "datapackage.json").read_bytes())["version"]
    assert reader.read(name, root).rows == reader.read(packages.ROOT).rows


@pytest.mark.parametrize("way", [way for way in WAYS if way != "release zip"])  # which is made of sound tables
def test_a_mistake_is_said_at_its_place(package, tmp_path, way):
    """Line and column of a cell, whichever way the package is read: it was the first forty words of a row."""
    path = package / "datapackage/topics.csv"
    lines = path.read_text(encoding="utf-8").split("\n")
    before, _, _ = lines[3].rpartition(",")
    path.write_text("\n".join([*lines[:3], f"{before},many", *lines[4:]]), encoding="utf-8")
    name, root = named(package, tmp_path, way)
    with pytest.raises(DataErrors) as caught:
        reader.read(name, root)
    (only,) = caught.value.problems
    assert str(only.place).endswith(f"datapackage/topics.csv:4:{len(before) + 2}")
    assert (only.rule, only.expected) == ("type-error", "a whole number")
    assert only.found.endswith("statement_count “many”")


@pytest.fixture
def repository(tmp_path):
    """An empty repository with one commit."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tmp_path)]
    for line in (["init", "-q"], ["commit", "-qm", "x", "--allow-empty"]):
        subprocess.run([*git, *line], check=True, capture_output=True)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["nothing-here", "", "--upload-pack=x", "v9.9.9", "x" * 5000, "HEAD:", "a b", "..", "-"]
)
def test_neither_path_nor_revision(repository, monkeypatch, name):
    """What is no package by any reading is wrong use, and git never takes it for an option."""
    (repository / "empty").mkdir()
    monkeypatch.chdir(repository / "empty")
    if name == "..":
        with pytest.raises(DataErrors):
            snapshot.read(name, repository)
        return
    with pytest.raises(WrongUse, match="neither a folder, nor a file, nor a revision"):
        snapshot.read(name, repository)


def test_a_revision_without_a_package(repository):
    """A revision that is there, and has no descriptor."""
    with pytest.raises(DataErrors) as caught:
        snapshot.read("HEAD", repository)
    assert [(str(p.place), p.found) for p in caught.value.problems] == [("HEAD:datapackage.json", "no such file")]


def test_no_repository_to_ask(tmp_path):
    """Whether a name is a revision cannot be told where there is no repository; git's reason is said."""
    with pytest.raises(
        WrongUse, match="is neither a folder nor a file, and git cannot say whether it is a revision: fatal: not"
    ):
        snapshot.read("v1", tmp_path)


def test_line_ends_and_byte_order_mark_are_no_difference(package):
    """A package that went through another system has the same cells."""
    for path in package.glob("datapackage/*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert snapshot.read(str(package), package).tables == packages.base().tables


EVENTS = "datapackage/events.csv"


@pytest.mark.parametrize(
    ("path", "broken", "found", "expected"),
    [
        ("datapackage.json", None, "no such file", "a file of the package"),
        ("datapackage.json", lambda data: data[:500], "unterminated string starting", "well-formed JSON"),
        ("datapackage.json", lambda data: b"[" * 100_000, "more than 30 levels", "at most 30 levels"),
        ("datapackage.json", lambda data: b"[1]", "a list", "a JSON object"),
        ("datapackage.json", lambda data: b"{}", "no list of resources", "the descriptor of a data package"),
        ("schemas/events.json", None, "no such file", "a file of the package"),
        (EVENTS, None, "no such file", "a file of the package"),
        (EVENTS, lambda data: data[: data.index("“".encode()) + 1], "not CSV in UTF-8 (", "a CSV file as the build writes it"),
        (EVENTS, lambda data: b"\n".join(data.split(b"\n")[:9]) + b"\n", "8 rows", "rows, as datapackage.json says"),
        (EVENTS, lambda data: data.decode().encode("cp1252", "replace"), "not CSV in UTF-8 (", "a CSV file"),
        (EVENTS, lambda data: data.replace(b"event_id,title", b"title,event_id", 1), "the columns title, event_id", "event_id, title"),
        (EVENTS, lambda data: data + b"x,y\n", "2 cells", "cells"),
        (EVENTS, lambda data: data + data.split(b"\n")[1] + b"\n", " twice", "each key once"),
        (EVENTS, lambda data: b"", "the columns ", "event_id, title"),
    ],
)  # fmt: skip
def test_a_broken_file(package, path, broken, found, expected):
    """A file that is missing, torn, of another encoding or another shape is one problem at its path."""
    file = package / path
    if broken is None:
        file.unlink()
    else:
        file.write_bytes(broken(file.read_bytes()))
    place, told, wanted = problem(package)
    assert place.partition(":")[0] == path and found in told and expected in wanted


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "http://localhost/x.csv", "a\\..\\b", "", None, ["a", "b"]]
)
def test_a_path_that_leaves_the_package(package, path):
    """A path out of the folder, an address or several paths are refused, and nothing is read."""
    content = json.loads((package / "datapackage.json").read_bytes())
    content["resources"][0]["path"] = path
    packages.describe(package, resources=content["resources"])
    place, found, expected = problem(package)
    assert (place, expected) == ("datapackage.json", "a name, and one path inside the package")
    assert repr(path) in found


def test_a_zip_that_would_write_elsewhere(tmp_path):
    """A member with “..” or an absolute path: the zip is refused as a whole."""
    for name in ("../x", "/x", "a/../../x"):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("datapackage.json", "{}")
            archive.writestr(name, "x")
        assert problem(tmp_path / "a.zip")[1] == f"the member “{name}”"


def test_a_torn_zip(package, tmp_path):
    """A zip that is cut off, or in which a byte changed, is one problem."""
    path = zipped(package, tmp_path / "a.zip")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert problem(path)[1].startswith("not a zip, or a damaged one")
    start = data.find(b"datapackage.json") + 2000
    path.write_bytes(data[:start] + bytes([data[start] ^ 0xFF]) + data[start + 1 :])
    assert "cannot be unpacked" in problem(path)[1]


def test_a_file_that_is_too_large(tmp_path):
    """A zip of a few kilobytes that holds hundreds of megabytes is refused before it is unpacked."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", b" " * (source.MAX_BYTES + 1))
    assert "bytes; at most " in problem(tmp_path / "a.zip")[1]


def test_a_file_on_disk_that_is_too_large(package):
    """The same in a folder: the file is not read into memory first."""
    with (package / EVENTS).open("r+b") as file:
        file.truncate(source.MAX_BYTES + 1)
    assert "bytes; at most " in problem(package)[1]


def test_the_release_zip_is_described(tmp_path):
    """The descriptions lie in the release zip beside what they describe."""
    package = reader.read(packages.ROOT)
    (data,) = archive.render(package).values()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        inside = {name: file.read(name) for name in file.namelist()}
    assert metadata.render(package).items() <= inside.items()


def test_a_zip_without_a_package(tmp_path):
    """A zip of something else has no descriptor."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x/y", "z")
    assert problem(tmp_path / "a.zip")[:2] == ("datapackage.json", "no such file")


def test_a_package_of_another_version(package):
    """Typed reading tells which table has other columns than this program knows, in one problem, not one per row."""
    schema = package / "schemas/topics.json"
    content = json.loads(schema.read_bytes())
    content["fields"].append({"name": "weight", "type": "integer"})
    schema.write_text(json.dumps(content), encoding="utf-8")
    path = package / "datapackage/topics.csv"
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{first},weight", *(f"{line},1" for line in rest)]) + "\n", encoding="utf-8")
    assert snapshot.read(str(package), package).tables["topics"].fields["weight"]["type"] == "integer"
    with pytest.raises(DataErrors) as caught:
        reader.read(package)
    (only,) = caught.value.problems
    assert only.rule == "other-version" and only.found.endswith("statement_count, weight")
    assert only.remedy.startswith("use the release of haftar-record that made the package")


def test_another_package(package):
    """A package of something else is one problem, not one per table."""
    content = json.loads((package / "datapackage.json").read_bytes())
    packages.describe(package, resources=[content["resources"][0] | {"name": "other"}])
    with pytest.raises(DataErrors) as caught:
        reader.read(package)
    assert [problem.found for problem in caught.value.problems] == ["a package with other"]


def test_a_cell_that_does_not_conform(package):
    """Typed reading tells line and column of a cell that breaks its column."""
    path = package / "datapackage/topics.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("top-assad-rule,", "Top-Assad,", 1), encoding="utf-8")
    with pytest.raises(DataErrors) as caught:
        reader.read(package)
    (only,) = caught.value.problems
    line = text[: text.index("top-assad-rule,")].count("\n") + 1
    assert (str(only.place), only.rule) == (f"datapackage/topics.csv:{line}:1", "constraint-error")
    assert only.found == "Top-Assad: topic_id “Top-Assad”"


def test_manners_are_no_obstacle(package):
    """A package that went through another system or a sorting editor is read, typed as well."""
    wanted = reader.read(package).rows
    for path in package.glob("datapackage/*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    path = package / "datapackage/topics.csv"
    head, *lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + b"".join(reversed(lines)))
    assert reader.read(package).rows == wanted


def test_typed_reading_counts_the_rows(package):
    """A table that was cut short between two rows is not taken for a smaller one."""
    path = package / EVENTS
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:9]))
    with pytest.raises(DataErrors) as caught:
        reader.read(package)
    assert [problem.found for problem in caught.value.problems] == ["8 rows"]


def test_mistakes_of_several_tables(package):
    """One run tells them all."""
    for name in ("topics", "places"):
        (package / f"datapackage/{name}.csv").write_bytes(b"x\n")
    with pytest.raises(DataErrors) as caught:
        reader.read(package)
    assert [problem.place.file for problem in caught.value.problems] == [
        "datapackage/places.csv",
        "datapackage/topics.csv",
    ]


@pytest.mark.parametrize("read", [snapshot.of_folder, reader.read])
def test_a_long_cell_and_the_limit_of_python(package, read):
    """A cell longer than Python's limit is read or said at its place, and the limit is as it was: it was changed for the
    whole process, by an import."""
    path = package / "datapackage/topics.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Rule of Assad", "x" * 140_000, 1), encoding="utf-8")
    before = csv.field_size_limit(1_000)
    try:
        if read is snapshot.of_folder:
            assert any(len(row["name"]) == 140_000 for row in read(package).tables["topics"].rows.values())
        else:
            with pytest.raises(DataErrors) as caught:
                read(package)
            assert [problem.rule for problem in caught.value.problems] == ["cell-size"]
        assert csv.field_size_limit() == 1_000
        with pytest.raises(ZeroDivisionError), table_file.cells_of_any_length():
            raise ZeroDivisionError
        assert csv.field_size_limit() == 1_000
    finally:
        csv.field_size_limit(before)


def test_importing_changes_no_limit():
    """Not even that of the plugin, which frictionless loads in every environment that has it."""
    script = (
        "import csv; before = csv.field_size_limit()\n"
        "import haftar_record.package.table_file, haftar_record.package.reader, haftar_record.checks.on_disk\n"
        "assert csv.field_size_limit() == before"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    "line", [["diff", "{}"], ["--root", "{}", "query", "SELECT 1"], ["--root", "{}", "show", "act-haftar"]]
)
def test_the_commands_say_it(package, run, line):
    """Every command that reads a package tells the problem, without a traceback."""
    (package / "datapackage/topics.csv").unlink()
    result = run(package.parent, *(part.format(package) for part in line))
    assert result.returncode == main.DATA_ERRORS, result.stderr
    assert "topics.csv: error [package]" in result.stderr and "Traceback" not in result.stderr


def test_the_release_zip_is_valid_by_itself(tmp_path, run):
    """What is downloaded and unpacked passes by itself; a changed value in it does not."""
    (data,) = archive.render(reader.read(packages.ROOT)).values()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        file.extractall(tmp_path / "release")
    folder = tmp_path / "release"
    result = run(tmp_path, "validate", str(folder))
    assert result.returncode == 0, result.stderr
    assert "no errors, 0 warnings" in result.stderr
    events = folder / EVENTS
    events.write_bytes(events.read_bytes().replace(b",COERCE,", b",ASSAULT,", 1))
    result = run(tmp_path, "validate", str(folder), "--format", "json")
    assert result.returncode == 1
    assert {"R11 quad-and-root-agree"} <= {problem["rule"] for problem in json.loads(result.stdout)["problems"]}
