"""Read a built package from disk: its descriptor and the typed rows of every table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .ledger import Rows
from .problems import Place, Problems
from .store import DATA, DESCRIPTOR
from .tables import TABLES, Row


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
        rows[model.TABLE] = _rows(model, (root / path).read_bytes(), path, problems)
    problems.stop_on_errors()
    return Package(root, json.loads((root / DESCRIPTOR).read_bytes()), rows)


def _rows(model: type[Row], data: bytes, path: str, problems: Problems) -> list[Row]:
    lines = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
    header = next(lines)
    found = []
    for cells in lines:
        try:
            found.append(model.from_cells(dict(zip(header, cells, strict=True))))
        except ValueError as error:
            problems.add(Place(path, lines.line_num), "cell", str(error), model.TITLE, "run “haftar-record build”")
    return found
