"""The page on releases shows what happens: its edits are made and its commands run, in its order, on a copy.

``python -m tests.code.test_releases_page`` writes the page anew after a change of the program or the data.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ..conftest import ROOT

PAGE = ROOT / "docs" / "releases.md"
CHANGELOG = "# Changes\n\n## 0.1.0\n\nThe first release.\n"
BLOCK = re.compile(r"^```(diff|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FIXED = {"NO_COLOR": "1", "COLUMNS": "100", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
AUTHOR = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def shell(line: str, folder: Path, is_to_succeed: bool = False) -> str:
    """What a person sees of a command, without the lines that tell of its progress."""
    environment = {**os.environ, **FIXED, **AUTHOR, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        line, shell=True, cwd=folder, env=environment, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 or not is_to_succeed, f"{line}\n{done.stdout}"
    kept = [text for text in done.stdout.splitlines() if not text.startswith("• ")]
    return "\n".join(kept).strip("\n")


def edit(block: str, folder: Path) -> None:
    """Make an edit that a page shows as a difference."""
    path = folder / re.search(r"^\+\+\+ b/(.+)$", block, re.MULTILINE)[1]
    lines = block.partition("@@\n")[2].splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(f"{old}\n") == 1, f"{path.name} has these lines {text.count(old)} times:\n{old}"
    path.write_text(text.replace(f"{old}\n", f"{new}\n" if new else ""), encoding="utf-8")


def run(block: str, folder: Path) -> str:
    """The block with what its commands say now. What a build says is left out: it tells the time."""
    told = []
    for command in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
        is_build = command == "haftar-record build"
        output = shell(command, folder, is_to_succeed=is_build)
        told.append(f"$ {command}\n" + (f"{output}\n" if output and not is_build else ""))
    return "".join(told)


def rewritten(page: str, folder: Path) -> str:
    """The page as it should read, after all it tells was done in ``folder``."""

    def block(match: re.Match[str]) -> str:
        if match[1] == "diff":
            edit(match[2], folder)
            return match[0]
        return f"```console\n{run(match[2], folder)}```"

    return BLOCK.sub(block, page)


def released(folder: Path) -> Path:
    """A copy of the project in which 0.1.0 is the first and last release, whatever is released by now. Without further
    readings: a corrected value would make their figures stale, which is another story."""
    shutil.copytree(ROOT / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("readings"))
    (folder / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    record, retired = folder / "seeds/coding/record.yaml", folder / "seeds/coding/retired.yaml"
    text = re.sub(r"^version: .*$", 'version: "0.1.0"', record.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^created: .*$", 'created: "2026-11-22T00:00:00Z"', text, flags=re.MULTILINE)
    record.write_text(text, encoding="utf-8")
    retired.write_text("[]\n", encoding="utf-8")
    shell("haftar-record build", folder, is_to_succeed=True)
    shell("git init -q && git add . && git commit -qm 0.1.0 && git tag v0.1.0", folder, is_to_succeed=True)
    return folder


def test_the_page_shows_what_happens(tmp_path):
    """Catches an output on the page that the command no longer gives, and an example that no longer works."""
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page, released(tmp_path)) == page


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), released(Path(name))), encoding="utf-8")
