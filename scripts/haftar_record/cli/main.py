"""The command ``haftar-record``: build the package, check it, and say what is wrong."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from .. import export
from ..export import NotInstalled
from ..files import plain
from ..files.layout import DESCRIPTOR, SEEDS
from ..problems import catalogue, reports
from ..problems.problem import DataErrors, Problem, WrongUse
from ..version import __version__
from .terminal import Lost, Terminal, answer, deliver

#: A command: it takes the folder, a terminal and the options, and returns the problems that do not stop it.
Work = Callable[[Path, Terminal, argparse.Namespace], list[Problem]]
#: Exit codes: nothing is wrong; errors in the data; wrong use; the machine is in the way (disk, another build);
#: a mistake in the program; the reader of the result went away, as for a program that SIGPIPE ends.
FINE, DATA_ERRORS, USAGE, MACHINE, BUG, UNREAD = 0, 1, 2, 3, 4, 141
#: Signals that ask the command to stop. The last is of a terminal that is closed; Windows has none.
REQUESTS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
#: Seconds after the first such signal during which further ones are ignored.
PATIENCE = 1.0

_DESCRIPTION = """\
Build and check the Haftar Record: news articles and their coding sheets become a validated data package.
"""
#: Whatever names a package, for every command.
_PACKAGE = "a folder, a datapackage.json, a release zip, or a revision of this repository such as v0.1.0"
_EPILOG = """\
examples:
  haftar-record new article.txt       copy and name an article, and begin its coding sheet
  haftar-record build                 articles and coding sheets -> datapackage/, schemas/, datapackage.json
  haftar-record check                 check sheets, articles and the package on disk, all problems in one run
  haftar-record check --strict        the same, with warnings as errors: what a release has to pass
  haftar-record check --format sarif  the problems for a machine, on standard output (json, github, sarif)
  haftar-record --root ../copy check  the same for another copy of the project
  haftar-record validate release.zip  check a package by itself, without the sheets that it is made from
  haftar-record export                check, then write every format to dist/ (SQLite, Parquet, Excel, ...)
  haftar-record export --format excel --output ~/desk --package release.zip    one format of a release, elsewhere
  haftar-record diff v0.1.0           what changed since a release, and the version step it requires
  haftar-record query "SELECT stance, count(*) FROM statements GROUP BY stance"
  haftar-record agreement --differences reader-1    where a further reading differs from the record
  haftar-record show st-9d1fdcb4-07   a row, its evidence in context, and what belongs to it

to correct a value:
  1. open seeds/coding/articles/003_187cdebd821c6a5c.yaml, change a value, save
  2. haftar-record build              a mistake is shown with file, line, what was found and what was expected
  3. git diff datapackage/            shows exactly the rows that changed

exit codes: 0 fine, 1 errors in the data, 2 wrong use of the command or something to install, 3 the disk or another
build is in the way, or the result could not be written, 4 a mistake in the program, 128 plus the number of the signal
when interrupted (141 when the reader of the result went away)
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    _keep_numbers()
    terminal = Terminal(sys.stderr)
    requests: list[int] = []
    root = Path()
    try:
        try:
            options = _parser().parse_args(arguments)
            _stop_cleanly(requests)
            root = _folder(options)
            code = _run(options, root, terminal)
        finally:
            _stop_no_more()
    except (KeyboardInterrupt, Exception) as error:  # an import that is interrupted may end in any exception
        code = USAGE if requests else _failed(error, terminal)
    if requests:  # whatever became of the exception that it was
        terminal.line(f"interrupted; {_state(root)}")
        return 128 + requests[0]
    return code


def _keep_numbers() -> None:
    """Where a stream is closed, its number is taken, or the next file that is opened would be the stream of others."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def _failed(error: BaseException, terminal: Terminal) -> int:
    """Say why the command came to no end of its own, and return the exit code."""
    if isinstance(error, Lost):
        if error.is_unread:  # as by “head”; nobody wants to hear of it
            return UNREAD
        terminal.line(f"haftar-record: the result could not be written ({error})")
        return MACHINE
    if isinstance(error, NotInstalled | WrongUse):
        terminal.line(f"haftar-record: {error}")
        return USAGE
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith(__name__.partition(".")[0]):
        terminal.line(f"haftar-record: {error.name} is missing: install haftar-record with pip, which brings it")
        return USAGE
    if isinstance(error, KeyboardInterrupt):
        return 128 + signal.SIGINT
    if isinstance(error, MemoryError):
        terminal.line("haftar-record: there is not enough memory")
        return MACHINE
    if isinstance(error, PermissionError) and error.filename:
        closed = os.fsdecode(error.filename)
        terminal.line(
            f"haftar-record: {closed} may not be read ({error.strerror}): let yourself read and enter its folder"
        )
        return MACHINE
    if isinstance(error, OSError):
        where = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else ""
        terminal.line(f"haftar-record: the machine is in the way ({error.strerror or error}){where}")
        return MACHINE
    terminal.lines(line.rstrip() for part in traceback.format_exception(error) for line in part.rstrip().split("\n"))
    terminal.line("haftar-record: this is a mistake in the program, not in the data: please report these lines")
    return BUG


def _folder(options: argparse.Namespace) -> Path:
    """The folder of the project; for a package elsewhere, the one in whose repository a revision is looked for.

    Raises WrongUse when the command cannot work there.
    """
    named = Path(options.root)
    try:
        root = (named.parent if named.name == DESCRIPTOR or plain.is_file(named) else named).resolve()
        mistake = _wrong_use(root, options)
    except (FileNotFoundError, RuntimeError, ValueError) as error:  # a folder that is gone, a circle of links
        mistake = f"no such folder: {error}"
    if mistake:
        raise WrongUse(mistake)
    return root


def _wrong_use(root: Path, options: argparse.Namespace) -> str | None:
    if sys.flags.optimize > 1:
        return "run it without -OO or PYTHONOPTIMIZE=2: the tables are described by docstrings, which these remove"
    is_other = plain.is_file(Path(options.root)) and Path(options.root).name != DESCRIPTOR
    if options.needs == SEEDS and (is_other or not plain.is_folder(root / SEEDS)):
        return f"no folder “{SEEDS}” in {options.root}: run the command in the project, or name its folder with --root"
    if options.needs == DESCRIPTOR:
        options.package = options.package or options.root
        folder = Path(options.package)
        if plain.is_folder(folder) and not plain.is_file(folder / DESCRIPTOR):
            return f"no {DESCRIPTOR} in {options.package}: run the command in its folder, or name a package"
    return None


def _run(options: argparse.Namespace, root: Path, terminal: Terminal) -> int:
    """Run one command and show its problems; errors are raised by a command, everything else is returned."""
    try:
        problems = options.run(root, terminal, options)
    except DataErrors as error:
        problems = error.problems
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
        report = reports.FORMATS[format_name](problems)
        deliver(f"{report}\n" if report else "")
    elif problems:
        terminal.lines(reports.text(problems, terminal.colour).split("\n"))


def _state(root: Path) -> str:
    """The state of the package on disk after an interrupt."""
    try:
        from ..package import store  # --help need not wait for it
    except Exception:  # a library that was interrupted while it was loaded need not load again
        return "whether the package on disk is whole is said by the next build"
    return "the next build finishes the package" if store.is_unfinished(root) else "the package on disk is whole"


class _Parser(argparse.ArgumentParser):
    """A parser that writes as the rest of the command does: help is a result, a mistake echoes what was typed."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.color = False  # Python 3.14 has colours of its own

    def _print_message(self, message: str, file: object = None) -> None:
        answer(message.removesuffix("\n").split("\n"))

    def error(self, message: str) -> NoReturn:
        """Raise WrongUse with the mistake, in the line that argparse has for it, below how the command is used."""
        Terminal(sys.stderr).lines(self.format_usage().rstrip().split("\n"))
        raise WrongUse(f"error: {message}")


def _parser() -> _Parser:
    parser = _Parser(
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


def _add_data_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "take in a new article: copy and name it, and begin its coding sheet"
    _add_new_options(_add(commands, "new", "new.run", text))
    _add(commands, "build", "commands.build", "build the package from articles and coding sheets")
    text = "check sheets, articles and the package on disk"
    _add_check_options(_add(commands, "check", "commands.check", text))
    text = "check the sheets of a further reading of the articles"
    command = _add(commands, "reading", "reading.run", text)
    command.add_argument("folder", metavar="FOLDER", help="the folder with reader.yaml, the registers and articles/")
    formats = reports.FORMATS
    command.add_argument("--format", choices=formats, default="text", help="how problems are shown (default: text)")
    text = "compare further readings with the record: write the figures, or show the differences"
    _add_agreement_options(_add(commands, "agreement", "agreement.run", text))
    _add(commands, "editors", "editors.run", "write the JSON Schemas by which editors complete and check sheets")
    text = "check a package by itself, wherever it is"
    command = _add(commands, "validate", "commands.validate", text, needs=DESCRIPTOR)
    _add_check_options(command)
    help_ = f"{_PACKAGE} (default: this folder)"
    command.add_argument("package", nargs="?", metavar="PACKAGE", help=help_)
    help_ = "rows: one by one; columnar: with DuckDB, in bounded memory; auto (the default): by the size of the package"
    command.add_argument("--engine", choices=("auto", "rows", "columnar"), default="auto", help=help_)
    help_ = "memory that DuckDB may use before it moves data to disk, such as 500MB (default: 4GB)"
    command.add_argument("--memory", type=_memory, metavar="SIZE", help=help_)
    text = "write the package in other formats"
    command = _add(commands, "export", "commands.write_exports", text, needs=DESCRIPTOR)
    _add_export_options(command)
    _add_package_option(command)


def _add_new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="the text of the article; - reads it from standard input")
    help_ = "its encoding, such as cp1252, where the bytes do not say it (UTF-8, or a byte order mark, do)"
    command.add_argument("--encoding", metavar="NAME", help=help_)
    help_ = "its number (default: the one after the highest); a label only"
    command.add_argument("--number", type=_article_number, metavar="N", help=help_)
    command.add_argument("--dry-run", action="store_true", help="show the sheet, and write nothing")
    help_ = "what is said about it (default: text)"
    command.add_argument("--format", dest="output", choices=("text", "json"), default="text", help=help_)


def _article_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 0 to 999999999")
    return int(text)


def _add_agreement_options(command: argparse.ArgumentParser) -> None:
    help_ = "show where this reading differs from the record, and write nothing"
    command.add_argument("--differences", metavar="READING", help=help_)
    help_ = "compare with this reading instead (default: record)"
    command.add_argument("--against", metavar="OTHER", help=help_)
    help_ = "only these differences, such as statements or events; repeatable (default: all)"
    command.add_argument("--table", dest="tables", action="append", metavar="TABLE", help=help_)
    command.add_argument("--format", dest="output", choices=("text", "json"), help="of differences (default: text)")


def _memory(text: str) -> str:
    from ..checks import engines  # here, so that --help need not wait for it

    try:
        engines.refuse("auto", text)
    except WrongUse as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= len(text) <= 9 and int(text)):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 to 999999999")
    return int(text)


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


def _add_package_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--package", metavar="PACKAGE", help=f"{_PACKAGE} (default: the folder of the project)")


def _add_release_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "show what changed between two releases, and the version step it requires"
    command = _add(commands, "diff", "diff.run", text, needs="")
    command.add_argument("old", metavar="OLD", help=_PACKAGE)
    command.add_argument("new", metavar="NEW", nargs="?", help="likewise (default: the project as it is on disk)")
    command.add_argument("--format", dest="output", choices=("text", "json"), default="text", help="default: text")
    command.add_argument("--all", action="store_true", help="list every row, computed ones included, and every code")
    text = "check that the package can be released: version, changelog, and no id lost"
    command = _add(commands, "release", "release.run", text)
    command.add_argument("--against", metavar="PACKAGE", help=f"the last release: {_PACKAGE} (default: the last tag)")


def _add_query_commands(commands: argparse._SubParsersAction[_Parser]) -> None:
    text = "query the package with SQL"
    command = _add(commands, "query", "query.run", text, needs=DESCRIPTOR)
    command.add_argument("sql", metavar="SQL", help="one SELECT; - reads it from standard input")
    command.add_argument(
        "--format", dest="output", choices=("table", "csv", "json"), help="default: table on a terminal, otherwise csv"
    )
    _add_package_option(command)
    help_ = "rows of the longest answer (default: 100000); a longer one is refused, and not cut"
    command.add_argument("--rows", type=_number, default=100_000, metavar="N", help=help_)
    help_ = "seconds after which a query is given up (default: 60)"
    command.add_argument("--seconds", type=_number, default=60, metavar="N", help=help_)
    help_ = "memory that the query and its answer may use, such as 500MB (default: 1GB)"
    command.add_argument("--memory", type=_memory, default="1GB", metavar="SIZE", help=help_)
    text = "show a row with its evidence and what belongs to it"
    command = _add(commands, "show", "show.run", text, needs=DESCRIPTOR)
    _add_package_option(command)
    command.add_argument(
        "ids",
        metavar="ID",
        nargs="+",
        help="id of any table: st-9d1fdcb4-07; of a code: act.deny; of an article: 002",
    )


def _add(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    function: str,
    text: str,
    needs: str = SEEDS,
) -> _Parser:
    """A command whose module is imported when it runs. ``needs`` is what has to be in its folder."""

    def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
        module, _, name = function.rpartition(".")
        work: Work = getattr(importlib.import_module(f".{module}", __package__), name)
        return work(root, terminal, options)

    command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
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

    def swallowed(caught: sys.UnraisableHookArgs) -> None:
        """Python prints what it cannot raise, such as a request in the middle of a destructor: it is noted already."""
        if not issubclass(caught.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(caught)

    sys.unraisablehook = swallowed
    for number in REQUESTS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, stop)


def _stop_no_more() -> None:
    """The work is done or given up: a further request would only end the last lines of it in a traceback."""
    for number in REQUESTS:
        signal.signal(number, signal.SIG_IGN)
