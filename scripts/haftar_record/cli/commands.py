"""What the commands on the record do: build it, check it, validate a package by itself, write it in other formats.

Each takes the folder, a terminal for the progress and the options, returns the problems that are not errors, and
raises DataErrors.
"""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from .. import export
from ..agreement import stale
from ..build import retired
from ..build.assemble import add_what_else_is_wrong, assemble
from ..checks import clock, on_disk, rules, stock, waivers
from ..checks.on_disk import Made
from ..coding import inputs, readings
from ..files.layout import CODING
from ..package import reader, render, source, store
from ..package.source import OnDisk
from ..problems.problem import DataErrors, Problem, Problems, WrongUse
from ..problems.wording import counted, visible
from .terminal import Terminal

#: Files that are named when a build leaves them alone; the others are counted.
SHOWN = 5


def _warnings(problems: Problems) -> str:
    """How many warnings there are, in words."""
    return counted(len(problems.of("warning")), "warning")


def _verdict(problems: Problems, terminal: Terminal, is_strict: bool) -> None:
    """The line that ends a check without errors. With ``--strict`` a warning becomes one, and this says so."""
    said = f"no errors, {_warnings(problems)}"
    if is_strict and (number := len(problems.of("warning"))):
        said = f"{_warnings(problems)}, which --strict counts as {'an error' if number == 1 else 'errors'}"
    terminal.line(f"{said}, {terminal.seconds()}")


def build(root: Path, terminal: Terminal, _: argparse.Namespace) -> list[Problem]:
    """Build the package and replace the one on disk."""
    finished = store.finish(root)
    made, problems = make(root, terminal)
    done = store.replace(root, made.files)
    done.finished |= finished
    _tell(done, len(made.files), store.others(root), terminal)
    terminal.line()
    width = max(map(len, made.rows))
    for table, found in made.rows.items():
        terminal.line(f"  {table:<{width}} {len(found):>6,}")
    total = sum(map(len, made.rows.values()))
    terminal.line()
    terminal.line(f"{total:,} rows in {len(made.rows)} tables, {_warnings(problems)}, {terminal.seconds()}")
    return problems.sorted


def _tell(done: store.Replaced, count: int, others: list[str], terminal: Terminal) -> None:
    """Say what became of the files on disk, and which are left alone because no build made them."""
    if done.finished:
        terminal.step("finished the replacement that an earlier build had begun")
    if done.written or done.removed:
        terminal.step(f"wrote {count} files, {len(done.written)} of them changed")
    else:
        terminal.step("nothing changed on disk")
    if done.removed:
        terminal.step(f"removed {', '.join(done.removed)}, made by an earlier build but not by this one")
    relics = [path for path in others if path in store.RELICS]
    others = [path for path in others if path not in relics]
    if others:
        named = ", ".join(map(visible, others[:SHOWN]))
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        terminal.step(f"left alone (not made by a build): {named}{more}")
    for relic in relics:
        terminal.step(f"{relic} is what an interrupted build of an earlier version left; nothing reads it: remove it")


def check(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Check everything: sheets and articles, then the package on disk against them, then stock frictionless."""
    problems = compare(root, terminal)
    return _last(OnDisk(root), problems, terminal, options)


def validate(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Check a package by itself, without the sheets that it is made from."""
    with source.on_disk(options.package, root) as package:
        is_large = options.engine == "columnar" or (options.engine == "auto" and on_disk.is_large(package.root))
        problems = _validated_large(package, terminal, options) if is_large else _validated(package, terminal, options)
        return package.placed(problems)


def _validated(package: OnDisk, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    problems = Problems()
    rows = on_disk.check(package.root, problems, advice=package.remedy)
    terminal.step(f"read {sum(map(len, rows.values())):,} rows in {len(rows)} tables, and checked the rules over them")
    return _last(package, problems, terminal, options)


def _validated_large(package: OnDisk, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """The same with the columnar engine, in bounded memory; stock frictionless would take many times as long."""
    problems = Problems()
    try:
        with terminal.progress() as tell:
            rows = on_disk.check_large(package.root, problems, tell, memory=options.memory, advice=package.remedy)
    except ModuleNotFoundError as error:
        raise WrongUse(f"the columnar engine needs {error.name}: pip install 'haftar-record[fast]'") from None
    terminal.step(
        f"read {sum(rows.values()):,} rows in {len(rows)} tables with DuckDB, and checked the rules over them"
    )
    problems.stop_on_errors()
    _verdict(problems, terminal, options.strict)
    return problems.sorted


def write_exports(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Write a package in other formats. One that does not pass the checks is not exported."""
    output = _output(options.output)
    chosen = export.load(options.names or export.FORMATS)
    is_project = Path(options.package).resolve() == root and source.has_folder(Path(options.package) / CODING)
    problems = check(root, terminal, options) if is_project else _checked(root, terminal, options)
    files = export.render(reader.read(options.package, root), chosen, terminal.step)
    done = store.export(output, files)
    terminal.step(f"wrote {len(files)} files to {visible(options.output)}, {len(done.written)} of them changed")
    return problems


def _checked(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """The same checks for a package without sheets."""
    with source.on_disk(options.package, root) as package:
        return package.placed(_validated(package, terminal, options))


def _output(named: str) -> Path:
    """The folder that exports go to, refused before anything is checked or made. Raises WrongUse."""
    try:
        return store.export_folder(named)
    except WrongUse as error:
        raise WrongUse(f"--output: {error}") from None


def compare(root: Path, terminal: Terminal) -> Problems:
    """What is wrong with the sheets or, if they are right, with the package on disk. Raises DataErrors."""
    try:
        made, problems = make(root, terminal, datetime.datetime.now(datetime.UTC).date())
    except DataErrors as error:
        problems = Problems(list(error.problems))
        terminal.step("the sheets have errors, so the package on disk is checked by itself only")
        on_disk.check(root, problems)
        raise DataErrors(problems.items) from None
    on_disk.check(root, problems, made)
    terminal.step("compared the package on disk with what the sheets say")
    problems.stop_on_errors()
    return problems


def make(root: Path, terminal: Terminal, today: datetime.date | None = None) -> tuple[Made, Problems]:
    """What the sheets make once they pass their checks and the rules; waivers count by a day. Raises DataErrors."""
    problems = Problems()
    found = inputs.read(root, problems)
    if problems.errors and (rest := readings.readable(root, found)):
        add_what_else_is_wrong(rest, problems)
    problems.stop_on_errors()
    read = "1 article and its sheet" if len(found.coded) == 1 else f"{len(found.coded):,} articles and their sheets"
    terminal.step(f"read {read}, {len(found.registers)} registers")
    rows, places = assemble(found, problems)
    problems.stop_on_errors()
    evidence = len(rows["evidence"])
    terminal.step(f"anchored {evidence:,} passages, resolved dates, made {sum(map(len, rows.values())):,} rows")
    articles = {coded.document_id: coded.article for coded in found.coded}
    rules.check(rows, articles, problems, places)
    names = [row.display_id for table in rows.values() for row in table] if found.registers["waivers"].value else []
    waivers.apply(found.registers["waivers"], problems, today, names)
    clock.check(found, problems, today)
    stale.check(found, rows, problems)
    retired.check(found.registers["retired"], found.registers["record"].value.version, rows, places, problems)
    problems.stop_on_errors()
    terminal.step(f"checked {len(rules.RULES)} rules over the tables")
    cited = {coded.document_id: coded.sheet.value.facts.cited_as for coded in found.coded}
    titles = {document: title for document, title in cited.items() if title}
    files = render.render(found.registers["record"].value, found.registers["retired"].value, rows, titles)
    return Made(files, rows, places, articles), problems


def _last(package: OnDisk, problems: Problems, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Run stock frictionless last: errors that were found before would only be repeated."""
    problems.stop_on_errors()
    if stock.stock(package.root, problems, package.remedy):
        terminal.step("validated datapackage.json with stock frictionless")
    else:
        terminal.step("frictionless is not installed: run “frictionless validate datapackage.json” elsewhere")
    problems.stop_on_errors()
    _verdict(problems, terminal, options.strict)
    return problems.sorted
