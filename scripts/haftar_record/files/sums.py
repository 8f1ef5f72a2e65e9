"""A list of the hashes of files, as ``sha256sum`` writes and checks it: a line for each, hash and path."""

from __future__ import annotations

from .layout import Files


def render(files: Files) -> bytes:
    """The SHA-256 of every file, sorted by path."""
    import hashlib  # here, so that --help need not wait for it

    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()
