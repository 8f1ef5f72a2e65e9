"""Releases: what a package of any version holds, how two differ, and whether the working one is fit to follow.

``difference`` compares two of them: schema apart from data, by table, row and cell; ``steps`` weighs the changes
``changelog``  reads the section of a version in CHANGELOG.md and the names in it
``candidate``  judges the working package against the last release
``diff`` and ``release`` are the commands
"""
