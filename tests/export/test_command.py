"""``haftar-record export``: the same bytes everywhere, nothing half written, and a message for everything refused."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest

from haftar_record import export
from haftar_record.cli import main
from tests.data.reading import ROOT

#: Prints the hash of every file that every format makes.
PROGRAM = """
import hashlib, json, pathlib, sys
from haftar_record import export
from haftar_record.package import reader
files = export.render(reader.read(pathlib.Path(sys.argv[1])), export.load(export.FORMATS))
print(json.dumps({path: hashlib.sha256(data).hexdigest() for path, data in files.items()}))
"""


def hashes(folder) -> dict[str, str]:
    """What a folder holds, hidden files of the program left out."""
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".haftar-record"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("1", "Pacific/Kiritimati", "C"), ("2", "America/Los_Angeles", "C.UTF-8")]
)
def test_the_same_bytes_everywhere(dist, tmp_path, seed, zone, locale):
    """Hash seed, time zone, locale and working folder of the process leave no trace."""
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT)], env=environment, cwd=tmp_path, capture_output=True, check=True
    )
    assert json.loads(result.stdout) == hashes(dist)


def test_no_path_of_this_machine(dist):
    files = [path for path in dist.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if str(ROOT).encode() in path.read_bytes()] == []


def test_every_format_has_a_title_and_files_of_its_own(package):
    """No two formats write the same file."""
    formats = export.load(export.FORMATS)
    assert [item.name for item in formats] == list(export.FORMATS)
    assert all(item.title and "\n" not in item.title for item in formats)
    made = [path for item in formats for path in item.render(package)]
    assert len(made) == len(set(made))


def test_writes_one_format(project, run, tmp_path):
    """The files, their checksums, and nothing the second time; what else lies in the folder stays."""
    output = tmp_path / "new" / "dist"
    result = run(project, "export", "--format", "graphml", "--format", "plover", "--output", str(output))
    assert result.returncode == main.FINE, result.stderr
    assert "wrote 5 files to" in result.stderr and "5 of them changed" in result.stderr
    found = hashes(output)
    listed = dict(reversed(line.split("  ")) for line in (output / "SHA256SUMS").read_text().splitlines())
    assert listed == {path: text for path, text in found.items() if path != "SHA256SUMS"}
    (output / "mine.txt").write_text("kept", encoding="utf-8")
    result = run(project, "export", "--format", "graphml", "--format", "plover", "--output", str(output))
    assert "0 of them changed" in result.stderr and (output / "mine.txt").exists()


def test_a_package_that_does_not_pass_is_not_given_away(project, run):
    path = project / "datapackage" / "topics.csv"
    path.write_bytes(path.read_bytes().replace(b"support", b"supports", 1))
    result = run(project, "export", "--format", "plover", "--output", str(project / "dist"))
    assert result.returncode == main.DATA_ERRORS
    assert "datapackage/topics.csv:1: error [" in result.stderr
    assert not (project / "dist").exists()


def test_a_library_is_not_installed(project, monkeypatch, capsys):
    """Said before any work is done, with what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "haftar_record.export.parquet", raising=False)
    assert main.main(["--root", str(project), "export", "--output", str(project / "dist")]) == main.USAGE
    said = capsys.readouterr().err
    assert said == (
        "haftar-record: the format “parquet” needs pyarrow: pip install 'haftar-record[export]', "
        "or leave the format out\n"
    )


def test_an_unknown_format(project, run):
    result = run(project, "export", "--format", "word")
    assert result.returncode == main.USAGE
    assert "invalid choice: 'word' (choose from" in result.stderr


def test_a_file_in_the_place_of_the_folder(project, run):
    (project / "dist").write_text("", encoding="utf-8")
    result = run(project, "export", "--format", "plover", "--output", str(project / "dist"))
    assert result.returncode == main.USAGE
    assert "is no folder" in result.stderr and (project / "dist").read_bytes() == b""
