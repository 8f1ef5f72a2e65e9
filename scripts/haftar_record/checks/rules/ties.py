"""Ties between actors: each told once, asserted by more than a possessive, dated where it is over, and the speaker's
where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.index import Index
from ...model.tables import Document, Evidence, Mention, Relation, Statement
from ...problems.wording import show
from ...text.spans import Span, Stretches
from ..columnar.sql import in_focus, literal, owned_by_focus
from ..columnar.suspects import Suspects
from .engine import Finding, Record, rule
from .faults import Spoilt, first, like, spoilt
from .speech import contents_of, holder_of

#: The columns in which two rows of one tie agree.
_TIE = (
    "document_id",
    "subject_actor_id",
    "predicate",
    "object_actor_id",
    "object_place_id",
    "according_to_source_id",
    "is_negated",
)


@rule("R90", reads=(Relation,))
def tie_is_told_once(record: Record) -> Iterator[Finding]:
    """An article has one row for a tie: no two relations of it have the same subject, predicate, object and source,
    and are both asserted or both denied."""
    firsts: dict[tuple[object, ...], str] = {}
    for row in sorted(record[Relation], key=lambda row: row.relation_id):
        name = firsts.setdefault(tuple(getattr(row, column) for column in _TIE), row.relation_id)
        if name != row.relation_id:
            remedy = "keep one of the two, with the words that say most"
            yield Finding(row, f"the tie of {name} again", "one row for a tie of an article by one source", remedy)


@tie_is_told_once.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT row FROM (SELECT row, count(*) OVER (PARTITION BY {", ".join(_TIE)}) AS rows FROM relations)
        WHERE rows > 1"""
    same = "document_id, subject_actor_id, predicate"
    yield Suspects(Relation, sql, {Relation: f"({same}) IN (SELECT ({same}) FROM focus)"})


@tie_is_told_once.fault("r90-tie-twice", "a tie is there twice, by other words of the article")
def _(record: Index) -> Spoilt:
    row = first(record[Relation])
    other = f"{row.relation_id}9"
    return Spoilt(f"{other}: the tie of {row.relation_id} again", (like(row, relation_id=other),))


#: Words that say that somebody leads: by them, and not by a possessive, a passage states the tie.
LEADING = (
    r"(?:lead|leads|leader|leaders|leadership|led|head|heads|headed|chief|commander|commanders|command|commands|"
    r"commanded|commanding|chair|chairs|chairman|president|minister|director|boss|rule|rules|ruler|govern|governs|runs)"
)
_LEADING = rf"\b{LEADING}\b"
#: Somebody's, or of somebody.
_POSSESSIVE = r"[’']s?(?: |$)|\bof\b|\b(?:his|her|its|their)\b"


@rule("R91", "warning", reads=(Evidence, Relation))
def possession_implies_the_lead(record: Record) -> Iterator[Finding]:
    """That somebody leads a force or a body follows from a possessive (“Haftar's forces”) by a step of reasoning: such
    words imply the tie, and do not state it."""
    for piece in record[Evidence]:
        tie = record.row(Relation, piece.relation_id)
        if tie and tie.predicate == "leads" and _is_possessive(piece):
            remedy = "write “support: implies” in the quotation, or quote the word that says who leads"
            found = f"support states for leads by {show(piece.exact_text, 60)}"
            yield Finding(piece, found, "implies, as there is a possessive alone", remedy)


def _is_possessive(piece: Evidence) -> bool:
    """Whether the words of a tie are said to state it, and have a possessive and no word for leading."""
    words = piece.exact_text
    return (
        (piece.field, piece.support) == ("evidence_text", "states")
        and bool(re.search(_POSSESSIVE, words, re.IGNORECASE))
        and not re.search(_LEADING, words, re.IGNORECASE)
    )


@possession_implies_the_lead.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM evidence t JOIN relations r USING (relation_id)
        WHERE r.predicate = 'leads' AND t.field = 'evidence_text' AND t.support = 'states'
            AND regexp_matches(t.exact_text, {literal(_POSSESSIVE)}, 'i')
            AND NOT regexp_matches(t.exact_text, {literal(_LEADING)}, 'i')"""
    yield Suspects(Evidence, sql)


@possession_implies_the_lead.fault("r91-possessive-states", "a possessive alone counts as stating who leads")
def _(record: Index) -> Spoilt:
    ties = {row.relation_id for row in record[Relation] if row.predicate == "leads"}
    row = first(record[Evidence], lambda row: row.relation_id in ties, field="evidence_text")
    words = "the forces of the general"
    return spoilt(row, f"support states for leads by {show(words, 60)}", support="states", exact_text=words)


#: What is over, in the words for how or as what a tie holds.
_OVER = r"\b(?:former|formerly|once|previous|previously|late|ousted|deposed|until)\b|\bex-"


@rule("R92", "warning", reads=(Relation,), is_local=True)
def tie_that_is_over_has_its_time(record: Record) -> Iterator[Finding]:
    """A tie that is over by the words for its manner (“former”) has a time in which it held, so that it does not count
    as one that stands."""
    for row in record[Relation]:
        if row.manner_text and not row.validity_edtf and re.search(_OVER, row.manner_text, re.IGNORECASE):
            remedy = "add “valid:” with “edtf: ../X” and “because:”, X being the last day on which it may have held"
            yield Finding(row, f"{show(row.manner_text, 60)} without a time", "a time that has an end", remedy)


@tie_that_is_over_has_its_time.suspects
def _() -> Iterator[Suspects]:
    sql = f"""SELECT t.row FROM relations t
        WHERE validity_edtf IS NULL AND regexp_matches(manner_text, {literal(_OVER)}, 'i')"""
    yield Suspects(Relation, sql)


@tie_that_is_over_has_its_time.fault("r92-former-and-standing", "a tie of the past stands without a time")
def _(record: Index) -> Spoilt:
    row = first(record[Relation], validity_edtf=None)
    return spoilt(row, "“former officer” without a time", manner_text="former officer")


#: What a name may have before it.
_ARTICLES = {"a", "an", "the"}


@rule("R103", "warning", reads=(Document, Evidence, Mention, Relation, Statement))
def tie_that_is_said_is_the_speakers(record: Record) -> Iterator[Finding]:
    """A tie that only words inside the content of a statement assert is its speaker's: the relation names the
    statement. Outside of direct speech, words that do no more than name somebody (“the Syrian president Assad”) may be
    the writer's."""
    articles: dict[str, _Article] = {}
    for row in record[Relation]:
        if row.statement_id is not None:
            continue
        if row.document_id not in articles:
            articles[row.document_id] = _Article(record, row.document_id)
        pieces = record.evidence(row.relation_id, "evidence_text")
        if holder := articles[row.document_id].holder(pieces):
            remedy = "add “statement:” and its source, or quote words outside of what is said"
            yield Finding(row, f"no statement for words inside the content of {holder}", "this statement", remedy)


class _Article:
    """What is said in an article, and who is named in it."""

    def __init__(self, record: Index, document: str):
        self.record, self.contents = record, contents_of(record, document)
        named = record.grouped(Mention, "document_id").get(document, ())
        self.names = Stretches((row.start, row.end, row) for row in named)

    def holder(self, pieces: list[Evidence]) -> str | None:
        """The statement that all of some passages lie in the content of; None where they do not, or only name."""
        holders = [holder_of(self.contents, piece) for piece in pieces]
        if all(holders) and any(map(self._asserts, pieces, holders)):
            return holders[0]
        return None

    def _asserts(self, piece: Evidence, holder: str | None) -> bool:
        """Whether a passage is the speaker's own words, or has words beside articles and the names of somebody."""
        statement = self.record.row(Statement, holder)
        if statement and statement.speech_form in ("direct", "unmarked"):
            return True
        words = Span(piece.start, piece.start + len(piece.exact_text))
        named = {
            place
            for name in self.names.near(words)
            for place in range(max(name.start, words.start), min(name.end, words.end))
        }
        left = "".join(" " if place in named else sign for place, sign in enumerate(piece.exact_text, words.start))
        return not {*re.findall(r"\w+", left.lower())} <= _ARTICLES


@tie_that_is_said_is_the_speakers.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT DISTINCT t.row FROM relations t
        JOIN evidence e ON e.owner = t.relation_id AND e.field = 'evidence_text'
        JOIN evidence c ON c.document_id = e.document_id AND c.field = 'content_text' AND c.statement_id IS NOT NULL
            AND c.start <= e.start AND e."end" <= c."end"
        WHERE t.statement_id IS NULL"""
    content = f"{owned_by_focus(Relation)} OR {in_focus('document_id')} AND field = 'content_text'"
    article = in_focus("document_id")
    yield Suspects(Relation, sql, {Evidence: content, Mention: article, Statement: article, Document: article})


@tie_that_is_said_is_the_speakers.fault("r103-said-by-nobody", "a tie that a speaker asserts names no statement")
def _(record: Index) -> Spoilt:
    def holder(row: Relation) -> str | None:
        return _Article(record, row.document_id).holder(record.evidence(row.relation_id, "evidence_text"))

    row = first(record[Relation], lambda row: row.statement_id and holder(row))
    return spoilt(row, f"no statement for words inside the content of {holder(row)}", statement_id=None)
