"""The page ``checks``: every check of every layer with its severity and what it demands, and a message as example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...checks import rules
from ...model.tables import Event
from ...problems import catalogue
from ...problems.problem import Place, Problem
from ..html import fragment
from ..page import Page
from ..record import Record
from . import faults


@dataclass(frozen=True)
class Shown:
    """A check as the page shows it. ``example`` is a message of it; empty where the catalogue of faults has none."""

    name: str
    anchor: str
    severity: str
    demand: str
    example: str


@dataclass(frozen=True)
class Layer:
    """The checks of one layer."""

    name: str
    title: str
    checks: list[Shown]


def pages(record: Record) -> Iterator[Page]:
    """The page."""
    every = catalogue.every()
    body = fragment(
        "checks.html",
        "page",
        example=_example(record),
        number=len(every),
        rules=len(rules.RULES),
        renamed=catalogue.ALIASES,
        layers=[
            Layer(name, title, [_shown(record, check) for check in every if check.layer == name])
            for name, title in catalogue.LAYERS.items()
        ],
    )
    yield Page("checks.md", "Checks", body)


def _example(record: Record) -> Problem | None:
    """A message about a real row, as it would be if a value of it were wrong; None where there is no event."""
    events = record[Event]
    if not events:
        return None
    row = min(events, key=lambda one: one.event_id)
    wrong = row.model_copy(update={"where_prec": row.where_prec % 8 + 1})
    others = [one for one in events if one is not row]
    broken = rules.Record({**record.rows, "events": [wrong, *others]}, {})
    rule = next(rule for rule in rules.RULES if rule.name == "event-lists-agree")
    finding = next(rule.function(broken))
    found = f"{row.event_id}: {finding.found}"
    return Problem(Place("datapackage/events.csv", 2), rule.title, found, finding.wanted, finding.remedy)


def _shown(record: Record, check: catalogue.Check) -> Shown:
    """A check; its anchor is the number of a rule, or its name."""
    anchor = check.name.split()[0]
    return Shown(check.name, anchor, check.severity, check.demand, faults.example(record.root, check.name))
