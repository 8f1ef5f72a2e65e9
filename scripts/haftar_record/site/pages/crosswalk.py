"""The part ``crosswalk``, which follows from the code tables: every event type with its counterparts elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ...model import codes, computed
from ...model.tables import Event, Statement
from ..html import fragment
from ..page import Part
from ..record import Record

#: The counterparts in ACLED of our types. Types that are left out have none.
_ACLED = {
    "PROTEST": "Protests; Riots",
    "ASSAULT": "Battles; Explosions/Remote violence; Violence against civilians",
    "COERCE": "Strategic developments, in part (arrests, looting); Battles, where ground is taken by fighting",
    "MOBILIZE": "Strategic developments, in part",
    "RETREAT": "Strategic developments, in part",
    "SUPPORT": "Strategic developments, where an agreement is made",
}
#: The same for the events of UCDP GED.
_UCDP = {"ASSAULT": "Events with a death by organised armed force"}
#: The one type that PLOVER does not have.
_OURS = "STATEMENT"


@dataclass(frozen=True)
class Counterparts:
    """An event type with what stands for it elsewhere, empty where nothing does, and how often it occurs here."""

    code: str
    plover: str
    roots: dict[str, str]
    quad_class: int
    acled: str
    ucdp: str
    events: int
    statements: int


def parts(record: Record) -> dict[str, Part]:
    """The part."""
    events = Counter(row.event_type for row in record[Event])
    said = Counter(row.plover_type for row in record[Statement] if row.plover_type)
    rows = [
        Counterparts(
            code=code,
            plover="" if code == _OURS else code,
            roots=roots(code),
            quad_class=computed.quad_class(code),
            acled=_ACLED.get(code, ""),
            ucdp=_UCDP.get(code, ""),
            events=events[code],
            statements=said[code],
        )
        for code in codes.codes_of("event_type")
    ]
    return {"crosswalk": fragment("crosswalk.html", "types", rows=rows)}


def roots(event_type: str) -> dict[str, str]:
    """The CAMEO roots of a type, each with the mode or context that leads to it ("" for the ordinary case)."""
    found = {computed.cameo_root(event_type, (), ()): ""}
    for mode in codes.codes_of("event_mode"):
        found.setdefault(computed.cameo_root(event_type, (mode,), ()), f"mode {mode}")
    for context in codes.codes_of("context"):
        found.setdefault(computed.cameo_root(event_type, (), (context,)), f"context {context}")
    return found
