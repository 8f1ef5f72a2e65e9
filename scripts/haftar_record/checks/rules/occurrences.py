"""Events: type, date, place, corroboration."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date

from ...model import codes, computed
from ...model.cells import LIST_SEPARATOR, joined, split
from ...model.index import Index
from ...model.tables import Document, Event, EventActor, EventReport, PlaceRow, Statement
from ...problems.lookalikes import likenesses
from ...text import dates, edtf
from ..columnar.sql import in_focus, items, literal, literals, parts
from ..columnar.suspects import Suspects, distinct
from . import claims
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, change, day_after, drop, first, like, spoilt


@rule("R07", reads=(Event, Statement))
def date_bounds_agree(record: Record) -> Iterator[Finding]:
    """First day, last day and precision code are those of the EDTF value."""
    dated: tuple[Event | Statement, ...] = (*record[Event], *record[Statement])
    for row in dated:
        span = edtf.parse(row.date_edtf)
        if row.date_prec != span.precision:
            yield Finding(row, f"date_prec {row.date_prec}", f"{span.precision} for {row.date_edtf}", REBUILD)
        if (row.date_start, row.date_end) != (span.start, span.end):
            found, expected = _bounds(row.date_start, row.date_end), _bounds(span.start, span.end)
            yield Finding(row, found, f"{expected} for {row.date_edtf}", REBUILD)


def _bounds(start: date | None, end: date | None) -> str:
    return f"{start or 'open'} to {end or 'open'}"


@date_bounds_agree.suspects
def _() -> Iterator[Suspects]:
    joins = "t LEFT JOIN edtf e ON e.text = t.date_edtf WHERE t.date_prec IS DISTINCT FROM e.precision"
    bounds = "t.date_start IS DISTINCT FROM e.low OR t.date_end IS DISTINCT FROM e.high"
    for model in (Event, Statement):
        yield Suspects(model, f"SELECT t.row FROM {model.TABLE} {joins} OR {bounds}")


@date_bounds_agree.fault("r07-last-day", "the last day of an event is not that of its date")
def _(record: Index) -> Spoilt:
    row = first(record[Event], date_prec=1)
    end = day_after(row.date_end)
    return spoilt(row, f"{row.date_start} to {end}", date_end=end)


@date_bounds_agree.fault("r07-day-of-a-statement", "the last day of a statement is not that of its date")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], date_prec=1)
    end = day_after(row.date_end)
    return spoilt(row, f"{row.date_start} to {end}", date_end=end)


@date_bounds_agree.fault("r07-precision", "the code of precision says a week for a day")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Event], date_prec=1), "date_prec 3", date_prec=3)


@rule("R08", reads=(Event, EventReport))
def event_date_is_reported(record: Record) -> Iterator[Finding]:
    """The date of an event is one that a report gives, or has a reason or a reference of its own."""
    for row in record[Event]:
        told = {report.date_edtf for report in record.reports(row)}
        if row.date_edtf not in told and not (row.date_rationale or row.date_reference_id):
            said = ", ".join(sorted(filter(None, told))) or "none"
            yield Finding(row, row.date_edtf, f"a reported date ({said})", "correct it, or add “because:”")


@event_date_is_reported.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM events t ANTI JOIN event_reports r ON r.event_id = t.event_id
        AND r.date_edtf = t.date_edtf
        WHERE t.date_rationale IS NULL AND t.date_reference_id IS NULL"""
    yield Suspects(Event, sql, {EventReport: in_focus("event_id")})


@event_date_is_reported.fault("r08-date-of-no-report", "an event has a date that no report gives")
def _(record: Index) -> Spoilt:
    row = first(record[Event], date_prec=1, date_rationale=None, date_reference_id=None)
    day = day_after(max(edtf.parse(told).end or date.min for told in _told(record, row)))
    return spoilt(row, str(day), date_edtf=str(day), date_start=day, date_end=day)


def _told(record: Index, event: Event) -> list[str]:
    """The dates that the reports of an event give."""
    return [report.date_edtf for report in record.reports(event) if report.date_edtf]


@rule("R64", reads=(Document, Event, EventReport))
def basis_of_an_event_is_reported(record: Record) -> Iterator[Finding]:
    """The basis of the date of an event is that of a report which gives this date; with a reason it may be inferred,
    and with an outside reference external."""
    for row in record[Event]:
        told = [report for report in record.reports(row) if report.date_edtf == row.date_edtf]
        allowed = dict.fromkeys(basis for report in told for basis in claims.bases(record, report))
        allowed |= dict.fromkeys(["external", "inferred"] if row.date_reference_id else [])
        allowed |= dict.fromkeys(["inferred"] if row.date_rationale else [])
        if allowed and row.date_basis not in allowed:  # a date that nobody gives is R08
            remedy = "correct “basis” under “date:”, or leave it out"
            yield Finding(
                row, f"date_basis {row.date_basis}", f"{' or '.join(sorted(allowed))}, by its reports", remedy
            )


@basis_of_an_event_is_reported.suspects
def _() -> Iterator[Suspects]:
    # Most rules for date words have one basis: a report by such a rule needs no closer look.
    sure = [
        (kind.name, *basis)
        for kind in dates.KINDS
        if len(basis := {form.basis for form in kind.forms}) == 1 and all(basis)
    ]
    sure += [("none", "inferred"), ("none", "external")]
    rows = ", ".join(f"({literal(name)}, {literal(basis)})" for name, basis in sure)
    sql = f"""WITH sure(date_rule, date_basis) AS (VALUES {rows})
        SELECT t.row FROM events t ANTI JOIN (SELECT t.row FROM events t
            JOIN event_reports r ON r.event_id = t.event_id AND r.date_edtf = t.date_edtf
            JOIN sure ON sure.date_rule = r.date_rule AND sure.date_basis = t.date_basis) USING (row)
        WHERE NOT (t.date_basis IN ('external', 'inferred') AND t.date_reference_id IS NOT NULL
            OR t.date_basis = 'inferred' AND t.date_rationale IS NOT NULL)"""
    reports = in_focus("event_id")
    documents = f"document_id IN (SELECT document_id FROM event_reports WHERE {reports})"
    yield Suspects(Event, sql, {EventReport: reports, Document: documents})


@basis_of_an_event_is_reported.fault("r64-basis-of-no-report", "the date of an event counts as stated in words")
def _(record: Index) -> Spoilt:
    row = first(record[Event], date_basis="inferred")
    return spoilt(row, "date_basis stated", date_basis="stated")


@rule("R09", reads=(Event,))
def mode_belongs_to_type(record: Record) -> Iterator[Finding]:
    """A mode belongs to the type of its event (PLOVER manual, modes by type)."""
    modes = codes.lists()["event_mode"].codes
    for row in record[Event]:
        for mode in split(row.modes):
            if row.event_type not in modes[mode].applies_to:
                possible = sorted(code for code, entry in modes.items() if row.event_type in entry.applies_to)
                expected = f"a mode of {row.event_type}: {', '.join(possible) or 'it has none'}"
                yield Finding(row, f"mode {mode}", expected, "correct type or mode")


@mode_belongs_to_type.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Event, "event_type", "modes")


@mode_belongs_to_type.fault("r09-mode-of-another-type", "an event has a mode of another type")
def _(record: Index) -> Spoilt:
    row = first(record[Event], lambda row: row.modes)
    modes = codes.lists()["event_mode"].codes
    mode = next(code for code, entry in modes.items() if row.event_type not in entry.applies_to)
    return spoilt(row, f"mode {mode}", modes=mode)


#: Types of events that are done to somebody (PLOVER manual).
_WITH_RECIPIENT = ("COOPERATE", "AID", "SANCTION")


@rule("R10", reads=(Event,))
def recipient_where_required(record: Record) -> Iterator[Finding]:
    """COOPERATE, AID and SANCTION need somebody to whom they are done (PLOVER manual)."""
    for row in record[Event]:
        if row.event_type in _WITH_RECIPIENT and not row.target_actor_ids:
            yield Finding(row, f"{row.event_type} without recipient", "a recipient", "add “recipient:” to a report")


@recipient_where_required.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Event, "event_type", "target_actor_ids IS NULL")


@recipient_where_required.fault("r10-recipient-missing", "a sanction against nobody")
def _(record: Index) -> Spoilt:
    row = first(record[Event], lambda row: row.target_actor_ids, event_type="SANCTION")
    took_part = record.grouped(EventActor, "event_id")[row.event_id]
    gone = [part for part in took_part if part.role in computed.TARGET_ROLES]
    words = [piece for part in gone for piece in record.evidence(part.event_actor_id)]
    found = "SANCTION without recipient"
    return spoilt(row, found, *drop(gone), *drop(words), target_actor_ids=None, target_actor_names=None)


@rule("R11", reads=(Event,))
def quad_and_root_agree(record: Record) -> Iterator[Finding]:
    """Quad class and CAMEO root are those of the code tables for type, mode and context."""
    for row in record[Event]:
        expected: dict[str, int | str] = {
            "quad_class": computed.quad_class(row.event_type),
            "cameo_root": computed.cameo_root(row.event_type, split(row.modes), split(row.contexts)),
        }
        yield from _recomputed(row, expected, f" for {row.event_type}")


def _recomputed(row: Event, expected: dict[str, int | str], reason: str) -> Iterator[Finding]:
    """The columns of an event that have another value than the one they are computed to."""
    for name, value in expected.items():
        if getattr(row, name) != value:
            yield Finding(row, f"{name} {getattr(row, name)}", f"{value}{reason}", REBUILD)


@quad_and_root_agree.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Event, "event_type", "modes", "contexts", "quad_class", "cameo_root")


@quad_and_root_agree.fault("r11-quad-class", "material conflict counts as verbal conflict")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Event], quad_class=4), "quad_class 3", quad_class=3)


@quad_and_root_agree.fault("r11-root", "an event has the CAMEO root of a statement")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Event], lambda row: row.cameo_root != "01"), "cameo_root 01", cameo_root="01")


@rule("R18", reads=(Event, EventReport))
def corroboration_recomputed(record: Record) -> Iterator[Finding]:
    """Reports, articles and independent origins are counted from the reports themselves."""
    for row in record[Event]:
        told = record.reports(row)
        expected: dict[str, int | str] = {
            "report_count": len(told),
            "document_count": len({report.document_id for report in told}),
            "independent_count": len(computed.independent_groups(told)),
            "corroboration": computed.corroboration(told) if told else "no report",
        }
        yield from _recomputed(row, expected, " by its reports")


@corroboration_recomputed.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH r AS (SELECT event_id, count(*) AS reports, count(DISTINCT document_id) AS tellers,
            count(DISTINCT independence_group) FILTER (factuality <> 'Uu') AS committed,
            count(DISTINCT independence_group) AS groups,
            bool_or(factuality LIKE '%+') AND bool_or(factuality LIKE '%-') AS is_contested
        FROM event_reports GROUP BY event_id),
        c AS (SELECT *, CASE WHEN committed > 0 THEN committed ELSE groups END AS independent FROM r)
    SELECT t.row FROM events t LEFT JOIN c USING (event_id) WHERE t.report_count IS DISTINCT FROM c.reports
        OR t.document_count IS DISTINCT FROM c.tellers OR t.independent_count IS DISTINCT FROM c.independent
        OR t.corroboration IS DISTINCT FROM CASE WHEN is_contested THEN 'contested'
            WHEN independent > 1 THEN 'multiple_independent' WHEN reports > 1 THEN 'multiple_dependent'
            ELSE 'single_report' END"""
    yield Suspects(Event, sql, {EventReport: in_focus("event_id")})


@corroboration_recomputed.fault("r18-origins", "an event counts one independent origin less")
def _(record: Index) -> Spoilt:
    row = first(record[Event], lambda row: row.independent_count > 1)
    less = row.independent_count - 1
    return spoilt(row, f"independent_count {less}", independent_count=less)


@corroboration_recomputed.fault("r18-report-gone", "a report of an event is gone")
def _(record: Index) -> Spoilt:
    row = first(record[Event], lambda row: row.report_count > 1)
    report = record.reports(row)[-1]
    gone = (*drop([report]), *drop(record.evidence(report.event_report_id)))
    return Spoilt(f"{row.event_id}: report_count {row.report_count}", gone)


@rule("R19", "warning", reads=(Event,))
def similar_events_are_settled(record: Record) -> Iterator[Finding]:
    """Two events of the same type, actors and recipients whose dates overlap are one event, one part of the other, or
    declared distinct. Those that have one title as well are told by the rule for names."""
    for one, two in _alike(record):
        if likenesses(one.title) & likenesses(two.title):
            continue
        expected = "one event, a part of the other, or “distinct_from:”"
        yield Finding(one, f"looks like {two.event_id}", expected, "settle it in the register of events")


def _alike(record: Index) -> Iterator[tuple[Event, Event]]:
    """Pairs of events of the same type, actors and recipients that may lie on the same day and are not settled."""
    groups: dict[tuple[str | None, ...], list[Event]] = {}
    for row in record[Event]:
        if row.source_actor_ids is not None:
            groups.setdefault((row.event_type, row.source_actor_ids, row.target_actor_ids), []).append(row)
    for group in groups.values():
        yield from _unsettled(group)


def _unsettled(events: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Events whose dates overlap and that are not settled, each with one other, in the order given.

    The events are met by their first days. Those that have not ended stand by their whole: the parts of one whole are
    settled among each other, so an event is compared with few of them before one is found.
    """
    spans = [edtf.parse(event.date_edtf) for event in events]
    standing: dict[str, dict[int, Event]] = {}
    ends: list[tuple[date, int]] = []
    for number in sorted(range(len(events)), key=lambda number: spans[number].start or date.min):
        event, begin = events[number], spans[number].start or date.min
        while ends and ends[0][0] < begin:
            _, gone = heapq.heappop(ends)
            parts_of_one = standing[_whole(events[gone])]
            del parts_of_one[gone]
            if not parts_of_one:
                del standing[_whole(events[gone])]
        others = (one for whole, found in standing.items() if whole not in _wholes(event) for one in found.items())
        if (twin := next((other for other, one in others if not _is_settled(event, one)), None)) is not None:
            yield events[min(twin, number)], events[max(twin, number)]
        standing.setdefault(_whole(event), {})[number] = event
        heapq.heappush(ends, (spans[number].end or date.max, number))


def _whole(event: Event) -> str:
    """What an event is part of; of one that is part of nothing, a key of its own."""
    return event.part_of_event_id or f"alone {event.event_id}"


def _wholes(event: Event) -> tuple[str | None, ...]:
    """The wholes whose parts are settled with an event: its own, and itself."""
    return event.part_of_event_id, event.event_id


def _is_settled(one: Event, two: Event) -> bool:
    """Whether two events are declared part of each other, parts of one, or distinct."""
    return bool(
        one.event_id in (two.part_of_event_id, *split(two.distinct_event_ids))
        or two.event_id in (one.part_of_event_id, *split(one.distinct_event_ids))
        or (one.part_of_event_id and one.part_of_event_id == two.part_of_event_id)
    )


@similar_events_are_settled.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT DISTINCT a.row FROM events a JOIN events b ON a.event_type = b.event_type
            AND a.source_actor_ids = b.source_actor_ids AND a.target_actor_ids IS NOT DISTINCT FROM b.target_actor_ids
            AND a.row < b.row JOIN edtf x ON x.text = a.date_edtf JOIN edtf y ON y.text = b.date_edtf
        WHERE coalesce(x.high >= y.low, true) AND coalesce(x.low <= y.high, true)
            AND a.event_id IS DISTINCT FROM b.part_of_event_id AND b.event_id IS DISTINCT FROM a.part_of_event_id
            AND (a.part_of_event_id <> b.part_of_event_id) IS DISTINCT FROM false
            AND NOT coalesce(list_contains({parts("b.distinct_event_ids")}, a.event_id), false)
            AND NOT coalesce(list_contains({parts("a.distinct_event_ids")}, b.event_id), false)"""
    same = "(event_type, source_actor_ids) IN (SELECT (event_type, source_actor_ids) FROM focus)"
    yield Suspects(Event, sql, {Event: same})


@similar_events_are_settled.fault("r19-not-held-apart", "two events that look alike are no longer held apart")
def _(record: Index) -> Spoilt:
    one, two = next(_declared(record))
    second = change(two, distinct_event_ids=None)
    return spoilt(one, f"looks like {two.event_id}", second, distinct_event_ids=None)


def _declared(record: Index) -> Iterator[tuple[Event, Event]]:
    """Pairs of events that are alike and settled by being held apart alone, in the order of the table."""
    places = {event.event_id: number for number, event in enumerate(record[Event])}
    for event in record[Event]:
        for other in split(event.distinct_event_ids):
            one, two = (record[Event][number] for number in sorted((places[event.event_id], places[other])))
            pair = [row.model_copy(update={"distinct_event_ids": None}) for row in (one, two)]
            if list(_alike(Index(record.rows | {Event.TABLE: list(pair)}))):
                yield one, two


#: The code of precision of a month: a longer date says too little to make events alike.
_MONTH = 4
#: Types of events that both sides do: who is named first does not matter.
_MUTUAL = ("AGREE", "CONSULT", "COOPERATE")


@rule("R70", "warning", reads=(Event,))
def near_twins_are_settled(record: Record) -> Iterator[Finding]:
    """Two events of the same type, dated to a month or less, that share an actor or a recipient and may lie on the same
    day are one event, one part of the other, or declared distinct, whatever their modes."""
    for one, two in _near(record):
        expected = "one event told twice, a part of the other, or “distinct_from:”"
        yield Finding(one, f"may be {two.event_id}", expected, "settle it in the register of events")


def _near(record: Index) -> Iterator[tuple[Event, Event]]:
    """Events that may be the same as another one, each with one such."""
    groups: dict[tuple[str | None, ...], list[Event]] = {}
    for row in record[Event]:
        if row.date_prec <= _MONTH:
            for side, ids in (("source", row.source_actor_ids), ("target", row.target_actor_ids)):
                side = "" if row.event_type in _MUTUAL else side
                for actor in split(ids):
                    groups.setdefault((actor, side, row.event_type), []).append(row)
    twins: dict[str, Event] = {}
    for group in groups.values():
        for one, two in _unsettled(group):
            same = (one.source_actor_ids, one.target_actor_ids) == (two.source_actor_ids, two.target_actor_ids)
            if not (same and one.source_actor_ids):
                twins.setdefault(one.event_id, two)
    yield from ((row, twins[row.event_id]) for row in record[Event] if row.event_id in twins)


@near_twins_are_settled.suspects
def _() -> Iterator[Suspects]:
    acting = " UNION ".join(
        f"SELECT row, {items(name)} AS actor FROM events WHERE date_prec <= {_MONTH}"
        for name in ("source_actor_ids", "target_actor_ids")
    )
    sql = f"""WITH acting AS ({acting}), e AS (SELECT * FROM acting JOIN events USING (row)),
        b AS (SELECT *, max(date_end) OVER w AS latest, min(date_start) OVER v AS earliest FROM e
            WINDOW w AS (PARTITION BY actor, event_type ORDER BY date_start, row
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
            v AS (PARTITION BY actor, event_type ORDER BY date_start, row
                ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING))
        SELECT DISTINCT row FROM b WHERE latest >= date_start OR earliest <= date_end"""
    same = f"""row IN (WITH acting AS ({acting}) SELECT a.row FROM acting a JOIN acting b USING (actor)
        WHERE b.row IN (SELECT row FROM focus))"""
    yield Suspects(Event, sql, {Event: same})


@near_twins_are_settled.fault("r70-told-twice", "an event is there a second time, with one more actor")
def _(record: Index) -> Spoilt:
    row = first(record[Event], _is_plain)
    twin = like(row, event_id=f"{row.event_id}-again", title=f"{row.title} again", target_actor_ids=None)
    return Spoilt(f"{row.event_id}: may be {row.event_id}-again", (twin,))


def _is_plain(row: Event) -> bool:
    """Whether an event has a day, somebody who does it and somebody to whom it is done, and is no part of another."""
    return bool(row.date_prec == 1 and row.source_actor_ids and row.target_actor_ids and not row.part_of_event_id)


@rule("R44", reads=(Event, EventActor, PlaceRow))
def event_lists_agree(record: Record) -> Iterator[Finding]:
    """Actors, recipients, place and precision in the row of an event are those of its actors and its place."""
    for row in record[Event]:
        took_part = record.grouped(EventActor, "event_id").get(row.event_id, ())
        for name, roles in (("source_actor_ids", computed.SOURCE_ROLES), ("target_actor_ids", computed.TARGET_ROLES)):
            actors = joined(sorted({part.actor_id for part in took_part if part.role in roles}))
            if getattr(row, name) != actors:
                found, expected = (value or "nobody" for value in (getattr(row, name), actors))
                yield Finding(row, f"{name} {found}", f"{expected} by event_actors", REBUILD)
        place = record.row(PlaceRow, row.place_id)
        precision = place.where_prec if place else computed.NO_PLACE
        if row.where_prec != precision:
            expected = f"{precision} for {row.place_id if place else 'an event without a place'}"
            yield Finding(row, f"where_prec {row.where_prec}", expected, REBUILD)


@event_lists_agree.suspects
def _() -> Iterator[Suspects]:
    for name, roles in (("source_actor_ids", computed.SOURCE_ROLES), ("target_actor_ids", computed.TARGET_ROLES)):
        actors = f"string_agg(DISTINCT actor_id, {literal(LIST_SEPARATOR)} ORDER BY actor_id)"
        sql = f"""SELECT t.row FROM events t LEFT JOIN (SELECT event_id, {actors} AS ids FROM event_actors
            WHERE role IN ({literals(roles)}) GROUP BY event_id) a USING (event_id) WHERE t.{name} IS DISTINCT
                FROM a.ids"""
        yield Suspects(Event, sql, {EventActor: in_focus("event_id")})
    sql = f"""SELECT t.row FROM events t LEFT JOIN places p USING (place_id)
        WHERE t.where_prec IS DISTINCT FROM coalesce(p.where_prec, {computed.NO_PLACE})"""
    yield Suspects(Event, sql)


@event_lists_agree.fault("r44-place-less-exact", "an event is placed less exactly than its place")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Event], lambda row: row.where_prec < 7), "where_prec 7", where_prec=7)


@rule("R45", reads=(Event, EventReport, Document))
def nothing_happens_after_its_report(record: Record) -> Iterator[Finding]:
    """An event that is actual, or told as having happened, began before the last article that tells it was
    published."""
    for row in record[Event]:
        latest = _last_told(record, row)
        if row.realis in ("actual", "asserted_only") and row.date_start and latest and row.date_start > latest:
            yield Finding(row, f"{row.realis}, {row.date_edtf}", f"not after {latest}", "correct “realis” or “date”")


def _last_told(record: Index, event: Event) -> date | None:
    """The last day on which an article that tells an event may have been published."""
    told = [record.row(Document, report.document_id) for report in record.reports(event)]
    ends = [edtf.parse(document.published_date).end for document in told if document]
    return max(filter(None, ends), default=None)


@nothing_happens_after_its_report.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH r AS (SELECT event_id, max(p.high) AS latest FROM event_reports JOIN documents d USING (document_id)
        JOIN edtf p ON p.text = d.published_date GROUP BY event_id)
    SELECT t.row FROM events t JOIN r USING (event_id)
        WHERE t.realis IN ('actual', 'asserted_only') AND t.date_start > r.latest"""
    reports = in_focus("event_id")
    documents = f"document_id IN (SELECT document_id FROM event_reports WHERE {reports})"
    yield Suspects(Event, sql, {EventReport: reports, Document: documents})


@nothing_happens_after_its_report.fault(
    "r45-after-its-report", "an actual event begins after the article that tells it"
)
def _(record: Index) -> Spoilt:
    row = first(record[Event], realis="actual")
    day = day_after(_last_told(record, row))
    return spoilt(row, f"actual, {day}", date_edtf=str(day), date_start=day, date_end=day, date_prec=1)
