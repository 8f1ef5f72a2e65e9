"""A text as names and quotations are looked for in it: marks that print one word in several ways are made one.

Apostrophes of every kind are one, so are hyphens; blanks of every kind, one or several, are one blank, and a line end
is a blank as well. What shows nothing is gone (soft hyphens, joiners, zero-width blanks, marks of direction); accents
and marks of transliteration are gone from their letters; ligatures and full-width letters are plain ones. The text
itself is never changed: each character of a view knows where it stands in the text.
"""

from __future__ import annotations

import re
import unicodedata

from ..files.characters import HIDDEN
from .spans import Span

#: Apostrophes, and marks that are printed for one.
APOSTROPHES = "'’‘‛ʼ′‵`´＇｀ꞌʹˈ՚׳᾽᾿´`"
#: Hyphens, and dashes that are printed for one. An em dash is none.
HYPHENS = "-‐‑‒–−﹣－֊־᠆⁃"
#: Marks by which Arabic letters (ʿayn, hamza) are transliterated. Each may as well be printed as an apostrophe, or left
#: out; the last one is an apostrophe, too.
TRANSLITERATION = "ʿʾʻʽˁˀʔʕʼ"
#: Marks above and below letters: accents, Hebrew points, Arabic vowels. Vowels of Indian scripts are letters.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
#: Letters that do not decompose into a plain one and a mark, and Persian forms of Arabic letters.
_LETTERS = {"ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i", "æ": "ae",
            "Æ": "AE", "œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "Th",
            "\u06cc": "\u064a", "\u0649": "\u064a", "\u06a9": "\u0643"}  # fmt: skip
#: Stands for a raised or circled number: a mark of a footnote, which is no part of the word before it.
_NOTE = "\u00b7"
_INVISIBLE = re.compile(f"[{HIDDEN}\u00ad]")
#: Plain letters and signs; blanks; two halves of one letter (Korean, Japanese); a hyphenation at a line end; the rest.
_PIECES = re.compile(
    r"(?P<plain>[!-&(-_a-~]+)|(?P<blank>\s+)|(?P<whole>[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    r"|[\u3040-\u30ff][\u3099\u309a])|(?P<broken>\xad\n)|(?P<other>.)",
    re.DOTALL,
)


class _Folded(dict[str, str]):
    """What stands for a character in a view."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = _fold(character)
        return folded


def _fold(character: str) -> str:
    if character in _LETTERS or not character.isalnum():
        return _LETTERS.get(character, character)
    if unicodedata.category(character) == "No":
        return _NOTE
    if "\uac00" <= character <= "\ud7a3":  # Korean syllables would fall into their letters
        return character
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", character))
    return "".join(_LETTERS.get(one, one) for one in plain) if plain.isalnum() else character


_FOLDED = _Folded()
_FOLDED |= dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-")


class View:
    """A text with its marks made one.

    text    what names are looked for in; a line end that nothing but blanks stand around is "\\n"
    small   the same in small letters, of the same length

    ``keeps_marks`` says what becomes of marks of transliteration: they are apostrophes, or they are left out.

    >>> View("Khalı̄fa\\u00a0 Ḥaf\\u00adtar’s").text
    "Khalifa Haftar's"
    """

    def __init__(self, text: str, keeps_marks: bool = True) -> None:
        """Look at a text."""
        self._marks = "'" if keeps_marks else ""
        self._out: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        if text.isascii() and not _UNEVEN.search(text):
            self.text = text.replace("`", "'").replace("\n", " ")
            self._starts, self._ends = list(range(len(text))), list(range(1, len(text) + 1))
        else:
            for piece in _PIECES.finditer(text):
                self._take(piece)
            self.text = "".join(self._out)
        small = self.text.lower()
        self.small = small if len(small) == len(self.text) else "".join(map(_small, self.text))

    def _take(self, piece: re.Match[str]) -> None:
        kind, found, (start, end) = piece.lastgroup, piece[0], piece.span()
        if kind == "plain":
            self._join_hyphen(found[0])
            self._out += found
            self._starts += range(start, end)
            self._ends += range(start + 1, end + 1)
        elif kind == "blank":
            self._blank(start, end, found.count("\n") + found.count("\u2028"))
        elif kind == "whole":
            self._add(unicodedata.normalize("NFC", found), start, end)
        elif kind == "other" and not _INVISIBLE.match(found):
            self._sign(found, start, end)

    def _sign(self, character: str, start: int, end: int) -> None:
        """Add a character; a mark that is left out belongs to the letter before it."""
        if character in TRANSLITERATION:
            character = self._marks
        elif _ACCENTS.match(character):
            character = ""
        if character:
            self._add(_FOLDED[character], start, end)
        elif self._ends and self._ends[-1] == start and self._out[-1] not in " \n":
            self._ends[-1] = end

    def _add(self, folded: str, start: int, end: int) -> None:
        self._join_hyphen(folded[0])
        self._out += folded
        self._starts += [start] * len(folded)
        self._ends += [end] * len(folded)

    def _blank(self, start: int, end: int, lines: int) -> None:
        """Add a blank, or make the one before it longer; two line ends are more than a blank."""
        if self._out and self._out[-1] in " \n":
            lines += 1 if self._out[-1] == "\n" else 0
            self._ends[-1] = end
        else:
            self._add(" ", start, end)
        if lines > 1:
            self._out[-1] = "\n"

    def _join_hyphen(self, following: str) -> None:
        """Take out a blank between a hyphen and a letter, where a word was wrapped at its hyphen."""
        if self._out[-2:] == ["-", " "] and following.isalpha() and self._out[-3:-2] and self._out[-3].isalpha():
            for parts in (self._out, self._starts, self._ends):
                del parts[-1]

    def span(self, start: int, end: int) -> Span:
        """Where a part of the view stands in the text."""
        return Span(self._starts[start], self._ends[end - 1])


#: What a view of plain letters has to change beside single line ends.
_UNEVEN = re.compile(r"[\s]{2}|[\x00-\x09\x0b-\x1f\x7f]|[A-Za-z]- [A-Za-z]|[A-Za-z]-\n")


def _small(character: str) -> str:
    small = character.lower()
    return small if len(small) == 1 else character


def form(words: str, keeps_marks: bool = True) -> str:
    """Words as they are compared: their view, without blanks at the ends.

    >>> form("Muʿammar  al‑Gaddafi", keeps_marks=False)
    'Muammar al-Gaddafi'
    """
    return View(words, keeps_marks).text.strip()
