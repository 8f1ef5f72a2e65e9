"""Whatever kills a build, at whichever step: the package on disk is the old one or the new one, or the next build
finishes it. Whoever reads meanwhile reads one of the two, or is told to wait.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from haftar_record.files.layout import Files
from haftar_record.model import tables
from haftar_record.package import store
from haftar_record.problems.problem import DataErrors

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def described(files: Files, **more: str) -> Files:
    """A package with the descriptor that vouches for its tables."""
    resources = [
        {"name": Path(path).stem, "path": path, "schema": f"schemas/{Path(path).stem}.json"}
        | {"hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        for path, data in files.items()
        if path.startswith("datapackage/")
    ]
    return files | {"datapackage.json": json.dumps({"resources": resources} | more).encode()}


OLD = described(
    {
        "datapackage/a.csv": b"old a\n",
        "datapackage/b.csv": b"old b\n",
        "datapackage/gone.csv": b"a table that is no longer made\n",
        "schemas/a.json": b"old schema\n",
        "schemas/gone.json": b"its schema\n",
    }
)
NEW = described(
    {
        "datapackage/a.csv": b"new a, which is longer\n",
        "datapackage/b.csv": b"old b\n",
        "datapackage/c.csv": b"new c\n",
        "schemas/a.json": b"new schema\n",
    }
)
#: Files of somebody else, which are there before and after.
OTHERS = {"datapackage/mine/notes.txt": b"mine\n", "schemas/mine.csv": b"mine\n", "README.md": b"mine\n"}
#: What the interpreter tells an audit hook before it changes something on disk, or opens a file.
STEPS = (
    "open",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.truncate",
    "os.scandir",
    "os.listdir",
    "shutil.rmtree",
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch) -> Path:
    schema = hashlib.sha256(OLD["schemas/gone.json"]).hexdigest()
    monkeypatch.setattr(tables, "FORMER", {"gone": (schema,), "c": ()})
    # What a killed process has written stays written, synchronised or not; and a disk may take its time for it.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    write(tmp_path, OLD)
    return tmp_path


def read(root: Path) -> Files:
    """The package, whatever tables it has; files of others are as they were."""
    found = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.relative_to(root).parts[0].startswith(".")
    }
    assert {path: found.pop(path, None) for path in OTHERS} == OTHERS
    return found


def write(root: Path, files: Files) -> None:
    """Lay out a package as if by hand, with files of others beside it."""
    for path in root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path, data in (files | OTHERS).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def dies_at(step: int, work) -> bool:
    """Do ``work`` in a process that dies, without a chance to clean up, before its ``step``-th touch of the disk.

    Whether it came that far: False when the work was done before.
    """
    if (child := os.fork()) == 0:
        count = 0

        def die() -> None:
            nonlocal count
            count += 1
            if count > step:
                os.kill(os.getpid(), signal.SIGKILL)

        os.fsync = lambda _: die()
        sys.addaudithook(lambda event, _: die() if event in STEPS else None)
        with contextlib.suppress(BaseException):
            work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def is_clean(root: Path) -> bool:
    """Whether nothing but the lock is left beside the package, and of exports the hashes."""
    return {path.name for path in root.iterdir() if path.name.startswith(".")} <= {store.LOCK, store.EXPORTS}


@pytest.mark.parametrize("next_build", [NEW, OLD], ids=["again", "taken back"])
def test_killed_at_every_step(package, next_build):
    """Killed before each step in turn; then the next build, which is not killed, leaves its package and no trace."""
    step, half = 0, 0
    while dies_at(step, lambda: store.replace(package, NEW)):
        if store.is_unfinished(package):
            half += 1
        else:
            assert read(package) in (OLD, NEW)
        was_unfinished = store.is_unfinished(package)
        assert store.replace(package, next_build).finished == was_unfinished
        assert read(package) == next_build
        assert is_clean(package)
        write(package, OLD)
        step += 1
    assert read(package) == NEW
    assert step > 30  # the hook does see the steps
    assert half > 10


@pytest.mark.parametrize("next_build", [NEW, OLD], ids=["again", "taken back"])
def test_killed_again_while_it_is_finished(package, next_build):
    """The build that finishes an interrupted replacement may die as well, at any step, and the next one finishes."""
    first = 0
    while dies_at(first, lambda: store.replace(package, NEW)):
        second = 0
        was_unfinished = store.is_unfinished(package)
        while was_unfinished and dies_at(second, lambda: store.replace(package, next_build)):
            assert store.is_unfinished(package) or read(package) == next_build
            second += 3
        store.replace(package, next_build)
        assert read(package) == next_build
        assert is_clean(package)
        write(package, OLD)
        first += 3
    assert first > 30


def test_finished_from_the_stage(project, monkeypatch):
    """Killed at any step, a replacement is finished without making the files again: the sheets may have a mistake by
    now. The package is then the old one or the new one."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    old = store.read(project)
    new = old | {path: data + b"\n" for path, data in old.items() if path.endswith(("topics.csv", "topics.json"))}
    content = json.loads(old["datapackage.json"])
    for resource in content["resources"]:
        if resource["name"] == "topics":
            resource["hash"] = f"sha256:{hashlib.sha256(new['datapackage/topics.csv']).hexdigest()}"
    new |= {"datapackage.json": json.dumps(content).encode()}
    step = half = 0
    while dies_at(step, lambda: store.replace(project, new)):
        was_unfinished = store.is_unfinished(project)
        assert store.finish(project) == was_unfinished
        assert not store.is_unfinished(project)
        assert store.read(project) in (old, new)
        half += was_unfinished
        store.replace(project, old)
        step += 1
    assert half > 3


def test_a_stage_that_lacks_a_file_leaves_the_package_marked(project):
    """Nobody takes a package for whole whose interrupted build has lost a part of its stage."""
    (project / "datapackage/topics.csv").unlink()
    (project / store.MARK).touch()
    assert store.finish(project)
    assert store.is_unfinished(project)


def test_a_reader_is_told_of_a_replacement_that_died(package):
    """A half replaced package is never read as if it were one."""
    step = told = 0
    while dies_at(step, lambda: store.replace(package, NEW)):
        if read(package) not in (OLD, NEW):
            assert store.is_unfinished(package)
            with pytest.raises(DataErrors) as error, store.consistent_read(package):
                pytest.fail("read a half replaced package")
            assert [problem.rule for problem in error.value.problems] == ["unfinished"]
            told += 1
        write(package, OLD)
        step += 1
    assert told > 5


def exported(data: bytes) -> Files:
    """Files of an export, with their hashes."""
    files = {"a.csv": data, "parquet/b": data}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path in sorted(files))
    return files | {"SHA256SUMS": sums.encode()}


def test_an_export_killed_at_every_step(tmp_path, monkeypatch):
    """The next export is not refused because the one that died has left files whose hashes it had not written."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    old, new = exported(b"old\n"), exported(b"new\n")
    step = 0

    def first() -> None:
        for path in tmp_path.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        store.export(tmp_path, old)

    first()
    while dies_at(step, lambda: store.export(tmp_path, new)):
        store.export(tmp_path, new)
        assert {path: (tmp_path / path).read_bytes() for path in new} == new
        assert is_clean(tmp_path)
        first()
        step += 1
    assert step > 30


def build_on(root: Path, packages: list[Files], until: float) -> None:
    """Replace the package again and again, as builds by turns; another build at work is no reason to stop."""
    while time.monotonic() < until:
        for files in packages:
            with contextlib.suppress(DataErrors):
                store.replace(root, files)


def test_killed_at_random(package):
    """Killed at random moments, many times, each build finishing what the last one left."""
    context = multiprocessing.get_context("fork")
    moments = random.Random(5)
    for _ in range(25):
        builder = context.Process(target=build_on, args=(package, [OLD, NEW], time.monotonic() + 5))
        builder.start()
        time.sleep(moments.uniform(0.005, 0.06))
        builder.kill()
        builder.join()
        if not store.is_unfinished(package):
            assert read(package) in (OLD, NEW)
        made = moments.choice([OLD, NEW])
        store.replace(package, made)
        assert read(package) == made
        assert not store.is_unfinished(package)


def test_builds_and_readers_at_once(package):
    """Two builds and a reader: no mixture of packages is ever read, and none is left."""
    context = multiprocessing.get_context("fork")
    until = time.monotonic() + 2
    builders = [context.Process(target=build_on, args=(package, pair, until)) for pair in ([OLD, NEW], [NEW, OLD])]
    for builder in builders:
        builder.start()
    whole = moving = 0
    while time.monotonic() < until:
        try:
            with store.consistent_read(package):
                found = read(package)
        except FileNotFoundError:  # between the list of files and the reading of one
            continue
        except DataErrors as error:
            assert [problem.rule for problem in error.problems] in (["lock"], ["unfinished"])
            moving += 1
            continue
        assert found in (OLD, NEW)
        whole += 1
    for builder in builders:
        builder.join(20)
        assert builder.exitcode == 0
    assert read(package) in (OLD, NEW)
    assert whole
    assert moving


def test_what_is_found_in_a_moving_package_is_not_said(package):
    """Errors that are found in a package while it is replaced are not reported: they are of no package."""
    with pytest.raises(DataErrors) as error, store.consistent_read(package):
        store.replace(package, NEW)
        raise DataErrors([])
    assert "replaced while it was read" in error.value.problems[0].found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_two_requests_at_once(project, number):
    """A second request to stop, in the middle of the clean-up for the first, ended in a traceback now and then."""
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip("the shell runs this in the background, where such requests are ignored")
    (project / "datapackage/topics.csv").unlink()
    moments = random.Random(number)
    line = [sys.executable, "-m", "haftar_record", "--root", str(project), "build"]
    codes = set()
    for _ in range(8):
        process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        said = process.stderr.readline()  # from here on it is at work
        time.sleep(moments.uniform(0, 0.6))
        for _ in range(moments.choice([2, 3])):
            process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        assert "Traceback" not in said + errors, errors
        assert store.is_unfinished(project) == ("the next build finishes the package" in errors)
        codes.add(process.returncode)
    assert codes <= {0, 128 + number}
    assert 128 + number in codes


def test_validate_waits_for_a_build(project, run):
    """A package whose replacement was interrupted is not judged, and the exit code says that it is not the data."""
    (project / store.MARK).touch()
    result = run(project, "validate", str(project))
    assert result.returncode == 3
    assert "an interrupted build, or one at work, left the package half replaced" in result.stderr
