"""The command: help at once, progress, exit codes, colour."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from haftar_record.cli import commands, main
from haftar_record.package import store

from .terminal import on_terminal


def test_help_imports_nothing_heavy():
    """--help loads none of the libraries that the work needs."""
    script = (
        "import sys\nfrom haftar_record.cli import main\n"
        "try:\n    main.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pydantic', 'yaml', 'nupunkt', 'frictionless') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
    assert "examples:" in result.stdout and "exit codes:" in result.stdout


def test_usage(tmp_path, run):
    """Wrong use is exit code 2: no command, an unknown one, a folder without the project."""
    assert run(tmp_path).returncode == main.USAGE
    assert run(tmp_path, "bild").returncode == main.USAGE
    result = run(tmp_path, "build")
    assert result.returncode == main.USAGE
    assert "no folder “seeds”" in result.stderr


def test_build_says_what_it_does(project, run):
    """A line per step and a summary with rows per table, warnings and time."""
    lines = run(project, "build").stderr.splitlines()
    assert lines[0].startswith("• read 5 articles")
    assert any(line.split()[:1] == ["statements"] for line in lines)
    assert "warnings" in lines[-1] and lines[-1].endswith(" s")


def test_colour_only_on_a_terminal(project):
    """Colour on a terminal, none in a pipe, none with NO_COLOR."""
    assert "\x1b[" in on_terminal(project, "build", stream="stderr")
    plain = on_terminal(project, "build", stream="stderr", NO_COLOR="1")
    assert plain and "\x1b[" not in plain


@pytest.mark.parametrize("redirection", ["2>&1 | true", "2>&-", ">&- 2>&- <&-", "2>/dev/full"])
def test_nobody_listens(project, redirection):
    """A reader that goes away (``| head -1``), or no screen at all, stopped the build half way."""
    (project / "datapackage" / "topics.csv").unlink()
    line = f"set -o pipefail; '{sys.executable}' -m haftar_record --root '{project}' build {redirection}"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == main.FINE, result.stderr
    assert (project / "datapackage" / "topics.csv").exists()
    assert "Exception ignored" not in result.stderr + result.stdout


def test_a_folder_of_any_name(project, run):
    """Check passes wherever the project stands: frictionless took brackets in the path for a pattern."""
    odd = project.with_name("a [1]* ümläut?")
    project.rename(odd)
    result = run(odd, "check")
    assert result.returncode == main.FINE, result.stderr


def test_without_docstrings(project):
    """A Python that drops docstrings wrote tables without descriptions; it is wrong use."""
    line = [sys.executable, "-OO", "-m", "haftar_record", "--root", str(project), "build"]
    result = subprocess.run(line, capture_output=True, text=True, check=False)
    assert result.returncode == main.USAGE
    assert result.stderr == (
        "haftar-record: Python drops docstrings (-OO, PYTHONOPTIMIZE=2), "
        "and the descriptions of the tables are made from them\n"
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize(
    ("journal", "said"),
    [
        (None, "interrupted; the package on disk is whole\n"),
        ('{"move": [], "remove": []}', "interrupted; the next command finishes the package\n"),
    ],
)
@pytest.mark.parametrize("is_masked", [False, True])
def test_an_interrupt_says_what_it_leaves(project, monkeypatch, capsys, number, code, journal, said, is_masked):
    """An interrupt in the middle of the replacement claimed that the old package was untouched; one in the middle of
    an import, which a library may turn into another exception, ended in a traceback."""

    def replacing(root, *_):
        if journal:
            (root / store.JOURNAL).write_text(journal, encoding="utf-8")
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        except KeyboardInterrupt:
            if is_masked:
                raise AttributeError from None
            raise

    monkeypatch.setattr(commands, "check", replacing)
    handlers = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        assert main.main(["--root", str(project), "check"]) == code
        os.kill(os.getpid(), number)  # a second request, while Python shuts down, is no traceback
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
    assert capsys.readouterr().err == said
