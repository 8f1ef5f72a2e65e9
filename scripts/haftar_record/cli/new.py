"""``haftar-record new``: take a new article into the project, with a sheet in which its coding begins."""

from __future__ import annotations

import argparse
import datetime
import errno
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

from ..coding import inputs, sheets
from ..files import folder, plain
from ..files.layout import ARTICLES, SHEETS, is_litter
from ..intake import place, receive, sheet
from ..intake.receive import STANDARD_INPUT, Kept
from ..intake.sheet import Draft, Known
from ..package import store
from ..problems.problem import DataErrors, Place, Problem, Problems, WrongUse
from ..problems.wording import counted, show
from ..text import articles, likeness
from ..text.articles import MAX_BYTES, SEED_NAME
from ..text.received import oddity
from .terminal import Terminal, deliver, deliver_json

#: Sheets that are asked what an ambiguous name means in them: those of the last articles.
_ASKED = 20


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Take in one article: copy it, name it, and write its sheet; with ``--dry-run`` show the sheet alone."""
    kept = receive.keep(_read(options.file), options.file, options.encoding)
    with store.locked(root) as top:
        names = _names(root, ARTICLES)
        there = _twin(root, names, kept)
        name = there or kept.named(_number(names, options.number))
        _refuse_name(names, name, there)
        received_name = "" if options.file == STANDARD_INPUT else PurePath(options.file).name
        today = datetime.datetime.now(datetime.UTC).date()
        draft = sheet.begin(kept, kept.article(name), received_name, _known(root), today)
        if not options.dry_run:
            _add(top, root, name, None if there else kept.data, draft)
    _tell(name, kept, draft, bool(there), terminal, options)
    return [*_doubts(name, kept), *_copies(root, [one for one in names if one != name], name, kept)]


def _copies(root: Path, names: list[str], name: str, kept: Kept) -> Iterator[Problem]:
    """A warning for the article of the record that is most like the new one, where it is nearly the same."""
    text = kept.found.text
    wanted = likeness.sketch(text)
    shares: dict[str, float] = {}
    for other in names:
        try:
            words = articles.read(root, f"{ARTICLES}/{other}").text
        except DataErrors:
            continue  # a build says what is wrong with it
        if not wanted.isdisjoint(likeness.runs(words)) and (share := likeness.share(text, words)) >= likeness.NEAR:
            shares[other] = share
    if shares:
        most = max(shares, key=lambda one: shares[one])
        yield _copy(root, most, shares[most], name)


def _copy(root: Path, other: str, share: float, name: str) -> Problem:
    path = f"{SHEETS}/{PurePath(other).stem}.yaml"
    coded = sheets.load_sheet(root, path, Problems())
    origin = f"{coded.value.facts.origin}, as in {path}" if coded else f"the one in {path}"
    found = f"{share:.0%} of the shorter text, in runs of {likeness.RUN} words, stands in {ARTICLES}/{other} too"
    remedy = (
        f"if both go back to one text, write its source as “origin:” under “facts:” of both (now {origin}), so that "
        "they do not count as two; keep who printed it as “publisher:”"
    )
    return Problem(Place(f"{ARTICLES}/{name}"), "copy", found, "a text of its own", remedy, "warning")


def _doubts(name: str, kept: Kept) -> Iterator[Problem]:
    """A warning where the text looks as if somebody before us had read it in a wrong encoding."""
    if found := oddity(kept.found.text, kept.found.odd_controls()):
        remedy = "if it was not published so, get it again, remove what was written, and take it in anew"
        place = Place(f"{ARTICLES}/{name}")
        yield Problem(place, "article", found, "letters as they were published", remedy, "warning")


# -- what comes in -----------------------------------------------------------------------------------------------------


def _read(named: str) -> bytes:
    """The bytes of the file, or of standard input. Raises WrongUse where there is no file to read."""
    if named == STANDARD_INPUT:
        return _from_standard_input()
    shown = show(named, 200)
    if not named:
        raise WrongUse(f"no name of a file: {shown}")
    try:
        return plain.read(Path(named), MAX_BYTES)
    except plain.TooLarge as error:
        return b" " * (MAX_BYTES + 1) if error.size > MAX_BYTES else b""
    except IsADirectoryError:
        raise WrongUse(f"{shown} is a folder: name the file of one article") from None
    except FileNotFoundError:
        raise WrongUse(f"no such file: {shown}") from None
    except ValueError as error:
        raise WrongUse(f"no name of a file: {shown} ({error})") from None
    except OSError as error:
        if error.errno == errno.EINVAL and error.strerror == plain.ODD:
            raise WrongUse(f"{shown} is {plain.ODD}: “haftar-record new -” reads from standard input") from None
        if error.errno in (errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL):
            raise WrongUse(f"no such file: {shown} ({error.strerror})") from None
        raise


def _from_standard_input() -> bytes:
    if sys.stdin is None:
        raise WrongUse("standard input is closed, so no article can be read from it: name a file")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise WrongUse(f"no article can be read from standard input ({error}): name a file") from None


# -- what is there -----------------------------------------------------------------------------------------------------


def _names(root: Path, path: str) -> list[str]:
    """The names in a folder of the project. Raises DataErrors where it cannot be listed."""
    try:
        return [name for name in folder.names(root, path) if not is_litter(name)]
    except OSError as error:
        found, remedy = f"no folder to list ({error.strerror})", "restore it (git checkout), or make it"
        problem = Problem(Place(folder.part(path, error)), "article", found, "a folder", remedy)
        raise DataErrors([folder.trouble(path, error, "folder") or problem]) from None


def _twin(root: Path, names: list[str], kept: Kept) -> str | None:
    """The article that is the same file and has no sheet yet. Raises DataErrors for any other of the same text."""
    new = kept.article(kept.named(0))
    for name in names:
        path = f"{ARTICLES}/{name}"
        try:
            other = articles.read(root, path)
        except DataErrors:
            continue  # a build says what is wrong with it
        if other.sha256 != new.sha256 and other.likeness != new.likeness:
            continue
        has_sheet = f"{PurePath(name).stem}.yaml" in _names(root, SHEETS)
        if other.sha256 == new.sha256 and not has_sheet:
            return name
        remedy = f"code it in {SHEETS}/{PurePath(name).stem}.yaml, or take in another text"
        raise DataErrors([Problem(Place(path), "duplicate", "the text is in the record already", "a new text", remedy)])
    return None


def _number(names: list[str], wanted: int | None) -> int:
    """The number of the new article: the one that is wanted, or the one after the highest."""
    taken = {int(match["number"]): name for name in names if (match := SEED_NAME.fullmatch(name))}
    if wanted is None:
        return inputs.next_number(names)
    if wanted in taken:
        free = inputs.next_number(names)
        raise WrongUse(f"the number {wanted} is that of {taken[wanted]}: leave --number out, which gives {free}")
    return wanted


def _refuse_name(names: list[str], name: str, there: str | None) -> None:
    """Refuse an article whose ids would be those of another one: they are made of eight digits of its name."""
    key = name.partition("_")[2][:8]
    twin = next((other for other in names if other != there and other.partition("_")[2].startswith(key)), None)
    if twin:
        found, expected = f"the digits {key} in {name}", f"digits that differ from those of {twin}"
        remedy = "code the two in different records, or rename the other article and its sheet"
        raise DataErrors([Problem(Place(f"{ARTICLES}/{twin}"), "duplicate", found, expected, remedy)])


def _known(root: Path) -> Known:
    """What registers and sheets say, but for broken sheets. Raises DataErrors for a broken register of names."""
    problems = Problems()
    found = inputs.registers(root, problems)
    if not {"actors", "places", "record"} <= found.keys():
        raise DataErrors(problems.items)
    entries: list[sheets.ActorShape | sheets.PlaceShape] = [*found["actors"].value, *found["places"].value]
    coded = [name for name in _names(root, SHEETS) if name.endswith(".yaml")]
    read = [sheets.load_sheet(root, f"{SHEETS}/{name}", Problems()) for name in coded[-_ASKED:]]
    return Known(entries, [one.value.mentions for one in read if one], found["record"].value.version)


# -- what goes out -----------------------------------------------------------------------------------------------------


def _add(top: folder.Folder, root: Path, name: str, data: bytes | None, draft: Draft) -> None:
    """Add the article and its sheet, or say what is in the way."""
    sheet_name = f"{PurePath(name).stem}.yaml"
    try:
        place.add(top, name, data, sheet_name, draft.text)
    except OSError as error:
        path = Path(error.filename or root)
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        if isinstance(error, folder.IsLink) and (problem := folder.trouble(shown, error)):
            raise DataErrors([problem]) from None
        if PurePath(shown).name.startswith("."):  # the name under which a file is written first tells nobody anything
            shown = PurePath(shown).parent.as_posix()
        found, expected = f"{error.strerror or error}; nothing was added", "an article and a sheet written in full"
        remedy = f"{store.remedy(error)}, then run again"
        raise DataErrors([Problem(Place(shown), "disk", found, expected, remedy)]) from None


def _tell(name: str, kept: Kept, draft: Draft, is_there: bool, terminal: Terminal, options: argparse.Namespace) -> None:
    """Show what was made: the sheet itself when nothing is written, else where it is and what is open."""
    article, path = f"{ARTICLES}/{name}", f"{SHEETS}/{PurePath(name).stem}.yaml"
    if options.output == "json":
        deliver_json(
            {
                "article": article,
                "sheet": path,
                "document_id": f"doc-{name.partition('_')[2][:8]}",
                "sha256": kept.sha256,
                "received": {"sha256": kept.received_sha256, "encoding": kept.encoding} if kept.encoding else None,
                "written": not options.dry_run,
                "sentences": draft.sentence_count,
                "boilerplate": draft.boilerplate_count,
                "proposed": list(draft.proposed),
                "open": list(draft.open),
            }
        )
        return
    if options.dry_run:
        deliver(draft.text)
    verb = "would write" if options.dry_run else "wrote"
    terminal.step(f"{verb} {article}" if not is_there else f"{article} was there, without a sheet")
    if kept.encoding:
        terminal.step(f"converted it from {kept.encoding} to UTF-8; the sheet says so")
    sentences, lines = counted(draft.sentence_count, "sentence"), counted(draft.boilerplate_count, "line")
    terminal.step(f"{verb} {path}: {sentences}, {lines} proposed as boilerplate")
    terminal.step(f"proposed: {', '.join(draft.proposed) or 'nothing'}; open: {counted(len(draft.open), 'value')}")
    if not options.dry_run:
        terminal.line()
        terminal.line("next: fill in each “?” of the sheet and code its sentences, then run “haftar-record build”")
