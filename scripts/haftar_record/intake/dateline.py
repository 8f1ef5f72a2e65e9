"""Find the dateline of an article: “TRIPOLI, June 23 (Reuters) -”."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from ..text.spans import Span
from .page import Line, Page
from .wording import AGENCIES, AGENCY_NAMES, MONTH


@dataclass(frozen=True)
class Dateline:
    """A dateline: the passage without its dash, its place, and what else it prints."""

    span: Span
    place: str
    agency: str
    day: str


#: Words in capitals that open a paragraph as a label, and name no place.
_LABELS = frozenset(
    [
        "ALERT",
        "ANALYSIS",
        "AUDIO",
        "BACKGROUND",
        "BREAKING",
        "CLARIFICATION",
        "COMMENT",
        "COMMENTARY",
        "CORRECTED",
        "CORRECTION",
        "DEVELOPING",
        "EDITORIAL",
        "EXCLUSIVE",
        "EXPLAINED",
        "EXPLAINER",
        "FACTBOX",
        "FEATURE",
        "FLASH",
        "INSIGHT",
        "INTERVIEW",
        "JUST",
        "LATEST",
        "LEAD",
        "LIVE",
        "NEWS",
        "NOTE",
        "OPINION",
        "PHOTO",
        "PHOTOS",
        "PREVIEW",
        "PROFILE",
        "READ",
        "RECAP",
        "REFILE",
        "REPORT",
        "REVIEW",
        "SUMMARY",
        "TIMELINE",
        "TOP",
        "UPDATE",
        "UPDATED",
        "URGENT",
        "VIDEO",
        "VIEW",
        "WATCH",
        "WRAP",
        "WRAPUP",
        "ANSWER",
        "QUESTION",
        "MODERATOR",
        "OPERATOR",
        "Q",
        "A",
        "MR",
        "MRS",
        "MS",
        "DR",
        "SECRETARY",
        "AMBASSADOR",
        "GENERAL",
        "PRESIDENT",
        "SENATOR",
        "MINISTER",
        "SPOKESMAN",
        "SPOKESPERSON",
        "SPOKESWOMAN",
        "REPORTER",
        "STAFF",
        "WHO",
        "WHAT",
        "WHEN",
        "WHERE",
        "WHY",
        "HOW",
        "KEY",
        "EDITOR",
        "BY",
        "PAR",
        "VON",
        "POR",
        "DI",
    ]
)
_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=lambda name: (-len(name), name)))
_WORD = r"[^\W\d_][^\W\d_'’.-]{0,30}(?:['’.-][^\W\d_]{0,30}){0,4}"
_DAY = (
    rf"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?\.?,?[ ])?"
    rf"(?:(?:{MONTH})\.?[ ][0-9]{{1,2}}|[0-9]{{1,2}}(?:st|nd|rd|th|er|\.)?[ ](?:de[ ])?(?:{MONTH})\.?)"
    r"(?:,?[ ](?:de[ ])?[0-9]{4})?"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_DATELINE = re.compile(
    rf"""
    (?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}}(?:[ ]?/[ ]?{_WORD}(?:[ ]{_WORD}){{0,2}})?)
    (?:,[ ](?P<region>(?!(?:{_DAY})\b){_WORD}(?:[ ]{_WORD}){{0,2}}))?
    (?:,?[ ](?P<day>{_DAY}))?
    (?:,?[ ]?[(\[](?P<agency>[^()\[\]\n]{{1,60}})[)\]])?
    (?:[ ]*(?P<dash>[—–―]|--|[-_](?=\s)|:(?=\s))\s*(?P<late>[(\[/]?(?:{_AGENCY})[)\]/]?(?=\.\s|[ ]*[—–-]\s))?
    |\.?[ ](?P<slashes>/(?:{_AGENCY})/)(?=\.\s)|(?P<end>$))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find(page: Page, places: Container[str] = (), others: Container[str] = ()) -> Dateline | None:
    """The dateline of an article, which opens a paragraph: “TRIPOLI, June 23 (Reuters) -”.

    ``places`` are names of places, by which one in small letters is known (“Tripoli – The government …”); ``others``
    are names of somebody else, whom a dash may follow (“HAFTAR – the man who …”).
    """
    if found := next(filter(None, map(_placeless, page.lines[:12])), None):
        return found
    speakers = sum(1 for line in page.lines if re.match(r"[A-Z][A-Z.' -]{0,40}: ", line.words))
    for line in page.lines[:12]:
        match = _DATELINE.match(line.words[:300])
        is_other = match and not match["day"] and not match["agency"] and _either(match["place"], others)
        if match and not is_other and _is_dateline(match, line, places, is_interview=speakers > 1):
            end = max(match.end(name) for name in ("place", "region", "day", "late", "slashes"))
            if match["agency"]:
                end = match.end("agency") + 1
            span = Span(line.span.start, line.span.start + end)
            return Dateline(span, match["place"], _agency(match), match["day"] or "")
    return None


_PLACELESS = re.compile(
    rf"(?:(?P<day>{_DAY})[ ])?[(\[](?P<agency>{_AGENCY})[)\]][ ]*(?:[—–―]|--|[-_](?=\s))\s*\S", re.IGNORECASE
)


def _agency(match: re.Match[str]) -> str:
    """The agency that a dateline names: in brackets, or behind the dash (“MOSCOW, 13 Jan — TASS.”, “… /TASS/.”)."""
    return next(filter(None, (match[name] for name in ("agency", "late", "slashes"))), "").strip("()[]/ ")


def _placeless(line: Line) -> Dateline | None:
    """A dateline that names no place: “June 23 (Reuters) -”."""
    match = _PLACELESS.match(line.words[:300])
    if not match:
        return None
    span = Span(line.span.start, line.span.start + match.end("agency") + 1)
    return Dateline(span, "", match["agency"], match["day"] or "")


def opens(line: Line) -> bool:
    """Whether a dateline opens a line of the text, by its form alone."""
    match = _DATELINE.match(line.words[:300])
    is_one = match and match["dash"] and _is_dateline(match, line, (), False)
    return line.weight >= 6 and (bool(is_one) or _placeless(line) is not None)


def _either(words: str, names: Container[str]) -> bool:
    """Whether words are among some names, as they are or in capitals for small letters."""
    return words in names or words.title() in names


def _is_dateline(match: re.Match[str], line: Line, places: Container[str], is_interview: bool) -> bool:
    """Whether what opens a line in the form of a dateline is one, and not a label, a speaker or a heading."""
    place, agency = match["place"], _agency(match)
    is_known = _either(place, places)
    is_agency = agency.casefold() in AGENCY_NAMES or bool(re.match(rf"(?:{_AGENCY})\b", agency))
    words = place.replace("/", " ").split()
    if any(word.strip(".").upper() in _LABELS for word in words) or (agency and not is_agency and not match["day"]):
        return False
    if match["end"] is not None:  # a line of its own: “Tripoli, 23 June 2021”
        is_set_apart = is_agency or is_known or "," in line.words[: match.start("day")]
        return bool(match["day"] or is_agency) and is_set_apart and (is_known or place[:1].isupper())
    rest = line.words[match.end() :]
    if not re.search(r"[^\W\d_]{2}", rest) or (rest.isupper() and rest.upper() != rest.lower()):
        return False  # a heading in capitals
    if match["dash"] == ":" and is_interview:
        return False
    is_certain = is_agency or bool(match["day"] and match["dash"] != "-")
    if not place.isupper():  # in small letters, a name and a dash are much else
        is_name = place[:1].isupper() or place.lower() == place.upper()
        is_region = not match["region"] or _either(match["region"], places)
        return is_name and (is_certain or (is_known and match["dash"] != ":" and is_region))
    return is_certain or is_known or bool(match["region"] and len(place) > 3) or (len(place) > 3 and len(words) <= 3)
