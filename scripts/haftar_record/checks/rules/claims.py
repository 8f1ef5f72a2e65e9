"""Statements, reports and relations: who says what, according to whom, when, and how certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import computed
from ...model.cells import joined, split
from ...model.rows import Row, grouped
from ...model.tables import (
    TABLES,
    UNITS,
    Decision,
    Discrepancy,
    Document,
    Event,
    EventReport,
    Evidence,
    Quantity,
    Relation,
    Source,
    Statement,
)
from ...problems.wording import show
from ...text import date_words, edtf
from .engine import Finding, Record, rule


@rule("R05")
def nesting_is_sound(record: Record) -> Iterator[Finding]:
    """A statement told inside another stands in the same article, and no statement is inside itself."""
    sound: set[str] = set()  # so that a chain is followed once, and not from each of its statements
    for row in record[Statement]:
        seen, parent = {row.statement_id}, record.row(Statement, row.parent_statement_id)
        while parent is not None:
            if parent.document_id != row.document_id:
                expected = "a statement of the same article"
                yield Finding(row, f"inside {parent.statement_id}", expected, "correct “parent”")
                break
            if parent.statement_id in seen:
                if row.statement_id == parent.statement_id == min(seen):  # a circle is said once
                    way = ", ".join(sorted(seen - {row.statement_id}))
                    found = f"inside itself by way of {way}" if way else "inside itself"
                    yield Finding(row, found, "no circle", "correct “parent”")
                break
            seen.add(parent.statement_id)
            known = parent.statement_id in sound
            parent = None if known else record.row(Statement, parent.parent_statement_id)
        else:
            sound |= seen


@rule("R06")
def statement_not_after_publication(record: Record) -> Iterator[Finding]:
    """Nothing is said after the article that reports it was published."""
    for row in record[Statement]:
        document = record.row(Document, row.document_id)
        published = edtf.parse(document.published_date).end if document else None
        start = edtf.parse(row.date_edtf).start
        if published and start and start > published:
            yield Finding(row, row.date_edtf, f"not after {published}", "correct the date of the statement")


@rule("R12")
def verbal_type_is_verbal(record: Record) -> Iterator[Finding]:
    """The PLOVER type of a statement is a verbal one (quad class 1 or 3)."""
    for row in record[Statement]:
        if row.plover_type and computed.quad_class(row.plover_type) not in (1, 3):
            yield Finding(row, row.plover_type, "a verbal type, or none", "correct “plover”")


@rule("R17")
def discrepancy_has_two_sides(record: Record) -> Iterator[Finding]:
    """A discrepancy has evidence for its first reading, and evidence or an outside reference for its second."""
    for row in record[Discrepancy]:
        fields = {e.field for e in record.evidence(row.discrepancy_id)}
        if "reading_a" not in fields or not ("reading_b" in fields or row.reference_id):
            yield Finding(row, f"evidence for {', '.join(sorted(fields)) or 'nothing'}", "both sides", "add “quotes:”")


#: What a value rests on and the reference for it: table, column of the basis, column of the reference.
_BASES: tuple[tuple[type[Row], str, str], ...] = (
    (Document, "published_basis", "published_reference_id"),
    (Document, "publisher_basis", "publisher_reference_id"),
    (Event, "date_basis", "date_reference_id"),
    (Statement, "date_basis", "date_reference_id"),
)


@rule("R20")
def external_has_reference(record: Record) -> Iterator[Finding]:
    """What rests on outside knowledge names its reference."""
    for model, basis, reference in _BASES:
        for row in record[model]:
            if getattr(row, basis) == "external" and not getattr(row, reference):
                yield Finding(row, f"{basis} external", "a reference", "add “reference:”, or another basis")


@rule("R21")
def anonymous_means_unnamed(record: Record) -> Iterator[Finding]:
    """A report is attributed anonymously exactly when its source is not named."""
    for row in record[EventReport]:
        source = record.row(Source, row.attributed_source_id)
        if source and (row.attribution == "anonymous") == source.is_named:
            said = "named" if source.is_named else "not named"
            found = f"{row.attribution}, but {source.source_id} is {said}"
            yield Finding(row, found, "both alike", "correct one of them")


@rule("R26")
def realis_agrees_with_reports(record: Record) -> Iterator[Finding]:
    """An event held for actual is told as certain by somebody; one held for denied is denied by somebody."""
    for row in record[Event]:
        values = {report.factuality for report in record.reports(row)}
        if row.realis == "actual" and "CT+" not in values:
            yield Finding(row, f"actual with {', '.join(sorted(values))}", "a report with CT+", "correct one of them")
        if row.realis == "denied" and not any(value.endswith("-") for value in values):
            yield Finding(row, f"denied with {', '.join(sorted(values))}", "a report with CT-", "correct one of them")


#: How a realis goes with PLOVER's auxiliary modes.
_AUX_MODES = {
    "actual": ("none", "historical"),
    "asserted_only": ("none", "historical"),
    "planned": ("future",),
    "threatened": ("future", "hypothetical"),
    "conditional": ("hypothetical",),
    "denied": ("negation",),
}


@rule("R35", is_local=True)
def aux_mode_agrees_with_realis(record: Record) -> Iterator[Finding]:
    """The auxiliary mode of an event (PLOVER) says the same as its realis: what is planned is future, what is
    conditional is hypothetical, what is denied is negated."""
    for row in record[Event]:
        allowed = _AUX_MODES[row.realis]
        if row.aux_mode not in allowed:
            yield Finding(row, f"{row.realis}, {row.aux_mode}", " or ".join(allowed), "correct “realis” or “aux”")


@rule("R36")
def units_stay_in_their_article(record: Record) -> Iterator[Finding]:
    """What a unit refers to inside an article is in the same article: the statement that tells it, its evidence, and
    the evidence of either reading of a discrepancy."""
    for row in (*record[EventReport], *record[Relation], *record[Quantity]):
        statement = record.row(Statement, row.statement_id)
        if statement and statement.document_id != row.document_id:
            found = f"told by {statement.statement_id} of {statement.document_id}"
            yield Finding(row, found, f"a statement of {row.document_id}", "correct “statement”")
    for model in UNITS:
        for row in record[model]:
            for piece in record.evidence(row.id[0]):
                if piece.document_id != row.document_id:
                    yield Finding(
                        piece, f"in {piece.document_id}", f"in {row.document_id}, as {row.id[0]}", "build again"
                    )
    for row in record[Discrepancy]:
        for piece in record.evidence(row.discrepancy_id):
            own = row.document_a_id if piece.field == "reading_a" else row.document_b_id
            if piece.document_id != own:
                yield Finding(piece, f"in {piece.document_id}", f"in {own}, as {piece.field}", "build again")


@rule("R37")
def dates_follow_their_rule(record: Record) -> Iterator[Finding]:
    """Date words that a rule resolves give the date of their row, counted from the publication of the article."""
    for row in (*record[Statement], *record[EventReport]):
        document = record.row(Document, row.document_id)
        if row.date_rule == "none" or document is None:
            continue
        if row.date_text is None:
            yield Finding(row, f"the rule {row.date_rule} without words", "date words", "build again")
            continue
        past, future = (date_words.resolve(row.date_text, document.published_date, ahead) for ahead in (False, True))
        values = {(found.rule, found.edtf) for found in (past, future) if found}
        if (row.date_rule, row.date_edtf) not in values:
            expected = " or ".join(f"{value} by the rule {name}" for name, value in sorted(values)) or "no date"
            yield Finding(row, f"{row.date_edtf} for {show(row.date_text)}", expected, "build again")


@rule("R38", is_local=True)
def date_without_rule_has_reason(record: Record) -> Iterator[Finding]:
    """A date that no rule gives has a reason, an outside reference, or is open towards the past for want of both."""
    for row in record[Statement]:
        is_open = row.date_edtf.startswith("/") and row.date_basis == "none"
        if row.date_rule == "none" and not (row.date_rationale or row.date_reference_id or is_open):
            yield Finding(row, row.date_edtf, "a reason or a reference", "add “because:” or “reference:”")
    for row in record[EventReport]:
        if row.date_edtf and row.date_rule == "none" and not row.date_rationale:
            yield Finding(row, row.date_edtf, "a reason", "add “because:”")


@rule("R39", is_local=True)
def resolution_fits_conflict(record: Record) -> Iterator[Finding]:
    """Readings in true conflict are not both compatible, and a reading preferred over that of an article without a
    second article rests on an outside reference."""
    for row in record[Discrepancy]:
        if row.conflict == "true_conflict" and row.resolution == "both_compatible":
            yield Finding(row, "true_conflict, both_compatible", "another resolution", "correct one of them")
        if row.document_b_id is None and row.reference_id is None:
            yield Finding(row, "a second reading of nobody", "an article or an outside reference", "name one of them")


@rule("R40", is_local=True)
def indirect_speech_is_not_verbatim(record: Record) -> Iterator[Finding]:
    """Words that are not in quotation marks are not the speaker's own."""
    for row in record[Statement]:
        if row.speech_form == "indirect" and row.is_verbatim_reliable:
            yield Finding(row, "indirect and reliable verbatim", "false", "remove “verbatim”")


@rule("R41", "warning", is_local=True)
def nobody_speaks_of_himself_alone(record: Record) -> Iterator[Finding]:
    """A statement is not directed at its own speaker, and a relation ties two different actors."""
    for row in record[Statement]:
        if row.speaker_actor_id in split(row.target_actor_ids):
            yield Finding(row, f"{row.speaker_actor_id} as speaker and target", "two actors", "correct one of them")
    for row in record[Relation]:
        if row.subject_actor_id == row.object_actor_id:
            yield Finding(row, f"{row.subject_actor_id} as subject and object", "two actors", "correct one of them")


@rule("R42")
def evidence_lists_agree(record: Record) -> Iterator[Finding]:
    """The evidence that a report or discrepancy lists is the evidence that names it as its owner."""
    for row in record[EventReport]:
        piece = record.row(Evidence, row.evidence_id)
        if piece and (piece.event_report_id, piece.field) != (row.event_report_id, "evidence_text"):
            yield Finding(row, f"evidence {row.evidence_id} of {piece.owner}", "its own evidence", "build again")
    for row in record[Discrepancy]:
        own = grouped(record.evidence(row.discrepancy_id), "field")
        for side in ("a", "b"):
            listed = set(split(getattr(row, f"evidence_{side}_ids")))
            # Of a passage in several pieces, the list has the first.
            firsts = _firsts(own.get(f"reading_{side}", []))
            if listed != firsts:
                expected = joined(sorted(firsts)) or "nothing"
                said = joined(sorted(listed)) or "nothing"
                yield Finding(row, f"evidence_{side}_ids {said}", expected, "build again")


def _firsts(pieces: list[Any]) -> set[str]:
    """The pieces that do not carry on the piece before them."""
    ends = {piece.end for piece in pieces}
    return {piece.evidence_id for piece in pieces if not {piece.start, piece.start - 1} & ends}


@rule("R43")
def decided_units_exist(record: Record) -> Iterator[Finding]:
    """What a decision is about is a row of the record."""
    known = [record.grouped(model, model.KEY[0]) for model in TABLES if len(model.KEY) == 1]
    for row in record[Decision]:
        for unit in split(row.unit_ids):
            if not any(unit in rows for rows in known):
                yield Finding(row, f"about {unit}", "the id of a row", "correct “about”")
