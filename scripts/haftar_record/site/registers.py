"""Pages of events, actors, sources, topics, places, references and decisions: every row with all that bears on it."""

from __future__ import annotations

from collections.abc import Iterator

from ..tables import BY_NAME
from .html import text
from .page import Page
from .record import ON_OWN_PAGE, Record


def pages(record: Record) -> Iterator[Page]:
    for table in ON_OWN_PAGE:
        entries = [f"## {text(record.label(table, row.id[0]))} {{#{row.id[0]}}}\n" for row in record[table]]
        yield Page(f"{table}.md", BY_NAME[table].TITLE, "\n".join(entries))
