"""The command ``new``: what it takes in, where it puts it, what it refuses, and what the next build then asks for."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from haftar_record.coding.sheets import ActorShape, PlaceShape
from haftar_record.intake import place, receive, sheet

from ..conftest import ROOT
from .snippets import blocks

TEXT = """\
Haftar names delegates for talks, spokesman says

By Jane Doe

TRIPOLI, Libya (Reuters) - Khalifa Haftar has named three delegates for talks on the elections, a spokesman of the Libyan National Army said on Friday.

“We support the roadmap,” the spokesman said. The UN was told.

12 March 2022
Subscribe to our newsletter.
"""
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()
NAME = f"{SHA256[:16]}"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    path = folder / "pulse.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def listing(project: Path) -> dict[str, bytes]:
    """All files below ``seeds``, with their bytes."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in (project / "seeds").rglob("*")
        if path.is_file()
    }


def added(project: Path, before: dict[str, bytes]) -> list[str]:
    """The files that are new; none may be gone or changed."""
    after = listing(project)
    assert {path: after.get(path) for path in before} == before
    return sorted(set(after) - set(before))


def next_number(project: Path) -> int:
    return max(int(path.name.split("_")[0]) for path in (project / "seeds/articles").glob("*.txt")) + 1


def test_an_article_is_taken_in(project, run, text):
    """Catches a wrong name or place, bytes that differ, a file that is left behind, and a sheet that is no YAML."""
    before, number = listing(project), f"{next_number(project):03d}"
    result = run(project, "new", str(text))
    assert result.returncode == 0, result.stderr
    article, sheet_ = f"seeds/articles/{number}_{NAME}.txt", f"seeds/coding/articles/{number}_{NAME}.yaml"
    assert added(project, before) == [article, sheet_]
    assert (project / article).read_bytes() == TEXT.encode()
    content = yaml.safe_load((project / sheet_).read_text("utf-8"))
    assert (content["article"], content["sha256"]) == (f"{number}_{NAME}.txt", SHA256)
    assert content["facts"]["title"] == "Haftar names delegates for talks, spokesman says"
    assert content["facts"]["byline"] == "By Jane Doe" and content["facts"]["dateline"] == "TRIPOLI, Libya (Reuters)"
    assert content["facts"]["published"]["date"] == "2022-03-12" and content["facts"]["language"] == "en"
    # PyYAML reads YAML 1.1, in which a plain “on” is true.
    assert set(content["coding"]) == {"by", "readings", "on", "rules", "status"}
    assert content["coding"]["status"] == "begun"
    assert stat.S_IMODE((project / article).stat().st_mode) == stat.S_IMODE((project / sheet_).stat().st_mode)


def test_standard_input_from_another_folder(project, run, tmp_path):
    """Catches a command that works in the project's folder alone, and standard input read in the locale's encoding."""
    before = listing(project)
    result = subprocess.run(
        [sys.executable, "-m", "haftar_record", "--root", str(project), "new", "-", "--number", "1204", "--format", "json"],
        input=TEXT.encode(), capture_output=True, cwd=tmp_path, check=True, env=os.environ | {"LC_ALL": "C"},
    )  # fmt: skip
    told = json.loads(result.stdout)
    assert told["article"] == f"seeds/articles/1204_{NAME}.txt" and told["written"] and told["sha256"] == SHA256
    assert "by" in told["open"] and added(project, before) == [told["article"], told["sheet"]]


def test_a_dry_run(project, run, text):
    """Catches a dry run that writes, and one that shows another sheet than is written."""
    before = listing(project)
    shown = run(project, "new", str(text), "--dry-run")
    assert shown.returncode == 0 and added(project, before) == []
    run(project, "new", str(text))
    assert (project / added(project, before)[1]).read_text("utf-8") == shown.stdout


def test_the_same_text_again(project, run, text, tmp_path):
    """Catches a text that is taken in twice, also with other line ends, and one of the record itself."""
    run(project, "new", str(text))
    before = listing(project)
    other = tmp_path / "desk" / "again.txt"
    other.write_bytes(TEXT.replace("\n", "\r\n").encode())
    known = next((project / "seeds/articles").glob("000_*.txt"))
    for path, named in ((text, NAME), (other, NAME), (known, known.name)):
        result = run(project, "new", str(path))
        assert result.returncode == 1 and "[duplicate]" in result.stderr and named in result.stderr
    assert added(project, before) == []


def test_an_article_without_a_sheet_gets_one(project, run, text):
    """Catches a run that was cut between article and sheet and can never be finished."""
    name = f"{next_number(project):03d}_{NAME}"
    (project / f"seeds/articles/{name}.txt").write_bytes(TEXT.encode())
    before = listing(project)
    advice = run(project, "build").stderr
    assert f"run “haftar-record new seeds/articles/{name}.txt”" in advice
    assert run(project, "new", f"seeds/articles/{name}.txt", cwd=project).returncode == 0
    assert added(project, before) == [f"seeds/coding/articles/{name}.yaml"]


WRONG = [
    (["new"], 2, "required: FILE"),
    (["new", "{desk}"], 2, "is a folder"),
    (["new", "{desk}/none.txt"], 2, "no such file"),
    (["new", "{desk}/pulse.txt/x"], 2, "no such file"),
    (["new", "/dev/null"], 2, "a pipe, socket or device"),
    (["new", "{text}", "--number", "3"], 2, "the number 3 is that of 003_"),
    (["new", "{text}", "--number", "x"], 2, "not a whole number"),
    (["new", "{text}", "--number", "-1"], 2, "not a whole number"),
    (["new", "{text}", "--encoding", "cp1252"], 1, "leave --encoding out"),
    (["new", "{text}", "--encoding", "nonsense"], 1, "correct --encoding"),
    (["new", "{desk}/cp1252 text.txt"], 1, "windows-1252: Haftar’s"),
    (["new", "{desk}/page.html"], 1, "a web page (HTML)"),
    (["new", "{desk}/empty.txt"], 1, "an empty file"),
]


@pytest.mark.parametrize("arguments, code, said", WRONG)
def test_what_is_refused(project, run, text, arguments, code, said):
    """Catches a traceback, a wrong exit code, and anything written in spite of a refusal."""
    desk = text.parent
    (desk / "cp1252 text.txt").write_bytes("Haftar’s men".encode("cp1252"))
    (desk / "page.html").write_text("<!doctype html><title>Talks</title>")
    (desk / "empty.txt").touch()
    before = listing(project)
    result = run(project, *(part.format(desk=desk, text=text) for part in arguments))
    assert result.returncode == code, result.stderr
    assert said in result.stderr and "Traceback" not in result.stderr
    assert added(project, before) == []


def test_a_text_that_was_garbled_before(project, run, text):
    """Catches letters of a wrong encoding that nobody is told of, and a text that is refused for them."""
    text.write_text(TEXT.replace("“", "â€œ"), encoding="utf-8")
    result = run(project, "new", str(text))
    assert result.returncode == 0 and ": warning [article]" in result.stderr
    assert "“â€œ”, which is" in result.stderr


def test_a_name_in_a_further_file_of_a_register(project, run, text):
    """Catches names that stand beside the register, in the folder of its name, and are not recognised."""
    folder = project / "seeds/coding/actors"
    folder.mkdir(exist_ok=True)
    entry = '- {id: act-spokesman-x, name: "The spokesman", type: person, country: LBY, sector: REB, description: "Invented.", aliases: {the spokesman: role}}\n'
    (folder / "9998_0123456789abcdef.yaml").write_text(entry, encoding="utf-8")
    assert "names: the spokesman = act-spokesman-x" in run(project, "new", str(text), "--dry-run").stdout


def test_standard_input_that_is_closed(project):
    """Catches a traceback where there is nothing to read from."""
    line = f"'{sys.executable}' -m haftar_record --root '{project}' new - <&-"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert result.returncode in (1, 2) and "Traceback" not in result.stderr and result.stderr


def test_advice_works(project, run, text):
    """Catches advice that whoever follows it cannot follow: the command with the encoding takes the file in."""
    path = text.parent / "it's Haftar’s.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    first = run(project, "new", str(path))
    assert first.returncode == 1
    advised = first.stderr.split("“haftar-record ")[1].split("”, if" if "”, if" in first.stderr else " --encoding")[0]
    line = f"'{sys.executable}' -m haftar_record --root '{project}' {advised} --encoding windows-1252"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    sheet_ = next((project / "seeds/coding/articles").glob(f"*_{NAME}.yaml"))
    received = yaml.safe_load(sheet_.read_text("utf-8"))["received"]
    assert received == {"sha256": hashlib.sha256(TEXT.encode("cp1252")).hexdigest(), "encoding": "cp1252"}
    assert (project / f"seeds/articles/{sheet_.stem}.txt").read_bytes() == TEXT.encode()


def test_nothing_half_is_left(project, text, monkeypatch):
    """Catches an article without its sheet after a failure, and a file of somebody else that is removed with it."""
    from haftar_record.files import folder

    kept = receive.keep(TEXT.encode(), "pulse.txt")
    before = listing(project)
    for error in (OSError(28, "No space left on device"), KeyboardInterrupt()):
        with folder.opened(project) as top, monkeypatch.context() as patch:
            whole = folder.Folder.name_anew

            def fails(self, name, new, whole=whole, error=error):
                if new.endswith(".yaml"):
                    raise error
                whole(self, name, new)

            patch.setattr(folder.Folder, "name_anew", fails)
            with pytest.raises(type(error)):
                place.add(top, kept.named(5), kept.data, f"{Path(kept.named(5)).stem}.yaml", "sheet")
        assert added(project, before) == []
    taken = project / "seeds/coding/articles" / f"{Path(kept.named(5)).stem}.yaml"
    taken.write_text("mine")
    with folder.opened(project) as top, pytest.raises(FileExistsError):
        place.add(top, kept.named(5), kept.data, taken.name, "sheet")
    assert taken.read_text() == "mine" and not (project / "seeds/articles" / kept.named(5)).exists()


def test_a_killed_run_is_finished(project, text):
    """Catches the beginning of a file that a killed run left, and that stops every later run."""
    from haftar_record.files import folder

    kept = receive.keep(TEXT.encode(), "pulse.txt")
    name = kept.named(5)
    (project / f"seeds/articles/.{name}~").write_bytes(kept.data[:20])
    with folder.opened(project) as top:
        place.add(top, name, kept.data, f"{Path(name).stem}.yaml", "sheet")
    assert (project / "seeds/articles" / name).read_bytes() == kept.data
    assert not (project / f"seeds/articles/.{name}~").exists()


def answered(project: Path, number: str) -> Path:
    """The sheet with an answer in the place of each “?”."""
    path = project / f"seeds/coding/articles/{number}_{NAME}.yaml"
    lines = path.read_text("utf-8")
    for question, answer in (
        ('by: "?"', "by: person"),
        ('{source: "?", basis: "?"}', "{source: src-practice-paper, basis: inferred}"),
        ('origin: "?"', "origin: src-practice-paper"),
        ('text_kind: "?"', "text_kind: original"),
        ('text_kind_because: "?"', 'text_kind_because: "Written for a test."'),
        ('rights: "?"', 'rights: "Invented for a test; free to use."'),
        ('{words: "UN", means: "?"}', '{words: "UN", means: act-un}'),
        ('{words: "Libya", means: "?"}', '{words: "Libya", means: plc-libya}'),
    ):
        assert lines.count(question) == 1, question
        lines = lines.replace(question, answer)
    assert '"?"' not in "".join(line for line in lines.splitlines(True) if not line.lstrip().startswith("#"))
    path.write_text(lines, encoding="utf-8")
    return path


UNITS = """
statements:
  - id: "01"
    in: "the spokesman said"
    speaker: act-lna
    speaker_text: "the spokesman"
    form: direct
    cue: "said"
    content: "“We support the roadmap,”"
    summary: "A spokesman of the LNA says that it supports the roadmap."
    verbatim: unknown
    act: support
    plover: SUPPORT
    topic: top-roadmap-elections
    stance: support
    epistemic: EpistemicTrueCertain

reports:
  - id: "01"
    event: evt-delegates-named-2022
    attribution: anonymous
    source: src-lna-spokesman-2022
    evidence: "Khalifa Haftar has named three delegates for talks on the elections"
    who: {actor: {act-haftar: "Khalifa Haftar"}}
    date: {words: "on Friday"}

quantities:
  - {id: "01", printed: "three", unit: person, min: 3, max: 3, counts: "Delegates", event: evt-delegates-named-2022, evidence: "three delegates"}
"""
SOURCES = """
- {id: src-practice-paper, name: "Practice Paper", type: outlet, named: "false", country: not-stated, party: unknown, description: "Invented for a test."}
- {id: src-lna-spokesman-2022, name: "Spokesman of the LNA, March 2022", type: unnamed_person, named: "false", actor: act-lna, country: LBY, party: "yes", description: "Said on Friday."}
"""
EVENTS = """
- {id: evt-delegates-named-2022, title: "Reported naming of delegates for talks on the elections", type: AGREE, contexts: [election], realis: asserted_only, date: {edtf: "2022-03-11"}, because: "Only the LNA says so."}
"""


def test_from_the_command_to_the_build(project, run, text):
    """Catches a begun sheet after which a build asks for anything but what is open, or that can never be finished."""
    number = f"{next_number(project):03d}"
    run(project, "new", str(text))
    first = run(project, "build")
    assert first.returncode == 1
    kinds = {line.split("[")[1].rstrip("]") for line in first.stderr.splitlines() if ": error [" in line}
    assert kinds == {"open-value"} and first.stderr.count("error [") == 9
    assert f"seeds/coding/articles/{number}_{NAME}.yaml" in first.stderr

    with (project / "seeds/coding/sources.yaml").open("a", encoding="utf-8") as file:
        file.write(SOURCES)
    path = answered(project, number)
    second = run(project, "build")
    errors = [line for line in second.stderr.splitlines() if ": error [" in line]
    assert [line.split("[")[1] for line in errors] == ["quoted-passage]", "sentence]"], second.stderr
    assert "nothing coded in 2 of 7 sentences" in second.stderr

    with (project / "seeds/coding/events.yaml").open("a", encoding="utf-8") as file:
        file.write(EVENTS)
    lines = path.read_text("utf-8") + UNITS
    lines = lines.replace(
        "sentences:\n  - {",
        'sentences:\n  - {quote: "The UN was told.", disposition: background, because: "By whom is not told."}\n  - {',
        1,
    )
    path.write_text(lines, encoding="utf-8")
    third = run(project, "build")
    assert third.returncode == 0, third.stderr
    documents = (project / "datapackage/documents.csv").read_text("utf-8")
    assert f"doc-{NAME[:8]}" in documents and "begun" in documents


KNOWN = sheet.Known(
    [
        ActorShape(id="act-haftar", name="Khalifa Haftar", type="person", description="A commander.", aliases={"Khalifa Haftar": "name", "Haftar": "name"}),
        ActorShape(id="act-libya", name="Libya", type="state", description="The state.", aliases={"Libya": "name"}),
        PlaceShape(id="plc-libya", name="Libya", type="country", where_prec="6", description="The country.", aliases={"Libya": "name"}),
    ],
    [],
    "0.3.0",
)  # fmt: skip
PAGE = ROOT / "docs/new-article.md"


def test_the_page_shows_the_sheet_word_for_word():
    """Catches any change of what a begun sheet says that the page does not show."""
    shown = {block.title: block.text for block in blocks(PAGE.read_text("utf-8")) if block.title}
    assert shown.pop("pulse.txt") == TEXT
    kept = receive.keep(TEXT.encode(), "pulse.txt")
    draft = sheet.begin(kept, kept.article(kept.named(5)), "pulse.txt", KNOWN, date(2026, 11, 29))
    assert shown == {f"seeds/coding/articles/{Path(kept.named(5)).stem}.yaml": draft.text}
