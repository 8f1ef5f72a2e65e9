"""The replacement of the package on disk: nothing half done, nothing outside touched, nothing of others removed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from haftar_record.cli import main
from haftar_record.files import folder as folders
from haftar_record.files.layout import DESCRIPTOR, SUMS, Files
from haftar_record.package import reader, snapshot, store
from haftar_record.problems.problem import DataErrors, Problem, WrongUse

TABLE = "datapackage/topics.csv"
Run = Callable[..., subprocess.CompletedProcess[str]]

needs_links = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with symbolic links and pipes")


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the project, with files that nobody may touch."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "precious").write_bytes(b"precious\n")
    (folder / "topics.csv").write_bytes(b"mine\n")
    (folder / "topics.json").write_bytes(b"{}\n")
    return folder


@pytest.fixture
def home(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a file and a key in it, beside the project."""
    folder = tmp_path_factory.mktemp("home")
    project.rename(folder / "project")
    (folder / ".bashrc").write_bytes(b"good\n")
    (folder / ".ssh").mkdir()
    (folder / ".ssh" / "id_rsa").write_bytes(b"key\n")
    return folder


def tree(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file, link and folder below a folder: its kind and mode, and its content."""
    found = {}
    for path in sorted(root.rglob("*")):
        info = path.lstat()
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        found[path.relative_to(root).as_posix()] = (info.st_mode, content)
    return found


def refused(root: Path, files: Files) -> Problem:
    """The one problem with which a replacement is refused."""
    with pytest.raises(DataErrors) as error:
        store.replace(root, files)
    (problem,) = error.value.problems
    return problem


def changed(root: Path) -> Files:
    """The package with another table of topics."""
    return store.read(root) | {TABLE: b"changed\n"}


def test_a_second_build_leaves_the_stage_of_the_first(project: Path) -> None:
    """A build that is refused the lock removed what the first one had staged, which then lost those files."""
    fcntl = pytest.importorskip("fcntl")
    staged = project / store.STAGE / TABLE
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"of the first build\n")
    with (project / store.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert refused(project, changed(project)).found == "another build is at work on this project"
    assert staged.exists()


def test_a_folder_in_the_place_of_a_file(project: Path) -> None:
    """A folder named like a table stopped the moves half way, with a mark left for every later command."""
    files = changed(project)
    (project / TABLE).unlink()
    (project / TABLE).mkdir()
    before = store.read(project)
    assert str(refused(project, files)) == (
        f"{TABLE}: error [disk]\n"
        "    found:    Is a directory while writing; all files are left as they were\n"
        "    expected: a package written in full\n"
        "    do:       move what has this name out of the way, then run again"
    )
    assert store.read(project) == before
    assert not store.is_unfinished(project) and not (project / store.STAGE).exists()


def test_a_file_in_the_place_of_a_folder(project: Path) -> None:
    """A file named like a generated folder did the same."""
    files = changed(project)
    (project / "schemas").rename(project / "elsewhere")
    (project / "schemas").write_bytes(b"")
    problem = refused(project, files)
    assert (problem.place.file, problem.found[:15]) == ("schemas", "Not a directory")
    assert not store.is_unfinished(project)


# -- links -------------------------------------------------------------------------------------------------------------


@needs_links
@pytest.mark.parametrize("folder", store.FOLDERS)
@pytest.mark.parametrize("target", ["..", "../.ssh", "seeds", "."])
def test_a_linked_folder(home: Path, folder: str, target: str) -> None:
    """``ln -s .. schemas`` in a pull request: a build removed everything in the parent folder, exit 0."""
    project = home / "project"
    files = changed(project) | {"schemas/topics.json": b"[]"}
    (project / folder).rename(project / "elsewhere")
    (project / folder).symlink_to(target)
    before = tree(home)
    problem = refused(project, files)
    (project / store.LOCK).unlink()
    assert tree(home) == before
    assert problem.place.file == folder
    assert problem.found.startswith("a symbolic link to “")
    assert problem.remedy == "move what has this name out of the way, then run again"


@needs_links
def test_what_build_and_check_say_of_a_linked_folder(project: Path, outside: Path, run: Run) -> None:
    """Check said “run build” and build changed nothing; both now say that the link has to go."""
    (project / "schemas").rename(project / "elsewhere")
    (project / "schemas").symlink_to(outside)
    before = tree(outside)
    for command, code in (("build", main.MACHINE), ("check", main.DATA_ERRORS)):
        result = run(project, command)
        assert result.returncode == code, result.stderr
        assert "a symbolic link to “" in result.stderr and "Traceback" not in result.stderr
    assert "do:       remove the link; then run “haftar-record build”" in result.stderr
    assert tree(outside) == before
    (project / "schemas").unlink()
    assert run(project, "build").returncode == main.FINE
    assert run(project, "check").returncode == main.FINE


@needs_links
@pytest.mark.parametrize("folder", store.FOLDERS)
def test_a_folder_that_becomes_a_link_meanwhile(
    project: Path, outside: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """A link that is planted after the look, before the move, is refused by the system: nothing is written through it."""
    files = changed(project) | {"schemas/topics.json": b"[]"}
    stage = store._stage

    def staged(*arguments: object) -> None:
        stage(*arguments)
        (project / folder).rename(project / "elsewhere")
        (project / folder).symlink_to(outside)

    before = tree(outside)
    monkeypatch.setattr(store, "_stage", staged)
    assert "a symbolic link" in refused(project, files).found
    assert tree(outside) == before
    monkeypatch.undo()
    (project / folder).unlink()
    store.replace(project, files)
    assert store.read(project) == files


@needs_links
def test_a_stage_that_becomes_a_link_meanwhile(project: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files to be moved are taken from no other place than the stage."""
    (outside / "datapackage").mkdir()
    (outside / TABLE).write_bytes(b"of somebody else\n")
    stage, files = store._stage, changed(project)

    def staged(*arguments: object) -> None:
        stage(*arguments)
        (project / store.STAGE).rename(project / "elsewhere")
        (project / store.STAGE).symlink_to(outside)

    before = tree(outside)
    monkeypatch.setattr(store, "_stage", staged)
    assert "a symbolic link" in refused(project, files).found
    assert tree(outside) == before
    assert (project / TABLE).read_bytes() != b"of somebody else\n"
    assert not os.path.lexists(project / store.STAGE)


@needs_links
@pytest.mark.parametrize("folder", [*store.FOLDERS, store.STAGE])
def test_links_on_a_system_that_opens_no_folders(home: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Where each part of a path can only be looked at, as on Windows, links are refused all the same, and exports made."""
    monkeypatch.setattr(folders, "_IS_OPENED", False)
    project = home / "project"
    files = changed(project) | {"schemas/topics.json": b"[]"}
    stage = store._stage

    def staged(*arguments: object) -> None:
        stage(*arguments)
        (project / folder).rename(project / "elsewhere")
        (project / folder).symlink_to("../.ssh")

    before = tree(home / ".ssh")
    monkeypatch.setattr(store, "_stage", staged)
    assert "a symbolic link to “" in refused(project, files).found
    assert tree(home / ".ssh") == before
    monkeypatch.setattr(store, "_stage", stage)
    assert store.export(home / "dist", exports(parquet__b=b"1")).written == ["parquet/b", SUMS]


@needs_links
@pytest.mark.parametrize("target", ["file", "nothing", "folder"])
def test_a_linked_file(project: Path, outside: Path, target: str) -> None:
    """A table that is a link is replaced by a plain file, and what it points at is left as it is."""
    files = changed(project)
    (project / TABLE).unlink()
    (project / TABLE).symlink_to(outside / {"file": "precious", "nothing": "nothing", "folder": ""}[target])
    before = tree(outside)
    assert TABLE not in store.read(project)
    assert store.replace(project, files).written == [TABLE]
    assert not (project / TABLE).is_symlink()
    assert tree(outside) == before


@needs_links
@pytest.mark.parametrize("name", [store.STAGE, store.MARK, store.LOCK])
@pytest.mark.parametrize("target", ["precious", "nothing", ""])
def test_a_link_in_the_place_of_what_a_build_leaves(project: Path, outside: Path, name: str, target: str) -> None:
    """A stage or mark that is a link is removed; a lock that is one is refused. None is followed, not even to a file
    that is not there: a lock that was a dangling link made that file."""
    files = changed(project)
    (project / name).symlink_to(outside / target)
    before = tree(outside)
    if name == store.LOCK:
        problem = refused(project, files)
        assert (problem.place.file, problem.found[:15]) == (store.LOCK, "a symbolic link")
        (project / name).unlink()
    assert store.replace(project, files).written == [TABLE]
    assert tree(outside) == before
    assert not os.path.lexists(project / store.STAGE) and not store.is_unfinished(project)


@needs_links
@pytest.mark.parametrize("name", [TABLE, "schemas/topics.json", DESCRIPTOR, "datapackage", "schemas"])
def test_no_link_is_read(project: Path, outside: Path, name: str) -> None:
    """A package that points at files of its reader does not make a command show them."""
    (project / name).rename(outside / Path(name).name)
    (project / name).symlink_to(outside / Path(name).name)
    for read in (reader.read, snapshot.of_folder):
        with pytest.raises(DataErrors) as error:
            read(project)
        assert all(problem.found.startswith("a symbolic link to “") for problem in error.value.problems)


# -- an interrupted build ----------------------------------------------------------------------------------------------

MARKS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "a plan": lambda path: path.write_text(
        json.dumps({"move": ["../x"], "remove": ["/etc/passwd", "README.md", "a\0"]})
    ),
    "100 MB": lambda path: path.open("wb").truncate(100_000_000),
    "pipe": os.mkfifo if hasattr(os, "mkfifo") else lambda path: path.touch(),
}
READING = [
    ("query", "SELECT 1"),
    ("show", "act-haftar"),
    ("check",),
    ("check", "--strict", "--format", "json"),
    ("validate", "{root}"),
    ("release",),
    ("release", "--against", "{root}"),
    ("diff", "{root}"),
    ("diff", "{root}/datapackage.json", "{root}"),
    ("export", "--format", "graphml", "--output", "{root}/dist"),
]


def prepared(root: Path) -> None:
    """A package that was made to look interrupted: with a stage, a link out of it, and a plan to move and remove."""
    (root / "datapackage" / "x").symlink_to("../..")
    (root / store.STAGE / "datapackage" / "x").mkdir(parents=True)
    (root / store.STAGE / "datapackage" / "x" / ".bashrc").write_bytes(b"evil\n")
    (root / store.STAGE / TABLE).write_bytes(b"evil\n")
    plan = {"move": ["datapackage/x/.bashrc", TABLE], "remove": ["datapackage/x/.ssh/id_rsa", "datapackage/places.csv"]}
    for name in (store.MARK, ".haftar-record-journal.json"):
        (root / name).write_text(json.dumps(plan), encoding="utf-8")


@needs_links
@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_commands_that_read_change_nothing(home: Path, run: Run, command: tuple[str, ...]) -> None:
    """They carried out whatever a prepared package told them to, outside the project as well."""
    project = home / "project"
    prepared(project)
    before = tree(home)
    result = run(project, *(part.format(root=project) for part in command))
    assert result.returncode == main.MACHINE, result.stderr
    said = result.stdout + result.stderr
    assert "an interrupted build, or one at work, left the package half replaced" in said
    assert "run “haftar-record build”, which finishes it" in said.encode().decode(
        "unicode_escape" if "json" in command else "utf-8"
    )
    assert tree(home) == before


@needs_links
def test_a_build_obeys_no_plan(home: Path, run: Run) -> None:
    """A build finishes by making every file again; what lies in the stage is of no account."""
    project = home / "project"
    before = store.read(project)
    prepared(project)
    result = run(project, "build")
    assert result.returncode == main.FINE, result.stderr
    assert "finished the replacement that an earlier build had begun" in result.stderr
    assert "left alone (not made by a build): datapackage/x" in result.stderr
    assert store.read(project) == before
    assert (home / ".bashrc").read_bytes() == b"good\n" and (home / ".ssh/id_rsa").exists()
    assert not store.is_unfinished(project)


def test_a_build_finishes_before_it_finds_a_mistake(project: Path, run: Run) -> None:
    """A mistake in the sheets keeps a build from making the files, and not from finishing what another has staged."""
    before = store.read(project)
    (project / store.MARK).touch()
    staged = project / store.STAGE / TABLE
    staged.parent.mkdir(parents=True)
    (project / TABLE).rename(staged)
    (project / "seeds/coding/topics.yaml").write_text("- id: nothing\n", encoding="utf-8")
    result = run(project, "build")
    assert result.returncode == main.DATA_ERRORS, result.stderr
    assert store.read(project) == before
    assert not store.is_unfinished(project)


@pytest.mark.parametrize("kind", MARKS)
def test_a_mark_of_any_kind(project: Path, kind: str) -> None:
    """Whatever it is, it says only that the next build has to finish; its content is not read."""
    MARKS[kind](project / store.MARK)
    with pytest.raises(DataErrors) as error:
        reader.read(project)
    assert [problem.rule for problem in error.value.problems] == ["unfinished"]
    assert store.replace(project, changed(project)).finished
    assert not store.is_unfinished(project)
    assert (project / TABLE).read_bytes() == b"changed\n"


def test_a_folder_in_the_place_of_the_mark(project: Path) -> None:
    """It cannot be of a build, and is not removed."""
    (project / store.MARK / "x").mkdir(parents=True)
    problem = refused(project, changed(project))
    assert (problem.place.file, problem.found[:14]) == (store.MARK, "Is a directory")
    assert (project / store.MARK / "x").exists()


@pytest.mark.parametrize("name", [TABLE, DESCRIPTOR])
def test_half_replaced_without_a_stage(project: Path, name: str) -> None:
    """A file was moved, and the stage with the others is gone: the next build makes them again."""
    files = changed(project) | {"schemas/topics.json": b"[]", DESCRIPTOR: b"{}"}
    (project / name).write_bytes(files[name])
    (project / store.MARK).touch()
    assert store.replace(project, files).finished
    assert store.read(project) == files


def test_a_first_move_that_fails(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is replaced yet, no mark is left that keeps others from reading the old package."""

    def failing(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(project / TABLE))

    monkeypatch.setattr(store, "_take", failing)
    assert "all files are left as they were" in refused(project, changed(project)).found
    assert not store.is_unfinished(project)


def test_an_interrupt_leaves_no_part(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt while files are written aside leaves the old package, and nothing beside it."""
    before = tree(project)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.replace(project, changed(project))
    (project / store.LOCK).unlink()
    assert tree(project) == before


def test_a_full_disk_names_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle of a file was reported for the folder “.”."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert str(refused(project, changed(project))) == (
        f"{store.STAGE}/{TABLE}: error [disk]\n"
        "    found:    No space left on device while writing; all files are left as they were\n"
        "    expected: a package written in full\n"
        "    do:       free some space, then run again"
    )


# -- what is not ours --------------------------------------------------------------------------------------------------


def entry(name: str, data: bytes) -> dict[str, object]:
    """A resource of the descriptor of an earlier build."""
    sha = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return {"name": name, "path": f"datapackage/{name}.csv", "schema": f"schemas/{name}.json", "hash": sha}


def describe(root: Path, *entries: dict[str, object]) -> None:
    """Add resources to the descriptor on disk."""
    content = json.loads((root / DESCRIPTOR).read_bytes())
    (root / DESCRIPTOR).write_text(
        json.dumps(content | {"resources": [*content["resources"], *entries]}), encoding="utf-8"
    )


def test_files_of_others_stay(project: Path, run: Run) -> None:
    """A workbook, a folder, a pipe, a link and a hidden file in the folders of the package: a build removed them all and
    said nothing. It names them now, and check calls each unexpected but for what systems leave behind."""
    mine = ["datapackage/mine.xlsx", "datapackage/mine.csv", "datapackage/folder/deep/notes.txt", "schemas/mine.json"]
    for path in (*mine, "datapackage/.DS_Store", "schemas/~$mine.json"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(b"mine\n")
    before = tree(project)
    result = run(project, "build")
    assert result.returncode == main.FINE, result.stderr
    assert f"left alone (not made by a build): {', '.join(sorted(mine))}\n" in result.stderr
    (project / store.LOCK).unlink()
    assert tree(project) == before
    checked = json.loads(run(project, "check", "--format", "json").stdout)["problems"]
    assert sorted(problem["file"] for problem in checked if problem["rule"] == "unexpected-file") == sorted(mine)


def test_files_of_an_earlier_build_go(project: Path) -> None:
    """A table that is no longer made is removed with its schema, once the descriptor on disk vouches for its bytes."""
    files = store.read(project)
    (project / "datapackage/gone.csv").write_bytes(b"a\n1\n")
    (project / "schemas/gone.json").write_bytes(b"{}\n")
    describe(project, entry("gone", b"a\n1\n"))
    assert store.replace(project, files).removed == ["schemas/gone.json", "datapackage/gone.csv"]
    assert store.read(project) == files and not store.others(project)


@pytest.mark.parametrize(
    "changes",
    [
        {"hash": "sha256:" + "0" * 64},
        {"hash": None},
        {"name": "README"},
        {"name": "../kept", "path": "datapackage/../kept.csv"},
        {"path": "/etc/passwd"},
        {"path": "datapackage/README.md"},
        {"path": "datapackage/sub/kept.csv", "name": "sub/kept"},
        {"path": "seeds/README.md"},
        {"name": "kept\0"},
        {"name": ["kept"]},
        {"path": ["datapackage/kept.csv"]},
    ],
    ids=repr,
)
def test_a_descriptor_that_names_files_of_others(project: Path, changes: dict[str, object]) -> None:
    """A prepared descriptor makes a build remove nothing but a table and schema that it vouches for, at their places."""
    files = store.read(project)
    for path in (
        "datapackage/kept.csv",
        "kept.csv",
        "datapackage/sub/kept.csv",
        "schemas/kept.json",
        "schemas/README.json",
    ):
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_bytes(b"mine\n")
    describe(project, entry("kept", b"mine\n") | changes)
    before = tree(project)
    assert store.replace(project, files).removed == []
    (project / store.LOCK).unlink()
    after = tree(project)
    assert after.pop(DESCRIPTOR) != before.pop(DESCRIPTOR)
    assert after == before


@needs_links
def test_an_outdated_table_that_is_a_link(project: Path, outside: Path) -> None:
    """Through a link nothing is vouched for: neither it nor what it points at is removed."""
    files = store.read(project)
    (project / "datapackage/gone.csv").symlink_to(outside / "precious")
    describe(project, entry("gone", b"precious\n"))
    assert store.replace(project, files).removed == []
    assert (project / "datapackage/gone.csv").is_symlink() and (outside / "precious").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"resources": 1}', b'{"resources": [1, null]}', b"[" * 100_000, b"\xff"]
)
def test_a_descriptor_that_is_none(project: Path, content: bytes) -> None:
    """It vouches for nothing, and is replaced."""
    files = store.read(project)
    (project / DESCRIPTOR).write_bytes(content)
    assert store.replace(project, files).written == [DESCRIPTOR]


# -- exports -----------------------------------------------------------------------------------------------------------


def exports(**files: bytes) -> Files:
    """Files of an export, with their hashes."""
    made = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    lines = (f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(made.items()))
    return made | {SUMS: "".join(lines).encode()}


def overwritten(folder: Path, files: Files) -> list[str]:
    """The files that an export refuses to overwrite."""
    before = {path: entry for path, entry in tree(folder).items() if path != store.LOCK}
    with pytest.raises(DataErrors) as error:
        store.export(folder, files)
    assert {path: entry for path, entry in tree(folder).items() if path != store.LOCK} == before
    assert {problem.rule for problem in error.value.problems} == {"overwrite"}
    return [problem.place.file for problem in error.value.problems]


def test_exports_replace_exports(tmp_path: Path) -> None:
    """A newer export takes the place of an older one, and files of others beside them stay."""
    (tmp_path / "mine").write_bytes(b"mine\n")
    store.export(tmp_path, exports(a_xlsx=b"1", parquet__b=b"1"))
    assert store.export(tmp_path, exports(a_xlsx=b"2", parquet__b=b"2")).written == ["a.xlsx", "parquet/b", SUMS]
    assert (tmp_path / "a.xlsx").read_bytes() == b"2" and (tmp_path / "mine").read_bytes() == b"mine\n"


def test_hashes_of_all_that_was_exported(tmp_path: Path) -> None:
    """One format after another into one folder: ``SHA256SUMS`` forgot the earlier ones."""
    store.export(tmp_path, exports(a_xlsx=b"1", c_csv=b"1"))
    store.export(tmp_path, exports(b_zip=b"2"))
    assert (tmp_path / SUMS).read_bytes() == exports(a_xlsx=b"1", b_zip=b"2", c_csv=b"1")[SUMS]
    (tmp_path / "c.csv").unlink()
    store.export(tmp_path, exports(a_xlsx=b"3"))
    assert (tmp_path / SUMS).read_bytes() == exports(a_xlsx=b"3", b_zip=b"2")[SUMS]


def test_an_export_overwrites_nothing_of_others(tmp_path: Path) -> None:
    """A file of somebody else that has the name of an export was overwritten; so was an export that was edited."""
    (tmp_path / "CITATION.cff").write_bytes(b"mine\n")
    (tmp_path / SUMS).write_bytes(b"not a list of hashes\n")
    assert overwritten(tmp_path, exports(CITATION_cff=b"1", a_xlsx=b"1")) == ["CITATION.cff", SUMS]
    (tmp_path / "CITATION.cff").unlink()
    (tmp_path / SUMS).unlink()
    store.export(tmp_path, exports(a_xlsx=b"1"))
    (tmp_path / "a.xlsx").write_bytes(b"edited\n")
    assert overwritten(tmp_path, exports(a_xlsx=b"2")) == ["a.xlsx"]


@needs_links
def test_an_export_follows_no_link(tmp_path: Path, outside: Path) -> None:
    """A link below the folder, in the place of a folder or of a file, led out of it."""
    before = tree(outside)
    (tmp_path / "file").symlink_to(outside / "precious")
    assert overwritten(tmp_path, exports(file=b"1")) == ["file"]
    (tmp_path / "parquet").symlink_to(outside)
    with pytest.raises(DataErrors) as error:
        store.export(tmp_path, exports(parquet__precious=b"1"))
    assert "a symbolic link to “" in error.value.problems[0].found
    assert tree(outside) == before


def test_an_interrupted_export_is_finished(tmp_path: Path) -> None:
    """Files of an export that died are no files of others: their hashes stand in its mark."""
    (tmp_path / "a.xlsx").write_bytes(b"of the export that died")
    (tmp_path / store.MARK).write_bytes(exports(a_xlsx=b"of the export that died")[SUMS])
    assert store.export(tmp_path, exports(a_xlsx=b"2")).finished
    assert (tmp_path / "a.xlsx").read_bytes() == b"2" and not store.is_unfinished(tmp_path)


def test_a_mark_vouches_for_nothing_by_itself(tmp_path: Path) -> None:
    """An empty mark made an export overwrite whatever lay in the folder."""
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    (tmp_path / store.MARK).touch()
    assert overwritten(tmp_path, exports(a_xlsx=b"2")) == ["a.xlsx"]
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize("own", ["seeds", DESCRIPTOR])
def test_an_export_does_not_go_into_a_project(tmp_path: Path, own: str) -> None:
    """An export into another project overwrote its tables and took away the mark of its build."""
    (tmp_path / own).touch()
    (tmp_path / store.MARK).touch()
    with pytest.raises(WrongUse, match="among the files of a project"):
        store.export(tmp_path, exports(datapackage__topics_csv=b"2"))
    assert store.is_unfinished(tmp_path)


@pytest.mark.parametrize("output", ["seeds/new", "datapackage", "schemas/x", ".haftar-record-stage", ".git/x"])
def test_an_export_by_a_program_does_not_go_there_either(project: Path, output: str) -> None:
    """The command refused these folders, and the interface for programs wrote into them."""
    (project / ".git").mkdir()
    before = tree(project)
    with pytest.raises(WrongUse, match="among the files of a project"):
        store.export(project / output, exports(a_txt=b"2"))
    assert tree(project) == before


def test_a_stage_without_a_mark_vouches_for_nothing(project: Path) -> None:
    """A descriptor that lay in a stage made a build take a table of others for one of an earlier build."""
    mine = project / "datapackage/my_notes.csv"
    mine.write_bytes(b"a\n1\n")
    staged = project / store.STAGE / DESCRIPTOR
    staged.parent.mkdir()
    entry = {
        "name": "my_notes",
        "path": "datapackage/my_notes.csv",
        "hash": f"sha256:{hashlib.sha256(mine.read_bytes()).hexdigest()}",
    }
    staged.write_text(json.dumps({"resources": [entry]}), encoding="utf-8")
    assert store.replace(project, changed(project)).removed == []
    assert mine.exists()


@needs_links
@pytest.mark.parametrize("output", ["", ".", "seeds", "datapackage", "schemas/new/deep", "dist/..", "link", ".git/x"])
def test_an_export_does_not_go_among_the_files_of_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    """``export --output .`` wrote its files into the project, and the next check failed."""
    (project / ".git").mkdir()
    (project / "link").symlink_to("datapackage")
    monkeypatch.chdir(project)
    before = tree(project)
    assert main.main(["export", "--format", "graphml", "--output", output]) == main.USAGE
    assert "--output" in capsys.readouterr().err
    assert tree(project) == before
