"""The page ``codebook``, with every code of every list, and the part ``date-words`` of the page ``coding-rules``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ...model import codes
from ...model.cells import split, to_cell
from ...model.computed import article_number
from ...model.rows import Row, columns
from ...model.tables import TABLES
from ...text import dates
from ..html import fragment
from ..page import Page, Part
from ..record import Record


@dataclass(frozen=True)
class Used:
    """A code list, the columns that take their values from it (table and name), and how often each code occurs."""

    code_list: codes.CodeList
    used_in: list[tuple[type[Row], str]]
    counts: Counter[str]

    def is_brief(self, code: codes.Code) -> bool:
        """Whether there is nothing to tell of a code but its label: the same is said of many, and no row has it."""
        return code.is_uniform and not self.counts[code.code]

    @property
    def brief(self) -> list[codes.Code]:
        """The codes of which the page gives the label alone."""
        return [code for code in self.code_list.codes.values() if self.is_brief(code)]


def pages(record: Record) -> Iterator[Page]:
    """The page."""
    numbers = [article_number(row.label) for row in record.documents]
    articles = f"{numbers[0]} to {numbers[-1]}"
    lists = [_used(record, one) for one in codes.lists().values()]
    body = fragment("codebook.html", "page", record=record, articles=articles, lists=lists)
    yield Page("codebook.md", "Codebook", body)


def parts(record: Record) -> dict[str, Part]:
    """The part ``date-words``: the kinds of date words, each with its meaning and a case that is resolved."""
    known = codes.lists()["date_rule"].codes
    kinds = [(known[kind.name], *kind.sample) for kind in dates.KINDS]
    return {"date-words": fragment("codebook.html", "date_words", kinds=kinds)}


def used_in(code_list: str) -> list[tuple[type[Row], str]]:
    """Table and name of every column that takes its values from a list."""
    return [(model, name) for model in TABLES for name, column in columns(model).items() if column.codes == code_list]


def _used(record: Record, one: codes.CodeList) -> Used:
    where = used_in(one.name)
    cells = (to_cell(getattr(row, column)) for model, column in where for row in record[model])
    return Used(one, where, Counter(code for cell in cells for code in split(cell)))
