"""Who says what about whom: a strand per utterance and actor that it is about, from speaker to actor. See ``chart``.

An utterance that several articles report is one strand, as many times as thick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ...model import codes
from ...model.cells import split
from ...model.tables import Actor, Document, Source, Statement
from ..record import Record
from . import drawing
from .drawing import INK, PAPER, QUIET, Chart, Datum, Size, Spec, signal, value

#: Dash of the strand by stance: told apart without colour.
DASHES: dict[str, list[float]] = {"support": [1, 0], "oppose": [9, 3], "neutral": [2, 2.5]}
NOBODY = "nobody"
#: Kinds of actors without a name.
UNNAMED = ("unnamed_group", "unnamed_person")
_TOOLTIP = (
    "{title: datum.summary, 'Speaker': datum.speaker, 'About': datum.about, 'Topic': datum.topic,"
    " 'Stance': datum.stance_label, 'Article': datum.article}"
)


@dataclass
class Strand:
    """An utterance and one actor that it is about. ``speaker_key`` and ``about_key`` are the keys of nodes, ``weight``
    is the number of articles that report it, ``article`` has their names.

    Once it is placed, ``start`` and ``end`` are its heights at the left and at the right, ``path`` its curve in SVG.
    """

    id: str
    speaker_key: str
    about_key: str
    url: str
    summary: str
    speaker: str
    about: str
    topic: str
    stance: str
    stance_label: str
    article: str
    weight: int = 1
    start: float = 0
    end: float = 0
    path: str = ""

    @property
    def datum(self) -> Datum:
        """The strand as the drawing needs it."""
        return {
            "id": self.id,
            "from": self.speaker_key,
            "to": self.about_key,
            "url": self.url,
            "summary": self.summary,
            "speaker": self.speaker,
            "about": self.about,
            "topic": self.topic,
            "stance": self.stance,
            "stance_label": self.stance_label,
            "article": self.article,
            "weight": self.weight,
            "label": f"{self.speaker} about {self.about}: {self.summary} {self.stance_label} “{self.topic}”.",
            "path": self.path,
        }


@dataclass
class Node:
    """A speaker or an actor spoken of, with its place in the drawing. ``key`` is TABLE/id, or ``nobody``."""

    key: str
    name: str
    is_named: bool = True
    country: str = ""
    y: float = 0
    strands: list[Strand] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """The thickness of all strands together."""
        return sum(one.weight for one in self.strands)


@dataclass(frozen=True)
class Layout:
    """The drawing, placed. ``ends``: where strands begin and end from left to right; ``thick``: the room of one."""

    strands: list[Strand]
    left: list[Node]
    right: list[Node]
    heads: list[Datum]
    thick: int
    ends: tuple[float, float]
    height: float


def strands(record: Record) -> list[Strand]:
    """A strand per utterance and actor that it is about, by any of the statements that report it; an utterance about no
    actor has one strand, to nobody."""
    return [
        _strand(record, record.get(Statement, utterance), rows, target)
        for utterance, rows in record.grouped(Statement, "utterance_id").items()
        for target in dict.fromkeys(one for row in rows for one in split(row.target_actor_ids)) or [""]
    ]


def speaker_key(row: Statement) -> str:
    """The speaker of a statement as TABLE/id."""
    return f"actors/{row.speaker_actor_id}" if row.speaker_actor_id else f"sources/{row.speaker_source_id}"


def _strand(record: Record, row: Statement, rows: list[Statement], target: str) -> Strand:
    labels = dict.fromkeys(record.get(Document, one.document_id).label for one in [row, *rows])
    return Strand(
        id=row.statement_id,
        speaker_key=speaker_key(row),
        about_key=f"actors/{target}" if target else NOBODY,
        url=record.url(Statement, row.statement_id),
        summary=row.summary,
        speaker=row.speaker_name,
        about=record.get(Actor, target).name if target else "no actor",
        topic=row.topic_name,
        stance=row.stance,
        stance_label=codes.lists()["stance"].codes[row.stance].label,
        article="; ".join(labels),
        weight=len(labels),
    )


def chart(record: Record) -> Chart:
    """Speakers on the left, those spoken of on the right. Colour and dash of a strand show the stance to its topic."""
    description = (
        f"{len(record.grouped(Statement, 'utterance_id'))} utterances in {len(record[Statement])} statements, drawn as"
        f" {len(strands(record))} strands from speakers to the actors that they are about; the table below has the same"
        " rows."
    )
    return Chart("network", description, {size.name: _spec(record, size) for size in drawing.SIZES})


def layout(record: Record, size: Size) -> Layout:
    """Everything in its place: nodes have their ``y``, strands their ``path``."""
    drawn = strands(record)
    left, right = _speakers(record, drawn), _targets(record, drawn)
    thick, top = (4, 76) if size.is_narrow else (5, 44)
    heads, low = _place_speakers(left, thick, top, size)
    by_key = {node.key: node for node in left}
    for node in right:
        node.y = sum(by_key[one.speaker_key].y for one in node.strands) / len(node.strands)
    right.sort(key=lambda node: (node.key == NOBODY, node.y, node.key))
    # The shorter column spreads over the height of the longer one.
    high = _place(right, thick, top, size)
    _place(right, thick, top, size, max(0, low - high) / max(1, len(right)))
    ends = (5, size.width - 5) if size.is_narrow else (282, size.width - 282)
    _draw(left, right, thick, *ends)
    return Layout(drawn, left, right, heads, thick, ends, max(low, high))


def _spec(record: Record, size: Size) -> Spec:
    made = layout(record, size)
    (x1, x2), thick = made.ends, made.thick
    nodes = [*_nodes(made.left, "from", x1, thick, size), *_nodes(made.right, "to", x2, thick, size)]
    stances = Counter(one.stance for one in made.strands)
    topics = sorted({one.topic for one in made.strands})
    return drawing.spec(
        size,
        made.height + 8,
        data=[
            {"name": "strands", "values": [one.datum for one in made.strands]},
            {"name": "nodes", "values": nodes},
            {"name": "heads", "values": made.heads},
            {"name": "legend", "values": _legend(stances, size)},
        ],
        signals=[
            drawing.choice("stance", "Stance", {code: codes.lists()["stance"].codes[code].label for code in DASHES}),
            drawing.choice("topic", "Topic", {one: one for one in topics}),
            {"name": "node", "value": "", "on": [
                {"events": "@blocks:mouseover", "update": "datum.key"}, {"events": "@blocks:mouseout", "update": "''"},
            ]},
        ],
        marks=_marks(thick, size),
    )  # fmt: skip


def _speakers(record: Record, drawn: list[Strand]) -> list[Node]:
    """Speakers by country, the country and the speaker with most statements first; an unnamed source is marked."""
    nodes: dict[str, Node] = {}
    for one in drawn:
        if one.speaker_key not in nodes:
            table, identity = one.speaker_key.split("/")
            row = record.get(Source, identity) if table == Source.TABLE else record.get(Actor, identity)
            named = row.is_named if isinstance(row, Source) else row.actor_type not in UNNAMED
            nodes[one.speaker_key] = Node(one.speaker_key, one.speaker, named, _country(row))
        nodes[one.speaker_key].strands.append(one)
    weight = Counter(node.country for node in nodes.values() for _ in node.strands)
    # The rest comes last however much it says.
    return sorted(
        nodes.values(),
        key=lambda node: (node.country == "", -weight[node.country], node.country, -len(node.strands), node.name),
    )


def _country(row: Actor | Source) -> str:
    """The state of a speaker in words, for the two states with most speakers; empty for the rest."""
    entry = codes.lists()["country"].codes.get(row.country_code or "")
    return entry.label if entry and row.country_code in ("USA", "LBY") else ""


def _targets(record: Record, drawn: list[Strand]) -> list[Node]:
    nodes: dict[str, Node] = {}
    for one in drawn:
        node = nodes.setdefault(one.about_key, Node(one.about_key, one.about))
        node.strands.append(one)
        if node.key != NOBODY:
            node.is_named = record.get(Actor, node.key.split("/")[1]).actor_type not in UNNAMED
    return list(nodes.values())


def _place_speakers(nodes: list[Node], thick: int, top: float, size: Size) -> tuple[list[Datum], float]:
    """Give speakers their places, a heading before each country. Returns the headings and the lower end."""
    heads: list[Datum] = []
    y = top
    for country in dict.fromkeys(node.country for node in nodes):
        heads.append({"text": country or "Elsewhere, or no state given", "x": 0, "y": y + 10})
        y = _place([node for node in nodes if node.country == country], thick, y + 26, size) + 8
    return heads, y


def _place(nodes: Iterable[Node], thick: int, y: float, size: Size, gap: float = 0) -> float:
    """Give nodes their places one below the other from ``y``. Returns the lower end."""
    for node in nodes:
        node.y = y + (16 if size.is_narrow else 0)
        y = node.y + max(node.weight * thick + 6, 8 if size.is_narrow else size.font + 6) + gap
    return y


def _draw(left: list[Node], right: list[Node], thick: int, x1: float, x2: float) -> None:
    """Give every strand its path. Strands leave and arrive in the order of the nodes at their other ends."""
    speakers, targets = {node.key: node.y for node in left}, {node.key: node.y for node in right}
    for node in left:
        at = node.y
        for one in sorted(node.strands, key=lambda one: (targets[one.about_key], one.stance, one.id)):
            one.start, at = at + one.weight * thick / 2, at + one.weight * thick
    for node in right:
        at = node.y
        for one in sorted(node.strands, key=lambda one: (speakers[one.speaker_key], one.stance, one.id)):
            one.end, at = at + one.weight * thick / 2, at + one.weight * thick
    middle = (x1 + x2) / 2
    for one in (strand for node in left for strand in node.strands):
        curve = f"C{middle:g},{one.start:g} {middle:g},{one.end:g} {x2 - 3:g},{one.end:g}"
        one.path = f"M{x1 + 3:g},{one.start:g}{curve}"


def _nodes(nodes: list[Node], side: str, x: float, thick: int, size: Size) -> list[Datum]:
    """Nodes as the drawing needs them: a block as high as its strands, and a name beside it or above it."""
    found: list[Datum] = []
    for node in nodes:
        height = node.weight * thick
        outward = -9 if side == "from" else 9
        entry: Datum = {
            "key": node.key, "name": node.name, "count": len(node.strands), "x": x, "y": node.y, "height": height,
            "named": node.is_named,
            "text": size.fit(f"{node.name} ({len(node.strands)})", 172 if size.is_narrow else 268),
            "text_x": (0 if side == "from" else size.width) if size.is_narrow else x + outward,
            "text_y": node.y - 8 if size.is_narrow else node.y + height / 2,
            "align": "left" if (side == "from") == size.is_narrow else "right",
        }  # fmt: skip
        found.append(entry)
    return found


def _legend(counts: Counter[str], size: Size) -> list[Datum]:
    entries: list[Datum] = []
    for number, (stance, dash) in enumerate(DASHES.items()):
        label = codes.lists()["stance"].codes[stance].label
        x, y = (0, 10 + number * 20) if size.is_narrow else (number * 230, 12)
        entries.append({"stance": stance, "text": f"{label} ({counts[stance]})", "x": x, "y": y, "dash": dash})
    return entries


def _by_stance(kind: str) -> list[Spec]:
    """A production rule: colour or dash for each stance."""
    return [
        {"test": f"datum.stance === '{code}'"} | value(f"var(--hr-{code})" if kind == "colour" else dash)
        for code, dash in DASHES.items()
    ]


def _marks(thick: int, size: Size) -> list[Spec]:
    line = {"stroke": _by_stance("colour"), "strokeDash": _by_stance("dash"), "strokeWidth": value(thick - 1.5)}
    width, wide = (signal(f"datum.weight * {thick} {by}") for by in ("- 1.5", "+ 1.5"))
    chosen = (
        "(stance === 'all' || stance === datum.stance) && (topic === 'all' || topic === datum.topic)"
        " && (node === '' || node === datum.from || node === datum.to)"
    )
    strand = line | {"path": drawing.field("path")} | drawing.linked(_TOOLTIP)
    names = {
        "x": drawing.field("text_x"), "y": drawing.field("text_y"), "align": drawing.field("align"),
        "fontStyle": signal("datum.named ? 'normal' : 'italic'"),
    }  # fmt: skip
    block = {
        "x": signal("datum.x - 3"), "width": value(6), "y": drawing.field("y"), "height": drawing.field("height"),
        "fill": signal(f"datum.named ? '{QUIET}' : '{PAPER}'"), "stroke": value(QUIET),
        "tooltip": drawing.field("name"),
    }  # fmt: skip
    halo = {"stroke": value(PAPER), "strokeWidth": value(4), "strokeJoin": value("round"), "opacity": value(0.9)}
    return [
        {"type": "rule", "from": {"data": "legend"}, "aria": False, "interactive": False, "encode": {"enter": line | {
            "x": drawing.field("x"), "x2": signal("datum.x + 34"), "y": drawing.field("y"),
        }}},
        drawing.texts("legend", x=signal("datum.x + 42")),
        {"type": "path", "name": "rows", "from": {"data": "strands"}, "encode": {
            "enter": strand,
            "update": {"opacity": signal(f"{chosen} ? 0.85 : 0.07"), "strokeWidth": width},
            "hover": {"opacity": value(1), "strokeWidth": wide},
        }},
        drawing.texts("nodes", **names, **halo),
        drawing.texts("nodes", **names, fill=value(INK)),
        drawing.texts("heads", fontWeight=value("bold"), align=value("left")),
        {"type": "rect", "name": "blocks", "from": {"data": "nodes"}, "aria": False, "encode": {"enter": block}},
    ]  # fmt: skip
