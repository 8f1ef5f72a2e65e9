"""Check the register of retired ids: a retired id never comes back, and its successors exist."""

from __future__ import annotations

from ..coding.sheets import Loaded
from ..model import tables
from ..model.rows import Places, Rows, columns, has_given_id
from ..model.shape import RetiredShape
from ..problems.problem import Problems
from ..problems.wording import nearest, show

RULE = "retired"


def check(loaded: Loaded[list[RetiredShape]], version: str, rows: Rows, places: Places, problems: Problems) -> None:
    """Check every entry against the rows of a build and the version of the record."""
    present = {row.id[0]: model.TABLE for model in tables.TABLES if len(model.KEY) == 1 for row in rows[model.TABLE]}
    entries = loaded.value
    retired = {entry.id: index for index, entry in reversed(list(enumerate(entries)))}

    def refuse(index: int, key: str, found: str, expected: str, remedy: str) -> None:
        problems.add(loaded.place((index, key)), RULE, found, expected, remedy)

    for index, entry in enumerate(entries):
        if not _is_given(entry.id):
            remedy = "correct it; a computed id comes and goes with the unit it belongs to"
            refuse(index, "id", show(entry.id), "an id that a coder gives, such as st-9d1fdcb4-07", remedy)
        elif retired[entry.id] != index:
            refuse(index, "id", f"{entry.id} a second time", "each id once", "remove one of them")
        elif entry.id in present:
            place = places[present[entry.id], (entry.id,)]
            expected = f"another id: {entry.id} was retired in {entry.since} and never comes back"
            problems.add(place, RULE, entry.id, expected, "give the unit another id")
        if _numbers(entry.since) > _numbers(version):
            refuse(index, "since", entry.since, f"a version up to {version}", "correct “since”, or the version")
        for successor in entry.successors:
            if successor == entry.id or successor not in present.keys() | retired.keys():
                expected = nearest(successor, sorted((present.keys() | retired.keys()) - {entry.id}))
                refuse(index, "successors", show(successor), expected, "name a unit that takes its place")


def _is_given(identity: str) -> bool:
    models = (model for model in tables.TABLES if has_given_id(model))
    return any(columns(model)[model.KEY[0]].accepts(identity) for model in models)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
