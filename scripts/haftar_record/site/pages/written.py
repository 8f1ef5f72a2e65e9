"""Parts of the pages ``changes``, ``licence``, ``contribute`` and ``provenance``, taken from files or drawn."""

from __future__ import annotations

import re

from ...model.tables import TABLES, Evidence
from ..html import fragment
from ..page import Markdown, Part
from ..record import Record


def parts(record: Record) -> dict[str, Part]:
    """The parts."""
    caption = f"Tables of version {record.descriptor['version']}"
    return {
        "changelog": body_of(record, "CHANGELOG.md"),
        "licence-data": body_of(record, "LICENSE-DATA.md"),
        "version-tables": fragment("written.html", "tables", record=record, caption=caption, models=TABLES),
        "review-checklist": checklist(record),
        "derivation": fragment(
            "written.html",
            "derivation",
            articles=len(record.documents),
            evidence=len(record[Evidence]),
            rows=sum(map(len, record.rows.values())),
            tables=len(TABLES),
        ),
    }


def body_of(record: Record, name: str) -> Markdown:
    """A Markdown file of the project without its heading of level 1; its links to docs/ hold inside docs/."""
    text_of = (record.root / name).read_text(encoding="utf-8")
    return Markdown(re.sub(r"\[docs/([a-z-]+)[.]md\]\(docs/", r"[\1](", re.sub(r"\A# .*\n+", "", text_of)))


def checklist(record: Record) -> Markdown:
    """The checklist in the template for pull requests, so that both say the same."""
    template = (record.root / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    return Markdown("".join(f"- {line}\n" for line in re.findall(r"^- \[ \] (.*)$", template, re.MULTILINE)))
