"""The plugin: HTML that goes round the Markdown parser, the navigation, the check of links, the build as a whole."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

pytest.importorskip("mkdocs")
from mkdocs.exceptions import PluginError

from haftar_record.site import plugin
from haftar_record.site.page import Page


def test_blocks_go_round():
    text = "# A\n\n<p>one *two*</p>\n\nthree\n\n<div>\n<p>four</p>\n</div>\n## B\n"
    shown, blocks = plugin.keep_aside(text)
    assert blocks == ["<p>one *two*</p>", "<div>\n<p>four</p>\n</div>"]
    assert "three" in shown and "<" not in shown and shown.endswith("## B\n")


@pytest.mark.parametrize("text", ["<div>\n\n<p>a\n\n</div>", "```html\n<div>\n</div>\n```", "a <span>b</span>"])
def test_what_stays(text):
    """An element that is open at a blank line, a block of code, and HTML inside a line stay where they are."""
    shown, _ = plugin.keep_aside(text)
    assert text.splitlines()[0] in shown


def test_navigation():
    pages = [Page("a/index.md", "All", ""), Page("a/x.md", "X", ""), Page("b.md", "B", "")]
    assert plugin.expand([{"Home": "index.md"}, {"A": ["a/*"]}], pages) == [
        {"Home": "index.md"},
        {"A": [{"All": "a/index.md"}, {"X": "a/x.md"}]},
    ]


def test_broken_links(tmp_path):
    (tmp_path / "data.csv").touch()
    ids = {"a/p.html": {"here"}, "q.html": {"st+1"}}
    fine = {
        "#here",
        "../q.html",
        "../q.html#st%2B1",
        "../data.csv",
        "https://example.org/",
        "mailto:a@example.org",
        "p.html",
    }
    assert plugin.broken(ids, {"a/p.html": fine}, tmp_path) == []
    bad = {"#gone", "../q.html#gone", "q.html", "../../data.csv", "../none.csv"}
    assert plugin.broken(ids, {"a/p.html": bad}, tmp_path) == [("a/p.html", address) for address in sorted(bad)]


def test_unknown_part():
    with pytest.raises(PluginError, match="no part “none”"):
        plugin.Site()._part("none", "index.md")


@pytest.fixture
def site(root, project):
    """A copy of the project from which a site with two pages is built."""
    for name in ("CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copy(root / name, project)
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_text('# Home\n\n<p><a href="@/b.html#x">b</a></p>\n', encoding="utf-8")
    (project / "docs" / "b.md").write_text('# B\n\n<p id="x">x</p>\n', encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        "site_name: x\nuse_directory_urls: false\nplugins: [haftar-record]\n", encoding="utf-8"
    )
    return project


def build(site, modules: str) -> subprocess.CompletedProcess[str]:
    code = (
        f"from haftar_record.site import plugin; plugin.MODULES = {modules}\n"
        "import sys; sys.argv = ['mkdocs', 'build', '--strict']\n"
        "from mkdocs.__main__ import cli; cli()"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, timeout=120, check=False
    )


def test_build(site):
    """Catches a build that does not put generated files and addresses in their places."""
    done = build(site, "()")
    assert done.returncode == 0, done.stderr
    assert '<a href="./b.html#x">' in (site / "site" / "index.html").read_text(encoding="utf-8")


def test_build_with_broken_link(site):
    """Catches a link in a block of HTML that leads nowhere and does not stop a strict build."""
    (site / "docs" / "b.md").write_text('# B\n\n<p id="y">x</p>\n', encoding="utf-8")
    done = build(site, "()")
    assert done.returncode == 1 and "index.html: “./b.html#x” leads nowhere" in done.stderr


def test_build_with_double_anchor_and_unused_part(site):
    (site / "docs" / "b.md").write_text('# B\n\n<p id="x">x</p>\n\n<p id="x">x</p>\n', encoding="utf-8")
    done = build(site, "('downloads',)")
    assert done.returncode == 1
    assert "the id “x” occurs more than once" in done.stderr and "the part “downloads” stands on no page" in done.stderr


def test_build_from_broken_data(site):
    """Catches a traceback where the data cannot be read."""
    path = site / "datapackage" / "topics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("top-assad-rule", "Top Assad", 1), encoding="utf-8")
    done = build(site, "()")
    assert done.returncode == 1 and "Traceback" not in done.stderr and "topics.csv" in done.stderr


def test_build_without_a_file_that_is_given_away(site):
    """Catches a traceback where an export finds a file of the project missing."""
    (site / "LICENSE-DATA.md").unlink()
    done = build(site, "('downloads',)")
    assert done.returncode == 1 and "Traceback" not in done.stderr and "LICENSE-DATA.md" in done.stderr
