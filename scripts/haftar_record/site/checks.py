"""The page of checks: every rule with its severity and demand, and what a message looks like."""

from __future__ import annotations

from collections.abc import Iterator

from .. import rules
from ..problems import Place, Problem
from .html import attribute, count, table, text
from .page import Page
from .record import Record

_LEAD = """\
`make check` runs three layers in one go and reports every problem of a run: the coding sheets (form, codes, quotations,
dates), the rules across tables listed here, and stock frictionless over the package on disk. Causes come before
consequences: a layer with errors stops the ones that would only repeat them.

An **error** stops a release. A **warning** must be cleared, or waived in `seeds/coding/waivers.yaml` with a reason and a
last day; a waiver that has run out is an error. A **note** informs. Exit codes: 0 fine, 1 problems in the data, 2 wrong
use of the command.

## What a message says

Where, what was found, what was expected, what to do:
"""


def pages(record: Record) -> Iterator[Page]:
    yield Page("checks.md", "Checks", f"{_LEAD}\n```text\n{_example(record)}\n```\n\n{_rules()}")


def _example(record: Record) -> Problem:
    """A message about a real row, as it would be if an offset of it were wrong by one."""
    row = min(record["evidence"], key=lambda one: one.evidence_id)
    moved = row.model_copy(update={"start": row.start + 1})
    finding = next(
        rules.RULES[0].function(
            rules.Record({**record.rows, "evidence": [moved], "mentions": [], "quotations": []}, {})
        )
    )
    rule = rules.RULES[0]
    name = f"{rule.number} {rule.name}"
    return Problem(
        Place("datapackage/evidence.csv"), name, f"{row.id[0]}: {finding.found}", finding.expected, finding.remedy
    )


def _rules() -> str:
    rows = [
        (
            f'<a id="{attribute(rule.number)}" href="#{attribute(rule.number)}">{text(rule.number)}</a>',
            f"<code>{text(rule.name)}</code>",
            f'<span class="severity severity-{attribute(rule.severity)}">{text(rule.severity)}</span>',
            text(rule.demand),
        )
        for rule in rules.RULES
    ]
    head = ("Number", "Name", "Severity", "What it demands, and why")
    return f"## Rules across tables\n\n{count(len(rows), 'rule')}. Numbers are permanent and never reused.\n\n{table('Rules', head, rows)}"
