"""What a generated page is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page of the site.

    path     from the root of the site, ending in ``.md``
    title    its heading of level 1; ``text`` has none
    text     Markdown, in which blocks of HTML may stand; addresses begin with ``@/``
    """

    path: str
    title: str
    text: str

    @property
    def markdown(self) -> str:
        return f"# {self.title}\n\n{self.text}\n"
