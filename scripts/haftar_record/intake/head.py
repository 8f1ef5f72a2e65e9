"""Propose headline, byline, dateline and credit of an article, each with the reason, or say why there is none.

A proposal quotes the article. Where the lines of a page do not show which of them is the headline, the proposal has no
words and the coder decides; nothing is guessed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from ..text.spans import Span
from . import furniture
from .dating import is_date_line, printed_days
from .page import Line, Page
from .wording import AGENCIES, AGENCY_NAMES, MONTH


@dataclass(frozen=True)
class Proposal:
    """What a sheet may say: a passage of the article, or None where only the coder can tell; and the reason."""

    span: Span | None
    because: str
    #: A remark on something beside it, for the coder.
    also: str = ""
    #: Whether there may be one all the same, so that the coder is asked.
    is_open: bool = False


@dataclass(frozen=True)
class Dateline:
    """A dateline: the passage without its dash, its place, and what else it prints."""

    span: Span
    place: str
    agency: str
    day: str


# -- the dateline ------------------------------------------------------------------------------------------------------

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
    ]
)
_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=lambda name: (-len(name), name)))
_WORD = r"[^\W\d_][^\W\d_'’.-]{0,30}(?:['’.-][^\W\d_]{0,30}){0,4}"
_DAY = (
    rf"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?\.?,?[ ])?"
    rf"(?:(?:{MONTH})\.?[ ][0-9]{{1,2}}|[0-9]{{1,2}}\.?[ ](?:de[ ])?(?:{MONTH})\.?)(?:,?[ ](?:de[ ])?[0-9]{{4}})?"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_DATELINE = re.compile(
    rf"""
    (?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}}(?:[ ]?/[ ]?{_WORD}(?:[ ]{_WORD}){{0,2}})?)
    (?:,[ ](?P<region>(?!(?:{_DAY})\b){_WORD}(?:[ ]{_WORD}){{0,2}}))?
    (?:,?[ ](?P<day>{_DAY}))?
    (?:,?[ ]?[(\[](?P<agency>[^()\[\]\n]{{1,60}})[)\]])?
    (?:[ ]*(?P<dash>[—–―]|--|-(?=\s)|:(?=\s))\s*|(?P<end>$))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def dateline(page: Page, places: Container[str] = (), others: Container[str] = ()) -> Dateline | None:
    """The dateline of an article, which opens a paragraph: “TRIPOLI, June 23 (Reuters) -”.

    ``places`` are names of places, by which one in small letters is known (“Tripoli – The government …”); ``others``
    are names of somebody else, whom a dash may follow (“HAFTAR – the man who …”).
    """
    speakers = sum(1 for line in page.lines if re.match(r"[A-Z][A-Z.' -]{0,40}: ", line.words))
    for line in page.lines[:12]:
        match = _DATELINE.match(line.words[:300])
        is_other = match and not match["day"] and not match["agency"] and _either(match["place"], others)
        if match and not is_other and _is_dateline(match, line, places, is_interview=speakers > 1):
            end = max(match.end(name) for name in ("place", "region", "day"))
            if match["agency"]:
                end = match.end("agency") + 1
            span = Span(line.span.start, line.span.start + end)
            return Dateline(span, match["place"], match["agency"] or "", match["day"] or "")
    return None


def _either(words: str, names: Container[str]) -> bool:
    """Whether words are among some names, as they are or in capitals for small letters."""
    return words in names or words.title() in names


def _is_dateline(match: re.Match[str], line: Line, places: Container[str], is_interview: bool) -> bool:
    """Whether what opens a line in the form of a dateline is one, and not a label, a speaker or a heading."""
    place, agency = match["place"], (match["agency"] or "").strip()
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
        return is_name and (is_certain or (is_known and match["dash"] != ":" and not match["region"]))
    return is_certain or is_known or bool(match["region"] and len(place) > 3) or (len(place) > 3 and len(words) <= 3)


# -- the byline --------------------------------------------------------------------------------------------------------

_BY = re.compile(
    r"""
    (?:(?:story|text|words|written|reported|posted|published|report|analysis|opinion|article)[ ])?by[ :]
    | (?:author|writer|reporter|correspondent)s?[ ]?:
    | (?:par|von|por|di|door|av|autor|autore|auteur)[ :]
    | (?:бай|автор|текст)[ ]?: | (?:بقلم|كتب|كتبت|إعداد)[ ]?:?[ ] | (?:מאת)[ ]?:?[ ] | (?:文|作者|记者)[：:／/]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?:[ ](?:[^\W\d_a-z][\w.'’-]*|al-\w+|el-\w+|bin|ben|van|von|der|de|da|di|du|la|le))*"
)
_IN_PLACE = re.compile(r"(?:[ ](?:and|in|at|et|in|à|und)[ ]|,[ ]|[ ]?[|•·&–—-][ ])")
_WORKS = re.compile(r"[(\[]?(?:additional |with )?(?:reporting|writing|written|compiled|edited) by ", re.IGNORECASE)


def byline(page: Page) -> Proposal | None:
    """Who wrote the text: a line “By Jane Doe” above the text, “Jane Doe in Tripoli”, or “Reporting by …” below it."""
    above = head_lines(page)
    for line in above:
        if _names_writer(line.words):
            return Proposal(_byline_span(line), "The line above the text names who wrote it.")
    for number, line in enumerate(above):
        if number and _is_placed_name(line.words):
            return Proposal(
                line.span, "A line under the headline with a name, and where or for whom that person writes."
            )
    for line in reversed(page.lines[-15:]):
        if _WORKS.match(line.words) and line.words.lower().lstrip("([").startswith(("reporting", "written", "writing")):
            names = re.split(r"[;)\]]", line.words.lstrip("(["), maxsplit=1)[0].rstrip(" .")
            start = line.span.start + line.words.index(names)
            return Proposal(Span(start, start + len(names)), "The line below the text names who reported it.")
    return None


def _names_writer(words: str) -> bool:
    match = _BY.match(words)
    if not match or len(words) > 200:
        return False
    rest = re.sub(r"^the ", "", words[match.end() :].strip(), flags=re.IGNORECASE)
    is_name = bool(rest) and (rest[0].isupper() or rest[0].lower() == rest[0].upper() or match[0][-1] == ":")
    return is_name and len(rest.split()) <= 20 and not Line(Span(0, 0), rest).is_whole_sentence


def _byline_span(line: Line) -> Span:
    """The byline without a date that stands behind it in its line (“By Jane Doe | June 23, 2021”)."""
    words = line.words
    if days := printed_days(words):
        words = words[: days[0].start].rstrip(" ,|•·–—-@/(")
        words = re.sub(r"(?:[ ,|•·–—-](?:on|published|updated|posted|at|le|am))+$", "", words, flags=re.IGNORECASE)
        words = words.rstrip(" ,|•·–—-")
    return Span(line.span.start, line.span.start + len(words)) if _names_writer(words) else line.span


def _is_placed_name(words: str) -> bool:
    """Whether a line is “Jane Doe in Tripoli”, “Jane Doe and Ali Salem, Reuters” or “Jane Doe | AFP”."""
    if len(words) > 120 or Line(Span(0, 0), words).ends_sentence or any(letter.isdigit() for letter in words):
        return False
    match = _NAME.match(words)
    if not match or not 2 <= len(match[0].split()) <= 5 or match[0].isupper():
        return False
    rest = words[match.end() :]
    pieces = [piece for piece in _IN_PLACE.split(rest) if piece]
    is_split = bool(_IN_PLACE.match(rest)) and bool(pieces) and all(_NAME.fullmatch(piece) for piece in pieces)
    has_place = bool(re.match(r"[ ](?:in|à|und|and)[ ]", rest)) and " in " in f"{rest} "
    return is_split and (has_place or pieces[-1].casefold() in AGENCY_NAMES)


# -- the headline ------------------------------------------------------------------------------------------------------

_SITE = re.compile(r"[ ](?:\||–|—|-|::|»|«|·|•)[ ](?P<site>[^|–—»«·•]{2,60})$")
#: A caption says at its start that it is one, or names at its end who made the picture.
_CAPTION = re.compile(
    rf"(?:file |archive )?(?:photo|image|picture|caption|pictured|video)\b\s*[:–—-]|"
    rf".{{10,}}(?:[(\[/—–|]|- )[ ]?(?:photo[ :]|image[ :]|by )?(?:{_AGENCY}|getty(?: images)?|epa|file photo|handout)"
    rf"(?:[ /-](?:pic|photo|file|pool|{_AGENCY}|getty images))*[)\]]?\.?$",
    re.IGNORECASE,
)


def head_lines(page: Page) -> list[Line]:
    """The lines above the text: those before the first line of prose or with a dateline."""
    for number, line in enumerate(page.lines):
        if furniture.why(line.words) or (number == 0 and _is_headline(page)):
            continue
        if line.is_prose or (number and _has_dateline(line)):
            return page.lines[:number]
    return page.lines


def _has_dateline(line: Line) -> bool:
    match = _DATELINE.match(line.words[:300])
    return bool(match and match["dash"] and line.weight >= 6 and _is_dateline(match, line, (), False))


#: Words of a headline at most, and the share of its longer words that have a capital in a headline in title case.
_LONGEST_HEADLINE, _CAPITALS = 25, 0.75


def _is_headline(page: Page) -> bool:
    """Whether the first line is a headline though it ends like a sentence: it has capitals as titles have, or a
    dateline opens the line below it."""
    line = page.lines[0]
    if line.weight > _LONGEST_HEADLINE or len(page.lines) < 2:
        return False
    longer = re.findall(r"[^\W\d_]{4,}", line.words)
    has_capitals = sum(word[0].isupper() for word in longer) >= max(3, len(longer) * _CAPITALS)
    return has_capitals or _has_dateline(page.lines[1])


def title(page: Page) -> Proposal:
    """The headline: the first line above the text that is no label, byline, date, caption or furniture."""
    if len(page.lines) == 1:
        return Proposal(None, "The text has one line, and none above it.")
    above = head_lines(page)
    lines = [line for line in above if _may_be_title(line)]
    for number, line in enumerate(lines):
        if line.weight <= 2 and any(other.weight > 2 and not other.ends_sentence for other in lines[number + 1 :]):
            continue  # “Libya”, “World News”: the label of a section
        if line.weight == 1:
            break
        is_first = line is page.lines[0]
        if is_first and _is_headline(page):
            because = (
                "A dateline opens the line below it."
                if _has_dateline(page.lines[1])
                else "It has capitals as titles have."
            )
            return Proposal(line.span, because, _suffix(line, page))
        if line.ends_sentence and line.words.rstrip("\"'’”» ").endswith((".", "。")) and not _stands_out(line, above):
            because = f"{shortened(line.words)} may be the headline, or the first sentence: then remove the key."
            return Proposal(None, because, is_open=True)
        return Proposal(line.span, "A line above the text that does not end like a sentence.", _suffix(line, page))
    if page.label and not lines:
        return Proposal(None, "The text begins right behind the stray label; no line above it is a headline.")
    return Proposal(None, "The text begins with its first sentence: no line above it is a headline.")


def _may_be_title(line: Line) -> bool:
    words = line.words
    if line.weight > 40 or len(words) > 300 or not re.search(r"[^\W\d_]", words):
        return False
    is_other = _names_writer(words) or _is_placed_name(words) or is_date_line(words) or _CAPTION.match(words)
    return not (is_other or furniture.why(words))


def _stands_out(line: Line, above: list[Line]) -> bool:
    """Whether a byline or a date follows a line, as it does a headline."""
    following = above[above.index(line) + 1 :][:2]
    return any(_names_writer(other.words) or is_date_line(other.words) for other in following)


def _suffix(line: Line, page: Page) -> str:
    """What to say of a site or section that a headline names at its end."""
    match = _SITE.search(line.words)
    if not match or not match["site"][:1].isupper() or len(match["site"].split()) > 6:
        return ""
    return f"{shortened(match['site'])} at its end may be the publisher, a section or a topic; a title keeps it."


# -- who supplied the text ---------------------------------------------------------------------------------------------

_CREDIT = re.compile(
    rf"(?:^|[ ])[—–-]+[ ]?(?P<dash>{_AGENCY})\.?$"
    r"|^[(\[]?(?:source|sources|via|quelle|fuente|المصدر)[ ]?[:：][ ]?(?P<source>.{2,60})$"
    rf"|^[(\[](?P<bare>{_AGENCY})[)\]]\.?$|^(?P<line>{_AGENCY})$"
    r"|^(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:[0-9]{4}(?:[-–][0-9]{2,4})?)?,?\s*(?:by\s)?(?P<owner>[^.,\n]{2,60})",
    re.IGNORECASE,
)


def credits(page: Page, found: Dateline | None) -> Iterator[tuple[Span, str]]:
    """Whoever the page credits with the text, as passages with what kind of credit they are; the dateline first."""
    if found and found.agency:
        yield found.span, f"the dateline names {shortened(found.agency)}"
    for line in page.lines:
        words = line.words if len(line.words) <= 200 else line.words[-60:]
        if match := _CREDIT.search(words):
            name = next(value for value in match.groups() if value).strip(" .")
            what = "a line of copyright" if match["owner"] else "a credit"
            if not name.isdigit():
                yield line.span, f"{what} names {shortened(name)}"


def shortened(words: str, limit: int = 60) -> str:
    """Words for a reason, in quotation marks; a long text is cut."""
    return f"“{words if len(words) <= limit else words[: limit - 1].rstrip() + '…'}”"
