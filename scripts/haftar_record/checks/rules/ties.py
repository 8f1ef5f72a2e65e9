"""Ties between actors: each told once, asserted by more than a possessive, dated where it is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.index import Index
from ...model.tables import Evidence, Relation
from ...problems.wording import show
from ..columnar.sql import literal
from ..columnar.suspects import Suspects
from .engine import Finding, Record, rule
from .faults import Spoilt, first, like, spoilt

#: The columns in which two rows of one tie agree.
_TIE = (
    "document_id",
    "subject_actor_id",
    "predicate",
    "object_actor_id",
    "object_place_id",
    "according_to_source_id",
    "is_negated",
)


@rule("R90", reads=(Relation,))
def tie_is_told_once(record: Record) -> Iterator[Finding]:
    """An article has one row for a tie: no two relations of it have the same subject, predicate, object and source,
    and are both asserted or both denied."""
    firsts: dict[tuple[object, ...], str] = {}
    for row in sorted(record[Relation], key=lambda row: row.relation_id):
        name = firsts.setdefault(tuple(getattr(row, column) for column in _TIE), row.relation_id)
        if name != row.relation_id:
            remedy = "keep one of the two, with the words that say most"
            yield Finding(row, f"the tie of {name} again", "one row for a tie of an article by one source", remedy)


@tie_is_told_once.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT row FROM (SELECT row, count(*) OVER (PARTITION BY {", ".join(_TIE)}) AS rows FROM relations)
        WHERE rows > 1"""
    same = "document_id, subject_actor_id, predicate"
    yield Suspects(Relation, sql, {Relation: f"({same}) IN (SELECT ({same}) FROM focus)"})


@tie_is_told_once.fault("r90-tie-twice", "a tie is there twice, by other words of the article")
def _(record: Index) -> Spoilt:
    row = first(record[Relation])
    other = f"{row.relation_id}9"
    return Spoilt(f"{other}: the tie of {row.relation_id} again", (like(row, relation_id=other),))


#: Words that say that somebody leads: by them, and not by a possessive, a passage states the tie.
LEADING = (
    r"(?:lead|leads|leader|leaders|leadership|led|head|heads|headed|chief|commander|commanders|command|commands|"
    r"commanded|commanding|chair|chairs|chairman|president|minister|director|boss|rule|rules|ruler|govern|governs|runs)"
)
_LEADING = rf"\b{LEADING}\b"
#: Somebody's, or of somebody.
_POSSESSIVE = r"[’']s?(?: |$)|\bof\b|\b(?:his|her|its|their)\b"


@rule("R91", "warning", reads=(Evidence, Relation))
def possession_implies_the_lead(record: Record) -> Iterator[Finding]:
    """That somebody leads a force or a body follows from a possessive (“Haftar's forces”) by a step of reasoning: such
    words imply the tie, and do not state it."""
    for piece in record[Evidence]:
        tie = record.row(Relation, piece.relation_id)
        if tie and tie.predicate == "leads" and _is_possessive(piece):
            remedy = "write “support: implies” in the quotation, or quote the word that says who leads"
            found = f"support states for leads by {show(piece.exact_text, 60)}"
            yield Finding(piece, found, "implies, as there is a possessive alone", remedy)


def _is_possessive(piece: Evidence) -> bool:
    """Whether the words of a tie are said to state it, and have a possessive and no word for leading."""
    words = piece.exact_text
    return (
        (piece.field, piece.support) == ("evidence_text", "states")
        and bool(re.search(_POSSESSIVE, words, re.IGNORECASE))
        and not re.search(_LEADING, words, re.IGNORECASE)
    )


@possession_implies_the_lead.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM evidence t JOIN relations r USING (relation_id)
        WHERE r.predicate = 'leads' AND t.field = 'evidence_text' AND t.support = 'states'
            AND regexp_matches(t.exact_text, {literal(_POSSESSIVE)}, 'i')
            AND NOT regexp_matches(t.exact_text, {literal(_LEADING)}, 'i')"""
    yield Suspects(Evidence, sql)


@possession_implies_the_lead.fault("r91-possessive-states", "a possessive alone counts as stating who leads")
def _(record: Index) -> Spoilt:
    ties = {row.relation_id for row in record[Relation] if row.predicate == "leads"}
    row = first(record[Evidence], lambda row: row.relation_id in ties, field="evidence_text")
    words = "the forces of the general"
    return spoilt(row, f"support states for leads by {show(words, 60)}", support="states", exact_text=words)


#: What is over, in the words for how or as what a tie holds.
_OVER = r"\b(?:former|formerly|once|previous|previously|late|ousted|deposed|until)\b|\bex-"


@rule("R92", "warning", reads=(Relation,), is_local=True)
def tie_that_is_over_has_its_time(record: Record) -> Iterator[Finding]:
    """A tie that is over by the words for its manner (“former”) has a time in which it held, so that it does not count
    as one that stands."""
    for row in record[Relation]:
        if row.manner_text and not row.validity_edtf and re.search(_OVER, row.manner_text, re.IGNORECASE):
            remedy = "add “valid:” with “edtf: ../X” and “because:”, X being the last day on which it may have held"
            yield Finding(row, f"{show(row.manner_text, 60)} without a time", "a time that has an end", remedy)


@tie_that_is_over_has_its_time.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM relations t
        WHERE validity_edtf IS NULL AND regexp_matches(manner_text, {literal(_OVER)}, 'i')"""
    yield Suspects(Relation, sql)


@tie_that_is_over_has_its_time.fault("r92-former-and-standing", "a tie of the past stands without a time")
def _(record: Index) -> Spoilt:
    row = first(record[Relation], validity_edtf=None)
    return spoilt(row, "“former officer” without a time", manner_text="former officer")
