"""Utterances: statements of several articles that report one, coded alike, and counted once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice

from ...model.cells import joined, split
from ...model.index import Index
from ...model.tables import Actor, Document, EventReport, Source, Statement
from ...problems.wording import show
from ..columnar.sql import in_focus
from ..columnar.suspects import Suspects
from .engine import REBUILD, Finding, Record, rule
from .faults import Edit, Spoilt, another, change, first, like

#: Rows of statements that report one utterance with a suspected one.
_SAME = in_focus("utterance_id")


#: Ids that are shown of a list.
_SHOWN = 8


@rule("R106", reads=(Document, Statement))
def utterances_are_whole(record: Record) -> Iterator[Finding]:
    """Statements that report one utterance all name the first of them, by the file of its article, as the utterance,
    and each lists all others."""
    paths = {row.document_id: row.seed_path for row in record[Document]}
    for rows in record.grouped(Statement, "utterance_id").values():
        told = sorted(rows, key=lambda row: (paths.get(row.document_id, ""), row.statement_id))
        for row in told:
            # A list of another length is wrong, and its message shows but the first of the right one.
            is_short = len(split(row.same_statement_ids)) != len(told) - 1
            rest = (one.statement_id for one in told if one is not row)
            others = joined(islice(rest, _SHOWN if is_short else None))
            if row.utterance_id != told[0].statement_id:
                yield Finding(row, f"utterance_id {row.utterance_id}", told[0].statement_id, REBUILD)
            elif is_short or row.same_statement_ids != others:
                found = f"same_statement_ids {show(row.same_statement_ids or '', 60)}"
                yield Finding(row, found, show(others or "", 60), REBUILD)


@utterances_are_whole.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM statements t WHERE t.utterance_id <> t.statement_id OR t.same_statement_ids IS NOT NULL
        OR t.statement_id IN (SELECT utterance_id FROM statements WHERE utterance_id <> statement_id)"""
    yield Suspects(Statement, sql, {Statement: _SAME, Document: "true"})


def _others(record: Index, row: Statement) -> Iterator[Statement]:
    """Statements with which a row might be said to report one utterance: without such and in other articles."""
    for one in record[Statement]:
        if one.document_id != row.document_id and not one.same_statement_ids:
            yield one


def _linked(record: Index, one: Statement, two: Statement) -> tuple[Edit, Edit]:
    """Two statements that report one utterance, as a build writes them."""
    paths = {row.document_id: row.seed_path for row in record[Document]}
    head = min((one, two), key=lambda row: (paths[row.document_id], row.statement_id)).statement_id
    return (
        change(one, utterance_id=head, same_statement_ids=two.statement_id),
        change(two, utterance_id=head, same_statement_ids=one.statement_id),
    )


def _single(record: Index) -> Statement:
    return first(record[Statement], lambda row: not row.same_statement_ids and row.speaker_actor_id)


@utterances_are_whole.fault("r106-one-sided", "a statement is the same as another, which does not know of it")
def _(record: Index) -> Spoilt:
    row = _single(record)
    other = next(_others(record, row))
    return Spoilt(
        f"{row.statement_id}: same_statement_ids {show(other.statement_id, 60)}",
        (change(row, same_statement_ids=other.statement_id),),
    )


@utterances_are_whole.fault("r106-utterance-of-nobody", "a statement reports an utterance that does not report itself")
def _(record: Index) -> Spoilt:
    row = _single(record)
    linked = first(record[Statement], lambda one: one.utterance_id != one.statement_id)
    edit = change(row, utterance_id=linked.statement_id)
    return Spoilt(f"{row.statement_id}: utterance_id {linked.statement_id}", (edit,))


@rule("R107", reads=(Actor, Source, Statement))
def one_utterance_has_one_speaker_and_one_time(record: Record) -> Iterator[Finding]:
    """Statements that report one utterance stand in several articles, have one speaker, or speakers of whom one belongs
    to the other, and may be of one day."""
    voices = _Voices(record)
    for utterance, rows in record.grouped(Statement, "utterance_id").items():
        if len(rows) == 1:
            continue
        head = next((row for row in rows if row.statement_id == utterance), rows[0])
        is_of_one_article = len({one.document_id for one in rows}) == 1
        for row in rows:
            remedy = f"correct “same_as:” or the statements ({head.statement_id} is the other one)"
            if is_of_one_article:
                yield Finding(row, f"the same as {head.statement_id}", "statements of other articles", remedy)
            elif row is head:
                continue  # it has its own speaker, and its days are another rule's
            elif not voices.are_one(head, row):
                expected = f"{head.speaker_name}, the speaker of {head.statement_id}, or a part of it"
                yield Finding(row, f"speaker {row.speaker_name}", expected, remedy)
            elif not _may_be_of_one_day(head, row):
                expected = f"a day of {head.date_edtf}, the date of {head.statement_id}"
                yield Finding(row, f"date_edtf {row.date_edtf}", expected, remedy)


def _may_be_of_one_day(one: Statement, two: Statement) -> bool:
    start = max(one.date_start or date.min, two.date_start or date.min)
    return start <= min(one.date_end or date.max, two.date_end or date.max)


class _Voices:
    """Who speaks: an actor, or the source or actor behind a text, and what these belong to."""

    def __init__(self, record: Index) -> None:
        self.record = record
        self.sources = {row.source_id: row for row in record[Source]}

    def are_one(self, one: Statement, two: Statement) -> bool:
        """Whether two statements have one speaker, or one that belongs to the other."""
        first, second = self.of(one), self.of(two)
        return bool(first[:1] and second[:1]) and (first[0] in second or second[0] in first)

    def of(self, row: Statement) -> list[str]:
        """The speaker of a statement, then all that it belongs to. A text speaks for its actor; where it has none, for
        the source at its root."""
        actor = row.speaker_actor_id
        if actor is None:
            chain = self._sources(row.speaker_source_id)
            actor = next((source.actor_id for source in chain if source.actor_id), None)
            if actor is None:
                return [chain[-1].source_id] if chain else [row.speaker_source_id or ""]
        above = [actor]
        while (found := self.record.row(Actor, above[-1])) and found.parent_actor_id not in (None, *above):
            above.append(found.parent_actor_id or "")
        return above

    def _sources(self, source: str | None) -> list[Source]:
        chain: list[Source] = []
        while (row := self.sources.get(source or "")) and row not in chain:
            chain.append(row)
            source = row.origin_source_id
        return chain


@one_utterance_has_one_speaker_and_one_time.suspects
def _() -> Iterator[Suspects]:
    sql = "SELECT t.row FROM statements t WHERE t.same_statement_ids IS NOT NULL OR t.utterance_id <> t.statement_id"
    yield Suspects(Statement, sql, {Statement: _SAME, Actor: "true", Source: "true"})


@one_utterance_has_one_speaker_and_one_time.fault("r107-other-speaker", "two who speak make one utterance")
def _(record: Index) -> Spoilt:
    voices, row = _Voices(record), _single(record)
    other = next(one for one in _others(record, row) if not voices.are_one(row, one))
    edits = _linked(record, row, other)
    late = next(edit.new for edit in edits if edit.new and edit.new.id[0] != edits[0].new.utterance_id)  # type: ignore[union-attr]
    return Spoilt(f"{late.display_id}: speaker {late.speaker_name}", edits)  # type: ignore[attr-defined]


@rule("R108", "warning", reads=(Statement,))
def retellings_are_coded_alike(record: Record) -> Iterator[Finding]:
    """Statements that report one utterance have one act, topic and stance, and share a target where both have some."""
    for utterance, rows in record.grouped(Statement, "utterance_id").items():
        head = next((row for row in rows if row.statement_id == utterance), rows[0])
        for row in rows:
            for name in ("act", "topic_id", "stance"):
                if getattr(row, name) != getattr(head, name):
                    remedy = (
                        f"correct one of the two, or “same_as:”, or waive it ({head.statement_id} is the other one)"
                    )
                    yield Finding(row, f"{name} {getattr(row, name)}", f"{getattr(head, name)}, as there", remedy)
            ours, theirs = set(split(row.target_actor_ids)), set(split(head.target_actor_ids))
            if ours and theirs and not ours & theirs:
                remedy = f"correct one of the two, or “same_as:”, or waive it ({head.statement_id} is the other one)"
                expected = f"one of {head.target_actor_ids}, as there"
                yield Finding(row, f"target_actor_ids {row.target_actor_ids}", expected, remedy)


@retellings_are_coded_alike.suspects
def _() -> Iterator[Suspects]:
    yield Suspects(
        Statement, "SELECT t.row FROM statements t WHERE t.utterance_id <> t.statement_id", {Statement: _SAME}
    )


@retellings_are_coded_alike.fault("r108-other-act", "one utterance is an act in one article and another in the next")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda one: one.utterance_id != one.statement_id)
    act = another(record[Statement], row, "act").act
    return Spoilt(f"{row.statement_id}: act {act}", (change(row, act=act),))


@rule("R109", reads=(EventReport, Statement))
def one_utterance_is_one_origin(record: Record) -> Iterator[Finding]:
    """Reports of one event that rest on one utterance, in whatever articles, go back to one origin: they corroborate
    nothing."""
    utterances = {row.statement_id: row.utterance_id for row in record[Statement]}
    firsts: dict[tuple[str, str], EventReport] = {}
    for row in sorted(record[EventReport], key=lambda row: row.event_report_id):
        utterance = utterances.get(row.statement_id or "")
        if utterance is None:
            continue
        other = firsts.setdefault((row.event_id, utterance), row)
        if other.document_id != row.document_id and other.independence_group != row.independence_group:
            expected = (
                f"{other.independence_group}, as {other.event_report_id} has it, which rests on one utterance with it"
            )
            remedy = "add “origin:” to one of the two reports, or an origin to its source"
            yield Finding(row, f"independence_group {row.independence_group}", expected, remedy)


@one_utterance_is_one_origin.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM event_reports t JOIN statements s USING (statement_id)
        WHERE s.same_statement_ids IS NOT NULL OR s.utterance_id <> s.statement_id"""
    spoken = """statement_id IN (SELECT e.statement_id FROM event_reports e JOIN focus f ON e.event_id = f.event_id)"""
    yield Suspects(EventReport, sql, {EventReport: in_focus("event_id"), Statement: spoken})


@one_utterance_is_one_origin.fault("r109-one-statement-twice", "one utterance makes two origins of an event")
def _(record: Index) -> Spoilt:
    linked = first(record[Statement], lambda one: one.utterance_id != one.statement_id)
    head = first(record[Statement], statement_id=linked.utterance_id)
    row = first(record[EventReport], lambda one: one.attribution == "attributed")
    known = {one.source_id for one in record[Source]} - {row.independence_group}
    reports = [
        like(
            row,
            event_report_id=f"er-zz-{number}",
            document_id=one.document_id,
            statement_id=one.statement_id,
            independence_group=group,
        )
        for number, (one, group) in enumerate(((head, row.independence_group), (linked, min(known))))
    ]
    return Spoilt(f"er-zz-1: independence_group {min(known)}", tuple(reports))


#: Letters by which words are compared, and the share of words of the shorter content from which two are alike.
_STEM, _SHARE = 5, 0.3
#: Earlier statements with which one is compared.
_STANDING = 50
#: The code of precision of a week: a longer date says too little to make utterances alike.
_WEEK = 2


@rule("R110", "warning", reads=(Actor, Source, Statement))
def likely_utterances_are_linked(record: Record) -> Iterator[Finding]:
    """Statements of two articles that share speaker, act, topic and stance, may be of one day and are alike in
    words, or are the only such of their articles, report one utterance, and “same_as:” says so."""
    voices = _Voices(record)
    groups: dict[tuple[str, ...], list[Statement]] = {}
    for row in sorted(record[Statement], key=lambda row: row.statement_id):
        if row.date_prec <= _WEEK:
            key = (voices.of(row)[-1], row.act, row.topic_id, row.stance, row.event_id or row.date_edtf)
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        yield from _unlinked(rows, voices)


def _unlinked(rows: list[Statement], voices: _Voices) -> Iterator[Finding]:
    """Statements that may be the same as an earlier one, and are not linked with any of its article."""
    number = Counter(row.document_id for row in rows)
    standing: list[Statement] = []
    for row in rows:
        linked = {one.rpartition("-")[0] for one in split(row.same_statement_ids)}
        mates = [
            (shared, one)
            for one in standing[-_STANDING:]
            if one.document_id != row.document_id
            and one.document_id.replace("doc-", "st-") not in linked
            and _may_be_of_one_day(one, row)
            and voices.are_one(one, row)
            and (shared := _shared(one, row, is_sole=number[one.document_id] == 1 == number[row.document_id]))
        ]
        standing.append(row)
        if mates:
            mate = max(mates, key=lambda found: found[0])[1]
            remedy = (
                f"write “same_as: [{mate.statement_id}]” in this statement; where they are two utterances, waive it"
            )
            found = f"like {mate.statement_id}, and not linked with it"
            yield Finding(row, found, "“same_as:”, or two utterances", remedy)


def _shared(one: Statement, two: Statement, is_sole: bool) -> float:
    """How alike two statements are, by the words of the shorter content; 0 where that says nothing."""
    ours, theirs = _stems(one.content_text), _stems(two.content_text)
    shared = len(ours & theirs)
    share = shared / max(1, min(len(ours), len(theirs)))
    return share if shared > 1 and share >= _SHARE else 0.01 * is_sole


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"\w{4,}", words.casefold())}


@likely_utterances_are_linked.suspects
def _() -> Iterator[Suspects]:
    sql = f"""WITH s AS (SELECT row, act, topic_id, stance, coalesce(event_id, date_edtf) AS said_on, document_id
            FROM statements WHERE date_prec <= {_WEEK})
        SELECT row FROM s SEMI JOIN (SELECT act, topic_id, stance, said_on FROM s GROUP BY ALL
            HAVING count(DISTINCT document_id) > 1) g USING (act, topic_id, stance, said_on)"""
    same = "(topic_id, coalesce(event_id, date_edtf)) IN (SELECT (topic_id, coalesce(event_id, date_edtf)) FROM focus)"
    yield Suspects(Statement, sql, {Statement: same, Actor: "true", Source: "true"})


@likely_utterances_are_linked.fault("r110-told-by-two", "two articles tell one utterance, and nothing links them")
def _(record: Index) -> Spoilt:
    linked = first(record[Statement], lambda one: one.utterance_id != one.statement_id)
    head = first(record[Statement], statement_id=linked.utterance_id)
    apart = {"same_statement_ids": None, "content_text": linked.content_text}
    one, two = sorted((linked, head), key=lambda row: row.statement_id)
    edits = (change(linked, utterance_id=linked.statement_id, **apart), change(head, **apart))
    return Spoilt(f"{two.statement_id}: like {one.statement_id}, and not linked with it", edits)
