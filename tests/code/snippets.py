"""Examples on written pages, run: blocks of code with what they print, and a walk through files and commands.

``python -m tests.code.snippets`` from the project's root writes anew what the pages say that the examples print.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from haftar_record.coding import sheet_format
from haftar_record.files.layout import register_path

from ..conftest import ROOT

#: The page whose changes and commands are done one after the other.
WALK = "contribute.md"
#: The pages that show the sheet of a new article.
NEW_SHEETS = (WALK, "new-article.md")
#: Tools that an example shows and this project does not need; where one is missing, its example is passed over.
FOREIGN = ("pandas", "polars", "duckdb", "frictionless")
_BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: title=\"(?P<title>[^\"]*)\")?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
#: The part of the page on sheets that is made from their shapes.
_KEYS = re.compile(r"(?<=-->\n)[^\0]*(?=<!-- end of keys -->)")
#: By which rules the sheet of a new article is coded.
_RULES = re.compile(r"(?<=\n)(coding: \{.*\brules: )\"[^\"\n]*\"")
_PRINTS = "What it prints for the first articles"
_NEW, _CHANGE = "New file: ", "Change"
#: How a block of each language is run; the code is its last argument.
_RUN = {"python": [sys.executable, "-c"], "r": ["Rscript", "--vanilla", "-e"], "sh": ["sh", "-ec"]}
_ENVIRONMENT = os.environ | {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "NO_COLOR": "1",
    "COLUMNS": "100",
}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its title, its text and where the text stands on the page."""

    language: str
    title: str
    text: str
    place: slice


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page in order."""
    return [Block(m["language"], m["title"] or "", m["text"], slice(*m.span("text"))) for m in _BLOCK.finditer(page)]


def examples(page: str) -> list[tuple[Block, Block | None]]:
    """The blocks that can be run, each with the block that shows what it prints, if there is one."""
    found = blocks(page)
    following = [*found[1:], None]
    return [
        (block, after if after and after.title == _PRINTS else None)
        for block, after in zip(found, following, strict=False)
        if block.language in _RUN and not block.title
    ]


def run(block: Block, folder: Path) -> str:
    """What a block prints when it is run in a folder, without blanks at the ends of lines."""
    return _output([*_RUN[block.language], block.text], folder, may_fail=False)


def _output(command: list[str], folder: Path, may_fail: bool) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
    )
    shown = done.stdout.decode()
    if done.returncode and not may_fail:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{shown}")
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def walk(page: str, folder: Path) -> list[tuple[Block, str]]:
    """Do in a copy of the project what a page tells to do; every block of commands with what they print now.

    A block is a new file, a change as a diff, or commands; what else a page shows is passed by.
    """
    shown = []
    for block in blocks(page):
        if block.title.startswith(_NEW):
            path = folder / block.title.removeprefix(_NEW)
            path.parent.mkdir(exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.title == _CHANGE:
            subprocess.run(["git", "apply", "-"], cwd=folder, input=block.text.encode(), check=True)
        elif block.language == "console":
            commands = [line.removeprefix("$ ") for line in block.text.splitlines() if line.startswith("$ ")]
            said = [f"$ {line}\n{_output(['sh', '-c', line], folder, may_fail=True)}" for line in commands]
            shown.append((block, "".join(said)))
    return shown


def missing(block: Block) -> str:
    """What an example needs and this machine does not have."""
    if block.language == "r":
        return "" if shutil.which("Rscript") else "Rscript"
    if block.language == "sh":
        command = shlex.split(block.text)[0]
        return "" if shutil.which(command, path=str(Path(sys.executable).parent)) else command
    wanted = [name for name in FOREIGN if re.search(rf"^(?:import|from) {name}\b", block.text, re.MULTILINE)]
    return ", ".join(name for name in wanted if not importlib.util.find_spec(name))


def timeless(output: str) -> str:
    """The output without how long it took."""
    return re.sub(r"\d+\.\d\d s$", "… s", output, flags=re.MULTILINE)


def copy(folder: Path) -> Path:
    """A copy of the project's data in a folder."""
    for name in ("seeds", "datapackage", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    return folder


def with_keys(page: str) -> str:
    """A page with the tables of all keys of sheets, where it has a place for them."""
    return _KEYS.sub(lambda _: f"\n{sheet_format.markdown()}\n", page)


def with_rules(page: str) -> str:
    """A page whose new sheets name the rules by which articles are coded now: those of the version of the record."""
    version = yaml.safe_load((ROOT / register_path("record")).read_text(encoding="utf-8"))["version"]
    return _RULES.sub(rf'\g<1>"{version}"', page)


def refresh(path: Path) -> None:
    """Write into a page what its examples print now, and of the page that is a walk, what its commands print."""
    page = path.read_text(encoding="utf-8")
    if path.name in NEW_SHEETS:
        page = with_rules(page)
    found = [(shown, run(block, ROOT)) for block, shown in examples(page) if shown and not missing(block)]
    if path.name == WALK:
        with tempfile.TemporaryDirectory() as folder:
            found += walk(page, copy(Path(folder)))
    for block, text in sorted(found, key=lambda entry: -entry[0].place.start):
        page = page[: block.place.start] + timeless(text) + page[block.place.stop :]
    path.write_text(with_keys(page), encoding="utf-8")


if __name__ == "__main__":
    for page_path in sorted((ROOT / "docs").glob("*.md")):
        refresh(page_path)
