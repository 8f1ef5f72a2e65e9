"""Coded units as cards and lines: statements, event reports, relations, quantities, with the words they rest on."""

from __future__ import annotations

from typing import Any

from ...model.rows import plural
from ...model.tables import UNITS
from ..html import attribute, chip, count, date, facts, passage, quote, text
from ..record import Record


def main_evidence(record: Record, row: Any) -> list[Any]:
    """The evidence rows that a unit is placed by, in the order of the text."""
    found = [one for one in record.evidence(row.id[0]) if one.field == row.EVIDENT[0]]
    return sorted(found, key=lambda one: (one.start, one.end))


def card(record: Record, row: Any) -> str:
    """A unit with everything coded on it; its anchor is the home of the row."""
    identity = row.id[0]
    words = " ".join(passage(record, one) for one in main_evidence(record, row))
    return (
        f'<section class="unit unit-{row.TABLE.replace("_", "-")}" id="{attribute(identity)}">\n'
        f'<p class="unit-kind">{row.ONE.capitalize()} <a href="#{attribute(identity)}"><code>{text(identity)}</code></a></p>\n'
        f"<p>{words}</p>\n{_BODIES[row.TABLE](record, row)}{_other_words(record, row)}</section>\n"
    )


def speaker(record: Record, row: Any) -> str:
    """Who makes a statement, as a link."""
    if row.speaker_actor_id:
        return record.link("actors", row.speaker_actor_id)
    return record.link("sources", row.speaker_source_id)


def stance(record: Record, row: Any) -> str:
    """A stance with the topic that it is towards."""
    return f"{chip('stance', row.stance)} {record.link('topics', row.topic_id)}"


def told_at(record: Record, row: Any) -> str:
    """The article of a row, linked to where the row is shown."""
    return record.link(row.TABLE, row.id[0], record.number(row.document_id))


def statement_line(record: Record, row: Any, with_stance: bool = True) -> str:
    """A statement in one line, for lists on other pages."""
    link = record.link("statements", row.statement_id)
    stance_chip = f" {chip('stance', row.stance)}" if with_stance else ""
    return f"{speaker(record, row)} {chip('act', row.act)} {link}{stance_chip} {_in(record, row)}"


def relation_line(record: Record, row: Any) -> str:
    link = record.link("relations", row.relation_id, row.evidence_text)
    subject = record.link("actors", row.subject_actor_id)
    negated = "<strong>not</strong> " if row.is_negated else ""
    holder = f"according to {record.link('sources', row.according_to_source_id)}"
    return f"{subject} {negated}{chip('predicate', row.predicate)} {_object(record, row)}, {holder}: “{link}” {_in(record, row)}"


def quantity_line(record: Record, row: Any) -> str:
    link = record.link("quantities", row.quantity_id, row.printed_text)
    return f"“{link}” {chip('quantity_unit', row.unit)} {text(row.counts)} {_in(record, row)}"


def _in(record: Record, row: Any) -> str:
    return f'<span class="where">in {record.link("documents", row.document_id)}</span>'


def _object(record: Record, row: Any) -> str:
    if row.object_actor_id:
        return record.link("actors", row.object_actor_id)
    return record.link("places", row.object_place_id)


def _statement(record: Record, row: Any) -> str:
    occasion = record.link("events", row.event_id) if row.event_id else ""
    return f'<p class="summary">{text(row.summary)}</p>\n' + facts(
        (
            ("Speaker", speaker(record, row)),
            ("Relayed by", record.links("sources", row.relayed_by_source_id)),
            ("Told inside", record.links("statements", row.parent_statement_id)),
            ("Form", chip("speech_form", row.speech_form) + _reliability(row)),
            ("Act", f"{chip('act', row.act)} {chip('event_type', row.plover_type, 'PLOVER: ')}"),
            ("Towards", record.links("actors", row.target_actor_ids)),
            ("Stance", stance(record, row)),
            ("Held as", chip("epistemic", row.epistemic)),
            ("Occasion", occasion),
            ("About", record.links("events", row.about_event_id)),
            ("Said", _dated(row) + _reasoned(row.date_rationale)),
            ("Medium", chip("medium", row.medium)),
        )
    )


def _reliability(row: Any) -> str:
    """A caution where words stand in quotation marks that may not be the speaker's own."""
    if row.speech_form == "indirect" or row.is_verbatim_reliable:
        return ""
    return ' <span class="caution">the words in quotation marks are not reliably the speaker’s own</span>'


def _dated(row: Any) -> str:
    words = f"{quote(row.date_text)}: " if getattr(row, "date_text", None) else ""
    basis = f" {chip('date_basis', row.date_basis)}" if hasattr(row, "date_basis") else ""
    return f"{words}{date(row.date_edtf) or _MISSING} {chip('date_rule', row.date_rule)}{basis}"


_MISSING = '<span class="missing">not in the text</span>'


def _reasoned(reason: str | None) -> str:
    return f'<br><span class="reason">{text(reason)}</span>' if reason else ""


def _report(record: Record, row: Any) -> str:
    return facts(
        (
            ("Tells", record.link("events", row.event_id)),
            (
                "Attributed",
                f"{chip('attribution', row.attribution)} {record.links('sources', row.attributed_source_id)}",
            ),
            ("In the statement", record.links("statements", row.statement_id)),
            ("Certainty", f"{chip('factuality', row.factuality)} for {record.link('sources', row.factuality_holder)}"),
            ("Goes back to", record.link("sources", row.independence_group)),
            ("Date", _dated(row) + _reasoned(row.date_rationale)),
            ("Background", "told as background to the news" if row.is_background else ""),
            ("Remark", text(row.note)),
        )
    )


def _relation(record: Record, row: Any) -> str:
    negated = " <strong>denied</strong>" if row.is_negated else ""
    tie = f"{record.link('actors', row.subject_actor_id)} {chip('predicate', row.predicate)} {_object(record, row)}"
    return facts(
        (
            ("Tie", tie + negated),
            ("According to", record.link("sources", row.according_to_source_id)),
            ("In the statement", record.links("statements", row.statement_id)),
            ("Holds", date(row.validity_edtf)),
            ("Remark", text(row.note)),
        )
    )


def _quantity(record: Record, row: Any) -> str:
    bounds = [text(f"{value:,f}") for value in (row.minimum, row.maximum) if value is not None]
    shown = " to ".join(dict.fromkeys(bounds)) or "no bound in the words"
    return facts(
        (
            ("Counts", text(row.counts)),
            ("Unit", chip("quantity_unit", row.unit)),
            ("Bounds", shown + (" (called approximate)" if row.is_approximate else "")),
            ("Actor", record.links("actors", row.actor_id)),
            ("Event", record.links("events", row.event_id)),
            ("In the statement", record.links("statements", row.statement_id)),
        )
    )


_BODIES = {"statements": _statement, "event_reports": _report, "relations": _relation, "quantities": _quantity}


def _other_words(record: Record, row: Any) -> str:
    """The words of a unit beside those that it is placed by, with the column that each supports."""
    shown = row.EVIDENT[0]
    rest = [
        f'<span class="support">{text(one.field.removesuffix("_text").replace("_", " "))}</span> {quote(one.exact_text)}'
        f"{'' if one.support == 'states' else ' ' + chip('support', one.support)}"
        for one in sorted(record.evidence(row.id[0]), key=lambda one: (one.start, one.field))
        if one.field not in (shown, "evidence_text")
    ]
    return f'<p class="other-words">{" · ".join(rest)}</p>\n' if rest else ""


def tally(rows: list[Any]) -> str:
    """How many units of each kind, in words."""
    found = ((sum(row.TABLE == model.TABLE for row in rows), model) for model in UNITS)
    return ", ".join(count(number, model.ONE, plural(model)) for number, model in found if number)
