"""The programme that a text describes without naming it: the one whose figures it tells most of."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.ask.verify.contexts import Piece
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Scope
from assistant.ask.verify.score import rank
from assistant.rules.load import Catalogue

ANY = Scope(frozenset(), frozenset(), frozenset(), frozenset(), False)
_LEAST = 0.5
"""Score from which a figure of a programme is taken to be told."""
_SURE = 1.9
"""What the figures of a programme must come to, …"""
_SURE_NEAR = 1.0
"""… or where its town is named; …"""
_AHEAD = 1.5
"""… and how many times what those of any other come to."""


def described(reading: Reading, pieces: list[Piece]) -> str | None:
    """The programme that a text without a name describes; None where no programme is clearly meant."""
    totals: dict[str, float] = {}
    for best in _told(reading, pieces):
        for programme, score in best.items():
            totals[programme] = totals.get(programme, 0.0) + score
    near = _of_area(reading.catalogue, reading.text)
    ranked = sorted(((s, p) for p, s in totals.items() if not near or p in near), reverse=True)
    if not ranked or ranked[0][0] < (_SURE_NEAR if near else _SURE) or (len(ranked) > 1 and ranked[0][0] < _AHEAD * ranked[1][0]):
        return None
    return ranked[0][1]


def _told(reading: Reading, pieces: list[Piece]) -> Iterator[dict[str, float]]:
    """For each number the programmes that have it, with the score of the figure that fits the place best."""
    for piece in pieces:
        for k, quantity in enumerate(piece.quantities):
            if quantity.ignored:
                continue
            ranked = rank(reading.index, reading.context(piece, k, ANY, ""), only_equal=True)
            best: dict[str, float] = {}
            for score, claim in ranked.claims:
                programme = claim.figure.programme
                if programme and claim.index in ranked.equal and score >= _LEAST:
                    best[programme] = max(score, best.get(programme, 0.0))
            yield best


def _of_area(catalogue: Catalogue, text: str) -> frozenset[str]:
    """The programmes of the places that a text names."""
    return frozenset(p.id for p in catalogue.programmes.values() if p.area and p.area.rstrip("都道府県市区町村") in text)
