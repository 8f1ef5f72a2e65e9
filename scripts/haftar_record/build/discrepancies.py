"""Rows of discrepancies, with the evidence of either reading."""

from __future__ import annotations

from typing import Literal

from ..coding.inputs import anchor
from ..coding.sheets import DiscrepancyShape, Loaded
from ..files.yaml_file import Loc
from ..model import tables
from ..model.cells import joined
from ..problems.problem import Place, Problem
from ..problems.wording import nearest, show
from .ledger import Ledger


def add_discrepancies(ledger: Ledger) -> None:
    """Add every discrepancy of the register that has evidence, or an outside reference, on both sides."""
    loaded = ledger.inputs.registers["discrepancies"]
    for index, entry in enumerate(loaded.value):
        place = loaded.place((index, "id"))
        ledger.known.check("events", entry.event, loaded, (index, "event"))
        ledger.known.check("actors", entry.actor, loaded, (index, "actor"))
        ledger.known.check("references", entry.reference, loaded, (index, "reference"))
        _check_field(ledger, entry.field, loaded, index)
        evidence_a = _side(ledger, entry, "a", loaded, index)
        evidence_b = _side(ledger, entry, "b", loaded, index)
        if evidence_a is None or evidence_b is None:
            continue
        if not evidence_a or not (evidence_b or entry.reference):
            expected = "quotes from an article on both sides, or an outside reference for b"
            ledger.problems.add(place, "evidence", f"{entry.id} has no evidence on one side", expected, "add quotes")
            continue
        ledger.add(
            tables.Discrepancy,
            place,
            discrepancy_id=entry.id,
            kind=entry.kind,
            title=entry.title,
            field=entry.field,
            event_id=entry.event,
            actor_id=entry.actor,
            document_a_id=f"doc-{entry.a.article}",
            reading_a=entry.a.reading,
            document_b_id=f"doc-{entry.b.article}" if entry.b.article else None,
            reading_b=entry.b.reading,
            conflict=entry.conflict,
            resolution=entry.resolution,
            rationale=entry.because,
            reference_id=entry.reference,
            evidence_a_ids=joined(evidence_a),
            evidence_b_ids=joined(evidence_b),
        )


def _check_field(ledger: Ledger, field: str, loaded: Loaded[list[DiscrepancyShape]], index: int) -> None:
    if field not in tables.FIELDS:
        expected = nearest(field, tables.FIELDS)
        ledger.problems.add(loaded.place((index, "field")), "unknown-id", show(field), expected, "correct “field”")


def _miss(ledger: Ledger, article: str, place: Place) -> None:
    """Note an article that is not there: one mistake, however many discrepancies name it."""
    expected = nearest(article, [coded.key for coded in ledger.inputs.coded])
    remedy = "correct “article”, or, if the article is gone, remove what names it"
    ledger.known.miss("documents", article, Problem(place, "unknown-id", f"article {article}", expected, remedy))


def _side(
    ledger: Ledger, entry: DiscrepancyShape, side: Literal["a", "b"], loaded: Loaded[list[DiscrepancyShape]], index: int
) -> list[str] | None:
    """The evidence of one reading; None when its article or one of its quotes cannot be found."""
    reading = entry.a if side == "a" else entry.b
    if reading.article is None:
        if not reading.quotes:
            return []
        remedy, expected = "add “article:” beside the quotes", "the article that the words are from"
        ledger.problems.add(loaded.place((index, side)), "evidence", "quotes of no article", expected, remedy)
        return None
    coded = ledger.inputs.by_key(reading.article)
    if coded is None:
        _miss(ledger, reading.article, loaded.place((index, side, "article")))
        return None
    found = []
    for number, quote in enumerate(reading.quotes or ()):
        loc: Loc = (index, side, "quotes", number)
        span, place = anchor(coded.article, quote, loaded, loc, ledger.problems), loaded.place(loc)
        if span is None:
            return None
        found.append(
            ledger.evidence(coded.article, span, f"reading_{side}", quote.support, place, discrepancy_id=entry.id)
        )
    return found
