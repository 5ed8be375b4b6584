"""Passages for what is asked and not answered yet: the telling words that nothing gathered so far holds."""

from __future__ import annotations

import re

import numpy as np

from assistant.ask.evidence import Finding, TableFinding
from assistant.ask.gather_prose import allowed_passages, bare_text, search_prose, telling_terms
from assistant.ask.inquiry import Inquiry
from assistant.ask.leading import HALF
from assistant.ask.wanted import holds_wanted, wanted_in
from assistant.search.index import Hit, SearchIndex
from assistant.search.passages import Passage

GAP = 0.3
"""Share of the telling words' weight that must be missing before more is looked for."""
_UNITS = {"rate": ("ratio", "percent"), "cap": ("yen",), "period": ("years", "months", "days", "date")}
"""Units of the figures that answer an attribute."""
_IS_SHARE = re.compile(r"何割|何[%％]|何パーセント")
_LIST = re.compile(r"(?P<things>[^、。？?\n\sと・や]{2,10}(?:(?:と|・|や|、)[^、。？?\n\sと・や]{2,10})+)(?:は|も|って)?[？?]?\s*$")


def fill_gaps(asked: Inquiry, shown: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Passages for the telling words that nothing gathered so far holds, at most two, the fullest first.

    Args:
        asked: The question and the knowledge.
        shown: What the answer says already.
    """
    index = asked.index
    telling = telling_terms(asked, bare_text(asked))
    weight = {t: index.lexical.weight(t) for t in telling}
    left = [t for t in telling if not any(index.lexical.has(t, h.row) for h in shown)]
    if sum(weight[t] for t in left) < GAP * sum(weight.values()):
        listed = _listed(asked.query.text, index)
        left = [t for t in left if t in listed]
    allowed = allowed_passages(asked)
    holders = {t: [index.passages[int(r)] for r in np.flatnonzero(index.lexical.scores([t]))] for t in left}
    left = [t for t in left if any(_is_plain(p) and allowed(p) for p in holders[t])]
    out: list[Hit] = []
    for _ in range(2):
        scores, covered = index.lexical.scores(left), index.lexical.coverages(left)
        rows = [int(r) for r in np.argsort(-scores, kind="stable")[:60] if scores[r] > 0]
        row = next((r for r in rows if covered[r] >= HALF and _is_plain(index.passages[r]) and allowed(index.passages[r])), None)
        if row is None:
            break
        out.append(Hit(index.passages[row], float(scores[row]), index.lexical.coverage(list(telling), row), row))
        left = [t for t in left if not index.lexical.has(t, row)]
        if not left:
            break
    return tuple(out)


def fill_kinds(asked: Inquiry, findings: tuple[Finding, ...], shown: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Passages with a value of the kind that is asked for beside tables and that neither they nor what is shown holds.

    That is a rate, a cap or a time asked for by its name of which there is no table, and a count or a span (何割, 何年) in words:
    at most one passage for each edition in question.

    Args:
        asked: The question and the knowledge.
        findings: What was gathered.
        shown: The passages among it.
    """
    tables = {f.kind for f in findings if isinstance(f, TableFinding)}
    if not tables:
        return ()
    units = {a: u for a, u in _UNITS.items() if asked.query.has(a) and a not in tables}
    lacking = [a for a, u in units.items() if not any(v.unit in u for h in shown for v in h.passage.figures.values())]
    for attribute in lacking:
        hits = [h for h in search_prose(asked, (attribute,)).hits if any(v.unit in units[attribute] for v in h.passage.figures.values())]
        if found := _one_each(asked, hits):
            return found
    wanted = wanted_in(asked.query.text)
    if lacking or not wanted or (tables & {"cap", "rate"} and _IS_SHARE.search(asked.query.text)):
        return ()
    if any(holds_wanted(wanted, h.passage.text) for h in shown):
        return ()
    return _one_each(asked, [h for h in search_prose(asked).hits if h.coverage and holds_wanted(wanted, h.passage.text)])


def _one_each(asked: Inquiry, hits: list[Hit]) -> tuple[Hit, ...]:
    """The first hit of each edition in question."""
    first = (next((h for h in hits if h.passage.edition_id == e), None) for e in dict.fromkeys(p.edition.id for p in asked.route.places))
    return tuple(h for h in first if h is not None)


def _listed(text: str, index: SearchIndex) -> frozenset[str]:
    """The telling words of the things that a question lists as what it asks for (保証料と据置は？); none of a single thing."""
    asked = _LIST.search(text)
    return frozenset(index.terms(asked["things"])) if asked else frozenset()


def _is_plain(passage: Passage) -> bool:
    """Whether a passage is of an edition: no article, nothing general."""
    return passage.edition_id is not None and passage.kind != "article"
