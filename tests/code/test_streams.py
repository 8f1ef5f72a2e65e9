"""What the command writes: text of any origin acts on no terminal, and a result that is lost is no success."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from haftar_record.cli import main, terminal
from haftar_record.model.rows import kind
from haftar_record.model.tables import TABLES
from haftar_record.problems.wording import visible

from ..conftest import ROOT
from . import packages
from .terminal import on_terminal

#: Erases, beeps, moves back, turns text round, hides: everything that a text can do to a terminal, and blanks that look
#: like nothing. ESC and CSI in one and in two characters.
EVIL = "a\x1b[2Jb\x07c\x9b31md\re\bf\u202eg\u200bh\ti\nj\x00k\x7fl\u2028m\xadn\u3164o\x1b]0;title\x1b\\p\ud800q"
#: The same without what a file or an argument of the system cannot hold.
NAME = "a\x1b[2Jb\x07c\x9b31md\u202ee\u200bf"
#: Everything that a line may have besides what is seen.
COLOUR = re.compile(r"\x1b\[(0|1|2|31|32|33|36|1;33)m")


def command(folder: Path, *arguments: str | bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "haftar_record", "--root", str(folder), *arguments]
    return subprocess.run(line, capture_output=True, check=False, timeout=120, **options)  # type: ignore[call-overload]


@pytest.fixture
def said(monkeypatch, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run the command inside this process, in its folder; the exit code, and what it writes to both streams."""

    def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        code = main.main(["--root", str(folder), *arguments])
        return code, *capsys.readouterr()

    return run


def is_seen(data: bytes | str) -> bool:
    """Whether there is nothing in an output but characters that are seen, and line ends."""
    text = data.decode() if isinstance(data, bytes) else data
    return all(visible(line, None) == line for line in text.split("\n"))


# ---- text of any origin ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described(tmp_path_factory) -> Path:
    """A package whose rows are sound, and whose descriptor has such characters in every text that a person writes."""
    folder = packages.folder(tmp_path_factory.mktemp("described"))
    content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    text = EVIL.replace("\ud800", "")
    for name, value in content.items():
        if isinstance(value, str) and name != "$schema":
            content[name] = value + text
    content["keywords"] = [text]
    content["sources"] = [{"title": text, "path": text}]
    content["retired"] = [{"id": "st-old", "since": text, "because": text, "successors": [text]}]
    for entry in content["resources"]:
        entry["title"] = text
    (folder / "datapackage.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory) -> Path:
    """A package that no build made: such characters in every cell of words, and in every text of the schemas."""
    folder = packages.folder(tmp_path_factory.mktemp("filled"))
    text = EVIL.replace("\ud800", "")
    for model in TABLES:
        path = folder / "datapackage" / f"{model.TABLE}.csv"
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
        words = [name for name in model.model_fields if kind(model, name) is str and name not in model.KEY]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(model.model_fields), lineterminator="\n")
            writer.writeheader()
            writer.writerows(row | {name: row[name] + text for name in words} for row in rows)
    return folder


def test_a_line_shows_what_it_holds():
    """Characters that act are shown by their number; colours are those of the module, whatever a text says."""
    assert is_seen(terminal.shown(EVIL)) and terminal.shown("a’é日") == "a’é日"
    for text in (EVIL, "\u3164", "\x1b[31m", "\x1b" + "0" * 16 + "31m"):
        assert "\x1b" not in terminal.shown(text)
        assert is_seen("\n".join(terminal.wrapped(text, 40))) and is_seen(terminal.fit(text, 200))


def test_one_place_writes():
    """Catches a module that writes to a stream, or makes a colour, by itself."""
    found = {
        path.name
        for path in (ROOT / "scripts/haftar_record").rglob("*.py")
        if re.search(r"\bprint\(|sys\.(stdout|stderr)\.|\\x1b\[|\\033", path.read_text(encoding="utf-8"))
    }
    # One asks whether it is a terminal, two have an example, and one knows the escapes of an encoding.
    assert found <= {"terminal.py", "query.py", "wording.py", "nearest.py", "receive.py"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "st-old", "act-haftar"),
        ("show", "st-olt"),
        ("query", "SELECT * FROM meta_package", "--format", "table"),
        ("query", "SELECT * FROM meta_package", "--format", "json"),
        ("query", "SELECT value AS \"x\x1b[31my\" FROM meta_package WHERE key = 'title'", "--format", "table"),
        ("query", "SELECT nosuch\x1b[31m"),
        ("query", "SELECT * FROM \"nosuch\x1b[31m\u202e\""),
        ("diff", str(ROOT), "."),
        ("diff", str(ROOT), ".", "--all"),
        ("diff", str(ROOT), ".", "--format", "json"),
        ("validate", "."),
        ("validate", ".", "--format", "json"),
        ("validate", ".", "--format", "github"),
        ("validate", ".", "--format", "sarif"),
    ],
)  # fmt: skip
def test_no_text_of_a_descriptor_acts(described, said, arguments):
    """Escape sequences of a title, a keyword or a retired id reached the terminal."""
    code, *texts = said(described, *arguments)
    assert all(map(is_seen, texts)) and any(texts) and code != main.BUG


@pytest.mark.parametrize(
    "arguments",
    [("show", "act-haftar"), ("query", "SELECT 1"), ("diff", str(ROOT), "."), ("diff", ".", str(ROOT), "--all"),
     ("diff", str(ROOT), ".", "--format", "json"), ("validate", "."), ("validate", ".", "--engine", "columnar")],
)  # fmt: skip
def test_no_cell_acts(filled, said, arguments):
    """Those of any column of any table."""
    code, *texts = said(filled, *arguments)
    assert all(map(is_seen, texts)) and any(texts) and code != main.BUG


@pytest.mark.parametrize(
    "arguments",
    [(NAME,), ("check", "--format", NAME), ("check", f"--{NAME}"), ("show", NAME), ("diff", NAME), ("validate", NAME),
     ("query", "SELECT 1", "--rows", NAME), ("query", "SELECT 1", "--memory", NAME), ("query", NAME),
     ("export", "--output", NAME, "--format", NAME), ("export", "--output", f"datapackage/{NAME}"), ("release", "--against", NAME),
     ("diff", b"\xff\x9b31m"), ("show", b"\xff"), ("validate", b"\xff\x1b")],
)  # fmt: skip
def test_no_argument_acts(said, arguments):
    """A command echoes what was typed, where it is pasted from elsewhere."""
    code, out, err = said(ROOT, *map(os.fsdecode, arguments))
    assert (code, out) == (main.USAGE, "") and is_seen(err) and err


def test_no_name_of_a_file_acts(project, said):
    """Folders and files of any name, in the project and above it."""
    odd = project.rename(project.with_name(f"{project.name}{NAME}"))
    for folder in ("seeds/coding", "seeds/coding/articles", "seeds/articles", "datapackage", "."):
        (odd / folder / NAME).write_text("x", encoding="utf-8")
    (odd / "CHANGELOG.md").write_text(f"## 0.1.0\n\n`st-{NAME}`\n", encoding="utf-8")
    for arguments in (("check",), ("build",), ("release",), ("validate", str(odd)), ("diff", str(odd), str(ROOT)),
                      ("export", "--format", "graphml"), ("export", "--output", str(odd / "datapackage" / NAME))):  # fmt: skip
        code, *texts = said(odd, *arguments)
        assert all(map(is_seen, texts)) and any(texts) and code != main.BUG, arguments
    assert is_seen(said(odd.parent, "--root", f"{odd}x", "check")[2])


def test_no_sheet_acts(project):
    """What a sheet says is quoted in messages, YAML escapes included."""
    for path in (project / "seeds/coding").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub("^( *(?:- )?[a-z_]+: )(?=[a-z])", r'\1"\\e[31m\\u202e" # ', text, flags=re.M), "utf-8")
    result = command(project, "check")
    assert is_seen(result.stderr) and result.returncode == main.DATA_ERRORS and b"U+001B" in result.stderr


def test_no_message_of_git_acts(tmp_path):
    """Git quotes names of folders and of revisions."""
    folder = packages.folder(tmp_path / NAME)
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".git" / "HEAD").write_text(f"ref: {NAME}\n", encoding="utf-8")
    (folder / ".git" / "config").write_text(f"[{NAME}\n", encoding="utf-8")
    for arguments in (("diff", "v1"), ("diff", f"v1{NAME}")):
        result = command(folder, *arguments)
        assert is_seen(result.stderr) and result.returncode == main.USAGE and b"Traceback" not in result.stderr


def test_on_a_terminal_a_csv_is_shown():
    """A file gets the bytes as they are; on a terminal, a person sees which characters there are."""
    sql = "SELECT char(27) || '[2J' || char(155, 8238, 13, 10) AS \"a\x1b[31m\""
    assert b"\x1b[2J" in command(ROOT, "query", sql, "--format", "csv").stdout
    for form in ("csv", "table", "json"):
        text = COLOUR.sub("", on_terminal(ROOT, "query", sql, "--format", form))
        assert is_seen(text) and ("<U+001B>[2J" in text or form == "json")


# ---- a result that is lost -------------------------------------------------------------------------------------------

RESULTS = [
    ("--help",),
    ("--version",),
    ("query", "SELECT 1"),
    ("show", "act-haftar"),
    ("diff", ".", "."),
    ("diff", ".", ".", "--format", "json"),
    ("validate", "BROKEN", "--format", "json"),
    ("validate", "BROKEN", "--format", "sarif"),
]


@pytest.mark.parametrize("arguments", RESULTS, ids=" ".join)
def test_a_result_that_is_lost_is_no_success(tmp_path, arguments):
    """Exit code 0 said that all was well, where a full disk or a closed stream had taken the report."""
    (tmp_path / "datapackage.json").write_text("{}", encoding="utf-8")
    line = [sys.executable, "-m", "haftar_record", *(str(tmp_path) if one == "BROKEN" else one for one in arguments)]
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True)
    assert result.returncode == main.MACHINE
    assert result.stderr.endswith("haftar-record: the result could not be written (No space left on device)\n")
    result = subprocess.run(["bash", "-c", 'exec "$@" >&-', "x", *line], capture_output=True, cwd=ROOT, check=False, text=True)  # fmt: skip
    assert result.returncode == main.MACHINE
    assert result.stderr.endswith("haftar-record: the result could not be written (standard output is closed)\n")
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(line, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True)
    os.close(writing)
    assert result.returncode == main.UNREAD
    assert "Traceback" not in result.stderr and "ignored" not in result.stderr


@pytest.mark.parametrize("redirection", [">/dev/full 2>&1", ">&- 2>&- <&-", "2>&-", "2>/dev/full", "<&-"])
@pytest.mark.parametrize("arguments", ["nosuch", "query -"])
def test_wrong_use_is_wrong_use_though_nobody_hears_it(arguments, redirection):
    """The exit code says it."""
    line = f"'{sys.executable}' -m haftar_record {arguments} {redirection}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT, check=False, stdin=subprocess.DEVNULL)
    assert result.returncode == main.USAGE
    assert b"Traceback" not in result.stderr + result.stdout


def test_a_closed_stream_is_not_the_next_file(tmp_path, run):
    """A file that is opened where a stream was closed got what others write to the stream."""
    for name in ("seeds", "datapackage", "schemas"):
        (tmp_path / name).symlink_to(ROOT / name)
    script = "import os\nfrom haftar_record.cli import main\nmain._keep_numbers()\nprint(os.open('/dev/null', 0) > 2)"
    line = f"'{sys.executable}' -c \"$0\" <&- 2>&-"
    assert subprocess.run(["bash", "-c", line, script], capture_output=True, check=True).stdout == b"True\n"


@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_in_any_locale(encoding):
    """A result is UTF-8 in a pipe, and a line for a person is written with the letters that there are."""
    env = os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = command(ROOT, "show", "act-haftar", "nosuch", env=env)
    assert result.returncode == main.USAGE and b"Traceback" not in result.stderr
    result = command(ROOT, "show", "st-9d1fdcb4-07", env=env)
    assert (result.returncode, result.stderr) == (0, b"") and "⟦" in result.stdout.decode()
    result = command(ROOT, "query", "SELECT '“é”' AS x", "--format", "json", env=env)
    assert json.loads(result.stdout.decode("ascii")) == [{"x": "“é”"}]
    result = command(ROOT, "query", "-", env=env, input="SELECT '“é”' AS x".encode())
    assert result.stdout == "x\n“é”\n".encode()


def test_a_mistake_in_the_program_is_not_one_in_the_data(monkeypatch, capsys, project):
    """A traceback ended with the code of errors in the data, and wrote what the exception held as it was."""
    from haftar_record.cli import commands

    for error, code, said in (
        (RuntimeError(f"x{EVIL}"), main.BUG, "please report"),
        (MemoryError(), main.MACHINE, "not enough memory"),
        (OSError(28, "No space left on device", f"/tmp/{NAME}"), main.MACHINE, "No space left on device"),
    ):

        def broken(*_, error=error):
            raise error

        monkeypatch.setattr(commands, "check", broken)
        assert main.main(["--root", str(project), "check"]) == code
        text = capsys.readouterr().err
        assert is_seen(text) and said in text
