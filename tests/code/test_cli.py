"""The command: help at once, progress, exit codes, colour."""

from __future__ import annotations

import os
import subprocess
import sys

from haftar_record import cli


def test_help_imports_nothing_heavy():
    """--help loads none of the libraries that the work needs."""
    script = (
        "import sys\nfrom haftar_record import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pydantic', 'yaml', 'nupunkt', 'frictionless') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
    assert "examples:" in result.stdout and "exit codes:" in result.stdout


def test_usage(tmp_path, run):
    """Wrong use is exit code 2: no command, an unknown one, a folder without the project."""
    assert run(tmp_path).returncode == cli.USAGE
    assert run(tmp_path, "bild").returncode == cli.USAGE
    result = run(tmp_path, "build")
    assert result.returncode == cli.USAGE
    assert "no folder “seeds”" in result.stderr


def test_build_says_what_it_does(project, run):
    """A line per step and a summary with rows per table, warnings and time."""
    lines = run(project, "build").stderr.splitlines()
    assert lines[0].startswith("• read 5 articles")
    assert any(line.split()[:1] == ["statements"] for line in lines)
    assert "warnings" in lines[-1] and lines[-1].endswith(" s")


def test_colour_only_on_a_terminal(project):
    """Colour on a terminal, none in a pipe, none with NO_COLOR."""
    import pty

    def on_terminal(**environment: str) -> str:
        outer, inner = pty.openpty()
        line = [sys.executable, "-m", "haftar_record", "--root", str(project), "build"]
        env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"} | environment
        subprocess.run(line, stderr=inner, env=env, check=True)
        os.close(inner)
        return os.read(outer, 100_000).decode()

    assert "\x1b[" in on_terminal()
    assert "\x1b[" not in on_terminal(NO_COLOR="1")
