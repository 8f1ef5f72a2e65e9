"""Who stands for or against Haftar, according to which article: a table of ties, one row per actor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import codes, derive
from . import html
from .record import Record

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
    found = derive.grouped(ties(record), "subject_actor_id")
    articles = record.documents
    head = ["Actor", *(record.link("documents", one.document_id, one.label) for one in articles)]
    actors = sorted(found, key=lambda one: (-len({tie.document_id for tie in found[one]}), -len(found[one]), record.label("actors", one)))
    rows = (
        [record.link("actors", actor), *(_cell(record, [tie for tie in found[actor] if tie.document_id == one.document_id]) for one in articles)]
        for actor in actors
    )
    return html.table("Who stands for or against Haftar, according to which article", head, rows, "ex-matrix")


def _cell(record: Record, found: Iterable[Any]) -> str:
    return "".join(_tie(record, one) for one in found) or '<span class="ex-none">nothing</span>'


def _tie(record: Record, tie: Any) -> str:
    """A tie as a link to its row, with its object, its manner and who asserts it."""
    label = codes.lists()["predicate"].codes[tie.predicate].label.lower()
    kind = "denied" if tie.is_negated else "for" if tie.predicate in FOR else "against"
    words = f"denied: {label}" if tie.is_negated else label
    link = record.link("relations", tie.relation_id, f"{words} {tie.object_name}")
    source = record.link("sources", tie.according_to_source_id)
    return f'<span class="ex-tie ex-{kind}">{link}<small>says {source}</small></span>'
