"""The descriptions of a release in the words of other standards, and the CSV files that they point at."""

from __future__ import annotations

from ..files.layout import Files
from ..model.index import Index
from ..model.tables import Document
from ..package import descriptions
from ..package.reader import Package

TITLE = "descriptions of the release: CITATION.cff, Zenodo, schema.org, Croissant, CSV on the Web, Data Package v1"


def render(package: Package) -> Files:
    """Every description, and the CSV files."""
    return described(package) | package.tables()


def described(package: Package) -> Files:
    """Every description, by path beside the descriptor of the package."""
    return descriptions.descriptions(package.descriptor, Index(package.rows)[Document])
