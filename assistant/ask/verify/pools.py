"""The claims of one programme in one family of units, with what each pair of characters says for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from assistant.ask.verify.records import Claim
from assistant.ask.verify.weights import W

Words = Sequence[tuple[str, float]]
Posting = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]
"""Of a pair: the places of claims in the pool, and what the pair is worth for each if told near the number or far from it."""


class Pool:
    """Claims in their order, found by the words around them."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = tuple(claims)
        self._told: dict[str, list[tuple[int, float, float]]] = {}
        self._postings: dict[str, Posting] = {}
        """Of the pairs that were looked for; most never are."""
        for place, claim in enumerate(self.claims):
            for gram in {**claim.grams, **claim.near}:
                near, wide = claim.near.get(gram, 0.0), claim.grams.get(gram, 0.0)
                close, away = (near * a + wide * b for a, b in (W.close, W.away))
                self._told.setdefault(gram, []).append((place, close, away))

    def overlap(self, near: Words, far: Words) -> list[float]:
        """How strongly the weighted words near a number and far from it speak for each claim, by its place."""
        found = [(p[0], p[1], w) for g, w in near if (p := self._posting(g)) is not None]
        found += [(p[0], p[2], w) for g, w in far if (p := self._posting(g)) is not None]
        if not found:
            return [0.0] * len(self.claims)
        weights = np.repeat([w for _, _, w in found], [len(p) for p, _, _ in found])
        worth = np.concatenate([v for _, v, _ in found]) * weights
        total: list[float] = np.bincount(np.concatenate([p for p, _, _ in found]), worth, len(self.claims)).tolist()
        return total

    def _posting(self, gram: str) -> Posting | None:
        kept = self._postings.get(gram)
        if kept is None and (rows := self._told.get(gram)) is not None:
            kept = self._postings[gram] = (np.array([r[0] for r in rows]), np.array([r[1] for r in rows]), np.array([r[2] for r in rows]))
        return kept


class Joined(Pool):
    """Pools as one, for what may be of any programme: what a pair says is put together when it is looked for."""

    def __init__(self, pools: Sequence[Pool]) -> None:
        super().__init__(())
        self.claims = tuple(c for p in pools for c in p.claims)
        starts = accumulate((len(p.claims) for p in pools), initial=0)
        self._parts = tuple(zip(starts, pools, strict=False))

    def _posting(self, gram: str) -> Posting | None:
        if gram not in self._postings:
            found = [(start, p) for start, pool in self._parts if (p := pool._posting(gram)) is not None]
            if not found:
                return None
            places = np.concatenate([p[0] + start for start, p in found])
            self._postings[gram] = (places, *(np.concatenate([p[i] for _, p in found]) for i in (1, 2)))  # type: ignore[assignment]
        return self._postings[gram]
