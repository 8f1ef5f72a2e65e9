"""Statements, reports and relations: who says what, according to whom, when, and how certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ...model import computed
from ...model.cells import joined, split
from ...model.index import Index
from ...model.rows import Row, id_prefix
from ...model.tables import (
    FIELDS,
    TABLES,
    UNITS,
    Decision,
    Discrepancy,
    Document,
    Event,
    EventReport,
    Evidence,
    Quantity,
    Relation,
    Source,
    Statement,
)
from ...problems.wording import nearest, show
from ...text import dates, edtf
from ..columnar.sql import above, chained, in_focus, items, key, literal, literals, owned_by_focus, parts, quoted
from ..columnar.suspects import Suspects, distinct
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, another, change, day_after, drop, first, spoilt


@rule("R05", reads=(Statement,))
def nesting_is_sound(record: Record) -> Iterator[Finding]:
    """A statement told inside another stands in the same article, and no statement is inside itself."""
    circles = {circle[0]: circle for circle in record.circles(Statement, "parent_statement_id")}
    for row in record[Statement]:
        parent = record.row(Statement, row.parent_statement_id)
        if parent and parent.document_id != row.document_id:
            expected = "a statement of the same article"
            yield Finding(row, f"told inside {parent.statement_id}", expected, "correct “parent”")
        elif circle := circles.get(row.statement_id):  # a circle is said once, at its first statement by id
            way = ", ".join(sorted(circle[1:]))
            found = f"inside itself through {way}" if way else "inside itself"
            yield Finding(row, found, "no circle of statements", "correct “parent”")


@nesting_is_sound.suspects
def _() -> Iterator[Suspects]:
    sql = chained("statements", "parent_statement_id", "p.document_id = c.document_id")
    yield Suspects(Statement, sql, {Statement: above("statements", "parent_statement_id")})


@nesting_is_sound.fault("r05-told-in-a-circle", "two statements are told inside each other")
def _(record: Index) -> Spoilt:
    inner = first(record[Statement], lambda row: _outermost(record, row))
    outer = first(record[Statement], statement_id=inner.parent_statement_id)
    one, two = sorted((inner.statement_id, outer.statement_id))
    found = f"{one}: inside itself through {two}"
    return Spoilt(found, (change(outer, parent_statement_id=inner.statement_id),))


def _outermost(record: Index, row: Statement) -> bool:
    """Whether a statement is told inside one that is not told inside another."""
    parent = record.row(Statement, row.parent_statement_id)
    return parent is not None and parent.parent_statement_id is None


@nesting_is_sound.fault("r05-told-in-another-article", "a statement is told inside one of another article")
def _(record: Index) -> Spoilt:
    row = record[Statement][0]
    other = another(record[Statement], row, "document_id").statement_id
    return spoilt(row, f"told inside {other}", parent_statement_id=other)


@rule("R06", reads=(Statement, Document))
def statement_not_after_publication(record: Record) -> Iterator[Finding]:
    """Nothing is said after the article that reports it was published."""
    for row in record[Statement]:
        document = record.row(Document, row.document_id)
        published = edtf.parse(document.published_date).end if document else None
        start = edtf.parse(row.date_edtf).start
        if published and start and start > published:
            yield Finding(row, row.date_edtf, f"not after {published}", "correct the date of the statement")


@statement_not_after_publication.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM statements t JOIN edtf e ON e.text = t.date_edtf JOIN documents d USING (document_id)
        JOIN edtf p ON p.text = d.published_date WHERE e.low > p.high"""
    yield Suspects(Statement, sql)


@statement_not_after_publication.fault("r06-said-after-publication", "something is said on the day after publication")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], date_prec=1)
    document = first(record[Document], document_id=row.document_id)
    day = str(day_after(edtf.parse(document.published_date).end))
    return spoilt(row, day, date_edtf=day)


@rule("R12", reads=(Statement,))
def verbal_type_is_verbal(record: Record) -> Iterator[Finding]:
    """The PLOVER type of a statement is a verbal one (quad class 1 or 3)."""
    for row in record[Statement]:
        if row.plover_type and computed.quad_class(row.plover_type) not in (1, 3):
            yield Finding(row, row.plover_type, "a verbal type, or none", "correct “plover”")


@verbal_type_is_verbal.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Statement, "plover_type")


@verbal_type_is_verbal.fault("r12-type-not-verbal", "a statement is an assault")
def _(record: Index) -> Spoilt:
    return spoilt(record[Statement][0], "ASSAULT", plover_type="ASSAULT")


@rule("R17", reads=(Discrepancy, Evidence))
def discrepancy_has_two_sides(record: Record) -> Iterator[Finding]:
    """A discrepancy has evidence for its first reading, and evidence or an outside reference for its second."""
    for row in record[Discrepancy]:
        fields = {piece.field for piece in record.evidence(row.discrepancy_id)}
        if "reading_a" not in fields or not ("reading_b" in fields or row.reference_id):
            found = f"evidence for {', '.join(sorted(fields)) or 'nothing'}"
            yield Finding(row, found, "evidence for both readings", "add “quotes:” to the other reading")


@discrepancy_has_two_sides.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH e AS (SELECT owner, bool_or(field = 'reading_a') AS a, bool_or(field = 'reading_b') AS b FROM evidence
        WHERE field IN ('reading_a', 'reading_b') GROUP BY owner)
    SELECT t.row FROM discrepancies t LEFT JOIN e ON e.owner = t.discrepancy_id
        WHERE NOT coalesce(a, false) OR NOT (coalesce(b, false) OR t.reference_id IS NOT NULL)"""
    yield Suspects(Discrepancy, sql, {Evidence: owned_by_focus(Discrepancy)})


@discrepancy_has_two_sides.fault("r17-one-side", "a discrepancy has evidence for one reading only")
def _(record: Index) -> Spoilt:
    row = first(record[Discrepancy], lambda row: row.evidence_b_ids, reference_id=None)
    gone = [piece for piece in record.evidence(row.discrepancy_id) if piece.field == "reading_b"]
    return spoilt(row, "evidence for reading_a", *drop(gone), evidence_b_ids=None)


@rule("R73", reads=(Discrepancy,), is_local=True)
def discrepancy_is_about_a_column(record: Record) -> Iterator[Finding]:
    """The column that a discrepancy is about is a column of a table."""
    for row in record[Discrepancy]:
        if row.field not in FIELDS:
            yield Finding(row, f"field {show(row.field, 60)}", nearest(row.field, FIELDS), "correct “field”")


@discrepancy_is_about_a_column.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(Discrepancy, f"SELECT row FROM discrepancies WHERE field NOT IN ({literals(FIELDS)})")


@discrepancy_is_about_a_column.fault("r73-column-of-nothing", "a discrepancy is about a column that no table has")
def _(record: Index) -> Spoilt:
    return spoilt(record[Discrepancy][0], f"field {show('events.plaice_id')}", field="events.plaice_id")


#: What a value rests on and the reference for it: table, column of the basis, column of the reference.
_BASES: tuple[tuple[type[Row], str, str], ...] = (
    (Document, "published_basis", "published_reference_id"),
    (Document, "publisher_basis", "publisher_reference_id"),
    (Event, "date_basis", "date_reference_id"),
    (Statement, "date_basis", "date_reference_id"),
)


@rule("R20", reads=(Document, Event, Statement))
def external_has_reference(record: Record) -> Iterator[Finding]:
    """What rests on outside knowledge names its reference."""
    for model, basis, reference in _BASES:
        for row in record[model]:
            if getattr(row, basis) == "external" and not getattr(row, reference):
                yield Finding(row, f"{basis} external", "a reference", "add “reference:”, or another basis")


@external_has_reference.suspects
def _() -> Iterator[Suspects]:
    for model, basis, reference in _BASES:
        sql = f"SELECT t.row FROM {model.TABLE} t WHERE {basis} = 'external' AND {reference} IS NULL"
        yield Suspects(model, sql)


@external_has_reference.fault("r20-external-without-reference", "what rests on outside knowledge names no reference")
def _(record: Index) -> Spoilt:
    cases = ((row, basis, reference) for model, basis, reference in _BASES for row in record[model])
    row, basis, reference = next(case for case in cases if getattr(case[0], case[1]) == "external")
    return spoilt(row, f"{basis} external", **{reference: None})


@rule("R21", reads=(EventReport, Source))
def anonymous_means_unnamed(record: Record) -> Iterator[Finding]:
    """A report is attributed anonymously exactly when its source is not named."""
    for row in record[EventReport]:
        source = record.row(Source, row.attributed_source_id)
        if source and (row.attribution == "anonymous") == source.is_named:
            wanted = f"attribution {'other than ' if source.is_named else ''}“anonymous”"
            expected = f"{wanted}, because {source.source_id} is {'' if source.is_named else 'not '}named"
            remedy = "change “attribution”, or “named:” of the source in the register"
            yield Finding(row, f"attribution “{row.attribution}”", expected, remedy)


@anonymous_means_unnamed.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM event_reports t JOIN sources s ON s.source_id = t.attributed_source_id
        WHERE (t.attribution = 'anonymous') = s.is_named"""
    yield Suspects(EventReport, sql)


@anonymous_means_unnamed.fault("r21-anonymous-and-named", "a report of a named person counts as anonymous")
def _(record: Index) -> Spoilt:
    named = {row.source_id for row in record[Source] if row.is_named}
    row = first(record[EventReport], lambda row: row.attributed_source_id in named)
    return spoilt(row, "attribution “anonymous”", attribution="anonymous")


@rule("R26", reads=(Event, EventReport))
def realis_agrees_with_reports(record: Record) -> Iterator[Finding]:
    """At least one report tells an actual event as certain, and at least one denies a denied event."""
    for row in record[Event]:
        values = {report.factuality for report in record.reports(row)}
        found = f"{row.realis} with {', '.join(sorted(values)) or 'no report'}"
        remedy = "change “realis” of the event, or “factuality” of a report"
        if row.realis == "actual" and "CT+" not in values:
            yield Finding(row, found, "a report with CT+", remedy)
        if row.realis == "denied" and not any(value.endswith("-") for value in values):
            yield Finding(row, found, "a report with CT-", remedy)


@realis_agrees_with_reports.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH r AS (SELECT event_id, bool_or(factuality = 'CT+') AS yes, bool_or(factuality LIKE '%-') AS no
        FROM event_reports GROUP BY event_id)
    SELECT t.row FROM events t LEFT JOIN r USING (event_id)
        WHERE t.realis = 'actual' AND NOT coalesce(yes, false) OR t.realis = 'denied' AND NOT coalesce(no, false)"""
    yield Suspects(Event, sql, {EventReport: in_focus("event_id")})


@realis_agrees_with_reports.fault(
    "r26-actual-without-certainty", "an event counts as actual which nobody tells as certain"
)
def _(record: Index) -> Spoilt:
    def told(event: Event) -> set[str]:
        return {report.factuality for report in record.reports(event)}

    row = first(record[Event], lambda row: "CT+" not in told(row))
    return spoilt(row, f"actual with {', '.join(sorted(told(row)))}", realis="actual", aux_mode="none")


#: How a realis goes with PLOVER's auxiliary modes.
_AUX_MODES = {
    "actual": ("none", "historical"),
    "asserted_only": ("none", "historical"),
    "planned": ("future",),
    "threatened": ("future", "hypothetical"),
    "conditional": ("hypothetical",),
    "denied": ("negation",),
}


@rule("R35", reads=(Event,), is_local=True)
def aux_mode_agrees_with_realis(record: Record) -> Iterator[Finding]:
    """The auxiliary mode of an event (PLOVER) says the same as its realis: what is planned is future, what is
    conditional is hypothetical, what is denied is negated."""
    for row in record[Event]:
        allowed = _AUX_MODES[row.realis]
        if row.aux_mode not in allowed:
            yield Finding(row, f"{row.realis}, {row.aux_mode}", " or ".join(allowed), "correct “realis” or “aux”")


@aux_mode_agrees_with_realis.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Event, "realis", "aux_mode")


@aux_mode_agrees_with_realis.fault("r35-past-and-future", "what happened lies in the future")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Event], realis="actual"), "actual, future", aux_mode="future")


@rule("R36", reads=(*UNITS, Discrepancy, Evidence))
def units_stay_in_their_article(record: Record) -> Iterator[Finding]:
    """What a unit refers to inside an article is in the same article: the statement that tells it, its evidence, and
    the evidence of either reading of a discrepancy."""
    told: tuple[EventReport | Relation | Quantity, ...] = (
        *record[EventReport],
        *record[Relation],
        *record[Quantity],
    )
    for row in told:
        statement = record.row(Statement, row.statement_id)
        if statement and statement.document_id != row.document_id:
            found = f"told by {statement.statement_id} of {statement.document_id}"
            yield Finding(row, found, f"a statement of {row.document_id}", "correct “statement”")
    for model in UNITS:
        for unit in record[model]:
            article = unit.article_id
            for piece in record.evidence(unit.id[0]):
                if piece.document_id != article:
                    yield Finding(piece, f"in {piece.document_id}", f"in {article}, where {unit.id[0]} is", REBUILD)
    for discrepancy in record[Discrepancy]:
        for piece in record.evidence(discrepancy.discrepancy_id):
            own = discrepancy.document_a_id if piece.field == "reading_a" else discrepancy.document_b_id
            if piece.document_id != own:
                expected = f"in {own or 'no article'}, where {piece.field} is"
                yield Finding(piece, f"in {piece.document_id}", expected, REBUILD)


@units_stay_in_their_article.suspects
def _() -> Iterator[Suspects]:
    for model in (EventReport, Relation, Quantity):
        sql = f"""SELECT t.row FROM {model.TABLE} t JOIN statements s USING (statement_id)
            WHERE s.document_id <> t.document_id"""
        yield Suspects(model, sql)
    for unit in UNITS:
        sql = f"""SELECT e.row FROM evidence e JOIN {unit.TABLE} t ON t.{unit.KEY[0]} = e.owner
            WHERE e.document_id <> t.document_id"""
        yield Suspects(Evidence, sql)
    sql = """SELECT e.row FROM evidence e JOIN discrepancies t ON t.discrepancy_id = e.owner
        WHERE e.document_id IS DISTINCT FROM CASE WHEN e.field = 'reading_a' THEN t.document_a_id
            ELSE t.document_b_id END"""
    yield Suspects(Evidence, sql)


@units_stay_in_their_article.fault("r36-told-by-another-article", "a report is told by a statement of another article")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], lambda row: row.statement_id)
    other = another(record[Statement], row, "document_id")
    return spoilt(row, f"told by {other.statement_id} of {other.document_id}", statement_id=other.statement_id)


#: The day of publication of the article of a row ``t``.
_PUBLISHED = "(SELECT min(d.published_date) FROM documents d WHERE d.document_id = t.document_id)"


@rule("R37", reads=(Statement, EventReport, Document))
def dates_follow_their_rule(record: Record) -> Iterator[Finding]:
    """Date words that a rule resolves give the date of their row, counted from the publication of the article: ahead
    where the row says that they point ahead, and else back."""
    dated: tuple[Statement | EventReport, ...] = (*record[Statement], *record[EventReport])
    for row in dated:
        document = record.row(Document, row.document_id)
        if row.date_rule == "none" or document is None:
            continue
        if row.date_text is None:
            yield Finding(row, f"the rule {row.date_rule} without words", "date words", REBUILD)
            continue
        is_ahead = isinstance(row, EventReport) and row.is_date_ahead
        ruled = dates.resolve(row.date_text, document.published_date, is_ahead)
        if ruled is None or (row.date_rule, row.date_edtf) != (ruled.rule, ruled.edtf):
            expected = f"{ruled.edtf} by the rule {ruled.rule}" if ruled else "no date"
            ahead = ", pointing ahead" if is_ahead else ""
            yield Finding(row, f"{row.date_edtf} for {show(row.date_text)}{ahead}", expected, REBUILD)


@dates_follow_their_rule.suspects
def _dated() -> Iterator[Suspects]:
    yield distinct(Statement, "date_text", "date_edtf", "date_rule", _PUBLISHED)
    yield distinct(EventReport, "date_text", "date_edtf", "date_rule", "is_date_ahead", _PUBLISHED)


@dates_follow_their_rule.fault("r37-date-against-its-words", "a date is a day after the one that its words give")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: row.date_text and row.date_rule != "none", date_prec=1)
    day = str(day_after(edtf.parse(row.date_edtf).end))
    return spoilt(row, f"{day} for {show(row.date_text or '')}", date_edtf=day)


@dates_follow_their_rule.fault("r37-date-ahead-of-words-that-point-back", "a weekday of the past is dated ahead")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], date_rule="weekday", is_date_ahead=False)
    day = str(day_after(edtf.parse(row.date_edtf).end) + timedelta(6))
    return spoilt(row, f"{day} for {show(row.date_text or '')}", date_edtf=day)


@rule("R118", "warning", reads=(Relation, Document))
def times_of_ties_follow_their_rule(record: Record) -> Iterator[Finding]:
    """Time words of a tie that a rule resolves give the time in which it holds, counted back or ahead from the
    publication of the article. A tie names no rule and no reason, so that nothing else shows what its time rests on."""
    for row in record[Relation]:
        document = record.row(Document, row.document_id)
        if document is None or not row.validity_text:
            continue
        ruled = _both_ways(row.validity_text, document.published_date)
        if ruled and row.validity_edtf not in {one.edtf for one in ruled}:
            given = " or ".join(dict.fromkeys(f"{one.edtf} by the rule {one.rule}" for one in ruled))
            remedy = "correct “edtf:”, or leave out “words:” and say in “because:” what the time rests on"
            yield Finding(row, f"{row.validity_edtf} for {show(row.validity_text, 60)}", given, remedy)


@times_of_ties_follow_their_rule.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Relation, "validity_text", "validity_edtf", _PUBLISHED)


@times_of_ties_follow_their_rule.fault("r118-time-against-its-words", "a tie has held for longer than its words say")
def _(record: Index) -> Spoilt:
    row = first(record[Relation], validity_text="Since 2014")
    return spoilt(row, "1951/.. for “Since 2014”", validity_edtf="1951/..")


@rule("R62", reads=(Statement, EventReport, Document))
def rules_for_dates_are_named(record: Record) -> Iterator[Finding]:
    """A date that a rule gives for its words names this rule."""
    dated: tuple[Statement | EventReport, ...] = (*record[Statement], *record[EventReport])
    for row in dated:
        ruled = resolved(record, row)
        if row.date_rule == "none" and (name := next((one.rule for one in ruled if one.edtf == row.date_edtf), None)):
            expected = f"{name}, which gives {row.date_edtf} for {show(row.date_text or '')}"
            remedy = "leave out “edtf:”, with “future:” where the words point ahead, so that the rule gives the date"
            yield Finding(row, "date_rule none", expected, remedy)


def resolved(record: Index, row: Statement | EventReport) -> list[dates.Resolved]:
    """What the rules make of the date words of a row: counted back, and counted ahead."""
    document = record.row(Document, row.document_id)
    if document is None or not row.date_text:
        return []
    return _both_ways(row.date_text, document.published_date)


def _both_ways(words: str, published: str) -> list[dates.Resolved]:
    """What the rules make of date words: counted back, and counted ahead."""
    ways = (dates.resolve(words, published, ahead) for ahead in (False, True))
    return [found for found in ways if found]


rules_for_dates_are_named.suspects(_dated)


@rules_for_dates_are_named.fault("r62-rule-not-named", "a date that a rule gives names no rule")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: row.date_rule != "none")
    return spoilt(row, "date_rule none", date_rule="none", date_rationale="The words say so.")


@rule("R63", reads=(Statement, Document))
def basis_of_a_date_is_true(record: Record) -> Iterator[Finding]:
    """The basis of a date is that of the rule by which it was resolved. Without a rule, the words give a date only when
    there are words that no rule resolves otherwise, and a statement that rests on nothing is open towards the past."""
    for row in record[Statement]:
        allowed = _bases(record, row)
        if row.date_basis not in allowed:
            words = f" for {show(row.date_text, 60)}" if row.date_text else " without date words"
            remedy = "correct “basis”, or the date" if row.date_rule == "none" else REBUILD
            yield Finding(row, f"date_basis {row.date_basis}{words}", " or ".join(allowed), remedy)


def _bases(record: Index, row: Statement) -> tuple[str, ...]:
    """What the date of a statement may rest on."""
    if row.date_rule == "none" and not row.date_text and _is_open(row):
        return ("none",)
    return bases(record, row)


def bases(record: Index, row: Statement | EventReport) -> tuple[str, ...]:
    """What the date of a row may rest on: by its rule, or by words that no rule resolves, or by reasons."""
    ruled = resolved(record, row)
    if row.date_rule != "none":
        own = dict.fromkeys(found.basis for found in ruled if found.rule == row.date_rule)
        return tuple(own) or dates.BY_WORDS
    return ("inferred", "external", *(dates.BY_WORDS if row.date_text and not ruled else ()))


@basis_of_a_date_is_true.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Statement, "date_text", "date_edtf", "date_rule", "date_basis", _PUBLISHED)


@basis_of_a_date_is_true.fault("r63-stated-without-words", "a date without words counts as stated in words")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], date_text=None, date_basis="external")
    return spoilt(row, "date_basis stated without date words", date_basis="stated")


@basis_of_a_date_is_true.fault("r63-other-basis", "a date that is counted from publication counts as stated")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: row.date_rule != "none", date_basis="relative")
    return spoilt(row, f"date_basis stated for {show(row.date_text or '', 60)}", date_basis="stated")


@rule("R38", reads=(Statement, EventReport), is_local=True)
def date_without_rule_has_reason(record: Record) -> Iterator[Finding]:
    """A date that no rule gives has a reason or an outside reference; without either it is open towards the past."""
    for row in record[Statement]:
        if row.date_rule == "none" and not (row.date_rationale or row.date_reference_id or _is_open(row)):
            yield Finding(row, row.date_edtf, "a reason or a reference", "add “because:” or “reference:”")
    for report in record[EventReport]:
        if report.date_edtf and report.date_rule == "none" and not report.date_rationale:
            yield Finding(report, report.date_edtf, "a reason", "add “because:”")


def _is_open(statement: Statement) -> bool:
    """Whether a date says no more than that it is not after publication."""
    return statement.date_edtf.startswith("/") and statement.date_basis == "none"


@date_without_rule_has_reason.suspects
def _() -> Iterator[Suspects]:
    reasons = "date_rationale IS NULL", "date_reference_id IS NULL"
    yield distinct(Statement, "date_edtf", "date_basis", "date_rule", *reasons)
    yield distinct(EventReport, "date_edtf", "date_rule", "date_rationale IS NULL")


@date_without_rule_has_reason.fault("r38-date-without-reason", "a date rests on nothing")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: not _is_open(row), date_rule="none")
    return spoilt(row, row.date_edtf, date_rationale=None, date_reference_id=None)


@rule("R39", reads=(Discrepancy,), is_local=True)
def resolution_fits_conflict(record: Record) -> Iterator[Finding]:
    """Readings in true conflict are not both compatible, and the second reading is that of an article or of an outside
    reference."""
    for row in record[Discrepancy]:
        if row.conflict == "true_conflict" and row.resolution == "both_compatible":
            expected = "a resolution other than both_compatible"
            yield Finding(row, "true_conflict, both_compatible", expected, "change “resolution” or “conflict”")
        if row.document_b_id is None and row.reference_id is None:
            found = "a second reading without article and without reference"
            yield Finding(row, found, "an article or an outside reference", "add “article:” or “reference:”")


@resolution_fits_conflict.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Discrepancy, "conflict", "resolution", "document_b_id IS NULL", "reference_id IS NULL")


@resolution_fits_conflict.fault("r39-conflict-and-compatible", "readings in true conflict are both compatible")
def _(record: Index) -> Spoilt:
    row = first(record[Discrepancy], resolution="both_compatible")
    return spoilt(row, "true_conflict, both_compatible", conflict="true_conflict")


@rule("R40", reads=(Statement,), is_local=True)
def quotation_marks_are_judged(record: Record) -> Iterator[Finding]:
    """Direct and mixed speech says whether the words in its quotation marks are the speaker's own, and indirect speech
    does not. That they are rests on a reference or a reason."""
    for row in record[Statement]:
        judged = row.is_verbatim_reliable, row.verbatim_reference_id, row.verbatim_rationale
        if wrong := computed.verbatim_fault(row.speech_form, *judged):
            yield Finding(row, *wrong)


@quotation_marks_are_judged.suspects
def _() -> Iterator[Suspects]:
    reasons = "verbatim_reference_id IS NULL", "verbatim_rationale IS NULL"
    yield distinct(Statement, "speech_form", "is_verbatim_reliable", *reasons)


@quotation_marks_are_judged.fault("r40-indirect-and-verbatim", "indirect speech counts as the speaker's own words")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], speech_form="indirect")
    return spoilt(row, "indirect speech that is judged as verbatim", is_verbatim_reliable="yes")


@quotation_marks_are_judged.fault("r40-direct-and-not-judged", "nobody says whether direct speech is verbatim")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], speech_form="direct")
    nothing = {"is_verbatim_reliable": None, "verbatim_reference_id": None, "verbatim_rationale": None}
    return spoilt(row, "direct speech without “verbatim:”", **nothing)


@quotation_marks_are_judged.fault("r40-verbatim-without-reason", "nothing shows that a quotation is verbatim")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], speech_form="direct")
    nothing = {"verbatim_reference_id": None, "verbatim_rationale": None}
    return spoilt(row, "verbatim yes", is_verbatim_reliable="yes", **nothing)


@rule("R41", "warning", reads=(Statement, Relation), is_local=True)
def nobody_speaks_of_himself_alone(record: Record) -> Iterator[Finding]:
    """A statement is not directed at its own speaker, and a relation ties two different actors."""
    for row in record[Statement]:
        if row.speaker_actor_id in split(row.target_actor_ids):
            found = f"{row.speaker_actor_id} as speaker and target"
            yield Finding(row, found, "two different actors", "change “speaker” or “targets”")
    for relation in record[Relation]:
        if relation.subject_actor_id == relation.object_actor_id:
            found = f"{relation.subject_actor_id} as subject and object"
            yield Finding(relation, found, "two different actors", "change “subject” or “object”")


@nobody_speaks_of_himself_alone.suspects
def _() -> Iterator[Suspects]:
    targets = parts("target_actor_ids")
    yield Suspects(Statement, f"SELECT t.row FROM statements t WHERE list_contains({targets}, speaker_actor_id)")
    yield Suspects(Relation, "SELECT t.row FROM relations t WHERE subject_actor_id = object_actor_id")


@nobody_speaks_of_himself_alone.fault("r41-tied-to-himself", "a relation ties an actor to himself")
def _(record: Index) -> Spoilt:
    row = first(record[Relation], lambda row: row.object_actor_id)
    actor = row.subject_actor_id
    return spoilt(row, f"{actor} as subject and object", object_actor_id=actor, object_name=row.subject_name)


@rule("R42", reads=(EventReport, Discrepancy, Evidence))
def evidence_lists_agree(record: Record) -> Iterator[Finding]:
    """The evidence that a report or discrepancy lists is the evidence that names it as its owner."""
    for row in record[EventReport]:
        piece = record.row(Evidence, row.evidence_id)
        if piece and (piece.event_report_id, piece.field) != (row.event_report_id, "evidence_text"):
            yield Finding(row, f"evidence {row.evidence_id} of {piece.owner}", "its own evidence", REBUILD)
    for discrepancy in record[Discrepancy]:
        own = record.evidence(discrepancy.discrepancy_id)
        for side, ids in (("a", discrepancy.evidence_a_ids), ("b", discrepancy.evidence_b_ids)):
            # When a passage is in several pieces, the list has the first.
            firsts = _firsts([piece for piece in own if piece.field == f"reading_{side}"])
            if set(split(ids)) != firsts:
                expected = joined(sorted(firsts)) or "nothing"
                said = joined(sorted(set(split(ids)))) or "nothing"
                yield Finding(discrepancy, f"evidence_{side}_ids {said}", expected, REBUILD)


def _firsts(pieces: list[Evidence]) -> set[str]:
    """The pieces that do not carry on the piece before them."""
    ends = {piece.end for piece in pieces}
    return {piece.evidence_id for piece in pieces if not {piece.start, piece.start - 1} & ends}


@evidence_lists_agree.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(
        EventReport,
        """SELECT t.row FROM event_reports t JOIN evidence e USING (evidence_id)
            WHERE e.event_report_id IS DISTINCT FROM t.event_report_id OR e.field <> 'evidence_text'""",
    )
    sql = f"""WITH listed AS (
            SELECT discrepancy_id AS owner, 'reading_a' AS field, {items("evidence_a_ids")} AS evidence_id
            FROM discrepancies UNION ALL
            SELECT discrepancy_id, 'reading_b', {items("evidence_b_ids")} FROM discrepancies),
        own AS (SELECT * FROM evidence WHERE field IN ('reading_a', 'reading_b')),
        firsts AS (SELECT owner, field, evidence_id FROM own e
            ANTI JOIN own p ON p.owner = e.owner AND p.field = e.field AND p."end" = e.start
            ANTI JOIN own p ON p.owner = e.owner AND p.field = e.field AND p."end" = e.start - 1),
        unlike AS (SELECT owner FROM listed ANTI JOIN firsts USING (owner, field, evidence_id) UNION ALL
            SELECT owner FROM firsts ANTI JOIN listed USING (owner, field, evidence_id))
    SELECT t.row FROM discrepancies t WHERE t.discrepancy_id IN (SELECT owner FROM unlike)"""
    yield Suspects(Discrepancy, sql, {Evidence: owned_by_focus(Discrepancy)})


@evidence_lists_agree.fault("r42-evidence-unlisted", "a discrepancy does not list its evidence")
def _(record: Index) -> Spoilt:
    row = first(record[Discrepancy], lambda row: row.evidence_b_ids)
    return spoilt(row, "evidence_b_ids nothing", evidence_b_ids=None)


#: Tables whose rows a decision can be about.
_SINGLE = tuple(model for model in TABLES if len(model.KEY) == 1)


@rule("R43", reads=_SINGLE)
def decided_units_exist(record: Record) -> Iterator[Finding]:
    """What a decision is about is a row of the record."""
    known = [record.grouped(model, model.KEY[0]) for model in _SINGLE]
    for row in record[Decision]:
        for unit in split(row.unit_ids):
            if not any(unit in rows for rows in known):
                yield Finding(row, f"about {unit}", "the id of a row", "correct “about”")


@decided_units_exist.suspects
def _() -> Iterator[Suspects]:
    is_of = {model.TABLE: f"starts_with(id, {literal(id_prefix(model))})" for model in _SINGLE}
    unknown = [
        f"SELECT row FROM listed ANTI JOIN {quoted(table)} t ON t.{key(table)} = listed.id WHERE {condition}"
        for table, condition in is_of.items()
    ]
    unknown.append(f"SELECT row FROM listed WHERE NOT ({' OR '.join(is_of.values())})")
    sql = f"WITH listed AS (SELECT row, {items('unit_ids')} AS id FROM decisions) {' UNION '.join(unknown)}"
    yield Suspects(Decision, sql, {model: in_focus(model.KEY[0], items("unit_ids")) for model in _SINGLE})


@decided_units_exist.fault("r43-decision-on-nothing", "a decision is about a row that does not exist")
def _(record: Index) -> Spoilt:
    nothing = f"{id_prefix(Relation)}nothing"
    return spoilt(record[Decision][0], f"about {nothing}", unit_ids=nothing)
