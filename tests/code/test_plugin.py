"""Stock frictionless reports the rules across tables where this project is installed, and only on the record."""

from __future__ import annotations

import json
import subprocess
import sys

import frictionless
import pytest

from haftar_record.checks import frictionless_plugin

from .test_rules import E as EVENT


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
    """A package in which one event has a wrong quad class; its descriptor, and the row."""
    path = project / "datapackage/events.csv"
    text = path.read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith(f"{EVENT},"))
    path.write_text(text.replace(line, line.replace(",4,19,", ",3,19,")), encoding="utf-8")
    content = json.loads((project / "datapackage.json").read_text(encoding="utf-8"))
    return project, content, text.splitlines().index(line) + 1


def forget_hashes(project, content: dict) -> None:
    """So that the changed file is not wrong for its hash as well."""
    for resource in content["resources"]:
        del resource["hash"], resource["bytes"]
    (project / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")


def test_a_broken_rule_is_an_error_at_its_row(broken):
    """R11 is reported by the stock command, once, at the row, with what to do."""
    project, content, row = broken
    forget_hashes(project, content)
    assert errors(validated(project)) == [
        (
            "events",
            "record-rule",
            row,
            f"R11 quad-and-root-agree: {EVENT}: quad_class 3; expected: 4 for ASSAULT; do: build again",
        )
    ]


def test_without_the_plugin_the_same_package_is_valid(broken):
    """What the plugin adds is the rules and nothing else."""
    project, content, _ = broken
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
