"""What each key of a sheet or register is for, and how a sheet writes it: the texts of ``keys.yaml`` and
``key_examples.yaml``, by shape."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..files import yaml_file


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What each key is for, by shape."""
    return _texts("keys.yaml")


@cache
def examples() -> dict[str, dict[str, str]]:
    """A value of each key as a sheet writes it, by shape."""
    return _texts("key_examples.yaml")


def _texts(name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml_file.load(Path(__file__).parent, name).content
    return found
