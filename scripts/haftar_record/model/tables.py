"""The row models: one class per table, the only definition of every column.

From these classes come the Table Schemas, the descriptor, the data dictionary and the reading of CSV files.
A field without a default is required; one that admits None may be missing, and its column says what missing
means. Offsets are 0-based code points, ends exclusive.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from ..text.articles import NUMBER
from ..text.received import ENCODINGS
from .columns import (
    AS_RECEIVED,
    CONTEXT,
    ENCODING,
    LINE,
    NO_LOWER_BOUND,
    NO_UPPER_BOUND,
    NOT_IN_TEXT,
    NOT_STATED,
    NOT_VERIFIED,
    SHA256,
    SLUG,
    VERSION,
    coded,
    column,
    edtf_date,
    identifier,
    reference,
    verbatim,
)
from .rows import Row

MAX_EVIDENCE = 500
_KEY = r"[0-9a-f]{8}"


class Document(Row):
    """One article as received: what it is, when it was published and how that is known."""

    TABLE, TITLE, KEY = "documents", "Articles", ("document_id",)
    ONE = "article"
    LABEL = "{label}"
    LAYER, RANK = "text", 8
    MAY_BE_EMPTY = False

    document_id: str = column(
        "Permanent id: doc- and the first eight hexadecimal digits of the file name.",
        "doc-9d1fdcb4",
        pattern=f"doc-{_KEY}",
        unique=True,
    )
    label: str = column(
        "Number of the article, by which the rules, the codebook and the identifiers name it, and its publisher.",
        "002 Turkish Journal",
        pattern=rf"{NUMBER} {LINE}",
        unique=True,
        computed=True,
    )
    seed_path: str = column(
        "Path of the article as received, from the root of the project.",
        "seeds/articles/000_9d1fdcb4705b4c67.txt",
        pattern=rf"seeds/articles/{NUMBER}_[0-9a-f]{{16}}\.txt",
        unique=True,
    )
    text_sha256: str = column(
        "SHA-256 of the file.",
        "154e60892763f343dd2813cac034b19e40a7d35b1ffa5b5205f84373c9857ff4",
        pattern=SHA256,
        unique=True,
    )
    text_encoding: str = column(
        "Encoding of the file: utf-8, utf-16 or utf-32. A byte order mark is no character of the text.",
        "utf-8",
        pattern="|".join(ENCODINGS),
        computed=True,
    )
    counted_sha256: str = column(
        "SHA-256 of the text that offsets count in, in UTF-8. It is that of the file where nothing in it has to be "
        "read as something else.",
        "154e60892763f343dd2813cac034b19e40a7d35b1ffa5b5205f84373c9857ff4",
        pattern=SHA256,
        unique=True,
        computed=True,
    )
    received_sha256: str | None = column(
        "SHA-256 of the bytes received, where the file has their characters in another encoding.",
        pattern=SHA256,
        missing=AS_RECEIVED,
    )
    received_encoding: str | None = column(
        "Encoding of the bytes received, by its name in Python.", pattern=ENCODING, missing=AS_RECEIVED
    )
    text_length: int = column("Length of the text in code points.", 2319, minimum=1, computed=True)
    title: str | None = verbatim(
        "Headline, verbatim.",
        "Libya: Haftar bans military operations after taking over the border | Khalifa Haftar News",
        missing=NOT_IN_TEXT,
    )
    byline: str | None = verbatim("Byline, verbatim.", "By Jan Ellen", missing=NOT_IN_TEXT)
    dateline_text: str | None = verbatim("Dateline, verbatim.", "ISTANBUL", missing=NOT_IN_TEXT)
    published_date: str = edtf_date(
        "Date of publication (EDTF) that relative date words are counted from.", "2021-06-28"
    )
    published_basis: str = coded("basis", "What the date of publication rests on.", "stated")
    published_text_date: str | None = edtf_date(
        "What the words of the article alone allow as date of publication (EDTF). Empty where they print no year.",
        "2021-06-28",
        missing=NOT_IN_TEXT,
    )
    published_reference_id: str | None = reference(
        "references", "ref", "Outside reference for the date.", "ref-joint-statement"
    )
    published_rationale: str = column(
        "How the date was found.",
        "The text opens with a stray label that prints the day. It is the day of this copy; the story behind it is "
        "of 7 May by an outside reference.",
    )
    publisher_source_id: str = reference("sources", "src", "Who published this exact text.", "src-justicenewsflash")
    publisher_basis: str = coded("basis", "What the publisher rests on.", "external")
    publisher_reference_id: str | None = reference(
        "references", "ref", "Outside reference for the publisher.", "ref-publisher-000"
    )
    origin_source_id: str = reference(
        "sources", "src", "Whose text it is at the root, behind copies and digests.", "src-anadolu-analysis"
    )
    text_kind: str = coded("text_kind", "What kind of text it is.", "digest")
    text_kind_rationale: str = column(
        "Why it is held for this kind of text.",
        "It has a byline and a dateline of its own, and no other copy is known.",
    )
    language: str = column("Language of the text (BCP 47).", "en", pattern="[a-z]{2}")
    paragraph_count: int = column("Number of paragraphs.", 14, minimum=1, computed=True)
    sentence_count: int = column("Number of sentences.", 14, minimum=1, computed=True)
    word_count: int = column("Number of words, split at white space.", 703, minimum=1, computed=True)
    statement_count: int = column("Number of statements coded.", 14, minimum=0, computed=True)
    event_report_count: int = column("Number of event reports coded.", 21, minimum=0, computed=True)
    boilerplate_length: int = column("Code points in sentences that are boilerplate.", 0, minimum=0, computed=True)
    coder_type: str = coded("coder_type", "What kind of coder coded it.", "language_model")
    reading_count: int = column("How many times it was read from beginning to end for the coding.", 4, minimum=1)
    coded_date: date = column("Day on which the last of these readings ended.", date(2026, 11, 29))
    rules_version: str = column("Version of the coding rules by which it was coded.", "0.2.0", pattern=VERSION)
    coding_status: str = coded("coding_status", "How far the coding has come.", "confirmed")
    rights_note: str = column(
        "Whose text it is and what may be done with it.",
        "Text of Reuters as run by defenceWeb; kept here as received for verification, not licensed by this record.",
    )


class Source(Row):
    """Whatever an article relies on: the outlet, an agency, a report, a person, somebody unnamed."""

    TABLE, TITLE, KEY = "sources", "Sources", ("source_id",)
    ONE = "source"
    PAGE, LAYER = "table", "world"
    MAY_BE_EMPTY = False

    source_id: str = identifier("src", "Permanent id.", "src-anadolu-analysis")
    name: str = column("Name, ours where the text gives none.", "Anadolu Agency analysis")
    source_type: str = coded("source_type", "Kind of source.", "article")
    is_named: bool = column("Whether an article names it.", True)
    actor_id: str | None = reference("actors", "act", "The actor that speaks through it.", "act-anadolu")
    country_code: str | None = coded("country", "Its state, or a non-state code.", "TUR", missing=NOT_STATED)
    is_party: str = coded(
        "is_party", "Whether it is a side of the Libyan conflict, or its owner or issuer backs one.", "allied"
    )
    origin_source_id: str | None = reference(
        "sources",
        "src",
        "The source that it goes back to, as far as the articles or the references show.",
        "src-us-conference-call",
    )
    description: str = column("What it is and how the articles use it.", "On the crossing, Saturday.")
    document_count: int = column("Number of articles that rely on it.", 1, minimum=0, computed=True)


class Actor(Row):
    """A person, body, group or state that acts, speaks or is spoken of."""

    TABLE, TITLE, KEY = "actors", "Actors", ("actor_id",)
    ONE = "actor"
    PAGE, LAYER, RANK = "table", "world", 7

    actor_id: str = identifier("act", "Permanent id.", "act-haftar")
    name: str = column("Usual English name.", "Khalifa Haftar")
    actor_type: str = coded("actor_type", "Kind of actor.", "person")
    country_code: str | None = coded("country", "Its state, or PLOVER's non-state code.", "LBY", missing=NOT_STATED)
    parent_actor_id: str | None = reference("actors", "act", "The actor it is part of or belongs to.", "act-lna")
    sector_code: str | None = coded("sector", "Sector (PLOVER).", "MIL", missing=NOT_STATED)
    description: str = column("Who it is, as far as the articles need it.", "Imposed the arms embargo.")
    aliases: str | None = column(
        "Words by which the articles call it, separated by “;”.",
        "African mercenary groups",
        pattern="[^;\\r\\n\\t]+",
        many=True,
    )
    search_names: str | None = column(
        "Further names by which people look for it, in Arabic and in other spellings, separated by “;”. They are not "
        "looked for in the articles.",
        "Algérie;الجزائر",
        pattern="[^;\\r\\n\\t]+",
        many=True,
    )
    wikidata_id: str | None = column(
        "Wikidata item, where verified.", "Q1016", missing=NOT_VERIFIED, pattern=r"Q[1-9][0-9]*"
    )
    ucdp_actor_id: int | None = column("UCDP actor id, where verified.", 5802, missing=NOT_VERIFIED, minimum=1)
    cameo_code: str | None = column(
        "CAMEO actor code, where verified.", "USAGOV", missing=NOT_VERIFIED, pattern="[A-Z]{3,15}"
    )
    identifier_note: str | None = column("Where the identifiers were seen.", "Phoenix.International")
    mention_count: int = column("Number of mentions, embedded ones included.", 10, minimum=0, computed=True)
    document_count: int = column("Number of articles that mention it.", 5, minimum=0, computed=True)
    exists_edtf: str | None = edtf_date(
        "When it exists (EDTF), where others have its names at other times. Empty where that is not asked.",
        "2021/..",
        missing={"": "not asked"},
    )


class Event(Row):
    """One distinct occurrence, told by one or more reports: the judgement layer."""

    TABLE, TITLE, KEY = "events", "Events", ("event_id",)
    ONE, LABEL = "event", "{title}"
    PAGE, LAYER, RANK = "table", "about", 2

    event_id: str = identifier("evt", "Permanent id.", "evt-essin-crossing-seizure-2021")
    title: str = column(
        "Neutral title, ours; the first word says so where the event is not actual.",
        "Reported taking of the Essin border crossing by the LNA",
    )
    event_type: str = coded("event_type", "Type (PLOVER, and STATEMENT).", "COERCE")
    modes: str | None = coded("event_mode", "Modes of its type (PLOVER).", "seize", many=True)
    contexts: str | None = coded("context", "Contexts (PLOVER).", "military", many=True)
    aux_mode: str = coded(
        "aux_mode", "Auxiliary mode (PLOVER): how it stands to the time and truth of the telling.", "none"
    )
    quad_class: int = column(
        "Quad class, computed from the type.", 4, codes="quad_class", minimum=0, maximum=4, computed=True
    )
    cameo_root: str = coded("cameo_root", "CAMEO root, computed from type, mode and context.", "17", computed=True)
    realis: str = coded("realis", "Whether the record holds it for having happened.", "actual")
    date_edtf: str = edtf_date(
        "Date (EDTF): ../X goes on until X, /X was done at an unknown time not after X. Where no report dates it, its "
        "bound.",
        "2021-06-19",
    )
    date_start: date | None = column(
        "First day the date allows.", date(2021, 6, 19), missing=NO_LOWER_BOUND, computed=True
    )
    date_end: date | None = column(
        "Last day the date allows.", date(2021, 6, 19), missing=NO_UPPER_BOUND, computed=True
    )
    date_prec: int = column(
        "Length of the span (UCDP 1-5; 6 ours).", 1, codes="date_prec", minimum=1, maximum=6, computed=True
    )
    date_basis: str = coded("date_basis", "What the date rests on.", "relative")
    date_rationale: str | None = column(
        "Why this date, where it is not simply resolved from the words of a report.",
        "From the call to publication, whose day rests on the reference.",
    )
    date_reference_id: str | None = reference(
        "references", "ref", "Outside reference for the date.", "ref-us-conference-call"
    )
    place_id: str | None = reference(
        "places",
        "plc",
        "Where, by words of an article; never by a reference.",
        "plc-berlin",
        missing=NOT_STATED,
    )
    place_name: str | None = column(
        "Name of the place.", "Berlin", missing=NOT_STATED, computed=True, names=("place_id",)
    )
    where_prec: int = column(
        "How exactly (UCDP 1-7; 8 ours).", 1, codes="where_prec", minimum=1, maximum=8, computed=True
    )
    source_actor_ids: str | None = reference(
        "actors", "act", "Actors that do it (PLOVER source).", "act-lna", many=True, computed=True
    )
    source_actor_names: str | None = column(
        "Their names, separated by “;”.", "Libyan National Army", computed=True, names=("source_actor_ids",)
    )
    target_actor_ids: str | None = reference(
        "actors", "act", "Actors that it is done to (PLOVER recipient).", "act-libya", many=True, computed=True
    )
    target_actor_names: str | None = column(
        "Their names, separated by “;”.", "Libya", computed=True, names=("target_actor_ids",)
    )
    part_of_event_id: str | None = reference(
        "events", "evt", "The larger event it is part of.", "evt-haftar-assad-relations"
    )
    distinct_event_ids: str | None = reference(
        "events", "evt", "Events that look alike and are held apart.", "evt-russia-sends-mercenaries", many=True
    )
    report_count: int = column("Number of reports.", 3, minimum=1, computed=True)
    document_count: int = column("Number of articles that tell it.", 2, minimum=1, computed=True)
    independent_count: int = column(
        "Number of independent origins among its reports; a report that commits itself to nothing (Uu) does not count.",
        2,
        minimum=1,
        computed=True,
    )
    corroboration: str = coded(
        "corroboration",
        "How its reports stand to each other, by their origins and by the side to which they lean.",
        "contested",
        computed=True,
    )
    type_rationale: str = column(
        "Why this type, date or identity was chosen.",
        "A call to begin talks. The article says the UN, the reference UNSMIL.",
    )
    evidence_text: str = verbatim(
        "The words of its first report, verbatim.", "said in a conference call", computed=True, max_length=MAX_EVIDENCE
    )


class Statement(Row):
    """One attributed utterance or position: a speaker, a cue and a content (PARC attribution relation)."""

    TABLE, TITLE, KEY = "statements", "Statements", ("statement_id",)
    ONE, LABEL = "statement", "{summary}"
    IS_UNIT, EVIDENT = True, ("content_text", "cue_text", "speaker_text")
    PAGE, RANK = "article", 1
    EXACTLY_ONE = (("speaker_actor_id", "speaker_source_id"),)

    statement_id: str = identifier("st", "Permanent id.", "st-9d1fdcb4-07")
    document_id: str = reference("documents", "doc", "The article it stands in.", "doc-9d1fdcb4")
    speaker_actor_id: str | None = reference("actors", "act", "Who speaks, when it is an actor.", "act-hood")
    speaker_source_id: str | None = reference(
        "sources", "src", "Who speaks, when it is a text or somebody unnamed.", "src-volcano-tweet"
    )
    speaker_name: str = column(
        "Name of the speaker.", "Joey Hood", computed=True, names=("speaker_actor_id", "speaker_source_id")
    )
    speaker_text: str = verbatim(
        "Words that name, describe or stand for the speaker, verbatim; for a gloss, the words that are glossed.",
        "The US official",
    )
    relayed_by_source_id: str | None = reference(
        "sources", "src", "Through whom the article has it.", "src-senior-us-officials"
    )
    relayed_by_name: str | None = column(
        "Name of the relaying source.", "Anadolu Agency analysis", computed=True, names=("relayed_by_source_id",)
    )
    parent_statement_id: str | None = reference(
        "statements", "st", "The statement that it is told inside of.", "st-3eb302bd-03"
    )
    speech_form: str = coded("speech_form", "Direct, indirect or mixed (PARC), or unmarked.", "mixed")
    cue_text: str = verbatim("Words that attribute it, verbatim.", "also drew Haftar’s attention to the fact that")
    content_text: str = verbatim("What is said, verbatim; several spans are joined by […].", "all sides to de-escalate")
    summary: str = column(
        "The statement in our words.", "Orders of the Presidential Council forbid the relocation of military units."
    )
    is_verbatim_reliable: str | None = coded(
        "verbatim",
        "Whether the words in quotation marks, or printed as the speaker's own without marks, are known to be"
        " the speaker's own; "
        "no also for a translation.",
        "no",
        missing={"": "not applicable: indirect speech"},
    )
    verbatim_reference_id: str | None = reference(
        "references", "ref", "Outside reference in which the original words were seen.", "ref-us-call-wording"
    )
    verbatim_rationale: str | None = column(
        "Why the words are or are not the speaker's own.", "The Reuters text has “possibly third country”, without “a”."
    )
    act: str = coded("act", "What the speaker does with the words.", "demand")
    plover_type: str | None = coded("event_type", "Verbal PLOVER type, where one fits.", "REQUEST")
    target_actor_ids: str | None = reference(
        "actors",
        "act",
        "Whom the words ask, address, charge, blame, threaten, praise or back; not who is only mentioned.",
        "act-haftar",
        many=True,
    )
    target_actor_names: str | None = column(
        "Their names, separated by “;”.", "Khalifa Haftar", computed=True, names=("target_actor_ids",)
    )
    topic_id: str = reference("topics", "top", "Topic that the stance is towards.", "top-foreign-intervention")
    topic_name: str = column("Name of the topic.", "Haftar's aims and conduct", computed=True, names=("topic_id",))
    stance: str = coded("stance", "Stance towards the topic, as the topic defines it.", "support")
    epistemic: str = coded("epistemic", "How the speaker holds the content (AIF).", "EpistemicTrueCertain")
    event_id: str | None = reference(
        "events",
        "evt",
        "The smallest event that the speaking itself is: an act of speech, or the occasion.",
        "evt-anadolu-analysis-2021",
    )
    about_event_id: str | None = reference(
        "events",
        "evt",
        "Another event that the content tells of or judges; of several, the one told first.",
        "evt-clearing-wagner-2020",
    )
    date_text: str | None = verbatim(
        "Words of its own sentence that date this utterance, verbatim.", "On Thursday", missing=NOT_IN_TEXT
    )
    date_edtf: str = edtf_date("Date of the utterance (EDTF), with at least the bounds of its occasion.", "2019-11-14")
    date_start: date | None = column(
        "First day the date allows.", date(2019, 11, 14), missing=NO_LOWER_BOUND, computed=True
    )
    date_end: date | None = column(
        "Last day the date allows.", date(2019, 11, 14), missing=NO_UPPER_BOUND, computed=True
    )
    date_prec: int = column(
        "Length of the span (UCDP 1-5; 6 ours).", 1, codes="date_prec", minimum=1, maximum=6, computed=True
    )
    date_basis: str = coded("date_basis", "What the date rests on.", "relative")
    date_rule: str = coded("date_rule", "Rule by which the words were resolved.", "weekday", computed=True)
    date_rationale: str | None = column(
        "Why this date, where no rule gives it.", "“Long” gives no beginning; going on at publication."
    )
    date_reference_id: str | None = reference(
        "references", "ref", "Outside reference for the date.", "ref-sarraj-unga-speech"
    )
    medium: str = coded(
        "medium", "Through what the words went out, by what the article says anywhere.", "press_briefing"
    )
    paragraph_number: int = column("Paragraph in which the content begins.", 6, minimum=1, computed=True)
    utterance_id: str = reference(
        "statements",
        "st",
        "The utterance that it reports: of the statements that report the same one, in several articles, the first by "
        "the file of the article; itself, where it is the only one. Rows with one value here are one utterance.",
        "st-47cb6610-05",
        computed=True,
    )
    same_statement_ids: str | None = reference(
        "statements",
        "st",
        "All other statements that report the same utterance.",
        "st-47cb6610-05",
        many=True,
        computed=True,
    )


class StatementTarget(Row):
    """One target of a statement: the list in statements.target_actor_ids as a link table."""

    TABLE, TITLE = "statement_targets", "Targets of statements"
    KEY = ("statement_id", "actor_id")
    ONE, LABEL = "target of a statement", "{actor_name}"
    MANY, LAYER = "targets of statements", "about"

    statement_id: str = reference("statements", "st", "The statement.", "st-9d1fdcb4-07")
    actor_id: str = reference(
        "actors", "act", "Whom the words ask, address, charge, blame, threaten, praise or back.", "act-haftar"
    )
    actor_name: str = column("Name of the actor.", "Khalifa Haftar", computed=True, names=("actor_id",))


class EventReport(Row):
    """One telling of an event by one article from one attributed origin: the source layer."""

    TABLE, TITLE, KEY = "event_reports", "Event reports", ("event_report_id",)
    ONE, LABEL = "event report", "{event_title}"
    IS_UNIT, EVIDENT = True, ("evidence_text",)
    PAGE, RANK = "article", 3

    event_report_id: str = identifier("er", "Permanent id.", "er-47cb6610-03")
    event_id: str = reference("events", "evt", "The event told.", "evt-essin-crossing-seizure-2021")
    event_title: str = column(
        "Title of the event.",
        "Reported taking of the Essin border crossing by the LNA",
        computed=True,
        names=("event_id",),
    )
    document_id: str = reference("documents", "doc", "The article that tells it.", "doc-47cb6610")
    attribution: str = coded(
        "attribution", "To whom the article attributes it; a headline has the source of the body.", "attributed"
    )
    attributed_source_id: str | None = reference(
        "sources", "src", "The source it is attributed to.", "src-us-officials-analysts"
    )
    attributed_source_name: str | None = column(
        "Name of that source.", "Latest news out of Libya", computed=True, names=("attributed_source_id",)
    )
    statement_id: str | None = reference("statements", "st", "The statement that tells it.", "st-187cdebd-04")
    independence_group: str = reference(
        "sources",
        "src",
        "Origin that the telling goes back to; reports with the same origin share it. An unattributed sentence of a "
        "digest goes back to the text digested.",
        "src-lna-statement",
    )
    date_text: str | None = verbatim("Words that date this event, verbatim.", "on Saturday", missing=NOT_IN_TEXT)
    date_edtf: str | None = edtf_date(
        "Date by this report (EDTF), where words of the article date the event in it.",
        "2021-06-19",
        missing=NOT_IN_TEXT,
    )
    date_rule: str = coded("date_rule", "Rule by which the words were resolved.", "weekday", computed=True)
    is_date_ahead: bool = column(
        "Whether the date words point ahead of publication, as “is scheduled for June 23” does: names of days and "
        "months then mean the first one that is not before it. False where no rule gives the date.",
        True,
    )
    date_rationale: str | None = column(
        "Why this date, where no rule gives it.",
        "From the call on Thursday to publication, whose day rests on the reference.",
    )
    place_text: str | None = verbatim(
        "Words that place this event, verbatim; not what it is done to or where it leads.",
        "in Washington D.C.",
        missing=NOT_IN_TEXT,
    )
    factuality: str = coded("factuality", "How certain the holder presents it (FactBank).", "CT+")
    factuality_holder: str = reference(
        "sources",
        "src",
        "Whose certainty that is: the source of the report, else the outlet. In a syndicated text, a copy or a machine "
        "paraphrase that is the text taken over, in a digest or an original the publisher's own text.",
        "src-lna-statement",
    )
    factuality_holder_name: str = column(
        "Name of the holder.", "Middle East Monitor story", computed=True, names=("factuality_holder",)
    )
    hedge_text: str | None = verbatim(
        "Words that make the holder less certain, verbatim; a verb of reporting is none.",
        "believes",
        missing=NOT_IN_TEXT,
    )
    is_background: bool = column(
        "Whether it is told only to set the scene: without it the news of the article is the same.", False
    )
    evidence_id: str = reference(
        "evidence", "ev", "The evidence row that carries it.", "ev-187cdebd-0100-0155-er01-evidence-text", computed=True
    )
    evidence_text: str = verbatim(
        "The words that carry it, verbatim.", "said in a conference call", computed=True, max_length=MAX_EVIDENCE
    )
    note: str | None = column("Remark of the coder.", "A teaser of another story.")


class EventActor(Row):
    """One actor in one role in one event."""

    TABLE, TITLE, KEY = "event_actors", "Actors in events", ("event_actor_id",)
    ONE, LABEL = "actor in an event", "{actor_name} in “{event_title}”"
    MANY, LAYER = "actors in events", "about"
    UNIQUE = (("event_id", "actor_id", "role"),)

    event_actor_id: str = identifier("ea", "Permanent id.", "ea-essin-crossing-seizure-2021-lna-actor", computed=True)
    event_id: str = reference("events", "evt", "The event.", "evt-essin-crossing-seizure-2021")
    event_title: str = column(
        "Title of the event.",
        "Reported taking of the Essin border crossing by the LNA",
        computed=True,
        names=("event_id",),
    )
    actor_id: str = reference("actors", "act", "The actor.", "act-lna")
    actor_name: str = column("Name of the actor.", "Libyan National Army", computed=True, names=("actor_id",))
    role: str = coded("role", "Part that the actor has in the event, as printed.", "actor")
    report_count: int = column("Number of reports that give the actor this role.", 2, minimum=1, computed=True)


class Relation(Row):
    """A standing tie asserted in an article, and according to whom."""

    TABLE, TITLE, KEY = "relations", "Relations", ("relation_id",)
    ONE = "relation"
    IS_UNIT, EVIDENT = True, ("evidence_text",)
    PAGE, RANK = "article", 4
    EXACTLY_ONE = (("object_actor_id", "object_place_id"),)

    relation_id: str = identifier("rel", "Permanent id.", "rel-3eb302bd-04")
    document_id: str = reference("documents", "doc", "The article that asserts it.", "doc-3eb302bd")
    subject_actor_id: str = reference("actors", "act", "Subject.", "act-egypt")
    subject_name: str = column("Name of the subject.", "Egypt", computed=True, names=("subject_actor_id",))
    predicate: str = coded("predicate", "The tie.", "backs")
    object_actor_id: str | None = reference("actors", "act", "Object, when it is an actor.", "act-haftar")
    object_place_id: str | None = reference("places", "plc", "Object, when it is a place.", "plc-northwest-libya")
    object_name: str = column(
        "Name of the object.", "Khalifa Haftar", computed=True, names=("object_actor_id", "object_place_id")
    )
    manner_text: str | None = verbatim(
        "How or as what, in the words of the article.", "financial support", missing=NOT_IN_TEXT
    )
    according_to_source_id: str = reference(
        "sources",
        "src",
        "Who asserts it: the source that the article gives, else the outlet. In a syndicated text, a copy or a machine "
        "paraphrase that is the text taken over, in a digest or an original the publisher's own text.",
        "src-lna-statement",
    )
    according_to_name: str = column(
        "Name of that source.", "Middle East Monitor story", computed=True, names=("according_to_source_id",)
    )
    statement_id: str | None = reference("statements", "st", "The statement in which it is asserted.", "st-187cdebd-01")
    is_negated: bool = column("Whether the tie is denied rather than asserted.", False)
    validity_text: str | None = verbatim("Time words, verbatim.", "Since 2014", missing=NOT_IN_TEXT)
    validity_edtf: str | None = edtf_date("When it holds by these words (EDTF).", "2014/..", missing=NOT_IN_TEXT)
    evidence_text: str = verbatim(
        "The words that carry it, verbatim.",
        "Haftar’s self-styled Libyan National Army",
        computed=True,
        max_length=MAX_EVIDENCE,
    )
    note: str | None = column("Remark of the coder.", "What the link consists of is not said.")

    @property
    def caption(self) -> str:
        """The tie in words, with the blanks that a code does not have."""
        tie = f"{'not: ' if self.is_negated else ''}{self.predicate.replace('_', ' ')}"
        return f"{self.subject_name} {tie} {self.object_name}"


class Quantity(Row):
    """A number as printed, vague ones included. No midpoint, and no zero for silence."""

    TABLE, TITLE, KEY = "quantities", "Quantities", ("quantity_id",)
    ONE, MANY, LABEL = "quantity", "quantities", "{printed_text}: {counts}"
    IS_UNIT, EVIDENT = True, ("printed_text", "evidence_text")
    PAGE, RANK = "article", 6

    quantity_id: str = identifier("qty", "Permanent id.", "qty-3eb302bd-01")
    document_id: str = reference("documents", "doc", "The article that prints it.", "doc-3eb302bd")
    printed_text: str = verbatim("The number as printed.", "up to 1 200")
    unit: str = coded("quantity_unit", "Unit.", "person")
    minimum: Decimal | None = column(
        "Lower bound, where the words give one.", Decimal("450"), missing=NOT_IN_TEXT, minimum=0, maximum=10**14
    )
    maximum: Decimal | None = column(
        "Upper bound, where the words give one.", Decimal("1200"), missing=NOT_IN_TEXT, minimum=0, maximum=10**14
    )
    is_approximate: bool = column("Whether the words call it approximate (about, almost).", False)
    counts: str = column("What is counted, ours.", "Wagner Group personnel deployed in Libya")
    actor_id: str | None = reference("actors", "act", "The actor that is counted.", "act-wagner")
    event_id: str | None = reference("events", "evt", "The event that it belongs to.", "evt-civilians-killed-2019")
    statement_id: str | None = reference("statements", "st", "The statement that gives it.", "st-3eb302bd-09")
    evidence_text: str = verbatim(
        "The words around it, verbatim.", "closed for several years", computed=True, max_length=MAX_EVIDENCE
    )


class Discrepancy(Row):
    """Two readings of one value, or a passage that does not say what the text behind it said."""

    TABLE, TITLE, KEY = "discrepancies", "Discrepancies", ("discrepancy_id",)
    ONE, MANY, LABEL = "discrepancy", "discrepancies", "{title}"
    PAGE, RANK = "table", 5

    discrepancy_id: str = identifier("dis", "Permanent id.", "dis-001-counter-offensive")
    kind: str = coded("discrepancy_kind", "Kind.", "headline_vs_body")
    title: str = column("What is at odds.", "Who banned military operations")
    field: str = column(
        "Table and column whose value is at stake; such a row exists.",
        "event_actors.actor_id",
        pattern="[a-z_]+[.][a-z_]+",
    )
    event_id: str | None = reference("events", "evt", "The event concerned.", "evt-berlin-1-preparation")
    actor_id: str | None = reference("actors", "act", "The actor concerned.", "act-third-country-fighters")
    document_a_id: str = reference("documents", "doc", "Article of the first reading.", "doc-47cb6610")
    reading_a: str = column("The first reading.", "He is Assistant Secretary.")
    document_b_id: str | None = reference(
        "documents", "doc", "Article of the second reading; empty: an outside reference.", "doc-187cdebd"
    )
    reading_b: str = column("The second reading.", "The US State Department.")
    conflict: str = coded("conflict", "How the readings stand to each other.", "true_conflict")
    resolution: str = coded("resolution", "Which reading the record takes.", "prefer_b")
    rationale: str = column("Why.", "The wider aim contains the narrower one.")
    reference_id: str | None = reference("references", "ref", "Outside reference.", "ref-joint-statement-text")
    evidence_a_ids: str = reference(
        "evidence",
        "ev",
        "Evidence of the first reading.",
        "ev-47cb6610-3258-3289-dis-001-treiner-reading-a",
        many=True,
        computed=True,
    )
    evidence_b_ids: str | None = reference(
        "evidence",
        "ev",
        "Evidence of the second reading.",
        "ev-47cb6610-0637-0752-dis-ban-wording-reading-b",
        many=True,
        computed=True,
    )


class Evidence(Row):
    """A passage of an article that a value rests on (W3C Web Annotation: text position and text quote selector)."""

    TABLE, TITLE, KEY = "evidence", "Evidence", ("evidence_id",)
    ONE, MANY, LABEL = "piece of evidence", "pieces of evidence", "{exact_text}"
    LAYER = "text"
    OWNERS: ClassVar[tuple[str, ...]] = (
        "statement_id",
        "event_report_id",
        "event_actor_id",
        "relation_id",
        "quantity_id",
        "discrepancy_id",
        "actor_id",
        "document_fact",
    )
    EXACTLY_ONE = (OWNERS,)

    evidence_id: str = identifier(
        "ev",
        "Permanent id: article, offsets, owner and field.",
        "ev-187cdebd-0979-0981-act-uk-name",
        computed=True,
    )
    document_id: str = reference("documents", "doc", "The article.", "doc-9d1fdcb4")
    start: int = column("First code point.", 1, minimum=0, computed=True)
    end: int = column("Code point after the last.", 16, minimum=1, computed=True)
    exact_text: str = verbatim("The passage, verbatim.", "date 2021-06-28", computed=True, max_length=MAX_EVIDENCE)
    prefix_text: str | None = verbatim(
        "Up to 32 code points before it in its paragraph.", "Haftar opened an embassy ", pattern=CONTEXT, computed=True
    )
    suffix_text: str | None = verbatim(
        "Up to 32 code points after it in its paragraph.", " 14-month campaign failed.", pattern=CONTEXT, computed=True
    )
    paragraph_number: int = column("Paragraph, from 1.", 1, minimum=1, computed=True)
    sentence_number: int = column("Sentence in its paragraph, from 1.", 1, minimum=1, computed=True)
    field: str = column("Which column of its owner it supports.", "content_text", pattern="[a-z_]+")
    support: str = coded("support", "How it bears on the value.", "states")
    statement_id: str | None = reference("statements", "st", "Owner: a statement.", "st-187cdebd-01")
    event_report_id: str | None = reference("event_reports", "er", "Owner: an event report.", "er-187cdebd-01")
    event_actor_id: str | None = reference(
        "event_actors", "ea", "Owner: an actor in an event.", "ea-berlin-2-germany-host"
    )
    relation_id: str | None = reference("relations", "rel", "Owner: a relation.", "rel-187cdebd-01")
    quantity_id: str | None = reference("quantities", "qty", "Owner: a quantity.", "qty-187cdebd-01")
    discrepancy_id: str | None = reference("discrepancies", "dis", "Owner: a discrepancy.", "dis-001-counter-offensive")
    actor_id: str | None = reference("actors", "act", "Owner: an actor.", "act-foreign-actors-berlin")
    document_fact: str | None = coded("document_fact", "Owner: a fact about the article itself.", "published")

    @property
    def owner(self) -> str:
        """Id of the unit that this passage supports; for a fact about an article, the article's."""
        if self.document_fact:
            return self.document_id
        # Of a package that others wrote, a row may have no owner at all.
        return next((value for name in self.OWNERS[:-1] if (value := getattr(self, name))), "")


class Sentence(Row):
    """One sentence of an article and what became of it. Nothing is left out in silence."""

    TABLE, TITLE, KEY = "sentences", "Sentences", ("sentence_id",)
    ONE, LABEL = "sentence", "paragraph {paragraph_number}, sentence {sentence_number}"
    PAGE, LAYER = "article", "text"
    MAY_BE_EMPTY = False
    UNIQUE = (("document_id", "paragraph_number", "sentence_number"),)

    sentence_id: str = identifier(
        "sen", "Permanent id: article, paragraph, sentence.", "sen-9d1fdcb4-p01-s01", computed=True
    )
    document_id: str = reference("documents", "doc", "The article.", "doc-9d1fdcb4")
    paragraph_number: int = column("Paragraph, from 1.", 1, minimum=1, computed=True)
    sentence_number: int = column("Sentence in its paragraph, from 1.", 1, minimum=1, computed=True)
    start: int = column("First code point.", 1, minimum=0, computed=True)
    end: int = column("Code point after the last.", 1011, minimum=1, computed=True)
    disposition: str = coded("disposition", "Coded, background or boilerplate.", "coded")
    unit_count: int = column(
        "Number of statements, event reports, relations, quantities and facts about the article that rest on it.",
        4,
        minimum=0,
        computed=True,
    )
    reason: str | None = column("Why nothing in it is coded.", "Form of the copying site.")


class QuotedPassage(Row):
    """One passage in quotation marks, or one that a coder takes for a quotation, and what became of it."""

    TABLE, TITLE, KEY = "quotations", "Quoted passages", ("quotation_id",)
    ONE, LABEL = "quoted passage", "{exact_text}"
    PAGE, LAYER = "article", "text"

    quotation_id: str = identifier("quo", "Permanent id: article and offset.", "quo-9d1fdcb4-0374", computed=True)
    document_id: str = reference("documents", "doc", "The article.", "doc-9d1fdcb4")
    start: int = column(
        "First code point: the opening mark, or the beginning of a paragraph that goes on with a quotation.",
        374,
        minimum=0,
        computed=True,
    )
    end: int = column("Code point after the last.", 1050, minimum=1, computed=True)
    exact_text: str = verbatim("The passage with its marks, verbatim.", "“foreign enemy,”", computed=True)
    mark_style: str = coded("mark_style", "Style of its marks.", "double_curly", computed=True)
    is_closed: bool = column("Whether the closing mark is printed in the same paragraph.", True, computed=True)
    is_settled: bool = column(
        "Whether the coder, and not the marks alone, says where the passage begins and ends, or that it is no"
        " quotation.",
        False,
    )
    disposition: str = coded("quotation_disposition", "What became of it.", "statement")
    statement_ids: str | None = reference(
        "statements", "st", "Statements that carry it.", "st-47cb6610-04;st-47cb6610-05", many=True, computed=True
    )
    reason: str | None = column(
        "Why it is no statement.",
        "The headline as a whole in quotation marks, without a speaker. Its words sum up paragraph 2, where the "
        "State Department is paraphrased, not quoted.",
    )


class Mention(Row):
    """One occurrence of words that name an actor or a place."""

    TABLE, TITLE, KEY = "mentions", "Mentions", ("mention_id",)
    ONE, LABEL = "mention", "{surface_text}"
    PAGE, LAYER = "article", "text"
    EXACTLY_ONE = (("actor_id", "place_id"),)

    mention_id: str = identifier(
        "men", "Permanent id: article, offset, layer.", "men-187cdebd-0014-embedded", computed=True
    )
    document_id: str = reference("documents", "doc", "The article.", "doc-9d1fdcb4")
    start: int = column("First code point.", 1004, minimum=0, computed=True)
    end: int = column("Code point after the last.", 45, minimum=1, computed=True)
    surface_text: str = verbatim("The words, verbatim.", "2011 NATO-backed uprising", computed=True)
    mention_layer: str = coded(
        "mention_layer", "Layer: longest names, places, names inside names.", "actor", computed=True
    )
    actor_id: str | None = reference("actors", "act", "The actor meant.", "act-usa")
    place_id: str | None = reference("places", "plc", "The place meant.", "plc-algerian-border")
    entity_name: str = column(
        "Name of the actor or place.", "United States of America", computed=True, names=("actor_id", "place_id")
    )
    label_kind: str = coded("label_kind", "What kind of words.", "name")


class PlaceRow(Row):
    """A place, how exactly it is known, and where its coordinates were seen."""

    TABLE, TITLE, KEY = "places", "Places", ("place_id",)
    ONE = "place"
    PAGE, LAYER = "table", "about"

    place_id: str = identifier("plc", "Permanent id.", "plc-tripoli")
    name: str = column("Usual English name.", "Tripoli")
    place_type: str = coded("place_type", "Kind of place.", "city")
    country_code: str | None = coded("country", "Its state.", "LBY")
    where_prec: int = column(
        "How exactly an event there is placed (UCDP).", 1, codes="where_prec", minimum=1, maximum=8
    )
    latitude: Decimal | None = column(
        "Latitude, WGS 84.", Decimal("32.88743"), missing=NOT_VERIFIED, minimum=-90, maximum=90
    )
    longitude: Decimal | None = column(
        "Longitude, WGS 84.", Decimal("13.18733"), missing=NOT_VERIFIED, minimum=-180, maximum=180
    )
    coordinate_basis: str | None = column(
        "Where the coordinates were seen, and of what exactly.", "GeoNames 88319 (cities500 extract)"
    )
    wikidata_id: str | None = column(
        "Wikidata item, where verified.", "Q3579", missing=NOT_VERIFIED, pattern=r"Q[1-9][0-9]*"
    )
    geonames_id: int | None = column("GeoNames id, where verified.", 2210247, missing=NOT_VERIFIED, minimum=1)
    aliases: str | None = column(
        "Words by which the articles call it, separated by “;”.", "Tripoli", pattern="[^;\\r\\n\\t]+", many=True
    )
    search_names: str | None = column(
        "Further names by which people look for it, in Arabic and in other spellings, separated by “;”. They are not "
        "looked for in the articles.",
        "برلين",
        pattern="[^;\\r\\n\\t]+",
        many=True,
    )
    description: str = column("What is meant.", "Place of both conferences.")
    mention_count: int = column("Number of mentions.", 12, minimum=0, computed=True)


class Topic(Row):
    """What a stance is towards, and what supporting it means."""

    TABLE, TITLE, KEY = "topics", "Topics", ("topic_id",)
    ONE = "topic"
    PAGE, LAYER = "table", "about"

    topic_id: str = identifier("top", "Permanent id.", "top-tripoli-offensive")
    name: str = column("Name.", "Offensive against Tripoli")
    definition: str = column("What belongs to it.", "Whether Assad should stay in power.")
    support_means: str = column("What the stance support says about it.", "The response is welcome.")
    oppose_means: str = column("What the stance oppose says about it.", "There is no such consent.")
    statement_count: int = column("Number of statements on it.", 11, minimum=0, computed=True)


class Reference(Row):
    """A fact from outside the articles, and where it was seen."""

    TABLE, TITLE, KEY = "references", "Outside references", ("reference_id",)
    ONE, LABEL = "reference", "{fact}"
    PAGE, LAYER = "table", "world"

    reference_id: str = identifier("ref", "Permanent id.", "ref-berlin-2")
    fact: str = column("What it is about.", "Libya's conflict in UCDP")
    value: str = column("What the reference says.", "Sunday 19 January 2020")
    value_edtf: str | None = edtf_date("The date it gives (EDTF).", "2021-06-23")
    seen_at: str = column("Where it was seen.", "authenticafrican.com (ISS)")
    standing: str = coded("reference_standing", "How well it is established.", "seen")
    note: str | None = column("Remark.", "2 July is derived from the weekday")


class Decision(Row):
    """How a hard case was settled, and what else was possible."""

    TABLE, TITLE, KEY = "decisions", "Coding decisions", ("decision_id",)
    ONE, LABEL = "decision", "{question}"
    PAGE, LAYER = "table", "world"

    decision_id: str = identifier("dec", "Permanent id.", "dec-9d1fdcb4-01")
    document_id: str = reference("documents", "doc", "The article.", "doc-9d1fdcb4")
    unit_ids: str | None = column(
        "Units concerned, separated by “;”.", "qty-187cdebd-02;act-jmc", pattern=f"{SLUG}", many=True
    )
    question: str = column("What had to be decided.", "Who gives the light to whom")
    decided: str = column("What was decided.", "The US State Department.")
    alternatives: str = column("What else was possible.", "All undated, as in 0.1.0; 25 September for all three.")
    reason: str = column("Why.", "The quoted words name Libya and no government.")
    origin: str = coded("decision_origin", "In which reading the decision was made as it now stands.", "second_reading")


class Agreement(Row):
    """How far a further reading of the articles agrees with the record, or with another reading: one figure."""

    TABLE, TITLE, KEY = "agreement", "Agreement of readings", ("agreement_id",)
    ONE, LABEL = "figure of agreement", "{reading}: {unit_table}, {measure}"
    MANY = "figures of agreement"
    LAYER, RANK = "world", 90

    agreement_id: str = identifier("agr", "Permanent id.", "agr-reader-1-record-statements-act-alpha", computed=True)
    unit_table: str = column("Table of the units that are compared.", "statements", pattern="[a-z_]+")
    field: str | None = column(
        "What is compared of units that are in both codings: a column of the table, or what several columns say "
        "together. Empty where the figure is about which units there are.",
        "act",
        pattern="[a-z_]+",
    )
    measure: str = column(
        "readable: share of what the reading wrote that could be read. precision, recall, f1: of units, against the "
        "other coding. covered_alpha: Krippendorff's alpha of whether a character is in such a unit. agreement: share "
        "of equal values. alpha: Krippendorff's alpha (nominal).",
        "alpha",
        pattern="readable|precision|recall|f1|covered_alpha|agreement|alpha",
    )
    reading: str = column("The reading that is measured.", "reader-1", pattern=SLUG)
    against: str | None = column("What it is compared with: record, or another reading.", "record", pattern=SLUG)
    value: Decimal | None = column(
        "The figure.",
        Decimal("1"),
        minimum=-1,
        maximum=1,
        missing={"": "not defined: there is no variation, or no unit"},
    )
    unit_count: int = column("Number of units, or of characters, that it rests on.", 82, minimum=0)
    unit_low: Decimal | None = column(
        "Lower bound of the 95 % interval when units are drawn anew (bootstrap).", Decimal("1"), minimum=-1, maximum=1
    )
    unit_high: Decimal | None = column("Upper bound of the same interval.", Decimal("1"), minimum=-1, maximum=1)
    article_low: Decimal | None = column(
        "Lower bound of the 95 % interval when articles are drawn anew (bootstrap).",
        Decimal("1"),
        minimum=-1,
        maximum=1,
    )
    article_high: Decimal | None = column("Upper bound of the same interval.", Decimal("1"), minimum=-1, maximum=1)
    coder_type: str = coded("coder_type", "What kind of coder made the reading.", "language_model")
    round_number: int = column("Round of readings to which it belongs.", 1, minimum=1)
    rules_version: str = column("Version of the rules that the reading followed.", "0.2.0", pattern=VERSION)
    reading_date: str = edtf_date("Day on which the reading was finished (EDTF).", "2026-11-29")


class CodeRow(Row):
    """One code of one list."""

    TABLE, TITLE, KEY = "codes", "Codes", ("list", "code")
    ONE, LABEL = "code", "{label}"
    LAYER, RANK = "world", 99
    MAY_BE_EMPTY = False

    list: str = column("Name of the code list.", "act", pattern="[a-z_]+")
    code: str = column("The code.", "deny", pattern=LINE)
    label: str = column("Short label.", "Denies")
    scheme: str = column("Scheme that the code name comes from.", "own")
    definition: str = column("When it applies, in our words.", "The event type is COERCE.")
    test_question: str | None = column(
        "The question that decides, answered with yes or no from the words of the article.",
        "After the act, can somebody not hold, reach or do what he could before, because power was used and not words "
        "alone?",
    )
    example: str = column("A case from the articles.", "001: “14-month campaign”.")
    near_miss: str = column("A case that looks like it and gets another code.", "no case when this was written")
    applies_to: str | None = column("Codes that it belongs under.", "COERCE", pattern="[A-Z]+", many=True)


#: All tables, parents first.
TABLES: tuple[type[Row], ...] = (
    CodeRow,
    Reference,
    Topic,
    PlaceRow,
    Actor,
    Source,
    Document,
    Event,
    Statement,
    StatementTarget,
    EventReport,
    EventActor,
    Relation,
    Quantity,
    Discrepancy,
    Evidence,
    Sentence,
    QuotedPassage,
    Mention,
    Decision,
    Agreement,
)
BY_NAME: dict[str, type[Row]] = {model.TABLE: model for model in TABLES}
#: All columns, by the names that a discrepancy gives them.
FIELDS = tuple(f"{model.TABLE}.{name}" for model in TABLES for name in model.model_fields)
#: The tables in the order in which most readers read them: what they come for first, the codes at the end.
READING_ORDER: tuple[type[Row], ...] = tuple(sorted(TABLES, key=lambda model: model.RANK))
#: The tables of coded units.
UNITS: tuple[type[Row], ...] = tuple(model for model in TABLES if model.IS_UNIT)
#: Tables that a release had and this version has no more, each with the SHA-256 of the schemas that releases gave it. A
#: build removes what is left of them, and of no other table.
FORMER: dict[str, tuple[str, ...]] = {}
