"""What a check says of a package on disk, for comparing one engine with the other.

python tests/verdicts.py rows|columnar|tables FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from haftar_record.checks import on_disk
from haftar_record.problems.problem import DataErrors, Problem, Problems

#: ``tables`` checks what stock frictionless does: cells, keys, foreign keys (R28), the descriptor.
ENGINES: dict[str, Callable[[Path, Problems], object]] = {
    "rows": on_disk.check,
    "columnar": on_disk.check_large,
    "tables": partial(on_disk.check_large, only=("R28",)),
}
#: Rule, file, row.
Verdict = tuple[str, str, str]


def problems(folder: Path, engine: str) -> list[Problem]:
    """All problems that an engine finds in the package in ``folder``."""
    found = Problems()
    try:
        ENGINES[engine](folder, found)
    except DataErrors as error:
        return error.problems
    return found.sorted


def of_both_engines(folder: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All problems that are found row by row, and all that the columnar engine finds, in all their parts."""
    one, two = ([asdict(problem) for problem in problems(folder, engine)] for engine in ("rows", "columnar"))
    return one, two


def verdicts(folder: Path, engine: str) -> set[Verdict]:
    """Which rule is broken in which file by which row; a fault that is of no row, by its line."""
    return {(p.rule, p.place.file, p.record or str(p.place.line)) for p in problems(folder, engine)}


def main() -> int:
    engine, folder = sys.argv[1:]
    found = problems(Path(folder), engine)
    print(*found, f"{len(found)} problems", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
