"""Folders that somebody has made to break the checks: pipes, devices, circles of links, names that act on a terminal.

Each is said in one problem, at its place; nothing hangs, nothing is raised, and no byte of it reaches the terminal.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from haftar_record.checks import on_disk
from haftar_record.coding import inputs
from haftar_record.files import plain
from haftar_record.files.layout import DATA, DESCRIPTOR, SCHEMAS
from haftar_record.package import store
from haftar_record.problems import reports
from haftar_record.problems.problem import DataErrors, Problem, Problems

from ..conftest import ROOT
from .odd_files import a_socket, sparse

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with pipes and devices among its files"),
]

TABLE, SCHEMA = "datapackage/topics.csv", "schemas/topics.json"
ARTICLE, SHEET = "seeds/articles/004_3eb302bd82f84695.txt", "seeds/coding/articles/004_3eb302bd82f84695.yaml"
REGISTER = "seeds/coding/topics.yaml"


def cleared(path: Path) -> Path:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path


#: What may lie in the place of a file.
KINDS = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "socket": a_socket,
    "endless device": lambda path: path.symlink_to("/dev/zero"),
    "terminal": lambda path: path.symlink_to("/dev/tty"),
    "circle of links": lambda path: path.symlink_to(path.name),
    "link to nowhere": lambda path: path.symlink_to("nowhere"),
    "nothing": lambda path: None,
    "empty file": lambda path: path.write_bytes(b""),
    "two gigabytes": sparse,
    "brackets": lambda path: path.write_bytes(b"[" * 1_000_000),
    "NUL": lambda path: path.write_bytes(b"\0" * 1_000_000),
    "escape sequences": lambda path: path.write_bytes(b"\x1b]0;owned\x07\x1b[2J\xc2\x9b31m\n" * 3),
    "UTF-16": lambda path: path.write_bytes("a,b\n".encode("utf-16")),
}


def verified(root: Path) -> list[Problem]:
    problems = Problems()
    on_disk.check(root, problems)
    shown(problems.items)
    return problems.errors


def shown(problems: list[Problem]) -> None:
    """Every format is well-formed, and nothing in it acts on a terminal."""
    assert all(line.isprintable() for line in reports.text(problems).split("\n"))
    assert all(line.isprintable() and line[:2] == "::" for line in filter(None, reports.github(problems).split("\n")))
    for form in (reports.as_json, reports.sarif):
        json.loads(form(problems).encode("ascii"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", [TABLE, SCHEMA, DESCRIPTOR])
def test_in_the_place_of_a_file_of_the_package(project, monkeypatch, path, kind):
    """One error, at the file. A table that is none of it gives no rule anything to say, nor the descriptor."""
    monkeypatch.chdir(project)
    KINDS[kind](cleared(project / path))
    (error,) = verified(project)
    assert error.place.file == path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", [ARTICLE, SHEET, REGISTER])
def test_in_the_place_of_what_it_is_made_from(project, monkeypatch, path, kind):
    """One error, at the article, sheet or register; at both where the one is missing."""
    monkeypatch.chdir(project)
    KINDS[kind](cleared(project / path))
    problems = Problems()
    inputs.read(project, problems)
    shown(problems.items)
    files = {error.place.file for error in problems.errors}
    assert files <= {path, ARTICLE, SHEET}
    assert len(problems.errors) == 1


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("folder", "two gigabytes")])
@pytest.mark.parametrize("folder", [DATA, SCHEMAS])
def test_in_the_place_of_a_folder(project, monkeypatch, folder, kind):
    """A folder that is not there is one error, not one for each of its files."""
    monkeypatch.chdir(project)
    KINDS[kind](cleared(project / folder))
    (error,) = verified(project)
    assert error.place.file == folder


@pytest.mark.parametrize("path", [TABLE, SCHEMA, DESCRIPTOR])
def test_a_file_that_may_not_be_read(project, monkeypatch, path):
    """The reason is said. It ended in a traceback."""
    read = plain.read

    def denied(file: Path, limit: int) -> bytes:
        if file == project / path:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return read(file, limit)

    monkeypatch.setattr(plain, "read", denied)
    (error,) = verified(project)
    assert (error.place.file, error.found) == (path, "no readable file (Permission denied)")


NAMES = [
    b"a\nb.csv", b"\x1b[31mred\x07.csv", "\u202egpj.csv".encode(), b"\xff\xfe.csv", b" .csv", b"%0A::error::x.csv", b"a:1,b=2.csv",
    b"x" * 251 + b".csv", b"-rf", "a\u200b.csv".encode(), "a\u009b31m.csv".encode(), "e\u0301.csv".encode(), b"TOPICS.CSV#",
    b"~topics.csv#", b"'\"$(reboot)`.csv", b"a\\b.csv", b"\xe2\x80\xa8.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=repr)
def test_a_stranger_of_any_name(project, name):
    """A file that no build makes is said by its name, made visible, and the next build leaves it alone."""
    path = project / DATA / os.fsdecode(name)
    path.touch()
    (error,) = verified(project)
    assert error.rule == "unexpected-file"
    assert os.fsencode(error.place.file) == b"datapackage/" + name
    assert store.others(project) == [error.place.file]
    done = store.replace(project, store.read(project) | {TABLE: b"changed\n"})
    assert (done.written, done.removed) == ([TABLE], [])
    assert os.path.lexists(path)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("folder", "nothing")])
def test_a_stranger_of_any_kind(project, monkeypatch, kind):
    """Pipes, sockets and links that lie about in a folder are strangers as well. They passed unseen."""
    monkeypatch.chdir(project)
    KINDS[kind](project / DATA / "stranger")
    assert [(error.rule, error.place.file) for error in verified(project)] == [
        ("unexpected-file", "datapackage/stranger")
    ]


def test_many_strangers(project):
    """The first few are named, the others counted, and none is read."""
    for number in range(2_000):
        (project / DATA / f"{number:04}.csv").touch()
    for name in (".DS_Store", "~$topics.csv", ".~lock.topics.csv#", "topics.csv~"):
        (project / DATA / name).touch()  # systems and editors leave these behind: nobody's mistake
    errors = verified(project)
    assert len(errors) == on_disk.SHOWN + 1
    assert errors[-1].found == f"{2_000 - on_disk.SHOWN:,} more of this kind, the first: a file that no build makes"


@pytest.mark.parametrize("path", [store.LOCK, store.STAGE, store.MARK])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("nothing", "two gigabytes")])
def test_in_the_place_of_what_a_build_leaves(project, monkeypatch, path, kind):
    """A build finishes, or says what is in its way; it waits for nobody and writes into nothing that is not its own."""
    monkeypatch.chdir(project)
    KINDS[kind](project / path)
    try:
        assert store.replace(project, store.read(project) | {TABLE: b"changed\n"}).written == [TABLE]
    except DataErrors as error:
        (problem,) = error.problems
        assert problem.rule == "disk"
        assert (project / TABLE).read_bytes() == (ROOT / TABLE).read_bytes()


# -- folders that may not be entered or written --------------------------------------------------------------------


@pytest.fixture
def run_denied():
    """Run the command as somebody whom the system may refuse: root may do anything, unless it gives that up."""
    line = [sys.executable, "-m", "haftar_record"]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("needs setpriv (util-linux), or another user than root")
        rights = "-dac_override,-dac_read_search"
        line = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}", *line]

    def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        whole = [*line, "--root", str(folder), *arguments]
        return subprocess.run(whole, capture_output=True, text=True, timeout=120, check=False, cwd="/")

    return command


@pytest.fixture
def reopened():
    """Folders that a test has closed, to be opened again so that they can be removed."""
    closed: list[Path] = []
    yield closed
    for path in closed:
        path.chmod(0o755)


@pytest.mark.parametrize("mode", [0o000, 0o444], ids=oct)
@pytest.mark.parametrize("folder", ["datapackage", "schemas", "seeds", "seeds/articles", "seeds/coding/articles"])
def test_a_folder_that_may_not_be_entered(project, run_denied, reopened, folder, mode):
    """One problem at the folder, whatever the command: fifteen of these ended in a traceback, and a folder of sheets that
    could not be listed was five times that a sheet is missing."""
    reopened.append(project / folder)
    (project / folder).chmod(mode)
    for command in (("build",), ("check",), ("validate", str(project))):
        result = run_denied(project, *command)
        assert "Traceback" not in result.stderr, result.stderr
        assert not store.is_unfinished(project)
        if command[0] == "build" or (command[0] == "check" and folder.startswith("seeds")):
            assert result.returncode
            assert f"{folder}: error [" in result.stderr
        assert result.stderr.count(": error [") <= (6 if folder == "seeds/articles" else 1), result.stderr


@pytest.mark.parametrize("folder", ["datapackage", "schemas", "."])
def test_a_folder_that_may_not_be_written(project, run_denied, reopened, folder):
    """The build says so before it moves anything, and leaves no mark that keeps other commands from reading."""
    (project / TABLE).unlink()
    (project / SCHEMA).unlink()
    before = store.read(project)
    reopened.append(project / folder)
    (project / folder).chmod(0o555)
    result = run_denied(project, "build")
    assert result.returncode == 3 and "Traceback" not in result.stderr
    assert "Permission denied while writing; all files are left as they were" in result.stderr
    assert store.read(project) == before
    assert not store.is_unfinished(project)
    (project / folder).chmod(0o755)
    assert run_denied(project, "build").returncode == 0


@pytest.mark.parametrize("name", [store.LOCK, store.STAGE, store.MARK])
def test_what_a_build_leaves_and_nobody_may_touch(project, run_denied, reopened, name):
    """A lock of somebody else, or a stage that may not be entered: said, not a traceback."""
    (project / TABLE).unlink()
    if name == store.STAGE:
        (project / name / "datapackage").mkdir(parents=True)
        reopened.append(project / name)
    else:
        (project / name).touch()
    (project / name).chmod(0)
    result = run_denied(project, "build")
    assert "Traceback" not in result.stderr
    assert result.returncode == (0 if name == store.MARK else 3), result.stderr


# -- one fault, one error, in the right line -----------------------------------------------------------------------


def test_an_article_that_was_changed(project):
    """Another text is one error: offsets and words are not held against it. It was sixty."""
    (project / ARTICLE).write_text("Another text.\n", encoding="utf-8")
    (error,) = verified(project)
    assert (error.place.file, error.rule) == (ARTICLE, "stale")


def test_a_table_of_another_kind(project):
    """The file of another table, or of none, is one error and not one for each column."""
    (project / TABLE).write_bytes((project / "datapackage/actors.csv").read_bytes())
    (error,) = verified(project)
    assert (error.place.file, error.place.line, error.rule) == (TABLE, 1, "incorrect-label")


def test_a_key_given_twice(project):
    """The line is that of the second key, however often the same key stands elsewhere."""
    path = project / DESCRIPTOR
    lines = path.read_text(encoding="utf-8").split("\n")
    number = next(n for n, line in enumerate(lines) if '"name": "codes"' in line)
    path.write_text("\n".join([*lines[: number + 1], lines[number], *lines[number + 1 :]]), encoding="utf-8")
    (error,) = verified(project)
    assert (error.place.line, error.found) == (number + 2, "the key “name” twice")


def test_lines_are_those_of_json(project):
    """Tabs do not shift the columns of a JSON file, nor its lines."""
    path = project / DESCRIPTOR
    text = path.read_text(encoding="utf-8").replace('"header": true', '"header": false', 1)
    line = text[: text.index('"header": false')].count("\n") + 1
    path.write_text(text.replace("    ", "\t"), encoding="utf-8", newline="")
    assert [error.place.line for error in verified(project) if "dialect/header" in error.found] == [line]


@pytest.mark.parametrize("odd", ["\u2028", "\u0085"])
def test_what_ends_a_line_elsewhere_ends_none_of_json(project, odd):
    """Characters that end a line in YAML do not shift the lines of a JSON file."""
    path = project / DESCRIPTOR
    text = path.read_text(encoding="utf-8")
    for name in ("title", "textRights"):
        text = text.replace(f'"{name}": "', f'"{name}": "a{odd}b', 1)
    path.write_text(text, encoding="utf-8", newline="")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if odd in line]
    found = [error.place.line for error in verified(project) if error.rule == "invisible-character"]
    assert len(lines) == 2 and found == lines


def test_keys_in_another_order(project):
    """A schema whose inner keys are in another order is not the one that a build writes. It passed."""
    content = json.loads((project / SCHEMA).read_bytes())
    content["fields"][0] = dict(reversed(content["fields"][0].items()))
    (project / SCHEMA).write_bytes((json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
    (error,) = verified(project)
    assert (error.place.file, error.rule) == (SCHEMA, "canonical-form")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"][2].pop("hash") and None,
        lambda d: d["resources"][2].update(name=[]),
        lambda d: d["resources"].__setitem__(2, None),
        lambda d: d.update(resources=[]),
        lambda d: d.update(resources={}),
        lambda d: d.update(sources=1),
        lambda d: d["sources"][0].update(path=[]),
        lambda d: d["sources"].__setitem__(0, None),
    ],
)
def test_a_descriptor_of_another_shape(project, change):
    """Values of the wrong type ended in a traceback, in the descriptor of a package whose table is wrong as well."""
    (project / TABLE).write_bytes((project / TABLE).read_bytes() + b"x\n")
    content = json.loads((project / DESCRIPTOR).read_bytes())
    change(content)
    (project / DESCRIPTOR).write_text(json.dumps(content), encoding="utf-8")
    files = [error.place.file for error in verified(project)]
    assert files.count(DESCRIPTOR) <= 2
    assert files.count(TABLE) == 1


# -- nothing but the data decides ----------------------------------------------------------------------------------


def test_the_surroundings_do_not_matter(project):
    """Order of sets, time zone, locale, width, umask and working folder change nothing that is said."""
    for path, old, new in ((SHEET, "act: assert", "act: assrt"), (REGISTER, "id: top-", "id: tap-")):
        file = project / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (project / TABLE).write_bytes((project / TABLE).read_bytes().replace(b"top-", b"TOP-"))
    said = set()
    for number, surroundings in enumerate(
        [
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "COLUMNS": "20"},
            {"TZ": "Etc/GMT+12", "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "de", "PYTHONIOENCODING": "ascii"},
        ]
    ):
        line = [sys.executable, "-m", "haftar_record", "--root", str(project), "check", "--format", "json"]
        environment = os.environ | surroundings | {"PYTHONHASHSEED": str(number)}
        result = subprocess.run(
            line,
            capture_output=True,
            env=environment,
            cwd=("/", project)[number],
            umask=(0o077, 0)[number],
            check=False,
            timeout=120,
        )
        assert result.returncode == 1, result.stderr
        said.add(result.stdout)
    (only,) = said
    assert len(json.loads(only)["problems"]) > 5


def test_a_terminal_without_our_characters(project, run):
    """Where a stream has no “, it is written as its number. It ended in a traceback."""
    (project / TABLE).write_bytes(b"\xff")
    for form in ("text", "github"):
        result = run(
            project, "validate", str(project), "--format", form, env=os.environ | {"PYTHONIOENCODING": "ascii:strict"}
        )
        assert result.returncode == 1
        assert "Traceback" not in result.stderr
        assert "byte 0xFF" in result.stdout + result.stderr


def test_months_are_english(project):
    """The names of months and days are those of the articles, whatever the locale of the process that reads them."""
    code = (
        "import calendar; calendar.month_name = ['', *['Monat'] * 12]; calendar.day_name = ['Tag'] * 7\n"
        "from haftar_record.text import dates; print(dates.resolve('on june 23', '2021-06-28').edtf)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout == "2021-06-23\n"


def test_a_folder_that_is_gone(tmp_path, monkeypatch):
    """A working folder that was removed, and one that is a circle of links, are wrong use."""
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone").mkdir()
    line = [sys.executable, "-m", "haftar_record"]
    for command in (f"cd {tmp_path}/gone && rmdir ../gone && exec {' '.join(line)} check",
                    f"exec {' '.join(line)} --root {tmp_path}/loop check"):  # fmt: skip
        result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
        assert result.returncode == 2
        assert "Traceback" not in result.stderr
