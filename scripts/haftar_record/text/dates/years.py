"""Words for a year, a decade or a century, a season, or a part of one of them."""

from __future__ import annotations

import re
from datetime import date

from .. import edtf
from .forms import NO_CASE, Compound, DateWords, Form, Read, Unsure
from .months import PART, STEP, part_of
from .spans import Days, away, months, years
from .weeks import cut
from .words import COUNT, ORDINALS, YEAR, count_of

_NUMBERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "latter": 4,
    "final": 4,
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASON = rf"(?P<season>{'|'.join(_SEASONS)})"


def _plain_year(match: re.Match[str], _: date, __: bool) -> Days:
    return years(int(match["year"]))


def _year_range(match: re.Match[str], _: date, __: bool) -> Days:
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    if int(first) >= int(last):
        raise Unsure(f"{first} is not before {last}")
    return years(int(first), int(last))


def _years_ago(match: re.Match[str], anchor: date, _: bool) -> Days:
    return years(anchor.year - (1 if match["last"] else count_of(match)))


def _decades_ago(match: re.Match[str], anchor: date, _: bool) -> str:
    """About the year that lies so many decades or centuries back."""
    length = 100 if match["unit"] == "centur" else 10
    count = length // 2 if match["half"] else length * count_of(match)
    return f"{years(anchor.year - count)[0].year:04d}~"


def _relative_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    """The calendar year; earlier or later this year ends or begins with the day of publication."""
    which, part = match["which"], match["part"]
    span = away(anchor, STEP[which], "year")
    if part in ("earlier", "later") and which == "this":
        return cut(span, anchor, part == "later")
    return span


def _second_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    return away(anchor, -2 if match["way"] == "before last" else 2, "year")


# -- parts of a year ---------------------------------------------------------------------------------------------------

_MONTHS = {"early": (1, 3), "mid": (4, 9), "late": (10, 12)}


def _year_inside(match: re.Match[str], anchor: date) -> tuple[int, str]:
    """The year that words for a part of one name, and their basis."""
    if match["year"]:
        return int(match["year"]), "stated"
    return anchor.year + STEP.get(match["which"] or "this", 0), "relative"


def _part_of_year(match: re.Match[str], anchor: date, future: bool, _: Read) -> tuple[Days, str]:
    """The end of a year is its last quarter, the beginning its first, the middle the two between. “The year” is that of
    publication, where the part lies in the direction of the words."""
    if "days" in match["part"]:
        raise Unsure("the words do not say how many days")
    year, basis = _year_inside(match, anchor)
    span = months(year, *_MONTHS[part_of(match)])
    if not match["year"] and not match["which"]:
        cut(span, anchor, future)
    return span, basis


def _some_months(match: re.Match[str], anchor: date, _: bool, __: Read) -> tuple[Days, str]:
    """The first or last months of a year, by their number."""
    count = count_of(match)
    if not 1 <= count <= 12:
        raise Unsure(f"no year has {count} months")
    year, basis = _year_inside(match, anchor)
    return (months(year, 1, count) if match["end"] == "first" else months(year, 13 - count, 12)), basis


def _divided(match: re.Match[str], anchor: date, future: bool, _: Read) -> tuple[str, str]:
    """A quarter or half of a year, as EDTF names it. One of “the year” lies in the direction of the words."""
    year, basis = _year_inside(match, anchor)
    value = f"{year:04d}-{_division(match)}"
    span = edtf.parse(value)
    if not match["year"] and not match["which"] and span.start and span.end:
        cut((span.start, span.end), anchor, future)
    return value, basis


def _division(match: re.Match[str]) -> int:
    number = int(match["figure"]) if match["figure"] else _NUMBERS[match["number"]]
    is_half = "half" in match["unit"] or match["unit"] == "h"
    if is_half:
        number = {4: 2}.get(number, number) if match["number"] in ("last", "latter", "final") else number
    if number > (2 if is_half else 4):
        raise Unsure(f"no year has a {match['number'] or number} {'half' if is_half else 'quarter'}")
    return (39 if is_half else 32) + number


def _divided_alone(match: re.Match[str], anchor: date, future: bool) -> str:
    """The latest such quarter that has begun by publication; ahead, the first that is not over."""
    code = _division(match)
    return _in_direction([f"{anchor.year + step:04d}-{code}" for step in (-1, 0, 1)], anchor, future)


def _in_direction(values: list[str], anchor: date, future: bool) -> str:
    """Of values in order, the latest that has begun by the anchor; ahead, the first that is not over."""
    spans = [(value, edtf.parse(value)) for value in values]
    if future:
        return next(value for value, span in spans if span.end and span.end >= anchor)
    return next(value for value, span in reversed(spans) if span.start and span.start <= anchor)


def _relative_quarter(match: re.Match[str], anchor: date, _: bool) -> str:
    index = anchor.year * 4 + (anchor.month - 1) // 3 + STEP[match["which"]]
    return f"{index // 4:04d}-{33 + index % 4}"


# -- seasons -----------------------------------------------------------------------------------------------------------


def _season(year: int, name: str) -> str:
    """A season that begins in a year: as EDTF names it, but a winter, which lies in two years, by its months."""
    return f"{year:04d}-12/{year + 1:04d}-02" if name == "winter" else f"{year:04d}-{_SEASONS[name]}"


def _season_year(match: re.Match[str], _: date, __: bool) -> str:
    """The season of a year. “Winter of 2020” may be either of two: its EDTF value covers both."""
    return f"{int(match['year']):04d}-{_SEASONS[match['season']]}"


def _winter(match: re.Match[str], _: date, __: bool) -> str:
    first, last = match["first"], match["last"]
    if int(first) + 1 != int(first[: 4 - len(last)] + last):
        raise Unsure(f"a winter does not last from {first} to {last}")
    return _season(int(first), "winter")


def _season_of_year(match: re.Match[str], anchor: date, _: bool) -> str:
    if match["season"] == "winter":
        raise Unsure("a year has parts of two winters")
    return _season(anchor.year + STEP[match["which"]], match["season"])


def _season_alone(match: re.Match[str], anchor: date, future: bool) -> str:
    """The latest such season that has begun by publication, ahead the first that is not over. “Last” is over, “next”
    has not begun; “this” is the one of the year of publication."""
    which, name = match["which"], match["season"]
    seasons = [_season(anchor.year + step, name) for step in (-2, -1, 0, 1)]
    if which == "this" and name != "winter":
        return seasons[2]
    if which in ("last", "past", "this past"):
        return [one for one in seasons if _bound(one, 1) < anchor][-1]
    if which in ("next", "coming", "this coming"):
        return next(one for one in seasons if _bound(one, 0) > anchor)
    return _in_direction(seasons, anchor, future)


def _bound(value: str, index: int) -> date:
    span = edtf.parse(value)
    return (span.end if index else span.start) or date.max


# -- decades and centuries ---------------------------------------------------------------------------------------------

_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_TENS_OF = {name: number for number, name in enumerate(_TENS, 2)}
_YEARS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_DECADE = rf"(?:(?P<decade>\d{{3}})0'?s|'?(?P<short>[1-9])0'?s|(?P<name>{'|'.join(_TENS)}))"


def _decade_year(match: re.Match[str], anchor: date) -> int:
    """The first year of a decade. Without a century it is the latest that has begun by publication."""
    if match["decade"]:
        return int(match["decade"]) * 10
    tens = int(match["short"]) if match["short"] else _TENS_OF[match["name"]]
    year = anchor.year // 100 * 100 + tens * 10
    return year if year <= anchor.year else year - 100


def _decade(match: re.Match[str], anchor: date, _: bool, __: Read) -> tuple[Days | str, str]:
    if re.fullmatch(r"\d{4}'s", match[0]):
        raise Unsure("the words can mean the year or the decade")
    first, part = _decade_year(match, anchor), match["part"]
    basis = "stated" if match["decade"] else "completed"
    if not part:
        return f"{first // 10:03d}X", basis
    low, high = _YEARS[part_of(match)]
    return years(first + low, first + high), basis


_CENTURIES = {"twentieth": 20, "nineteenth": 19, "eighteenth": 18, "twenty-first": 21}


def _century(match: re.Match[str], anchor: date, _: bool, __: Read) -> tuple[str, str]:
    if match["which"]:
        return f"{anchor.year // 100 + STEP[match['which']]:02d}XX", "relative"
    text = match["ordinal"]
    number = _CENTURIES.get(text) or ORDINALS.get(text) or int(text.rstrip("stndrh"))
    if not 2 <= number <= 99:
        raise Unsure(f"no century {number} that can be written")
    return f"{number - 1:02d}XX", "stated"


_OF_YEAR = rf"(?:(?:the year )?{YEAR}|(?P<which>last|this|next) year|the year)"
_UNIT = r"(?P<number>first|1st|second|2nd|third|3rd|fourth|4th|last|latter|final) (?P<unit>quarter|half)(?P<figure>)"
_SHORT = r"(?P<unit>[qh])(?P<figure>[1-4])(?P<number>)"
_THIS = r"(?:(?P<which>this past|this coming|last|this|next|past|coming) )?"
KINDS = (
    DateWords(
        name="year",
        label="Year",
        definition="The words print a year without month and day; the span is that calendar year.",
        example="004: “in 2011”.",
        near_miss=(
            "000: “closed since 2011 by Algeria” opens an interval at that year and does not date anything to it, so "
            "it is since_year."
        ),
        forms=(Form(rf"(?:year )?{YEAR}", "stated", _plain_year),),
        sample=("in 2011", "2020-05-08", "2011"),
    ),
    DateWords(
        name="year_range",
        label="From year to year",
        definition=(
            "The words print a first and a last year; the span runs from the start of the one to the end of the other."
        ),
        example=NO_CASE,
        near_miss="000: “since 2011” names one year as a start and no end, so it is since_year.",
        forms=(
            Form(r"(?P<first>\d{4})[-/](?P<last>\d{4}|\d{2})", "stated", _year_range),
            Form(r"(?:from )?(?P<first>\d{4}) (?:to|until|till|through) (?P<last>\d{4})", "stated", _year_range),
            Form(r"between (?P<first>\d{4}) and (?P<last>\d{4})", "stated", _year_range),
        ),
        sample=("from 2014 to 2020", "2021-06-20", "2014/2020"),
    ),
    DateWords(
        name="years_ago",
        label="Some years ago",
        definition=(
            "The words give a number of years before publication, or are “last year”, which counts as one; the span is "
            "the calendar year that lies that many years back, unless the coder gives a reason for a narrower one. "
            "Decades are counted as ten years, and only about that year."
        ),
        example="004: “Haftar launched an offensive a year ago”.",
        near_miss=(
            "001: “closed for several years” measures a length up to now and does not point to a year, so it is no "
            "date words but a quantity."
        ),
        forms=(
            Form(rf"(?:(?P<last>last) year|{COUNT} years? ago)", "relative", _years_ago),
            Form(rf"(?:(?P<half>half) a|{COUNT}) (?P<unit>decade|centur)(?:s|y|ies)? ago", "relative", _decades_ago),
        ),
        sample=("a year ago", "2020-05-08", "2019"),
    ),
    DateWords(
        name="relative_year",
        label="Year of or after publication",
        definition=(
            "The words name this or next year, or the one before the last; the span is that calendar year. “Earlier "
            "this year” ends with the day of publication, and “later this year” begins with it."
        ),
        example=NO_CASE,
        near_miss="004: “last year” is counted back as a year ago is, so it is years_ago.",
        forms=(
            Form(r"(?:(?P<part>earlier|later|sometime) )?(?P<which>this|next) year", "relative", _relative_year),
            Form(r"(?P<part>earlier|later|sometime) (?P<which>last) year", "relative", _relative_year),
            Form(r"(?:the )?year (?P<way>before last|after next)", "relative", _second_year),
        ),
        sample=("next year", "2021-06-20", "2022"),
    ),
    DateWords(
        name="part_of_year",
        label="Part of a year",
        definition=(
            "The words name a part of a year: its beginning is the first quarter, its end the last one, its middle "
            "April to September. A quarter or half that is counted is the one that EDTF has a number for."
        ),
        example="001: “at the end of last year” is resolved to the last quarter of the year before.",
        near_miss="001: “in October” lies in the same quarter, but names the month, so it is month.",
        forms=(
            Compound(rf"{PART}{_OF_YEAR}", compose=_part_of_year),
            Compound(rf"(?:the )?{_UNIT}(?: of)? {_OF_YEAR}", compose=_divided),
            Compound(rf"(?:the )?(?P<end>first|last|final) {COUNT} months of {_OF_YEAR}", compose=_some_months),
            Compound(rf"{_SHORT}(?: of)? {_OF_YEAR}", compose=_divided),
            Form(rf"(?:the )?{_UNIT.replace('|last|latter|final', '')}", "completed", _divided_alone),
            Form(_SHORT, "completed", _divided_alone),
            Form(r"(?P<which>last|this|next) quarter", "relative", _relative_quarter),
        ),
        sample=("at the end of last year", "2021-06-20", "2020-10/2020-12"),
    ),
    DateWords(
        name="season",
        label="Season",
        definition=(
            "The words name a season; the span is its three months in the northern half of the earth, winter being "
            "December to February. Without a year it is the latest that has begun by the publication date, and where "
            "the words point ahead the first one that is not over. A winter of one year may be either of two, and the "
            "span covers both."
        ),
        example=NO_CASE,
        near_miss="001: “in October” names a month of the autumn, so it is month.",
        forms=(
            Form(rf"{SEASON}(?: of)? {YEAR}", "stated", _season_year),
            Form(r"winter(?: of)? (?P<first>\d{4})[-/](?P<last>\d{4}|\d{2})", "stated", _winter),
            Form(rf"{SEASON} (?:of )?(?P<which>last|this|next) year", "relative", _season_of_year),
            Form(rf"{_THIS}{SEASON}", "completed", _season_alone),
        ),
        sample=("in the summer of 2021", "2021-12-20", "2021-22"),
    ),
    DateWords(
        name="decade",
        label="Decade or century",
        definition=(
            "The words name ten or a hundred years by their first figures; the span is these years. Of a decade, the "
            "early years are the first four, the late ones the last three. The 20th century is the years 1900 to 1999."
        ),
        example=NO_CASE,
        near_miss="004: “in 2011” is one year, so it is year.",
        forms=(
            Compound(rf"(?:the )?(?P<part>){_DECADE}", compose=_decade),
            Compound(rf"{PART}(?:the )?{_DECADE}", compose=_decade),
            Compound(
                rf"(?:(?P<which>this|last)|(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_CENTURIES)})) century",
                compose=_century,
            ),
        ),
        sample=("in the 1990s", "2021-06-20", "199X"),
    ),
)
