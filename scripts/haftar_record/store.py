"""Replace the package on disk as a whole.

All files are first written and synchronised beside the package. Then a journal names what is to be moved; from
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
from pathlib import Path

from .package import DATA, DESCRIPTOR, SCHEMAS, Files
from .problems import DataErrors, Place, Problem

STAGE = ".haftar-record-stage"
JOURNAL = ".haftar-record-journal.json"
LOCK = ".haftar-record-lock"
#: Folders that hold generated files only; whatever else lies in them is removed. Their README stays.
FOLDERS = (DATA, SCHEMAS)
KEPT = "README.md"


def read(root: Path) -> Files:
    """The generated files that are on disk, by path; strangers in the generated folders included."""
    paths = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file() and path.name != KEPT]
    if (root / DESCRIPTOR).is_file():
        paths.append(root / DESCRIPTOR)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def replace(root: Path, files: Files) -> list[str]:
    """Make the package on disk equal to ``files``; the paths that changed. Raises DataErrors when it cannot."""
    try:
        with _locked(root):
            _finish(root)
            old = read(root)
            changed = sorted(path for path, data in files.items() if old.get(path) != data)
            gone = sorted(set(old) - set(files))
            if changed or gone:
                _stage(root, {path: files[path] for path in changed})
                _write(root / JOURNAL, json.dumps({"move": changed, "remove": gone}).encode())
                _finish(root)
            return changed + gone
    except OSError as error:
        raise DataErrors([_unwritable(error, root)]) from None
    finally:
        if not (root / JOURNAL).exists():
            shutil.rmtree(root / STAGE, ignore_errors=True)


def recover(root: Path) -> bool:
    """Finish a replacement that was interrupted after its journal was written; whether there was one."""
    if not (root / JOURNAL).exists():
        return False
    with _locked(root):
        return _finish(root)


def _stage(root: Path, files: Files) -> None:
    shutil.rmtree(root / STAGE, ignore_errors=True)
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
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _finish(root: Path) -> bool:
    """Carry out the journal. Every step can be repeated: what is already moved is skipped."""
    journal = root / JOURNAL
    if not journal.exists():
        return False
    plan = json.loads(journal.read_bytes())
    # The descriptor goes last: until then its hashes tell a reader that the files are being replaced.
    for path in sorted(plan["move"], key=lambda name: (name == DESCRIPTOR, name)):
        staged = root / STAGE / path
        if staged.exists():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            staged.replace(root / path)
    for path in plan["remove"]:
        (root / path).unlink(missing_ok=True)
    journal.unlink()
    shutil.rmtree(root / STAGE, ignore_errors=True)
    return True


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the project's lock. Where the system has no file locks, builds are not kept apart."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (root / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            found, expected = "another build at work on this project", "one build at a time"
            raise DataErrors([Problem(Place(LOCK), "lock", found, expected, "wait for it, then run again")]) from None
        yield


def _unwritable(error: OSError, root: Path) -> Problem:
    path = Path(error.filename or root)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    remedy = "free some space, then run again" if is_full else "make the folder writable, then run again"
    found = f"{error.strerror or error} while writing; the previous package is left as it was"
    return Problem(Place(shown), "disk", found, "a package written in full", remedy)
