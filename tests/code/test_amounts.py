"""Quantities against their printed words: rules R23, R115 and R116."""

from __future__ import annotations

from decimal import Decimal

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.checks.rules.engine import Finding, Record
from haftar_record.coding import inputs
from haftar_record.model.tables import Document, Evidence, Quantity
from haftar_record.problems.problem import Problems

from ..conftest import ROOT

#: The rules by what they are called.
RULES = {rule.name: rule for rule in rules.RULES}


@pytest.fixture(scope="module")
def rows() -> tuple[Document, Quantity, Evidence]:
    """One article, one quantity of it, and the evidence of its printed words."""
    problems = Problems()
    made, _ = assemble(inputs.read(ROOT, problems), problems)
    quantity = made["quantities"][0]
    document = next(row for row in made["documents"] if row.document_id == quantity.document_id)
    evidence = next(row for row in made["evidence"] if row.quantity_id and row.field == "printed_text")
    return document, quantity, evidence


def found(name: str, *rows: object) -> list[Finding]:
    """What a rule finds in a record of a few rows."""
    tables: dict[str, list] = {"documents": [], "quantities": [], "evidence": []}
    for row in rows:
        tables[type(row).TABLE].append(row)
    return list(RULES[name].findings(Record(tables, {})))


def judged(
    rows,
    printed: str,
    least: str = "",
    most: str = "",
    approximate: bool = False,
    language: str = "en",
    unit: str = "person",
) -> list[str]:
    """What R23 expects instead of the bounds of a quantity."""
    document, quantity, _ = rows
    values = {"printed_text": printed, "unit": unit, "is_approximate": approximate}
    bounds = {"minimum": Decimal(least) if least else None, "maximum": Decimal(most) if most else None}
    made = quantity.model_copy(update=values | bounds)
    return [
        one.wanted for one in found("quantity-is-printed", document.model_copy(update={"language": language}), made)
    ]


@pytest.mark.parametrize(
    ("printed", "least", "most"),
    [
        ("six delegates", "6", "6"), ("ten", "10", "10"), ("a dozen", "12", "12"), ("two hundred", "200", "200"), ("2 million", "2000000", "2000000"),
        ("$1.2 billion", "1200000000", "1200000000"), ("at least 10", "10", ""), ("more than 10", "10", ""), ("up to 1 200", "", "1200"),
        ("between 10 and 15", "10", "15"), ("dozens", "", ""), ("several hundred", "", ""), ("a third", "", ""), ("over 10 years", "10", ""),
        ("over 10 years", "10", "10"),
    ],
)  # fmt: skip
def test_right_bounds(rows, printed, least, most):
    """Catches bounds that are refused although the words give them."""
    assert judged(rows, printed, least, most) == []


@pytest.mark.parametrize(
    ("printed", "least", "most", "expected"),
    [
        ("a dozen", "1", "1", "min 12 and max 12"),
        ("two hundred", "2", "2", "min 200 and max 200"),
        ("2 million", "2", "2", "min 2000000 and max 2000000"),
        ("$1.2 billion", "12", "12", "min 1200000000 and max 1200000000"),
        ("1.5 million", "15", "15", "min 1500000 and max 1500000"),
        ("at least 10", "10", "10", "min 10 and no max"),
        ("more than 10", "11", "", "min 10 and no max"),
        ("up to 1 200", "1200", "1200", "no min and max 1200"),
        ("fewer than 10", "", "9", "no min and max 10"),
        ("six delegates", "", "", "min 6 and max 6"),
        ("10-15 million", "10", "15000000", "min 10000000 and max 15000000"),
        ("about 1,350 km", "1350", "1350", "neither min nor max (approximate)"),
        ("dozens", "24", "", "neither min nor max"),
        ("in 2019", "2019", "2019", "neither min nor max"),
        ("the third", "3", "3", "neither min nor max"),
        ("15", "15", "10", "min 15 and max 15"),
        ("four dead and 12 wounded", "12", "12", "words of one number, or of one range"),
        ("over 10 years", "", "10", "min 10 and no max, or min 10 and max 10"),
    ],
)
def test_wrong_bounds(rows, printed, least, most, expected):
    """Catches bounds that the words do not give, and a message that does not say which they give."""
    assert judged(rows, printed, least, most) == [expected]


def test_approximate(rows):
    """Catches a number called approximate without words for it, and words for it that the row does not have."""
    assert judged(rows, "200", "200", "200", approximate=True) == ["min 200 and max 200"]
    assert judged(rows, "around 200") == ["neither min nor max (approximate)"]
    assert judged(rows, "around 200", approximate=True) == []


def test_the_unit_decides(rows):
    """Catches metres that are taken for millions, and millions that are taken for metres."""
    assert judged(rows, "5m", "5", "5", unit="metre") == []
    assert judged(rows, "5m", "5000000", "5000000") == []
    assert judged(rows, "5m", "5", "5") == ["min 5000000 and max 5000000"]
    assert judged(rows, "5m", "5000000", "5000000", unit="metre") == ["min 5 and max 5"]


def test_the_language_decides(rows):
    """Catches a point that is read as in another language."""
    assert judged(rows, "1.200", "1200", "1200", language="de") == []
    assert judged(rows, "1.200", "1200", "1200") == ["min 1.2 and max 1.2"]
    assert (
        judged(rows, "1.200", "1.2", "1.2", language="es") == judged(rows, "1.200", "1200", "1200", language="es") == []
    )


@pytest.mark.parametrize(
    ("language", "printed", "is_asked"),
    [
        ("en", "two hundred", False), ("tr", "iki yüz", True), ("tr", "200", False), ("tr", "200 kişi", True),
        ("it", "centottantuno", True), ("fr", "deux cents", False), ("ru", "двести", True),
    ],
)  # fmt: skip
def test_words_that_are_not_read(rows, language, printed, is_asked):
    """Catches bounds accepted in silence for words that the program cannot read, and an error about them."""
    document, quantity, _ = rows
    made = quantity.model_copy(
        update={"printed_text": printed, "minimum": Decimal(200), "maximum": Decimal(200), "is_approximate": False}
    )
    made_of = (document.model_copy(update={"language": language}), made)
    assert bool(found("quantity-words-are-known", *made_of)) == is_asked
    assert not found("quantity-is-printed", *made_of)


@pytest.mark.parametrize(
    ("before", "printed", "after", "whole"),
    [
        ("There were at least ", "10", " people there", "at least 10"),
        ("said that ", "two", " million people fled", "two million"),
        ("killed between 10 and ", "15", " people", "between 10 and 15"),
        ("killed ", "10", " to 15 people", "10 to 15"),
        ("had ", "200", " or more men", "200 or more"),
        ("some ", "200", " men", "some 200"),
        ("He said. Over ", "200", " men came", "Over 200"),
        ("paid ", "$1.2", "bn for it", "$1.2bn"),
        ("about ", "a dozen", " men", "about a dozen"),
        ("", "Twenty", " five men", "Twenty five"),
        ("replaced the ", "two", " rival governments", None),
        ("sent ", "thousands", " of mercenaries", None),
        ("Sirte (", "450 kilometres", " east of it", None),
        ("his ", "14-month", " campaign failed", None),
        ("three of the ", "four", " brigades", None),
        ("rose from 10 to ", "15", " percent", None),
        ("killed ", "12", ", including 3 children", None),
        ("in 2019 ", "two", " men were killed", None),
        ("It was more. ", "200", " came", None),
        ("the ", "five", " permanent members", None),
    ],
)
def test_all_words_of_a_number(rows, before, printed, after, whole):
    """Catches a number cut out of its words, by which any bounds would pass, and a question about one that is whole."""
    document, _, evidence = rows
    made = evidence.model_copy(
        update={
            "prefix_text": before or None,
            "exact_text": printed,
            "suffix_text": after,
            "document_id": document.document_id,
        }
    )
    assert [one.found for one in found("quantity-is-whole", document, made)] == (
        [f"“{printed}” in “{whole}”"] if whole else []
    )


@pytest.mark.parametrize(
    ("before", "printed", "after", "found_in"),
    [
        ("It was in ", "2019", ".", "in 2019"), ("It was ", "in 2019", " that he came", None),
        ("on ", "17", " February", "17 February"), ("an F-", "16", " flew", "F-16"), ("the G", "7", " met", "G7"),
        ("the ", "21", "st century", "21st"), ("Resolution ", "2570", " calls", "Resolution 2570"),
        ("the under-", "21", " team", "under-21"), ("at ", "10", " a.m. they met", "10 a.m"), ("the ", "third", " round", None),
        ("", "Resolution 1970", " calls", None), ("an ", "AK-47", " rifle", None), ("since ", "2011", " the army", "since 2011"), ("the war of ", "2019", " must not return", "of 2019"),
        ("and in ", "2019", " said that he", "in 2019"),
        ("the revolution of ", "2011", " was", "of 2011"), ("No ", "5", ".", "No 5"), ("at ", "24/7", " work", None),
    ],
)  # fmt: skip
def test_what_counts_nothing_is_asked_about(rows, before, printed, after, found_in):
    """Catches a date, a year, an ordinal or a name that passes as a number of things."""
    assert counts_nothing(rows, before, printed, after) == [
        f"“{printed}” in “{found_in}”" if found_in else f"“{printed}”"
    ]


@pytest.mark.parametrize(
    ("before", "printed", "after"),
    [
        ("in ", "2000", " villages"), ("killed ", "12", " in May"), ("up to ", "2000", "."), ("more than ", "2011", " men"),
        ("a total of ", "2000", "."), ("", "two F-16s", " flew"), ("", "two thirds", " of them"), ("by ", "minus 5", " degrees"),
        ("", "dozens", " of men"), ("a ", "third", " of the seats"), ("", "some", " diplomats"), ("the ", "three", " G7 members"),
        ("his ", "34-year-old", " son"), ("killed ", "1,200", ". In May"), ("the ", "first 200", " men"), ("", "1/3", " of it"),
        ("(", "450 kilometres", " east"), ("between 1500 and ", "2000", " men"), ("", "a series", " of raids"), ("", "numerous", " wins"),
    ],
)  # fmt: skip
def test_what_counts_is_not_asked_about(rows, before, printed, after):
    """Catches a question whether a number of things counts."""
    assert counts_nothing(rows, before, printed, after) == []


def counts_nothing(rows, before: str, printed: str, after: str) -> list[str]:
    """What R115 finds that counts nothing."""
    document, _, evidence = rows
    made = evidence.model_copy(
        update={"prefix_text": before or None, "exact_text": printed, "suffix_text": after or None}
        | {"document_id": document.document_id}
    )
    all_found = found("quantity-is-whole", document, made)
    return [one.found for one in all_found if one.wanted == "words that say how many or how much"]
