"""Views of the SQLite database: the questions that most users bring, with codes spelled out.

Stance is towards the topic of a statement, never towards the actor it is about; the views keep the two apart.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """``select`` is the SQL of the view; ``{label:LIST:COLUMN}`` in it stands for the label of a code."""

    name: str
    description: str
    select: str


_STATEMENT_FULL = """
SELECT s.statement_id, d.label AS article, d.published_date, d.text_kind, s.date_edtf, s.date_start, s.date_end,
       s.date_text, s.speaker_name, s.speaker_text, s.relayed_by_name, {label:act:s.act} AS act, s.cue_text,
       s.content_text, s.summary, s.is_verbatim_reliable, {label:speech_form:s.speech_form} AS speech_form,
       s.target_actor_names, s.topic_name, {label:stance:s.stance} AS stance,
       CASE s.stance WHEN 'support' THEN t.support_means WHEN 'oppose' THEN t.oppose_means END AS stance_means,
       {label:epistemic:s.epistemic} AS epistemic, s.plover_type, {label:medium:s.medium} AS medium,
       outer_statement.summary AS told_inside_of, occasion.title AS occasion, about.title AS about_event,
       s.document_id, s.paragraph_number,
       (SELECT min(start) FROM evidence AS e WHERE e.statement_id = s.statement_id AND e.field = 'content_text')
         AS content_start,
       (SELECT max("end") FROM evidence AS e WHERE e.statement_id = s.statement_id AND e.field = 'content_text')
         AS content_end
FROM statements AS s
JOIN documents AS d USING (document_id)
JOIN topics AS t USING (topic_id)
LEFT JOIN statements AS outer_statement ON outer_statement.statement_id = s.parent_statement_id
LEFT JOIN events AS occasion ON occasion.event_id = s.event_id
LEFT JOIN events AS about ON about.event_id = s.about_event_id
ORDER BY d.published_date, s.document_id, content_start, s.statement_id
"""

_EVENT_TIMELINE = """
SELECT e.date_edtf, e.date_start, e.date_end, {label:date_prec:e.date_prec} AS date_precision, e.event_id, e.title,
       e.event_type, e.modes, {label:aux_mode:e.aux_mode} AS aux_mode, {label:realis:e.realis} AS realis,
       e.source_actor_names, e.target_actor_names, e.place_name, p.latitude, p.longitude,
       e.report_count, e.document_count, e.independent_count,
       {label:corroboration:e.corroboration} AS corroboration, whole.title AS part_of, e.evidence_text
FROM events AS e
LEFT JOIN places AS p USING (place_id)
LEFT JOIN events AS whole ON whole.event_id = e.part_of_event_id
ORDER BY coalesce(e.date_start, e.date_end), e.date_end, e.event_id
"""

_WHO_BACKS_WHOM = """
SELECT r.subject_name, {label:predicate:r.predicate} AS tie, r.object_name, r.is_negated,
       count(*) AS relation_count, count(DISTINCT r.document_id) AS document_count,
       count(DISTINCT r.according_to_source_id) AS source_count,
       group_concat(DISTINCT r.according_to_name) AS according_to,
       r.subject_actor_id, r.predicate, r.object_actor_id
FROM (SELECT * FROM relations ORDER BY relation_id) AS r
WHERE r.predicate IN ('backs', 'opposes', 'fights', 'allied_with', 'recognises')
GROUP BY r.subject_actor_id, r.predicate, r.object_actor_id, r.object_place_id, r.is_negated
ORDER BY relation_count DESC, r.subject_name, r.predicate, r.object_name
"""

_DISAGREEMENTS = """
SELECT d.discrepancy_id AS id, {label:discrepancy_kind:d.kind} AS kind, d.title, d.field,
       a.label AS article_a, d.reading_a,
       (SELECT group_concat(exact_text, ' […] ') FROM evidence
        WHERE discrepancy_id = d.discrepancy_id AND field = 'reading_a') AS words_a,
       coalesce(b.label, 'outside reference') AS article_b, d.reading_b,
       coalesce((SELECT group_concat(exact_text, ' […] ') FROM evidence
                 WHERE discrepancy_id = d.discrepancy_id AND field = 'reading_b'), o.value) AS words_b,
       {label:conflict:d.conflict} AS conflict, {label:resolution:d.resolution} AS resolution, d.rationale
FROM discrepancies AS d
JOIN documents AS a ON a.document_id = d.document_a_id
LEFT JOIN documents AS b ON b.document_id = d.document_b_id
LEFT JOIN "references" AS o USING (reference_id)
UNION ALL
SELECT e.event_id, 'Contested event', e.title, 'event_reports.factuality',
       a.label, {label:factuality:yes.factuality}, yes.evidence_text,
       b.label, {label:factuality:no.factuality}, no.evidence_text,
       {label:corroboration:e.corroboration}, {label:realis:e.realis}, e.type_rationale
FROM events AS e
JOIN event_reports AS yes ON yes.event_id = e.event_id AND yes.factuality LIKE '%+'
JOIN event_reports AS no ON no.event_id = e.event_id AND no.factuality LIKE '%-'
JOIN documents AS a ON a.document_id = yes.document_id
JOIN documents AS b ON b.document_id = no.document_id
WHERE e.corroboration = 'contested'
ORDER BY id, article_a, article_b
"""

VIEWS = (
    View(
        "statement_full",
        "Every statement in one row: article, speaker, words, topic and stance, codes spelled out. "
        "“stance_means” says what the stance amounts to for its topic.",
        _STATEMENT_FULL,
    ),
    View(
        "event_timeline",
        "Every event by its first possible day, with who did it to whom, where, and how its reports relate to each "
        "other. An event whose “realis” is not actual may not have happened; check before counting.",
        _EVENT_TIMELINE,
    ),
    View(
        "who_backs_whom",
        "Ties of support, opposition, fighting, alliance and recognition, one row per pair and tie, with the number "
        "of assertions and of those who make them. They say what is asserted, not what is established.",
        _WHO_BACKS_WHOM,
    ),
    View(
        "disagreements",
        "Side by side, passages that cannot both be right, with the reading that the record takes and why; after "
        "them, every pair of reports where one affirms an event and the other denies it.",
        _DISAGREEMENTS,
    ),
)
