"""The replacement of the package on disk: nothing half done, nothing outside touched, every obstacle said."""

from __future__ import annotations

import errno
import json
import os

import pytest

from haftar_record.files.layout import Files
from haftar_record.package import store
from haftar_record.problems.problem import DataErrors

TABLE = "datapackage/topics.csv"


def refused(root, files) -> str:
    """The one problem with which a replacement is refused."""
    with pytest.raises(DataErrors) as error:
        store.replace(root, files)
    (problem,) = error.value.problems
    return str(problem)


def changed(root) -> Files:
    """The package with another table of topics."""
    return store.read(root) | {TABLE: b"changed\n"}


def test_a_second_build_leaves_the_stage_of_the_first(project):
    """A build that is refused the lock removed what the first one had staged, which then lost those files."""
    fcntl = pytest.importorskip("fcntl")
    staged = project / store.STAGE / TABLE
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"of the first build\n")
    with (project / store.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another build at work on this project" in refused(project, changed(project))
    assert staged.exists()


def test_a_folder_in_the_place_of_a_file(project):
    """A folder named like a table stopped the moves half way, with the journal left for every later command."""
    files = changed(project)
    (project / TABLE).unlink()
    (project / TABLE).mkdir()
    before = store.read(project)
    assert refused(project, files) == (
        f"{TABLE}: error [disk]\n"
        "    found:    Is a directory while writing; the previous package is left as it was\n"
        "    expected: a package written in full\n"
        "    do:       move what has this name out of the way, then run again"
    )
    assert store.read(project) == before
    assert not (project / store.JOURNAL).exists() and not (project / store.STAGE).exists()


def test_a_file_in_the_place_of_a_folder(project):
    """A file named like a generated folder did the same."""
    files = changed(project)
    (project / "schemas").rename(project / "elsewhere")
    (project / "schemas").write_bytes(b"")
    assert "schemas: error [disk]\n    found:    Not a directory while writing" in refused(project, files)
    assert not (project / store.JOURNAL).exists()


def test_a_file_in_the_place_of_the_stage(project):
    """Whatever is left under the name of the stage is removed."""
    (project / store.STAGE).write_bytes(b"")
    assert store.replace(project, changed(project)) == [TABLE]
    assert not (project / store.STAGE).exists()


@pytest.mark.parametrize(
    "journal",
    [b"", b"{", b"[]", b"{}", b'{"move": 1, "remove": []}', b'{"move": [], "remove": [1]}', b"\xff"]
    + [
        json.dumps({"move": [], "remove": [path]}).encode()
        for path in ("seeds/README.md", "/etc/passwd", "datapackage/../seeds/README.md", "datapackage", "datapackage/")
    ],
)
def test_a_journal_that_no_build_has_written(project, run, journal):
    """A damaged journal ended in a traceback; one with other paths removed files outside the package."""
    kept = project / "seeds" / "README.md"
    (project / store.JOURNAL).write_bytes(journal)
    before = store.read(project)
    for command in ("build", "check"):
        result = run(project, command)
        assert result.returncode == 3
        assert "Traceback" not in result.stderr
        assert f"{store.JOURNAL}: error [journal]\n    found:    a journal that no build has written" in result.stderr
    assert kept.exists()
    assert store.read(project) == before


def test_a_journal_that_cannot_be_carried_out(project, run):
    """An error of the disk while an earlier replacement is finished is said, not a traceback."""
    (project / store.JOURNAL).write_bytes(json.dumps({"move": [], "remove": [TABLE]}).encode())
    (project / TABLE).unlink()
    (project / TABLE).mkdir()
    result = run(project, "check")
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert "Is a directory while writing; the next command finishes the package" in result.stderr


def test_a_symbolic_link_is_no_generated_file(project):
    """A table replaced by a link to the same bytes passed for the table; a broken link passed for nothing."""
    (project / TABLE).rename(project / "topics.csv")
    (project / TABLE).symlink_to("../topics.csv")
    (project / "schemas" / "old.json").symlink_to("nowhere")
    found = store.read(project)
    assert found[TABLE] == b"../topics.csv"
    assert found["schemas/old.json"] == b"nowhere"
    files = {path: data for path, data in found.items() if path != "schemas/old.json"}
    assert store.replace(project, files | {TABLE: b"a\n"}) == [TABLE, "schemas/old.json"]
    assert not (project / TABLE).is_symlink()
    assert not (project / "schemas" / "old.json").is_symlink()


def test_the_lock_empties_nothing(project):
    """A lock that is a link to another file emptied that file."""
    (project / "precious").write_bytes(b"text\n")
    (project / store.LOCK).symlink_to("precious")
    store.replace(project, changed(project))
    assert (project / "precious").read_bytes() == b"text\n"


def test_an_interrupt_leaves_no_part(project, monkeypatch):
    """An interrupt while the journal is written left a part of it behind."""

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store._write(project / store.JOURNAL, b"{}")
    assert not list(project.glob(".haftar-record-journal*"))


def test_a_full_disk_names_the_file(project, monkeypatch):
    """A disk that is full in the middle of a file was reported for the folder “.”."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert refused(project, changed(project)) == (
        f"{store.STAGE}/{TABLE}: error [disk]\n"
        "    found:    No space left on device while writing; the previous package is left as it was\n"
        "    expected: a package written in full\n"
        "    do:       free some space, then run again"
    )
