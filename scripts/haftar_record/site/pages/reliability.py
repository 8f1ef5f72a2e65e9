"""Parts of the page ``reliability``: how far further readings agree with the record, and with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ...files import plain, yaml_file
from ...files.layout import READINGS
from ...model.tables import BY_NAME, Agreement
from ..html import chip, fragment, table
from ..page import Part
from ..record import Record

#: What the record is called where readings are compared with it.
RECORD = "record"
#: Names of fields that are not those of a column.
_FIELDS = {
    "speaker": "speaker_actor_id, speaker_source_id",
    "occasion": "event_id",
    "about_event": "about_event_id",
    "event": "event_id",
    "subject": "subject_actor_id",
    "object": "object_actor_id, object_place_id",
    "entity": "actor_id, place_id",
}
#: A drawing: the length of the scale, the place for words, and the height of a line, in pixels.
_SCALE, _WORDS, _LINE = 320, 210, 18


def parts(record: Record) -> dict[str, Part]:
    """The parts."""
    figures = record[Agreement]
    pairs = list(dict.fromkeys((row.reading, row.against) for row in figures if row.against))
    pairs.sort(key=lambda pair: (pair[1] != RECORD, pair))
    return {
        "readings": _readings(record, figures),
        "readable": _readable(record, figures),
        "agreement-found": _side_by_side("F1 of the units", pairs, figures, "f1"),
        "agreement-on-units": _each(pairs, figures, _on_units),
        "agreement-alpha": _side_by_side("Krippendorff's alpha of the values", pairs, figures, "alpha"),
        "agreement-on-values": _each(pairs, figures, _on_values),
        "agreement-drawn": _drawn(figures),
    }


def _none() -> Markup:
    return Markup("<p>No further reading has been measured yet.</p>")


def _readings(record: Record, figures: list[Agreement]) -> Markup:
    """Who read, when, by which rules, and what was given to them and kept from them."""
    rows = []
    read = {row.reading: row for row in figures}
    told = {name: _about(record.root, name) for name in read}
    is_told_facts = any("facts_given" in about for about in told.values())
    for name, row in read.items():
        about = told[name]
        rows.append(
            (
                row.reading,
                about.get("title", ""),
                chip("coder_type", row.coder_type),
                str(row.round_number),
                row.rules_version,
                row.reading_date,
                "; ".join(about.get("given", [])),
                *(["; ".join(about.get("facts_given", ["none"]))] if is_told_facts else []),
                "; ".join(about.get("not_seen", [])),
            )
        )
    facts = ["Facts of the articles it was told"] if is_told_facts else []
    head = ("Reading", "Who", "Kind of coder", "Round", "Rules", "Finished", "Was given", *facts, "Had not seen")
    return table("Further readings", head, rows) if rows else _none()


def _about(root: Path, reading: str) -> dict[str, Any]:
    """What a reading says of itself; nothing where the site is made without the readings."""
    path = f"{READINGS}/{reading}/reader.yaml"
    if not plain.is_file(root / path):
        return {}
    content: dict[str, Any] = yaml_file.load(root, path).content
    return content


def _readable(record: Record, figures: list[Agreement]) -> Markup:
    """How much of what each reading has written could be read, by table."""
    found = {(row.unit_table, row.reading): row for row in figures if row.measure == "readable"}
    names = sorted({reading for _, reading in found})
    rows = [
        (_title(name), *(_share(found.get((name, reading))) for reading in names))
        for name in dict.fromkeys(name for name, _ in found)
    ]
    return table("Units that could be read", ("Units", *names), rows, "numbers") if rows else _none()


def _share(row: Agreement | None) -> str:
    if row is None or row.value is None:
        return "none written"
    return f"{round(row.value * row.unit_count)} of {row.unit_count:,}"


def _side_by_side(caption: str, pairs: list[tuple[str, str]], figures: list[Agreement], measure: str) -> Markup:
    """One measure of everything, with a column for each pair of codings: the record's first, then those of a round."""
    by = {(row.unit_table, row.field, row.reading, row.against): row for row in figures if row.measure == measure}
    rows = []
    for name, field in dict.fromkeys((name, field) for name, field, _, _ in by):
        words = Markup("{} <code>{}</code>").format(_title(name), _FIELDS.get(field, field)) if field else _title(name)
        rows.append((words, *(_value(by.get((name, field, *pair))) for pair in pairs)))
    head = [reading if against == RECORD else f"{reading}, {against}" for reading, against in pairs]
    return table(caption, ("Value" if measure == "alpha" else "Units", *head), rows, "numbers") if rows else _none()


def _each(pairs: list[tuple[str, str]], figures: list[Agreement], make: Any) -> Markup:
    """A table for each pair of codings, folded."""
    made = [
        (
            f"{reading} and {_named(against)}",
            make(reading, against, [row for row in figures if (row.reading, row.against) == (reading, against)]),
        )
        for reading, against in pairs
    ]
    return fragment("reliability.html", "folded", entries=made) if made else _none()


def _on_units(reading: str, against: str, figures: list[Agreement]) -> Markup:
    """Which units are in both codings."""
    by = {(row.unit_table, row.measure): row for row in figures if row.field is None}
    measures = [one for one in ("precision", "recall", "f1", "covered_alpha") if any(key[1] == one for key in by)]
    rows = []
    for name in dict.fromkeys(name for name, _ in by):
        f1 = by[name, "f1"]
        cells = [_value(by.get((name, measure))) for measure in measures]
        rows.append((_title(name), f"{f1.unit_count:,}", *cells, *_intervals(f1)))
    names = {"precision": "Precision", "recall": "Recall", "f1": "F1", "covered_alpha": "Alpha of characters"}
    head = ("Units", "n", *(names[one] for one in measures), "F1, units drawn", "F1, articles drawn")
    return table(f"Units in {reading} and in {_named(against)}", head, rows, "numbers")


def _on_values(reading: str, against: str, figures: list[Agreement]) -> Markup:
    """What is said of the units that are in both."""
    by = {(row.unit_table, row.field or "", row.measure): row for row in figures if row.field}
    rows = []
    for name, field in dict.fromkeys((name, field) for name, field, _ in by):
        alpha = by[name, field, "alpha"]
        cells = (f"{alpha.unit_count:,}", _value(by[name, field, "agreement"]), _value(alpha), *_intervals(alpha))
        rows.append((Markup("{} <code>{}</code>").format(_title(name), _FIELDS.get(field, field)), *cells))
    head = ("Value", "n", "Agreement", "Alpha", "Alpha, units drawn", "Alpha, articles drawn")
    return table(f"Values in {reading} and in {_named(against)}", head, rows, "numbers")


def _title(name: str) -> str:
    return BY_NAME[name].TITLE


def _named(against: str) -> str:
    return "the record" if against == RECORD else against


def _value(row: Agreement | None) -> str:
    if row is None:
        return ""
    return "not defined" if row.value is None else f"{row.value:.2f}"


def _intervals(row: Agreement) -> Iterator[str]:
    for low, high in ((row.unit_low, row.unit_high), (row.article_low, row.article_high)):
        yield "" if low is None or high is None else f"{low:.2f} to {high:.2f}"


@dataclass(frozen=True)
class Mark:
    """A figure in a drawing: a dot with its interval, in pixels from the left."""

    words: str
    top: int
    dot: str
    low: str
    high: str
    title: str


def _drawn(figures: list[Agreement]) -> Markup:
    """Alpha of every value against the record, with the interval when units are drawn anew: a drawing for a reading."""
    made = []
    for reading in dict.fromkeys(row.reading for row in figures):
        rows = [
            row
            for row in figures
            if (row.reading, row.against, row.measure) == (reading, RECORD, "alpha") and row.value is not None
        ]
        rows.sort(key=lambda row: (row.value, row.agreement_id), reverse=True)
        marks = [_mark(row, number) for number, row in enumerate(rows)]
        size = {"width": _WORDS + _SCALE + 20, "height": _LINE * (len(marks) + 2), "words": _WORDS}
        ticks = [(_at(Decimal(tenth) / 10), f"{tenth / 10:.1f}") for tenth in range(0, 11, 2)]
        if marks:
            drawing = fragment("reliability.html", "dots", reading=reading, marks=marks, ticks=ticks, **size)
            made.append((f"{reading} and the record, drawn", drawing))
    return fragment("reliability.html", "folded", entries=made) if made else _none()


def _mark(row: Agreement, number: int) -> Mark:
    value = row.value or Decimal(0)
    low, high = (value if one is None else one for one in (row.unit_low, row.unit_high))
    words = f"{row.unit_table}: {row.field}"
    said = f"{words}: alpha {value:.2f}, {row.unit_count} units"
    return Mark(words, _LINE * (number + 1), _at(value), _at(low), _at(high), said)


def _at(value: Decimal) -> str:
    """Where a figure stands on the scale, which begins at 0: a lower one stands there."""
    return f"{_WORDS + max(value, Decimal(0)) * _SCALE:.1f}"
