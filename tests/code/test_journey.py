"""Releases survive their journey: through the programs that zip, unpack and store them, and through git."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import haftar_record
from haftar_record.files import zip_file
from haftar_record.files.layout import has_litter, is_litter
from haftar_record.package import reader, snapshot, source
from haftar_record.problems.problem import DataErrors, Problem, WrongUse

from . import packages, releases
from .releases import MAKERS, SUMS, files, patched, released, summed, unpacked, zipped

EVENTS, TOPICS = "datapackage/events.csv", "datapackage/topics.csv"


@pytest.fixture
def zip_(tmp_path) -> Callable[[bytes], Path]:
    """A zip of these bytes."""

    def written(data: bytes, name: str = "x.zip") -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return written


def errors(package: Path | str, **options: str) -> list[Problem]:
    return [problem for problem in haftar_record.validate(package, **options) if problem.severity != "note"]


# -- zips of other programs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("maker", MAKERS)
def test_a_zip_of_any_program(zip_, maker):
    """Catches a release that cannot be read any more because another program zipped it, or Finder left files in it."""
    path = zip_(MAKERS[maker]())
    assert reader.read(str(path)).rows == reader.read(packages.ROOT).rows
    assert (
        snapshot.read(str(path), path.parent).tables
        == snapshot.read(str(zip_(released(), "r.zip")), path.parent).tables
    )


@pytest.mark.parametrize("maker", ["as released", "in a folder", "of Finder", "of .NET"])
def test_a_zip_is_validated(zip_, maker):
    """Catches a command that takes a zip and another that does not."""
    assert errors(zip_(MAKERS[maker]())) == []


@pytest.mark.parametrize("engine", ["rows", "columnar"])
def test_a_mistake_is_said_at_its_member(zip_, engine):
    """Catches a place in a temporary folder that is gone, and advice to build where nothing can be built."""
    pytest.importorskip("duckdb")
    content = files()
    content[EVENTS] = content[EVENTS].replace(b",COERCE,", b",ASSAULT,", 1)
    path = zip_(zipped(content, inside="v1/"))
    found = errors(path, engine=engine)
    assert {problem.place.file.removeprefix(f"{path}/v1/") for problem in found} == {EVENTS}
    assert all(problem.place.file.startswith(f"{path}/v1/") for problem in found)
    assert not [problem for problem in found if "haftar-record build" in problem.remedy]
    assert not list(path.parent.glob("haftar-record-*"))


def test_the_temporary_folder_is_removed(zip_, monkeypatch):
    """Catches a package that stays unpacked on disk, after success and after an error."""
    path = zip_(released())
    monkeypatch.setattr("tempfile.tempdir", str(path.parent))
    assert errors(path) == []
    with pytest.raises(DataErrors), source.on_disk(str(zip_(released()[:-5000], "cut.zip")), path.parent):
        raise AssertionError
    assert sorted(one.name for one in path.parent.iterdir()) == ["cut.zip", "x.zip"]


WAYS: dict[str, Callable[[Path], str]] = {
    "zip": lambda at: str(_written(at / "x.zip", released())),
    "folder": lambda at: str(unpacked(at / "x")),
    "descriptor": lambda at: str(unpacked(at / "x") / "datapackage.json"),
    "revision": lambda at: _committed(at),
}


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _committed(at: Path) -> str:
    packages.folder(at)
    git(at, "init", "-q")
    git(at, "add", ".")
    git(at, "commit", "-qm", "x")
    (at / "datapackage.json").unlink()
    return "HEAD"


def git(at: Path, *arguments: str) -> str:
    line = ["git", "-C", str(at), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("way", WAYS)
def test_every_command_takes_a_package_by_every_name(tmp_path, run, way):
    """Catches a command with an idea of its own of what names a package."""
    name = WAYS[way](tmp_path)
    for line in (
        ("validate", name),
        ("query", "--package", name, "SELECT count(*) FROM events"),
        ("show", "--package", name, "act-haftar"),
        ("diff", name, name),
    ):
        result = run(tmp_path, *line)
        assert result.returncode == 0, (line, result.stderr)
    result = run(tmp_path, "export", "--package", name, "--format", "plover", "--output", str(tmp_path / "out"))
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "out/haftar-record-plover.jsonl").is_file()


def test_the_root_may_be_a_release(tmp_path, run):
    """Catches ``--root`` of a zip, or of an unpacked release, that some commands take and others refuse."""
    path = _written(tmp_path / "x.zip", released())
    for root in (path, unpacked(tmp_path / "x")):
        assert run(root, "query", "SELECT count(*) FROM events").returncode == 0
        assert run(root, "validate").returncode == 0
        result = run(root, "build")
        assert result.returncode == 2 and "no folder “seeds”" in result.stderr


def test_an_export_of_a_release_is_the_release(tmp_path, run):
    """Catches bytes that depend on where the package was read from: the zip of the zip is the same zip."""
    path = _written(tmp_path / "x.zip", released())
    for number, name in enumerate((str(path), str(unpacked(tmp_path / "x")))):
        folder = tmp_path / f"out{number}"
        assert run(tmp_path, "export", "--package", name, "--format", "zip", "--output", str(folder)).returncode == 0
        assert (folder / "haftar-record.zip").read_bytes() == released()


def test_an_export_of_a_package_that_is_wrong(tmp_path, run):
    """Catches an export that is written although the release is damaged."""
    content = files() | {"croissant.json": b"{}\n"}
    path = _written(tmp_path / "x.zip", zipped(content))
    result = run(tmp_path, "export", "--package", str(path), "--format", "plover", "--output", str(tmp_path / "out"))
    assert result.returncode == 1 and "croissant.json" in result.stderr and not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["nothing.zip", "", "v9.9.9", "x/", "croissant.json"])
def test_what_names_no_package(tmp_path, name):
    """Catches a traceback, or a yes, where there is no package."""
    unpacked(tmp_path)
    git(tmp_path, "init", "-q")
    with pytest.raises(WrongUse):
        haftar_record.validate(str(tmp_path / name) if name.endswith("json") else name, project=tmp_path)


# -- zips that are made to do harm -------------------------------------------------------------------------------------


def member(name: str, data: bytes = b"x", **facts: int) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo("x")
    info.filename = name
    for fact, value in ({"create_system": 3} | facts).items():
        setattr(info, fact, value)
    return info, data


def beside(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    """The release with further members."""
    buffer = io.BytesIO(zipped(files()))
    with zipfile.ZipFile(buffer, "a") as opened:
        for info, data in members:
            opened.writestr(info, data)
    return buffer.getvalue()


def overlapping() -> bytes:
    """Members that share their data: twenty entries of the directory lead to one (a bomb without nesting)."""
    data = zipped(
        {"datapackage.json": b"{}", **{f"{n:02}": b"0" * 100_000 for n in range(20)}}, method=zipfile.ZIP_STORED
    )
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        first = opened.getinfo("00").header_offset
    for number in range(1, 20):
        data = patched(data, f"{number:02}", 42, "<L", first)
    return data


def many(count: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for number in range(count):
            opened.writestr(zipfile.ZipInfo(f"{number}"), b"")
    return buffer.getvalue()


def method(number: int) -> bytes:
    data = zipped(files())
    for local, offset in ((True, 8), (False, 10)):
        data = patched(data, EVENTS, offset, "<H", number, local=local)
    return data


def flagged(flag: int) -> bytes:
    data = zipped(files())
    for local, offset in ((True, 6), (False, 8)):
        data = patched(data, EVENTS, offset, "<H", flag, local=local)
    return data


HARMFUL: dict[str, tuple[Callable[[], bytes], str]] = {
    "up": (lambda: beside(member("../x")), "the member “../x”"),
    "up in the middle": (lambda: beside(member("a/../../x")), "the member “a/../../x”"),
    "absolute": (lambda: beside(member("/etc/x")), "the member “/etc/x”"),
    "drive": (lambda: beside(member("C:/x")), "the member “C:/x”"),
    "stream": (lambda: beside(member("events.csv:x")), "the member “events.csv:x”"),
    "home": (lambda: beside(member("~/x")), "the member “~/x”"),
    "backslash": (lambda: beside(member("..\\x")), "the member “..\\x”"),
    "backslash of Windows": (lambda: beside(member("..\\x", create_system=0)), "the member “..\\x”"),
    "network": (lambda: beside(member("\\\\server\\x", create_system=0)), "the member “\\\\server\\x”"),
    "nul": (lambda: beside(member("x\0.csv")), "the member “x"),
    "dot": (lambda: beside(member("./datapackage.json")), "two members “datapackage.json”"),
    "dot in the middle": (lambda: beside(member("a/./x")), "the member “a/./x”"),
    "up after a dot": (lambda: beside(member("./../x")), "the member “./../x”"),
    "absolute after a dot": (lambda: beside(member(".//etc/x")), "the member “.//etc/x”"),
    "double slash": (lambda: beside(member("datapackage//events.csv")), "the member “datapackage//events.csv”"),
    "twice": (lambda: beside(member(EVENTS)), f"two members “{EVENTS}”"),
    "in capitals": (lambda: beside(member(EVENTS.upper())), f"the members “{EVENTS}” and “{EVENTS.upper()}”"),
    "in two codings": (lambda: beside(member("caf\u00e9"), member("cafe\u0301")), "the members “caf"),
    "in two codings, capital": (lambda: beside(member("\u00c9/x"), member("e\u0301/x")), "the members “"),
    "file and folder in two codings": (lambda: beside(member("\u00e9"), member("e\u0301/x")), "as a file and as a folder"),
    "file and folder": (lambda: beside(member(f"{EVENTS}/x")), f"the member “{EVENTS}” as a file and as a folder"),
    "link": (lambda: beside(member("x", b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)), "the member “x”, a symbolic link"),
    "pipe": (lambda: beside(member("x", b"", external_attr=(stat.S_IFIFO | 0o600) << 16)), "the member “x”, neither"),
    "device": (lambda: beside(member("x", b"", external_attr=(stat.S_IFBLK | 0o600) << 16)), "the member “x”, neither"),
    "folder with content": (lambda: beside(member("x/", b"content")), "the member “x/”, neither"),
    "password": (lambda: flagged(0x1), f"the member “{EVENTS}”, encrypted"),
    "strong password": (lambda: flagged(0x41), f"the member “{EVENTS}”, encrypted"),
    "bzip2": (lambda: zipped(files(), method=zipfile.ZIP_BZIP2), "compressed by method 12"),
    "lzma": (lambda: zipped(files(), method=zipfile.ZIP_LZMA), "compressed by method 14"),
    "deflate64": (lambda: method(9), "compressed by method 9"),
    "no method": (lambda: method(99), "compressed by method 99"),
    "over each other": (overlapping, "over another one"),
    "many members": (lambda: many(zip_file.MAX_MEMBERS + 1), "20,001 members"),
    "sixteen bits of members": (lambda: many(65_537), "65,537 members"),
    "something before it": (lambda: b"#!/bin/sh\n" + released(), "10 bytes before the first member"),
    "another zip before it": (lambda: zipped({"datapackage.json": b"{}"}) + released(), "bytes before the first member"),
    "something behind it": (lambda: released() + b"<script>", "bytes behind the end of the zip"),
    "half of it": (lambda: released()[: len(released()) // 2], "not a zip, or a damaged one"),
    "no directory": (lambda: released()[:-5_000], "not a zip, or a damaged one"),
    "nothing": (lambda: b"", "not a zip, or a damaged one"),
    "an empty zip": (lambda: zipped({}), "no such file"),
    "another zip in it": (lambda: zipped({"x.zip": released()}), "no such file"),
    "two packages": (lambda: zipped({f"{one}/{path}": data for one in "ab" for path, data in files().items()}), "2 packages, in “a/”, “b/”"),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMFUL)
def test_a_zip_that_is_refused(zip_, case):
    """Catches a zip that is read although it is unsafe, or that two programs would read as two different packages: it is
    one problem with advice, to every command alike."""
    make, found = HARMFUL[case]
    path = zip_(make())
    (problem,) = errors(path)
    assert found in problem.found and problem.remedy and problem.place.file.startswith(str(path))
    for read in (lambda: snapshot.read(str(path), path.parent), lambda: reader.read(str(path))):
        with pytest.raises(DataErrors) as caught:
            read()
        assert [one.found for one in caught.value.problems] == [problem.found]


@cache
def bomb() -> bytes:
    """A member that unpacks to 300 MB."""
    return zipped(files() | {TOPICS: b"x" * 300_000_000})


def lying(size: int) -> bytes:
    """The same, of which the directory says another size."""
    return patched(bomb(), TOPICS, 24, "<L", size)


BOMBS: dict[str, Callable[[], bytes]] = {
    "said to be small": lambda: lying(10),
    "said to be a little less": lambda: lying(299_999_999),
    "said to be huge": lambda: lying(0xFFFFFFFE),
    "as it is": bomb,
    "descriptor": lambda: zipped(files() | {"datapackage.json": b" " * 300_000_000}),
    "broken": lambda: patched(zipped(files()), TOPICS, 16, "<L", 0xBAD),
    "of one cell": lambda: zipped(files() | {TOPICS: b'"' + b"x" * 99_000_000}),
    "of two hundred": lambda: zipped(files() | {f"{n}": b"\0" * 30_000_000 for n in range(200)}),
}  # fmt: skip

_MEASURED = """
import resource, sys
from pathlib import Path
import haftar_record
from haftar_record.package import snapshot
from haftar_record.problems.problem import DataErrors
haftar_record.validate(sys.argv[1].replace("x.zip", "sound.zip"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    snapshot.read(sys.argv[1], Path())
    count = 0
except DataErrors as error:
    count = len(error.problems)
print(count, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.parametrize("case", BOMBS)
def test_a_bomb(zip_, case):
    """Catches memory by the size that a header tells, or without a bound: two gigabytes were taken by a small file."""
    zip_(released(), "sound.zip")
    path = zip_(BOMBS[case]())
    done = subprocess.run([sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True)
    count, before, after = map(int, done.stdout.split())
    assert count == (case != "of two hundred"), "nothing is unpacked that is not asked for"
    assert after - before < 500_000  # kilobytes


def test_a_bomb_on_disk(zip_, monkeypatch):
    """Catches a zip that fills the disk: what is unpacked is counted over all members."""
    monkeypatch.setattr(source, "MAX_ON_DISK", 3_000_000)
    path = zip_(zipped(files() | {f"{n}": b"\0" * 100_000 for n in range(30)}))
    (problem,) = errors(path)
    assert problem.found == "more than 3,000,000 bytes when unpacked"


@pytest.mark.parametrize("cut", [10, 1])
def test_a_member_that_is_cut(zip_, cut):
    """Catches a member of which the first bytes are taken for the whole, since their checksum was made to fit."""
    data = zipped(files(), method=zipfile.ZIP_STORED)
    whole = files()[TOPICS]
    for local, at in ((False, 16), (True, 14)):
        data = patched(data, TOPICS, at, "<L", zlib.crc32(whole[:-cut]), local=local)
        data = patched(data, TOPICS, at + 8, "<L", len(whole) - cut, local=local)
    problem, *_ = errors(zip_(data))
    assert "datapackage" in problem.place.file


def test_a_directory_is_bounded_before_it_is_read(zip_, monkeypatch):
    """Catches a directory that is taken into memory before somebody looks how large it is."""
    monkeypatch.setattr(zip_file, "_MAX_DIRECTORY", 1_000)
    monkeypatch.setattr(zip_file, "_CHUNK", 100)
    (problem,) = errors(zip_(released()))
    assert problem.found.startswith("a directory of ")


# -- what systems leave behind -----------------------------------------------------------------------------------------

LITTER = (
    ".DS_Store", "._events.csv", "__MACOSX", "Thumbs.db", "thumbs.db", "desktop.ini", "Desktop.ini", "~$events.xlsx",
    ".~lock.events.csv#", "Icon\r", "$RECYCLE.BIN", "System Volume Information", ".Spotlight-V100", ".Trashes", ".Trash-1000",
    ".events.csv.swp", ".events.csv.swo", "events.csv~", "#events.csv#", ".#events.csv", "ehthumbs.db", ".directory", "@eaDir",
    ".fseventsd", ".AppleDouble", ".nfs000000000000abcd", ".fuse_hidden0000abcd00000001", ".localized", ".apdisk", "#recycle",
    "~WRL0001.tmp", ".ipynb_checkpoints", ".gitkeep", ".dropbox",
)  # fmt: skip
#: Names that hide something, or that only look like litter.
NO_LITTER = ("~", "#", "##", ".events.csv", ".hidden", "events.csv.bak", "events (1).csv", "Icon", "thumbs.csv", "MACOSX", ".htaccess", ".env",
             "~events.csv", "events.swp.csv", "#events.csv", ".gitattributes", ".zenodo.json")  # fmt: skip


def test_litter_is_known_by_name():
    assert [name for name in LITTER if not is_litter(name)] == []
    assert [name for name in NO_LITTER if is_litter(name)] == []
    assert has_litter("a/__MACOSX/b.csv") and not has_litter("a/b.csv")


def _place(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).write_bytes(b"x")


def test_litter_is_ignored_in_a_project(project, run):
    """Catches a place in which a file of Finder is an error while it is none in another; twins of an article, such as
    “._005_….txt”, are no article."""
    article = next((project / "seeds/articles").glob("*.txt")).stem
    twins = tuple(
        f"{mark}{article}{end}" for mark, end in (("._", ".txt"), ("._", ".yaml"), (".#", ".yaml"), ("~$", ".txt"))
    )
    for where in ("datapackage", "schemas", "seeds/articles", "seeds/coding", "seeds/coding/articles"):
        _place(project / where, LITTER + twins)
    (project / "datapackage/.stfolder").mkdir()
    _place(project / "datapackage/.stfolder", ("events.csv",))
    result = run(project, "check")
    assert result.returncode == 0, result.stderr
    assert run(project, "build").returncode == 0
    assert "left alone" not in run(project, "build").stderr


@pytest.mark.parametrize("name", [".events.csv", ".hidden", "events.csv.bak"])
def test_what_is_hidden_is_reported(project, run, name):
    """Catches a file that hides beside the data because its name begins with a dot."""
    places = ["datapackage", "seeds/articles", "seeds/coding", "seeds/coding/articles"]
    for where in places:
        _place(project / where, (name,))
    result = run(project, "check")
    assert result.returncode == 1
    assert [where for where in places if f"{where}/{name}: error [unexpected-file]" not in result.stderr] == []


@pytest.mark.parametrize("way", ["zip", "folder"])
def test_litter_is_ignored_in_a_release(tmp_path, way):
    """The same for a release, wherever in it the litter lies."""
    content = files() | {
        f"{folder}{name}": b"x" for folder in ("", "datapackage/") for name in LITTER if ":" not in name
    }
    path = _written(tmp_path / "x.zip", zipped(content)) if way == "zip" else unpacked(tmp_path / "x", content)
    assert errors(path) == []


def test_litter_is_no_change(tmp_path, run):
    """Catches a comparison of two releases that trips over what Finder has put into one of them."""
    one, two = _written(tmp_path / "a.zip", released()), _written(tmp_path / "b.zip", releases.of_finder())
    result = run(tmp_path, "diff", str(one), str(two))
    assert result.returncode == 0 and "Nothing changed." in result.stdout


# -- a release is what it says it is -----------------------------------------------------------------------------------


def _json(path: str, change: Callable[[dict], object]) -> Callable[[dict[str, bytes]], None]:
    def changed(content: dict[str, bytes]) -> None:
        value = json.loads(content[path])
        change(value)
        content[path] = (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()

    return changed


def _text(path: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def changed(content: dict[str, bytes]) -> None:
        assert old in content[path]
        content[path] = content[path].replace(old, new, 1)

    return changed


def _gone(path: str) -> Callable[[dict[str, bytes]], object]:
    return lambda content: content.pop(path)


#: What is changed; whether hashes are made anew; where the one problem is, and what it says.
CHANGED: dict[str, tuple[Callable[[dict[str, bytes]], object], bool, str, str]] = {
    "croissant": (_json("croissant.json", lambda value: value["distribution"][0].update(sha256="0" * 64)), True, "croissant.json", "distribution/codes/sha256"),
    "croissant alone": (_json("croissant.json", lambda value: value["distribution"][0].update(sha256="0" * 64)), False, "croissant.json", "distribution/codes/sha256"),
    "croissant column": (_json("croissant.json", lambda value: value["recordSet"][0]["field"].pop()), True, "croissant.json", "recordSet/codes/field"),
    "csvw": (_json("datapackage/csv-metadata.json", lambda value: value.update({"schema:version": "9"})), True, "datapackage/csv-metadata.json", "schema:version “9”"),
    "json-ld": (_json("dataset.jsonld", lambda value: value["isBasedOn"][0].update(inLanguage="x")), True, "dataset.jsonld", "/inLanguage “x”"),
    "zenodo": (_json(".zenodo.json", lambda value: value.update(license="cc0")), True, ".zenodo.json", "license “cc0”"),
    "zenodo, one more": (_json(".zenodo.json", lambda value: value.update(communities=[])), True, ".zenodo.json", "the unknown “communities”"),
    "plain descriptor": (_json("datapackage-v1.json", lambda value: value["resources"][1]["schema"]["fields"][0].update(type="any")), True, "datapackage-v1.json", "resources/references/schema/fields/reference_id/type “any”"),
    "ordered otherwise": (_text(".zenodo.json", b'{\n  "title"', b'{  "title"'), True, ".zenodo.json", "“{  \"title\""),
    "no json": (_text("croissant.json", b"{", b"[", ), True, "croissant.json", "“:”|expecting"),
    "citation": (_text("CITATION.cff", b"title: ", b"title: Not "), True, "CITATION.cff", "not what the descriptor says"),
    "readme": (_text("README.md", b"Licence: ", b"Licence of "), True, "README.md", "Licence of "),
    "attributes": (_text(".gitattributes", b"-text", b"text"), True, ".gitattributes", "“* text”"),
    "licence": (_text("LICENSE", b"a", b"b"), False, "LICENSE", "sha256 "),
    "changelog": (_text("CHANGELOG.md", b"a", b"b"), False, "CHANGELOG.md", "sha256 "),
    "no licence": (_gone("LICENSE"), False, "LICENSE", "no such file"),
    "no licence of the data": (_gone("LICENSE-DATA.md"), False, "LICENSE-DATA.md", "no such file"),
    "no changelog": (_gone("CHANGELOG.md"), False, "CHANGELOG.md", "no such file"),
    "no croissant": (_gone("croissant.json"), False, "croissant.json", "no such file"),
    "no readme": (_gone("README.md"), False, "README.md", "no such file"),
    "no sums": (_gone(SUMS), False, SUMS, "no such file"),
    "sums: no line": (lambda content: content.update({SUMS: b"\n".join(content[SUMS].split(b"\n")[1:])}), False, SUMS, "no line for .gitattributes"),
    "sums: another line": (lambda content: content.update({SUMS: content[SUMS] + b"0" * 64 + b"  other.csv\n"}), False, SUMS, "a line for “other.csv”"),
    "sums: twice": (lambda content: content.update({SUMS: content[SUMS] + content[SUMS].split(b"\n")[0] + b"\n"}), False, SUMS, "a second line for .gitattributes"),
    "sums: wrong hash": (lambda content: content.update({SUMS: b"0" * 64 + content[SUMS][64:]}), False, SUMS, "sha256 000000000000… for .gitattributes"),
    "sums: malformed": (lambda content: content.update({SUMS: b"hello\n" + content[SUMS]}), False, SUMS, "“hello”"),
    "sums: path outside": (lambda content: content.update({SUMS: content[SUMS] + b"0" * 64 + b"  ../x\n"}), False, SUMS, "../x"),
    "sums: carriage returns": (lambda content: content.update({SUMS: content[SUMS].replace(b"\n", b"\r\n")}), False, SUMS, "carriage return"),
    "sums: cut": (lambda content: content.update({SUMS: content[SUMS][:-1]}), False, SUMS, "no line"),
    "sums: not UTF-8": (lambda content: content.update({SUMS: content[SUMS] + b"\xff\xfe\n"}), False, SUMS, "“"),
    "other file": (lambda content: content.update({"notes.txt": b"x"}), False, "notes.txt", "a file that no release has"),
    "other table": (lambda content: content.update({"datapackage/notes.csv": b"x"}), False, "datapackage/notes.csv", "a file that no build makes"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_a_release_that_was_changed(tmp_path, case):
    """Catches a file of a release that nobody checks: it was read by no command, hashes least of all."""
    change, is_summed, place, found = CHANGED[case]
    content = files()
    change(content)
    folder = unpacked(tmp_path / "x", summed(content) if is_summed else content)
    told = errors(folder)
    assert told and told[0].place.file == place, told
    assert len({problem.place.file for problem in told}) == 1
    assert any(any(part in problem.found for part in found.split("|")) for problem in told), told
    assert not [problem for problem in told if "haftar-record build" in problem.remedy]


def test_sound_lists_of_hashes(tmp_path):
    """Order, capital digits and the mark of binary files make no difference: sha256sum takes all of them."""
    content = files()
    lines = content[SUMS].decode().splitlines()
    content[SUMS] = "".join(f"{line[:64].upper()} *{line[66:]}\n" for line in reversed(lines)).encode()
    assert errors(unpacked(tmp_path / "x", content)) == []


def test_tables_of_a_release_alone(tmp_path):
    """Whoever takes the descriptor and the tables alone is told that nothing else was checked, and no more."""
    content = {path: data for path, data in files().items() if path == "datapackage.json" or path.endswith(".csv")}
    folder = unpacked(tmp_path / "x", content)
    assert errors(folder) == []
    assert "without SHA256SUMS" in "".join(problem.found for problem in haftar_record.validate(folder))


@pytest.mark.parametrize("engine", ["rows", "columnar"])
def test_both_engines_check_a_release(tmp_path, engine):
    """Catches an engine that reads tables only."""
    pytest.importorskip("duckdb")
    content = files()
    CHANGED["json-ld"][0](content)
    (problem,) = errors(unpacked(tmp_path / "x", summed(content)), engine=engine)
    assert (problem.place.file, problem.rule) == ("dataset.jsonld", "release")


# -- git -----------------------------------------------------------------------------------------------------------------


def cloned(at: Path, *options: str) -> Path:
    """A release that was committed and cloned by git with these settings."""
    unpacked(at / "one")
    settings = [part for option in options for part in ("-c", option)]
    for line in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        git(at / "one", *settings, *line)
    subprocess.run(["git", *settings, "clone", "-q", str(at / "one"), str(at / "two")], check=True, capture_output=True)
    return at / "two"


@pytest.mark.parametrize("setting", ["core.autocrlf=true", "core.eol=crlf", "core.autocrlf=input"])
def test_a_release_in_git(tmp_path, setting):
    """Catches line ends that git converts: committed on Windows, 20 of 20 tables were invalid."""
    assert errors(cloned(tmp_path, setting)) == []


@pytest.mark.parametrize("path", ["CHANGELOG.md", "LICENSE", EVENTS])
def test_an_export_where_line_ends_are_converted(tmp_path, path):
    """Catches a release whose bytes depend on the settings of git: they are the same wherever it is exported."""
    for name in ("seeds", "datapackage", "schemas"):
        (tmp_path / name).symlink_to(packages.ROOT / name) if name == "seeds" else packages.shutil.copytree(
            packages.ROOT / name, tmp_path / name
        )
    for name in ("datapackage.json", "CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
        packages.shutil.copy(packages.ROOT / name, tmp_path)
    (tmp_path / path).write_bytes((tmp_path / path).read_bytes().replace(b"\n", b"\r\n"))
    haftar_record.read(tmp_path).export(tmp_path / "out", ["zip"])
    assert (tmp_path / "out/haftar-record.zip").read_bytes() == released()


def test_a_table_that_nobody_vouches_for_is_not_exported(tmp_path):
    """Catches a zip whose descriptor has the hash of other bytes."""
    packages.folder(tmp_path)
    path = tmp_path / TOPICS
    path.write_bytes(path.read_bytes().replace(b"Whether Assad should stay", b"Whether Assad must stay"))
    with pytest.raises(DataErrors) as caught:
        haftar_record.read(tmp_path).export(tmp_path / "out", ["metadata"])
    assert [problem.place.file for problem in caught.value.problems] == [TOPICS]


# -- the machine ---------------------------------------------------------------------------------------------------------


def test_no_room_to_unpack(tmp_path, run):
    """Catches a traceback where the temporary folder is missing: it is the machine's fault, and said as such."""
    path = _written(tmp_path / "x.zip", released())
    script = "import tempfile; tempfile.tempdir = '/nowhere'; from haftar_record.cli.main import main; raise SystemExit(main())"
    done = subprocess.run(
        [sys.executable, "-c", script, "validate", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3 and "no temporary folder" in done.stderr and "Traceback" not in done.stderr


def test_a_name_that_the_language_of_the_system_cannot_write(tmp_path):
    """Catches a traceback where file names are ASCII, of a zip and of a revision."""
    content = {"datapackage.json": b"{}", "\u00e9": b"x"}
    path = _written(tmp_path / "x.zip", zipped(content))
    for line in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        git(unpacked(tmp_path / "x", content), *line)
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for root, name, said in (
        (tmp_path, str(path), "a name that can be unpacked here"),
        (tmp_path / "x", "HEAD", "HEAD:"),
    ):
        line = [sys.executable, "-m", "haftar_record", "--root", str(root), "validate", name]
        done = subprocess.run(line, capture_output=True, text=True, check=False, env=os.environ | plain)
        assert done.returncode == 1 and said in done.stderr, done.stderr


def test_a_zip_with_a_dot_before_its_paths(zip_):
    """Catches a zip that was made inside the folder (“.”), which was said to be dangerous."""
    folder = member("./", b"", external_attr=(stat.S_IFDIR | 0o755) << 16)
    path = zip_(zipped(files(), inside="./"))
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr(*folder)
    assert errors(path) == []


def test_a_name_that_cannot_be_unpacked(zip_):
    """Catches a traceback, and advice about space, for a member whose name is too long for a file."""
    path = zip_(zipped(files() | {f"datapackage/{'x' * 300}.csv": b"x"}))
    (problem,) = errors(path)
    assert "File name too long" in problem.found and problem.rule == "package"


def test_the_project_is_not_taken_for_the_zip_in_it(project, run):
    """Catches a command that checks the project although it was told to look into a file of it."""
    path = _written(project / "x.zip", released())
    result = run(path, "check")
    assert result.returncode == 2 and "no folder “seeds”" in result.stderr
