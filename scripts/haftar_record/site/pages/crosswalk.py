"""The part of the crosswalk that follows from the code tables: every event type with its counterparts elsewhere."""

from __future__ import annotations

from collections import Counter

from ...model import codes, computed
from ..html import chip, table, text
from ..record import Record

#: What ACLED has for a type of ours, as far as it has anything. Types that are left out have no counterpart there.
_ACLED = {
    "PROTEST": "Protests; Riots",
    "ASSAULT": "Battles; Explosions/Remote violence; Violence against civilians",
    "COERCE": "Strategic developments, in part (arrests, looting); Battles, where ground is taken by fighting",
    "MOBILIZE": "Strategic developments, in part",
    "RETREAT": "Strategic developments, in part",
    "SUPPORT": "Strategic developments, where an agreement is made",
}
_NONE = '<span class="missing">none</span>'


def parts(record: Record) -> dict[str, str]:
    return {"crosswalk": _types(record)}


def roots(event_type: str) -> dict[str, str]:
    """The CAMEO roots of a type, each with the mode or context that leads to it ("" for the ordinary case)."""
    found = {computed.cameo_root(event_type, (), ()): ""}
    for mode in codes.codes_of("event_mode"):
        found.setdefault(computed.cameo_root(event_type, (mode,), ()), f"mode {mode}")
    for context in codes.codes_of("context"):
        found.setdefault(computed.cameo_root(event_type, (), (context,)), f"context {context}")
    return found


def _types(record: Record) -> str:
    events = Counter(row.event_type for row in record["events"])
    said = Counter(row.plover_type for row in record["statements"] if row.plover_type)
    rows = [
        (
            chip("event_type", code),
            _NONE if code == "STATEMENT" else f"<code>{code}</code>",
            "<br>".join(
                f"<code>{root}</code> {chip('cameo_root', root)}{f' ({text(when)})' if when else ''}"
                for root, when in roots(code).items()
            ),
            chip("quad_class", computed.quad_class(code)),
            text(_ACLED[code]) if code in _ACLED else _NONE,
            "Events with a death by organised armed force" if code == "ASSAULT" else _NONE,
            f"{events[code]:,}",
            f"{said[code]:,}",
        )
        for code in codes.codes_of("event_type")
    ]
    head = ("Type", "PLOVER", "CAMEO root", "Quad class", "ACLED", "UCDP GED", "Events here", "Statements here")
    return table("Event types and their counterparts", head, rows)
