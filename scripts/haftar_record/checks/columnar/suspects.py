"""What a rule tells the columnar engine: queries for the rows that may break it.

A query selects the numbers of the rows of one table that may break its rule: every row that does, and few others. The
rule itself then judges these rows among those that it needs to see (the context) and says what is wrong. So a query may
err on the side of doubt, and a message is written once. A row always comes with the rows that its ids refer to, in the
tables that the rule reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.rows import Row
from .sql import quoted

#: Runs a query, and gives its rows one after the other.
Query = Callable[[str], Iterator[tuple[Any, ...]]]


@dataclass(frozen=True)
class Made:
    """A table that the engine makes beside those of the package, for the rules whose queries say that they use it.

    ``sql`` gives the query that it is made by; ``rows`` gives its rows, with the columns ``columns``, when it is given
    the function that runs a query. Without either it is written from the articles by ``engine``. ``of`` are the tables
    of this kind that the query reads.
    """

    name: str
    sql: Callable[[], str] | None = None
    of: tuple[Made, ...] = ()
    columns: str = ""
    rows: Callable[[Query], Iterator[tuple[Any, ...]]] | None = None

    @property
    def needs_articles(self) -> bool:
        """Whether the table can be made only when the articles have been read."""
        return (self.sql is None and self.rows is None) or any(other.needs_articles for other in self.of)


#: One row an article: its text, hash and counts.
ARTICLES = Made("articles")
#: One row a paragraph of an article.
PARAGRAPHS = Made("paragraphs")
#: One row a passage in quotation marks that stands in an article, once what coders have settled is taken into account,
#: and one a passage whose marks they say to be none.
PASSAGES = Made("passages")
#: One row a mark that can be read in another way, and that no coder has settled.
DOUBTS = Made("doubts")


@dataclass(frozen=True)
class Suspects:
    """One query for rows of ``model`` that may break a rule: ``sql`` selects their numbers, as ``row``.

    context  conditions for the further rows that the rule has to see, by table; ``focus`` has the suspected rows
    also     tables whose rows in the context are judged as well
    by       expressions over the table, here ``t``; rows that agree in all of them are judged once
    column   column of ids that have no row: these are judged together, whatever the table
    uses     tables beside those of the package that the query reads
    """

    model: type[Row]
    sql: str
    context: Mapping[type[Row], str] = field(default_factory=dict)
    also: tuple[type[Row], ...] = ()
    by: tuple[str, ...] = ()
    column: str = ""
    uses: tuple[Made, ...] = ()


def distinct(model: type[Row], *by: str) -> Suspects:
    """Where a rule judges a row by some of its values alone: one row of each combination of them."""
    return Suspects(model, f"SELECT min(t.row) AS row FROM {quoted(model.TABLE)} t GROUP BY {', '.join(by)}", by=by)
