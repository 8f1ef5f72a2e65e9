"""Finding quotations."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haftar_record.text import anchors, articles
from haftar_record.text.spans import Span

TEXT = "Haftar’s army took it. He said it again.\nThe army of Haftar’s rival byLibya left. It left."


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    path = tmp_path_factory.mktemp("a") / "005_0123456789abcdef.txt"
    path.write_bytes(TEXT.encode())
    return articles.divide(articles.read(path.parent, path.name))


def test_exact(article):
    """A passage that occurs once is found where it is."""
    assert article.of(anchors.find(article, "took it")) == "took it"


def test_in_prefers_the_sentence_then_the_paragraph(article):
    """“in” narrows to the sentence, and to the paragraph when the sentence does not have the words once."""
    assert anchors.find(article, "army", "byLibya").start == TEXT.index("army of")
    assert anchors.find(article, "left", "byLibya", 2).start == TEXT.rindex("left")


def test_whole_words_first(article):
    """“it” is the word, not a part of another; a part is found only where no word is."""
    assert anchors.find(article, "He").start == TEXT.index("He said")
    assert article.of(anchors.find(article, "Libya")) == "Libya"


@pytest.mark.parametrize(
    ("text", "within", "occurrence", "found", "expected"),
    [
        ("army", None, None, "“army” 2 times in the article", "words that occur once"),
        ("army", None, 3, "occurrence 3 of “army”", "at most 2 in the article"),
        (
            "Haftar's army took",
            None,
            None,
            "“Haftar's army took”",
            (
                "“Haftar’s army took”, the nearest passage: at character 7 the sheet has ' (U+0027 APOSTROPHE), "
                "the article ’ (U+2019 RIGHT SINGLE QUOTATION MARK)"
            ),
        ),
        ("took it", "byLibya", None, "“took it”, which stands in paragraph 1", "words of the paragraph of “byLibya”"),
        ("Zanzibar", None, None, "“Zanzibar”, which is nowhere in the article", "words of the article"),
    ],
)
def test_lost(article, text, within, occurrence, found, expected):
    """A quotation without one place is refused with what is nearest."""
    with pytest.raises(anchors.Lost) as lost:
        anchors.find(article, text, within, occurrence)
    assert (lost.value.found, lost.value.expected) == (found, expected)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_slice_is_found_or_refused(article, data):
    """A slice of the text is either found with exactly its words, or refused; never a wrong span."""
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    try:
        span = anchors.find(article, TEXT[start:end])
    except anchors.Lost:
        assert TEXT.count(TEXT[start:end]) > 1
    else:
        assert article.of(span) == TEXT[start:end]
        assert span == Span(start, end) or TEXT.count(TEXT[start:end]) > 1


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text(article, text):
    """No text makes the search fail otherwise than by refusing it."""
    with contextlib.suppress(anchors.Lost):
        assert article.of(anchors.find(article, text)) == text
