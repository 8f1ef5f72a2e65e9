"""The package as a file format: descriptor, schemas and the one canonical way in which tables are written."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package

from .reading import ARTICLES, ROOT, TABLES, descriptor, header, key, rows, schema

pytestmark = pytest.mark.data

FIELDS = [(table, field["name"]) for table in TABLES for field in schema(table)["fields"]]
#: Cells may begin with a sign of a formula in these columns: words of an article, and west of Greenwich.
SIGNS_ALLOWED = {("evidence", "prefix_text"), ("evidence", "suffix_text"), ("places", "longitude")} | {
    ("agreement", name) for name in ("value", "unit_low", "unit_high", "article_low", "article_high")
}
CONTEXT = {("evidence", "prefix_text"), ("evidence", "suffix_text")}


def raw(table: str) -> bytes:
    return (ROOT / "datapackage" / f"{table}.csv").read_bytes()


def conforms(text: str, field: dict[str, Any]) -> bool:
    """Whether a cell conforms to the type and constraints of its field, by the letter of Table Schema."""
    limits = field.get("constraints", {})
    kinds = {"integer": int, "number": Decimal, "date": date.fromisoformat, "string": str}
    if field["type"] == "boolean":
        return text in (*field["trueValues"], *field["falseValues"])
    try:
        value = kinds[field["type"]](text)
    except (ValueError, ArithmeticError):
        return False
    return (
        text in map(str, limits.get("enum", [text]))
        and re.fullmatch(limits.get("pattern", r"(?s:.*)"), text) is not None
        and len(text) <= limits.get("maxLength", len(text))
        and limits.get("minimum", value) <= value <= limits.get("maximum", value)
    )


# -- descriptor ------------------------------------------------------------------------------------------------------


def test_resources_are_the_files() -> None:
    """Catches a table that is stored and not described, or described and not stored."""
    listed = {resource["path"]: resource["schema"] for resource in descriptor()["resources"]}
    stored = {path.relative_to(ROOT).as_posix() for path in (ROOT / "datapackage").iterdir() if path.suffix == ".csv"}
    schemas = {path.relative_to(ROOT).as_posix() for path in (ROOT / "schemas").iterdir() if path.suffix == ".json"}
    assert set(listed) == stored and set(listed.values()) == schemas
    assert len(listed) == len(descriptor()["resources"])
    for resource in descriptor()["resources"]:
        name = resource["name"]
        assert (resource["path"], resource["schema"]) == (f"datapackage/{name}.csv", f"schemas/{name}.json")


@pytest.mark.parametrize("resource", descriptor()["resources"], ids=lambda resource: resource["name"])
def test_resource_describes_its_file(resource: dict[str, Any]) -> None:
    """Catches a descriptor that was not written again after a table changed."""
    data = (ROOT / resource["path"]).read_bytes()
    assert resource["bytes"] == len(data)
    assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert resource["rows"] == len(rows(resource["name"]))


def test_sources_are_the_articles() -> None:
    """Catches a descriptor that credits an article that is not there, or another version of it."""
    found = {source["path"]: source["hash"].removeprefix("sha256:") for source in descriptor()["sources"]}
    stored = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in ARTICLES.glob("*.txt")}
    assert found == {f"seeds/articles/{name}": digest for name, digest in stored.items()}


def test_package_is_valid_for_frictionless() -> None:
    """Catches whatever stops a stock validator: types, constraints, keys, references, hashes."""
    report = Package(str(ROOT / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:20]
    assert report.stats["tasks"] == len(TABLES)


# -- schemas ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_schema_has_the_columns_of_its_table(table: str) -> None:
    """Catches a column added to one of the two only, or in another place."""
    assert tuple(field["name"] for field in schema(table)["fields"]) == header(table)
    assert tuple(schema(table)["primaryKey"]) == key(table)
    text = (ROOT / "schemas" / f"{table}.json").read_text(encoding="utf-8")
    assert "fieldsMatch" not in text and '"list"' not in re.findall(r'"type": ("\w+")', text)


@pytest.mark.parametrize("table", TABLES)
def test_fields_are_described(table: str) -> None:
    """Catches a column without a description, or with one that breaks off."""
    fields = schema(table)["fields"]
    assert not [f["name"] for f in fields if not re.search(r"\w{3}.*\.$", f.get("description", ""))]


@pytest.mark.parametrize("table", TABLES)
def test_fields_have_an_example(table: str) -> None:
    """Catches a column with values of which none is shown."""
    filled = {name for row in rows(table) for name, cell in row.items() if cell}
    assert not [f["name"] for f in schema(table)["fields"] if "example" not in f and f["name"] in filled]


@pytest.mark.parametrize("table", TABLES)
def test_examples_are_taken_from_the_data(table: str) -> None:
    """Catches an invented example, or one that the data has since left behind.

    A computed value changes with every article, so its example need only be one that the column can take.
    """
    wrong = []
    for field in schema(table)["fields"]:
        if field["description"].endswith("Computed."):
            continue
        cells = {row[field["name"]] for row in rows(table)} - {""}
        if cells and field.get("example", next(iter(cells))) not in cells:
            wrong.append((field["name"], field["example"]))
    assert not wrong


@pytest.mark.parametrize("table", TABLES)
def test_examples_and_cells_conform(table: str) -> None:
    """Catches an example that its own constraints refuse, and a cell that only a lenient validator accepts."""
    for field in schema(table)["fields"]:
        missing = {item["value"] for item in field.get("missingValues", schema(table)["missingValues"])}
        cells = {row[field["name"]] for row in rows(table)}
        cells |= {field["example"]} if "example" in field else set()
        is_required = field.get("constraints", {}).get("required", False)
        assert not (is_required and missing & cells), field["name"]
        assert not [cell for cell in cells - missing if not conforms(cell, field)], field["name"]


@pytest.mark.parametrize("table", TABLES)
def test_codes_of_a_field(table: str) -> None:
    """Catches categories (for people) and enum (for validators) that differ, and a code without a definition."""
    defined: dict[str, set[str]] = {}
    for row in rows("codes"):
        defined.setdefault(row["list"], set()).add(row["code"])
    for field in schema(table)["fields"]:
        values = [category["value"] for category in field.get("categories", [])]
        assert values == field.get("constraints", {}).get("enum", []), field["name"]
        assert not values or set(map(str, values)) in defined.values(), field["name"]
        assert all(category["label"] for category in field.get("categories", [])), field["name"]


@pytest.mark.parametrize("table", TABLES)
def test_patterns_mean_the_whole_cell(table: str) -> None:
    """Catches a pattern whose alternatives escape from the anchors that readers put around it, or a final line feed."""
    for field in schema(table)["fields"]:
        pattern = field.get("constraints", {}).get("pattern")
        if field["type"] != "string":
            assert pattern is None, field["name"]
            continue
        assert pattern or "enum" in field["constraints"], field["name"]
        if not pattern:
            continue
        re.compile(pattern)
        assert pattern.startswith("(?:") and closes_at_end(pattern), field["name"]
        for cell in {row[field["name"]] for row in rows(table)} - {""}:
            spoiled = [f"{cell}\n", f"\n{cell}", f"{cell}\n{cell}"]
            assert not [text for text in spoiled if re.search(f"^{pattern}$", text)], field["name"]


def closes_at_end(pattern: str) -> bool:
    """Whether the group that opens a pattern holds all of it but a final look-ahead for a line feed."""
    depth, is_class, position = 0, False, 0
    while position < len(pattern):
        sign = pattern[position]
        if sign == "\\":
            position += 1
        elif is_class:
            is_class = sign != "]"
        elif sign == "[":
            is_class = True
        else:
            depth += {"(": 1, ")": -1}.get(sign, 0)
        position += 1
        if depth == 0:
            return pattern[position:] in ("", r"(?!\n)")
    return False


# -- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_table_is_written_canonically(table: str) -> None:
    """Catches a table saved by a spreadsheet: other line ends, quoting, a byte order mark, rows moved or doubled."""
    data = raw(table)
    parsed = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(parsed)
    assert buffer.getvalue().encode() == data
    assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n")
    assert {len(row) for row in parsed} == {len(header(table))}
    keys = [tuple(row[name] for name in key(table)) for row in rows(table)]
    assert keys == sorted(keys)
    assert len({tuple(row.values()) for row in rows(table)}) == len(rows(table))


@pytest.mark.parametrize("table", TABLES)
def test_cells_are_plain_text(table: str) -> None:
    """Catches invisible characters, decomposed letters, blanks at the edges, and cells a spreadsheet would run."""
    text = raw(table).decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    # Cc control, Cf zero width and direction marks, Zl and Zp line ends, Cs, Co and Cn no characters at all.
    assert not {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn") and c != "\n"}
    for row in rows(table):
        for name, cell in row.items():
            assert "\n" not in cell, (name, cell)
            assert cell == cell.strip() or (table, name) in CONTEXT, (name, cell)
            assert cell[:1] not in tuple("=+-@") or (table, name) in SIGNS_ALLOWED, (name, cell)


def test_list_cells_are_tidy() -> None:
    """Catches an empty or doubled value in a list, and a name that would be torn apart at its semicolon."""
    lists = [
        (t, n)
        for t, n in FIELDS
        if n.endswith("_ids") or n in ("aliases", "search_names", "modes", "contexts", "applies_to")
    ]
    assert len(lists) > 8
    for table, name in lists:
        for row in rows(table):
            values = row[name].split(";") if row[name] else []
            assert all(value == value.strip() != "" for value in values), (table, name, row[name])
            assert len(set(values)) == len(values), (table, name, row[name])
    for table in ("actors", "sources", "places", "topics"):
        assert not [row["name"] for row in rows(table) if ";" in row["name"]]


# -- build -----------------------------------------------------------------------------------------------------------


def test_build_gives_the_committed_files(tmp_path: Path) -> None:
    """Catches stale generated files, and a build that depends on the clock's zone, the locale or the order of sets."""
    for folder in ("seeds", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    odd = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": "scripts"}
    command = [sys.executable, "-m", "haftar_record", "--root", ".", "build"]
    run = subprocess.run(command, cwd=tmp_path, env={**os.environ, **odd}, capture_output=True, timeout=120)
    assert run.returncode == 0, run.stderr.decode()[-2000:] + run.stdout.decode()[-2000:]
    paths = ["datapackage.json", *(f"schemas/{t}.json" for t in TABLES), *(f"datapackage/{t}.csv" for t in TABLES)]
    assert not [path for path in paths if (tmp_path / path).read_bytes() != (ROOT / path).read_bytes()]
