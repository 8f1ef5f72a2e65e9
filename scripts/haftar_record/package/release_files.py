"""What a release has beside the tables: all of it follows from the descriptor and the rows, but for its three texts.

The release is written with these files and checked against them.
"""

from __future__ import annotations

from typing import Any

from ..files.layout import ATTRIBUTES, DATA, DESCRIPTOR, PLAIN_DESCRIPTOR, README, Files
from ..model import table_schema
from ..model.tables import READING_ORDER, Document
from . import descriptions
from .render import json_bytes, released

#: No line end of a release is converted, whatever git is set to: hashes rest on its bytes.
_ATTRIBUTES = b"* -text\n"


def computed(descriptor: dict[str, Any], documents: list[Document]) -> Files:
    """The files of a release that follow from a descriptor of the package, schemas inside or not."""
    return descriptions.descriptions(descriptor, documents) | {
        ATTRIBUTES: _ATTRIBUTES,
        DESCRIPTOR: json_bytes(released(descriptor)),
        README: readme(descriptor).encode(),
    }


def computed_paths() -> tuple[str, ...]:
    """The paths of these files."""
    return (*descriptions.PATHS, ATTRIBUTES, DESCRIPTOR, README)


def readme(facts: dict[str, Any]) -> str:
    """What is in the release and how to read it, in Markdown."""
    licence, rows = facts["licenses"][0], {one["name"]: one["rows"] for one in facts["resources"]}
    tables = "\n".join(
        f"| `{DATA}/{model.TABLE}.csv` | {rows[model.TABLE]:,} | {table_schema.purpose(model)} |"
        for model in READING_ORDER
    )
    return f"""# {facts["title"]} {facts["version"]}

{facts["description"]}

| file | rows | what a row is |
|---|---:|---|
{tables}

`{DESCRIPTOR}` describes every column (Data Package v2, schemas inside). Programs that know version 1 only read
`{PLAIN_DESCRIPTOR}`, which says the same without labels. The CSV files are UTF-8, comma-separated, with line feeds and
one header line. Read codes and dates as text: `01` is a code, `2019-11` a date (EDTF).

```python
import pandas as pd

events = pd.read_csv("{DATA}/events.csv", dtype=str, keep_default_na=False)
```

- To check the tables: `frictionless validate {DESCRIPTOR}` (5.20 or later; earlier ones read `{PLAIN_DESCRIPTOR}`)
- To check the files: `sha256sum --check SHA256SUMS`
- What changed since the last release: `CHANGELOG.md`

Licence: {licence["title"]} ({licence["path"]}), see `LICENSE-DATA.md`. {facts["textRights"]}
"""
