"""Actors, sources, places, topics, references and codes: used, whole, named and counted as everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import codes
from ...model.cells import joined, split
from ...model.columns import NOT_STATED
from ...model.computed import source_documents, units_of
from ...model.index import label_columns
from ...model.rows import Row, columns, stands_in_article
from ...model.tables import (
    TABLES,
    Actor,
    CodeRow,
    Document,
    Event,
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
from ...text import edtf
from ...text.spans import Span
from .engine import Finding, Record, rule


@rule("R14", "warning")
def actor_is_used(record: Record) -> Iterator[Finding]:
    """An actor is mentioned, acts, speaks, is spoken of, or stands behind a source."""
    yield from _unused(record, Actor)


@rule("R15", "warning")
def source_is_used(record: Record) -> Iterator[Finding]:
    """A source is relied on by an article or stands behind one that is."""
    yield from _unused(record, Source)


@rule("R16", "warning")
def register_entry_is_used(record: Record) -> Iterator[Finding]:
    """A place, topic or reference is used by a row."""
    for model in (PlaceRow, Topic, Reference):
        yield from _unused(record, model)


def _unused(record: Record, model: type[Row]) -> Iterator[Finding]:
    used = {
        value
        for other in TABLES
        for name, column in columns(other).items()
        if column.ref == model.TABLE
        for row in record[other]
        for value in split(getattr(row, name))
    }
    for row in record[model]:
        if row.id[0] not in used:
            yield Finding(row, "used nowhere", "at least one row that refers to it", "use it or remove it")


#: Columns by which a row belongs to another one of its table, and what to correct in a circle of them.
_CHAINS: tuple[tuple[type[Row], str, str], ...] = (
    (Event, "part_of_event_id", "correct “part_of”"),
    (Actor, "parent_actor_id", "correct “parent”"),
    (Source, "origin_source_id", "correct “origin”"),
)


@rule("R25")
def whole_and_part_are_sound(record: Record) -> Iterator[Finding]:
    """No event is part of itself or held apart from itself, no actor belongs to itself and no source goes back to
    itself, whatever the way round."""
    for model, column, remedy in _CHAINS:
        for row in record[model]:
            if circle := _circle(record, model, row, column):
                way = f" by way of {', '.join(circle[1:])}" if circle[1:] else ""
                yield Finding(row, f"{column} leads back to it{way}", "no circle", remedy)
    for row in record[Event]:
        if row.event_id in split(row.distinct_event_ids):
            yield Finding(row, "distinct from itself", "other events", "correct “distinct_from”")


def _circle(record: Record, model: type[Row], row: Row, column: str) -> list[str]:
    """The chain from ``row`` by ``column`` when it comes back to it; one circle is that of its first row by id."""
    passed: list[str] = [row.id[0]]
    following: Row | None = row
    while (identity := getattr(following, column)) and identity not in passed:
        passed.append(identity)
        if (following := record.row(model, identity)) is None:
            return []
    return passed if identity == row.id[0] == min(passed) else []


@rule("R30", is_local=True)
def coordinates_are_whole(record: Record) -> Iterator[Finding]:
    """A place has both coordinates and says where they were seen, or has none of the three."""
    for row in record[PlaceRow]:
        given = [name for name in ("latitude", "longitude", "coordinate_basis") if getattr(row, name) is not None]
        if len(given) not in (0, 3):
            expected = "latitude, longitude and coordinate_basis, or none of them"
            yield Finding(row, f"only {', '.join(given)}", expected, "complete it in seeds/coding/places.yaml")


@rule("R46")
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
                yield Finding(row, f"{label} {show(found or '', 60)}", show(expected or "", 60), "build again")


def _is_unknown(record: Record, model: type[Row], identity: str) -> bool:
    """Whether a value is an id without a row, and no labelled missing value."""
    return record.row(model, identity) is None and identity not in NOT_STATED


def _label(record: Record, model: type[Row], identity: str) -> str:
    """The name of a row; a labelled missing value stands for itself."""
    row = record.row(model, identity)
    return row.caption if row else identity


@rule("R47")
def counts_are_recounted(record: Record) -> Iterator[Finding]:
    """A column that counts rows of other tables has their number."""
    for row, counted in _counts(record):
        for name, value in counted.items():
            if getattr(row, name) != value:
                yield Finding(row, f"{name} {getattr(row, name)}", str(value), "build again")


def _counts(record: Record) -> Iterator[tuple[Any, dict[str, int]]]:
    """Every row with counts, and what they should be."""
    for row in record[Document]:
        sentences = record.grouped(Sentence, "document_id").get(row.document_id, ())
        boilerplate = sum(s.end - s.start for s in sentences if s.disposition == "boilerplate")
        yield (
            row,
            {
                "sentence_count": len(sentences),
                "statement_count": len(record.grouped(Statement, "document_id").get(row.document_id, ())),
                "event_report_count": len(record.grouped(EventReport, "document_id").get(row.document_id, ())),
                "boilerplate_length": boilerplate,
            },
        )
    for row in record[Actor]:
        found = record.grouped(Mention, "actor_id").get(row.actor_id, ())
        yield row, {"mention_count": len(found), "document_count": len({mention.document_id for mention in found})}
    for row in record[PlaceRow]:
        yield row, {"mention_count": len(record.grouped(Mention, "place_id").get(row.place_id, ()))}
    for row in record[Topic]:
        yield row, {"statement_count": len(record.grouped(Statement, "topic_id").get(row.topic_id, ()))}
    used = source_documents(record)
    for row in record[Source]:
        yield row, {"document_count": len(used.get(row.source_id, ()))}
    evidence = record.grouped(Evidence, "document_id")
    for document_id, sentences in record.grouped(Sentence, "document_id").items():
        ordered = sorted(sentences, key=lambda row: row.start)
        units = units_of(evidence.get(document_id, ()), [Span(row.start, row.end) for row in ordered])
        yield from ((row, {"unit_count": len(found)}) for row, found in zip(ordered, units, strict=True))


@rule("R48")
def origin_is_the_root(record: Record) -> Iterator[Finding]:
    """The origin that groups reports is the end of a chain of sources, so that one origin has one group."""
    for row in record[EventReport]:
        source = record.row(Source, row.independence_group)
        if source and source.origin_source_id:
            expected = f"where {source.source_id} goes back to, {source.origin_source_id}"
            yield Finding(row, f"independence_group {source.source_id}", expected, "build again")


@rule("R49")
def codes_are_the_lists(record: Record) -> Iterator[Finding]:
    """The table of codes is the code lists of the program that checks it."""
    listed = {(code.list, code.code): code for codebook in codes.lists().values() for code in codebook.codes.values()}
    for row in record[CodeRow]:
        code = listed.pop((row.list, row.code), None)
        if code is None:
            yield Finding(row, "a code of no list", f"one of {len(codes.lists())} lists", "build again")
        elif (row.label, row.definition) != (code.label, code.definition):
            yield Finding(
                row, show(f"{row.label}: {row.definition}"), show(f"{code.label}: {code.definition}"), "build again"
            )
    for (name, code), _ in sorted(listed.items()):
        first = next((row for row in record[CodeRow] if row.list == name), None) or next(iter(record[CodeRow]), None)
        if first is not None:
            yield Finding(first, f"no row for {name}.{code}", "a row for each code", "build again")


@rule("R50", is_local=True)
def publication_is_within_words(record: Record) -> Iterator[Finding]:
    """The date of publication lies in the span that the words of the article alone allow."""
    for row in record[Document]:
        if not edtf.parse(row.published_date).within(edtf.parse(row.published_text_date)):
            yield Finding(row, row.published_date, f"within {row.published_text_date}", "correct one of them")


@rule("R51")
def ids_name_their_article(record: Record) -> Iterator[Finding]:
    """An id that names an article names the one that its row belongs to."""
    for model in filter(stands_in_article, TABLES):
        for row in record[model]:
            if row.id[0].split("-")[1] != row.document_id.removeprefix("doc-"):
                yield Finding(row, f"in {row.document_id}", "the article that its id names", "build again")
