"""Compare two packages: what differs in the texts of the release, in the schema, and in the rows, cell by cell.

Rows are matched by their key. Cells are compared in the columns that both have; a column that only one has is a
change of the schema. Whether a value is computed or coded is known from the row models of this program; what they
do not know counts as coded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..model import counted, tables
from ..model import rows as row_models
from ..model.cells import split
from ..model.columns import codes_in
from ..model.computed import article_number
from ..model.rows import columns, row_name
from ..package.snapshot import Cells, Key, Snapshot, Table
from . import steps

#: Properties of a descriptor that are reported elsewhere, or follow from the data.
_FOLLOWS = ("$schema", "$comment", "version", "created", "resources", "retired")


@dataclass(frozen=True)
class PropertyChange:
    """A property of the descriptor that differs; ``old`` or ``new`` is None if that descriptor lacks it."""

    name: str
    old: object
    new: object

    @property
    def step(self) -> str:
        """The step of the version that it requires."""
        return steps.of_property(self.name)


@dataclass(frozen=True)
class SchemaChange:
    """A change of a table or, with ``column``, of one of its columns. ``kind`` is added, removed or changed."""

    table: str
    column: str
    kind: str
    step: str
    name: str = ""
    old: object = None
    new: object = None

    @property
    def shown(self) -> str:
        """What changed, as the changelog names it: ``statements.stance``, or ``statements``."""
        return f"{self.table}.{self.column}" if self.column else self.table


@dataclass(frozen=True)
class CellChange:
    """A cell whose value changed, as text. ``is_computed``: the value follows from what was coded."""

    column: str
    old: str
    new: str
    is_computed: bool


@dataclass(frozen=True)
class RowChange:
    """A row that was added, removed or changed. ``cells`` is the row itself: the new one, or the one that is gone."""

    table: str
    key: Key
    kind: str
    cells: Cells
    changes: tuple[CellChange, ...] = ()

    @property
    def id(self) -> str:
        """The display id of the row."""
        return row_name(self.key)

    @property
    def is_coded(self) -> bool:
        """Whether a coder's decision changed: a row whose id a coder gives came or went, or a coded cell changed."""
        return has_given_id(self.table) if self.kind != "changed" else any(not c.is_computed for c in self.changes)

    @property
    def step(self) -> str:
        """The step of the version that it requires."""
        return steps.of_row(self.table, self.kind, has_given_id(self.table))

    @cached_property
    def references(self) -> set[str]:
        """The ids of other rows that the row names."""
        return {identity for _, ids in self._references() for identity in ids} - {self.id}

    @cached_property
    def owners(self) -> set[str]:
        """What a row with a computed id belongs to: the ids in its first reference other than its article."""
        return next((ids for table, ids in self._references() if ids and table != tables.Document.TABLE), set())

    def _references(self) -> Iterator[tuple[str, set[str]]]:
        found = columns(tables.BY_NAME[self.table]) if self.table in tables.BY_NAME else {}
        yield from ((column.ref, set(split(self.cells.get(name)))) for name, column in found.items() if column.ref)


@dataclass(frozen=True)
class Difference:
    """Everything that differs. Tables are in the order of the newer package, then those that are gone."""

    old: Snapshot
    new: Snapshot
    properties: list[PropertyChange]
    schema: list[SchemaChange]
    rows: list[RowChange]

    @property
    def step(self) -> str:
        """The step of the version that the changes require; ``none`` when nothing changed."""
        changes: list[PropertyChange | SchemaChange | RowChange] = [*self.properties, *self.schema, *self.rows]
        return steps.largest(change.step for change in changes)

    def rows_of(self, table: str, kind: str = "") -> list[RowChange]:
        """The changed rows of a table, all or those of one kind: added, removed or changed."""
        return [row for row in self.rows if row.table == table and kind in ("", row.kind)]


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """What changed from ``old`` to ``new``."""
    shared = [name for name in new.tables if name in old.tables]
    schema = [SchemaChange(name, "", "added", "major") for name in new.tables if name not in old.tables]
    schema += [SchemaChange(name, "", "removed", "major") for name in old.tables if name not in new.tables]
    for name in shared:
        schema += _schema(old.tables[name], new.tables[name])
    rows = [row for name in shared for row in _rows(old.tables[name], new.tables[name])]
    return Difference(old, new, _properties(old, new), schema, rows)


def has_given_id(table: str) -> bool:
    """Whether a coder gives the ids of a table; those of the other tables are computed from what they belong to."""
    model = tables.BY_NAME.get(table)
    return model is None or model is tables.CodeRow or row_models.has_given_id(model)


def _properties(old: Snapshot, new: Snapshot) -> list[PropertyChange]:
    titles = _titles(old.descriptor), _titles(new.descriptor)
    both = titles[0].keys() & titles[1].keys()
    before, after = (
        _uncounted(package) | {"sources": [title for key, title in found.items() if key in both]}
        for package, found in zip((old, new), titles, strict=True)
    )
    given = (old.descriptor | {"sources": before["sources"]}), (new.descriptor | {"sources": after["sources"]})
    changed = {name for name, _, _ in _differing(before, after, _FOLLOWS)}
    return [PropertyChange(*change) for change in _differing(*given, _FOLLOWS) if change[0] in changed]


def _uncounted(package: Snapshot) -> dict[str, Any]:
    """The descriptor, its description without what a build counts: that follows from the articles."""
    documents = package.tables.get(tables.Document.TABLE)
    days = [str(row.get("published_date") or "") for row in documents.rows.values()] if documents else []
    text = package.descriptor.get("description")
    if not isinstance(text, str):
        return package.descriptor
    return package.descriptor | {"description": counted.emptied(text, counted.places(days))}


def _titles(descriptor: dict[str, Any]) -> dict[str, str]:
    """The titles of the sources by their hash, without the numbers of the articles; which sources there are, and how
    they are numbered, follows from the articles."""
    sources = descriptor.get("sources")
    sound = [source for source in sources if isinstance(source, dict)] if isinstance(sources, list) else []
    return {str(source.get("hash")): _unnumbered(source) for source in sorted(sound, key=_hash)}


def _hash(source: dict[str, Any]) -> str:
    return str(source.get("hash"))


def _unnumbered(source: dict[str, Any]) -> str:
    return str(source.get("title")).removeprefix(f"{article_number(str(source.get('path')))}, ")


def _schema(old: Table, new: Table) -> Iterator[SchemaChange]:
    name = new.name
    yield from (SchemaChange(name, column, "removed", "major") for column in old.fields if column not in new.fields)
    yield from (SchemaChange(name, column, "added", "major") for column in new.fields if column not in old.fields)
    for kind, before, after in _differing(old.schema, new.schema, ("$schema", "$comment", "fields")):
        yield SchemaChange(name, "", "changed", steps.of_schema(kind), kind, before, after)
    before, after = _shared(old, new), _shared(new, old)
    if before != after:
        yield SchemaChange(name, "", "changed", "major", "order of columns", before, after)
    for column in after:
        yield from _field(name, column, old.fields[column], new.fields[column])


def _shared(table: Table, other: Table) -> list[str]:
    """The columns that both tables have, in the order of the first."""
    return [column for column in table.fields if column in other.fields]


def _field(table: str, column: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    """The properties of a column that differ; its codes are compared as codes, wherever the schema has them."""
    before, after = _codes(old), _codes(new)
    if before and after:
        gone, come = [code for code in before if code not in after], [code for code in after if code not in before]
        if gone or come:
            yield SchemaChange(table, column, "changed", steps.of_codes(gone), "codes", gone, come)
        both = set(before) & set(after)
        old, new = _labelled(old, both), _labelled(new, both)
    for kind, one, other in _differing(_flat(old), _flat(new), ()):
        yield SchemaChange(table, column, "changed", steps.of_schema(kind), kind, one, other)


def _differing(
    old: dict[str, Any], new: dict[str, Any], besides: tuple[str, ...]
) -> Iterator[tuple[str, object, object]]:
    for name in {**old, **new}:
        if name not in besides and old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def _flat(field: dict[str, Any]) -> dict[str, Any]:
    """The properties of a field with its constraints among them."""
    constraints = field.get("constraints")
    return {**field, **(constraints if isinstance(constraints, dict) else {}), "constraints": None}


def _codes(field: dict[str, Any]) -> list[str]:
    """The codes that a column admits, in order: those of ``enum``, or of the pattern of a list cell."""
    constraints = _flat(field)
    if isinstance(constraints.get("enum"), list):
        return [str(code) for code in constraints["enum"]]
    return list(codes_in(str(constraints.get("pattern", ""))))


def _labelled(field: dict[str, Any], codes: set[str]) -> dict[str, Any]:
    """A field whose codes have been compared already: only the labels of ``codes`` are left of them."""
    kept = {name: value for name, value in _flat(field).items() if name not in ("enum", "pattern", "categories")}
    if isinstance(labels := field.get("categories"), list):
        pairs = ((str(item.get("value")), item.get("label")) for item in labels if isinstance(item, dict))
        kept["labels"] = {code: label for code, label in pairs if code in codes}
    return kept


def _rows(old: Table, new: Table) -> Iterator[RowChange]:
    columns = _shared(new, old)
    for key, cells in new.rows.items():
        if key not in old.rows:
            yield RowChange(new.name, key, "added", cells)
            continue
        before = old.rows[key]
        changes = [
            CellChange(column, before[column], cells[column], is_computed(new.name, column))
            for column in columns
            if before[column] != cells[column]
        ]
        if changes:
            yield RowChange(new.name, key, "changed", cells, tuple(changes))
    for key, cells in old.rows.items():
        if key not in new.rows:
            yield RowChange(new.name, key, "removed", cells)


def is_computed(table: str, column: str) -> bool:
    """Whether the values of a column follow from what was coded; a column that is in no model counts as coded."""
    model = tables.BY_NAME.get(table)
    definition = columns(model).get(column) if model else None
    return definition is not None and definition.computed
