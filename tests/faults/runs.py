"""Run faults in several processes, and read and write what is expected of them."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from haftar_record.site import verdicts as texts
from haftar_record.site.verdicts import Verdict

from ..conftest import ROOT
from .catalogue import BY_NAME, materialise
from .judge import Judge

#: What is expected of every fault. Reviewed, and written by ``make faults UPDATE=1`` alone.
EXPECTED = Path(__file__).with_name("expected.txt")

_judges: list[Judge] = []


def verdicts(names: list[str]) -> list[Verdict]:
    """The verdict on each of the faults, in their order."""
    with ProcessPoolExecutor(os.cpu_count(), initializer=_start) as pool:
        return list(pool.map(_verdict, names, chunksize=4))


def expected() -> dict[str, Verdict]:
    """What is expected of each fault by its name, in the order of the file."""
    return {verdict.name: verdict for verdict in texts.parse(EXPECTED.read_text(encoding="utf-8"))[1]}


def write(found: list[Verdict]) -> None:
    """Make what was found what is expected. Raises ValueError when nothing says one of the shared texts any more."""
    shared, _ = texts.parse(EXPECTED.read_text(encoding="utf-8"))
    EXPECTED.write_text(texts.write(shared, found), encoding="utf-8", newline="")


def _start() -> None:
    _judges.append(Judge(ROOT))


def _verdict(name: str) -> Verdict:
    fault = BY_NAME[name]
    with tempfile.TemporaryDirectory() as folder:
        # Always the same name, which some messages show.
        return _judges[0].verdict(fault, materialise(fault, Path(folder) / "record"))
