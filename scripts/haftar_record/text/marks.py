"""Pair the quotation marks of one paragraph.

A mark is read by its character and by what stands beside it. Some characters only open or only close (`„`, `「`),
others do either (`"`, `“` in German and English), and some are something else as well: an apostrophe, an inch, a
minute, the sign of a Hebrew abbreviation. Marks of one paragraph are paired like brackets, so that inner ones do not
end outer ones. What may be something else counts as a mark only where the pairing needs it. Double marks are paired
first, then the single ones outside of them: a single mark inside a double pair ends nothing.

Every mark is pushed and popped once at most: the time grows with the length of the paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from .spans import Span

#: Opening marks that each closing mark belongs to, and others that it is found with in practice: a straight mark for
#: one of two curly ones, or the same curly mark twice.
_PARTNERS: dict[str, tuple[str, str]] = {
    "”": ("“„‟”", '"＂״Lc'),
    "“": ("„c", '“”‟"״'),
    "‟": ("", '“”„"'),
    '"': ('"', "“„‟”״Lca＂"),
    "＂": ("＂", '“„"'),
    "״": ("״", '"“”„'),
    "″": ("″", ""),
    "a": ("aL", '“„"cA'),
    "A": ("OA", "“„cL"),
    "O": ("c", ""),
    "L": ("L", ""),
    "»": ("«»", ""),
    "«": ("»", ""),
    "›": ("‹›", ""),
    "‹": ("›", ""),
    "g": ("G", ""),
    "」": ("「", ""),
    "』": ("『", ""),
    "｣": ("｢", ""),
    "﹂": ("﹁", ""),
    "﹄": ("﹃", ""),
    "〞": ("〝", ""),
    "〟": ("〝", "”“"),
    "‘": ("‚", ""),
    "’": ("‚", ""),
}
#: Marks of several characters, each with the letter that stands for it in this module.
_LONG = {"''": "a", "’’": "A", "‘‘": "O", "``": "L", "´´": "L", ",,": "c", "‚‚": "c", "<<": "G", ">>": "g"}
#: Marks in the shape of ornaments, old or turned ones, each read like the mark that it stands for.
READ_AS = str.maketrans("❝❞🙶🙷❛❜❮❯⹂🙸´", "“”“”‘’‹›„„`")
_TOKEN = re.compile(
    r"'{2,}|’’|‘‘|``|´´|(?<!,),,(?!,)|‚‚|<<|>>|[\"“”„‟＂״″«»‹›「」『』｢｣﹁﹂﹃﹄〝〞〟'‘’‚‛`＇❝❞🙶🙷❛❜❮❯⹂🙸´]"
)
_ALWAYS_OPEN = frozenset("„「『｢﹁﹃〝OGc‚")
_ALWAYS_CLOSE = frozenset("」』｣﹂﹄〞〟g")
#: Marks that open and close with one character.
_EITHER = frozenset('"＂״″aLA')
#: Marks that count as opening only where they are closed: they are commas, signs and primes as well.
_MUST_CLOSE = frozenset("cG″‚OA")
_SINGLE = frozenset("'‘’‛`＇")
#: Those of the marks which may be other signs that open a quotation at the beginning of a paragraph.
_MAY_LEAD = frozenset("'‘‛＇cG‚OA")
#: Marks of punctuation behind which a blank may be missing.
_STOPS = frozenset(",.;!?…")
#: Characters that are not seen: direction, joiners, soft hyphen, byte order.
_UNSEEN = frozenset(
    "\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff"
)
#: What may stand before the first mark of a paragraph: bullets, dashes, blanks, and what is not seen.
_BULLETS = "".join(_UNSEEN) + "-–—―•·∙‣⁃*▪■●◦►> \u00a0\u202f"
#: Marks of punctuation that belong to what stands before them: no word begins behind them without a blank.
_ENDING = frozenset(".,;!?…)]}%‰°。，、；！？）】》〉》،؛؟।")
#: Signs that belong to what follows them.
_BEGINNING = frozenset("([{¿¡$€£¥#@&（【《〈")
_ROCK_N_ROLL = re.compile(r"(?<=\s)['‘’`][nN]['‘’](?=\s)")
#: Words that begin with an apostrophe, numbers of years, and names with an Arabic ayn that is printed as a single mark.
_ELISION = re.compile(
    r"(?:(?:tis|twas|twere|twill|twould|til|till|em|cause|cos|coz|bout|n|t|nuff|neath|gainst|kay|round|fraid|scuse|appen|ere"
    r"|s|n’t|d|re|ve|ll)(?!\w)"
    r"|\d\ds?(?!\w)"
    r"|(?:A(?:bd|bdu|bdel|bdul|bdullah|li|la|ziz|mr|mir|del|dil|ref|rif|tef|yn|in|wad|shur)|U(?:mar|thman|bayd|lama)|Omar"
    r"|Othman|I(?:sa|ssa|mad|sam|ssam|zz|raq)|E(?:id|ssam|mad)|Id)(?!\w))",
)
#: The Arabic article and words of kinship, after which a single mark is an ayn or a hamza.
_ARTICLE = re.compile(r"(?<!\w)(?:[aeu][lnrsdtz]|[aeu](?:sh|dh|th)|bin|ibn|bint|abu|abd)-$", re.IGNORECASE)
#: Ends of words that an apostrophe may follow: plurals and names in s, z and x, “doin’”, “ol’”, “o’”.
_CLIPPED = re.compile(r"(?:[sSzZxX]|[^\W\d_]in|(?<!\w)(?:o|ol|th|an|wi|po|mo|conscience|goodness|righteousness))$")
#: The ending of a possessive behind an apostrophe, and others that follow one.
_POSSESSIVE = re.compile(r"s(?!\w)", re.IGNORECASE)
_SHORT_ENDING = re.compile(r"(?:s|d|m|t|ll|re|ve|n)(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:(?:1[5-9]|20)\d\d|['‘’]\d\d)$")
#: Blanks that hold a mark to the words on their other side.
_NO_BREAK = frozenset("\u00a0\u202f\u2009\u200a\u2007")
_HEBREW_PREFIX, _ARABIC_PREFIX = frozenset("משהוכלב"), frozenset("وفبلكاـ")


@dataclass(frozen=True)
class Doubt(Span):
    """Marks that may be read in another way; ``why`` says in which."""

    why: str


@dataclass(frozen=True)
class Pair(Span):
    """A passage with its marks. ``opening`` is empty where the passage goes on from the paragraph before, and
    ``closing`` where it is left open. Marks of several characters are given in full."""

    opening: str
    closing: str


@dataclass
class Paired:
    """What was found in a paragraph: pairs in order, none inside another.

    ``open`` is the mark that the paragraph leaves open. ``is_going_on`` says whether a passage of the paragraph before
    is closed in this one; ``has_marks`` whether there is any mark that could belong to it.
    """

    pairs: list[Pair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    open: str = ""
    is_going_on: bool = False
    has_marks: bool = False


@dataclass(frozen=True)
class Beside:
    """What stands beside a paragraph: the mark that the one before has left open, whether this one begins with such a
    mark again, and, for a mark that is left open, whether the next one goes on with the quotation."""

    before: str = ""
    reopens: bool = False
    goes_on: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True)
class _Mark(Span):
    """A mark: ``sign`` is its character, or a letter for one of several; ``left`` and ``right`` say whether a word may
    begin behind, or end before it."""

    sign: str
    left: bool
    right: bool
    before: str
    after: str

    @property
    def only_opens(self) -> bool:
        return self.left and not self.right

    @property
    def only_closes(self) -> bool:
        return self.right and not self.left

    @property
    def is_in_word(self) -> bool:
        return _is_word(self.before) and _is_word(self.after)


@dataclass
class _Open:
    """An opening mark that waits for its partner. ``maybe`` is the first mark that closes it unless a later one does;
    ``is_firm`` says whether it opens a passage even where nothing closes it."""

    start: int
    sign: str
    is_firm: bool = True
    maybe: _Mark | None = None
    weak: _Mark | None = None
    is_elision: bool = False
    is_from_before: bool = False


def pair(text: str, paragraph: Span, beside: Beside, is_plain: Callable[[int], bool]) -> Paired:
    """The passages in quotation marks of a paragraph, which stands between others as ``beside`` says.

    ``is_plain`` says of an offset whether a mark that stands there is none, as somebody has looked at it.
    """
    before, reopens = beside.before, beside.reopens
    marks = [mark for mark in _marks(text, paragraph) if not is_plain(mark.start)]
    doubles = _Doubles(text, paragraph, "" if reopens else before, before if reopens else "")
    for mark in marks:
        doubles.take(mark)
    doubles.finish(beside.goes_on)
    singles = _Singles(text, paragraph, "" if reopens else before)
    for mark in _outside(doubles.singles, doubles.pairs):
        singles.take(mark)
    singles.finish(not doubles.left_open, beside.goes_on)
    has_marks = singles.has_marks if before in _SINGLE else doubles.has_marks
    found = Paired(_outermost([*doubles.pairs, *singles.pairs]), has_marks=has_marks)
    found.doubts = sorted([*doubles.doubts, *singles.doubts], key=lambda doubt: doubt.start)
    found.open = doubles.left_open or singles.left_open
    found.is_going_on = doubles.is_going_on or singles.is_going_on
    return found


def first_mark(text: str, paragraph: Span, is_plain: Callable[[int], bool]) -> str:
    """The mark that a paragraph begins with, after a bullet if there is one; empty where it begins with none."""
    mark = next(_marks(text, Span(paragraph.start, min(paragraph.end, paragraph.start + 20))), None)
    if mark is None or text[paragraph.start : mark.start].strip(_BULLETS) or is_plain(mark.start):
        return ""
    return mark.sign


def in_full(sign: str) -> str:
    """A mark as it is printed."""
    return next((printed for printed, letter in _LONG.items() if letter == sign), sign)


def _is_word(character: str) -> bool:
    """Whether a character can be a part of a word that is written with blanks around it."""
    if not character:
        return False
    if character < "\x80":
        return character.isalnum()
    return _is_spaced(character)


@cache
def _is_spaced(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] == "M":
        return True
    if category[0] not in "LN":
        return False
    name = unicodedata.name(character, "")
    return not name.startswith(
        ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH", "THAI", "LAO")
    )


def _marks(text: str, paragraph: Span) -> Iterator[_Mark]:
    """The marks of a paragraph in order. Those that adjoin are in one place: all have the same characters beside
    them."""
    plain = {place for match in _ROCK_N_ROLL.finditer(text, paragraph.start, paragraph.end)
             for place in (match.start(), match.end() - 1)}  # fmt: skip
    group: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text, paragraph.start, paragraph.end):
        if match.start() in plain:
            continue
        if (
            group
            and text[group[-1][1] : match.start()].strip("".join(_UNSEEN))
            or group
            and match.start() - group[-1][1] > 8
        ):
            yield from _group(text, paragraph, group)
            group = []
        group.append(match.span())
    if group:
        yield from _group(text, paragraph, group)


def _group(text: str, paragraph: Span, group: list[tuple[int, int]]) -> Iterator[_Mark]:
    """Marks that adjoin, with what stands beside all of them."""
    first, last = group[0][0] - 1, group[-1][1]
    while first >= paragraph.start and text[first] in _UNSEEN:
        first -= 1
    while last < paragraph.end and text[last] in _UNSEEN:
        last += 1
    before = text[first] if first >= paragraph.start else ""
    after = text[last] if last < paragraph.end else ""
    left = not before or before.isspace() or not (_is_word(before) or before in _ENDING)
    right = not after or after.isspace() or not (_is_word(after) or after in _BEGINNING)
    if left and right and (before in _NO_BREAK) != (after in _NO_BREAK):
        left, right = after in _NO_BREAK, before in _NO_BREAK
    if left and after in ("…", ".") and text[last : last + 2] in ("..", "…", f"…{text[last + 1 : last + 2]}"):
        right = False  # a quotation that begins with an ellipsis
    held = None
    if len(group) > 1 and _is_word(before) and _is_word(after):
        held = _apostrophe(text, group)
        if held == group[-1]:
            right, after = True, text[held[0]]
        elif held:
            left, before = True, text[held[0]]
    for start, end in group:
        if (start, end) == held:
            continue
        for place, sign in _split(text, start, end, left, right):
            size = 2 if sign in "aAOLcGg" else 1
            yield _Mark(place, place + size, sign, left, right, before, after)


def _apostrophe(text: str, group: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The one of several marks between two letters that is an apostrophe: the last one before the s of a possessive, as
    in “army”’s, or else the first one, as in l’“armée”."""
    for (start, end), fits in (
        (group[-1], _POSSESSIVE.match(text, group[-1][1]) is not None),
        (group[0], True),
    ):
        if fits and text[start:end] in ("'", "’"):
            return start, end
    return None


def _split(text: str, start: int, end: int, left: bool, right: bool) -> Iterator[tuple[int, str]]:
    """Apostrophes in a row as doubled ones: an odd one stands inside."""
    printed = text[start:end]
    if not printed.startswith("''"):
        yield start, _LONG.get(printed, printed.translate(READ_AS))
        return
    is_odd, opens = len(printed) % 2, left and not right
    if is_odd and not opens:
        yield start, "'"
        start += 1
    for place in range(start, end - 1, 2):
        yield place, "a"
    if is_odd and opens:
        yield end - 1, "'"


class _Doubles:
    """Double marks, and single ones that are no apostrophes, while they are paired."""

    def __init__(self, text: str, paragraph: Span, before: str, resumed: str) -> None:
        self.text, self.paragraph, self.resumed = text, paragraph, resumed
        self.stack: list[_Open] = []
        self.where: dict[str, list[int]] = {}
        self.pairs: list[Pair] = []
        self.doubts: list[Doubt] = []
        self.singles: list[_Mark] = []
        self.left_open = ""
        self.is_going_on = self.has_marks = False
        self.in_word: _Mark | None = None
        if before and before not in _SINGLE:
            self._push(_Open(paragraph.start, before, is_from_before=True))

    def take(self, mark: _Mark) -> None:
        """Pair a mark with one before, or let it wait for one behind."""
        if mark.sign in _SINGLE and not (mark.sign in "‘’" and self.where.get("‚") and not mark.is_in_word):
            self.singles.append(mark)
            return
        is_measure = (
            mark.before.isdigit()
            and mark.sign in '"”″a״'
            and not mark.only_opens
            and not _YEAR.search(self.text, max(self.paragraph.start, mark.start - 5), mark.start)
        )
        partner = self._partner(mark)
        if mark.is_in_word and mark.sign in _EITHER:
            self._take_in_word(mark)
        elif is_measure and partner is None:
            return
        else:
            self.has_marks = True
            self._take(mark, partner, is_measure)

    def _take(self, mark: _Mark, partner: int | None, is_measure: bool) -> None:
        if partner is not None and self._is_closing(mark, self.stack[partner].sign):
            maybe = self.stack[partner].maybe
            if is_measure and not (maybe and maybe.end == mark.start):
                self.stack[partner].maybe = maybe or mark
            else:
                self._close(partner, mark)
            return
        if self._is_opening(mark):
            self.in_word = None
            resumes = bool(self.resumed) and mark.start == self.paragraph.start
            is_firm = mark.sign not in _MUST_CLOSE and (
                resumes or not (mark.only_closes or mark.sign in "”»›" and not mark.only_opens)
            )
            self._push(_Open(mark.start, mark.sign, is_firm))
        elif self.in_word and self.in_word.sign == mark.sign:
            self.pairs.append(Pair(self.in_word.start, mark.end, in_full(mark.sign), in_full(mark.sign)))
            self.in_word = None
        elif mark.sign == "a":  # two single marks, one inside the other
            self.singles += [
                _Mark(place, place + 1, "'", mark.left, mark.right, mark.before, mark.after)
                for place in (mark.start, mark.start + 1)
            ]
        elif mark.sign not in "cGgA″":
            self.doubts.append(Doubt(mark.start, mark.end, "closes what nothing opens"))

    def _take_in_word(self, mark: _Mark) -> None:
        """A mark between two letters: of an abbreviation, or at a word that a blank was lost beside."""
        own = self.where.get(mark.sign)
        if own:
            one = self.stack[own[-1]]
            one.weak = one.weak or (mark if not _is_rtl(mark.before) else None)
        elif self._may_open_in_word(mark):
            self.in_word = mark

    def _may_open_in_word(self, mark: _Mark) -> bool:
        """Whether a word may begin behind the mark: in Hebrew and Arabic, prefixes stand before it without a blank. A
        single letter behind it is the end of an abbreviation."""
        if not _is_rtl(mark.before):
            return not mark.before.isdigit()
        end = mark.end
        while end < self.paragraph.end and end < mark.end + 3 and _is_word(self.text[end]):
            end += 1
        start = mark.start
        while start > self.paragraph.start and start > mark.start - 6 and _is_word(self.text[start - 1]):
            start -= 1
        prefix = set(self.text[start : mark.start])
        return end - mark.end > 1 and (prefix <= _HEBREW_PREFIX or prefix <= _ARABIC_PREFIX)

    def _partner(self, mark: _Mark) -> int | None:
        """The place in the stack of the mark that this one may close."""
        for signs in _PARTNERS.get(mark.sign, ("", "")):
            places = [self.where[sign][-1] for sign in signs if self.where.get(sign)]
            if places:
                return max(places)
        return None

    def _is_closing(self, mark: _Mark, opening: str) -> bool:
        """Whether a mark closes the one that it may close, and does not open a passage inside."""
        if mark.sign in _ALWAYS_CLOSE or (mark.sign, opening) in {("»", "«"), ("›", "‹")}:
            return True
        if mark.sign == "”" and opening in "“„‟":
            return True
        if mark.sign in _EITHER:
            return not mark.only_opens
        if (mark.sign, opening) in {
            ("“", "„"),
            ("“", "c"),
            ("O", "c"),
            ("”", "”"),
            ("«", "»"),
            ("‹", "›"),
            ("‘", "‚"),
            ("’", "‚"),
        }:
            return not mark.only_opens
        return mark.only_closes

    def _is_opening(self, mark: _Mark) -> bool:
        if mark.sign in _ALWAYS_CLOSE:
            return False
        if mark.sign == "c":
            return mark.only_opens
        if mark.sign in _ALWAYS_OPEN or mark.sign in "“‟«‹":
            return True
        if mark.start == self.paragraph.start and self.resumed:
            return True
        if mark.sign in "»›A":
            return mark.only_opens
        return not mark.only_closes

    def _push(self, one: _Open) -> None:
        if one.start == self.paragraph.start and one.sign in "»›" and self.resumed in "«‹" and self.resumed:
            one.sign = self.resumed  # in French, each paragraph of a long quotation may begin with »
        self.where.setdefault(one.sign, []).append(len(self.stack))
        self.stack.append(one)

    def _pop(self) -> _Open:
        one = self.stack.pop()
        self.where[one.sign].pop()
        return one

    def _close(self, place: int, mark: _Mark) -> None:
        while len(self.stack) > place + 1:
            self._pop()
        self._add(self._pop(), mark)

    def _add(self, one: _Open, mark: _Mark) -> None:
        self.is_going_on |= one.is_from_before
        opening = "" if one.is_from_before else in_full(one.sign)
        self.pairs.append(Pair(one.start, mark.end, opening, in_full(mark.sign)))

    def finish(self, goes_on: Callable[[str], bool]) -> None:
        """Settle the marks that nothing has closed for certain; the first of the others is left open. One that may be
        another sign is left open where the next paragraph goes on with the quotation."""
        if self.in_word and not _is_rtl(self.in_word.before):
            why = "stands inside a word, and may open a quotation"
            self.doubts.append(Doubt(self.in_word.start, self.in_word.end, why))
        for one in self.stack:
            if one.maybe or one.weak:
                mark = one.maybe or one.weak
                assert mark
                self._add(one, mark)
                if not one.maybe:
                    self.doubts.append(Doubt(mark.start, mark.end, "stands inside a word, and may close a quotation"))
            elif one.is_from_before:
                continue
            elif one.sign in _MUST_CLOSE:
                leads = not self.left_open and _leads(self.text, self.paragraph, one)
                if leads and goes_on(one.sign):
                    self._leave_open(one)
                else:
                    self._doubt(one)
            elif not one.is_firm:
                self.doubts.append(Doubt(one.start, one.start + 1, "neither opens nor closes a quotation for certain"))
            elif not self.left_open and not any(pair.start < one.start < pair.end for pair in self.pairs[-1:]):
                self._leave_open(one)

    def _leave_open(self, one: _Open) -> None:
        self.left_open = one.sign
        self.pairs.append(Pair(one.start, self.paragraph.end, in_full(one.sign), ""))

    def _doubt(self, one: _Open) -> None:
        """Note a mark that nothing closes and that is hardly another sign. Two single ones may be apart."""
        if one.sign == "O":
            places = (one.start, one.start + 1)
            self.singles += [_Mark(place, place + 1, "‘", True, False, "", "x") for place in places]
        elif one.sign in "cA‚" and _leads(self.text, self.paragraph, one):
            why = "may open a quotation, and nothing closes it"
            self.doubts.append(Doubt(one.start, one.start + len(in_full(one.sign)), why))


class _Singles:
    """Single marks outside of double ones, while they are paired."""

    def __init__(self, text: str, paragraph: Span, before: str) -> None:
        self.text, self.paragraph = text, paragraph
        self.stack: list[_Open] = []
        self.pairs: list[Pair] = []
        self.doubts: list[Doubt] = []
        self.apart: list[_Mark] = []
        self.left_open = ""
        self.is_going_on = self.has_marks = False
        if before and before in _SINGLE:
            self.stack.append(_Open(paragraph.start, before, is_from_before=True))

    def take(self, mark: _Mark) -> None:
        """Pair a mark with one before, let it wait for one behind, or leave it as an apostrophe."""
        if mark.is_in_word or self._is_ayn(mark):
            return
        top = self.stack[-1] if self.stack else None
        if mark.sign in "'`＇" and mark.left and mark.right and mark.before.isspace() and mark.after.isspace():
            self.apart.append(mark)
        elif self._opens(mark, top):
            is_elision = self._may_be_apostrophe(mark, top)
            if not (is_elision and top and not top.weak and not top.maybe):
                self.has_marks |= not is_elision
                self.stack.append(_Open(mark.start, mark.sign, is_elision=is_elision, maybe=None))
        elif top and mark.sign not in "‘‛" and self._closes(mark, top):
            self._close(mark, top)

    def _opens(self, mark: _Mark, top: _Open | None) -> bool:
        if mark.sign in "‘‛" and mark.left and not _is_word(mark.before):
            return True
        if mark.sign == "`" and top and top.sign == "`":
            return False
        if mark.only_opens:
            return bool(mark.after)
        # Between the letters of a script without blanks, or between a comma and a letter: in turn.
        if top is None and mark.before in _STOPS and _is_word(mark.after):  # a blank is missing
            return not _SHORT_ENDING.match(self.text, mark.end)
        is_beside = bool(mark.after) and not mark.after.isspace() and mark.after not in _ENDING
        return is_beside and top is None and mark.left and mark.sign != "’"

    def _may_be_apostrophe(self, mark: _Mark, top: _Open | None) -> bool:
        """Whether a mark that may open a quotation may begin a shortened word as well, or follow an abbreviation."""
        found = _ELISION.match(self.text, mark.end)
        if found and top is None and found[0].isalpha() and self.text[found.end() : found.end() + 1] in ("'", "’"):
            found = None  # nothing but the word stands in the marks
        return found is not None or mark.before == "."

    def _closes(self, mark: _Mark, top: _Open) -> bool:
        if (mark.before.isspace() or not mark.before) and not (mark.only_closes and mark.before):
            return top.sign in "‘‛" and mark.sign == "’" and mark.right
        return mark.right or mark.before in _ENDING or (mark.after in _BEGINNING and not mark.left)

    def _close(self, mark: _Mark, top: _Open) -> None:
        is_strong = mark.before in _ENDING
        if is_strong and top.is_elision and self.stack[-2:-1] and not self.stack[-2].is_elision:
            self.stack.pop()  # a shortened word inside a quotation
            top = self.stack[-1]
        word = self.text[max(self.paragraph.start, mark.start - 20) : mark.start]
        is_measure = mark.before.isdigit() and not _YEAR.search(word)
        if not is_strong and (is_measure or (mark.after.isspace() and _CLIPPED.search(word))):
            top.maybe = top.maybe or mark
        elif top.is_from_before and not is_strong:
            return
        elif top.is_elision and not is_strong:
            top.weak = top.weak or mark
        else:
            self._add(self.stack.pop(), mark)

    def _add(self, one: _Open, mark: _Mark) -> None:
        self.is_going_on |= one.is_from_before
        opening = "" if one.is_from_before else in_full(one.sign)
        self.pairs.append(Pair(one.start, mark.end, opening, mark.sign))

    def _is_ayn(self, mark: _Mark) -> bool:
        """Whether a mark stands behind the Arabic article, as in al-‘Arabi."""
        return (
            mark.before == "-"
            and _ARTICLE.search(self.text, max(self.paragraph.start, mark.start - 7), mark.start) is not None
        )

    def finish(self, may_stay_open: bool, goes_on: Callable[[str], bool]) -> None:
        """Settle the marks that nothing has closed for certain. One that is left open counts where the next paragraph
        goes on with the quotation."""
        if len(self.apart) > 1:
            first = self.apart[0]
            self.doubts.append(Doubt(first.start, first.end, "stands between blanks, and may open a quotation"))
        for one in self.stack:
            if one.is_elision:
                if one.weak:
                    self.doubts.append(
                        Doubt(one.start, one.start + 1, "may open a quotation, or begin a shortened word")
                    )
            elif one.maybe and not one.is_from_before:
                self._add(one, one.maybe)
                if len(self.text[one.start : one.maybe.end].split()) > 3:
                    self.doubts.append(Doubt(one.start, one.maybe.end, "ends with what may be an apostrophe"))
            elif one.is_from_before or not may_stay_open or not _leads(self.text, self.paragraph, one):
                continue
            elif not goes_on(one.sign):
                self.doubts.append(Doubt(one.start, one.start + 1, "may open a quotation, and nothing closes it"))
            elif not self.left_open:
                self.left_open = one.sign
                self.pairs.append(Pair(one.start, self.paragraph.end, in_full(one.sign), ""))


def _leads(text: str, paragraph: Span, one: _Open) -> bool:
    """Whether a mark that is left open is likely to open a quotation: at the beginning of a paragraph, behind a colon
    or comma, or beside another one."""
    if one.start - paragraph.start < 20 and not text[paragraph.start : one.start].strip(_BULLETS):
        return one.sign in _MAY_LEAD
    before = text[max(paragraph.start, one.start - 2)]
    is_doubled = one.sign == "‘" and "‘" in (text[one.start - 1 : one.start], text[one.start + 1 : one.start + 2])
    return one.sign in _MAY_LEAD and (before in ":,：，" or is_doubled)


def _is_rtl(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def _outside(marks: Iterable[_Mark], pairs: list[Pair]) -> Iterator[_Mark]:
    """The marks that lie in no pair."""
    rest = iter(_outermost(pairs))
    pair = next(rest, None)
    for mark in sorted(marks, key=lambda mark: mark.start):
        while pair and pair.end <= mark.start:
            pair = next(rest, None)
        if not (pair and pair.start <= mark.start):
            yield mark


def _outermost(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs that lie in no other, in order."""
    found: list[Pair] = []
    for one in sorted(pairs, key=lambda pair: (pair.start, -pair.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return found
