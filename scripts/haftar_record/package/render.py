"""Render the data package: the bytes of all tables, Table Schemas, descriptor and citation. Nothing is written here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any, cast

from ..files.layout import CITATION, DESCRIPTOR, Files, data_path, register_path, schema_path
from ..model import counted, table_schema
from ..model.computed import article_number
from ..model.rows import Row, Rows
from ..model.tables import BY_NAME, TABLES, Document
from . import citation

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


@dataclass(frozen=True)
class Facts:
    """What the descriptor says about the file of a table: its size, its hash, its number of rows."""

    size: int
    sha256: str
    rows: int

    @classmethod
    def of(cls, data: bytes, rows: int) -> Facts:
        """The facts about a file with this content and this number of rows."""
        return cls(len(data), hashlib.sha256(data).hexdigest(), rows)


def render(record: Any, retired: list[Any], rows: Rows, titles: dict[str, str]) -> Files:
    """All generated files by path from the project's root. The same inputs give the same bytes.

    ``record`` and ``retired`` are the registers of the release and of the retired ids, ``titles`` what articles are
    called as sources, by their ids.
    """
    files: Files = {}
    facts: dict[str, Facts] = {}
    for model in TABLES:
        data = csv_bytes(model, rows[model.TABLE])
        files[data_path(model.TABLE)], facts[model.TABLE] = data, Facts.of(data, len(rows[model.TABLE]))
        files[schema_path(model.TABLE)] = json_bytes(table_schema.table_schema(model))
    documents = cast(list[Document], rows[Document.TABLE])
    said = texts(record, retired, counted.places(row.published_date for row in documents))
    described = descriptor(said, sources(documents, titles), facts)
    files[DESCRIPTOR] = json_bytes(described)
    files[CITATION] = citation.render(described)
    return files


def csv_bytes(model: type[Row], rows: list[Row]) -> bytes:
    """One table as CSV (RFC 4180 except for the line feed), UTF-8 without a byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(model.model_fields)
    writer.writerows(row.cells() for row in rows)
    return buffer.getvalue().encode()


def json_bytes(content: Any) -> bytes:
    """JSON as in every generated file: UTF-8, indented by two spaces, a line feed at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def texts(record: Any, retired: list[Any], values: dict[str, str]) -> dict[str, Any]:
    """What the registers of the release and of the retired ids say about the package; ``values`` go into places."""
    return {
        "name": record.name,
        "title": record.title,
        "description": counted.filled(record.description, values),
        "version": record.version,
        "created": record.created,
        "keywords": record.keywords,
        "textRights": record.text_rights,
        "contributors": [contributor.model_dump() for contributor in record.contributors],
        **({"retired": [entry.model_dump() for entry in retired]} if retired else {}),
    }


def sources(documents: list[Document], titles: dict[str, str]) -> list[dict[str, str]]:
    """The articles as sources, each with its path in the project.

    ``titles`` by the id of the article; without one, the article is called by its publisher and its day.
    """
    day = {row.document_id: f"{row.label.partition(' ')[2]}, {row.published_date}" for row in documents}
    return [
        {
            "title": f"{article_number(row.label)}, {row.document_id}: "
            + titles.get(row.document_id, day[row.document_id]),
            "path": row.seed_path,
            "hash": f"sha256:{row.text_sha256}",
        }
        for row in documents
    ]


def descriptor(said: dict[str, Any], articles: list[dict[str, str]], facts: dict[str, Facts]) -> dict[str, Any]:
    """The Data Package v2 descriptor from its texts, its sources and the facts about each table."""
    order = ("name", "title", "description", "version", "created", "keywords")
    return {
        "$schema": PROFILE,
        "$comment": f"{table_schema.GENERATED} Its texts are in {register_path('record')}.",
        **{key: said[key] for key in order},
        "licenses": LICENSES,
        "textRights": said["textRights"],
        "contributors": said["contributors"],
        "sources": articles,
        # Not a property of the standard: what became of ids that earlier releases had.
        **({"retired": said["retired"]} if said.get("retired") else {}),
        "resources": [_resource(model, facts[model.TABLE]) for model in TABLES],
    }


def released(content: dict[str, Any]) -> dict[str, Any]:
    """The descriptor of a release: the schemas inside, the articles named as sources but not included, and no comment
    on where the texts are edited."""
    resources = [
        resource | {"schema": _without(table_schema.table_schema(BY_NAME[resource["name"]]), "$comment")}
        for resource in content["resources"]
    ]
    sources_ = [_without(source, "path") for source in content["sources"]]
    return _without(content, "$comment") | {"sources": sources_, "resources": resources}


def _without(content: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != name}


def _resource(model: type[Row], facts: Facts) -> dict[str, Any]:
    return {
        "name": model.TABLE,
        "type": "table",
        "path": data_path(model.TABLE),
        "title": model.TITLE,
        "description": table_schema.purpose(model),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": facts.size,
        "rows": facts.rows,
        "hash": f"sha256:{facts.sha256}",
        "schema": schema_path(model.TABLE),
    }
