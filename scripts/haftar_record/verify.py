"""Verify the package on disk: each file, each table, the descriptor, and that it is what the sheets make.

A cause is said and its consequences are not. A damaged file is not also stale, a changed table does not also have the
wrong hash, and where the sheets are sound a row that differs from theirs is the cause of every rule that it breaks.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import articles, citation, descriptor, jsonfile, package, rules, schema, sheets, store, tablefile
from .columns import to_cell
from .jsonfile import Json
from .ledger import Places, Rows
from .package import Facts
from .problems import Place, Problem, Problems, bounded, show
from .sheets import DescriptorShape
from .store import CITATION, DATA, DESCRIPTOR, SCHEMAS, Files
from .tablefile import Table
from .tables import BY_NAME, TABLES, Row
from .yamlfile import Loc

#: Rows of one table that are shown as stale; the others are counted.
SHOWN = 3
_REBUILD = tablefile.REBUILD


@dataclass
class Made:
    """What the sheets make: the files, the rows, and where each row was coded."""

    files: Files
    rows: Rows
    places: Places
    articles: dict[str, articles.Article]


@dataclass
class _Package:
    """The package on disk while it is verified."""

    root: Path
    problems: Problems
    files: Files
    made: Made | None
    tables: dict[str, Table] = field(default_factory=dict)
    #: Size, hash and number of rows of the files, where their bytes are not at hand.
    facts: dict[str, Facts] = field(default_factory=dict)

    @property
    def remedy(self) -> str:
        return _REBUILD if (self.root / "seeds/coding").is_dir() else "take the file from the release again"

    def is_as_made(self, path: str) -> bool:
        return self.made is not None and self.files.get(path) == self.made.files[path]


def check(root: Path, problems: Problems, made: Made | None = None) -> Rows:
    """Check the package in the folder ``root``; the rows that could be read.

    With what the sheets make, every difference from it is a problem; without, the package is held against itself.
    """
    found = _Package(root, problems, store.read(root), made)
    _refuse_strangers(found)
    for model in TABLES:
        found.tables[model.TABLE] = _table(found, model)
    _rules(found)
    _descriptions(found)
    return {name: table.rows for name, table in found.tables.items()}


def check_large(
    root: Path, problems: Problems, tell: Callable[[str], None] = lambda step: None, only: tuple[str, ...] = ()
) -> dict[str, int]:
    """Check a package of any size by itself, with the columnar engine; the number of rows of each table.

    The same checks and the same messages, in bounded memory. ``tell`` is told each step; ``only`` names the rules to be
    run, all unless given. Raises ImportError without the extra ``fast``.
    """
    from . import columnar

    found = _Package(root, problems, store.read(root, unread=".csv"), None)
    _refuse_strangers(found)
    paths = {model.TABLE: root / _data(model) for model in TABLES if _data(model) in found.files}
    checked = columnar.check(root, paths, problems, found.remedy, tell=tell, only=only)
    found.facts = checked.facts
    found.tables = {model.TABLE: Table([], is_whole=model.TABLE not in checked.broken) for model in TABLES}
    found.tables["documents"].rows = checked.documents
    _has_articles(found)
    _descriptions(found)
    return {name: facts.rows for name, facts in found.facts.items()}


def _descriptions(found: _Package) -> None:
    """Schemas, descriptor and citation."""
    for model in TABLES:
        _schema(found, model)
    _descriptor(found)
    _citation(found)


def _refuse_strangers(found: _Package) -> None:
    """Missing files, links, and files that belong to no table."""
    known = [DESCRIPTOR, *(path for model in TABLES for path in (_data(model), _schema_path(model)))]
    # Beside a package that somebody uses, the file that says how to cite it may be left out.
    known += [CITATION] if found.made or CITATION in found.files else []
    for path in known:
        if (found.root / path).is_symlink() or not _is_inside(found.root, path):
            found.files.pop(path, None)
            found.problems.add(Place(path), "path", "a link that leads elsewhere", "a plain file", found.remedy)
        elif path not in found.files and not (path.startswith(SCHEMAS) and _is_inlined(found.root)):
            found.problems.add(Place(path), "missing-file", "no such file", "a file of the package", found.remedy)
    for path in sorted(set(found.files) - set(known)):
        found.problems.add(Place(path), "stranger", "a file that no build makes", "generated files only", "remove it")


def _is_inside(root: Path, path: str) -> bool:
    return (root / path).resolve().is_relative_to(root.resolve())


def _is_inlined(root: Path) -> bool:
    """A release has its schemas in the descriptor, and no folder for them."""
    return not (root / SCHEMAS).is_dir()


def _data(model: type[Row]) -> str:
    return f"{DATA}/{model.TABLE}.csv"


def _schema_path(model: type[Row]) -> str:
    return f"{SCHEMAS}/{model.TABLE}.json"


# -- tables ----------------------------------------------------------------------------------------------------------


def _table(found: _Package, model: type[Row]) -> Table:
    """The rows of one table as they are on disk; in place of a damaged one, as the sheets make it."""
    path = _data(model)
    if found.is_as_made(path):
        return Table(found.made.rows[model.TABLE])
    own = Problems()
    table = Table(is_whole=False)
    if path in found.files:
        table = tablefile.read(model, found.files[path], path, own, found.remedy)
    found.problems.items += [_with_source(problem, model, found.made) for problem in own.items]
    if found.made is None:
        return table
    if not table.is_whole:
        return replace(table, rows=found.made.rows[model.TABLE])
    _stale(found.made, model, table, found.problems)
    return table


def _with_source(problem: Problem, model: type[Row], made: Made | None) -> Problem:
    """The problem with a word on where the value is coded, if that is known."""
    identity = tuple(problem.record.split(", "))
    place = made.places.get((model.TABLE, identity)) if made and problem.record else None
    if place is None or place.file.startswith(DATA):
        return problem
    return replace(problem, remedy=f"{problem.remedy}; to change the value, edit {place}")


def _stale(made: Made, model: type[Row], table: Table, problems: Problems) -> None:
    """Rows that are not those which the sheets make."""
    path = _data(model)
    wanted = {row.id: row for row in made.rows[model.TABLE]}
    rows = {row.id: row for row in table.rows}
    stale: list[Problem] = []
    for identity in sorted({*wanted, *rows}, key=str):
        said = _difference(rows.get(identity), wanted.get(identity))
        if said:
            record = ", ".join(map(str, identity))
            place = Place(path, table.lines.get(identity, 0))
            stale.append(Problem(place, "stale", f"{record}: {said[0]}", said[1], _REBUILD, "error", record))
    problems.items += [_with_source(problem, model, made) for problem in bounded(stale, SHOWN)]


def _difference(found: Row | None, wanted: Row | None) -> tuple[str, str] | None:
    """In what a row differs from the one that it should be: found and expected."""
    if found is None:
        return "no such row", "a row, as the sheets make it"
    if wanted is None:
        return "a row that the sheets do not make", "no such row"
    for name in type(wanted).model_fields:
        if getattr(found, name) != getattr(wanted, name):
            one, two = (show(to_cell(getattr(row, name)), 60) for row in (found, wanted))
            return f"{name} {one}", f"{two}, as the sheets make it"
    return None


# -- schemas and descriptor ------------------------------------------------------------------------------------------


def _schema(found: _Package, model: type[Row]) -> None:
    path = _schema_path(model)
    expected = schema.table_schema(model)
    if path not in found.files or found.files[path] == package.json_bytes(expected):
        return
    _json(found, path, expected)


def _json(found: _Package, path: str, expected: Any, is_known: Any = lambda *_: False) -> None:
    """A JSON file that is not, byte for byte, the one expected."""
    read = jsonfile.read(found.files[path], path, found.problems, found.remedy)
    if read is None:
        return
    before = len(found.problems.items)
    descriptor.check(read, expected, found.problems, lambda loc: is_known(read.content, loc), found.remedy)
    is_same = json.dumps(read.content) == json.dumps(expected)
    if len(found.problems.items) == before and (is_same or list(read.content) != list(expected)):
        line = _first_line(found.files[path], package.json_bytes(expected))
        said = "the same content, written or ordered otherwise"
        found.problems.add(Place(path, line), "canonical-form", said, "the one canonical way of writing", found.remedy)


def _first_line(one: bytes, two: bytes) -> int:
    """The first line in which two files differ."""
    pairs = zip(one.split(b"\n"), two.split(b"\n"), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), 0)


def _descriptor(found: _Package) -> None:
    if DESCRIPTOR not in found.files or found.is_as_made(DESCRIPTOR):
        return
    if found.made is not None:
        expected = json.loads(found.made.files[DESCRIPTOR])
        _json(found, DESCRIPTOR, expected, lambda content, loc: _is_consequence(found, content, loc))
        return
    read = jsonfile.read(found.files[DESCRIPTOR], DESCRIPTOR, found.problems, found.remedy)
    if read is not None and _has_texts(found, read):
        files = {problem.place.file for problem in found.problems.errors}
        damaged = {model.TABLE for model in TABLES if _data(model) in files}
        expected = _expected(found, read.content)
        descriptor.check(read, expected, found.problems, lambda loc: _table_of(read.content, loc) in damaged, found.remedy)


def _citation(found: _Package) -> None:
    """CITATION.cff is made of the descriptor; one that is wrong itself has been reported."""
    if CITATION not in found.files or any(problem.place.file == DESCRIPTOR for problem in found.problems.errors):
        return
    expected = citation.render(json.loads(found.files[DESCRIPTOR])) if DESCRIPTOR in found.files else b""
    if expected and found.files[CITATION] != expected:
        line = _first_line(found.files[CITATION], expected)
        said = "not what the descriptor says"
        found.problems.add(Place(CITATION, line), "stale", said, "title, version, date and names of it", found.remedy)


def _table_of(content: Any, loc: Loc) -> str | None:
    """The table whose file a property of the descriptor describes by hash, size or number of rows."""
    if len(loc) != 3 or loc[0] != "resources" or loc[2] not in descriptor.FACTS:
        return None
    return content["resources"][loc[1]].get("name")


def _is_consequence(found: _Package, content: Any, loc: Loc) -> bool:
    """Whether a property tells the truth about a file that is itself not as the sheets make it."""
    name = _table_of(content, loc)
    model = BY_NAME.get(name)
    if model is None or found.is_as_made(_data(model)) or _data(model) not in found.files:
        return False
    facts = _facts(found, model)
    told = {"hash": f"sha256:{facts.sha256}", "bytes": facts.size, "rows": facts.rows}
    return content["resources"][loc[1]][loc[2]] == told[loc[2]]


def _facts(found: _Package, model: type[Row]) -> Facts:
    if model.TABLE in found.facts:
        return found.facts[model.TABLE]
    data = found.files.get(_data(model), b"")
    return Facts.of(data, max(0, data.count(b"\n") - 1))


def _has_texts(found: _Package, read: Json) -> bool:
    """Whether the descriptor of a package without sheets has the texts that only its makers know."""
    content = read.content
    if not isinstance(content, dict):
        found.problems.add(Place(read.file, 1), "descriptor", "no object", "the object of a data package", found.remedy)
        return False
    names = [info.alias or name for name, info in DescriptorShape.model_fields.items()]
    own = replace(read, content={name: content[name] for name in names if name in content})
    return sheets.shaped(own, DescriptorShape, found.problems) is not None


def _expected(found: _Package, content: dict[str, Any]) -> dict[str, Any]:
    """What the descriptor should be, given its own texts and the files."""
    rows = found.tables["documents"].rows
    expected = package.descriptor(
        content, package.sources(rows, {}), {model.TABLE: _facts(found, model) for model in TABLES}
    )
    titles = {entry.get("path"): entry.get("title") for entry in content.get("sources", []) if isinstance(entry, dict)}
    for entry in expected["sources"]:
        entry["title"] = titles.get(entry["path"], entry["title"])
    if not found.tables["documents"].is_whole:
        expected["sources"] = content.get("sources", [])
    if _is_inlined(found.root):
        for resource, model in zip(expected["resources"], TABLES, strict=True):
            resource["schema"] = schema.table_schema(model)
    return expected


# -- rules -----------------------------------------------------------------------------------------------------------


def _rules(found: _Package) -> None:
    """The rules across tables, over the rows on disk."""
    rows = {name: table.rows for name, table in found.tables.items()}
    if found.made is None:
        texts = _articles(found, rows)
        broken = frozenset(name for name, table in found.tables.items() if not table.is_whole)
        lines = {
            (name, identity): Place(f"{DATA}/{name}.csv", line)
            for name, table in found.tables.items()
            for identity, line in table.lines.items()
        }
        rules.check(rows, texts, found.problems, lines, broken)
    elif any(not found.is_as_made(_data(model)) for model in TABLES):
        _consequences(rows, found)


def _articles(found: _Package, rows: Rows) -> dict[str, articles.Article]:
    """The articles by document id, as far as they are beside the package."""
    texts: dict[str, articles.Article] = {}
    if not _has_articles(found):
        return texts
    for row in rows["documents"]:
        try:
            texts[row.document_id] = articles.read(found.root / row.seed_path, row.seed_path)
        except ValueError as error:
            found.problems.items.append(error.args[0])
    return texts


def _has_articles(found: _Package) -> bool:
    """Whether the articles are beside the package; if not, what that means is noted."""
    is_there = (found.root / "seeds/articles").is_dir()
    if not is_there:
        said = "no articles beside the package"
        remedy = "nothing, or run this in the project"
        found.problems.add(
            Place("seeds/articles"), "article", said, "articles, to hold offsets and words against", remedy, "note"
        )
    return is_there


def _consequences(rows: Rows, found: _Package) -> None:
    """Which rules break as the package stands: a note each, since the cause is said above."""
    first: dict[str, Any] = {}
    count: Counter[str] = Counter()
    for rule, finding in rules.findings(rules.Record(rows, found.made.articles)):
        first.setdefault(rule.title, (rule, finding))
        count[rule.title] += 1
    for title, (rule, finding) in first.items():
        table, record = type(finding.row).TABLE, ", ".join(map(str, finding.row.id))
        place = Place(f"{DATA}/{table}.csv", found.tables[table].lines.get(finding.row.id, 0))
        more = f" (and {count[title] - 1} more)" if count[title] > 1 else ""
        said = f"{record}: {finding.found}{more}"
        remedy = "nothing here: it follows from an error above or below"
        found.problems.items.append(Problem(place, title, said, finding.expected, remedy, "note", record))


# -- stock frictionless ----------------------------------------------------------------------------------------------


def stock(root: Path, problems: Problems) -> bool:
    """Validate with stock frictionless, if it is installed; whether it was."""
    try:
        from frictionless import Package, system

        from . import plugin
    except ImportError:
        return False
    try:
        # From inside the folder, because frictionless takes “*” and “[” in a path for a pattern.
        with plugin.off(), contextlib.chdir(root), system.use_context(trusted=False):
            report = Package(DESCRIPTOR).validate()
    except Exception as error:  # frictionless raises its own exceptions for a broken descriptor
        problems.add(Place(DESCRIPTOR), "frictionless", show(str(error)), "a valid descriptor", _REBUILD)
        return True
    for error in report.errors:
        problems.add(Place(DESCRIPTOR), "frictionless", error.message, "a valid package", _REBUILD)
    for task in report.tasks:
        for error in task.errors:
            place = Place(task.place or task.name, getattr(error, "row_number", 0) or 0)
            problems.add(place, f"frictionless {error.type}", error.message, "a valid table", _REBUILD)
    return True
