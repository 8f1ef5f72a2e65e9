"""One page per article: what is known of it, and its coded passages in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

from .html import attribute
from .page import Page
from .record import ON_ARTICLE, Record


def pages(record: Record) -> Iterator[Page]:
    for document in record.documents:
        number = record.number(document.document_id)
        anchors = [
            f'<p id="{attribute(row.id[0])}"></p>'
            for table in ON_ARTICLE
            for row in record.by(table, "document_id", document.document_id)
        ]
        yield Page(f"articles/{number}.md", document.label, "\n".join(anchors))
