"""Which characters a text may hold, and how long it may be: one list for whatever the record reads or writes.

Words of an article are as they were published, and evidence quotes them exactly. So an article may have all that real
articles have: marks of direction and joiners between Arabic letters, soft hyphens, zero-width blanks, characters for
private use, characters that are newer than this program. Refused, in the article itself and before anything is coded,
is only what no table can hold: controls, line ends other than the line feed, what is no character.

A text in the record's own words (a summary, a name, the title of a release) has to be what it looks like, so it has
none of the others either, but for joiners and variation selectors where a script or an emoji needs them.

The characters stand here by number. The categories of ``unicodedata`` differ between releases of Python, and one file
would be sound by one of them and not by the other.
"""

from __future__ import annotations

import contextlib
import re

#: Length of a text. A cell of a spreadsheet holds 32,767 (Excel, LibreOffice), and a page or a terminal should.
MAX_TEXT = 20_000

_PLANES = range(0x10000, 0x110000, 0x10000)
_NO_CHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in _PLANES)
#: Controls (tab, line feed and carriage return among them), separators of lines, half surrogates, noncharacters.
_NEVER = f"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_NO_CHARACTERS}"
#: What shows nothing, or shows the text around it otherwise: Default_Ignorable_Code_Point of Unicode 16, and marks of
#: format beside it.
HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"

#: Letters and marks of scripts whose letters join: Arabic and its relatives, the scripts of India and its neighbours.
_JOINING = "\u0620-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff\u1820-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
_EMOJI = "©®\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_NEEDED = (
    f"(?<=[{_JOINING}])[\u200c\u200d][{_JOINING}]",
    f"(?<=[{_EMOJI}\ufe0f])\u200d[{_EMOJI}]",
    f"(?<=[0-9#*{_EMOJI}])[\ufe0e\ufe0f]",
)

#: Letters that two-byte and three-byte UTF-8 begins with when it is read as Windows-1252, with what follows.
#: Cyrillic and Arabic letters come in rows.
_LATER = "[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_GARBLED = re.compile(f"[ÂÃâ]{_LATER}{{1,2}}|(?:[ÐÑØÙ]{_LATER}){{2}}")

_IN_ARTICLES = re.compile(f"[{_NEVER}]")
_IN_OWN_WORDS = re.compile("".join(f"(?!{one})" for one in _NEEDED) + f"[{_NEVER}{HIDDEN}{_PRIVATE}]")


def forbidden(text: str, is_verbatim: bool = False) -> re.Match[str] | None:
    """The first character that a text may not have; ``is_verbatim`` for words of an article.

    >>> forbidden("a\\u200bb").start(), forbidden("a\\u200bb", is_verbatim=True)
    (1, None)
    """
    if text.isascii() and text.isprintable():
        return None
    return (_IN_ARTICLES if is_verbatim else _IN_OWN_WORDS).search(text)


def forbidden_in_file(text: str, besides: str) -> int | None:
    """Where in the text of a file the first character stands that no text may have; it may have those of ``besides``,
    such as line feeds."""
    if text.isprintable():  # none of them is
        return None
    match = _IN_ARTICLES.search(text.translate(dict.fromkeys(map(ord, besides), " ")))
    return match.start() if match else None


def length(text: str) -> int:
    """Characters of a text as spreadsheets count them (UTF-16): an emoji is two.

    >>> length("abc"), length("😀")
    (3, 2)
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def garbled(text: str) -> tuple[str, str] | None:
    """The first characters that are UTF-8 read as Windows-1252, and what they were; None where there are none.

    >>> garbled("Haftarâ€™s cafÃ©"), garbled("Âge, Ãrea")
    (('â€™', '’'), None)
    >>> garbled("Ð¥Ð°Ñ„Ñ‚Ð°Ñ€")
    ('Ð¥Ð°', 'Ха')
    """
    for match in () if text.isascii() else _GARBLED.finditer(text):
        for end in range(len(match[0]), 1, -1):
            with contextlib.suppress(UnicodeError):
                return match[0][:end], match[0][:end].encode("cp1252").decode("utf-8")
    return None
