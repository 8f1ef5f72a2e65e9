"""What a descriptor has to say so that the program can use it: the one place that looks at its values.

Whoever gets a descriptor from here can take a text for a text and a list for a list. Whether what it says is true is
for ``checks``.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from ..files.json_file import Json
from ..model.columns import SHA256, WEB_ADDRESS
from ..model.shape import AtLeastOne, Once, OwnText, RetiredShape, Shape, Text, TextsShape, form, shaped
from ..problems.problem import DataErrors, Place, Problem, Problems

Address = Annotated[Text, form(WEB_ADDRESS, "a web address that begins with https:// or http://")]
Count = Annotated[int, Field(ge=0, strict=True)]


class _Part(Shape):
    """An object of which only these properties are needed."""

    model_config = ConfigDict(extra="ignore")


class LicenceShape(_Part):
    """A licence."""

    name: Text
    path: Address
    title: Text


class SourceShape(_Part):
    """An article as a source."""

    title: OwnText


class ResourceShape(_Part):
    """A table as a file. Its schema is looked at where it is read."""

    name: Text
    path: Text
    title: Text
    description: Text
    mediatype: Text
    bytes: Count
    rows: Count
    hash: Annotated[str, form(f"sha256:{SHA256}", "sha256: and 64 hexadecimal digits, small letters")]


class StatedShape(TextsShape):
    """What a descriptor has from its makers, and nobody can compute; all else follows from tables and models."""

    model_config = ConfigDict(extra="ignore")

    text_rights: Annotated[OwnText, Field(alias="textRights")]
    sources: list[SourceShape] = []
    retired: list[RetiredShape] = []


class DescriptorShape(StatedShape):
    """The descriptor of a package of this version: what is taken from it to cite, to show and to export the package."""

    licenses: Annotated[list[LicenceShape], AtLeastOne]
    sources: Annotated[list[SourceShape], AtLeastOne]
    resources: Annotated[list[ResourceShape], AtLeastOne]


class AnyRetired(_Part):
    """A retired id of any version."""

    id: str
    since: str = ""
    because: str = ""
    successors: Annotated[list[str], Once] = []


class AnyResource(_Part):
    """A table of any version: its name, and where it lies."""

    name: str
    rows: Count | None = None


class AnyDescriptor(_Part):
    """The descriptor of a package of any version: what is there is of the right kind."""

    name: str = ""
    version: str = ""
    created: str = ""
    retired: list[AnyRetired] = []
    resources: Annotated[list[AnyResource], AtLeastOne]


def read(found: Json, shape: type[Shape] = DescriptorShape) -> dict[str, Any]:
    """The content of a descriptor that has its shape. Raises DataErrors with every problem, each at its place."""
    problems = Problems()
    if not isinstance(found.content, dict):
        said, remedy = "no object", "name another file, or take it from the release again"
        raise DataErrors([Problem(Place(found.file, 1), "package", said, "the object of a data package", remedy)])
    shaped(found, shape, problems)
    problems.stop_on_errors()
    return found.content
