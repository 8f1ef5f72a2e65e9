"""The pages under Explore: charts are drawn from the rows and lead to them, tables filter as the CSV files say."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from .conftest import PHONE, WIDE

#: Marks that lead to a row: as Vega draws them in the browser, and as links in the drawing of the build.
LIVE, STATIC = ".ex-live g.{} > path", ".ex-static.ex-wide a[href]"
COUNT = "[role=status]"


def opened(page: Any, address: str, name: str) -> Any:
    page.goto(f"{address}explore/{name}.html")
    page.wait_for_function("[...document.querySelectorAll('.ex-chart')].every((one) => one.matches('.ex-on'))")
    return page


def several(cell: str) -> list[str]:
    return [one for one in cell.split(";") if one]


# ---- charts -------------------------------------------------------------------------------------------------------


def targets(rows: Any) -> dict[str, set[str]]:
    """Whom each utterance concerns, by any of the statements that report it."""
    found: dict[str, set[str]] = {}
    for row in rows("statements"):
        found.setdefault(row["utterance_id"], set()).update(several(row["target_actor_ids"]))
    return found


def strands(rows: Any) -> int:
    return sum(max(1, len(found)) for found in targets(rows).values())


def test_the_timeline_has_a_mark_per_event(page: Any, address: str, rows: Any) -> None:
    events = [row for row in rows("events") if row["date_start"] or row["date_end"]]
    opened(page, address, "timeline")
    assert page.locator(LIVE.format("rows")).count() == len(events) > 0


def test_an_event_is_drawn_as_exactly_as_it_is_dated(page: Any, address: str, rows: Any) -> None:
    """A bar where both days are known, a line with an arrow where one is not: counted among what is visible."""
    opened(page, address, "timeline")
    drawn = page.evaluate(
        """() => {
          const seen = (kind) => [...document.querySelectorAll(`.ex-live g.mark-${kind}.role-mark > *`)].filter(
            (mark) => mark.__data__.datum?.realis && mark.__data__.opacity > 0 && !mark.__data__.href);
          const ids = (kind) => seen(kind).map((mark) => mark.__data__.datum.id);
          return {rect: ids("rect"), rule: ids("rule"), symbol: ids("symbol")};
        }"""
    )
    both = {row["event_id"] for row in rows("events") if row["date_start"] and row["date_end"]}
    one = {row["event_id"] for row in rows("events")} - both
    assert sorted(drawn["rect"]) == sorted(both)
    assert set(drawn["rule"]) == one
    assert one <= set(drawn["symbol"])


def test_the_years_of_the_timeline_can_be_chosen(page: Any, address: str) -> None:
    opened(page, address, "timeline")
    labels = page.locator(".ex-live .role-axis-label text")
    assert {"2011", "2019", "2020", "2021"} <= set(labels.all_text_contents())
    page.locator("select[name=years]").select_option("2020")
    assert set(filter(None, labels.all_text_contents())) == {"2020", "Apr", "Jul", "Oct"}


def test_the_network_has_a_strand_per_statement_and_actor(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "network")
    assert page.locator(LIVE.format("rows")).count() == strands(rows) > 0
    stances = page.evaluate(
        f"[...document.querySelectorAll('{LIVE.format('rows')}')].map((one) => getComputedStyle(one).stroke)"
    )
    stance_of = {row["utterance_id"]: row["stance"] for row in rows("statements")}
    expected = Counter()
    for utterance, found in targets(rows).items():
        expected[stance_of[utterance]] += max(1, len(found))
    assert sorted(Counter(stances).values()) == sorted(expected.values())


def test_pointing_at_a_speaker_leaves_only_what_he_says(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "network")
    speaker = rows("statements")[0]["speaker_name"]
    page.evaluate(
        """(name) => { for (const one of document.querySelectorAll(".ex-live g.blocks > path"))
             if (one.__data__.datum.name === name) one.id = "wanted"; }""",
        speaker,
    )
    page.locator("#wanted").hover()
    strong = page.evaluate(
        f"""[...document.querySelectorAll('{LIVE.format("rows")}')].map((one) => one.__data__)
            .filter((one) => one.opacity > 0.5).map((one) => [one.datum.speaker, one.datum.about])"""
    )
    assert strong
    assert all(speaker in pair for pair in strong)


def test_the_map_has_points_and_areas_and_a_line_per_place(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "map")
    places = rows("places")
    points = page.locator(LIVE.format("overview-places")).count() + page.locator(LIVE.format("libya-places")).count()
    assert points == sum(row["latitude"] != "" for row in places) > 0
    areas = (
        page.locator(LIVE.format("overview-countries")).count() + page.locator(LIVE.format("libya-countries")).count()
    )
    assert areas == sum(row["place_type"] == "country" for row in places) > 0
    # One more line than places: the events without one.
    assert page.locator(LIVE.format("rows")).count() == len(places) + 1


@pytest.mark.parametrize(
    ("name", "table", "key"),
    [("timeline", "events", "event_id"), ("network", "statements", "statement_id"), ("map", "places", "place_id")],
)
def test_a_click_on_a_mark_leads_to_its_row(
    page: Any, address: str, rows: Any, name: str, table: str, key: str
) -> None:
    opened(page, address, name)
    mark = page.locator(LIVE.format("rows")).nth(3)
    said = mark.get_attribute("aria-label")
    if name == "network":  # the middle of its box is not on a curved strand
        mark.dispatch_event("click")
    else:
        mark.click()
    page.wait_for_url("**/*.html#*")
    anchor = page.url.split("#")[1]
    row = next(row for row in rows(table) if row[key] == anchor)
    assert (row.get("title") or row.get("summary") or row["name"]) in said
    assert page.locator(f"[id='{anchor}']").is_visible()


def test_the_enter_key_follows_a_mark(page: Any, address: str) -> None:
    opened(page, address, "timeline")
    page.locator(LIVE.format("rows")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events.html#evt-*")


def test_pointing_at_a_mark_says_what_it_is(page: Any, address: str) -> None:
    opened(page, address, "timeline")
    mark = page.locator(LIVE.format("rows")).nth(5)
    mark.hover()
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    assert tip.locator("h2").inner_text() in mark.get_attribute("aria-label")


@pytest.mark.parametrize("name", ["timeline", "network", "map"])
def test_without_scripts_the_drawing_has_the_same_marks(browser: Any, page: Any, address: str, name: str) -> None:
    opened(page, address, name)
    live = page.evaluate(
        "[...document.querySelectorAll('.ex-live [aria-label]')].filter((one) => one.__data__?.href).length"
    )
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        still = context.new_page()
        still.goto(f"{address}explore/{name}.html")
        links = still.locator(STATIC)
        assert links.count() == live > 0
        assert links.first.is_visible()
        links.first.click(force=True)
        assert "#" in still.url


@pytest.mark.parametrize("name", ["timeline", "network", "map"])
def test_a_telephone_gets_the_narrow_drawing(browser: Any, address: str, name: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = opened(context.new_page(), address, name)
        box = page.locator(".ex-live svg").first.bounding_box()
        assert page.locator(".ex-chart").first.get_attribute("data-size") == "narrow"
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]


def test_the_colours_follow_the_switch_and_can_be_told_from_the_page(page: Any, address: str) -> None:
    opened(page, address, "timeline")
    before = _contrasts(page)
    page.locator("label[for=__palette_1]").click()
    after = _contrasts(page)
    assert before.keys() == after.keys() and before != after
    assert min([*before.values(), *after.values()]) >= 3


def _contrasts(page: Any) -> dict[str, float]:
    """The contrast of every kind of symbol with the page, by the formula of WCAG 2."""
    found = page.evaluate(
        """() => {
          const own = (one) => getComputedStyle(one);
          const marks = [...document.querySelectorAll(".ex-live g.mark-symbol.role-mark > path")];
          const drawn = marks.map((one) => [one.__data__.datum.realis, own(one).stroke]);
          return [own(document.body).backgroundColor, ...drawn];
        }"""
    )
    paper, *marks = found

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(one: str, other: str) -> float:
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    return {kind: contrast(colour, paper) for kind, colour in marks if colour != "none"}


# ---- tables -------------------------------------------------------------------------------------------------------

STATEMENTS = {
    "Speaker": lambda row, _: [row["speaker_actor_id"] or row["speaker_source_id"]],
    "About": lambda row, _: several(row["target_actor_ids"]),
    "Topic": lambda row, _: [row["topic_id"]],
    "Stance": lambda row, _: [row["stance"]],
    "Form": lambda row, _: [row["speech_form"]],
    "Article": lambda row, _: [row["document_id"]],
}
EVENTS = {
    "Type": lambda row, _: [row["event_type"]],
    "Did it happen?": lambda row, _: [row["realis"]],
    "Reports": lambda row, _: [row["corroboration"]],
    "Article": lambda row, rows: {
        one["document_id"] for one in rows("event_reports") if one["event_id"] == row["event_id"]
    },
    "Actor": lambda row, rows: {one["actor_id"] for one in rows("event_actors") if one["event_id"] == row["event_id"]},
}


@pytest.mark.parametrize(("name", "filters"), [("statements", STATEMENTS), ("events", EVENTS)])
def test_every_choice_shows_as_many_rows_as_the_csv_has(
    page: Any, address: str, rows: Any, name: str, filters: Any
) -> None:
    opened(page, address, name)
    table = rows(name)
    for label, values in filters.items():
        expected = Counter(value for row in table for value in values(row, rows))
        shown = page.get_by_label(label, exact=True).evaluate(
            """(control) => [...control.options].slice(1).concat(control.options[0]).map((option) => {
              control.value = option.value;
              control.dispatchEvent(new Event("input", {bubbles: true}));
              const rows = [...document.querySelectorAll(".ex-table tbody tr")];
              const seen = rows.filter((row) => row.offsetParent !== null);
              return [option.value, seen.length, document.querySelector("[role=status]").textContent];
            })"""
        )
        assert {value: count for value, count, _ in shown} == expected | {"": len(table)}, label
        assert [said for _, _, said in shown] == [f"{count} of {len(table)} {name}" for _, count, _ in shown]


def test_choices_join_and_stand_in_the_address(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "statements")
    page.get_by_label("Stance").select_option("oppose")
    page.get_by_label("About").select_option("act-haftar")
    page.get_by_label("Words").fill("TRIPOLI")
    expected = [
        row
        for row in rows("statements")
        if row["stance"] == "oppose" and "act-haftar" in several(row["target_actor_ids"])
    ]
    said = page.locator(COUNT).inner_text()
    shown = int(said.split()[0])
    assert 0 < shown < len(expected)
    page.reload()
    assert page.locator(COUNT).inner_text() == said
    assert page.get_by_label("Words").input_value() == "TRIPOLI"
    visible = page.locator(".ex-table tbody tr:visible").all()
    assert len(visible) == shown
    for row in visible:
        assert "tripoli" in row.inner_text().lower()
    page.get_by_role("button", name="Show all").click()
    assert page.locator(COUNT).inner_text().startswith(f"{len(rows('statements'))} of")
    assert "?" not in page.url


@pytest.mark.parametrize(
    ("name", "words", "spoken"),
    [("statements", "حفتر", "act-haftar"), ("events", "hifter", "act-haftar"), ("events", "برلين", "plc-berlin")],
)
def test_words_find_by_names_that_no_article_has(
    page: Any, address: str, rows: Any, name: str, words: str, spoken: str
) -> None:
    """Catches search names that the filter of words does not know, or that lead to the rows of somebody else."""
    opened(page, address, name)
    page.get_by_label("Words").fill(words)
    shown = page.locator(".ex-table tbody tr:visible a").evaluate_all("(all) => all.map((one) => one.hash.slice(1))")
    columns = {"statements": ("speaker_actor_id", "target_actor_ids"), "events": ("place_id",)}[name]
    meant = [row for row in rows(name) if any(spoken in several(row[column]) for column in columns)]
    if name == "events" and spoken.startswith("act-"):
        told = {row["event_id"] for row in rows("event_actors") if row["actor_id"] == spoken}
        meant = [row for row in rows(name) if row["event_id"] in told]
    key = {"statements": "statement_id", "events": "event_id"}[name]
    assert meant and {row[key] for row in meant} <= set(shown)
    assert page.locator(".ex-table tbody tr:visible").count() < len(rows(name))


def test_days_keep_every_event_that_may_lie_between_them(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "events")
    page.get_by_label("Not over before").fill("2021-06-01")
    page.get_by_label("Begun by").fill("2021-06-30")
    expected = [
        row for row in rows("events")
        if (row["date_end"] or "9999") >= "2021-06-01" and (row["date_start"] or "0000") <= "2021-06-30"
    ]  # fmt: skip
    assert page.locator(".ex-table tbody tr:visible").count() == len(expected) > 0


def test_a_choice_that_there_is_not_shows_all(page: Any, address: str, rows: Any) -> None:
    page.goto(f"{address}explore/statements.html?stance=furious&speaker=act-nobody")
    assert page.locator(COUNT).inner_text().startswith(f"{len(rows('statements'))} of")


def test_a_heading_sorts_by_keyboard(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "statements")
    head = page.get_by_role("button", name="Date")
    head.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Date")
    dates = page.locator(".ex-table tbody td[data-name=Date]").all_inner_texts()
    assert dates[0] == min(dates) != dates[-1]
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort=descending]").count() == 1
    assert page.locator(".ex-table tbody td[data-name=Date]").first.inner_text() == dates[-1]


def test_without_scripts_the_tables_are_whole(browser: Any, address: str, rows: Any) -> None:
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        page = context.new_page()
        for name in ("statements", "events"):
            page.goto(f"{address}explore/{name}.html")
            assert page.locator(".ex-table tbody tr:visible").count() == len(rows(name))
            assert not page.locator(".ex-filter").is_visible()


def test_who_backs_haftar_has_every_tie_to_him(page: Any, address: str, rows: Any) -> None:
    opened(page, address, "backers")
    led = {
        row["object_actor_id"]
        for row in rows("relations")
        if (row["subject_actor_id"], row["predicate"]) == ("act-haftar", "leads")
    }
    ties = [
        row["relation_id"] for row in rows("relations")
        if row["predicate"] in ("backs", "allied_with", "recognises", "opposes", "fights")
        and row["object_actor_id"] in led | {"act-haftar"}
    ]  # fmt: skip
    links = page.locator(".ex-tie > a").evaluate_all("(all) => all.map((one) => one.hash.slice(1))")
    assert sorted(links) == sorted(ties) != []
