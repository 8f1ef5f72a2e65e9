"""Whether the figures of agreement are those of the readings and of the record as they are now.

This module needs no library beyond those of a build, which warns of figures that are out of date.
"""

from __future__ import annotations

from ..coding.inputs import Inputs
from ..files.layout import FIGURES, READINGS
from ..model.rows import Rows
from ..problems.problem import Place, Problems
from .codings import coding

RULE = "stale-figures"
#: The name of the coding that the record is.
RECORD = "record"
_REMEDY = "run “haftar-record agreement” (it needs the extra “agreement”), then “haftar-record build”"


def check(found: Inputs, rows: Rows, problems: Problems) -> None:
    """Warn of readings without figures, and of figures of other readings or another state of the record."""
    if found.figures is None:
        if found.readings:
            said = f"no figures for {', '.join(found.readings)}"
            problems.add(Place(READINGS), RULE, said, f"figures in {FIGURES}", _REMEDY, "warning")
        return
    stated = found.figures.value
    changed = [
        name
        for name in sorted({*stated.readings, *found.readings})
        if name not in stated.readings or stated.readings[name].sha256 != found.readings.get(name)
    ]
    digests = coding(RECORD, rows).digests()
    changed += [f"the record of {key}" for key, digest in stated.record.items() if digests.get(f"doc-{key}") != digest]
    if changed:
        expected = "figures of the readings and the record as they are"
        said = f"other figures than those of {', '.join(changed)}"
        problems.add(found.figures.place(("figures",)), RULE, said, expected, _REMEDY, "warning")
