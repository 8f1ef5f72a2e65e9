"""Hard cases, written down from a reading of the five articles and not from the tables."""

from __future__ import annotations

import pytest

from .reading import Row, one, row_of, rows, span, texts, where

pytestmark = pytest.mark.data

ANADOLU, PARAPHRASE, ELLEN, MEM, REUTERS = (
    "doc-9d1fdcb4",
    "doc-47cb6610",
    "doc-6b383f3c",
    "doc-187cdebd",
    "doc-3eb302bd",
)

#: Article, what its date of publication rests on, and the date.
PUBLISHED = [
    (ANADOLU, "stated", "2021-06-28"),
    (PARAPHRASE, "external", "2021-06-20"),
    (ELLEN, "external", "2019-11-17"),
    (MEM, "external", "2020-07-02/2020-07-04"),
    (REUTERS, "stated", "2020-05-08"),
]

#: Article, words, what they mean, rule ("none": no rule, the sheet gives the reason).
DATES = [
    (ANADOLU, "on June 23rd 2021", "2021-06-23", "full_date"),
    (ANADOLU, "next December", "2021-12", "next_month"),
    (ANADOLU, "since 2011", "2011/..", "since_year"),
    (PARAPHRASE, "Earlier on Saturday", "2021-06-19", "weekday"),
    (PARAPHRASE, "on Saturday", "2021-06-19", "weekday"),
    (PARAPHRASE, "on Thursday", "2021-06-17", "weekday"),
    (PARAPHRASE, "in April last year", "2020-04", "month_year"),
    (PARAPHRASE, "at the end of last year", "2020-10/2020-12", "part_of_year"),
    (PARAPHRASE, "in October", "2020-10", "month"),
    (PARAPHRASE, "In April 2019", "2019-04", "month_year"),
    (PARAPHRASE, "December 24", "2021-12-24", "day_month"),
    (PARAPHRASE, "on June 23", "2021-06-23", "day_month"),
    (ELLEN, "On Thursday", "2019-11-14", "weekday"),
    (ELLEN, "earlier this week", "2019-11-11/2019-11-17", "week"),
    (ELLEN, "On April 7", "2019-04-07", "day_month"),
    (ELLEN, "Three days ago", "2019-11-14", "days_ago"),
    (ELLEN, "on September 25", "2019-09-25", "day_month"),
    (MEM, "on Thursday", "2020-07-02", "weekday"),
    (MEM, "On Wednesday", "2020-07-01", "weekday"),
    (MEM, "last week", "2020-06-22/2020-06-28", "week"),
    (MEM, "On 7 June", "2020-06-07", "day_month"),
    (MEM, "in June", "2020-06", "month"),
    (REUTERS, "a year ago", "2019", "years_ago"),
    (REUTERS, "in 2011", "2011", "year"),
    (REUTERS, "last year", "2019", "years_ago"),
    (REUTERS, "in March", "2020-03", "month"),
    (REUTERS, "in December 2018", "2018-12", "month_year"),
]

#: Article, as printed, unit, lower and upper bound, whether the words call it approximate.
QUANTITIES = [
    (REUTERS, "up to 1 200", "person", "", "1200", "false"),
    (PARAPHRASE, "dozens", "vehicle", "", "", "false"),
    (PARAPHRASE, "thousands", "person", "", "", "false"),
    (ELLEN, "scores", "person", "", "", "false"),
    (PARAPHRASE, "14-month", "month", "14", "14", "false"),
    (ANADOLU, "about 1,350 km", "kilometre", "", "", "true"),
    (MEM, "450 kilometres", "kilometre", "450", "450", "false"),
]

#: Article, passage, words in it, whom or what they mean there (None: nobody of the register).
MEANINGS = [
    (REUTERS, "offensive byLibya’s", "Libya", "plc-libya"),
    (REUTERS, "called on Damascus", "Damascus", "act-syrian-government"),
    (REUTERS, "its Damascus embassy", "Damascus", "plc-damascus"),
    (REUTERS, "a sign Washington might", "Washington", "act-usa"),
    (REUTERS, "a confidential UN report", "UN", "act-un-monitors"),
    (REUTERS, "The UN Security Council", "UN", "act-un"),
    (MEM, "The Foreign Ministry announced", "Foreign Ministry", "act-us-state"),
    (MEM, "The Libyan Foreign Ministry confirmed", "Libyan Foreign Ministry", "act-libyan-foreign-ministry"),
    (MEM, "The Libyan Foreign Ministry confirmed", "Foreign Ministry", None),
    (MEM, "the Libyan army’s recent", "Libyan army", "act-gna-army"),
    (MEM, "the US government met", "government", None),
    (MEM, "in June that the government continues", "government", "act-gna"),
    (MEM, "the UN called on", "UN", "act-unsmil"),
    (MEM, "UN-facilitated", "UN", "act-un"),
    (ELLEN, "in Washington D.C.", "Washington D.C.", "plc-washington"),
    (ELLEN, "in Washington D.C.", "Washington", None),
    (ELLEN, "The Libyan president said", "The Libyan president", "act-sarraj"),
    (PARAPHRASE, "Treiner said", "Treiner", "act-traina"),
    (PARAPHRASE, "the Libyan Presidential Council", "Presidential Council", "act-presidential-council-2021"),
    (PARAPHRASE, "the Tripoli government", "Tripoli government", "act-gna"),
    (PARAPHRASE, "the coalition government", "coalition government", "act-gnu"),
    (ANADOLU, "giving Washington any green", "Washington", "act-usa"),
    (ANADOLU, "The US official also drew", "US official", "act-hood"),
    (ANADOLU, "Commander of the Libyan army, in accordance", "Libyan army", "act-libyan-army-2021"),
]

#: Article, opening words of the content, who says it. The words beside it name somebody else, or nobody.
SPEAKERS = [
    (
        ANADOLU,
        "“according to the roadmap",
        "act-hood",
    ),  # "in which the US Assistant Secretary of State, Haftar reminded"
    (ANADOLU, "allegations of giving Washington", "act-hood"),  # "This statement denied"
    (MEM, "“Militias that try to spoil", "act-us-state"),  # "The Foreign Ministry announced"
    (MEM, "“Initiate the 5+5", "act-unsmil"),  # "the UN called on"
    (PARAPHRASE, "there are concerns that", "act-traina"),  # "Treiner said"
    (ELLEN, "“The U.S. delegation", "src-us-joint-statement"),
    (REUTERS, "“We know that, certainly", "act-jeffrey"),
    (REUTERS, "“As long as there is an objective", "act-wooster"),
]


def speaker(row: Row) -> str:
    return row["speaker_actor_id"] or row["speaker_source_id"]


def saying(document: str, opening: str) -> Row:
    found = [row for row in where("statements", document_id=document) if row["content_text"].startswith(opening)]
    assert len(found) == 1, (document, opening, [row["statement_id"] for row in found])
    return found[0]


@pytest.mark.parametrize("document, basis, value", PUBLISHED)
def test_publication(document: str, basis: str, value: str) -> None:
    """Catches a date taken from outside and passed off as printed, or a made-up day for the undated copy of 003."""
    row = one("documents", document_id=document)
    assert (row["published_basis"], row["published_date"]) == (basis, value)
    assert (f"date {value} " in texts()[document]) == (basis == "stated")


@pytest.mark.parametrize("document, words, value, rule", DATES)
def test_date_words(document: str, words: str, value: str, rule: str) -> None:
    """Catches words resolved into the wrong week, month or year, or to a day that they do not give."""
    assert words in texts()[document]
    units = where("event_reports", document_id=document, date_text=words)
    units += where("statements", document_id=document, date_text=words)
    found = [row["date_edtf"] for row in units if row["date_rule"] == rule]
    assert found and (value in found if rule == "none" else set(found) == {value})
    # A unit that does not follow the rule says why.
    assert all(row["date_rationale"] or row["date_rule"] == rule != "none" for row in units)


def test_open_beginning_of_the_split() -> None:
    """Catches "Since 2014" read as the year 2014."""
    found = where("relations", document_id=REUTERS, validity_text="Since 2014")
    assert found and {row["validity_edtf"] for row in found} == {"2014/.."}


@pytest.mark.parametrize("document, printed, unit, low, high, approximate", QUANTITIES)
def test_quantity(document: str, printed: str, unit: str, low: str, high: str, approximate: str) -> None:
    """Catches "dozens" turned into a number, a lower bound for "up to", and a blank or comma read as a decimal."""
    row = one("quantities", document_id=document, printed_text=printed)
    assert [row[name] for name in ("unit", "minimum", "maximum", "is_approximate")] == [unit, low, high, approximate]
    assert printed in texts()[document] and printed in row["evidence_text"]


@pytest.mark.parametrize("document, passage, words, means", MEANINGS)
def test_words_that_mean_several(document: str, passage: str, words: str, means: str | None) -> None:
    """Catches the same words taken for the same actor in every place ("Damascus", "Libyan army", "government")."""
    text = texts()[document]
    assert text.count(passage) == 1
    start = text.index(passage) + passage.index(words)
    found = [m for m in where("mentions", document_id=document) if span(m) == (start, start + len(words))]
    assert [m["actor_id"] or m["place_id"] for m in found] == ([means] if means else [])


def test_lost_blank_keeps_its_offset() -> None:
    """Catches "byLibya" skipped, or found one code point off because the text was repaired first."""
    assert texts()[REUTERS][55:64] == "byLibya’s"
    row = one("mentions", document_id=REUTERS, start="57")
    assert (row["end"], row["surface_text"], row["place_id"]) == ("62", "Libya", "plc-libya")


@pytest.mark.parametrize("document, opening, expected", SPEAKERS)
def test_speaker_that_the_words_obscure(document: str, opening: str, expected: str) -> None:
    """Catches a statement given to whoever stands nearest in a garbled or translated sentence."""
    assert speaker(saying(document, opening)) == expected


def test_chain_of_three_voices() -> None:
    """Catches a nested attribution cut short: the roadmap speaks through Hood, and Hood through Anadolu Agency."""
    row, chain = saying(ANADOLU, "the Presidential Council is supposed to carry out"), []
    while True:
        chain.append(speaker(row))
        if not row["parent_statement_id"]:
            break
        row = row_of(row["parent_statement_id"])
    assert chain == ["src-lpdf-roadmap", "act-hood", "src-anadolu-analysis"]


def test_quotation_over_two_paragraphs() -> None:
    """Catches a quotation left open at the end of a paragraph that runs on to the next mark, or is dropped."""
    found = sorted(where("quotations", document_id=REUTERS), key=span)
    openings = [row["exact_text"][:12] for row in found]
    left_open = openings.index("“I don’t thi")
    first, second = found[left_open], found[left_open + 1]
    assert first["exact_text"].endswith("there’s any likely prospect that would happen.")
    assert (first["is_closed"], second["is_closed"]) == ("false", "true")
    assert second["exact_text"].startswith("“As long as there is an objective they can meet through Haftar")
    assert second["exact_text"].endswith("we don’t see them backing down,”")
    assert [row["is_closed"] for row in rows("quotations")].count("false") == 1


def test_headline_in_single_marks() -> None:
    """Catches single marks overlooked, or closed by the apostrophe of "Haftar’s"."""
    row = one("quotations", document_id=MEM, start="0")
    assert row["exact_text"] == "‘Link between Haftar’s forces and Wagner group undermines Libya sovereignty’"
    assert (row["mark_style"], row["is_closed"], row["disposition"]) == ("single_curly", "true", "headline")
    assert one("documents", document_id=MEM)["title"] == f"{row['exact_text']} – Middle East Monitor"


def test_brackets_and_ellipses_of_the_paraphrase() -> None:
    """Catches editorial marks of the article taken for marks of the record, or three dots typed for one."""
    expected = {
        "“This is the first time [since then] There has been such a large-scale military mobilization,”",
        "“in accordance with … and with the approval of the highest commander.”",
        "“to track down… terrorists and expel African mercenary groups that threaten security and stability.”",
        "“gather foreign actors involved… in Berlin to discuss support for the new interim government of Libya.”",
    }
    printed = {row["exact_text"]: row["statement_ids"] for row in where("quotations", document_id=PARAPHRASE)}
    assert expected <= set(printed)
    aim = "“gather foreign actors involved… in Berlin to discuss support for the new interim government of Libya.”"
    assert not printed[aim]  # nobody says it: "The event ... aims to"
    for passage in expected - {aim}:
        (carrier,) = printed[passage].split(";")
        assert passage in row_of(carrier)["content_text"]


def test_headline_does_not_make_haftar_ban() -> None:
    """Catches the headline of 001 believed: the Presidential Council banned operations, its body says, not Haftar."""
    roles = {(row["actor_id"], row["role"]) for row in where("event_actors", event_id="evt-movement-ban-2021")}
    assert ("act-presidential-council-2021", "actor") in roles
    assert ("act-haftar", "actor") not in roles and ("act-lna", "actor") not in roles


@pytest.mark.parametrize(
    "document, words",
    [
        (PARAPHRASE, "Haftar bans military operations"),  # the body: the Presidential Council
        (PARAPHRASE, "Treiner"),  # Traina, eight paragraphs before
        (PARAPHRASE, "a large army"),  # the machine's word for a force
        (MEM, "The Foreign Ministry"),  # the State Department, translated there and back
        (ELLEN, "the White House and the U.S. State Department"),  # the statement was one with the GNA
        (ANADOLU, "during the Berlin 2 conference"),  # the day after it
        (ANADOLU, "closed since 2011"),  # 001: for several years
    ],
)
def test_known_contradictions_are_rows(document: str, words: str) -> None:
    """Catches a passage that is wrong, garbled or contradicted, and about which the record says nothing."""
    start = texts()[document].index(words)
    covering = [
        row
        for row in where("evidence", document_id=document)
        if row["discrepancy_id"] and span(row)[0] < start + len(words) and start < span(row)[1]
    ]
    assert covering


def test_denied_green_light_is_contested() -> None:
    """Catches an allegation and its denial counted as two reports that agree."""
    told = [
        r for r in where("event_reports", document_id=ANADOLU) if "green or even orange light" in r["evidence_text"]
    ]
    assert {row["factuality"] for row in told} == {"CT-", "CT+"}
    (event,) = {row["event_id"] for row in told}
    assert row_of(event)["corroboration"] == "contested"
