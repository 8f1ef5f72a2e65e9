"""Judge in which direction date words point by the words around them: the verb that stands next to them."""

from __future__ import annotations

import re

from .. import edtf
from ..spans import Span
from . import resolver
from .forms import Resolved

#: Verbs and other words by which what is dated is to come.
_AHEAD = (
    r"will|may|might|won['’]t|shall|would|scheduled|"
    r"plan(?:s|ned|ning)?|expect(?:s|ed)|due|slated|upcoming|set (?:for|to|on)|"
    r"to be|(?:is|are) to|going to|as (?:soon|early) as|deadline|hopes?|intends?|aims?|['’]ll"
)
#: Those by which it is past. A participle after “be” says neither.
_BACK = (
    r"(?<!\bbe )(?:was|were|had|has|have|did|said|told|came|went|began|held|met|left|took|made|gave|found|got|saw|"
    r"became|brought|sent|ran|fell|rose|led|won|lost|broke|struck|hit|shot|died|blew|spoke|wrote|heard|tore|drew|threw|"
    r"since|ago|[a-z]{3,}ed)"
)
_VERB = re.compile(rf"\b(?:(?P<ahead>{_AHEAD})|(?P<back>{_BACK}))\b")
#: Until then something lasts, or by then it is done: that is to come, unless it is told as past.
_LIMIT = re.compile(r"\b(?:until|till|by|before)\s+$", re.IGNORECASE)
_LIMITED = re.compile(r"(?:until|till|by|before)\b(?!\s+(?:dawn|sunrise|daybreak)\b)", re.IGNORECASE)
_PAST = re.compile(r"\b(?:had|was|were|did)\b")
_BREAK = re.compile(r"[.!?][\"”’']*\s+(?=[\"“‘'`]*[^\W\d_a-z])|\n\s*\n|;")
#: Characters of the sentence before and after date words that are looked at.
_AROUND = 160
#: By how many days more than the other a date may be away from publication in the direction that the verb gives.
_FAR = 240


def settle(words: str, published: str, text: str, span: Span) -> tuple[Resolved, str | None, bool] | None:
    """What date words mean where they stand in a text, in which direction they point if that matters, and whether that
    is sure; None when no rule knows them.

    The direction is that of the verb next to them, back where there is none. A date that is much farther away from
    publication than the one in the other direction gives way to it: "Jan. 14", published on 5 January, is not of the
    year before.
    """
    back, ahead = (resolver.resolve(words, published, future) for future in (False, True))
    if back is None or ahead is None:
        return _only(back or ahead, back is None, text, span)
    if back == ahead:
        return back, None, True
    far_back, far_ahead = _distance(back, published), _distance(ahead, published)
    points = far_ahead < far_back if abs(far_ahead - far_back) > _FAR else _points_ahead(text, span)
    return (ahead, "ahead", False) if points else (back, "back", False)


def _only(found: Resolved | None, is_ahead: bool, text: str, span: Span) -> tuple[Resolved, str | None, bool] | None:
    """The meaning of words that have one in one direction alone: a day that only there has the weekday printed beside
    it, or else words that mean this only when they point there."""
    if found is None:
        return None
    direction = "ahead" if is_ahead else "back"
    if found.rule == "day_month":
        return found, direction, True
    return (found, direction, False) if _points_ahead(text, span) == is_ahead else None


def _distance(found: Resolved, published: str) -> int:
    """How many days a date is away from publication."""
    span, day = edtf.parse(found.edtf), edtf.parse(published)
    ends = [end for end in (span.start, span.end) if end]
    return min(abs((end - day.end).days) for end in ends) if day.end and ends else 0


def _points_ahead(text: str, span: Span) -> bool:
    """Whether the verb next to words, before them or else behind them in their sentence, tells what is to come. What
    belongs to a day (“Friday’s raid”) has no verb of its own, and is past."""
    if re.search(r"['’]s?$", text[span.start : span.end]) or re.match(r"['’]s?\b", text[span.end : span.end + 2]):
        return False
    before, after = _sentence(text, span)
    if _LIMIT.search(before) or _LIMITED.match(text, span.start):
        return not _PAST.search(before + after)
    verbs = list(_VERB.finditer(before))
    verb = verbs[-1] if verbs else _VERB.search(after)
    return bool(verb and verb["ahead"])


def _sentence(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind a span in its sentence."""
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    breaks = [match.end() for match in _BREAK.finditer(before)]
    stop = _BREAK.search(after)
    return before[breaks[-1] :] if breaks else before, after[: stop.start()] if stop else after
