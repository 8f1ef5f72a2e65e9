"""Judge the working package against the last release: the step of its version, what explains it, and its ids.

The last release is the highest tag ``vX.Y.Z`` that the working revision descends from, or the package that
``--against`` names.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from ..files.layout import DESCRIPTOR, SHEETS, register_path
from ..files.yaml_file import Document
from ..model import tables
from ..package import snapshot
from ..package.snapshot import Snapshot
from ..package.source import NoAnswer, git, resolved
from ..problems.problem import DataErrors, Place, Problem, Problems, WrongUse
from ..problems.wording import nearest
from . import difference, steps
from .changelog import PATH as CHANGELOG
from .changelog import UNRELEASED, Section
from .difference import Difference
from .explained import Explained

#: A tag, and what it is on. To tell the latter, git looks at the object, and says when it is missing.
_FORMAT = "--format=%(refname:strip=2) %(objecttype) %(*objecttype)"
#: The register of retired ids.
RETIRED = register_path("retired")


def last_release(root: Path) -> str | None:
    """The tag of the last release; None when there is none.

    Raises WrongUse when git cannot say: no git, no repository or another user's, a clone without the tags.
    """
    try:
        return _last_tag(root)
    except NoAnswer as error:
        raise WrongUse(f"git cannot say which release was the last: {error}; name it with --against") from None


def _last_tag(root: Path) -> str | None:
    tags = _tags(root, "for-each-ref", "refs/tags/v*")
    if resolved(root, "HEAD") is None:
        if tags:
            raise NoAnswer("no commit is checked out, though there are tags (git switch to a branch)")
        return None
    if resolved(root, f"HEAD:./{DESCRIPTOR}") is None:
        git(root, "ls-tree", "HEAD", "--", DESCRIPTOR)  # says why, where the commit cannot be looked into
        raise NoAnswer(f"the last commit has no {DESCRIPTOR} in this folder (commit the package first)")
    if merged := _tags(root, "for-each-ref", "--merged=HEAD", "refs/tags/v*"):
        return max(merged, key=lambda name: merged[name])
    if tags:
        raise NoAnswer("no tag vX.Y.Z is on a revision that the working one descends from (git log --oneline --graph)")
    if (git(root, "rev-parse", "--is-shallow-repository") or b"").strip() != b"false":
        raise NoAnswer("the clone is shallow and has no tag (git fetch --unshallow --tags)")
    if b"--no-tags" in (git(root, "config", "--get-regexp", r"^remote\..*\.tagopt$") or b""):
        raise NoAnswer("the clone was made without tags (git fetch --tags)")
    return None


def _tags(root: Path, *arguments: str) -> dict[str, tuple[int, int, int]]:
    """The tags of releases that git lists, each with its version. No other name is one of a release, however like it.

    Raises NoAnswer where one of them is on something else than a commit, or on one that is missing.
    """
    found: dict[str, tuple[int, int, int]] = {}
    for line in (git(root, *arguments, _FORMAT, is_list=True) or b"").split(b"\n"):
        name, _, kinds = line.decode(errors="surrogateescape").partition(" ")
        if version := steps.parse(name.removeprefix("v")):
            if kinds.split()[-1:] != ["commit"]:
                _refuse_odd(root, name)
            found[name] = version
    return found


def _refuse_odd(root: Path, tag: str) -> None:
    """Raise NoAnswer for a tag that is on no commit, not even by way of other tags."""
    try:
        commit, why = resolved(root, f"refs/tags/{tag}^{{commit}}"), ""
    except NoAnswer as error:
        commit, why = None, f": {error}"
    if commit is None:
        raise NoAnswer(f"the tag {tag} is not on a commit{why} (git tag -d {tag}, then tag the revision)")


def first(new: Snapshot, sections: list[Section], problems: Problems) -> None:
    """Judge a first release: the changelog has a section for it, and none for an earlier release. No article in it is a
    draft."""
    _drafts(new, problems)
    _section(new.version, sections, problems)
    earlier = [section for section in sections if section.version not in (new.version, UNRELEASED)]
    if earlier:
        found = (
            f"{CHANGELOG} has a section for {earlier[0].version}, but this repository has no tag v{earlier[0].version}"
        )
        place = Place(CHANGELOG, earlier[0].line)
        remedy = "fetch the tags (git fetch --tags), or name the last release with --against"
        problems.add(place, "last-release", found, "a tag for every earlier release", remedy)


def judge(found: Difference, sections: list[Section], record: Document, problems: Problems) -> None:
    """Judge a release that follows another. ``record`` is ``record.yaml``, for the places in it."""
    _tag(found.old, problems)
    _drafts(found.new, problems)
    if found.step == "none" and found.new.version == found.old.version:
        return
    version = _version(found, record, problems)
    section = _section(version, sections, problems)
    _explained(found, section, [one for one in sections if one.version not in (version, UNRELEASED)], problems)
    _known_names(found, section, problems)
    _vanished(found, version, problems)
    _retired(found, version, problems)


def _tag(old: Snapshot, problems: Problems) -> None:
    """The revision with the tag ``vX.Y.Z`` has the version X.Y.Z."""
    tagged = old.shown.removeprefix("v")
    if steps.parse(tagged) and tagged != old.version:
        place, remedy = Place(f"{old.shown}:{DESCRIPTOR}"), "put the tag on the revision that was released"
        problems.add(place, "tag", f"version {old.version}", f"version {tagged}, as the tag says", remedy)


#: Codings that no release has, and what to call them.
_UNFINISHED = {"machine_draft": "a machine’s draft", "begun": "whose coding is begun"}


def _drafts(new: Snapshot, problems: Problems) -> None:
    """Every article was coded by a person, or its coding confirmed. A build takes drafts and codings that are begun, a
    release does not."""
    table = new.tables[tables.Document.TABLE]
    drafts = {key[0]: row for key, row in table.rows.items() if row.get("coding_status") in _UNFINISHED}
    for identity, row in drafts.items():
        place = Place(f"{SHEETS}/{PurePosixPath(row['seed_path']).stem}.yaml")
        remedy = (
            "go through the coding again, against the article, count that under “readings:” (a language model’s coding "
            "needs 2), and write “status: confirmed”; or leave the article out"
        )
        found = f"{identity}, {_UNFINISHED[row['coding_status']]}"
        problems.add(place, "draft", found, "confirmed articles alone", remedy)


def _version(found: Difference, record: Document, problems: Problems) -> str:
    """The version is one step after the last one, and no smaller step than the changes require.

    Returns the version by which the rest is judged: this one or, if it is wrong, the smallest that it may be.
    """
    old, new, required = found.old, found.new, found.step
    before = steps.parse(old.version)
    if before is None:
        remedy = "name another release with --against"
        raise DataErrors([Problem(Place(old.shown), "version", old.version, "a version such as 1.0.0", remedy)])
    possible = steps.following(before, required)
    if new.version not in possible:
        why = "the next step" if required == "none" else f"the changes require a {required} step"
        told, expected = f"version {new.version}", f"{' or '.join(possible)}: after {old.version}, {why}"
        problems.add(record.place(("version",)), "version-step", told, expected, f'set `version` to "{possible[0]}"')
    created = [str(package.descriptor.get("created", "")) for package in (old, new)]
    if created[1] <= created[0]:
        told, expected = f"created {created[1]}", f"a time after {created[0]}, the release time of {old.version}"
        problems.add(record.place(("created",)), "created", told, expected, "set `created` to the release time (UTC)")
    return new.version if new.version in possible else possible[0]


def _section(version: str, sections: list[Section], problems: Problems) -> Section:
    """The section of a version; if it is missing, that is a problem, and an empty one is returned."""
    found = [section for section in sections if section.version == version]
    section = next(iter(found), None)
    for waiting in (section for section in sections if section.version == UNRELEASED):
        expected = f"everything under “## {version}”"
        remedy = f"move it there: whoever makes the release writes the heading “## {version}” in its place"
        problems.add(Place(CHANGELOG, waiting.line), "changelog", f"“## {UNRELEASED}”", expected, remedy)
        section = (
            replace(section, text=f"{section.text}\n{waiting.text}") if section else replace(waiting, version=version)
        )
    for again in found[1:]:
        expected = f"one section for each version; the first for {version} is in line {found[0].line}"
        problems.add(Place(CHANGELOG, again.line), "changelog", f"{version} again", expected, "put them into one")
    if section is None:
        told = ", ".join(section.version for section in sections[:3]) or "no version"
        place, remedy = Place(CHANGELOG), f"write what changed under “## {version}”"
        problems.add(place, "changelog", f"sections for {told}", f"a section for {version}", remedy)
        return Section(version, 0, "")
    if not section.text:
        place, expected = Place(CHANGELOG, section.line), "what changed, and why"
        problems.add(place, "changelog", f"nothing under {version}", expected, "write it")
    return section


def _explained(found: Difference, section: Section, earlier: list[Section], problems: Problems) -> None:
    come = _ids(found.new) - _ids(found.old)
    for group, names in Explained(found, section).lacking().items():
        where = {"schema": "the schema", "release": "the texts of the release"}.get(group, group)
        count = "1 change" if len(names) == 1 else f"{len(names)} changes"
        verb = "is" if len(names) == 1 else "are"
        told = f"{count} in {where} {verb} not mentioned in {CHANGELOG}: {', '.join(names)}"
        expected = f"each named in backticks under {section.version}, in full or by a “*” pattern"
        remedy = "say what changed and why"
        strays = {name: one for name in names for one in earlier if name in one.names & come}
        if strays:  # a branch was made before a release, and went in after it
            told = told.replace(f" in {CHANGELOG}", f" under {section.version}")
            where = ", ".join(dict.fromkeys(f"{one.version} (line {one.line})" for one in strays.values()))
            remedy = f"move what is said of {', '.join(f'`{name}`' for name in strays)} here from {where}, "
            remedy += "which was released before"
            remedy += "; say what else changed and why" if len(strays) < len(names) else ""
        problems.add(Place(CHANGELOG, section.line), "unexplained", told, expected, remedy)


def _known_names(found: Difference, section: Section, problems: Problems) -> None:
    """An id in the changelog that neither release has is a typing error."""
    known = _ids(found.old) | _ids(found.new) | snapshot.retired(found.new.descriptor).keys()
    prefixes = {identity.partition("-")[0] for identity in known}
    for name in sorted(section.names):
        is_id = "-" in name and name.partition("-")[0] in prefixes and "*" not in name and name.islower()
        if is_id and name not in known:
            place, expected = Place(CHANGELOG, section.line), nearest(name, sorted(known))
            problems.add(place, "unknown-id", f"`{name}`", expected, "correct it", "warning")


def _vanished(found: Difference, version: str, problems: Problems) -> None:
    """An id that is gone has an entry in the register of retired ids."""
    old, present, retired = found.old, _ids(found.new), snapshot.retired(found.new.descriptor)
    for name, table in old.tables.items():
        if not difference.has_given_id(name) or name == tables.CodeRow.TABLE:
            continue
        gone = [key[0] for key in table.rows if key[0] not in present and key[0] not in retired]
        if gone:
            count = "1 id" if len(gone) == 1 else f"{len(gone)} ids"
            verb = "is" if len(gone) == 1 else "are"
            told = f"{count} of {old.version} {verb} gone from {name}: {', '.join(gone)}"
            entry = f'- {{id: {gone[0]}, since: "{version}", because: "…", successors: []}}'
            each = "an entry and build:" if len(gone) == 1 else "an entry for each and build, such as"
            remedy = f"restore the unit with its id, or add {each} {entry}"
            problems.add(Place(RETIRED), "vanished-id", told, "every id kept or retired", remedy)


def _retired(found: Difference, version: str, problems: Problems) -> None:
    """What was retired stays retired; what is retired anew was in the last release, and ``since`` is this version."""
    old, present = found.old, _ids(found.old)
    before, after = snapshot.retired(old.descriptor), snapshot.retired(found.new.descriptor)
    for identity in sorted(before.keys() - after.keys()):
        remedy = "restore its entry: a retired id never comes back"
        problems.add(
            Place(RETIRED), "retired", f"no entry for {identity}, which was retired before", "its entry", remedy
        )
    for identity in sorted(after.keys() - before.keys()):
        if identity not in present:
            expected = f"an id of {old.version}: {nearest(identity, sorted(present))}"
            problems.add(Place(RETIRED), "retired", identity, expected, "correct it, or remove the entry")
        elif after[identity]["since"] != version:
            told = f"{identity} since {after[identity]['since']}"
            problems.add(
                Place(RETIRED), "retired", told, f"since {version}: {old.version} still had it", "correct “since”"
            )


def _ids(package: Snapshot) -> set[str]:
    return {key[0] for table in package.tables.values() for key in table.rows if len(key) == 1}
