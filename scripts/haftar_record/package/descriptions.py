"""The release described in the words of other standards, all from the descriptor and the row models.

``CITATION.cff``                 Citation File Format 1.2.0, for GitHub and reference managers
``.zenodo.json``                 the deposit metadata of Zenodo
``dataset.jsonld``               schema.org Dataset, for search engines
``croissant.json``               Croissant 1.1 (MLCommons), for loaders of training data
``datapackage/csv-metadata.json``  CSV on the Web (W3C, 2015), found by its readers beside the CSV files
``datapackage-v1.json``   Data Package v1, for readers that do not know version 2

Paths in them are relative, so they hold wherever the folder with the CSV files lies beside them.
"""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from ..files.layout import CITATION, CROISSANT, CSVW, JSON_LD, PLAIN_DESCRIPTOR, ZENODO, Files
from ..model import table_schema
from ..model.cells import LIST_SEPARATOR
from ..model.columns import LINE, Column
from ..model.rows import Row, columns, is_required, kind
from ..model.tables import BY_NAME, Document
from . import citation, plain_descriptor
from .citation import File, Release
from .render import json_bytes

PATHS = (CITATION, ZENODO, JSON_LD, CROISSANT, CSVW, PLAIN_DESCRIPTOR)

CROISSANT_VERSION = "http://mlcommons.org/croissant/1.1"
#: The context that Croissant 1.1 requires word for word.
_CROISSANT_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_CROISSANT_TYPES = {
    str: "sc:Text",
    int: "sc:Integer",
    Decimal: "sc:Float",
    bool: "sc:Boolean",
    date: "sc:Date",
}
_CSVW_TYPES = {str: "string", int: "integer", Decimal: "decimal", bool: "boolean", date: "date"}


def descriptions(descriptor: dict[str, Any], documents: list[Document]) -> Files:
    """Every description of the package with this descriptor, by path beside it."""
    facts = citation.release(descriptor)
    return {
        CITATION: citation.render(descriptor),
        ZENODO: json_bytes(zenodo(facts)),
        JSON_LD: json_bytes(schema_org(facts, documents)),
        CROISSANT: json_bytes(croissant(facts)),
        CSVW: json_bytes(csvw(facts)),
        PLAIN_DESCRIPTOR: json_bytes(plain_descriptor.plain(descriptor)),
    }


def zenodo(facts: Release) -> dict[str, Any]:
    """The metadata of a deposit (Zenodo, legacy record schema), which Zenodo takes from a repository's root."""
    return {
        "title": facts.title,
        "upload_type": "dataset",
        "description": f"<p>{html.escape(facts.description, quote=False)}</p>",
        "version": facts.version,
        "publication_date": facts.date,
        "creators": [{"name": name} for name in facts.creators],
        "keywords": list(facts.keywords),
        "access_right": "open",
        "license": facts.licence["name"].lower(),
        "language": "eng",
        "notes": facts.rights,
        "references": list(facts.sources),
    }


def schema_org(facts: Release, documents: list[Document]) -> dict[str, Any]:
    """The release as a schema.org Dataset, to be put into a page or read as it is."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_common(facts),
        "alternateName": facts.name,
        "creditText": facts.text,
        "usageInfo": facts.rights,
        "isAccessibleForFree": True,
        "isBasedOn": [
            {
                "@type": "NewsArticle",
                "identifier": row.document_id,
                "name": row.title or row.label,
                "inLanguage": row.language,
            }
            for row in documents
        ],
        "distribution": [{"@type": "DataDownload", **_download(file)} for file in facts.files],
    }


def _common(facts: Release) -> dict[str, Any]:
    """What schema.org and Croissant, which extends it, have in common."""
    return {
        "name": facts.title,
        "description": facts.description,
        "version": facts.version,
        "datePublished": facts.date,
        "license": facts.licence["path"],
        "creator": [{"@type": "Organization", "name": name} for name in facts.creators],
        "keywords": list(facts.keywords),
        "inLanguage": "en",
    }


def _download(file: File) -> dict[str, str]:
    """What schema.org and Croissant say about a file in the same terms."""
    return {
        "name": file.table,
        "description": file.description,
        "contentUrl": file.path,
        "encodingFormat": file.mediatype,
        "contentSize": _size(file),
        "sha256": file.sha256,
    }


def _size(file: File) -> str:
    return f"{file.size} B"


# ---- Croissant -----------------------------------------------------------------------------------------------------


def croissant(facts: Release) -> dict[str, Any]:
    """The release as a Croissant dataset: the CSV files, and a record set per table."""
    return {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CROISSANT_VERSION,
        **_common(facts),
        "alternateName": facts.name,
        "citeAs": facts.text,
        "isLiveDataset": False,
        "distribution": [{"@type": "cr:FileObject", "@id": file.path, **_download(file)} for file in facts.files],
        "recordSet": [_record_set(file) for file in facts.files],
    }


def _record_set(file: File) -> dict[str, Any]:
    """A table. References between tables are left out: loaders join by them, and would drop rows with an empty cell."""
    model = BY_NAME[file.table]
    return {
        "@type": "cr:RecordSet",
        "@id": file.table,
        "name": file.table,
        "description": file.description,
        "key": [{"@id": f"{file.table}/{name}"} for name in model.KEY],
        "field": [_field(model, file, name, column) for name, column in columns(model).items()],
    }


def _field(model: type[Row], file: File, name: str, column: Column) -> dict[str, Any]:
    source: dict[str, Any] = {"fileObject": {"@id": file.path}, "extract": {"column": name}}
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{file.table}/{name}",
        "name": name,
        "description": table_schema.description(model, name),
        "dataType": _CROISSANT_TYPES[kind(model, name)],
    }
    if column.many:
        field |= {"isArray": True, "arrayShape": "-1"}
        source["transform"] = {"separator": LIST_SEPARATOR}
    field["source"] = source
    return field


# ---- CSV on the Web ------------------------------------------------------------------------------------------------


def csvw(facts: Release) -> dict[str, Any]:
    """The tables as a table group (W3C Metadata Vocabulary for Tabular Data)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "TableGroup",
        "dc:title": facts.title,
        "dc:description": facts.description,
        "dc:creator": list(facts.creators),
        "dc:issued": {"@value": facts.date, "@type": "xsd:date"},
        "dc:license": {"@id": facts.licence["path"]},
        "dc:rights": facts.rights,
        "dcat:keyword": list(facts.keywords),
        "schema:version": facts.version,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\n"]},
        "tables": [_csvw_table(file) for file in facts.files],
    }


def _csvw_table(file: File) -> dict[str, Any]:
    model = BY_NAME[file.table]
    # In this standard no foreign key may be empty; those that may are in the descriptor.
    keys = [
        {"columnReference": [name], "reference": {"resource": _beside(column.ref), "columnReference": [key]}}
        for name, column in columns(model).items()
        if column.ref and not column.many and is_required(model, name)
        for key in BY_NAME[column.ref].KEY
    ]
    return {
        "url": PurePosixPath(file.path).name,
        "dc:title": file.title,
        "dc:description": file.description,
        "schema:contentSize": _size(file),
        "schema:sha256": file.sha256,
        "tableSchema": {
            "columns": [_csvw_column(model, name, column) for name, column in columns(model).items()],
            "primaryKey": list(model.KEY),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _beside(table: str) -> str:
    """The path of another table from ``CSVW``, in whose folder all tables lie."""
    return f"{table}.csv"


def _csvw_column(model: type[Row], name: str, column: Column) -> dict[str, Any]:
    required = is_required(model, name)
    found: dict[str, Any] = {
        "name": name,
        "titles": [name],
        "dc:description": table_schema.description(model, name),
        "datatype": _datatype(kind(model, name), column),
        "required": required,
    }
    if not required:
        found["null"] = list(column.missing)
    if column.many:
        found["separator"] = LIST_SEPARATOR
    return found


def _datatype(python_type: type, column: Column) -> dict[str, Any]:
    """The datatype of one value, or of each value in a list cell. A pattern is an ECMAScript one, anchored."""
    found: dict[str, Any] = {"base": _CSVW_TYPES[python_type]}
    if python_type is bool:
        found["format"] = "true|false"
    if python_type is date:
        found["format"] = "yyyy-MM-dd"
    if python_type is str:
        pattern = "|".join(map(re.escape, column.allowed)) or column.pattern
        if pattern != LINE:
            found["format"] = f"^(?:{pattern})$"
        if column.max_length is not None:
            found["maxLength"] = column.max_length
    for name, bound in (("minimum", column.minimum), ("maximum", column.maximum)):
        if bound is not None:
            found[name] = bound
    return found
