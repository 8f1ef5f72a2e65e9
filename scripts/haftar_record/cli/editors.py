"""The command ``editors``: write the JSON Schemas by which editors complete and check sheets and registers."""

from __future__ import annotations

import argparse
import stat
from pathlib import Path

from ..coding import json_schema
from ..files import folder
from ..files.layout import EDITOR_SCHEMAS
from ..files.yaml_file import MAX_BYTES
from ..problems.problem import Problem
from .terminal import Terminal


def run(root: Path, terminal: Terminal, _: argparse.Namespace) -> list[Problem]:
    """Write every schema that is not there yet as it should be. No link is followed below the project's root."""
    files = {Path(path).name: data for path, data in json_schema.files().items()}
    with folder.opened(root) as top, top.below(EDITOR_SCHEMAS, make=True) as here:
        changed = [name for name, data in files.items() if not _has(here, name, data)]
        for name in changed:
            here.remove(name)
            here.write(name, files[name])
    terminal.step(f"{len(files)} schemas in {EDITOR_SCHEMAS}, {len(changed)} of them changed")
    return []


def _has(here: folder.Folder, name: str, data: bytes) -> bool:
    """Whether a file holds these bytes already. Raises OSError for what is no plain file."""
    here.refuse_other_kind(name, stat.S_IFREG)
    return bool(here.kind(name)) and len(data) <= MAX_BYTES and here.read(name, MAX_BYTES) == data
