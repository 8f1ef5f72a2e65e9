"""The mkdocs plugin ``haftar-record``: generated pages, parts of written pages, and a check of every link."""

from __future__ import annotations

import importlib
import re
from html import unescape
from pathlib import Path, PurePosixPath
from types import ModuleType
from urllib.parse import unquote, urldefrag

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkdocsPage

from ..package import reader
from ..problems.problem import DataErrors
from .page import Page
from .record import Record

#: The page modules, each made for the pages that its name says.
MODULES: tuple[str, ...] = (
    "home",
    "downloads",
    "articles",
    "registers",
    "discrepancies",
    "codebook",
    "dictionary",
    "crosswalk",
    "checks",
    "quality",
    "written",
    "explore",
    "card",
)

_PART = re.compile(r"^<!-- part: ([a-z-]+) -->$", re.MULTILINE)
_ROOT = re.compile(r"""(?<=["'(])@/""")
_ID = re.compile(r"""<[^<>]*?\sid="([^"]+)\"""")
_ADDRESS = re.compile(r"""<[^<>]*?\s(?:href|src)="([^"]*)\"""")

#: A fenced block of code, or a block of HTML: from a line that opens an element to the next blank line.
_BLOCK = re.compile(
    r"^```.*?^```$|^<(?:div|dl|ol|ul|p|section|details|figure|h3|svg|script|style|link)\b.*?(?=\n\n|\n#|\Z)",
    re.MULTILINE | re.DOTALL,
)
_CONTAINERS = re.compile(r"<(/?)(?:div|dl|ol|ul|section|details|figure|svg|script|style)\b")
_KEPT = "kept-aside-{}-block"
_KEPT_PLACE = re.compile(r"(?:<p>)?kept-aside-(\d+)-block(?:</p>)?")

log = get_plugin_logger(__name__)


def modules() -> list[ModuleType]:
    """The page modules in their order."""
    return [importlib.import_module(f"{__package__}.pages.{name}") for name in MODULES]


class Site(BasePlugin):
    """Reads the package once per build; keeps what the check of links needs."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.used_parts: set[str] = set()
        self.ids: dict[str, set[str]] = {}
        self.links: dict[str, set[str]] = {}
        self.kept: dict[str, list[str]] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self.__init__()
        try:
            pages = self._generate(Record.of(reader.read(Path(config.config_file_path or ".").parent)), files, config)
        except DataErrors as error:
            raise PluginError("\n".join(map(str, error.problems))) from None
        config.nav = expand(config.nav, pages)
        return files

    def _generate(self, record: Record, files: Files, config: MkDocsConfig) -> list[Page]:
        """Add what the page modules make to the files and to the parts; the pages."""
        pages: list[Page] = []
        for module in modules():
            made = list(module.pages(record)) if hasattr(module, "pages") else []
            pages += made
            for page in made:
                files.append(File.generated(config, page.path, content=page.markdown))
            for path, content in (module.assets(record) if hasattr(module, "assets") else {}).items():
                files.append(File.generated(config, path, content=content))
            self.parts |= module.parts(record) if hasattr(module, "parts") else {}
        return pages

    def on_page_markdown(self, markdown: str, *, page: MkdocsPage, config: MkDocsConfig, files: Files) -> str:
        markdown = _PART.sub(lambda match: self._part(match[1], page.file.src_uri), markdown)
        markdown = _ROOT.sub("../" * page.file.dest_uri.count("/") or "./", markdown)
        markdown, self.kept[page.file.src_uri] = keep_aside(markdown)
        return markdown

    def _part(self, name: str, page: str) -> str:
        if name not in self.parts:
            raise PluginError(f"{page}: no part “{name}”. There are: {', '.join(sorted(self.parts))}")
        self.used_parts.add(name)
        return self.parts[name]

    def on_page_content(self, html: str, *, page: MkdocsPage, config: MkDocsConfig, files: Files) -> str:
        kept = self.kept.pop(page.file.src_uri, [])
        html = _KEPT_PLACE.sub(lambda match: kept[int(match[1])], html)
        found = [unescape(identity) for identity in _ID.findall(html)]
        for identity in sorted({one for one in found if found.count(one) > 1} if len(set(found)) < len(found) else ()):
            log.warning(f"{page.file.dest_uri}: the id “{identity}” occurs more than once")
        self.ids[page.file.dest_uri] = set(found)
        self.links[page.file.dest_uri] = {unescape(address) for address in _ADDRESS.findall(html)}
        return html

    def on_post_page(self, output: str, *, page: MkdocsPage, config: MkDocsConfig) -> str:
        """Give the theme's dialog of search the name that it lacks for those who hear the page."""
        return output.replace(
            'data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'
        )

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        for name in sorted(self.parts.keys() - self.used_parts):
            log.warning(f"the part “{name}” stands on no page")
        for page, address in broken(self.ids, self.links, Path(config.site_dir)):
            log.warning(f"{page}: “{address}” leads nowhere")


def keep_aside(markdown: str) -> tuple[str, list[str]]:
    """The text with a paragraph for each block of HTML, and the blocks.

    Blocks go round the Markdown parser, which leaves them as they are but takes most of the build's time to do so. A
    block whose elements are not all closed before a blank line is left to it.
    """
    blocks: list[str] = []

    def keep(match: re.Match[str]) -> str:
        block = match[0]
        if block.startswith("```") or sum(-1 if end else 1 for end in _CONTAINERS.findall(block)):
            return block
        blocks.append(block)
        return f"\n{_KEPT.format(len(blocks) - 1)}\n"

    return _BLOCK.sub(keep, markdown), blocks


def expand(nav: list | None, pages: list[Page]) -> list | None:
    """The navigation, in which ``FOLDER/*`` stands for the generated pages of a folder, in their order."""

    def entry(item: object) -> list:
        if isinstance(item, dict):
            return [
                {title: expand(value, pages) if isinstance(value, list) else value} for title, value in item.items()
            ]
        if isinstance(item, str) and item.endswith("/*"):
            folder = item.removesuffix("*")
            return [{page.title: page.path} for page in pages if page.path.startswith(folder)]
        return [item]

    return None if nav is None else [one for item in nav for one in entry(item)]


def broken(ids: dict[str, set[str]], links: dict[str, set[str]], site: Path) -> list[tuple[str, str]]:
    """Pages with addresses inside the site that lead to no file or no anchor."""
    found = []
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
