"""Find date words in running text, and judge in which direction they point.

The text is read as runs of words that date words are made of. In each run, from its beginning, the longest words that
a rule of ``resolver`` knows, or that give a length, a repetition, a time of day or a vague time, are one finding. A
run is looked at in windows of at most ``_WIDEST`` words, so that the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from .. import edtf, numbers
from ..spans import Span
from . import resolver
from .calendars import ETHIOPIAN, HEBREW, HIJRI, PERSIAN
from .feasts import NAMES
from .forms import Resolved
from .words import CLOCK, COUNT, MONTHS, ORDINALS, PART_OF_DAY, WEEKDAYS, plain


@dataclass(frozen=True)
class Found:
    """Date words in a text.

    ``kind`` is date, time (of a day), duration, set (a repetition) or vague. ``value`` is EDTF for a date, ISO 8601 for a
    time, a duration and the period of a set; for vague words it is ``PAST_REF``, ``PRESENT_REF`` or ``FUTURE_REF``. ``rule`` is the
    code of ``date_rule`` by which a date was resolved. ``direction`` is ahead or back where the value depends on it, and
    ``is_sure`` says whether nothing but the words decided the value: a direction that was judged by the words around is
    not sure.
    """

    span: Span
    kind: str
    value: str
    rule: str | None = None
    direction: str | None = None
    is_sure: bool = True


#: Words of a run that are looked at together.
_WIDEST = 12
_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)?(?![^\W\d_])|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*", re.IGNORECASE)
#: What may stand between two words of one run: no end of a sentence, and no empty line.
_GAP = re.compile(r"(?:[^\S\n]*\n?[^\S\n]*|,[^\S\n]*\n?[^\S\n]*|[^\S\n]?[-–—‑/:'’][^\S\n]?|\.[^\S\n]?|'|’[^\S\n])")
_SMALL = (
    "the a an of in on at and to until till through between from since by before after for following prior ahead up "
    "ago last next this past previous coming current earlier later early late mid middle beginning start end close "
    "first second third fourth final half quarter quarters day days week weeks weekend weekends month months year years "
    "decade decades century centuries hour hours minute minutes second seconds fortnight fortnights "
    "spring summer autumn fall winter morning mornings afternoon afternoons evening evenings night nights "
    "today tonight yesterday tomorrow noon midday midnight dawn dusk now "
    "am pm a.m p.m m p gmt utc est edt cst cdt pst pdt cet cest eet eest bst msk et local time o'clock hrs "
    "every each daily weekly monthly yearly annually annual quarterly hourly nightly twice once per "
    "few several many some couple about around nearly almost roughly approximately some more than over least under less just "
    "long old straight consecutive recent future present currently nowadays recently lately ah h ap sh hijri eve ever "
    "within during hence ten's"
)


@cache
def _lexicon() -> frozenset[str]:
    """The words that date words are made of, in small letters."""
    names = [*MONTHS, *WEEKDAYS, *NAMES, *ORDINALS]
    for calendar in (HIJRI, PERSIAN, HEBREW, ETHIOPIAN):
        names += calendar.months
    words = {part for name in names for part in re.split(r"[ -]", name)}
    words |= {f"{name}s" for name in WEEKDAYS if len(name) > 4} | set(_SMALL.split())
    return frozenset(words | {f"{ten}s" for ten in ("twentie", "thirtie", "fortie", "fiftie", "sixtie", "seventie", "eightie", "ninetie")})


@lru_cache(maxsize=4096)
def _is_of_dates(word: str) -> bool:
    word = word.lower().replace("’", "'")
    if word[0].isdecimal() or word in _lexicon() or word.removesuffix("'s") in _lexicon():
        return True
    return re.fullmatch(numbers.COUNT, word) is not None


# -- what is no date ---------------------------------------------------------------------------------------------------

_UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y",
    "decade": "Y", "century": "Y", "centurie": "Y", "night": "D", "fortnight": "W", "quarter": "M", "weekend": "D",
}  # fmt: skip
_TIMES = {"decade": 10, "century": 100, "centurie": 100, "fortnight": 2, "quarter": 3, "weekend": 2}
_UNIT = rf"(?P<unit>second|minute|hour|day|week|month|year|decade|century|centurie|night|fortnight)"
_ABOUT = r"(?:(?:about|around|nearly|almost|roughly|approximately|some|more than|over|at least|less than|under|up to|just over|just under|another|as many as) )?"
_VAGUE = r"(?P<vague>several|many|some|few|a few|a couple of|recent|the last few|the past few|coming|the coming|past|the past)"
_DURATION = (
    re.compile(rf"{_ABOUT}{COUNT}(?: (?:more|straight|consecutive|full|long))? {_UNIT}s?", re.ASCII),
    re.compile(rf"{COUNT}[- ]{_UNIT}s?(?:-long|-old| old| long)?", re.ASCII),
    re.compile(rf"(?:the )?(?:past|last|next|coming|previous|first|final) {COUNT} {_UNIT}s?", re.ASCII),
    re.compile(rf"{_ABOUT}(?P<count>\d{{1,3}}) (?P<part>1/2) {_UNIT}s?", re.ASCII),
    re.compile(rf"(?:(?:for )?{_VAGUE} )?{_UNIT}s(?:-long|-old)?", re.ASCII),
    re.compile(rf"(?P<half>half) (?:an? )?{_UNIT}", re.ASCII),
    re.compile(rf"{_UNIT}-long", re.ASCII),
)
_SET = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y",
    "hourly": "PT1H", "nightly": "P1D", "quarterly": "P3M",
}  # fmt: skip
_EVERY = re.compile(rf"(?:every|each)(?: (?P<count>{numbers.COUNT}))? (?P<unit>{'|'.join(_UNITS)})s?", re.ASCII)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_EVERY_DAY = re.compile(rf"(?:(?:every|each) (?P<one>{'|'.join(_WEEKDAYS)})|(?:on )?(?P<many>{'|'.join(_WEEKDAYS)})s)", re.ASCII)
_REFERENCE = {
    "now": "PRESENT_REF", "right now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "at present": "PRESENT_REF",
    "future": "FUTURE_REF", "the future": "FUTURE_REF", "the near future": "FUTURE_REF",
    "the past": "PAST_REF", "recently": "PAST_REF", "lately": "PAST_REF",
}  # fmt: skip
_CLOCK = re.compile(CLOCK, re.ASCII)


def _period(words: str) -> tuple[str, str] | None:
    """The kind and value of words that give a length, a repetition, a time of day or a vague time."""
    if words in _REFERENCE:
        return "vague", _REFERENCE[words]
    if words in _SET:
        return "set", _SET[words]
    if match := _EVERY.fullmatch(words):
        return "set", _iso(str(numbers.count(match["count"])) if match["count"] else "1", match["unit"]) or "P1D"
    if match := _EVERY_DAY.fullmatch(words):
        return "set", f"XXXX-WXX-{_WEEKDAYS.index(match['one'] or match['many']) + 1}"
    if _CLOCK.fullmatch(words):
        return "time", _hour(words)
    if match := next(filter(None, (pattern.fullmatch(words) for pattern in _DURATION)), None):
        parts = match.groupdict()
        count = str(numbers.count(parts["count"])) if parts.get("count") else "0.5" if parts.get("half") else "X"
        if parts.get("part"):
            count += ".5"
        if words.endswith("-long") and count == "X" and not match["unit"] + "s-" in words:
            count = "1"
        value = count and _iso(count, match["unit"])
        return ("duration", value) if value else None
    return None


def _iso(count: str, unit: str) -> str:
    """An ISO 8601 duration; X stands for a number that is not given. Nothing without a number."""
    if not count:
        return ""
    letter, times = _UNITS[unit], _TIMES.get(unit, 1)
    if count.replace(".", "").isdigit():
        number = float(count) * times
        if number % 1:
            smaller = {"Y": ("M", 12), "TH": ("TM", 60), "D": ("TH", 24), "M": ("D", 30), "TM": ("TS", 60), "W": ("D", 7)}
            if letter == "TH" and number > 1:
                return f"PT{int(number)}H{int(number % 1 * 60)}M"
            if letter not in smaller:
                return ""
            letter, factor = smaller[letter]
            number *= factor
        count = str(int(number))
    return f"PT{count}{letter[1]}" if letter.startswith("T") else f"P{count}{letter}"


def _hour(words: str) -> str:
    """A time of day as ISO 8601, without the zone."""
    if words in ("noon", "midday"):
        return "T12:00"
    match = re.match(r"(\d{1,2})(?:[:.h](\d{2}))?(?:\D*?(am|pm|a m|p m))?", words, re.ASCII)
    if match is None:
        return "TXX"
    if re.match(r"\d{4}", words):
        return f"T{words[:2]}:{words[2:4]}"
    hour = int(match[1]) % 12 + (12 if match[3][0] == "p" else 0) if match[3] else int(match[1])
    return f"T{hour:02d}:{match[2] or '00'}"


# -- which way the words point -----------------------------------------------------------------------------------------

_AHEAD = frozenset(
    "will shall won't scheduled planned plans plan planning expected expects due slated set upcoming coming until till "
    "by would hopes hope aims intends intend deadline may might must should can could announced? promises pledges".split()
)
_BACK = frozenset(
    "was were had has have did said told came went began held met left took made gave found got saw became brought sent "
    "ran fell rose led won lost killed since ago after broke struck hit shot died blew spoke wrote heard".split()
)
_FUTURE = re.compile(r"\b(?:to be|is to|are to|'ll|going to)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BREAK = re.compile(r"[.!?;][\"”’']*\s+(?=[\"“‘']?[^\W\d_a-z])|\n\s*\n|[;]")
#: Characters of the sentence before and after date words that are looked at.
_AROUND = 160


def _direction(text: str, span: Span) -> bool | None:
    """Whether words point ahead, by the verb that is next to them in their sentence; None when there is none."""
    before = text[max(0, span.start - _AROUND) : span.start]
    breaks = [match.end() for match in _BREAK.finditer(before)]
    before = before[breaks[-1] :] if breaks else before
    found = _nearest([match[0].lower().replace("’", "'") for match in _WORD.finditer(before)][::-1])
    if found is None:
        after = text[span.end : span.end + _AROUND]
        if stop := _BREAK.search(after):
            after = after[: stop.start()]
        found = _nearest([match[0].lower().replace("’", "'") for match in _WORD.finditer(after)])
    return found


def _nearest(words: list[str]) -> bool | None:
    for place, word in enumerate(words):
        if word in _AHEAD or (word == "be" and "to" in words[place + 1 : place + 2]):
            return True
        if word in _BACK or (word.endswith("ed") and len(word) > 4):
            return False
    return None


def _settled(words: str, published: str, text: str, span: Span) -> tuple[Resolved, str | None, bool] | None:
    """What words mean in their sentence, in which direction, and whether that is sure."""
    back, ahead = (resolver.resolve(words, published, future) for future in (False, True))
    if back is None or ahead is None or back == ahead:
        found = back or ahead
        return (found, None, True) if found else None
    points = _direction(text, span)
    if _far(back, published) and not _far(ahead, published):
        points = True if points is not False or _far(back, published, 300) else points
    elif _far(ahead, published) and points and not _far(back, published, 60):
        points = False if _far(ahead, published, 300) else points
    return (ahead, "ahead", False) if points else (back, "back", False)


def _far(found: Resolved, published: str, days: int = 200) -> bool:
    """Whether a date lies more than some days from publication."""
    span, day = edtf.parse(found.edtf), edtf.parse(published)
    ends = [end for end in (span.start, span.end) if end]
    return not (day.end and ends) or min(abs((end - day.end).days) for end in ends) > days


# -- the runs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Token:
    start: int
    end: int


def _runs(text: str) -> Iterator[list[_Token]]:
    """The runs of words that date words are made of."""
    run: list[_Token] = []
    for match in _TOKEN.finditer(text):
        if run and not (_is_of_dates(match[0]) and _GAP.fullmatch(text, run[-1].end, match.start())):
            yield run
            run = []
        if _is_of_dates(match[0]):
            run.append(_Token(match.start(), match.end()))
    if run:
        yield run


#: With these no expression begins or ends, as they say nothing by themselves.
_EDGES = frozenset("of and to a.m p.m".split())
_OUTER = re.compile(r"(?:since|until|till|by|before|after|from|between|for|in|on|at|during|through|of|within|following|over|prior to|up to|ahead of) ")


def find(text: str, published: str, is_split: bool = False) -> list[Found]:
    """The date words of a text, in its order; they do not overlap.

    ``published`` is the EDTF value that they are counted from. With ``is_split``, "since 2014" and "from May to July" give
    the dates in them, and not the span that the whole means. Raises ValueError when ``published`` is not EDTF.

    >>> text = "The talks will be held on Friday, the spokesman said yesterday."
    >>> [(text[one.span.start : one.span.end], one.value) for one in find(text, "2022-03-12")]
    [('on Friday', '2022-03-18'), ('yesterday', '2022-03-11')]
    """
    edtf.parse(published)
    return [found for run in _runs(text) for found in _of_run(text, run, published, is_split)]


def _of_run(text: str, run: list[_Token], published: str, is_split: bool) -> Iterator[Found]:
    at = 0
    while at < len(run):
        for last in range(min(len(run), at + _WIDEST) - 1, at - 1, -1):
            span = Span(run[at].start, run[last].end)
            if found := _one(text, span, published, is_split):
                yield found
                at = last
                break
        at += 1


def _one(text: str, span: Span, published: str, is_split: bool) -> Found | None:
    """What a stretch of a text means, if it is date words as a whole."""
    raw = text[span.start : span.end]
    words = plain(raw)
    if not words or _is_word_of_another_kind(raw, words, text, span):
        return None
    if is_split and (_OUTER.match(f"{words} ") or re.search(r"[a-z0-9] (?:to|and|until|before|after) [a-z0-9]", words)):
        return None
    if period := _period(words):
        return Found(span, *period)
    if settled := _settled(words, published, text, span):
        found, direction, is_sure = settled
        return Found(span, "date", found.edtf, found.rule, direction, is_sure)
    return None


#: Names of months, weekdays and seasons that are other words too, or parts of names.
_DOUBTFUL = frozenset("may march sun sat mon wed fri tue jan dec second fall spring mar".split())


def _is_word_of_another_kind(raw: str, words: str, text: str, span: Span) -> bool:
    """Whether a word or figure is probably no date: “may” as a verb, a figure that counts something else."""
    if words in _DOUBTFUL:
        is_name = raw[:1].isupper() and words in ("may", "march") and text[max(0, span.start - 2) : span.start].strip(" ") not in ("", ".", "\n")
        return not (is_name or words in ("spring", "fall") and re.search(r"\b(?:in|the|this|last|next) $", text[: span.start][-8:]))
    if re.fullmatch(r"\d+", words):
        return not _is_year(words, text, span)
    return False


def _is_year(words: str, text: str, span: Span) -> bool:
    """Whether a figure alone is a year: four digits of a likely century, that count nothing."""
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", words):
        return False
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 24]
    if re.search(r"[$£€#.,\d]$", before.strip()) or re.match(r"[,.]\d|%|-\d|[^\S\n]?(?:people|troops|soldiers|dollars|men|women|kilometers|miles)", after):
        return bool(re.match(r"-\d", after))
    return not re.match(r" [a-z]+s\b(?! ?(?:was|has|is|as))", after) or bool(re.search(r"\b(?:in|of|since|by|until|from|to|and)\s$", text[max(0, span.start - 7) : span.start]))
