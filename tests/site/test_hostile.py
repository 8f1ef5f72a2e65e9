"""Texts of the data that try to be markup do nothing in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from . import hostile
from .conftest import serving

#: Set by whatever runs: an alert is a call that the page counts.
_WATCH = "window.ran = 0; window.alert = () => { window.ran += 1; };"


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    project: Path = hostile.project(tmp_path_factory.mktemp("hostile"))
    with serving(hostile.site(project, project / "built")) as address:
        yield address


@pytest.fixture
def watched(page: Any) -> Any:
    page.add_init_script(_WATCH)
    return page


@pytest.mark.parametrize(
    "name", ["index", "articles/002", "events", "decisions", "explore/network", "explore/map", "explore/statements"]
)
def test_no_text_of_the_data_runs(watched: Any, hostile_address: str, name: str) -> None:
    """Catches a text that the browser takes for markup, in the page or in what its scripts make of the data."""
    watched.goto(f"{hostile_address}{name}.html")
    watched.wait_for_function("[...document.querySelectorAll('.ex-chart')].every((one) => one.matches('.ex-on'))")
    assert "<img src=q onerror=alert(1)>" in watched.locator("article").inner_text()
    assert watched.locator("img[src=q], article script:not([type]):not([src]), b").count() == 0
    assert watched.evaluate("window.ran") == 0


def test_what_a_mark_says_is_text(watched: Any, hostile_address: str) -> None:
    """Catches a tooltip that the drawing library writes into the page as markup."""
    watched.goto(f"{hostile_address}explore/timeline.html")
    watched.locator(".ex-live g.rows > path").nth(5).hover()
    tip = watched.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    assert "<img src=q onerror=alert(1)>" in tip.locator("h2").inner_text()
    assert tip.locator("img, script, b").count() == 0
    assert watched.evaluate("window.ran") == 0


def test_what_the_search_finds_is_text(watched: Any, hostile_address: str) -> None:
    """Catches a title or a text that the theme's search writes into the page as markup."""
    watched.goto(hostile_address)
    watched.get_by_role("textbox", name="Search").fill("Benghazi onerror")
    found = watched.locator(".md-search-result__item")
    found.first.wait_for()
    assert "onerror" in " ".join(found.all_inner_texts())
    assert (
        watched.locator(".md-search-result img, .md-search-result svg[onload], .md-search-result script").count() == 0
    )
    assert watched.evaluate("window.ran") == 0


def test_the_watch_sees_what_runs(watched: Any, hostile_address: str) -> None:
    """Catches a watch that would not notice."""
    watched.goto(hostile_address)
    watched.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=q onerror=alert(1)>')")
    watched.wait_for_function("window.ran === 1")
