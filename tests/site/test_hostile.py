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
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project: Path = hostile.project(tmp_path_factory.mktemp("hostile"))
    return hostile.site(project, project / "built")


@pytest.fixture(scope="module")
def hostile_names(hostile_site: Path) -> list[str]:
    return sorted(path.relative_to(hostile_site).as_posix() for path in hostile_site.rglob("*.html"))


@pytest.fixture(scope="module")
def hostile_address(hostile_site: Path) -> Iterator[str]:
    with serving(hostile_site) as address:
        yield address


@pytest.fixture
def watched(page: Any, hostile_address: str) -> Iterator[Any]:
    """A page that counts what runs; at its end nothing has been complained of, and nothing asked for elsewhere."""
    address = hostile_address
    page.add_init_script(_WATCH)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" and "404" not in one.text else None)
    page.on("response", lambda one: said.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    page.on("request", lambda one: None if one.url.startswith((address, "data:", "blob:")) else said.append(one.url))
    yield page
    assert said == []


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


def test_no_page_runs_a_text(watched: Any, hostile_address: str, hostile_names: list[str]) -> None:
    """Catches a text that runs on any page, or that makes it fail or ask for something elsewhere."""
    for name in hostile_names:
        watched.goto(f"{hostile_address}{name}")
        assert watched.evaluate("window.ran") == 0, name
        assert (
            watched.locator("img[src=q], svg[onload], [onclick], [onload], base, meta[http-equiv=refresh]").count() == 0
        )


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


def test_the_watch_sees_what_runs(page: Any, hostile_address: str) -> None:
    """Catches a watch that would not notice."""
    page.add_init_script(_WATCH)
    page.goto(hostile_address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=q onerror=alert(1)>')")
    page.wait_for_function("window.ran === 1")
