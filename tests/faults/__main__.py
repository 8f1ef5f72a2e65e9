"""Print the catalogue: each fault, and who catches it. With ``--update``, write what was found as what is expected."""

from __future__ import annotations

import sys
from collections import Counter

from haftar_record.site.verdicts import Said, Verdict

from . import runs
from .catalogue import BY_NAME


def main(arguments: list[str]) -> int:
    found = runs.verdicts(list(BY_NAME))
    print(table(found))
    if "--update" in arguments:
        return update(found)
    expected = runs.expected()
    changed = [verdict.name for verdict in found if verdict != expected.pop(verdict.name, None)]
    if names := [*changed, *expected]:
        print(f"\nnot as in {runs.EXPECTED.name}: {', '.join(names)}", file=sys.stderr)
        print("Look at each; where the new verdict is the right one: make faults UPDATE=1", file=sys.stderr)
    return 1 if names else 0


def update(found: list[Verdict]) -> int:
    try:
        runs.write(found)
    except ValueError as error:
        print(f"\n{runs.EXPECTED.name} was not written: {error}", file=sys.stderr)
        return 1
    return 0


def table(found: list[Verdict]) -> str:
    """One line for each fault, and totals."""
    width = max(len(verdict.description) for verdict in found)
    lines, family = [], ""
    for verdict in found:
        if verdict.family != family:
            family = verdict.family
            lines += [
                "",
                f"{family:<{width + 2}}  {'stock frictionless':<20}  {'haftar-record check':<64}  haftar-record validate",
            ]
        check, validate = _first(verdict.by("check")), _first(verdict.by("validate"))
        lines.append(f"  {verdict.description:<{width}}  {verdict.stock:<20}  {check:<64}  {validate}")
    return "\n".join([*lines[1:], "", *totals(found)])


def totals(found: list[Verdict]) -> list[str]:
    """How many faults each of the three catches."""
    stock = Counter("crash" if verdict.stock.startswith("crash") else verdict.is_missed for verdict in found)
    check, validate = (sum(is_caught(verdict.by(name)) for verdict in found) for name in ("check", "validate"))
    return [
        f"{len(found)} faults",
        f"  stock frictionless      {stock[False]:>4} caught, {stock['crash']} crashes, {stock[True]} missed",
        f"  haftar-record check     {check:>4} caught, {len(found) - check} missed",
        f"  haftar-record validate  {validate:>4} caught; it sees neither sheets nor registers",
    ]


def is_caught(said: list[Said]) -> bool:
    """Whether one of the problems is more than a note."""
    return any(one.severity != "note" for one in said)


def _first(said: list[Said]) -> str:
    """The first problem that is no note, by check and place, and how many more there are."""
    told = [one for one in said if one.severity != "note"]
    if not told:
        return "-"
    more = f" (+{len(told) - 1})" if told[1:] else ""
    return f"{told[0].check.split()[0]} {told[0].place}{more}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
