"""Reading articles: bad files, text units."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haftar_record.problems.problem import DataErrors
from haftar_record.text import articles, spans

NAME = "005_0123456789abcdef.txt"


def refused(tmp_path, data: bytes | None, name: str = NAME):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DataErrors) as error:
        articles.read(tmp_path, name)
    (problem,) = error.value.problems
    return problem


@pytest.mark.parametrize(
    ("data", "line", "found"),
    [
        (None, 0, "no readable file (No such file or directory)"),
        (b"", 0, "an empty file"),
        (b" \n\n", 0, "an empty file"),
        (b"\xef\xbb\xbfText.\n", 1, "a byte order mark at the start"),
        (b"One.\r\nTwo.\r\n", 1, "a carriage return"),
        (b"One.\nTwo\x00.\n", 2, "U+0000 NULL"),
        (b"\tOne.\nTwo\tmore.\t\n", 2, "U+0009 TABULATION"),
        (b"One.\nTwo\x1b[2J.\n", 2, "U+001B ESCAPE"),
        ("One.\nTwo\x85.\n".encode(), 2, "U+0085 NEXT LINE"),
        ("One.\n\nTwo.\u2028\n".encode(), 3, "U+2028 LINE SEPARATOR"),
        ("One.\nTwo\ufdd0.\n".encode(), 2, "U+FDD0 no character"),
        ("One.\nTwo\U0010ffff.\n".encode(), 2, "U+10FFFF no character"),
        (b"One.\nTw\xe9.\n", 2, "byte 0xE9 at offset 7"),
        ("Text".encode("utf-16"), 1, "byte 0xFF at offset 0"),
        (b"x" * (articles.MAX_BYTES + 1), 0, "1,000,001 bytes"),
    ],
)
def test_bad_files(tmp_path, data, line, found):
    """Every unusable file is refused with its line and what was found."""
    problem = refused(tmp_path, data)
    assert (problem.place.line, problem.found) == (line, found)


def test_bad_name(tmp_path):
    """A file that cannot make a document id is refused."""
    assert refused(tmp_path, b"Text.", "notes.txt").found == "the file name notes.txt"


def units(tmp_path, text: str) -> articles.Article:
    path = tmp_path / NAME
    path.write_bytes(text.encode())
    return articles.divide(articles.read(tmp_path, NAME))


def test_a_lost_blank_keeps_offsets(tmp_path):
    """Offsets count code points of the file as it is, astral characters included."""
    article = units(tmp_path, "A 😀 “quote”.\nSecond line.")
    assert article.of(article.paragraphs[1]) == "Second line."
    assert article.of(article.quotations[0]) == "“quote”"


def test_sentences_can_be_corrected(tmp_path):
    """A join removes a boundary, a split adds one."""
    text = "On April 7, U.S. Secretary of State Mike Pompeo called. It was chaos. Supported by groups."
    article = units(tmp_path, text)
    join = spans.Span(text.index("U.S."), text.index(" of State"))
    end = text.index(" Supported")
    fixed = articles.divide(article, [join], [spans.Span(end - 5, end)])
    assert [fixed.of(s) for s in fixed.sentences] == [
        "On April 7, U.S. Secretary of State Mike Pompeo called.",
        "It was chaos.",
        "Supported by groups.",
    ]


TEXTS = st.text(alphabet=st.sampled_from("aZ .!?“”‘’…\n–1é😀\xad\u200b\u202e\ue000"), min_size=1, max_size=200).filter(
    str.strip
)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_units_cover_any_text(tmp_path_factory, text):
    """Sentences lie in order inside paragraphs and hold every character that is not blank."""
    article = units(tmp_path_factory.mktemp("a"), text)
    position = 0
    for span in article.sentences:
        assert not article.text[position : span.start].strip()
        assert span.start < span.end
        position = span.end
        paragraph = article.paragraphs[article.paragraph_number(span.start) - 1]
        assert paragraph.contains(span)
        assert article.sentences[article.sentence_index(span.start)] == span
    assert not article.text[position:].strip()
