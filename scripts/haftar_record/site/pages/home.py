"""Parts of the first page and of the pages ``cite`` and ``provenance``: counts, the articles, how to cite."""

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
    Sentence,
    Source,
    Statement,
)
from ...package import citation
from ..html import fragment
from ..page import Part
from ..record import Record
from . import articles

#: The tables that the first page counts.
_COUNTED: tuple[type[Row], ...] = (
    Document, Statement, Event, EventReport, Relation, Quantity, Discrepancy, Actor, Source, Evidence,
)  # fmt: skip


_WAYS = (
    ("articles/index.html", "Articles", "Each with its coded passages, in the order of the text."),
    ("explore/index.html", "Explore", "Timeline, network, map, who backs whom, tables with filters."),
    ("events.html", "Events", "Every event with all its reports side by side."),
    ("discrepancies.html", "Discrepancies", "Where readings differ, and which one the record takes."),
    ("provenance.html", "Provenance", "Where the texts come from, and how rows come from words."),
    ("use-it.html", "Use it", "Spreadsheet, pandas, polars, DuckDB, SQLite, R, CI."),
)


def parts(record: Record) -> dict[str, Part]:
    """The parts."""
    sentences = record[Sentence]
    coded = sum(row.disposition == "coded" for row in sentences)
    counts = [(_page(record, model), plural(model), len(record[model])) for model in _COUNTED]
    cited = citation.release(record.descriptor).text
    return {
        "counts": fragment("home.html", "counts", entries=counts),
        "articles": articles.overview(record),
        "citation": fragment("home.html", "citation", words=cited),
        "citation-row": fragment("home.html", "row_citation", record=record, row=_cited(record)),
        "citation-bibtex": fragment("elements.html", "code_block", words=bibtex(record)),
        "ways": fragment("home.html", "ways", entries=_WAYS),
        "sentences-accounted": fragment("home.html", "accounted", all=len(sentences), coded=coded),
    }


def _cited(record: Record) -> Row:
    """A row to show how one is cited: a statement, where the record has one."""
    return next(record[model][0] for model in (Statement, EventReport, Document) if record[model])


def _page(record: Record, model: type[Row]) -> str:
    """The page with the rows of a table, or with its columns."""
    if model is Document:
        return "articles/index.html"
    return f"{model.TABLE}.html" if model.PAGE == "table" else record.field_url(model)


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
