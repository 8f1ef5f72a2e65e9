"""Lines for a person and results for other programs, in the width of the terminal, with colours if wanted."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import textwrap
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import TextIO

from ..problems.problem import WrongUse

#: Width of lines without a terminal; COLUMNS sets another.
WIDTH = 100
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"
#: A passage in its context.
MARKED = "1;33"


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
        encoding = getattr(self.stream, "encoding", None) or "utf-8"
        with contextlib.suppress(OSError):  # nobody has to read it
            print(text.encode(encoding, "backslashreplace").decode(encoding), file=self.stream)

    def colour(self, text: str, code: str) -> str:
        """The text in a colour of this module, if the terminal has colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.is_coloured and code else text

    def step(self, text: str) -> None:
        """Say that a step of the work is done."""
        self.line(f"{self.colour('•', CYAN)} {text}")

    @contextlib.contextmanager
    def progress(self) -> Iterator[Callable[[str], None]]:
        """A line with the current step and the time; only on a terminal, and removed at the end."""

        def tell(step: str) -> None:
            if self.stream.isatty():
                with contextlib.suppress(OSError):
                    self.stream.write("\r" + fit(f"  {step} … {self.seconds()}", width() - 1))
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


def output() -> Terminal:
    """Standard output, to ask whether it has colours."""
    return Terminal(sys.stdout)


def deliver(text: str) -> None:
    """Write a result to standard output: UTF-8 and line feeds, whatever the locale, except on a terminal.

    A reader that goes away (``| head``) is not an error. Raises WrongUse when the result cannot be written.
    """
    stream = sys.stdout
    if stream is None:
        return
    if isinstance(stream, io.TextIOWrapper):  # standard output may have been replaced by another kind of stream
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # Python flushes once more at its end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise WrongUse(f"the result could not be written ({error.strerror})") from None


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
    text = text.replace("\n", "⏎")
    if cells(text) > room:
        while cells(text) > max(room - 1, 0):
            text = text[: min(len(text) - 1, room)]
        text += "…"
    return text + " " * (room - cells(text))


def wrapped(text: str, room: int, indent: str = "") -> list[str]:
    """The text in lines of at most ``room`` columns; the lines after the first begin with ``indent``."""
    return textwrap.wrap(text, max(room, 20), subsequent_indent=indent, break_on_hyphens=False) or [""]
