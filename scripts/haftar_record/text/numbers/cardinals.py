"""Find the numbers among the tokens of a text: cardinals in figures and words, parts of a whole, vague plurals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from . import words as words_of
from .tokens import Token, fraction, is_currency
from .words import Language


@dataclass(frozen=True)
class Number:
    """A number between two tokens. ``value`` is None for words that give none (“dozens”).

    scale     what its unit multiplies by: a million in “15 million”, where a range may share it
    is_bare   whether it is figures or a word without such a unit
    """

    start: int
    end: int
    value: Decimal | None
    scale: Decimal = Decimal(1)
    is_bare: bool = False
    unit: str | None = None


class Numbers:
    """The tokens of one text, and the numbers that stand among them."""

    def __init__(self, tokens: list[Token], words: Language, language: str) -> None:
        self.tokens, self.words, self.language = tokens, words, language

    def numbers(self) -> list[Number]:
        """All numbers, from the first to the last."""
        found, n = [], 0
        while n < len(self.tokens):
            number = self._number(n)
            if number is None:
                n += 1
                continue
            if self._is_thing(number):
                found.append(number)
            n = max(number.end, n + 1)
        return found

    def _is_thing(self, number: Number) -> bool:
        """Whether a number in words counts; “Chapter Seven” is a label, “minus five” is below zero, and “the hundred
        and first” an ordinal, which then is a gap."""
        before, follows = self.word(number.start - 1), self.skip_hyphen(number.end)
        is_label = not self.is_figure(number.start) and before in words_of.LABELS - words_of.LABELS_OF_FIGURES
        is_joint = follows > number.end or self.word(follows) == "and"
        follows += self.word(follows) == "and"
        is_ordinal = self.language == "en" and (
            self.word(follows) in words_of.ORDINALS_OF_SCALES
            or (is_joint and number.scale > 1 and self.word(follows) in words_of.ORDINALS)
        )
        if is_label or is_ordinal:
            end = follows + 1 if is_ordinal else number.end
            self.tokens[number.start : end] = [
                replace(token, kind="gap", text="") for token in self.tokens[number.start : end]
            ]
        return not (is_label or is_ordinal or before == "minus")

    def word(self, n: int) -> str:
        """The word or sign at a place; nothing beyond the end."""
        return self.tokens[n].text if 0 <= n < len(self.tokens) else ""

    def is_figure(self, n: int) -> bool:
        """Whether figures stand at a place."""
        return 0 <= n < len(self.tokens) and self.tokens[n].kind == "figure"

    def skip_hyphen(self, n: int) -> int:
        """The place behind a hyphen that joins two words; the same place where none does."""
        is_joint = self.word(n) == "-" and n + 1 < len(self.tokens) and self.tokens[n].is_glued
        return n + 1 if is_joint and self.tokens[n + 1].is_glued and self.tokens[n + 1].kind == "word" else n

    def between(self, start: int, end: int) -> list[str]:
        """The words and signs from one place to another."""
        return [token.text for token in self.tokens[start:end]]

    def opens(self, start: int) -> set[str]:
        """The words that close a range which words before a place open: “and” behind “between”."""
        before = self.words_before(start)
        return {last for first, last in self.words.between if re.search(rf"(?:^| ){first}(?: .{{1,3}})?$", before)}

    def words_before(self, start: int) -> str:
        """The words before a place, without signs of currencies."""
        parts = self.tokens[max(0, start - 12) : start]
        return " ".join(token.text for token in parts if not is_currency(token) and token.kind != "gap")

    def _number(self, n: int) -> Number | None:
        """The number that begins at a place, if one does."""
        return self._ordinal(n) or self._vague(n) or self._part(n) or self._collective(n) or self._cardinal(n)

    def _ordinal(self, n: int) -> Number | None:
        """An ordinal of two words (“twenty-first”), of which neither is a number: given as a gap."""
        if self.word(n) in words_of.TENS and self.word(self.skip_hyphen(n + 1)) in words_of.ORDINALS:
            end = self.skip_hyphen(n + 1) + 1
            self.tokens[n] = replace(self.tokens[n], kind="gap", text="")
            self.tokens[end - 1] = replace(self.tokens[end - 1], kind="gap", text="")
        return None

    def _vague(self, n: int) -> Number | None:
        """“Dozens”, “tens of thousands”, “several hundred”, “a couple of dozen”: more than one, and no number."""
        end, word = n, self.word(n)
        if word in self.words.several:
            end += 2 if self.word(n + 1) in self.words.of else 1
            if self.word(end) not in self.words.scales or (word == "some" and self.word(end) not in self.words.vague):
                return None
            end += 1
        elif word in self.words.vague:
            end += 1
        else:
            return None
        while self.word(end) == "of" and self.word(end + 1) in self.words.vague:
            end += 2
        while self.word(end) in self.words.scales:
            end += 1
        return Number(n, end, None)

    def _part(self, n: int) -> Number | None:
        """“Half”, “three-quarters”, “half a million”, “a quarter of a million”."""
        if self.language != "en":
            return self._half_before(n) or self._part_behind_figure(n)
        start, above = n, 1
        if self.word(n) in ("a", "an", "one"):
            n = self.skip_hyphen(n + 1)
        elif 1 < words_of.UNITS.get(self.word(n), 0) < 20:
            above, n = words_of.UNITS[self.word(n)], self.skip_hyphen(n + 1)
        below = words_of.PARTS.get(self.word(n)) if above == 1 else words_of.PARTS_PLURAL.get(self.word(n))
        if not below or (above == 1 and not self._is_part_of(n, start)):
            return None
        end = n + 1
        value = (*fraction(above, below), None)[0]
        whole = self._whole(end)
        if whole:
            end, scale = whole
            exact = Decimal(above * scale) / below
            return Number(start, end, exact if exact * below == above * scale else None, scale)
        return Number(start, end, value)

    def _half_before(self, n: int) -> Number | None:
        """“Eine halbe Million”, “une demi-douzaine”: half of the unit that follows."""
        end = self.skip_hyphen(n + 1)
        name = self.word(end)
        unit = self.words.collectives.get(name) or self.words.scales.get(name)
        if self.word(n) not in self.words.halves or not unit:
            return None
        return Number(n, end + 1, Decimal(unit) / 2, Decimal(unit))

    def _part_behind_figure(self, n: int) -> Number | None:
        """“Zwei Drittel”, “un quart”, “la moitié”: a part alone, or behind an article or figures."""
        end = n + 1 if self.is_figure(n) or self.word(n) in self.words.one else n
        below = self.words.parts.get(self.word(end))
        above = self.tokens[n].value if self.is_figure(n) else Decimal(1)
        if not below or (end == n and below > 2) or above != int(above):
            return None
        return Number(n, end + 1, (*fraction(int(above), below), None)[0])

    def _is_part_of(self, n: int, start: int) -> bool:
        """Whether the singular at a place is a part and no ordinal: “a third of”, and not “a third country”."""
        word = self.word(n)
        if word == "half" or self.word(n + 1) == "of" or (word == "quarter" and self._whole(n + 1)):
            return word == "half" or start < n or self._whole(n + 1) is not None
        return start < n and (word == "quarter" or (self.word(start) == "one" and n + 1 == len(self.tokens)))

    def _whole(self, n: int) -> tuple[int, Decimal] | None:
        """The scale that a part is of, “a million” or “of a million”: where it ends, and its value."""
        end = self.skip_hyphen(n)
        end += self.word(end) == "of"
        end += self.word(end) in ("a", "an")
        scale = self.words.scales.get(self.word(end))
        return (end + 1, Decimal(scale)) if scale and self.word(end) not in self.words.vague else None

    def _collective(self, n: int) -> Number | None:
        """“A pair of”, “both”, “twice”; in other languages a dozen as well."""
        word = self.word(n)
        if self.language == "en" and word in words_of.ALONE:
            return Number(n, n + 1, Decimal(words_of.ALONE[word]), is_bare=True)
        size = self.words.collectives.get(word)
        if size is None:
            return None
        is_one = self.word(n - 1) in self.words.one
        return Number(n, n + 1, Decimal(size)) if is_one or self.is_figure(n - 1) else None

    def _cardinal(self, n: int) -> Number | None:
        """A number in figures or words, with what multiplies it; the length of one (“six-figure”) gives none."""
        number = _Cardinal(self, n).read()
        is_length = number is not None and self.word(self.skip_hyphen(number.end)) in words_of.DIGITS
        return replace(number, value=None) if number and is_length else number


class _Cardinal:
    """A cardinal while it is read: from a place on, as far as its words go together."""

    def __init__(self, text: Numbers, start: int) -> None:
        self.text, self.start, self.place = text, start, start
        self.total: Decimal = Decimal(0)
        self.current: Decimal | None = None
        self.scale: Decimal | None = None
        self.last = ""  # what was read last: figure, unit, tens, hundred, scale, part
        self.unit: str | None = None
        self.is_bare = True

    def read(self) -> Number | None:
        """The number; None when none begins here."""
        counted = self.text.words.scales.keys() - self.text.words.vague
        if self.text.word(self.place) in self.text.words.one:
            follows = self.text.skip_hyphen(self.place + 1)
            if self.text.word(follows) not in counted:
                return None
            self.current, self.place, self.last = Decimal(1), follows, "article"
        elif self.text.word(self.place) in counted - {"score"} and self.text.word(self.place - 1) != "-":
            self.current, self.last = Decimal(1), "article"
        while self._step():
            pass
        if not self.last:
            return None
        value = self.total + (self.current or 0)
        scale = self.scale or Decimal(1)
        return Number(self.start, self.place, value, scale, self.is_bare, self.unit)

    def _step(self) -> bool:
        """Read the next part of the number; False at its end."""
        place = self.text.skip_hyphen(self.place) if self.last else self.place
        word = self.text.word(place)
        if self.text.is_figure(place):
            return place == self.place and self._figure(place)
        if self.text.language == "en":
            if word == "and" and self.last:
                return self._and(place)
            if word == "," and self.last == "scale" and self.text.tokens[place].is_glued:
                return self._behind_comma(place + 1)
            if word == "point" and self.last in ("unit", "tens") and self.text.word(place + 1) in words_of.UNITS:
                return self._decimals(place + 1)
            if word in words_of.UNITS:
                return self._small(place, Decimal(words_of.UNITS[word]), "unit")
            if word in words_of.TENS:
                return self._small(place, Decimal(words_of.TENS[word]), "tens")
        if not self.last and word in self.text.words.units:
            return self._small(place, Decimal(self.text.words.units[word]), "part")
        if self.last and word in self.text.words.joints and self.text.word(place + 1) in words_of.HALVES:
            return self._and_a_half(place + 1)
        if self.last and word in self.text.words.scales:
            return self._multiply(place, Decimal(self.text.words.scales[word]))
        return False

    def _took(self, place: int, kind: str) -> bool:
        self.place, self.last = place + 1, kind
        return True

    def _figure(self, place: int) -> bool:
        token = self.text.tokens[place]
        if self.last == "figure" and token.is_part and self.current is not None:
            self.current += token.value
            return self._took(place, "part")
        if self.last not in ("", "scale") or (self.last == "scale" and token.value >= (self.scale or 0)):
            return False
        if token.suffixes and token.suffixes[0].startswith("#"):
            self.unit = token.suffixes[0][1:] or None
        self.current = token.value
        self._took(place, "figure")
        if token.suffixes and not token.suffixes[0].startswith("#"):
            self._multiply(place, Decimal(words_of.SUFFIXES[token.suffixes[0]]))
        return True

    def _small(self, place: int, value: Decimal, kind: str) -> bool:
        """A word for a number below a hundred, which can stand alone or end “twenty-”, “two hundred”, “a thousand”."""
        if self.current is None:
            if self.last == "scale" and self.scale is not None and self.scale < 1000:
                return False
            self.current = value
        elif (self.last == "tens" and kind == "unit" and 0 < value < 10) or (self.last in ("hundred", "and") and value):
            self.current += value
        else:
            return False
        return self._took(place, kind)

    def _multiply(self, place: int, scale: Decimal) -> bool:
        if scale == 100 and self.current is not None and 0 < self.current < 100 and self.last != "hundred":
            self.current *= 100
            self.is_bare, self.scale = False, self.scale or scale
            return self._took(place, "hundred")
        if self.current is None:
            if self.last != "scale" or scale <= 100:
                return False
            self.total *= scale  # two hundred thousand million
        else:
            self.total += self.current * scale
            self.current = None
        self.scale, self.is_bare = scale, False
        return self._took(place, "scale")

    def _behind_comma(self, place: int) -> bool:
        """“Three thousand, five hundred”: a smaller unit follows, or “and” with the rest."""
        follows = self.text.between(place + 1, place + 5)
        is_rest = (self.scale or 0) > 100 and any(word in ("hundred", "thousand", "million") for word in follows)
        if self.text.word(place) in words_of.UNITS | words_of.TENS and is_rest:
            self.place = place
        return self.place == place

    def _and(self, place: int) -> bool:
        """“Two hundred and fifty”, “one and a half”, “a million and a half”."""
        part = self._part_behind(self.text.skip_hyphen(place + 1))
        if part:
            end, value = part
            if self.current is not None:
                self.current += value
            else:
                self.total += value * (self.scale or 1)
            return self._took(end, "part")
        word = self.text.word(place + 1)
        is_joint = self.last in ("hundred", "scale") and self.scale not in (12, 20)
        if not (is_joint and (words_of.UNITS.get(word) or word in words_of.TENS)):
            return False
        if "and" in self.text.opens(self.start) and not self._is_inner_and(place):
            return False
        if self.last == "hundred":
            self.last = "and"
        self.place = place + 1
        return True

    def _and_a_half(self, place: int) -> bool:
        """“Deux millions et demi”: half of the largest unit that the figures have."""
        value = self.total + (self.current or 0)
        unit = next((one for one in (10**9, 10**6, 10**3) if value >= one), 1)
        self.total, self.current = value + Decimal(unit) / 2, None
        return self._took(place, "part")

    def _is_inner_and(self, place: int) -> bool:
        """Whether, behind “between”, a later “and” closes the range, so that this one is part of the number."""
        return "and" in self.text.between(place + 1, len(self.text.tokens))

    def _part_behind(self, place: int) -> tuple[int, Decimal] | None:
        """“A half”, “three quarters” behind “and”: its last place, and its value."""
        above = 1 if self.text.word(place) in ("a", "one") else words_of.UNITS.get(self.text.word(place), 0)
        place = self.text.skip_hyphen(place + 1)
        name = self.text.word(place)
        below = words_of.PARTS.get(name) if above == 1 else words_of.PARTS_PLURAL.get(name)
        values = fraction(above, below) if below else ()
        return (place, values[0]) if values else None

    def _decimals(self, place: int) -> bool:
        digits = ""
        while self.text.word(place) in words_of.UNITS and words_of.UNITS[self.text.word(place)] < 10:
            digits += str(words_of.UNITS[self.text.word(place)])
            place += 1
        if not digits or self.current is None:
            return False
        self.current += Decimal(f"0.{digits}")
        return self._took(place - 1, "figure")
