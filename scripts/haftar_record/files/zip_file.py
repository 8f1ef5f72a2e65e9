"""Read the members of a zip, which somebody else may have made to do harm.

What its headers say is believed only where it makes the zip be refused; what is read is counted in bytes. A zip that
two programs could take for two different things is refused as a whole: members of one name, or that lie over each
other, links, and anything before the first member or behind the end. What is left is a container of the kind
that documents are kept in (ISO/IEC 21320-1): plain files, stored or deflated.
"""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from . import plain
from .layout import folded, has_litter, is_inside

#: Members that are looked at. A release has some thirty files, a whole project with its history some thousands.
MAX_MEMBERS = 20_000
#: Bytes of the directory at the end of a zip, which is read at once: two hundred for each member.
_MAX_DIRECTORY = 200 * MAX_MEMBERS
#: Bytes that are unpacked at once.
_CHUNK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000
#: A local header without name and extra field.
_HEADER = 30
#: What a zip ends with, before its comment.
_END, _END_MARK = 22, b"PK\x05\x06"

AGAIN = "download it again"
_NOT_HERE = "do not unpack it; download it again"
_BY_HAND = "unpack it with another program, and name the folder"


class BadZip(Exception):
    """A zip that is not read. ``found``, ``expected`` and ``remedy`` say why, and what to do."""

    def __init__(self, found: str, expected: str, remedy: str):
        super().__init__(found)
        self.found, self.expected, self.remedy = found, expected, remedy


class Damaged(OSError):
    """A member that cannot be unpacked."""


class Zip:
    """The files of a zip by path, without what systems leave in one.

    ``left`` is how many bytes may still be unpacked.
    """

    def __init__(self, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], left: int):
        self._archive, self._members, self.left = archive, members, left

    @property
    def paths(self) -> list[str]:
        """The paths of the files, sorted."""
        return sorted(self._members)

    def read(self, path: str, limit: int) -> bytes:
        """The content of a file. Raises FileNotFoundError, plain.TooLarge and Damaged."""
        return b"".join(self.chunks(path, limit))

    def chunks(self, path: str, limit: int) -> Iterator[bytes]:
        """The content of a file, piece by piece, and of no more bytes than ``limit`` and than are left."""
        try:
            member = self._members[path]
        except KeyError:
            raise FileNotFoundError(path) from None
        size = 0
        try:
            with self._archive.open(member) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    self.left -= len(chunk)
                    if size > limit or self.left < 0:
                        raise plain.TooLarge(Path(path), max(size, member.file_size))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
            raise Damaged(f"cannot be unpacked: {error}") from None
        if size != member.file_size:  # a checksum of what was cut is right at times
            raise Damaged(f"cannot be unpacked: {size:,} bytes, but the zip says {member.file_size:,}")


@contextlib.contextmanager
def opened(path: Path, limit: int) -> Iterator[Zip]:
    """The zip at ``path``, of which no more than ``limit`` bytes are unpacked.

    Raises BadZip, and OSError for what is no readable file.
    """
    with plain.opened(path) as file:
        try:
            archive = zipfile.ZipFile(_Bounded(file))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            expected = "a package: a folder, a datapackage.json or a release zip"
            remedy = "name another file, or download it again"
            raise BadZip(f"not a zip, or a damaged one ({error})", expected, remedy) from None
        with archive:
            _refuse_rest(archive, file)
            yield Zip(archive, _members(archive), limit)


class _Bounded(io.RawIOBase):
    """A file of which no directory is read that is too large. Everything else is read in small pieces anyway."""

    def __init__(self, file: BinaryIO):
        self._file = file

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > max(_MAX_DIRECTORY, _CHUNK):
            raise BadZip(*_too_many(f"a directory of {size:,} bytes"))
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _refuse_rest(archive: zipfile.ZipFile, file: BinaryIO) -> None:
    """Refuse what follows the end of the zip: another program may read that."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END - len(archive.comment)))
    if not file.read(len(_END_MARK)) == _END_MARK:
        raise BadZip("bytes behind the end of the zip", "a zip and nothing else", AGAIN)


def _too_many(found: str) -> tuple[str, str, str]:
    return found, f"a zip of at most {MAX_MEMBERS:,} members", "zip the files of the package alone"


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files by path. Raises BadZip when one of them makes the zip unsafe or doubtful."""
    every = archive.infolist()
    if len(every) > MAX_MEMBERS:
        raise BadZip(*_too_many(f"{len(every):,} members"))
    _refuse_gaps(archive, every)
    found: dict[str, zipfile.ZipInfo] = {}
    for member in every:
        path = _path(member)
        if not path:  # the folder itself
            continue
        plain_path = path.removesuffix("/")
        is_left_out = has_litter(plain_path)  # some of it begins with “~”, which is no home folder here
        is_odd = any(part in ("", ".") for part in plain_path.split("/"))
        if not is_inside(f"./{plain_path}" if is_left_out else plain_path):
            raise BadZip(f"the member “{_shown(member)}”", "members inside the zip", _NOT_HERE)
        if is_odd:
            raise BadZip(f"the member “{_shown(member)}”", "paths without empty parts and “.”", _BY_HAND)
        if is_left_out:
            continue
        _refuse_kind(member, path)
        if not path.endswith("/"):
            _refuse_twin(path, found)
            found[path] = member
    _refuse_file_as_folder(found)
    return found


def _path(member: zipfile.ZipInfo) -> str:
    """The path of a member. Some programs of Windows write the backslashes of its paths, and some, of a folder that
    was zipped from inside, “./” at the start."""
    name = member.orig_filename
    return (name.replace("\\", "/") if member.create_system == 0 else name).removeprefix("./")


def _shown(member: zipfile.ZipInfo) -> str:
    return member.orig_filename[:200]


def _refuse_kind(member: zipfile.ZipInfo, path: str) -> None:
    """Refuse what is neither a plain file nor a folder, and what this program cannot unpack."""
    name, kind = f"the member “{_shown(member)}”", stat.S_IFMT(member.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise BadZip(f"{name}, a symbolic link", "plain files", "zip what the link points at, or name another package")
    is_folder = path.endswith("/")
    if kind not in (0, stat.S_IFDIR if is_folder else stat.S_IFREG) or (is_folder and member.file_size):
        raise BadZip(f"{name}, neither a plain file nor a folder", "plain files", _NOT_HERE)
    if member.flag_bits & _ENCRYPTED:
        raise BadZip(
            f"{name}, encrypted", "members without a password", "unpack it with its password, and name the folder"
        )
    if member.compress_type not in _METHODS:
        said = f"{name}, compressed by method {member.compress_type}"
        raise BadZip(said, "members stored or deflated, as all programs read them", _BY_HAND)


def _refuse_twin(path: str, found: dict[str, Any]) -> None:
    if path in found:
        raise BadZip(f"two members “{path}”", "each member once: programs differ in which one they take", _NOT_HERE)


def _refuse_file_as_folder(found: dict[str, zipfile.ZipInfo]) -> None:
    """Refuse names of which some systems make one file: in capital and small letters, or with a letter and its mark as
    one character or two; and a file that is a folder."""
    known: dict[str, str] = {}
    for path in found:
        if (twin := known.setdefault(folded(path), path)) != path:
            expected = "names that all systems tell apart: not by capital letters or the coding of a letter alone"
            raise BadZip(f"the members “{twin}” and “{path}”", expected, _NOT_HERE)
    for path in found:
        parts = folded(path).split("/")
        if folder := next((one for n in range(1, len(parts)) if (one := "/".join(parts[:n])) in known), None):
            raise BadZip(f"the member “{known[folder]}” as a file and as a folder", "each name once", _NOT_HERE)


def _refuse_gaps(archive: zipfile.ZipFile, every: list[zipfile.ZipInfo]) -> None:
    """Refuse members that lie over each other, of which a small zip unpacks to a huge one, and a zip that is something
    else as well: a program, a picture, another zip before this one."""
    at = sorted(every, key=lambda member: member.header_offset)
    starts = [*(member.header_offset for member in at), archive.start_dir]
    for member, end in zip(at, starts[1:], strict=True):
        if member.header_offset + _HEADER + member.compress_size > end:
            raise BadZip(f"the member “{_shown(member)}” over another one", "members one after the other", _NOT_HERE)
    if starts[0]:
        raise BadZip(f"{starts[0]:,} bytes before the first member", "a zip and nothing else", AGAIN)
