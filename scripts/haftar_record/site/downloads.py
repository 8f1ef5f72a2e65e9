"""Files to take away: the package as it is, and as one archive; metadata for machines."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime
from typing import Any

from .. import store
from .html import attribute, items, table, text
from .record import ROOT, Record

#: Folder of the site in which the package lies as it does in the project, so that the descriptor's paths hold.
FOLDER = "data"
_BESIDE = ("LICENSE-DATA.md", "CHANGELOG.md")


def assets(record: Record) -> dict[str, bytes]:
    return {
        **{f"{FOLDER}/{path}": content for path, content in store.read(record.root).items()},
        archive_path(record): archive(record),
        "llms.txt": llms(record).encode(),
    }


def parts(record: Record) -> dict[str, str]:
    return {"downloads": _buttons(record), "downloads-all": _all(record), "json-ld": _script(json_ld(record))}


def archive_path(record: Record) -> str:
    return f"{FOLDER}/{record.descriptor['name']}-{record.descriptor['version']}.zip"


def archive(record: Record) -> bytes:
    """The package as a zip archive whose bytes depend on nothing but it: sorted, dated by the record, one mode."""
    files = store.read(record.root) | {name: (record.root / name).read_bytes() for name in _BESIDE}
    day = datetime.fromisoformat(record.descriptor["created"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as found:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, day.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            found.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _size(number: int) -> str:
    return f"{number / 1000:,.0f} kB"


def _buttons(record: Record) -> str:
    """The main downloads as buttons."""
    size = _size(len(archive(record)))
    main = (
        (archive_path(record), f"Everything as CSV (zip, {size})", True),
        *((f"{FOLDER}/{resource['path']}", f"{resource['title']} (CSV)", False) for resource in _main(record)),
        (f"{FOLDER}/{store.DESCRIPTOR}", "Descriptor (JSON)", False),
    )
    buttons = "\n".join(
        f'<a class="md-button{" md-button--primary" if primary else ""}" href="{ROOT}{attribute(path)}" download>{text(label)}</a>'
        for path, label, primary in main
    )
    return f'<p class="buttons">\n{buttons}\n</p>\n<p><a href="{ROOT}use-it.html#all-files">All files</a></p>\n'


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


# ---- metadata ---------------------------------------------------------------------------------------------------------


def json_ld(record: Record) -> dict[str, Any]:
    """The descriptor as a schema.org Dataset. Addresses are relative to the page that carries it."""
    descriptor = record.descriptor
    published = sorted(row.published_date for row in record["documents"])
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": descriptor["title"],
        "description": descriptor["description"],
        "version": descriptor["version"],
        "datePublished": descriptor["created"][:10],
        "license": descriptor["licenses"][0]["path"],
        "creator": [{"@type": "Organization", "name": one["title"]} for one in descriptor["contributors"]],
        "keywords": descriptor["keywords"],
        "inLanguage": sorted({row.language for row in record["documents"]}),
        "isAccessibleForFree": True,
        "temporalCoverage": f"{published[0].partition('/')[0]}/{published[-1].rpartition('/')[2]}",
        "measurementTechnique": "Manual coding of every sentence; see coding-rules.html",
        "variableMeasured": [
            {"@type": "PropertyValue", "name": resource["name"], "description": resource["description"]}
            for resource in descriptor["resources"]
        ],
        "distribution": [_download(record, resource) for resource in descriptor["resources"]],
    }


def _download(record: Record, resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": resource["title"],
        "description": resource["description"],
        "contentUrl": f"{FOLDER}/{resource['path']}",
        "encodingFormat": resource["mediatype"],
        "contentSize": f"{resource['bytes']} B",
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


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
            f"- [datapackage.json]({FOLDER}/{store.DESCRIPTOR}): the descriptor (Data Package v2)",
            *tables,
            "",
        )
    )
