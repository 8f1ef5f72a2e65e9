"""The page on the format of sheets says what the program accepts."""

from __future__ import annotations

import hashlib
import re
import shutil

import pytest
import yaml
from pydantic import ValidationError

from haftar_record.coding import key_texts, sheet_format, sheets
from haftar_record.model.shape import ContributorShape, RetiredShape, Shape

from ..conftest import ROOT
from .snippets import blocks, with_keys

PAGE = (ROOT / "docs/sheet-format.md").read_text(encoding="utf-8")
#: Shapes that no file is written by hand in, or that only others are made of.
OTHERS = ("UnitShape", "OccasionDate", "FigureShape", "MeasuredShape", "FiguresShape")


def shapes() -> dict[str, type[Shape]]:
    """Every shape of what people write, by name."""
    found = [one for one in vars(sheets).values() if isinstance(one, type) and issubclass(one, Shape)]
    own = {one.__name__: one for one in found if one.__module__ == sheets.__name__ and one.__name__ not in OTHERS}
    return own | {"RetiredShape": RetiredShape, "ContributorShape": ContributorShape}


def test_every_key_has_a_text_and_an_example() -> None:
    """Catches a key that was added to a shape, or taken away, without its text in keys.yaml, or without an example."""
    own = shapes()
    for described in (key_texts.meanings(), key_texts.examples()):
        assert set(own) == set(described)
        for name, shape in own.items():
            assert set(described[name]) == set(sheet_format.keys(shape)), name
            assert all(described[name].values()), name
    assert {shape.__name__ for _, shape in sheet_format.SECTIONS} == set(own)


@pytest.mark.parametrize("name", sorted(shapes()))
def test_examples_are_what_a_sheet_may_say(name) -> None:
    """Catches an example that the shape refuses, or that is no YAML as sheets have it."""
    shape = shapes()[name]
    for key in sheet_format.keys(shape):
        value = yaml.load(f"{key}: {key_texts.examples()[name][key]}", yaml.BaseLoader)[key]
        try:
            shape.model_validate({key: value})
        except ValidationError as error:
            assert [one["loc"] for one in error.errors() if one["loc"][:1] == (key,)] == []


def test_the_tables_say_what_is_needed() -> None:
    """Catches a table that leaves out a need, a default or an example."""
    lines = sheet_format.markdown().splitlines()
    assert '| `id` | yes | text | `"01"` | Two or three digits, unique among the statements of the sheet. |' in lines
    (medium,) = (line for line in lines if line.startswith("| `medium` |"))
    assert medium.startswith("| `medium` | no: `unknown` | code of [medium](codebook.md#medium) | `press_briefing` |")
    (said,) = (line for line in lines if "or `occasion`" in line and line.startswith("| `date` |"))
    assert said.startswith("| `date` | no | [date](#a-date), or `occasion` | `occasion` |")
    assert [key for key in ("defaults", "units") if any(line.startswith(f"| `{key}` | yes | ") for line in lines)] == [
        "defaults",
        "units",
    ]


def test_the_page_is_fresh() -> None:
    """Catches tables of keys that are not those of the shapes: run python -m tests.code.snippets."""
    assert with_keys(PAGE) == PAGE


def test_code_lists_are_linked() -> None:
    """Catches a link to a code list that does not exist."""
    from haftar_record.model import codes

    assert set(re.findall(r"codebook[.]md#([a-z_]+)", PAGE)) <= set(codes.lists())


@pytest.fixture
def reading(tmp_path):
    """The example of the page, in a project that has nothing but its article and the topics of the record."""
    (tmp_path / "seeds/coding").mkdir(parents=True)
    (tmp_path / "seeds/articles").mkdir()
    shutil.copy(ROOT / "seeds/coding/topics.yaml", tmp_path / "seeds/coding")
    files = {block.title: block.text for block in blocks(PAGE) if block.title}
    article = next(name for name in files if name.endswith(".txt"))
    digest = hashlib.sha256(files[article].encode()).hexdigest()
    folder = tmp_path / "reader-1"
    (folder / "articles").mkdir(parents=True)
    (tmp_path / article).write_text(files.pop(article), encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text.replace("SHA-256-OF-THE-ARTICLE", digest), encoding="utf-8")
    return folder


def test_the_example_builds(reading, run) -> None:
    """Catches an example that the program refuses."""
    done = run(reading.parent, "reading", str(reading))
    assert done.returncode == 0, done.stderr
    assert "left out" not in done.stderr
    assert re.search(r"statements +1 of 1\n +reports +3 of 3", done.stderr)
