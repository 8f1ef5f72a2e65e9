"""Make a package of any number of statements, sound under every rule, for tests and measurements of size.

The committed record is repeated as a whole, each time as a world of its own: other articles, actors, sources, places,
topics, events, and so on, under other ids and in other words. So proportions, widths and nesting are those of
the real record (per 82 statements: 5 articles of 3 kB, 1,114 evidence rows, 441 mentions, 160 actors in events,
109 reports, 98 relations, 95 actors, 81 events; 2,711 rows and 0.6 MB of CSV in all), and a rule that the real
record satisfies is satisfied at every size.

A word of five letters or more is exchanged, in articles and rows alike, for one of the same length that nobody has
seen; numbers, words that occur in a date or a quantity, and others that a rule reads, stay. So offsets, quotation marks and digits keep their
meaning, while the texts of two repetitions differ. Each repetition is written when it is made; only the list of articles
for the descriptor is kept.

    python tests/synthetic.py FOLDER STATEMENTS [SEED]
"""

from __future__ import annotations

import csv
import functools
import hashlib
import json
import re
import string
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from haftar_record.checks.rules import certainty, dating, ties
from haftar_record.checks.rules.names import NAMED
from haftar_record.files.layout import DATA, DESCRIPTOR, SCHEMAS
from haftar_record.model import computed
from haftar_record.model.cells import LIST_SEPARATOR, split, to_cell
from haftar_record.model.rows import Row, columns, kind
from haftar_record.model.tables import BY_NAME, TABLES
from haftar_record.package import reader

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = "seeds/articles"
#: The code lists are the same for every package, and figures of agreement are those of a few readings.
FIXED = ("codes", "agreement")
WORD = re.compile(r"(?<![A-Za-z])(?!https?:)[A-Za-z]{5,}")
#: Columns whose words a rule reads: of dates, of numbers.
READ = ("date_text", "validity_text", "printed_text")
#: Words that a rule reads wherever they stand: that somebody leads, that something is dated, how an event is held.
SAID = re.compile(
    "|".join((ties.LEADING, dating.DATING, *(word for words in certainty.OPENINGS.values() for word in words))), re.I
)
#: Where the number of the repetition goes in an id.
BLOCK = "\x01"
_LETTERS = string.ascii_lowercase, string.ascii_uppercase
_SHIFTS = [
    str.maketrans("".join(_LETTERS), "".join(letters[n:] + letters[:n] for letters in _LETTERS)) for n in range(1, 26)
]

#: A part of a text: itself, or (a word, first letter, letter after the last), or (what varies, of which article).
Part = str | tuple[str, int, int] | tuple[str, int]


def make(folder: Path, statements: int, seed: int = 0, tell: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Write a package of at least ``statements`` statements into the new folder; the number of its rows.

    ``tell`` is told now and then how many repetitions are done, and of how many.
    """
    template = Template(reader.read(ROOT))
    repetitions = -(-statements // template.statements)
    (folder / DATA).mkdir(parents=True)
    (folder / ARTICLES).mkdir(parents=True)
    (folder / SCHEMAS).mkdir()
    for path in sorted((ROOT / SCHEMAS).glob("*.json")):
        (folder / SCHEMAS / path.name).write_bytes(path.read_bytes())
    files = {model.TABLE: Growing(folder / DATA / f"{model.TABLE}.csv", model) for model in TABLES}
    for table, text in template.fixed.items():
        files[table].add(text, template.counts[table])
    sources = []
    for number in range(repetitions):
        texts, articles = template.repetition(number, seed)
        for table, text in texts.items():
            files[table].add(text, template.counts[table])
        for name, data in articles.items():
            path = f"{ARTICLES}/{name}"
            (folder / path).write_bytes(data)
            sources.append({"title": f"Synthetic article {name}", "path": path, "hash": f"sha256:{_sha256(data)}"})
        if number % 50 == 0:
            tell(number, repetitions)
    tell(repetitions, repetitions)
    descriptor = template.descriptor | {"sources": sources}
    for resource in descriptor["resources"]:
        resource |= files[resource["name"]].close()
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return sum(resource["rows"] for resource in descriptor["resources"])


class Growing:
    """A table that is being written, with what the descriptor says of it."""

    def __init__(self, path: Path, model: type[Row]):
        self.file, self.hash, self.bytes, self.rows = path.open("wb"), hashlib.sha256(), 0, 0
        self.add(",".join(model.model_fields) + "\n", 0)

    def add(self, text: str, rows: int) -> None:
        data = text.encode()
        self.file.write(data)
        self.hash.update(data)
        self.bytes += len(data)
        self.rows += rows

    def close(self) -> dict[str, Any]:
        self.file.close()
        return {"bytes": self.bytes, "rows": self.rows, "hash": f"sha256:{self.hash.hexdigest()}"}


class Template:
    """The real record, cut into what is the same in every repetition and what varies.

    A table or an article is a list of indices into ``parts``; a repetition fills ``parts`` anew and joins them.
    """

    def __init__(self, package: reader.Package):
        self.rows, self.descriptor = package.rows, package.descriptor
        self.statements = len(self.rows["statements"])
        self.counts = {table: len(rows) for table, rows in self.rows.items()}
        self.keys = [row.document_id.removeprefix("doc-") for row in self.rows["documents"]]
        self.texts = [(package.root / row.seed_path).read_bytes().decode() for row in self.rows["documents"]]
        self.names = [Path(row.seed_path).name for row in self.rows["documents"]]
        self.titles = {getattr(row, column) for model, column in NAMED for row in self.rows[model.TABLE]}
        self.owner = {row.evidence_id: row.owner for row in self.rows["evidence"]}
        self.event_actors = {
            row.event_actor_id: (row.event_id, row.actor_id, row.role) for row in self.rows["event_actors"]
        }
        self._key = re.compile("|".join(self.keys))
        self.parts: dict[Part, int] = {}
        read = {word for cell in self._cells(READ) for word in WORD.findall(cell)}
        said = {word for text in (*self.texts, *self._cells(("title",))) for word in WORD.findall(text)}
        self.kept = frozenset(read | {word for word in said if SAID.fullmatch(word)})
        self.articles = [self._indices(words(text, kept=self.kept)) for text in self.texts]
        self.tables = {model.TABLE: self._table(model) for model in TABLES if model.TABLE not in FIXED}
        self.fixed = {table: "".join(_line([row.cells()]) for row in self.rows[table]) for table in FIXED}

    def repetition(self, number: int, seed: int) -> tuple[dict[str, str], dict[str, bytes]]:
        """The tables and articles of one repetition."""
        random = Random(f"{seed} {number}")
        shift = {}
        for part in self.parts:
            if len(part) == 3:
                shift.setdefault(part[0], _SHIFTS[random.randrange(25)])
        keys = [f"{number:07x}{rank:x}" for rank in range(len(self.keys))]
        values: list[str] = []
        later: list[tuple[int, int]] = []
        for index, part in enumerate(self.parts):
            if isinstance(part, str):
                values.append(f"b{number:06d}" if part == BLOCK else part)
            elif len(part) == 3:
                word, start, end = part
                values.append(word.translate(shift[word])[start:end])
            else:
                values.append(keys[part[1]])
                if part[0] == "sha256":
                    later.append((index, part[1]))
        articles = ["".join([values[index] for index in article]).encode() for article in self.articles]
        for index, rank in later:
            values[index] = _sha256(articles[rank])
        texts = {table: "".join([values[index] for index in found]) for table, found in self.tables.items()}
        names = (name.replace(old, new) for name, old, new in zip(self.names, self.keys, keys, strict=True))
        return texts, dict(zip(names, articles, strict=True))

    def _cells(self, names: tuple[str, ...]) -> Iterator[str]:
        for model in TABLES:
            for name in set(names) & model.model_fields.keys():
                yield from (getattr(row, name) or "" for row in self.rows[model.TABLE])

    def _indices(self, parts: Iterator[Part]) -> list[int]:
        """Parts as indices, what does not vary in one piece as far as it goes."""
        found, fixed = [], ""
        for part in parts:
            if isinstance(part, str) and part != BLOCK:
                fixed += part
                continue
            if fixed:
                found.append(self.parts.setdefault(fixed, len(self.parts)))
                fixed = ""
            found.append(self.parts.setdefault(part, len(self.parts)))
        return [*found, self.parts.setdefault(fixed, len(self.parts))] if fixed else found

    def _table(self, model: type[Row]) -> list[int]:
        """The rows of a table, in the order of their new keys."""
        keys = {row.id: tuple(self._identity(value) for value in row.id) for row in self.rows[model.TABLE]}
        rows = sorted(self.rows[model.TABLE], key=lambda row: keys[row.id])
        return self._indices(part for row in rows for part in self._row(model, row))

    def _row(self, model: type[Row], row: Row) -> Iterator[Part]:
        for number, name in enumerate(model.model_fields):
            yield "," if number else ""
            cell = to_cell(getattr(row, name))
            parts = list(self._cell(model, row, name, cell))
            quotes = any(mark in cell for mark in ',"\n')
            yield '"' if quotes else ""
            yield from (part.replace('"', '""') if isinstance(part, str) and quotes else part for part in parts)
            yield '"' if quotes else ""
        yield "\n"

    def _cell(self, model: type[Row], row: Row, name: str, cell: str) -> Iterator[Part]:
        column, free = columns(model)[name], is_free_text(model, name)
        if cell in column.missing:
            yield cell
        elif span := _span_of(model, row, name):
            article = self.texts[self.keys.index(row.document_id.removeprefix("doc-"))]
            yield from words(article, *span, self.kept)
        elif name in ("text_sha256", "counted_sha256"):
            yield "sha256", self.keys.index(row.document_id.removeprefix("doc-"))
        elif free:
            yield from self._words(name, cell)
        elif name in model.KEY or column.ref or _is_list_of_ids(model, name) or name == "seed_path":
            for number, value in enumerate(split(cell)):
                yield ";" if number else ""
                yield from self._varying(self._identity(value))
        else:
            yield cell

    def _words(self, name: str, cell: str) -> Iterator[Part]:
        """A free text. No two entries have one name, and the label of an article is made of the name of a source: so
        the number of the repetition stands after each name."""
        texts = cell.split(LIST_SEPARATOR) if name.endswith("_names") else [cell]
        for number, text in enumerate(texts):
            yield LIST_SEPARATOR if number else ""
            yield from words(text, kept=self.kept)
            if name == "label" or (name.endswith(("name", "names", "title")) and text in self.titles):
                yield from (" ", BLOCK)

    @functools.cache  # noqa: B019 - as long as the template
    def _identity(self, value: str) -> str:
        """An id (or path) with marks where the number of the repetition goes."""
        if value in self.event_actors:
            event, actor, role = self.event_actors[value]
            return computed.event_actor_id(self._identity(event), self._identity(actor), role)
        if value in self.owner and self.owner[value] in value:
            value = value.replace(self.owner[value], self._identity(self.owner[value]))
        if self._key.search(value):
            return value
        prefix, mark, slug = value.partition("-")
        return f"{prefix}-{BLOCK}-{slug}" if mark else value

    def _varying(self, marked: str) -> Iterator[Part]:
        position = 0
        for match in re.finditer(rf"{BLOCK}|{self._key.pattern}", marked):
            yield marked[position : match.start()]
            yield BLOCK if match[0] == BLOCK else ("key", self.keys.index(match[0]))
            position = match.end()
        yield marked[position:]


def words(text: str, start: int = 0, end: int | None = None, kept: frozenset[str] = frozenset()) -> Iterator[Part]:
    """The part of a text from ``start`` to ``end``: its words to exchange, and what is between them or ``kept``."""
    position, end = start, len(text) if end is None else end
    for match in WORD.finditer(text):
        first, last = max(match.start(), start), min(match.end(), end)
        if first >= last or match[0] in kept:
            continue
        yield text[position:first]
        yield match[0], first - match.start(), last - match.start()
        position = last
    yield text[position:end]


def is_free_text(model: type[Row], name: str) -> bool:
    """Whether a column takes any words."""
    column = columns(model)[name]
    return kind(model, name) is str and not column.codes and not column.ref and column.accepts("000 Any words, at all.")


def _is_list_of_ids(model: type[Row], name: str) -> bool:
    column = columns(model)[name]
    return kind(model, name) is str and column.many and not column.codes


def _span_of(model: type[Row], row: Row, name: str) -> tuple[int, int] | None:
    """Where in its article the text of a cell stands, which may begin or end inside a word."""
    if not {"start", "end", "document_id"} <= model.model_fields.keys() or getattr(row, name) is None:
        return None
    start, end = row.start, row.end
    if name in ("exact_text", "surface_text"):
        return start, end
    if name == "prefix_text":
        return start - len(row.prefix_text), start
    return (end, end + len(row.suffix_text)) if name == "suffix_text" else None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _line(rows: list[list[str]]) -> str:
    from io import StringIO

    buffer = StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def main() -> None:
    folder, statements, *seed = sys.argv[1:]
    tell = (lambda done, of: print(f"\r{done:,} of {of:,}", end="", file=sys.stderr)) if sys.stderr.isatty() else None
    rows = make(Path(folder), int(statements), *map(int, seed), **({"tell": tell} if tell else {}))
    print(f"{rows:,} rows in {len(BY_NAME)} tables")


if __name__ == "__main__":
    main()
