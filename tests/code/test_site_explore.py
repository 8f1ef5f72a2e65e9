"""The charts without a browser: what they are drawn from, and that they are the same everywhere."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from haftar_record.model import codes
from haftar_record.model.tables import Event, PlaceRow, Statement
from haftar_record.package import reader

pytest.importorskip("vl_convert")

from haftar_record.site.charts import basemap, card, drawing, network, places, timeline
from haftar_record.site.pages import explore_backers
from haftar_record.site.record import Record


@pytest.fixture(scope="module")
def package(root: Path) -> reader.Package:
    return reader.read(root)


@pytest.fixture
def record(package: reader.Package) -> Record:
    return Record(package)


def without_dates(package: reader.Package) -> Record:
    """The record with a first event whose date has no bounds."""
    first, *others = package.rows["events"]
    events = [first.model_copy(update={"date_start": None, "date_end": None}), *others]
    return Record(replace(package, rows={**package.rows, "events": events}))


def test_an_event_without_any_date_is_listed_and_not_drawn(package: reader.Package) -> None:
    changed = without_dates(package)
    first = changed[Event][0]
    drawn = [row.event_id for _, rows in timeline.groups(changed) for row in rows]
    assert [row.event_id for row in timeline.undated(changed)] == [first.event_id]
    assert sorted([*drawn, first.event_id]) == sorted(row.event_id for row in changed[Event])
    assert timeline.span(first) == "unknown"


def test_the_style_of_every_kind_of_telling_is_its_own() -> None:
    styles = timeline.STYLES
    assert styles.keys() == codes.lists()["realis"].codes.keys()
    assert len({shape for shape, _, _ in styles.values()}) == len(styles)


def test_strands_of_a_speaker_take_as_much_room_as_they_are_many(record: Record) -> None:
    made = network.layout(record, drawing.WIDE)
    for nodes in (made.left, made.right):
        below = sorted(nodes, key=lambda node: node.y)
        for upper, lower in zip(below, below[1:], strict=False):
            assert upper.y + upper.weight * made.thick <= lower.y, (upper.name, lower.name)
    assert sum(len(node.strands) for node in made.left) == len(made.strands)


def test_an_utterance_of_several_articles_is_one_strand_as_many_times_as_thick(record: Record) -> None:
    """Catches a statement of each article drawn by itself."""
    told = record.grouped(Statement, "utterance_id")
    shared = {name: rows for name, rows in told.items() if len({row.document_id for row in rows}) > 1}
    drawn = [one for one in network.strands(record) if one.weight > 1]
    assert shared
    assert {one.id for one in drawn} == set(shared)
    for one in drawn:
        assert one.weight == len({row.document_id for row in shared[one.id]}) == one.article.count("; ") + 1


def test_every_country_of_the_record_has_an_outline(record: Record) -> None:
    outlined = {
        feature["properties"]["name"] for region in basemap.REGIONS for feature in basemap.outlines(region)["features"]
    }
    countries = {row.outline for row in places.places(record) if row.kind == "country"}
    assert countries
    assert countries <= outlined


def test_every_point_lies_on_a_map(record: Record) -> None:
    frames = [places.Frame(region, 0, 0, 100) for region in basemap.REGIONS]
    located = [row for row in places.places(record) if row.point]
    assert located
    for row in located:
        assert any(frame.holds(*row.point) for frame in frames), row.name


def test_a_place_is_drawn_no_more_exactly_than_it_is_known(record: Record) -> None:
    points = [place for place in record[PlaceRow] if places.kind(place) in ("point", "near")]
    assert points
    assert [place.name for place in points if place.where_prec > 2] == []


def test_a_tie_to_the_force_that_haftar_leads_is_one_to_him(record: Record) -> None:
    assert explore_backers.sides(record) == ["act-haftar", "act-lna"]


_PRINT = """
import hashlib, sys
from pathlib import Path
from haftar_record.package import reader
from haftar_record.site.charts import card, drawing, network, places, timeline
from haftar_record.site.record import Record
record = Record(reader.read(Path(sys.argv[1])))
for made in (timeline, network, places):
    print(hashlib.sha256(drawing.figure(made.chart(record)).encode()).hexdigest())
print(hashlib.sha256(card.picture(record).encode()).hexdigest(), hashlib.sha256(drawing.script()).hexdigest())
"""


def test_drawings_are_the_same_bytes_whatever_the_hash_seed_place_and_language(root: Path) -> None:
    def drawn(**environment: str) -> str:
        line = [sys.executable, "-c", _PRINT, str(root)]
        return subprocess.run(line, capture_output=True, text=True, check=True, env=os.environ | environment).stdout

    one = drawn(PYTHONHASHSEED="1", TZ="UTC", LANG="C.UTF-8")
    assert one.count("\n") == 4
    assert one == drawn(PYTHONHASHSEED="2", TZ="Pacific/Auckland", LANG="de_DE.UTF-8")


def renamed(package: reader.Package, title: str) -> Record:
    """The record with other words for its first event, and for itself."""
    first, *others = package.rows["events"]
    events = [first.model_copy(update={"title": title}), *others]
    descriptor = {**package.descriptor, "title": title}
    return Record(replace(package, rows={**package.rows, "events": events}, descriptor=descriptor))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<b onclick='x'> & \"", "&lt;b onclick=&#39;x&#39;&gt; &amp; &#34;"),
        ("a\x1bb\uffffc", "a\ufffdb\ufffdc"),
        ("حفتر \N{GRINNING FACE}", "حفتر \N{GRINNING FACE}"),
        (
            "@/x xlink:href https://vega.github.io/vega-datasets/",
            "@/x xlink:href https://vega.github.io/vega-datasets/",
        ),
    ],
)
def test_a_drawing_shows_a_title_as_it_is(package: reader.Package, title: str, shown: str) -> None:
    """Catches a title that becomes markup or an address, and one that no drawing can hold and that stops the build."""
    made = drawing.figure(timeline.chart(renamed(package, title)))
    drawings, _, _ = made.partition("<script")
    assert drawings.count(shown) >= 2  # in each size
    assert "<b" not in made and "</script>" not in made.partition("<script")[2].rpartition("</script>")[0]


@pytest.mark.parametrize("title", ["حفتر", "\N{GRINNING FACE}", "<b>", "\x1b", ""])
def test_the_picture_for_links_is_drawn_whatever_the_title(package: reader.Package, title: str) -> None:
    assert card.assets(renamed(package, title))[card.PATH].startswith(b"\x89PNG")


def addresses(text: str) -> Iterator[str]:
    yield from re.findall(r"https?://[^\"'\s<>]+", text)


def test_a_drawing_names_no_other_site_than_its_formats(record: Record) -> None:
    formats = {"http://www.w3.org/2000/svg", "https://vega.github.io/schema/vega/v6.json"}
    for made in (timeline, network, places):
        assert set(addresses(drawing.figure(made.chart(record)))) <= formats


def test_the_picture_for_links_has_the_size_that_is_announced(record: Record) -> None:
    data = card.assets(record)[card.PATH]
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (card.WIDTH, card.HEIGHT)
