"""What passes in silence while a record grows is told: by rules over rows that are edited here, one case each."""

from __future__ import annotations

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.checks.rules.faults import Edit, applied, change, first, like
from haftar_record.coding import inputs
from haftar_record.model.index import Index
from haftar_record.model.tables import EventReport, Source, Statement
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
