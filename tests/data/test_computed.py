"""Computed columns, computed again: by short code of our own, by literal tables, and by the library ``edtf``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest
import yaml
from edtf_validate.valid_edtf import is_valid

from .reading import FIRST, ROOT, TABLES, UNKNOWN, Row, bounds, header, key, one, row_of, rows, split, texts, where

pytestmark = pytest.mark.data

#: PLOVER event types: quad class, CAMEO root (None: depends on mode or context), modes. STATEMENT is ours.
PLOVER: dict[str, tuple[int, str | None, str]] = {
    "AGREE": (1, "03", ""),
    "CONSULT": (1, "04", "visit third-party multilateral phone"),
    "SUPPORT": (1, "05", ""),
    "CONCEDE": (1, "08", ""),
    "COOPERATE": (2, "06", ""),
    "AID": (2, "07", ""),
    "RETREAT": (2, "08", "withdraw release disarm ceasefire access resign"),
    "REQUEST": (3, "10", "assist change yield meet"),
    "ACCUSE": (3, None, "disapprove investigate allege"),
    "REJECT": (3, "12", "assist change yield meet"),
    "THREATEN": (3, "13", "restrict arrest relations expel territory violence"),
    "PROTEST": (4, "14", "demo riot strike hunger boycott obstruct vandalize"),
    "SANCTION": (4, "16", "convict expel withdraw discontinue"),
    "MOBILIZE": (4, "15", "troops weapons police militia"),
    "COERCE": (
        4,
        "17",
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    ),
    "ASSAULT": (
        4,
        None,
        (
            "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
            "heavy-weapons crowd-control unconventional"
        ),
    ),
    "STATEMENT": (0, "01", ""),
}

#: Label column -> id columns of which one is filled. An id's label is the name or title of the row it points at.
LABELS = {
    "events": {
        "place_name": ("place_id",),
        "source_actor_names": ("source_actor_ids",),
        "target_actor_names": ("target_actor_ids",),
    },
    "statements": {
        "speaker_name": ("speaker_actor_id", "speaker_source_id"),
        "relayed_by_name": ("relayed_by_source_id",),
        "target_actor_names": ("target_actor_ids",),
        "topic_name": ("topic_id",),
    },
    "statement_targets": {"actor_name": ("actor_id",)},
    "event_reports": {
        "event_title": ("event_id",),
        "attributed_source_name": ("attributed_source_id",),
        "factuality_holder_name": ("factuality_holder",),
    },
    "event_actors": {"event_title": ("event_id",), "actor_name": ("actor_id",)},
    "relations": {
        "subject_name": ("subject_actor_id",),
        "object_name": ("object_actor_id", "object_place_id"),
        "according_to_name": ("according_to_source_id",),
    },
    "mentions": {"entity_name": ("actor_id", "place_id")},
}


def ucdp(start: date | None, end: date | None) -> int:
    """UCDP GED date_prec: a day, 2-6 days, a week, 8-30 days or a month, up to a year; 6 is the record's."""
    if start is None or end is None:
        return 6
    days = (end - start).days + 1
    is_month = start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end + timedelta(1)).day == 1
    if days <= 7:
        return 1 if days == 1 else 2 if days < 7 else 3
    if days <= 30 or is_month:
        return 4
    return 5 if end < date(start.year + 1, start.month, min(start.day, 28)) else 6


def units(entries: list) -> Iterator:
    """The entries of a list of a sheet without their groups; a unit's own key wins, and an empty one has no value."""
    for entry in entries:
        if isinstance(entry, dict) and "units" in entry:
            for unit in units(entry["units"]):
                yield {name: value for name, value in (entry.get("defaults", {}) | unit).items() if value is not None}
        else:
            yield entry


@cache
def sheets() -> list[dict]:
    """The sheets, each unit with the keys that its groups give it."""
    found = [yaml.safe_load(path.read_bytes()) for path in sorted((ROOT / "seeds/coding/articles").glob("*.yaml"))]
    for sheet in found:
        sheet |= {name: list(units(part)) for name, part in sheet.items() if isinstance(part, list)}
    assert any(sheet.get("reports") for sheet in found)
    return found


def count(table: str, column: str, value: str) -> int:
    return len(where(table, **{column: value}))


def edtf_columns(table: str) -> list[str]:
    return [name for name in header(table) if "edtf" in name or name in ("published_date", "published_text_date")]


@pytest.mark.parametrize("table", [table for table in TABLES if edtf_columns(table)])
def test_dates_are_edtf(table: str) -> None:
    """Catches a date that the form allows and EDTF does not: month 13, a wrong qualifier, an end before the start."""
    dates = [(row, row[name]) for row in rows(table) for name in edtf_columns(table) if row[name]]
    assert dates
    for row, value in dates:
        start, end = bounds(value)
        assert is_valid(value) and (start is None or end is None or start <= end), (row, value)


@pytest.mark.parametrize("table", ["events", "statements"])
def test_dates_bound_their_edtf_value(table: str) -> None:
    """Catches a bound off by a day or a month, an invented bound for an open end, and a wrong precision code."""
    for row in rows(table):
        start, end = bounds(row["date_edtf"])
        assert row["date_start"] == (start.isoformat() if start else ""), row
        assert row["date_end"] == (end.isoformat() if end else ""), row
        assert int(row["date_prec"]) == ucdp(start, end), row


def test_publication_lies_in_what_the_text_allows() -> None:
    """Catches a date of publication that the article's own words rule out, and a cell left empty though they print a year."""
    for row in rows("documents"):
        if words := row["published_text_date"]:
            (first, last), (low, high) = bounds(row["published_date"]), bounds(words)
            assert (low or first) <= first <= last <= (high or last), row["document_id"]
        elif row["document_id"] in FIRST:  # in another article, a year may be that of something else
            assert not re.search(r"\b(19|20)\d\d\b", texts()[row["document_id"]]), row["document_id"]
        assert bool(row["published_reference_id"]) == (row["published_basis"] == "external"), row["document_id"]


def test_nothing_is_said_after_publication() -> None:
    """Catches a statement dated to a day after the article that prints it."""
    for row in rows("statements"):
        published = bounds(one("documents", document_id=row["document_id"])["published_date"])[1]
        start, end = bounds(row["date_edtf"])
        assert end and end <= published and (start is None or start <= published), row["statement_id"]


def test_conflicting_dates_are_a_discrepancy() -> None:
    """Catches a report whose date rules out the date of its event, without a row that says so."""
    wrong = []
    dated = [report for report in rows("event_reports") if report["date_edtf"]]
    assert dated
    for report in dated:
        event = one("events", event_id=report["event_id"])
        (a, b), (low, high) = bounds(report["date_edtf"]), bounds(event["date_edtf"])
        is_apart = (b and low and b < low) or (a and high and a > high)
        if is_apart and not where("discrepancies", event_id=event["event_id"]):
            wrong.append((report["event_report_id"], report["date_edtf"], event["event_id"], event["date_edtf"]))
    assert not wrong


def test_quad_class_and_cameo_root() -> None:
    """Catches a type mapped to the class or root of another, and a mode that its type does not have."""
    for row in rows("events"):
        quad, root, modes = PLOVER[row["event_type"]]
        if row["event_type"] == "ACCUSE":
            root = "09" if "investigate" in split(row["modes"]) else "11"
        if row["event_type"] == "ASSAULT":
            root = "19" if "military" in split(row["contexts"]) else "18"
            root = "20" if "unconventional" in split(row["modes"]) else root
        assert (int(row["quad_class"]), row["cameo_root"]) == (quad, root), row["event_id"]
        assert set(split(row["modes"])) <= set(modes.split()), row["event_id"]


def test_event_counts_and_corroboration() -> None:
    """Catches copies of one report counted as independent, and a dispute counted as agreement."""
    for row in rows("events"):
        told = where("event_reports", event_id=row["event_id"])
        committed = [report for report in told if report["factuality"] != "Uu"] or told
        origins = {report["independence_group"] for report in committed}
        polarity = {report["factuality"][-1] for report in told}
        if {"+", "-"} <= polarity:
            expected = "contested"
        elif len(told) == 1:
            expected = "single_report"
        else:
            expected = "multiple_independent" if len(origins) > 1 else "multiple_dependent"
        found = [row[name] for name in ("report_count", "document_count", "independent_count", "corroboration")]
        assert found == [str(len(told)), str(len({r["document_id"] for r in told})), str(len(origins)), expected], row


def test_independence_group_is_a_root() -> None:
    """Catches a chain of origins followed only half way, so that one origin is counted as two."""
    for sheet in sheets():
        for report in sheet.get("reports", ()):
            origin = report.get("origin") or report.get("source") or sheet["facts"]["origin"]
            while above := row_of(origin)["origin_source_id"]:
                origin = above
            article = sheet["article"].partition("_")[2][:8]
            row = one("event_reports", event_report_id=f"er-{article}-{report['id']}")
            assert row["independence_group"] == origin, row["event_report_id"]


def test_event_place() -> None:
    """Catches a place precision left over from another place."""
    for row in rows("events"):
        expected = "8" if row["place_id"] in UNKNOWN else row_of(row["place_id"])["where_prec"]
        assert row["where_prec"] == expected, row["event_id"]


def test_event_actors_are_those_of_the_sheets() -> None:
    """Catches a role lost or invented between the reports of the sheets and the tables, and a wrong count."""
    told: Counter[tuple[str, str, str]] = Counter()
    for sheet in sheets():
        for report in sheet.get("reports", ()):
            told.update((report["event"], a, role) for role, actors in report.get("who", {}).items() for a in actors)
    found = {(r["event_id"], r["actor_id"], r["role"]): int(r["report_count"]) for r in rows("event_actors")}
    assert found == dict(told)


def test_event_lists_its_actors() -> None:
    """Catches source and target columns that differ from the table of actors beside them."""
    for row in rows("events"):
        roles = where("event_actors", event_id=row["event_id"])
        source = {r["actor_id"] for r in roles if r["role"] == "actor"}
        target = {r["actor_id"] for r in roles if r["role"] in ("recipient", "victim")}
        assert split(row["source_actor_ids"]) == sorted(source), row["event_id"]
        assert split(row["target_actor_ids"]) == sorted(target), row["event_id"]


def test_statement_targets_are_the_lists_of_statements() -> None:
    """Catches a link table that has lost or kept a target that its list has not."""
    listed = {(r["statement_id"], actor) for r in rows("statements") for actor in split(r["target_actor_ids"])}
    assert {(r["statement_id"], r["actor_id"]) for r in rows("statement_targets")} == listed


def test_statement_paragraph() -> None:
    """Catches the paragraph of the cue, or of the last passage, in place of that where the content begins."""
    for row in rows("statements"):
        content = where("evidence", statement_id=row["statement_id"], field="content_text")
        first = next(e for e in content if row["content_text"].startswith(e["exact_text"]))
        assert row["paragraph_number"] == first["paragraph_number"], row["statement_id"]


def test_quotation_marks_are_judged() -> None:
    """Catches words taken for the speaker's own without anything to show it, and indirect speech that is judged."""
    assert {row["speech_form"] for row in rows("statements")} == {"direct", "indirect", "mixed"}
    for row in rows("statements"):
        reasons = row["verbatim_reference_id"], row["verbatim_rationale"]
        if row["speech_form"] == "indirect":
            assert (row["is_verbatim_reliable"], *reasons) == ("", "", ""), row["statement_id"]
        elif row["is_verbatim_reliable"] == "yes":
            assert any(reasons), row["statement_id"]
        else:
            assert row["is_verbatim_reliable"] in ("no", "unknown"), row["statement_id"]


def test_outlets_speak_for_themselves() -> None:
    """Catches what a digest tells in its own voice being held for told by the text that it digests."""
    documents = {row["document_id"]: row for row in rows("documents")}
    of_origin = ("syndicated", "copy", "machine_paraphrase")
    told = [row for row in rows("event_reports") if row["attribution"] == "outlet"]
    kinds = set()
    for row in told:
        document = documents[row["document_id"]]
        own = document["origin_source_id" if document["text_kind"] in of_origin else "publisher_source_id"]
        if row["factuality_holder"] == own:
            kinds.add(document["text_kind"])
    assert kinds == {document["text_kind"] for document in documents.values()}


def test_register_counts() -> None:
    """Catches counts of mentions, articles and statements that are stale or count something else."""
    for row in rows("actors"):
        mentions = where("mentions", actor_id=row["actor_id"])
        expected = [len(mentions), len({m["document_id"] for m in mentions})]
        assert [int(row["mention_count"]), int(row["document_count"])] == expected, row["actor_id"]
    for row in rows("places"):
        assert int(row["mention_count"]) == count("mentions", "place_id", row["place_id"]), row["place_id"]
    for row in rows("topics"):
        assert int(row["statement_count"]) == count("statements", "topic_id", row["topic_id"]), row["topic_id"]


def test_source_document_count() -> None:
    """Catches a source counted in an article that does not rely on it, or left out where it only relays."""
    used: dict[str, set[str]] = {row["source_id"]: set() for row in rows("sources")}
    for table in ("documents", "statements", "event_reports", "relations"):
        for row in rows(table):
            for value in row.values():
                if value in used:
                    used[value].add(row["document_id"])
    assert {row["source_id"]: int(row["document_count"]) for row in rows("sources")} == {
        source: len(documents) for source, documents in used.items()
    }


def label(identity: str) -> str:
    if identity in UNKNOWN:
        return identity
    row = row_of(identity)
    return row["title"] if identity.startswith("evt-") else row["name"]


@pytest.mark.parametrize("table", LABELS)
def test_labels_belong_to_their_ids(table: str) -> None:
    """Catches a label of another row, or one left behind when a name was changed."""

    def expected(row: Row, columns: tuple[str, ...]) -> str:
        return ";".join(label(identity) for column in columns for identity in split(row[column]))

    for row in rows(table):
        for name, columns in LABELS[table].items():
            assert row[name] == expected(row, columns), (table, [row[part] for part in key(table)], name)
