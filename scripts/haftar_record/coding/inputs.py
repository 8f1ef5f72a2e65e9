"""Read everything that a build starts from: the articles, the registers and the coding sheets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, cast

from ..files import folder
from ..files.layout import (
    ARTICLES,
    CODING,
    EDITOR_SCHEMAS,
    FIGURES,
    READINGS,
    README,
    SHEETS,
    is_litter,
    register_folder,
    register_path,
)
from ..files.yaml_file import MAX_BYTES, Loc
from ..model.columns import SLUG
from ..model.computed import article_order
from ..model.shape import Placed
from ..problems.problem import DataErrors, Place, Problem, Problems, bounded
from ..problems.wording import show
from ..text import anchors, articles
from ..text.articles import Article
from ..text.quotation import MARK_CHARACTERS, Quotation
from ..text.spans import Span
from .sheets import (
    IN_PARTS,
    REGISTERS,
    WITHOUT_IDS,
    FiguresShape,
    Joined,
    Loaded,
    QuoteShape,
    Registers,
    Sheet,
    load_figures,
    load_register,
    load_sheet,
)

#: Articles and sheets that one build reads.
MAX_ARTICLES = 10_000
#: Unexpected files in one folder that are shown; the others are counted.
SHOWN = 10


@dataclass
class CodedArticle:
    """An article and its coding sheet."""

    article: Article
    sheet: Loaded[Sheet]

    @property
    def key(self) -> str:
        """The eight hexadecimal digits that stand for the article in ids."""
        return self.article.key

    @property
    def document_id(self) -> str:
        """The id of the article’s row in ``documents``."""
        return self.article.document_id


class Entry(Protocol):
    """An entry of a register whose entries become rows."""

    id: str


@dataclass
class Inputs:
    """All inputs of a build, in the order of the article numbers."""

    registers: Registers = field(default_factory=Registers)
    coded: list[CodedArticle] = field(default_factory=list)
    #: Further readings: the hash of the files of each; and the figures of how far they agree.
    readings: dict[str, str] = field(default_factory=dict)
    figures: Loaded[FiguresShape] | None = None

    def entries(self) -> Iterator[tuple[str, Loaded[list[Entry]]]]:
        """The registers whose entries have ids and become rows, each with its name."""
        for name, loaded in cast(dict[str, Loaded[list[Entry]]], self.registers).items():
            if name not in WITHOUT_IDS:
                yield name, loaded

    def by_key(self, key: str) -> CodedArticle | None:
        """The coded article with this key, if there is one."""
        return next((coded for coded in self.coded if coded.key == key), None)


def read(root: Path, problems: Problems) -> Inputs:
    """Read all inputs under the project's root. Whatever cannot be read is left out, and its problems are added."""
    listed = _listed(root, problems)
    if listed is None:
        return Inputs()
    _refuse_unexpected_files(listed, problems)
    inputs = Inputs(_registers(root, listed, problems))
    texts, coding = _ending(listed[ARTICLES], ".txt"), _ending(listed[SHEETS], ".yaml")
    for place, found in ((ARTICLES, texts), (SHEETS, coding)):
        if len(found) > MAX_ARTICLES:
            said, remedy = f"{len(found):,} files", "split the record"
            problems.add(Place(place), "file-size", said, f"at most {MAX_ARTICLES:,}", remedy)
            return inputs
    sheets = _sheets(root, coding, problems)
    names = {*texts} | {sheet.value.article for sheet in sheets}
    if not names:
        problems.add(Place(ARTICLES), "article", "no article", "at least one", "restore the folder (git checkout)")
    beside: list[Article] = []
    for name in _distinct(sorted(names, key=article_order), problems):
        coded = _coded(root, name, [sheet for sheet in sheets if sheet.value.article == name], beside, problems)
        if coded:
            inputs.coded.append(coded)
            beside.append(coded.article)
    _refuse_twins(inputs.coded, problems)
    _add_readings(root, inputs, problems)
    return inputs


def _add_readings(root: Path, inputs: Inputs, problems: Problems) -> None:
    """Add the hashes of further readings, and the figures, where a project has such."""
    try:
        found = [name for name in folder.names(root, READINGS) if not is_litter(name) and name != README]
    except FileNotFoundError:
        return
    except OSError as error:
        problems.items.append(
            folder.trouble(READINGS, error, "folder")
            or _no_folder(READINGS, error, "sheet", "a folder of further readings")
        )
        return
    for name in found:
        path = f"{READINGS}/{name}"
        if path == FIGURES:
            inputs.figures = load_figures(root, path, problems)
        elif re.fullmatch(SLUG, name):
            inputs.readings[name] = _fingerprint(root, path, problems)
        else:
            expected = f"{Path(FIGURES).name}, and folders with names of small letters, digits and single hyphens"
            problems.add(Place(path), "unexpected-file", "a file that no build reads", expected, "rename or remove it")


def _fingerprint(root: Path, path: str, problems: Problems) -> str:
    """A hash of the names and contents of the YAML files of a reading."""
    digest = hashlib.sha256()
    for below in (path, f"{path}/articles"):
        try:
            for name in folder.names(root, below):
                if name.endswith(".yaml") and not is_litter(name):
                    content = hashlib.sha256(folder.read(root, f"{below}/{name}", MAX_BYTES)).hexdigest()
                    digest.update(f"{below.removeprefix(path)}/{name} {content}\n".encode())
        except OSError as error:
            said = folder.trouble(below, error, "folder") or _no_folder(below, error, "sheet", "a folder of sheets")
            problems.items.append(said)
    return digest.hexdigest()


def _refuse_twins(coded: list[CodedArticle], problems: Problems) -> None:
    """Report articles of the same words: whatever is coded in one is in the other as well, and would count twice."""
    known: dict[str, CodedArticle] = {}
    for one in coded:
        twin = known.setdefault(one.article.likeness, one)
        if twin is not one:
            path = f"{ARTICLES}/{one.article.name}"
            problems.items.append(articles.twin(path, f"{ARTICLES}/{twin.article.name}"))


def registers(root: Path, problems: Problems) -> Registers:
    """The registers that can be read; the problems of the others are added."""
    listed = _listed(root, problems)
    return Registers() if listed is None else _registers(root, listed, problems)


def _registers(root: Path, listed: dict[str, list[str]], problems: Problems) -> Registers:
    """All registers that can be read: each from its file and, if it has a folder, from the files in that."""
    found: dict[str, Loaded[Any]] = {}
    for name in REGISTERS:
        place = register_folder(name)
        paths = [register_path(name), *(f"{place}/{part}" for part in _ending(listed.get(place, []), ".yaml"))]
        parts = [load_register(name, root, path, problems) for path in paths]
        if first := parts[0]:
            found[name] = Joined([part for part in parts if part]) if len(paths) > 1 else first
    return cast(Registers, found)


#: The folders of what people edit, with the check that their problems belong to and what each holds.
_FOLDERS = (
    (ARTICLES, "article", "a folder of articles"),
    (CODING, "sheet", "a folder of registers"),
    (SHEETS, "sheet", "a folder of coding sheets"),
)


def _listed(root: Path, problems: Problems) -> dict[str, list[str]] | None:
    """The names in each folder; None when one cannot be listed: one problem, and not one for each file in it."""
    listed: dict[str, list[str]] = {}
    failed = Problems()
    for place, rule, expected in _FOLDERS:
        try:
            listed[place] = [name for name in folder.names(root, place) if not is_litter(name)]
        except OSError as error:
            failed.items.append(folder.trouble(place, error, "folder") or _no_folder(place, error, rule, expected))
    for place in map(register_folder, IN_PARTS):
        if Path(place).name in listed.get(CODING, ()):
            try:
                listed[place] = [name for name in folder.names(root, place) if not is_litter(name)]
            except OSError as error:
                expected = "a folder of further files of the register"
                failed.items.append(
                    folder.trouble(place, error, "folder") or _no_folder(place, error, "sheet", expected)
                )
    problems.items += dict.fromkeys(failed.items)  # a closed folder keeps others from being listed that lie in it
    return None if failed.items else listed


def _no_folder(path: str, error: OSError, rule: str, expected: str) -> Problem:
    is_other = isinstance(error, NotADirectoryError)
    found = "no folder, but something else of this name" if is_other else "no folder of this name"
    remedy = (
        "move it away, then restore the folder (git checkout)" if is_other else "restore it (git checkout), or make it"
    )
    return Problem(Place(folder.part(path, error)), rule, found, expected, remedy)


def _ending(names: list[str], suffix: str) -> list[str]:
    return [name for name in names if name.endswith(suffix)]


def _refuse_unexpected_files(listed: dict[str, list[str]], problems: Problems) -> None:
    """Report the files that no build reads (``actor.yaml``, ``005_….yml``): such a mistake would go unnoticed."""
    registers = [f"{name}.yaml" for name in REGISTERS]
    folders = [place for place in map(register_folder, IN_PARTS) if place in listed]
    for place, is_ours, expected in (
        (ARTICLES, ".txt", "articles only, such as 005_0123456789abcdef.txt"),
        (
            CODING,
            (*registers, *IN_PARTS, Path(SHEETS).name, Path(EDITOR_SCHEMAS).name),
            f"the folder articles, and {', '.join(registers)}",
        ),
        (SHEETS, ".yaml", "coding sheets only, such as 005_0123456789abcdef.yaml"),
        *((place, ".yaml", f"files with further entries of {place}.yaml only") for place in folders),
    ):
        known = {README, *(_ending(listed[place], is_ours) if isinstance(is_ours, str) else is_ours)}
        said, remedy = "a file that no build reads", "rename it, or move it elsewhere"
        unexpected = [
            Problem(Place(f"{place}/{name}"), "unexpected-file", said, expected, remedy)
            for name in listed[place]
            if name not in known
        ]
        problems.items += bounded(unexpected, SHOWN)


def _distinct(names: list[str], problems: Problems) -> list[str]:
    """The names without those that repeat the key of an earlier one. These are problems, and so are equal numbers.

    Two contributors who each add the next article take the same number. No id has it, so a new name is all it takes.
    """
    by_number: dict[str, str] = {}
    by_key: dict[str, str] = {}
    free, distinct = next_number(names), []
    for name in names:
        if not (match := articles.SEED_NAME.fullmatch(name)):
            distinct.append(name)
            continue
        number, key = match.groups()
        if twin := by_key.get(key):
            expected = f"first eight digits that differ from those of {twin}: ids are made of them"
            remedy = "name it by its SHA-256, or remove it"
            problems.add(Place(f"{ARTICLES}/{name}"), "duplicate", f"the file name {name}", expected, remedy)
            continue
        if twin := by_number.get(number):
            _refuse_number(name, twin, free, problems)
            free += 1
        by_number.setdefault(number, name)
        by_key[key] = name
        distinct.append(name)
    return distinct


def _refuse_number(name: str, twin: str, free: int, problems: Problems) -> None:
    """Report an article with the number of another one, and what to rename."""
    stem = Path(name).stem
    new = f"{free:03d}{stem[stem.index('_') :]}"
    found, expected = f"the number of {twin} again", f"another number, such as {free:03d}"
    remedy = (
        f"rename it to {new}.txt and its sheet to {new}.yaml, and write “article: {new}.txt” there; nothing else is "
        "edited, because no id has the number"
    )
    problems.add(Place(f"{ARTICLES}/{name}"), "duplicate", found, expected, remedy)


def next_number(names: Iterable[str]) -> int:
    """The number after the highest one of these names of articles."""
    numbers = [int(match["number"]) for name in names if (match := articles.SEED_NAME.fullmatch(name))]
    return max(numbers, default=-1) + 1


def _sheets(root: Path, names: list[str], problems: Problems) -> list[Loaded[Sheet]]:
    """All coding sheets that can be read and have the name of their article."""
    found = []
    for name in names:
        article = f"{name.removesuffix('.yaml')}.txt"
        sheet = load_sheet(root, f"{SHEETS}/{name}", problems)
        if sheet is None:
            continue
        if sheet.value.article != article:
            expected = f"{article}, because a sheet has the name of its article"
            problems.add(
                sheet.place(("article",)),
                "sheet",
                sheet.value.article,
                expected,
                "rename the sheet, or correct “article”",
            )
            continue
        found.append(sheet)
    return found


def _coded(
    root: Path, name: str, sheets: list[Loaded[Sheet]], beside: list[Article], problems: Problems
) -> CodedArticle | None:
    """The article of this name with its sheet; None when one of them is missing, unreadable or out of date."""
    shown = f"{ARTICLES}/{name}"
    try:
        article = replace(articles.read(root, shown), beside=beside)
    except DataErrors as error:
        problems.items += error.problems
        return None
    if not sheets:
        path = f"{SHEETS}/{Path(name).stem}.yaml"
        # A sheet that cannot be read, or has another ending, has been reported.
        is_broken = any(str(Path(problem.place.file).with_suffix(".yaml")) == path for problem in problems.items)
        if not is_broken:
            remedy = f"run “haftar-record new {shown}” in the folder of the project, which begins its sheet"
            problems.add(Place(shown), "sheet", "an article without a coding sheet", path, remedy)
        return None
    sheet = sheets[0]
    if sheet.value.sha256 != article.sha256:
        problems.add(
            sheet.place(("sha256",)),
            "stale",
            f"sha256 {sheet.value.sha256[:12]}…, but {shown} has {article.sha256[:12]}…"
            f"{articles.other_bytes(article, sheet.value.sha256)}",
            "the article as it was when it was coded",
            "restore the article; if the new text is the right one, code it again and write its sha256 here",
        )
        return None
    return CodedArticle(divided(article, sheet, problems), sheet)


def divided(article: Article, sheet: Loaded[Sheet], problems: Problems) -> Article:
    """The article with its sentences and quotations, corrected where the sheet says that the program errs."""
    plain = articles.divide(article)
    spans: dict[str, list[Span]] = {"join": [], "split_after": [], "quoted": [], "not_quoted": []}
    places: dict[Span, Place] = {}
    begins: dict[int, Span] = {}
    for name, found in spans.items():
        for index, quote in enumerate(getattr(sheet.value.boundaries, name)):
            loc: Loc = ("boundaries", name, index)
            if span := anchor(plain, quote, sheet, loc, problems):
                if name == "not_quoted" and span.start in begins:
                    problems.items.append(_at_one_place(plain, span, begins[span.start], sheet.place(loc)))
                    continue
                found.append(span)
                if name in ("quoted", "not_quoted"):
                    begins.setdefault(span.start, span)
                if name == "quoted":
                    places[span] = sheet.place(loc)
                elif name == "not_quoted" and not MARK_CHARACTERS & set(article.of(span)):
                    said, remedy = f"{show(quote.text, 60)} without any mark", "quote the marks, or remove the entry"
                    problems.add(
                        sheet.place(loc), "quoted-passage", said, "words with a quotation mark among them", remedy
                    )
    if not any(spans.values()):
        return plain
    corrected = articles.divide(article, **spans)
    for problem in _crossing(corrected, places):
        problems.items.append(problem)
    return corrected


def _at_one_place(article: Article, one: Span, other: Span, place: Place) -> Problem:
    """What is wrong where a passage that is no quotation begins where another begins that the sheet has settled."""
    found = f"{show(article.of(one), 60)}, which begins where {show(article.of(other), 60)} does"
    remedy = "keep one of them: a mark is that of a quotation, or it is none"
    return Problem(place, "quoted-passage", found, "a passage that begins where no other does", remedy)


def _crossing(article: Article, places: dict[Span, Place]) -> Iterator[Problem]:
    """The passages that a sheet says to be quotations and that share words with another quotation."""
    last: Quotation | None = None
    for one in article.quotations:
        if last and last.overlaps(one):
            place = next(
                (places[span] for span in (Span(one.start, one.end), Span(last.start, last.end)) if span in places),
                None,
            )
            said = f"{show(article.of(one), 60)}, which shares words with {show(article.of(last), 60)}"
            remedy = "quote the whole passage under “quoted:”, or what is none under “not_quoted:”"
            yield Problem(place or Place(article.name), "quoted-passage", said, "quotations that share no word", remedy)
        if last is None or one.end > last.end:
            last = one


def anchor(
    article: Article,
    quote: QuoteShape,
    sheet: Placed,
    loc: Loc,
    problems: Problems,
    within: str | None = None,
    near: Span | None = None,
) -> Span | None:
    """The span of a quotation of a sheet; None, with the problem added, when it has no single place.

    ``within`` are the words of the unit’s “in:”, which hold where the quotation has none of its own; ``near`` are the
    words that the unit rests on, which decide where there are neither.
    """
    try:
        return anchors.find(article, quote.text, quote.within or within, quote.occurrence, near)
    except anchors.Lost as lost:
        problems.items.append(Problem(sheet.place(loc), "quotation", lost.found, lost.expected, lost.remedy))
        return None


def decimal(text: str | None) -> Decimal | None:
    """A number as its shape has checked it; None when there is none."""
    return Decimal(text) if text else None
