"""The codes of states, and what is said of a value that is none."""

from __future__ import annotations

import csv

import pycountry
import pytest

from haftar_record.model import codes, states

from .. import states as made
from ..conftest import ROOT
from .test_sheets import ACTORS, edit, problems_of

#: PLOVER's codes for actors that belong to no state.
NO_STATES = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"]
#: What is said of a name that is like that of no state.
NONE_MEANT = (
    "three letters of ISO 3166-1, such as TUN for Tunisia, or one of: "
    "IGO, UNO, EUR, NGO, ISM, IMG, MNC, not-stated, undecided"
)


def test_states_are_those_of_the_standard():
    """Catches a state of ISO 3166-1 that is missing, one that was dropped from it, and a file that was edited by
    hand."""
    assert {*states.states()} == {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    assert made.FILE.read_text(encoding="utf-8") == made.content()


def test_the_list_has_states_and_what_is_none():
    """Catches a code that is in the file and not in the list of the codebook, and two states of one label."""
    listed = codes.lists()["country"].codes
    assert list(listed) == [*sorted(states.states()), *NO_STATES]
    assert len({code.label for code in listed.values()}) == len(listed)


def test_what_is_said_of_a_state_is_said_once():
    """Catches a hand-written entry lost behind the sentence that is said of every state."""
    listed = codes.lists()["country"].codes
    assert listed["TUN"].definition == "Tunisia: the state, or an organ, national, outlet or company of it."
    assert listed["LBY"].definition.endswith("Both sides of the conflict are Libyan.")
    assert listed["TUN"].is_uniform and not listed["LBY"].is_uniform


@pytest.mark.parametrize("code", ["TUN", "SDN", "TCD", "NER", "XKX", "TWN", "PSE", "IMG"])
def test_a_known_code(project, code):
    """Catches a state that a register cannot have until somebody edits the program."""
    edit(project, ACTORS, "country: DZA", f"country: {code}")
    assert not [problem for problem in problems_of(project) if problem.rule == "code"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Tunisia", "“TUN” (Tunisia)"),
        ("tn", "“TUN” (Tunisia)"),
        ("TN", "“TUN” (Tunisia)"),
        ("tun", "“TUN” (Tunisia)"),
        ("Tunesia", "“TUN” (Tunisia)"),
        ("UK", "“GBR” (United Kingdom)"),
        ("Great Britain", "“GBR” (United Kingdom)"),
        ("KSA", "“SAU” (Saudi Arabia)"),
        ("UAE", "“ARE” (United Arab Emirates)"),
        ("U.S.", "“USA” (United States)"),
        ("GER", "“DEU” (Germany)"),
        ("NO", "“NOR” (Norway)"),
        ("Türkiye", "“TUR” (Turkey)"),
        ("The Netherlands", "“NLD” (Netherlands)"),
        ("Cote d’Ivoire", "“CIV” (Ivory Coast)"),
        ("Russian Federation", "“RUS” (Russia)"),
        ("Congo", "“COD” (Democratic Republic of the Congo) or “COG” (Republic of the Congo)"),
        ("Korea", "“KOR” (South Korea) or “PRK” (North Korea)"),
        ("Libia", "“LBY” (Libya)"),
        ("Lybia", "“LBY” (Libya)"),
        ("LYB", "“LBY” (Libya)"),
        ("LIB", "“LBN” (Lebanon) or “LBR” (Liberia) or “LBY” (Libya)"),
        ("IRA", "“IRN” (Iran) or “IRQ” (Iraq)"),
        ("Afganistan", "“AFG” (Afghanistan)"),
        ("Emirati", "“ARE” (United Arab Emirates)"),
        ("EU", "“EUR” (European Union)"),
        ("UN", "“UNO” (United Nations)"),
        *((name, NONE_MEANT) for name in ("Atlantis", "Africa", "Soviet Union", "SUN", "XX", "Maghreb", "x" * 2000)),
    ],
)  # fmt: skip
def test_what_was_meant(project, value, expected):
    """Catches a name or another code of a state that is answered with the code that has most letters in common."""
    edit(project, ACTORS, "country: DZA", f'country: "{value}"')
    (problem,) = [problem for problem in problems_of(project) if problem.rule == "code"]
    assert problem.expected == expected


def test_no_name_means_the_state_of_another():
    """Catches a further name that is the label or the code of another state."""
    with (ROOT / "scripts/haftar_record/model/states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert states.meant(row["code"]) == states.meant(row["label"]) == (row["code"],)
        assert states.meant(row["names"].split(";")[0]) == (row["code"],), row["label"]
