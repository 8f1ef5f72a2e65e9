"""Turn articles and coding sheets into the rows of every table. What can be derived is derived here, nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from . import articles, codes, dates, edtf, tables
from .articles import Article, Span
from .columns import LIST_SEPARATOR
from .inputs import CodedArticle, Inputs, Known, anchor
from .mentions import Aliases
from .problems import Place, Problems, nearest, show
from .sheets import DateShape, Loaded, QuoteShape

Loc = tuple[str | int, ...]
Rows = dict[str, list[tables.Row]]

#: Prefixes of short ids in decisions, and of the ids they stand for.
UNIT_PREFIXES = {"s": "st", "r": "er", "k": "rel", "q": "qty"}
RELIABLE_TEXTS = ("original", "syndicated", "copy")
CONTEXT_LENGTH = 32
#: where_prec of an event without a place (ours).
NO_PLACE = 8
#: Missing values of a place (columns.NOT_STATED).
NOT_STATED = "not-stated"
UNKNOWN = (NOT_STATED, "undecided")


@dataclass
class _Date:
    edtf: str
    basis: str
    rule: str = "none"
    text: str | None = None
    span: Span | None = None
    because: str | None = None
    reference: str | None = None


#: Where each row was coded, by table and key.
Places = dict[tuple[str, tuple], Place]


def assemble(inputs: Inputs, problems: Problems) -> tuple[Rows, Places]:
    """All rows of all tables, each table sorted by its key, and where each was coded.

    Problems are collected; rows that have one are left out.
    """
    assembly = _Assembly(inputs, problems)
    return assembly.run(), assembly.places


def joined(values: Iterable[str]) -> str | None:
    """A list as one cell; an empty list is missing."""
    return LIST_SEPARATOR.join(values) or None


@dataclass
class _Assembly:
    inputs: Inputs
    problems: Problems
    rows: Rows = field(default_factory=lambda: {model.TABLE: [] for model in tables.TABLES})
    places: Places = field(default_factory=dict)
    roles: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)

    def run(self) -> Rows:
        self.names = {
            table: {entry.id: getattr(entry, "name", "") for entry in self.inputs.register(table)}
            for table in ("actors", "sources", "places", "topics", "references")
        }
        self.names["events"] = {entry.id: entry.title for entry in self.inputs.register("events")}
        self.known = Known({table: set(names) for table, names in self.names.items()}, self.problems)
        self._refuse_duplicates()
        self._check_titles()
        self.origins = {entry.id: entry.origin for entry in self.inputs.register("sources")}
        for coded in self.inputs.coded:
            _Sheet(self, coded).run()
        self._discrepancies()
        self._events()
        self._event_actors()
        self._mentions()
        self._registers()
        self._sentences_and_quotations()
        self._documents()
        for model in tables.TABLES:
            self.rows[model.TABLE].sort(key=lambda row: row.id)
        return self.rows

    # -- helpers ---------------------------------------------------------------------------------------------------

    def add(self, model: type[tables.Row], place: Place, **values: Any) -> tables.Row | None:
        """Make a row. A second row with the same key, or one that breaks its model, is a problem."""
        try:
            row = model(**values)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                context = {
                    "column": ".".join(map(str, item["loc"])),
                    "found": str(item["input"]),
                    "expected": item["msg"],
                }
                context |= item.get("ctx", {})
                found = f"{context['column']} {show(context['found'])}"
                self.problems.add(
                    place, "model", found, context["expected"], f"correct the value (table {model.TABLE})"
                )
            return None
        if (model.TABLE, row.id) in self.places:
            self.problems.add(
                place,
                "duplicate",
                f"{', '.join(map(str, row.id))} a second time",
                f"each id once (first at {self.places[model.TABLE, row.id]})",
                "give one of them another id, or remove it",
            )
            return None
        self.places[model.TABLE, row.id] = place
        self.rows[model.TABLE].append(row)
        return row

    def root(self, source_id: str) -> str:
        """Where the chain of origins of a source ends."""
        seen = [source_id]
        while (origin := self.origins.get(seen[-1])) and origin not in seen:
            seen.append(origin)
        return seen[-1]

    def evidence(
        self, article: Article, span: Span, column: str, support: str, place: Place, **owner: str
    ) -> str | None:
        """Rows for one passage; longer ones are split at a blank. The id of the first row."""
        first = None
        for part in _parts(article, span):
            identity = self._evidence_id(article, part, column, owner)
            if owner.keys() & {"event_actor_id"} and ("evidence", (identity,)) in self.places:
                return identity  # two reports may name an actor by the same words
            paragraph = article.paragraphs[article.paragraph_number(part.start) - 1]
            self.add(
                tables.Evidence,
                place,
                evidence_id=identity,
                document_id=article.document_id,
                start=part.start,
                end=part.end,
                exact_text=article.of(part),
                prefix_text=article.text[max(paragraph.start, part.start - CONTEXT_LENGTH) : part.start] or None,
                suffix_text=article.text[part.end : min(paragraph.end, part.end + CONTEXT_LENGTH)] or None,
                paragraph_number=article.paragraph_number(part.start),
                sentence_number=article.sentence_number(part.start),
                field=column,
                support=support,
                **{name: None for name in tables.Evidence.OWNERS if name not in owner},
                **owner,
            )
            first = first or identity
        return first

    @staticmethod
    def _evidence_id(article: Article, span: Span, column: str, owner: dict[str, str]) -> str:
        ((name, value),) = owner.items()
        slug = "document" if name == "document_fact" else value.replace(f"-{article.key}-", "")
        column = value if name == "document_fact" else column
        return f"ev-{article.key}-{span.start:04d}-{span.end:04d}-{slug}-{column.replace('_', '-')}"

    def _has_errors(self, file: str | None = None) -> bool:
        """Whether a sheet (or the one named) has an error that others may follow from."""
        files = {file} if file else {coded.sheet.file for coded in self.inputs.coded}
        return any(problem.place.file in files for problem in self.problems.items)

    def _refuse_duplicates(self) -> None:
        for name, loaded in self.inputs.registers.items():
            if name == "record":
                continue
            first: dict[str, Place] = {}
            for index, entry in enumerate(loaded.value):
                place = loaded.place((index, "id"))
                if entry.id in first:
                    self.problems.add(
                        place,
                        "duplicate",
                        f"“{entry.id}” a second time",
                        f"each id once (first at {first[entry.id]})",
                        "give one of them another id, or remove it",
                    )
                first.setdefault(entry.id, place)
        self.problems.stop_on_errors()

    def _check_titles(self) -> None:
        """The register of the release names articles that there are."""
        loaded = self.inputs.registers["record"]
        known = [coded.key for coded in self.inputs.coded]
        for key in loaded.value.articles:
            if key not in known:
                place = loaded.place(("articles", key, "@key"))
                self.problems.add(
                    place, "unknown-id", f"article {show(key)}", nearest(key, known), "correct the key or remove it"
                )

    # -- tables ----------------------------------------------------------------------------------------------------

    def _discrepancies(self) -> None:
        loaded = self.inputs.registers["discrepancies"]
        for index, entry in enumerate(loaded.value):
            place = loaded.place((index, "id"))
            self.known.check("events", entry.event, loaded, (index, "event"))
            self.known.check("actors", entry.actor, loaded, (index, "actor"))
            self.known.check("references", entry.reference, loaded, (index, "reference"))
            self._check_field(entry.field, loaded, index)
            sides = {side: self._side(entry, side, loaded, index) for side in ("a", "b")}
            if None in sides.values():
                continue
            if not sides["a"] or not (sides["b"] or entry.reference):
                expected = "quotations of an article on both sides, or an outside reference for b"
                self.problems.add(place, "evidence", f"{entry.id} without evidence on one side", expected, "add quotes")
                continue
            self.add(
                tables.Discrepancy,
                place,
                discrepancy_id=entry.id,
                kind=entry.kind,
                title=entry.title,
                field=entry.field,
                event_id=entry.event,
                actor_id=entry.actor,
                document_a_id=f"doc-{entry.a.article}",
                reading_a=entry.a.reading,
                document_b_id=f"doc-{entry.b.article}" if entry.b.article else None,
                reading_b=entry.b.reading,
                conflict=entry.conflict,
                resolution=entry.resolution,
                rationale=entry.because,
                reference_id=entry.reference,
                evidence_a_ids=joined(sides["a"]),
                evidence_b_ids=joined(sides["b"]),
            )

    def _check_field(self, field: str, loaded: Loaded, index: int) -> None:
        known = [f"{name}.{column}" for name, model in tables.BY_NAME.items() for column in model.model_fields]
        if field not in known:
            expected = nearest(field, known)
            self.problems.add(loaded.place((index, "field")), "unknown-id", show(field), expected, "correct “field”")

    def _side(self, entry: Any, side: str, loaded: Loaded, index: int) -> list[str] | None:
        """The evidence of one reading; None when its article or one of its quotations is not to be found."""
        reading = getattr(entry, side)
        if not reading.quotes:
            return []
        coded = self.inputs.by_key(reading.article or "")
        if coded is None:
            known = ", ".join(coded.key for coded in self.inputs.coded)
            place = loaded.place((index, side, "article"))
            self.problems.add(place, "unknown-id", f"article {reading.article}", f"one of {known}", "correct “article”")
            return None
        found = []
        for number, quote in enumerate(reading.quotes):
            loc = (index, side, "quotes", number)
            span, place = anchor(coded.article, quote, loaded, loc, self.problems), loaded.place(loc)
            if span is None:
                return None
            found.append(
                self.evidence(coded.article, span, f"reading_{side}", quote.support, place, discrepancy_id=entry.id)
            )
        return found

    def _events(self) -> None:
        loaded = self.inputs.registers["events"]
        places = {entry.id: entry for entry in self.inputs.register("places")}
        reports: dict[str, list[tables.EventReport]] = {}
        for report in self.rows["event_reports"]:
            reports.setdefault(report.event_id, []).append(report)
        for index, entry in enumerate(loaded.value):
            place = loaded.place((index, "id"))
            place_id = entry.place or NOT_STATED
            known = place_id in UNKNOWN or self.known.check("places", place_id, loaded, (index, "place"))
            known &= self.known.check("events", entry.part_of, loaded, (index, "part_of"))
            for number, other in enumerate(entry.distinct_from):
                known &= self.known.check("events", other, loaded, (index, "distinct_from", number))
            told = reports.get(entry.id, [])
            if not told and not self._has_errors():
                expected = "an event that a sheet reports"
                remedy = "add a report to a coding sheet, or remove the event"
                self.problems.add(place, "unused", f"{entry.id} without a report", expected, remedy)
            date = self._event_date(entry, told, loaded, index) if told else None
            if not (known and date):
                continue
            span = edtf.parse(date.edtf)
            actors = {
                role: [actor for event, actor, role_ in sorted(self.roles) if event == entry.id and role_ in roles]
                for role, roles in (("source", ("actor",)), ("target", ("recipient", "victim")))
            }
            actors = {role: list(dict.fromkeys(found)) for role, found in actors.items()}
            self.add(
                tables.Event,
                place,
                event_id=entry.id,
                title=entry.title,
                event_type=entry.type,
                modes=joined(entry.modes),
                contexts=joined(entry.contexts),
                aux_mode=entry.aux,
                quad_class=quad_class(entry.type),
                cameo_root=cameo_root(entry.type, entry.modes, entry.contexts),
                realis=entry.realis,
                date_edtf=date.edtf,
                date_start=span.start,
                date_end=span.end,
                date_prec=span.precision,
                date_basis=date.basis,
                date_rationale=date.because,
                date_reference_id=date.reference,
                place_id=place_id,
                place_name=places[place_id].name if place_id in places else place_id,
                where_prec=places[place_id].where_prec if place_id in places else NO_PLACE,
                source_actor_ids=joined(actors["source"]),
                source_actor_names=self._names("actors", actors["source"]),
                target_actor_ids=joined(actors["target"]),
                target_actor_names=self._names("actors", actors["target"]),
                part_of_event_id=entry.part_of,
                distinct_event_ids=joined(entry.distinct_from),
                report_count=len(told),
                document_count=len({report.document_id for report in told}),
                independent_count=len(independent_groups(told)),
                corroboration=corroboration(told),
                type_rationale=entry.because,
                evidence_text=told[0].evidence_text,
            )

    def _event_date(self, entry: Any, told: list[tables.EventReport], loaded: Loaded, index: int) -> _Date | None:
        """An event's date is that of a report, or has a reason or a reference of its own."""
        shape: DateShape = entry.date
        place = loaded.place((index, "date"))
        if not self.known.check("references", shape.reference, loaded, (index, "date", "reference")):
            return None
        if shape.edtf is None or shape.words is not None:
            self.problems.add(
                place, "date", "no EDTF value", "“edtf:” alone; words stand in the reports", "add “edtf:”"
            )
            return None
        by_report = [report for report in told if report.date_edtf == shape.edtf]
        if shape.reference:
            basis = "external"
        elif by_report:
            basis = self.bases.get(by_report[0].event_report_id, "inferred")
        elif shape.because:
            basis = "inferred"
        elif self._has_errors():
            return None  # a report that is left out may be the one with this date
        else:
            said = ", ".join(sorted({report.date_edtf or "nothing" for report in told})) or "nothing"
            remedy = "write the date of a report, or add “because:” or “reference:”"
            self.problems.add(place, "date", shape.edtf, f"a date that a report gives ({said})", remedy)
            return None
        return _Date(shape.edtf, shape.basis or basis, because=shape.because, reference=shape.reference)

    @property
    def bases(self) -> dict[str, str]:
        """Date basis by event report, kept while the sheets are read."""
        return self.__dict__.setdefault("_bases", {})

    def _names(self, table: str, ids: Iterable[str]) -> str | None:
        return joined(self.names[table][identity] for identity in ids)

    def _event_actors(self) -> None:
        for (event, actor, role), reports in sorted(self.roles.items()):
            self.add(
                tables.EventActor,
                Place("datapackage/event_actors.csv"),
                event_actor_id=event_actor_id(event, actor, role),
                event_id=event,
                event_title=self.names["events"][event],
                actor_id=actor,
                actor_name=self.names["actors"][actor],
                role=role,
                report_count=len(reports),
            )

    def _mentions(self) -> None:
        registers = [("actors", entry) for entry in self.inputs.register("actors")]
        registers += [("places", entry) for entry in self.inputs.register("places")]
        aliases = Aliases((w, entry.id, kind) for _, entry in registers for w, kind in entry.aliases.items())
        names = self.names["actors"] | self.names["places"]
        first: dict[str, tuple[Article, Span, Place]] = {}
        for coded in self.inputs.coded:
            for found in aliases.find(coded.article, *self._senses(coded, aliases)):
                place = coded.sheet.place(("mentions",))
                if found.means not in names:
                    possible = ", ".join(sorted(aliases.by_words[found.words]))
                    where = f"paragraph {coded.article.paragraph_number(found.start)}"
                    self.problems.add(
                        place,
                        "mention",
                        f"{show(found.words)} in {where}, which may mean {possible}",
                        "one meaning",
                        "settle it under “mentions:” (words, means, at)",
                    )
                    continue
                is_place = found.means.startswith("plc-")
                if not is_place:
                    first.setdefault(found.means, (coded.article, found, place))
                self.add(
                    tables.Mention,
                    place,
                    mention_id=f"men-{coded.key}-{found.start:04d}-{found.layer.replace('_', '-')}",
                    document_id=coded.document_id,
                    start=found.start,
                    end=found.end,
                    surface_text=found.words,
                    mention_layer=found.layer,
                    actor_id=None if is_place else found.means,
                    place_id=found.means if is_place else None,
                    entity_name=names[found.means],
                    label_kind=found.label_kind,
                )
        for actor, (article, span, place) in first.items():
            self.evidence(article, span, "name", "states", place, actor_id=actor)

    def _senses(self, coded: CodedArticle, aliases: Aliases) -> tuple[dict[str, str], dict[Span, str]]:
        """What ambiguous words mean in one article: everywhere, and in single passages."""
        senses, passages = {}, {}
        for index, entry in enumerate(coded.sheet.value.mentions):
            loc: Loc = ("mentions", index)
            possible = {*aliases.by_words.get(entry.words, ()), "none"}
            if entry.means not in possible:
                expected = f"one of {', '.join(sorted(possible))}"
                remedy = "correct “means”, or add the words to the aliases of the register"
                self.problems.add(coded.sheet.place((*loc, "means")), "mention", f"“{entry.means}”", expected, remedy)
                continue
            if not entry.at:
                senses[entry.words] = entry.means
            for number, quote in enumerate(entry.at or ()):
                span = anchor(coded.article, quote, coded.sheet, (*loc, "at", number), self.problems)
                offset = quote.text.find(entry.words)
                if span and offset >= 0:
                    passages[Span(span.start + offset, span.start + offset + len(entry.words))] = entry.means
                elif span:
                    place = coded.sheet.place((*loc, "at", number))
                    self.problems.add(
                        place, "mention", show(quote.text), f"a passage with {show(entry.words)}", "correct it"
                    )
        return senses, passages

    def _registers(self) -> None:
        """Rows of the registers that are read as they are, with what is counted about them."""
        mentions: dict[str, list[tables.Mention]] = {}
        for mention in self.rows["mentions"]:
            mentions.setdefault(mention.actor_id or mention.place_id, []).append(mention)
        used = self._source_documents()
        for entry, place in self._entries("actors", {"parent": "actors"}):
            found = mentions.get(entry.id, [])
            self.add(
                tables.Actor,
                place,
                actor_id=entry.id,
                name=entry.name,
                actor_type=entry.type,
                country_code=entry.country,
                parent_actor_id=entry.parent,
                sector_code=entry.sector,
                description=entry.description,
                aliases=joined(entry.aliases),
                wikidata_id=entry.wikidata,
                ucdp_actor_id=entry.ucdp,
                cameo_code=entry.cameo,
                identifier_note=entry.identifier_note,
                mention_count=len(found),
                document_count=len({mention.document_id for mention in found}),
            )
        for entry, place in self._entries("sources", {"actor": "actors", "origin": "sources"}):
            self.add(
                tables.Source,
                place,
                source_id=entry.id,
                name=entry.name,
                source_type=entry.type,
                is_named=entry.named,
                actor_id=entry.actor,
                country_code=entry.country,
                is_party=entry.party,
                origin_source_id=entry.origin,
                description=entry.description,
                document_count=len(used.get(entry.id, ())),
            )
        for entry, place in self._entries("places", {}):
            self.add(
                tables.PlaceRow,
                place,
                place_id=entry.id,
                name=entry.name,
                place_type=entry.type,
                country_code=entry.country,
                where_prec=entry.where_prec,
                latitude=_decimal(entry.latitude),
                longitude=_decimal(entry.longitude),
                coordinate_basis=entry.coordinate_basis,
                wikidata_id=entry.wikidata,
                geonames_id=entry.geonames,
                aliases=joined(entry.aliases),
                description=entry.description,
                mention_count=len(mentions.get(entry.id, ())),
            )
        for entry, place in self._entries("topics", {}):
            self.add(
                tables.Topic,
                place,
                topic_id=entry.id,
                name=entry.name,
                definition=entry.definition,
                support_means=entry.support_means,
                oppose_means=entry.oppose_means,
                statement_count=sum(row.topic_id == entry.id for row in self.rows["statements"]),
            )
        for entry, place in self._entries("references", {}):
            self.add(
                tables.Reference,
                place,
                reference_id=entry.id,
                fact=entry.fact,
                value=entry.value,
                value_edtf=entry.edtf,
                seen_at=entry.seen_at,
                standing=entry.standing,
                note=entry.note,
            )
        for code_list in codes.lists().values():
            for code in code_list.codes.values():
                self.add(
                    tables.CodeRow,
                    Place(codes.SOURCE.name),
                    list=code.list,
                    code=code.code,
                    label=code.label,
                    scheme=code_list.scheme,
                    definition=code.definition,
                    example=code.example,
                    near_miss=code.near_miss,
                    applies_to=joined(code.applies_to),
                )

    def _entries(self, register: str, references: dict[str, str]) -> Iterable[tuple[Any, Place]]:
        """The entries of a register whose references are known, each with its place."""
        loaded = self.inputs.registers[register]
        for index, entry in enumerate(loaded.value):
            checks = [
                self.known.check(table, getattr(entry, name), loaded, (index, name))
                for name, table in references.items()
            ]
            if all(checks):
                yield entry, loaded.place((index, "id"))

    def _source_documents(self) -> dict[str, set[str]]:
        """The articles that rely on each source, anywhere in the chain."""
        used: dict[str, set[str]] = {}
        for table, names in (
            ("statements", ("speaker_source_id", "relayed_by_source_id")),
            ("event_reports", ("attributed_source_id", "independence_group", "factuality_holder")),
            ("relations", ("according_to_source_id",)),
        ):
            for row in self.rows[table]:
                for name in names:
                    used.setdefault(getattr(row, name), set()).add(row.document_id)
        for coded in self.inputs.coded:
            facts = coded.sheet.value.facts
            for source in (facts.publisher.source, facts.origin):
                used.setdefault(source, set()).add(coded.document_id)
        return used

    def _sentences_and_quotations(self) -> None:
        evidence: dict[str, list[tables.Evidence]] = {}
        for row in self.rows["evidence"]:
            evidence.setdefault(row.document_id, []).append(row)
        for coded in self.inputs.coded:
            if self._has_errors(coded.sheet.file):
                continue  # what a broken unit leaves uncovered would be reported a second time
            rows = evidence.get(coded.document_id, [])
            self._sentences(coded, rows)
            self._quotations(coded, rows)

    def _sentences(self, coded: CodedArticle, evidence: list[tables.Evidence]) -> None:
        """Every sentence carries a unit or has a reason not to."""
        article, sheet = coded.article, coded.sheet
        units: dict[int, set[str]] = {}
        for row in evidence:
            if row.actor_id or row.discrepancy_id or row.event_actor_id:
                continue
            for index in article.sentences_of(Span(row.start, row.end)):
                units.setdefault(index, set()).add(f"{row.owner}{row.document_fact or ''}")
        reasons: dict[int, tuple[Any, Loc]] = {}
        for number, entry in enumerate(sheet.value.sentences):
            loc: Loc = ("sentences", number)
            span = anchor(article, entry.quote, sheet, (*loc, "quote"), self.problems)
            for index in article.sentences_of(span) if span else ():
                reasons[index] = (entry, loc)
        for index, span in enumerate(article.sentences):
            found, entry = units.get(index, set()), reasons.get(index)
            number = (article.paragraph_number(span.start), article.sentence_number(span.start))
            where = f"paragraph {number[0]}, sentence {number[1]}: {show(article.of(span), 70)}"
            if not found and not entry:
                self.problems.add(
                    sheet.place(("sentences",)),
                    "sentence",
                    f"nothing coded in {where}",
                    "a coded unit, or a disposition with a reason",
                    "code it, or list it under “sentences:”",
                )
                continue
            if found and entry:
                expected = "a disposition only where nothing is coded"
                remedy = "remove it from “sentences:”"
                self.problems.add(sheet.place(entry[1]), "sentence", f"{len(found)} units in {where}", expected, remedy)
            self.add(
                tables.Sentence,
                sheet.place(entry[1] if entry else ()),
                sentence_id=f"sen-{coded.key}-p{number[0]:02d}-s{number[1]:02d}",
                document_id=coded.document_id,
                paragraph_number=number[0],
                sentence_number=number[1],
                start=span.start,
                end=span.end,
                disposition=entry[0].disposition if entry and not found else "coded",
                unit_count=len(found),
                reason=entry[0].because if entry and not found else None,
            )

    def _quotations(self, coded: CodedArticle, evidence: list[tables.Evidence]) -> None:
        """Every passage in quotation marks is carried by a statement or listed with a reason."""
        article, sheet = coded.article, coded.sheet
        contents = [row for row in evidence if row.statement_id and row.field == "content_text"]
        listed: dict[articles.Quotation, tuple[Any, Loc]] = {}
        for number, entry in enumerate(sheet.value.scare_quotes):
            loc: Loc = ("scare_quotes", number)
            span = anchor(article, entry.quote, sheet, (*loc, "quote"), self.problems)
            for quotation in article.quotations if span else ():
                if quotation.overlaps(span):
                    listed[quotation] = (entry, loc)
        for quotation in article.quotations:
            carriers = sorted({r.statement_id for r in contents if quotation.overlaps(Span(r.start, r.end))})
            entry = listed.get(quotation)
            text = article.of(quotation)
            if bool(carriers) == bool(entry):
                found = f"{show(text, 70)} carried by {joined(carriers)} and listed" if entry else show(text, 70)
                self.problems.add(
                    sheet.place(entry[1] if entry else ("scare_quotes",)),
                    "quoted-passage",
                    found,
                    "either a statement that carries it or an entry under “scare_quotes:”",
                    "remove the entry" if entry else "code the statement, or list it with a reason",
                )
                continue
            self.add(
                tables.QuotedPassage,
                sheet.place(entry[1] if entry else ()),
                quotation_id=f"quo-{coded.key}-{quotation.start:04d}",
                document_id=coded.document_id,
                start=quotation.start,
                end=quotation.end,
                exact_text=text,
                mark_style=quotation.style,
                is_closed=quotation.is_closed,
                disposition=entry[0].disposition if entry else "statement",
                statement_ids=joined(carriers),
                reason=entry[0].because if entry else None,
            )

    def _documents(self) -> None:
        for coded in self.inputs.coded:
            article, sheet, facts = coded.article, coded.sheet, coded.sheet.value.facts
            published = facts.published
            boilerplate = [
                row.end - row.start
                for row in self.rows["sentences"]
                if row.document_id == coded.document_id and row.disposition == "boilerplate"
            ]
            self.add(
                tables.Document,
                sheet.place(("facts",)),
                document_id=coded.document_id,
                seed_path=f"seeds/articles/{article.name}",
                text_sha256=article.sha256,
                text_length=len(article.text),
                title=facts.title and facts.title.text,
                byline=facts.byline and facts.byline.text,
                dateline_text=facts.dateline and facts.dateline.text,
                published_date=published.date,
                published_basis=published.basis,
                published_text_date=published.text_date,
                published_reference_id=published.reference,
                published_rationale=published.because,
                publisher_source_id=facts.publisher.source,
                publisher_basis=facts.publisher.basis,
                publisher_reference_id=facts.publisher.reference,
                origin_source_id=facts.origin,
                text_kind=facts.text_kind,
                text_kind_rationale=facts.text_kind_because,
                language=facts.language,
                paragraph_count=len(article.paragraphs),
                sentence_count=len(article.sentences),
                word_count=len(article.text.split()),
                statement_count=sum(r.document_id == coded.document_id for r in self.rows["statements"]),
                event_report_count=sum(r.document_id == coded.document_id for r in self.rows["event_reports"]),
                boilerplate_length=sum(boilerplate),
                rights_note=facts.rights,
            )


class _Sheet:
    """The rows of one coding sheet."""

    def __init__(self, assembly: _Assembly, coded: CodedArticle):
        self.all, self.coded = assembly, coded
        self.article, self.sheet = coded.article, coded.sheet
        self.value, self.facts = coded.sheet.value, coded.sheet.value.facts
        self.statement_ids = {entry.id for entry in self.value.statements}

    def run(self) -> None:
        self._document_facts()
        self._each("statements", self._statement)
        self._each("reports", self._report)
        self._each("relations", self._relation)
        self._each("quantities", self._quantity)
        for index, entry in enumerate(self.value.decisions):
            self._decision(entry, ("decisions", index))

    def _each(self, name: str, make: Callable[[Any, Loc], None]) -> None:
        for index, entry in enumerate(getattr(self.value, name)):
            if self._is_placed(entry, (name, index, "in")):
                make(entry, (name, index))

    def _is_placed(self, entry: Any, loc: Loc) -> bool:
        """Whether the words of “in:” are found, so that a mistake in them is said once and not for every quotation."""
        return (
            entry.within is None or self._anchor(QuoteShape.model_construct(text=entry.within), loc, None) is not None
        )

    def _unit_id(self, prefix: str, short: str | None) -> str | None:
        return f"{prefix}-{self.coded.key}-{short}" if short else None

    def _check(self, table: str, identity: str | None, loc: Loc) -> bool:
        return self.all.known.check(table, identity, self.sheet, loc)

    def _check_statement(self, short: str | None, loc: Loc) -> bool:
        if short is None or short in self.statement_ids:
            return True
        expected = "a statement of this sheet"
        self.all.problems.add(self.sheet.place(loc), "unknown-id", f"statement “{short}”", expected, "correct the id")
        return False

    def _anchor(self, quote: Any, loc: Loc, within: str | None) -> Span | None:
        return anchor(self.article, quote, self.sheet, loc, self.all.problems, within)

    def _date(self, shape: DateShape | None, loc: Loc, within: str | None, unknown: str | None) -> _Date | None:
        """A date of a unit. Words are resolved by rule; a value that differs from the rule's needs a reason."""
        if shape is None:
            return _Date(unknown or "", "none")
        if not self._check("references", shape.reference, (*loc, "reference")):
            return None
        span = self._anchor(shape.words, (*loc, "words"), within) if shape.words else None
        text = self.article.of(span) if span else None
        resolved = dates.resolve(text, self.facts.published.date, shape.future) if text else None
        place = self.sheet.place((*loc, "edtf") if shape.edtf else loc)
        if shape.words and not span:
            return None
        if resolved and shape.edtf in (None, resolved.edtf):
            return _Date(resolved.edtf, resolved.basis, resolved.rule, text, span, shape.because, shape.reference)
        if shape.edtf is None:
            found = f"the words {show(text)}" if text else "no words"
            expected = "words that a rule resolves, or “edtf:” with “because:”"
            self.all.problems.add(place, "date", found, expected, "add “edtf:” and “because:”")
            return None
        if not (shape.because or shape.reference):
            expected = f"{resolved.edtf} by the rule {resolved.rule} for {show(text)}" if resolved else "a reason"
            self.all.problems.add(place, "date", shape.edtf, expected, "correct it, or add “because:” or “reference:”")
            return None
        basis = shape.basis or ("external" if shape.reference else "inferred")
        return _Date(shape.edtf, basis, "none", text, span, shape.because, shape.reference)

    def _support(self, quote: Any, span: Span | None, column: str, loc: Loc, **owner: str) -> str | None:
        if span is None:
            return None
        return self.all.evidence(self.article, span, column, quote.support, self.sheet.place(loc), **owner)

    def _document_facts(self) -> None:
        facts = self.facts
        self._check("sources", facts.publisher.source, ("facts", "publisher", "source"))
        self._check("sources", facts.origin, ("facts", "origin"))
        self._check("references", facts.published.reference, ("facts", "published", "reference"))
        self._check("references", facts.publisher.reference, ("facts", "publisher", "reference"))
        quotes = [("title", [facts.title]), ("byline", [facts.byline]), ("dateline", [facts.dateline])]
        quotes.append(("published", facts.published.quotes or []))
        for fact, found in quotes:
            for number, quote in enumerate(found):
                if quote is None:
                    continue
                loc: Loc = ("facts", fact) if fact != "published" else ("facts", "published", "quotes", number)
                column = {"dateline": "dateline_text", "published": "published_date"}.get(fact, fact)
                self._support(quote, self._anchor(quote, loc, None), column, loc, document_fact=fact)

    def _statement(self, entry: Any, loc: Loc) -> None:
        identity = self._unit_id("st", entry.id)
        place = self.sheet.place((*loc, "id"))
        if bool(entry.speaker) == bool(entry.source):
            expected = "either “speaker:” (an actor) or “source:” (a text or somebody unnamed)"
            self.all.problems.add(place, "speaker", f"statement {entry.id} with both or neither", expected, "keep one")
            return
        known = self._check("actors", entry.speaker, (*loc, "speaker"))
        known &= self._check("sources", entry.source, (*loc, "source"))
        known &= self._check("sources", entry.relayed_by, (*loc, "relayed_by"))
        known &= self._check("topics", entry.topic, (*loc, "topic"))
        known &= self._check("events", entry.occasion, (*loc, "occasion"))
        known &= self._check("events", entry.about, (*loc, "about"))
        known &= self._check_statement(entry.parent, (*loc, "parent"))
        for number, target in enumerate(entry.targets):
            known &= self._check("actors", target, (*loc, "targets", number))
        spans = {
            "speaker_text": self._anchor(entry.speaker_text, (*loc, "speaker_text"), entry.within),
            "cue_text": self._anchor(entry.cue, (*loc, "cue"), entry.within),
        }
        contents = [
            self._anchor(quote, (*loc, "content", number), entry.within) for number, quote in enumerate(entry.content)
        ]
        end = edtf.parse(self.facts.published.date).end
        date = self._date(entry.date, (*loc, "date"), entry.within, f"/{end}")
        if not (known and date and all(spans.values()) and all(contents)):
            return
        names = self.all.names
        speaker = names["actors"][entry.speaker] if entry.speaker else names["sources"][entry.source]
        is_reliable = entry.form != "indirect" and self.facts.text_kind in RELIABLE_TEXTS
        row = self.all.add(
            tables.Statement,
            place,
            statement_id=identity,
            document_id=self.coded.document_id,
            speaker_actor_id=entry.speaker,
            speaker_source_id=entry.source,
            speaker_name=speaker,
            speaker_text=entry.speaker_text.text,
            relayed_by_source_id=entry.relayed_by,
            relayed_by_name=names["sources"].get(entry.relayed_by),
            parent_statement_id=self._unit_id("st", entry.parent),
            speech_form=entry.form,
            cue_text=entry.cue.text,
            content_text=" […] ".join(quote.text for quote in entry.content),
            summary=entry.summary,
            is_verbatim_reliable=is_reliable if entry.verbatim is None else entry.verbatim,
            act=entry.act,
            plover_type=entry.plover,
            target_actor_ids=joined(entry.targets),
            target_actor_names=joined(names["actors"][target] for target in entry.targets),
            topic_id=entry.topic,
            topic_name=names["topics"][entry.topic],
            stance=entry.stance,
            epistemic=entry.epistemic,
            event_id=entry.occasion,
            about_event_id=entry.about,
            date_text=date.text,
            date_edtf=date.edtf,
            date_prec=edtf.parse(date.edtf).precision,
            date_basis=date.basis,
            date_rule=date.rule,
            date_rationale=date.because,
            date_reference_id=date.reference,
            medium=entry.medium,
            paragraph_number=self.article.paragraph_number(contents[0].start),
        )
        if row is None:
            return
        owner = {"statement_id": identity}
        for number, (quote, span) in enumerate(zip(entry.content, contents, strict=True)):
            self._support(quote, span, "content_text", (*loc, "content", number), **owner)
        self._support(entry.cue, spans["cue_text"], "cue_text", (*loc, "cue"), **owner)
        self._support(entry.speaker_text, spans["speaker_text"], "speaker_text", (*loc, "speaker_text"), **owner)
        if date.span:
            self._support(entry.date.words, date.span, "date_text", (*loc, "date"), **owner)
        for target in entry.targets:
            self.all.add(
                tables.StatementTarget,
                place,
                statement_id=identity,
                actor_id=target,
                actor_name=names["actors"][target],
            )

    def _report(self, entry: Any, loc: Loc) -> None:
        identity = self._unit_id("er", entry.id)
        place = self.sheet.place((*loc, "id"))
        known = self._check("events", entry.event, (*loc, "event"))
        known &= self._check("sources", entry.source, (*loc, "source"))
        known &= self._check("sources", entry.origin, (*loc, "origin"))
        known &= self._check("sources", entry.holder, (*loc, "holder"))
        known &= self._check_statement(entry.statement, (*loc, "statement"))
        if (entry.attribution == "outlet") != (entry.source is None):
            expected = "“source:” exactly when the attribution is not “outlet”"
            self.all.problems.add(
                place, "attribution", f"report {entry.id}: {entry.attribution}", expected, "correct it"
            )
            return
        span = self._anchor(entry.evidence, (*loc, "evidence"), entry.within)
        roles = self._roles(entry, loc)
        date = self._date(entry.date, (*loc, "date"), entry.within, None)
        extra = {
            name: (quote, self._anchor(quote, (*loc, key), entry.within))
            for name, key, quote in (("place_text", "place", entry.place), ("hedge_text", "hedge", entry.hedge))
            if quote
        }
        if not (known and span and date) or roles is None or not all(found for _, found in extra.values()):
            return
        source = entry.source or self.facts.origin
        names = self.all.names["sources"]
        holder = entry.holder or source
        if holder not in names:
            return
        evidence_id = self.all._evidence_id(
            self.article, next(_parts(self.article, span)), "evidence_text", {"event_report_id": identity}
        )
        row = self.all.add(
            tables.EventReport,
            place,
            event_report_id=identity,
            event_id=entry.event,
            event_title=self.all.names["events"][entry.event],
            document_id=self.coded.document_id,
            attribution=entry.attribution,
            attributed_source_id=entry.source,
            attributed_source_name=names.get(entry.source),
            statement_id=self._unit_id("st", entry.statement),
            independence_group=self.all.root(entry.origin or source),
            date_text=date.text,
            date_edtf=date.edtf or None,
            date_rule=date.rule,
            date_rationale=date.because,
            place_text=entry.place and entry.place.text,
            factuality=entry.factuality,
            factuality_holder=holder,
            factuality_holder_name=names[holder],
            hedge_text=entry.hedge and entry.hedge.text,
            is_background=entry.background,
            evidence_id=evidence_id,
            evidence_text=entry.evidence.text,
            note=entry.note,
        )
        if row is None:
            return
        self.all.bases[identity] = date.basis
        owner = {"event_report_id": identity}
        self._support(entry.evidence, span, "evidence_text", (*loc, "evidence"), **owner)
        if date.span:
            self._support(entry.date.words, date.span, "date_text", (*loc, "date"), **owner)
        for name, (quote, found) in extra.items():
            self._support(quote, found, name, loc, **owner)
        for role, actor, quote, found in roles:
            self.all.roles.setdefault((entry.event, actor, role), set()).add(identity)
            role_id = event_actor_id(entry.event, actor, role)
            self._support(quote, found, "role", (*loc, "who", role, actor), event_actor_id=role_id)

    def _roles(self, entry: Any, loc: Loc) -> list[tuple[str, str, Any, Span]] | None:
        found: list[tuple[str, str, Any, Span]] = []
        is_whole = True
        allowed = codes.codes_of("role")
        for role, actors in entry.who.items():
            if role not in allowed:
                place = self.sheet.place((*loc, "who", role, "@key"))
                self.all.problems.add(place, "code", f"the role “{role}”", ", ".join(allowed), "correct the role")
                is_whole = False
            for actor, quote in actors.items():
                here = (*loc, "who", role, actor)
                span = self._anchor(quote, here, entry.within)
                is_whole &= self._check("actors", actor, here) and span is not None
                found.append((role, actor, quote, span))
        return found if is_whole else None

    def _relation(self, entry: Any, loc: Loc) -> None:
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
        names = self.all.names
        source = entry.source or self.facts.origin
        if source not in names["sources"]:
            return
        row = self.all.add(
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
            statement_id=self._unit_id("st", entry.statement),
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
        if manner:
            self._support(entry.manner, manner, "manner_text", (*loc, "manner"), **owner)
        if valid.span:
            self._support(entry.valid.words, valid.span, "validity_text", (*loc, "valid"), **owner)

    def _quantity(self, entry: Any, loc: Loc) -> None:
        identity = self._unit_id("qty", entry.id)
        known = self._check("actors", entry.actor, (*loc, "actor"))
        known &= self._check("events", entry.event, (*loc, "event"))
        known &= self._check_statement(entry.statement, (*loc, "statement"))
        span = self._anchor(entry.evidence, (*loc, "evidence"), entry.within)
        printed = self._anchor(entry.printed, (*loc, "printed"), entry.within)
        if not (known and span and printed):
            return
        row = self.all.add(
            tables.Quantity,
            self.sheet.place((*loc, "id")),
            quantity_id=identity,
            document_id=self.coded.document_id,
            printed_text=entry.printed.text,
            unit=entry.unit,
            minimum=_decimal(entry.min),
            maximum=_decimal(entry.max),
            is_approximate=entry.approximate,
            counts=entry.counts,
            actor_id=entry.actor,
            event_id=entry.event,
            statement_id=self._unit_id("st", entry.statement),
            evidence_text=entry.evidence.text,
        )
        if row is None:
            return
        self._support(entry.evidence, span, "evidence_text", (*loc, "evidence"), quantity_id=identity)
        self._support(entry.printed, printed, "printed_text", (*loc, "printed"), quantity_id=identity)

    def _decision(self, entry: Any, loc: Loc) -> None:
        units = []
        for number, about in enumerate(entry.about):
            unit = self._decided_unit(about)
            if unit is None:
                expected = "s01 (statement), r01 (report), k01 (relation), q01 (quantity) of this sheet, or a full id"
                place = self.sheet.place((*loc, "about", number))
                self.all.problems.add(place, "unknown-id", f"“{about}”", expected, "correct the id")
                return
            units.append(unit)
        self.all.add(
            tables.Decision,
            self.sheet.place((*loc, "id")),
            decision_id=self._unit_id("dec", entry.id),
            document_id=self.coded.document_id,
            unit_ids=joined(units),
            question=entry.question,
            decided=entry.decided,
            alternatives=entry.alternatives,
            reason=entry.because,
            origin=entry.origin,
        )

    def _decided_unit(self, about: str) -> str | None:
        if about[:1] in UNIT_PREFIXES and about[1:].isdigit():
            lists = {"s": "statements", "r": "reports", "k": "relations", "q": "quantities"}
            known = {entry.id for entry in getattr(self.value, lists[about[0]])}
            return self._unit_id(UNIT_PREFIXES[about[0]], about[1:]) if about[1:] in known else None
        full = {"evt": "events", "act": "actors", "src": "sources", "plc": "places", "top": "topics"}
        table = full.get(about.partition("-")[0])
        if table:
            return about if about in self.all.known.ids[table] else None
        is_discrepancy = any(entry.id == about for entry in self.all.inputs.register("discrepancies"))
        return about if is_discrepancy else None


def event_actor_id(event: str, actor: str, role: str) -> str:
    """The id of an actor in an event: both slugs and the role."""
    return f"ea-{event.removeprefix('evt-')}-{actor.removeprefix('act-')}-{role}"


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
    """The origins that reports of one event go back to. One who commits himself to nothing (Uu) corroborates nothing."""
    committed = [report for report in reports if report.factuality != "Uu"]
    return {report.independence_group for report in committed or reports}


def corroboration(reports: list[tables.EventReport]) -> str:
    """How the reports of one event stand to each other.

    Contested when some hold it for so and others for not so (FactBank polarity); otherwise by the number of
    independent origins, not of articles.
    """
    if {"+", "-"} <= {report.factuality[-1] for report in reports}:
        return "contested"
    if len(independent_groups(reports)) > 1:
        return "multiple_independent"
    return "multiple_dependent" if len(reports) > 1 else "single_report"


def _parts(article: Article, span: Span) -> Iterable[Span]:
    """The span in pieces of at most ``MAX_EVIDENCE`` code points, cut after a blank."""
    start = span.start
    while span.end - start > tables.MAX_EVIDENCE:
        cut = article.text.rfind(" ", start, start + tables.MAX_EVIDENCE)
        cut = cut if cut > start else start + tables.MAX_EVIDENCE
        yield Span(start, cut)
        start = cut + (article.text[cut] == " ")
    yield Span(start, span.end)


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
