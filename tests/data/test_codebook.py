"""What the codebook says of the first articles is what the articles print and the tables hold."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pytest

from .reading import OWNERS, UNKNOWN, Row, Span, key, overlap, rows, since, span, split, texts
from .test_keys import CODED

pytestmark = pytest.mark.data

NO_CASE = "no case when this was written"
LISTS = sorted({row["list"] for row in rows("codes")})
#: Tables whose rows rest on no passage of their own, as they are about an article, a source or a decision as a whole.
WITHOUT_PASSAGE = ("documents", "sources", "references", "decisions", "agreement")
#: Lists whose codes stand in tables of passages.
OF_PASSAGES = sorted({its for table, coded in CODED.items() if table not in WITHOUT_PASSAGE for its in coded.values()})
#: Lists whose codes a coder chooses by a question.
DECIDED = (
    "event_type", "realis", "act", "is_party", "discrepancy_kind", "conflict", "resolution", "label_kind", "role",
    "factuality", "attribution", "speech_form", "stance", "epistemic", "date_basis", "predicate", "text_kind", "support",
    "aux_mode", "verbatim",
)  # fmt: skip
Passage = tuple[str, Span]


def codes(code_list: str) -> list[Row]:
    return [row for row in rows("codes") if row["list"] == code_list]


@cache
def used(code_list: str) -> set[str]:
    """The codes of a list that any table holds in rows that did not come with a later article."""
    columns = [(table, name) for table, coded in CODED.items() for name, its in coded.items() if its == code_list]
    found = [(row, name) for table, name in columns for row in rows(table) if row[key(table)[0]] not in since()]
    return {code for row, name in found for code in split(row[name])} - set(UNKNOWN)


@cache
def documents() -> dict[str, str]:
    """Document ids by the number that the file name of the article begins with."""
    return {row["label"].partition(" ")[0]: row["document_id"] for row in rows("documents")}


def quotations(text: str) -> list[tuple[str, str]]:
    """Outermost passages in curly marks, each with the article number before it ("" where none is)."""
    found, number, start, depth = [], "", 0, 0
    for match in re.finditer(r"[“”]|\b00\d\b", text):
        if match[0] == "“":
            start, depth = start if depth else match.end(), depth + 1
        elif match[0] == "”":
            depth -= 1
            if not depth:
                found.append((number, text[start : match.start()]))
        elif not depth:
            number = match[0]
    assert not depth, text
    return found


def places(text: str) -> list[Passage]:
    """Where in the articles the quotations of a text stand."""
    return [
        (documents()[number], match.span())
        for number, words in quotations(text)
        for match in re.finditer(re.escape(words), texts()[documents()[number]])
    ]


@cache
def passages() -> dict[str, list[Passage]]:
    """By id of a row, the passages it rests on: its own offsets, its evidence, its reports or its mentions."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for row in rows("evidence"):
        found[row["evidence_id"]].append((row["document_id"], span(row)))
        for name in OWNERS:
            found[row[name]].append((row["document_id"], span(row)))
    for row in rows("event_reports"):
        found[row["event_id"]] += found[row["event_report_id"]]
    for table in ("mentions", "sentences", "quotations"):
        for row in rows(table):
            found[row[key(table)[0]]].append((row["document_id"], span(row)))
    for row in rows("mentions"):
        found[row["actor_id"] or row["place_id"]].append((row["document_id"], span(row)))
    return found


def codes_at(code_list: str, where: list[Passage]) -> set[str]:
    """The codes of a list that rows resting on these passages hold."""
    found: set[str] = set()
    for table, coded in CODED.items():
        if table in WITHOUT_PASSAGE:
            continue
        for name in (name for name, its in coded.items() if its == code_list):
            for row in rows(table):
                rests_on = passages()[row[key(table)[0]]]
                if any(a == b and overlap(first, second) for a, first in rests_on for b, second in where):
                    found |= set(split(row[name]))
    return found


def test_quotations_are_reached() -> None:
    """Catches a reader of quotations that finds none, so that the tests below would look at nothing."""
    assert quotations("000: “a “b” c” and 001 “d”, 2001 “e”") == [("000", "a “b” c"), ("001", "d"), ("001", "e")]
    assert sum(len(quotations(row["example"] + row["near_miss"])) for row in rows("codes")) > len(rows("codes"))


@pytest.mark.parametrize("code_list", LISTS)
def test_quotations_stand_in_the_article(code_list: str) -> None:
    """Catches an example or near miss that quotes words which the article it names does not have."""
    for row in codes(code_list):
        for number, words in quotations(row["example"]) + quotations(row["near_miss"]):
            assert number, f"{row['code']}: no article is named for “{words}”"
            assert words in texts()[documents()[number]], f"{row['code']}: {number} has no “{words}”"


def test_every_list_is_used() -> None:
    """Catches a code list that no column takes its codes from, and a coded column whose list is not in the codebook."""
    assert {its for coded in CODED.values() for its in coded.values()} == set(LISTS)


@pytest.mark.parametrize("code_list", LISTS)
def test_examples_follow_the_tables(code_list: str) -> None:
    """Catches an example of a code that no row has, and a code in use that is said to have no case."""
    for row in codes(code_list):
        in_use = row["code"] in used(code_list)
        assert in_use == (row["example"] != NO_CASE), f"{row['code']} is {'in' if in_use else 'not in'} use"
        assert row["example"] == NO_CASE or re.search(r"\b00\d\b", row["example"]), f"{row['code']}: no article named"


@pytest.mark.parametrize("code_list", OF_PASSAGES)
def test_examples_lie_where_the_code_is(code_list: str) -> None:
    """Catches an example whose quoted passage carries other codes of the list, or none, and not the one it is given for."""
    quoted = [(row["code"], passages) for row in codes(code_list) if (passages := places(row["example"]))]
    assert quoted
    for code, passages in quoted:
        found = codes_at(code_list, passages)
        assert code in found, f"{code}: the passage has {sorted(found)}"


def concluded(code_list: str) -> list[tuple[str, set[str], set[str]]]:
    """Codes whose near miss ends in "so X" about a passage with codes of the list: the code, X, what the passage has."""
    found = []
    for row in codes(code_list):
        conclusion = re.split(r"\bso\b", row["near_miss"])[-1]
        words = set(re.findall(r"[\w+-]*[\w+-]", conclusion))
        named = {other["code"] for other in codes(code_list)} & words
        found.append((row["code"], named, codes_at(code_list, places(row["near_miss"])) if named else set()))
    return [(code, named, has) for code, named, has in found if named and has]


def test_near_misses_name_the_code_that_the_passage_has() -> None:
    """Catches a near miss that ends in "so X" where the tables have no X for the passage it quotes."""
    found = {code_list: concluded(code_list) for code_list in OF_PASSAGES}
    assert sum(map(len, found.values())) > len(OF_PASSAGES)
    wrong = [(name, *one) for name, conclusions in found.items() for one in conclusions if not one[1] & one[2]]
    assert not wrong


@pytest.mark.parametrize("code_list", LISTS)
@pytest.mark.parametrize("field", ["label", "definition", "near_miss"])
def test_texts_of_a_list(code_list: str, field: str) -> None:
    """Catches an empty text, and one that was copied to another code of the same list and not rewritten."""
    told = [row[field] for row in codes(code_list)]
    assert all(told)
    told = [text for text in told if text != NO_CASE]
    assert len(told) == len(set(told))


def test_a_question_decides() -> None:
    """Catches a code to choose without the question that decides, and a question that two codes of a list share."""
    assert all(row["test_question"] for row in rows("codes") if row["list"] in DECIDED)
    told = [(row["list"], row["test_question"]) for row in rows("codes") if row["test_question"]]
    assert len(told) == len(set(told))
    assert all(question.endswith("?") for _, question in told)
