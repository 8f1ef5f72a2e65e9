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


def test_library_missing(project, tmp_path, run):
    """A library that pip would have brought is something to install, and no mistake in the program."""
    (tmp_path / "nupunkt.py").write_text("raise ModuleNotFoundError(\"No module named 'nupunkt'\", name='nupunkt')\n")
    result = run(project, "build", env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert result.returncode == main.USAGE
    assert "nupunkt is missing" in result.stderr and "Traceback" not in result.stderr


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
        "haftar-record: run it without -OO or PYTHONOPTIMIZE=2: "
        "the tables are described by docstrings, which these remove\n"
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize(
    ("mark", "said"),
    [
        (None, "interrupted; the package on disk is whole\n"),
        ("", "interrupted; the next build finishes the package\n"),
    ],
)
@pytest.mark.parametrize("is_masked", [False, True])
def test_an_interrupt_says_what_it_leaves(project, monkeypatch, capsys, number, code, mark, said, is_masked):
    """An interrupt in the middle of the replacement claimed that the old package was untouched; one in the middle of
    an import, which a library may turn into another exception, ended in a traceback."""

    def replacing(root, *_):
        if mark is not None:
            (root / store.MARK).write_text(mark, encoding="utf-8")
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        except KeyboardInterrupt:
            if is_masked:
                raise AttributeError from None
            raise

    monkeypatch.setattr(commands, "check", replacing)
    handlers = {each: signal.getsignal(each) for each in main.REQUESTS}
    try:
        assert main.main(["--root", str(project), "check"]) == code
        os.kill(os.getpid(), number)  # a second request, while Python shuts down, is no traceback
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
    assert capsys.readouterr().err == said


def interrupted(project, monkeypatch, capsys, work) -> tuple[int, str]:
    """Exit code and message of a command that does ``work``; the handlers of signals are put back."""
    monkeypatch.setattr(commands, "check", work)
    handlers = {each: signal.getsignal(each) for each in main.REQUESTS}
    try:
        return main.main(["--root", str(project), "check"]), capsys.readouterr().err
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)


def test_a_second_request_while_the_first_is_obeyed(project, monkeypatch, capsys):
    """It came out of the clean-up as a traceback."""

    def work(*_):
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGINT)

    code, said = interrupted(project, monkeypatch, capsys, work)
    assert (code, said) == (143, "interrupted; the package on disk is whole\n")


def test_a_request_at_the_very_end(project, monkeypatch, capsys):
    """One that comes when the work is done, before further ones are turned down, is no traceback either."""
    turn_down = main._stop_no_more

    def late() -> None:
        monkeypatch.setattr(main, "_stop_no_more", turn_down)
        os.kill(os.getpid(), signal.SIGTERM)
        turn_down()

    monkeypatch.setattr(main, "_stop_no_more", late)
    code, said = interrupted(project, monkeypatch, capsys, lambda *_: [])
    assert (code, said) == (143, "interrupted; the package on disk is whole\n")


def test_a_request_that_something_swallows(project):
    """A library may catch everything: a request that is repeated later ends the process."""
    script = (
        "import os, signal, sys, time\n"
        "from haftar_record.cli import commands, main\n"
        "def work(*_):\n"
        "    for _ in range(2):\n"
        "        try:\n"
        "            os.kill(os.getpid(), signal.SIGTERM); time.sleep(main.PATIENCE + 0.2)\n"
        "        except KeyboardInterrupt:\n"
        "            time.sleep(main.PATIENCE + 0.2)\n"
        "    time.sleep(30)\n"
        "commands.check = work\n"
        f"main.main(['--root', {str(project)!r}, 'check'])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=25)
    assert (result.returncode, result.stderr) == (-signal.SIGTERM, "")


def test_a_request_in_a_destructor(project, monkeypatch, capsys):
    """Python prints an exception that it cannot raise there, and goes on: the work was done, and nothing said of it."""

    class Closing:
        def __del__(self):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.1)

    def work(*_):
        Closing()
        return []

    code, said = interrupted(project, monkeypatch, capsys, work)
    assert (code, said) == (143, "interrupted; the package on disk is whole\n")


def test_a_request_before_the_command_listens(project):
    """While its modules are loaded, it ended in a traceback."""
    script = (
        "import os, signal, sys\n"
        "class Asking:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'haftar_record.cli.main':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Asking())\n"
        "from haftar_record.__main__ import run\n"
        "run()"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=25)
    assert (result.returncode, result.stderr) == (-signal.SIGINT, "")


def test_requests_at_any_moment(project):
    """Two at once, in the middle of whatever it is: no traceback, and an exit code that says which came first."""
    line = [sys.executable, "-m", "haftar_record", "--root", str(project), "build"]
    for number in range(12):
        (project / "datapackage" / "topics.csv").write_text("x", encoding="utf-8")
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.15 * (number + 1))
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert "Traceback" not in said and "ignored" not in said
        assert process.returncode in (0, 143, 130, -signal.SIGTERM, -signal.SIGINT)
    assert subprocess.run(line, capture_output=True, check=False).returncode == 0
