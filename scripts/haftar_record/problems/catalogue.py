"""Every check by name: what it looks at, how loud it is, what it demands. The rules across tables add themselves.

A name is permanent. Checks of tables have the name that frictionless gives the same mistake, where it has one.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What is looked at, in the order in which it is.
LAYERS = {
    "articles": "the articles under seeds/articles/",
    "sheets": "the coding sheets and registers under seeds/coding/",
    "rules": "rows against each other, across tables",
    "package": "datapackage.json, the schemas and the files of the package on disk",
    "tables": "each CSV file on disk, byte by byte and cell by cell",
    "stock": "the package as stock frictionless sees it",
    "releases": "a package of any version, and a release against the one before it",
    "machine": "what the disk, or another run at the same time, does not allow",
}
#: Problems of this layer are not in the data, and are no reason to edit them.
MACHINE = "machine"


@dataclass(frozen=True)
class Check:
    """One check. ``severity`` is its loudest."""

    name: str
    layer: str
    demand: str
    severity: str = "error"


def _of(layer: str, **demands: str) -> dict[str, Check]:
    names = {name.replace("_", "-"): demand for name, demand in demands.items()}
    return {name: Check(name, layer, demand) for name, demand in names.items()}


#: Every check by the first word of its name. The rules across tables add themselves when they are imported.
CHECKS: dict[str, Check] = {
    **_of(
        "articles",
        article="An article is a file with the name of one, UTF-8 without byte order mark, carriage return or NUL, of bounded size.",
    ),
    **_of(
        "sheets",
        yaml="A sheet is well-formed YAML of bounded size and depth, without anchors, tags, control characters or a key given twice.",
        key="A sheet has the keys of its shape, all that are required and no other.",
        form="A value has the form of its key: a text, a list, a mapping, an id, a day.",
        code="A code is one of its code list.",
        edtf="A date value is EDTF that the calendar knows, in a sheet and in a cell.",
        flag="A flag is true or false.",
        number="A number is written in plain digits.",
        model="A value fits the column that it is for.",
        sheet="An article has one coding sheet, of the same name.",
        stranger="A folder holds no file that nothing reads or makes.",
        duplicate="An id, and the number of an article, is given once.",
        unknown_id="An id names an entry of its register or sheet.",
        quotation="A quotation stands in its article, once, or says which occurrence is meant.",
        speaker="A statement has one speaker: an actor, or a text or somebody unnamed.",
        attribution="A report names a source exactly when it is not attributed to the outlet.",
        evidence="A discrepancy has evidence, or an outside reference, on either side.",
        date="A date is what its words give by rule, or has a reason.",
        unused="An event of the register is told by a report.",
        sentence="Every sentence is coded or has a reason not to be, and not both.",
        quoted_passage="Every passage in quotation marks is in a statement or listed with a reason, and not both.",
        mention="A name that may mean several actors or places is settled.",
        waiver="A waiver names a rule that warns, a record with that warning, and a day that is not past.",
        stale="What is made from something agrees with what it is made from: a sheet with its article, the package with the sheets.",
    ),
    **_of(
        "package",
        missing_file="Every file of the package is there.",
        json="A JSON file is well-formed, of bounded size and depth, and gives each key once.",
        path="A path stays inside the package: relative, without “..”, no address and no symbolic link.",
        descriptor="datapackage.json says what the tables are, in every property.",
        schema="A Table Schema is the one that the row model gives, in every property.",
        hash_count="The hash of a resource is the SHA-256 of its file.",
        byte_count="The size of a resource is that of its file.",
        row_count="The number of rows of a resource is that of its file.",
    ),
    **_of(
        "tables",
        file_size="A file is not larger than is read into memory, and a folder does not hold more files than are read.",
        encoding_error="A table is UTF-8.",
        byte_order_mark="A table has no byte order mark.",
        line_ending="Lines end in a line feed alone.",
        quoting="Quotation marks of cells come in pairs.",
        source_error="A table is not empty.",
        duplicate_label="A column stands in the header once.",
        missing_label="Every column stands in the header.",
        extra_label="The header has no other column.",
        incorrect_label="Columns have their names and their order.",
        empty_table="A table has rows.",
        blank_row="A row has values.",
        missing_cell="A row has a cell for every column.",
        extra_cell="A row has no more cells than columns.",
        type_error="A cell has the type of its column.",
        constraint_error="A cell keeps the constraints of its column: required, codes, pattern, bounds, length.",
        canonical_cell="A number is written in the one canonical way.",
        list_item="A list has each value once.",
        cell_size="A cell has a bounded size.",
        invisible_character="A cell has no control, zero-width or direction character.",
        odd_blank="A cell has no other blank than U+0020.",
        unicode_form="Text is composed (Unicode NFC).",
        mojibake="Text is not UTF-8 that was read as Windows-1252.",
        primary_key="A key stands once.",
        unique_error="A value of a unique column stands once.",
        row_order="Rows are sorted by their key.",
        canonical_form="A table is written in the one canonical way: separators, quoting, a line feed at the end.",
    ),
    **_of(
        "releases",
        package="A package of any version can be read: its descriptor, its schemas, its tables.",
        other_package="A package is the one that this program is for.",
        version="A release has a version such as 1.0.0.",
        tag="A tag names the version of the package that it points at.",
        other_version="A package has the columns of the version of this program.",
        release="Every file that a release holds is there.",
        last_release="Every release before this one has a tag.",
        version_step="The version steps as far as the changes ask for.",
        created="A release is dated later than the one before it.",
        changelog="The version has a section in CHANGELOG.md that says something.",
        unexplained="Every change of the data is named in the section of its version.",
        vanished_id="An id that a release had is there for good, or is retired.",
        retired="A retired id is gone, has a successor that is there, and never comes back.",
    ),
    **_of("stock", frictionless="Stock frictionless finds nothing."),
    **_of(
        "machine",
        disk="The package can be written.",
        memory="There is room for the check of a package, in memory and on disk.",
        lock="One build works on a project at a time.",
        unfinished="No build was interrupted while it replaced the package.",
        overwrite="An export overwrites only what an export has written.",
    ),
}


def register(check: Check) -> None:
    """Add a check to the catalogue: a rule across tables, by its number. Raises ValueError for a name already taken."""
    name = check.name.split()[0]
    if name in CHECKS:
        raise ValueError(f"the check {name} is in the catalogue already")
    CHECKS[name] = check


def find(name: str) -> Check:
    """The check that a problem names: ``R07 date-bounds-agree``, ``type-error``. Raises KeyError for an unknown one."""
    return CHECKS[name.split()[0]]


def every() -> list[Check]:
    """All checks, by layer in the order of ``LAYERS``; the rules among them once ``checks.rules`` is imported."""
    return sorted(CHECKS.values(), key=lambda check: list(LAYERS).index(check.layer))
