"""The catalogue: every fault by name, and how one is made in a folder."""

from __future__ import annotations

from pathlib import Path

from ..conftest import ROOT
from . import in_files, in_package, in_rules, in_sheets, in_tables, mutations
from .fault import Fault

#: All faults, in the order in which they are shown.
FAULTS: tuple[Fault, ...] = (
    *in_files.FAULTS,
    *in_tables.FAULTS,
    *in_package.FAULTS,
    *in_rules.FAULTS,
    *in_sheets.FAULTS,
)
BY_NAME: dict[str, Fault] = {fault.name: fault for fault in FAULTS}


def materialise(fault: Fault, folder: Path, source: Path = ROOT) -> Path:
    """A copy of the project with one fault, in a folder that does not exist yet or is empty; that folder."""
    mutations.copy(source, folder)
    fault.spoil(folder)
    return folder
