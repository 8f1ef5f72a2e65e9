"""Date words against publication dates: the words of the articles, and members of each kind that no list names."""

from __future__ import annotations

import contextlib
import re
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from haftar_record.model import codes
from haftar_record.text import dates, edtf
from haftar_record.text.dates import resolver
from haftar_record.text.dates.words import plain, ways

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
#: Words that no article has, resolved by hand.
OTHERS = [
    ("from 2014 to 2020", "2021-06-20", False, "2014/2020", "year_range"),
    ("2011–2012", "2021-06-20", False, "2011/2012", "year_range"),
    ("Between 1999 and 2001,", "2021-06-20", False, "1999/2001", "year_range"),
    ("two weeks ago", "2021-06-20", False, "2021-05-31/2021-06-06", "weeks_ago"),
    ("a week ago", "2021-06-21", False, "2021-06-14/2021-06-20", "weeks_ago"),
    ("3 weeks ago", "2021-01-01", False, "2020-12-07/2020-12-13", "weeks_ago"),
    ("a week ago", "2021-06-20/2021-06-21", False, "2021-06-07/2021-06-20", "weeks_ago"),
    ("for five days from 4 April 2019", "2020-05-08", False, "2019-04-04/2019-04-08", "duration"),
    ("for a week from April 4", "2019-11-17", False, "2019-04-04/2019-04-10", "duration"),
    ("for one day from 2019-12-31", "2020-05-08", False, "2019-12-31", "duration"),
    ("for 14 months from April 2019", "2021-06-20", False, "2019-04/2020-06", "duration"),
    ("from April 2019, for 14 months", "2021-06-20", False, "2019-04/2020-06", "duration"),
    ("for a month beginning on 31 January 2021", "2021-06-20", False, "2021-01-31/2021-02-27", "duration"),
    ("for two weeks starting in June", "2021-06-20", False, "2021-06/2021-07", "duration"),
    ("for two years since 2014", "2020-05-08", False, "2014/2016", "duration"),
    ("for six months from December", "2021-06-20", True, "2021-12/2022-06", "duration"),
]


@pytest.mark.parametrize(("words", "published", "future", "value", "rule"), GOLDEN + OTHERS)
def test_golden(words, published, future, value, rule):
    """The date words of the articles and others, resolved by hand."""
    found = dates.resolve(words, published, future)
    assert found is not None
    assert (found.edtf, found.rule) == (value, rule)


@pytest.mark.parametrize(
    "words",
    [
        "So far",
        "recently",
        "On Tursday",
        "February 30",
        "ongoing",
        "",
        "14-month",
        # A length without a dated start has no place in the calendar, nor has one from a day that is not in it.
        "14 months",
        "for several years",
        "for two weeks",
        "14 months from April 2019",
        "for some months from April 2019",
        "for 14 months from then",
        "for a day from 31 April 2019",
        "for 99 years from 9950",
        # Some weeks is no number, and a range runs forward.
        "weeks ago",
        "several weeks ago",
        "from 2020 to 2014",
        "2014-2014",
        "2019-11",
        "between 0000 and 2014",
    ],
)
def test_words_without_a_rule(words):
    """Words that no rule knows are left to the coder, never guessed."""
    assert dates.resolve(words, "2021-06-20") is None


def test_open_publication_date_resolves_nothing_relative():
    """Words counted from an unknown day stay unknown; a printed date does not need one."""
    assert dates.resolve("on Thursday", "2020-07-02/..") is None
    assert dates.resolve("In April 2019", "2020-07-02/..").edtf == "2019-04"


DAYS = st.dates(date(2015, 1, 1), date(2025, 12, 31))
WORDS = st.sampled_from([words for words, *_ in GOLDEN + OTHERS])
COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "seven": 7} | {str(n): n for n in range(100)}
COUNT = st.sampled_from(sorted(COUNTS))


@pytest.mark.parametrize("words", sorted({words for words, *_ in GOLDEN + OTHERS}))
def test_words_of_the_articles_have_one_kind(words):
    """The order of the kinds decides nothing here: no other kind gives the words a meaning."""
    anchors = (date(2021, 6, 20),)
    meanings = set()
    for text in ways(plain(words)):
        for kind, form in resolver._candidates(text):
            with contextlib.suppress(ValueError):
                meanings.add(resolver._value(kind, form, text, anchors, False, 0).rule)
    assert len(meanings) == 1


@pytest.mark.parametrize("kind", dates.KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_a_code_whose_example_it_resolves(kind):
    """The example that the codebook gives for a code holds words that the rule of this name resolves."""
    code = codes.lists()["date_rule"].codes[kind.name]
    words, published, value = kind.sample
    found = dates.resolve(words, published)
    assert found and (found.rule, found.edtf) == (kind.name, value)
    for quoted in re.findall("“([^”]*)”", code.example):
        parts = quoted.split()
        runs = {" ".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)}
        assert kind.name in {found.rule for run in runs if (found := dates.resolve(run, "2021-06-20"))}


def test_every_code_has_a_rule():
    """The codebook lists no rule that the resolver lacks; “none” is the code of words without one."""
    assert set(codes.codes_of("date_rule")) - {"none"} == {kind.name for kind in dates.KINDS}


@given(COUNT, DAYS)
def test_weeks_ago(count, day):
    """A Monday to a Sunday that holds the day so many weeks before publication."""
    found = edtf.parse(dates.resolve(f"{count} weeks ago", day.isoformat()).edtf)
    assert (found.start.isoweekday(), found.end.isoweekday(), found.days) == (1, 7, 7)
    assert found.start <= day - timedelta(weeks=COUNTS[count]) <= found.end


@given(st.integers(1000, 2100), st.integers(1, 200), st.sampled_from(["from {} to {}", "{}-{}", "between {} and {}"]))
def test_year_range(first, years, form):
    """From the first day of the first year to the last of the last."""
    found = edtf.parse(dates.resolve(form.format(first, first + years), "2021-06-20").edtf)
    assert (found.start, found.end) == (date(first, 1, 1), date(first + years, 12, 31))


@given(COUNT, st.sampled_from(["day", "week", "month", "year"]), DAYS, st.booleans())
def test_a_length_from_a_day(count, unit, start, is_behind):
    """It ends on the day before the one that lies so much later; a length of nothing has no days."""
    length, day = f"for {count} {unit}s", f"{start.day} {edtf.MONTHS[start.month - 1]} {start.year}"
    found = dates.resolve(f"{length} from {day}" if is_behind else f"from {day} {length}", "2021-06-20")
    end = start + relativedelta(**{f"{unit}s": COUNTS[count]}) - timedelta(1)
    if end < start:
        assert found is None
    else:
        assert (edtf.parse(found.edtf).start, edtf.parse(found.edtf).end) == (start, end)


@given(COUNT, st.sampled_from(["day", "week", "month", "year"]), DAYS, st.data())
def test_a_length_from_a_month_or_year_covers_every_start(count, unit, day, data):
    """Whatever day of the month or year it began on, the length lies within the answer."""
    is_year = data.draw(st.booleans())
    start = str(day.year) if is_year else f"{edtf.MONTHS[day.month - 1]} {day.year}"
    found = dates.resolve(f"for {count} {unit}s from {start}", "2021-06-20")
    if not COUNTS[count]:
        assert found is None
    else:
        span = edtf.parse(found.edtf)
        end = day + relativedelta(**{f"{unit}s": COUNTS[count]}) - timedelta(1)
        assert span.start <= day and end <= span.end
        assert len(found.edtf.split("/")[0]) == (4 if is_year else 7)  # no more exact than its start


@given(WORDS, DAYS, st.integers(0, 20), st.booleans())
def test_a_span_of_publication_days_is_never_more_precise_than_its_days(words, first, length, future):
    """The answer for a span of days covers the answer for each of them."""
    last = first + timedelta(length)
    whole = dates.resolve(words, f"{first}/{last}", future)
    answers = [dates.resolve(words, day.isoformat(), future) for day in (first, last)]
    assume(whole and any(answers))
    for one in filter(None, answers):
        assert edtf.parse(one.edtf).within(edtf.parse(whole.edtf))


@given(st.text(max_size=60) | st.tuples(WORDS, st.text(max_size=20)).map(" ".join), DAYS)
def test_any_words(words, day):
    """No text makes the resolver fail, and every answer is EDTF."""
    found = dates.resolve(words, day.isoformat())
    assert found is None or edtf.parse(found.edtf)


@given(WORDS, DAYS)
def test_the_past_is_not_after_publication(words, day):
    """Words without a year that point back never name a day after publication as their beginning."""
    found = dates.resolve(words, day.isoformat())
    assume(found and found.basis in ("relative", "completed") and found.rule != "next_month")
    assert edtf.parse(found.edtf).start <= day


@pytest.mark.parametrize(
    ("words", "edtf_value"), [("March 0199", "0199-03"), ("since 2014", "2014/.."), ("since 0000", None)]
)
def test_years_at_the_edge(words, edtf_value):
    """A year of three digits lost its zero, and the year 0000 passed; both ended in a traceback later on."""
    found = dates.resolve(words, "2021-06-28")
    assert (found and found.edtf) == edtf_value


@pytest.mark.parametrize(
    ("words", "published", "found"),
    [
        (["12 March 2022"], "2022-03-12", None),
        (["Published on Saturday, March 12th, 2022"], "2022-03-12", None),
        (["12/03/2022"], "2022-03-12", None),  # no rule reads it
        (["March 2022", "12 March 2022"], "2022-03-12", None),
        (["12 March 2022"], "2022-03-13", ("12 March 2022", "2022-03-12")),
        (["13 March 2022", "Updated 12 March 2022"], "2022-03-13", ("Updated 12 March 2022", "2022-03-12")),
        (["March 2022"], "2022-03-12", ("March 2022", "2022-03")),
        (["on Saturday"], "2022-03-12", ("on Saturday", "no date by themselves")),
        (["12 March"], "2022-03-12", ("12 March", "no date by themselves")),
        (["31 February 2022", "12 March 2022"], "2022-03-12", None),
        ([], "2022-03-12", ("", "nothing")),
    ],
)
def test_words_of_a_date_of_publication(words, published, found):
    """Words that are said to state a day do state it, whatever stands around it; other words of them agree with it."""
    assert dates.unlike(words, published) == found
