"""Who imports whom: ``python -m tests.rooms`` prints the rooms of the program, its arrows, floors and circles.

A room is a folder of the package, or a module beside the folders. An arrow leads from what imports to what is imported,
wherever the import stands: at the top, in a function, or where only a type checker reads it. Modules that are loaded by
a name in a string are not seen. ``python -m tests.rooms FOLDER`` looks at the package in another folder.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "scripts" / "haftar_record"

#: The rooms from bottom to top, each with those that it may import. A new arrow is a decision, and is written down here.
ROOMS = {
    "version": "",
    "problems": "version",
    "files": "problems",
    "text": "problems files",
    "model": "problems files text",
    "coding": "problems files text model",
    "intake": "problems files text model coding",
    "build": "problems files text model coding",
    "agreement": "problems files model coding",
    "package": "problems files text model",
    "checks": "problems files text model coding package",
    "releases": "problems files model package",
    "export": "problems files model package",
    "site": "problems files text model package checks export",
    "api": "problems files text model package checks export",
    "haftar_record": "version api",
    "cli": "version problems files text model coding intake build agreement package checks releases export api",
    "__main__": "cli",
}

#: What each module or room imports.
Arrows = Mapping[str, set[str]]


def modules(folder: Path) -> dict[str, Path]:
    """The file of every module below a package, by dotted name."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def arrows(folder: Path) -> Arrows:
    """What each module of a package imports of the same package."""
    files = modules(folder)
    found: dict[str, set[str]] = {}
    for module, path in files.items():
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        nearest = (_known(name, files) for name in _imported(path, package))
        found[module] = {name for name in nearest if name} - {module}
    return found


def _imported(path: Path, package: str) -> Iterator[str]:
    """Every name that a file imports, in full; it may be that of a module or of something in one."""
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _known(name: str, files: Mapping[str, Path]) -> str:
    """The module that an imported name is, or is in; empty for one of another package."""
    while name and name not in files:
        name = name.rpartition(".")[0]
    return name


def room_of(module: str) -> str:
    """The room of a module: what stands after the name of the package, or that name for the package itself."""
    return (module.split(".") * 2)[1]


def between_rooms(found: Arrows) -> Arrows:
    """What each room imports of the others."""
    rooms: dict[str, set[str]] = defaultdict(set)
    for module, targets in found.items():
        rooms[room_of(module)] |= {room_of(target) for target in targets} - {room_of(module)}
    return rooms


def circles(found: Arrows) -> list[list[str]]:
    """The groups of more than one that all import each other, directly or through others; largest first."""
    reached = {start: _reached(start, found) for start in found}
    groups = {tuple(sorted(other for other in ends if start in reached[other])) for start, ends in reached.items()}
    return sorted((list(group) for group in groups if len(group) > 1), key=len, reverse=True)


def _reached(start: str, found: Arrows) -> set[str]:
    ends: set[str] = set()
    rest = [start]
    while rest:
        new = found[rest.pop()] - ends
        ends |= new
        rest += new
    return ends


def floors(found: Arrows) -> dict[str, int]:
    """The floor of each: 1 for what imports nothing, else one above the highest that it imports. A circle is on one."""
    group = {member: frozenset(members) for members in circles(found) for member in members}

    @cache
    def floor(members: frozenset[str]) -> int:
        below = {target for member in members for target in found[member]} - members
        return 1 + max((floor(group.get(target, frozenset((target,)))) for target in below), default=0)

    return {name: floor(group.get(name, frozenset((name,)))) for name in found}


def report(folder: Path) -> Iterator[str]:
    """All of it, line by line."""
    found = arrows(folder)
    rooms = between_rooms(found)
    levels = floors(rooms)
    order = [name for name in ROOMS if name in rooms] + sorted(set(rooms) - set(ROOMS))
    width = max(map(len, order))
    yield f"{'room':<{width}}  floor  modules  imports"
    for room in order:
        count = sum(room_of(module) == room for module in found)
        yield f"{room:<{width}}  {levels[room]:>5}  {count:>7}  {' '.join(sorted(rooms[room], key=order.index))}".rstrip()
    yield ""
    for title, graph in (("rooms", rooms), ("modules", found)):
        knots = [
            f"{len(circle)} ({' '.join(name.partition('.')[2] or name for name in circle)})"
            for circle in circles(graph)
        ]
        yield f"{title}: {len(graph)}"
        yield f"  arrows:  {sum(map(len, graph.values()))}"
        yield f"  floors:  {max(floors(graph).values())}"
        yield f"  circles: {'; '.join(knots) or 'none'}"


if __name__ == "__main__":
    print("\n".join(report(Path(sys.argv[1]).resolve() if sys.argv[1:] else PACKAGE)))
