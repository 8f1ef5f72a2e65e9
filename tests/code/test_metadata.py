"""The descriptions of a release say the same, field by field, and all of it comes from the descriptor."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml

from haftar_record.export import metadata
from haftar_record.files.layout import CSVW
from haftar_record.model import tables
from haftar_record.package import citation, reader

#: The same facts out of every description: how each of them writes them.
FACTS = ("title", "description", "version", "date", "licence", "creators", "keywords")
Read = Callable[[dict[str, Any]], dict[str, Any]]


def of_citation(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": content["title"],
        "description": content["abstract"],
        "version": content["version"],
        "date": content["date-released"],
        "licence": content["license"],
        "creators": [author["name"] for author in content["authors"]],
        "keywords": content["keywords"],
    }


def of_zenodo(content: dict[str, Any]) -> dict[str, Any]:
    paragraph = re.fullmatch("<p>(.*)</p>", content["description"])
    return {
        "title": content["title"],
        "description": html.unescape(paragraph[1]),
        "version": content["version"],
        "date": content["publication_date"],
        "licence": content["license"].upper(),
        "creators": [creator["name"] for creator in content["creators"]],
        "keywords": content["keywords"],
    }


def of_schema_org(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": content["name"],
        "description": content["description"],
        "version": content["version"],
        "date": content["datePublished"],
        "licence": spdx(content["license"]),
        "creators": [creator["name"] for creator in content["creator"]],
        "keywords": content["keywords"],
        "files": {f["contentUrl"]: (f["sha256"], f["contentSize"]) for f in content["distribution"]},
    }


def of_csvw(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": content["dc:title"],
        "description": content["dc:description"],
        "version": content["schema:version"],
        "date": content["dc:issued"]["@value"],
        "licence": spdx(content["dc:license"]["@id"]),
        "creators": content["dc:creator"],
        "keywords": content["dcat:keyword"],
        "files": {f"datapackage/{t['url']}": (t["schema:sha256"], t["schema:contentSize"]) for t in content["tables"]},
    }


def spdx(url: str) -> str:
    """The SPDX name of a Creative Commons licence by its address."""
    kind, number = re.fullmatch(r"https://creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)/", url).groups()
    return f"CC-{kind.upper()}-{number}"


def of_plain(content: dict[str, Any]) -> dict[str, Any]:
    contributors = [dict(who, roles=["creator"] if who["role"] == "author" else []) for who in content["contributors"]]
    return of_descriptor(content | {"contributors": contributors})


READERS: dict[str, Read] = {
    "CITATION.cff": of_citation,
    ".zenodo.json": of_zenodo,
    "dataset.jsonld": of_schema_org,
    "croissant.json": of_schema_org,
    CSVW: of_csvw,
    "datapackage-v1.json": of_plain,
}


def of_descriptor(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": content["title"],
        "description": content["description"],
        "version": content["version"],
        "date": content["created"].partition("T")[0],
        "licence": content["licenses"][0]["name"],
        "creators": [who["title"] for who in content["contributors"] if "creator" in who["roles"]],
        "keywords": content["keywords"],
        "files": {r["path"]: (r["hash"].removeprefix("sha256:"), f"{r['bytes']} B") for r in content["resources"]},
    }


def parsed(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    return {name: yaml.safe_load(files[name]) if name.endswith(".cff") else json.loads(files[name]) for name in READERS}


@pytest.fixture(scope="module")
def package(root) -> reader.Package:
    return reader.read(root)


@pytest.fixture(scope="module")
def found(package) -> dict[str, dict[str, Any]]:
    return parsed(metadata.render(package))


@pytest.mark.parametrize("name", READERS)
def test_every_description_says_what_the_descriptor_says(root, found, name):
    """Catches a title, version, date, licence, creator, keyword, description, hash or size that differs anywhere."""
    expected = of_descriptor(json.loads((root / "datapackage.json").read_bytes()))
    told = READERS[name](found[name])
    assert set(told) >= set(FACTS)
    assert told == {fact: expected[fact] for fact in told}


@pytest.mark.parametrize("name", READERS)
def test_nothing_is_said_but_what_the_descriptor_says(package, name):
    """Catches a fact that is written into the program: another release is described in other words throughout."""
    descriptor = json.loads(json.dumps(package.descriptor))
    descriptor |= {"title": "Töne & <Tafeln>", "description": "Kurz: “x” & <y>.", "version": "7.8.9"}
    descriptor |= {"created": "1999-01-02T00:00:00Z", "keywords": ["a: b", "no", "1.0"]}
    descriptor["contributors"] = [{"title": "A", "roles": ["creator"]}, {"title": "B", "roles": ["editor"]}]
    descriptor["licenses"] = [
        {"name": "CC-BY-SA-3.0", "path": "https://creativecommons.org/licenses/by-sa/3.0/", "title": "x"}
    ]
    for number, resource in enumerate(descriptor["resources"]):
        resource |= {"bytes": number, "hash": f"sha256:{number:064x}"}
    told = READERS[name](parsed(metadata.described(replace(package, descriptor=descriptor)))[name])
    expected = of_descriptor(descriptor)
    assert told == {fact: expected[fact] for fact in told}


def test_the_citation_at_the_root_is_that_of_the_data(root, package):
    """Catches a CITATION.cff that was edited by hand or not built anew: it is the one that GitHub reads."""
    assert (root / "CITATION.cff").read_bytes() == metadata.render(package)["CITATION.cff"]


def test_every_column_is_described(found):
    """Catches a table or column that Croissant or CSV on the Web does not know, or has in another order."""
    expected = {model.TABLE: list(model.model_fields) for model in tables.TABLES}
    sets = found["croissant.json"]["recordSet"]
    assert {s["@id"]: [field["name"] for field in s["field"]] for s in sets} == expected
    described = found[CSVW]["tables"]
    assert {t["url"][:-4]: [c["name"] for c in t["tableSchema"]["columns"]] for t in described} == expected


def test_paths_lead_to_files(root, package):
    """Catches a relative path that leads nowhere from where its description lies."""
    files = metadata.render(package)
    beside = {f"datapackage/{table['url']}" for table in json.loads(files[CSVW])["tables"]}
    below = {item["contentUrl"] for item in json.loads(files["croissant.json"])["distribution"]}
    assert beside == below == {path for path in files if path.endswith(".csv")}
    assert all(files[path] == (root / path).read_bytes() for path in below)


def test_a_line_to_cite(package):
    """The citation in one line has creator, year, title and version."""
    text = citation.release(package.descriptor | {"version": "7.8.9", "created": "1999-01-02T00:00:00Z"}).text
    assert text == "The Haftar Record project (1999). The Haftar Record, version 7.8.9 [Data set]."
