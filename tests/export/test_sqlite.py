"""The SQLite database: values, keys, constraints, views and search, and what Datasette makes of it."""

from __future__ import annotations

import asyncio
import html
import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from datasette.app import Datasette

from haftar_record.export.views import VIEWS

from .cells import ROOT, TABLES, descriptions, key_of, list_columns, rows, values


@pytest.fixture
def database(dist):
    """A copy in memory that a test may change, with foreign keys enforced."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.deserialize((dist / "haftar-record.sqlite").read_bytes())
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def stored(value):
    """How SQLite keeps a value."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("table", TABLES)
def test_values(database, table):
    found = [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')]
    expected = [{name: stored(value) for name, value in row.items()} for row in values(table)]
    assert found == expected
    types = {type(value) for row in found for value in row.values()}
    assert types <= {str, int, float, type(None)}


def test_whole(database):
    assert [row[0] for row in database.execute("PRAGMA integrity_check")] == ["ok"]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_foreign_keys_are_those_of_the_schemas(database):
    for table in TABLES:
        keys = json.loads((ROOT / "schemas" / f"{table}.json").read_bytes()).get("foreignKeys", [])
        expected = {(key["fields"][0], key["reference"].get("resource", table)) for key in keys}
        found = {(row["from"], row["table"]) for row in database.execute(f'PRAGMA foreign_key_list("{table}")')}
        assert found == expected


@pytest.mark.parametrize("table", [table for table in TABLES if list_columns(table)])
def test_columns_of_several_values_have_a_table(database, table):
    key = ", ".join(key_of(table))
    for column in list_columns(table):
        found = [tuple(row) for row in database.execute(f"SELECT {key}, value FROM {table}_{column} ORDER BY rowid")]
        assert found == [
            (*(row[name] for name in key_of(table)), value)
            for row in values(table)
            for value in (row[column] or "").split(";")
            if value
        ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE statements SET stance = 'undecided'", "CHECK constraint failed: stance"),
        (
            "UPDATE statements SET speaker_source_id = 'src-reuters', speaker_actor_id = 'act-haftar'",
            "CHECK constraint failed",
        ),
        ("UPDATE statements SET speaker_source_id = NULL, speaker_actor_id = NULL", "CHECK constraint failed"),
        ("UPDATE statements SET document_id = 'doc-00000000'", "FOREIGN KEY constraint failed"),
        ("UPDATE statements SET summary = NULL", "NOT NULL constraint failed: statements.summary"),
        ("UPDATE statements SET is_verbatim_reliable = 'true'", "CHECK constraint failed"),
        ("UPDATE evidence SET start = -1", "CHECK constraint failed: start"),
        ("UPDATE evidence SET start = 'one'", "cannot store TEXT value in INTEGER column"),
        ("UPDATE evidence SET exact_text = printf('%.501c', 'x')", r"CHECK constraint failed: length\("),
        ("UPDATE places SET latitude = 91", "CHECK constraint failed: latitude"),
        ("UPDATE events SET date_start = '2021-02-30'", "CHECK constraint failed"),
        ("UPDATE events SET quad_class = 5", "CHECK constraint failed"),
        ("UPDATE events_modes SET value = 'shouting'", "CHECK constraint failed"),
        ("UPDATE events_source_actor_ids SET value = 'act-nobody'", "FOREIGN KEY constraint failed"),
        ("INSERT INTO topics SELECT * FROM topics", "UNIQUE constraint failed: topics.topic_id"),
        (
            "UPDATE event_actors SET event_id = 'evt-arms-embargo-2011', actor_id = 'act-libya', role = 'actor'",
            "UNIQUE constraint",
        ),
        ("DELETE FROM documents", "FOREIGN KEY constraint failed"),
    ],
)
def test_constraints_refuse(database, change, message):
    with pytest.raises(sqlite3.IntegrityError, match=message):
        database.execute(change)


def test_missing_values_that_say_why(database):
    found = {tuple(row) for row in database.execute('SELECT "table", row, "column", cell FROM meta_missing')}
    expected = {
        (table, ", ".join(cells[name] for name in key_of(table)), name, cells[name])
        for table in TABLES
        for cells, row in zip(rows(table), values(table), strict=True)
        for name, value in row.items()
        if value is None and cells[name]
    }
    assert expected and found == expected


def test_dictionary(database):
    found = {
        (row["table"], row["column"]): row["description"] for row in database.execute("SELECT * FROM meta_columns")
    }
    assert found == {(table, name): text for table in TABLES for name, text in descriptions(table).items()}
    facts = dict(database.execute("SELECT key, value FROM meta_package").fetchall())
    descriptor = json.loads((ROOT / "datapackage.json").read_bytes())
    assert (facts["title"], facts["version"]) == (descriptor["title"], descriptor["version"])
    assert json.loads(facts["licenses"]) == descriptor["licenses"]


def test_statement_full(database):
    """One row per statement; the words, the label of a code and the first offset are those of the files."""
    found = {row["statement_id"]: row for row in database.execute("SELECT * FROM statement_full")}
    labels = {row["code"]: row["label"] for row in rows("codes") if row["list"] == "act"}
    starts: dict[str, int] = {}
    for row in values("evidence"):
        if row["statement_id"] and row["field"] == "content_text":
            starts[row["statement_id"]] = min(row["start"], starts.get(row["statement_id"], row["start"]))
    expected = {
        row["statement_id"]: (row["content_text"], labels[row["act"]], starts[row["statement_id"]])
        for row in rows("statements")
    }
    assert {key: (row["content_text"], row["act"], row["content_start"]) for key, row in found.items()} == expected


def test_event_timeline(database):
    found = [row["date_start"] or row["date_end"] for row in database.execute("SELECT * FROM event_timeline")]
    assert len(found) == len(rows("events"))
    assert found == sorted(found, key=lambda day: day or "")


def test_who_backs_whom(database):
    ties = ("backs", "opposes", "fights", "allied_with", "recognises")
    counted: dict[tuple, int] = {}
    for row in rows("relations"):
        if row["predicate"] in ties:
            key = (row["subject_name"], row["predicate"], row["object_name"], row["is_negated"] == "true")
            counted[key] = counted.get(key, 0) + 1
    found = {
        (row["subject_name"], row["predicate"], row["object_name"], bool(row["is_negated"])): row["relation_count"]
        for row in database.execute("SELECT * FROM who_backs_whom")
    }
    assert found == counted and ("Egypt", "backs", "Khalifa Haftar", False) in found


def test_disagreements(database):
    found = [row["id"] for row in database.execute("SELECT * FROM disagreements")]
    contested = {row["event_id"] for row in rows("events") if row["corroboration"] == "contested"}
    assert set(found) == {row["discrepancy_id"] for row in rows("discrepancies")} | contested
    empty = database.execute("SELECT id FROM disagreements WHERE words_a IS NULL").fetchall()
    assert empty == []


@pytest.mark.parametrize(("table", "column"), [("statements", "content_text"), ("evidence", "exact_text")])
def test_search(database, table, column):
    """A word of the articles is found in every row that holds it as a word, accents and marks notwithstanding."""
    (key,) = key_of(table)
    query = f"SELECT {key} FROM {table}_fts WHERE {table}_fts MATCH ?"
    found = {row[0] for row in database.execute(query, (f"{column} : mercenaries",))}
    assert found == {row[key] for row in rows(table) if "mercenaries" in row[column].lower()}
    curly = {row[0] for row in database.execute(query, (f'{column} : "Haftar’s"',))}
    assert curly == {row[key] for row in rows(table) if "haftar’s" in row[column].lower()} and curly


@pytest.mark.parametrize("words", ["حفتر", "Hifter", "Major"])
def test_search_for_an_actor(database, words):
    """An actor is found by its name, by what articles call it, and by names that none of them has."""
    query = "SELECT actor_id FROM actors_fts WHERE actors_fts MATCH ?"
    found = {row[0] for row in database.execute(query, (words,))}
    columns = ("name", "aliases", "search_names")
    having = (row for row in rows("actors") if words in re.findall(r"\w+", " ".join(row[name] for name in columns)))
    assert "act-haftar" in found
    assert found == {row["actor_id"] for row in having}


@pytest.fixture(scope="module")
def page(dist):
    """The text of a page of Datasette: ``page("/haftar-record/statements")``."""
    metadata = json.loads((dist / "haftar-record-datasette.json").read_bytes())
    datasette = Datasette([str(dist / "haftar-record.sqlite")], metadata=metadata)

    def text(path: str) -> str:
        response = asyncio.run(datasette.client.get(path))
        assert response.status_code == 200, path
        return html.unescape(response.text)

    return text


def test_datasette_describes_database_and_tables(page):
    descriptor = json.loads((ROOT / "datapackage.json").read_bytes())
    front = page("/")
    assert f"{descriptor['title']} {descriptor['version']}" in front and descriptor["licenses"][0]["path"] in front
    assert descriptor["textRights"] in page("/haftar-record")


@pytest.mark.parametrize("table", TABLES)
def test_datasette_describes_columns(page, table):
    text = page(f"/haftar-record/{table}")
    for name, description in descriptions(table).items():
        assert f"<dt>{name}</dt><dd>{description}</dd>" in text


def test_datasette_names_the_rows_pointed_at(page):
    """A reference to another table is shown by a name, not by an id alone."""
    row = next(row for row in rows("statements") if row["speaker_actor_id"])
    text = page(f"/haftar-record/statements?statement_id={row['statement_id']}")
    assert f">{row['speaker_name']}</a>" in text and f">{row['topic_name']}</a>" in text


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_datasette_describes_the_views(page, view):
    (description,) = (item.description for item in VIEWS if item.name == view)
    assert description in page(f"/haftar-record/{view}")


def test_datasette_searches(page):
    found = json.loads(page("/haftar-record/statements.json?_search=mercenaries&_shape=array&_size=100"))
    assert {row["statement_id"] for row in found} >= {
        row["statement_id"] for row in rows("statements") if "mercenaries" in row["content_text"].lower()
    }
