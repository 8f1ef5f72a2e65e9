"""Where the files of a package are read from: a folder, a descriptor, a zip or a revision of git.

Nothing is unpacked, nothing is fetched, and no symbolic link in a package is followed.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from ..files import folder, json_file, plain
from ..files.json_file import Json
from ..files.layout import DESCRIPTOR, is_inside
from ..problems.problem import DataErrors, Place, Problem, Problems, WrongUse
from ..problems.wording import show, visible
from . import store

#: No file of a package is nearly as large; a larger one is refused before it is read.
MAX_BYTES = 100_000_000
RULE = "package"

#: Reads one file of a package by its path. Raises FileNotFoundError, or OSError with what is wrong with it.
Fetch = Callable[[str], bytes]


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

    def refuse(self, path: str, found: str, expected: str, remedy: str, line: int = 0) -> NoReturn:
        """Raise the problem that a file has."""
        _refuse(self.shown + path, found, expected, remedy, line)

    def bytes(self, path: str) -> bytes:
        """The content of a file."""
        try:
            return self.fetch(path)
        except (FileNotFoundError, NotADirectoryError) as error:
            at = folder.part(path, error)
            found = "no such file" if at == path else "no such folder"
            self.refuse(at, found, "a file of the package", "restore it, or name another package")
        except plain.TooLarge as error:
            found = f"a file of {error.size:,} bytes; at most {MAX_BYTES:,} are read"
            self.refuse(path, found, "a readable file", "restore it")
        except OSError as error:
            if said := folder.trouble(path, error):
                raise DataErrors([replace(said, place=Place(self.shown + said.place.file))]) from None
            at = folder.part(path, error)
            what = "file" if at == path else "folder"
            found = f"no readable {what} ({error.strerror or error})"
            self.refuse(at, found, f"a readable {what}", "restore it, or make it readable")

    def json(self, path: str) -> Json:
        """A JSON file that holds an object; a byte order mark, which some editors leave, makes no difference."""
        data, problems = self.bytes(path).removeprefix(codecs.BOM_UTF8), Problems()
        found = json_file.read(data, self.shown + path, problems, "restore the file", MAX_BYTES)
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
    if name and plain.is_folder(path):
        with of_folder(path, "" if name == "." else f"{path.as_posix()}/") as source:
            yield source
    elif plain.is_file(path) and path.suffix == ".json":
        shown = "" if path.parent == Path() else f"{path.parent.as_posix()}/"
        with of_folder(path.parent, shown, path.name) as source:
            yield source
    elif plain.is_file(path):
        with _zip(path) as archive:
            yield Source(f"{path.as_posix()}/", _from_zip(archive, path.as_posix()))
    else:
        yield Source(f"{name}:", _from_git(name, root))


@contextlib.contextmanager
def of_tag(tag: str, root: Path) -> Iterator[Source]:
    """The package that has this tag in the repository that ``root`` is in, whatever else is called so."""
    yield Source(f"{tag}:", _from_git(f"refs/tags/{tag}", root))


@contextlib.contextmanager
def of_folder(root: Path, shown: str = "", descriptor: str = DESCRIPTOR) -> Iterator[Source]:
    """The package in the folder ``root``, all of it from one build."""

    def fetch(path: str) -> bytes:
        return folder.read(root, PurePosixPath(path).as_posix(), MAX_BYTES)

    with store.consistent_read(root):
        yield Source(shown, fetch, descriptor)


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        expected = "a package: a folder, a datapackage.json or a release zip"
        _refuse(
            path.as_posix(),
            f"not a zip, or a damaged one ({error})",
            expected,
            "name another file, or download it again",
        )
    except OSError as error:
        _refuse(path.as_posix(), f"no readable file ({error.strerror or error})", "a readable file", "restore it")


def _from_zip(archive: zipfile.ZipFile, shown: str) -> Fetch:
    """The files of a zip whose package lies at its top or in its only folder."""
    names = archive.namelist()
    if strange := next((name for name in names if not is_inside(name)), None):
        _refuse(shown, f"the member {show(strange)}", "members inside the zip", "do not unpack it; download it again")
    tops = {parts[0] for name in names if (parts := PurePosixPath(name).parts)}
    inside = "" if DESCRIPTOR in names else f"{tops.pop()}/" if len(tops) == 1 else ""

    def fetch(path: str) -> bytes:
        try:
            member = archive.getinfo(inside + path)
        except KeyError:
            raise FileNotFoundError(path) from None
        _refuse_size(member.file_size)
        try:
            return archive.read(member)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise OSError(f"cannot be unpacked: {error}") from None

    return fetch


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
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"git did not answer within {PATIENCE} s") from None
    if done.returncode == 1 and not done.stderr.strip():
        return None
    if done.returncode or (is_list and done.stderr.strip()):
        said = done.stderr.decode(errors="replace").strip().split("\n")[0] or f"exit code {done.returncode}"
        raise NoAnswer(visible(said))
    return done.stdout


def resolved(root: Path, name: str) -> str | None:
    """The id that git has for a revision, or for ``REVISION:./PATH``; None if it does not exist. Raises NoAnswer."""
    found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return None if found is None else found.decode().strip()


def _from_git(name: str, root: Path) -> Fetch:
    try:
        commit = resolved(root, f"{name}^{{commit}}")
    except NoAnswer as error:
        raise WrongUse(
            f"{show(name)} is neither a folder nor a file, and git cannot say whether it is a revision: {error}"
        ) from None
    if commit is None:
        raise WrongUse(f"{show(name)} is neither a folder, nor a file, nor a revision of this repository")

    def fetch(path: str) -> bytes:
        blob = resolved(root, f"{commit}:./{path}")
        if blob is None:
            raise FileNotFoundError(path)
        _refuse_size(int(git(root, "cat-file", "-s", blob) or 0))
        return git(root, "cat-file", "blob", blob) or b""

    return fetch


def _refuse_size(size: int) -> None:
    if size > MAX_BYTES:
        raise plain.TooLarge(Path(), size)


def _refuse(place: str, found: str, expected: str, remedy: str, line: int = 0) -> NoReturn:
    raise DataErrors([Problem(Place(place, line), RULE, found, expected, remedy)])
