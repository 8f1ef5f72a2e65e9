"""Read a YAML file and remember the line and column of every value.

PyYAML composes the node tree; every scalar stays the text that was written (``no``, ``2019-11`` and ``0123``
are not turned into something else), a key given twice is an error, and anchors are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ..problems.problem import Place, Problem
from ..problems.wording import show
from . import plain

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
#: Values and keys in a file. Each takes several hundred times the memory of a letter.
MAX_VALUES = 200_000

Loc = tuple[str | int, ...]
#: Control characters but tab and line end, lone surrogates and separators: YAML can write them, a table cannot hold them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """The content of a YAML file as dicts, lists and strings, and where each value stands.

    ``places`` maps a path of keys and indices to (line, column); a key of a mapping has its own entry under
    the path with ``"@key"`` appended.
    """

    file: str
    content: Any
    places: dict[Loc, tuple[int, int]] = field(default_factory=dict)

    def place(self, loc: Loc) -> Place:
        """The place of ``loc``, or of its nearest parent that stands in the file."""
        while loc not in self.places and loc:
            loc = loc[:-1]
        return Place(self.file, *self.places.get(loc, (1, 1)))


def load(path: Path, shown_as: str) -> Document:
    """Load one file; raise ValueError(problem) when it is not YAML that a sheet can be."""

    def refuse(found: str, expected: str, remedy: str, mark: yaml.Mark | None = None) -> ValueError:
        place = Place(shown_as, mark.line + 1, mark.column + 1) if mark else Place(shown_as)
        return ValueError(Problem(place, "yaml", found, expected, remedy))

    try:
        data = plain.read(path, MAX_BYTES)
    except plain.TooLarge as error:
        raise refuse(f"{error.size:,} bytes", f"at most {MAX_BYTES:,} bytes", "split the file") from None
    except OSError as error:
        raise refuse(f"no readable file ({error.strerror})", "a YAML file", "create it or restore it") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02X} in line {data.count(10, 0, error.start) + 1}"
        raise refuse(found, "UTF-8 text", "save the file as UTF-8") from None
    try:
        _refuse_bombs(text, refuse)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        problem = " ".join(filter(None, (error.context, error.problem)))
        remedy = "correct this line, or what is left open before it"
        raise refuse(problem, "well-formed YAML", remedy, error.problem_mark) from None
    except yaml.YAMLError as error:
        raise refuse(str(error).splitlines()[0], "well-formed YAML", "correct the file") from None
    if node is None:
        raise refuse("an empty file", "a mapping or a list", "restore the file")
    document = Document(shown_as, _plain(node, refuse))
    mark(node, (), document)
    return document


def _refuse_bombs(text: str, refuse: Any) -> None:
    """Look at the events before building anything.

    Anchors make small files huge, deep nesting ends in a crash, and a tag would be dropped without a word.
    """
    depth = values = 0
    for event in yaml.parse(text, Loader=LOADER):
        anchor = getattr(event, "anchor", None)
        if anchor:
            raise refuse(f"the anchor {show(anchor)}", "values written out", "write the value itself", event.start_mark)
        tag = getattr(event, "tag", None)
        if tag:
            raise refuse(f"the tag {show(tag)}", "plain values", "remove the tag", event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            found, expected = f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels of nesting"
            raise refuse(found, expected, "flatten this value", event.start_mark)
        values += isinstance(event, yaml.NodeEvent)
        if values > MAX_VALUES:
            found, expected = f"more than {MAX_VALUES:,} values", f"at most {MAX_VALUES:,} values and keys"
            raise refuse(found, expected, "split the file", event.start_mark)


def mark(node: yaml.Node, loc: Loc, document: Document) -> None:
    """Note the place of every value from ``node`` down, and of every key."""
    document.places[loc] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            mark(item, (*loc, index), document)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            document.places[(*loc, key.value, "@key")] = (key.start_mark.line + 1, key.start_mark.column + 1)
            mark(value, (*loc, key.value), document)


def _plain(node: yaml.Node, refuse: Any) -> Any:
    """The value of ``node`` as dicts, lists and texts."""
    if isinstance(node, yaml.ScalarNode):
        if control := _CONTROL.search(node.value):
            raise refuse(f"the character {show(control[0])}", "printable text", "remove it", node.start_mark)
        is_null = node.tag == "tag:yaml.org,2002:null" and not node.style
        return None if is_null else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, refuse) for item in node.value]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = getattr(key_node, "value", None)
        if not isinstance(key, str):
            raise refuse("a key that is not a text", "a plain key", "write a plain key", key_node.start_mark)
        if key == "<<":
            raise refuse("the merge key “<<”", "keys written out", "write the keys themselves", key_node.start_mark)
        if key in result:
            raise refuse(f"the key {show(key, 60)} twice", "each key once", "remove or rename one", key_node.start_mark)
        result[key] = _plain(value_node, refuse)
    return result
