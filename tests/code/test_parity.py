"""The row models and the Table Schemas that are made from them accept the same cells."""

from __future__ import annotations

import csv
import re
from decimal import InvalidOperation
from functools import cache

import pytest
from frictionless import Schema
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from haftar_record.model import table_schema, tables
from haftar_record.model.cells import to_cell
from haftar_record.model.columns import codes_in, codes_pattern
from haftar_record.model.rows import Row, columns

from ..conftest import ROOT

HOSTILE = [
    "", " ", "a", " a", "a ", "a\n", "\na", "a\nb", "a\tb", "\u00a0a", "a\u200b", "\u202ea", "\ufeffa", "A", "é", "e\u0301",
    "null", "None", "NaN", "nan", "sNaN", "Infinity", "-Infinity", "inf", "1e400", "1e-400", "0x10", "1_000", "1,000",
    " 1", "1 ", "१२", "01", "-1", "+1", "0", "1", "1.0", "1.5", "99999999999999999999", "9" * 5000, "-0", "1e2",
    "true", "false", "True", "TRUE", "yes", "no", "1", "t",
    "2021-06-19", "2021-6-9", "2021-06-19 ", "2021-02-29", "20210619", "2021-06-19T00:00:00", "0001-01-01", "19/06/2021",
    "2021", "2021-06", "2021-13", "2021~", "2021-06/2021-07", "/2021", "2021/..", "../2021", "../..", "2021-06-19\n", "2021;2022",
    "act-haftar", "act-haftar ", "act-haftar\n", "Act-haftar", "act_haftar", "act-", "act-haftar;act-lna", "act-haftar;", ";act-haftar",
    "act-haftar; act-lna", "act-haftar;;act-lna", "doc-9d1fdcb4", "doc-9d1fdcb4x", "DOC-9d1fdcb4", "evt-a", "st-9d1fdcb4-01",
    "COERCE", "coerce", "COERCE ", "COERCE\n", "COERCEX", "seize", "seize;restrict", "seize;", "SEIZE", "not-stated", "undecided",
    "Q1016", "Q0", "q1016", "=1+1", "@SUM(A1)", "-2+3", "a" * 501, "x;y", "[…]", "“quote”", "a\x00b", "a\x07b", "a\rb",
]  # fmt: skip

COLUMNS = [(model, name) for model in tables.TABLES for name in model.model_fields]


@cache
def stock_schema(model: type[Row]) -> Schema:
    """The generated Table Schema as stock frictionless reads it."""
    return Schema.from_descriptor(table_schema.table_schema(model))


@cache
def reader(model: type[Row], name: str):
    return stock_schema(model).get_field(name).create_cell_reader()


@cache
def real_row(model: type[Row]) -> dict[str, str]:
    """A row of the package; of a table that has none, the examples of its columns."""
    with (ROOT / "datapackage" / f"{model.TABLE}.csv").open(encoding="utf-8", newline="") as file:
        found = next(csv.DictReader(file), None)
    examples = {name: to_cell(next(iter(info.examples or ()), None)) for name, info in model.model_fields.items()}
    return found or examples


def model_accepts(model: type[Row], name: str, text: str) -> bool:
    """Whether a real row with this cell exchanged is still a row of the model."""
    try:
        model.from_cells(real_row(model) | {name: text})
    except (ValueError, ValidationError):
        return False
    return True


def schema_accepts(model: type[Row], name: str, text: str) -> bool:
    """Whether stock frictionless reads the cell without a type or constraint error."""
    try:
        return not reader(model, name)(text)[1]
    except InvalidOperation:  # what it raises when it compares a signalling NaN with a bound
        return False


@pytest.mark.parametrize("model", tables.TABLES, ids=lambda model: model.TABLE)
def test_hostile_texts(model):
    """Every hostile text has the same verdict in every column of the table."""
    differ = [
        (name, text, model_accepts(model, name, text))
        for name in model.model_fields
        for text in HOSTILE
        if model_accepts(model, name, text) != schema_accepts(model, name, text)
    ]
    assert differ == []


@settings(max_examples=1000, deadline=None)
@given(
    st.sampled_from(COLUMNS),
    st.text(max_size=20) | st.sampled_from(HOSTILE),
    st.sampled_from(["", "\n", " ", ";", "X"]),
)
def test_any_text(column, text, tail):
    """So has any other text."""
    model, name = column
    assert model_accepts(model, name, text + tail) == schema_accepts(model, name, text + tail)


def test_the_comparison_can_fail():
    """The two readers are not one: a schema without its pattern lets through what the model refuses."""
    descriptor = table_schema.table_schema(tables.Actor)
    descriptor["fields"][0]["constraints"].pop("pattern")
    field = Schema.from_descriptor(descriptor).get_field("actor_id")
    assert not field.create_cell_reader()("Act-haftar")[1]
    assert not model_accepts(tables.Actor, "actor_id", "Act-haftar")


@pytest.mark.parametrize(("model", "name"), COLUMNS, ids=lambda part: getattr(part, "TABLE", part))
def test_codes_are_read_out_of_a_schema(model, name):
    """The schema of a column that lists codes says which they are, and no other pattern is taken for codes."""
    column = columns(model)[name]
    assert codes_in(column.cell_pattern) == (column.allowed if column.many else ())


@pytest.mark.parametrize("codes", [["a"], ["a", "b-c"], ["CT+", "a.b"], ["(a)", "b"], ["a|b"], ["ü", "a b", "\\"]])
def test_codes_of_any_characters(codes):
    """A pattern admits its codes and no other text; where a code cannot be told from the pattern around it, none is
    read."""
    assert set(codes_in(codes_pattern(codes))) in (set(codes), set())
    pattern = re.compile(codes_pattern(codes))
    assert all(pattern.fullmatch(text) for text in [*codes, ";".join(codes)])
    assert not any(pattern.fullmatch(text) for text in ("", ";", "CTT", "aXb", f"{codes[0]};"))


@pytest.mark.parametrize("model", tables.TABLES, ids=lambda model: model.TABLE)
def test_every_real_row_is_read_back(model, root):
    """Reading the CSV gives rows that write the same cells."""
    with (root / "datapackage" / f"{model.TABLE}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows or model.MAY_BE_EMPTY
    for cells in rows:
        assert model.from_cells(cells).cells() == list(cells.values())


@pytest.mark.parametrize(("model", "name"), COLUMNS, ids=lambda part: getattr(part, "TABLE", part))
def test_description_and_example(model, name):
    """Every column has a description that ends as a sentence, and its example is a value of the column."""
    info = model.model_fields[name]
    assert info.description.endswith(".")
    example = next(iter(info.examples), None)
    assert example is None or model_accepts(model, name, to_cell(example))
