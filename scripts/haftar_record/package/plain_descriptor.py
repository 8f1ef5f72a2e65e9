"""The descriptor once more in the words of Data Package v1, for the many readers that do not know version 2.

What version 1 has no word for is left out: labels of codes and of missing values, and keys of several columns that are
unique beside the primary key. Missing values stand once for the whole table, as version 1 wants it.
"""

from __future__ import annotations

from typing import Any

from ..model import table_schema
from ..model.tables import BY_NAME

#: What stands in both versions under the same name and with the same meaning.
_SAME = ("name", "title", "description", "version", "created", "keywords", "licenses")
_SAME_OF_RESOURCE = ("name", "path", "title", "description", "format", "mediatype", "encoding", "bytes", "hash")
_SAME_OF_FIELD = ("name", "type", "description", "trueValues", "falseValues", "constraints")


def plain(descriptor: dict[str, Any]) -> dict[str, Any]:
    """A descriptor of the package, schemas inside or not, as one of version 1 with the schemas inside."""
    return {
        "profile": "tabular-data-package",
        **{name: descriptor[name] for name in _SAME},
        "contributors": [_contributor(one) for one in descriptor["contributors"]],
        "sources": [{"title": one["title"]} for one in descriptor["sources"]],
        "resources": [_resource(one) for one in descriptor["resources"]],
    }


def _contributor(one: dict[str, Any]) -> dict[str, Any]:
    """Version 1 has one role for each, out of a list that knows no creator; “author” is its word for one."""
    role = "author" if "creator" in one["roles"] else "contributor"
    return {name: value for name, value in one.items() if name != "roles"} | {"role": role}


def _resource(one: dict[str, Any]) -> dict[str, Any]:
    dialect = {name: value for name, value in one["dialect"].items() if name != "$schema"}
    return {
        **{name: one[name] for name in _SAME_OF_RESOURCE},
        "profile": "tabular-data-resource",
        "dialect": dialect,
        "schema": _schema(table_schema.table_schema(BY_NAME[one["name"]])),
    }


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    own = (entry["value"] for field in schema["fields"] for entry in field.get("missingValues", ()))
    found = {
        "fields": [{name: field[name] for name in _SAME_OF_FIELD if name in field} for field in schema["fields"]],
        "missingValues": list(dict.fromkeys([*(entry["value"] for entry in schema["missingValues"]), *own])),
        "primaryKey": schema["primaryKey"],
    }
    if keys := schema.get("foreignKeys"):
        found["foreignKeys"] = [_foreign_key(key) for key in keys]
    return found


def _foreign_key(key: dict[str, Any]) -> dict[str, Any]:
    """A reference to the same table names it by an empty text in version 1."""
    return key | {"reference": {"resource": "", **key["reference"]}}
