"""What may be proposed about an article, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.spans import Span


@dataclass(frozen=True)
class Proposal:
    """What a sheet may say: a passage of the article, or None where only the coder can tell; and the reason."""

    span: Span | None
    because: str
    #: A remark on something beside it, for the coder.
    also: str = ""
    #: Whether there may be one all the same, so that the coder is asked.
    is_open: bool = False


def shortened(words: str, limit: int = 60) -> str:
    """Words for a reason, in quotation marks; a long text is cut."""
    return f"“{words if len(words) <= limit else words[: limit - 1].rstrip() + '…'}”"
