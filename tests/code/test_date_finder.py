"""Date words in running text: where they begin and end, what they mean there, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haftar_record.text import dates
from tests.scores import dates as score

SATURDAY = "2022-03-12"
#: A text, and the date words in it with kind and value, counted from Saturday, 12 March 2022.
FOUND = [
    ("The talks will be held on Friday.", [("on Friday", "date", "2022-03-18")]),
    ("The talks were held on Friday.", [("on Friday", "date", "2022-03-11")]),
    ("The spokesman said on Friday that it will go on.", [("on Friday", "date", "2022-03-11")]),
    ("On Friday, envoys will meet.", [("On Friday", "date", "2022-03-18")]),
    ("A meeting is scheduled for Friday.", [("for Friday", "date", "2022-03-18")]),
    ("The envoy is to arrive Monday, officials said.", [("Monday", "date", "2022-03-14")]),
    ("The airport remains closed until Friday.", [("until Friday", "date", "../2022-03-18")]),
    ("Until Friday, they had not met.", [("Until Friday", "date", "../2022-03-11")]),
    ("Friday’s raid will be reviewed.", [("Friday’s", "date", "2022-03-11")]),
    ("The vote, set for Dec. 24, was put off.", [("for Dec. 24", "date", "2021-12-24")]),
    ("They may meet again in May.", [("in May", "date", "2022-05")]),
    ("In 2011 it fell. Since 2014 it is split.", [("In 2011", "date", "2011"), ("Since 2014", "date", "2014/..")]),
    ("The court set Jan. 14 as a deadline.", [("Jan. 14", "date", "2022-01-14")]),
    ("The ceasefire of October 2020 held.", [("October 2020", "date", "2020-10")]),
    ("He left at 10:30 a.m. Friday.", [("at 10:30 a.m. Friday", "date", "2022-03-11")]),
    ("Nine died on Friday night and Saturday.", [("on Friday night", "date", "2022-03-11"), ("Saturday", "date", SATURDAY)]),
    ("They met in May, in June 2020 and on 5 July.", [
        ("in May", "date", "2021-05"), ("in June 2020", "date", "2020-06"), ("on 5 July", "date", "2021-07-05")]),
    ("Fighting since 2014 has cost lives.", [("since 2014", "date", "2014/..")]),
    ("From May to July 2020 nothing moved.", [("From May to July 2020", "date", "2020-05/2020-07")]),
    ("Closed for the past two weeks.", [("for the past two weeks", "date", "2022-02-26/2022-03-12")]),
    ("It took three days.", [("three days", "duration", "P3D")]),
    ("A 16-hour flight and a two-day stay.", [("16-hour", "duration", "PT16H"), ("two-day", "duration", "P2D")]),
    ("It took five months of talks.", [("five months", "duration", "P5M")]),
    ("Weeks of fighting followed.", [("Weeks", "duration", "PXW")]),
    ("They meet every Friday and every two weeks.", [
        ("every Friday", "set", "XXXX-WXX-5"), ("every two weeks", "set", "P2W")]),
    ("Daily raids, on Sundays too.", [("Daily", "set", "P1D"), ("on Sundays", "set", "XXXX-WXX-7")]),
    ("He spoke at 6 p.m. to reporters.", [("6 p.m", "time", "T18:00")]),
    ("He now leads it.", [("now", "vague", "PRESENT_REF")]),
    ("Libya’s future is open.", [("future", "vague", "FUTURE_REF")]),
    ("On Saturday,\nMarch 12, 2022, he spoke.", [("On Saturday,\nMarch 12, 2022", "date", SATURDAY)]),
    ("Fasting in Ramadan 1442 ended.", [("in Ramadan 1442", "date", "2021-04-12/2021-05-13")]),
    ("The 1970s and the 1980’s were calm.", [("The 1970s", "date", "197X"), ("the 1980’s", "date", "198X")]),
    ("ON THURSDAY, FORCES WITHDREW.", [("ON THURSDAY", "date", "2022-03-10")]),
    ("A week ago Tuesday they met.", [("A week ago Tuesday", "date", "2022-03-01")]),
    ("They will meet on Tuesday week.", [("on Tuesday week", "date", "2022-03-22")]),
    ("Thursday last, they left.", [("Thursday last", "date", "2022-03-10")]),
    ("He spoke Monday next to the mosque.", [("Monday", "date", "2022-03-07")]),
    ("On Thursday, last year’s budget was cut.", [
        ("On Thursday", "date", "2022-03-10"), ("last year’s", "date", "2021")]),
    ("On Friday week-long talks began.", [("On Friday", "date", "2022-03-11"), ("week-long", "duration", "P1W")]),
    ("Before dawn on Friday, shells fell.", [("Before dawn on Friday", "date", "2022-03-11")]),
    ("In the early hours of Friday, shells fell.", [("In the early hours of Friday", "date", "2022-03-11")]),
    ("They fought on the night of 4-5 March.", [("on the night of 4-5 March", "date", "2022-03-04/2022-03-05")]),
    ("In Q3 2020 and H1 2021 oil fell.", [("In Q3 2020", "date", "2020-35"), ("H1 2021", "date", "2021-40")]),
    ("No later than 24 December they will vote.", [("No later than 24 December", "date", "/2022-12-24")]),
    ("He will be back by Friday at the latest.", [("by Friday at the latest", "date", "/2022-03-18")]),
    ("The Sunday before last was calm.", [("The Sunday before last", "date", "2022-02-27")]),
    ("Last Ramadan they met.", [("Last Ramadan", "date", "2021-04-12/2021-05-13")]),
    ("Resolution 1325 (2000) of 31 October 2000.", [
        ("2000", "date", "2000"), ("31 October 2000", "date", "2000-10-31")]),
    ("In the end April came.", [("April", "date", "2022-04")]),
    ("Friday afternoon, March 11, he left.", [("Friday afternoon, March 11", "date", "2022-03-11")]),
    ("In the 1990s and early 2000s he was abroad.", [
        ("In the 1990s", "date", "199X"), ("early 2000s", "date", "2000/2003")]),
]  # fmt: skip
#: Texts without date words.
NONE = [
    "He may go, and they may march on the capital.",
    "The march was banned. May he live.",
    "A 52-year-old man and his six-year-old son.",
    "He is 52 years old.",
    "Some 2,000 people and 1500 troops, $2019 and 3.2021 and 20,000.",
    "He ran on “60 Minutes”.",
    "The 11th Circuit ruled; the second ruling fell.",
    "Prices fall and spring up. The sun sat low.",
    "UN Resolution 2510 and Article 24.",
    "Resolution 1970 and Decree 2014 hold.",
    "Since the fall of Gadhafi, and the spring of hope.",
    "On the second floor.",
    "The following Friday he left, as on the previous Sunday.",
    "Prime Minister Theresa May said no to Mr. March and Ms. April Jones.",
    "Rabia, Safar and Rajab, sons of Tariq Ramadan and Ramadan al-Suwayhili.",
    "The Asad government, Aban street and Mehr News.",
    "The H1N1 flu, the G7, a C-130, Route 66 and UN 2254.",
    "In UNSCR 1970, resolution 1973 and room 2014.",
    "It rose 3/4 points and helps 24/7.",
    "In a second, in the second round, for a second time.",
    "No one came. It is the latest.",
    "",
    "It rained.\n\nA cat.",
]


def found(text: str, **rest: object) -> list[tuple[str, str, str]]:
    """Words, kind and value of what is found."""
    return [(text[one.span.start : one.span.end], one.kind, one.value) for one in dates.find(text, SATURDAY, **rest)]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_found(text, expected):
    """Words cut too short or too long, read in the wrong direction or as the wrong kind."""
    assert found(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_nothing_found(text):
    """Ages, verbs, titles, amounts and numbers of courts taken for dates."""
    assert found(text) == []


def test_split():
    """With “is_split” the dates inside stand by themselves, and a length up to now is a length."""
    text = "From May to July 2020, since 2014 and over the past two weeks."
    assert found(text, is_split=True) == [
        ("May", "date", "2021-05"),
        ("July 2020", "date", "2020-07"),
        ("2014", "date", "2014"),
        ("the past two weeks", "duration", "P2W"),
    ]


def test_what_is_sure():
    """Words that decide themselves are sure; a direction that was judged by a verb is not, and is named."""
    judged = dates.find("It will end on Friday. It began yesterday, and on 5 May 2021.", SATURDAY)
    assert [(one.direction, one.is_sure, one.rule) for one in judged] == [
        ("ahead", False, "weekday"),
        (None, True, "relative_day"),
        (None, True, "full_date"),
    ]


@given(st.text(max_size=300), st.sampled_from([SATURDAY, "2022", "2020-07-02/2020-07-04", "2022-03-12/.."]))
def test_any_text(text, published):
    """No text makes it fail; what is found lies in the text, in order, and does not overlap."""
    spans = [one.span for one in dates.find(text, published)]
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= two.start for one, two in zip(spans, spans[1:], strict=False))


VOCABULARY = (
    "june friday 2021 24 last week the of to and since until may 10:30 am early first half ramadan two ago 3 - , 90s"
)
HOSTILE = ["june ", "since ", "1-", "the first half of ", "24 25 26 ", VOCABULARY + " ", "from 3 to 5 ", "'", "a.m. "]


@pytest.mark.parametrize("part", HOSTILE)
def test_the_time_is_linear(part):
    """Twice the text takes about twice the time, whatever words it repeats, and 100 kB take seconds."""

    def seconds(length: int) -> float:
        text = (part * length)[:length]
        started = time.process_time()
        dates.find(text, SATURDAY)
        return time.process_time() - started

    seconds(1000)
    short, long = seconds(20_000), seconds(40_000)
    assert long < 3 * short + 0.5
    assert long < 10


# -- the score ---------------------------------------------------------------------------------------------------------

TIMEML = """<?xml version="1.0"?><TimeML><DOCID>x</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2022-03-12">2022-03-12</TIMEX3></DCT>
<TEXT>It ended <TIMEX3 tid="t1" type="DATE" value="2022-03-11">Friday</TIMEX3> after
<TIMEX3 tid="t2" type="DURATION" value="P3D">all three days</TIMEX3>, and not <TIMEX3 tid="t3" type="DATE"
value="2022-W09">last week</TIMEX3> or <TIMEX3 tid="t4" type="DATE" value="2021-SU">whenever</TIMEX3>. Now.</TEXT></TimeML>"""


def test_score(tmp_path, capsys):
    """Worked out by hand: 4 in the corpus, 4 found, of these 3 overlap, 2 have the same span, 3 the right value."""
    (tmp_path / "x.tml").write_text(TIMEML, encoding="utf-8")
    assert score.main([str(tmp_path), "--list"]) == 0
    printed = capsys.readouterr().out
    assert "whenever DATE 2021-SU | -" in printed and "- | Now DATE PRESENT_REF" in printed
    row = next(line.split() for line in printed.splitlines() if line.startswith("all"))
    assert row == ["all", "4", "4", "0.500", "0.750", "0.750"]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("last week", "2022-W09"), ("two weeks ago", "2022-W08"), ("this week", "2022-W10"), ("the weekend", "2022-W10-WE"),
        ("early March", "2022-03"), ("late 2020", "2020"), ("the early 1990s", "199X"), ("the 1990s", "199X"),
        ("summer of 2021", "2021-SU"), ("Q2 2020", "2020-Q2"), ("first half of 2021", "2021-H1"), ("last winter", "2021-WI"),
        ("earlier this month", "2022-03"), ("earlier this year", "2022"), ("about two years ago", "2020"), ("Friday", "2022-03-11"),
    ],
)  # fmt: skip
def test_values_of_timex3(words, value):
    """EDTF values in the notation of TIMEX3 (Pustejovsky et al. 2010): weeks, seasons, quarters, parts."""
    resolved = dates.resolve(words, SATURDAY)
    assert score._value(resolved.edtf, resolved.rule) == value


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "no folder is named"), (["{tmp}/none"], "is no folder"), (["{tmp}"], "holds no .tml file")],
)
def test_a_missing_corpus_is_said(tmp_path, capsys, arguments, said):
    """A folder that is missing or empty: one line that says how to name one, and exit code 2."""
    assert score.main([one.format(tmp=tmp_path) for one in arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("content", ["<TimeML>", "<TimeML><TEXT>x</TEXT></TimeML>", ""])
def test_a_broken_document_is_said(tmp_path, capsys, content):
    """A file that is no TimeML is named, without a traceback."""
    (tmp_path / "x.tml").write_text(content, encoding="utf-8")
    assert score.main([str(tmp_path)]) == 2
    assert "x.tml" in capsys.readouterr().err
