"""The articles are as received, and what is counted about them is what a recount gives."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

import pytest

from .reading import ARTICLES, ROOT, first, one, overlap, paragraphs, rows, span, split, texts, where

pytestmark = pytest.mark.data

#: The hashes of the first articles when they were received.
RECEIVED = {
    "doc-9d1fdcb4": "3688d779c83bf2ad24aede436432c6043fe6d6fb1fa0f0dc754a6981c7404540",
    "doc-47cb6610": "154e60892763f343dd2813cac034b19e40a7d35b1ffa5b5205f84373c9857ff4",
    "doc-6b383f3c": "6706532db2b058c3089add75730867f305f652893835dfbe53dad151eb0efd26",
    "doc-187cdebd": "ac309edfc1d613267c93850091a8301561751a717cf9fc48b186ab902d06a386",
    "doc-3eb302bd": "58e2b70b5b42f9b07410b87b24101ac0f709b3097029150c70f79607d6049c1c",
}
#: Sentences in each paragraph, counted by a reader. "U.S.", "D.C." and a quotation after a colon end none; the
#: paraphraser of 001 has cut one sentence in three ("… approval.” On Twitter on Saturday. In a statement, …").
SENTENCES = {
    "doc-9d1fdcb4": [1] * 14,
    "doc-47cb6610": [1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 1, 2, 1],
    "doc-6b383f3c": [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 2],
    "doc-187cdebd": [1] * 15,
    "doc-3eb302bd": [1, 2, 2, 2, 2, 1, 1, 2, 1, 1, 1, 1, 2, 2],
}


@pytest.mark.parametrize("document", first())
def test_article_is_byte_for_byte_as_received(document: str) -> None:
    """Catches an editor, a checkout or a "corrected" typo that changes an article under its offsets."""
    path = ROOT / one("documents", document_id=document)["seed_path"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == RECEIVED[document]


def test_documents_are_the_articles() -> None:
    """Catches an article without a row, a row without an article, and a path or hash of another one."""
    found = {row["seed_path"]: row["text_sha256"] for row in rows("documents")}
    paths = {path for path in ARTICLES.iterdir() if path.suffix == ".txt"}
    assert found == {f"seeds/articles/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    for row in rows("documents"):
        name = re.fullmatch(r"seeds/articles/([0-9]{3}|[1-9][0-9]{3,})_([0-9a-f]{8})[0-9a-f]{8}\.txt", row["seed_path"])
        assert name and row["document_id"] == f"doc-{name[2]}" and row["label"].startswith(f"{name[1]} ")


@pytest.mark.parametrize("document", texts())
def test_document_counts(document: str) -> None:
    """Catches counts of bytes for code points, of blank lines for paragraphs, and counts gone stale."""
    text, row = texts()[document], one("documents", document_id=document)
    boilerplate = where("sentences", document_id=document, disposition="boilerplate")
    expected = {
        "text_length": len(text),
        "paragraph_count": sum(1 for line in text.split("\n") if line.strip()),
        "sentence_count": len(where("sentences", document_id=document)),
        "word_count": len(re.findall(r"\S+", text)),
        "statement_count": len(where("statements", document_id=document)),
        "event_report_count": len(where("event_reports", document_id=document)),
        "boilerplate_length": sum(end - start for start, end in map(span, boilerplate)),
    }
    assert {name: int(row[name]) for name in expected} == expected
    assert hashlib.sha256((ROOT / row["seed_path"]).read_bytes()).hexdigest() == row["text_sha256"]


@pytest.mark.parametrize("document", texts())
def test_sentences_tile_the_text(document: str) -> None:
    """Catches words that belong to no sentence or to two, and a sentence that begins or ends with a blank."""
    text, position = texts()[document], 0
    for start, end in sorted(map(span, where("sentences", document_id=document))):
        assert not text[position:start].strip() and position <= start < end
        assert text[start:end] == text[start:end].strip() and "\n" not in text[start:end]
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("document", texts())
def test_sentences_are_those_that_a_reader_counts(document: str) -> None:
    """Catches a cut at "U.S." or inside a quotation, a missed end, and wrong paragraph or sentence numbers."""
    found = sorted(where("sentences", document_id=document), key=span)
    counted = Counter(int(row["paragraph_number"]) for row in found)
    counts = SENTENCES.get(document, [counted[number] for number in range(1, len(paragraphs(document)) + 1)])
    assert all(counts)
    numbers = [(paragraph, n + 1) for paragraph, count in enumerate(counts, 1) for n in range(count)]
    assert [(int(row["paragraph_number"]), int(row["sentence_number"])) for row in found] == numbers
    for row in found:
        first, last = paragraphs(document)[int(row["paragraph_number"]) - 1]
        assert first <= span(row)[0] and span(row)[1] <= last, row["sentence_id"]
        key = document.removeprefix("doc-")
        paragraph, sentence = int(row["paragraph_number"]), int(row["sentence_number"])
        assert row["sentence_id"] == f"sen-{key}-p{paragraph:02d}-s{sentence:02d}"


@pytest.mark.parametrize("document", texts())
def test_sentence_is_coded_or_has_a_reason(document: str) -> None:
    """Catches a sentence passed over in silence, and a unit count that its evidence does not bear out."""
    owners = ("statement_id", "event_report_id", "relation_id", "quantity_id", "document_fact")
    evidence = [row for row in where("evidence", document_id=document) if any(row[name] for name in owners)]
    for row in where("sentences", document_id=document):
        units = {tuple(e[name] for name in owners) for e in evidence if overlap(span(e), span(row))}
        assert int(row["unit_count"]) == len(units), row["sentence_id"]
        assert (row["disposition"] == "coded") == bool(units) == (not row["reason"]), row["sentence_id"]


@pytest.mark.parametrize("document", texts())
def test_quotation_has_its_words_and_its_id(document: str) -> None:
    """Catches a quoted passage with the words of another place, two that overlap, and an id of another place."""
    found = sorted(where("quotations", document_id=document), key=span)
    for row in found:
        assert row["exact_text"] == texts()[document][slice(*span(row))]
        assert row["quotation_id"] == f"quo-{document.removeprefix('doc-')}-{span(row)[0]:04d}"
    assert not [(a, b) for a, b in zip(found, found[1:], strict=False) if overlap(span(a), span(b))]


@pytest.mark.parametrize("document", first())
def test_quotations_are_all_passages_in_quotation_marks(document: str) -> None:
    """Catches a quoted passage that is not accounted for, and an apostrophe taken for a closing mark."""
    text = texts()[document]
    assert '"' not in text
    # Either a double mark up to its partner or the end of the line, or a single one up to a ’ at the end of a word.
    expected = [match.span() for match in re.finditer(r"“[^”\n]*(?:”|$)|‘.*?’(?!\w)", text, re.MULTILINE)]
    found = sorted(where("quotations", document_id=document), key=span)
    assert [span(row) for row in found] == expected
    for row in found:
        assert row["is_closed"] == ("true" if row["exact_text"][-1] in "”’" else "false")
        assert row["mark_style"] == {"“": "double_curly", "‘": "single_curly"}[row["exact_text"][0]]
    outside = "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in expected))
    assert not set("“”‘") & set(outside)
    # What remains are apostrophes: between letters, or after the s of a plural.
    assert len(re.findall(r"(?<=\w)’(?=\w)|(?<=s)’(?=\s)", outside)) == outside.count("’")


def test_quotation_is_carried_by_its_statements_or_has_a_reason() -> None:
    """Catches a quotation that names statements whose content lies elsewhere, or nothing at all."""
    contents = where("evidence", field="content_text")
    for row in rows("quotations"):
        carriers = {
            e["statement_id"]
            for e in contents
            if e["document_id"] == row["document_id"] and overlap(span(e), span(row))
        }
        assert split(row["statement_ids"]) == sorted(carriers), row["quotation_id"]
        assert bool(carriers) == (row["disposition"] == "statement") == (not row["reason"]), row["quotation_id"]
