"""What a fault is."""

from __future__ import annotations

from dataclasses import dataclass

from .mutations import Mutation

#: What a fault is in, in the order of the catalogue.
FAMILIES = (
    "file shape",
    "encoding",
    "header",
    "rows",
    "keys",
    "cells",
    "codes",
    "dates",
    "characters",
    "descriptor",
    "schemas",
    "paths",
    "facts",
    "spans",
    "rules",
    "articles",
    "sheets",
    "registers",
    "waivers",
    "machine",
)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a package which is sound otherwise.

    ``description`` says what was done, as one line without a full stop. ``spoil`` does it to a copy of the project.
    """

    name: str
    family: str
    description: str
    spoil: Mutation
