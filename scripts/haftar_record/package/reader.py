"""Read a built package back from disk: its descriptor and the typed rows of every table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..files.layout import DESCRIPTOR, data_path
from ..model.rows import Row, Rows
from ..model.tables import TABLES
from ..problems.problem import DataErrors, Place, Problem, Problems
from . import snapshot, store


@dataclass
class Package:
    """A package as it is on disk. ``rows`` has every table in the order of ``tables.TABLES``, each sorted by its key."""

    root: Path
    descriptor: dict[str, Any]
    rows: Rows


def read(root: Path) -> Package:
    """The package in the folder ``root``. Raises DataErrors with every problem when it cannot be read."""
    with store.steady(root):
        found = snapshot.of_folder(root)
    problems = Problems()
    if not any(model.TABLE in found.tables for model in TABLES):
        told, expected = f"a package with {', '.join(found.tables)}", "a package of the Haftar Record"
        raise DataErrors([Problem(Place(DESCRIPTOR), "other-package", told, expected, "name its folder by --root")])
    for model in TABLES:
        columns = list(found.tables[model.TABLE].fields) if model.TABLE in found.tables else []
        if columns != list(model.model_fields):
            told = f"{model.TABLE} with the columns {', '.join(columns)}" if columns else f"no table {model.TABLE}"
            expected = f"{model.TABLE} with the columns {', '.join(model.model_fields)}"
            remedy = "use the release of haftar-record that made the package, or build it anew"
            problems.add(Place(DESCRIPTOR), "other-version", told, expected, remedy)
    problems.stop_on_errors()
    rows = {model.TABLE: _rows(model, found.tables[model.TABLE], problems) for model in TABLES}
    problems.stop_on_errors()
    return Package(root, found.descriptor, rows)


def _rows(model: type[Row], table: snapshot.Table, problems: Problems) -> list[Row]:
    found = []
    for cells in table.rows.values():
        try:
            found.append(model.from_cells(cells))
        except ValueError as error:
            told = f"{', '.join(cells[name] for name in model.KEY)}: {' '.join(str(error).split()[:40])}"
            place = Place(data_path(model.TABLE))
            problems.add(place, "cell", told, f"a row of {model.TABLE}", "run “haftar-record build”")
    return found
