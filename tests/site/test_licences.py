"""The licence page names all work of others that the site holds."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from importlib.metadata import metadata
from pathlib import Path

import pytest

from ..conftest import ROOT

#: Cells of a row of the table: part, licence, in.
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/licence.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| part")
]
PATTERNS = [pattern for _, _, where in ROWS for pattern in re.findall(r"`([^`]+)`", where)]
PARTS = {word.lower() for part, _, _ in ROWS for word in re.split(r"[ ,():]+", part)}
#: Names that show that a library is in a script without a map, by library.
SIGNS = {
    "vega": "vegaEmbed",
    "d3": "rebeccapurple",
    "delaunator": "delaunator",
    "topojson-client": "topojson",
    "semver": "Invalid comparator",
    "fast-json-patch": "applyPatch",
}


def test_every_file_of_others_is_named(site: Path) -> None:
    """Catches a file that the theme or a library brings, and that no line of the page is about."""
    own = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*") if path.is_file()}
    found = {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*") if path.is_file()}
    assert found - own
    for name in found - own | {name for name in found if re.search("fonts/|vendor/", name)}:
        assert any(fnmatch(name, pattern) for pattern in PATTERNS), name
    for pattern in PATTERNS:
        assert any(fnmatch(name, pattern) for name in found), pattern


def test_every_library_in_a_script_is_named(site: Path) -> None:
    """Catches a library that a new release of the theme or of Vega has in it: maps of scripts say which there are."""
    named = set()
    for path in site.rglob("*.map"):
        sources = json.loads(path.read_text(encoding="utf-8"))["sources"]
        named |= {match[1] for one in sources if (match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)", one))}
    assert len(named) > 5
    assert named <= PARTS
    text = (site / "assets/explore/vega.js").read_text(encoding="utf-8")
    assert {name for name, sign in SIGNS.items() if sign in text} == SIGNS.keys() <= PARTS


@pytest.mark.parametrize(("name", "licence"), [("mkdocs-material", "MIT"), ("vl-convert-python", "BSD")])
def test_a_licence_is_that_of_what_is_installed(name: str, licence: str) -> None:
    """Catches a theme or a library that is passed on under another licence from now on."""
    about = metadata(name)
    told = [about.get("License", ""), about.get("License-Expression", ""), *about.get_all("Classifier", [])]
    assert any(licence in one for one in told), told


def test_every_licence_that_is_named_is_there(site: Path) -> None:
    """Catches a file with the text of a licence that is gone, and a part that it does not name."""
    for part, licence, _ in ROWS:
        for name in re.findall(r"`([^`]+)`", licence):
            texts = [path.read_text(encoding="utf-8") for path in site.glob(name)]
            assert texts, name
            if name.endswith("LICENCES.txt"):
                first = re.split("[,:(]", part)[0].strip()
                assert first in texts[0] or "Natural Earth" in texts[0], part
