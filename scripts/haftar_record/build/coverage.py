"""Account for every sentence, every passage in quotation marks and every name: nothing is left out silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..coding.inputs import CodedArticle, anchor
from ..coding.sheets import ActorShape, PlaceShape, ScareQuoteShape, SentenceShape, aliases_of
from ..files.layout import register_path
from ..files.yaml_file import Loc
from ..model import tables
from ..model.cells import joined
from ..model.computed import mention_id, quotation_id, sentence_id, units_of
from ..model.index import Index
from ..problems.problem import Place, Problem, bounded
from ..problems.wording import show
from ..text import edtf, proper_names
from ..text.articles import Article
from ..text.mentions import Aliases, Found, locate, stands_for
from ..text.nearest import in_yaml
from ..text.quotation import Quotation
from ..text.spans import Span, Stretches
from ..text.view import form
from .ledger import Ledger

#: Sheets that a message names; the others are counted.
SHOWN = 5
#: Sentences and passages without a unit that are listed for one article; the others are counted.
LISTED = 25
#: Names of one article that are shown as nobody's; the others are counted.
SHOWN_NAMES = 20
#: Facts about an article whose words name nobody of the story.
_HEAD = ("byline", "dateline", "published")


def add_mentions(ledger: Ledger) -> None:
    """Add every occurrence of a name, and the first of each actor as evidence of the actor."""
    registers = ledger.inputs.registers
    entries: list[ActorShape | PlaceShape] = [*registers["actors"].value, *registers["places"].value]
    aliases = aliases_of(entries)
    names = ledger.names["actors"] | ledger.names["places"]
    first: dict[str, tuple[Article, Span, Place]] = {}
    unsettled: dict[str, list[tuple[CodedArticle, Found]]] = {}
    for coded in ledger.inputs.coded:
        published = edtf.parse(coded.sheet.value.facts.published.date)
        outdated: dict[str, list[Span]] = {}
        for found in aliases.find(coded.article, *_senses(ledger, coded, aliases), published):
            place = coded.sheet.place(("mentions",))
            if found.is_outdated:
                outdated.setdefault(found.alias, []).append(found)
                continue
            if found.means not in names:
                unsettled.setdefault(found.alias, []).append((coded, found))
                continue
            is_place = found.means.startswith("plc-")
            if not is_place:
                first.setdefault(found.means, (coded.article, found, place))
            ledger.add(
                tables.Mention,
                place,
                mention_id=mention_id(coded.key, found.start, found.layer),
                document_id=coded.document_id,
                start=found.start,
                end=found.end,
                surface_text=found.words,
                mention_layer=found.layer,
                actor_id=None if is_place else found.means,
                place_id=found.means if is_place else None,
                entity_name=names[found.means],
                label_kind=found.label_kind,
            )
        ledger.outdated[coded.document_id] = [span for spans in outdated.values() for span in spans]
        for words, spans in outdated.items():
            _ask_about_outdated(ledger, coded, words, spans, aliases)
    for words, places in unsettled.items():
        _refuse_unsettled(ledger, words, sorted(aliases.possible(words)), places)
    for actor, (article, span, place) in first.items():
        ledger.evidence(article, span, "name", "states", place, actor_id=actor)


def _ask_about_outdated(ledger: Ledger, coded: CodedArticle, words: str, spans: list[Span], aliases: Aliases) -> None:
    """Ask about words that are an alias at another time than that of the article, and so name nobody in it."""
    more = f" and {len(spans) - 1} more" if spans[1:] else ""
    where = f"paragraph {coded.article.paragraph_number(spans[0].start)}{more}"
    told = " and ".join(
        f"{one} in {aliases.when[form(words), one].text}" for one in sorted(aliases.by_form[form(words)])
    )
    published = coded.sheet.value.facts.published.date
    ledger.problems.add(
        coded.sheet.place(("mentions",)),
        "mention",
        f"{show(words)} in {where}, an alias of {told} only",
        f"an alias of an entry that had this name when the article was published ({published})",
        "add the alias to such an entry, settle under “mentions:” what it means (words, means), or correct the dates",
        "warning",
    )


def _refuse_unsettled(
    ledger: Ledger, words: str, possible: list[str], places: list[tuple[CodedArticle, Found]]
) -> None:
    """Report a name that may mean several entries: at a sheet that settles it for other places, else once, at the
    entries of the register that have it."""
    others: dict[str, list[int]] = {}
    listed = _listed(ledger, words)
    for coded, found in places:
        number = coded.article.paragraph_number(found.start)
        entries = [n for n, entry in enumerate(coded.sheet.value.mentions) if stands_for(words, entry.words)]
        if len(listed) == 1:
            said = (
                f"{show(found.words)} in capitals in paragraph {number}: {possible[0]}, or the word “{words.lower()}”"
            )
            remedy = "settle it under “mentions:” (words, means, at); “means: none” where it is the word"
            ledger.problems.add(coded.sheet.place(("mentions",)), "mention", said, "one meaning", remedy)
        elif entries:
            said = f"{show(found.words)} in paragraph {number}, which may mean {', '.join(possible)}"
            place = coded.sheet.place(("mentions", entries[-1]))
            remedy = "settle it under “mentions:” as well (words, means, at)"
            ledger.problems.add(place, "mention", said, "one meaning", remedy)
        else:
            others.setdefault(coded.sheet.file, []).append(number)
    if others:
        said = f"the alias {show(words)} of {' and of '.join(f'{entry} ({place})' for entry, place in listed)}"
        line = f"- {{words: {_yaml(words)}, means: {listed[0][0]}}}"
        where = ", ".join(f"{file} (paragraph {numbers[0]})" for file, numbers in list(others.items())[:SHOWN])
        more = f" and {len(others) - SHOWN} more" if len(others) > SHOWN else ""
        rest = ", ".join([*(entry for entry, _ in listed[1:]), "none"])
        remedy = f"leave it with one entry, or write “{line}” (or {rest}) under “mentions:” in {where}{more}"
        ledger.problems.add(listed[-1][1], "mention", said, "an alias of one entry, or settled in each sheet", remedy)


def _yaml(words: str) -> str:
    """Words as a sheet has them: in quotation marks where YAML would read them in another way."""
    return words if re.fullmatch(r"[A-Za-z][\w’-]*(?: [\w’-]+)*", words) else in_yaml(words)


def _listed(ledger: Ledger, words: str) -> list[tuple[str, Place]]:
    """The entries that have an alias, each with the place of it, in the order of the registers."""
    found: list[tuple[str, Place]] = []
    actors, places = ledger.inputs.registers["actors"], ledger.inputs.registers["places"]
    entries: list[tuple[int, ActorShape | PlaceShape]] = [*enumerate(actors.value), *enumerate(places.value)]
    for index, entry in entries:
        register = actors if isinstance(entry, ActorShape) else places
        if own := next((alias for alias in entry.aliases if form(alias) == form(words)), None):
            found.append((entry.id, register.place((index, "aliases", own, "@key"))))
    return found


#: The registers of what words may mean, by what their ids begin with.
_REGISTERS = {"act": "actors", "plc": "places"}


def _senses(ledger: Ledger, coded: CodedArticle, aliases: Aliases) -> tuple[dict[str, str], dict[Span, str]]:
    """What ambiguous words mean in one article: everywhere, and in single passages."""
    senses: dict[str, str] = {}
    passages: dict[Span, str] = {}
    for index, entry in enumerate(coded.sheet.value.mentions):
        loc: Loc = ("mentions", index)
        possible = {*aliases.possible(entry.words), "none"}
        register = _REGISTERS.get(entry.means.partition("-")[0])
        if register and not ledger.known.check(register, entry.means, coded.sheet, (*loc, "means")):
            continue
        if entry.means not in possible:
            others = f"one of {', '.join(sorted(possible))}" if len(possible) > 1 else "none"
            expected = f"{others}: no other entry has “{entry.words}” among its aliases"
            remedy = "correct “means”, or add the words to the aliases of the register"
            ledger.problems.add(coded.sheet.place((*loc, "means")), "mention", f"“{entry.means}”", expected, remedy)
            continue
        if not entry.at:
            senses |= dict.fromkeys(aliases.named(entry.words), entry.means)
        for number, quote in enumerate(entry.at or ()):
            span = anchor(coded.article, quote, coded.sheet, (*loc, "at", number), ledger.problems)
            inside = locate(entry.words, quote.text)
            if span and inside:
                passages[Span(span.start + inside.start, span.start + inside.end)] = entry.means
            elif span:
                place = coded.sheet.place((*loc, "at", number))
                expected = f"a passage that contains {show(entry.words)}"
                ledger.problems.add(place, "mention", show(quote.text), expected, "correct the quote")
    return senses, passages


def add_sentences_and_quotations(ledger: Ledger) -> None:
    """Add every sentence and every quoted passage of the articles whose sheets have no errors."""
    evidence = Index(ledger.rows).grouped(tables.Evidence, "document_id")
    for coded in ledger.inputs.coded:
        if ledger.has_errors(coded.sheet.file):
            continue  # what a broken unit leaves uncovered would be reported a second time
        rows = evidence.get(coded.document_id, [])
        _sentences(ledger, coded, rows)
        _quotations(ledger, coded, rows)


def _sentences(ledger: Ledger, coded: CodedArticle, evidence: list[tables.Evidence]) -> None:
    """Every sentence carries a unit or has a reason not to."""
    article, sheet = coded.article, coded.sheet
    units = units_of(evidence, list(article.sentences))
    reasons = _reasons(ledger, coded)
    left_out: list[Problem] = []
    for index, span in enumerate(article.sentences):
        found, (reason, loc) = units[index], reasons.get(index, (None, ()))
        paragraph, sentence = article.paragraph_number(span.start), article.sentence_number(span.start)
        where = f"paragraph {paragraph}, sentence {sentence}: {show(article.of(span), 70)}"
        if not found and not reason:
            said, expected = f"nothing coded in {where}", "a coded unit, or a disposition with a reason"
            remedy = "code it, or list it under “sentences:”"
            left_out.append(Problem(sheet.place(("sentences",)), "sentence", said, expected, remedy))
            continue
        if found and reason:
            expected = "a disposition only where nothing is coded"
            remedy = "remove it from “sentences:”"
            said = f"{len(found)} {'unit' if len(found) == 1 else 'units'} in {where}"
            ledger.problems.add(sheet.place(loc), "sentence", said, expected, remedy)
        ledger.add(
            tables.Sentence,
            sheet.place(loc),
            sentence_id=sentence_id(coded.key, paragraph, sentence),
            document_id=coded.document_id,
            paragraph_number=paragraph,
            sentence_number=sentence,
            start=span.start,
            end=span.end,
            disposition=reason.disposition if reason and not found else "coded",
            unit_count=len(found),
            reason=reason.because if reason and not found else None,
        )
    said = f"nothing coded in {len(left_out):,} of {len(article.sentences):,} sentences"
    _refuse_left_out(ledger, left_out, evidence, said)


def _refuse_left_out(ledger: Ledger, problems: list[Problem], evidence: list[tables.Evidence], said: str) -> None:
    """Report what an article leaves out: one by one; or as ``said`` where no unit is coded yet."""
    no_units = all(row.document_fact or row.actor_id or row.discrepancy_id for row in evidence)
    if no_units and len(problems) > 1:
        problems = [replace(problems[0], found=said)]
    ledger.problems.items += bounded(problems, LISTED)


def _reasons(ledger: Ledger, coded: CodedArticle) -> dict[int, tuple[SentenceShape, Loc]]:
    """Why sentences carry no unit: by index of the sentence, the entry of the sheet and where it stands."""
    reasons: dict[int, tuple[SentenceShape, Loc]] = {}
    for number, entry in enumerate(coded.sheet.value.sentences):
        loc: Loc = ("sentences", number)
        span = anchor(coded.article, entry.quote, coded.sheet, (*loc, "quote"), ledger.problems)
        for index in coded.article.sentences_of(span) if span else ():
            reasons[index] = (entry, loc)
    return reasons


def _quotations(ledger: Ledger, coded: CodedArticle, evidence: list[tables.Evidence]) -> None:
    """Every passage in quotation marks is carried by a statement or listed with a reason."""
    article, sheet = coded.article, coded.sheet
    contents = [
        (row.statement_id, Span(row.start, row.end))
        for row in evidence
        if row.statement_id and row.field == "content_text"
    ]
    listed = _scare_quotes(ledger, coded)
    left_out: list[Problem] = []
    for quotation in article.marks.others:
        _add_quotation(ledger, coded, quotation, "not_quoted", sheet.place(("boundaries", "not_quoted")))
    for quotation in article.quotations:
        carriers = sorted({statement for statement, span in contents if quotation.overlaps(span)})
        entry, loc = listed.get(quotation, (None, ()))
        text = article.of(quotation)
        if bool(carriers) == bool(entry):
            found = f"{show(text, 70)} carried by {joined(carriers)} and listed" if entry else show(text, 70)
            place, expected = sheet.place(loc or ("scare_quotes",)), _EITHER
            remedy = "remove the entry" if entry else "code the statement, or list it with a reason"
            problem = Problem(place, "quoted-passage", found, expected, remedy)
            (ledger.problems.items if entry else left_out).append(problem)
            continue
        disposition = entry.disposition if entry else "statement"
        _add_quotation(
            ledger, coded, quotation, disposition, sheet.place(loc), joined(carriers), entry.because if entry else None
        )
    said = f"{len(left_out):,} of {len(article.quotations):,} passages in quotation marks in no statement"
    _refuse_left_out(ledger, left_out, evidence, said)


#: What is expected of a passage in quotation marks.
_EITHER = "either a statement that carries it or an entry under “scare_quotes:”"


def _add_quotation(
    ledger: Ledger,
    coded: CodedArticle,
    quotation: Quotation,
    disposition: str,
    place: Place,
    statements: str | None = None,
    reason: str | None = None,
) -> None:
    """Add the row of a passage in quotation marks, or of one whose marks are none."""
    ledger.add(
        tables.QuotedPassage,
        place,
        quotation_id=quotation_id(coded.key, quotation.start),
        document_id=coded.document_id,
        start=quotation.start,
        end=quotation.end,
        exact_text=coded.article.of(quotation),
        mark_style=quotation.style,
        is_closed=quotation.is_closed,
        is_settled=quotation.is_settled,
        disposition=disposition,
        statement_ids=statements,
        reason=reason,
    )


def _scare_quotes(ledger: Ledger, coded: CodedArticle) -> dict[Quotation, tuple[ScareQuoteShape, Loc]]:
    """The passages in quotation marks that no statement carries: the entry of the sheet and where it stands."""
    listed: dict[Quotation, tuple[ScareQuoteShape, Loc]] = {}
    for number, entry in enumerate(coded.sheet.value.scare_quotes):
        loc: Loc = ("scare_quotes", number)
        span = anchor(coded.article, entry.quote, coded.sheet, (*loc, "quote"), ledger.problems)
        for quotation in coded.article.quotations:
            if span and quotation.overlaps(span):
                listed[quotation] = (entry, loc)
    return listed


def ask_about_names(ledger: Ledger) -> None:
    """Ask about every proper name that no mention covers as a whole: an alias that is missing drops mentions in
    silence. Where a name may mean several entries, it has no mention until that is settled; where a register has no
    entries that it should have, no name has one."""
    if any(problem.rule == "mention" for problem in ledger.problems.errors):
        return
    if any(ledger.has_errors(register_path(name)) for name in _REGISTERS.values()):
        return
    index = Index(ledger.rows)
    for coded in ledger.inputs.coded:
        if not ledger.has_errors(coded.sheet.file):
            ledger.problems.items += bounded(list(_uncovered(ledger, index, coded)), SHOWN_NAMES)


def _uncovered(ledger: Ledger, index: Index, coded: CodedArticle) -> Iterator[Problem]:
    """A warning for each name of an article of which words are covered by no mention, with the places of all."""
    article = coded.article
    mentions = index.grouped(tables.Mention, "document_id").get(coded.document_id, [])
    named = Stretches((row.start, row.end, row) for row in mentions)
    nobody = Stretches((span.start, span.end, span) for span in _nobody(ledger, index, coded))
    found: dict[str, list[proper_names.Name]] = {}
    for name in proper_names.find(article.text, article.sentences, coded.sheet.value.facts.language):
        covered = [Span(row.start, row.end) for row in named.near(name)]
        if proper_names.uncovered(name, [*covered, *nobody.near(name)]):
            found.setdefault(article.of(name), []).append(name)
    for words, names in found.items():
        parts = list(dict.fromkeys(row.surface_text for row in named.near(names[0])))
        said = f", of which only {' and '.join(map(show, parts))} is named" if parts else ", which no alias has"
        more = f" and {len(names) - 1} more" if names[1:] else ""
        where = f"paragraph {article.paragraph_number(names[0].start)}{more}"
        expected = "an alias that covers the whole name, or “means: none” where it names no actor and no place"
        remedy = "add the words to the aliases of an actor or place, or list them under “mentions:” with “means: none”"
        place = coded.sheet.place(("mentions",))
        yield Problem(place, "name", f"{show(words, 70)} in {where}{said}", expected, remedy, "warning")


def _nobody(ledger: Ledger, index: Index, coded: CodedArticle) -> Iterator[Span]:
    """Where an article names nobody of its story: at its head, in boilerplate, and by words that the sheet lists."""
    article = coded.article
    for row in index.grouped(tables.Evidence, "document_id").get(coded.document_id, []):
        if row.document_fact in _HEAD:
            yield Span(row.start, row.end)
    for sentence in index.grouped(tables.Sentence, "document_id").get(coded.document_id, []):
        if sentence.disposition == "boilerplate":
            yield Span(sentence.start, sentence.end)
    yield from ledger.outdated.get(coded.document_id, ())
    nobody = [(entry.words, "none", "") for entry in coded.sheet.value.mentions if entry.means == "none"]
    yield from Aliases(nobody).matches(article.text)
