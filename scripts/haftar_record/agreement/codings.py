"""A coding as it is compared: its units and entities, the characters that each rests on, and the values of each.

The record and a further reading become codings in the same way, from rows that the same build has made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ..model.cells import split, to_cell
from ..model.index import Index
from ..model.rows import Row, Rows, columns
from ..model.tables import (
    Actor,
    Discrepancy,
    Document,
    Event,
    EventActor,
    EventReport,
    Evidence,
    Mention,
    PlaceRow,
    Quantity,
    Relation,
    Source,
    Statement,
)

#: A character of an article: the id of the article and the offset.
Position = tuple[str, int]
#: Offsets that stand for an article as a whole, as what its publisher published and what its origin wrote.
PUBLISHED, WRITTEN = -1, -2


@dataclass(frozen=True, order=True)
class Reference:
    """An entry of a register, whose id is that of one coding alone."""

    table: str
    identity: str


#: A value that is compared: a text, what it refers to, or several of these.
Value: TypeAlias = "str | Reference | frozenset[Reference | str]"


@dataclass(frozen=True)
class Kind:
    """A kind of unit. ``fields`` are what is compared, each from the first of its columns that is filled; ``parts`` are
    the columns whose evidence matters for what is the same unit, the one that has to overlap first."""

    model: type[Row]
    parts: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]


def _same(*names: str) -> dict[str, tuple[str, ...]]:
    """Fields that are called like their columns."""
    return {name: (name,) for name in names}


#: The kinds of units, each with its spans and its fields.
UNITS: dict[str, Kind] = {
    "statements": Kind(
        Statement,
        ("content_text", "cue_text", "speaker_text"),
        {"speaker": ("speaker_actor_id", "speaker_source_id")}
        | _same("speech_form", "act", "plover_type", "target_actor_ids", "topic_id", "stance", "epistemic", "medium")
        | {"occasion": ("event_id",), "about_event": ("about_event_id",)}
        | _same("date_edtf", "date_prec", "date_basis"),
    ),
    "event_reports": Kind(
        EventReport,
        ("evidence_text",),
        {"event": ("event_id",)}
        | _same("attribution", "attributed_source_id", "factuality", "factuality_holder", "date_edtf", "is_background"),
    ),
    "relations": Kind(
        Relation,
        ("evidence_text",),
        {"subject": ("subject_actor_id",)}
        | _same("predicate")
        | {"object": ("object_actor_id", "object_place_id")}
        | _same("is_negated", "according_to_source_id", "validity_edtf"),
    ),
    "quantities": Kind(Quantity, ("printed_text",), _same("unit", "minimum", "maximum", "is_approximate")),
    "discrepancies": Kind(Discrepancy, ("reading_a", "reading_b"), _same("kind", "conflict", "resolution")),
    "mentions": Kind(Mention, (), {"entity": ("actor_id", "place_id")} | _same("label_kind")),
}
#: The registers whose entries are aligned by the characters that they share.
ENTITIES: dict[str, Kind] = {
    "events": Kind(
        Event,
        (),
        _same(
            "event_type", "modes", "contexts", "aux_mode", "realis", "date_edtf", "date_prec", "date_basis", "place_id"
        ),
    ),
    "actors": Kind(Actor, (), _same("actor_type", "country_code", "sector_code")),
    "sources": Kind(Source, (), _same("source_type", "is_named", "is_party")),
    "places": Kind(PlaceRow, (), _same("place_type", "where_prec")),
}
KINDS = UNITS | ENTITIES
#: What a field without a value has: that nothing is coded is a decision as well.
NONE = "none"


@dataclass(frozen=True)
class Unit:
    """A coded unit, or an entry of a register: the characters of its parts, and its values by field."""

    identity: str
    parts: dict[str, frozenset[Position]]
    values: dict[str, Value]

    @property
    def positions(self) -> frozenset[Position]:
        """The characters by which it is found."""
        return next(iter(self.parts.values()))

    @property
    def article(self) -> str:
        """The first article in which it stands."""
        return min(document for document, _ in self.positions)


@dataclass
class Coding:
    """One coding: its units by kind, and the length of each article."""

    name: str
    units: dict[str, list[Unit]]
    lengths: dict[str, int] = field(default_factory=dict)

    def within(self, articles: Iterable[str]) -> Coding:
        """What the coding has in these articles."""
        kept = set(articles)
        units = {
            kind: [cut for unit in found if (cut := _cut(unit, kept)).positions] for kind, found in self.units.items()
        }
        return Coding(self.name, units, {name: length for name, length in self.lengths.items() if name in kept})

    def digests(self) -> dict[str, str]:
        """A hash of all that is compared of each article: another one means that figures have to be computed anew."""
        content: dict[str, dict[str, list[list[object]]]] = {
            article: {kind: [] for kind in self.units} for article in self.lengths
        }
        for kind, found in self.units.items():
            for unit in found:
                values = {name: _plain(value) for name, value in unit.values.items()}
                for article, parts in _offsets(unit).items():
                    content[article][kind].append([unit.identity, parts, values])
        # Not in the order of the coding: where a unit stands in another article as well, that one may be new.
        for kinds in content.values():
            for found_here in kinds.values():
                found_here.sort(key=lambda unit: str(unit[0]))
        return {
            article: hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()
            for article, part in content.items()
        }


def _offsets(unit: Unit) -> dict[str, dict[str, list[int]]]:
    """The offsets of each part of a unit, by the articles in which it stands."""
    found: dict[str, dict[str, list[int]]] = {
        article: {name: [] for name in unit.parts} for article in {article for article, _ in unit.positions}
    }
    for name, positions in unit.parts.items():
        for article, offset in sorted(positions):
            if article in found:
                found[article][name].append(offset)
    return found


def _plain(value: Value) -> list[str] | str:
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return str(value)


def _cut(unit: Unit, articles: set[str]) -> Unit:
    parts = {name: frozenset(one for one in found if one[0] in articles) for name, found in unit.parts.items()}
    return Unit(unit.identity, parts, unit.values)


def coding(name: str, rows: Rows) -> Coding:
    """The coding that the rows of a build make."""
    index = Index(rows)
    units = {kind: list(_units(index, UNITS[kind])) for kind in UNITS}
    positions = _positions(index)
    for table, kind in ENTITIES.items():
        units[table] = [
            Unit(row.display_id, {"": frozenset(found)}, _values(row, kind))
            for row in index[kind.model]
            if (found := positions[table].get(row.display_id))
        ]
    for found_units in units.values():
        found_units.sort(key=lambda unit: (min(unit.positions), unit.identity))
    return Coding(name, units, {row.document_id: row.text_length for row in index[Document]})


def _units(index: Index, kind: Kind) -> Iterator[Unit]:
    """The units of one kind, as far as the words are known on which they rest."""
    for row in index[kind.model]:
        if isinstance(row, Mention):
            parts = {"": frozenset(_characters([row]))}
        else:
            parts = {name: frozenset(_characters(index.evidence(row.display_id, name))) for name in kind.parts}
        if isinstance(row, Discrepancy):  # whichever of the two readings a coder wrote first
            parts = {"": frozenset().union(*parts.values())}
        values = _values(row, kind)
        if isinstance(row, Statement):
            values["speaker"] = _who(index, values["speaker"])
        unit = Unit(row.display_id, parts, values)
        if unit.positions:
            yield unit


def _who(index: Index, speaker: Value) -> Value:
    """The actor behind a source, where the register of sources names one: whether unnamed officials are entered as a
    source or as an actor is no difference in who speaks."""
    source = index.row(Source, speaker.identity) if isinstance(speaker, Reference) else None
    return Reference(Actor.TABLE, source.actor_id) if source and source.actor_id else speaker


def _characters(passages: Iterable[Evidence | Mention]) -> Iterator[Position]:
    for passage in passages:
        for offset in range(passage.start, passage.end):
            yield passage.document_id, offset


def _values(row: Row, kind: Kind) -> dict[str, Value]:
    return {name: _value(row, names) for name, names in kind.fields.items()}


def _value(row: Row, names: tuple[str, ...]) -> Value:
    """The value of the first of these columns that is filled."""
    for name in names:
        text = to_cell(getattr(row, name))
        if not text:
            continue
        column = columns(type(row))[name]
        if column.many:
            return frozenset(_referring(column.ref, one) for one in split(text))
        return _referring(column.ref, text)
    return NONE


def _referring(table: str, text: str) -> str | Reference:
    """What an id refers to, where codings have ids of their own; a missing value with a label is a text."""
    return Reference(table, text) if table in ENTITIES and "-" in text and text != "not-stated" else text


def _positions(index: Index) -> dict[str, dict[str, set[Position]]]:
    """The characters that stand for each entry of a register: names, words for a speaker or for somebody's part in an
    event, words that tell an event or that a source is given for. An article stands for its publisher and origin.

    A source without any of these is known by what holds according to it; or it would be aligned with nothing, and a
    coding would not even agree with itself.
    """
    found: dict[str, dict[str, set[Position]]] = {table: {} for table in ENTITIES}

    def add(table: str, identity: str | None, passages: Iterable[Evidence | Mention]) -> None:
        if identity:
            found[table].setdefault(identity, set()).update(_characters(passages))

    for mention in index[Mention]:
        add("actors", mention.actor_id, [mention])
        add("places", mention.place_id, [mention])
    for role in index[EventActor]:
        add("actors", role.actor_id, index.evidence(role.event_actor_id))
    for statement in index[Statement]:
        speaker = index.evidence(statement.statement_id, "speaker_text")
        add("actors", statement.speaker_actor_id, speaker)
        add("sources", statement.speaker_source_id, speaker)
    for report in index[EventReport]:
        evidence = index.evidence(report.event_report_id, "evidence_text")
        add("events", report.event_id, evidence)
        add("sources", report.attributed_source_id, evidence)
        event = index.row(Event, report.event_id)
        if event and event.place_id and index.row(PlaceRow, event.place_id):
            add("places", event.place_id, index.evidence(report.event_report_id, "place_text"))
    for document in index[Document]:
        found["sources"].setdefault(document.publisher_source_id, set()).add((document.document_id, PUBLISHED))
        found["sources"].setdefault(document.origin_source_id, set()).add((document.document_id, WRITTEN))
    known = set(found["sources"])
    held = [
        *((report.factuality_holder, report.event_report_id) for report in index[EventReport]),
        *((relation.according_to_source_id, relation.relation_id) for relation in index[Relation]),
    ]
    for source, owner in held:
        if source and source not in known and index.row(Source, source):
            add("sources", source, index.evidence(owner, "evidence_text"))
    return found
