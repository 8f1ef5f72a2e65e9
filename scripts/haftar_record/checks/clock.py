"""Whether the clock of the machine can be right: it decides which waivers still hold, and it may be years behind."""

from __future__ import annotations

from datetime import date

from ..coding.inputs import Inputs
from ..problems.problem import Problems

RULE = "clock"


def check(found: Inputs, problems: Problems, today: date | None) -> None:
    """Report a day before that of the release, which the sheets give: an error where waivers are judged by it.

    Without ``today`` nothing depends on the day.
    """
    record, created = found.registers["record"], found.registers["record"].value.created[:10]
    if today is None or today.isoformat() >= created:
        return
    told = f"today is {today} by the clock of this machine, and `created` is {created}"
    expected = "a release that was not created in the future"
    if decides := bool(found.registers["waivers"].value):
        expected += ", and a clock that says whether a waiver still holds"
    remedy = "set the clock of the machine, or correct `created` if it is wrong"
    problems.add(record.place(("created",)), RULE, told, expected, remedy, "error" if decides else "warning")
