"""Read a built package from disk: its descriptor and the typed rows of every table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import jsonfile, rawfile, store, tablefile
from .ledger import Rows
from .problems import Place, Problems
from .store import DATA, DESCRIPTOR
from .tables import TABLES


@dataclass
class Package:
    """A package as it is on disk. ``rows`` has every table in the order of ``tables.TABLES``, each sorted by its key."""

    root: Path
    descriptor: dict[str, Any]
    rows: Rows


def read(root: Path) -> Package:
    """The package in the folder ``root``. Raises DataErrors with every problem when it cannot be read."""
    problems = Problems()
    rows: Rows = {}
    with store.steady(root):
        for model in TABLES:
            path = f"{DATA}/{model.TABLE}.csv"
            if (data := _bytes(root, path, tablefile.MAX_BYTES, problems)) is not None:
                rows[model.TABLE] = tablefile.read(model, data, path, problems).rows
        descriptor = _descriptor(root, problems)
        problems.stop_on_errors()
    return Package(root, descriptor, rows)


def _descriptor(root: Path, problems: Problems) -> dict[str, Any]:
    """The descriptor; empty, with the problem noted, when there is none."""
    data = _bytes(root, DESCRIPTOR, jsonfile.MAX_BYTES, problems)
    found = jsonfile.read(data, DESCRIPTOR, problems, tablefile.REBUILD) if data is not None else None
    if found is None:
        return {}
    if not isinstance(found.content, dict):
        problems.add(Place(DESCRIPTOR, 1), "json", "no object", "the object of a data package", tablefile.REBUILD)
        return {}
    return found.content


def _bytes(root: Path, path: str, limit: int, problems: Problems) -> bytes | None:
    try:
        return rawfile.read(root / path, limit)
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        problems.add(Place(path), "missing-file", found, "a file of the package", "run “haftar-record build”")
        return None
