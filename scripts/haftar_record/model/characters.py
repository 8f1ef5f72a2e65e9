"""What a text of the record may consist of, character by character.

The same for every text, whatever it stands in: a cell, a sheet, a descriptor.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator

from ..problems.wording import describe_character, show

#: Letters that two-byte UTF-8 turns into when it is read as Windows-1252.
_MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


#: Check, found, expected.
Fault = tuple[str, str, str]


def invisible(text: str, is_verbatim: bool = False) -> str | None:
    """The first control, zero-width or direction mark, line end or code point that is no character, if there is one.

    Words of an article may have marks of format (Cf), such as a soft hyphen: nobody alters them.
    """
    if text.isprintable():
        return None
    odd = ("Cc", "Zl", "Zp", "Cs", "Co", "Cn") + (() if is_verbatim else ("Cf",))
    return next((c for c in text if unicodedata.category(c) in odd), None)


def text_faults(text: str, is_verbatim: bool = False) -> Iterator[Fault]:
    """What is wrong with a value as text, where its pattern allows it: check, found, expected.

    Words of an article are as they are: whether they are its own is for the rules.
    """
    if text.isascii() or is_verbatim:
        return
    if odd := next((c for c in text if unicodedata.category(c) == "Zs" and c != " "), None):
        yield "odd-blank", describe_character(odd), "plain blanks (U+0020)"
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        index = next((n for n, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed) - 1)
        parts = text[index] + "".join(itertools.takewhile(unicodedata.combining, text[index + 1 :]))
        found = " and ".join(map(describe_character, parts))
        yield "unicode-form", found, f"composed characters (NFC), such as {describe_character(composed[index])}"
    if (match := _MOJIBAKE.search(text)) and (mended := _mended(text)):
        yield (
            "mojibake",
            show(text[match.start() : match.start() + 3]),
            f"{show(mended, 60)}: UTF-8 read as Windows-1252",
        )
    if "\ufffd" in text:
        expected = "the character that was there before a program could not read it"
        yield "mojibake", describe_character("\ufffd"), expected


def _mended(text: str) -> str | None:
    """The text that was garbled, when it was UTF-8 read as Windows-1252."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
