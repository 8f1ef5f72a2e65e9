"""Check a package of any size with DuckDB: the same checks, rules and messages as row by row, in bounded memory.

DuckDB finds the cells and rows in which something may be wrong, by conditions made from the column definitions
(``cells``) and by the queries that stand beside each rule (``suspects``). What is found is judged by the same Python
that checks a package row by row: ``table_file`` for cells, the rules themselves for rows (``judge``). So there is one
definition of every check. ``engine`` is the module to call.

``sql`` and ``suspects`` are there for the rules, and load nothing beyond the row models; the others need the extra
``fast`` (DuckDB).
"""
