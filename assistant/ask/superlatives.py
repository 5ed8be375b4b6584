"""Which row of a table is the highest or lowest: the passage that says so leads where a question asks for it."""

from __future__ import annotations

import re

from assistant.ask.leading import led_by
from assistant.search.index import Hit

_MOST = (
    r"(?:最も|もっとも|一番|いちばん|最多|最少|ワースト|(?:最高|最低|最大|最小|トップ)(?=だ|で(?:す|し)|な[のん]|の(?:は|設備|枠|型|回|県|もの)|は[？?何ど]|になる))"
)
_ASKS = re.compile(
    rf"{_MOST}[^。、？?]{{0,12}}(?:の|は|って|どれ|どの|どこ|なに|何|枠|型|設備|機械|機器|回|県|プラン|制度|補助金)"
    rf"|(?:どれ|どの|どこ|何)[^。、？?]{{0,12}}が{_MOST}"
)
_SAYS = re.compile(r"最も|一番")
_HIGH, _LOW = re.compile(r"高|多|大き|トップ|最高|最大|最多|ベスト"), re.compile(r"低|少な|小さ|安|ワースト|最低|最小|最少")
_WORD = re.compile(r"[一-龥ァ-ヶー]{2,}")
MUCH = 0.7
"""Share of the words of the first hit that another one must hold."""


def superlative_first(text: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits, the passage in front that says which is the most, or the least, of what a question asks for; else as they are.

    Args:
        text: The question.
        hits: What the search found; one that holds less of the question than the first is about something else.
    """
    if not hits or not _ASKS.search(text):
        return hits
    best = hits[0]
    near = [h for h in hits if best.passage.programme in (None, h.passage.programme) and _tells(h, text)]
    first = max((h for h in near if h.coverage >= MUCH * best.coverage), key=lambda h: (_named(h, text), h.coverage, h.score), default=None)
    return hits if first is None or (best in near and _named(best, text) >= _named(first, text)) else led_by(first, hits)


def _named(hit: Hit, text: str) -> int:
    """How much more of a passage's topic a question writes than it does not: of several tables, the one it asks about."""
    return sum(len(w) if w in text else -len(w) for w in set(_WORD.findall(hit.passage.topic)))


def _tells(hit: Hit, text: str) -> bool:
    """Whether a passage says which is the most of something, on the side that is asked for."""
    said = hit.passage.text
    sides = [side for side in (_HIGH, _LOW) if side.search(text)]
    return bool(_SAYS.search(said)) and any(v.unit not in ("date", "datetime") for v in hit.passage.figures.values()) and (
        not sides or any(side.search(said) for side in sides)
    )
