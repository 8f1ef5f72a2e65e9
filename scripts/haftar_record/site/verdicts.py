"""What the checks say about every fault in the catalogue of broken packages, as a text file that a person reviews.

The tests take the verdicts and compare them with the file; the site shows them. The file has one line for a fault and
one line for each problem that is found in it, and begins with the texts that many problems share:

>>> texts, verdicts = parse('''{rebuild} = build again
... gone │ file shape │ the file of a table is gone │ scheme-error
...   both │ error │ missing-file │ datapackage/places.csv │ no such file │ a file │ {rebuild}
... ''')
>>> verdicts[0].by("validate")[0].remedy
'build again'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace

#: The word for a fault that stock frictionless does not find.
MISSED = "missed"

_HEAD = """\
# What is said of every broken package in the catalogue. "make faults UPDATE=1" writes this file; look at what
# it changes. A fault:   name │ family │ what was done │ first error of stock frictionless, "missed", or "crash" and the
# exception
#   A problem:  who says it (check, validate, both) │ severity │ check │ place │ found │ expected │ remedy │ row, if any
# The texts below are shared. When the program words one of them differently, change it here first, then update.
"""
_SEPARATOR = " │ "
_SHARED = re.compile(r"\{([a-z]+(?: [a-z]+)*)\}")
_JUDGES = ("check", "validate")
_BOTH = "both"


@dataclass(frozen=True)
class Said:
    """One problem in words, and who says it: ``check``, ``validate`` or ``both``."""

    judge: str
    severity: str
    check: str
    place: str
    found: str
    expected: str
    remedy: str
    #: Id of the row that breaks a rule; empty when the problem is not about a row.
    record: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the checks say about one fault: stock frictionless in one word, by ``check`` and ``validate`` in full."""

    name: str
    family: str
    description: str
    stock: str
    said: tuple[Said, ...] = ()

    def by(self, judge: str) -> list[Said]:
        """What ``check`` or ``validate`` says, in its order."""
        return [one for one in self.said if one.judge in (judge, _BOTH)]

    @property
    def is_missed(self) -> bool:
        """Whether stock frictionless finds nothing."""
        return self.stock == MISSED


def parse(content: str) -> tuple[dict[str, str], list[Verdict]]:
    """The shared texts by name, and the verdicts in their order. Raises ValueError for a line that is none of these."""
    texts: dict[str, str] = {}
    verdicts: list[Verdict] = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("{"):
            name, _, text = line.partition(" = ")
            texts[name] = text
            continue
        parts = [_expanded(part, texts) for part in line.removeprefix("  ").split(_SEPARATOR)]
        if line.startswith("  ") and verdicts and parts[0] in (*_JUDGES, _BOTH) and len(parts) in (7, 8):
            verdicts[-1] = replace(verdicts[-1], said=(*verdicts[-1].said, Said(*parts)))
        elif not line.startswith(" ") and len(parts) == 4:
            name, family, description, stock = parts
            verdicts.append(Verdict(name, family, description, stock))
        else:
            raise ValueError(f"line {number}: neither a shared text, nor a fault, nor a problem of one: {line}")
    return texts, verdicts


def write(texts: dict[str, str], verdicts: Iterable[Verdict]) -> str:
    """The file, from which ``parse`` reads the same. Raises ValueError for a shared text that nothing says."""
    verdicts = list(verdicts)
    lines = []
    for verdict in verdicts:
        head = (verdict.name, verdict.family, verdict.description, verdict.stock)
        lines.append(_SEPARATOR.join(head))
        lines += [f"  {_SEPARATOR.join(_parts(one, texts))}" for one in verdict.said]
    body = "\n".join(lines)
    if idle := [name for name in texts if name not in body]:
        found = f"no problem says the text of {', '.join(idle)}"
        raise ValueError(
            f"{found}; if the program now words it differently, change it in the file first, else remove it"
        )
    shared = [f"{name} = {text}" for name, text in texts.items()]
    content = "\n".join([_HEAD, *shared, "", body, ""])
    if parse(content) != (texts, verdicts):
        raise ValueError(f"a text holds “{_SEPARATOR}” or the name of a shared text, and could not be read back")
    return content


def _parts(one: Said, texts: dict[str, str]) -> list[str]:
    """The parts of a line; the last one is left out where it is empty."""
    parts = [_shared(part, texts) for part in astuple(one)]
    return parts if one.record else parts[: len(fields(Said)) - 1]


def _shared(part: str, texts: dict[str, str]) -> str:
    """A part with the name of each shared text in its place; the longest first, since one may hold another."""
    for name, text in sorted(texts.items(), key=lambda entry: -len(entry[1])):
        part = part.replace(text, name)
    return part


def _expanded(part: str, texts: dict[str, str]) -> str:
    return _SHARED.sub(lambda name: texts.get(name[0], name[0]), part)
