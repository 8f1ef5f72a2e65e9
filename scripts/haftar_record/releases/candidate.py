"""Judge the working package against the last release: the step of its version, what explains it, and its ids.

The last release is the highest tag ``vX.Y.Z`` that the working revision descends from, or a package that is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .. import tables
from ..problems import DataErrors, Place, Problem, Problems, nearest
from ..retired import PATH as RETIRED
from ..snapshot import Snapshot, git
from . import difference, steps
from .changelog import PATH as CHANGELOG
from .changelog import Section
from .difference import Difference
from .explained import Explained

RECORD = "seeds/coding/record.yaml"


def last_release(root: Path) -> str | None:
    """The tag of the last release; None when there is none, or no repository."""
    names = (git(root, "tag", "--list", "v*", "--merged", "HEAD") or b"").decode().split()
    versions = {version: name for name in names if (version := steps.parse(name.removeprefix("v")))}
    return versions[max(versions)] if versions else None


def first(new: Snapshot, sections: list[Section], problems: Problems) -> None:
    """Judge a first release: it is told of, and no other was told of before it."""
    _section(new, sections, problems)
    earlier = [section for section in sections if section.version != new.version]
    if earlier:
        found = f"{CHANGELOG} tells of {earlier[0].version}, and no tag v{earlier[0].version} is in this repository"
        place = Place(CHANGELOG, earlier[0].line)
        remedy = "fetch the tags (git fetch --tags), or name the last release by --against"
        problems.add(place, "last-release", found, "a tag for every earlier release", remedy)


def judge(found: Difference, sections: list[Section], problems: Problems) -> None:
    """Judge a release that follows another."""
    old, new = found.old, found.new
    if found.step == "none" and new.version == old.version:
        return
    _version(found, problems)
    if section := _section(new, sections, problems):
        _explained(found, section, problems)
        _known_names(found, section, problems)
    _vanished(old, new, problems)
    _retired(old, new, problems)


def _version(found: Difference, problems: Problems) -> None:
    """The version is one step after the last one, and no smaller step than the changes ask for."""
    old, new, asked = found.old, found.new, found.step
    before = steps.parse(old.version)
    place = Place(RECORD)
    if before is None:
        remedy = "name another release by --against"
        raise DataErrors([Problem(Place(old.shown), "version", old.version, "a version such as 1.0.0", remedy)])
    least = max(steps.STEPS.index(asked), 1)
    possible = [steps.following(before, step) for step in steps.STEPS[least:]]
    if new.version not in possible:
        because = f"after {old.version}, since the changes ask for a {asked} step" if asked != "none" else "a next one"
        expected = f"{' or '.join(possible)} {because}"
        problems.add(place, "version-step", f"version {new.version}", expected, f'write version: "{possible[0]}"')
    created = [str(package.descriptor.get("created", "")) for package in (old, new)]
    if created[1] <= created[0]:
        found_date, expected = f"created {created[1]}", f"a moment after {created[0]}, when {old.version} was made"
        problems.add(place, "created", found_date, expected, "write the moment of this release")


def _section(new: Snapshot, sections: list[Section], problems: Problems) -> Section | None:
    section = next((section for section in sections if section.version == new.version), None)
    if section is None:
        told = ", ".join(section.version for section in sections[:3]) or "no version"
        remedy = f"write what changed under “## {new.version}”"
        problems.add(Place(CHANGELOG), "changelog", f"sections of {told}", f"a section of {new.version}", remedy)
    elif not section.text:
        place, expected = Place(CHANGELOG, section.line), "what changed, and why"
        problems.add(place, "changelog", f"nothing under {new.version}", expected, "write it")
        return None
    return section


def _explained(found: Difference, section: Section, problems: Problems) -> None:
    for group, names in Explained(found, section).lacking().items():
        where = {"schema": "the schema", "release": "the texts of the release"}.get(group, group)
        told = f"{len(names)} change{'s' * (len(names) != 1)} in {where} without a word: {', '.join(names)}"
        expected = f"these names in backticks under {section.version}, or a “*” pattern that matches them"
        problems.add(Place(CHANGELOG, section.line), "unexplained", told, expected, "say what changed and why")


def _known_names(found: Difference, section: Section, problems: Problems) -> None:
    """An id in the changelog that no release has is a slip of the pen."""
    known = _ids(found.old) | _ids(found.new)
    prefixes = {identity.partition("-")[0] for identity in known}
    for name in sorted(section.names):
        is_id = "-" in name and name.partition("-")[0] in prefixes and "*" not in name and name.islower()
        if is_id and name not in known:
            place, expected = Place(CHANGELOG, section.line), nearest(name, sorted(known))
            problems.add(place, "unknown-id", f"`{name}`", expected, "correct it", "warning")


def _vanished(old: Snapshot, new: Snapshot, problems: Problems) -> None:
    """An id that is gone has a row in the register of retired ids."""
    present, retired = _ids(new), _retirements(new).keys()
    for name, table in old.tables.items():
        if not difference.has_given_id(name) or name == tables.CodeRow.TABLE:
            continue
        gone = [key[0] for key in table.rows if key[0] not in present and key[0] not in retired]
        if gone:
            told = f"{len(gone)} id{'s' * (len(gone) != 1)} of {old.version} gone from {name}: {', '.join(gone)}"
            row = f'- {{id: {gone[0]}, since: "{new.version}", because: "…", successors: []}}'
            remedy = f"restore the unit with its id, or add a row and build: {row}"
            problems.add(Place(RETIRED), "vanished-id", told, "every id kept, or retired", remedy)


def _retired(old: Snapshot, new: Snapshot, problems: Problems) -> None:
    """What was retired stays retired; what is newly retired was there, and goes with this version."""
    before, after, present = _retirements(old), _retirements(new), _ids(old)
    for identity in sorted(before.keys() - after.keys()):
        remedy = "put its row back: an id that is gone never comes back"
        problems.add(Place(RETIRED), "retired", f"{identity}, retired before, is no longer here", "its row", remedy)
    for identity in sorted(after.keys() - before.keys()):
        if identity not in present:
            expected = f"an id of {old.version}: {nearest(identity, sorted(present))}"
            problems.add(Place(RETIRED), "retired", identity, expected, "correct it, or remove the row")
        elif after[identity] != new.version:
            found, expected = f"{identity} since {after[identity]}", f"since {new.version}: {old.version} still has it"
            problems.add(Place(RETIRED), "retired", found, expected, "correct “since”")


def _retirements(package: Snapshot) -> dict[str, str]:
    """The version since which ids are retired, by id."""
    rows: Iterable = package.descriptor.get("retired") or ()
    return {str(row.get("id")): str(row.get("since")) for row in rows if isinstance(row, dict)}


def _ids(package: Snapshot) -> set[str]:
    return {key[0] for table in package.tables.values() for key in table.rows if len(key) == 1}
