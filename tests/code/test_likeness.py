"""The same text and nearly the same text, with members worked out by hand and by counting words."""

from __future__ import annotations

import time
import unicodedata

import pytest

from haftar_record.text import likeness

TEXT = "“We support the road-map,” the spokesman’s office said on 12 March: 1,200 men left byLibya’s border."


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace("“", '"').replace("”", '"').replace("’", "'"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(" ", "  \r\n"),
        f"\ufeff{TEXT}\n\n",
        TEXT.replace("byLibya", "by Libya").replace("road-map", "roadmap"),
        TEXT.replace("o", "o\u200b").replace("support", "sup\u00adport"),
        TEXT.replace(":", " –").replace(".", ""),
        unicodedata.normalize("NFD", TEXT).replace("ff", "ﬀ"),
        TEXT.translate({ord(letter): ord(letter) + 0xFEE0 for letter in "Wesuport"}),
    ],
)
def test_same(other):
    """Catches a copy that differs in capitals, marks, blanks, line ends, a byte order mark, what shows nothing, or in
    the forms of its letters."""
    assert other != TEXT
    assert likeness.same(other) == likeness.same(TEXT)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (TEXT, TEXT.replace("support", "oppose")),
        (TEXT, TEXT.replace("1,200", "12,00")),
        ("1.2 million left", "12 million left"),
        ("Haftar a dit", "Haftar à dit"),
        ("…", "—"),
        ("حفتر في طرابلس", "حفتر في سرت"),
    ],
)
def test_not_the_same(one, two):
    """Catches two texts that are taken for one although a word, a letter or a number differs."""
    assert likeness.same(one) != likeness.same(two)


def numbered(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last))


def test_near_is_the_share_of_the_shorter_text():
    """Of 95 runs of six in w0..w99, the 45 of w50..w99 stand in w50..w149 as well; a part of a text is in it whole."""
    texts = {"a": numbered(0, 100), "b": numbered(50, 150), "c": numbered(0, 40), "d": numbered(500, 900)}
    found = {(one, two): share for one, two, share in likeness.near(texts)}
    assert found == {("a", "b"): pytest.approx(45 / 95), ("a", "c"): 1.0}


def test_near_in_long_texts():
    """The sample finds what long texts share, and nothing where they share a sentence of the house."""
    house = "all rights reserved by the outlet and nobody may copy any of this"
    texts = {
        "a": f"{numbered(0, 900)} {house}",
        "b": f"{numbered(300, 1200)} {house}",
        "c": f"{numbered(2000, 2900)} {house}",
    }
    assert [(one, two) for one, two, _ in likeness.near(texts)] == [("a", "b")]


def test_many_copies_are_found_in_linear_time():
    """Catches a comparison of all with all, and copies that are passed over because there are many."""
    texts = {number: f"{numbered(0, 700)} copy {number}" for number in range(1000)}
    start = time.perf_counter()
    later = {two for _, two, _ in likeness.near(texts)}
    assert time.perf_counter() - start < 10
    assert later == set(range(1, 1000))


@pytest.mark.parametrize("text", ["", "word", "— …", "one two three four five"])
def test_texts_without_a_run_are_near_to_nothing(text):
    """Catches a division by no runs, and short texts that are all alike."""
    assert list(likeness.near({"a": text, "b": text})) == []
