"""Parts of the pages ``quality``, ``provenance`` and ``licence``: counts by article, how often columns are filled."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import NormalDist

from markupsafe import Markup

from ...model.rows import Row, columns, grouped, is_required, stands_in_article
from ...model.tables import TABLES, Document, Event, Reference, Source
from ..html import ROOT, chip, date, fragment, table
from ..page import Part
from ..record import Record
from . import faults

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Filled:
    """How often the optional columns of a table are filled: a row of cells for each."""

    name: str
    title: str
    rows: list[tuple[str, ...]]


def parts(record: Record) -> dict[str, Part]:
    """The parts."""
    filled = [_fill_rates(record, model) for model in TABLES if _optional(model) and record[model]]
    return {
        "counts-by-article": _by_article(record),
        "coding-by-article": _coding(record),
        "fill-rates": fragment("quality.html", "fill_rates", tables=filled),
        "corroboration": _tallied(record, "Events by corroboration", Event, "corroboration"),
        "faults": faults.families(record.root),
        "rights": _rights(record),
        "origins": _origins(record),
        "publication-dates": _dates(record),
        "standing": _tallied(record, "Outside references by standing", Reference, "standing"),
    }


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a rate (Wilson 1927), between 0 and 1. Raises ValueError without trials."""
    if not 0 <= successes <= trials or not trials:
        raise ValueError(f"{successes} of {trials}")
    rate, square = successes / trials, _Z**2
    centre = (rate + square / (2 * trials)) / (1 + square / trials)
    half = _Z / (1 + square / trials) * ((rate * (1 - rate) / trials + square / (4 * trials**2)) ** 0.5)
    low, high = centre - half, centre + half
    return (0.0 if successes == 0 else low), (1.0 if successes == trials else high)


def is_filled(value: object, missing: dict[str, str]) -> bool:
    """Whether a cell has a value: it is neither empty nor one of the labelled missing values."""
    return value is not None and value not in missing


def _column_link(record: Record, words: str, model: type[Row], column: str = "") -> Markup:
    link = Markup('<a href="{}{}">{}</a>')
    shown = Markup("<code>{}</code>").format(words) if column else words
    return link.format(ROOT, record.field_url(model, column), shown)


def _by_article(record: Record) -> Markup:
    tables = [model for model in TABLES if stands_in_article(model)]
    counts = {model.TABLE: Counter(getattr(row, "document_id") for row in record[model]) for model in tables}  # noqa: B009
    rows = [
        (
            _column_link(record, model.TITLE, model),
            *(f"{counts[model.TABLE][document.document_id]:,}" for document in record.documents),
            f"{len(record[model]):,}",
        )
        for model in tables
    ]
    heads = (record.link(Document, document.document_id) for document in record.documents)
    return table("Rows by article", ("Table", *heads, "All"), rows, "numbers")


def _coding(record: Record) -> Markup:
    rows = [
        (
            record.link(Document, row.document_id),
            chip("coder_type", row.coder_type),
            f"{row.reading_count:,}",
            date(str(row.coded_date)),
            row.rules_version,
            chip("coding_status", row.coding_status),
        )
        for row in record.documents
    ]
    head = ("Article", "Coder", "Readings", "Last reading", "Version of the rules", "Standing")
    return table("How the articles were coded", head, rows)


def _optional(model: type[Row]) -> list[str]:
    return [name for name in model.model_fields if not is_required(model, name)]


def _fill_rates(record: Record, model: type[Row]) -> Filled:
    rows = record[model]
    by_article = grouped(rows, "document_id") if "document_id" in model.model_fields else {}
    names = _optional(model) if rows else []  # of no rows, nobody knows a rate
    lines = [_fill_rate(record, model, name, list(by_article.values())) for name in names]
    return Filled(model.TABLE, model.TITLE, lines)


def _fill_rate(record: Record, model: type[Row], name: str, by_article: list[list[Row]]) -> tuple[str, ...]:
    """The cells of one column: name, filled cells, rate, interval, and the lowest and highest rate of an article."""
    missing, rows = columns(model)[name].missing, record[model]

    def filled(some: list[Row]) -> int:
        return sum(is_filled(getattr(row, name), missing) for row in some)

    low, high = wilson(filled(rows), len(rows))
    rates = sorted(filled(some) / len(some) for some in by_article)
    return (
        _column_link(record, name, model, name),
        f"{filled(rows):,} of {len(rows):,}",
        f"{filled(rows) / len(rows):.0%}",
        f"{low:.0%} to {high:.0%}",
        f"{rates[0]:.0%}, {rates[-1]:.0%}" if rates else "",
    )


def _tallied(record: Record, caption: str, model: type[Row], column: str) -> Markup:
    """How many rows of a table have each code of a column, the most frequent code first."""
    code_list = columns(model)[column].codes
    counts = Counter(getattr(row, column) for row in record[model])
    lines = [(chip(code_list, code), f"{number:,}") for code, number in counts.most_common()]
    return table(caption, (column.capitalize(), model.TITLE), lines, "numbers")


def _rights(record: Record) -> Markup:
    rows = [(record.link(Document, row.document_id), row.rights_note) for row in record.documents]
    return table("Whose the articles are", ("Article", "Rights"), rows)


def _origins(record: Record) -> Markup:
    rows = [
        (
            record.link(Document, row.document_id),
            record.link(Source, row.publisher_source_id),
            record.link(Source, row.origin_source_id),
            chip("text_kind", row.text_kind),
        )
        for row in record.documents
    ]
    return table("Copies and originals", ("Article", "This text", "Whose text it is at the root", "Text kind"), rows)


def _dates(record: Record) -> Markup:
    rows = [
        (
            record.link(Document, row.document_id),
            date(row.published_text_date) or "no year is printed",
            date(row.published_date),
            chip("basis", row.published_basis),
            record.links(Reference, row.published_reference_id),
        )
        for row in record.documents
    ]
    return table("Publication dates", ("Article", "By its words", "Taken", "Basis", "Reference"), rows)
