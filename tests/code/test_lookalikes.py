"""Texts that look alike are told apart in messages, and names that look alike are found."""

from __future__ import annotations

import pytest

from haftar_record.problems.lookalikes import foreign_letter, likenesses, look_alike
from haftar_record.problems.problem import Place, Problem
from haftar_record.problems.wording import near


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Khalifa Haftar", "khalifa  HAFTAR"),
        ("Khalifa Haftar", "Khalifa Hаftar"),  # Cyrillic а
        ("Joint Operations", "Jοint Operatiοns"),  # Greek ο
        ("Haftar", "Ｈａｆｔａｒ"),
        ("Haftar", "𝐇aftar"),
        ("Al-Watiya", "al Watiya"),
        ("Al‑Watiya", "Al-Watiya"),  # a hyphen that does not break
        ("Haftar's forces", "Haftar’s forces"),
        ("Sirte", "Sírte"),
        ("Misrata", "Misrаta "),
        ("Berlin 1", "Berlin l"),
        ("Iran", "lran"),
        ("modern", "modem"),
        ("Øland", "Oland"),
        ("Տirte", "Sirte"),  # Armenian
    ],
)
def test_twins_share_a_key(one: str, two: str) -> None:
    assert likenesses(one) & likenesses(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Tripoli", "Tripoli (Lebanon)"), ("Berlin 1", "Berlin 2"), ("حفتر", "حفتار"), ("Хафтар", "Haftar"), ("=", "+")],
)
def test_names_that_differ_share_none(one: str, two: str) -> None:
    assert not likenesses(one) & likenesses(two)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Khalifa Hаftar", ("Hаftar", "а")),
        ("Ηaftar", ("Ηaftar", "Η")),
        ("the Ｈaftar", ("Ｈaftar", "Ｈ")),
        ("Хафтaр", ("Хафтaр", "a")),
        ("𝒳𝒴", ("𝒳𝒴", "𝒳")),
    ],
)
def test_word_of_several_scripts(text: str, found: tuple[str, str]) -> None:
    assert foreign_letter(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Хафтар (Haftar)",
        "β-carotene",
        "5 µm",
        "5 μm",
        "5 kΩ",
        "10 Å",
        "ΔT",
        "café Zürich",
        "Haftar’s",
        "𝒳 and ℓ",
        "1ª",
        "خليفة حفتر",
        "哈夫塔尔",
    ],
)
def test_word_of_one_script(text: str) -> None:
    assert foreign_letter(text) is None


@pytest.mark.parametrize(
    ("found", "expected", "said"),
    [
        (
            "“act-hаftar”",
            "“act-haftar”, the nearest of 95",
            "where а (U+0430 CYRILLIC SMALL LETTER A) stands for a (U+0061",
        ),
        ("name “It's”", "“It’s”, as the sheets make it", "' (U+0027 APOSTROPHE) stands for ’ (U+2019"),
        ("origin_source_id src-a1", "src-al", "1 (U+0031 DIGIT ONE) stands for l (U+006C"),
        ("“top-m”", "“top-rn”", "m (U+006D LATIN SMALL LETTER M) stands for r (U+0072"),
    ],
)
def test_a_message_names_the_characters(found: str, expected: str, said: str) -> None:
    """Of every message, whatever makes it: what was found and what was expected are not the same to the eye alone."""
    assert said in Problem(Place("x.yaml"), "unknown-id", found, expected, "correct it").found


@pytest.mark.parametrize(("found", "expected"), [("“act-x”", "“act-y”"), ("5", "6"), ("a blank", "a blank or two")])
def test_a_message_names_no_characters_where_texts_differ(found: str, expected: str) -> None:
    assert Problem(Place("x.yaml"), "unknown-id", found, expected, "correct it").found == found


def test_nearest_is_really_near() -> None:
    """What all ids begin with makes none of them near, and a look-alike is the nearest of all."""
    known = ["act-un", "act-un-monitors", "act-usa", "act-haftar", "act-haftar-sons"]
    assert near("act-hafter", known) == "act-haftar"
    assert near("act-hаftar", known) == "act-haftar"
    assert near("act-un-support-mission", known) is None
    assert look_alike("act-haftar", "act-hаftar")
