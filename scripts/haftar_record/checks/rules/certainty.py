"""How certain an event is: its realis against its title, its reports and their hedges."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.index import Index
from ...model.tables import Discrepancy, Event, EventReport, Source
from ...problems.wording import show
from ..columnar.sql import in_focus
from ..columnar.suspects import Suspects, distinct
from .engine import Finding, Record, rule
from .faults import Spoilt, first, spoilt

#: The words with which the title of an event begins that is not actual.
OPENINGS = {
    "asserted_only": ("Alleged", "Reported"),
    "planned": ("Planned",),
    "threatened": ("Threatened",),
    "denied": ("Denied", "Alleged"),
    "conditional": ("Possible",),
}


@rule("R98", reads=(Event,), is_local=True)
def title_shows_the_realis(record: Record) -> Iterator[Finding]:
    """The title of an event that is not actual begins with a word that says so (“Alleged” or “Reported”, “Planned”,
    “Threatened”, “Denied”, “Possible”), and that of an actual event with none of these words. Whoever reads the title
    alone does not take a charge or a plan for a fact."""
    for row in record[Event]:
        opening, due = row.title.split(" ")[0], OPENINGS.get(row.realis, ())
        found = f"{row.realis}, title {show(row.title, 80)}"
        if due and opening not in due:
            words = " or ".join(f"“{word}”" for word in due)
            remedy = "begin “title:” with this word, or correct “realis”"
            yield Finding(row, found, f"a title that begins with {words}", remedy)
        if not due and any(opening in words for words in OPENINGS.values()):
            remedy = "take this word out of “title:”, or correct “realis”"
            yield Finding(row, found, f"a title that does not begin with “{opening}”", remedy)


@title_shows_the_realis.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Event, "realis", "split_part(title, ' ', 1)")


@title_shows_the_realis.fault("r98-charge-as-a-fact", "the title of what is only claimed reads like a fact")
def _(record: Index) -> Spoilt:
    row = first(record[Event], realis="asserted_only")
    title = "Attack on a town"
    return spoilt(row, f"asserted_only, title {show(title)}", title=title)


@title_shows_the_realis.fault("r98-fact-as-a-plan", "the title of an actual event calls it planned")
def _(record: Index) -> Spoilt:
    row = first(record[Event], realis="actual")
    title = f"Planned {row.title}"
    return spoilt(row, f"actual, title {show(title, 80)}", title=title)


@rule("R99", reads=(Event, EventReport, Source))
def actual_is_told_by_an_outlet(record: Record) -> Iterator[Finding]:
    """At least one report tells an actual event as certain in the outlet's own voice, or by pictures. What sources
    alone tell is asserted."""
    for row in record[Event]:
        if row.realis == "actual" and not any(_vouches(record, report) for report in record.reports(row)):
            told = {report.attribution for report in record.reports(row) if report.factuality == "CT+"}
            found = f"actual, told as certain as {', '.join(sorted(told)) or 'nothing'}"
            remedy = "change “realis” to asserted_only, with a title that says so, or correct a report"
            yield Finding(row, found, "a report with CT+ that is the outlet's own or goes back to pictures", remedy)


def _vouches(record: Index, report: EventReport) -> bool:
    """Whether by this report an event is no mere claim of a source."""
    source = record.row(Source, report.attributed_source_id)
    is_shown = source is not None and source.source_type == "images"
    return report.factuality == "CT+" and (report.attribution == "outlet" or is_shown)


#: The sources of the reports of the suspected events.
_SOURCES = f"source_id IN (SELECT attributed_source_id FROM event_reports WHERE {in_focus('event_id')})"


@actual_is_told_by_an_outlet.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM events t ANTI JOIN (SELECT r.event_id FROM event_reports r
            LEFT JOIN sources s ON s.source_id = r.attributed_source_id
            WHERE r.factuality = 'CT+' AND (r.attribution = 'outlet' OR s.source_type = 'images')) v USING (event_id)
        WHERE t.realis = 'actual'"""
    yield Suspects(Event, sql, {EventReport: in_focus("event_id"), Source: _SOURCES})


@actual_is_told_by_an_outlet.fault("r99-claim-as-actual", "an event that a source alone tells counts as actual")
def _(record: Index) -> Spoilt:
    def told(event: Event) -> set[str]:
        return {report.attribution for report in record.reports(event) if report.factuality == "CT+"}

    row = first(
        record[Event],
        lambda row: told(row) and not any(_vouches(record, report) for report in record.reports(row)),
        realis="asserted_only",
    )
    return spoilt(row, f"actual, told as certain as {', '.join(sorted(told(row)))}", realis="actual")


@rule("R78", "warning", reads=(Discrepancy, Event, EventReport, Source))
def doubt_has_its_ground(record: Record) -> Iterator[Finding]:
    """An event that is only asserted, though an article tells it as certain in its own voice or by pictures, has the
    ground for doubt in the record: a report that is less than certain, or a discrepancy about it."""
    disputed = record.grouped(Discrepancy, "event_id")
    for row in record[Event]:
        if row.realis != "asserted_only":
            continue
        reports = record.reports(row)
        sure = min((report.event_report_id for report in reports if _vouches(record, report)), default=None)
        is_doubted = any(report.factuality not in ("CT+", "Uu") for report in reports)
        if sure and not is_doubted and row.event_id not in disputed:
            expected = "a report that is less than certain, or a discrepancy about the event"
            remedy = "add the ground for doubt, or change “realis” to actual"
            yield Finding(row, f"asserted_only, though {sure} tells it as certain", expected, remedy)


@doubt_has_its_ground.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT DISTINCT t.row FROM events t JOIN event_reports r USING (event_id)
            LEFT JOIN sources s ON s.source_id = r.attributed_source_id
        WHERE t.realis = 'asserted_only' AND r.factuality = 'CT+'
            AND (r.attribution = 'outlet' OR s.source_type = 'images')
            AND t.event_id NOT IN (SELECT event_id FROM event_reports WHERE factuality NOT IN ('CT+', 'Uu'))
            AND t.event_id NOT IN (SELECT event_id FROM discrepancies WHERE event_id IS NOT NULL)"""
    own = in_focus("event_id")
    yield Suspects(Event, sql, {EventReport: own, Discrepancy: own, Source: _SOURCES})


@doubt_has_its_ground.fault("r78-doubt-without-ground", "an event that an outlet tells as certain is only asserted")
def _(record: Index) -> Spoilt:
    doubted = {row.event_id for row in record[Discrepancy]}

    def is_sure(row: Event) -> bool:
        reports = record.reports(row)
        return row.event_id not in doubted and all(
            report.factuality == "CT+" and report.attribution == "outlet" for report in reports
        )

    row = first(record[Event], is_sure, realis="actual")
    report = min(report.event_report_id for report in record.reports(row))
    return spoilt(row, f"asserted_only, though {report} tells it as certain", realis="asserted_only")


@rule("R79", reads=(EventReport,), is_local=True)
def certain_has_no_hedge(record: Record) -> Iterator[Finding]:
    """A holder who is certain (CT+ or CT-) hedges nothing: words are a hedge where the holder becomes more certain when
    they are deleted."""
    for row in record[EventReport]:
        if row.hedge_text and row.factuality in ("CT+", "CT-"):
            remedy = "remove “hedge:” where these words weaken nothing, else correct “factuality”"
            yield Finding(row, f"{row.factuality} with the hedge {show(row.hedge_text, 60)}", "no hedge", remedy)


@certain_has_no_hedge.suspects
def _() -> Iterator[Suspects]:
    yield distinct(EventReport, "factuality", "hedge_text IS NULL")


@certain_has_no_hedge.fault("r79-certain-and-hedged", "a report is certain in spite of a hedge")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], lambda row: row.hedge_text, factuality="PS+")
    return spoilt(row, f"CT+ with the hedge {show(row.hedge_text or '', 60)}", factuality="CT+")
