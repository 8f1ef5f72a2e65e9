"""A record that grows: numbers of any length, registers in several files, counts in texts, one line for an article."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.coding import inputs
from haftar_record.coding.inputs import Inputs
from haftar_record.model import counted
from haftar_record.model.computed import article_number, article_order
from haftar_record.model.tables import Document
from haftar_record.package import reader
from haftar_record.problems.problem import Problem, Problems, WrongUse
from haftar_record.releases import changelog
from haftar_record.text.articles import SEED_NAME

from ..bench import multiply
from .packages import base, released
from .test_candidate import judged, with_article

DIGITS = "0123456789abcdef"


def read(project: Path) -> tuple[Inputs, list[Problem]]:
    problems = Problems()
    return inputs.read(project, problems), problems.sorted


def renumber(project: Path, old: str, new: str) -> None:
    """Give an article another number: its file, its sheet, and the line in that."""
    (path,) = (project / "seeds/articles").glob(f"{old}_*.txt")
    name = f"{new}_{path.stem.partition('_')[2]}"
    sheet = project / f"seeds/coding/articles/{path.stem}.yaml"
    text = sheet.read_text(encoding="utf-8").replace(f"article: {path.stem}.txt", f"article: {name}.txt")
    path.rename(path.with_name(f"{name}.txt"))
    sheet.unlink()
    sheet.with_name(f"{name}.yaml").write_text(text, encoding="utf-8")


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["000", "005", "099", "999", "1000", "1234", "10000", "123456789"])
def test_a_number_has_no_end(number):
    """Three digits, or as many as it needs."""
    match = SEED_NAME.fullmatch(f"{number}_{DIGITS}.txt")
    assert match and (match["number"], match["key"]) == (number, "01234567")


@pytest.mark.parametrize(
    "number", ["", "0", "12", "0005", "0999", "01000", "-01", "1e3", "00a", "٠٠٥", "１２３４", "1 000", "1,000"]
)
def test_a_number_has_no_needless_zeros(number):
    """Else one article could have two names; and digits are those of ASCII."""
    assert not SEED_NAME.fullmatch(f"{number}_{DIGITS}.txt")


def test_articles_are_in_the_order_of_their_numbers():
    """As text, 1000 would stand between 100 and 999."""
    numbers = ["000", "002", "009", "010", "099", "100", "101", "999", "1000", "1001", "9999", "10000"]
    for form in ("{}_0123456789abcdef.txt", "seeds/articles/{}_0123456789abcdef.txt", "{} A/B_C Daily"):
        names = [form.format(number) for number in numbers]
        shuffled = random.Random(1).sample(names, len(names))
        assert sorted(shuffled, key=article_order) == names
        assert [article_number(name) for name in names] == numbers


def test_an_article_gets_another_number(project, run):
    """Labels, paths and titles change with the number; no id does, and the article with the lowest number still gives the
    words of an event."""
    before = reader.read(project).rows
    renumber(project, "000", "1234")
    assert run(project, "build").returncode == 0
    after = reader.read(project).rows
    for table, rows in after.items():
        if table != "evidence":  # of an actor, it is the first mention, by the numbers of the articles
            assert [row.id for row in rows] == [row.id for row in before[table]], table
    (row,) = (row for row in after["documents"] if row.document_id == "doc-9d1fdcb4")
    assert (row.label, row.seed_path) == ("1234 Echorouk Online", "seeds/articles/1234_9d1fdcb4705b4c67.txt")
    shared = next(e for e in before["events"] if {"doc-9d1fdcb4", "doc-47cb6610"} <= told(before, e.event_id))
    words = {e.event_id: e.evidence_text for e in after["events"]}[shared.event_id]
    first = {r.evidence_text for r in after["event_reports"] if r.document_id == "doc-47cb6610"}
    assert shared.evidence_text not in first and words in first


def told(rows, event: str) -> set[str]:
    return {row.document_id for row in rows["event_reports"] if row.event_id == event}


def test_each_of_several_gets_a_number_of_its_own(project):
    """Three articles of one number: two of them are renamed, and not to the same name."""
    for old in ("001", "003"):
        renumber(project, old, "004")
    _, problems = read(project)
    assert [problem.rule for problem in problems] == ["duplicate", "duplicate"]
    assert [problem.expected for problem in problems] == ["another number, such as 005", "another number, such as 006"]
    assert all("because no id has the number" in problem.remedy for problem in problems)
    for problem in problems:  # whoever does what it says has a sound record
        old = Path(problem.place.file).name
        new = problem.remedy.split("rename it to ")[1].split(" ")[0]
        sheet = project / "seeds/coding/articles" / Path(old).with_suffix(".yaml")
        text = sheet.read_text(encoding="utf-8").replace(f"article: {old}", f"article: {new}")
        (project / "seeds/articles" / old).rename(project / "seeds/articles" / new)
        sheet.rename(sheet.with_name(Path(new).with_suffix(".yaml").name)).write_text(text, encoding="utf-8")
    found, problems = read(project)
    assert (len(found.coded), problems) == (5, [])


def test_copies_have_numbers_of_their_own(project):
    """The benchmark gives its copies numbers that no article has, however long the numbers are."""
    renumber(project, "002", "999")
    multiply(project, 2)
    found, _ = read(project)
    numbers = [article_number(one.article.name) for one in found.coded]
    assert numbers == ["000", "001", "003", "004", "999", "1000", "1001", "1002", "1003", "1004"]


def test_an_article_is_withdrawn(project):
    """What other files say of it is one mistake with all its places, however many discrepancies it is in."""
    for path in (*project.glob("seeds/articles/002_*"), *project.glob("seeds/coding/articles/002_*")):
        path.unlink()
    found, problems = read(project)
    assert problems == []
    said = Problems()
    assemble(found, said)
    (problem,) = (one for one in said.sorted if one.rule == "unknown-id")
    uses = (project / "seeds/coding/discrepancies.yaml").read_text(encoding="utf-8").count("article: 6b383f3c, quotes")
    assert uses > 10
    assert problem.found.startswith("article 6b383f3c, also in lines ")
    assert problem.found.count(",") + problem.found.count(" and ") == uses - 1
    assert "if the article is gone, remove what names it" in problem.remedy


@pytest.mark.parametrize("number", [0, 7])
def test_words_of_no_article(project, number):
    """A side of a discrepancy that has quotes has an article; the message says so, and of no article “None”."""
    path = project / "seeds/coding/discrepancies.yaml"
    text = path.read_text(encoding="utf-8")
    parts = text.split("{article: ")
    head, tail = "{article: ".join(parts[: number + 1]), "{article: ".join(parts[number + 1 :])
    path.write_text(f"{head}{{{tail.partition(', ')[2]}", encoding="utf-8")
    found, problems = read(project)
    said = Problems()
    assemble(found, said)
    told = [(problem.rule, problem.found) for problem in [*problems, *said.sorted] if "dis" in problem.place.file]
    assert told == [("evidence", "quotes of no article")]


# -- registers ---------------------------------------------------------------------------------------------------------


def entries(project: Path, register: str, name: str, text: str) -> Path:
    """A further file of a register."""
    path = project / f"seeds/coding/{register}/{name}"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


ACTOR = '- {{id: act-{0}, name: "{0}", type: person, country: not-stated, description: "{0}."}}\n'


def test_a_register_stands_in_several_files(project):
    """Entries of all files are one register; a mistake is told where it stands."""
    entries(project, "actors", "b.yaml", ACTOR.format("bea") + ACTOR.format("bo"))
    entries(
        project,
        "actors",
        "a.yaml",
        "# one more\n" + ACTOR.format("ann") + ACTOR.format("act").replace("person", "persn"),
    )
    found, problems = read(project)
    assert [(problem.rule, str(problem.place)) for problem in problems] == [("code", "seeds/coding/actors/a.yaml:3:36")]
    entries(project, "actors", "a.yaml", "# one more\n" + ACTOR.format("ann"))
    found, problems = read(project)
    assert problems == []
    register = found.registers["actors"]
    assert [entry.id for entry in register.value][-3:] == ["act-ann", "act-bea", "act-bo"]
    place = {entry.id: str(register.place((index, "id"))) for index, entry in enumerate(register.value)}
    assert place["act-ann"] == "seeds/coding/actors/a.yaml:2:8"
    assert place["act-bo"] == "seeds/coding/actors/b.yaml:2:8"
    assert place["act-haftar"].startswith("seeds/coding/actors.yaml:")
    rows, _ = assemble(found, Problems())
    assert {"act-ann", "act-bea", "act-bo", "act-haftar"} <= {row.actor_id for row in rows["actors"]}


def test_an_id_stands_in_one_file_alone(project, run):
    """The same entry in two files is an error that names both places."""
    entries(
        project,
        "topics",
        "more.yaml",
        '- {id: top-assad-rule, name: "X", definition: "X.", support_means: "X.", oppose_means: "Y."}\n',
    )
    done = run(project, "build")
    assert done.returncode == 1
    assert "seeds/coding/topics/more.yaml:1:8: error [duplicate]" in done.stderr
    assert "first at seeds/coding/topics.yaml:" in done.stderr


@pytest.mark.parametrize(
    ("register", "name", "rule"),
    [
        ("actors", "a.yml", "unexpected-file"),
        ("events", "notes.md", "unexpected-file"),
        ("record", "a.yaml", "unexpected-file"),
    ],
)
def test_a_file_that_no_build_reads(project, register, name, rule):
    """A further file of another ending would be passed over in silence; the texts of the release stand in one file."""
    entries(project, register, name, "x\n")
    _, problems = read(project)
    assert [problem.rule for problem in problems] == [rule]


def test_a_folder_of_a_register_may_be_empty(project):
    """Git keeps no empty folder, an editor may; a note for people and what systems leave behind are no entries."""
    entries(project, "sources", "README.md", "For the sources of new articles.\n")
    entries(project, "sources", ".DS_Store", "")
    (project / "seeds/coding/places").mkdir()
    assert read(project)[1] == []


def test_a_folder_of_a_register_may_be_no_link(project, tmp_path_factory):
    """Nothing is read from outside the project."""
    (project / "seeds/coding/actors").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    _, problems = read(project)
    assert problems and {problem.place.file for problem in problems} == {"seeds/coding/actors"}


def test_marks_of_a_merge(project):
    """Two contributors changed the same entry: git leaves both in the file, and the message says so."""
    path = project / "seeds/coding/topics.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}<<<<<<< HEAD\n- {{id: top-a}}\n=======\n- {{id: top-b}}\n>>>>>>> two\n", encoding="utf-8")
    (problem,) = read(project)[1]
    assert (problem.rule, problem.place.line) == ("yaml", text.count("\n") + 1)
    assert problem.found == "the marks of a merge that git left to you" and "<<<<<<<" in problem.remedy


# -- counts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "no articles"),
        (1, "one article"),
        (2, "two articles"),
        (12, "twelve articles"),
        (13, "13 articles"),
        (1234, "1,234 articles"),
    ],
)
def test_the_description_counts_articles(count, words):
    """Words up to twelve, figures after."""
    assert counted.filled("Events in {articles}.", counted.places(["2021"] * count)) == f"Events in {words}."


@pytest.mark.parametrize(
    ("days", "years"),
    [
        (["2021-06-28"], "2021"),
        (["2021-06-28", "2021"], "2021"),
        (["2020-07-02/2020-07-04", "2019-11-17"], "2019 to 2020"),
        (["2019-12-31/2020-01-02"], "2019 to 2020"),
        (["2021-06~", "0999"], "0999 to 2021"),
    ],
)
def test_the_description_has_the_years(days, years):
    """The first and the last year of publication, however the days are written."""
    assert counted.filled("{years}", counted.places(days)) == years


def test_what_is_counted_is_true(project):
    """The description of the package has the number and the years of its articles, and no place left."""
    package = reader.read(project)
    days = [row.published_date for row in package.rows[Document.TABLE]]
    assert "in five articles of 2019 to 2021 on" in package.descriptor["description"]
    assert counted.emptied(package.descriptor["description"], counted.places(days)).count("{") == 2


@pytest.mark.parametrize("place", ["{article}", "{Articles}", "{years:d}", "{", "}"])
def test_a_place_that_nothing_fills(project, place):
    """Else the braces would be published."""
    path = project / "seeds/coding/record.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("{articles}", place), encoding="utf-8")
    (problem,) = read(project)[1]
    assert (problem.rule, problem.found) == ("form", f"“{place}”")
    assert "{articles} and {years}" in problem.expected


def test_a_source_has_a_title_without_its_being_typed(project, run):
    """Publisher and day stand for an article whose sheet does not say how to cite it."""
    (sheet,) = (project / "seeds/coding/articles").glob("002_*.yaml")
    lines = sheet.read_text(encoding="utf-8").splitlines(keepends=True)
    sheet.write_text("".join(line for line in lines if not line.startswith("  cited_as:")), encoding="utf-8")
    assert run(project, "build").returncode == 0
    (title,) = (one["title"] for one in reader.read(project).descriptor["sources"] if "002_" in one["path"])
    day = next(row for row in reader.read(project).rows["documents"] if row.label.startswith("002")).published_date
    assert title == f"002, doc-6b383f3c: Turkish Journal, {day}"


# -- releases ----------------------------------------------------------------------------------------------------------


def test_a_count_needs_no_words():
    """That the description counts one article more follows from the article; another wording does not."""
    old, new = with_article()
    before = old.descriptor | {"description": new.descriptor["description"].replace("five articles", "four articles")}
    assert "four articles" in before["description"]
    old = old.__class__(old.shown, before, old.tables)
    assert judged(new, "- `doc-3eb302bd` added.", old) == []
    new.descriptor["description"] += " More."
    assert [rule for rule, _ in judged(new, "- `doc-3eb302bd` added.", old)] == ["unexplained"]


def test_another_number_is_one_change():
    """The label, the title among the sources and the first mentions of actors follow from the number: one line explains
    them, and a source that is cited otherwise needs its own."""
    old, new = base(), released(base(), "0.1.1")
    row = new.tables["documents"].rows[("doc-6b383f3c",)]
    row |= {"seed_path": row["seed_path"].replace("/002_", "/1234_"), "label": row["label"].replace("002 ", "1234 ")}
    (source,) = (one for one in new.descriptor["sources"] if "002_" in one["path"])
    source |= {"path": row["seed_path"], "title": source["title"].replace("002, ", "1234, ")}
    evidence = new.tables["evidence"].rows
    (first, *_) = (key for key, cells in evidence.items() if cells["actor_id"] and "6b383f3c" in key[0])
    moved = evidence.pop(first)
    evidence[("ev-187cdebd-0000-0005-act-x-name",)] = moved | {"document_id": "doc-187cdebd"}
    assert judged(new, "- `doc-6b383f3c` has another number.", old) == []
    missing = ("unexplained", "1 change in documents is not mentioned in CHANGELOG.md: doc-6b383f3c")
    assert judged(new, "- more", old) == [missing]
    source["title"] += ", corrected"
    sources = ("unexplained", "1 change in the texts of the release is not mentioned in CHANGELOG.md: sources")
    assert judged(new, "- `doc-6b383f3c`", old) == [sources]


def test_the_first_mention_moves_with_an_article_alone():
    """Where no article came, went or was renumbered, evidence of an actor that comes and goes is a change of its own."""
    old, new = base(), released(base(), "0.1.1")
    evidence = new.tables["evidence"].rows
    (first, *_) = (key for key, cells in evidence.items() if cells["actor_id"])
    del evidence[first]
    lacking = [("unexplained", f"1 change in evidence is not mentioned in CHANGELOG.md: {first[0]}")]
    assert judged(new, "- more", old) == lacking


def test_an_article_explains_the_names_that_it_uses():
    """An actor who was there before gets a name by which the new article calls him: one line explains both. A name that
    the article has not, one that is gone, and another value of the actor need words of their own."""
    old, new = with_article()
    row = new.tables["actors"].rows[("act-jeffrey",)]
    old.tables["actors"].rows[("act-jeffrey",)] = row | {"aliases": "Jim Jeffrey", "document_count": "0"}
    assert row["aliases"] == "Jim Jeffrey;US special envoy for Syria"
    unexplained = [("unexplained", "1 change in actors is not mentioned in CHANGELOG.md: act-jeffrey")]
    assert judged(new, "- `doc-3eb302bd`", old) == []
    missing = ("unexplained", "1 change in documents is not mentioned in CHANGELOG.md: doc-3eb302bd")
    assert judged(new, "- `doc-187cdebd`", old) == [missing]
    for changed in (
        {"aliases": f"{row['aliases']};Ambassador Nobody"},
        {"aliases": "US special envoy for Syria"},
        {"description": "Another."},
    ):
        new.tables["actors"].rows[("act-jeffrey",)] = row | changed
        assert judged(new, "- `doc-3eb302bd`", old) == unexplained, changed


def test_an_article_explains_a_name_that_was_searched_by():
    """A name that the new article has becomes an alias, and is no search name any more: one line explains both. A search
    name that goes and becomes no alias, and one that comes, need words of their own."""
    old, new = with_article()
    row = new.tables["actors"].rows[("act-jeffrey",)]
    names = {"aliases": "Jim Jeffrey", "document_count": "0"}
    old.tables["actors"].rows[("act-jeffrey",)] = (
        row | names | {"search_names": "US special envoy for Syria;Jeffrey J."}
    )
    unexplained = [("unexplained", "1 change in actors is not mentioned in CHANGELOG.md: act-jeffrey")]
    for left, expected in (("Jeffrey J.", []), ("", unexplained), ("Jeffrey J.;Jimmy", unexplained)):
        new.tables["actors"].rows[("act-jeffrey",)] = row | {"search_names": left}
        assert judged(new, "- `doc-3eb302bd`", old) == expected, left


def test_what_is_unreleased_becomes_a_version(tmp_path):
    """Contributors write under “Unreleased”; who makes the release is told to write its heading, and of nothing else."""
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## Unreleased\n\n- `doc-3eb302bd`: new.\n\n## 0.1.0\n\nx\n")
    sections = changelog.read(tmp_path)
    assert [section.version for section in sections] == ["Unreleased", "0.1.0"]
    old, new = with_article()
    assert judged(new, sections[0].text, old, version="Unreleased") == [("changelog", "“## Unreleased”")]


def test_a_heading_that_a_merge_left_twice(tmp_path):
    """Git keeps the lines of both branches: what stands under the second “### Data” explains as well."""
    text = (
        "## Unreleased\n\n### Data\n\n- `doc-187cdebd`: new.\n\n### Data\n\n- `doc-3eb302bd`: new.\n\n## 0.1.0\n\nx\n"
    )
    (tmp_path / "CHANGELOG.md").write_text(f"# Changes\n\n{text}")
    section, earlier = changelog.read(tmp_path)
    assert section.names == {"doc-187cdebd", "doc-3eb302bd"} and earlier.version == "0.1.0"


def test_show_takes_what_messages_print(root):
    """The number of an article, the names of its files, and ids with the marks that stand around them."""
    from haftar_record.cli.show import Book, page

    book = Book(reader.read(root))
    article = "doc-9d1fdcb4"
    for name in (
        *("000", "0", "000_9d1fdcb4705b4c67.txt", "000_9d1fdcb4705b4c67.yaml", "000_9d1fdcb4705b4c67", "9d1fdcb4"),
        *("seeds/articles/000_9d1fdcb4705b4c67.txt", "seeds/coding/articles/000_9d1fdcb4705b4c67.yaml"),
        *(
            r"seeds\\articles\\000_9d1fdcb4705b4c67.txt",
            "9D1FDCB4705B4C67",
            "doc-9d1fdcb4:",
            "“doc-9d1fdcb4”",
            "`doc-9d1fdcb4`,",
        ),
    ):
        assert book.identified(name) == article, name
    assert book.identified("st-9d1fdcb4-07:") == "st-9d1fdcb4-07"
    assert book.identified("(act.deny)") == "act.deny"
    assert book.identified("#4") == "doc-3eb302bd"
    with pytest.raises(WrongUse, match="no article has the number “1234”; the numbers go from 000 to 004"):
        page(book, "1234")
    for name in ("0000", "1234", "00", "9d1f", "..", "000_9d1fdcb4", ""):
        assert book.identified(name) not in book.rows or name == "00", name
