"""Plugin by which stock frictionless runs the rules across tables: it finds modules of this name by itself.

Where this project is installed, ``frictionless validate datapackage.json`` reports the rules on a package that has the
tables of the record. Any other package is validated as ever, and so is the record where this project is not installed.
"""

from haftar_record.checks.frictionless_plugin import RecordPlugin

#: frictionless looks for the name of the module, first letter large, and “Plugin”.
Haftar_recordPlugin = RecordPlugin
