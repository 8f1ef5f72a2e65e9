"""What looks like a fault of judgement and is none passes; what is one is told with where, what and what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.checks.rules.engine import Finding
from haftar_record.checks.rules.faults import Edit, applied, change, drop, first, like
from haftar_record.coding import inputs
from haftar_record.model.index import Index
from haftar_record.model.rows import Row, Rows
from haftar_record.model.tables import (
    Actor,
    Discrepancy,
    Document,
    Event,
    EventActor,
    EventReport,
    Evidence,
    Mention,
    Reference,
    Relation,
    Source,
    Statement,
)
from haftar_record.problems.problem import Problems
from haftar_record.text import edtf

from ..conftest import ROOT

#: The row that is looked at, and what is edited.
Case = tuple[Row, tuple[Edit, ...]]


@pytest.fixture(scope="module")
def index() -> Index:
    """The rows as the sheets make them."""
    problems = Problems()
    rows, _ = assemble(inputs.read(ROOT, problems), problems)
    return Index(rows)


def findings(rows: Rows, number: str, row: Row) -> list[Finding]:
    """What a rule finds in one row."""
    rule = next(rule for rule in rules.RULES if rule.number == number)
    return [one for one in rule.findings(rules.Record(rows, {})) if one.row.display_id == row.display_id]


def dated(value: str) -> dict[str, object]:
    """The columns of the date of an event."""
    span = edtf.parse(value)
    return {"date_edtf": value, "date_start": span.start, "date_end": span.end, "date_prec": span.precision}


def retold(index: Index, row: Event, **values: object) -> tuple[Edit, ...]:
    """All reports of an event with other values."""
    return tuple(change(report, **values) for report in index.reports(row))


def event(realis: str, title: str) -> Callable[[Index], Case]:
    """An event with a realis and a title."""
    return lambda index: (row := index[Event][0], (change(row, realis=realis, title=title),))


def told(attribution: str, factuality: str, source: str = "") -> Callable[[Index], Case]:
    """An actual event of which all reports are of one kind; ``source`` is a kind of source."""

    def case(index: Index) -> Case:
        row = first(index[Event], realis="actual")
        of = first(index[Source], source_type=source).source_id if source else None
        values = {"attribution": attribution, "factuality": factuality, "attributed_source_id": of}
        return row, retold(index, row, **values)

    return case


def doubted(index: Index) -> Case:
    """An event told by outlets and only asserted, with a discrepancy about it."""
    row = first(index[Event], realis="actual")
    about = change(index[Discrepancy][0], event_id=row.event_id)
    asserted = change(row, realis="asserted_only")
    return row, (asserted, about, *retold(index, row, attribution="outlet", factuality="CT+"))


def half_sure(index: Index) -> Case:
    """An event told by outlets and only asserted, where one of them is less than certain."""
    row = first(index[Event], lambda row: len(index.reports(row)) > 1, realis="actual")
    one, *others = retold(index, row, attribution="outlet", factuality="CT+")
    less = change(index.reports(row)[0], attribution="outlet", factuality="PR+")
    assert one.old is less.old
    return row, (change(row, realis="asserted_only"), less, *others)


def report(**values: object) -> Callable[[Index], Case]:
    """A report with some values."""
    return lambda index: (row := index[EventReport][0], (change(row, **values),))


def of_event(value: str, reason: str | None, **values: object) -> Callable[[Index], Case]:
    """An event with a date and a reason for it."""
    return lambda index: (
        row := index[Event][0],
        (change(row, **dated(value), date_rationale=reason, **values),),
    )


def two_reasons(index: Index) -> Case:
    """Two open dates of two kinds, for two reasons."""
    one, two, *_ = index[Event]
    lasting = change(one, **dated("../1951"), date_rationale="It lasted as long as anybody can tell.")
    return two, (lasting, change(two, **dated("/1951"), date_rationale="It was done before that year."))


def borrowed(basis: str, of_words: bool) -> Callable[[Index], Case]:
    """An event with a day that a reference gives, and if ``of_words`` the words of one of its articles too."""

    def case(index: Index) -> Case:
        row, reference = index[Event][0], index[Reference][0]
        values = {"date_edtf": "1951-06-05", "date_rule": "full_date" if of_words else "none"}
        outside = change(reference, value_edtf="1951-06-05")
        return row, (
            change(row, **dated("1951-06-05"), date_basis=basis),
            outside,
            change(index.reports(row)[0], **values),
        )

    return case


def part(whole: str, own: str) -> Callable[[Index], Case]:
    """A part and its whole with some dates."""

    def case(index: Index) -> Case:
        one, two, *_ = index[Event]
        return two, (change(one, **dated(whole)), change(two, **dated(own), part_of_event_id=one.event_id))

    return case


def occasion(own: str, of_event_: str) -> Callable[[Index], Case]:
    """A statement and its occasion with some dates."""

    def case(index: Index) -> Case:
        row = first(index[Statement], lambda row: row.event_id and _tells(index, row))
        one = first(index[Event], event_id=row.event_id)
        return row, (change(row, date_edtf=own), change(one, **dated(of_event_)))

    return case


def _tells(index: Index, row: Statement) -> bool:
    one = first(index[Event], event_id=row.event_id)
    return any(report.document_id == row.document_id for report in index.reports(one))


def silent(event_type: str, realis: str) -> Callable[[Index], Case]:
    """A report of an event of which nothing is said, that is of some type and realis."""

    def case(index: Index) -> Case:
        said = {row.event_id for row in index[Statement]}
        row = first(index[Event], lambda row: row.event_id not in said and row.part_of_event_id not in said)
        least = min(index.reports(row), key=lambda report: report.event_report_id)
        return least, (change(row, event_type=event_type, realis=realis),)

    return case


def said_on_the_whole(index: Index) -> Case:
    """A call, part of a statement that an article quotes as a whole."""
    own, edits = silent("REQUEST", "actual")(index)
    (edit,) = edits
    statement = first(index[Statement], lambda row: row.event_id, document_id=own.article_id)
    return own, (Edit(edit.old, edit.new and edit.new.model_copy(update={"part_of_event_id": statement.event_id})),)


def judged(verbatim: str, reference: str | None, kind: str) -> Callable[[Index], Case]:
    """A statement in an article of some kind, with a judgement of its quotation marks."""

    def case(index: Index) -> Case:
        row = first(index[Statement], speech_form="direct")
        article = first(index[Document], document_id=row.document_id)
        values = {
            "is_verbatim_reliable": verbatim,
            "verbatim_reference_id": reference,
            "verbatim_rationale": "So it is.",
        }
        return row, (change(row, **values), change(article, text_kind=kind))

    return case


def beside(attribution: str, shift: int) -> Callable[[Index], Case]:
    """A report on the words of a statement, begun some characters before them."""

    def case(index: Index) -> Case:
        row = index[EventReport][0]
        content = first(index[Evidence], document_id=row.document_id, field="content_text")
        (piece,) = index.evidence(row.event_report_id, "evidence_text")
        moved = change(piece, start=content.start - shift, end=content.end)
        return row, (change(row, attribution=attribution), moved)

    return case


def inside_its_publisher(index: Index) -> Case:
    """A report in the outlet's own voice, on words of a statement of the outlet itself."""
    row, edits = beside("outlet", 0)(index)
    article = first(index[Document], document_id=row.document_id)
    own = [one for one in index[Statement] if one.document_id == row.document_id]
    spoken = [change(one, speaker_actor_id=None, speaker_source_id=article.publisher_source_id) for one in own]
    return row, (*edits, *spoken)


def again(**values: object) -> Callable[[Index], Case]:
    """A tie once more, but for some values."""

    def case(index: Index) -> Case:
        row = index[Relation][0]
        added = like(row, relation_id=f"{row.relation_id}9", **values)
        assert added.new
        return added.new, (added,)

    return case


def lead(
    words: str, support: str = "states", predicate: str = "leads", field: str = "evidence_text"
) -> Callable[[Index], Case]:
    """Evidence for a tie by some words."""

    def case(index: Index) -> Case:
        row = first(index[Relation], lambda row: len(index.evidence(row.relation_id, "evidence_text")) == 1)
        (piece,) = index.evidence(row.relation_id, "evidence_text")
        words_of_it = change(piece, exact_text=words, support=support, field=field)
        return piece, (change(row, predicate=predicate), words_of_it)

    return case


def tie(**values: object) -> Callable[[Index], Case]:
    """A tie with some values."""
    return lambda index: (row := index[Relation][0], (change(row, **values),))


def readings(kind: str, second: str) -> Callable[[Index], Case]:
    """A discrepancy of some kind, whose second reading is of the same article, of another, or from outside."""

    def case(index: Index) -> Case:
        row = first(index[Discrepancy], kind="between_documents")
        articles = {"same": row.document_a_id, "other": row.document_b_id, "outside": None}
        return row, (change(row, kind=kind, document_b_id=articles[second]),)

    return case


def misquoted(index: Index) -> Case:
    """A misquotation of which one passage is in quotation marks in part."""
    passage = first(index.rows["quotations"])
    row = first(index[Discrepancy], lambda row: index.evidence(row.discrepancy_id))
    piece = index.evidence(row.discrepancy_id)[0]
    moved = change(piece, document_id=passage.document_id, start=passage.end - 1, end=passage.end + 9)
    return row, (change(row, kind="misquotation"), moved)


def placed(place: str | None, words: str | None) -> Callable[[Index], Case]:
    """An event with some place, whose reports have some place words."""

    def case(index: Index) -> Case:
        row = index[Event][0]
        return row, (change(row, place_id=place), *retold(index, row, place_text=words))

    return case


def role(role_: str, event_type: str, actor_type: str) -> Callable[[Index], Case]:
    """An actor of a kind with a role in an event of some type."""

    def case(index: Index) -> Case:
        row = index[EventActor][0]
        one = first(index[Event], event_id=row.event_id)
        actor = first(index[Actor], actor_id=row.actor_id)
        return row, (change(row, role=role_), change(one, event_type=event_type), change(actor, actor_type=actor_type))

    return case


def about(event_: int | None, occasion_: int | None) -> Callable[[Index], Case]:
    """A statement on one event, about one event, each by its place in the table."""

    def case(index: Index) -> Case:
        row = index[Statement][0]
        one, two = (None if place is None else index[Event][place].event_id for place in (event_, occasion_))
        return row, (change(row, about_event_id=one, event_id=two),)

    return case


def bounded(
    value: str | None, words: str | None = None, published: str = "1951-03-04", reason: str = "Before the article."
) -> Callable[[Index], Case]:
    """A report with a date, in an article of a day or some days."""

    def case(index: Index) -> Case:
        row = index[EventReport][0]
        article = first(index[Document], document_id=row.document_id)
        edited = change(row, date_edtf=value, date_text=words, date_rationale=reason)
        return row, (edited, change(article, published_date=published))

    return case


def undated(basis: str, of_event_: str, published: str = "1951-03-04") -> Callable[[Index], Case]:
    """A statement whose date has a basis, on an occasion of some date, in an article of a day or some days."""

    def case(index: Index) -> Case:
        row = first(index[Statement], lambda row: row.event_id)
        one = first(index[Event], event_id=row.event_id)
        article = first(index[Document], document_id=row.document_id)
        edits = (change(one, **dated(of_event_)), change(article, published_date=published))
        return row, (change(row, date_basis=basis), *edits)

    return case


def without_occasion(index: Index) -> Case:
    """A statement without a date and without an occasion."""
    row = first(index[Statement], event_id=None)
    return row, (change(row, date_basis="none"),)


def said(words: str, form: str = "indirect", shift: int = 0, **values: object) -> Callable[[Index], Case]:
    """A tie that rests on some words, begun some characters before those of a statement in one form. Khalifa Haftar
    is all who is named in its article."""

    def case(index: Index) -> Case:
        row = first(index[Relation], lambda row: len(index.evidence(row.relation_id, "evidence_text")) == 1)
        document = row.document_id
        (piece,) = index.evidence(row.relation_id, "evidence_text")
        content = first(index[Evidence], document_id=document, field="content_text")
        start = content.start - shift
        length = start + len(words)
        edits = [
            change(piece, exact_text=words, start=start, end=length),
            change(content, end=max(content.end, length)),
            change(row, **{"statement_id": None, **values}),
            *(change(one, speech_form=form) for one in index[Statement] if one.document_id == document),
        ]
        mentions = [one for one in index[Mention] if one.document_id == document]
        name = start + words.index("Khalifa Haftar")
        edits.append(change(mentions[0], start=name, end=name + len("Khalifa Haftar")))
        edits += drop(mentions[1:])
        return row, tuple(edits)

    return case


def said_by_its_publisher(index: Index) -> Case:
    """A tie that the outlet asserts, in words that are coded as a statement of the outlet."""
    row, edits = said("that Khalifa Haftar leads the army")(index)
    article = first(index[Document], document_id=row.document_id)
    values = {"speaker_actor_id": None, "speaker_source_id": article.publisher_source_id}
    spoken = [change(one, **values) for one in index[Statement] if one.document_id == row.document_id]
    return row, (*(edit for edit in edits if edit.table != Statement.TABLE), *spoken)


NEAR_MISSES = {
    "R98": [
        event("actual", "Council threatens sanctions"),
        event("actual", "Plan that was alleged is published"),
        event("asserted_only", "Reported closure of oil fields"),
        event("asserted_only", "Alleged bombing of a hospital"),
        event("denied", "Alleged green light"),
        event("denied", "Denied green light"),
        event("planned", "Planned conference"),
        event("threatened", "Threatened sanctions"),
        event("conditional", "Possible delay of the elections"),
    ],
    "R99": [told("outlet", "CT+"), told("anonymous", "CT+", "images")],
    "R78": [doubted, half_sure],
    "R79": [
        report(factuality="CT+", hedge_text=None),
        report(factuality="PR+", hedge_text="believes"),
        report(factuality="Uu", hedge_text="plans"),
    ],
    "R80": [two_reasons],
    "R81": [
        of_event("/1951", "Told as done; when is not said."),
        of_event("/1951", "Told as done, not as still going on."),
        of_event("../1951", "Going on at publication."),
        of_event("1950/1951", "It was still held."),
        of_event("/1951", "A standstill of the continuum."),
    ],
    "R82": [
        report(date_text=words)
        for words in (
            "so far",
            "Since then",
            "Meanwhile",
            "ongoing",
            "on the eve of the vote",
            "10 p.m.",
            "the October of 2020",
            "in October",
            "After three weeks",
            "in the foreseeable future",
            None,
        )
    ],  # fmt: skip
    "R83": [borrowed("external", of_words=False), borrowed("inferred", of_words=True)],
    "R84": [
        part("1951/1952", "1951-03/1952"),
        part("1951/1952", "1951/1952"),
        part("1951/..", "1951-03/.."),
        part("../1952", "/1951"),
    ],
    "R85": [occasion("1951-03-04", "1951-03"), occasion("/1951-03-04", "1951-03-01"), occasion("../1951", "1951/..")],
    "R86": [
        silent("CONSULT", "actual"),
        silent("SUPPORT", "actual"),
        silent("REQUEST", "planned"),
        silent("THREATEN", "conditional"),
        said_on_the_whole,
    ],
    "R88": [
        judged("yes", "ref-original", "digest"),
        judged("yes", None, "original"),
        judged("yes", None, "syndicated"),
        judged("no", None, "machine_paraphrase"),
        judged("unknown", None, "digest"),
    ],
    "R89": [
        inside_its_publisher,
        beside("outlet", 1),
        beside("attributed", 0),
        beside("quoted", 0),
        beside("anonymous", 0),
    ],
    "R90": [again(is_negated=True), again(predicate="threatens"), again(document_id="doc-00000000")],
    "R91": [
        lead("the head of the army"),
        lead("the army’s Supreme Commander"),
        lead("Haftar’s forces", support="implies"),
        lead("Haftar’s forces", predicate="backs"),
        lead("Haftar’s", field="manner_text"),
        lead("LNA under Haftar"),
    ],
    "R92": [
        tie(manner_text="former officer", validity_edtf="../2011"),
        tie(manner_text="self-styled head", validity_edtf=None),
        tie(manner_text="exchange of formers", validity_edtf=None),
        tie(manner_text=None, validity_edtf=None),
    ],
    "R93": [
        readings("between_documents", "other"),
        readings("headline_vs_body", "same"),
        readings("internal_date", "outside"),
        readings("garbled", "other"),
    ],
    "R94": [misquoted],
    "R95": [
        placed("plc-somewhere", "in Tripoli"),
        placed("not-stated", None),
        placed(None, None),
        placed("undecided", "at the front"),
        placed("undecided", None),
    ],
    "R96": [
        role("participant", "CONSULT", "person"),
        role("actor", "SUPPORT", "conference"),
        role("recipient", "CONSULT", "conference"),
        role("host", "CONSULT", "conference"),
    ],
    "R97": [
        role("beneficiary", "MOBILIZE", "armed_forces"),
        role("beneficiary", "CONSULT", "person"),
        role("recipient", "AID", "person"),
    ],
    "R100": [about(0, 1), about(0, None), about(None, 0), about(None, None)],
    "R101": [
        bounded(None),
        bounded("/1951-03-04", "recently"),
        bounded("/1951-03-04", reason="“On Sunday” dates the news, “had begun” what is told of."),
        bounded("/1951-03-03"),
        bounded("../1951-03-01"),
        bounded("1951-03-04"),
        bounded("1951-03/1951-03-04"),
        bounded("1951-03-04/.."),
        bounded("/1951-03-02", published="1951-03-02/1951-03-04"),
    ],
    "R102": [
        undated("inferred", "1951-03"),
        undated("external", "1951-03-01"),
        undated("none", "/1951-03-04"),
        undated("none", "../1951-03-04"),
        undated("none", "/1951-03-05"),
        undated("none", "/1951-03-04", "1951-03-02/1951-03-04"),
        without_occasion,
    ],
    "R103": [
        said("Khalifa Haftar"),
        said("the Khalifa Haftar", form="mixed"),
        said("Khalifa Haftar leads the army", shift=1),
        said("Khalifa Haftar leads the army", statement_id="st-00000000-01"),
        said_by_its_publisher,
    ],
}
FAULTS = {
    "R98": [event("planned", "Plan of a conference"), event("denied", "Reported green light")],
    "R99": [
        told("outlet", "PR+"),
        told("attributed", "CT+"),
        told("quoted", "CT+"),
        told("anonymous", "PS+", "images"),
    ],
    "R79": [report(factuality="CT-", hedge_text="said")],
    "R81": [
        of_event("/1951", "It continues at publication."),
        of_event("/1951", "No beginning is given."),
        of_event("/1951", "Not before the vote. It was ongoing then, in the words of the article."),
    ],
    "R82": [report(date_text=words) for words in ("After", "on time", "the october", "Under pressure")],
    "R83": [borrowed("inferred", of_words=False), borrowed("stated", of_words=False)],
    "R84": [
        part("1951/1952", "/1952"),
        part("1951/1952", "../1952"),
        part("1951/1952", "1951/.."),
        part("1951-03/1952", "1951"),
        part("1951/1952", "1953"),
    ],
    "R85": [occasion("1951-03-04", "1951-03-05"), occasion("/1951-03-04", "1951-03-05")],
    "R86": [silent("STATEMENT", "actual"), silent("REQUEST", "asserted_only")],
    "R88": [judged("yes", None, "digest"), judged("yes", None, "machine_paraphrase")],
    "R89": [beside("outlet", 0), beside("outlet", -1)],
    "R90": [again(), again(evidence_text="other words"), again(validity_edtf="1951")],
    "R91": [lead("the forces of Haftar"), lead("Haftar's army"), lead("his militias")],
    "R92": [tie(manner_text="Former officer", validity_edtf=None), tie(manner_text="ex-officer", validity_edtf=None)],
    "R93": [readings("between_documents", "outside"), readings("internal_date", "other")],
    "R95": [placed(None, "in Tripoli"), placed("not-stated", "in Tripoli"), placed("plc-somewhere", None)],
    "R96": [role("participant", "CONSULT", "conference"), role("actor", "CONSULT", "conference")],
    "R97": [role("beneficiary", "AID", "person"), role("beneficiary", "SUPPORT", "armed_forces")],
    "R100": [about(0, 0)],
    "R101": [
        bounded("/1951-03-04"),
        bounded("../1951-03-04"),
        bounded("../1951-03-04", reason="“Has been using”: still going on on that Sunday."),
        bounded("/1951-03-04", published="1951-03-02/1951-03-04"),
        bounded("/1951-03", published="1951-03"),
    ],
    "R102": [
        undated("none", "1951-03-04"),
        undated("none", "1951/.."),
        undated("none", "/1951-03-03"),
        undated("none", "../1951-02"),
        undated("none", "/1951-03-03", "1951-03-02/1951-03-04"),
    ],
    "R103": [
        said("Khalifa Haftar leads the army"),
        said("Khalifa Haftar, who leads"),
        said("troops of Khalifa Haftar", form="mixed"),
        said("Khalifa Haftar", form="direct"),
    ],
}


def cases(by_rule: dict[str, list]) -> list:
    """Each case with the number of its rule."""
    return [
        pytest.param(number, case, id=f"{number}-{place}")
        for number, found in by_rule.items()
        for place, case in enumerate(found)
    ]


@pytest.mark.parametrize(("number", "case"), cases(NEAR_MISSES))
def test_near_miss_passes(index: Index, number: str, case: Callable[[Index], Case]) -> None:
    """A row that looks much like a fault, and is none, is left in peace."""
    row, edits = case(index)
    assert findings(applied(edits, index.rows), number, row) == []


@pytest.mark.parametrize(("number", "case"), cases(FAULTS))
def test_fault_is_found(index: Index, number: str, case: Callable[[Index], Case]) -> None:
    """A row beyond the near miss is found, and the message says what was expected and what to do."""
    row, edits = case(index)
    (finding,) = findings(applied(edits, index.rows), number, row)
    assert finding.found and finding.wanted and finding.remedy
    assert not {finding.found, finding.wanted, finding.remedy} & {""}
