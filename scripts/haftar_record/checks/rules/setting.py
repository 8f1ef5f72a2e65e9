"""The setting of events: where they take place, and who has a part in them."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import computed
from ...model.index import Index
from ...model.tables import Actor, Event, EventActor, EventReport, PlaceRow
from ...problems.wording import show
from ..columnar.sql import in_focus, literal, literals
from ..columnar.suspects import Suspects
from .engine import Finding, Record, rule
from .faults import Spoilt, first, spoilt

#: The place of an event of which the text does not say where it was, and of one on which the coder could not decide.
_NOWHERE, _UNDECIDED = "not-stated", "undecided"


@rule("R95", reads=(Event, EventReport))
def place_rests_on_place_words(record: Record) -> Iterator[Finding]:
    """An event has a place, or one that the coder could not decide on, when the words of a report place it; it has a
    place only then. What an act is aimed at, and a reference, place nothing."""
    for row in record[Event]:
        placing = _placing(record, row)
        if placing and row.place_id in (None, _NOWHERE):
            report, words = min(placing)
            found = f"no place, though {report} has the words {show(words, 60)}"
            remedy = "add “place:”, with an entry in the register of places where there is none, or remove the words"
            yield Finding(row, found, "the place that the words name", remedy)
        elif not placing and row.place_id not in (None, _NOWHERE, _UNDECIDED):
            expected = "a report with place words, or no place"
            remedy = "quote the words that place the event in “place:” of its report, or remove “place:” from the event"
            yield Finding(row, f"{row.place_id}, without place words in any report", expected, remedy)


def _placing(record: Index, event: Event) -> list[tuple[str, str]]:
    """The place words of an event, each with the report that has them."""
    return [(one.event_report_id, one.place_text) for one in record.reports(event) if one.place_text]


@place_rests_on_place_words.suspects
def _() -> Iterator[Suspects]:
    placing = "event_reports r ON r.event_id = t.event_id AND r.place_text IS NOT NULL"
    sql = f"""SELECT t.row FROM events t SEMI JOIN {placing}
            WHERE coalesce(t.place_id, {literal(_NOWHERE)}) = {literal(_NOWHERE)}
        UNION SELECT t.row FROM events t ANTI JOIN {placing}
            WHERE t.place_id NOT IN ({literals((_NOWHERE, _UNDECIDED))})"""
    yield Suspects(Event, sql, {EventReport: in_focus("event_id")})


@place_rests_on_place_words.fault("r95-placed-nowhere", "an event has no place, and the words of a report have one")
def _(record: Index) -> Spoilt:
    row = first(record[Event], lambda row: _placing(record, row))
    report, text = min(_placing(record, row))
    found = f"no place, though {report} has the words {show(text, 60)}"
    return spoilt(row, found, place_id=_NOWHERE, place_name=_NOWHERE, where_prec=computed.NO_PLACE)


@place_rests_on_place_words.fault("r95-placed-by-nothing", "an event has a place, and no words of its reports have one")
def _(record: Index) -> Spoilt:
    row = first(record[Event], lambda row: not _placing(record, row), place_id=_NOWHERE)
    place = first(record[PlaceRow])
    values = {"place_id": place.place_id, "place_name": place.name, "where_prec": place.where_prec}
    return spoilt(row, f"{place.place_id}, without place words in any report", **values)


#: Roles of those who meet.
_MEETING = ("actor", "participant")


@rule("R96", "warning", reads=(Actor, Event, EventActor))
def conference_does_not_attend(record: Record) -> Iterator[Finding]:
    """A conference does not take part in a meeting: it is the meeting. Those who meet are its participants."""
    for row in record[EventActor]:
        event, actor = record.row(Event, row.event_id), record.row(Actor, row.actor_id)
        is_meeting = event is not None and event.event_type == "CONSULT"
        if is_meeting and actor and actor.actor_type == "conference" and row.role in _MEETING:
            remedy = "remove the conference from “who:”, and name those who meet where the words do"
            yield Finding(row, f"a conference as {row.role} of a meeting", "those who meet", remedy)


@conference_does_not_attend.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM event_actors t JOIN events e USING (event_id) JOIN actors a USING (actor_id)
        WHERE e.event_type = 'CONSULT' AND a.actor_type = 'conference' AND t.role IN ({literals(_MEETING)})"""
    yield Suspects(EventActor, sql)


@conference_does_not_attend.fault("r96-conference-attends", "a conference takes part in a meeting")
def _(record: Index) -> Spoilt:
    meetings = {row.event_id for row in record[Event] if row.event_type == "CONSULT"}
    actor = first(record[Actor], actor_type="conference")
    row = first(record[EventActor], lambda row: row.event_id in meetings, role="participant")
    return spoilt(row, "a conference as participant of a meeting", actor_id=actor.actor_id, actor_name=actor.name)


#: Types whose verb is done to those who gain by it: to back, to help, to work with, to promise to.
_FOR_SOMEBODY = ("AGREE", "AID", "COOPERATE", "SUPPORT")


@rule("R97", "warning", reads=(Event, EventActor))
def helped_is_recipient(record: Record) -> Iterator[Finding]:
    """Who is backed, helped, worked with or promised something is the recipient of the act, and no mere beneficiary."""
    for row in record[EventActor]:
        event = record.row(Event, row.event_id)
        if row.role == "beneficiary" and event and event.event_type in _FOR_SOMEBODY:
            remedy = "change the role to recipient under “who:”, or correct the type of the event"
            yield Finding(row, f"beneficiary of {event.event_type}", "recipient", remedy)


@helped_is_recipient.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM event_actors t JOIN events e USING (event_id)
        WHERE t.role = 'beneficiary' AND e.event_type IN ({literals(_FOR_SOMEBODY)})"""
    yield Suspects(EventActor, sql)


@helped_is_recipient.fault("r97-helped-as-beneficiary", "who is given help only gains by it")
def _(record: Index) -> Spoilt:
    helping = {row.event_id for row in record[Event] if row.event_type == "AID"}
    row = first(record[EventActor], lambda row: row.event_id in helping, role="recipient")
    return spoilt(row, "beneficiary of AID", role="beneficiary")
