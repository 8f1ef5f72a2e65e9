"""Date words against publication dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from haftar_record.text import date_words, edtf

GOLDEN = [
    # words, published, future, value, rule
    ("On Thursday", "2019-11-17", False, "2019-11-14", "weekday"),
    ("on Sunday", "2019-11-17", False, "2019-11-17", "weekday"),
    ("Earlier on Saturday", "2021-06-20", False, "2021-06-19", "weekday"),
    ("Three days ago", "2019-11-17", False, "2019-11-14", "days_ago"),
    ("earlier this week", "2019-11-17", False, "2019-11-11/2019-11-17", "week"),
    ("last week", "2020-07-02/2020-07-04", False, "2020-06-22/2020-06-28", "week"),
    ("on Thursday", "2020-07-02/2020-07-04", False, "2020-07-02", "weekday"),
    ("on Thursday", "2020-07-01/2020-07-03", False, "2020-06-25/2020-07-02", "weekday"),
    ("On April 7", "2019-11-17", False, "2019-04-07", "day_month"),
    ("on September 25", "2019-11-17", False, "2019-09-25", "day_month"),
    ("On 7 June", "2020-07-02/2020-07-04", False, "2020-06-07", "day_month"),
    ("December 24", "2021-06-20", True, "2021-12-24", "day_month"),
    ("December 24", "2021-06-20", False, "2020-12-24", "day_month"),
    ("on June 23", "2021-06-20", True, "2021-06-23", "day_month"),
    ("on June 23rd 2021", "2021-06-28", False, "2021-06-23", "full_date"),
    ("date 2020-05-08", "2020-05-08", False, "2020-05-08", "full_date"),
    ("a year ago", "2020-05-08", False, "2019", "years_ago"),
    ("last year", "2020-05-08", False, "2019", "years_ago"),
    ("in April last year", "2021-06-20", False, "2020-04", "month_year"),
    ("In April 2019", "2021-06-20", False, "2019-04", "month_year"),
    ("in March", "2020-05-08", False, "2020-03", "month"),
    ("in October", "2021-06-20", False, "2020-10", "month"),
    ("in June", "2020-07-02/2020-07-04", False, "2020-06", "month"),
    ("next December", "2021-06-28", True, "2021-12", "next_month"),
    ("at the end of last year", "2021-06-20", False, "2020-10/2020-12", "part_of_year"),
    ("in 2011", "2020-05-08", False, "2011", "year"),
    ("Since 2014", "2020-05-08", False, "2014/..", "since_year"),
]


@pytest.mark.parametrize(("words", "published", "future", "value", "rule"), GOLDEN)
def test_golden(words, published, future, value, rule):
    """The date words of the five articles, resolved by hand."""
    found = date_words.resolve(words, published, future)
    assert found is not None
    assert (found.edtf, found.rule) == (value, rule)


@pytest.mark.parametrize("words", ["So far", "recently", "On Tursday", "February 30", "ongoing", "", "14-month"])
def test_words_without_a_rule(words):
    """Words that no rule knows are left to the coder, never guessed."""
    assert date_words.resolve(words, "2021-06-20") is None


def test_open_publication_date_resolves_nothing_relative():
    """Words counted from an unknown day stay unknown; a printed date does not need one."""
    assert date_words.resolve("on Thursday", "2020-07-02/..") is None
    assert date_words.resolve("In April 2019", "2020-07-02/..").edtf == "2019-04"


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
WORDS = st.sampled_from([words for words, *_ in GOLDEN])


@given(WORDS, DAYS, st.integers(0, 20), st.booleans())
def test_a_span_of_publication_days_is_never_more_precise_than_its_days(words, first, length, future):
    """The answer for a span of days covers the answer for each of them."""
    last = first + timedelta(length)
    whole = date_words.resolve(words, f"{first}/{last}", future)
    answers = [date_words.resolve(words, day.isoformat(), future) for day in (first, last)]
    assume(whole and any(answers))
    for one in filter(None, answers):
        assert edtf.parse(one.edtf).within(edtf.parse(whole.edtf))


@given(st.text(max_size=60) | st.tuples(WORDS, st.text(max_size=20)).map(" ".join), DAYS)
def test_any_words(words, day):
    """No text makes the resolver fail, and every answer is EDTF."""
    found = date_words.resolve(words, day.isoformat())
    assert found is None or edtf.parse(found.edtf)


@given(WORDS, DAYS)
def test_the_past_is_not_after_publication(words, day):
    """Words without a year that point back never name a day after publication as their beginning."""
    found = date_words.resolve(words, day.isoformat())
    assume(found and found.basis in ("relative", "completed") and found.rule != "next_month")
    assert edtf.parse(found.edtf).start <= day


@pytest.mark.parametrize(
    ("words", "edtf_value"), [("March 0199", "0199-03"), ("since 2014", "2014/.."), ("since 0000", None)]
)
def test_years_at_the_edge(words, edtf_value):
    """A year of three digits lost its zero, and the year 0000 passed; both ended in a traceback later on."""
    found = date_words.resolve(words, "2021-06-28")
    assert (found and found.edtf) == edtf_value
