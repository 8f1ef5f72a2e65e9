"""The evidence as W3C Web Annotations (Web Annotation Data Model, 2017), one collection in one JSON-LD file.

Each annotation selects a passage of an article by its position and by its words, and its body names the unit and the
column that rest on it. The articles are not in the file; a target names its article by the hash of the text that the
offsets count in (``ni:``, RFC 6920), so that they can only be applied to that text.
"""

from __future__ import annotations

import base64
from typing import Any

from ..files.layout import Files
from ..model.index import Index
from ..model.tables import Document, Evidence
from ..package.reader import Package
from ..package.render import json_bytes
from . import NAME, iri

TITLE = "evidence as W3C Web Annotations"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: Terms beyond those of the standard context: the column that rests on the passage, and how the passage bears on it.
OWN_TERMS = {name: iri(f"term:{name}") for name in ("column", "support")}


def render(package: Package) -> Files:
    """One annotation collection with one page."""
    index = Index(package.rows)
    documents = {row.document_id: row for row in index[Document]}
    items = [_annotation(row, documents[row.document_id]) for row in index[Evidence]]
    collection = {
        "@context": [CONTEXT, OWN_TERMS],
        "id": iri("evidence"),
        "type": "AnnotationCollection",
        "label": f"{package.descriptor['title']} {package.descriptor['version']}: evidence",
        "created": package.descriptor["created"],
        "rights": [licence["path"] for licence in package.descriptor["licenses"]],
        "total": len(items),
        "first": {
            "id": iri("evidence:page-1"),
            "type": "AnnotationPage",
            "partOf": iri("evidence"),
            "startIndex": 0,
            "items": items,
        },
    }
    return {f"{NAME}-annotations.jsonld": json_bytes(collection)}


def _annotation(row: Evidence, document: Document) -> dict[str, Any]:
    quote = {"type": "TextQuoteSelector", "exact": row.exact_text}
    quote |= {name: text for name, text in (("prefix", row.prefix_text), ("suffix", row.suffix_text)) if text}
    return {
        "id": iri(row.evidence_id),
        "type": "Annotation",
        "motivation": "linking",
        "body": {
            "type": "SpecificResource",
            "source": iri(row.owner),
            "purpose": "linking",
            "column": row.field,
            "support": row.support,
        },
        "target": {
            "source": {
                "id": named_information(document.counted_sha256),
                "type": "Text",
                "label": f"{document.document_id}, {document.seed_path}",
                "format": "text/plain",
                "language": document.language,
            },
            "selector": [{"type": "TextPositionSelector", "start": row.start, "end": row.end}, quote],
        },
    }


def named_information(sha256: str) -> str:
    """The name of a text by its hash (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).rstrip(b"=").decode()
    return f"ni:///sha-256;{digest}"
