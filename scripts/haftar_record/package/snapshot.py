"""Read a package of any version as plain cells.

An older or newer version has other columns than the row models of this program, so the schemas are those
that come with the package. ``reader`` gives typed rows, of this version only.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..model.rows import row_name
from ..problems.problem import DataErrors, Problems
from . import descriptor, source
from .source import Resource, Source
from .table_file import cells_of_any_length

Cells = dict[str, str]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table: its schema as it came, and its rows by key, in the order of the file."""

    name: str
    schema: dict[str, Any]
    rows: dict[Key, Cells]

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """The fields of the schema by name."""
        return {field["name"]: field for field in self.schema["fields"]}


@dataclass(frozen=True)
class Snapshot:
    """A package as it was read. ``shown`` is how the user named it."""

    shown: str
    descriptor: dict[str, Any]
    tables: dict[str, Table]

    @property
    def version(self) -> str:
        """The version that the descriptor gives; empty when it gives none."""
        version: str = self.descriptor.get("version", "")
        return version


def read(name: str, root: Path) -> Snapshot:
    """The package that ``name`` stands for: a path, or a revision of the git repository that ``root`` is in.

    A path that exists counts as a path. Raises WrongUse when it is neither, DataErrors when it is not a package.
    """
    with source.opened(name, root) as opened:
        return _snapshot(name, opened)


def of_tag(tag: str, root: Path) -> Snapshot:
    """The package that has this tag, of the git repository that ``root`` is in."""
    with source.of_tag(tag, root) as opened:
        return _snapshot(tag, opened)


def of_folder(root: Path) -> Snapshot:
    """The package in the folder ``root``; problems name its files by their paths in the folder."""
    with source.of_folder(root) as opened:
        return _snapshot(root.as_posix(), opened)


def retired(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The retired ids that a descriptor lists, by id, each with ``since``, ``because`` and ``successors``."""
    default = {"since": "", "because": "", "successors": []}
    return {entry["id"]: default | entry for entry in content.get("retired", [])}


def _snapshot(name: str, opened: Source) -> Snapshot:
    content = descriptor.read(opened.described(), descriptor.AnyDescriptor)
    problems = Problems()
    tables: dict[str, Table] = {}
    for entry in content["resources"]:
        try:
            table = _table(opened, opened.resource(entry))
            tables[table.name] = table
        except DataErrors as error:
            problems.items += error.problems
    problems.stop_on_errors()
    return Snapshot(name, content, tables)


def _table(opened: Source, resource: Resource) -> Table:
    """One resource with its rows. Raises DataErrors when a part of it breaks the standard."""
    rows = _rows(opened, resource)
    opened.refuse_other_count(resource, len(rows))
    return Table(resource.name, resource.schema, rows)


def _key(schema: dict[str, Any], names: list[str]) -> Key:
    """The primary key; the whole row when the schema names none."""
    key = schema.get("primaryKey")
    key = [key] if isinstance(key, str) else key
    return tuple(key) if isinstance(key, list) and key and all(name in names for name in key) else tuple(names)


def _rows(opened: Source, resource: Resource) -> dict[Key, Cells]:
    """Rows by key. Line ends of any system and a byte order mark make no difference."""
    rows: dict[Key, Cells] = {}
    path, names = resource.path, resource.columns
    key, data = _key(resource.schema, names), opened.bytes(resource.path)
    try:
        with cells_of_any_length():
            # A StringIO would take four bytes for each letter.
            lines = csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline=""), strict=True)
            header = next(lines, [])
            if header != names:
                remedy = "restore the file"
                opened.refuse(path, f"the columns {', '.join(header)}", ", ".join(names), remedy, 1)
            for cells in lines:
                if len(cells) != len(names):
                    found, expected = f"{len(cells)} cells", f"{len(names)} cells"
                    opened.refuse(path, found, expected, "restore the file: it is damaged", lines.line_num)
                row = dict(zip(names, cells, strict=True))
                identity = tuple(row[column] for column in key)
                if identity in rows:
                    found = f"{row_name(identity)} twice"
                    opened.refuse(path, found, "each key once", "restore the file", lines.line_num)
                rows[identity] = row
    except (UnicodeDecodeError, csv.Error) as error:
        opened.refuse(path, f"not CSV in UTF-8 ({error})", "a CSV file as the build writes it", "restore the file")
    return rows
