"""Pages of events, actors, sources, topics, places, references and decisions: every row with all that bears on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...model.cells import split
from ...model.rows import grouped
from ...model.tables import BY_NAME
from ..html import attribute, chip, chips, count, date, facts, folded, items, quote, table, text
from ..page import Page
from ..record import ROOT, Record
from . import units

#: One row in a list on another row's entry.
Line = Callable[[Record, Any], str]


def pages(record: Record) -> Iterator[Page]:
    for name, (lead, show) in _SHOWN.items():
        entries = [
            f"## {text(record.label(name, row.id[0]))} {{#{row.id[0]}}}\n\n{show(record, row)}"
            for row in _ordered(record, name)
        ]
        number = count(len(record[name]), name.removesuffix("s"))
        dictionary = f'<a href="{ROOT}{record.field_url(name)}">Columns of the table</a>'
        yield Page(f"{name}.md", BY_NAME[name].TITLE, f"{number}. {lead} {dictionary}.\n\n" + "\n".join(entries))


def _ordered(record: Record, name: str) -> list[Any]:
    if name == "events":
        return sorted(record[name], key=lambda row: (str(row.date_start or row.date_end or ""), row.event_id))
    if name in ("actors", "places", "sources"):
        return sorted(record[name], key=lambda row: (row.name.casefold(), row.id))
    return list(record[name])


def _id(row: Any) -> tuple[str, str]:
    return "Id", f"<code>{text(row.id[0])}</code>"


def _section(title: str, line: Line, record: Record, rows: list[Any]) -> str:
    """A list under a small heading, a line for each row; nothing when there are no rows."""
    content = items((line(record, row) for row in rows), "lines")
    return f'<h3 class="quiet">{text(title)}</h3>\n{content}' if rows else ""


def _folded(title: str, line: Line, record: Record, rows: list[Any]) -> str:
    """The same behind a line that opens it."""
    return folded(title, items((line(record, row) for row in rows), "lines"))


# ---- events -----------------------------------------------------------------------------------------------------------


def _event(record: Record, row: Any) -> str:
    def by(table_name: str, column: str = "event_id") -> list[Any]:
        return record.by(table_name, column, row.event_id)

    return (
        _event_facts(record, row)
        + reports(record, row)
        + _section("Statements about it", units.statement_line, record, by("statements", "about_event_id"))
        + _section("Said on this occasion", units.statement_line, record, by("statements"))
        + _section("Quantities", units.quantity_line, record, by("quantities"))
        + _section("Discrepancies", _discrepancy_line, record, by("discrepancies"))
    )


def _event_facts(record: Record, row: Any) -> str:
    kinds = chip("event_type", row.event_type), chips("event_mode", row.modes), chips("context", row.contexts)
    dated = date(row.date_edtf), chip("date_prec", row.date_prec), chip("date_basis", row.date_basis)
    classes = chip("quad_class", row.quad_class, "quad class: "), chip("cameo_root", row.cameo_root, "CAMEO: ")
    parts = record.by("events", "part_of_event_id", row.event_id)
    return facts(
        (
            ("Type", " ".join(kinds)),
            ("Held for", f"{chip('realis', row.realis)} {_unless(row.aux_mode, 'none', 'aux_mode')}"),
            ("Date", " ".join(dated)),
            ("Why this date", text(row.date_rationale)),
            ("Date reference", record.links("references", row.date_reference_id)),
            ("Place", f"{record.links('places', row.place_id)} {chip('where_prec', row.where_prec)}"),
            ("Who", _roles(record, row)),
            ("Part of", record.links("events", row.part_of_event_id)),
            ("Parts", _links(record, parts)),
            ("Held apart from", record.links("events", row.distinct_event_ids)),
            ("Corroboration", f"{chip('corroboration', row.corroboration)} {_origins(row)}"),
            ("Classes", " ".join(classes)),
            ("Why this type", text(row.type_rationale)),
            _id(row),
        )
    )


def _links(record: Record, rows: list[Any]) -> str:
    return ", ".join(record.link(row.TABLE, row.id[0]) for row in rows)


def _unless(code: str, ordinary: str, code_list: str) -> str:
    return "" if code == ordinary else chip(code_list, code)


def _origins(row: Any) -> str:
    return (
        f"{count(row.report_count, 'report')} in {count(row.document_count, 'article')},"
        f" {count(row.independent_count, 'independent origin')}"
    )


def _roles(record: Record, row: Any) -> str:
    """The actors of an event by role, each with the words that name him in it."""
    by_role = grouped(record.by("event_actors", "event_id", row.event_id), "role")
    lines = []
    for role, actors in by_role.items():
        named = [
            f'{record.link("actors", one.actor_id)} <span class="words-small">'
            f"{', '.join(dict.fromkeys(quote(found.exact_text) for found in record.evidence(one.event_actor_id)))}</span>"
            for one in actors
        ]
        lines.append(f"{chip('role', role)} {'; '.join(named)}")
    return "<br>".join(lines)


def reports(record: Record, row: Any) -> str:
    """All reports of an event side by side."""
    rows = [
        (
            units.told_at(record, one),
            quote(one.evidence_text),
            f"{chip('attribution', one.attribution)} {record.links('sources', one.attributed_source_id)}",
            f"{chip('factuality', one.factuality)} {record.link('sources', one.factuality_holder)}",
            f"{quote(one.date_text)} {date(one.date_edtf) or 'not in the text'}",
            quote(one.place_text),
            record.link("sources", one.independence_group),
        )
        for one in record.reports(row.event_id)
    ]
    head = ("Article", "Words", "Attributed", "Certainty, and whose", "Date", "Place words", "Goes back to")
    return table(f"Reports of “{row.title}”", head, rows, "reports")


def _discrepancy_line(record: Record, row: Any) -> str:
    link = record.link("discrepancies", row.discrepancy_id)
    return f"{link} {chip('discrepancy_kind', row.kind)} {chip('resolution', row.resolution)}"


# ---- who, from whom, about what, where ---------------------------------------------------------------------------------


def _actor(record: Record, row: Any) -> str:
    def by(table_name: str, *names: str) -> list[Any]:
        return [one for name in names for one in record.by(table_name, name, row.actor_id)]

    said, heard = by("statements", "speaker_actor_id"), by("statements", "target_actor_ids")
    roles, ties = by("event_actors", "actor_id"), by("relations", "subject_actor_id", "object_actor_id")
    return (
        f"<p>{text(row.description)}</p>\n{_actor_facts(record, row)}"
        + _folded(f"{count(len(said), 'statement')} made", units.statement_line, record, said)
        + _folded(f"{count(len(heard), 'statement')} about or to it", units.statement_line, record, heard)
        + _folded(count(len(roles), "role in an event", "roles in events"), _role_line, record, roles)
        + _folded(count(len(ties), "tie"), units.relation_line, record, ties)
        + _folded("Quantities", units.quantity_line, record, by("quantities", "actor_id"))
        + _section("Discrepancies", _discrepancy_line, record, by("discrepancies", "actor_id"))
    )


def _actor_facts(record: Record, row: Any) -> str:
    known = _known(("Wikidata", row.wikidata_id), ("UCDP", row.ucdp_actor_id), ("CAMEO", row.cameo_code))
    words = (
        f"{quote(one.exact_text)} in {record.link('documents', one.document_id)}"
        for one in record.evidence(row.actor_id)
    )
    return facts(
        (
            ("Kind", f"{chip('actor_type', row.actor_type)} {chip('sector', row.sector_code)}"),
            ("State", chip("country", row.country_code)),
            ("Part of", record.links("actors", row.parent_actor_id)),
            ("Called", _aliases(row)),
            ("Identifiers", f"{known} {text(row.identifier_note)}".strip()),
            ("Mentions", f"{count(row.mention_count, 'mention')} in {count(row.document_count, 'article')}"),
            ("Words", "; ".join(words)),
            _id(row),
        )
    )


def _aliases(row: Any) -> str:
    return ", ".join(quote(alias) for alias in split(row.aliases))


def _known(*pairs: tuple[str, Any]) -> str:
    """The identifiers that were verified, each after the name of its register."""
    return ", ".join(f"{name} <code>{text(value)}</code>" for name, value in pairs if value is not None)


def _role_line(record: Record, row: Any) -> str:
    return f"{chip('role', row.role)} {_dated_event(record, record.get('events', row.event_id))}"


def _dated_event(record: Record, row: Any) -> str:
    return f"{record.link('events', row.event_id)} {date(row.date_edtf)}"


def _source(record: Record, row: Any) -> str:
    def by(table_name: str, *names: str) -> list[Any]:
        return [one for name in names for one in record.by(table_name, name, row.source_id)]

    told, ties = by("event_reports", "attributed_source_id"), by("relations", "according_to_source_id")
    said = by("statements", "speaker_source_id", "relayed_by_source_id")
    texts = list(dict.fromkeys(one.document_id for one in by("documents", "publisher_source_id", "origin_source_id")))
    known = facts(
        (
            ("Kind", chip("source_type", row.source_type)),
            ("Named", "by an article" if row.is_named else "by no article"),
            ("Party to the conflict", chip("is_party", row.is_party)),
            ("State", chip("country", row.country_code)),
            ("Actor", record.links("actors", row.actor_id)),
            ("Goes back to", record.links("sources", row.origin_source_id)),
            ("Origin of", _links(record, by("sources", "origin_source_id"))),
            ("Stands behind", ", ".join(record.link("documents", one) for one in texts)),
            _id(row),
        )
    )
    return (
        f"<p>{text(row.description)}</p>\n{known}"
        + _folded(f"{count(len(told), 'event report')} attributed to it", _report_line, record, told)
        + _folded(f"{count(len(said), 'statement')} made or relayed by it", units.statement_line, record, said)
        + _folded(f"{count(len(ties), 'tie')} according to it", units.relation_line, record, ties)
    )


def _report_line(record: Record, row: Any) -> str:
    event = record.link("events", row.event_id)
    link = record.link("event_reports", row.event_report_id, row.evidence_text)
    return f"{event} {chip('factuality', row.factuality)}: “{link}” ({record.number(row.document_id)})"


def _topic(record: Record, row: Any) -> str:
    """A topic with the statements on it, those for it and those against it side by side."""
    by_stance = grouped(record.by("statements", "topic_id", row.topic_id), "stance")
    columns = "".join(
        f'<div class="stance stance-{attribute(code)}"><p>{chip("stance", code)} {text(meaning)}</p>\n'
        f"{items((units.statement_line(record, one, with_stance=False) for one in by_stance[code]), 'lines')}</div>\n"
        for code, meaning in (("support", row.support_means), ("oppose", row.oppose_means), ("neutral", ""))
        if code in by_stance
    )
    meanings = facts(
        (
            ("Support means", text(row.support_means)),
            ("Oppose means", text(row.oppose_means)),
            _id(row),
        )
    )
    return f'<p>{text(row.definition)}</p>\n{meanings}<div class="side-by-side">\n{columns}</div>\n'


def _place(record: Record, row: Any) -> str:
    point = f"{row.latitude:f}, {row.longitude:f} (WGS 84)" if row.latitude is not None else ""
    known = facts(
        (
            ("Kind", chip("place_type", row.place_type)),
            ("State", chip("country", row.country_code)),
            ("Placed", chip("where_prec", row.where_prec)),
            ("Coordinates", point or "none: there is no point that could be given"),
            ("Seen at", text(row.coordinate_basis)),
            ("Called", _aliases(row)),
            ("Identifiers", _known(("Wikidata", row.wikidata_id), ("GeoNames", row.geonames_id))),
            ("Mentions", count(row.mention_count, "mention")),
            _id(row),
        )
    )
    return (
        f"<p>{text(row.description)}</p>\n{known}"
        + _section("Events there", _dated_event, record, record.by("events", "place_id", row.place_id))
        + _section("Ties", units.relation_line, record, record.by("relations", "object_place_id", row.place_id))
    )


# ---- outside facts and decisions ----------------------------------------------------------------------------------------


def _reference(record: Record, row: Any) -> str:
    resting = [
        f'<a href="{ROOT}{record.field_url(name, column)}"><code>{name}.{column}</code></a>: '
        + ", ".join(record.link(name, one.id[0]) for one in rows)
        for name, column, rows in record.referring("references", row.reference_id)
    ]
    return facts(
        (
            ("What it says", text(row.value)),
            ("Date", date(row.value_edtf)),
            ("Seen at", text(row.seen_at)),
            ("Standing", chip("reference_standing", row.standing)),
            ("Remark", text(row.note)),
            ("What rests on it", items(resting)),
            _id(row),
        )
    )


def _decision(record: Record, row: Any) -> str:
    return facts(
        (
            ("Decided", text(row.decided)),
            ("Why", text(row.reason)),
            ("Also possible", text(row.alternatives)),
            ("Article", record.link("documents", row.document_id)),
            ("Units", ", ".join(_unit(record, one) for one in split(row.unit_ids))),
            ("Arose in", chip("decision_origin", row.origin)),
            _id(row),
        )
    )


def _unit(record: Record, identity: str) -> str:
    """A link to a row of which only the id is known; its prefix says of which table it is."""
    for name, model in BY_NAME.items():
        if len(model.KEY) == 1 and record.row(name, identity):
            return record.link(name, identity, identity)
    return f"<code>{text(identity)}</code>"


_SHOWN: dict[str, tuple[str, Callable[[Record, Any], str]]] = {
    "events": (
        "One entry per distinct occurrence, in the order of the first day that its date allows, with all reports of it side by side.",
        _event,
    ),
    "actors": ("Persons, bodies, groups and states that act, speak or are spoken of.", _actor),
    "sources": ("Whatever an article relies on, named or not, and what it goes back to.", _source),
    "topics": ("What a stance is towards, and what support and opposition say about it.", _topic),
    "places": ("Where events are placed, how exactly, and where the coordinates were seen.", _place),
    "references": ("Facts from outside the articles. Whatever rests on one says so.", _reference),
    "decisions": ("How hard cases were settled, and what else was possible.", _decision),
}
