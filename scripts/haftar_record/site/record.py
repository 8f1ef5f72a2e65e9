"""The package as the site sees it: rows by table and id, by what they belong to, and the one address of every row."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from .. import export
from ..files.layout import Files
from ..model.cells import split
from ..model.computed import article_number, article_order
from ..model.index import Index
from ..model.rows import R, Row, columns
from ..model.tables import BY_NAME, CodeRow, Document, EventActor, Evidence, Sentence
from ..package import reader
from .html import ROOT, fragment

#: The export formats that need nothing but Python; the others need libraries, which the site does not require.
EXPORTS = ("zip", "sqlite", "plover", "annotations", "graphml")


class Record(Index):
    """The rows of a package on disk, ready to be shown. ``record[Event]`` are the rows of a table.

    The texts of the articles are not part of it: the site shows only what the tables quote.
    """

    def __init__(self, package: reader.Package):
        super().__init__(package.rows)
        self.package = package
        self.root: Path = package.root
        self.descriptor: dict[str, Any] = package.descriptor

    @cached_property
    def exports(self) -> dict[str, Files]:
        """The files of each export that the site offers, by its title."""
        return {one.title: one.render(self.package) for one in export.load(EXPORTS)}

    def get(self, model: type[R], identity: str) -> R:
        """The row of a table with this id. Raises KeyError when there is none: a mistake in the program."""
        if (row := self.row(model, identity)) is None:
            raise KeyError(identity)
        return row

    def by(self, model: type[R], column: str, value: str) -> list[R]:
        """Rows of a table whose column is ``value``, or has it among several; in the order of the table."""
        return self.listed(model, column).get(value, [])

    @cached_property
    def documents(self) -> list[Document]:
        """The articles in the order of their numbers."""
        return sorted(self[Document], key=lambda row: article_order(row.label))

    def number(self, document_id: str) -> str:
        """The number of an article, such as ``002``."""
        return article_number(self.get(Document, document_id).label)

    @cached_property
    def _sentences(self) -> dict[tuple[str, int, int], Sentence]:
        return {(row.document_id, row.paragraph_number, row.sentence_number): row for row in self[Sentence]}

    def sentence_of(self, evidence: Evidence) -> Sentence:
        """The sentence in which a piece of evidence begins."""
        return self._sentences[evidence.document_id, evidence.paragraph_number, evidence.sentence_number]

    def passage(self, row: Evidence) -> Markup:
        """An evidence row: its words highlighted, with what it keeps of the words around them in their sentence."""
        sentence = self.sentence_of(row)
        before = (row.prefix_text or "")[-(row.start - sentence.start) :] if row.start > sentence.start else ""
        after = (row.suffix_text or "")[: max(sentence.end - row.end, 0)]
        lead = tail = ""
        if row.start - len(before) > sentence.start:
            lead, before = "… ", before.partition(" ")[2]  # from the first whole word
        if row.end + len(after) < sentence.end:
            tail, after = " …", after.rpartition(" ")[0]
        return fragment("elements.html", "passage", before=lead + before, words=row.exact_text, after=after + tail)

    # ---- addresses ----------------------------------------------------------------------------------------------

    def url(self, model: type[Row], identity: str) -> str:
        """Where a row is shown: page and anchor from the root of the site, without a leading slash.

        The id of a code is LIST.CODE. Raises KeyError for a row that does not exist, or that no page shows.
        """
        if model is CodeRow:
            return f"codebook.html#{identity}"
        row = self.get(model, identity)
        if isinstance(row, Document):
            return f"articles/{self.number(row.document_id)}.html"
        if isinstance(row, EventActor):
            return self.url(BY_NAME["events"], row.event_id)
        if isinstance(row, Evidence):
            return self._owner_url(row)
        if model.PAGE == "table":
            return f"{model.TABLE}.html#{identity}"
        if model.PAGE == "article":
            document: str = getattr(row, "document_id")  # noqa: B009 every table of this kind has the column
            return f"articles/{self.number(document)}.html#{identity}"
        raise KeyError(model.TABLE)

    def _owner_url(self, row: Evidence) -> str:
        """Where a passage is shown: with the unit that it supports."""
        if row.document_fact:
            return self.url(Document, row.document_id)
        column = next(name for name in row.OWNERS if getattr(row, name))
        return self.url(BY_NAME[columns(Evidence)[column].ref], row.owner)

    def link(self, model: type[Row], identity: str, text: str | None = None) -> Markup:
        """A link to where a row is shown. ``text`` is what it says; by default the label of the row."""
        shown = self.get(model, identity).caption if text is None else text
        return Markup('<a href="{}{}">{}</a>').format(ROOT, self.url(model, identity), shown)

    def links(self, model: type[Row], identities: str | None) -> Markup:
        """Links for a cell with several ids; an id without a row has none."""
        return Markup(", ").join(self.link(model, one) for one in split(identities) if self.row(model, one))

    def link_to(self, row: Row) -> Markup:
        """A link to where a row is shown, with its label as text."""
        return self.link(type(row), row.display_id)

    def field_url(self, model: type[Row], column: str = "") -> str:
        """Where the data dictionary describes a table or a column. Raises KeyError for a column that does not exist."""
        if column and column not in model.model_fields:
            raise KeyError(f"{model.TABLE}.{column}")
        return f"data-dictionary.html#{model.TABLE}.{column}" if column else f"data-dictionary.html#{model.TABLE}"

    def named_field_url(self, name: str) -> str:
        """The same for a column that is given as TABLE.COLUMN."""
        table, _, column = name.partition(".")
        return self.field_url(BY_NAME[table], column)
