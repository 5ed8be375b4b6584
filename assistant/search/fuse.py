"""Two rankings into one: the words lead, the vectors settle near ties and fill what the words missed."""

from __future__ import annotations

from collections.abc import Sequence

LEXICAL_WEIGHT, DENSE_WEIGHT = 3.0, 1.0
DAMPING = 60
"""Ranks count 1 / (DAMPING + rank), as reciprocal rank fusion has it."""
NEAR = 0.9
"""Hits whose score is at least this share of the first of their group are near ties."""
FOUND_BY_VECTOR = 0.01
"""Score of a passage that only the vectors found: positive, and below every threshold of the lexical scale."""


def fuse(lexical: Sequence[tuple[int, float]], dense: Sequence[int], limit: int) -> list[tuple[int, float]]:
    """One ranking of two.

    Args:
        lexical: Row and score of each hit of the words, best first, scores positive.
        dense: Rows that the vectors found, best first.
        limit: How many to return.

    Returns:
        Row and score, best first. A lexical hit keeps its score and passes only near ties; the others follow with a small score.
    """
    rank = {row: i for i, row in enumerate(dense)}
    ordered: list[tuple[int, float]] = []
    for group in near_ties(lexical):
        first = len(ordered)
        merit = {row: _merit(first + i, rank.get(row)) for i, (row, _) in enumerate(group)}
        ordered += sorted(group, key=lambda h: -merit[h[0]])
    known = {row for row, _ in lexical}
    low = min([FOUND_BY_VECTOR, *(s for _, s in lexical)])
    added = [row for row in dense if row not in known]
    return (ordered + [(row, low / (1 + i)) for i, row in enumerate(added)])[:limit]


def near_ties(hits: Sequence[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    """Hits in order, cut into groups of scores that do not differ enough to tell."""
    groups: list[list[tuple[int, float]]] = []
    for hit in hits:
        if groups and hit[1] >= NEAR * groups[-1][0][1]:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _merit(lexical_rank: int, dense_rank: int | None) -> float:
    merit = LEXICAL_WEIGHT / (DAMPING + 1 + lexical_rank)
    return merit if dense_rank is None else merit + DENSE_WEIGHT / (DAMPING + 1 + dense_rank)
