"""Read a built package back: its descriptor and the typed rows of every table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ..files.json_file import Json
from ..files.layout import CODING, Files
from ..model.rows import Row, Rows
from ..model.tables import BY_NAME, TABLES
from ..problems.problem import DataErrors, Place, Problem, Problems
from . import descriptor, render, source, table_file
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
    #: Opens again what the package was read from.
    reopen: Callable[[], AbstractContextManager[Source]]

    def files(self, paths: Iterable[str]) -> Files:
        """Files of the package, from where it was read. Raises DataErrors when one of them cannot be read."""
        with self.reopen() as opened:
            return {path: opened.bytes(path) for path in paths}

    def tables(self) -> Files:
        """The CSV files of all tables by path, as a build writes them, whatever a transfer made of their line ends.

        Raises DataErrors for those that the descriptor does not vouch for: nobody could check such an export.
        """
        problems, files = Problems(), Files()
        for resource in self.descriptor["resources"]:
            path, told = resource["path"], resource.get("hash")
            files[path] = render.csv_bytes(BY_NAME[resource["name"]], self.rows[resource["name"]])
            if (found := f"sha256:{hashlib.sha256(files[path]).hexdigest()}") != told:
                remedy = "see what “haftar-record validate” says of the package"
                problems.add(Place(path), "hash-count", f"{found[:19]}…", f"{str(told)[:19]}…", remedy)
        problems.stop_on_errors()
        return files


def read(package: Path | str, root: Path | None = None) -> Package:
    """The package in a folder, or the one that a name leads to: a folder, a datapackage.json, a zip, a revision.

    A ``Path`` is a folder. A name is looked up as ``source.opened`` does; ``root`` is the project in whose repository a
    revision is (default: the working folder). Raises DataErrors with every problem, each at its line and column, when
    it cannot be read, and WrongUse when there is no such package.
    """
    if isinstance(package, Path):
        return _read(partial(source.of_folder, package), package, table_file.REBUILD)
    path, project = Path(package), root or Path()
    reopen = partial(source.opened, package, project)
    folder = path.parent if path.suffix == ".json" and source.has_file(path) else path
    is_built = source.has_folder(folder / CODING)
    return _read(reopen, folder if source.has_folder(folder) else project, table_file.REBUILD if is_built else _RESTORE)


_RESTORE = "restore the file from the release, or name another package"


def _read(reopen: Callable[[], AbstractContextManager[Source]], root: Path, remedy: str) -> Package:
    with reopen() as opened:
        described = opened.described()
        return Package(root, described.content, _all_rows(opened, described, remedy), reopen)


def _all_rows(opened: Source, described: Json, remedy: str) -> Rows:
    """The rows of all tables. Raises DataErrors with the problems of the descriptor and of every table."""
    resources, problems = {}, Problems()
    for entry in described.content["resources"]:
        try:
            resource = opened.resource(entry)
            resources[resource.name] = resource
        except DataErrors as error:
            problems.items += error.problems
    problems.stop_on_errors()
    _refuse_other(opened, resources, problems)
    problems.stop_on_errors()
    rows: Rows = {}
    try:
        descriptor.read(described)
    except DataErrors as error:
        problems.items += error.problems
    for model in TABLES:
        try:
            rows[model.TABLE] = _rows(opened, model, resources[model.TABLE], remedy)
        except DataErrors as error:
            problems.items += error.problems
    problems.stop_on_errors()
    return rows


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


def _rows(opened: Source, model: type[Row], resource: Resource, remedy: str) -> list[Row]:
    """The rows of one table, sorted by key. Raises DataErrors when one of them cannot be read."""
    problems = Problems()
    table = table_file.read(model, opened.bytes(resource.path), opened.shown + resource.path, problems, remedy)
    if wrong := [problem for problem in problems.items if problem.rule not in _READABLE]:
        raise DataErrors(wrong)
    opened.refuse_other_count(resource, len(table.rows))
    return sorted(table.rows, key=lambda row: row.id)
