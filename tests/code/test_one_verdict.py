"""One verdict: what ``build`` and ``check`` accept, every export can hold, ``validate`` accepts in the released zip, by
either engine, and stock frictionless reads; what one of them refuses, the build has refused at its place.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from haftar_record import export
from haftar_record.checks import on_disk, stock
from haftar_record.cli import commands
from haftar_record.coding import inputs, sheets
from haftar_record.files import json_file
from haftar_record.model.cell_faults import faults
from haftar_record.model.tables import BY_NAME
from haftar_record.package import descriptor, reader
from haftar_record.problems import catalogue
from haftar_record.problems.problem import DataErrors, Problem, Problems

from ..conftest import ROOT
from .texts import OTHERS, OWN, PRINTED, REFUSED, TEXTS

ARTICLE = "seeds/articles/004_3eb302bd82f84695.txt"
SHEET = "seeds/coding/articles/004_3eb302bd82f84695.yaml"
QUIET = SimpleNamespace(step=lambda _: None)
#: Words of the article that a quantity, a report and a relation quote.
WORDS = "1 200 people deployed"


# -- putting texts into a project ------------------------------------------------------------------------------------


def as_yaml(content: object) -> str:
    """A value as YAML in ASCII, whatever it holds: JSON, with a character beyond the first plane as one escape."""

    def whole(pair: re.Match[str]) -> str:
        character: str = json.loads('"' + pair[0] + '"')
        return f"\\U{ord(character):08x}"

    return re.sub(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}", whole, json.dumps(content, indent=1))


class Loader(yaml.BaseLoader):
    """Every scalar stays text, but for what is missing."""


Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|)$"), ["~", "n", ""])
Loader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


def load(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader)


def put(root: Path, path: str, pointer: tuple[str | int, ...], text: str) -> None:
    """Set the value at a path of keys and indices."""
    content = holder = load(root / path)
    for part in pointer[:-1]:
        holder = holder[part]
    holder[pointer[-1]] = text
    (root / path).write_text(as_yaml(content), "utf-8")


def retire(root: Path, because: str) -> None:
    entry = f'- {{id: st-3eb302bd-99, since: "0.1.0", because: {as_yaml(because)}, successors: []}}\n'
    (root / "seeds/coding/retired.yaml").write_text(entry, "utf-8")


def describe(root: Path, **changes: object) -> None:
    """The register of the release with other texts."""
    file = root / "seeds/coding/record.yaml"
    file.write_text(as_yaml(load(file) | changes), "utf-8")


#: Places of texts in the record's own words: each puts a text into one of them.
PLACES = {
    "title": lambda root, text: describe(root, title=text),
    "description": lambda root, text: describe(root, description=text),
    "keyword": lambda root, text: describe(root, keywords=["Libya", text]),
    "rights": lambda root, text: describe(root, text_rights=text),
    "contributor": lambda root, text: describe(root, contributors=[{"title": text, "roles": ["creator"]}]),
    "role": lambda root, text: describe(root, contributors=[{"title": "A", "roles": ["creator", text]}]),
    "title of an article": lambda root, text: put(root, SHEET, ("facts", "cited_as"), text),
    "retired": retire,
    "summary": lambda root, text: put(root, SHEET, ("statements", 0, "units", 0, "units", 0, "summary"), text),
    "reason": lambda root, text: put(root, SHEET, ("facts", "text_kind_because"), text),
    "rights of an article": lambda root, text: put(root, SHEET, ("facts", "rights"), text),
    "name of an actor": lambda root, text: put(root, "seeds/coding/actors.yaml", (0, "name"), text),
    "definition of a topic": lambda root, text: put(root, "seeds/coding/topics.yaml", (0, "definition"), text),
    "title of an event": lambda root, text: put(root, "seeds/coding/events.yaml", (0, "title"), text),
}  # fmt: skip


def print_in_article(root: Path, text: str) -> None:
    """The article prints a text in the midst of words that are quoted, and all that quote them do so as they are."""
    article, sheet, register = root / ARTICLE, root / SHEET, root / "seeds/coding/discrepancies.yaml"
    before = article.read_bytes()
    words = f"1 200 {text} people deployed"
    after = before.replace(WORDS.encode(), words.encode("utf-8", "surrogatepass"))
    article.write_bytes(after)

    def quoted(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: quoted(one) for key, one in value.items()}
        if isinstance(value, list):
            return [quoted(one) for one in value]
        return value and value.replace(WORDS, words)

    sheet.write_text(as_yaml(quoted(load(sheet)) | {"sha256": hashlib.sha256(after).hexdigest()}), "utf-8")
    register.write_text(as_yaml(quoted(load(register))), "utf-8")


# -- the four verdicts -----------------------------------------------------------------------------------------------


def built(root: Path) -> list[Problem]:
    """Errors of a build; without any, the package is written."""
    try:
        made, problems = commands.make(root, QUIET)
    except DataErrors as error:
        return [problem for problem in error.problems if problem.severity == "error"]
    for path, data in made.files.items():
        (root / path).write_bytes(data)
    return problems.errors


def errors(check, *arguments: object) -> list[Problem]:
    problems = Problems()
    try:
        check(*arguments, problems)
    except DataErrors as error:
        return error.problems
    return problems.errors


def all_else(root: Path) -> list[Problem]:
    """Errors of everything that comes after a build: check, every export, and the release by all who may read it."""
    found = errors(lambda problems: problems.items.extend(commands.compare(root, QUIET).items))
    files = export.render(reader.read(root), export.load(export.FORMATS))
    release = root / "release"
    with zipfile.ZipFile(io.BytesIO(files["haftar-record.zip"])) as archive:
        archive.extractall(release)
    (folder,) = (path.parent for path in release.rglob("datapackage.json"))
    for engine in (on_disk.check, on_disk.check_large):
        found += errors(engine, folder)
    for package in (root, folder):
        found += errors(stock.stock, package)
    return found


# -- every text in every place ---------------------------------------------------------------------------------------


def test_every_sound_text_passes_everywhere(project):
    """Every text that the record may hold, each in some of the places, and everything that an article may print: the
    package is built, checked, exported in all formats, and its release is valid by both engines and by stock
    frictionless."""
    for name in ("LICENSE", "LICENSE-DATA.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, project)
    texts = [text.text for text in OWN.values()]
    for number, spoil in enumerate(PLACES.values()):
        spoil(project, texts[number % len(texts)])
    describe(project, keywords=texts)
    print_in_article(
        project, "a".join(sorted({c for text in PRINTED.values() for c in text.text if c > "\x7f"} - {*"“”"}))
    )
    assert built(project) == []
    assert all_else(project) == []


@pytest.mark.parametrize("name", OTHERS)
def test_what_the_record_may_not_hold_is_refused_by_the_build(project, name):
    """At every place of a register, each with what is wrong, before a row is made."""
    text = OTHERS[name].text
    contributors = [{"title": text, "roles": [text]}]
    describe(project, title=text, description=text, keywords=[text], text_rights=text, contributors=contributors)
    problems = Problems()
    inputs.registers(project, problems)
    found = problems.errors
    if OTHERS[name].is_printed:
        assert {problem.rule for problem in found} == {OTHERS[name].rule} and len(found) == 6
    else:
        assert [problem.rule for problem in found] == ["yaml"] or {problem.rule for problem in found} == {"form"}
    assert {problem.place.file for problem in found} == {"seeds/coding/record.yaml"}
    assert all(problem.place.line and problem.place.column for problem in found)


@pytest.mark.parametrize("start", range(0, len(PLACES), 5))
def test_every_place_is_looked_at(project, start):
    """One text in each of the places of texts, of registers and sheets alike."""
    texts = [text for text in OTHERS.values() if text.is_printed and len(text.text) < 100]
    places = list(PLACES)[start : start + 5]
    told = []
    for number, place in enumerate(places):
        PLACES[place](project, texts[number].text)
        told.append(len(built(project)))
    assert told == sorted(set(told)) and told[0] > 0


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_table_can_hold_is_refused_in_the_article(project, name):
    """At its line, before anything in it is looked for."""
    article = project / ARTICLE
    words = f"1 200 {TEXTS[name].text} people deployed"
    article.write_bytes(article.read_bytes().replace(WORDS.encode(), words.encode("utf-8", "surrogatepass")))
    problems = Problems()
    inputs.read(project, problems)
    (found,) = problems.errors
    assert (found.rule, found.place.file, found.place.line) == ("article", ARTICLE, 11)


@pytest.mark.parametrize("name", TEXTS)
def test_a_cell_has_the_verdict_of_the_sheet(name):
    """A summary and a passage, as the readers of a table judge them."""
    text = TEXTS[name]
    own = list(faults(BY_NAME["statements"], "summary", text.text))
    assert (not own) == text.is_own
    words = list(faults(BY_NAME["statements"], "content_text", text.text))
    is_cell = bool(text.text) and "\n" not in text.text and text.text == text.text.strip() and len(text.text) <= 20_000
    assert (not words) == (text.is_printed and is_cell and text.rule != "cell-size")


def test_both_engines_judge_alike(project):
    """A table with every text in a cell of its own has the same lines refused by both engines."""
    with (project / "datapackage/topics.csv").open(encoding="utf-8", newline="") as file:
        header, row, *_ = csv.reader(file)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    kept = {name: text for name, text in TEXTS.items() if "\r" not in text.text and "\ud800" not in text.text}
    for number, text in enumerate(kept.values()):
        cells = dict(zip(header, row, strict=True)) | {"topic_id": f"top-{number:03d}", "definition": text.text}
        writer.writerow(cells.values())
    (project / "datapackage/topics.csv").write_text(buffer.getvalue(), "utf-8", newline="")
    refused = []
    for engine in (on_disk.check, on_disk.check_large):
        problems = [p for p in errors(engine, project) if catalogue.find(p.rule).layer == "tables"]
        refused.append({(p.place.line, p.rule, p.found) for p in problems if p.place.file.endswith("topics.csv")})
    assert refused[0] == refused[1]
    assert {rule for _, rule, _ in refused[0]} >= {text.rule for text in kept.values()} - {"", "form"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_descriptor_has_the_verdict_of_the_register(name):
    """So have the texts of a descriptor, which may have been written elsewhere."""
    text = TEXTS[name].text
    content = json.loads((ROOT / "datapackage.json").read_bytes())
    content |= {"title": text, "description": text, "keywords": [text], "textRights": text}
    content["contributors"] = [{"title": text, "roles": [text]}]
    content["sources"][0]["title"] = text
    content["retired"] = [{"id": "st-3eb302bd-99", "since": "0.1.0", "because": text, "successors": []}]
    problems = Problems()
    found = json_file.read(json.dumps(content).encode(), "datapackage.json", problems, "")
    if found is None:
        assert "\ud800" in text
        return
    try:
        descriptor.read(found)
        told = []
    except DataErrors as error:
        told = error.problems
    assert len(told) == (0 if TEXTS[name].is_own else 8)


NUMBERS = {"999999999999999": True, "1000000000000000": False, "0.00000000000001": True, "0.000000000000001": False,
           "1234567.8901234": True, "1234567.890123456": False, "9" * 400: False}  # fmt: skip


@pytest.mark.parametrize("digits", NUMBERS)
def test_a_number_has_the_digits_that_every_format_keeps(digits):
    """In a sheet and in a cell alike: 15, which a double holds. A rule of its column may bound it further."""
    figure = TypeAdapter(sheets.Figure)
    try:
        figure.validate_python(digits)
        is_figure = True
    except ValidationError:
        is_figure = False
    cell = [rule for rule, *_ in faults(BY_NAME["quantities"], "minimum", digits) if rule == "canonical-cell"]
    assert (is_figure, not cell) == (NUMBERS[digits],) * 2
    if "." not in digits:
        whole = [rule for rule, *_ in faults(BY_NAME["places"], "geonames_id", digits) if rule == "canonical-cell"]
        assert (not whole) == NUMBERS[digits]


# -- any text, deeply ------------------------------------------------------------------------------------------------

CHARACTERS = "".join(sorted({c for text in TEXTS.values() for c in text.text if c != "\ud800"}))
ANY = (
    st.sampled_from([text.text for text in TEXTS.values() if "\ud800" not in text.text])
    | st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=30)
    | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
)


@pytest.mark.slow
@settings(
    max_examples=max(8, settings.default.max_examples // 25), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.dictionaries(st.sampled_from(list(PLACES)), ANY, max_size=3), st.none() | ANY)
def test_any_texts_anywhere(tmp_path_factory, texts, printed):
    """Texts of any kind in any places: what the build accepts passes everywhere, what it refuses it refuses at a place
    in the seeds, and nothing is raised."""
    root = tmp_path_factory.mktemp("project")
    for name in ("seeds", "datapackage", "schemas"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("datapackage.json", "CITATION.cff", "LICENSE", "LICENSE-DATA.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, root)
    for place, text in texts.items():
        PLACES[place](root, text)
    if printed is not None:
        print_in_article(root, printed)
    if found := built(root):
        assert all(problem.place.file.startswith("seeds/") for problem in found)
    else:
        assert all_else(root) == []
    shutil.rmtree(root)
