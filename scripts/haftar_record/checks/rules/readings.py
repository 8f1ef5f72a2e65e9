"""Discrepancies: what their kind says of the two readings."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.index import Index
from ...model.tables import Discrepancy, Evidence, QuotedPassage
from ...text.spans import Span, Stretches
from ..columnar.sql import in_focus, owned_by_focus
from ..columnar.suspects import Suspects, distinct
from .engine import Finding, Record, rule
from .faults import Spoilt, first, spoilt

#: Kinds of discrepancies that lie between two articles, and inside one.
_BETWEEN, _INSIDE = ("between_documents",), ("headline_vs_body", "internal_date")


@rule("R93", reads=(Discrepancy,), is_local=True)
def kind_fits_the_articles(record: Record) -> Iterator[Finding]:
    """A discrepancy between articles has its two readings in two of them, and one of a headline with its body, or of
    dates inside an article, has not."""
    for row in record[Discrepancy]:
        are_two = row.document_b_id is not None and row.document_b_id != row.document_a_id
        found = f"{row.kind} with {row.document_a_id} and {row.document_b_id or 'no article'}"
        if row.kind in _BETWEEN and not are_two:
            yield Finding(row, found, "two different articles", "correct “kind”, or the article of a reading")
        if row.kind in _INSIDE and are_two:
            expected = "the same article, or an outside reference"
            yield Finding(
                row, found, expected, "change “kind” to between_documents, or correct the article of a reading"
            )


@kind_fits_the_articles.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Discrepancy, "kind", "document_a_id IS NOT DISTINCT FROM document_b_id", "document_b_id IS NULL")


@kind_fits_the_articles.fault("r93-between-one-article", "a discrepancy between articles has one article")
def _(record: Index) -> Spoilt:
    row = first(record[Discrepancy], kind="between_documents")
    own = row.document_a_id
    return spoilt(row, f"between_documents with {own} and {own}", document_b_id=own)


@kind_fits_the_articles.fault("r93-inside-two-articles", "a headline is compared with the body of another article")
def _(record: Index) -> Spoilt:
    row = first(record[Discrepancy], kind="between_documents")
    found = f"headline_vs_body with {row.document_a_id} and {row.document_b_id}"
    return spoilt(row, found, kind="headline_vs_body")


@rule("R94", reads=(Discrepancy, Evidence, QuotedPassage))
def misquotation_is_of_a_quotation(record: Record) -> Iterator[Finding]:
    """A misquotation is about words in quotation marks: a passage of one of its readings has some."""
    evidence, passages = record.grouped(Evidence, "owner"), record.grouped(QuotedPassage, "document_id")
    quoted: dict[str, Stretches[QuotedPassage]] = {}
    for row in record[Discrepancy]:
        if row.kind != "misquotation":
            continue
        pieces = evidence.get(row.discrepancy_id, [])
        for document in {piece.document_id for piece in pieces} - quoted.keys():
            quoted[document] = Stretches(
                (one.start, one.end, one) for one in passages.get(document, []) if one.disposition != "not_quoted"
            )
        if not any(any(quoted[piece.document_id].near(Span(piece.start, piece.end))) for piece in pieces):
            remedy = "quote the words with their marks, or change “kind” (garbled, mistranslation, omission)"
            yield Finding(row, "a misquotation of words without quotation marks", "words in quotation marks", remedy)


@misquotation_is_of_a_quotation.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM discrepancies t WHERE t.kind = 'misquotation' AND t.discrepancy_id NOT IN
        (SELECT e.owner FROM evidence e JOIN quotations q
            ON q.document_id = e.document_id AND q.disposition <> 'not_quoted'
                AND q.start < e."end" AND e.start < q."end"
            WHERE e.discrepancy_id IS NOT NULL)"""
    articles = f"{in_focus('document_id', 'document_a_id')} OR {in_focus('document_id', 'document_b_id')}"
    yield Suspects(Discrepancy, sql, {Evidence: owned_by_focus(Discrepancy), QuotedPassage: articles})


@misquotation_is_of_a_quotation.fault("r94-no-quotation", "a passage without quotation marks counts as misquoted")
def _(record: Index) -> Spoilt:
    def is_plain(row: Discrepancy) -> bool:
        return not any(
            passage.start < piece.end and piece.start < passage.end
            for piece in record.evidence(row.discrepancy_id)
            for passage in record.grouped(QuotedPassage, "document_id").get(piece.document_id, [])
        )

    row = first(record[Discrepancy], is_plain)
    return spoilt(row, "a misquotation of words without quotation marks", kind="misquotation")
