"""Where the files of a package are read from: a folder, a descriptor, a zip or a revision of git.

One place decides what a name stands for, for every command and for programs. Nothing is fetched, and no symbolic link
in a package is followed. Where files have to lie on disk, those of a zip or a revision are put into a folder that is
removed afterwards; otherwise nothing is unpacked.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from ..files import folder, json_file, plain, zip_file
from ..files.json_file import Json
from ..files.layout import CODING, DATA, DESCRIPTOR, SCHEMAS, SEEDS, has_litter, is_inside
from ..files.zip_file import BadZip, Zip
from ..problems.problem import DataErrors, Place, Problem, Problems, WrongUse, bounded
from ..problems.wording import show, visible
from . import store

#: No file of a package is nearly as large; a larger one is refused before it is read.
MAX_BYTES = 100_000_000
#: Bytes of a zip that are unpacked in memory for one reading, and those that are unpacked into a folder.
MAX_UNPACKED, MAX_ON_DISK = 500_000_000, 4_000_000_000
RULE = "package"
_AGAIN = "download the zip again"
_OTHER_REVISION = "name another revision; this one cannot change any more"
#: Files that git cannot read of a revision that are named; the others are counted.
SHOWN = 3

#: Reads one file of a package by its path, of at most so many bytes. Raises FileNotFoundError, or OSError with what is
#: wrong with it; NoAnswer where git cannot say.
Fetch = Callable[[str, int], bytes]


@dataclass(frozen=True)
class Resource:
    """What the descriptor lists: a table, its file, its schema as it came, and how many rows it says there are."""

    name: str
    path: str
    schema: dict[str, Any]
    rows: int | None

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [field["name"] for field in self.schema["fields"]]


@dataclass(frozen=True)
class Source:
    """The files of one package. ``shown`` stands before their paths in messages.

    Every method raises DataErrors with one problem when a file breaks the standard (Data Package v2).
    """

    shown: str
    fetch: Fetch
    descriptor: str = DESCRIPTOR
    #: What to do about a file that cannot be read.
    remedy: str = "restore it, or make it readable"

    def refuse(self, path: str, found: str, expected: str, remedy: str, line: int = 0) -> NoReturn:
        """Raise the problem that a file has."""
        _refuse(self.shown + path, found, expected, remedy, line)

    def bytes(self, path: str, limit: int = MAX_BYTES) -> bytes:
        """The content of a file."""
        try:
            return self.fetch(path, limit)
        except NoAnswer as error:
            raise DataErrors([_lost(self.shown + path, error)]) from None
        except (FileNotFoundError, NotADirectoryError) as error:
            at = folder.part(path, error)
            found = "no such file" if at == path else "no such folder"
            self.refuse(at, found, "a file of the package", "restore it, or name another package")
        except plain.TooLarge as error:
            found = f"a file of {error.size:,} bytes; at most {limit:,} are read"
            self.refuse(path, found, "a readable file", "restore it, or name another package")
        except OSError as error:
            if said := folder.trouble(path, error):
                raise DataErrors([replace(said, place=Place(self.shown + said.place.file))]) from None
            at = folder.part(path, error)
            what = "file" if at == path else "folder"
            found = f"no readable {what} ({error.strerror or error})"
            self.refuse(at, found, f"a readable {what}", self.remedy)

    def json(self, path: str) -> Json:
        """A JSON file that holds an object; a byte order mark, which some editors leave, makes no difference."""
        data, problems = self.bytes(path, json_file.MAX_BYTES).removeprefix(codecs.BOM_UTF8), Problems()
        found = json_file.read(data, self.shown + path, problems, "restore the file")
        if found is None:
            raise DataErrors(problems.items)
        if not isinstance(found.content, dict):
            self.refuse(path, f"a {type(found.content).__name__}", "a JSON object", "restore the file")
        return found

    def described(self) -> Json:
        """The descriptor. It lists resources, each as it came."""
        found = self.json(self.descriptor)
        resources = found.content.get("resources")
        if not isinstance(resources, list) or not resources:
            expected = "the descriptor of a data package"
            self.refuse(self.descriptor, "no list of resources", expected, "name another file")
        return found

    def resource(self, entry: Any) -> Resource:
        """One resource with its schema, which stands in the descriptor or in a file of its own."""
        entry = entry if isinstance(entry, dict) else {}
        name, path, schema, rows = (entry.get(key) for key in ("name", "path", "schema", "rows"))
        if not isinstance(name, str) or not is_inside(path):
            found = f"a resource with name {name!r} and path {path!r}"
            self.refuse(self.descriptor, found, "a name, and one path inside the package", "correct it")
        if is_inside(schema):
            schema = self.json(schema).content
        fields = schema.get("fields") if isinstance(schema, dict) else None
        fields = fields if isinstance(fields, list) else []
        names = [field.get("name") for field in fields if isinstance(field, dict)]
        if not names or len(names) != len(fields) or len({n for n in names if isinstance(n, str)}) != len(fields):
            expected = "a Table Schema with named fields"
            self.refuse(self.descriptor, f"no valid schema for {name}", expected, "correct it")
        return Resource(name, path, schema, rows if isinstance(rows, int) else None)

    def refuse_other_count(self, resource: Resource, count: int) -> None:
        """Raise a problem when a file does not have as many rows as the descriptor says, because it was cut."""
        if resource.rows is not None and count != resource.rows:
            expected = f"{resource.rows} rows, as {self.descriptor} says"
            self.refuse(resource.path, f"{count} rows", expected, "restore the file")


@contextlib.contextmanager
def opened(name: str, root: Path) -> Iterator[Source]:
    """The package that ``name`` stands for: a path, or a revision of the git repository that ``root`` is in.

    A path that exists counts as a path. Raises WrongUse when it is neither, and DataErrors for a file that is not a zip
    and a folder in which a build is at work or was interrupted.
    """
    path = Path(name)
    if name and has_folder(path):
        with of_folder(path, "" if name == "." else f"{path.as_posix()}/") as source:
            yield source
    elif _is_descriptor(path):
        shown = "" if path.parent == Path() else f"{path.parent.as_posix()}/"
        with of_folder(path.parent, shown, path.name) as source:
            yield source
    elif has_file(path):
        with _zip(path, MAX_UNPACKED) as (archive, inside):
            yield Source(f"{path.as_posix()}/{inside}", _from_zip(archive, inside), remedy=_AGAIN)
    else:
        yield Source(f"{name}:", _from_git(name, root), remedy=_OTHER_REVISION)


@contextlib.contextmanager
def of_tag(tag: str, root: Path) -> Iterator[Source]:
    """The package that has this tag in the repository that ``root`` is in, whatever else is called so."""
    yield Source(f"{tag}:", _from_git(f"refs/tags/{tag}", root), remedy=_OTHER_REVISION)


@contextlib.contextmanager
def of_folder(root: Path, shown: str = "", descriptor: str = DESCRIPTOR) -> Iterator[Source]:
    """The package in the folder ``root``, all of it from one build."""

    def fetch(path: str, limit: int) -> bytes:
        return folder.read(root, PurePosixPath(path).as_posix(), limit)

    with store.consistent_read(root):
        yield Source(shown, fetch, descriptor)


def _is_descriptor(path: Path) -> bool:
    return path.suffix == ".json" and has_file(path)


def has_folder(path: Path) -> bool:
    """Whether there is a folder. Raises DataErrors where nobody can say, because it may not be looked at."""
    return _looked(plain.is_folder, path)


def has_file(path: Path) -> bool:
    """Whether there is a file. Raises DataErrors where nobody can say."""
    return _looked(plain.is_file, path)


def _looked(look: Callable[[Path], bool], path: Path) -> bool:
    try:
        return look(path)
    except OSError as error:
        shut = next((one for one in reversed(path.parents) if not os.access(one, os.X_OK)), path)
        found = f"no readable folder ({error.strerror or error})"
        remedy = "let yourself read it, and enter it"
        raise DataErrors([Problem(Place(shut.as_posix()), "access", found, "a readable folder", remedy)]) from None


# -- on disk -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OnDisk:
    """A package whose files lie in the folder ``root``.

    ``shown`` stands before their paths in messages; it is empty for a folder that the user has named. ``remedy`` is
    what to do about a file that is not as it should be; empty where that depends on what else lies in the folder.
    """

    root: Path
    shown: str = ""
    remedy: str = ""

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of the package as the user sees them: each at its place in what he has named."""
        return [
            replace(problem, place=replace(problem.place, file=self.shown + problem.place.file))
            if self.shown
            else problem
            for problem in problems
        ]


@contextlib.contextmanager
def on_disk(name: str, root: Path) -> Iterator[OnDisk]:
    """The package that ``name`` stands for as ``opened`` does, its files in a folder.

    What is raised as DataErrors meanwhile is placed. Raises WrongUse too for a folder without a descriptor.
    """
    path = Path(name)
    if name and (has_folder(path) or path.name == DESCRIPTOR):
        where = path.parent if path.name == DESCRIPTOR and not has_folder(path) else path
        if not has_file(where / DESCRIPTOR):
            where_ = "this folder" if where == Path() else show(where.as_posix())
            raise WrongUse(f"no {DESCRIPTOR} in {where_}: name a package: its folder, {DESCRIPTOR}, or a release zip")
        yield OnDisk(where, remedy="" if has_folder(where / CODING) else "take the file from the release again")
        return
    if _is_descriptor(path):
        raise WrongUse(f"{show(path.name)} is not {DESCRIPTOR}: name the folder of the package")
    with _temporary() as target:
        if has_file(path):
            found = OnDisk(target, f"{path.as_posix()}/{_unzip(path, target)}", "download the release again")
        else:
            _check_out(name, root, target)
            found = OnDisk(target, f"{name}:", _OTHER_REVISION)
        try:
            yield found
        except DataErrors as error:
            raise DataErrors(found.placed(error.problems)) from None


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    """An empty folder that is removed afterwards."""
    try:
        made = tempfile.TemporaryDirectory(prefix="haftar-record-")
    except OSError as error:
        found, remedy = f"no temporary folder ({error.strerror or error})", "free some space, or set TMPDIR"
        raise DataErrors(
            [Problem(Place(os.environ.get("TMPDIR", "TMPDIR")), "disk", found, "a folder to unpack into", remedy)]
        ) from None
    with made as name:
        yield Path(name)


def _write(target: Path, path: str, chunks: Iterable[bytes]) -> None:
    """Write a file into a folder of our own. Its path has been looked at: it is inside, and no other differs from it in
    case alone."""
    try:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        with (target / path).open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
    except (plain.TooLarge, zip_file.Damaged):
        raise
    except UnicodeEncodeError:
        found = "characters that the system, as its language is set, has no bytes for"
        remedy = "set LC_ALL=C.UTF-8, or name another package"
        raise DataErrors([Problem(Place(path), RULE, found, "a name that can be unpacked here", remedy)]) from None
    except OSError as error:
        found = f"{error.strerror or error} while it was unpacked"
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            problem = Problem(Place(path), "disk", found, "room for the package", "free some space, or set TMPDIR")
        else:
            problem = Problem(Place(path), RULE, found, "a name that can be unpacked here", "name another package")
        raise DataErrors([problem]) from None


# -- zip ---------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _zip(path: Path, limit: int) -> Iterator[tuple[Zip, str]]:
    """A zip, and the folder in it that holds the package: empty, or with “/” at its end."""
    shown = path.as_posix()
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(zip_file.opened(path, limit))
            inside = _inside(archive)
        except BadZip as error:
            _refuse(shown, visible(error.found), error.expected, error.remedy)
        except OSError as error:
            if said := folder.trouble(shown, error):
                raise DataErrors([replace(said, place=Place(shown))]) from None
            _refuse(shown, f"no readable file ({error.strerror or error})", "a readable file", "restore it")
        yield archive, inside


def _inside(archive: Zip) -> str:
    """Where the package lies in a zip: where its descriptor is, the one that lies highest. Raises BadZip."""
    found = [path.removesuffix(DESCRIPTOR) for path in archive.paths if PurePosixPath(path).name == DESCRIPTOR]
    highest = min((path.count("/") for path in found), default=0)
    tops = [path for path in found if path.count("/") == highest]
    if len(tops) > 1:
        said = f"{len(tops):,} packages, in {', '.join(map(show, tops[:2]))}{' and others' * (len(tops) > 2)}"
        raise BadZip(said, "one package", "unpack it, and name the folder of one package")
    return tops[0] if tops else ""


def _from_zip(archive: Zip, inside: str) -> Fetch:
    def fetch(path: str, limit: int) -> bytes:
        return archive.read(inside + path, limit)

    return fetch


def _unzip(path: Path, target: Path) -> str:
    """Unpack the package in a zip into an empty folder; where in the zip it lies."""
    with _zip(path, MAX_ON_DISK) as (archive, inside):
        shown = f"{path.as_posix()}/{inside}"
        if f"{inside}{DESCRIPTOR}" not in archive.paths:
            _refuse(shown + DESCRIPTOR, "no such file", "a file of the package", "name another package")
        for member in archive.paths:
            if not member.startswith(inside):
                continue
            try:
                _write(target, member.removeprefix(inside), archive.chunks(member, MAX_ON_DISK))
            except plain.TooLarge:
                found = f"more than {MAX_ON_DISK:,} bytes when unpacked"
                _refuse(
                    path.as_posix(), found, "a package of a bounded size", "unpack it yourself, and name the folder"
                )
            except zip_file.Damaged as error:
                _refuse(f"{path.as_posix()}/{member}", f"no readable file ({error})", "a readable file", _AGAIN)
            except DataErrors as error:
                raise DataErrors(OnDisk(target, shown).placed(error.problems)) from None
        return inside


# -- git ---------------------------------------------------------------------------------------------------------------


class NoAnswer(WrongUse):
    """Git could not answer. The message is git's own reason."""


#: Variables of git that are heeded: where it looks for a repository, and whose it may be. All others may make it answer
#: from another repository or history than that of the folder (git, section “Environment variables”).
_HEEDED = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH")
#: Nothing is fetched, no program that a repository names is run, and history is what was committed.
_ALONE = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "--no-replace-objects")
#: Seconds after which git, which answers at once, is not waited for: something on its way is a pipe, or a dead disk.
PATIENCE = 60


def git(root: Path, *arguments: str, is_list: bool = False) -> bytes | None:
    """What git prints in the folder ``root``; None when it answers that there is nothing (exit code 1).

    Raises NoAnswer when git cannot say: it is not installed, or the folder is in no repository, or in another user's;
    or when it answers ``is_list``, a list, with a warning, such as of a damaged reference that it left out.
    """
    own = {name: value for name, value in os.environ.items() if name[:4] != "GIT_" or name.startswith(_HEEDED)}
    line = ["git", *_ALONE, "-C", str(root), *arguments]
    try:
        done = subprocess.run(
            line, capture_output=True, stdin=subprocess.DEVNULL, check=False, env=own, timeout=PATIENCE
        )
    except OSError as error:
        raise NoAnswer(f"git cannot be run: {error.strerror or error}") from None
    except ValueError:
        raise NoAnswer("git cannot be asked for a name that this system cannot write (LC_ALL=C.UTF-8)") from None
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"git did not answer within {PATIENCE} s") from None
    if done.returncode == 1 and not done.stderr.strip():
        return None
    if done.returncode or (is_list and done.stderr.strip()):
        said = done.stderr.decode(errors="replace").strip().split("\n")[0] or f"exit code {done.returncode}"
        raise NoAnswer(visible(said))
    return done.stdout


#: What git calls an object: 40 hexadecimal digits (SHA-1), or 64 (SHA-256).
_ID = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64})\n?")


def resolved(root: Path, name: str) -> str | None:
    """The id that git has for a revision, or for ``REVISION:./PATH``; None if it does not exist. Raises NoAnswer."""
    found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if found is None:
        return None
    if not _ID.fullmatch(found):
        raise _nonsense("rev-parse", found)
    return found.decode().strip()


def _nonsense(command: str, found: bytes) -> NoAnswer:
    said = show(found.decode(errors="replace"), 60) if found else "nothing"
    return NoAnswer(f"git {command} answered {visible(said)}")


def _commit(name: str, root: Path) -> str:
    """The id of the commit that a name stands for. Raises WrongUse when there is none."""
    if "\0" in name:
        raise WrongUse(f"{show(name)} is neither a folder, nor a file, nor a revision of this repository")
    try:
        commit = resolved(root, f"{name}^{{commit}}")
        if commit is None and (other := resolved(root, name)):
            kind = git(root, "cat-file", "-t", other)  # fails where the commit itself is missing
            if kind == b"tag\n":  # on a commit that is missing: git says so when it is asked aloud
                git(root, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    except NoAnswer as error:
        raise WrongUse(
            f"{show(name)} is neither a folder nor a file, and git cannot say whether it is a revision: {error}"
        ) from None
    if commit is None:
        raise WrongUse(f"{show(name)} is neither a folder, nor a file, nor a revision of this repository")
    return commit


@dataclass(frozen=True)
class _Entry:
    """What a revision has at a path. ``size`` is empty where git cannot find the file."""

    path: str
    mode: int
    id: str
    size: int | None

    def read(self, root: Path) -> bytes:
        """The content of a file. Raises NoAnswer where git cannot find it."""
        return git(root, "cat-file", "blob", self.id) or b""

    def refuse_odd(self, root: Path) -> None:
        """Raise OSError for what is no plain file. A link in a revision is a file that holds the target as its text."""
        if stat.S_ISLNK(self.mode):
            target = self.read(root).decode(errors="replace")
            raise OSError(errno.ELOOP, f"a symbolic link to {show(target, 60)}", self.path)
        if stat.S_ISDIR(self.mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), self.path)
        if not stat.S_ISREG(self.mode):
            raise OSError(errno.EINVAL, "another repository", self.path)


def _entries(root: Path, *arguments: str) -> Iterator[_Entry]:
    """What ``git ls-tree`` lists, paths from the folder ``root`` on. Raises NoAnswer."""
    found = git(root, "ls-tree", "-l", "-z", *arguments) or b""
    for line in found.split(b"\0")[:-1]:
        match = re.fullmatch(rb"([0-7]{6}) [a-z]+ ([0-9a-f]+) +([0-9]+|-|BAD)\t(.+)", line, re.DOTALL)
        if match is None:
            raise _nonsense("ls-tree", line)
        size = int(match[3]) if match[3].isdigit() else None if match[3] == b"BAD" else 0
        yield _Entry(os.fsdecode(match[4]), int(match[1], 8), match[2].decode(), size)


def _from_git(name: str, root: Path) -> Fetch:
    commit = _commit(name, root)

    def fetch(path: str, limit: int) -> bytes:
        parts = PurePosixPath(path).parts
        for count in range(1, len(parts)):  # git finds nothing behind a link, and does not say why
            way = "/".join(parts[:count])
            for entry in _entries(root, commit, "--", way):
                if entry.path == way and not stat.S_ISDIR(entry.mode):
                    entry.refuse_odd(root)
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), way)
        whole = "/".join(parts)
        last = next((one for one in _entries(root, commit, "--", whole) if one.path == whole), None)
        if last is None:
            raise FileNotFoundError(path)
        last.refuse_odd(root)
        if last.size is not None and last.size > limit:
            raise plain.TooLarge(Path(path), last.size)
        return last.read(root)

    return fetch


def _lost(place: str, reason: NoAnswer) -> Problem:
    """A file of a revision that git cannot read: the repository is damaged, or was not fetched whole."""
    remedy = "see what “git fsck” says, or clone the repository again, whole"
    return Problem(Place(place), "access", f"no readable file ({reason})", "a readable file", remedy)


def _check_out(name: str, root: Path, target: Path) -> None:
    """Write the files of a package and its articles, as they are in a revision, into an empty folder."""
    commit = _commit(name, root)
    try:
        wanted = [entry for entry in _entries(root, "-r", commit) if _is_ours(entry.path)]
    except NoAnswer as error:
        raise DataErrors([_lost(name, error)]) from None
    problems = Problems()
    for entry in wanted:
        try:
            _refuse_entry(entry, root)
        except OSError as error:
            expected, remedy = "a plain file of a bounded size, with a name for all systems", "name another revision"
            problems.add(Place(f"{name}:{entry.path}"), RULE, str(error.strerror), expected, remedy)
    problems.stop_on_errors()
    if not any(entry.path == DESCRIPTOR for entry in wanted):
        _refuse(f"{name}:{DESCRIPTOR}", "no such file", "a file of the package", "name another revision")
    lost = []
    for entry in wanted:
        try:
            data = entry.read(root)
        except NoAnswer as error:
            lost.append(_lost(f"{name}:{entry.path}", error))
        else:
            _write(target, entry.path, [data])
    if lost:
        raise DataErrors(bounded(lost, SHOWN))


def _is_ours(path: str) -> bool:
    """Whether a file of a project is part of its package, or an article or sheet."""
    return ("/" not in path or path.startswith((f"{DATA}/", f"{SCHEMAS}/", f"{SEEDS}/"))) and not has_litter(path)


def _refuse_entry(entry: _Entry, root: Path) -> None:
    """Raise OSError for what is not written out."""
    if not is_inside(entry.path):
        raise OSError(errno.EINVAL, "a name that some system takes for a place elsewhere")
    entry.refuse_odd(root)
    if entry.size is not None and entry.size > MAX_BYTES:
        raise OSError(errno.EFBIG, f"a file of {entry.size:,} bytes")


def _refuse(place: str, found: str, expected: str, remedy: str, line: int = 0) -> NoReturn:
    raise DataErrors([Problem(Place(place, line), RULE, found, expected, remedy)])
