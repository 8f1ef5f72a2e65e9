"""Ask about articles of nearly the same words: told by two outlets, they are one origin and corroborate nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..coding.inputs import CodedArticle
from ..files.layout import ARTICLES
from ..model.index import Index
from ..model.tables import EventReport
from ..problems.problem import Problem, bounded
from ..text import likeness
from .ledger import Ledger

#: Pairs that are shown; the others are counted.
SHOWN = 20


def ask_about_copies(ledger: Ledger) -> None:
    """Ask for the origin of articles that share many runs of words and go back to nothing in common."""
    ledger.problems.items += bounded(list(_copies(ledger)), SHOWN)


def _copies(ledger: Ledger) -> Iterator[Problem]:
    by_id = {coded.document_id: coded for coded in ledger.inputs.coded}
    roots = {one: ledger.root(coded.sheet.value.facts.origin) for one, coded in by_id.items()}
    reports = Index(ledger.rows).grouped(EventReport, "document_id")
    groups = {one: {row.independence_group for row in reports.get(one, ())} for one in by_id}
    texts = {document: coded.article.text for document, coded in by_id.items()}
    asked: set[str] = set()
    for one, two, share in likeness.near(texts):
        is_settled = roots[one] == roots[two] or _is_within(groups[one], groups[two])
        if two not in asked and not is_settled:
            asked.add(two)
            yield _problem(by_id[one], by_id[two], share)


def _is_within(one: set[str], two: set[str]) -> bool:
    """Whether all that one of two articles reports goes back to what the other goes back to, so that it counts once."""
    return bool(one and two) and (one <= two or two <= one)


def _problem(one: CodedArticle, two: CodedArticle, share: float) -> Problem:
    return Problem(
        two.sheet.place(("facts", "origin")),
        "copy",
        f"{two.document_id}: {share:.0%} of the shorter text, in runs of {likeness.RUN} words, stands in "
        f"{ARTICLES}/{one.article.name} too",
        f"an origin in common with {one.document_id}",
        "write one “origin:” under “facts:” of both, or give their sources one; where it is no copy, waive it",
        "warning",
        two.document_id,
    )
