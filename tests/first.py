"""The project with the articles that it began with, and none that came later.

Some tests break one value and compare, word for word, what is said of it; others print what examples print. They do so
with the same articles whatever else the record holds, so that an article can be added without touching them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

#: The articles that this record began with. What a reader counted or looked up by hand holds of these; of articles that
#: come later, the tests demand what must hold of every article.
FIRST = ("doc-9d1fdcb4", "doc-47cb6610", "doc-6b383f3c", "doc-187cdebd", "doc-3eb302bd")
#: The project as it is.
PROJECT = Path(__file__).resolve().parent.parent
#: What a project has besides its program, its tests and its documentation.
PARTS = ("seeds", "datapackage", "schemas", "datapackage.json", "CITATION.cff")
TEXTS = ("CHANGELOG.md", "LICENSE", "LICENSE-DATA.md", "README.md")
#: What is made in a project. What is hidden there is of one place alone, but for what says how the project is checked.
_APART, _HIDDEN = ("dist", "site", "build"), (".ci", ".github")
#: An entry of a register: from its dash to the next line that begins with anything but a blank.
_ENTRY = re.compile(r"^- .*\n(?:[ ].*\n)*", re.MULTILINE)
_NAMED = re.compile(r"\b(?:id|record): \"?([A-Za-z0-9._-]+)")


@cache
def record() -> Path:
    """The project itself while it has no other articles, else a copy without them; made once for each state of it."""
    later = [path for path in (PROJECT / "seeds/articles").glob("*.txt") if not _is_first(path)]
    if not later:
        return PROJECT
    place = Path(tempfile.gettempdir()) / f"haftar-record-first-{os.getuid()}-{_state()}"
    if not place.exists():
        made = Path(tempfile.mkdtemp(prefix="haftar-record-"))
        _make(made)
        try:
            made.rename(place)
        except OSError:  # another process was first
            shutil.rmtree(made)
    return place


def _is_first(path: Path) -> bool:
    return f"doc-{path.name.partition('_')[2][:8]}" in FIRST


def _state() -> str:
    digest = hashlib.sha256()
    for folder in ("seeds", "scripts/haftar_record", "datapackage"):
        for path in sorted(
            path for path in (PROJECT / folder).rglob("*") if path.suffix in (".py", ".yaml", ".txt", ".csv")
        ):
            digest.update(f"{path}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(folder: Path) -> None:
    for name in (*PARTS, *TEXTS):
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, folder / name)
    for path in PROJECT.iterdir():  # the program, the documentation and the tests as they are
        if path.name in _HIDDEN or not (path.name.startswith(".") or path.name in (*PARTS, *TEXTS, *_APART)):
            (folder / path.name).symlink_to(path)
    for path in (*folder.glob("seeds/articles/*.txt"), *folder.glob("seeds/coding/articles/*.yaml")):
        if not _is_first(path):
            path.unlink()
        elif path.suffix == ".yaml":
            _forget(path)
    for path in folder.glob("seeds/coding/**/*.yaml"):
        if path.parent.name != "articles":
            _prune(path)
    command = [sys.executable, "-m", "haftar_record", "--root", str(folder), "build"]
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "scripts")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"the first articles alone do not build:\n{done.stdout}{done.stderr}"


def _prune(path: Path) -> None:
    """Take the entries, and the names, out of a register that came with later articles."""
    from .data.reading import since  # here, because it needs libraries that most callers do not

    text = path.read_text(encoding="utf-8")
    kept = _ENTRY.sub(lambda entry: "" if set(_NAMED.findall(entry[0])) & since() else _first_names(entry[0]), text)
    if kept == text:
        return
    if _ENTRY.search(kept) or path.parent.name == "coding":
        path.write_text(kept, encoding="utf-8")
    else:
        path.unlink()


def _forget(sheet: Path) -> None:
    """Take the ids of later articles out of the lists of a sheet: statements that report the same utterance."""
    from .data.reading import since

    text = sheet.read_text(encoding="utf-8")
    for identity in set(re.findall(r"[a-z]+-[a-z0-9-]+", text)) & since():
        text = re.sub(rf"(?<=\[){identity}(?:, )?|, {identity}(?=[],])", "", text)
    sheet.write_text(text, encoding="utf-8")


def _first_names(entry: str) -> str:
    """An entry without the aliases by which later articles alone mention it."""
    from .data.reading import where

    (identity,) = _NAMED.findall(entry)[:1] or [""]
    mentions = [*where("mentions", actor_id=identity), *where("mentions", place_id=identity)]
    first = {row["surface_text"] for row in mentions if row["document_id"] in FIRST}
    for name in {row["surface_text"] for row in mentions} - first:
        entry = re.sub(rf'(?<=[{{ ])(?:"{re.escape(name)}"|{re.escape(name)}): \w+(?:, )?', "", entry, count=1)
    return entry
