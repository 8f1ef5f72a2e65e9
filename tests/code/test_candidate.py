"""A release is judged: its version, what its changelog explains, and that no id vanished."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from haftar_record.files import yaml_file
from haftar_record.package.snapshot import Snapshot
from haftar_record.problems.problem import Problems
from haftar_record.releases import candidate, changelog, difference

from . import packages
from .packages import ROOT, base, released

RECORD = yaml_file.load(ROOT, "seeds/coding/record.yaml")


def judged(new: Snapshot, text: str = "- all", old: Snapshot | None = None, version: str = "") -> list[tuple[str, str]]:
    """Rule and what was found of every problem of a release with this section in its changelog."""
    problems = Problems()
    section = changelog.Section(version or new.version, 5, text)
    candidate.judge(difference.compare(old or base(), new), [section], RECORD, problems)
    return [(problem.rule, problem.found) for problem in problems.sorted]


def corrected(version: str = "0.1.1") -> Snapshot:
    """The package with one coded value corrected."""
    new = released(base(), version)
    new.tables["statements"].rows[("st-9d1fdcb4-07",)]["summary"] = "x"
    return new


def test_a_sound_release():
    """A corrected value, named, in a patch release: nothing to say."""
    assert judged(corrected(), "- `st-9d1fdcb4-07`: better.") == []


def test_nothing_to_release():
    """The package of the last release, unchanged, is no mistake."""
    assert judged(base(), "") == []


@pytest.mark.parametrize("version", ["0.1.1", "0.2.0", "1.0.0"])
def test_a_larger_step_is_allowed(version):
    """That a meaning changed no comparison can see, so a larger step than asked for passes."""
    assert judged(corrected(version), "- `st-9d1fdcb4-07`") == []


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "0.1.2", "0.3.0", "2.0.0", "0.2.1", "1.1.0"])
def test_a_wrong_step(version):
    """The same version again, an earlier one, a skipped or a half-done step is refused."""
    assert ("version-step", f"version {version}") in judged(corrected(version), "- `st-9d1fdcb4-07`", version="0.1.1")


def test_too_small_a_step():
    """One more unit requires a minor step: a patch is refused, and the expected versions are named."""
    new = released(base(), "0.1.1")
    packages.add(new, "relations", "rel-3eb302bd-25", "rel-3eb302bd-99")
    problems = Problems()
    section = changelog.Section("0.2.0", 5, "- `rel-3eb302bd-99`")
    candidate.judge(difference.compare(base(), new), [section], RECORD, problems)
    (only,) = problems.sorted
    assert only.expected == "0.2.0 or 1.0.0: after 0.1.0, the changes require a minor step"
    assert (only.remedy, only.place.line) == ('set `version` to "0.2.0"', RECORD.place(("version",)).line)


def test_the_moment_moves_on():
    """A release that claims the moment of the last one is refused."""
    new = replace(corrected(), descriptor=corrected().descriptor | {"created": base().descriptor["created"]})
    assert [rule for rule, _ in judged(new, "- `st-9d1fdcb4-07`")] == ["created"]


@pytest.mark.parametrize(("text", "version"), [("", "0.1.1"), ("- `st-9d1fdcb4-07`", "0.1.0")])
def test_the_changelog_tells_of_it(text, version):
    """No section of the version, or an empty one, is refused; so is the change that it leaves out."""
    assert [rule for rule, _ in judged(corrected(), text, version=version)] == ["changelog", "unexplained"]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("- `st-9d1fdcb4-07`", False),
        ("- `st-9d1fdcb4-*`", False),
        ("- `statements.summary`", False),
        ("- `statements.*`", False),
        ("- `statements`", True),
        ("- `statements.stance`", True),
        ("- st-9d1fdcb4-07", True),
        ("- `doc-9d1fdcb4`", True),
    ],
)
def test_what_explains_a_corrected_value(text, lacks):
    """Its row or its column, in backticks; its table or article would explain too much."""
    expected = [("unexplained", "1 change in statements is not mentioned in CHANGELOG.md: st-9d1fdcb4-07")]
    assert judged(corrected(), text) == (expected if lacks else [])


def test_what_explains_the_schema_and_the_texts():
    """A column by its name or its table, a property by its own."""
    new = released(base(), "1.0.0")
    packages.field(new, "topics", "name")["type"] = "any"
    new.descriptor["keywords"] = ["x"]
    assert judged(new, "- `topics.name` and `keywords`") == judged(new, "- `topics`, `keywords`") == []
    assert judged(new) == [
        ("unexplained", "1 change in the schema is not mentioned in CHANGELOG.md: topics.name"),
        ("unexplained", "1 change in the texts of the release is not mentioned in CHANGELOG.md: keywords"),
    ]


def with_article() -> tuple[Snapshot, Snapshot]:
    """A release with one article less, and the one after it with all of them."""
    new = released(base(), "0.2.0")
    others = sorted(key[0] for key in new.tables["documents"].rows if key[0] != "doc-3eb302bd")
    old = packages.keep_article(base(), *others)
    del old.tables["actors"].rows[("act-wooster",)]  # an actor that only the new article speaks of
    return old, new


def test_an_article_explains_all_that_comes_with_it():
    """One name explains a new article: its units, their evidence, and the actors that come with it."""
    old, new = with_article()
    assert judged(new, "- `doc-3eb302bd` added.", old) == []


def test_an_article_that_is_not_mentioned_is_one_mistake():
    """Its rows follow from it, and so do the actors that it brings: each table on its own would be a complaint about
    what one line cures. What does not follow from it is told as well."""
    old, new = with_article()
    lacking = ("unexplained", "1 change in documents is not mentioned in CHANGELOG.md: doc-3eb302bd")
    assert judged(new, "- more", old) == [lacking]
    assert judged(new, "- `st-3eb302bd-*`, `act-wooster`", old) == [lacking]
    packages.add(new, "actors", "act-wooster", "act-nobody")
    nobody = ("unexplained", "1 change in actors is not mentioned in CHANGELOG.md: act-nobody")
    assert judged(new, "- more", old) == [nobody, lacking]


def test_an_article_is_misspelt_in_the_changelog():
    """The article is not explained, and the id that no release has is told with the one that is meant."""
    old, new = with_article()
    assert judged(new, "- `doc-3eb302bc`", old) == [
        ("unexplained", "1 change in documents is not mentioned in CHANGELOG.md: doc-3eb302bd"),
        ("unknown-id", "`doc-3eb302bc`"),
    ]


def test_a_line_stands_in_two_sections():
    """What waits under “Unreleased” counts beside the section of the coming version: where it stands is the mistake."""
    old, new = with_article()
    sections = [changelog.Section("Unreleased", 3, "- `doc-3eb302bd`"), changelog.Section("0.2.0", 7, "New.")]
    problems = Problems()
    candidate.judge(difference.compare(old, new), sections, RECORD, problems)
    assert [(problem.rule, problem.found) for problem in problems.sorted] == [("changelog", "“## Unreleased”")]


def test_a_line_came_after_the_release():
    """A branch was made before a release and merged after it: its line is in the section of that release, and moves."""
    old, new = with_article()
    sections = [changelog.Section("0.2.0", 3, "- `topics`"), changelog.Section("0.1.0", 7, "- `doc-3eb302bd`: new.")]
    problems = Problems()
    candidate.judge(difference.compare(old, new), sections, RECORD, problems)
    (problem,) = problems.sorted
    assert problem.found == "1 change in documents is not mentioned under 0.2.0: doc-3eb302bd"
    assert problem.remedy == "move what is said of `doc-3eb302bd` here from 0.1.0 (line 7), which was released before"


def test_a_row_was_mentioned_before():
    """An earlier section names the row because it was corrected before; that is no line to move."""
    sections = [changelog.Section("0.1.1", 3, "- more"), changelog.Section("0.1.0", 7, "- `st-9d1fdcb4-07`: better.")]
    problems = Problems()
    candidate.judge(difference.compare(base(), corrected()), sections, RECORD, problems)
    assert [problem.remedy for problem in problems.sorted] == ["say what changed and why"]


def test_an_article_does_not_explain_another_actor():
    """An actor that comes with the article but that nothing in it speaks of needs its own name."""
    old, new = with_article()
    packages.add(new, "actors", "act-wooster", "act-nobody")
    assert judged(new, "- `doc-3eb302bd`", old) == [
        ("unexplained", "1 change in actors is not mentioned in CHANGELOG.md: act-nobody")
    ]


@pytest.mark.parametrize(
    ("table", "names", "elsewhere"),
    [
        ("evidence", ("`evidence`", "`rel-3eb302bd-25`", "`ev-3eb302bd-*`"), "`relations`"),
        ("sentences", ("`sentences`", "`doc-187cdebd`", "`sen-*`"), "`doc-9d1fdcb4`"),
        ("statement_targets", ("`statement_targets`",), "`statements`"),
    ],
)
def test_what_explains_a_row_with_a_computed_id(table, names, elsewhere):
    """Its own id, its table, or the unit or article that it belongs to."""
    new = released(base(), "0.1.1")
    key = next(
        k for k, row in new.tables[table].rows.items() if table != "evidence" or row["relation_id"] == "rel-3eb302bd-25"
    )
    del new.tables[table].rows[key]
    for name in names:
        assert judged(new, f"- {name}") == [], name
    assert [rule for rule, _ in judged(new, f"- {elsewhere}")] == ["unexplained"]


def test_evidence_of_a_corrected_unit_needs_no_words():
    """When a unit is named, its evidence, the targets and the sentence counts that follow from it are not."""
    new = corrected()
    for table in ("evidence", "statement_targets"):
        rows = new.tables[table].rows
        del rows[next(key for key, row in rows.items() if row["statement_id"] == "st-9d1fdcb4-07")]
    new.tables["sentences"].rows[("sen-9d1fdcb4-p01-s01",)]["unit_count"] = "9"
    new.tables["sentences"].rows[("sen-9d1fdcb4-p01-s01",)]["reason"] = "x"
    assert judged(new, "- `st-9d1fdcb4-07`") == []


def test_what_only_the_program_changed():
    """A computed value that changed alone is the program's doing, and is named by its column or table."""
    new = released(base(), "0.1.1")
    new.tables["actors"].rows[("act-haftar",)]["mention_count"] = "1"
    assert judged(new, "- `actors.mention_count` counts anew.") == judged(new, "- `actors`") == []
    assert judged(new) == [("unexplained", "1 change in actors is not mentioned in CHANGELOG.md: actors.mention_count")]


def test_a_name_that_is_no_id():
    """A slip of the pen in the changelog is a warning with the nearest id; words in backticks are left alone."""
    found = judged(corrected(), "- `st-9d1fdcb4-07`, `st-9d1fdcb4-7`, `make build`, `x-y`, `statements.summary`")
    assert found == [("unknown-id", "`st-9d1fdcb4-7`")]


def retire(package: Snapshot, identity: str, since: str = "0.2.0") -> Snapshot:
    rows = [*package.descriptor.get("retired", []), {"id": identity, "since": since, "because": "x", "successors": []}]
    return replace(package, descriptor=package.descriptor | {"retired": rows})


def test_an_id_that_vanished():
    """A unit that is gone without a row in the register is refused; with one, it is a release."""
    new = released(base(), "0.2.0")
    packages.remove(new, "topics", "top-assad-rule")
    assert judged(new, "- `top-assad-rule`") == [("vanished-id", "1 id of 0.1.0 is gone from topics: top-assad-rule")]
    assert judged(retire(new, "top-assad-rule"), "- `top-assad-rule`") == []


def test_an_id_that_moved_is_no_loss():
    """An id is kept when it is the key of another table."""
    new = released(base(), "1.0.0")
    new.tables["themes"] = new.tables.pop("topics")
    assert judged(new, "- `topics` is now `themes`.") == []


@pytest.mark.parametrize(
    ("identity", "since", "found"),
    [
        ("top-nowhere", "0.2.0", ("retired", "top-nowhere")),
        ("top-assad-rule", "0.1.0", ("retired", "top-assad-rule since 0.1.0")),
    ],
)
def test_a_wrong_retirement(identity, since, found):
    """What no release had cannot be retired, and what the last one had is not gone since then."""
    new = retire(released(base(), "0.2.0"), identity, since)
    packages.remove(new, "topics", "top-assad-rule")
    assert found in judged(new, "- `top-assad-rule`")


def test_a_retirement_is_for_good():
    """A row that is taken out of the register again is refused."""
    old = retire(base(), "st-9d1fdcb4-99", "0.1.0")
    assert ("retired", "no entry for st-9d1fdcb4-99, which was retired before") in judged(
        corrected(), "- `st-9d1fdcb4-07`", old
    )
    assert judged(retire(corrected(), "st-9d1fdcb4-99", "0.1.0"), "- `st-9d1fdcb4-07`", old) == []


def test_a_tag_on_another_version():
    """A tag that is not on the revision of its version is refused: everything would be compared with the wrong release."""
    old = replace(base(), shown="v0.0.9")
    assert judged(corrected(), "- `st-9d1fdcb4-07`", old) == [("tag", "version 0.1.0")]


def test_the_title_of_a_source_is_a_text_of_the_release():
    """Titles of articles are written by hand; an article that comes or goes is no change of them."""
    new = corrected()
    new.descriptor["sources"][0]["title"] = "x"
    assert judged(new, "- `st-9d1fdcb4-07`") == [
        ("unexplained", "1 change in the texts of the release is not mentioned in CHANGELOG.md: sources")
    ]
    new = corrected()
    del new.descriptor["sources"][0]
    assert judged(new, "- `st-9d1fdcb4-07`") == []


def test_a_first_release():
    """Without a release before it, a version has to be told of; that others are told of means that tags are missing."""

    def first(*versions: str) -> list[str]:
        problems = Problems()
        candidate.first(base(), [changelog.Section(version, 1, "x") for version in versions], problems)
        return [problem.rule for problem in problems.sorted]

    assert first("0.1.0") == []
    assert first() == ["changelog"]
    assert first("0.1.0", "0.0.9") == ["last-release"]


def test_sections_of_the_changelog(tmp_path):
    """Headings of the usual forms, text up to the next one, names without blanks."""
    text = "# Changes\n\n## [v1.0.0] - 2027\n\na `b` `c d`\n### More\n`e.*`\n\n## 0.9.0\n\n## Plans\nx\n"
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    newest, oldest = changelog.read(tmp_path)
    assert (newest.version, newest.line, newest.names) == ("1.0.0", 3, {"b", "e.*"})
    assert (oldest.version, oldest.line, oldest.text) == ("0.9.0", 9, "")


@pytest.mark.parametrize(
    ("data", "place", "found"),
    [
        (b"# Changes\n\n## 1.0.0\n\tSound, and `so` on.\r\n", None, ""),
        ("## 1.0.0\n\nAll \u202enew.\n".encode(), (3, 5), "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (b"## 1.0.0\n\x1b[31mred\n", (2, 1), "U+001B ESCAPE"),
        ("## 1.0.0\nA\u2028b\n".encode(), (2, 2), "U+2028 LINE SEPARATOR"),
        (b"## 1.0.0\n\nVi\xe9l\n", (3, 0), "byte 0xE9"),
    ],
)
def test_characters_of_the_changelog(tmp_path, data, place, found):
    """A release takes the file as it is, so it may have no other characters than a text of the record."""
    (tmp_path / "CHANGELOG.md").write_bytes(data)
    problems = Problems()
    changelog.check_characters(tmp_path, problems)
    told = [((problem.place.line, problem.place.column), problem.found) for problem in problems.items]
    assert told == ([(place, found)] if place else [])


def test_a_role_belongs_to_its_event():
    """A role that goes is explained by the event, and not by a correction of the actor elsewhere."""
    new = released(base(), "0.1.1")
    del new.tables["event_actors"].rows[("ea-essin-crossing-seizure-2021-lna-actor",)]
    new.tables["actors"].rows[("act-lna",)]["description"] = "x"
    lacking = [
        (
            "unexplained",
            "1 change in event_actors is not mentioned in CHANGELOG.md: ea-essin-crossing-seizure-2021-lna-actor",
        )
    ]
    assert judged(new, "- `act-lna`") == lacking
    assert judged(new, "- `act-lna`, `evt-essin-crossing-seizure-2021`") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["sections for no version"]),
        ("# Changes\n", ["sections for no version"]),
        ("## Plans\n\nx\n", ["sections for no version"]),
        ("##\n## \n##0.1.0\nx", ["sections for no version"]),
        ("# 0.1.0\n\nx\n", ["sections for no version"]),
        ("## 0.1.0\n", ["nothing under 0.1.0"]),
        ("## 0.1.0\n\n## 0.0.9\n\nx", ["nothing under 0.1.0", f"{changelog.PATH} has a section for 0.0.9, but this repository has no tag v0.0.9"]),
        ("## 0.1.0-rc1\n\nx\n", ["sections for no version"]),
        ("## 0.1.0.1\n\nx\n", ["sections for no version"]),
        ("```\n## 0.1.0\n```\n\nx\n", ["sections for no version"]),
        ("~~~~ md\n```\n## 0.1.0\n~~~\n~~~~\nx\n", ["sections for no version"]),
        ("## 0.1.0\n\nx\n\n## 0.1.0\n\ny\n", ["0.1.0 again"]),
        ("## 0 . 1 . 0\n\nx\n", ["sections for no version"]),
        ("\ufeff## 0.1.0\r\n\r\nx\r\n", []),
        ("a\u2028## 0.0.1\n## v0.1.0, at last\n```\n## 0.0.9\n```\n", []),
        ("## [0.1.0] - 2027\x00\x1b\n\nx\udcff", []),
    ],
)  # fmt: skip
def test_a_changelog_of_any_form(tmp_path, text, found):
    """An empty changelog, or one without a section, ended in a traceback; a heading in code was taken for one."""
    (tmp_path / changelog.PATH).write_bytes(text.encode("utf-8", "surrogateescape"))
    problems = Problems()
    candidate.first(base(), changelog.read(tmp_path), problems)
    assert sorted(problem.found for problem in problems.items) == sorted(found)
    assert all(re.search(r"0\.(1\.0|0\.9)", str(problem)) for problem in problems.items)


@pytest.mark.parametrize("status, said", [("machine_draft", "a machine’s draft"), ("begun", "whose coding is begun")])
@pytest.mark.parametrize("is_first", [False, True])
def test_a_draft_is_not_released(is_first, status, said):
    """An article whose coding is not finished, or was proposed by a machine and confirmed by nobody, is named, with its
    sheet."""
    new = corrected()
    row = new.tables["documents"].rows[("doc-3eb302bd",)]
    row["coding_status"] = status
    problems = Problems()
    if is_first:
        candidate.first(new, [changelog.Section(new.version, 5, "- all")], problems)
    else:
        candidate.judge(difference.compare(base(), new), [changelog.Section(new.version, 5, "- `*`")], RECORD, problems)
    (problem,) = [problem for problem in problems.sorted if problem.rule == "draft"]
    assert problem.found == f"doc-3eb302bd, {said}"
    assert problem.place.file == "seeds/coding/articles/004_3eb302bd82f84695.yaml"
