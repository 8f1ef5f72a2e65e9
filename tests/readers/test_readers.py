"""Which releases of the programs that read data packages read this one, by which of its descriptors, and the zip.

``make test-readers`` makes an environment for each release. The table in docs/formats.md says what is found here.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from haftar_record.export import archive
from haftar_record.model.tables import TABLES
from haftar_record.package import reader
from tests.conftest import ROOT

ENVIRONMENTS = ROOT / ".venv" / "readers"
SCRIPT = Path(__file__).with_name("read.py")
WAYS = ("datapackage.json", "datapackage-v1.json", "haftar-record.zip")
#: Which of these ways each release reads.
READ = {
    "datapackage-1": (False, True, False),
    "frictionless-4": (False, True, False),
    "frictionless-5.0": (False, True, False),
    "frictionless-5.18": (False, True, False),
    "frictionless-5.19": (False, True, False),
    "frictionless-5.20": (True, True, True),
    "newest": (True, True, True),
}


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """A folder with the release, zipped and unpacked."""
    folder = tmp_path_factory.mktemp("release")
    package = reader.read(ROOT)
    (data,) = archive.render(package).values()
    (folder / "haftar-record.zip").write_bytes(data)
    subprocess.run(["python3", "-m", "zipfile", "-e", "haftar-record.zip", "."], cwd=folder, check=True)
    return folder


def rows() -> int:
    """How many rows there are."""
    return sum(map(len, reader.read(ROOT).rows.values()))


def test_every_environment_is_expected():
    """Catches a release that is installed and not tried, and one that is to be tried and is not installed."""
    assert {path.parent.name for path in ENVIRONMENTS.glob("*/.made")} == set(READ)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", READ)
def test_a_release_reads_the_package(release, name, way):
    """Catches a descriptor that a release no longer reads, or reads in part, and a claim that it cannot be read."""
    line = [str(ENVIRONMENTS / name / "bin" / "python"), str(SCRIPT), name, way]
    done = subprocess.run(line, cwd=release, capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found == [True, len(TABLES), rows()]) == READ[name][WAYS.index(way)], found


def test_the_documented_table_is_true():
    """Catches a table in docs/formats.md that says something else than what is tested."""
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| .* <!-- (\S+) --> \| (yes|no) \| (yes|no) \| (yes|no) \|$", text, re.MULTILINE)
    assert {name: tuple(way == "yes" for way in ways) for name, *ways in lines} == READ
