"""The JSON Schemas by which editors check sheets and registers: they refuse mistakes, and nothing that a build accepts."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from haftar_record.coding import json_schema, sheets
from haftar_record.files import yaml_file
from haftar_record.files.layout import EDITOR_SCHEMAS, FIGURES
from haftar_record.model import codes

from ..conftest import ROOT

SCHEMAS = json_schema.schemas()
SHEETS = sorted((ROOT / "seeds/coding/articles").glob("*.yaml"))
REGISTERS = sorted((ROOT / "seeds/coding").glob("*.yaml"))
READINGS = sorted(path for path in (ROOT / "seeds/readings").rglob("*.yaml") if path != ROOT / FIGURES)


def name_of(path: Path) -> str:
    return "sheet" if path.parent.name == "articles" else path.stem


def written(path: Path) -> Any:
    """The content of a file as a build reads it, each value as the text that was written."""
    return yaml_file.load(ROOT, path.relative_to(ROOT).as_posix()).content


def taken(value: Any) -> Any:
    """The same as an editor may take it that types every value, whether or not it stands in quotation marks."""
    if isinstance(value, dict):
        return {key: taken(one) for key, one in value.items()}
    if isinstance(value, list):
        return [taken(one) for one in value]
    try:
        found = yaml.safe_load(value or "")
    except yaml.YAMLError:
        return value
    return found if isinstance(found, bool | int | float) else value


def faults(name: str, content: Any) -> list[str]:
    """What the schema says of a content: paths and messages."""
    found = jsonschema.Draft7Validator(SCHEMAS[name]).iter_errors(content)
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in found]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas(name):
    """Catches a keyword with a value that draft 7 does not know, and a reference to nothing."""
    schema = SCHEMAS[name]
    jsonschema.Draft7Validator.check_schema(schema)
    named = set(re.findall(r'"#/definitions/(\w+)', json.dumps(schema)))
    assert named <= set(schema["definitions"])


def test_files_are_fresh():
    """Catches files that are not those of the shapes, texts and code lists: run “haftar-record editors”."""
    made = json_schema.files()
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / EDITOR_SCHEMAS).iterdir()} == set(made)
    for path, data in made.items():
        assert (ROOT / path).read_bytes() == data, path


def test_every_register_has_a_schema():
    """Catches a register without one."""
    assert set(SCHEMAS) == {"sheet", "reader", *sheets.REGISTERS}


@pytest.mark.parametrize("path", [*SHEETS, *REGISTERS], ids=lambda path: path.name)
def test_files_name_their_schema(path):
    """Catches a file whose first line leads an editor to no schema, or to that of another file."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    said = re.fullmatch(r"# yaml-language-server: \$schema=(\.{1,2}/\S+)", first)
    assert said
    named = (path.parent / said[1]).resolve()
    assert named == ROOT / EDITOR_SCHEMAS / f"{name_of(path)}.schema.json"
    assert named.is_file()


@pytest.mark.parametrize("path", [*SHEETS, *REGISTERS, *READINGS], ids=lambda path: "/".join(path.parts[-3:]))
def test_what_a_build_accepts_passes(path):
    """Catches a schema that refuses a file of the record or of a reading, however an editor types its values."""
    name = name_of(path)
    content = written(path)
    if name == "sheet" and path in READINGS:  # its reader.yaml says it
        content.setdefault("coding", written(SHEETS[0])["coding"])
    assert faults(name, content) == []
    assert faults(name, taken(content)) == []


def sheet(**parts: Any) -> dict[str, Any]:
    """A sheet with nothing but what each needs, and some parts."""
    return {
        "article": "005_0123456789abcdef.txt",
        "sha256": "0" * 64,
        "coding": {"by": "person", "readings": "1", "on": "2026-11-29", "rules": "0.2.0", "status": "confirmed"},
        "facts": {
            "published": {"date": "2022-03-12", "basis": "stated", "because": "It says so."},
            "publisher": {"source": "src-x", "basis": "stated"},
            "origin": "src-x",
            "text_kind": "original",
            "text_kind_because": "Nothing else is named.",
            "language": "en",
            "rights": "Theirs.",
        },
        **parts,
    }


STATEMENT = {
    "id": "01",
    "speaker": "act-x",
    "speaker_text": "X",
    "form": "indirect",
    "cue": "said",
    "content": "so",
    "summary": "X says so.",
    "act": "assert",
    "topic": "top-x",
    "stance": "neutral",
    "epistemic": "EpistemicTrueCertain",
}
QUANTITY = {"id": "01", "printed": "six", "unit": "person", "counts": "Delegates", "evidence": "six delegates"}
REPORT = {"id": "01", "event": "evt-x", "evidence": "it fell"}


def without(unit: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in unit.items() if key not in keys}


GROUPS = [
    [{"defaults": {"speaker": "act-x", "form": "indirect"}, "units": [without(STATEMENT, "speaker", "form")]}],
    [STATEMENT, {"defaults": {"cue": "said"}, "units": [without(STATEMENT, "cue"), STATEMENT]}],
    [
        {
            "defaults": {"form": "indirect", "medium": "speech"},
            "units": [
                {"defaults": {"topic": "top-y"}, "units": [without(STATEMENT, "form", "topic")]},
                without(STATEMENT, "form") | {"medium": None},
            ],
        }
    ],
    [{"defaults": {"date": "occasion", "occasion": "evt-x"}, "units": [STATEMENT]}],
]


@pytest.mark.parametrize("statements", GROUPS)
def test_groups_give_what_a_unit_needs(statements):
    """Catches a schema that asks a unit for what it has from its group."""
    assert faults("sheet", sheet(statements=statements)) == []


BARE = [
    ("quantities", QUANTITY | {"min": 6, "max": 6.5, "approximate": True}),
    ("quantities", QUANTITY | {"min": "6", "approximate": "false", "counts": 1200}),
    ("quantities", QUANTITY | {"id": 7, "max": None}),
    ("statements", STATEMENT | {"verbatim": False, "form": "direct"}),  # “no”, to YAML 1.1
    ("statements", STATEMENT | {"content": ["so", {"text": 2011, "occurrence": 2}], "date": {"edtf": 2021}}),
    ("statements", STATEMENT | {"summary": True, "date": None, "plover": None}),
    ("reports", REPORT | {"date": {"words": "so far", "future": True}, "background": True, "hedge": 1}),
    ("reports", REPORT | {"who": {"actor": {"act-x": {"text": "X", "support": "implies"}}}}),
]


@pytest.mark.parametrize(("name", "unit"), BARE)
def test_values_may_stand_without_quotation_marks(name, unit):
    """Catches a schema that refuses 6 for "6", 2021 for "2021", no for "no", or a key that is left empty."""
    assert faults("sheet", sheet(**{name: [unit]})) == []


WRONG = [
    # the part of a sheet, a unit, and the place of what is said
    ("statements", STATEMENT | {"stanse": "oppose"}, "statements.0"),
    ("statements", STATEMENT | {"act": "assrt"}, "statements.0.act"),
    ("statements", STATEMENT | {"id": "1"}, "statements.0.id"),
    ("statements", STATEMENT | {"targets": "act-x"}, "statements.0.targets"),
    ("statements", STATEMENT | {"speaker": "src-x"}, "statements.0.speaker"),
    ("statements", STATEMENT | {"targets": ["act-x", "act_y"]}, "statements.0.targets.1"),
    ("statements", STATEMENT | {"parent": "st-x-01"}, "statements.0.parent"),
    ("statements", STATEMENT | {"date": "yesterday"}, "statements.0.date"),
    ("statements", STATEMENT | {"date": {"edtf": "7 May 2020"}}, "statements.0.date"),
    ("statements", STATEMENT | {"cue": {"text": "said", "occurrence": 0}}, "statements.0.cue"),
    ("statements", STATEMENT | {"cue": {"words": "said"}}, "statements.0.cue"),
    ("statements", STATEMENT | {"content": []}, "statements.0.content"),
    ("statements", STATEMENT | {"summary": " X says so."}, "statements.0.summary"),
    ("quantities", QUANTITY | {"min": -1}, "quantities.0.min"),
    ("quantities", QUANTITY | {"min": "six"}, "quantities.0.min"),
    ("reports", REPORT | {"background": "yes"}, "reports.0.background"),
    ("reports", REPORT | {"who": {"doer": {"act-x": "X"}}}, "reports.0.who"),
    ("reports", REPORT | {"factuality": "CT"}, "reports.0.factuality"),
    ("mentions", {"words": "it", "means": "act-x", "where": "it"}, "mentions.0"),
]


@pytest.mark.parametrize(("name", "unit", "place"), WRONG)
def test_mistakes_are_refused(name, unit, place):
    """Catches a schema that lets a wrong key, code, form or type pass."""
    said = faults("sheet", sheet(**{name: [unit]}))
    assert [one.partition(":")[0] for one in said] == [place]


@pytest.mark.parametrize("key", [key for key in STATEMENT if key != "speaker"])
def test_what_is_needed_is_asked_for(key):
    """Catches a key that a unit needs and whose lack nobody notices, by itself or in a group."""
    less = without(STATEMENT, key)
    alone = faults("sheet", sheet(statements=[less]))
    grouped = faults("sheet", sheet(statements=[{"defaults": {"speaker": "act-x"}, "units": [STATEMENT, less]}]))
    inner = {"defaults": {"speaker_text": "Y"}, "units": [less]}
    nested = faults("sheet", sheet(statements=[{"defaults": {"speaker": "act-x"}, "units": [inner]}]))
    said = f"'{key}' is a required property"
    assert alone == [f"statements.0: {said}"]
    assert grouped == [f"statements.0.units.1: {said}"]
    if key != "speaker_text":
        assert nested == [f"statements.0.units.0.units.0: {said}"]


BAD_GROUPS = [
    ({"defaults": {"id": "01"}, "units": [STATEMENT]}, "statements.0.defaults"),
    ({"defaults": {"spaeker": "act-x"}, "units": [STATEMENT]}, "statements.0.defaults"),
    ({"defaults": {"act": "assrt"}, "units": [STATEMENT]}, "statements.0.defaults.act"),
    ({"defaults": {}, "units": [STATEMENT]}, "statements.0.defaults"),
    ({"defaults": {"speaker": "act-x"}, "units": []}, "statements.0.units"),
    ({"defaults": {"speaker": "act-x"}}, "statements.0"),
    ({"units": [STATEMENT]}, "statements.0"),
    ({"defaults": {"speaker": "act-x"}, "units": [STATEMENT], "note": "x"}, "statements.0"),
]


@pytest.mark.parametrize(("group", "place"), BAD_GROUPS)
def test_groups_that_are_none_are_refused(group, place):
    """Catches a schema that lets a misspelt or empty group pass."""
    assert place in [one.partition(":")[0] for one in faults("sheet", sheet(statements=[group]))]


def _scalars(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values of a content that hold no others."""
    if isinstance(value, dict):
        return [path for key, one in value.items() for path in _scalars(one, (*at, key))]
    if isinstance(value, list):
        return [path for number, one in enumerate(value) for path in _scalars(one, (*at, number))]
    return [at]


def _parent(content: Any, path: tuple[Any, ...]) -> Any:
    for part in path[:-1]:
        content = content[part]
    return content


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_every_value_of_a_register_is_looked_at(path):
    """Catches a place where a register may hold anything: a mapping in the place of a text."""
    content = written(path)
    content = content[:2] if isinstance(content, list) else content
    for place in _scalars(content):
        changed = copy.deepcopy(content)
        _parent(changed, place)[place[-1]] = {"no": "text"}
        assert faults(path.stem, changed), place


def test_codes_have_their_definitions():
    """Catches a code that an editor would offer without saying what it means."""
    for name in ("act", "stance", "text_kind", "event_type", "speech_form"):
        listed = SCHEMAS["sheet"]["definitions"][name]
        told = dict(zip(map(str, listed["enum"]), listed["enumDescriptions"], strict=True))
        for code, one in codes.lists()[name].codes.items():
            assert told[code] == f"{one.label}. {one.definition}"
    for schema in SCHEMAS.values():
        for part in (*schema["definitions"].values(), schema):
            for name, found in part.get("properties", {}).items():
                assert found.get("description") or "$ref" in found, name


def test_the_command_writes_them(tmp_path, run):
    """Catches a command that writes nothing, or writes again what is there."""
    (tmp_path / "seeds/coding").mkdir(parents=True)
    first = run(tmp_path, "editors")
    assert first.returncode == 0, first.stderr
    assert f"{len(SCHEMAS)} schemas in {EDITOR_SCHEMAS}, {len(SCHEMAS)} of them changed" in first.stderr
    for path, data in json_schema.files().items():
        assert (tmp_path / path).read_bytes() == data
    (tmp_path / EDITOR_SCHEMAS / "topics.schema.json").write_text("{}", encoding="utf-8")
    assert "1 of them changed" in run(tmp_path, "editors").stderr


def test_no_link_is_followed(tmp_path, run):
    """Catches a command that writes outside the project through a link."""
    (tmp_path / "seeds/coding").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / EDITOR_SCHEMAS).symlink_to(outside)
    done = run(tmp_path, "editors")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert not list(outside.iterdir())
