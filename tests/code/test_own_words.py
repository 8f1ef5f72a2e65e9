"""Texts that are somebody's own words, and articles in other marks: coded in a sheet, built, and refused where they are wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from haftar_record.build.assemble import assemble
from haftar_record.checks import rules
from haftar_record.coding import inputs
from haftar_record.model.tables import EventReport, QuotedPassage, Statement
from haftar_record.problems.problem import Problems

Unit = dict[str, object]
RELEASE = """Statement on the roadmap

Office of the Spokesperson. 12 March 2022.

The Practice Office supports the “roadmap” of all sides.
"""
TRANSCRIPT = """Briefing, 12 March 2022

QUESTION: Do you support the roadmap?

MR PRICE: We support the roadmap of all sides.
"""
STORY = """Spokesman on the roadmap

12 March 2022.

{words}
"""
SOURCE = {"named": "true", "country": "not-stated", "party": "unknown", "description": "Invented for a test."}
SOURCES = [
    {"id": "src-practice-paper", "name": "Practice Paper", "type": "outlet", **SOURCE, "named": "false"},
    {"id": "src-practice-text", "name": "Practice text", "type": "statement", **SOURCE},
    {"id": "src-practice-official", "name": "A senior official", "type": "unnamed_person", **SOURCE, "named": "false"},
]


def statement(**values: object) -> Unit:
    """A statement, but for what a test says of it."""
    plain: Unit = {
        "id": "01",
        "source": "src-practice-text",
        "form": "unmarked",
        "verbatim": "yes",
        "verbatim_because": "The article is the original.",
        "summary": "The speaker supports the roadmap.",
        "act": "support",
        "topic": "top-roadmap-elections",
        "stance": "support",
        "epistemic": "EpistemicTrueCertain",
    }
    return {key: value for key, value in (plain | values).items() if value is not None}


def found(project: Path, text: str, kind: str, statements: list[Unit], **lists: object) -> tuple[list[str], dict]:
    """What the build and the rules find in an added article: rule, and what was found; and the rows."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    name = f"005_{digest[:16]}"
    (project / f"seeds/articles/{name}.txt").write_bytes(data)
    sheet = {
        "article": f"{name}.txt",
        "sha256": digest,
        "coding": {"by": "person", "readings": "1", "on": "2026-11-29", "rules": "0.2.0", "status": "confirmed"},
        "facts": {
            "title": text.partition("\n")[0],
            "published": {"date": "2022-03-12", "basis": "stated", "text_date": "2022-03-12", "quotes": ["12 March 2022"], "because": "The text has the day."},
            "publisher": {"source": "src-practice-paper", "basis": "inferred"},
            "origin": "src-practice-text",
            "text_kind": kind,
            "text_kind_because": "Invented for a test.",
            "language": "en",
            "rights": "Invented for a test; free to use.",
        },
        "statements": statements,
        **lists,
    }  # fmt: skip
    dump = yaml.safe_dump(sheet, allow_unicode=True, sort_keys=False, width=10_000, default_style='"')
    (project / f"seeds/coding/articles/{name}.yaml").write_text(dump, encoding="utf-8")
    register = project / "seeds/coding/sources.yaml"
    lines = yaml.safe_dump(SOURCES, allow_unicode=True, sort_keys=False, width=10_000, default_style='"')
    register.write_text(register.read_text(encoding="utf-8") + "\n" + lines, encoding="utf-8")
    problems = Problems()
    read = inputs.read(project, problems)
    assert not problems.items, problems.items
    rows, places = assemble(read, problems)
    if not any(one.severity == "error" for one in problems.items):
        rules.check(rows, {coded.document_id: coded.article for coded in read.coded}, problems, places)
    key = digest[:8]
    errors = [one for one in problems.items if one.severity == "error"]
    said = [f"{one.rule.partition(' ')[0]}: {one.found}".replace(f"-{key}", "") for one in errors]
    return said, {table: [row for row in of if key in str(row.id)] for table, of in rows.items()}


def release(**values: object) -> Unit:
    content = "The Practice Office supports the “roadmap” of all sides."
    return statement(**{"speaker_text": "The Practice Office", "cue": "Statement", "content": content} | values)


REST = [{"quote": "Office of the Spokesperson.", "disposition": "background", "because": "The office that issued it."}]


def test_a_release_in_full(project):
    """Catches words of a release that have to be called indirect, so that nobody may say that they are verbatim."""
    said, rows = found(project, RELEASE, "press_release", [release()], sentences=REST)
    assert said == []
    (row,) = rows[Statement.TABLE]
    assert (row.speech_form, row.is_verbatim_reliable) == ("unmarked", "yes")
    (quoted,) = rows[QuotedPassage.TABLE]
    assert (quoted.exact_text, quoted.disposition) == ("“roadmap”", "statement")


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("original", {}, ["R114: st-01: unmarked speech in a text of kind original"]),
        ("digest", {}, ["R88", "R114"]),
        ("press_release", {"form": "direct"}, ["R13: st-01: direct"]),
        ("press_release", {"form": "indirect", "verbatim": None, "verbatim_because": None}, ["R13: st-01: indirect"]),
        ("press_release", {"content": "“roadmap”"}, ["R13: st-01: unmarked"]),
        ("press_release", {"verbatim": None, "verbatim_because": None}, ["verbatim: statement 01: unmarked speech without “verbatim:”"]),
        ("press_release", {"verbatim_because": None}, ["verbatim: statement 01: verbatim yes"]),
        ("live_blog", {}, []),
        ("interview", {}, []),
    ],
)  # fmt: skip
def test_what_is_nobody_s_own_words(project, kind, values, expected):
    """Catches unmarked speech where marks decide, and where nothing prints the words as the speaker's own."""
    said, _ = found(project, RELEASE, kind, [release(**values)], sentences=REST)
    wrong = [one for one in said if not one.startswith(("sentence", "R04"))]
    assert len(wrong) == len(expected)
    assert all(one.startswith(start) for one, start in zip(sorted(wrong), sorted(expected), strict=True)), wrong


REPORT = {"id": "01", "event": "evt-us-statement-2020-07", "evidence": "The Practice Office supports"}


@pytest.mark.parametrize(
    ("kind", "attribution", "source", "expected"),
    [
        ("press_release", "issued", "src-practice-text", []),
        ("press_release", "outlet", None, ["R114: er-01: attribution outlet in a text of kind press_release"]),
        ("original", "issued", "src-practice-text", ["R114: er-01: attribution issued in a text of kind original"]),
        ("transcript", "issued", "src-practice-official", ["R21: er-01: attribution “issued”"]),
        ("live_blog", "outlet", None, []),
    ],
)
def test_a_report_in_the_text_of_its_source(project, kind, attribution, source, expected):
    """Catches what a release tells counted as told by the outlet that prints it."""
    report = REPORT | {"attribution": attribution} | ({"source": source} if source else {})
    form = release() if kind != "original" else release(form="mixed")
    said, rows = found(project, RELEASE, kind, [form], reports=[report], sentences=REST)
    assert [one for one in said if one.startswith(("R114", "R21"))] == expected
    (row,) = rows[EventReport.TABLE]
    assert row.factuality_holder == (source or "src-practice-text")


def test_a_transcript(project):
    """Catches a part of a transcript whose speaker's sign cannot be the words for who speaks and the cue at once."""
    part = statement(
        speaker_text="MR PRICE",
        cue="MR PRICE:",
        content="We support the roadmap of all sides.",
        verbatim="unknown",
        verbatim_because=None,
    )
    asked = [
        {"quote": "QUESTION: Do you support", "disposition": "background", "because": "A question asserts nothing."}
    ]
    said, rows = found(project, TRANSCRIPT, "transcript", [part], sentences=asked)
    assert said == []
    assert [row.speech_form for row in rows[Statement.TABLE]] == ["unmarked"]


WE = "We support the roadmap"


@pytest.mark.parametrize(
    ("words", "content", "form"),
    [
        (f'"{WE}," a senior official said.', f'"{WE},"', "direct"),
        (f"''{WE},'' a senior official said.", f"''{WE},''", "direct"),
        (f"'{WE},' a senior official said.", f"'{WE},'", "direct"),
        (f"« {WE} », a senior official said.", f"« {WE} »", "direct"),
        (f"„{WE}“, a senior official said.", f"„{WE}“", "direct"),
        (f"„{WE}”, a senior official said.", f"„{WE}”", "direct"),
        (f"”{WE}”, a senior official said.", f"”{WE}”", "direct"),
        (f"「{WE}」 a senior official said.", f"「{WE}」", "direct"),
        (f"＂{WE},＂ a senior official said.", f"＂{WE},＂", "direct"),
        ('We "support" the roadmap, a senior official said.', 'We "support" the roadmap', "mixed"),
        ("We support the '90s roadmap, a senior official said.", "We support the '90s roadmap", "indirect"),
    ],
)
def test_the_form_follows_from_the_marks(project, words, content, form):
    """Catches marks by which the right form is refused, and one that a wrong form passes with. One unnamed person speaks."""
    said, rows = found(project, STORY.format(words=words), "original", [spoken(content, form)])
    assert said == []
    assert len(rows[QuotedPassage.TABLE]) == (form != "indirect")
    (row,) = rows[Statement.TABLE]
    rule = next(rule for rule in rules.RULES if rule.number == "R13")
    for other in ("direct", "indirect", "mixed"):
        changed = {**rows, Statement.TABLE: [row.model_copy(update={"speech_form": other})]}
        wrong = [one.found for one in rule.findings(rules.Record(changed, {}))]
        assert wrong == ([] if other == form else [other])


def spoken(content: str, form: str) -> Unit:
    judged = {"verbatim": None, "verbatim_because": None} if form == "indirect" else {"verbatim": "unknown"}
    said = {"source": "src-practice-official", "speaker_text": "a senior official", "cue": "said", "content": content}
    return statement(form=form, **said, **judged)


def test_a_quotation_that_nothing_carries(project):
    """Catches a quoted passage that is in no statement and passes because its marks are straight."""
    words = 'His forces are "a gang of criminals", a senior official said.'
    said, _ = found(project, STORY.format(words=words), "original", [spoken("His forces are", "indirect")])
    assert said == ['quoted-passage: “"a gang of criminals"”']
