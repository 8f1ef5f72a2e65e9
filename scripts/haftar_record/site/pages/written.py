"""Parts of written pages taken from files of the project, or drawn: licence, changes, how rows derive from words."""

from __future__ import annotations

import re

from ...model.tables import TABLES
from ..html import flow, table, text
from ..record import ROOT, Record


def parts(record: Record) -> dict[str, str]:
    return {
        "changelog": body_of(record, "CHANGELOG.md"),
        "licence-data": body_of(record, "LICENSE-DATA.md"),
        "version-tables": _tables(record),
        "review-checklist": checklist(record),
        "derivation": _derivation(record),
    }


def body_of(record: Record, name: str) -> str:
    """A Markdown file of the project without its heading of level 1; its links to docs/ hold inside docs/."""
    text_of = (record.root / name).read_text(encoding="utf-8")
    return re.sub(r"\[docs/([a-z-]+)[.]md\]\(docs/", r"[\1](", re.sub(r"\A# .*\n+", "", text_of))


def checklist(record: Record) -> str:
    """The list that the template of a pull request asks to tick, so that both say the same."""
    template = (record.root / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    return "".join(f"- {line}\n" for line in re.findall(r"^- \[ \] (.*)$", template, re.MULTILINE))


def _tables(record: Record) -> str:
    rows = [
        (
            f'<a href="{ROOT}{record.field_url(model.TABLE)}"><code>{model.TABLE}</code></a>',
            text(len(model.model_fields)),
            f"{len(record[model.TABLE]):,}",
        )
        for model in TABLES
    ]
    return table(f"Tables of version {record.descriptor['version']}", ("Table", "Columns", "Rows"), rows, "numbers")


def _derivation(record: Record) -> str:
    """How a row comes from words, drawn."""
    evidence = len(record["evidence"])
    total = sum(map(len, record.rows.values()))
    return flow(
        "How rows come from words",
        (
            ("Article", f"{len(record.documents)} texts, byte for byte, each under its SHA-256"),
            ("Coding sheet", "quotes the words, states judgement: who, what act, what stance, which event"),
            ("Anchoring", f"{evidence:,} quotations found in the articles and fixed by offsets"),
            ("Computing", "dates from words, counts, classes, corroboration"),
            ("Rows", f"{total:,} rows in {len(TABLES)} tables, each judgement with its evidence"),
            ("Checks", f'<a href="{ROOT}checks.html">rules across tables</a>, stock frictionless'),
            ("Package", f"{len(TABLES)} CSV files, their schemas, one descriptor with hashes"),
        ),
    )
