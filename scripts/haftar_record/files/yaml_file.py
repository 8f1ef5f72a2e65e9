"""Read a YAML file and remember the line and column of every value.

PyYAML composes the node tree; every scalar stays the text that was written (``no``, ``2019-11`` and ``0123``
are not turned into something else), a key given twice is an error, and anchors are refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from ..problems.problem import DataErrors, Place, Problem
from ..problems.wording import describe_character, show
from . import folder, plain
from .characters import forbidden_in_file
from .lines import Lines

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
#: Values and keys in a file. Each takes several hundred times the memory of a letter.
MAX_VALUES = 200_000

Loc = tuple[str | int, ...]
#: What lays out the file itself: tabs, and line ends that every editor shows. (YAML knows others as well, after which a
#: comment would go on as content that nobody sees.)
_LAYOUT = "\t\n"
_LINE_END = re.compile("\r\n?")
#: How UTF-16 and UTF-32 begin with a byte order mark. Without one, the first character has zeros (YAML 1.2.2, 5.2).
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
#: A comment that follows a text without quotation marks, and cuts it if it was meant as a part of it.
_COMMENT = re.compile(r"[ \t]+#[^\n]*")
LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


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


def load(root: Path, path: str) -> Document:
    """Load the file at ``path`` below the folder ``root``. Raises DataErrors when it is no YAML that a sheet can be."""
    text = _text(root, path)
    reader = _Reader(path, text)
    if (index := forbidden_in_file(text, _LAYOUT)) is not None:
        raise reader.refusal_of_character(text[index], index)
    if match := _CONFLICT.search(text):
        place = Place(path, text.count("\n", 0, match.start()) + 1)
        expected = "the lines of both sides that are to stay, without the marks"
        remedy = "keep what is right, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>"
        raise DataErrors([Problem(place, "yaml", "the marks of a merge that git left to you", expected, remedy)])
    try:
        reader.refuse_bombs(text)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise reader.refusal_of_yaml(error) from None
    except yaml.YAMLError as error:
        raise reader.refusal(str(error).splitlines()[0], "well-formed YAML", "correct the file") from None
    if node is None:
        remedy = "restore the file; a list without entries is written []"
        raise reader.refusal("an empty file", "a mapping or a list", remedy)
    return Document(path, reader.value(node, ()), reader.places)


def _text(root: Path, path: str) -> str:
    """The file as text. Raises DataErrors when it is too large, cannot be read or is not UTF-8."""

    def refusal(found: str, expected: str, remedy: str) -> DataErrors:
        return DataErrors([Problem(Place(path), "yaml", found, expected, remedy)])

    try:
        data = folder.read(root, path, MAX_BYTES)
    except plain.TooLarge as error:
        raise refusal(f"{error.size:,} bytes", f"at most {MAX_BYTES:,} bytes", "split the file") from None
    except OSError as error:
        if said := folder.trouble(path, error):
            raise DataErrors([said]) from None
        raise refusal(f"no readable file ({error.strerror})", "a YAML file", "create it or restore it") from None
    if data.startswith(_WIDE) or b"\0" in data[:2]:
        remedy = "save the file as UTF-8, which an editor asks for under “Encoding” when it saves under a name"
        raise refusal("UTF-16 or UTF-32 text", "UTF-8 text", remedy)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")  # not every reader of YAML counts it as a character
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02X} in line {data.count(10, 0, error.start) + 1}"
        raise refusal(found, "UTF-8 text", "save the file as UTF-8") from None
    return _LINE_END.sub("\n", text)


#: What git writes into a file where two branches changed the same lines. No line of YAML begins so.
_CONFLICT = re.compile(r"^<{7} .*$", re.MULTILINE)
#: A line of a sheet, up to its value: hyphens and a key.
_BEFORE = re.compile(r"[ ]*(?:- +)*(?:[^\s:#\"'\[{][^:#]*:[ \t]+)?")
#: A text in quotation marks, or a list, with more behind it in the line.
_MORE = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\[[^\[\]]*\]|\{[^{}]*\})[ \t]*[^\s#,\]}:]""")
#: What has a meaning of its own at the start of a value.
_SIGNS = "*&!@%`>|"
#: The longest key of a mapping that YAML allows.
_MAX_KEY = 1024


def _cause(text: str, index: int, said: str) -> tuple[str, str] | None:
    """Why a parser may refuse the line with the character at ``index``, as somebody sees it who writes a sheet: found,
    and what to do; None when the line does not show it."""
    start = text.rfind("\n", 0, index) + 1
    line = text[start : text.find("\n", index) if "\n" in text[index:] else len(text)]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab at the start of the line", "indent with blanks"
    if "simple key" in said and line.find(":") > _MAX_KEY:
        return f"a key of more than {_MAX_KEY:,} characters", "shorten the key"
    before = _BEFORE.match(line)
    value = line[before.end() if before else 0 :]
    quote = "put the text in quotation marks"
    if "cannot start" in said and text[index : index + 1] in _SIGNS:
        return f"a text that begins with “{text[index]}”", quote
    if value[:1] in _SIGNS and value[:1]:
        return f"a text that begins with “{value[0]}”", quote
    if "simple key" in said and ":" not in line:
        return "a line without a colon", "write a key, “: ” and its value, or close a text before it"
    if "mapping keys" in said:
        return "a text that begins with “?”", quote
    if "sequence entries" in said:
        return "a text that begins with “- ”", quote
    if _MORE.match(value):
        if value[0] in "[{":
            return f"a text that begins with “{value[0]}”", quote
        return "more text behind the closing quotation mark", "put the whole text in one pair of quotation marks"
    return None


class _Mark(Protocol):
    """A place as PyYAML tells it, in Python or C."""

    @property
    def index(self) -> int: ...


class _Reader:
    """Turns nodes into values and notes in ``places`` where each value and key stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.lines = file, text, Lines(text)
        self.places: dict[Loc, tuple[int, int]] = {}

    def refusal(self, found: str, expected: str, remedy: str, mark: _Mark | None = None) -> DataErrors:
        """What to raise for a mistake at ``mark``, or in the file as a whole."""
        place = Place(self.file, *self._position(mark)) if mark else Place(self.file)
        return DataErrors([Problem(place, "yaml", found, expected, remedy)])

    def refusal_of_character(self, character: str, index: int) -> DataErrors:
        """What to raise for a character that no text may have, written or stood for at ``index``."""
        place, found = Place(self.file, *self.lines.place(index)), describe_character(character)
        return DataErrors([Problem(place, "yaml", found, "printable text", "remove it")])

    def refusal_of_yaml(self, error: yaml.MarkedYAMLError) -> DataErrors:
        """What to raise for a text that the parser refuses: the cause, where the line shows it."""
        found = " ".join(filter(None, (error.context, error.problem)))
        if "mapping values" in found:
            remedy = "quote the text: it has “: ” in it"
            return self.refusal(found, "well-formed YAML", remedy, error.problem_mark)
        marks = error.problem_mark, error.context_mark
        for mark in reversed(marks) if "simple key" in found else marks:
            if mark is not None and (cause := _cause(self.text, mark.index, found)):
                return self.refusal(cause[0], "well-formed YAML", cause[1], mark)
        remedy = "correct this line, or whatever is left open before it"
        if error.context_mark is not None and "flow" in found:
            sign = self.text[error.context_mark.index : error.context_mark.index + 1]
            line = self.lines.place(error.context_mark.index)[0]
            remedy = f"close the “{sign}” of line {line}, or put a text that begins with it in quotation marks"
        return self.refusal(found, "well-formed YAML", remedy, error.problem_mark)

    def refuse_bombs(self, text: str) -> None:
        """Look at the events before building anything.

        Anchors make small files huge, deep nesting ends in a crash, and a tag would be dropped without a word.
        """
        depth = values = 0
        for event in yaml.parse(text, Loader=LOADER):
            mark = event.start_mark
            if anchor := getattr(event, "anchor", None):
                if isinstance(event, yaml.AliasEvent):  # of no anchor: that would have been refused before
                    found, remedy = "a text that begins with “*”", "put the text in quotation marks"
                    raise self.refusal(found, "well-formed YAML", remedy, mark)
                remedy = "write the value itself, or put a text that begins with “&” in quotation marks"
                raise self.refusal(f"the anchor {show(anchor)}", "values written out", remedy, mark)
            if tag := getattr(event, "tag", None):
                remedy = "remove the tag, or put a text that begins with “!” in quotation marks"
                raise self.refusal(f"the tag {show(tag)}", "plain values", remedy, mark)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                found, expected = f"more than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels of nesting"
                raise self.refusal(found, expected, "flatten this value", mark)
            values += isinstance(event, yaml.NodeEvent)
            if values > MAX_VALUES:
                found, expected = f"more than {MAX_VALUES:,} values", f"at most {MAX_VALUES:,} values and keys"
                raise self.refusal(found, expected, "split the file", mark)

    def value(self, node: yaml.Node, loc: Loc) -> Any:
        """The value of ``node``, which stands at ``loc``, as dicts, lists, texts and None."""
        self.places[loc] = self._position(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            if (index := forbidden_in_file(node.value, "\t\n\r")) is not None:  # YAML can write what it may not have
                raise self.refusal_of_character(node.value[index], node.start_mark.index)
            self.refuse_comment(node)
            is_null = node.tag == "tag:yaml.org,2002:null" and not node.style
            return None if is_null else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, index)) for index, item in enumerate(node.value)]
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, result)
            self.places[*loc, key, "@key"] = self._position(key_node.start_mark)
            result[key] = self.value(value_node, (*loc, key))
        return result

    def refuse_comment(self, node: yaml.ScalarNode) -> None:
        """Refuse a comment right after a text without quotation marks: “Committee #5” would be “Committee”."""
        if not node.style and (comment := _COMMENT.match(self.text, node.end_mark.index)):
            expected = "the text in quotation marks, or the comment on a line of its own"
            found = f"a comment right after a text: {show(node.value[-60:] + comment[0], 120)}"
            raise self.refusal(found, expected, "quote the text, or move the comment", node.end_mark)

    def _key(self, node: yaml.Node, known: dict[str, Any]) -> str:
        """A key of a mapping that has the keys ``known`` already."""
        key = node.value
        if not isinstance(key, str):
            raise self.refusal("a key that is not a text", "a plain key", "write a plain key", node.start_mark)
        if key == "<<":
            raise self.refusal("the merge key “<<”", "keys written out", "write the keys themselves", node.start_mark)
        if key in known:
            found = f"the key {show(key, 60)} twice"
            raise self.refusal(found, "each key once", "remove or rename one", node.start_mark)
        return key

    def _position(self, mark: _Mark) -> tuple[int, int]:
        return self.lines.place(mark.index)
