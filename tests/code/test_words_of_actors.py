"""Words for a speaker that are the name of somebody else are asked about; descriptions and other spellings are not."""

from __future__ import annotations

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.checks.rules.faults import applied, change, first, like
from haftar_record.coding import inputs
from haftar_record.model.index import Index
from haftar_record.model.tables import Evidence, Mention, PlaceRow, Statement
from haftar_record.problems.problem import Problems

from ..conftest import ROOT

#: A place in the text at which no article has words.
FAR = 1_000_000


@pytest.fixture(scope="module")
def index() -> Index:
    """The rows as the sheets make them."""
    problems = Problems()
    rows, _ = assemble(inputs.read(ROOT, problems), problems)
    return Index(rows)


def found(index: Index, words: str, actor: str, before: str = "and then ", place: str = "") -> list[str]:
    """What R104 says of a statement by an actor for whom the article has these words, in which it may name a place."""
    row = first(index[Statement], lambda one: one.speaker_actor_id and len(said(index, one)) == 1)
    spoken = change(row, speaker_actor_id=actor, speaker_text=words)
    at = {"start": FAR, "end": FAR + len(words), "exact_text": words, "prefix_text": before or None}
    edits = [spoken, change(said(index, row)[0], **at)]
    if place:
        span = {"start": FAR + words.index(place), "end": FAR + words.index(place) + len(place)}
        mention = first(index[Mention], lambda one: one.place_id, document_id=row.document_id)
        where = first(index[PlaceRow], name=place).place_id
        edits.append(like(mention, mention_id="men-far", surface_text=place, place_id=where, **span))
    rule = next(one for one in rules.RULES if one.number == "R104")
    record = rules.Record(applied(edits, index.rows), {})
    return [one.wanted for one in rule.findings(record) if one.row.display_id == row.statement_id]


def said(index: Index, row: Statement) -> list[Evidence]:
    return index.evidence(row.statement_id, "speaker_text")


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Vladimir Putin", "act-haftar"),
        ("Russian President Vladimir Putin", "act-haftar"),
        ("the Turkish Army", "act-lna"),
        ("UNSMIL", "act-lna"),
        ("Prime Minister Abdul Hamid Dbeibah", "act-haftar"),
        ("Ghassan Salamé", "act-trump"),
        ("Ankara", "act-turkey"),
        ("the African Union", "act-un"),
        ("Sergey Lavrov and Vladimir Putin", "act-sarraj"),
        ("U.K. Foreign Secretary Dominic Raab", "act-pompeo"),
    ],
)
def test_names_of_others(index, words, actor):
    """Catches a speaker with whom the words have nothing in common."""
    assert found(index, words, actor) == [f"a name of {actor}, not “{words}”"]


@pytest.mark.parametrize(
    "words", ["Stéphane Dujarric", "Mr. Erdogan", "Vladimir Putin", "Jalel Harchaoui", "Abdul-Malik al-Houthi"]
)
def test_a_name_begins_the_sentence(index, words):
    """Catches a first name whose capital may be that of the sentence, by which the whole name is not looked at."""
    assert found(index, words, "act-haftar", "They left. ") == [f"a name of act-haftar, not “{words}”"]


@pytest.mark.parametrize("words", ["Meanwhile Haftar", "Khalifa Hifter", "Marshal Haftar", "Sources close to Haftar"])
def test_the_name_of_the_actor_begins_the_sentence(index, words):
    """Catches a question about a name of the actor, or about words that begin a sentence."""
    assert found(index, words, "act-haftar", "They left. ") == []


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("he", "act-haftar"),
        ("It", "act-lna"),
        ("the field marshal", "act-haftar"),
        ("The Field Marshal", "act-haftar"),
        ("his forces", "act-lna"),
        ("the Council", "act-unsc"),
        ("Haftar’s spokesman", "act-gna"),
        ("a spokesman for Fayez Serraj", "act-lna"),
        ("forces loyal to Benghazi", "act-gna"),
        ("the Tripoli-based government", "act-lna"),
        ("the French minister", "act-pompeo"),
        # other spellings, forms, titles and initials
        ("Hifter", "act-haftar"),
        ("Gen. Khalifa Hafter", "act-haftar"),
        ("Fayez Serraj", "act-sarraj"),
        ("the UN envoy Ghassan Salamé", "act-salame"),
        ("Secretary of State Pompeo", "act-pompeo"),
        ("the LNA’s Khalifa Haftar", "act-haftar"),
        ("the G.N.A.", "act-gna"),
        ("the Russian Federation", "act-russia"),
        ("Russian President Vladimir Putin", "act-russia"),
        ("Khalifa Haftar and Aguila Saleh", "act-haftar"),
        # what belongs to the actor, or to what the actor belongs to
        ("the Libyan National Army", "act-haftar"),
        ("the United Nations", "act-unsmil"),
        # no capitals to go by
        ("حفتر", "act-trump"),
        ("HAFTAR", "act-haftar"),
    ],
)
@pytest.mark.parametrize("before", ["and then ", "They left. ", ""])
def test_words_that_may_be_the_actors(index, words, actor, before):
    """Catches a question about words that name the actor in another way, or that only describe somebody."""
    assert found(index, words, actor, before) == []


@pytest.mark.parametrize("words", ["Residents", "Moscow"])
def test_first_word_of_a_sentence(index, words):
    """A capital that stands there in any case says nothing."""
    assert found(index, words, "act-haftar", "They left. ") == []


def test_a_place_stands_for_its_country(index):
    """“Berlin” may be Germany, and is not Turkey."""
    assert found(index, "Berlin", "act-germany", place="Berlin") == []
    assert found(index, "Berlin", "act-turkey", place="Berlin") == ["a name of act-turkey, not “Berlin”"]
