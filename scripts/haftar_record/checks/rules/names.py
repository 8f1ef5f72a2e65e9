"""Names: told apart from each other, occurring in the articles, and standing for whom their words name."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ...model import codes
from ...model.cells import split
from ...model.computed import source_documents
from ...model.index import Index
from ...model.rows import Row
from ...model.tables import Actor, Document, Event, EventActor, Evidence, Mention, PlaceRow, Source, Statement, Topic
from ...problems.lookalikes import likenesses
from ...problems.wording import near, show
from ...text import edtf, mentions, proper_names
from ...text.spans import Span, Stretches
from ..columnar.sql import in_focus, items, literal, owned_by_focus
from ..columnar.suspects import Made, Query, Suspects
from .engine import Finding, Record, rule
from .faults import Edit, Spoilt, another, change, first, like, spoilt

#: The registers whose entries readers know by a name, and its column.
NAMED: tuple[tuple[type[Row], str], ...] = (
    (Actor, "name"),
    (Source, "name"),
    (PlaceRow, "name"),
    (Topic, "name"),
    (Event, "title"),
)


def _alike(query: Query) -> Iterator[tuple[Any, ...]]:
    """The keys of all names by which readers know an entry: a row for each."""
    for model, column in NAMED:
        for number, name in query(f"SELECT row, {column} FROM {model.TABLE}"):
            yield from ((model.TABLE, number, key) for key in likenesses(name or ""))


_ALIKE = Made("alike", columns="list number likeness", rows=_alike)


@rule("R65", reads=[model for model, _ in NAMED])
def names_are_told_apart(record: Record) -> Iterator[Finding]:
    """No two actors, sources, places, topics or events have names that differ in nothing but case, accents, blanks,
    marks or letters that look alike."""
    for model, column in NAMED:
        known: dict[str, Row] = {}
        for row in record[model]:
            name, keys = getattr(row, column), sorted(likenesses(getattr(row, column)))
            if twin := next((known[key] for key in keys if key in known), None):
                expected = f"another {column} than {show(getattr(twin, column))} of {twin.display_id}"
                apart = "say in the titles" if model is Event else "add to one"
                such = "" if model is Event else ", such as “Tripoli (Lebanon)”"
                remedy = f"make them one entry, or {apart} what tells them apart{such}"
                yield Finding(row, f"{column} {show(name)}", expected, remedy)
            for key in keys:
                known.setdefault(key, row)


@names_are_told_apart.suspects
def _() -> Iterator[Suspects]:
    for model, _ in NAMED:
        own = f"(SELECT * FROM alike WHERE list = {literal(model.TABLE)})"
        twins = f"""SELECT DISTINCT number AS row FROM {own} WHERE likeness IN
            (SELECT likeness FROM {own} GROUP BY likeness HAVING count(*) > 1)"""
        same = f"""row IN (SELECT number FROM {own} WHERE likeness IN
            (SELECT likeness FROM {own} WHERE number IN (SELECT row FROM focus)))"""
        yield Suspects(model, twins, {model: same}, uses=(_ALIKE,))


@names_are_told_apart.fault("r65-two-of-one-name", "two actors have the same name")
def _(record: Index) -> Spoilt:
    row = record[Actor][0]
    added = like(row, actor_id="act-zzz-twin", aliases=None)
    return Spoilt(f"act-zzz-twin: name {show(row.name)}", (added,))


@names_are_told_apart.fault("r65-twin-in-other-letters", "the title of an event has Cyrillic letters beside its twin")
def _(record: Index) -> Spoilt:
    one, two = record[Event][:2]
    title = one.title.upper().replace("A", "А").replace("E", "Е")
    return spoilt(two, f"title {show(title)}", title=title)


def _entries(record: Index) -> Iterator[tuple[Actor | PlaceRow, list[str], str]]:
    """Every actor and place, with its aliases and the column by which a mention means it."""
    for actor in record[Actor]:
        yield actor, split(actor.aliases), "actor_id"
    for place in record[PlaceRow]:
        yield place, split(place.aliases), "place_id"


@rule("R66", reads=(Actor, PlaceRow), is_local=True)
def aliases_are_names(record: Record) -> Iterator[Finding]:
    """An alias has two letters or digits at least, is not longer than a name can be, and is no word that every article
    has."""
    for row, aliases, _ in _entries(record):
        for words in aliases:
            if wrong := mentions.fault(words):
                found = f"alias {show(words, 60)}: {wrong[0]}"
                yield Finding(row, found, wrong[1], "correct the alias or remove it")


@aliases_are_names.suspects
def _() -> Iterator[Suspects]:
    doubts = f"length(a) > {mentions.LONGEST} OR length(a) < 12 AND NOT regexp_full_match(a, '[A-Z].*[A-Z0-9].*')"
    for model in (Actor, PlaceRow):
        sql = f"SELECT DISTINCT row FROM (SELECT row, {items('aliases')} AS a FROM {model.TABLE}) WHERE {doubts}"
        yield Suspects(model, f"{sql} OR length(regexp_replace(a, '[^A-Za-z0-9]', '', 'g')) < 2")


@aliases_are_names.fault("r66-alias-of-one-letter", "an actor is called by one letter")
def _(record: Index) -> Spoilt:
    return spoilt(record[Actor][0], f"alias {show('a')}: one letter", aliases="a")


@aliases_are_names.fault("r66-alias-without-letters", "a place is called by two signs")
def _(record: Index) -> Spoilt:
    return spoilt(record[PlaceRow][0], f"alias {show('.*')}: no letter", aliases=".*")


@rule("R67", "warning", reads=(Actor, Mention, PlaceRow))
def aliases_occur(record: Record) -> Iterator[Finding]:
    """Every alias of an actor or place is one by which an article names it; a misspelt one drops what it was meant to
    find."""
    for row, aliases, column in _entries(record):
        mentioned = record.grouped(Mention, column).get(row.id[0], ())
        words = {mention.surface_text for mention in mentioned} if aliases else set()
        if idle := [alias for alias in aliases if mentions.fault(alias) is None and not _is_among(alias, words)]:
            others = [row.name, *(alias for alias in aliases if alias not in idle)]
            close = near(idle[0], [name for name in others if idle[0] not in name])  # a longer one is no other spelling
            more = f" and {len(idle) - 1} more" if idle[1:] else ""
            found = f"alias {show(idle[0], 60)}{more}, by which no article names it"
            remedy = "spell it letter by letter as an article has it; if longer names hide it, remove it"
            yield Finding(row, found, f"words of an article{f', such as {show(close)}' if close else ''}", remedy)


def _is_among(alias: str, words: set[str]) -> bool:
    """Whether an alias is among some words, however their marks and capitals are printed."""
    return alias in words or any(mentions.stands_for(alias, one) for one in words)


@aliases_occur.suspects
def _() -> Iterator[Suspects]:
    for model, column in ((Actor, "actor_id"), (PlaceRow, "place_id")):
        called = f"SELECT row, {column} AS id, {items('aliases')} AS words FROM {model.TABLE}"
        sql = f"""SELECT DISTINCT a.row FROM ({called}) a
            ANTI JOIN mentions m ON m.{column} = a.id AND m.surface_text = a.words"""
        yield Suspects(model, sql, {Mention: in_focus(column)})


@aliases_occur.fault("r67-alias-misspelt", "an alias of an actor is misspelt")
def _(record: Index) -> Spoilt:
    row = first(record[Actor], lambda row: row.aliases)
    alias = f"{split(row.aliases)[0]}zz"
    return spoilt(row, f"alias {show(alias)}, by which no article names it", aliases=f"{row.aliases};{alias}")


@rule("R77", reads=(Actor, PlaceRow))
def search_names_lead_to_their_entry(record: Record) -> Iterator[Finding]:
    """A search name has two letters or digits at least, adds something to the name and the aliases of its actor or
    place, and is not the name of another, to which it would have to lead."""
    named = {(type(row), key): row for row, _, _ in reversed(list(_entries(record))) for key in likenesses(row.name)}
    for row, aliases, column in _entries(record):
        for words in split(row.search_names):
            found, remedy = f"search name {show(words, 60)}", "correct the search name or remove it"
            others = [named.get((type(row), key), row) for key in sorted(likenesses(words))]
            other = next((one for one in others if one is not row), None)
            if wrong := mentions.fault(words):
                yield Finding(row, f"{found}: {wrong[0]}", wrong[1], remedy)
            elif words in (row.name, *aliases):
                yield Finding(row, f"{found}, by which it is found already", "a further name", remedy)
            elif other:
                yield Finding(row, found, f"another than the name of {getattr(other, column)}", remedy)


@search_names_lead_to_their_entry.suspects
def _() -> Iterator[Suspects]:
    for model in (Actor, PlaceRow):
        sql = f"SELECT row FROM {model.TABLE} WHERE search_names IS NOT NULL"
        yield Suspects(model, sql, {model: "true"})


@search_names_lead_to_their_entry.fault("r77-search-name-of-another", "an actor is looked for by the name of another")
def _(record: Index) -> Spoilt:
    name = another(record[Actor], record[Actor][0], "name").name
    return spoilt(record[Actor][0], f"search name {show(name)}", search_names=name)


@search_names_lead_to_their_entry.fault("r77-search-name-again", "a search name is the name of its actor")
def _(record: Index) -> Spoilt:
    row = record[Actor][0]
    return spoilt(row, f"search name {show(row.name)}, by which it is found already", search_names=row.name)


@search_names_lead_to_their_entry.fault("r77-search-name-of-one-letter", "an actor is looked for by one letter")
def _(record: Index) -> Spoilt:
    return spoilt(record[Actor][0], f"search name {show('ح')}: one letter", search_names="ح")


#: Kinds of words that name one actor whatever the article is about.
_PROPER = ("name", "title")


@rule("R68", "warning", reads=(Actor, EventActor, Evidence, Mention, Source, Statement))
def words_name_their_actor(record: Record) -> Iterator[Finding]:
    """The words that name a speaker, or an actor in an event, do not name other actors alone, unless one of these
    belongs to the other; and a person whom they name is the speaker, not somebody unnamed."""
    known = _Known(record)
    for statement in record[Statement]:
        for piece in record.evidence(statement.statement_id, "speaker_text"):
            if statement.speaker_actor_id:
                yield from known.mistaken(statement, piece, statement.speaker_actor_id, "speaker")
            else:
                yield from known.unnamed(statement, piece)
    for part in record[EventActor]:
        for piece in record.evidence(part.event_actor_id):
            yield from known.mistaken(part, piece, part.actor_id, part.role)


class _Known:
    """Whom words name: by the mentions in them, or by the name of an actor."""

    def __init__(self, record: Index) -> None:
        self.record = record
        self.names = {_bare(row.name): row.actor_id for row in reversed(record[Actor])}
        self.mentioned = {
            document: sorted((row for row in rows if row.actor_id), key=lambda row: row.start)
            for document, rows in record.grouped(Mention, "document_id").items()
        }
        self.starts = {document: [row.start for row in rows] for document, rows in self.mentioned.items()}

    def mistaken(self, row: Row, piece: Evidence, actor: str, part: str) -> Iterator[Finding]:
        """Where the words of a piece of evidence name others than the actor that they are evidence for."""
        named = self._named(piece)
        if not named or any(kind not in _PROPER for kind in named.values()):
            return
        if actor not in named and not any(self._are_kin(actor, other) for other in named):
            found = f"{part} {actor} for {show(piece.exact_text, 60)}"
            expected = f"words that name {actor}; these name {', '.join(sorted(named))}"
            remedy = f"correct the actor or the words, or add the words to the aliases of {actor}"
            yield Finding(row, found, expected, remedy)

    def unnamed(self, row: Statement, piece: Evidence) -> Iterator[Finding]:
        """Where the words for a source are the name of a person who does not speak through it."""
        source = self.record.row(Source, row.speaker_source_id)
        for mention in self._beginning_in(piece):
            actor = self.record.row(Actor, mention.actor_id)
            is_whole = (mention.start, mention.end) == (piece.start, piece.end) and mention.label_kind in _PROPER
            if not is_whole or not source or not actor or actor.actor_type != "person":
                continue
            own = source.actor_id
            if own is None or (own != actor.actor_id and not self._are_kin(own, actor.actor_id)):
                found = f"speaker {source.source_id} for {show(piece.exact_text, 60)}"
                remedy = f"write “speaker: {actor.actor_id}” in place of “source:”, or correct the words"
                yield Finding(row, found, f"{actor.actor_id}, whom these words name", remedy)

    def _beginning_in(self, piece: Evidence) -> list[Mention]:
        """The mentions of actors that begin in the words."""
        rows, starts = self.mentioned.get(piece.document_id, []), self.starts.get(piece.document_id, [])
        return rows[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]

    def _named(self, piece: Evidence) -> dict[str, str]:
        """The actors that the words name, each with the kind of words."""
        named = {row.actor_id or "": row.label_kind for row in self._beginning_in(piece) if row.end <= piece.end}
        whole = self.names.get(_bare(piece.exact_text))
        return named | ({whole: "name"} if whole else {})

    def _are_kin(self, one: str, two: str) -> bool:
        """Whether one actor belongs to the other, directly or through others."""
        return two in self._above(one) or one in self._above(two)

    def _above(self, actor: str) -> set[str]:
        above: set[str] = set()
        row = self.record.row(Actor, actor)
        while row and row.parent_actor_id and row.parent_actor_id not in above:
            above.add(row.parent_actor_id)
            row = self.record.row(Actor, row.parent_actor_id)
        return above


def _bare(name: str) -> str:
    """A name without its article, in small letters."""
    return name.lower().removeprefix("the ")


@words_name_their_actor.suspects
def _() -> Iterator[Suspects]:
    # A passage is short: it meets mentions that begin in its own stretch of the article, or in the next.
    for model, actor, field in ((Statement, "speaker_actor_id", "speaker_text"), (EventActor, "actor_id", "role")):
        bare = "regexp_replace(lower({}), '^the ', '')"
        sql = f"""WITH e AS (SELECT t.row, t.{actor} AS own, e.row AS piece, e.document_id, e.start, e."end",
                e.exact_text, unnest([e.start // 512, e.start // 512 + 1]) AS stretch
                FROM {model.TABLE} t JOIN evidence e ON e.owner = t.{model.KEY[0]} AND e.field = '{field}'
                WHERE t.{actor} IS NOT NULL),
            m AS (SELECT e.row, e.piece, bool_or(m.actor_id = e.own) AS is_own FROM e JOIN mentions m
                ON m.document_id = e.document_id AND m.start // 512 = e.stretch
                AND e.start <= m.start AND m."end" <= e."end" AND m.actor_id IS NOT NULL GROUP BY e.row, e.piece),
            n AS (SELECT DISTINCT e.row FROM e JOIN actors a ON {bare.format("a.name")} = {bare.format("e.exact_text")}
                WHERE a.actor_id <> e.own)
        SELECT DISTINCT row FROM m WHERE NOT is_own UNION SELECT row FROM n"""
        owned = owned_by_focus(model)
        articles = f"document_id IN (SELECT document_id FROM evidence WHERE {owned})"
        yield Suspects(model, sql, {Evidence: owned, Mention: articles, Actor: "true"})


@words_name_their_actor.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT DISTINCT t.row FROM statements t
        JOIN evidence e ON e.owner = t.statement_id AND e.field = 'speaker_text'
        JOIN mentions m ON m.document_id = e.document_id AND m.start = e.start AND m."end" = e."end"
        WHERE t.speaker_source_id IS NOT NULL AND m.actor_id IS NOT NULL"""
    owned = owned_by_focus(Statement)
    articles = f"document_id IN (SELECT document_id FROM evidence WHERE {owned})"
    yield Suspects(Statement, sql, {Evidence: owned, Mention: articles, Actor: "true"})


@words_name_their_actor.fault("r68-source-for-a-person", "a person who is named speaks as somebody unnamed")
def _(record: Index) -> Spoilt:
    known, used = _Known(record), source_documents(record)
    persons = {row.actor_id for row in record[Actor] if row.actor_type == "person"}

    def as_source(row: Statement) -> Statement:
        source = first(record[Source], lambda one: not one.actor_id and row.document_id in used.get(one.source_id, ()))
        values = {"speaker_actor_id": None, "speaker_source_id": source.source_id, "speaker_name": source.name}
        return row.model_copy(update=values)

    def is_named(row: Statement) -> bool:
        pieces = record.evidence(row.statement_id, "speaker_text")
        return len(pieces) == 1 and any(known.unnamed(as_source(row), pieces[0]))

    row = first(record[Statement], lambda row: row.speaker_actor_id in persons and is_named(row))
    spoken = as_source(row)
    found = f"speaker {spoken.speaker_source_id} for {show(row.speaker_text, 60)}"
    return Spoilt(f"{row.statement_id}: {found}", (Edit(row, spoken),))


@words_name_their_actor.fault("r68-speaker-of-other-words", "a statement has another speaker than its words name")
def _(record: Index) -> Spoilt:
    known = _Known(record)

    def wrong(row: Statement) -> str | None:
        own = row.speaker_actor_id
        pieces = record.evidence(row.statement_id, "speaker_text")
        if not own or len(pieces) != 1 or own not in known._named(pieces[0]):
            return None
        return next((a.actor_id for a in record[Actor] if any(known.mistaken(row, pieces[0], a.actor_id, ""))), None)

    row = first(record[Statement], wrong)
    actor = wrong(row) or ""
    name = first(record[Actor], actor_id=actor).name
    found = f"speaker {actor} for {show(row.speaker_text, 60)}"
    return spoilt(row, found, speaker_actor_id=actor, speaker_name=name)


@rule("R104", "warning", reads=(Actor, EventActor, Evidence, Mention, PlaceRow, Statement))
def words_resemble_their_actor(record: Record) -> Iterator[Finding]:
    """Words for a speaker, or for an actor in an event, that are a proper name have a word in common with a name of the
    actor, or of one that it belongs to or that belongs to it, or name a place in its country; and where a mention of an
    actor takes up all of the words, it means such an actor."""
    known = _Likely(record)
    for statement in record[Statement]:
        if statement.speaker_actor_id:
            for piece in record.evidence(statement.statement_id, "speaker_text"):
                yield from known.unlike(statement, piece, statement.speaker_actor_id, "speaker")
    for part in record[EventActor]:
        for piece in record.evidence(part.event_actor_id):
            yield from known.unlike(part, piece, part.actor_id, part.role)


class _Likely(_Known):
    """Whom words may name: by words that they share with the names of an actor, or of its kin."""

    def __init__(self, record: Index) -> None:
        super().__init__(record)
        self.parts = record.grouped(Actor, "parent_actor_id")
        self._called: dict[str, _Called] = {}
        found = record.grouped(Mention, "document_id").items()
        self.places = {
            document: Stretches((row.start, row.end, row.place_id) for row in rows if row.place_id)
            for document, rows in found
        }

    def unlike(self, row: Row, piece: Evidence, actor: str, part: str) -> Iterator[Finding]:
        """Where the words of a piece of evidence are the name of somebody else than the actor that they are for."""
        within = [mention for mention in self._beginning_in(piece) if mention.end <= piece.end]
        is_named = any(self._is_kin(actor, mention.actor_id or "") for mention in within)
        if is_named or self._is_in_its_country(piece, actor) or any(self.mistaken(row, piece, actor, part)):
            return
        found = f"{part} {actor} for {show(piece.exact_text, 60)}"
        remedy = f"correct the actor or the words, or add the words to the aliases of {actor}"
        whole = next((one for one in within if one.end == piece.end and _is_start(piece, one)), None)
        if whole:
            yield Finding(row, found, f"words for {actor}; these are a mention of {whole.actor_id}", remedy)
        elif strange := self._strange(piece, actor):
            yield Finding(row, found, f"a name of {actor}, not {show(strange, 60)}", remedy)

    def _is_in_its_country(self, piece: Evidence, actor: str) -> bool:
        """Whether words name a place in the country of an actor, as “Berlin” for Germany."""
        row, near = self.record.row(Actor, actor), self.places.get(piece.document_id)
        places = near.near(Span(piece.start, piece.end)) if near else []
        countries = {place.country_code for one in places if (place := self.record.row(PlaceRow, one))}
        return row is not None and row.country_code in countries - {None}

    def _is_kin(self, one: str, two: str) -> bool:
        return one == two or self._are_kin(one, two)

    def _strange(self, piece: Evidence, actor: str) -> str:
        """The name that the words are, where none of it is like a name of the actor or its kin; else an empty text."""
        name = _name_in(piece)
        return "" if name is None or self._names_of(actor).are_like(piece.exact_text, name) else piece.exact_text

    def _names_of(self, actor: str) -> _Called:
        if actor not in self._called:
            kin = [self.record.row(Actor, one) for one in (actor, *self._above(actor), *self._below(actor))]
            self._called[actor] = _Called([row for row in kin if row])
        return self._called[actor]

    def _below(self, actor: str) -> list[str]:
        """The actors that belong to one, directly or through others."""
        below = [actor]
        seen = {actor}
        for one in below:  # which grows as they are found
            new = [row.actor_id for row in self.parts.get(one, ()) if row.actor_id not in seen]
            below += new
            seen.update(new)
        return below[1:]


class _Called:
    """The words and the initials of all names of some actors."""

    def __init__(self, actors: list[Actor]) -> None:
        names = [name for row in actors for name in (row.name, *split(row.aliases), *split(row.search_names))]
        names += [code.label for row in actors if (code := codes.lists()["country"].codes.get(row.country_code or ""))]
        words = (word for name in names for word in re.split(r"[\s-]+", name))
        self.words = {_folded(word) for word in words if word[:1].isupper()}
        self.initials = {initials for name in names if len(initials := proper_names.initials(name)) > 1}

    def are_like(self, words: str, name: proper_names.Name) -> bool:
        """Whether one of the words that are a name is one of theirs, in another form or spelling: of its own words
        and adjectives, where it has such."""
        raised = [word for word in re.findall(r"(?:[^\W\d_]\.){2,}|[^\W_]+", words) if word[0].isupper()]
        own = [word for word in raised if proper_names.kind(word) in ("own", "adjective")]
        return any(map(self._has, own or [word.text for word in name.naming]))

    def _has(self, word: str) -> bool:
        plain = _folded(word)
        if plain in self.words or (proper_names.is_acronym(word) and plain.upper() in self.initials):
            return True
        return any(proper_names.are_spellings(plain, other) for other in self.words)


def _folded(word: str) -> str:
    """A word in small letters without marks and accents."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _is_start(piece: Evidence, mention: Mention) -> bool:
    """Whether nothing but an article stands before a mention in some words."""
    return piece.exact_text[: mention.start - piece.start].strip().lower() in ("", "the", "a", "an")


def _name_in(piece: Evidence) -> proper_names.Name | None:
    """The name that some words are; None where they describe somebody by a name, as “forces loyal to Haftar” and
    “Haftar’s spokesman” do."""
    before = _SENTENCES.split(piece.prefix_text or "")[-1]
    text = f"{before}{piece.exact_text}."
    found = [name for name in proper_names.find(text, [Span(0, len(text))]) if name.start >= len(before)]
    if not found or found[-1].end < len(text) - 1:
        return None
    gaps = pairwise([len(before), *(at for name in found for at in (name.start, name.end))])
    between = " ".join(text[start:end] for number, (start, end) in enumerate(gaps) if number % 2 == 0)
    words = re.sub(r"[’'ʼ]s\b|[,;&]", " ", between).split()
    return found[-1] if all(map(_is_before_name, words)) else None


#: Where a sentence may begin.
_SENTENCES = re.compile(r"[.!?…:“„«\"‘][’”»\"]?\s*|\n")


def _is_before_name(word: str) -> bool:
    """Whether a word may stand before a name: an article, a title, or a first name with the capital of the sentence."""
    if word.lower() in ("the", "a", "an", "and") or proper_names.kind(word) in ("title", "adjective"):
        return True
    return word[0].isupper() and proper_names.kind(word) == "own" and word.casefold() not in proper_names.OPENING


@words_resemble_their_actor.suspects
def _() -> Iterator[Suspects]:
    for model, actor, field in ((Statement, "speaker_actor_id", "speaker_text"), (EventActor, "actor_id", "role")):
        sql = f"""WITH e AS (SELECT t.row, t.{actor} AS own, e.row AS piece, e.document_id, e.start, e."end",
                e.exact_text, unnest([e.start // 512, e.start // 512 + 1]) AS stretch
                FROM {model.TABLE} t JOIN evidence e ON e.owner = t.{model.KEY[0]} AND e.field = '{field}'
                WHERE t.{actor} IS NOT NULL),
            m AS (SELECT e.piece, bool_or(m.actor_id = e.own) AS is_own FROM e JOIN mentions m
                ON m.document_id = e.document_id AND m.start // 512 = e.stretch
                AND e.start <= m.start AND m."end" <= e."end" AND m.actor_id IS NOT NULL GROUP BY e.piece)
        SELECT DISTINCT e.row FROM e LEFT JOIN m USING (piece)
            WHERE NOT is_own OR is_own IS NULL AND regexp_matches(e.exact_text, '\\p{{Lu}}')"""
        owned = owned_by_focus(model)
        articles = f"document_id IN (SELECT document_id FROM evidence WHERE {owned})"
        yield Suspects(model, sql, {Evidence: owned, Mention: articles, Actor: "true", PlaceRow: "true"})


@words_resemble_their_actor.fault("r104-words-of-another", "a mention of somebody takes up the words of a speaker")
def _(record: Index) -> Spoilt:
    known = _Likely(record)

    def other(row: Statement) -> str | None:
        pieces = record.evidence(row.statement_id, "speaker_text")
        if not row.speaker_actor_id or len(pieces) != 1:
            return None
        return next((a.actor_id for a in record[Actor] if _is_found(known, row, pieces[0], a.actor_id)), None)

    row = first(record[Statement], other)
    actor = other(row) or ""
    name = first(record[Actor], actor_id=actor).name
    found = f"speaker {actor} for {show(row.speaker_text, 60)}"
    return spoilt(row, found, speaker_actor_id=actor, speaker_name=name)


def _is_found(known: _Likely, row: Statement, piece: Evidence, actor: str) -> bool:
    return any(known.unlike(row, piece, actor, "speaker"))


@rule("R111", "warning", reads=(Actor, Document, Mention))
def nobody_is_named_too_early(record: Record) -> Iterator[Finding]:
    """No article names an actor that does not exist before the article was published."""
    named: dict[tuple[str, str | None], Mention] = {}
    for mention in record[Mention]:
        if mention.actor_id:
            named.setdefault((mention.document_id, mention.actor_id), mention)
    for (document, identity), mention in named.items():
        actor, article = record.row(Actor, identity), record.row(Document, document)
        begin = edtf.parse(actor.exists_edtf).start if actor and actor.exists_edtf else None
        end = edtf.parse(article.published_date).end if article else None
        if begin and end and end < begin:
            found = (
                f"{show(mention.surface_text, 60)} for {identity}, which exists in {actor.exists_edtf if actor else ''}"
            )
            day = article.published_date if article else ""
            expected = f"an actor that existed when the article was published ({day})"
            remedy = "settle under “mentions:” whom the words mean, or correct “exists:”"
            yield Finding(mention, found, expected, remedy)


@nobody_is_named_too_early.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM mentions t JOIN actors a USING (actor_id) JOIN edtf e ON e.text = a.exists_edtf
        JOIN documents d ON d.document_id = t.document_id JOIN edtf p ON p.text = d.published_date
        WHERE p.high < e.low"""
    yield Suspects(Mention, sql)


@nobody_is_named_too_early.fault("r111-named-before-it-exists", "an article names an actor that exists only later")
def _(record: Index) -> Spoilt:
    mention = first(record[Mention], lambda row: row.actor_id)
    actor = first(record[Actor], actor_id=mention.actor_id)
    found = f"{mention.mention_id}: {show(mention.surface_text, 60)} for {actor.actor_id}, which exists in 2999/.."
    return Spoilt(found, (change(actor, exists_edtf="2999/.."),))
