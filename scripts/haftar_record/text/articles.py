"""Read an article as received and divide it into paragraphs, sentences and quoted passages.

Offsets are 0-based Unicode code points, end exclusive (W3C Web Annotation, Text Position Selector), into the text that
the record counts in; ``received`` defines it.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..files import folder, plain
from ..problems.problem import DataErrors, Place, Problem
from . import likeness, received
from .quotation import Found, Quotation, quotations
from .received import Received, Unreadable
from .spans import Span

MAX_BYTES = 1_000_000
#: The number of an article: three digits, or more where the first is no zero.
NUMBER = "(?:[0-9]{3}|[1-9][0-9]{3,})"
#: The file name of an article: its number and sixteen hexadecimal digits, of which the first eight make the document's
#: id. The number is a label for people; no id has it.
SEED_NAME = re.compile(rf"(?P<number>{NUMBER})_(?P<key>[0-9a-f]{{8}})[0-9a-f]{{8}}\.txt")


@dataclass(frozen=True)
class Article:
    """An article and its text units. ``sentences`` lie inside ``paragraphs``, both in order of the text."""

    name: str
    text: str
    sha256: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...] = ()
    marks: Found = field(default_factory=Found)
    as_received: Received | None = field(default=None, repr=False)
    #: The articles that are read beside it: one list that all of them share.
    beside: list[Article] = field(default_factory=list, repr=False, compare=False)
    _starts: tuple[tuple[int, ...], tuple[int, ...]] = field(default=((), ()), repr=False)

    @property
    def quotations(self) -> list[Quotation]:
        """The passages in quotation marks, in order of the text."""
        return self.marks.quotations

    @property
    def key(self) -> str:
        """The first eight hexadecimal digits of the file name, which stand for the article in ids."""
        match = SEED_NAME.fullmatch(self.name)
        return match["key"] if match else ""

    @cached_property
    def likeness(self) -> str:
        """A hash of the words alone: see ``likeness.same``."""
        return likeness.same(self.text)

    @property
    def encoding(self) -> str:
        """The encoding of the file."""
        return self.as_received.encoding if self.as_received else "utf-8"

    @property
    def odd_controls(self) -> str:
        """Its control characters, which are read as blanks, but for those that lay out a page."""
        return self.as_received.odd_controls() if self.as_received else ""

    @cached_property
    def counted_sha256(self) -> str:
        """The hash of the text in UTF-8: that of the file where the bytes are the text."""
        if self.as_received and self.as_received.is_plain:
            return self.sha256
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def document_id(self) -> str:
        """The id of the article's row in the table ``documents``."""
        return f"doc-{self.key}"

    def of(self, span: Span) -> str:
        """The words of a span; a line end among them is a blank."""
        return self.text[span.start : span.end].replace("\n", " ")

    def context(self, span: Span, length: int) -> tuple[str, str]:
        """Up to ``length`` code points before and after the span, in its paragraph."""
        paragraph = self.paragraphs[max(0, self.paragraph_number(span.start) - 1)]
        before = self.text[max(paragraph.start, span.start - length) : span.start]
        return before, self.text[span.end : min(paragraph.end, span.end + length)]

    def paragraph_number(self, offset: int) -> int:
        """1-based number of the paragraph that holds the offset."""
        return bisect_right(self._starts[0], offset)

    def sentence_index(self, offset: int) -> int:
        """0-based index into ``sentences`` of the sentence that holds the offset."""
        return max(0, bisect_right(self._starts[1], offset) - 1)

    def sentence_number(self, offset: int) -> int:
        """1-based number, inside its paragraph, of the sentence that holds the offset."""
        index = self.sentence_index(offset)
        paragraph = self.paragraphs[self.paragraph_number(self.sentences[index].start) - 1]
        first = self.sentence_index(paragraph.start)
        return index - first + 1

    def sentences_of(self, span: Span) -> range:
        """0-based indices of all sentences that the span has a part in."""
        return range(self.sentence_index(span.start), self.sentence_index(span.end - 1) + 1)


def read(root: Path, path: str) -> Article:
    """Read the article at ``path`` below the folder ``root``. Raises DataErrors when the file is not a usable article.

    The paragraphs are there; sentences and quotations come with ``divide``.
    """

    def refusal(found: str, expected: str, remedy: str, line: int = 0, column: int = 0) -> DataErrors:
        return DataErrors([Problem(Place(path, line, column), "article", found, expected, remedy)])

    name = path.rpartition("/")[2]
    try:
        data = folder.read(root, path, MAX_BYTES)
    except plain.TooLarge as error:
        raise refusal(
            f"{error.size:,} bytes", f"at most {MAX_BYTES:,} bytes", "split the text or leave it out"
        ) from None
    except OSError as error:
        if said := folder.trouble(path, error):
            raise DataErrors([said]) from None
        remedy = "put the article there, or bring it back if it was there before"
        raise refusal(f"no readable file ({error.strerror})", "an article", remedy) from None
    if not SEED_NAME.fullmatch(name):
        raise refusal(
            f"the file name {name}",
            "a name such as 005_0123456789abcdef.txt",
            "rename the article: a number, an underscore, sixteen hexadecimal digits, .txt",
        )
    try:
        found = received.read(data)
    except Unreadable as error:
        raise refusal(error.found, error.expected, _remedy(path, error), *error.at) from None
    return made(name, found, hashlib.sha256(data).hexdigest())


def made(name: str, found: Received, sha256: str) -> Article:
    """The article of a file that has been read; ``sha256`` is the hash of its bytes."""
    paragraphs = _paragraphs(found.text)
    starts = tuple(span.start for span in paragraphs)
    return Article(name, found.text, sha256, paragraphs, as_received=found, _starts=(starts, ()))


def _remedy(path: str, error: Unreadable) -> str:
    """What to do about an article that cannot be read."""
    folder_name, _, name = path.rpartition("/")
    if not error.encoding:
        return f"{error.remedy}; if it was coded already, bring back the file that was coded"
    command = f"haftar-record new {name} --encoding {error.encoding}"
    return f"move it from {folder_name} to the folder of the project, then run “{command}” there, {error.remedy}"


def other_bytes(article: Article, sha256: str) -> str:
    """What to add where an article has not the hash that it should have: whether its text is the same, and the bytes
    were changed by an editor, or by a program that copied them."""
    same = article.counted_sha256 == sha256
    return ": the same text, with other line ends, a byte order mark or in another encoding" if same else ""


def twin(path: str, other: str) -> Problem:
    """What to say of an article that has the words of another one."""
    remedy = "remove one of the two articles, and its sheet"
    return Problem(Place(path), "duplicate", f"the words of {other}", "each text once", remedy)


def divide(
    article: Article,
    join: Iterable[Span] = (),
    split_after: Iterable[Span] = (),
    quoted: Iterable[Span] = (),
    not_quoted: Iterable[Span] = (),
) -> Article:
    """The article with its sentences and quotations.

    Sentences come from nupunkt inside each paragraph. A coder corrects it where it errs: no boundary falls
    inside a ``join`` span, and one falls at the end of each ``split_after`` span. A ``quoted`` span is a quotation,
    exactly so, and marks inside a ``not_quoted`` span are no quotation marks.
    """
    joins, splits = list(join), [span.end for span in split_after]
    sentences: list[Span] = []
    for paragraph in article.paragraphs:
        sentences += _sentences(article.text, paragraph, joins, splits)
    return replace(
        article,
        sentences=tuple(sentences),
        marks=quotations(article.text, article.paragraphs, quoted, not_quoted),
        _starts=(article._starts[0], tuple(s.start for s in sentences)),
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs: every line that does not consist of blanks, without the blanks at its ends."""
    found = (_trimmed(text, *match.span()) for match in re.finditer(r"[^\n]+", text))
    return tuple(span for span in found if span)


def _sentences(text: str, paragraph: Span, joins: list[Span], splits: list[int]) -> list[Span]:
    from nupunkt import sent_spans  # here, because its model takes 20 ms to load

    offset = paragraph.start
    body = text[offset : paragraph.end]
    cuts = {offset + start for start, _ in sent_spans(body)} - {offset}
    cuts = {cut for cut in cuts if not any(join.start < cut <= join.end for join in joins)}
    cuts |= {cut for cut in splits if paragraph.start < cut < paragraph.end}
    bounds = [offset, *sorted(cuts), paragraph.end]
    spans = (_trimmed(text, a, b) for a, b in zip(bounds, bounds[1:], strict=False))
    return [span for span in spans if span]
