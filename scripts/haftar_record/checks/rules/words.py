"""Rows against the words of the articles: offsets, passages, sentences, names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.columns import CONTEXT_LENGTH, SPAN_SEPARATOR, Column
from ...model.computed import joined_passages
from ...model.index import Index
from ...model.rows import Row, columns
from ...model.tables import UNITS, Document, EventActor, Evidence, Mention, QuotedPassage, Sentence, Statement
from ...problems.wording import apart, show
from ...text.spans import Span
from ..columnar.sql import in_focus, key, literal, literals, owned_by_focus
from ..columnar.suspects import ARTICLES, PARAGRAPHS, Made, Suspects
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, another, change, drop, first, spoilt

#: A message shows a text up to this length as a whole, so that a fault can say what is said of it.
_SHORT = 50


def _misplaced() -> str:
    """Rows of evidence whose words, or the words before and after them, are not those of the paragraph that they name.
    All three are cut out of it in one piece. (Out of a whole article it takes longer.)"""
    return f"""SELECT t.row FROM evidence t SEMI JOIN articles a USING (document_id)
        LEFT JOIN paragraphs p ON p.document_id = t.document_id AND p.number = t.paragraph_number
        WHERE (p.start <= t.start AND t.start < t."end" AND t."end" <= p."end"
            AND t."end" - t.start = length(exact_text)
            AND least(t.start - p.start, {CONTEXT_LENGTH}) = coalesce(length(prefix_text), 0)
            AND least(p."end" - t."end", {CONTEXT_LENGTH}) = coalesce(length(suffix_text), 0)) IS NOT true
        OR concat(prefix_text, exact_text, suffix_text) <> substring(p.text,
            t.start - p.start - coalesce(length(prefix_text), 0) + 1,
            length(concat(prefix_text, exact_text, suffix_text)))"""


_MISPLACED = Made("misplaced", _misplaced, of=(ARTICLES, PARAGRAPHS))


def _uneven() -> str:
    """Units with verbatim values that are not even. Most are: each value has one passage of evidence, of its very words
    in its article, and there is no other. What evidence an uneven one has is looked at closely."""
    return " UNION ALL ".join(f"({_uneven_in(model)})" for model in UNITS)


def _uneven_in(model: type[Row]) -> str:
    """Keys of the units of a table that are not even.

    Each column has a bit. As many bits as there are columns due, and of the same sum, are those of the columns due.
    """
    table, identity = model.TABLE, model.KEY[0]
    names = [name for name, column in columns(model).items() if column.verbatim]
    bits = " ".join(
        f"WHEN e.field = {literal(name)} AND e.exact_text = t.{name} THEN {1 << place}"
        for place, name in enumerate(names)
    )
    is_due = {name: f"({'true' if name in model.EVIDENT else f't.{name} IS NOT NULL'})::INTEGER" for name in names}
    total = " + ".join(f"{1 << place} * {is_due[name]}" for place, name in enumerate(names))
    return f"""WITH e AS (SELECT e.owner, count(*) AS pieces, sum(CASE WHEN e.document_id <> t.document_id
            OR contains(e.exact_text, '[…]') THEN 1024 {bits} ELSE 1024 END) AS total
            FROM evidence e JOIN {table} t ON t.{identity} = e.owner GROUP BY e.owner)
        SELECT t.{identity} AS owner FROM {table} t LEFT JOIN e ON e.owner = t.{identity}
        WHERE e.pieces IS DISTINCT FROM {" + ".join(is_due.values())} OR e.total IS DISTINCT FROM {total}"""


_UNEVEN = Made("uneven", _uneven)


@rule("R01", reads=(Evidence, Mention, QuotedPassage))
def span_equals_text(record: Record) -> Iterator[Finding]:
    """Evidence, mentions and quoted passages are the very words of the article at their offsets."""
    for piece in record[Evidence]:
        yield from _misquoted(record, piece, "exact_text", piece.exact_text)
    for mention in record[Mention]:
        yield from _misquoted(record, mention, "surface_text", mention.surface_text)
    for passage in record[QuotedPassage]:
        yield from _misquoted(record, passage, "exact_text", passage.exact_text)


def _misquoted(record: Record, row: Evidence | Mention | QuotedPassage, column: str, found: str) -> Iterator[Finding]:
    """Where the words of a row are not those of its article."""
    article = record.articles.get(row.document_id)
    if article is None:
        return
    if not row.start < row.end <= len(article.text):
        yield Finding(
            row, f"{row.start}-{row.end}", f"a start before the end, and at most {len(article.text)}", REBUILD
        )
        return
    printed = article.of(Span(row.start, row.end))
    if found != printed:
        found, printed = apart(found, printed)
        remedy = "quote the article exactly, then run “haftar-record build”"
        yield Finding(row, f"{column} {found} at {row.start}-{row.end}", f"{printed}, as the article has it", remedy)


@span_equals_text.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(Evidence, "SELECT t.row FROM evidence t SEMI JOIN misplaced USING (row)", uses=(_MISPLACED,))
    for model, column in ((Mention, "surface_text"), (QuotedPassage, "exact_text")):
        sql = f"""SELECT t.row FROM {model.TABLE} t SEMI JOIN articles a USING (document_id) ANTI JOIN (
            SELECT t.row FROM {model.TABLE} t JOIN paragraphs p ON p.document_id = t.document_id AND p.start <= t.start
                AND t.start < t."end" AND t."end" <= p."end"
                WHERE substring(p.text, t.start - p.start + 1, t."end" - t.start) = t.{column}) USING (row)"""
        yield Suspects(model, sql, uses=(ARTICLES, PARAGRAPHS))


def _short_mention(record: Index) -> Mention:
    return first(record[Mention], lambda row: len(row.surface_text) <= _SHORT and row.surface_text[0].isupper())


@span_equals_text.fault("span-shifted", "a mention is moved by one character", "spans")
def _(record: Index) -> Spoilt:
    row = _short_mention(record)
    start, end = row.start + 1, row.end + 1
    return spoilt(row, f"surface_text {show(row.surface_text)} at {start}-{end}", start=start, end=end)


@span_equals_text.fault("span-longer", "a passage ends one character later", "spans")
def _(record: Index) -> Spoilt:
    row = first(record[Evidence], lambda row: len(row.exact_text) <= _SHORT and row.suffix_text)
    end = row.end + 1
    return spoilt(row, f"exact_text {show(row.exact_text)} at {row.start}-{end}", end=end)


@span_equals_text.fault("span-backwards", "a passage ends before it begins", "spans")
def _(record: Index) -> Spoilt:
    row = record[Mention][0]
    return spoilt(row, f"{row.end}-{row.start}", start=row.end, end=row.start)


@span_equals_text.fault("span-beyond", "a passage lies beyond the end of the article", "spans")
def _(record: Index) -> Spoilt:
    row = record[Mention][0]
    length = first(record[Document], document_id=row.document_id).text_length
    start, end = row.start + length, row.end + length
    return spoilt(row, f"{start}-{end}", start=start, end=end)


@span_equals_text.fault("span-empty", "a passage has no character", "spans")
def _(record: Index) -> Spoilt:
    row = record[Mention][0]
    return spoilt(row, f"{row.start}-{row.start}", end=row.start)


@span_equals_text.fault("words-other-case", "the words of a mention begin with a small letter", "spans")
def _(record: Index) -> Spoilt:
    row = _short_mention(record)
    return _reworded(row, "surface_text", row.surface_text[0].lower() + row.surface_text[1:])


@span_equals_text.fault("words-straight-quotes", "curly quotation marks of a passage are straight", "spans")
def _(record: Index) -> Spoilt:
    row = _short_passage(record, "[‘’]")
    return _reworded(row, "exact_text", re.sub("[‘’]", "'", row.exact_text))


@span_equals_text.fault("words-other-dash", "an en dash of a passage is a hyphen", "spans")
def _(record: Index) -> Spoilt:
    row = _short_passage(record, "–")
    return _reworded(row, "exact_text", row.exact_text.replace("–", "-"))


@span_equals_text.fault("words-corrected", "a blank that the article lacks is put into a passage", "spans")
def _(record: Index) -> Spoilt:
    row = _short_passage(record, "[a-z][A-Z]")
    return _reworded(row, "exact_text", re.sub("([a-z])([A-Z])", r"\1 \2", row.exact_text))


def _short_passage(record: Index, pattern: str) -> Evidence:
    """A passage that matches a pattern, the shortest first: a message shows a long one in part."""
    return first(
        sorted(record[Evidence], key=lambda row: len(row.exact_text)), lambda row: re.search(pattern, row.exact_text)
    )


def _reworded(row: Evidence | Mention, column: str, words: str) -> Spoilt:
    shown, _ = apart(words, str(getattr(row, column)))
    return spoilt(row, f"{column} {shown} at {row.start}-{row.end}", **{column: words})


@span_equals_text.fault("r01-quotation-shifted", "a passage in quotation marks is moved by one character")
def _(record: Index) -> Spoilt:
    row = first(record[QuotedPassage], lambda row: len(row.exact_text) <= _SHORT)
    start, end = row.start + 1, row.end + 1
    return spoilt(row, f"exact_text {show(row.exact_text)} at {start}-{end}", start=start, end=end)


@rule("R02", reads=(*UNITS, Evidence))
def unit_has_evidence(record: Record) -> Iterator[Finding]:
    """A statement has evidence for content, cue and speaker; a report, relation or quantity for its words; all of
    it in its own article."""
    for model in UNITS:
        for row in record[model]:
            article = row.article_id
            own = {piece.field for piece in record.evidence(row.id[0]) if piece.document_id == article}
            for missing in sorted(set(model.EVIDENT) - own):
                yield Finding(row, f"no evidence for {missing}", f"a passage of {article}", "quote the words")


@unit_has_evidence.suspects
def _() -> Iterator[Suspects]:
    for model in UNITS:
        identity = model.KEY[0]
        sql = f"""WITH e AS (SELECT owner, document_id, count(DISTINCT field) AS fields
                FROM evidence SEMI JOIN uneven USING (owner)
                WHERE field IN ({literals(model.EVIDENT)}) GROUP BY owner, document_id)
            SELECT t.row FROM {model.TABLE} t SEMI JOIN uneven u ON u.owner = t.{identity}
                LEFT JOIN e ON e.owner = t.{identity} AND e.document_id = t.document_id
            WHERE coalesce(e.fields, 0) < {len(model.EVIDENT)}"""
        yield Suspects(model, sql, {Evidence: owned_by_focus(model)}, uses=(_UNEVEN,))


@unit_has_evidence.fault("r02-cue-without-evidence", "the words that introduce a statement have no evidence")
def _(record: Index) -> Spoilt:
    cue = first(record[Evidence], lambda row: row.statement_id and row.field == "cue_text")
    gone = [row for row in record.evidence(cue.owner) if row.field == cue.field]
    return Spoilt(f"{cue.owner}: no evidence for cue_text", drop(gone))


@rule("R03", reads=(EventActor, Evidence))
def event_actor_has_evidence(record: Record) -> Iterator[Finding]:
    """An actor's role in an event rests on words."""
    for row in record[EventActor]:
        if not record.evidence(row.event_actor_id):
            yield Finding(row, "no evidence", "a passage that names the actor", "quote it under “who:” of a report")


@event_actor_has_evidence.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(EventActor, "SELECT t.row FROM event_actors t ANTI JOIN evidence e ON e.owner = t.event_actor_id")


@event_actor_has_evidence.fault("r03-role-without-evidence", "an actor's role in an event has no evidence")
def _(record: Index) -> Spoilt:
    row = record[EventActor][0]
    return Spoilt(f"{row.event_actor_id}: no evidence", drop(record.evidence(row.event_actor_id)))


@rule("R04", reads=(Document, Sentence))
def sentences_complete(record: Record) -> Iterator[Finding]:
    """The sentences of an article cover all of its words, in order and without overlap, and each is coded or has a
    reason."""
    for document in record[Document]:
        article = record.articles.get(document.document_id)
        position = 0
        for row in _sentences(record, document):
            if article and (row.start < position or article.text[position : row.start].strip()):
                yield Finding(row, f"starts at {row.start}", f"the first word after {position}", REBUILD)
            position = row.end
            if (row.disposition == "coded") != (row.unit_count > 0) or (row.reason is None) != (row.unit_count > 0):
                found = f"{row.disposition} with {row.unit_count} units"
                yield Finding(row, found, "coded with units, or a reason", "code it, or list it under “sentences:”")
        if article and article.text[position:].strip():
            found = f"no sentence for the words after {position}"
            yield Finding(document, found, "sentences up to the end of the article", REBUILD)


def _sentences(record: Index, document: Document) -> list[Sentence]:
    """The sentences of one article in order of the text."""
    return sorted(record.of_article(Sentence, document), key=lambda row: row.start)


@sentences_complete.suspects
def _() -> Iterator[Suspects]:
    def is_blank(start: str, end: str) -> str:
        """The code points from ``start`` to ``end`` of an article, as Python slices it, are blanks."""
        piece = f"CASE WHEN {end} > {start} THEN substring(a.text, ({start}) + 1, ({end}) - ({start})) ELSE '' END"
        return f"regexp_full_match({piece}, '[ \\n]*')"

    sql = f"""WITH s AS (SELECT *, lag("end", 1, 0) OVER w AS before, lead(row) OVER w IS NULL AS is_last FROM sentences
            WINDOW w AS (PARTITION BY document_id ORDER BY start, row)),
        b AS (SELECT s.document_id FROM s LEFT JOIN articles a USING (document_id)
            WHERE (disposition = 'coded') <> (unit_count > 0) OR (reason IS NULL) <> (unit_count > 0)
            OR start < before OR NOT {is_blank("before", "start")}
            OR is_last AND NOT {is_blank('"end"', "length(a.text)")})
    SELECT t.row FROM documents t WHERE t.document_id IN (SELECT document_id FROM b)
        OR t.document_id NOT IN (SELECT document_id FROM sentences)"""
    yield Suspects(Document, sql, {Sentence: in_focus("document_id")}, also=(Sentence,), uses=(ARTICLES,))


@sentences_complete.fault("sentence-shifted", "a sentence begins one character later", "spans")
def _(record: Index) -> Spoilt:
    row = record[Sentence][0]
    return spoilt(row, f"starts at {row.start + 1}", start=row.start + 1)


@sentences_complete.fault("sentence-gone", "a sentence is gone", "spans")
def _(record: Index) -> Spoilt:
    document = first(record[Document], lambda row: row.sentence_count > 1)
    gone, following, *_ = _sentences(record, document)
    return Spoilt(f"{following.sentence_id}: starts at {following.start}", drop([gone]))


@sentences_complete.fault("r04-coded-without-unit", "a sentence counts as coded and no unit lies in it")
def _(record: Index) -> Spoilt:
    row = first(record[Sentence], unit_count=0)
    return spoilt(row, "coded with 0 units", disposition="coded")


@rule("R22", reads=(Mention,))
def mentions_do_not_overlap(record: Record) -> Iterator[Finding]:
    """Within a layer, no mention lies in another; actors and places are one layer in this respect."""
    last: dict[tuple[str, str], Mention] = {}
    for row in _in_order(record):
        layer = (row.document_id, _layer(row))
        if layer in last and row.start < last[layer].end:
            yield Finding(row, f"overlaps {last[layer].mention_id}", "no overlap in a layer", "correct the aliases")
        last[layer] = row


def _in_order(record: Index) -> list[Mention]:
    """The mentions of each article in order of the text."""
    return sorted(record[Mention], key=lambda row: (row.document_id, row.start))


def _layer(mention: Mention) -> str:
    return mention.mention_layer.replace("place", "actor")


@mentions_do_not_overlap.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM mentions t QUALIFY t.start < lag(t."end") OVER
        (PARTITION BY document_id, replace(mention_layer, 'place', 'actor') ORDER BY start, row)"""
    yield Suspects(Mention, sql, {Mention: in_focus("document_id")})


@mentions_do_not_overlap.fault("r22-mentions-overlap", "a name inside a name counts as a name of its own")
def _(record: Index) -> Spoilt:
    names = [row for row in _in_order(record) if _layer(row) == "actor"]

    def outer(row: Mention) -> Mention | None:
        before = [name for name in names if name.document_id == row.document_id and name.start < row.start]
        return before[-1] if before and before[-1].end > row.start else None

    row = first(record[Mention], outer, mention_layer="embedded")
    around = outer(row)
    assert around is not None
    return spoilt(row, f"overlaps {around.mention_id}", mention_layer="actor")


@rule("R31", reads=(Evidence, Sentence))
def evidence_is_placed(record: Record) -> Iterator[Finding]:
    """Evidence stands in the paragraph and sentence that it names, between the words that it gives before and after
    it (W3C Web Annotation, Text Quote Selector)."""
    holders = {(row.document_id, row.paragraph_number, row.sentence_number): row for row in record[Sentence]}
    for row in record[Evidence]:
        holder = holders.get((row.document_id, row.paragraph_number, row.sentence_number))
        if holder is None or not holder.start <= row.start < holder.end:
            found = f"paragraph {row.paragraph_number}, sentence {row.sentence_number}"
            yield Finding(row, found, f"the sentence that holds character {row.start}", REBUILD)
        if article := record.articles.get(row.document_id):
            before, after = article.context(Span(row.start, row.end), CONTEXT_LENGTH)
            for name, value, printed in (
                ("prefix_text", row.prefix_text, before),
                ("suffix_text", row.suffix_text, after),
            ):
                if (value or "") != printed:
                    yield Finding(row, f"{name} {show(value or '')}", show(printed), REBUILD)


@evidence_is_placed.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(Evidence, "SELECT t.row FROM evidence t SEMI JOIN misplaced USING (row)", uses=(_MISPLACED,))
    sql = """SELECT t.row FROM evidence t LEFT JOIN sentences s USING (document_id, paragraph_number, sentence_number)
        WHERE s.row IS NULL OR NOT (s.start <= t.start AND t.start < s."end")"""
    yield Suspects(Evidence, sql, {Sentence: in_focus("document_id")})


@evidence_is_placed.fault("words-before", "the words before a passage are others", "spans")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Evidence], lambda row: row.prefix_text), f"prefix_text {show('x')}", prefix_text="x")


@evidence_is_placed.fault("paragraph-off-by-one", "a passage names the paragraph after its own", "spans")
def _(record: Index) -> Spoilt:
    row = record[Evidence][0]
    number = row.paragraph_number + 1
    return spoilt(row, f"paragraph {number}, sentence {row.sentence_number}", paragraph_number=number)


@evidence_is_placed.fault("r31-words-after", "the words after a passage are missing")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Evidence], lambda row: row.suffix_text), f"suffix_text {show('')}", suffix_text=None)


@rule("R32", reads=(*UNITS, Evidence))
def evidence_carries_value(record: Record) -> Iterator[Finding]:
    """Evidence supports a column of the row that it belongs to, and a verbatim value is made of its evidence."""
    for model in UNITS:
        definitions = columns(model)
        for row in record[model]:
            pieces: dict[str, list[Evidence]] = {}
            for piece in record.evidence(row.id[0]):
                pieces.setdefault(piece.field, []).append(piece)
            for name in sorted(set(pieces) - set(definitions)):
                yield Finding(row, f"evidence for {name}", f"a column of {model.TABLE}", REBUILD)
            for name in pieces:
                if (
                    name in definitions
                    and definitions[name].verbatim
                    and not _is_made_of(getattr(row, name), pieces[name])
                ):
                    said = " ".join(show(piece.exact_text, 40) for piece in pieces[name])
                    yield Finding(row, f"{name} {show(getattr(row, name) or '', 60)}", f"its evidence: {said}", REBUILD)
            for name in sorted(_verbatim_with_value(row, definitions) - {*pieces, *model.EVIDENT}):
                yield Finding(row, f"{name} without evidence", f"evidence with the {model.KEY[0]} {row.id[0]}", REBUILD)


def _verbatim_with_value(row: Row, definitions: dict[str, Column]) -> set[str]:
    return {name for name, column in definitions.items() if column.verbatim and getattr(row, name) is not None}


def _is_made_of(value: str | None, pieces: list[Evidence]) -> bool:
    """Whether a value is its passages: those that follow each other are one, others are joined by ``[…]``, which may
    stand in a passage as well."""
    in_order = sorted(pieces, key=lambda row: row.start)
    passages = joined_passages((Span(piece.start, piece.end), piece.exact_text) for piece in in_order)
    rest, found = value or "", SPAN_SEPARATOR.join(passages)
    if rest == found:
        return True
    if len(rest) != len(found):
        return False
    left = sorted(passages, key=len)  # in another order: the longest that fits is the next one
    while len(left) > 1:
        fits = next((n for n in reversed(range(len(left))) if rest.startswith(left[n] + SPAN_SEPARATOR)), None)
        if fits is None:
            return False
        rest = rest[len(left.pop(fits)) + len(SPAN_SEPARATOR) :]
    return left == [rest]


@evidence_carries_value.suspects
def _() -> Iterator[Suspects]:
    # A verbatim value is its passages: one, or several, joined by a mark, by a blank, or by nothing where they follow.
    mark = literal(SPAN_SEPARATOR)
    for model in UNITS:
        identity = key(model.TABLE)
        rows = f"(SELECT t.* FROM {model.TABLE} t SEMI JOIN uneven u ON u.owner = t.{identity})"
        verbatim = [name for name, column in columns(model).items() if column.verbatim]
        valued = (
            f"SELECT {identity} AS owner, row, {literal(name)} AS field, {name} AS value FROM {rows}"
            for name in verbatim
        )
        sql = f"""WITH e AS (SELECT owner, field, start, "end", exact_text FROM evidence SEMI JOIN uneven
            USING (owner)),
            single AS (SELECT owner, field, any_value(exact_text) AS said FROM e GROUP BY owner, field
                HAVING count(*) = 1),
            several AS (SELECT e.*, start - lag("end") OVER w AS gap FROM e ANTI JOIN single USING (owner, field)
                WINDOW w AS (PARTITION BY owner, field ORDER BY start)),
            joined AS (SELECT *, contains(said, '[…]') AS is_marked FROM single UNION ALL
                SELECT owner, field, string_agg(CASE WHEN gap IS NULL OR gap = 0 THEN '' WHEN gap = 1 THEN ' '
                    ELSE {mark} END
                    || exact_text, '' ORDER BY start), bool_or(contains(exact_text, '[…]')) FROM several
                        GROUP BY owner, field),
            valued AS ({" UNION ALL ".join(valued)})
        SELECT v.row FROM valued v LEFT JOIN joined j USING (owner, field)
            WHERE is_marked OR v.value IS DISTINCT FROM j.said AND NOT coalesce(
                list_sort(string_split(v.value, {mark})) = list_sort(string_split(j.said, {mark})), false)
        UNION SELECT t.row FROM {rows} t JOIN evidence e ON e.owner = t.{identity}
            WHERE e.field NOT IN ({literals(model.model_fields)})"""
        yield Suspects(model, sql, {Evidence: owned_by_focus(model)}, uses=(_UNEVEN,))


@evidence_carries_value.fault("r32-value-without-its-words", "the cue of a statement is not that of its evidence")
def _(record: Index) -> Spoilt:
    row = record[Statement][0]
    cue = another(record[Statement], row, "cue_text").cue_text
    return spoilt(row, f"cue_text {show(cue, 60)}", cue_text=cue)


@rule("R71", reads=(Evidence, Statement))
def contents_follow_the_text(record: Record) -> Iterator[Finding]:
    """The passages of what is said do not overlap, and those of one paragraph have the order of the text."""
    for row in record[Statement]:
        pieces = sorted(record.evidence(row.statement_id, "content_text"), key=lambda piece: (piece.start, piece.end))
        for one, two in zip(pieces, pieces[1:], strict=False):
            said = f"{show(two.exact_text, 40)} and {show(one.exact_text, 40)}"
            if two.start < one.end:
                yield Finding(row, f"content {said}, which overlap", "passages that share no word", _REORDER)
            elif one.paragraph_number == two.paragraph_number and not _is_in_order(row.content_text, one, two):
                yield Finding(row, f"content {said}, in this order", "the order of the article", _REORDER)


_REORDER = "quote each passage under “content:” once, in the order of the article"


def _is_in_order(value: str, one: Evidence, two: Evidence) -> bool:
    """Whether a value can have a passage before another one."""
    place = value.find(one.exact_text)
    return place < 0 or value.find(two.exact_text, place + len(one.exact_text)) >= 0


@contents_follow_the_text.suspects
def _() -> Iterator[Suspects]:
    sql = """WITH e AS (SELECT owner, paragraph_number, start, "end", exact_text,
            lag(exact_text) OVER w AS before, lag("end") OVER w AS closed, lag(paragraph_number) OVER w AS paragraph
            FROM evidence WHERE field = 'content_text' WINDOW w AS (PARTITION BY owner ORDER BY start, "end"))
        SELECT DISTINCT t.row FROM statements t JOIN e ON e.owner = t.statement_id WHERE e.start < e.closed
            OR e.paragraph = e.paragraph_number AND contains(t.content_text, e.before)
                AND NOT contains(substr(t.content_text,
                    position(e.before IN t.content_text) + length(e.before)), e.exact_text)"""
    yield Suspects(Statement, sql, {Evidence: owned_by_focus(Statement)})


@contents_follow_the_text.fault("r71-reversed", "the passages of what is said are in reversed order")
def _(record: Index) -> Spoilt:
    row, one, two = _in_two_passages(record)
    content = SPAN_SEPARATOR.join((two.exact_text, one.exact_text))
    found = f"content {show(two.exact_text, 40)} and {show(one.exact_text, 40)}, in this order"
    return spoilt(row, found, content_text=content)


def _in_two_passages(record: Index) -> tuple[Statement, Evidence, Evidence]:
    """A statement whose content is two passages of one paragraph, and these."""

    def passages(row: Statement) -> list[Evidence]:
        return sorted(record.evidence(row.statement_id, "content_text"), key=lambda piece: piece.start)

    def is_it(row: Statement) -> bool:
        found = passages(row)
        return (
            len(found) == 2
            and row.content_text == SPAN_SEPARATOR.join(piece.exact_text for piece in found)
            and (found[0].paragraph_number == found[1].paragraph_number)
        )

    row = first(record[Statement], is_it)
    one, two = passages(row)
    return row, one, two


@contents_follow_the_text.fault("r71-overlapping", "a passage of what is said reaches into the next one")
def _(record: Index) -> Spoilt:
    row, one, two = _in_two_passages(record)
    longer = one.model_copy(update={"end": two.start + 1})
    found = f"content {show(two.exact_text, 40)} and {show(one.exact_text, 40)}, which overlap"
    return Spoilt(f"{row.statement_id}: {found}", (change(one, end=longer.end),))


@rule("R34", reads=(Document,))
def article_is_described(record: Record) -> Iterator[Finding]:
    """Hashes, encoding, length and numbers of words and paragraphs are those of the article; title, byline and dateline
    stand in it."""
    for row in record[Document]:
        article = record.articles.get(row.document_id)
        if article is None:
            continue
        counted = {
            "text_sha256": article.sha256,
            "text_encoding": article.encoding,
            "counted_sha256": article.counted_sha256,
            "text_length": len(article.text),
            "word_count": len(article.text.split()),
            "paragraph_count": len(article.paragraphs),
        }
        for name, value in counted.items():
            if getattr(row, name) != value:
                yield Finding(row, f"{name} {getattr(row, name)}", str(value), REBUILD)
        for name in ("title", "byline", "dateline_text"):
            if (getattr(row, name) or "") not in article.text:
                yield Finding(row, f"{name} {show(getattr(row, name), 60)}", "words of the article", REBUILD)


@article_is_described.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM documents t JOIN articles a USING (document_id) WHERE t.text_sha256 <> a.sha256
        OR t.text_encoding <> a.encoding OR t.counted_sha256 <> a.counted
        OR t.text_length <> a.length OR t.word_count <> a.words OR t.paragraph_count <> a.paragraphs
        OR NOT contains(a.text, coalesce(t.title, '')) OR NOT contains(a.text, coalesce(t.byline, ''))
        OR NOT contains(a.text, coalesce(t.dateline_text, ''))"""
    yield Suspects(Document, sql, uses=(ARTICLES,))


@article_is_described.fault("r34-encoding", "an article has another encoding")
def _(record: Index) -> Spoilt:
    return spoilt(record[Document][0], "text_encoding utf-32", text_encoding="utf-32")


@article_is_described.fault("r34-length", "an article has one character more")
def _(record: Index) -> Spoilt:
    row = record[Document][0]
    return spoilt(row, f"text_length {row.text_length + 1}", text_length=row.text_length + 1)
