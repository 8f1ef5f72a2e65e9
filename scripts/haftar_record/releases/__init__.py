"""Releases: how two packages of any version differ, and whether the working package can be the next release.

``difference`` compares two packages: schema apart from data, by table, row and cell; ``steps`` weighs the changes
``changelog``  reads the section of a version in CHANGELOG.md and the names in it
``candidate``  judges the working package against the last release
``diff`` and ``release`` are the commands
"""
