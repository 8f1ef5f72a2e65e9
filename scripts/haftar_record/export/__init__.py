"""The package in other formats. One module per format; nothing here adds to the data or decides anything about it.

A format is a module with

``TITLE``            one line that says what it is
``render(package)``  the bytes of its files by path below the output folder, the same for the same package

It may need a library that is not part of the base installation; its module imports it at the top, and
``load`` says what to install when it is missing. The files have no version in their names, so that an address always
leads to the newest release; the version is inside.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..files import sums
from ..files.layout import SUMS, Files

if TYPE_CHECKING:
    from ..package.reader import Package

#: Stem of the files that hold the whole package.
NAME = "haftar-record"

#: Module of every format, by the name that ``--format`` takes.
FORMATS: dict[str, str] = {
    "zip": "archive",
    "sqlite": "sqlite",
    "parquet": "parquet",
    "excel": "excel",
    "plover": "plover",
    "annotations": "annotations",
    "graphml": "graphml",
    "metadata": "metadata",
}


class NotInstalled(Exception):
    """A library that a format needs is not installed. The message says which, and how to get it."""


@dataclass(frozen=True)
class Format:
    """A format whose module and libraries are loaded."""

    name: str
    title: str
    render: Callable[[Package], Files]


def load(names: Iterable[str]) -> list[Format]:
    """The formats by these names, in the order of ``FORMATS``. Raises NotInstalled."""
    wanted = set(names)
    return [_loaded(name) for name in FORMATS if name in wanted]


def _loaded(name: str) -> Format:
    try:
        module = importlib.import_module(f".{FORMATS[name]}", __name__)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library == __package__.partition(".")[0]:  # a mistake in the program, not in the installation
            raise
        raise NotInstalled(
            f"the format “{name}” needs {library}: pip install 'haftar-record[export]', or leave the format out"
        ) from None
    return Format(name, module.TITLE, module.render)


def render(package: Package, formats: Iterable[Format], step: Callable[[str], None] = lambda _: None) -> Files:
    """The files of these formats, with a file of their checksums. ``step`` gets a line about each finished format."""
    files: Files = {}
    for item in formats:
        made = item.render(package)
        files |= made
        count = f"{len(made)} file{'s' * (len(made) != 1)}"
        step(f"{item.name}: {item.title} ({count}, {sum(map(len, made.values())) / 1000:,.0f} kB)")
    return files | {SUMS: sums.render(files)}


def iri(identity: str) -> str:
    """A name for a row in linked data. It is not a web address: the record promises none."""
    return f"urn:{NAME}:{identity}"
