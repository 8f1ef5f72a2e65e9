"""``python -m haftar_record`` is the command ``haftar-record``."""

import signal
import sys


def run() -> None:
    """Run the command and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the command is loaded and listens by itself, a request to stop ends it without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli.main import main

    sys.exit(main())


if __name__ == "__main__":
    run()
