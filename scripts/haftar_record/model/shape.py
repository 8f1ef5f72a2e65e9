"""What a file that was written by hand, or in another place, has to look like: types of texts, and shapes of mappings.

``shaped`` turns what does not have its shape into problems, each with a place and a remedy. Sheets and registers
(``coding.sheets``) and the descriptor (``package.descriptor``) are read by it, so that one text has one verdict.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from ..files import yaml_file
from ..files.characters import MAX_TEXT
from ..problems.lookalikes import foreign_letter
from ..problems.problem import Place, Problems, bounded
from ..problems.wording import describe_character, nearest, show
from . import characters
from .cells import LIST_SEPARATOR
from .columns import LINE, VERSION

#: Mistakes of shape that are shown for one file; the others are counted.
SHOWN = 100
T = TypeVar("T")

# -- texts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form(AfterValidator):
    """The check of a text, which says to whoever describes a shape what pattern the whole text has, and in words.

    The pattern may allow more than the check does.
    """

    pattern: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Bounded(AfterValidator):
    """The check of a text of at most ``limit`` characters."""

    limit: int = MAX_TEXT


def form(pattern: str, expected: str) -> Form:
    """A text that matches ``pattern`` as a whole; ``expected`` says so in words."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError("form", "not of this form", {"found": value, "expected": expected})
        return value

    return Form(check, pattern, expected)


def _sound(is_verbatim: bool, limit: int = MAX_TEXT) -> Bounded:
    """A text of bounded length and of characters that a text may have."""

    def check(value: str) -> str:
        for rule, found, expected in characters.faults(value, is_verbatim, limit):
            raise PydanticCustomError("text", "not a sound text", {"rule": rule, "said": found, "expected": expected})
        return value

    return Bounded(check, limit)


def _of_one_script(value: str) -> str:
    """A text of which no word mixes letters of scripts that look alike."""
    if odd := foreign_letter(value):
        said = f"has {show(odd[0], 60)} with {describe_character(odd[1])}"
        expected = "words of one script, in plain letters"
        raise PydanticCustomError("text", "mixed", {"rule": "mixed-script", "said": said, "expected": expected})
    return value


def _moment(value: str) -> str:
    form_ = "%Y-%m-%dT%H:%M:%SZ"
    try:
        moment = datetime.strptime(value, form_)
        if moment.strftime(form_) != value or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError
    except ValueError:
        expected = f"a date and time from {FIRST_YEAR} to {LAST_YEAR}, such as 2021-06-28T00:00:00Z"
        raise PydanticCustomError("form", "no moment", {"found": value, "expected": expected}) from None
    return value


def _once(values: list[str]) -> list[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            expected = "each value once; this one is repeated"
            raise PydanticCustomError("form", "repeated", {"found": value, "expected": expected})
        seen.add(value)
    return values


#: The years that a zip can say of its members: a release is made after the first and before the last.
FIRST_YEAR, LAST_YEAR = 1980, 2107

_Line = form(LINE, "one line of text without blanks at its ends")
#: A text in the record's own words.
Text = Annotated[str, _Line, _sound(is_verbatim=False)]
#: A text to which a build adds a few words.
Title = Annotated[str, _Line, _sound(is_verbatim=False, limit=1_000)]
#: The same where no rule over the tables sees it: in the register of the release, of retired ids, of waivers.
OwnText = Annotated[Text, AfterValidator(_of_one_script)]
OwnTitle = Annotated[Title, AfterValidator(_of_one_script)]
#: Words of an article.
Words = Annotated[str, _Line, _sound(is_verbatim=True)]
#: Text that goes into a list cell.
Item = Annotated[
    Text, form(f"[^{LIST_SEPARATOR}]*", f"text without “{LIST_SEPARATOR}”, which separates the values of a list")
]
Version = Annotated[str, form(VERSION, "a version such as 1.0.0")]
_MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
Moment = Annotated[str, Form(_moment, _MOMENT, "a date and time such as 2021-06-28T00:00:00Z")]
Once = AfterValidator(_once)
AtLeastOne = Field(min_length=1)

# -- shapes ----------------------------------------------------------------------------------------------------------


class Shape(BaseModel):
    """A mapping; keys it does not list are errors."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class RetiredShape(Shape):
    """An id that is gone for good: since which version and why, and which ids took its place."""

    id: Text
    since: Version
    successors: Annotated[list[Text], Once] = []
    because: OwnText


class ContributorShape(Shape):
    """Who contributed to the record, and as what."""

    title: OwnText
    roles: Annotated[list[Text], Once, AtLeastOne]


class TextsShape(Shape):
    """What only the makers of the package can say about it as a whole."""

    name: Annotated[str, form(r"[a-z0-9._-]{1,100}", "at most 100 small letters, digits, “.”, “_” and “-”")]
    title: OwnText
    description: OwnText
    version: Version
    created: Moment
    keywords: Annotated[list[OwnText], Once, AtLeastOne]
    contributors: Annotated[list[ContributorShape], AtLeastOne]


# -- what does not have its shape ------------------------------------------------------------------------------------


class Placed(Protocol):
    """A file of which it is known where each value stands."""

    def place(self, loc: yaml_file.Loc) -> Place:
        """The place of the value at a path of keys and indices."""


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
        # A value that stands for several, as for all units of a group, is one mistake.
        distinct: dict[tuple[object, ...], ErrorDetails] = {}
        for item in items:
            if item["loc"] not in misspelt:
                distinct.setdefault(_mistake(item, document), item)
        own = Problems()
        for item in [*distinct.values()][: SHOWN + 1]:
            _explain(item, document, shape, own)
        problems.items += bounded(own.items, SHOWN, len(distinct))
        return None


def _mistake(item: ErrorDetails, document: Located) -> tuple[object, ...]:
    """What tells one mistake from another: where it stands in the file, the key, and what is wrong."""
    loc = item["loc"]
    return document.place(loc), loc[-1] if loc else "", item["type"]


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
    elif "said" in context:
        problems.add(place, context["rule"], f"{key} {context['said']}", context["expected"], f"correct {key}")
    elif "found" in context:  # raised by a validator of a shape
        remedy = f"correct {key}" + (f" (codes of the list {context['list']})" if kind == "code" else "")
        problems.add(place, kind, show(context["found"]), context["expected"], remedy)
    else:
        found = "nothing" if value is None else f"{_yaml_name(value)} {show(str(value))}"
        problems.add(place, "form", found, _expected(kind, item["msg"], context), f"correct {key}")


def _expected(kind: str, message: str, context: dict[str, Any]) -> str:
    if context.get("class_name") == "QuoteShape":
        return "the words, or a mapping with “text:”"
    return _EXPECTED.get(kind) or context.get("expected") or message


def _named(loc: yaml_file.Loc) -> str:
    """The key that a place belongs to; for an entry of a list, the key of the list."""
    keys = [part for part in loc if isinstance(part, str) and part != "@key"]
    return show(keys[-1], 60) if keys else "the file"


def _yaml_name(value: object) -> str:
    kinds = ((dict, "a mapping"), (list, "a list"), (str, "the text"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "the value")


def holder(shape: Any, loc: Iterable[str | int]) -> Any:
    """The shape of the mapping that has the last key of a place in a file; None where that is no such mapping."""
    found = None
    for part in loc:
        if isinstance(part, str):
            found = _model_in(shape)
        shape = _step(shape, part)
    return found


def _known_keys(shape: Any, loc: Iterable[str | int]) -> set[str]:
    """The keys that the shape allows at ``loc``."""
    for part in loc:
        shape = _step(shape, part)
    fields = getattr(shape, "model_fields", {})
    return {info.alias or name for name, info in fields.items()}


def _step(shape: Any, part: str | int) -> Any:
    if isinstance(part, str) and hasattr(shape, "model_fields"):
        names = {info.alias or name: info.annotation for name, info in shape.model_fields.items()}
        # Any other text is a key of a mapping whose values have the shape: an alias.
        return _model_in(names[part]) if part in names else shape
    return _model_in(shape)


def _model_in(annotation: Any) -> Any:
    """The mapping shape inside a list, a union or an annotation, if there is one."""
    if hasattr(annotation, "model_fields"):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None
