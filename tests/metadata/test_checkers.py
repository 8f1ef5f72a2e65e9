"""Every description is valid by a checker that is not ours, and loaders of its standard read the tables from it."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path
from typing import Any

import mlcroissant
import pytest
import rdflib
from cffconvert.cli.create_citation import create_citation
from csvw.metadata import CSVW
from zenodo_client import Metadata

from haftar_record.export import metadata
from haftar_record.files.layout import CSVW as CSV_METADATA
from haftar_record.package import reader

SCHEMA_ORG = str(rdflib.SDO)


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory) -> Path:
    """The descriptions with the CSV files where they expect them."""
    folder = tmp_path_factory.mktemp("release")
    for path, data in metadata.render(reader.read(root)).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def cells(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "datapackage" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "datapackage").glob("*.csv"))


# ---- Citation File Format ------------------------------------------------------------------------------------------


def test_citation(folder):
    """cffconvert accepts it and makes a citation of it."""
    citation = create_citation(str(folder / "CITATION.cff"), None)
    citation.validate()
    facts = json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
    year = facts["datePublished"][:4]
    expected = f"{facts['creator'][0]['name']} ({year}). {facts['name']} (version {facts['version']})"
    assert citation.as_apalike().startswith(expected)


def test_a_broken_citation_is_refused(folder, tmp_path):
    """The checker does check: a type that the format does not know is refused."""
    text = (folder / "CITATION.cff").read_text(encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(text.replace("type: dataset", "type: data"), encoding="utf-8")
    with pytest.raises(Exception, match="data"):
        create_citation(str(tmp_path / "CITATION.cff"), None).validate()


# ---- Zenodo --------------------------------------------------------------------------------------------------------


def test_zenodo(folder):
    """The client library for Zenodo takes it as the metadata of a deposit, and drops or changes nothing it knows."""
    content = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))
    assert [list(who) for who in content["creators"]] == [["name"]]
    # That library wants the comma of a person's name, which Zenodo asks of persons only.
    taken = Metadata.model_validate(content | {"creators": [{"name": "Project, The"}]})
    known = {key: value for key, value in taken.model_dump(mode="json").items() if value and key != "creators"}
    assert known == {key: content[key] for key in known}
    # What the library leaves to the server.
    assert content.keys() - known.keys() == {"creators", "publication_date", "references"}
    datetime.date.fromisoformat(content["publication_date"])


@pytest.mark.parametrize(("key", "value"), [("upload_type", "data"), ("access_right", "free"), ("title", None)])
def test_a_broken_deposit_is_refused(folder, key, value):
    """The checker does check: a value that Zenodo does not know, or none, is refused."""
    content = json.loads((folder / ".zenodo.json").read_text(encoding="utf-8"))
    content |= {"creators": [{"name": "Project, The"}], key: value}
    with pytest.raises(ValueError, match=key):
        Metadata.model_validate(content)


# ---- schema.org ----------------------------------------------------------------------------------------------------


def test_schema_org(folder):
    """As linked data, it holds one dataset, and every class and property in it is one of schema.org."""
    content = json.loads((folder / "dataset.jsonld").read_text(encoding="utf-8"))
    assert content["@context"] == "https://schema.org/"
    content["@context"] = {"@vocab": SCHEMA_ORG}  # what that address says of the words here, without a network
    graph = rdflib.Graph().parse(data=json.dumps(content), format="json-ld")
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SDO.Dataset))) == 1
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.SDO.DataDownload))) == len(tables(folder))
    used = set(graph.predicates()) - {rdflib.RDF.type} | set(graph.objects(predicate=rdflib.RDF.type))
    assert {term for term in used if term not in rdflib.SDO} == set()


# ---- Croissant -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def croissant(folder) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(folder / "croissant.json")


def test_croissant_is_valid(croissant):
    """mlcroissant has no error and no warning, by version 1.1 of the format."""
    issues = croissant.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    assert croissant.metadata.ctx.is_v1_1()


def test_a_broken_croissant_is_refused(folder, tmp_path):
    """The checker does check: a field of a file that is not there is refused."""
    text = (folder / "croissant.json").read_text(encoding="utf-8")
    broken = text.replace('"@id": "datapackage/topics.csv"', '"@id": "datapackage/other.csv"', 1)
    (tmp_path / "croissant.json").write_text(broken, encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(tmp_path / "croissant.json")


#: Text of digits only, which mlcroissant reads as numbers, so that 01 becomes 1.
NUMERALS = {"events/cameo_root"}


def test_croissant_loads_every_cell(folder, croissant):
    """mlcroissant checks the hashes, reads every table, and finds in every cell what the CSV file has in it."""
    changed = set()
    for table in tables(folder):
        for row, record in zip(cells(folder, table), croissant.records(table), strict=True):
            for name, text in row.items():
                found = said(record[f"{table}/{name}"])
                assert text in (found, found.zfill(2)), (table, row, name)
                if found != text:
                    changed.add(f"{table}/{name}")
    assert changed == NUMERALS


def said(value: Any) -> str:
    """A value of mlcroissant as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(said(item) for item in value)
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")
    return str(int(value)) if float(value).is_integer() else str(value)


# ---- CSV on the Web ------------------------------------------------------------------------------------------------


def problems(path: Path) -> list[str]:
    described = CSVW(str(path), validate=True)
    assert len(described.tables) == len(list(path.parent.glob("*.csv")))
    try:
        return [] if described.is_valid else [str(warning.message) for warning in described.warnings]
    except ValueError as error:  # how it says that a key leads nowhere
        return [str(error)]


def test_csvw_is_valid(folder):
    """csvw accepts every cell by its datatype, and every key, reading strictly."""
    assert problems(folder / CSV_METADATA) == []


def test_csvw_reads_every_row(folder):
    """csvw reads as many rows as there are, and a list cell as a list."""
    described = CSVW(str(folder / CSV_METADATA))
    for table in described.tables:
        rows = list(table.iterdicts(strict=True))
        assert len(rows) == len(cells(folder, table.local_name[:-4])) > 0
    statements = next(table for table in described.tables if table.local_name == "statements.csv")
    read = {row["statement_id"]: row["target_actor_ids"] for row in statements.iterdicts()}
    expected = {row["statement_id"]: row["target_actor_ids"] for row in cells(folder, "statements")}
    assert {key: ";".join(ids) for key, ids in read.items()} == expected


@pytest.mark.parametrize(
    ("table", "old", "new", "said_of"),
    [
        ("topics", "top-assad-rule,", "Top-assad-rule,", "Top-assad-rule"),
        ("actors", ",person,", ",people,", "people"),
        ("sources", ",true,", ",yes,", "yes"),
        ("statement_targets", ",act-russia,", ",act-nobody,", "act-nobody"),
        ("events", ",2021-06-19,2021-06-19,2021-06-19,", ",2021-06-19,2021-06-19,2021-06-31,", "day"),
    ],
)
def test_a_broken_table_is_refused(folder, tmp_path, table, old, new, said_of):
    """The description is strict: a wrong pattern, code, boolean, key or date is found by a reader that is not ours."""
    for path in (folder / "datapackage").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    path = tmp_path / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = problems(tmp_path / "csv-metadata.json")
    assert any(said_of in problem for problem in found), found
