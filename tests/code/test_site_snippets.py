"""Every example on the written pages is run, and prints what the page says."""

from __future__ import annotations

import shlex

import pytest
import yaml

from ..readers.test_readers import READ
from . import snippets

DOCS = snippets.ROOT / "docs"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
EXAMPLES = [(name, *example) for name, page in PAGES.items() for example in snippets.examples(page)]


@pytest.mark.parametrize(
    ("page", "block", "shown"), EXAMPLES, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(EXAMPLES)]
)
def test_example(page, block, shown):
    """Catches an example that fails on the data, and one that prints something else than its page says."""
    if lacking := snippets.missing(block):
        pytest.skip(f"{lacking} is not installed")
    printed = snippets.run(block, snippets.ROOT)
    assert printed.strip(), page
    if shown:
        assert printed == shown.text, "python -m tests.code.snippets writes what is printed into the page"


def test_every_tool_has_an_example():
    """Catches an example that was lost, or that the reader of pages no longer finds."""
    found = {
        (block.language, name)
        for _, block, _ in EXAMPLES
        for name in (*snippets.FOREIGN, "sqlite3")
        if name in block.text
    }
    assert {("python", name) for name in (*snippets.FOREIGN, "sqlite3")} <= found
    assert {"r", "sh"} <= {block.language for _, block, _ in EXAMPLES}


def test_walk(tmp_path):
    """Catches a page on adding an article whose steps no longer lead where it says, in the words it says."""
    shown = snippets.walk(PAGES[snippets.WALK], snippets.copy(tmp_path))
    assert len(shown) > 3
    for block, printed in shown:
        assert snippets.timeless(printed) == block.text, "python -m tests.code.snippets writes it into the page"
    assert "no errors, 0 warnings" in shown[-1][1]


def test_workflow():
    """Catches a workflow to copy that is no YAML, or installs a frictionless that does not read the package."""
    block = next(block for block in snippets.blocks(PAGES["use-it.md"]) if block.language == "yaml")
    steps = [step["run"] for step in yaml.safe_load(block.text)["jobs"]["validate"]["steps"] if "run" in step]
    read = [name.partition("-")[2] for name, ways in READ.items() if name.startswith("frictionless-") and ways[0]]
    oldest = min(read, key=lambda version: [*map(int, version.split("."))])
    assert shlex.split(steps[0]) == ["pip", "install", f"frictionless>={oldest},<6"]
    example = next(
        block for _, block, _ in EXAMPLES if block.language == "sh" and "frictionless validate" in block.text
    )
    assert steps[1:] == [example.text.strip()]


@pytest.mark.parametrize(
    "path", sorted((snippets.ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda path: path.stem
)
def test_issue_form(path):
    """Catches a form that GitHub would not show: without name, description or body, or with a field it does not know."""
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"] and form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in fields} <= {"input", "textarea", "dropdown", "checkboxes"}
    names = [field["id"] for field in fields]
    assert len(names) == len(set(names)) and all(field["attributes"]["label"] for field in fields)


@pytest.mark.parametrize("name", snippets.NEW_SHEETS)
def test_a_new_sheet_names_the_rules_of_today(name):
    """Catches a sheet on a page that names the rules of an earlier version."""
    assert PAGES[name].count("\ncoding: {") == 1
    assert snippets.with_rules(PAGES[name]) == PAGES[name], "python -m tests.code.snippets writes it into the page"


def test_rules_are_written_into_the_line_of_a_sheet_alone():
    """Catches a version that is put into another line, or a line that keeps the old one."""
    page = 'rules: "0.1.0"\ncoding: {by: person, rules: "0.1.0", status: begun}\n# coding: {rules: "0.1.0"}\n'
    before, line, after = snippets.with_rules(page).splitlines()
    assert (before, after) == ('rules: "0.1.0"', '# coding: {rules: "0.1.0"}')
    version = yaml.safe_load((snippets.ROOT / "seeds/coding/record.yaml").read_text("utf-8"))["version"]
    assert line == f'coding: {{by: person, rules: "{version}", status: begun}}'
