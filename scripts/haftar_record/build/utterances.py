"""Statements of several articles that report one utterance, by the links that the sheets have between them."""

from __future__ import annotations

from collections.abc import Iterator

from ..coding.inputs import Inputs


def statement_id(key: str, short: str) -> str:
    """The permanent id of a statement: the key of its article, and its id in the sheet."""
    return f"st-{key}-{short}"


def utterances(inputs: Inputs) -> dict[str, list[str]]:
    """The statements that report one utterance, by the id of each: itself among them, in the order of the articles.

    Links hold in both directions and go on: what is the same as one statement is the same as those that this is the
    same as.
    """
    order = {
        statement_id(coded.key, entry.id): number
        for number, (coded, entry) in enumerate(
            (coded, entry) for coded in inputs.coded for entry in coded.sheet.value.statements
        )
    }
    group: dict[str, list[str]] = {name: [name] for name in order}
    for one, two in _links(inputs):
        if two in group and group[one] is not group[two]:
            small, large = sorted((group[one], group[two]), key=len)
            large += small
            group |= dict.fromkeys(small, large)
    for found in {id(found): found for found in group.values()}.values():
        found.sort(key=order.__getitem__)
    return group


def _links(inputs: Inputs) -> Iterator[tuple[str, str]]:
    for coded in inputs.coded:
        for entry in coded.sheet.value.statements:
            yield from ((statement_id(coded.key, entry.id), other) for other in entry.same_as)
