"""The release as one zip: a data package that stands on its own, to archive, cite and send.

Everything lies in one folder that carries the version. The descriptor has the schemas inside, so that no reader has
to follow a path. Members are sorted, dated as the package is, and stored without compression: the bytes of a
compressed member depend on the release of zlib, and a megabyte is not worth a zip that differs between two machines.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from ..files.layout import DATA, DESCRIPTOR, TEXTS, Files, data_path
from ..model import table_schema
from ..model.tables import TABLES
from ..package.reader import Package
from ..package.render import json_bytes, released
from ..problems.problem import DataErrors, Place, Problem
from . import NAME, checksums, metadata
from .values import READING_ORDER

TITLE = "release zip: the data package with licences, changes, metadata and checksums"


def render(package: Package) -> Files:
    """The zip."""
    files = {path: _text(package, path) for path in TEXTS} | package.files(data_path(model.TABLE) for model in TABLES)
    files |= metadata.descriptions(package)
    files |= {"README.md": readme(package).encode(), DESCRIPTOR: json_bytes(released(package.descriptor))}
    files["SHA256SUMS"] = checksums(files)
    folder = f"{NAME}-{package.descriptor['version']}"
    return {f"{NAME}.zip": _zip({f"{folder}/{path}": data for path, data in files.items()}, _created(package))}


def readme(package: Package) -> str:
    """What is in the zip and how to read it, in Markdown."""
    facts, licence = package.descriptor, package.descriptor["licenses"][0]
    tables = "\n".join(
        f"| `{DATA}/{model.TABLE}.csv` | {len(package.rows[model.TABLE]):,} | {table_schema.purpose(model)} |"
        for model in READING_ORDER
    )
    return f"""# {facts["title"]} {facts["version"]}

{facts["description"]}

| file | rows | what a row is |
|---|---:|---|
{tables}

`{DESCRIPTOR}` describes every column (Data Package v2, schemas inside). The CSV files are UTF-8, comma-separated,
with line feeds and one header line. Read codes and dates as text: `01` is a code, `2019-11` a date (EDTF).

```python
import pandas as pd

events = pd.read_csv("{DATA}/events.csv", dtype=str, keep_default_na=False)
```

- To check the tables: `frictionless validate {DESCRIPTOR}`
- To check the files: `sha256sum --check SHA256SUMS`
- What changed since the last release: `CHANGELOG.md`

Licence: {licence["title"]} ({licence["path"]}), see `LICENSE-DATA.md`. {facts["textRights"]}
"""


def _text(package: Package, path: str) -> bytes:
    try:
        return package.files([path])[path]
    except DataErrors as error:
        remedy = "restore it; no release is published without it"
        found = error.problems[0].found
        if error.problems[0].rule == "access":
            raise
        raise DataErrors([Problem(Place(path), "release", found, "a file of the project", remedy)]) from None


def _created(package: Package) -> datetime:
    return datetime.fromisoformat(package.descriptor["created"])


def _zip(files: Files, created: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files.items()):
            member = zipfile.ZipInfo(path, created.timetuple()[:6])
            member.create_system = 3  # Unix: the permissions below are read as such, whatever system writes the zip
            member.external_attr = 0o100644 << 16
            archive.writestr(member, data)
    return buffer.getvalue()
