"""Every rule across tables finds the faults that stand beside it, in any record, and says exactly what it found."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.checks.rules.engine import Rule, rule
from haftar_record.checks.rules.faults import Edit, Fault, applied, change
from haftar_record.coding import inputs
from haftar_record.coding.sheets import load_register
from haftar_record.model.index import Index
from haftar_record.model.rows import Rows
from haftar_record.model.tables import TABLES, Statement, Topic
from haftar_record.problems import catalogue
from haftar_record.problems.problem import Problems
from haftar_record.text.articles import Article

from ..conftest import ROOT

#: Rows by table, and the articles by document id.
Built = tuple[Rows, dict[str, Article]]
FAULTS = [(rule, fault) for rule in rules.RULES for fault in rule.faults]


@pytest.fixture(scope="module")
def built() -> Built:
    """The rows as the sheets make them, and the articles."""
    problems = Problems()
    found = inputs.read(ROOT, problems)
    rows, _ = assemble(found, problems)
    assert not problems.errors
    return rows, {coded.document_id: coded.article for coded in found.coded}


@pytest.fixture(scope="module")
def reversed_(built: Built) -> Built:
    """The same record with the rows of every table in the opposite order: another record, as far as a fault can tell."""
    return {table: found[::-1] for table, found in built[0].items()}, built[1]


@pytest.fixture(scope="module")
def waived() -> dict[str, set[str]]:
    """The rows for which a warning is accepted, by the number of its rule. Errors cannot be waived."""
    warns = {rule.number for rule in rules.RULES if rule.severity == "warning"}
    found: dict[str, set[str]] = {}
    for waiver in load_register("waivers", ROOT, "seeds/coding/waivers.yaml", Problems()).value:
        if waiver.rule in warns:
            found.setdefault(waiver.rule, set()).add(waiver.record)
    return found


def findings(built: Built, rule: Rule, edits: tuple[Edit, ...] = ()) -> list[str]:
    """What one rule finds in a record that was edited, each with the id of its row."""
    rows, articles = built
    record = rules.Record(applied(edits, rows), articles)
    return [f"{finding.row.display_id}: {finding.found}" for finding in rule.findings(record)]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_rule_is_whole(built, waived, rule):
    """A rule demands something in sentences, finds nothing in the record but what is waived, reads the tables that it
    declares and no others, has queries for its suspects, and a fault."""
    assert rule.demand.endswith(".")
    record = rules.Record(*built)
    assert {finding.row.display_id for finding in rule.findings(record)} <= waived.get(rule.number, set())
    assert record.tables_read == rule.reads
    assert rule.queries
    assert rule.faults


def assert_found(built: Built, rule: Rule, fault: Fault) -> None:
    spoilt = fault.spoil(Index(built[0]))
    assert spoilt.found in findings(built, rule, spoilt.edits)
    assert spoilt.found.partition(": ")[2], "a fault says what is found, and not only where"


@pytest.mark.parametrize(("rule", "fault"), FAULTS, ids=lambda part: part.name)
def test_rule_finds_its_fault(built, rule, fault):
    """A record that is sound but for one fault is reported by its rule in these words."""
    assert_found(built, rule, fault)


@pytest.mark.parametrize(("rule", "fault"), FAULTS, ids=lambda part: part.name)
def test_fault_finds_its_row(reversed_, rule, fault):
    """A fault does not depend on which rows come first."""
    assert_found(reversed_, rule, fault)


def test_faults_name_no_row_of_the_record(built):
    """A fault that named a row of the record, or a day of it, would break when the row goes."""
    ids = {row.id[0] for model in TABLES if len(model.KEY) == 1 for row in built[0][model.TABLE]}
    days = {row.date_edtf for row in built[0]["events"]}
    modules = [one.name for one in pkgutil.iter_modules(rules.__path__) if one.name not in ("engine", "faults")]
    assert len(modules) > 3
    for module in modules:
        source = Path(rules.__path__[0], f"{module}.py").read_text(encoding="utf-8")
        quoted = set(re.findall(r'"([^"\n]+)"', source))
        assert not quoted & (ids | days)


def test_rules_are_numbered():
    """Numbers and names of faults are unique, and each name of a fault of a rule begins with the number of the rule.
    R100 comes after R99, for the catalogue of checks too."""
    numbers = [rule.number for rule in rules.RULES]
    assert all(re.fullmatch(r"R(?:0[1-9]|[1-9][0-9]{1,2})", number) for number in numbers)
    assert numbers == sorted(set(numbers), key=lambda number: int(number[1:]))
    listed = [check.name.split()[0] for check in catalogue.every() if check.layer == "rules"]
    assert [number for number in listed if number in set(numbers)] == numbers
    names = [fault.name for _, fault in FAULTS]
    assert len(names) == len(set(names))
    assert all(fault.name.startswith(f"{rule.number.lower()}-") for rule, fault in FAULTS if fault.family == "rules")


def test_a_rule_that_reads_more_than_it_declares_fails(built, monkeypatch):
    """It would not be withheld when that table is broken, and the columnar engine would not show it the rows."""
    monkeypatch.setattr(catalogue, "register", lambda check: None)
    monkeypatch.setattr(rules.engine, "RULES", [])

    @rule("R99", reads=(Statement,))
    def statements_have_topics(record):
        """Every statement has a topic."""
        yield from ((row, record.row(Topic, row.topic_id)) for row in record[Statement])

    with pytest.raises(RuntimeError, match="R99 statements-have-topics looks at topics: add Topic to its “reads”"):
        list(statements_have_topics.findings(rules.Record(*built)))


def test_a_broken_table_withholds_the_rules_that_read_it(built):
    """What they would find may be a consequence. A rule that judges each row by itself goes on."""
    rows, articles = built
    wrong = [change(row, speech_form="indirect", is_verbatim_reliable="yes") for row in rows["statements"]]
    record = rules.Record(applied(wrong, rows), articles, frozenset({"quotations"}))
    names = {rule.number for rule, _ in rules.findings(record)}
    assert "R40" in names and "R13" not in names
    whole = rules.Record(applied(wrong, rows), articles)
    assert {"R13", "R40"} <= {rule.number for rule, _ in rules.findings(whole)}
