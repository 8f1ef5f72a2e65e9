"""Stock frictionless reports the rules across tables where this project is installed, and only on the record."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import frictionless
import pytest

from haftar_record.checks import frictionless_plugin, rules


def validated(folder, *arguments: str) -> dict:
    """What the command ``frictionless validate`` says, in a process of its own."""
    line = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json", *arguments]
    result = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    report = json.loads(result.stdout)
    assert result.returncode == (0 if report["valid"] else 1)
    return report


def errors(report: dict) -> list[tuple]:
    return [(t["name"], e["type"], e.get("rowNumber"), e["message"]) for t in report["tasks"] for e in t["errors"]]


@pytest.fixture
def broken(project):
    """A package in which one event has a wrong quad class; its descriptor, the id of the event, and its line."""
    path = project / "datapackage/events.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    column = header.index("quad_class")
    number = next(number for number, row in enumerate(rows) if row[column] == "4")
    rows[number][column] = "3"
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([header, *rows])
    path.write_text(buffer.getvalue(), encoding="utf-8")
    content = json.loads((project / "datapackage.json").read_text(encoding="utf-8"))
    return project, content, rows[number][0], number + 2


def forget_hashes(project, content: dict) -> None:
    """So that the changed file is not wrong for its hash as well."""
    for resource in content["resources"]:
        del resource["hash"], resource["bytes"]
    (project / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")


def test_a_broken_rule_is_an_error_at_its_row(broken):
    """R11 is reported by the stock command, once, at the row, with what to do."""
    project, content, event, line = broken
    forget_hashes(project, content)
    ((table, kind, row, message),) = errors(validated(project))
    assert (table, kind, row) == ("events", "record-rule", line)
    said, expected, remedy = message.split("; ")
    assert said == f"R11 quad-and-root-agree: {event}: quad_class 3"
    assert expected.startswith("expected: 4 for ")
    assert remedy == f"do: {rules.engine.REBUILD}"


def test_without_the_plugin_the_same_package_is_valid(broken):
    """What the plugin adds is the rules and nothing else."""
    project, content, *_ = broken
    forget_hashes(project, content)
    with frictionless_plugin.off():
        assert frictionless.Package(str(project / "datapackage.json")).validate().valid


def test_checks_can_be_picked(broken):
    """The options of frictionless go on working with the added check."""
    project, *_ = broken
    assert {kind for _, kind, *_ in errors(validated(project, "--pick-errors", "record-rule"))} == {"record-rule"}
    assert {kind for _, kind, *_ in errors(validated(project, "--skip-errors", "record-rule"))} == {"hash-count"}


def test_other_packages_are_left_alone(tmp_path):
    """A package that is not the record is validated as without the plugin."""
    (tmp_path / "events.csv").write_text("event_id,quad_class\nevt-a,9\n", encoding="utf-8")
    content = {"name": "other", "resources": [{"name": "events", "type": "table", "path": "events.csv"}]}
    (tmp_path / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    assert validated(tmp_path)["valid"]


_OTHER_PACKAGE = """
import csv, sys
import frictionless
limit = csv.field_size_limit()
from haftar_record.checks import frictionless_plugin
assert csv.field_size_limit() == limit
resources = [{"name": "events", "type": "table", "path": "events.csv"}]
assert frictionless.Package({"name": "other", "resources": resources}).validate().valid
print(*sorted(name for name in sys.modules if name.startswith("haftar_record.")))
"""


def test_other_packages_load_nothing_of_the_project(tmp_path):
    """Whoever validates another package in an environment with this project waits for no rules, and ``csv`` keeps its
    limits."""
    (tmp_path / "events.csv").write_text("event_id\nevt-a\n", encoding="utf-8")
    command = [sys.executable, "-c", _OTHER_PACKAGE]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
    loaded = set(result.stdout.split())
    assert "haftar_record.checks.frictionless_plugin" in loaded
    rooms = {name.split(".")[1] for name in loaded}
    assert rooms <= {"checks", "files", "version"}
    assert not {
        name for name in loaded if name.startswith(("haftar_record.checks.rules", "haftar_record.checks.on_disk"))
    }
