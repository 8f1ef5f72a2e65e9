"""``haftar-record show``: a row field by field, the passages it rests on in their context, and what belongs to it."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from ..model import codes, tables
from ..model.cells import split, to_cell
from ..model.columns import CONTEXT_LENGTH, Column
from ..model.computed import article_number, article_order
from ..model.index import Index
from ..model.rows import Row, columns
from ..package import reader, snapshot
from ..problems.problem import DataErrors, Problem, WrongUse
from ..problems.wording import show
from ..text import articles
from .terminal import BOLD, CYAN, DIM, MARKED, RED, YELLOW, Terminal, answer, output, width, wrapped

#: Signs around a passage while lines are wrapped; they stay when there is no colour to show it.
_OPEN, _CLOSE = "⟦", "⟧"
_SUPPORT = {"contradicts": RED, "implies": YELLOW}
#: What stands around an id in messages and texts.
_MARKS = " \t“”‘’\"'`«»()[]<>:;,.#"
#: Rows of one kind that are listed.
_LISTED = 15


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Show the rows with these ids."""
    book = Book(reader.read(options.package, root))
    pages = [page(book, book.identified(identity)) for identity in options.ids]
    answer(line for number, lines in enumerate(pages) for line in ([""] * bool(number) + lines))
    return []


def page(book: Book, identity: str) -> list[str]:
    """One row, or one retired id, as lines of text. Raises WrongUse when there is neither."""
    terminal, room = output(), width()
    if row := book.rows.get(identity):
        return list(Page(book, row, terminal, room).lines())
    if entry := book.retired.get(identity):
        return list(_retired(book, identity, entry, terminal, room))
    if identity.isdecimal():
        raise WrongUse(f"no article has the number {show(identity, 80)}; {book.numbers()}")
    near = book.nearest(identity)
    similar = f"the nearest ids are {', '.join(near)}" if near else "no id is similar"
    raise WrongUse(f"no row with the id {show(identity, 80)}; {similar}")


def _retired(book: Book, identity: str, entry: dict[str, Any], terminal: Terminal, room: int) -> Iterator[str]:
    yield terminal.colour(identity, BOLD) + terminal.colour(f"   retired since {entry['since']}", DIM)
    yield from (f"  {part}" for part in wrapped(entry["because"], room - 2))
    for successor in entry["successors"]:
        name = wrapped(book.name(successor), room - len(successor) - 8)[0]
        yield f"  replaced by: {terminal.colour(successor, CYAN)}  {name}"


class Book:
    """A package by id: rows, names, and what points at what."""

    def __init__(self, package: reader.Package):
        self.package, self.index = package, Index(package.rows)
        self.rows = self.index.by_name
        self.retired = snapshot.retired(package.descriptor)

    def identified(self, name: str) -> str:
        """The id that is meant. Marks around it, as a message prints them, are no part of it.

        An article may also be named by its number, the name of its file or of its sheet, with or without folders, or
        the hexadecimal digits in these: ``002``, ``2``, ``002_6b383f3c232c05d5.txt``, ``6b383f3c``.
        """
        bare = name.strip(_MARKS) or name
        if bare in self.rows or bare in self.retired:
            return bare
        stem = PurePosixPath(bare.replace("\\", "/")).name
        stem = stem.removesuffix(".txt").removesuffix(".yaml").lower()
        for row in self.index[tables.Document]:
            own, number = PurePosixPath(row.seed_path).stem, article_number(row.seed_path)
            digits = own.partition("_")[2]
            if stem in (own, digits, digits[:8], number) or (stem.isdecimal() and stem.zfill(3) == number):
                return row.document_id
        return bare

    def numbers(self) -> str:
        """Which numbers articles have, in words."""
        numbers = [article_number(row.seed_path) for row in self.index[tables.Document]]
        ends = sorted(numbers, key=article_order)
        return f"the numbers go from {ends[0]} to {ends[-1]}" if len(ends) > 1 else f"there is {', '.join(ends)} alone"

    def name(self, identity: str) -> str:
        """What the row with this id is, in words; empty when there is none."""
        row = self.rows.get(identity)
        return row.caption if row else ""

    def nearest(self, identity: str) -> list[str]:
        """Ids similar to one that does not exist, of the same kind if there are any."""
        kind = identity.partition("-")[0] + "-"
        same = [known for known in self.rows if known.startswith(kind)]
        return difflib.get_close_matches(identity, same or self.rows, n=3, cutoff=0.5)

    @cached_property
    def pointing(self) -> dict[str, list[tuple[str, str, Row]]]:
        """By id, every cell that holds it: table, column and row."""
        found: dict[str, list[tuple[str, str, Row]]] = {}
        for model in tables.TABLES:
            names = [n for n, c in columns(model).items() if c.ref or (c.many and n.endswith("_ids"))]
            for row in self.package.rows[model.TABLE]:
                for column in names:
                    for identity in split(getattr(row, column)):
                        found.setdefault(identity, []).append((model.TABLE, column, row))
        return found

    def evidence_of(self, identity: str) -> list[tables.Evidence]:
        """The passages that the row with this id rests on."""
        return self.index.evidence_of(self.rows[identity])

    def discrepancies_about(self, identity: str) -> list[tables.Discrepancy]:
        """Discrepancies that name the row, or that rest on words that it rests on."""
        named = [row for _, _, row in self.pointing.get(identity, ()) if isinstance(row, tables.Discrepancy)]
        own = self.evidence_of(identity)
        for row in self.index[tables.Discrepancy]:
            if any(_overlap(passage, other) for passage in self.index.evidence(row.discrepancy_id) for other in own):
                named.append(row)
        return list({row.discrepancy_id: row for row in named}.values())

    def in_article(self, row: Row) -> tuple[str, str, str] | None:
        """Context, words and context of a row; None when it has no place in an article, or the article is missing."""
        if not isinstance(row, tables.Evidence | tables.Sentence | tables.QuotedPassage | tables.Mention):
            return None
        document = self.index.row(tables.Document, row.document_id)
        if document is None:
            return None
        try:
            article = articles.read(self.package.root, document.seed_path)
        except DataErrors:  # a package without the articles
            return None
        if article.sha256 != document.text_sha256:
            return None
        text, before = article.text, max(row.start - CONTEXT_LENGTH, 0)
        return text[before : row.start], text[row.start : row.end], text[row.end : row.end + CONTEXT_LENGTH]


def _overlap(one: tables.Evidence, other: tables.Evidence) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end


class Page:
    """One row as lines of text, of at most ``room`` columns."""

    def __init__(self, book: Book, row: Row, terminal: Terminal, room: int):
        self.book, self.row, self.id, self.room = book, row, row.display_id, room
        self.terminal, self.paint = terminal, terminal.colour

    def lines(self) -> Iterator[str]:
        """The lines: the row, the words it rests on, what belongs to it."""
        model = type(self.row)
        yield self.paint(self.id, BOLD) + self.paint(f"   {model.TITLE}", DIM)
        if name := self.book.name(self.id):
            yield from self._indented(name, "", BOLD)
        yield ""
        yield from self._fields()
        yield from self._section("Evidence", self._evidence())
        for title, table, column in self._parts(model):
            found = [
                row
                for t, c, row in self.book.pointing.get(self.id, ())
                if (t, c) == (table, column) and row.display_id != self.id
            ]
            yield from self._section(title, self._listed(found))
        yield from self._section("Discrepancies", self._discrepancies())
        yield from self._section("Coding decisions", self._decisions())
        yield from self._section("Also", self._others(model))

    def _section(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        found = list(lines)
        if found:
            yield from ("", self.paint(title, BOLD), *found)

    def _indented(self, text: str, indent: str = "  ", code: str = "") -> Iterator[str]:
        for part in wrapped(text, self.room - len(indent)):
            yield indent + self.paint(part, code)

    # ---- the row ----------------------------------------------------------------------------------------------

    def _fields(self) -> Iterator[str]:
        """Names beside values; above them when the terminal is too narrow for both."""
        definitions = columns(type(self.row))
        margin = max(map(len, definitions)) + 4
        is_narrow = self.room < margin + 30
        for name, column in definitions.items():
            head = self.paint(f"  {name:<{margin - 2}}", DIM)
            if is_narrow:
                yield self.paint(f"  {name}", DIM)
                margin, head = 6, " " * 6
            for value, code in self._values(getattr(self.row, name), column):
                for part in wrapped(value, self.room - margin):
                    yield head + self.paint(part, code)
                    head = " " * margin

    def _values(self, value: Any, column: Column) -> Iterator[tuple[str, str]]:
        """The values of a cell, each with what it stands for, and a colour."""
        text = to_cell(value)
        if text in column.missing:
            yield f"({column.missing[text]})", DIM
            return
        for one in split(text) if column.many else [text]:
            if column.ref:
                yield f"{one}  {self.book.name(one)}", CYAN
            elif column.codes:
                yield f"{one}  ({codes.lists()[column.codes].codes[one].label})", ""
            else:
                yield one, ""

    # ---- the words --------------------------------------------------------------------------------------------

    def _evidence(self) -> Iterator[str]:
        own = self.book.evidence_of(self.id)
        for passage in own:
            sentence = f"{passage.document_id} {passage.paragraph_number}.{passage.sentence_number}"
            where = f"{sentence}, {passage.start}-{passage.end}"
            owner = "" if passage.owner == self.id else f"{passage.owner} "
            support = self.paint(passage.support, _SUPPORT.get(passage.support, DIM))
            yield f"  {owner}{passage.field}  {support}  {self.paint(where, DIM)}"
            yield from self._marked(passage.prefix_text or "", passage.exact_text, passage.suffix_text or "")
        if not own and (context := self.book.in_article(self.row)):
            yield from self._marked(*context)

    def _marked(self, before: str, words: str, after: str) -> Iterator[str]:
        """A passage in its context; every line of it opens and closes its own colour."""
        # A shorter context is the end of the paragraph.
        cut = ["…" if len(context) >= CONTEXT_LENGTH else "" for context in (before, after)]
        text = f"{cut[0]}{before}{_OPEN}{words}{_CLOSE}{after}{cut[1]}"
        start, end = self.terminal.begin(MARKED), self.terminal.begin("0")
        is_open = False
        for line in wrapped(text, self.room - 6):
            if not start:
                yield f"      {line}"
                continue
            lead = start if is_open else ""
            is_open = (is_open or _OPEN in line) and _CLOSE not in line
            line = lead + line.replace(_OPEN, start).replace(_CLOSE, end)
            yield f"      {line}" + (end if is_open else "")

    # ---- what belongs to it -----------------------------------------------------------------------------------

    def _parts(self, model: type[Row]) -> Iterator[tuple[str, str, str]]:
        """The columns in which other rows of the table refer to this row, as parts of it for example."""
        for name, column in columns(model).items():
            if column.ref == model.TABLE and not column.many:
                head = "Inside it" if name.startswith("parent_") else "Refers to it"
                yield f"{head} ({name})", model.TABLE, name

    def _listed(self, rows: list[Row]) -> Iterator[str]:
        for row in rows[:_LISTED]:
            identity = row.display_id
            speaker = f"  {row.speaker_name}" if isinstance(row, tables.Statement) else ""
            yield f"  {self.paint(identity, CYAN)}{speaker}"
            yield from self._indented(self.book.name(identity), "      ")
        if len(rows) > _LISTED:
            yield self.paint(f"  … and {len(rows) - _LISTED} more", DIM)

    def _discrepancies(self) -> Iterator[str]:
        for row in self.book.discrepancies_about(self.id):
            resolution = codes.lists()["resolution"].codes[row.resolution].label
            yield f"  {self.paint(row.discrepancy_id, CYAN)}  {self.paint(f'({resolution})', DIM)}"
            yield from self._indented(row.title, "      ")
            for side, reading in (("a", row.reading_a), ("b", row.reading_b)):
                yield from self._indented(f"{side}: {reading}", "      ")

    def _decisions(self) -> Iterator[str]:
        for _, _, row in self.book.pointing.get(self.id, ()):
            if isinstance(row, tables.Decision):
                yield f"  {self.paint(row.decision_id, CYAN)}"
                for text in (row.question, f"→ {row.decided}", f"because: {row.reason}"):
                    yield from self._indented(text, "      ")

    def _others(self, model: type[Row]) -> Iterator[str]:
        """Everything else that points at the row, counted by table, the first ids named."""
        told = {"evidence", "discrepancies", "decisions"}
        others = [
            (table, row) for table, _, row in self.book.pointing.get(self.id, ()) if table not in told | {model.TABLE}
        ]
        for table in dict.fromkeys(table for table, _ in others):
            ids = list(dict.fromkeys(row.display_id for name, row in others if name == table))
            more = f", … {len(ids) - 5} more" if len(ids) > 5 else ""
            text = f"{table} {len(ids)}: {', '.join(ids[:5])}{more}"
            for number, part in enumerate(wrapped(text, self.room - 6)):
                yield ("  " if number == 0 else "      ") + part
