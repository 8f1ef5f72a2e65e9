"""The parts of the first page: counts, the articles, how to cite."""

from __future__ import annotations

from ...model.rows import Row, plural
from ...model.tables import (
    Actor,
    Discrepancy,
    Document,
    Event,
    EventReport,
    Evidence,
    Quantity,
    Relation,
    Source,
    Statement,
)
from ...package import citation
from ..html import items, text
from ..record import ROOT, Record
from . import articles

#: The tables that the first page counts.
_COUNTED: tuple[type[Row], ...] = (
    Document, Statement, Event, EventReport, Relation, Quantity, Discrepancy, Actor, Source, Evidence,
)  # fmt: skip


_WAYS = (
    ("articles/index.html", "Articles", "Each with its coded passages, in the order of the text."),
    ("explore/index.html", "Explore", "Timeline, network, map, who backs whom, tables with filters."),
    ("events.html", "Events", "Every event with all its reports side by side."),
    ("discrepancies.html", "Discrepancies", "Where readings part, and which one the record takes."),
    ("provenance.html", "Provenance", "Where the texts come from, and how rows derive from words."),
    ("use-it.html", "Use it", "Spreadsheet, pandas, polars, DuckDB, SQLite, R, CI."),
)


def parts(record: Record) -> dict[str, str]:
    return {
        "counts": _counts(record),
        "articles": articles.overview(record),
        "citation": f"> {text(citation.release(record.descriptor).text)}\n",
        "citation-row": _row_citation(record),
        "citation-bibtex": f"```bibtex\n{bibtex(record)}\n```\n",
        "ways": _ways(),
        "sentences-accounted": _accounted(record),
    }


def _counts(record: Record) -> str:
    entries = "\n".join(
        f'<div><dt><a href="{ROOT}{_page(record, model)}">{plural(model)}</a></dt>'
        f"<dd>{len(record[model.TABLE]):,}</dd></div>"
        for model in _COUNTED
    )
    return f'<dl class="counts">\n{entries}\n</dl>\n'


def _page(record: Record, model: type[Row]) -> str:
    """Where a reader finds the rows of a table, or what is known of it."""
    if model is Document:
        return "articles/index.html"
    return f"{model.TABLE}.html" if model.PAGE == "table" else record.field_url(model.TABLE)


def _ways() -> str:
    cards = (f'<a href="{ROOT}{page}"><strong>{title}</strong></a><br>{what}' for page, title, what in _WAYS)
    return items(cards, "cards")


def _accounted(record: Record) -> str:
    rows = record["sentences"]
    coded = sum(row.disposition == "coded" for row in rows)
    return (
        f"All {len(rows)} sentences of the articles are accounted for: {coded} carry coded units, the other"
        f" {len(rows) - coded} are listed with the reason why not."
    )


def _row_citation(record: Record) -> str:
    row = record["statements"][0]
    title, version = record.descriptor["title"], record.descriptor["version"]
    return f"> {text(title)}, version {version}, statement {record.link('statements', row.statement_id, row.statement_id)}.\n"


def bibtex(record: Record) -> str:
    """How to cite the record, for reference managers that read BibTeX."""
    facts = citation.release(record.descriptor)
    return (
        f"@misc{{haftar_record_{facts.version.replace('.', '_')},\n"
        f"  title   = {{{{{facts.title}}}}},\n"
        f"  author  = {{{{{' and '.join(facts.creators)}}}}},\n"
        f"  year    = {{{facts.date[:4]}}},\n"
        f"  version = {{{facts.version}}},\n"
        f"  note    = {{Data set, {facts.licence['name']}}}\n"
        "}"
    )
