"""Measures of agreement, each with what it is over many samples of the same units or articles.

A measure takes the observations by number, so that a bootstrap (Efron 1979) can draw them with replacement. Draws come
from ``RandomState``, whose stream numpy keeps as it is (NEP 19), and from a seed that the name of the figure gives: a
figure does not change when others are added.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import krippendorff
import numpy as np
import numpy.typing as npt

#: Samples of a bootstrap, the seed of all of them, and the bounds of the interval in percent.
SAMPLES, SEED, BOUNDS = 1_000, 20_261_129, (2.5, 97.5)
#: An interval is given where a measure is defined in at least this share of the samples.
MOST = 0.95

Numbers = npt.NDArray[np.int64]
#: A measure of the observations with these numbers; None where it is not defined.
Measure = Callable[[Numbers], "float | None"]


@dataclass(frozen=True)
class Ratios:
    """Observations that each add something to a sum and something to what it is divided by."""

    above: npt.NDArray[np.float64]
    below: npt.NDArray[np.float64]

    def __call__(self, numbers: Numbers) -> float | None:
        """The ratio of the sums."""
        below = float(self.below[numbers].sum())
        return float(self.above[numbers].sum()) / below if below else None


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha (2019, nominal) of two codings that give each observation a value."""

    first: Sequence[str]
    second: Sequence[str]

    @cached_property
    def _counts(self) -> npt.NDArray[np.int64]:
        """How often each value was given to each observation."""
        domain = {value: number for number, value in enumerate(sorted({*self.first, *self.second}))}
        counts = np.zeros((len(self.first), len(domain)), dtype=np.int64)
        for values in (self.first, self.second):
            for row, value in enumerate(values):
                counts[row, domain[value]] += 1
        return counts

    def __call__(self, numbers: Numbers) -> float | None:
        """Alpha; None where all values are the same, because nothing can be said about agreement by chance."""
        counts = self._counts[numbers]
        counts = counts[:, counts.any(axis=0)]
        if counts.shape[1] < 2:
            return None
        return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


@dataclass(frozen=True)
class Interval:
    """The bounds between which a measure is in most samples."""

    low: float
    high: float


def over_units(name: str, count: int, measure: Measure) -> Interval | None:
    """The interval when as many observations are drawn from all of them."""
    state = _state(f"{name} units")
    return _interval([measure(state.randint(0, count, count)) for _ in range(SAMPLES)]) if count > 1 else None


def over_articles(name: str, articles: Sequence[str], of: Sequence[str], measure: Measure) -> Interval | None:
    """The interval when as many of the ``articles`` are drawn, each with all its observations.

    ``of`` has the article of each observation.
    """
    if len(articles) < 2:
        return None
    state = _state(f"{name} articles")
    groups = [np.array([n for n, article in enumerate(of) if article == one], dtype=np.int64) for one in articles]
    known: dict[tuple[int, ...], float | None] = {}
    values = []
    for _ in range(SAMPLES):
        drawn = tuple(sorted(state.randint(0, len(articles), len(articles)).tolist()))
        if drawn not in known:
            known[drawn] = measure(np.concatenate([groups[one] for one in drawn]))
        values.append(known[drawn])
    return _interval(values)


def _state(name: str) -> np.random.RandomState:
    return np.random.RandomState((SEED + zlib.crc32(name.encode())) % 2**32)


def _interval(values: list[float | None]) -> Interval | None:
    """The percentile interval of the samples in which the measure is defined; None when it seldom is."""
    found = [value for value in values if value is not None]
    if len(found) < MOST * len(values):
        return None
    low, high = np.percentile(found, BOUNDS)
    return Interval(float(low), float(high))
