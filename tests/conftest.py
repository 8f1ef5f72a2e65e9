"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import haftar_record.checks.rules  # noqa: F401  Its rules add themselves to the checks that a problem may name.
from haftar_record.cli.main import REQUESTS

from . import first

#: The project with the articles that it began with: the project itself, unless others have come.
ROOT = first.record()
#: ``run(folder, "build")`` runs the command; what else is given goes to ``subprocess.run``.
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """The command, run inside a test, leaves requests to stop ignored at its end; the next test gets them back."""
    before = {number: signal.getsignal(number) for number in REQUESTS}
    hook = sys.unraisablehook
    yield
    sys.unraisablehook = hook
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project with its first articles; tests read it and never write to it."""
    return ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the data that a test may break: of the first articles, so that nothing depends on those that come later."""
    for name in first.PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def run() -> Run:
    """Run the command in a process of its own: ``run(folder, "build")``."""

    def command(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "haftar_record", "--root", str(folder), *arguments]
        return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False, **options)

    return command
