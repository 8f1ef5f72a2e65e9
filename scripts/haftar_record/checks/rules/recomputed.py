"""Computed columns against the rows and articles that they are computed from, where no other rule recomputes them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from ...model import computed
from ...model.cells import split
from ...model.index import Index
from ...model.rows import Row
from ...model.tables import (
    Actor,
    Agreement,
    Document,
    Event,
    EventActor,
    EventReport,
    Evidence,
    Mention,
    PlaceRow,
    QuotedPassage,
    Sentence,
    Source,
    Statement,
)
from ...problems.wording import apart, show
from ...text import mentions
from ...text.articles import Article
from ...text.spans import Span, Stretches
from ..columnar.sql import in_focus, literal, literals, owned_by_focus
from ..columnar.suspects import ARTICLES, PARAGRAPHS, Suspects
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, another, first, spoilt


def _key(row: Row) -> str:
    """What stands for the article of a row in ids."""
    return row.article_id.removeprefix("doc-")


def _evidence_id(row: Evidence) -> str:
    span = Span(row.start, row.end)
    if row.document_fact:
        return computed.evidence_id(_key(row), span, row.document_fact)
    return computed.evidence_id(_key(row), span, row.field, row.owner)


@rule("R54", reads=(Evidence, Sentence, QuotedPassage, Mention, EventActor, Agreement), is_local=True)
def computed_ids_are_made_of_their_row(record: Record) -> Iterator[Finding]:
    """An id that is computed is made of what its row says: article, offsets, owner, column, layer, role, figure."""
    for row, identity in _identified(record):
        if row.id[0] != identity:
            yield Finding(row, f"the id {show(row.id[0])}", show(identity), REBUILD)


def _identified(record: Index) -> Iterator[tuple[Row, str]]:
    """Every row with a computed id, and what that should be."""
    for piece in record[Evidence]:
        yield piece, _evidence_id(piece)
    for sentence in record[Sentence]:
        yield sentence, computed.sentence_id(_key(sentence), sentence.paragraph_number, sentence.sentence_number)
    for passage in record[QuotedPassage]:
        yield passage, computed.quotation_id(_key(passage), passage.start)
    for mention in record[Mention]:
        yield mention, computed.mention_id(_key(mention), mention.start, mention.mention_layer)
    for part in record[EventActor]:
        yield part, computed.event_actor_id(part.event_id, part.actor_id, part.role)
    for one in record[Agreement]:
        yield one, computed.agreement_id(one.reading, one.against, one.unit_table, one.field, one.measure)


@computed_ids_are_made_of_their_row.suspects
def _() -> Iterator[Suspects]:
    key = "substr(document_id, 5)"
    slug = f"coalesce(nullif(replace(coalesce(owner, ''), '-' || {key} || '-', ''), ''), 'document')"
    made: tuple[tuple[type[Row], str], ...] = (
        (
            Evidence,
            f"""concat('ev-', {key}, printf('-%04d-%04d-', start, "end"),
            CASE WHEN document_fact IS NULL THEN {slug} ELSE 'document' END, '-',
            replace(coalesce(document_fact, field), '_', '-'))""",
        ),
        (Sentence, f"concat('sen-', {key}, printf('-p%02d-s%02d', paragraph_number, sentence_number))"),
        (QuotedPassage, f"concat('quo-', {key}, printf('-%04d', start))"),
        (Mention, f"concat('men-', {key}, printf('-%04d-', start), replace(mention_layer, '_', '-'))"),
        (Agreement, "replace(concat_ws('-', 'agr', reading, against, unit_table, field, measure), '_', '-')"),
        (EventActor, "concat('ea-', substr(event_id, 5), '-', substr(actor_id, 5), '-', role)"),
    )
    for model, identity in made:
        yield Suspects(model, f"SELECT t.row FROM {model.TABLE} t WHERE t.{model.KEY[0]} <> {identity}")


@computed_ids_are_made_of_their_row.fault("r54-id-of-other-offsets", "the id of a mention names another offset")
def _(record: Index) -> Spoilt:
    row = record[Mention][0]
    identity = computed.mention_id(_key(row), row.start + 1, row.mention_layer)
    return Spoilt(f"{identity}: the id {show(identity)}", spoilt(row, "", mention_id=identity).edits)


@rule("R55", reads=(Document, Source))
def article_is_called_by_its_publisher(record: Record) -> Iterator[Finding]:
    """What an article is called is the number in the name of its file, and the name of its publisher."""
    for row in record[Document]:
        publisher = record.row(Source, row.publisher_source_id)
        if publisher and row.label != (label := computed.document_label(row.seed_path, publisher.name)):
            yield Finding(row, f"label {show(row.label, 60)}", show(label, 60), REBUILD)


@article_is_called_by_its_publisher.suspects
def _() -> Iterator[Suspects]:
    number = "split_part(parse_filename(t.seed_path), '_', 1)"
    sql = f"""SELECT t.row FROM documents t JOIN sources s ON s.source_id = t.publisher_source_id
        WHERE t.label <> concat({number}, ' ', s.name)"""
    yield Suspects(Document, sql)


@article_is_called_by_its_publisher.fault("r55-label", "an article is called by the number of another")
def _(record: Index) -> Spoilt:
    row = record[Document][0]
    number = computed.article_number(another(record[Document], row, "label").label)
    label = computed.document_label(number, row.label.partition(" ")[2])
    return spoilt(row, f"label {show(label, 60)}", label=label)


@rule("R56", reads=(Document, Event, EventReport))
def event_has_the_words_of_its_first_report(record: Record) -> Iterator[Finding]:
    """The words that stand for an event are those of its first report: of the article with the lowest number, and in
    that the report with the lowest id."""
    paths = {row.document_id: row.seed_path for row in record[Document]}
    for row in record[Event]:
        told = record.reports(row)
        if told and row.evidence_text != (words := computed.first_report(told, paths).evidence_text):
            found, expected = apart(row.evidence_text, words)
            yield Finding(row, f"evidence_text {found}", expected, REBUILD)


@event_has_the_words_of_its_first_report.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH r AS (SELECT event_id, first(evidence_text ORDER BY
            coalesce(length(split_part(parse_filename(d.seed_path), '_', 1)), 0), coalesce(d.seed_path, ''),
            event_report_id) AS words
            FROM event_reports LEFT JOIN documents d USING (document_id) GROUP BY event_id)
        SELECT t.row FROM events t JOIN r USING (event_id) WHERE t.evidence_text <> r.words"""
    reports = in_focus("event_id")
    documents = f"document_id IN (SELECT document_id FROM event_reports WHERE {reports})"
    yield Suspects(Event, sql, {EventReport: reports, Document: documents})


@event_has_the_words_of_its_first_report.fault("r56-words-of-nobody", "the words that stand for an event are invented")
def _(record: Index) -> Spoilt:
    return spoilt(record[Event][0], f"evidence_text {show('the words of nobody')}", evidence_text="the words of nobody")


@rule("R57", reads=(Evidence, Statement))
def statement_begins_in_its_paragraph(record: Record) -> Iterator[Finding]:
    """The paragraph of a statement is the one in which its content begins."""
    for row in record[Statement]:
        begins = {
            piece.paragraph_number
            for piece in record.evidence(row.statement_id, "content_text")
            if row.content_text.startswith(piece.exact_text)
        }
        if begins and row.paragraph_number not in begins:
            expected = f"{' or '.join(map(str, sorted(begins)))}, by the evidence of its content"
            yield Finding(row, f"paragraph_number {row.paragraph_number}", expected, REBUILD)


@statement_begins_in_its_paragraph.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM statements t ANTI JOIN (SELECT t.row FROM statements t JOIN evidence e
        ON e.owner = t.statement_id AND e.field = 'content_text' AND e.paragraph_number = t.paragraph_number
        WHERE starts_with(t.content_text, e.exact_text)) USING (row)"""
    yield Suspects(Statement, sql, {Evidence: owned_by_focus(Statement)})


@statement_begins_in_its_paragraph.fault("r57-other-paragraph", "a statement is said to begin a paragraph later")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: len(record.evidence(row.statement_id, "content_text")) == 1)
    number = row.paragraph_number + 1
    return spoilt(row, f"paragraph_number {number}", paragraph_number=number)


@rule("R58", reads=(EventActor, EventReport, Evidence))
def roles_are_reported(record: Record) -> Iterator[Finding]:
    """The number of reports that give an actor a role in an event is at least that of the articles whose words say so,
    and at most that of the reports of the event in these articles."""
    for row in record[EventActor]:
        articles = {piece.document_id for piece in record.evidence(row.event_actor_id)}
        reports = Counter(
            report.document_id for report in record.grouped(EventReport, "event_id").get(row.event_id, ())
        )
        most = sum(reports[article] for article in articles)
        if articles and not len(articles) <= row.report_count <= most:
            expected = f"{len(articles)}" if len(articles) == most else f"{len(articles)} to {most}"
            yield Finding(row, f"report_count {row.report_count}", f"{expected} by reports and evidence", REBUILD)


@roles_are_reported.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH e AS (SELECT DISTINCT event_actor_id, document_id FROM evidence WHERE event_actor_id IS NOT NULL),
        r AS (SELECT event_id, document_id, count(*) AS reports FROM event_reports GROUP BY ALL),
        bounds AS (SELECT t.row, count(*) AS least, coalesce(sum(r.reports), 0) AS most FROM event_actors t
            JOIN e USING (event_actor_id)
            LEFT JOIN r ON r.event_id = t.event_id AND r.document_id = e.document_id GROUP BY t.row)
        SELECT t.row FROM event_actors t JOIN bounds USING (row) WHERE t.report_count NOT BETWEEN least AND most"""
    yield Suspects(EventActor, sql, {EventReport: in_focus("event_id"), Evidence: owned_by_focus(EventActor)})


@roles_are_reported.fault("r58-role-of-more-reports", "an actor has a role by one report more than there are")
def _(record: Index) -> Spoilt:
    row = record[EventActor][0]
    count = len(record.grouped(EventReport, "event_id")[row.event_id]) + 1
    return spoilt(row, f"report_count {count}", report_count=count)


#: Blanks as Python understands them, for DuckDB.
_BLANK = r"[\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{3000}]"


@rule("R59", reads=(Document, Sentence))
def sentences_are_counted_in_their_paragraph(record: Record) -> Iterator[Finding]:
    """A sentence begins and ends with a word or sign of the paragraph that it names, up to where the next one begins,
    and the sentences of a paragraph are counted from 1 in order of the text."""
    for document in record[Document]:
        article = record.articles.get(document.document_id)
        counted: Counter[int] = Counter()
        rows = sorted(record.of_article(Sentence, document), key=lambda row: (row.start, row.sentence_id))
        for row, following in itertools.zip_longest(rows, rows[1:]):
            counted[row.paragraph_number] += 1
            found = f"paragraph {row.paragraph_number}, sentence {row.sentence_number}"
            if row.sentence_number != counted[row.paragraph_number]:
                yield Finding(row, found, f"sentence {counted[row.paragraph_number]} of it", REBUILD)
            if article:
                yield from _misplaced(row, following, article, found)


def _misplaced(row: Sentence, following: Sentence | None, article: Article, found: str) -> Iterator[Finding]:
    """What is wrong with the place of a sentence in its article."""
    if not row.start < row.end <= len(article.text):
        expected = f"a start before the end, and at most {len(article.text)}"
        yield Finding(row, f"{row.start}-{row.end}", expected, REBUILD)
        return
    first, last = article.paragraph_number(row.start), article.paragraph_number(row.end - 1)
    if not row.paragraph_number == first == last:
        yield Finding(row, found, f"paragraph {first}, which holds its first character", REBUILD)
    elif article.text[row.start].isspace() or article.text[row.end - 1].isspace():
        yield Finding(row, f"a blank at an end of {row.start}-{row.end}", "the words alone", REBUILD)
    elif article.text[row.end : row.end + 1].strip() and not (following and following.start == row.end):
        yield Finding(row, f"an end at {row.end}", "the end of a sentence, before a blank or the next one", REBUILD)


@sentences_are_counted_in_their_paragraph.suspects
def _() -> Iterator[Suspects]:
    sql = rf"""WITH s AS (SELECT document_id, start, "end", paragraph_number, sentence_number,
            row_number() OVER (PARTITION BY document_id, paragraph_number ORDER BY start, sentence_id) AS counted,
            lead(start) OVER (PARTITION BY document_id ORDER BY start, sentence_id) AS next FROM sentences),
        p AS (SELECT s.*, p.number, substring(p.text, s.start - p.start + 1, s."end" - s.start) AS said,
                substring(p.text, s."end" - p.start + 1, 1) AS after FROM s SEMI JOIN articles a USING (document_id)
            LEFT JOIN paragraphs p ON p.document_id = s.document_id AND p.number = s.paragraph_number
                AND p.start <= s.start AND s."end" <= p."end"),
        bad AS (SELECT document_id FROM s WHERE sentence_number <> counted
            UNION SELECT document_id FROM p WHERE number IS NULL OR start >= "end"
                OR regexp_matches(said, '^{_BLANK}|{_BLANK}$')
                OR after NOT IN (' ', '') AND next IS DISTINCT FROM "end")
        SELECT t.row FROM documents t SEMI JOIN bad USING (document_id)"""
    yield Suspects(Document, sql, {Sentence: in_focus("document_id")}, also=(Sentence,), uses=(ARTICLES, PARAGRAPHS))


@sentences_are_counted_in_their_paragraph.fault(
    "r59-sentence-of-the-next-paragraph", "a sentence names another paragraph"
)
def _(record: Index) -> Spoilt:
    last = max(record[Sentence], key=lambda row: (row.document_id, row.start))
    number = last.paragraph_number + 1
    found = f"paragraph {number}, sentence {last.sentence_number}"
    return spoilt(last, found, paragraph_number=number)


@sentences_are_counted_in_their_paragraph.fault("r59-sentence-with-a-blank", "a sentence ends with the blank after it")
def _(record: Index) -> Spoilt:
    def following(row: Sentence) -> bool:
        return any(
            (other.document_id, other.paragraph_number, other.start)
            == (row.document_id, row.paragraph_number, row.end + 1)
            for other in record[Sentence]
        )

    row = first(record[Sentence], following)
    end = row.end + 1
    return spoilt(row, f"a blank at an end of {row.start}-{end}", end=end)


@sentences_are_counted_in_their_paragraph.fault("r59-sentence-without-its-end", "a sentence ends before its full stop")
def _(record: Index) -> Spoilt:
    row = record[Sentence][0]
    return spoilt(row, f"an end at {row.end - 1}", end=row.end - 1)


@rule("R61", reads=(Actor, Mention, PlaceRow))
def layers_are_those_of_the_names(record: Record) -> Iterator[Finding]:
    """A mention of an actor or a place lies in no other mention, and is in the layer of its kind; an embedded one lies
    inside a longer name of the registers, and one embedded twice inside an embedded one."""
    names = _Names(record)
    for rows in record.grouped(Mention, "document_id").values():
        outer, inner = None, 0
        for row in sorted(rows, key=lambda row: (row.start, -row.end, row.mention_id)):
            own = "place" if row.place_id else "actor"
            allowed: tuple[str, ...]
            if inner >= row.end:
                allowed = (_TWICE,)
            elif outer and outer.end >= row.end:
                allowed = (_ONCE, *([_TWICE] if names.stand_between(row, outer) else []))
            else:
                allowed = (own, *([_ONCE, _TWICE] if names.stand_around(row) else []))
            if row.mention_layer not in allowed:
                yield Finding(row, f"mention_layer {row.mention_layer}", allowed[0], REBUILD)
            if row.mention_layer in mentions.INNER_LAYERS:
                inner = max(inner, row.end)
            elif outer is None or row.end > outer.end:
                outer = row


_ONCE, _TWICE = mentions.INNER_LAYERS


class _Names:
    """The names in the registers. A sheet can say of one that it means nobody at a place: then it has no row, and
    another name can lie in it all the same."""

    def __init__(self, record: Record) -> None:
        self.record = record
        entries: tuple[Actor | PlaceRow, ...] = (*record[Actor], *record[PlaceRow])
        self.aliases = mentions.Aliases((name, "", "") for row in entries for name in split(row.aliases))
        self._standing: dict[str, Stretches[Span]] = {}

    def stand_between(self, row: Mention, outer: Mention) -> bool:
        """Whether a longer name stands around a mention inside another mention, by the words of the two."""
        own = Span(row.start - outer.start, row.end - outer.start)
        size = outer.end - outer.start
        return any(
            _is_around(name, own) and name.end - name.start < size for name in self.aliases.matches(outer.surface_text)
        )

    def stand_around(self, row: Mention) -> bool:
        """Whether a longer name stands around a mention in its article; yes, where the article is not at hand."""
        if row.mention_layer not in mentions.INNER_LAYERS:
            return False
        article, own = self.record.articles.get(row.document_id), Span(row.start, row.end)
        if article is None:
            return True
        if row.document_id not in self._standing:
            names = self.aliases.matches(article.text)
            self._standing[row.document_id] = Stretches((name.start, name.end, name) for name in names)
        return any(_is_around(name, own) for name in self._standing[row.document_id].near(own))


def _is_around(name: Span, own: Span) -> bool:
    """Whether a name is longer than another one, and holds it."""
    return name.contains(own) and name.end - name.start > own.end - own.start


@layers_are_those_of_the_names.suspects
def _() -> Iterator[Suspects]:
    inner = f"mention_layer IN ({literals(mentions.INNER_LAYERS)})"
    sql = f"""WITH m AS (SELECT row, "end", mention_layer, place_id,
            max("end") FILTER ({inner}) OVER w AS inside, max("end") FILTER (NOT {inner}) OVER w AS outside
            FROM mentions WINDOW w AS (PARTITION BY document_id ORDER BY start, "end" DESC, mention_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
        SELECT row FROM m WHERE mention_layer <> CASE WHEN coalesce(inside, 0) >= "end" THEN {literal(_TWICE)}
            WHEN coalesce(outside, 0) >= "end" THEN {literal(_ONCE)}
            WHEN place_id IS NOT NULL THEN 'place' ELSE 'actor' END"""
    yield Suspects(Mention, sql, {Mention: in_focus("document_id"), Actor: "true", PlaceRow: "true"})


@layers_are_those_of_the_names.fault("r61-name-of-its-own", "a name of its own counts as a name inside a name")
def _(record: Index) -> Spoilt:
    row = first(record[Mention], mention_layer="place")
    return spoilt(row, f"mention_layer {_TWICE}", mention_layer=_TWICE)
