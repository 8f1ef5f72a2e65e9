"""The workbook and the CSV files through LibreOffice and back: marks, dates and codes come out as they went in."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from .cells import ROOT, TABLES, field_types

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed (Debian: libreoffice-calc)"),
]
#: Comma, quotation mark, UTF-8, from the first line; cells as they are shown, or else numbers get quotation marks.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false"
#: Each to a file of its own.
EVERY_SHEET = ",-1"


def convert(source, folder, *options: str) -> None:
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        *options,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def test_workbook(dist, tmp_path):
    """Each sheet, saved as CSV, is the file that it was made from, byte for byte."""
    convert(dist / "haftar-record.xlsx", tmp_path, "--convert-to", CSV + EVERY_SHEET)
    for table in TABLES:
        found = (tmp_path / f"haftar-record-{table}.csv").read_bytes()
        assert found == (ROOT / "datapackage" / f"{table}.csv").read_bytes(), table


@pytest.mark.parametrize("table", ["statements", "events"])
def test_csv_imported_as_text(table, tmp_path):
    """A table opened as UTF-8 with every column as text, and saved again."""
    as_text = "/".join(f"{number}/2" for number in range(1, len(field_types(table)) + 1))
    source = ROOT / "datapackage" / f"{table}.csv"
    convert(source, tmp_path, f"--infilter=CSV:44,34,76,1,{as_text}", "--convert-to", CSV)
    assert (tmp_path / f"{table}.csv").read_bytes() == source.read_bytes()
