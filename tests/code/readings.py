"""Further readings for tests: the record itself as somebody else's coding, with changes."""

from __future__ import annotations

import shutil
from pathlib import Path

from haftar_record.coding.readings import SHAPES

from ..conftest import ROOT

ABOUT = """\
title: "A reader"
coder: language_model
date: "2026-11-29"
rules: "0.2.0"
round: 1
given: ["the articles", "the rules"]
not_seen: ["the record"]
"""


def copy_of_record(folder: Path) -> Path:
    """A reading in a new folder that says what the record says."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "seeds/coding/articles", folder / "articles")
    for name in SHAPES:
        shutil.copy(ROOT / f"seeds/coding/{name}.yaml", folder)
    (folder / "reader.yaml").write_text(ABOUT, encoding="utf-8")
    return folder


def exchange(path: Path, old: str, new: str, times: int = 1) -> int:
    """Exchange a text in a file; the line in which it first stands."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, times), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
