"""Apply waivers: a warning of a rule, or of another check that tells its row, may be accepted for that row, for a
reason and until a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from ..coding.sheets import Loaded, WaiverShape
from ..problems import catalogue
from ..problems.problem import Problems
from ..problems.wording import nearest, show
from .rules import RULES

RULE = "waiver"
#: How far off the last day of a waiver may be: two years.
LONGEST = timedelta(days=731)


def apply(
    loaded: Loaded[list[WaiverShape]], problems: Problems, today: date | None = None, rows: Collection[str] = ()
) -> None:
    """Turn waived warnings into notes, and leave out waived notes; an expired, unknown or idle waiver is a problem of
    its own.

    Without ``today`` nothing expires: what a build writes does not depend on the day. ``rows`` are the ids of all rows.
    """
    first: dict[tuple[str, str], int] = {}
    warnings: dict[tuple[str, str], list[int]] = {}
    settled: set[int] = set()
    for number, problem in enumerate(problems.items):
        if problem.severity == "warning" or (problem.severity == "note" and problem.record):
            warnings.setdefault((problem.rule.split()[0], problem.record), []).append(number)
    for index, waiver in enumerate(loaded.value):
        if not _is_sound(waiver, index, loaded, problems, today):
            continue
        if rows and waiver.record not in rows:
            expected, remedy = nearest(waiver.record, rows), "correct “record”, or remove the waiver"
            problems.add(loaded.place((index, "record")), RULE, show(waiver.record), expected, remedy)
            continue
        if (before := first.setdefault((waiver.rule, waiver.record), index)) != index:
            found = f"{waiver.rule} for {waiver.record} a second time"
            expected = f"each warning waived once (first at {loaded.place((before, 'rule'))})"
            problems.add(loaded.place((index, "rule")), RULE, found, expected, "remove one of the two waivers")
            continue
        waived = warnings.pop((waiver.rule, waiver.record), ())
        for number in waived:
            problem = problems.items[number]
            if problem.severity == "note":
                settled.add(number)
                continue
            said = f"{problem.remedy} (waived until {waiver.until}: {waiver.because})"
            problems.items[number] = replace(problem, severity="note", remedy=said)
        if not waived:
            found = f"{waiver.rule} for {waiver.record}, which gives no such warning"
            place = loaded.place((index, "record"))
            problems.add(place, RULE, found, "a warning of this rule for this record", "remove the waiver", "warning")
    if settled:
        problems.items[:] = [problem for number, problem in enumerate(problems.items) if number not in settled]


def _is_sound(
    waiver: WaiverShape, index: int, loaded: Loaded[list[WaiverShape]], problems: Problems, today: date | None
) -> bool:
    """Whether a waiver is for a rule that warns and has not expired; else that is a problem."""
    waivable = [*catalogue.WAIVABLE, *(rule.number for rule in RULES if rule.severity == "warning")]
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
    if today and until > today + LONGEST:
        found = f"{waiver.rule} for {waiver.record}, until {waiver.until}"
        expected = f"a day within two years, up to {today + LONGEST}"
        remedy = "write an earlier day; a waiver can be renewed when it ends"
        problems.add(loaded.place((index, "until")), RULE, found, expected, remedy)
        return False
    return True
