"""Coded units as cards: statements, event reports, relations, quantities, with the words they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from ...model.rows import plural
from ...model.tables import UNITS, Document, EventReport, Evidence, Quantity, Relation, Statement
from ..html import count, fragment
from ..record import Record

#: A row that is placed in an article by its evidence.
Unit = Statement | EventReport | Relation | Quantity


def of_article(record: Record, document: Document) -> list[Unit]:
    """The units of an article, table by table."""
    return [
        *record.of_article(Statement, document),
        *record.of_article(EventReport, document),
        *record.of_article(Relation, document),
        *record.of_article(Quantity, document),
    ]


def main_evidence(record: Record, row: Unit) -> list[Evidence]:
    """The evidence rows that a unit is placed by, in the order of the text."""
    found = [one for one in record.evidence(row.id[0]) if one.field == row.EVIDENT[0]]
    return sorted(found, key=lambda one: (one.start, one.end))


def card(record: Record, row: Unit) -> Markup:
    """A unit with everything coded on it; its anchor is the home of the row."""
    return fragment(
        "units.html",
        "card",
        record=record,
        row=row,
        kind=row.ONE.capitalize(),
        passages=main_evidence(record, row),
        rest=_other_evidence(record, row),
    )


def _other_evidence(record: Record, row: Unit) -> list[Evidence]:
    """The evidence of a unit other than that by which it is placed, each row for the column that it supports."""
    shown = (row.EVIDENT[0], "evidence_text")
    found = [one for one in record.evidence(row.id[0]) if one.field not in shown]
    return sorted(found, key=lambda one: (one.start, one.field))


def tally(rows: Iterable[Unit]) -> str:
    """How many units of each kind, in words."""
    found = Counter(row.TABLE for row in rows)
    return ", ".join(count(found[model.TABLE], model.ONE, plural(model)) for model in UNITS if found[model.TABLE])
