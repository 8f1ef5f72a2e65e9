"""Named rules across tables. Each rule is one function whose docstring says what it demands and why.

A rule takes a ``Record`` and yields ``Finding``s. It reads rows only, so that it holds for a package whatever made
it; the articles are there for the rules about offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import codes, derive, edtf
from .articles import Article, Span
from .derive import split
from .problems import Place, Problem, Problems, show
from .tables import BY_NAME, Evidence, Row, columns


@dataclass(frozen=True)
class Finding:
    """A row that breaks a rule."""

    row: Row
    found: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class Rule:
    number: str
    name: str
    severity: str
    demand: str
    function: Callable[[Record], Iterator[Finding]]


@dataclass
class Record:
    """All rows by table, and the articles by document id."""

    rows: dict[str, list[Row]]
    articles: dict[str, Article]

    def __getitem__(self, table: str) -> list[Any]:
        return self.rows[table]

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """Rows of the tables with a single key column, by table and key."""
        tables = {name: model.KEY[0] for name, model in BY_NAME.items() if len(model.KEY) == 1}
        return {name: {getattr(row, key): row for row in self.rows[name]} for name, key in tables.items()}

    @cached_property
    def evidence_of(self) -> dict[str, list[Evidence]]:
        return derive.grouped(self["evidence"], "owner")

    @cached_property
    def reports_of(self) -> dict[str, list[Any]]:
        return derive.grouped(self["event_reports"], "event_id")

    @cached_property
    def sentences_of(self) -> dict[str, list[Any]]:
        return derive.grouped(self["sentences"], "document_id")


RULES: list[Rule] = []


def rule(number: str, severity: str = "error") -> Callable:
    """Register a function as a rule; its name and docstring are the rule's. Numbers are permanent and never reused."""

    def register(function: Callable[[Record], Iterator[Finding]]) -> Callable:
        demand = " ".join((function.__doc__ or "").split())
        RULES.append(Rule(number, function.__name__.replace("_", "-"), severity, demand, function))
        return function

    return register


def check(
    rows: dict[str, list[Row]],
    articles: dict[str, Article],
    problems: Problems,
    places: dict[tuple[str, tuple], Place] | None = None,
) -> None:
    """Run every rule. A finding is placed where the row was coded, if that is known, else in its table."""
    record = Record(rows, articles)
    for item in RULES:
        for finding in item.function(record):
            table, identity = type(finding.row).TABLE, finding.row.id
            place = (places or {}).get((table, identity), Place(f"datapackage/{table}.csv"))
            row = ", ".join(map(str, identity))
            name = f"{item.number} {item.name}"
            found = f"{row}: {finding.found}"
            problems.items.append(Problem(place, name, found, finding.expected, finding.remedy, item.severity, row))


@rule("R01")
def span_equals_text(record: Record) -> Iterator[Finding]:
    """Evidence, mentions and quoted passages are the very words of the article at their offsets."""
    for table, column in (("evidence", "exact_text"), ("mentions", "surface_text"), ("quotations", "exact_text")):
        for row in record[table]:
            article = record.articles.get(row.document_id)
            printed = article.of(Span(row.start, row.end)) if article else ""
            if printed != getattr(row, column):
                found = f"{show(getattr(row, column), 60)} at {row.start}-{row.end}"
                yield Finding(row, found, show(printed, 60), "quote the article exactly, then build")


@rule("R02")
def unit_has_evidence(record: Record) -> Iterator[Finding]:
    """A statement has evidence for content, cue and speaker; a report, relation or quantity for its words; all of
    it in its own article."""
    wanted = {
        "statements": ("content_text", "cue_text", "speaker_text"),
        "event_reports": ("evidence_text",),
        "relations": ("evidence_text",),
        "quantities": ("evidence_text", "printed_text"),
    }
    for table, fields in wanted.items():
        for row in record[table]:
            own = [e for e in record.evidence_of.get(row.id[0], ()) if e.document_id == row.document_id]
            for missing in sorted(set(fields) - {e.field for e in own}):
                yield Finding(row, f"no evidence for {missing}", f"a passage of {row.document_id}", "quote the words")


@rule("R03")
def event_actor_has_evidence(record: Record) -> Iterator[Finding]:
    """An actor's role in an event rests on words."""
    for row in record["event_actors"]:
        if not record.evidence_of.get(row.event_actor_id):
            yield Finding(row, "no evidence", "a passage that names the actor", "quote it under “who:” of a report")


@rule("R04")
def sentences_complete(record: Record) -> Iterator[Finding]:
    """The sentences of an article cover all of its words, in order and without overlap, and each is coded or has a
    reason."""
    for document in record["documents"]:
        article = record.articles.get(document.document_id)
        rows = sorted(record.sentences_of.get(document.document_id, ()), key=lambda row: row.start)
        position = 0
        for row in rows:
            if article and (row.start < position or article.text[position : row.start].strip()):
                yield Finding(row, f"starts at {row.start}", f"the first word after {position}", "build again")
            position = row.end
            if (row.disposition == "coded") != (row.unit_count > 0) or (row.reason is None) != (row.unit_count > 0):
                found = f"{row.disposition} with {row.unit_count} units"
                yield Finding(row, found, "coded with units, or a reason", "code it, or list it under “sentences:”")
        if article and article.text[position:].strip():
            yield Finding(document, f"words after {position} in no sentence", "sentences to the end", "build again")


@rule("R05")
def nesting_is_sound(record: Record) -> Iterator[Finding]:
    """A statement told inside another stands in the same article, and no statement is inside itself."""
    statements = record.by_id["statements"]
    for row in record["statements"]:
        seen, parent = {row.statement_id}, statements.get(row.parent_statement_id)
        while parent is not None:
            if parent.document_id != row.document_id:
                yield Finding(
                    row, f"inside {parent.statement_id}", "a statement of the same article", "correct “parent”"
                )
                break
            if parent.statement_id in seen:
                yield Finding(row, f"inside itself by {parent.statement_id}", "no circle", "correct “parent”")
                break
            seen.add(parent.statement_id)
            parent = statements.get(parent.parent_statement_id)


@rule("R06")
def statement_not_after_publication(record: Record) -> Iterator[Finding]:
    """Nothing is said after the article that reports it was published."""
    for row in record["statements"]:
        published = edtf.parse(record.by_id["documents"][row.document_id].published_date).end
        start = edtf.parse(row.date_edtf).start
        if published and start and start > published:
            yield Finding(row, row.date_edtf, f"not after {published}", "correct the date of the statement")


@rule("R07")
def date_bounds_agree(record: Record) -> Iterator[Finding]:
    """First day, last day and precision code are those of the EDTF value."""
    for table in ("events", "statements"):
        for row in record[table]:
            span = edtf.parse(row.date_edtf)
            if row.date_prec != span.precision:
                yield Finding(row, f"date_prec {row.date_prec}", f"{span.precision} for {row.date_edtf}", "build again")
            if table == "events" and (row.date_start, row.date_end) != (span.start, span.end):
                found = f"{row.date_start} to {row.date_end}"
                yield Finding(row, found, f"{span.start} to {span.end} for {row.date_edtf}", "build again")


@rule("R08")
def event_date_is_reported(record: Record) -> Iterator[Finding]:
    """The date of an event is one that a report gives, or has a reason or a reference of its own."""
    for row in record["events"]:
        told = {report.date_edtf for report in record.reports_of.get(row.event_id, ())}
        if row.date_edtf not in told and not (row.date_rationale or row.date_reference_id):
            said = ", ".join(sorted(filter(None, told))) or "none"
            yield Finding(row, row.date_edtf, f"a reported date ({said})", "correct it, or add “because:”")


@rule("R09")
def mode_belongs_to_type(record: Record) -> Iterator[Finding]:
    """A mode belongs to the type of its event (PLOVER manual, modes by type)."""
    modes = codes.lists()["event_mode"].codes
    for row in record["events"]:
        for mode in split(row.modes):
            if row.event_type not in modes[mode].applies_to:
                possible = sorted(code for code, entry in modes.items() if row.event_type in entry.applies_to)
                expected = f"a mode of {row.event_type}: {', '.join(possible) or 'it has none'}"
                yield Finding(row, f"mode {mode}", expected, "correct type or mode")


@rule("R10")
def recipient_where_required(record: Record) -> Iterator[Finding]:
    """COOPERATE, AID and SANCTION need somebody to whom they are done (PLOVER manual)."""
    for row in record["events"]:
        if row.event_type in ("COOPERATE", "AID", "SANCTION") and not row.target_actor_ids:
            yield Finding(row, f"{row.event_type} without recipient", "a recipient", "add “recipient:” to a report")


@rule("R11")
def quad_and_root_agree(record: Record) -> Iterator[Finding]:
    """Quad class and CAMEO root are those of the code tables for type, mode and context."""
    for row in record["events"]:
        quad = derive.quad_class(row.event_type)
        root = derive.cameo_root(row.event_type, split(row.modes), split(row.contexts))
        if (row.quad_class, row.cameo_root) != (quad, root):
            yield Finding(row, f"{row.quad_class}, {row.cameo_root}", f"{quad}, {root}", "build again")


@rule("R12")
def verbal_type_is_verbal(record: Record) -> Iterator[Finding]:
    """The PLOVER type of a statement is a verbal one (quad class 1 or 3)."""
    for row in record["statements"]:
        if row.plover_type and derive.quad_class(row.plover_type) not in (1, 3):
            yield Finding(row, row.plover_type, "a verbal type, or none", "correct “plover”")


@rule("R13")
def form_matches_marks(record: Record) -> Iterator[Finding]:
    """Direct speech stands in quotation marks, indirect speech does not, mixed speech does in part (PARC). Marks
    that enclose a statement together with the one it is told inside of may be the outer speaker's."""
    marked: dict[str, list[Span]] = {}
    for row in record["quotations"]:
        marked.setdefault(row.document_id, []).append(Span(row.start, row.end))
    contents = {row.statement_id: _content_spans(record, row.statement_id) for row in record["statements"]}
    for row in record["statements"]:
        marks = marked.get(row.document_id, [])
        outer = contents.get(row.parent_statement_id, [])
        own = [mark for mark in marks if not any(mark.overlaps(span) for span in outer)]
        forms = {_form(contents[row.statement_id], marks), _form(contents[row.statement_id], own)}
        if row.speech_form not in forms:
            expected = f"{' or '.join(sorted(forms))}, by the quotation marks"
            yield Finding(row, row.speech_form, expected, "correct “form” or “content”")


def _content_spans(record: Record, statement_id: str) -> list[Span]:
    evidence = record.evidence_of.get(statement_id, ())
    return [Span(row.start, row.end) for row in evidence if row.field == "content_text"]


def _form(spans: list[Span], marks: list[Span]) -> str:
    if spans and all(any(mark.contains(span) for mark in marks) for span in spans):
        return "direct"
    return "mixed" if any(mark.overlaps(span) for span in spans for mark in marks) else "indirect"


@rule("R14", "warning")
def actor_is_used(record: Record) -> Iterator[Finding]:
    """An actor is mentioned, acts, speaks, is spoken of, or stands behind a source."""
    yield from _unused(record, "actors", "actor_id")


@rule("R15", "warning")
def source_is_used(record: Record) -> Iterator[Finding]:
    """A source is relied on by an article or stands behind one that is."""
    yield from _unused(record, "sources", "source_id")


@rule("R16", "warning")
def register_entry_is_used(record: Record) -> Iterator[Finding]:
    """A place, topic or reference is used by a row."""
    for table, key in (("places", "place_id"), ("topics", "topic_id"), ("references", "reference_id")):
        yield from _unused(record, table, key)


def _unused(record: Record, table: str, key: str) -> Iterator[Finding]:
    used = Counter(
        value
        for model in BY_NAME.values()
        for name, column in columns(model).items()
        if column.ref == table
        for row in record[model.TABLE]
        for value in split(getattr(row, name))
    )
    for row in record[table]:
        if not used[getattr(row, key)]:
            yield Finding(row, "used nowhere", "at least one row that refers to it", "use it or remove it")


@rule("R17")
def discrepancy_has_two_sides(record: Record) -> Iterator[Finding]:
    """A discrepancy has evidence for its first reading, and evidence or an outside reference for its second."""
    for row in record["discrepancies"]:
        fields = {e.field for e in record.evidence_of.get(row.discrepancy_id, ())}
        if "reading_a" not in fields or not ("reading_b" in fields or row.reference_id):
            yield Finding(row, f"evidence for {', '.join(sorted(fields)) or 'nothing'}", "both sides", "add “quotes:”")


@rule("R18")
def corroboration_recomputed(record: Record) -> Iterator[Finding]:
    """Reports, articles and independent origins are counted from the reports themselves."""
    for row in record["events"]:
        told = record.reports_of.get(row.event_id, [])
        expected = (
            len(told),
            len({report.document_id for report in told}),
            len(derive.independent_groups(told)),
            derive.corroboration(told) if told else "",
        )
        found = (row.report_count, row.document_count, row.independent_count, row.corroboration)
        if found != expected:
            yield Finding(row, str(found), str(expected), "build again")


@rule("R19", "warning")
def similar_events_are_settled(record: Record) -> Iterator[Finding]:
    """Two events of the same type and doer whose dates overlap are one event, one part of the other, or declared
    distinct."""
    events = record["events"]
    for number, one in enumerate(events):
        for two in events[number + 1 :]:
            alike = one.event_type == two.event_type and one.source_actor_ids == two.source_actor_ids
            if not alike or one.source_actor_ids is None or one.target_actor_ids != two.target_actor_ids:
                continue
            parents = {one.part_of_event_id, two.part_of_event_id}
            settled = (
                one.event_id in parents | set(split(two.distinct_event_ids))
                or two.event_id in parents | set(split(one.distinct_event_ids))
                or (one.part_of_event_id and one.part_of_event_id == two.part_of_event_id)
            )
            if not settled and edtf.parse(one.date_edtf).overlaps(edtf.parse(two.date_edtf)):
                expected = "one event, a part of the other, or “distinct_from:”"
                yield Finding(one, f"looks like {two.event_id}", expected, "settle it in seeds/coding/events.yaml")


@rule("R20")
def external_has_reference(record: Record) -> Iterator[Finding]:
    """What rests on outside knowledge names its reference."""
    for table, basis, reference in (
        ("documents", "published_basis", "published_reference_id"),
        ("documents", "publisher_basis", "publisher_reference_id"),
        ("events", "date_basis", "date_reference_id"),
        ("statements", "date_basis", "date_reference_id"),
    ):
        for row in record[table]:
            if getattr(row, basis) == "external" and not getattr(row, reference):
                yield Finding(row, f"{basis} external", "a reference", "add “reference:”, or another basis")


@rule("R21")
def anonymous_means_unnamed(record: Record) -> Iterator[Finding]:
    """A report is attributed anonymously exactly when its source is not named."""
    for row in record["event_reports"]:
        source = record.by_id["sources"].get(row.attributed_source_id)
        if source and (row.attribution == "anonymous") == source.is_named:
            said = "named" if source.is_named else "not named"
            yield Finding(
                row, f"{row.attribution}, but {source.source_id} is {said}", "both alike", "correct one of them"
            )


@rule("R22")
def mentions_do_not_overlap(record: Record) -> Iterator[Finding]:
    """Within a layer, no mention lies in another; actors and places are one layer in this respect."""
    last: dict[tuple[str, str], Any] = {}
    for row in sorted(record["mentions"], key=lambda r: (r.document_id, r.start)):
        layer = (row.document_id, row.mention_layer.replace("place", "actor"))
        if layer in last and row.start < last[layer].end:
            yield Finding(row, f"overlaps {last[layer].mention_id}", "no overlap in a layer", "correct the aliases")
        last[layer] = row


@rule("R23")
def quantity_is_printed(record: Record) -> Iterator[Finding]:
    """A bound of a quantity is a number that its printed words give, in digits or as a word; bounds are in order."""
    words = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "both": 2, "a": 1}
    for row in record["quantities"]:
        digits = {re.sub(r"\D", "", match) for match in re.findall(r"\d[\d ,.]*", row.printed_text)}
        printed = digits | {str(words[word]) for word in row.printed_text.lower().split() if word in words}
        for bound in (row.minimum, row.maximum):
            if bound is not None and format(bound, "f").replace(".", "") not in printed:
                yield Finding(row, f"{bound} for {show(row.printed_text)}", "a printed number", "correct the bound")
        if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
            yield Finding(row, f"{row.minimum} to {row.maximum}", "bounds in order", "exchange them")


@rule("R24")
def targets_agree(record: Record) -> Iterator[Finding]:
    """The list of targets of a statement and the link table say the same."""
    linked: dict[str, set[str]] = {}
    for row in record["statement_targets"]:
        linked.setdefault(row.statement_id, set()).add(row.actor_id)
    for row in record["statements"]:
        if set(split(row.target_actor_ids)) != linked.get(row.statement_id, set()):
            yield Finding(row, str(row.target_actor_ids), "the rows of statement_targets", "build again")


@rule("R25")
def whole_and_part_are_sound(record: Record) -> Iterator[Finding]:
    """No event is part of itself or held apart from itself, no actor belongs to itself and no source goes back to
    itself, whatever the way round."""
    for table, column, remedy in (
        ("events", "part_of_event_id", "correct “part_of”"),
        ("actors", "parent_actor_id", "correct “parent”"),
        ("sources", "origin_source_id", "correct “origin”"),
    ):
        for row in record[table]:
            if _is_in_circle(row, column, record.by_id[table]):
                yield Finding(row, f"{column} leads back to it", "no circle", remedy)
    for row in record["events"]:
        if row.event_id in split(row.distinct_event_ids):
            yield Finding(row, "distinct from itself", "other events", "correct “distinct_from”")


def _is_in_circle(row: Any, column: str, rows: dict[str, Any]) -> bool:
    """Whether the chain from ``row`` by ``column`` comes back to it."""
    passed: set[str] = set()
    following = getattr(row, column)
    while following in rows and following not in passed:
        passed.add(following)
        following = getattr(rows[following], column)
    return row.id[0] in passed


@rule("R26")
def realis_agrees_with_reports(record: Record) -> Iterator[Finding]:
    """An event held for actual is told as certain by somebody; one held for denied is denied by somebody."""
    for row in record["events"]:
        values = {report.factuality for report in record.reports_of.get(row.event_id, ())}
        if row.realis == "actual" and "CT+" not in values:
            yield Finding(row, f"actual with {', '.join(sorted(values))}", "a report with CT+", "correct one of them")
        if row.realis == "denied" and not any(value.endswith("-") for value in values):
            yield Finding(row, f"denied with {', '.join(sorted(values))}", "a report with CT-", "correct one of them")


@rule("R27")
def groups_are_filled_once(record: Record) -> Iterator[Finding]:
    """Of the columns of which exactly one belongs to a row, exactly one is filled."""
    for model in BY_NAME.values():
        for group in model.EXACTLY_ONE:
            for row in record[model.TABLE]:
                filled = [name for name in group if getattr(row, name) is not None]
                if len(filled) != 1:
                    yield Finding(row, ", ".join(filled) or "none", f"exactly one of {', '.join(group)}", "keep one")


@rule("R28")
def references_exist(record: Record) -> Iterator[Finding]:
    """Every id in a list cell is a row of the table it names; single ids are checked by the Table Schema as well."""
    for model in BY_NAME.values():
        for name, column in columns(model).items():
            if not column.ref:
                continue
            known = record.by_id[column.ref]
            for row in record[model.TABLE]:
                for value in split(getattr(row, name)):
                    if value not in known and value not in column.missing:
                        yield Finding(row, f"{name} {value}", f"a row of {column.ref}", "correct the id")


@rule("R29")
def unique_keys_are_unique(record: Record) -> Iterator[Finding]:
    """No two rows share the values of a unique key. Stock readers ignore ``uniqueKeys``."""
    for model in BY_NAME.values():
        for names in model.UNIQUE:
            seen: dict[tuple, Row] = {}
            for row in record[model.TABLE]:
                values = tuple(getattr(row, name) for name in names)
                if values in seen:
                    found = f"the same {', '.join(names)} as {', '.join(map(str, seen[values].id))}"
                    yield Finding(row, found, "each once", "remove one of them")
                seen.setdefault(values, row)


@rule("R30")
def coordinates_are_whole(record: Record) -> Iterator[Finding]:
    """A place has both coordinates and says where they were seen, or has none of the three."""
    for row in record["places"]:
        given = [name for name in ("latitude", "longitude", "coordinate_basis") if getattr(row, name) is not None]
        if len(given) not in (0, 3):
            expected = "latitude, longitude and coordinate_basis, or none of them"
            yield Finding(row, f"only {', '.join(given)}", expected, "complete it in seeds/coding/places.yaml")
