"""Dates of other calendars, printed with the months of their calendar: Hijri, Persian, Hebrew, Ethiopian.

The conversions are those of the libraries ``hijridate`` (Umm al-Qura) and ``convertdate``. A Hijri month begins where
the new moon is seen, which may be a day before or after the day of the table: its dates are spans that leave a day on
both sides. A Hebrew day begins at the sunset before; the span is the day of the daylight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .forms import NO_CASE, DateWords, Form, Unsure
from .spans import Days
from .words import DAY, day_of, either

_DAY = timedelta(1)


@dataclass(frozen=True, eq=False)
class Calendar:
    """A calendar: its months by all their spellings, what is printed after a year of it, its first and last year that
    are converted, the common year in which its first one began, how many days a year has on average, its first day of a
    month, and by how many days it may be off."""

    name: str
    months: dict[str, int]
    era: str
    years: tuple[int, int]
    epoch: int
    length: float
    start: Callable[[int, int], date | None]
    slack: int = 0

    @property
    def cue(self) -> str:
        """A pattern of the first words of the months, or of a year with its era."""
        return rf"\b(?:{either({re.split('[ -]', name)[0] for name in self.months})})\b|{self.era}\b"

    @property
    def month_pattern(self) -> str:
        """A pattern of the months."""
        return rf"(?P<month>{either(self.months)})"

    def span(self, year: int, month: int, day: int | None = None) -> Days:
        """First and last day of a month, or a day of it. Raises Unsure where the calendar has none."""
        first, after = self.first(year, month), self._after(year, month)
        if day is not None and not 1 <= day <= (after - first).days:
            raise Unsure(f"month {month} of {year} has no day {day} in the {self.name} calendar")
        low = first if day is None else first + timedelta(day - 1)
        high = after - _DAY if day is None else low
        return low - timedelta(self.slack), high + timedelta(self.slack)

    def year(self, year: int) -> Days:
        """First and last day of a year."""
        low, high = self.first(year, 1), self.first(year + 1, 1) - _DAY
        return low - timedelta(self.slack), high + timedelta(self.slack)

    def first(self, year: int, month: int) -> date:
        """First day of a month. Raises Unsure where the calendar has none."""
        is_known = self.years[0] <= year <= self.years[1] + 1
        found = self.start(year, month) if is_known else None
        if found is None:
            raise Unsure(f"no month {month} of {year} in the {self.name} calendar")
        return found

    def _after(self, year: int, month: int) -> date:
        """The first day after a month: of the next month that the year has, or of the next year."""
        for number in range(month + 1, max(self.months.values()) + 1):
            if (found := self.start(year, number)) is not None:
                return found
        return self.first(year + 1, 1)

    def near(self, day: date) -> range:
        """The years of the calendar that may have days within a year of a day."""
        year = int((day.year - self.epoch) * 365.2425 / self.length) + 1
        return range(max(self.years[0], year - 2), min(self.years[1], year + 2) + 1)


def _named(names: Iterable[str]) -> dict[str, int]:
    """Months by their spellings, from one line for each month."""
    return {name.strip(): number for number, line in enumerate(names, 1) for name in line.split(",")}


def _of_two(first: str, second: str) -> str:
    """The spellings of a month of two words, which a blank or a hyphen divides, as it does the article."""
    pairs = [f"{one.strip()} {two.strip()}" for one in first.split(",") for two in second.split(",")]
    return ", ".join(
        dict.fromkeys(
            [*pairs, *(pair.replace(" ", "-") for pair in pairs), *(pair.replace("-", " ") for pair in pairs)]
        )
    )


@lru_cache(maxsize=4096)
def _hijri(year: int, month: int) -> date | None:
    from hijridate import Hijri

    try:
        found = Hijri(year, month, 1).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


@lru_cache(maxsize=4096)
def _persian(year: int, month: int) -> date | None:
    from convertdate import persian

    return date(*persian.to_gregorian(year, month, 1))


@lru_cache(maxsize=4096)
def _hebrew(year: int, month: int) -> date | None:
    """Months are counted from Tishrei, with which the year begins; the seventh is the second Adar of a leap year."""
    from convertdate import hebrew

    if month == 7 and not hebrew.leap(year):
        return None
    return date(*hebrew.to_gregorian(year, month + 6 if month <= 7 else month - 7, 1))


@lru_cache(maxsize=4096)
def _ethiopian(year: int, month: int) -> date | None:
    """The Ethiopian months begin with the Coptic ones; its years are counted 276 higher."""
    from convertdate import coptic

    return date(*coptic.to_gregorian(year - 276, month, 1))


_RABI, _DHUL, _QADA = (
    "rabi, rabi', rabee, rabia",
    "dhul, dhu'l, zul, zu'l, thul",
    "qa'dah, qadah, qa'da, qada, qaada, qi'dah",
)
HIJRI = Calendar(
    "Hijri",
    _named(
        [
            "muharram, moharram",
            "safar",
            _of_two(_RABI, "al-awwal, al-awal, ul-awwal, i"),
            _of_two(_RABI, "al-thani, al-akhir, ul-thani, ii"),
            _of_two("jumada", "al-awwal, al-awal, al-ula, i"),
            _of_two("jumada", "al-thani, al-thaniya, al-akhira, al-akhirah, ii"),
            "rajab",
            "shaaban, sha'ban, shaban, sha'aban",
            "ramadan, ramadhan, ramzan, ramazan",
            "shawwal, shawal",
            _of_two("dhu", "al-qa'dah, al-qadah, al-qa'da, al-qi'dah") + ", zilqad, " + _of_two(_DHUL, _QADA),
            _of_two("dhu", "al-hijjah, al-hijja") + ", zilhaj, zil-hajj, zilhajj, " + _of_two(_DHUL, "hijjah, hijja"),
        ]
    ),
    r"(?:ah|a h|h|hijri)",
    (1343, 1499),
    622,
    354.367,
    _hijri,
    slack=1,
)
PERSIAN = Calendar(
    "Persian",
    _named(
        """farvardin, hamal
        ordibehesht, saur, sawr
        khordad, jawza
        tir, saratan
        mordad, amordad, asad
        shahrivar, sunbula
        mehr, mizan
        aban, aqrab
        azar, qaws
        dey, dei, jadi
        bahman, dalw
        esfand, hut""".splitlines()
    ),
    r"(?:ap|a p|sh|s h|solar hijri|hijri shamsi)",
    (1200, 1500),
    622,
    365.242,
    _persian,
)
HEBREW = Calendar(
    "Hebrew",
    _named(
        """tishrei, tishri
        cheshvan, heshvan, marcheshvan, marheshvan
        kislev
        tevet, tebet
        shevat, shvat, sh'vat
        adar, adar i, adar 1, adar aleph, adar rishon
        adar ii, adar 2, adar bet, adar sheni
        nisan, nissan
        iyar, iyyar
        sivan
        tammuz, tamuz
        av, menachem av
        elul""".splitlines()
    ),
    r"(?:am|a m)",
    (5000, 6500),
    -3760,
    365.247,
    _hebrew,
)
ETHIOPIAN = Calendar(
    "Ethiopian",
    _named(
        """meskerem
        tikimt, tikemt, tekemt
        hidar
        tahsas
        tir
        yekatit
        megabit
        miazia, miyazia
        ginbot, genbot
        sene
        hamle
        nehase
        pagumen, pagume""".splitlines()
    ),
    r"(?:ec|e c)",
    (1500, 2500),
    8,
    365.25,
    _ethiopian,
)


def _full(calendar: Calendar) -> Callable[[re.Match[str], date, bool], Days]:
    def meaning(match: re.Match[str], _: date, __: bool) -> Days:
        parts = match.groupdict()
        year = int(parts["year"] or parts["after"])
        if not parts.get("month"):
            return calendar.year(year)
        if parts["month"] == "adar" and calendar.start(year, 7):
            raise Unsure(f"{year} has two months Adar")
        return calendar.span(year, calendar.months[parts["month"]], day_of(match) if parts.get("day") else None)

    return meaning


def latest(spans: Iterable[Days], anchor: date, future: bool) -> Days:
    """Of spans in order, the latest that has begun by a day; ahead, the first that is not over."""
    found = [span for span in spans if (span[1] >= anchor if future else span[0] <= anchor)]
    if not found:
        raise Unsure("no year near the publication date has it")
    return found[0] if future else found[-1]


def years_of(calendar: Calendar, anchor: date, month: int, day: int | None = None) -> list[Days]:
    """The spans of a month or day of a calendar in the years near a day."""
    found = []
    for year in calendar.near(anchor):
        try:
            found.append(calendar.span(year, month, day))
        except Unsure:
            continue
    return found


def _without_year(calendar: Calendar) -> Callable[[re.Match[str], date, bool], Days]:
    def meaning(match: re.Match[str], anchor: date, future: bool) -> Days:
        day = day_of(match) if match.groupdict().get("day") else None
        return latest(years_of(calendar, anchor, calendar.months[match["month"]], day), anchor, future)

    return meaning


def in_year(calendar: Calendar, year: int, month: int, day: int | None = None, length: int = 1) -> Days:
    """The span of a month, or of some days from a day of it, in a year of the common calendar. Raises Unsure where that
    year has none or two of them."""
    middle = date(year, 7, 1)
    found = []
    for low, high in years_of(calendar, middle, month, day):
        begins = low + timedelta(calendar.slack)
        if begins.year == year:
            found.append((low, high + timedelta(length - 1)))
    if len(found) != 1:
        raise Unsure(f"{year} has {len(found) or 'none'} of them")
    return found[0]


def _of_common_year(match: re.Match[str], _: date, __: bool) -> Days:
    """A Hijri month in a year of the common calendar: “Ramadan 2021”."""
    return in_year(HIJRI, int(match["year"]), HIJRI.months[match["month"]])


def _forms(calendar: Calendar, digits: str) -> Iterable[Form]:
    """A day or a month with a year of the calendar."""
    month, year = calendar.month_pattern, rf"(?P<year>{digits})(?: ?{calendar.era})?"
    yield Form(rf"(?:the )?{DAY}(?: of)? {month} {year}", "stated", _full(calendar), cue=calendar.cue)
    yield Form(rf"{month} {DAY} {year}", "stated", _full(calendar), cue=calendar.cue)
    yield Form(rf"{month} {year}", "stated", _full(calendar), cue=calendar.cue)


def _of_relative_year(match: re.Match[str], anchor: date, _: bool) -> Days:
    """A Hijri month in the common year before, of or after publication."""
    year = anchor.year + {"last": -1, "this": 0, "next": 1}[match["which"]]
    return in_year(HIJRI, year, HIJRI.months[match["month"]])


def _named_by_side(match: re.Match[str], anchor: date, _: bool) -> Days:
    """“Last” is over, “next” has not begun, “this” is the one that begins in the year of publication."""
    number, which = HIJRI.months[match["month"]], match["which"]
    if which == "this":
        return in_year(HIJRI, anchor.year, number)
    spans = years_of(HIJRI, anchor, number)
    if which == "last":
        return latest([span for span in spans if span[1] < anchor], anchor, False)
    return latest([span for span in spans if span[0] > anchor], anchor, True)


_MONTH_OF = r"(?:the )?(?:holy )?(?:month of )?"
_UNIQUE = HIJRI.month_pattern
KINDS = (
    DateWords(
        name="hijri",
        label="Date of the Hijri calendar",
        definition=(
            "The words print a day, month or year of the Hijri calendar; the span is that of the Umm al-Qura calendar "
            "and a day on both sides, since a month begins where the new moon is seen. A month with a year of the "
            "common calendar is the one that begins in it. Without a year it is the latest that has begun by "
            "the publication date, and the first that is not over where the words point ahead; “last” is over, and "
            "“next” has not begun."
        ),
        example=NO_CASE,
        near_miss="003: “On 7 June” names a month of the common calendar, so it is day_month.",
        forms=(
            *_forms(HIJRI, r"1[345]\d\d"),
            Form(rf"(?P<year>1[345]\d\d) ?{HIJRI.era}|ah (?P<after>1[345]\d\d)", "stated", _full(HIJRI), cue=HIJRI.cue),
            Form(
                rf"{_MONTH_OF}{_UNIQUE} (?P<year>1[345]\d\d)(?: ?{HIJRI.era})?", "stated", _full(HIJRI), cue=HIJRI.cue
            ),
            Form(rf"{_MONTH_OF}{_UNIQUE}(?: of)? (?P<year>(?:19|20)\d\d)", "stated", _of_common_year, cue=HIJRI.cue),
            Form(rf"{_UNIQUE} (?:of )?(?P<which>last|this|next) year", "relative", _of_relative_year, cue=HIJRI.cue),
            Form(rf"(?P<which>last|this|next) {_UNIQUE}", "relative", _named_by_side, cue=HIJRI.cue),
            Form(
                rf"(?:the )?(?P<day>first) day of {_MONTH_OF}{_UNIQUE}",
                "completed",
                _without_year(HIJRI),
                cue=HIJRI.cue,
            ),
            Form(rf"(?:the )?{DAY}(?: day)?(?: of)? {_UNIQUE}", "completed", _without_year(HIJRI), cue=HIJRI.cue),
            Form(rf"{_UNIQUE} {DAY}", "completed", _without_year(HIJRI), cue=HIJRI.cue),
            Form(rf"{_MONTH_OF}{_UNIQUE}", "completed", _without_year(HIJRI), cue=HIJRI.cue),
        ),
        sample=("15 Ramadan 1442", "2021-06-20", "2021-04-26/2021-04-28"),
    ),
    DateWords(
        name="persian",
        label="Date of the Persian calendar",
        definition="The words print a day, month or year of the Persian (solar Hijri) calendar; the span is that.",
        example=NO_CASE,
        near_miss="001: “In April 2019” prints a month of the common calendar, so it is month_year.",
        forms=(
            *_forms(PERSIAN, r"1[234]\d\d"),
            Form(rf"(?P<year>1[234]\d\d) {PERSIAN.era}", "stated", _full(PERSIAN), cue=PERSIAN.cue),
        ),
        sample=("3 Khordad 1400", "2021-06-20", "2021-05-24"),
    ),
    DateWords(
        name="hebrew",
        label="Date of the Hebrew calendar",
        definition=(
            "The words print a day or month, and a year of the Hebrew calendar; the span is that, a day being the one "
            "whose daylight belongs to it."
        ),
        example=NO_CASE,
        near_miss="000: “June 23rd 2021” prints a day of the common calendar, so it is full_date.",
        forms=tuple(_forms(HEBREW, r"5\d{3}")),
        sample=("15 Nisan 5781", "2021-06-20", "2021-03-28"),
    ),
    DateWords(
        name="ethiopian",
        label="Date of the Ethiopian calendar",
        definition="The words print a day or month, and a year of the Ethiopian calendar; the span is that.",
        example=NO_CASE,
        near_miss="004: “in 2011” prints a year of the common calendar, so it is year.",
        forms=tuple(_forms(ETHIOPIAN, r"(?:19|20)\d\d")),
        sample=("1 Meskerem 2014", "2021-12-20", "2021-09-11"),
    ),
)
