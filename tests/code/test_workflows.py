"""What has to pass before a change is accepted is demanded in the same words by .ci/run, the workflows and the Makefile."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..conftest import ROOT

WORKFLOWS = {path.name: yaml.safe_load(path.read_text()) for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
#: A target where a command calls it, its options and variables aside: ``EVERY=1 make -s test-slow``.
CALL = re.compile(r"(?:^|[\s`;&])make (?:-\S+ )*([a-z][a-z-]*)")


def jobs(name: str) -> list[dict[str, Any]]:
    """The jobs of a workflow."""
    return list(WORKFLOWS[name]["jobs"].values())


def called(job: dict[str, Any]) -> set[str]:
    """The targets that the steps of a job call."""
    return {target for step in job["steps"] for target in CALL.findall(step.get("run", ""))}


def demanded() -> dict[str, set[str]]:
    """The targets that .ci/run calls, each with the settings that are in force there (``REQUIRE_R=1``)."""
    settings: set[str] = set()
    found = {}
    for line in (ROOT / ".ci/run").read_text().splitlines():
        if line.startswith("export "):
            settings |= set(line.split()[1:])
        elif line.startswith("step "):
            found |= {target: set(settings) for target in CALL.findall(line)}
    return found


def targets() -> dict[str, str]:
    """The targets of the Makefile, each with its recipe."""
    rules = re.findall(
        r"^([a-z-]+(?: [a-z-]+)*):(?!=).*\n((?:\t.*\n|[ ]+.*\n)*)", (ROOT / "Makefile").read_text(), re.M
    )
    return {name: recipe for names, recipe in rules for name in names.split()}


def reads(target: str, setting: str) -> bool:
    """Whether a setting matters to the tests of a target: some file of its folders looks for the variable."""
    variable = setting.partition("=")[0]
    looks = re.compile(rf"environ\b.*\b{variable}\b|\b{variable}\b.*environ\b")
    folders = re.findall(r"\btests/\w+", targets()[target])
    return any(looks.search(path.read_text()) for folder in folders for path in Path(ROOT, folder).rglob("*.py"))


def test_every_setting_matters():
    """Else the test below would compare nothing."""
    assert demanded().keys() <= targets().keys()
    assert {setting for target, settings in demanded().items() for setting in settings if reads(target, setting)}


@pytest.mark.parametrize("target", demanded())
def test_a_job_calls_what_is_demanded(target):
    """Every target of .ci/run is called by a job of the workflow for changes, under the same settings."""
    callers = [job for job in jobs("checks.yml") if target in called(job)]
    assert callers, f"no job of checks.yml calls make {target}"
    for setting in demanded()[target]:
        if reads(target, setting):
            name, value = setting.split("=")
            assert all(job.get("env", {}).get(name) == value for job in callers), f"{setting} for make {target}"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_calls_targets_that_are_there(name):
    """A target that was renamed is renamed in the workflows as well; each job is bounded in time."""
    assert set().union(*map(called, jobs(name))) <= targets().keys()
    assert all(job["timeout-minutes"] <= 60 for job in jobs(name))


@pytest.mark.parametrize(
    "path",
    ["README.md", "tests/README.md", "requirements/README.md", ".github/PULL_REQUEST_TEMPLATE.md"]
    + sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")),
)
def test_a_page_names_targets_that_are_there(path):
    """So do the pages that tell which target does what."""
    named = re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z][a-z-]*)", (ROOT / path).read_text())
    assert set(named) <= targets().keys()
