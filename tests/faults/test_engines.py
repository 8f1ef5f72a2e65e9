"""Both engines say the same of every broken package of the catalogue."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ..conftest import ROOT
from ..verdicts import of_both_engines
from .catalogue import FAULTS, materialise
from .fault import Fault
from .judge import digest

pytest.importorskip("duckdb", reason="the extra fast is not installed")

#: Faults that only the sheets show.
UNSEEN = {"sheets", "registers", "waivers", "machine"}
#: What is refused row by row, and what the columnar engine is there for.
LARGE = {"huge-file"}
SEEN = [fault for fault in FAULTS if fault.family not in UNSEEN and fault.name not in LARGE]
#: With EVERY_FAULT set all of them are tried, else every so many.
STEP = 1 if os.environ.get("EVERY_FAULT") else 8
PACKAGE = ("datapackage", "schemas", "datapackage.json", "seeds/articles")


@pytest.mark.slow
@pytest.mark.parametrize("fault", SEEN[::STEP], ids=lambda fault: fault.name)
def test_engines_agree(fault: Fault, tmp_path: Path) -> None:
    """The columnar engine finds the same problems and tells them in the same words."""
    root: Path = materialise(fault, tmp_path / "record")
    assert digest(root, *PACKAGE) != digest(ROOT, *PACKAGE), "nothing of the package is broken"
    one, two = of_both_engines(root)
    assert two == one
