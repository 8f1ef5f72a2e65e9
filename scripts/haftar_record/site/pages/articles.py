"""One page per article: what is known of it, and its coded passages in the order of the text.

The article itself is not printed. What is shown of it are the passages that the tables quote, each with the coded unit
that rests on it and no more around it than its evidence row keeps; a sentence that carries no unit is a place-holder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ...model.rows import grouped
from ...model.tables import UNITS
from ..html import attribute, chip, count, date, facts, flow, items, passage, quote, table, text
from ..page import Page
from ..record import Record
from . import units


def pages(record: Record) -> Iterator[Page]:
    yield Page(
        "articles/index.md", "The five articles" if len(record.documents) == 5 else "The articles", _index(record)
    )
    for document in record.documents:
        parts = (
            _facts(record, document),
            "## Where the text comes from\n",
            chain(record, document),
            f"{text(document.text_kind_rationale)}\n",
            "## How its date was found\n",
            _dating(record, document),
            "## Whom it relies on\n",
            _reliance(record, document),
            "## Coded passages\n",
            _note(document),
            _sentences(record, document),
        )
        yield Page(f"articles/{record.number(document.document_id)}.md", document.label, "\n".join(parts))


def overview(record: Record) -> str:
    """The table of the articles, a line each."""
    rows = [
        (
            record.link("documents", document.document_id),
            date(document.published_date),
            chip("text_kind", document.text_kind),
            _told(record, document),
            text(document.statement_count),
            text(document.event_report_count),
        )
        for document in record.documents
    ]
    return table(
        "The articles",
        ("Article", "Published", "Text kind", "What it is", "Statements", "Event reports"),
        rows,
        "overview",
    )


def _told(record: Record, document: Any) -> str:
    """What the descriptor calls the article, without publisher and day, and what most of its statements are on."""
    source = next(one for one in record.descriptor["sources"] if one["path"] == document.seed_path)
    title = source["title"].partition(": ")[2]
    kind = title.partition(", ")[2].rpartition(", ")[0] or title
    statements = record.by("statements", "document_id", document.document_id)
    topics = [name for name, _ in Counter(row.topic_id for row in statements).most_common(2)]
    return (
        f"{text(kind)}; mostly on {' and '.join(record.link('topics', one) for one in topics)}"
        if topics
        else text(kind)
    )


def _index(record: Record) -> str:
    return (
        "Each page has what is known of the article, how that was found, and every coded passage in the order of the"
        f" text. Full texts are not republished; the evidence is.\n\n{overview(record)}"
    )


def _facts(record: Record, document: Any) -> str:
    return facts(
        (
            ("Headline", quote(document.title) or "none in the text"),
            ("Byline", quote(document.byline)),
            ("Dateline", quote(document.dateline_text)),
            ("Published", f"{date(document.published_date)} {chip('basis', document.published_basis)}"),
            ("Publisher", _publisher(record, document)),
            ("Whose text", record.link("sources", document.origin_source_id)),
            ("Text kind", chip("text_kind", document.text_kind)),
            ("Size", _size(document)),
            (
                "Coded",
                f"{count(document.statement_count, 'statement')}, {count(document.event_report_count, 'event report')}",
            ),
            ("Id", f"<code>{text(document.document_id)}</code>"),
            ("File", f"<code>{text(document.seed_path)}</code>"),
            ("SHA-256", f'<code class="hash">{text(document.text_sha256)}</code>'),
            ("Rights", text(document.rights_note)),
        )
    )


def _publisher(record: Record, document: Any) -> str:
    reference = record.links("references", document.publisher_reference_id)
    link = record.link("sources", document.publisher_source_id)
    return f"{link} {chip('basis', document.publisher_basis)} {reference}"


def _size(document: Any) -> str:
    amounts = (
        count(document.paragraph_count, "paragraph"),
        count(document.sentence_count, "sentence"),
        count(document.word_count, "word"),
        f"{document.text_length:,} code points",
    )
    return ", ".join(amounts)


def chain(record: Record, document: Any) -> str:
    """The way of the text to this record, drawn: what stands behind it, whose text it is, who printed it, the file."""
    steps, source = [], record.get("sources", document.origin_source_id)
    while source is not None:
        steps.append(source)
        source = record.row("sources", source.origin_source_id)
    roots = [
        ("Behind it" if source.source_id != document.origin_source_id else "Text at the root", _source(record, source))
        for source in reversed(steps)
        if source.source_id != document.publisher_source_id
    ]
    printed = _source(record, record.get("sources", document.publisher_source_id))
    return flow(
        f"The way of the text to {document.label}",
        [
            *roots,
            ("Published as this text", f"{printed}<br>{chip('text_kind', document.text_kind)}"),
            ("Kept here", f"<code>{text(document.document_id)}</code><br>byte for byte as received"),
        ],
    )


def _source(record: Record, source: Any) -> str:
    return f"{record.link('sources', source.source_id)}<br>{chip('source_type', source.source_type)}"


def _dating(record: Record, document: Any) -> str:
    rows = [row for row in record.by("evidence", "document_id", document.document_id) if row.field == "published_date"]
    words = items((f"{passage(record, row)} {chip('support', row.support)}" for row in rows), "passages")
    return (
        facts(
            (
                ("By its own words", date(document.published_text_date)),
                ("Taken", f"{date(document.published_date)} {chip('basis', document.published_basis)}"),
                ("Reference", record.links("references", document.published_reference_id)),
            )
        )
        + f"<p>{text(document.published_rationale)}</p>\n{words}"
    )


def _reliance(record: Record, document: Any) -> str:
    """Every source that the article relies on, under what it goes back to, with the units that come through it."""
    through: dict[str, list[Any]] = {}
    for name, columns in _THROUGH.items():
        for row in record.by(name, "document_id", document.document_id):
            for source in dict.fromkeys(filter(None, (getattr(row, column) for column in columns))):
                through.setdefault(source, []).append(row)
    rows = [
        (
            f'<span class="depth-{min(depth, 3)}">{record.link("sources", source)}</span>',
            chip("source_type", record.get("sources", source).source_type),
            chip("is_party", record.get("sources", source).is_party),
            text(units.tally(through.get(source, []))),
        )
        for depth, source in tree(record, sorted(through, key=lambda source: -len(through[source])))
    ]
    head = ("Source, under what it goes back to", "Kind", "Party to the conflict", "What comes through it")
    return table(f"Sources of {document.label}", head, rows)


def tree(record: Record, sources: list[str]) -> list[tuple[int, str]]:
    """Sources and what they go back to, each after its origin and with its distance from the root."""
    shown: dict[str, None] = {}
    for source in sources:
        while source and source not in shown:
            shown[source] = None
            source = record.get("sources", source).origin_source_id
    below = grouped((record.get("sources", source) for source in shown), "origin_source_id")

    def walk(origin: str | None, depth: int) -> list[tuple[int, str]]:
        return [
            entry
            for row in below.get(origin, ())
            for entry in ((depth, row.source_id), *walk(row.source_id, depth + 1))
        ]

    return walk(None, 0)


#: The columns that say through whom an article has something.
_THROUGH = {
    "statements": ("speaker_source_id", "relayed_by_source_id"),
    "event_reports": ("attributed_source_id", "independence_group"),
    "relations": ("according_to_source_id",),
}


def _note(document: Any) -> str:
    return (
        "In the order of the text. What is marked are the words that a unit rests on; around them stands no more than"
        " its evidence row keeps, and never words of another sentence.\n"
    )


def _sentences(record: Record, document: Any) -> str:
    placed: dict[tuple[int, int], list[Any]] = {}
    for model in UNITS:
        for row in record.by(model.TABLE, "document_id", document.document_id):
            first = units.main_evidence(record, row)[0]
            placed.setdefault((first.paragraph_number, first.sentence_number), []).append((first.start, first.end, row))
    paragraphs = grouped(record.grouped("sentences", "document_id")[document.document_id], "paragraph_number")
    return "\n".join(
        f"### Paragraph {number} {{#p{number}}}\n\n"
        + "\n".join(
            _sentence(
                record, row, [unit for *_, unit in sorted(placed.get((number, row.sentence_number), ()), key=_order)]
            )
            for row in sentences
        )
        for number, sentences in sorted(paragraphs.items())
    )


def _order(entry: tuple[int, int, Any]) -> tuple:
    start, end, row = entry
    return start, end, UNITS.index(type(row)), row.id


def _sentence(record: Record, row: Any, coded: list[Any]) -> str:
    inside = _inside(record, "quotations", row), _inside(record, "mentions", row)
    if row.disposition != "coded":
        words = f"{row.end - row.start} code points, not coded: {text(row.reason)}"
        body = f'<p class="place-holder">{chip("disposition", row.disposition)} {words}</p>\n'
    elif coded:
        body = "".join(units.card(record, unit) for unit in coded)
    else:
        body = '<p class="place-holder">Its words are evidence for units that begin in another sentence.</p>\n'
    return (
        f'<div class="sentence" id="{attribute(row.sentence_id)}">\n'
        f'<p class="sentence-number">Sentence {row.sentence_number}</p>\n'
        f"{body}{_quotations(inside[0])}{_mentions(record, inside[1])}</div>\n"
    )


def _inside(record: Record, name: str, sentence: Any) -> list[Any]:
    """The quoted passages or mentions that begin in a sentence."""
    rows = record.by(name, "document_id", sentence.document_id)
    return [row for row in rows if sentence.start <= row.start < sentence.end]


def _quotations(rows: list[Any]) -> str:
    return items(
        (
            f'<span id="{attribute(row.quotation_id)}"></span>In quotation marks at {row.start} to {row.end}:'
            f" {chip('quotation_disposition', row.disposition)} {text(row.reason)}"
            for row in rows
        ),
        "quoted",
    )


def _mentions(record: Record, rows: list[Any]) -> str:
    """Whom the names in a sentence mean."""
    shown = [
        f'<span id="{attribute(row.mention_id)}">{quote(row.surface_text)} {_meant(record, row)}'
        f"{'' if row.label_kind == 'name' else ' ' + chip('label_kind', row.label_kind)}</span>"
        for row in rows
    ]
    return f'<p class="mentions"><span class="support">Names</span> {" · ".join(shown)}</p>\n' if shown else ""


def _meant(record: Record, row: Any) -> str:
    return record.links("actors", row.actor_id) or record.links("places", row.place_id)
