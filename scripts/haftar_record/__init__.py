"""The Haftar Record: coded articles in, a validated data package out.

The names below are the interface for programs; docs/python-api.md describes them. Each is loaded when it is first used,
so that ``import haftar_record`` takes no time. What is not named here is private.

>>> import haftar_record
>>> record = haftar_record.read("datapackage.json")
>>> record.row(haftar_record.tables.Actor, "act-haftar").name
'Khalifa Haftar'
"""

from .version import __version__

# Type checkers take it for true; nothing is imported for it.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .api import FORMATS, DataErrors, NotInstalled, Package, Place, Problem, Row, WrongUse, read, tables, validate
else:

    def __getattr__(name: str) -> object:
        """A public name, from ``api`` (PEP 562). A room of that name would take its place, so none has one."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no public name {name!r}; it has {', '.join(__all__)}")
        from importlib import import_module

        value = getattr(import_module(".api", __name__), name)
        globals()[name] = value
        return value


__all__ = [
    "FORMATS",
    "DataErrors",
    "NotInstalled",
    "Package",
    "Place",
    "Problem",
    "Row",
    "WrongUse",
    "__version__",
    "read",
    "tables",
    "validate",
]


def __dir__() -> list[str]:
    return __all__
