"""The Haftar Record: five articles and their coding sheets in, a validated data package out.

The modules, in the order in which data flows through them:

read      ``articles`` reads an article and divides it into paragraphs, sentences and quoted passages;
          ``yamlfile`` reads a YAML file and remembers the line of every value;
          ``sheets`` says what a coding sheet and a register may contain; ``inputs`` reads them all
anchor    ``anchors`` finds a quotation in an article; ``mentions`` finds every name;
          ``edtf`` reads a date value, ``dates`` resolves date words against a publication date
make      ``tables`` defines every row and column (with ``columns`` and ``codes``); ``ledger`` keeps the rows;
          ``units`` adds those of a sheet, ``disputes``, ``events``, ``registers`` and ``accounting`` what follows;
          ``derive`` computes classes and corroboration; ``assemble`` runs them in order
check     ``rules`` checks the rows against each other, ``waivers`` accepts a warning for a time;
          ``retired`` keeps ids that are gone from coming back; ``tablefile`` reads a CSV file back, ``jsonfile`` and
          ``descriptor`` the JSON files; ``verify`` checks the package on disk by them, ``columnar`` one that is too
          large to be held in memory; ``plugin`` brings the rules to stock frictionless
write     ``schema`` makes Table Schemas, ``citation`` says what a release is called, ``package`` renders the data
          package, ``store`` replaces it on disk
use       ``snapshot`` reads a package of any version as plain cells, ``reader`` this version's as typed rows;
          ``export`` writes it in other formats, ``look`` answers questions about it, ``releases`` judges versions,
          ``site`` makes the pages of the documentation
say       ``checks`` names every check, ``problems`` is what a mistake looks like, ``formats`` how it is shown,
          ``screen`` where; ``commands`` are what is done with the record, ``cli`` is the command ``haftar-record``
"""

__version__ = "0.1.0"
