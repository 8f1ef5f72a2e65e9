"""The ids of the registers, and what is said of one that no register has: once, with all its places and what may be
meant."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from ..files.layout import CODING, register_folder, register_path
from ..files.yaml_file import Loc
from ..model.shape import Placed
from ..problems.lookalikes import look_alike
from ..problems.problem import Place, Problem, Problems
from ..problems.wording import show
from ..text.articles import SEED_NAME
from .inputs import Inputs
from .sheets import Registers

#: Places of one unknown id that a message names; the others are counted.
SHOWN = 20
#: Unknown ids for which entries with similar words are looked for; of more, the register itself is missing.
_PROPOSED = 200
#: Entries that are proposed for one id.
_MOST = 3
#: How much of what is known of an unknown id an entry has to share to be proposed, and how near to the best one.
_ENOUGH, _BESIDES = 0.6, 0.12
#: How like two words have to be to be one, mistyped (``difflib.SequenceMatcher.ratio``): short ones, and others, which
#: differ in more letters before they are less alike.
_TYPO_SHORT, _TYPO = 0.8, 0.84
#: Keys of an entry whose texts are names of it, and those that tell of it.
_NAMES, _TELLING = ("name", "title", "aliases", "search_names"), ("fact",)
#: Keys of a unit whose words stand for what another key of it names.
_WORDS_FOR = {"speaker": ("speaker_text",), "source": ("speaker_text", "evidence"), "place": ("place",)}
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SMALL = frozenset("a an and at by for from in of on or the to with".split())  # noqa: SIM905


@dataclass
class Known:
    """The ids of the registers, by table, that sheets and registers may refer to.

    An id that is unknown is one mistake, wherever it is used: it is reported once, by ``report``.
    """

    inputs: Inputs
    problems: Problems
    _unknown: dict[tuple[str, str], list[Problem]] = field(default_factory=dict)

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The ids by register."""
        return {table: {entry.id for entry in loaded.value} for table, loaded in self.inputs.entries()}

    @cached_property
    def _likeness(self) -> _Likeness:
        return _Likeness(self.inputs)

    def check(self, table: str, identity: str | None, sheet: Placed, loc: Loc) -> bool:
        """Whether an id is absent or known; the use of an unknown one, at ``loc`` of the sheet, is noted."""
        if identity is None or identity in self.ids[table]:
            return True
        uses = self._unknown.get((table, identity))
        expected, remedy = (uses[0].expected, uses[0].remedy) if uses else self._advice(table, identity, sheet, loc)
        self.miss(table, identity, Problem(sheet.place(loc), "unknown-id", show(identity), expected, remedy))
        return False

    def miss(self, where: str, identity: str, problem: Problem) -> None:
        """Note the use of an id that is unknown in a register, or in a sheet."""
        self._unknown.setdefault((where, identity), []).append(problem)

    def files(self) -> set[str]:
        """The files that use an unknown id."""
        return {problem.place.file for uses in self._unknown.values() for problem in uses}

    def report(self) -> None:
        """Add the unknown ids to the problems: each where it is first used, with the places of its other uses.

        A register without entries, of which several ids are used, is one mistake.
        """
        empty = [table for table, known in self.ids.items() if not known]
        for table in empty:
            used = [identity for where, identity in self._unknown if where == table]
            if len(used) > _MOST:
                self._unknown = {key: uses for key, uses in self._unknown.items() if key[0] != table}
                found = f"no entry, though {len(used)} ids are used: {', '.join(map(show, used[:_MOST]))}, …"
                remedy = "restore the file (git checkout), or add an entry for each of them"
                place = self.inputs.registers[table].place(())  # type: ignore[literal-required]
                self.problems.add(place, "unknown-id", found, "the entries that are used", remedy)
        for uses in self._unknown.values():
            first, *others = sorted(uses, key=lambda use: use.place)
            said = _also([use.place for use in others if use.place != first.place], first.place.file)
            self.problems.items.append(replace(first, found=f"{first.found}{said}"))
        self._unknown.clear()

    def _advice(self, table: str, identity: str, sheet: Placed, loc: Loc) -> tuple[str, str]:
        """What was expected in place of an unknown id, and what to do."""
        path, count = _file_for(table, sheet.place(loc).file), len(self.ids[table])
        retired = self.inputs.registers.get("retired")
        gone = [entry for entry in (retired.value if retired else ()) if entry.id == identity]
        if gone:
            successors = ", ".join(map(show, gone[0].successors)) or "no other id"
            return f"{successors}, in place of this id, which is retired since {gone[0].since}", "correct it"
        alike = self._likeness.proposals(table, identity, sheet, loc) if len(self._unknown) < _PROPOSED else []
        if not alike:
            found = f"one of the {count} known ids, of which none resembles it" if count else "an entry of the register"
            return found, f"add it to {path} as “{_new(table, identity)}”, or take the id of another entry"
        nearest = ", ".join(f"{show(one)} ({show(name, 80)[1:-1]})" for one, name in alike)
        return f"{nearest}, the nearest of {count} known values", f"correct it, or add it to {path}"


def _file_for(table: str, used_in: str) -> str:
    """The file for a new entry: what comes with an article stands in the folder of the register, in the file of the
    article's name. Topics are a part of the codebook, and a further reading has one file for each register."""
    folder, _, name = used_in.rpartition("/")
    is_of_article = SEED_NAME.fullmatch(f"{name.removesuffix('.yaml')}.txt") and folder.startswith(f"{CODING}/")
    return f"{register_folder(table)}/{name}" if is_of_article and table != "topics" else register_path(table)


def _new(table: str, identity: str) -> str:
    """An entry as it is to be added to a register, with the keys that it needs."""
    (entry,) = get_args(get_args(get_type_hints(Registers, include_extras=True)[table])[0])
    needed = [info.alias or name for name, info in entry.model_fields.items() if info.is_required() and name != "id"]
    return f"- {{id: {identity}, {', '.join(f'{name}: …' for name in needed)}}}"


def _also(places: list[Place], file: str) -> str:
    """Where else an id stands: lines of the same file, then of others."""
    lines: dict[str, list[str]] = {}
    for place in list(dict.fromkeys(places))[:SHOWN]:
        lines.setdefault(place.file, []).append(str(place.line))
    said = [f"{'line' if len(found) == 1 else 'lines'} {_listed(found)}" for found in [lines.pop(file, [])] if found]
    said += [f"{other}:{_listed(found)}" for other, found in lines.items()]
    more = len({*places}) - SHOWN
    said += [f"{more:,} more places"] if more > 0 else []
    return f", also in {_listed(said)}" if said else ""


def _listed(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


# -- what may be meant -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Profile:
    """What is known of an entry: the words of its id and of each name, its names, and all words together; its numbers
    (the years of its date among them); of an event, who takes part."""

    id: str
    name: str
    called: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    words: frozenset[str]
    numbers: frozenset[str]
    actors: frozenset[str] = frozenset()


class _Likeness:
    """The entries of all registers by their words, names, dates and actors, to find one that may be meant."""

    def __init__(self, inputs: Inputs) -> None:
        self._who: dict[str, set[str]] = {}
        for coded in inputs.coded:
            for report in coded.sheet.value.reports:
                self._who.setdefault(report.event, set()).update(actor for who in report.who.values() for actor in who)
        self._profiles = {table: [self._profile(entry) for entry in loaded.value] for table, loaded in inputs.entries()}
        self._weights: dict[str, dict[str, float]] = {}
        for table, profiles in self._profiles.items():
            counts = Counter(word for one in profiles for word in one.words)
            self._weights[table] = {word: math.log(1 + len(profiles) / n) for word, n in counts.items()}

    def _profile(self, entry: Any) -> _Profile:
        names = tuple(text for key in _NAMES for text in _texts(getattr(entry, key, None)))
        told = [text for key in _TELLING for text in _texts(getattr(entry, key, None))]
        own, date = _words(entry.id.partition("-")[2]), getattr(entry, "date", None)
        words = own.union(*map(_words, (*names, *told)))
        edtf = str(getattr(date, "edtf", None) or getattr(entry, "edtf", None) or "")
        numbers = frozenset(word for word in words if word.isdecimal()) | frozenset(re.findall(r"\d{4}", edtf))
        shown = names[0] if names else told[0] if told else ""
        actors = frozenset(self._who.get(entry.id, ()))
        called = tuple(found - numbers for found in (own, *map(_words, names)))
        return _Profile(entry.id, shown, called, tuple(map(_plain, names)), words - numbers, numbers, actors)

    def proposals(self, table: str, identity: str, sheet: Placed, loc: Loc) -> list[tuple[str, str]]:
        """Ids that may be meant, each with its name, the likeliest first; none where nothing is like it."""
        profiles = self._profiles.get(table, [])
        if alike := [one for one in profiles if look_alike(identity, one.id)]:
            return [(one.id, one.name) for one in alike[:1]]
        wanted = _words(identity.partition("-")[2] or identity)
        unit = _unit(sheet, loc)
        meant = {word: self._like(table, word) for word in wanted if not word.isdecimal()}
        context = _plain(" ".join(_context(unit, loc)))
        actors = {actor for who in getattr(unit, "who", {}).values() for actor in who} - {identity}
        numbers = frozenset(word for word in wanted if word.isdecimal())
        scored = [(self._score(table, one, meant, numbers, context, actors), one) for one in profiles]
        best = max((score for score, _ in scored), default=0.0)
        near = [(score, one) for score, one in scored if score >= max(_ENOUGH, best - _BESIDES)]
        near.sort(key=lambda pair: (-pair[0], pair[1].id))
        return [(one.id, one.name) for _, one in near[:_MOST]]

    def _like(self, table: str, word: str) -> frozenset[str]:
        """The words of a register that a word stands for: itself, or words that it may be a misspelling of."""
        known = self._weights[table]
        if word in known:
            return frozenset({word})
        stems = {other for other in known if len(word) > 5 and len(other) > 5 and word[:6] == other[:6]}
        cutoff = _TYPO if len(word) > 6 else _TYPO_SHORT
        typos = difflib.get_close_matches(word, known, n=3, cutoff=cutoff) if len(word) > 3 else []
        swapped = {other for other in known if len(word) > 3 and sorted(word) == sorted(other)}  # “Lybia”
        return frozenset(stems.union(typos, swapped))

    def _score(
        self,
        table: str,
        one: _Profile,
        meant: dict[str, frozenset[str]],
        numbers: frozenset[str],
        context: str,
        actors: set[str],
    ) -> float:
        """How much of what is known of an unknown id an entry shares; numbers that differ speak against it."""
        weights, rare = self._weights[table], math.log(1 + len(self._profiles[table]))
        weight = {word: max((weights[like] for like in likes), default=rare) for word, likes in meant.items()}
        shared = sum(weight[word] for word, likes in meant.items() if likes & one.words)
        known = frozenset().union(*meant.values())
        own = max((_share(words, known, weights) for words in one.called), default=0.0)
        total = sum(weight.values()) or rare
        # As many of the wanted words as of the entry's own: a long id is not meant by one word of it.
        score = 2 * (shared / total) * own / (shared / total + own) if shared and own else 0.0
        if any(len(name) > 3 and f" {name} " in f" {context} " for name in one.names):
            score += 0.5
        if one.actors and actors:
            score += 0.2 * len(one.actors & actors) / len(actors)
        if numbers and one.numbers:
            score += 0.15 if numbers & one.numbers else -0.6
        return score


def _share(words: frozenset[str], known: frozenset[str], weights: dict[str, float]) -> float:
    """How much of some words is known, the rare ones weighing more."""
    total = sum(weights.get(word, 0.0) for word in words)
    return sum(weights[word] for word in words & known if word in weights) / total if total else 0.0


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        yield from (text for text in value if isinstance(text, str))


def _plain(text: str) -> str:
    """Words in small letters without accents, separated by single blanks."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’s", "").replace("'s", "")
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def _words(text: str) -> frozenset[str]:
    """The words of a text that tell something, in the singular."""
    return frozenset(_singular(word) for word in _plain(text).split()) - _SMALL


def _singular(word: str) -> str:
    if len(word) < 5 or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _unit(sheet: Placed, loc: Loc) -> object:
    """The entry of a sheet or register that a place lies in."""
    value: Any = getattr(sheet, "value", None)
    for part in loc:
        if isinstance(value, list) and isinstance(part, int):
            return value[part] if part < len(value) else None
        value = getattr(value, str(part), None)
    return None


def _context(unit: object, loc: Loc) -> Iterator[str]:
    """The words of a unit that stand for what is named at a place in it, or all its words."""
    if not isinstance(unit, BaseModel):
        return
    if "who" in loc:
        quote = getattr(unit, "who", {}).get(loc[-2], {}).get(loc[-1])
        yield getattr(quote, "text", "")
        return
    keys = next((_WORDS_FOR[str(part)] for part in loc if part in _WORDS_FOR), tuple(type(unit).model_fields))
    for key in keys:
        value = getattr(unit, key, None)
        for one in value if isinstance(value, list) else [value]:
            words = getattr(one, "words", one) if key == "date" else one
            yield getattr(words, "text", "")
