"""The release zip: what is in it, and that it stands on its own."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from .cells import ROOT, TABLES, rows, schema


@pytest.fixture(scope="module")
def members(dist) -> dict[str, zipfile.ZipInfo]:
    with zipfile.ZipFile(dist / "haftar-record.zip") as archive:
        assert archive.testzip() is None
        return {member.filename: member for member in archive.infolist()}


@pytest.fixture
def unzipped(dist, tmp_path):
    """The release in a folder of an awkward name, far from the project."""
    folder = tmp_path / "a folder, [é]"
    shutil.unpack_archive(dist / "haftar-record.zip", folder)
    return folder


def test_members_are_sorted_dated_and_plain(members):
    """Nothing in the zip depends on the machine or the moment: order, date, permissions, compression."""
    created = json.loads((ROOT / "datapackage.json").read_bytes())["created"]
    assert list(members) == sorted(members) != []
    assert "datapackage.json" in members, "readers look for it at the top"
    for member in members.values():
        day = "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*member.date_time)
        assert (day, member.external_attr >> 16) == (created, 0o100644)
        assert (member.create_system, member.compress_type, member.extra) == (3, zipfile.ZIP_STORED, b"")


def test_the_tables_are_those_of_the_project(unzipped):
    for table in TABLES:
        name = f"datapackage/{table}.csv"
        assert (unzipped / name).read_bytes() == (ROOT / name).read_bytes()
    assert {path.stem for path in unzipped.glob("datapackage/*.csv")} == set(TABLES)
    for name in ("LICENSE", "LICENSE-DATA.md", "CHANGELOG.md"):
        assert (unzipped / name).read_bytes() == (ROOT / name).read_bytes()


def test_schemas_are_inside(unzipped):
    content = json.loads((unzipped / "datapackage.json").read_bytes())
    assert content["resources"]
    for resource in content["resources"]:
        expected = {name: value for name, value in schema(resource["name"]).items() if name != "$comment"}
        assert resource["schema"] == expected


def test_no_article_is_given_away(unzipped):
    """Neither a file of one, nor a path that would lead to one."""
    content = json.loads((unzipped / "datapackage.json").read_bytes())
    assert len(content["sources"]) == 5
    assert not any("path" in source for source in content["sources"])
    given = "".join(path.read_text(encoding="utf-8") for path in unzipped.rglob("*") if path.is_file())
    articles = [path.read_text(encoding="utf-8") for path in (ROOT / "seeds" / "articles").glob("*.txt")]
    assert articles
    for text in articles:
        assert not [start for start in range(0, len(text) - 600, 50) if text[start : start + 600] in given]


def test_checksums(unzipped):
    """Every file but the list itself is in the list; ``sha256sum`` agrees where it is to be had."""
    lines = dict(reversed(line.split("  ")) for line in (unzipped / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(unzipped).as_posix(): path for path in unzipped.rglob("*") if path.is_file()}
    del files["SHA256SUMS"]
    assert lines == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=unzipped, check=True)


def test_stock_frictionless_accepts_it(unzipped):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    result = subprocess.run(command, cwd=unzipped, capture_output=True, check=False)
    report = json.loads(result.stdout)
    assert result.returncode == 0 and report["valid"], report
    assert report["stats"]["tasks"] == len(TABLES)


def test_stock_frictionless_refuses_a_changed_cell(unzipped):
    """The check above is one that can fail."""
    path = unzipped / "datapackage" / "topics.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    lines[1][-1] = "many"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    result = subprocess.run(command, cwd=unzipped, capture_output=True, check=False)
    assert result.returncode != 0 and not json.loads(result.stdout)["valid"]


def test_a_file_of_the_release_is_missing(project, run):
    """A copy of the project without the licence gets a problem, not a traceback."""
    shutil.copy(ROOT / "CHANGELOG.md", project)
    result = run(project, "export", "--format", "zip", "--output", str(project / "dist"))
    assert result.returncode == 1, result.stderr
    assert "LICENSE: error [release]\n    found:    no such file" in result.stderr
    assert not (project / "dist").exists()


def test_readme_names_every_table(unzipped):
    readme = (unzipped / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"| `datapackage/{table}.csv` | {len(rows(table)):,} |" in readme
