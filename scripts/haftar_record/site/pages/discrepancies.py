"""The page ``discrepancies``: both readings side by side, which one the record takes and why."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.rows import grouped
from ...model.tables import Discrepancy
from ..html import count, fragment
from ..page import Page
from ..record import Record


def pages(record: Record) -> Iterator[Page]:
    """The page."""
    rows = sorted(record[Discrepancy], key=lambda row: (row.kind, row.discrepancy_id))
    resolutions = list(dict.fromkeys(row.resolution for row in rows))
    kinds = [
        (kind, [str(sum(row.resolution == one for row in found) or "") for one in resolutions])
        for kind, found in grouped(rows, "kind").items()
    ]
    body = fragment(
        "discrepancies.html",
        "page",
        record=record,
        rows=rows,
        number=count(len(rows), "discrepancy", "discrepancies"),
        resolutions=resolutions,
        kinds=kinds,
    )
    yield Page("discrepancies.md", Discrepancy.TITLE, body)
