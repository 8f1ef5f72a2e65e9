"""Elements that pages share: escaped text, codes as chips, dates in words, quotations in context, tables, flows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape as _escape
from typing import Any

from ..model import codes
from ..model.cells import split
from ..text import edtf
from .record import ROOT, Record

_QUALIFIERS = {"?": " (uncertain)", "~": " (approximate)", "%": " (uncertain, approximate)"}


def text(value: object) -> str:
    """``value`` as text inside an element; nothing for None."""
    return "" if value is None else _escape(str(value), quote=False)


def attribute(value: object) -> str:
    """``value`` inside the quotation marks of an attribute."""
    return _escape(str(value), quote=True)


# ---- codes ----------------------------------------------------------------------------------------------------------


def slug(code: str) -> str:
    """A code as part of a class name: FactBank's CT+ is ``ct-plus``."""
    return re.sub(r"[^a-z0-9-]", "-", code.lower().replace("+", "-plus"))


def chip(code_list: str, code: object, prefix: str = "") -> str:
    """A code as its label, with its definition as tooltip and a link to the codebook.

    Its classes are ``chip``, ``chip-LIST`` and ``chip-LIST-CODE``, by which the style sheet colours it. What is missing
    has no chip.
    """
    entry = codes.lists()[code_list].codes.get("" if code is None else str(code))
    if entry is None:
        return "" if code is None else f'<span class="missing">{text(str(code).replace("-", " "))}</span>'
    name = f"{slug(code_list)}-{slug(entry.code)}"
    return (
        f'<a class="chip chip-{slug(code_list)} chip-{name}" href="{code_url(code_list, entry.code)}"'
        f' title="{attribute(entry.definition)}">{text(prefix)}{text(entry.label)}</a>'
    )


def chips(code_list: str, cell: str | None) -> str:
    """The codes of a list cell as chips."""
    return " ".join(chip(code_list, code) for code in split(cell))


def code_url(code_list: str, code: str = "") -> str:
    """The address of a list in the codebook, or of one of its codes."""
    return f"{ROOT}codebook.html#{attribute(f'{code_list}.{code}' if code else code_list)}"


# ---- dates ----------------------------------------------------------------------------------------------------------


def date(value: str | None) -> str:
    """An EDTF value in words, with the value itself as tooltip. Nothing for None."""
    if value is None:
        return ""
    return f'<span class="date" title="EDTF {attribute(value)}">{text(date_words(value))}</span>'


def date_words(value: str) -> str:
    """``2021-06-19`` is “19 June 2021”, ``../2020-05-08`` “until 8 May 2020”, ``/2020-05-08`` “not after 8 May 2020”."""
    start, bar, end = value.partition("/")
    if not bar:
        return _one_date(start)
    if start in ("", ".."):
        return f"{'until' if start else 'not after'} {_one_date(end)}"
    if end in ("", ".."):
        return f"{'since' if end else 'not before'} {_one_date(start)}"
    first, last = _one_date(start).split(), _one_date(end).split()
    shared = 0  # words at the end of both: “2 to 4 July 2020”
    while len(first) == len(last) > shared + 1 and first[-1 - shared] == last[-1 - shared]:
        shared += 1
    return f"{' '.join(first[: len(first) - shared])} to {' '.join(last)}"


def _one_date(value: str) -> str:
    edtf.parse(value)  # refuses what is no date
    note = _QUALIFIERS.get(value[-1], "")
    year, *rest = value.rstrip("?~%").split("-")
    if "X" in year:
        return f"{year.replace('X', '0')}s{note}"
    if not rest or rest[0] == "XX":
        return year + note
    month = edtf.MONTHS[int(rest[0]) - 1]
    day = f"{int(rest[1])} " if len(rest) > 1 and rest[1] != "XX" else ""
    return f"{day}{month} {year}{note}"


# ---- words of an article ----------------------------------------------------------------------------------------------


def quote(words: str | None, classes: str = "words") -> str:
    """Verbatim words of an article."""
    return "" if words is None else f'<q class="{classes}">{text(words)}</q>'


def passage(record: Record, row: Any) -> str:
    """An evidence row: its words highlighted, inside what the row keeps of the words around them in the same sentence."""
    sentence = record.sentence_of(row)
    before = (row.prefix_text or "")[-(row.start - sentence.start) :] if row.start > sentence.start else ""
    after = (row.suffix_text or "")[: max(sentence.end - row.end, 0)]
    lead = tail = ""
    if row.start - len(before) > sentence.start:
        lead, before = "… ", before.partition(" ")[2]  # from the first whole word
    if row.end + len(after) < sentence.end:
        tail, after = " …", after.rpartition(" ")[0]
    return (
        f'<span class="passage"><span class="context">{lead}{text(before)}</span><mark>{text(row.exact_text)}</mark>'
        f'<span class="context">{text(after)}{tail}</span></span>'
    )


# ---- structure --------------------------------------------------------------------------------------------------------


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
    return f'<dl class="facts">\n{items}\n</dl>\n' if items else ""


def flow(label: str, steps: Iterable[tuple[str, str]]) -> str:
    """Steps drawn as boxes joined by arrows: a heading and HTML each. It is an ordered list, so that it can be heard."""
    items = "\n".join(f'<li><span class="step">{heading}</span><span>{body}</span></li>' for heading, body in steps)
    return f'<ol class="flow" aria-label="{attribute(label)}">\n{items}\n</ol>\n'


def items(entries: Iterable[str], classes: str = "plain") -> str:
    """HTML entries as a list; nothing when there are none."""
    found = "\n".join(f"<li>{entry}</li>" for entry in entries)
    return f'<ul class="{classes}">\n{found}\n</ul>\n' if found else ""


def folded(summary: str, content: str) -> str:
    """Content behind a line that opens it; nothing when there is no content."""
    return f"<details>\n<summary>{text(summary)}</summary>\n{content}</details>\n" if content else ""


def count(number: int, one: str, many: str = "") -> str:
    """``3 events``, ``1 event``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
