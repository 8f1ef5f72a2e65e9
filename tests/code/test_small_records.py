"""The smallest records: one article, and an article in which nothing is coded. Registers and tables without entries are
no mistake, and whatever reads a record reads these as well."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from haftar_record.model.tables import EventReport
from haftar_record.package import reader
from haftar_record.site.pages import checks, explore, home, quality
from haftar_record.site.record import Record

from ..conftest import ROOT
from ..growth.test_merge import ACTOR, EVENT, SHEET, SOURCE, TEXT

HAFTAR = '- {id: act-haftar, name: "Khalifa Haftar", type: person, country: LBY, description: "A person.", aliases: {"Khalifa Haftar": name, Haftar: name}}\n'
BENGHAZI = '- {id: plc-benghazi, name: "Benghazi", type: city, country: LBY, where_prec: 1, aliases: {Benghazi: name}, description: "A city."}\n'
NOTHING = (
    '\nsentences:\n  - {quote: "Khalifa Haftar met", disposition: background, because: "Nothing is coded here."}\n'
)


@pytest.fixture(params=["one event", "no event"])
def small(request, tmp_path, run) -> Path:
    """A project with one article, built."""
    words = {"title": "Haftar meets Ada Roe", "day": "3 March", "iso": "2022-03-03", "slug": "roe", "person": "Ada Roe"}
    data = TEXT.format(name="Ada Roe", **words).encode()
    words |= {"sha256": hashlib.sha256(data).hexdigest()}
    words |= {"name": f"1234567_{words['sha256'][:16]}"}
    sheet, events = SHEET.format(**words), EVENT.format(**words)
    if request.param == "no event":
        sheet, events = sheet[: sheet.index("\nreports:")] + NOTHING, "[]\n"
    coding = tmp_path / "seeds/coding"
    (coding / "articles").mkdir(parents=True)
    (tmp_path / "seeds/articles").mkdir()
    (tmp_path / f"seeds/articles/{words['name']}.txt").write_bytes(data)
    files = {"sources": SOURCE.format(**words), "actors": ACTOR.format(**words) + HAFTAR, "places": BENGHAZI}
    files |= {"events": events, f"articles/{words['name']}": sheet}
    files |= dict.fromkeys(("topics", "discrepancies", "references", "waivers", "retired"), "[]\n")
    for name, text in files.items():
        (coding / f"{name}.yaml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "seeds/coding/record.yaml", coding)
    for name in ("LICENSE", "LICENSE-DATA.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    done = run(tmp_path, "build")
    assert done.returncode == 0, done.stderr
    assert "read 1 article and its sheet, " in done.stderr
    return tmp_path


def test_a_small_record_is_sound(small, run):
    """What a build accepts, “validate” accepts too: a table without rows was an error there alone."""
    assert run(small, "validate", str(small)).returncode == 0
    rows = reader.read(small).rows
    assert [row.label for row in rows["documents"]] == ["1234567 roe news"]
    assert rows["statements"] == rows["topics"] == rows["discrepancies"] == []
    done = run(small, "show", "1234567")
    assert done.returncode == 0 and done.stdout.startswith("doc-")
    done = run(small, "show", "5")
    assert "no article has the number “5”; there is 1234567 alone" in done.stderr


def test_a_small_record_has_a_site(small):
    """Charts and rates of nothing: a division by nothing, or the first of no rows, stopped the site."""
    record = Record(reader.read(small))
    pages = [page for module in (checks, explore) for page in module.pages(record)]
    assert {"checks.md"} < {page.path for page in pages}
    parts = home.parts(record) | quality.parts(record)
    cited = "event report <" if record[EventReport] else "article <"
    assert cited in str(parts["citation-row"])
