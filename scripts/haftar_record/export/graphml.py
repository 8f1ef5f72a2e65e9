"""The statements as two networks in GraphML, for Gephi, visone and igraph.

``statements`` leads from speakers to the actors that their statements are about or directed at; ``positions`` leads
from speakers to topics, as discourse network analysis draws them. Edges run in parallel, one for each stance.
Stance is towards the topic: the first network does not say whether a speaker is for or against the actors that
the statements are about. The weight of an edge counts utterances: what several articles report is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree

from ..files.layout import Files
from ..model.cells import split
from ..model.index import Index
from ..model.tables import Actor, Source, Statement, Topic
from ..package.reader import Package
from . import NAME
from .values import typed

TITLE = "networks of speakers, actors and topics in GraphML"
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"

#: Attributes of nodes and edges: name, GraphML type.
NODE = {"label": "string", "kind": "string", "type": "string", "country": "string"}
EDGE = {
    "stance": "string",
    "weight": "int",
    "documents": "int",
    "acts": "string",
    "topics": "string",
    "statement_ids": "string",
}
Nodes = dict[str, dict[str, str]]
Edges = dict[tuple[str, str, str], list[Statement]]


def render(package: Package) -> Files:
    """Both networks."""
    index = Index(package.rows)
    known = _nodes(index, Actor) | _nodes(index, Source) | _nodes(index, Topic)
    about: Edges = {}
    positions: Edges = {}
    for row in index[Statement]:
        speaker = row.speaker_actor_id or row.speaker_source_id or ""  # a rule requires one of them
        for target in split(row.target_actor_ids):
            about.setdefault((speaker, target, row.stance), []).append(row)
        positions.setdefault((speaker, row.topic_id, row.stance), []).append(row)
    return {
        f"{NAME}-statements.graphml": _graph("statements", known, about),
        f"{NAME}-positions.graphml": _graph("positions", known, positions),
    }


def _nodes(index: Index, model: type[Actor | Source | Topic]) -> Nodes:
    """The rows of a table as nodes: actors, sources or topics."""
    kind = model.ONE
    rows = {row.display_id: typed(row) for row in index[model]}
    return {
        identity: {
            "label": row["name"],
            "kind": kind,
            "type": row.get(f"{kind}_type") or "",
            "country": row.get("country_code") or "",
        }
        for identity, row in rows.items()
    }


def _graph(name: str, known: Nodes, edges: Edges) -> bytes:
    """One directed graph with the nodes that have an edge."""
    root = ElementTree.Element("graphml", xmlns=NAMESPACE)
    for domain, attributes in (("node", NODE), ("edge", EDGE)):
        for attribute, kind in attributes.items():
            names = {"id": f"{domain}_{attribute}", "for": domain, "attr.name": attribute, "attr.type": kind}
            ElementTree.SubElement(root, "key", names)
    graph = ElementTree.SubElement(root, "graph", id=name, edgedefault="directed")
    for identity in sorted({end for speaker, target, _ in edges for end in (speaker, target)}):
        _element(graph, "node", {"id": identity}, known[identity])
    for (speaker, target, stance), rows in sorted(edges.items()):
        names = {"id": f"{speaker}--{target}--{stance}", "source": speaker, "target": target}
        _element(graph, "edge", names, {"stance": stance} | _summary(rows))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _summary(rows: list[Statement]) -> dict[str, str]:
    """What the statements of one edge have in common."""
    return {
        "weight": str(len({row.utterance_id for row in rows})),
        "documents": str(len({row.document_id for row in rows})),
        "acts": _counted(row.act for row in rows),
        "topics": _counted(row.topic_name for row in rows),
        "statement_ids": ";".join(row.statement_id for row in rows),
    }


def _counted(values: Iterable[str]) -> str:
    """``accuse 2; deny 1``, by name."""
    return "; ".join(f"{value} {count}" for value, count in sorted(Counter(values).items()))


def _element(graph: ElementTree.Element, domain: str, names: dict[str, str], values: dict[str, str]) -> None:
    element = ElementTree.SubElement(graph, domain, names)
    for attribute, value in values.items():
        if value:
            ElementTree.SubElement(element, "data", key=f"{domain}_{attribute}").text = value
