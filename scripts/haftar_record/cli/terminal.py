"""All that the command writes: lines for a person, and results for other programs.

Nothing else in ``cli`` writes to a stream. A line may hold text of any origin: cells, paths, names of revisions, what
git says, what was typed. Its control characters are shown as visible ones, so that no text acts on the terminal; the
colours of this module alone are let through.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import shutil
import sys
import textwrap
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from ..problems.wording import visible

#: Width of lines without a terminal; COLUMNS sets another.
WIDTH = 100
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"
#: A passage in its context.
MARKED = "1;33"
#: Stands in the colours of this module while a line is put together. It is drawn anew in every run, so that no text
#: from outside can have it.
_OWN = os.urandom(8).hex()
_COLOUR = re.compile(f"\x1b{_OWN}([0-9;]+m)")


class Lost(Exception):
    """A result that could not be written. ``is_unread``: because its reader went away, as ``head`` does."""

    def __init__(self, reason: str, is_unread: bool = False):
        super().__init__(reason)
        self.is_unread = is_unread


class Terminal:
    """Lines for a person; colour on a terminal only, and never with NO_COLOR (no-color.org).

    It need not be read: without a stream, or with a closed pipe or a full disk under it, the work goes on.
    """

    def __init__(self, stream: TextIO | None):
        self.stream = stream or io.StringIO()
        self.is_coloured = self.stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.started = time.perf_counter()

    def line(self, text: str = "") -> None:
        """Write one line. A character that the stream cannot encode is written as its number."""
        with contextlib.suppress(OSError, ValueError):  # nobody has to read it
            print(_encodable(shown(text), self.stream), file=self.stream)

    def lines(self, texts: Iterable[str]) -> None:
        """Write several lines."""
        for text in texts:
            self.line(text)

    def begin(self, code: str) -> str:
        """What stands before a text in a colour of this module; nothing without colours."""
        return f"\x1b{_OWN}{code}m" if self.is_coloured and code else ""

    def colour(self, text: str, code: str) -> str:
        """The text in a colour of this module, if the terminal has colours."""
        start = self.begin(code)
        return f"{start}{text}{self.begin('0')}" if start else text

    def step(self, text: str) -> None:
        """Say that a step of the work is done."""
        self.line(f"{self.colour('•', CYAN)} {text}")

    @contextlib.contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A line with the current step and the time; only on a terminal, and removed at the end."""

        def tell(step: str) -> None:
            if self.stream.isatty():
                line = fit(f"  {step} … {self.seconds()}", width() - 1)
                with contextlib.suppress(OSError):
                    self.stream.write("\r" + _encodable(line, self.stream))
                    self.stream.flush()

        try:
            yield tell
        finally:
            if self.stream.isatty():
                with contextlib.suppress(OSError):
                    self.stream.write("\r" + " " * (width() - 1) + "\r")

    def seconds(self) -> str:
        """The time since this object was made."""
        return f"{time.perf_counter() - self.started:.2f} s"


def shown(line: str) -> str:
    """A line as a terminal gets it: every unprintable character by its number, then the colours of this module."""
    parts = _COLOUR.split(line)
    return "".join(f"\x1b[{part}" if number % 2 else visible(part, None) for number, part in enumerate(parts))


def _encodable(text: str, stream: TextIO) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


# ---- results ---------------------------------------------------------------------------------------------------------


def output() -> Terminal:
    """Standard output, to ask whether it has colours."""
    return Terminal(sys.stdout)


def answer(lines: Iterable[str]) -> None:
    """Write a result for a person to standard output, line by line. Raises Lost when it cannot be written."""
    _write("".join(f"{shown(line)}\n" for line in lines))


def deliver(text: str) -> None:
    """Write a result for a program to standard output, as it is; on a terminal, a person sees its control characters.

    Raises Lost when it cannot be written.
    """
    if sys.stdout is not None and sys.stdout.isatty():
        text = "\n".join(map(shown, text.split("\n")))
    _write(text)


def deliver_json(content: object) -> None:
    """Write JSON for a program, in ASCII: no locale can garble it, and no character in it acts on a terminal."""
    deliver(json.dumps(content, indent=2, allow_nan=False) + "\n")


def _write(text: str) -> None:
    """Write to standard output: UTF-8 and line feeds, whatever the locale, except on a terminal."""
    stream = sys.stdout
    if stream is None:
        raise Lost("standard output is closed")
    if isinstance(stream, io.TextIOWrapper):  # standard output may have been replaced by another kind of stream
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # Python flushes once more at its end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        is_unread = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)
        raise Lost(error.strerror or str(error), is_unread) from None


# ---- the width of text -----------------------------------------------------------------------------------------------


def width() -> int:
    """Columns of a line: those of the terminal, never fewer than a line needs to make sense."""
    return max(shutil.get_terminal_size((WIDTH, 24)).columns, 40)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def fit(text: str, room: int) -> str:
    """The text in one line of at most ``room`` columns, padded to that; what does not fit ends in “…”."""
    text = visible(text, None)
    if cells(text) > room:
        while cells(text) > max(room - 1, 0):
            text = text[: min(len(text) - 1, room)]
        text += "…"
    return text + " " * (room - cells(text))


def two_values(terminal: Terminal, pair: tuple[str, str], indent: str, head: str, between: str = "→") -> Iterator[str]:
    """Two values that differ: in one line after ``head`` where they fit, else below it and each other."""
    old, new = (visible(text, None) for text in pair)
    if cells(f"{head}{old} {between} {new}") <= width():
        yield f"{head}{terminal.colour(old, RED)} {between} {terminal.colour(new, GREEN)}"
        return
    if head.strip():
        yield head.rstrip(": ")
    for sign, text, code in (("- ", old, RED), ("+ ", new, GREEN)):
        for part in wrapped(sign + text, width() - len(indent), "  "):
            yield indent + terminal.colour(part, code)


def wrapped(text: str, room: int, indent: str = "") -> list[str]:
    """The text in lines of at most ``room`` columns; the lines after the first begin with ``indent``."""
    room = max(room, 20)
    return textwrap.wrap(visible(text, None), room, subsequent_indent=indent, break_on_hyphens=False) or [""]
