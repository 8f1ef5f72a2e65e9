"""Rows against the words of the articles: offsets, passages, sentences, quotation marks, numbers, names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.cells import joined, split
from ...model.columns import CONTEXT_LENGTH, SPAN_SEPARATOR
from ...model.rows import columns, grouped
from ...model.tables import UNITS, Document, EventActor, Evidence, Mention, Quantity, QuotedPassage, Sentence, Statement
from ...problems.wording import apart, show
from ...text import numbers
from ...text.quotation import quotations
from ...text.spans import Span
from .engine import Finding, Record, rule


@rule("R01")
def span_equals_text(record: Record) -> Iterator[Finding]:
    """Evidence, mentions and quoted passages are the very words of the article at their offsets."""
    for row in (*record[Evidence], *record[Mention], *record[QuotedPassage]):
        article = record.articles.get(row.document_id)
        if article is None:
            continue
        if not row.start < row.end <= len(article.text):
            expected = f"a first and a last character within the {len(article.text)} of the article"
            yield Finding(row, f"{row.start}-{row.end}", expected, "build again")
            continue
        column = "surface_text" if isinstance(row, Mention) else "exact_text"
        found, printed = getattr(row, column), article.of(Span(row.start, row.end))
        if found != printed:
            found, printed = apart(found, printed)
            remedy = "quote the article exactly, then build"
            yield Finding(
                row, f"{column} {found} at {row.start}-{row.end}", f"{printed}, as the article has it", remedy
            )


@rule("R02")
def unit_has_evidence(record: Record) -> Iterator[Finding]:
    """A statement has evidence for content, cue and speaker; a report, relation or quantity for its words; all of
    it in its own article."""
    for model in UNITS:
        for row in record[model]:
            own = [e for e in record.evidence(row.id[0]) if e.document_id == row.document_id]
            for missing in sorted(set(model.EVIDENT) - {e.field for e in own}):
                yield Finding(row, f"no evidence for {missing}", f"a passage of {row.document_id}", "quote the words")


@rule("R03")
def event_actor_has_evidence(record: Record) -> Iterator[Finding]:
    """An actor's role in an event rests on words."""
    for row in record[EventActor]:
        if not record.evidence(row.event_actor_id):
            yield Finding(row, "no evidence", "a passage that names the actor", "quote it under “who:” of a report")


@rule("R04")
def sentences_complete(record: Record) -> Iterator[Finding]:
    """The sentences of an article cover all of its words, in order and without overlap, and each is coded or has a
    reason."""
    for document in record[Document]:
        article = record.articles.get(document.document_id)
        position = 0
        for row in _sentences(record, document.document_id):
            if article and (row.start < position or article.text[position : row.start].strip()):
                yield Finding(row, f"starts at {row.start}", f"the first word after {position}", "build again")
            position = row.end
            if (row.disposition == "coded") != (row.unit_count > 0) or (row.reason is None) != (row.unit_count > 0):
                found = f"{row.disposition} with {row.unit_count} units"
                yield Finding(row, found, "coded with units, or a reason", "code it, or list it under “sentences:”")
        if article and article.text[position:].strip():
            yield Finding(document, f"words after {position} in no sentence", "sentences to the end", "build again")


def _sentences(record: Record, document_id: str) -> list[Any]:
    """The sentences of one article in order of the text."""
    return sorted(record.grouped(Sentence, "document_id").get(document_id, ()), key=lambda row: row.start)


@rule("R13")
def form_matches_marks(record: Record) -> Iterator[Finding]:
    """Direct speech stands in quotation marks, indirect speech does not, mixed speech does in part (PARC). Marks
    that enclose a statement together with the one it is told inside of may be the outer speaker's."""
    contents = {row.statement_id: _content_spans(record, row.statement_id) for row in record[Statement]}
    for row in record[Statement]:
        marked = record.grouped(QuotedPassage, "document_id").get(row.document_id, ())
        marks = [Span(mark.start, mark.end) for mark in marked]
        outer = contents.get(row.parent_statement_id, [])
        own = [mark for mark in marks if not any(mark.overlaps(span) for span in outer)]
        forms = {_form(contents[row.statement_id], marks), _form(contents[row.statement_id], own)}
        if row.speech_form not in forms:
            expected = f"{' or '.join(sorted(forms))}, by the quotation marks"
            yield Finding(row, row.speech_form, expected, "correct “form” or “content”")


def _content_spans(record: Record, statement_id: str) -> list[Span]:
    return [Span(row.start, row.end) for row in record.evidence(statement_id) if row.field == "content_text"]


def _form(spans: list[Span], marks: list[Span]) -> str:
    if spans and all(any(mark.contains(span) for mark in marks) for span in spans):
        return "direct"
    return "mixed" if any(mark.overlaps(span) for span in spans for mark in marks) else "indirect"


@rule("R22")
def mentions_do_not_overlap(record: Record) -> Iterator[Finding]:
    """Within a layer, no mention lies in another; actors and places are one layer in this respect."""
    last: dict[tuple[str, str], Any] = {}
    for row in sorted(record[Mention], key=lambda r: (r.document_id, r.start)):
        layer = (row.document_id, row.mention_layer.replace("place", "actor"))
        if layer in last and row.start < last[layer].end:
            yield Finding(row, f"overlaps {last[layer].mention_id}", "no overlap in a layer", "correct the aliases")
        last[layer] = row


@rule("R23")
def quantity_is_printed(record: Record) -> Iterator[Finding]:
    """A bound of a quantity is a number that its printed words give, in digits or as a word; bounds are in order."""
    for row in record[Quantity]:
        printed = numbers.read(row.printed_text)
        for bound in (row.minimum, row.maximum):
            if bound is not None and bound not in printed:
                yield Finding(row, f"{bound} for {show(row.printed_text)}", "a printed number", "correct the bound")
        if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
            yield Finding(row, f"{row.minimum} to {row.maximum}", "bounds in order", "swap minimum and maximum")


@rule("R31")
def evidence_is_placed(record: Record) -> Iterator[Finding]:
    """Evidence stands in the paragraph and sentence that it names, between the words that it gives before and after
    it (W3C Web Annotation, Text Quote Selector)."""
    holders = record.grouped(Sentence, "document_id")
    numbers = {
        (row.document_id, row.paragraph_number, row.sentence_number): row for rows in holders.values() for row in rows
    }
    for row in record[Evidence]:
        holder = numbers.get((row.document_id, row.paragraph_number, row.sentence_number))
        if holder is None or not holder.start <= row.start < holder.end:
            found = f"paragraph {row.paragraph_number}, sentence {row.sentence_number}"
            yield Finding(row, found, f"the sentence that holds character {row.start}", "build again")
        if article := record.articles.get(row.document_id):
            before, after = article.context(Span(row.start, row.end), CONTEXT_LENGTH)
            for name, printed in (("prefix_text", before), ("suffix_text", after)):
                if (getattr(row, name) or "") != printed:
                    yield Finding(row, f"{name} {show(getattr(row, name) or '')}", show(printed), "build again")


@rule("R32")
def evidence_carries_value(record: Record) -> Iterator[Finding]:
    """Evidence supports a column of the row that it belongs to, and a verbatim value is made of its evidence."""
    for model in UNITS:
        definitions = columns(model)
        for row in record[model]:
            pieces = grouped(record.evidence(row.id[0]), "field")
            for name in sorted(set(pieces) - set(definitions)):
                known = f"a column of {model.TABLE}"
                yield Finding(row, f"evidence for {name}", known, "build again")
            for name in pieces:
                if (
                    name in definitions
                    and definitions[name].verbatim
                    and not _is_made_of(getattr(row, name), pieces[name])
                ):
                    said = " ".join(show(piece.exact_text, 40) for piece in pieces[name])
                    yield Finding(
                        row, f"{name} {show(getattr(row, name) or '', 60)}", f"its evidence: {said}", "build again"
                    )
            for name in sorted(_verbatim_with_value(row, definitions) - {*pieces, *model.EVIDENT}):
                yield Finding(
                    row, f"{name} without evidence", f"evidence with the {model.KEY[0]} {row.id[0]}", "build again"
                )


def _verbatim_with_value(row: Any, definitions: dict[str, Any]) -> set[str]:
    return {name for name, column in definitions.items() if column.verbatim and getattr(row, name) is not None}


def _is_made_of(value: str | None, pieces: list[Any]) -> bool:
    """Whether a value is its passages: those that follow each other are one, others are joined by ``[…]``."""
    passages: list[str] = []
    end = -1
    for piece in sorted(pieces, key=lambda row: row.start):
        if passages and piece.start - end in (0, 1):
            passages[-1] += " " * (piece.start - end) + piece.exact_text
        else:
            passages.append(piece.exact_text)
        end = piece.end
    return sorted((value or "").split(SPAN_SEPARATOR)) == sorted(passages)


@rule("R33")
def quoted_passages_complete(record: Record) -> Iterator[Finding]:
    """Every passage in quotation marks has a row, which names the statements that carry it or gives a reason."""
    for document in record[Document]:
        rows = record.grouped(QuotedPassage, "document_id").get(document.document_id, [])
        if article := record.articles.get(document.document_id):
            known = {(row.start, row.end) for row in rows}
            for span in quotations(article.text, article.paragraphs):
                if (span.start, span.end) not in known:
                    found = f"{show(article.of(span), 60)} at {span.start}-{span.end} is in no row of quotations"
                    yield Finding(document, found, "a row for each quoted passage", "build again")
        for row in rows:
            carriers = {e.statement_id for e in _carriers(record, row)}
            is_carried = row.disposition == "statement"
            if set(split(row.statement_ids)) != carriers or is_carried != bool(carriers):
                found = f"{row.disposition}, {row.statement_ids or 'no statement'}"
                expected = f"the statements in whose content it is: {joined(sorted(carriers)) or 'none'}"
                yield Finding(row, found, expected, "build again")
            if is_carried == (row.reason is not None):
                yield Finding(
                    row, f"{row.disposition}, {'a' if row.reason else 'no'} reason", "one of both", "build again"
                )


def _carriers(record: Record, quotation: Any) -> Iterator[Any]:
    """Evidence of the content of statements that a quoted passage overlaps."""
    span = Span(quotation.start, quotation.end)
    for row in record.grouped(Evidence, "document_id").get(quotation.document_id, ()):
        if row.statement_id and row.field == "content_text" and span.overlaps(Span(row.start, row.end)):
            yield row


@rule("R34")
def article_is_described(record: Record) -> Iterator[Finding]:
    """Hash, length and numbers of words and paragraphs are those of the article; title, byline and dateline stand
    in it."""
    for row in record[Document]:
        article = record.articles.get(row.document_id)
        if article is None:
            continue
        counted = {
            "text_sha256": article.sha256,
            "text_length": len(article.text),
            "word_count": len(article.text.split()),
            "paragraph_count": len(article.paragraphs),
        }
        for name, value in counted.items():
            if getattr(row, name) != value:
                yield Finding(row, f"{name} {getattr(row, name)}", str(value), "build again")
        for name in ("title", "byline", "dateline_text"):
            if (getattr(row, name) or "") not in article.text:
                yield Finding(row, f"{name} {show(getattr(row, name), 60)}", "words of the article", "build again")
