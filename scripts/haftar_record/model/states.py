"""The states of ISO 3166-1, and which of them a name or another code means.

``states.csv`` beside this module has their codes (alpha-3), the labels that news use, and further names and codes by
which people look for them. It is made from the tables of the standard in pycountry, and a test compares the two. One
code is not the standard's: XKX (Kosovo) is of those that it leaves to its users.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("states.csv")
#: Names and codes of what is no state, by the code that stands for it (PLOVER).
_NO_STATES = {"EU": "EUR", "European Union": "EUR", "UN": "UNO", "United Nations": "UNO", "NATO": "IGO", "AU": "IGO",
              "African Union": "IGO", "Arab League": "IGO", "INT": "IGO", "NGM": "ISM"}  # fmt: skip

#: Names of what holds many states and is like the name of none.
_WIDER = frozenset({"africa", "america", "asia", "europe"})
#: Letters of a name that is compared with others.
_LONGEST = 60


@dataclass(frozen=True)
class State:
    """A state: its code, its label, and other names and codes of it."""

    code: str
    label: str
    names: tuple[str, ...]


@cache
def states() -> dict[str, State]:
    """All states by their code."""
    with _SOURCE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: State(row["code"], row["label"], tuple(filter(None, row["names"].split(";"))))
            for row in csv.DictReader(file)
        }


def meant(value: str) -> tuple[str, ...]:
    """The codes that a name, or a code of another kind, may mean; none where nothing is known by it.

    >>> meant("Tunisia"), meant("tn"), meant("UK"), meant("Congo"), meant("Atlantis")
    (('TUN',), ('TUN',), ('GBR',), ('COD', 'COG'), ())
    """
    return _by_name().get(_key(value), ())


def mistyped(value: str) -> tuple[str, ...]:
    """The codes of the states whose names differ from a text in a letter or two, at the same beginning if some do; of
    three letters, those that they may stand for.

    >>> mistyped("Libia"), mistyped("Lybia"), mistyped("Africa"), mistyped("LYB"), mistyped("IRA")
    (('LBY',), ('LBY',), (), ('LBY',), ('IRN', 'IRQ'))
    """
    name = _key(value)
    if len(name) == 3:
        return () if name.upper() in states() else tuple(_of_three_letters(name))[:3]
    if name in _WIDER or not 3 < len(name) <= _LONGEST:
        return ()
    most = 1 if len(name) < 5 else 2 if len(name) < 12 else 3
    far = {
        other: _distance(name, other) for other in _by_name() if len(other) > 3 and abs(len(other) - len(name)) <= most
    }
    best = min(far.values(), default=most + 1)
    found = [other for other, distance in far.items() if distance == best <= most]
    same = [other for other in found if other[0] == name[0]] or found
    return tuple(dict.fromkeys(code for other in same for code in _by_name()[other]))[:3]


def _of_three_letters(letters: str) -> Iterator[str]:
    """The codes that three letters may mean: of states that begin with them, and codes of these letters in another
    order."""
    for state in states().values():
        code = state.code.casefold()
        is_turned = code[0] == letters[0] and sorted(code) == sorted(letters)
        if is_turned or _key(state.label).startswith(letters):
            yield state.code


def _distance(one: str, other: str) -> int:
    """How many letters have to be put in, left out or exchanged to make one text of another (Levenshtein)."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        last, row[0] = row[0], n
        for m, another in enumerate(other, 1):
            last, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, last + (letter != another))
    return row[-1]


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    # A code or a label of the standard is meant before another name: CHA is no code, and “Niger” is not Nigeria.
    own = [(name, state.code) for state in states().values() for name in (state.code, state.label, *_alpha_2(state))]
    others = [(name, state.code) for state in states().values() for name in state.names]
    for pairs in (own, others, _NO_STATES.items()):
        taken = set(found)
        for name, code in pairs:
            if (key := _key(name)) not in taken:
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), code)))
    return found


def _alpha_2(state: State) -> tuple[str, ...]:
    """The code of two letters, which comes first among the names."""
    return state.names[:1]


def _key(name: str) -> str:
    """A name in small letters, without accents, signs and blanks."""
    plain = unicodedata.normalize("NFKD", name).casefold().removeprefix("the ")
    return "".join(letter for letter in plain if letter.isalnum())
