"""Find date words in running text.

The text is read as runs of words that date words are made of. In each run, from its beginning, the longest words that
a rule of ``resolver`` knows, or that ``periods`` reads, are one finding. A run is looked at in windows of at most
``_WIDEST`` words, so that the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from .. import edtf, numbers
from ..spans import Span
from . import direction, periods
from .calendars import ETHIOPIAN, HEBREW, HIJRI, PERSIAN
from .feasts import NAMES
from .words import MONTHS, ORDINALS, WEEKDAYS, plain


@dataclass(frozen=True)
class Found:
    """Date words in a text.

    ``kind`` is date, time (of a day), duration, set (a repetition) or vague. ``value`` is EDTF for a date, ISO 8601 for
    a time, a duration and the period of a set; for vague words it is ``PAST_REF``, ``PRESENT_REF`` or ``FUTURE_REF``.
    ``rule`` is the code of ``date_rule`` by which a date was resolved. ``direction`` is ahead or back where the value
    depends on it. ``is_sure`` is false where the direction was judged by the words around.
    """

    span: Span
    kind: str
    value: str
    rule: str | None = None
    direction: str | None = None
    is_sure: bool = True


#: Words of a run that are looked at together, and numbers that may follow each other in one.
_WIDEST, _FIGURES = 12, 2
#: No date words begin with the first of these, or end with the others.
_BEFORE = "of and or to ago m am pm old long full straight consecutive latest"
_BEHIND = """
a an the of in on at and to until till through between from since by for during within about around nearly almost
roughly approximately some over under least than less just another as every each p several many few couple up mid
previous coming no not or
"""
_NEVER_FIRST, _NEVER_LAST = frozenset(_BEFORE.split()), frozenset(_BEHIND.split())
_TOKEN = re.compile(r"\d+(?:(?:st|nd|rd|th|['’]?s)(?![^\W\d_]))?|[^\W\d_]+(?:['’][^\W\d_]+)*", re.IGNORECASE)
#: What may stand between two words of one run: no end of a sentence, and no empty line.
_GAP = re.compile(r",?[^\S\n]*\n?[^\S\n]*|[^\S\n]?[-–—‑/:'’][^\S\n]?|\.[^\S\n]?|['’][^\S\n]")
_SMALL = """
the a an of in on at and to until till through between from since by before after for following prior ahead up ago last
next this past previous coming earlier later early late mid middle beginning start end close first second third fourth
final half quarter quarters day days week weeks weekend weekends month months year years decade decades century
centuries hour hours minute minutes second seconds fortnight fortnights spring summer autumn fall winter morning
mornings afternoon afternoons evening evenings night nights today tonight yesterday tomorrow noon midday dawn dusk now
q am pm a m p gmt utc est edt cst cdt pst pdt cet cest eet eest bst msk et local time o'clock hrs every each daily weekly
monthly yearly annually annual quarterly hourly nightly no not or latest small wee hours sunrise sunset daybreak nightfall dark
latter overnight few several many some couple about around nearly almost roughly
approximately more than over least under less just another as full long straight consecutive recent future present
currently nowadays right near ah h ap sh hijri eve ever within during hence twenties thirties forties fifties sixties
seventies eighties nineties
"""


@cache
def _lexicon() -> frozenset[str]:
    """The words that date words are made of, in small letters."""
    names = [*MONTHS, *WEEKDAYS, *NAMES, *ORDINALS]
    for calendar in (HIJRI, PERSIAN, HEBREW, ETHIOPIAN):
        names += calendar.months
    words = {part for name in names for part in re.split("[ -]", name)}
    return frozenset(words | {f"{name}s" for name in WEEKDAYS if name.endswith("day")} | set(_SMALL.split()))


@lru_cache(maxsize=4096)
def _is_of_dates(word: str) -> bool:
    """Whether date words are made of a word, or it is a number."""
    word = word.lower().replace("’", "'")
    if word[0].isdecimal() or word in _lexicon() or word.removesuffix("'s") in _lexicon():
        return True
    return re.fullmatch(numbers.COUNT, word) is not None


def find(text: str, published: str, is_split: bool = False) -> list[Found]:
    """The date words of a text, in its order; they do not overlap.

    ``published`` is the EDTF value that they are counted from. With ``is_split``, "since 2014" and "from May to July"
    give the dates in them, and not the span that the whole means, and "the past two weeks" a duration. Raises
    ValueError when ``published`` is not EDTF.

    >>> text = "The talks will be held on Friday, the spokesman said yesterday."
    >>> [(text[one.span.start : one.span.end], one.value) for one in find(text, "2022-03-12")]
    [('on Friday', '2022-03-18'), ('yesterday', '2022-03-11')]
    """
    edtf.parse(published)
    return [found for run in _runs(text) for found in _of_run(text, run, published, is_split)]


def _runs(text: str) -> Iterator[list[Span]]:
    """The runs of words that date words are made of. A row of figures is none."""
    run: list[Span] = []
    figures = 0
    for match in _TOKEN.finditer(text):
        is_known = _is_of_dates(match[0])
        gap = _GAP.fullmatch(text, run[-1].end, match.start()) if run else None
        is_figure = match[0].isdecimal()
        figures = figures + 1 if is_figure and gap and not gap[0].strip(", \n") else int(is_figure)
        if run and not (is_known and gap and figures <= _FIGURES):
            yield run
            run = []
        if is_known:
            run.append(Span(match.start(), match.end()))
    if run:
        yield run


def _of_run(text: str, run: list[Span], published: str, is_split: bool) -> Iterator[Found]:
    """The longest date words from the beginning of a run, then from behind them on."""
    words = [text[span.start : span.end].lower() for span in run]
    at = 0
    while at < len(run):
        lasts = range(min(len(run), at + _WIDEST) - 1, at - 1, -1) if words[at] not in _NEVER_FIRST else ()
        for last in lasts:
            if words[last] in _NEVER_LAST:
                continue
            if found := _one(text, Span(run[at].start, run[last].end), published, is_split):
                yield found
                at = last
                break
        at += 1


#: With these before them, words are a part of the whole that they stand in, and words around these are two dates.
_OUTER = re.compile(
    r"(?:since|until|till|by|before|after|from|between|for|in|on|at|during|through|of|within|following|over|prior to|"
    r"up to|ahead of|as of|as from) ",
    re.ASCII,
)
_JOINED = re.compile(r"[a-z0-9] (?:to|and|until|before|after) [a-z0-9]", re.ASCII)


def _one(text: str, span: Span, published: str, is_split: bool) -> Found | None:
    """What a stretch of a text means, if it is date words as a whole."""
    raw = text[span.start : span.end]
    words = plain(raw)
    if not words or _is_something_else(raw, words, text, span):
        return None
    if is_split and (_OUTER.match(f"{words} ") or _JOINED.search(words)):
        return None
    period = None if "," in raw and re.search(r"\d,", raw) else periods.read(words)
    if period and (is_split or period[0] != "duration"):
        return Found(span, *period)
    if settled := direction.settle(words, published, text, span):
        found, points, is_sure = settled
        return Found(span, "date", found.edtf, found.rule, points, is_sure)
    return Found(span, *period) if period else None


# -- words of dates that are no date -----------------------------------------------------------------------------------

#: Names of months, weekdays and seasons that are other words too, or parts of names.
_DOUBTFUL = re.compile(
    r"(?:(?:an?|one|the) )?(?:may|march|sun|sat|mon|wed|fri|jan|dec|mar|fall|spring|second)", re.ASCII
)
_FALL = re.compile(r"\b(?:fall|spring)$", re.ASCII)
_VERBS = re.compile(r"\b(?:may|march)\b", re.ASCII)
_TITLE = re.compile(r"\d\s+(?:Second|Minute|Hour|Day|Week|Month|Year)s?$", re.ASCII)
_AGE = re.compile(r"[- ](?:year[- ]|month[- ]|day[- ])?olds?\b", re.ASCII)
_HEDGE = re.compile(
    r"(?:about|around|some|over|under|just|more than|less than|nearly|almost|roughly|approximately) "
    rf"(?!the |(?:{numbers.COUNT})\b)",
    re.ASCII,
)
_ORDINAL = re.compile(r"(?:on )?the \d+(?:st|nd|rd|th)", re.ASCII)
_DATED = re.compile(r"\b(?:on|by|until|till|since|from|before|after)\s$", re.ASCII)
#: A point behind figures ends a sentence rather than an ordinal number.
_POINT = re.compile(r"\d\.\s", re.ASCII)
#: “The previous Friday” is counted from a day that the text has named.
_OF_ANOTHER = re.compile(r"\b(?:the\s+following|previous|preceding|same)\s+$", re.ASCII | re.IGNORECASE)
_THE = re.compile(r"\bthe\s+$", re.ASCII | re.IGNORECASE)
#: “Monday last” and “Tuesday week”, and what makes other words of them: “Monday, last year”, “Tuesday week-long talks”.
_LAST = re.compile(r"(?:day|mon|tues?|wed|thurs?|fri|sat|sun) (?:last|next|week|fortnight)$", re.ASCII)
_COMMA = re.compile(r",\s+\w+$", re.ASCII)
_OTHERWISE = re.compile(r"-|\s+(?:of|after|to|time|year|month|week|in|for|night|door)\b", re.ASCII)
_GOES_ON = re.compile(r"\s(?!(?:in|at|and|when|by|after|before|to|as|but|with)\b)\w", re.ASCII)


def _is_something_else(raw: str, words: str, text: str, span: Span) -> bool:
    """Whether words are probably no date, though a rule may know them: an age, “may” as a verb, the number of a court,
    a title such as “60 Minutes”, “around” a Wednesday, figures that count something."""
    before, after = text[max(0, span.start - 24) : span.start], text[span.end : span.end + 24]
    if _AGE.match(after) or (
        re.fullmatch("[A-Z][a-z]+s?", raw) and re.search(r"\d\s$", before) and periods.read(words)
    ):
        return True
    if _FALL.search(words) and re.match(r"\s+of\s+(?!\d)", after):
        return True
    if _POINT.search(raw) or _OF_ANOTHER.search(before) or (words.startswith("following ") and _THE.search(before)):
        return True
    if _LAST.search(words) and (_COMMA.search(raw) or _OTHERWISE.match(after)):
        return True
    if words in HIJRI.months and (words != "ramadan" or _LABEL.search(before)):
        return True
    if _DOUBTFUL.fullmatch(words):
        return not _is_name_of_time(raw, words, before)
    if re.fullmatch(r"\d+", words):
        return not _is_year(words, before, after)
    if _ORDINAL.fullmatch(words):
        return bool(_GOES_ON.match(after)) or not (words.startswith("on ") or _DATED.search(before))
    return bool(_TITLE.search(raw) or _VERBS.search(raw) or _HEDGE.match(words))


def _is_name_of_time(raw: str, words: str, before: str) -> bool:
    """Whether a word that has another meaning too is the name of a month or season: by a capital within a sentence, or
    by the words before it."""
    if words in ("may", "march"):
        is_within = raw[0].isupper() and re.search(r"(?:[a-z,]|\d)\s$", before) is not None
        return is_within and not _LABEL.search(before)
    is_season = words.removeprefix("the ") in ("spring", "fall")
    return is_season and re.search(r"\b(?:in|during|this|last|next|in the)\s$", before) is not None


#: What four figures count that are no year.
_COUNTED = (
    "people troops soldiers fighters men women children dollars euros dinars pounds barrels tons tonnes kilometers "
    "kilometres km miles meters metres feet deaths cases refugees migrants mercenaries civilians families houses "
    "points votes words rpm"
).replace(" ", "|")
#: A name with a number: “Resolution 1970”. A word that begins a sentence is none.
_LABEL = re.compile(
    r"\b(?!(?:In|Since|By|From|Until|Till|Before|After|During|Of|On|The|And|Or|To|Year|Late|Early|Mid|Between|Through|For|"
    r"About|Around|Only|Both|As|At)\b)[A-Z][a-z]+\s$",
    re.ASCII,
)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d", re.ASCII)


def _is_year(words: str, before: str, after: str) -> bool:
    """Whether a figure alone is a year: four digits of a likely century, that count nothing."""
    if not _YEAR.fullmatch(words) or re.search(r"[$£€#]\s?$|[.,/:\d]$", before) or _LABEL.search(before):
        return False
    return re.match(rf"[.,:/]\d|\s?%|\s(?:{_COUNTED})\b", after) is None
