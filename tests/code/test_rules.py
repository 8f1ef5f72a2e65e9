"""Every rule across tables finds a fault made for it, and says exactly what it found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.coding import inputs
from haftar_record.problems.problem import Problems

from ..conftest import ROOT


@pytest.fixture(scope="module")
def built():
    """The rows as the sheets make them, and the articles."""
    problems = Problems()
    found = inputs.read(ROOT, problems)
    rows, _ = assemble(found, problems)
    assert not problems.errors
    return rows, {coded.document_id: coded.article for coded in found.coded}


def broken(built, table: str, identity: str, **changes):
    """The rows with one of them changed past its model, as a faulty package on disk could have it."""
    rows, articles = built
    changed = [row.model_copy(update=changes) if str(row.id[0]) == identity else row for row in rows[table]]
    assert changed != rows[table]
    return {**rows, table: changed}, articles


def without(built, table: str, **where):
    """The rows without those that have the given values."""
    rows, articles = built
    kept = [row for row in rows[table] if not all(getattr(row, k) == v for k, v in where.items())]
    assert len(kept) < len(rows[table])
    return {**rows, table: kept}, articles


def findings(record, name: str) -> list[str]:
    rows, articles = record
    problems = Problems()
    rules.check(rows, articles, problems)
    return [problem.found for problem in problems.items if problem.rule.split()[1] == name]


def first(table: str, column: str, **where) -> str:
    """A key of the committed data, for faults that need any row."""
    import csv

    with (Path(ROOT) / "datapackage" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return next(row[column] for row in csv.DictReader(file) if all(row[k] == v for k, v in where.items()))


QUOTATION = first("quotations", "quotation_id")
CARRIED = first("quotations", "quotation_id", disposition="statement")
MENTION = first("mentions", "mention_id", mention_layer="actor")
EVIDENCE = first("evidence", "evidence_id", document_id="doc-3eb302bd", paragraph_number="9")
INDIRECT = first("statements", "statement_id", speech_form="indirect")
NO_RULE = first("statements", "statement_id", date_rule="none", date_basis="inferred")

E, S = "evt-tripoli-offensive-2019", "st-3eb302bd-05"

FAULTS = {
    "span-equals-text": (lambda b: broken(b, "quotations", QUOTATION, start=374), None),
    "unit-has-evidence": (
        lambda b: without(b, "evidence", statement_id=S, field="cue_text"),
        f"{S}: no evidence for cue_text",
    ),
    "event-actor-has-evidence": (
        lambda b: without(b, "evidence", event_actor_id="ea-arms-embargo-2011-unsc-actor"),
        "ea-arms-embargo-2011-unsc-actor: no evidence",
    ),
    "sentences-complete": (
        lambda b: broken(b, "sentences", "sen-3eb302bd-p07-s01", disposition="coded"),
        "sen-3eb302bd-p07-s01: coded with 0 units",
    ),
    "nesting-is-sound": (
        lambda b: broken(b, "statements", "st-3eb302bd-03", parent_statement_id="st-3eb302bd-04"),
        "st-3eb302bd-03: inside itself by way of st-3eb302bd-04",
    ),
    "statement-not-after-publication": (
        lambda b: broken(b, "statements", S, date_edtf="2020-05-09"),
        f"{S}: 2020-05-09",
    ),
    "date-bounds-agree": (
        lambda b: broken(b, "events", "evt-pompeo-call-2019-04", date_end=date(2019, 4, 8)),
        "evt-pompeo-call-2019-04: 2019-04-07 to 2019-04-08",
    ),
    "event-date-is-reported": (
        lambda b: broken(b, "events", "evt-pompeo-call-2019-04", date_edtf="2019-04-08"),
        "evt-pompeo-call-2019-04: 2019-04-08",
    ),
    "mode-belongs-to-type": (lambda b: broken(b, "events", E, modes="phone"), f"{E}: mode phone"),
    "recipient-where-required": (
        lambda b: broken(b, "events", "evt-arms-embargo-2011", target_actor_ids=None),
        "evt-arms-embargo-2011: SANCTION without recipient",
    ),
    "quad-and-root-agree": (lambda b: broken(b, "events", E, quad_class=3), f"{E}: quad_class 3"),
    "verbal-type-is-verbal": (lambda b: broken(b, "statements", S, plover_type="ASSAULT"), f"{S}: ASSAULT"),
    "form-matches-marks": (lambda b: broken(b, "statements", S, speech_form="indirect"), f"{S}: indirect"),
    "actor-is-used": (
        lambda b: broken(b, "actors", "act-jmc", actor_id="act-nobody"),
        "act-nobody: used nowhere",
    ),
    "source-is-used": (
        lambda b: broken(b, "sources", "src-1buv", source_id="src-nobody"),
        "src-nobody: used nowhere",
    ),
    "register-entry-is-used": (
        lambda b: broken(b, "places", "plc-ghat", place_id="plc-nowhere"),
        "plc-nowhere: used nowhere",
    ),
    "discrepancy-has-two-sides": (
        lambda b: without(b, "evidence", discrepancy_id="dis-offensive-aim", field="reading_b"),
        "dis-offensive-aim: evidence for reading_a",
    ),
    "corroboration-recomputed": (lambda b: broken(b, "events", E, independent_count=1), None),
    "similar-events-are-settled": (
        lambda b: broken(b, "events", "evt-haftar-embassy-2020", event_id="evt-embassy-again", part_of_event_id=None,
                         date_edtf="2018-12-27", source_actor_ids="act-uae", target_actor_ids="act-syrian-government"),
        "evt-embassy-again: looks like evt-uae-embassy-2018",
    ),
    "external-has-reference": (
        lambda b: broken(b, "documents", "doc-47cb6610", published_reference_id=None),
        "doc-47cb6610: published_basis external",
    ),
    "anonymous-means-unnamed": (
        lambda b: broken(b, "event_reports", "er-3eb302bd-04", attribution="anonymous"),
        "er-3eb302bd-04: anonymous, but src-jeffrey is named",
    ),
    "mentions-do-not-overlap": (lambda b: broken(b, "mentions", MENTION, end=10_000), None),
    "quantity-is-printed": (
        lambda b: broken(b, "quantities", "qty-3eb302bd-01", maximum=Decimal("12000")),
        "qty-3eb302bd-01: 12000 for “up to 1 200”",
    ),
    "targets-agree": (
        lambda b: broken(b, "statements", S, target_actor_ids="act-usa"),
        f"{S}: target_actor_ids act-usa",
    ),
    "whole-and-part-are-sound": (
        lambda b: broken(b, "events", E, part_of_event_id="evt-tripoli-campaign-fails-2020"),
        f"evt-tripoli-campaign-fails-2020: part_of_event_id leads back to it by way of {E}",
    ),
    "realis-agrees-with-reports": (
        lambda b: broken(b, "events", "evt-backers-persuade-haftar", realis="actual"),
        "evt-backers-persuade-haftar: actual with PR-, Uu",
    ),
    "groups-are-filled-once": (
        lambda b: broken(b, "statements", S, speaker_source_id="src-wooster"),
        f"{S}: speaker_actor_id, speaker_source_id",
    ),
    "references-exist": (
        lambda b: broken(b, "events", E, source_actor_ids="act-haftar;act-nobody"),
        f"{E}: source_actor_ids act-nobody",
    ),
    "unique-keys-are-unique": (
        lambda b: broken(b, "sentences", "sen-3eb302bd-p03-s02", sentence_number=1),
        "sen-3eb302bd-p03-s02: the same document_id, paragraph_number, sentence_number as sen-3eb302bd-p03-s01",
    ),
    "coordinates-are-whole": (
        lambda b: broken(b, "places", "plc-tripoli", longitude=None),
        "plc-tripoli: only latitude, coordinate_basis",
    ),
    "evidence-is-placed": (
        lambda b: broken(b, "evidence", EVIDENCE, sentence_number=9),
        f"{EVIDENCE}: paragraph 9, sentence 9",
    ),
    "evidence-carries-value": (
        lambda b: broken(b, "statements", S, cue_text="beleives"),
        f"{S}: cue_text “beleives”",
    ),
    "quoted-passages-complete": (
        lambda b: broken(b, "quotations", CARRIED, statement_ids=None),
        f"{CARRIED}: statement, no statement",
    ),
    "article-is-described": (
        lambda b: broken(b, "documents", "doc-3eb302bd", word_count=1),
        "doc-3eb302bd: word_count 1",
    ),
    "aux-mode-agrees-with-realis": (
        lambda b: broken(b, "events", "evt-pompeo-call-2019-04", aux_mode="future"),
        "evt-pompeo-call-2019-04: actual, future",
    ),
    "units-stay-in-their-article": (
        lambda b: broken(b, "relations", "rel-3eb302bd-04", statement_id="st-187cdebd-01"),
        "rel-3eb302bd-04: told by st-187cdebd-01 of doc-187cdebd",
    ),
    "dates-follow-their-rule": (
        lambda b: broken(b, "statements", "st-187cdebd-01", date_edtf="2020-07-03"),
        "st-187cdebd-01: 2020-07-03 for “on Thursday”",
    ),
    "date-without-rule-has-reason": (
        lambda b: broken(b, "statements", NO_RULE, date_rationale=None),
        f"{NO_RULE}: {first('statements', 'date_edtf', statement_id=NO_RULE)}",
    ),
    "resolution-fits-conflict": (
        lambda b: broken(b, "discrepancies", "dis-001-counter-offensive", conflict="true_conflict",
                         resolution="both_compatible"),
        "dis-001-counter-offensive: true_conflict, both_compatible",
    ),
    "indirect-speech-is-not-verbatim": (
        lambda b: broken(b, "statements", INDIRECT, is_verbatim_reliable=True),
        f"{INDIRECT}: indirect and reliable verbatim",
    ),
    "nobody-speaks-of-himself-alone": (
        lambda b: broken(b, "relations", "rel-3eb302bd-04", object_actor_id="act-wooster"),
        "rel-3eb302bd-04: act-wooster as subject and object",
    ),
    "evidence-lists-agree": (
        lambda b: broken(b, "discrepancies", "dis-001-counter-offensive", evidence_a_ids=EVIDENCE),
        f"dis-001-counter-offensive: evidence_a_ids {EVIDENCE}",
    ),
    "decided-units-exist": (
        lambda b: broken(b, "decisions", "dec-9d1fdcb4-01", unit_ids="st-9d1fdcb4-99"),
        "dec-9d1fdcb4-01: about st-9d1fdcb4-99",
    ),
    "event-lists-agree": (
        lambda b: broken(b, "events", "evt-arms-embargo-2011", where_prec=1),
        "evt-arms-embargo-2011: where_prec 1",
    ),
    "nothing-happens-after-its-report": (
        lambda b: broken(b, "events", "evt-pompeo-call-2019-04", date_start=date(2019, 11, 18)),
        "evt-pompeo-call-2019-04: actual, 2019-04-07",
    ),
    "labels-agree": (
        lambda b: broken(b, "statements", S, topic_name="Something else"),
        f"{S}: topic_name “Something else”",
    ),
    "counts-are-recounted": (
        lambda b: broken(b, "actors", "act-haftar", mention_count=1),
        "act-haftar: mention_count 1",
    ),
    "origin-is-the-root": (
        lambda b: broken(b, "event_reports", "er-3eb302bd-04", independence_group="src-jeffrey"),
        "er-3eb302bd-04: independence_group src-jeffrey",
    ),
    "codes-are-the-lists": (
        lambda b: without(b, "codes", list="act", code="deny"),
        "act.accuse: no row for act.deny",
    ),
    "publication-is-within-words": (
        lambda b: broken(b, "documents", "doc-6b383f3c", published_date="2020-01-01"),
        "doc-6b383f3c: 2020-01-01",
    ),
    "ids-name-their-article": (
        lambda b: broken(b, "relations", "rel-3eb302bd-04", document_id="doc-187cdebd"),
        "rel-3eb302bd-04: in doc-187cdebd",
    ),
    "no-text-is-a-formula": (
        lambda b: broken(b, "topics", "top-assad-rule", name="=1+1"),
        "top-assad-rule: name “=1+1”",
    ),
    "no-words-are-a-formula": (
        lambda b: broken(b, "evidence", EVIDENCE, suffix_text="-2+3|' /C calc'!A0"),
        f"{EVIDENCE}: suffix_text “-2+3|' /C calc'!A0”",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_rule_finds_its_fault(built, rule):
    """A package that is sound but for one fault is reported by the rule made for it."""
    assert not findings(built, rule.name)
    spoil, found = FAULTS[rule.name]
    reported = findings(spoil(built), rule.name)
    assert reported
    assert found is None or found in reported


def test_rules_are_numbered_and_documented():
    """Each rule has a number, a name and a demand in one sentence or more; none is left without a fault."""
    assert [rule.number for rule in rules.RULES] == [f"R{n:02d}" for n in range(1, len(rules.RULES) + 1)]
    assert all(rule.demand.endswith(".") for rule in rules.RULES)
    assert {rule.name for rule in rules.RULES} == set(FAULTS)


@pytest.mark.parametrize(
    ("table", "identity", "changes", "found"),
    [
        ("actors", "act-usa", {"parent_actor_id": "act-usa"}, ["act-usa: parent_actor_id leads back to it"]),
        ("sources", "src-mem", {"origin_source_id": "src-mem"}, ["src-mem: origin_source_id leads back to it"]),
        ("events", E, {"distinct_event_ids": E}, [f"{E}: distinct from itself"]),
    ],
)
def test_nothing_is_its_own_whole(built, table, identity, changes, found):
    """A source that goes back to itself made reports of one origin independent; an entry above it is no second fault."""
    assert findings(broken(built, table, identity, **changes), "whole-and-part-are-sound") == found
