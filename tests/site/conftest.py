"""One build of the site, one server, one browser for all tests of the site."""

from __future__ import annotations

import contextlib
import csv
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: No updates, no reports, no names looked up: whatever is not on this machine cannot be reached.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WIDE, PHONE = {"width": 1300, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture(scope="session", autouse=True)
def _browser_is_there() -> None:
    """Skip the tests of the site where there is no Chromium, or fail them where it is required."""
    if CHROMIUM is None:
        say = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        say("no Chromium on this machine. On Debian or Ubuntu: apt-get install chromium")


@pytest.fixture(scope="session")
def site(_browser_is_there: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built strictly from the project as it stands."""
    folder = tmp_path_factory.mktemp("site")
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(line, cwd=ROOT, env=os.environ | quiet, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="session")
def names(site: Path) -> list[str]:
    """The pages of the site, as paths from its root."""
    found = sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))
    assert found, f"no page in {site}"
    return found


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; the address has a slash at its end."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the site on this machine, with a slash at its end."""
    with serving(site) as found:
        yield found


@pytest.fixture(scope="session")
def browser(_browser_is_there: None) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page with a window of its own, light, wide, with scripts."""
    with browser.new_context(viewport=WIDE, color_scheme="light") as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


@pytest.fixture(scope="session")
def rows(root: Path) -> Callable[[str], list[dict[str, str]]]:
    """The rows of a table as the CSV file has them, read without any code of the project."""

    def read(table: str) -> list[dict[str, str]]:
        with (root / "datapackage" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
