"""What follows from what was coded: classes by type, independent origins, corroboration. Pure functions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from ..files.layout import ARTICLES
from ..text.spans import Span
from . import tables
from .index import Index, source_columns

#: Quad class by event type (PLOVER manual, section on quad categories; SANCTION as in its section and summary table).
_QUAD = {
    1: ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    2: ("COOPERATE", "AID", "RETREAT"),
    3: ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    4: ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
#: CAMEO root by event type where mode and context do not matter (PLOVER manual, crosswalk to CAMEO).
_CAMEO = {
    "STATEMENT": "01",
    "AGREE": "03",
    "CONSULT": "04",
    "SUPPORT": "05",
    "COOPERATE": "06",
    "AID": "07",
    "CONCEDE": "08",
    "RETREAT": "08",
    "REQUEST": "10",
    "ACCUSE": "11",
    "REJECT": "12",
    "THREATEN": "13",
    "PROTEST": "14",
    "MOBILIZE": "15",
    "SANCTION": "16",
    "COERCE": "17",
}

#: where_prec of an event without a place (ours).
NO_PLACE = 8
#: Roles of PLOVER's source and recipient of an event.
SOURCE_ROLES, TARGET_ROLES = ("actor",), ("recipient", "victim")


def quad_class(event_type: str) -> int:
    """Quad class of an event type; 0 for STATEMENT, which PLOVER does not have."""
    return next((quad for quad, types in _QUAD.items() if event_type in types), 0)


def cameo_root(event_type: str, modes: Iterable[str], contexts: Iterable[str]) -> str:
    """CAMEO root of an event.

    ACCUSE is 09 (investigate) in its mode ``investigate``; ASSAULT is 20 in its mode ``unconventional``, 19 (fight)
    in the context ``military``, else 18.
    """
    if event_type == "ACCUSE" and "investigate" in modes:
        return "09"
    if event_type != "ASSAULT":
        return _CAMEO[event_type]
    if "unconventional" in modes:
        return "20"
    return "19" if "military" in contexts else "18"


def independent_groups(reports: list[tables.EventReport]) -> set[str]:
    """The origins that reports of one event go back to. A report that commits itself to nothing (Uu) does not count,
    unless all are of that kind."""
    committed = [report for report in reports if report.factuality != "Uu"]
    return {report.independence_group for report in committed or reports}


def corroboration(reports: list[tables.EventReport]) -> str:
    """How the reports of one event stand to each other.

    Contested when some affirm the event and others deny it (FactBank polarity); otherwise by the number of
    independent origins, not of articles.
    """
    if {"+", "-"} <= {report.factuality[-1] for report in reports}:
        return "contested"
    if len(independent_groups(reports)) > 1:
        return "multiple_independent"
    return "multiple_dependent" if len(reports) > 1 else "single_report"


def evidence_id(key: str, span: Span, column: str, owner: str = "") -> str:
    """The id of a passage: key of the article, offsets, and the column of its owner that it supports. ``owner`` is the
    id of that; empty for a fact about the article."""
    slug = owner.replace(f"-{key}-", "") or "document"
    return f"ev-{key}-{span.start:04d}-{span.end:04d}-{slug}-{column.replace('_', '-')}"


def sentence_id(key: str, paragraph: int, sentence: int) -> str:
    """The id of a sentence: key of the article, paragraph, sentence in it."""
    return f"sen-{key}-p{paragraph:02d}-s{sentence:02d}"


def quotation_id(key: str, start: int) -> str:
    """The id of a passage in quotation marks: key of the article, offset."""
    return f"quo-{key}-{start:04d}"


def mention_id(key: str, start: int, layer: str) -> str:
    """The id of a mention: key of the article, offset, layer."""
    return f"men-{key}-{start:04d}-{layer.replace('_', '-')}"


def article_number(name: str) -> str:
    """The number of an article, such as ``002`` or ``1234``: what its label, or the name or path of its file, begins
    with.

    >>> article_number("seeds/articles/1234_9d1fdcb4705b4c67.txt"), article_number("002 Turkish Journal")
    ('1234', '002')
    """
    return re.split("[ _]", name.removeprefix(f"{ARTICLES}/"), maxsplit=1)[0]


def article_order(name: str) -> tuple[int, str]:
    """What sorts articles by their number, of however many digits; ``name`` as above. None has needless zeros.

    >>> sorted(["1000 B", "999 A", "002 C"], key=article_order)
    ['002 C', '999 A', '1000 B']
    """
    return len(article_number(name)), name


def document_label(seed_path: str, publisher: str) -> str:
    """What an article is called: the number in the name of its file, and its publisher."""
    return f"{article_number(seed_path)} {publisher}"


def first_report(reports: Iterable[tables.EventReport], paths: Mapping[str, str]) -> tables.EventReport:
    """The report whose words stand for an event: the first by the file of its article, then by id. ``paths`` are the
    files by the id of the article."""
    return min(reports, key=lambda report: (article_order(paths.get(report.document_id, "")), report.event_report_id))


def joined_passages(passages: Iterable[tuple[Span, str]]) -> list[str]:
    """Passages of an article with their words, those that stand next to each other or one blank apart as one."""
    joined: list[str] = []
    end = -1
    for span, words in passages:
        if joined and span.start - end in (0, 1):
            joined[-1] += " " * (span.start - end) + words
        else:
            joined.append(words)
        end = span.end
    return joined


def event_actor_id(event: str, actor: str, role: str) -> str:
    """The id of an actor in an event: both slugs and the role."""
    return f"ea-{event.removeprefix('evt-')}-{actor.removeprefix('act-')}-{role}"


def verbatim_fault(
    form: str, verbatim: str | None, reference: str | None, rationale: str | None
) -> tuple[str, str, str] | None:
    """What is wrong with the judgement of a statement's quotation marks: what was found, what is expected, what to do.
    None where nothing is."""
    if form == "indirect":
        found, remedy = (
            f"{form} speech that is judged as verbatim",
            "remove “verbatim:” and its reasons, or correct “form:”",
        )
        is_judged = bool(verbatim or reference or rationale)
        return (found, "no such judgement without quotation marks", remedy) if is_judged else None
    if not verbatim:
        remedy = "add “verbatim:”; unknown, where nobody has looked"
        return f"{form} speech without “verbatim:”", "yes, no or unknown", remedy
    if verbatim == "yes" and not (reference or rationale):
        remedy = "add “verbatim_reference:” or “verbatim_because:”, or write unknown"
        return "verbatim yes", "the reference with the same words, or a reason", remedy
    return None


def source_documents(index: Index) -> dict[str, set[str]]:
    """The ids of the articles that rely on each source, anywhere in the chain, by the id of the source."""
    used: dict[str, set[str]] = {}
    for model, names in source_columns().items():
        for document_id, rows in index.grouped(model, "document_id").items():
            for row in rows:
                for name in names:
                    used.setdefault(getattr(row, name), set()).add(document_id)
    return used


def units_of(evidence: Iterable[tables.Evidence], sentences: list[Span]) -> list[set[str]]:
    """The units that rest on each sentence; ``sentences`` in order of the text, ``evidence`` of the same article.

    Evidence of names, roles and discrepancies does not count: these are read from the units.
    """
    starts = [span.start for span in sentences]
    units: list[set[str]] = [set() for _ in sentences]
    for row in evidence:
        if row.actor_id or row.discrepancy_id or row.event_actor_id:
            continue
        first, last = (max(0, bisect_right(starts, offset) - 1) for offset in (row.start, row.end - 1))
        for found in units[first : last + 1]:
            found.add(f"{row.owner}{row.document_fact or ''}")
    return units


def agreement_id(reading: str, against: str | None, table: str, field: str | None, measure: str) -> str:
    """The id of a figure of agreement.

    >>> agreement_id("reader-1", "record", "event_reports", None, "f1")
    'agr-reader-1-record-event-reports-f1'
    """
    parts = (reading, against, table, field, measure)
    return "-".join(["agr", *(part.replace("_", "-") for part in parts if part)])
