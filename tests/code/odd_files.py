"""Files that are no plain files of a sensible size."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def a_socket(path: Path) -> None:
    """Make a socket, by a path that is short enough for one."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


def sparse(path: Path) -> None:
    """Make a file of two gigabytes that takes no room."""
    with path.open("wb") as file:
        file.truncate(2 << 30)
