"""Read the committed files: tables as lists of string cells, articles as text, JSON as it is."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ..first import FIRST

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "seeds" / "articles"
Row = dict[str, str]
Span = tuple[int, int]

TABLES = sorted(path.stem for path in (ROOT / "datapackage").glob("*.csv"))
assert TABLES, "no table in datapackage/"
#: Keys that are not the first column alone.
KEYS = {"codes": ("list", "code"), "statement_targets": ("statement_id", "actor_id")}
#: Which table an id belongs to, by its prefix.
PREFIXES = {
    "act": "actors", "agr": "agreement", "dec": "decisions", "dis": "discrepancies", "doc": "documents", "ea": "event_actors",
    "er": "event_reports", "ev": "evidence", "evt": "events", "men": "mentions", "plc": "places", "qty": "quantities",
    "quo": "quotations", "ref": "references", "rel": "relations", "sen": "sentences", "src": "sources",
    "st": "statements", "top": "topics",
}  # fmt: skip
#: Columns of evidence that say which row a passage is evidence for, and the table of that row.
OWNERS = {
    "statement_id": "statements",
    "event_report_id": "event_reports",
    "event_actor_id": "event_actors",
    "relation_id": "relations",
    "quantity_id": "quantities",
    "discrepancy_id": "discrepancies",
    "actor_id": "actors",
}
#: Cells that say why a value is missing.
UNKNOWN = ("not-stated", "undecided")


@cache
def rows(table: str) -> list[Row]:
    """The rows of a table, of which there is one at least: a test that looks at none would pass whatever they say.

    Without further readings of the articles, there is nothing to be said about agreement.
    """
    with (ROOT / "datapackage" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert found or table == "agreement", f"{table} has no row"
    return found


def key(table: str) -> tuple[str, ...]:
    return KEYS.get(table) or (next(iter(header(table))),)


@cache
def header(table: str) -> tuple[str, ...]:
    with (ROOT / "datapackage" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file)))


@cache
def by_id(table: str) -> dict[str, Row]:
    """Rows of a table with one key column, by that key."""
    (name,) = key(table)
    return {row[name]: row for row in rows(table)}


def row_of(identity: str) -> Row:
    """The row that an id names, whatever its table. Raises KeyError when there is none."""
    return by_id(PREFIXES[identity.partition("-")[0]])[identity]


def where(table: str, **cells: str) -> list[Row]:
    return [row for row in rows(table) if all(row[name] == value for name, value in cells.items())]


def one(table: str, **cells: str) -> Row:
    found = where(table, **cells)
    assert len(found) == 1, f"{len(found)} rows of {table} with {cells}"
    return found[0]


def split(cell: str) -> list[str]:
    return cell.split(";") if cell else []


@cache
def texts() -> dict[str, str]:
    """The articles by document id, as the record counts in them: docs/provenance.md, “How an article is read”."""
    found = {document_of(path): decoded(path.read_bytes()) for path in sorted(ARTICLES.glob("*.txt"))}
    assert found, f"no article in {ARTICLES}"
    return found


def first() -> list[str]:
    """Those of the first articles that the record still has."""
    return [document for document in FIRST if document in texts()]


@cache
def since() -> frozenset[str]:
    """The ids of rows that came with later articles: those in them, and what only these refer to, or refers to these."""
    single = [table for table in TABLES if len(key(table)) == 1]
    known = {row[name]: row for table in single for row in rows(table) for name in key(table)}
    named = {name: {one for cell in row.values() for one in split(cell) if one in known} for name, row in known.items()}
    own = {name for name, row in known.items() if row.get("document_id", "") not in ("", *FIRST)}
    own |= {name for name, row in known.items() if not row.get("document_id") and named[name] & own}

    def reached(starts: set[str]) -> set[str]:
        found, waiting = set(starts), list(starts)
        while waiting:
            come = named[waiting.pop()] - found - own
            found |= come
            waiting += come
        return found

    return frozenset(reached(own) - reached({name for name, row in known.items() if row.get("document_id") in FIRST}))


def document_of(path: Path) -> str:
    return f"doc-{path.name.partition('_')[2][:8]}"


def decoded(data: bytes) -> str:
    """The text of an article whose lines are not wrapped."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"\0\0\xfe\xff"
    wide = "utf-32" if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff") else "utf-16"
    text = data.decode(wide if marked else "utf-8-sig")
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    return "".join(" " if unicodedata.category(c) == "Cc" and c != "\n" else c for c in text)


@cache
def paragraphs(document: str) -> list[Span]:
    """Lines with something in them, without the blanks around it."""
    return [match.span() for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", texts()[document])]


def span(row: Row) -> Span:
    return int(row["start"]), int(row["end"])


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@cache
def schema(table: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
    assert found["fields"], f"the schema of {table} has no field"
    return found


@cache
def descriptor() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert found["resources"], "datapackage.json has no resource"
    return found


@cache
def bounds(value: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF value by the library ``edtf``; None for an open or unknown end.

    Each end is given to the library alone: of an interval with an unknown end it pads the known one by ten years.
    """
    from edtf import parse_edtf  # here, because what else is read needs no library

    first, last = value.split("/") if "/" in value else (value, value)
    start = None if first in ("", "..") else date(*parse_edtf(first).lower_strict()[:3])
    end = None if last in ("", "..") else date(*parse_edtf(last).upper_strict()[:3])
    return start, end
