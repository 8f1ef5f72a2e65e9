"""Files to take away: the package as it is, the exports that need no library, and metadata for machines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from ... import export
from ...export import metadata
from ...files.layout import DESCRIPTOR
from ...package import citation, store
from ..html import attribute, table, text
from ..record import ROOT, Record

#: Folder of the site in which the package lies as it does in the project, so that the descriptor's paths hold.
FOLDER = "data"


def assets(record: Record) -> dict[str, bytes]:
    return {
        **{f"{FOLDER}/{path}": content for path, content in store.read(record.root).items()},
        **{f"{FOLDER}/{path}": content for files in record.exports.values() for path, content in files.items()},
        "llms.txt": llms(record).encode(),
    }


def parts(record: Record) -> dict[str, str]:
    return {
        "downloads": _buttons(record),
        "downloads-all": _all(record),
        "downloads-formats": _formats(record),
        "json-ld": _script(json_ld(record)),
    }


def _size(number: int) -> str:
    return f"{number / 1000:,.0f} kB"


def _buttons(record: Record) -> str:
    """The main downloads as buttons."""
    exported = {path: content for files in record.exports.values() for path, content in files.items()}
    archive, database = f"{export.NAME}.zip", f"{export.NAME}.sqlite"
    main = (
        (archive, f"Everything as CSV (zip, {_size(len(exported[archive]))})", True),
        (database, f"Everything as SQLite ({_size(len(exported[database]))})", False),
        *((resource["path"], f"{resource['title']} (CSV)", False) for resource in _main(record)),
        (DESCRIPTOR, "Descriptor (JSON)", False),
    )
    buttons = "\n".join(
        f'<a class="md-button{" md-button--primary" if primary else ""}" href="{ROOT}{FOLDER}/{attribute(path)}" download>'
        f"{text(label)}</a>"
        for path, label, primary in main
    )
    return f'<p class="buttons">\n{buttons}\n</p>\n<p><a href="{ROOT}use-it.html#all-files">All files and formats</a></p>\n'


def _main(record: Record) -> list[dict[str, Any]]:
    """The five tables that stand on their own in a spreadsheet."""
    wanted = ("documents", "events", "event_reports", "statements", "discrepancies")
    return [resource for name in wanted for resource in record.descriptor["resources"] if resource["name"] == name]


def _all(record: Record) -> str:
    rows = [
        (
            f'<a href="{ROOT}{FOLDER}/{attribute(resource["path"])}" download><code>{text(resource["name"])}.csv</code></a>',
            text(resource["description"]),
            f"{resource['rows']:,}",
            _size(resource["bytes"]),
            f'<a href="{ROOT}{record.field_url(resource["name"])}">columns</a>',
            f'<a href="{ROOT}{FOLDER}/{attribute(resource["schema"])}" download>schema</a>',
            f'<code class="hash">{text(resource["hash"].removeprefix("sha256:")[:16])}…</code>',
        )
        for resource in record.descriptor["resources"]
    ]
    head = ("File", "What a row is", "Rows", "Size", "Dictionary", "Schema", "SHA-256 begins")
    return table("All files", head, rows)


def _formats(record: Record) -> str:
    rows = [
        (
            "<br>".join(
                f'<a href="{ROOT}{FOLDER}/{attribute(path)}" download><code>{text(path)}</code></a>' for path in files
            ),
            text(title),
            "<br>".join(_size(len(content)) for content in files.values()),
        )
        for title, files in record.exports.items()
    ]
    return table("Other formats", ("Files", "What it is", "Size"), rows)


# ---- metadata ---------------------------------------------------------------------------------------------------------


def json_ld(record: Record) -> dict[str, Any]:
    """The release as a schema.org Dataset, whose addresses are relative to the first page."""
    facts = citation.release(record.descriptor)
    files = tuple(replace(one, path=f"{FOLDER}/{one.path}") for one in facts.files)
    return metadata.schema_org(replace(facts, files=files), record["documents"])


def _script(content: dict[str, Any]) -> str:
    shown = json.dumps(content, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return f'<script type="application/ld+json">\n{shown}\n</script>\n'


def llms(record: Record) -> str:
    """The site in one plain file: what it is and where everything stands (llmstxt.org)."""
    descriptor = record.descriptor
    pages = (
        ("index.html", "what it is, counts, downloads, limits"),
        ("articles/index.html", "the articles, each with its coded passages"),
        ("events.html", "every event with all reports side by side"),
        ("discrepancies.html", "readings that cannot both be right"),
        ("coding-rules.html", "how the units are drawn"),
        ("codebook.html", "every code with definition, example and near miss"),
        ("data-dictionary.html", "every column"),
        ("quality.html", "what the record can and cannot show"),
        ("checks.html", "every rule that the data have to pass"),
    )
    tables = [
        f"- [{one['name']}]({FOLDER}/{one['path']}): {one['description']} {one['rows']} rows."
        for one in descriptor["resources"]
    ]
    return "\n".join(
        (
            f"# {descriptor['title']}",
            f"\n> {descriptor['description']}",
            f"\nVersion {descriptor['version']}. Licence of the coding: {descriptor['licenses'][0]['title']}. {descriptor['textRights']}",
            "\n## Pages\n",
            *(f"- [{path}]({path}): {what}" for path, what in pages),
            "\n## Tables\n",
            f"- [datapackage.json]({FOLDER}/{DESCRIPTOR}): the descriptor (Data Package v2)",
            *tables,
            "",
        )
    )
