"""Read a built package from disk: its descriptor and the typed rows of every table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import tablefile
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
    for model in TABLES:
        path = f"{DATA}/{model.TABLE}.csv"
        if (data := _bytes(root, path, problems)) is not None:
            rows[model.TABLE] = tablefile.read(model, data, path, problems).rows
    descriptor = _bytes(root, DESCRIPTOR, problems)
    problems.stop_on_errors()
    try:
        return Package(root, json.loads(descriptor), rows)
    except ValueError as error:
        problems.add(Place(DESCRIPTOR), "json", str(error), "JSON", "run “haftar-record build”")
    problems.stop_on_errors()
    raise AssertionError


def _bytes(root: Path, path: str, problems: Problems) -> bytes | None:
    try:
        return (root / path).read_bytes()
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        problems.add(Place(path), "missing-file", found, "a file of the package", "run “haftar-record build”")
        return None
