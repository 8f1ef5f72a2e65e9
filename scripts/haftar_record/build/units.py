"""Rows of the units of one coding sheet: statements, reports, relations, quantities, decisions, and their evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from ..coding.inputs import CodedArticle, anchor, decimal
from ..coding.sheets import (
    DateShape,
    DecisionShape,
    OccasionDate,
    QuantityShape,
    QuoteShape,
    RelationShape,
    ReportShape,
    StatementShape,
    UnitShape,
)
from ..files.yaml_file import Loc
from ..model import codes, tables
from ..model.cells import joined
from ..model.columns import SPAN_SEPARATOR
from ..model.computed import event_actor_id, joined_passages, verbatim_fault
from ..model.rows import id_prefix
from ..problems.problem import Place, Problem
from ..problems.wording import near, show
from ..text import dates, edtf
from ..text.spans import Span
from .ledger import Date, Ledger, evidence_id, parts
from .utterances import statement_id

#: Short ids in decisions: the lists of the sheet that they name, and the prefixes of the ids they stand for.
UNITS = {"s": ("statements", "st"), "r": ("reports", "er"), "k": ("relations", "rel"), "q": ("quantities", "qty")}
#: Registers whose entries a decision may be about.
DECIDABLE = ("events", "actors", "sources", "places", "topics", "discrepancies")
#: Why a statement has the date of its occasion, where no reference gives it.
OF_OCCASION = "The date of the occasion."
#: Kinds of text in which the publisher itself tells what nobody else tells; in others, the text whose origin is named
#: does.
OWN_TEXTS = ("original", "digest")

Unit = TypeVar("Unit", StatementShape, ReportShape, RelationShape, QuantityShape)


def add_units(ledger: Ledger, coded: CodedArticle) -> None:
    """Add the rows of all units of one sheet; a unit with a problem is left out."""
    _Units(ledger, coded).run()


class _Units:
    """One sheet and its article while their rows are made."""

    def __init__(self, ledger: Ledger, coded: CodedArticle):
        self.ledger, self.coded = ledger, coded
        self.article, self.sheet = coded.article, coded.sheet
        self.value = coded.sheet.value
        self.facts = self.value.facts
        #: The words that the unit in hand rests on, near which its other quotations are looked for.
        self.near: Span | None = None
        #: Whether these words are not found: then nothing tells which of several equal words is meant.
        self.is_adrift = False
        self.statement_ids = {entry.id for entry in self.value.statements} | self.sheet.left_out(("statements",))

    def run(self) -> None:
        self._document_facts()
        self._each("statements", self.value.statements, self._statement)
        self._each("reports", self.value.reports, self._report)
        self._each("relations", self.value.relations, self._relation)
        self._each("quantities", self.value.quantities, self._quantity)
        for index, entry in enumerate(self.value.decisions):
            self._decision(entry, ("decisions", index))

    def _each(self, name: str, entries: list[Unit], make: Callable[[Unit, Loc], None]) -> None:
        for index, entry in enumerate(entries):
            if self._is_placed(entry, (name, index, "in")):
                self.near, self.is_adrift = None, False
                self.near = self._rests_on(entry, (name, index))
                self.is_adrift = self.near is None
                make(entry, (name, index))
        self.near, self.is_adrift = None, False

    def _is_placed(self, entry: UnitShape, loc: Loc) -> bool:
        """Whether the words of “in:” are found, so that a mistake in them is reported once and not for every quote."""
        return (
            entry.within is None or self._anchor(QuoteShape.model_construct(text=entry.within), loc, None) is not None
        )

    def _rests_on(self, entry: StatementShape | ReportShape | RelationShape | QuantityShape, loc: Loc) -> Span | None:
        """The words by which the others of a unit are found: the evidence; or of what is said, the first passage that
        stands in one place."""
        if not isinstance(entry, StatementShape):
            return self._anchor(entry.evidence, (*loc, "evidence"), entry.within)
        alone = (n for n, quote in enumerate(entry.content) if not self._is_open(quote, entry.within))
        number = next(alone, 0)
        return self._anchor(entry.content[number], (*loc, "content", number), entry.within)

    def _is_open(self, quote: QuoteShape, within: str | None) -> bool:
        """Whether nothing in the sheet tells which of several equal words is meant."""
        is_told = within or quote.within or quote.occurrence
        return not is_told and self.article.text.count(quote.text) > 1

    def _unit_id(self, prefix: str, short: str) -> str:
        return f"{prefix}-{self.coded.key}-{short}"

    def _statement_id(self, short: str | None) -> str | None:
        return statement_id(self.coded.key, short) if short else None

    @property
    def _own_voice(self) -> str:
        """The source that tells what the article attributes to nobody."""
        return self.facts.publisher.source if self.facts.text_kind in OWN_TEXTS else self.facts.origin

    def _check(self, table: str, identity: str | None, loc: Loc) -> bool:
        return self.ledger.known.check(table, identity, self.sheet, loc)

    def _check_statement(self, short: str | None, loc: Loc) -> bool:
        if short is None or short in self.statement_ids:
            return True
        place, known = self.sheet.place(loc), sorted(self.statement_ids)
        expected = f"a statement of this sheet ({known[0]} to {known[-1]})" if known else "a statement of this sheet"
        problem = Problem(place, "unknown-id", f"statement {show(short)}", expected, "correct the id")
        self.ledger.known.miss(self.sheet.file, short, problem)
        return False

    def _anchor(self, quote: QuoteShape, loc: Loc, within: str | None) -> Span | None:
        if self.is_adrift and self._is_open(quote, within):
            return None  # a consequence of what has been said of the unit
        return anchor(self.article, quote, self.sheet, loc, self.ledger.problems, within, self.near)

    def _date(self, shape: DateShape | None, loc: Loc, within: str | None, unknown: str | None) -> Date | None:
        """A date of a unit. Words are resolved by rule; a value that differs from the rule's needs a reason."""
        if shape is None:
            return Date(unknown or "", "none")
        known = self._check("references", shape.reference, (*loc, "reference"))
        span = self._anchor(shape.words, (*loc, "words"), within) if shape.words else None
        text = self.article.of(span) if span else None
        resolved = dates.resolve(text, self.facts.published.date, shape.future) if text else None
        place = self.sheet.place((*loc, "edtf") if shape.edtf else loc)
        if not known or (shape.words and not span):
            return None
        if resolved and shape.basis not in (None, resolved.basis) and shape.edtf in (None, resolved.edtf):
            ruled = f"{resolved.basis}, which is what the rule {resolved.rule} rests on"
            self._problem(
                self.sheet.place((*loc, "basis")), "date", f"basis {shape.basis}", ruled, "leave out “basis:”"
            )
            return None
        if resolved and shape.edtf in (None, resolved.edtf):
            if shape.future and self._is_over(resolved, text, (*loc, "future")):
                return None
            date = Date(resolved.edtf, resolved.basis, resolved.rule, text, span, shape.because, shape.reference)
            return replace(date, is_ahead=shape.future)
        if shape.edtf is None:
            found = f"the words {show(text)}" if text else "no words"
            doubt = dates.doubt(text, self.facts.published.date, shape.future) if text else None
            found += f", of which no rule is sure: {doubt}" if doubt else ""
            expected = "words that a rule resolves, or “edtf:” with “because:”"
            self._problem(place, "date", found, expected, "add “edtf:” and “because:”")
            return None
        if not (shape.because or shape.reference):
            ruled = f"{resolved.edtf} by the rule {resolved.rule} for {show(text)}" if resolved and text else ""
            remedy = "correct it, or add “because:” or “reference:”"
            self._problem(place, "date", shape.edtf, ruled or "a reason", remedy)
            return None
        basis = shape.basis or ("external" if shape.reference else "inferred")
        if basis in dates.BY_WORDS and (resolved or not text):
            ruled = f"{resolved.edtf} by the rule {resolved.rule} for {show(text or '')}" if resolved else "date words"
            remedy = "correct the date or the words, or leave out “basis:”"
            self._problem(
                place, "date", f"{shape.edtf}, {basis} in words", f"{ruled}, or inferred, or external", remedy
            )
            return None
        return Date(shape.edtf, basis, "none", text, span, shape.because, shape.reference)

    def _is_over(self, resolved: dates.Resolved, text: str | None, loc: Loc) -> bool:
        """Whether words that are said to point ahead give a date that was over at publication, which is reported."""
        end, published = edtf.parse(resolved.edtf).end, edtf.parse(self.facts.published.date).start
        if end is None or published is None or end >= published:
            return False
        found = f"“future:” with {show(text or '')}, which gives {resolved.edtf}"
        expected = f"words for what was to come on {self.facts.published.date}"
        self._problem(self.sheet.place(loc), "date", found, expected, "leave out “future:”, or correct the words")
        return True

    def _support(self, quote: QuoteShape, span: Span, column: str, loc: Loc, **owner: str) -> None:
        """Add the words of a quote as evidence."""
        self.ledger.evidence(self.article, span, column, quote.support, self.sheet.place(loc), **owner)

    def _support_date(self, shape: DateShape | None, date: Date, column: str, loc: Loc, **owner: str) -> None:
        """Add the words of a date as evidence, if it has any."""
        if shape and shape.words and date.span:
            self._support(shape.words, date.span, column, loc, **owner)

    def _problem(self, place: Place, check: str, found: str, expected: str, remedy: str) -> None:
        self.ledger.problems.add(place, check, found, expected, remedy)

    def _document_facts(self) -> None:
        facts = self.facts
        self._check("sources", facts.publisher.source, ("facts", "publisher", "source"))
        self._check("sources", facts.origin, ("facts", "origin"))
        self._check("references", facts.published.reference, ("facts", "published", "reference"))
        self._check("references", facts.publisher.reference, ("facts", "publisher", "reference"))
        self._document_fact("title", "title", facts.title, ("facts", "title"))
        self._document_fact("byline", "byline", facts.byline, ("facts", "byline"))
        self._document_fact("dateline", "dateline_text", facts.dateline, ("facts", "dateline"))
        for number, quote in enumerate(facts.published.quotes or ()):
            self._document_fact("published", "published_date", quote, ("facts", "published", "quotes", number))
        if facts.published.basis == "stated":
            stating = [quote.text for quote in facts.published.quotes or () if quote.support == "states"]
            if odd := dates.unlike(stating, facts.published.date):
                expected = f"{odd[1]} for {show(odd[0])}" if odd[0] else "words that state it, under “quotes:”"
                place = self.sheet.place(("facts", "published", "date"))
                found = f"{facts.published.date}, stated in words"
                remedy = "correct the date or the words, or change “basis:”"
                self._problem(place, "date", found, f"{expected}, or inferred, or external", remedy)

    def _document_fact(self, fact: str, column: str, quote: QuoteShape | None, loc: Loc) -> None:
        """Add the words that a fact about the article rests on as evidence, if there are any."""
        if quote and (span := self._anchor(quote, loc, None)):
            self._support(quote, span, column, loc, document_fact=fact)

    def _statement(self, entry: StatementShape, loc: Loc) -> None:
        if bool(entry.speaker) == bool(entry.source):
            expected = "either “speaker:” (an actor) or “source:” (a text or somebody unnamed)"
            place = self.sheet.place((*loc, "id"))
            found = f"statement {entry.id} with {'both' if entry.speaker else 'neither'}"
            self._problem(place, "speaker", found, expected, "keep one of them" if entry.speaker else "add one of them")
        known = self._is_known_statement(entry, loc) and bool(entry.speaker) != bool(entry.source)
        known &= self._is_verbatim_judged(entry, loc)
        speaker = self._anchor(entry.speaker_text, (*loc, "speaker_text"), entry.within)
        cue = self._anchor(entry.cue, (*loc, "cue"), entry.within)
        contents = self._contents(entry, loc)
        date = self._statement_date(entry, (*loc, "date"))
        if not (known and date and speaker and cue and contents):
            return
        values = self._statement_values(entry, date, contents)
        if self.ledger.add(tables.Statement, self.sheet.place((*loc, "id")), **values) is None:
            return
        owner = {"statement_id": values["statement_id"]}
        for number, (quote, span) in enumerate(zip(entry.content, contents, strict=True)):
            self._support(quote, span, "content_text", (*loc, "content", number), **owner)
        self._support(entry.cue, cue, "cue_text", (*loc, "cue"), **owner)
        self._support(entry.speaker_text, speaker, "speaker_text", (*loc, "speaker_text"), **owner)
        self._support_date(entry.date, date, "date_text", (*loc, "date"), **owner)
        self._targets(entry, loc, **owner)

    def _date_of_occasion(self, entry: StatementShape, loc: Loc) -> Date | None:
        """The date of the event that is the occasion of a statement; None where there is none, or none is known."""
        if entry.occasion is None:
            expected, remedy = "an “occasion:” whose date it is", "add “occasion:”, or write the date"
            self._problem(self.sheet.place(loc), "date", "date: occasion", expected, remedy)
            return None
        shape = self.ledger.event_dates.get(entry.occasion)
        if shape is None or shape.edtf is None:
            return None  # an event that is unknown or has no date is a problem elsewhere
        if shape.reference:
            return Date(shape.edtf, "external", reference=shape.reference)
        return Date(shape.edtf, "inferred", because=OF_OCCASION)

    def _statement_date(self, entry: StatementShape, loc: Loc) -> Date | None:
        """The date of a statement: that of its occasion, or its own, which does not point ahead."""
        if isinstance(entry.date, OccasionDate):
            return self._date_of_occasion(entry, loc)
        if entry.date and entry.date.future:
            found = f"statement {entry.id} with “future:”"
            remedy = "leave out “future:”, or code what is to come as a report"
            self._problem(
                self.sheet.place((*loc, "future")),
                "date",
                found,
                "words that date what was said by publication",
                remedy,
            )
            return None
        return self._date(entry.date, loc, entry.within, f"/{edtf.parse(self.facts.published.date).end}")

    def _is_verbatim_judged(self, entry: StatementShape, loc: Loc) -> bool:
        """Whether a statement says how far its quotation marks can be trusted, where it has any, and why."""
        wrong = verbatim_fault(entry.form, entry.verbatim, entry.verbatim_reference, entry.verbatim_because)
        if wrong:
            key = "verbatim" if entry.verbatim else "form"
            self._problem(self.sheet.place((*loc, key)), "verbatim", f"statement {entry.id}: {wrong[0]}", *wrong[1:])
        return wrong is None

    def _contents(self, entry: StatementShape, loc: Loc) -> list[Span] | None:
        """The passages of what is said, one for each quote; None when one of them cannot be anchored."""
        found = [
            self._anchor(quote, (*loc, "content", number), entry.within) for number, quote in enumerate(entry.content)
        ]
        spans = [span for span in found if span]
        if len(spans) < len(found):
            return None
        wrong = [n for n in range(1, len(spans)) if self._is_out_of_order(spans[:n], spans[n])]
        for number in wrong:
            is_again = any(span.overlaps(spans[number]) for span in spans[:number])
            said = (
                "shares words with a passage quoted before" if is_again else "stands before the passage quoted before"
            )
            quoted = f"{show(entry.content[number].text, 60)}, which {said}"
            expected = "passages that share no word" if is_again else "the order of the article within a paragraph"
            remedy = "quote each passage once, in the order of the article"
            self._problem(self.sheet.place((*loc, "content", number)), "quotation", quoted, expected, remedy)
        torn = [n for n in range(1, len(spans)) if n not in wrong and self._is_torn(spans[n - 1], spans[n])]
        for number in torn:
            quoted = f"{show(entry.content[number].text, 60)}, right behind the passage quoted before"
            expected, remedy = "passages with words or a blank between them", "quote these as one passage"
            self._problem(self.sheet.place((*loc, "content", number)), "quotation", quoted, expected, remedy)
        return None if wrong or torn else spans

    def _is_torn(self, before: Span, span: Span) -> bool:
        """Whether two passages are parts of one word, or only a sign stands between them."""
        between = self.article.text[before.end : span.start]
        if span.start == before.end:
            return self.article.text[span.start - 1 : span.start + 1].isalnum()
        return len(between) == 1 and between != " "

    def _content(self, entry: StatementShape, spans: list[Span]) -> str:
        """The passages as one text: as in the article where nothing or a blank is between them, else with a mark."""
        quoted = ((span, quote.text) for span, quote in zip(spans, entry.content, strict=True))
        return SPAN_SEPARATOR.join(joined_passages(quoted))

    def _is_out_of_order(self, before: list[Span], span: Span) -> bool:
        """Whether a passage overlaps one before it, or stands before it in the same paragraph."""
        number = self.article.paragraph_number
        return any(
            span.overlaps(one) or (span.start < one.start and number(span.start) == number(one.start)) for one in before
        )

    def _is_known_statement(self, entry: StatementShape, loc: Loc) -> bool:
        """Whether every id in a statement is in a register or in this sheet; each unknown one is a problem."""
        known = self._check("actors", entry.speaker, (*loc, "speaker"))
        known &= self._check("sources", entry.source, (*loc, "source"))
        known &= self._check("sources", entry.relayed_by, (*loc, "relayed_by"))
        known &= self._check("references", entry.verbatim_reference, (*loc, "verbatim_reference"))
        known &= self._check("topics", entry.topic, (*loc, "topic"))
        known &= self._check("events", entry.occasion, (*loc, "occasion"))
        known &= self._check("events", entry.about, (*loc, "about"))
        known &= self._check_statement(entry.parent, (*loc, "parent"))
        for number, target in enumerate(entry.targets):
            known &= self._check("actors", target, (*loc, "targets", number))
        for number, other in enumerate(entry.same_as):
            known &= self._check_other_statement(other, (*loc, "same_as", number))
        return known

    def _check_other_statement(self, identity: str, loc: Loc) -> bool:
        """Whether a full id is that of a statement of another article."""
        known = self.ledger.statement_ids
        if identity in known and known[identity] != self.coded.key:
            return True
        place, expected = self.sheet.place(loc), "the full id of a statement of another article"
        if identity not in known:
            close = near(identity, sorted(known))
            expected = f"{expected}{f', such as {close}' if close else ''}"
        problem = Problem(place, "unknown-id", f"statement {show(identity)}", expected, "correct or remove the id")
        self.ledger.known.miss(self.sheet.file, identity, problem)
        return False

    def _statement_values(self, entry: StatementShape, date: Date, contents: list[Span]) -> dict[str, Any]:
        """The columns of one statement, whose content are the passages ``contents``."""
        names, span = self.ledger.names, edtf.parse(date.edtf)
        identity = statement_id(self.coded.key, entry.id)
        return {
            "statement_id": identity,
            "document_id": self.coded.document_id,
            "speaker_actor_id": entry.speaker,
            "speaker_source_id": entry.source,
            "speaker_name": self.ledger.name_of("actors", entry.speaker)
            or self.ledger.name_of("sources", entry.source),
            "speaker_text": entry.speaker_text.text,
            "relayed_by_source_id": entry.relayed_by,
            "relayed_by_name": self.ledger.name_of("sources", entry.relayed_by),
            "parent_statement_id": self._statement_id(entry.parent),
            "speech_form": entry.form,
            "cue_text": entry.cue.text,
            "content_text": self._content(entry, contents),
            "summary": entry.summary,
            "is_verbatim_reliable": entry.verbatim,
            "verbatim_reference_id": entry.verbatim_reference,
            "verbatim_rationale": entry.verbatim_because,
            "act": entry.act,
            "plover_type": entry.plover,
            "target_actor_ids": joined(entry.targets),
            "target_actor_names": self.ledger.names_of("actors", entry.targets),
            "topic_id": entry.topic,
            "topic_name": names["topics"][entry.topic],
            "stance": entry.stance,
            "epistemic": entry.epistemic,
            "event_id": entry.occasion,
            "about_event_id": entry.about,
            "date_text": date.text,
            "date_edtf": date.edtf,
            "date_start": span.start,
            "date_end": span.end,
            "date_prec": span.precision,
            "date_basis": date.basis,
            "date_rule": date.rule,
            "date_rationale": date.because,
            "date_reference_id": date.reference,
            "medium": entry.medium,
            "utterance_id": self.ledger.utterances[identity][0],
            "same_statement_ids": joined(one for one in self.ledger.utterances[identity] if one != identity),
            "paragraph_number": self.article.paragraph_number(contents[0].start),
        }

    def _targets(self, entry: StatementShape, loc: Loc, statement_id: str) -> None:
        """Add the targets of a statement as rows of the link table."""
        for number, target in enumerate(entry.targets):
            self.ledger.add(
                tables.StatementTarget,
                self.sheet.place((*loc, "targets", number)),
                statement_id=statement_id,
                actor_id=target,
                actor_name=self.ledger.names["actors"][target],
            )

    def _report(self, entry: ReportShape, loc: Loc) -> None:
        place = self.sheet.place((*loc, "id"))
        known = self._check("events", entry.event, (*loc, "event"))
        for name in ("source", "origin", "holder"):
            known &= self._check("sources", getattr(entry, name), (*loc, name))
        known &= self._check_statement(entry.statement, (*loc, "statement"))
        if (entry.attribution == "outlet") != (entry.source is None):
            expected = (
                "“source:” with this attribution" if entry.source is None else "no “source:” with this attribution"
            )
            remedy = f"correct the attribution, or {'add' if entry.source is None else 'remove'} “source:”"
            self._problem(place, "attribution", f"report {entry.id}: {entry.attribution}", expected, remedy)
            known = False
        span = self._anchor(entry.evidence, (*loc, "evidence"), entry.within)
        roles = self._roles(entry, loc)
        date = self._date(entry.date, (*loc, "date"), entry.within, None)
        where = self._anchor(entry.place, (*loc, "place"), entry.within) if entry.place else None
        hedge = self._anchor(entry.hedge, (*loc, "hedge"), entry.within) if entry.hedge else None
        if not (known and span and date) or roles is None:
            return
        if (entry.place and not where) or (entry.hedge and not hedge):
            return
        values = self._report_values(entry, date, span)
        if values is None or self.ledger.add(tables.EventReport, place, **values) is None:
            return
        identity = values["event_report_id"]
        self.ledger.bases[identity] = date.basis
        self._support(entry.evidence, span, "evidence_text", (*loc, "evidence"), event_report_id=identity)
        self._support_date(entry.date, date, "date_text", (*loc, "date"), event_report_id=identity)
        if entry.place and where:
            self._support(entry.place, where, "place_text", loc, event_report_id=identity)
        if entry.hedge and hedge:
            self._support(entry.hedge, hedge, "hedge_text", loc, event_report_id=identity)
        for role, actor, quote, found in roles:
            here = (*loc, "who", role, actor)
            self.ledger.roles.setdefault((entry.event, actor, role), set()).add(identity)
            self.ledger.role_places.setdefault((entry.event, actor, role), self.sheet.place(here))
            role_id = event_actor_id(entry.event, actor, role)
            self._support(quote, found, "role", here, event_actor_id=role_id)

    def _report_values(self, entry: ReportShape, date: Date, span: Span) -> dict[str, Any] | None:
        """The columns of one event report; None when the article's publisher or origin is unknown: reported
        elsewhere."""
        names = self.ledger.names["sources"]
        holder = entry.holder or entry.source or self._own_voice
        if not {holder, self.facts.origin} <= names.keys():
            return None
        identity = self._unit_id("er", entry.id)
        first = next(iter(parts(self.article, span)))
        return {
            "event_report_id": identity,
            "event_id": entry.event,
            "event_title": self.ledger.names["events"][entry.event],
            "document_id": self.coded.document_id,
            "attribution": entry.attribution,
            "attributed_source_id": entry.source,
            "attributed_source_name": self.ledger.name_of("sources", entry.source),
            "statement_id": self._statement_id(entry.statement),
            # Not of the publisher: a sentence of a digest, and the text that it digests, are one origin.
            "independence_group": self.ledger.root(entry.origin or entry.source or self.facts.origin),
            "date_text": date.text,
            "date_edtf": date.edtf or None,
            "date_rule": date.rule,
            "is_date_ahead": date.is_ahead,
            "date_rationale": date.because,
            "place_text": entry.place and entry.place.text,
            "factuality": entry.factuality,
            "factuality_holder": holder,
            "factuality_holder_name": names[holder],
            "hedge_text": entry.hedge and entry.hedge.text,
            "is_background": entry.background,
            "evidence_id": evidence_id(self.article, first, "evidence_text", {"event_report_id": identity}),
            "evidence_text": entry.evidence.text,
            "note": entry.note,
        }

    def _roles(self, entry: ReportShape, loc: Loc) -> list[tuple[str, str, QuoteShape, Span]] | None:
        """The role and the actor of everybody in a report, with the words for it; None when something is wrong."""
        found: list[tuple[str, str, QuoteShape, Span]] = []
        is_whole = True
        allowed = codes.codes_of("role")
        for role, actors in entry.who.items():
            if role not in allowed:
                place = self.sheet.place((*loc, "who", role, "@key"))
                self._problem(place, "code", f"the role “{role}”", ", ".join(allowed), "correct the role")
                is_whole = False
            for actor, quote in actors.items():
                here = (*loc, "who", role, actor)
                span = self._anchor(quote, here, entry.within)
                if self._check("actors", actor, here) and span:
                    found.append((role, actor, quote, span))
                else:
                    is_whole = False
        return found if is_whole else None

    def _relation(self, entry: RelationShape, loc: Loc) -> None:
        identity = self._unit_id("rel", entry.id)
        is_place = entry.object.startswith("plc-")
        objects = "places" if is_place else "actors"
        known = self._check("actors", entry.subject, (*loc, "subject"))
        known &= self._check(objects, entry.object, (*loc, "object"))
        known &= self._check("sources", entry.source, (*loc, "source"))
        known &= self._check_statement(entry.statement, (*loc, "statement"))
        span = self._anchor(entry.evidence, (*loc, "evidence"), entry.within)
        manner = self._anchor(entry.manner, (*loc, "manner"), entry.within) if entry.manner else None
        valid = self._date(entry.valid, (*loc, "valid"), entry.within, None)
        if not (known and span and valid) or (entry.manner and not manner):
            return
        names = self.ledger.names
        source = entry.source or self._own_voice
        if source not in names["sources"]:
            return
        row = self.ledger.add(
            tables.Relation,
            self.sheet.place((*loc, "id")),
            relation_id=identity,
            document_id=self.coded.document_id,
            subject_actor_id=entry.subject,
            subject_name=names["actors"][entry.subject],
            predicate=entry.predicate,
            object_actor_id=None if is_place else entry.object,
            object_place_id=entry.object if is_place else None,
            object_name=names[objects][entry.object],
            manner_text=entry.manner and entry.manner.text,
            according_to_source_id=source,
            according_to_name=names["sources"][source],
            statement_id=self._statement_id(entry.statement),
            is_negated=entry.negated,
            validity_text=valid.text,
            validity_edtf=valid.edtf or None,
            evidence_text=entry.evidence.text,
            note=entry.note,
        )
        if row is None:
            return
        owner = {"relation_id": identity}
        self._support(entry.evidence, span, "evidence_text", (*loc, "evidence"), **owner)
        if entry.manner and manner:
            self._support(entry.manner, manner, "manner_text", (*loc, "manner"), **owner)
        self._support_date(entry.valid, valid, "validity_text", (*loc, "valid"), **owner)

    def _quantity(self, entry: QuantityShape, loc: Loc) -> None:
        identity = self._unit_id("qty", entry.id)
        known = self._check("actors", entry.actor, (*loc, "actor"))
        known &= self._check("events", entry.event, (*loc, "event"))
        known &= self._check_statement(entry.statement, (*loc, "statement"))
        span = self._anchor(entry.evidence, (*loc, "evidence"), entry.within)
        printed = self._anchor(entry.printed, (*loc, "printed"), entry.within)
        if not (known and span and printed):
            return
        row = self.ledger.add(
            tables.Quantity,
            self.sheet.place((*loc, "id")),
            quantity_id=identity,
            document_id=self.coded.document_id,
            printed_text=entry.printed.text,
            unit=entry.unit,
            minimum=decimal(entry.min),
            maximum=decimal(entry.max),
            is_approximate=entry.approximate,
            counts=entry.counts,
            actor_id=entry.actor,
            event_id=entry.event,
            statement_id=self._statement_id(entry.statement),
            evidence_text=entry.evidence.text,
        )
        if row is None:
            return
        self._support(entry.evidence, span, "evidence_text", (*loc, "evidence"), quantity_id=identity)
        self._support(entry.printed, printed, "printed_text", (*loc, "printed"), quantity_id=identity)

    def _decision(self, entry: DecisionShape, loc: Loc) -> None:
        units = [self._decided(about, (*loc, "about", number)) for number, about in enumerate(entry.about)]
        if None in units:
            return
        self.ledger.add(
            tables.Decision,
            self.sheet.place((*loc, "id")),
            decision_id=self._unit_id("dec", entry.id),
            document_id=self.coded.document_id,
            unit_ids=joined(unit for unit in units if unit),
            question=entry.question,
            decided=entry.decided,
            alternatives=entry.alternatives,
            reason=entry.because,
            origin=entry.origin,
        )

    def _decided(self, about: str, loc: Loc) -> str | None:
        """The full id of what a decision is about; None, with the mistake noted, when there is no such thing."""
        unit = self._decided_unit(about)
        if unit is not None:
            return unit
        for table in DECIDABLE:
            if about.startswith(id_prefix(tables.BY_NAME[table])):
                self._check(table, about, loc)
                return None
        expected = "s01 (statement), r01 (report), k01 (relation), q01 (quantity) of this sheet, or a full id"
        problem = Problem(self.sheet.place(loc), "unknown-id", show(about), expected, "correct the id")
        self.ledger.known.miss(self.sheet.file, about, problem)
        return None

    def _decided_unit(self, about: str) -> str | None:
        """The full id of what a decision is about; None when there is no such unit or entry."""
        if about[:1] in UNITS and about[1:].isdigit():
            name, prefix = UNITS[about[0]]
            known = {entry.id for entry in getattr(self.value, name)}
            return self._unit_id(prefix, about[1:]) if about[1:] in known else None
        return about if any(about in self.ledger.known.ids[table] for table in DECIDABLE) else None
