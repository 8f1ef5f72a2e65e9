"""The package as the site sees it: rows by id, rows by what they belong to, and the one address of every row."""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import Any

from .. import export
from ..files.layout import Files
from ..model.cells import split
from ..model.index import Index
from ..model.rows import columns
from ..model.tables import BY_NAME, EventReport, Evidence
from ..package import reader

#: The root of the site in an address; the plugin makes it relative to the page.
ROOT = "@/"

#: The export formats that are made with nothing but Python; the others need libraries that the site does without.
EXPORTS = ("zip", "sqlite", "plover", "annotations", "graphml")


class Record:
    """The rows of a package on disk, ready to be shown. ``record["events"]`` are the rows of a table.

    The texts of the articles are not part of it: the site shows what the tables quote and no more.
    """

    def __init__(self, package: reader.Package):
        self.root, self.descriptor, self.rows = package.root, package.descriptor, package.rows
        self.index = Index(package.rows)

    @classmethod
    def of(cls, package: reader.Package) -> Record:
        """The record in a package."""
        return cls(package)

    def __getitem__(self, table: str) -> list[Any]:
        return self.index[BY_NAME[table]]

    def grouped(self, table: str, column: str) -> dict[Any, list[Any]]:
        """The rows of a table by the value of a column or property, in their order."""
        return self.index.grouped(BY_NAME[table], column)

    def row(self, table: str, identity: str | None) -> Any:
        """The row with this key, or None."""
        return self.index.row(BY_NAME[table], identity)

    def evidence(self, owner: str) -> list[Evidence]:
        """The evidence of one unit."""
        return self.index.evidence(owner)

    def reports(self, event: str) -> list[EventReport]:
        """The reports of one event."""
        return self.index.grouped(EventReport, "event_id").get(event, [])

    @cached_property
    def exports(self) -> dict[str, Files]:
        """The files of each export that the site gives away, by its title."""
        package = reader.Package(self.root, self.descriptor, self.rows)
        return {one.title: one.render(package) for one in export.load(EXPORTS)}

    def get(self, table: str, identity: str) -> Any:
        """The row of a table with this id. Raises KeyError when there is none: a mistake in the program."""
        if (row := self.row(table, identity)) is None:
            raise KeyError(identity)
        return row

    def by(self, table: str, column: str, value: str) -> list[Any]:
        """Rows of a table whose column is ``value``, or has it among several; in the order of the table."""
        return self.index.listed(BY_NAME[table], column).get(value, [])

    @cached_property
    def documents(self) -> list[Any]:
        """The articles in the order of their numbers."""
        return sorted(self["documents"], key=lambda row: row.label)

    def number(self, document_id: str) -> str:
        """The number of an article, such as ``002``."""
        return self.get("documents", document_id).label[:3]

    @cached_property
    def _sentences(self) -> dict[tuple[str, int, int], Any]:
        return {(row.document_id, row.paragraph_number, row.sentence_number): row for row in self["sentences"]}

    def sentence_of(self, evidence: Any) -> Any:
        """The sentence in which a piece of evidence begins."""
        return self._sentences[evidence.document_id, evidence.paragraph_number, evidence.sentence_number]

    def referring(self, table: str, identity: str) -> list[tuple[str, str, list[Any]]]:
        """Table, column and rows of all that points at a row, in the order of the tables."""
        return [(model.TABLE, name, rows) for model, name, rows in self.index.pointing_at(BY_NAME[table], identity)]

    # ---- addresses ----------------------------------------------------------------------------------------------

    def url(self, table: str, identity: str) -> str:
        """Where a row is shown: page and anchor from the root of the site, without a leading slash."""
        if table == "codes":  # identity: LIST.CODE
            return f"codebook.html#{identity}"
        if table == "documents":
            return f"articles/{self.number(identity)}.html"
        if table == "event_actors":
            return self.url("events", self.get(table, identity).event_id)
        if table == "evidence":
            return self._owner_url(self.get(table, identity))
        if BY_NAME[table].PAGE == "table":
            self.get(table, identity)
            return f"{table}.html#{identity}"
        if BY_NAME[table].PAGE == "article":
            return f"articles/{self.number(self.get(table, identity).document_id)}.html#{identity}"
        raise KeyError(table)

    def _owner_url(self, row: Any) -> str:
        """Where a passage is shown: with the unit that it supports."""
        if row.document_fact:
            return self.url("documents", row.document_id)
        column = next(name for name in row.OWNERS if getattr(row, name))
        return self.url(columns(type(row))[column].ref, row.owner)

    def label(self, table: str, identity: str) -> str:
        """What a reader calls the row."""
        return self.get(table, identity).caption

    def link(self, table: str, identity: str, text: str | None = None) -> str:
        """An HTML link to where a row is shown. ``text`` is plain; without it, the row's label."""
        shown = escape(self.label(table, identity) if text is None else text, quote=False)
        return f'<a href="{ROOT}{self.url(table, identity)}">{shown}</a>'

    def links(self, table: str, identities: str | None) -> str:
        """Links for a cell with several ids."""
        return ", ".join(self.link(table, one) for one in split(identities) if self.row(table, one))

    def field_url(self, table: str, column: str = "") -> str:
        """Where the data dictionary describes a table or a column."""
        if column and column not in BY_NAME[table].model_fields:
            raise KeyError(f"{table}.{column}")
        return f"data-dictionary.html#{table}.{column}" if column else f"data-dictionary.html#{table}"
