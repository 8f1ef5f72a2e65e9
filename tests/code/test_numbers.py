"""Reading printed numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haftar_record.text import numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("up to 1 200", ["1200"]),
        ("1,200 to 2,500 men", ["1200", "2500"]),
        ("1.5 million", ["1.5", "15"]),
        ("0.5", ["0.5"]),
        ("1.200.000.", ["1200000"]),
        ("Both sides", ["2"]),
        ("an aircraft and four tanks", ["1", "4"]),
        ("dozens", []),
        ("anyone", []),
        ("٣", []),
        ("", []),
    ],
)
def test_values(text, values):
    """Digits with any separators, and words; what is no number gives none."""
    assert numbers.read(text) == set(map(Decimal, values))


@given(st.integers(0, 10**15), st.sampled_from([",", " ", ""]))
def test_any_whole_number(number, separator):
    """A number is read as itself, with its thousands separated or not."""
    assert numbers.read(f"about {number:,} men".replace(",", separator)) == {Decimal(number)}


@given(st.text())
def test_any_text(text):
    """No text makes the reader fail, and nothing that it reads is below zero."""
    assert all(value.is_finite() and value >= 0 for value in numbers.read(text))
