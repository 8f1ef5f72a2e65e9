"""The command ``haftar-record``: build the package, check it, and say what is wrong."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import io
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from . import __version__, checks, formats, store
from .problems import DataErrors, Problem, Problems

if TYPE_CHECKING:
    from .verify import Made

#: Exit codes: nothing wrong; errors in the data; wrong use; the machine does not allow it (disk, another build).
FINE, DATA_ERRORS, USAGE, MACHINE = 0, 1, 2, 3
#: Signals that ask the command to stop.
_REQUESTS = (signal.SIGINT, signal.SIGTERM)

_DESCRIPTION = """\
Build and check the Haftar Record: five news articles and their coding sheets become a validated data package.
"""
_EPILOG = """\
examples:
  haftar-record build                 articles and coding sheets -> datapackage/, schemas/, datapackage.json
  haftar-record check                 check sheets, articles and the package on disk, all problems in one run
  haftar-record check --strict        the same, and a warning counts as an error: what a release has to pass
  haftar-record check --format sarif  the problems for a machine, on standard output (json, github, sarif)
  haftar-record --root ../copy check  the same for another copy of the project
  haftar-record validate ~/release    check a package by itself, without the sheets that it is made from

a day with the record:
  1. open seeds/coding/articles/003_187cdebd821c6a5c.yaml, change a value, save
  2. haftar-record build              a mistake is shown with file, line, what was found and what was expected
  3. git diff datapackage/            shows exactly the rows that changed

exit codes: 0 fine, 1 errors in the data, 2 wrong use of the command, 3 the disk or another build is in the way,
128 and the number of the signal when interrupted
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code."""
    options = _parser().parse_args(arguments)
    root = _folder(options)
    screen = Screen(sys.stderr)
    if mistake := _wrong_use(root, options):
        screen.line(f"haftar-record: {mistake}")
        return USAGE
    requests: list[int] = []
    try:
        _stop_cleanly(requests)
        return _run(options, root, screen)
    except (KeyboardInterrupt, Exception):  # an import that is interrupted may end in any exception
        if not requests:
            raise
        _stop_no_more()
        screen.line(f"interrupted; {_state(root)}")
        return 128 + requests[0]
    finally:
        _stop_no_more()


def _folder(options: argparse.Namespace) -> Path:
    """The folder that a command works on: the project, or the package that it names by folder or descriptor."""
    named = Path(options.package or options.root)
    return (named.parent if named.name == store.DESCRIPTOR else named).resolve()


def _wrong_use(root: Path, options: argparse.Namespace) -> str | None:
    if sys.flags.optimize > 1:
        return "Python drops docstrings (-OO, PYTHONOPTIMIZE=2), and the descriptions of the tables are made from them"
    if options.package is not None:
        is_package = (root / store.DESCRIPTOR).is_file()
        return None if is_package else f"no {store.DESCRIPTOR} in {options.package}: name the folder of a package"
    if not (root / "seeds").is_dir():
        return f"no folder “seeds” in {options.root}: run it in the project, or name it by --root"
    return None


def _run(options: argparse.Namespace, root: Path, screen: Screen) -> int:
    """Run one command and show its problems; errors are raised by a command, everything else is returned."""
    try:
        if options.package is None and store.recover(root):
            screen.step("finished the replacement that an earlier build had begun")
        problems = options.run(root, screen)
    except DataErrors as error:
        problems = error.problems
    if options.strict:
        problems = [
            replace(problem, severity="error") if problem.severity == "warning" else problem for problem in problems
        ]
    _show(problems, options.format, screen)
    return _code(problems)


def _code(problems: list[Problem]) -> int:
    """The exit code that says what kind of errors there are."""
    layers = {checks.find(problem.rule).layer for problem in problems if problem.severity == "error"}
    if layers == {checks.MACHINE}:
        return MACHINE
    return DATA_ERRORS if layers else FINE


def _show(problems: list[Problem], form: str, screen: Screen) -> None:
    """Text goes where the progress goes, to a person; every other format alone to standard output."""
    if form != "text":
        Screen(sys.stdout).line(formats.FORMATS[form](problems))
    elif problems:
        screen.line(formats.text(problems, screen.colour))


def _state(root: Path) -> str:
    """What an interrupt leaves on disk."""
    return "the next command finishes the package" if store.is_unfinished(root) else "the package on disk is whole"


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
    for name, run, text in (
        ("build", build, "build the package from articles and coding sheets"),
        ("check", check, "check sheets, articles and the package on disk"),
        ("validate", validate, "check a package by itself, wherever it is"),
    ):
        command = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        command.set_defaults(run=run, strict=False, format="text", package=None)
    for name in ("check", "validate"):
        _add_check_options(commands.choices[name])
    help_ = "its folder or datapackage.json (default: this folder)"
    commands.choices["validate"].add_argument("package", nargs="?", default=".", metavar="PACKAGE", help=help_)
    return parser


def _add_check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--strict", action="store_true", help="count a warning as an error")
    command.add_argument(
        "--format", choices=formats.FORMATS, default="text", help="how problems are shown (default: text)"
    )


class Screen:
    """Lines for a person; colour on a terminal only, and never with NO_COLOR (no-color.org).

    Nobody need listen: with no stream, a closed pipe or a full disk under it, the work goes on and the exit code tells.
    """

    def __init__(self, stream: TextIO | None):
        self.stream = stream or io.StringIO()
        self.is_coloured = self.stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.started = time.perf_counter()

    def line(self, text: str = "") -> None:
        with contextlib.suppress(OSError):
            print(text, file=self.stream)

    def colour(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.is_coloured else text

    def step(self, text: str) -> None:
        self.line(f"{self.colour('•', '36')} {text}")

    def seconds(self) -> str:
        return f"{time.perf_counter() - self.started:.2f} s"


def build(root: Path, screen: Screen) -> list[Problem]:
    """Build the package and replace the one on disk; what is not an error."""
    made, problems = _made(root, screen)
    rows, changed = made.rows, store.replace(root, made.files)
    screen.step(f"wrote {len(made.files)} files, {len(changed)} of them changed" if changed else "nothing changed on disk")
    screen.line()
    width = max(map(len, rows))
    for table, found in rows.items():
        screen.line(f"  {table:<{width}} {len(found):>6,}")
    total, warnings = sum(map(len, rows.values())), len(problems.of("warning"))
    screen.line(f"\n{total:,} rows in {len(rows)} tables, {warnings} warnings, {screen.seconds()}")
    return problems.sorted


def check(root: Path, screen: Screen) -> list[Problem]:
    """Check all there is: sheets and articles, then the package on disk against them, then stock frictionless."""
    from . import verify

    try:
        made, problems = _made(root, screen, datetime.date.today())
    except DataErrors as error:
        problems = Problems(list(error.problems))
        screen.step("the sheets have errors, so the package on disk is held against itself alone")
        verify.check(root, problems)
        problems.stop_on_errors()
    verify.check(root, problems, made)
    screen.step("compared the package on disk with what the sheets say")
    return _last(root, problems, screen)


def validate(root: Path, screen: Screen) -> list[Problem]:
    """Check a package by itself, without the sheets that it is made from."""
    from . import verify

    problems = Problems()
    rows = verify.check(root, problems)
    screen.step(f"read {sum(map(len, rows.values())):,} rows in {len(rows)} tables, and checked the rules over them")
    return _last(root, problems, screen)


def _last(root: Path, problems: Problems, screen: Screen) -> list[Problem]:
    """The check that comes last because it says nothing new about what was found before."""
    from . import verify

    problems.stop_on_errors()
    if verify.stock(root, problems):
        screen.step("validated datapackage.json with stock frictionless")
    else:
        screen.step("frictionless is not installed: run “frictionless validate datapackage.json” elsewhere")
    problems.stop_on_errors()
    screen.line(f"no errors, {len(problems.of('warning'))} warnings, {screen.seconds()}")
    return problems.sorted


def _made(root: Path, screen: Screen, today: datetime.date | None = None) -> tuple[Made, Problems]:
    """What the sheets make, every check of the sheets and rules passed; waivers judged by a day."""
    # Imports that cost time come after --help.
    from . import inputs, package, rules, waivers
    from .assemble import assemble
    from .verify import Made

    problems = Problems()
    found = inputs.read(root, problems)
    problems.stop_on_errors()
    screen.step(f"read {len(found.coded)} articles and their sheets, {len(found.registers)} registers")
    rows, places = assemble(found, problems)
    problems.stop_on_errors()
    evidence = len(rows["evidence"])
    screen.step(f"anchored {evidence:,} passages, resolved dates, made {sum(map(len, rows.values())):,} rows")
    articles = {coded.document_id: coded.article for coded in found.coded}
    rules.check(rows, articles, problems, places)
    waivers.apply(found.registers["waivers"], problems, today)
    problems.stop_on_errors()
    screen.step(f"checked {len(rules.RULES)} rules over the tables")
    return Made(package.render(found, rows), rows, places, articles), problems


def _stop_cleanly(requests: list[int]) -> None:
    """A request to stop becomes an exception, so that what was written aside is removed, and is noted."""

    def stop(number: int, _: object) -> None:
        requests.append(number)
        raise KeyboardInterrupt

    for number in _REQUESTS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, stop)


def _stop_no_more() -> None:
    """The work is done or given up: a further request would only end the last lines of it in a traceback."""
    for number in _REQUESTS:
        signal.signal(number, signal.SIG_IGN)
