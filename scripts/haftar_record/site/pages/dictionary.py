"""The data dictionary: every column with its meaning, whether it must be filled, its constraints, codes and links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import codes, table_schema
from ...model.columns import LINE
from ...model.rows import Row, columns
from ...model.tables import TABLES
from ..html import attribute, chip, code_url, count, folded, items, table, text
from ..page import Page
from ..record import ROOT, Record
from . import diagram

_LEAD = (
    "Made from the same definitions as the schemas. An asterisk marks a column that is filled in every row. “Computed”"
    " means that no coder types it. An address such as `data-dictionary.html#statements.stance` leads to one column."
)


def pages(record: Record) -> Iterator[Page]:
    text_ = (
        f"{_LEAD}\n\n## How the tables hang together\n\n"
        f"{diagram.entities()}\n{folded('The same in words', _relations_in_words())}\n"
        + "\n".join(_table(record, model) for model in TABLES)
    )
    yield Page("data-dictionary.md", "Data dictionary", text_)


def _relations_in_words() -> str:
    """The diagram for those who do not see it."""
    return items(
        f"<code>{model.TABLE}</code> points at " + ", ".join(f"<code>{name}</code>" for name in targets)
        for model in TABLES
        if (targets := diagram.targets(model))
    )


def _table(record: Record, model: type[Row]) -> str:
    name, described = model.TABLE, table_schema.table_schema(model)
    fields = [(field, columns(model)[field["name"]]) for field in described["fields"]]
    rows = [
        (
            _name(record, model, field, column),
            text(field["description"]) + _missing(column),
            _type(field, column),
            f"<code>{text(field['example'])}</code>" if "example" in field else "",
        )
        for field, column in fields
    ]
    file = f'<a href="{ROOT}data/datapackage/{name}.csv" download><code>{name}.csv</code></a>'
    keys = f"Key: <code>{', '.join(model.KEY)}</code>."
    return (
        f"## {text(model.TITLE)} {{#{name}}}\n\n<p>{text(described['description'])}</p>\n"
        f'<p class="quiet">{file}, {count(len(record[name]), "row")}. {keys}{_more_keys(model)}</p>\n'
        f"{table(f'Columns of {name}', ('Column', 'Meaning', 'Values', 'Example'), rows, 'dictionary')}"
    )


def _more_keys(model: type[Row]) -> str:
    unique = "".join(f" Unique together: <code>{', '.join(names)}</code>." for names in model.UNIQUE)
    return unique + "".join(f" Exactly one is filled: <code>{', '.join(names)}</code>." for names in model.EXACTLY_ONE)


def _name(record: Record, model: type[Row], field: dict[str, Any], column: Any) -> str:
    identity = f"{model.TABLE}.{field['name']}"
    required = (
        ' <abbr class="required" title="filled in every row">*</abbr>'
        if table_schema.is_required(model, field["name"])
        else ""
    )
    key = ' <span class="key">key</span>' if field["name"] in model.KEY else ""
    return f'<a id="{attribute(identity)}" href="#{attribute(identity)}"><code>{text(field["name"])}</code></a>{required}{key}'


def _missing(column: Any) -> str:
    """What an empty cell says, where it may be empty."""
    shown = "; ".join(
        f"{f'<code>{text(value)}</code>' if value else 'empty'}: {text(label)}"
        for value, label in column.missing.items()
    )
    return f'<br><span class="quiet">{shown}</span>' if column.missing != {"": "not applicable"} else ""


def _type(field: dict[str, Any], column: Any) -> str:
    constraints = field.get("constraints", {})
    parts = [text(field["type"]) + (", several separated by “;”" if column.many else "")]
    if column.ref:
        parts.append(f'id of <a href="#{column.ref}"><code>{column.ref}</code></a>')
    if column.codes:
        parts.append(_codes(column.codes))
    elif field["type"] == "string" and column.pattern == LINE:
        parts.append("one line")
    elif "pattern" in constraints and not column.ref:
        parts.append(
            f'<details class="pattern"><summary>pattern</summary><code>{text(constraints["pattern"])}</code></details>'
        )
    for name, label in (("minimum", "at least"), ("maximum", "at most"), ("maxLength", "length at most")):
        if name in constraints and not column.codes:
            parts.append(f"{label} {constraints[name]:,}")
    if constraints.get("unique"):
        parts.append("unique")
    return "<br>".join(parts)


def _codes(code_list: str) -> str:
    """The codes of a column with their meaning; long lists are folded."""
    entries = codes.lists()[code_list].codes
    link = f'list <a href="{code_url(code_list)}"><code>{code_list}</code></a>'
    lines = items((f"<code>{text(code)}</code> {chip(code_list, code)}" for code in entries), "code-list")
    return f"{link}<details><summary>{count(len(entries), 'code')}</summary>\n{lines}</details>"
