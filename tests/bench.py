"""Measure the build: CPU time beyond the start of the interpreter, wall time and peak memory.

Prints figures and passes no judgement. The rival is stock ``frictionless validate`` on the files that the build
writes, in the same run. Each command is run several times in turn with its rival; the median is printed, and the
ratio is that of the medians.

    python tests/bench.py [STATEMENTS ...]     and then the check of synthetic packages of these sizes
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from haftar_record.package import table_file

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
#: How many times the five articles are copied to see how the cost grows.
SIZES = (1, 4, 16)
#: Seconds that the check of a large package may take.
LIMIT = int(os.environ.get("BENCH_LIMIT", "3600"))
PYTHON = sys.executable

#: The rival as it is without this project, whose plugin it would find and run the rules of.
STOCK = [
    PYTHON,
    "-c",
    (
        "import runpy, sys, types; sys.modules['frictionless_haftar_record'] = types.ModuleType('none'); "
        "sys.argv[1:1] = ['validate']; runpy.run_module('frictionless', run_name='__main__')"
    ),
]

Figure = tuple[float, float, float]


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, median of {RUNS} runs\n")
    print(f"{'command':<44}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as name:
        project = copy(Path(name) / "record")
        build = [PYTHON, "-m", "haftar_record", "--root", str(project), "build"]
        stock = [*STOCK, str(project / "datapackage.json")]
        figures = measure(
            {"start": [PYTHON, "-c", "pass"], "help": [*build[:3], "--help"], "build": build, "stock": stock}
        )
        report("interpreter start", figures["start"])
        report("haftar-record --help", figures["help"])
        report("haftar-record build (5 articles, warm)", figures["build"])
        report("frictionless validate, the rival", figures["stock"])
        beyond = figures["build"][0] - figures["start"][0]
        print(f"\nbuild beyond interpreter start: {beyond:.2f} s CPU")
        print(f"build : frictionless validate   {figures['build'][0] / figures['stock'][0]:.2f} of its CPU time\n")
        growth(Path(name))
        for statements in map(int, sys.argv[1:]):
            check_at_size(Path(name), statements)


def growth(folder: Path) -> None:
    """How time and memory grow with the number of articles."""
    print(f"{'articles':<44}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}")
    for size in SIZES:
        project = copy(folder / f"times-{size}")
        multiply(project, size)
        line = [PYTHON, "-m", "haftar_record", "--root", str(project), "build"]
        report(str(5 * size), measure({"build": line}, runs=3)["build"])


def check_at_size(folder: Path, statements: int) -> None:
    """The checks of one large package, each run once: both engines of ours, and the rival.

    A run that takes longer than ``LIMIT`` is stopped, and its speed is less than what is printed.
    """
    import synthetic

    package = folder / f"statements-{statements}"
    show = sys.stderr.isatty()
    rows = synthetic.make(package, statements, tell=lambda done, of: _progress(f"making {done:,} of {of:,}", show))
    size = sum(path.stat().st_size for path in (package / "datapackage").iterdir())
    print(f"\n{statements:,} statements, {rows:,} rows, {size / 1e6:,.0f} MB")
    print(f"{'check':<44}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'rows/s':>10}{'ratio':>8}")
    lines = {"frictionless validate, the rival": [*STOCK, str(package / "datapackage.json")]}
    largest = max(path.stat().st_size for path in (package / "datapackage").iterdir())
    names = {
        "columnar, what the rival checks": "tables",
        "columnar, all rules": "columnar",
        "row by row, all rules": "rows",
    }
    for name, engine in names.items():
        if engine != "rows" or largest <= table_file.MAX_BYTES:
            lines[name] = [PYTHON, str(ROOT / "tests/verdicts.py"), engine, str(package)]
    rival = None
    for name, line in lines.items():
        _progress(name, show)
        figure, is_whole = timed(line)
        rival = rival or figure
        ratio = f"{rival[1] / figure[1]:.1f}" if is_whole else ""
        _progress("", show)
        more = "" if is_whole else f"  stopped after {LIMIT} s"
        speed = f"{rows / figure[1]:>10,.0f}{ratio:>8}{more}"
        print(f"{name:<44}{figure[0]:>8.2f}{figure[1]:>8.2f}{figure[2]:>9.0f}{speed}")
    if "row by row, all rules" not in lines:
        print(f"row by row: refuses files over {table_file.MAX_BYTES / 1e6:.0f} MB")
    shutil.rmtree(package)


def timed(line: list[str]) -> tuple[Figure, bool]:
    """One run under the limit; its figure and whether it came to its end."""
    begin = time.perf_counter()
    pid = os.posix_spawn(line[0], line, os.environ | {"PYTHONWARNINGS": "ignore"}, file_actions=_silent())
    alarm = threading.Timer(LIMIT, os.kill, (pid, signal.SIGTERM))
    alarm.start()
    _, status, usage = os.wait4(pid, 0)
    alarm.cancel()
    if (code := os.waitstatus_to_exitcode(status)) not in (0, -signal.SIGTERM):
        sys.exit(f"{' '.join(line)} ended with {code}")
    return (usage.ru_utime + usage.ru_stime, time.perf_counter() - begin, usage.ru_maxrss / 1024), code == 0


def _progress(text: str, is_shown: bool) -> None:
    if is_shown:
        print(f"\r{text:<60}\r", end="", file=sys.stderr, flush=True)


def copy(target: Path) -> Path:
    """The project's data in a folder of its own."""
    for name in ("seeds", "datapackage", "schemas"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "datapackage.json", target)
    return target


def multiply(project: Path, size: int) -> None:
    """Add ``size - 1`` copies of every article and its sheet under other names, each with a line of its own."""
    articles, sheets = project / "seeds/articles", project / "seeds/coding/articles"
    originals = sorted(articles.glob("*.txt"))
    free = 1 + max(int(path.stem.partition("_")[0]) for path in originals)
    for index, path in enumerate(originals):
        for number in range(1, size):
            digits = path.stem.partition("_")[2]
            key = f"{int(digits[:8], 16) + number:08x}"
            name = f"{free + (number - 1) * len(originals) + index:03d}_{key}{digits[8:]}"
            copy = path.read_bytes().rstrip() + f"\n\nCopy {number}.\n".encode()
            (articles / f"{name}.txt").write_bytes(copy)
            text = (sheets / f"{path.stem}.yaml").read_text(encoding="utf-8").replace(path.name, f"{name}.txt")
            text = text.replace(hashlib.sha256(path.read_bytes()).hexdigest(), hashlib.sha256(copy).hexdigest())
            line = f'  - {{quote: "Copy {number}.", disposition: boilerplate, because: "The number of a copy."}}'
            has_list = "\nsentences:\n" in text
            text = (
                text.replace("\nsentences:\n", f"\nsentences:\n{line}\n")
                if has_list
                else f"{text}\nsentences:\n{line}\n"
            )
            (sheets / f"{name}.yaml").write_text(text, encoding="utf-8")


def measure(commands: dict[str, list[str]], runs: int = RUNS) -> dict[str, Figure]:
    """Median CPU seconds, wall seconds and peak megabytes of each command; the commands take turns."""
    found: dict[str, list[Figure]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, line in commands.items():
            figure = once(line)
            if turn:  # the first turn warms the caches
                found[name].append(figure)
    return {name: tuple(map(statistics.median, zip(*all_, strict=True))) for name, all_ in found.items()}


def once(line: list[str]) -> Figure:
    """One run as a whole process, by the accounting of the operating system."""
    return timed(line)[0]


def _silent() -> list[tuple]:
    return [(os.POSIX_SPAWN_OPEN, target, os.devnull, os.O_WRONLY, 0) for target in (1, 2)]


def report(name: str, figure: Figure) -> None:
    print(f"{name:<44}{figure[0]:>8.2f}{figure[1]:>8.2f}{figure[2]:>9.0f}")


if __name__ == "__main__":
    main()
