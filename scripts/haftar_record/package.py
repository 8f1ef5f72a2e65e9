"""Render the data package: the bytes of all tables, Table Schemas, descriptor and citation. Nothing is written here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any

from . import citation, schema
from .assemble import Rows
from .inputs import Inputs
from .store import CITATION, DATA, DESCRIPTOR, SCHEMAS, Files
from .tables import TABLES, Document, Row

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT = {
    "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
LICENSES = [
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0 International",
    }
]


def render(inputs: Inputs, rows: Rows) -> Files:
    """All generated files by path from the project's root. The same inputs give the same bytes."""
    files: Files = {}
    for model in TABLES:
        files[f"{DATA}/{model.TABLE}.csv"] = csv_bytes(model, rows[model.TABLE])
        files[f"{SCHEMAS}/{model.TABLE}.json"] = json_bytes(schema.table_schema(model))
    described = descriptor(inputs, rows, files)
    files[DESCRIPTOR] = json_bytes(described)
    files[CITATION] = citation.render(described)
    return files


def csv_bytes(model: type[Row], rows: list[Row]) -> bytes:
    """One table as CSV (RFC 4180 but for the line feed), UTF-8 without a byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(model.model_fields)
    writer.writerows(row.cells() for row in rows)
    return buffer.getvalue().encode()


def json_bytes(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def descriptor(inputs: Inputs, rows: Rows, files: Files) -> dict[str, Any]:
    """The Data Package v2 descriptor."""
    record = inputs.register("record")
    retired = [entry.model_dump() for entry in inputs.register("retired")]
    return {
        "$schema": PROFILE,
        "$comment": schema.GENERATED
        + "its texts are in seeds/coding/record.yaml, columns in scripts/haftar_record/tables.py.",
        "name": record.name,
        "title": record.title,
        "description": record.description,
        "version": record.version,
        "created": record.created,
        "keywords": record.keywords,
        "licenses": LICENSES,
        "textRights": record.text_rights,
        "contributors": [contributor.model_dump() for contributor in record.contributors],
        "sources": [_article_source(document, record) for document in rows["documents"]],
        # No property of the standard: what became of ids that earlier releases had.
        **({"retired": retired} if retired else {}),
        "resources": [_resource(model, len(rows[model.TABLE]), files) for model in TABLES],
    }


def _article_source(document: Document, record: Any) -> dict[str, str]:
    """One article as a source, with its path in the project."""
    key = document.document_id.removeprefix("doc-")
    source = {"title": f"{document.label[:3]}, {document.document_id}: {record.articles.get(key, document.seed_path)}"}
    return source | {"path": document.seed_path, "hash": f"sha256:{document.text_sha256}"}


def _resource(model: type[Row], count: int, files: Files) -> dict[str, Any]:
    path = f"{DATA}/{model.TABLE}.csv"
    return {
        "name": model.TABLE,
        "type": "table",
        "path": path,
        "title": model.TITLE,
        "description": schema.purpose(model),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": len(files[path]),
        "rows": count,
        "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}",
        "schema": f"{SCHEMAS}/{model.TABLE}.json",
    }
