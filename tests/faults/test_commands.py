"""The commands themselves, each in a process of its own, say of a fault what the catalogue says.

The verdicts of the catalogue come from a process that remembers what it has read of unchanged files and leaves out what
cannot have changed. Here nothing is remembered and nothing is left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from haftar_record.problems.problem import Place
from haftar_record.site.verdicts import MISSED

from . import runs
from .catalogue import FAULTS, materialise
from .fault import FAMILIES, Fault

pytestmark = pytest.mark.slow
EXPECTED = runs.expected()
#: What is said of these depends on the day on which the command runs.
DAILY = {"waiver-expired", "waiver-idle", "waiver-by-a-wrong-clock", "waiver-far-off"}
#: Of this size the command reads with the engine that has no such bound.
LARGE = {"huge-file"}
#: The error that the plugin of this project adds to those of frictionless.
OURS = "record-rule"


def _of_each_family() -> Iterator[Fault]:
    """Two faults that lie far apart in the catalogue; with EVERY_FAULT set, all of them."""
    for family in FAMILIES:
        faults = [fault for fault in FAULTS if fault.family == family and fault.name not in DAILY | LARGE]
        yield from faults if os.environ.get("EVERY_FAULT") else (faults[0], faults[len(faults) // 2])


def _for_stock() -> Iterator[Fault]:
    """One fault that stock frictionless finds, or where it finds none of the family, one that it misses."""
    for family in FAMILIES:
        faults = [fault for fault in FAULTS if fault.family == family]
        yield next((fault for fault in faults if EXPECTED[fault.name].stock.endswith("-error")), faults[0])


def _run(folder: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", module, *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("command", ["check", "validate"])
@pytest.mark.parametrize("fault", [*_of_each_family()], ids=lambda fault: fault.name)
def test_command(fault: Fault, command: str, tmp_path: Path) -> None:
    """The same problems in the same words and order; the exit code is that of an error where there is one."""
    done = _run(materialise(fault, tmp_path / "record"), "haftar_record", command, "--format", "json")
    expected = EXPECTED[fault.name].by(command)
    said = [
        (
            problem["severity"],
            problem["rule"],
            str(Place(problem["file"], problem["line"], problem["column"])),
            *(problem[part] for part in ("found", "expected", "remedy", "record")),
        )
        for problem in json.loads(done.stdout)["problems"]
    ]
    assert said == [
        (one.severity, one.check, one.place, one.found, one.expected, one.remedy, one.record) for one in expected
    ]
    assert (done.returncode != 0) == any(one.severity == "error" for one in expected)


@pytest.mark.parametrize("fault", [*_for_stock()], ids=lambda fault: fault.name)
def test_stock_frictionless(fault: Fault, tmp_path: Path) -> None:
    """The first error of the command that everybody has, what the plugin of this project adds to it left out."""
    done = _run(materialise(fault, tmp_path / "record"), "frictionless", "validate", "datapackage.json", "--json")
    report = json.loads(done.stdout)
    errors = [*report["errors"], *(error for task in report["tasks"] for error in task["errors"])]
    types = [error["type"] for error in errors if error["type"] != OURS]
    assert (types[0] if types else MISSED) == EXPECTED[fault.name].stock
