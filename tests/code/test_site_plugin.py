"""The plugin: HTML that goes round the Markdown parser, the navigation, the check of links, the build as a whole."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

pytest.importorskip("mkdocs")
pytest.importorskip("vl_convert")
from markupsafe import Markup
from mkdocs.exceptions import PluginError

from haftar_record.site import html, plugin
from haftar_record.site.page import Page


def test_navigation():
    pages = [Page("a/index.md", "All", Markup()), Page("a/x.md", "<X>", Markup()), Page("b.md", "B", Markup())]
    made = plugin.expand([{"Home": "index.md"}, {"A": ["a/*"]}], pages)
    assert made == [{"Home": "index.md"}, {"A": [{"All": "a/index.md"}, {"&lt;X&gt;": "a/x.md"}]}]


def test_contents():
    """Catches a table of contents that loses a heading, puts it under another, or takes the mark of its link along."""
    page = Page("a.md", "<A>", html.heading(2, "B & b", "b") + html.heading(3, "C", "c") + html.heading(2, "D", "d"))
    without_id = Markup('<h3 class="quiet">no</h3>')
    (top,) = plugin.contents(page.html + without_id)
    assert (top.title, top.url) == ("&lt;A&gt;", "#a")
    assert [(one.title, one.url) for one in top.children] == [("B &amp; b", "#b"), ("D", "#d")]
    assert [one.title for one in top.children[0].children] == ["C"]


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
    with pytest.raises(PluginError, match="there is no part “none”"):
        plugin.Site()._part("none", "index.md")


def test_a_part_of_any_name_is_looked_for():
    """A name with a digit was taken for a comment, and its part was missing from the page without a word."""
    assert plugin._PART.findall("<!-- part: counts -->\n<!-- part: f1_Of-2 -->\n<!-- a comment -->") == [
        "counts",
        "f1_Of-2",
    ]


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


def build(site, module: str = "") -> subprocess.CompletedProcess[str]:
    """Build the site with what one page module makes, or with nothing generated."""
    made = [f"plugin.{module}.{kind}," if module else "" for kind in ("assets", "parts")]
    code = (
        "from haftar_record.site import plugin\n"
        f"plugin.PAGES, plugin.ASSETS, plugin.PARTS = (), ({made[0]}), ({made[1]})\n"
        "import sys; sys.argv = ['mkdocs', 'build', '--strict']\n"
        "from mkdocs.__main__ import cli; cli()"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=site, capture_output=True, text=True, timeout=120, check=False
    )


def test_build(site):
    """Catches a build that does not put generated files and addresses in their places."""
    done = build(site)
    assert done.returncode == 0, done.stderr
    assert '<a href="./b.html#x">' in (site / "site" / "index.html").read_text(encoding="utf-8")


def test_build_with_broken_link(site):
    """Catches a link in a block of HTML that leads nowhere and does not stop a strict build."""
    (site / "docs" / "b.md").write_text('# B\n\n<p id="y">x</p>\n', encoding="utf-8")
    done = build(site)
    assert done.returncode == 1 and "index.html: “./b.html#x” leads nowhere" in done.stderr


def test_build_with_double_anchor_and_unused_part(site):
    (site / "docs" / "b.md").write_text('# B\n\n<p id="x">x</p>\n\n<p id="x">x</p>\n', encoding="utf-8")
    done = build(site, "downloads")
    assert done.returncode == 1
    assert "the id “x” occurs more than once" in done.stderr and "no page uses the part “downloads”" in done.stderr


def test_build_from_broken_data(site):
    """Catches a traceback where the data cannot be read."""
    path = site / "datapackage" / "topics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("top-assad-rule", "Top Assad", 1), encoding="utf-8")
    done = build(site)
    assert done.returncode == 1 and "Traceback" not in done.stderr and "topics.csv" in done.stderr


def test_build_without_a_file_that_is_given_away(site):
    """Catches a traceback where an export finds a file of the project missing."""
    (site / "LICENSE-DATA.md").unlink()
    done = build(site, "downloads")
    assert done.returncode == 1 and "Traceback" not in done.stderr and "LICENSE-DATA.md" in done.stderr
