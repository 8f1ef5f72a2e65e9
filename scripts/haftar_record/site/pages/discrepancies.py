"""The page of discrepancies: both readings side by side, which one the record takes and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.cells import split
from ...model.rows import grouped
from ...model.tables import BY_NAME
from ..html import chip, count, facts, items, passage, table, text
from ..page import Page
from ..record import Record

_LEAD = (
    "Two readings that cannot both be right, or a passage that is garbled, mistranslated or misleading. Nothing is"
    " corrected in silence: both readings stay, with the words they rest on."
)


def pages(record: Record) -> Iterator[Page]:
    rows = sorted(record["discrepancies"], key=lambda row: (row.kind, row.discrepancy_id))
    entries = (f"## {text(row.title)} {{#{row.discrepancy_id}}}\n\n{_entry(record, row)}" for row in rows)
    number = count(len(rows), "discrepancy", "discrepancies")
    yield Page(
        "discrepancies.md",
        BY_NAME["discrepancies"].TITLE,
        f"{number}. {_LEAD}\n\n{_summary(rows)}\n" + "\n".join(entries),
    )


def _summary(rows: list[Any]) -> str:
    resolutions = list(dict.fromkeys(row.resolution for row in rows))
    lines = [
        (
            chip("discrepancy_kind", kind),
            *(str(sum(row.resolution == one for row in found) or "") for one in resolutions),
        )
        for kind, found in grouped(rows, "kind").items()
    ]
    return table(
        "Discrepancies by kind and by the reading taken",
        ("Kind", *(chip("resolution", one) for one in resolutions)),
        lines,
        "numbers",
    )


def _entry(record: Record, row: Any) -> str:
    table_name, column = row.field.split(".")
    field = f'<a href="@/{record.field_url(table_name, column)}"><code>{text(row.field)}</code></a>'
    return (
        f"<p>{chip('discrepancy_kind', row.kind)} {chip('conflict', row.conflict)} at stake: {field}</p>\n"
        '<div class="side-by-side readings">\n'
        f"{_reading(record, 'First reading', row, 'a')}{_reading(record, 'Second reading', row, 'b')}</div>\n"
        + facts(
            (
                ("The record takes", chip("resolution", row.resolution)),
                ("Why", text(row.rationale)),
                ("Event", record.links("events", row.event_id)),
                ("Actor", record.links("actors", row.actor_id)),
                ("Outside reference", _outside(record, row)),
                ("Id", f"<code>{text(row.discrepancy_id)}</code>"),
            )
        )
    )


def _reading(record: Record, title: str, row: Any, side: str) -> str:
    document = getattr(row, f"document_{side}_id")
    taken = " taken" if row.resolution in (f"prefer_{side}", "both_compatible") else ""
    where = (
        record.link("documents", document)
        if document
        else f"outside reference {record.links('references', row.reference_id)}"
    )
    evidence = [record.get("evidence", one) for one in split(getattr(row, f"evidence_{side}_ids"))]
    return (
        f'<div class="reading{taken}">\n<p class="reading-title">{title}: {where}</p>\n'
        f"<p>{text(getattr(row, f'reading_{side}'))}</p>\n"
        f"{items((passage(record, one) for one in evidence), 'passages')}</div>\n"
    )


def _outside(record: Record, row: Any) -> str:
    if not row.reference_id:
        return ""
    reference = record.get("references", row.reference_id)
    return f"{record.link('references', row.reference_id)}: {text(reference.value)} {chip('reference_standing', reference.standing)}"
