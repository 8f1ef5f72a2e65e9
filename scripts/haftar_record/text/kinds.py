"""A kind of words or marks: what the codebook says about it, beside the program that knows it.

Each list of kinds (``dates.KINDS``, ``quotation.MARKS``) is the code list of the same name; ``model.codes`` takes
its codes from there.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What a code list says of a code that no article has a case of.
NO_CASE = "no case when this was written"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a code list says about one of its codes.

    ``name`` is the code. ``example`` is a passage of an article that has the code, ``near_miss`` one that looks like a
    case of it and has another code.
    """

    name: str
    label: str
    definition: str
    example: str
    near_miss: str
