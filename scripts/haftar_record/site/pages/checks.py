"""The page of checks: every check of every layer with its severity and its demand, and what a message looks like."""

from __future__ import annotations

from collections.abc import Iterator

from ...checks import rules
from ...problems import catalogue
from ...problems.problem import Place, Problem
from ..html import attribute, count, folded, table, text
from ..page import Page
from ..record import Record
from . import faults

_LEAD = """\
`haftar-record check` looks at everything and reports every problem in one run: the articles, the coding sheets, the rules
across tables, the files of the package on disk, and last stock frictionless. A cause is said and its consequences are
not: a table whose header is wrong has no wrong cells, a row that is not as the sheets make it is not reported again by
every rule that it breaks.

`haftar-record validate PACKAGE` checks a package by itself, without the sheets: a release that was downloaded, or one in
somebody else's pipeline. Where this project is installed, `frictionless validate datapackage.json` reports the rules as
well, each at the row that breaks it.

An **error** stops a release. A **warning** is to be cleared, or waived in `seeds/coding/waivers.yaml` with a reason and a
last day; a waiver that has run out is an error. A **note** informs. `--strict` counts a warning as an error. `--format`
gives the problems as text, as JSON, as annotations of GitHub, or as SARIF. Exit codes: 0 nothing is wrong, 1 errors in the
data, 2 wrong use of the command, 3 the disk or another build is in the way, 128 and the number of the signal when
interrupted.

## What a message says

Where, what was found, what was expected, what to do:
"""


def pages(record: Record) -> Iterator[Page]:
    layers = "\n\n".join(_layer(record, layer, title) for layer, title in catalogue.LAYERS.items())
    yield Page("checks.md", "Checks", f"{_LEAD}\n```text\n{_example(record)}\n```\n\n{_count()}\n\n{layers}")


def _example(record: Record) -> Problem:
    """A message about a real row, as it would be if a count of it were wrong by one."""
    row = min(record["events"], key=lambda one: one.event_id)
    wrong = row.model_copy(update={"where_prec": row.where_prec % 8 + 1})
    others = [one for one in record["events"] if one is not row]
    broken = rules.Record({**record.rows, "events": [wrong, *others]}, {})
    rule = next(rule for rule in rules.RULES if rule.name == "event-lists-agree")
    finding = next(rule.function(broken))
    found = f"{row.event_id}: {finding.found}"
    return Problem(Place("datapackage/events.csv", 2), rule.title, found, finding.expected, finding.remedy)


def _count() -> str:
    every = catalogue.every()
    said = f"The {len(every)} checks, {len(rules.RULES)} of them rules across tables. Names and numbers are permanent."
    renamed = (
        f" `{old}` is now called `{new}`; for one release, JSON gives the old name as `former_names` and SARIF as"
        " `deprecatedIds`."
        for old, new in catalogue.ALIASES.items()
    )
    return said + "".join(renamed)


def _layer(record: Record, layer: str, title: str) -> str:
    """One layer: its checks with what each demands, and what each says of a fault."""
    rows = [
        (
            f'<a id="{attribute(_anchor(check))}" href="#{attribute(_anchor(check))}"><code>{text(check.name)}</code></a>',
            f'<span class="severity severity-{attribute(check.severity)}">{text(check.severity)}</span>',
            text(check.demand) + _message(record, check.name),
        )
        for check in catalogue.every()
        if check.layer == layer
    ]
    head = ("Check", "Severity", "What it demands")
    return f"## {layer.capitalize()} {{#layer-{layer}}}\n\n{count(len(rows), 'check')}.\n\n{table(title, head, rows)}"


def _message(record: Record, name: str) -> str:
    """What a check says, folded; nothing where the catalogue of faults has no example."""
    said = faults.example(record.root, name)
    return folded("Example", f"<pre><code>{text(said)}</code></pre>") if said else ""


def _anchor(check: catalogue.Check) -> str:
    """The address of a check on the page: the number of a rule, or its name."""
    return check.name.split()[0]
