"""Find the words that attribute in running English text: verbs of speech that tell who says something.

Only forms that hardly ever tell anything else are listed, so that a sentence with one that is in no statement is worth
a second look. Inside quotation marks the words are somebody's own, and what stands there is no cue of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .spans import Span

#: Verbs of speech; “~” stands for a blank.
_SAYING = """
    according~to According~to accused accuses accusing acknowledged acknowledges acknowledging added adding~that adds
    affirmed affirming affirms announced announces announcing appealed~for appealed~to appealing~for appealing~to
    appeals~for appeals~to argued argues arguing~that asserted asserting asserts called~for called~on called~upon
    calling~for calling~on calling~upon calls~for calls~on calls~upon call~for call~on call~upon claimed claiming~that
    claims commended commending commends complained~about complained~of complained~that condemned condemning condemns
    confirmed confirming~that confirms considered~that considers~that criticised criticises criticising criticized
    criticizes criticizing declared declares declaring demanded demanding demands denied denies denounced denounces
    denouncing deplored deplores deploring disclosed discloses emphasised emphasises emphasising emphasized emphasizes
    emphasizing explained explaining~that explains hinted~at hinted~that indicated~that indicates~that insisted
    insisting insists lamented lamenting laments lauded lauding lauds made~clear makes~clear making~clear mentioned
    mentions noted notes noting~that pledged pledges pointed~out pointing~out points~out praised praises praising
    promised promises reaffirmed reaffirming reaffirms recalled~that recalls~that reiterated reiterates reiterating
    rejected rejecting rejects replied replies retorted revealed~that reveals~that said saying says spoke~of spoke~out
    stated states stating~that stressed stresses stressing suggested~that suggests~that tells thanked threatened
    threatens told took~note~of underlined underlines underlining underscored underscores underscoring urged urges
    urging voiced voicing vowed vowing vows warned warning~against warning~of warning~that warns welcomed welcomes
    welcoming wrote
    """
#: What tells of speech with certain words after it alone: “renewed its call”, and not “renewed fighting”.
_WITH_OBJECT = (
    r"renew(?:ed|s|ing)(?=~(?:its|his|her|their|the|a)~|\s*[“\"„«])",
    r"hail(?:ed|s|ing)(?!~from)",
    (
        r"express(?:ed|es|ing)~(?:(?:its|his|her|their|the|deep|grave|serious|strong|full|great|an?)~){0,3}(?:alarm|anger|"
        "appreciation|concerns?|condolences|confidence|disappointment|discomfort|dismay|doubts?|fears?|gratitude|hopes?|opposition|"
        "outrage|readiness|regrets?|reservations|satisfaction|solidarity|support|thanks|willingness)"
    ),
)
_CUE = re.compile(
    rf"(?<![\w-])(?:{'|'.join([*_SAYING.split(), *_WITH_OBJECT])})(?![\w-]|~by\b)".replace("~", "[ \u00a0]+")
)
#: What stands before a form that tells nothing of a speaker: a passive, a participle that describes, a noun.
_NO_CUE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|the|a|an|its|his|her|their|of|as|so|by|these|such|these|those|all|no|"
    r"several|both|two|three|many|new|to|not|phone|telephone|video|conference)|[’']s?)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)


def find(text: str, sentence: Span, quoted: Iterable[Span] = ()) -> list[Span]:
    """The cues of a sentence outside of quotation marks, in order. Two of one form that “and” or a comma joins are one.

    >>> text = "The spokesman said it would end, and the minister denied that he had called for it."
    >>> [text[cue.start:cue.end] for cue in find(text, Span(0, len(text)))]
    ['said', 'denied', 'called for']
    """
    marks = list(quoted)
    found: list[Span] = []
    for one in _CUE.finditer(text, sentence.start, sentence.end):
        span = Span(*one.span())
        if any(mark.overlaps(span) for mark in marks) or _NO_CUE.search(text, max(0, span.start - 24), span.start):
            continue
        between = text[found[-1].end : span.start].strip() if found else "-"
        is_same = not one[0].endswith("ing") or text.endswith("ing", 0, found[-1].end) if found else False
        if is_same and between in ("and", ",", ", and", "or"):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found
