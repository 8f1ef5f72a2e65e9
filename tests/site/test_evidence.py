"""Links lead to the evidence that they promise: the row is there, and the words that it rests on stand at it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

#: The words at every element of a page that has an id: its own, or for a heading those up to the next one of its kind.
_WORDS = """
() => Object.fromEntries([...document.querySelectorAll("article [id]")].map((one) => {
  let words = one.textContent;
  const ends = (next) => /^H[1-6]$/.test(next.tagName) && next.tagName <= one.tagName;
  if (/^H[1-6]$/.test(one.tagName))
    for (let next = one.nextElementSibling; next && !ends(next); next = next.nextElementSibling)
      words += " " + next.textContent;
  return [one.id, words.replace(/\\s+/g, " ")];
}))
"""


@pytest.fixture(scope="module")
def words(browser: Any, address: str, names: list[str]) -> dict[str, dict[str, str]]:
    """The words at every anchor, by page."""
    found = {}
    with browser.new_context() as context:
        page = context.new_page()
        for name in names:
            if name.startswith("articles/0") or "/" not in name:
                page.goto(address + name, wait_until="domcontentloaded")
                found[name] = page.evaluate(_WORDS) if page.locator("article").count() else {}
    return found


@pytest.mark.parametrize("table", ["statements", "events"])
def test_every_row_of_a_table_leads_to_its_evidence(page: Any, address: str, rows: Any, words: Any, table: str) -> None:
    page.goto(f"{address}explore/{table}.html")
    links = page.locator(".ex-table tbody th a").evaluate_all(
        "(all) => all.map((one) => [one.pathname.slice(1), one.hash.slice(1)])"
    )
    assert len(links) == len(rows(table))
    wanted = _evidence(rows, table)
    assert all(wanted[anchor] for _, anchor in links)
    missing = {
        anchor: text
        for name, anchor in links
        for text in wanted[anchor]
        if " ".join(text.split()) not in words[name].get(anchor, "")
    }
    assert missing == {}


def _evidence(rows: Any, table: str) -> dict[str, list[str]]:
    """The words that a row rests on: of a statement its content, of an event those of all its reports."""
    found = defaultdict(list)
    if table == "events":
        for report in rows("event_reports"):
            found[report["event_id"]].append(report["evidence_text"])
        return found
    for one in rows("evidence"):
        if one["statement_id"] and one["field"] == "content_text":
            found[one["statement_id"]].append(one["exact_text"])
    return found


def test_every_statement_has_evidence_to_lead_to(rows: Any) -> None:
    assert set(_evidence(rows, "statements")) == {row["statement_id"] for row in rows("statements")}
