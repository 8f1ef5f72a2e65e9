"""Apply waivers: a warning of a rule may be accepted for one row, for a reason and until a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..coding.sheets import Loaded, WaiverShape
from ..problems.problem import Problems
from .rules import RULES

RULE = "waiver"


def apply(loaded: Loaded[list[WaiverShape]], problems: Problems, today: date | None = None) -> None:
    """Turn waived warnings into notes; an expired, unknown or idle waiver is a problem of its own.

    Without ``today`` nothing expires: what a build writes does not depend on the day.
    """
    warnings: dict[tuple[str, str], list[int]] = {}
    for number, problem in enumerate(problems.items):
        if problem.severity == "warning":
            warnings.setdefault((problem.rule.split()[0], problem.record), []).append(number)
    for index, waiver in enumerate(loaded.value):
        if not _is_sound(waiver, index, loaded, problems, today):
            continue
        waived = warnings.pop((waiver.rule, waiver.record), ())
        for number in waived:
            problem = problems.items[number]
            said = f"{problem.remedy} (waived until {waiver.until}: {waiver.because})"
            problems.items[number] = replace(problem, severity="note", remedy=said)
        if not waived:
            found = f"{waiver.rule} for {waiver.record}, which gives no such warning"
            place = loaded.place((index, "record"))
            problems.add(place, RULE, found, "a warning of this rule for this record", "remove the waiver", "warning")


def _is_sound(
    waiver: WaiverShape, index: int, loaded: Loaded[list[WaiverShape]], problems: Problems, today: date | None
) -> bool:
    """Whether a waiver is for a rule that warns and has not expired; else that is a problem."""
    waivable = [rule.number for rule in RULES if rule.severity == "warning"]
    if waiver.rule not in waivable:
        expected = f"a rule that warns: {', '.join(waivable)}"
        problems.add(
            loaded.place((index, "rule")), RULE, waiver.rule, expected, "correct “rule”; errors cannot be waived"
        )
        return False
    try:
        until = date.fromisoformat(waiver.until)
    except ValueError:
        problems.add(loaded.place((index, "until")), RULE, waiver.until, "a day of the calendar", "correct “until”")
        return False
    if today and today > until:
        found = f"{waiver.rule} for {waiver.record}, expired on {waiver.until}"
        remedy = "clear the warning, or write a later day if it still stands for the same reason"
        problems.add(loaded.place((index, "until")), RULE, found, f"a day not before {today}", remedy)
        return False
    return True
