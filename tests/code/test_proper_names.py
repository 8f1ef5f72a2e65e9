"""Which words of running text are proper names, worked out by hand; and what is asked about those that nobody has."""

from __future__ import annotations

import time

import pytest

from haftar_record.text import articles, proper_names
from haftar_record.text.spans import Span


def names(text: str) -> list[str]:
    """The proper names of a text that is one paragraph a line."""
    sentences = [span for part in articles._paragraphs(text) for span in articles._sentences(text, part, [], [])]
    return [text[name.start : name.end] for name in proper_names.find(text, sentences)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met the UN Support Mission in Libya.", ["UN Support Mission in Libya"]),
        ("The talks of the Presidential Council failed.", ["Presidential Council"]),
        ("They spoke with the Department of State on Monday.", ["Department of State"]),
        ("It was told by the U.S. Department of the Treasury.", ["U.S. Department of the Treasury"]),
        ("It was Major General Ahmed al-Mismari who spoke.", ["Major General Ahmed al-Mismari"]),
        ("On Friday, Fayez Al-Sarraj left for Tunis.", ["Fayez Al-Sarraj", "Tunis"]),
        ("In May the aid came from Doctors Without Borders.", ["Doctors Without Borders"]),
        ("He left Haftar’s Operation Dignity.", ["Haftar", "Operation Dignity"]),
        ("He left Haftar's camp near Ain Zara.", ["Haftar", "Ain Zara"]),
        ("She told AFP that NGOs had left.", ["AFP", "NGOs"]),
        ("The UN-backed government fell.", ["UN"]),
        ("He joined the Gulf Cooperation Council (GCC) then.", ["Gulf Cooperation Council", "GCC"]),
        ("They asked the Egyptian Foreign Ministry.", ["Egyptian Foreign Ministry"]),
        ("A man of the Bank of Libya & Trust spoke.", ["Bank of Libya & Trust"]),
        ("It was Chargé d’Affaires Joshua Harris.", ["Chargé d’Affaires Joshua Harris"]),
        ("He is James F. Jeffrey of old.", ["James F. Jeffrey"]),
        ("The road led to Ain Zara, Tarhuna and Bani Walid.", ["Ain Zara", "Tarhuna", "Bani Walid"]),
        # a capital at the beginning of a sentence counts if the article has it elsewhere
        ("Misrata fell. They went to Misrata again.", ["Misrata", "Misrata"]),
        ("EGYPT HAS LEFT TRIPOLI\nNobody knows why Egypt left.", ["EGYPT", "Egypt"]),
    ],
)
def test_names(text, expected):
    """Catches names that are cut short, run into each other, or are missed."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The president met the Prime Minister on Friday.",
        "Residents said so. Officials agreed. Analysts did not.",
        "Meanwhile, it rained. However, he stayed. On Monday it stopped.",
        "Libyan forces and Turkish officers met in March and during Ramadan.",
        "The Council and the Ministry agreed with the Government.",
        "He said: “There is hope.” “Nothing else,” she said.",
        "The Field Marshal told the Secretary of State.",
        "Leaders Agree On New Plan To End War",
        "LEADERS AGREE ON A NEW PLAN",
        "QUESTION: Will you go?",
        "PRESS STATEMENT",
        "Moderator: We begin. Q: Who? Answer: Nobody.",
        "The Muslim and Christian clergy spoke Arabic.",
        "I am sure. I said so on Twitter at 10 GMT.",
        "(It was late.) – Nobody came; Many left.",
        "• Talks resumed\n• Nothing changed",
        "يقول حفتر إن القوات غادرت طرابلس",
        "",
    ],
)
def test_no_names(text):
    """Catches capitals that are there for their place, titles, adjectives, days, and bodies without a name."""
    assert names(text) == []


def test_nouns_of_german_are_no_names():
    """Catches every noun of a German article told as a name without an alias."""
    text = "Ein Sprecher der LNA und der Beamte Müller sagten in Bengasi, der Krieg mit der GNA-Führung sei zu Ende."
    found = proper_names.find(text, [Span(0, len(text))], "de")
    assert [text[name.start : name.end] for name in found] == ["LNA", "GNA-Führung"]


@pytest.mark.parametrize(
    ("words", "covered", "left"),
    [
        ("UN Support Mission in Libya", ["UN", "Libya"], ["Support", "Mission"]),
        ("UN Support Mission in Libya", ["UN Support Mission in Libya"], []),
        ("Prime Minister Fayez al-Sarraj", ["Fayez al-Sarraj"], []),
        ("Libyan Presidential Council", ["Libyan"], ["Presidential", "Council"]),
        ("Egyptian President Abdel Fattah", [], ["Abdel", "Fattah"]),
    ],
)
def test_uncovered(words, covered, left):
    """Catches a mention of a part that counts as one of the whole, and a title that has to be in the mention."""
    text = f"They met {words} again."
    (name,) = proper_names.find(text, [Span(0, len(text))])
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in covered]
    assert [word.text for word in proper_names.uncovered(name, spans)] == left


@pytest.mark.parametrize("text", ["A of the " * 12_000, "al-" * 30_000, "U.S." * 25_000, "Xx-" * 30_000, "(" * 100_000])
def test_hostile_text_takes_linear_time(text):
    """Catches a pattern that looks at the same words again and again."""
    start = time.perf_counter()
    proper_names.find(text, [Span(0, len(text))])
    assert time.perf_counter() - start < 3
