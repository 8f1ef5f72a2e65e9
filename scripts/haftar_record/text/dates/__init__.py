"""Date words ("On Thursday", "three days ago", "in April last year"): what they mean on a publication date.

``KINDS`` lists the kinds of date words that a rule resolves. It is the code list ``date_rule``, which has one more
code, ``none``, for words without a rule. Each kind has one or more forms: a pattern over the words, and a function from
(match, publication day, whether the words point ahead) to a span of days or an EDTF value. Where the publication date
is itself a span of days, the words are resolved against every one of them and the result covers all answers: words
never become more precise than the date they are counted from.

``resolve`` says what words mean, ``doubt`` why they mean nothing, ``find`` which words of a text are date words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .forms import BY_WORDS, NO_CASE, DateWords, Form, Resolved
from .resolver import KINDS, doubt, printed_days, resolve, unlike

if TYPE_CHECKING:
    from .finder import Found, find

__all__ = [
    "BY_WORDS",
    "KINDS",
    "NO_CASE",
    "DateWords",
    "Form",
    "Found",
    "Resolved",
    "doubt",
    "find",
    "printed_days",
    "resolve",
    "unlike",
]


def __getattr__(name: str) -> object:
    """The finder, loaded when it is asked for: a build resolves words and looks for none."""
    if name in ("Found", "find"):
        from . import finder

        return getattr(finder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
