"""What a column is: everything about it but its name and its Python type, in one ``Column``.

The pydantic field, the Table Schema field and the data dictionary are made from it. ``cells`` writes and reads the
values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from pydantic import Field
from pydantic.config import JsonDict

from ..text import edtf
from . import codes
from .cells import LIST_SEPARATOR

#: One line of text that neither begins nor ends with a blank.
LINE = r"\S(?:[^\r\n\t]*\S)?"
#: Verbatim text whose edges may be blanks, because they are blanks in the article.
CONTEXT = r"[^\r\n\t]+"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SHA256 = r"[0-9a-f]{64}"
#: The name of an encoding of texts, such as cp1252.
ENCODING = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
#: A version, of the record or of its rules: numbers of at most nine digits.
VERSION = "[.]".join(["(0|[1-9][0-9]{0,8})"] * 3)
#: An address of the web, without a user name, which makes one host look like another (RFC 3986, section 7.6).
WEB_ADDRESS = r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][!-~]*)?"
#: Between the spans of a verbatim value that has several.
SPAN_SEPARATOR = " […] "
#: Code points of an article kept before and after a passage.
CONTEXT_LENGTH = 32

#: Missing is not one thing. The empty cell means "not applicable" unless the column says otherwise; a row keeps
#: the other missing values as their text.
NOT_APPLICABLE = {"": "not applicable"}
NOT_IN_TEXT = {"": "not in the text"}
AS_RECEIVED = {"": "the file is what was received"}
NOT_VERIFIED = {"": "not verified, or not applicable"}
NO_LOWER_BOUND, NO_UPPER_BOUND = {"": "no lower bound"}, {"": "no upper bound"}
NOT_STATED = {"": "not applicable", "not-stated": "the text does not say", "undecided": "the coder could not decide"}


def anchored(pattern: str) -> str:
    """Wrap a pattern so that it means the whole cell in every reader.

    Table Schema readers put ``^`` and ``$`` around a pattern without parentheses, which breaks alternatives, and in
    Python ``$`` also matches before a final line feed, which the look-ahead refuses.
    """
    return rf"(?:{pattern})(?!\n)"


def list_pattern(one: str) -> str:
    """The pattern of a list cell whose items have the pattern ``one``."""
    return f"{one}(?:{LIST_SEPARATOR}{one})*"


def codes_pattern(codes: Iterable[str]) -> str:
    """The pattern of a cell that lists codes, as a Table Schema has it.

    >>> codes_pattern(["seize", "restrict"])
    '(?:(?:seize|restrict)(?:;(?:seize|restrict))*)(?!\\\\n)'
    """
    marked = (re.sub(r"[^\w-]", r"\\\g<0>", code) for code in codes)
    return anchored(list_pattern(f"(?:{'|'.join(marked)})"))


def codes_in(pattern: str) -> tuple[str, ...]:
    """The codes in a pattern that ``codes_pattern`` wrote, in this version or an earlier one; none in any other.

    >>> codes_in(codes_pattern(["seize", "CT+"])), codes_in("[a-z]+")
    (('seize', 'CT+'), ())
    """
    alternatives = pattern.partition(")")[0].removeprefix("(?:(?:").split("|")
    codes = tuple(re.sub(r"\\(.)", r"\1", one) for one in alternatives)
    return codes if codes_pattern(codes) == pattern else ()


@dataclass(frozen=True)
class Column:
    """The definition of a column beyond its name, type and description.

    pattern    regular expression over the whole cell, without anchors
    codes      name of the code list that the value is from
    many       the cell holds several values, separated by ``;``
    ref        table whose key the value is
    missing    labelled missing values (cell text -> label)
    verbatim   the cell is words of an article, which nobody alters
    names      columns with the ids whose names this one repeats, for those who read the table alone
    """

    pattern: str = ""
    codes: str = ""
    many: bool = False
    ref: str = ""
    unique: bool = False
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    missing: dict[str, str] = field(default_factory=lambda: dict(NOT_APPLICABLE))
    computed: bool = False
    verbatim: bool = False
    names: tuple[str, ...] = ()

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """The codes of the list that the value is from; none where any text of the pattern will do."""
        return codes.codes_of(self.codes) if self.codes else ()

    @cached_property
    def cell_pattern(self) -> str:
        """The pattern of the whole cell, lists included; empty where ``enum`` says it all."""
        if self.allowed:
            return codes_pattern(self.allowed) if self.many else ""
        return anchored(list_pattern(self.pattern) if self.many else self.pattern)

    @cached_property
    def _compiled(self) -> re.Pattern[str] | None:
        return re.compile(f"^{self.cell_pattern}$") if self.cell_pattern else None

    def accepts(self, text: str) -> bool:
        """Whether a string value of this column conforms; a labelled missing value does."""
        if text in self.missing:
            return True
        if self.max_length is not None and len(text) > self.max_length:
            return False
        if self.allowed and not self.many:
            return text in self.allowed
        return bool(self._compiled.match(text)) if self._compiled else True

    @property
    def expected(self) -> str:
        """What a value has to be, in words."""
        if self.minimum is not None and self.maximum is not None:
            return f"a number from {self.minimum} to {self.maximum}"
        if self.minimum is not None or self.maximum is not None:
            return f"at least {self.minimum}" if self.maximum is None else f"at most {self.maximum}"
        if self.allowed:
            return f"codes of the list {self.codes}"
        if self.pattern == LINE and self.max_length is None:
            return "one line of text without blanks at its ends"
        if self.pattern == edtf.PATTERN:
            return edtf.FORM
        if self.pattern.endswith(f"-{SLUG}"):
            prefix = self.pattern.removesuffix(f"-{SLUG}")
            return f"an id such as {prefix}-some-name: small letters, digits, single hyphens"
        most = f", at most {self.max_length} characters" if self.max_length is not None else ""
        return f"text of the form {self.pattern}{most}"

    def accepts_number(self, value: int | Decimal) -> bool:
        """Whether a number is finite and within the bounds."""
        if isinstance(value, Decimal) and not value.is_finite():
            return False
        low = self.minimum is None or value >= self.minimum
        return low and (self.maximum is None or value <= self.maximum)


def column(description: str, example: Any = None, **rest: Any) -> Any:
    """A pydantic field for a column. It is required unless its annotation admits None."""
    rest.setdefault("pattern", LINE)
    # What pydantic keeps for a JSON Schema is never written as one here.
    extra = cast(JsonDict, {"column": Column(**rest)})
    return Field(description=description, examples=[example], json_schema_extra=extra)


def verbatim(description: str, example: Any = None, **rest: Any) -> Any:
    """Words of an article, as they are."""
    return column(description, example, verbatim=True, **rest)


def identifier(prefix: str, description: str, example: str, **rest: Any) -> Any:
    """The permanent id of a row: its prefix, a hyphen, and a readable slug."""
    return column(description, example, pattern=f"{prefix}-{SLUG}", unique=True, **rest)


def reference(table: str, prefix: str, description: str, example: str | None = None, **rest: Any) -> Any:
    """The id of a row in another table, or a list of such ids with ``many=True``."""
    return column(description, example, ref=table, pattern=f"{prefix}-{SLUG}", **rest)


def coded(name: str, description: str, example: str | None = None, **rest: Any) -> Any:
    """A code from the list ``name``, or a list of codes with ``many=True``."""
    return column(description, example, codes=name, **rest)


def edtf_date(description: str, example: str | None = None, **rest: Any) -> Any:
    """A date in EDTF."""
    return column(description, example, pattern=edtf.PATTERN, **rest)
