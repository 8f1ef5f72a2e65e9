"""Faults of datapackage.json and of the schemas: properties, paths, and what is said of the files."""

from __future__ import annotations

from pathlib import Path

from .fault import Fault
from .mutations import (
    DESCRIPTOR,
    VERSION,
    Mutation,
    changed,
    data,
    folder_instead,
    in_turn,
    link,
    put,
    respell,
    stale_facts,
    table_path,
    take,
    text,
    write,
)

RESOURCE = ("resources", "places")
PLACES, EVENTS = "schemas/places.json", "schemas/events.json"
NAME, LATITUDE = ("fields", "name"), ("fields", "latitude")


def _of(name: str) -> tuple[str, ...]:
    """A property of the resource of a table."""
    return (*RESOURCE, name)


def _path(value: object) -> Mutation:
    return put(DESCRIPTOR, _of("path"), value)


def _cut_inside(path: str, word: bytes) -> Mutation:
    """A file that ends inside a word of it."""
    return data(path, lambda content: content[: content.index(word) + len(word) // 2])


def _outside(root: Path) -> None:
    """A file beside the package."""
    (root.parent / f"{root.name}-outside.csv").write_bytes((root / table_path("places")).read_bytes())


def _linked_folder(root: Path) -> None:
    """The folder of the tables as a link to another folder."""
    target = root.parent / f"{root.name}-tables"
    (root / "datapackage").rename(target)
    (root / "datapackage").symlink_to(f"../{target.name}")


def _nested(depth: int) -> list[object]:
    """Lists inside each other."""
    return [_nested(depth - 1)] if depth > 1 else []


def _twice(content: bytes) -> bytes:
    """A key of the descriptor given twice, the second time with another value."""
    return content.replace(b'"version":', b'"version": "9.9.9",\n  "version":', 1)


FAULTS = (
    # -- descriptor
    Fault("descriptor-empty", "descriptor", "datapackage.json has no bytes", data(DESCRIPTOR, lambda _: b"")),
    Fault("descriptor-cut", "descriptor", "datapackage.json ends in the middle", _cut_inside(DESCRIPTOR, b'"resources"')),
    Fault("descriptor-comma", "descriptor", "a comma after the last property", text(DESCRIPTOR, f'"version": "{VERSION}",', f'"version": "{VERSION}",,')),
    Fault("descriptor-comment", "descriptor", "a comment in datapackage.json", text(DESCRIPTOR, '  "name": "haftar-record"', '  // the name\n  "name": "haftar-record"')),
    Fault("descriptor-list", "descriptor", "datapackage.json is a list", data(DESCRIPTOR, lambda content: b"[" + content + b"]")),
    Fault("descriptor-nan", "descriptor", "a number that JSON does not have", put(DESCRIPTOR, _of("bytes"), float("nan"))),
    Fault("descriptor-infinite", "descriptor", "a number that is larger than any reader can hold", text(DESCRIPTOR, f'"version": "{VERSION}"', '"version": 1e999')),
    Fault("descriptor-half-a-surrogate", "descriptor", "half a surrogate pair in the title", text(DESCRIPTOR, '"The Haftar Record"', '"The \\ud800 Record"')),
    Fault("descriptor-half-a-surrogate-in-a-source", "descriptor", "half a surrogate pair in the title of a source", text(DESCRIPTOR, '"title": "003, ', '"title": "003, \\udfff')),
    Fault("descriptor-escape-sequence", "descriptor", "the escape sequence of a terminal in the title", put(DESCRIPTOR, ("title",), "The \x1b[31mHaftar Record")),
    Fault("descriptor-nul", "descriptor", "a NUL in the description", put(DESCRIPTOR, ("description",), "Events\0")),
    Fault("descriptor-zero-width", "descriptor", "a zero-width blank in a keyword", put(DESCRIPTOR, ("keywords", 0), "Lib\u200bya")),
    Fault("descriptor-source-hidden", "descriptor", "a mark of direction in the title of a source", changed(DESCRIPTOR, ("sources", 0, "title"), lambda title: f"{title}\u202e")),
    Fault("descriptor-title-of-two-scripts", "descriptor", "a Cyrillic letter in the title", put(DESCRIPTOR, ("title",), "The Hаftar Record")),
    Fault("descriptor-source-of-two-scripts", "descriptor", "a Greek letter in the title of a source", changed(DESCRIPTOR, ("sources", 0, "title"), lambda title: f"{title} Ηaftar")),
    Fault("descriptor-title-too-long", "descriptor", "a title of 20,001 characters", put(DESCRIPTOR, ("title",), "x" * 20_001)),
    Fault("descriptor-title-shows-nothing", "descriptor", "a title that shows nothing", put(DESCRIPTOR, ("title",), "\u3164")),
    Fault("descriptor-retired-as-text", "descriptor", "the retired ids are a text", put(DESCRIPTOR, ("retired",), "none")),
    Fault("created-before-zip", "descriptor", "the package is made in 1970", put(DESCRIPTOR, ("created",), "1970-01-01T00:00:00Z")),
    Fault("created-with-other-digits", "descriptor", "the day of creation is in Arabic digits", put(DESCRIPTOR, ("created",), "٢٠٢٦-11-22T00:00:00Z")),
    Fault("descriptor-key-twice", "descriptor", "a key of datapackage.json is given twice", data(DESCRIPTOR, _twice)),
    Fault("descriptor-deep", "descriptor", "forty lists inside each other", put(DESCRIPTOR, ("keywords",), _nested(40))),
    Fault("descriptor-very-deep", "descriptor", "a hundred thousand lists inside each other", text(DESCRIPTOR, f'"version": "{VERSION}"', '"version": ' + "[" * 100_000 + "]" * 100_000)),
    Fault("descriptor-indented", "descriptor", "datapackage.json is indented otherwise", data(DESCRIPTOR, lambda content: content.replace(b"\n  ", b"\n    "))),
    Fault("descriptor-property-moved", "descriptor", "two properties of datapackage.json are exchanged", text(DESCRIPTOR, '  "name": "haftar-record",\n  "title": "The Haftar Record",', '  "title": "The Haftar Record",\n  "name": "haftar-record",')),
    Fault("name-missing", "descriptor", "the package has no name", take(DESCRIPTOR, ("name",))),
    Fault("name-in-capitals", "descriptor", "the name of the package has capitals and blanks", put(DESCRIPTOR, ("name",), "Haftar Record")),
    Fault("version-missing", "descriptor", "the package has no version", take(DESCRIPTOR, ("version",))),
    Fault("version-in-words", "descriptor", "the version is no version", put(DESCRIPTOR, ("version",), "latest")),
    Fault("version-as-number", "descriptor", "the version is a number", put(DESCRIPTOR, ("version",), 0.1)),
    Fault("version-stale", "descriptor", "the version is another than that of the sheets", put(DESCRIPTOR, ("version",), "0.0.9")),
    Fault("created-in-words", "descriptor", "the day of creation is no day", put(DESCRIPTOR, ("created",), "22 November 2026")),
    Fault("profile-of-version-1", "descriptor", "the package says that it is of version 1", put(DESCRIPTOR, ("$schema",), "https://datapackage.org/profiles/1.0/datapackage.json")),
    Fault("licence-missing", "descriptor", "the package has no licence", take(DESCRIPTOR, ("licenses",))),
    Fault("licence-empty", "descriptor", "the list of licences is empty", put(DESCRIPTOR, ("licenses",), [])),
    Fault("licence-of-another-name", "descriptor", "another licence", put(DESCRIPTOR, ("licenses", 0, "name"), "CC0-1.0")),
    Fault("licence-misspelt", "descriptor", "the property “licenses” is spelt “licences”", respell(DESCRIPTOR, ("licenses",), "licences")),
    Fault("contributors-as-text", "descriptor", "the contributors are a text", put(DESCRIPTOR, ("contributors",), "The Haftar Record project")),
    Fault("contributor-without-name", "descriptor", "a contributor has no name", take(DESCRIPTOR, ("contributors", 0, "title"))),
    Fault("keyword-twice", "descriptor", "a keyword stands twice", put(DESCRIPTOR, ("keywords",), ["Libya", "Libya"])),
    Fault("source-path-wrong", "descriptor", "a source of the package is at another path", put(DESCRIPTOR, ("sources", 0, "path"), "seeds/articles/003.txt")),
    Fault("source-title-number", "descriptor", "the title of a source is a number", put(DESCRIPTOR, ("sources", 0, "title"), 3)),
    Fault("unknown-property", "descriptor", "the package has a property of no standard", put(DESCRIPTOR, ("licence",), "MIT")),
    Fault("resources-missing", "descriptor", "the package has no resources", take(DESCRIPTOR, ("resources",))),
    Fault("resources-empty", "descriptor", "the list of resources is empty", put(DESCRIPTOR, ("resources",), [])),
    Fault("resource-gone", "descriptor", "a table is not listed", take(DESCRIPTOR, RESOURCE)),
    Fault("resource-twice", "descriptor", "a table is listed twice", put(DESCRIPTOR, ("resources", "topics", "name"), "places")),
    Fault("resource-renamed", "descriptor", "a table has another name", put(DESCRIPTOR, _of("name"), "place")),
    Fault("resource-as-text", "descriptor", "a resource is a text", put(DESCRIPTOR, RESOURCE, "places")),
    Fault("type-missing", "descriptor", "a resource does not say that it is a table", take(DESCRIPTOR, _of("type"))),
    Fault("type-unknown", "descriptor", "a resource is of an unknown type", put(DESCRIPTOR, _of("type"), "tables")),
    Fault("format-wrong", "descriptor", "a table is said to be a workbook", put(DESCRIPTOR, _of("format"), "xlsx")),
    Fault("mediatype-wrong", "descriptor", "a table has the media type of JSON", put(DESCRIPTOR, _of("mediatype"), "application/json")),
    Fault("encoding-wrong", "descriptor", "a table is said to be Latin-1", put(DESCRIPTOR, _of("encoding"), "iso-8859-1")),
    Fault("encoding-unknown", "descriptor", "a table has an encoding that does not exist", put(DESCRIPTOR, _of("encoding"), "utf-9")),
    Fault("delimiter-wrong", "descriptor", "the dialect of a table separates by semicolons", put(DESCRIPTOR, (*_of("dialect"), "delimiter"), ";")),
    Fault("header-false", "descriptor", "the dialect of a table has no header", put(DESCRIPTOR, (*_of("dialect"), "header"), False)),
    Fault("header-as-text", "descriptor", "a flag of the dialect is a text", put(DESCRIPTOR, (*_of("dialect"), "header"), "true")),
    Fault("property-hsh", "descriptor", "the property “hash” of a table is spelt “hsh”", respell(DESCRIPTOR, _of("hash"), "hsh")),
    Fault("property-shema", "descriptor", "the property “schema” of a table is spelt “shema”", respell(DESCRIPTOR, _of("schema"), "shema")),
    Fault("schema-not-named", "descriptor", "a table has no schema", take(DESCRIPTOR, _of("schema"))),
    # -- what is said of the files
    Fault("hash-of-an-article", "facts", "one digit in the hash of an article is another", data(DESCRIPTOR, lambda content: content.replace(b'"hash": "sha256:a', b'"hash": "sha256:b', 1))),
    Fault("hash-of-another-file", "facts", "the hash of a table is that of nothing", put(DESCRIPTOR, _of("hash"), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")),
    Fault("hash-in-capital-letters", "facts", "the hash of a table in capital letters", changed(DESCRIPTOR, _of("hash"), lambda value: "sha256:" + value.removeprefix("sha256:").upper())),
    Fault("hash-of-unknown-kind", "facts", "the hash of a table is a SHA-512", put(DESCRIPTOR, _of("hash"), "sha512:" + "0" * 128)),
    Fault("hash-without-kind", "facts", "the hash of a table is an MD5 without a word", put(DESCRIPTOR, _of("hash"), "d41d8cd98f00b204e9800998ecf8427e")),
    Fault("hash-missing", "facts", "a table has no hash", take(DESCRIPTOR, _of("hash"))),
    Fault("bytes-wrong", "facts", "the size of a table is another", put(DESCRIPTOR, _of("bytes"), 1)),
    Fault("bytes-zero", "facts", "the size of a table is 0", put(DESCRIPTOR, _of("bytes"), 0)),
    Fault("bytes-as-text", "facts", "the size of a table is a text", put(DESCRIPTOR, _of("bytes"), "2688")),
    Fault("bytes-missing", "facts", "a table has no size", take(DESCRIPTOR, _of("bytes"))),
    Fault("rows-wrong", "facts", "the number of rows of a table is another", put(DESCRIPTOR, _of("rows"), 16)),
    Fault("table-changed-alone", "facts", "a cell is changed, and the descriptor is as before", stale_facts(text(table_path("topics"), "Whether Assad should stay", "Whether Assad must stay"))),
    # -- schemas
    Fault("schema-empty", "schemas", "a schema has no bytes", data(PLACES, lambda _: b"")),
    Fault("schema-cut", "schemas", "a schema ends in the middle", _cut_inside(PLACES, b'"latitude"')),
    Fault("schema-key-twice", "schemas", "a key of a schema is given twice", text(PLACES, '"title": "Places",', '"title": "Places",\n  "title": "Places",')),
    Fault("schema-field-gone", "schemas", "a schema lacks a field", take(PLACES, NAME)),
    Fault("schema-field-twice", "schemas", "a schema has a field twice", put(PLACES, (*LATITUDE, "name"), "longitude")),
    Fault("schema-field-renamed", "schemas", "a field of a schema has another name", put(PLACES, (*LATITUDE, "name"), "lat")),
    Fault("schema-fields-exchanged", "schemas", "two fields of a schema are exchanged", changed(PLACES, ("fields",), lambda fields: [fields[0], fields[2], fields[1], *fields[3:]])),
    Fault("schema-type-unknown", "schemas", "a field has an unknown type", put(PLACES, (*LATITUDE, "type"), "float")),
    Fault("schema-type-other", "schemas", "a number is a text", put(PLACES, (*LATITUDE, "type"), "string")),
    Fault("schema-type-missing", "schemas", "a field has no type", take(PLACES, (*LATITUDE, "type"))),
    Fault("schema-constraint", "schemas", "the property “constraints” is spelt “constraint”", respell(PLACES, (*LATITUDE, "constraints"), "constraint")),
    Fault("schema-requird", "schemas", "the constraint “required” is spelt “requird”", respell(PLACES, (*NAME, "constraints", "required"), "requird")),
    Fault("schema-primarykey", "schemas", "the property “primaryKey” is spelt “primarykey”", respell(PLACES, ("primaryKey",), "primarykey")),
    Fault("schema-foreignkeys", "schemas", "the property “foreignKeys” is spelt “foreignkeys”", respell(EVENTS, ("foreignKeys",), "foreignkeys")),
    Fault("schema-required-text", "schemas", "a constraint is a text instead of a flag", put(PLACES, (*NAME, "constraints", "required"), "true")),
    Fault("schema-required-false", "schemas", "a column is no longer required", put(PLACES, (*NAME, "constraints", "required"), False)),
    Fault("schema-pattern-broken", "schemas", "a pattern is no regular expression", put(PLACES, (*NAME, "constraints", "pattern"), "(?:[")),
    Fault("schema-pattern-slow", "schemas", "a pattern that takes for ever on some texts", put(PLACES, (*NAME, "constraints", "pattern"), "(a+)+$")),
    Fault("schema-pattern-loose", "schemas", "a pattern lets everything through", put(PLACES, (*NAME, "constraints", "pattern"), ".*")),
    Fault("schema-code-missing", "schemas", "a code is missing from the list of a column", changed(PLACES, ("fields", "place_type", "constraints", "enum"), lambda codes: codes[1:])),
    Fault("schema-maximum-gone", "schemas", "a coordinate has no greatest value", take(PLACES, (*LATITUDE, "constraints", "maximum"))),
    Fault("schema-missing-values", "schemas", "a labelled missing value is gone", take(PLACES, (*LATITUDE, "missingValues"))),
    Fault("schema-key-unknown-field", "schemas", "the primary key is a column that does not exist", put(PLACES, ("primaryKey",), ["id"])),
    Fault("schema-key-to-nowhere", "schemas", "a foreign key leads to a table that does not exist", put(EVENTS, ("foreignKeys", 0, "reference", "resource"), "nowhere")),
    Fault("schema-key-gone", "schemas", "the foreign keys of a table are gone", take(EVENTS, ("foreignKeys",))),
    Fault("schema-description", "schemas", "the description of a column is another", put(PLACES, (*NAME, "description"), "Name.")),
    Fault("schema-unknown-property", "schemas", "a field has a property of no standard", put(PLACES, (*NAME, "note"), "x")),
    Fault("schema-of-another-table", "schemas", "a schema is that of another table", lambda root: write(PLACES, (root / "schemas/actors.json").read_bytes())(root)),
    Fault("schema-end-gone", "schemas", "no line feed at the end of a schema", data(PLACES, lambda content: content[:-1])),
    # -- paths
    Fault("path-missing", "paths", "a table has no path", take(DESCRIPTOR, _of("path"))),
    Fault("path-empty", "paths", "the path of a table is empty", _path("")),
    Fault("path-of-nothing", "paths", "the path of a table leads to no file", _path("datapackage/place.csv")),
    Fault("path-of-another-table", "paths", "the path of a table leads to another table", _path("datapackage/topics.csv")),
    Fault("path-other-case", "paths", "the path of a table has a capital", _path("datapackage/Places.csv")),
    Fault("path-absolute", "paths", "the path of a table is absolute", _path("/etc/passwd")),
    Fault("path-upwards", "paths", "the path of a table leads out of the package", in_turn(_outside, lambda root: _path(f"../{root.name}-outside.csv")(root))),
    Fault("path-upwards-within", "paths", "the path of a table leads out of a folder and into it again", _path("datapackage/../datapackage/places.csv")),
    Fault("path-remote", "paths", "the path of a table is an address", _path("https://example.invalid/places.csv")),
    Fault("path-file-address", "paths", "the path of a table is a file address", _path("file:///etc/passwd")),
    Fault("path-windows", "paths", "the path of a table is one of Windows", _path("C:\\data\\places.csv")),
    Fault("path-backslash", "paths", "the path of a table with a backslash", _path("datapackage\\places.csv")),
    Fault("path-home", "paths", "the path of a table leads to a home folder", _path("~/places.csv")),
    Fault("path-pattern", "paths", "the path of a table is a pattern for many files", _path("datapackage/p*.csv")),
    Fault("path-list", "paths", "the path of a table is a list of files", _path(["datapackage/places.csv", "../places.csv"])),
    Fault("path-inline", "paths", "a table has its data in the descriptor beside its path", put(DESCRIPTOR, _of("data"), [["place_id"], ["plc-x"]])),
    Fault("schema-path-upwards", "paths", "the path of a schema leads out of the package", put(DESCRIPTOR, _of("schema"), "../../etc/places.json")),
    Fault("schema-path-absolute", "paths", "the path of a schema is absolute", put(DESCRIPTOR, _of("schema"), "/etc/passwd")),
    Fault("schema-path-remote", "paths", "the path of a schema is an address", put(DESCRIPTOR, _of("schema"), "https://example.invalid/places.json")),
    Fault("schema-path-of-nothing", "paths", "the path of a schema leads to no file", put(DESCRIPTOR, _of("schema"), "schemas/place.json")),
    Fault("table-is-a-link", "paths", "the file of a table is a link out of the package", in_turn(_outside, lambda root: link(table_path("places"), f"../../{root.name}-outside.csv")(root))),
    Fault("table-is-a-link-within", "paths", "the file of a table is a link to another table", link(table_path("places"), "topics.csv")),
    Fault("table-is-a-dead-link", "paths", "the file of a table is a link to nothing", link(table_path("places"), "nothing.csv")),
    Fault("folder-is-a-link", "paths", "the folder of the tables is a link out of the package", _linked_folder),
    Fault("descriptor-is-a-folder", "paths", "a folder stands in the place of datapackage.json", folder_instead(DESCRIPTOR)),
)  # fmt: skip
