"""What is said of an id that no register has: once, with its places, and with what may be meant."""

from __future__ import annotations

import re

import pytest

from haftar_record.coding import inputs
from haftar_record.coding.known import Known, _file_for
from haftar_record.problems.problem import Problem, Problems

from ..conftest import ROOT
from .test_sheets import ACTORS, SHEET, edit, problems_of

#: An id, where it is not the beginning of another one.
USED = r"\bact-lna(?![\w-])"
OTHER = "seeds/coding/articles/003_187cdebd821c6a5c.yaml"


class Nowhere:
    """A sheet of which nothing is known but the id."""

    value = None

    def place(self, _):
        """No place."""


@pytest.fixture(scope="module")
def known():
    """The ids of the record."""
    problems = Problems()
    return Known(inputs.read(ROOT, problems), problems)


def proposed(known: Known, table: str, identity: str) -> list[str]:
    """The ids that are proposed for one of which nothing but itself is known."""
    return [one for one, _ in known._likeness.proposals(table, identity, Nowhere(), ())]


@pytest.mark.parametrize(
    ("table", "identity", "expected"),
    [
        ("actors", "act-hafter", ["act-haftar"]),
        ("actors", "act-un-support-mission", ["act-unsmil"]),
        ("actors", "act-us-department-of-state", ["act-us-state"]),
        ("actors", "act-turkey-government", ["act-turkey"]),
        ("actors", "act-presidential-council", ["act-presidential-council-2021"]),
        ("events", "evt-arms-embargo", ["evt-arms-embargo-2011"]),
        ("events", "evt-tripoli-offensive", ["evt-tripoli-offensive-2019"]),
        ("events", "evt-libya-elections-december-2021", ["evt-elections-2021"]),
        ("actors", "act-us", ["act-usa"]),
        ("sources", "src-reuters-stories", ["src-reuters-story"]),
        ("sources", "src-un-report", ["src-un-confidential-report"]),
        ("places", "plc-tripolis", ["plc-tripoli"]),
        ("topics", "top-elections", ["top-roadmap-elections"]),
    ],
)
def test_the_entry_that_is_meant(known, table, identity, expected):
    """Catches an entry that is looked for by the letters of its id alone, and not by its names."""
    assert proposed(known, table, identity) == expected


@pytest.mark.parametrize(
    ("table", "identity"),
    [
        ("events", "evt-tripoli-offensive-2018"),
        ("events", "evt-elections-2022"),
        ("events", "evt-berlin-3"),
        ("actors", "act-mariano"),
        ("actors", "act-macron"),
        ("actors", "act-quaddafi-tribe-elders"),
        ("places", "plc-paris"),
        ("topics", "top-climate"),
        ("topics", "top-military-solution"),
    ],
)
def test_nothing_that_is_meant(known, table, identity):
    """Catches an entry that is proposed for another year, for another of a series, or for letters in common."""
    assert proposed(known, table, identity) == []


def unknown(project) -> list[Problem]:
    """The problems about unknown ids."""
    return [problem for problem in problems_of(project) if problem.rule == "unknown-id"]


def test_an_unknown_id_is_told_once_with_its_places(project):
    """Catches an id that is told once for each use, and one whose other uses have to be searched for."""
    lines = []
    for path in (SHEET, OTHER):
        text = (project / path).read_text(encoding="utf-8")
        (project / path).write_text(re.sub(USED, "act-lmn", text), encoding="utf-8")
        lines.append([n for n, line in enumerate(text.splitlines(), 1) if re.search(USED, line)])
    (problem,) = unknown(project)
    assert (problem.place.file, problem.place.line) == (OTHER, lines[1][0])
    here, there = lines[1][1:], lines[0]
    assert len(here) > 1 and len(there) > 1
    listed = f", also in lines {_and(here)} and {SHEET}:{_and(there)}"
    assert problem.found == f"“act-lmn”{listed}"


def _and(lines: list[int]) -> str:
    """Numbers as a message lists them."""
    return ", ".join(map(str, lines[:-1])) + f" and {lines[-1]}"


def test_words_of_the_unit_tell_what_is_meant(project):
    """Catches a proposal that looks at the id alone, and not at the words that the sheet quotes for whom it names."""
    text = (project / SHEET).read_text(encoding="utf-8")
    match = re.search(r"( +agent|actor|participant|recipient): \{act-wagner: ", text)
    assert match
    start, end = match.span()
    (project / SHEET).write_text(
        text[:start] + match[0].replace("act-wagner", "act-contractors") + text[end:], encoding="utf-8"
    )
    (problem,) = unknown(project)
    assert problem.expected.startswith("“act-wagner” (Wagner Group)")


def test_an_entry_to_be_added(project):
    """Catches advice to add an entry that does not say how."""
    edit(project, SHEET, "targets: [act-haftar, act-assad]", "targets: [act-macron, act-assad]")
    (problem,) = unknown(project)
    assert re.fullmatch("one of the [0-9]+ known ids, of which none resembles it", problem.expected)
    entry = "- {id: act-macron, name: …, type: …, description: …}"
    path = SHEET.replace("/articles/", "/actors/")
    assert problem.remedy == f"add it to {path} as “{entry}”, or take the id of another entry"
    line = (
        entry.replace("name: …", "name: Emmanuel Macron")
        .replace("type: …", "type: person")
        .replace("description: …", "description: President of France")
    )
    (project / path).parent.mkdir()
    (project / path).write_text(f"{line}\n", encoding="utf-8")
    assert not problems_of(project)


def test_quotations_are_checked_beside_unknown_ids(project):
    """Catches a quotation that is looked at only when all ids are known."""
    edit(project, SHEET, "targets: [act-haftar, act-assad]", "targets: [act-hafter, act-assad]")
    edit(project, SHEET, "“We know that, certainly the Russians", "“We know that, certainly the Russian")
    assert {problem.rule for problem in problems_of(project)} == {"quotation", "unknown-id"}


def test_a_retired_id_names_its_successor(project):
    """Catches an id that was given up and is answered with others that look like it."""
    path = project / "seeds/coding/retired.yaml"
    old = "- {id: act-old-army, since: 0.2.0, successors: [act-lna], because: Renamed.}\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(old if text.strip().endswith("[]") else f"{text}{old}", encoding="utf-8")
    edit(project, SHEET, "targets: [act-haftar, act-assad]", "targets: [act-old-army, act-assad]")
    (problem,) = unknown(project)
    assert problem.expected == "“act-lna”, in place of this id, which is retired since 0.2.0"


def test_a_dropped_register_is_told_once(project):
    """Catches a register whose absence is told for each use of its ids."""
    (project / "seeds/coding/topics.yaml").unlink()
    problems = problems_of(project)
    assert [problem.place.file for problem in problems] == ["seeds/coding/topics.yaml"]


def test_an_ambiguous_alias_says_what_to_write(project):
    """Catches an alias of two entries that is told in sheets which nobody touched, or without what to write there."""
    edit(project, ACTORS, "UAE: name", "UAE: name, Assad: name")
    (problem,) = [problem for problem in problems_of(project) if problem.severity == "error"]
    assert problem.place.file == ACTORS
    assert re.fullmatch(
        r"the alias “Assad” of act-[a-z-]+ \(.*actors.yaml:\d+:\d+\) and of act-[a-z-]+ \(.*actors.yaml:\d+:\d+\)",
        problem.found,
    )
    assert "write “- {words: Assad, means: act-" in problem.remedy
    assert SHEET in problem.remedy


NEW = "004_3eb302bd82f84695.yaml"


@pytest.mark.parametrize(
    ("table", "used_in", "expected"),
    [
        ("actors", f"seeds/coding/articles/{NEW}", f"seeds/coding/actors/{NEW}"),
        ("sources", f"seeds/coding/events/{NEW}", f"seeds/coding/sources/{NEW}"),
        (
            "events",
            "seeds/coding/articles/1000_3eb302bd82f84695.yaml",
            "seeds/coding/events/1000_3eb302bd82f84695.yaml",
        ),
        ("topics", f"seeds/coding/articles/{NEW}", "seeds/coding/topics.yaml"),
        ("actors", "seeds/coding/events.yaml", "seeds/coding/actors.yaml"),
        ("actors", "seeds/coding/events/more.yaml", "seeds/coding/actors.yaml"),
        ("actors", f"seeds/readings/reader-1/articles/{NEW}", "seeds/coding/actors.yaml"),
    ],
)
def test_the_file_for_a_new_entry(table, used_in, expected):
    """Catches advice to add what comes with an article to the file that everybody edits."""
    assert _file_for(table, used_in) == expected
