"""Two contributors add an article each, and their branches are merged."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from . import grow

TEXT = "{title}\n\n{day} 2022. Khalifa Haftar met {name} in Benghazi.\n"
SHEET = """\
article: {name}.txt
sha256: {sha256}
coding: {{by: person, readings: 1, on: "2022-12-31", rules: "0.2.0", status: confirmed}}

facts:
  title: "{title}"
  published: {{date: "{iso}", basis: stated, text_date: "{iso}", quotes: ["{day} 2022"], because: "The text has the day."}}
  publisher: {{source: src-{slug}, basis: inferred}}
  origin: src-{slug}
  text_kind: original
  text_kind_because: "Invented for a test."
  language: en
  rights: "Invented for a test; free to use."

reports:
  - id: "01"
    in: "in Benghazi"
    event: evt-{slug}
    evidence: "Khalifa Haftar met {person} in Benghazi."
    who: {{actor: {{act-haftar: "Khalifa Haftar", act-{slug}: "{person}"}}}}
    place: "in Benghazi"
"""
SOURCE = '- {{id: src-{slug}, name: "{slug} news", type: outlet, named: "false", country: not-stated, party: unknown, description: "Invented."}}\n'
ACTOR = '- {{id: act-{slug}, name: "{person}", type: person, country: not-stated, description: "Invented.", aliases: {{"{person}": name}}}}\n'
EVENT = """\
- id: evt-{slug}
  title: "Haftar meets {person}"
  type: CONSULT
  contexts: [diplomatic]
  realis: actual
  date: {{edtf: "/{iso}", because: "Told as done."}}
  place: plc-benghazi
  because: "A meeting."
"""


def add(folder: Path, number: str, slug: str, person: str, day: str, iso: str) -> str:
    """Add an article as docs/contribute.md says, build and commit; the stem of its files."""
    title = f"Haftar meets {person}"
    data = TEXT.format(title=title, day=day, name=person).encode()
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{number}_{sha256[:16]}"
    words = {"name": name, "sha256": sha256, "title": title, "iso": iso, "day": day, "slug": slug, "person": person}
    (folder / f"seeds/articles/{name}.txt").write_bytes(data)
    for place, text in (("articles", SHEET), ("sources", SOURCE), ("actors", ACTOR), ("events", EVENT)):
        path = folder / f"seeds/coding/{place}/{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.format(**words), encoding="utf-8")
    grow.tell(folder, f"- `doc-{sha256[:8]}`: {title}.")
    grow.run(folder, "build")
    grow.commit(folder, title)
    return name


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with its branch ``main``."""
    folder = grow.copy(tmp_path_factory.mktemp("merge") / "project")
    grow.run(folder, "build")
    grow.commit(folder, "Built")
    grow.git(folder, "checkout", "-q", "-B", "main")
    return folder


def merged(before: Path, folder: Path, numbers: tuple[str, str]) -> tuple[Path, list[str]]:
    """The project after two branches that began at the same revision went in; and the stems of what they added."""
    shutil.copytree(before, folder, symlinks=True)
    grow.git(folder, "checkout", "-q", "-b", "one")
    first = add(folder, numbers[0], "ada-roe", "Ada Roe", "3 March", "2022-03-03")
    grow.git(folder, "checkout", "-q", "-b", "two", "main")
    second = add(folder, numbers[1], "bo-lind", "Bo Lind", "4 March", "2022-03-04")
    grow.git(folder, "checkout", "-q", "main")
    grow.git(folder, "merge", "-q", "--no-edit", "one")
    done = grow.git(folder, "merge", "-q", "--no-edit", "two", may_fail=True)
    assert done.returncode == 0, f"the second branch does not go in by itself:\n{done.stdout}"
    return folder, [first, second]


def test_two_articles_at_the_same_time(before: Path, tmp_path: Path) -> None:
    """Catches a file that both contributors have to edit: git would stop, or a row of one would be lost in silence."""
    folder, stems = merged(before, tmp_path / "project", ("7001", "7002"))
    grow.run(folder, "build")
    grow.run(folder, "check", "--strict")
    told = (folder / "CHANGELOG.md").read_text(encoding="utf-8").partition("\n## ")[2].partition("\n## ")[0]
    documents = (folder / "datapackage/documents.csv").read_text(encoding="utf-8")
    for stem in stems:
        key = stem.partition("_")[2][:8]
        assert told.count(f"- `doc-{key}`") == 1
        assert f"\ndoc-{key}," in documents
    assert "evt-ada-roe" in (folder / "datapackage/events.csv").read_text(encoding="utf-8")
    assert "evt-bo-lind" in (folder / "datapackage/events.csv").read_text(encoding="utf-8")


def test_the_same_number_twice(before: Path, tmp_path: Path) -> None:
    """Catches a merge after which a number stands for two articles, more than one error for it, and advice that does not
    help or changes an id."""
    folder, stems = merged(before, tmp_path / "project", ("7001", "7001"))
    keys = [stem.partition("_")[2][:8] for stem in stems]
    done = grow.run(folder, "build", may_fail=True)
    said = done.stdout + done.stderr
    first, second = sorted(stems)
    new = second.replace("7001_", "7002_")
    assert done.returncode == 1
    assert said.count("error [") == 1, said
    assert f"seeds/articles/{second}.txt: error [duplicate]" in said
    assert f"found:    the number of {first}.txt again" in said
    assert "expected: another number, such as 7002" in said
    assert f"rename it to {new}.txt and its sheet to {new}.yaml, and write “article: {new}.txt” there" in said
    (folder / f"seeds/articles/{second}.txt").rename(folder / f"seeds/articles/{new}.txt")
    sheet = folder / f"seeds/coding/articles/{new}.yaml"
    (folder / f"seeds/coding/articles/{second}.yaml").rename(sheet)
    sheet.write_text(sheet.read_text(encoding="utf-8").replace(f"{second}.txt", f"{new}.txt"), encoding="utf-8")
    grow.run(folder, "build")
    grow.run(folder, "check", "--strict")
    statements = (folder / "datapackage/event_reports.csv").read_text(encoding="utf-8")
    assert all(f"er-{key}-01" in statements for key in keys)
