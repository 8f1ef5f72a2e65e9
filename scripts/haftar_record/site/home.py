"""The parts of the first page: counts, the articles, how to cite."""

from __future__ import annotations

from datetime import date
from typing import Any

from . import articles
from .html import date_words, items, text
from .record import ROOT, Record

_COUNTS = (
    ("documents", "articles", "articles/index.html"),
    ("statements", "statements", ""),
    ("events", "events", "events.html"),
    ("event_reports", "event reports", ""),
    ("relations", "relations", ""),
    ("quantities", "quantities", ""),
    ("discrepancies", "discrepancies", "discrepancies.html"),
    ("actors", "actors", "actors.html"),
    ("sources", "sources", "sources.html"),
    ("evidence", "pieces of evidence", ""),
)


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
        "citation": f"> {text(citation(record))}\n",
        "citation-row": _row_citation(record),
        "citation-bibtex": f"```bibtex\n{bibtex(record)}\n```\n",
        "ways": _ways(),
        "sentences-accounted": _accounted(record),
    }


def _counts(record: Record) -> str:
    entries = "\n".join(
        f'<div><dt><a href="{ROOT}{page or record.field_url(table)}">{label}</a></dt><dd>{len(record[table]):,}</dd></div>'
        for table, label, page in _COUNTS
    )
    return f'<dl class="counts">\n{entries}\n</dl>\n'


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


def creators(descriptor: dict[str, Any]) -> str:
    return ", ".join(one["title"] for one in descriptor["contributors"] if "creator" in one["roles"])


def citation(record: Record) -> str:
    """How to cite the record, in one line."""
    descriptor = record.descriptor
    day = date.fromisoformat(descriptor["created"][:10])
    return (
        f"{creators(descriptor)} ({day.year}). {descriptor['title']}, version {descriptor['version']}"
        f" ({date_words(day.isoformat())}) [data set]. {descriptor['licenses'][0]['name']}."
    )


def _row_citation(record: Record) -> str:
    row = record["statements"][0]
    title, version = record.descriptor["title"], record.descriptor["version"]
    return f"> {text(title)}, version {version}, statement {record.link('statements', row.statement_id, row.statement_id)}.\n"


def bibtex(record: Record) -> str:
    descriptor = record.descriptor
    return (
        f"@misc{{haftar_record_{descriptor['version'].replace('.', '_')},\n"
        f"  title   = {{{{{descriptor['title']}}}}},\n"
        f"  author  = {{{{{creators(descriptor)}}}}},\n"
        f"  year    = {{{descriptor['created'][:4]}}},\n"
        f"  version = {{{descriptor['version']}}},\n"
        f"  note    = {{Data set, {descriptor['licenses'][0]['name']}}}\n"
        "}"
    )
