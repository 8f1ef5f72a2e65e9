"""Events and verbal statements as JSON Lines in the record shape of PLOVER (the columns of POLECAT).

One line per event of a PLOVER type, and one per utterance that has a verbal PLOVER type, by whatever statements report
it. A statement whose occasion
is coded as an event of the same type is that event: it adds its id to that line and has none of its own. Occasions
of type STATEMENT, which PLOVER does not have, and statements without a PLOVER type are left out.

Every line has every key. When the record does not code a value, its key is null in all lines and ``KEYS`` says why; so
nothing that is missing looks like something that was sought and not found. A JSON Schema made from ``KEYS`` is written
beside the lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..files.layout import Files
from ..model import computed
from ..model.cells import split
from ..model.index import Index
from ..model.tables import Actor, Document, Event, EventActor, Evidence, Mention, PlaceRow, Source, Statement
from ..package.reader import Package
from ..package.render import json_bytes
from . import NAME
from .values import typed

TITLE = "events and verbal statements as JSON Lines in PLOVER's record shape"

_TEXT, _NUMBER, _TEXTS, _OPTIONAL = "string", "number", "strings", "strings or null"
_NEVER = "null"

#: Every key: its type and what it holds, or why it is empty. Those up to Version are the columns of POLECAT.
KEYS: dict[str, tuple[str, str]] = {
    "Event ID": (_TEXT, "Id of the event or the statement in the Haftar Record."),
    "Event Date": (_TEXT, "EDTF: a day where the text gives a day, and no more precise than the text otherwise."),
    "Event Type": (_TEXT, "PLOVER event type."),
    "Event Mode": (_TEXTS, "PLOVER modes. Statements have none coded."),
    "Intensity": (_NEVER, "Empty: no intensity is coded."),
    "Quad Code": (_NUMBER, "Quad class 1 to 4, computed from the type."),
    "Contexts": (_TEXTS, "PLOVER contexts. Statements have none coded."),
    "Actor Name": (_TEXTS, "Who does or says it. The lists about actors run in parallel."),
    "Actor Country": (_OPTIONAL, "State (ISO 3166-1 alpha-3) or non-state code of each actor; null: not stated."),
    "Actor COW": (_NEVER, "Empty: Correlates of War numbers are not coded."),
    "Primary Actor Sector": (_OPTIONAL, "PLOVER sector of each actor; null: none coded."),
    "Actor Sectors": (_NEVER, "Empty: at most one sector is coded per actor."),
    "Actor Title": (_NEVER, "Empty: titles are mentions with label_kind title in mentions.csv."),
    "Actor Name Raw": (_TEXTS, "The words that name the actors, verbatim; not in parallel."),
    "Wikipedia Actor ID": (_NEVER, "Empty: Wikidata items are coded instead, see Wikidata Actor ID."),
    "Recipient Name": (_TEXTS, "To whom it is done; for a statement, whom it is about or directed at."),
    "Recipient Country": (_OPTIONAL, "As Actor Country."),
    "Recipient COW": (_NEVER, "Empty: as Actor COW."),
    "Primary Recipient Sector": (_OPTIONAL, "As Primary Actor Sector."),
    "Recipient Sectors": (_NEVER, "Empty: as Actor Sectors."),
    "Recipient Title": (_NEVER, "Empty: as Actor Title."),
    "Recipient Name Raw": (_TEXTS, "The words that name the recipients, verbatim. Statements have none coded."),
    "Wikipedia Recipient ID": (_NEVER, "Empty: as Wikipedia Actor ID."),
    "Placename": (_TEXT, "Usual English name of the place. Statements have none coded."),
    "City": (_TEXT, "The same, where the place is a city."),
    "District": (_NEVER, "Empty: not coded."),
    "Province": (_NEVER, "Empty: not coded."),
    "Country": (_TEXT, "State of the place (ISO 3166-1 alpha-3)."),
    "Latitude": (_NUMBER, "WGS 84; null: not verified."),
    "Longitude": (_NUMBER, "WGS 84; null: not verified."),
    "GeoNames ID": (_NUMBER, "Null: not verified."),
    "Raw Placename": (_TEXTS, "Place words of the reports, verbatim."),
    "Feature Type": (_NEVER, "Empty: GeoNames feature codes are not coded; kinds of place are in places.csv."),
    "Source": (_TEXTS, "Publishers of the articles that report it."),
    "Publication Date": (_TEXTS, "EDTF, in parallel to Source."),
    "Story People": (_TEXTS, "Persons mentioned in these articles."),
    "Story Organizations": (_TEXTS, "States, bodies and groups mentioned in these articles."),
    "Story Locations": (_TEXTS, "Places mentioned in these articles."),
    "Language": (_TEXTS, "Languages of these articles (BCP 47)."),
    "Version": (_TEXT, "Version of the Haftar Record."),
    "Record Kind": (_TEXT, "event or statement. This and the following keys are not in POLECAT."),
    "Event Title": (_TEXT, "Title of the event, or summary of the statement; ours."),
    "Aux Mode": (_TEXT, "PLOVER auxiliary mode; POLECAT leaves out what has one. Statements have none coded."),
    "Realis": (_TEXT, "Whether the record holds that the event happened. Statements: null, the words were said."),
    "Corroboration": (_TEXT, "How the reports of the event relate to each other. Statements: null."),
    "Wikidata Actor ID": (_OPTIONAL, "Wikidata item of each actor; null: not verified."),
    "Wikidata Recipient ID": (_OPTIONAL, "Wikidata item of each recipient; null: not verified."),
    "Document IDs": (_TEXTS, "The articles that report it, in parallel to Source."),
    "Statement IDs": (_TEXTS, "The statements that this line stands for."),
}
#: A line of the file: the values by key of ``KEYS``.
Record = dict[str, Any]
_SCHEMA_TYPES: dict[str, dict[str, Any]] = {
    _TEXT: {"type": ["string", "null"]},
    _NUMBER: {"type": ["number", "null"]},
    _TEXTS: {"type": "array", "items": {"type": "string"}},
    _OPTIONAL: {"type": "array", "items": {"type": ["string", "null"]}},
    _NEVER: {"type": "null"},
}


def render(package: Package) -> Files:
    """The lines, sorted by id, and the JSON Schema that describes their keys."""
    shape = _Shape(package)
    records = sorted(shape.records(), key=lambda record: record["Event ID"])
    lines = (json.dumps({key: record[key] for key in KEYS}, ensure_ascii=False) + "\n" for record in records)
    return {f"{NAME}-plover.jsonl": "".join(lines).encode(), f"{NAME}-plover.schema.json": json_bytes(_schema(package))}


def _schema(package: Package) -> dict[str, Any]:
    properties = {key: _SCHEMA_TYPES[kind] | {"description": text} for key, (kind, text) in KEYS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{package.descriptor['title']} {package.descriptor['version']}: a line of {NAME}-plover.jsonl",
        "type": "object",
        "properties": properties,
        "required": list(KEYS),
        "additionalProperties": False,
    }


class _Shape:
    """Looks up what the lines of one package need."""

    def __init__(self, package: Package):
        self.package = package
        self.index = index = Index(package.rows)
        self.actors = {row.actor_id: row for row in index[Actor]}
        self.sources = {row.source_id: row for row in index[Source]}
        self.documents = {row.document_id: row for row in index[Document]}

    def records(self) -> Iterator[Record]:
        """The lines as objects; keys that are empty in all of them included."""
        same: dict[str, list[str]] = {}
        for told in self.index.grouped(Statement, "utterance_id").values():
            verbal = [row for row in told if row.plover_type]
            occasions = [self.index.row(Event, row.event_id) for row in verbal]
            pairs = zip(verbal, occasions, strict=True)
            acts = [event.event_id for row, event in pairs if event and event.event_type == row.plover_type]
            if acts:
                same.setdefault(acts[0], []).extend(row.statement_id for row in verbal)
            elif verbal:
                yield self._statement(verbal)
        for event in self.index[Event]:
            if event.quad_class:  # STATEMENT has none
                yield self._event(event) | {"Statement IDs": sorted(same.get(event.event_id, []))}

    def _event(self, row: Event) -> Record:
        reports = self.index.reports(row)
        sources, targets = split(row.source_actor_ids), split(row.target_actor_ids)
        return (
            self._common(row.event_id, row.event_type, row.date_edtf, row.title, {r.document_id for r in reports})
            | _actors("Actor", self._rows(sources), self._raw(row, computed.SOURCE_ROLES))
            | _actors("Recipient", self._rows(targets), self._raw(row, computed.TARGET_ROLES))
            | self._place(row.place_id)
            | {
                "Event Mode": split(row.modes),
                "Contexts": split(row.contexts),
                "Raw Placename": sorted({report.place_text for report in reports if report.place_text}),
                "Record Kind": "event",
                "Aux Mode": row.aux_mode,
                "Realis": row.realis,
                "Corroboration": row.corroboration,
            }
        )

    def _statement(self, told: list[Statement]) -> Record:
        """The line of an utterance, by the first of the statements that report it."""
        row = next((one for one in told if one.statement_id == one.utterance_id), told[0])
        plover_type, documents = row.plover_type or "", {one.document_id for one in told}
        source = self.sources[row.speaker_source_id] if row.speaker_source_id else None
        targets = list(dict.fromkeys(target for one in told for target in split(one.target_actor_ids)))
        actor = row.speaker_actor_id or (source.actor_id if source else None)
        # A source that stands for no actor has a name and nothing else.
        speaker = self._rows([actor]) if actor else [{"name": row.speaker_name}]
        return (
            self._common(row.statement_id, plover_type, row.date_edtf, row.summary, documents)
            | _actors("Actor", speaker, sorted({one.speaker_text for one in told}))
            | _actors("Recipient", self._rows(targets), [])
            | {"Record Kind": "statement", "Statement IDs": [one.statement_id for one in told]}
        )

    def _common(self, identity: str, kind: str, day: str, title: str, documents: set[str]) -> Record:
        articles = [self.documents[document] for document in sorted(documents)]
        empty: Record = {key: [] if shape in (_TEXTS, _OPTIONAL) else None for key, (shape, _) in KEYS.items()}
        return (
            empty
            | self._story(documents)
            | {
                "Event ID": identity,
                "Event Date": day,
                "Event Type": kind,
                "Event Title": title,
                "Quad Code": computed.quad_class(kind),
                "Source": [self.sources[article.publisher_source_id].name for article in articles],
                "Publication Date": [article.published_date for article in articles],
                "Language": sorted({article.language for article in articles}),
                "Version": self.package.descriptor["version"],
                "Document IDs": [article.document_id for article in articles],
            }
        )

    def _rows(self, actors: list[str]) -> list[dict[str, Any]]:
        return [typed(self.actors[identity]) for identity in actors]

    def _raw(self, event: Event, roles: tuple[str, ...]) -> list[str]:
        """The words that give actors these roles in the event."""
        parts = self.index.grouped(EventActor, "event_id").get(event.event_id, [])
        words = self.index.grouped(Evidence, "event_actor_id")
        ids = [row.event_actor_id for row in parts if row.role in roles]
        return sorted({row.exact_text for identity in ids for row in words.get(identity, [])})

    def _place(self, place_id: str | None) -> Record:
        place = self.index.row(PlaceRow, place_id)  # one that is not stated is not in the register
        if place is None:
            return {}
        row = typed(place)
        return {
            "Placename": row["name"],
            "City": row["name"] if row["place_type"] == "city" else None,
            "Country": row["country_code"],
            "Latitude": _number(row["latitude"]),
            "Longitude": _number(row["longitude"]),
            "GeoNames ID": row["geonames_id"],
        }

    def _story(self, documents: set[str]) -> Record:
        found: dict[str, set[str]] = {"Story People": set(), "Story Organizations": set(), "Story Locations": set()}
        for document in documents:
            for mention in self.index.grouped(Mention, "document_id").get(document, []):
                found[self._story_key(mention.actor_id)].add(mention.entity_name)
        return {key: sorted(names) for key, names in found.items()}

    def _story_key(self, actor_id: str | None) -> str:
        if actor_id is None:
            return "Story Locations"
        return "Story People" if self.actors[actor_id].actor_type == "person" else "Story Organizations"


def _actors(role: str, rows: list[dict[str, Any]], raw: list[str]) -> Record:
    """The keys about those in one role, from their rows in the register."""
    return {
        f"{role} Name": [row["name"] for row in rows],
        f"{role} Country": [row.get("country_code") for row in rows],
        f"Primary {role} Sector": [row.get("sector_code") for row in rows],
        f"Wikidata {role} ID": [row.get("wikidata_id") for row in rows],
        f"{role} Name Raw": raw,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
