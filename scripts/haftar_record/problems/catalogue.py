"""Every check by name: what it looks at, how severe its problems are at most, what it demands.

A name is permanent. Checks of tables have the name that frictionless gives the same mistake, where it has one. The
rules across tables are added when ``checks.rules`` is imported.
"""

from __future__ import annotations

from dataclasses import dataclass

from .wording import by_number

#: What the checks look at, in the order in which they run.
LAYERS = {
    "articles": "the articles under seeds/articles/",
    "sheets": "the coding sheets and registers under seeds/coding/",
    "rules": "rows compared with each other, across tables",
    "package": "datapackage.json, the schemas and the files of the package on disk",
    "tables": "each CSV file on disk, byte by byte and cell by cell",
    "stock": "the package as stock frictionless sees it",
    "releases": "a package of any version, and a release compared with the one before it",
    "machine": "the machine: its disk, its memory, and other runs at the same time",
}
#: Problems of this layer are not in the data, and are no reason to edit them.
MACHINE = "machine"
#: Checks that warn of a row, which a waiver can name, and are no rules across tables.
WAIVABLE = ("copy", "quoted-part", "said-twice", "cue")
#: Names that a check had in the release before, by which it can still be looked up: old name -> name of today.
ALIASES = {"stranger": "unexpected-file"}


@dataclass(frozen=True)
class Check:
    """One check. ``severity`` is the highest that its problems have."""

    name: str
    layer: str
    demand: str
    severity: str = "error"

    @property
    def former_names(self) -> list[str]:
        """The names that the check had in the release before."""
        return [old for old, new in ALIASES.items() if new == self.name]


def _of(layer: str, severity: str = "error", /, **demands: str) -> dict[str, Check]:
    names = {name.replace("_", "-"): demand for name, demand in demands.items()}
    return {name: Check(name, layer, demand, severity) for name, demand in names.items()}


#: Every check by its name; a rule across tables by its number.
CHECKS: dict[str, Check] = {
    **_of(
        "articles",
        article="The bytes of an article say how to read them: UTF-8, or UTF-16 or UTF-32 with a byte order mark, of "
        "limited size, without characters that were lost or that no table can quote, in a file named like "
        "005_0123456789abcdef.txt.",
    ),
    **_of(
        "sheets",
        yaml="A sheet is well-formed YAML of limited size and depth, without anchors, tags, repeated keys, comments "
        "right after a text without quotation marks, control characters or other characters that no table can hold.",
        key="A sheet has every key that its shape requires, and no unknown key.",
        open_value="No value is still open: a “?”, as `haftar-record new` writes it where only the coder can tell.",
        form="A value has the form that its key asks for: a text, a list, a mapping, an id, a day.",
        code="A code is in its code list.",
        edtf="A date value is EDTF and names days that exist, in a sheet and in a cell.",
        flag="A flag is true or false.",
        number="A number is written in plain digits, at most 15, which every format keeps.",
        model="A value fits its column.",
        sheet="Every article has one coding sheet, of the same name.",
        unexpected_file="A folder holds only files that the program reads or writes.",
        duplicate="No two entries have the same id, and no two articles the same number or the same words, "
        "whatever their blanks, marks and capitals.",
        unknown_id="An id names an entry of its register or sheet.",
        quotation="A quotation occurs in its article: once, or the sheet says which occurrence is meant. The passages "
        "of one content follow each other.",
        speaker="A statement has one speaker: either an actor, or a source, which is a text or somebody unnamed.",
        verbatim="Direct and mixed speech says whether its quotation marks can be trusted, and why; indirect speech "
        "does not.",
        attribution="A report names a source unless it is attributed to the outlet, and only then.",
        evidence="Both readings of a discrepancy have evidence or an outside reference.",
        date="A date is the one that the rule for its words gives, or has a stated reason; what it is said to "
        "rest on is true.",
        unused="Every event of the register has a report.",
        sentence="Every sentence is either coded or listed with a reason, and not both.",
        quoted_passage="Every passage in quotation marks is either in a statement or listed with a reason, and not "
        "both.",
        mention="A name means one actor or place, or the sheets settle which one.",
        waiver="A waiver names a rule that warns, a record with that warning, and a last day that has not passed "
        "and is not too far off.",
        stale_figures="The figures of agreement were computed from the readings as they are, and from what the record "
        "says of the articles now.",
        stale="A sheet was written for its article as it is now, and the package was built from the sheets as they "
        "are now.",
    ),
    **_of(
        "sheets",
        "warning",
        copy="Articles that share long runs of words have an origin in common, or it is waived.",
        name="Every proper name of an article is a mention of an actor or a place, or the sheet says that it is "
        "nobody.",
        quoted_part="Of a passage in quotation marks that a statement carries, every word is in a statement.",
        said_twice="No speaker says the same words of an article in two statements, unless one is inside the other.",
    ),
    **_of(
        "sheets",
        "note",
        cue="A verb of speech outside of quotation marks belongs to a statement, or to a report that is attributed.",
    ),
    **_of(
        "package",
        missing_file="Every file of the package exists.",
        json="A JSON file is well-formed, of limited size and depth, and has no repeated key, no half of a surrogate "
        "pair and no number that is too large.",
        path="A path stays inside the package: it is relative, has no “..”, and is neither a web address nor a "
        "symbolic link.",
        descriptor="Every property of datapackage.json describes the tables as they are.",
        schema="A Table Schema equals the one that the row model gives, in every property.",
        hash_count="The hash of a resource is the SHA-256 of its file.",
        byte_count="The size of a resource is the size of its file.",
        row_count="The number of rows of a resource is that of its file.",
    ),
    **_of(
        "tables",
        file_size="A file is small enough to be read into memory, and a folder holds no more files than the program "
        "reads.",
        encoding_error="A table is UTF-8.",
        byte_order_mark="A table has no byte order mark.",
        line_ending="Every line ends with a line feed alone.",
        quoting="Quotation marks of cells come in pairs.",
        source_error="A table is not empty.",
        duplicate_label="No column appears twice in the header.",
        missing_label="Every column appears in the header.",
        extra_label="The header has no unknown column.",
        incorrect_label="The columns have their names and their order.",
        empty_table="A table has at least one row.",
        blank_row="A row has values.",
        missing_cell="A row has a cell for every column.",
        extra_cell="A row has no more cells than there are columns.",
        type_error="A cell has the type of its column.",
        constraint_error="A cell meets the constraints of its column: required, codes, pattern, bounds, length.",
        canonical_cell="A number is written in its one canonical form, in at most 15 digits.",
        list_item="A list holds each value once.",
        cell_size="A text has at most 20,000 characters: a cell, and a text of a sheet, register or descriptor.",
        invisible_character="A text has no control character, no character that shows nothing, no mark of direction "
        "and none for private use; words of an article may have all of these but controls.",
        odd_blank="A text has no blank other than U+0020; words of an article may have others.",
        unicode_form="Text is composed (Unicode NFC), and does not begin with a mark that joins what stands before it.",
        mixed_script="In the record's own words no word mixes letters of scripts that look alike (R69), neither in the "
        "descriptor nor in the registers of the release, of retired ids and of waivers.",
        mojibake="Text is not UTF-8 that was read as Windows-1252.",
        primary_key="No key occurs twice.",
        unique_error="No value of a unique column occurs twice.",
        row_order="Rows are sorted by their key.",
        canonical_form="A table is written in its one canonical form: separators, quoting, a line feed at the end.",
    ),
    **_of(
        "releases",
        package="A package of any version can be read: its descriptor, its schemas, its tables.",
        other_package="The package is the one that this program is for.",
        version="A release has a version such as 1.0.0.",
        tag="A tag has the same version as the package that it points at.",
        other_version="The package has the columns of this version of the program.",
        release="A release has all its files.",
        draft="A release has no article whose coding is begun or a machine's draft.",
        last_release="Every earlier release has a tag.",
        version_step="The version rises as far as the changes require.",
        created="A release has a later date than the one before it.",
        changelog="CHANGELOG.md has a section with text for the version.",
        unexplained="The section of a version in CHANGELOG.md mentions every change of the data.",
        vanished_id="An id of an earlier release still exists, or is retired.",
        retired="A retired id is gone and never comes back, and its successors exist.",
    ),
    **_of("stock", frictionless="Stock frictionless finds no error."),
    **_of(
        "machine",
        access="The system lets the program read the files and folders that it needs.",
        disk="The package can be written to disk.",
        memory="There is enough memory and disk space to check the package.",
        clock="The clock of the machine is not behind the moment at which the release was created.",
        lock="Only one build at a time works on a project.",
        unfinished="No build was interrupted while it replaced the package.",
        overwrite="An export overwrites only what an export has written.",
    ),
}


def register(check: Check) -> None:
    """Add a check to the catalogue: a rule across tables, by its number. Raises ValueError for a name already taken."""
    name = check.name.split()[0]
    if name in CHECKS or name in ALIASES:
        raise ValueError(f"the check {name} is in the catalogue already")
    CHECKS[name] = check


def current_name(name: str) -> str:
    """The name of today for a name that a check had in the release before; any other name as it is.

    >>> current_name("stranger")
    'unexpected-file'
    """
    return ALIASES.get(name, name)


def find(name: str) -> Check:
    """The check that a problem names: ``R07 date-bounds-agree``, ``type-error``. Raises KeyError for an unknown
    name."""
    return CHECKS[current_name(name).split()[0]]


def every() -> list[Check]:
    """All checks, by layer in the order of ``LAYERS``; the rules among them, by their numbers, once ``checks.rules`` is
    imported."""
    layers = list(LAYERS)
    return sorted(
        CHECKS.values(),
        key=lambda check: (layers.index(check.layer), by_number(check.name) if check.layer == "rules" else []),
    )
