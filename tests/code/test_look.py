"""query and show: what they answer, what they refuse, and how it looks on a terminal and in a pipe."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from haftar_record.cli import main, query
from haftar_record.cli.show import Book, Page
from haftar_record.cli.terminal import Terminal, cells, fit
from haftar_record.export import sqlite
from haftar_record.model import tables
from haftar_record.package import reader
from haftar_record.problems.problem import WrongUse

from .terminal import on_terminal

STANCES = "SELECT stance, count(*) AS n FROM statements GROUP BY stance"
LIMITS = query.Limits(rows=1_000, seconds=2, memory="200MB")
ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(scope="module")
def package(root) -> reader.Package:
    return reader.read(root)


@pytest.fixture(scope="module")
def book(package) -> Book:
    return Book(package)


@pytest.fixture
def connection(package):
    connection = sqlite.connect(package)
    yield connection
    connection.close()


# ---- query ---------------------------------------------------------------------------------------------------------


def test_csv_in_a_pipe(root, run):
    """In a pipe the answer is CSV, with a header, and agrees with the table."""
    found = list(csv.DictReader(io.StringIO(run(root, "query", STANCES).stdout)))
    with (root / "datapackage/statements.csv").open(encoding="utf-8", newline="") as file:
        told = [row["stance"] for row in csv.DictReader(file)]
    assert {row["stance"]: int(row["n"]) for row in found} == {stance: told.count(stance) for stance in set(told)}


def test_json_has_every_column_once(root, run):
    """Two columns of one name both stay in an object; missing is null."""
    text = run(root, "query", "SELECT 1 AS a, 2 AS a, NULL AS b, 'é' AS a", "--format", "json").stdout
    assert json.loads(text) == [{"a": 1, "a_2": 2, "b": None, "a_3": "é"}]


def test_from_standard_input(root, run):
    """A question of several lines comes from a file."""
    assert run(root, "query", "-", input="SELECT\n  1 AS one").stdout == "one\n1\n"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT stanc FROM statements", "no column “stanc” in statements; expected “stance”, the nearest"),
        ("SELECT s.stanc FROM statements s", "no column “stanc” in statements; expected “stance”, the nearest"),
        ("SELECT * FROM statments", "no table “statments”; expected “statements”, the nearest"),
        ("SELEC 1", 'near "SELEC": syntax error'),
        ("", "write a SELECT"),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("DELETE FROM statements", "a query may only read"),
        ("INSERT INTO topics VALUES (1)", "a query may only read"),
        ("CREATE TABLE x (y)", "a query may only read"),
        ("DROP TABLE topics", "a query may only read"),
        ("ATTACH '/tmp/x.db' AS x", "a query may only read"),
        ("VACUUM INTO '/tmp/x.db'", "a query may only read"),
        ("PRAGMA writable_schema = 1", "a query may only read"),
        ("SELECT load_extension('x')", "a query may only read"),
        ("SELECT nosuch(1)", "no such function: nosuch"),
    ],
)
def test_a_question_that_cannot_be_answered(connection, sql, said):
    """A mistake is said in one line, with the nearest name; nothing but reading is allowed."""
    with pytest.raises(WrongUse) as caught:
        query.ask(connection, sql, LIMITS)
    message = str(caught.value)
    assert said in message and "\n" not in message


def test_wrong_sql_is_wrong_use(root, run):
    """The command ends with 2 and without a traceback."""
    result = run(root, "query", "SELECT stanc FROM statements")
    assert (result.returncode, result.stdout) == (main.USAGE, "")
    assert result.stderr.startswith("haftar-record: SQL: no column “stanc”") and len(result.stderr.splitlines()) == 1


def test_the_views_and_the_search_are_there(connection):
    """What the SQLite export has can be asked: its views, its search, and about its tables."""
    for sql in (
        "SELECT * FROM who_backs_whom LIMIT 1",
        "SELECT statement_id FROM statements_fts WHERE statements_fts MATCH 'weapons OR border' LIMIT 1",
        "PRAGMA table_info(topics)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT i FROM n",
    ):
        assert query.ask(connection, sql, LIMITS)[1], sql


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELECT * FROM evidence, topics", "more than 1,000 rows, and none is shown"),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", "more than 1,000 rows"),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", "after 2 s"),
        ("SELECT count(*) FROM evidence a, evidence b, evidence c, evidence d", "no answer after 2 s"),
        ("SELECT randomblob(900000) FROM evidence LIMIT 900", "more than 200MB of memory"),
        ("SELECT randomblob(1e9)", "a value of more than 1,000,000 bytes"),
        ("SELECT zeroblob(1e9)", "a value of more than 1,000,000 bytes"),
        (
            "SELECT group_concat(hex(zeroblob(400000))) FROM (SELECT 1 FROM evidence LIMIT 5)",
            "a value of more than 1,000,000 bytes",
        ),
        ("SELECT replace(hex(zeroblob(9999)), '0', hex(zeroblob(9999)))", "a value of more than 1,000,000 bytes"),
        ("SELECT 'a' LIKE '" + "%a" * 1_000 + "'", "pattern too complex"),
        ("SELECT " + "+".join(["1"] * 5_000), "Expression tree is too large"),
        ("SELECT " + "(" * 2_000 + "1" + ")" * 2_000, "parser stack overflow"),
        ("SELECT 1\0", "null character"),
        ("SELECT '\ud800'", "surrogates not allowed"),
        ("-- nothing", "write a SELECT"),
        ("SELECT readfile('/etc/passwd')", "no such function: readfile"),
        ("SELECT 'a' REGEXP 'a'", "no such function: REGEXP"),
        ("SELECT * FROM statements_fts WHERE statements_fts MATCH 'UN-backed'", "stand in double quotes"),
        ("SELECT * FROM statements_fts WHERE statements_fts MATCH 'U.S.'", "stand in double quotes"),
        ("SELECT * FROM evidence_fts('a\"b')", "stand in double quotes"),
        ("SELECT backed FROM statements_fts WHERE statements_fts MATCH 'UN'", "no column “backed” in statements_fts"),
    ],
)
def test_a_question_that_takes_too_much(connection, sql, said):
    """One line instead of a process that fills the memory, never ends, or ends in a traceback; nothing is cut."""
    with pytest.raises(WrongUse) as caught:
        query.ask(connection, sql, LIMITS)
    message = str(caught.value)
    assert said in message and "\n" not in message


def test_what_the_advice_says_works(connection, root, run):
    """Words in double quotes are found; more rows, and an end that SQLite itself does not come to."""
    sql = "SELECT statement_id FROM statements_fts WHERE statements_fts MATCH '\"UN-backed\"'"
    assert query.ask(connection, sql, LIMITS)[1]
    assert run(root, "query", "SELECT * FROM mentions", "--rows", "10").returncode == main.USAGE
    assert run(root, "query", "SELECT * FROM mentions", "--rows", "100000").returncode == 0
    long = "printf('%.*c', 900000, 'a')"
    search = f"instr({long}, substr({long}, 1, 400000) || 'b')"  # a quick machine comes to the end of one
    result = run(root, "query", f"SELECT {' + '.join([search] * 40)}", "--seconds", "1")
    assert (result.returncode, result.stdout) == (main.USAGE, "") and "no answer after 1 s" in result.stderr


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_values_that_json_does_not_have(root, run, form):
    """JSON is JSON: an infinite number is refused; bytes are hexadecimal digits in every format."""
    found = run(root, "query", "SELECT x'00ff' AS a, 9e999 - 9e999 AS b", "--format", form)
    assert "00ff" in found.stdout and found.returncode == 0
    found = run(root, "query", "SELECT -1e999 AS a", "--format", form)
    if form == "json":
        assert (found.returncode, found.stdout) == (main.USAGE, "") and "“a” is -inf in row 1" in found.stderr
    else:
        assert "-inf" in found.stdout and found.returncode == 0


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        ("\ufeffSELECT '“é”' AS x;\n".encode(), 0, b""),
        ("SELECT 'é'".encode("latin-1"), main.USAGE, b"is not UTF-8"),
        (b"SELECT 1\0", main.USAGE, b"null character"),
        (b"", main.USAGE, b"write a SELECT"),
        (b"SELECT 1 " + b" " * 1_000_001, main.USAGE, b"has more than 1,000,000 bytes"),
    ],
)
def test_what_standard_input_holds(root, data, code, said):
    """It was read in the encoding of the locale, whatever its size."""
    line = [sys.executable, "-m", "haftar_record", "--root", str(root), "query", "-"]
    env = os.environ | {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}
    result = subprocess.run(line, capture_output=True, env=env, input=data, check=False)
    assert result.returncode == code and said in result.stderr and result.stderr.count(b"\n") == bool(said)
    assert code or result.stdout == "x\n“é”\n".encode()


def test_a_question_without_end_can_be_interrupted(root):
    """Ctrl-C ends a question that never ends."""
    sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    script = (
        "import os, signal, threading, sys\n"
        "from haftar_record.cli import main\n"
        "threading.Timer(3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
        f"sys.exit(main.main(['--root', {str(root)!r}, 'query', {sql!r}]))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 130 and "Traceback" not in result.stderr


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_a_table_fits_the_terminal(root, columns):
    """On a terminal the answer is a table in columns, no line wider than the terminal."""
    sql = "SELECT statement_id, speaker_name, stance, paragraph_number, summary FROM statements LIMIT 5"
    lines = ANSI.sub("", on_terminal(root, "query", sql, columns=columns)).splitlines()
    assert max(map(cells, lines)) <= columns
    assert lines[-1] == "5 rows"
    if columns >= 80:
        assert lines[0].split() == ["statement_id", "speaker_name", "stance", "paragraph_number", "summary"]
        assert len(lines) == 8 and "…" in lines[2]


def test_a_row_too_wide_for_columns(root):
    """Where columns would say nothing, cells stand below each other, whole."""
    text = ANSI.sub("", on_terminal(root, "query", "SELECT * FROM statements LIMIT 1"))
    lines = text.splitlines()
    assert lines[0].startswith("── 1 ") and lines[1].split()[0] == "statement_id"
    assert "…" not in text.replace("[…]", "") and max(map(cells, lines)) <= 80


@pytest.mark.parametrize(
    ("wanted", "room", "expected"),
    [([5, 5], 20, [5, 5]), ([5, 30], 20, [5, 15]), ([30, 30, 4], 24, [10, 10, 4]), ([9, 9], 1, [1, 1]), ([], 10, [])],
)
def test_the_widest_columns_give_way(wanted, room, expected):
    """Narrow columns keep their width as long as wide ones can give."""
    assert query.narrowed(wanted, room) == expected


def test_width_of_text():
    """Wide and combining characters are counted as a terminal shows them."""
    assert (cells("abc"), cells("日本"), cells("e\u0301")) == (3, 4, 1)
    assert (fit("abcdef", 4), fit("日本語", 4), fit("a\nb", 5)) == ("abc…", "日… ", "a⏎b  ")


# ---- show ----------------------------------------------------------------------------------------------------------


def shown(book: Book, identity: str, room: int = 100) -> str:
    return "\n".join(Page(book, book.rows[identity], Terminal(None), room).lines())


def test_rows_of_every_table_can_be_shown(book):
    """Rows of every table give a page with every column of theirs in order."""
    for model in tables.TABLES:
        ids = [identity for identity, row in book.rows.items() if isinstance(row, model)]
        if not ids and model.MAY_BE_EMPTY:
            continue
        for identity in {ids[0], ids[len(ids) // 2], ids[-1]}:
            lines = shown(book, identity).splitlines()
            assert lines[0] == f"{identity}   {model.TITLE}"
            names = [match[1] for line in lines if (match := re.match("  ([a-z0-9_]+) ", line))]
            assert names[: len(model.model_fields)] == list(model.model_fields), identity


@pytest.mark.parametrize("room", [80, 140])
def test_a_page_fits(book, room):
    """No line is wider than the terminal, but for an id that does not fit."""
    for identity in ("st-3eb302bd-03", "evt-essin-crossing-seizure-2021", "act-haftar", "doc-9d1fdcb4"):
        for line in shown(book, identity, room).splitlines():
            assert cells(line) <= room or re.search(r"[a-z0-9-]{16,}", line), line


def test_evidence_stands_in_its_context(book):
    """The exact words are marked between the words before and after; labels, parts and disputes are beside."""
    text = shown(book, "st-3eb302bd-03", 140)
    evidence = next(row for row in book.evidence_of("st-3eb302bd-03") if row.field == "speaker_text")
    assert f"{evidence.prefix_text}⟦{evidence.exact_text}⟧{evidence.suffix_text}" in text
    assert re.search(r"^  stance +neutral  \(Neither\)$", text, re.MULTILINE)
    assert re.search(r"^  speaker_actor_id +\(not applicable\)$", text, re.MULTILINE)
    for heading, identity in (
        ("Inside it (parent_statement_id)", "st-3eb302bd-04"),
        ("Discrepancies", "dis-004-belief-or-knowledge"),
        ("Coding decisions", "dec-3eb302bd-01"),
    ):
        assert identity in text.partition(f"\n{heading}\n")[2].partition("\n\n")[0], heading
    assert "er-3eb302bd-03" in shown(book, "st-3eb302bd-04", 140).partition("\nAlso\n")[2].partition("\n\n")[0]


def test_no_row_is_inside_itself(book):
    """Catches a column that names the row itself, as that of the utterance does where it is the first of several."""
    assert book.rows["st-9d1fdcb4-12"].utterance_id == "st-9d1fdcb4-12"
    text = shown(book, "st-9d1fdcb4-12", 140)
    listed = text.partition("\nRefers to it (utterance_id)\n")[2].partition("\n\n")[0]
    assert "st-47cb6610-05" in listed
    assert "st-9d1fdcb4-12" not in listed
    assert "(utterance_id)" not in shown(book, "st-3eb302bd-03", 140)


def test_an_event_rests_on_its_reports(book):
    """The passages of an event are those of its reports and of the roles in it."""
    owners = {row.owner.partition("-")[0] for row in book.evidence_of("evt-essin-crossing-seizure-2021")}
    assert owners == {"er", "ea"}


def test_a_row_with_a_place_and_no_evidence(book, root):
    """A sentence is shown in the article itself, where that is at hand."""
    row = book.rows["sen-9d1fdcb4-p01-s01"]
    article = (root / book.rows["doc-9d1fdcb4"].seed_path).read_bytes().decode()
    words = " ".join(article[row.start : row.end].split())
    assert f"⟦{words}⟧" in " ".join(shown(book, row.sentence_id).split())


def test_without_the_articles(tmp_path, run):
    """A package that is given away has no articles, and all of it can be shown."""
    from . import packages

    result = run(packages.folder(tmp_path), "show", "sen-9d1fdcb4-p01-s01", "st-3eb302bd-03", "act.deny")
    assert result.returncode == 0, result.stderr
    assert "⟦senior US officials⟧" in result.stdout and "act.deny   Codes" in result.stdout


@pytest.mark.parametrize(
    ("identity", "near"),
    [
        ("st-3eb302-03", "the nearest ids are st-3eb302bd-03"),
        ("act-hafter", "the nearest ids are act-haftar"),
        ("x", "no id is similar"),
    ],
)
def test_an_unknown_id(root, run, identity, near):
    """An unknown id is wrong use, with the nearest ids of its kind."""
    result = run(root, "show", identity)
    assert (result.returncode, result.stdout) == (main.USAGE, "")
    assert f"no row with the id “{identity}”; {near}" in result.stderr


def test_colour_on_a_terminal_only(root):
    """Colour on a terminal, the passage in its own, no line left open; none with NO_COLOR or TERM=dumb."""
    text = on_terminal(root, "show", "st-3eb302bd-03")
    assert "\x1b[1;33msenior US officials\x1b[0m" in text
    for line in text.splitlines():
        assert line.count("\x1b[0m") == len(ANSI.findall(line)) / 2, line
    for quiet in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in on_terminal(root, "show", "st-3eb302bd-03", **quiet)


@pytest.mark.parametrize("line", [["query", "SELECT 1"], ["show", "act-haftar"]])
def test_where_there_is_no_package(tmp_path, run, line):
    """Outside of a package the commands say so."""
    result = run(tmp_path, *line)
    assert result.returncode == main.USAGE and "no datapackage.json in" in result.stderr


def test_any_locale(root):
    """In a pipe the bytes are UTF-8 whatever the locale says."""
    line = [sys.executable, "-m", "haftar_record", "--root", str(root), "query", "SELECT '“é”' AS x"]
    env = os.environ | {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}
    assert subprocess.run(line, capture_output=True, env=env, check=True).stdout == "x\n“é”\n".encode()
