"""The examples in docstrings do what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import haftar_record

from ..conftest import ROOT

#: Modules whose libraries belong to an extra; their examples are run where it is installed.
NAMES = sorted(one.name for one in pkgutil.walk_packages(haftar_record.__path__, "haftar_record."))


@pytest.mark.parametrize("name", ["haftar_record", *(name for name in NAMES if not name.endswith("__main__"))])
def test_examples(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an example that shows another result than the program gives."""
    monkeypatch.chdir(ROOT)
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        pytest.skip(f"{error.name} is not installed")
    results = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert not results.failed


def test_there_are_examples() -> None:
    """Catches a finder that finds nothing."""
    sources = (ROOT / "scripts/haftar_record").rglob("*.py")
    assert sum(">>> " in path.read_text(encoding="utf-8") for path in sources) > 10
