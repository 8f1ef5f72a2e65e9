"""Whatever kills a build, at whichever step: the package on disk is the old one or the new one, or the next command
finishes it. Whoever reads meanwhile reads one of the two, or is told to wait.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

from haftar_record.files.layout import Files
from haftar_record.package import store
from haftar_record.problems.problem import DataErrors

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

OLD = {
    "datapackage.json": b"old descriptor\n",
    "datapackage/a.csv": b"old a\n",
    "datapackage/b.csv": b"old b\n",
    "datapackage/stranger/gone.csv": b"old stranger\n",
    "schemas/a.json": b"old schema\n",
}
NEW = {
    "datapackage.json": b"new descriptor\n",
    "datapackage/a.csv": b"new a, which is longer\n",
    "datapackage/b.csv": b"old b\n",
    "datapackage/c.csv": b"new c\n",
    "schemas/a.json": b"new schema\n",
}
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
    # What a killed process has written stays written, synchronised or not; and a disk may take its time for it.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    write(tmp_path, OLD)
    return tmp_path


def write(root: Path, files: Files) -> None:
    """Lay out a package as if by hand."""
    for path in root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path, data in files.items():
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
    """Whether nothing but the lock is left beside the package."""
    return {path.name for path in root.iterdir() if path.name.startswith(".")} <= {store.LOCK}


def test_killed_at_every_step(package):
    """Killed before each step in turn; then the next build, which is not killed, leaves the new package and no trace."""
    step, journalled = 0, 0
    while dies_at(step, lambda: store.replace(package, NEW)):
        if store.is_unfinished(package):
            journalled += 1
            assert store.recover(package)
            assert store.read(package) == NEW
        else:
            assert store.read(package) in (OLD, NEW)
        store.replace(package, NEW)
        assert store.read(package) == NEW
        assert is_clean(package)
        write(package, OLD)
        step += 1
    assert store.read(package) == NEW
    assert step > 30  # the hook does see the steps
    assert journalled > 10


def test_killed_again_while_it_is_finished(package):
    """The command that finishes an interrupted replacement may die as well, and again."""
    first = 0
    while dies_at(first, lambda: store.replace(package, NEW)):
        second = 0
        while store.is_unfinished(package) and dies_at(second, lambda: store.recover(package)):
            second += 1
        assert store.read(package) in (OLD, NEW)
        assert not store.is_unfinished(package)
        write(package, OLD)
        first += 3
    assert first > 30


def test_a_reader_is_told_of_a_replacement_that_died(package):
    """A half replaced package is never read as if it were one."""
    step = half = 0
    while dies_at(step, lambda: store.replace(package, NEW)):
        if store.read(package) not in (OLD, NEW):
            half += 1
            assert store.is_unfinished(package)
            with pytest.raises(DataErrors) as error, store.steady(package):
                pytest.fail("read a half replaced package")
            assert "half replaced" in error.value.problems[0].found
        write(package, OLD)
        step += 1
    assert half


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
        if not store.recover(package):
            assert store.read(package) in (OLD, NEW)
        assert store.read(package) in (OLD, NEW)
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
            with store.steady(package):
                found = store.read(package)
        except DataErrors as error:
            assert [problem.rule for problem in error.problems] == ["lock"]
            moving += 1
            continue
        assert found in (OLD, NEW)
        whole += 1
    for builder in builders:
        builder.join(20)
        assert builder.exitcode == 0
    assert store.read(package) in (OLD, NEW)
    assert whole
    assert moving


def test_what_is_found_in_a_moving_package_is_not_said(package):
    """Errors that are found in a package while it is replaced are not reported: they are of no package."""
    with pytest.raises(DataErrors) as error, store.steady(package):
        store.replace(package, NEW)
        raise DataErrors([])
    assert "replaced while it was read" in error.value.problems[0].found


def test_validate_waits_for_a_build(project, run):
    """A package whose replacement was interrupted is not judged, and the exit code says that it is not the data."""
    (project / store.JOURNAL).write_bytes(b'{"move": [], "remove": []}')
    result = run(project, "validate", str(project))
    assert result.returncode == 3
    assert "the package half replaced, by a build that is at work or was interrupted" in result.stderr
