"""Finding quotations."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from haftar_record.text import anchors, articles, nearest, received
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
                "“Haftar’s army took”, the nearest passage, in paragraph 1: at character 7 the sheet has ' (U+0027 APOSTROPHE), "
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
        assert article.text[span.start : span.end] == TEXT[start:end]
        assert span == Span(start, end) or TEXT.count(TEXT[start:end]) > 1


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text(article, text):
    """No text makes the search fail otherwise than by refusing it."""
    with contextlib.suppress(anchors.Lost):
        span = anchors.find(article, text)
        assert article.text[span.start : span.end] == text


LONG = """\
12 March 2022.

Haftar’s army  took the town. “We support the roadmap,” the spokesman said. He said “so” again – and left.
The UN\u2011backed government of \u1e24aftar’s rival left. It left 1\u00a0200 men, and \ufb01ve soft\u00adened tanks.
It was very cold in Sirte, and the long battle for the city went on until the evening of the third day.
The word Haft\u0430r has a Cyrillic letter; the zero\u200bwidth blank is there\u2026 The “outer ‘inner’ outer” ends at a cafe\u0301.
"""
APOSTROPHE, RIGHT = "' (U+0027 APOSTROPHE)", "’ (U+2019 RIGHT SINGLE QUOTATION MARK)"
STRAIGHT = '" (U+0022 QUOTATION MARK)'
OPEN, CLOSE = "“ (U+201C LEFT DOUBLE QUOTATION MARK)", "” (U+201D RIGHT DOUBLE QUOTATION MARK)"
DIFFERENCES = {
    "“We suport the roadmap,”": ("“We support the roadmap,”", "at character 5 the sheet has “suport”, the article “support”"),
    "“We support  the roadmap,”": ("“We support the roadmap,”", "at character 13 the sheet has a plain blank, which the article has not"),
    "“We support\u00a0the roadmap,”": ("“We support the roadmap,”", "at character 12 the sheet has U+00A0 NO-BREAK SPACE, the article a plain blank"),
    '"We support the roadmap,"': ("“We support the roadmap,”", f"at character 1 the sheet has {STRAIGHT}, the article {OPEN}; at character 25 the sheet has {STRAIGHT}, the article {CLOSE}"),
    '"so"': ("“so”", f"at character 1 the sheet has {STRAIGHT}, the article {OPEN}; at character 4 the sheet has {STRAIGHT}, the article {CLOSE}"),
    "we support": ("We support", "at character 1 the sheet has “we”, the article “We”"),
    "WE SUPPORT": ("We support", "at character 1 the sheet has “WE”, the article “We”; at character 4 the sheet has “SUPPORT”, the article “support”"),
    "Haftar's army": ("Haftar’s army", f"at character 7 the sheet has {APOSTROPHE}, the article {RIGHT}"),
    "Haftars army": ("Haftar’s army", "at character 1 the sheet has “Haftars”, the article “Haftar’s”"),
    "Haftar’s army took": ("Haftar’s army  took", "at character 15 the sheet leaves out a plain blank"),
    "UN-backed government": ("UN\u2011backed government", "at character 3 the sheet has - (U+002D HYPHEN-MINUS), the article \u2011 (U+2011 NON-BREAKING HYPHEN)"),
    "again - and left": ("again – and left", "at character 7 the sheet has - (U+002D HYPHEN-MINUS), the article – (U+2013 EN DASH)"),
    "again — and left": ("again – and left", "at character 7 the sheet has — (U+2014 EM DASH), the article – (U+2013 EN DASH)"),
    "Haftar’s rival": ("\u1e24aftar’s rival", "at character 1 the sheet has “Haftar”, the article “\u1e24aftar”"),
    "1 200 men": ("1\u00a0200 men", "at character 2 the sheet has a plain blank, the article U+00A0 NO-BREAK SPACE"),
    "1200 men": ("1\u00a0200 men", "at character 2 the sheet leaves out U+00A0 NO-BREAK SPACE"),
    "five": ("\ufb01ve", "at character 1 the sheet has f (U+0066 LATIN SMALL LETTER F) and i (U+0069 LATIN SMALL LETTER I), the article \ufb01 (U+FB01 LATIN SMALL LIGATURE FI)"),
    "softened tanks": ("soft\u00adened tanks", "at character 5 the sheet leaves out U+00AD SOFT HYPHEN"),
    "zerowidth": ("zero\u200bwidth", "at character 5 the sheet leaves out U+200B ZERO WIDTH SPACE"),
    "zero width": ("zero\u200bwidth", "at character 5 the sheet has a plain blank, the article U+200B ZERO WIDTH SPACE"),
    "Haftar has a": ("Haft\u0430r has a", "at character 5 the sheet has a (U+0061 LATIN SMALL LETTER A), the article \u0430 (U+0430 CYRILLIC SMALL LETTER A)"),
    "is there...": ("is there\u2026", "at character 9 the sheet has “...”, the article \u2026 (U+2026 HORIZONTAL ELLIPSIS)"),
    "a caf\u00e9": ("a cafe\u0301", "at character 6 the sheet has \u00e9 (U+00E9 LATIN SMALL LETTER E WITH ACUTE), the article e (U+0065 LATIN SMALL LETTER E) and U+0301 COMBINING ACUTE ACCENT"),
    "the battle for the city": ("the long battle for the city", "at character 5 the sheet leaves out “long”"),
    "the long bloody battle for the city": ("the long battle for the city", "at character 10 the sheet has “bloody”, which the article has not"),
    "very cold at Sirte": ("very cold in Sirte", "at character 11 the sheet has “at”, the article “in”"),
    "We support the road map": ("We support the roadmap", "at character 16 the sheet has “road map”, the article “roadmap”"),
    "spokesmen": ("spokesman", "at character 1 the sheet has “spokesmen”, the article “spokesman”"),
    "supporrt": ("support", "at character 1 the sheet has “supporrt”, the article “support”"),
}  # fmt: skip


def made(text: str, beside: list[articles.Article] | None = None, name: str = "005_0123456789abcdef.txt"):
    article = articles.made(name, received.read(text.encode()), "0" * 64)
    return articles.divide(dataclasses.replace(article, beside=beside or []))


@pytest.fixture(scope="module")
def long_article():
    return made(LONG)


def lost(article, text, within=None) -> anchors.Lost:
    with pytest.raises(anchors.Lost) as error:
        anchors.find(article, text, within)
    return error.value


@pytest.mark.parametrize("quoted", DIFFERENCES)
def test_the_real_difference_is_named(long_article, quoted):
    """Short or long, in letters or in marks: the message says in what the two differ, and what to write is found."""
    printed, said = DIFFERENCES[quoted]
    refused = lost(long_article, quoted)
    assert refused.expected.partition(", the nearest passage, in paragraph ")[2][3:] == said
    copied = yaml.safe_load(refused.remedy.removeprefix("if that is meant, write: "))
    assert copied == printed
    assert long_article.of(anchors.find(long_article, copied)) == printed


@pytest.mark.parametrize(
    "quoted", ["Zanzibar", "xyzzy plugh", "🙂", "~", "qq", "Tripoli fell in the night of the first day"]
)
def test_what_is_not_there_has_no_passage(long_article, quoted):
    """Words that nothing is like get no passage that would lead astray."""
    assert lost(long_article, quoted).found.endswith("which is nowhere in the article")


def test_words_of_two_paragraphs(long_article):
    """A quotation that runs over the end of a paragraph is told as such, and not as a blank that differs."""
    refused = lost(long_article, "again – and left. The UN-backed government")
    assert refused.found.endswith("which runs from paragraph 2 to 3")
    assert refused.remedy == "quote each paragraph by itself, in a list where one is allowed"


def test_words_of_another_article():
    """Words that another article of the record has are told by its name."""
    other = made("It rained in Sabha.\n", name="006_fedcba9876543210.txt")
    article = made("It was dry.\n", [other])
    assert lost(article, "rained in Sabha").found.endswith("which stands in 006_fedcba9876543210.txt, and nowhere here")


def test_words_of_in_are_told_as_such(long_article):
    """Whose words are wrong is told: those of the quotation, or those of “in:”."""
    assert lost(long_article, "left", "very cold at Sirte").found == "“in:” “very cold at Sirte”"


def test_the_paragraph_of_in_comes_first():
    """Of two passages that are near, the one in the paragraph of “in:” is shown."""
    article = made("The army’s men left Sirte.\nThe army’s men left Sabha.\n")
    assert "in paragraph 2:" in lost(article, "army's men", "Sabha").expected
    assert "in paragraph 1:" in lost(article, "army's men", "Sirte").expected


def test_marks_of_yaml_are_escaped():
    """Backslashes and straight marks of an article can be copied as well."""
    article = made('He wrote "C:\\new" on\u2003it.\n')
    copied = yaml.safe_load(lost(article, "“C:\\new” on it").remedy.removeprefix("if that is meant, write: "))
    assert copied == '"C:\\new" on\u2003it'


def test_accents_apart_from_their_letters_are_escaped():
    """Catches advice that an editor undoes by joining letter and accent."""
    article = made("The cafe\u0301 was closed.\n")
    assert lost(article, "The caf\u00e9 was").remedy.endswith('write: "The cafe\\u0301 was"')


def test_the_place_with_the_same_marks_comes_first():
    """Of several places with the same letters, the one with the same capitals and marks is meant."""
    article = made("“We are ready”, he said.\n\n“Ready,” he said, and the men were ready.\n")
    assert lost(article, "“Ready”").expected.startswith("““Ready,”, the nearest passage, in paragraph 2")
    assert lost(article, "ready”;").expected.startswith("“ready”,”, the nearest passage, in paragraph 1")


WORDS = [
    "army",
    "town",
    "left",
    "said",
    "so",
    "again",
    "battle",
    "city",
    "Sirte",
    "roadmap",
    "support",
    "the",
    "of",
    "in",
    "and",
    "to",
    "was",
    "men",
    "tanks",
    "cold",
]


@pytest.mark.parametrize("length", [200, 20_000])
@pytest.mark.parametrize("hostile", ["", "a " * 10_000, "a" * 20_000, "“" * 20_000, "\u00a0" * 20_000])
def test_long_inputs_take_a_moment(length, hostile):
    """A long article and a long quotation, or one of one letter, are compared in a moment."""
    made_up = random.Random(13)
    text = "\n".join(" ".join(made_up.choices(WORDS, k=200)) for _ in range(500))
    quoted = hostile or text[60_000 : 60_000 + length].replace("\n", " ").replace("roadmap", "raodmap") + "x"
    start = time.perf_counter()
    nearest.passage(text, quoted, Span(0, len(text)))
    nearest.differences(quoted, text[60_000 : 60_000 + length])
    assert time.perf_counter() - start < 8


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_slip_is_explained(data):
    """One character left out, added or changed in words of the article: the words to copy are of the article."""
    article = made(LONG)
    paragraph = data.draw(st.sampled_from(article.paragraphs[1:]))
    start = data.draw(st.integers(paragraph.start, paragraph.end - 20))
    end = data.draw(st.integers(start + 15, paragraph.end))
    words, place = LONG[start:end], data.draw(st.integers(1, end - start - 2))
    slip = data.draw(st.sampled_from(["", "q", words[place] * 2, "\u200b", "'"]))
    quoted = words[:place] + slip + words[place + 1 :]
    try:
        assert article.of(anchors.find(article, quoted)) == quoted
    except anchors.Lost as refused:
        if refused.remedy.startswith("if that"):
            copied = yaml.safe_load(refused.remedy.removeprefix("if that is meant, write: "))
            assert copied in LONG and copied.strip() == copied
            assert "at character" in refused.expected
