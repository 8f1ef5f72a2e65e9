"""What a row model declares about its table holds for the rows of the record, whichever they are."""

from __future__ import annotations

import pytest

from haftar_record.model.index import Index, label_columns, source_columns
from haftar_record.model.rows import LAYERS, Row, columns, id_prefix, plural, row_name, stands_in_article
from haftar_record.model.tables import BY_NAME, TABLES, UNITS, Evidence
from haftar_record.package import reader

from ..conftest import ROOT

each_table = pytest.mark.parametrize("model", TABLES, ids=lambda model: model.TABLE)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(reader.read(ROOT).rows)


@each_table
def test_a_model_says_what_its_table_is(index: Index, model: type[Row]) -> None:
    """Catches a new table that others would have to be told about."""
    assert model.TITLE and model.ONE and plural(model) != model.ONE and model.LAYER in LAYERS
    assert set(model.KEY) <= set(model.model_fields)
    assert index[model] or model.MAY_BE_EMPTY
    for row in index[model]:
        assert row.caption.strip(), row.display_id
        assert index.by_name[row.display_id] is row


@each_table
def test_ids_begin_with_the_prefix_of_their_table(index: Index, model: type[Row]) -> None:
    """Catches an id that does not say what it is the id of, and two tables with one prefix."""
    prefix = id_prefix(model)
    others = [id_prefix(other) for other in TABLES if other is not model and id_prefix(other)]
    assert prefix not in others and (prefix or len(model.KEY) > 1)
    assert all(row.display_id.startswith(prefix) for row in index[model])


def test_units_rest_on_evidence(index: Index) -> None:
    """Catches a unit whose evidence has no column for its owner, and a column that no unit has."""
    assert {name for name in Evidence.OWNERS if name in {model.KEY[0] for model in UNITS}} == {m.KEY[0] for m in UNITS}
    for model in UNITS:
        verbatim = {name for name, column in columns(model).items() if column.verbatim}
        assert model.EVIDENT and set(model.EVIDENT) <= verbatim and stands_in_article(model)
        for row in index[model]:
            assert set(model.EVIDENT) <= {piece.field for piece in index.evidence(row.id[0])}
    assert not any(model.EVIDENT for model in TABLES if not model.IS_UNIT)


def test_rows_on_the_page_of_an_article_belong_to_one() -> None:
    """Catches a page that could not be found."""
    assert all(stands_in_article(model) for model in TABLES if model.PAGE == "article")


def test_columns_that_repeat_names_stand_beside_ids() -> None:
    """Catches a name column that says nothing of its ids; by its name it is one, and it is computed."""
    declared = {(model.TABLE, name) for model, name, _, _ in label_columns()}
    named = {
        (model.TABLE, name)
        for model in TABLES
        for name in model.model_fields
        if (name.endswith(("_name", "_names")) and name != "search_names")
        or (name.endswith("_title") and model.TABLE != "events")
    }
    assert declared == named
    for model, name, ids, targets in label_columns():
        assert columns(model)[name].computed and len(ids) == len(targets)
        assert all(target is BY_NAME[columns(model)[one].ref] for one, target in zip(ids, targets, strict=True))


def test_sources_are_counted_where_an_article_relies_on_them(index: Index) -> None:
    """Catches a column of sources that the count of articles leaves out."""
    relied = {getattr(row, name) for model, names in source_columns().items() for row in index[model] for name in names}
    used = {row.source_id for row in index[BY_NAME["sources"]] if row.document_count}
    assert used and used == relied - {None}


def test_a_row_is_found_by_what_points_at_it(index: Index) -> None:
    """Catches an index that forgets a column of ids, lists among them."""
    counted = 0
    for model in TABLES:
        for name, column in columns(model).items():
            for row in index[model] if column.ref else ():
                for identity in filter(None, (getattr(row, name) or "").split(";")):
                    is_itself = (BY_NAME[column.ref], identity) == (model, row.display_id)
                    if identity in column.missing or is_itself:
                        continue
                    found = index.pointing_at(BY_NAME[column.ref], identity)
                    assert any(row in rows for other, one, rows in found if (other, one) == (model, name))
                    counted += 1
    assert counted > len(index[Evidence])


def test_row_name_of_several_columns() -> None:
    """Catches a printed id that ``show`` would not take."""
    assert row_name(("st-1", "act-2")) == "st-1.act-2" and row_name(iter([7])) == "7"
