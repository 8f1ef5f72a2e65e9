"""Propose the day of publication, with the reason: from a label, a line of its own, the dateline, or the file's name.

Only what the page prints with its year is “stated”. A day without a year stays open, and what the text prints elsewhere
is told as a limit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ..text.articles import SEED_NAME
from ..text.spans import Span
from .page import Line, Page
from .wording import MONTH, MONTHS

# -- days as a page prints them ----------------------------------------------------------------------------------------

_YEAR = r"(?P<year>(?:1[89]|2[01])\d{2})"
_DAY = r"(?P<day>\d{1,2})"
_NAME = rf"(?P<month>{MONTH})"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"(?<!\w){_NAME}\.?[ ]{_DAY}(?:st|nd|rd|th)?(?:,[ ]?|[ ]){_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|º|\.)?[ -](?:of[ ]|de[ ])?{_NAME}\.?,?[ -](?:de[ ]|del[ ])?{_YEAR}(?!\d)",
        r"(?<!\d)(?P<year>\d{4})年[ ]?(?P<month>\d{1,2})月[ ]?(?P<day>\d{1,2})日",
        r"(?<![\d.])(?P<day>\d{1,2})\.[ ]?(?P<month>\d{1,2})\.[ ]?(?P<year>\d{4})(?!\d)",
        r"(?<![\d/-])(?P<one>\d{1,2})(?P<sign>[/-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d)",
    )
)
#: A day and month without a year, as a dateline prints them.
_YEARLESS = re.compile(
    rf"(?P<month>{MONTH})\.?[ ](?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\.?[ ](?:de[ ])?(?P<month2>{MONTH})", re.IGNORECASE
)


@dataclass(frozen=True)
class PrintedDay:
    """A day with its year as the page prints it: offsets in its line, and the days that it may be.

    These are one, or two where the order of day and month is open: “04/05/2021”.
    """

    start: int
    end: int
    days: tuple[str, ...]


def printed_days(words: str) -> list[PrintedDay]:
    """Every day with its year in some words, in order.

    >>> [one.days for one in printed_days("Posted 23 juin 2021, updated 04/05/2021")]
    [('2021-06-23',), ('2021-04-05', '2021-05-04')]
    """
    return [one for one in _printed(words) if one.days]


def _printed(words: str) -> list[PrintedDay]:
    """The same with days that no calendar has, which stand for none: “31 June 2021”."""
    found: list[PrintedDay] = []
    for form in _FORMS:
        for match in form.finditer(words):
            at = bisect_left(found, match.start(), key=lambda one: one.start)
            is_taken = found[at - 1 : at] and found[at - 1].end > match.start()
            if not is_taken and not (at < len(found) and found[at].start < match.end()):
                days = tuple(sorted(set(_days(match.groupdict()))))
                found.insert(at, PrintedDay(match.start(), match.end(), days))
    return found


def says_changed(words: str) -> bool:
    """Whether a line holds the day on which a page was changed, and nothing else."""
    label = _LABELS.match(words)
    return (
        is_date_line(words)
        and label is not None
        and label["changed"] is not None
        and not _LABELS.search(words, label.end())
    )


def _days(parts: dict[str, str]) -> Iterator[str]:
    year = int(parts["year"])
    if "one" in parts:
        pairs = [(int(parts["one"]), int(parts["two"])), (int(parts["two"]), int(parts["one"]))]
    else:
        name = parts["month"].lower()
        pairs = [(MONTHS.get(name) or int(name), int(parts["day"]))]
    for month, day in pairs:
        try:
            yield date(year, month, day).isoformat()
        except ValueError:  # 31 June
            continue


#: A month by itself, as the issue of a magazine has it.
_MONTH_ALONE = re.compile(rf"{_NAME},?[ ]{_YEAR}", re.IGNORECASE)
#: A year by itself: neither part of a number nor of a word.
_YEAR_WORDS = re.compile(r"(?<![\w,.])(?:19|20)\d{2}(?!\w|[,.]\d)")

# -- lines that hold a date and nothing else ---------------------------------------------------------------------------

_ISSUED = (
    r"(?:first |originally |date )?published(?: (?:on|at|in))?|(?:first )?posted(?: (?:on|at))?|publication date|"
    r"date(?: of publication)?|released(?: on)?|issued(?: on)?|created(?: on)?|submitted(?: on)?|"
    r"publié(?:e)?(?: le)?|veröffentlicht(?: am)?|publicado(?: el| em)?|pubblicato(?: il)?|yayınlanma tarihi|"
    r"نشر(?:ت)? في|تاريخ النشر|опубликовано|发布时间|פורסם"
)
_CHANGED = (
    r"(?:last )?(?:updated|modified|edited|revised)(?: (?:on|at))?|(?:last )?update|"
    r"(?:dernière )?mise? à jour(?: le)?|(?:zuletzt )?aktualisiert(?: am)?"
    r"|actualizado(?: el)?|aggiornato(?: il)?|güncelleme(?: tarihi)?|آخر تحديث|обновлено|עודכן"
)
_LABELS = re.compile(rf"(?<!\w)(?:(?P<changed>{_CHANGED})|(?P<issued>{_ISSUED}))(?!\w)", re.IGNORECASE)
_WEEKDAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"(?:ال)?(?:اثنين|إثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد)|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
)
#: What may stand beside a date in a line of its own: weekday, time, zone, length of reading, links of signs.
_BESIDE = re.compile(
    rf"(?<!\w)(?:{_WEEKDAYS})(?!\w)|(?<!\w)T?\d{{1,2}}[:.h]\d{{2}}(?:[:.]\d{{2}}(?:\.\d+)?)?(?:Z|[+-]\d{{2}}:?\d{{2}}|[ap]\.?m\.?)?(?!\d)"
    r"|(?<!\w)(?:[ap]\.?m\.?|(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d{2})?)?|Z|[A-Z]{1,3}[SD]?T|CES?T|hrs|hours"
    r"|local time)(?!\w)"
    r"|(?<!\w)\d{1,3}[- ]min(?:ute)?s?(?: read)?(?!\w)|(?<!\w)(?:at|on|um|uhr|à|a las|le|am|الساعة)(?!\w)",
    re.IGNORECASE,
)
_SIGNS = " \t,.;:|/•·–—-()[]"


def is_date_line(words: str) -> bool:
    """Whether a line holds a day or month with its year, and besides only a label, weekday, time and the like.

    >>> is_date_line("Published: Wed, 23 Jun 2021 10:45 GMT"), is_date_line("Talks on 23 June 2021")
    (True, False)
    """
    if len(words) > 200 or _MONTH_ALONE.fullmatch(words):
        return len(words) <= 200
    days = _printed(words)
    rest = words
    for one in reversed(days):
        rest = rest[: one.start] + " " + rest[one.end :]
    return bool(days) and not _BESIDE.sub(" ", _LABELS.sub(" ", rest)).strip(_SIGNS)


# -- the proposal ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """The proposed date of publication: an EDTF value, or None; what it rests on; the passage that prints it.

    ``remarks`` say what speaks against it, or what limits a date that is not known.
    """

    value: str | None
    basis: str | None
    span: Span | None
    because: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    days: tuple[str, ...]
    span: Span
    because: str


def published(
    page: Page, file_name: str, dateline: Span | None, today: date, is_furniture: Callable[[str], object]
) -> Published:
    """When an article may have been published.

    ``file_name`` is the name of the file as received; a day after ``today`` is no day of publication. ``is_furniture``
    says whether a line belongs to the page and not to its text.
    """
    candidates = [*_stated(page, is_furniture), *_of_dateline(page, dateline)]
    remarks = []
    named = _of_name(file_name)
    first: _Candidate | None = None
    for one in candidates:
        if len(one.days) > 1:
            remarks.append(
                f"“{_words(page, one.span)}” may be {' or '.join(one.days)}: the order of day and month is open."
            )
            if named in one.days:
                first = first or _Candidate((named,), one.span, f"{one.because} The file’s name gives the order.")
        elif one.days[0] > today.isoformat():
            remarks.append(f"“{_words(page, one.span)}” has not come yet: it is no day of publication.")
        elif first is None:
            first = one
        elif one.days != first.days:
            remarks.append(f"But “{_words(page, one.span)}”: {one.because}")
    if first is None:
        return _without_year(page, page.article.of(dateline) if dateline else "", named, file_name, today, remarks)
    (day,) = first.days
    if named and not (day.startswith(named) or named.startswith(day)):
        remarks.append(f"But the name of the file as received has {named}.")
    told = {other for one in candidates for other in one.days}
    later = [other for other, _ in _in_text(page) if f"{day}~" < other <= today.isoformat() and other not in told]
    if later:
        remarks.append(f"But the text prints a later day, {later[-1]}: to come, or the date is another.")
    return Published(day, "stated", first.span, first.because, tuple(dict.fromkeys(remarks)))


def _stated(page: Page, is_furniture: Callable[[str], object]) -> Iterator[_Candidate]:
    """Days that the page prints as its own, the surest first."""
    if page.label:
        yield _Candidate((page.label.day,), page.label.span, "The text opens with a stray label that prints the day.")
    labelled: list[tuple[int, _Candidate]] = []
    is_text = [line.is_prose and not is_furniture(line.words) for line in page.lines]
    prose = next((number for number, line in enumerate(is_text) if line), len(page.lines))
    last = max((number for number, line in enumerate(is_text) if line), default=-1)
    for number, line in enumerate(page.lines):
        is_beside = number < prose or number > last
        if len(line.words) > 200 or not is_beside:
            continue
        if month := _MONTH_ALONE.fullmatch(line.words):
            value = f"{month['year']}-{MONTHS[month['month'].lower()]:02d}"
            labelled.append((2, _Candidate((value,), line.span, "A line of its own prints the month.")))
        is_alone, end = is_date_line(line.words), 0
        for one in printed_days(line.words):
            label = next(reversed(list(_LABELS.finditer(line.words, end, one.start))), None)
            end = one.end
            if not (label or is_alone or (number < prose and _follows_byline(line, one))):
                continue
            start = label.start() if label and not label["changed"] else one.start
            span = Span(line.span.start + start, line.span.start + one.end)
            rank, because = _meaning(label, is_alone, number < prose)
            labelled.append((rank, _Candidate(one.days, span, because)))
    yield from (candidate for _, candidate in sorted(labelled, key=lambda pair: pair[0]))
    if prose < len(page.lines):
        yield from _opening(page.lines[prose])


def _meaning(label: re.Match[str] | None, is_alone: bool, is_above: bool) -> tuple[int, str]:
    if label and label["changed"]:
        return 3, "The page says that it was changed on this day; it may have been published before."
    if label:
        return 0, "The page prints the day of publication with a label."
    if is_alone:
        where = "above" if is_above else "below"
        return (1 if is_above else 2), f"A line of its own {where} the text prints the day."
    return 1, "The line of the byline prints the day."


def _follows_byline(line: Line, one: PrintedDay) -> bool:
    """Whether a day ends the line of a byline: “By Jane Doe | June 23, 2021”."""
    before, after = line.words[: one.start], line.words[one.end :]
    is_byline = re.match(r"(?:by|par|von|por|di|автор|بقلم)[ :]", before, re.IGNORECASE) is not None
    return is_byline and not _BESIDE.sub(" ", after).strip(_SIGNS)


def _opening(line: Line) -> Iterator[_Candidate]:
    """A day with which the first sentence opens, set apart from it: “12 March 2022. Khalifa Haftar has …”."""
    for one in printed_days(line.words[:80])[:1]:
        before, after = line.words[: one.start], line.words[one.end :]
        if not _BESIDE.sub(" ", before).strip(_SIGNS) and re.match(r"\.[ ]|[ ]?[—–:|][ ]|[ ]-[ ]", after):
            span = Span(line.span.start + one.start, line.span.start + one.end)
            yield _Candidate(one.days, span, "The text opens with the day.")


def _of_dateline(page: Page, span: Span | None) -> Iterator[_Candidate]:
    if span:
        for one in printed_days(page.article.of(span)):
            place = Span(span.start + one.start, span.start + one.end)
            yield _Candidate(one.days, place, "The dateline prints the day.")


def _without_year(page: Page, dateline: str, named: str, file_name: str, today: date, remarks: list[str]) -> Published:
    """What is proposed where the page prints no day of its own: the file's name, or nothing but limits."""
    yearless = _YEARLESS.search(dateline)
    day = None
    if yearless:
        month = MONTHS[(yearless["month"] or yearless["month2"]).lower()]
        day = f"{month:02d}-{int(yearless['day'] or yearless['day2']):02d}"
        remarks.append(f"The dateline prints “{yearless[0]}” without a year.")
    if named and named <= today.isoformat()[: len(named)]:
        value = named
        if day and len(named) == 7 and named.endswith(day[:2]):
            value = f"{named[:4]}-{day}"
        because = (
            f"No words of the page print a day and year; the name of the file as received, {file_name}, has {named}."
        )
        if day and len(named) == 10 and not named.endswith(day):
            remarks.append("The two days differ.")
        return Published(value, "external", None, because, tuple(remarks))
    days = [(value, words) for value, words in _in_text(page) if value <= today.isoformat()]
    if days:
        value, words = max(days)
        remarks.append(f"The latest day that the text prints is {value} (“{words}”).")
    years = sorted({year for line in page.lines for year in _YEAR_WORDS.findall(line.words)})
    if years:
        remarks.append(f"Years that it prints: {', '.join(years[-6:])}.")
    return Published(None, None, None, "No words of the page print a day and year as its own.", tuple(remarks))


def _in_text(page: Page) -> list[tuple[str, str]]:
    """All days with their year that the text prints, in order of the days, with their words."""
    found = {
        (one.days[0], line.words[one.start : one.end])
        for line in page.lines
        for one in printed_days(line.words)
        if len(one.days) == 1
    }
    return sorted(found)


def _of_name(name: str) -> str:
    """The day or month in the name of a file, ISO 8601; empty where there is none.

    >>> _of_name("pulse_2021-06-23.txt"), _of_name("20210623-wire.txt"), _of_name("wire_2021-06.txt"), _of_name("a.txt")
    ('2021-06-23', '2021-06-23', '2021-06', '')
    """
    if SEED_NAME.fullmatch(name):
        return ""
    for pattern in (r"((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})", r"((?:19|20)\d{2})([-_.])(\d{2})"):
        if match := re.search(rf"(?<!\d){pattern}(?!\d)", name, re.ASCII):
            parts = [int(part) for number, part in enumerate(match.groups()) if number != 1]
            try:
                return date(*(parts + [1])[:3]).isoformat()[: 10 if len(parts) == 3 else 7]
            except ValueError:
                continue
    return ""


def _words(page: Page, span: Span) -> str:
    return page.article.of(span)
