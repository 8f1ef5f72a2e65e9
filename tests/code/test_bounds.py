"""Every input has a bound, and what is beyond it is one clear problem: soon, in little memory, without a traceback."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from haftar_record.checks import json_differences
from haftar_record.coding import inputs, sheets
from haftar_record.files import json_file, yaml_file
from haftar_record.files.characters import MAX_TEXT
from haftar_record.model import columns, shape, tables
from haftar_record.model.rows import columns as columns_of
from haftar_record.package import table_file
from haftar_record.problems.problem import DataErrors, Place, Problem, Problems
from haftar_record.problems.wording import MAX_PART
from haftar_record.text import anchors, articles, dates, edtf

TOPICS = tables.BY_NAME["topics"]
TOPIC = ",".join(TOPICS.model_fields).encode() + b"\n"
#: A row of topics, to be filled in.
ROW = b"top-a" + b",%s" * (len(TOPICS.model_fields) - 1) + b"\n"
OTHERS = (b"a",) * (len(TOPICS.model_fields) - 3)


@pytest.fixture(autouse=True)
def _measured():
    """No input here takes long, or much memory beyond its own."""
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.process_time()
    yield
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert time.process_time() - started < 15
    assert after.ru_maxrss - before.ru_maxrss < 1_000_000  # kilobytes


def sparse(path: Path, size: int = 2 << 30) -> Path:
    """A file of two gigabytes that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def article(tmp_path: Path, data: bytes | None) -> list[Problem]:
    path = tmp_path / "000_0123456789abcdef.txt"
    sparse(path) if data is None else path.write_bytes(data)
    try:
        articles.divide(articles.read(path.parent, path.name))
    except DataErrors as error:
        return error.problems
    return []


def sheet(tmp_path: Path, data: bytes | None) -> list[Problem]:
    path = tmp_path / "a.yaml"
    sparse(path) if data is None else path.write_bytes(data)
    problems = Problems()
    assert sheets.load_register("actors", tmp_path, "a.yaml", problems) is None
    return problems.items


def json(_: Path, data: bytes) -> list[Problem]:
    problems = Problems()
    assert json_file.read(data, "a.json", problems, "mend it") is None
    return problems.items


def table(_: Path, data: bytes) -> list[Problem]:
    problems = Problems()
    table_file.read(TOPICS, data, "a.csv", problems)
    return problems.items


@pytest.mark.parametrize(
    ("read", "data", "found"),
    [
        (article, None, "2,147,483,648 bytes"),
        (article, b"a" * (articles.MAX_BYTES + 1), "1,000,001 bytes"),
        (sheet, None, "2,147,483,648 bytes"),
        (sheet, b"- a\n" * 490_000, "more than 200,000 values"),
        (sheet, b"[" * 1_000_000, "more than 12 levels"),
        (sheet, b"- " * 900_000, "more than 12 levels"),
        (sheet, b"? " * 900_000, "more than 12 levels"),
        (sheet, b"{a: " * 400_000, "more than 12 levels"),
        (sheet, b"a" * 1_900_000, "the text “aaa"),
        (json, b" " * (json_file.MAX_BYTES + 1), "2,000,001 bytes"),
        (json, b"[" * 1_000_000, "more than 30 levels"),
        (json, b'{"a":' * 300_000, "more than 30 levels"),
        (json, b"[" + b"9" * 5_000 + b"]", "exceeds the limit"),
        (json, b'{"a": 1, "b": {"name": 2}, "name": 3,\n"name": 4}', "the key “name” twice"),
        (table, b"a" * (table_file.MAX_BYTES + 1), "100,000,001 bytes"),
        (table, TOPIC + ROW % (b"x" * 200_000, *OTHERS, b"1"), "of 200,000 characters"),
        (table, TOPIC + ROW % (b"x" * 30_000, *OTHERS, b"1"), "of 30,000 characters"),
        (table, TOPIC + ROW % (b"a", *OTHERS, b"9" * 5_000), "statement_count “999"),
        (table, b"x," * 1_000_000 + b"\n", "1,000,001 columns"),
        (table, TOPIC + b"x," * 1_000_000 + b"\n", "1000001 cells"),
    ],
)
def test_beyond_the_bound(tmp_path, read, data, found):
    """One problem says what is too much."""
    (problem,) = read(tmp_path, data)
    assert found in problem.found
    assert problem.expected
    assert len(str(problem)) < 4 * MAX_PART


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (b"\n" * 1_000_000, "blank-row"),
        (b"x\n" * 1_000_000, "missing-cell"),
        ((ROW % (b"", *OTHERS, b"x")) * 300_000, "constraint-error"),
        ((ROW % (b"a", *OTHERS, b"1")) * 100_000, "primary-key"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_million_problems(tmp_path, rows, rule):
    """The first few of each kind are shown, and the others counted as far as the file was read."""
    problems = [problem for problem in table(tmp_path, TOPIC + rows) if problem.rule == rule]
    assert len(problems) == table_file.SHOWN + 1
    assert re.match(r"[\d,]+ more of this kind, the first: ", problems[-1].found)


def test_a_million_mistakes_in_a_sheet(tmp_path):
    """The same for a register."""
    problems = sheet(tmp_path, b"- {id: x}\n" * 10_000)
    assert len(problems) == shape.SHOWN + 1
    assert re.match(r"[\d,]+ more of this kind", problems[-1].found)


def test_a_list_with_many_values(tmp_path):
    """A long list is held against itself in one pass."""
    path, problems = tmp_path / "record.yaml", Problems()
    path.write_text(f"keywords: [{', '.join(f'a{number}' for number in range(90_000))}, a1]\n")
    assert sheets.load_register("record", tmp_path, "record.yaml", problems) is None
    assert any(problem.found == "“a1”" for problem in problems.items)


def test_a_cell_with_many_values():
    """So is a long list in a cell."""
    model, problems = tables.BY_NAME["events"], Problems()
    names = list(model.model_fields)
    cells = ["x"] * len(names)
    cells[names.index("distinct_event_ids")] = ";".join(f"evt-{n}" for n in range(1_900)) + ";evt-1899"
    data = ",".join(names) + "\n" + (",".join(cells) + "\n") * 100
    table_file.read(model, data.encode(), "a.csv", problems)
    assert any("“evt-1899” twice" in problem.found for problem in problems.items)


def test_many_files(tmp_path):
    """More articles than a build reads are not read; strangers are counted."""
    for folder in (inputs.ARTICLES, inputs.SHEETS):
        (tmp_path / folder).mkdir(parents=True)
    for number in range(inputs.MAX_ARTICLES + 1):
        (tmp_path / inputs.ARTICLES / f"{number}.txt").touch()
        (tmp_path / inputs.CODING / f"stranger{number}").touch()
    problems = Problems()
    inputs.read(tmp_path, problems)
    found = [
        problem.found
        for problem in problems.items
        if problem.place.file.startswith((inputs.ARTICLES, f"{inputs.CODING}/str"))
    ]
    assert "10,001 files" in found
    assert len(found) == inputs.SHOWN + 2


def test_many_differences():
    """A JSON file with as many wrong entries as it can hold is compared in one pass."""
    names = [{"name": f"r{number}"} for number in range(60_000)]
    assert len(list(json_differences.differences(names, [{"name": "codes"}, {"name": "r1"}]))) == 60_000


def test_many_values_in_json():
    """The places of as many values as a JSON file can hold are found."""
    problems = Problems()
    found = json_file.read(b"[" + b"1,\n" * 300_000 + b"1]", "a.json", problems, "")
    assert found.place((300_000,)).line == 300_001


@pytest.mark.parametrize("text", ["9" * 10**6, "2021-" * 10**5, "/" * 10**6, "X" * 31])
def test_a_long_date(text):
    """A date value has at most 30 characters."""
    with pytest.raises(ValueError, match="at most 30 characters"):
        edtf.parse(text)


@pytest.mark.parametrize("text", ["1E+999999999999", "-1e-999999999999", "0" * 10_000 + "1", "0." + "0" * 10_000 + "1"])
def test_a_number_that_would_not_fit(text):
    """A number is written out only as far as somebody could read it; another is refused and not written out."""
    model, problems = tables.BY_NAME["quantities"], Problems()
    names = list(model.model_fields)
    row = ",".join(text if name == "minimum" else "x" for name in names)
    table_file.read(model, f"{','.join(names)}\n{row}\n".encode(), "a.csv", problems)
    (problem,) = [problem for problem in problems.items if "minimum" in problem.found]
    assert problem.rule == "canonical-cell"


def test_a_message_is_bounded():
    """Whatever goes into a message comes out of it in one line of bounded length."""
    problem = Problem(Place("a"), "code", "x\n" * 10**6, "\x1b[2J", "\u202e")
    assert len(problem.found) < 2 * MAX_PART
    assert problem.expected == "<U+001B>[2J"
    assert str(problem).count("\n") == 3


# -- time: no pattern and no search may take long on a text made for it ---------------------------------------------

#: Texts on which patterns that can match in several ways try them all.
REPEATED = [
    "a",
    ";",
    "a;",
    "; ",
    " ",
    "-",
    "a-",
    "1",
    "é",
    "act-a;",
    "act-a-",
    "2021-",
    "2021/",
    "X",
    "«",
    "a ",
    "=",
    "+a",
]
TAILS = ["", "\t", "\n", " ", "!", ";", "é\t", "\u2028"]


def slowest(match: Callable[[str], object], length: int) -> float:
    """Seconds that the worst of the texts takes."""
    worst = 0.0
    for part in REPEATED:
        for tail in TAILS:
            text = (part * length)[:length] + tail
            started = time.process_time()
            match(text)
            worst = max(worst, time.process_time() - started)
    return worst


PATTERNS = {column.cell_pattern for model in tables.TABLES for column in columns_of(model).values()} - {""}
PATTERNS |= {columns.LINE, columns.CONTEXT, columns.SLUG, edtf.PATTERN, articles.SEED_NAME.pattern}
PATTERNS |= {form.pattern for kind in dates.KINDS for form in kind.forms}


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_no_pattern_backtracks(pattern):
    """A text of the greatest length of a cell is matched, or not, at once."""
    compiled = re.compile(f"^{pattern}$")
    assert slowest(compiled.match, MAX_TEXT) < 0.5
    assert slowest(compiled.fullmatch, MAX_TEXT) < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("part", ["a", "a ", ". ", "“", "”", "(", "A. ", "a.b", "\n", "\u00a0", "é", "“a’b "])
def test_the_longest_article(tmp_path, part):
    """An article of the greatest size is divided, and a quotation that is not in it looked for, in bounded time."""
    path = tmp_path / "000_0123456789abcdef.txt"
    path.write_text(
        "b" + (part * articles.MAX_BYTES)[: articles.MAX_BYTES // (2 * len(part.encode())) * len(part)], "utf-8"
    )
    found = articles.divide(articles.read(path.parent, path.name))
    for quote in (part * 500 + "c", "c" + part, "one two three c"):
        with pytest.raises(anchors.Lost):
            anchors.find(found, quote)


def test_yaml_of_the_greatest_size(tmp_path):
    """So is a sheet of one long text in many lines."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: |\n" + b"  x\n" * 400_000)
    assert len(yaml_file.load(tmp_path, "a.yaml").content["a"]) == 800_000
