"""Read a package with the release of a library that is installed here, and print what came of it as JSON.

Run by the Python of the environment of that release, which has neither this project nor pytest.
"""

import json
import sys


def _frictionless(path):
    """Frictionless 5: whether the package is valid, and how many tables and rows were read."""
    from frictionless import Package

    report = Package(path).validate()
    return report.valid, len(report.tasks), sum(_rows(task.stats) for task in report.tasks)


def _rows(stats):
    return stats["rows"] if isinstance(stats, dict) else stats.rows


def _frictionless_4(path):
    """Frictionless 4, in which a package has no validation of its own."""
    from frictionless import Package, validate

    report = validate(path, type="package")
    return report.valid, len(report.tasks), sum(len(resource.read_rows()) for resource in Package(path).resources)


def _datapackage(path):
    """The library datapackage 1, of the time of version 1."""
    from datapackage import Package

    package, rows = Package(path), 0
    for resource in package.resources:
        rows += len(resource.read())
        resource.check_relations()
    return package.valid, len(package.resources), rows


def main(library, path):
    """Print what came of it: whether it is valid, tables, rows; or the error."""
    read = {"frictionless-4": _frictionless_4, "datapackage-1": _datapackage}.get(library, _frictionless)
    try:
        found = read(path)
    except Exception as error:  # any of theirs
        found = [type(error).__name__, str(error)[:300]]
    print(json.dumps(found))


main(*sys.argv[1:])
