"""Find the byline of an article: “By Jane Doe”, “Jane Doe in Tripoli”, “Reporting by Jane Doe”."""

from __future__ import annotations

import re

from ..text.spans import Span
from .dating import is_date_line, printed_days
from .page import Line, Page
from .proposals import Proposal
from .wording import AGENCY_NAMES

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


#: Whoever posted a text, behind the day in the line of its date: “Posted on June 23, 2021 by admin”.
_POSTED = re.compile(r"(?<=[\w)|,] )by [^\s|,]+(?: [^\s|,]+){0,3}(?= ?(?:[|,]|$))", re.IGNORECASE)


def posted(words: str) -> re.Match[str] | None:
    """Who posted a text, where the short line of its date says so."""
    return _POSTED.search(words) if len(words) <= 120 and printed_days(words) else None


def find(page: Page, above: list[Line], title: Span | None) -> Proposal | None:
    """Who wrote the text: a line “By Jane Doe” above the text, “Jane Doe in Tripoli”, or “Reporting by …” below it.

    ``above`` are the lines above the text, ``title`` is the headline. A name alone, or with a place, is a byline below
    the headline; anywhere else it may be one itself (“Haftar Meets Envoy in Cairo”).
    """
    below = [line for line in above if title and line.span.start > title.start]
    for line in above:
        if _names_writer(line.words):
            return Proposal(_byline_span(line), "The line above the text names who wrote it.")
    for line in below:
        if _is_placed_name(line.words):
            return Proposal(line.span, "A line under the headline with a name, and where or for whom somebody writes.")
    for line in above:
        if _has_office(line.words):
            return Proposal(line.span, "A line above the text with a name and an office.")
    for line in above:
        if match := posted(line.words):
            start, end = match.span()
            because = "The line of the date names who posted the text."
            return Proposal(Span(line.span.start + start, line.span.start + end), because)
    for line, following in zip(below, below[1:], strict=False):
        if _is_name(line.words) and is_date_line(following.words):
            return Proposal(line.span, "A line with a name alone, between the headline and the date.")
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


def is_one(words: str) -> bool:
    """Whether a line is a byline by itself, or has the form of one."""
    return is_surely_one(words) or _is_placed_name(words)


def is_surely_one(words: str) -> bool:
    """Whether a line says that it is a byline, or names an office."""
    return _names_writer(words) or _has_office(words)


#: An office behind a name: “NED PRICE, DEPARTMENT SPOKESPERSON”.
_OFFICE = re.compile(
    r",[ ](?:[\w.’'-]+[ ]){0,5}(?:spokes(?:man|woman|person)|secretary|minister|ambassador|correspondent|reporter"
    r"|editor|staff|writer|analyst|columnist)(?:[ ][\w.’'-]+){0,5}",
    re.IGNORECASE,
)


def _has_office(words: str) -> bool:
    """Whether a line is a name and an office or profession, and nothing else."""
    match = _NAME.match(words[:120])
    if match is None or not 2 <= len(match[0].split()) <= 4:
        return False
    return _OFFICE.fullmatch(words, match.end()) is not None


def _is_name(words: str) -> bool:
    """Whether a line is the name of a person and nothing else, as far as capitals show it."""
    return len(words) <= 60 and bool(_NAME.fullmatch(words)) and 2 <= len(words.split()) <= 4


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
