"""The exports, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from haftar_record import export
from haftar_record.package import reader
from tests.data.reading import ROOT


@pytest.fixture(scope="session")
def package() -> reader.Package:
    return reader.read(ROOT)


@pytest.fixture(scope="session")
def dist(tmp_path_factory, package) -> Path:
    """A folder with every export."""
    folder = tmp_path_factory.mktemp("dist")
    for path, data in export.render(package, export.load(export.FORMATS)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
