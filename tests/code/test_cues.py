"""Which verbs tell that somebody speaks, worked out by hand."""

from __future__ import annotations

import time

import pytest

from haftar_record.text import cues
from haftar_record.text.quotation import quotations
from haftar_record.text.spans import Span


def found(text: str) -> list[str]:
    whole = Span(0, len(text))
    return [text[cue.start : cue.end] for cue in cues.find(text, whole, quotations(text, [whole]).quotations)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said it was late and denied that he knew.", ["said", "denied"]),
        (
            "She called on Ankara to leave, urged Moscow to stay and demanded a vote.",
            ["called on", "urged", "demanded"],
        ),
        ("They stated and confirmed that it was so.", ["stated and confirmed"]),
        ("It warned, condemned the raid.", ["warned, condemned"]),
        ("He left, adding that he would return, according to the office.", ["adding that", "according to"]),
        ("The envoy told them what the council announces.", ["told", "announces"]),
        (
            "Harris said he was ready, reiterating his respect, according to the statement.",
            ["said", "reiterating", "according to"],
        ),
        (
            "He welcomed the step and called for a truce, and stressed the need to act.",
            ["welcomed", "called for", "stressed"],
        ),
        ("“It is so,” he said, reiterating his respect.", ["said", "reiterating"]),
        ("According to the office, the talks, announced by Sisi, failed.", ["According to"]),
        ("It praised Egypt, saying it helped, and renewed its support.", ["praised", "saying", "renewed"]),
        ("The envoy renewed “the support of all” and voiced regret.", ["renewed", "voiced"]),
        ("It expressed its deep concern; analysts call for calm.", ["expressed its deep concern", "call for"]),
        ("Paris hailed the deal, thanked Rome and appealed to Moscow.", ["hailed", "thanked", "appealed to"]),
        ("They warned of war, made clear that it ends, and spoke of hope.", ["warned", "made clear", "spoke of"]),
        ("They spoke, pointing out that it calls for a truce.", ["pointing out", "calls for"]),
    ],
)
def test_cues(text, expected):
    """Catches a verb of speech that is missed, or two of one speaker that count as two."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The United States left.",
        "The stated aims of the accused were not explained.",
        "It was announced, and it has been denied.",
        "The demands and the claims of the city were great.",
        "He wrote-off the claimed sum.",
        "“I said so and denied it,” and nothing else.",
        "After renewed fighting, the minister hails from Misrata.",
        "In a phone call on Friday, thanks to the video calls for help, a welcoming sign went up.",
        "Food was in short supply as its calls for aid were the expressed wish.",
        "The so-called talks, the newly announced plan.",
        "",
    ],
)
def test_no_cues(text):
    """Catches nouns, passives, participles and the words of others that count as cues."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "said " * 20_000,
        "called " * 15_000,
        "the very " * 12_000,
        "according to" * 9_000,
        "expressed its deep " * 6_000,
        "renewed  " * 9_000,
    ],
)
def test_hostile_text_takes_linear_time(text):
    """Catches a pattern that looks at the same words again and again."""
    start = time.perf_counter()
    cues.find(text, Span(0, len(text)))
    assert time.perf_counter() - start < 3
