"""The command ``haftar-record``: build the package, check it, and say what is wrong."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from .. import export
from ..checks import engines
from ..export import NotInstalled
from ..files.layout import DESCRIPTOR
from ..problems import catalogue, reports
from ..problems.problem import DataErrors, Problem, WrongUse
from ..problems.wording import visible
from ..version import __version__
from .terminal import Terminal

#: A command: it takes the folder, a terminal and the options, and returns the problems that do not stop it.
Work = Callable[[Path, Terminal, argparse.Namespace], list[Problem]]
#: Exit codes: nothing is wrong; errors in the data; wrong use; the machine is in the way (disk, another build).
FINE, DATA_ERRORS, USAGE, MACHINE = 0, 1, 2, 3
#: Signals that ask the command to stop.
_REQUESTS = (signal.SIGINT, signal.SIGTERM)
#: Seconds after the first such signal during which further ones are ignored.
PATIENCE = 1.0

_DESCRIPTION = """\
Build and check the Haftar Record: news articles and their coding sheets become a validated data package.
"""
_EPILOG = """\
examples:
  haftar-record build                 articles and coding sheets -> datapackage/, schemas/, datapackage.json
  haftar-record check                 check sheets, articles and the package on disk, all problems in one run
  haftar-record check --strict        the same, with warnings as errors: what a release has to pass
  haftar-record check --format sarif  the problems for a machine, on standard output (json, github, sarif)
  haftar-record --root ../copy check  the same for another copy of the project
  haftar-record validate ~/release    check a package by itself, without the sheets that it is made from
  haftar-record export                check, then write every format to dist/ (SQLite, Parquet, Excel, ...)
  haftar-record export --format excel --output ~/desk    one format, elsewhere
  haftar-record diff v0.1.0           what changed since a release, and the version step it requires
  haftar-record query "SELECT stance, count(*) FROM statements GROUP BY stance"
  haftar-record show st-9d1fdcb4-07   a row, its evidence in context, and what belongs to it

to correct a value:
  1. open seeds/coding/articles/003_187cdebd821c6a5c.yaml, change a value, save
  2. haftar-record build              a mistake is shown with file, line, what was found and what was expected
  3. git diff datapackage/            shows exactly the rows that changed

exit codes: 0 fine, 1 errors in the data, 2 wrong use of the command or something to install, 3 the disk or another
build is in the way, 128 plus the number of the signal when interrupted
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    terminal = Terminal(sys.stderr)
    try:
        root = _folder(options)
        mistake = _wrong_use(root, options)
    except PermissionError as error:
        closed = visible(str(error.filename))
        terminal.line(
            f"haftar-record: {closed} may not be read ({error.strerror}): let yourself read and enter its folder"
        )
        return MACHINE
    except (OSError, RuntimeError, ValueError) as error:  # a folder that is gone, or links that lead in a circle
        mistake = f"no such folder: {error}"
    if mistake:
        terminal.line(f"haftar-record: {visible(mistake)}")
        return USAGE
    requests: list[int] = []
    try:
        try:
            _stop_cleanly(requests)
            return _run(options, root, terminal)
        finally:
            _stop_no_more()
    except (KeyboardInterrupt, Exception):  # an import that is interrupted may end in any exception
        if not requests:
            raise
        _stop_no_more()
        terminal.line(f"interrupted; {_state(root)}")
        return 128 + requests[0]


def _folder(options: argparse.Namespace) -> Path:
    """The folder that a command works on: the project, or the package that it names by folder or descriptor."""
    named = Path(options.package or options.root)
    return (named.parent if named.name == DESCRIPTOR else named).resolve()


def _wrong_use(root: Path, options: argparse.Namespace) -> str | None:
    if sys.flags.optimize > 1:
        return "run it without -OO or PYTHONOPTIMIZE=2: the tables are described by docstrings, which these remove"
    if options.needs == "seeds" and not stat.S_ISDIR(_mode(root / "seeds")):
        return f"no folder “seeds” in {options.root}: run the command in the project, or name its folder with --root"
    if options.needs == DESCRIPTOR and not stat.S_ISREG(_mode(root / DESCRIPTOR)):
        return (
            f"no {DESCRIPTOR} in {options.package or options.root}: run the command in its folder, or name the folder"
        )
    return None


def _mode(path: Path) -> int:
    """What there is at a path; 0 when there is nothing. Raises OSError when nobody may know."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _run(options: argparse.Namespace, root: Path, terminal: Terminal) -> int:
    """Run one command and show its problems; errors are raised by a command, everything else is returned."""
    try:
        problems = options.run(root, terminal, options)
    except DataErrors as error:
        problems = error.problems
    except (NotInstalled, WrongUse) as error:
        terminal.line(f"haftar-record: {error}")
        return USAGE
    if options.strict:
        problems = [
            replace(problem, severity="error") if problem.severity == "warning" else problem for problem in problems
        ]
    _show(problems, options.format, terminal)
    return _code(problems)


def _code(problems: list[Problem]) -> int:
    """The exit code that says what kind of errors there are."""
    layers = {catalogue.find(problem.rule).layer for problem in problems if problem.severity == "error"}
    if layers == {catalogue.MACHINE}:
        return MACHINE
    return DATA_ERRORS if layers else FINE


def _show(problems: list[Problem], format_name: str, terminal: Terminal) -> None:
    """Text goes to standard error, with the progress; every other format goes to standard output, by itself."""
    if format_name != "text":
        Terminal(sys.stdout).line(reports.FORMATS[format_name](problems))
    elif problems:
        terminal.line(reports.text(problems, terminal.colour))


def _state(root: Path) -> str:
    """The state of the package on disk after an interrupt."""
    from ..package import store  # --help need not wait for it

    return "the next build finishes the package" if store.is_unfinished(root) else "the package on disk is whole"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="haftar-record",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"haftar-record {__version__}")
    parser.add_argument("--root", default=".", metavar="FOLDER", help="folder of the project (default: this one)")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_data_commands(commands)
    _add_release_commands(commands)
    _add_query_commands(commands)
    return parser


def _add_data_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add(commands, "build", "commands.build", "build the package from articles and coding sheets")
    text = "check sheets, articles and the package on disk"
    _add_check_options(_add(commands, "check", "commands.check", text))
    text = "check a package by itself, wherever it is"
    command = _add(commands, "validate", "commands.validate", text, needs=DESCRIPTOR)
    _add_check_options(command)
    help_ = "its folder or datapackage.json (default: this folder)"
    command.add_argument("package", nargs="?", default=".", metavar="PACKAGE", help=help_)
    help_ = "rows: one by one; columnar: with DuckDB, in bounded memory; auto (the default): by the size of the package"
    command.add_argument("--engine", choices=engines.ENGINES, default="auto", help=help_)
    help_ = "memory that DuckDB may use before it moves data to disk, such as 500MB (default: 4GB)"
    command.add_argument("--memory", type=_memory, metavar="SIZE", help=help_)
    _add_export_options(_add(commands, "export", "commands.write_exports", "write the package in other formats"))


def _memory(text: str) -> str:
    try:
        engines.refuse("auto", text)
    except WrongUse as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _add_check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="count a warning as an error")
    command.add_argument(
        "--format", choices=reports.FORMATS, default="text", help="how problems are shown (default: text)"
    )


def _add_export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", dest="names", action="append", choices=export.FORMATS, help="one format, repeatable (default: all)"
    )
    command.add_argument("--output", default="dist", metavar="FOLDER", help="where to write (default: dist)")


def _add_release_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "show what changed between two releases, and the version step it requires"
    command = _add(commands, "diff", "diff.run", text, needs="")
    package = "a folder, a datapackage.json, a release zip, or a revision of this repository such as v0.1.0"
    command.add_argument("old", metavar="OLD", help=package)
    command.add_argument("new", metavar="NEW", nargs="?", help="likewise (default: the project as it is on disk)")
    command.add_argument("--format", dest="output", choices=("text", "json"), default="text", help="default: text")
    command.add_argument("--all", action="store_true", help="list every row, computed ones included")
    text = "check that the package can be released: version, changelog, and no id lost"
    command = _add(commands, "release", "release.run", text)
    command.add_argument("--against", metavar="PACKAGE", help=f"the last release: {package} (default: the last tag)")


def _add_query_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "query the package with SQL"
    command = _add(commands, "query", "query.run", text, needs=DESCRIPTOR)
    command.add_argument("sql", metavar="SQL", help="one SELECT; - reads it from standard input")
    command.add_argument(
        "--format", dest="output", choices=("table", "csv", "json"), help="default: table on a terminal, otherwise csv"
    )
    text = "show a row with its evidence and what belongs to it"
    command = _add(commands, "show", "show.run", text, needs=DESCRIPTOR)
    command.add_argument(
        "ids",
        metavar="ID",
        nargs="+",
        help="id of any table: st-9d1fdcb4-07; of a code: act.deny; of an article: 002",
    )


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: str,
    text: str,
    needs: str = "seeds",
) -> argparse.ArgumentParser:
    """A command whose module is imported when it runs. ``needs`` is what has to be in its folder."""

    def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
        module, _, name = function.rpartition(".")
        work: Work = getattr(importlib.import_module(f".{module}", __package__), name)
        return work(root, terminal, options)

    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    command.set_defaults(run=run, strict=False, format="text", needs=needs, package=None)
    return command


def _stop_cleanly(requests: list[int]) -> None:
    """A request to stop is noted and becomes an exception, so that temporary files are removed.

    Requests that follow at once count as the same one: a second exception, in the middle of the clean-up of the first,
    would end in a traceback. One that comes later, when something has swallowed the first, ends the process.
    """
    asked: list[float] = []

    def stop(number: int, _: object) -> None:
        asked.append(time.monotonic())
        if len(asked) == 1:
            requests.append(number)
            raise KeyboardInterrupt
        if asked[-1] - asked[0] > PATIENCE:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

    for number in _REQUESTS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, stop)


def _stop_no_more() -> None:
    """The work is done or given up: a further request would only end the last lines of it in a traceback."""
    for number in _REQUESTS:
        signal.signal(number, signal.SIG_IGN)
