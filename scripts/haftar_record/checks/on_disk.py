"""Verify the package on disk: each file, each table, the descriptor, and that it is what the sheets make.

A cause is said and its consequences are not. A damaged file is not also stale, a changed table does not also have the
wrong hash, and where the sheets are sound a row that differs from theirs is the cause of every rule that it breaks.
"""

from __future__ import annotations

import contextlib
import difflib
import errno
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

from ..files import json_file, plain
from ..files.folder import names, trouble
from ..files.json_file import Json
from ..files.layout import ARTICLES, CITATION, CODING, CSVW, DATA, DESCRIPTOR, SCHEMAS, Files, data_path, schema_path
from ..files.yaml_file import Loc
from ..model import shape, table_schema
from ..model.cells import to_cell
from ..model.rows import Places, Row, Rows, row_name
from ..model.tables import BY_NAME, TABLES, Document
from ..package import citation, render, store, table_file
from ..package.descriptor import DescriptorShape, StatedShape
from ..package.render import Facts
from ..package.table_file import Table
from ..problems.problem import DataErrors, Place, Problem, Problems, bounded
from ..problems.wording import apart, show
from ..text import articles
from . import descriptor, release, rules

#: Rows of one table that are shown as stale; the others are counted.
SHOWN = 3
#: Bytes of tables from which the columnar engine is the quicker one.
LARGE = 20_000_000
#: Bytes of the descriptor of a large package: some 90 000 articles.
LARGE_DESCRIPTOR = 20_000_000
_REBUILD = table_file.REBUILD


@dataclass
class Made:
    """What the sheets make: the files, the rows, and where each row was coded."""

    files: Files
    rows: Rows
    places: Places
    articles: dict[str, articles.Article]

    @cached_property
    def _named(self) -> dict[tuple[str, str], Place]:
        return {(table, row_name(key)): place for (table, key), place in self.places.items()}

    def place_of(self, model: type[Row], name: str) -> Place | None:
        """Where the row with this display id was coded."""
        return self._named.get((model.TABLE, name))


@dataclass
class _Package:
    """The package on disk while it is verified."""

    root: Path
    problems: Problems
    files: Files
    made: Made | None
    tables: dict[str, Table] = field(default_factory=dict)
    #: What to do about a file, where it is known; else it depends on whether there are sheets.
    advice: str = ""
    #: Whether the tables are left to the columnar engine, with size, hash and number of rows of their files.
    is_large: bool = False
    facts: dict[str, Facts] = field(default_factory=dict)

    @property
    def json_limit(self) -> int:
        """Bytes of a JSON file; the descriptor of a large package lists all of its articles."""
        return LARGE_DESCRIPTOR if self.is_large else json_file.MAX_BYTES

    @property
    def remedy(self) -> str:
        """What to do about a file: build it again, or take it from the release."""
        return self.advice or (_REBUILD if _has_sheets(self.root) else "take the file from the release again")

    def as_made(self, path: str) -> Made | None:
        """What the sheets make, when the file is the one that they make."""
        return self.made if self.made is not None and self.files.get(path) == self.made.files[path] else None


def _has_sheets(root: Path) -> bool:
    """Whether there are sheets to build from. Those that nobody may look at are there."""
    try:
        return plain.is_folder(root / CODING)
    except OSError:
        return True


def check(root: Path, problems: Problems, made: Made | None = None, advice: str = "") -> Rows:
    """Check the package in the folder ``root``; the rows that could be read.

    With what the sheets make, every difference from it is a problem; without, the package has to agree with itself.
    ``advice`` is what to do about its files where the folder is not the user's own.
    """
    found = _Package(root, problems, {}, made, advice=advice)
    with store.consistent_read(root), _advised(found):
        _read(found)
        for model in TABLES:
            found.tables[model.TABLE] = _table(found, model)
        _rules(found)
        _descriptions(found)
    return {name: table.rows for name, table in found.tables.items()}


def is_large(root: Path) -> bool:
    """Whether the tables of a package are so large that the columnar engine checks them more quickly."""
    try:
        return sum(path.stat().st_size for path in (root / DATA).glob("*.csv") if plain.is_file(path)) > LARGE
    except OSError:  # said by whoever reads them
        return False


def check_large(
    root: Path,
    problems: Problems,
    tell: Callable[[str], None] = lambda step: None,
    only: tuple[str, ...] = (),
    memory: str | None = None,
    advice: str = "",
) -> dict[str, int]:
    """Check a package of any size by itself, with the columnar engine; the number of rows of each table.

    The same checks and the same messages, in bounded memory. ``tell`` is called with each step, in words; ``only`` has
    the numbers of the rules to be run, all unless given; ``memory`` is what DuckDB may hold, as ``4GB``. Raises
    ImportError without the extra ``fast``, and DataErrors when the memory or the disk is not enough.
    """
    from .columnar.base import MEMORY, NotEnough

    try:
        return _check_large(
            _Package(root, problems, {}, None, advice=advice, is_large=True), tell, only, memory or MEMORY
        )
    except (*NotEnough, OSError) as error:
        if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        found = show(str(error).splitlines()[0])
        remedy = "free disk, allow more with --memory, or check a part of the package"
        raise DataErrors([Problem(Place(DATA), "memory", found, "room for the check", remedy)]) from None


def _check_large(found: _Package, tell: Callable[[str], None], only: tuple[str, ...], memory: str) -> dict[str, int]:
    from .columnar import engine as columnar

    root, problems = found.root, found.problems
    with store.consistent_read(root), _advised(found):
        _read(found)
        paths = {
            model.TABLE: root / data_path(model.TABLE) for model in TABLES if data_path(model.TABLE) in found.files
        }
        with columnar.checking(paths, problems, found.remedy, memory, tell) as base:
            found.facts = base.facts
            found.tables = {model.TABLE: Table([], is_whole=model.TABLE not in base.incomplete) for model in TABLES}
            found.tables[Document.TABLE].rows = list(base.documents)
            columnar.check_rules(base, root, _each_article(found, base.documents), problems, only)
        _descriptions(found)
    return {name: facts.rows for name, facts in found.facts.items()}


@contextlib.contextmanager
def _advised(found: _Package) -> Iterator[None]:
    """Advice to build is given where there is something to build from; elsewhere, what a user of the package can do."""
    before = len(found.problems.items)
    try:
        yield
    finally:
        if found.remedy != _REBUILD:
            found.problems.items[before:] = [
                replace(problem, remedy=found.remedy) if "haftar-record build" in problem.remedy else problem
                for problem in found.problems.items[before:]
            ]


def _descriptions(found: _Package) -> None:
    """Schemas, descriptor, citation, and what else a release has."""
    for model in TABLES:
        _schema(found, model)
    _descriptor(found)
    _citation(found)
    if found.made is None and DESCRIPTOR in found.files and _is_inlined(found):
        _release(found)


def _release(found: _Package) -> None:
    """The files of a release beside its tables."""
    if not release.is_whole(found.root):
        release.note(found.problems)
        return
    hashes = {
        data_path(model.TABLE): _facts(found, model).sha256 for model in TABLES if data_path(model.TABLE) in found.files
    }
    documents = found.tables[Document.TABLE]
    release.Release(found.root, found.problems, hashes, found.remedy).check(
        _sound_descriptor(found),
        cast(list[Document], documents.rows) if documents.is_whole else None,
    )


def _sound_descriptor(found: _Package) -> dict[str, Any]:
    """The descriptor, from which other files can be computed; empty where it has an error of its own.

    What it says about a damaged table is not judged, and may be anything: so its shape is looked at as well.
    """
    if any(problem.place.file == DESCRIPTOR for problem in found.problems.errors):
        return {}
    read = json_file.read(found.files[DESCRIPTOR], DESCRIPTOR, Problems(), found.remedy, found.json_limit)
    is_shaped = read is not None and shape.shaped(read, DescriptorShape, Problems()) is not None
    return cast(dict[str, Any], read.content) if read is not None and is_shaped else {}


def _read(found: _Package) -> None:
    """Read the files of the package. Missing files, links, and files that belong to no table are problems."""
    known = {
        "": [DESCRIPTOR],
        DATA: [data_path(model.TABLE) for model in TABLES],
        SCHEMAS: [schema_path(model.TABLE) for model in TABLES],
    }
    # Beside a package that somebody uses, the file that says how to cite it may be left out.
    known[""] += [CITATION] if found.made or plain.is_file(found.root / CITATION) else []
    ours = {path for paths in known.values() for path in paths} | ({CSVW} if found.made is None else set())
    strangers = sorted(store.paths(found.root) - ours)
    for folder, paths in known.items():
        if not folder or not (_is_inlined(found, folder) or _is_bad(found, folder)):
            for path in paths:
                _read_file(found, path, strangers)
    said = [
        Problem(Place(path), "unexpected-file", "a file that no build makes", "generated files only", "remove it")
        for path in strangers
    ]
    found.problems.items += bounded(said, SHOWN)


def _is_inlined(found: _Package, folder: str = SCHEMAS) -> bool:
    """Whether the schemas are in the descriptor, as in a release: there is no folder for them, and no resource has its
    schema in a file. A descriptor that cannot be read names no file: what is wrong with it is said elsewhere."""
    return folder == SCHEMAS and not os.path.lexists(found.root / SCHEMAS) and not _names_schemas(found)


def _names_schemas(found: _Package) -> bool:
    """Whether a resource of the descriptor has its schema in a file."""
    try:
        content = json.loads(found.files.get(DESCRIPTOR, b""))
    except (ValueError, RecursionError):
        return False
    resources = content.get("resources") if isinstance(content, dict) else None
    entries = resources if isinstance(resources, list) else []
    return any(isinstance(entry, dict) and isinstance(entry.get("schema"), str) for entry in entries)


def _is_bad(found: _Package, folder: str) -> bool:
    """Whether a folder cannot be looked into. That is one problem, and not one for each of its files."""
    path = found.root / folder
    if path.is_symlink():
        rule, said, remedy = "path", _link(path), f"remove the link; then {found.remedy}"
    elif path.is_dir() and os.access(path, os.R_OK | os.X_OK):
        return False
    elif path.is_dir():
        rule, said, remedy = "access", "a folder that may not be read or entered", "let yourself read and enter it"
    elif path.exists():
        rule, said, remedy = "missing-file", "a file", f"move it out of the way; then {found.remedy}"
    else:
        rule, said, remedy = "missing-file", "no such folder", found.remedy
    found.problems.add(Place(folder), rule, said, "a folder with the files of the package", remedy)
    return True


def _read_file(found: _Package, path: str, strangers: list[str]) -> None:
    """Read one file of the package, or say why it cannot be read.

    A stray file whose name differs only in letter case counts as this file, misnamed, and is taken out of
    ``strangers``.
    """
    limit = found.json_limit if path.endswith(".json") else table_file.MAX_BYTES
    rule, expected, remedy = "missing-file", "a file of the package", found.remedy
    try:
        if not (found.root / path).is_symlink():
            is_left = found.is_large and path.endswith(".csv")
            found.files[path] = plain.check(found.root / path) if is_left else plain.read(found.root / path, limit)
            return
        rule, said, expected = "path", _link(found.root / path), "a plain file"
    except FileNotFoundError:
        said = "no such file"
        if twin := next((name for name in strangers if name.lower() == path.lower()), None):
            strangers.remove(twin)
            said, remedy = f"the file name “{twin}”", "rename it"
            expected = f"“{path}”, in the same capital and small letters: some systems tell them apart"
    except plain.TooLarge as error:
        rule, said, expected = "file-size", f"{error.size:,} bytes", f"at most {limit:,} bytes"
    except OSError as error:
        if refused := trouble(path, error):
            found.problems.items.append(refused)
            return
        said = "a folder of this name" if plain.is_folder(found.root / path) else f"no readable file ({error.strerror})"
    found.problems.add(Place(path), rule, said, expected, remedy)


def _link(path: Path) -> str:
    return f"a symbolic link to {show(str(path.readlink()), 60)}"


# -- tables ----------------------------------------------------------------------------------------------------------


def _table(found: _Package, model: type[Row]) -> Table:
    """The rows of one table as they are on disk; in place of a damaged one, as the sheets make it."""
    path = data_path(model.TABLE)
    if made := found.as_made(path):
        return Table(made.rows[model.TABLE])
    own = Problems()
    table = Table(is_whole=False)
    if path in found.files:
        table = table_file.read(model, found.files[path], path, own, found.remedy)
    stale = _stale(found.made, model, table) if found.made and table.is_whole else []
    # A wrong order follows from rows that are stale, and is not said as well.
    found.problems.items += [_with_source(problem, model, found.made) for problem in stale or own.items]
    if found.made is not None and not table.is_whole:
        return replace(table, rows=found.made.rows[model.TABLE])
    return table


def _with_source(problem: Problem, model: type[Row], made: Made | None) -> Problem:
    """The problem with a word on where the value is coded, if that is known and a value is what it is about."""
    if problem.rule in ("primary-key", "row-order"):
        return problem
    place = made.place_of(model, problem.record) if made and problem.record else None
    if place is None or place.file.startswith(DATA):
        return problem
    return replace(problem, remedy=f"{problem.remedy}; to change the value, edit {place}")


def _stale(made: Made, model: type[Row], table: Table) -> list[Problem]:
    """Rows that differ from what the sheets make: changed, too many, missing."""
    path = data_path(model.TABLE)
    wanted = {row.id: row for row in made.rows[model.TABLE]}
    rows = {row.id: row for row in table.rows}
    missing, extra = ({row_name(identity): identity for identity in one if identity not in two} for one, two in
                      ((wanted, rows), (rows, wanted)))  # fmt: skip

    def problem(line: int, record: str, found: str, expected: str) -> Problem:
        return Problem(Place(path, line), "stale", f"{record}: {found}", expected, _REBUILD, "error", record)

    changed, others = [], []
    for identity, row in rows.items():
        if identity in wanted and (said := _difference(row, wanted[identity])):
            changed.append(problem(table.lines[identity], row_name(identity), *said))
    for record, identity in extra.items():
        close = difflib.get_close_matches(record, missing, n=1, cutoff=0.8)
        expected = f"“{close[0]}”, a row of the sheets that is missing" if close else "no such row"
        others.append(problem(table.lines[identity], record, "a row that the sheets do not make", expected))
        missing.pop(close[0] if close else "", None)
    found = [*bounded(changed, SHOWN), *bounded(others, SHOWN)]
    if missing:
        record, more = next(iter(missing)), f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        found.append(problem(0, record, f"no such row{more}", "a row, as the sheets make it"))
    return found


def _difference(found: Row, wanted: Row) -> tuple[str, str] | None:
    """The first difference between a row and the one that it should be: found and expected."""
    for name in type(wanted).model_fields:
        if getattr(found, name) != getattr(wanted, name):
            one, two = apart(to_cell(getattr(found, name)), to_cell(getattr(wanted, name)))
            return f"{name} {one}", f"{two}, as the sheets make it"
    return None


# -- schemas and descriptor ------------------------------------------------------------------------------------------


def _schema(found: _Package, model: type[Row]) -> None:
    path = schema_path(model.TABLE)
    if path not in found.files or found.files[path] == _schema_bytes(model):
        return
    other = next((one for one in TABLES if found.files[path] == _schema_bytes(one)), None)
    if other is not None:
        said = f"the schema of {other.TABLE}"
        found.problems.add(Place(path), "schema", said, f"the schema of {model.TABLE}", found.remedy)
    else:
        _json(found, path, table_schema.table_schema(model))


@cache
def _schema_bytes(model: type[Row]) -> bytes:
    return render.json_bytes(table_schema.table_schema(model))


def _json(
    found: _Package, path: str, expected: Any, is_known: Callable[[Any, Loc], bool] = lambda content, loc: False
) -> None:
    """A JSON file that is not, byte for byte, the one expected."""
    read = json_file.read(found.files[path], path, found.problems, found.remedy)
    if read is None:
        return
    if descriptor.check(read, expected, found.problems, lambda loc: is_known(read.content, loc), found.remedy):
        line = _first_line(found.files[path], render.json_bytes(expected))
        said = "the same content, written or ordered otherwise"
        found.problems.add(Place(path, line), "canonical-form", said, "the one canonical way of writing", found.remedy)


def _first_line(one: bytes, two: bytes) -> int:
    """The first line in which two files differ."""
    pairs = zip(one.split(b"\n"), two.split(b"\n"), strict=False)
    return next((number for number, (a, b) in enumerate(pairs, 1) if a != b), one.count(b"\n") + 1)


def _descriptor(found: _Package) -> None:
    if DESCRIPTOR not in found.files or found.as_made(DESCRIPTOR):
        return
    if found.made is not None:
        expected = json.loads(found.made.files[DESCRIPTOR])
        _json(found, DESCRIPTOR, expected, lambda content, loc: _is_consequence(found, content, loc))
        return
    read = json_file.read(found.files[DESCRIPTOR], DESCRIPTOR, found.problems, found.remedy, found.json_limit)
    if read is not None and _has_texts(found, read):
        files = {problem.place.file for problem in found.problems.errors}
        damaged = {
            model.TABLE
            for model in TABLES
            if data_path(model.TABLE) in files or data_path(model.TABLE) not in found.files
        }
        expected = _expected(found, read.content)
        descriptor.check(
            read, expected, found.problems, lambda loc: _table_of(read.content, loc) in damaged, found.remedy
        )


def _citation(found: _Package) -> None:
    """CITATION.cff is made of the descriptor. Without sheets it is judged only when nothing else is wrong, above all
    not the descriptor."""
    if CITATION not in found.files or found.as_made(CITATION):
        return
    if found.made is not None:
        expected = found.made.files[CITATION]
    elif not found.problems.errors:
        expected = citation.render(json.loads(found.files[DESCRIPTOR]))
    else:
        return
    if found.files[CITATION] != expected:
        line = _first_line(found.files[CITATION], expected)
        said = "not what the descriptor says"
        title = "title, version, date and names of the descriptor"
        found.problems.add(Place(CITATION, line), "stale", said, title, found.remedy)


def _table_of(content: Any, loc: Loc) -> str | None:
    """The table whose file a property of the descriptor describes by hash, size or number of rows."""
    if len(loc) != 3 or loc[0] != "resources" or loc[2] not in descriptor.FACTS:
        return None
    name = content["resources"][loc[1]].get("name")
    return name if isinstance(name, str) else None


def _is_consequence(found: _Package, content: Any, loc: Loc) -> bool:
    """Whether a property tells the truth about a file that is itself not as the sheets make it."""
    name = _table_of(content, loc)
    model = BY_NAME.get(name or "")
    if model is None or found.as_made(data_path(model.TABLE)):
        return False
    if data_path(model.TABLE) not in found.files:
        return True  # nothing can be said of a file that was not read
    facts = _facts(found, model)
    told: dict[str | int, str | int] = {"hash": f"sha256:{facts.sha256}", "bytes": facts.size, "rows": facts.rows}
    return bool(content["resources"][loc[1]].get(loc[2]) == told[loc[2]])


def _facts(found: _Package, model: type[Row]) -> Facts:
    if model.TABLE in found.facts:
        return found.facts[model.TABLE]
    data = found.files.get(data_path(model.TABLE), b"")
    return Facts.of(data, max(0, data.count(b"\n") - 1))


def _has_texts(found: _Package, read: Json) -> bool:
    """Whether the descriptor of a package without sheets has the texts that only its makers know."""
    content = read.content
    if not isinstance(content, dict):
        found.problems.add(Place(read.file, 1), "descriptor", "no object", "the object of a data package", found.remedy)
        return False
    return shape.shaped(read, StatedShape, found.problems) is not None


def _expected(found: _Package, content: dict[str, Any]) -> dict[str, Any]:
    """What the descriptor should be, given its own texts and the files."""
    documents = cast(list[Document], found.tables[Document.TABLE].rows)
    expected = render.descriptor(
        content, render.sources(documents, {}), {model.TABLE: _facts(found, model) for model in TABLES}
    )
    told = content.get("sources")
    for entry, own in zip(expected["sources"], told if isinstance(told, list) else (), strict=False):
        if isinstance(own, dict) and isinstance(own.get("title"), str):  # only its makers know a title
            entry["title"] = own["title"]
    if not found.tables[Document.TABLE].is_whole:
        expected["sources"] = content.get("sources", [])
    return render.released(expected) if _is_inlined(found) else expected


# -- rules -----------------------------------------------------------------------------------------------------------


def _rules(found: _Package) -> None:
    """The rules across tables, over the rows on disk."""
    rows = {name: table.rows for name, table in found.tables.items()}
    if found.made is None:
        texts = _articles(found, rows)
        incomplete = frozenset(name for name, table in found.tables.items() if not table.is_whole)
        lines = {
            (name, identity): Place(data_path(name), line)
            for name, table in found.tables.items()
            for identity, line in table.lines.items()
        }
        rules.check(rows, texts, found.problems, lines, incomplete)
    elif any(not found.as_made(data_path(model.TABLE)) for model in TABLES):
        _consequences(rows, found, found.made)


def _articles(found: _Package, rows: Rows) -> dict[str, articles.Article]:
    """The articles by document id, as far as they are beside the package."""
    documents = cast(list[Document], rows[Document.TABLE])
    return {row.document_id: article for row, article in _each_article(found, documents)}


def _each_article(found: _Package, documents: list[Document]) -> Iterator[tuple[Document, articles.Article]]:
    """Each row of documents with its article, when that is beside the package and has the hash that the row says."""
    try:
        names(found.root, ARTICLES)
    except (FileNotFoundError, NotADirectoryError):
        said = "no articles beside the package"
        remedy = "nothing, or run this in the project"
        found.problems.add(
            Place(ARTICLES), "article", said, "articles to compare offsets and words with", remedy, "note"
        )
        return
    except OSError as error:
        if refused := trouble(ARTICLES, error, "folder"):
            found.problems.items.append(refused)
            return
        raise
    known = {Path(problem.place.file).stem for problem in found.problems.items}
    twins: dict[str, str] = {}
    for row in documents:
        try:
            article = articles.read(found.root, row.seed_path)
        except DataErrors as error:
            found.problems.items += error.problems
            continue
        other = twins.setdefault(article.likeness, row.seed_path)
        if other != row.seed_path:
            found.problems.items.append(articles.twin(row.seed_path, other))
        if article.sha256 == row.text_sha256:
            yield row, article
        elif Path(row.seed_path).stem not in known:  # the sheet of a changed article has said it
            # In another text, offsets and words mean nothing: every rule about them would break.
            said = f"sha256 {article.sha256[:12]}…, but the package was made from {row.text_sha256[:12]}…"
            said += articles.other_bytes(article, row.text_sha256)
            remedy = f"restore the article; if the text is the right one, {found.remedy}"
            found.problems.add(Place(row.seed_path), "stale", said, "the article that the rows describe", remedy)


def _consequences(rows: Rows, found: _Package, made: Made) -> None:
    """Which rules break as the package stands: a note each, since the cause is said elsewhere."""
    first: dict[str, rules.Finding] = {}
    count: Counter[str] = Counter()
    for rule, finding in rules.findings(rules.Record(rows, made.articles)):
        first.setdefault(rule.title, finding)
        count[rule.title] += 1
    for title, finding in first.items():
        table, record = type(finding.row).TABLE, finding.row.display_id
        place = Place(data_path(table), found.tables[table].lines.get(finding.row.id, 0))
        more = f" (and {count[title] - 1} more)" if count[title] > 1 else ""
        said = f"{record}: {finding.found}{more}"
        remedy = "nothing here: it follows from an error above or below"
        found.problems.items.append(Problem(place, title, said, finding.wanted, remedy, "note", record))
