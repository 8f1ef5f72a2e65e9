"""Which encodings may a text have whose bytes do not say it? Each that can be is shown with words as it reads them.

Bytes alone never prove a legacy encoding, so nothing is chosen here: the candidates are put in order by how much they
read like text, and a person looks at the words.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from . import language

#: Encodings of web pages (WHATWG Encoding Standard) and of older systems, by the name that Python knows, with the name
#: to show. Of several that read a text alike the first stands for all.
CANDIDATES = {
    "cp1252": "windows-1252", "iso8859-15": "iso-8859-15", "cp1250": "windows-1250", "iso8859-2": "iso-8859-2",
    "cp1251": "windows-1251", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "iso8859-5": "iso-8859-5", "cp866": "ibm866",
    "cp1256": "windows-1256", "iso8859-6": "iso-8859-6", "cp1255": "windows-1255", "iso8859-8": "iso-8859-8",
    "cp1253": "windows-1253", "cp1254": "windows-1254", "cp1257": "windows-1257", "gb18030": "gb18030",
    "big5": "big5", "shift_jis": "shift_jis", "euc_jp": "euc-jp", "iso2022_jp": "iso-2022-jp", "euc_kr": "euc-kr",
    "utf-16-le": "utf-16le", "utf-16-be": "utf-16be", "mac-roman": "macintosh", "cp850": "ibm850", "cp437": "ibm437",
}  # fmt: skip
#: Other names of the same, as the Encoding Standard and people have them. “latin-1” on the web is windows-1252, but a
#: person who types it means the bytes, so Python's own meaning holds.
_SAME = {
    "windows-1252": "cp1252",
    "ansi": "cp1252",
    "macintosh": "mac-roman",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
#: Controls that a text has for its layout.
_LAYOUT = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x1f\x85")
#: Bytes that are looked at, words that are shown, and candidates.
_LOOKED_AT, _WORDS, _SHOWN = 200_000, 6, 5
#: Scripts that stand in one word.
_JOINED = re.compile("FULLWIDTH|HIRAGANA|KATAKANA|KATAKANA-HIRAGANA|HANGUL")
_MARKS = frozenset("“”‘’„‚«»‹›–—…•€£§°·×")


@dataclass(frozen=True)
class Candidate:
    """An encoding that can read the bytes: its name, and words as it reads them."""

    name: str
    sample: str


def codec(name: str) -> str | None:
    """The name by which Python knows an encoding of texts; None for none, or for a transformation that is not one.

    >>> codec("Windows-1256"), codec("latin1"), codec("utf-17"), codec("rot13")
    ('cp1256', 'iso8859-1', None, None)
    """
    name = name.strip().lower()
    try:
        info = codecs.lookup(_SAME.get(name, name))
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)  # as bytes.decode asks (CPython, codecs.CodecInfo)
    is_odd = info.name in ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "unicode-escape",
                           "raw-unicode-escape", "mbcs", "oem", "charmap")  # fmt: skip
    return info.name if is_text and not is_odd else None


def likely(data: bytes) -> list[Candidate]:
    """The encodings that may be that of the bytes, the likeliest first; at most five, and none that read them alike."""
    read: dict[str, tuple[float, int, str]] = {}
    for number, name in enumerate(CANDIDATES):
        text = _decoded(data[:_LOOKED_AT], name, is_cut=len(data) > _LOOKED_AT)
        if text is not None and text not in read:
            read[text] = (_score(text), number, CANDIDATES[name])
    ordered = sorted(read.items(), key=lambda item: (-item[1][0], item[1][1]))
    best = ordered[0][1][0] if ordered else 0.0
    return [
        Candidate(name, ", ".join(_samples(text))) for text, (score, _, name) in ordered[:_SHOWN] if score >= best * 0.6
    ]


def _decoded(data: bytes, name: str, is_cut: bool) -> str | None:
    """The text that an encoding makes of bytes; None when it cannot, or makes controls or no characters of them."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        text = decoder.decode(data, final=not is_cut)
    except UnicodeDecodeError:
        return None
    odd = {one for one in set(text) if unicodedata.category(one) in ("Cc", "Cn", "Co", "Cs")} - _LAYOUT
    return None if odd or not text.strip() else text


def _score(text: str) -> float:
    """How much a text reads like one: familiar words and letters, and words beyond ASCII that look like words."""
    beyond = [word for word in re.findall(r"\S+", text) if not word.isascii()]
    odd = sum(not _is_wordlike(word) for word in beyond)
    familiar = language.familiar(text)
    # Nearly any two bytes are a Chinese character, so its strokes alone tell nothing.
    return familiar + (1 - odd / max(1, len(beyond)) if familiar else 0)


def _is_wordlike(word: str) -> bool:
    """Whether the characters beyond ASCII of a word are letters of one script, or marks at its ends."""
    core = re.sub(r"[。，、：；！？「」『』（）]", "", word).strip(
        "“”‘’„‚«»‹›–—…•\"'()[].,;:!?،؛؟。，、：；！？「」『』（）"
    )
    if "·" in core and len(core) > 1:  # by itself it parts the items of a line
        return False
    letters = [one for one in core if one.isalpha()]
    if any(
        not one.isascii() and not one.isalpha() and one not in _MARKS and not unicodedata.combining(one) for one in core
    ):
        return False
    scripts = {_script(one) for one in letters}
    cases = re.sub(r"[’'\-–—./]", " ", core).split()
    is_cased = all(
        part.islower() or part.isupper() or part[1:].islower() or part.lower() == part.upper() for part in cases
    )
    return len(scripts) <= 1 and is_cased


def _script(letter: str) -> str:
    return _JOINED.sub("CJK", unicodedata.name(letter, "?").split(" ")[0])


def _samples(text: str) -> Iterator[str]:
    """The first words with a character beyond ASCII, each once; or the first words at all."""
    words = list(dict.fromkeys(re.findall(r"\S{1,40}", text)))
    beyond = [word for word in words if not word.isascii()]
    yield from (beyond or words)[:_WORDS]
