"""Who stands for or against Haftar, according to which article: a table of ties, one row per actor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import codes
from ...model.rows import grouped
from ..record import Record
from . import explore_tables
from .explore_tables import Cell

HAFTAR = "act-haftar"
#: What a tie says of the subject's standing towards the object.
FOR = ("backs", "allied_with", "recognises")
AGAINST = ("opposes", "fights")
LEADS = "leads"


def sides(record: Record) -> list[str]:
    """Haftar, and whatever an article says that he leads: a tie to his force is one to him."""
    led = {row.object_actor_id for row in record.by("relations", "subject_actor_id", HAFTAR) if row.predicate == LEADS}
    return [HAFTAR, *sorted(led - {None})]


def ties(record: Record) -> list[Any]:
    """The relations that say who stands for or against Haftar's side; a negated one counts, and says so."""
    objects = sides(record)
    return [row for row in record["relations"] if row.predicate in FOR + AGAINST and row.object_actor_id in objects]


def matrix(record: Record) -> str:
    """A row per actor, a column per article, in each cell every tie with who asserts it."""
    found = grouped(ties(record), "subject_actor_id")
    articles = record.documents
    head = {"Actor": "Actor"} | {one.label: record.link("documents", one.document_id) for one in articles}
    actors = sorted(
        found,
        key=lambda one: (-len({tie.document_id for tie in found[one]}), -len(found[one]), record.label("actors", one)),
    )
    rows = ((actor, [Cell(record.link("actors", actor)), *_cells(record, found[actor])]) for actor in actors)
    caption = "Who stands for or against Haftar, according to which article"
    return explore_tables.table("backers", caption, head, rows, classes="ex-matrix")


def _cells(record: Record, found: list[Any]) -> Iterator[Cell]:
    """A cell per article with the ties that it tells."""
    told = grouped(found, "document_id")
    for article in record.documents:
        ties_here = told.get(article.document_id, [])
        yield Cell("".join(_tie(record, one) for one in ties_here) or '<span class="ex-none">nothing</span>')


def _tie(record: Record, tie: Any) -> str:
    """A tie as a link to its row, with its object, its manner and who asserts it."""
    label = codes.lists()["predicate"].codes[tie.predicate].label.lower()
    kind = "denied" if tie.is_negated else "for" if tie.predicate in FOR else "against"
    words = f"denied: {label}" if tie.is_negated else label
    link = record.link("relations", tie.relation_id, f"{words} {tie.object_name}")
    source = record.link("sources", tie.according_to_source_id)
    return f'<span class="ex-tie ex-{kind}">{link}<small>says {source}</small></span>'
