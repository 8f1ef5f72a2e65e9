"""Faults of files as files: there or not, under which name, in which encoding, whole or cut short."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from .fault import Fault
from .mutations import (
    DESCRIPTOR,
    Mutation,
    data,
    folder_instead,
    in_turn,
    line,
    prepend,
    refresh,
    remove,
    rename,
    reshape,
    stale_facts,
    table_path,
    write,
)

EVENTS, ACTORS, PLACES = table_path("events"), table_path("actors"), table_path("places")
ARTICLE, SHEET = "seeds/articles/004_3eb302bd82f84695.txt", "seeds/coding/articles/004_3eb302bd82f84695.yaml"
MARK = ".haftar-record-unfinished"
#: One byte more than a table may have.
HUGE = 100_000_001


def _cut(keep: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:keep]


def _half_a_row(content: bytes) -> bytes:
    """Up to the middle of the last row."""
    start = content.rindex(b"\n", 0, -1)
    return content[: start + (len(content) - start) // 3]


def _half_the_rows(content: bytes) -> bytes:
    lines = content.split(b"\n")
    return b"\n".join(lines[: len(lines) // 2]) + b"\n"


def _grow(root: Path) -> None:
    """A file too large, which takes no room on disk."""
    with (root / PLACES).open("r+b") as file:
        file.truncate(HUGE)
    refresh(root, "places")


def _prepared(root: Path) -> None:
    """A package that was made to look interrupted, with a stage and a plan that lead out of it."""
    (root / MARK).write_text(json.dumps({"move": [EVENTS, "../evil"], "remove": ["../kept"]}), encoding="utf-8")
    staged = root / ".haftar-record-stage" / EVENTS
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"evil")


def _linked(path: str) -> Mutation:
    """A file or folder moved out of the project, with a link to it in its place."""

    def mutate(root: Path) -> None:
        target = root.parent / f"{root.name}-{Path(path).name}"
        (root / path).rename(target)
        (root / path).symlink_to(Path(*[".."] * len(Path(path).parts)) / target.name)

    return mutate


FAULTS = (
    # -- file shape
    Fault("table-missing", "file shape", "the file of a table is gone", remove(PLACES)),
    Fault("parent-table-missing", "file shape", "the file of a table that others refer to is gone", remove(ACTORS)),
    Fault("table-empty", "file shape", "the file of a table has no bytes", data(PLACES, lambda _: b"")),
    Fault("table-blank", "file shape", "the file of a table has line ends only", data(PLACES, lambda _: b"\n\n")),
    Fault("header-only", "file shape", "a table has a header and no row", reshape("sentences", lambda rows: rows[:1])),
    Fault("parent-header-only", "file shape", "a table that others refer to has no row", reshape("sources", lambda rows: rows[:1])),
    Fault("header-gone", "file shape", "a table begins with its first row", reshape("places", lambda rows: rows[1:])),
    Fault("cut-in-a-row", "file shape", "the file ends in the middle of a row", data(EVENTS, _half_a_row)),
    Fault("cut-in-a-row-unnoted", "file shape", "the file ends in the middle of a row, and the descriptor tells of the whole file", stale_facts(data(EVENTS, _half_a_row))),
    Fault("cut-between-rows", "file shape", "the second half of the rows is gone", data(table_path("references"), _half_the_rows)),
    Fault("cut-between-rows-unnoted", "file shape", "the second half of the rows is gone, and the descriptor tells of the whole file", stale_facts(data(table_path("references"), _half_the_rows))),
    Fault("cut-after-header-byte", "file shape", "only the first ten bytes are left", data(EVENTS, _cut(10))),
    Fault("file-twice", "file shape", "the bytes of a table stand twice in its file", data(PLACES, lambda content: content * 2)),
    Fault("file-of-another-table", "file shape", "a file has the bytes of another table", lambda root: data(PLACES, lambda _: (root / ACTORS).read_bytes())(root)),
    Fault("huge-file", "file shape", "the file of a table has more than 100 megabytes", _grow),
    Fault("extra-file", "file shape", "a file of no table lies beside the tables", write("datapackage/extra.csv", b"a,b\n1,2\n")),
    Fault("backup-file", "file shape", "a copy of a table lies beside it", write("datapackage/events.csv.bak", b"x")),
    Fault("extra-schema", "file shape", "a schema of no table lies beside the schemas", write("schemas/extra.json", b"{}\n")),
    Fault("file-name-in-capitals", "file shape", "the name of a table's file begins with a capital", rename(EVENTS, "datapackage/Events.csv")),
    Fault("folder-for-a-table", "file shape", "a folder stands in the place of a table", folder_instead(PLACES)),
    Fault("descriptor-missing", "file shape", "datapackage.json is gone", remove(DESCRIPTOR)),
    Fault("schema-missing", "file shape", "the schema of a table is gone", remove("schemas/places.json")),
    Fault("last-line-end-gone", "file shape", "no line feed after the last row", data(PLACES, lambda content: content[:-1])),
    # -- encoding
    Fault("byte-order-mark", "encoding", "a byte order mark at the start of a table", prepend(PLACES, b"\xef\xbb\xbf")),
    Fault("utf-16", "encoding", "a table is UTF-16", data(PLACES, lambda content: content.decode().encode("utf-16"))),
    Fault("latin-1", "encoding", "a letter of a table is Latin-1", line("places", 2, lambda row: row.replace(b"Border", b"B\xf6rder"))),
    Fault("cut-character", "encoding", "a character of several bytes is cut in the middle", data(table_path("documents"), lambda content: content.replace("‘".encode(), "‘".encode()[:2], 1))),
    Fault("surrogate", "encoding", "half a surrogate pair, written as UTF-8", line("places", 2, lambda row: row.replace(b"Border", b"B\xed\xa0\x80rder"))),
    Fault("carriage-returns", "encoding", "every line ends in carriage return and line feed", data(PLACES, lambda content: content.replace(b"\n", b"\r\n"))),
    Fault("one-carriage-return", "encoding", "one line ends in carriage return and line feed", line("places", 3, lambda row: row + b"\r")),
    Fault("carriage-returns-alone", "encoding", "every line ends in a carriage return alone", data(PLACES, lambda content: content.replace(b"\n", b"\r"))),
    Fault("nul-in-a-cell", "encoding", "a NUL character in a cell", line("places", 2, lambda row: row.replace(b"Border", b"Bor\0der"))),
    Fault("descriptor-byte-order-mark", "encoding", "a byte order mark at the start of datapackage.json", prepend(DESCRIPTOR, b"\xef\xbb\xbf")),
    Fault("descriptor-latin-1", "encoding", "datapackage.json has a byte that is no UTF-8", data(DESCRIPTOR, lambda content: content.replace(b"Haftar Record", b"Haft\xe4r Record", 1))),
    Fault("schema-carriage-returns", "encoding", "the lines of a schema end in carriage return and line feed", data("schemas/places.json", lambda content: content.replace(b"\n", b"\r\n"))),
    # -- how a table is written
    Fault("semicolons", "file shape", "cells are separated by semicolons", data(PLACES, lambda content: content.replace(b",", b";"))),
    Fault("tabs", "file shape", "cells are separated by tabs", data(table_path("statement_targets"), lambda content: content.replace(b",", b"\t"))),
    Fault("all-quoted", "file shape", "every cell of a row stands in quotation marks", line("statement_targets", 2, lambda row: b",".join(b'"' + cell + b'"' for cell in row.split(b",")))),
    Fault("quotation-mark-open", "rows", "a quotation mark of a cell is not closed", line("places", 4, lambda row: row.replace(b",city,", b',"city,', 1))),
    Fault("quotation-mark-bare", "rows", "a quotation mark inside a cell without quotation marks", line("places", 3, lambda row: row.replace(b"Benghazi,city", b'Beng"hazi,city', 1))),
    Fault("quotation-mark-single", "rows", "a quotation mark inside a quoted cell is not doubled", line("places", 2, lambda row: row.replace(b"its surroundings", b'its "surroundings', 1))),
    Fault("line-end-in-a-cell", "cells", "a line feed inside a quoted cell", line("places", 2, lambda row: row.replace(b"its surroundings", b"its\nsurroundings", 1))),
    # -- what the package is made from
    Fault("article-linked", "paths", "an article is a symbolic link to a file outside", _linked(ARTICLE)),
    Fault("sheet-linked", "paths", "a coding sheet is a symbolic link to a file outside", _linked(SHEET)),
    Fault("register-linked", "paths", "a register is a symbolic link to a file outside", _linked("seeds/coding/topics.yaml")),
    Fault("articles-linked", "paths", "the folder of the articles is a symbolic link", _linked("seeds/articles")),
    Fault("seeds-linked", "paths", "the folder of all that is edited is a symbolic link", _linked("seeds")),
    Fault("sheets-gone", "sheets", "the folder of the coding sheets is gone", lambda root: shutil.rmtree(root / "seeds/coding/articles")),
    Fault("sheets-in-a-file", "sheets", "a file stands in the place of the folder of the coding sheets", in_turn(lambda root: shutil.rmtree(root / "seeds/coding/articles"), write("seeds/coding/articles", b"x"))),
    Fault("register-folder", "registers", "a folder stands in the place of a register", folder_instead("seeds/coding/topics.yaml")),
    # -- what a build leaves
    Fault("plan-of-an-earlier-version", "file shape", "what an interrupted build of an earlier version has left", write(".haftar-record-journal.json", b'{"move": ["../evil"], "remove": ["datapackage.json"]}')),
    Fault("file-in-the-stage", "file shape", "a file of somebody else in the folder that builds write aside in", write(".haftar-record-stage/datapackage/mine.csv", b"x")),
    # -- machine
    Fault("unfinished", "machine", "a build was interrupted while it moved its files", write(MARK, b"")),
    Fault("unfinished-by-design", "machine", "a package is prepared to look interrupted, with files to be moved out of it", _prepared),
)  # fmt: skip
