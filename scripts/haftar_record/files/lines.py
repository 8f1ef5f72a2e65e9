"""The line and column of a character of a file."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a text, as editors count them: each ends with LF, CR LF or CR.

    Other readers also end a line at NEL, U+2028 or U+2029 (YAML 1.1, Python's ``str.splitlines``); their line numbers
    would lead to another line in an editor.

    >>> Lines("a: 1\\u2028\\nb: 2").place(6)
    (2, 1)
    """

    def __init__(self, text: str) -> None:
        """Note where each line of ``text`` starts."""
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both 1-based, of the character at a 0-based offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
