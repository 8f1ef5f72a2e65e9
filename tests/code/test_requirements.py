"""What pyproject.toml declares, what requirements/ locks and what the Makefile installs is the same."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ..conftest import ROOT

FOLDER = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
GROUPS = sorted(path.stem for path in FOLDER.glob("*.in"))
#: Releases of programs that read the package, each in an environment of its own.
OLD = sorted(f"old/{path.stem}" for path in (FOLDER / "old").glob("*.in"))
#: Groups with an environment of their own, or that come before all others.
APART = ("metadata", "uv")
#: What is declared for users, by the group that is installed here for the same purpose.
DECLARED = {
    "build": PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"],
    "validate": PROJECT["project"]["optional-dependencies"]["check"],
    **{name: PROJECT["project"]["optional-dependencies"][name] for name in ("fast", "export", "docs", "agreement")},
}


def names(lines: list[str]) -> set[str]:
    """The packages that requirements ask for, as the registries spell them."""
    return {canonicalize_name(Requirement(line).name) for line in lines}


def wanted(group: str) -> list[str]:
    """The requirements of a group, without comments, and without the groups that it builds on."""
    lines = (line.partition("#")[0].strip() for line in (FOLDER / f"{group}.in").read_text().splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def locked(group: str) -> dict[str, str]:
    """The versions that are installed for a group, by package."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (FOLDER / f"{group}.txt").read_text(), re.MULTILINE))


def test_every_extra_has_its_group():
    """A new extra is compared as well."""
    extras = set(PROJECT["project"]["optional-dependencies"])
    assert extras == {"check"} | (DECLARED.keys() - {"build", "validate"})


@pytest.mark.parametrize("group", DECLARED)
def test_what_is_declared_is_what_is_tested(group):
    """Users are told to install what the tests run with: the same packages, in versions that fit."""
    assert names(DECLARED[group]) == names(wanted(group))
    for line in DECLARED[group]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(locked(group)[canonicalize_name(requirement.name)]), line


@pytest.mark.parametrize("group", GROUPS + OLD)
def test_a_lock_has_what_its_group_wants(group):
    """The lock was compiled from the group as it stands, in versions that the group asks for."""
    for line in wanted(group):
        requirement = Requirement(line)
        assert requirement.specifier.contains(locked(group)[canonicalize_name(requirement.name)]), line


@pytest.mark.parametrize("group", GROUPS + OLD)
def test_a_lock_is_exact(group):
    """Every package has a version and hashes, and nothing says where to fetch it from."""
    text = (FOLDER / f"{group}.txt").read_text()
    assert locked(group)
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z0-9])", text)[1:])
    assert not re.search(r"https?:|--(?:extra-)?index-url|--find-links", text)


def test_groups_agree():
    """The groups that share an environment have one version of each package."""
    versions: dict[str, set[str]] = {}
    for group in set(GROUPS) - set(APART):
        for name, version in locked(group).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_group_is_compiled_and_explained():
    """make lock compiles every group, and the table says what needs it."""
    (compiled,) = re.findall(r"for name in ([a-z ]+); do", (ROOT / "Makefile").read_text())
    told = re.findall(r"^\| `(\w+)` \|", (FOLDER / "README.md").read_text(), re.MULTILINE)
    assert sorted(compiled.split()) == sorted(told) == GROUPS
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == GROUPS
    assert sorted(f"old/{path.stem}" for path in (FOLDER / "old").glob("*.txt")) == OLD
