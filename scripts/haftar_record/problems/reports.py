"""Report problems: as text for people, JSON for machines, annotations for GitHub, SARIF for code scanning.

JSON has every problem. The others have as many as their reader takes; how many more there are is said in them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from ..version import __version__
from . import catalogue
from .problem import SEVERITIES, Problem
from .wording import by_number, counted, visible

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_GITHUB = {"error": "error", "warning": "warning", "note": "notice"}
#: Problems of one check and severity that the text lists, unless a few more are all.
LISTED = 100
#: Annotations of one kind that GitHub shows of a step (GitHub, limits of workflow commands).
ANNOTATIONS = 10
#: Results that GitHub accepts in one run of a SARIF log (GitHub, SARIF support for code scanning).
RESULTS = 25_000


def counts(problems: Iterable[Problem]) -> str:
    """How many problems there are of each severity: ``2 errors, 1 warning``, or ``no problems``."""
    found = Counter(problem.severity for problem in problems)
    parts = (counted(found[name], name) for name in SEVERITIES if found[name])
    return ", ".join(parts) or "no problems"


def text(problems: list[Problem], colour: Callable[[str, str], str] = lambda text, _: text) -> str:
    """The problems grouped by file, in four lines each, and their number. ``colour`` wraps a text in an ANSI colour
    code. Of many problems of one check the first are listed."""
    listed, left = _first(problems, LISTED)
    lines: list[str] = []
    file = None
    for problem in listed:
        if problem.place.file != file:
            file = problem.place.file
            lines.append(f"\n{colour(visible(file), '1')}")
        head, _, rest = str(problem).partition("\n")
        lines += [colour(head, "31" if problem.severity == "error" else "33"), rest]
    lines.append("")
    if left:
        lines += [*(f"… and {number:,} more: {severity} [{rule}]" for (rule, severity), number in left.items())]
        lines += ["(--format json lists all of them)", ""]
    return "\n".join([*lines, counts(problems)])


def _first(problems: list[Problem], limit: int) -> tuple[list[Problem], Counter[tuple[str, str]]]:
    """The first problems of every check and severity, in their order, and how many more there are of each."""
    seen: Counter[tuple[str, str]] = Counter()
    listed = []
    for problem in problems:
        kind = problem.rule, problem.severity
        seen[kind] += 1
        if seen[kind] <= limit:
            listed.append(problem)
    return listed, Counter({kind: number - limit for kind, number in seen.items() if number > limit})


def as_json(problems: list[Problem]) -> str:
    """One JSON object: ``counts`` by severity, and ``problems`` with place, rule and the parts of the message, all of
    them.

    A problem of a check that had another name in the release before has that name under ``former_names``.
    """
    found = Counter(problem.severity for problem in problems)
    content = {
        "version": __version__,
        "counts": {name: found[name] for name in SEVERITIES},
        "problems": [
            {
                "file": _encodable(problem.place.file),
                "line": problem.place.line,
                "column": problem.place.column,
                "severity": problem.severity,
                "rule": problem.rule,
                **_former_names(problem.rule),
                "record": problem.record,
                "found": problem.found,
                "expected": problem.expected,
                "remedy": problem.remedy,
            }
            for problem in problems
        ],
    }
    return _machine(content)


def _former_names(rule: str) -> dict[str, list[str]]:
    names = catalogue.find(rule).former_names
    return {"former_names": names} if names else {}


def _machine(content: dict[str, Any]) -> str:
    """JSON in ASCII: no locale can garble it, and no character in it acts on a terminal."""
    return json.dumps(content, indent=2)


def github(problems: list[Problem]) -> str:
    """Workflow commands, one line a problem, which GitHub shows beside the lines of a change.

    Of each severity as many as it shows. Where there are more, the first of every check come first, and the last one
    says how many there are of each check.
    """
    return "\n".join(line for severity in SEVERITIES for line in _annotations(problems, severity))


def _annotations(problems: list[Problem], severity: str) -> Iterator[str]:
    found = [problem for problem in problems if problem.severity == severity]
    if len(found) <= ANNOTATIONS:
        yield from map(_annotation, found)
        return
    chosen = _of_every_check(found, ANNOTATIONS - 1)
    yield from map(_annotation, chosen)
    number = Counter(problem.rule for problem in found)
    told = ", ".join(f"{rule} {count:,}" for rule, count in number.most_common())
    more = f"{len(found) - len(chosen):,} more of {len(found):,} problems (run haftar-record check to see them): {told}"
    yield f"::{_GITHUB[severity]} title=and more::{_escaped(more)}"


def _of_every_check(problems: list[Problem], number: int) -> list[Problem]:
    """So many problems, in their order: the first of every check, then the second of every check, and so on."""
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int]] = []
    for place, problem in enumerate(problems):
        seen[problem.rule] += 1
        turns.append((seen[problem.rule], place))
    return [problems[place] for place in sorted(place for _, place in sorted(turns)[:number])]


def _annotation(problem: Problem) -> str:
    place = {
        "file": visible(problem.place.file),
        "line": problem.place.line,
        "col": problem.place.column,
        "title": problem.rule,
    }
    keys = ",".join(f"{key}={_escaped(str(value), in_key=True)}" for key, value in place.items() if value)
    message = f"found: {problem.found}\nexpected: {problem.expected}\ndo: {problem.remedy}"
    return f"::{_GITHUB[problem.severity]} {keys}::{_escaped(message)}"


def _encodable(file: str) -> str:
    """The name of a file as it is; of one whose bytes are not UTF-8, with those bytes made visible."""
    try:
        file.encode()
    except UnicodeEncodeError:
        return visible(file)
    return file


def _escaped(text: str, in_key: bool = False) -> str:
    """Percent-encoding of workflow commands (GitHub, toolkit of actions)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_key else text


def sarif(problems: list[Problem]) -> str:
    """A SARIF 2.1.0 log with one run (OASIS, Static Analysis Results Interchange Format).

    Where there are more problems than a run may have, those of the highest severity are its results, and a
    notification of the tool says how many more there are.
    """
    rules = [_descriptor(rule) for rule in sorted({problem.rule for problem in problems}, key=by_number)]
    driver = {"name": "haftar-record", "version": __version__, "rules": rules}
    kept = sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity))[:RESULTS]
    results = [_result(problem) for problem in (problems if len(problems) <= RESULTS else kept)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    if len(problems) > RESULTS:
        run["invocations"] = [_incomplete(problems, kept)]
    return _machine({"$schema": SARIF, "version": "2.1.0", "runs": [run]})


def _incomplete(problems: list[Problem], kept: list[Problem]) -> dict[str, Any]:
    """What SARIF calls an invocation: that the log does not have all that was found."""
    said = f"{len(problems) - len(kept):,} more problems are not in this log; in all: {counts(problems)}"
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": said}}],
    }


def _descriptor(rule: str) -> dict[str, Any]:
    """What SARIF calls a reporting descriptor: the check by its names, and what it demands."""
    check = catalogue.find(rule)
    former = {"deprecatedIds": check.former_names} if check.former_names else {}
    level = {"level": check.severity}
    return {"id": rule, **former, "shortDescription": {"text": check.demand}, "defaultConfiguration": level}


def _result(problem: Problem) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(os.fsencode(problem.place.file))}}
    if problem.place.line:
        location["region"] = {"startLine": problem.place.line}
        if problem.place.column:
            location["region"]["startColumn"] = problem.place.column
    message = f"Found: {problem.found}\nExpected: {problem.expected}\nDo: {problem.remedy}"
    return {
        "ruleId": problem.rule,
        "level": problem.severity,  # SARIF has the same three names
        "message": {"text": message},
        "locations": [{"physicalLocation": location}],
    }


#: Every format of ``--format``, by name.
FORMATS: dict[str, Callable[[list[Problem]], str]] = {"text": text, "json": as_json, "github": github, "sarif": sarif}
