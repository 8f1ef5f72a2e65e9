"""Take the bytes of a new article: keep them where they say how they are read, convert them where a person says it.

Whatever is no text is refused with what it is: a web page, a PDF, a file of a word processor, a picture.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
from dataclasses import dataclass

from ..problems.problem import DataErrors, Place, Problem
from ..problems.wording import nearest, show
from ..text import articles, received
from ..text.articles import MAX_BYTES, Article
from ..text.received import Received, Unreadable
from . import encodings

#: Standard input, as the command names it, and as messages do.
STANDARD_INPUT, _INPUT = "-", "standard input"
_COPY = "copy the text of the article as the page shows it into a text file, save it as UTF-8, and give that"


@dataclass(frozen=True)
class Kept:
    """A new article: the bytes to keep and how they are read. ``encoding`` is empty unless they were converted.

    ``received_sha256`` is the hash of the bytes that came.
    """

    data: bytes
    found: Received
    received_sha256: str
    encoding: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes that are kept."""
        return hashlib.sha256(self.data).hexdigest()

    def named(self, number: int) -> str:
        """The file name: the number, in three digits or more, and the first sixteen digits of the hash."""
        return f"{number:03d}_{self.sha256[:16]}.txt"

    def article(self, name: str) -> Article:
        """The article under this name, divided into sentences."""
        return articles.divide(articles.made(name, self.found, self.sha256))


def keep(data: bytes, name: str, encoding: str | None = None) -> Kept:
    """What to keep of the bytes of the file ``name``, which are in an ``encoding`` if a person says so.

    Raises DataErrors for what is no text, is too large or too small, or cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise _refusal(
            name, f"more than {MAX_BYTES:,} bytes", f"at most {MAX_BYTES:,} bytes", "split the text or leave it out"
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _refusal(name, "an empty file", "the text of an article", "put the text into it, and save it")
    if kind := _other_format(data):
        raise _refusal(name, kind, "plain text", _COPY)
    kept = _as_it_is(data, name) if encoding is None else _converted(data, name, encoding)
    if kind := _markup(kept.found.text):
        raise _refusal(name, kind, "the text alone", _COPY)
    return kept


#: The signs with which ISO 2022 begins Japanese or Chinese letters, in bytes that are ASCII.
_ESCAPES = re.compile(r"\x1b[$(][@BJI]")


def _as_it_is(data: bytes, name: str) -> Kept:
    try:
        found = received.read(data)
    except Unreadable as error:
        if not error.encoding:
            raise _refusal(name, error.found, error.expected, error.remedy, *error.at) from None
        expected = "UTF-8, or UTF-16 or UTF-32 with a byte order mark; or the name of the encoding"
        raise _refusal(name, error.found, expected, _choose(data, name), *error.at) from None
    if escapes := _ESCAPES.search(found.decoded):
        said = f"the sign {show(escapes[0])}, with which another encoding begins Japanese or Chinese letters"
        raise _refusal(name, said, "UTF-8", _choose(data, name))
    return Kept(data, found, hashlib.sha256(data).hexdigest())


def _choose(data: bytes, name: str) -> str:
    """What to do about bytes whose encoding is not known: the likely ones, each with words as it reads them."""
    if _is_utf8(data):
        return "leave --encoding out: the bytes are UTF-8"
    candidates = encodings.likely(data)
    if not candidates:
        return f"give a text; if it is one, find out in which encoding it was written, and run {_command(name, 'NAME')}"
    if len(candidates) == 1:
        return f"run {_command(name, candidates[0].name)} if these words are right: {candidates[0].sample}"
    listed = "; ".join(f"{one.name}: {one.sample}" for one in candidates)
    return f"run {_command(name, 'NAME')} with the encoding that reads its words right. {listed}"


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are read without being told how."""
    try:
        return not _ESCAPES.search(received.read(data).decoded)
    except Unreadable:
        return False


def _command(name: str, encoding: str) -> str:
    if name == STANDARD_INPUT:
        return f"“haftar-record new - --encoding {encoding} < FILE”"
    name = f"./{name}" if name.startswith("-") else name
    return f"“haftar-record new {shlex.quote(name)} --encoding {encoding}”"


def _converted(data: bytes, name: str, encoding: str) -> Kept:
    """The bytes read in an encoding, and written in UTF-8."""
    codec = encodings.codec(encoding)
    if codec is None:
        expected = nearest(encoding.lower(), [*encodings.CANDIDATES, "latin-1", "utf-8"])
        raise _refusal(name, f"the encoding {show(encoding, 40)}", expected, "correct --encoding")
    mark, said = _said_by_bytes(data)
    if said:
        if codec.replace("_", "-").removesuffix("-sig").removesuffix("-le").removesuffix("-be") == said:
            return _as_it_is(data, name)
        raise _refusal(name, f"{mark}, so the bytes are {said.upper()}", f"bytes in {encoding}", "leave --encoding out")
    if codec == "utf-8":
        return _as_it_is(data, name)
    try:
        decoded = data.decode(codec)
    except UnicodeDecodeError as error:
        found = f"bytes at offset {error.start:,} that {encoding} does not have ({error.reason})"
        raise _refusal(name, found, f"bytes in {encoding}", _choose(data, name)) from None
    if data == decoded.encode("utf-8", "surrogatepass"):
        return _as_it_is(data, name)  # nothing but ASCII: the same bytes in UTF-8
    if received.received_again(decoded, codec) != data:
        found = f"bytes that are not the same when the text is written in {encoding} again"
        raise _refusal(name, found, f"text in {encoding}", _choose(data, name))
    kept = decoded.encode("utf-8")
    if len(kept) > MAX_BYTES:
        raise _refusal(
            name, f"{len(kept):,} bytes in UTF-8", f"at most {MAX_BYTES:,} bytes", "split the text or leave it out"
        )
    try:
        found_text = received.read(kept)
    except Unreadable as error:
        remedy = error.remedy if not error.encoding else _choose(data, name)
        raise _refusal(name, f"{error.found}, read as {encoding}", error.expected, remedy, *error.at) from None
    if odd := sorted(set(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", decoded))):
        found = f"control characters ({', '.join(f'U+{ord(one):04X}' for one in odd[:5])}) where {encoding} is read"
        raise _refusal(name, found, "the encoding in which the text was written", _choose(data, name))
    return Kept(kept, found_text, hashlib.sha256(data).hexdigest(), codec)


def _said_by_bytes(data: bytes) -> tuple[str, str]:
    """What bytes say of their own encoding: how, and which; nothing where they are silent."""
    if name := received.marked(data):
        return "a byte order mark", name
    try:
        is_utf8 = not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return "", ""
    # One character of two bytes may be UTF-8 by chance; more of them, or one of more bytes, rarely are.
    beyond = len(re.findall(rb"[\x80-\xff]", data))
    return ("characters that are UTF-8 without exception", "utf-8") if is_utf8 and beyond > 2 else ("", "")


# -- what is no text ---------------------------------------------------------------------------------------------------

#: The first bytes of files that are no text (the “magic” of file(1)), and what they are.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of Word or another office program"),
    (b"{\\rtf", "a Rich Text file"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a file that is packed (gzip)"),
    (b"BZh", "a file that is packed (bzip2)"),
    (b"\xfd7zXZ\0", "a file that is packed (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "a file that is packed (7-Zip)"),
    (b"Rar!\x1a\x07", "a file that is packed (RAR)"),
    (b"(\xb5/\xfd", "a file that is packed (zstd)"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"bplist00", "a web archive of Safari"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"RIFF", "a recording or picture"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"wOF", "a font"),
    (b"PAR1", "a table (Parquet)"),
)
#: Names inside a zip, and what it then is.
_ZIPPED = ((b"word/", "a Word file"), (b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"),
           (b"mimetypeapplication/epub", "an e-book (EPUB)"), (b"xl/", "an Excel file"), (b"ppt/", "a PowerPoint file"),
           (b"Index/Document.iwa", "a Pages file"))  # fmt: skip
_MAIL = re.compile(
    rb"(?:From|Return-Path|Received|MIME-Version|Message-ID|Snapshot-Content-Location):[^\n]*\r?\n", re.IGNORECASE
)


def _other_format(data: bytes) -> str:
    """What bytes are that are no text; empty where they may be one."""
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return next((kind for name, kind in _ZIPPED if name in data[:20_000] or name in data[-20_000:]), "a zip file")
    if _MAIL.match(data) and re.search(rb"\nContent-Type:", data[:20_000], re.IGNORECASE):
        return "an e-mail or web archive (MIME)"
    return ""


_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"</(?:p|div|a|span|h[1-6]|li|ul|article|section|strong|em|b|i|blockquote|td|tr)>"
    r"|<(?:br|hr|img|p|div)\b[^<>\n]{0,200}>",
    re.IGNORECASE,
)


def _markup(text: str) -> str:
    """What markup a text is written in that is no part of it; empty where there is none."""
    if _PAGE.search(text[:5_000]) or len(_TAG.findall(text)) >= 3:
        return "a web page (HTML)"
    start = text.lstrip()[:100]
    if start.startswith("<?xml") or re.match(r"<(?:rss|feed|nitf|newsItem|tei)[\s>]", start, re.IGNORECASE):
        return "an XML file"
    if re.match(r"[{\[]\s*[\"{\[]", start):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return ""
        return "a JSON file"
    return ""


def _refusal(name: str, found: str, expected: str, remedy: str, line: int = 0, column: int = 0) -> DataErrors:
    shown = _INPUT if name == STANDARD_INPUT else name
    return DataErrors([Problem(Place(shown, line, column), "article", found, expected, remedy)])
