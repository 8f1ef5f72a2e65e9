"""The page ``explore/backers``: who is for or against Haftar, according to which article, a row per actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...model import codes
from ...model.rows import grouped
from ...model.tables import Actor, Document, Relation
from ..html import fragment
from ..record import Record
from . import explore_tables
from .explore_tables import Cell

HAFTAR = "act-haftar"
#: What a tie says of the subject's standing towards the object.
FOR = ("backs", "allied_with", "recognises")
AGAINST = ("opposes", "fights")
LEADS = "leads"


@dataclass(frozen=True)
class Tie:
    """A relation as a cell shows it: ``kind`` is for, against or denied, ``words`` are what it says and of whom."""

    row: Relation
    kind: str
    words: str


def sides(record: Record) -> list[str]:
    """Haftar and everything that an article says he leads: a tie to his force is a tie to him."""
    told = [row for row in record.by(Relation, "subject_actor_id", HAFTAR) if row.predicate == LEADS]
    return [HAFTAR, *sorted({row.object_actor_id for row in told if row.object_actor_id})]


def ties(record: Record) -> list[Relation]:
    """The relations that say who stands for or against Haftar's side; a negated one counts, and says so."""
    objects = sides(record)
    return [row for row in record[Relation] if row.predicate in FOR + AGAINST and row.object_actor_id in objects]


def matrix(record: Record) -> Markup:
    """A row per actor, a column per article, in each cell every tie with who asserts it."""
    found: dict[str, list[Relation]] = grouped(ties(record), "subject_actor_id")
    head: dict[str, str] = {"Actor": "Actor"}
    head |= {one.label: record.link(Document, one.document_id) for one in record.documents}
    actors = sorted(
        found,
        key=lambda one: (
            -len({tie.document_id for tie in found[one]}),
            -len(found[one]),
            record.get(Actor, one).caption,
        ),
    )
    rows = [[Cell(record.link(Actor, actor)), *_cells(record, found[actor])] for actor in actors]
    caption = "Who is for or against Haftar, according to which article"
    return explore_tables.table("backers", caption, head, [((), cells) for cells in rows], classes="ex-matrix")


def _cells(record: Record, found: list[Relation]) -> Iterator[Cell]:
    """A cell per article with the ties that it reports."""
    told = grouped(found, "document_id")
    for article in record.documents:
        ties_here = [_tie(one) for one in told.get(article.document_id, [])]
        yield Cell(fragment("explore_tables.html", "ties", record=record, found=ties_here))


def _tie(row: Relation) -> Tie:
    label = codes.lists()["predicate"].codes[row.predicate].label.lower()
    kind = "denied" if row.is_negated else "for" if row.predicate in FOR else "against"
    words = f"denied: {label}" if row.is_negated else label
    return Tie(row, kind, f"{words} {row.object_name}")
