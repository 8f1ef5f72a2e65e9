"""What passes in silence while a record grows is told: by rules over rows that are edited here, one case each."""

from __future__ import annotations

import pytest

from haftar_record.build import speech
from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.checks.rules.faults import Edit, applied, change, first, like
from haftar_record.coding import inputs
from haftar_record.model.index import Index
from haftar_record.model.tables import Event, EventReport, Evidence, Source, Statement
from haftar_record.problems.problem import Problems

from ..conftest import ROOT


@pytest.fixture(scope="module")
def index() -> Index:
    """The rows as the sheets make them."""
    problems = Problems()
    rows, _ = assemble(inputs.read(ROOT, problems), problems)
    return Index(rows)


def found(index: Index, number: str, edits: list[Edit]) -> list[str]:
    """What a rule finds in the record with some edits."""
    rule = next(rule for rule in rules.RULES if rule.number == number)
    record = rules.Record(applied(edits, index.rows), {})
    return [f"{one.row.display_id}: {one.found}" for one in rule.findings(record)]


def attributed(index: Index) -> EventReport:
    """A report that an article attributes, of an event that nobody else reports."""
    reports = index.grouped(EventReport, "event_id")
    return first(index[EventReport], lambda one: len(reports[one.event_id]) == 1, attribution="attributed")


def headline(index: Index, row: EventReport, **values: object) -> Edit:
    """The same event in the voice of another outlet."""
    root = first(index[Source], lambda one: not one.origin_source_id and one.source_id != row.independence_group)
    plain = {"attribution": "outlet", "attributed_source_id": None, "attributed_source_name": None}
    plain |= {"factuality": "CT+", "is_background": False, "statement_id": None, "independence_group": root.source_id}
    return like(row, **({"event_report_id": f"{row.event_report_id}9"} | plain | values))


def test_outlet_that_repeats_what_it_attributes(index):
    """Catches a headline that makes one statement two independent origins."""
    row = attributed(index)
    (said,) = found(index, "R105", [headline(index, row)])
    assert said == (
        f"{row.event_report_id}9: attribution outlet, a second origin beside {row.independence_group}, "
        "to which the article attributes it"
    )


@pytest.mark.parametrize(
    "values",
    [{"is_background": True}, {"factuality": "Uu"}, {"attribution": "anonymous"}],
    ids=["background", "not committed", "of somebody else"],
)
def test_outlet_that_has_it_from_elsewhere(index, values):
    """What everybody knows, what is left open and what another source says is no headline of the same news."""
    assert found(index, "R105", [headline(index, attributed(index), **values)]) == []


def test_headline_with_its_origin(index):
    """The advice works: a headline whose origin is the source of the body is none of its own."""
    row = attributed(index)
    assert found(index, "R105", [headline(index, row, independence_group=row.independence_group)]) == []


def test_outlet_with_a_source_of_its_own(index):
    """An outlet whose own reporter says it as well has seen it."""
    row = attributed(index)
    told = headline(index, row)
    reporter = headline(index, row, event_report_id=f"{row.event_report_id}8", attribution="quoted")
    assert found(index, "R105", [told, reporter]) == []


def test_call_that_two_articles_have_from_one_statement(index):
    """Catches a call that one article tells in its own voice and another attributes to the text that both have."""
    row = attributed(index)
    other = first(index[Statement], lambda one: one.document_id != row.document_id and one.speaker_actor_id)
    source = first(index[Source], source_id=row.independence_group)
    told = headline(index, row, document_id=other.document_id)
    said = change(other, event_id=row.event_id, relayed_by_source_id=source.source_id)
    name = f"{row.event_report_id}9"
    assert [one.partition(":")[0] for one in found(index, "R105", [told, said])] == [name]
    assert found(index, "R105", [told]) == []


def _is_between_two(row: Event) -> bool:
    return bool(row.source_actor_ids and row.target_actor_ids and not row.part_of_event_id)


def again(index: Index, **values: object) -> tuple[Event, Edit]:
    """An event of one day with a doer, and a second one like it but for some values."""
    row = first(index[Event], _is_between_two, date_prec=1)
    twin = {"event_id": f"{row.event_id}-again", "title": f"{row.title} again", "target_actor_ids": None}
    return row, like(row, **(twin | values))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"modes": "seize"},
        {"modes": None},
        {"target_actor_ids": "act-trump"},
        {"date_edtf": "2019/2021", "date_prec": 5},
    ],
    ids=["one actor less", "another mode", "no mode", "another recipient", "a year"],
)
def test_second_event_for_one_occurrence(index, values):
    """Catches an event that is there a second time, with other recipients or modes; a date of a year says too little."""
    row, twin = again(index, **values)
    expected = [] if "date_prec" in values else [f"{row.event_id}: may be {row.event_id}-again"]
    assert [one for one in found(index, "R70", [twin]) if "-again" in one] == expected


def test_second_event_that_is_held_apart(index):
    """The advice works: an event that is declared distinct, or a part of the other, is settled."""
    row, _ = again(index)
    for values in ({"distinct_event_ids": row.event_id}, {"part_of_event_id": row.event_id}):
        _, twin = again(index, modes=None, **values)
        assert [one for one in found(index, "R70", [twin]) if "-again" in one] == []


def test_act_of_speech_that_no_statement_tells(index):
    """Catches one of two acts of speech of a sentence that is left out: what remains makes the sentence coded."""
    article = next(one for one in inputs.read(ROOT, Problems()).coded if one.key == "47cb6610")
    rows = [row for row in index[Evidence] if row.document_id == article.document_id and row.statement_id]
    assert list(speech.untold(article, rows)) == []
    at = article.article.text.index("declared it a military zone")
    left = [row for row in rows if not row.start <= at < row.end]
    (asked,) = speech.untold(article, left)
    assert "“declared” in no statement, in paragraph" in asked.found
    assert asked.severity == "note"
