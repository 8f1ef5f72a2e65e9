"""The mkdocs plugin ``haftar-record``: generated pages, parts of written pages, and a check of every link.

A generated page is HTML already and bypasses the Markdown parser: mkdocs has an empty page for it, which gets its
content when the parser is done. An HTML part replaces its comment at the same moment. So no text of the data is ever
read as Markdown, or affects how a page is put together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag

from markupsafe import Markup, escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkdocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ..package import reader
from ..problems.problem import DataErrors
from .charts import card
from .html import ROOT
from .page import Markdown, Page, Part
from .pages import (
    articles,
    checks,
    codebook,
    crosswalk,
    dictionary,
    discrepancies,
    downloads,
    explore,
    home,
    quality,
    registers,
    reliability,
    written,
)
from .record import Record

#: What makes pages; those of one folder stand in the navigation in the order in which they are made.
PAGES: tuple[Callable[[Record], Iterable[Page]], ...] = (
    articles.pages,
    registers.pages,
    discrepancies.pages,
    codebook.pages,
    dictionary.pages,
    checks.pages,
    explore.pages,
)
#: What makes files, by path from the root of the site.
ASSETS: tuple[Callable[[Record], Mapping[str, bytes]], ...] = (downloads.assets, explore.assets, card.assets)
#: What makes parts of written pages, by name.
PARTS: tuple[Callable[[Record], Mapping[str, Part]], ...] = (
    home.parts,
    downloads.parts,
    codebook.parts,
    crosswalk.parts,
    quality.parts,
    reliability.parts,
    written.parts,
)

#: What the theme brings for searching in other languages: work of others under other licences, which no page loads.
_OTHER_LANGUAGES = "assets/javascripts/lunr/"

_PART = re.compile(r"^<!-- part: (\S+) -->$", re.MULTILINE)
#: The expressions below look for ``="`` and ``<``, which no text in a page has: there they are ``&#34;`` and ``&lt;``.
_ROOT = re.compile(rf'(\s(?:href|src|data-root)="){ROOT}')
_ID = re.compile(r'<[^<>]*?\sid="([^"]+)"')
_ADDRESS = re.compile(r'<[^<>]*?\s(?:href|src)="([^"]*)"')
_HEADING = re.compile(r'<h([1-3])\sid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_HEADING_LINK = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>')

log = get_plugin_logger(__name__)


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin has no settings."""


class Site(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Reads the package once per build; keeps what the check of links needs."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.parts: dict[str, Part] = {}
        self.used_parts: set[str] = set()
        self.ids: dict[str, set[str]] = {}
        self.links: dict[str, set[str]] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages and files, and put the pages into the navigation."""
        Site.__init__(self)
        for file in [file for file in files if file.src_uri.startswith(_OTHER_LANGUAGES)]:
            files.remove(file)
        try:
            record = Record(reader.read(Path(config.config_file_path or ".").parent))
            self._generate(record, files, config)
        except DataErrors as error:
            raise PluginError("\n".join(map(str, error.problems))) from None
        config.nav = expand(config.nav, list(self.pages.values()))
        return files

    def _generate(self, record: Record, files: Files, config: MkDocsConfig) -> None:
        """Make everything that is made from the record."""
        for pages in PAGES:
            for page in pages(record):
                self.pages[page.path] = page
                files.append(File.generated(config, page.path, content=""))
        for assets in ASSETS:
            for path, content in assets(record).items():
                files.append(File.generated(config, path, content=content))
        for parts in PARTS:
            self.parts |= parts(record)

    def on_page_markdown(self, markdown: str, *, page: MkdocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the parts that are Markdown in their places."""

        def put(match: re.Match[str]) -> str:
            part = self._part(match[1], page.file.src_uri)
            return part if isinstance(part, Markdown) else match[0]

        return _PART.sub(put, markdown)

    def _part(self, name: str, page: str) -> Part:
        if name not in self.parts:
            raise PluginError(f"{page}: there is no part “{name}”; the parts are {', '.join(sorted(self.parts))}")
        self.used_parts.add(name)
        return self.parts[name]

    def on_page_content(self, html: str, *, page: MkdocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the parts that are HTML in their places, or the whole page if it is generated; note its ids and links."""
        if page.file.src_uri in self.pages:
            html = self.pages[page.file.src_uri].html
        html = _PART.sub(lambda match: self._part(match[1], page.file.src_uri), html)
        up = "../" * page.file.dest_uri.count("/") or "./"
        html = _ROOT.sub(lambda match: match[1] + up, html)
        page.toc = contents(html)
        found = [unescape(identity) for identity in _ID.findall(html)]
        for identity in sorted({one for one in found if found.count(one) > 1} if len(set(found)) < len(found) else ()):
            log.warning(f"{page.file.dest_uri}: the id “{identity}” occurs more than once")
        self.ids[page.file.dest_uri] = set(found)
        self.links[page.file.dest_uri] = {unescape(address) for address in _ADDRESS.findall(html)}
        return html

    def on_post_page(self, output: str, *, page: MkdocsPage, config: MkDocsConfig) -> str:
        """Give the theme's search dialog a name, which it lacks, for screen readers."""
        return output.replace(
            'data-md-component="search" role="dialog"',
            'data-md-component="search" role="dialog" aria-label="Search"',
            1,
        )

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Warn of parts that no page uses, and of links that lead nowhere."""
        for name in sorted(self.parts.keys() - self.used_parts):
            log.warning(f"no page uses the part “{name}”")
        for page, address in broken(self.ids, self.links, Path(config.site_dir)):
            log.warning(f"{page}: “{address}” leads nowhere")


def contents(html: str) -> TableOfContents:
    """The headings of a page that have an id, down to level 3, each under the one that it belongs to."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    for level, identity, words in _HEADING.findall(html):
        title = Markup(_HEADING_LINK.sub("", words).strip())
        entry = AnchorLink(title, unescape(identity), int(level))
        while above and above[-1].level >= entry.level:
            above.pop()
        (above[-1].children if above else top).append(entry)
        above.append(entry)
    return TableOfContents(top)


def expand(nav: list[object] | None, pages: list[Page]) -> list[object] | None:
    """The navigation, in which ``FOLDER/*`` stands for the generated pages of a folder, in their order.

    The theme does not escape titles, so they are escaped here.
    """

    def entry(item: object) -> list[object]:
        if isinstance(item, dict):
            return [
                {title: expand(value, pages) if isinstance(value, list) else value} for title, value in item.items()
            ]
        if isinstance(item, str) and item.endswith("/*"):
            return [{escape(page.title): page.path} for page in pages if page.path.startswith(item[:-1])]
        return [item]

    return None if nav is None else [made for item in nav for made in entry(item)]


def broken(ids: dict[str, set[str]], links: dict[str, set[str]], site: Path) -> list[tuple[str, str]]:
    """Pages with addresses inside the site that lead to no file or no anchor."""
    found: list[tuple[str, str]] = []
    for page, addresses in links.items():
        for address in sorted(addresses):
            path, anchor = urldefrag(address)
            if re.match(r"[a-z][a-z0-9+.-]*:|//", path):
                continue
            target = _join(page, unquote(path)) if path else page
            if target in ids:
                if anchor and unquote(anchor) not in ids[target] and not anchor.startswith("__"):
                    found.append((page, address))
            elif target is None or not (site / target).is_file():
                found.append((page, address))
    return found


def _join(page: str, path: str) -> str | None:
    """The address of ``path`` as written on ``page``, from the root of the site; None when it is above the root."""
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / path).parts:
        if part != "..":
            parts.append(part)
        elif not parts:
            return None
        else:
            parts.pop()
    return "/".join(parts)
