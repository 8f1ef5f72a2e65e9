"""Weigh changes: which step of the version (major, minor, patch) each requires.

major  code that reads the data may break: a table or column was added, removed or moved, or means something else; a
       code or an article was removed; the licence or the name changed
minor  there are more or fewer rows: an article or a code was added, a unit was added or retired
patch  the same rows say it better: a value was corrected, a description reworded

Below 1.0.0 a major step may raise the second number only: nothing is promised to stay as it is yet (Semantic Versioning
2.0.0, item 4, as Cargo and npm read it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.columns import VERSION

STEPS = ("none", "patch", "minor", "major")
_VERSION = re.compile(VERSION)

#: Properties that can be reworded without a change of meaning. Only a reader can tell whether the meaning changed.
_WORDING = ("title", "description", "example", "labels")


def largest(steps: Iterable[str]) -> str:
    """The largest of several steps, which the release has to take; ``none`` when there are none."""
    return max(steps, key=STEPS.index, default="none")


def of_property(name: str) -> str:
    """The step for a changed property of the descriptor, such as ``title``."""
    return "major" if name in ("name", "licenses") else "patch"


def of_schema(name: str) -> str:
    """The step for a changed property of a table or column, such as ``description`` or ``primaryKey``."""
    return "patch" if name in _WORDING else "major"


def of_codes(gone: list[str]) -> str:
    """The step for a column whose codes changed, by the codes that it no longer admits."""
    return "major" if gone else "minor"


def of_row(table: str, kind: str, has_given_id: bool) -> str:
    """The step for a row that was added, removed or changed. A row with a computed id only follows another."""
    if kind == "changed" or not has_given_id:
        return "patch"
    return "major" if kind == "removed" and table in ("documents", "codes") else "minor"


def parse(version: str) -> tuple[int, int, int] | None:
    """A version as numbers; None when it is not written like that.

    >>> parse("1.2.3"), parse("1.2")
    ((1, 2, 3), None)
    """
    match = _VERSION.fullmatch(version)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def following(version: tuple[int, int, int], step: str) -> list[str]:
    """The versions that may come after ``version`` when the changes require ``step``, the smallest first.

    >>> following((1, 2, 3), "minor")
    ['1.3.0', '2.0.0']
    >>> following((0, 1, 3), "major")
    ['0.2.0', '1.0.0']
    """
    major, minor, patch = version
    after = {"patch": f"{major}.{minor}.{patch + 1}", "minor": f"{major}.{minor + 1}.0", "major": f"{major + 1}.0.0"}
    if step == "none":
        step = "patch"
    if step == "major" and major == 0:
        step = "minor"
    return [after[larger] for larger in STEPS[STEPS.index(step) :]]
