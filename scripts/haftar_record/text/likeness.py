"""How far two texts are the same: alike in all letters, or alike in long runs of words.

Runs of ``RUN`` words stand for a text (shingles). Those whose hash is divisible by ``SAMPLE`` are kept as its sketch,
whatever text they stand in: so a passage that two texts share is sampled alike in both, and a short text that stands in
a long one is found as well as a copy of equal length (Broder, On the resemblance and containment of documents, 1997,
section 3, sketches modulo m). Each text is passed once, and texts meet by the runs that they share.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TypeVar
from zlib import crc32

#: Words of a run. Fewer are found in texts on one matter; more are broken by one changed word in eight.
RUN = 6
#: One run of so many is kept in the sketch.
SAMPLE = 8
#: The share of the runs of the shorter text from which two texts are nearly the same.
NEAR = 0.4
#: Texts that share a run and are compared with each other; of more, see ``near``.
COMMON = 20
#: Texts whose runs are kept while they are compared.
KEPT = 256

T = TypeVar("T", bound=Hashable)

#: Whatever is no letter or digit, but for a point or comma inside a number.
_MARKS = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[^\w.,]|_")
_WORDS = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    """The text without letter case, compatibility forms and characters that show nothing."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")


def same(text: str) -> str:
    """A hash of the letters and digits alone: that of every text of the same words, whatever its blanks, line ends,
    marks and capitals. Numbers keep their point: 1.2 is not 12.

    >>> same("“We  Support” the road-map.") == same('"we support"\\r\\nthe roadmap')
    True
    >>> same("1.2 million") == same("12 million")
    False
    """
    plain = _plain(text)
    return hashlib.sha256((_MARKS.sub("", plain) or plain).encode()).hexdigest()


def runs(text: str) -> frozenset[int]:
    """Hashes of all runs of ``RUN`` words of a text; of a shorter text, none."""
    words = _WORDS.findall(_plain(text))
    return frozenset(_hash(" ".join(words[n : n + RUN])) for n in range(len(words) - RUN + 1))


def _hash(run: str) -> int:
    return crc32(run.encode())


def near(texts: Mapping[T, str], least: float = NEAR) -> Iterator[tuple[T, T, float]]:
    """Pairs of texts that are nearly the same, in the order of the texts, the earlier first, each with the share of the
    runs of the shorter text that stand in the other.

    Only texts that share a sampled run are compared, and where more than ``COMMON`` texts share one, each is compared
    with the first and with the one before it; so the work grows with the number of texts.
    """
    order = list(texts)
    holders: dict[int, list[int]] = {}
    for number, name in enumerate(order):
        for run in sketch(texts[name]):
            holders.setdefault(run, []).append(number)

    @lru_cache(KEPT)
    def of(number: int) -> frozenset[int]:
        return runs(texts[order[number]])

    for one, two in sorted({pair for numbers in holders.values() for pair in _pairs(numbers)}):
        share = len(of(one) & of(two)) / max(1, min(len(of(one)), len(of(two))))
        if share >= least:
            yield order[one], order[two], share


def share(one: str, two: str) -> float:
    """The share of the runs of the shorter of two texts that stand in the other.

    >>> share("one two three four five six seven", "Zero one two three four five six. Ten")
    0.5
    """
    first, second = runs(one), runs(two)
    return len(first & second) / max(1, min(len(first), len(second)))


def sketch(text: str) -> frozenset[int]:
    """The sampled runs of a text; of one that is so short that chance might leave none, all."""
    found = runs(text)
    return frozenset(run for run in found if run % SAMPLE == 0) if len(found) > 20 * SAMPLE else found


def _pairs(numbers: list[int]) -> Iterable[tuple[int, int]]:
    """The texts to be compared among those that share a run."""
    if len(numbers) <= COMMON:
        return combinations(numbers, 2)
    return {*pairwise(numbers), *((numbers[0], other) for other in numbers[1:])}
