"""Rows of a further reading: made as those of the record are, kept in memory, and compared with them."""

from __future__ import annotations

from dataclasses import replace

from ..coding.readings import Reading
from ..files.layout import CODING, register_path
from ..model.rows import Places, Rows
from ..problems.problem import Problem, Problems
from ..problems.wording import show
from .assemble import rows_of
from .units import UNITS


def rows_of_reading(reading: Reading, problems: Problems) -> tuple[Rows, Places]:
    """All rows of a reading, and where each was coded. What has a problem is left out; the rules across tables are not
    asked."""
    own = Problems(list(problems.items))  # the build looks at these to find out what would only be a consequence
    rows, places = rows_of(reading.inputs, own)
    gone = _left_out(reading)
    found = own.items[len(problems.items) :]
    problems.items += [_advised(problem, reading.path) for problem in found if not _is_consequence(problem, gone)]
    return rows, places


def _left_out(reading: Reading) -> set[str]:
    """The ids of entries that could not be read, as a message shows them."""
    inputs = reading.inputs
    ids = {identity for _, loaded in inputs.entries() for identity in loaded.left_out(())}
    for letter, (name, _) in UNITS.items():
        ids |= {f"{letter}{short}" for coded in inputs.coded for short in coded.sheet.left_out((name,))}
    return {show(identity) for identity in ids}


def _is_consequence(problem: Problem, gone: set[str]) -> bool:
    """Whether a problem is that of an id whose entry could not be read: that has been reported where it stands."""
    return problem.rule == "unknown-id" and any(problem.found.startswith(shown) for shown in gone)


def _advised(problem: Problem, path: str) -> Problem:
    """A problem whose advice names the registers of the reading in place of those of the record."""
    if register_path("topics") in problem.remedy:
        return replace(problem, remedy=f"take one of the topics in {register_path('topics')}")
    return replace(problem, remedy=problem.remedy.replace(f"{CODING}/", f"{path}/"))
