"""A long text that comes to its question at the very end: the end alone, where the whole found nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.attributes import Attributes
from assistant.ask.query import Query

LONG, SHORTEST = 60, 14
"""How long a text must be to ramble, and how much of its end is taken at least."""
_CLAUSE = re.compile(r"[。！!？?、，,\n]+")
_ASKS = re.compile(r"何|なん(?!です|だ|か|で|と|ぼ)|いくら|なんぼ|いくつ|いつ|どこ|どれ|どの|どう|だれ|誰|教えて|か[。？?]*$|っけ|[？?]")


def asked_at_end(query: Query, attributes: Attributes) -> Query | None:
    """The question as if it said only its end, what names it being known; None if the text is short or has no such end.

    Args:
        query: The question that found nothing.
        attributes: Finds what the end asks for.
    """
    text = query.text
    starts = [0, *(m.end() for m in _CLAUSE.finditer(text) if m.end() < len(text))]
    asking = next((s for s in reversed(starts) if _ASKS.search(text[s:])), 0)
    start = next((s for s in reversed(starts) if s <= asking and len(text) - s >= SHORTEST), 0)
    if len(text) < LONG or not start:
        return None
    end = " " * start + text[start:]
    return replace(query, text=end, attributes=attributes.find(end, query.mentions))
