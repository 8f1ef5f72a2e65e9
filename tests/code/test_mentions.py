"""Finding names: however their marks, blanks and capitals are printed, with the article's own words and offsets."""

from __future__ import annotations

import hashlib
import time

import pytest

from haftar_record.text import articles, mentions
from haftar_record.text.mentions import Aliases
from haftar_record.text.spans import Span

NAME = "005_0123456789abcdef.txt"
ALIASES = Aliases(
    [
        ("Khalifa Haftar", "act-haftar", "name"),
        ("Haftar", "act-haftar", "name"),
        ("Haftar’s forces", "act-lna", "role"),
        ("al-Sarraj", "act-sarraj", "name"),
        ("UN-backed government", "act-gna", "role"),
        ("U.S.", "act-usa", "name"),
        ("US", "act-usa", "name"),
        ("WHO", "act-who", "name"),
        ("Wagner group", "act-wagner", "name"),
        ("his forces", "act-lna", "role"),
        ("militias", "act-militias", "role"),
        ("Sirte", "plc-sirte", "name"),
        ("Libya", "act-libya", "name"),
        ("Muammar Gaddafi", "act-gaddafi", "name"),
        ("Ba'ath", "act-baath", "name"),
        ("Fiji", "plc-fiji", "name"),
        ("Zoë Müller", "act-mueller", "name"),
        ("حفتر", "act-haftar", "name"),
        ("חפתר", "act-haftar", "name"),
        ("利比亚", "act-libya", "name"),
        ("한국", "act-korea", "name"),
    ]
)


def found(tmp_path, text: str, aliases: Aliases = ALIASES, senses=None, passages=None) -> list[tuple[str, str, str]]:
    """Words, meaning and layer of each mention; its words are those of the text at its offsets."""
    (tmp_path / NAME).write_bytes(text.encode())
    article = articles.read(tmp_path, NAME)
    made = aliases.find(article, senses or {}, passages or {})
    assert all(article.text[one.start : one.end].replace("\n", " ") == one.words for one in made)
    return [(one.words, one.means, one.layer) for one in made]


def outer(tmp_path, text: str, **rest) -> list[tuple[str, str]]:
    return [(words, means) for words, means, layer in found(tmp_path, text, **rest) if "embedded" not in layer]


SAME = {
    "apostrophe": "Haftar's forces",
    "curly": "Haftar’s forces",
    "turned": "Haftar‘s forces",
    "letter apostrophe": "Haftarʼs forces",
    "prime": "Haftar′s forces",
    "acute": "Haftar´s forces",
    "grave": "Haftar`s forces",
    "full-width": "Haftar＇s forces",
    "two blanks": "Haftar’s  forces",
    "no-break blank": "Haftar’s\u00a0forces",
    "narrow no-break blank": "Haftar’s\u202fforces",
    "thin blank": "Haftar’s\u2009forces",
    "ideographic blank": "Haftar’s\u3000forces",
    "tab": "Haftar’s\tforces",
    "line end": "Haftar’s\nforces",
    "line end of Windows": "Haftar’s \r\n  forces",
    "separator of lines": "Haftar’s\u2028forces",
    "soft hyphen": "Haf\u00adtar’s for\u00adces",
    "hyphenated at a line end": "Haftar’s for\u00ad\nces",
    "zero-width blank": "Haf\u200btar’s forces",
    "joiner": "Haf\u200dtar’s forces",
    "non-joiner": "Haf\u200ctar’s forces",
    "word joiner": "Haftar\u2060’s forces",
    "mark of direction": "Haftar’s\u200e forces",
    "isolate inside": "Haf\u2068tar\u2069’s forces",
    "byte order mark": "Haf\ufefftar’s forces",
    "dot below": "Ḥaftar’s forces",
    "decomposed": "H\u0323aftar’s forces",
    "two marks": "H\u0323\u0304aftar’s forces",
    "macron": "Haftār’s forces",
    "capitals": "HAFTAR’S FORCES",
    "capitals and a straight mark": "HAFTAR'S FORCES",
    "full-width letters": "Ｈａｆｔａｒ’s forces",
    "mathematical letters": "𝐇𝐚𝐟𝐭𝐚𝐫’s forces",
}


@pytest.mark.parametrize("words", SAME.values(), ids=SAME)
def test_one_name_in_many_prints(tmp_path, words):
    """Each print of the words is the same name, and no shorter one."""
    printed = outer(tmp_path, f"On Friday {words} left the town, which has a port.\n\nThe end.\n")
    (one,) = printed
    assert one[1] == "act-lna"
    wanted = words.replace("\r\n", "\n").replace("\u2028", "\n").replace("\n", " ").replace("\t", " ")
    assert one[0] == wanted


@pytest.mark.parametrize(
    ("text", "words", "means"),
    [
        ("KHALIFA HAFTAR SPEAKS", "KHALIFA HAFTAR", "act-haftar"),
        ("Khalifa HAFTAR a déclaré", "Khalifa HAFTAR", "act-haftar"),
        ("SIRTE, June 3 – It was calm", "SIRTE", "plc-sirte"),
        ("Al-Sarraj said so", "Al-Sarraj", "act-sarraj"),
        ("He left. Al-Sarraj said so", "Al-Sarraj", "act-sarraj"),
        ("“Al-Sarraj left,” he said", "Al-Sarraj", "act-sarraj"),
        ("AL-SARRAJ LEFT TODAY", "AL-SARRAJ", "act-sarraj"),
        ("it was al‑Sarraj who", "al‑Sarraj", "act-sarraj"),  # no-break hyphen
        ("it was al‐Sarraj who", "al‐Sarraj", "act-sarraj"),
        ("it was al–Sarraj who", "al–Sarraj", "act-sarraj"),
        ("it was al−Sarraj who", "al−Sarraj", "act-sarraj"),
        ("it was al-\nSarraj who", "al- Sarraj", "act-sarraj"),
        ("the UN‑backed  government fell", "UN‑backed  government", "act-gna"),
        ("the UN-BACKED GOVERNMENT fell", "UN-BACKED GOVERNMENT", "act-gna"),
        ("Muʿammar Gaddafi died", "Muʿammar Gaddafi", "act-gaddafi"),
        ("Muʾammar Gaddafi died", "Muʾammar Gaddafi", "act-gaddafi"),
        ("Muʿammar Gaddāfī died", "Muʿammar Gaddāfī", "act-gaddafi"),
        ("the Baʿath party", "Baʿath", "act-baath"),
        ("the Ba’ath party", "Ba’ath", "act-baath"),
        ("a town of Ｆiji here", "Ｆiji", "plc-fiji"),
        ("Zoë Müller spoke", "Zoë Müller", "act-mueller"),
        ("Zoe\u0308 Mu\u0308ller spoke", "Zoe\u0308 Mu\u0308ller", "act-mueller"),
        ("Zoe Muller spoke", "Zoe Muller", "act-mueller"),
        ("ZOË MÜLLER SPOKE", "ZOË MÜLLER", "act-mueller"),
        ("the Haftar¹ camp", "Haftar", "act-haftar"),  # the mark of a footnote
        ("the Haftar\u200e camp", "Haftar", "act-haftar"),
        ("the ʿHaftar camp", "ʿHaftar", "act-haftar"),
        ("_Haftar_ and the others", "Haftar", "act-haftar"),
        ("byLibya it was", "Libya", "act-libya"),
        ("قال حفتر اليوم", "حفتر", "act-haftar"),
        ("قال حَفْتَر اليوم", "حَفْتَر", "act-haftar"),
        ("قال حفتـر اليوم", "حفتـر", "act-haftar"),
        ("אמר חֲפְתַּר היום", "חֲפְתַּר", "act-haftar"),
        ("在利比亚的军队", "利比亚", "act-libya"),
        ("오늘 한국 정부는", "한국", "act-korea"),
        ("오늘 \u1112\u1161\u11ab\u1100\u116e\u11a8 정부는", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "act-korea"),
        ("MILITIAS took it", "MILITIAS", "act-militias"),
        ("Militias took it", "Militias", "act-militias"),
        ("His forces took it", "His forces", "act-lna"),
    ],
)
def test_found(tmp_path, text, words, means):
    """The words of the article, and whom they mean."""
    assert (words, means) in outer(tmp_path, f"{text}.\n")


@pytest.mark.parametrize(
    "text",
    [
        "it told us so",
        "Us two",
        "those who came",
        "Who came?",
        "haftar with a small letter",
        "khalifa haftar",
        "HAfTAR",
        "Haftarian",
        "the wagner group",
        "a band of Militias in the text",  # a capital inside a sentence: another name
        "Khalifa\n\nHaftarx",
        "al Sarraj",
        "alSarraj",
        "Bath and Baath",
        "u.s.",
        "libyan",
        "韩国",
        "한",
    ],
)
def test_not_found(tmp_path, text):
    """What differs in letters, in hyphens for blanks, or in capitals of the alias is another word."""
    assert outer(tmp_path, f"There is {text}.\n") == []


def test_names_do_not_cross_paragraphs(tmp_path):
    """Words of two paragraphs are no name."""
    assert outer(tmp_path, "It was Khalifa\n\nHaftar left.\n") == [("Haftar", "act-haftar")]


def test_names_inside_names(tmp_path):
    """The layers are the same however the outer name is printed; an article before it is no name of its own there."""
    text = "It is Haftar's  forces.\n"
    assert found(tmp_path, text) == [
        ("Haftar's  forces", "act-lna", "actor"),
        ("Haftar", "act-haftar", "embedded"),
    ]
    aliases = Aliases(
        [("The U.S. delegation", "act-x", "role"), ("the U.S.", "act-usa", "name"), ("U.S.", "act-usa", "name")]
    )
    assert found(tmp_path, "The U.S. delegation left.\n", aliases) == [
        ("The U.S. delegation", "act-x", "actor"),
        ("U.S.", "act-usa", "embedded"),
    ]


def test_two_entries_of_one_name(tmp_path):
    """Aliases that differ in marks alone are one name with two meanings, which the sheet settles, for all prints."""
    aliases = Aliases([("Haftar’s men", "act-a", "role"), ("Haftar's men", "act-b", "role")])
    text = "Haftar`s men left.\n"
    assert found(tmp_path, text, aliases) == [("Haftar`s men", "", "actor")]
    assert found(tmp_path, text, aliases, {"Haftar's men": "act-b"}) == [("Haftar`s men", "act-b", "actor")]
    assert found(tmp_path, text, aliases, {}, {Span(0, 12): "act-a"}) == [("Haftar`s men", "act-a", "actor")]
    assert found(tmp_path, text, aliases, {"Haftar’s men": "none"}) == []


def test_own_capitals_come_first(tmp_path):
    """Where an alias has the very capitals of the words, another one that differs in them is not meant."""
    aliases = Aliases([("Nato", "act-a", "name"), ("NATO", "act-b", "name")])
    assert found(tmp_path, "NATO and Nato met.\n", aliases) == [("NATO", "act-b", "actor"), ("Nato", "act-a", "actor")]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("GIVE US A ROADMAP\n\nText.\n", ""),
        ("THOSE WHO CAME BACK\n\nText.\n", ""),
        ("The US came.\n", "act-usa"),
        ("US\n\nText.\n", "act-usa"),
    ],
)
def test_common_words_in_capitals_are_open(tmp_path, text, means):
    """In a line of capitals, nobody knows whether US is a state or a pronoun: it is the coder who says it."""
    ((_, meaning, _),) = found(tmp_path, text)
    assert meaning == means


def test_open_words_can_be_settled(tmp_path):
    """What the sheet says holds for them as well."""
    text = "GIVE US A ROADMAP\n\nText.\n"
    assert found(tmp_path, text, senses={"US": "none"}) == []
    assert found(tmp_path, text, passages={Span(5, 7): "act-usa"}) == [("US", "act-usa", "actor")]


@pytest.mark.parametrize(
    ("alias", "words", "is_so"),
    [
        ("Haftar’s forces", "HAFTAR'S  FORCES", True),
        ("Khalifa Haftar", "Khalifa\u00a0Ḥaftar", True),
        ("Khalifa Haftar", "Haftar", False),
        ("Haftar", "Khalifa Haftar", False),
        ("US", "us", False),
        ("Muʿammar", "Muammar", True),
        ("Muʿammar", "Mu'ammar", True),
    ],
)
def test_stands_for(alias, words, is_so):
    """Words are an alias as a whole or not at all."""
    assert mentions.stands_for(alias, words) is is_so


@pytest.mark.parametrize(
    "piece", ["Haftar ", "Haftar’s\u00a0", "ʿ", "\u0301", "- a", "a\n", "\u200b \n", "US ", "利比亚", "x"]
)
def test_time_grows_with_the_text(piece):
    """A hundred thousand hostile characters are searched in a moment."""
    start = time.perf_counter()
    ALIASES.matches(piece * (100_000 // len(piece)))
    assert time.perf_counter() - start < 4


def test_many_aliases_are_no_burden():
    """Twenty thousand aliases cost no more than their reading."""
    aliases = Aliases((f"Name{n} of the {n % 7} parties", f"act-{n}", "name") for n in range(20_000))
    text = "The Name7 of the 0 parties met Name8 of the 1 parties in Sirte. " * 500
    start = time.perf_counter()
    assert len(aliases.matches(text)) == 1000
    assert time.perf_counter() - start < 4


def test_the_build_asks_what_capitals_mean(project, run):
    """“GIVE US A CHANCE”: the build asks for the meaning, with the way to settle it, and takes the answer."""
    article = project / "seeds/articles/004_3eb302bd82f84695.txt"
    sheet = project / "seeds/coding/articles/004_3eb302bd82f84695.yaml"
    text, said = article.read_text(encoding="utf-8"), sheet.read_text(encoding="utf-8")
    data = f"{text.rstrip()}\n\nGIVE US A CHANCE\n".encode()
    article.write_bytes(data)
    said = said.replace(hashlib.sha256(text.encode()).hexdigest(), hashlib.sha256(data).hexdigest())
    said = said.replace(
        "\nsentences:\n",
        '\nsentences:\n  - {quote: "GIVE US A CHANCE", disposition: boilerplate, because: "A slogan."}\n',
    )
    if "\nsentences:\n" not in said:
        said += '\nsentences:\n  - {quote: "GIVE US A CHANCE", disposition: boilerplate, because: "A slogan."}\n'
    sheet.write_text(said, encoding="utf-8")
    asked = run(project, "build")
    assert asked.returncode == 1
    assert "“US” in capitals in paragraph 15: act-usa, or the word “us”" in asked.stderr, asked.stderr
    entry = '  - {words: US, means: none, at: ["GIVE US A CHANCE"]}\n'
    said = (
        said.replace("\nmentions:\n", f"\nmentions:\n{entry}")
        if "\nmentions:\n" in said
        else f"{said}\nmentions:\n{entry}"
    )
    sheet.write_text(said, encoding="utf-8")
    made = run(project, "build")
    assert made.returncode == 0, made.stderr
