"""A copy of the project whose texts try to be markup: in every register, sheet, article and in the descriptor."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from haftar_record.site.pages.faults import CATALOGUE

from ..conftest import ROOT

#: Put behind every text that a coder writes in own words.
WORDS = (
    " <img src=q onerror=alert(1)> [a](javascript:alert(1)) **b** `c` </title></script><script>alert(1)</script>"
    " <!-- <script> --> <!-- part: counts --> {{ 7 * 7 }} kept-aside-0-block \" href=\"@/x ' onclick='alert(1) &lt i&gt <b>"
)
#: Put behind those of them that are in no list, where a semicolon would part them: what other languages take for
#: markup, for a reference, for a place to put something, or for an end.
MORE = (
    " &amp;lt;i&amp;gt; &#60;b&#62; ]]> --!> </style></textarea></svg></title> [b]: javascript:alert(1) [^1] [^1]: x"
    " *[HTML]: x {: onclick=alert(1) .x #top} <javascript:alert(1)> ![i](x:y) --8<-- 'mkdocs.yml' :material-alert: $$x$$"
    " | a | b | # h == ~~d~~ ^^i^^ {% raw %} {# c #} ${7*7} {} {0} {x.y} %s %(x)s $& $1 \\1 \\g<0> \\u003c url(javascript:alert(1))"
    " <!DOCTYPE x> <? x ?> <![CDATA[ x ]]> &lt;/script&gt; onerror=alert(1) x:expression(alert(1)) " + "w" * 300
)
#: Put behind words that stand in the articles, and with them into everything that quotes them. It has no blank and no
#: quotation mark, so that sentences and passages stay as they are.
QUOTED = "<svg/onload=alert(this)>"
NAMES = ("Haftar", "Algeria", "Ellen", "ISTANBUL", "Since then", "allegations", "series", "believes")
#: The keys of registers and sheets whose values are in the coder's own words.
FREE = {
    "alternatives", "because", "coordinate_basis", "counts", "decided", "definition", "description", "fact",
    "identifier_note", "keywords", "name", "note", "oppose_means", "question", "reading", "reason", "rights", "seen_at", "summary",
    "support_means", "text_kind_because", "text_rights", "title", "value", "verbatim_because",
}  # fmt: skip
#: Those of them that occur in lists, or in one line of a file of another form, or whose addresses are of the web.
IN_LISTS = {"name", "title", "keywords", "value", "seen_at"}


def project(folder: Path) -> Path:
    """Make the copy in an empty folder, and build its package. Returns the folder."""
    for name in ("seeds", "docs", ".github"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copy(ROOT / name, folder)
    (folder / CATALOGUE).parent.mkdir(parents=True)
    shutil.copy(ROOT / CATALOGUE, folder / CATALOGUE)
    for path in sorted((folder / "seeds").rglob("*.txt")):
        path.write_bytes(_quoted(path.read_bytes().decode()).encode())
    for path in sorted((folder / "seeds" / "coding").rglob("*.yaml")):
        _alter(path)
    done = subprocess.run(
        [sys.executable, "-m", "haftar_record", "--root", str(folder), "build"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def _quoted(text: str) -> str:
    return re.sub(rf"(?<![-\w])({'|'.join(NAMES)})\b", rf"\g<0>{QUOTED}", text)


def _alter(path: Path) -> None:
    content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    altered = _altered(content, {"name"} if path.stem == "record" else set())
    if "facts" in altered:  # the headline of an article is quoted
        altered["facts"] = _altered(content["facts"], {"title"})
    if path.stem == "record":  # in its description, braces are places to be filled
        altered["description"] = re.sub("[{}]", "", altered["description"])
    if "sha256" in altered:
        article = path.parents[2] / "articles" / altered["article"]
        altered["sha256"] = hashlib.sha256(article.read_bytes()).hexdigest()
    path.write_text(yaml.safe_dump(altered, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")


def _altered(content: Any, kept: set[str], key: str = "") -> Any:
    """The content of a file with hostile texts; those under the keys ``kept`` are in nobody's own words."""
    if isinstance(content, dict):
        return {_altered(name, kept): _altered(value, kept, name) for name, value in content.items()}
    if isinstance(content, list):
        return [_altered(value, kept, key) for value in content]
    if content == "null":
        return None
    text = _quoted(str(content))
    if key == "search_names":  # names are short
        return text if QUOTED in text else text + QUOTED
    if key not in FREE - kept:
        return text
    return text + WORDS + (MORE if key not in IN_LISTS else "")


def site(project: Path, folder: Path) -> Path:
    """Build the site of a project strictly into a folder. Returns the folder."""
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(line, cwd=project, env=os.environ | quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder
