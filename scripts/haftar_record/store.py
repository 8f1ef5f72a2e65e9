"""Replace the package on disk, or a folder of exports, as a whole.

All files are first written and synchronised beside the old ones. Then a journal names what is to be moved; from
that moment the replacement is finished even if the process dies, because the next command carries it on. Before
that moment the old package is untouched. A lock keeps two builds apart.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .problems import DataErrors, Place, Problem

DATA, SCHEMAS, DESCRIPTOR, CITATION = "datapackage", "schemas", "datapackage.json", "CITATION.cff"
STAGE = ".haftar-record-stage"
JOURNAL = ".haftar-record-journal.json"
LOCK = ".haftar-record-lock"
KEPT = "README.md"


@dataclass(frozen=True)
class Area:
    """What is replaced. ``folders`` hold generated files only: whatever else lies in them is removed, but for their
    README; without any, nothing is ever removed. ``last`` is the file whose hashes vouch for the others; ``alone`` are
    further files outside the folders."""

    folders: tuple[str, ...]
    last: str
    alone: tuple[str, ...] = ()


PACKAGE = Area((DATA, SCHEMAS), DESCRIPTOR, (CITATION,))
EXPORTS = Area((), "SHA256SUMS")

#: The bytes of every generated file, by path from the project's root.
Files = dict[str, bytes]


def read(root: Path, unread: str = "\0") -> Files:
    """The generated files of the package that are on disk, by path; strangers in its folders included.

    Files whose name ends with ``unread`` are listed without their content.
    """
    return _present(root, _owned(root, PACKAGE), unread)


def _owned(root: Path, area: Area) -> set[str]:
    """The paths of which ``area`` says that they are generated, wherever they are from."""
    paths = (path for folder in area.folders for path in (root / folder).rglob("*") if path.name != KEPT)
    return {area.last, *area.alone, *(path.relative_to(root).as_posix() for path in paths)}


def _present(root: Path, paths: set[str], unread: str = "\0") -> Files:
    present = (path for path in sorted(paths) if _is_file(root / path))
    return {path: b"" if path.endswith(unread) else _content(root / path) for path in present}


def _is_file(path: Path) -> bool:
    return path.is_symlink() or path.is_file()


def _content(path: Path) -> bytes:
    """What git would store: of a symbolic link the path it points at, since a build makes plain files only."""
    return os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()


def replace(root: Path, files: Files, area: Area = PACKAGE) -> list[str]:
    """Make ``area`` of the folder ``root`` equal to ``files``; the paths that changed. Raises DataErrors if it cannot."""
    with _locked(root):
        try:
            _finish(root, area)
            _refuse_obstacles(root, files, area)
            old = _present(root, _owned(root, area) | set(files))
            changed = sorted(path for path, data in files.items() if old.get(path) != data)
            gone = sorted(set(old) - set(files))
            if changed or gone:
                _stage(root, {path: files[path] for path in changed})
                _write(root / JOURNAL, json.dumps({"move": changed, "remove": gone}).encode())
                _finish(root, area)
            return changed + gone
        finally:  # under the lock: without it, the stage is that of another build
            if not is_unfinished(root):
                _clear_stage(root)


def recover(root: Path) -> bool:
    """Finish a replacement that was interrupted after its journal was written; whether there was one."""
    if not is_unfinished(root):
        return False
    with _locked(root):
        return _finish(root, PACKAGE)


def is_unfinished(root: Path) -> bool:
    """Whether the package on disk may be half replaced."""
    return (root / JOURNAL).exists()


def _refuse_obstacles(root: Path, files: Files, area: Area) -> None:
    """Find now what would stop the moves later, when they are half done."""
    for folder in area.folders:
        if (root / folder).exists() and not (root / folder).is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), root / folder)
    for path in files:
        if (root / path).is_dir() and not (root / path).is_symlink():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), root / path)


def _clear_stage(root: Path) -> None:
    stage = root / STAGE
    if _is_file(stage):
        stage.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _stage(root: Path, files: Files) -> None:
    _clear_stage(root)
    for path, data in files.items():
        target = root / STAGE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(target, data)


def _write(path: Path, data: bytes) -> None:
    """Write and synchronise; a file of this name is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:  # an interrupt as well
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and not error.filename:  # a full disk does not say which file it was
            error.filename = str(path)
        raise


def _finish(root: Path, area: Area) -> bool:
    """Carry out the journal. Every step can be repeated: what is already moved is skipped."""
    if not is_unfinished(root):
        return False
    plan = _plan(root / JOURNAL, area)
    # The hashes go last: until then they tell a reader that the files are being replaced.
    for path in sorted(plan["move"], key=lambda name: (name == area.last, name)):
        staged = root / STAGE / path
        if staged.exists():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            staged.replace(root / path)
    for path in plan["remove"]:
        (root / path).unlink(missing_ok=True)
    (root / JOURNAL).unlink()
    _clear_stage(root)
    return True


def _plan(journal: Path, area: Area) -> dict[str, list[str]]:
    """What the journal says. It is read back from disk, so it may name generated files only."""
    try:
        plan = json.loads(journal.read_bytes())
        paths = [*plan["move"], *plan["remove"]]
        is_ours = all(_is_generated(path, area) for path in paths) and (area.folders or not plan["remove"])
    except (ValueError, KeyError, TypeError, AttributeError):
        is_ours = False
    if not is_ours:
        found, expected = "a journal that no build has written", "paths of generated files"
        raise DataErrors(
            [Problem(Place(JOURNAL), "journal", found, expected, "remove it, then run “haftar-record build”")]
        )
    return plan


def _is_generated(path: str, area: Area) -> bool:
    parts = path.split("/")
    is_inside = not {"", ".", ".."} & set(parts)
    return path in (area.last, *area.alone) or (is_inside and (not area.folders or (parts[0] in area.folders and len(parts) > 1)))


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the project's lock. What the disk refuses meanwhile is a problem in the data, said in DataErrors."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with (root / LOCK).open("ab") as file:  # never "w": that empties what the name may point at
            _lock(file)
            yield
    except OSError as error:
        raise DataErrors([_unwritable(error, root)]) from None


def _lock(file: BinaryIO) -> None:
    """Lock until the file is closed. Where the system has no file locks, builds are not kept apart."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        found, expected = "another build at work on this project", "one build at a time"
        raise DataErrors([Problem(Place(LOCK), "lock", found, expected, "wait for it, then run again")]) from None


def _unwritable(error: OSError, root: Path) -> Problem:
    path = Path(error.filename or root)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    state = "the next command finishes the package" if is_unfinished(root) else "the previous package is left as it was"
    found = f"{error.strerror or error} while writing; {state}"
    return Problem(Place(shown), "disk", found, "a package written in full", f"{_remedy(error)}, then run again")


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "free some space"
    if error.errno in (errno.EISDIR, errno.ENOTDIR, errno.EEXIST):
        return "move what has this name out of the way"
    return "make the folder writable"
