"""What a build asks about an article that grew into the record: names that nobody has, and texts that are there twice."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

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
    [str.upper, lambda text: text.replace("“", '"').replace("”", '"'), lambda text: text.replace("\n", "\n \n")],
    ids=["capitals", "marks", "blanks"],
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
