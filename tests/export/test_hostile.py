"""Texts of every kind in every column and in the descriptor come out of every format as they went in.

Readers that did not write the format: openpyxl, sqlite3, DuckDB, an XML parser, JSON and YAML.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import openpyxl
import pytest
import yaml

from haftar_record import export
from haftar_record.export import excel
from haftar_record.model.columns import CONTEXT, LINE
from haftar_record.model.rows import Row, columns, kind
from haftar_record.model.tables import TABLES
from haftar_record.package import descriptions, reader
from haftar_record.problems.problem import DataErrors
from tests.code.texts import OWN, PRINTED

FORMATS = ("sqlite", "parquet", "excel", "plover", "annotations", "graphml")
_OWN = [text.text for text in OWN.values()]
_PRINTED = [text.text for text in PRINTED.values() if text.text.strip() and len(text.text.split("\n")) == 1]


def free(model: type[Row]) -> dict[str, bool]:
    """Columns that hold any text, and whether its words are those of an article."""
    return {
        name: column.verbatim
        for name, column in columns(model).items()
        if kind(model, name) is str and not (column.ref or column.allowed or column.many or column.names)
        if column.pattern in (LINE, CONTEXT) and not column.unique and not column.codes and name not in model.KEY
        if name not in ("field", "document_fact", "list", "code")
    }


@pytest.fixture(scope="module")
def hostile(package: reader.Package) -> reader.Package:
    """The package with a text of every kind in every such column, and in the descriptor."""
    own, printed = itertools.cycle(_OWN), itertools.cycle(_PRINTED)
    rows = {}
    for model in TABLES:
        names = free(model)
        rows[model.TABLE] = [
            row.model_copy(
                update={
                    name: next(printed if verbatim else own)
                    for name, verbatim in names.items()
                    if getattr(row, name) is not None
                }
            )
            for row in package.rows[model.TABLE]
        ]
    texts = {"title": _OWN[0], "description": " ".join(_OWN[:20]), "keywords": _OWN, "textRights": _OWN[1]}
    contributors = [{"title": text, "roles": ["creator"]} for text in _OWN]
    sources = [entry | {"title": text} for entry, text in zip(package.descriptor["sources"], own, strict=False)]
    retired = [{"id": "st-3eb302bd-99", "since": "0.1.0", "because": _OWN[0], "successors": []}]
    more = texts | {"contributors": contributors, "sources": sources, "retired": retired}
    return replace(package, rows=rows, descriptor=package.descriptor | more)


@pytest.fixture(scope="module")
def files(hostile: reader.Package, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for path, data in export.render(hostile, export.load(FORMATS)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def cells(package: reader.Package, model: type[Row]) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(row, name) for name in free(model)) for row in package.rows[model.TABLE]]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.TABLE)
def test_workbook(files, hostile, model):
    book = openpyxl.load_workbook(files / "haftar-record.xlsx", read_only=True)
    header, *lines = book[model.TABLE].iter_rows(values_only=True)
    places = [header.index(name) for name in free(model)]
    found = [tuple(line[place] for place in places) for line in lines]
    assert found == cells(hostile, model)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.TABLE)
def test_database(files, hostile, model):
    if not free(model):
        return
    names = ", ".join(f'"{name}"' for name in free(model))
    order = ", ".join(f'"{name}"' for name in model.KEY)
    with sqlite3.connect(files / "haftar-record.sqlite") as base:
        found = base.execute(f'SELECT {names} FROM "{model.TABLE}" ORDER BY {order}').fetchall()
    assert sorted(found, key=repr) == sorted(cells(hostile, model), key=repr)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.TABLE)
def test_parquet(files, hostile, model):
    if not free(model):
        return
    names = ", ".join(f'"{name}"' for name in free(model))
    path = next(files.rglob(f"{model.TABLE}.parquet"))
    found = duckdb.sql(f"SELECT {names} FROM read_parquet('{path}')").fetchall()
    assert found == cells(hostile, model)


def test_networks(files, hostile):
    known = {row.display_id: row.name for table in ("actors", "sources", "topics") for row in hostile.rows[table]}
    for path in files.glob("*.graphml"):
        for node in ElementTree.parse(path).iter("{http://graphml.graphdrawing.org/xmlns}node"):
            assert node.findtext("*[@key='node_label']") == known[node.attrib["id"]]


def test_lines_of_json(files, hostile):
    titles = {row.event_id: row.title for row in hostile.rows["events"]}
    lines = (files / "haftar-record-plover.jsonl").read_text("utf-8").split("\n")[:-1]
    told = {line["Event ID"]: line["Event Title"] for line in map(json.loads, lines)}
    assert told and all(titles.get(identity, title) == title for identity, title in told.items())
    notes = json.loads((files / "haftar-record-annotations.jsonld").read_bytes())["first"]["items"]
    quoted = [item["target"]["selector"][1]["exact"] for item in notes]
    assert quoted == [row.exact_text for row in hostile.rows["evidence"]]


def test_descriptions(hostile):
    found = descriptions.descriptions(hostile.descriptor, hostile.rows["documents"])
    cited = yaml.safe_load(found["CITATION.cff"])
    facts = hostile.descriptor
    assert (cited["title"], cited["abstract"], cited["keywords"]) == (facts["title"], facts["description"], _OWN)
    assert [who["name"] for who in cited["authors"]] == _OWN
    for path in ("dataset.jsonld", "croissant.json"):
        told = json.loads(found[path])
        assert (told["name"], told["keywords"]) == (facts["title"], _OWN)
    deposit = json.loads(found[".zenodo.json"])
    assert deposit["references"] == [source["title"] for source in facts["sources"]]
    assert "<" not in deposit["description"][3:-4]


def test_facts_in_the_database(files, hostile):
    with sqlite3.connect(files / "haftar-record.sqlite") as base:
        told = dict(base.execute("SELECT * FROM meta_package").fetchall())
    assert (told["title"], json.loads(told["keywords"])) == (hostile.descriptor["title"], _OWN)


def test_more_rows_than_a_sheet_holds(package, monkeypatch):
    """Catches a workbook that ends before the table does."""
    monkeypatch.setattr(excel, "MAX_LINES", 100)
    with pytest.raises(DataErrors) as error:
        excel.render(package)
    (problem,) = error.value.problems
    assert problem.found.endswith(" rows") and "99 rows" in problem.expected


def test_a_text_that_a_cell_cannot_hold(package):
    """Catches a cell that is left out: the checks let no such text through, and the export does not rely on them."""
    row = package.rows["topics"][0].model_copy(update={"definition": "x" * 32_768})
    long = replace(package, rows=package.rows | {"topics": [row]})
    with pytest.raises(ValueError, match="32,768 characters"):
        excel.render(long)
