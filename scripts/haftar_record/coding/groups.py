"""Units of a sheet that share what they say: a group of a list gives its keys to each of its units.

An entry of a list of a sheet is a unit, or a group: ``{defaults: {speaker: act-x, medium: letter}, units: [...]}``, of
which each entry may again be a group. What a unit says itself holds in place of a default; a key without a value
(``medium:``, ``medium: null``) takes the default away, so that the unit has no such key. ``ungrouped`` puts the units
in the place of their groups, and knows where each value stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..files.yaml_file import MAX_VALUES, Document, Loc
from ..problems.problem import Place, Problem
from ..problems.wording import near, nearest, show

#: The keys of a group.
DEFAULTS, UNITS = "defaults", "units"
#: Keys that no two units share.
OWN = ("id",)

#: Keys that a unit inherits: the value of each, and where it stands.
Inherited = dict[str, tuple[Any, Loc]]


@dataclass
class Ungrouped(Document):
    """A document whose lists hold units alone.

    ``moved`` has, for each list that had a group and each number in it now, where the unit stands in the file, and
    where each key stands that it has from a group.
    """

    moved: dict[str, list[tuple[Loc, dict[str, Loc]]]] = field(default_factory=dict)

    def place(self, loc: Loc) -> Place:
        """The place of ``loc`` in the file: for a value that a unit has from a group, that of the default."""
        name, number = (*loc[:2], None, None)[:2]
        if isinstance(name, str) and isinstance(number, int) and number < len(self.moved.get(name, ())):
            own, inherited = self.moved[name][number]
            rest = loc[2:]
            shared = inherited.get(str(rest[0])) if rest else None
            loc = (*shared, *rest[1:]) if shared else (*own, *rest)
        return super().place(loc)


def ungrouped(document: Document, lists: tuple[str, ...]) -> tuple[Document, list[Problem]]:
    """The document with the units of each group in its place, in the lists of these names; and what is wrong with the
    groups. Of a group that is none, nothing is left.

    >>> units = [{"id": "01"}, {"id": "02", "medium": None}]
    >>> units = [{"defaults": {"source": "src-x", "medium": "letter"}, "units": units}]
    >>> ungrouped(Document("sheet.yaml", {"statements": units}), ("statements",))[0].content["statements"]
    [{'source': 'src-x', 'medium': 'letter', 'id': '01'}, {'source': 'src-x', 'id': '02'}]
    """
    content = document.content
    if not isinstance(content, dict):
        return document, []
    reader = _Reader(document)
    plain, moved = dict(content), {}
    for name in lists:
        entries = content.get(name)
        if isinstance(entries, list) and any(map(_is_group, entries)):
            found = list(reader.units((name,), entries, {}))
            plain[name] = [unit for unit, _, _ in found]
            moved[name] = [(own, shared) for _, own, shared in found]
    return (Ungrouped(document.file, plain, document.places, moved) if moved else document), reader.problems


def _is_group(entry: Any) -> bool:
    """Whether an entry is a group, or was meant to be one: “default” and “Units” are keys of no unit."""
    return isinstance(entry, dict) and any(key.lower() in (DEFAULTS, "default", UNITS) for key in entry)


class _Reader:
    """Takes groups apart, and notes what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        #: Values that units have got from groups, which all have to be read.
        self.count = 0
        #: Groups of which nothing is taken, so that nobody knows which defaults their units would have.
        self.lost = 0
        #: Where the defaults stand that some unit has.
        self.used: set[Loc] = set()

    def units(self, at: Loc, entries: list[Any], inherited: Inherited) -> Iterator[tuple[Any, Loc, dict[str, Loc]]]:
        """Each unit with all its keys, where it stands, and where the keys stand that it inherits."""
        weight = sum(map(_weight, (value for value, _ in inherited.values())))
        for number, entry in enumerate(entries):
            here = (*at, number)
            if _is_group(entry):
                found = self._defaults(entry, here, inherited)
                before, self.lost = self.lost, self.lost + (found is None)
                if found is not None:
                    yield from self.units((*here, UNITS), entry[UNITS], _over(inherited, found))
                    if self.lost == before:
                        self._refuse_unused(found)
                continue
            if not isinstance(entry, dict):  # the shape says so
                yield entry, here, {}
                continue
            self.count += weight
            if self.count > MAX_VALUES:
                said = f"more than {MAX_VALUES:,} values, with what units have from their groups"
                self._add(here, "yaml", said, f"at most {MAX_VALUES:,}", "split the file, or make the groups smaller")
                self.lost += 1
                return
            left = {key: value for key, value in inherited.items() if key not in entry}
            own = {key: value for key, value in entry.items() if value is not None or key not in inherited}
            values, places = ({key: pair[n] for key, pair in left.items()} for n in (0, 1))
            self.used.update(places.values())
            yield values | own, here, places

    def _refuse_unused(self, defaults: Inherited) -> None:
        """Report the defaults that no unit takes: nobody would notice what is wrong with one."""
        for key, (value, loc) in defaults.items():
            if value is not None and loc not in self.used:
                found = f"the default “{key}”, which no unit of the group takes"
                expected, remedy = "a key that at least one of them leaves out", f"remove “{key}” from “{DEFAULTS}:”"
                self._add((*loc, "@key"), "key", found, expected, remedy)

    def _defaults(self, group: dict[str, Any], at: Loc, inherited: Inherited) -> Inherited | None:
        """The keys that a group gives to its units; None, with the problems noted, when it is no group."""
        before = len(self.problems)
        strange = sorted(group.keys() - {DEFAULTS, UNITS})
        meant = {near(key.lower(), [DEFAULTS, UNITS]) for key in strange}
        for key in strange:
            expected = nearest(key.lower(), [DEFAULTS, UNITS])
            remedy = f"rename the key, or move it into “{DEFAULTS}:” or into a unit"
            self._add((*at, key, "@key"), "key", f"the key {show(key, 60)} of a group", expected, remedy)
        wanted = ((DEFAULTS, dict, "a mapping of keys"), (UNITS, list, "a list of units"))
        for key, kind, said in wanted:
            if key not in group and key in meant:
                continue  # it is misspelt, and has been told
            if key not in group:
                self._add(at, "key", f"a group without “{key}”", f"the key “{key}”: {said}", f"add “{key}:” here")
            elif not isinstance(group[key], kind) or not group[key]:
                found = f"nothing in “{key}”" if not group[key] else f"“{key}” with another value"
                self._add((*at, key), "form", found, f"{said} that is not empty", f"correct “{key}”")
        defaults = group.get(DEFAULTS)
        for key in OWN:
            if isinstance(defaults, dict) and key in defaults:
                loc = (*at, DEFAULTS, key, "@key")
                self._add(loc, "key", f"the key “{key}” for all units of a group", "another in each unit", "move it")
        self._refuse_empty(defaults, at, inherited)
        if len(self.problems) > before or not isinstance(defaults, dict):
            return None
        return {key: (value, (*at, DEFAULTS, key)) for key, value in defaults.items()}

    def _refuse_empty(self, defaults: Any, at: Loc, inherited: Inherited) -> None:
        """Report the keys without a value by which a group takes nothing away, for there is no such default."""
        for key, value in defaults.items() if isinstance(defaults, dict) else ():
            if value is None and key not in inherited and key not in OWN:
                expected = "a value, or a default of a group around this one, to be taken away"
                remedy = "write its value, or remove the key"
                self._add((*at, DEFAULTS, key, "@key"), "form", f"nothing in “{key}”", expected, remedy)

    def _add(self, loc: Loc, check: str, found: str, expected: str, remedy: str) -> None:
        self.problems.append(Problem(self.document.place(loc), check, found, expected, remedy))


def _over(inherited: Inherited, defaults: Inherited) -> Inherited:
    """The defaults of a group over those that it inherits; one without a value takes that of the same key away."""
    kept = {key: value for key, value in inherited.items() if key not in defaults}
    return kept | {key: value for key, value in defaults.items() if value[0] is not None}


def _weight(value: Any) -> int:
    """The number of values in a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_weight, inner))
