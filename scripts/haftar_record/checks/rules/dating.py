"""Dates by judgement: words that date, ends that are open, days from outside, parts and their wholes, the bounds that
publication and occasions give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model.index import Index
from ...model.rows import Row
from ...model.tables import Document, Event, EventReport, Reference, Relation, Statement
from ...problems.wording import show
from ...text import dates, edtf
from ..columnar.sql import in_focus, literal
from ..columnar.suspects import Suspects
from .engine import REBUILD, Finding, Record, rule
from .faults import Edit, Spoilt, first, spoilt

#: A row with a date that may have a reason.
Dated = Event | Statement | EventReport
_DATED: tuple[type[Event] | type[Statement] | type[EventReport], ...] = (Event, Statement, EventReport)
#: What is told as done at some time, and as going on or lasting: how the date begins.
_DONE, _LASTING = "/", "../"


@rule("R80", "warning", reads=_DATED)
def same_reason_same_opening(record: Record) -> Iterator[Finding]:
    """Dates without a beginning that have the same reason are written in the same way: all as something done at a time
    that is not given (/X), or all as something lasting (../X)."""
    lasting: dict[str, str] = {}
    for model in reversed(_DATED):
        names: dict[str, str] = {}
        for row in _with(record[model], _LASTING):
            reason = row.date_rationale or ""
            names[reason] = min(row.display_id, names.get(reason, row.display_id))
        lasting |= names
    for model in _DATED:
        for row in _with(record[model], _DONE):
            if other := lasting.get(row.date_rationale or ""):
                found = f"{row.date_edtf} for the reason {show(row.date_rationale or '', 60)}"
                expected = f"“..{row.date_edtf}”, since {other} is open like this for the same reason"
                yield Finding(row, found, expected, "correct one of the two dates, or give each its own “because:”")


def _with(rows: Iterable[Dated], opening: str) -> Iterator[Dated]:
    """The rows whose date begins in this way and has a reason."""
    yield from (row for row in rows if row.date_rationale and (row.date_edtf or "").startswith(opening))


@same_reason_same_opening.suspects
def _() -> Iterator[Suspects]:
    lasting = f"starts_with(date_edtf, {literal(_LASTING)})"
    reasons = " UNION ".join(f"SELECT date_rationale FROM {model.TABLE} WHERE {lasting}" for model in _DATED)
    firsts: dict[type[Row], str] = {
        model: f"""{model.KEY[0]} IN (SELECT min({model.KEY[0]}) FROM {model.TABLE}
            WHERE {lasting} AND {in_focus("date_rationale")} GROUP BY date_rationale)"""
        for model in _DATED
    }
    for model in _DATED:
        sql = f"""SELECT t.row FROM {model.TABLE} t
            WHERE starts_with(date_edtf, {literal(_DONE)}) AND date_rationale IN ({reasons})"""
        yield Suspects(model, sql, firsts)


@same_reason_same_opening.fault("r80-open-in-two-ways", "two dates with one reason are open in different ways")
def _(record: Index) -> Spoilt:
    one, two, *_ = record[Event]
    reason = "As long as anybody can tell."
    lasting = one.model_copy(update={**_dated(f"{_LASTING}1951"), "date_rationale": reason})
    found = f"/1951 for the reason {show(reason, 60)}"
    return spoilt(two, found, Edit(one, lasting), **_dated(f"{_DONE}1951"), date_rationale=reason)


def _dated(value: str) -> dict[str, object]:
    """The columns of the date of an event, for a date."""
    span = edtf.parse(value)
    return {"date_edtf": value, "date_start": span.start, "date_end": span.end, "date_prec": span.precision}


#: Words of what goes on. RE2, by which the columnar engine looks, reads the pattern in the same way.
_GOING_ON = r"\b(?:going on|goes on|ongoing|continu(?:e|es|ed|ing)|still|so far|lasting|lasts|no beginning)\b"
#: A word that denies, and what it denies: the rest of the clause.
_DENIED = r"\b(?:not|no longer|nothing|never|rather than)\b[^.;:,]*"


@rule("R81", "warning", reads=_DATED, is_local=True)
def what_goes_on_is_lasting(record: Record) -> Iterator[Finding]:
    """What is going on, lasting or said to be so “so far”, by the date words or the reason for the date, is dated as
    lasting (../X), and not as done at a time that is not given (/X)."""
    for model in _DATED:
        for row in record[model]:
            if (row.date_edtf or "").startswith(_DONE) and (words := _going_on(row)):
                remedy = "correct the date, or say in “because:” that the act is told as done"
                yield Finding(row, f"{row.date_edtf} with {show(words)}", f"..{row.date_edtf}", remedy)


def _going_on(row: Dated) -> str | None:
    """The words of a row by which something goes on."""
    for words in (getattr(row, "date_text", None), row.date_rationale):
        affirmed = re.sub(_DENIED, "", words or "", flags=re.IGNORECASE)
        if match := re.search(_GOING_ON, affirmed, re.IGNORECASE):
            return match[0]
    return None


@what_goes_on_is_lasting.suspects
def _() -> Iterator[Suspects]:
    for model in _DATED:
        names = [name for name in ("date_text", "date_rationale") if name in model.model_fields]
        words = " OR ".join(f"regexp_matches({name}, {literal(_GOING_ON)}, 'i')" for name in names)
        sql = f"SELECT t.row FROM {model.TABLE} t WHERE starts_with(date_edtf, {literal(_DONE)}) AND ({words})"
        yield Suspects(model, sql)


@what_goes_on_is_lasting.fault("r81-lasting-as-done", "what is still going on is dated as done")
def _(record: Index) -> Spoilt:
    reason = "It was still held on that day."
    return spoilt(record[Event][0], "/1951 with “still”", **_dated(f"{_DONE}1951"), date_rationale=reason)


_UNITS = "hour|day|night|week|weekend|month|year|decade|century|centurie|spring|summer|autumn|winter"
_DEICTIC = (
    "today|yesterday|tomorrow|tonight|now|nowadays|then|ago|since|until|till|so far|yet|still|already|long|ongoing|"
    "upcoming|coming|next|last|previous|previously|recent|recently|lately|earlier|later|current|currently|meanwhile|"
    "soon|former|formerly|once|always|ever|during|morning|noon|afternoon|evening|midnight|eve|continuing|continues|future|past|present|presently|term"
)
#: Words that date: names of months and weekdays, units of time, deictic words.
DATING = f"(?:{'|'.join(edtf.MONTHS)}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:{_UNITS})s?|{_DEICTIC})"
#: The same, and digits.
_DATING = rf"[0-9]|\b{DATING}\b"
#: The name of a month as an attribute: “The October ceasefire”.
_ATTRIBUTE = rf"the (?:{'|'.join(edtf.MONTHS)})"
_TIMED: tuple[tuple[type[Statement] | type[EventReport] | type[Relation], str], ...] = (
    (Statement, "date_text"),
    (EventReport, "date_text"),
    (Relation, "validity_text"),
)


@rule("R82", "warning", reads=[model for model, _ in _TIMED], is_local=True)
def date_words_date(record: Record) -> Iterator[Finding]:
    """Date words have a number, the name of a month or weekday, a unit of time, or a word that points to a time.
    “After” or “on time” alone date nothing, nor does a month that says which thing is meant (“the October”)."""
    for model, name in _TIMED:
        for row in record[model]:
            words = getattr(row, name)
            if words and not _dates(words):
                remedy = "leave out “words:” and say in “because:” what the date rests on"
                yield Finding(row, f"{name} {show(words, 60)}", "words that date", remedy)


def _dates(words: str) -> bool:
    """Whether there is a word that dates in date words."""
    is_attribute = re.fullmatch(_ATTRIBUTE, words, re.IGNORECASE)
    return not is_attribute and bool(re.search(_DATING, words, re.IGNORECASE))


@date_words_date.suspects
def _() -> Iterator[Suspects]:
    for model, name in _TIMED:
        sql = f"""SELECT t.row FROM {model.TABLE} t WHERE NOT regexp_matches({name}, {literal(_DATING)}, 'i')
            OR regexp_full_match({name}, {literal(_ATTRIBUTE)}, 'i')"""
        yield Suspects(model, sql)


@date_words_date.fault("r82-words-without-a-time", "words that name no time stand as date words")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], lambda row: row.date_text)
    return spoilt(row, "date_text “on time”", date_text="on time")


@date_words_date.fault("r82-month-of-a-thing", "the month that a thing is called by stands as date words")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: row.date_text)
    return spoilt(row, "date_text “the October”", date_text="the October")


@rule("R117", reads=(Document, EventReport))
def what_is_ahead_is_not_over(record: Record) -> Iterator[Finding]:
    """A report whose date words point ahead has a date by a rule, which was not over when its article was published,
    and not going on since an earlier day."""
    for row in record[EventReport]:
        document = record.row(Document, row.document_id)
        if not (row.is_date_ahead and document):
            continue
        if row.date_text is None or row.date_edtf is None or row.date_rule == "none":
            yield Finding(row, "is_date_ahead true without a rule for the date", "false", REBUILD)
            continue
        if not dates.may_come(row.date_edtf, document.published_date):
            found = f"{row.date_edtf} for {show(row.date_text, 60)}, pointing ahead"
            expected = f"a date that was to come on {document.published_date}"
            yield Finding(row, found, expected, "leave out “future:”, or correct the words")


@what_is_ahead_is_not_over.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(EventReport, "SELECT t.row FROM event_reports t WHERE is_date_ahead")


@what_is_ahead_is_not_over.fault("r117-ahead-without-words", "a report without date words points ahead")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], date_text=None)
    return spoilt(row, "is_date_ahead true without a rule for the date", is_date_ahead=True)


@what_is_ahead_is_not_over.fault("r117-past-as-ahead", "date words of the past are said to point ahead")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], date_rule="years_ago")
    return spoilt(row, f"{row.date_edtf} for {show(row.date_text or '', 60)}, pointing ahead", is_date_ahead=True)


_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


@rule("R83", "warning", reads=(Document, Event, EventReport, Reference, Statement))
def day_from_outside_is_external(record: Record) -> Iterator[Finding]:
    """A day in the date of an event that no words of its articles give, and that a reference does, rests on this
    reference: the basis is external. An article gives the day of its publication, wherever that is known from, and the
    days that a rule resolves."""
    outside: dict[str, str] = {}
    for reference in record[Reference]:
        for one in _days(reference.value_edtf):
            outside[one] = min(reference.reference_id, outside.get(one, reference.reference_id))
    given = _Given(record)
    for row in record[Event]:
        borrowed = [day for day in _days(row.date_edtf) if day in outside and not given.by_an_article_of(row, day)]
        if borrowed and row.date_basis != "external":
            day = borrowed[0]
            found = f"{row.date_edtf}, date_basis {row.date_basis}"
            expected = f"external, since {day} stands in {outside[day]} and in no words of its articles"
            remedy = f"write “basis: external” and “reference: {outside[day]}”, or a date that the words allow"
            yield Finding(row, found, expected, remedy)


def _days(value: str | None) -> list[str]:
    """The days that are written in a date."""
    return re.findall(_DAY, value or "")


class _Given:
    """The days that articles give: of publication, and by a rule in any of their rows."""

    def __init__(self, record: Index):
        self.record = record
        self.documents: dict[str, set[str]] = {}

    def by_an_article_of(self, event: Event, day: str) -> bool:
        """Whether an article that tells an event gives a day."""
        return any(day in self._in(document) for document in {one.document_id for one in self.record.reports(event)})

    def _in(self, document: str) -> set[str]:
        if document not in self.documents:
            told: list[Statement | EventReport] = [
                *self.record.grouped(Statement, "document_id").get(document, ()),
                *self.record.grouped(EventReport, "document_id").get(document, ()),
            ]
            days = {day for row in told if row.date_rule != "none" for day in _days(row.date_edtf)}
            if (row := self.record.row(Document, document)) is not None:
                published = edtf.parse(row.published_date)
                days |= {str(day) for day in (published.start, published.end) if day}
            self.documents[document] = days
        return self.documents[document]


@day_from_outside_is_external.suspects
def _() -> Iterator[Suspects]:
    def days(name: str) -> str:
        return f"regexp_extract_all({name}, {literal(_DAY)})"

    sql = f"""WITH o AS (SELECT DISTINCT unnest({days("value_edtf")}) AS day FROM "references"),
        e AS (SELECT row, unnest({days("date_edtf")}) AS day FROM events WHERE date_basis <> 'external')
    SELECT DISTINCT e.row FROM e SEMI JOIN o USING (day)"""
    articles = f"document_id IN (SELECT document_id FROM event_reports WHERE {in_focus('event_id')})"
    reports = f"{in_focus('event_id')} OR {articles} AND date_rule <> 'none'"
    told = f"{articles} AND date_rule <> 'none'"
    written = f"list_has_any({days('value_edtf')}, (SELECT flatten(list({days('date_edtf')})) FROM focus))"
    context: dict[type[Row], str] = {Document: articles, EventReport: reports, Statement: told, Reference: written}
    yield Suspects(Event, sql, context)


@day_from_outside_is_external.fault("r83-borrowed-day", "a day from a reference counts as inferred from the words")
def _(record: Index) -> Spoilt:
    outside = {day for reference in record[Reference] for day in _days(reference.value_edtf)}

    given = _Given(record)

    def is_borrowed(row: Event) -> bool:
        return any(day in outside and not given.by_an_article_of(row, day) for day in _days(row.date_edtf))

    row = first(record[Event], is_borrowed, date_basis="external")
    return spoilt(row, f"{row.date_edtf}, date_basis inferred", date_basis="inferred")


@rule("R84", reads=(Event,))
def part_lies_in_its_whole(record: Record) -> Iterator[Finding]:
    """The part of an event does not begin before its whole, and does not go beyond it: where the whole has a first or a
    last day, so has the part."""
    for row in record[Event]:
        whole = record.row(Event, row.part_of_event_id)
        if whole and not edtf.parse(row.date_edtf).within(edtf.parse(whole.date_edtf)):
            remedy = "narrow the date of the part, with its reason or reference, or remove “part_of:”"
            found = f"{row.date_edtf} as part of {whole.event_id}"
            yield Finding(row, found, f"a date within {whole.date_edtf}", remedy)


@part_lies_in_its_whole.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM events t JOIN events w ON w.event_id = t.part_of_event_id
        JOIN edtf x ON x.text = t.date_edtf JOIN edtf y ON y.text = w.date_edtf
        WHERE NOT (coalesce(x.low >= y.low, y.low IS NULL) AND coalesce(x.high <= y.high, y.high IS NULL))"""
    yield Suspects(Event, sql)


@part_lies_in_its_whole.fault("r84-before-its-whole", "a part of an event has no first day, and its whole has one")
def _(record: Index) -> Spoilt:
    begun = {row.event_id for row in record[Event] if row.date_start and row.date_end}
    row = first(record[Event], lambda row: row.part_of_event_id in begun and row.date_end)
    value = f"/{row.date_end}"
    return spoilt(row, f"{value} as part of {row.part_of_event_id}", **_dated(value))


@part_lies_in_its_whole.fault("r84-beyond-its-whole", "a part of an event goes on after the end of its whole")
def _(record: Index) -> Spoilt:
    ended = {row.event_id for row in record[Event] if row.date_end}
    row = first(record[Event], lambda row: row.part_of_event_id in ended and row.date_start)
    value = f"{row.date_start}/.."
    return spoilt(row, f"{value} as part of {row.part_of_event_id}", **_dated(value))


@rule("R101", "warning", reads=(Document, EventReport))
def publication_dates_no_report(record: Record) -> Iterator[Finding]:
    """A report has a date when words of its article date the event: its date words, or others that the reason quotes.
    Where only the day of publication bounds it (/X, ../X), it has none: the event has the bound."""
    for row in record[EventReport]:
        document = record.row(Document, row.document_id)
        is_bounded = document is not None and _is_bounded_by(row.date_edtf, document.published_date)
        if document and is_bounded and not row.date_text and not _quotes_dates(row.date_rationale or ""):
            remedy = (
                "remove “date:” from the report, which leaves the bound to the event, or quote the words that date, in "
                "“words:” or in quotation marks in “because:”"
            )
            found = f"{row.date_edtf} without date words, {document.published_date} being the date of publication"
            yield Finding(row, found, "no date, or one that words give", remedy)


def _is_bounded_by(value: str | None, published: str) -> bool:
    """Whether a date has no beginning and ends with the last day on which its article may have been published."""
    if not value:
        return False
    span = edtf.parse(value)
    return span.start is None and span.end == edtf.parse(published).end


def _quotes_dates(reason: str) -> bool:
    """Whether a reason has words in quotation marks that date."""
    return any(map(_dates, re.findall("“([^“”]*)”", reason)))


@publication_dates_no_report.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM event_reports t JOIN documents d USING (document_id)
        JOIN edtf x ON x.text = t.date_edtf JOIN edtf p ON p.text = d.published_date
        WHERE t.date_text IS NULL AND x.low IS NULL AND x.high = p.high"""
    yield Suspects(EventReport, sql)


@publication_dates_no_report.fault("r101-before-publication", "a report is dated by nothing but its publication")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], date_text=None)
    document = first(record[Document], document_id=row.document_id)
    value = f"{_DONE}{edtf.parse(document.published_date).end}"
    found = f"{value} without date words, {document.published_date} being the date of publication"
    return spoilt(row, found, date_edtf=value, date_rationale="Before the article.")


@rule("R102", "warning", reads=(Document, Event, Statement))
def occasion_dates_its_statements(record: Record) -> Iterator[Finding]:
    """A statement on an occasion that has a first day, or that was over before publication, has at least its bounds: it
    is dated, and its basis is not “none”."""
    for row in record[Statement]:
        occasion, document = record.row(Event, row.event_id), record.row(Document, row.document_id)
        if row.date_basis == "none" and occasion and document and _bounds(occasion, document):
            found = f"date_basis none on the occasion {occasion.event_id} of {occasion.date_edtf}"
            remedy = "write “date: occasion”, or a date of its own with the reason"
            yield Finding(row, found, "a date within the bounds of the occasion", remedy)


def _bounds(event: Event, document: Document) -> bool:
    """Whether the date of an event says more than that it was not after the publication of an article."""
    last = edtf.parse(document.published_date).end
    return bool(event.date_start or (event.date_end and last and event.date_end < last))


@occasion_dates_its_statements.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM statements t JOIN events e ON e.event_id = t.event_id
        JOIN documents d ON d.document_id = t.document_id JOIN edtf p ON p.text = d.published_date
        WHERE t.date_basis = 'none' AND (e.date_start IS NOT NULL OR e.date_end < p.high)"""
    yield Suspects(Statement, sql)


@occasion_dates_its_statements.fault("r102-occasion-without-use", "what is said on a dated occasion has no date")
def _(record: Index) -> Spoilt:
    occasions = {row.event_id: row for row in record[Event] if row.date_start}
    row = first(record[Statement], lambda row: row.event_id in occasions)
    found = f"date_basis none on the occasion {row.event_id} of {occasions[row.event_id or ''].date_edtf}"
    return spoilt(row, found, date_basis="none")
