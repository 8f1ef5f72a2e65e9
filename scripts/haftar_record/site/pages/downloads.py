"""Parts with files to download: the package as it is, the exports that need no library, and metadata for machines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from ... import export
from ...files.layout import DESCRIPTOR
from ...model.rows import Row
from ...model.tables import BY_NAME, Document
from ...package import citation, descriptions, store
from ..html import fragment, markdown_text, script_json
from ..page import Part
from ..record import Record

#: Folder of the site in which the package lies as it does in the project, so that the descriptor's paths hold.
FOLDER = "data"
#: The tables that stand on their own in a spreadsheet.
_MAIN = ("documents", "events", "event_reports", "statements", "discrepancies")


@dataclass(frozen=True)
class Resource:
    """A table as a file; ``hash`` is the beginning of its SHA-256 in hexadecimal digits."""

    model: type[Row]
    name: str
    path: str
    schema: str
    description: str
    rows: int
    size: str
    hash: str


def assets(record: Record) -> dict[str, bytes]:
    """The files, and ``llms.txt``."""
    return {
        **{f"{FOLDER}/{path}": content for path, content in store.read(record.root).items()},
        **{f"{FOLDER}/{path}": content for files in record.exports.values() for path, content in files.items()},
        "llms.txt": llms(record).encode(),
    }


def parts(record: Record) -> dict[str, Part]:
    """The parts."""
    return {
        "downloads": _buttons(record),
        "downloads-all": _all(record),
        "downloads-formats": _formats(record),
        "json-ld": fragment("downloads.html", "json_ld", content=script_json(json_ld(record), indent=1)),
    }


def _size(number: int) -> str:
    return f"{number / 1000:,.0f} kB"


def _buttons(record: Record) -> Markup:
    """The main downloads as buttons."""
    exported = {path: content for files in record.exports.values() for path, content in files.items()}
    archive, database = f"{export.NAME}.zip", f"{export.NAME}.sqlite"
    by_name = {resource["name"]: resource for resource in record.descriptor["resources"]}
    files = [
        (archive, f"Everything as CSV (zip, {_size(len(exported[archive]))})", True),
        (database, f"Everything as SQLite ({_size(len(exported[database]))})", False),
        *((by_name[name]["path"], f"{by_name[name]['title']} (CSV)", False) for name in _MAIN),
        (DESCRIPTOR, "Descriptor (JSON)", False),
    ]
    return fragment("downloads.html", "buttons", folder=FOLDER, files=files)


def _all(record: Record) -> Markup:
    resources = [
        Resource(
            model=BY_NAME[one["name"]],
            name=one["name"],
            path=one["path"],
            schema=one["schema"],
            description=one["description"],
            rows=one["rows"],
            size=_size(one["bytes"]),
            hash=one["hash"].removeprefix("sha256:")[:16],
        )
        for one in record.descriptor["resources"]
    ]
    return fragment("downloads.html", "all", record=record, folder=FOLDER, resources=resources)


def _formats(record: Record) -> Markup:
    exports = [
        (title, [(path, _size(len(content))) for path, content in files.items()])
        for title, files in record.exports.items()
    ]
    return fragment("downloads.html", "formats", folder=FOLDER, exports=exports)


# ---- metadata -------------------------------------------------------------------------------------------------------


def json_ld(record: Record) -> dict[str, Any]:
    """The release as a schema.org Dataset, whose addresses are relative to the first page."""
    facts = citation.release(record.descriptor)
    files = tuple(replace(one, path=f"{FOLDER}/{one.path}") for one in facts.files)
    return descriptions.schema_org(replace(facts, files=files), record[Document])


def llms(record: Record) -> str:
    """The site in one plain file: what it is and where everything is (llmstxt.org)."""
    descriptor = record.descriptor
    pages = (
        ("index.html", "what it is, counts, downloads, limits"),
        ("articles/index.html", "the articles, each with its coded passages"),
        ("events.html", "every event with all reports side by side"),
        ("discrepancies.html", "readings that cannot both be right"),
        ("coding-rules.html", "how units are drawn"),
        ("codebook.html", "every code with its definition, an example and a near miss"),
        ("data-dictionary.html", "every column"),
        ("quality.html", "what the record can and cannot show"),
        ("checks.html", "every rule that the data have to pass"),
    )
    tables = [
        f"- [{one['name']}]({FOLDER}/{one['path']}): {markdown_text(one['description'])} {one['rows']} rows."
        for one in descriptor["resources"]
    ]
    version, licence = markdown_text(descriptor["version"]), markdown_text(descriptor["licenses"][0]["title"])
    return "\n".join(
        (
            f"# {markdown_text(descriptor['title'])}",
            f"\n> {markdown_text(descriptor['description'])}",
            f"\nVersion {version}. Licence of the coding: {licence}. {markdown_text(descriptor['textRights'])}",
            "\n## Pages\n",
            *(f"- [{path}]({path}): {what}" for path, what in pages),
            "\n## Tables\n",
            f"- [datapackage.json]({FOLDER}/{DESCRIPTOR}): the descriptor (Data Package v2)",
            *tables,
            "",
        )
    )
