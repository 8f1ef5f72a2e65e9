"""Agreement: what is the same unit, what is said of it, when figures are out of date, and where codings differ."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from types import SimpleNamespace

import pytest

from haftar_record.agreement import codings, stale
from haftar_record.agreement.codings import KINDS, UNITS, Coding, Reference, Unit
from haftar_record.build.assemble import assemble
from haftar_record.coding import inputs, readings
from haftar_record.model.index import Index
from haftar_record.model.tables import Agreement
from haftar_record.problems.problem import Problems
from haftar_record.site.pages import reliability

from ..conftest import ROOT
from .readings import copy_of_record, exchange

DOC = "doc-00000000"


def positions(start: int, end: int, article: str = DOC) -> frozenset:
    return frozenset((article, offset) for offset in range(start, end))


def statement(
    identity: str, start: int, end: int, cue: int, act: str, speaker: str = "act-a", article: str = DOC
) -> Unit:
    """A statement whose content is at start to end, with a cue of four and a speaker of three characters."""
    values = dict.fromkeys(UNITS["statements"].fields, codings.NONE) | {
        "act": act,
        "speaker": Reference("actors", speaker),
    }
    parts = {
        "content_text": positions(start, end, article),
        "cue_text": positions(cue, cue + 4, article),
        "speaker_text": positions(cue + 10, cue + 13, article),
    }
    return Unit(identity, parts, values)


def actor(identity: str, start: int, end: int, kind: str = "person") -> Unit:
    values = {"actor_type": kind, "country_code": "LBY", "sector_code": "GOV"}
    return Unit(identity, {"": positions(start, end)}, values)


def coding(name: str, statements: list[Unit], actors: list[Unit], **lengths: int) -> Coding:
    units: dict[str, list[Unit]] = {kind: [] for kind in KINDS}
    return Coding(name, units | {"statements": statements, "actors": actors}, lengths or {DOC: 200})


@pytest.fixture(scope="module")
def figures():
    """The module that computes them, with few samples."""
    pytest.importorskip("scipy")
    pytest.importorskip("krippendorff")
    from haftar_record.agreement import figures, measures

    before, measures.SAMPLES = measures.SAMPLES, 20
    yield figures
    measures.SAMPLES = before


def found(made, table: str, field: str, measure: str):
    return next(one for one in made if (one.table, one.field, one.measure) == (table, field, measure))


def small(name: str = "record"):
    """Two codings that differ: of three statements in each, two are the same by the rule, one of them with another act."""
    first = [
        statement("st-1", 0, 10, 60, "accuse"),
        statement("st-2", 20, 30, 80, "deny"),
        statement("st-3", 40, 50, 100, "deny"),
    ]
    second = [
        statement("st-x", 0, 10, 60, "accuse", "act-b"),
        statement("st-y", 22, 30, 80, "accuse", "act-b"),
        statement("st-z", 140, 150, 160, "deny", "act-c"),
    ]
    ours = coding(name, first, [actor("act-a", 0, 10), actor("act-o", 150, 160)])
    theirs = coding("reader", second, [actor("act-b", 0, 5, "state"), actor("act-c", 190, 195)])
    return ours, theirs


def test_units_by_hand(figures) -> None:
    """Catches other counts than: two of three units in each coding are in both."""
    made = figures.compare(*small())
    for measure, count in (("precision", 3), ("recall", 3), ("f1", 4)):
        figure = found(made, "statements", "", measure)
        assert (round(figure.value, 6), figure.count) == (0.666667, count)


def test_alpha_of_characters_by_hand(figures) -> None:
    """Of 200 characters, 18 are in both, 12 in the first alone, 10 in the second alone. Of 400 values 58 are yes, so that
    alpha is 1 - (22/200) / (2 * 58 * 342 / (400 * 399)) = 0.557471."""
    assert found(figures.compare(*small()), "statements", "", "covered_alpha").value == pytest.approx(
        0.557471, abs=1e-6
    )


def test_values_by_hand(figures) -> None:
    """The acts of the two pairs: accuse and accuse, deny and accuse. Alpha is 1 - 0.5 / (2 * 3 * 1 / (4 * 3)) = 0."""
    made = figures.compare(*small())
    assert found(made, "statements", "act", "agreement").value == 0.5
    assert found(made, "statements", "act", "alpha").value == pytest.approx(0)


def test_ids_are_those_of_their_coding(figures) -> None:
    """act-b has half the characters of act-a and is aligned with it: the speakers agree. The likeness is 2 * 5 / 15; of two
    actors in each coding, that is a precision of 1/3."""
    made = figures.compare(*small())
    assert found(made, "statements", "speaker", "agreement").value == 1
    assert found(made, "actors", "", "precision").value == pytest.approx(1 / 3)
    assert found(made, "actors", "actor_type", "agreement").value == 0


def test_no_variation_has_no_alpha(figures) -> None:
    """Catches a figure where nothing can be said about chance: all speakers are the same, all topics none."""
    made = figures.compare(*small())
    assert found(made, "statements", "topic_id", "alpha").value is None
    assert found(made, "statements", "topic_id", "agreement").value == 1
    assert found(made, "quantities", "", "f1").value is None
    assert found(made, "quantities", "unit", "agreement").value is None


def test_readers_have_no_precision(figures) -> None:
    """Catches a reading that is taken for the truth."""
    made = figures.compare(*small("reader-2"))
    assert {one.measure for one in made if not one.field} == {"f1", "covered_alpha"}


def test_matching_is_optimal(figures) -> None:
    """The best single pair (b with x, 9 of 10 characters) would leave a and y without a partner; both can have one."""
    from haftar_record.agreement import matching

    first = [statement("a", 0, 10, 60, "deny"), statement("b", 4, 14, 61, "deny")]
    second = [statement("x", 4, 13, 60, "deny"), statement("y", 9, 19, 61, "deny")]
    pairs = matching.match(coding("record", first, []), coding("reader", second, []), {})["statements"].pairs
    assert [(pair.first.identity, pair.second.identity) for pair in pairs] == [("a", "x"), ("b", "y")]


def test_content_alone_is_not_enough(figures) -> None:
    """Catches a statement and the one inside it, which share their content and neither cue nor speaker, as one."""
    from haftar_record.agreement import matching

    first, second = [statement("a", 0, 40, 60, "deny")], [statement("x", 20, 40, 120, "deny")]
    assert not matching.match(coding("record", first, []), coding("reader", second, []), {})["statements"].pairs


def test_only_common_articles_are_compared(figures) -> None:
    """Catches an article that was added after a reading, and counts against it."""
    ours, theirs = small()
    ours.lengths["doc-11111111"] = 50
    ours.units["statements"].append(statement("st-9", 0, 10, 20, "deny", article="doc-11111111"))
    assert found(figures.compare(ours, theirs), "statements", "", "recall").count == 3


def test_figures_do_not_change(figures) -> None:
    """Catches an interval that depends on what was computed before, or on the hour."""
    assert figures.compare(*small()) == figures.compare(*small())
    interval = found(figures.compare(*small()), "statements", "", "f1").units
    assert 0 <= interval.low <= 0.666667 <= interval.high <= 1


@pytest.fixture(scope="module")
def rows():
    """The rows of the record."""
    problems = Problems()
    made, _ = assemble(inputs.read(ROOT, problems), problems)
    assert not problems.errors
    return made


@pytest.fixture(scope="module")
def record(rows):
    """What the record codes."""
    return codings.coding(stale.RECORD, rows)


def test_a_copy_of_the_record_agrees_in_everything(figures, record) -> None:
    """Catches a unit that is not matched with itself, and a value that differs from itself."""
    other = Coding("copy", record.units, record.lengths)
    made = figures.compare(record, other)
    assert {one.value for one in made} <= {1.0, None}
    assert all(found(made, table, "", "f1").value == 1 for table in KINDS)
    assert {one.field for one in made if one.value is None} <= {
        "is_negated",
        "is_approximate",
        "aux_mode",
        "resolution",
    }


def test_every_field_is_of_the_table(record) -> None:
    """Catches a field that no unit has, and a kind without units."""
    for table, kind in KINDS.items():
        assert record.units[table], table
        assert all(set(unit.values) == set(kind.fields) for unit in record.units[table])


def test_a_build_needs_no_library_for_it() -> None:
    """Catches an import that would make every user install numpy and scipy."""
    code = "import sys, haftar_record.cli.commands, haftar_record.cli.reading; sys.exit(bool({'numpy', 'scipy', 'krippendorff'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- in a project ------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(project):
    """The project without the readings that it has, so that a test has its own alone."""
    shutil.rmtree(project / "seeds/readings", ignore_errors=True)
    return project


def with_figures(project, record, figures: str = "[]") -> None:
    """A reading in a project, and figures that are those of today."""
    copy_of_record(project / "seeds/readings/reader-1")
    digest = inputs.read(project, Problems()).readings["reader-1"]
    lines = [
        "record:",
        *(f"  {key.removeprefix('doc-')}: {digest}" for key, digest in record.digests().items()),
        "readings:",
        f'  reader-1: {{sha256: {digest}, coder: language_model, round: 1, rules: "0.2.0", date: "2026-11-29"}}',
        f"figures: {figures}",
    ]
    (project / "seeds/readings/agreement.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


FIGURE = "\n- {reading: reader-1, against: record, table: statements, field: act, measure: alpha, value: 0.5, count: 80, units: [-0.25, 0.75]}"


def stale_figures(done) -> list[str]:
    """What a run says of figures that are out of date."""
    return [line.strip() for line in done.stderr.splitlines() if "figures" in line and "found:" in line]


def test_without_readings_the_table_is_empty(project, run) -> None:
    """Catches a project without readings that cannot be built or checked."""
    assert run(project, "build").returncode == 0
    assert (project / "datapackage/agreement.csv").read_text(encoding="utf-8").count("\n") == 1
    done = run(project, "check", "--strict")
    assert done.returncode == 0, done.stderr
    done = run(project, "agreement")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_figures_become_rows(project, run, record) -> None:
    """Catches a figure that changes on its way into the table."""
    with_figures(project, record, FIGURE)
    done = run(project, "build")
    assert done.returncode == 0 and not stale_figures(done), done.stderr
    text = (project / "datapackage/agreement.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == (
        "agr-reader-1-record-statements-act-alpha,statements,act,alpha,reader-1,record,0.5,80,-0.25,0.75,,,language_model,1,0.2.0,2026-11-29"
    )
    assert run(project, "check", "--strict").returncode == 0


def test_stale_figures(project, run, record) -> None:
    """Catches figures of another state of the record, or of other readings, that pass for those of today."""
    with_figures(project, record)
    sheet = project / "seeds/coding/articles/004_3eb302bd82f84695.yaml"
    before = sheet.read_text(encoding="utf-8")
    exchange(sheet, "stance: oppose", "stance: neutral")
    assert stale_figures(run(project, "build")) == ["found:    other figures than those of the record of 3eb302bd"]
    sheet.write_text(f"# A remark.\n{before}", encoding="utf-8")
    assert not stale_figures(run(project, "build"))
    exchange(project / "seeds/readings/reader-1/reader.yaml", "A reader", "Another reader")
    assert stale_figures(run(project, "build")) == ["found:    other figures than those of reader-1"]
    (project / "seeds/readings/agreement.yaml").unlink()
    done = run(project, "build")
    assert stale_figures(done) == ["found:    no figures for reader-1"]
    assert done.returncode == 0
    done = run(project, "release", "--against", str(project))
    assert done.returncode == 1 and "error [stale-figures]" in done.stderr, done.stderr


def test_the_command(project, run, record) -> None:
    """Catches a file that the next build refuses, or that is another one the second time."""
    pytest.importorskip("scipy")
    pytest.importorskip("krippendorff")
    copy_of_record(project / "seeds/readings/reader-1")
    code = "from haftar_record.agreement import measures; measures.SAMPLES = 3; import sys; from haftar_record.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "--root", str(project), "agreement"]
    path = project / "seeds/readings/agreement.yaml"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first = path.read_bytes()
    assert first.startswith(b"# Generated by ")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert path.read_bytes() == first
    assert run(project, "build").returncode == 0
    done = run(project, "check", "--strict")
    assert done.returncode == 0, done.stderr


# -- where they differ -------------------------------------------------------------------------------------------------


@pytest.fixture
def compared(figures):
    """The two small codings matched, and how they differ by table."""
    from haftar_record.agreement import differences, matching

    found = matching.compare(*small())
    return found, {one.table: one for one in differences.differences(found)}


def test_differences_by_hand(compared) -> None:
    """Of three statements in each coding two are in both, and one of these has another act; act-b is act-a."""
    statements = compared[1]["statements"]
    assert statements.both == 2
    assert [unit.identity for unit in statements.first_only] == ["st-3"]
    assert [unit.identity for unit in statements.second_only] == ["st-z"]
    ((first, second, values),) = ((one.first, one.second, one.values) for one in statements.differing)
    assert (first.identity, second.identity, values) == ("st-2", "st-y", {"act": ("deny", "accuse")})


def test_differences_are_what_figures_count(figures, compared) -> None:
    """Catches a list that shows more or less than a figure of agreement says."""
    found, tables = compared
    made = figures.compare(found.first, found.second)
    for table, one in tables.items():
        for field in KINDS[table].fields if one.both else ():
            differing = sum(field in each.values for each in one.differing)
            assert found_value(made, table, field) == pytest.approx(1 - differing / one.both), (table, field)


def found_value(made, table: str, field: str) -> float:
    return found(made, table, field, "agreement").value


def test_an_id_that_is_not_aligned_is_not_the_same(figures) -> None:
    """Catches an entry of the reading that has the id of another entry of the record."""
    from haftar_record.agreement import matching

    own, aligned = Reference("actors", "act-x"), Reference("actors", "act-y")
    alignment = {aligned: Reference("actors", "act-x")}
    assert matching.translated(aligned, alignment) == own
    assert matching.translated(own, alignment) != own
    assert matching.translated(frozenset([aligned, "not-stated"]), alignment) == frozenset([own, "not-stated"])


def test_passages_of_a_unit() -> None:
    """Catches words that are cut or run together; a publisher rests on its article as a whole."""
    pytest.importorskip("scipy")
    from haftar_record.agreement.differences import Passage, passages

    unit = Unit("src-a", {"": frozenset([*positions(0, 3), *positions(4, 6), (DOC, codings.PUBLISHED)])}, {})
    assert passages(unit, {DOC: "one two"}) == [
        Passage(DOC, None, None, "(publisher of the article)"),
        Passage(DOC, 0, 3, "one"),
        Passage(DOC, 4, 6, "tw"),
    ]


ARTICLE = "articles/004_3eb302bd82f84695.yaml"


def differing_reading(project) -> None:
    """A reading like the record but for a stance and a relation."""
    sheet = copy_of_record(project / "seeds/readings/reader-1") / ARTICLE
    exchange(sheet, "stance: oppose", "stance: neutral")
    kept = [
        line
        for line in sheet.read_text(encoding="utf-8").splitlines(keepends=True)
        if "subject: act-jeffrey, predicate: holds_office" not in line
    ]
    sheet.write_text("".join(kept), encoding="utf-8")


DIFFERENCES = """\
reader-1 compared with the record   N articles
  - only in the record
  + only in reader-1
  ~ in both, with different values: the record ≠ reader-1

Statements   N in both, 1 of them with different values
  stance 1
  ~ st-3eb302bd-01   doc-3eb302bd
      {summary}
      | The US does not support the offensive byLibya’s eastern-based military leader Khalifa
      | Haftar against Tripoli
        stance: oppose ≠ neutral

Relations   N in both; 1 only in the record
  - rel-3eb302bd-14   doc-3eb302bd
      {relation}
      | Jim Jeffrey, US special envoy for Syria
"""


def test_differences_on_a_terminal(project, run, rows) -> None:
    """Catches lines that say something else, and a command that writes a file."""
    pytest.importorskip("scipy")
    differing_reading(project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    options = ("--differences", "reader-1", "--table", "statements", "--table", "relations")
    done = run(project, "agreement", *options, env=os.environ | {"COLUMNS": "100"})
    assert done.returncode == 0, done.stderr
    shown = re.sub(r"\d+ (in both|articles)", r"N \1", done.stdout)
    by_id = Index(rows).by_name
    summary = "\n      ".join(textwrap.wrap(by_id["st-3eb302bd-01"].caption, 94))
    assert shown == DIFFERENCES.format(summary=summary, relation=by_id["rel-3eb302bd-14"].caption)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_differences_as_json(project, run) -> None:
    """Catches an object that is not the one on the page, and a comparison of two readings in the wrong direction."""
    pytest.importorskip("scipy")
    differing_reading(project)
    copy_of_record(project / "seeds/readings/reader-2")
    made = {}
    for against in ("record", "reader-2"):
        options = ("--differences", "reader-1", "--against", against, "--format", "json")
        done = run(project, "agreement", *options)
        assert done.returncode == 0, done.stderr
        made[against] = json.loads(done.stdout)
        assert (made[against]["reading"], made[against]["against"]) == ("reader-1", against)
    assert made["record"]["tables"] == made["reader-2"]["tables"]
    tables = {one["table"]: one for one in made["record"]["tables"]}
    assert list(tables) == list(KINDS)
    ((different,),) = (one["different"] for one in tables.values() if one["different"])
    stance = {"field": "stance", "against": "oppose", "reading": "neutral", "unaligned": []}
    assert different["values"] == [stance]
    assert different["against"] == different["reading"]
    (relation,) = tables["relations"]["only_in_against"]
    for passage in relation["passages"] + different["against"]["passages"]:
        name = next((project / "seeds/articles").glob(f"*_{passage['article'].removeprefix('doc-')}*.txt"))
        text = name.read_bytes().decode()
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_lists_in_json() -> None:
    """Catches a list that is a text where one coding has nothing, and an id of the reading that passes for one of the
    record."""
    pytest.importorskip("scipy")
    from haftar_record.agreement.matching import Own
    from haftar_record.cli.differences import _values

    theirs = frozenset([Own("actors", "act-b"), Reference("actors", "act-a")])
    told = {"field": "targets", "against": [], "reading": ["act-a", "act-b"], "unaligned": ["act-b"]}
    assert _values("targets", codings.NONE, theirs) == told
    assert _values("medium", codings.NONE, "post") == {
        "field": "medium",
        "against": "none",
        "reading": "post",
        "unaligned": [],
    }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--table", "events"), "need --differences"),
        (("--differences", "reader-2"), "“reader-1”, the nearest"),
        (("--differences", "reader-1", "--table", "evnts"), "“events”, the nearest"),
        (("--differences", "reader-1", "--against", "reader-1"), "compared with itself"),
        (("--differences", ""), "no reading “”"),
    ],
)
def test_wrong_use_of_differences(project, run, options: tuple[str, ...], said: str) -> None:
    """Catches options that are passed over, and a name that nothing has."""
    pytest.importorskip("scipy")
    copy_of_record(project / "seeds/readings/reader-1")
    done = run(project, "agreement", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


# -- on the page -------------------------------------------------------------------------------------------------------


def test_facts_given_are_on_the_page(project) -> None:
    """Catches facts that a reader was told and the page conceals; without any there is no column for them."""
    about = copy_of_record(project / "seeds/readings/reader-1") / "reader.yaml"
    row = Agreement.model_construct(
        reading="reader-1",
        coder_type="language_model",
        round_number=1,
        rules_version="0.2.0",
        reading_date="2026-11-29",
    )
    record = SimpleNamespace(root=project)
    assert "told" not in reliability._readings(record, [row])
    text = about.read_text(encoding="utf-8")
    about.write_text(f'{text}facts_given: ["the publisher", "the day"]\n', encoding="utf-8")
    problems = Problems()
    readings.read(project, project, "seeds/readings/reader-1", problems)
    assert not problems.errors
    shown = reliability._readings(record, [row])
    assert "Facts of the articles it was told" in shown and "the publisher; the day" in shown


def test_unnamed_speakers_are_compared_as_actors() -> None:
    """Whether somebody unnamed is entered as a source or as an actor was a difference in who speaks."""
    problems = Problems()
    rows, _ = assemble(inputs.read(ROOT, problems), problems)
    made = codings.coding("record", rows)
    behind = {row.source_id: row.actor_id for row in rows["sources"]}
    speakers = {unit.identity: unit.values["speaker"] for unit in made.units["statements"]}
    sources = [row for row in rows["statements"] if row.speaker_source_id]
    assert sources
    for row in sources:
        actor_id = behind[row.speaker_source_id]
        expected = Reference("actors", actor_id) if actor_id else Reference("sources", row.speaker_source_id)
        assert speakers[row.statement_id] == expected
