"""The targets of the Makefile write and delete what they have made, in a folder of any name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ..conftest import ROOT

pytestmark = [
    pytest.mark.skipif(not shutil.which("make"), reason="needs make"),
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with symbolic links"),
]


@pytest.fixture(params=["plain", "a b", "it's", "x$HOME", "y:z", "-n", "é"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder of some name with the Makefile, and in it what Python and the set-up leave."""
    made = tmp_path / request.param
    for path in ("scripts/haftar_record/__pycache__/x.pyc", "scripts/haftar_record.egg-info/PKG-INFO", ".venv/.made-1"):
        (made / path).parent.mkdir(parents=True)
        (made / path).touch()
    furnish(made)
    return made


def furnish(folder: Path) -> None:
    """Put what the set-up starts from into a folder."""
    (folder / "requirements").mkdir(parents=True)
    for path in ("Makefile", "pyproject.toml", "requirements/build.txt", "requirements/docs.txt"):
        shutil.copy(ROOT / path, folder / path)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the folder."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    line = ["make", *arguments]
    return subprocess.run(line, cwd=folder, env=own, capture_output=True, text=True, check=False, timeout=60)


def test_clean_deletes_what_was_made(folder: Path) -> None:
    """It removed ``dist``, ``build`` and ``site`` with whatever somebody had put there."""
    mine = [folder / name / "mine" for name in ("dist", "build", "site", "scripts", "tests")]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (folder / "build/lib").mkdir()
    result = make(folder, "clean")
    assert result.returncode == 0, result.stderr
    assert all(path.exists() for path in mine)
    assert not any((folder / name).exists() for name in (".venv", "scripts/haftar_record.egg-info", "build/lib"))
    assert not (folder / "scripts/haftar_record/__pycache__").exists()
    (folder / "site/.made").touch()
    assert make(folder, "clean").returncode == 0
    assert not (folder / "site").exists()


@pytest.mark.parametrize("name", [".venv", "site", "dist", "build", ".pytest_cache", "scripts/haftar_record.egg-info"])
@pytest.mark.parametrize("target", ["build", "docs", "clean"])
def test_no_target_writes_through_a_link(tmp_path: Path, name: str, target: str) -> None:
    """``ln -s .. .venv`` in a pull request: the set-up emptied the parent folder; so did the site with ``site``."""
    project = tmp_path / "project"
    furnish(project)
    (project / "scripts").mkdir()
    (tmp_path / "precious").touch()
    (project / name).symlink_to(tmp_path)
    result = make(project, target)
    assert result.returncode != 0
    assert f"{name} is a symbolic link" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"project", "precious"}


@pytest.mark.parametrize("target", ["build", "clean"])
def test_an_environment_of_somebody_else(tmp_path: Path, target: str) -> None:
    """An environment that a user had made by hand was emptied by the set-up."""
    furnish(tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/pyvenv.cfg").write_text("prompt = 'mine'\ncommand = /haftar-record/.venv\n", encoding="utf-8")
    result = make(tmp_path, target)
    assert ".venv was not made here: move it away" in result.stderr
    assert (tmp_path / ".venv/pyvenv.cfg").exists()


def test_a_site_of_somebody_else(tmp_path: Path) -> None:
    """MkDocs empties the folder that it writes to."""
    furnish(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site/mine").touch()
    result = make(tmp_path, "docs")
    assert "site/ was not made here" in result.stderr
    assert (tmp_path / "site/mine").exists() and not (tmp_path / "site/.made").exists()


@pytest.mark.parametrize("name", ["x$HOME", "y:z"])
def test_a_folder_in_which_no_environment_works(tmp_path: Path, name: str) -> None:
    """Python itself refuses such a path, or reads a variable in it: that is said before anything is made."""
    furnish(tmp_path / name)
    result = make(tmp_path / name, "build")
    assert f"No environment can be made in {tmp_path / name}: move the project" in result.stderr
    assert not (tmp_path / name / ".venv").exists()
