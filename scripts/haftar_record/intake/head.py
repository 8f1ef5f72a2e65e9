"""Propose the headline of an article and say whom the page credits, each with the reason.

A proposal quotes the article. Where the lines of a page do not show which of them is the headline, the proposal has no
words and the coder decides; nothing is guessed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.spans import Span
from . import byline, dateline, furniture
from .dateline import Dateline
from .dating import is_date_line, printed_days
from .page import Line, Page
from .proposals import Proposal, shortened
from .wording import AGENCIES

_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=lambda name: (-len(name), name)))

_SITE = re.compile(r"[ ](?:\||–|—|-|::|»|«|·|•)[ ](?P<site>[^|–—»«·•]{2,60})$")
#: A caption says at its start that it is one, or names at its end who made the picture.
_CAPTION = re.compile(
    r"(?:file |archive )?(?:photo(?:graph)?|image|picture|caption|pictured|video)\b"
    r"(?: (?:source|caption|credit))?\s*[:,–—-]|"
    rf".{{10,}}[.?!)”\"’] ?(?:{_AGENCY}|getty images|epa)/[^.!?/]{{2,40}}\.?$|"
    rf".{{10,}}(?:[(\[/—–|]|- )[ ]?(?:photo[ :]|image[ :]|by )?(?:{_AGENCY}|getty(?: images)?|epa|file photo|handout)"
    rf"(?:[ /-](?:pic|photo|file|pool|{_AGENCY}|getty images))*[)\]]?\.?$",
    re.IGNORECASE,
)


def head_lines(page: Page) -> list[Line]:
    """The lines above the text: those before the first line of prose or with a dateline."""
    for number, line in enumerate(page.lines):
        if furniture.why(line.words) or (number == 0 and _is_headline(page)):
            continue
        if line.is_prose or (number and dateline.opens(line)):
            return page.lines[:number]
    return page.lines


#: Words of a headline at most, and the share of its longer words that have a capital in a headline in title case.
_LONGEST_HEADLINE, _CAPITALS = 25, 0.75


def _is_headline(page: Page) -> bool:
    """Whether the first line is a headline though it ends like a sentence: it has capitals as titles have, or a
    dateline opens the line below it."""
    line = page.lines[0]
    if line.weight > _LONGEST_HEADLINE or len(page.lines) < 2:
        return False
    longer = re.findall(r"[^\W\d_]{4,}", line.words)
    has_capitals = sum(word[0].isupper() for word in longer) >= max(3, len(longer) * _CAPITALS)
    return has_capitals or dateline.opens(page.lines[1])


def title(page: Page) -> Proposal:
    """The headline: the first line above the text that is no label, byline, date, caption or furniture."""
    if len(page.lines) == 1:
        return Proposal(None, "The text has one line, and none above it.")
    above = head_lines(page)
    lines = [line for line in above if _may_be_title(line)]
    for number, line in enumerate(lines):
        if line.weight <= 2 and any(_outweighs(other, line) for other in lines[number + 1 :]):
            continue  # “Libya”, “World News”: the label of a section
        if line.weight == 1:
            break
        is_first = line is page.lines[0]
        if is_first and _is_headline(page):
            because = (
                "A dateline opens the line below it."
                if dateline.opens(page.lines[1])
                else "It has capitals as titles have."
            )
            return Proposal(line.span, because, _suffix(line, page))
        if line.ends_sentence and line.words.rstrip("\"'’”» ").endswith((".", "。")) and not _stands_out(line, above):
            because = f"{shortened(line.words)} may be the headline, or the first sentence: then remove the key."
            return Proposal(None, because, is_open=True)
        label = _NAMED.match(line.words)
        span = Span(line.span.start + label.end(), line.span.end) if label else line.span
        said = [_suffix(line, page), _rival(line, above)]
        because = "A line above the text that does not end like a sentence."
        return Proposal(span, because, " ".join(filter(None, said)))
    if page.label and not lines:
        return Proposal(None, "The text begins right behind the stray label; no line above it is a headline.")
    return Proposal(None, "The text begins with its first sentence: no line above it is a headline.")


#: What a release says that it is, above its headline or in its place.
_KIND = re.compile(
    r"[\W_]*(?:for immediate release|(?:press|media|news)[ ](?:release|statement|note|briefing|advisory)|readout"
    r"|transcript|remarks|statement|communiqué(?: de presse)?|pressemitteilung|comunicado(?: de prensa)?|بيان(?: صحفي)?"
    r"|office of the [\w ]{3,40})[\W_]*",
    re.IGNORECASE,
)
#: What a file names itself by, before the headline.
_NAMED = re.compile(r"(?:title|headline|titre|titel|titular|العنوان)[ ]?[:：][ ]?", re.IGNORECASE)


def _may_be_title(line: Line) -> bool:
    words = line.words
    if line.weight > 40 or len(words) > 300 or not re.search(r"[^\W\d_]", words):
        return False
    is_other = byline.is_surely_one(words) or _tells_date(words) or _CAPTION.match(words) or _KIND.fullmatch(words)
    return not (is_other or _CONTACT.match(words) or furniture.why(words))


def _outweighs(line: Line, label: Line) -> bool:
    """Whether a line may be the headline rather than a word or two above it. A name with a place is so for one word
    alone: behind two words, which may be a headline, it is the byline."""
    may_be = label.weight == 1 or not byline.is_one(line.words)
    return line.weight > 2 and not line.ends_sentence and may_be


#: Whom a release names for questions, above its headline.
_CONTACT = re.compile(
    r"(?:(?:media|press)[ ])?(?:contacts?|enquiries|inquiries|kontakt|contacto)[ ]?(?:person|presse)?[ ]?[:：]"
    r"|.*\S@\w+\.\w",
    re.IGNORECASE,
)


def _stands_out(line: Line, above: list[Line]) -> bool:
    """Whether a byline or a date follows a line, as it does a headline."""
    following = above[above.index(line) + 1 :][:2]
    return any(byline.is_one(other.words) or _tells_date(other.words) for other in following)


def _rival(title: Line, above: list[Line]) -> str:
    """What to say of a further line that a byline or the date follows: the one before may be the name of the site."""
    for line, following in zip(above, above[1:], strict=False):
        is_next = byline.is_one(following.words) or _tells_date(following.words)
        if is_next and line.span.start > title.span.start and line.weight > 2 and _may_be_title(line):
            return f"{shortened(line.words)} stands right above the byline or the date: it may be the headline instead."
    return ""


def _tells_date(words: str) -> bool:
    """Whether a line is that of the date, which may name who posted the text as well."""
    return is_date_line(words) or (bool(printed_days(words)) and byline.posted(words) is not None)


def _suffix(line: Line, page: Page) -> str:
    """What to say of a site or section that a headline names at its end."""
    match = _SITE.search(line.words)
    if not match or not match["site"][:1].isupper() or printed_days(match["site"]):
        return ""
    if len(match["site"].split()) > 6 or len(line.words[: match.start()].split()) < 3:
        return ""
    return f"{shortened(match['site'])} at its end may be the publisher, a section or a topic; a title keeps it."


_CREDIT = re.compile(
    rf"(?:^|[ ])[—–-]+[ ]?(?P<dash>{_AGENCY})\.?$"
    r"|^[(\[]?(?:source|sources|via|quelle|fuente|المصدر)[ ]?[:：][ ]?(?P<source>.{2,60})$"
    rf"|^[(\[](?P<bare>{_AGENCY})[)\]]\.?$|^(?P<line>{_AGENCY})$"
    r"|^(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:[0-9]{4}(?:[-–][0-9]{2,4})?)?,?\s*(?:by\s)?(?P<owner>[^.,\n]{2,60})",
    re.IGNORECASE,
)


#: Words of a notice of rights that names nobody.
_RIGHTS = re.compile(r"\b(?:riproduzione|rights|droits|rechte|derechos|diritti|hakkı|права|حقوق)", re.IGNORECASE)


def credits(page: Page, found: Dateline | None) -> Iterator[tuple[Span, str]]:
    """Whoever the page credits with the text, as passages with what kind of credit they are; the dateline first."""
    if found and found.agency:
        yield found.span, f"the dateline names {shortened(found.agency)}"
    for line in page.lines:
        words = line.words if len(line.words) <= 200 else line.words[-60:]
        if match := _CREDIT.search(words):
            name = next(value for value in match.groups() if value).strip(" .")
            what = "a line of copyright" if match["owner"] else "a credit"
            if not name.isdigit() and not _RIGHTS.search(name):
                yield line.span, f"{what} names {shortened(name)}"
