"""The rooms of the program: imports lead down only, and never in a circle."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from haftar_record import export

from .. import rooms

FOUND = rooms.arrows(rooms.PACKAGE)
ORDER = list(rooms.ROOMS)


def test_every_room_is_in_the_table():
    """Catches a new folder or module beside the rooms, a room that is gone, and an entry that allows an upward arrow."""
    assert set(ORDER) == {rooms.room_of(module) for module in FOUND}
    for room, allowed in rooms.ROOMS.items():
        assert set(allowed.split()) <= set(ORDER[: ORDER.index(room)]), room


@pytest.mark.parametrize("room", ORDER)
def test_a_room_imports_from_those_that_the_table_names(room):
    """Catches an import, at the top of a module or inside a function, that the table does not allow."""
    allowed = {room, *rooms.ROOMS[room].split()}
    others = [
        f"{module} imports {target}"
        for module, targets in FOUND.items()
        for target in sorted(targets)
        if rooms.room_of(module) == room and rooms.room_of(target) not in allowed
    ]
    assert not others, "import from a lower room, move what both need down, or change the table in tests/rooms.py"


def test_no_modules_import_each_other():
    """Catches a circle of modules, within a room as well."""
    assert rooms.circles(FOUND) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A package with every kind of import: one line each, from a lower room and from a higher one."""
    files = {
        "__init__.py": "",
        "low/__init__.py": "def late():\n    from ..high.top import roof\n",
        "low/one.py": "import json\nfrom .two import name\n",
        "low/two.py": "from . import one\nname = 1\n",
        "high/__init__.py": "",
        "high/top.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..low.one import name\nroof = 1\n",
        "high/attic.py": "import house.low.two\nfrom house.high import top\n",
    }
    for path, text in files.items():
        (tmp_path / "house" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "house" / path).write_text(text, encoding="utf-8")
    return tmp_path / "house"


def test_every_kind_of_import_is_an_arrow(small):
    """Catches a reader of imports that misses one in a function, one for a type checker, or one by its full name."""
    assert rooms.arrows(small) == {
        "house": set(),
        "house.low": {"house.high.top"},
        "house.low.one": {"house.low.two"},
        "house.low.two": {"house.low.one"},
        "house.high": set(),
        "house.high.top": {"house.low.one"},
        "house.high.attic": {"house.low.two", "house.high.top"},
    }


def test_circles_and_floors(small):
    """Catches a circle that is not seen, and a floor that is counted wrong."""
    found = rooms.arrows(small)
    assert rooms.circles(found) == [["house.low.one", "house.low.two"]]
    levels = {"house": 1, "house.high": 1, "house.low.one": 1, "house.low.two": 1}
    assert rooms.floors(found) == levels | {"house.high.top": 2, "house.low": 3, "house.high.attic": 3}
    assert rooms.floors({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": 3, "b": 2, "c": 1}
    assert "  circles: 2 (high low)" in list(rooms.report(small))


def loaded(code: str) -> set[str]:
    """The modules of the program that a piece of code has loaded when it is done, in a process of its own."""
    script = f"import sys\n{code}\nprint(*(name for name in sys.modules if name.startswith('haftar_record.')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_reading_a_package_loads_neither_builder_nor_checks():
    """Catches a type or a constant in the wrong room: whoever reads a package would load what makes one."""
    found = {rooms.room_of(module) for module in loaded("import haftar_record.package.reader")}
    assert found <= {"version", "problems", "files", "text", "model", "package"}


@pytest.mark.parametrize("name", export.FORMATS)
def test_an_export_loads_neither_builder_nor_checks(name):
    """Catches the same of the module of one format."""
    try:
        export.load([name])
    except export.NotInstalled as error:
        pytest.skip(str(error))
    found = {rooms.room_of(module) for module in loaded(f"import haftar_record.export.{export.FORMATS[name]}")}
    assert found <= {"version", "problems", "files", "text", "model", "package", "export"}


def test_help_loads_what_it_says_and_no_more():
    """Catches an import for which everybody who asks for help would wait: rows, articles, the files of a package."""
    help_ = "from haftar_record.cli import main\ntry:\n    main.main(['--help'])\nexcept SystemExit:\n    pass"
    found = {rooms.room_of(module) for module in loaded(help_)}
    assert found <= {"version", "problems", "files", "export", "cli"}
