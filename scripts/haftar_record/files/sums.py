"""A list of the hashes of files, as ``sha256sum`` writes and checks it: a line for each, hash and path."""

from __future__ import annotations

import re

from .layout import Files, is_inside


def render(files: Files) -> bytes:
    """The SHA-256 of every file, sorted by path."""
    import hashlib  # here, so that --help need not wait for it

    return listing({path: f"{hashlib.sha256(data).hexdigest()}  {path}" for path, data in files.items()})


def listing(lines: dict[str, str]) -> bytes:
    """A list of lines by path, sorted by path."""
    return "".join(f"{line}\n" for _, line in sorted(lines.items())).encode()


def lines(text: str) -> dict[str, str]:
    """The lines of a list by the path that each is about; what is no such line is left out."""
    found = (re.fullmatch(r"[0-9a-f]{64} [ *](.+)", line) for line in text.split("\n"))
    return {line[1]: line[0] for line in found if line and is_inside(line[1])}
