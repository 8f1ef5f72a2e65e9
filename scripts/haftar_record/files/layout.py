"""Where everything lies in a project and in a package, and which paths stay inside.

All paths are relative to the project's root, with “/” between their parts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

#: What people edit: the articles as received, the coding sheets, and the registers that all sheets share.
SEEDS = "seeds"
ARTICLES, CODING = f"{SEEDS}/articles", f"{SEEDS}/coding"
SHEETS = f"{CODING}/articles"
#: The JSON Schemas by which editors complete and check what stands there.
EDITOR_SCHEMAS = f"{CODING}/schemas"
#: Further readings of the articles, a folder each, which nobody edits; and the figures of how far they agree.
READINGS = f"{SEEDS}/readings"
FIGURES = f"{READINGS}/agreement.yaml"

#: What a build writes.
DATA, SCHEMAS, DESCRIPTOR, CITATION = "datapackage", "schemas", "datapackage.json", "CITATION.cff"
#: CSV on the Web wants its description beside the CSV files; only exports have it.
CSVW = f"{DATA}/csv-metadata.json"
#: The descriptor in the words of Data Package v1, and what describes a release to Zenodo, search engines and loaders.
PLAIN_DESCRIPTOR, ZENODO, JSON_LD, CROISSANT = (
    "datapackage-v1.json",
    ".zenodo.json",
    "dataset.jsonld",
    "croissant.json",
)
#: What a release takes from the project beside the package.
TEXTS = ("CHANGELOG.md", "LICENSE", "LICENSE-DATA.md")
#: Tells git to leave the bytes of a release as they are.
ATTRIBUTES = ".gitattributes"
#: What a person may write in a folder of generated files.
README = "README.md"
#: The hashes of the files of a release, or of a folder of exports.
SUMS = "SHA256SUMS"

#: The bytes of files by path.
Files = dict[str, bytes]


def register_path(name: str) -> str:
    """The file of a register: ``seeds/coding/actors.yaml`` for ``actors``."""
    return f"{CODING}/{name}.yaml"


def register_folder(name: str) -> str:
    """The folder of further files of a register: ``seeds/coding/actors`` for ``actors``. There need not be one."""
    return f"{CODING}/{name}"


def data_path(table: str) -> str:
    """The CSV file of a table: ``datapackage/events.csv`` for ``events``."""
    return f"{DATA}/{table}.csv"


def schema_path(table: str) -> str:
    """The Table Schema of a table: ``schemas/events.json`` for ``events``."""
    return f"{SCHEMAS}/{table}.json"


#: What macOS, Windows, Linux desktops, network storage, office programs, editors and git leave beside files, in small
#: letters. Another file that is hidden is no litter: it may be there on purpose, and is reported.
_LITTER = re.compile(
    r"""
      \.ds_store | \._.* | __macosx | icon\r | \.apple(?:double|desktop|db) | \.apdisk | \.localized | \.lsoverride
    | \.spotlight-v100 | \.trashes | \.fseventsd | \.temporaryitems | \.documentrevisions-v100 | \.volumeicon\.icns
    | (?:eh)?thumbs(?:_vista)?\.db(?::encryptable)? | desktop\.ini | \$recycle\.bin | system\ volume\ information
    | \.directory | \.trash-[0-9]+ | \.fuse_hidden[0-9a-f]+ | \.nfs[0-9a-f]+ | \.goutputstream-[a-z0-9]+
    | @eadir | \#recycle | \.dropbox(?:\.attr|\.cache)? | \.syncthing\..*\.tmp | \.stfolder
    | ~\$.* | ~wr[a-z][0-9]{4}\.tmp | \.~lock\..*\#
    | .+~ | \#.+\# | \.\#.* | .*\.sw[n-p] | \.netrwhist
    | \.git | \.gitkeep | \.gitignore | \.editorconfig
    | \.idea | \.vscode | \.ipynb_checkpoints | __pycache__ | \.mypy_cache | \.ruff_cache | \.pytest_cache
    """,
    re.VERBOSE | re.DOTALL,
)


def is_litter(name: str) -> bool:
    """Whether a file or folder has a name that systems and programs give to what they leave behind, by their own rules
    and unasked: it is no part of anything, and no mistake.

    >>> [is_litter(name) for name in (".DS_Store", "~$events.csv", ".~lock.events.csv#", "events.csv~", "__MACOSX")]
    [True, True, True, True, True]
    >>> [is_litter(name) for name in ("events.csv", ".events.csv", ".zenodo.json", "events (1).csv")]
    [False, False, False, False]
    """
    return _LITTER.fullmatch(name.lower()) is not None


def has_litter(path: str) -> bool:
    """Whether a path is that of litter, or of something in a folder that is."""
    return any(map(is_litter, path.split("/")))


def is_inside(path: Any) -> bool:
    """Whether a path stays inside the package (Data Package v2, security of paths).

    It is relative, without “..” and without any mark that some system or tool reads as the start of elsewhere: a drive
    or address (“:”), a home folder (“~” at the start), a backslash, NUL.

    >>> [is_inside(path) for path in ("datapackage/events.csv", "../events.csv", "/etc/passwd", "C:/events.csv", "")]
    [True, False, False, False, False]
    """
    if not isinstance(path, str) or not path or any(mark in path for mark in "\\:\0"):
        return False
    return not path.startswith(("/", "~")) and ".." not in path.split("/")


def folded(name: str) -> str:
    """A name or path as a system takes it that does not tell capital letters, or two ways to write a letter, apart.

    >>> folded("\u00c9.csv") == folded("e\u0301.CSV"), folded("e.csv") == folded("\u00e9.csv")
    (True, False)
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
