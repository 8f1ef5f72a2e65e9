"""Words that do not stand in an article are told beside mistakes by which no row can be made."""

from __future__ import annotations

import pytest

from haftar_record.cli import commands
from haftar_record.cli.terminal import output
from haftar_record.problems.problem import DataErrors

from .test_sheets import ACTORS, OTHER, SHEET, edit

EVENTS = "seeds/coding/events.yaml"


def told(project) -> list[tuple[str, int, str]]:
    """What a build finds: the file, the line and the check of each error."""
    with pytest.raises(DataErrors) as raised:
        commands.make(project, output())
    return [(one.place.file, one.place.line, one.rule) for one in raised.value.problems]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (SHEET, "act: ", "act: x", "code"),  # another unit of the sheet with the mistake in its words
        (OTHER, "act: ", "act: x", "code"),
        (OTHER, "summary: ", "sumary: ", "key"),
        (OTHER, "sha256: ", "sha256: 0", "form"),
        (ACTORS, "country: DZA", "country: Algeria", "code"),
        (EVENTS, "type: ", "type: x", "code"),
    ],
)
def test_quotations_are_checked_beside_other_mistakes(project, file, old, new, rule):
    """Catches a mistake in the form of one value that hides all quotations that do not stand in their article."""
    first = edit(project, file, old, new)
    second = edit(project, SHEET, "ties between Haftar", "tyes between Haftar")
    found = told(project)
    assert (SHEET, second, "quotation") in found
    assert [one for one in found if one[0] == file and one[1] >= first and one[2] in (rule, "stale")]
    assert {rule for _, _, rule in found} <= {"quotation", rule, "stale"}, "a consequence is told"


def test_an_id_twice_hides_no_quotation(project):
    """Catches a register with one id twice, by which no quotation is looked at."""
    edit(project, ACTORS, "- {id: act-algeria,", "- {id: act-libya,")
    line = edit(project, SHEET, "ties between Haftar", "tyes between Haftar")
    assert (SHEET, line, "quotation") in told(project)


def test_a_register_that_is_no_list(project):
    """Catches a traceback where a whole register cannot be read, and words that are then told as a consequence."""
    (project / ACTORS).write_text("actors: none\n", encoding="utf-8")
    edit(project, SHEET, "ties between Haftar", "tyes between Haftar")
    assert {file for file, _, _ in told(project)} == {ACTORS}


def test_a_value_to_be_filled_in_is_no_quotation(project):
    """Catches an open value that is told twice, as such and as words that no article has."""
    line = edit(project, SHEET, '"ties between Haftar and Assad"', '"?"')
    assert [one for one in told(project) if one[1] == line] == [(SHEET, line, "open-value")]
