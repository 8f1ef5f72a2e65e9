"""What each key of a sheet or register is for, and an example of its value: ``keys.yaml`` and ``key_examples.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..files import yaml_file

SOURCE = Path(__file__).with_name("keys.yaml")
EXAMPLES = Path(__file__).with_name("key_examples.yaml")


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What each key is for, by shape."""
    return _texts(SOURCE)


@cache
def examples() -> dict[str, dict[str, str]]:
    """A value of each key as a sheet writes it, by shape."""
    return _texts(EXAMPLES)


def _texts(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml_file.load(path.parent, path.name).content
    return found
