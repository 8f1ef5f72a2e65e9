"""Rows of events and of the actors in them: the judgement layer over what the sheets report."""

from __future__ import annotations

from typing import Any

from ..coding.sheets import NOT_STATED, UNDECIDED, DateShape, EventShape, Loaded
from ..model import tables
from ..model.cells import joined
from ..model.computed import (
    NO_PLACE,
    SOURCE_ROLES,
    TARGET_ROLES,
    cameo_root,
    corroboration,
    event_actor_id,
    first_report,
    independent_groups,
    quad_class,
)
from ..model.index import Index
from ..text import edtf
from .ledger import Date, Ledger


def add_events(ledger: Ledger) -> None:
    """Add every event of the register that a sheet reports, then the actors in events."""
    reports = Index(ledger.rows).grouped(tables.EventReport, "event_id")
    loaded = ledger.inputs.registers["events"]
    paths = {coded.document_id: coded.article.name for coded in ledger.inputs.coded}
    for index, entry in enumerate(loaded.value):
        told = reports.get(entry.id, [])
        known = _is_known(ledger, entry, loaded, index)
        if not told and not ledger.has_errors():
            expected = "an event that a sheet reports"
            remedy = "add a report to a coding sheet, or remove the event"
            place = loaded.place((index, "id"))
            ledger.problems.add(place, "unused", f"no report of {entry.id}", expected, remedy)
        date = _event_date(ledger, entry, told, loaded, index) if told else None
        if known and date:
            ledger.add(tables.Event, loaded.place((index, "id")), **_event(ledger, entry, told, date, paths))
    _event_actors(ledger)


def _is_known(ledger: Ledger, entry: EventShape, loaded: Loaded[list[EventShape]], index: int) -> bool:
    """Whether all ids of an entry are those of a register."""
    known = entry.place in (None, NOT_STATED, UNDECIDED) or ledger.known.check(
        "places", entry.place, loaded, (index, "place")
    )
    known &= ledger.known.check("events", entry.part_of, loaded, (index, "part_of"))
    for number, other in enumerate(entry.distinct_from):
        known &= ledger.known.check("events", other, loaded, (index, "distinct_from", number))
    return known


def _event(
    ledger: Ledger, entry: EventShape, told: list[tables.EventReport], date: Date, paths: dict[str, str]
) -> dict[str, Any]:
    """The columns of one event; ``paths`` are the files by the id of the article."""
    span = edtf.parse(date.edtf)
    places = ledger.inputs.registers["places"].value
    place = next((place for place in places if place.id == entry.place), None)
    place_id = entry.place or NOT_STATED
    sources, targets = (_actors_in(ledger, entry.id, roles) for roles in (SOURCE_ROLES, TARGET_ROLES))
    return {
        "event_id": entry.id,
        "title": entry.title,
        "event_type": entry.type,
        "modes": joined(entry.modes),
        "contexts": joined(entry.contexts),
        "aux_mode": entry.aux,
        "quad_class": quad_class(entry.type),
        "cameo_root": cameo_root(entry.type, entry.modes, entry.contexts),
        "realis": entry.realis,
        "date_edtf": date.edtf,
        "date_start": span.start,
        "date_end": span.end,
        "date_prec": span.precision,
        "date_basis": date.basis,
        "date_rationale": date.because,
        "date_reference_id": date.reference,
        "place_id": place_id,
        "place_name": place.name if place else place_id,
        "where_prec": place.where_prec if place else NO_PLACE,
        "source_actor_ids": joined(sources),
        "source_actor_names": ledger.names_of("actors", sources),
        "target_actor_ids": joined(targets),
        "target_actor_names": ledger.names_of("actors", targets),
        "part_of_event_id": entry.part_of,
        "distinct_event_ids": joined(entry.distinct_from),
        "report_count": len(told),
        "document_count": len({report.document_id for report in told}),
        "independent_count": len(independent_groups(told)),
        "corroboration": corroboration(told),
        "type_rationale": entry.because,
        "evidence_text": first_report(told, paths).evidence_text,
    }


def _actors_in(ledger: Ledger, event_id: str, roles: tuple[str, ...]) -> list[str]:
    """The actors that reports give one of the roles, each once, sorted."""
    return sorted({actor for event, actor, role in ledger.roles if event == event_id and role in roles})


def _event_date(
    ledger: Ledger, entry: EventShape, told: list[tables.EventReport], loaded: Loaded[list[EventShape]], index: int
) -> Date | None:
    """The date of an event: a report has it too, or it has a reason or a reference of its own."""
    shape: DateShape = entry.date
    place = loaded.place((index, "date"))
    if not ledger.known.check("references", shape.reference, loaded, (index, "date", "reference")):
        return None
    if shape.edtf is None or shape.words is not None:
        expected = "“edtf:” alone, since the words are in the reports"
        ledger.problems.add(place, "date", "no EDTF value", expected, "add “edtf:”")
        return None
    by_report = [report for report in told if report.date_edtf == shape.edtf]
    if shape.reference:
        basis = "external"
    elif by_report:
        basis = ledger.bases.get(by_report[0].event_report_id, "inferred")
    elif shape.because:
        basis = "inferred"
    elif ledger.has_errors():
        return None  # a report that is left out may be the one with this date
    else:
        dates = sorted({report.date_edtf for report in told if report.date_edtf})
        expected = (
            f"a date that a report gives: {' or '.join(dates)}" if dates else "a date that a report gives; none does"
        )
        remedy = "write the date of a report, or add “because:” or “reference:”"
        ledger.problems.add(place, "date", shape.edtf, expected, remedy)
        return None
    return Date(shape.edtf, shape.basis or basis, because=shape.because, reference=shape.reference)


def _event_actors(ledger: Ledger) -> None:
    for (event, actor, role), reports in sorted(ledger.roles.items()):
        ledger.add(
            tables.EventActor,
            ledger.role_places[event, actor, role],
            event_actor_id=event_actor_id(event, actor, role),
            event_id=event,
            event_title=ledger.names["events"][event],
            actor_id=actor,
            actor_name=ledger.names["actors"][actor],
            role=role,
            report_count=len(reports),
        )
