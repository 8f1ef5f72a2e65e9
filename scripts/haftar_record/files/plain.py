"""Read the bytes of a plain file of bounded size.

A pipe, a socket or a device in the place of a file is refused: reading it may never end.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

#: What is no plain file and no folder.
ODD = "a pipe, socket or device"


class TooLarge(OSError):
    """A file of more bytes than are read. ``size`` is its size."""

    def __init__(self, path: Path, size: int):
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        self.size = size


#: A path at which there can be nothing: a part of it is missing or no folder, or links lead in a circle.
_NOTHING = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL)
#: The same on Windows, of whose numbers Python translates not all: no drive, no such device, a wrong name, a circle.
_NOTHING_ON_WINDOWS = (21, 123, 161, 1921)


def is_file(path: Path) -> bool:
    """Whether there is a file. Raises OSError where nobody may look: that is no “there is none”."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Whether there is a folder. Raises OSError where nobody may look."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """What there is; 0 when there is nothing, or no file can have such a name."""
    try:
        return path.stat().st_mode
    except ValueError:  # NUL, or characters that the system cannot write
        return 0
    except OSError as error:
        if error.errno in _NOTHING or getattr(error, "winerror", None) in _NOTHING_ON_WINDOWS:
            return 0
        raise


def read(path: Path, limit: int) -> bytes:
    """The content of a plain file. Raises TooLarge beyond ``limit`` bytes, and OSError for whatever cannot be read."""
    refuse(path.stat(), path)
    return read_open(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), path, limit
    )


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A plain file, open to be read piece by piece. Raises OSError for any other."""
    refuse(path.stat(), path)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        refuse(os.fstat(file.fileno()), path)  # another file may have this name since it was looked at
        yield file


def read_open(descriptor: int, path: Path, limit: int) -> bytes:
    """The content of the plain file that has been opened, which is closed. ``path`` is its name in errors."""
    with open(descriptor, "rb") as file:
        info = os.fstat(descriptor)
        refuse(info, path)  # another file may have this name since it was looked at
        if info.st_size > limit:
            raise TooLarge(path, info.st_size)
        data = file.read(info.st_size + 1)
    if len(data) > info.st_size:  # it grew meanwhile
        raise TooLarge(path, len(data))
    return data


def check(path: Path) -> bytes:
    """Nothing, of a plain file that can be opened. Raises OSError for any other."""
    refuse(path.stat(), path)
    with path.open("rb"):
        return b""


def refuse(info: os.stat_result, path: Path) -> None:
    """Raise OSError for what is no plain file."""
    if stat.S_ISDIR(info.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(info.st_mode):
        raise OSError(errno.EINVAL, ODD, str(path))
