"""The build as a whole: deterministic, atomic, clear about bad input."""

from __future__ import annotations

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from haftar_record.package import render, store

from ..bench import multiply

ARTICLE = "seeds/articles/004_3eb302bd82f84695.txt"
SHEET = "seeds/coding/articles/004_3eb302bd82f84695.yaml"


def test_twice_is_the_same(project, run):
    """A second build changes no byte, whatever the hash seed and the time zone."""
    before = store.read(project)
    for seed in ("0", "1"):
        result = run(project, "build", env=os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"})
        assert result.returncode == 0, result.stderr
        assert store.read(project) == before


def test_from_nothing(project, run):
    """A build without an earlier package makes the same one."""
    before = store.read(project)
    for path in before:
        (project / path).unlink()
    assert run(project, "build").returncode == 0
    assert store.read(project) == before


def test_no_machine_in_the_package(project):
    """No generated file names a folder of a machine."""
    files = store.read(project)
    assert files
    for path, data in files.items():
        assert str(project).encode() not in data, path
        assert b"/home/" not in data and b"/root/" not in data and b"/work/" not in data, path


BAD = {
    "missing": (lambda path: path.unlink(), "no readable file"),
    "empty": (lambda path: path.write_bytes(b""), "an empty file"),
    "latin": (lambda path: path.write_bytes(path.read_bytes().replace("’".encode(), b"\x92")), "byte 0x92"),
    "bom": (lambda path: path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes()), "the same text, with other line ends"),
    "crlf": (
        lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")),
        "the same text, with other line ends",
    ),
    "changed": (
        lambda path: path.write_bytes(path.read_bytes().replace(b"byLibya", b"by Libya")),
        "sha256 58e2b70b5b42",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_article(project, run, name):
    """A bad article stops the build with its file, exit code 1, no traceback, and the package left as it was."""
    spoil, found = BAD[name]
    before = store.read(project)
    spoil(project / ARTICLE)
    result = run(project, "build")
    assert result.returncode == 1
    assert (SHEET if name in ("bom", "crlf", "changed") else ARTICLE) in result.stderr
    assert found in result.stderr
    assert "Traceback" not in result.stderr
    assert store.read(project) == before


def test_sheet_of_another_article(project, run):
    """A sheet under the name of another article is refused."""
    (project / SHEET).rename(project / SHEET.replace("004_", "005_"))
    result = run(project, "build")
    assert result.returncode == 1
    assert "a sheet has the name of its article" in result.stderr


def test_article_without_sheet(project, run):
    """An article that nobody has coded is an error that names the sheet to write."""
    (project / SHEET).unlink()
    result = run(project, "build")
    assert result.returncode == 1
    assert f"expected: {SHEET}" in result.stderr


def break_one_value(project) -> None:
    """A change that a build has to write out."""
    path = project / "seeds/coding/topics.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Rule of Assad", "Assad's rule", 1), encoding="utf-8")


def test_full_disk(project):
    """When a file cannot be written, the build says so and the old package is whole."""
    before = store.read(project)
    break_one_value(project)
    limit = 40_000  # bytes per file: enough for most tables, not for all

    def no_space() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    sources = project / "seeds/coding/topics.yaml"
    sources.write_text(sources.read_text(encoding="utf-8") + "# " + "x" * 10 + "\n", encoding="utf-8")
    for path in (project / "datapackage").glob("*.csv"):
        path.unlink()  # so that every table has to be written
    partly = store.read(project)
    line = [sys.executable, "-m", "haftar_record", "--root", str(project), "build"]
    # Whoever measures the coverage would write to this full disk as well.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    result = subprocess.run(line, capture_output=True, text=True, timeout=60, preexec_fn=no_space, env=env, check=False)
    assert result.returncode == 3, result.stderr
    assert "all files are left as they were" in result.stderr
    assert "Traceback" not in result.stderr
    assert store.read(project) == partly
    assert before.keys() >= partly.keys()
    assert not (project / store.STAGE).exists()


def test_interrupted_from_the_keyboard(project):
    """An interrupt leaves the old package and nothing beside it."""
    before = store.read(project)
    break_one_value(project)
    line = [sys.executable, "-m", "haftar_record", "--root", str(project), "build"]
    process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
    time.sleep(0.25)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    if process.returncode:
        assert store.read(project) == before
    assert not (project / store.STAGE).exists()


def test_two_builds_at_once(project, run):
    """While one build replaces the package, another is refused."""
    fcntl = pytest.importorskip("fcntl")
    break_one_value(project)
    with (project / store.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = run(project, "build")
    assert result.returncode == 3
    assert "another build is at work on this project" in result.stderr


def test_check_finds_a_stale_package(project, run):
    """A value corrected by hand in a CSV is reported with file and line."""
    path = project / "datapackage" / "topics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Rule of Assad", "Assad's rule", 1), encoding="utf-8")
    result = run(project, "check")
    assert result.returncode == 1
    assert "datapackage/topics.csv:" in result.stderr
    assert "run “haftar-record build”" in result.stderr


def test_check_passes(project, run):
    """The package as it stands passes, stock frictionless included."""
    result = run(project, "check")
    assert result.returncode == 0, result.stderr
    assert "stock frictionless" in result.stderr


def test_descriptor_is_json_of_its_profile(project):
    """The descriptor names its profile and has no key that the standard's profile refuses."""
    descriptor = json.loads((project / render.DESCRIPTOR).read_bytes())
    assert descriptor["$schema"] == render.PROFILE
    assert {resource["type"] for resource in descriptor["resources"]} == {"table"}


def test_ten_articles(project, run):
    """More articles than five are built by the same command; the benchmark grows the record in this way."""
    multiply(project, 2)
    result = run(project, "build")
    assert result.returncode == 0, result.stderr
    assert "read 10 articles" in result.stderr
    with (project / "datapackage/documents.csv").open(encoding="utf-8", newline="") as file:
        assert len({row["document_id"] for row in csv.DictReader(file)}) == 10
