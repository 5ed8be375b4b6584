"""What stands under the passage that leads: further passages, without those of a neighbour of the thing that was named."""

from __future__ import annotations

import re

from assistant.ask.names import fold
from assistant.ask.query import Query
from assistant.search.index import Hit
from assistant.search.passages import Passage

MORE = 8
"""Passages beside the one that leads."""
ACROSS = ("compare", "combine", "change", "definition")
"""What is asked of several programmes at once."""
SURE = 0.5
"""Share of the telling words from which the leading passage is plainly what was asked for."""
ROWS = 0.5
"""Share of common pairs of characters from which two passages are rows of one table: one sentence for two things."""
SHORTEST, OF_A_FIRM = 2, 3
"""How long a name must be that tells a row of a table from its neighbours, and one of what a firm of the cases did."""
_SUBJECT = re.compile(r"(.{2,24}?)(?:（|は|の|では|が)")
_EXAMPLE = re.compile(r"[^。、]{0,24}(採択例|活用事例)")
"""How a passage begins that tells one example of a list."""
NEARLY = 0.45
"""Share of the telling words from which such an example is the one asked about."""
_LEGAL_FORM = re.compile(r"(株式|有限|合同|合資)会社")
_FIGURE = re.compile(r"\{[^}]*\}|[0-9.,]+")
_FILLED_IN = re.compile(rf"{_FIGURE.pattern}|「[^」]*」")
"""What differs between two rows of one table: their figures, and the heading that they quote."""


def beneath(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """What stands under the leading passage.

    Where one programme is asked about, what holds of all was not asked. A list of a frame's own rules out the list of the
    whole programme; where a row of a table or a firm of the cases is
    named, the other rows and firms are left out: their figures would only mislead.

    Args:
        query: The question.
        hits: What was found, the one that leads first.
    """
    if not hits:
        return ()
    first, text = hits[0].passage, fold(f"{query.text}\n{query.leans_on}").text
    mine = _names_in(first, text)
    if first.programme and query.named_programmes and hits[0].coverage >= SURE and not query.has(*ACROSS):
        hits = (hits[0], *(h for h in hits[1:] if h.passage.programme))
    rest = [h for h in hits[1:] if not (mine and _is_neighbour(first, h.passage, mine, text))]
    rest = [h for h in rest if not _is_another_case(hits[0], h) and not _takes_back(hits[0], h)][:MORE]
    if first.kind != "catalogue" or not first.frames:
        return tuple(rest)
    return tuple(h for h in rest if h.passage.kind != "catalogue" or h.passage.frames)


def _is_neighbour(first: Passage, other: Passage, mine: frozenset[str], text: str) -> bool:
    """Whether a passage is of another row or firm than the leading one, and nothing that only it has is named."""
    if other.kind != first.kind or other.edition_id != first.edition_id or _names_in(other, text) - mine:
        return False
    if first.kind == "case":
        return subject_of(first) not in other.text
    return first.frames == other.frames and _likeness(first, other, _FIGURE) >= ROWS


def _is_another_case(lead: Hit, hit: Hit) -> bool:
    """Whether a passage tells another case than the one that plainly leads: it holds at most half of the words."""
    examples = lead.passage.kind == hit.passage.kind == "case" and _EXAMPLE.match(lead.passage.text) is not None
    return examples and max(lead.coverage, lead.alike) >= NEARLY and hit.coverage <= lead.coverage / 2


def _takes_back(lead: Hit, hit: Hit) -> bool:
    """Whether a passage of another programme shuts out in general, with fewer of the words, what the leading one pays for."""
    elsewhere = lead.passage.programme != hit.passage.programme
    return elsewhere and lead.passage.verdict == "eligible" and hit.passage.verdict == "excluded" and hit.coverage < lead.coverage


def _names_in(passage: Passage, text: str) -> frozenset[str]:
    """The names of a passage that stand in the folded question."""
    least = OF_A_FIRM if passage.kind == "case" else SHORTEST
    keys = (fold(n).text for n in (passage.topic, *passage.also))
    return frozenset(k for k in keys if len(k) >= least and k in text)


def subject_of(passage: Passage) -> str:
    """What a passage begins with: the firm of a case."""
    found = _SUBJECT.match(_LEGAL_FORM.sub("", passage.text))
    return found[1] if found else passage.text


def are_rows(one: Passage, two: Passage) -> bool:
    """Whether two passages are rows of one table, under one heading or two: one sentence for two things."""
    return _likeness(one, two, _FILLED_IN) >= ROWS


def _likeness(one: Passage, two: Passage, left_out: re.Pattern[str]) -> float:
    """Share of the pairs of characters that two sentences have in common."""
    a, b = ({t[i : i + 2] for i in range(len(t) - 1)} for t in (left_out.sub("#", p.template) for p in (one, two)))
    return len(a & b) / max(1, len(a | b))
