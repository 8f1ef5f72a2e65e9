"""What may be asked of the engines that check a package: which one, and how much memory it may hold."""

from __future__ import annotations

import re

from ..problems.problem import WrongUse
from ..problems.wording import show

#: ``rows`` one by one; ``columnar`` with DuckDB, in bounded memory; ``auto`` by the size of the package.
ENGINES = ("auto", "rows", "columnar")


def refuse(engine: object, memory: object) -> None:
    """Raise WrongUse for an engine that does not exist, and for what is no amount of memory."""
    if engine not in ENGINES:
        raise WrongUse(f"no engine {show(str(engine))}: the engines are {', '.join(ENGINES)}")
    if memory is not None and not (isinstance(memory, str) and re.fullmatch(r"[1-9][0-9]{0,4}[MG]B", memory)):
        raise WrongUse(f"{show(str(memory))} is not a size such as 500MB or 4GB")
