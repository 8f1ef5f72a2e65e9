"""Turn articles and coding sheets into the rows of every table: units first, then what is derived from them."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

from ..coding.inputs import Inputs
from ..coding.open_values import OPEN
from ..files.layout import ARTICLES, SHEETS
from ..model import tables
from ..model.computed import document_label
from ..model.index import Index
from ..model.rows import Places, Rows
from ..problems.problem import DataErrors, Place, Problem, Problems
from ..problems.wording import show
from . import copies, coverage, discrepancies, events, registers, speech, units
from .ledger import Ledger

_ARTICLES = PurePath(ARTICLES).parts


def assemble(inputs: Inputs, problems: Problems) -> tuple[Rows, Places]:
    """All rows of all tables, each table sorted by its key, and where each was coded.

    Problems are collected; rows that have one are left out. Raises DataErrors when an id of a register occurs twice,
    because every row that refers to it would have a problem.
    """
    _refuse_duplicates(inputs, problems)
    ledger = _filled(inputs, problems)
    coverage.ask_about_names(ledger)
    speech.ask_about_speech(ledger)
    copies.ask_about_copies(ledger)
    return ledger.rows, ledger.places


def add_what_else_is_wrong(inputs: Inputs, problems: Problems) -> None:
    """Add what is wrong besides mistakes that keep the rows from being made; ``inputs`` has what can be read in spite
    of them.

    Whether the words of a quotation stand in the article depends on nothing else. Where only sheets are wrong, the
    errors of the other sheets are told too, so that whoever codes two articles is told of both at once: all but what
    may be wrong because a sheet is.
    """
    errors = [PurePath(problem.place.file) for problem in problems.errors]
    own = Problems()
    try:
        _filled(inputs, own)
    except DataErrors as error:
        own = Problems(error.problems)
    is_in_sheets = all(_is_of_a_sheet(problem) for problem in problems.errors)
    sound = {coded.sheet.file for coded in inputs.coded} - {file.as_posix() for file in errors}
    keys = {file.stem.partition("_")[2][:8] for file in errors} - {""}
    replaced = {file.stem for file in errors if file.parts[:-1] == _ARTICLES}  # their text is another one
    told = set(problems.items)
    for problem in own.items:
        file = problem.place.file
        is_lost = problem.rule == "quotation" and PurePath(file).stem not in replaced
        is_lost &= not problem.found.startswith(show(OPEN))  # a value still to be filled in
        is_of_another = is_in_sheets and problem.severity == "error" and file in sound
        is_of_another &= not any(key in problem.found for key in keys)
        if (is_lost or is_of_another) and problem not in told:
            problems.items.append(problem)


def _is_of_a_sheet(problem: Problem) -> bool:
    """Whether a problem is in a sheet, or is that an article has none."""
    return problem.rule == "sheet" or PurePath(problem.place.file).parent.as_posix() == SHEETS


def rows_of(inputs: Inputs, problems: Problems) -> tuple[Rows, Places]:
    """The same for a further reading, in whose registers no id occurs twice: it has no texts of a release, and nobody
    is asked about what it leaves out."""
    ledger = _filled(inputs, problems)
    return ledger.rows, ledger.places


def _filled(inputs: Inputs, problems: Problems) -> Ledger:
    """All rows of all tables, and where each was coded."""
    ledger = Ledger(inputs, problems)
    for coded in inputs.coded:
        units.add_units(ledger, coded)
    discrepancies.add_discrepancies(ledger)
    events.add_events(ledger)
    coverage.add_mentions(ledger)
    coverage.add_sentences_and_quotations(ledger)
    _add_documents(ledger)
    registers.add_registers(ledger)
    registers.add_agreement(ledger)
    ledger.known.report()
    for model in tables.TABLES:
        ledger.rows[model.TABLE].sort(key=lambda row: row.id)
    return ledger


def _refuse_duplicates(inputs: Inputs, problems: Problems) -> None:
    """Every id of a register occurs once."""
    for _, loaded in inputs.entries():
        first: dict[str, Place] = {}
        for index, entry in enumerate(loaded.value):
            place = loaded.place((index, "id"))
            if entry.id in first:
                problems.add(
                    place,
                    "duplicate",
                    f"“{entry.id}” a second time",
                    f"each id once (first at {first[entry.id]})",
                    "give one of them another id, or remove it",
                )
            first.setdefault(entry.id, place)
    if problems.errors:
        add_what_else_is_wrong(inputs, problems)
    problems.stop_on_errors()


def _add_documents(ledger: Ledger) -> None:
    """Add one row per article, with its units counted."""
    index = Index(ledger.rows)
    statements = Counter(row.document_id for row in index[tables.Statement])
    reports = Counter(row.document_id for row in index[tables.EventReport])
    boilerplate: Counter[str] = Counter()
    for row in index[tables.Sentence]:
        boilerplate[row.document_id] += (row.end - row.start) * (row.disposition == "boilerplate")
    for coded in ledger.inputs.coded:
        article, sheet, facts = coded.article, coded.sheet, coded.sheet.value.facts
        original = sheet.value.received
        published, publisher = facts.published, facts.publisher.source
        ledger.add(
            tables.Document,
            sheet.place(("facts",)),
            document_id=coded.document_id,
            # A publisher that no register has is told as such; the row is made all the same.
            label=document_label(article.name, ledger.names["sources"].get(publisher, publisher)),
            seed_path=f"{ARTICLES}/{article.name}",
            text_sha256=article.sha256,
            text_encoding=article.encoding,
            counted_sha256=article.counted_sha256,
            received_sha256=original and original.sha256,
            received_encoding=original and original.encoding,
            text_length=len(article.text),
            title=facts.title and facts.title.text,
            byline=facts.byline and facts.byline.text,
            dateline_text=facts.dateline and facts.dateline.text,
            published_date=published.date,
            published_basis=published.basis,
            published_text_date=published.text_date,
            published_reference_id=published.reference,
            published_rationale=published.because,
            publisher_source_id=publisher,
            publisher_basis=facts.publisher.basis,
            publisher_reference_id=facts.publisher.reference,
            origin_source_id=facts.origin,
            text_kind=facts.text_kind,
            text_kind_rationale=facts.text_kind_because,
            language=facts.language,
            paragraph_count=len(article.paragraphs),
            sentence_count=len(article.sentences),
            word_count=len(article.text.split()),
            statement_count=statements[coded.document_id],
            event_report_count=reports[coded.document_id],
            boilerplate_length=boilerplate[coded.document_id],
            coder_type=sheet.value.coding.by,
            reading_count=sheet.value.coding.readings,
            coded_date=sheet.value.coding.on,
            rules_version=sheet.value.coding.rules,
            coding_status=sheet.value.coding.status,
            rights_note=facts.rights,
        )
