"""Quantities against their printed words: the bounds that the words give, and whether all words of the number are
quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.columns import CONTEXT_LENGTH
from ...model.index import Index
from ...model.tables import Document, Evidence, Quantity
from ...problems.wording import show
from ...text import numbers
from ..columnar.suspects import Suspects
from .engine import Finding, Record, rule
from .faults import Spoilt, change, first, spoilt

#: The language of the article of a row ``t``, in SQL.
_LANGUAGE = "(SELECT min(d.language) FROM documents d WHERE d.document_id = t.document_id)"
#: What the end of a sentence is, beyond which words do not belong to a number.
_STOP = re.compile(r"[.;:!?](?= |$)")


def _language(record: Record, row: Quantity | Evidence) -> str | None:
    """The language of the article of a row; None where the article has no row, which is told elsewhere."""
    document = record.row(Document, row.document_id)
    return document.language if document else None


@rule("R23", reads=(Quantity, Document))
def quantity_is_printed(record: Record) -> Iterator[Finding]:
    """The bounds of a quantity, and whether it is approximate, are those that its printed words give in the language of
    the article. Words that can be read in several ways leave the choice to the coder; words without a number give no
    bound; words with several numbers are no quantity."""
    for row in record[Quantity]:
        language = _language(record, row)
        if language is None:
            continue
        ways = _ways(row, language)
        coded = numbers.Bounds(row.minimum, row.maximum, row.is_approximate)
        found = f"{coded} for {show(row.printed_text)}"
        if _is_unread(row, language):
            continue  # a person has to compare: quantity_words_are_known
        if not ways:
            expected = "words of one number, or of one range"
            yield Finding(row, found, expected, "quote the words of one number under “printed:”")
        elif not any(_agrees(row, way) for way in ways):
            expected = ", or ".join(dict.fromkeys(map(str, ways)))
            yield Finding(row, found, expected, _remedy(row, ways))


def _ways(row: Quantity, language: str) -> list[numbers.Bounds]:
    """The ways to read the printed words that suit the unit: “5 m” are metres where metres are counted."""
    ways = numbers.bounds(row.printed_text, language)
    return [way for way in ways if way.unit == row.unit] or [way for way in ways if way.unit is None] or list(ways)


def _agrees(row: Quantity, way: numbers.Bounds) -> bool:
    is_alike = (row.minimum, row.maximum) == (way.minimum, way.maximum)
    return is_alike and way.is_approximate in (None, row.is_approximate)


def _is_unread(row: Quantity, language: str) -> bool:
    """Whether bounds rest on words that the program may not know: in a language of which it reads figures alone, or,
    but for English, where it sees no number."""
    has_words = re.search(r"[^\W\d_]", row.printed_text) is not None
    if language == "en" or not has_words or (row.minimum is None and row.maximum is None):
        return False
    return not numbers.is_read(language) or not any(
        way.minimum is not None or way.maximum is not None for way in numbers.bounds(row.printed_text, language)
    )


def _remedy(row: Quantity, ways: list[numbers.Bounds]) -> str:
    same = [way for way in ways if (way.minimum, way.maximum) == (row.minimum, row.maximum)]
    keys = "“approximate:”" if same else "“min:” and “max:”"
    return f"correct {keys}; a bound that the words do not give is left out"


@quantity_is_printed.suspects
def _() -> Iterator[Suspects]:
    names = ("t.printed_text", "t.minimum", "t.maximum", "t.is_approximate", "t.unit")
    spoken = "SELECT document_id, min(language) AS language FROM documents GROUP BY document_id"
    sql = f"""SELECT min(t.row) AS row FROM quantities t LEFT JOIN ({spoken}) d ON d.document_id = t.document_id
        GROUP BY {", ".join(names)}, d.language"""
    yield Suspects(Quantity, sql, by=(*names, _LANGUAGE))


@quantity_is_printed.fault("r23-number-not-printed", "ten times the number that is printed")
def _(record: Index) -> Spoilt:
    row = first(record[Quantity], lambda row: row.maximum)
    assert row.maximum is not None
    coded = numbers.Bounds(row.minimum, row.maximum * 10, row.is_approximate)
    return spoilt(row, f"{coded} for {show(row.printed_text)}", maximum=row.maximum * 10)


@quantity_is_printed.fault("r23-bounds-exchanged", "the least number is larger than the greatest")
def _(record: Index) -> Spoilt:
    row = first(record[Quantity], lambda row: row.minimum)
    assert row.minimum is not None
    coded = numbers.Bounds(row.minimum, row.minimum // 10, row.is_approximate)
    return spoilt(row, f"{coded} for {show(row.printed_text)}", maximum=row.minimum // 10)


@quantity_is_printed.fault("r23-bound-left-out", "words give a bound, and the row has none")
def _(record: Index) -> Spoilt:
    row = first(record[Quantity], lambda row: row.maximum)
    coded = numbers.Bounds(row.minimum, None, row.is_approximate)
    return spoilt(row, f"{coded} for {show(row.printed_text)}", maximum=None)


@quantity_is_printed.fault("r23-approximate-without-words", "a number is called approximate that no word calls so")
def _(record: Index) -> Spoilt:
    row = first(record[Quantity], lambda row: row.maximum, is_approximate=False)
    coded = numbers.Bounds(row.minimum, row.maximum, True)
    return spoilt(row, f"{coded} for {show(row.printed_text)}", is_approximate=True)


@rule("R115", "warning", reads=(Document, Evidence))
def quantity_is_whole(record: Record) -> Iterator[Finding]:
    """The printed words of a quantity are all words of its number: no word before or behind them bounds the number
    (“at least”), multiplies it (“million”) or makes it a range. They are no date, year, ordinal or label."""
    for row in record[Evidence]:
        if row.quantity_id is None or row.field != "printed_text":
            continue
        language = _language(record, row)
        longer = language and _longer(row.prefix_text or "", row.exact_text, row.suffix_text or "", language)
        if longer:
            remedy = (
                f"quote {show(longer)} under “printed:” and give its bounds, or waive this if it means something else"
            )
            yield Finding(row, f"{show(row.exact_text)} in {show(longer)}", "all words of the number", remedy)
            continue
        label = language and _label(row.prefix_text or "", row.exact_text, row.suffix_text or "", language)
        if label:
            found = show(label) if label == row.exact_text else f"{show(row.exact_text)} in {show(label)}"
            remedy = "take the quantity out: dates, years, ordinals and names count nothing; or waive this if it counts"
            yield Finding(row, found, "words that say how many or how much", remedy)


def _longer(before: str, printed: str, after: str, language: str) -> str | None:
    """The printed words with those before or behind them that belong to the number; None where none do."""
    own = numbers.bounds(printed, language)
    if not numbers.is_read(language) or not own:
        return None
    heads, tails = _words_before(before), _words_behind(after)
    wider = [(head, numbers.bounds(head + printed, language)) for head in heads]
    for place, (head, ways) in enumerate(wider):
        is_change = not wider[-1][1] and any(None not in (way.minimum, way.maximum) for way in ways)
        if not is_change and _changes(own, ways, may_differ=place == 0):  # “rose from 10 to 15” is no range
            return (head + printed).strip()
    for tail in tails:
        if _changes(own, numbers.bounds(printed + tail, language), may_differ=True):
            return (printed + tail).strip()
    return None


def _changes(own: tuple[numbers.Bounds, ...], wider: tuple[numbers.Bounds, ...], *, may_differ: bool) -> bool:
    """Whether more words give other bounds: of the same number, or, where this is allowed, of another one."""
    if {*own} & {*wider} or not wider:
        return False
    values = {value for way in own for value in (way.minimum, way.maximum)} - {None}
    others = {value for way in wider for value in (way.minimum, way.maximum)} - {None}
    is_of_it = bool(values & others) or (not others and any(way.is_approximate for way in wider))
    return bool(values or others) and (is_of_it or (may_differ and bool(others)))


def _label(before: str, printed: str, after: str, language: str) -> str | None:
    """The printed words, alone or with those right beside them, where they are a date, year, ordinal or label."""
    if not numbers.is_read(language):
        return None
    heads, tail = _words_before(before), "".join(_words_behind(after)[:1])
    whole = "".join([*heads[:1], printed, tail])
    if numbers.is_label(printed, language) and (re.search(r"\d", printed) or numbers.is_label(whole, language)):
        return printed
    counted = numbers.bounds(printed, language)
    is_wider = any({*counted} & {*numbers.bounds(head + printed + tail, language)} for head in heads[1:2])
    if is_wider or not numbers.is_label(whole, language):
        return None
    shorter = ("".join([*heads[:1], printed]), printed + tail, whole)
    return next(text.strip() for text in shorter if numbers.is_label(text, language))


def _words_before(text: str) -> list[str]:
    """The last word before a number, the last two, and so on, as printed; no part of a word, and no other sentence."""
    is_whole, text = len(text) < CONTEXT_LENGTH, _STOP.split(text)[-1]
    starts = [match.start() for match in re.finditer(r"(?:(?<=[\s(])|^)\S", text) if match.start() or is_whole]
    return [text[start:] for start in reversed(starts)][:4]


def _words_behind(text: str) -> list[str]:
    """The first word behind a number, the first two, and so on, as printed."""
    whole, text = text, _STOP.split(text)[0]
    is_cut = len(text) == CONTEXT_LENGTH and text == whole  # in the middle of a word, perhaps
    ends = [match.end() for match in re.finditer(r"\S(?=[\s),])" if is_cut else r"\S(?=[\s),]|$)", text)]
    return [text[:end] for end in ends][:3]


@quantity_is_whole.suspects
def _() -> Iterator[Suspects]:
    sql = "SELECT t.row FROM evidence t WHERE t.field = 'printed_text' AND t.quantity_id IS NOT NULL"
    yield Suspects(Evidence, sql)


@quantity_is_whole.fault("r115-number-cut-short", "the words that bound a number stand before those that are quoted")
def _(record: Index) -> Spoilt:
    row = first(record[Evidence], lambda row: row.quantity_id, field="printed_text")
    said = f"{show('12')} in {show('at least 12')}"
    return spoilt(row, said, prefix_text="There were at least ", exact_text="12", suffix_text=" of them there")


@quantity_is_whole.fault("r115-year", "a year is taken as a number of things")
def _(record: Index) -> Spoilt:
    row = first(record[Evidence], lambda row: row.quantity_id, field="printed_text")
    return spoilt(
        row, f"{show('2019')} in {show('in 2019')}", prefix_text="It was in ", exact_text="2019", suffix_text="."
    )


@rule("R116", "warning", reads=(Quantity, Document))
def quantity_words_are_known(record: Record) -> Iterator[Finding]:
    """Bounds of a quantity in words that the program may not know are compared by a person. It knows English; of some
    languages it reads the words as far as a library does, and of all others the figures."""
    for row in record[Quantity]:
        language = _language(record, row)
        if language and _is_unread(row, language):
            found = f"{show(row.printed_text)} in the language {language}, with bounds"
            remedy = "have somebody who reads the language compare words and bounds, and waive this"
            yield Finding(row, found, "words that the program can read", remedy)


@quantity_words_are_known.suspects
def _() -> Iterator[Suspects]:
    sql = """SELECT t.row FROM quantities t JOIN documents d USING (document_id)
        WHERE d.language <> 'en' AND (t.minimum IS NOT NULL OR t.maximum IS NOT NULL)"""
    yield Suspects(Quantity, sql)


@quantity_words_are_known.fault("r116-unknown-number-words", "bounds rest on words of a language that is not read")
def _(record: Index) -> Spoilt:
    row = first(record[Quantity], lambda row: row.maximum and re.search("[a-z]", row.printed_text))
    document = first(record[Document], document_id=row.document_id)
    return spoilt(row, f"{show(row.printed_text)} in the language tr, with bounds", change(document, language="tr"))
