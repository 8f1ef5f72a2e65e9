"""Actors, sources, places, topics, references and codes: used, whole, named and counted as everywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...model import codes
from ...model.cells import LIST_SEPARATOR, joined, split
from ...model.columns import NOT_STATED, WEB_ADDRESS
from ...model.computed import source_documents, units_of
from ...model.index import Index, label_columns, source_columns
from ...model.rows import Row, columns, has_given_id, id_prefix, stands_in_article
from ...model.tables import (
    BY_NAME,
    TABLES,
    Actor,
    CodeRow,
    Decision,
    Document,
    Event,
    EventActor,
    EventReport,
    Evidence,
    Mention,
    PlaceRow,
    Reference,
    Sentence,
    Source,
    Statement,
    Topic,
)
from ...problems.wording import show
from ...text import dates, edtf
from ...text.spans import Span
from ..columnar.sql import above, chained, in_focus, items, key, literal, owned_by_focus, parts, quoted, references
from ..columnar.suspects import Suspects, distinct
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, another, day_after, drop, first, like, spoilt


def _referring(*targets: type[Row]) -> tuple[type[Row], ...]:
    """Some tables, and those that refer to them."""
    return *targets, *(model for target in targets for model, *_ in references(target.TABLE))


def _unused(record: Record, model: type[Row]) -> Iterator[Finding]:
    used = {
        value
        for other, name, _ in references(model.TABLE)
        for row in record[other]
        for value in split(getattr(row, name))
    }
    for row in record[model]:
        if row.id[0] not in used:
            yield Finding(row, "used nowhere", "at least one row that refers to it", "use it or remove it")


def _unused_suspects(model: type[Row]) -> Suspects:
    """Rows that no row refers to."""
    table = model.TABLE
    joins = [
        f"ANTI JOIN (SELECT {items(name) if many else quoted(name)} AS id FROM {quoted(other.TABLE)} "
        f"WHERE {quoted(name)} IS NOT NULL) AS u{number} ON u{number}.id = t.{key(table)}"
        for number, (other, name, many) in enumerate(references(table))
    ]
    return Suspects(model, f"SELECT t.row FROM {quoted(table)} t {' '.join(joins)}")


@rule("R14", "warning", reads=_referring(Actor))
def actor_is_used(record: Record) -> Iterator[Finding]:
    """An actor is mentioned, acts, speaks, is spoken of, or stands behind a source."""
    yield from _unused(record, Actor)


@actor_is_used.suspects
def _() -> Iterator[Suspects]:
    yield _unused_suspects(Actor)


@actor_is_used.fault("r14-actor-unused", "an actor whom nothing names")
def _(record: Index) -> Spoilt:
    added = like(record[Actor][0], actor_id="act-nobody", name="Nobody", mention_count=0, document_count=0)
    return Spoilt("act-nobody: used nowhere", (added,))


@rule("R15", "warning", reads=_referring(Source))
def source_is_used(record: Record) -> Iterator[Finding]:
    """A source is relied on by an article or stands behind one that is."""
    yield from _unused(record, Source)


@source_is_used.suspects
def _() -> Iterator[Suspects]:
    yield _unused_suspects(Source)


@source_is_used.fault("r15-source-unused", "a source on which nothing relies")
def _(record: Index) -> Spoilt:
    added = like(record[Source][0], source_id="src-nobody", name="Nobody", document_count=0)
    return Spoilt("src-nobody: used nowhere", (added,))


@rule("R16", "warning", reads=_referring(PlaceRow, Topic, Reference))
def register_entry_is_used(record: Record) -> Iterator[Finding]:
    """A place, topic or reference is used by a row."""
    for model in (PlaceRow, Topic, Reference):
        yield from _unused(record, model)


@register_entry_is_used.suspects
def _() -> Iterator[Suspects]:
    for model in (PlaceRow, Topic, Reference):
        yield _unused_suspects(model)


@register_entry_is_used.fault("r16-topic-unused", "a topic on which nobody speaks")
def _(record: Index) -> Spoilt:
    added = like(record[Topic][0], topic_id="top-nothing", name="Nothing", statement_count=0)
    return Spoilt("top-nothing: used nowhere", (added,))


#: Columns by which a row belongs to another one of its table, and what to correct in a circle of them.
_CHAINS: tuple[tuple[type[Row], str, str], ...] = (
    (Event, "part_of_event_id", "correct “part_of”"),
    (Actor, "parent_actor_id", "correct “parent”"),
    (Source, "origin_source_id", "correct “origin”"),
)


@rule("R25", reads=(Event, Actor, Source))
def whole_and_part_are_sound(record: Record) -> Iterator[Finding]:
    """No event is part of itself or held apart from itself, no actor belongs to itself and no source goes back to
    itself, directly or through others."""
    for model, column, remedy in _CHAINS:
        circles = {circle[0]: circle for circle in record.circles(model, column)}
        for row in record[model]:
            if circle := circles.get(row.id[0]):  # a circle is said once, at its first row by id
                way = f" through {', '.join(circle[1:])}" if circle[1:] else ""
                yield Finding(row, f"{column} leads back to it{way}", "no circle", remedy)
    for event in record[Event]:
        if event.event_id in split(event.distinct_event_ids):
            yield Finding(event, "distinct from itself", "other events", "correct “distinct_from”")


@whole_and_part_are_sound.suspects
def _() -> Iterator[Suspects]:
    for model, column, _ in _CHAINS:
        yield Suspects(model, chained(model.TABLE, column), {model: above(model.TABLE, column)})
    sql = f"SELECT t.row FROM events t WHERE list_contains({parts('distinct_event_ids')}, event_id)"
    yield Suspects(Event, sql)


@whole_and_part_are_sound.fault("r25-part-of-its-part", "an event is part of a part of itself")
def _(record: Index) -> Spoilt:
    wholes = {row.event_id: row for row in record[Event] if row.part_of_event_id is None}
    part = first(record[Event], lambda row: row.part_of_event_id in wholes)
    whole = wholes[part.part_of_event_id or ""]
    one, two = sorted((part.event_id, whole.event_id))
    found = f"{one}: part_of_event_id leads back to it through {two}"
    return Spoilt(found, spoilt(whole, "", part_of_event_id=part.event_id).edits)


@whole_and_part_are_sound.fault("r25-distinct-from-itself", "an event is distinct from itself")
def _(record: Index) -> Spoilt:
    row = first(record[Event], distinct_event_ids=None)
    return spoilt(row, "distinct from itself", distinct_event_ids=row.event_id)


@whole_and_part_are_sound.fault("r25-actor-of-itself", "an actor belongs to itself")
def _(record: Index) -> Spoilt:
    row = record[Actor][0]
    return spoilt(row, "parent_actor_id leads back to it", parent_actor_id=row.actor_id)


@whole_and_part_are_sound.fault("r25-source-of-itself", "a source goes back to itself")
def _(record: Index) -> Spoilt:
    row = record[Source][0]
    return spoilt(row, "origin_source_id leads back to it", origin_source_id=row.source_id)


@rule("R30", reads=(PlaceRow,), is_local=True)
def coordinates_are_whole(record: Record) -> Iterator[Finding]:
    """A place has both coordinates and says where they were seen, or has none of the three."""
    for row in record[PlaceRow]:
        given = [name for name in ("latitude", "longitude", "coordinate_basis") if getattr(row, name) is not None]
        if len(given) not in (0, 3):
            expected = "latitude, longitude and coordinate_basis, or none of them"
            yield Finding(row, f"only {', '.join(given)}", expected, "complete it in the register of places")


@coordinates_are_whole.suspects
def _() -> Iterator[Suspects]:
    yield distinct(PlaceRow, "latitude IS NULL", "longitude IS NULL", "coordinate_basis IS NULL")


@coordinates_are_whole.fault("r30-half-a-coordinate", "a place has a latitude and no longitude")
def _(record: Index) -> Spoilt:
    row = first(record[PlaceRow], lambda row: row.longitude is not None)
    return spoilt(row, "only latitude, coordinate_basis", longitude=None)


#: Tables with a column that repeats names, and the tables of these.
_LABELLED = tuple({one: None for model, _, _, targets in label_columns() for one in (model, *targets)})


@rule("R46", reads=_LABELLED)
def labels_agree(record: Record) -> Iterator[Finding]:
    """A name that stands beside an id is the name of what the id stands for."""
    for model, label, names, targets in label_columns():
        for row in record[model]:
            pairs = [(getattr(row, name), target) for name, target in zip(names, targets, strict=True)]
            if any(_is_unknown(record, target, value) for cell, target in pairs for value in split(cell)):
                continue  # that an id has no row is R28
            expected = joined(_label(record, target, value) for cell, target in pairs for value in split(cell))
            found = getattr(row, label)
            if found != expected:
                yield Finding(row, f"{label} {show(found or '', 60)}", show(expected or "", 60), REBUILD)


def _is_unknown(record: Record, model: type[Row], identity: str) -> bool:
    """Whether a value is an id without a row, and no labelled missing value."""
    return record.row(model, identity) is None and identity not in NOT_STATED


def _label(record: Record, model: type[Row], identity: str) -> str:
    """The name of a row; a labelled missing value stands for itself."""
    row = record.row(model, identity)
    return row.caption if row else identity


@labels_agree.suspects
def _() -> Iterator[Suspects]:
    for model, label, names, targets in label_columns():
        pairs = [(name, target.TABLE) for name, target in zip(names, targets, strict=True)]
        many = columns(model)[names[0]].many
        yield Suspects(
            model,
            _mislabelled_lists(model.TABLE, label, *pairs[0]) if many else _mislabelled(model.TABLE, label, pairs),
        )


def _mislabelled_lists(table: str, label: str, ids: str, target: str) -> str:
    """Rows whose label is not made of the names of the ids that a column lists."""
    return f"""WITH pairs AS (SELECT DISTINCT {ids} AS ids, {label} AS label FROM {table}),
        items AS (SELECT *, {items("ids")} AS id, generate_subscripts({parts("ids")}, 1) AS place FROM pairs),
        made AS (SELECT ids, label FROM items LEFT JOIN {target} n ON n.{key(target)} = items.id GROUP BY ids, label
            HAVING string_agg({_name(target, "n", "items.id")}, {literal(LIST_SEPARATOR)} ORDER BY place)
            IS DISTINCT FROM label)
    SELECT t.row FROM {table} t JOIN made ON t.{ids} = made.ids AND t.{label} IS NOT DISTINCT FROM made.label
    UNION SELECT t.row FROM {table} t WHERE t.{ids} IS NULL AND t.{label} IS NOT NULL"""


def _mislabelled(table: str, label: str, pairs: list[tuple[str, str]]) -> str:
    """Rows whose label is not the name of what their id stands for, in whichever of some columns that is."""
    joins = " ".join(
        f"LEFT JOIN {quoted(target)} n{n} ON n{n}.{key(target)} = t.{name}" for n, (name, target) in enumerate(pairs)
    )
    made = ", ".join(_name(target, f"n{n}", f"t.{name}") for n, (name, target) in enumerate(pairs))
    return f"""SELECT t.row FROM {table} t {joins}
        WHERE t.{label} IS DISTINCT FROM nullif(concat_ws({literal(LIST_SEPARATOR)}, {made}), '')"""


def _name(target: str, alias: str, identity: str) -> str:
    return f"coalesce({alias}.{BY_NAME[target].LABEL.strip('{}')}, {identity})"


@labels_agree.fault("r46-label", "the name beside an id is another")
def _(record: Index) -> Spoilt:
    row = record[EventActor][0]
    name = another(record[EventActor], row, "actor_name").actor_name
    return spoilt(row, f"actor_name {show(name, 60)}", actor_name=name)


def _number(table: str, column: str, counted: str = "count(*)", where: str = "true") -> str:
    """A query for the number ``found`` of rows of a table by the ``id`` in one of its columns."""
    return f"SELECT {column} AS id, {counted} AS found FROM {table} WHERE {where} GROUP BY 1"


_BOILERPLATE = _number("sentences", "document_id", 'sum("end" - start)', "disposition = 'boilerplate'")
#: Tables with a count of rows elsewhere: its column, the query that counts, the table that is counted.
_COUNTED: tuple[tuple[type[Row], str, str, type[Row]], ...] = (
    (Document, "sentence_count", _number("sentences", "document_id"), Sentence),
    (Document, "statement_count", _number("statements", "document_id"), Statement),
    (Document, "event_report_count", _number("event_reports", "document_id"), EventReport),
    (Document, "boilerplate_length", _BOILERPLATE, Sentence),
    (Actor, "mention_count", _number("mentions", "actor_id"), Mention),
    (Actor, "document_count", _number("mentions", "actor_id", "count(DISTINCT document_id)"), Mention),
    (PlaceRow, "mention_count", _number("mentions", "place_id"), Mention),
    (Topic, "statement_count", _number("statements", "topic_id"), Statement),
)


@rule(
    "R47",
    reads={Source, Evidence, *source_columns(), *(one for model, *_, other in _COUNTED for one in (model, other))},
)
def counts_are_recounted(record: Record) -> Iterator[Finding]:
    """A column that counts rows of other tables has their number."""
    for row, counted in _counts(record):
        for name, value in counted.items():
            if getattr(row, name) != value:
                yield Finding(row, f"{name} {getattr(row, name)}", str(value), REBUILD)


def _counts(record: Record) -> Iterator[tuple[Row, dict[str, int]]]:
    """Every row with counts, and what they should be."""
    for document in record[Document]:
        sentences = record.of_article(Sentence, document)
        yield (
            document,
            {
                "sentence_count": len(sentences),
                "statement_count": len(record.of_article(Statement, document)),
                "event_report_count": len(record.of_article(EventReport, document)),
                "boilerplate_length": sum(s.end - s.start for s in sentences if s.disposition == "boilerplate"),
            },
        )
    for actor in record[Actor]:
        found = record.grouped(Mention, "actor_id").get(actor.actor_id, ())
        yield actor, {"mention_count": len(found), "document_count": len({mention.document_id for mention in found})}
    for place in record[PlaceRow]:
        yield place, {"mention_count": len(record.grouped(Mention, "place_id").get(place.place_id, ()))}
    for topic in record[Topic]:
        yield topic, {"statement_count": len(record.grouped(Statement, "topic_id").get(topic.topic_id, ()))}
    used = source_documents(record)
    for source in record[Source]:
        yield source, {"document_count": len(used.get(source.source_id, ()))}
    evidence = record.grouped(Evidence, "document_id")
    for document_id, sentences in record.grouped(Sentence, "document_id").items():
        ordered = sorted(sentences, key=lambda row: row.start)
        units = units_of(evidence.get(document_id, ()), [Span(row.start, row.end) for row in ordered])
        yield from ((row, {"unit_count": len(found)}) for row, found in zip(ordered, units, strict=True))


@counts_are_recounted.suspects
def _() -> Iterator[Suspects]:
    for model, column, counted, other in _COUNTED:
        counting: tuple[type[Row], ...] = (Sentence, Statement, EventReport) if model is Document else (other,)
        seen = dict.fromkeys(counting, in_focus(model.KEY[0]))
        yield Suspects(model, _miscounted(model, column, counted), seen)
    relied = source_columns()
    used = " UNION ".join(
        f"SELECT {name} AS id, document_id FROM {model.TABLE}" for model, names in relied.items() for name in names
    )
    counted = f"SELECT id, count(DISTINCT document_id) AS found FROM ({used}) GROUP BY id"
    context = {model: " OR ".join(in_focus(name, "source_id") for name in names) for model, names in relied.items()}
    yield Suspects(Source, _miscounted(Source, "document_count", counted), context)
    sql = """WITH s AS (SELECT row, document_id, start, unit_count, lead(start) OVER w AS next,
        lag(row) OVER w IS NULL AS is_first
            FROM sentences WINDOW w AS (PARTITION BY document_id ORDER BY start, row)),
        units AS (SELECT DISTINCT document_id, start, "end", coalesce(owner, '') || coalesce(document_fact, '') AS unit
            FROM evidence
            WHERE actor_id IS NULL AND discrepancy_id IS NULL AND event_actor_id IS NULL)
    SELECT s.row FROM s LEFT JOIN units u ON u.document_id = s.document_id AND (s.next IS NULL OR u.start < s.next)
        AND (s.is_first OR u."end" > s.start)
        GROUP BY s.row, s.unit_count HAVING count(DISTINCT u.unit) <> s.unit_count"""
    yield Suspects(Sentence, sql, {Sentence: in_focus("document_id"), Evidence: in_focus("document_id")})


def _miscounted(model: type[Row], column: str, counted: str) -> str:
    """Rows whose count is not what a query gives as ``found`` by ``id``."""
    return f"""WITH c AS ({counted}) SELECT t.row FROM {model.TABLE} t LEFT JOIN c ON c.id = t.{model.KEY[0]}
        WHERE t.{column} IS DISTINCT FROM coalesce(c.found, 0)"""


@counts_are_recounted.fault("mention-gone", "a mention is gone", "spans")
def _(record: Index) -> Spoilt:
    gone = first(record[Mention], lambda row: row.actor_id)
    actor = first(record[Actor], actor_id=gone.actor_id)
    return Spoilt(f"{actor.actor_id}: mention_count {actor.mention_count}", drop([gone]))


@counts_are_recounted.fault("r47-count", "an actor is mentioned once more")
def _(record: Index) -> Spoilt:
    row = record[Actor][0]
    return spoilt(row, f"mention_count {row.mention_count + 1}", mention_count=row.mention_count + 1)


@rule("R48", reads=(EventReport, Source))
def origin_is_the_root(record: Record) -> Iterator[Finding]:
    """The origin that groups reports is the end of a chain of sources, so that one origin has one group."""
    for row in record[EventReport]:
        source = record.row(Source, row.independence_group)
        if source and source.origin_source_id:
            expected = f"{source.origin_source_id}, the origin of {source.source_id}, or what that goes back to"
            yield Finding(row, f"independence_group {source.source_id}", expected, REBUILD)


@origin_is_the_root.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM event_reports t JOIN sources s ON s.source_id = t.independence_group
        WHERE s.origin_source_id IS NOT NULL"""
    yield Suspects(EventReport, sql)


@origin_is_the_root.fault("r48-origin", "a report goes back to another origin")
def _(record: Index) -> Spoilt:
    source = first(record[Source], lambda row: row.origin_source_id).source_id
    return spoilt(record[EventReport][0], f"independence_group {source}", independence_group=source)


@rule("R49", reads=(CodeRow,))
def codes_are_the_lists(record: Record) -> Iterator[Finding]:
    """The table of codes is the code lists of the program that checks it."""
    listed = {(code.list, code.code): code for codebook in codes.lists().values() for code in codebook.codes.values()}
    for row in record[CodeRow]:
        code = listed.pop((row.list, row.code), None)
        if code is None:
            yield Finding(row, "a code of no list", f"a code of one of the {len(codes.lists())} lists", REBUILD)
        elif (row.label, row.definition) != (code.label, code.definition):
            expected = show(f"{code.label}: {code.definition}")
            yield Finding(row, show(f"{row.label}: {row.definition}"), expected, REBUILD)
    for name, missing in sorted(listed):
        first_row = next((row for row in record[CodeRow] if row.list == name), None) or next(
            iter(record[CodeRow]), None
        )
        if first_row is not None:
            yield Finding(first_row, f"no row for {name}.{missing}", "a row for each code", REBUILD)


@codes_are_the_lists.suspects
def _() -> Iterator[Suspects]:
    # As many rows as there are codes, whatever the size of the package: all of them are judged.
    yield Suspects(CodeRow, "SELECT min(t.row) FROM codes t", {CodeRow: "true"}, also=(CodeRow,))


@codes_are_the_lists.fault("r49-code-list", "a code has another definition")
def _(record: Index) -> Spoilt:
    row = record[CodeRow][0]
    return spoilt(row, show(f"{row.label}: When it applies."), definition="When it applies.")


@codes_are_the_lists.fault("r49-code-gone", "a code is missing from the list")
def _(record: Index) -> Spoilt:
    stays, gone, *_ = record.grouped(CodeRow, "list")[record[CodeRow][0].list]
    return Spoilt(f"{stays.display_id}: no row for {gone.display_id}", drop([gone]))


@rule("R50", reads=(Document,), is_local=True)
def publication_is_within_words(record: Record) -> Iterator[Finding]:
    """The date of publication lies in the span that the words of the article alone allow."""
    for row in record[Document]:
        words = row.published_text_date
        if words and not edtf.parse(row.published_date).within(edtf.parse(words)):
            remedy = "change “date” or “text_date” under “published:”"
            yield Finding(row, row.published_date, f"within {words}", remedy)


@publication_is_within_words.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Document, "published_date", "published_text_date")


@publication_is_within_words.fault("r50-outside-its-words", "an article is published on a day that its words rule out")
def _(record: Index) -> Spoilt:
    row = record[Document][0]
    day = str(day_after(edtf.parse(row.published_date).end))
    return spoilt(row, row.published_date, published_text_date=day)


@rule("R74", reads=(Document, Evidence))
def publication_is_what_words_state(record: Record) -> Iterator[Finding]:
    """A date of publication that the article states is the one that its words give."""
    for row in record[Document]:
        if row.published_basis != "stated":
            continue
        words = [
            piece.exact_text
            for piece in record.evidence(row.document_id, "published_date")
            if piece.support == "states"
        ]
        if odd := dates.unlike(words, row.published_date):
            expected = f"{odd[1]} for {show(odd[0], 60)}" if odd[0] else "words that state it, under “quotes:”"
            remedy = "correct “date” or “quotes” under “published:”, or its “basis”"
            yield Finding(row, f"published_date {row.published_date}, stated", expected, remedy)


@publication_is_what_words_state.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM documents t LEFT JOIN evidence e
        ON e.owner = t.document_id AND e.field = 'published_date'
        AND e.support = 'states' WHERE t.published_basis = 'stated'
        AND (e.exact_text IS NULL OR e.exact_text NOT IN (t.published_date, 'date ' || t.published_date))"""
    yield Suspects(Document, sql, {Evidence: owned_by_focus(Document)})


@publication_is_what_words_state.fault("r74-published-on-another-day", "an article is published a day after its words")
def _(record: Index) -> Spoilt:
    row = first(record[Document], published_basis="stated")
    day = str(day_after(edtf.parse(row.published_date).end))
    # A statement open towards the past ends with the day of publication, so that it is open still.
    return spoilt(row, f"published_date {day}, stated", published_date=day, published_text_date=day)


#: Tables whose rows belong to one article each, whose key their ids repeat.
_IN_ARTICLE = tuple(filter(stands_in_article, TABLES))


@rule("R51", reads=_IN_ARTICLE)
def ids_name_their_article(record: Record) -> Iterator[Finding]:
    """An id that names an article names the one that its row belongs to."""
    for model in _IN_ARTICLE:
        for row in record[model]:
            if row.id[0].split("-")[1] != row.article_id.removeprefix("doc-"):
                yield Finding(row, f"in {row.article_id}", "the article that its id names", REBUILD)


@ids_name_their_article.suspects
def _() -> Iterator[Suspects]:
    for model in _IN_ARTICLE:
        begins = f"starts_with({model.KEY[0]}, {literal(id_prefix(model))} || substr(document_id, 5) || '-')"
        sql = f"SELECT t.row FROM {model.TABLE} t WHERE contains(substr(document_id, 5), '-') OR NOT {begins}"
        yield Suspects(model, sql)


@ids_name_their_article.fault("article-of-another", "a mention is said to be in another article", "spans")
def _(record: Index) -> Spoilt:
    row = record[Mention][0]
    other = another(record[Mention], row, "document_id").document_id
    return spoilt(row, f"in {other}", document_id=other)


@ids_name_their_article.fault("r51-id-of-another-article", "a decision has the id of another article")
def _(record: Index) -> Spoilt:
    row = record[Decision][0]
    other = another(record[Document], row, "document_id").document_id
    return spoilt(row, f"in {other}", document_id=other)


#: Tables whose ids are made of the id of their article and of the number that a sheet gives.
_NUMBERED = tuple(filter(has_given_id, _IN_ARTICLE))


@rule("R75", reads=_NUMBERED, is_local=True)
def units_are_numbered(record: Record) -> Iterator[Finding]:
    """The id of what a sheet codes ends in two or three digits, as the sheet numbers it."""
    for model in _NUMBERED:
        for row in record[model]:
            if not re.fullmatch(r"[a-z]+-[0-9a-f]+-[0-9]{2,3}", row.id[0], re.ASCII):
                number = re.sub("[^0-9]", "", row.id[0].rpartition("-")[2])[:3].zfill(2)
                expected = f"two or three digits at its end, such as {id_prefix(model)}{row.article_id[4:]}-{number}"
                yield Finding(row, f"the id {show(row.id[0], 60)}", expected, REBUILD)


@units_are_numbered.suspects
def _() -> Iterator[Suspects]:
    for model in _NUMBERED:
        sound = f"regexp_full_match({model.KEY[0]}, '[a-z]+-[0-9a-f]+-[0-9]{{2,3}}')"
        yield Suspects(model, f"SELECT row FROM {model.TABLE} WHERE NOT {sound}")


@units_are_numbered.fault("r75-no-number", "the id of a decision is none that a sheet can make")
def _(record: Index) -> Spoilt:
    row = record[Decision][0]
    identity = f"{row.decision_id}s"
    return Spoilt(f"{identity}: the id {show(identity)}", spoilt(row, "", decision_id=identity).edits)


#: Where an address begins: a scheme with something behind its colon, or two slashes or backslashes.
_BEGINS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=\S)|[/\\]{2}")


@rule("R72", reads=(Reference,), is_local=True)
def addresses_are_of_the_web(record: Record) -> Iterator[Finding]:
    """Where a reference was seen, each address begins with https:// or http://, a host and no user name."""
    for row in record[Reference]:
        for word in row.seen_at.split():
            address = word.strip("()<>“”‘’\"',;")
            if _BEGINS.match(address) and not re.fullmatch(WEB_ADDRESS, address):
                expected = "an address such as https://example.org/page, in ASCII, or the name of a site"
                yield Finding(row, f"seen_at {show(word, 60)}", expected, "write the address as a browser shows it")


@addresses_are_of_the_web.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(
        Reference, f"SELECT row FROM {quoted(Reference.TABLE)} WHERE regexp_matches(seen_at, '[:/{chr(92) * 2}]')"
    )


@addresses_are_of_the_web.fault("r72-script-for-an-address", "a reference was seen at a script")
def _(record: Index) -> Spoilt:
    return spoilt(record[Reference][0], f"seen_at {show('javascript:alert(1)')}", seen_at="javascript:alert(1)")


@addresses_are_of_the_web.fault("r72-user-name-in-an-address", "the address of a reference has a user name for a host")
def _(record: Index) -> Spoilt:
    address = "https://un.org@example.org/"
    return spoilt(record[Reference][0], f"seen_at {show(address)}", seen_at=f"{address} on 2 May")


@rule("R76", reads=(Document,), is_local=True)
def coding_is_what_it_says(record: Record) -> Iterator[Finding]:
    """An article was coded after it was published. A machine's coding is confirmed by a further reading, and only a
    machine's coding is a draft."""
    for row in record[Document]:
        published = edtf.parse(row.published_date).start
        if published and row.coded_date < published:
            expected = f"a day from {published} on, when it was published"
            yield Finding(row, f"coded on {row.coded_date}", expected, "correct “on” under “coding:”")
        if row.coder_type == "person" and row.coding_status == "machine_draft":
            remedy = "correct “by” or “status” under “coding:”"
            yield Finding(row, "a person’s coding as a machine’s draft", "confirmed", remedy)
        elif row.coder_type != "person" and row.coding_status == "confirmed" and row.reading_count < _READINGS:
            found = f"{row.coder_type}, confirmed after {row.reading_count} reading"
            expected = f"{_READINGS} readings at least: one that codes, and one that goes through the coding"
            remedy = "write “status: machine_draft”, or go through it again and count that under “readings:”"
            yield Finding(row, found, expected, remedy)


#: Readings that a machine's coding takes before it counts as confirmed.
_READINGS = 2


@coding_is_what_it_says.suspects
def _() -> Iterator[Suspects]:
    yield distinct(Document, "published_date", "coded_date", "coder_type", "coding_status", "reading_count")


@coding_is_what_it_says.fault("r76-coded-before-published", "an article was coded before it was published")
def _(record: Index) -> Spoilt:
    return spoilt(record[Document][0], "coded on 1999-12-31", coded_date=date(1999, 12, 31))


@coding_is_what_it_says.fault("r76-confirmed-at-once", "a machine's coding is confirmed, and nobody read it again")
def _(record: Index) -> Spoilt:
    row = first(record[Document], coder_type="language_model", coding_status="confirmed")
    return spoilt(row, "language_model, confirmed after 1 reading", reading_count=1)


@coding_is_what_it_says.fault("r76-draft-of-a-person", "a person's coding is a machine's draft")
def _(record: Index) -> Spoilt:
    found = "a person’s coding as a machine’s draft"
    return spoilt(record[Document][0], found, coder_type="person", coding_status="machine_draft")
