"""Rows of the registers, with what is counted about their entries in the other tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeVar

from ..coding.inputs import decimal
from ..coding.sheets import Loaded
from ..model import codes, tables
from ..model.cells import joined
from ..model.computed import agreement_id, source_documents
from ..model.index import Index
from ..model.shape import Shape
from ..problems.problem import Place
from ..problems.wording import show
from .ledger import Ledger

Entry = TypeVar("Entry", bound=Shape)


def add_registers(ledger: Ledger) -> None:
    """Add actors, sources, places, topics, references and codes, once the rows that they are counted in are there."""
    mentions: dict[str, list[tables.Mention]] = {}
    for mention in Index(ledger.rows)[tables.Mention]:
        mentions.setdefault(mention.actor_id or mention.place_id or "", []).append(mention)
    _actors(ledger, mentions)
    _sources(ledger)
    _places(ledger, mentions)
    _topics(ledger)
    _references(ledger)
    _codes(ledger)


def add_agreement(ledger: Ledger) -> None:
    """Add the figures of agreement, if there are any."""
    loaded = ledger.inputs.figures
    for index, figure in enumerate(loaded.value.figures if loaded else ()):
        place = loaded.place(("figures", index)) if loaded else Place("")
        about = loaded.value.readings.get(figure.reading) if loaded else None
        if about is None:
            found, expected = show(figure.reading), "a reading that stands under “readings”"
            ledger.problems.add(place, "unknown-id", found, expected, "run “haftar-record agreement”")
            continue
        units, articles = figure.units or (None, None), figure.articles or (None, None)
        ledger.add(
            tables.Agreement,
            place,
            agreement_id=agreement_id(figure.reading, figure.against, figure.table, figure.field, figure.measure),
            unit_table=figure.table,
            field=figure.field,
            measure=figure.measure,
            reading=figure.reading,
            against=figure.against,
            value=decimal(figure.value),
            unit_count=int(figure.count),
            unit_low=decimal(units[0]),
            unit_high=decimal(units[1]),
            article_low=decimal(articles[0]),
            article_high=decimal(articles[1]),
            coder_type=about.coder,
            round_number=about.round,
            rules_version=about.rules,
            reading_date=about.date,
        )


def _actors(ledger: Ledger, mentions: dict[str, list[tables.Mention]]) -> None:
    """Actors, with their mentions counted."""
    for entry, place in _entries(ledger, ledger.inputs.registers["actors"], {"parent": "actors"}):
        found = mentions.get(entry.id, [])
        ledger.add(
            tables.Actor,
            place,
            actor_id=entry.id,
            name=entry.name,
            actor_type=entry.type,
            country_code=entry.country,
            parent_actor_id=entry.parent,
            sector_code=entry.sector,
            description=entry.description,
            exists_edtf=entry.exists,
            aliases=joined(entry.aliases),
            search_names=joined(entry.search_names),
            wikidata_id=entry.wikidata,
            ucdp_actor_id=entry.ucdp,
            cameo_code=entry.cameo,
            identifier_note=entry.identifier_note,
            mention_count=len(found),
            document_count=len({mention.document_id for mention in found}),
        )


def _sources(ledger: Ledger) -> None:
    """Sources, with the articles that rely on them counted."""
    used = source_documents(Index(ledger.rows))
    for entry, place in _entries(ledger, ledger.inputs.registers["sources"], {"actor": "actors", "origin": "sources"}):
        ledger.add(
            tables.Source,
            place,
            source_id=entry.id,
            name=entry.name,
            source_type=entry.type,
            is_named=entry.named,
            actor_id=entry.actor,
            country_code=entry.country,
            is_party=entry.party,
            origin_source_id=entry.origin,
            description=entry.description,
            document_count=len(used.get(entry.id, ())),
        )


def _places(ledger: Ledger, mentions: dict[str, list[tables.Mention]]) -> None:
    """Places, with their mentions counted."""
    for entry, place in _entries(ledger, ledger.inputs.registers["places"], {}):
        ledger.add(
            tables.PlaceRow,
            place,
            place_id=entry.id,
            name=entry.name,
            place_type=entry.type,
            country_code=entry.country,
            where_prec=entry.where_prec,
            latitude=decimal(entry.latitude),
            longitude=decimal(entry.longitude),
            coordinate_basis=entry.coordinate_basis,
            wikidata_id=entry.wikidata,
            geonames_id=entry.geonames,
            aliases=joined(entry.aliases),
            search_names=joined(entry.search_names),
            description=entry.description,
            mention_count=len(mentions.get(entry.id, ())),
        )


def _topics(ledger: Ledger) -> None:
    """Topics, with their statements counted."""
    statements = Counter(row.topic_id for row in Index(ledger.rows)[tables.Statement])
    for entry, place in _entries(ledger, ledger.inputs.registers["topics"], {}):
        ledger.add(
            tables.Topic,
            place,
            topic_id=entry.id,
            name=entry.name,
            definition=entry.definition,
            support_means=entry.support_means,
            oppose_means=entry.oppose_means,
            statement_count=statements[entry.id],
        )


def _references(ledger: Ledger) -> None:
    """Outside references."""
    for entry, place in _entries(ledger, ledger.inputs.registers["references"], {}):
        ledger.add(
            tables.Reference,
            place,
            reference_id=entry.id,
            fact=entry.fact,
            value=entry.value,
            value_edtf=entry.edtf,
            seen_at=entry.seen_at,
            standing=entry.standing,
            note=entry.note,
        )


def _codes(ledger: Ledger) -> None:
    """The code lists."""
    for code_list in codes.lists().values():
        for code in code_list.codes.values():
            ledger.add(
                tables.CodeRow,
                Place(codes.SOURCE.name),
                list=code.list,
                code=code.code,
                label=code.label,
                scheme=code_list.scheme,
                definition=code.definition,
                test_question=code.test_question,
                example=code.example,
                near_miss=code.near_miss,
                applies_to=joined(code.applies_to),
            )


def _entries(ledger: Ledger, loaded: Loaded[list[Entry]], references: dict[str, str]) -> Iterator[tuple[Entry, Place]]:
    """The entries of a register whose references are known, each with its place.

    ``references`` has the registers that its keys refer to, by key.
    """
    for index, entry in enumerate(loaded.value):
        checks = [
            ledger.known.check(table, getattr(entry, name), loaded, (index, name)) for name, table in references.items()
        ]
        if all(checks):
            yield entry, loaded.place((index, "id"))
