"""The shapes of the YAML files under ``seeds/coding/``: what a coding sheet and the registers may contain.

A sheet never states an offset: it quotes. A quotation is the exact words, or a mapping with ``text`` and one
of ``in`` (words whose sentence or paragraph it stands in) or ``occurrence`` (which one, from 1). Every scalar
arrives as text. Unknown keys are errors. Units that share keys may stand in groups: see ``groups``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypedDict, TypeVar, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ..files import yaml_file
from ..model import codes, counted, tables
from ..model.cells import MAX_DIGITS
from ..model.columns import ENCODING, SHA256, SLUG
from ..model.rows import Row, columns
from ..model.shape import (
    AtLeastOne,
    Form,
    Item,
    Once,
    OwnText,
    OwnTitle,
    RetiredShape,
    Shape,
    Text,
    TextsShape,
    Version,
    Words,
    form,
    shaped,
)
from ..problems.catalogue import WAIVABLE
from ..problems.problem import DataErrors, Place, Problem, Problems
from ..text import edtf, mentions, received
from . import open_values
from .groups import ungrouped

T = TypeVar("T")


@dataclass(frozen=True)
class CodeOf(AfterValidator):
    """The check of a code, which says to whoever describes the shape which list the code is in, and what may stand
    in its place."""

    list: str
    besides: tuple[str, ...]


def _code(name: str, *besides: str) -> CodeOf:
    """A code of the list ``name``, or one of the values ``besides``."""

    def check(value: str) -> str:
        allowed = (*codes.codes_of(name), *besides)
        if value not in allowed:
            context = {"found": value, "expected": codes.expected(name, value, besides), "list": name}
            raise PydanticCustomError("code", "not a code", context)
        return value

    return CodeOf(check, name, besides)


def _id(prefix: str) -> Form:
    return form(f"{prefix}-{SLUG}", f"an id such as {prefix}-some-name: small letters, digits, single hyphens")


def _edtf(value: str) -> str:
    try:
        edtf.parse(value)
    except ValueError as error:
        raise PydanticCustomError("edtf", "not EDTF", {"found": value, "expected": str(error)}) from None
    return value


def _ended(value: str) -> str:
    if edtf.parse(value).end is None:
        raise PydanticCustomError("edtf", "open", {"found": value, "expected": "a date whose last day is known"})
    return value


def _day(value: object) -> Date:
    """A day of the calendar."""
    expected = "a day such as 2026-11-29"
    if not (isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value)):
        raise PydanticCustomError("form", "no day", {"found": str(value), "expected": expected})
    try:
        return Date.fromisoformat(value)
    except ValueError:
        context = {"found": value, "expected": "a day that the calendar has"}
        raise PydanticCustomError("form", "no day", context) from None


def _flag(value: object) -> bool:
    if value not in ("true", "false"):
        raise PydanticCustomError("flag", "not a flag", {"found": str(value), "expected": "true or false"})
    return value == "true"


def _number(value: object) -> int:
    """Positive whole number in plain digits."""
    if not (isinstance(value, str) and re.fullmatch("[1-9][0-9]*", value) and len(value) <= MAX_DIGITS):
        expected = f"a whole number of at least 1, with at most {MAX_DIGITS} digits"
        context = {"found": str(value), "expected": expected}
        raise PydanticCustomError("number", "not a number", context)
    return int(value)


def _exact(value: str) -> str:
    """Number with no more digits than every format keeps."""
    if sum(character.isdigit() for character in value) > MAX_DIGITS:
        context = {"found": value, "expected": f"at most {MAX_DIGITS} digits"}
        raise PydanticCustomError("number", "too many digits", context)
    return value


@dataclass(frozen=True)
class Bounds(AfterValidator):
    """The check of a number that a column has to hold, which says what the least and the largest are."""

    minimum: int | None = None
    maximum: int | None = None


def _bounds(model: type[Row], name: str) -> Bounds:
    """A number that the column of this name can hold."""
    column = columns(model)[name]

    def check(value: T) -> T:
        if not column.accepts_number(Decimal(str(value))):
            context = {"found": str(value), "expected": column.expected}
            raise PydanticCustomError("number", "out of bounds", context)
        return value

    return Bounds(check, column.minimum, column.maximum)


def _places(value: str) -> str:
    if odd := counted.unknown(value):
        expected = f"no braces besides {' and '.join(f'{{{name}}}' for name in counted.NAMES)}, which a build fills"
        raise PydanticCustomError("form", "no place", {"found": odd, "expected": expected})
    return value


def _as_quote(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


#: Labelled missing values that a coder may write (columns.NOT_STATED has their labels).
NOT_STATED, UNDECIDED = "not-stated", "undecided"

Edtf = Annotated[str, Form(_edtf, edtf.PATTERN, edtf.FORM)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Whole = Annotated[int, BeforeValidator(_number)]


def _alias(value: str) -> str:
    if wrong := mentions.fault(value):
        raise PydanticCustomError("form", "no name", {"found": value, "expected": wrong[1]})
    return value


#: Words that are looked for in the articles.
Alias = Annotated[Item, AfterValidator(_alias)]
Short = Annotated[str, form("[0-9]{2,3}", "two or three digits")]


class QuoteShape(Shape):
    """A quotation, and how its words bear on the value that they are evidence for."""

    text: Words
    within: Annotated[str | None, Field(alias="in", min_length=1)] = None
    occurrence: Whole | None = None
    support: Annotated[str, _code("support")] = "states"


Quote = Annotated[QuoteShape, BeforeValidator(_as_quote)]
#: One value may stand for a list of one.
AS_LIST = BeforeValidator(_as_list)
Quotes = Annotated[list[Quote], AS_LIST, AtLeastOne]


class DateShape(Shape):
    """A date: the words and what they mean, or a value with the reason for it."""

    words: Quote | None = None
    edtf: Edtf | None = None
    future: Flag = False
    basis: Annotated[str, _code("date_basis")] | None = None
    because: Text | None = None
    reference: Text | None = None


class OccasionDate(DateShape):
    """The date of the event that is the occasion of a statement, with what it rests on."""


@dataclass(frozen=True)
class OrWord(BeforeValidator):
    """A word that may stand in the place of a mapping, and what it means."""

    word: str = ""


def _or_word(word: str, meaning: type[DateShape]) -> OrWord:
    """A date, or the ``word`` that stands for one."""

    def read(value: object) -> object:
        if value == word:
            return meaning()
        if isinstance(value, str):
            expected = f"“{word}”, or a mapping such as {{words: …}} or {{edtf: …, because: …}}"
            raise PydanticCustomError("form", "no date", {"found": value, "expected": expected})
        return value

    return OrWord(read, word=word)


class PublishedShape(Shape):
    """When an article was published, what that rests on, and which date its text gives, where it prints a year."""

    date: Annotated[Edtf, AfterValidator(_ended)]
    basis: Annotated[str, _code("basis")]
    text_date: Edtf | None = None
    quotes: Quotes | None = None
    reference: Text | None = None
    because: Text


class PublisherShape(Shape):
    """Which source published an article, and what that rests on."""

    source: Text
    basis: Annotated[str, _code("basis")]
    reference: Text | None = None


def _encoding(value: str) -> str:
    if not received.is_encoding(value):
        context = {"found": value, "expected": "an encoding of texts that Python knows, such as cp1252"}
        raise PydanticCustomError("form", "no encoding", context)
    return value


class ReceivedShape(Shape):
    """The bytes that were received, where the file of the article has the same characters in another encoding."""

    sha256: Annotated[str, form(SHA256, "64 hexadecimal digits, small letters")]
    encoding: Annotated[str, form(ENCODING, "small letters, digits, “-” and “_”"), AfterValidator(_encoding)]


class CodingShape(Shape):
    """By whom an article was coded, in how many readings, when and by which rules, and how far the coding has come."""

    by: Annotated[str, _code("coder_type")]
    readings: Annotated[Whole, _bounds(tables.Document, "reading_count")]
    on: Annotated[Date, BeforeValidator(_day)]
    rules: Version
    status: Annotated[str, _code("coding_status")]


class FactsShape(Shape):
    """What is known about an article as a whole."""

    title: Quote | None = None
    byline: Quote | None = None
    dateline: Quote | None = None
    published: PublishedShape
    publisher: PublisherShape
    origin: Text
    text_kind: Annotated[str, _code("text_kind")]
    text_kind_because: Text
    language: Annotated[str, form("[a-z]{2}", "two small letters (BCP 47), such as en")]
    rights: Text
    cited_as: OwnTitle | None = None


class UnitShape(Shape):
    """What all coded units share: a short id, and words (``in``) near which their quotations are looked for first."""

    id: Short
    within: Annotated[str | None, Field(alias="in", min_length=1)] = None


class StatementShape(UnitShape):
    """An attributed utterance or position: speaker, cue and content."""

    speaker: Text | None = None
    source: Text | None = None
    speaker_text: Quote
    relayed_by: Text | None = None
    parent: Short | None = None
    form: Annotated[str, _code("speech_form")]
    cue: Quote
    content: Quotes
    summary: Text
    verbatim: Annotated[str, _code("verbatim")] | None = None
    verbatim_reference: Text | None = None
    verbatim_because: Text | None = None
    act: Annotated[str, _code("act")]
    plover: Annotated[str, _code("event_type")] | None = None
    targets: Annotated[list[Text], Once] = []
    topic: Text
    stance: Annotated[str, _code("stance")]
    epistemic: Annotated[str, _code("epistemic")]
    occasion: Text | None = None
    about: Text | None = None
    date: Annotated[DateShape | None, _or_word("occasion", OccasionDate)] = None
    medium: Annotated[str, _code("medium")] = "unknown"
    same_as: Annotated[list[Text], Once] = []


class ReportShape(UnitShape):
    """What one article, or a source in it, reports about an event. ``who`` quotes the actors by role and id."""

    event: Text
    attribution: Annotated[str, _code("attribution")] = "outlet"
    source: Text | None = None
    statement: Short | None = None
    origin: Text | None = None
    evidence: Quote
    who: dict[str, dict[str, Quote]] = {}
    date: DateShape | None = None
    place: Quote | None = None
    factuality: Annotated[str, _code("factuality")] = "CT+"
    holder: Text | None = None
    hedge: Quote | None = None
    background: Flag = False
    note: Text | None = None


class RelationShape(UnitShape):
    """A standing tie between two actors, or an actor and a place, that the words assert."""

    subject: Text
    predicate: Annotated[str, _code("predicate")]
    object: Text
    manner: Quote | None = None
    source: Text | None = None
    statement: Short | None = None
    negated: Flag = False
    valid: DateShape | None = None
    evidence: Quote
    note: Text | None = None


Figure = Annotated[str, form(r"[0-9]+(\.[0-9]+)?", "a number such as 1200 or 0.5"), AfterValidator(_exact)]


class QuantityShape(UnitShape):
    """A number as printed, and the bounds that its words give."""

    printed: Quote
    unit: Annotated[str, _code("quantity_unit")]
    min: Annotated[Figure, _bounds(tables.Quantity, "minimum")] | None = None
    max: Annotated[Figure, _bounds(tables.Quantity, "maximum")] | None = None
    approximate: Flag = False
    counts: Text
    actor: Text | None = None
    event: Text | None = None
    statement: Short | None = None
    evidence: Quote


class ScareQuoteShape(Shape):
    """A passage in quotation marks that is in no statement, and why."""

    quote: Quote
    disposition: Literal["scare_quote", "headline"] = "scare_quote"
    because: Text


class SentenceShape(Shape):
    """A sentence that carries no coded unit, and why."""

    quote: Quote
    disposition: Literal["background", "boilerplate"]
    because: Text


class BoundariesShape(Shape):
    """Corrections of what the program finds: passages without an end of a sentence inside, passages that end with one,
    passages that are quotations, and passages whose marks are no quotation marks."""

    join: list[Quote] = []
    split_after: list[Quote] = []
    quoted: list[Quote] = []
    not_quoted: list[Quote] = []


class MentionShape(Shape):
    """What ambiguous words mean in this article: everywhere, or in the one passage quoted by ``at``."""

    words: Words
    means: Text
    at: Quotes | None = None


class DecisionShape(Shape):
    """How a hard case was settled, and what else was possible."""

    id: Short
    about: Annotated[list[Text], Once] = []
    question: Text
    decided: Text
    alternatives: Text
    because: Text
    origin: Annotated[str, _code("decision_origin")]


class Sheet(Shape):
    """The coding sheet of one article."""

    article: Text
    sha256: Annotated[str, form(SHA256, "64 hexadecimal digits, small letters")]
    received: ReceivedShape | None = None
    coding: CodingShape
    facts: FactsShape
    boundaries: BoundariesShape = BoundariesShape()
    statements: list[StatementShape] = []
    reports: list[ReportShape] = []
    relations: list[RelationShape] = []
    quantities: list[QuantityShape] = []
    scare_quotes: list[ScareQuoteShape] = []
    sentences: list[SentenceShape] = []
    mentions: list[MentionShape] = []
    decisions: list[DecisionShape] = []


#: The parts of a sheet that are lists of units, which may stand in groups.
LISTS = tuple(name for name, info in Sheet.model_fields.items() if get_origin(info.annotation) is list)


class AliasShape(Shape):
    """What kind of words an alias is. With ``when``, they mean the entry only in articles that were published then."""

    kind: Annotated[str, _code("label_kind")]
    when: Edtf | None = None


Named = Annotated[AliasShape, BeforeValidator(lambda value: {"kind": value} if isinstance(value, str) else value)]


class ActorShape(Shape):
    """An entry of the register of actors: a person, body or state. ``aliases`` are the words by which articles
    name it; by ``search_names`` readers find it, and nothing is looked for in the articles."""

    id: Annotated[str, _id("act")]
    name: Item
    type: Annotated[str, _code("actor_type")]
    country: Annotated[str, _code("country", NOT_STATED, UNDECIDED)] | None = None
    parent: Text | None = None
    sector: Annotated[str, _code("sector", NOT_STATED, UNDECIDED)] | None = None
    description: Text
    exists: Edtf | None = None
    aliases: dict[Alias, Named] = {}
    search_names: Annotated[list[Alias], Once] = []
    wikidata: Text | None = None
    ucdp: Whole | None = None
    cameo: Text | None = None
    identifier_note: Text | None = None


class SourceShape(Shape):
    """An entry of the register of sources: whatever an article relies on."""

    id: Annotated[str, _id("src")]
    name: Text
    type: Annotated[str, _code("source_type")]
    named: Flag
    actor: Text | None = None
    country: Annotated[str, _code("country", NOT_STATED, UNDECIDED)] | None = None
    party: Annotated[str, _code("is_party")]
    origin: Text | None = None
    description: Text


_degrees = form(r"-?[0-9]{1,3}(\.[0-9]+)?", "decimal degrees such as 32.88743")
Degrees = Annotated[str, _degrees, AfterValidator(_exact)]


class PlaceShape(Shape):
    """An entry of the register of places, with ``aliases`` and ``search_names`` like those of an actor."""

    id: Annotated[str, _id("plc")]
    name: Text
    type: Annotated[str, _code("place_type")]
    country: Annotated[str, _code("country")] | None = None
    where_prec: Annotated[Whole, _bounds(tables.PlaceRow, "where_prec")]
    latitude: Annotated[Degrees, _bounds(tables.PlaceRow, "latitude")] | None = None
    longitude: Annotated[Degrees, _bounds(tables.PlaceRow, "longitude")] | None = None
    coordinate_basis: Text | None = None
    wikidata: Text | None = None
    geonames: Whole | None = None
    aliases: dict[Alias, Named] = {}
    search_names: Annotated[list[Alias], Once] = []
    description: Text


def aliases_of(entries: Iterable[ActorShape | PlaceShape]) -> mentions.Aliases:
    """The aliases of actors and places, with the time in which they mean them, or in which an actor exists."""

    def named() -> Iterator[tuple[str, str, str, edtf.Edtf | None]]:
        for entry in entries:
            exists = entry.exists if isinstance(entry, ActorShape) else None
            for words, alias in entry.aliases.items():
                when = alias.when or exists
                yield words, entry.id, alias.kind, edtf.parse(when) if when else None

    return mentions.Aliases(named())


class TopicShape(Shape):
    """An entry of the register of topics, and what it means to support or oppose it."""

    id: Annotated[str, _id("top")]
    name: Text
    definition: Text
    support_means: Text
    oppose_means: Text


class EventShape(Shape):
    """An entry of the register of events: one distinct occurrence."""

    id: Annotated[str, _id("evt")]
    title: Text
    type: Annotated[str, _code("event_type")]
    modes: Annotated[list[Annotated[str, _code("event_mode")]], Once] = []
    contexts: Annotated[list[Annotated[str, _code("context")]], Once] = []
    aux: Annotated[str, _code("aux_mode")] = "none"
    realis: Annotated[str, _code("realis")]
    date: DateShape
    place: Text | None = None
    part_of: Text | None = None
    distinct_from: Annotated[list[Text], Once] = []
    because: Text


class ReadingShape(Shape):
    """One side of a discrepancy: a passage of an article, or what an outside reference says."""

    article: Annotated[str, form("[0-9a-f]{8}", "the first eight hexadecimal digits of an article’s name")] | None = (
        None
    )
    quotes: Quotes | None = None
    reading: Text


class DiscrepancyShape(Shape):
    """An entry of the register of discrepancies: two readings, and how they are resolved."""

    id: Annotated[str, _id("dis")]
    kind: Annotated[str, _code("discrepancy_kind")]
    title: Text
    field: Annotated[str, form("[a-z_]+[.][a-z_]+", "a table and a column, such as events.place_id")]
    event: Text | None = None
    actor: Text | None = None
    a: ReadingShape
    b: ReadingShape
    conflict: Annotated[str, _code("conflict")]
    resolution: Annotated[str, _code("resolution")]
    because: Text
    reference: Text | None = None


class ReferenceShape(Shape):
    """An entry of the register of references: a fact from outside the articles."""

    id: Annotated[str, _id("ref")]
    fact: Text
    value: Text
    edtf: Edtf | None = None
    seen_at: Text
    standing: Annotated[str, _code("reference_standing")]
    note: Text | None = None


class ReaderShape(Shape):
    """Who made a further reading of the articles, when, by which rules, from what, and what was kept from them."""

    title: OwnText
    coder: Annotated[str, _code("coder_type")]
    date: Annotated[Edtf, form("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2026-11-29")]
    rules: Version
    round: Whole
    given: Annotated[list[OwnText], AtLeastOne]
    facts_given: Annotated[list[OwnText], AtLeastOne] | None = None
    not_seen: Annotated[list[OwnText], AtLeastOne]
    note: OwnText | None = None


_Hash = Annotated[str, form(SHA256, "64 hexadecimal digits, small letters")]
Signed = Annotated[str, form(r"-?[0-9](\.[0-9]+)?", "a number from -1 to 1"), AfterValidator(_exact)]


class FigureShape(Shape):
    """A figure of agreement, of a reading against the record or another reading."""

    reading: Text
    against: Text | None = None
    table: Text
    field: Text | None = None
    measure: Text
    value: Signed | None = None
    count: Annotated[str, form("[0-9]{1,9}", "a whole number")]
    units: Annotated[list[Signed], Field(min_length=2, max_length=2)] | None = None
    articles: Annotated[list[Signed], Field(min_length=2, max_length=2)] | None = None


class MeasuredShape(Shape):
    """A reading for which there are figures: what it says of itself, and the hash of its files."""

    sha256: _Hash
    coder: Annotated[str, _code("coder_type")]
    round: Whole
    rules: Text
    date: Edtf


class FiguresShape(Shape):
    """All figures of agreement, with hashes of what they were computed from.

    ``record`` has those of what the record says of each article, by its key.
    """

    record: dict[str, _Hash]
    readings: dict[str, MeasuredShape]
    figures: list[FigureShape]


class WaiverShape(Shape):
    """A warning that is accepted for one row, for a reason and until a day."""

    rule: Annotated[
        str,
        form(f"R[0-9]{{2,3}}|{'|'.join(WAIVABLE)}", f"the number of a rule, such as R14, or {', '.join(WAIVABLE)}"),
    ]
    record: Text
    because: OwnText
    until: Annotated[str, form("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2027-01-31")]


class RecordShape(TextsShape):
    """The texts of the release in the register ``record``. A build fills the places of the description."""

    description: Annotated[OwnText, AfterValidator(_places)]
    text_rights: OwnText


class Loaded(Generic[T]):
    """A file that was read and has its shape: ``value`` is the content, ``file`` the name in messages."""

    def __init__(self, document: yaml_file.Document, value: T) -> None:
        """Keep the content, and the document for the places in it."""
        self.file, self.value = document.file, value
        self._document = document

    def place(self, loc: yaml_file.Loc) -> Place:
        """The place of the value at a path of keys and indices, or of its nearest parent that stands in the file."""
        return self._document.place(loc)

    def left_out(self, at: yaml_file.Loc) -> frozenset[str]:
        """The ids of entries of a list that could not be read; none, unless the file is that of a further reading."""
        return frozenset()


class Joined(Loaded[list[Any]]):
    """A register that stands in several files: the entries of all of them, each at its own place."""

    def __init__(self, parts: list[Loaded[list[Any]]]) -> None:
        """Take the entries of the parts, of which the first is the register's own file."""
        super().__init__(parts[0]._document, [entry for part in parts for entry in part.value])
        self._parts = parts

    def place(self, loc: yaml_file.Loc) -> Place:
        """The place of the value at a path of keys and indices, in the file that holds the entry."""
        if not loc or not isinstance(index := loc[0], int):
            return super().place(loc)
        for part in self._parts:
            if index < len(part.value):
                return part.place((index, *loc[1:]))
            index -= len(part.value)
        return super().place(())


class Registers(TypedDict, total=False):
    """All registers by name, in the order in which they are read. One that cannot be read is missing."""

    record: Loaded[RecordShape]
    actors: Loaded[list[ActorShape]]
    sources: Loaded[list[SourceShape]]
    places: Loaded[list[PlaceShape]]
    topics: Loaded[list[TopicShape]]
    events: Loaded[list[EventShape]]
    discrepancies: Loaded[list[DiscrepancyShape]]
    references: Loaded[list[ReferenceShape]]
    waivers: Loaded[list[WaiverShape]]
    retired: Loaded[list[RetiredShape]]


#: Names of the registers, and of those that are lists, which may stand in several files.
REGISTERS = tuple(Registers.__annotations__)
IN_PARTS = REGISTERS[1:]
#: Registers whose entries make no rows.
WITHOUT_IDS = ("record", "waivers", "retired")


def load_sheet(root: Path, path: str, problems: Problems) -> Loaded[Sheet] | None:
    """Read the coding sheet at ``path`` below ``root``; None, with its problems added, when it is not one."""
    return load_shape(root, path, Sheet, problems)


def load_figures(root: Path, path: str, problems: Problems) -> Loaded[FiguresShape] | None:
    """Read the figures of agreement; None, with the problems added, when they cannot be read."""
    return load_shape(root, path, FiguresShape, problems)


def load_register(name: str, root: Path, path: str, problems: Problems) -> Loaded[Any] | None:
    """Read the register ``name``; None, with its problems added, when it is not one. Its type: see ``Registers``."""
    (shape,) = get_args(get_type_hints(Registers, include_extras=True)[name])
    return load_shape(root, path, shape, problems)


def load_shape(root: Path, path: str, shape: type[T], problems: Problems) -> Loaded[T] | None:
    """Read a file that has its shape as a whole; None, with its problems added, when it has not."""
    try:
        document = yaml_file.load(root, path)
    except DataErrors as error:
        problems.items += error.problems
        return None
    wrong: list[Problem] = []
    if shape is Sheet:
        document, wrong = ungrouped(document, LISTS)
        problems.items += wrong
    if places := open_values.report(document, shape, problems):
        others = Problems()
        shaped(document, shape, others)
        problems.items += [problem for problem in others.items if problem.place not in places]
        return None
    value = shaped(document, shape, problems)
    return None if value is None or wrong else Loaded(document, value)
