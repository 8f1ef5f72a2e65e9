"""Print the catalogue: each fault, and who catches it. With ``--update``, write what was found as what is expected."""

from __future__ import annotations

import sys
from collections import Counter

from . import runs
from .catalogue import BY_NAME
from .runs import Verdict
from .verdicts import MISSED


def main(arguments: list[str]) -> int:
    found = runs.verdicts(list(BY_NAME), with_stock=True)
    print(table(found))
    if "--update" in arguments:
        runs.write(found)
        return 0
    changed = [new["name"] for new, old in zip(found, runs.expected(), strict=True) if new != old]
    if changed:
        print(f"\nnot as in {runs.EXPECTED.name}: {', '.join(changed)}")
        print("Look at each; where the new verdict is the right one: make faults UPDATE=1", file=sys.stderr)
    return 1 if changed else 0


def table(found: list[Verdict]) -> str:
    """One line for each fault, and totals."""
    width = max(len(verdict["description"]) for verdict in found)
    lines, family = [], ""
    for verdict in found:
        if verdict["family"] != family:
            family = verdict["family"]
            lines += [
                "",
                f"{family:<{width + 2}}  {'stock frictionless':<20}  {'haftar-record check':<64}  haftar-record validate",
            ]
        check, validate = _first(verdict["check"]), _first(verdict["validate"])
        lines.append(f"  {verdict['description']:<{width}}  {verdict['stock']:<20}  {check:<64}  {validate}")
    return "\n".join([*lines[1:], "", *totals(found)])


def totals(found: list[Verdict]) -> list[str]:
    """How many faults each of the three catches."""
    stock = Counter(
        "crash" if verdict["stock"].startswith("crash") else verdict["stock"] == MISSED for verdict in found
    )
    check, validate = (sum(map(is_caught, (verdict[name] for verdict in found))) for name in ("check", "validate"))
    return [
        f"{len(found)} faults",
        f"  stock frictionless      {stock[False]:>4} caught, {stock['crash']} crashes, {stock[True]} missed",
        f"  haftar-record check     {check:>4} caught, {len(found) - check} missed",
        f"  haftar-record validate  {validate:>4} caught; it sees neither sheets nor registers",
    ]


def is_caught(problems: list[dict[str, str]]) -> bool:
    return any(problem["severity"] != "note" for problem in problems)


def _first(problems: list[dict[str, str]]) -> str:
    """The first problem that is no note, by check and place, and how many more there are."""
    told = [problem for problem in problems if problem["severity"] != "note"]
    if not told:
        return "-"
    more = f" (+{len(told) - 1})" if told[1:] else ""
    return f"{told[0]['check'].split()[0]} {told[0]['place']}{more}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
