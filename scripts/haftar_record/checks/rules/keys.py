"""What holds for every table: links and lists agree, one of several columns is filled, ids exist, keys are unique."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.cells import joined, split
from ...model.rows import Row, columns
from ...model.tables import BY_NAME, TABLES, Statement, StatementTarget
from ...problems.wording import nearest, show
from .engine import Finding, Record, rule


@rule("R24")
def targets_agree(record: Record) -> Iterator[Finding]:
    """The list of targets of a statement and the link table say the same."""
    linked: dict[str, set[str]] = {}
    for row in record[StatementTarget]:
        linked.setdefault(row.statement_id, set()).add(row.actor_id)
    for row in record[Statement]:
        if set(split(row.target_actor_ids)) != linked.get(row.statement_id, set()):
            expected = f"{joined(sorted(linked.get(row.statement_id, set()))) or 'nobody'} by statement_targets"
            yield Finding(row, f"target_actor_ids {row.target_actor_ids or 'nobody'}", expected, "build again")


@rule("R27", is_local=True)
def groups_are_filled_once(record: Record) -> Iterator[Finding]:
    """Of the columns of which exactly one belongs to a row, exactly one is filled."""
    for model in TABLES:
        for group in model.EXACTLY_ONE:
            for row in record[model]:
                filled = [name for name in group if getattr(row, name) is not None]
                if len(filled) != 1:
                    yield Finding(row, ", ".join(filled) or "none", f"exactly one of {', '.join(group)}", "keep one")


@rule("R28", is_local=True)
def references_exist(record: Record) -> Iterator[Finding]:
    """Every id in a cell, single or in a list, is a row of the table it names (Table Schema, foreign keys). An id that
    many cells name is said once."""
    unknown: dict[tuple[str, str], list[tuple[Row, str]]] = {}
    for model in TABLES:
        for name, column in columns(model).items():
            if not column.ref or column.ref in record.incomplete:
                continue  # the missing row may be one that cannot be read
            for row in record[model]:
                for value in split(getattr(row, name)):
                    if value not in column.missing and record.row(BY_NAME[column.ref], value) is None:
                        unknown.setdefault((column.ref, value), []).append((row, name))
    for (table, value), cells in unknown.items():
        row, name = cells[0]
        more = f", and in {len(cells) - 1} other cells" if len(cells) > 1 else ""
        remedy = f"correct the id, or add the row to {table}"
        known = sorted(entry.id[0] for entry in record[BY_NAME[table]])
        yield Finding(row, f"{name} {value}{more}", nearest(value, known), remedy)


@rule("R29", is_local=True)
def unique_keys_are_unique(record: Record) -> Iterator[Finding]:
    """No two rows share the values of a unique key. Stock readers ignore ``uniqueKeys``."""
    for model in TABLES:
        for names in model.UNIQUE:
            seen: dict[tuple, Row] = {}
            for row in record[model]:
                values = tuple(getattr(row, name) for name in names)
                if values in seen:
                    found = f"the same {', '.join(names)} as {seen[values].display_id}"
                    yield Finding(row, found, "each once", "remove one of them")
                seen.setdefault(values, row)


#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_SIGNS = ("=", "+", "-", "@")
#: A sign before plain words. A spreadsheet may show an error for it, and can run nothing.
_HARMLESS = re.compile(r"[-+][^\W\d_][^(|!]*")


@rule("R52", is_local=True)
def no_text_is_a_formula(record: Record) -> Iterator[Finding]:
    """No text in the record's own words begins with =, +, - or @, as a spreadsheet would run it as a formula."""
    yield from _formulas(record, is_verbatim=False)


@rule("R53", "warning", is_local=True)
def no_words_are_a_formula(record: Record) -> Iterator[Finding]:
    """Words of an article that a spreadsheet could run as a formula are not altered, and do not go out unnoticed: the
    warning is waived with a reason. A sign before plain words, as in “-backed”, can run nothing and is no warning."""
    yield from _formulas(record, is_verbatim=True)


def _formulas(record: Record, is_verbatim: bool) -> Iterator[Finding]:
    """Texts that begin like a formula, in columns of either kind."""
    for model in TABLES:
        names = [name for name, column in columns(model).items() if column.verbatim == is_verbatim]
        for row in record[model]:
            for name in names:
                text = getattr(row, name)
                if not isinstance(text, str) or text[:1] not in _SIGNS or (is_verbatim and _HARMLESS.fullmatch(text)):
                    continue
                remedy = "waive it with a reason; the words stay" if is_verbatim else "begin the text with a word"
                yield Finding(row, f"{name} {show(text, 60)}", "a text that does not begin with =, +, - or @", remedy)
