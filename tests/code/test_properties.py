"""What must hold whatever the input: the functions of ``tests/fuzz/targets.py`` with inputs that hypothesis makes from
real files, and the rules with rows that no build would make.

``pytest --hypothesis-profile deep`` (part of ``make fuzz``) tries a hundred times as many.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from functools import cache

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from haftar_record.checks import on_disk, rules
from haftar_record.files.layout import DESCRIPTOR
from haftar_record.model import cell_faults
from haftar_record.model.cells import from_cell
from haftar_record.model.rows import columns, kind
from haftar_record.model.tables import BY_NAME, TABLES
from haftar_record.package import store, table_file
from haftar_record.problems.problem import Problems

from ..conftest import ROOT
from ..fuzz.targets import TARGETS, differ, read_table, sound

#: Texts that a reader may stumble over, in a cell or in place of some bytes.
NASTY = [
    "", " ", ";", ";;", ",", '"', '""', "\n", "\r", "\t", "\0", "\x1b[2J", "\u2028", "\u200b", "\u202e", "\ufeff", "\u00a0",
    "e\u0301", "Ã©", "-", "--", "0", "-1", "1e999999999", "1E+5", "NaN", "sNaN", "Infinity", "9" * 5000, "१", "1_0", "+1", "01",
    "true", "TRUE", "null", "not-stated", "undecided", "2021-02-30", "0000", "9999-12-31", "/..", "../..", "201X", "=1+1",
    "act-nobody", "act-", "x" * 20_001, "a;a", "{", "}", "[", "]", "&a", "*a", "!!x", "? ", ": ", "- ", "'", "#", "|", ">", "%",
]  # fmt: skip


@st.composite
def damaged(draw, data: bytes) -> bytes:
    """Bytes with some of them, or some of their lines, changed, doubled, moved or lost."""
    for _ in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            lines = data.splitlines(keepends=True) or [b""]
            one, two = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            edit = draw(st.sampled_from(["drop", "double", "swap", "cut"]))
            if edit == "swap":
                lines[one], lines[two] = lines[two], lines[one]
            else:
                lines[one : one + 1] = {"drop": [], "double": [lines[one]] * 2, "cut": [lines[one][:-5]]}[edit]
            data = b"".join(lines)
        else:
            start = draw(st.integers(0, len(data)))
            end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 1, 2, 10, 500])))
            new = draw(st.sampled_from(NASTY).map(str.encode) | st.binary(max_size=4))
            data = data[:start] + new + data[end:]
    return data


@cache
def seeds(name: str) -> list[bytes]:
    return list(TARGETS[name].seeds())


@pytest.mark.parametrize("name", TARGETS)
@given(st.data())
def test_real_files_that_are_damaged(name, data):
    """Every target with its real files, damaged."""
    TARGETS[name].run(data.draw(st.sampled_from(seeds(name)).flatmap(damaged)))


@pytest.mark.parametrize("name", TARGETS)
@given(
    st.binary(max_size=300)
    | st.text(st.sampled_from('aé“”‘’ .,;:-/|\n\t"{}[]&*!?#%0129TZX\0\u202e'), max_size=300).map(str.encode)
)
def test_anything(name, data):
    """Every target with bytes of no real file."""
    TARGETS[name].run(data)


@cache
def table_bytes(name: str) -> bytes:
    return (ROOT / f"datapackage/{name}.csv").read_bytes()


@given(st.sampled_from(TABLES).flatmap(lambda m: st.tuples(st.just(m), damaged(table_bytes(m.TABLE)))))
def test_whole_tables_that_are_damaged(damage):
    """A damaged table has a problem, or is another table to the byte: no damage is read over."""
    read_table(*damage)


@st.composite
def cell_edits(draw) -> tuple:
    """A table with one cell exchanged for another text."""
    model = draw(st.sampled_from(TABLES))
    problems = Problems()
    rows = table_file.read(model, table_bytes(model.TABLE), "a.csv", problems).rows
    number = draw(st.integers(0, len(rows) - 1))
    names = list(model.model_fields)
    column = draw(st.sampled_from(names))
    text = draw(st.sampled_from(NASTY) | st.text(max_size=10))
    return model, [row.cells() for row in rows], number, names.index(column), text


@given(cell_edits())
def test_a_cell_that_is_exchanged(edit):
    """The cell is refused, at its row, or the row that is read has it."""
    model, rows, number, column, text = edit
    rows[number][column] = text
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([list(model.model_fields), *rows])
    try:
        data = buffer.getvalue().encode()
    except UnicodeEncodeError:
        reject()
    found = read_table(model, data)
    if found.is_whole:
        assert found.rows[number].cells()[column] == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "path", "@key", ""]) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, JSON)
def test_two_values_differ_exactly_when_they_are_not_the_same(one, two):
    """No difference is missed and none is made up, whatever stands where; a list is not told apart by name alone."""
    differ(one, two)
    differ(one, json.loads(json.dumps(one)))
    differ([{"name": "a", "x": one}, {"name": "b"}], [{"name": "b"}, {"name": "a", "x": two}])


@given(JSON, st.integers(0, 4) | st.none())
def test_json_in_any_layout(content, indent):
    """The place of a value is found in whatever way the file is laid out."""
    TARGETS["json_file"].run(json.dumps(content, indent=indent, ensure_ascii=indent is None).encode("utf-8", "replace"))


# -- the rules -----------------------------------------------------------------------------------------------------


@cache
def real() -> dict[str, list]:
    return {m.TABLE: table_file.read(m, table_bytes(m.TABLE), "a.csv", Problems()).rows for m in TABLES}


@cache
def values(table: str, name: str) -> list:
    """Values that the cell of a column may have: real ones, and the strangest that it accepts."""
    model = BY_NAME[table]
    definition = columns(model)[name]
    texts = [*definition.allowed, *definition.missing, *NASTY, "1", "10000000000000000000", "-5", "0.5", "9" * 300,
             "0001-01-01", "9999-12-31", "0001", "99XX", "/0001", "9999/..", "0001/9999", "2021-06-19"]  # fmt: skip
    for prefix in ("act", "plc", "src", "evt", "top", "ref", "st-9d1fdcb4", "doc-00000000"):
        texts += [prefix, f"{prefix}-x", f"{prefix}-99"]
    found = {
        from_cell(t, kind(model, name)) for t in texts if cell_faults._value_fault(model, name, t, definition) is None
    }
    return sorted(found | {getattr(row, name) for row in real()[table]}, key=repr)


@st.composite
def records(draw) -> dict[str, list]:
    """A few rows of each table, some of their cells exchanged for others that their columns accept."""
    rows = {}
    for table, known in real().items():
        rows[table] = []
        for row in draw(st.lists(st.sampled_from(known), max_size=5)):
            names = draw(st.lists(st.sampled_from(list(type(row).model_fields)), max_size=4))
            changes = {name: draw(st.sampled_from(values(table, name))) for name in names}
            rows[table].append(row.model_copy(update=changes))
    return rows


@cache
def real_articles() -> dict:
    problems = Problems()
    return on_disk._articles(on_disk._Package(ROOT, problems, {}, None), real())


@given(records(), st.booleans())
def test_no_rule_fails_on_any_rows(rows, with_articles):
    """Whatever rows there are, dangling, doubled, in circles, out of all bounds, or none: a rule finds and never fails."""
    problems = Problems()
    rules.check(rows, real_articles() if with_articles else {}, problems)
    sound(problems.items)


# -- the package ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package without its articles."""
    folder = tmp_path_factory.mktemp("package")
    for name in store.FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / DESCRIPTOR, folder)
    return folder


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_a_package_with_a_damaged_file(copy, data):
    """A package with any damage to a table or a schema has an error; nothing is raised."""
    path = data.draw(st.sampled_from([path for path in sorted(store.paths(ROOT)) if path != DESCRIPTOR]))
    whole = (ROOT / path).read_bytes()
    damage = data.draw(damaged(whole))
    problems = Problems()
    try:
        (copy / path).write_bytes(damage)
        on_disk.check(copy, problems)
    finally:
        (copy / path).write_bytes(whole)
    assert bool(problems.errors) == (damage != whole)
    sound(problems.items)
