"""Faults that no single cell shows: those that stand beside the rules across tables, made in a package on disk.

Each is what a program that writes the package wrongly would leave behind: well-formed rows, a true descriptor.
"""

from __future__ import annotations

from pathlib import Path

from haftar_record.checks import rules
from haftar_record.checks.rules.faults import Fault as RuleFault
from haftar_record.files.layout import data_path
from haftar_record.model.index import Index
from haftar_record.model.tables import BY_NAME
from haftar_record.package import reader, render

from . import mutations
from .fault import FAMILIES, Fault
from .mutations import Mutation


def _on_disk(fault: RuleFault) -> Mutation:
    """The fault, made in the package in a folder: the tables that it changes, and what the descriptor says of them."""

    def spoil(root: Path) -> None:
        index = _index(tuple((root / data_path(table)).read_bytes() for table in BY_NAME), root)
        changed = rules.applied(fault.spoil(index).edits, index.rows)
        for table in BY_NAME:
            if changed[table] is not index.rows[table]:
                (root / data_path(table)).write_bytes(render.csv_bytes(BY_NAME[table], changed[table]))
                mutations.refresh(root, table)

    return spoil


_known: dict[tuple[bytes, ...], Index] = {}


def _index(files: tuple[bytes, ...], root: Path) -> Index:
    """The rows of a package, which is read once for all of its faults."""
    if files not in _known:
        _known[files] = Index(reader.read(root).rows)
    return _known[files]


FAULTS = tuple(
    Fault(fault.name, fault.family, fault.description, _on_disk(fault))
    for fault in sorted(
        (fault for rule in rules.RULES for fault in rule.faults), key=lambda fault: FAMILIES.index(fault.family)
    )
)
