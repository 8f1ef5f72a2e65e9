"""Quotation marks: passages in marks against the articles, forms of speech against the marks, words that are
somebody's own without marks, and sources without a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...model.cells import LIST_SEPARATOR, joined, split
from ...model.index import Index
from ...model.tables import Document, EventReport, Evidence, QuotedPassage, Source, Statement
from ...problems.wording import show
from ...text.articles import Article
from ...text.quotation import Found, Quotation, quotations
from ...text.spans import Span, Stretches
from ..columnar.sql import in_focus, literal, literals
from ..columnar.suspects import ARTICLES, DOUBTS, PASSAGES, Suspects
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, another, change, drop, first, spoilt


@rule("R13", reads=(Statement, Evidence, QuotedPassage))
def form_matches_marks(record: Record) -> Iterator[Finding]:
    """Direct speech stands in quotation marks, indirect and unmarked speech do not, mixed speech does in part (PARC).
    Quotation marks that enclose both a statement and the statement around it may belong to the outer speaker; those
    inside unmarked speech belong to others."""
    contents = {row.statement_id: _content_spans(record, row.statement_id) for row in record[Statement]}
    passages = {
        document_id: Stretches((row.start, row.end, row) for row in rows if row.disposition != "not_quoted")
        for document_id, rows in record.grouped(QuotedPassage, "document_id").items()
    }
    for row in record[Statement]:
        met = passages.get(row.document_id, Stretches(()))
        found = {mark.quotation_id: mark for span in contents[row.statement_id] for mark in met.near(span)}
        marks = [Span(mark.start, mark.end) for mark in found.values()]
        outer = contents.get(row.parent_statement_id or "", [])
        own = [mark for mark in marks if not any(mark.overlaps(span) for span in outer)]
        forms = {_form(contents[row.statement_id], marks), _form(contents[row.statement_id], own)}
        if row.speech_form == "unmarked" and forms != {"direct"}:
            continue
        if row.speech_form not in forms:
            expected = f"{' or '.join(sorted(forms))}, by the quotation marks"
            yield Finding(row, row.speech_form, expected, "correct “form” or “content”")


def _content_spans(record: Index, statement_id: str) -> list[Span]:
    return [Span(row.start, row.end) for row in record.evidence(statement_id, "content_text")]


def _form(spans: list[Span], marks: list[Span]) -> str:
    if spans and all(any(mark.contains(span) for mark in marks) for span in spans):
        return "direct"
    return "mixed" if any(mark.overlaps(span) for span in spans for mark in marks) else "indirect"


@form_matches_marks.suspects
def _() -> Iterator[Suspects]:
    def unlike(spans: str) -> str:
        """Statements whose form of speech is not that of their spans, each with the marks that it meets."""
        return f"""SELECT row FROM (SELECT row, speech_form, span,
                bool_or(opens <= start AND "end" <= closes) AS is_inside,
                bool_or(opens < "end" AND start < closes) AS is_touched FROM {spans} GROUP BY row, speech_form, span)
            GROUP BY row, speech_form HAVING CASE
                WHEN count(span) > 0 AND bool_and(coalesce(is_inside, false)) THEN speech_form <> 'direct'
                WHEN bool_or(coalesce(is_touched, false)) THEN speech_form NOT IN ('mixed', 'unmarked')
                ELSE speech_form NOT IN ('indirect', 'unmarked') END"""

    sql = f"""WITH e AS (SELECT row, owner, start, "end" FROM evidence WHERE field = 'content_text'
        AND statement_id IS NOT NULL),
        s AS (SELECT t.row, speech_form, document_id, parent_statement_id, e.row AS span, start, "end"
            FROM statements t LEFT JOIN e ON e.owner = t.statement_id),
        m AS (SELECT s.*, q.row AS mark, q.start AS opens, q."end" AS closes FROM s
            LEFT JOIN quotations q ON q.document_id = s.document_id AND q.disposition <> 'not_quoted'
                AND q.start <=
            s."end" AND s.start <= q."end"),
        unlike AS ({unlike("m")}),
        d AS (SELECT m.* FROM m SEMI JOIN unlike USING (row)),
        o AS (SELECT DISTINCT d.row, d.mark FROM d JOIN e ON e.owner = d.parent_statement_id
            AND d.opens < e."end" AND e.start < d.closes),
        own AS (SELECT d.* REPLACE (CASE WHEN o.row IS NULL THEN opens END AS opens) FROM d LEFT JOIN o
            USING (row, mark))
    {unlike("own")}"""
    own = "owner IN (SELECT statement_id FROM focus UNION SELECT parent_statement_id FROM focus)"
    yield Suspects(Statement, sql, {Evidence: own, QuotedPassage: in_focus("document_id")})


@form_matches_marks.fault("r13-form-against-marks", "words in quotation marks count as indirect speech")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], speech_form="direct", parent_statement_id=None)
    return spoilt(row, "indirect", speech_form="indirect")


@rule("R33", reads=(Document, QuotedPassage, Evidence))
def quoted_passages_complete(record: Record) -> Iterator[Finding]:
    """Every passage in quotation marks has a row, which names the statements that carry it or gives a reason, and
    shares no character with that of another. Where a coder has settled where a passage begins and ends, or that its
    marks are none, the row says so."""
    order = {row.id: number for number, row in enumerate(record[QuotedPassage])}
    # The articles first, then the rows in their order: where not all are shown, both engines show the same.
    yield from sorted(_incomplete(record), key=lambda finding: order.get(finding.row.id, -1))


def _incomplete(record: Record) -> Iterator[Finding]:
    """What is wrong with the quoted passages, article by article."""
    for document in record[Document]:
        rows = record.of_article(QuotedPassage, document)
        if article := record.articles.get(document.document_id):
            yield from _unlike_the_marks(document, article, rows)
        yield from _overlapping(rows)
        contents = _contents(record, document)
        for row in rows:
            carriers = {piece.statement_id or "" for piece in contents.near(Span(row.start, row.end))}
            yield from _no_quotation(row) if row.disposition == "not_quoted" else _carried(row, carriers)


def _carried(row: QuotedPassage, carriers: set[str]) -> Iterator[Finding]:
    """Where a row names other statements than those that carry its passage, or has a reason beside them."""
    is_carried = row.disposition == "statement"
    if set(split(row.statement_ids)) != carriers or is_carried != bool(carriers):
        found = f"{row.disposition}, {row.statement_ids or 'no statement'}"
        expected = f"the statements whose content overlaps it: {joined(sorted(carriers)) or 'none'}"
        yield Finding(row, found, expected, REBUILD)
    if is_carried == (row.reason is not None):
        found = f"{row.disposition}, with{'' if row.reason else 'out'} a reason"
        yield Finding(row, found, "either a statement or a reason", REBUILD)


def _no_quotation(row: QuotedPassage) -> Iterator[Finding]:
    """Where a row of marks that are none says more, or does not say that a coder has settled it."""
    if not row.is_settled or row.statement_ids or row.reason:
        said = row.statement_ids or ("with a reason" if row.reason else "not settled by the coder")
        expected = "a passage that the coder has settled, without a statement or a reason"
        yield Finding(row, f"not_quoted, {said}", expected, REBUILD)


def _overlapping(rows: list[QuotedPassage]) -> Iterator[Finding]:
    """The passages that share a character with one before."""
    last: QuotedPassage | None = None
    for row in sorted(rows, key=lambda row: (row.start, row.end, row.quotation_id)):
        if row.disposition == "not_quoted":
            continue
        if last and row.start < last.end:
            place = f"{last.quotation_id} at {last.start}-{last.end}"
            found = f"{row.start}-{row.end}, which shares characters with {place}"
            remedy = "correct “quoted:” or “not_quoted:” in the sheet"
            yield Finding(row, found, "passages apart from each other", remedy)
        if last is None or row.end > last.end:
            last = row


def printed(article: Article, rows: Iterable[QuotedPassage]) -> Found:
    """The quotations of an article, where its rows in the table say what coders have settled."""
    settled = [row for row in rows if row.is_settled]
    quoted = (Span(row.start, row.end) for row in settled if row.disposition != "not_quoted")
    not_quoted = (Span(row.start, row.end) for row in settled if row.disposition == "not_quoted")
    return quotations(article.text, article.paragraphs, quoted, not_quoted)


def _unlike_the_marks(document: Document, article: Article, rows: list[QuotedPassage]) -> Iterator[Finding]:
    """The passages in quotation marks of an article that have no row, and the rows of no such passage."""
    known = {(row.start, row.end) for row in rows}
    spans = printed(article, rows).quotations
    for span in spans:
        if (span.start, span.end) not in known:
            found = f"{show(article.of(span), 60)} at {span.start}-{span.end} has no row in quotations"
            yield Finding(document, found, "a row for each quoted passage", REBUILD)
    marked = {(span.start, span.end) for span in spans}
    for row in rows:
        if not row.is_settled and (row.start, row.end) not in marked:
            found = f"{show(row.exact_text, 60)} at {row.start}-{row.end}, which is no passage in quotation marks"
            yield Finding(row, found, "a passage between two marks, or one that the coder has settled", REBUILD)


def _contents(record: Index, document: Document) -> Stretches[Evidence]:
    """The evidence of the content of statements of one article."""
    rows = record.of_article(Evidence, document)
    return Stretches((row.start, row.end, row) for row in rows if row.statement_id and row.field == "content_text")


@quoted_passages_complete.suspects
def _() -> Iterator[Suspects]:
    content = f"{in_focus('document_id')} AND field = 'content_text'"
    yield Suspects(
        Document,
        """SELECT t.row FROM documents t WHERE t.document_id IN
            (SELECT document_id FROM passages p ANTI JOIN quotations q USING (document_id, start, "end"))""",
        {QuotedPassage: in_focus("document_id"), Evidence: content},
        uses=(PASSAGES,),
    )
    yield Suspects(
        QuotedPassage,
        """SELECT t.row FROM quotations t SEMI JOIN articles USING (document_id)
            ANTI JOIN passages p USING (document_id, start, "end") WHERE NOT t.is_settled""",
        {QuotedPassage: in_focus("document_id"), Evidence: content},
        uses=(ARTICLES, PASSAGES),
    )
    yield Suspects(
        QuotedPassage,
        """SELECT row FROM (SELECT row, start, max("end") OVER w AS reached FROM quotations
            WHERE disposition <> 'not_quoted' WINDOW w AS (PARTITION BY document_id ORDER BY start, "end", quotation_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
        WHERE start < reached""",
        {QuotedPassage: in_focus("document_id"), Evidence: content},
    )
    yield Suspects(
        QuotedPassage,
        f"""WITH carried AS (SELECT q.row, list_sort(list(DISTINCT e.statement_id)) AS ids FROM quotations q
            JOIN evidence e
                ON e.document_id = q.document_id AND e.field = 'content_text' AND e.statement_id IS NOT NULL
                AND q.start < e."end" AND e.start < q."end" GROUP BY q.row)
        SELECT t.row FROM quotations t LEFT JOIN carried c USING (row) WHERE CASE WHEN t.disposition = 'not_quoted'
            THEN NOT t.is_settled OR t.statement_ids IS NOT NULL OR t.reason IS NOT NULL
            ELSE list_sort(string_split(t.statement_ids, {literal(LIST_SEPARATOR)})) IS DISTINCT FROM c.ids
            OR (t.disposition = 'statement') <> (c.ids IS NOT NULL)
            OR (t.disposition = 'statement') = (t.reason IS NOT NULL) END""",
        {Evidence: content},
    )


@quoted_passages_complete.fault("r33-quotation-unassigned", "a quoted passage names a statement that is elsewhere")
def _(record: Index) -> Spoilt:
    row = first(record[QuotedPassage], disposition="statement")
    other = another(record[Statement], row, "document_id").statement_id
    return spoilt(row, f"statement, {other}", statement_ids=other)


@quoted_passages_complete.fault("r33-quotation-gone", "a passage in quotation marks has no row")
def _(record: Index) -> Spoilt:
    row = record[QuotedPassage][0]
    found = f"{show(row.exact_text, 60)} at {row.start}-{row.end} has no row in quotations"
    return Spoilt(f"{row.document_id}: {found}", drop([row]))


@quoted_passages_complete.fault("r33-passage-without-marks", "a quoted passage begins a character too late")
def _(record: Index) -> Spoilt:
    row = record[QuotedPassage][0]
    found = f"{show(row.exact_text, 60)} at {row.start + 1}-{row.end}, which is no passage in quotation marks"
    return spoilt(row, found, start=row.start + 1)


@quoted_passages_complete.fault(
    "r33-not-quoted-by-nobody", "the marks of a passage are none, and no coder has settled it"
)
def _(record: Index) -> Spoilt:
    row = first(record[QuotedPassage], disposition="statement")
    return spoilt(row, "not_quoted, not settled by the coder", disposition="not_quoted", statement_ids=None)


@quoted_passages_complete.fault("r33-overlapping", "a quoted passage reaches into the next one")
def _(record: Index) -> Spoilt:
    groups = record.grouped(QuotedPassage, "document_id").values()
    one, two = sorted(next(rows for rows in groups if len(rows) > 1), key=lambda row: row.start)[:2]
    end = two.start + 1
    said = f"{two.start}-{two.end}, which shares characters with {one.quotation_id} at {one.start}-{end}"
    return Spoilt(f"{two.quotation_id}: {said}", (change(one, end=end),))


@rule("R113", "warning", reads=(Document, QuotedPassage))
def ambiguous_marks_are_settled(record: Record) -> Iterator[Finding]:
    """Where a mark may be a quotation mark or another sign, or a quotation is left open and nothing goes on with it,
    the coder has settled what it is."""
    for document in record[Document]:
        if article := record.articles.get(document.document_id):
            rows = record.of_article(QuotedPassage, document)
            for doubt in printed(article, rows).doubts:
                around = Span(max(0, doubt.start - 30), min(len(article.text), doubt.end + 30))
                said = f"{show(article.of(doubt), 40)} at {doubt.start} {doubt.why}"
                expected = f"a mark that can be read in one way, in {show(_plain(article, around), 120)}"
                remedy = (
                    "quote the whole quotation under “quoted:” of “boundaries:”, or words around the mark "
                    "under “not_quoted:” where it is no quotation mark"
                )
                yield Finding(document, said, expected, remedy)


def _plain(article: Article, span: Span) -> str:
    """The words of a span with single blanks between them."""
    return " ".join(article.of(span).split())


@ambiguous_marks_are_settled.suspects
def _() -> Iterator[Suspects]:
    sql = "SELECT t.row FROM documents t SEMI JOIN doubts USING (document_id)"
    yield Suspects(Document, sql, {QuotedPassage: in_focus("document_id")}, uses=(DOUBTS,))


@ambiguous_marks_are_settled.fault(
    "r113-mark-left-open", "the mark that closes a quotation counts as no quotation mark"
)
def _(record: Index) -> Spoilt:
    def is_alone(row: QuotedPassage) -> bool:
        """Whether no other quotation begins with a paragraph, so that nothing goes on with one that is left open."""
        rows = record.grouped(QuotedPassage, "document_id")[row.document_id]
        return row.is_closed and row.mark_style == "double_curly" and row is max(rows, key=lambda one: one.start)

    row = first(record[QuotedPassage], is_alone)
    values = {
        "start": row.end - 1,
        "disposition": "not_quoted",
        "is_settled": True,
        "statement_ids": None,
        "reason": None,
    }
    mark = show(row.exact_text[0], 40)
    found = f"{row.document_id}: {mark} at {row.start} opens a quotation that nothing closes"
    return Spoilt(found, (change(row, **values),))


@rule("R60", reads=(QuotedPassage,))
def marks_are_those_of_the_article(record: Record) -> Iterator[Finding]:
    """Style and closing mark of a quoted passage are those that the article prints."""
    for document_id, rows in record.grouped(QuotedPassage, "document_id").items():
        if article := record.articles.get(document_id):
            found = printed(article, rows)
            marked = {(one.start, one.end): one for one in (*found.quotations, *found.others)}
            for row in rows:
                yield from _marked(row, marked.get((row.start, row.end)))


def _marked(row: QuotedPassage, printed: Quotation | None) -> Iterator[Finding]:
    """Where a row says something else of the marks than the article. A row of no passage is R33."""
    if printed and row.mark_style != printed.style:
        yield Finding(row, f"mark_style {row.mark_style}", f"{printed.style}, as printed", REBUILD)
    if printed and row.is_closed != printed.is_closed:
        found, expected = (str(one).lower() for one in (row.is_closed, printed.is_closed))
        yield Finding(row, f"is_closed {found}", f"{expected}, as printed", REBUILD)


@marks_are_those_of_the_article.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM quotations t JOIN passages p USING (document_id, start, "end")
        WHERE t.mark_style <> p.style OR t.is_closed::VARCHAR <> p.closed"""
    yield Suspects(QuotedPassage, sql, uses=(PASSAGES,))


@marks_are_those_of_the_article.fault("r60-mark-not-closed", "a quoted passage that is closed counts as open")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[QuotedPassage], is_closed=True), "is_closed false", is_closed=False)


@marks_are_those_of_the_article.fault("r60-other-marks", "a quoted passage has marks of another style")
def _(record: Index) -> Spoilt:
    row = record[QuotedPassage][0]
    other = another(record[QuotedPassage], row, "mark_style").mark_style
    return spoilt(row, f"mark_style {other}", mark_style=other)


#: Kinds of sources that are persons with a name, and those without one.
_NAMED, _UNNAMED = ("person",), ("unnamed", "unnamed_person")


@rule("R112", reads=(Source,), is_local=True)
def unnamed_sources_have_no_name(record: Record) -> Iterator[Finding]:
    """A source that is a person is named; one whom the article describes without a name is of the type unnamed_person,
    or unnamed where it is several persons or a thing."""
    for row in record[Source]:
        if row.source_type in _NAMED and not row.is_named:
            remedy = "correct “type” or “named”"
            yield Finding(row, f"type {row.source_type}, not named", "unnamed_person, or a person with a name", remedy)
        if row.source_type in _UNNAMED and row.is_named:
            found, expected = f"type {row.source_type}, named", "a source without a name, or the type that it has"
            yield Finding(row, found, expected, "correct “type” or “named”")


@unnamed_sources_have_no_name.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM sources t WHERE t.source_type IN ({literals(_NAMED)}) AND NOT t.is_named
        OR t.source_type IN ({literals(_UNNAMED)}) AND t.is_named"""
    yield Suspects(Source, sql)


@unnamed_sources_have_no_name.fault("r112-person-without-a-name", "somebody without a name counts as a person with one")
def _(record: Index) -> Spoilt:
    row = first(record[Source], source_type="unnamed")
    return spoilt(row, "type person, not named", source_type="person")


@unnamed_sources_have_no_name.fault("r112-unnamed-with-a-name", "a person with a name counts as one without")
def _(record: Index) -> Spoilt:
    row = first(record[Source], source_type="person", is_named=True)
    return spoilt(row, "type unnamed_person, named", source_type="unnamed_person")


#: Kinds of texts that print words as those of a speaker without quotation marks.
OWN_WORDS = ("press_release", "interview", "transcript", "live_blog")
#: Those in which nobody but the issuer speaks.
_ISSUED = ("press_release",)


@rule("R114", reads=(Document, EventReport, Statement))
def own_words_stand_in_their_text(record: Record) -> Iterator[Finding]:
    """Words without quotation marks are a speaker's own only in a release, an interview, a transcript or a live blog;
    and a release tells nothing in the voice of an outlet."""
    kinds = {row.document_id: row.text_kind for row in record[Document]}
    for row in record[Statement]:
        kind = kinds.get(row.document_id)
        if kind and row.speech_form == "unmarked" and kind not in OWN_WORDS:
            remedy = (
                "correct “form” or “text_kind”; where the passage is a quotation without marks, quote it under "
                "“quoted:”"
            )
            yield Finding(row, f"unmarked speech in a text of kind {kind}", _OWN, remedy)
    for report in record[EventReport]:
        kind = kinds.get(report.document_id)
        if kind and report.attribution == "issued" and kind not in OWN_WORDS:
            yield Finding(
                report, f"attribution issued in a text of kind {kind}", _OWN, "correct “attribution” or “text_kind”"
            )
        if kind in _ISSUED and report.attribution == "outlet":
            expected = "issued, with the source that issued the text; or whose word it is by the text"
            yield Finding(
                report, f"attribution outlet in a text of kind {kind}", expected, "correct “attribution” or “text_kind”"
            )


_OWN = f"a text of kind {', '.join(OWN_WORDS[:-1])} or {OWN_WORDS[-1]}"


@own_words_stand_in_their_text.suspects
def _() -> Iterator[Suspects]:
    own = literals(OWN_WORDS)
    of_kind = "JOIN documents d USING (document_id) WHERE"
    yield Suspects(
        Statement, f"SELECT t.row FROM statements t {of_kind} t.speech_form = 'unmarked' AND d.text_kind NOT IN ({own})"
    )
    yield Suspects(
        EventReport,
        f"""SELECT t.row FROM event_reports t {of_kind} t.attribution = 'issued' AND d.text_kind NOT IN ({own})
            OR t.attribution = 'outlet' AND d.text_kind IN ({literals(_ISSUED)})""",
    )


@own_words_stand_in_their_text.fault("r114-own-words-in-a-story", "a story prints a speaker's own words without marks")
def _(record: Index) -> Spoilt:
    kinds = {row.document_id: row.text_kind for row in record[Document]}
    row = first(record[Statement], lambda row: kinds[row.document_id] not in OWN_WORDS, speech_form="indirect")
    found = f"unmarked speech in a text of kind {kinds[row.document_id]}"
    values = {"is_verbatim_reliable": "unknown", "verbatim_reference_id": None, "verbatim_rationale": None}
    return spoilt(row, found, speech_form="unmarked", **values)


@own_words_stand_in_their_text.fault("r114-issued-in-a-story", "a story tells an event in the text of its source")
def _(record: Index) -> Spoilt:
    kinds = {row.document_id: row.text_kind for row in record[Document]}
    row = first(record[EventReport], lambda row: kinds[row.document_id] not in OWN_WORDS, attribution="attributed")
    found = f"attribution issued in a text of kind {kinds[row.document_id]}"
    return spoilt(row, found, attribution="issued")


@own_words_stand_in_their_text.fault("r114-outlet-in-a-release", "a release tells an event in the voice of an outlet")
def _(record: Index) -> Spoilt:
    row = first(record[EventReport], attribution="outlet")
    document = first(record[Document], document_id=row.document_id)
    found = f"{row.event_report_id}: attribution outlet in a text of kind press_release"
    return Spoilt(found, (change(document, text_kind="press_release"),))
