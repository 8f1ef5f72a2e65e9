"""The columnar engine says of every package what the check row by row says: the same problems in the same words."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from pathlib import Path

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import on_disk, rules
from haftar_record.coding import inputs
from haftar_record.model.cells import to_cell
from haftar_record.model.index import Index
from haftar_record.model.rows import columns, kind
from haftar_record.model.tables import BY_NAME, TABLES
from haftar_record.package import render
from haftar_record.package.render import Facts
from haftar_record.problems.problem import DataErrors, Problems

from .. import synthetic
from ..conftest import ROOT
from ..verdicts import of_both_engines, verdicts

pytest.importorskip("duckdb", reason="the extra fast is not installed")
from haftar_record.checks.columnar import cells, reading

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built():
    """The rows as the sheets make them, and the articles."""
    noted = Problems()
    found = inputs.read(ROOT, noted)
    rows, _ = assemble(found, noted)
    return rows, {coded.document_id: coded.article for coded in found.coded}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """A package with these tables, its articles beside it, and a descriptor that tells the truth about the tables."""
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copytree(ROOT / "seeds/articles", folder / "seeds/articles")
    (folder / "datapackage").mkdir()
    descriptor = json.loads((ROOT / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        data = files[resource["name"]]
        (folder / resource["path"]).write_bytes(data)
        facts = Facts.of(data, max(0, data.count(b"\n") - 1))
        resource |= {"bytes": facts.size, "hash": f"sha256:{facts.sha256}", "rows": facts.rows}
    (folder / "datapackage.json").write_bytes(render.json_bytes(descriptor))
    return folder


def files_of(rows) -> dict[str, bytes]:
    """The bytes of all tables, each sorted by its key."""
    return {
        table: render.csv_bytes(BY_NAME[table], sorted(found, key=lambda row: row.id)) for table, found in rows.items()
    }


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    return {model.TABLE: (ROOT / "datapackage" / f"{model.TABLE}.csv").read_bytes() for model in TABLES}


def assert_alike(folder: Path) -> set[tuple[str, str, str]]:
    """Both engines say the same; the verdicts."""
    one, two = of_both_engines(folder)
    assert two == one
    return verdicts(folder, "columnar")


def test_sound_package(tmp_path, sound):
    """The real record and a synthetic package are sound for both engines."""
    assert not assert_alike(write(tmp_path / "real", sound))
    folder = tmp_path / "a folder [1] by an *odd* name"
    assert synthetic.make(folder, 100) > 5000
    assert not assert_alike(folder)


def test_synthetic_package_is_sound_for_stock_frictionless(tmp_path):
    """It is the same on every run, and another one by another seed."""
    from frictionless import Package

    from haftar_record.checks import frictionless_plugin

    for name, seed in (("one", 0), ("two", 0), ("three", 1)):
        synthetic.make(tmp_path / name, 1, seed)
    one, two, three = ((tmp_path / name / "datapackage.json").read_bytes() for name in ("one", "two", "three"))
    assert one == two != three
    with frictionless_plugin.off():
        assert Package(str(tmp_path / "one" / "datapackage.json")).validate().valid


GROUPS = 6
FAULTS = [(rule, fault) for rule in rules.RULES for fault in rule.faults]


@pytest.mark.parametrize("group", range(GROUPS))
def test_faults_of_rules(built, group, tmp_path):
    """Every fault that stands beside a rule is found by the columnar engine, and told in the same words."""
    index = Index(built[0])
    chosen = [(rule, fault.spoil(index)) for rule, fault in FAULTS[group::GROUPS]]
    rows, met = built[0], set()
    for _, spoilt in chosen:  # as many at once as touch different rows
        keys = {(type(row).TABLE, row.id) for edit in spoilt.edits for row in (edit.old, edit.new) if row}
        if not met & keys:
            rows = rules.applied(spoilt.edits, rows)
        met |= keys
    found = {name for name, *_ in assert_alike(write(tmp_path / "package", files_of(rows)))}
    for number, (rule, spoilt) in enumerate(chosen):
        if rule.title not in found:  # one fault may hide another
            alone = files_of(rules.applied(spoilt.edits, built[0]))
            assert rule.title in {name for name, *_ in assert_alike(write(tmp_path / str(number), alone))}


#: Tables that are there for every query.
STANDING = {"edtf", "unknown"}


def test_queries_say_what_they_read():
    """A query reads tables that its rule declares, and uses of the further tables those that it names: so a rule is
    withheld for the same broken tables by both engines, and a further table is made when somebody needs it."""
    from haftar_record.checks.columnar.base import Base

    with Base() as base:
        for rule in rules.RULES:
            for query in rule.queries:
                named = tables_of(base, query.sql) - STANDING
                own = {BY_NAME[name] for name in named if name in BY_NAME}
                assert named - BY_NAME.keys() == {made.name for made in query.uses}, rule.title
                assert own | {query.model, *query.context, *query.also} <= rule.reads, rule.title
                for made in query.uses:
                    if made.sql:
                        assert tables_of(base, made.sql()) - BY_NAME.keys() == {one.name for one in made.of}


def tables_of(base, sql: str) -> set[str]:
    """The tables that a query names, by the parser of DuckDB: what it selects from, but for names it gives itself."""
    found, given = set(), set()

    def walk(node):
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE":
                found.add(node["table_name"])
            if isinstance(node.get("cte_map"), dict):
                given.update(entry["key"] for entry in node["cte_map"].get("map", ()))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    parsed = json.loads(base.run("SELECT json_serialize_sql(?)", [sql]).fetchone()[0])
    assert not parsed["error"], parsed
    walk(parsed["statements"])
    assert found, sql
    return found - given


def cell(table: str, line: int, name: str, value: str):
    """A fault: the cell of a column in a line of a table becomes ``value``, and the row is written canonically."""

    def spoil(files: dict[str, bytes]) -> None:
        import csv
        import io

        lines = list(csv.reader(io.StringIO(files[table].decode(), newline="")))
        lines[line - 1][lines[0].index(name)] = value
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(lines)
        files[table] = buffer.getvalue().encode()

    return table, spoil


def data(table: str, change):
    """A fault: the bytes of a table are changed."""

    def spoil(files: dict[str, bytes]) -> None:
        changed = change(files[table])
        assert changed != files[table]
        files[table] = changed

    return table, spoil


def line(change):
    """A change of the lines of a file."""
    return lambda found: b"\n".join(change(found.split(b"\n")))


def swapped(found: list[bytes]) -> list[bytes]:
    return [found[0], found[2], found[1], *found[3:]]


FILES = {
    "byte-order-mark": data("codes", lambda d: b"\xef\xbb\xbf" + d),
    "line-ending": data("references", lambda d: d.replace(b"\n", b"\r\n")),
    "line-ending alone": data("topics", lambda d: d.replace(b"\n", b"\r", 3)),
    "encoding-error": data("places", lambda d: d[:300] + b"\xff" + d[300:]),
    "encoding-error at the end": data("actors", lambda d: d + b"\xe2\x80"),
    "encoding-error around a letter": data("topics", lambda d: d[:200] + b"\xc3a\xa9" + d[200:]),
    "quoting": data("sources", lambda d: d + b'"open'),
    "quoting after": data("documents", lambda d: d.replace(b'",', b'" ,', 1)),
    "source-error": data("events", lambda d: b"\n \n"),
    "empty-table": data("sentences", lambda d: d[: d.index(b"\n") + 1]),
    "duplicate-label": data("statement_targets", lambda d: d.replace(b"actor_id", b"statement_id", 1)),
    "missing-label": data("event_reports", lambda d: d.replace(b"event_id,", b"", 1)),
    "extra-label": data("event_actors", lambda d: d.replace(b"role,", b"role,rolle,", 1)),
    "incorrect-label": data("relations", lambda d: d.replace(b"predicate", b"predicat", 1)),
    "incorrect-label by order": data(
        "quantities", lambda d: d.replace(b"minimum,maximum", b"maximum,minimum", 1)
    ),
    "blank-row": data("discrepancies", line(lambda found: [*found[:3], b"", *found[3:]])),
    "missing-cell": data("evidence", line(lambda found: [*found[:3], found[3][:40], *found[4:]])),
    "extra-cell": data("topics", line(lambda found: [*found[:3], found[3] + b",more", *found[4:]])),
    "primary-key": data("quotations", line(lambda found: [*found[:3], found[2], *found[3:]])),
    "row-order": data("mentions", line(swapped)),
    "missing line feed at the end": data("decisions", lambda d: d[:-1]),
}  # fmt: skip
MORE_FILES = {
    "quotation marks without need": data("codes", lambda d: d.replace(b",own,", b',"own",', 1)),
    "quotation mark inside": data("topics", lambda d: d.replace(b"Offensive", b'Offen"sive', 1)),
    "blank before a quotation mark": data("references", lambda d: d.replace(b',"', b', "', 1)),
    "empty quotation marks": data("actors", lambda d: d.replace(b",,", b',"",', 1)),
    "two rows exchanged and one twice": data("evidence", line(lambda found: [*swapped(found)[:-1], found[5], b""])),
    "row of commas": data("places", line(lambda found: [found[0], b"," * found[0].count(b","), *found[1:]])),
    "line feed in a cell": cell("sources", 3, "description", "two\nlines"),
    "NUL": cell("events", 4, "title", "a\0b"),
    "cell-size": cell("decisions", 5, "reason", "a" * 20_001),
    "cell too large for Python": cell("discrepancies", 5, "rationale", "a" * 200_000),
    "unique-error": data("documents", line(lambda found: [*found[:2], found[2].replace(b"004_3eb302bd82f84695", b"003_187cdebd821c6a5c"), *found[3:]])),
    "last row without line feed and short": data("quotations", lambda d: d[:-30]),
}  # fmt: skip
CELLS = {
    "required": cell("actors", 2, "name", ""),
    "pattern": cell("sources", 2, "source_id", "src_1buv"),
    "pattern of a digit": cell("documents", 2, "seed_path", "seeds/articles/00٣_187cdebd821c6a5c.txt"),
    "pattern of two letters": cell("documents", 3, "language", "EN"),
    "code": cell("statements", 2, "act", "assert "),
    "codes": cell("events", 4, "modes", "weapons;arms"),
    "number": cell("evidence", 3, "start", "ten"),
    "number below": cell("sentences", 3, "paragraph_number", "0"),
    "number above": cell("places", 2, "where_prec", "9"),
    "decimal": cell("places", 3, "latitude", "90.0000000000000001"),
    "number not finite": cell("quantities", 2, "minimum", "NaN"),
    "canonical number": cell("evidence", 5, "end", "0076"),
    "number in other digits": cell("evidence", 6, "end", "٧٦"),
    "number with an underscore": cell("quotations", 3, "end", "1_000"),
    "canonical decimal": cell("quantities", 3, "minimum", "+450"),
    "flag": cell("relations", 2, "is_negated", "False"),
    "day": cell("events", 2, "date_start", "2021-02-29"),
    "day of year 0": cell("events", 3, "date_end", "0000-01-01"),
    "EDTF": cell("event_reports", 2, "date_edtf", "2020-02-30"),
    "EDTF by form": cell("references", 2, "value_edtf", "June 2020"),
    "list item twice": cell("statements", 3, "target_actor_ids", "act-lna;act-lna"),
    "no-break space": cell("topics", 2, "definition", "a\u00a0b"),
    "no-break space at the edge": cell("topics", 3, "definition", "\u00a0ab"),
    "zero width": cell("topics", 4, "definition", "a\u200bb"),
    "direction": cell("topics", 5, "definition", "a\u202eb"),
    "line separator": cell("topics", 6, "definition", "a\u2028b"),
    "not composed": cell("decisions", 2, "reason", "re\u0301sume\u0301"),
    "composed otherwise": cell("decisions", 3, "reason", "10 \u212a"),
    "Hangul": cell("decisions", 6, "reason", "\u1112\u1161\u11ab"),
    "garbled": cell("discrepancies", 2, "rationale", "the armyâ€™s aim"),
    "blank at the end": cell("discrepancies", 3, "rationale", "why "),
    "too long": cell("relations", 3, "evidence_text", "a" * 501),
    "alias": cell("actors", 3, "aliases", "Tripoli;Tripoli"),
    "tabulator": cell("sources", 4, "description", "a\tb"),
    "unassigned": cell("sources", 5, "description", "a\ue000b"),
    "missing value of another column": cell("places", 4, "country_code", "undecided"),
    "labelled missing value": cell("events", 5, "place_name", "undecided"),
    "formula": cell("decisions", 4, "decided", "@SUM(A1)"),
    "formula in words": cell("evidence", 7, "suffix_text", "-1+2"),
    "sign before words": cell("evidence", 8, "suffix_text", "-backed"),
}  # fmt: skip


@pytest.mark.parametrize("faults", [FILES, MORE_FILES, CELLS], ids=["files", "more-files", "cells"])
def test_faults_of_tables(sound, faults, tmp_path):
    """Every damage to a file, a row or a cell is found and told in the same words."""
    files = dict(sound)
    for _, spoil in faults.values():
        spoil(files)
    found = assert_alike(write(tmp_path / "package", files))
    assert {table for table, _ in faults.values()} <= {Path(file).stem for _, file, _ in found}


@pytest.mark.parametrize("name", ["primary-key", "blank-row", "quotation marks without need", "required", "code"])
def test_one_fault(sound, name, tmp_path):
    """One broken table withholds the rules that look at it and no others."""
    files = dict(sound)
    (FILES | MORE_FILES | CELLS)[name][1](files)
    assert assert_alike(write(tmp_path / "package", files))


def test_file_is_missing(sound, tmp_path):
    """So does a file that is not there, and articles that are not."""
    folder = write(tmp_path / "package", sound)
    (folder / "datapackage/sentences.csv").unlink()
    (folder / "seeds/articles/003_187cdebd821c6a5c.txt").unlink()
    assert assert_alike(folder)
    shutil.rmtree(folder / "seeds")
    assert assert_alike(folder)


def exchange(built, chance: random.Random, count: int):
    """The rows with ``count`` cells exchanged for what stands elsewhere in their column, or for a near number."""
    rows = {table: list(found) for table, found in built[0].items()}
    for _ in range(count):
        model = chance.choice([model for model in TABLES if model.TABLE != "codes" and rows[model.TABLE]])
        name = chance.choice([name for name in model.model_fields if name not in model.KEY])
        index = chance.randrange(len(rows[model.TABLE]))
        row = rows[model.TABLE][index]
        value = getattr(chance.choice(rows[model.TABLE]), name)
        if kind(model, name) is int and chance.random() < 0.5:
            value = max(columns(model)[name].minimum or 0, (getattr(row, name) or 1) + chance.choice((-1, 1)))
        rows[model.TABLE][index] = row.model_copy(update={name: value})
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_exchanged_cells(built, seed, tmp_path):
    """Many cells exchanged at random, each still sound by itself: no form passes a row that its rule does not."""
    rows = exchange(built, random.Random(seed), 60)
    assert len(assert_alike(write(tmp_path / "package", files_of(rows)))) > 20


def test_evidence_of_nobody(built, tmp_path):
    """Evidence that no unit owns counts as one unit of its sentence, for both engines alike."""
    rows = dict(built[0])
    rows["evidence"] = [
        row.model_copy(update={"discrepancy_id": None}) if row.discrepancy_id else row for row in rows["evidence"]
    ]
    assert {"R27", "R47"} <= {name.split()[0] for name, *_ in assert_alike(write(tmp_path / "package", files_of(rows)))}


#: Cells that are easily taken for something else, by one reader or the other.
STRANGE = [
    "", "0", "007", "+7", " 7", "7 ", "7.0", "1e2", "1E3", "0x10", "1_0", "-1", "9" * 15, "9" * 20, "٧", "NaN", "true", "True",
    "2021-06-19", "2021-6-19", "2021-02-30", "20210619", "10000-01-01", "0001-01-01", "infinity", "epoch", "/2021",
    "2021-06/..", "2021?", "not-stated", "undecided", "a;b", "a;a", "a;;b", ";", " a", "a ", "a,b", '"q"', 'a"b', "=1", "-x",
    "@y", "a\u00a0b", "a\u200bb", "é", "e\u0301", "act-haftar", "act-haftar;act-lna", "act-haftar;not-stated", "act_haftar",
    "act-nobody", "doc-9d1fdcb4", "doc-9d1fdcb5", "st-9d1fdcb4-01", "src-anadolu", "[…]", "a […] b", "a" * 501, "ب", "a\nb",
    "a\tb", "Â", "â€™",
]  # fmt: skip


@pytest.mark.parametrize("count", [1, 5, 40])
def test_strange_cells(sound, count, tmp_path):
    """Strange texts in cells taken at random: no condition passes a cell that the reading row by row does not."""
    chance, files = random.Random(count), dict(sound)
    for _ in range(count):
        model = chance.choice(TABLES)
        line = chance.randrange(2, files[model.TABLE].count(b"\n") + 1)
        cell(model.TABLE, line, chance.choice(list(model.model_fields)), chance.choice(STRANGE))[1](files)
    assert assert_alike(write(tmp_path / "package", files))


def test_harmless_characters():
    """No character that the conditions pass over is a fault, beside any other."""
    import re

    from haftar_record.package.table_file import faults

    pattern = cells.in_python(f"[ {cells.LETTERS}]")
    harmless = [chr(code) for code in range(0x2100) if re.fullmatch(pattern, chr(code))]
    assert len(harmless) > 400
    model = BY_NAME["topics"]
    assert not [c for c in harmless if list(faults(model, "definition", f"a{c}b{c}{c}e{c}a"))]


def test_ids_have_the_form_of_keys(built):
    """An id that is a sound key of the table it refers to is sound, so that no other condition looks at it."""
    from haftar_record.model.columns import SLUG

    referring = [column for model in TABLES for column in columns(model).values() if column.ref]
    assert referring
    for column in referring:
        (key,) = BY_NAME[column.ref].KEY
        prefix = column.pattern.removesuffix(SLUG)
        assert columns(BY_NAME[column.ref])[key].pattern in (column.pattern, f"{prefix}[0-9a-f]{{8}}")
        ids = [row.id[0] for row in built[0][column.ref]]
        assert ids and not column.max_length and all(map(column.accepts, ids))


def test_columns_of_real_cells(sound):
    """Few sound cells are doubted: the real record has no odd row."""
    from haftar_record.checks.columnar import reading
    from haftar_record.checks.columnar.base import Base
    from haftar_record.package.table_file import Reading

    with Base() as base:
        reading.prepare(base)
        for model in TABLES:
            path = ROOT / "datapackage" / f"{model.TABLE}.csv"
            assert not reading.load(base, model, path, Reading(model, "", "")).is_mended
            assert base.one(f'SELECT count("·cells") FROM raw."{model.TABLE}"') == 0
            assert to_cell(base.one(f'SELECT count(*) FROM "{model.TABLE}"')) == str(
                sound[model.TABLE].count(b"\n") - 1
            )


def test_memory_that_is_not_enough():
    """A check that runs out of memory ended in a traceback; it is one problem, and none of the data."""
    with pytest.raises(DataErrors) as error:
        on_disk.check_large(ROOT, Problems(), memory="20MB")
    (problem,) = error.value.problems
    assert (str(problem.place), problem.rule) == ("datapackage", "memory")
    assert problem.found.startswith("“Out of Memory Error")


def test_a_disk_that_is_not_enough(project, monkeypatch):
    """A table that has to be written anew, in a folder for temporary files that is full, ended in a traceback."""
    path = project / "datapackage/topics.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(reading, "_load_mended", full)
    with pytest.raises(DataErrors) as error:
        on_disk.check_large(project, Problems())
    (problem,) = error.value.problems
    assert (problem.rule, problem.found) == ("memory", "“[Errno 28] No space left on device”")
