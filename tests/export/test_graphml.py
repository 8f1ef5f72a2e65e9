"""The networks in networkx."""

from __future__ import annotations

from collections import Counter

import networkx
import pytest

from .cells import rows


def speaker(row: dict[str, str]) -> str:
    return row["speaker_actor_id"] or row["speaker_source_id"]


EXPECTED = {
    "statements": Counter(
        edge
        for edge, _ in {
            ((speaker(row), target, row["stance"]), row["utterance_id"])
            for row in rows("statements")
            for target in row["target_actor_ids"].split(";")
            if target
        }
    ),
    "positions": Counter(
        edge
        for edge, _ in {
            ((speaker(row), row["topic_id"], row["stance"]), row["utterance_id"]) for row in rows("statements")
        }
    ),
}


@pytest.fixture(params=EXPECTED)
def network(request, dist):
    graph = networkx.read_graphml(dist / f"haftar-record-{request.param}.graphml", force_multigraph=True)
    return graph, EXPECTED[request.param]


def test_edges(network):
    """One edge for each pair and stance, with the number of utterances as its weight and the ids of the statements."""
    graph, expected = network
    assert graph.is_directed() and graph.is_multigraph()
    found = {(a, b, data["stance"]): data for a, b, data in graph.edges(data=True)}
    assert len(found) == graph.number_of_edges()
    assert {edge: data["weight"] for edge, data in found.items()} == expected
    stances = {row["statement_id"]: row for row in rows("statements")}
    for (source, _, stance), data in found.items():
        told = [stances[identity] for identity in data["statement_ids"].split(";")]
        assert len({row["utterance_id"] for row in told}) == data["weight"]
        assert {speaker(row) for row in told} == {source}
        assert {row["stance"] for row in told} == {stance}
        assert data["documents"] == len({row["document_id"] for row in told})


def test_nodes(network):
    """Every end of an edge is a node with the name of its register, and there are no others."""
    graph, expected = network
    names = {row[key]: row["name"] for table, key in REGISTERS for row in rows(table)}
    ends = {end for source, target, _ in expected for end in (source, target)}
    assert {node: data["label"] for node, data in graph.nodes(data=True)} == {end: names[end] for end in ends}


REGISTERS = (("actors", "actor_id"), ("sources", "source_id"), ("topics", "topic_id"))
