"""Validate the package with stock frictionless, the plugin of this project switched off."""

from __future__ import annotations

import contextlib
from pathlib import Path

from ..files.layout import DESCRIPTOR
from ..package import store
from ..package.table_file import REBUILD
from ..problems.problem import DataErrors, Place, Problems
from ..problems.wording import show


def stock(root: Path, problems: Problems, advice: str = "") -> bool:
    """Validate with stock frictionless, if it is installed; whether it was.

    ``advice`` is what to do about its errors, where that is not to build the package again.
    """
    advice = advice or REBUILD
    try:
        from frictionless import Package, system

        from . import frictionless_plugin
    except ImportError:
        return False
    try:
        # From inside the folder, because frictionless takes “*” and “[” in a path for a pattern.
        with (
            store.consistent_read(root),
            frictionless_plugin.off(),
            contextlib.chdir(root),
            system.use_context(trusted=False),
        ):
            report = Package(DESCRIPTOR).validate()
    except DataErrors:
        raise
    except Exception as raised:  # frictionless raises its own exceptions for a broken descriptor
        problems.add(Place(DESCRIPTOR), "frictionless", show(str(raised)), "a valid descriptor", advice)
        return True
    for error in report.errors:
        problems.add(Place(DESCRIPTOR), "frictionless", error.message, "a valid package", advice)
    for task in report.tasks:
        for error in task.errors:
            place = Place(task.place or task.name, getattr(error, "row_number", 0) or 0)
            problems.add(place, f"frictionless {error.type}", error.message, "a valid table", advice)
    return True
