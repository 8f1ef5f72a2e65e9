"""Coverage-guided fuzzing of every target: ``python tests/fuzz/run.py SECONDS [TARGET ...]`` (``make fuzz``).

Each target has its seconds, in a process of its own. An input that breaks one is kept in ``.fuzz/TARGET/``; run it alone
by ``python tests/fuzz/run.py FILE TARGET``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
KEPT = ROOT / ".fuzz"
#: Seconds that one input may take, and megabytes.
LIMIT_SECONDS, LIMIT_MEMORY = 10, 2048


def main() -> int:
    """Run the targets in turn; 1 when an input broke one."""
    seconds, *names = sys.argv[1:] or ["60"]
    from tests.fuzz.targets import TARGETS

    if not seconds.isdigit():
        for name in names:
            TARGETS[name].run(Path(seconds).read_bytes())
        return 0
    broken = []
    for name in names or TARGETS:
        print(f"\n{name}: {TARGETS[name].run.__doc__}", flush=True)
        if subprocess.run([sys.executable, __file__, "--one", name, seconds], check=False).returncode:
            broken.append(name)
    print(f"\n{len(names or TARGETS)} targets, broken: {', '.join(broken) or 'none'}")
    return 1 if broken else 0


def one(name: str, seconds: str) -> None:
    """Fuzz one target in this process."""
    import atheris

    with atheris.instrument_imports(include=["haftar_record"]):
        from tests.fuzz.targets import TARGETS
    corpus = KEPT / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={LIMIT_SECONDS}",
        f"-rss_limit_mb={LIMIT_MEMORY}",
        "-max_len=65536",
        f"-artifact_prefix={corpus}/broken-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[name].run)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        sys.exit(main())
