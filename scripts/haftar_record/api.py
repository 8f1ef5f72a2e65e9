"""What programs may use: all of it is named in ``haftar_record`` itself and described in docs/python-api.md.

Every other module is private: it may change in any release without notice.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from . import export
from .export import NotInstalled
from .model import tables
from .model.index import Index
from .model.rows import Row
from .package import reader, snapshot, source, store
from .problems.problem import DataErrors, Place, Problem, Problems, WrongUse
from .problems.wording import show

__all__ = [
    "FORMATS",
    "DataErrors",
    "NotInstalled",
    "Package",
    "Place",
    "Problem",
    "Row",
    "WrongUse",
    "read",
    "tables",
    "validate",
]

R = TypeVar("R", bound=Row)

#: Names of the formats that ``Package.export`` writes.
FORMATS: tuple[str, ...] = tuple(export.FORMATS)


class Package(Mapping[str, Row]):
    """A package that was read: every row by its id, in the order of the tables.

    The id is the one that the site, messages and ``haftar-record show`` print. When the key of a table has several
    columns, the id joins them with dots: ``act.deny``.
    """

    def __init__(self, content: reader.Package):
        self._content = content
        self._index = Index(content.rows)

    def __repr__(self) -> str:
        return f"<Package {self.version}, {len(self)} rows>"

    @property
    def descriptor(self) -> dict[str, Any]:
        """The content of ``datapackage.json``."""
        return self._content.descriptor

    @property
    def version(self) -> str:
        """The version of the data, such as ``0.1.0``."""
        return str(self.descriptor["version"])

    def __getitem__(self, identity: str) -> Row:
        """The row with this id. Raises KeyError; for a retired id, the message says what took its place."""
        try:
            return self._index.by_name[identity]
        except KeyError:
            gone = snapshot.retired(self.descriptor).get(identity)
            successors = ", ".join(gone["successors"]) if gone else ""
            fate = f"; it was retired in {gone['since']}, and {successors or 'nothing'} took its place" if gone else ""
            raise KeyError(f"no row with the id {show(str(identity), 80)}{fate}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.by_name)

    def __len__(self) -> int:
        return len(self._index.by_name)

    def rows(self, model: type[R]) -> list[R]:
        """The rows of one table, sorted by key, as instances of its row model."""
        return list(self._index[model])

    def row(self, model: type[R], identity: str) -> R:
        """The row with this id in one table. Raises KeyError when the table has none."""
        found = self[identity]
        if not isinstance(found, model):
            raise KeyError(f"no row of {model.TABLE} with the id {show(identity, 80)}: it is a row of {found.TABLE}")
        return found

    def evidence(self, row: Row | str) -> list[tables.Evidence]:
        """The passages that a row, or the row with this id, rests on, by article and offset.

        An event rests on the passages of its reports and of the roles in it. A row without passages, such as a place,
        has none. Raises KeyError for an id that no row has.
        """
        return self._index.evidence_of(self[row] if isinstance(row, str) else row)

    def export(self, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
        """Write the package in other formats into a folder; returns the files, ``SHA256SUMS`` last.

        The package is not checked first: see ``validate``. A format may need files of the project (its licences), which
        are read from the folder of the package. Raises WrongUse for a format that does not exist, NotInstalled for one
        whose library is missing, and DataErrors when a file cannot be read, or when a file that no export wrote is in
        the way. A folder of a project takes no exports, unless it is new, empty, or holds some already: WrongUse.
        """
        if isinstance(formats, (str, bytes)) or not isinstance(formats, Iterable):
            raise WrongUse(f"the formats {show(str(formats), 60)} are no list of names: give one, such as [“zip”]")
        wanted = list(formats)
        if unknown := [name for name in wanted if name not in FORMATS]:
            raise WrongUse(
                f"no format {', '.join(show(str(name), 60) for name in unknown)}: the formats are {', '.join(FORMATS)}"
            )
        output = store.export_folder(_name(folder))
        files = export.render(self._content, export.load(wanted))
        store.export(output, files)
        return [output / path for path in files]


def read(package: str | Path = ".", *, project: str | Path = ".") -> Package:
    """Read a package: its folder, its ``datapackage.json``, a release zip, or a revision of git such as ``v0.1.0``.

    A revision is looked for in the repository that ``project`` is in. The package has to be of the version of the
    schema that this program knows. Raises DataErrors with every problem when it cannot be read, and WrongUse when there
    is no such package.
    """
    return Package(reader.read(_name(package), Path(_name(project))))


def _name(path: str | Path) -> str:
    """The name of a file or folder. Raises WrongUse for what can be none."""
    if not isinstance(path, (str, Path)):
        raise WrongUse(f"{show(repr(path), 60)} names no file: a package is named by a text or a Path")
    try:
        if b"\0" in os.fsencode(path):
            raise ValueError
    except ValueError:  # no system has a name with NUL or with half a surrogate pair
        raise WrongUse(f"{show(str(path), 60)} cannot be the name of a file or a revision") from None
    return str(path)


def validate(
    package: str | Path = ".",
    *,
    project: str | Path = ".",
    engine: Literal["auto", "rows", "columnar"] = "auto",
    memory: str | None = None,
) -> list[Problem]:
    """Check a package by itself, as ``haftar-record validate`` does; returns every problem, by place.

    It is named as for ``read``. A list without a problem of severity ``error`` means that it is sound. ``engine`` is
    how it is read: ``rows`` one by one; ``columnar`` with DuckDB, in bounded memory (``memory``, such as ``4GB``);
    ``auto`` decides by its size. Raises WrongUse when there is no package, and NotInstalled when the columnar engine
    needs DuckDB and it is missing.
    """
    from .checks import engines

    engines.refuse(engine, memory)
    try:
        with source.on_disk(_name(package), Path(_name(project))) as found:
            return found.placed(_problems(found, engine, memory))
    except DataErrors as error:  # the package could not even be unpacked
        return error.problems


def _problems(package: source.OnDisk, engine: str, memory: str | None) -> list[Problem]:
    from .checks import on_disk, stock

    problems = Problems()
    try:
        if engine == "columnar" or (engine == "auto" and on_disk.is_large(package.root)):
            on_disk.check_large(package.root, problems, memory=memory, advice=package.remedy)
        else:
            on_disk.check(package.root, problems, advice=package.remedy)
            problems.stop_on_errors()
            stock.stock(package.root, problems, package.remedy)
    except DataErrors as error:
        problems.items += error.problems
    except ModuleNotFoundError as error:
        raise NotInstalled(f"the columnar engine needs {error.name}: pip install 'haftar-record[fast]'") from None
    return problems.sorted
