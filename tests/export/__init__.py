"""Every export is read with a library that did not write it and compared, cell by cell, with the CSV files.

SQLite is the exception: there is one. Its file is read through a connection of its own, and by Datasette.

What a cell means is taken from ``schemas/``, the file that every user has, and from no code of the project.
"""
