"""Make a copy of the project in which the record has more articles, and nothing else is edited than ``seeds/`` and the
changelog."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from ..first import PROJECT

#: The articles that come, their sheets, and what they add to the registers, as they lie in a project.
SEEDS = Path(__file__).with_name("seeds")
#: Names by which these articles call actors that the record has already.
NAMES = {"act-gnu": "Government of National Unity"}
#: What is made in a project and is not copied. Its history is.
_MADE = (".venv", "site", "dist", "build", ".hypothesis", ".fuzz", ".mypy_cache", ".ruff_cache", ".pytest_cache")
_MADE_ANYWHERE = shutil.ignore_patterns("__pycache__", "*.egg-info", ".coverage*")
_NOBODY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_{what}": "growth@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def copy(folder: Path) -> Path:
    """A copy of the project, its history included, in a folder that does not exist yet."""
    shutil.copytree(PROJECT, folder, ignore=_made, symlinks=True)
    if not (folder / ".git").is_dir():  # an unpacked archive, or a work tree of another clone
        (folder / ".git").unlink(missing_ok=True)
        git(folder, "init", "-q", "-b", "main")
    commit(folder, "As it is")
    return folder


def _made(place: str, names: list[str]) -> set[str]:
    return {*_MADE_ANYWHERE(place, names), *(_MADE if Path(place) == PROJECT else ())}


def grow(folder: Path) -> Path:
    """Add the articles to a copy: files in ``seeds/``, a line each in the changelog; build, and commit."""
    shutil.copytree(SEEDS, folder / "seeds", dirs_exist_ok=True)
    register = folder / "seeds/coding/actors.yaml"
    text = register.read_text(encoding="utf-8")
    for actor, name in NAMES.items():
        text, count = re.subn(rf"^(- {{id: {actor},.*aliases: {{)", rf'\1"{name}": name, ', text, flags=re.MULTILINE)
        assert count == 1, f"no aliases of {actor} on its line"
    register.write_text(text, encoding="utf-8")
    keys = [path.name.partition("_")[2][:8] for path in sorted(SEEDS.glob("articles/*.txt"))]
    tell(folder, *(f"- `doc-{key}`: a new article." for key in keys))
    run(folder, "build")
    commit(folder, "More articles")
    return folder


def tell(folder: Path, *lines: str) -> None:
    """Add lines to the end of the first section of the changelog."""
    path = folder / "CHANGELOG.md"
    before, heading, after = path.read_text(encoding="utf-8").partition("\n## ")
    section, next_heading, rest = after.partition("\n## ")
    told = "\n".join([section.rstrip("\n"), *lines]) + "\n"
    path.write_text(before + heading + told + next_heading + rest, encoding="utf-8")


def environment(folder: Path) -> dict[str, str]:
    """Run the program of the copy, with the tools that run this one."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | _NOBODY | {"PYTHONPATH": f"{folder / 'scripts'}", "PATH": path}


def run(folder: Path, *arguments: str, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command ``haftar-record`` of the copy there."""
    return _done(folder, [sys.executable, "-m", "haftar_record", "--root", str(folder), *arguments], may_fail)


def git(folder: Path, *arguments: str, may_fail: bool = False) -> subprocess.CompletedProcess[str]:
    """Run git there, with no settings but the copy's own."""
    return _done(folder, ["git", *arguments], may_fail)


def commit(folder: Path, message: str) -> None:
    """Commit whatever changed."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


def _done(folder: Path, line: list[str], may_fail: bool) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        line, cwd=folder, env=environment(folder), capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode and not may_fail:
        raise AssertionError(f"{' '.join(line)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done
