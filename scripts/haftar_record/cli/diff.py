"""``haftar-record diff``: what changed between two releases, as text for a person or JSON for a program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..package import snapshot
from ..problems.problem import Problem
from ..releases import difference, steps
from ..releases.difference import CellChange, Difference, RowChange
from .terminal import BOLD, CYAN, DIM, GREEN, RED, YELLOW, Terminal, answer, deliver_json, output, two_values, width

_SIGNS = {"added": ("+", GREEN), "removed": ("-", RED), "changed": ("~", YELLOW)}
#: Rows of one kind in one table, and codes of one list, that are listed without ``--all``.
_LISTED = 12
#: Indents of values without a name before them: below each other, and in one line.
_INDENTS = (" " * 6, " " * 6)


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Compare two packages and print what differs."""
    old = snapshot.read(options.old, root)
    new = snapshot.read(options.new or options.root, root)
    found = difference.compare(old, new)
    if options.output == "json":
        deliver_json(as_json(found))
    else:
        answer(Text(found, output(), options.all).lines())
    return []


def as_json(found: Difference) -> dict[str, Any]:
    """One object: both releases, the step, and the changes of texts, schema and rows."""
    return {
        "old": _release(found.old),
        "new": _release(found.new),
        "step": found.step,
        "release": [{"property": c.name, "old": c.old, "new": c.new, "step": c.step} for c in found.properties],
        "schema": [
            {"table": c.table, "column": c.column or None, "change": c.kind, "property": c.name or None}
            | {"old": c.old, "new": c.new, "step": c.step}
            for c in found.schema
        ],
        "rows": [
            {"table": row.table, "id": row.id, "change": row.kind, "step": row.step, "computed": not row.is_coded}
            | {
                "cells": [
                    {"column": c.column, "old": c.old, "new": c.new, "computed": c.is_computed} for c in row.changes
                ]
            }
            for row in found.rows
        ],
    }


def _release(package: snapshot.Snapshot) -> dict[str, str]:
    descriptor = package.descriptor
    return {"package": package.shown} | {name: descriptor.get(name, "") for name in ("name", "version", "created")}


class Text:
    """A difference as lines of text."""

    def __init__(self, found: Difference, terminal: Terminal, is_all: bool):
        self.found, self.is_all, self.width = found, is_all, width()
        self.terminal, self.paint = terminal, terminal.colour
        self.retired = snapshot.retired(found.new.descriptor)

    def lines(self) -> Iterator[str]:
        """The lines one after the other, in colour if the terminal has colours."""
        old, new = self.found.old, self.found.new
        yield self.paint(f"{old.version} → {new.version}", BOLD) + self.paint(f"   {old.shown} → {new.shown}", DIM)
        if self.found.step == "none":
            yield from ("", "Nothing changed.")
            return
        yield from self._section("Texts of the release", self._properties())
        yield from self._section("Schema", self._schema())
        yield from self._section("Rows", self._tables())
        yield from self._section(f"Version step: {self.found.step}", self._reasons())

    def _section(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        found = list(lines)
        if found:
            yield from ("", self.paint(title, BOLD), *found)

    def _sign(self, kind: str) -> str:
        sign, code = _SIGNS[kind]
        return self.paint(sign, code)

    def _properties(self) -> Iterator[str]:
        for change in self.found.properties:
            yield f"  {self._sign('changed')} {change.name}"
            yield from self._apart(change.old, change.new)

    def _schema(self) -> Iterator[str]:
        for change in self.found.schema:
            what = "column" if change.column else "table"
            told = change.name if change.kind == "changed" else f"{what} {change.kind}"
            step = self.paint(change.step, RED if change.step == "major" else DIM)
            yield f"  {self._sign(change.kind)} {change.shown}   {told}   {step}"
            if change.kind == "changed":
                yield from self._apart(change.old, change.new)

    def _apart(self, old: Any, new: Any) -> Iterator[str]:
        """Two values below each other, as far as they differ."""
        before, after = _apart(old, new)
        yield from self._values(self._text(before), self._text(after), *_INDENTS)

    def _tables(self) -> Iterator[str]:
        names = dict.fromkeys(row.table for row in self.found.rows)
        room = max(map(len, names), default=0)
        for name in names:
            kinds = {kind: self.found.rows_of(name, kind) for kind in _SIGNS}
            counts = ", ".join(f"{len(rows)} {kind}" for kind, rows in kinds.items() if rows)
            yield f"  {self.paint(f'{name:<{room}}', CYAN)}  {counts}"
            for kind, rows in kinds.items():
                yield from self._rows(kind, rows)

    def _rows(self, kind: str, rows: list[RowChange]) -> Iterator[str]:
        """The rows of one table and kind; those that only follow from others are counted, not listed."""
        coded = [row for row in rows if self.is_all or row.is_coded]
        listed = coded if self.is_all else coded[:_LISTED]
        for row in listed:
            yield f"    {self._sign(kind)} {row.id}{self._retired(row)}"
            for cell in row.changes:
                yield from self._cell(cell)
        if left := len(rows) - len(listed):
            computed = len(rows) - len(coded)
            told = f"{left} computed" if computed == left else f"{left} more, {computed} of them computed"
            yield self.paint(f"    {_SIGNS[kind][0]} {told} (--all lists them)", DIM)

    def _retired(self, row: RowChange) -> str:
        """Why a row is gone, and what takes its place."""
        entry = self.retired.get(row.id) if row.kind == "removed" else None
        if not entry:
            return ""
        now = f" Replaced by {', '.join(entry['successors'])}." if entry["successors"] else ""
        return self.paint(f"  retired: {entry['because']}{now}", DIM)

    def _cell(self, cell: CellChange) -> Iterator[str]:
        head = f"        {cell.column}{' (computed)' * cell.is_computed}"
        is_short = len(head + cell.old + cell.new) < self.width - 20
        if not cell.is_computed or self.is_all or is_short:
            yield from self._values(cell.old, cell.new, " " * 10, f"{head}: ")

    def _values(self, old: str, new: str, indent: str, head: str) -> Iterator[str]:
        """Old and new value; an empty one says so."""
        yield from two_values(self.terminal, (old or "(empty)", new or "(empty)"), indent, head)

    def _text(self, value: object) -> str:
        """A value of a descriptor or schema in one line; of a long list, the first."""
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            left = 0 if self.is_all else max(0, len(value) - _LISTED)
            more = [f"and {left} more (--all lists them)"] if left > 1 else []
            return ", ".join([*(value[:-left] if more else value), *more])
        return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def _reasons(self) -> Iterator[str]:
        """The changes that require each step, the largest first, and the versions that are one step away."""
        changes = [(change.step, change.shown) for change in self.found.schema]
        changes += [(change.step, change.name) for change in self.found.properties]
        changes += [(row.step, row.id) for row in self.found.rows]
        for step in reversed(steps.STEPS[1:]):
            names = [name for asked, name in changes if asked == step]
            if names:
                more = f" and {len(names) - 3} more" if len(names) > 3 else ""
                yield f"  {step:<6} {len(names)} change{'s' * (len(names) != 1)}: {', '.join(names[:3])}{more}"
        if version := steps.parse(self.found.old.version):
            following, *larger = steps.following(version, self.found.step)
            more = ", or one that takes a larger step" if larger else ""
            yield f"  The next version after {self.found.old.version} is {following}{more}."


def _apart(old: Any, new: Any) -> tuple[Any, Any]:
    """Two values, and of two lists or mappings only what the other has not, where that is all that differs."""
    both = ((old, new), (new, old))
    if isinstance(old, list) and isinstance(new, list):
        gone, come = ([item for item in one if item not in other] for one, other in both)
        return (gone, come) if gone or come else (old, new)
    if isinstance(old, dict) and isinstance(new, dict):
        left, added = ({key: one[key] for key in one if one[key] != other.get(key)} for one, other in both)
        return (left or "", added or "") if left or added else (old, new)
    return old, new
