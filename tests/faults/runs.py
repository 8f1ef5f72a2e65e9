"""Run every fault once, in several processes, and compare what was found with what is expected."""

from __future__ import annotations

import json
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from haftar_record.problems.problem import Problem

from ..conftest import ROOT
from .catalogue import BY_NAME, materialise
from .verdicts import Judge

#: What is expected of every fault: name, family, description, stock, check, validate. Reviewed, and written by
#: ``make faults UPDATE=1`` alone.
EXPECTED = Path(__file__).with_name("expected.json")
#: A verdict on one fault, as ``expected.json`` has it.
Verdict = dict[str, Any]

_judges: list[Judge] = []


def verdicts(names: list[str], with_stock: bool) -> list[Verdict]:
    """The verdict on each of the faults, in their order."""
    with ProcessPoolExecutor(os.cpu_count(), initializer=_start) as pool:
        return list(pool.map(_verdict, names, [with_stock] * len(names), chunksize=4))


def expected() -> list[Verdict]:
    return json.loads(EXPECTED.read_bytes())


def write(found: list[Verdict]) -> None:
    EXPECTED.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _start() -> None:
    _judges.append(Judge(ROOT))


def _verdict(name: str, with_stock: bool) -> Verdict:
    fault, judge = BY_NAME[name], _judges[0]
    with tempfile.TemporaryDirectory() as folder:
        # Always the same name, which some messages show.
        root = materialise(fault, Path(folder) / "record")
        check = _plain(judge.check(root))
        verdict = {"name": name, "family": fault.family, "description": fault.description}
        if with_stock:
            verdict["stock"] = judge.stock(root)
        return verdict | {"check": check, "validate": _plain(judge.validate(root))}


def _plain(problems: list[Problem]) -> list[dict[str, str]]:
    return [
        {
            "place": str(problem.place),
            "check": problem.rule,
            "severity": problem.severity,
            "found": problem.found,
            "expected": problem.expected,
            "remedy": problem.remedy,
        }
        for problem in problems
    ]
