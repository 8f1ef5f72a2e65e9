"""Keys, references and codes: what a spreadsheet, or a validator that skips part of the standard, does not check."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from .reading import KEYS, PREFIXES, TABLES, UNKNOWN, Row, by_id, header, key, one, row_of, rows, schema, split

pytestmark = pytest.mark.data

#: What a column of ids points at: the first of these that its name contains.
STEMS = {
    "event_actor": "ea", "event_report": "er", "actor": "act", "source": "src", "evidence": "ev", "event": "evt",
    "statement": "st", "place": "plc", "topic": "top", "reference": "ref", "document": "doc", "relation": "rel",
    "quantity": "qty", "discrepancy": "dis",
}  # fmt: skip
#: Columns of ids by another name, and columns that end like one and hold ids of other registers.
NAMED_OTHERWISE = {"independence_group": "src", "factuality_holder": "src", "unit_ids": "any", "utterance_id": "st"}
FOREIGN = {"wikidata_id", "ucdp_actor_id", "geonames_id"}
UNIQUE = {
    "documents": [("seed_path",), ("text_sha256",)],
    "event_actors": [("event_id", "actor_id", "role")],
    "sentences": [("document_id", "paragraph_number", "sentence_number"), ("document_id", "start")],
    "quotations": [("document_id", "start")],
    "mentions": [("document_id", "start", "end")],
    "actors": [("name",)],
    "places": [("name",)],
    "sources": [("name",)],
    "topics": [("name",)],
    "events": [("title",)],
}
EXACTLY_ONE = {
    "statements": ("speaker_actor_id", "speaker_source_id"),
    "relations": ("object_actor_id", "object_place_id"),
    "mentions": ("actor_id", "place_id"),
    "evidence": (
        "statement_id", "event_report_id", "event_actor_id", "relation_id", "quantity_id", "discrepancy_id", "actor_id",
        "document_fact",
    ),
}  # fmt: skip
PARENTS = {
    "actors": "parent_actor_id",
    "sources": "origin_source_id",
    "events": "part_of_event_id",
    "statements": "parent_statement_id",
}
#: Code columns -> code list.
CODED = {
    "documents": {"published_basis": "basis", "publisher_basis": "basis", "text_kind": "text_kind",
                  "coder_type": "coder_type", "coding_status": "coding_status"},
    "sources": {"source_type": "source_type", "country_code": "country", "is_party": "is_party"},
    "actors": {"actor_type": "actor_type", "country_code": "country", "sector_code": "sector"},
    "places": {"place_type": "place_type", "country_code": "country", "where_prec": "where_prec"},
    "events": {
        "event_type": "event_type", "modes": "event_mode", "contexts": "context", "aux_mode": "aux_mode",
        "quad_class": "quad_class", "cameo_root": "cameo_root", "realis": "realis", "date_prec": "date_prec",
        "date_basis": "date_basis", "where_prec": "where_prec", "corroboration": "corroboration",
    },
    "statements": {
        "speech_form": "speech_form", "act": "act", "plover_type": "event_type", "stance": "stance",
        "epistemic": "epistemic", "date_prec": "date_prec", "date_basis": "date_basis", "date_rule": "date_rule",
        "medium": "medium", "is_verbatim_reliable": "verbatim",
    },
    "event_reports": {"attribution": "attribution", "date_rule": "date_rule", "factuality": "factuality"},
    "event_actors": {"role": "role"},
    "relations": {"predicate": "predicate"},
    "quantities": {"unit": "quantity_unit"},
    "discrepancies": {"kind": "discrepancy_kind", "conflict": "conflict", "resolution": "resolution"},
    "evidence": {"support": "support", "document_fact": "document_fact"},
    "sentences": {"disposition": "disposition"},
    "quotations": {"mark_style": "mark_style", "disposition": "quotation_disposition"},
    "mentions": {"mention_layer": "mention_layer", "label_kind": "label_kind"},
    "references": {"standing": "reference_standing"},
    "decisions": {"origin": "decision_origin"},
    "agreement": {"coder_type": "coder_type"},
}  # fmt: skip


def pointers(table: str) -> dict[str, str]:
    """Columns of ids of a table other than its own key, and the prefix of the ids they hold."""
    own = () if table in KEYS else key(table)
    found = {name: prefix for name, prefix in NAMED_OTHERWISE.items() if name in header(table)}
    for name in header(table):
        if re.search(r"_ids?$", name) and name not in (*own, *found, *FOREIGN):
            prefixes = [prefix for stem, prefix in STEMS.items() if stem in name]
            assert prefixes, f"STEMS has no prefix for the ids in {table}.{name}: add it, and to PREFIXES if it is new"
            found[name] = prefixes[0]
    return found


def identities(row: Row, name: str) -> list[str]:
    return [value for value in split(row[name]) if value not in UNKNOWN]


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_unique(table: str) -> None:
    """Catches a row entered twice under one key, or one thing entered under two ids."""
    for names in (key(table), *UNIQUE.get(table, ())):
        seen = Counter(tuple(row[name] for name in names) for row in rows(table))
        assert not [(names, values) for values, times in seen.items() if times > 1 or not all(values)]


@pytest.mark.parametrize("table", [table for table in TABLES if pointers(table)])
def test_references_resolve(table: str) -> None:
    """Catches an id that points nowhere or into the wrong table, in lists as well, which stock tools skip."""
    wrong = []
    for row in rows(table):
        for name, prefix in pointers(table).items():
            for identity in identities(row, name):
                found = identity.partition("-")[0]
                if (found != prefix and prefix != "any") or identity not in by_id(PREFIXES.get(found, "documents")):
                    wrong.append((name, identity))
            assert len(set(split(row[name]))) == len(split(row[name])), (name, row[name])
    assert not wrong


@pytest.mark.parametrize("table", [table for table in TABLES if pointers(table)])
def test_references_are_declared(table: str) -> None:
    """Catches a column of ids without a foreign key, which a stock validator would never follow."""
    declared = {
        (*item["fields"], item["reference"].get("resource") or table, *item["reference"]["fields"])
        for item in schema(table).get("foreignKeys", [])
    }
    singles = {name: PREFIXES[prefix] for name, prefix in pointers(table).items() if not name.endswith("_ids")}
    assert declared == {(name, target, *key(target)) for name, target in singles.items()}


@pytest.mark.parametrize("table", EXACTLY_ONE)
def test_exactly_one_is_filled(table: str) -> None:
    """Catches a row with two owners (or speakers, objects, meanings), or with none."""
    wrong = [row for row in rows(table) if sum(bool(row[name]) for name in EXACTLY_ONE[table]) != 1]
    assert not wrong


@pytest.mark.parametrize("table, column", PARENTS.items())
def test_nesting_ends(table: str, column: str) -> None:
    """Catches a row that is, over any number of steps, its own parent."""
    assert any(row[column] for row in rows(table))
    for start in by_id(table):
        seen, at = [start], by_id(table)[start][column]
        while at:
            assert at not in seen, [*seen, at]
            seen.append(at)
            at = by_id(table)[at][column]


@pytest.mark.parametrize("table", ["statements", "event_reports", "relations", "quantities"])
def test_unit_names_statements_of_its_own_article(table: str) -> None:
    """Catches a unit told inside, or resting on, a statement of another article."""
    names = ("parent_statement_id", "statement_id") if table != "statements" else ("parent_statement_id",)
    parents = [(row, row[name]) for row in rows(table) for name in names if row.get(name)]
    assert parents
    for row, parent in parents:
        assert row_of(parent)["document_id"] == row["document_id"], row


@pytest.mark.parametrize("table", ["statements", "event_reports", "relations", "quantities", "evidence", "mentions"])
def test_id_names_its_article(table: str) -> None:
    """Catches a row copied from one sheet to another that kept its id or its article."""
    for row in rows(table):
        assert row[key(table)[0]].split("-")[1] == row["document_id"].removeprefix("doc-"), row


def test_source_of_a_report() -> None:
    """Catches a report called attributed without a source, or the outlet's own with one."""
    for row in rows("event_reports"):
        assert (row["attribution"] == "outlet") == (not row["attributed_source_id"]), row["event_report_id"]
        if row["attribution"] == "outlet":
            assert not row["statement_id"], row["event_report_id"]


@pytest.mark.parametrize("table", CODED)
def test_codes_are_defined(table: str) -> None:
    """Catches a code that the table of codes does not define, in lists as well."""
    for name, code_list in CODED[table].items():
        defined = {row["code"] for row in rows("codes") if row["list"] == code_list}
        used = {code for row in rows(table) for code in split(row[name]) if code not in UNKNOWN}
        assert used <= defined, name


def test_every_coded_column_is_checked_here() -> None:
    """Catches a new column with a code list that nobody added to the table above."""
    for table in TABLES:
        enumerated = {f["name"] for f in schema(table)["fields"] if "enum" in f.get("constraints", {})}
        assert enumerated <= set(CODED.get(table, {})), table


def test_codes_that_belong_under_others() -> None:
    """Catches a mode listed under an event type that does not exist."""
    types = {row["code"] for row in rows("codes") if row["list"] == "event_type"}
    assert all(set(split(row["applies_to"])) <= types for row in rows("codes"))
    for row in rows("events"):
        for mode in split(row["modes"]):
            assert row["event_type"] in split(one("codes", list="event_mode", code=mode)["applies_to"]), row["event_id"]
