"""The documentation site, made from the package on disk. Nothing that is generated here is stored.

``plugin``     is the mkdocs plugin: it reads the package once, makes the pages, and checks the links
``record``     is the package with the address of every row
``page``       is what a page is, and a part of a written page
``html``       renders the templates in ``templates/``, which escape the values they are given
``pages/``     prepares what the templates show; each module says which pages it makes
``charts/``    draws the charts

A module has up to three functions, which the plugin calls:

``pages(record)``   yields ``Page``s
``assets(record)``  gives files by path, for scripts and downloads
``parts(record)``   gives parts by name, for written pages: ``<!-- part: NAME -->`` on a line of its own

An address begins with ``@/``, the root of the site; the plugin makes it relative to the page that it stands on.
"""
