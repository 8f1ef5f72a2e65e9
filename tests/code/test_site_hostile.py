"""Texts of the data stay text on every page, whatever they look like."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("vl_convert")

from markdown import Markdown

from haftar_record.model.columns import CONTEXT, LINE
from haftar_record.model.rows import columns as model_columns
from haftar_record.model.rows import kind
from haftar_record.model.tables import TABLES, CodeRow

from ..conftest import ROOT
from ..site import hostile

#: Elements whose text is cut where it is long, or computed from the bytes of the text: drawings, context, hashes.
CUT = {"svg", "span context", "code hash"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


def plain(text: str) -> str:
    """A text without blanks, which elements may break, and without numbers, which count characters and bytes."""
    return re.sub(r"[\s\d,]+", "", text)


@dataclass
class Seen(HTMLParser):
    """What an HTML parser sees in a page: its elements with their attributes, its addresses, its texts, its JSON."""

    elements: Counter[tuple[str, ...]] = field(default_factory=Counter)
    addresses: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag, *sorted(name for name, _ in attrs)] += 1
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "xlink:href", "action")]
        if not CUT & set(self.open):
            self.texts += [value or "" for name, value in attrs if name in ("title", "aria-label", "content")]
        if tag not in VOID:
            kind = dict(attrs).get("type" if tag == "script" else "class")
            self.open.append(f"{tag} {kind}" if kind and tag != "svg" else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside.startswith("script"):
            self.scripts += [data] if inside.endswith("json") else []
        elif not CUT & set(self.open) and not inside.startswith("style"):
            self.texts.append(data)

    @property
    def words(self) -> str:
        """All texts, plain."""
        return plain("".join(self.texts))


def pages(folder: Path) -> dict[str, Seen]:
    """What is seen in every page, by its path."""
    found: dict[str, Seen] = {}
    for path in sorted(folder.rglob("*.html")):
        found[str(path.relative_to(folder))] = seen = Seen()
        seen.feed(path.read_text(encoding="utf-8"))
        seen.close()
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The hostile project, with its site in the folder ``built``."""
    project = hostile.project(tmp_path_factory.mktemp("hostile"))
    hostile.site(project, project / "built")
    return project


@pytest.fixture(scope="module")
def altered(made) -> dict[str, Seen]:
    return pages(made / "built")


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> dict[str, Seen]:
    return pages(hostile.site(ROOT, tmp_path_factory.mktemp("sound")))


def test_no_text_becomes_an_element_or_an_attribute(sound, altered):
    """Catches a text that is not escaped somewhere: every page has the elements of the sound one, and no other."""
    assert sound.keys() == altered.keys()
    for name, page in altered.items():
        assert page.elements == sound[name].elements, name


def test_no_text_becomes_an_address(sound, altered):
    """Catches a link that a text makes: addresses lead to the same pages as those of the sound site."""

    def targets(page: Seen) -> Counter[tuple[str, str]]:
        return Counter((urlsplit(one).scheme, urlsplit(one).path) for one in page.addresses)

    for name, page in altered.items():
        assert {urlsplit(one).scheme for one in page.addresses} <= {"", "https"}, name
        assert targets(page) == targets(sound[name]), name


def columns(project: Path) -> dict[tuple[str, str], list[str]]:
    """The cells of every column of the package, in the order of the rows, by table and column."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted((project / "datapackage").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for name, cell in row.items():
                    found.setdefault((path.stem, name), []).append(cell)
    return found


def without(text: str, *payloads: str) -> str:
    for one in payloads:
        text = text.replace(plain(one), "")
    return text


def test_every_text_is_shown_as_it_is(sound, altered):
    """Catches a text that is lost, cut or altered on its way into a page: without the payloads, the pages are the same."""
    shown = 0
    for name, page in altered.items():
        assert without(page.words, hostile.MORE, hostile.WORDS, hostile.QUOTED) == sound[name].words, name
        shown += page.words != sound[name].words
    assert shown > 20


def test_hostile_texts_reach_every_column_of_words(made):
    """Catches a column of words that this test leaves as it is, so that nothing is known of how pages show it."""
    words = {
        (model.TABLE, name)
        for model in TABLES
        for name, column in model_columns(model).items()
        if column.pattern in (LINE, CONTEXT) and kind(model, name) is str and not column.codes and model is not CodeRow
    }
    reached = {
        key
        for key, cells in columns(made).items()
        if any(hostile.QUOTED in one or hostile.WORDS in one for one in cells)
    }
    assert len(reached) > 50
    # Every expression of time that a relation has is one that is read by rule, which leaves it as it is.
    assert words - reached <= {("relations", "validity_text")}


def test_json_of_a_page_is_read_back(altered):
    """Catches a script element that a text ends, and JSON that a text breaks."""
    found = 0
    for name, page in altered.items():
        for script in page.scripts:
            assert "onerror" not in script or "<" not in script, name
            found += "onerror" in json.dumps(json.loads(script))
    assert found >= 4  # three charts, and the description for search engines


def test_the_plain_file_has_no_markup_but_its_own(made):
    """Catches a text that llms.txt gives as a heading, a link, an image or HTML."""
    text = (made / "built" / "llms.txt").read_text(encoding="utf-8")
    seen = Seen()
    seen.feed(Markdown().convert(text))
    assert {tag for tag, *_ in seen.elements} <= {"h1", "h2", "p", "blockquote", "ul", "li", "a"}
    assert seen.elements["h1",] == 1
    assert all(re.fullmatch(r"[\w./-]+", one) for one in seen.addresses)
    assert "<img src=q onerror=alert(1)> [a](javascript:alert(1)) **b** `c`" in "".join(seen.texts)


def test_the_search_index_holds_texts_only(made):
    """Catches a title or a text that the search would write into a page as markup."""
    script = (made / "built" / "search" / "search_index.js").read_text(encoding="utf-8")
    entries = json.loads(script[script.index("{") :].rstrip().rstrip(";"))["docs"]
    assert any("onerror" in one["title"] for one in entries) and any("onerror" in one["text"] for one in entries)
    for one in entries:
        for text in (one["title"], one["text"]):
            seen = Seen()
            seen.feed(text)
            assert not {tag for tag, *_ in seen.elements} & {"img", "svg", "script", "b", "i"}, one["location"]
            assert not [name for element in seen.elements for name in element[1:] if name.startswith("on")]
