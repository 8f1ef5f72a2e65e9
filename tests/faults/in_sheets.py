"""Faults of what the package is made from: articles, coding sheets, registers, waivers. The package is as it was."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from .fault import Fault
from .mutations import CREATED, VERSION, Mutation, append, data, in_turn, prepend, remove, rename, text, write

ARTICLE = "seeds/articles/004_3eb302bd82f84695.txt"
SHEET, OTHER = (f"seeds/coding/articles/{name}.yaml" for name in ("004_3eb302bd82f84695", "003_187cdebd821c6a5c"))
ACTORS, EVENTS, SOURCES, PLACES, TOPICS, RECORD, DISCREPANCIES, REFERENCES, WAIVERS, RETIRED = (
    f"seeds/coding/{name}.yaml"
    for name in (
        "actors",
        "events",
        "sources",
        "places",
        "topics",
        "record",
        "discrepancies",
        "references",
        "waivers",
        "retired",
    )
)
#: A list of lists of lists: each of nine anchors holds ten times the one before.
_BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{two}: &{two} [{', '.join([f'*{one}'] * 10)}]\n" for one, two in zip("abcdefgh", "bcdefghi", strict=True)
)


#: Two passages of the content of a statement, and the same in reversed order.
_LINK = '"the link between the forces of Major General Khalifa Haftar and the Russian Wagner group"'
_STRESS = '"this contradicts US and Libyan interests and undermines Libya’s sovereignty"'
_REVERSED = f"[{_LINK}, {_STRESS}]", f"[{_STRESS}, {_LINK}]"


def _copied(source: str, target: str) -> Mutation:
    return lambda root: shutil.copy(root / source, root / target)


def _waiver(entry: str) -> Mutation:
    return write(WAIVERS, f"- {entry}\n".encode())


def _judged(instead: str) -> Mutation:
    """Other lines in place of what a sheet says of the first quotation in it."""
    said = rb"(?m)^( +)verbatim: .*\n(?: +verbatim_\w+: .*\n)*"
    new = "".join(rf"\1{line}\n" for line in instead.splitlines())
    return data(SHEET, lambda content: re.sub(said, new.encode(), content, count=1))


def _unused_actor(root: Path) -> None:
    """An actor whom nothing names, which is a warning that can be waived."""
    append(ACTORS, "\n- {id: act-nobody, name: Nobody, type: person, country: not-stated, description: Nobody.}\n")(
        root
    )


def _renumbered(stem: str, number: str) -> Mutation:
    """An article under another number, with its sheet."""
    new = f"{number}_{stem.partition('_')[2]}"
    sheet = f"seeds/coding/articles/{new}.yaml"
    return in_turn(
        rename(f"seeds/articles/{stem}.txt", f"seeds/articles/{new}.txt"),
        rename(f"seeds/coding/articles/{stem}.yaml", sheet),
        text(sheet, f"article: {stem}.txt", f"article: {new}.txt"),
    )


def _twice(change: Callable[[bytes], bytes]) -> Mutation:
    """An article and its sheet under another number, the article changed a little."""

    def mutate(root: Path) -> None:
        name = "005_0123456789abcdef"
        article = change((root / ARTICLE).read_bytes())
        sheet = (root / SHEET).read_text(encoding="utf-8")
        sha256 = hashlib.sha256(article).hexdigest()
        sheet = re.sub("(?m)^article: .*\nsha256: .*$", f"article: {name}.txt\nsha256: {sha256}", sheet)
        (root / f"seeds/articles/{name}.txt").write_bytes(article)
        (root / f"seeds/coding/articles/{name}.yaml").write_text(sheet, encoding="utf-8")

    return mutate


FAULTS = (
    # -- articles
    Fault("article-changed", "articles", "a word of an article is corrected", text(ARTICLE, "byLibya", "by Libya")),
    Fault("article-reflowed", "articles", "blanks at the start of an article are gone", data(ARTICLE, bytes.lstrip)),
    Fault("article-line-end", "articles", "a line feed more at the end of an article", append(ARTICLE, "\n")),
    Fault("article-gone", "articles", "an article is gone", remove(ARTICLE)),
    Fault("article-empty", "articles", "an article has no bytes", write(ARTICLE, b"")),
    Fault("article-blank", "articles", "an article has blanks only", write(ARTICLE, b" \n\n")),
    Fault("article-latin-1", "articles", "an article is Windows-1252", data(ARTICLE, lambda content: content.decode().encode("cp1252", "replace"))),
    Fault("article-byte-order-mark", "articles", "a byte order mark at the start of an article", prepend(ARTICLE, b"\xef\xbb\xbf")),
    Fault("article-carriage-returns", "articles", "the lines of an article end in carriage return and line feed", data(ARTICLE, lambda content: content.replace(b"\n", b"\r\n"))),
    Fault("article-nul", "articles", "a NUL character in an article", data(ARTICLE, lambda content: content.replace(b"offensive", b"offen\0sive", 1))),
    Fault("article-escape-sequence", "articles", "the escape sequence of a terminal in an article", data(ARTICLE, lambda content: content.replace(b"offensive", b"offen\x1b[31msive", 1))),
    Fault("article-form-feed", "articles", "a form feed between two words of an article", data(ARTICLE, lambda content: content.replace(b"offensive in", b"offensive\x0cin", 1).replace(b"the battlefield", b"the\x0cbattlefield", 1))),
    Fault("article-tab", "articles", "a tab between two words of an article", data(ARTICLE, lambda content: content.replace(b"has up to 1 200", b"has\tup to 1 200", 1))),
    Fault("article-line-separator", "articles", "a Unicode line separator in an article", data(ARTICLE, lambda content: content.replace(b"has up to 1 200", "has\u2028up to 1 200".encode(), 1))),
    Fault("article-noncharacter", "articles", "a code point that is no character in an article", data(ARTICLE, lambda content: content.replace(b"has up to 1 200", "has \ufdd0up to 1 200".encode(), 1))),
    Fault("article-huge", "articles", "an article of many megabytes", data(ARTICLE, lambda content: content * 4000)),
    Fault("article-renamed", "articles", "an article without its number", rename(ARTICLE, "seeds/articles/3eb302bd82f84695.txt")),
    Fault("article-in-capitals", "articles", "the name of an article in capitals", rename(ARTICLE, "seeds/articles/004_3EB302BD82F84695.txt")),
    Fault("article-without-sheet", "articles", "an article that nobody has coded", _copied(ARTICLE, "seeds/articles/005_0123456789abcdef.txt")),
    Fault("article-of-one-number", "articles", "two articles have one number", _renumbered("003_187cdebd821c6a5c", "004")),
    Fault("article-of-one-key", "articles", "two articles begin with the same eight digits", _copied(ARTICLE, "seeds/articles/005_3eb302bdffffffff.txt")),
    Fault("article-number-with-zeros", "articles", "the number of an article has a needless zero", rename(ARTICLE, "seeds/articles/0004_3eb302bd82f84695.txt")),
    Fault("article-of-another-ending", "articles", "an article lies there as a PDF", write("seeds/articles/005_0123456789abcdef.pdf", b"%PDF-1.4\n")),
    Fault("article-straight-quotes", "articles", "the curly quotation marks of an article are straight", data(ARTICLE, lambda content: content.replace("“".encode(), b'"').replace("”".encode(), b'"'))),
    Fault("article-twice", "articles", "an article is there a second time, with its sheet", _twice(lambda text: text)),
    Fault("article-twice-in-capitals", "articles", "an article is there a second time, with other blanks and capitals", _twice(lambda text: text.replace(b"Haftar has ", b"HAFTAR  has ", 1).replace(b"Russia", b"RUSSIA"))),
    # -- sheets as YAML
    Fault("sheet-empty", "sheets", "a sheet has no bytes", write(SHEET, b"")),
    Fault("sheet-list", "sheets", "a sheet is a list", prepend(SHEET, b"- ")),
    Fault("sheet-gone", "sheets", "a sheet is gone", remove(SHEET)),
    Fault("sheet-latin-1", "sheets", "a sheet has a byte that is no UTF-8", data(SHEET, lambda content: content.replace("’".encode(), b"\x92", 1))),
    Fault("sheet-tab", "sheets", "a line of a sheet is indented with a tab", text(SHEET, "    act: criticise", "\tact: criticise")),
    Fault("sheet-quote-open", "sheets", "a quotation mark of a sheet is not closed", text(SHEET, 'cue: "believes"', 'cue: "believes')),
    Fault("sheet-bracket-open", "sheets", "a bracket of a sheet is not closed", text(SHEET, "targets: [act-haftar]", "targets: [act-haftar")),
    Fault("sheet-colon", "sheets", "a colon in a text without quotation marks", text(SHEET, '"Jeffrey says that the battlefield could', 'Jeffrey: the battlefield could" #')),
    Fault("sheet-anchor", "sheets", "an anchor and an alias in a sheet", text(SHEET, "targets: [act-haftar]", "targets: &one [act-haftar]")),
    Fault("sheet-bomb", "sheets", "anchors that make a small file huge", write("seeds/coding/topics.yaml", _BOMB.encode())),
    Fault("sheet-merge", "sheets", "a merge key in a sheet", text(SHEET, "    stance: oppose", "    <<: {stance: oppose}")),
    Fault("sheet-tag", "sheets", "a tag of Python in a sheet", text(SHEET, "act: criticise", "act: !!python/name:os.system criticise")),
    Fault("sheet-deep", "sheets", "a hundred lists inside each other", text(SHEET, "targets: [act-haftar]", f"targets: {'[' * 100}act-haftar{']' * 100}")),
    Fault("sheet-huge", "sheets", "a sheet of more than two megabytes", append(SHEET, "# more\n" * 300_000)),
    Fault("sheet-two-documents", "sheets", "a second document in a sheet", append(SHEET, "---\nstatements: []\n")),
    Fault("sheet-key-twice", "sheets", "a key is given twice", text(SHEET, "    act: criticise", "    act: assert\n            act: criticise")),
    Fault("sheet-key-misspelt", "sheets", "a key is misspelt", text(SHEET, "    stance: oppose", "    stanse: oppose")),
    Fault("sheet-key-missing", "sheets", "a key that is needed is missing", text(SHEET, "    form: indirect", "    # form: indirect")),
    Fault("sheet-key-number", "sheets", "a key that nobody knows, in capitals", text(SHEET, "    stance: oppose", "    Stance: oppose")),
    Fault("sheet-number-octal", "sheets", "a number that YAML 1.1 reads as octal", text(SHEET, 'max: "1200"', "max: 02260")),
    Fault("sheet-flag-yes", "sheets", "a flag says yes", text(SHEET, 'background: "true"', "background: yes")),
    Fault("sheet-country-no", "sheets", "a country that YAML 1.1 reads as false", text(PLACES, "country: LBY", "country: no")),
    Fault("sheet-month-bare", "sheets", "a month without quotation marks where a day is meant", text(SHEET, '    date: "2020-05-08"', "    date: 2020-05-00")),
    Fault("sheet-id-octal", "sheets", "an id that YAML 1.1 reads as octal, of another form", text(SHEET, '  - id: "07"', "  - id: 0o7")),
    Fault("sheet-null", "sheets", "a value is missing after its key", text(SHEET, "    stance: oppose", "    stance:")),
    Fault("sheet-list-for-text", "sheets", "a list where a text belongs", text(SHEET, "    stance: oppose", "    stance: [oppose]")),
    Fault("sheet-text-for-list", "sheets", "a text where a list belongs", text(SHEET, "targets: [act-haftar]", "targets: act-haftar")),
    Fault("sheet-control-character", "sheets", "a control character in a text", text(SHEET, 'summary: "Jeffrey', 'summary: "\\x07Jeffrey')),
    Fault("sheet-zero-width", "sheets", "a zero-width blank in a summary", text(SHEET, 'summary: "Jeffrey', 'summary: "\u200bJeffrey')),
    Fault("sheet-bidi", "sheets", "a right-to-left override in a summary", text(SHEET, 'summary: "Jeffrey says', 'summary: "Jeffrey \u202esays')),
    Fault("sheet-no-break-space", "sheets", "a no-break space in a summary", text(SHEET, 'summary: "Jeffrey says', 'summary: "Jeffrey\u00a0says')),
    Fault("sheet-decomposed", "sheets", "a letter and its accent as two characters in a summary", text(SHEET, 'summary: "Jeffrey says', 'summary: "Je\u0301ffrey says')),
    Fault("sheet-private-character", "sheets", "a character of the private use area in a summary", text(SHEET, 'summary: "Jeffrey', 'summary: "\uf0b7 Jeffrey')),
    Fault("sheet-noncharacter", "sheets", "a code point that is no character in a summary", text(SHEET, 'summary: "Jeffrey', 'summary: "\ufdd0Jeffrey')),
    Fault("sheet-text-too-long", "sheets", "a reason of 20,001 characters", text(SHEET, '  text_kind_because: "', f'  text_kind_because: "{"x" * 20_001}" #')),
    Fault("sheet-text-too-long-in-emoji", "sheets", "a reason of ten thousand and one emoji, each of which is two characters in a spreadsheet", text(SHEET, '  text_kind_because: "', f'  text_kind_because: "{"😀" * 10_001}" #')),
    Fault("sheet-text-shows-nothing", "sheets", "a reason that shows nothing", text(SHEET, '  text_kind_because: "', '  text_kind_because: "\u3164" #')),
    Fault("sheet-text-braille-blank", "sheets", "a reason of a blank that is no blank to Unicode", text(SHEET, '  text_kind_because: "', '  text_kind_because: "\u2800" #')),
    Fault("sheet-text-mark-alone", "sheets", "a reason of an accent without a letter", text(SHEET, '  text_kind_because: "', '  text_kind_because: "\u0301" #')),
    Fault("sheet-escaped-nul", "sheets", "a NUL that is written as an escape of YAML", text(SHEET, 'summary: "Jeffrey', 'summary: "Jeff\\0rey')),
    Fault("sheet-number-too-exact", "sheets", "a figure of more digits than a spreadsheet keeps", text(SHEET, 'max: "1200"', 'max: "1200.1234567890123"')),
    Fault("sheet-formula", "sheets", "a summary is a formula", text(SHEET, 'summary: "Jeffrey says', 'summary: "=Jeffrey says')),
    Fault("sheet-padded", "sheets", "a blank at the end of a summary", text(SHEET, 'become more complicated."\n', 'become more complicated. "\n')),
    # -- sheets and articles
    Fault("sheet-of-another-article", "sheets", "a sheet names another article", text(SHEET, "article: 004_3eb302bd82f84695.txt", "article: 003_187cdebd821c6a5c.txt")),
    Fault("sheet-copied", "sheets", "a sheet is a copy of that of another article", _copied(OTHER, SHEET)),
    Fault("sheet-renamed", "sheets", "a sheet with another ending", rename(SHEET, SHEET.replace(".yaml", ".yml"))),
    Fault("sheet-open-value", "sheets", "a value that only the coder can tell is still open", text(SHEET, "language: en", 'language: "?"')),
    Fault("sheet-stale", "sheets", "a sheet was written for another text of its article", text(SHEET, "sha256: 58e2b70b", "sha256: 58e2b70c")),
    Fault("sheet-hash-in-capitals", "sheets", "the hash of a sheet in capitals", text(SHEET, "sha256: 58e2b", "sha256: 58E2B")),
    Fault("sheet-changed-without-build", "sheets", "a summary is changed and the package is not built anew", text(SHEET, "the battlefield could become more complicated.", "the battlefield may become more complicated.")),
    # -- quotations
    Fault("quotation-not-found", "sheets", "a quotation has a typing error", text(SHEET, 'cue: "believes"', 'cue: "beleives"')),
    Fault("quotation-straight-quotes", "sheets", "a quotation has straight quotation marks", text(SHEET, "byLibya’s eastern", "byLibya's eastern")),
    Fault("quotation-corrected", "sheets", "a quotation corrects a slip of the article", text(SHEET, "byLibya’s eastern", "by Libya’s eastern")),
    Fault("quotation-other-dash", "sheets", "a quotation has another dash", text(SHEET, "for us – counterterrorism", "for us - counterterrorism")),
    Fault("quotation-no-break-space", "sheets", "a quotation has a no-break space", text(SHEET, 'printed: "up to 1 200"', 'printed: "up to 1\u00a0200"')),
    Fault("quotation-ambiguous", "sheets", "a quotation stands in its article many times", text(SHEET, '    cue: {text: "said", in: "senior US officials said"}', '    cue: "US"')),
    Fault("quotation-occurrence-off-by-one", "sheets", "a quotation is meant to stand once more than it does", text(SHEET, '{act-assad: {text: "Assad", occurrence: 1}}', '{act-assad: {text: "Assad", occurrence: 9}}')),
    Fault("quotation-elsewhere", "sheets", "a quotation is looked for in the wrong paragraph", text(SHEET, 'place: "in Syria"', 'place: {text: "Benghazi", in: "Jim Jeffrey"}')),
    Fault("quotation-empty", "sheets", "a quotation is empty", text(SHEET, 'cue: "believes"', 'cue: ""')),
    Fault("quotation-of-nothing", "sheets", "a quotation is from another article", text(SHEET, 'hedge: "believes"', 'hedge: "Echorouk Online"')),
    # -- judgement
    Fault("sheet-code", "sheets", "a code is misspelt", text(SHEET, "act: assert", "act: assrt")),
    Fault("sheet-act-for-stance", "sheets", "a code of another list", text(SHEET, "stance: oppose", "stance: deny")),
    Fault("sheet-edtf", "sheets", "a date that the calendar does not have", text(SHEET, "date: occasion", 'date: {edtf: "2020-05-32", reference: ref-us-conference-call}')),
    Fault("sheet-edtf-words", "sheets", "a date in words", text(SHEET, "date: occasion", 'date: {edtf: "7 May 2020", reference: ref-us-conference-call}')),
    Fault("sheet-date-against-words", "sheets", "a date is not the one its words give", text(SHEET, 'date: {words: "a year ago"}', 'date: {words: "a year ago", edtf: "2018"}')),
    Fault("sheet-date-without-reason", "sheets", "a date without words, reason or reference", text(SHEET, "date: occasion", 'date: {edtf: "2020-05-07"}')),
    Fault("sheet-date-unresolved", "sheets", "date words that no rule resolves", text(SHEET, 'date: {words: "a year ago"}', 'date: {words: "to seize Tripoli"}')),
    Fault("sheet-said-after-publication", "sheets", "a statement is dated after its article", text(SHEET, "date: occasion", 'date: {edtf: "2020-05-09", reference: ref-us-conference-call}')),
    Fault("sheet-occurrence-words", "sheets", "a number in words", text(SHEET, '"Assad", occurrence: 1', '"Assad", occurrence: first')),
    Fault("sheet-two-speakers", "sheets", "a statement has an actor and a source as speaker", text(SHEET, "        speaker: act-turkey", "        speaker: act-turkey\n        source: src-wooster")),
    Fault("sheet-no-speaker", "sheets", "a statement has no speaker", text(SHEET, "        speaker: act-turkey\n", "")),
    Fault("sheet-quotation-not-judged", "sheets", "nobody says whether a quotation has the speaker's own words", _judged("verbatim: null")),
    Fault("sheet-verbatim-without-reason", "sheets", "a quotation is verbatim, and nothing shows it", _judged('verbatim: "yes"')),
    Fault("sheet-verbatim-indirect", "sheets", "indirect speech is said to be verbatim", text(SHEET, "    form: indirect\n", "    form: indirect\n            verbatim: unknown\n")),
    Fault("sheet-verbatim-reference", "sheets", "the reference for a quotation is unknown", _judged("verbatim: unknown\nverbatim_reference: ref-nothing")),
    Fault("sheet-attribution", "sheets", "a report is attributed and names no source", text(SHEET, "    source: src-call-reporters\n", "")),
    Fault("sheet-source-of-outlet", "sheets", "a report of the outlet names a source", text(SHEET, "    attribution: anonymous\n    source: src-call-reporters\n", "    source: src-call-reporters\n")),
    Fault("sheet-id-twice", "sheets", "two decisions have one id", text(SHEET, '- {id: "02", about: [s05]', '- {id: "01", about: [s05]')),
    Fault("sheet-unknown-actor", "sheets", "a target is no actor of the register", text(SHEET, "targets: [act-haftar]", "targets: [act-hafter]")),
    Fault("sheet-unknown-event", "sheets", "a report tells an event that is not in the register", text(SHEET, "event: evt-arms-embargo-2011", "event: evt-arms-embargo")),
    Fault("sheet-unknown-topic", "sheets", "a statement is on an unknown topic", text(SHEET, "topic: top-tripoli-offensive", "topic: top-tripoli")),
    Fault("sheet-unknown-source", "sheets", "the source of a report is unknown", text(SHEET, "source: src-un-confidential-report", "source: src-un-report")),
    Fault("sheet-unknown-statement", "sheets", "a statement is told inside one that does not exist", text(SHEET, 'parent: "03"', 'parent: "71"')),
    Fault("sheet-told-inside-itself", "sheets", "a statement is told inside itself", text(SHEET, 'parent: "03"', 'parent: "04"')),
    Fault("sheet-target-twice", "sheets", "a target is named twice", text(SHEET, "targets: [act-haftar]", "targets: [act-haftar, act-haftar]")),
    Fault("sheet-role", "sheets", "an actor has a role that does not exist", text(SHEET, 'who: {actor: {act-haftar: "Haftar"}}', 'who: {doer: {act-haftar: "Haftar"}}')),
    Fault("sheet-form-against-marks", "sheets", "words in quotation marks are coded as indirect speech", text(SHEET, "    form: direct", "    form: indirect")),
    Fault("sheet-recipient-missing", "sheets", "a sanction without recipient", text(SHEET, ', recipient: {act-libya: "Libya"}', "")),
    Fault("sheet-number-not-printed", "sheets", "a number that the article does not print", text(SHEET, 'max: "1200"', 'max: "12000"')),
    Fault("sentence-unaccounted", "sheets", "a sentence is neither coded nor listed", data(SHEET, lambda content: re.sub(rb"\nsentences:\n.*", b"\nsentences: []", content))),
    Fault("sentence-coded-and-background", "sheets", "a coded sentence is listed as background", text(SHEET, "sentences:\n", 'sentences:\n  - {quote: "Haftar launched an offensive a year ago", disposition: background, because: "x"}\n')),
    Fault("passage-unaccounted", "sheets", "a passage in quotation marks is in no statement and not listed", data(OTHER, lambda content: re.sub(rb"scare_quotes:\n.*", b"scare_quotes: []", content))),
    Fault("passage-listed-and-carried", "sheets", "a statement in quotation marks is listed as scare quotes", text(SHEET, "sentences:\n", 'scare_quotes:\n  - {quote: "we don’t see them backing down", because: "x"}\nsentences:\n')),
    Fault("mention-unsettled", "sheets", "a name that may mean several is not settled", text(SHEET, "  - {words: UN, means: act-un}\n", "")),
    Fault("mention-unknown", "sheets", "a name is said to mean somebody it cannot", text(SHEET, "means: act-syria,", "means: act-sirya,")),
    Fault("boundary-not-found", "sheets", "a sentence is to be divided where no such words stand", text(SHEET, "statements:\n", 'boundaries: {split_after: ["Tripolis."]}\nstatements:\n')),
    Fault("sheet-decision-on-nothing", "sheets", "a decision is about a unit that does not exist", text(SHEET, 'about: [s01, s03, s04', 'about: [s01, s03, s94')),
    Fault("sheet-comment-in-a-text", "sheets", "a text without quotation marks goes on after a number sign", text(OTHER, "act: criticise", "act: criticise #5")),
    Fault("sheet-line-end-unseen", "sheets", "a line end that no editor shows, after which a comment goes on as content", text(SHEET, "statements:\n", "# next:\u0085statements:\n")),
    Fault("sheet-id-in-other-letters", "sheets", "an id has a Cyrillic letter that looks like its own", text(SHEET, "speaker: act-wooster", "speaker: act-wo\u043ester")),
    Fault("sheet-speaker-of-other-words", "sheets", "the words that name a speaker name somebody else", text(SHEET, "speaker: act-turkey", "speaker: act-russia")),
    Fault("sheet-content-reversed", "sheets", "two passages of a content in reversed order", text(OTHER, *_REVERSED)),
    Fault("sheet-content-overlapping", "sheets", "two passages of a content share words", text(OTHER, '"this contradicts', '"Russian Wagner group", "this contradicts')),
    Fault("sheet-content-twice", "sheets", "a passage of a content is quoted twice", text(OTHER, _REVERSED[0], _REVERSED[0].replace("]", f", {_LINK}]"))),
    Fault("sheet-date-without-its-words", "sheets", "a date is said to be stated in words that are not there", text(SHEET, "date: occasion", 'date: {edtf: "2020-05-07", basis: stated, reference: ref-us-conference-call}')),
    Fault("sheet-date-against-its-words", "sheets", "a date is said to be stated in words that mean another", text(SHEET, 'date: {words: "last year"}', 'date: {words: "last year", edtf: "2018", basis: stated}')),
    # -- registers
    Fault("register-actor-gone", "registers", "an actor whom many entries name is gone from the register", data(ACTORS, lambda content: re.sub(rb"- {id: act-algeria,.*\n", b"", content))),
    Fault("register-alias-misspelt", "registers", "an alias of a place is misspelt", text(PLACES, "aliases: {Sirte: name}", "aliases: {Sitre: name}")),
    Fault("register-alias-of-one-letter", "registers", "an alias of a place is one letter", text(PLACES, "aliases: {Sirte: name}", "aliases: {Sirte: name, a: name}")),
    Fault("register-alias-without-letters", "registers", "an alias of a place is two signs", text(PLACES, "aliases: {Sirte: name}", 'aliases: {Sirte: name, ".*": name}')),
    Fault("register-alias-endless", "registers", "an alias of a place has twenty thousand letters", text(PLACES, "aliases: {Sirte: name}", f"aliases: {{Sirte: name, ? {'x' * 20000} : name}}")),
    Fault("register-alias-common", "registers", "an alias of a place is a word of every article", text(PLACES, "aliases: {Sirte: name}", "aliases: {Sirte: name, the: name}")),
    Fault("register-alias-of-two", "registers", "an actor has the alias of another", text(ACTORS, "aliases: {Algeria: name}", "aliases: {Algeria: name, Wooster: name}")),
    Fault("register-name-twice", "registers", "two places have one name", text(PLACES, 'name: "Sirte"', 'name: "Tripoli"')),
    Fault("register-name-in-capitals", "registers", "the name of a place is that of another in capitals, with an accent and a hyphen", text(PLACES, 'name: "Sirte"', 'name: "TR\u00cd-POLI"')),
    Fault("register-letter-of-another-script", "registers", "a word of a description has a Cyrillic letter", text(PLACES, "City on the coast", "C\u0456ty on the coast")),
    Fault("register-empty", "registers", "a register has no entry", write(ACTORS, b"[]\n")),
    Fault("register-gone", "registers", "a register is gone", remove(TOPICS)),
    Fault("register-unknown", "registers", "a register that no build reads", write("seeds/coding/actor.yaml", b"[]\n")),
    Fault("register-id-twice", "registers", "two actors have one id", text(ACTORS, "id: act-libya,", "id: act-usa,")),
    Fault("register-id-in-capitals", "registers", "the id of an actor has a capital", text(ACTORS, "id: act-haftar,", "id: act-Haftar,")),
    Fault("register-parent-unknown", "registers", "an actor belongs to an unknown one", text(ACTORS, "parent: act-usa", "parent: act-us")),
    Fault("register-parent-circle", "registers", "two actors belong to each other", text(ACTORS, "{id: act-us-state-nea, name: \"Bureau of Near Eastern Affairs\", type: government_body, country: USA, parent: act-us-state", "{id: act-us-state-nea, name: \"Bureau of Near Eastern Affairs\", type: government_body, country: USA, parent: act-hood")),
    Fault("register-country", "registers", "a country by two letters", text(ACTORS, "country: DZA", "country: DZ")),
    Fault("register-wikidata", "registers", "a Wikidata id without its letter", text(ACTORS, "wikidata: Q262", "wikidata: 262")),
    Fault("register-latitude", "registers", "a latitude beyond the pole", text(PLACES, 'latitude: "32.88743"', 'latitude: "95.1"')),
    Fault("register-half-a-coordinate", "registers", "a place has a latitude and no longitude", text(PLACES, ', longitude: "13.18733"', "")),
    Fault("register-list-separator", "registers", "the name of an actor holds the separator of lists", text(ACTORS, 'name: "Algeria"', 'name: "Alg;eria"')),
    Fault("register-actor-unused", "registers", "an actor whom nothing names", _unused_actor),
    Fault("register-event-unreported", "registers", "an event that no sheet reports", append(EVENTS, '\n- {id: evt-new, title: New, type: PROTEST, realis: actual, date: {edtf: "2011"}, because: "New."}\n')),
    Fault("register-event-mode", "registers", "an event has a mode of another type", text(EVENTS, "type: SANCTION, modes: [discontinue]", "type: SANCTION, modes: [phone]")),
    Fault("register-event-date", "registers", "an event has a date that no report gives", text(EVENTS, 'aux: historical, realis: actual, date: {edtf: "2011"}', 'aux: historical, realis: actual, date: {edtf: "2012"}')),
    Fault("register-event-part-circle", "registers", "an event is part of itself", text(EVENTS, "id: evt-arms-embargo-2011,", "id: evt-arms-embargo-2011, part_of: evt-arms-embargo-2011,")),
    Fault("register-event-realis", "registers", "an event that happened is planned", text(EVENTS, "aux: historical, realis: actual", "aux: historical, realis: planned")),
    Fault("register-discrepancy-field", "registers", "a discrepancy is about a column that does not exist", text(DISCREPANCIES, "field: event_actors.actor_id", "field: event_actors.actor")),
    Fault("register-discrepancy-article", "registers", "a reading of a discrepancy is of an unknown article", text(DISCREPANCIES, "a: {article: 9d1fdcb4", "a: {article: 9d1fdcb5")),
    Fault("register-discrepancy-side", "registers", "a discrepancy has no evidence for its second reading", text(DISCREPANCIES, 'b: {article: 9d1fdcb4, quotes: ["even if by fabricating “limited confrontations” with Algeria"], reading', "b: {article: 9d1fdcb4, reading")),
    Fault("register-reference-code", "registers", "the standing of a reference is misspelt", text(REFERENCES, "  standing: seen", "  standing: sean")),
    Fault("register-version", "registers", "the version of the release is no version", text(RECORD, f'version: "{VERSION}"', 'version: "0.1"')),
    Fault("register-created", "registers", "the release is made at the 25th hour", text(RECORD, f'created: "{CREATED}"', 'created: "2026-11-29T25:00:00Z"')),
    Fault("register-created-before-zip", "registers", "the release is made in 1970", text(RECORD, 'created: "2026', 'created: "1970')),
    Fault("register-created-after-zip", "registers", "the release is made in 9999", text(RECORD, 'created: "2026', 'created: "9999')),
    Fault("register-version-huge", "registers", "a number of the version has five thousand digits", text(RECORD, f'version: "{VERSION}"', f'version: "0.1.{"9" * 5000}"')),
    Fault("register-title-zero-width", "registers", "a zero-width blank in the title of the release", text(RECORD, '"The Haftar Record"', '"The Haf\u200btar Record"')),
    Fault("register-title-bidi", "registers", "a right-to-left override in the title of the release", text(RECORD, '"The Haftar Record"', '"The \u202eHaftar Record"')),
    Fault("register-keyword-replacement", "registers", "the sign for a character that could not be read in a keyword", text(RECORD, "[Libya, ", "[Lib\ufffda, ")),
    Fault("register-contributor-shows-nothing", "registers", "a contributor whose name shows nothing", text(RECORD, '"The Haftar Record project"', '"\u115f"')),
    Fault("retired-for-a-hidden-reason", "registers", "an id is retired for a reason with a mark of direction", write(RETIRED, '- {id: st-3eb302bd-99, since: "0.1.0", because: "told \u2067twice", successors: []}\n'.encode())),
    Fault("register-description-place", "registers", "the description has a place that no build fills", text(RECORD, "in {articles} of", "in {article} of")),
    Fault("register-folder-stray", "registers", "a further file of a register has another ending", write("seeds/coding/actors/more.yml", b"[]\n")),
    Fault("register-entry-in-two-files", "registers", "an entry of a register stands in two files", write("seeds/coding/topics/more.yaml", b'- {id: top-assad-rule, name: "X", definition: "X.", support_means: "X.", oppose_means: "Y."}\n')),
    Fault("retired-comes-back", "registers", "an id that is retired is that of an event", write(RETIRED, b'- {id: evt-arms-embargo-2011, since: "0.1.0", because: "Told twice."}\n')),
    Fault("retired-without-successor", "registers", "a retired id is followed by nothing that is there", write(RETIRED, b'- {id: evt-embargo, since: "0.1.0", because: "Told twice.", successors: [evt-arms-embargo]}\n')),
    # -- waivers
    Fault("waiver-expired", "waivers", "a waiver has expired", in_turn(_unused_actor, _waiver('{rule: R14, record: act-nobody, because: "To come.", until: "2026-12-31"}'))),
    Fault("waiver-by-a-wrong-clock", "waivers", "the release was created in the future, and a waiver may have expired", in_turn(_unused_actor, _waiver('{rule: R14, record: act-nobody, because: "To come.", until: "2028-06-30"}'), text(RECORD, 'created: "202', 'created: "203'))),
    Fault("waiver-idle", "waivers", "a waiver waives nothing", _waiver('{rule: R14, record: act-haftar, because: "To come.", until: "2027-12-31"}')),
    Fault("waiver-of-an-error", "waivers", "a waiver is for an error", _waiver('{rule: R01, record: act-haftar, because: "To come.", until: "2027-12-31"}')),
    Fault("waiver-of-no-rule", "waivers", "a waiver is for a rule that does not exist", _waiver('{rule: R999, record: act-haftar, because: "To come.", until: "2027-12-31"}')),
    Fault("waiver-of-another-form", "waivers", "a waiver names its rule by words", _waiver('{rule: actor-is-used, record: act-haftar, because: "To come.", until: "2027-12-31"}')),
    Fault("waiver-without-reason", "waivers", "a waiver has no reason", _waiver('{rule: R14, record: act-haftar, until: "2027-12-31"}')),
    Fault("waiver-until-no-day", "waivers", "a waiver ends on a day that no calendar has", _waiver('{rule: R14, record: act-haftar, because: "To come.", until: "2027-02-30"}')),
    Fault("waiver-far-off", "waivers", "a waiver ends in the year 9999", in_turn(_unused_actor, _waiver('{rule: R14, record: act-nobody, because: "To come.", until: "9999-12-31"}'))),
    Fault("waiver-of-no-record", "waivers", "a waiver is for a record that does not exist", _waiver('{rule: R14, record: act-hafter, because: "To come.", until: "2027-12-31"}')),
    Fault("waiver-twice", "waivers", "one warning is waived twice", in_turn(_unused_actor, write(WAIVERS, b'- {rule: R14, record: act-nobody, because: "To come.", until: "2027-12-31"}\n' * 2))),
    Fault("waiver-for-ever", "waivers", "a waiver has no end", _waiver('{rule: R14, record: act-haftar, because: "To come."}')),
    # -- the date of publication against its own words
    Fault("sheet-published-against-its-words", "sheets", "an article is published a day after the words quoted for it", in_turn(text(SHEET, 'date: "2020-05-08"', 'date: "2020-05-09"'), text(SHEET, 'text_date: "2020-05-08"', 'text_date: "2020-05-09"'))),
    Fault("sheet-published-without-words", "sheets", "a stated date of publication quotes no words", text(SHEET, '    quotes: ["date 2020-05-08"]\n', "")),
    # -- letters of other scripts where no rule over the tables sees them
    Fault("record-title-of-two-scripts", "registers", "a Cyrillic letter in the title of the record", text(RECORD, 'title: "The Haftar Record"', 'title: "The Hаftar Record"')),
    Fault("record-keyword-of-two-scripts", "registers", "a Greek letter in a keyword", text(RECORD, "keywords: [Libya", "keywords: [Libyα")),
    Fault("waiver-of-two-scripts", "waivers", "a Cyrillic letter in the reason of a waiver", in_turn(_unused_actor, _waiver('{rule: R14, record: act-nobody, because: "Tо come.", until: "2027-12-31"}'))),
    Fault("retired-of-two-scripts", "registers", "full-width letters in the reason for a retired id", write(RETIRED, '- {id: st-9d1fdcb4-99, since: 0.1.0, because: "Ｔｗｉｃｅ."}\n'.encode())),
    # -- passages that follow each other
    Fault("sheet-content-inside-a-word", "sheets", "two passages of a statement are parts of one word", text(OTHER, _LINK, _LINK.replace("between", 'bet", "ween'))),
)  # fmt: skip
