"""The shapes of the YAML files under ``seeds/coding/``: what a coding sheet and the registers may contain.

A sheet never states an offset: it quotes. A quotation is the exact words, or a mapping with ``text`` and one
of ``in`` (words whose sentence or paragraph it stands in) or ``occurrence`` (which one, from 1). Every scalar
arrives as text. Unknown keys are errors.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, Protocol, TypedDict, TypeVar, get_args, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from ..files import yaml_file
from ..model import codes
from ..model.cells import LIST_SEPARATOR
from ..model.columns import LINE, SHA256, SLUG
from ..problems.problem import DataErrors, Place, Problems, bounded
from ..problems.wording import nearest, show
from ..text import edtf

#: Mistakes of shape that are shown for one file; the others are counted.
SHOWN = 100
T = TypeVar("T")


def _code(name: str, *besides: str) -> AfterValidator:
    """A code of the list ``name``, or one of the values ``besides``."""

    def check(value: str) -> str:
        allowed = (*codes.codes_of(name), *besides)
        if value not in allowed:
            context = {"found": value, "expected": nearest(value, allowed), "list": name}
            raise PydanticCustomError("code", "not a code", context)
        return value

    return AfterValidator(check)


def _form(pattern: str, expected: str) -> AfterValidator:
    """A text that matches ``pattern`` as a whole; ``expected`` says so in words."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError("form", "not of this form", {"found": value, "expected": expected})
        return value

    return AfterValidator(check)


def _id(prefix: str) -> AfterValidator:
    return _form(f"{prefix}-{SLUG}", f"an id such as {prefix}-some-name: small letters, digits, single hyphens")


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


def _moment(value: str) -> str:
    try:
        if len(value) != len("2021-06-28T00:00:00Z"):
            raise ValueError
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        context = {"found": value, "expected": "a date and time such as 2021-06-28T00:00:00Z"}
        raise PydanticCustomError("form", "no moment", context) from None
    return value


def _flag(value: object) -> bool:
    if value not in ("true", "false"):
        raise PydanticCustomError("flag", "not a flag", {"found": str(value), "expected": "true or false"})
    return value == "true"


def _number(value: object) -> int:
    """Positive whole number in plain digits."""
    if not (isinstance(value, str) and re.fullmatch("[1-9][0-9]{0,17}", value)):
        context = {"found": str(value), "expected": "a whole number of at least 1, with at most 18 digits"}
        raise PydanticCustomError("number", "not a number", context)
    return int(value)


def _once(values: list[str]) -> list[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise PydanticCustomError(
                "form", "repeated", {"found": value, "expected": "each value once; this one is repeated"}
            )
        seen.add(value)
    return values


def _as_quote(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


#: Labelled missing values that a coder may write (columns.NOT_STATED has their labels).
NOT_STATED, UNDECIDED = "not-stated", "undecided"

Edtf = Annotated[str, AfterValidator(_edtf)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Whole = Annotated[int, BeforeValidator(_number)]
Text = Annotated[str, _form(LINE, "one line of text without blanks at its ends")]
#: Text that goes into a list cell.
Item = Annotated[
    Text, _form(f"[^{LIST_SEPARATOR}]*", f"text without “{LIST_SEPARATOR}”, which separates the values of a list")
]
Short = Annotated[str, _form("[0-9]{2,3}", "two or three digits")]
Once = AfterValidator(_once)
AtLeastOne = Field(min_length=1)


class Shape(BaseModel):
    """A mapping in a YAML file; keys it does not list are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class QuoteShape(Shape):
    """A quotation, and how its words bear on the value that they are evidence for."""

    text: Text
    within: Annotated[str | None, Field(alias="in", min_length=1)] = None
    occurrence: Whole | None = None
    support: Annotated[str, _code("support")] = "states"


Quote = Annotated[QuoteShape, BeforeValidator(_as_quote)]
Quotes = Annotated[list[Quote], BeforeValidator(_as_list), AtLeastOne]


class DateShape(Shape):
    """A date: the words and what they mean, or a value with the reason for it."""

    words: Quote | None = None
    edtf: Edtf | None = None
    future: Flag = False
    basis: Annotated[str, _code("date_basis")] | None = None
    because: Text | None = None
    reference: Text | None = None


class PublishedShape(Shape):
    """When an article was published, what that rests on, and which date its text gives."""

    date: Annotated[Edtf, AfterValidator(_ended)]
    basis: Annotated[str, _code("basis")]
    text_date: Edtf
    quotes: Quotes | None = None
    reference: Text | None = None
    because: Text


class PublisherShape(Shape):
    """Which source published an article, and what that rests on."""

    source: Text
    basis: Annotated[str, _code("basis")]
    reference: Text | None = None


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
    language: Annotated[str, _form("[a-z]{2}", "two small letters (BCP 47), such as en")]
    rights: Text


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
    verbatim: Flag | None = None
    act: Annotated[str, _code("act")]
    plover: Annotated[str, _code("event_type")] | None = None
    targets: Annotated[list[Text], Once] = []
    topic: Text
    stance: Annotated[str, _code("stance")]
    epistemic: Annotated[str, _code("epistemic")]
    occasion: Text | None = None
    about: Text | None = None
    date: DateShape | None = None
    medium: Annotated[str, _code("medium")] = "unknown"


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


Figure = Annotated[str, _form(r"[0-9]+(\.[0-9]+)?", "a number such as 1200 or 0.5")]


class QuantityShape(UnitShape):
    """A number as printed, and the bounds that its words give."""

    printed: Quote
    unit: Annotated[str, _code("quantity_unit")]
    min: Figure | None = None
    max: Figure | None = None
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
    """Corrections of the sentence splitter: passages without a boundary inside, and passages that end at one."""

    join: list[Quote] = []
    split_after: list[Quote] = []


class MentionShape(Shape):
    """What ambiguous words mean in this article: everywhere, or in the one passage quoted by ``at``."""

    words: Text
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
    sha256: Annotated[str, _form(SHA256, "64 hexadecimal digits, small letters")]
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


class ActorShape(Shape):
    """An entry of the register of actors: a person, body or state. ``aliases`` are the words that name it."""

    id: Annotated[str, _id("act")]
    name: Item
    type: Annotated[str, _code("actor_type")]
    country: Annotated[str, _code("country", NOT_STATED, UNDECIDED)] | None = None
    parent: Text | None = None
    sector: Annotated[str, _code("sector", NOT_STATED, UNDECIDED)] | None = None
    description: Text
    aliases: dict[Item, Annotated[str, _code("label_kind")]] = {}
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


Degrees = Annotated[str, _form(r"-?[0-9]{1,3}(\.[0-9]+)?", "decimal degrees such as 32.88743")]


class PlaceShape(Shape):
    """An entry of the register of places. ``aliases`` are the words that name it."""

    id: Annotated[str, _id("plc")]
    name: Text
    type: Annotated[str, _code("place_type")]
    country: Annotated[str, _code("country")] | None = None
    where_prec: Annotated[Whole, Field(le=8)]
    latitude: Degrees | None = None
    longitude: Degrees | None = None
    coordinate_basis: Text | None = None
    wikidata: Text | None = None
    geonames: Whole | None = None
    aliases: dict[Item, Annotated[str, _code("label_kind")]] = {}
    description: Text


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

    article: Annotated[str, _form("[0-9a-f]{8}", "the first eight hexadecimal digits of an article’s name")] | None = (
        None
    )
    quotes: Quotes | None = None
    reading: Text


class DiscrepancyShape(Shape):
    """An entry of the register of discrepancies: two readings, and how they are resolved."""

    id: Annotated[str, _id("dis")]
    kind: Annotated[str, _code("discrepancy_kind")]
    title: Text
    field: Annotated[str, _form("[a-z_]+[.][a-z_]+", "a table and a column, such as events.place_id")]
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


class WaiverShape(Shape):
    """A warning that is accepted for one row, for a reason and until a day."""

    rule: Annotated[str, _form("R[0-9]{2}", "the number of a rule, such as R14")]
    record: Text
    because: Text
    until: Annotated[str, _form("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2027-01-31")]


_VERSION = _form("(0|[1-9][0-9]*)([.](0|[1-9][0-9]*)){2}", "a version such as 1.0.0")


class RetiredShape(Shape):
    """An id that is gone for good: since which version and why, and which ids took its place."""

    id: Text
    since: Annotated[str, _VERSION]
    successors: Annotated[list[Text], Once] = []
    because: Text


class ContributorShape(Shape):
    """Who contributed to the record, and as what."""

    title: Text
    roles: Annotated[list[Text], Once, AtLeastOne]


class TextsShape(Shape):
    """What only the makers of the package can say about it as a whole."""

    name: Annotated[str, _form(r"[a-z0-9._-]+", "small letters, digits, “.”, “_” and “-”")]
    title: Text
    description: Text
    version: Annotated[str, _VERSION]
    created: Annotated[str, AfterValidator(_moment)]
    keywords: Annotated[list[Text], Once, AtLeastOne]
    contributors: Annotated[list[ContributorShape], AtLeastOne]


class RecordShape(TextsShape):
    """The texts of the release in the register ``record``, with the titles of its articles by key."""

    text_rights: Text
    articles: dict[str, Text]


class DescriptorShape(TextsShape):
    """The texts of the release as they stand in the descriptor."""

    text_rights: Annotated[Text, Field(alias="textRights")]
    retired: list[RetiredShape] = []


class Placed(Protocol):
    """A file of which it is known where each value stands."""

    def place(self, loc: yaml_file.Loc) -> Place:
        """The place of the value at a path of keys and indices."""


class Loaded(Generic[T]):
    """A file that was read and has its shape: ``value`` is the content, ``file`` the name in messages."""

    def __init__(self, document: yaml_file.Document, value: T) -> None:
        """Keep the content, and the document for the places in it."""
        self.file, self.value = document.file, value
        self._document = document

    def place(self, loc: yaml_file.Loc) -> Place:
        """The place of the value at a path of keys and indices, or of its nearest parent that stands in the file."""
        return self._document.place(loc)


class Registers(TypedDict, total=False):
    """All registers by name, in the order in which they are read. One that cannot be read is missing."""

    record: Loaded[RecordShape]
    actors: Loaded[Annotated[list[ActorShape], AtLeastOne]]
    sources: Loaded[Annotated[list[SourceShape], AtLeastOne]]
    places: Loaded[Annotated[list[PlaceShape], AtLeastOne]]
    topics: Loaded[Annotated[list[TopicShape], AtLeastOne]]
    events: Loaded[Annotated[list[EventShape], AtLeastOne]]
    discrepancies: Loaded[Annotated[list[DiscrepancyShape], AtLeastOne]]
    references: Loaded[Annotated[list[ReferenceShape], AtLeastOne]]
    waivers: Loaded[list[WaiverShape]]
    retired: Loaded[list[RetiredShape]]


#: Names of the registers.
REGISTERS = tuple(Registers.__annotations__)
#: Registers whose entries make no rows.
WITHOUT_IDS = ("record", "waivers", "retired")


def load_sheet(root: Path, path: str, problems: Problems) -> Loaded[Sheet] | None:
    """Read the coding sheet at ``path`` below ``root``; None, with its problems added, when it is not one."""
    return _load(root, path, Sheet, problems)


def load_register(name: str, root: Path, path: str, problems: Problems) -> Loaded[Any] | None:
    """Read the register ``name``; None, with its problems added, when it is not one. Its type: see ``Registers``."""
    (shape,) = get_args(get_type_hints(Registers, include_extras=True)[name])
    return _load(root, path, shape, problems)


def _load(root: Path, path: str, shape: type[T], problems: Problems) -> Loaded[T] | None:
    try:
        document = yaml_file.load(root, path)
    except DataErrors as error:
        problems.items += error.problems
        return None
    value = shaped(document, shape, problems)
    return None if value is None else Loaded(document, value)


class Located(Placed, Protocol):
    """The content of a file, and where each value in it stands."""

    content: Any


def shaped(document: Located, shape: type[T], problems: Problems) -> T | None:
    """The content of a file in its shape; None, with the problems added, when it does not have that shape."""
    try:
        return TypeAdapter(shape).validate_python(document.content)
    except ValidationError as error:
        items = error.errors(include_url=False)
        misspelt = _misspelt(items)
        own = Problems()
        for item in [item for item in items if item["loc"] not in misspelt][: SHOWN + 1]:
            _explain(item, document, shape, own)
        problems.items += bounded(own.items, SHOWN, len(items) - len(misspelt))
        return None


def _misspelt(items: list[ErrorDetails]) -> set[tuple[str | int, ...]]:
    """The places of missing keys for which an unknown key beside them is the misspelling."""
    found: set[tuple[str | int, ...]] = set()
    for item in items:
        if item["type"] == "extra_forbidden":
            *beside, key = item["loc"]
            absent = [other["loc"] for other in items if other["type"] == "missing" and [*other["loc"][:-1]] == beside]
            names = [str(loc[-1]) for loc in absent]
            found |= {(*beside, name) for name in difflib.get_close_matches(str(key), names, n=1, cutoff=0.6)}
    return found


#: What was expected, by pydantic's name of the error.
_EXPECTED = {
    "string_type": "a text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "too_short": "at least one entry",
    "string_too_short": "a text that is not empty",
}


def _explain(item: ErrorDetails, document: Located, shape: Any, problems: Problems) -> None:
    """Turn one pydantic error into a problem with a place and a remedy."""
    loc = tuple("@key" if part == "[key]" else part for part in item["loc"])
    value, kind, context = item["input"], item["type"], item.get("ctx", {})
    place = document.place(loc)
    key = _named(loc)
    if kind == "extra_forbidden":
        known = sorted(_known_keys(shape, loc[:-1]))
        place = document.place((*loc, "@key"))
        problems.add(place, "key", f"the key {key}", nearest(str(loc[-1]), known), "rename the key or remove it")
    elif kind == "missing":
        problems.add(place, "key", f"no key {key}", f"the key {key} with a value", f"add “{loc[-1]}:” here")
    elif "found" in context:  # raised by a validator of this module
        remedy = f"correct {key}" + (f" (codes of the list {context['list']})" if kind == "code" else "")
        problems.add(place, kind, show(context["found"]), context["expected"], remedy)
    else:
        found = "nothing" if value is None else f"{_yaml_name(value)} {show(str(value))}"
        problems.add(place, "form", found, _expected(kind, item["msg"], context), f"correct {key}")


def _expected(kind: str, message: str, context: dict[str, Any]) -> str:
    if context.get("class_name") == QuoteShape.__name__:
        return "the words, or a mapping with “text:”"
    if kind == "less_than_equal":
        return f"at most {context['le']}"
    return _EXPECTED.get(kind) or context.get("expected") or message


def _named(loc: yaml_file.Loc) -> str:
    """The key that a place belongs to; for an entry of a list, the key of the list."""
    keys = [part for part in loc if isinstance(part, str) and part != "@key"]
    return show(keys[-1], 60) if keys else "the file"


def _yaml_name(value: object) -> str:
    kinds = ((dict, "a mapping"), (list, "a list"), (str, "the text"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "the value")


def _known_keys(shape: Any, loc: Iterable[str | int]) -> set[str]:
    """The keys that the shape allows at ``loc``."""
    for part in loc:
        shape = _step(shape, part)
    fields = getattr(shape, "model_fields", {})
    return {info.alias or name for name, info in fields.items()}


def _step(shape: Any, part: str | int) -> Any:
    if isinstance(part, str) and hasattr(shape, "model_fields"):
        names = {info.alias or name: info.annotation for name, info in shape.model_fields.items()}
        return _model_in(names.get(part))
    return _model_in(shape)


def _model_in(annotation: Any) -> Any:
    """The mapping shape inside a list, a union or an annotation, if there is one."""
    if hasattr(annotation, "model_fields"):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None
