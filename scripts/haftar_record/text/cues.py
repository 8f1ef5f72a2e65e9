"""Find the words that attribute in running English text: verbs of speech that tell who says something.

Only forms that hardly ever tell anything else are listed, so that a sentence with more of them than statements is worth
a second look. Inside quotation marks the words are somebody's own, and what stands there is no cue of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .spans import Span

#: Verbs of speech; “~” stands for a blank.
_SAYING = """
    accused accuses accusing acknowledged acknowledges added adds announced announces argued argues asserted
    asserts claimed claims condemned condemns condemning confirmed confirms criticised criticises criticized
    criticizes declared declares demanded demands demanding denied denies denounced denounces denouncing
    emphasised emphasises emphasized emphasizes explained explains insisted insists mentioned mentions noted
    notes pointed~out points~out pledged pledges praised praises praising promised promises reaffirmed reaffirms
    reaffirming reiterated reiterates reiterating rejected rejects replied replies said says stated states
    stressed stresses threatened threatens told tells underlined underlines underlining underscored underscores
    underscoring urged urges urging vowed vows warned warns wrote called~for calls~for calling~for called~on
    calls~on calling~on called~upon calls~upon calling~upon saying~that adding~that stressing~that noting~that
    warning~that claiming~that stating~that arguing~that insisting~that explaining~that confirming~that
    announcing~that emphasising~that emphasizing~that pointing~out according~to
    """
_CUE = re.compile(rf"(?<![\w-])(?:{'|'.join(word.replace('~', r'[  ]+') for word in _SAYING.split())})(?![\w-])")
#: What stands before a form that tells nothing of a speaker: a passive, a participle that describes, a noun.
_NO_CUE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|the|a|an|its|his|her|their|of|as|so|by|these|such|these|those|all|no|"
    r"several|both|two|three|many|new|to|not)|[’']s?)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)


def find(text: str, sentence: Span, quoted: Iterable[Span] = ()) -> list[Span]:
    """The cues of a sentence outside of quotation marks, in order. Two that “and” or a comma joins are one.

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
        if between in ("and", ",", ", and", "or"):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found
