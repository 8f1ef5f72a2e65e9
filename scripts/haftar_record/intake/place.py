"""Add an article and its sheet to the project: both whole, or none of them, and in the place of nothing that is there.

Each file is written under a name that no build reads, and gets its own name when it is whole. The article comes first:
should the power fail between the two, the next run finds it without a sheet and writes that.
"""

from __future__ import annotations

import contextlib
import errno
import os

from ..files.folder import Folder
from ..files.layout import ARTICLES, SHEETS


def add(top: Folder, article: str, data: bytes | None, sheet: str, text: str) -> None:
    """Add the files ``article`` and ``sheet`` (names, without folders) below the folder of the project.

    ``data`` is None where the article is there already. Raises OSError; then nothing has been added.
    """
    with top.below(ARTICLES) as articles, top.below(SHEETS) as sheets:
        if sheets.kind(sheet):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(sheets.path / sheet))
        if data is not None:
            _put(articles, article, data)
        try:
            _put(sheets, sheet, text.encode())
        except BaseException:
            if data is not None:
                articles.remove(article)
            raise
        articles.sync()
        sheets.sync()


def _put(folder: Folder, name: str, data: bytes) -> None:
    """Add one file, whole or not at all."""
    staged = f".{name}~"
    if folder.kind(staged):  # of a run that was killed, if it holds the beginning of the same bytes
        if not data.startswith(folder.read(staged, len(data))):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder.path / staged))
        folder.remove(staged)
    try:
        folder.write(staged, data)
        folder.name_anew(staged, name)
    finally:
        with contextlib.suppress(OSError):
            folder.remove(staged)
