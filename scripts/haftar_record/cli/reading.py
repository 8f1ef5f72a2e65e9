"""The command ``reading``: check the sheets of a further reading, without the record."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..build.readings import rows_of_reading
from ..coding import readings
from ..files import plain
from ..model.rows import Rows
from ..problems.problem import Problem, Problems, WrongUse
from .terminal import Terminal

#: What is counted: the list of the sheets or the register, and the table of its rows.
COUNTED = {
    "statements": "statements",
    "reports": "event_reports",
    "relations": "relations",
    "quantities": "quantities",
    "discrepancies": "discrepancies",
    "events": "events",
    "actors": "actors",
    "sources": "sources",
    "places": "places",
}


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Check one reading: every message that a build of it would give, but for the rules across tables."""
    home, path = _place(root, options.folder)
    problems = Problems()
    reading = readings.read(root, home, path, problems)
    terminal.step(f"read {len(reading.inputs.coded)} sheets and {len(readings.SHAPES)} registers")
    rows, _ = rows_of_reading(reading, problems)
    terminal.step(f"anchored {len(rows['evidence']):,} passages, resolved dates")
    _tell(reading, rows, terminal)
    problems.stop_on_errors()
    terminal.line(f"no errors, {terminal.seconds()}")
    return problems.sorted


def _place(root: Path, named: str) -> tuple[Path, str]:
    """The folder below which the reading lies, and the path from there; raises WrongUse where there is no folder."""
    try:
        found = Path(named).resolve()
        is_folder = plain.is_folder(found)
    except (RuntimeError, ValueError):
        is_folder = False
    if not is_folder:
        raise WrongUse(f"no such folder: {named}")
    home = root if found.is_relative_to(root) and found != root else found.parent
    return home, found.relative_to(home).as_posix()


def _tell(reading: readings.Reading, rows: Rows, terminal: Terminal) -> None:
    """Say how many units became rows, and how many were left out."""
    terminal.line()
    for name, table in COUNTED.items():
        made, written = len(rows[table]), reading.written[name]
        left_out = f", {written - made} left out" if made < written else ""
        terminal.line(f"  {name:<14} {made:>5,} of {written:,}{left_out}")
    terminal.line()
