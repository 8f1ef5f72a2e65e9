"""Events: type, date, place, corroboration."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from ...model import codes, computed
from ...model.cells import joined, split
from ...model.tables import Document, Event, EventActor, PlaceRow, Statement
from ...text import edtf
from .engine import Finding, Record, rule


@rule("R07")
def date_bounds_agree(record: Record) -> Iterator[Finding]:
    """First day, last day and precision code are those of the EDTF value."""
    for row in (*record[Event], *record[Statement]):
        span = edtf.parse(row.date_edtf)
        if row.date_prec != span.precision:
            yield Finding(row, f"date_prec {row.date_prec}", f"{span.precision} for {row.date_edtf}", "build again")
        if isinstance(row, Event) and (row.date_start, row.date_end) != (span.start, span.end):
            found = f"{row.date_start} to {row.date_end}"
            yield Finding(row, found, f"{span.start} to {span.end} for {row.date_edtf}", "build again")


@rule("R08")
def event_date_is_reported(record: Record) -> Iterator[Finding]:
    """The date of an event is one that a report gives, or has a reason or a reference of its own."""
    for row in record[Event]:
        told = {report.date_edtf for report in record.reports(row)}
        if row.date_edtf not in told and not (row.date_rationale or row.date_reference_id):
            said = ", ".join(sorted(filter(None, told))) or "none"
            yield Finding(row, row.date_edtf, f"a reported date ({said})", "correct it, or add “because:”")


@rule("R09")
def mode_belongs_to_type(record: Record) -> Iterator[Finding]:
    """A mode belongs to the type of its event (PLOVER manual, modes by type)."""
    modes = codes.lists()["event_mode"].codes
    for row in record[Event]:
        for mode in split(row.modes):
            if row.event_type not in modes[mode].applies_to:
                possible = sorted(code for code, entry in modes.items() if row.event_type in entry.applies_to)
                expected = f"a mode of {row.event_type}: {', '.join(possible) or 'it has none'}"
                yield Finding(row, f"mode {mode}", expected, "correct type or mode")


@rule("R10")
def recipient_where_required(record: Record) -> Iterator[Finding]:
    """COOPERATE, AID and SANCTION need somebody to whom they are done (PLOVER manual)."""
    for row in record[Event]:
        if row.event_type in ("COOPERATE", "AID", "SANCTION") and not row.target_actor_ids:
            yield Finding(row, f"{row.event_type} without recipient", "a recipient", "add “recipient:” to a report")


@rule("R11")
def quad_and_root_agree(record: Record) -> Iterator[Finding]:
    """Quad class and CAMEO root are those of the code tables for type, mode and context."""
    for row in record[Event]:
        expected = {
            "quad_class": computed.quad_class(row.event_type),
            "cameo_root": computed.cameo_root(row.event_type, split(row.modes), split(row.contexts)),
        }
        yield from _recomputed(row, expected, f" for {row.event_type}")


def _recomputed(row: Any, expected: dict[str, Any], reason: str = "") -> Iterator[Finding]:
    """The columns of a row that have another value than the one they are computed to."""
    for name, value in expected.items():
        if getattr(row, name) != value:
            yield Finding(row, f"{name} {getattr(row, name)}", f"{value}{reason}", "build again")


@rule("R18")
def corroboration_recomputed(record: Record) -> Iterator[Finding]:
    """Reports, articles and independent origins are counted from the reports themselves."""
    for row in record[Event]:
        told = record.reports(row)
        expected = {
            "report_count": len(told),
            "document_count": len({report.document_id for report in told}),
            "independent_count": len(computed.independent_groups(told)),
            "corroboration": computed.corroboration(told) if told else "no report",
        }
        yield from _recomputed(row, expected, " by its reports")


@rule("R19", "warning")
def similar_events_are_settled(record: Record) -> Iterator[Finding]:
    """Two events of the same type, doers and recipients whose dates overlap are one event, one part of the other, or
    declared distinct."""
    alike: dict[tuple, list[Any]] = {}
    for row in record[Event]:
        if row.source_actor_ids is not None:
            alike.setdefault((row.event_type, row.source_actor_ids, row.target_actor_ids), []).append(row)
    for group in alike.values():
        for one, two in _overlapping(group):
            if not _is_settled(one, two):
                expected = "one event, a part of the other, or “distinct_from:”"
                yield Finding(one, f"looks like {two.event_id}", expected, "settle it in seeds/coding/events.yaml")


def _overlapping(events: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Pairs of events whose dates overlap, each in the order given. By first days, so that most pairs are not met."""
    spans = [edtf.parse(event.date_edtf) for event in events]
    order = sorted(range(len(events)), key=lambda index: spans[index].start or date.min)
    starts = [spans[index].start or date.min for index in order]
    ends = list(itertools.accumulate((spans[index].end or date.max for index in order), max))
    for number, span in enumerate(spans):
        place, later = bisect_right(starts, span.end or date.max), []
        while place and ends[place - 1] >= (span.start or date.min):  # else all before have ended
            place -= 1
            if order[place] > number and span.overlaps(spans[order[place]]):
                later.append(order[place])
        yield from ((events[number], events[other]) for other in sorted(later))


def _is_settled(one: Any, two: Any) -> bool:
    """Whether two events are declared part of each other, parts of one, or distinct."""
    parents = {one.part_of_event_id, two.part_of_event_id}
    return bool(
        one.event_id in parents | set(split(two.distinct_event_ids))
        or two.event_id in parents | set(split(one.distinct_event_ids))
        or (one.part_of_event_id and one.part_of_event_id == two.part_of_event_id)
    )


@rule("R44")
def event_lists_agree(record: Record) -> Iterator[Finding]:
    """Doers, recipients, place and precision in the row of an event are those of its actors and its place."""
    for row in record[Event]:
        took_part = record.grouped(EventActor, "event_id").get(row.event_id, ())
        for name, roles in (("source_actor_ids", computed.SOURCE_ROLES), ("target_actor_ids", computed.TARGET_ROLES)):
            actors = joined(sorted({part.actor_id for part in took_part if part.role in roles}))
            if getattr(row, name) != actors:
                yield Finding(row, f"{name} {getattr(row, name)}", f"{actors} by event_actors", "build again")
        place = record.row(PlaceRow, row.place_id)
        precision = place.where_prec if place else computed.NO_PLACE
        if row.where_prec != precision:
            yield Finding(row, f"where_prec {row.where_prec}", f"{precision} for {row.place_id}", "build again")


@rule("R45")
def nothing_happens_after_its_report(record: Record) -> Iterator[Finding]:
    """What is held for actual, or told as having happened, began before the last article that tells it was
    published."""
    for row in record[Event]:
        told = [record.row(Document, report.document_id) for report in record.reports(row)]
        ends = [edtf.parse(document.published_date).end for document in told if document]
        latest = max(filter(None, ends), default=None)
        if row.realis in ("actual", "asserted_only") and row.date_start and latest and row.date_start > latest:
            yield Finding(row, f"{row.realis}, {row.date_edtf}", f"not after {latest}", "correct “realis” or “date”")
