"""Read the numbers of a text, and the words around them, as bounds: ranges, “at least”, “up to”, “about”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from . import words as words_of
from .cardinals import Number, Numbers
from .tokens import fraction, is_currency, plain


@dataclass(frozen=True)
class Bounds:
    """One way to read printed words: the least and the greatest number that they give, and whether they call it
    approximate (None: it can be taken either way). ``unit`` is the code of the unit that this way rests on."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    is_approximate: bool | None = False
    unit: str | None = None

    def __str__(self) -> str:
        """The bounds as they are written in a sheet."""
        parts = [f"min {plain(self.minimum)}"] if self.minimum is not None else ["no min"]
        parts += [f"max {plain(self.maximum)}"] if self.maximum is not None else ["no max"]
        if self.minimum is None and self.maximum is None:
            parts = ["neither min nor max"]
        return " and ".join(parts) + (" (approximate)" if self.is_approximate else "")


@dataclass(frozen=True)
class Span:
    """A number, or two that are a range: the least and the greatest of it in each way to read it. ``share`` is the
    number as a part of the whole that follows: 0.2 for “one in five”."""

    start: int
    end: int
    ways: tuple[tuple[Decimal | None, Decimal | None], ...]
    is_range: bool = False
    unit: str | None = None
    share: Decimal | None = None


class Reading(Numbers):
    """One text while its number is read."""

    def bounds(self) -> Iterator[Bounds]:
        """The bounds that the text gives, in all ways; nothing when it prints several numbers."""
        if any(token.kind == "unread" for token in self.tokens):
            return
        spans = self._spans(self.numbers())
        if not spans:
            yield from self._without_number()
            return
        if all(span.ways == ((None, None),) for span in spans):
            spans = spans[:1]  # dozens, if not hundreds
        added = self._added_half(spans)
        if added:
            yield from self._bounded(added)
        elif self._adds_to_article(spans[0]):
            return
        elif len(spans) == 1:
            yield from self._bounded(spans[0])
        elif len(spans) == 2:
            yield from self._enclosed(*spans)

    def _added_half(self, spans: list[Span]) -> Span | None:
        """A number with the half that follows on its noun: “two years and a half”, “deux ans et demi”."""
        half, first = Decimal("0.5"), spans[0]
        part = spans[-1].ways[0][0]
        is_english = part in (half, half / 2, half * 3 / 2) and self.word(spans[-1].start - 1) == "and"
        if part and is_english and len(spans) == 2 and first.ways[0][0] is not None and not first.is_range:
            value = first.ways[0][0] + part
        elif part and is_english and len(spans) == 1 and self.word(0) in self.words.one:
            value = 1 + part
        elif len(spans) == 1 and first.ways[0][0] is not None and self._is_half_behind(first.end):
            value = first.ways[0][0] + half
        else:
            return None
        return replace(first, ways=((value, value),))

    def _is_half_behind(self, end: int) -> bool:
        pairs = zip(self.between(end, len(self.tokens)), self.between(end + 1, len(self.tokens)), strict=False)
        return any(joint in self.words.joints and word in words_of.HALVES for joint, word in pairs)

    def _adds_to_article(self, span: Span) -> bool:
        """Whether “a” counts something besides the number: “an aircraft and four tanks”."""
        is_one = self.language == "en" and self.word(0) in self.words.one and span.start > 2
        return is_one and self.word(1) not in words_of.VAGUE_NOUNS and self.word(span.start - 1) in ("and", ",")

    # -- spans

    def _spans(self, numbers: list[Number]) -> list[Span]:
        """Numbers, and ranges of two of them. Of a part and its whole, and of a number before another that is an
        adjective (“two 500-pound bombs”), the first counts."""
        found: list[Span] = []
        n = 0
        while n < len(numbers):
            one, other = numbers[n], numbers[n + 1] if n + 1 < len(numbers) else None
            ways = self._range(one, other) if other else ()
            if other and ways:
                found.append(Span(one.start, other.end, ways, is_range=True, unit=other.unit or one.unit))
                n += 2
                continue
            is_whole = bool(found) and self._is_whole(found[-1].end, one.start)
            if is_whole:
                found[-1] = replace(found[-1], share=self._share(found[-1], one))
            elif not (found and self._is_adjective(one)):
                found.append(Span(one.start, one.end, ((one.value, one.value),), unit=one.unit))
            n += 1
        return found

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether the words between two numbers make the second the whole of the first: “three of the four”."""
        between = self.between(start, end)
        return bool(between) and len(between) < 6 and bool(self.words.of & {*between}) and between[0] not in ",;"

    def _share(self, part: Span, whole: Number) -> Decimal | None:
        """The share that “one in five” and “nine out of ten” say beside the number; None for “three of the four”, which
        are counted, and where no decimal number is exactly that."""
        value, words = part.ways[0][0], self.between(part.end, whole.start)
        if not {*words} <= words_of.SHARES or part.is_range or value is None or whole.value is None:
            return None
        if value % 1 or whole.value % 1:
            return None
        return (*fraction(int(value), int(whole.value)), None)[0]

    def _is_adjective(self, number: Number) -> bool:
        """Whether a number is part of an adjective: “500-pound”, “14-year-old”."""
        return self.skip_hyphen(number.end) > number.end

    def _range(self, one: Number, other: Number) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
        """The ways to read two numbers as a range; nothing when they are none."""
        between = [
            word
            for n, word in enumerate(self.between(one.end, other.start), one.end)
            if not is_currency(self.tokens[n])
            and word not in ("%", "percent", "per", "cent", "pct", ",")
            and not (word in self.words.one and word not in self.words.to)
        ]
        opened = self.opens(one.start)
        joint = [word for word in between if word == "-" or word in self.words.to or word in opened]
        if {*joint} - {"-"}:  # six-to-eight
            joint, between = ([word for word in words if word != "-"] for words in (joint, between))
        others = [word for word in between if word not in joint]
        if not joint or len(others) > 1 or len(joint) > 2 or (between[0] not in joint and len(between) < 2):
            return ()
        if {*between} & self.words.of - self.words.to or (self._is_change(one.start) and joint[0] in self.words.to):
            return ()
        if one.value is None or other.value is None:
            return ((None, None),) if one.value is other.value else ()
        least = [one.value * scale for scale in self._shared_scales(one, other)]
        return tuple((value, other.value) for value in least if value < other.value)

    def _shared_scales(self, one: Number, other: Number) -> list[Decimal]:
        """What the first number of a range may be multiplied by: the unit of the second goes with both."""
        assert one.value is not None and other.value is not None
        if one.is_bare and other.scale > 1 and one.value * other.scale < other.value:
            return [other.scale]
        thousands = 1000 if other.value % 1000 == 0 else 1
        is_short = one.is_bare and other.is_bare and 1 < one.value < 1000 < other.value
        if is_short and thousands > 1 and one.value * thousands < other.value:
            return [Decimal(thousands), Decimal(1)]
        return [Decimal(1)]

    def _is_change(self, start: int) -> bool:
        before = self.words_before(start).split()
        return before[-1:] == ["from"] and bool({*before} & words_of.CHANGES)

    # -- bounds

    def _without_number(self) -> Iterator[Bounds]:
        """Words that give no number. “A” and “no” may be meant as one."""
        texts = [token.text for token in self.tokens]
        said = " ".join(texts)
        loose = {*self.words.loose, *self.words.below} - {"some", "quelques", "quelque", "unos", "unas"}
        is_loose = any(re.search(rf"(?:^| ){re.escape(phrase)}(?: |$)", said) for phrase in loose)
        yield Bounds(is_approximate=is_loose)
        yield from self._article(texts)
        is_no = self.language == "en" and texts[:1] == ["no"] and not {*texts[1:2]} & {".", "more", "fewer", "less"}
        is_no = is_no and [token.kind for token in self.tokens[1:2]] != ["gap"]  # No 5
        if is_no or {*texts[:1]} & words_of.NOTHING:
            yield Bounds(Decimal(0), Decimal(0))
        if {*texts[:2]} & words_of.COUPLES and (texts[0] in self.words.one | words_of.COUPLES):
            yield Bounds(Decimal(2), Decimal(2))

    def _article(self, texts: list[str]) -> Iterator[Bounds]:
        """“A” meant as the number one: “an aircraft”, “more than a year”, “a week or so”."""
        n = next((n for n, word in enumerate(texts) if word in self.words.one), None)
        if n is None or {*texts[n + 1 : n + 2]} & (words_of.VAGUE_NOUNS | words_of.ORDINALS | self.words.parts.keys()):
            return
        one = Span(n, n + 1, ((Decimal(1), Decimal(1)),))
        if self._is_half_behind(n + 1):  # une heure et demie
            one = replace(one, ways=((Decimal("1.5"), Decimal("1.5")),))
        kinds = self._kinds(one)
        if n == 0 or kinds:
            yield from _of_kinds(*one.ways[0], kinds, one)

    def _bounded(self, span: Span) -> Iterator[Bounds]:
        """The bounds of one number or range, by the words before and behind it."""
        if (
            self.word(0) in self.words.one
            and self.word(span.start - 1) == words_of.OR.get(self.language)
            and span.start > 1
        ):
            yield Bounds(Decimal(1), span.ways[0][1])  # a day or two
            return
        kinds = self._kinds(span)
        for least, most in span.ways:
            if least is None and most is None:
                yield Bounds(is_approximate=None if kinds & {"loose", "below"} else False)
            else:
                yield from _of_kinds(least, most, kinds, span)
        if span.share is not None:
            yield from _of_kinds(span.share, span.share, kinds, replace(span, unit="share"))

    def _enclosed(self, one: Span, other: Span) -> Iterator[Bounds]:
        """“At least 10 and at most 15”: a lower and an upper bound. “Six (6)” is one number, said twice."""
        if one.ways == other.ways and self.between(one.end, other.start) == ["("]:
            yield from self._bounded(one)
            return
        kinds = self._kinds_before(one) or self._kinds_after(one, other.start)
        others = self._kinds_before(other) or self._kinds_after(other, None)
        if kinds == {"lower"} and others == {"upper"} and not (one.is_range or other.is_range):
            (least, _), (_, most) = one.ways[0], other.ways[0]
            if least is not None and most is not None and least < most:
                yield Bounds(least, most, unit=one.unit)

    def _kinds(self, span: Span, limit: int | None = None) -> set[str]:
        """What the words around a number make of it: lower, upper, loose, below; ``over`` where “over” may mean
        “during”."""
        found = self._kinds_before(span)
        return found | self._kinds_after(span, limit)

    def _kinds_before(self, span: Span) -> set[str]:
        found: set[str] = set()
        start, before = span.start, self.words_before(span.start)
        signs = [token.text for token in self.tokens[max(0, start - 3) : start] if token.text in words_of.SIGNS]
        found |= {words_of.SIGNS[sign] for sign in signs}
        phrases = [
            (phrase, name) for name in ("lower", "upper", "loose", "below") for phrase in getattr(self.words, name)
        ]
        phrases.sort(key=lambda one: -len(one[0]))
        while before:
            match = next(
                ((phrase, name) for phrase, name in phrases if before == phrase or before.endswith(f" {phrase}")), None
            )
            if match:
                phrase, name = match
                found.add("over" if phrase == "over" and self._is_time(span) else name)
                before = before[: -len(phrase)].rstrip()
                continue
            head, _, last = before.rpartition(" ")
            openers = {word for first, _ in self.words.between for word in first.split()}
            if last not in words_of.DETERMINERS | words_of.SOFTENERS | self.words.one | openers | {".", "("}:
                break
            before = head
        return found

    def _is_time(self, span: Span) -> bool:
        return self.word(self.skip_hyphen(span.end)) in words_of.TIMES

    def _kinds_after(self, span: Span, limit: int | None) -> set[str]:
        parts = self.tokens[span.end : limit]
        if parts and parts[0].text == "+":
            return {"lower"}
        said = " ".join(token.text for token in parts[:12] if token.text != "-")
        for name in ("lower", "upper", "loose"):
            for phrase in getattr(self.words, f"{name}_after"):
                said_so = re.escape(phrase)
                if re.search(rf"^{said_so}\b" + (rf"| {said_so}(?=$| [,;)])" if " " in phrase else ""), said):
                    return {name}
        return set()


def _of_kinds(least: Decimal | None, most: Decimal | None, kinds: set[str], span: Span) -> Iterator[Bounds]:
    """The bounds of a number whose surroundings are of these kinds."""
    is_loose: bool | None = bool(kinds & {"loose", "below"})
    if "lower" in kinds or "over" in kinds:
        yield Bounds(least, None, is_loose, span.unit)
        if span.is_range or "over" in kinds:
            yield Bounds(least, most, is_loose, span.unit)
    elif "upper" in kinds or "below" in kinds:
        yield Bounds(None, most, is_loose, span.unit)
    elif not is_loose:
        yield Bounds(least, most, False, span.unit)
    if is_loose:
        yield Bounds(None, None, True, span.unit)
        if span.is_range and not kinds & {"lower", "upper", "below"}:
            yield Bounds(least, most, True, span.unit)
