"""What the catalogue of broken packages shows: an example of each message, and who catches how many faults.

The page ``checks`` has the examples, the page ``quality`` the table of families.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..html import table

#: The reviewed outcome of every fault, beside the tests that keep it true.
CATALOGUE = "tests/faults/expected.json"
#: What the catalogue says of a fault that stock frictionless lets through.
MISSED = "missed"


@cache
def catalogue(root: Path) -> tuple[dict[str, Any], ...]:
    """The faults with what is found of each; none where the project is not at hand."""
    path = root / CATALOGUE
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ()


def example(root: Path, check: str) -> str:
    """The message of one check about the first fault that it finds, as text; nothing when no fault is for it."""
    for fault in catalogue(root):
        for problem in (*fault["check"], *fault["validate"]):
            if problem["check"].split()[0] == check.split()[0]:
                lines = [f"{problem['place']}: {problem['severity']} [{problem['check']}]"]
                parts = (("found", "found"), ("expected", "expected"), ("do", "remedy"))
                return "\n".join([*lines, *(f"  {name + ':':<9} {problem[key]}" for name, key in parts)])
    return ""


def families(root: Path) -> Markup:
    """Faults by family: how many there are, and how many stock frictionless and this project's checks catch."""
    every, stock, ours, once = counters = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for fault in catalogue(root):
        errors = [sum(one["severity"] != "note" for one in fault[key]) for key in ("check", "validate")]
        every[fault["family"]] += 1
        stock[fault["family"]] += fault["stock"] != MISSED
        ours[fault["family"]] += any(errors)
        once[fault["family"]] += errors[0] == 1
    rows = [(name, *(f"{counter[name]:,}" for counter in counters)) for name in sorted(every)]
    total = ("All", *(f"{counter.total():,}" for counter in counters))
    head = ("Family", "Faults", "Stock frictionless", "haftar-record", "… in one problem")
    return table("Faults caught, by family", head, [*rows, total], "numbers")
