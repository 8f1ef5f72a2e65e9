"""All figures of agreement between codings: one for each kind of unit or field, measure, and pair of codings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..model.computed import agreement_id
from . import matching
from .codings import KINDS, UNITS, Coding, Reference
from .matching import Compared, Own, translated
from .measures import Alpha, Interval, Measure, Ratios, over_articles, over_units
from .stale import RECORD


@dataclass(frozen=True)
class Figure:
    """A figure: of a coding, compared with another, for a table and, if it is about one, a field.

    ``value`` is None where the measure is not defined. ``count`` is the number of units that it rests on.
    """

    coding: str
    against: str
    table: str
    field: str
    measure: str
    value: float | None
    count: int
    units: Interval | None = None
    articles: Interval | None = None

    @property
    def identity(self) -> str:
        """The permanent id of the figure."""
        return agreement_id(self.coding, self.against, self.table, self.field, self.measure)


def readable(name: str, written: Mapping[str, int], made: Mapping[str, int]) -> Iterator[Figure]:
    """Which share of what a reading has written could be read, by kind."""
    for table, count in written.items():
        yield Figure(name, "", table, "", "readable", made[table] / count if count else None, count)


def compare(first: Coding, second: Coding) -> list[Figure]:
    """All figures of the coding ``second`` against ``first``, in the articles that both have."""
    return list(_Comparison(matching.compare(first, second)).figures())


class _Comparison:
    """Two codings of the same articles, and which of their units are the same."""

    def __init__(self, found: Compared):
        self.first, self.second, self.articles = found.first, found.second, found.articles
        self.matched, self.alignment = found.matched, found.alignment

    def figures(self) -> Iterator[Figure]:
        for table, kind in KINDS.items():
            yield from self._same_units(table)
            if table in UNITS:
                yield self._covered(table)
            for field in kind.fields:
                yield from self._field(table, field)

    def _figure(
        self, table: str, field: str, name: str, measure: Measure, count: int, of: list[str], size: int, is_local: bool
    ) -> Figure:
        """A figure with its intervals. ``of`` has the article of each of the ``size`` observations; without
        ``is_local``, they belong to several."""
        value = measure(np.arange(size)) if size else None
        figure = Figure(self.second.name, self.first.name, table, field, name, value, count)
        if value is None:
            return figure
        units = over_units(figure.identity, size, measure)
        articles = over_articles(figure.identity, self.articles, of, measure) if is_local else None
        return Figure(figure.coding, figure.against, table, field, name, value, count, units, articles)

    def _same_units(self, table: str) -> Iterator[Figure]:
        """How many units are in both: precision and recall against the record, and their harmonic mean. For entries of
        registers, each pair counts by its likeness (CEAF with the fourth similarity)."""
        found = self.matched[table]
        is_local = table in UNITS
        likeness = [1.0 if is_local else pair.likeness for pair in found.pairs]
        units = [*(pair.second for pair in found.pairs), *found.first_only, *found.second_only]
        alone = [0.0] * (len(found.first_only) + len(found.second_only))
        both, one, other = len(found.pairs), len(found.first_only), len(found.second_only)
        in_first = np.array([1.0] * (both + one) + [0.0] * other)
        in_second = np.array([1.0] * both + [0.0] * one + [1.0] * other)
        above = np.array([*likeness, *alone])
        measures = {"f1": Ratios(2 * above, in_first + in_second)}
        if self.first.name == RECORD:
            measures = {"precision": Ratios(above, in_second), "recall": Ratios(above, in_first)} | measures
        counts = {"precision": both + other, "recall": both + one, "f1": both + one + other}
        of = [unit.article for unit in units]
        for name, measure in measures.items():
            yield self._figure(table, "", name, measure, counts[name], of, len(units), is_local)

    def _covered(self, table: str) -> Figure:
        """Alpha of whether a character is in a unit of this kind, over all characters of the articles."""
        first, second, of = [], [], []
        covered = [
            {one for unit in coding.units[table] for one in unit.positions} for coding in (self.first, self.second)
        ]
        for article in self.articles:
            for offset in range(self.first.lengths[article]):
                first.append(str((article, offset) in covered[0]))
                second.append(str((article, offset) in covered[1]))
                of.append(article)
        measure = Alpha(first, second)
        value = measure(np.arange(len(of))) if of else None
        figure = Figure(self.second.name, self.first.name, table, "", "covered_alpha", value, len(of))
        if value is None:
            return figure
        interval = over_articles(figure.identity, self.articles, of, measure)
        return Figure(figure.coding, figure.against, table, "", "covered_alpha", value, len(of), None, interval)

    def _field(self, table: str, field: str) -> Iterator[Figure]:
        """Plain agreement and alpha on what is said of the units that are in both."""
        pairs = self.matched[table].pairs
        first = [_label(pair.first.values[field]) for pair in pairs]
        second = [_label(translated(pair.second.values[field], self.alignment)) for pair in pairs]
        of, count = [pair.second.article for pair in pairs], len(pairs)
        same = np.array([float(one == other) for one, other in zip(first, second, strict=True)])
        is_local = table in UNITS
        agreement = Ratios(same, np.ones(count))
        yield self._figure(table, field, "agreement", agreement, count, of, count, is_local)
        yield self._figure(table, field, "alpha", Alpha(first, second), count, of, count, is_local)


def _label(value: object) -> str:
    """A value as a text that is the same in both codings if it means the same."""
    if isinstance(value, frozenset):
        return ";".join(sorted(map(_label, value)))
    if isinstance(value, Reference):
        return f"{value.table}:{value.identity}{' of the second coding' * isinstance(value, Own)}"
    return str(value)
