"""Files and folders that may not be read, written or entered, or in whose place something else lies.

Whichever it is and whatever the command: one cause is one problem, at its place; the exit code says whether the data or
the machine is in the way; and a command that reads changes nothing, inside the project or where a link leads.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from haftar_record.cli import main
from haftar_record.export import archive
from haftar_record.files import folder, plain
from haftar_record.package import reader, store
from haftar_record.problems.problem import DataErrors

from ..conftest import ROOT
from .odd_files import a_socket, sparse

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes, links and permissions")

#: Commands that read; ``{other}`` is another copy of the project, ``{out}`` a folder outside.
READING = (
    ("check",),
    ("validate", "{root}"),
    ("query", "SELECT count(*) FROM actors"),
    ("show", "act-haftar"),
    ("diff", "{other}", "{root}"),
    ("release", "--against", "{other}"),
    ("export", "--format", "zip", "--output", "{out}"),
)
FOLDERS = ("seeds", "seeds/articles", "seeds/coding", "seeds/coding/articles", "datapackage", "schemas")
FILES = (
    "seeds/articles/004_3eb302bd82f84695.txt",
    "seeds/coding/articles/004_3eb302bd82f84695.yaml",
    "seeds/coding/topics.yaml",
    "seeds/coding/record.yaml",
    "datapackage/topics.csv",
    "schemas/topics.json",
    "datapackage.json",
    "CITATION.cff",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-DATA.md",
)
#: What only some commands need; of the others nobody says anything.
TEXTS = ("CHANGELOG.md", "LICENSE", "LICENSE-DATA.md")


#: What may lie in the place of a file or folder, which has been moved to the folder ``elsewhere``.
KINDS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "file": lambda path: path.write_bytes(b"\xff"),
    "folder": lambda path: (path / "deep").mkdir(parents=True),
    "pipe": os.mkfifo,
    "socket": a_socket,
    "link": lambda path: path.symlink_to(elsewhere(path)),
    "relative link": lambda path: path.symlink_to(os.path.relpath(elsewhere(path), path.parent)),
    "dangling link": lambda path: path.symlink_to("nowhere"),
    "circle of links": lambda path: path.symlink_to(path.name),
    "endless device": lambda path: path.symlink_to("/dev/zero"),
    "long link": lambda path: path.symlink_to("x" * 250 + "/" + "y" * 250),
    "two gigabytes": sparse,
}
#: Rights that do not let a folder be listed and entered. Of a file the right to read is all that counts.
MODES = (0o000, 0o111, 0o333, 0o444)
#: With EVERY_FAULT set everything is tried in the place of everything, else a part of that.
STEP = 1 if os.environ.get("EVERY_FAULT") else 13
OTHERS = [
    (target, kind)
    for target in (*FOLDERS, *FILES)
    for kind in KINDS
    if kind != ("folder" if target in FOLDERS else "file")
][::STEP]
CLOSED = [*((target, mode) for target in (".", *FOLDERS) for mode in MODES), *((target, 0) for target in FILES)][::STEP]


def elsewhere(path: Path) -> Path:
    """Where the file or folder of the project was moved to."""
    project = next(one for one in path.parents if one.name == "project")
    return project.parent / "elsewhere" / path.name


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another copy of the project, with the texts of a release."""
    return furnished(tmp_path_factory.mktemp("other") / "other")


def furnished(place: Path) -> Path:
    """A copy of the project's data and texts."""
    for name in ("seeds", "datapackage", "schemas"):
        shutil.copytree(ROOT / name, place / name)
    for name in ("datapackage.json", "CITATION.cff", *TEXTS):
        shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder with a project in it, and beside it the folder to which parts of it are moved."""
    furnished(tmp_path / "project")
    (tmp_path / "elsewhere").mkdir()
    yield tmp_path
    for place, _, _ in os.walk(tmp_path):
        Path(place).chmod(0o755)


def listing(*roots: Path) -> dict[str, tuple[int, ...]]:
    """Kind, mode, size, time and number of everything below the folders: whatever is written changes one of them."""
    found = {}
    for root in roots:
        for path in (root, *root.rglob("*")):
            info = path.lstat()
            found[str(path)] = (info.st_mode, info.st_size, info.st_mtime_ns, info.st_ino, info.st_nlink)
    return found


def replaced(path: Path, kind: str) -> None:
    """Put something else in the place of a file or folder."""
    path.rename(elsewhere(path))
    KINDS[kind](path)


class Said:
    """What a command said, and the code with which it ended."""

    def __init__(self, code: int, text: str):
        self.code, self.text = code, text
        self.errors = text.count(": error [")

    def __repr__(self) -> str:
        return f"exit code {self.code}\n{self.text}"


def spoken(arguments: tuple[str, ...], home: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command in this process."""
    names = {"root": home / "project", "other": other, "out": home / "out"}
    code = main.main(["--root", str(home / "project"), *(part.format(**names) for part in arguments)])
    captured = capsys.readouterr()
    return Said(code, captured.out + captured.err)


@pytest.mark.slow
@pytest.mark.parametrize(("target", "kind"), OTHERS)
def test_something_else_in_its_place(
    home: Path, other: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], target: str, kind: str
) -> None:
    """It is in the data, so the exit code is 1; what it is, or leads to, is neither read nor changed."""
    path = home / "project" / target
    monkeypatch.chdir(home)
    replaced(path, kind)
    before = listing(home / "project", home / "elsewhere", other)
    codes = set()
    for arguments in READING:
        said = spoken(arguments, home, other, capsys)
        assert said.code in (main.FINE, main.DATA_ERRORS, main.USAGE), said
        assert said.errors <= 1, said
        assert target.split("/")[-1] in said.text or said.code == main.FINE, said
        codes.add(said.code)
        assert listing(home / "project", home / "elsewhere", other) == before, arguments
    assert codes - {main.FINE}
    elsewhere_before = listing(home / "elsewhere", other)
    said = spoken(("build",), home, other, capsys)
    assert said.code in (main.FINE, main.DATA_ERRORS, main.MACHINE, main.USAGE), said
    assert said.errors <= 1, said
    assert listing(home / "elsewhere", other) == elsewhere_before
    assert not store.is_unfinished(home / "project")


@pytest.fixture
def denied(other: Path) -> Callable[[Path, tuple[str, ...]], Said]:
    """Run a command as somebody whom the system may refuse: root may do anything, unless it gives that up."""
    line = [sys.executable, "-m", "haftar_record"]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("needs setpriv (util-linux), or another user than root")
        rights = "-dac_override,-dac_read_search"
        line = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}", *line]

    def run(home: Path, arguments: tuple[str, ...]) -> Said:
        names = {"root": home / "project", "other": other, "out": home / "out"}
        whole = [*line, "--root", str(home / "project"), *(part.format(**names) for part in arguments)]
        done = subprocess.run(whole, capture_output=True, text=True, timeout=120, check=False, cwd="/")
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout + done.stderr)

    return run


def needs(target: str, command: str) -> bool:
    """Whether a command has to read a file or folder of the project, as far as it is plain that it does."""
    if target in TEXTS:
        return command == "export" or (command == "release" and target == "CHANGELOG.md")
    if target.startswith("seeds") or target in ("CITATION.cff", "schemas", "schemas/topics.json"):
        return command in ("check", "release", "export")
    return True


@pytest.mark.slow
@pytest.mark.parametrize(("target", "mode"), CLOSED)
def test_nobody_may_read_it(home: Path, denied: Callable[..., Said], target: str, mode: int) -> None:
    """The machine is in the way, so the exit code is 3, and the advice is to let oneself read it."""
    path = home / "project" / target
    before = listing(home / "project")
    path.chmod(mode)
    for arguments in READING:
        said = denied(home, arguments)
        assert said.errors <= 1, said
        assert said.code in (main.FINE, main.MACHINE), said
        if said.code == main.MACHINE:
            assert "let yourself read" in said.text, said
            assert target == "." or target in said.text, said
        else:
            assert not needs(target, arguments[0]), said
    path.chmod(stat.S_IMODE(before[str(path)][0]))
    assert listing(home / "project") == before


@pytest.mark.parametrize("kind", ["pipe", "link", "folder", "two gigabytes", "circle of links", "nothing"])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_a_release(home: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str) -> None:
    """A licence that was a pipe made an export wait forever, and the target of one that was a link was packed."""
    replaced(home / "project" / name, kind)
    with pytest.raises(DataErrors) as error:
        archive.render(reader.read(home / "project"))
    (problem,) = error.value.problems
    assert (problem.place.file, problem.rule) == (name, "release")


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("seeds", "link"),
        ("seeds/articles", "relative link"),
        ("seeds/coding/articles", "link"),
        ("seeds/coding/topics.yaml", "relative link"),
        ("seeds/articles/004_3eb302bd82f84695.txt", "link"),
        ("seeds/coding/articles/004_3eb302bd82f84695.yaml", "pipe"),
        ("CHANGELOG.md", "endless device"),
    ],
)
def test_a_release_reads_no_other_place(
    home: Path, other: Path, capsys: pytest.CaptureFixture[str], target: str, kind: str
) -> None:
    """A sheet that was a link was read wherever it led to, and an error in it showed a line of that file."""
    path = home / "project" / target
    replaced(path, kind)
    if elsewhere(path).is_file():
        elsewhere(path).write_bytes(b"root:secret:0:0\n: : [\n")
    before = listing(home / "project", home / "elsewhere", other)
    said = spoken(("release", "--against", "{other}"), home, other, capsys)
    assert (said.code, said.errors) == (main.DATA_ERRORS, 1), said
    assert f"{target}: error [" in said.text and "secret" not in said.text
    assert listing(home / "project", home / "elsewhere", other) == before


# -- what the system does not let a build replace -----------------------------------------------------------------------

TABLE, DESCRIPTOR = "datapackage/topics.csv", "datapackage.json"
NOBODY = 65534


@pytest.fixture
def as_nobody() -> Iterator[tuple[Path, Callable[..., Said]]]:
    """A project of a user without rights, and a way to run commands as that user; the tests' own folder is root's."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("needs root and setpriv (util-linux), to be two users")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        project = furnished(Path(place) / "project")
        for path in (project, *project.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        line = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", sys.executable, "-B", "-m"]

        def run(*arguments: str) -> Said:
            whole = [*line, "haftar_record", "--root", str(project), *arguments]
            done = subprocess.run(whole, capture_output=True, text=True, timeout=120, check=False, cwd="/")
            assert "Traceback" not in done.stderr, done.stderr
            return Said(done.returncode, done.stdout + done.stderr)

        if run("--version").code != main.FINE:
            pytest.skip("the interpreter is not to be had for other users")
        yield project, run


def spoilt(project: Path) -> None:
    """Change files of several folders, so that a build has to replace them."""
    for path in ("CITATION.cff", "datapackage/actors.csv", TABLE, DESCRIPTOR, "schemas/topics.json"):
        info = (project / path).stat()
        (project / path).write_bytes(b"stale\n")
        os.chown(project / path, info.st_uid, info.st_gid)


@pytest.mark.slow
@pytest.mark.parametrize("target", [TABLE, DESCRIPTOR, "schemas/topics.json"])
def test_a_file_of_somebody_else_in_a_sticky_folder(as_nobody: tuple[Path, Callable[..., Said]], target: str) -> None:
    """In a folder such as /tmp nobody may replace the file of another: the build failed when half of it was moved."""
    project, run = as_nobody
    spoilt(project)
    path = project / target
    os.chown(path, 0, 0)
    os.chown(path.parent, 0, 0)
    path.parent.chmod(0o1777)
    before = listing(project)
    said = run("build")
    assert (said.code, said.errors) == (main.MACHINE, 1), said
    assert f"{target}: error [disk]" in said.text and "all files are left as they were" in said.text
    assert "let yourself replace it" in said.text
    (project / store.LOCK).unlink()
    after = listing(project)
    assert {name for name in after if after[name] != before.get(name)} <= {str(project)}
    os.chown(path, NOBODY, NOBODY)
    assert run("build").code == main.FINE
    assert run("check").code == main.FINE


@pytest.mark.slow
def test_a_file_that_is_read_only_or_of_another_is_replaced(as_nobody: tuple[Path, Callable[..., Said]]) -> None:
    """Where the folder allows it, neither its owner nor its mode keeps a build from replacing a file."""
    project, run = as_nobody
    spoilt(project)
    os.chown(project / TABLE, 0, 0)
    (project / TABLE).chmod(0o644)
    (project / DESCRIPTOR).chmod(0o400)
    assert run("build").code == main.FINE
    assert run("check").code == main.FINE


@pytest.mark.slow
@pytest.mark.parametrize("target", ["CITATION.cff", TABLE, DESCRIPTOR, "schemas", store.MARK])
def test_what_is_immutable(home: Path, denied: Callable[..., Said], target: str) -> None:
    """What its owner has locked (``chattr +i``) stopped the moves half way."""
    project = home / "project"
    spoilt(project)
    if target == store.MARK:
        (project / target).touch()
    locked = shutil.which("chattr") and subprocess.run(["chattr", "+i", project / target], check=False).returncode == 0
    if not locked:
        pytest.skip("needs chattr, the right to use it, and a disk that knows it")
    try:
        before = store.read(project)
        said = denied(home, ("build",))
        assert (said.code, said.errors) == (main.MACHINE, 1), said
        assert f"{target}: error [disk]" in said.text, said
        assert store.read(project) == before
        assert store.is_unfinished(project) == (target == store.MARK)
    finally:
        subprocess.run(["chattr", "-i", project / target], check=True)
    assert denied(home, ("build",)).code == main.FINE
    assert denied(home, ("check",)).code == main.FINE


def test_a_folder_of_another_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are written aside and moved, which goes on one disk only: a folder mounted into the project is refused."""
    project = home / "project"
    files = store.read(project) | {"CITATION.cff": b"changed\n", TABLE: b"changed\n"}
    info = folder.Folder._info

    def mounted(self: folder.Folder) -> os.stat_result:
        found = info(self)
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:])) if self.path.name == "datapackage" else found

    monkeypatch.setattr(folder.Folder, "_info", mounted)
    before = store.read(project)
    with pytest.raises(DataErrors) as error:
        store.replace(project, files)
    (problem,) = error.value.problems
    assert problem.found.endswith("while writing; all files are left as they were")
    assert problem.remedy == "make it a folder of the same disk, then run again"
    assert store.read(project) == before


@pytest.mark.parametrize("number", [errno.EPERM, errno.EBUSY, errno.EIO, errno.ESTALE])
@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_move_that_fails_half_way(home: Path, monkeypatch: pytest.MonkeyPatch, number: int, moved: int) -> None:
    """What could not be known before: it is said how far the build came, others refuse to read, the next one finishes."""
    project = home / "project"
    files = store.read(project) | {"CITATION.cff": b"changed\n", TABLE: b"changed\n", DESCRIPTOR: b"{}"}
    take, done = folder.Folder.take, 0

    def failing(self: folder.Folder, name: str, source: folder.Folder) -> None:
        nonlocal done
        done += 1
        if done > moved:
            raise OSError(number, os.strerror(number), str(self.path / name))
        take(self, name, source)

    monkeypatch.setattr(folder.Folder, "take", failing)
    with pytest.raises(DataErrors) as error:
        store.replace(project, files)
    (problem,) = error.value.problems
    state = "half of the files are replaced, and the next run finishes" if moved else "all files are left as they were"
    assert (problem.rule, problem.found) == ("disk", f"{os.strerror(number)} while writing; {state}")
    assert store.is_unfinished(project) == bool(moved)
    monkeypatch.undo()
    assert store.replace(project, files).finished == bool(moved)
    assert store.read(project) == files and not store.is_unfinished(project)


def test_sheets_that_nobody_may_look_at(home: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """Catches “there are no sheets”, by which a project was taken for a release that somebody uses."""
    project = home / "project"
    stated = Path.stat

    def refused(self: Path, **options: bool) -> os.stat_result:
        if project / "seeds" in self.parents:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return stated(self, **options)

    def shut(path: Path, wanted: int, **options: object) -> bool:
        return Path(path).name != "seeds" or wanted == os.F_OK

    monkeypatch.setattr(Path, "stat", refused)
    monkeypatch.setattr(os, "access", shut)
    for line in (["validate"], ["export", "--output", str(home / "out")], ["query", "SELECT 1"], ["check"]):
        assert main.main(["--root", str(project), *line]) == main.MACHINE, line
        said = capsys.readouterr().err
        assert said.count(": error [access]") == 1 and "seeds" in said and "let yourself read it" in said, said


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ENFILE, errno.ESTALE])
def test_what_cannot_be_found_out_is_not_no(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Catches an error of the machine that is taken for a file that is not there."""

    def refused(path: Path, **_: bool) -> os.stat_result:
        raise OSError(number, os.strerror(number), str(path))

    assert not plain.is_file(Path("x\0")) and not plain.is_folder(Path("x" * 300))
    monkeypatch.setattr(Path, "stat", refused)
    for look in (plain.is_file, plain.is_folder):
        with pytest.raises(OSError, match=os.strerror(number)):
            look(Path("x"))
