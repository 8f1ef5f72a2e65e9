"""Pages of the site: every row has one home, links keep to it, and no article can be put together from them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from html import unescape

import pytest
from frictionless import Package
from jinja2 import UndefinedError
from markdown import Markdown
from markupsafe import Markup, escape

from haftar_record.model import codes
from haftar_record.model.rows import columns
from haftar_record.model.tables import (
    BY_NAME,
    TABLES,
    UNITS,
    Document,
    Event,
    EventActor,
    Evidence,
    Quantity,
    Relation,
    Sentence,
    Source,
    Statement,
)
from haftar_record.package import reader
from haftar_record.site import html
from haftar_record.site.pages import (
    articles,
    checks,
    codebook,
    crosswalk,
    dictionary,
    discrepancies,
    downloads,
    home,
    quality,
    registers,
    units,
    written,
)
from haftar_record.site.record import Record

WITH_PAGES = (articles, registers, discrepancies, codebook, dictionary, checks)
WITH_PARTS = (home, downloads, crosswalk, quality, written)


@pytest.fixture(scope="module")
def record(root) -> Record:
    return Record(reader.read(root))


@pytest.fixture(scope="module")
def made(record) -> dict[str, str]:
    """The text of every generated page by its address."""
    pages = [page for module in WITH_PAGES for page in module.pages(record)]
    return {page.path.removesuffix(".md") + ".html": page.html for page in pages}


@pytest.fixture(scope="module")
def anchors(made) -> dict[str, list[str]]:
    """The anchors of every page, in order, double ones twice."""
    return {path: [unescape(one) for one in re.findall(r'\sid="([^"]+)"', text)] for path, text in made.items()}


@pytest.mark.parametrize("model", [model for model in TABLES if model.PAGE], ids=lambda model: model.TABLE)
def test_every_row_has_one_home(record, anchors, model):
    """Catches a row that no page shows, or that two show, and an address that leads past it."""
    shown = [identity for ids in anchors.values() for identity in ids]
    assert record[model]
    for row in record[model]:
        path, _, anchor = record.url(model, row.id[0]).partition("#")
        assert anchor == row.id[0]
        assert anchors[path].count(anchor) == shown.count(anchor) == 1, anchor


def test_a_table_without_a_macro_of_its_own_shows_every_cell(record):
    """Catches a new table whose page leaves out a column, or an id in it that leads nowhere."""
    row = next(row for row in record[Quantity] if row.actor_id)
    shown = html.fragment("registers.html", "plain", record=record, row=row, more=registers._cells(record, row))
    for name, text in zip(type(row).model_fields, row.cells(), strict=True):
        column = columns(Quantity)[name]
        words = record.link(BY_NAME[column.ref], text) if column.ref and text else escape(text)
        assert f"<dt>{name}</dt><dd>{words}</dd>" in shown or not text


def test_rows_without_anchor_lead_to_their_unit(record, anchors):
    """Catches a piece of evidence or an actor's role that leads to a page without the unit it belongs to."""
    for model in (Evidence, EventActor):
        assert record[model]
        for row in record[model]:
            path, _, anchor = record.url(model, row.id[0]).partition("#")
            assert path in anchors and (not anchor or anchor in anchors[path]), row.id


def test_addresses_of_an_unknown_row(record):
    with pytest.raises(KeyError):
        record.url(Event, "evt-none")
    with pytest.raises(KeyError):
        record.field_url(Statement, "none")


def test_every_column_and_code_has_an_anchor(anchors):
    """Catches a column that the dictionary leaves out, and a code that the codebook leaves out."""
    columns = {f"{model.TABLE}.{name}" for model in TABLES for name in model.model_fields}
    assert columns <= set(anchors["data-dictionary.html"])
    every = {f"{one.name}.{code}" for one in codes.lists().values() for code in one.codes}
    assert every <= set(anchors["codebook.html"])


def test_links_lead_to_anchors(record, made, anchors):
    """Catches a link from a generated page or part to a row, column or code that is not where it says."""
    texts = [*made.values(), *(part for module in WITH_PARTS for part in module.parts(record).values())]
    links = {unescape(link) for text in texts for link in re.findall(r'href="@/([^"]+)"', text)}
    assert len(links) > 1000
    for link in links:
        path, _, anchor = link.partition("#")
        if path in anchors:
            assert not anchor or anchor in anchors[path], link
        else:
            assert path.startswith("data/") or not anchor or path == "use-it.html", link


# ---- words of the articles ---------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    """The words of a page, without elements."""
    return unescape(re.sub(r"<[^>]+>", "", text))


@pytest.mark.parametrize("number", range(5))
def test_no_long_run_of_an_article(record, made, root, number):
    """Catches a page that prints more of an article in one piece than one piece of evidence with what is kept around it."""
    document = record.documents[number]
    article = (root / document.seed_path).read_bytes().decode()
    page = visible(made[record.url(Document, document.document_id)])
    kept = [
        len(row.prefix_text or "") + len(row.exact_text) + len(row.suffix_text or "")
        for row in record.by(Evidence, "document_id", document.document_id)
    ]
    length = max(kept) + 1
    assert length < len(article) / 4
    runs = [article[start : start + length] for start in range(len(article) - length)]
    assert not [run for run in runs if "\n" not in run and run in page]


def test_sentences_without_units_are_place_holders(record, made, root):
    """Catches a page that prints a sentence in which nothing is coded."""
    seen = 0
    for row in record[Sentence]:
        if row.disposition == "coded":
            continue
        article = (root / record.get(Document, row.document_id).seed_path).read_bytes().decode()
        page = made[record.url(Document, row.document_id)]
        place_holder = page[page.index(f'id="{row.sentence_id}"') :].partition("</div>")[0]
        assert article[row.start : row.end] not in visible(place_holder) and escape(row.reason) in place_holder
        seen += 1
    assert seen


def test_context_keeps_to_its_sentence(record):
    """Catches a passage that shows words of a neighbouring sentence."""
    assert record[Evidence]
    for row in record[Evidence]:
        sentence = record.sentence_of(row)
        shown = visible(record.passage(row)).strip("… ")
        around = max(row.start - sentence.start, 0) + len(row.exact_text) + max(sentence.end - row.end, 0)
        assert row.exact_text in shown and len(shown) <= around


def test_passages_in_the_order_of_the_text(record, made):
    """Catches units that stand on the page of their article in another order than their words in the article."""
    assert record.documents
    for document in record.documents:
        page = made[record.url(Document, document.document_id)]
        units_of = [row for model in UNITS for row in record.of_article(model, document)]
        assert units_of
        places = sorted(
            (page.index(f'id="{row.id[0]}"'), units.main_evidence(record, row)[0].start) for row in units_of
        )
        sentences = [start for _, start in places]
        assert sentences == sorted(sentences)


def test_sources_stand_under_what_they_go_back_to(record):
    """Catches a source that is lost from the tree, or stands under another one than its origin."""
    sources = [row.source_id for row in record[Source]]
    tree = articles.tree(record, sources)
    assert sorted(source for _, source in tree) == sorted(sources)
    above: list[str] = []
    for depth, source in tree:
        del above[depth:]
        assert record.get(Source, source).origin_source_id == (above[-1] if above else None)
        above.append(source)
    assert any(depth for depth, _ in tree)


# ---- elements -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2021", "2021"),
        ("2021-06", "June 2021"),
        ("2021-06-19", "19 June 2021"),
        ("2021-06-XX", "June 2021"),
        ("201X", "2010s"),
        ("2021-06~", "June 2021 (approximate)"),
        ("2020-07-02/2020-07-04", "2 to 4 July 2020"),
        ("2021-01-01/2021-06-22", "1 January to 22 June 2021"),
        ("2021-06/2021-12", "June to December 2021"),
        ("2019/2020-05-08", "2019 to 8 May 2020"),
        ("2020-06-30/2021-06-30", "30 June 2020 to 30 June 2021"),
        ("../2020-05-08", "until 8 May 2020"),
        ("/2020-05-08", "not after 8 May 2020"),
        ("2014/..", "since 2014"),
        ("2014/", "not before 2014"),
        ("2021-22", "summer 2021"),
        ("2020-24", "winter 2020"),
        ("2020-34", "second quarter of 2020"),
        ("2021-40", "first half of 2021"),
        ("199X", "1990s"),
        ("2012~", "2012 (approximate)"),
    ],
)
def test_dates_in_words(value, words):
    assert html.date_words(value) == words


def test_every_date_has_words(record):
    """Catches a form of date that the words cannot say."""
    for model, column in ((Event, "date_edtf"), (Statement, "date_edtf"), (Relation, "validity_edtf")):
        dates = {getattr(row, column) for row in record[model]} - {None}
        assert dates and all(map(html.date_words, dates))


def test_chip():
    assert html.chip("stance", None) == ""
    assert 'href="@/codebook.html#factuality.CT+"' in html.chip("factuality", "CT+")
    assert "not stated" in html.chip("country", "not-stated") and "<a" not in html.chip("country", "not-stated")


def test_what_is_not_markup_is_escaped():
    """Catches an element that takes a text for markup, and one that takes markup for a text."""
    made = html.table("<b>", ["<i>", Markup("<u>x</u>")], [["<s>", Markup("<em>y</em>")]], '" onclick="')
    assert not re.search(r'<(b|i|s)>|" onclick', made)
    assert "<u>x</u>" in made and "<em>y</em>" in made
    assert "<b>" not in html.heading(2, "<b>", "x") + html.fragment("elements.html", "quote", words="<b>")


def test_a_template_that_names_what_it_is_not_given_is_refused():
    """Catches an empty place in a page where a name in a template is mistyped."""
    with pytest.raises(UndefinedError):
        html.environment().from_string("{{ nobody }}").render()
    with pytest.raises(UndefinedError):
        html.environment().from_string("{{ row.nobody }}").render(row=object())


@pytest.mark.parametrize("text", ["</script><script>", "<!-- <script>", "\u2028\u2029&<>", '"\\'])
def test_json_in_a_script_is_read_back_and_cannot_end_it(text):
    made = html.script_json({"name": text})
    assert not re.search("[<>&\u2028\u2029]", made)
    assert json.loads(made) == {"name": text}


@pytest.mark.parametrize(
    "text",
    ["[a](javascript:b)", "**a**", "`a`", "<img src=x>", "_a_", "![a](b)", "~~a~~", "<http://a>", "&lt;", "\\[a](b)"],
)
def test_text_in_markdown_stays_text(text):
    """Catches a text of the data that a reader of Markdown takes for markup in llms.txt."""
    made = Markdown().convert(f"- x: {html.markdown_text(text)} y")
    assert re.findall("<[a-z]+", made) == ["<ul", "<li"]
    assert f"x: {text} y" in unescape(made)


# ---- quality, crosswalk, downloads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # From the table in Newcombe (1998), method 3: Wilson score without continuity correction.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson(successes, trials, low, high):
    assert quality.wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_wilson_refuses_what_is_no_rate():
    for pair in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError):
            quality.wilson(*pair)


def test_labelled_missing_values_are_not_filled():
    missing = {"": "not applicable", "not-stated": "the text does not say"}
    assert [quality.is_filled(value, missing) for value in (None, "not-stated", "LBY", False, 0)] == [
        False, False, True, True, True,
    ]  # fmt: skip


def test_roots_of_a_type():
    assert set(crosswalk.roots("ASSAULT")) == {"18", "19", "20"}
    assert crosswalk.roots("ACCUSE") == {"11": "", "09": "mode investigate"}
    assert crosswalk.roots("STATEMENT") == {"01": ""}


def test_downloads_are_the_package(record, root, tmp_path):
    """Catches a download that differs from the file in the project, or an archive that is no valid package."""
    assets = downloads.assets(record)
    for resource in record.descriptor["resources"]:
        content = assets[f"data/{resource['path']}"]
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == resource["hash"]
    with zipfile.ZipFile(io.BytesIO(assets["data/haftar-record.zip"])) as files:
        files.extractall(tmp_path)
    assert Package(tmp_path / "datapackage.json").validate().valid


def test_every_download_is_shipped(record):
    """Catches a button that leads to no file."""
    parts, shipped = downloads.parts(record), downloads.assets(record)
    links = re.findall(r'href="@/(data/[^"]+)" download', "".join(parts.values()))
    assert len(links) > len(TABLES) and set(links) <= set(shipped)


def test_json_ld(record):
    """Catches metadata for search engines that lacks what schema.org asks of a Dataset, or names a file that is not shipped."""
    found = json.loads(re.search(r"<script[^>]*>(.*)</script>", downloads.parts(record)["json-ld"], re.DOTALL)[1])
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    assert (
        found["license"].startswith("https://creativecommons.org/") and found["version"] == record.descriptor["version"]
    )
    assert all(creator["name"] for creator in found["creator"]) and 50 <= len(found["description"]) <= 5000
    assets = downloads.assets(record)
    assert len(found["distribution"]) == len(TABLES)
    for entry in found["distribution"]:
        assert hashlib.sha256(assets[entry["contentUrl"]]).hexdigest() == entry["sha256"]


def test_checklist_is_that_of_the_template(record):
    assert len(written.checklist(record).splitlines()) > 5


def test_example_message_is_about_a_real_row(record):
    """Catches an example of a message that no rule would give."""
    page = next(checks.pages(record)).body
    assert re.search(r"error \[R\d{2,3} [a-z-]+\]", page)
    assert re.search(r"found: +(evt-[a-z0-9-]+):", page)[1] in {row.event_id for row in record[Event]}
