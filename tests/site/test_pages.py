"""Every page of the site: it loads by itself, it fits a telephone, it stands without scripts, it is accessible."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from .conftest import PHONE, WIDE

#: What is violated is counted from this impact on.
GRAVE = {"serious", "critical"}
#: Long pages repeat themselves: the first of many alike stand for the rest, or axe would take minutes.
_SHORTEN = "document.querySelectorAll('article :nth-child(n+20), nav li:nth-child(n+8)').forEach((one) => one.remove())"


@dataclass
class Visit:
    """What a page did when it was opened."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    too_wide: int = 0


@pytest.fixture(scope="module")
def visits(browser: Any, address: str, names: list[str]) -> dict[str, Visit]:
    """One tour of all pages, wide and then as narrow as a telephone."""
    found: dict[str, Visit] = {}
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        now = Visit()
        page.on("console", lambda message: now.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: now.errors.append(str(error)))
        page.on("request", lambda request: None if _is_local(request.url, address) else now.outside.append(request.url))
        page.on("response", lambda response: now.failed.append(response.url) if response.status >= 400 else None)
        for name in names:
            now = found[name] = Visit()
            page.set_viewport_size(WIDE)
            page.goto(address + name, wait_until="load")
            _wait_for_charts(page)
            page.set_viewport_size(PHONE)
            now.too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found


def _is_local(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))


def _wait_for_charts(page: Any) -> None:
    page.wait_for_function("[...document.querySelectorAll('.ex-chart')].every((one) => one.matches('.ex-on'))")


def test_the_tour_saw_the_site(visits: dict[str, Visit], rows: Any) -> None:
    assert len([name for name in visits if name.startswith("articles/0")]) == len(rows("documents"))
    assert {"index.html", "events.html", "explore/timeline.html", "data-dictionary.html"} <= visits.keys()


def test_no_page_has_an_error(visits: dict[str, Visit]) -> None:
    assert {name: visit.errors for name, visit in visits.items() if visit.errors} == {}


def test_no_page_asks_for_anything_from_elsewhere(visits: dict[str, Visit]) -> None:
    assert {name: visit.outside for name, visit in visits.items() if visit.outside} == {}


def test_no_page_asks_for_a_file_that_is_not_there(visits: dict[str, Visit]) -> None:
    assert {name: visit.failed for name, visit in visits.items() if visit.failed} == {}


def test_no_page_scrolls_sideways_on_a_telephone(visits: dict[str, Visit]) -> None:
    assert {name: visit.too_wide for name, visit in visits.items() if visit.too_wide > 0} == {}


# ---- from a folder on disk, and without scripts ---------------------------------------------------------------------


def test_pages_work_from_a_folder_on_disk(page: Any, site: Path) -> None:
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else seen.append(request.url),
    )
    for name in ("index.html", "explore/timeline.html", "explore/statements.html"):
        page.goto((site / name).as_uri())
        _wait_for_charts(page)
    page.get_by_label("Stance").select_option("oppose")
    assert "stance=oppose" in page.url
    assert seen == []


@pytest.mark.parametrize("way", ["http", "file"])
def test_search_finds_what_an_article_says(page: Any, address: str, site: Path, way: str) -> None:
    page.goto(address if way == "http" else (site / "index.html").as_uri())
    page.get_by_role("textbox", name="Search").fill("Wooster")
    found = page.locator(".md-search-result__item")
    found.first.wait_for()
    assert "Henry Wooster" in " ".join(found.all_inner_texts())


@pytest.mark.parametrize(
    ("words", "name"), [("حفتر", "Khalifa Haftar"), ("Hifter", "Khalifa Haftar"), ("بنغازي", "Benghazi")]
)
def test_search_finds_by_names_that_no_article_has(page: Any, address: str, words: str, name: str) -> None:
    """Catches a search that drops letters which are not Latin, or a name that its neighbours hide."""
    page.goto(address)
    page.get_by_role("textbox", name="Search").fill(words)
    found = page.locator(".md-search-result__item")
    found.first.wait_for()
    assert name in " ".join(found.all_inner_texts())


def test_names_from_right_to_left_turn_nothing_around_them(page: Any, address: str) -> None:
    page.goto(f"{address}actors.html#act-haftar")
    names = page.locator("bdi", has_text="حفتر")
    assert names.count() > 1
    assert set(names.evaluate_all("(all) => all.map((one) => getComputedStyle(one).direction)")) == {"rtl"}
    assert page.locator("bdi", has_text="Hifter").first.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


def test_without_scripts_every_page_has_its_words(browser: Any, address: str, names: list[str]) -> None:
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        page = context.new_page()
        short = {}
        for name in names:
            page.goto(address + name, wait_until="domcontentloaded")
            words = len(page.locator("article").inner_text().split())
            if words < 40 or page.locator("article h1").count() != 1:
                short[name] = words
    assert set(short) <= {"404.html"}


# ---- accessibility ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kinds(names: list[str]) -> list[str]:
    """A page of every kind: all articles look alike, of the others each is its own kind."""
    articles = [name for name in names if name.startswith("articles/0")]
    return [name for name in names if name not in articles[1:]]


def test_axe_finds_nothing_grave_in_light_or_dark(browser: Any, address: str, kinds: list[str]) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    found = []
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        for name in kinds:
            page.emulate_media(color_scheme="light")
            page.goto(address + name, wait_until="load")
            _wait_for_charts(page)
            page.evaluate(_SHORTEN)
            # A colour on its way to another is neither.
            page.add_style_tag(content="* { transition: none !important }")
            page.evaluate(axe)
            found += _grave(page, f"{name}, light", {"resultTypes": ["violations"]})
            page.emulate_media(color_scheme="dark")
            # What the theme's own switch does.
            page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
            # Only colours differ.
            found += _grave(page, f"{name}, dark", {"runOnly": ["color-contrast"]})
    assert not found, "\n".join(found)


def _grave(page: Any, where: str, what: dict[str, Any]) -> list[str]:
    """What axe finds on a page that is serious or worse, each with its first place."""
    violations = page.evaluate("async (what) => (await axe.run(document, what)).violations", what)
    return [
        f"{where}: {one['id']}: {one['nodes'][0]['html'][:160]} and {len(one['nodes']) - 1} more"
        for one in violations
        if one["impact"] in GRAVE
    ]
