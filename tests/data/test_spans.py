"""Every value that claims to be the words of an article is read again there."""

from __future__ import annotations

import re

import pytest

from .reading import FIRST, OWNERS, Row, by_id, first, one, overlap, paragraphs, row_of, rows, span, split, texts, where
from .test_computed import sheets

pytestmark = pytest.mark.data

#: Columns that hold words of the article; those in REQUIRED are never empty.
VERBATIM = {
    "statements": ("content_text", "cue_text", "speaker_text", "date_text"),
    "event_reports": ("evidence_text", "date_text", "place_text", "hedge_text"),
    "relations": ("evidence_text", "manner_text", "validity_text"),
    "quantities": ("evidence_text", "printed_text"),
}
REQUIRED = {
    "statements": {"content_text", "cue_text", "speaker_text"},
    "event_reports": {"evidence_text"},
    "relations": {"evidence_text"},
    "quantities": {"evidence_text", "printed_text"},
}


def evidence_of(table: str, identity: str) -> list[Row]:
    name = next(name for name, owner in OWNERS.items() if owner == table)
    return sorted(where("evidence", **{name: identity}), key=span)


@pytest.mark.parametrize("table, column", [("evidence", "exact_text"), ("mentions", "surface_text")])
def test_span_is_its_text(table: str, column: str) -> None:
    """Catches offsets in bytes or UTF-16, offsets of another article, and text that was cleaned up."""
    printed = {document: text.replace("\n", " ") for document, text in texts().items()}
    found = [row for row in rows(table) if printed[row["document_id"]][slice(*span(row))] != row[column]]
    assert not found
    assert all(span(row)[0] < span(row)[1] for row in rows(table))


def test_evidence_keeps_its_neighbours() -> None:
    """Catches a prefix or suffix that is trimmed, too long, or reaches into the next paragraph."""
    for row in rows("evidence"):
        text, (start, end) = texts()[row["document_id"]], span(row)
        first, last = next(p for p in paragraphs(row["document_id"]) if p[0] <= start < p[1])
        assert end <= last, row["evidence_id"]
        assert row["prefix_text"] == text[max(first, start - 32) : start], row["evidence_id"]
        assert row["suffix_text"] == text[end : min(last, end + 32)], row["evidence_id"]
        assert len(row["exact_text"]) <= 500, row["evidence_id"]


def test_evidence_numbers_its_paragraph_and_sentence() -> None:
    """Catches numbers that count blank lines, start from 0, or run on from paragraph to paragraph."""
    for row in rows("evidence"):
        document, start = row["document_id"], span(row)[0]
        before = texts()[document][: start + 1]
        assert int(row["paragraph_number"]) == sum(1 for line in before.split("\n") if line.strip()), row["evidence_id"]
        sentence = next(s for s in where("sentences", document_id=document) if span(s)[0] <= start < span(s)[1])
        assert row["sentence_number"] == sentence["sentence_number"], row["evidence_id"]


@pytest.mark.parametrize("table", VERBATIM)
def test_verbatim_columns_equal_their_evidence(table: str) -> None:
    """Catches a judgement without words, with the words of another article, or quoted differently in two tables."""
    wrong = []
    for identity, row in by_id(table).items():
        evidence = evidence_of(table, identity)
        if any(e["document_id"] != row["document_id"] for e in evidence):
            wrong.append((identity, "evidence in another article"))
        for column in VERBATIM[table]:
            passages = [e["exact_text"] for e in evidence if e["field"] == column]
            # Passages are joined by […]; one of more than 500 code points is cut at blanks.
            is_same = sorted(passages) == sorted(row[column].split(" […] ")) or " ".join(passages) == row[column]
            if not is_same or (column in REQUIRED[table] and not passages):
                wrong.append((identity, column, row[column], passages))
        if strange := {e["field"] for e in evidence} - set(VERBATIM[table]):
            wrong.append((identity, "evidence for", strange))
    assert not wrong


def test_report_shows_its_own_evidence() -> None:
    """Catches a report, or an event, that shows the words of another one."""
    for row in rows("event_reports"):
        carrier = row_of(row["evidence_id"])
        assert carrier["event_report_id"] == row["event_report_id"] and carrier["field"] == "evidence_text"
        assert row["evidence_text"].startswith(carrier["exact_text"]), row["event_report_id"]
    for event in rows("events"):
        told = {report["evidence_text"] for report in where("event_reports", event_id=event["event_id"])}
        assert event["evidence_text"] in told, event["event_id"]


def test_event_actor_rests_on_an_article_that_tells_the_event() -> None:
    """Catches a role without words, or with words of an article that does not report the event."""
    for row in rows("event_actors"):
        telling = {report["document_id"] for report in where("event_reports", event_id=row["event_id"])}
        evidence = evidence_of("event_actors", row["event_actor_id"])
        assert evidence, row["event_actor_id"]
        assert {e["document_id"] for e in evidence} <= telling, row["event_actor_id"]
        assert 1 <= len(evidence) <= int(row["report_count"]), row["event_actor_id"]


def test_discrepancy_has_both_sides() -> None:
    """Catches a contradiction of which one side cannot be looked up."""
    for row in rows("discrepancies"):
        sides = {side: split(row[f"evidence_{side}_ids"]) for side in "ab"}
        assert sides["a"] and (sides["b"] or row["reference_id"]), row["discrepancy_id"]
        for side, identities in sides.items():
            for evidence in map(row_of, identities):
                assert evidence["document_id"] == row[f"document_{side}_id"], row["discrepancy_id"]
                assert evidence["discrepancy_id"] == row["discrepancy_id"]
                assert evidence["field"] == f"reading_{side}", evidence["evidence_id"]
        owned = {e["evidence_id"] for e in evidence_of("discrepancies", row["discrepancy_id"])}
        assert {*sides["a"], *sides["b"]} <= owned, row["discrepancy_id"]


def test_document_facts_are_printed() -> None:
    """Catches a title, byline or dateline that is not in the article, and a "stated" date without the words."""
    columns = {"title": "title", "byline": "byline", "dateline": "dateline_text"}
    for row in rows("documents"):
        facts = where("evidence", document_id=row["document_id"])
        for fact, column in columns.items():
            printed = [e["exact_text"] for e in facts if e["document_fact"] == fact]
            assert printed == ([row[column]] if row[column] else []), (row["document_id"], fact)
        words = [e["exact_text"] for e in facts if e["document_fact"] == "published"]
        assert words or (row["published_basis"] == "external" and row["document_id"] not in FIRST), row["document_id"]
        if row["published_basis"] == "stated":
            assert any(row["published_date"][:4] in text for text in words), row["document_id"]


def test_actor_is_named_by_its_evidence() -> None:
    """Catches an actor without a passage that names it, or with one that names somebody else."""
    for row in rows("actors"):
        evidence = evidence_of("actors", row["actor_id"])
        assert evidence or row["mention_count"] == "0", row["actor_id"]
        for passage in evidence:
            assert passage["exact_text"] in split(row["aliases"]), row["actor_id"]


@pytest.mark.parametrize("table", ["actors", "places"])
def test_every_alias_in_an_article_is_a_mention(table: str) -> None:
    """Catches names that the search for mentions overlooks: after a dash, in brackets, before an apostrophe."""
    missed, found = [], 0
    for row in rows(table):
        for alias in split(row["aliases"]):
            for document, text in texts().items():
                mentions = [span(m) for m in where("mentions", document_id=document)]
                for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
                    found += 1
                    if not any(overlap(match.span(), m) for m in mentions):
                        missed.append((document, alias, match.span()))
    # Words that a sheet says to mean nobody here: “government” where no single one is named.
    settled = {
        (f"doc-{sheet['article'].partition('_')[2][:8]}", entry["words"])
        for sheet in sheets()
        for entry in sheet.get("mentions", ())
        if entry["means"] == "none" and "at" not in entry
    }
    assert found > len(rows(table))
    assert not [one for one in missed if one[:2] not in settled]


def test_haftar_is_found_wherever_he_is_named() -> None:
    """Catches mentions of the main actor lost inside longer names ("Haftar’s militias", "General Khalifa Haftar")."""
    lost = []
    assert all("Haftar" in texts()[document] for document in first())
    for document, text in texts().items():
        found = [span(m) for m in where("mentions", document_id=document, actor_id="act-haftar")]
        for match in re.finditer(r"\bHaftar\b", text):
            if not any(first <= match.start() and match.end() <= last for first, last in found):
                lost.append((document, match.span()))
    assert not lost


def test_heading_in_capitals_is_searched_for_names() -> None:
    """Catches names printed in capitals ("HAFTAR-ASSAD TIES"), which are surface forms like any other."""
    start = texts()["doc-3eb302bd"].index("HAFTAR-ASSAD")
    found = {m["actor_id"] for m in where("mentions", document_id="doc-3eb302bd") if start <= span(m)[0] < start + 12}
    assert found == {"act-haftar", "act-assad"}


def test_mention_layers_do_not_overlap() -> None:
    """Catches one occurrence counted twice in a layer, and an embedded name outside any longer one."""
    for document in texts():
        found = sorted(where("mentions", document_id=document), key=span)
        outer = [m for m in found if not m["mention_layer"].startswith("embedded")]
        assert outer or document not in FIRST
        assert not [(a, b) for a, b in zip(outer, outer[1:], strict=False) if overlap(span(a), span(b))]
        for inner in (m for m in found if m["mention_layer"].startswith("embedded")):
            start, end = span(inner)
            assert any(first <= start and end <= last for first, last in map(span, outer)), inner["mention_id"]
        for row in outer:
            assert row["mention_layer"] == ("actor" if row["actor_id"] else "place"), row["mention_id"]


def test_mention_uses_words_of_the_register() -> None:
    """Catches a mention whose words the register does not list for that actor or place."""
    for row in rows("mentions"):
        entity = row_of(row["actor_id"] or row["place_id"])
        names = {name.casefold() for name in split(entity["aliases"])}  # SIRTE in a dateline is Sirte
        assert row["surface_text"].casefold() in names, row["mention_id"]
        assert one("mentions", mention_id=row["mention_id"]) is row
