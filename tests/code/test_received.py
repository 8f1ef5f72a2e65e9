"""An article in other bytes: the whole way from the file to the package, and what the sheet says was received."""

from __future__ import annotations

import csv
import hashlib

import pytest

ARTICLE, SHEET = "seeds/articles/004_3eb302bd82f84695.txt", "seeds/coding/articles/004_3eb302bd82f84695.yaml"
OTHER = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "old line ends and a byte order mark": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r").encode(),
    "UTF-16": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "UTF-32, most significant byte first": lambda text: b"\0\0\xfe\xff" + text.encode("utf-32-be"),
    "separators of Unicode": lambda text: text.replace("\n\n", "\u2029\x85").replace("\n", "\u2028").encode(),
    "tabs for blanks": lambda text: text.replace(", ", ",\t").replace(". ", ".\f").encode(),
}


def put(project, data: bytes, received: str = "") -> str:
    """Exchange the article for other bytes, and say so in its sheet; the text that it was."""
    article, sheet = project / ARTICLE, project / SHEET
    old, text = hashlib.sha256(article.read_bytes()).hexdigest(), article.read_text(encoding="utf-8")
    article.write_bytes(data)
    said = sheet.read_text(encoding="utf-8").replace(old, hashlib.sha256(data).hexdigest() + received)
    sheet.write_text(said, encoding="utf-8")
    return text


def table(project, name: str) -> list[dict[str, str]]:
    with (project / f"datapackage/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without(rows: list[dict[str, str]], *names: str) -> list[dict[str, str]]:
    return [{name: cell for name, cell in row.items() if name not in names} for row in rows]


@pytest.mark.parametrize("form", OTHER)
def test_other_bytes_of_one_text(project, run, form):
    """Offsets, words and numbers are those of the text, whatever the bytes: no table but that of the articles changes."""
    assert run(project, "build").returncode == 0
    text = (project / ARTICLE).read_text(encoding="utf-8")
    names = ("evidence", "mentions", "sentences", "quotations", "statements")
    before = {name: table(project, name) for name in names}
    documents = table(project, "documents")
    data = OTHER[form](text)
    put(project, data)
    made = run(project, "build")
    assert made.returncode == 0, made.stderr
    assert "article-was-read-in-its-encoding" not in made.stderr
    assert {name: table(project, name) for name in names} == {name: before[name] for name in names}
    own = ("text_sha256", "text_encoding")
    assert without(table(project, "documents"), *own) == without(documents, *own)
    row = next(row for row in table(project, "documents") if row["seed_path"] == ARTICLE)
    assert row["text_sha256"] == hashlib.sha256(data).hexdigest()
    assert row["counted_sha256"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("encoding", "sha256", "found"),
    [
        ("cp1252", "cp1252", ""),
        ("utf-16-le", "utf-16-le", ""),
        ("cp1252", "utf-16-le", "received_sha256"),
        ("ascii", "cp1252", "characters that ascii cannot write"),
        ("ansi", "cp1252", "“ansi”"),
        ("hex", "cp1252", "“hex”"),
    ],
)
def test_what_was_received(project, run, encoding, sha256, found):
    """What the sheet says of the bytes received is proved by the characters of the file."""
    text = (project / ARTICLE).read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode(sha256)).hexdigest()
    put(project, text.encode(), f"\nreceived: {{sha256: {digest}, encoding: {encoding}}}")
    made = run(project, "build")
    assert (made.returncode, found in made.stderr) == (1 if found else 0, True), made.stderr
    if not found:
        row = next(row for row in table(project, "documents") if row["seed_path"] == ARTICLE)
        assert (row["received_sha256"], row["received_encoding"]) == (digest, encoding)


@pytest.mark.parametrize("trace", ["\x92", "â€™", "Ð¥Ð°Ñ„"])
def test_traces_of_a_wrong_encoding_are_asked_about(project, run, trace):
    """Letters that come of reading bytes in the wrong encoding are kept, and asked about."""
    text = (project / ARTICLE).read_text(encoding="utf-8")
    put(project, f"{text.rstrip()}{trace}\n".encode())
    made = run(project, "build")
    assert made.stderr.count(" article-was-read-in-its-encoding]") == 1, made.stderr
