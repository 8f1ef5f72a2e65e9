"""The states of ISO 3166-1, and which of them a name or another code means.

``states.csv`` beside this module has their codes (alpha-3), the labels that news use, and further names and codes by
which people look for them. It is made from the tables of the standard in pycountry, and a test compares the two. One
code is not the standard's: XKX (Kosovo) is of those that it leaves to its users.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_SOURCE = Path(__file__).with_name("states.csv")
#: Names and codes of what is no state, by the code that stands for it (PLOVER).
_NO_STATES = {"EU": "EUR", "European Union": "EUR", "UN": "UNO", "United Nations": "UNO", "NATO": "IGO", "AU": "IGO",
              "African Union": "IGO", "Arab League": "IGO", "INT": "IGO", "NGM": "ISM"}  # fmt: skip


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


def names() -> dict[str, str]:
    """The code of every name of three letters and more, in small letters without accents: what a mistyped name is
    compared with."""
    return {name: codes[0] for name, codes in _by_name().items() if len(name) > 3}


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
