"""What the catalogue of broken packages shows: an example of each message, and how many faults each tool catches.

The page ``checks`` has the examples, the page ``quality`` the table of families.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from markupsafe import Markup

from .. import verdicts
from ..html import table
from ..verdicts import Verdict

#: The reviewed outcome of every fault, beside the tests that keep it true.
CATALOGUE = "tests/faults/expected.txt"


@cache
def catalogue(root: Path) -> tuple[Verdict, ...]:
    """The faults with the problems found in each; empty when there is no project."""
    path = root / CATALOGUE
    return tuple(verdicts.parse(path.read_text(encoding="utf-8"))[1]) if path.is_file() else ()


def example(root: Path, check: str) -> str:
    """The message of one check about the first fault that it finds, as text; empty when no fault is for it."""
    for fault in catalogue(root):
        for one in (*fault.by("check"), *fault.by("validate")):
            if one.check.split()[0] == check.split()[0]:
                lines = [f"{one.place}: {one.severity} [{one.check}]"]
                parts = (("found", one.found), ("expected", one.expected), ("do", one.remedy))
                return "\n".join([*lines, *(f"  {name + ':':<9} {said}" for name, said in parts)])
    return ""


def families(root: Path) -> Markup:
    """Faults by family: how many there are, and how many stock frictionless and this project's checks catch."""
    every, stock, ours, once = counters = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for fault in catalogue(root):
        errors = [sum(one.severity != "note" for one in fault.by(judge)) for judge in ("check", "validate")]
        every[fault.family] += 1
        stock[fault.family] += not fault.is_missed
        ours[fault.family] += any(errors)
        once[fault.family] += errors[0] == 1
    rows = [(name, *(f"{counter[name]:,}" for counter in counters)) for name in sorted(every)]
    total = ("All", *(f"{counter.total():,}" for counter in counters))
    head = ("Family", "Faults", "Stock frictionless", "haftar-record", "… in one problem")
    return table("Faults caught, by family", head, [*rows, total], "numbers")
