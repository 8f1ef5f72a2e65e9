"""Read a further reading: how somebody else coded the same articles, in the same sheets, without sight of the record.

What cannot be read of it is left out and reported, unit by unit, so that one mistake does not cost the rest. Where a
text is missing that no comparison looks at, the unit stays.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from ..files import folder, yaml_file
from ..files.layout import ARTICLES, README, is_litter, register_path
from ..files.layout import SHEETS as CODING_SHEETS
from ..model.computed import article_order
from ..model.shape import Shape, shaped
from ..problems.problem import DataErrors, Place, Problem, Problems
from ..problems.wording import counted
from ..text import articles
from .groups import ungrouped
from .inputs import CodedArticle, Inputs, divided
from .sheets import (
    LISTS,
    REGISTERS,
    ActorShape,
    DiscrepancyShape,
    EventShape,
    Loaded,
    PlaceShape,
    ReaderShape,
    ReferenceShape,
    Registers,
    Sheet,
    SourceShape,
    load_register,
    load_shape,
)

T = TypeVar("T")

#: The file that says who read what, and the folder of the sheets.
ABOUT, SHEETS = "reader.yaml", "articles"
#: The registers that a reader writes. The topics are those of the record: they are a part of the codebook.
SHAPES: dict[str, type[Shape]] = {
    "actors": ActorShape,
    "sources": SourceShape,
    "places": PlaceShape,
    "events": EventShape,
    "discrepancies": DiscrepancyShape,
    "references": ReferenceShape,
}
#: Texts in the reader's own words, which no comparison looks at: without them, a unit is still a unit.
NOT_COMPARED = (
    *("summary", "because", "title", "description", "rights", "text_kind_because", "name", "counts", "fact", "value"),
    *("seen_at", "reading", "question", "decided", "alternatives"),
)
#: Articles without a sheet that are named.
_SHOWN = 10
#: What stands in the place of such a text.
ABSENT = "not given"


@dataclass
class Reading:
    """A reading as far as it can be read. ``written`` counts the entries of its files, by the name of their list."""

    name: str
    path: str
    about: Loaded[ReaderShape] | None
    inputs: Inputs
    written: Counter[str] = field(default_factory=Counter)


class Kept(Loaded[T]):
    """What can be read of a file: its sound entries, each at its own place."""

    def __init__(self, document: yaml_file.Document, value: T, kept: dict[yaml_file.Loc, list[int]]) -> None:
        """``kept`` has, for each list that lost any, the numbers in the file of the entries that are left of it."""
        super().__init__(document, value)
        self._kept = kept

    @property
    def written(self) -> int:
        """The entries of a register in the file."""
        return len(self._document.content)

    @property
    def counts(self) -> Counter[str]:
        """The entries of a sheet in the file, by list."""
        return Counter({name: len(self._document.content.get(name) or ()) for name in LISTS})

    def left_out(self, at: yaml_file.Loc) -> frozenset[str]:
        """The ids of entries of a list that could not be read, so that what refers to them is not lost as well."""
        if at not in self._kept:
            return frozenset()
        kept = set(self._kept[at])
        gone = [entry for number, entry in enumerate(_at(self._document.content, at)) if number not in kept]
        return frozenset(str(entry["id"]) for entry in gone if isinstance(entry, dict) and "id" in entry)

    def only(self, numbers: list[int]) -> Kept[T]:
        """The register with these of its entries alone."""
        before = self._kept.get((), range(self.written))
        entries = cast(Any, [cast(Any, self.value)[number] for number in numbers])
        return Kept(self._document, entries, {(): [before[number] for number in numbers]})

    def place(self, loc: yaml_file.Loc) -> Place:
        """The place of the value at a path of keys and indices, or of its nearest parent that stands in the file."""
        for depth, part in enumerate(loc):
            numbers = self._kept.get(loc[:depth])
            if numbers is not None and isinstance(part, int) and part < len(numbers):
                loc = (*loc[:depth], numbers[part], *loc[depth + 1 :])
        return super().place(loc)


def read(root: Path, home: Path, path: str, problems: Problems) -> Reading:
    """Read the reading in the folder at ``path`` below the folder ``home``, of the articles in the project ``root``.

    Whatever cannot be read is left out, and its problems are added. Raises DataErrors when a whole file cannot be read,
    or has not the shape that its entries need to be understood.
    """
    listed = _listed(home, path, problems)
    lost = Problems()
    about = load_shape(home, f"{path}/{ABOUT}", ReaderShape, lost)
    reading = Reading(path.rpartition("/")[2], path, about, Inputs())
    registers: dict[str, Loaded[Any] | None] = {"topics": load_register("topics", root, register_path("topics"), lost)}
    for name, shape in SHAPES.items():
        registers[name] = loaded = _register(home, f"{path}/{name}.yaml", shape, problems, lost)
        reading.written[name] += loaded.written if loaded else 0
    missing = []
    names = _articles(root)
    for sheet in sorted({*listed} - {f"{Path(name).stem}.yaml" for name in names}):
        if sheet.endswith(".yaml"):
            place, expected = Place(f"{path}/{SHEETS}/{sheet}"), f"the name of an article in {ARTICLES}"
            remedy = "give it the name of its article; leave it where the record has the article no longer"
            problems.add(place, "sheet", "a sheet of no article", expected, remedy, "warning")
    for name in names:
        sheet = f"{Path(name).stem}.yaml"
        if sheet not in listed:
            missing.append(name)
        elif coded := _coded(root, name, home, f"{path}/{SHEETS}/{sheet}", about, problems, lost):
            reading.inputs.coded.append(coded)
            reading.written += cast(Kept[Sheet], coded.sheet).counts
    _tell_missing(path, missing, listed, problems)
    if lost.items:
        raise DataErrors([*problems.items, *lost.items])
    reading.inputs.registers = cast(Registers, registers)
    return reading


def readable(root: Path, found: Inputs) -> Inputs | None:
    """The inputs of a record with what can be read of the sheets and registers that ``found`` is without, so that the
    rest can be checked beside their mistakes; None where a whole register cannot be read."""
    registers: dict[str, Loaded[Any] | None] = {}
    for name in REGISTERS:
        (shape,) = get_args(get_type_hints(Registers, include_extras=True)[name])
        kept = None if name in found.registers else _kept(root, register_path(name), shape, Problems(), Problems())
        registers[name] = cast(Any, found.registers).get(name) or kept
    if None in registers.values():
        return None
    coded = {one.article.name: one for one in found.coded}
    try:
        names = _articles(root)
    except OSError:  # the folder cannot be read, and whoever read the inputs has said so
        return None
    for name in [name for name in names if name not in coded]:
        try:
            if one := _coded(root, name, root, f"{CODING_SHEETS}/{Path(name).stem}.yaml", None, Problems(), Problems()):
                coded[name] = one
        except DataErrors:  # the article itself cannot be read
            continue
    return Inputs(cast(Registers, registers), [coded[name] for name in sorted(coded, key=article_order)])


def _tell_missing(path: str, missing: list[str], listed: list[str], problems: Problems) -> None:
    """Say once which articles the reading has no sheet for: it is complete without those that came after it."""
    if missing:
        count = counted(len(missing), "article")
        names = ", ".join(missing[:_SHOWN]) + f" and {len(missing) - _SHOWN:,} more" * (len(missing) > _SHOWN)
        remedy = f"write a sheet for each that the reader had in {path}/{SHEETS}; leave out what came later"
        severity = "note" if listed else "error"
        expected = "a sheet for every article that the reader had"
        problems.add(Place(f"{path}/{SHEETS}"), "sheet", f"no sheet for {count}: {names}", expected, remedy, severity)


def _listed(home: Path, path: str, problems: Problems) -> list[str]:
    """The names of the sheets; files that nothing reads are reported. Raises DataErrors when there is no folder."""
    registers = [f"{name}.yaml" for name in SHAPES]
    try:
        here = [name for name in folder.names(home, path) if not is_litter(name)]
        sheets = [name for name in folder.names(home, f"{path}/{SHEETS}") if not is_litter(name)]
    except OSError as error:
        place = folder.part(f"{path}/{SHEETS}", error)
        said = folder.trouble(place, error, "folder") or Problem(
            Place(place),
            "sheet",
            "no folder of this name",
            f"a folder with {ABOUT}, registers and {SHEETS}/",
            "make it",
        )
        raise DataErrors([said]) from None
    known = {README, ABOUT, SHEETS, *registers}
    odd = [
        *(f"{path}/{name}" for name in here if name not in known),
        *(f"{path}/{SHEETS}/{name}" for name in sheets if not name.endswith(".yaml")),
    ]
    for name in odd:
        expected = f"the folder {SHEETS} with sheets, {ABOUT}, and {', '.join(registers)}"
        problems.add(Place(name), "unexpected-file", "a file that nothing reads", expected, "rename or remove it")
    return sheets


def _articles(root: Path) -> list[str]:
    """The names of the articles of the project."""
    return [name for name in folder.names(root, ARTICLES) if name.endswith(".txt")]


def _register(home: Path, path: str, shape: type[Shape], problems: Problems, lost: Problems) -> Kept[list[Any]] | None:
    """A register: its entries that can be read, and of two with one id the first."""
    kept = _kept(home, path, list[shape], problems, lost)  # type: ignore[valid-type]
    return _without_twins(kept, problems) if kept else None


def _without_twins(loaded: Kept[list[Any]], problems: Problems) -> Kept[list[Any]]:
    """The register without entries that repeat the id of an earlier one, which are problems."""
    first: dict[str, Place] = {}
    keep = []
    for index, entry in enumerate(loaded.value):
        place = loaded.place((index, "id"))
        if entry.id in first:
            found, expected = f"“{entry.id}” a second time", f"each id once (first at {first[entry.id]})"
            problems.add(place, "duplicate", found, expected, "give one of them another id, or remove it")
        else:
            first[entry.id] = place
            keep.append(index)
    return loaded.only(keep)


def _coded(
    root: Path,
    name: str,
    home: Path,
    path: str,
    about: Loaded[ReaderShape] | None,
    problems: Problems,
    lost: Problems,
) -> CodedArticle | None:
    """An article of the project with its sheet; None when the sheet is of another text or cannot be read."""
    sheet = _kept(home, path, Sheet, problems, lost, about.value if about else None)
    if sheet is None:
        return None
    article = articles.read(root, f"{ARTICLES}/{name}")
    if sheet.value.article != name:
        expected = f"{name}, because a sheet has the name of its article"
        problems.add(sheet.place(("article",)), "sheet", sheet.value.article, expected, "correct “article”")
        return None
    if sheet.value.sha256 != article.sha256:
        found = f"sha256 {sheet.value.sha256[:12]}…, but {ARTICLES}/{name} has {article.sha256[:12]}…"
        found += articles.other_bytes(article, sheet.value.sha256)
        place, remedy = sheet.place(("sha256",)), "write the sha256 of the article that was read"
        problems.add(place, "stale", found, "the article as it was when it was coded", remedy)
        return None
    return CodedArticle(divided(article, sheet, problems), sheet)


def _kept(
    home: Path, path: str, shape: type[T], problems: Problems, lost: Problems, about: ReaderShape | None = None
) -> Kept[T] | None:
    """What can be read of a file. Mistakes in entries go to ``problems``; with others the file is None, and they go to
    ``lost``."""
    try:
        document = yaml_file.load(home, path)
    except DataErrors as error:
        lost.items += error.problems
        return None
    if shape is Sheet and isinstance(document.content, dict):
        document, wrong = ungrouped(document, LISTS)
        problems.items += wrong
        _supply(document.content, about)
    own = Problems()
    value = shaped(document, shape, own)
    if value is not None:
        return Kept(document, value, {})
    content, gone = _fitted(copy.deepcopy(document.content), shape)
    (problems if gone is not None else lost).items += own.items
    if gone is None:
        return None
    kept = {at: [n for n in range(len(_at(document.content, at))) if n not in numbers] for at, numbers in gone.items()}
    return Kept(document, TypeAdapter(shape).validate_python(content), kept)


def _supply(content: dict[str, Any], about: ReaderShape | None) -> None:
    """Say in a sheet what is the same in all sheets of a reading, where they say nothing: how it was coded, and that
    whoever has only the articles cannot know whether quotation marks can be trusted."""
    if about:
        by = {"by": about.coder, "readings": "1", "on": about.date, "rules": about.rules, "status": "machine_draft"}
        content.setdefault("coding", by)
    entries = content.get("statements")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and entry.get("form") in ("direct", "mixed"):
            entry.setdefault("verbatim", "unknown")


def _fitted(content: Any, shape: type[Any]) -> tuple[Any, dict[yaml_file.Loc, set[int]] | None]:
    """The content without what does not fit the shape, with a mark for each text that is missing and not compared; and
    the numbers of the entries that are gone, by list; None when more than entries is wrong."""
    gone: dict[yaml_file.Loc, set[int]] = {}
    for error in _errors(content, shape):
        if error["type"] == "missing" and error["loc"][-1] in NOT_COMPARED:
            *beside, key = error["loc"]
            _at(content, beside)[key] = ABSENT
    for error in _errors(content, shape):
        loc = error["loc"]
        depth = next((n for n, part in enumerate(loc[:2]) if isinstance(part, int)), None)
        if depth is not None and loc[:depth] in ((), *((name,) for name in LISTS)):
            gone.setdefault(loc[:depth], set()).add(loc[depth])
        elif loc[:1] == ("boundaries",):
            content.pop("boundaries", None)
        elif loc[:1] == ("facts",) and loc[1:2] in (("title",), ("byline",), ("dateline",)):
            content["facts"].pop(loc[1], None)
        else:
            return content, None
    for at, numbers in gone.items():
        entries = _at(content, at)
        entries[:] = [entry for number, entry in enumerate(entries) if number not in numbers]
    return content, gone


def _errors(content: Any, shape: type[Any]) -> list[Any]:
    """What pydantic finds in the content."""
    try:
        TypeAdapter(shape).validate_python(content)
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []


def _at(content: Any, loc: Iterable[str | int]) -> Any:
    """The value at a path of keys and indices."""
    for part in loc:
        content = content[part]
    return content
