"""Elements that pages share: escaped text, codes as chips, tables with caption and scope, chips for certainty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as _escape

from .. import codes
from .record import ROOT


def text(value: object) -> str:
    """``value`` as text inside an element."""
    return _escape(str(value), quote=False)


def attribute(value: object) -> str:
    """``value`` inside the quotation marks of an attribute."""
    return _escape(str(value), quote=True)


def chip(code_list: str, code: object, prefix: str = "") -> str:
    """A code as its label, with its definition as tooltip and a link to the codebook.

    Its classes are ``chip``, ``chip-LIST`` and ``chip-LIST-CODE``, by which the style sheet colours it.
    """
    entry = codes.lists()[code_list].codes[str(code)]
    name = f"{code_list}-{slug(str(code))}"
    return (
        f'<a class="chip chip-{code_list} chip-{name}" href="{ROOT}codebook.html#{attribute(code_list)}.{attribute(code)}"'
        f' title="{attribute(entry.definition)}">{text(prefix)}{text(entry.label)}</a>'
    )


def chips(code_list: str, cell: Iterable[object]) -> str:
    return " ".join(chip(code_list, code) for code in cell)


def slug(code: str) -> str:
    """A code as part of a class name: FactBank's CT+ is ``ct-plus``."""
    return code.lower().replace("+", "-plus").replace("_", "-").replace(".", "-")


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], classes: str = "") -> str:
    """A table of HTML cells; the first cell of a row is its heading. Wide ones scroll in a container of their own."""
    cells = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "\n".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{attribute(caption)}">\n'
        f'<table class="record {classes}">\n<caption>{text(caption)}</caption>\n'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n"
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and HTML values as a description list; pairs without a value are left out."""
    items = "\n".join(f"<div><dt>{text(name)}</dt><dd>{value}</dd></div>" for name, value in pairs if value)
    return f'<dl class="facts">\n{items}\n</dl>\n'
