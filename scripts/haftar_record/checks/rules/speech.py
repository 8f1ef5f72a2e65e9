"""Speech: occasions and what is said on them, who is spoken of, whose words a passage has."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.cells import split
from ...model.index import Index
from ...model.tables import Document, Event, EventReport, Evidence, Mention, Source, Statement
from ...text import edtf
from ...text.spans import Span, Stretches
from ..columnar.sql import in_focus, items, literals, owned_by_focus
from ..columnar.suspects import Suspects
from .engine import Finding, Record, rule
from .faults import Spoilt, change, first, like, spoilt


@rule("R85", "warning", reads=(Event, EventReport, Statement))
def occasion_holds_its_statements(record: Record) -> Iterator[Finding]:
    """The occasion of a statement is told by a report of the same article, and may be on the day of the statement."""
    for row in record[Statement]:
        occasion = record.row(Event, row.event_id)
        if occasion is None:
            continue
        if all(report.document_id != row.document_id for report in record.reports(occasion)):
            expected = f"a report of this event in {row.document_id}"
            remedy = "report the occasion, or remove “occasion:” where the article tells none"
            yield Finding(row, f"occasion {occasion.event_id}", expected, remedy)
        elif not edtf.parse(row.date_edtf).overlaps(edtf.parse(occasion.date_edtf)):
            found = f"{row.date_edtf} on the occasion {occasion.event_id} of {occasion.date_edtf}"
            yield Finding(row, found, "dates that have a day in common", "correct “occasion:” or one of the two dates")


@occasion_holds_its_statements.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM statements t JOIN events e USING (event_id)
            ANTI JOIN event_reports r ON r.event_id = t.event_id AND r.document_id = t.document_id
        UNION SELECT t.row FROM statements t JOIN events e USING (event_id)
            JOIN edtf x ON x.text = t.date_edtf JOIN edtf y ON y.text = e.date_edtf
            WHERE x.high < y.low OR y.high < x.low"""
    yield Suspects(Statement, sql, {EventReport: in_focus("event_id")})


@occasion_holds_its_statements.fault("r85-occasion-of-another-article", "an article names an occasion it does not tell")
def _(record: Index) -> Spoilt:
    row = first(record[Statement])
    other = first(
        record[Event], lambda one: all(report.document_id != row.document_id for report in record.reports(one))
    )
    return spoilt(row, f"occasion {other.event_id}", event_id=other.event_id)


@occasion_holds_its_statements.fault("r85-before-its-occasion", "something is said before the occasion it is said on")
def _(record: Index) -> Spoilt:
    dates = {row.event_id: row.date_edtf for row in record[Event] if row.date_start}
    row = first(record[Statement], lambda row: row.event_id in dates)
    found = f"1951 on the occasion {row.event_id} of {dates[row.event_id or '']}"
    span = edtf.parse("1951")
    days = {"date_start": span.start, "date_end": span.end, "date_prec": span.precision}
    return spoilt(row, found, date_edtf=span.text, **days)


#: Types of events that consist of what is said. The other verbal types have deeds among them: meetings, embassies.
_SPOKEN = ("STATEMENT", "REQUEST", "ACCUSE", "THREATEN")
#: What has been said, or is said to have been.
_TOLD = ("actual", "asserted_only")


@rule("R86", "warning", reads=(Event, EventReport, Statement))
def told_speech_has_its_words(record: Record) -> Iterator[Finding]:
    """An article that tells an event of speech has a statement with this occasion, or with the one that it is part of:
    what was said."""
    said = {(row.document_id, row.event_id) for row in record[Statement]}
    for row in record[Event]:
        if row.event_type not in _SPOKEN or row.realis not in _TOLD:
            continue
        firsts: dict[str, EventReport] = {}
        for report in sorted(record.reports(row), key=lambda report: report.event_report_id):
            firsts.setdefault(report.document_id, report)
        for document, report in firsts.items():
            if not {(document, row.event_id), (document, row.part_of_event_id or row.event_id)} & said:
                found = f"{row.event_type} {row.event_id} without a statement"
                expected = f"a statement of {document} with this occasion"
                remedy = "add the statement, or “occasion:” to it; where nothing is told of what was said, waive it"
                yield Finding(report, found, expected, remedy)


@told_speech_has_its_words.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM event_reports t JOIN events e USING (event_id)
            ANTI JOIN statements s ON s.event_id = t.event_id AND s.document_id = t.document_id
            ANTI JOIN statements w ON w.event_id = e.part_of_event_id AND w.document_id = t.document_id
        WHERE e.event_type IN ({literals(_SPOKEN)}) AND e.realis IN ({literals(_TOLD)})"""
    same = "(document_id, event_id) IN (SELECT (document_id, event_id) FROM focus)"
    yield Suspects(EventReport, sql, {EventReport: same})


@told_speech_has_its_words.fault("r86-nothing-said", "an article tells a call, and no statement what was called for")
def _(record: Index) -> Spoilt:
    def reports(row: Event, document: str) -> list[str]:
        return [one.event_report_id for one in record.reports(row) if one.document_id == document]

    def is_plain(row: Event) -> bool:
        said = [one for one in record[Statement] if one.event_id == row.event_id]
        is_told = row.event_type in _SPOKEN and row.realis in _TOLD and not row.part_of_event_id
        return is_told and len(said) == 1 and bool(reports(row, said[0].document_id))

    event = first(record[Event], is_plain)
    row = first(record[Statement], event_id=event.event_id)
    report = min(reports(event, row.document_id))
    found = f"{report}: {event.event_type} {event.event_id} without a statement"
    return Spoilt(found, (change(row, event_id=None),))


@rule("R87", "warning", reads=(Mention, Statement))
def those_spoken_of_are_named(record: Record) -> Iterator[Finding]:
    """An actor that speaks in an article, or that is the target of what is said, is mentioned in the article."""
    named = {(row.document_id, row.actor_id) for row in record[Mention]}
    for row in record[Statement]:
        for part, actors in (("speaker", row.speaker_actor_id), ("target", row.target_actor_ids)):
            for actor in split(actors):
                if (row.document_id, actor) not in named:
                    remedy = f"correct the {part}, or add the words to the aliases of {actor} or to “mentions:”"
                    yield Finding(row, f"{part} {actor}", f"words of {row.document_id} that name {actor}", remedy)


@those_spoken_of_are_named.suspects
def _() -> Iterator[Suspects]:
    sql = f"""WITH spoken AS (SELECT row, document_id, speaker_actor_id AS actor_id FROM statements
            WHERE speaker_actor_id IS NOT NULL
            UNION ALL SELECT row, document_id, {items("target_actor_ids")} FROM statements)
        SELECT DISTINCT row FROM spoken ANTI JOIN mentions USING (document_id, actor_id)"""
    actors = f"SELECT speaker_actor_id FROM focus UNION SELECT {items('target_actor_ids')} FROM focus"
    yield Suspects(Statement, sql, {Mention: f"{in_focus('document_id')} AND actor_id IN ({actors})"})


@those_spoken_of_are_named.fault(
    "r87-target-not-named", "a statement is directed at somebody who is not in its article"
)
def _(record: Index) -> Spoilt:
    row = first(record[Statement])
    named = {mention.actor_id for mention in record.grouped(Mention, "document_id")[row.document_id]}
    actor = first((one for one in record[Mention] if one.actor_id), lambda one: one.actor_id not in named).actor_id
    return spoilt(row, f"target {actor}", target_actor_ids=actor)


#: Kinds of texts that put what others said in other words.
_REWORDED = ("digest", "machine_paraphrase")


@rule("R88", reads=(Document, Statement))
def reworded_quotation_was_compared(record: Record) -> Iterator[Finding]:
    """In an article that retells or rewords another text, words in quotation marks are the speaker's own only where a
    reference has the original."""
    for row in record[Statement]:
        document = record.row(Document, row.document_id)
        is_reworded = document is not None and document.text_kind in _REWORDED
        if document and is_reworded and row.is_verbatim_reliable == "yes" and not row.verbatim_reference_id:
            found = f"is_verbatim_reliable yes in a text of kind {document.text_kind}, without a reference"
            remedy = "add “verbatim_reference:”, or write no or unknown"
            yield Finding(row, found, "a reference that has the original words", remedy)


@reworded_quotation_was_compared.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM statements t JOIN documents d USING (document_id)
        WHERE t.is_verbatim_reliable = 'yes' AND t.verbatim_reference_id IS NULL
            AND d.text_kind IN ({literals(_REWORDED)})"""
    yield Suspects(Statement, sql)


@reworded_quotation_was_compared.fault("r88-reworded-and-own", "a quotation in a retold text is the speaker's own")
def _(record: Index) -> Spoilt:
    kinds = {row.document_id: row.text_kind for row in record[Document]}
    row = first(record[Statement], lambda row: kinds[row.document_id] in _REWORDED, speech_form="direct")
    found = f"is_verbatim_reliable yes in a text of kind {kinds[row.document_id]}, without a reference"
    values = {"is_verbatim_reliable": "yes", "verbatim_reference_id": None, "verbatim_rationale": "It reads well."}
    return spoilt(row, found, **values)


@rule("R89", reads=(Document, EventReport, Evidence, Statement))
def what_is_said_is_not_the_outlets(record: Record) -> Iterator[Finding]:
    """What stands inside the content of a statement is its speaker's: a report that rests on such words alone is
    attributed or quoted, and not told in the outlet's own voice."""
    contents: dict[str, Stretches[Evidence]] = {}
    for row in record[EventReport]:
        if row.attribution != "outlet":
            continue
        if row.document_id not in contents:
            contents[row.document_id] = contents_of(record, row.document_id)
        pieces = record.evidence(row.event_report_id, "evidence_text")
        holders = [holder_of(contents[row.document_id], piece) for piece in pieces]
        if holders and all(holders):
            found = f"attribution outlet for words inside the content of {holders[0]}"
            remedy = "name the statement and its source, or quote words outside of what is said"
            yield Finding(row, found, "attributed, quoted or anonymous, with this statement", remedy)


def contents_of(record: Index, document: str) -> Stretches[Evidence]:
    """The passages of what is said in an article by anybody but its own publisher, whose voice the report may be."""
    article = record.row(Document, document)
    publisher = article.publisher_source_id if article else None
    told = record.grouped(Statement, "document_id").get(document, [])
    own = {row.statement_id for row in told if publisher and row.speaker_source_id == publisher}
    said = record.grouped(Evidence, "document_id").get(document, [])
    return Stretches(
        (row.start, row.end, row)
        for row in said
        if row.field == "content_text" and row.statement_id and row.statement_id not in own
    )


def holder_of(contents: Stretches[Evidence], piece: Evidence) -> str | None:
    """The statement with the shortest passage that a piece of evidence lies in."""
    around = [row for row in contents.near(Span(piece.start, piece.end)) if _is_around(row, piece)]
    nearest = min(around, key=lambda row: (row.end - row.start, row.statement_id or ""), default=None)
    return nearest.statement_id if nearest else None


def _is_around(content: Evidence, piece: Evidence) -> bool:
    return content.start <= piece.start and piece.end <= content.end


@what_is_said_is_not_the_outlets.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT DISTINCT t.row FROM event_reports t
        JOIN evidence e ON e.owner = t.event_report_id AND e.field = 'evidence_text'
        JOIN evidence c ON c.document_id = e.document_id AND c.field = 'content_text' AND c.statement_id IS NOT NULL
            AND c.start <= e.start AND e."end" <= c."end"
        WHERE t.attribution = 'outlet'"""
    content = f"{owned_by_focus(EventReport)} OR {in_focus('document_id')} AND field = 'content_text'"
    article = in_focus("document_id")
    yield Suspects(EventReport, sql, {Evidence: content, Statement: article, Document: article})


@what_is_said_is_not_the_outlets.fault("r89-said-by-the-outlet", "what a speaker says counts as the outlet's own words")
def _(record: Index) -> Spoilt:
    def holder(row: EventReport) -> str | None:
        pieces = record.evidence(row.event_report_id, "evidence_text")
        return holder_of(contents_of(record, row.document_id), pieces[0]) if len(pieces) == 1 else None

    row = first(record[EventReport], lambda row: row.attribution != "outlet" and holder(row))
    return spoilt(row, f"attribution outlet for words inside the content of {holder(row)}", attribution="outlet")


@rule("R100", reads=(Statement,), is_local=True)
def speaking_is_not_its_own_matter(record: Record) -> Iterator[Finding]:
    """A statement is about another event than the one that the speaking itself is."""
    for row in record[Statement]:
        if row.event_id and row.event_id == row.about_event_id:
            remedy = "name another event in “about:” or leave it out, or correct “occasion:”"
            found = f"about {row.about_event_id}, which is its occasion"
            yield Finding(row, found, "another event than the occasion, or none", remedy)


@speaking_is_not_its_own_matter.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(Statement, "SELECT t.row FROM statements t WHERE t.event_id = t.about_event_id")


@speaking_is_not_its_own_matter.fault("r100-about-itself", "what is said is about the occasion on which it is said")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: row.event_id)
    return spoilt(row, f"about {row.event_id}, which is its occasion", about_event_id=row.event_id)


@rule("R105", "warning", reads=(EventReport, Source, Statement))
def own_voice_is_no_second_origin(record: Record) -> Iterator[Finding]:
    """What an article attributes, and tells in the outlet's own voice as well, does not corroborate itself: unless it
    is background, the outlet's report has the origin of the other one. So has a report of an act of speech where the
    article has what was said from a source that others report."""
    origins = _Origins(record)
    for rows in record.grouped(EventReport, "event_id").values():
        for row in rows:
            if is_own_voice(row) and (other := origins.behind(row, rows)):
                found = f"attribution outlet, a second origin beside {other}, to which the article attributes it"
                expected = f"{other} as origin, or words that the outlet knows by itself"
                remedy = "add “origin:”, or “source:” with its attribution, or “background:”; or waive it"
                yield Finding(row, found, expected, remedy)


def is_own_voice(row: EventReport) -> bool:
    """Whether a report is told by the outlet as news of its own."""
    return row.attribution == "outlet" and row.factuality != "Uu" and not row.is_background


class _Origins:
    """To which sources articles attribute an event."""

    def __init__(self, record: Index) -> None:
        self.record = record
        self.voices = record.grouped(Source, "actor_id")
        self.said: dict[tuple[str, str | None], list[Statement]] = {}
        for row in record[Statement]:
            self.said.setdefault((row.document_id, row.event_id), []).append(row)

    def behind(self, row: EventReport, reports: list[EventReport]) -> str:
        """The origin that an article has for what it tells in its own voice as well; empty where there is none, or
        where it has a source of its own besides."""
        beside = [one for one in reports if one.document_id == row.document_id and one.attribution != "outlet"]
        attributed = {one.independence_group for one in beside if one.factuality != "Uu"}
        others = {one.independence_group for one in reports if one is not row}
        told = self._roots(self.said.get((row.document_id, row.event_id), [])) & others
        found = attributed | told
        return "" if row.independence_group in found else min(found, default="")

    def _roots(self, statements: list[Statement]) -> set[str]:
        """The origins of the sources through which an article may have some statements."""
        named = {one for row in statements for one in (row.speaker_source_id, row.relayed_by_source_id) if one}
        for actor in {row.speaker_actor_id for row in statements} - {None}:
            named |= {source.source_id for source in self.voices.get(actor, ())}
        return {self._root(one) for one in named}

    def _root(self, source: str) -> str:
        seen = [source]
        while (row := self.record.row(Source, seen[-1])) and row.origin_source_id not in (None, *seen):
            seen.append(row.origin_source_id or "")
        return seen[-1]


@own_voice_is_no_second_origin.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM event_reports t WHERE t.attribution = 'outlet' AND t.factuality <> 'Uu'
        AND NOT t.is_background AND EXISTS (SELECT 1 FROM event_reports o WHERE o.event_id = t.event_id
            AND o.independence_group <> t.independence_group)"""
    same = in_focus("event_id")
    yield Suspects(EventReport, sql, {EventReport: same, Source: "true", Statement: same})


@own_voice_is_no_second_origin.fault("r105-headline-in-its-own-voice", "an outlet repeats what its article attributes")
def _(record: Index) -> Spoilt:
    sole = record.grouped(EventReport, "event_id")
    row = first(
        record[EventReport],
        lambda one: one.factuality != "Uu" and len(sole[one.event_id]) == 1,
        attribution="attributed",
    )
    other = first(record[Source], lambda one: one.source_id != row.independence_group and not one.origin_source_id)
    identity = f"{row.event_report_id}9"
    own = {"event_report_id": identity, "attribution": "outlet", "independence_group": other.source_id}
    plain = {"factuality": "CT+", "is_background": False}
    gone = dict.fromkeys(("attributed_source_id", "attributed_source_name", "statement_id", "hedge_text"))
    found = f"attribution outlet, a second origin beside {row.independence_group}, to which the article attributes it"
    return Spoilt(f"{identity}: {found}", (like(row, **own, **plain, **gone),))
