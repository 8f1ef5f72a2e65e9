"""Keep the rows that a build makes: every row once, each with the place where it was coded, and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from ..coding.inputs import Inputs
from ..coding.known import Known
from ..model import cell_faults, computed, tables
from ..model.cells import joined
from ..model.columns import CONTEXT_LENGTH
from ..model.rows import Places, Row, Rows
from ..problems.problem import Place, Problems
from ..problems.wording import show
from ..text.articles import Article
from ..text.spans import Span
from .utterances import statement_id, utterances


@dataclass
class Date:
    """A date as coded: its EDTF value, what it rests on, and the words with their place."""

    edtf: str
    basis: str
    rule: str = "none"
    text: str | None = None
    span: Span | None = None
    because: str | None = None
    reference: str | None = None
    is_ahead: bool = False


@dataclass
class Ledger:
    """All rows by table. ``roles`` are the reports by (event, actor, role), ``bases`` the date bases by report."""

    inputs: Inputs
    problems: Problems
    rows: Rows = field(default_factory=lambda: {model.TABLE: [] for model in tables.TABLES})
    places: Places = field(default_factory=dict)
    roles: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    #: Where words of each article stand that are an alias at another time.
    outdated: dict[str, list[Span]] = field(default_factory=dict)
    #: Where the first words for each role stand.
    role_places: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names: dict[str, dict[str, str]] = {
            table: {entry.id: getattr(entry, "name", getattr(entry, "title", "")) for entry in loaded.value}
            for table, loaded in self.inputs.entries()
        }
        self.known = Known(self.inputs, self.problems)
        #: Cells without a fault, by table: most are repeated.
        self._sound: dict[str, set[tuple[str, str]]] = {}
        #: The date of every event of the register, as it stands there.
        self.event_dates = {entry.id: entry.date for entry in self.inputs.registers["events"].value}
        self.origins = {entry.id: entry.origin for entry in self.inputs.registers["sources"].value}

    def add(self, model: type[Row], place: Place, **values: Any) -> Row | None:
        """Make a row. A second row with the same key, or one that breaks its model, is a problem."""
        try:
            row = model(**values)
        except ValidationError as error:
            self._refused(model, place, error)
            return None
        if self._is_unfit(row, place):
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

    def _refused(self, model: type[Row], place: Place, error: ValidationError) -> None:
        for item in error.errors(include_url=False):
            column = ".".join(map(str, item["loc"]))
            context = {"column": column, "found": str(item["input"]), "expected": item["msg"]} | item.get("ctx", {})
            found = f"{context['column']} {show(context['found'])}"
            self.problems.add(place, "model", found, context["expected"], f"correct the value (table {model.TABLE})")

    def _is_unfit(self, row: Row, place: Place) -> bool:
        """Whether a cell of the row would be refused where the table is read again; each such fault is a problem."""
        before = len(self.problems.items)
        known = self._sound.setdefault(row.TABLE, set())
        for name, cell in zip(type(row).model_fields, row.cells(), strict=True):
            if not cell or (name, cell) in known:
                continue
            if not (wrong := list(cell_faults.faults(type(row), name, cell))):
                known.add((name, cell))
            for check, found, expected in wrong:
                remedy = f"correct the value (table {row.TABLE})"
                self.problems.add(place, check, f"{name} {found}", expected, remedy)
        return len(self.problems.items) > before

    @cached_property
    def utterances(self) -> dict[str, list[str]]:
        """The statements that report one utterance, by the id of each."""
        return utterances(self.inputs)

    @cached_property
    def statement_ids(self) -> dict[str, str]:
        """The statements of all sheets, those that cannot be read included, each with the key of its article."""
        return {
            statement_id(coded.key, short): coded.key
            for coded in self.inputs.coded
            for short in (
                *(entry.id for entry in coded.sheet.value.statements),
                *coded.sheet.left_out(("statements",)),
            )
        }

    def root(self, source_id: str) -> str:
        """The source at which the chain of origins of a source ends."""
        seen = [source_id]
        while (origin := self.origins.get(seen[-1])) and origin not in seen:
            seen.append(origin)
        return seen[-1]

    def evidence(self, article: Article, span: Span, column: str, support: str, place: Place, **owner: str) -> str:
        """Add rows for one passage, split at a blank when it is too long; return the id of the first row."""
        made: list[str] = []
        for part in parts(article, span):
            identity = evidence_id(article, part, column, owner)
            if owner.keys() & {"event_actor_id"} and ("evidence", (identity,)) in self.places:
                return identity  # two reports may name an actor by the same words
            before, after = article.context(part, CONTEXT_LENGTH)
            self.add(
                tables.Evidence,
                place,
                evidence_id=identity,
                document_id=article.document_id,
                start=part.start,
                end=part.end,
                exact_text=article.of(part),
                prefix_text=before or None,
                suffix_text=after or None,
                paragraph_number=article.paragraph_number(part.start),
                sentence_number=article.sentence_number(part.start),
                field=column,
                support=support,
                **{name: None for name in tables.Evidence.OWNERS if name not in owner},
                **owner,
            )
            made.append(identity)
        return made[0]

    def has_errors(self, file: str | None = None) -> bool:
        """Whether any sheet (or the one named) has an error that may cause others."""
        files = {file} if file else {coded.sheet.file for coded in self.inputs.coded}
        return bool(files & self.known.files()) or any(
            problem.place.file in files and problem.severity == "error" for problem in self.problems.items
        )

    def name_of(self, table: str, identity: str | None) -> str | None:
        """The name of an entry of a register; None for no id, or for one that no entry has."""
        return self.names[table].get(identity) if identity else None

    def names_of(self, table: str, ids: Iterable[str]) -> str | None:
        """Names of several ids as one cell."""
        return joined(self.names[table][identity] for identity in ids)


def evidence_id(article: Article, span: Span, column: str, owner: dict[str, str]) -> str:
    """The permanent id of a passage: article, offsets, and the column of its owner that it supports."""
    ((name, value),) = owner.items()
    is_fact = name == "document_fact"
    return computed.evidence_id(article.key, span, value if is_fact else column, "" if is_fact else value)


def parts(article: Article, span: Span) -> Iterator[Span]:
    """The span in pieces of at most ``MAX_EVIDENCE`` code points, cut after a blank."""
    start = span.start
    while span.end - start > tables.MAX_EVIDENCE:
        cut = article.text.rfind(" ", start, start + tables.MAX_EVIDENCE)
        cut = cut if cut > start else start + tables.MAX_EVIDENCE
        yield Span(start, cut)
        start = cut + (article.text[cut] == " ")
    yield Span(start, span.end)
