"""A question for the line that a scheme draws, beside which the user tells a number of his own firm."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OURS = re.compile(
    r"(?:(?<![のそ])うち|当社|弊社|自社|わが社|我が社)(?:の(?:会社|店))?(?:は|が|も|って)?[、\s]*"
    r"(?:まだ|もう|今|いま|現在|直近|だいたい|約)?$"
)
"""Who tells a number of his own and names it not."""
_LINE = re.compile(
    r"[^。、？?0-9０-９]{0,10}?(?:何|いくら|いくつ|なんぼ|どれ|どの(?:くらい|位))[^。？?]{0,12}?"
    r"(?:から|以上|まで|以下|必要|要る|未満|たって|経って|ないと|あれば|なら)"
)
"""What asks, right after the name of a number, for the line that holds of it."""


def asks_line(text: str) -> bool:
    """Whether a text asks from or up to what number something holds."""
    return bool(_LINE.search(text))


def is_ours(text: str, start: int) -> bool:
    """Whether a number is told as the firm's own and without a name (うち9億円).

    Args:
        text: The text.
        start: Where the number starts.
    """
    return bool(_OURS.search(text[:start]))


def asked_of(text: str, names: Iterable[str]) -> bool:
    """Whether the text asks for a line of what one of the names (regular expressions) means (売上いくらから)."""
    return any(_LINE.match(text, m.end()) for name in names for m in re.finditer(name, text))
