"""The pages ``articles/index`` and ``articles/NUMBER``: each article, and its coded passages in the order of the text.

The article itself is not printed. The page shows the passages that the tables quote, each with the coded unit that
rests on it and with the words around it that its evidence row keeps; a sentence without a unit is a place-holder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from ...model.tables import (
    UNITS,
    Document,
    EventReport,
    Evidence,
    Mention,
    QuotedPassage,
    Relation,
    Sentence,
    Source,
    Statement,
)
from ..html import fragment
from ..page import Page
from ..record import Record
from . import units
from .units import Unit

#: The columns that say through whom an article has something.
_THROUGH: dict[type[Unit], tuple[str, ...]] = {
    Statement: ("speaker_source_id", "relayed_by_source_id"),
    EventReport: ("attributed_source_id", "independence_group"),
    Relation: ("according_to_source_id",),
}
#: Sources are indented by how far they are from the root, up to this depth.
_DEEPEST = 3


_Placed = TypeVar("_Placed", QuotedPassage, Mention)


@dataclass(frozen=True)
class Summary:
    """An article in the table of articles: ``kind`` of text in words, ids of the ``topics`` that it is mostly on."""

    row: Document
    kind: str
    topics: list[str]


@dataclass(frozen=True)
class Reliance:
    """A source that an article relies on, how deep it stands below its root, and the units that come through it."""

    row: Source
    depth: int
    units: str


@dataclass(frozen=True)
class Shown:
    """A sentence as its page shows it. ``cards`` are the units that begin in it."""

    row: Sentence
    cards: list[Markup]
    quotations: list[QuotedPassage]
    mentions: list[Mention]


def pages(record: Record) -> Iterator[Page]:
    """The list of the articles, then a page for each."""
    index = fragment("articles.html", "index", overview=overview(record))
    yield Page("articles/index.md", "The articles", index)
    for document in record.documents:
        body = fragment(
            "articles.html",
            "page",
            record=record,
            row=document,
            roots=_roots(record, document),
            dating=_dating(record, document),
            reliance=_reliance(record, document),
            paragraphs=_paragraphs(record, document),
        )
        yield Page(f"articles/{record.number(document.document_id)}.md", document.label, body)


def overview(record: Record) -> Markup:
    """The table of the articles, one line each."""
    articles = [_summary(record, document) for document in record.documents]
    return fragment("articles.html", "overview", record=record, articles=articles)


def _summary(record: Record, document: Document) -> Summary:
    """What the descriptor calls the article, without publisher and day, and what most of its statements are on."""
    source = next(one for one in record.descriptor["sources"] if one["path"] == document.seed_path)
    title = source["title"].partition(": ")[2]
    kind = title.partition(", ")[2].rpartition(", ")[0] or title
    statements = record.of_article(Statement, document)
    topics = [name for name, _ in Counter(row.topic_id for row in statements).most_common(2)]
    return Summary(document, kind, topics)


def _roots(record: Record, document: Document) -> list[tuple[str, Source]]:
    """What stands behind an article, from the root to whose text it is, each with what it is to the article."""
    steps: list[Source] = []
    source = record.row(Source, document.origin_source_id)
    while source is not None:
        steps.append(source)
        source = record.row(Source, source.origin_source_id)
    return [
        ("Behind it" if one.source_id != document.origin_source_id else "Text at the root", one)
        for one in reversed(steps)
        if one.source_id != document.publisher_source_id
    ]


def _dating(record: Record, document: Document) -> list[Evidence]:
    """The words that an article is dated by."""
    return [row for row in record.of_article(Evidence, document) if row.field == "published_date"]


def _reliance(record: Record, document: Document) -> list[Reliance]:
    """Every source that the article relies on, under what it goes back to, with the units that come through it."""
    through: dict[str, list[Unit]] = {}
    for model, columns in _THROUGH.items():
        for row in record.of_article(model, document):
            for source in dict.fromkeys(filter(None, (getattr(row, column) for column in columns))):
                through.setdefault(source, []).append(row)
    most_first = sorted(through, key=lambda source: -len(through[source]))
    return [
        Reliance(record.get(Source, source), min(depth, _DEEPEST), units.tally(through.get(source, [])))
        for depth, source in tree(record, most_first)
    ]


def tree(record: Record, sources: list[str]) -> list[tuple[int, str]]:
    """Sources and what they go back to, each after its origin and with its distance from the root."""
    shown: dict[str, None] = {}
    for source in sources:
        behind: str | None = source
        while behind and behind not in shown:
            shown[behind] = None
            behind = record.get(Source, behind).origin_source_id
    below: dict[str | None, list[Source]] = {}
    for source in shown:
        row = record.get(Source, source)
        below.setdefault(row.origin_source_id, []).append(row)

    def walk(origin: str | None, depth: int) -> list[tuple[int, str]]:
        return [
            entry
            for row in below.get(origin, ())
            for entry in ((depth, row.source_id), *walk(row.source_id, depth + 1))
        ]

    return walk(None, 0)


def _paragraphs(record: Record, document: Document) -> list[tuple[int, list[Shown]]]:
    """The sentences of an article by the number of their paragraph, each with what is shown in it."""
    placed: dict[tuple[int, int], list[tuple[int, int, Unit]]] = {}
    for row in units.of_article(record, document):
        first = units.main_evidence(record, row)[0]
        placed.setdefault((first.paragraph_number, first.sentence_number), []).append((first.start, first.end, row))
    paragraphs: dict[int, list[Shown]] = {}
    for sentence in record.of_article(Sentence, document):
        number = sentence.paragraph_number
        coded = sorted(placed.get((number, sentence.sentence_number), ()), key=_order)
        cards = [units.card(record, unit) for *_, unit in coded] if sentence.disposition == "coded" else []
        quotations = _inside(sentence, record.of_article(QuotedPassage, document))
        mentions = _inside(sentence, record.of_article(Mention, document))
        paragraphs.setdefault(number, []).append(Shown(sentence, cards, quotations, mentions))
    return sorted(paragraphs.items())


def _order(entry: tuple[int, int, Unit]) -> tuple[int, int, int, str]:
    start, end, row = entry
    return start, end, UNITS.index(type(row)), row.display_id


def _inside(sentence: Sentence, rows: list[_Placed]) -> list[_Placed]:
    """The quoted passages or mentions that begin in a sentence."""
    return [row for row in rows if sentence.start <= row.start < sentence.end]
