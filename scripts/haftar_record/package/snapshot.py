"""Read a package of any version as plain cells: from a folder, a descriptor, a zip or a revision of git.

An older or newer version has other columns than the row models of this program, so the schemas that the package
brings along are taken for what they are. Nothing is unpacked, nothing is fetched.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from ..files import plain
from ..files.layout import DESCRIPTOR, is_inside
from ..model.rows import row_name
from ..problems.problem import DataErrors, Place, Problem, Problems, WrongUse
from ..problems.wording import show

#: No file of a package comes near it; a larger one is refused before it is read.
MAX_BYTES = 100_000_000
RULE = "package"

Cells = dict[str, str]
Key = tuple[str, ...]
#: Reads one file of a package by its path. Raises FileNotFoundError, or OSError with what is wrong with it.
Fetch = Callable[[str], bytes]


@dataclass(frozen=True)
class Source:
    """Where the files of a package are read from. ``shown`` stands before their paths in messages."""

    shown: str
    fetch: Fetch
    descriptor: str = DESCRIPTOR

    def refuse(self, path: str, found: str, expected: str, remedy: str, line: int = 0) -> NoReturn:
        _refuse(self.shown + path, found, expected, remedy, line)

    def bytes(self, path: str) -> bytes:
        try:
            return self.fetch(path)
        except (FileNotFoundError, NotADirectoryError):
            self.refuse(path, "no such file", "a file of the package", "restore it, or name another package")
        except plain.TooLarge as error:
            found = f"a file that has {error.size:,} bytes, and {MAX_BYTES:,} are the most that is read"
            self.refuse(path, found, "a readable file", "restore it")
        except OSError as error:
            self.refuse(path, f"a file that {error.strerror or error}", "a readable file", "restore it")

    def json(self, path: str) -> dict[str, Any]:
        try:
            content = json.loads(self.bytes(path).decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            self.refuse(path, f"no JSON ({str(error)[:80]})", "a JSON object", "restore the file")
        if not isinstance(content, dict):
            self.refuse(path, f"a {type(content).__name__}", "a JSON object", "restore the file")
        return content


@dataclass(frozen=True)
class Table:
    """One table: its schema as it came, and its rows by key, in the order of the file."""

    name: str
    schema: dict[str, Any]
    rows: dict[Key, Cells]

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        return {field["name"]: field for field in self.schema["fields"]}


@dataclass(frozen=True)
class Snapshot:
    """A package as it was read. ``shown`` is how the user named it."""

    shown: str
    descriptor: dict[str, Any]
    tables: dict[str, Table]

    @property
    def version(self) -> str:
        return str(self.descriptor.get("version", ""))


def read(name: str, root: Path) -> Snapshot:
    """The package called ``name``: a path, or a revision of the git repository that ``root`` is in.

    A path that exists is taken for a path. Raises WrongUse when it is neither, DataErrors when it is no package.
    """
    with _opened(name, root) as source:
        return _snapshot(name, source)


def of_folder(root: Path) -> Snapshot:
    """The package in the folder ``root``; problems name its files by their paths in the folder."""
    return _snapshot(root.as_posix(), Source("", _from_folder(root)))


def retired(descriptor: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The retired ids that a descriptor tells of, by id, each with ``since``, ``because`` and ``successors``."""
    entries = descriptor.get("retired")
    sound = (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    return {str(entry.get("id")): {"since": "", "because": "", "successors": []} | entry for entry in sound}


@contextlib.contextmanager
def _opened(name: str, root: Path) -> Iterator[Source]:
    path = Path(name)
    if name and os.path.isdir(path):  # not Path.is_dir, which raises for a name that is too long
        yield Source("" if name == "." else f"{path.as_posix()}/", _from_folder(path))
    elif os.path.isfile(path) and path.suffix == ".json":
        folder = "" if path.parent == Path() else f"{path.parent.as_posix()}/"
        yield Source(folder, _from_folder(path.parent), path.name)
    elif os.path.isfile(path):
        with _zip(path) as archive:
            yield Source(f"{path.as_posix()}/", _from_zip(archive, path.as_posix()))
    else:
        yield Source(f"{name}:", _from_git(name, root))


def _from_folder(folder: Path) -> Fetch:
    def fetch(path: str) -> bytes:
        return plain.read(folder / path, MAX_BYTES)

    return fetch


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        expected = "a package: a folder, a datapackage.json or a release zip"
        _refuse(path.as_posix(), f"no zip, or a torn one ({error})", expected, "name another file, or fetch it again")


def _from_zip(archive: zipfile.ZipFile, shown: str) -> Fetch:
    """The files of a zip whose package lies at its top or in its only folder."""
    names = archive.namelist()
    if strange := next((name for name in names if not is_inside(name)), None):
        _refuse(shown, f"the member {show(strange)}", "members inside the zip", "do not unpack it; fetch it again")
    tops = {PurePosixPath(name).parts[0] for name in names}
    folder = "" if DESCRIPTOR in names else f"{tops.pop()}/" if len(tops) == 1 else ""

    def fetch(path: str) -> bytes:
        try:
            member = archive.getinfo(folder + path)
        except KeyError:
            raise FileNotFoundError(path) from None
        _refuse_size(member.file_size)
        try:
            return archive.read(member)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise OSError(f"cannot be unpacked ({error})") from None

    return fetch


def _from_git(name: str, root: Path) -> Fetch:
    commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if commit is None:
        raise WrongUse(f"{show(name)} is no folder, no file, and no revision of this repository")
    revision = commit.decode().strip()

    def fetch(path: str) -> bytes:
        size = git(root, "cat-file", "-s", f"{revision}:./{path}")
        if size is None:
            raise FileNotFoundError(path)
        _refuse_size(int(size))
        return git(root, "cat-file", "blob", f"{revision}:./{path}") or b""

    return fetch


def git(root: Path, *arguments: str) -> bytes | None:
    """What git prints in the folder ``root``; None when it fails or is not installed."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _refuse_size(size: int) -> None:
    if size > MAX_BYTES:
        raise plain.TooLarge(Path(), size)


def _refuse(place: str, found: str, expected: str, remedy: str, line: int = 0) -> NoReturn:
    raise DataErrors([Problem(Place(place, line), RULE, found, expected, remedy)])


def _snapshot(name: str, source: Source) -> Snapshot:
    descriptor = source.json(source.descriptor)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        expected = "the descriptor of a data package"
        source.refuse(source.descriptor, "no list of resources", expected, "name another file")
    problems = Problems()
    tables: dict[str, Table] = {}
    for resource in resources:
        try:
            table = _table(resource, source)
            tables[table.name] = table
        except DataErrors as error:
            problems.items += error.problems
    problems.stop_on_errors()
    return Snapshot(name, descriptor, tables)


def _table(resource: Any, source: Source) -> Table:
    """One resource with its schema and rows; DataErrors when a part of it is not as the standard has it."""
    resource = resource if isinstance(resource, dict) else {}
    name, path, schema = resource.get("name"), resource.get("path"), resource.get("schema")
    if not isinstance(name, str) or not is_inside(path):
        found = f"a resource with name {name!r} and path {path!r}"
        source.refuse(source.descriptor, found, "a name, and one path inside the package", "correct it")
    if is_inside(schema):
        schema = source.json(schema)
    fields = schema.get("fields") if isinstance(schema, dict) else None
    names = [field.get("name") for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []
    if not names or len(names) != len(fields) or len({n for n in names if isinstance(n, str)}) != len(fields):
        expected = "a Table Schema with named fields"
        source.refuse(source.descriptor, f"no sound schema of {name}", expected, "correct it")
    rows = _rows(source.bytes(path), names, _key(schema, names), source.shown + path)
    if isinstance(count := resource.get("rows"), int) and count != len(rows):
        source.refuse(path, f"{len(rows)} rows", f"{count} rows, as {source.descriptor} says", "restore the file")
    return Table(name, schema, rows)


def _key(schema: dict[str, Any], names: list[str]) -> Key:
    """The primary key; the whole row where the schema names none."""
    key = schema.get("primaryKey")
    key = [key] if isinstance(key, str) else key
    return tuple(key) if isinstance(key, list) and key and all(name in names for name in key) else tuple(names)


def _rows(data: bytes, names: list[str], key: Key, place: str) -> dict[Key, Cells]:
    """Rows by key. Line ends of any system and a byte order mark are no difference."""
    rows: dict[Key, Cells] = {}
    try:
        lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        header = next(lines, [])
        if header != names:
            _refuse(place, f"the columns {', '.join(header)}", ", ".join(names), "restore the file, or build", 1)
        for cells in lines:
            if len(cells) != len(names):
                found, expected = f"{len(cells)} cells", f"{len(names)} cells"
                _refuse(place, found, expected, "restore the file: it is torn", lines.line_num)
            row = dict(zip(names, cells, strict=True))
            identity = tuple(row[column] for column in key)
            if identity in rows:
                _refuse(place, f"{row_name(identity)} twice", "each key once", "restore the file", lines.line_num)
            rows[identity] = row
    except (UnicodeDecodeError, csv.Error) as error:
        _refuse(place, f"no CSV in UTF-8 ({error})", "a CSV file as the build writes it", "restore the file")
    return rows
