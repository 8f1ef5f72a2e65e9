"""Find the passages in quotation marks.

``MARKS`` lists the kinds of quotation marks; it is the code list ``mark_style``. ``marks`` pairs the marks of a
paragraph; here, passages that run over several paragraphs are put together, and what a coder has settled goes before
what the marks suggest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, partial

from . import marks
from .kinds import NO_CASE, Kind
from .marks import Doubt, Pair
from .spans import Span, Stretches


@dataclass(frozen=True, kw_only=True)
class Marks(Kind):
    """A kind of quotation marks: the pairs of marks that open a passage and close it, each parted by a blank."""

    pairs: tuple[str, ...] = ()
    example: str = NO_CASE
    near_miss: str = NO_CASE


MARKS = (
    Marks(
        name="double_curly",
        pairs=("“ ”", "‟ ”"),
        label="Double curly marks",
        definition="The passage stands between U+201C and U+201D, or between ornaments of their shape.",
        example="000: the words “limited confrontations” stand in such marks.",
        near_miss="003: ‘Link between Haftar’s forces’ opens with a single mark, so single_curly.",
    ),
    Marks(
        name="single_curly",
        pairs=("‘ ’", "‛ ’"),
        label="Single curly marks",
        definition="The passage stands between U+2018 and U+2019, or ornaments of their shape; the second is no "
        "apostrophe.",
        example="003: the headline ‘Link between Haftar’s forces and Wagner group undermines Libya sovereignty’.",
        near_miss="000: “Haftar’s militias” has U+2019 as an apostrophe, so there is no quoted passage.",
    ),
    Marks(
        name="double_straight",
        pairs=('" "',),
        label="Double straight marks",
        definition="The passage stands between two typewriter marks (U+0022), which are no signs for inches and "
        "stand in no abbreviation.",
    ),
    Marks(
        name="single_straight",
        pairs=("' '",),
        label="Single straight marks",
        definition="The passage stands between two typewriter apostrophes (U+0027): the first has a blank before it "
        "and begins no shortened word, the second ends a word or follows a punctuation mark.",
    ),
    Marks(
        name="double_low",
        pairs=("„ “", "„ ”", "„ ‟"),
        label="Double marks, the first one low",
        definition="The passage begins with U+201E and ends with U+201C or U+201D, as in German, Polish, Romanian "
        "and other languages.",
    ),
    Marks(
        name="single_low",
        pairs=("‚ ‘", "‚ ’"),
        label="Single marks, the first one low",
        definition="The passage begins with U+201A, which is no comma, and ends with U+2018 or U+2019.",
    ),
    Marks(
        name="double_angle",
        pairs=("« »",),
        label="Double angle marks",
        definition="The passage stands between U+00AB and U+00BB, with blanks inside the marks or without, as in "
        "French, Russian and Arabic.",
    ),
    Marks(
        name="single_angle",
        pairs=("‹ ›",),
        label="Single angle marks",
        definition="The passage stands between U+2039 and U+203A.",
    ),
    Marks(
        name="double_angle_inward",
        pairs=("» «",),
        label="Double angle marks that point inward",
        definition="The passage begins with U+00BB and ends with U+00AB, as in German and Danish books.",
    ),
    Marks(
        name="single_angle_inward",
        pairs=("› ‹",),
        label="Single angle marks that point inward",
        definition="The passage begins with U+203A and ends with U+2039.",
    ),
    Marks(
        name="double_closing",
        pairs=("” ”",),
        label="The same double closing mark twice",
        definition="The passage stands between two marks U+201D, as in Swedish and Finnish.",
    ),
    Marks(
        name="single_closing",
        pairs=("’ ’",),
        label="The same single closing mark twice",
        definition=(
            "The passage stands between two marks U+2019 of which neither is an apostrophe, as in Swedish and Finnish."
        ),
    ),
    Marks(
        name="double_angle_same",
        pairs=("» »", "› ›"),
        label="The same angle mark twice",
        definition="The passage stands between two marks U+00BB or two marks U+203A, as in Swedish and Finnish.",
    ),
    Marks(
        name="doubled_apostrophes",
        pairs=("'' ''", "‘‘ ’’", "’’ ’’"),
        label="Doubled apostrophes",
        definition="The passage stands between two apostrophes and two apostrophes, straight or curly, as agencies "
        "print it in plain text.",
    ),
    Marks(
        name="doubled_backquotes",
        pairs=("`` ''", "`` ``", '`` "'),
        label="Doubled backquotes",
        definition="The passage begins with two backquotes or acute accents and ends with two apostrophes, as LaTeX "
        "has it, or with what stands for them.",
    ),
    Marks(
        name="backquote",
        pairs=("` '", "` `", "` ’"),
        label="Backquote and apostrophe",
        definition="The passage begins with a backquote or an acute accent, and ends with an apostrophe or another of "
        "these marks.",
    ),
    Marks(
        name="doubled_commas",
        pairs=(",, ''", ",, “", ",, ”", ',, "', "‚‚ ‘‘", "‚‚ ’’", ",, ’’", ",, ‘‘"),
        label="Two commas as an opening mark",
        definition="The passage begins with two commas, or two marks U+201A, and ends with any double mark.",
    ),
    Marks(
        name="ascii_angle",
        pairs=("<< >>",),
        label="Angle marks of two signs",
        definition="The passage stands between two signs for less and two signs for greater.",
    ),
    Marks(
        name="full_width",
        pairs=("＂ ＂", "＇ ＇"),
        label="Full-width marks",
        definition="The passage stands between two marks U+FF02, or two marks U+FF07, as in Chinese.",
    ),
    Marks(
        name="corner",
        pairs=("「 」", "｢ ｣", "﹁ ﹂"),
        label="Corner brackets",
        definition="The passage stands between U+300C and U+300D, or their half-width or upright forms, as in "
        "Chinese and Japanese.",
    ),
    Marks(
        name="white_corner",
        pairs=("『 』", "﹃ ﹄"),
        label="White corner brackets",
        definition="The passage stands between U+300E and U+300F, or their upright forms, and in no other marks.",
    ),
    Marks(
        name="double_prime",
        pairs=("〝 〞", "〝 〟", "″ ″"),
        label="Double primes",
        definition="The passage stands between two double primes, which are no signs for inches or seconds.",
    ),
    Marks(
        name="gershayim",
        pairs=("״ ״",),
        label="Gershayim",
        definition="The passage stands between two marks U+05F4, of which neither is the sign of an abbreviation.",
    ),
    Marks(
        name="mixed",
        label="Marks of two kinds",
        definition=(
            "The opening mark and the closing mark do not belong together in any list, as a curly one and a "
            "straight one."
        ),
    ),
    Marks(
        name="unmarked",
        label="No marks",
        definition="The coder says that the passage is a quotation; its first and last characters are no quotation "
        "marks, as those of an indented passage or of a paragraph that goes on with a quotation.",
    ),
)
_KIND = {tuple(pair.split(" ")): kind.name for kind in MARKS for pair in kind.pairs}
_OPENING: dict[str, str] = {}
_CLOSING: dict[str, str] = {}
for _pair, _name in _KIND.items():
    _OPENING.setdefault(_pair[0], _name)
    _CLOSING.setdefault(_pair[1], _name)
#: Characters that a passage whose marks are no quotation marks has at least one of.
MARK_CHARACTERS = frozenset("".join(_OPENING) + "".join(_CLOSING)) | set(map(chr, marks.READ_AS))
#: Double marks that stand for one another in careless text, as signs of ``marks``.
_ALIKE = frozenset('"“„‟La')
#: Paragraphs without a mark that a quotation may run through, from one that is left open to one that closes it.
MAX_BETWEEN = 5


@dataclass(frozen=True)
class Quotation(Span):
    """A passage in quotation marks, marks included; ``style`` names the kind of its marks.

    A mark left open ends with its paragraph. ``is_settled`` says whether a coder has said where the passage begins and
    ends.
    """

    style: str
    is_closed: bool
    is_settled: bool = False


@dataclass
class Found:
    """The quotations of a text, the doubts that its marks leave, and the passages whose marks a coder says to be none;
    each in order of the text."""

    quotations: list[Quotation] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    others: list[Quotation] = field(default_factory=list)


def quotations(
    text: str, paragraphs: Iterable[Span], quoted: Iterable[Span] = (), not_quoted: Iterable[Span] = ()
) -> Found:
    """The outermost passages in quotation marks, in order of the text, and the doubts about them.

    A mark that is not closed in its paragraph ends there: a quotation that runs over several paragraphs is opened anew
    in each and closed in the last only (The Chicago Manual of Style, 13.30). Where it is not opened anew, a closing
    mark shows that it goes on, and each of the paragraphs up to there has a passage of its own.

    ``quoted`` are passages that a coder has settled: they are quotations, each exactly so. Marks inside the passages
    ``not_quoted`` are none.

    >>> text = "He called it 'the militias' roadmap,' 5'10\\" long."
    >>> [text[one.start : one.end] for one in quotations(text, [Span(0, len(text))]).quotations]
    ["'the militias' roadmap,'"]
    """
    return _Reading(text, list(paragraphs), sorted(quoted, key=_order), list(not_quoted)).found()


def _order(span: Span) -> tuple[int, int]:
    return span.start, span.end


class _Reading:
    """A text while its quotations are found, paragraph by paragraph."""

    def __init__(self, text: str, paragraphs: list[Span], quoted: list[Span], not_quoted: list[Span]) -> None:
        self.text, self.paragraphs = text, paragraphs
        self.settled = [settled(text, span) for span in quoted]
        self.others = [settled(text, span) for span in sorted(not_quoted, key=_order)]
        self.starts = {span.start for span in quoted}
        self._seen = Stretches((span.start, span.end, span) for span in (*quoted, *not_quoted))
        self.out: list[Quotation] = []
        self.doubts: list[Doubt] = []
        #: The mark left open, its place, and the paragraphs without marks behind it.
        self.open = ""
        self.left: Pair | None = None
        self.between: list[Span] = []

    def found(self) -> Found:
        """All quotations and doubts."""
        for paragraph, following in zip(self.paragraphs, [*self.paragraphs[1:], None], strict=False):
            self._read(paragraph, following)
        self._doubt_open()
        order = sorted([*self.out, *self.settled], key=_order)
        return Found(order, sorted(self.doubts, key=_order), self.others)

    def _is_plain(self, offset: int) -> bool:
        """Whether a coder has settled what the mark at an offset is."""
        return bool(self._seen.near(Span(offset, offset + 1)))

    def _first(self, paragraph: Span) -> str:
        """The mark that a paragraph begins with, if any."""
        return marks.first_mark(self.text, paragraph, self._is_plain)

    def _goes_on(self, following: Span | None, sign: str) -> bool:
        """Whether a paragraph begins with a mark again, or has the one that closes a quotation before it."""
        if following is None:
            return False
        beside = marks.Beside(sign)
        return self._first(following) == sign or marks.pair(self.text, following, beside, self._is_plain).is_going_on

    def _read(self, paragraph: Span, following: Span | None) -> None:
        reopens = bool(self.open) and (_resumes(self.open, self._first(paragraph)) or paragraph.start in self.starts)
        beside = marks.Beside(self.open, reopens, cache(partial(self._goes_on, following)))
        found = marks.pair(self.text, paragraph, beside, self._is_plain)
        self.doubts += found.doubts
        if self.open and not reopens and not found.pairs and not found.has_marks:
            self.between.append(paragraph)
            if len(self.between) > MAX_BETWEEN:
                self._doubt_open()
        elif found.is_going_on:
            style = _OPENING[marks.in_full(self.open)]
            self.out += [Quotation(one.start, one.end, style, False) for one in self.between]
            self.left, self.open = None, ""
        elif self.open:
            if reopens and not self.between:
                self.left = None
            self._doubt_open()
        self._keep(found)

    def _keep(self, found: marks.Paired) -> None:
        """Take over the passages of a paragraph."""
        for one in found.pairs:
            if not one.closing:
                self.open, self.left, self.between = found.open, one, []
            self.out.append(Quotation(one.start, one.end, _style(one), bool(one.closing)))

    def _doubt_open(self) -> None:
        """Note that nothing goes on with the quotation that was left open, unless something does."""
        if self.left:
            self.doubts.append(Doubt(self.left.start, self.left.start + 1, "opens a quotation that nothing closes"))
        self.open, self.left, self.between = "", None, []


def _resumes(sign: str, first: str) -> bool:
    """Whether a paragraph that begins with a mark goes on with a quotation that was opened with another."""
    return bool(first) and (
        first == sign or (sign, first) in {("«", "»"), ("‹", "›")} or {sign, first} <= _ALIKE and first != "„"
    )


def _style(pair: Pair) -> str:
    if not pair.closing:
        return _OPENING[pair.opening]
    if not pair.opening:
        return _CLOSING[pair.closing]
    return _KIND.get((pair.opening, pair.closing), "mixed")


def settled(text: str, span: Span) -> Quotation:
    """A passage of which a coder says that it is a quotation: its kind is that of the marks at its ends, if it has
    any."""
    words = text[span.start : span.end].translate(marks.READ_AS)
    opening = next((one for one in sorted(_OPENING, key=len, reverse=True) if words.startswith(one)), "")
    closing = next(
        (one for one in sorted(_CLOSING, key=len, reverse=True) if words.endswith(one) and words != opening), ""
    )
    style = _style(Pair(span.start, span.end, opening, closing)) if opening or closing else "unmarked"
    return Quotation(span.start, span.end, style, bool(closing), True)
