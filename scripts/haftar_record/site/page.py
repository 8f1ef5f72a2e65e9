"""What the site is put together from: generated pages, and parts of written pages."""

from __future__ import annotations

from dataclasses import dataclass

from markdown.extensions.toc import slugify  # type: ignore[import-untyped]
from markupsafe import Markup

from .html import heading


class Markdown(str):
    """A text in Markdown from a file of the project, which is trusted like the written pages.

    Texts of the data are never Markdown: they are put into ``Markup``.
    """


#: What may stand in a written page for ``<!-- part: NAME -->``.
Part = Markup | Markdown


@dataclass(frozen=True)
class Page:
    """A page of the site.

    path     from the root of the site, ending in ``.md``, as the navigation names it
    title    its heading of level 1, as text
    body     what stands below the heading; addresses begin with ``@/``. Its headings of level 2 and 3 that have an id
             are the table of contents
    """

    path: str
    title: str
    body: Markup

    @property
    def html(self) -> Markup:
        """The whole page, its heading included."""
        return heading(1, self.title, slugify(self.title, "-") or "top") + self.body
