"""Ask about speech that the statements of a sheet leave out, and about what two of them say.

A sentence, and a passage in quotation marks, counts as coded with one statement, though several things are said there.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from ..coding.inputs import CodedArticle
from ..model.computed import quotation_id, sentence_id
from ..model.index import Index
from ..model.tables import EventReport, Evidence, Statement
from ..problems.problem import Place, Problem, bounded
from ..problems.wording import show
from ..text import cues
from ..text.articles import Article
from ..text.quotation import Quotation
from ..text.spans import Span, Stretches
from .ledger import Ledger

#: Problems of one kind that are shown for one article; the others are counted.
SHOWN = 20
#: Words in a row inside quotation marks that nobody asks about: “, and”, “[sic]”, “he said”.
FEW = 2
#: The share of the shorter content from which two statements say the same: where each is one piece; and where one is
#: in pieces, of which a subject in common is one, and each goes on with its own.
SAME, SAME_IN_PIECES = 0.5, 0.8

#: A word; where a script has no blanks, two characters.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{1,2}|\w(?:[\w’'-]*\w)?")
#: What may stand between a verb of speech and what is said.
_LEADS = re.compile(r"[\s,:]*(?:that|to|for|on|upon|of|with|in|as|how|why)?[\s,:“”\"'‘«„]*")


def ask_about_speech(ledger: Ledger) -> None:
    """Ask about verbs of speech and words in quotation marks in no statement, and about statements that are there
    twice."""
    index = Index(ledger.rows)
    evidence = index.grouped(Evidence, "document_id")
    statements = index.grouped(Statement, "document_id")
    relayed = {row.statement_id for row in index[Statement] if row.relayed_by_source_id}
    attributed = {row.event_report_id for row in index[EventReport] if row.attribution != "outlet"}
    for coded in ledger.inputs.coded:
        if not ledger.has_errors(coded.sheet.file):
            rows = evidence.get(coded.document_id, [])
            told = [row for row in rows if row.statement_id]
            heard = [row for row in rows if row.event_report_id in attributed]
            for asked in (unheard(coded, told), untold(coded, told, heard, relayed)):
                ledger.problems.items += bounded(list(asked), SHOWN)
            twice = said_twice(ledger, statements.get(coded.document_id, []), told)
            ledger.problems.items += bounded(list(twice), SHOWN)


def unheard(coded: CodedArticle, told: list[Evidence]) -> Iterator[Problem]:
    """A warning for each passage in quotation marks of which a statement carries a part alone, with the other words."""
    article = coded.article
    rows = Stretches((row.start, row.end, row) for row in told)
    for quotation in article.quotations:
        inside = rows.near(quotation)
        if not any(row.field == "content_text" for row in inside):
            continue  # in no statement at all: an error, or a reason why
        left = list(_left(article, quotation, inside))
        if left:
            where = f"paragraph {article.paragraph_number(quotation.start)}"
            said = f"{' and '.join(show(words, 120) for words in left)} in quotation marks in {where}, in no statement"
            identity = quotation_id(coded.key, quotation.start)
            remedy = (
                f"add them to the “content:” of a statement, or a statement for them; else waive it (rule: quoted-part,"
                f" record: {identity})"
            )
            place, expected = _nearest(coded, inside), "every word in the marks said by somebody"
            yield Problem(place, "quoted-part", said, expected, remedy, "warning", identity)


def _left(article: Article, quotation: Quotation, inside: Iterable[Evidence]) -> Iterator[str]:
    """The words of a passage between those that statements have, where they are more than a few."""
    start = quotation.start
    for end, following in [*sorted((row.start, row.end) for row in inside), (quotation.end, quotation.end)]:
        between = article.text[start : max(start, end)]
        if sum(1 for _ in _WORD.finditer(between)) > FEW:
            yield between.strip(" \n,;:.“”\"'‘«»„")
        start = max(start, following)


def untold(
    coded: CodedArticle, told: list[Evidence], heard: Iterable[Evidence] = (), relayed: Container[str | None] = ()
) -> Iterator[Problem]:
    """A note for each sentence with a verb of speech in no statement: a report makes the sentence coded as well.

    A verb right before what a statement says belongs to it, as two verbs of one speaker and act are one cue; one in
    the words of an attributed report (``heard``) to this; and “according to” to a statement that is ``relayed``. A
    participle alone (“with a view to demanding”) tells of no speech.
    """
    article = coded.article
    quoted = Stretches((span.start, span.end, span) for span in article.quotations)
    rows = Stretches((row.start, row.end, row) for row in told)
    attributed = Stretches((row.start, row.end, row) for row in heard)
    contents = {row.start for row in told if row.field == "content_text"}
    for number, span in enumerate(article.sentences):
        found, beside = cues.find(article.text, span, quoted.near(span)), rows.near(span)
        is_relayed = any(row.statement_id in relayed for row in beside)
        left = [
            cue
            for cue in found
            if not (rows.near(cue) or attributed.near(cue))
            and contents.isdisjoint(_begins(article.text, cue))
            and not (is_relayed and article.of(cue).startswith("according"))
        ]
        is_alone = len(found) == 1 and not beside
        if left and not (is_alone and article.of(found[0]).endswith("ing")):
            yield _untold(coded, number, left, beside)


def _begins(text: str, cue: Span) -> range:
    """Where what is said may begin after a verb of speech."""
    lead = _LEADS.match(text, cue.end)
    return range(cue.end, (lead.end() if lead else cue.end) + 1)


def _untold(coded: CodedArticle, number: int, left: list[Span], beside: list[Evidence]) -> Problem:
    article, span = coded.article, coded.article.sentences[number]
    paragraph, sentence = article.paragraph_number(span.start), article.sentence_number(span.start)
    where = f"paragraph {paragraph}, sentence {sentence}: {show(article.text[left[0].start : span.end], 70)}"
    identity = sentence_id(coded.key, paragraph, sentence)
    expected = "a statement for each act of speech; two cues of one speaker and act are one"
    remedy = f"add the statement; where there is none to add, waive it (rule: cue, record: {identity})"
    said = f"{' and '.join(show(article.of(cue)) for cue in left)} in no statement, in {where}"
    return Problem(_nearest(coded, beside), "cue", said, expected, remedy, "note", identity)


def said_twice(ledger: Ledger, statements: list[Statement], told: list[Evidence]) -> Iterator[Problem]:
    """A warning for each statement whose speaker says the same words in one before it, unless one is inside the
    other."""
    contents: dict[str, list[Evidence]] = {}
    for row in told:
        if row.field == "content_text" and row.statement_id:
            contents.setdefault(row.statement_id, []).append(row)
    placed = Stretches((row.start, row.end, name) for name, rows in contents.items() for row in rows)
    known = {one.statement_id: one for one in statements}
    for one in statements:
        near = dict.fromkeys(name for row in contents.get(one.statement_id, ()) for name in placed.near(_span(row)))
        for other in (known[name] for name in near if name < one.statement_id):
            if _speaker(one) != _speaker(other) or {one.statement_id, other.statement_id} & _above(known, one, other):
                continue
            if _is_the_same(contents[one.statement_id], contents[other.statement_id]):
                yield _twice(ledger, one, other)
                break


def _is_the_same(one: list[Evidence], two: list[Evidence]) -> bool:
    """Whether two contents share so many of the characters of the shorter that they say the same."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    least = SAME if len(one) == len(two) == 1 else SAME_IN_PIECES
    return shared >= least * min(sum(row.end - row.start for row in rows) for rows in (one, two))


def _twice(ledger: Ledger, one: Statement, other: Statement) -> Problem:
    first = ledger.places[Statement.TABLE, other.id]
    found = f"{show(one.content_text, 70)}, which {one.speaker_name} says in {other.statement_id} as well ({first})"
    remedy = (
        "remove one of the two, correct a content, or put one inside the other (parent); where they are two, waive it"
        f" (rule: said-twice, record: {one.statement_id})"
    )
    place, expected = ledger.places[Statement.TABLE, one.id], "each thing said in one statement"
    return Problem(place, "said-twice", found, expected, remedy, "warning", one.statement_id)


def _span(row: Evidence) -> Span:
    return Span(row.start, row.end)


def _speaker(row: Statement) -> str | None:
    return row.speaker_actor_id or row.speaker_source_id


def _above(known: dict[str, Statement], *statements: Statement) -> set[str]:
    """The statements inside of which some stand."""
    above: set[str] = set()
    for one in statements:
        row: Statement | None = one
        while row and (name := row.parent_statement_id) and name not in above:
            above.add(name)
            row = known.get(name)
    return above


def _nearest(coded: CodedArticle, beside: list[Evidence]) -> Place:
    """Where the first of the statements beside is coded."""
    short = next((row.statement_id.rpartition("-")[2] for row in beside if row.statement_id), None)
    for number, entry in enumerate(coded.sheet.value.statements):
        if entry.id == short:
            return coded.sheet.place(("statements", number))
    return coded.sheet.place(("statements",))
