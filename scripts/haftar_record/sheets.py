"""What a coding sheet and the registers may contain: the shapes of the YAML files under ``seeds/coding/``.

A sheet never states an offset: it quotes. A quotation is the exact words, or a mapping with ``text`` and one
of ``in`` (words whose sentence or paragraph it stands in) or ``occurrence`` (which one, from 1). Every scalar
arrives as text. Unknown keys are errors.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from . import codes, edtf, yamlfile
from .problems import Place, Problems, nearest, show

REGISTERS = ("record", "actors", "sources", "places", "topics", "events", "discrepancies", "references")


def _code(name: str) -> Any:
    def check(value: str) -> str:
        allowed = codes.codes_of(name)
        if value not in allowed:
            context = {"found": value, "expected": nearest(value, allowed), "list": name}
            raise PydanticCustomError("code", "not a code", context)
        return value

    return AfterValidator(check)


def _edtf(value: str) -> str:
    try:
        edtf.parse(value)
    except ValueError as error:
        raise PydanticCustomError("edtf", "not EDTF", {"found": value, "expected": str(error)}) from None
    return value


def _flag(value: Any) -> Any:
    if value not in ("true", "false"):
        raise PydanticCustomError("flag", "not a flag", {"found": str(value), "expected": "true or false"})
    return value == "true"


def _number(value: Any) -> Any:
    """Positive whole number in plain digits."""
    if not (isinstance(value, str) and value.isascii() and value.isdigit() and value[0] != "0"):
        raise PydanticCustomError("number", "not a number", {"found": str(value), "expected": "a whole number from 1"})
    return int(value)


def _as_quote(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Edtf = Annotated[str, AfterValidator(_edtf)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Whole = Annotated[int, BeforeValidator(_number)]
Text = Annotated[str, Field(min_length=1, pattern=r"^\S(?:[^\r\n\t]*\S)?$")]
Short = Annotated[str, Field(pattern=r"^[0-9]{2,3}$")]


class Shape(BaseModel):
    """A mapping in a YAML file; keys it does not list are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class QuoteShape(Shape):
    text: Text
    within: Annotated[str | None, Field(alias="in", min_length=1)] = None
    occurrence: Whole | None = None
    support: Annotated[str, _code("support")] = "states"


Quote = Annotated[QuoteShape, BeforeValidator(_as_quote)]
Quotes = Annotated[list[Quote], BeforeValidator(_as_list), Field(min_length=1)]


class DateShape(Shape):
    """A date: the words and what they mean, or a value with the reason for it."""

    words: Quote | None = None
    edtf: Edtf | None = None
    future: Flag = False
    basis: Annotated[str, _code("date_basis")] | None = None
    because: Text | None = None
    reference: Text | None = None


class PublishedShape(Shape):
    date: Edtf
    basis: Annotated[str, _code("basis")]
    text_date: Edtf
    quotes: Quotes | None = None
    reference: Text | None = None
    because: Text


class PublisherShape(Shape):
    source: Text
    basis: Annotated[str, _code("basis")]
    reference: Text | None = None


class FactsShape(Shape):
    title: Quote | None = None
    byline: Quote | None = None
    dateline: Quote | None = None
    published: PublishedShape
    publisher: PublisherShape
    origin: Text
    text_kind: Annotated[str, _code("text_kind")]
    text_kind_because: Text
    language: Annotated[str, Field(pattern="^[a-z]{2}$")]
    rights: Text


class UnitShape(Shape):
    """What all coded units share: a short id, and words that tell where its quotations are looked for first."""

    id: Short
    within: Annotated[str | None, Field(alias="in", min_length=1)] = None


class StatementShape(UnitShape):
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
    targets: list[Text] = []
    topic: Text
    stance: Annotated[str, _code("stance")]
    epistemic: Annotated[str, _code("epistemic")]
    occasion: Text | None = None
    about: Text | None = None
    date: DateShape | None = None
    medium: Annotated[str, _code("medium")] = "unknown"


class ReportShape(UnitShape):
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


class QuantityShape(UnitShape):
    printed: Quote
    unit: Annotated[str, _code("quantity_unit")]
    min: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?$")] | None = None
    max: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?$")] | None = None
    approximate: Flag = False
    counts: Text
    actor: Text | None = None
    event: Text | None = None
    statement: Short | None = None
    evidence: Quote


class ScareQuoteShape(Shape):
    quote: Quote
    disposition: Literal["scare_quote", "headline"] = "scare_quote"
    because: Text


class SentenceShape(Shape):
    quote: Quote
    disposition: Literal["background", "boilerplate"]
    because: Text


class BoundariesShape(Shape):
    """Where the sentence splitter errs: passages that hold no boundary, and passages that end with one."""

    join: list[Quote] = []
    split_after: list[Quote] = []


class MentionShape(Shape):
    """What ambiguous words mean in this article: everywhere, or in the one passage quoted by ``at``."""

    words: Text
    means: Text
    at: Quotes | None = None


class DecisionShape(Shape):
    id: Short
    about: list[Text] = []
    question: Text
    decided: Text
    alternatives: Text
    because: Text
    origin: Annotated[str, _code("decision_origin")]


class Sheet(Shape):
    """The coding sheet of one article."""

    article: Text
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
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
    id: Text
    name: Text
    type: Annotated[str, _code("actor_type")]
    country: Annotated[str, _code("country")] | Literal["not-stated", "undecided"] | None = None
    parent: Text | None = None
    sector: Annotated[str, _code("sector")] | Literal["not-stated", "undecided"] | None = None
    description: Text
    aliases: dict[str, Annotated[str, _code("label_kind")]] = {}
    wikidata: Text | None = None
    ucdp: Whole | None = None
    cameo: Text | None = None
    identifier_note: Text | None = None


class SourceShape(Shape):
    id: Text
    name: Text
    type: Annotated[str, _code("source_type")]
    named: Flag
    actor: Text | None = None
    country: Annotated[str, _code("country")] | Literal["not-stated", "undecided"] | None = None
    party: Annotated[str, _code("is_party")]
    origin: Text | None = None
    description: Text


class PlaceShape(Shape):
    id: Text
    name: Text
    type: Annotated[str, _code("place_type")]
    country: Annotated[str, _code("country")] | None = None
    where_prec: Whole
    latitude: Annotated[str, Field(pattern=r"^-?[0-9]{1,2}(\.[0-9]+)?$")] | None = None
    longitude: Annotated[str, Field(pattern=r"^-?[0-9]{1,3}(\.[0-9]+)?$")] | None = None
    coordinate_basis: Text | None = None
    wikidata: Text | None = None
    geonames: Whole | None = None
    aliases: dict[str, Annotated[str, _code("label_kind")]] = {}
    description: Text


class TopicShape(Shape):
    id: Text
    name: Text
    definition: Text
    support_means: Text
    oppose_means: Text


class EventShape(Shape):
    id: Text
    title: Text
    type: Annotated[str, _code("event_type")]
    modes: list[Annotated[str, _code("event_mode")]] = []
    contexts: list[Annotated[str, _code("context")]] = []
    aux: Annotated[str, _code("aux_mode")] = "none"
    realis: Annotated[str, _code("realis")]
    date: DateShape
    place: Text | None = None
    part_of: Text | None = None
    distinct_from: list[Text] = []
    because: Text


class ReadingShape(Shape):
    """One side of a discrepancy: a passage of an article, or what an outside reference says."""

    article: Annotated[str | None, Field(pattern="^[0-9a-f]{8}$")] = None
    quotes: Quotes | None = None
    reading: Text


class DiscrepancyShape(Shape):
    id: Text
    kind: Annotated[str, _code("discrepancy_kind")]
    title: Text
    field: Annotated[str, Field(pattern="^[a-z_]+[.][a-z_]+$")]
    event: Text | None = None
    actor: Text | None = None
    a: ReadingShape
    b: ReadingShape
    conflict: Annotated[str, _code("conflict")]
    resolution: Annotated[str, _code("resolution")]
    because: Text
    reference: Text | None = None


class ReferenceShape(Shape):
    id: Text
    fact: Text
    value: Text
    edtf: Edtf | None = None
    seen_at: Text
    standing: Annotated[str, _code("reference_standing")]
    note: Text | None = None


class ContributorShape(Shape):
    title: Text
    roles: list[Text]


class RecordShape(Shape):
    """The release itself: what the descriptor says about the package as a whole."""

    name: Text
    title: Text
    description: Text
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    created: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
    keywords: list[Text]
    contributors: list[ContributorShape]
    text_rights: Text
    articles: dict[str, Text]


_REGISTER_SHAPES: dict[str, Any] = {
    "record": RecordShape,
    "actors": list[ActorShape],
    "sources": list[SourceShape],
    "places": list[PlaceShape],
    "topics": list[TopicShape],
    "events": list[EventShape],
    "discrepancies": list[DiscrepancyShape],
    "references": list[ReferenceShape],
}


class Loaded:
    """A file read and checked: ``value`` has its shape, ``place(loc)`` tells where a part of it stands."""

    def __init__(self, document: yamlfile.Document, value: Any):
        self.file, self.value, self.place = document.file, value, document.place


def load_sheet(path: Path, shown_as: str, problems: Problems) -> Loaded | None:
    """Read one coding sheet; None, with the problems noted, when it is not one."""
    return _load(path, shown_as, Sheet, problems)


def load_register(name: str, path: Path, shown_as: str, problems: Problems) -> Loaded | None:
    """Read one register; None, with the problems noted, when it is not one."""
    return _load(path, shown_as, _REGISTER_SHAPES[name], problems)


def _load(path: Path, shown_as: str, shape: Any, problems: Problems) -> Loaded | None:
    from pydantic import TypeAdapter

    try:
        document = yamlfile.load(path, shown_as)
    except ValueError as error:
        problems.items.append(error.args[0])
        return None
    try:
        return Loaded(document, TypeAdapter(shape).validate_python(document.content))
    except ValidationError as error:
        for item in error.errors(include_url=False):
            _explain(item, document, shape, problems)
        return None


def _explain(item: dict[str, Any], document: yamlfile.Document, shape: Any, problems: Problems) -> None:
    """Turn one pydantic error into a problem with a place and a remedy."""
    loc = tuple(part for part in item["loc"] if not _is_union_branch(part))
    value, kind, context = item["input"], item["type"], item.get("ctx", {})
    place = document.place(loc)
    key = str(loc[-1]) if loc else "the file"
    if kind == "extra_forbidden":
        known = sorted(_known_keys(shape, loc[:-1]))
        place = document.place((*loc, "@key"))
        problems.add(place, "key", f"the key “{key}”", nearest(key, known), "rename the key or remove it")
    elif kind == "missing":
        problems.add(place, "key", f"no key “{key}”", f"the key “{key}” with a value", f"add “{key}:” here")
    elif kind in ("code", "edtf", "flag", "number"):
        remedy = f"correct “{key}”" + (f" (codes of the list {context['list']})" if kind == "code" else "")
        problems.add(place, kind, show(context["found"]), context["expected"], remedy)
    elif kind == "string_pattern_mismatch":
        expected = f"text of the form {context['pattern']}"
        problems.add(place, "form", show(str(value)), expected, f"correct “{key}”")
    else:
        found = "nothing" if value is None else f"{_yaml_name(value)} {show(str(value))}"
        problems.add(place, "form", found, item["msg"], f"correct “{key}”")


def _is_union_branch(part: Any) -> bool:
    """Pydantic names the branch of a union in the path of an error; the file has no such level."""
    return isinstance(part, str) and (part.startswith(("literal[", "function-", "constrained-")) or part == "str")


def _yaml_name(value: Any) -> str:
    return {dict: "a mapping", list: "a list", str: "the text"}.get(type(value), "the value")


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


def sheet_place(loaded: Loaded, *loc: str | int) -> Place:
    """Where a part of a sheet stands."""
    return loaded.place(loc)
