"""What a kind of date words is made of: its forms, each with a pattern and a meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Protocol

from ..kinds import NO_CASE as NO_CASE
from ..kinds import Kind
from .spans import Days


@dataclass(frozen=True)
class Resolved:
    """What date words mean: an EDTF value, the rule that gives it, and its basis (codes of ``date_rule``,
    ``date_basis``)."""

    edtf: str
    rule: str
    basis: str


class Unsure(ValueError):
    """Words that have the form of date words and give no date, or more than one. The text says why."""


class Read(Protocol):
    """A reader of words within other words."""

    def __call__(self, words: str, day: date | None = None, future: bool | None = None) -> Resolved:
        """Resolve words against the same day and in the same direction, unless told otherwise. Raises Unsure when no
        rule knows them."""


#: What words mean, from their match, the day of publication, and whether they point ahead: the first and last day, or
#: an EDTF value. Raises ValueError for a day that no calendar has.
Meaning = Callable[[re.Match[str], date, bool], Days | str]
#: The same for words with others inside ("since last week"), and the basis.
Composed = Callable[[re.Match[str], date, bool, Read], tuple[Days | str, str]]


@dataclass(frozen=True)
class Form:
    """One way to put date words. ``pattern`` matches them whole, as ``words.plain`` writes them. ``cue`` is a short
    pattern of what all of them have; a large pattern is compiled when the cue is met for the first time."""

    pattern: str
    basis: str
    meaning: Meaning
    cue: str = field(default="", kw_only=True)

    def match(self, words: str) -> re.Match[str] | None:
        """The match of words that have this form."""
        if self.cue and not _compiled(self.cue).search(words):
            return None
        return _compiled(self.pattern).fullmatch(words)

    def value(self, match: re.Match[str], day: date, future: bool, _: Read) -> tuple[Days | str, str]:
        """What the words mean on a day of publication, and their basis."""
        return self.meaning(match, day, future), self.basis


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


@dataclass(frozen=True)
class Compound(Form):
    """Words with other date words inside. Their basis is that of the words inside."""

    basis: str = field(default="", init=False)
    meaning: Meaning = field(default=lambda *_: "", init=False)
    compose: Composed = field(kw_only=True)

    def value(self, match: re.Match[str], day: date, future: bool, read: Read) -> tuple[Days | str, str]:
        """What the words mean on a day of publication, and the basis of the words inside."""
        return self.compose(match, day, future, read)


@dataclass(frozen=True, kw_only=True)
class DateWords(Kind):
    """A kind of date words. ``sample`` is a case of it: words, day of publication, and the EDTF value that they
    give."""

    forms: tuple[Form, ...]
    sample: tuple[str, str, str]


#: The bases by which the words themselves give a date, from the surest.
BY_WORDS = ("stated", "completed", "relative")


def weakest(*bases: str) -> str:
    """The basis of words that are made of several."""
    return max(bases, key=BY_WORDS.index)
