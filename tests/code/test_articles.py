"""Reading articles: bad files, text units."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haftar_record.problems.problem import DataErrors
from haftar_record.text import articles, received, spans

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
        (b"\xef\xbb\xbf", 0, "an empty file"),
        ("\u3000\r\n\xa0".encode(), 0, "an empty file"),
        (b"One.\nTwo\x00.\n", 2, "U+0000 NULL at offset 8"),
        ("One.\nTwo\ufdd0.\n".encode(), 2, "U+FDD0 no character"),
        ("One.\r\rTwo\U0010ffff.\n".encode(), 3, "U+10FFFF no character"),
        (
            "One.\nTwo\ufffd.\n".encode(),
            2,
            "\ufffd (U+FFFD REPLACEMENT CHARACTER), which stands for a character that a program could not read",
        ),
        (b"One.\nTw\xe9.\n", 2, "byte 0xE9 in line 2"),
        ("One. “Two”\n".encode() + b"Th\xe9.\n", 2, "byte 0xE9 in line 2, in a text that is UTF-8 elsewhere"),
        (b"One.\nTwo \xe2\x80", 2, "an end in the middle of a character"),
        (b"One \xed\xa0\xbd\xed\xb8\x80.", 1, "half a surrogate pair: byte 0xED in line 1"),
        ("One.\n".encode("utf-16") + b"\x00\xd8a\x00", 2, "bytes that are no UTF-16 (illegal UTF-16 surrogate)"),
        ("One.".encode("utf-16") + b"x", 1, "bytes that are no UTF-16 (truncated data)"),
        (b"x" * (articles.MAX_BYTES + 1), 0, "1,000,001 bytes"),
    ],
)
def test_bad_files(tmp_path, data, line, found):
    """Every unusable file is refused with its line and what was found. No advice needs that git knows the file."""
    problem = refused(tmp_path, data)
    assert (problem.place.line, problem.found) == (line, found)
    assert "git" not in problem.remedy


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Haftar’s “army” – café.".encode("cp1252"), "cp1252"),
        ("Il a été là.".encode("latin-1"), "cp1252"),
        (b"Caf\xe9 and \x81.", "latin-1"),  # 0x81 is nothing in Windows-1252
        ("قال حفتر إن الجيش".encode("cp1256"), "NAME"),
        ("Хафтар сказал".encode("cp1251"), "NAME"),
        ("哈夫塔尔说".encode("gb18030"), "NAME"),
        ("Haftar said so.".encode("utf-16-le"), "utf-16-le"),
        ("Haftar said so.".encode("utf-16-be"), "utf-16-be"),
        ("Haftar said so.".encode("utf-32-le"), "utf-32-le"),
        ("Haftar said so.".encode("utf-32-be"), "utf-32-be"),
        ("قال حفتر إن الجيش تقدم".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_other_encodings(tmp_path, data, encoding):
    """Bytes that do not say their encoding are refused with the command that takes it, and a likely one."""
    problem = refused(tmp_path, data)
    assert f"haftar-record new {NAME} --encoding {encoding}”" in problem.remedy


def test_the_reader_of_a_message_sees_whether_the_encoding_is_right(tmp_path):
    """The line as it would be in Windows-1252 stands in the advice."""
    problem = refused(tmp_path, "One.\nHe said “Haftar’s army”.\n".encode("cp1252"))
    assert "if the line is to read “He said “Haftar’s army”.”" in problem.remedy


def read(tmp_path, data: bytes) -> articles.Article:
    (tmp_path / NAME).write_bytes(data)
    return articles.divide(articles.read(tmp_path, NAME))


LINES = "Haftar’s army.\n\nحفتر said “so”.\n"


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        b"\xef\xbb\xbf" + LINES.encode(),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode(),
        LINES.replace("\n", "\x85").encode(),
        LINES.replace("\n", "\u2028").encode(),
        LINES.replace("\n", "\u2029").encode(),
        b"\xff\xfe" + LINES.encode("utf-16-le"),
        b"\xfe\xff" + LINES.replace("\n", "\r\n").encode("utf-16-be"),
        b"\xff\xfe\0\0" + LINES.encode("utf-32-le"),
        b"\0\0\xfe\xff" + LINES.encode("utf-32-be"),
    ],
)
def test_one_text_of_many_bytes(tmp_path, data):
    """Encodings that say themselves and line ends of every kind give the same text, and the same hash of it."""
    article = read(tmp_path, data)
    assert article.text == LINES
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert article.counted_sha256 == hashlib.sha256(LINES.encode()).hexdigest()
    assert article.odd_controls == ""
    assert [article.of(span) for span in article.paragraphs] == ["Haftar’s army.", "حفتر said “so”."]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"It said\tso.", "It said so."),
        (b"\tOne.\t\nTwo.\f\nThree\vfour.", " One. \nTwo. \nThree four."),
        (b"One\x1b[2J two\x07.\x7f", "One [2J two . "),
        (b"One\xc2\x92s two.", "One s two."),
        (b"One.\r\r\nTwo.\n\rThree.", "One.\n\nTwo.\n\nThree."),
        (b"\xef\xbb\xbf\xef\xbb\xbfOne.", "\ufeffOne."),  # the second one is a zero-width blank
        ("A soft\xad hyphen, a no-break\xa0blank, a\u200bword.".encode(),) * 2,
    ],
)
def test_controls_are_blanks(tmp_path, data, text):
    """Each control character that ends no line is one blank, and no other character is changed."""
    assert read(tmp_path, data).text == (text if isinstance(text, str) else text.decode())


def test_odd_controls_are_told():
    """Control characters that lay out nothing are traces of a wrong encoding; each is told once."""
    assert received.read(b"One\t\xc2\x93two\xc2\x93\x0b\x0c \x1b[0m\r\n").odd_controls() == "\x1b\x93"
    assert received.read(b"One.\r\n\x1a").odd_controls() == ""
    assert received.read(b"One\x1atwo.\r\n\x1a").odd_controls() == "\x1a"


def test_a_quotation_beside_a_tab_can_be_told(tmp_path):
    """The words before a passage have a blank where the file has a tab."""
    article = read(tmp_path, "It said\tso: “We support it,” he said.\fNext.".encode())
    (quotation,) = article.quotations
    assert article.context(quotation, 32) == ("It said so: ", " he said. Next.")


WRAPPED = """\
Forces of Khalifa Haftar took the whole of the town
of Sirte on Friday, a spokesman of the Libyan
National Army said on Saturday in Benghazi. Khalifa
Haftar himself was silent.

The town has a port.
"""


def test_wrapped_lines_are_paragraphs(tmp_path):
    """A line end that only wraps a line is a blank, so that names, sentences and quotations hold across it."""
    article = read(tmp_path, WRAPPED.replace("\n", "\r\n").encode())
    assert len(article.paragraphs) == 2
    assert [article.of(span) for span in article.sentences] == [
        WRAPPED.replace("\n", " ").partition(" Khalifa Haftar himself")[0],
        "Khalifa Haftar himself was silent.",
        "The town has a port.",
    ]
    assert len(article.text) == len(WRAPPED)


@pytest.mark.parametrize(
    "text",
    [
        "Haftar names delegates\nBy Jan Ellen\nTripoli\n\nHe named three.\n",  # a head of short lines
        "One.\nTwo.\nThree.\n",
        "the army\nthe navy\nthe coast guard of the east\n",  # a list: there was room for the next word
        f"A line of the article that is {'very ' * 20}long and ends here\nwith a rest.\n",
        "Khalifa\n\nHaftar\n",
    ],
)
def test_other_lines_stay(tmp_path, text):
    """Lines that are not wrapped are paragraphs of their own."""
    assert read(tmp_path, text.encode()).text == text


def test_hostile_bytes_are_read_in_time(tmp_path):
    """A megabyte of blanks, line ends, letters of lists or quotation marks takes no more than a moment."""
    for piece in (b" \r", b"a\n", b"\xe2\x80\x9c", b"x" * 80 + b"\n", b"\xc3\xa9\xc2\x85"):
        start = time.perf_counter()
        articles_text = received.read(b"x" + piece * (900_000 // len(piece)))
        assert articles_text.text and time.perf_counter() - start < 3


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
