"""Faults that no single cell shows: every rule across tables, and spans, once or more.

Each is what a program that writes the package wrongly would leave behind: well-formed rows, a true descriptor.
"""

from __future__ import annotations

from .fault import Fault
from .mutations import another, cell, drop, in_turn

OFFENSIVE, CALL, EMBARGO = "evt-tripoli-offensive-2019", "evt-pompeo-call-2019-04", "evt-arms-embargo-2011"
STATEMENT, TITLE = "st-3eb302bd-05", "ev-187cdebd-0000-0098-document-title"
NAME, RECIPIENT = "men-187cdebd-0014-embedded", "ea-arms-embargo-2011-libya-recipient"


def _shifted(table: str, key: str, start: int, end: int):
    """The offsets of a row moved."""
    return cell(table, key, start=lambda text: str(int(text) + start), end=lambda text: str(int(text) + end))


FAULTS = (
    # -- spans
    Fault("span-shifted", "spans", "a mention is moved by one character", _shifted("mentions", NAME, 1, 1)),
    Fault("span-longer", "spans", "a passage ends one character later", _shifted("evidence", TITLE, 0, 1)),
    Fault("span-backwards", "spans", "a passage ends before it begins", cell("mentions", NAME, start="20", end="14")),
    Fault("span-beyond", "spans", "a passage lies beyond the end of the article", cell("mentions", NAME, start="100014", end="100020")),
    Fault("span-empty", "spans", "a passage has no character", cell("mentions", NAME, end="14")),
    Fault("words-other-case", "spans", "the words of a mention begin with a small letter", cell("mentions", NAME, surface_text="haftar")),
    Fault("words-straight-quotes", "spans", "curly quotation marks of a passage are straight", cell("evidence", TITLE, exact_text=lambda text: text.replace("‘", "'"))),
    Fault("words-other-dash", "spans", "an en dash of a passage is a hyphen", cell("evidence", TITLE, exact_text=lambda text: text.replace("–", "-"))),
    Fault("words-corrected", "spans", "a slip of the article is corrected in a passage", cell("evidence", "ev-3eb302bd-0017-0125-st01-content-text", exact_text=lambda text: text.replace("byLibya", "by Libya"))),
    Fault("words-before", "spans", "the words before a passage are others", cell("evidence", "ev-3eb302bd-0017-0125-st01-content-text", prefix_text="x")),
    Fault("paragraph-off-by-one", "spans", "a passage names the paragraph after its own", cell("evidence", TITLE, paragraph_number="2")),
    Fault("sentence-shifted", "spans", "a sentence begins one character later", cell("sentences", "sen-3eb302bd-p03-s01", start=lambda text: str(int(text) + 1))),
    Fault("sentence-gone", "spans", "a sentence is gone", drop("sentences", sentence_id="sen-3eb302bd-p07-s01")),
    Fault("mention-gone", "spans", "a mention is gone", drop("mentions", mention_id=NAME)),
    Fault("article-of-another", "spans", "a mention is said to be in another article", cell("mentions", NAME, document_id="doc-3eb302bd")),
    # -- rules, by number
    Fault("r01-quotation-shifted", "rules", "a passage in quotation marks is moved by one character", _shifted("quotations", "quo-3eb302bd-0271", 1, 1)),
    Fault("r02-cue-without-evidence", "rules", "the words that introduce a statement have no evidence", drop("evidence", statement_id=STATEMENT, field="cue_text")),
    Fault("r03-role-without-evidence", "rules", "an actor's role in an event has no evidence", drop("evidence", event_actor_id=RECIPIENT)),
    Fault("r04-coded-without-unit", "rules", "a sentence counts as coded and no unit lies in it", cell("sentences", "sen-3eb302bd-p07-s01", disposition="coded")),
    Fault("r05-told-in-a-circle", "rules", "two statements are told inside each other", cell("statements", "st-3eb302bd-03", parent_statement_id="st-3eb302bd-04")),
    Fault("r05-told-in-another-article", "rules", "a statement is told inside one of another article", cell("statements", "st-3eb302bd-04", parent_statement_id="st-187cdebd-01")),
    Fault("r06-said-after-publication", "rules", "something is said on the day after publication", cell("statements", STATEMENT, date_edtf="2020-05-09")),
    Fault("r07-last-day", "rules", "the last day of an event is not that of its date", cell("events", CALL, date_end="2019-04-08")),
    Fault("r07-precision", "rules", "the code of precision says a week for a day", cell("events", CALL, date_prec="3")),
    Fault("r08-date-of-no-report", "rules", "an event has a date that no report gives", cell("events", CALL, date_edtf="2019-04-08", date_start="2019-04-08", date_end="2019-04-08")),
    Fault("r09-mode-of-another-type", "rules", "an offensive by telephone", cell("events", OFFENSIVE, modes="phone")),
    Fault("r10-recipient-missing", "rules", "a sanction against nobody", in_turn(
        cell("events", EMBARGO, target_actor_ids="", target_actor_names=""), drop("event_actors", event_actor_id=RECIPIENT), drop("evidence", event_actor_id=RECIPIENT))),
    Fault("r11-quad-class", "rules", "an offensive counts as verbal conflict", cell("events", OFFENSIVE, quad_class="3")),
    Fault("r11-root", "rules", "an offensive has the CAMEO root of a statement", cell("events", OFFENSIVE, cameo_root="01")),
    Fault("r12-type-not-verbal", "rules", "a statement is an assault", cell("statements", STATEMENT, plover_type="ASSAULT")),
    Fault("r13-form-against-marks", "rules", "words in quotation marks count as indirect speech", cell("statements", "st-187cdebd-03", speech_form="indirect")),
    Fault("r14-actor-unused", "rules", "an actor whom nothing names", another("actors", "act-arab-states", actor_id="act-nobody", name="Nobody", mention_count="0", document_count="0")),
    Fault("r15-source-unused", "rules", "a source on which nothing relies", another("sources", "src-1buv", source_id="src-nobody", name="Nobody", document_count="0")),
    Fault("r16-topic-unused", "rules", "a topic on which nobody speaks", another("topics", "top-assad-rule", topic_id="top-nothing", name="Nothing", statement_count="0")),
    Fault("r17-one-side", "rules", "a discrepancy has evidence for one reading only", in_turn(
        drop("evidence", discrepancy_id="dis-offensive-aim", field="reading_b"), cell("discrepancies", "dis-offensive-aim", evidence_b_ids=""))),
    Fault("r18-origins", "rules", "an event counts one independent origin less", cell("events", OFFENSIVE, independent_count="1")),
    Fault("r18-report-gone", "rules", "a report of an event is gone", in_turn(
        drop("event_reports", event_report_id="er-3eb302bd-01"), drop("evidence", event_report_id="er-3eb302bd-01"))),
    Fault("r19-not-held-apart", "rules", "two events that look alike are no longer held apart", in_turn(
        cell("events", "evt-elections-disruption-2021", distinct_event_ids=""), cell("events", "evt-haftar-obstructs-elections", distinct_event_ids=""))),
    Fault("r20-external-without-reference", "rules", "a date of publication rests on outside knowledge of nowhere", cell("documents", "doc-47cb6610", published_reference_id="")),
    Fault("r21-anonymous-and-named", "rules", "a report of a named person counts as anonymous", cell("event_reports", "er-3eb302bd-04", attribution="anonymous")),
    Fault("r22-mentions-overlap", "rules", "a name inside a name counts as a name of its own", cell("mentions", NAME, mention_layer="actor")),
    Fault("r23-number-not-printed", "rules", "ten times the number that is printed", cell("quantities", "qty-3eb302bd-01", maximum="12000")),
    Fault("r23-bounds-exchanged", "rules", "the least number is larger than the greatest", cell("quantities", "qty-187cdebd-01", minimum="450", maximum="45")),
    Fault("r24-target-without-link", "rules", "a target of a statement is missing from the link table", drop("statement_targets", statement_id=STATEMENT)),
    Fault("r25-part-of-its-part", "rules", "an event is part of a part of itself", cell("events", OFFENSIVE, part_of_event_id="evt-civilians-killed-2019")),
    Fault("r25-distinct-from-itself", "rules", "an event is distinct from itself", cell("events", OFFENSIVE, distinct_event_ids=OFFENSIVE)),
    Fault("r25-actor-of-itself", "rules", "an actor belongs to itself", cell("actors", "act-us-state", parent_actor_id="act-us-state")),
    Fault("r26-actual-without-certainty", "rules", "an event counts as actual which nobody tells as certain", cell("events", "evt-backers-persuade-haftar", realis="actual", aux_mode="none")),
    Fault("r27-evidence-of-two", "rules", "a passage supports two rows", cell("evidence", TITLE, actor_id="act-haftar")),
    Fault("r27-evidence-of-nobody", "rules", "a passage supports nothing", cell("evidence", TITLE, document_fact="")),
    Fault("r28-id-of-nobody", "rules", "a source goes back to a source that does not exist", cell("sources", "src-1buv", origin_source_id="src-nobody")),
    Fault("r29-numbered-twice", "rules", "two sentences have one number", cell("sentences", "sen-3eb302bd-p03-s02", sentence_number="1")),
    Fault("r30-half-a-coordinate", "rules", "a place has a latitude and no longitude", cell("places", "plc-tripoli", longitude="")),
    Fault("r31-words-after", "rules", "the words after a passage are missing", cell("evidence", TITLE, suffix_text="x")),
    Fault("r32-value-without-its-words", "rules", "the cue of a statement is not that of its evidence", cell("statements", STATEMENT, cue_text="said")),
    Fault("r33-quotation-unassigned", "rules", "a quoted passage names a statement that is elsewhere", cell("quotations", "quo-3eb302bd-0271", statement_ids="st-3eb302bd-08")),
    Fault("r33-quotation-gone", "rules", "a passage in quotation marks has no row", drop("quotations", quotation_id="quo-3eb302bd-0271")),
    Fault("r34-length", "rules", "an article has one character more", cell("documents", "doc-3eb302bd", text_length="2955")),
    Fault("r35-past-and-future", "rules", "what happened lies in the future", cell("events", OFFENSIVE, aux_mode="future")),
    Fault("r36-told-by-another-article", "rules", "a report is told by a statement of another article", cell("event_reports", "er-3eb302bd-02", statement_id="st-187cdebd-01")),
    Fault("r37-date-against-its-words", "rules", "“in March” is February", cell("statements", "st-3eb302bd-17", date_edtf="2020-02")),
    Fault("r38-date-without-reason", "rules", "a date rests on nothing", cell("statements", STATEMENT, date_reference_id="")),
    Fault("r39-conflict-and-compatible", "rules", "readings in true conflict are both compatible", cell("discrepancies", "dis-001-ceasefire-date", conflict="true_conflict")),
    Fault("r40-indirect-and-verbatim", "rules", "indirect speech counts as the speaker's own words", cell("statements", "st-3eb302bd-07", is_verbatim_reliable="true")),
    Fault("r41-tied-to-himself", "rules", "a relation ties an actor to himself", cell("relations", "rel-3eb302bd-02", object_actor_id="act-haftar", object_name="Khalifa Haftar")),
    Fault("r42-evidence-unlisted", "rules", "a discrepancy does not list its evidence", cell("discrepancies", "dis-000-gloss-in-quotation", evidence_b_ids="")),
    Fault("r43-decision-on-nothing", "rules", "a decision is about a row that does not exist", cell("decisions", "dec-187cdebd-01", unit_ids="rel-187cdebd-99")),
    Fault("r44-place-less-exact", "rules", "an event is placed less exactly than its place", cell("events", EMBARGO, where_prec="7")),
    Fault("r45-after-its-report", "rules", "an actual event begins after the article that tells it", cell(
        "events", "evt-assad-seeks-arab-support", date_edtf="2021-01-01", date_start="2021-01-01", date_end="2021-01-01", date_prec="1")),
    Fault("r46-label", "rules", "the name beside an id is another", cell("event_actors", RECIPIENT, actor_name="Lybia")),
    Fault("r47-count", "rules", "an actor is mentioned once more", cell("actors", "act-haftar", mention_count=lambda text: str(int(text) + 1))),
    Fault("r48-origin", "rules", "a report goes back to another origin", cell("event_reports", "er-3eb302bd-04", independence_group="src-jeffrey")),
    Fault("r49-code-list", "rules", "a code has another definition", cell("codes", "act,deny", definition="When it applies.")),
    Fault("r49-code-gone", "rules", "a code is missing from the list", drop("codes", list="act", code="deny")),
    Fault("r50-outside-its-words", "rules", "an article is published on a day that its words rule out", cell("documents", "doc-3eb302bd", published_text_date="2020-05-09")),
    Fault("r51-id-of-another-article", "rules", "a decision has the id of another article", cell("decisions", "dec-187cdebd-01", document_id="doc-3eb302bd")),
    Fault("r52-formula", "rules", "a summary is a formula", cell("statements", STATEMENT, summary='=HYPERLINK("http://example.invalid","click")')),
    Fault("r52-formula-dde", "rules", "a remark runs a program in a spreadsheet", cell("relations", "rel-187cdebd-02", note="=cmd|' /C calc'!A0")),
    Fault("r52-formula-at", "rules", "a description begins with @", cell("places", "plc-tripoli", description="@SUM(1+1)*cmd")),
    Fault("r52-formula-minus", "rules", "a description begins with a minus sign", cell("places", "plc-tripoli", description="-2+3")),
    Fault("r53-words-as-formula", "rules", "words of an article are a formula", cell("statements", STATEMENT, cue_text="=1+1")),
)  # fmt: skip
