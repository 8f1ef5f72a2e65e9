"""Named rules across tables. Each rule is one function whose docstring says what it demands and why.

A rule takes a ``Record`` and yields ``Finding``s. It reads rows only, so that it holds for a package whatever made
it; the articles are there for the rules about offsets, which find nothing where an article is not at hand. Beside each
rule stand the queries by which the columnar engine finds the rows to be judged, and the faults that the rule has to
find.

words        rows against the words of the articles
quoted       passages in quotation marks, and the forms of speech that follow from them
claims       statements, reports and relations: who says what, according to whom, how certain
occurrences  events: type, date, place, corroboration
registers    actors, sources, places, topics, references, codes
names        names and aliases: told apart, occurring, standing for whom they name
certainty    realis of events against titles, reports and hedges
dating       dates by judgement: open ends, date words, days from outside, parts, publication, occasions
speech       occasions, who and what is spoken of, whose words a passage has
amounts      quantities: the bounds that their printed words give
ties         relations: told once, stated or implied, over, said by somebody
readings     discrepancies: what their kind says of the readings
utterances   statements that report one utterance: coded alike, counted once
setting      places of events, and parts that actors have in them
recomputed   computed columns that no other rule recomputes
keys         what holds for every table
"""

from . import (
    amounts,
    certainty,
    claims,
    dating,
    encoding,
    keys,
    names,
    occurrences,
    quoted,
    readings,
    recomputed,
    registers,
    setting,
    speech,
    ties,
    utterances,
    words,
)
from .engine import RULES, Finding, Record, Rule, check, findings
from .faults import Fault, applied

__all__ = [
    "RULES",
    "Fault",
    "Finding",
    "Record",
    "Rule",
    "amounts",
    "applied",
    "certainty",
    "check",
    "claims",
    "dating",
    "encoding",
    "findings",
    "keys",
    "names",
    "occurrences",
    "quoted",
    "readings",
    "recomputed",
    "registers",
    "setting",
    "speech",
    "ties",
    "utterances",
    "words",
]
