"""What must hold of every reader, whatever bytes it is given: one function for each, and real files to begin with.

``make fuzz`` runs them under a coverage-guided fuzzer (``run.py``), ``tests/code/test_properties.py`` with inputs that
hypothesis makes. A function returns when all is well and raises otherwise.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from haftar_record.checks import json_differences, on_disk, waivers
from haftar_record.coding import sheets
from haftar_record.files import json_file as json_reader
from haftar_record.files import plain, zip_file
from haftar_record.files.layout import DESCRIPTOR, is_inside
from haftar_record.model import table_schema
from haftar_record.model.rows import Row
from haftar_record.model.tables import TABLES
from haftar_record.package import render, store, table_file
from haftar_record.package.descriptor import StatedShape
from haftar_record.problems import reports
from haftar_record.problems.problem import DataErrors, Place, Problem, Problems
from haftar_record.text import anchors, articles, edtf
from haftar_record.text import dates as words_of_dates

ROOT = Path(__file__).resolve().parent.parent.parent
ARTICLE = "seeds/articles/004_3eb302bd82f84695.txt"


@dataclass(frozen=True)
class Target:
    """A function to be given bytes, and the bytes to begin with."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]


TARGETS: dict[str, Target] = {}


def target(seeds: Callable[[], Iterator[bytes]]) -> Callable:
    """Register a function as a target under its name."""

    def register(function: Callable[[bytes], None]) -> Callable[[bytes], None]:
        TARGETS[function.__name__] = Target(function, seeds)
        return function

    return register


def files(*patterns: str) -> Callable[[], Iterator[bytes]]:
    """The bytes of the project's files."""
    return lambda: (path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern)))


@cache
def scratch() -> Path:
    """A folder for the file under attack, in memory where the system has one there."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))


def written(name: str, data: bytes) -> Path:
    path = scratch() / name
    path.write_bytes(data)
    return path


def sound(problems: list[Problem], lines: int = 1 << 60) -> None:
    """Problems can be shown, and each stands in a line that the file has."""
    for problem in problems:
        assert 0 <= problem.place.line <= lines, problem
        assert problem.found.isprintable() and problem.expected.isprintable() and problem.remedy.isprintable()
        assert problem.found or problem.expected


# -- what the sheets are made of -----------------------------------------------------------------------------------


def _lines(data: bytes) -> int:
    """How many lines a file has in an editor."""
    return len(re.findall(rb"\r\n?|\n", data)) + 1


def _letters(text: str) -> list[str]:
    """All of a text but its blanks, line ends and control characters, which are read as blanks or line ends."""
    return [letter for letter in text if not (letter.isspace() or unicodedata.category(letter) == "Cc")]


@target(files("seeds/articles/*.txt"))
def article(data: bytes) -> None:
    """An article is read and divided so that its units hold every word, or it is refused."""
    try:
        found = articles.read(written(Path(ARTICLE).name, data).parent, Path(ARTICLE).name)
    except DataErrors as error:
        return sound(error.problems, _lines(data))
    decoded = data.decode("utf-8-sig" if found.encoding == "utf-8" else found.encoding)
    assert _letters(found.text) == _letters(decoded)
    position = 0
    for span in (divided := articles.divide(found)).sentences:
        assert position <= span.start < span.end
        assert not found.text[position : span.start].strip()
        assert found.paragraphs[found.paragraph_number(span.start) - 1].contains(span)
        position = span.end
    assert not found.text[position:].strip()
    for mark in divided.quotations:
        assert found.paragraphs[found.paragraph_number(mark.start) - 1].contains(mark)
    return None


@cache
def _real_article() -> articles.Article:
    return articles.divide(articles.read(ROOT, ARTICLE))


@target(lambda: (f"{quote}\0{within}".encode() for quote, within in (("Haftar", "Tripoli"), ("beleives", ""))))
def quotation(data: bytes) -> None:
    """A quotation is found where it stands, whole and inside the words that place it, or it is refused."""
    quote, _, within = data.decode("utf-8", "surrogateescape").partition("\0")
    if not quote:
        return
    found = _real_article()
    for occurrence in (None, 1, 2, 10**17):
        try:
            span = anchors.find(found, quote, within or None, occurrence)
        except anchors.Lost as lost:
            assert lost.found and lost.expected and lost.remedy
            Problem(Place("a.yaml"), "quotation", lost.found, lost.expected, lost.remedy)
        else:
            assert found.of(span) == quote


@target(files("seeds/coding/articles/*.yaml"))
def sheet(data: bytes) -> None:
    """A sheet is loaded, or every mistake in it is a problem in one of its lines."""
    _loaded(data, lambda root, problems: sheets.load_sheet(root, "a.yaml", problems))


@target(files("seeds/coding/*.yaml"))
def registers(data: bytes) -> None:
    """So is each register."""
    for name in sheets.REGISTERS:
        _loaded(data, lambda root, problems, name=name: sheets.load_register(name, root, "a.yaml", problems))


def _loaded(data: bytes, load: Callable[[Path, Problems], Any]) -> Any:
    problems = Problems()
    loaded = load(written("a.yaml", data).parent, problems)
    assert (loaded is None) == bool(problems.items)
    sound(problems.items, len(data.splitlines()) + 1)
    return loaded


_WAIVER = b'- {rule: R14, record: act-a, because: "Nobody.", until: "2030-01-31"}\n'


@target(lambda: iter([_WAIVER, _WAIVER * 2, _WAIVER.replace(b"R14", b"R01"), _WAIVER.replace(b"-01-31", b"-02-30")]))
def waiver(data: bytes) -> None:
    """A waiver changes nothing but warnings that it names; everything else about it is said."""
    loaded = _loaded(data, lambda root, problems: sheets.load_register("waivers", root, "a.yaml", problems))
    if loaded is None:
        return
    warning = Problem(Place("a.csv"), "R14 actor-is-used", "act-a", "b", "c", "warning", "act-a")
    error = Problem(Place("a.csv"), "R01 span-equals-text", "act-a", "b", "c", "error", "act-a")
    problems = Problems([warning, error])
    waivers.apply(loaded, problems, date(2027, 1, 1))
    assert problems.items[1] == error
    assert problems.items[0] == warning or problems.items[0].severity == "note"
    # A waiver that did its work is silent, and every other one is a problem.
    assert len(problems.items) - 2 == len(loaded.value) - (problems.items[0] != warning)


@target(lambda: iter([b"The talks will be held on Friday, he said yesterday.", b"24-25 June, 3 days from 2014 to May"]))
def dates_in_a_text(data: bytes) -> None:
    """What is found in a text lies in it, in order, and a date is EDTF."""
    text, end = data.decode("utf-8", "replace"), 0
    for found in words_of_dates.find(text, "2020-05-07"):
        assert end <= found.span.start < found.span.end <= len(text)
        assert found.kind != "date" or edtf.parse(found.value)
        end = found.span.end


@target(lambda: iter([b"2020-05-07|on thursday", b"2019/2020|three days ago", b"2021-06|june 23", b"2020|since 2014"]))
def date_words(data: bytes) -> None:
    """Date words give an EDTF value that can be read, or nothing."""
    published, _, words = data.decode("utf-8", "surrogateescape").partition("|")
    try:
        edtf.parse(published)
    except ValueError:
        published = "2020-05-07"
    for ahead in (False, True):
        found = words_of_dates.resolve(words, published, ahead)
        if found is not None:
            span = edtf.parse(found.edtf)
            assert span.start is None or span.end is None or span.start <= span.end


@target(lambda: iter([b"2021", b"2021-06-19", b"201X", b"2021-06-XX", b"2019-04/2020-06", b"/2021~", b"2021?/.."]))
def edtf_value(data: bytes) -> None:
    """A date value is read within the pattern of its column, or refused in words."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        found = edtf.parse(text)
    except ValueError as error:
        assert str(error)
        return
    assert re.fullmatch(edtf.PATTERN, text, re.ASCII)
    assert found.start is None or found.end is None or found.start <= found.end
    assert 1 <= found.precision <= 6
    assert found.within(found) and found.overlaps(found)


# -- the package on disk -------------------------------------------------------------------------------------------


def _tables() -> Iterator[bytes]:
    for index, model in enumerate(TABLES):
        lines = (ROOT / f"datapackage/{model.TABLE}.csv").read_bytes().splitlines(keepends=True)
        yield bytes([index]) + b"".join(lines[:4])


@target(_tables)
def table(data: bytes) -> None:
    """A table, chosen by the first byte. See ``read_table``."""
    read_table(TABLES[data[0] % len(TABLES)] if data else TABLES[0], data[1:])


def read_table(model: type[Row], data: bytes) -> table_file.Table:
    """What is read without a problem is what the bytes say, to the byte; what is read with one, is rows all the same."""
    problems = Problems()
    found = table_file.read(model, data, "a.csv", problems)
    sound(problems.items, _lines(data))
    assert found.is_whole == all(problem.rule == "row-order" for problem in problems.items)
    for row in found.rows:
        names = list(model.model_fields)
        assert model.from_cells(dict(zip(names, row.cells(), strict=True))) == row
    if not problems.items:
        assert render.csv_bytes(model, found.rows) == data
    return found


@target(files("schemas/*.json", "datapackage.json"))
def json_file(data: bytes) -> None:
    """A JSON file is read with the place of every value, and differs from another exactly when it is another."""
    problems = Problems()
    found = json_reader.read(data, "a.json", problems, "mend it")
    sound(problems.items, _lines(data))
    assert (found is None) == bool(problems.items)
    if found is None:
        return
    text = data.decode()
    assert json.loads(text) == found.content
    starts = [0, *(end.end() for end in re.finditer("\r\n?|\n", text))]
    for loc, (line, column) in found.places.items():
        value, _ = json.JSONDecoder().raw_decode(text, starts[line - 1] + column - 1)
        # The place of a key is filed under “@key”, which may also be a key itself.
        assert value == _value(found.content, loc) or (loc[-1] == "@key" and value == loc[-2])
    differ(found.content, found.content)
    differ(found.content, table_schema.table_schema(TABLES[0]))


def _value(content: Any, loc: tuple) -> Any:
    for part in loc:
        try:
            content = content[part]
        except (LookupError, TypeError):
            return None
    return content


def differ(one: Any, two: Any) -> None:
    """Two values differ exactly when they are not written alike, keys in any order."""
    is_same = json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)
    assert (not list(json_differences.differences(one, two))) == is_same


@cache
def _whole() -> on_disk._Package:
    """The package as it is, read."""
    problems = Problems()
    found = on_disk._Package(ROOT, problems, store.read(ROOT), None)
    for model in TABLES:
        found.tables[model.TABLE] = on_disk._table(found, model)
    assert not problems.items
    return found


@target(files("datapackage.json"))
def descriptor(data: bytes) -> None:
    """Whatever is changed in the descriptor but its own texts is found, when the package is validated by itself."""
    whole = _whole()
    found = on_disk._Package(ROOT, Problems(), whole.files | {DESCRIPTOR: data}, None, whole.tables)
    on_disk._descriptor(found)
    sound(found.problems.items, _lines(data))
    if not found.problems.errors:
        one, two = (json.loads(files[DESCRIPTOR]) for files in (found.files, whole.files))
        for content in (one, two):
            for name in StatedShape.model_fields.keys() - {"sources"}:
                content.pop(StatedShape.model_fields[name].alias or name, None)
            for source in content["sources"]:
                source.pop("title")
        assert json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)


def _zips() -> Iterator[bytes]:
    """A zip of a few small files, stored and deflated."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as opened:
            for name in ("datapackage.json", "datapackage/topics.csv", "README.md"):
                opened.writestr(zipfile.ZipInfo(name), b"x" * 200)
        yield buffer.getvalue()


@target(_zips)
def archive(data: bytes) -> None:
    """A zip is refused as a whole, or its members are read, each to its end and inside, or refused."""
    try:
        with zip_file.opened(written("x.zip", data), 10_000) as opened:
            for path in opened.paths:
                assert is_inside(path)
                try:
                    assert len(opened.read(path, 1_000)) <= 1_000
                except (zip_file.Damaged, plain.TooLarge):
                    continue
    except zip_file.BadZip as error:
        assert error.found and error.expected and error.remedy


# -- what is said --------------------------------------------------------------------------------------------------


@target(lambda: iter(["a.yaml|“x, y: 50%”|\x1b[2J\x9b31m\u202e|\ud800".encode("utf-8", "surrogatepass")]))
def message(data: bytes) -> None:
    """Whatever a problem says, each format of it is well-formed and acts on no terminal."""
    parts = (data.decode("utf-8", "surrogateescape").split("|") + [""] * 4)[:4]
    problems = [
        Problem(Place(parts[0], len(data), 1), "code", parts[1], parts[2], parts[3], "error", parts[1]),
        Problem(Place(parts[0]), "R14 actor-is-used", parts[1], "", "", "warning"),
    ]
    text = reports.text(problems)
    assert all(line.isprintable() for line in text.split("\n"))
    assert reports.github(problems).count("\n") == 1
    assert reports.github(problems).replace("\n", "").isprintable()
    for form in (reports.as_json, reports.sarif):
        said = form(problems)
        assert said.isascii() and said.replace("\n", "").isprintable()
        json.loads(said)
    (first, _) = json.loads(reports.sarif(problems))["runs"][0]["results"]
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii() and uri.isprintable() and " " not in uri
