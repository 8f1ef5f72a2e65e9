"""Run the command on a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path


def on_terminal(root: Path, *arguments: str, stream: str = "stdout", columns: int = 80, **environment: str) -> str:
    """What a command that succeeds writes to a terminal of this width, by ``stdout`` or ``stderr``; the other is lost."""
    outer, inner = pty.openpty()
    env = {key: text for key, text in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    env |= {"TERM": "xterm", "COLUMNS": str(columns)} | environment
    line = [sys.executable, "-m", "haftar_record", "--root", str(root), *arguments]
    stdout, stderr = (inner if name == stream else subprocess.DEVNULL for name in ("stdout", "stderr"))
    process = subprocess.Popen(line, stdout=stdout, stderr=stderr, env=env)
    os.close(inner)
    data = b""
    while select.select([outer], [], [], 60)[0]:
        try:
            more = os.read(outer, 65536)
        except OSError:  # how Linux tells that the other end is closed
            break
        if not more:
            break
        data += more
    assert process.wait(60) == 0
    os.close(outer)
    return data.decode().replace("\r\n", "\n")
