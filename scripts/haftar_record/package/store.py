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

from ..files import plain
from ..files.layout import CITATION, DATA, DESCRIPTOR, README, SCHEMAS, Files
from ..problems.problem import DataErrors, Place, Problem

STAGE = ".haftar-record-stage"
JOURNAL = ".haftar-record-journal.json"
LOCK = ".haftar-record-lock"
#: A journal names every file that is to be moved or removed, strangers included.
MAX_JOURNAL = 100_000_000


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


def paths(root: Path, area: Area = PACKAGE) -> set[str]:
    """Whatever lies where generated files do: them and strangers, links, pipes and the like, but no folder."""
    found = (path for folder in area.folders for path in (root / folder).rglob("*") if path.name != README)
    named = (root / path for path in (area.last, *area.alone))
    return {path.relative_to(root).as_posix() for path in (*found, *named) if _is_file(path)}


def read(root: Path) -> Files:
    """The generated files of the package that are on disk, by path; strangers in its folders included."""
    return _present(root, paths(root))


def _present(root: Path, files: set[str]) -> Files:
    return {path: _content(root / path) for path in sorted(files) if _is_file(root / path)}


def _is_file(path: Path) -> bool:
    return os.path.lexists(path) and not _is_folder(path)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _content(path: Path, limit: int = 1 << 30) -> bytes:
    """What git would store: of a symbolic link the path it points at, since a build makes plain files only.

    Nothing where there is no content to speak of: a pipe, or a file that is too large or cannot be read.
    """
    try:
        return os.fsencode(path.readlink()) if path.is_symlink() else plain.read(path, limit)
    except OSError:
        return b""


@contextlib.contextmanager
def steady(root: Path) -> Iterator[None]:
    """What is read of the package meanwhile is of one build. Raises DataErrors when another replaces it."""
    before = _state(root)
    if is_unfinished(root):
        raise DataErrors([_moving("half replaced, by a build that is at work or was interrupted")])
    try:
        yield
    except DataErrors:
        if is_unfinished(root) or _state(root) != before:
            raise DataErrors([_moving("replaced while it was read")]) from None
        raise
    if is_unfinished(root) or _state(root) != before:
        raise DataErrors([_moving("replaced while it was read")])


def _state(root: Path) -> dict[str, tuple[int, ...]]:
    """Which files there are: a file that is replaced is another one, even when its bytes are the same."""
    state = {}
    for folder in (".", *PACKAGE.folders):
        with contextlib.suppress(OSError), os.scandir(root / folder) as entries:
            for entry in entries:
                if folder != "." or entry.name == DESCRIPTOR:
                    info = entry.stat(follow_symlinks=False)
                    state[f"{folder}/{entry.name}"] = (info.st_ino, info.st_size, info.st_mtime_ns)
    return state


def _moving(found: str) -> Problem:
    remedy = "wait for the build, or run “haftar-record build” to finish it; then run again"
    return Problem(Place(DESCRIPTOR), "lock", f"the package {found}", "a package that nobody replaces", remedy)


def replace(root: Path, files: Files, area: Area = PACKAGE) -> list[str]:
    """Make ``area`` of the folder ``root`` equal to ``files``; the paths that changed. Raises DataErrors if it cannot."""
    with _locked(root):
        try:
            _finish(root, area)
            _refuse_obstacles(root, files, area)
            changed = sorted(path for path, data in files.items() if not _has(root / path, data))
            gone = sorted(paths(root, area) - set(files))
            if changed or gone:
                _stage(root, {path: files[path] for path in changed})
                _sync(root, changed)
                _write(root / JOURNAL, json.dumps({"move": changed, "remove": gone}).encode())
                _finish(root, area)
            return changed + gone
        finally:  # under the lock: without it, the stage is that of another build
            if not is_unfinished(root):
                _clear_stage(root)


def _has(path: Path, data: bytes) -> bool:
    """Whether a plain file has exactly these bytes."""
    return _is_file(path) and not path.is_symlink() and _content(path, len(data)) == data


def recover(root: Path) -> bool:
    """Finish a replacement that was interrupted after its journal was written; whether there was one."""
    if not is_unfinished(root):
        return False
    with _locked(root):
        return _finish(root, PACKAGE)


def is_unfinished(root: Path) -> bool:
    """Whether the package on disk may be half replaced."""
    return os.path.lexists(root / JOURNAL)


def _refuse_obstacles(root: Path, files: Files, area: Area) -> None:
    """Find now what would stop the moves later, when they are half done."""
    for folder in area.folders:
        if (root / folder).exists() and not (root / folder).is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), root / folder)
    for path in files:
        if _is_folder(root / path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), root / path)


def _clear_stage(root: Path) -> None:
    for path in (root / STAGE, root / f"{JOURNAL}.part"):
        if _is_file(path):
            path.unlink()
        shutil.rmtree(path, ignore_errors=True)


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
    _sync(root, [*plan["move"], *plan["remove"]])
    (root / JOURNAL).unlink()
    _clear_stage(root)
    return True


def _sync(root: Path, changed: list[str]) -> None:
    """Write the names of files to disk as well, which a loss of power takes apart from their content."""
    if not hasattr(os, "O_DIRECTORY"):  # a folder cannot be opened on Windows
        return
    folders = {path.rpartition("/")[0] for path in changed}
    for folder in sorted({".", STAGE, *folders, *(f"{STAGE}/{name}" for name in folders)}):
        with contextlib.suppress(FileNotFoundError):
            descriptor = os.open(root / folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _plan(journal: Path, area: Area) -> dict[str, list[str]]:
    """What the journal says. It is read back from disk, so it may name generated files only."""
    try:
        plan = json.loads(plain.read(journal, MAX_JOURNAL))
        paths = [*plan["move"], *plan["remove"]]
        is_ours = all(_is_generated(path, area) for path in paths) and (area.folders or not plan["remove"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, plain.TooLarge):
        is_ours = False
    if not is_ours:
        found, expected = "a journal that no build has written", "paths of generated files"
        raise DataErrors(
            [Problem(Place(JOURNAL), "journal", found, expected, "remove it, then run “haftar-record build”")]
        )
    return plan


def _is_generated(path: str, area: Area) -> bool:
    parts = path.split("/")
    is_kept = bool(area.folders) and parts[-1] == README
    is_inside = not is_kept and not {"", ".", ".."} & set(parts) and all(map(_is_name, parts))
    is_below = is_inside and (not area.folders or (parts[0] in area.folders and len(parts) > 1))
    return path in (area.last, *area.alone) or is_below


def _is_name(part: str) -> bool:
    """Whether a disk may have a file of this name."""
    try:
        return "\0" not in part and len(os.fsencode(part)) <= 255
    except UnicodeEncodeError:
        return False


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the project's lock. What the disk refuses meanwhile is a problem in the data, said in DataErrors."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)  # of a pipe, wait for no reader
        with open(os.open(root / LOCK, flags, 0o666), "r+b", buffering=0) as file:
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
    path = Path(error.filename2 or error.filename or root)  # of a move, what is in the way
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
