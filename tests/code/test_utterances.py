"""Statements of several articles that report one utterance: linked in a sheet, told everywhere as one."""

from __future__ import annotations

import contextlib
import csv
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.build.utterances import utterances
from haftar_record.checks import rules
from haftar_record.checks.rules.faults import Edit, applied, change, first
from haftar_record.coding import inputs
from haftar_record.export import graphml, plover
from haftar_record.model.index import Index
from haftar_record.model.rows import Rows
from haftar_record.model.tables import Event, EventReport, Statement
from haftar_record.package.reader import Package
from haftar_record.problems.problem import Problems

from ..conftest import ROOT

SHEETS = {
    "000": "seeds/coding/articles/000_9d1fdcb4705b4c67.yaml",
    "001": "seeds/coding/articles/001_47cb661035da28a3.yaml",
    "003": "seeds/coding/articles/003_187cdebd821c6a5c.yaml",
}
LINK = r"same_as: \[st-47cb6610-05\]"


def edit(project: Path, number: str, line: str, new: str) -> None:
    """Put a line in the place of the one of a sheet that a pattern matches; ``old`` stands for that line."""
    path = project / SHEETS[number]
    text = path.read_text(encoding="utf-8")
    found = re.search(rf"(?m)^( *)({line}.*)$", text)
    assert found
    lines = new.replace("old", found[2]).split("\n")
    made = "".join(f"{found[1]}{one}\n" for one in lines if one)
    path.write_text(text[: found.start()] + made + text[found.end() + 1 :], encoding="utf-8")


def statements(project: Path) -> dict[str, tuple[str, str]]:
    """Utterance and list of the statements that share one with another."""
    with (project / "datapackage/statements.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["statement_id"], row["utterance_id"], row["same_statement_ids"]) for row in csv.DictReader(file)]
    assert all(utterance == name for name, utterance, same in rows if not same)
    return {name: (utterance, same) for name, utterance, same in rows if same}


def said(result) -> str:
    return result.stdout + result.stderr


def test_link_of_the_record(project, run):
    """Catches a link that holds in one direction only, and an utterance that is not named by its first article."""
    assert run(project, "build").returncode == 0
    found = statements(project)
    assert found["st-9d1fdcb4-12"] == ("st-9d1fdcb4-12", "st-47cb6610-05")
    assert found["st-47cb6610-05"] == ("st-9d1fdcb4-12", "st-9d1fdcb4-12")


@pytest.mark.parametrize("where", ["earlier", "both"])
def test_link_in_either_sheet(project, run, where):
    """It does not matter which of two sheets has the link, and both may."""
    if where == "earlier":
        edit(project, "000", LINK, "")
    edit(project, "001", 'content: "a total ban on the operations of military units', "same_as: [st-9d1fdcb4-12]\nold")
    assert run(project, "build").returncode == 0
    assert statements(project)["st-47cb6610-05"] == ("st-9d1fdcb4-12", "st-9d1fdcb4-12")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("st-47cb6610-99", "the full id of a statement of another article, such as st-47cb6610-"),
        ("st-9d1fdcb4-11", "the full id of a statement of another article"),
        ("st-9d1fdcb4-12", "the full id of a statement of another article"),
        ("05", "the full id of a statement of another article"),
        ("er-47cb6610-01", "the full id of a statement of another article"),
    ],
)
def test_link_to_no_statement_of_another_article(project, run, link, expected):
    """One error where the id stands, for an id that nothing has, one of the same article, a short one, a report."""
    edit(project, "000", LINK, f'same_as: ["{link}"]')
    result = run(project, "build")
    assert result.returncode == 1
    assert said(result).count("error [") == 1
    assert "error [unknown-id]" in said(result)
    assert expected in said(result)


def test_link_to_another_speaker(project, run):
    """Catches a link to a statement that somebody else made on another day."""
    edit(project, "000", LINK, "same_as: [st-187cdebd-01]")
    result = run(project, "build")
    assert result.returncode == 1
    assert "R107 one-utterance-has-one-speaker-and-one-time" in said(result)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """The rows as the sheets make them."""
    problems = Problems()
    made, _ = assemble(inputs.read(ROOT, problems), problems)
    return made


def told(rows: Rows, number: str, *edits: Edit) -> list[str]:
    """What a rule finds in the record with some edits."""
    rule = next(rule for rule in rules.RULES if rule.number == number)
    return [one.found for one in rule.findings(rules.Record(applied(edits, rows), {}))]


def pair(rows: Rows) -> tuple[Statement, Statement]:
    """The first statement of an utterance, and one that reports it as well."""
    index = Index(rows)
    other = first(index[Statement], lambda row: row.utterance_id != row.statement_id)
    return first(index[Statement], statement_id=other.utterance_id), other


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"date_end": None, "date_start": None, "date_edtf": ".."}, []),
        ({"speaker_actor_id": "act-libya"}, []),
    ],
    ids=["open", "what it belongs to"],
)
def test_what_may_be_one_utterance(rows, values, expected):
    """An open date and a speaker that the other belongs to are no contradiction."""
    head, _ = pair(rows)
    parents = {row.actor_id: row.parent_actor_id for row in rows["actors"]}
    if "speaker_actor_id" in values:
        values = {"speaker_actor_id": parents[head.speaker_actor_id]}
        if values["speaker_actor_id"] is None:
            pytest.skip("the speaker belongs to nobody")
    assert told(rows, "R107", change(head, **values)) == expected


def test_one_statement_in_two_articles_is_one_origin(rows):
    """Catches reports of one event that count as independent though both rest on one utterance; with one origin they
    do not."""
    head, other = pair(rows)
    one, two = [row for row in rows["event_reports"] if row.independence_group][:2]
    group = next(row.independence_group for row in rows["event_reports"] if row.independence_group != "src-mem")
    same = {"event_id": one.event_id, "independence_group": group}
    edits = [
        change(one, document_id=head.document_id, statement_id=head.statement_id, **same),
        change(two, document_id=other.document_id, statement_id=other.statement_id, **same),
    ]
    assert told(rows, "R109", *edits) == []
    apart = change(
        two, document_id=other.document_id, statement_id=other.statement_id, **same | {"independence_group": "src-mem"}
    )
    assert len(told(rows, "R109", edits[0], apart)) == 1


def exported(rows: Rows) -> Package:
    return Package(ROOT, {"version": "0.0.1", "title": "A record"}, rows, contextlib.nullcontext)


def lines(rows: Rows) -> list[dict[str, object]]:
    return list(plover._Shape(exported(rows)).records())


def test_plover_has_one_line_for_an_utterance(rows):
    """Two articles that report one verbal act make one line, with both articles; unlinked, they make two."""
    head, other = pair(rows)
    verbal = {"plover_type": "REQUEST", "event_id": None}
    edits = (change(head, **verbal), change(other, **verbal))
    found = [line for line in lines(applied(edits, rows)) if head.statement_id in line["Statement IDs"]]
    (line,) = found
    assert line["Event ID"] == head.statement_id
    assert line["Statement IDs"] == sorted([head.statement_id, other.statement_id])
    assert line["Document IDs"] == sorted([head.document_id, other.document_id])
    alone = (
        change(head, **verbal, utterance_id=head.statement_id),
        change(other, **verbal, utterance_id=other.statement_id),
    )
    assert len(lines(applied(alone, rows))) == len(lines(applied(edits, rows))) + 1


def test_plover_has_no_second_line_for_an_act_that_is_an_event(rows):
    """An utterance whose occasion is an event of the same type in one article is that event in the other as well."""
    head, other = pair(rows)
    index = Index(rows)
    act = first(index[Event], event_type="REQUEST")
    edits = (
        change(head, plover_type="REQUEST", event_id=act.event_id),
        change(other, plover_type="REQUEST", event_id=None),
    )
    (line,) = [line for line in lines(applied(edits, rows)) if head.statement_id in line["Statement IDs"]]
    assert line["Event ID"] == act.event_id
    assert other.statement_id in line["Statement IDs"]


def test_networks_count_an_utterance_once(rows):
    """The edge of two reports of one utterance has the weight of one."""
    head, other = pair(rows)
    target = {"target_actor_ids": "act-lna", "stance": "support", "speaker_actor_id": head.speaker_actor_id}
    edits = (change(head, **target), change(other, **target))
    made = graphml.render(exported(applied(edits, rows)))
    alone = graphml.render(
        exported(applied((change(head, **target), change(other, **target, utterance_id="st-x")), rows))
    )
    assert made != alone


def test_reports_of_the_record_rest_on_one_origin(rows):
    """The rule of origins has something to look at: reports that name a statement."""
    assert any(row.statement_id for row in Index(rows)[EventReport])


class Told:
    """A coded article of which only its key and its statements matter."""

    def __init__(self, key: str, **links: list[str]) -> None:
        self.key = key
        entries = [SimpleNamespace(id=short.removeprefix("s"), same_as=same) for short, same in links.items()]
        self.sheet = SimpleNamespace(value=SimpleNamespace(statements=entries))


def test_links_go_on():
    """Catches a chain of links of which the ends do not know each other, a link back, and an id that nothing has; the
    first by the order of the articles stands for all."""
    coded = [
        Told("ffffffff", s01=[], s02=["st-bbbbbbbb-01"]),
        Told("bbbbbbbb", s01=[], s02=[], s03=["st-nowhere-01"]),
        Told("aaaaaaaa", s01=["st-bbbbbbbb-01"], s02=["st-bbbbbbbb-02", "st-ffffffff-01"]),
        Told("cccccccc", s01=["st-aaaaaaaa-01", "st-ffffffff-02"]),
    ]
    found = utterances(SimpleNamespace(coded=coded))
    chain = ["st-ffffffff-02", "st-bbbbbbbb-01", "st-aaaaaaaa-01", "st-cccccccc-01"]
    assert [found[name] for name in chain] == [chain] * 4
    assert found["st-aaaaaaaa-02"] == ["st-ffffffff-01", "st-bbbbbbbb-02", "st-aaaaaaaa-02"]
    assert found["st-bbbbbbbb-03"] == ["st-bbbbbbbb-03"]
