"""Frames set side by side: their tables, and the passage on each of what else the question compares."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.evidence import CompareFinding, CompareRow, Finding, TableFinding
from assistant.ask.gather_prose import bare_text, longest_name
from assistant.ask.gather_tables import TABLES
from assistant.ask.inquiry import Inquiry
from assistant.ask.names import fold
from assistant.ask.route import Place
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, YenCase
from assistant.search.index import Hit, SearchIndex
from assistant.search.passages import Passage

MOST_ROWS, MOST_CASES = 8, 4
"""More frames, or more rows of a table in one cell, are no small table."""
CONDITIONS = ("requirement", "limit", "wage", "period", "other")
"""Kinds of passages that say what is compared beside the tables (least investment, energy saved, interest, time)."""
SPOKEN = 0.3
"""Share of the question's telling words that such a passage must hold where none of its names stands in the question."""
LEAST_NAME = 2


def side_by_side(asked: Inquiry, structured: list[Finding]) -> list[Finding]:
    """The findings with the tables of several frames in one, where the question compares them; else as they are.

    Args:
        asked: The question and the knowledge.
        structured: What was gathered, tables by attribute.
    """
    query = asked.query
    tables = [f for f in structured if isinstance(f, TableFinding)]
    frames = list(dict.fromkeys((f.place.edition.id, f.frame.id) for f in tables))
    if not query.has("compare") or not 1 <= len(frames) <= MOST_ROWS or query.both_ways or query.specials_off:
        return structured
    if len(frames) == 1:
        return _by_case(tables, structured)
    cells = {(f.place.edition.id, f.frame.id, f.kind): f for f in tables}
    if len(cells) < len(tables) or any(len(f.choices) > MOST_CASES or f.part for f in tables):
        return structured
    text = _beside_tables(bare_text(asked), asked.catalogue)
    shown = {c.case.yen for f in tables for c in f.choices if isinstance(c.case, YenCase)}
    rows = []
    for edition, frame in frames:
        own = tuple(f for f in tables if (f.place.edition.id, f.frame.id) == (edition, frame))
        fact = _of_special(asked, own[0].place, own[0].frame) or _condition(text, own[0].place, own[0].frame, asked.index, shown)
        rows.append(CompareRow(own[0].place, own[0].frame, own, fact))
    if len({r.fact.row if r.fact else None for r in rows}) == 1:
        rows = [replace(r, fact=None) for r in rows]  # said of all alike: nothing that tells them apart
    rest = [f for f in structured if not isinstance(f, TableFinding)]
    kinds_asked = [a for a in query.attributes if a in TABLES] if not rest else []
    kinds = tuple(dict.fromkeys((*kinds_asked, *(f.kind for f in tables))))
    return [CompareFinding(kinds, tuple(rows)), *rest]


def _by_case(tables: list[TableFinding], structured: list[Finding]) -> list[Finding]:
    """The tables of one frame with a row for each case, where two or more tables tell the same cases apart."""
    labels = [tuple(c.label or "" for c in f.choices) for f in tables]
    if len(tables) < 2 or len(set(labels)) != 1 or not 2 <= len(labels[0]) <= MOST_ROWS or len({f.kind for f in tables}) < len(tables):
        return structured
    rows = []
    for i, label in enumerate(labels[0]):
        own = tuple(replace(f, choices=(replace(f.choices[i], label=""),), special_rows=()) for f in tables)
        rows.append(CompareRow(own[0].place, own[0].frame, own, case=label or "それ以外"))
    rest = [f for f in structured if not isinstance(f, TableFinding)]
    return [CompareFinding(tuple(f.kind for f in tables), tuple(rows)), *rest]


def _beside_tables(text: str, catalogue: Catalogue) -> str:
    """The question without the words for caps, rates and floors and for comparing: what is left is compared in words."""
    table = catalogue.vocabulary.get("attributes", {})
    told = {str(w) for a in ("cap", "rate", "floor", "amount", "compare") for w in table.get(a, ())}
    return re.sub("|".join(map(re.escape, sorted(told, key=len, reverse=True))), " ", text)


def _of_special(asked: Inquiry, place: Place, frame: Frame) -> Hit | None:
    """What the one special measure of a frame that is named demands, where the question compares what is demanded for it."""
    named = [s for s in frame.specials if s.id in asked.inputs.specials]
    if not asked.query.has("requirement") or len(named) != 1:
        return None
    hits = asked.index.where(lambda p: p.edition_id == place.edition.id and p.kind == "special" and p.topic == named[0].label)
    return next((h for h in hits if h.passage.frames == (frame.id,)), None)


def _condition(text: str, place: Place, frame: Frame, index: SearchIndex, shown: set[int]) -> Hit | None:
    """The passage of one frame that says what else is compared: one with figures that the tables do not show."""
    folded = fold(text).text

    def of_the_frame(p: Passage) -> bool:
        own = p.edition_id == place.edition.id and (not p.frames or p.frames == (frame.id,))
        return own and p.kind in CONDITIONS and any(v.ratio is None and v.yen not in shown for v in p.figures.values())

    hits = index.search(text, of_the_frame, limit=4) if index.terms(text) else []
    return next((h for h in hits if longest_name(h.passage, folded) >= LEAST_NAME or h.coverage >= SPOKEN), None)
