"""Write the sheet with which the coding of an article begins: what is proposed, why, and what is left open.

What a coder has to fill in is “?”. Each sentence is a comment, written as YAML, so that words can be copied from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import PurePosixPath

from ..coding import sheet_format, sheets
from ..coding.open_values import OPEN
from ..files.layout import EDITOR_SCHEMAS
from ..files.yaml_file import MAX_BYTES
from ..model import codes
from ..model.shape import Shape
from ..problems.wording import is_visible
from ..text import anchors
from ..text.articles import Article
from ..text.spans import Span
from . import byline, dateline, dating, furniture, head, language, recognised
from .page import Line, Page
from .proposals import Proposal
from .receive import Kept


@dataclass(frozen=True)
class Known:
    """What the record has already, as far as a new sheet speaks of it."""

    entries: Sequence[sheets.ActorShape | sheets.PlaceShape]
    mentions: Sequence[Sequence[sheets.MentionShape]]
    #: The version of the rules by which articles are coded now.
    rules: str

    @property
    def places(self) -> frozenset[str]:
        """The names of the places of the register."""
        return _names(entry for entry in self.entries if isinstance(entry, sheets.PlaceShape))

    @property
    def others(self) -> frozenset[str]:
        """The names of actors that are no places. A state goes by the name of its capital, which opens datelines."""
        actors = (entry for entry in self.entries if isinstance(entry, sheets.ActorShape) and entry.type != "state")
        return _names(actors) - self.places


def _names(entries: Iterable[sheets.ActorShape | sheets.PlaceShape]) -> frozenset[str]:
    return frozenset(name for entry in entries for name in (entry.name, *entry.aliases))


@dataclass(frozen=True)
class Draft:
    """A sheet that is begun: its text, the facts that it proposes and those that it leaves open, and counts."""

    text: str
    proposed: tuple[str, ...]
    open: tuple[str, ...]
    sentence_count: int
    boilerplate_count: int


def quoted(text: str) -> str:
    r"""A text as YAML in double quotation marks. A character that nobody sees is written by its number.

    >>> print(quoted('He said: "No\u200b".'))
    "He said: \"No\u200B\"."
    """
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if is_visible(character):
        return character
    number = ord(character)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"


def quotation(article: Article, span: Span) -> str:
    """A passage as a quotation of a sheet: the words, and which occurrence of them is meant where they recur."""
    words = article.text[span.start : span.end]
    try:
        if anchors.find(article, words) == span:
            return quoted(words)
    except anchors.Lost:
        pass
    number = 1
    while (found := anchors.find(article, words, occurrence=number)).start < span.start:
        number += 1
    if found != span:
        raise ValueError(f"no way to quote {words!r} at {span}")
    return f"{{text: {quoted(words)}, occurrence: {number}}}"


def comment(text: str, indent: str = "") -> str:
    """A comment of one line; characters that nobody sees stand by their numbers."""
    return f"{indent}# {''.join(c if is_visible(c) else _escaped(c) for c in text)}"


def begin(kept: Kept, article: Article, received_name: str, known: Known, today: date) -> Draft:
    """The sheet of a new article, as it is before anybody codes it."""
    return _Sheet(kept, article, received_name, known, today).draft()


#: Numbers of an article whose bounds are told: of a table in print, the first ones.
MAX_NUMBERS = 500
#: Tells an editor which keys a sheet has.
_SCHEMA = f"# yaml-language-server: $schema=../{PurePosixPath(EDITOR_SCHEMAS).name}/sheet.schema.json"
#: The lists of units, and the shape of one.
_UNITS: dict[str, type[Shape]] = {
    "statements": sheets.StatementShape,
    "reports": sheets.ReportShape,
    "relations": sheets.RelationShape,
    "quantities": sheets.QuantityShape,
}


class _Sheet:
    """The parts of a sheet that is being written."""

    def __init__(self, kept: Kept, article: Article, received_name: str, known: Known, today: date) -> None:
        self.kept, self.article, self.known, self.today = kept, article, known, today
        self.page = Page(article)
        self.title = head.title(self.page)
        self.byline = byline.find(self.page, head.head_lines(self.page), self.title.span)
        self.dateline = dateline.find(self.page, known.places, known.others)
        self.published = dating.published(
            self.page, received_name, self.dateline.span if self.dateline else None, today, furniture.why
        )
        self.names = recognised.Names(article, known.entries, self.published.value)
        self.language = language.propose(article.text)
        facts = [self.title.span, self.byline.span if self.byline else None, self.published.span]
        facts.append(self.dateline.span if self.dateline else None)
        self.quoted = [span for span in facts if span]
        self.furniture = list(self._furniture())
        self.numbers_left = MAX_NUMBERS
        self.proposed: list[str] = []
        self.open: list[str] = []

    def draft(self) -> Draft:
        """All of it."""
        above, below = [*self._head(), "", *self._facts(), ""], ["", *self._boilerplate(), *self._mentions()]
        text = "\n".join([*above, *self._sentences(), *self._units(), *below]) + "\n"
        if len(text.encode()) > MAX_BYTES // 2:  # the coder needs the other half
            said = "# The article is too long for its sentences to be shown here. Each is coded, or has a reason below."
            text = "\n".join([*above, said, *self._units(), *below]) + "\n"
        count = len(self.article.sentences)
        return Draft(text, tuple(self.proposed), tuple(self.open), count, len(self.furniture))

    def _head(self) -> Iterator[str]:
        yield _SCHEMA
        yield "# Begun by “haftar-record new”. Comments are for the coder: reasons of proposals, and the sentences."
        yield f"# {quoted(OPEN)} stands for what the coder has to fill in; until then the build asks for it."
        yield f"article: {self.article.name}"
        yield f"sha256: {self.article.sha256}"
        if self.kept.encoding:
            yield f"# The bytes received were in {self.kept.encoding}; the file has the same characters in UTF-8."
            yield f"received: {{sha256: {self.kept.received_sha256}, encoding: {self.kept.encoding}}}"
        yield "# Write “confirmed” for “begun” when every sentence is coded."
        day, rules = quoted(self.today.isoformat()), quoted(self.known.rules)
        # YAML 1.1 takes a plain “on” for true.
        yield f'coding: {{by: {self._ask("by")}, readings: 1, "on": {day}, rules: {rules}, status: begun}}'

    def _ask(self, key: str) -> str:
        self.open.append(key)
        return quoted(OPEN)

    # -- facts ---------------------------------------------------------------------------------------------------------

    def _facts(self) -> Iterator[str]:
        yield "facts:"
        yield from self._proposal("title", self.title)
        yield from self._proposal("byline", self.byline or Proposal(None, "No line names who wrote the text."))
        if self.dateline:
            yield from self._proposal("dateline", Proposal(self.dateline.span, "It opens a paragraph, before a dash."))
        else:
            yield comment("no dateline: No paragraph opens with a place and a dash.", "  ")
        yield from self._published()
        yield from self._publisher()
        listed = ", ".join(codes.codes_of("text_kind"))
        yield comment(f"text_kind: one of {listed} (codebook).", "  ")
        yield f"  text_kind: {self._ask('text_kind')}"
        yield f"  text_kind_because: {self._ask('text_kind_because')}"
        yield comment(f"language: {self.language.because}", "  ")
        if self.language.code:
            self.proposed.append("language")
        yield f"  language: {self.language.code or self._ask('language')}"
        yield comment("rights: whose text it is, in a sentence.", "  ")
        yield f"  rights: {self._ask('rights')}"

    def _proposal(self, key: str, found: Proposal) -> Iterator[str]:
        is_there = found.span or found.is_open
        yield comment(f"{key if is_there else f'no {key}'}: {found.because}", "  ")
        if found.also:
            yield comment(found.also, "  ")
        if found.span:
            self.proposed.append(key)
            yield f"  {key}: {quotation(self.article, found.span)}"
        elif found.is_open:
            yield f"  {key}: {self._ask(key)}"

    def _published(self) -> Iterator[str]:
        found = self.published
        yield "  published:"
        yield comment(found.because, "    ")
        yield from (comment(remark, "    ") for remark in found.remarks)
        if found.value:
            self.proposed.append("published")
        yield f"    date: {quoted(found.value) if found.value else self._ask('date')}"
        yield f"    basis: {found.basis or self._ask('basis')}"
        if found.span and found.value:
            yield f"    text_date: {quoted(found.value)}"
            yield f"    quotes: [{quotation(self.article, found.span)}]"
        elif found.value:
            yield comment("The id of the reference that gives the date, or another basis.", "    ")
            yield f"    reference: {self._ask('reference')}"
        because = quoted(found.because) if found.value else self._ask("because")
        yield f"    because: {because}"

    def _publisher(self) -> Iterator[str]:
        said = [f"{what}: {quoted(self.article.of(span))}" for span, what in head.credits(self.page, self.dateline)]
        for one in said or ["No words of the page credit anybody with the text."]:
            yield comment(f"publisher and origin: {one}", "  ")
        yield f"  publisher: {{source: {self._ask('publisher')}, basis: {self._ask('basis')}}}"
        yield f"  origin: {self._ask('origin')}"

    # -- sentences -----------------------------------------------------------------------------------------------------

    def _sentences(self) -> Iterator[str]:
        yield "# The sentences, as paragraph.sentence. Each is coded in a unit below, or stands under “sentences:”."
        paragraph = 0
        for span in self.article.sentences:
            number = recognised.numbered(self.article, span.start)
            if paragraph != self.article.paragraph_number(span.start):
                paragraph = self.article.paragraph_number(span.start)
                yield "#"
            yield f"# {number} {quoted(self.article.text[span.start : span.end])}"
            yield from (comment(f"      {remark}") for remark in self._remarks(span))

    def _units(self) -> Iterator[str]:
        yield ""
        name = PurePosixPath(self.article.name).stem
        yield f"# Actors, sources and events that are new stand in seeds/coding/actors/{name}.yaml and so on."
        yield "# Units, by these keys at least (docs/sheet-format.md):"
        for name, shape in _UNITS.items():
            needed = [key for key, info in sheet_format.keys(shape).items() if info.is_required()]
            yield f"# {name}: {', '.join(needed)}"

    def _remarks(self, span: Span) -> Iterator[str]:
        where = [line for line, _ in self.furniture if line.span.overlaps(span)]
        if where:
            yield "boilerplate: listed below"
            return
        kinds = {
            "names": self.names.near(span),
            "no alias": self.names.unknown(span),
            "quoted": recognised.quoted(self.article, span),
            "dates": recognised.dated(self.article, span, self.published.value),
            "numbers": islice(recognised.counted(self.article, span, self.language.code), self.numbers_left),
        }
        for name, found in kinds.items():
            listed = list(found)
            if name == "numbers":
                self.numbers_left -= len(listed)
            if listed:
                yield f"{name}: {'; '.join(dict.fromkeys(listed))}"

    def _furniture(self) -> Iterator[tuple[Line, str]]:
        """The lines of the page that no fact quotes."""
        for line, because in furniture.found(self.page, self.title.span):
            if not any(line.span.overlaps(span) for span in self.quoted):
                yield line, because

    def _boilerplate(self) -> Iterator[str]:
        if not self.furniture:
            yield "# sentences: (no line looks like a part of the page)"
            return
        yield "# Lines that look like parts of the page. Remove one that is coded instead."
        yield "sentences:"
        for line, because in self.furniture:
            quote = quotation(self.article, line.span)
            yield f"  - {{quote: {quote}, disposition: boilerplate, because: {quoted(because)}}}"

    def _mentions(self) -> Iterator[str]:
        found = self.names.ambiguous()
        if found:
            yield from (
                "",
                "# Names that may mean several entries. “none”: nobody. “at” settles single passages.",
                "mentions:",
            )
        for one in found:
            elsewhere = recognised.meanings(self.known.mentions, one.words)
            possible = f"{', '.join(one.possible)} or none; in {_few(one.places)}"
            yield comment(f"{possible}{f'; {elsewhere}' if elsewhere else ''}", "  ")
            yield f"  - {{words: {quoted(one.words)}, means: {self._ask(f'mentions: {one.words}')}}}"


def _few(places: Iterable[str], limit: int = 8) -> str:
    listed = list(places)
    return ", ".join(listed[:limit]) + (f" and {len(listed) - limit} more" if len(listed) > limit else "")
