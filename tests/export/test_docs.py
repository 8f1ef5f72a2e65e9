"""The page on formats: every file is named on it, and its examples run on the exports."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from haftar_record import export
from haftar_record.export.views import VIEWS
from tests.data.reading import ROOT

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r'^```python title="In the folder of the exports"\n(.*?)^```$', PAGE, re.MULTILINE | re.DOTALL)
QUERIES = re.findall(r"^```sql title=.*?\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_names_every_format_file_and_view(package):
    lines = dict(re.findall(r"^\| \[`(\w+)`\]\(#[\w-]+\) \| (.*?) \|", PAGE, re.MULTILINE))
    assert list(lines) == list(export.FORMATS)
    for item in export.load(name for name in export.FORMATS if name not in ("parquet", "metadata")):
        assert set(re.findall(r"`(.*?)`", lines[item.name])) == set(item.render(package))
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [view.name for view in VIEWS]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples(example, dist, monkeypatch, capsys):
    monkeypatch.chdir(dist)
    exec(compile(example, "formats.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 2


@pytest.mark.parametrize("query", QUERIES)
def test_queries(query, dist):
    with closing(sqlite3.connect(dist / "haftar-record.sqlite")) as connection:
        assert len(connection.execute(query).fetchall()) > 2


def test_there_are_examples():
    assert len(EXAMPLES) == 3 and len(QUERIES) == 1
