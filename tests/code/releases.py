"""The release of the project as files, and zips and folders of it as they come out of the programs of their users."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from haftar_record.export import archive
from haftar_record.files import sums
from haftar_record.package import reader

from .packages import ROOT

Files = dict[str, bytes]
SUMS = "SHA256SUMS"


@cache
def _zip() -> bytes:
    (data,) = archive.render(reader.read(ROOT)).values()
    return data


def released() -> bytes:
    """The release zip."""
    return _zip()


def files() -> Files:
    """The files of the release by path."""
    with zipfile.ZipFile(BytesIO(_zip())) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def summed(content: Files) -> Files:
    """The files with hashes that are true of them."""
    rest = {path: data for path, data in content.items() if path != SUMS}
    return rest | {SUMS: sums.render(rest)}


def unpacked(folder: Path, content: Files | None = None) -> Path:
    """A folder with these files."""
    for path, data in (files() if content is None else content).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def zipped(content: Files, *, inside: str = "", method: int = zipfile.ZIP_DEFLATED, folders: bool = False) -> bytes:
    """A zip of these files, in a folder of it; with entries for the folders, as ``zip -r`` makes them."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as opened:
        if folders:
            for path in sorted(
                {"/".join(p.split("/")[:n]) for p in map(inside.__add__, content) for n in range(1, p.count("/") + 1)}
            ):
                opened.writestr(zipfile.ZipInfo(f"{path}/"), b"")
        for path, data in content.items():
            opened.writestr(inside + path, data)
    return buffer.getvalue()


def of_finder() -> bytes:
    """As “Compress” of macOS makes it: in a folder, with what Finder keeps beside every file."""
    content = {f"haftar-record/{path}": data for path, data in files().items()}
    content |= {f"__MACOSX/haftar-record/._{path.rpartition('/')[2]}": b"\0\5\x16\7" for path in files()}
    content |= {"haftar-record/.DS_Store": b"\0\0\0\1Bud1", "haftar-record/datapackage/.DS_Store": b"\0\0\0\1Bud1"}
    return zipped(content, folders=True)


def of_explorer() -> bytes:
    """As “Compressed folder” of Windows makes it, with the file that remembers how the folder is shown."""
    return zipped(
        {f"haftar-record/{path}": data for path, data in (files() | {"desktop.ini": b"[.ShellClassInfo]"}).items()}
    )


def of_dotnet() -> bytes:
    """As older programs for Windows make it: with backslashes between the parts of a path."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for path, data in files().items():
            member = zipfile.ZipInfo("x")
            member.filename = f"haftar-record\\{path}".replace("/", "\\")
            member.create_system = 0
            opened.writestr(member, data)
    return buffer.getvalue()


class _Pipe(BytesIO):
    """A file in which nothing can be changed that is written, so that sizes follow the data (data descriptors)."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a pipe")

    def tell(self) -> int:
        raise OSError("a pipe")


def of_a_pipe() -> bytes:
    """As ``zip -`` makes it: sizes stand behind the data."""
    buffer = _Pipe()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for path, data in files().items():
            opened.writestr(path, data)
    return buffer.getvalue()


def of_64_bits() -> bytes:
    """With sizes of 64 bits (zip64), which a program writes that does not know them beforehand."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for path, data in files().items():
            with opened.open(zipfile.ZipInfo(path), "w", force_zip64=True) as member:
                member.write(data)
    return buffer.getvalue()


def with_a_comment() -> bytes:
    """With a comment at its end, which GitHub writes."""
    buffer = BytesIO(released())
    with zipfile.ZipFile(buffer, "a") as opened:
        opened.comment = b"c0ffee" * 7
    return buffer.getvalue()


#: Zips of the release as other programs make them.
MAKERS: dict[str, Callable[[], bytes]] = {
    "as released": released,
    "in a folder": lambda: zipped(files(), inside="haftar-record-0.1.0/"),
    "in two folders": lambda: zipped(files(), inside="desk/haftar-record-0.1.0/"),
    "with folders": lambda: zipped(files(), inside="haftar-record/", folders=True),
    "of Finder": of_finder,
    "of Explorer": of_explorer,
    "of .NET": of_dotnet,
    "of a pipe": of_a_pipe,
    "of 64 bits": of_64_bits,
    "with a comment": with_a_comment,
    "beside another file": lambda: zipped(
        {f"haftar-record/{path}": data for path, data in files().items()} | {"letter.txt": b"See inside.\n"}
    ),
}


def patched(data: bytes, name: str, offset: int, form: str, value: int, *, local: bool = False) -> bytes:
    """A zip in which a number about a member is another one, in the directory or in the local header."""
    mark, length, at = (b"PK\x03\x04", 30, 0) if local else (b"PK\x01\x02", 46, 0)
    while (at := data.index(mark, at)) >= 0:
        if data[at + length : at + length + len(name)] == name.encode():
            return data[: at + offset] + struct.pack(form, value) + data[at + offset + struct.calcsize(form) :]
        at += 1
    raise AssertionError(name)
