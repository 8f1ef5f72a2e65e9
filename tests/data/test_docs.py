"""What the written pages say of the data is what the data say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .reading import rows

pytestmark = pytest.mark.data
DOCS = Path(__file__).resolve().parents[2] / "docs"


def lines(page: str) -> dict[str, list[str]]:
    """The table lines of a page by the article they are about."""
    found: dict[str, list[str]] = {}
    for line in (DOCS / page).read_text(encoding="utf-8").splitlines():
        for document in re.findall(r"^\| `(doc-[0-9a-f]{8})` ", line):
            found.setdefault(document, []).append(line)
    return found


def test_publication_dates_in_provenance() -> None:
    """Catches a page that still prints a date that the data have corrected."""
    told = lines("provenance.md")
    for row in rows("documents"):
        if row["published_basis"] == "stated":
            continue
        cells = f"| `{row['published_text_date']}` | `{row['published_date']}` | {row['published_basis']} |"
        assert any(cells in line for line in told[row["document_id"]]), row["document_id"]


def test_text_kinds_in_provenance() -> None:
    """Catches a page that still calls an article what the data no longer call it."""
    told = lines("provenance.md")
    for row in rows("documents"):
        kind = row["text_kind"].replace("_", " ")
        assert any(line.endswith(f"| {kind} |") for line in told[row["document_id"]]), row["document_id"]


def test_every_article_is_on_the_first_page() -> None:
    """Catches an article added to the data and not to the first page, or the other way round."""
    assert set(lines("index.md")) == {row["document_id"] for row in rows("documents")}


def test_readme_names_every_table() -> None:
    """Catches a table that the README does not name."""
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    tables = {path.stem for path in (DOCS.parent / "datapackage").glob("*.csv")}
    assert tables <= set(re.findall(r"`([a-z_]+)`", text))


def test_python_on_the_pages_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Catches an example on a page that no longer runs on the data, or prints nothing."""
    monkeypatch.chdir(DOCS.parent)
    for page in sorted(DOCS.glob("*.md")):
        for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            exec(compile(block, page.name, "exec"), {})
            assert capsys.readouterr().out, page.name
