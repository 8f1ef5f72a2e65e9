"""Mistakes in sheets and registers: each is reported with file, line, what was found and what was expected."""

from __future__ import annotations

import re

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.coding import inputs
from haftar_record.files import yaml_file
from haftar_record.problems.problem import DataErrors, Problems

from ..conftest import ROOT

SHEET = "seeds/coding/articles/004_3eb302bd82f84695.yaml"
FIRST = "seeds/coding/articles/001_47cb661035da28a3.yaml"
ACTORS = "seeds/coding/actors.yaml"


def problems_of(project) -> list:
    """All problems of a project up to the assembled rows."""
    problems = Problems()
    found = inputs.read(project, problems)
    if not problems.errors:
        try:
            assemble(found, problems)
        except Exception as error:
            assert hasattr(error, "problems"), error
    return problems.errors


def edit(project, path: str, old: str, new: str) -> int:
    """Exchange the first occurrence of ``old``; the 1-based line it stands in."""
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


MISTAKES = [
    # file, text, exchanged for, rule, found, expected (part of it), lines down from the edit
    (SHEET, "    cue: \"believes\"", "    cue: \"beleives\"", "quotation", "“beleives”", "“believes”, the nearest passage, in paragraph 1: at character 1 the sheet has “beleives”, the article “believes”", 0),
    (SHEET, "byLibya’s eastern", "byLibya's eastern", "quotation", "“The US does not support the offensive byLibya's eastern-based military leader Khalifa Haftar against Tripoli”", "at character 46 the sheet has ' (U+0027 APOSTROPHE), the article ’ (U+2019 RIGHT SINGLE QUOTATION MARK)", 0),
    (SHEET, "act: assert", "act: assrt", "code", "“assrt”", "“assert”, the nearest of 13 known values", 0),
    (SHEET, "    stance: oppose", "    stanse: oppose", "key", "the key “stanse”", "“stance”", 0),
    (SHEET, "    act: assert", "    # act: assert", "key", "no key “act”", "the key “act” with a value", -6),
    (SHEET, "targets: [act-haftar, act-assad]", "targets: [act-hafter, act-assad]", "unknown-id", "“act-hafter”", "“act-haftar” (Khalifa Haftar), the nearest", 0),
    (SHEET, "parent: \"03\"", "parent: \"71\"", "unknown-id", "statement “71”", "a statement of this sheet", 0),
    (SHEET, "  - id: \"03\"", "  - id: \"01\"", "duplicate", "st-3eb302bd-01 a second time", "each id once", 0),
    (SHEET, "event: evt-arms-embargo-2011", "event: evt-arms-embargo", "unknown-id", "“evt-arms-embargo”", "evt-arms-embargo-2011", 0),
    (SHEET, "edtf: \"2019/2020-05-08\"", "edtf: \"2019/2020-05-38\"", "edtf", "“2019/2020-05-38”", "a day from 01 to 31 in May 2020, not 38", 0),
    (SHEET, "date: {words: \"a year ago\"}", "date: {words: \"a year ago\", edtf: \"2018\"}", "date", "2018", "2019 by the rule years_ago for “a year ago”", 0),
    (SHEET, "date: {words: \"a year ago\"}", "date: {words: \"to seize Tripoli\"}", "date", "the words “to seize Tripoli”", "words that a rule resolves", 0),
    (SHEET, "date: {words: \"a year ago\"}", "date: {words: \"a year ago\", future: \"true\"}", "date", "“future:” with “a year ago”, which gives 2019", "words for what was to come on 2020-05-08", 0),
    (SHEET, "date: {words: \"a year ago\"}", "date: {words: \"Since 2014\", future: \"true\"}", "date", "“future:” with “Since 2014”, which gives 2014/..", "words for what was to come on 2020-05-08", 0),
    (FIRST, "on Saturday\", in: \"On Twitter on Saturday\"}}", "on Saturday\", in: \"On Twitter on Saturday\"}, future: \"true\"}", "date", "statement 04 with “future:”", "words that date what was said by publication", 0),
    (FIRST, "date: {words: \"December 24\", future: \"true\"}", "date: {words: \"December 24\", edtf: \"2020-12-24\", future: \"true\"}", "date", "2020-12-24", "2021-12-24 by the rule day_month for “December 24”", 0),
    (SHEET, "background: \"true\"", "background: yes", "flag", "“yes”", "true or false", 0),
    (SHEET, "who: {actor: {act-haftar: \"Haftar\"}}", "who: {doer: {act-haftar: \"Haftar\"}}", "code", "the role “doer”", "actor, recipient", 0),
    (SHEET, "{quote: \"HAFTAR-ASSAD TIES\"", "{quote: \"The US does not support the offensive byLibya\"", "sentence", "nothing coded in paragraph 7, sentence 1: “HAFTAR-ASSAD TIES”", "a coded unit, or a disposition with a reason", None),
    (SHEET, "means: act-syria,", "means: act-sirya,", "unknown-id", "“act-sirya”", "“act-syria”", 0),
    (ACTORS, "country: DZA", "country: DZ", "code", "“DZ”", "DZA", 0),
    (ACTORS, "parent: act-usa", "parent: act-us", "unknown-id", "“act-us”", "“act-usa”", 0),
    (ACTORS, "id: act-libya,", "id: act-usa,", "duplicate", "“act-usa” a second time", "each id once (first at seeds/coding/actors.yaml:6:8)", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "rule", "found", "expected", "down"), MISTAKES, ids=lambda value: str(value)[:30]
)
def test_mistakes(project, path, old, new, rule, found, expected, down):
    """One mistake is one problem, at its place, with what was found and what was expected."""
    line = edit(project, path, old, new)
    matching = [p for p in problems_of(project) if p.rule == rule and p.found == found]
    assert matching, [str(p) for p in problems_of(project)]
    problem = matching[0]
    assert expected in problem.expected
    assert problem.place.file == path
    assert down is None or problem.place.line == line + down
    assert problem.remedy


def test_a_mistake_has_no_cascade(project):
    """A misquoted statement is reported once, not again for its sentence and its quoted passage."""
    edit(project, SHEET, "“We know that, certainly the Russians", "“We know that, certainly the Russian")
    assert len(problems_of(project)) == 1


def test_all_problems_in_one_run(project):
    """Mistakes in several files are all reported by one run."""
    edit(project, SHEET, "act: assert", "act: assrt")
    edit(project, ACTORS, "country: DZA", "country: DZ")
    assert {p.place.file for p in problems_of(project)} == {SHEET, ACTORS}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (b"a: 1\na: 2\n", 2, "the key “a” twice"),
        (b"a: &x [1]\nb: *x\n", 1, "the anchor “x”"),
        (b"a: [1\n", 2, "while parsing a flow sequence did not find expected ',' or ']'"),
        (b"a: \xe9\n", 0, "byte 0xE9 in line 1"),
        ("a: 1\n".encode("utf-16"), 0, "UTF-16 or UTF-32 text"),
        ("a: 1\n".encode("utf-16-le"), 0, "UTF-16 or UTF-32 text"),
        ("a: 1\n".encode("utf-16-be"), 0, "UTF-16 or UTF-32 text"),
        ("a: 1\n".encode("utf-32"), 0, "UTF-16 or UTF-32 text"),
        (b"", 0, "an empty file"),
        (b"[" * 100 + b"]" * 100, 1, "more than 12 levels"),
        (b"? [a]\n: 1\n", 1, "a key that is not a text"),
        ("a: 1\nb: \u00e9\r\nc: &x 1\n".encode(), 3, "the anchor “x”"),
        ("# a\rb: \u00e9\nc: Committee #5\n".encode(), 3, "a comment right after a text: “Committee #5”"),
        (b"a: [x #y\n, z]\n", 1, "a comment right after a text: “x #y”"),
        (b"a: one\n  two # three\n", 2, "a comment right after a text: “one two # three”"),
        (b"a: \x00\n", 1, "U+0000 NULL"),
        (b"a: 1\n# \x1b[2J\n", 2, "U+001B ESCAPE"),
        ("a: 1\nb: x\ufffe\n".encode(), 2, "U+FFFE no character"),
        (b"a: 1\nb: *said he\nc: 2\n", 2, "a text that begins with “*”"),
        (b"a: 1\nb: @un said\nc: 2\n", 2, "a text that begins with “@”"),
        (b"a: 1\nb: {c: @un said}\n", 2, "a text that begins with “@”"),
        (b"a: 1\nb: %s\nc: 2\n", 2, "a text that begins with “%”"),
        (b"a: 1\nb: `x`\nc: 2\n", 2, "a text that begins with “`”"),
        (b"- a: 1\n  b: > 100 people\n  c: 2\n", 2, "a text that begins with “>”"),
        (b"- a: 1\n  b: | 100\n  c: 2\n", 2, "a text that begins with “|”"),
        (b"a: 1\nb: - he said\nc: 2\n", 2, "a text that begins with “- ”"),
        (b"a: 1\nb: [sic] he said\nc: 2\n", 2, "a text that begins with “[”"),
        (b"a: 1\nb: {sic} he said\nc: 2\n", 2, "a text that begins with “{”"),
        (b'a: 1\nb: "yes" he said\nc: 2\n', 2, "more text behind the closing quotation mark"),
        (b"a: 1\nb: 'yes' he said\nc: 2\n", 2, "more text behind the closing quotation mark"),
        (b'- "yes" he said\n- x\n', 1, "more text behind the closing quotation mark"),
        (b"- a: 1\n\tb: 2\n", 2, "a tab at the start of the line"),
        (b"a: 1\n" + b"k" * 1500 + b": 2\nc: 3\n", 2, "a key of more than 1,024 characters"),
        (b"a: 1\nb 2\nc: 3\n", 2, "a line without a colon"),
        (b"a: 1\nb: ? he said\nc: 2\n", 2, "a text that begins with “?”"),
        (b"a: 1\nb: &x he said\n", 2, "the anchor “x”"),
        (b"a: 1\nb: !x he said\n", 2, "the tag “!x”"),
    ],
)
def test_bad_yaml(tmp_path, text, line, found):
    """YAML that no sheet can be is refused with its line."""
    path = tmp_path / "sheet.yaml"
    path.write_bytes(text)
    with pytest.raises(DataErrors) as error:
        yaml_file.load(tmp_path, "sheet.yaml")
    (problem,) = error.value.problems
    assert problem.place.line == line
    assert found is None or problem.found == found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_are_those_of_an_editor(tmp_path, end, mark):
    """Lines and columns are counted in characters, whatever ends a line and whatever stands before them."""
    path = tmp_path / "sheet.yaml"
    text = f"a: x{end}# 😀{end}b: {{c: [1, '2' ]}} # 😀{end}d:{end}  - 😀 y{end}"
    path.write_bytes((mark + text).encode())
    document = yaml_file.load(tmp_path, "sheet.yaml")
    assert document.content == {"a": "x", "b": {"c": ["1", "2"]}, "d": ["😀 y"]}
    found = {loc: (document.place(loc).line, document.place(loc).column) for loc in document.places}
    assert found["a",] == (1, 4)
    assert found["b", "c", 1] == (3, 12)
    assert (found["d", "@key"], found["d", 0]) == ((4, 1), (5, 5))


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"])
@pytest.mark.parametrize("text", ["a: 1\n# a note{}b: 2\n", "a: 1\nb: x{}\n", "a: 1\nb: 'x{}y'\n"])
def test_line_ends_that_no_editor_shows(tmp_path, separator, text):
    """YAML ends a line at NEL and at the separators of Unicode: a comment would go on as content that nobody sees, and
    the numbers of all lines after it would be too large."""
    (tmp_path / "sheet.yaml").write_text(text.format(separator), encoding="utf-8")
    with pytest.raises(DataErrors) as error:
        yaml_file.load(tmp_path, "sheet.yaml")
    (problem,) = error.value.problems
    assert (problem.place.line, problem.found[:6]) == (2, f"U+{ord(separator):04X}")


def test_scalars_stay_text(tmp_path):
    """What YAML would turn into something else stays what was written; only an empty value is nothing."""
    path = tmp_path / "sheet.yaml"
    path.write_text("a: no\nb: 2019-11\nc: 0123\nd: 1.10\ne:\nf: null\ng: 'null'\n", encoding="utf-8")
    expected = {"a": "no", "b": "2019-11", "c": "0123", "d": "1.10", "e": None, "f": None, "g": "null"}
    assert yaml_file.load(tmp_path, "sheet.yaml").content == expected


def test_the_message_in_the_readme_is_real(project):
    """The message that the README shows is the one that the mistake gives, line and column included."""
    edit(project, SHEET, 'cue: "believes"', 'cue: "beleives"')
    (problem,) = problems_of(project)
    assert str(problem) in (ROOT / "README.md").read_text(encoding="utf-8")


OTHER = "seeds/coding/articles/003_187cdebd821c6a5c.yaml"


def test_passages_that_follow_each_other(project):
    """Neighbouring passages are one, as the rule R32 has it; those with words between them are joined by a mark."""
    from haftar_record.checks import rules

    def made():
        problems = Problems()
        found = inputs.read(project, problems)
        rows, places = assemble(found, problems)
        rules.check(rows, {coded.document_id: coded.article for coded in found.coded}, problems, places)
        assert not problems.errors
        return {row.statement_id: row.content_text for row in rows["statements"]}

    before = made()
    edit(project, OTHER, 'content: ["the link between the forces', 'content: ["the link", "between the forces')
    assert made() == before


def test_words_for_an_actor_have_a_place(project):
    """What a rule says of an actor in an event stands where the words for it are coded."""
    problems = Problems()
    rows, places = assemble(inputs.read(project, problems), problems)
    for row in rows["event_actors"]:
        place = places["event_actors", row.id]
        assert place.file.startswith("seeds/coding/articles/")
        line = (project / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
        assert row.actor_id in line


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (SHEET, 'max: "1200"', 'max: "100000000000001"', "a number from 0 to 100000000000000"),
        ("seeds/coding/places.yaml", 'latitude: "', 'latitude: "9', "a number from -90 to 90"),
        ("seeds/coding/places.yaml", 'longitude: "', 'longitude: "9', "a number from -180 to 180"),
    ],
)
def test_numbers_beyond_their_column(project, path, old, new, expected):
    """A number that its column cannot hold is told where it is written."""
    line = edit(project, path, old, new)
    (problem,) = problems_of(project)
    assert (problem.rule, problem.expected, problem.place.line) == ("number", expected, line)


def judge(project, instead: str) -> None:
    """Write other lines in place of what the sheet says of a quotation."""
    text = (project / SHEET).read_text(encoding="utf-8")
    said = re.compile(r"^( +)verbatim: .*\n(?: +verbatim_\w+: .*\n)*", re.MULTILINE)
    indent = said.search(text)[1]
    new = "".join(f"{indent}{line}\n" for line in instead.splitlines())
    (project / SHEET).write_text(said.sub(new, text, count=1), encoding="utf-8")


@pytest.mark.parametrize(
    ("instead", "found", "expected"),
    [
        ("verbatim: null", "speech without “verbatim:”", "yes, no or unknown"),
        ('verbatim: "yes"', "verbatim yes", "the reference with the same words, or a reason"),
    ],
)
def test_quotation_marks_are_judged(project, instead, found, expected):
    """Quotation marks are not trusted by default, nor without a reason."""
    judge(project, instead)
    (problem,) = problems_of(project)
    assert (problem.rule, problem.expected) == ("verbatim", expected)
    assert problem.found.endswith(found)


@pytest.mark.parametrize("key", ["verbatim: unknown", "verbatim_because: The marks are the printer’s."])
def test_indirect_speech_has_no_quotation_marks_to_judge(project, key):
    """What is said of its marks would be said of nothing."""
    edit(project, SHEET, "form: indirect\n", f"form: indirect\n            {key}\n")
    (problem,) = problems_of(project)
    assert (problem.rule, problem.expected) == ("verbatim", "no such judgement without quotation marks")


@pytest.mark.parametrize("reason", ["verbatim_reference: ref-us-conference-call", "verbatim_because: Its own text."])
def test_one_reason_is_enough_for_verbatim(project, reason):
    """A reference shows that words are verbatim, and so does a reason without one."""
    judge(project, f'verbatim: "yes"\n{reason}')
    assert not problems_of(project)


@pytest.mark.parametrize(
    ("kind", "speaks"),
    [
        ("original", "publisher"),
        ("digest", "publisher"),
        ("syndicated", "origin"),
        ("copy", "origin"),
        ("machine_paraphrase", "origin"),
    ],
)
def test_whose_voice_an_article_has(project, kind, speaks):
    """A digest tells in its own voice; a copy prints that of the text it took over. Neither is a second origin."""
    edit(project, SHEET, "text_kind: syndicated", f"text_kind: {kind}")
    rows, _ = assemble(inputs.read(project, Problems()), Problems())
    (document,) = (row for row in rows["documents"] if row.document_id == "doc-3eb302bd")
    own = {"publisher": document.publisher_source_id, "origin": document.origin_source_id}
    assert own["publisher"] != own["origin"]
    holders = [row for row in rows["event_reports"] if row.document_id == document.document_id]
    told = [row for row in holders if row.attribution == "outlet"]
    assert told and {row.factuality_holder for row in told} == {own[speaks]}
    assert own["publisher"] not in {row.independence_group for row in told}
    ties = [row for row in rows["relations"] if row.document_id == document.document_id]
    assert {row.according_to_source_id for row in ties} & set(own.values()) == {own[speaks]}


def recoded(project, **changes: str) -> None:
    """Say in the sheet otherwise how its article was coded."""
    said = {"by": "language_model", "readings": '"2"', "on": '"2026-11-29"', "rules": '"0.2.0"', "status": "confirmed"}
    line = re.search("^coding: .*$", (project / SHEET).read_text(encoding="utf-8"), re.MULTILINE)[0]
    edit(project, SHEET, line, f"coding: {{{', '.join(f'{key}: {value}' for key, value in (said | changes).items())}}}")


@pytest.mark.parametrize(
    ("key", "value", "rule", "expected"),
    [
        ("by", "crowd", "code", "language_model"),
        ("readings", '"0"', "number", "a whole number of at least 1"),
        ("on", '"2026-11"', "form", "a day such as 2026-11-29"),
        ("on", '"2026-11-31"', "form", "a day that the calendar has"),
        ("rules", '"0.2"', "form", "a version such as 1.0.0"),
        ("status", "done", "code", "confirmed"),
    ],
)
def test_how_an_article_was_coded_is_told(project, key, value, rule, expected):
    """A sheet says by whom, how often, until when and by which rules its article was coded."""
    recoded(project, **{key: value})
    problems = problems_of(project)
    assert [problem.rule for problem in problems] == [rule]
    assert expected in problems[0].expected


def test_how_an_article_was_coded_is_not_told(project):
    """A sheet of the record without it is refused."""
    edit(project, SHEET, "coding: {by", "# coding: {by")
    (problem,) = problems_of(project)
    assert (problem.rule, problem.expected) == ("key", "the key “coding” with a value")


def test_a_build_takes_a_draft(project):
    """A draft can be built, checked and looked at; a release refuses it."""
    recoded(project, readings='"1"', status="machine_draft")
    rows, _ = assemble(inputs.read(project, Problems()), Problems())
    (row,) = (row for row in rows["documents"] if row.document_id == "doc-3eb302bd")
    assert (row.coding_status, row.reading_count, str(row.coded_date)) == ("machine_draft", 1, "2026-11-29")


def test_a_beneficiary_is_no_recipient(project):
    """An act that is good for somebody is not done to him."""
    told = 'recipient: {act-libya: "Libya"}'
    edit(project, SHEET, told, told.replace("recipient", "beneficiary"))
    rows, _ = assemble(inputs.read(project, Problems()), Problems())
    (part,) = (row for row in rows["event_actors"] if row.role == "beneficiary" and row.actor_id == "act-libya")
    (event,) = (row for row in rows["events"] if row.event_id == part.event_id)
    assert "act-libya" not in (event.target_actor_ids or "") + (event.source_actor_ids or "")


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        ('["الجزائر", "الجزائر"]', "form"),
        ('["a;b"]', "form"),
        ('["ج"]', "form"),
        ('["abc\\u202edef"]', "invisible-character"),
    ],
)
def test_search_names_are_names(project, names, rule):
    """A search name is one name of letters, once, without marks that turn what stands beside it."""
    edit(project, ACTORS, 'search_names: ["Algérie", "الجزائر"]', f"search_names: {names}")
    assert [problem.rule for problem in problems_of(project)] == [rule]


def test_search_names_find_no_mentions(project):
    """By a search name readers find an actor; the articles are not looked through for it."""
    before, _ = assemble(inputs.read(project, Problems()), Problems())
    edit(project, ACTORS, 'search_names: ["Algérie", "الجزائر"]', 'search_names: ["conference call"]')
    rows, _ = assemble(inputs.read(project, Problems()), Problems())
    assert rows["mentions"] == before["mentions"]
    assert rows["actors"] != before["actors"]
