"""The Haftar Record: coded articles in, a validated data package out.

The rooms, in the order in which data flow through them; a room imports from those above it and from nothing below:

problems    what is wrong, and how it is said
files       bytes become values that know their line
text        an article as text: sentences, quotations, names, dates
model       what a row is: tables, columns, codes
coding      ``seeds/`` becomes checked objects
build       coded articles become rows
package     rows become files, and files rows
checks      is it right? files, cells, rules across tables
releases    two packages compared
export      other formats
site        the documentation
cli         the command ``haftar-record``
"""

__version__ = "0.1.0"
