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
from haftar_record.model import tables
from haftar_record.package import reader, snapshot, source, store
from haftar_record.problems.problem import DataErrors, Problem, WrongUse
from haftar_record.releases import candidate

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
    assert (project / store.STAGE).is_symlink()


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
    """A link is none of these, and is neither followed nor removed, whatever it leads to: a lock that was a dangling link
    made the file that it named. Where it is gone, the build does its work."""
    files = changed(project)
    (project / name).symlink_to(outside / target)
    before = tree(outside)
    problem = refused(project, files)
    assert (problem.place.file, problem.found[:15]) == (name, "a symbolic link")
    assert problem.found.endswith("while writing; all files are left as they were")
    if name == store.MARK:
        with pytest.raises(DataErrors):
            store.finish(project)
    assert (project / name).is_symlink()
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
    left = f"{store.STAGE}/datapackage/x/.bashrc, datapackage/x"
    assert f"left alone (not made by a build): {left}\n" in result.stderr
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


@needs_links
@pytest.mark.parametrize("name", [store.STAGE, store.MARK, store.LOCK])
@pytest.mark.parametrize("kind", [Path.mkdir, Path.touch, os.mkfifo], ids=["folder", "file", "pipe"])
def test_what_cannot_be_of_a_build(project: Path, name: str, kind: Callable[[Path], object]) -> None:
    """What has a name of a build and is another kind of thing is not removed; what is of that kind is taken for it."""
    kind(project / name)
    if (kind is Path.mkdir) == (name == store.STAGE) and kind is not os.mkfifo:
        assert store.replace(project, changed(project)).written == [TABLE]
        return
    before = tree(project)
    if name == store.MARK:
        with pytest.raises(DataErrors):
            store.finish(project)
    problem = refused(project, changed(project))
    assert problem.place.file == name
    assert problem.remedy == "move what has this name out of the way, then run again"
    (project / store.LOCK).unlink() if name != store.LOCK else None
    assert tree(project) == before


def test_what_a_stage_holds_of_others(project: Path, run: Run) -> None:
    """A folder of the stage's name was removed with all that somebody had put into it."""
    mine = [f"{store.STAGE}/notes.txt", f"{store.STAGE}/datapackage/deep/mine.csv", f"{store.STAGE}/datapackage/x.csv"]
    for path in mine:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(b"mine\n")
    (project / store.STAGE / TABLE).write_bytes(b"of a build that died\n")
    (project / TABLE).unlink()
    result = run(project, "build")
    assert result.returncode == main.FINE, result.stderr
    assert f"left alone (not made by a build): {', '.join(sorted(mine))}\n" in result.stderr
    assert all((project / path).read_bytes() == b"mine\n" for path in mine)
    assert not (project / store.STAGE / TABLE).exists()
    checked = json.loads(run(project, "check", "--format", "json").stdout)["problems"]
    assert [problem["file"] for problem in checked] == sorted(mine)


def test_a_stage_that_a_build_left_is_no_mistake(project: Path, run: Run) -> None:
    """Where a build died before it moved anything, what it had written aside is nobody's concern."""
    (project / store.STAGE / "datapackage").mkdir(parents=True)
    (project / store.STAGE / TABLE).write_bytes(b"of a build that died\n")
    assert run(project, "check", "--strict").returncode == main.FINE


def test_a_plan_of_an_earlier_version(project: Path, run: Run) -> None:
    """What builds of an earlier version left when they died went unnoticed. It is not obeyed, and both commands say that
    it has to go."""
    relic = project / store.RELICS[0]
    relic.write_text(json.dumps({"move": [TABLE], "remove": [DESCRIPTOR]}), encoding="utf-8")
    before = tree(project)
    built, checked = run(project, "build"), run(project, "check")
    assert (built.returncode, checked.returncode) == (main.FINE, main.DATA_ERRORS)
    assert f"{relic.name} is what an interrupted build of an earlier version left; nothing reads it" in built.stderr
    assert f"{relic.name}: error [unexpected-file]" in checked.stderr and "do:       remove it" in checked.stderr
    (project / store.LOCK).unlink()
    assert tree(project) == before


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


@pytest.fixture
def former(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two tables that a release had and this version has no more."""
    schema = hashlib.sha256(b"{}\n").hexdigest()
    monkeypatch.setattr(tables, "FORMER", {"gone": (schema,), "kept": (schema,)})


@pytest.mark.usefixtures("former")
def test_files_of_an_earlier_build_go(project: Path) -> None:
    """A table that is no longer made is removed with its schema, once the descriptor on disk vouches for its bytes."""
    files = store.read(project)
    (project / "datapackage/gone.csv").write_bytes(b"a\n1\n")
    (project / "schemas/gone.json").write_bytes(b"{}\n")
    describe(project, entry("gone", b"a\n1\n"))
    assert store.replace(project, files).removed == ["schemas/gone.json", "datapackage/gone.csv"]
    assert store.read(project) == files and not store.others(project)


@pytest.mark.usefixtures("former")
@pytest.mark.parametrize("edited", ["datapackage/gone.csv", "schemas/gone.json"])
def test_a_file_of_an_earlier_build_that_was_edited(project: Path, edited: str) -> None:
    """It has become somebody's own: it stays, and is said to be there."""
    (project / "datapackage/gone.csv").write_bytes(b"a\n1\n")
    (project / "schemas/gone.json").write_bytes(b"{}\n")
    describe(project, entry("gone", b"a\n1\n"))
    (project / edited).write_bytes(b"edited\n")
    store.replace(project, store.read(project))
    assert (project / edited).read_bytes() == b"edited\n"
    assert edited in store.others(project)


def test_a_table_of_a_user_in_the_descriptor(project: Path, run: Run) -> None:
    """A table that a user made, and entered into the descriptor with its right hash, was removed by the next build."""
    (project / "datapackage/mine.csv").write_bytes(b"a\n1\n")
    (project / "schemas/mine.json").write_bytes(b"{}\n")
    describe(project, entry("mine", b"a\n1\n"))
    result = run(project, "build")
    assert result.returncode == main.FINE, result.stderr
    assert "left alone (not made by a build): datapackage/mine.csv, schemas/mine.json\n" in result.stderr
    assert (project / "datapackage/mine.csv").read_bytes() == b"a\n1\n"
    assert (project / "schemas/mine.json").read_bytes() == b"{}\n"


def test_every_table_of_the_last_release(root: Path) -> None:
    """A table was renamed, and builds do not know that what is left of it was theirs."""
    try:
        last = candidate.last_release(root)
    except WrongUse as error:
        pytest.skip(str(error))
    if last is None:
        pytest.skip("there was no release")
    with source.opened(last, root) as opened:
        for entry in opened.described().content["resources"]:
            if entry["name"] not in tables.BY_NAME:
                schema = opened.bytes(f"schemas/{entry['name']}.json")
                assert hashlib.sha256(schema).hexdigest() in tables.FORMER[entry["name"]]


def test_no_table_is_a_former_one() -> None:
    """A table that came back would be removed by the build that makes it."""
    assert not {*tables.FORMER} & {*tables.BY_NAME}


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
@pytest.mark.usefixtures("former")
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
@pytest.mark.usefixtures("former")
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


@pytest.fixture
def released(tmp_path: Path) -> Files:
    """A release of somebody else, unpacked: its files have names that exports have, and its hashes are right."""
    files = exports(CITATION_cff=b"theirs", README_md=b"theirs", mine_csv=b"theirs")
    for path, data in files.items():
        (tmp_path / path).write_bytes(data)
    return files


def test_hashes_of_somebody_else_vouch_for_nothing(tmp_path: Path, released: Files) -> None:
    """The hashes of another release made an export overwrite its files, and their other lines were lost."""
    assert overwritten(tmp_path, exports(CITATION_cff=b"1", a_xlsx=b"1")) == ["CITATION.cff", SUMS]
    assert overwritten(tmp_path, exports(a_xlsx=b"1")) == [SUMS]
    assert {path: (tmp_path / path).read_bytes() for path in released} == released


@pytest.mark.parametrize("change", [b"# mine\n", b"0" * 64 + b"  mine.csv\n", b"\n", b"\xff"], ids=repr)
def test_lines_that_were_added_to_the_hashes(tmp_path: Path, change: bytes) -> None:
    """They were lost when the next export wrote the file again."""
    store.export(tmp_path, exports(a_xlsx=b"1"))
    changed_sums = (tmp_path / SUMS).read_bytes() + change
    (tmp_path / SUMS).write_bytes(changed_sums)
    assert overwritten(tmp_path, exports(a_xlsx=b"2")) == [SUMS]
    assert (tmp_path / SUMS).read_bytes() == changed_sums


def test_what_says_that_exports_are_here(tmp_path: Path) -> None:
    """The list of what exports have written is neither followed as a link, nor removed where it is of another kind."""
    outside = tmp_path / "outside"
    outside.write_bytes(exports(a_xlsx=b"mine")[SUMS])
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.xlsx").write_bytes(b"mine")
    (tmp_path / "out" / store.EXPORTS).symlink_to(outside)
    assert overwritten(tmp_path / "out", exports(a_xlsx=b"2")) == ["a.xlsx"]
    (tmp_path / "out/a.xlsx").unlink()
    with pytest.raises(DataErrors) as error:
        store.export(tmp_path / "out", exports(a_xlsx=b"2"))
    assert error.value.problems[0].found.startswith("a symbolic link")
    assert (tmp_path / "out" / store.EXPORTS).is_symlink() and not (tmp_path / "out/a.xlsx").exists()


def test_the_hashes_of_two_exports_of_which_one_died(tmp_path: Path) -> None:
    """What the one that died had moved already is still listed."""
    store.export(tmp_path, exports(a_xlsx=b"1"))
    (tmp_path / "b.zip").write_bytes(b"2")
    (tmp_path / store.MARK).write_bytes(exports(b_zip=b"2", c_csv=b"not moved")[SUMS])
    store.export(tmp_path, exports(d_txt=b"3"))
    assert (tmp_path / SUMS).read_bytes() == exports(a_xlsx=b"1", b_zip=b"2", d_txt=b"3")[SUMS]


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


def test_a_stage_without_a_mark_vouches_for_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A descriptor that lay in a stage made a build take a table of others for one of an earlier build."""
    monkeypatch.setattr(tables, "FORMER", {"my_notes": ()})
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


#: Where exports may not go, of a project that holds a folder ``docs`` and a file ``README.md``, and what is said of it.
REFUSED = {
    "": "name a folder, in full",
    "~": "name a folder, in full",
    "~/desk": "name a folder, in full",
    ".": "among the files of a project",
    "./": "among the files of a project",
    "dist/..": "among the files of a project",
    "seeds": "among the files of a project",
    "seeds/": "among the files of a project",
    "datapackage": "among the files of a project",
    "schemas/new/deep": "among the files of a project",
    "Datapackage/new": "among the files of a project",
    "Docs": "among the files of a project",
    ".git/x": "among the files of a project",
    ".haftar-record-stage": "among the files of a project",
    "docs": "holds files that no export has made",
    "docs/new": "holds files that no export has made",
    "dist/../docs/new": "holds files that no export has made",
    "README.md": "is no folder",
    "README.md/new": "is no folder",
    "link": "is a symbolic link in a project",
    "link/new": "is a symbolic link in a project",
    "nowhere": "is a symbolic link in a project",
    "new/../link": "is a symbolic link in a project",
    "loop": "is a symbolic link in a project",
    "../outside-link/docs": "holds files that no export has made",
    "a\0b": "cannot export to",
    "x" * 300: "cannot export to",
}


@pytest.fixture
def furnished(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with folders and links, in which the command is run."""
    project = home / "project"
    (project / ".git").mkdir()
    (project / "docs").mkdir()
    (project / "docs/index.md").write_bytes(b"# mine\n")
    (project / "README.md").write_bytes(b"# mine\n")
    for name, target in (("link", tmp_path_factory.mktemp("elsewhere")), ("nowhere", "gone"), ("loop", "loop")):
        (project / name).symlink_to(target)
    (home / "outside-link").symlink_to("project")
    monkeypatch.chdir(project)
    return project


@needs_links
@pytest.mark.parametrize("output", REFUSED, ids=repr)
def test_where_no_export_goes(furnished: Path, capsys: pytest.CaptureFixture[str], output: str) -> None:
    """``export --output .`` wrote its files into the project, and the next check failed; ``docs`` was accepted."""
    before = tree(furnished.parent)
    assert main.main(["export", "--format", "graphml", "--output", output]) == main.USAGE
    said = capsys.readouterr().err
    assert said.startswith("haftar-record: --output: cannot export to “") and REFUSED[output] in said
    assert tree(furnished.parent) == before


NOTES: dict[str, tuple[str, Files]] = {
    "an empty note": (store.EXPORTS, exports()),
    "an empty mark": (store.MARK, exports()),
    "a note of another file": (store.EXPORTS, exports(other_md=b"1")),
    "a mark of another content": (store.MARK, exports(index_md=b"1")),
}


@pytest.mark.parametrize("case", NOTES)
def test_a_note_of_exports_vouches_for_what_it_names(furnished: Path, case: str) -> None:
    """Catches a note of exports, or a mark, that somebody put among the documentation: exports went there."""
    name, files = NOTES[case]
    (furnished / "docs" / name).write_bytes(files[SUMS])
    (furnished / "docs/deep").mkdir()
    (furnished / "docs/deep/x.md").write_bytes(b"# mine\n")
    before = tree(furnished)
    for output in ("docs", "docs/new"):
        with pytest.raises(WrongUse, match="holds files that no export has made"):
            store.export(Path(output), exports(a_txt=b"1"))
    assert tree(furnished) == before


def test_a_folder_of_exports_takes_more(furnished: Path) -> None:
    """Exports with a folder, one that was removed, and litter are exports; one that was changed is not any more."""
    store.export(Path("dist"), exports(a_txt=b"1", b_txt=b"1", parquet__c=b"1"))
    Path("dist/b.txt").unlink()
    Path("dist/.DS_Store").touch()
    Path("dist/mine.txt").write_bytes(b"mine")
    store.export(Path("dist"), exports(a_txt=b"2"))
    Path("dist/a.txt").unlink()
    Path("dist/SHA256SUMS").unlink()
    store.export(Path("dist/parquet"), exports(d=b"1"))
    Path("dist/parquet/c").write_bytes(b"mine")
    assert Path("dist/mine.txt").read_bytes() == b"mine"
    with pytest.raises(WrongUse, match="or that were changed since"):
        store.export(Path("dist"), exports(a_txt=b"3"))


@needs_links
@pytest.mark.parametrize(
    "output",
    ["dist", "dist/", "empty", "new/deep", "a\nb", "\x1b[31m", "./~x", "../beside", "../linked", "d o ' $HOME"],
    ids=repr,
)
def test_where_exports_go(furnished: Path, output: str) -> None:
    """New and empty folders, those with exports, and any folder outside, also through a link that its user has named."""
    (furnished / "empty").mkdir()
    for name in (".DS_Store", store.LOCK, f"{store.STAGE}/a.txt"):  # the last two of an export that was killed
        (furnished / "empty" / name).parent.mkdir(exist_ok=True)
        (furnished / "empty" / name).touch()
    (furnished.parent / "beside").mkdir()
    (furnished.parent / "beside/mine").write_bytes(b"mine\n")
    (furnished.parent / "linked").symlink_to("beside")
    before = {path: entry for path, entry in tree(furnished).items() if store.STAGE not in path}
    for data in (b"1", b"2"):
        store.export(Path(output), exports(a_txt=data))
        assert (Path(output) / "a.txt").read_bytes() == data
    kept = {path: entry for path, entry in tree(furnished).items() if path in before}
    assert kept == before
