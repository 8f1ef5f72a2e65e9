"""Faults of header, rows and cells of a table, each with a descriptor that tells the truth about the file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from .fault import Fault
from .mutations import Mutation, another, cell, drop, in_turn, line, reshape

#: A row made of a row.
Change = Callable[[list[str]], list[str]]
#: A row of every table that is changed here.
PLACE, ACTOR, EVENT, STATEMENT = "plc-tripoli", "act-haftar", "evt-pompeo-call-2019-04", "st-3eb302bd-05"


def _header(table: str, old: str, new: str) -> Mutation:
    return reshape(table, lambda rows: [[new if label == old else label for label in rows[0]], *rows[1:]])


def _column(table: str, change: Change) -> Mutation:
    """Every row, header included, with its cells rearranged."""
    return reshape(table, lambda rows: [change(row) for row in rows])


def _swapped(row: list[str]) -> list[str]:
    return [row[0], row[2], row[1], *row[3:]]


def _row(table: str, number: int, change: Change) -> Mutation:
    return reshape(table, lambda rows: [change(row) if index == number else row for index, row in enumerate(rows)])


def _moved(rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], rows[2], rows[1], *rows[3:]]


def _with(letter: str) -> Mutation:
    """The description of a place with one more character."""
    return cell("places", PLACE, description=lambda text: f"{text[:5]}{letter}{text[5:]}")


FAULTS = (
    # -- header
    Fault("header-in-capitals", "header", "a column begins with a capital", _header("places", "name", "Name")),
    Fault("header-padded", "header", "a blank after the name of a column", _header("places", "name", "name ")),
    Fault("header-typo", "header", "a column is misspelt", _header("places", "latitude", "lattitude")),
    Fault("header-blank", "header", "a column has no name", _header("places", "name", "")),
    Fault("header-twice", "header", "a column stands in the header twice", _header("places", "longitude", "latitude")),
    Fault("header-zero-width", "header", "a zero-width blank in the name of a column", _header("places", "name", "na\u200bme")),
    Fault("header-swapped", "header", "two labels are exchanged and their cells are not", reshape("places", lambda rows: [_swapped(rows[0]), *rows[1:]])),
    Fault("columns-swapped", "header", "two columns are exchanged, labels and cells", _column("places", _swapped)),
    Fault("column-missing", "header", "a column is gone", _column("places", lambda row: row[:-1])),
    Fault("column-extra", "header", "a column more", _column("places", lambda row: [*row, "note"])),
    Fault("label-extra", "header", "a label more, without cells", reshape("places", lambda rows: [[*rows[0], "note"], *rows[1:]])),
    # -- rows
    Fault("row-twice", "rows", "a row stands twice", another("decisions", "dec-187cdebd-01")),
    Fault("row-gone", "rows", "a row that nothing refers to is gone", drop("decisions", decision_id="dec-187cdebd-01")),
    Fault("row-blank", "rows", "a row of empty cells", _row("places", 3, lambda row: [""] * len(row))),
    Fault("line-blank", "rows", "an empty line between rows", line("places", 3, lambda row: row + b"\n")),
    Fault("line-blank-at-the-end", "rows", "an empty line after the last row", line("places", 18, lambda row: row + b"\n")),
    Fault("row-short", "rows", "a row lacks its last cell", _row("places", 3, lambda row: row[:-1])),
    Fault("row-long", "rows", "a row has a cell too many", _row("places", 3, lambda row: [*row, "x"])),
    Fault("cells-shifted", "rows", "the cells of a row are moved by one", _row("places", 3, lambda row: [row[0], "", *row[1:-1]])),
    Fault("rows-unsorted", "rows", "two rows are exchanged", reshape("places", _moved)),
    Fault("comment-line", "rows", "a comment before the header", line("places", 1, lambda row: b"# places\n" + row)),
    # -- keys
    Fault("key-twice", "keys", "two actors have one id", another("actors", ACTOR, name="Somebody else")),
    Fault("key-of-two-twice", "keys", "the same target of a statement stands twice", another("statement_targets", "st-187cdebd-01,act-lna")),
    Fault("key-empty", "keys", "the id of an actor is empty", another("actors", ACTOR, actor_id="", name="Nobody")),
    Fault("key-in-capitals", "keys", "the id of an actor begins with a capital, here and where it is used nowhere", cell("actors", "act-al-jazeera", actor_id="Act-al-jazeera")),
    Fault("key-prefix", "keys", "the id of a place has the prefix of an actor", cell("places", "plc-ghat", place_id="act-ghat")),
    Fault("key-underscore", "keys", "underscores in an id", cell("places", "plc-ghat", place_id="plc_ghat")),
    Fault("key-changed", "keys", "an actor has another id, and what refers to it has not", cell("actors", ACTOR, actor_id="act-haftaq")),
    Fault("parent-row-gone", "keys", "an actor is gone whom many rows name", drop("actors", actor_id=ACTOR)),
    Fault("reference-unknown", "keys", "a statement is on a topic that does not exist", cell("statements", STATEMENT, topic_id="top-nothing")),
    Fault("reference-of-other-case", "keys", "an id is written with a capital where it is referred to", cell("relations", "rel-187cdebd-01", subject_actor_id="act-Haftar")),
    Fault("reference-padded", "keys", "a blank after an id where it is referred to", cell("relations", "rel-187cdebd-01", subject_actor_id="act-haftar ")),
    Fault("reference-in-a-list", "keys", "an id in a list is that of nobody", cell("events", EVENT, source_actor_ids="act-nobody")),
    Fault("reference-of-another-table", "keys", "a place stands where an actor belongs", cell("relations", "rel-187cdebd-01", subject_actor_id="plc-tripoli")),
    Fault("parent-unknown", "keys", "an actor belongs to an actor that does not exist", cell("actors", "act-hood", parent_actor_id="act-nobody")),
    Fault("unique-twice", "keys", "two articles have one label", cell("documents", "doc-3eb302bd", label="003 1buv.com")),
    Fault("hash-of-two-articles", "keys", "two articles have one hash", in_turn(cell("documents", "doc-3eb302bd", text_sha256="ac309edfc1d613267c93850091a8301561751a717cf9fc48b186ab902d06a386"))),
    # -- cells
    Fault("required-empty", "cells", "a place has no name", cell("places", PLACE, name="")),
    Fault("required-blank", "cells", "the name of a place is a blank", cell("places", PLACE, name=" ")),
    Fault("integer-words", "cells", "a number in words", cell("places", PLACE, where_prec="one")),
    Fault("integer-decimal", "cells", "a whole number with a decimal point", cell("places", PLACE, where_prec="1.0")),
    Fault("integer-underscore", "cells", "an underscore in a number", cell("places", PLACE, geonames_id="2_210_247")),
    Fault("integer-padded", "cells", "a blank before a number", cell("places", PLACE, where_prec=" 1")),
    Fault("integer-zero-first", "cells", "a number begins with 0", cell("places", PLACE, where_prec="01")),
    Fault("integer-signed", "cells", "a plus sign before a number", cell("places", PLACE, where_prec="+1")),
    Fault("integer-devanagari", "cells", "the digits of a number are Devanagari", cell("places", PLACE, geonames_id="२२१०२४७")),
    Fault("integer-negative", "cells", "a number below its least value", cell("places", PLACE, where_prec="-1")),
    Fault("integer-too-large", "cells", "a number above its greatest value", cell("places", PLACE, where_prec="9")),
    Fault("integer-endless", "cells", "a number of five thousand digits", cell("places", PLACE, geonames_id="9" * 5000)),
    Fault("number-nan", "cells", "a coordinate is not a number", cell("places", PLACE, latitude="NaN")),
    Fault("number-infinite", "cells", "a coordinate is infinite", cell("places", PLACE, latitude="Infinity")),
    Fault("number-comma", "cells", "a decimal comma", cell("places", PLACE, latitude="32,88743")),
    Fault("number-exponent", "cells", "a coordinate with an exponent", cell("places", PLACE, latitude="3.288743E1")),
    Fault("number-tiny", "cells", "a number smaller than a float can be", cell("places", PLACE, latitude="1e-400")),
    Fault("number-out-of-range", "cells", "a latitude beyond the pole", cell("places", PLACE, latitude="92.88743")),
    Fault("coordinates-swapped", "cells", "latitude and longitude are exchanged", cell("places", PLACE, latitude="13.18733", longitude="32.88743")),
    Fault("flag-yes", "cells", "a flag says yes", cell("quantities", "qty-3eb302bd-01", is_approximate="yes")),
    Fault("flag-in-capitals", "cells", "a flag in capitals, as spreadsheets write it", cell("quantities", "qty-3eb302bd-01", is_approximate="TRUE")),
    Fault("flag-number", "cells", "a flag is 1", cell("quantities", "qty-3eb302bd-01", is_approximate="1")),
    Fault("text-padded", "cells", "a blank before a text", cell("places", PLACE, description=lambda text: f" {text}")),
    Fault("text-padded-at-the-end", "cells", "a line feed after a text", cell("places", PLACE, description=lambda text: f"{text}\n")),
    Fault("text-tab", "cells", "a tab inside a text", cell("places", PLACE, description=lambda text: text.replace(" ", "\t", 1))),
    Fault("text-too-long", "cells", "a passage of more than 500 characters", cell("evidence", "ev-187cdebd-0000-0098-document-title", exact_text="x" * 501)),
    Fault("cell-huge", "cells", "a cell of 30 thousand characters", cell("places", PLACE, description="x" * 30_000)),
    Fault("cell-vast", "cells", "a cell of two million characters", cell("places", PLACE, description="x" * 2_000_000)),
    Fault("list-item-twice", "cells", "an actor stands twice in a list", cell("events", "evt-arms-embargo-2011", contexts="military;legal;military")),
    Fault("list-item-empty", "cells", "an empty item in a list", cell("events", "evt-arms-embargo-2011", contexts="military;;legal")),
    Fault("list-comma", "cells", "a list separated by commas", cell("events", "evt-arms-embargo-2011", contexts="military,legal")),
    Fault("list-blank", "cells", "a blank after the separator of a list", cell("events", "evt-arms-embargo-2011", contexts="military; legal")),
    Fault("list-ends-open", "cells", "a separator after the last item of a list", cell("events", "evt-arms-embargo-2011", contexts="military;legal;")),
    Fault("missing-as-null", "cells", "a missing value is written NULL", cell("events", EVENT, part_of_event_id="NULL")),
    Fault("missing-as-na", "cells", "a missing number is written N/A", cell("actors", ACTOR, ucdp_actor_id="N/A")),
    Fault("missing-of-another-column", "cells", "a labelled missing value where the column has none", cell("events", EVENT, event_type="not-stated")),
    Fault("pattern-of-an-identifier", "cells", "a Wikidata id without its letter", cell("places", PLACE, wikidata_id="3579")),
    Fault("language-in-words", "cells", "a language by its name", cell("documents", "doc-3eb302bd", language="English")),
    Fault("hash-in-capitals", "cells", "the hash of an article in capital letters", cell("documents", "doc-3eb302bd", text_sha256=str.upper)),
    # -- codes
    Fault("code-unknown", "codes", "a code of no list", cell("statements", STATEMENT, act="assrt")),
    Fault("code-in-capitals", "codes", "a code begins with a capital", cell("statements", STATEMENT, act="Assert")),
    Fault("code-label", "codes", "the label stands in the place of the code", cell("statements", STATEMENT, act="Asserts")),
    Fault("code-of-another-list", "codes", "a code of another list", cell("statements", STATEMENT, stance="direct")),
    Fault("code-number-unknown", "codes", "a number that no code has", cell("events", EVENT, quad_class="7")),
    Fault("code-in-a-list", "codes", "an unknown code in a list", cell("events", "evt-arms-embargo-2011", contexts="military;war")),
    Fault("country-of-two-letters", "codes", "a country by two letters", cell("places", PLACE, country_code="LY")),
    Fault("country-by-name", "codes", "a country by its name", cell("places", PLACE, country_code="Libya")),
    Fault("code-padded", "codes", "a blank after a code", cell("statements", STATEMENT, stance="oppose ")),
    # -- dates
    Fault("day-of-another-form", "dates", "a day as day, month and year", cell("events", EVENT, date_start="07/04/2019")),
    Fault("day-without-zero", "dates", "a day without leading zeros", cell("events", EVENT, date_start="2019-4-7")),
    Fault("day-of-no-calendar", "dates", "the 30th of February", cell("events", EVENT, date_start="2019-02-30")),
    Fault("day-with-time", "dates", "a day with a time", cell("events", EVENT, date_start="2019-04-07T00:00:00")),
    Fault("day-as-number", "dates", "a day as the number of a spreadsheet", cell("events", EVENT, date_start="43562")),
    Fault("edtf-words", "dates", "a date in words", cell("events", EVENT, date_edtf="7 April 2019")),
    Fault("edtf-no-calendar", "dates", "a date that the pattern lets through and no calendar has", cell("statements", STATEMENT, date_edtf="2020-02-30")),
    Fault("edtf-month", "dates", "a thirteenth month", cell("statements", STATEMENT, date_edtf="2020-13")),
    Fault("edtf-ends-first", "dates", "an interval that ends before it begins", cell("statements", STATEMENT, date_edtf="2020-05-07/2020-05-01")),
    Fault("edtf-dashes", "dates", "a date with en dashes", cell("statements", STATEMENT, date_edtf="2020–05–07")),
    Fault("edtf-arabic-digits", "dates", "a date in Arabic-Indic digits", cell("statements", STATEMENT, date_edtf="٢٠٢٠-٠٥-٠٧")),
    Fault("edtf-two-digits", "dates", "a year of two digits", cell("statements", STATEMENT, date_edtf="20-05-07")),
    # -- characters
    Fault("zero-width", "characters", "a zero-width blank inside a text", _with("\u200b")),
    Fault("word-joiner", "characters", "a byte order mark inside a text", _with("\ufeff")),
    Fault("soft-hyphen", "characters", "a soft hyphen inside a text", _with("\u00ad")),
    Fault("bidi-override", "characters", "a right-to-left override inside a text", _with("\u202e")),
    Fault("bidi-isolate", "characters", "a direction isolate inside a text", _with("\u2067")),
    Fault("control-character", "characters", "a bell inside a text", _with("\x07")),
    Fault("escape-sequence", "characters", "the escape sequence of a terminal inside a text", _with("\x1b[31m")),
    Fault("line-separator", "characters", "a Unicode line separator inside a text", _with("\u2028")),
    Fault("no-break-space", "characters", "a no-break space inside a text", _with("\u00a0")),
    Fault("thin-space", "characters", "a thin space inside a text", _with("\u2009")),
    Fault("decomposed", "characters", "a letter and its accent as two characters", _with(unicodedata.normalize("NFD", "é"))),
    Fault("compatibility-sign", "characters", "a sign that composition exchanges for another", _with("\u212b")),
    Fault("private-character", "characters", "a character of the private use area", _with("\ue000")),
    Fault("shows-nothing", "characters", "a text that shows nothing", cell("places", PLACE, description="\u3164")),
    Fault("braille-blank", "characters", "a text of a blank that is no blank to Unicode", cell("places", PLACE, description="\u2800")),
    Fault("mark-at-the-start", "characters", "a text that begins with an accent", cell("places", PLACE, description="\u0301 accent")),
    Fault("noncharacter-in-a-passage", "characters", "a code point that is no character in words of an article", cell("statements", STATEMENT, cue_text=lambda words: f"{words}\ufdd0")),
    Fault("cell-too-long-in-emoji", "cells", "a cell of ten thousand and one emoji", cell("places", PLACE, description="😀" * 10_001)),
    Fault("number-too-exact", "cells", "a latitude of more digits than a spreadsheet keeps", cell("places", PLACE, latitude="32.88743000000000001")),
    Fault("integer-too-exact", "cells", "a whole number of more digits than a spreadsheet keeps", cell("places", PLACE, geonames_id="1234567890123456")),
    Fault("unassigned-character", "characters", "a code point that is no character", _with("\uffff")),
    Fault("mojibake", "characters", "an apostrophe of UTF-8 read as Windows-1252", _with("â€™")),
    Fault("replacement-character", "characters", "the sign for a character that could not be read", _with("\ufffd")),
    Fault("cyrillic-letter", "characters", "a Cyrillic letter in an id that looks like a Latin one", cell("relations", "rel-187cdebd-01", subject_actor_id="act-h\u0430ftar")),
)  # fmt: skip
