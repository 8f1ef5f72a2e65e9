"""Ways to break a copy of the project in one place. A mutation is a function of the copied folder.

Whatever changes the file of a table writes its size, hash and number of rows anew into the descriptor, so that only
the content is wrong; ``stale_facts`` leaves the descriptor as it was.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import first

DESCRIPTOR = "datapackage.json"
#: The package as it is generated.
PACKAGE = first.PARTS[1:]
#: The version of the record as it is.
_DESCRIPTOR = json.loads((Path(__file__).resolve().parents[2] / DESCRIPTOR).read_bytes())
VERSION, CREATED = _DESCRIPTOR["version"], _DESCRIPTOR["created"]

Mutation = Callable[[Path], Any]
#: Keys and indices down to a value in a JSON file; a text also finds the entry of that name in a list.
Pointer = tuple[str | int, ...]


def copy(source: Path, target: Path) -> None:
    """The data of a project, without its software, in a folder of its own."""
    for name in first.PARTS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target / name)


def table_path(table: str) -> str:
    return f"datapackage/{table}.csv"


def in_turn(*mutations: Mutation) -> Mutation:
    """Several changes that are one fault."""

    def mutate(root: Path) -> None:
        for mutation in mutations:
            mutation(root)

    return mutate


# -- any file --------------------------------------------------------------------------------------------------------


def data(path: str, change: Callable[[bytes], bytes]) -> Mutation:
    """The bytes of a file changed."""

    def mutate(root: Path) -> None:
        old = (root / path).read_bytes()
        new = change(old)
        assert new != old, f"nothing to change in {path}"
        (root / path).write_bytes(new)
        if path.startswith("datapackage/") and path.endswith(".csv"):
            refresh(root, Path(path).stem)

    return mutate


def text(path: str, old: str, new: str) -> Mutation:
    """The first occurrence of a text exchanged."""
    return data(path, lambda content: _exchanged(content, old, new, path))


def _exchanged(content: bytes, old: str, new: str, path: str) -> bytes:
    assert old.encode() in content, f"no {old!r} in {path}"
    return content.replace(old.encode(), new.encode(), 1)


def prepend(path: str, start: bytes) -> Mutation:
    return data(path, lambda content: start + content)


def append(path: str, end: str) -> Mutation:
    return data(path, lambda content: content + end.encode())


def write(path: str, content: bytes) -> Mutation:
    """A file with this content, whatever was there."""

    def mutate(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)

    return mutate


def remove(path: str) -> Mutation:
    return lambda root: (root / path).unlink()


def rename(old: str, new: str) -> Mutation:
    return lambda root: (root / old).rename(root / new)


def link(path: str, target: str) -> Mutation:
    """A symbolic link in the place of a file."""

    def mutate(root: Path) -> None:
        (root / path).unlink()
        (root / path).symlink_to(target)

    return mutate


def folder_instead(path: str) -> Mutation:
    """A folder in the place of a file."""
    return in_turn(remove(path), lambda root: (root / path).mkdir())


# -- tables ----------------------------------------------------------------------------------------------------------


def stale_facts(mutation: Mutation) -> Mutation:
    """The change alone, with size, hash and number of rows in the descriptor as they were."""

    def mutate(root: Path) -> None:
        before = (root / DESCRIPTOR).read_bytes()
        mutation(root)
        (root / DESCRIPTOR).write_bytes(before)

    return mutate


def refresh(root: Path, table: str) -> None:
    """Write into the descriptor what there is to say of the file of a table."""
    content = (root / table_path(table)).read_bytes()
    descriptor = json.loads((root / DESCRIPTOR).read_bytes())
    resource = next(entry for entry in descriptor["resources"] if entry["name"] == table)
    resource["bytes"], resource["rows"] = len(content), max(0, content.count(b"\n") - 1)
    resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    (root / DESCRIPTOR).write_bytes(_json(descriptor))


def records(root: Path, table: str) -> list[list[str]]:
    """Header and rows of a table."""
    with (root / table_path(table)).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def reshape(table: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Mutation:
    """The header and rows of a table changed, and written as a build writes them."""

    def mutate(root: Path) -> None:
        old = records(root, table)
        new = change([list(row) for row in old])
        assert new != old, f"nothing to change in {table}"
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(new)
        (root / table_path(table)).write_bytes(buffer.getvalue().encode())
        refresh(root, table)

    return mutate


def cell(table: str, key: str, **changes: str | Callable[[str], str]) -> Mutation:
    """Cells of the row whose first cells are ``key`` (several joined by a comma) changed."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        row = _row(rows, key)
        for name, value in changes.items():
            index = rows[0].index(name)
            row[index] = value(row[index]) if callable(value) else value
        return rows

    return reshape(table, change)


def another(table: str, key: str, **changes: str) -> Mutation:
    """A copy of a row with other values, in its place by key."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        row = list(_row(rows, key))
        for name, value in changes.items():
            row[rows[0].index(name)] = value
        return [rows[0], *sorted([*rows[1:], row])]

    return reshape(table, change)


def drop(table: str, **where: str) -> Mutation:
    """Without the rows that have the given values."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        columns = {rows[0].index(name): value for name, value in where.items()}
        return [row for row in rows if not all(row[index] == value for index, value in columns.items())]

    return reshape(table, change)


def _row(rows: list[list[str]], key: str) -> list[str]:
    parts = key.split(",")
    return next(row for row in rows if row[: len(parts)] == parts)


def line(table: str, number: int, change: Callable[[bytes], bytes]) -> Mutation:
    """One line of the file of a table changed, counted from 1."""

    def change_file(content: bytes) -> bytes:
        lines = content.split(b"\n")
        lines[number - 1] = change(lines[number - 1])
        return b"\n".join(lines)

    return data(table_path(table), change_file)


# -- JSON ------------------------------------------------------------------------------------------------------------


def put(path: str, pointer: Pointer, value: Any) -> Mutation:
    """A value of a JSON file set."""
    return _with_json(path, pointer, lambda holder, key: holder.__setitem__(key, value))


def changed(path: str, pointer: Pointer, change: Callable[[Any], Any]) -> Mutation:
    """A value of a JSON file made into another."""
    return _with_json(path, pointer, lambda holder, key: holder.__setitem__(key, change(holder[key])))


def take(path: str, pointer: Pointer) -> Mutation:
    """A value of a JSON file taken out."""
    return _with_json(path, pointer, lambda holder, key: holder.__delitem__(key))


def respell(path: str, pointer: Pointer, name: str) -> Mutation:
    """A key of a JSON file spelled otherwise, in its place."""

    def change(holder: dict[str, Any], key: str) -> None:
        entries = [(name if one == key else one, value) for one, value in holder.items()]
        holder.clear()
        holder.update(entries)

    return _with_json(path, pointer, change)


def _with_json(path: str, pointer: Pointer, change: Callable[[Any, Any], None]) -> Mutation:
    def mutate(root: Path) -> None:
        content = json.loads((root / path).read_bytes())
        *way, last = pointer
        holder = content
        for part in way:
            holder = holder[_index(holder, part)]
        change(holder, _index(holder, last))
        (root / path).write_bytes(_json(content))

    return mutate


def _index(holder: Any, part: str | int) -> str | int:
    if isinstance(holder, list) and isinstance(part, str):
        return next(number for number, entry in enumerate(holder) if entry["name"] == part)
    return part


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
