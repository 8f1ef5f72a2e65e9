"""Markup: templates that escape the values they are given, and the elements that pages share.

Pages are rendered from the Jinja templates in ``templates/``. A text is a ``str`` and is escaped wherever it is put
into markup, in templates as in ``Markup.format`` and ``Markup.join``; only ``Markup`` passes
unescaped, and only templates, the functions here and ``Markup`` literals in the code make it.

>>> Markup("<b>{}</b>").format("<script>")
Markup('<b>&lt;script&gt;</b>')
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..model import codes
from ..model.cells import split
from ..model.tables import TABLES
from ..text import edtf

#: The root of the site in an address; the plugin makes it relative to the page.
ROOT = "@/"

TEMPLATES = Path(__file__).with_name("templates")

_QUALIFIERS = {"?": " (uncertain)", "~": " (approximate)", "%": " (uncertain, approximate)"}
#: Characters that mean something inside a script element, or end a line of a script. A JSON string may escape any.
_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
#: Characters that mean something in a line of Markdown, and those of them that every reader accepts after a backslash.
#: An underscore inside a word means nothing.
_IN_MARKDOWN = re.compile(r"[\\`*\[\]<&~]|(?<!\w)_|_(?!\w)")
_WITH_BACKSLASH = "\\`*[]_"


# ---- templates ------------------------------------------------------------------------------------------------------


@cache
def environment() -> Environment:
    """The templates. A name without a value is an error in them, and not an empty text."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "ROOT": ROOT,
        "chip": chip,
        "chips": chips,
        "code_url": code_url,
        "count": count,
        "date": date,
        "split": split,
    }
    made.globals |= {model.__name__: model for model in TABLES}
    return made


def fragment(template: str, macro: str, **values: object) -> Markup:
    """What a macro of a template makes of ``values``. Raises jinja2.UndefinedError when it uses another name."""
    made = getattr(environment().get_template(template).module, macro)(**values)
    assert isinstance(made, Markup)
    return made


def script_json(content: object, indent: int | None = None) -> Markup:
    """JSON for the inside of a script element, where no text in it can end the element or begin a comment.

    >>> script_json({"name": "</script><!--"})
    Markup('{"name":"\\\\u003c/script\\\\u003e\\\\u003c!--"}')
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(content, ensure_ascii=False, indent=indent, separators=separators)
    return Markup(_IN_SCRIPT.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def markdown_text(text: str) -> str:
    """``text`` for the inside of a line of Markdown, where nothing in it counts as markup.

    >>> markdown_text("[a](javascript:b) of <i> event_reports")
    '\\\\[a\\\\](javascript:b) of &#60;i> event_reports'
    """

    def escaped(match: re.Match[str]) -> str:
        return f"\\{match[0]}" if match[0] in _WITH_BACKSLASH else f"&#{ord(match[0])};"

    return _IN_MARKDOWN.sub(escaped, " ".join(text.split()))


# ---- codes ----------------------------------------------------------------------------------------------------------


def slug(code: str) -> str:
    """A code as part of a class name: FactBank's CT+ is ``ct-plus``."""
    return re.sub(r"[^a-z0-9-]", "-", code.lower().replace("+", "-plus"))


@cache
def chip(code_list: str, code: str | int | None, prefix: str = "") -> Markup:
    """A code as its label, with its definition as tooltip and a link to the codebook.

    Its classes are ``chip``, ``chip-LIST`` and ``chip-LIST-CODE``, by which the style sheet colours it. A labelled
    missing value, such as ``not-stated``, is shown as its words; None is nothing.
    """
    if code is None:
        return Markup()
    entry = codes.lists()[code_list].codes.get(str(code))
    if entry is None:
        return fragment("elements.html", "missing", words=str(code).replace("-", " "))
    kinds = f"chip-{slug(code_list)} chip-{slug(code_list)}-{slug(entry.code)}"
    return fragment("elements.html", "chip", entry=entry, kinds=kinds, prefix=prefix)


def chips(code_list: str, cell: str | None) -> Markup:
    """The codes of a list cell as chips."""
    return Markup(" ").join(chip(code_list, code) for code in split(cell))


def code_url(code_list: str, code: str = "") -> str:
    """The address of a list in the codebook, or of one of its codes."""
    return f"{ROOT}codebook.html#{f'{code_list}.{code}' if code else code_list}"


# ---- dates ----------------------------------------------------------------------------------------------------------


def date(value: str | None) -> Markup:
    """An EDTF value in words, with the value itself as tooltip. Nothing for None."""
    if value is None:
        return Markup()
    return fragment("elements.html", "date", value=value, words=date_words(value))


def date_words(value: str) -> str:
    """An EDTF value in words. Raises ValueError for a value that is not EDTF.

    >>> [date_words(value) for value in ("2021-06-19", "../2020-05-08", "/2020-05-08")]
    ['19 June 2021', 'until 8 May 2020', 'not after 8 May 2020']
    """
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


#: The parts of a year that EDTF has a number for.
_PARTS = {
    **dict(enumerate(["spring", "summer", "autumn", "winter"], 21)),
    **{32 + number: f"{name} quarter of" for number, name in enumerate(["first", "second", "third", "fourth"], 1)},
    40: "first half of",
    41: "second half of",
}


def _one_date(value: str) -> str:
    edtf.parse(value)  # refuses what is not a date
    note = _QUALIFIERS.get(value[-1], "")
    year, *rest = value.rstrip("?~%").split("-")
    if "X" in year:
        return f"{year.replace('X', '0')}s{note}"
    if not rest or rest[0] == "XX":
        return year + note
    if int(rest[0]) in _PARTS:
        return f"{_PARTS[int(rest[0])]} {year}{note}"
    month = edtf.MONTHS[int(rest[0]) - 1]
    day = f"{int(rest[1])} " if len(rest) > 1 and rest[1] != "XX" else ""
    return f"{day}{month} {year}{note}"


# ---- structure ------------------------------------------------------------------------------------------------------


def heading(level: int, title: str, identity: str) -> Markup:
    """A heading with an anchor, which the table of contents lists when its level is 2 or 3."""
    return fragment("elements.html", "heading", level=level, title=title, identity=identity)


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], classes: str = "") -> Markup:
    """A table of cells, texts or Markup; the first cell of a row is its heading. A wide one scrolls by itself."""
    return fragment("elements.html", "grid", caption=caption, head=head, rows=rows, classes=classes)


def count(number: int, one: str, many: str = "") -> str:
    """A number with the noun for it.

    >>> count(3, "event"), count(1, "event"), count(1200, "discrepancy", "discrepancies")
    ('3 events', '1 event', '1,200 discrepancies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
