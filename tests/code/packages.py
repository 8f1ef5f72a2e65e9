"""Packages in memory, and copies of the project's package with something changed, for tests of releases."""

from __future__ import annotations

import copy
import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from haftar_record.package import snapshot
from haftar_record.package.snapshot import Snapshot, Table

from ..conftest import ROOT


@cache
def _read() -> Snapshot:
    """The package of the project as version 0.1.0, whatever its version is by now."""
    found = released(snapshot.of_folder(ROOT), "0.1.0", "2026-11-22T00:00:00Z")
    found.descriptor.pop("retired", None)
    return found


def base() -> Snapshot:
    """The package of the project, to be changed at will."""
    return copy.deepcopy(_read())


def released(package: Snapshot, version: str, created: str = "2027-01-01T00:00:00Z") -> Snapshot:
    """The same package as another release."""
    return replace(package, descriptor=package.descriptor | {"version": version, "created": created})


def field(package: Snapshot, table: str, column: str) -> dict[str, Any]:
    return package.tables[table].fields[column]


def remove(package: Snapshot, table: str, identity: str) -> None:
    del package.tables[table].rows[(identity,)]


def add(package: Snapshot, table: str, like: str, identity: str, **cells: str) -> None:
    """A row like another one, under another id."""
    row = package.tables[table].rows[(like,)]
    package.tables[table].rows[(identity,)] = row | {next(iter(row)): identity} | cells


def keep_article(package: Snapshot, *documents: str) -> Snapshot:
    """The package with these articles only, and the registers as they are."""
    tables = {
        name: Table(name, table.schema, {k: r for k, r in table.rows.items() if r.get("document_id", documents[0]) in documents})
        for name, table in package.tables.items()
    }  # fmt: skip
    return replace(package, tables=tables)


def folder(path: Path) -> Path:
    """The project's package in a folder of its own, to be broken."""
    for name in ("datapackage", "schemas"):
        shutil.copytree(ROOT / name, path / name)
    shutil.copy(ROOT / "datapackage.json", path)
    return path


def describe(path: Path, **changes: Any) -> None:
    """Change the descriptor of a package on disk."""
    file = path / "datapackage.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")
