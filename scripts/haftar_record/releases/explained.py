"""Which changes CHANGELOG.md does not explain.

- A change of the schema is explained by the name of its column (``statements.stance``) or table; a text of the
  release by the name of its property (``keywords``).
- A coded value that was corrected is explained by the row's id or by its column; a row that came or went by its id.
- An article that came or went explains all rows in it, the entries of the registers that came or went with it, and the
  names by which it calls actors and places that were there before, also where these were names to search by until then.
- A row whose id is computed (evidence, a mention) need not be named when the row it belongs to changed or is named;
  one that belongs only to an article (a sentence), when anything coded changed in that article; the first mention of an
  actor, when articles came or went, or stand in another order.
- A computed value need not be named when anything coded changed; when nothing did, the program changed it, and its
  column or table has to be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ..model.cells import split
from ..model.rows import row_name
from ..model.tables import Document, Evidence
from .changelog import Section
from .difference import Difference, RowChange, has_given_id


class Explained:
    """A difference compared with a section of the changelog."""

    def __init__(self, difference: Difference, section: Section):
        self.difference, self.section = difference, section

    def lacking(self) -> dict[str, list[str]]:
        """What still has to be named, by where it changed: a table, ``schema`` or ``release``."""
        found: dict[str, dict[str, None]] = {}
        for group, name in self._lacking():
            found.setdefault(group, {})[name] = None
        return {group: list(names) for group, names in found.items()}

    def _lacking(self) -> Iterator[tuple[str, str]]:
        for text in self.difference.properties:
            if not self.section.explains(text.name):
                yield "release", text.name
        for change in self.difference.schema:
            if not self.section.explains(change.shown, change.table):
                yield "schema", change.shown
        for row in self.difference.rows:
            if row.id in self._articles:  # its name is all that is missing, and stands for the rows that follow from it
                yield from ((row.table, row.id) for _ in range(not self.section.explains(row.id)))
            elif not (self.section.explains(row.id) or row.id in self._with_articles or self._is_named_by_article(row)):
                yield from ((row.table, name) for name in self._of_row(row))

    def _of_row(self, row: RowChange) -> Iterator[str]:
        """The names that would explain the row."""
        is_owned = not has_given_id(row.table)
        if is_owned and (self.section.explains(row.table) or self._belongs_to_a_change(row)):
            return
        if row.kind != "changed":
            yield row.id
        for cell in row.changes:
            column = f"{row.table}.{cell.column}"
            if not cell.is_computed and not self.section.explains(column):
                yield row.id
            elif cell.is_computed and not self._is_coded and not self.section.explains(column, row.table):
                yield column

    @cached_property
    def _is_coded(self) -> bool:
        """Whether a decision of a coder changed anywhere."""
        return any(row.is_coded for row in self.difference.rows)

    @cached_property
    def _coded_articles(self) -> set[str]:
        """The articles in which a unit that a coder gives an id came, went or was corrected."""
        coded = (row for row in self.difference.rows if row.is_coded and has_given_id(row.table))
        return {row.cells.get("document_id", "") for row in coded}

    @cached_property
    def _changed(self) -> dict[str, RowChange]:
        return {row.id: row for row in self.difference.rows}

    def _belongs_to_a_change(self, row: RowChange) -> bool:
        """Whether a row with a computed id belongs to a row that is named here or has to be."""
        if row.owners:
            if self._is_reordered and row.table == Evidence.TABLE and row.cells.get("actor_id"):
                return True
            return any(self._is_explained(identity) for identity in row.owners)
        article = row.cells.get("document_id", "")
        return article in self._coded_articles or self.section.explains(article)

    @cached_property
    def _is_reordered(self) -> bool:
        """Whether an article came, went or got another number: the first mention of an actor may then be another."""
        changed = self.difference.rows_of(Document.TABLE)
        return any(row.kind != "changed" or any(cell.column == "seed_path" for cell in row.changes) for row in changed)

    def _is_explained(self, identity: str) -> bool:
        owner = self._changed.get(identity) or self._unchanged.get(identity)
        if self.section.explains(identity):
            return True
        if owner is None:
            return False
        return owner.is_coded if has_given_id(owner.table) else self._belongs_to_a_change(owner)

    @cached_property
    def _unchanged(self) -> dict[str, RowChange]:
        """Rows with computed ids, which belong to others in turn (evidence to a role, a role to an event)."""
        return {
            row_name(key): RowChange(name, key, "changed", cells)
            for name, table in self.difference.new.tables.items()
            if not has_given_id(name)
            for key, cells in table.rows.items()
        }

    @cached_property
    def _articles(self) -> set[str]:
        """The articles that came or went."""
        return {row.id for row in self.difference.rows_of(Document.TABLE) if row.kind != "changed"}

    @cached_property
    def _new_names(self) -> set[tuple[str, str]]:
        """Whom the articles that came mention: the id of the actor or place, and the words, in small letters."""
        mentions = (row.cells for row in self.difference.rows_of("mentions", "added"))
        return {
            (cells.get("actor_id") or cells.get("place_id", ""), cells.get("surface_text", "").casefold())
            for cells in mentions
            if cells.get("document_id") in self._articles
        }

    def _is_named_by_article(self, row: RowChange) -> bool:
        """Whether all that was coded anew of an actor or place are names by which an article that came calls it."""
        coded = {cell.column: cell for cell in row.changes if not cell.is_computed}
        if row.kind != "changed" or not {"aliases"} <= coded.keys() <= {"aliases", "search_names"}:
            return False
        before, after = set(split(coded["aliases"].old)), set(split(coded["aliases"].new))
        added = after - before
        if searched := coded.get("search_names"):  # names that stand in an article are aliases, and no longer these
            old, new = set(split(searched.old)), set(split(searched.new))
            if not new < old or not old - new <= added:
                return False
        return before < after and all((row.id, name.casefold()) in self._new_names for name in added)

    @cached_property
    def _with_articles(self) -> set[str]:
        """The ids of rows that came or went with an article, and of what they refer to."""
        whole = {row.id: row for row in self.difference.rows if row.kind != "changed"}
        found = {name for name, row in whole.items() if self._articles & {name, row.cells.get("document_id")}}
        waiting = list(found)
        while waiting:
            come = whole[waiting.pop()].references & whole.keys() - found
            found |= come
            waiting += come
        return found
