"""What the written pages say of the data is what the data say."""

from __future__ import annotations

import re

import pytest
import yaml

pytest.importorskip("mkdocs")

from haftar_record.package import reader
from haftar_record.site.html import date_words
from haftar_record.site.pages import home, quality
from haftar_record.site.record import Record

from ..data.reading import ROOT, TABLES, header, rows

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def record() -> Record:
    return Record(reader.read(ROOT))


def test_parts_of_the_pages_say_what_the_tables_say(record: Record) -> None:
    """Catches a generated table of articles that leaves one out or gives it another date or origin than the tables."""
    parts = home.parts(record) | quality.parts(record)
    for row in rows("documents"):
        number = row["label"].partition(" ")[0]
        line = f'href="@/articles/{number}.html">{row["label"]}</a>'
        for name in ("articles", "publication-dates", "origins", "rights"):
            assert line in parts[name], name
        after = parts["publication-dates"].partition(line)[2].partition("</tr>")[0]
        by_words = row["published_text_date"]
        assert date_words(row["published_date"]) in after
        assert (date_words(by_words) if by_words else "no year is printed") in after


def test_no_deaths_are_counted() -> None:
    """Catches a crosswalk that says UCDP could take no event, when the data have come to count the dead of one."""
    dead = [row for row in rows("quantities") if re.search("killed|dead|deaths", row["counts"] + row["evidence_text"])]
    assert [row["printed_text"] for row in dead if not row["minimum"] and not row["maximum"]] == ["scores"]
    assert len(dead) == 1


def test_changes_of_schema_stand_apart_from_data() -> None:
    """Catches a version whose changes are told in one heap."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.split(r"^## (?!Unreleased).*$", text, flags=re.MULTILINE)[1:]
    assert sections
    for section in sections:
        assert re.findall(r"^### (.*)$", section, re.MULTILINE)[:2] == ["Schema", "Data"]


def test_readme_names_tables_that_exist() -> None:
    """Catches a table that the README describes and that is gone."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    part = text.partition("## What is in it")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `([a-z_]+)` \|", part, re.MULTILINE))
    assert named and named <= {path.stem for path in (ROOT / "datapackage").glob("*.csv")}


def test_ids_and_columns_on_the_pages_exist() -> None:
    """Catches a written page that names a row or a column that is not there, or is no longer."""
    known = {row[next(iter(row))] for table in TABLES for row in rows(table)}
    known |= {entry["id"] for entry in yaml.safe_load((ROOT / "seeds/coding/retired.yaml").read_text("utf-8"))}
    columns = {f"{table}.{name}" for table in TABLES for name in header(table)}
    looked_at = 0
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
        for name in re.findall(r"`((?:doc|st|er|evt|act|rel|qty|dis|ref|src|top|plc)-[a-z0-9-]+)`", prose):
            assert name in known, f"{page.name}: {name}"
            looked_at += 1
        for name in re.findall(r"`([a-z_]+\.(?!csv\b|yaml\b)[a-z_]+)`", prose):
            if name.partition(".")[0] in TABLES:
                assert name in columns, f"{page.name}: {name}"
                looked_at += 1
    assert looked_at > 10
