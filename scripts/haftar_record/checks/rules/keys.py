"""What holds for every table: links and lists agree, one of several columns is filled, ids exist, keys are unique."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ...model.cells import joined, split
from ...model.index import Index
from ...model.rows import Key, Row, columns, kind
from ...model.tables import BY_NAME, TABLES, Evidence, PlaceRow, Relation, Sentence, Source, Statement, StatementTarget
from ...problems.lookalikes import foreign_letter
from ...problems.wording import describe_character, nearest, show
from ..columnar.sql import in_focus, items, literal, quoted
from ..columnar.suspects import Suspects
from .engine import REBUILD, Finding, Record, rule
from .faults import Spoilt, drop, first, spoilt


@rule("R24", reads=(Statement, StatementTarget))
def targets_agree(record: Record) -> Iterator[Finding]:
    """The list of targets of a statement and the link table say the same."""
    linked: dict[str, set[str]] = {}
    for link in record[StatementTarget]:
        linked.setdefault(link.statement_id, set()).add(link.actor_id)
    for row in record[Statement]:
        if set(split(row.target_actor_ids)) != linked.get(row.statement_id, set()):
            expected = f"{joined(sorted(linked.get(row.statement_id, set()))) or 'nobody'} by statement_targets"
            yield Finding(row, f"target_actor_ids {row.target_actor_ids or 'nobody'}", expected, REBUILD)


@targets_agree.suspects
def _() -> Iterator[Suspects]:
    sql = f"""WITH listed AS (SELECT statement_id, {items("target_actor_ids")} AS actor_id FROM statements),
        unlike AS (SELECT statement_id FROM listed ANTI JOIN statement_targets USING (statement_id, actor_id) UNION ALL
            SELECT statement_id FROM statement_targets ANTI JOIN listed USING (statement_id, actor_id))
    SELECT t.row FROM statements t WHERE t.statement_id IN (SELECT statement_id FROM unlike)"""
    yield Suspects(Statement, sql, {StatementTarget: in_focus("statement_id")})


@targets_agree.fault("r24-target-without-link", "a target of a statement is missing from the link table")
def _(record: Index) -> Spoilt:
    link = record[StatementTarget][0]
    targets = first(record[Statement], statement_id=link.statement_id).target_actor_ids
    return Spoilt(f"{link.statement_id}: target_actor_ids {targets}", drop([link]))


@rule("R27", reads=[model for model in TABLES if model.EXACTLY_ONE], is_local=True)
def groups_are_filled_once(record: Record) -> Iterator[Finding]:
    """Where exactly one of several columns belongs to a row, exactly one is filled."""
    for model in TABLES:
        for group in model.EXACTLY_ONE:
            for row in record[model]:
                filled = [name for name in group if getattr(row, name) is not None]
                if len(filled) != 1:
                    found = f"{', '.join(filled) or 'none'} filled"
                    yield Finding(
                        row, found, f"exactly one of {', '.join(group)}", "fill one and leave the others empty"
                    )


@groups_are_filled_once.suspects
def _() -> Iterator[Suspects]:
    for model in TABLES:
        for group in model.EXACTLY_ONE:
            filled = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in group)
            yield Suspects(model, f"SELECT t.row FROM {quoted(model.TABLE)} t WHERE {filled} <> 1")


@groups_are_filled_once.fault("r27-evidence-of-two", "a passage supports two rows")
def _(record: Index) -> Spoilt:
    row = first(record[Evidence], lambda row: row.document_fact)
    actor = first(record[Statement], lambda row: row.speaker_actor_id).speaker_actor_id
    return spoilt(row, "actor_id, document_fact filled", actor_id=actor)


@groups_are_filled_once.fault("r27-evidence-of-nobody", "a passage supports nothing")
def _(record: Index) -> Spoilt:
    return spoilt(first(record[Evidence], lambda row: row.document_fact), "none filled", document_fact=None)


#: Tables with references, and the tables that these name.
_REFERRING = {
    one for model in TABLES for column in columns(model).values() if column.ref for one in (model, BY_NAME[column.ref])
}


@rule("R28", reads=_REFERRING, is_local=True)
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
    known: dict[str, list[str]] = {}
    for (table, value), cells in unknown.items():
        row, name = cells[0]
        more = f", and in {_others(len(cells) - 1)}" if len(cells) > 1 else ""
        remedy = f"correct the id, or add the row to {table}"
        if table not in known:
            known[table] = sorted(entry.id[0] for entry in record[BY_NAME[table]])
        # What is nearest takes a look at all ids, and few findings are shown.
        yield Finding(row, f"{name} {value}{more}", partial(nearest, value, known[table]), remedy)


def _others(count: int) -> str:
    return "another cell" if count == 1 else f"{count} other cells"


@references_exist.suspects
def _() -> Iterator[Suspects]:
    for model in TABLES:
        for name, column in columns(model).items():
            if column.ref:
                sql = f"""SELECT DISTINCT t.row FROM {quoted(model.TABLE)} t JOIN unknown u ON u.row = t.row
                    AND u.table = {literal(model.TABLE)} AND u.column = {literal(name)}"""
                yield Suspects(model, sql, column=name)


@references_exist.fault("r28-id-of-nobody", "a source goes back to a source that does not exist")
def _(record: Index) -> Spoilt:
    return spoilt(record[Source][0], "origin_source_id src-nobody", origin_source_id="src-nobody")


@rule("R29", reads=[model for model in TABLES if model.UNIQUE], is_local=True)
def unique_keys_are_unique(record: Record) -> Iterator[Finding]:
    """No two rows share the values of a unique key. Stock readers ignore ``uniqueKeys``."""
    for model in TABLES:
        for names in model.UNIQUE:
            seen: dict[Key, Row] = {}
            for row in record[model]:
                values = tuple(getattr(row, name) for name in names)
                if values in seen:
                    found = f"the same {', '.join(names)} as {seen[values].display_id}"
                    yield Finding(row, found, "other values in each row", "correct one of the two rows or remove it")
                seen.setdefault(values, row)


@unique_keys_are_unique.suspects
def _() -> Iterator[Suspects]:
    for model in TABLES:
        for unique in model.UNIQUE:
            names = ", ".join(unique)
            same = " AND ".join(f"t.{name} IS NOT DISTINCT FROM d.{name}" for name in unique)
            sql = f"""WITH d AS (SELECT {names}, min(row) AS first FROM {model.TABLE} GROUP BY {names}
                HAVING count(*) > 1)
                SELECT t.row FROM {model.TABLE} t JOIN d ON {same} WHERE t.row > d.first"""
            yield Suspects(model, sql, {model: f"({names}) IN (SELECT ({names}) FROM focus)"})


@unique_keys_are_unique.fault("r29-numbered-twice", "two sentences have one number")
def _(record: Index) -> Spoilt:
    pairs = zip(record[Sentence], record[Sentence][1:], strict=False)
    one, two = next(
        (one, two)
        for one, two in pairs
        if (one.document_id, one.paragraph_number) == (two.document_id, two.paragraph_number)
    )
    found = f"the same document_id, paragraph_number, sentence_number as {one.sentence_id}"
    return spoilt(two, found, sentence_number=one.sentence_number)


#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_SIGNS = ("=", "+", "-", "@")
#: A sign before plain words. A spreadsheet may show an error for it, and cannot run anything.
_HARMLESS = re.compile(r"[-+][^\W\d_][^(|!]*")


def _texts(model: type[Row], is_verbatim: bool) -> list[str]:
    """The columns of a table whose texts may begin with any character, in words of either kind."""
    return [
        name
        for name, column in columns(model).items()
        if column.verbatim == is_verbatim and kind(model, name) is str and not column.ref and not column.allowed
    ]


@rule("R52", reads=TABLES, is_local=True)
def no_text_is_a_formula(record: Record) -> Iterator[Finding]:
    """No text in the record's own words begins with =, +, - or @, as a spreadsheet would run it as a formula."""
    yield from _formulas(record, is_verbatim=False)


@rule("R53", "warning", reads=TABLES, is_local=True)
def no_words_are_a_formula(record: Record) -> Iterator[Finding]:
    """Words of an article that a spreadsheet could run as a formula stay as they are, and the warning about them is
    waived with a reason. A sign before plain words, as in “-backed”, cannot run anything and gives no warning."""
    yield from _formulas(record, is_verbatim=True)


def _formulas(record: Record, is_verbatim: bool) -> Iterator[Finding]:
    """Texts that begin like a formula, in columns of either kind."""
    for model in TABLES:
        names = _texts(model, is_verbatim)
        for row in record[model]:
            for name in names:
                text = getattr(row, name)
                if not text or text[0] not in _SIGNS or (is_verbatim and _HARMLESS.fullmatch(text)):
                    continue
                remedy = "waive it with a reason; the words stay" if is_verbatim else "begin the text with a word"
                yield Finding(row, f"{name} {show(text, 60)}", "a text that does not begin with =, +, - or @", remedy)


@rule("R69", reads=TABLES, is_local=True)
def words_are_of_one_script(record: Record) -> Iterator[Finding]:
    """In the record's own words no word mixes letters of Latin, Greek, Cyrillic and other scripts that look alike, and
    none is written in full-width or mathematical letters."""
    for model in TABLES:
        names = _own_texts(model)
        for row in record[model]:
            for name in names:
                text = getattr(row, name)
                if text and not text.isascii() and (odd := foreign_letter(text)):
                    found = f"{name}: {show(odd[0], 60)} with {describe_character(odd[1])}"
                    yield Finding(row, found, "words of one script, in plain letters", "write the letter that is meant")


@words_are_of_one_script.suspects
def _() -> Iterator[Suspects]:
    for model in TABLES:
        texts = ", ".join(map(quoted, _own_texts(model))) or "''"
        sql = f"SELECT row FROM {quoted(model.TABLE)} WHERE regexp_matches(concat_ws(' ', {texts}), {_FOREIGN})"
        yield Suspects(model, sql)


def _own_texts(model: type[Row]) -> list[str]:
    """The columns of a table with texts in the record's own words that stand nowhere else."""
    return [name for name in _texts(model, is_verbatim=False) if not columns(model)[name].computed]


#: Letters of scripts that look like Latin, and letters that decompose into plain ones.
_FOREIGN = (
    r"'[\p{Greek}\p{Cyrillic}\p{Armenian}\p{Cherokee}\p{Coptic}\x{2100}-\x{214f}\x{ff00}-\x{ff5e}\x{1d400}-\x{1d7ff}]'"
)


@words_are_of_one_script.fault("r69-letter-of-another-script", "a summary has a Cyrillic letter in a word")
def _(record: Index) -> Spoilt:
    row = first(record[Statement], lambda row: re.search("[a-z]a[a-z]", row.summary))
    summary = re.sub("([a-z])a([a-z])", "\\1а\\2", row.summary, count=1)
    word = next(word for word in re.findall(r"\w+", summary) if "а" in word)
    return spoilt(row, f"summary: {show(word)} with {describe_character('а')}", summary=summary)


@words_are_of_one_script.fault("r69-full-width", "the name of a place is in full-width letters")
def _(record: Index) -> Spoilt:
    row = record[PlaceRow][0]
    name = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in row.name)
    word = re.findall(r"\w+", name)[0]
    return spoilt(row, f"name: {show(word)} with {describe_character(word[0])}", name=name)


@no_text_is_a_formula.suspects
def _() -> Iterator[Suspects]:
    yield from _formula_suspects(is_verbatim=False)


@no_words_are_a_formula.suspects
def _() -> Iterator[Suspects]:
    yield from _formula_suspects(is_verbatim=True)


def _formula_suspects(is_verbatim: bool) -> Iterator[Suspects]:
    """Texts that begin with one of the signs; in words of an article, not before plain words of ASCII letters."""
    for model in TABLES:
        begins = [_begins(name, is_verbatim) for name in _texts(model, is_verbatim)]
        yield Suspects(model, f"SELECT row FROM {quoted(model.TABLE)} WHERE {' OR '.join(begins) or 'false'}")


def _begins(name: str, is_verbatim: bool) -> str:
    signs = " OR ".join(f"({name} >= '{sign}' AND {name} < '{chr(ord(sign) + 1)}')" for sign in _SIGNS)
    signs = f"{name} < '{chr(ord(max(_SIGNS)) + 1)}' AND ({signs})"  # most texts begin with a letter
    return f"({signs} AND NOT regexp_full_match({name}, '[-+][A-Za-z][^(|!]*'))" if is_verbatim else f"({signs})"


@no_text_is_a_formula.fault("r52-formula", "a summary is a formula")
def _(record: Index) -> Spoilt:
    formula = '=HYPERLINK("http://example.invalid","click")'
    return spoilt(record[Statement][0], f"summary {show(formula, 60)}", summary=formula)


@no_text_is_a_formula.fault("r52-formula-dde", "a remark runs a program in a spreadsheet")
def _(record: Index) -> Spoilt:
    formula = "=cmd|' /C calc'!A0"
    return spoilt(record[Relation][0], f"note {show(formula)}", note=formula)


@no_text_is_a_formula.fault("r52-formula-at", "a description begins with @")
def _(record: Index) -> Spoilt:
    return spoilt(record[PlaceRow][0], f"description {show('@SUM(1+1)*cmd')}", description="@SUM(1+1)*cmd")


@no_text_is_a_formula.fault("r52-formula-minus", "a description begins with a minus sign")
def _(record: Index) -> Spoilt:
    return spoilt(record[PlaceRow][0], f"description {show('-2+3')}", description="-2+3")


@no_words_are_a_formula.fault("r53-words-as-formula", "words of an article are a formula")
def _(record: Index) -> Spoilt:
    return spoilt(record[Statement][0], f"cue_text {show('=1+1')}", cue_text="=1+1")
