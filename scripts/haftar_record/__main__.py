"""``python -m haftar_record`` is the command ``haftar-record``."""

import sys

from .cli.main import main

if __name__ == "__main__":
    sys.exit(main())
