"""The release as one zip: a data package that stands on its own, to archive, cite and send.

The descriptor lies at the top of the zip, where the standard wants it and where its readers look, with the schemas
inside. Members are sorted, dated as the package is, and stored without compression: the bytes of a compressed member
depend on the release of zlib, and a megabyte is not worth a zip that differs between two machines.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from ..files import sums
from ..files.layout import SUMS, TEXTS, Files
from ..model.index import Index
from ..model.tables import Document
from ..package import release_files
from ..package.reader import Package
from ..problems.problem import DataErrors, Place, Problem
from . import NAME

TITLE = "release zip: the data package with licences, changes, metadata and checksums"


def render(package: Package) -> Files:
    """The zip."""
    files = {path: _text(package, path) for path in TEXTS} | package.tables()
    files |= release_files.computed(package.descriptor, Index(package.rows)[Document])
    return {f"{NAME}.zip": _zip(files | {SUMS: sums.render(files)}, _created(package))}


def _text(package: Package, path: str) -> bytes:
    """A text of the project. In a clone with converted line ends it has the same bytes as in any other."""
    try:
        return package.files([path])[path].replace(b"\r\n", b"\n")
    except DataErrors as error:
        remedy = "restore it; no release is published without it"
        found = error.problems[0].found
        if error.problems[0].rule == "access":
            raise
        raise DataErrors([Problem(Place(path), "release", found, "a file of the project", remedy)]) from None


def _created(package: Package) -> datetime:
    return datetime.fromisoformat(package.descriptor["created"])


def _zip(files: Files, created: datetime) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, data in sorted(files.items()):
            member = zipfile.ZipInfo(path, created.timetuple()[:6])
            member.create_system = 3  # Unix: the permissions below are read as such, whatever system writes the zip
            member.external_attr = 0o100644 << 16
            archive.writestr(member, data)
    return buffer.getvalue()
