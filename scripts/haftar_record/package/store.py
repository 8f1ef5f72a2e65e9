"""Replace the package on disk, or a folder of exports, as a whole.

All files are first written and synchronised in a stage beside the old ones; until then the old package is untouched.
Then a mark is set, the files are moved into place, and the mark is removed. While it stands, the package may be half
replaced, and whoever reads refuses. If the process dies, the next build finishes. It first moves what the stage still
holds (``finish``), so that the package is whole even where the sheets have a mistake by then; and it makes every file
again, so that nothing on disk has to say what is to be moved. A lock keeps two builds apart.

Only files that a build makes are ever written or removed, and no symbolic link is followed on the way to them. Names
that begin with ``.haftar-record-`` are the program's own: in the stage it removes the files that it puts there, and no
others; and where something else has one of these names, it refuses to work instead of removing that.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from ..files import folder, plain, sums
from ..files.folder import Folder
from ..files.layout import (
    CITATION,
    DATA,
    DESCRIPTOR,
    README,
    SCHEMAS,
    SEEDS,
    SUMS,
    Files,
    data_path,
    folded,
    is_litter,
    schema_path,
)
from ..problems.problem import DataErrors, Place, Problem, WrongUse
from ..problems.wording import show

STAGE = ".haftar-record-stage"
MARK = ".haftar-record-unfinished"
LOCK = ".haftar-record-lock"
#: With what the names of these files begin, and of no others.
_PREFIX = ".haftar-record-"
#: In a folder of exports, the hashes of the files that exports have written there, ``SHA256SUMS`` among them.
EXPORTS = ".haftar-record-exports"
#: What earlier versions of the program left behind when they were interrupted. Nothing reads it.
RELICS = (".haftar-record-journal.json",)
#: The folders of a package.
FOLDERS = (DATA, SCHEMAS)
#: No file of an earlier build or export that is looked into is larger.
MAX_BYTES = 1 << 30


@dataclass
class Replaced:
    """What a replacement did: the files written, those of an earlier build removed, and whether it finished another."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    finished: bool = False


# -- what is there -----------------------------------------------------------------------------------------------------


def _tables() -> list[str]:
    from ..model.tables import TABLES  # here, so that --help need not wait for it

    return [model.TABLE for model in TABLES]


def _former() -> dict[str, tuple[str, ...]]:
    from ..model.tables import FORMER

    return FORMER


def generated() -> list[str]:
    """The files that a build of this version makes."""
    return [*(path(table) for table in _tables() for path in (data_path, schema_path)), DESCRIPTOR, CITATION]


def _staged() -> list[str]:
    """The files that a build may have put into the stage: those of this version, and of a release before it."""
    return [*generated(), *(path(table) for table in _former() for path in (data_path, schema_path))]


def read(root: Path) -> Files:
    """The files of the package that are on disk, by path; only those that a build makes."""
    files: Files = {}
    for path in generated():
        with contextlib.suppress(OSError):
            files[path] = folder.read(root, path, MAX_BYTES)
    return files


def paths(root: Path) -> set[str]:
    """Everything that lies where generated files do: these and other files, links, pipes and the like, but no folders.

    A README is left out, and so is what editors and systems leave behind; a linked folder is not entered. Of the files
    that are the program's own while it works, those are left out that it will remove or write again.
    """
    found = {path for path in (DESCRIPTOR, CITATION, STAGE, *RELICS) if _is_file(root / path)}
    found |= {path for path in (LOCK, MARK) if os.path.lexists(root / path) and not _is_plain(root / path)}
    for top in (*FOLDERS, STAGE):
        if (root / top).is_symlink():
            continue
        for place, folders, names in os.walk(root / top):
            folders[:] = [name for name in folders if not is_litter(name)]
            links = [name for name in folders if (Path(place) / name).is_symlink()]
            kept = (name for name in (*names, *links) if name != README and not is_litter(name))
            found |= {(Path(place) / name).relative_to(root).as_posix() for name in kept}
    return found - {path for path in map(f"{STAGE}/{{}}".format, _staged()) if _is_plain(root / path)}


def others(root: Path) -> list[str]:
    """Files in the folders of the package that no build makes. They are left alone."""
    return sorted(paths(root) - {*generated()})


def _is_file(path: Path) -> bool:
    return os.path.lexists(path) and (path.is_symlink() or not path.is_dir())


def _is_plain(path: Path) -> bool:
    return plain.is_file(path) and not path.is_symlink()


# -- reading while a build may be at work ------------------------------------------------------------------------------


def is_unfinished(root: Path) -> bool:
    """Whether the package on disk may be half replaced."""
    return os.path.lexists(root / MARK)


@contextlib.contextmanager
def consistent_read(root: Path) -> Iterator[None]:
    """Everything read inside this block comes from a single build.

    Raises DataErrors when the package is half replaced, or is replaced meanwhile.
    """
    before = _state(root)
    if is_unfinished(root):
        raise DataErrors([_unfinished()])
    try:
        yield
    except DataErrors:
        _refuse_changed(root, before)
        raise
    _refuse_changed(root, before)


def _refuse_changed(root: Path, before: dict[str, tuple[int, ...]]) -> None:
    if is_unfinished(root):
        raise DataErrors([_unfinished()]) from None
    if _state(root) != before:
        found, expected = "the package was replaced while it was read", "a package that does not change"
        raise DataErrors(
            [Problem(Place(DESCRIPTOR), "lock", found, expected, "wait for the build, then run again")]
        ) from None


def _unfinished() -> Problem:
    found = "an interrupted build, or one at work, left the package half replaced"
    remedy = "run “haftar-record build”, which finishes it; if one is at work, wait for it"
    return Problem(Place(MARK), "unfinished", found, "a package that one build has written", remedy)


def _state(root: Path) -> dict[str, tuple[int, ...]]:
    """Which files there are: a file that is replaced is another one, even when its bytes are the same."""
    state: dict[str, tuple[int, ...]] = {}
    for top in (".", *FOLDERS):
        with contextlib.suppress(OSError), os.scandir(root / top) as entries:
            for entry in entries:
                if top != "." or entry.name == DESCRIPTOR:
                    info = entry.stat(follow_symlinks=False)
                    state[f"{top}/{entry.name}"] = (info.st_ino, info.st_size, info.st_mtime_ns)
    return state


# -- replacing ---------------------------------------------------------------------------------------------------------


def replace(root: Path, files: Files) -> Replaced:
    """Make the package in the folder ``root`` equal to ``files``. Raises DataErrors if that cannot be done.

    Files of an earlier build that this one no longer makes are removed; every other file is left alone.
    """
    with locked(root) as top:
        # The hashes go last: until then they tell a reader that the files are being replaced.
        return _replace(top, files, _outdated(top, files), last=(DESCRIPTOR,), staged=(*files, *_staged()))


def finish(root: Path) -> bool:
    """Finish a replacement that was interrupted, with what its stage still holds; whether there was one.

    Only generated files are taken from the stage. Where it lacks some, the package stays marked as half replaced until
    the next ``replace``. Raises DataErrors if the files cannot be moved.
    """
    if not is_unfinished(root):
        return False
    with locked(root) as top:
        _refuse_others(top)
        if top.kind(MARK):
            done = Replaced(finished=True)
            staged = [path for path in generated() if _kind(top, f"{STAGE}/{path}") == stat.S_IFREG]
            outdated = _outdated(top, dict.fromkeys(generated(), b""))
            _refuse_obstacles(top, (*staged, *outdated))
            _move(top, sorted(staged, key=lambda path: (path == DESCRIPTOR, path)), outdated, done)
            if _is_whole(top):
                top.remove(MARK)
                _clear_stage(top, _staged())
    return True


def _is_whole(top: Folder) -> bool:
    """Whether the descriptor vouches for every table, and each has its schema."""
    known = {str(resource.get("name")): resource.get("hash") for resource in _resources(top, DESCRIPTOR)}
    return all(
        known.get(table) == f"sha256:{_sha256(top, data_path(table))}" and _sha256(top, schema_path(table))
        for table in _tables()
    )


# -- exports -----------------------------------------------------------------------------------------------------------


def export(output: Path, files: Files) -> Replaced:
    """Write exports into the folder ``output``, and in ``SHA256SUMS`` the hashes of all that it holds of them.

    A file that differs and that no export has written is not overwritten, and that is so of ``SHA256SUMS`` as of any
    other: lines of somebody else are never lost. Raises DataErrors, and WrongUse where no exports may go.
    """
    output = export_folder(output)
    with locked(output) as top:
        # An export that was interrupted has said in its mark what it was writing.
        known, begun = _sums(top, EXPORTS), _sums(top, MARK)
        kept = {path: line for path, line in known.items() if _sha256(top, path)}
        kept |= {path: line for path, line in begun.items() if line[:64] == _sha256(top, path)}
        lines = kept | sums.lines(files[SUMS].decode())
        lines.pop(SUMS, None)
        files = files | {SUMS: sums.listing(lines)}
        _refuse_foreign(top, files, (known, begun))
        lines[SUMS] = f"{hashlib.sha256(files[SUMS]).hexdigest()}  {SUMS}"
        files |= {EXPORTS: sums.listing(lines)}
        done = _replace(top, files, [], last=(SUMS, EXPORTS), staged=(*files, *known, *begun), mark=files[EXPORTS])
        done.written = [path for path in done.written if path != EXPORTS]
        return done


def export_folder(named: str | Path) -> Path:
    """The folder that exports go to, absolute and without links. Raises WrongUse where they would mix with other files.

    Outside of projects and packages that is any folder, as nothing is overwritten there. In a project it is a new
    folder beside those of the project, or one in which there are exports already; and no link in a project is followed.
    """
    try:
        if isinstance(named, str) and (not named or named.startswith("~")):  # “~” that no shell has replaced
            raise WrongUse(f"cannot export to {show(str(named))}: name a folder, in full")
        _refuse_linked(Path(named))
        output = Path(named).resolve()
        around = [output, *output.parents]
        if obstacle := next((one for one in around if os.path.lexists(one) and not one.is_dir()), None):
            raise WrongUse(f"cannot export to {show(str(output))}: {show(str(obstacle))} is no folder")
        for root in filter(_is_project, around):
            _refuse_among(root, output)
    except (OSError, RuntimeError, ValueError) as error:
        raise WrongUse(f"cannot export to {show(str(named))}: {error}") from None
    return output


def _is_project(folder_: Path) -> bool:
    """Whether a project or a package lies in a folder."""
    return any(os.path.lexists(folder_ / name) for name in (DESCRIPTOR, SEEDS))


def _refuse_linked(path: Path) -> None:
    """Refuse a link in a project: whoever names ``dist`` need not know that it leads to another place."""
    at = Path.cwd()
    for part in path.parts:
        step = at / part
        if step.is_symlink() and any(map(_is_project, (at, *at.parents))):
            raise WrongUse(f"cannot export to {show(str(path))}: {show(str(step))} is a symbolic link in a project")
        at = step.resolve()


def _refuse_among(root: Path, output: Path) -> None:
    """Refuse an output among the files of the project in the folder ``root``."""
    first, *rest = output.relative_to(root).parts or ("",)
    same = {name for name in (*_names(root), *_OWN) if folded(name) == folded(first)}
    if not first or first.startswith(_PREFIX) or same - {first} or first in _OWN:
        raise WrongUse(f"cannot export to {show(str(output))}, among the files of a project: name another folder")
    if not _takes_exports(root / first, rest):
        raise WrongUse(
            f"cannot export to {show(str(output))}, among the files of a project: {show(first)} holds files that no "
            "export has made, or that were changed since; name a new folder, or move them away"
        )


#: Folders of a project that it may lack.
_OWN = (SEEDS, *FOLDERS, ".git")


def _names(folder_: Path) -> list[str]:
    return [path.name for path in folder_.iterdir()]


def _takes_exports(folder_: Path, rest: list[str]) -> bool:
    """Whether a folder of a project is new or empty, or holds exports, or nothing but the next folder on the way."""
    names = _names(folder_) if folder_.is_dir() else []
    others = {name for name in names if not is_litter(name) and not name.startswith(_PREFIX)}
    if not others or (others == {*rest[:1]} and _takes_exports(folder_ / rest[0], rest[1:])):
        return True
    return _holds_exports(folder_)


def _holds_exports(folder_: Path) -> bool:
    """Whether a file in a folder is as an export has written it; what lies beside it stays.

    Anybody may have put a note of exports there, or a mark: each counts by the hashes that it has of the files.
    """
    with folder.opened(folder_) as top:
        known = _sums(top, EXPORTS), _sums(top, MARK)
        return any(line[:64] == _sha256(top, path) for one in known for path, line in one.items())


def _replace(
    top: Folder, files: Files, outdated: list[str], last: tuple[str, ...], staged: Iterable[str], mark: bytes = b""
) -> Replaced:
    """Write ``files`` and remove those that are ``outdated``; those that vouch for the others go ``last``.

    ``staged`` are the files that this or an interrupted run may have put into the stage; ``mark`` is what the mark says
    while the files are moved.
    """
    _refuse_others(top)
    done = Replaced(finished=bool(top.kind(MARK)))
    try:
        different = (path for path, data in files.items() if not _has(top, path, data))
        changed = sorted(different, key=lambda path: (last.index(path) if path in last else -1, path))
        _refuse_obstacles(top, (*changed, *outdated, *([MARK] if done.finished else ())))
        if done.finished:  # now, while the stage shows what the interrupted build has made
            _remove(top, outdated, done)
        if changed or outdated:
            _clear_stage(top, staged)
            _stage(top, {path: files[path] for path in changed})
            _move(top, changed, outdated, done, mark)
        if top.kind(MARK):
            top.remove(MARK)
    finally:  # under the lock: without it, the stage is that of another build
        if not top.kind(MARK):
            _clear_stage(top, staged)
    return done


def _move(top: Folder, changed: list[str], outdated: list[str], done: Replaced, mark: bytes = b"") -> None:
    """Set the mark and carry out the replacement; the mark is left standing when that is interrupted half way."""
    if not done.finished:
        top.write(MARK, mark)
        top.sync()
    try:
        _remove(top, outdated, done)
        for path in changed:
            _take(top, path, done)
        for folder_ in {path.rpartition("/")[0] for path in (*changed, *outdated)}:
            with top.below(folder_) as parent:
                parent.sync()
    except OSError:
        if not (done.finished or done.written or done.removed):  # nothing is moved yet: the old package is whole
            top.remove(MARK)
        raise


def _remove(top: Folder, outdated: list[str], done: Replaced) -> None:
    for path in outdated:
        if path not in done.removed:
            with _parent(top, path) as (parent, name):
                parent.remove(name)
            done.removed.append(path)


def _take(top: Folder, path: str, done: Replaced) -> None:
    """Move one file from the stage into its place."""
    with _parent(top, path, make=True) as (parent, name), _parent(top, f"{STAGE}/{path}") as (stage, _):
        parent.take(name, stage)
    done.written.append(path)


@contextlib.contextmanager
def _parent(top: Folder, path: str, *, make: bool = False) -> Iterator[tuple[Folder, str]]:
    """The folder in which a file is, and the name that it has there."""
    parent, _, name = path.rpartition("/")
    with top.below(parent, make=make) as opened:
        yield opened, name


def _stage(top: Folder, files: Files) -> None:
    """Write and synchronise all files beside the old ones."""
    for path, data in files.items():
        with _parent(top, f"{STAGE}/{path}", make=True) as (parent, name):
            parent.write(name, data)
    for path in {f"{STAGE}/{path}".rpartition("/")[0] for path in files}:
        with top.below(path) as parent:
            parent.sync()


def _clear_stage(top: Folder, staged: Iterable[str]) -> None:
    """Remove the files that are put into the stage, and the stage when nothing else is in it."""
    paths = [f"{STAGE}/{path}" for path in staged]
    for path in paths:
        with contextlib.suppress(OSError), _parent(top, path) as (parent, name):
            if parent.kind(name) == stat.S_IFREG:
                parent.remove(name)
    ways = {way.as_posix() for path in paths for way in PurePosixPath(path).parents} - {"."}
    for way in sorted(ways, key=len, reverse=True):
        with contextlib.suppress(OSError), _parent(top, way) as (parent, name):
            parent.remove_empty(name)


def _has(top: Folder, path: str, data: bytes) -> bool:
    """Whether a plain file has exactly these bytes."""
    with contextlib.suppress(OSError), _parent(top, path) as (parent, name):
        return parent.read(name, len(data)) == data
    return False


def _refuse_others(top: Folder) -> None:
    """Refuse what is of somebody else and has a name of the program's own."""
    for name, kind in ((STAGE, stat.S_IFDIR), (MARK, stat.S_IFREG), (EXPORTS, stat.S_IFREG)):
        top.refuse_other_kind(name, kind)


def _refuse_obstacles(top: Folder, files: Iterable[str]) -> None:
    """Find now what would stop the moves later, when they are half done."""
    for path in sorted(files):
        with contextlib.suppress(FileNotFoundError), _parent(top, path) as (parent, name):
            parent.refuse_fixed(name, top)


# -- who made a file ---------------------------------------------------------------------------------------------------


def _outdated(top: Folder, files: Files) -> list[str]:
    """Files of an earlier build that this one does not make: each table that a release once made and whose bytes a
    descriptor vouches for, and first the schema of that table.

    A descriptor is the one on disk, which goes last, or that of an interrupted build, in its stage. Anybody may write
    one, so it vouches for no table of another name.
    """
    found: dict[str, None] = {}
    staged = _resources(top, f"{STAGE}/{DESCRIPTOR}") if top.kind(MARK) else []
    for resource in (*_resources(top, DESCRIPTOR), *staged):
        name = next((name for name in _former() if name == resource.get("name")), None)
        if name is None or data_path(name) in files or resource.get("path") != data_path(name):
            continue
        if resource.get("hash") == f"sha256:{_sha256(top, data_path(name))}":
            if _sha256(top, schema_path(name)) in _former()[name]:
                found[schema_path(name)] = None
            found[data_path(name)] = None
    return list(found)


def _resources(top: Folder, path: str) -> list[dict[str, Any]]:
    """What a descriptor lists; nothing when it cannot be read."""
    try:
        with _parent(top, path) as (parent, name):
            content = json.loads(parent.read(name, MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return []
    listed = content.get("resources") if isinstance(content, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _sums(top: Folder, name: str) -> dict[str, str]:
    """What a file of hashes says, by path; nothing when it cannot be read."""
    try:
        return sums.lines(top.read(name, MAX_BYTES).decode())
    except (OSError, UnicodeDecodeError):
        return {}


def _sha256(top: Folder, path: str) -> str:
    """The hash of a plain file; empty when there is none."""
    with contextlib.suppress(OSError), _parent(top, path) as (parent, name):
        return hashlib.sha256(parent.read(name, MAX_BYTES)).hexdigest()
    return ""


def _refuse_foreign(top: Folder, files: Files, known: tuple[dict[str, str], ...]) -> None:
    """Refuse to overwrite what no export has written, or what was changed since. ``known`` are hashes of exports."""
    problems = [
        Problem(Place(path), "overwrite", "a file that no export has written, or that was changed since",
                "a folder of exports, or an empty one", "move it away, or name another folder with --output")
        for path, data in files.items()
        if _kind(top, path) not in (0, stat.S_IFDIR) and not _has(top, path, data) and not _is_known(top, path, known)
    ]  # fmt: skip
    if problems:
        raise DataErrors(problems)


def _is_known(top: Folder, path: str, known: tuple[dict[str, str], ...]) -> bool:
    return any(one.get(path, "-")[:64] == _sha256(top, path) for one in known)


def _kind(top: Folder, path: str) -> int:
    """What sort of entry there is at a path; 0 when there is none."""
    with contextlib.suppress(FileNotFoundError), _parent(top, path) as (parent, name):
        return parent.kind(name)
    return 0


# -- the lock and the disk ---------------------------------------------------------------------------------------------


@contextlib.contextmanager
def locked(root: Path) -> Iterator[Folder]:
    """The folder, its lock held. What the disk refuses meanwhile is raised as DataErrors, with a check of its own."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with folder.opened(root) as top, os.fdopen(top.open_or_make(LOCK), "r+b", buffering=0) as file:
            _lock(file)
            yield top
    except OSError as error:
        raise DataErrors([_unwritable(error, root)]) from None


def _lock(file: BinaryIO) -> None:
    """Lock until the file is closed. On a system without file locks, builds are not kept apart."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        found, expected = "another build is at work on this project", "one build at a time"
        raise DataErrors([Problem(Place(LOCK), "lock", found, expected, "wait for it, then run again")]) from None


def _unwritable(error: OSError, root: Path) -> Problem:
    path = Path(error.filename or root)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    state = (
        "half of the files are replaced, and the next run finishes"
        if _is_plain(root / MARK)
        else "all files are left as they were"
    )
    found = f"{error.strerror or error} while writing; {state}"
    return Problem(Place(shown), "disk", found, "a package written in full", f"{remedy(error)}, then run again")


#: What to do about an error of the system, by its number.
_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "free some space"),
    **dict.fromkeys(
        (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.EINVAL), "move what has this name out of the way"
    ),
    errno.EPERM: "let yourself replace it: it is protected, or somebody else's",
    errno.EXDEV: "make it a folder of the same disk",
    errno.EBUSY: "close what uses it, or unmount it",
    errno.EROFS: "make the disk writable",
}


def remedy(error: OSError) -> str:
    """What to do about an error of the system while something is written."""
    return _REMEDIES.get(error.errno or 0, "make the folder writable")
