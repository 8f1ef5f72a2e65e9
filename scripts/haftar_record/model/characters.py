"""What is wrong with a value as text, whatever it stands in: a cell, a sheet, a register, the descriptor."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from ..files.characters import MAX_TEXT, forbidden, garbled, length
from ..problems.wording import describe_character, show

#: Stands for a character that a program could not read, or for a thing that was no text.
_LOST = re.compile("[\ufffc\ufffd]")
#: Blanks (category Zs) but for the plain one, and a blank to the eye, though Unicode counts it among the signs.
_ODD_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]")

#: Check, found, expected.
Fault = tuple[str, str, str]


def unfit(text: str, is_verbatim: bool = False, limit: int = MAX_TEXT) -> Fault | None:
    """Why a text of any kind cannot be one of the record: it is too long, or has a character that it may not have."""
    if (size := length(text)) > limit:
        return "cell-size", f"of {size:,} characters", f"at most {limit:,} characters"
    if match := forbidden(text, is_verbatim):
        return "invisible-character", _named(match[0]), "printable text"
    return None


def _named(character: str) -> str:
    """A character by number and name alone: seen, it shows nothing or something else.

    >>> _named("\\u3164")
    'U+3164 HANGUL FILLER'
    """
    said = describe_character(character)
    return said.removeprefix(f"{character} (").removesuffix(")") if said.startswith(character) else said


def text_faults(text: str, is_verbatim: bool = False) -> Iterator[Fault]:
    """What else is wrong with it, where its pattern allows it: check, found, expected.

    Words of an article are as they are: whether they are its own is for the rules.
    """
    if text.isascii() or is_verbatim:
        return
    if odd := _ODD_BLANK.search(text):
        yield "odd-blank", _named(odd[0]), "plain blanks (U+0020)"
    if unicodedata.category(text[0])[0] == "M":
        expected = "a letter or a sign before it: alone it joins whatever stands before the text"
        yield "unicode-form", f"{describe_character(text[0])} at its start", expected
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        index = next((n for n, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed) - 1)
        parts = text[index] + "".join(itertools.takewhile(unicodedata.combining, text[index + 1 :]))
        found = " and ".join(map(describe_character, parts))
        yield "unicode-form", found, f"composed characters (NFC), such as {describe_character(composed[index])}"
    if wrong := garbled(text):
        yield "mojibake", show(wrong[0]), f"{show(text.replace(*wrong), 60)}: UTF-8 read as Windows-1252"
    if lost := _LOST.search(text):
        expected = "the character that was there before a program could not read it"
        yield "mojibake", describe_character(lost[0]), expected


def faults(text: str, is_verbatim: bool = False, limit: int = MAX_TEXT) -> Iterator[Fault]:
    """Everything that is wrong with a text."""
    if fault := unfit(text, is_verbatim, limit):
        yield fault
    else:
        yield from text_faults(text, is_verbatim)
