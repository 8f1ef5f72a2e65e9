"""``haftar-record release``: check that the working package can be the next release. Nothing is written."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from ..agreement import stale
from ..files import yaml_file
from ..files.layout import register_path
from ..package import snapshot
from ..problems.problem import Problem
from ..releases import candidate, changelog, difference
from . import commands
from .terminal import Terminal

RECORD = register_path("record")


def run(root: Path, terminal: Terminal, options: argparse.Namespace) -> list[Problem]:
    """Compare with the last release, and report every reason why the working package cannot be the next one."""
    problems = commands.compare(root, terminal)
    problems.items = [
        replace(problem, severity="error") if problem.rule == stale.RULE else problem for problem in problems.items
    ]
    new = snapshot.read(options.root, root)
    sections = changelog.read(root)
    changelog.check_characters(root, problems)
    tag = None if options.against else candidate.last_release(root)
    against = options.against or tag
    if against is None:
        terminal.step("there is no release to compare with: no tag vX.Y.Z, and no --against")
        candidate.first(new, sections, problems)
        verdict = f"{new.version} can be the first release"
    else:
        old = snapshot.of_tag(tag, root) if tag else snapshot.read(against, root)
        found = difference.compare(old, new)
        terminal.step(f"compared with {against}, version {old.version}: the changes require {_step(found.step)}")
        candidate.judge(found, sections, yaml_file.load(root, RECORD), problems)
        is_new = found.step != "none" or new.version != old.version
        verdict = f"{new.version} can follow {old.version}" if is_new else f"nothing changed since {old.version}"
    problems.stop_on_errors()
    terminal.line(verdict)
    return problems.sorted


def _step(step: str) -> str:
    return "no step" if step == "none" else f"a {step} step"
