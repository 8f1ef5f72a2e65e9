"""Add articles to a copy of the project, and run the checks and tests there, unedited.

``python -m tests.growth`` runs those that read the record; ``python -m tests.growth --all`` runs all, before a release.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import grow

_TEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
_RECORD = [sys.executable, "-m", "haftar_record"]
#: What reads the record as it is: each step by its name, with its command.
QUICK = {
    "build changes nothing": [*_RECORD, "build"],
    "check": [*_RECORD, "check", "--strict"],
    "validate": [*_RECORD, "validate", "."],
    "tests of the data": [*_TEST, "tests/data"],
    "tests of the pages": [*_TEST, "tests/code/test_docs.py"],
    "the site": [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", "site"],
}
#: All others. Those of the program break the first articles alone, and must go on to find them.
LONG = {
    "tests of the code": [*_TEST, "tests/code"],
    "tests that take minutes": [*_TEST, "tests/code", "tests/faults", "-m", "slow"],
    "tests of the site": [*_TEST, "tests/site"],
    "tests of the formats": [*_TEST, "tests/export", "tests/code/test_site_snippets.py", "-m", "slow or not slow"],
}


def main() -> int:
    """Run the steps, as many at a time as there are processors; the number of those that failed."""
    steps = QUICK | (LONG if "--all" in sys.argv[1:] else {})
    with tempfile.TemporaryDirectory(prefix="haftar-record-growth-") as place:
        folder = grow.grow(grow.copy(Path(place) / "project"))
        environment = grow.environment(folder) | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}

        def run(name: str) -> bool:
            began = time.monotonic()
            done = subprocess.run(steps[name], cwd=folder, env=environment, capture_output=True, text=True, check=False)
            passed = done.returncode == 0
            print(f"{'passed' if passed else 'FAILED'}  {name}, {time.monotonic() - began:.0f} s", flush=True)
            if not passed:
                print(done.stdout[-20_000:], done.stderr[-5_000:], sep="\n", flush=True)
            return passed

        run_first, *others = steps
        results = [run(run_first)]
        changed = grow.git(folder, "status", "--porcelain").stdout
        if changed:
            print(f"FAILED  a build changes what a build wrote:\n{changed}")
            results.append(False)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results += pool.map(run, others)
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main())
