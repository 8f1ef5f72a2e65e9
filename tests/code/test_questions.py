"""What a build asks about an article that grew into the record: names that nobody has, and texts that are there twice."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from haftar_record.build.assemble import assemble
from haftar_record.coding import inputs
from haftar_record.problems.problem import Problems

ARTICLE = "004_3eb302bd82f84695"
ARTICLES, SHEETS = "seeds/articles", "seeds/coding/articles"
ACTORS = "seeds/coding/actors.yaml"


def edit(project: Path, path: str, old: str, new: str) -> None:
    """Put words in the place of others that occur in the file."""
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), encoding="utf-8")


def again(project: Path, text: str) -> None:
    """Add an article of these words, with the sheet of another one."""
    name = "005_0123456789abcdef"
    sheet = (project / SHEETS / f"{ARTICLE}.yaml").read_text(encoding="utf-8").replace(ARTICLE, name)
    sheet = re.sub(r"sha256: \S+", f"sha256: {hashlib.sha256(text.encode()).hexdigest()}", sheet, count=1)
    (project / ARTICLES / f"{name}.txt").write_text(text, encoding="utf-8")
    (project / SHEETS / f"{name}.yaml").write_text(sheet, encoding="utf-8")


def said(result: subprocess.CompletedProcess[str]) -> str:
    return result.stdout + result.stderr


def test_names_without_an_alias(project, run):
    """Catches aliases that are missing: a name that no alias has, and one of which a part alone is named."""
    edit(project, ACTORS, '"Henry Wooster": name, Wooster: name, ', "")
    edit(project, ACTORS, '"UN Security Council": name', "")
    result = run(project, "build")
    assert result.returncode == 0
    assert said(result).count("warning [name]") == 3
    assert "“Henry Wooster” in paragraph 2, which no alias has" in said(result)
    assert "“Wooster” in paragraph 9 and 2 more, which no alias has" in said(result)
    assert "“UN Security Council” in paragraph 4, of which only “UN” is named" in said(result)


def test_names_that_are_nobody(project, run):
    """The advice works: a name that the sheet lists as nobody is not asked about."""
    edit(project, ACTORS, '"UN Security Council": name', "")
    sheet = f"{SHEETS}/{ARTICLE}.yaml"
    edit(project, sheet, "\nmentions:\n", "\nmentions:\n  - {words: UN Security Council, means: none}\n")
    assert "[name]" not in said(run(project, "build"))


@pytest.mark.parametrize(
    "text",
    [
        str.upper,
        lambda text: text.replace("“", '"').replace("”", '"'),
        lambda text: text.replace("\n", "\n \n"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    ],
    ids=["capitals", "marks", "blanks", "mark and line ends of another system"],
)
def test_one_text_twice(project, run, text):
    """One error with both places, by every command that reads the articles, and no traceback; `query` goes on reading
    the package that was built before."""
    again(project, text((project / ARTICLES / f"{ARTICLE}.txt").read_text(encoding="utf-8")))
    for command in ("build", "check"):
        result = run(project, command)
        assert result.returncode == 1
        assert "Traceback" not in said(result)
        assert said(result).count("error [") == 1
        assert f"{ARTICLES}/005_0123456789abcdef.txt: error [duplicate]" in said(result)
        assert f"the words of {ARTICLES}/{ARTICLE}.txt" in said(result)
    assert run(project, "query", "SELECT count(*) FROM documents").returncode == 0


def test_alias_of_another_time(project, run):
    """Catches “Presidential Council” in an article of before 2021 that becomes the council of 2021: it names nobody
    there, and the build asks once, and not again as a name without an alias."""
    edit(
        project,
        ACTORS,
        '"Libyan National Army (LNA)": name',
        '"Libyan National Army (LNA)": {kind: name, when: 2021/..}',
    )
    edit(
        project,
        ACTORS,
        'Government of National Accord (GNA)": name',
        'Government of National Accord (GNA)": {kind: name, when: "2016/2021"}',
    )
    result = run(project, "build")
    assert result.returncode == 0, said(result)
    asked = [line for line in said(result).splitlines() if "(LNA)” in paragraph" in line]
    assert len(asked) == 1
    assert "an alias of act-lna in 2021/.. only" in asked[0]
    assert "National Accord" not in said(result)
    assert "error" not in said(result)


def test_alias_of_two_at_different_times(project, run):
    """An alias that two actors have at different times means the one of the time of the article, and is no ambiguity;
    “mentions:” may say otherwise."""
    edit(project, ACTORS, '"UN Security Council": name', '"UN Security Council": {kind: name, when: "2021/.."}')
    edit(
        project,
        ACTORS,
        '"UN General Assembly": name',
        '"UN General Assembly": name, "UN Security Council": {kind: name, when: "../2020"}',
    )
    result = run(project, "build")
    assert result.returncode == 0, said(result)
    query = "SELECT actor_id FROM mentions WHERE surface_text = 'UN Security Council'"
    assert "act-unga" in run(project, "query", query).stdout
    sheet = f"{SHEETS}/{ARTICLE}.yaml"
    edit(project, sheet, "\nmentions:\n", "\nmentions:\n  - {words: UN Security Council, means: act-unsc}\n")
    assert run(project, "build").returncode == 0
    assert "act-unsc" in run(project, "query", query).stdout


@pytest.mark.parametrize(
    ("value", "check"),
    [
        ("nick", "code"),
        ("{kind: name, when: soon}", "edtf"),
        ("{when: 2021}", "key"),
        ("{kind: name, from: 2021}", "key"),
    ],
)
def test_alias_that_is_badly_written(project, run, value, check):
    """Catches a kind that is no code, a date that is none, a missing kind, an unknown key: one error, at its line."""
    edit(project, ACTORS, '"UN Security Council": name', f'"UN Security Council": {value}')
    result = run(project, "build")
    assert result.returncode == 1
    assert said(result).count("error [") == 1, said(result)
    assert f"error [{check}]" in said(result)
    line = (project / ACTORS).read_text(encoding="utf-8")[
        : (project / ACTORS).read_text(encoding="utf-8").index(value)
    ].count("\n") + 1
    assert f"{ACTORS}:{line}:" in said(result)


def test_actor_that_does_not_exist_yet(project, run):
    """An actor that exists later is not named by its aliases; who is settled by hand to be named is asked about."""
    edit(
        project,
        ACTORS,
        'description: "Imposed the arms embargo.", ',
        'description: "Imposed the arms embargo.", exists: 2021/.., ',
    )
    assert "an alias of act-unsc in 2021/.. only" in said(run(project, "build"))
    sheet = f"{SHEETS}/{ARTICLE}.yaml"
    edit(project, sheet, "\nmentions:\n", "\nmentions:\n  - {words: UN Security Council, means: act-unsc}\n")
    assert "R111 nobody-is-named-too-early" in said(run(project, "build"))


def beside(project: Path) -> None:
    """Add an article with the words of another one but for every twentieth, coded by one report in its own voice."""
    text = (project / ARTICLES / f"{ARTICLE}.txt").read_text(encoding="utf-8")
    words = text.split(" ")
    words[10::20] = ["thereupon"] * len(words[10::20])
    made, name = " ".join(words), "005_0123456789abcdef"
    (project / ARTICLES / f"{name}.txt").write_text(made, encoding="utf-8")
    listed = "".join(
        f"  - {{quote: {json.dumps(line, ensure_ascii=False)}, disposition: background, because: A copy.}}\n"
        for line in lines(made)[1:]
    )
    sheet = f"""\
article: {name}.txt
sha256: {hashlib.sha256(made.encode()).hexdigest()}
coding: {{by: language_model, readings: "1", on: 2026-11-29, rules: 0.2.0, status: confirmed}}
facts:
  published: {{date: "2020-05-09", basis: external, because: Given.}}
  publisher: {{source: src-mem, basis: external}}
  origin: src-mem
  text_kind: original
  text_kind_because: Given.
  language: en
  rights: Nobody's.
reports:
  - id: "01"
    event: evt-us-conference-call-2020
    evidence: {json.dumps(lines(made)[0].split(",")[0], ensure_ascii=False)}
sentences:
{listed}"""
    (project / SHEETS / f"{name}.yaml").write_text(sheet, encoding="utf-8")


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def copies(project: Path) -> list[str]:
    """What the build asks about copies."""
    problems = Problems()
    assemble(inputs.read(project, problems), problems)
    return [problem.found for problem in problems.items if problem.rule == "copy"]


def test_nearly_the_same_text(project):
    """Catches an article that is another one but for single words; an origin in common is an answer."""
    beside(project)
    (found,) = copies(project)
    assert found.startswith("doc-01234567: ")
    assert f"{ARTICLES}/{ARTICLE}.txt" in found
    edit(project, f"{SHEETS}/005_0123456789abcdef.yaml", "origin: src-mem", "origin: src-reuters-story")
    assert copies(project) == []


def test_copy_that_has_one_of_the_sources(project):
    """Catches a copy that passes since both texts tell of one source, though its outlet counts as another one beside
    it."""
    beside(project)
    more = """\
  - id: "02"
    event: evt-us-conference-call-2020
    evidence: "senior US officials said"
    attribution: anonymous
    source: src-senior-us-officials
"""
    edit(project, f"{SHEETS}/005_0123456789abcdef.yaml", "sentences:\n", f"{more}sentences:\n")
    assert len(copies(project)) == 1


def test_copy_that_tells_what_the_sources_of_the_other_tell(project):
    """Where a copy tells nothing but what a source of both told, it counts once, and nobody is asked."""
    beside(project)
    sheet = f"{SHEETS}/005_0123456789abcdef.yaml"
    told = "    attribution: anonymous\n    source: src-senior-us-officials\n"
    edit(project, sheet, "sentences:\n", f"{told}sentences:\n")
    assert copies(project) == []
