"""Texts at and beyond every limit and with every class of character, and what the record makes of each.

The verdicts are written down by hand: whether it may stand in the record's own words (a summary, a title), and whether
an article may print it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text, and where it may stand. ``rule`` is the check that refuses it in own words."""

    text: str
    is_own: bool
    is_printed: bool
    rule: str = ""


def _own(text: str) -> Text:
    return Text(text, True, True)


def _printed(text: str, rule: str = "invisible-character") -> Text:
    return Text(text, False, True, rule)


def _nowhere(text: str, rule: str = "invisible-character") -> Text:
    return Text(text, False, False, rule)


TEXTS: dict[str, Text] = {
    # -- what people write
    "plain": _own("A summary, with “marks” – and 1/2 <b>&amp;</b> 'quotes' \"too\"."),
    "Arabic": _own("خليفة حفتر قائد الجيش"),
    "Arabic with a kashida": _own("محـمد"),
    "Persian with a non-joiner": _own("او می‌خواهد"),
    "Hindi with joiners": _own("क्‍ष और क्‌ष"),
    "Hebrew": _own("חליפה חפתר"),
    "Chinese": _own("哈夫塔尔将军（利比亚）"),
    "emoji": _own("a 👍 and 🇱🇾"),
    "emoji of several": _own("the 👨‍👩‍👧 and ❤️ and 1️⃣ and ☎︎"),
    "emoji with a skin": _own("👍🏽"),
    "letter beyond the first plane": _own("𐌀 and 𐍈"),
    "letter of a newer Unicode": _own("a \u0378 that Unicode 16 has not"),
    "address": _own("https://example.org/?a=1&b=2#c"),
    "markup": _own("</script><!-- ]]> --> {{ x }} {% y %} ${z} `w` *v* [u](javascript:t)"),
    "backslashes": _own("a\\b \\n \\u0041 %s %n C:\\x"),
    "escape of a workbook": _own("_x0041_ and _x000D_"),
    "escape of XML": _own("&#x41; &#10; &lt;a&gt; <![CDATA[x]]>"),
    "looks missing": _own("NULL"),
    "looks like a number": _own("0123"),
    "looks like a flag": _own("true"),
    "looks like a list": _own("a, b, c"),
    "comment of YAML": _own("a: b # c"),
    "at the limit": _own("x" * 20_000),
    "at the limit, two bytes each": _own("é" * 20_000),
    "at the limit, in emoji": _own("😀" * 10_000),
    # -- what articles print and the record does not write
    "soft hyphen": _printed("Haf\u00adtar"),
    "zero-width blank": _printed("Haftar\u200bs forces"),
    "word joiner": _printed("Haf\u2060tar"),
    "byte order mark inside": _printed("Haf\ufefftar"),
    "non-joiner in Latin": _printed("Haf\u200ctar"),
    "joiner in Latin": _printed("Haf\u200dtar"),
    "joiner between emoji and letter": _printed("👍\u200da"),
    "joiner at the end": _printed("خ\u200d"),
    "left-to-right mark": _printed("Haftar\u200e says"),
    "right-to-left mark": _printed("حفتر\u200f says"),
    "Arabic letter mark": _printed("حفتر\u061c 7"),
    "right-to-left override": _printed("Haftar \u202esays"),
    "embedding": _printed("\u202bحفتر\u202c says"),
    "isolate": _printed("\u2067حفتر\u2069 says"),
    "variation selector on a letter": _printed("Haf\ufe0ftar"),
    "variation selector of the supplement": _printed("Haf\U000e0100tar"),
    "tags": _printed("🏴\U000e0067\U000e0062\U000e007f"),
    "grapheme joiner": _printed("Haf\u034ftar"),
    "interlinear annotation": _printed("Haf\ufff9tar\ufffb"),
    "bullet for private use": _printed("\uf0b7 Haftar"),
    "private use beyond the first plane": _printed("Haftar \U000f0000 \U00100000"),
    "replacement character": _printed("Haf\ufffdtar", "mojibake"),
    "object replacement": _printed("Haftar \ufffc says", "mojibake"),
    "mojibake": _printed("HaftarÃ©", "mojibake"),
    "decomposed": _printed("Hafta\u0301r", "unicode-form"),
    "mark at the start": _printed("\u0301Haftar", "unicode-form"),
    "no-break blank": _printed("1\u00a0200", "odd-blank"),
    "ideographic blank": _printed("a\u3000b", "odd-blank"),
    # -- what shows nothing
    "Hangul filler alone": _printed("\u3164"),
    "Hangul choseong filler alone": _printed("\u115f"),
    "halfwidth filler alone": _printed("\uffa0"),
    "zero-width blank alone": _printed("\u200b"),
    "Braille blank alone": _printed("\u2800", "odd-blank"),
    "Khmer vowel inherent alone": _printed("\u17b4"),
    "marks alone": _printed("\u0301\u0302", "unicode-form"),
    "music control alone": _printed("\U0001d173"),
    # -- what no table can hold
    "NUL": _nowhere("Haf\0tar"),
    "bell": _nowhere("Haf\x07tar"),
    "form feed": _nowhere("Haf\x0ctar"),
    "line tabulation": _nowhere("Haf\x0btar"),
    "escape sequence": _nowhere("Haf\x1b[31mtar"),
    "unit separator": _nowhere("Haf\x1ftar"),
    "delete": _nowhere("Haf\x7ftar"),
    "next line": _nowhere("Haf\x85tar"),
    "control of the second set": _nowhere("Haf\x9b31mtar"),
    "line separator": _nowhere("Haf\u2028tar"),
    "paragraph separator": _nowhere("Haf\u2029tar"),
    "noncharacter": _nowhere("Haf\ufdd0tar"),
    "last noncharacter of the first plane": _nowhere("Haf\ufffftar"),
    "noncharacter of another plane": _nowhere("Haf\U0001fffetar"),
    "tab": _nowhere("Haf\ttar", "form"),
    "line feed": Text("Haf\ntar", False, True, "form"),
    "carriage return": _nowhere("Haf\rtar", "form"),
    "half a surrogate": _nowhere("Haf\ud800tar"),
    # -- too long, or with blanks at the ends
    "beyond the limit": Text("x" * 20_001, False, True, "cell-size"),
    "beyond the limit, two bytes each": Text("é" * 20_001, False, True, "cell-size"),
    "beyond the limit, in emoji": Text("😀" * 10_001, False, True, "cell-size"),
    "far beyond the limit": Text("x" * 140_000, False, True, "cell-size"),
    "blank at the start": Text(" Haftar", False, True, "form"),
    "blank at the end": Text("Haftar ", False, True, "form"),
    "no-break blank at the end": Text("Haftar\u00a0", False, True, "form"),
    "blanks alone": Text(" \u2003 ", False, True, "form"),
    "nothing": Text("", False, True, "form"),
}
OWN = {name: text for name, text in TEXTS.items() if text.is_own}
OTHERS = {name: text for name, text in TEXTS.items() if not text.is_own}
PRINTED = {
    name: text
    for name, text in TEXTS.items()
    if text.is_printed and len(text.text) < 1_000 and name != "replacement character"
}
#: What no article may hold; other control characters are read as blanks, or as line ends.
REFUSED = ("NUL", "noncharacter", "last noncharacter of the first plane", "noncharacter of another plane",
           "half a surrogate", "replacement character")  # fmt: skip
