"""Judge the working package against the last release: the step of its version, what explains it, and its ids.

The last release is the highest tag ``vX.Y.Z`` that the working revision descends from, or a package that is named.
"""

from __future__ import annotations

from pathlib import Path

from ..files.layout import DESCRIPTOR, register_path
from ..files.yaml_file import Document
from ..model import tables
from ..package import snapshot
from ..package.snapshot import Snapshot
from ..package.source import NoAnswer, git, resolved
from ..problems.problem import DataErrors, Place, Problem, Problems, WrongUse
from ..problems.wording import nearest
from . import difference, steps
from .changelog import PATH as CHANGELOG
from .changelog import Section
from .difference import Difference
from .explained import Explained

#: The register of retired ids.
RETIRED = register_path("retired")


def last_release(root: Path) -> str | None:
    """The tag of the last release; None when there is none.

    Raises WrongUse when that cannot be told: no git, no repository or one of somebody else, a clone without the tags.
    """
    try:
        return _last_tag(root)
    except NoAnswer as error:
        raise WrongUse(f"which release was the last? {error}; name it by --against") from None


def _last_tag(root: Path) -> str | None:
    if resolved(root, "HEAD") is None:  # no commit yet
        return None
    if resolved(root, f"HEAD:./{DESCRIPTOR}") is None:
        raise NoAnswer(f"the last commit has no {DESCRIPTOR} in this folder (commit the package first)")
    names = (git(root, "tag", "--list", "v*", "--merged", "HEAD") or b"").decode().split()
    versions = {version: name for name in names if (version := steps.parse(name.removeprefix("v")))}
    if versions:
        return versions[max(versions)]
    if (git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true":
        raise NoAnswer("the clone is shallow and has no tag (git fetch --unshallow --tags)")
    if b"--no-tags" in (git(root, "config", "--get-regexp", r"^remote\..*\.tagopt$") or b""):
        raise NoAnswer("the clone was made without tags (git fetch --tags)")
    return None


def first(new: Snapshot, sections: list[Section], problems: Problems) -> None:
    """Judge a first release: it is told of, and no other was told of before it."""
    _section(new.version, sections, problems)
    earlier = [section for section in sections if section.version != new.version]
    if earlier:
        found = f"{CHANGELOG} tells of {earlier[0].version}, and no tag v{earlier[0].version} is in this repository"
        place = Place(CHANGELOG, earlier[0].line)
        remedy = "fetch the tags (git fetch --tags), or name the last release by --against"
        problems.add(place, "last-release", found, "a tag for every earlier release", remedy)


def judge(found: Difference, sections: list[Section], record: Document, problems: Problems) -> None:
    """Judge a release that follows another. ``record`` is ``record.yaml``, for the places in it."""
    _tag(found.old, problems)
    if found.step == "none" and found.new.version == found.old.version:
        return
    version = _version(found, record, problems)
    section = _section(version, sections, problems)
    _explained(found, section, problems)
    _known_names(found, section, problems)
    _vanished(found, version, problems)
    _retired(found, version, problems)


def _tag(old: Snapshot, problems: Problems) -> None:
    """A tag ``vX.Y.Z`` is on the revision that has this version."""
    tagged = old.shown.removeprefix("v")
    if steps.parse(tagged) and tagged != old.version:
        place, remedy = Place(f"{old.shown}:{DESCRIPTOR}"), "put the tag on the revision that was released"
        problems.add(place, "tag", f"version {old.version}", f"version {tagged}, as the tag says", remedy)


def _version(found: Difference, record: Document, problems: Problems) -> str:
    """The version is one step after the last one, and no smaller step than the changes ask for.

    What it is, or where it is wrong, the smallest that it can be: the rest is judged by that.
    """
    old, new, asked = found.old, found.new, found.step
    before = steps.parse(old.version)
    if before is None:
        remedy = "name another release by --against"
        raise DataErrors([Problem(Place(old.shown), "version", old.version, "a version such as 1.0.0", remedy)])
    possible = [steps.following(before, step) for step in steps.STEPS[max(steps.STEPS.index(asked), 1) :]]
    if new.version not in possible:
        why = "one step on" if asked == "none" else f"the changes ask for a {asked} step"
        told, expected = f"version {new.version}", f"{' or '.join(possible)}: after {old.version}, {why}"
        problems.add(record.place(("version",)), "version-step", told, expected, f'write version: "{possible[0]}"')
    created = [str(package.descriptor.get("created", "")) for package in (old, new)]
    if created[1] <= created[0]:
        told, expected = f"created {created[1]}", f"a moment after {created[0]}, that of {old.version}"
        problems.add(record.place(("created",)), "created", told, expected, "set created to the release time (UTC)")
    return new.version if new.version in possible else possible[0]


def _section(version: str, sections: list[Section], problems: Problems) -> Section:
    """The section of a version; where there is none, a problem and an empty one."""
    section = next((section for section in sections if section.version == version), None)
    if section is None:
        told = ", ".join(section.version for section in sections[:3]) or "no version"
        place, remedy = Place(CHANGELOG), f"write what changed under “## {version}”"
        problems.add(place, "changelog", f"sections of {told}", f"a section of {version}", remedy)
        return Section(version, 0, "")
    if not section.text:
        place, expected = Place(CHANGELOG, section.line), "what changed, and why"
        problems.add(place, "changelog", f"nothing under {version}", expected, "write it")
    return section


def _explained(found: Difference, section: Section, problems: Problems) -> None:
    for group, names in Explained(found, section).lacking().items():
        where = {"schema": "the schema", "release": "the texts of the release"}.get(group, group)
        changes, are = ("change", "is") if len(names) == 1 else ("changes", "are")
        told = f"{len(names)} {changes} in {where} {are} not mentioned in {CHANGELOG}: {', '.join(names)}"
        expected = f"each named in backticks under {section.version}, by itself or by a “*” pattern"
        problems.add(Place(CHANGELOG, section.line), "unexplained", told, expected, "say what changed and why")


def _known_names(found: Difference, section: Section, problems: Problems) -> None:
    """An id in the changelog that no release has is a slip of the pen."""
    known = _ids(found.old) | _ids(found.new) | snapshot.retired(found.new.descriptor).keys()
    prefixes = {identity.partition("-")[0] for identity in known}
    for name in sorted(section.names):
        is_id = "-" in name and name.partition("-")[0] in prefixes and "*" not in name and name.islower()
        if is_id and name not in known:
            place, expected = Place(CHANGELOG, section.line), nearest(name, sorted(known))
            problems.add(place, "unknown-id", f"`{name}`", expected, "correct it", "warning")


def _vanished(found: Difference, version: str, problems: Problems) -> None:
    """An id that is gone has a row in the register of retired ids."""
    old, present, retired = found.old, _ids(found.new), snapshot.retired(found.new.descriptor)
    for name, table in old.tables.items():
        if not difference.has_given_id(name) or name == tables.CodeRow.TABLE:
            continue
        gone = [key[0] for key in table.rows if key[0] not in present and key[0] not in retired]
        if gone:
            told = f"{len(gone)} id{'s' * (len(gone) != 1)} of {old.version} gone from {name}: {', '.join(gone)}"
            row = f'- {{id: {gone[0]}, since: "{version}", because: "…", successors: []}}'
            remedy = f"restore the unit with its id, or add a row and build: {row}"
            problems.add(Place(RETIRED), "vanished-id", told, "every id kept, or retired", remedy)


def _retired(found: Difference, version: str, problems: Problems) -> None:
    """What was retired stays retired; what is newly retired was there, and goes with this version."""
    old, present = found.old, _ids(found.old)
    before, after = snapshot.retired(old.descriptor), snapshot.retired(found.new.descriptor)
    for identity in sorted(before.keys() - after.keys()):
        remedy = "put its row back: an id that is gone never comes back"
        problems.add(Place(RETIRED), "retired", f"{identity}, retired before, is no longer here", "its row", remedy)
    for identity in sorted(after.keys() - before.keys()):
        if identity not in present:
            expected = f"an id of {old.version}: {nearest(identity, sorted(present))}"
            problems.add(Place(RETIRED), "retired", identity, expected, "correct it, or remove the row")
        elif after[identity]["since"] != version:
            told = f"{identity} since {after[identity]['since']}"
            problems.add(
                Place(RETIRED), "retired", told, f"since {version}: {old.version} still has it", "correct “since”"
            )


def _ids(package: Snapshot) -> set[str]:
    return {key[0] for table in package.tables.values() for key in table.rows if len(key) == 1}
