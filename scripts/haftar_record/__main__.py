"""``python -m haftar_record`` is the command ``haftar-record``."""

import os
import signal
import sys


def run() -> None:
    """Run the command and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the command is loaded and listens by itself, a request to stop ends it without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from .cli.main import main

    code = main()
    if code > 128:
        # All is said and cleared up. What Python does at its end, libraries that were interrupted may not bear.
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    run()
