"""Problems as text, JSON, GitHub annotations and SARIF; strictness; exit codes."""

from __future__ import annotations

import json

import pytest

from haftar_record.checks import rules  # noqa: F401 - the rules are in the catalogue once they are imported
from haftar_record.problems import catalogue, reports
from haftar_record.problems.problem import Place, Problem, in_order

SHEET = "seeds/coding/articles/004_3eb302bd82f84695.yaml"
PROBLEMS = [
    Problem(Place("a.yaml", 3, 7), "code", "“x, y: 50%”", "“z”", "correct it"),
    Problem(Place("b.csv"), "R14 actor-is-used", "act-a\nused nowhere", "a row", "use it", "warning"),
]


def break_a_code(project) -> int:
    """Misspell one code; the line it stands in."""
    path = project / SHEET
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("act: assert", "act: assrt", 1), encoding="utf-8")
    return text[: text.index("act: assert")].count("\n") + 1


def add_an_unused_place(project) -> None:
    """Something that is a warning only."""
    path = project / "seeds/coding/places.yaml"
    entry = '- {id: plc-atlantis, name: "Atlantis", type: landscape, where_prec: 8, description: "Nowhere."}\n'
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")


def test_json(project, run):
    """Standard output is one JSON object and nothing else, with the place and the four parts of each message."""
    line = break_a_code(project)
    result = run(project, "check", "--format", "json")
    assert result.returncode == 1
    found = json.loads(result.stdout)
    assert found["counts"] == {"error": 1, "warning": 0, "note": 0}
    problem = found["problems"][0]
    assert (problem["file"], problem["line"], problem["rule"]) == (SHEET, line, "code")
    assert problem["found"] == "“assrt”"
    assert "“assert”" in problem["expected"]
    assert problem["remedy"]


def test_sarif(project, run):
    """The log is SARIF 2.1.0: its results name rule, level and place."""
    line = break_a_code(project)
    log = json.loads(run(project, "check", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert (result["level"], location["artifactLocation"]["uri"], location["region"]["startLine"]) == (
        "error",
        SHEET,
        line,
    )
    assert result["ruleId"] in {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}


def test_sarif_says_what_each_check_demands():
    """A code scanning page shows the demand of a check and its level beside what it found."""
    (run,) = json.loads(reports.sarif(PROBLEMS))["runs"]
    found = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(found) == {result["ruleId"] for result in run["results"]}
    assert found["code"]["shortDescription"]["text"] == "A code is in its code list."
    assert found["R14 actor-is-used"]["defaultConfiguration"] == {"level": "warning"}


def test_a_former_name_is_kept_for_one_release():
    """A problem named as in the release before has its name of today, and machines are told the old one beside it."""
    for old, new in catalogue.ALIASES.items():
        problem = Problem(Place("a"), old, "x", "y", "z")
        assert catalogue.find(old) is catalogue.find(new)
        assert (problem.rule, catalogue.find(old).name) == (new, new)
        (said,) = json.loads(reports.as_json([problem, *PROBLEMS]))["problems"][:1]
        assert (said["rule"], said["former_names"]) == (new, [old])
        (rule,) = json.loads(reports.sarif([problem]))["runs"][0]["tool"]["driver"]["rules"]
        assert (rule["id"], rule["deprecatedIds"]) == (new, [old])
        assert f"[{new}]" in reports.text([problem]) and f"title={new}::" in reports.github([problem])


def test_names_are_those_of_today_once():
    """No alias is the name of a check, and none leads to another alias or nowhere."""
    assert not catalogue.ALIASES.keys() & catalogue.CHECKS.keys()
    assert set(catalogue.ALIASES.values()) <= catalogue.CHECKS.keys()
    with pytest.raises(KeyError):
        Problem(Place("a"), "strange", "x", "y", "z")
    for taken in (*catalogue.ALIASES, "R14"):
        with pytest.raises(ValueError, match="in the catalogue already"):
            catalogue.register(catalogue.Check(f"{taken} name", "rules", "Anything."))


def test_github():
    """Commas, colons, percent signs and line feeds are escaped where GitHub would read them as syntax."""
    first, second = reports.github(PROBLEMS).splitlines()
    assert first == "::error file=a.yaml,line=3,col=7,title=code::found: “x, y: 50%25”%0Aexpected: “z”%0Ado: correct it"
    assert second.startswith("::warning file=b.csv,title=R14 actor-is-used::found: act-a⏎used nowhere%0A")


def test_text():
    """Grouped by file, with the four parts, counted at the end."""
    text = reports.text(PROBLEMS)
    assert text.index("\na.yaml\n") < text.index("a.yaml:3:7: error [code]") < text.index("\nb.csv\n")
    assert text.endswith("1 error, 1 warning")


def many(number: int) -> list[Problem]:
    """So many errors of one check, and a few of two others."""
    found = [
        Problem(Place("a.yaml"), "sentence", f"paragraph {n}", "coded or listed", "code it") for n in range(number)
    ]
    return in_order([*reversed(found), *PROBLEMS])


def test_problems_are_in_the_order_of_their_numbers():
    """Paragraph 10 stood before paragraph 9, and line 10 before line 9."""
    assert [problem.found for problem in many(12)[:12]] == [f"paragraph {n}" for n in range(12)]
    places = [Place("a", line, column) for line in (9, 10) for column in (9, 10)]
    assert [one.place for one in in_order(Problem(place, "code", "", "", "") for place in reversed(places))] == places
    ends = ("", "1", "1a", "a", "a1", "a01", "a2", "²", "٣", "9" * 1_900)
    assert len(in_order(Problem(Place("a"), "code", end, "", "") for end in ends)) == len(ends)


def test_very_many_problems_are_summed_up():
    """Thirty thousand errors were thirty thousand times four lines, of which GitHub shows ten, and SARIF has a limit."""
    problems = many(30_000)
    text = reports.text(problems)
    assert text.count("[sentence]") == reports.LISTED + 1
    assert f"… and {30_000 - reports.LISTED:,} more: error [sentence]" in text
    assert text.endswith("\n30,001 errors, 1 warning")
    lines = reports.github(problems).splitlines()
    assert len(lines) == reports.ANNOTATIONS + 1 and all(line[:2] == "::" for line in lines)
    assert sum("title=code" in line for line in lines) == 1 and lines[-1].startswith("::warning ")
    assert "29,992 more of 30,001 problems" in lines[-2] and "sentence 30,000, code 1" in lines[-2]
    (run,) = json.loads(reports.sarif(problems))["runs"]
    assert len(run["results"]) == reports.RESULTS and run["results"][-1]["level"] == "error"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "5,002 more problems are not in this log; in all: 30,001 errors, 1 warning"
    found = json.loads(reports.as_json(problems))
    assert found["counts"] == {"error": 30_001, "warning": 1, "note": 0} and len(found["problems"]) == 30_002


def test_a_few_more_than_are_shown():
    """At the bounds: what is listed in full has nothing after it."""
    for number in (reports.LISTED, reports.LISTED + 1):
        assert ("more: error [sentence]" in reports.text(many(number))) == (number > reports.LISTED)
    for number in (9, 10):  # one more is of another check
        assert ("and more" in reports.github(many(number))) == (number == 10)
        assert reports.github(many(number)).count("::error ") == 10


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 1)])
def test_strict(project, run, options, code):
    """A warning passes, and with --strict it does not."""
    add_an_unused_place(project)
    assert run(project, "build").returncode == 0
    result = run(project, "check", *options)
    assert result.returncode == code, result.stderr
    assert "plc-atlantis: used nowhere" in result.stderr
    assert ("1 error" if options else "1 warning") in result.stderr.splitlines()[-1]
    verdict = "1 warning, which --strict counts as an error, " if options else "no errors, 1 warning, "
    assert [line for line in result.stderr.splitlines() if line.startswith(verdict)], result.stderr


def test_nothing_to_say_is_said_in_every_format(project, run):
    """A sound package gives an empty list, an empty log and no annotation, exit code 0."""
    assert json.loads(run(project, "check", "--format", "json").stdout)["problems"] == []
    assert json.loads(run(project, "check", "--format", "sarif").stdout)["runs"][0]["results"] == []
    result = run(project, "check", "--format", "github")
    assert (result.returncode, result.stdout.strip()) == (0, "")
