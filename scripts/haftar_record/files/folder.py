"""Work inside a folder without following a symbolic link that lies in it.

A path is looked at now and used later, and in between somebody may put a link in the place of a folder. So each folder
on the way is opened by its name in the one before, and the system refuses a link at that very moment (POSIX.1-2008:
openat, O_NOFOLLOW, renameat, unlinkat). Where a system cannot do that, as Windows, each part is looked at first.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from ..problems.problem import Place, Problem
from . import plain

#: Whether folders are opened, so that their entries are named without a path.
_IS_OPENED = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
#: Open a pipe without waiting for whoever is at its other end.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_ALLOW = "let yourself read it"
#: What a disk says on which a file has one name only.
_ONE_NAME = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)
#: Errors of the machine, and not of what lies on it; and what to do.
_MACHINE = {
    errno.EACCES: _ALLOW,
    errno.EPERM: _ALLOW,
    errno.EIO: "check the disk",
    errno.EMFILE: "close other programs, or allow more open files",
    errno.ENFILE: "close other programs, or allow more open files",
}


class IsLink(OSError):
    """A symbolic link in the place of a file or folder."""

    def __init__(self, path: Path):
        target = path.readlink() if path.is_symlink() else "elsewhere"
        super().__init__(errno.ELOOP, f"a symbolic link to “{target}”", str(path))


class Folder:
    """A folder in which to read and write. Every method takes the name of an entry, and follows no link of that name.

    Errors are OSError with the whole path; of a link, IsLink.
    """

    def __init__(self, path: Path, descriptor: int | None):
        self.path = path
        self._descriptor = descriptor

    @contextlib.contextmanager
    def below(self, path: str, *, make: bool = False) -> Iterator[Folder]:
        """The folder at a path below this one (``""`` is this one). With ``make``, what is missing of it is made."""
        if not path:
            yield self
            return
        first, _, rest = path.partition("/")
        if make:
            self._make(first)
        with self._entered(first) as folder, folder.below(rest, make=make) as last:
            yield last

    def kind(self, name: str) -> int:
        """What sort of entry it is, as ``stat.S_IFMT`` tells; 0 when there is none."""
        with self._named(name):
            try:
                info = os.stat(self._of(name), dir_fd=self._descriptor, follow_symlinks=False)
            except FileNotFoundError:
                return 0
        return stat.S_IFMT(info.st_mode)

    def names(self) -> list[str]:
        """The names of all entries, sorted."""
        with self._named(""):
            place = self.path if self._descriptor is None else self._descriptor
            return sorted(os.listdir(place))  # noqa: PTH208 (a Path has no descriptor)

    def refuse_other_kind(self, name: str, kind: int) -> None:
        """Raise OSError when there is an entry that is not of this kind, a plain file or a folder."""
        with self._named(name):
            self._refuse_link(name)
            found = self.kind(name)
            if found == stat.S_IFDIR and found != kind:
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if found == stat.S_IFREG and found != kind:
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            if found not in (0, kind):
                raise OSError(errno.EINVAL, plain.ODD)

    def refuse_fixed(self, name: str, top: Folder) -> None:
        """Raise OSError when an entry of this name cannot be made, replaced or removed, as far as that is known before.

        Files come here from the folder ``top``, which only goes on the same disk. Nothing is changed.
        """
        with self._named(name):
            here = self._info()
            if here.st_dev != top._info().st_dev:
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            kind = self.kind(name)
            if kind == stat.S_IFDIR:
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if kind and here.st_mode & stat.S_ISVTX:
                self._refuse_owned(name, here)
            if kind == stat.S_IFREG:
                self._refuse_immutable(name)
        with self._named(""):
            if not os.access(self.path, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    def _refuse_owned(self, name: str, here: os.stat_result) -> None:
        """In a sticky folder, such as /tmp, only its owner and that of a file may replace the file (XSI, S_ISVTX)."""
        owner = os.stat(self._of(name), dir_fd=self._descriptor, follow_symlinks=False).st_uid
        if os.geteuid() not in (0, owner, here.st_uid):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    def _refuse_immutable(self, name: str) -> None:
        """A file that nobody may change, whatever its permissions, refuses to be opened with EPERM and not EACCES."""
        try:
            os.close(self._open(name, os.O_WRONLY | _NO_WAIT))
        except OSError as error:
            if error.errno == errno.EPERM:
                raise

    def read(self, name: str, limit: int) -> bytes:
        """The content of a plain file. Raises plain.TooLarge beyond ``limit`` bytes."""
        with self._named(name):
            self._refuse_link(name)
            plain.refuse(os.stat(self._of(name), dir_fd=self._descriptor), self.path / name)
            return plain.read_open(self._open(name, os.O_RDONLY | _NO_WAIT), self.path / name, limit)

    def write(self, name: str, data: bytes = b"") -> None:
        """Make a file that is not there yet, and synchronise it with the disk."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with self._named(name), os.fdopen(self._open(name, flags), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def open_or_make(self, name: str) -> int:
        """The descriptor of a file to read and write, empty if it was not there."""
        self.refuse_other_kind(name, stat.S_IFREG)
        with self._named(name):
            return self._open(name, os.O_RDWR | os.O_CREAT | _NO_WAIT)

    def take(self, name: str, source: Folder, old: str = "") -> None:
        """Move an entry of another folder, of the same name or an ``old`` one, here, in the place of what has that
        name."""
        with self._named(name):
            places = {"src_dir_fd": source._descriptor, "dst_dir_fd": self._descriptor}
            os.replace(source._of(old or name), self._of(name), **places)  # noqa: PTH105 (a Path has no place of its own)

    def name_anew(self, name: str, new: str) -> None:
        """Give a file another name, in this folder; raises FileExistsError where there is an entry of that name."""
        with self._named(new):
            here = self._descriptor
            try:
                # A second name, which no system gives where there is an entry; a rename would replace it.
                os.link(self._of(name), self._of(new), src_dir_fd=here, dst_dir_fd=here)
            except (OSError, NotImplementedError) as error:
                if self.kind(new):
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
                if isinstance(error, OSError) and error.errno not in _ONE_NAME:
                    raise
                self.take(new, self, name)
                return
        self.remove(name)

    def remove(self, name: str) -> None:
        """Remove a file, or a link itself; nothing when there is none."""
        with self._named(name), contextlib.suppress(FileNotFoundError):
            os.unlink(self._of(name), dir_fd=self._descriptor)

    def remove_empty(self, name: str) -> None:
        """Remove a folder in which there is nothing; any other stays."""
        with contextlib.suppress(OSError):
            os.rmdir(self._of(name), dir_fd=self._descriptor)

    def sync(self) -> None:
        """Write the names of entries to disk, which a loss of power takes apart from their content."""
        if self._descriptor is not None:
            os.fsync(self._descriptor)

    def _info(self) -> os.stat_result:
        return self.path.stat() if self._descriptor is None else os.fstat(self._descriptor)

    def _make(self, name: str) -> None:
        with self._named(name), contextlib.suppress(FileExistsError):
            os.mkdir(self._of(name), dir_fd=self._descriptor)

    @contextlib.contextmanager
    def _entered(self, name: str) -> Iterator[Folder]:
        if name in ("", ".", ".."):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(self.path / name))
        with self._named(name):
            self._refuse_link(name)
            kind = self.kind(name)
            if kind == stat.S_IFDIR and not os.access(self._of(name), os.X_OK, dir_fd=self._descriptor):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # now, and not at each of its entries
            if not _IS_OPENED and kind != stat.S_IFDIR:
                number = errno.ENOTDIR if kind else errno.ENOENT
                raise OSError(number, os.strerror(number))
            descriptor = self._open(name, _FOLDER) if _IS_OPENED else None
        yield from _closing(self.path / name, descriptor)

    def _open(self, name: str, flags: int) -> int:
        return os.open(self._of(name), flags | _NO_LINK | _BINARY, 0o666, dir_fd=self._descriptor)

    def _refuse_link(self, name: str) -> None:
        """A link is said by name; one that comes after this look is refused by the system."""
        if self.kind(name) == stat.S_IFLNK:
            raise IsLink(self.path / name)

    def _of(self, name: str) -> str:
        return name if self._descriptor is not None else str(self.path / name)

    @contextlib.contextmanager
    def _named(self, name: str) -> Iterator[None]:
        """Give an error the whole path: the system knows the name alone, and a full disk not even that."""
        try:
            yield
        except ValueError as error:  # NUL, or half a surrogate pair
            raise OSError(errno.EINVAL, f"no name of a file ({error})", str(self.path / name)) from None
        except OSError as error:
            error.filename, error.filename2 = str(self.path / name), None
            raise


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """The folder at a path that the user has named: links on the way to it are followed, none is below it."""
    yield from _closing(path, os.open(path, _FOLDER) if _IS_OPENED else None)


def _closing(path: Path, descriptor: int | None) -> Iterator[Folder]:
    try:
        yield Folder(path, descriptor)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def read(root: Path, path: str, limit: int) -> bytes:
    """The content of the plain file at ``path`` below the folder ``root``, no part of the path a symbolic link."""
    folder, _, name = path.rpartition("/")
    with opened(root) as top, top.below(folder) as last:
        return last.read(name, limit)


def names(root: Path, path: str) -> list[str]:
    """The names of all entries of the folder at ``path`` below the folder ``root``, sorted; no part of it a link."""
    with opened(root) as top, top.below(path) as last:
        return last.names()


def part(path: str, error: OSError) -> str:
    """The part of a path that an error is about: the file, or a folder on the way; “.” is where the path begins."""
    if not error.filename:
        return path
    named = Path(os.fsdecode(error.filename)).as_posix()
    parts = path.split("/")
    ways = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    return next((way for way in ways if f"/{named}".endswith(f"/{way}")), ".")


def trouble(path: str, error: OSError, what: str = "file") -> Problem | None:
    """What is in the way of reading a file or folder, where that is a link or the machine; None for any other error.

    It is said in the same words whoever meets with it, so that one cause is one problem.
    """
    at = part(path, error)
    what = what if at == path else "folder"
    if isinstance(error, IsLink):
        remedy = "replace it with the file or folder itself"
        return Problem(Place(at), "path", str(error.strerror), "a plain file or folder", remedy)
    if error.errno in _MACHINE:
        found = f"no readable {what} ({error.strerror})"
        remedy = _MACHINE[error.errno]
        remedy += ", and enter it" if remedy == _ALLOW and what == "folder" else ""
        return Problem(Place(at), "access", found, f"a readable {what}", remedy)
    return None
