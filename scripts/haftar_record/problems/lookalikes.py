"""Texts that look alike and are not the same: letters of other scripts, other signs, blanks, accents, cases.

The table has letters of Latin, Greek, Cyrillic, Armenian, Cherokee and Coptic that look like plain Latin ones. It was
written by hand and is smaller than Unicode's own list (UTS #39, confusables), with which it was not compared.
Full-width, mathematical and other compatibility letters are left to their decomposition (NFKC).
"""

from __future__ import annotations

import re
import string
import unicodedata
from functools import lru_cache

#: Letters by the Latin ones that they look like.
_LIKE = {
    "a": "аɑα", "b": "ЬƄьᏏ", "c": "сϲⲥᴄ", "d": "ԁᏧ", "e": "еҽ", "f": "ք", "g": "ɡցƍ", "h": "һհᏂ", "i": "іıɩιӏ",
    "j": "јϳյ", "k": "кκĸ", "l": "ǀӀ|", "n": "пոռη", "o": "оοօσⲟᴏ", "p": "рρⲣϱ", "q": "ԛգզ", "r": "гᴦⲅ",
    "s": "ѕꜱ", "t": "тτ", "u": "սυᴜʋ", "v": "ѵνᴠ", "w": "ԝաѡᴡ", "x": "хχ", "y": "уүγʏ", "z": "ᴢ",
    "A": "АΑᎪ", "B": "ВΒᏴ", "C": "СϹᏟⲤ", "D": "Ꭰ", "E": "ЕΕᎬ", "G": "ԌᏀ", "H": "НΗᎻⲎ", "I": "ІΙⲒ", "J": "ЈͿᎫ",
    "K": "КΚᏦⲔ", "L": "ᏞԼ", "M": "МΜᎷⲘ", "N": "ΝⲚ", "O": "ОΟՕⲞ", "P": "РΡᏢⲢ", "Q": "Ԛ", "R": "Ꭱ", "S": "ЅՏᏚ",
    "T": "ТΤᎢⲦ", "U": "Ս", "V": "ѴᏙ", "W": "ԜᎳ", "X": "ХΧⲬ", "Y": "УΥҮⲨ", "Z": "ΖᏃ",
    "'": "’‘‛ʼʻʹ`´′＇ʽˈ", "-": "‐‑‒–—−﹣",
}  # fmt: skip
_LETTERS = str.maketrans({other: letter for letter, others in _LIKE.items() for other in others})
#: Letters that stay when accents are taken off.
_PLAIN = str.maketrans({"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "æ": "ae",
                        "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D"})  # fmt: skip
#: ASCII characters that look like others in many fonts.
_SIGNS = str.maketrans({"I": "l", "1": "l", "|": "l", "0": "O", "m": "rn"})
#: Scripts with letters that look like those of another; the first word of the name of such a letter.
_SCRIPTS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"}
#: What stands for the script of letters that decompose into plain ones.
COMPATIBILITY = "COMPATIBILITY"
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
#: Words of a message, without the signs around them.
_TOKEN = re.compile(r"[^\s“”,;:()]+(?<![.])")


@lru_cache(maxsize=100_000)
def _drawn(text: str) -> str:
    """The text as it is seen: letters and signs that look like plain ones are these, blanks are one blank."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text.translate(_LETTERS)).translate(_LETTERS).split())


def look_alike(one: str, two: str) -> bool:
    """Whether two different texts can hardly be told apart when they are read.

    >>> look_alike("Haftar", "H\\u0430ftar"), look_alike("Haftar", "Haftar"), look_alike("Haftar", "haftar")
    (True, False, False)
    """
    return one != two and _drawn(one).translate(_SIGNS) == _drawn(two).translate(_SIGNS)


def likenesses(text: str) -> set[str]:
    """Two keys of a name. Names that share one of them differ in case, accents, blanks, marks or letters that look
    alike, and in nothing else.

    >>> sorted(likenesses("Al-Watiya") & likenesses("al Watíya")), likenesses("Berlin") & likenesses("Tripoli")
    (['=alwatiya', '~alwatiya'], set())
    """
    drawn = _drawn(text)
    if not drawn.isascii():
        drawn = unicodedata.normalize("NFKD", drawn.translate(_PLAIN))
    kept = "".join(c for c in drawn if c.isalnum() or unicodedata.category(c)[0] == "S") or drawn
    return {f"={kept.casefold()}", f"~{kept.translate(_SIGNS).casefold()}"}


def _script(letter: str) -> str:
    """The script of a letter that can be taken for one of another; ``COMPATIBILITY`` for a full-width or mathematical
    letter; empty for any other character."""
    name = unicodedata.name(letter, "").split(" ")[0]
    if name in _SCRIPTS:
        return name
    plain = unicodedata.normalize("NFKC", letter)
    is_letter = unicodedata.category(letter) in ("Lu", "Ll") and plain.isascii()  # unlike “ª” and “ʰ”
    return COMPATIBILITY if is_letter and plain != letter else ""


def _is_foreign(letter: str, own: str) -> bool:
    """Whether a letter of a word can be taken for one of the script ``own``, of which it is not."""
    script = _script(letter)
    if script in ("", COMPATIBILITY):
        return bool(script)
    return script != own and _drawn(letter) in _looks(own)


@lru_cache
def _looks(script: str) -> frozenset[str]:
    """The letters of a script as they are seen."""
    others = "".join(_LIKE.values()) + ("" if script != "LATIN" else string.ascii_letters)
    return frozenset(_drawn(letter) for letter in others if _script(letter) == script)


def foreign_letter(text: str) -> tuple[str, str] | None:
    """The first word with a letter that is not of the script of most and looks like one that is; a full-width or
    mathematical letter is of no script. A sign such as that of the ohm looks like no letter beside it.

    >>> foreign_letter("Khalifa H\\u0430ftar")
    ('Hаftar', 'а')
    """
    if text.isascii():
        return None
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii() or len(word) == 1:  # a letter alone is a sign: “𝒳”
            continue
        scripts = [script for letter in word if (script := _script(letter))]
        own = min({*scripts} - {COMPATIBILITY}, key=lambda one: (-scripts.count(one), one != "LATIN", one), default="")
        if odd := next((letter for letter in word if _is_foreign(letter, own)), None):
            return word, odd
    return None


def told_apart(found: str, expected: str) -> list[tuple[str, str, str]]:
    """Words of what was found that look like another word of what was expected: the word, and the first characters in
    which the two differ (empty at an end)."""
    wanted = {word: _drawn(word).translate(_SIGNS) for word in dict.fromkeys(_TOKEN.findall(expected))}
    by_look = {look: word for word, look in reversed(wanted.items())}
    told = []
    for word in dict.fromkeys(_TOKEN.findall(found)):
        other = by_look.get(_drawn(word).translate(_SIGNS)) if word not in wanted else None
        if other is None or word.isdigit() or (len(word) == 1 and (word + other).isascii()):
            continue
        pairs = enumerate(zip(word, other, strict=False))
        first = next((n for n, (a, b) in pairs if a != b), min(len(word), len(other)))
        told.append((word, word[first : first + 1], other[first : first + 1]))
    return told
