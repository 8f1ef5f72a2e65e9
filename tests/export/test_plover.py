"""The PLOVER records in jsonschema, pandas and polars."""

from __future__ import annotations

import json

import jsonschema
import pandas
import polars
import pytest

from .cells import rows, values

#: The columns of the released POLECAT files, in their order.
POLECAT = (
    """
Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW
Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country
Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID
Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source
Publication Date|Story People|Story Organizations|Story Locations|Language|Version
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.fixture(scope="module")
def records(dist) -> dict[str, dict]:
    lines = (dist / "haftar-record-plover.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    by_id = {record["Event ID"]: record for record in found}
    assert len(by_id) == len(found) and list(by_id) == sorted(by_id)
    return by_id


def test_shape(dist, records):
    """The columns of POLECAT come first and in order; the schema describes each key and accepts each line."""
    schema = json.loads((dist / "haftar-record-plover.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for record in records.values():
        assert list(record)[: len(POLECAT)] == POLECAT
        assert list(record) == list(schema["properties"])
        assert not list(validator.iter_errors(record))
    assert all(entry["description"] for entry in schema["properties"].values())
    first = next(iter(records.values()))
    assert list(validator.iter_errors(first | {"Quad Code": "four"}))


def utterances(rows):
    return {row["utterance_id"] for row in rows}


def test_which_records(records):
    """Each event of a PLOVER type, each verbal utterance, and none that is such an event a second time."""
    types = {row["event_id"]: row["event_type"] for row in rows("events")}
    events = {event for event, kind in types.items() if kind != "STATEMENT"}
    verbal = [row for row in rows("statements") if row["plover_type"]]
    merged = {row["utterance_id"] for row in verbal if types.get(row["event_id"]) == row["plover_type"]}
    assert merged
    told = {name: [row["statement_id"] for row in verbal if row["utterance_id"] == name] for name in utterances(verbal)}
    apart = {name if name in found else found[0] for name, found in told.items() if name not in merged}
    assert set(records) == events | apart
    carried = [identity for record in records.values() for identity in record["Statement IDs"]]
    assert sorted(carried) == sorted(row["statement_id"] for row in verbal)


def test_events(records):
    """Type, date, place, actors and publishers of every event are those of the tables."""
    actors = {row["actor_id"]: row for row in values("actors")}
    places = {row["place_id"]: row for row in values("places")}
    wanted = [row for row in values("events") if row["event_type"] != "STATEMENT"]
    assert wanted
    for row in wanted:
        record = records[row["event_id"]]
        assert (record["Event Type"], record["Event Date"]) == (row["event_type"], row["date_edtf"])
        assert record["Quad Code"] == row["quad_class"]
        assert record["Event Mode"] == (row["modes"].split(";") if row["modes"] else [])
        for role, column in (("Actor", "source_actor_ids"), ("Recipient", "target_actor_ids")):
            people = [actors[identity] for identity in (row[column] or "").split(";") if identity]
            assert record[f"{role} Name"] == [person["name"] for person in people]
            assert record[f"{role} Country"] == [person["country_code"] for person in people]
            assert record[f"Primary {role} Sector"] == [person["sector_code"] for person in people]
        place = places.get(row["place_id"])
        assert record["Placename"] == (place and place["name"])
        assert record["GeoNames ID"] == (place and place["geonames_id"])
        told = {report["document_id"] for report in rows("event_reports") if report["event_id"] == row["event_id"]}
        assert set(record["Document IDs"]) == told


def test_words_of_a_role(records):
    """The words of actors and of recipients are those of their roles in the event, not of other roles that they have in it,
    such as that of somebody who gains by it."""
    ids = {(row["event_id"], row["event_actor_id"]): row["role"] for row in rows("event_actors")}
    assert set(ids.values()) > {"actor", "recipient", "victim"}
    for event, record in records.items():
        if record["Record Kind"] == "event":
            for name, roles in (("Actor", {"actor"}), ("Recipient", {"recipient", "victim"})):
                parts = {identity for (told, identity), role in ids.items() if told == event and role in roles}
                words = {row["exact_text"] for row in rows("evidence") if row["event_actor_id"] in parts}
                assert record[f"{name} Name Raw"] == sorted(words), event


def test_statements(records):
    """Speaker, recipients, summary and words of every verbal statement that is a record of its own. A source speaks as
    the actor that it stands for, if there is one."""
    actors = {row["actor_id"]: row for row in values("actors")}
    behind = {row["source_id"]: row["actor_id"] for row in values("sources")}
    for row in values("statements"):
        record = records.get(row["statement_id"])
        if record is None:
            continue
        assert record["Event Type"] == row["plover_type"] and record["Record Kind"] == "statement"
        speaker = actors.get(row["speaker_actor_id"] or behind[row["speaker_source_id"]])
        assert record["Actor Name"] == [speaker["name"] if speaker else row["speaker_name"]]
        assert record["Actor Country"] == [speaker and speaker["country_code"]]
        assert record["Recipient Name"] == [name for name in (row["target_actor_names"] or "").split(";") if name]
        assert record["Actor Name Raw"] == [row["speaker_text"]]
        assert (record["Event Title"], record["Event Date"]) == (row["summary"], row["date_edtf"])


def test_parallel_lists(records):
    assert records
    for record in records.values():
        for role in ("Actor", "Recipient"):
            names = ("Name", "Country")
            lengths = {len(record[f"{role} {name}"]) for name in names}
            lengths |= {len(record[f"Primary {role} Sector"]), len(record[f"Wikidata {role} ID"])}
            assert len(lengths) == 1
        assert len(record["Source"]) == len(record["Publication Date"]) == len(record["Document IDs"])


def test_pandas_and_polars(dist, records):
    path = dist / "haftar-record-plover.jsonl"
    frame = pandas.read_json(path, lines=True, dtype=False)
    assert list(frame["Event ID"]) == list(records)
    assert list(frame["Event Date"]) == [record["Event Date"] for record in records.values()]
    other = polars.read_ndjson(path, infer_schema_length=None)
    assert other["Event ID"].to_list() == list(records)
    assert other["Recipient Name"].to_list() == [record["Recipient Name"] for record in records.values()]
