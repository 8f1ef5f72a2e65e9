"""Read the bytes of an article as they were received, and define the text that the record counts in.

The bytes are kept. They are read where they alone say how: as UTF-8, with or without a byte order mark, and as UTF-16
or UTF-32 with one (The Unicode Standard, section 23.8). What the record counts in is the decoded text, in which

- the byte order mark at the start is gone,
- each line end is one line feed: CR LF, CR, LF, NEL (U+0085), U+2028 and U+2029 (UAX #14, class BK, CR, LF, NL),
- each other control character (tab, form feed, …) is one blank,
- a line end is one blank where it only wraps a line (``_unwrapped``).

No word is changed, and nothing else is folded or repaired. Offsets are 0-based Unicode code points into this text.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass

from ..files.characters import forbidden, garbled
from ..files.lines import Lines
from ..problems.wording import describe_character, show

#: Byte order marks and what they stand for. That of UTF-32 comes first: it begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The encodings that bytes can name by themselves, as the column ``text_encoding`` has them.
ENCODINGS = tuple(sorted({name for _, name in _MARKS}))
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_CONTROL = re.compile("[\x01-\x09\x0b-\x1f\x7f-\x9f]")
#: Controls that lay out a page. Of the others, most are letters and marks that were read in the wrong encoding.
_LAYOUT = "\t\v\f\r\x85"
#: The longest line, in code points, of a text whose lines are wrapped.
MAX_WIDTH = 100
#: Letters of a passage that a message shows.
_SHOWN = 60
_LOST = "\ufffd"
_AGAIN = "get the article again as it was published"


class Unreadable(Exception):
    """Bytes that cannot be read: parts of a problem, and the line and column (0 where there is none).

    ``encoding`` is the encoding that they may be in, and empty where nothing but another copy helps.
    """

    def __init__(self, found: str, expected: str, remedy: str = _AGAIN, encoding: str = "", at: Place = (0, 0)) -> None:
        """Take the parts of the problem."""
        super().__init__(found)
        self.found, self.expected, self.remedy, self.encoding, self.at = found, expected, remedy, encoding, at


Place = tuple[int, int]


@dataclass(frozen=True)
class Received:
    """An article as received: how its bytes are read, and the text that the record counts in.

    encoding  one of ``ENCODINGS``
    is_marked a byte order mark stands at the start
    decoded   the characters of the file, without the byte order mark
    text      what the record counts in
    """

    encoding: str
    is_marked: bool
    decoded: str
    text: str

    @property
    def is_plain(self) -> bool:
        """Whether the bytes are the text that the record counts in, in UTF-8."""
        return self.encoding == "utf-8" and not self.is_marked and self.decoded == self.text

    def odd_controls(self) -> str:
        """The control characters of the file that lay out nothing, each once, in the order of their numbers.

        U+001A at the very end is none of them: old programs ended a text file with it.
        """
        return "".join(sorted({*_CONTROL.findall(self.decoded.rstrip("\x1a"))} - {*_LAYOUT}))


def read(data: bytes) -> Received:
    """The text of an article. Raises Unreadable for bytes that are none, or that do not say how to read them.

    >>> read(b"\\xef\\xbb\\xbfOne.\\r\\nTwo\\tthree.\\r").text
    'One.\\nTwo three.\\n'
    >>> read("Haftar’s army".encode("utf-16")).text
    'Haftar’s army'
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        # The mark of UTF-16 and UTF-32 says the order of bytes, so the decoder reads it.
        decoded = data[len(mark) if encoding == "utf-8" else 0 :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, encoding, error) from None
    if not _CONTROL.sub("", decoded.replace("\0", "x")).strip():
        raise Unreadable("an empty file", "the text of an article", "put the text into it, or remove it")
    if "\0" in decoded:
        raise _with_nul(data, decoded)
    if _LOST in decoded:
        found = f"{describe_character(_LOST)}, which stands for a character that a program could not read"
        raise Unreadable(found, "the character that was there", at=Lines(decoded).place(decoded.index(_LOST)))
    text = _CONTROL.sub(" ", _LINE_END.sub("\n", decoded))
    if match := forbidden(text.replace("\n", " "), is_verbatim=True):
        place = Lines(text).place(match.start())
        raise Unreadable(describe_character(match[0]), "characters that a table can quote", at=place)
    return Received(encoding, bool(mark), decoded, _unwrapped(text))


#: A character as HTML writes it: by name or by number.
_REFERENCE = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z]{2,8}[0-9]{0,2});")


def oddity(text: str, controls: str = "") -> str:
    """What in an article shows that it was read in a wrong encoding, or not out of its page; empty where nothing does.

    ``controls`` are its control characters beyond those that lay out a page.

    >>> oddity("Haftarâ€™s army"), oddity("Haftar s", "\\x92"), oddity("Haftar’s")
    ('“â€™”, which is “’” in UTF-8 read as Windows-1252', 'U+0092 a control character, read as a blank', '')
    >>> oddity("Haftar&#8217;s army"), oddity("AT&T; R&D; law & order;")
    ('“&#8217;”, as HTML writes “’”', '')
    """
    if wrong := garbled(text):
        return f"{show(wrong[0])}, which is {show(wrong[1])} in UTF-8 read as Windows-1252"
    if controls:
        return f"{describe_character(controls[0])}, read as a blank"
    for match in _REFERENCE.finditer(text):
        if (character := html.unescape(match[0])) != match[0]:
            return f"{show(match[0])}, as HTML writes {show(character)}"
    return ""


def marked(data: bytes) -> str:
    """The encoding that a byte order mark at the start of bytes says; empty without one."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def received_again(decoded: str, encoding: str) -> bytes | None:
    """The bytes of a text in the encoding in which it was received; None when it cannot be written so.

    >>> received_again("Haftar’s", "cp1252")
    b'Haftar\\x92s'
    """
    try:
        return decoded.encode(encoding)
    except (LookupError, UnicodeError):
        return None


def is_encoding(name: str) -> bool:
    """Whether Python knows an encoding of texts by this name.

    >>> is_encoding("cp1252"), is_encoding("hex"), is_encoding("ansi-1252")
    (True, False, False)
    """
    try:
        # The flag tells encodings of texts from other codecs (hex, zip), as ``bytes.decode`` does.
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", True))
    except LookupError:
        return False


#: What UTF-8 makes of half a surrogate pair, which it must not.
_SURROGATE = re.compile(b"\xed[\xa0-\xbf]")
_LIKELY = "cp1252"
#: The part of all bytes beyond ASCII from which on a text is not in a Western European language.
_MANY = 0.5
#: The part of all characters that are letters, digits and blanks in a text.
_LETTERS = 0.7


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError) -> Unreadable:
    """Why bytes are not in the encoding that they should be in, and what to do."""
    body = error.object
    before = body[: error.start].decode(encoding, "ignore")
    at = Lines(before).place(len(before))
    if encoding != "utf-8":
        name = encoding.upper()
        return Unreadable(f"bytes that are no {name} ({error.reason})", f"{name}, as the byte order mark says", at=at)
    found = f"byte 0x{body[error.start]:02X} in line {at[0]}"
    if _SURROGATE.match(body, error.start):
        return Unreadable(f"half a surrogate pair: {found}", "UTF-8 text", f"{_AGAIN}, and save it as UTF-8", at=at)
    if error.end == len(body) and error.reason == "unexpected end of data":
        return Unreadable("an end in the middle of a character", "a whole UTF-8 text", at=at)
    good = sum(not character.isascii() for character in body.decode("utf-8", "ignore"))
    bad = body.decode("utf-8", "replace").count(_LOST)
    if good > bad:
        return Unreadable(f"{found}, in a text that is UTF-8 elsewhere", "UTF-8 throughout", at=at)
    return _of_another_encoding(body, found, error.start, at)


def _of_another_encoding(body: bytes, found: str, start: int, at: Place) -> Unreadable:
    """Bytes in an encoding that is not said: the one that is likely, with what the line would be in it."""
    high = sum(byte >= 0x80 for byte in body)
    if high > _MANY * sum(byte > 0x20 for byte in body):
        such = "cp1256 (Arabic), cp1251 (Russian) or gb18030 (Chinese)"
        remedy = f"with NAME the encoding in which it was written, such as {such}"
        return Unreadable(found, "UTF-8 text", remedy, "NAME", at)
    first, last = body.rfind(b"\n", 0, start) + 1, body.find(b"\n", start)
    line = body[max(first, start - _SHOWN // 2) : min(last if last >= 0 else len(body), start + _SHOWN // 2)]
    likely = _LIKELY if received_again(body.decode(_LIKELY, "replace"), _LIKELY) == body else "latin-1"
    reads = f"if the line is to read {show(line.decode(likely).strip(), _SHOWN)}; else name another encoding"
    return Unreadable(found, "UTF-8 text", reads, likely, at)


def _with_nul(data: bytes, decoded: str) -> Unreadable:
    """Bytes with zeros: UTF-16 or UTF-32 without the mark that would say so, or no text."""
    at = Lines(decoded).place(decoded.index("\0"))
    found = f"{describe_character(chr(0))} at offset {data.index(0)}"
    wide = {name: _share_of_text(data, name) for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")}
    likely = max(wide, key=lambda name: wide[name])
    if wide[likely] < _LETTERS:
        return Unreadable(found, "a text", "copy the text of the article into a text file", at=at)
    expected = f"a text: these bytes may be {likely[:6].upper()} without a byte order mark"
    return Unreadable(found, expected, "the bytes do not say it themselves", likely, at)


def _share_of_text(data: bytes, encoding: str) -> float:
    """How much of some bytes is letters, digits and blanks in an encoding; none where they are not in it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0
    # Nearly any two bytes are an ideograph, so these say nothing.
    plain = sum(
        (character.isalnum() and not "\u2e80" <= character <= "\uffff") or character.isspace() for character in text
    )
    return plain / len(text) if text else 0


def _unwrapped(text: str) -> str:
    """The text with a blank for each line end that only wraps a line, as e-mail and agencies' plain text have them.

    A text is wrapped when no line is longer than ``MAX_WIDTH``, a fair part of the lines that another one follows at
    once end inside a sentence (the next begins with a small letter), and there is no room in these for the next word.
    Then a line end without room for the next word is a wrap; any other ends a paragraph.

    >>> _unwrapped("His army took the whole\\ntown on Friday.\\n\\nBy Jan Ellen")
    'His army took the whole town on Friday.\\n\\nBy Jan Ellen'
    >>> _unwrapped("Army takes town\\nBy Jan Ellen\\n\\nIt took the town on Friday.")
    'Army takes town\\nBy Jan Ellen\\n\\nIt took the town on Friday.'
    """
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if width > MAX_WIDTH:
        return text
    pairs = [n for n in range(len(lines) - 1) if lines[n].strip() and lines[n + 1].strip()]
    inside = [n for n in pairs if lines[n].rstrip()[-1] not in _ENDS and lines[n + 1].lstrip()[0].islower()]
    full = {n for n in pairs if len(lines[n].rstrip()) + 1 + len(lines[n + 1].split(maxsplit=1)[0]) > width}
    if len(inside) < max(1, _FAIR * len(pairs)) or len(full.intersection(inside)) < _NEARLY_ALL * len(inside):
        return text
    joins = {n for n in full if not lines[n + 1].startswith(_INDENT)}
    return "".join(line + (" " if n in joins else "\n") for n, line in enumerate(lines[:-1])) + lines[-1]


#: Lines that end inside a sentence, of those that another line follows at once; and those of them without room.
_FAIR, _NEARLY_ALL = 0.25, 0.9
#: What ends a sentence, or a line that is none.
_ENDS = ".!?:;…"
#: Blanks that begin a paragraph.
_INDENT = "  "
