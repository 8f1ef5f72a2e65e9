"""Where each rule may be broken, in SQL: one form or more per rule, by its number.

A form selects the rows of one table that may break its rule: every row that does, and few others. The rule itself, in
``rules``, then judges these rows among those that it needs to see (the context) and says what is wrong. So a form may
err on the side of doubt, and a message is written once. A row always comes with the rows that its ids refer to.

To add a form: ``form("R99", "events", "SELECT t.row FROM events t WHERE …")``, with ``evidence="owner IN (SELECT event_id
FROM focus)"`` for further rows that the rule looks at; ``focus`` has the doubted rows. Where a rule judges a row by some
of its values alone, ``distinct("R99", "events", "event_type", "modes")`` has it judge each combination of them once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ...model import computed
from ...model.cells import LIST_SEPARATOR
from ...model.columns import CONTEXT_LENGTH, SPAN_SEPARATOR
from ...model.rows import columns, kind
from ...model.tables import BY_NAME, TABLES
from ..rules.registers import LABELS
from ..rules.words import EVIDENT
from .sql import items, key, literal, literals, quoted, references


@dataclass(frozen=True)
class Form:
    """``suspects`` selects numbers of rows of ``table``; ``context`` has conditions on further tables; rows of ``also``
    in the context are judged as well. ``by`` are the values, when each combination is judged once. ``column`` is the
    column of ids that have no row: these are judged together, whatever the table."""

    rule: str
    table: str
    suspects: str
    context: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    column: str = ""


FORMS: dict[str, list[Form]] = {}


def form(rule: str, table: str, suspects: str, also: tuple[str, ...] = (), **context: str) -> None:
    FORMS.setdefault(rule, []).append(Form(rule, table, suspects, context, also))


def distinct(rule: str, table: str, *by: str, **context: str) -> None:
    suspects = f"SELECT min(t.row) AS row FROM {quoted(table)} t GROUP BY {', '.join(by)}"
    FORMS.setdefault(rule, []).append(Form(rule, table, suspects, context, by=by))


def piece(a: str, b: str) -> str:
    """The code points from ``a`` to ``b`` of an article, as Python slices it."""
    return f"CASE WHEN {b} > {a} THEN substring(a.text, ({a}) + 1, ({b}) - ({a})) ELSE '' END"


def prefix(table: str) -> str:
    """What the keys of a table begin with."""
    return columns(BY_NAME[table])[key(table)].pattern.split("-")[0] + "-"


# -- words -----------------------------------------------------------------------------------------------------------

#: Rows of evidence whose words, or the words before and after them, are not those of the paragraph that they name. All
#: three are cut out of it in one piece. (Out of a whole article it takes longer.)
MISPLACED = f"""CREATE TABLE main.misplaced AS SELECT t.row FROM evidence t SEMI JOIN articles a USING (document_id)
    LEFT JOIN paragraphs p ON p.document_id = t.document_id AND p.number = t.paragraph_number
    WHERE (p.start <= t.start AND t.start < t."end" AND t."end" <= p."end" AND t."end" - t.start = length(exact_text)
        AND least(t.start - p.start, {CONTEXT_LENGTH}) = coalesce(length(prefix_text), 0)
        AND least(p."end" - t."end", {CONTEXT_LENGTH}) = coalesce(length(suffix_text), 0)) IS NOT true
    OR concat(prefix_text, exact_text, suffix_text) <> substring(p.text,
        t.start - p.start - coalesce(length(prefix_text), 0) + 1, length(concat(prefix_text, exact_text, suffix_text)))"""
for _rule in ("R01", "R31"):
    form(_rule, "evidence", "SELECT t.row FROM evidence t SEMI JOIN misplaced USING (row)")
for _table, _column in (("mentions", "surface_text"), ("quotations", "exact_text")):
    form(
        "R01",
        _table,
        f"""SELECT t.row FROM {_table} t SEMI JOIN articles a USING (document_id) ANTI JOIN (
        SELECT t.row FROM {_table} t JOIN paragraphs p ON p.document_id = t.document_id AND p.start <= t.start
            AND t.start < t."end" AND t."end" <= p."end"
            WHERE substring(p.text, t.start - p.start + 1, t."end" - t.start) = t.{_column}) USING (row)""",
    )

#: Units with verbatim values. Most are even: each value has one passage of evidence, of its very words in its article, and
#: there is no other. What evidence an uneven one has is looked at closely.
_UNITS = ("statements", "event_reports", "relations", "quantities")


def _uneven(table: str) -> str:
    """Keys of the units of a table that are not even.

    Each column has a bit. As many bits as there are columns due, and of the same sum, are those of the columns due.
    """
    names = [name for name, column in columns(BY_NAME[table]).items() if column.verbatim]
    bits = " ".join(
        f"WHEN e.field = {literal(name)} AND e.exact_text = t.{name} THEN {1 << place}"
        for place, name in enumerate(names)
    )
    is_due = {name: f"({'true' if name in EVIDENT[table] else f't.{name} IS NOT NULL'})::INTEGER" for name in names}
    total = " + ".join(f"{1 << place} * {is_due[name]}" for place, name in enumerate(names))
    return f"""WITH e AS (SELECT e.owner, count(*) AS pieces, sum(CASE WHEN e.document_id <> t.document_id
            OR contains(e.exact_text, '[…]') THEN 1024 {bits} ELSE 1024 END) AS total
            FROM evidence e JOIN {table} t ON t.{key(table)} = e.owner GROUP BY e.owner)
        SELECT t.{key(table)} AS owner FROM {table} t LEFT JOIN e ON e.owner = t.{key(table)}
        WHERE e.pieces IS DISTINCT FROM {" + ".join(is_due.values())} OR e.total IS DISTINCT FROM {total}"""


UNEVEN = "CREATE TABLE main.uneven AS " + " UNION ALL ".join(f"({_uneven(table)})" for table in _UNITS)
for _table in _UNITS:
    _fields = EVIDENT[_table]
    form(
        "R02",
        _table,
        f"""WITH e AS (SELECT owner, document_id, count(DISTINCT field) AS fields FROM evidence SEMI JOIN uneven USING (owner)
            WHERE field IN ({literals(_fields)}) GROUP BY owner, document_id)
        SELECT t.row FROM {_table} t SEMI JOIN uneven u ON u.owner = t.{key(_table)}
            LEFT JOIN e ON e.owner = t.{key(_table)} AND e.document_id = t.document_id
        WHERE coalesce(e.fields, 0) < {len(_fields)}""",
        evidence=f"owner IN (SELECT {key(_table)} FROM focus)",
    )

form("R03", "event_actors", "SELECT t.row FROM event_actors t ANTI JOIN evidence e ON e.owner = t.event_actor_id")

form(
    "R04",
    "documents",
    f"""WITH s AS (SELECT *, lag("end", 1, 0) OVER w AS before, lead(row) OVER w IS NULL AS is_last FROM sentences
            WINDOW w AS (PARTITION BY document_id ORDER BY start, row)),
        b AS (SELECT s.document_id FROM s LEFT JOIN articles a USING (document_id)
            WHERE (disposition = 'coded') <> (unit_count > 0) OR (reason IS NULL) <> (unit_count > 0)
            OR start < before OR NOT regexp_full_match({piece("before", "start")}, '[ \\n]*')
            OR is_last AND NOT regexp_full_match({piece('"end"', "length(a.text)")}, '[ \\n]*'))
    SELECT t.row FROM documents t WHERE t.document_id IN (SELECT document_id FROM b)
        OR t.document_id NOT IN (SELECT document_id FROM sentences)""",
    also=("sentences",),
    sentences="document_id IN (SELECT document_id FROM focus)",
)


def _unlike(spans: str) -> str:
    """Statements whose form of speech is not that of their spans, each with the marks that it meets."""
    return f"""SELECT row FROM (SELECT row, speech_form, span, bool_or(opens <= start AND "end" <= closes) AS is_inside,
            bool_or(opens < "end" AND start < closes) AS is_touched FROM {spans} GROUP BY row, speech_form, span)
        GROUP BY row, speech_form HAVING speech_form <> CASE
            WHEN count(span) > 0 AND bool_and(coalesce(is_inside, false)) THEN 'direct'
            WHEN bool_or(coalesce(is_touched, false)) THEN 'mixed' ELSE 'indirect' END"""


form(
    "R13",
    "statements",
    f"""WITH e AS (SELECT row, owner, start, "end" FROM evidence WHERE field = 'content_text' AND statement_id IS NOT NULL),
        s AS (SELECT t.row, speech_form, document_id, parent_statement_id, e.row AS span, start, "end"
            FROM statements t LEFT JOIN e ON e.owner = t.statement_id),
        m AS (SELECT s.*, q.row AS mark, q.start AS opens, q."end" AS closes FROM s
            LEFT JOIN quotations q ON q.document_id = s.document_id AND q.start <= s."end" AND s.start <= q."end"),
        unlike AS ({_unlike("m")}),
        d AS (SELECT m.* FROM m SEMI JOIN unlike USING (row)),
        o AS (SELECT DISTINCT d.row, d.mark FROM d JOIN e ON e.owner = d.parent_statement_id
            AND d.opens < e."end" AND e.start < d.closes),
        own AS (SELECT d.* REPLACE (CASE WHEN o.row IS NULL THEN opens END AS opens) FROM d LEFT JOIN o USING (row, mark))
    {_unlike("own")}""",
    evidence="owner IN (SELECT statement_id FROM focus UNION SELECT parent_statement_id FROM focus)",
    quotations="document_id IN (SELECT document_id FROM focus)",
)

form(
    "R22",
    "mentions",
    """SELECT t.row FROM mentions t QUALIFY t.start < lag(t."end") OVER
        (PARTITION BY document_id, replace(mention_layer, 'place', 'actor') ORDER BY start, row)""",
    mentions="document_id IN (SELECT document_id FROM focus)",
)
distinct("R23", "quantities", "printed_text", "minimum", "maximum")

form(
    "R31",
    "evidence",
    """SELECT t.row FROM evidence t LEFT JOIN sentences s USING (document_id, paragraph_number, sentence_number)
        WHERE s.row IS NULL OR NOT (s.start <= t.start AND t.start < s."end")""",
    sentences="document_id IN (SELECT document_id FROM focus)",
)
# A verbatim value is its passages: one, or several that are joined by a mark, by a blank, or by nothing where they follow.
_MARK = literal(SPAN_SEPARATOR)
for _table in _UNITS:
    _key = key(_table)
    _rows = f"(SELECT t.* FROM {_table} t SEMI JOIN uneven u ON u.owner = t.{_key})"
    _verbatim = [name for name, column in columns(BY_NAME[_table]).items() if column.verbatim]
    _names = literals(BY_NAME[_table].model_fields)
    _context = {"evidence": f"owner IN (SELECT {_key} FROM focus)"}
    form(
        "R32",
        _table,
        f"""WITH e AS (SELECT owner, field, start, "end", exact_text FROM evidence SEMI JOIN uneven USING (owner)),
            single AS (SELECT owner, field, any_value(exact_text) AS said FROM e GROUP BY owner, field HAVING count(*) = 1),
            several AS (SELECT e.*, start - lag("end") OVER w AS gap FROM e ANTI JOIN single USING (owner, field)
                WINDOW w AS (PARTITION BY owner, field ORDER BY start)),
            joined AS (SELECT *, contains(said, '[…]') AS is_marked FROM single UNION ALL
                SELECT owner, field, string_agg(CASE WHEN gap IS NULL OR gap = 0 THEN '' WHEN gap = 1 THEN ' ' ELSE {_MARK} END
                    || exact_text, '' ORDER BY start), bool_or(contains(exact_text, '[…]')) FROM several GROUP BY owner, field),
            valued AS ({" UNION ALL ".join(f"SELECT {_key} AS owner, row, {literal(n)} AS field, {n} AS value FROM {_rows}" for n in _verbatim)})
        SELECT v.row FROM valued v LEFT JOIN joined j USING (owner, field)
            WHERE is_marked OR v.value IS DISTINCT FROM j.said AND NOT coalesce(
                list_sort(string_split(v.value, {_MARK})) = list_sort(string_split(j.said, {_MARK})), false)
        UNION SELECT t.row FROM {_rows} t JOIN evidence e ON e.owner = t.{_key} WHERE e.field NOT IN ({_names})""",
        **_context,
    )

form(
    "R33",
    "documents",
    """SELECT t.row FROM documents t WHERE t.document_id IN
        (SELECT document_id FROM passages p ANTI JOIN quotations q USING (document_id, start, "end"))""",
    quotations="document_id IN (SELECT document_id FROM focus)",
    evidence="document_id IN (SELECT document_id FROM focus) AND field = 'content_text'",
)
form(
    "R33",
    "quotations",
    f"""WITH carried AS (SELECT q.row, list_sort(list(DISTINCT e.statement_id)) AS ids FROM quotations q JOIN evidence e
            ON e.document_id = q.document_id AND e.field = 'content_text' AND e.statement_id IS NOT NULL
            AND q.start < e."end" AND e.start < q."end" GROUP BY q.row)
    SELECT t.row FROM quotations t LEFT JOIN carried c USING (row) WHERE
        list_sort(string_split(t.statement_ids, {literal(LIST_SEPARATOR)})) IS DISTINCT FROM c.ids
        OR (t.disposition = 'statement') <> (c.ids IS NOT NULL) OR (t.disposition = 'statement') = (t.reason IS NOT NULL)""",
    evidence="document_id IN (SELECT document_id FROM focus) AND field = 'content_text'",
)
form(
    "R34",
    "documents",
    """SELECT t.row FROM documents t JOIN articles a USING (document_id) WHERE t.text_sha256 <> a.sha256
        OR t.text_length <> a.length OR t.word_count <> a.words OR t.paragraph_count <> a.paragraphs
        OR NOT contains(a.text, coalesce(t.title, '')) OR NOT contains(a.text, coalesce(t.byline, ''))
        OR NOT contains(a.text, coalesce(t.dateline_text, ''))""",
)

# -- claims ----------------------------------------------------------------------------------------------------------


def chained(table: str, parent: str, same: str = "true") -> str:
    """Rows with a parent from which the chain of parents does not come to an end, or not all ``same``."""
    name, identity = quoted(table), key(table)
    return f"""WITH RECURSIVE nested AS (SELECT c.{identity} AS id, c.{parent} AS up, {same} AS same, p.{parent} IS NULL
                OR p.{parent} NOT IN (SELECT {identity} FROM {name}) AS is_first
            FROM {name} c JOIN {name} p ON p.{identity} = c.{parent}),
        sound AS (SELECT id FROM nested WHERE is_first AND same
            UNION SELECT n.id FROM nested n JOIN sound s ON s.id = n.up WHERE n.same)
    SELECT t.row FROM {name} t WHERE t.{identity} IN (SELECT id FROM nested ANTI JOIN sound USING (id))"""


def above(table: str, parent: str) -> str:
    """The rows above those in focus."""
    name, identity = quoted(table), key(table)
    return f"""{identity} IN (WITH RECURSIVE up AS (SELECT {parent} AS id FROM focus
        UNION SELECT t.{parent} FROM {name} t JOIN up ON t.{identity} = up.id) SELECT id FROM up)"""


form(
    "R05",
    "statements",
    chained("statements", "parent_statement_id", "p.document_id = c.document_id"),
    statements=above("statements", "parent_statement_id"),
)
form(
    "R06",
    "statements",
    """SELECT t.row FROM statements t JOIN edtf e ON e.text = t.date_edtf JOIN documents d USING (document_id)
        JOIN edtf p ON p.text = d.published_date WHERE e.low > p.high""",
)
distinct("R12", "statements", "plover_type")
form(
    "R17",
    "discrepancies",
    """WITH e AS (SELECT owner, bool_or(field = 'reading_a') AS a, bool_or(field = 'reading_b') AS b FROM evidence
        WHERE field IN ('reading_a', 'reading_b') GROUP BY owner)
    SELECT t.row FROM discrepancies t LEFT JOIN e ON e.owner = t.discrepancy_id
        WHERE NOT coalesce(a, false) OR NOT (coalesce(b, false) OR t.reference_id IS NOT NULL)""",
    evidence="owner IN (SELECT discrepancy_id FROM focus)",
)
for _table, _basis, _reference in (
    ("documents", "published_basis", "published_reference_id"),
    ("documents", "publisher_basis", "publisher_reference_id"),
    ("events", "date_basis", "date_reference_id"),
    ("statements", "date_basis", "date_reference_id"),
):
    form("R20", _table, f"SELECT t.row FROM {_table} t WHERE {_basis} = 'external' AND {_reference} IS NULL")
form(
    "R21",
    "event_reports",
    """SELECT t.row FROM event_reports t JOIN sources s ON s.source_id = t.attributed_source_id
        WHERE (t.attribution = 'anonymous') = s.is_named""",
)
_REPORTS = "event_id IN (SELECT event_id FROM focus)"
form(
    "R26",
    "events",
    """WITH r AS (SELECT event_id, bool_or(factuality = 'CT+') AS yes, bool_or(factuality LIKE '%-') AS no
        FROM event_reports GROUP BY event_id)
    SELECT t.row FROM events t LEFT JOIN r USING (event_id)
        WHERE t.realis = 'actual' AND NOT coalesce(yes, false) OR t.realis = 'denied' AND NOT coalesce(no, false)""",
    event_reports=_REPORTS,
)
distinct("R35", "events", "realis", "aux_mode")

for _table in ("event_reports", "relations", "quantities"):
    form(
        "R36",
        _table,
        f"SELECT t.row FROM {_table} t JOIN statements s USING (statement_id) WHERE s.document_id <> t.document_id",
    )
for _table in _UNITS:
    form(
        "R36",
        "evidence",
        f"SELECT e.row FROM evidence e JOIN {_table} t ON t.{key(_table)} = e.owner WHERE e.document_id <> t.document_id",
    )
form(
    "R36",
    "evidence",
    """SELECT e.row FROM evidence e JOIN discrepancies t ON t.discrepancy_id = e.owner
        WHERE e.document_id IS DISTINCT FROM CASE WHEN e.field = 'reading_a' THEN t.document_a_id ELSE t.document_b_id END""",
)
for _table in ("statements", "event_reports"):
    distinct(
        "R37",
        _table,
        "date_text",
        "date_edtf",
        "date_rule",
        "(SELECT min(d.published_date) FROM documents d WHERE d.document_id = t.document_id)",
    )
distinct(
    "R38", "statements", "date_edtf", "date_basis", "date_rule", "date_rationale IS NULL", "date_reference_id IS NULL"
)
distinct("R38", "event_reports", "date_edtf", "date_rule", "date_rationale IS NULL")
distinct("R39", "discrepancies", "conflict", "resolution", "document_b_id IS NULL", "reference_id IS NULL")
distinct("R40", "statements", "speech_form", "is_verbatim_reliable")
form(
    "R41",
    "statements",
    f"""SELECT t.row FROM statements t
        WHERE list_contains(string_split(target_actor_ids, {literal(LIST_SEPARATOR)}), speaker_actor_id)""",
)
form("R41", "relations", "SELECT t.row FROM relations t WHERE subject_actor_id = object_actor_id")
form(
    "R42",
    "event_reports",
    """SELECT t.row FROM event_reports t JOIN evidence e USING (evidence_id)
        WHERE e.event_report_id IS DISTINCT FROM t.event_report_id OR e.field <> 'evidence_text'""",
)
form(
    "R42",
    "discrepancies",
    f"""WITH listed AS (SELECT discrepancy_id AS owner, 'reading_a' AS field, {items("evidence_a_ids")} AS evidence_id
            FROM discrepancies UNION ALL
            SELECT discrepancy_id, 'reading_b', {items("evidence_b_ids")} FROM discrepancies),
        own AS (SELECT * FROM evidence WHERE field IN ('reading_a', 'reading_b')),
        firsts AS (SELECT owner, field, evidence_id FROM own e
            ANTI JOIN own p ON p.owner = e.owner AND p.field = e.field AND p."end" = e.start
            ANTI JOIN own p ON p.owner = e.owner AND p.field = e.field AND p."end" = e.start - 1),
        unlike AS (SELECT owner FROM listed ANTI JOIN firsts USING (owner, field, evidence_id) UNION ALL
            SELECT owner FROM firsts ANTI JOIN listed USING (owner, field, evidence_id))
    SELECT t.row FROM discrepancies t WHERE t.discrepancy_id IN (SELECT owner FROM unlike)""",
    evidence="owner IN (SELECT discrepancy_id FROM focus)",
)
_SINGLE = [model.TABLE for model in TABLES if len(model.KEY) == 1]
_of_table = {table: f"starts_with(id, {literal(prefix(table))})" for table in _SINGLE}
_unknown = [
    f"SELECT row FROM listed ANTI JOIN {quoted(table)} t ON t.{key(table)} = listed.id WHERE {condition}"
    for table, condition in _of_table.items()
]
form(
    "R43",
    "decisions",
    f"""WITH listed AS (SELECT row, {items("unit_ids")} AS id FROM decisions)
    {" UNION ".join([*_unknown, f"SELECT row FROM listed WHERE NOT ({' OR '.join(_of_table.values())})"])}""",
    **{table: f"{key(table)} IN (SELECT {items('unit_ids')} FROM focus)" for table in _SINGLE},
)

# -- occurrences -----------------------------------------------------------------------------------------------------

form(
    "R07",
    "events",
    """SELECT t.row FROM events t LEFT JOIN edtf e ON e.text = t.date_edtf WHERE t.date_prec IS DISTINCT FROM e.precision
        OR t.date_start IS DISTINCT FROM e.low OR t.date_end IS DISTINCT FROM e.high""",
)
form(
    "R07",
    "statements",
    """SELECT t.row FROM statements t LEFT JOIN edtf e ON e.text = t.date_edtf
        WHERE t.date_prec IS DISTINCT FROM e.precision""",
)
form(
    "R08",
    "events",
    """SELECT t.row FROM events t ANTI JOIN event_reports r ON r.event_id = t.event_id AND r.date_edtf = t.date_edtf
        WHERE t.date_rationale IS NULL AND t.date_reference_id IS NULL""",
    event_reports=_REPORTS,
)
distinct("R09", "events", "event_type", "modes")
distinct("R10", "events", "event_type", "target_actor_ids IS NULL")
distinct("R11", "events", "event_type", "modes", "contexts", "quad_class", "cameo_root")
form(
    "R18",
    "events",
    """WITH r AS (SELECT event_id, count(*) AS reports, count(DISTINCT document_id) AS tellers,
            count(DISTINCT independence_group) FILTER (factuality <> 'Uu') AS committed,
            count(DISTINCT independence_group) AS groups,
            bool_or(factuality LIKE '%+') AND bool_or(factuality LIKE '%-') AS is_contested
        FROM event_reports GROUP BY event_id),
        c AS (SELECT *, CASE WHEN committed > 0 THEN committed ELSE groups END AS independent FROM r)
    SELECT t.row FROM events t LEFT JOIN c USING (event_id) WHERE t.report_count IS DISTINCT FROM c.reports
        OR t.document_count IS DISTINCT FROM c.tellers OR t.independent_count IS DISTINCT FROM c.independent
        OR t.corroboration IS DISTINCT FROM CASE WHEN is_contested THEN 'contested'
            WHEN independent > 1 THEN 'multiple_independent' WHEN reports > 1 THEN 'multiple_dependent'
            ELSE 'single_report' END""",
    event_reports=_REPORTS,
)
form(
    "R19",
    "events",
    f"""SELECT DISTINCT a.row FROM events a JOIN events b ON a.event_type = b.event_type
            AND a.source_actor_ids = b.source_actor_ids AND a.target_actor_ids IS NOT DISTINCT FROM b.target_actor_ids
            AND a.row < b.row JOIN edtf x ON x.text = a.date_edtf JOIN edtf y ON y.text = b.date_edtf
        WHERE coalesce(x.high >= y.low, true) AND coalesce(x.low <= y.high, true)
            AND a.event_id IS DISTINCT FROM b.part_of_event_id AND b.event_id IS DISTINCT FROM a.part_of_event_id
            AND (a.part_of_event_id <> b.part_of_event_id) IS DISTINCT FROM false
            AND NOT coalesce(list_contains(string_split(b.distinct_event_ids, '{LIST_SEPARATOR}'), a.event_id), false)
            AND NOT coalesce(list_contains(string_split(a.distinct_event_ids, '{LIST_SEPARATOR}'), b.event_id), false)""",
    events="(event_type, source_actor_ids) IN (SELECT (event_type, source_actor_ids) FROM focus)",
)
form(
    "R44",
    "events",
    " UNION ".join(
        f"""SELECT t.row FROM events t LEFT JOIN (SELECT event_id, string_agg(DISTINCT actor_id, '{LIST_SEPARATOR}'
                ORDER BY actor_id) AS ids FROM event_actors WHERE role IN ({literals(roles)}) GROUP BY event_id) a
            USING (event_id) WHERE t.{name} IS DISTINCT FROM a.ids"""
        for name, roles in (("source_actor_ids", computed.SOURCE_ROLES), ("target_actor_ids", computed.TARGET_ROLES))
    )
    + f""" UNION SELECT t.row FROM events t LEFT JOIN places p USING (place_id)
        WHERE t.where_prec IS DISTINCT FROM coalesce(p.where_prec, {computed.NO_PLACE})""",
    event_actors=_REPORTS,
)
form(
    "R45",
    "events",
    """WITH r AS (SELECT event_id, max(p.high) AS latest FROM event_reports JOIN documents d USING (document_id)
        JOIN edtf p ON p.text = d.published_date GROUP BY event_id)
    SELECT t.row FROM events t JOIN r USING (event_id)
        WHERE t.realis IN ('actual', 'asserted_only') AND t.date_start > r.latest""",
    event_reports=_REPORTS,
    documents=f"document_id IN (SELECT document_id FROM event_reports WHERE {_REPORTS})",
)

# -- registers -------------------------------------------------------------------------------------------------------


def unused(table: str) -> str:
    """Rows that no row refers to."""
    joins = [
        f"ANTI JOIN (SELECT {items(name) if many else quoted(name)} AS id FROM {quoted(model.TABLE)} "
        f"WHERE {quoted(name)} IS NOT NULL) AS u{number} ON u{number}.id = t.{key(table)}"
        for number, (model, name, many) in enumerate(references(table))
    ]
    return f"SELECT t.row FROM {quoted(table)} t {' '.join(joins)}"


for _number, _table in (
    ("R14", "actors"),
    ("R15", "sources"),
    ("R16", "places"),
    ("R16", "topics"),
    ("R16", "references"),
):
    form(_number, _table, unused(_table))

for _table, _column in (
    ("events", "part_of_event_id"),
    ("actors", "parent_actor_id"),
    ("sources", "origin_source_id"),
):
    form("R25", _table, chained(_table, _column), **{_table: above(_table, _column)})
form(
    "R25",
    "events",
    f"""SELECT t.row FROM events t
        WHERE list_contains(string_split(distinct_event_ids, '{LIST_SEPARATOR}'), event_id)""",
)
distinct("R30", "places", "latitude IS NULL", "longitude IS NULL", "coordinate_basis IS NULL")


def _mislabelled(table: str, label: str, names: tuple[str, ...], targets: tuple[str, ...]) -> str:
    """Rows whose label is not made of the names of what their ids stand for."""
    if columns(BY_NAME[table])[names[0]].many:
        ((ids, target),) = zip(names, targets, strict=True)
        return f"""WITH pairs AS (SELECT DISTINCT {ids} AS ids, {label} AS label FROM {table}),
            items AS (SELECT *, unnest(string_split(ids, '{LIST_SEPARATOR}')) AS id,
                generate_subscripts(string_split(ids, '{LIST_SEPARATOR}'), 1) AS place FROM pairs),
            made AS (SELECT ids, label FROM items LEFT JOIN {target} n ON n.{key(target)} = items.id GROUP BY ids, label
                HAVING string_agg({_name(target, "n", "items.id")}, '{LIST_SEPARATOR}' ORDER BY place)
                IS DISTINCT FROM label)
        SELECT t.row FROM {table} t JOIN made ON t.{ids} = made.ids AND t.{label} IS NOT DISTINCT FROM made.label
        UNION SELECT t.row FROM {table} t WHERE t.{ids} IS NULL AND t.{label} IS NOT NULL"""
    joins = " ".join(
        f"LEFT JOIN {quoted(target)} n{n} ON n{n}.{key(target)} = t.{name}"
        for n, (name, target) in enumerate(zip(names, targets, strict=True))
    )
    parts = ", ".join(
        _name(target, f"n{n}", f"t.{name}") for n, (name, target) in enumerate(zip(names, targets, strict=True))
    )
    return f"""SELECT t.row FROM {table} t {joins}
        WHERE t.{label} IS DISTINCT FROM nullif(concat_ws('{LIST_SEPARATOR}', {parts}), '')"""


def _name(target: str, alias: str, identity: str) -> str:
    return f"coalesce({alias}.{'title' if target == 'events' else 'name'}, {identity})"


for _entry in LABELS:
    form("R46", _entry[0], _mislabelled(*_entry))


def _miscounted(table: str, column: str, counted: str) -> str:
    """Rows whose count is not what a query gives as ``found`` by ``id``."""
    return f"""WITH c AS ({counted}) SELECT t.row FROM {table} t LEFT JOIN c ON c.id = t.{key(table)}
        WHERE t.{column} IS DISTINCT FROM coalesce(c.found, 0)"""


_OF = "{0} IN (SELECT {0} FROM focus)".format
for _table, _column, _counted, _context in (
    ("documents", "sentence_count", "SELECT document_id AS id, count(*) AS found FROM sentences GROUP BY 1", "sentences"),
    ("documents", "statement_count", "SELECT document_id AS id, count(*) AS found FROM statements GROUP BY 1", "statements"),
    ("documents", "event_report_count", "SELECT document_id AS id, count(*) AS found FROM event_reports GROUP BY 1", "event_reports"),
    ("documents", "boilerplate_length", """SELECT document_id AS id, sum("end" - start) AS found FROM sentences
        WHERE disposition = 'boilerplate' GROUP BY 1""", "sentences"),
    ("actors", "mention_count", "SELECT actor_id AS id, count(*) AS found FROM mentions GROUP BY 1", "mentions"),
    ("actors", "document_count", "SELECT actor_id AS id, count(DISTINCT document_id) AS found FROM mentions GROUP BY 1", "mentions"),
    ("places", "mention_count", "SELECT place_id AS id, count(*) AS found FROM mentions GROUP BY 1", "mentions"),
    ("topics", "statement_count", "SELECT topic_id AS id, count(*) AS found FROM statements GROUP BY 1", "statements"),
):  # fmt: skip
    _all = ("sentences", "statements", "event_reports") if _table == "documents" else (_context,)
    form("R47", _table, _miscounted(_table, _column, _counted), **dict.fromkeys(_all, _OF(key(_table))))
_RELIED = [(table, name) for table, names in computed.SOURCE_COLUMNS.items() for name in names]
form(
    "R47",
    "sources",
    _miscounted(
        "sources",
        "document_count",
        "SELECT id, count(DISTINCT document_id) AS found FROM ("
        + " UNION ".join(f"SELECT {name} AS id, document_id FROM {table}" for table, name in _RELIED)
        + ") GROUP BY id",
    ),
    **{
        table: " OR ".join(f"{name} IN (SELECT source_id FROM focus)" for name in names)
        for table, names in computed.SOURCE_COLUMNS.items()
    },
)
form(
    "R47",
    "sentences",
    """WITH s AS (SELECT row, document_id, start, unit_count, lead(start) OVER w AS next, lag(row) OVER w IS NULL AS is_first
            FROM sentences WINDOW w AS (PARTITION BY document_id ORDER BY start, row)),
        units AS (SELECT DISTINCT document_id, start, "end", coalesce(owner, '') || coalesce(document_fact, '') AS unit FROM evidence
            WHERE actor_id IS NULL AND discrepancy_id IS NULL AND event_actor_id IS NULL)
    SELECT s.row FROM s LEFT JOIN units u ON u.document_id = s.document_id AND (s.next IS NULL OR u.start < s.next)
        AND (s.is_first OR u."end" > s.start)
        GROUP BY s.row, s.unit_count HAVING count(DISTINCT u.unit) <> s.unit_count""",
    sentences="document_id IN (SELECT document_id FROM focus)",
    evidence="document_id IN (SELECT document_id FROM focus)",
)
form(
    "R48",
    "event_reports",
    """SELECT t.row FROM event_reports t JOIN sources s ON s.source_id = t.independence_group
        WHERE s.origin_source_id IS NOT NULL""",
)
# As many rows as there are codes, whatever the size of the package: all of them are judged.
form("R49", "codes", "SELECT min(t.row) FROM codes t", also=("codes",), codes="true")
distinct("R50", "documents", "published_date", "published_text_date")

for _table in ("statements", "event_reports", "relations", "quantities", "evidence", "sentences", "quotations", "mentions",
               "decisions"):  # fmt: skip
    form(
        "R51",
        _table,
        f"""SELECT t.row FROM {_table} t WHERE contains(substr(document_id, 5), '-')
        OR NOT starts_with({key(_table)}, {literal(prefix(_table))} || substr(document_id, 5) || '-')""",
    )

# -- every table -----------------------------------------------------------------------------------------------------

form(
    "R24",
    "statements",
    f"""WITH listed AS (SELECT statement_id, {items("target_actor_ids")} AS actor_id FROM statements),
        unlike AS (SELECT statement_id FROM listed ANTI JOIN statement_targets USING (statement_id, actor_id) UNION ALL
            SELECT statement_id FROM statement_targets ANTI JOIN listed USING (statement_id, actor_id))
    SELECT t.row FROM statements t WHERE t.statement_id IN (SELECT statement_id FROM unlike)""",
    statement_targets="statement_id IN (SELECT statement_id FROM focus)",
)
_SIGNS = ("=", "+", "-", "@")


def _formulas(table: str, is_verbatim: bool) -> Iterator[str]:
    """Texts that begin with one of the signs; in words of an article, not before plain words of ASCII letters."""
    model = BY_NAME[table]
    for name, column in columns(model).items():
        if column.verbatim == is_verbatim and kind(model, name) is str and not column.ref and not column.allowed:
            signs = " OR ".join(f"({name} >= '{sign}' AND {name} < '{chr(ord(sign) + 1)}')" for sign in _SIGNS)
            signs = f"{name} < '{chr(ord(max(_SIGNS)) + 1)}' AND ({signs})"  # most texts begin with a letter
            yield f"{signs} AND NOT regexp_full_match({name}, '[-+][A-Za-z][^(|!]*')" if is_verbatim else signs


for _model in TABLES:
    for _group in _model.EXACTLY_ONE:
        _filled = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in _group)
        form("R27", _model.TABLE, f"SELECT t.row FROM {quoted(_model.TABLE)} t WHERE {_filled} <> 1")
    for _name_, _column_ in columns(_model).items():
        if _column_.ref:
            _sql = f"""SELECT DISTINCT t.row FROM {quoted(_model.TABLE)} t JOIN unknown u ON u.row = t.row
                AND u.table = {literal(_model.TABLE)} AND u.column = {literal(_name_)}"""
            FORMS.setdefault("R28", []).append(Form("R28", _model.TABLE, _sql, column=_name_))
    for _unique in _model.UNIQUE:
        _list = ", ".join(_unique)
        _same = " AND ".join(f"t.{name} IS NOT DISTINCT FROM d.{name}" for name in _unique)
        form(
            "R29",
            _model.TABLE,
            f"""WITH d AS (SELECT {_list}, min(row) AS first FROM {_model.TABLE} GROUP BY {_list} HAVING count(*) > 1)
            SELECT t.row FROM {_model.TABLE} t JOIN d ON {_same} WHERE t.row > d.first""",
            **{_model.TABLE: f"({_list}) IN (SELECT ({_list}) FROM focus)"},
        )
    for _number, _is_verbatim in (("R52", False), ("R53", True)):
        _begins = list(_formulas(_model.TABLE, _is_verbatim))
        form(_number, _model.TABLE, f"SELECT row FROM {quoted(_model.TABLE)} WHERE {' OR '.join(_begins) or 'false'}")
