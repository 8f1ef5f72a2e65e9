"""The Haftar Record: five articles and their coding sheets in, a validated data package out.

The modules, in the order in which data flows through them:

``articles``  reads an article and divides it into paragraphs, sentences and quoted passages
``yamlfile``  reads a YAML file and remembers the line of every value
``sheets``    says what a coding sheet and a register may contain
``inputs``    reads all of them, and refuses files that nothing reads
``anchors``   finds a quotation in an article
``edtf``      reads a date value; ``dates`` resolves date words against a publication date
``mentions``  finds every occurrence of an actor's or a place's name
``assemble``  turns articles and sheets into rows; ``tables`` defines every row and column
``rules``     checks the rows against each other
``schema``    writes Table Schemas; ``package`` renders the data package; ``store`` replaces it on disk
``verify``    compares the package on disk with what the sheets make, and asks stock frictionless
``cli``       the command ``haftar-record``

All of them say what is wrong by ``problems``; ``codes`` reads the code lists, ``columns`` says what a column is.
"""

__version__ = "0.1.0"
