"""Sentences of the catalogue that a text retells number by number."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ask.verify.records import Claim, Context
from assistant.ask.verify.score import Ranked

RETOLD = 0.55
"""The share of common words from which a sentence retells another …"""
VERBATIM = 0.85
"""… and from which it is the same one, so that another number in its place is wrong."""
LONG = 10
NEAR_TOP = 1.0


@dataclass(frozen=True, slots=True)
class Model:
    """The sentence of the catalogue that is retold: how alike it is, and whether its number is the same."""

    alike: float = RETOLD
    agrees: bool = False
    claim: Claim | None = None

    @property
    def contradicts(self) -> bool:
        """Whether the sentence is the same but for its number."""
        return self.claim is not None and self.alike >= VERBATIM and not self.agrees and len(self.claim.sentence) >= LONG

    def backs(self, ranked: Ranked) -> bool:
        """Whether it backs a number: no other claim fits the place much better."""
        score = next((s for s, c in ranked.claims if c is self.claim), 0.0)
        return self.agrees and score >= ranked.top - NEAR_TOP


def find_model(context: Context, ranked: Ranked) -> Model:
    """The sentence of the catalogue that tells most alike what the sentence of a number tells."""
    best = Model()
    size = len(context.sentence)
    for _, claim in ranked.claims:
        if claim.nth != context.nth or not claim.sentence or len(claim.sentence) * RETOLD > size:
            continue
        shared = len(claim.sentence & context.sentence)
        alike = shared / (size + len(claim.sentence) - shared)
        matches = claim.index in ranked.equal
        if alike > best.alike or (alike == best.alike and matches):
            best = Model(alike, matches, claim)
    return best
