"""The codebook: every code of every list with its definition, an example, a near miss and how often it is in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model import codes
from ...model.cells import split
from ...model.rows import columns
from ...model.tables import BY_NAME
from ...text import date_words
from ..html import attribute, code_url, date, items, quote, table, text
from ..page import Page
from ..record import ROOT, Record

_LEAD = (
    "Every code of every list, in our own words. 000 to 004 are the five articles; words in quotation marks are verbatim"
    " from them. A near miss is a passage that looks like a case of the code and gets another one."
    " How the units are drawn, and the rules for hard cases: [Coding rules](coding-rules.md)."
)


def pages(record: Record) -> Iterator[Page]:
    lists = codes.lists().values()
    index = items(
        (f'<a href="#{attribute(one.name)}">{text(one.title)}</a> <code>{one.name}</code>' for one in lists), "index"
    )
    yield Page("codebook.md", "Codebook", f"{_LEAD}\n\n{index}\n" + "\n".join(_list(record, one) for one in lists))


def parts(record: Record) -> dict[str, str]:
    return {"date-words": _date_words()}


def _date_words() -> str:
    """The kinds of date words, each with its meaning and a case that is resolved."""
    known = codes.lists()["date_rule"].codes
    rows = [
        (
            f'<a href="{code_url("date_rule", kind.name)}">{text(known[kind.name].label)}</a>',
            text(known[kind.name].definition),
            f"{quote(words)}, published {date(published)}: {date(value)}",
        )
        for kind in date_words.KINDS
        for words, published, value in [kind.sample]
    ]
    return table("Rules for date words", ("Words", "What they mean", "For example"), rows)


def used_in(code_list: str) -> list[tuple[str, str]]:
    """Table and column of every column that takes its values from a list."""
    return [
        (model.TABLE, name)
        for model in BY_NAME.values()
        for name, column in columns(model).items()
        if column.codes == code_list
    ]


def _list(record: Record, one: codes.CodeList) -> str:
    where = used_in(one.name)
    counts = Counter(code for name, column in where for row in record[name] for code in split(_cell(row, column)))
    links = ", ".join(f'<a href="{ROOT}{record.field_url(*pair)}"><code>{".".join(pair)}</code></a>' for pair in where)
    rows = [
        (
            f'<span id="{attribute(f"{one.name}.{code.code}")}"></span><code>{text(code.code)}</code> {text(code.label)}',
            text(code.definition) + _under(code),
            text(code.example),
            text(code.near_miss),
            f"{counts[code.code]:,}",
        )
        for code in one.codes.values()
    ]
    head = ("Code", "When it applies", "Example", "Near miss", "Rows")
    return (
        f"## {text(one.title)} {{#{one.name}}}\n\n<p>{text(one.description)}</p>\n"
        f'<p class="quiet">List <code>{one.name}</code>, scheme: {text(one.scheme)}. Used in {links}.</p>\n'
        f"{table(one.title, head, rows, 'codes')}"
    )


def _cell(row: object, column: str) -> str | None:
    value = getattr(row, column)
    return None if value is None else str(value)


def _under(code: codes.Code) -> str:
    return f' <span class="quiet">Belongs under {text(", ".join(code.applies_to))}.</span>' if code.applies_to else ""
