"""The page “Change the program”: its rooms are the rooms, and its files and commands exist."""

from __future__ import annotations

import re

import pytest

from .. import rooms
from .snippets import ROOT

PAGE = (ROOT / "docs" / "change-the-program.md").read_text(encoding="utf-8")
FILES = sorted(
    set(re.findall(r"`((?:scripts|tests|docs|seeds|requirements|\.ci)/[\w./-]*|[\w-]+\.(?:yml|toml|md))`", PAGE))
)
TARGETS = sorted(set(re.findall(r"`make ([a-z-]+)", PAGE)))


def test_rooms():
    """Catches a room, an order or an import that the page tells otherwise than the table that the imports are held to."""
    lines = re.findall(r"^\| `(\w+)` \| ([^|]+) \|([^|]*)\|$", PAGE, re.MULTILINE)
    assert [(room, re.findall(r"`(\w+)`", imported)) for room, _, imported in lines] == [
        (room, allowed.split()) for room, allowed in rooms.ROOMS.items()
    ]
    assert all(purpose.strip().endswith(".") for _, purpose, _ in lines)


def test_recipes_name_files():
    """Catches a recipe without a file, and a page on which the test below finds none."""
    for recipe in PAGE.split("\n### ")[1:]:
        assert any(f"`{name}`" in recipe for name in FILES), recipe.splitlines()[0]


@pytest.mark.parametrize("name", FILES)
def test_file_exists(name):
    """Catches a file that a recipe sends to and that was moved."""
    assert (ROOT / name).exists()


@pytest.mark.parametrize("target", TARGETS)
def test_target_exists(target):
    """Catches a target of make that the page names and that is gone."""
    assert re.search(rf"^{target}[ :]", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_kind_of_test_has_a_line():
    """Catches a target that runs tests and that the page leaves out."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"^(test[a-z-]*|lint|coverage|fresh|fuzz):", makefile, re.MULTILINE)) <= set(TARGETS)
