"""Read a built package back: its descriptor and the typed rows of every table."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..files import plain
from ..files.layout import CODING, TEXTS, Files
from ..model.rows import Row, Rows
from ..model.tables import TABLES
from ..problems.problem import DataErrors, Place, Problem, Problems
from . import source, table_file
from .source import Resource, Source

#: Faults that lose no row of a table: an editor or a transfer caused them, or there are no rows.
_READABLE = {"byte-order-mark", "line-ending", "canonical-form", "row-order", "empty-table"}


@dataclass
class Package:
    """A package as it was read.

    ``rows`` has every table in the order of ``tables.TABLES``, each sorted by its key. ``root`` is the folder that the
    package lies in, which may also hold articles and licences; for a zip or a revision, that of the project.
    """

    root: Path
    descriptor: dict[str, Any]
    rows: Rows
    #: The bytes of the tables, and of the texts that a release has beside them, from where the package was read.
    files: Files = field(default_factory=dict)
    #: Why a text of a release could not be read.
    lacking: dict[str, list[Problem]] = field(default_factory=dict)

    def file(self, path: str) -> bytes:
        """A table, or a text of the release, as it was read. Raises DataErrors when it could not be."""
        if path not in self.files:
            place, remedy = Place(path), "restore it; no release is published without it"
            found = self.lacking[path][0].found if path in self.lacking else "no such file"
            raise DataErrors([Problem(place, "release", found, "a file of the project", remedy)])
        return self.files[path]


def read(package: Path | str, root: Path | None = None) -> Package:
    """The package in a folder, or the one that a name leads to: a folder, a datapackage.json, a zip, a revision.

    A ``Path`` is a folder. A name is looked up as ``source.opened`` does; ``root`` is the project in whose repository a
    revision is (default: the working folder). Raises DataErrors with every problem, each at its line and column, when
    it cannot be read, and WrongUse when there is no such package.
    """
    if isinstance(package, Path):
        with source.of_folder(package) as opened:
            return _read(opened, package, table_file.REBUILD)
    path, project = Path(package), root or Path()
    with source.opened(package, project) as opened:
        folder = path.parent if path.suffix == ".json" and plain.is_file(path) else path
        is_built = plain.is_folder(folder / CODING)
        return _read(
            opened, folder if plain.is_folder(folder) else project, table_file.REBUILD if is_built else _RESTORE
        )


_RESTORE = "restore the file from the release, or name another package"


def _read(opened: Source, root: Path, remedy: str) -> Package:
    descriptor, entries = opened.described()
    resources, problems = {}, Problems()
    for entry in entries:
        try:
            resource = opened.resource(entry)
            resources[resource.name] = resource
        except DataErrors as error:
            problems.items += error.problems
    problems.stop_on_errors()
    _refuse_other(opened, resources, problems)
    problems.stop_on_errors()
    found = Package(root, descriptor, {})
    for model in TABLES:
        resource = resources[model.TABLE]
        try:
            data = found.files[resource.path] = opened.bytes(resource.path)
            found.rows[model.TABLE] = _rows(opened, model, resource, data, remedy)
        except DataErrors as error:
            problems.items += error.problems
    problems.stop_on_errors()
    for path in TEXTS:
        try:
            found.files[path] = opened.bytes(path)
        except DataErrors as error:
            found.lacking[path] = error.problems
    return found


def _refuse_other(opened: Source, resources: dict[str, Resource], problems: Problems) -> None:
    """Note which tables have other columns than this program knows."""
    place = Place(opened.shown + opened.descriptor)
    if not any(model.TABLE in resources for model in TABLES):
        told, expected = f"a package with {', '.join(resources)}", "a package of the Haftar Record"
        raise DataErrors([Problem(place, "other-package", told, expected, "name its folder with --root")])
    for model in TABLES:
        columns = resources[model.TABLE].columns if model.TABLE in resources else []
        if columns != list(model.model_fields):
            told = f"{model.TABLE} with the columns {', '.join(columns)}" if columns else f"no table {model.TABLE}"
            expected = f"{model.TABLE} with the columns {', '.join(model.model_fields)}"
            remedy = "use the release of haftar-record that made the package, or rebuild it"
            problems.add(place, "other-version", told, expected, remedy)


def _rows(opened: Source, model: type[Row], resource: Resource, data: bytes, remedy: str) -> list[Row]:
    """The rows of one table, sorted by key. Raises DataErrors when one of them cannot be read."""
    problems = Problems()
    table = table_file.read(model, data, opened.shown + resource.path, problems, remedy)
    if wrong := [problem for problem in problems.items if problem.rule not in _READABLE]:
        raise DataErrors(wrong)
    opened.refuse_other_count(resource, len(table.rows))
    return sorted(table.rows, key=lambda row: row.id)
