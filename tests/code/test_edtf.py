"""The EDTF reader against two independent libraries."""

from __future__ import annotations

import contextlib
import io
from datetime import date

import edtf as oracle
import pytest
from edtf_validate.valid_edtf import is_valid
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from haftar_record.text import edtf

years, months, days = st.integers(1900, 2099), st.integers(0, 14), st.integers(0, 33)
single = st.one_of(
    st.builds("{:04d}".format, years),
    st.builds("{:04d}-{:02d}".format, years, months),
    st.builds("{:04d}-{:02d}".format, years, st.sampled_from([21, 22, 23, 33, 34, 35, 36, 40, 41])),
    st.builds("{:04d}-{:02d}-{:02d}".format, years, months, days),
    st.sampled_from(["201X", "20XX", "2021-XX", "2021-06-XX", "2021-XX-XX"]),
)
qualified = st.builds(str.__add__, single, st.sampled_from(["", "", "?", "~", "%"]))
value = st.one_of(
    qualified,
    st.builds("{}/{}".format, qualified | st.sampled_from(["", ".."]), qualified | st.sampled_from(["", ".."])),
)


def accepted(text: str) -> bool:
    try:
        edtf.parse(text)
    except ValueError:
        return False
    return True


@settings(max_examples=400, deadline=None)
@given(value)
def test_what_is_accepted_is_edtf(text):
    """Everything the reader accepts is EDTF for edtf-validate."""
    assume(accepted(text))
    assert is_valid(text)


@settings(max_examples=300, deadline=None)
@given(single)
def test_bounds_are_those_of_the_edtf_library(text):
    """First and last day of a single date agree with python-edtf."""
    assume(accepted(text))
    with contextlib.redirect_stdout(io.StringIO()):
        parsed = oracle.parse_edtf(text)
    low, high = parsed.lower_strict(), parsed.upper_strict()
    found = edtf.parse(text)
    assert (found.start, found.end) == (date(*low[:3]), date(*high[:3]))


@given(st.text(max_size=40))
def test_no_text_makes_it_fail_otherwise(text):
    """Any text is either refused with ValueError or is EDTF."""
    assert not accepted(text) or is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-02-29",
        "2008/1964",
        "2021-06-19 ",
        "2021-06-19\n",
        "2021-6-19",
        "20210619",
        "2021-13",
        "../..",
        "/",
        "0000",
        "2021-06-31",
        "२०२१",
        "2021-06-19T10:00",
        "2021-20",
        "2021-25",  # the same season in the southern half of the earth
        "2021-37",  # a third of a year
        "2021-42",
        "2021-34~",
        "2021-21-01",
        "9999-24",
        "2021-33/2021-36",
        "2021-21/..",
        "-2021",
        "2021//2022",
        "2021/2022/2023",
    ],
)
def test_refused(text):
    """Values that a careless reader lets through."""
    assert not accepted(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2021-06-19", "2021-06-19", "2021-06-19", 1),
        ("2021-06-19/2021-06-22", "2021-06-19", "2021-06-22", 2),
        ("2020-06-22/2020-06-28", "2020-06-22", "2020-06-28", 3),
        ("2020-02", "2020-02-01", "2020-02-29", 4),
        ("2019~", "2019-01-01", "2019-12-31", 5),
        ("2019-04/2020-06", "2019-04-01", "2020-06-30", 6),
        ("/2021-06-28", None, "2021-06-28", 6),
        ("2014/..", "2014-01-01", None, 6),
        ("201X", "2010-01-01", "2019-12-31", 6),
        ("2021-21", "2021-03-01", "2021-05-31", 5),
        ("2021-22", "2021-06-01", "2021-08-31", 5),
        ("2021-23", "2021-09-01", "2021-11-30", 5),
        ("2021-24", "2021-01-01", "2022-02-28", 6),  # the winter that ends in 2021, or the one that begins
        ("2020-33", "2020-01-01", "2020-03-31", 5),
        ("2020-34", "2020-04-01", "2020-06-30", 5),
        ("2020-36", "2020-10-01", "2020-12-31", 5),
        ("2020-40", "2020-01-01", "2020-06-30", 5),
        ("2020-41", "2020-07-01", "2020-12-31", 5),
    ],
)
def test_bounds_and_precision(text, start, end, precision):
    """Golden values; precision by the length of the span."""
    found = edtf.parse(text)
    assert (found.start and found.start.isoformat(), found.end and found.end.isoformat()) == (start, end)
    assert found.precision == precision


@pytest.mark.parametrize(
    ("spans", "value"),
    [
        ([("2021-06-19", "2021-06-19")], "2021-06-19"),
        ([("2021-06-19", "2021-06-20"), ("2021-06-18", "2021-06-19")], "2021-06-18/2021-06-20"),
        ([("2020-02-01", "2020-02-29")], "2020-02"),
        ([("2020-02-01", "2020-02-28")], "2020-02-01/2020-02-28"),
        ([("2020-10-01", "2020-12-31")], "2020-10/2020-12"),
        ([("2019-01-01", "2019-12-31")], "2019"),
        ([("2014-01-01", "2019-12-31")], "2014/2019"),
        ([("2019-01-01", "2019-12-31"), ("2020-01-01", "2020-12-31")], "2019/2020"),
    ],
)
def test_hull(spans, value):
    """The shortest value that covers all spans: whole years and months are written as such."""
    assert edtf.hull([(date.fromisoformat(low), date.fromisoformat(high)) for low, high in spans]) == value


@given(st.lists(st.tuples(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1))).map(sorted).map(tuple), min_size=1))
def test_a_hull_has_the_first_and_the_last_day(spans):
    """Whatever its form, a hull begins on the first day of all and ends on the last."""
    found = edtf.parse(edtf.hull(spans))
    assert (found.start, found.end) == (min(low for low, _ in spans), max(high for _, high in spans))
