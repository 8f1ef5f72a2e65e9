"""How the bytes of an article were read: no traces of a wrong encoding, and what was received."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from ...model.index import Index
from ...model.tables import Document
from ...problems.wording import show
from ...text import received
from ...text.received import oddity
from ..columnar.suspects import ARTICLES, Suspects
from .engine import Finding, Record, rule
from .faults import Spoilt, spoilt

#: Columns with words of the article as a whole, which can be judged without it.
_WORDS = ("title", "byline", "dateline_text")


@rule("R119", "warning", reads=(Document,))
def article_was_read_in_its_encoding(record: Record) -> Iterator[Finding]:
    """An article has no traces of a wrong encoding: no letters that UTF-8 shows when it is read as Windows-1252, no
    control characters but those that lay out a page, and no characters as HTML writes them (&quot;)."""
    for row in record[Document]:
        article = record.articles.get(row.document_id)
        own = next(filter(None, (oddity(getattr(row, name) or "") for name in _WORDS)), "")
        if found := own or (oddity(article.text, article.odd_controls) if article else ""):
            remedy = (
                "get the article again as it was published, or add the bytes with “haftar-record new FILE --encoding "
                "NAME”; if it was published so, waive this"
            )
            yield Finding(row, found, "letters as they were published", remedy)


@article_was_read_in_its_encoding.suspects
def _() -> Iterator[Suspects]:
    words = f"concat_ws(' ', {', '.join(f't.{name}' for name in _WORDS)})"
    sql = f"""SELECT t.row FROM documents t LEFT JOIN articles a USING (document_id)
        WHERE coalesce(a.oddity, '') <> '' OR regexp_matches({words}, '[ÂÃâÐÑØÙ][^ -~]|&[#A-Za-z0-9]+;')"""
    yield Suspects(Document, sql, uses=(ARTICLES,))


@article_was_read_in_its_encoding.fault("r119-garbled-title", "the title was read as Windows-1252")
def _(record: Index) -> Spoilt:
    found = "“â€™”, which is “’” in UTF-8 read as Windows-1252"
    return spoilt(record[Document][0], found, title="Haftarâ€™s army")


@article_was_read_in_its_encoding.fault("r119-reference", "the byline has a character reference of HTML")
def _(record: Index) -> Spoilt:
    return spoilt(record[Document][0], '“&quot;”, as HTML writes “"”', byline="By Jane &quot;Doe&quot;")


@rule("R120", reads=(Document,))
def received_bytes_have_the_characters(record: Record) -> Iterator[Finding]:
    """Where an article was received in another encoding, the characters of the file, written in that encoding, are the
    bytes that were received."""
    for row in record[Document]:
        sha256, encoding = row.received_sha256, row.received_encoding
        article = record.articles.get(row.document_id)
        remedy = "correct “received:”, or add the bytes that were received anew with “haftar-record new”"
        if sha256 is None and encoding is None:
            continue
        if sha256 is None or encoding is None:
            missing = "received_sha256" if sha256 is None else "received_encoding"
            yield Finding(row, f"no {missing}", "both of received_sha256 and received_encoding, or none", remedy)
        elif not received.is_encoding(encoding):
            yield Finding(row, f"received_encoding {show(encoding)}", "an encoding that Python knows", remedy)
        elif article and article.as_received:
            data = received.received_again(article.as_received.decoded, encoding)
            if data is None:
                yield Finding(row, f"characters that {encoding} cannot write", "the encoding of the bytes", remedy)
            elif (digest := hashlib.sha256(data).hexdigest()) != sha256:
                found = f"received_sha256 {sha256[:12]}…"
                yield Finding(row, found, f"{digest[:12]}…, the hash of the article in {encoding}", remedy)


@received_bytes_have_the_characters.suspects
def _() -> Iterator[Suspects]:
    given = "received_sha256 IS NOT NULL OR received_encoding IS NOT NULL"
    yield Suspects(Document, f"SELECT row FROM documents WHERE {given}")


@received_bytes_have_the_characters.fault("r120-other-bytes", "an article was received as other bytes in UTF-16")
def _(record: Index) -> Spoilt:
    row = record[Document][0]
    sha256 = row.text_sha256[::-1]
    found = f"received_sha256 {sha256[:12]}…"
    return spoilt(row, found, received_sha256=sha256, received_encoding="utf-16-le")


@received_bytes_have_the_characters.fault("r120-no-hash", "the encoding of the bytes received has no hash")
def _(record: Index) -> Spoilt:
    return spoilt(record[Document][0], "no received_sha256", received_encoding="cp1252")


@received_bytes_have_the_characters.fault("r120-no-encoding", "the bytes received are in no encoding that exists")
def _(record: Index) -> Spoilt:
    row = record[Document][0]
    found = "received_encoding “ansi”"
    return spoilt(row, found, received_sha256=row.text_sha256, received_encoding="ansi")
