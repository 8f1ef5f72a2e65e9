"""The documentation site: the package on disk in, pages out. Nothing that is generated here is stored.

``plugin`` is the mkdocs plugin: it reads the package once, asks every page module for its pages, and checks the links
``record``  is the package with indices and the address of every row; ``page`` is what a page is; ``html`` writes elements
Every other module makes the pages that its name says, by up to three functions:

``pages(record)``   yields ``Page``s
``assets(record)``  gives files by path, for scripts and downloads
``parts(record)``   gives fragments by name, for written pages: ``<!-- part: NAME -->`` on a line of its own

An address begins with ``@/``, the root of the site; the plugin makes it relative to the page that it stands on.
"""
