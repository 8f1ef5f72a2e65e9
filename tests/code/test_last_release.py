"""Which release was the last is told by git; where git cannot tell, that is no “there is none”."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from haftar_record.package import source
from haftar_record.problems.problem import DataErrors, WrongUse
from haftar_record.releases import candidate


def git(folder: Path, *arguments: str) -> None:
    """Run git as somebody."""
    line = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(folder), *arguments]
    subprocess.run(line, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project with three commits, the first two of them released."""
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "-q", "-b", "main")
    for version in ("v0.9.0", "v0.10.0", "next"):
        (project / "datapackage.json").write_text(version, encoding="utf-8")
        git(project, "add", ".")
        git(project, "commit", "-qm", version)
        git(project, "tag", version)
    git(project, "tag", "vault")
    return project


def clone(repository: Path, name: str, *options: str) -> Path:
    """A clone of the repository."""
    made = repository.parent / name
    git(repository, "clone", "-q", *options, repository.as_uri(), str(made))
    return made


def unanswered(project: Path) -> str:
    """Why it cannot be told which release was the last."""
    with pytest.raises(WrongUse) as error:
        candidate.last_release(project)
    assert str(error.value).endswith("; name it with --against")
    return str(error.value)


def test_the_highest_tag(repository: Path) -> None:
    """By number and not by letter; other tags do not count, nor those of another branch."""
    assert candidate.last_release(repository) == "v0.10.0"
    git(repository, "checkout", "-q", "v0.9.0")
    assert candidate.last_release(repository) == "v0.9.0"


def test_none(tmp_path: Path) -> None:
    """No commit, and commits without a tag: there was no release."""
    git(tmp_path, "init", "-q")
    assert candidate.last_release(tmp_path) is None
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    assert candidate.last_release(tmp_path) is None


def test_clones(repository: Path) -> None:
    """A clone has the tags; a shallow one, or one without them, cannot tell. It said that there was no release."""
    assert candidate.last_release(clone(repository, "whole")) == "v0.10.0"
    assert candidate.last_release(clone(repository, "deep", "--depth", "2")) == "v0.10.0"
    assert "git fetch --unshallow --tags" in unanswered(clone(repository, "shallow", "--depth", "1", "--no-tags"))
    assert "git fetch --tags" in unanswered(clone(repository, "untagged", "--no-tags"))
    git(repository, "tag", "-d", "next", "vault")
    assert "the clone is shallow" in unanswered(clone(repository, "tip", "--depth", "1"))


def test_no_repository(tmp_path: Path) -> None:
    """An unpacked archive, alone or inside a repository of something else."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "datapackage.json").write_text("{}", encoding="utf-8")
    assert "not a git repository" in unanswered(tmp_path / "archive")
    git(tmp_path, "init", "-q")
    (tmp_path / "other").write_text("x", encoding="utf-8")
    git(tmp_path, "add", "other")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "tag", "v3.0.0")
    assert "the last commit has no datapackage.json in this folder" in unanswered(tmp_path / "archive")


def test_a_repository_that_is_damaged(repository: Path) -> None:
    """HEAD that is no reference, and a repository of a newer format: git's own reason is said."""
    config = repository / ".git" / "config"
    config.write_text("[core]\nrepositoryformatversion = 99\n", encoding="utf-8")
    assert "99" in unanswered(repository)
    config.write_text("[core\n", encoding="utf-8")
    assert "bad config" in unanswered(repository)
    config.unlink()
    (repository / ".git" / "HEAD").write_text("x\n", encoding="utf-8")
    assert "not a git repository" in unanswered(repository)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs the right to give files away")
def test_a_repository_of_somebody_else(repository: Path) -> None:
    """Git answers nothing in a repository of another owner; it was taken for none."""
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 65534, 65534)
    assert "dubious ownership" in unanswered(repository)


def test_git_that_is_not_installed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for the last release nor for a revision that is named."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git cannot be run: No such file or directory" in unanswered(repository)
    reason = "is neither a folder nor a file, and git cannot say whether it is a revision: git cannot be run"
    with pytest.raises(WrongUse, match=reason), source.opened("v0.9.0", repository):
        pytest.fail("read without git")


def test_what_git_says_is_shown_safely(tmp_path: Path) -> None:
    """The name of a folder in git's message does not act on a terminal."""
    folder = tmp_path / "a\x1b[31m"
    folder.mkdir()
    (folder / ".git").write_text("gitdir: \x1b[2Jx", encoding="utf-8")
    assert unanswered(folder).isprintable()


def test_release_refuses(project: Path, run) -> None:
    """“0.1.0 can be the first release”, exit 0, was said of an unpacked archive with a relation removed."""
    result = run(project, "release")
    assert result.returncode == 2, result.stderr
    assert "git cannot say which release was the last: fatal: not a git repository" in result.stderr
    assert "can be the first release" not in result.stderr


@pytest.mark.parametrize("content", ["", "garbage", "1234567890123456789012345678901234567890"])
def test_a_damaged_tag(repository: Path, content: str) -> None:
    """Git leaves a damaged reference out, with a warning at most; it said that there was no release."""
    for path in (repository / ".git/refs/tags").iterdir():
        path.write_text(f"{content}\n" if content else "", encoding="utf-8")
    assert unanswered(repository)


def test_a_branch_without_the_tags(repository: Path) -> None:
    """On a branch of its own no tag is an ancestor; whether there was a release, nobody can tell from it."""
    git(repository, "checkout", "-q", "--orphan", "other")
    assert "no commit is checked out, though there are tags" in unanswered(repository)
    git(repository, "commit", "-qm", "x")
    assert "no tag vX.Y.Z is on a revision" in unanswered(repository)


def test_another_repository_in_the_environment(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR made git answer from a repository that is not that of the folder."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    assert candidate.last_release(repository) == "v0.10.0"


def test_a_folder_that_is_called_as_the_tag(project: Path, run) -> None:
    """A folder of that name was compared with, instead of the release."""
    git(project, "init", "-q", "-b", "main")
    version = json.loads((project / "datapackage.json").read_bytes())["version"]
    (project / "CHANGELOG.md").write_text(f"## {version}\n\nFirst.\n", encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "-qm", "x")
    git(project, "tag", f"v{version}")
    git(project, "branch", f"v{version}")
    (project / f"v{version}").mkdir()
    result = run(project, "release", cwd=project)
    assert (result.returncode, f"nothing changed since {version}" in result.stderr) == (0, True), result.stderr


def test_a_repository_that_would_have_git_run_something(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository that lacks an object has git fetch it by the program that the repository names."""
    mark = repository.parent / "ran"
    program = repository.parent / "program"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
    program.chmod(0o755)
    for name, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"file://{repository}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(program),
        "core.fsmonitor": str(program),
        "core.sshCommand": str(program),
        "core.pager": str(program),
    }.items():
        git(repository, "config", name, value)
    blob = source.resolved(repository, "HEAD:./datapackage.json") or ""
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(DataErrors), source.opened("HEAD", repository) as opened:
        opened.bytes("datapackage.json")
    assert not mark.exists()


def test_a_history_that_is_not_what_was_committed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A replacement of a commit, or variables that name one, hid the release from git."""
    git(repository, "checkout", "-q", "--orphan", "other")
    git(repository, "commit", "-qm", "other")
    git(repository, "checkout", "-q", "main")
    git(repository, "replace", "HEAD", "other")
    assert candidate.last_release(repository) == "v0.10.0"
    monkeypatch.setenv("GIT_TRACE", "1")
    monkeypatch.setenv("GIT_NAMESPACE", "x")
    monkeypatch.setenv("GIT_SHALLOW_FILE", "/dev/null")
    assert candidate.last_release(repository) == "v0.10.0"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_git_that_never_answers(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe in the place of a file of git's was waited for without end."""
    (repository / ".git" / "HEAD").unlink()
    os.mkfifo(repository / ".git" / "HEAD")
    monkeypatch.setattr(source, "PATIENCE", 1)
    assert "git did not answer within 1 s" in unanswered(repository)


def test_a_worktree_a_submodule_and_a_bare_repository(repository: Path) -> None:
    """A worktree and a submodule have the tags of their repository; without files checked out, git cannot say."""
    git(repository, "worktree", "add", "-q", str(repository.parent / "tree"))
    assert candidate.last_release(repository.parent / "tree") == "v0.10.0"
    outer = repository.parent / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository), "inner")
    assert candidate.last_release(outer / "inner") == "v0.10.0"
    assert unanswered(clone(repository, "bare", "--bare"))


def test_a_release_whose_commit_is_missing(repository: Path) -> None:
    """Catches a release that is passed over because git lists its tag without a look at the commit."""
    tag = repository / ".git/refs/tags/v0.11.0"
    tag.write_text(f"{'12' * 20}\n", encoding="utf-8")
    assert f"missing object {'12' * 20}" in unanswered(repository)
    tag.unlink()
    git(repository, "tag", "-a", "-m", "x", "v0.11.0", "v0.9.0")
    git(repository, "tag", "-d", "v0.9.0")
    assert candidate.last_release(repository) == "v0.11.0"
    lose(repository, "v0.11.0^{commit}")
    assert "missing object" in unanswered(repository)


def lose(repository: Path, name: str) -> None:
    """Remove an object from the repository."""
    line = ["git", "-C", str(repository), "rev-parse", name]
    found = subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip()
    (repository / ".git/objects" / found[:2] / found[2:]).unlink()


@pytest.mark.parametrize("target", ["HEAD^{tree}", "HEAD:datapackage.json"])
@pytest.mark.parametrize("options", [(), ("-a", "-m", "x")])
def test_a_tag_of_a_release_on_no_commit(repository: Path, target: str, options: tuple[str, ...]) -> None:
    """Catches a tag vX.Y.Z that is passed over because it is on a folder or a file."""
    git(repository, "tag", *options, "v0.11.0", target)
    assert "the tag v0.11.0 is not on a commit" in unanswered(repository)


def test_a_tag_on_a_tag(repository: Path) -> None:
    """Whatever lies between it and the commit, a tag of a release is one."""
    git(repository, "tag", "-a", "-m", "x", "once", "v0.10.0")
    git(repository, "tag", "-a", "-m", "x", "v0.11.0", "once")
    assert candidate.last_release(repository) == "v0.11.0"


@pytest.mark.parametrize(
    "name", [b"v1.0.0\xff", "v\u00a01.0.0", "v9.0.0\u2028v8.0.0", "v１.0.0", "v1.0.0-rc", "v01.0.0", "vv1.0.0"]
)
def test_a_tag_that_only_looks_like_one(repository: Path, name: str | bytes) -> None:
    """Catches a name that is taken apart at blanks of Unicode, and one that is no UTF-8."""
    made = os.fsencode(name)
    with (repository / ".git/packed-refs").open("ab") as file:
        file.write(source.resolved(repository, "HEAD").encode() + b" refs/tags/" + made + b"\n")
    assert candidate.last_release(repository) == "v0.10.0"


@pytest.mark.parametrize("answer", [b"", b"\xff\xfe", b"123\n", b"\n", b"x" * 40, b"0" * 39 + b"\n"])
def test_git_that_answers_nonsense(repository: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    """Catches a traceback, and “there is none”, where a program of git's name answers something else."""
    program = repository.parent / "bin" / "git"
    program.parent.mkdir()
    (repository.parent / "answer").write_bytes(answer)
    program.write_text(f"#!/bin/sh\nexec /bin/cat '{repository.parent / 'answer'}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert "git rev-parse answered" in unanswered(repository)
    with pytest.raises(WrongUse, match="git rev-parse answered"), source.opened("v0.9.0", repository):
        pytest.fail("read without an answer")


@pytest.mark.parametrize("lost", ["HEAD:datapackage.json", "HEAD^{tree}"])
def test_a_revision_that_is_not_whole(repository: Path, lost: str) -> None:
    """Catches a traceback, and wrong use, where git has lost a part of a revision: it is one problem, of the machine."""
    lose(repository, lost)

    def opened() -> None:
        with source.opened("HEAD", repository) as found:
            found.bytes("datapackage.json")

    def on_disk() -> None:
        with source.on_disk("HEAD", repository):
            pytest.fail("checked out without its file")

    for read in (opened, on_disk):
        with pytest.raises(DataErrors) as error:
            read()
        (problem,) = error.value.problems
        assert problem.place.file.startswith("HEAD") and problem.rule == "access" and "git fsck" in problem.remedy
    lose(repository, "HEAD")
    with pytest.raises(WrongUse, match="git cannot say whether it is a revision"):
        opened()


def test_what_is_no_file_in_a_revision(repository: Path) -> None:
    """Catches the text of a link that is taken for the file, and a folder of which git says that it is a bad file."""
    (repository / "link").symlink_to("datapackage.json")
    (repository / "linked").symlink_to("folder")
    (repository / "folder").mkdir()
    for name in ("folder/x", "back\\slash"):
        (repository / name).write_text("x", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "x")
    with source.opened("HEAD", repository) as opened:
        assert opened.bytes("folder/x") == b"x"
        for path, found in {
            "link": "a symbolic link to “datapackage.json”",
            "linked/x": "a symbolic link to “folder”",
            "folder": "Is a directory",
            "folder/x/y": "no such file",
            "missing/x": "no such file",
        }.items():
            with pytest.raises(DataErrors) as error:
                opened.bytes(path)
            assert found in error.value.problems[0].found or "no such folder" in error.value.problems[0].found
    with pytest.raises(DataErrors) as error, source.on_disk("HEAD", repository):
        pytest.fail("checked out")
    said = {problem.place.file: problem.found for problem in error.value.problems}
    assert said == {
        "HEAD:back\\slash": "a name that some system takes for a place elsewhere",
        "HEAD:link": "a symbolic link to “datapackage.json”",
        "HEAD:linked": "a symbolic link to “folder”",
    }
