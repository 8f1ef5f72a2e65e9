"""Run the rules across tables inside stock frictionless, as a check of its own.

frictionless loads this module for every package that it validates in an environment with this project. So what the
project has to say of tables and rules is loaded only when a package is laid out as the record is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from frictionless import Check, Checklist, Package, Plugin, Report, Row, errors
from frictionless.resources import TableResource

from ..files.layout import data_path

if TYPE_CHECKING:
    from ..problems.problem import Problem

#: Whether the plugin adds its check by itself. ``off()`` turns it off for a while.
_is_on = True


class RuleError(errors.RowError):
    """A row that breaks a rule across tables."""

    type = "record-rule"
    title = "Rule of the record"
    description = "A row breaks a rule across tables of the Haftar Record."
    template = "{note}"


@attrs.define(kw_only=True, repr=False)
class RecordRules(Check):
    """The rules R01, R02 … over the package that a table belongs to, each reported at the row that breaks it."""

    type = "record-rules"
    Errors = [RuleError]

    def validate_row(self, row: Row) -> Iterator[RuleError]:
        """Yield what is wrong with the row by a rule, as an error of frictionless."""
        from ..model.rows import row_name
        from ..model.tables import BY_NAME

        model = BY_NAME.get(self.resource.name or "")
        if model is None:
            return
        identity = row_name(row.get(name) for name in model.KEY)
        for problem in _problems(str(self.resource.basepath or "."), model.TABLE).get(identity, ()):
            note = f"{problem.rule}: {problem.found}; expected: {problem.expected}; do: {problem.remedy}"
            yield RuleError.from_row(row, note=note)


class RecordTable(TableResource):
    """A table that, as part of the record, is also checked by its rules."""

    def validate(self, checklist: Checklist | None = None, **options: Any) -> Report:
        """Validate as frictionless does, with the check of the rules added for a table of the record."""
        if _is_on and self.package is not None and _is_record(self.package):
            given = checklist or Checklist()
            checklist = Checklist(
                checks=[*given.checks, RecordRules()], pick_errors=given.pick_errors, skip_errors=given.skip_errors
            )
        return super().validate(checklist, **options)


class RecordPlugin(Plugin):
    """What frictionless asks for: the class of a table, and the check and the error by their names."""

    def select_resource_class(
        self, type: str | None = None, *, datatype: str | None = None
    ) -> type[RecordTable] | None:
        """The class of a table, which adds the check where the table is one of the record."""
        return RecordTable if _is_on and "table" in (type, datatype) else None

    def select_check_class(self, type: str | None = None) -> type[RecordRules] | None:
        """The check of the rules, by its name."""
        return RecordRules if type == RecordRules.type else None

    def select_error_class(self, type: str | None = None) -> type[RuleError] | None:
        """The error of a broken rule, by its name."""
        return RuleError if type == RuleError.type else None


@contextlib.contextmanager
def off() -> Iterator[None]:
    """Leave frictionless as it is without the plugin."""
    global _is_on
    before, _is_on = _is_on, False
    try:
        yield
    finally:
        _is_on = before


def _is_record(package: Package) -> bool:
    """Whether a package has the tables of the record, each in its place."""
    if not all(resource.path == data_path(resource.name or "") for resource in package.resources):
        return False
    from ..model.tables import BY_NAME

    return {*package.resource_names} == {*BY_NAME}


def _problems(folder: str, table: str) -> dict[str, list[Problem]]:
    """Errors of rules by the display id of the row in one table."""
    root = Path(folder)
    files = sorted(root.glob("datapackage/*.csv"))
    stamp = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return _all_problems(root, stamp).get(table, {})


@lru_cache(maxsize=1)
def _all_problems(root: Path, _stamp: tuple[tuple[str, int, int], ...]) -> dict[str, dict[str, list[Problem]]]:
    """Errors of rules by table and row: a package is checked once for all of its tables."""
    from ..problems import catalogue
    from ..problems.problem import DataErrors, Problems
    from . import on_disk

    problems = Problems()
    try:
        on_disk.check(root, problems)
    except DataErrors:  # a build is replacing the package: rows that are read now belong to no one build
        return {}
    found: dict[str, dict[str, list[Problem]]] = {}
    for problem in problems.errors:
        if catalogue.find(problem.rule).layer == "rules":
            found.setdefault(Path(problem.place.file).stem, {}).setdefault(problem.record, []).append(problem)
    return found
