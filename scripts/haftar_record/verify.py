"""Verify the package on disk: that it is what the sheets make, and that stock frictionless accepts it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from .problems import Place, Problems, show
from .store import DESCRIPTOR, Files


def package_on_disk(found: Files, made: Files, problems: Problems) -> None:
    """Compare the generated files on disk with what a build makes."""
    remedy = "run “haftar-record build”; if it was edited by hand, change the coding sheet instead"
    for path in sorted(set(found) | set(made)):
        if path not in found:
            problems.add(Place(path), "stale", "no such file", "a generated file", remedy)
        elif path not in made:
            problems.add(Place(path), "stale", "a file that no build makes", "generated files only", "remove it")
        elif found[path] != made[path]:
            line, old, new = _first_difference(found[path], made[path])
            problems.add(Place(path, line), "stale", old, new, remedy)


def _first_difference(found: bytes, made: bytes) -> tuple[int, str, str]:
    """The first line that differs, as it is and as it should be."""
    old, new = found.split(b"\n"), made.split(b"\n")
    pairs = zip(old, new, strict=False)
    index = next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))

    def line(lines: list[bytes]) -> str:
        return show(lines[index].decode("utf-8", "replace")) if index < len(lines) else "the end of the file"

    return index + 1, line(old), line(new)


def stock(root: Path, problems: Problems) -> bool:
    """Validate with stock frictionless, if it is installed; whether it was."""
    try:
        from frictionless import Package, system
    except ImportError:
        return False
    try:
        # From inside the folder, because frictionless takes “*” and “[” in a path for a pattern.
        with contextlib.chdir(root), system.use_context(trusted=False):
            report = Package(DESCRIPTOR).validate()
    except Exception as error:  # frictionless raises its own exceptions for a broken descriptor
        remedy = "run “haftar-record build”"
        problems.add(Place(DESCRIPTOR), "frictionless", show(str(error)), "a valid descriptor", remedy)
        return True
    for error in report.errors:
        problems.add(Place(DESCRIPTOR), "frictionless", error.message, "a valid package", "run “haftar-record build”")
    for task in report.tasks:
        for error in task.errors:
            place = Place(task.place or task.name, getattr(error, "row_number", 0) or 0)
            remedy = "correct the coding sheet, then run “haftar-record build”"
            problems.add(place, f"frictionless {error.type}", error.message, "a valid table", remedy)
    return True
