"""The annotations in rdflib: as RDF, by the terms of the standard, and applied to the articles."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
import rdflib

from ..data.reading import texts
from .cells import OWNERS, values

#: Of the parser of rdflib, about a class of its own.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
AS = rdflib.Namespace("http://www.w3.org/ns/activitystreams#")


@pytest.fixture(scope="module")
def content(dist) -> dict:
    return json.loads((dist / "haftar-record-annotations.jsonld").read_bytes())


@pytest.fixture(scope="module")
def graph(content) -> rdflib.Graph:
    """The file as RDF. The context that it names is on the web; its meaning is in ``anno-terms.json`` here."""
    standard, own = content["@context"]
    assert standard == "http://www.w3.org/ns/anno.jsonld"
    terms = json.loads(Path(__file__).with_name("anno-terms.json").read_bytes())
    graph = rdflib.Graph()
    graph.parse(data=json.dumps(content | {"@context": [terms, own]}), format="json-ld")
    return graph


def test_every_key_has_a_meaning(content):
    """JSON-LD drops a key that no context knows without a word."""
    terms = json.loads(Path(__file__).with_name("anno-terms.json").read_bytes())
    known = set(terms) | set(content["@context"][1])

    def keys(value):
        if isinstance(value, dict):
            yield from value
            value = list(value.values())
        for item in value if isinstance(value, list) else ():
            yield from keys(item)

    assert set(keys({name: value for name, value in content.items() if name != "@context"})) <= known


def test_collection(graph):
    collection = rdflib.URIRef("urn:haftar-record:evidence")
    page = graph.value(collection, AS.first)
    assert int(graph.value(collection, AS.totalItems)) == len(values("evidence"))
    assert graph.value(page, AS.partOf) == collection
    items = list(rdflib.collection.Collection(graph, graph.value(page, AS["items"])))
    assert items == [rdflib.URIRef(f"urn:haftar-record:{row['evidence_id']}") for row in values("evidence")]
    assert set(items) == set(graph.subjects(rdflib.RDF.type, OA.Annotation))


def test_annotations(graph):
    """Passage, unit, column and support of every annotation are those of its row of evidence."""
    hashes = {row["document_id"]: row["counted_sha256"] for row in values("documents")}
    for row in values("evidence"):
        annotation = rdflib.URIRef(f"urn:haftar-record:{row['evidence_id']}")
        (target,) = graph.objects(annotation, OA.hasTarget)
        position, quote = _selectors(graph, target)
        assert (int(graph.value(position, OA.start)), int(graph.value(position, OA.end))) == (row["start"], row["end"])
        for term, column in ((OA.exact, "exact_text"), (OA.prefix, "prefix_text"), (OA.suffix, "suffix_text")):
            found = graph.value(quote, term)
            assert (None if found is None else str(found)) == row[column]
        assert _sha256(graph.value(target, OA.hasSource)) == hashes[row["document_id"]]
        (body,) = graph.objects(annotation, OA.hasBody)
        owner = next((row[name] for name in OWNERS if row[name]), row["document_id"])
        assert graph.value(body, OA.hasSource) == rdflib.URIRef(f"urn:haftar-record:{owner}")
        assert str(graph.value(body, rdflib.URIRef("urn:haftar-record:term:column"))) == row["field"]
        assert str(graph.value(body, rdflib.URIRef("urn:haftar-record:term:support"))) == row["support"]
        assert graph.value(annotation, OA.motivatedBy) == graph.value(body, OA.hasPurpose) == OA.linking


def test_applied_to_the_articles(graph):
    """The offsets, in the text that the target names by its hash, give the words of the quotation."""
    articles = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts().values()}
    targets = list(graph.objects(None, OA.hasTarget))
    assert targets
    for target in targets:
        position, quote = _selectors(graph, target)
        text = articles[_sha256(graph.value(target, OA.hasSource))]
        start, end = int(graph.value(position, OA.start)), int(graph.value(position, OA.end))
        before, after = str(graph.value(quote, OA.prefix) or ""), str(graph.value(quote, OA.suffix) or "")
        assert text[start - len(before) : end + len(after)] == before + str(graph.value(quote, OA.exact)) + after


def _selectors(graph: rdflib.Graph, target) -> tuple:
    """The position selector and the quote selector of a target."""
    by_type = {graph.value(selector, rdflib.RDF.type): selector for selector in graph.objects(target, OA.hasSelector)}
    assert len(by_type) == 2
    return by_type[OA.TextPositionSelector], by_type[OA.TextQuoteSelector]


def _sha256(name: rdflib.URIRef) -> str:
    """The hash in a name by RFC 6920."""
    algorithm, _, digest = str(name).removeprefix("ni:///").partition(";")
    assert algorithm == "sha-256"
    return base64.urlsafe_b64decode(digest + "=" * (-len(digest) % 4)).hex()
