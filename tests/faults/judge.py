"""What stock frictionless, ``haftar-record check`` and ``haftar-record validate`` say of a folder.

What depends on unchanged files alone is done once: rows made from the same sheets, tables that stock frictionless has
seen, a package whose bytes are those of the sound one.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import datetime
import gc
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from haftar_record.checks import stock
from haftar_record.cli import commands
from haftar_record.cli.terminal import Terminal
from haftar_record.coding import sheets
from haftar_record.files.layout import Files
from haftar_record.package import store, table_file
from haftar_record.package.source import OnDisk
from haftar_record.problems.problem import DataErrors, Problem, Problems, in_order
from haftar_record.site.verdicts import MISSED, Said, Verdict

from .fault import Fault
from .mutations import DESCRIPTOR, PACKAGE

T = TypeVar("T")
#: The day by which waivers are judged, so that a verdict is the same on every day.
DAY = datetime.date(2027, 1, 1)


class Judge:
    """Gives verdicts on copies of one sound project."""

    def __init__(self, sound: Path):
        self.sound = sound
        self._seeds = digest(sound, "seeds")
        self._files = store.read(sound)
        self._package = digest(sound, *PACKAGE)
        self._made, problems = commands.make(sound, Terminal(io.StringIO()), DAY)
        self._noted = problems.items
        self._validated: dict[bytes, list[Problem]] = {}
        self._shown: dict[bytes, str] = {}
        self._read: dict[tuple[str, bytes], Any] = {}
        gc.freeze()  # the sound project is here to stay

    def verdict(self, fault: Fault, root: Path) -> Verdict:
        """What all of them say of a folder that has this fault."""
        check, stock, validate = self.check(root), self.stock(root), self.validate(root)
        return Verdict(fault.name, fault.family, fault.description, stock, said(check, validate))

    def check(self, root: Path) -> list[Problem]:
        """What ``haftar-record check`` finds."""

        def run() -> list[Problem]:
            return commands.check(root, Terminal(io.StringIO()), argparse.Namespace(strict=False))

        with self._quick(), mock.patch.object(commands, "make", self._made_of):
            return _problems(run)

    def validate(self, root: Path) -> list[Problem]:
        """What ``haftar-record validate`` finds. It looks at the package and the articles."""

        def run() -> list[Problem]:
            with self._quick():
                return _problems(
                    lambda: commands._validated(OnDisk(root), Terminal(io.StringIO()), argparse.Namespace(strict=False))
                )

        left = (store.MARK, store.STAGE, *store.RELICS)
        return self._once(self._validated, digest(root, *PACKAGE, *left, "seeds/articles"), run)

    def stock(self, root: Path) -> str:
        """The first error of stock frictionless by its type, ``missed``, or ``crash`` and the exception."""
        return self._once(self._shown, digest(root, *PACKAGE), lambda: self._first_error(root))

    @staticmethod
    def _once(known: dict[bytes, T], content: bytes, run: Callable[[], T]) -> T:
        if content not in known:
            known[content] = run()
        return known[content]

    @contextlib.contextmanager
    def _quick(self) -> Iterator[None]:
        """Read a file of the sound project once, and show such a package to stock frictionless never."""
        with (
            mock.patch.object(stock, "stock", self._stock),
            mock.patch.object(table_file, "read", self._table),
            mock.patch.object(sheets, "load_shape", self._sheet),
        ):
            yield

    def _table(self, model: Any, data: bytes, path: str, problems: Problems, remedy: str = "") -> Any:
        if data != self._files.get(path):
            return _TABLE(model, data, path, problems, remedy)
        return self._remembered(path, data, lambda: _TABLE(model, data, path, problems, remedy))

    def _sheet(self, root: Path, path: str, shape: Any, problems: Problems) -> Any:
        own, sound = root / path, self.sound / path
        is_plain = own.is_file() and sound.is_file() and own.resolve() == root.resolve() / path
        if not (is_plain and own.read_bytes() == sound.read_bytes()):
            return _SHEET(root, path, shape, problems)
        return self._remembered(path, sound.read_bytes(), lambda: _SHEET(root, path, shape, problems))

    def _remembered(self, path: str, data: bytes, read: Callable[[], Any]) -> Any:
        if (path, data) not in self._read:
            self._read[path, data] = read()
        return self._read[path, data]

    def _made_of(self, root: Path, screen: Terminal, _: Any = None) -> tuple[Any, Problems]:
        """What the sheets make; those of the sound project have been read."""
        if digest(root, "seeds") == self._seeds:
            return self._made, Problems(list(self._noted))
        return _MADE(root, screen, DAY)

    def _stock(self, root: Path, problems: Problems, advice: str = "") -> bool:
        """The last check of a command, where it finds anything."""
        is_sound = digest(root, *PACKAGE) == self._package
        return is_sound or self.stock(root) == MISSED or _STOCK(root, problems, advice)

    # -- stock frictionless -------------------------------------------------------------------------------------------

    def _first_error(self, root: Path) -> str:
        from frictionless import FrictionlessException, Package, system

        from haftar_record.checks import frictionless_plugin

        with frictionless_plugin.off(), contextlib.chdir(root), system.use_context(trusted=False):
            try:
                package = Package(DESCRIPTOR)
                package.to_descriptor(validate=True)
                for resource in package.resources:
                    if resource.name in self._touched(root) and (errors := _errors(resource)):
                        return str(errors[0].type)
            except FrictionlessException as error:
                return str((error.reasons or [error.error])[0].type)
            except Exception as error:  # what a user of stock frictionless would see as a traceback
                return f"crash ({type(error).__name__})"
        return MISSED

    def _touched(self, root: Path) -> set[str | None]:
        """The tables that differ from the sound ones, and those that refer to them by ids which may be gone: the others
        are still sound."""
        files = store.read(root)
        old, new = _resources(self._files[DESCRIPTOR]), _resources(files[DESCRIPTOR])
        if [entry.get("name") for entry in old] != [entry.get("name") for entry in new]:
            return {entry.get("name") for entry in new}
        changed = {
            one["name"]
            for one, two in zip(old, new, strict=True)
            if one != two or any(files.get(path) != self._files[path] for path in (one["path"], one["schema"]))
        }
        others = {name for name in changed if self._ids(files, name) != self._ids(self._files, name)}
        referring = {
            entry["name"]
            for entry in old
            for key in json.loads(self._files[entry["schema"]]).get("foreignKeys", ())
            if key["reference"].get("resource") in others
        }
        return changed | referring

    @staticmethod
    def _ids(files: Files, table: str) -> list[str] | None:
        """The first cell of every line of a table, which is all that others refer to; None when it cannot be read."""
        try:
            text = files.get(f"datapackage/{table}.csv", b"").decode()
            return [row[0] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
        except (ValueError, IndexError, csv.Error):
            return None


def said(check: list[Problem], validate: list[Problem]) -> tuple[Said, ...]:
    """The problems of both commands in one order, each once."""
    return tuple(
        Said(
            "both" if problem in check and problem in validate else "check" if problem in check else "validate",
            problem.severity,
            problem.rule,
            str(problem.place),
            problem.found,
            problem.expected,
            problem.remedy,
            problem.record,
        )
        for problem in in_order({*check, *validate})
    )


_MADE, _STOCK, _TABLE, _SHEET = commands.make, stock.stock, table_file.read, sheets.load_shape


def _problems(run: Callable[[], list[Problem]]) -> list[Problem]:
    try:
        return in_order(run())
    except DataErrors as error:
        return error.problems


def _errors(resource: Any) -> list[Any]:
    report = resource.validate(limit_errors=1)
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def _resources(descriptor: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(descriptor).get("resources", [])
    return found


def digest(root: Path, *names: str) -> bytes:
    """A hash over the names, links and bytes of files and folders."""
    found = hashlib.sha256()
    for path in (path for name in names for path in (*reversed((root / name).parents), *_walk(root / name))):
        if not path.is_relative_to(root):
            continue
        found.update(f"{path.relative_to(root)}\0{path.is_dir()}\0{path.is_symlink()}\0".encode())
        if path.is_file():
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.digest()


def _walk(path: Path) -> Iterator[Path]:
    yield path
    if path.is_dir():
        yield from sorted(path.rglob("*"))
