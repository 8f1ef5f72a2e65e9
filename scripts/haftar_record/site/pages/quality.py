"""The parts of the page on quality: counts by article, and how often each optional column is filled."""

from __future__ import annotations

from collections import Counter
from statistics import NormalDist
from typing import Any

from ...model import table_schema
from ...model.rows import Row, columns, grouped
from ...model.tables import TABLES
from ..html import chip, date, table, text
from ..record import ROOT, Record
from . import faults

_Z = NormalDist().inv_cdf(0.975)


def parts(record: Record) -> dict[str, str]:
    return {
        "counts-by-article": _by_article(record),
        "fill-rates": "\n".join(_fill_rates(record, model) for model in TABLES if _optional(model)),
        "corroboration": _corroboration(record),
        "faults": faults.families(record.root),
        "rights": _rights(record),
        "origins": _origins(record),
        "publication-dates": _dates(record),
        "standing": _standing(record),
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


def is_filled(value: Any, missing: dict[str, str]) -> bool:
    """Whether a cell says something: neither empty nor one of the labelled missing values."""
    return value is not None and value not in missing


def _by_article(record: Record) -> str:
    tables = [model for model in TABLES if "document_id" in model.model_fields and model.TABLE != "documents"]
    counts = {model.TABLE: Counter(row.document_id for row in record[model.TABLE]) for model in tables}
    rows = [
        (
            f'<a href="{ROOT}{record.field_url(model.TABLE)}">{text(model.TITLE)}</a>',
            *(f"{counts[model.TABLE][document.document_id]:,}" for document in record.documents),
            f"{len(record[model.TABLE]):,}",
        )
        for model in tables
    ]
    heads = (record.link("documents", document.document_id) for document in record.documents)
    return table("Rows by article", ("Table", *heads, "All"), rows, "numbers")


def _optional(model: type[Row]) -> list[str]:
    return [name for name in model.model_fields if not table_schema.is_required(model, name)]


def _fill_rates(record: Record, model: type[Row]) -> str:
    rows = record[model.TABLE]
    by_article = grouped(rows, "document_id") if "document_id" in model.model_fields else {}
    lines = [_fill_rate(record, model, name, rows, by_article) for name in _optional(model)]
    head = ("Column", "Filled", "Rate", "95 % interval", "Lowest and highest article")
    return f"### {text(model.TITLE)} {{#fill-{model.TABLE}}}\n\n{table(f'Filled cells in {model.TABLE}', head, lines, 'numbers')}"


def _fill_rate(record: Record, model: type[Row], name: str, rows: list[Any], by_article: dict[str, list[Any]]) -> tuple:
    missing = columns(model)[name].missing

    def filled(some: list[Any]) -> int:
        return sum(is_filled(getattr(row, name), missing) for row in some)

    low, high = wilson(filled(rows), len(rows))
    rates = sorted(filled(some) / len(some) for some in by_article.values())
    return (
        f'<a href="{ROOT}{record.field_url(model.TABLE, name)}"><code>{text(name)}</code></a>',
        f"{filled(rows):,} of {len(rows):,}",
        f"{filled(rows) / len(rows):.0%}",
        f"{low:.0%} to {high:.0%}",
        f"{rates[0]:.0%}, {rates[-1]:.0%}" if rates else "",
    )


def _corroboration(record: Record) -> str:
    counts = Counter(row.corroboration for row in record["events"])
    rows = [(chip("corroboration", code), f"{number:,}") for code, number in counts.most_common()]
    return table("Events by corroboration", ("Corroboration", "Events"), rows, "numbers")


def _rights(record: Record) -> str:
    rows = [(record.link("documents", row.document_id), text(row.rights_note)) for row in record.documents]
    return table("Whose the articles are", ("Article", "Rights"), rows)


def _origins(record: Record) -> str:
    rows = [
        (
            record.link("documents", row.document_id),
            record.link("sources", row.publisher_source_id),
            record.link("sources", row.origin_source_id),
            chip("text_kind", row.text_kind),
        )
        for row in record.documents
    ]
    return table("Copies and originals", ("Article", "This text", "Whose text it is at the root", "Text kind"), rows)


def _dates(record: Record) -> str:
    rows = [
        (
            record.link("documents", row.document_id),
            date(row.published_text_date),
            date(row.published_date),
            chip("basis", row.published_basis),
            record.links("references", row.published_reference_id),
        )
        for row in record.documents
    ]
    return table("Publication dates", ("Article", "By its words", "Taken", "Basis", "Reference"), rows)


def _standing(record: Record) -> str:
    counts = Counter(row.standing for row in record["references"])
    rows = [(chip("reference_standing", code), f"{number:,}") for code, number in counts.most_common()]
    return table("Outside references by standing", ("Standing", "References"), rows, "numbers")
