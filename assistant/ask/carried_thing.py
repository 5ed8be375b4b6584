"""The thing that a conversation is about (a firm of the cases, a row of a list), or the one named in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ask.beneath import are_rows, subject_of
from assistant.ask.query import Query
from assistant.search.index import Hit

CASE, ROW = "case", "catalogue"
"""Kinds of passages that each tell of one firm, or of one row of a list."""
NAMED = 0.5
"""Share of a turn's own words from which a row is the one that the turn names, and of the words of one that was answered."""
_ANOTHER = re.compile(r"(ほか|他|別|もう[1１一]つ)[のにで]?|以外|事例|採択例")
"""What asks for another case than the one talked about."""


def is_of_things(hits: Sequence[Hit]) -> bool:
    """Whether the best of the passages is of a kind that tells of one thing each."""
    return bool(hits) and hits[0].passage.kind in (CASE, ROW)


def of_the_thing(query: Query, hits: tuple[Hit, ...], before: Sequence[Hit], own: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits of a later turn, those of the thing that it is about first, those of other firms left out.

    Args:
        query: The turn.
        hits: What was found for it with the turns that it leans on.
        before: What was found for the turn before it.
        own: What its own words find, best first.
    """
    if not before:
        return hits
    last = before[0]
    if last.passage.kind == ROW and max(last.coverage, last.alike) >= NAMED:
        rows = (h for h in own if h.coverage >= NAMED and h.row != last.row and are_rows(last.passage, h.passage))
        row = next(rows, None)
        return (row, *(h for h in hits if not are_rows(row.passage, h.passage))) if row else hits
    if last.passage.kind != CASE or _ANOTHER.search(query.text) or not _about_a_case(query, subject_of(last.passage)):
        return hits
    cases = [h for h in hits if h.passage.kind == CASE]
    firm = next((s for h in cases if (s := subject_of(h.passage)) in query.text), subject_of(last.passage))
    if not any(firm in h.passage.text for h in cases):
        return hits
    share = {h.row: h.coverage for h in own}
    mine = [h for h in cases if firm in h.passage.text]
    mine.sort(key=lambda h: -share.get(h.row, 0.0))
    return (*mine, *(h for h in hits if h.passage.kind != CASE))


def _about_a_case(query: Query, firm: str) -> bool:
    """Whether a turn before asks about cases, or names the firm of one (the user's own trade is none)."""
    turn = query.before
    while turn is not None and not (turn.has(CASE) or (firm in turn.text and firm != turn.slots.inputs.get("industry_word"))):
        turn = turn.before
    return turn is not None
